//! Takes tasks up again after a restart of the agent.
//!
//! The checkpoint says what was wanted, the runtime what there is; the difference goes into the stepper as events. A process
//! that runs is followed again and never started again; one that ended meanwhile is reported with its code; one that
//! is gone with the machine's last boot is reported as that. What nobody knows is removed.

use super::actor::{Input, TaskContext};
use super::checkpoint::{Saved, boot_id};
use super::{Engine, Entry, Shared, TaskView, actor, clean, effects, knows_the_end, lock};
use crate::clock;
use crate::task::{self, TaskPlan};
use image::{Policy, Reference};
use plan::task::{Event, Exit, Failure, Resources};
use runtime::{Condition, ContainerId, KnownContainer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

const REBOOTED: &str = "the container instance was restarted";

/// Why the node cannot be taken over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read the checkpoints")]
    Checkpoints(#[source] std::io::Error),
    #[error("cannot take the containers back")]
    Runtime(#[source] runtime::Error),
    #[error("cannot take the networks back")]
    Network(#[source] net::Error),
}

impl Engine {
    /// Takes everything up again. To be called once, before the first payload.
    pub async fn recover(&self) -> Result<(), Error> {
        let shared = &self.0;
        let saved = shared.checkpoints.load().map_err(Error::Checkpoints)?;
        let found = shared.runtime.recover().await.map_err(Error::Runtime)?;
        let mut found: BTreeMap<ContainerId, KnownContainer> =
            found.into_iter().map(|k| (k.id.clone(), k)).collect();
        let mut tasks = Vec::new();
        for saved in saved {
            match task::read(&saved.payload, &shared.config) {
                Ok(plan) => tasks.push((Arc::new(plan), saved)),
                // It was readable when it came, so the configuration changed.
                Err(refusal) => {
                    tracing::error!(task = saved.payload.arn, %refusal, "a task can no longer be run; it is removed");
                    self.report_unknown(&saved.payload.arn, Some(refusal.0));
                    clean::forget(shared, saved.id()).await.map_err(Error::Checkpoints)?;
                }
            }
        }
        self.recover_networks(&tasks).await?;
        // Before anything is started: who runs has been without its endpoint for long enough.
        for (plan, saved) in tasks.iter().filter(|(_, saved)| !saved.state.is_gone()) {
            shared.endpoints.reopen(shared, &TaskView::new(plan, saved)).await;
        }
        let boot = boot_id();
        let live: BTreeSet<String> = tasks
            .iter()
            .filter(|(_, saved)| !saved.state.is_gone())
            .map(|(plan, _)| plan.id.clone())
            .collect();
        let mut ended = Vec::new();
        for (plan, saved) in tasks {
            if saved.state.is_gone() {
                // What could not be removed when the task ended is nobody's now: its containers below, its cgroup here.
                let cgroup = runtime::TaskCgroup(format!("ecs/{}", plan.id));
                self.take_back(plan, saved, &[], &boot);
                ended.push(cgroup);
                continue;
            }
            let prefix = format!("{}-", plan.id);
            let mine: BTreeMap<_, _> =
                found.iter().filter(|(id, _)| id.as_str().starts_with(&prefix)).collect();
            let mine: Vec<KnownContainer> = mine.into_values().cloned().collect();
            for container in &mine {
                found.remove(&container.id);
            }
            self.take_back(plan, saved, &mine, &boot);
        }
        remove_orphans(shared, found.into_values()).await;
        for cgroup in ended {
            if let Err(error) = shared.runtime.delete_task_cgroup(&cgroup).await {
                tracing::warn!(
                    cgroup = cgroup.0,
                    error = effects::aws_text(&error),
                    "cannot remove the cgroup of an ended task"
                );
            }
        }
        clean::sweep(shared, &live).await;
        Ok(())
    }

    async fn recover_networks(&self, tasks: &[(Arc<TaskPlan>, Saved)]) -> Result<(), Error> {
        let live = tasks.iter().filter(|(_, saved)| !saved.state.is_gone()).flat_map(|(plan, saved)| {
            let own = saved.facts.attached.is_some().then(|| plan.id.clone());
            let facts = saved.facts.containers.iter().enumerate();
            let each =
                facts.filter(|(_, f)| f.attached.is_some()).map(|(index, _)| format!("{}-{index}", plan.id));
            own.into_iter().chain(each).collect::<Vec<_>>()
        });
        let live: Vec<_> = live.filter_map(|id| id.parse().ok()).collect();
        self.0.net.0.recover(&live).await.map(|_| ()).map_err(Error::Network)
    }

    fn take_back(&self, plan: Arc<TaskPlan>, mut saved: Saved, found: &[KnownContainer], boot: &str) {
        let arn = plan.arn.clone();
        if saved.state.is_gone() && knows_the_end(saved.submitted) {
            let view = Arc::new(Mutex::new(TaskView::new(&plan, &saved)));
            let entry = Entry { inputs: None, view };
            lock(&self.0.tasks).insert(arn.clone(), entry);
            self.0.finished(&arn, saved.done_at.unwrap_or_else(clock::now));
            return;
        }
        let rebooted = saved.boot_id != boot;
        saved.boot_id = boot.to_owned();
        let mut granted = Vec::new();
        // As for a new task: nobody gives anything back before its actor is known.
        let mut admission = lock(&self.0.admission);
        match saved.state.resources() {
            Resources::None if !saved.state.is_stopped() => {
                match admission.claim(arn.clone(), plan.claim.clone()) {
                    Ok(now) => granted = now,
                    Err(error) => {
                        saved.state.step(clock::now(), Event::Stop { reason: Some(error.to_string()) });
                    }
                }
            }
            Resources::None | Resources::Gone => {}
            _ => admission.restore(arn.clone(), plan.claim.clone()),
        }
        let (inputs, receiver) = mpsc::channel(super::INPUTS);
        let view = Arc::new(Mutex::new(TaskView::new(&plan, &saved)));
        let entry = Entry { inputs: Some(inputs.clone()), view: view.clone() };
        lock(&self.0.tasks).insert(arn, entry);
        drop(admission);
        let context = TaskContext::new(self.0.clone(), plan, inputs, &saved);
        let first = reconcile(&context, &mut saved, found, rebooted);
        self.0.tracker.spawn(actor::run(context, saved, receiver, view, first));
        self.0.admit(granted);
    }
}

/// Compares what was wanted with what there is. Answers with what the actor is to be told first.
fn reconcile(
    context: &Arc<TaskContext>,
    saved: &mut Saved,
    found: &[KnownContainer],
    rebooted: bool,
) -> Vec<Input> {
    let condition = |container: usize, attempt: u32| {
        let id = context.container_id(container, attempt);
        found.iter().find(|k| k.id == id).map(|k| k.condition)
    };
    let now = clock::now();
    let mut first = vec![Input::Repeat];
    if rebooted {
        first.push(Input::Event(Event::Stop { reason: Some(REBOOTED.to_owned()) }));
    }
    let states: Vec<_> =
        saved.state.containers().map(|(_, s)| (s.process_runs, s.start_is_in_flight(), s.attempt)).collect();
    let mut unconfirmed = Vec::new();
    for (container, (runs, starting, attempt)) in states.into_iter().enumerate() {
        match condition(container, attempt) {
            Some(Condition::Running(started)) if starting => {
                unconfirmed.push(container);
                let c = context.clone();
                context.fork(async move {
                    effects::follow(&c, container, attempt, started).await;
                    None
                });
            }
            // Waiting answers at once where it has ended.
            Some(Condition::Running(_) | Condition::Exited(_)) if runs || starting => {
                if starting {
                    unconfirmed.push(container);
                }
                effects::ship(context, container, attempt);
                effects::watch(context, container, attempt);
            }
            Some(Condition::Exited(_)) => effects::ship(context, container, attempt),
            Some(Condition::Running(_) | Condition::HalfMade) | None if runs => {
                let reason =
                    if rebooted { REBOOTED } else { "nothing is left of the container on the instance" };
                let reason = Some(format!("ContainerVanishedError: {reason}"));
                let exit = Exit { code: None, oom_killed: false, at: now, reason };
                first.push(Input::Event(Event::Exited { container, attempt, exit }));
            }
            Some(Condition::Running(_) | Condition::HalfMade) | None if starting && rebooted => {
                let result = Err(Failure::new("CannotStartContainerError", REBOOTED));
                first.push(Input::Event(Event::Started { container, attempt, result }));
                unconfirmed.push(container);
            }
            Some(Condition::Running(_) | Condition::HalfMade) | None => {}
        }
    }
    for effect in saved.state.resume(now) {
        let answered_already =
            matches!(effect, plan::task::Effect::Start { container, .. } if unconfirmed.contains(&container));
        if !answered_already {
            actor::issue(context, effect);
        }
    }
    first
}

/// Containers of tasks that nobody knows: their payloads were never acknowledged, or their checkpoints are damaged.
async fn remove_orphans(shared: &Arc<Shared>, orphans: impl Iterator<Item = KnownContainer>) {
    for orphan in orphans {
        tracing::warn!(container = %orphan.id, "removing a container of no known task");
        if let Err(reason) = clean::delete_container(shared, &orphan).await {
            tracing::error!(container = %orphan.id, reason, "cannot remove a container of no known task");
        }
        let task = orphan.id.as_str().rsplitn(3, '-').nth(2).unwrap_or_default();
        let cgroup = runtime::TaskCgroup(format!("ecs/{task}"));
        if let Err(error) = shared.runtime.delete_task_cgroup(&cgroup).await {
            tracing::debug!(task, %error, "cannot remove the cgroup of an unknown task yet");
        }
    }
}

/// The image of a container that was pulled before the agent restarted and not created yet. It is the one that was pulled, whatever its
/// name leads to now: it is here, or that very one is pulled again.
pub(super) async fn find_image(context: &TaskContext, container: usize) -> Result<Arc<[PathBuf]>, Failure> {
    let failed = |text: String| Failure::new("CannotCreateContainerError", text);
    let plan = &context.plan.containers[container];
    let reference: Reference =
        plan.image.parse().map_err(|e: image::ReferenceParseError| failed(e.to_string()))?;
    let images = &context.shared.images;
    let (manifest, digest) = {
        let facts = lock(&context.facts);
        (facts.containers[container].manifest, facts.containers[container].digest)
    };
    let held = match (manifest, digest) {
        (Some(manifest), Some(digest)) => images.held(&reference, manifest, digest).await,
        _ => Ok(None),
    };
    let image = match held.map_err(|e| failed(e.reason()))? {
        Some(image) => image,
        None => {
            let exact = digest.map_or(reference.clone(), |digest| reference.with_digest(digest));
            let request = effects::pull_request(context, &exact, Policy::IfAbsent);
            images.pull(&exact, request).await.map_err(|e| failed(e.reason()))?
        }
    };
    let layers = image.layers.clone();
    lock(&context.facts).containers[container].image = Some(image);
    Ok(layers)
}
