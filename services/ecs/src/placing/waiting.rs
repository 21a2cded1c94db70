//! Tasks that wait for capacity: PROVISIONING, without an instance, until their capacity provider has room.
//!
//! The loop looks at a cluster when one of its waiting tasks or instances changes, and asks placement again, the oldest first, for each that asks for
//! something that was not refused just now: whoever waits for one capacity provider holds up nobody who waits for another. Nothing
//! is reserved for a task that waits: a younger and smaller one may find room before it, as on AWS.
//!
//! Source: "Amazon ECS cluster auto scaling" and the service quota "Tasks in the PROVISIONING state per cluster", 2026; the texts of what
//! ended are those of "Stopped task error messages". How long AWS lets a task wait is not established.

use super::{Wish, give};
use crate::address;
use crate::errors::settle;
use crate::fleet::Owner;
use crate::service::Ecs;
use crate::stop;
use auth::{Cx, Ids, Seed};
use model::Timestamp;
use model::ecs::task::Waiting;
use model::ecs::{Cluster, ContainerInstance, Task, TaskDefinition};
use model::ids::ClusterArn;
use model::status::{LaunchType, NetworkMode};
use plan::placement::{Report, Request};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::task as tasks;
use state::{Snapshot, State, Tx, Watch};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// "The maximum number of tasks waiting in the PROVISIONING state per cluster": it bounds what a cluster can ask for.
const MOST_WAITING: u32 = 500;
/// How long a task waits. Not established.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Tasks that one change places, or ends, at most.
const BATCH: usize = 100;

/// How many more tasks of a cluster may wait.
pub(crate) fn room(tx: &Tx<'_>, cluster: &ClusterArn) -> u32 {
    let waiting = tx.by_index(tasks::UNPLACED, cluster).take(MOST_WAITING as usize).count();
    MOST_WAITING.saturating_sub(u32::try_from(waiting).unwrap_or(MOST_WAITING))
}

/// What is answered where none may.
pub(crate) const TOO_MANY: &str =
    "The quota of tasks in the PROVISIONING state of the cluster has been reached.";

/// What placement is asked for a task that waits. An error where its definition or its subnets are gone: it says so.
pub(crate) fn request(from: &Snapshot, task: &Task, seed: u64) -> Result<(Request, address::Place), String> {
    let definition = from.get::<TaskDefinition>(task.task_definition.as_str());
    let definition = definition.ok_or("The task definition is gone.")?;
    let named = task.network_configuration.as_ref().and_then(|n| n.awsvpc_configuration.as_ref());
    let network = match named.filter(|_| definition.network_mode == Some(NetworkMode::Awsvpc)) {
        Some(named) => address::place(from, &task.arn.scope(), named).map_err(|e| e.message)?,
        None => address::Place::default(),
    };
    let nothing = Waiting::default();
    let waiting = task.waiting.as_ref().unwrap_or(&nothing);
    let wish = Wish {
        definition,
        overrides: &task.overrides,
        execute_command: task.enable_execute_command,
        region: &task.arn.scope().region,
        launch_type: task.launch_type,
        size: (task.cpu, task.memory),
        subnets: &network.subnets,
        constraints: &waiting.constraints,
        strategies: &waiting.strategies,
        group: &task.group,
    };
    let request = wish.request(1, seed).map_err(|e| e.to_string())?;
    Ok((request, network))
}

/// Whose instances a task waits for.
pub(crate) fn owner(task: &Task) -> Owner {
    match (&task.capacity_provider, task.launch_type) {
        (Some(provider), _) => Owner::of_provider(&task.cluster, provider),
        (None, LaunchType::Fargate) => Owner::Pool(model::ecs::container_instance::Pool::Fargate),
        (None, LaunchType::External) => Owner::External(task.cluster.clone()),
        (None, LaunchType::Ec2 | LaunchType::ManagedInstances) => Owner::Ec2(task.cluster.clone()),
    }
}

/// Gives tasks that wait a place.
pub struct Place {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
    seed: fn() -> Seed,
}

impl Reconcile for Place {
    const NAME: &'static str = "ecs.place";

    fn settings(&self) -> reconcile::Settings {
        reconcile::Settings { period: Duration::from_secs(30), ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watcher().table::<Task>().table::<ContainerInstance>().start()
    }

    /// Clusters with waiting tasks of which a task or an instance changed.
    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let mut changed: BTreeSet<ClusterArn> = BTreeSet::new();
        if wake.before.is_none() {
            changed.extend(wake.now.scan::<Cluster>().map(|c| c.arn.clone()));
        } else {
            changed.extend(wake.records::<Task>().iter().map(|d| d.latest().cluster.clone()));
            let instances = wake.records::<ContainerInstance>();
            changed.extend(instances.iter().map(|d| d.latest().cluster.clone()));
            // A pool is every cluster's.
            if instances.iter().any(|d| d.latest().pool.is_some()) {
                changed.extend(wake.now.scan::<Cluster>().map(|c| c.arn.clone()));
            }
        }
        let waits = |cluster: &ClusterArn| wake.now.by_index(tasks::UNPLACED, cluster).next().is_some();
        changed.into_iter().filter(waits).map(|c| c.to_string()).collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let cluster: ClusterArn = key.parse()?;
        let now = (self.clock)();
        let snapshot = self.ecs.state.snapshot();
        // The next one that gives up.
        let first = snapshot.by_index(tasks::UNPLACED, &cluster).map(|t| t.created_at).min();
        let Some(first) = first else { return Ok(Next::Idle) };
        let seed = Cx::system(Self::NAME, cluster.scope(), now, (self.seed)()).random_32();
        let settled = self.ecs.state.update(|tx| {
            let mut ids = Ids::from_seed(seed);
            let mut settled = 0;
            let mut refused: Vec<Arc<Task>> = Vec::new();
            for task in oldest_first(&tx.snapshot(), &cluster) {
                // What had no room a moment ago has none now; it is asked again where the answer is its end.
                let asked = refused.iter().any(|other| asks_the_same(other, &task));
                if asked && now.since(task.created_at) < PATIENCE {
                    continue;
                }
                if self.settle(tx, &task, now, &mut ids) {
                    settled += 1;
                } else {
                    refused.push(task);
                }
                if settled >= BATCH {
                    break;
                }
            }
            Ok(settled)
        });
        let settled = settle(settled.await)?;
        if settled > 0 {
            tracing::info!(cluster = %cluster, settled, "tasks that waited for capacity have a place, or gave up");
            return Ok(Next::After(Duration::ZERO));
        }
        Ok(Next::After(PATIENCE.saturating_sub(now.since(first)).max(Duration::from_secs(1))))
    }
}

impl Place {
    pub fn new(ecs: &Arc<Ecs>, clock: fn() -> Timestamp, seed: fn() -> Seed) -> Self {
        Self { ecs: Arc::clone(ecs), clock, seed }
    }

    /// Places the task or ends it; false where it goes on waiting.
    fn settle(&self, tx: &mut Tx<'_>, task: &Task, now: Timestamp, ids: &mut Ids) -> bool {
        let snapshot = tx.snapshot();
        let (request, network) = match request(&snapshot, task, ids.number()) {
            Ok(asked) => asked,
            Err(reason) => {
                let mut task = task.clone();
                stop::lost(&mut task, &format!("TaskFailedToStart: {reason}"), now);
                address::put(tx, task);
                return true;
            }
        };
        let outcome = self.ecs.fleets.with(&snapshot, &owner(task), |fleet| {
            let outcome = fleet.place(&request);
            let booked = outcome.placements.iter().map(|p| p.instance.clone()).collect();
            (outcome, booked)
        });
        let mut task = task.clone();
        match outcome.placements.into_iter().next() {
            Some(placement) => {
                task.version += 1;
                give(tx, &mut task, placement, &network, now, ids);
            }
            None if now.since(task.created_at) >= PATIENCE => {
                let why = outcome.report.as_ref().map_or("EMPTY CAPACITY PROVIDER", given_up);
                stop::lost(&mut task, &format!("TaskFailedToStart: {why}"), now);
            }
            None => return false,
        }
        address::put(tx, task);
        true
    }
}

/// Why a task gave up waiting, as AWS words it.
fn given_up(report: &Report) -> &'static str {
    match (&report.closest, report.instances) {
        (Some((_, refusal)), _) => refusal.reason(),
        (None, 0) => "EMPTY CAPACITY PROVIDER",
        (None, _) => "NO ACTIVE INSTANCES",
    }
}

/// Whether two tasks ask the same of the same instances.
fn asks_the_same(a: &Task, b: &Task) -> bool {
    a.task_definition == b.task_definition
        && owner(a) == owner(b)
        && a.group == b.group
        && a.overrides == b.overrides
        && (a.cpu, a.memory, a.enable_execute_command) == (b.cpu, b.memory, b.enable_execute_command)
        && a.network_configuration == b.network_configuration
        && a.waiting == b.waiting
}

fn oldest_first(snapshot: &Snapshot, cluster: &ClusterArn) -> Vec<Arc<Task>> {
    let mut waiting: Vec<Arc<Task>> = snapshot.by_index(tasks::UNPLACED, cluster).cloned().collect();
    waiting.sort_by(|a, b| (a.created_at, &a.arn).cmp(&(b.created_at, &b.arn)));
    waiting
}
