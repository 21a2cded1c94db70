//! Tasks that wait for their targets to drain: their nodes are told to stop them when that is over.

use crate::errors::settle;
use crate::find::Source;
use crate::service::Ecs;
use model::Timestamp;
use model::ecs::Task;
use model::elbv2::Target;
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::task::{BY_TARGET, DRAINING};
use state::{State, Watch};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// The loop, with a key for each task that drains.
pub struct Deactivate {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

impl Deactivate {
    pub fn new(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> Self {
        Self { ecs: Arc::clone(ecs), clock }
    }
}

impl Reconcile for Deactivate {
    const NAME: &'static str = "ecs.deactivate";

    fn settings(&self) -> reconcile::Settings {
        reconcile::Settings { period: Duration::from_secs(60), ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watcher().table::<Task>().table::<Target>().start()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        if wake.before.is_none() {
            // Not all tasks and targets: at the start, and each minute, that would be a walk over everything.
            let all = wake.now.table::<Task>().up_to(DRAINING, Timestamp::from_millis(i64::MAX));
            return all.map(|task| task.arn.to_string()).collect();
        }
        let drains = |task: &&Arc<Task>| task.draining_until.is_some();
        let tasks = wake.records::<Task>();
        let mut keys: BTreeSet<String> =
            tasks.iter().map(|d| d.latest()).filter(drains).map(|t| t.arn.to_string()).collect();
        // A data plane that has nothing left to drain takes a registration away before its time.
        for target in wake.records::<Target>() {
            let target = target.latest();
            let key = Target::key_of(&target.group, &target.id, target.port);
            keys.extend(wake.now.by_index(BY_TARGET, key).filter(drains).map(|t| t.arn.to_string()));
        }
        keys.into_iter().collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        let snapshot = self.ecs.state.snapshot();
        let Some(until) = snapshot.get::<Task>(key).and_then(|task| drains_until(&snapshot, task)) else {
            return Ok(Next::Idle);
        };
        if until > now {
            return Ok(Next::After(until.since(now)));
        }
        let change = self.ecs.state.update(|tx| {
            let over = tx.get::<Task>(key).filter(|task| drains_until(tx, task).is_some_and(|at| at <= now));
            if let Some(task) = over {
                tracing::info!(task = %task.arn, "the targets of a task have drained; its node stops it");
                super::end_wait(tx, &task, now);
            }
            Ok(())
        });
        settle(change.await)?;
        Ok(Next::Idle)
    }
}

/// Until when a task waits: for its own time at the most, and no longer than one of its registrations is left. One that somebody made anew has all of that
/// time: it takes traffic.
fn drains_until(from: &impl Source, task: &Task) -> Option<Timestamp> {
    let until = task.draining_until?;
    let left = task.targets.iter().filter_map(|target| super::held(from, task, target));
    let last = left.map(|target| target.draining_until.map_or(until, |at| at.min(until))).max();
    Some(last.unwrap_or(Timestamp::from_millis(0)))
}
