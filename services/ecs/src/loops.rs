//! The loops of ECS, and what is put right when the server starts.

use crate::api::task_definition;
use crate::errors::settle;
use crate::service::{Ecs, Settings};
use model::Timestamp;
use model::ecs::{ContainerInstance, Task};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::task::BY_STOPPED_AT;
use state::{State, Watch, idempotency};
use std::sync::Arc;
use std::time::Duration;

/// Records that one change removes at most, so that none holds the others up for long.
const BATCH: usize = 500;

/// Forgets what has had its time: stopped tasks after an hour, client tokens, deleted task definitions.
pub struct Forget {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

/// Every loop of the service.
pub fn loops(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> Forget {
    Forget { ecs: Arc::clone(ecs), clock }
}

impl Reconcile for Forget {
    const NAME: &'static str = "ecs.forget";

    fn settings(&self) -> reconcile::Settings {
        reconcile::Settings { period: Duration::from_secs(60), ..reconcile::Settings::default() }
    }

    /// Nothing has to be forgotten at once: the period is enough.
    fn watch(&self, state: &State) -> Watch {
        state.watcher().start()
    }

    fn keys(&self, _: &Wake<'_>) -> Vec<String> {
        vec![String::new()]
    }

    async fn step(&self, _: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        let Settings { keep_stopped_tasks, .. } = &self.ecs.settings;
        let keep_ms = i64::try_from(keep_stopped_tasks.as_millis()).unwrap_or(i64::MAX);
        let stopped_before = Timestamp::from_millis(now.millis().saturating_sub(keep_ms));
        let change = self.ecs.state.update(|tx| {
            let old: Vec<String> = tx
                .table::<Task>()
                .up_to(BY_STOPPED_AT, stopped_before)
                .take(BATCH)
                .map(|t| t.arn.to_string())
                .collect();
            for arn in &old {
                tx.delete::<Task>(arn);
            }
            let tokens = idempotency::expire(tx, now, BATCH);
            let definitions = task_definition::sweep(tx, now);
            Ok(old.len().max(tokens).max(definitions))
        });
        let forgotten = settle(change.await)?;
        Ok(if forgotten >= BATCH { Next::After(Duration::ZERO) } else { Next::Idle })
    }
}

/// A server that starts has no session yet, whatever was recorded when the last one ended.
pub async fn on_start(ecs: &Ecs, now: Timestamp) -> Result<(), api::ecs::Error> {
    let change = ecs.state.update(|tx| {
        let connected: Vec<String> =
            tx.scan::<ContainerInstance>().filter(|i| i.agent_connected).map(|i| i.arn.to_string()).collect();
        for arn in connected {
            tx.modify::<ContainerInstance>(&arn, |i| {
                i.agent_connected = false;
                i.connectivity_at = Some(now);
            });
        }
        Ok(())
    });
    settle(change.await)
}
