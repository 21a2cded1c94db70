//! The loops of ECS, and what is put right when the server starts.

use crate::address;
use crate::api::{daemon_task_definition, task_definition};
use crate::balancing;
use crate::errors::settle;
use crate::service::{Ecs, Settings};
use crate::session::set_connectivity;
use crate::stop;
use model::Timestamp;
use model::ecs::{CapacityProvider, ContainerInstance, Service, Task};
use model::ids::ContainerInstanceArn;
use model::status::{Connectivity, InstanceStatus, LaunchType, TaskStatus};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::capacity_provider::BY_DELETED_AT;
use state::ecs::service::INACTIVE;
use state::ecs::task::{BY_STOPPED_AT, holding};
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
/// Not established: what AWS says of a task whose Fargate host has died.
const HOST_LOST: &str = "The infrastructure that the task ran on is out of reach.";
/// How long a deregistered instance and a deleted capacity provider stay describable. Not established: AWS says "for a period of time".
const KEEP_INACTIVE: Duration = Duration::from_secs(3600);

/// Forgets what has had its time: stopped tasks, deployments of services after 90 days, services that are INACTIVE and deregistered instances after an hour, client tokens, deleted task definitions.
pub struct Forget {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

/// Gives up tasks of instances that are out of reach: those that were never begun, and those of Fargate, whose hosts are nobody's but ours.
pub struct GiveUp {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

/// The loops that end what has had its time.
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
            let definitions = task_definition::sweep(tx, now).max(daemon_task_definition::sweep(tx, now));
            let keep_ms = i64::try_from(KEEP_INACTIVE.as_millis()).unwrap_or(i64::MAX);
            let deleted_before = Timestamp::from_millis(now.millis().saturating_sub(keep_ms));
            let deleted = tx.table::<CapacityProvider>().up_to(BY_DELETED_AT, deleted_before).take(BATCH);
            let providers: Vec<String> = deleted.map(|p| p.arn.to_string()).collect();
            for arn in &providers {
                tx.delete::<CapacityProvider>(arn);
            }
            let instances = gone(&tx.snapshot(), now);
            for arn in &instances {
                tx.delete::<ContainerInstance>(arn.as_str());
            }
            let services: Vec<Arc<Service>> =
                tx.table::<Service>().up_to(INACTIVE, stopped_before).take(BATCH).cloned().collect();
            for service in &services {
                crate::api::service::forget(tx, service);
            }
            let daemons = crate::daemon::sweep(tx, deleted_before, BATCH);
            let history = crate::api::service::forget_history(tx, now, BATCH);
            let most = old
                .len()
                .max(tokens)
                .max(daemons)
                .max(history)
                .max(definitions)
                .max(instances.len())
                .max(services.len());
            Ok((most, instances))
        });
        let (forgotten, instances) = settle(change.await)?;
        instances.iter().for_each(|arn| {
            self.ecs.sessions.forget(arn);
            self.ecs.carriers.forget(arn);
        });
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
        let limit = self.ecs.settings.fargate_lost_after;
        let snapshot = self.ecs.state.snapshot();
        if unbegun(&snapshot, now).is_empty() && stranded(&snapshot, now, limit).is_empty() {
            return Ok(Next::Idle);
        }
        let change = self.ecs.state.update(|tx| {
            let stranded = stranded(&tx.snapshot(), now, limit);
            for task in &stranded {
                let mut task = Task::clone(task);
                stop::host_lost(&mut task, HOST_LOST, now);
                balancing::put(tx, task, now);
            }
            let given_up = unbegun(&tx.snapshot(), now);
            for task in &given_up {
                let mut task = Task::clone(task);
                let reason = match task.last_status {
                    TaskStatus::Provisioning => NO_INTERFACE,
                    _ => NO_AGENT,
                };
                stop::lost(&mut task, reason, now);
                balancing::put(tx, task, now);
            }
            Ok((given_up.len(), stranded.len()))
        });
        let (given_up, stranded) = settle(change.await)?;
        tracing::warn!(given_up, stranded, "gave up tasks whose instance is out of reach");
        Ok(if given_up.max(stranded) >= BATCH { Next::After(Duration::ZERO) } else { Next::Idle })
    }
}

/// Tasks that wait for an instance whose agent has been away for too long. What runs there is another matter: it runs on.
fn unbegun(snapshot: &Snapshot, now: Timestamp) -> Vec<Arc<Task>> {
    of_the_unreachable(snapshot, now, OUT_OF_REACH)
        .filter(|t| matches!(t.last_status, TaskStatus::Provisioning | TaskStatus::Pending))
        .take(BATCH)
        .cloned()
        .collect()
}

/// Fargate's tasks on nodes whose agent has been away for so long that they count as dead. Those of container instances are their owner's
/// to give up, as on AWS: by deregistering the instance.
fn stranded(snapshot: &Snapshot, now: Timestamp, limit: Duration) -> Vec<Arc<Task>> {
    of_the_unreachable(snapshot, now, limit)
        .filter(|t| t.launch_type == LaunchType::Fargate)
        .take(BATCH)
        .cloned()
        .collect()
}

/// Tasks that have been there for `limit`, on instances whose agents have been away for as long.
fn of_the_unreachable(
    snapshot: &Snapshot,
    now: Timestamp,
    limit: Duration,
) -> impl Iterator<Item = &Arc<Task>> {
    let long_ago = move |at: Timestamp| now.since(at) >= limit;
    let away = snapshot.scan::<ContainerInstance>().filter(move |i| {
        !i.agent_connected
            && i.status != InstanceStatus::Inactive
            && long_ago(i.connectivity_at.unwrap_or(i.registered_at))
    });
    away.flat_map(|i| holding(snapshot, &i.arn)).filter(move |t| long_ago(t.created_at))
}

/// Instances that were deregistered long ago.
fn gone(snapshot: &Snapshot, now: Timestamp) -> Vec<ContainerInstanceArn> {
    snapshot
        .scan::<ContainerInstance>()
        .filter(|i| {
            // Those that an older Longshore deregistered do not say when.
            let since = i.deregistered_at.unwrap_or(i.registered_at);
            i.status == InstanceStatus::Inactive && now.since(since) >= KEEP_INACTIVE
        })
        .take(BATCH)
        .map(|i| i.arn.clone())
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
        let living: Vec<Arc<Task>> = tx
            .scan::<Task>()
            .filter(|t| t.network_interface.is_some() && !t.last_status.is_over())
            .cloned()
            .collect();
        for task in living {
            address::adopt(tx, &task);
        }
        Ok(())
    });
    settle(change.await)
}
