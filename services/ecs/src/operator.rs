//! What operators ask for that AWS has no operation for: why a task waits, and taking nodes of a pool back.
//!
//! A node that leaves its pool gets no more Fargate tasks until its agent registers anew. A Spot node is reclaimed: its Spot tasks are interrupted at once,
//! with SIGTERM and the two minutes at most that `stopTimeout` gives. Any node of a pool can be retired: its Fargate tasks stop at a date.
//!
//! Source: "Fargate Spot termination notices" and "Task retirement for AWS Fargate" of the developer guide, 2026.

use crate::address;
use crate::api::account_setting;
use crate::errors::settle;
use crate::find;
use crate::placing::waiting;
use crate::service::Ecs;
use crate::stop;
use api::ecs::Error;
use auth::Cx;
use model::Timestamp;
use model::ecs::capacity_provider::FARGATE_SPOT;
use model::ecs::container_instance::{LeavingPool, Pool};
use model::ecs::{ContainerInstance, Task};
use model::ids::{ContainerInstanceArn, HexId, Scope, TaskArn};
use model::status::{InstanceStatus, LaunchType, StopCode};
use reconcile::{Next, Reconcile, StepError, Wake};
use serde::Serialize;
use state::ecs::task as tasks;
use state::{Snapshot, State, Tx, Watch};
use std::sync::Arc;
use std::time::Duration;

/// The attribute by which a node says its name (`longshore agent --name`).
pub const NODE_ATTRIBUTE: &str = "longshore.node";

/// AWS's words of a Spot interruption.
const INTERRUPTED: &str = "Your Spot Task was interrupted.";
/// AWS's words of a retirement.
const RETIRED: &str = "ECS is performing maintenance on the underlying infrastructure hosting the task.";

/// Why a task has no place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    pub task: String,
    pub last_status: String,
    /// Whether it waits for a place. Otherwise nothing more is said.
    pub waits: bool,
    /// Its capacity provider or launch type.
    pub capacity: String,
    /// The instances that were asked.
    pub instances: u32,
    /// Which filter was the first to refuse how many of them.
    pub refused: Vec<Refused>,
    /// The instance that came furthest, and what it lacked.
    pub closest: Option<Closest>,
    /// What is wrong with the task itself, where no instance was asked.
    pub broken: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// The `reason` that RunTask would give.
    pub reason: String,
    pub instances: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Closest {
    pub instance: String,
    pub explanation: String,
}

/// What a node that leaves its pool took along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Left {
    pub instance: String,
    /// The tasks that were interrupted, or will be stopped.
    pub tasks: Vec<String>,
    /// When they stop, in milliseconds since 1970.
    pub at: i64,
}

impl Ecs {
    /// Why a task waits, or the tasks of a service that do. Named by ARN.
    pub fn why(&self, scope: &Scope, named: &str) -> Result<Vec<Why>, Error> {
        let snapshot = self.state.snapshot();
        if let Ok(service) = named.parse::<model::ids::ServiceArn>() {
            let cluster = find::cluster_arn(scope, named.split('/').nth(1))?;
            let group = format!("service:{}", service.name());
            let of_service = snapshot.by_index(tasks::BY_GROUP, (&cluster, &group));
            return Ok(of_service.filter(|t| waits(t)).map(|t| self.why_of(&snapshot, t)).collect());
        }
        let arn: TaskArn = named.parse().map_err(|_| {
            Error::invalid_parameter(format!("{named} is not an ARN of a task or a service."))
        })?;
        let task = snapshot.get::<Task>(&arn).filter(|_| arn.scope() == *scope);
        let task = task.ok_or_else(|| Error::invalid_parameter("The referenced task was not found."))?;
        Ok(vec![self.why_of(&snapshot, task)])
    }

    fn why_of(&self, snapshot: &Snapshot, task: &Task) -> Why {
        let mut why = Why {
            task: task.arn.to_string(),
            last_status: task.last_status.to_string(),
            waits: waits(task),
            capacity: task.capacity_provider.clone().unwrap_or_else(|| task.launch_type.to_string()),
            instances: 0,
            refused: Vec::new(),
            closest: None,
            broken: None,
        };
        if !why.waits {
            return why;
        }
        let request = match waiting::request(snapshot, task, 0) {
            Ok((request, _)) => request,
            Err(broken) => {
                why.broken = Some(broken);
                return why;
            }
        };
        let owner = waiting::owner(task);
        let report = self.fleets.with(snapshot, &owner, |fleet| (fleet.report(&request), Vec::new()));
        why.instances = report.instances;
        let refused = |(filter, instances): &(plan::placement::filter::Filter, u32)| Refused {
            reason: filter.reason().to_owned(),
            instances: *instances,
        };
        why.refused = report.refused.iter().map(refused).collect();
        why.closest = report.closest.map(|(instance, refusal)| Closest {
            instance: instance.to_string(),
            explanation: refusal.explain(),
        });
        why
    }

    /// Takes a Spot node back: its Spot tasks are interrupted, and it gets no more.
    pub async fn reclaim(&self, cx: &Cx, node: &str) -> Result<Left, Error> {
        let change = self.state.update(|tx| {
            let instance = pool_node(tx, &cx.scope, node)?;
            if instance.pool != Some(Pool::FargateSpot) {
                return Err(Error::invalid_parameter(format!(
                    "{node} is not a node of the Spot pool; `longshore retire` takes any node of a pool."
                )));
            }
            leave(tx, &instance, LeavingPool { at: cx.now, reclaimed: true });
            let held: Vec<Arc<Task>> = tx.by_index(tasks::HOLDING, &instance.arn).cloned().collect();
            let spot = held.into_iter().filter(|t| t.capacity_provider.as_deref() == Some(FARGATE_SPOT));
            let mut tasks = Vec::new();
            for task in spot {
                tasks.push(task.arn.to_string());
                let stopped =
                    stop::request(Task::clone(&task), StopCode::SpotInterruption, INTERRUPTED, cx.now);
                if stopped != *task {
                    address::put(tx, stopped);
                }
            }
            Ok(Left { instance: instance.arn.to_string(), tasks, at: cx.now.millis() })
        });
        let left = settle(change.await)?;
        tracing::info!(instance = left.instance, tasks = left.tasks.len(), "a spot node was reclaimed");
        Ok(left)
    }

    /// Marks a node's Fargate tasks for retirement at a date.
    pub async fn retire(&self, cx: &Cx, node: &str, at: Option<Timestamp>) -> Result<Left, Error> {
        let change = self.state.update(|tx| {
            let days = account_setting::of_account(tx, &cx.scope, "fargateTaskRetirementWaitPeriod");
            let days: u64 =
                days.parse().map_err(|_| Error::internal("fargateTaskRetirementWaitPeriod is no number."))?;
            let at = at.unwrap_or_else(|| cx.now.after(Duration::from_secs(24 * 3600 * days)));
            let instance = pool_node(tx, &cx.scope, node)?;
            leave(tx, &instance, LeavingPool { at, reclaimed: false });
            let held = tx.by_index(tasks::HOLDING, &instance.arn);
            let tasks = held.filter(|t| t.launch_type == LaunchType::Fargate).map(|t| t.arn.to_string());
            Ok(Left { instance: instance.arn.to_string(), tasks: tasks.collect(), at: at.millis() })
        });
        let left = settle(change.await)?;
        tracing::info!(
            instance = left.instance,
            tasks = left.tasks.len(),
            at = left.at,
            "a node is to be retired"
        );
        Ok(left)
    }
}

fn waits(task: &Task) -> bool {
    task.container_instance.is_none() && !task.last_status.is_over()
}

fn leave(tx: &mut Tx<'_>, instance: &ContainerInstance, leaving: LeavingPool) {
    let mut changed = instance.clone();
    changed.leaving_pool = Some(leaving);
    changed.version += 1;
    tx.put(changed);
}

/// The node of a pool that is named: by the name of its agent, its id or its ARN.
fn pool_node(tx: &Tx<'_>, scope: &Scope, named: &str) -> Result<Arc<ContainerInstance>, Error> {
    let is_named = |i: &ContainerInstance| {
        let name = i.attributes.iter().find(|a| a.name == NODE_ATTRIBUTE);
        i.arn.as_str() == named
            || named.parse::<HexId>().is_ok_and(|id| i.arn.id() == id.to_string())
            || name.is_some_and(|a| a.value.as_deref() == Some(named))
    };
    let found: Vec<&Arc<ContainerInstance>> = tx
        .scan::<ContainerInstance>()
        .filter(|i| i.pool.is_some() && i.status != InstanceStatus::Inactive)
        .filter(|i| i.arn.cluster().scope() == *scope && is_named(i))
        .collect();
    match found.as_slice() {
        [one] => Ok(Arc::clone(one)),
        [] => Err(Error::invalid_parameter(format!("No node of a pool is called {named}."))),
        several => {
            let arns: Vec<String> = several.iter().map(|i| i.arn.to_string()).collect();
            Err(Error::invalid_parameter(format!("{named} names several nodes: {}.", arns.join(", "))))
        }
    }
}

/// Stops the Fargate tasks of nodes whose date of retirement has come. Services start others in their place.
pub struct Retire {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
}

impl Retire {
    pub fn new(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> Self {
        Self { ecs: Arc::clone(ecs), clock }
    }
}

impl Reconcile for Retire {
    const NAME: &'static str = "ecs.retire";

    fn settings(&self) -> reconcile::Settings {
        reconcile::Settings { period: Duration::from_secs(60), ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watcher().table::<ContainerInstance>().start()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let changed = wake.records::<ContainerInstance>();
        let leaving = changed.iter().map(|d| d.latest()).filter(|i| retires_at(i).is_some());
        leaving.map(|i| i.arn.to_string()).collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        let instance: ContainerInstanceArn = key.parse()?;
        let snapshot = self.ecs.state.snapshot();
        let at = snapshot.get::<ContainerInstance>(key).and_then(|i| retires_at(i));
        let Some(at) = at else { return Ok(Next::Idle) };
        if at > now {
            return Ok(Next::After(at.since(now)));
        }
        let change = self.ecs.state.update(|tx| {
            let held: Vec<Arc<Task>> = tx.by_index(tasks::HOLDING, &instance).cloned().collect();
            let mut stopped = 0;
            for task in held.into_iter().filter(|t| t.launch_type == LaunchType::Fargate) {
                // Not established: the stop code.
                let ending = stop::request(Task::clone(&task), StopCode::TerminationNotice, RETIRED, now);
                if ending != *task {
                    address::put(tx, ending);
                    stopped += 1;
                }
            }
            Ok(stopped)
        });
        let stopped = settle(change.await)?;
        if stopped > 0 {
            tracing::info!(instance = %instance, stopped, "tasks of a retired node are stopped");
        }
        Ok(Next::Idle)
    }
}

fn retires_at(instance: &ContainerInstance) -> Option<Timestamp> {
    instance
        .leaving_pool
        .filter(|l| !l.reclaimed && instance.status != InstanceStatus::Inactive)
        .map(|l| l.at)
}
