//! What operators ask for that AWS has no operation for: why a task or a service waits, and taking nodes of a pool back.
//!
//! A node that leaves its pool gets no more Fargate tasks until its agent registers anew. A Spot node is reclaimed: its Spot tasks are interrupted at once,
//! with SIGTERM and the two minutes at most that `stopTimeout` gives. Any node of a pool can be retired: its Fargate tasks stop at a date.
//!
//! Source: "Fargate Spot termination notices" and "Task retirement for AWS Fargate" of the developer guide, 2026.

use crate::api::account_setting;
use crate::api::launch::of_service;
use crate::api::service::counts;
use crate::balancing;
use crate::errors::settle;
use crate::placing::waiting;
use crate::service::Ecs;
use crate::service_scheduler::task_sets;
use crate::stop;
use api::ecs::Error;
use auth::Cx;
use model::Timestamp;
use model::ecs::capacity_provider::FARGATE_SPOT;
use model::ecs::container_instance::{LeavingPool, Pool};
use model::ecs::service::Deployment;
use model::ecs::{ContainerInstance, Service, ServiceRevision, Task};
use model::ids::{ContainerInstanceArn, HexId, Scope, ServiceArn, ServiceRevisionArn, TaskArn};
use model::status::{InstanceStatus, LaunchType, StopCode};
use plan::placement::Report;
use plan::placement::filter::Filter;
use reconcile::{Next, Reconcile, StepError, Wake};
use serde::Serialize;
use state::ecs::task as tasks;
use state::{Snapshot, State, Tx, Watch};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The attribute by which a node says its name (`longshore agent --name`).
pub const NODE_ATTRIBUTE: &str = "longshore.node";

/// AWS's words of a Spot interruption.
const INTERRUPTED: &str = "Your Spot Task was interrupted.";
/// AWS's words of a retirement.
pub(crate) const RETIRED: &str =
    "ECS is performing maintenance on the underlying infrastructure hosting the task.";

/// Why a task has no place, or starts of a service that have no record yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    /// Of the task or the service.
    pub arn: String,
    /// Of a service: how many starts.
    pub starts: Option<u32>,
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
    /// Why a task waits, or the tasks of a service that do and its starts that found no place. Named by ARN.
    pub fn why(&self, cx: &Cx, named: &str) -> Result<Vec<Why>, Error> {
        let (snapshot, scope) = (self.state.snapshot(), &cx.scope);
        if named.parse::<ServiceArn>().is_ok() {
            let service = snapshot.get::<Service>(named).filter(|s| s.arn.scope() == *scope);
            let service =
                service.ok_or_else(|| Error::invalid_parameter("The referenced service was not found."))?;
            let of_service = snapshot.by_index(tasks::BY_GROUP, (&service.cluster, &service.group()));
            let mut why: Vec<Why> =
                of_service.filter(|t| waits(t)).map(|t| self.why_of(&snapshot, t)).collect();
            why.extend(self.why_unplaced(cx, &snapshot, service));
            return Ok(why);
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
            arn: task.arn.to_string(),
            starts: None,
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
        why.fill(report);
        why
    }

    /// The starts that the service's scheduler found no place for when it looked last: their tasks do not exist.
    fn why_unplaced(&self, cx: &Cx, snapshot: &Snapshot, service: &Service) -> Vec<Why> {
        let mut why = Vec::new();
        for (revision, starts) in unplaced(snapshot, service) {
            let blank = Why {
                arn: service.arn.to_string(),
                starts: Some(starts),
                last_status: service.status.to_string(),
                waits: true,
                capacity: revision.launch_type.map(|t| t.to_string()).unwrap_or_default(),
                instances: 0,
                refused: Vec::new(),
                closest: None,
                broken: None,
            };
            let there = snapshot.by_index(tasks::OPEN, (&service.cluster, service.group()));
            let mut providers: BTreeMap<String, u32> = BTreeMap::new();
            let deployment = revision.deployment_id();
            for task in there.filter(|t| t.started_by.as_ref() == Some(&deployment)) {
                if let Some(provider) =
                    task.capacity_provider.as_ref().filter(|_| !task.last_status.is_over())
                {
                    *providers.entry(provider.clone()).or_default() += 1;
                }
            }
            match of_service::report((self, cx), snapshot, (service, &revision), starts, providers) {
                Ok(reports) => why.extend(reports.into_iter().map(|(capacity, report)| {
                    let mut of_capacity = Why { capacity, ..blank.clone() };
                    of_capacity.fill(report);
                    of_capacity
                })),
                Err(error) => why.push(Why { broken: Some(error.message), ..blank }),
            }
        }
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
            let held: Vec<Arc<Task>> = tasks::holding(tx, &instance.arn).cloned().collect();
            let spot = held.into_iter().filter(|t| t.capacity_provider.as_deref() == Some(FARGATE_SPOT));
            let mut tasks = Vec::new();
            for task in spot {
                tasks.push(task.arn.to_string());
                let stopped =
                    stop::request(Task::clone(&task), StopCode::SpotInterruption, INTERRUPTED, cx.now);
                if stopped != *task {
                    balancing::put(tx, stopped, cx.now);
                } else {
                    // It was to stop already: its targets had more time than the machine has.
                    balancing::end_wait(tx, &task, cx.now);
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
            let held = tasks::holding(tx, &instance.arn);
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

impl Why {
    fn fill(&mut self, report: Report) {
        self.instances = report.instances;
        let refused = |(filter, instances): &(Filter, u32)| Refused {
            reason: filter.reason().to_owned(),
            instances: *instances,
        };
        self.refused = report.refused.iter().map(refused).collect();
        self.closest = report.closest.map(|(instance, refusal)| Closest {
            instance: instance.to_string(),
            explanation: refusal.explain(),
        });
    }
}

/// How many starts of which revisions of a service found no place.
fn unplaced(snapshot: &Snapshot, service: &Service) -> Vec<(Arc<ServiceRevision>, u32)> {
    let named = |arn: &ServiceRevisionArn| snapshot.get::<ServiceRevision>(arn.as_str()).cloned();
    if service.schedule.unplaced == 0 {
        return Vec::new();
    }
    if task_sets::decide(service) {
        let sets = task_sets::of(snapshot, &service.arn);
        let lacking = sets.iter().filter(|s| s.schedule.unplaced > 0);
        return lacking.filter_map(|s| Some((named(&s.revision)?, s.schedule.unplaced))).collect();
    }
    let counts = counts(snapshot, service);
    let lacks = |d: &Deployment| {
        let there = counts.get(&d.id).copied().unwrap_or_default();
        let there = u32::try_from(there.running + there.pending).unwrap_or(0);
        d.desired_count.saturating_sub(there)
    };
    let lacking = service.deployments.iter().filter(|d| lacks(d) > 0);
    lacking.filter_map(|d| Some((named(&d.revision)?, lacks(d)))).collect()
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

/// When a task has to leave its node for its retirement.
pub(crate) fn leaves_at(instance: &ContainerInstance, task: &Task) -> Option<Timestamp> {
    retires_at(instance).filter(|_| task.launch_type == LaunchType::Fargate)
}

/// Stops the Fargate tasks of nodes whose date of retirement has come, but for those of services: these start others elsewhere, and stop them as
/// their percentages allow.
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
            let held: Vec<Arc<Task>> = tasks::holding(tx, &instance).cloned().collect();
            let mut stopped = 0;
            let standalone = |t: &Arc<Task>| t.launch_type == LaunchType::Fargate && t.service().is_none();
            for task in held.into_iter().filter(standalone) {
                // Not established: the stop code.
                let ending = stop::request(Task::clone(&task), StopCode::TerminationNotice, RETIRED, now);
                if ending != *task {
                    balancing::put(tx, ending, now);
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
