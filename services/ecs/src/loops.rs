//! The loops of ECS, and what is put right when the server starts.

use crate::address;
use crate::api::task_definition;
use crate::errors::settle;
use crate::service::{Ecs, Settings};
use crate::session::set_connectivity;
use crate::stop;
use model::Timestamp;
use model::ecs::{ContainerInstance, Task};
use model::status::{Connectivity, InstanceStatus, TaskStatus};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::task::{BY_STOPPED_AT, HOLDING};
use state::{Snapshot, State, Watch, idempotency};
use std::sync::Arc;
use std::time::Duration;

/// Records that one change removes at most, so that none holds the others up for long.
const BATCH: usize = 500;

/// How long an agent may be away before what it never began is given up: AWS's limit for an interface that is not attached.
/// AWS differs: it lets tasks without an interface wait for ever.
const OUT_OF_REACH: Duration = Duration::from_secs(300);
const NO_INTERFACE: &str = "Timeout waiting for network interface provisioning to complete.";
const NO_AGENT: &str = "Timeout waiting for the agent of the container instance to start the task.";

/// Forgets what has had its time: stopped tasks after an hour, client tokens, deleted task definitions.
pub struct Forget {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

/// Gives up tasks that their instance never began and that is out of reach.
pub struct GiveUp {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

/// Every loop of the service.
pub fn loops(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> (Forget, GiveUp) {
    (Forget { ecs: Arc::clone(ecs), clock }, GiveUp { ecs: Arc::clone(ecs), clock })
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

impl Reconcile for GiveUp {
    const NAME: &'static str = "ecs.give_up";

    fn settings(&self) -> reconcile::Settings {
        reconcile::Settings { period: Duration::from_secs(30), ..reconcile::Settings::default() }
    }

    /// It is about time that passes without anything happening.
    fn watch(&self, state: &State) -> Watch {
        state.watcher().start()
    }

    fn keys(&self, _: &Wake<'_>) -> Vec<String> {
        vec![String::new()]
    }

    async fn step(&self, _: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        if unbegun(&self.ecs.state.snapshot(), now).is_empty() {
            return Ok(Next::Idle);
        }
        let change = self.ecs.state.update(|tx| {
            let given_up = unbegun(&tx.snapshot(), now);
            for task in &given_up {
                let mut task = Task::clone(task);
                let reason = match task.last_status {
                    TaskStatus::Provisioning => NO_INTERFACE,
                    _ => NO_AGENT,
                };
                stop::lost(&mut task, reason, now);
                address::put(tx, task);
            }
            Ok(given_up.len())
        });
        let given_up = settle(change.await)?;
        tracing::warn!(tasks = given_up, "gave up tasks whose instance is out of reach");
        Ok(if given_up >= BATCH { Next::After(Duration::ZERO) } else { Next::Idle })
    }
}

/// Tasks that wait for an instance whose agent has been away for too long. What runs there is another matter: it runs on.
fn unbegun(snapshot: &Snapshot, now: Timestamp) -> Vec<Arc<Task>> {
    let long_ago = |at: Timestamp| now.since(at) >= OUT_OF_REACH;
    let away = snapshot.scan::<ContainerInstance>().filter(|i| {
        !i.agent_connected
            && i.status != InstanceStatus::Inactive
            && long_ago(i.connectivity_at.unwrap_or(i.registered_at))
    });
    away.flat_map(|i| snapshot.by_index(HOLDING, &i.arn))
        .filter(|t| {
            matches!(t.last_status, TaskStatus::Provisioning | TaskStatus::Pending) && long_ago(t.created_at)
        })
        .take(BATCH)
        .cloned()
        .collect()
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
            if let Ok(instance) = arn.parse() {
                set_connectivity(tx, &instance, Connectivity::Disconnected, now);
            }
        }
        Ok(())
    });
    settle(change.await)
}
