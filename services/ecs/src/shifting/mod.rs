//! Deployments that shift traffic: a loop that does outside what `plan::deployment::shift` asks for, and writes down what came of it.
//!
//! Each hook has a key of its own, so that one that takes its time holds nothing else up; each kind of a service's traffic has one, whichever
//! deployment it is of: a word to the router that is late is heard before the next one is said, never after it. An effect is asked for in the record of its deployment
//! until its outcome is written there: what was in flight when the server was killed is done again, under the same id. The loop decides nothing; an
//! outcome that nobody waits for any more is dropped. Must not know: load balancers ([`TrafficRouter`]), how a hook is reached ([`CallHook`]).

mod hook;
mod listeners;
mod router;
mod target;
mod task;

pub(crate) use hook::hook_id;
pub use hook::{CallHook, Called, Calling, LONGEST_ANSWER, PATIENCE};
pub use listeners::Listeners;
pub use router::{Route, RouteError, Routing, TrafficRouter};
pub use target::HookTarget;
pub(crate) use target::NoTarget;
pub(crate) use task::let_go;

use crate::errors::settle;
use crate::service::Ecs;
use crate::service_scheduler;
use api::ecs::Error;
use auth::Seed;
use model::Timestamp;
use model::ecs::lifecycle::{HookKey, Share};
use model::ecs::{Service, ServiceDeployment};
use model::ids::ServiceDeploymentArn;
use plan::deployment::Event;
use plan::deployment::shift::{self, Answer, Effect, Kind};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::{Snapshot, State, Watch};
use std::sync::Arc;
use std::time::Duration;

/// How often a task that is run as a hook is looked at.
const TASK_LOOK: Duration = Duration::from_secs(1);

/// The loop.
pub struct Shifting {
    ecs: Arc<Ecs>,
    router: Arc<dyn TrafficRouter>,
    hooks: Arc<dyn CallHook>,
    clock: fn() -> Timestamp,
    seed: fn() -> Seed,
}

impl Shifting {
    /// `seed` gives the ids of tasks that are run as hooks.
    pub fn new(
        ecs: &Arc<Ecs>,
        router: Arc<dyn TrafficRouter>,
        hooks: Arc<dyn CallHook>,
        clock: fn() -> Timestamp,
        seed: fn() -> Seed,
    ) -> Self {
        Self { ecs: Arc::clone(ecs), router, hooks, clock, seed }
    }

    async fn route(
        &self,
        deployment: &ServiceDeployment,
        (kind, green): (Kind, Share),
        weights: shift::Weights,
    ) -> Result<Next, StepError> {
        let arn = deployment.arn.clone();
        let route = Route { service: deployment.service.clone(), deployment: arn.clone(), kind, weights };
        if let Err(error) = self.router.route(&route).await {
            let (service, reason, now) = (&deployment.service, &error.reason, (self.clock)());
            let change = self.ecs.state.update(|tx| {
                service_scheduler::tell(tx, service, vec![Event::NotShifted { error: reason.clone() }], now);
                Ok(())
            });
            settle(change.await)?;
            return Err(error.into());
        }
        tracing::info!(deployment = %arn, kind = kind.as_str(), green = %green, "traffic was shifted");
        self.write(&arn, move |d| shift::routed(d, kind, green)).await?;
        Ok(Next::Idle)
    }

    /// Calls a hook that is due, and writes down what it answered.
    async fn call(
        &self,
        deployment: &ServiceDeployment,
        key: HookKey,
        at: Timestamp,
    ) -> Result<Next, StepError> {
        let now = (self.clock)();
        if at > now {
            return Ok(Next::After(at.since(now)));
        }
        let run = deployment.shift.iter().flat_map(|s| &s.hooks).find(|run| run.key == key);
        let hook = deployment.configuration.lifecycle_hooks.get(key.hook as usize);
        let (Some(run), Some(hook)) = (run, hook) else { return Ok(Next::Idle) };
        let target = hook.target.as_deref().map(HookTarget::parse);
        let called = match &target {
            Some(Ok(HookTarget::Task(definition))) => match self.run_task(deployment, run, definition).await?
            {
                Some(called) => called,
                None => return Ok(Next::After(TASK_LOOK)),
            },
            Some(Ok(target)) => self.hooks.call(target, &hook::event(deployment, run)).await,
            Some(Err(_)) | None => Called::Failed("its target is none".to_owned()),
        };
        let (answer, why) = hook::answer(called, run);
        let id = hook_id(&deployment.arn, key, hook.target_type);
        let said = match &answer {
            Answer::Succeeded => "SUCCEEDED",
            Answer::Failed => "FAILED",
            Answer::InProgress { .. } => "IN_PROGRESS",
            Answer::Unreached => "nothing",
        };
        tracing::info!(deployment = %deployment.arn, hook = id, stage = %key.stage, answer = said, why, "a lifecycle hook was called");
        // A call may have taken long: the next one counts from its answer.
        let answered_at = (self.clock)();
        self.write(&deployment.arn, move |d| shift::answered(d, key, answer.clone(), answered_at)).await?;
        Ok(Next::Idle)
    }

    /// Writes an outcome, where it still matters.
    async fn write(
        &self,
        arn: &ServiceDeploymentArn,
        outcome: impl Fn(&mut ServiceDeployment) -> bool + Send + 'static,
    ) -> Result<(), StepError> {
        let (arn, now) = (arn.clone(), (self.clock)());
        let change = self.ecs.state.update(move |tx| {
            let Some(mut deployment) = tx.get::<ServiceDeployment>(arn.as_str()).map(|d| (*d).clone()) else {
                return Ok::<_, Error>(());
            };
            // Another deployment may have told the router something else since.
            if !deployment.status.is_over() && outcome(&mut deployment) {
                deployment.updated_at = now;
                tx.put(deployment);
            }
            Ok(())
        });
        Ok(settle(change.await)?)
    }
}

/// What has to be done for a deployment, each with its key. Nothing for one that is not its service's current one.
fn wanted(snapshot: &Snapshot, deployment: &ServiceDeployment) -> Vec<(String, Effect)> {
    let service = snapshot.get::<Service>(deployment.service.as_str());
    if service.is_none_or(|s| s.current_deployment.as_ref() != Some(&deployment.arn)) {
        return Vec::new();
    }
    let named = |effect: Effect| {
        let key = match &effect {
            Effect::Route { kind, .. } => format!("{}|{}", deployment.service, kind.as_str()),
            Effect::Call { key, .. } => format!("{}|{key}", deployment.arn),
        };
        (key, effect)
    };
    shift::effects(deployment).into_iter().map(named).collect()
}

impl Reconcile for Shifting {
    const NAME: &'static str = "ecs.shift";

    fn settings(&self) -> reconcile::Settings {
        // A hook may take fifteen minutes for its answer; many may be at it at once.
        let (period, step_limit) = (Duration::from_secs(60), Duration::from_secs(16 * 60));
        reconcile::Settings { period, step_limit, concurrency: 64, ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watcher().table::<ServiceDeployment>().start()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let deployments = wake.records::<ServiceDeployment>();
        let keys = deployments.iter().flat_map(|d| wanted(wake.now, d.latest()));
        keys.map(|(key, _)| key).collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let (arn, _) =
            key.split_once('|').ok_or("a key names a service or a deployment, and what to do for it")?;
        let snapshot = self.ecs.state.snapshot();
        let current = snapshot.get::<Service>(arn).and_then(|s| s.current_deployment.as_ref());
        let deployment = current.map_or(arn, ServiceDeploymentArn::as_str);
        let Some(deployment) = snapshot.get::<ServiceDeployment>(deployment).cloned() else {
            return Ok(Next::Idle);
        };
        let effect = wanted(&snapshot, &deployment).into_iter().find(|(of, _)| of == key);
        match effect {
            Some((_, Effect::Route { kind, green, weights })) => {
                self.route(&deployment, (kind, green), weights).await
            }
            Some((_, Effect::Call { key, at })) => self.call(&deployment, key, at).await,
            None => Ok(Next::Idle),
        }
    }
}
