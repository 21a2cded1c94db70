//! The service scheduler: a loop over services that carries out what `plan::deployment` decides.
//!
//! One step is one change: the picture of the service is read from it, the plan made and written, so that a crash leaves a whole step or
//! none, and a step that is repeated finds nothing to do. What wakes it: the service, its deployments, its tasks and task sets, and instances that its tasks
//! are on or that it waits for.
//!
//! The scheduler's half of a service's record (see `model::ecs::service`) is written here and, where an operation begins a deployment, by
//! `api::service` through `plan::deployment::begin`.

mod carry_out;
pub(crate) mod picture;
mod roster;
mod said;
pub(crate) mod task_sets;

use crate::balancing;
use crate::errors::settle;
use crate::service::Ecs;
use auth::{Cx, Seed};
use model::Timestamp;
use model::ecs::{ContainerInstance, Service, ServiceDeployment, Task, TaskSet};
use model::elbv2::{Listener, LoadBalancer, Provision, Rule, Target, TargetGroup, TargetHealth};
use model::ids::ServiceArn;
use model::status::InstanceStatus;
use picture::Picture;
use plan::deployment;
use reconcile::{Next, Reconcile, StepError, Wake};
pub(crate) use roster::Rosters;
pub(crate) use said::tell;
use state::ecs::service::{DAEMONS, WAITING};
use state::ecs::task::holding;
use state::{Snapshot, State, Watch};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// The loop.
pub struct ServiceScheduler {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
    seed: fn() -> Seed,
}

/// The loop over services. `seed` gives the ids of each step's tasks.
pub fn service_scheduler(ecs: &Arc<Ecs>, clock: fn() -> Timestamp, seed: fn() -> Seed) -> ServiceScheduler {
    ServiceScheduler { ecs: Arc::clone(ecs), clock, seed }
}

impl Reconcile for ServiceScheduler {
    const NAME: &'static str = "ecs.service_scheduler";

    fn settings(&self) -> reconcile::Settings {
        // Everything that matters wakes it; the period heals what was missed.
        reconcile::Settings { period: Duration::from_secs(60), ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        let watcher = state.watcher().table::<Service>().table::<ServiceDeployment>();
        let watcher = watcher.table::<Task>().table::<TaskSet>().table::<ContainerInstance>();
        let watcher = watcher.table::<Target>().table::<TargetHealth>().table::<Rule>();
        watcher
            .table::<Listener>()
            .table::<LoadBalancer>()
            .table::<Provision>()
            .table::<TargetGroup>()
            .start()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let mut keys: BTreeSet<String> =
            wake.records::<Service>().iter().map(|d| d.latest().arn.to_string()).collect();
        let Some(before) = wake.before else {
            // Every service is among them already.
            return keys.into_iter().collect();
        };
        let touched = balancing::touched(wake.now, before);
        keys.extend(touched.iter().filter_map(|t| t.service()).map(|s| s.to_string()));
        let deployments = wake.records::<ServiceDeployment>();
        keys.extend(deployments.iter().map(|d| d.latest().service.to_string()));
        let tasks = wake.records::<Task>();
        keys.extend(tasks.iter().filter_map(|d| d.latest().service()).map(|s| s.to_string()));
        // Tasks of DAEMON services leave an instance that drains after the others.
        let ended = tasks.iter().map(|d| d.latest()).filter(|t| t.last_status.is_over());
        let left =
            ended.filter_map(|t| wake.now.get::<ContainerInstance>(t.container_instance.as_ref()?.as_str()));
        for instance in left.filter(|i| i.status == InstanceStatus::Draining) {
            keys.extend(wake.now.by_index(DAEMONS, &instance.cluster).map(|s| s.arn.to_string()));
        }
        keys.extend(wake.records::<TaskSet>().iter().map(|d| d.latest().service.to_string()));
        for instance in wake.records::<ContainerInstance>() {
            let instance = instance.latest();
            let there = holding(wake.now, &instance.arn);
            keys.extend(there.filter_map(|t| t.service()).map(|s| s.to_string()));
            for index in [DAEMONS, WAITING] {
                keys.extend(wake.now.by_index(index, &instance.cluster).map(|s| s.arn.to_string()));
            }
        }
        keys.into_iter().collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let Ok(arn) = key.parse::<ServiceArn>() else { return Ok(Next::Idle) };
        let now = (self.clock)();
        let snapshot = self.ecs.state.snapshot();
        let Some(picture) = Picture::take(&self.ecs, &snapshot, &arn, now) else { return Ok(Next::Idle) };
        if let Some(wake) = idle(&snapshot, &picture, now) {
            return Ok(after(wake, now));
        }
        // Its roster is nobody else's now, and can be changed where it is.
        drop(picture);
        let cx = Cx::system("ecs.service_scheduler", arn.scope(), now, (self.seed)());
        let seed = cx.random_32();
        let change = self.ecs.state.update(|tx| Ok(carry_out::step(&self.ecs, &cx, tx, &arn, seed)));
        let done = settle(change.await)?;
        Ok(if done.more { Next::After(Duration::ZERO) } else { after(done.next_wakeup, now) })
    }
}

/// Whether there is nothing to do, and when to look again then.
fn idle(snapshot: &Snapshot, picture: &Picture, now: Timestamp) -> Option<Option<Timestamp>> {
    if task_sets::decide(&picture.service) {
        return task_sets::idle(snapshot, picture, now);
    }
    let view = picture.view(now);
    let plan = deployment::plan(&view);
    plan.is_idle(&view).then(|| picture.wake(plan.next_wakeup))
}

fn after(at: Option<Timestamp>, now: Timestamp) -> Next {
    at.map_or(Next::Idle, |at| Next::After(at.since(now)))
}
