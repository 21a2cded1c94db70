//! Tasks that run and are in none of their target groups yet: registering them is tried again, since quotas, groups and machines may have changed.

use crate::errors::settle;
use crate::service::Ecs;
use crate::service_scheduler::picture::has_health_check;
use model::Timestamp;
use model::ecs::Task;
use model::elbv2::TargetGroup;
use plan::target::{self, Move};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::task::UNREGISTERED;
use state::{State, Watch};
use std::sync::Arc;
use std::time::Duration;

/// The loop, with a key for each such task.
pub struct Activate {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

impl Activate {
    pub fn new(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> Self {
        Self { ecs: Arc::clone(ecs), clock }
    }
}

impl Reconcile for Activate {
    const NAME: &'static str = "ecs.activate";

    fn settings(&self) -> reconcile::Settings {
        reconcile::Settings { period: Duration::from_secs(30), ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watcher().table::<TargetGroup>().start()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        wake.now.by_index(UNREGISTERED, "").map(|task| task.arn.to_string()).collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        let snapshot = self.ecs.state.snapshot();
        let Some(task) = snapshot.get::<Task>(key) else { return Ok(Next::Idle) };
        // One whose health checks have not passed waits for these.
        let checked = has_health_check(&snapshot, &task.task_definition);
        if target::next(task, checked) != Move::Register {
            return Ok(Next::Idle);
        }
        let change = self.ecs.state.update(|tx| {
            if let Some(task) = tx.get::<Task>(key) {
                super::retry(tx, &task, now);
            }
            Ok(())
        });
        settle(change.await)?;
        Ok(Next::Idle)
    }
}
