//! The daemon scheduler: a loop over clusters that carries out what `plan::daemon` decides.
//!
//! One step is one change: the picture of a cluster's daemons is read from it, the plan made and written, so that a crash leaves a whole step or none, and
//! a step that is repeated finds nothing to do. What wakes it: daemons, their tasks, and the instances of their capacity providers.

use crate::address;
use crate::api::launch::of_daemon;
use crate::errors::settle;
use crate::service::Ecs;
use crate::service_scheduler::picture;
use crate::stop;
use auth::{Cx, Ids, Seed};
use model::Timestamp;
use model::ecs::daemon::{Daemon, DaemonDeployment, DaemonRevision};
use model::ecs::{ContainerInstance, Task};
use model::ids::{CapacityProviderArn, ClusterArn, ContainerInstanceArn};
use model::status::{DesiredStatus, StopCode};
use plan::daemon::{self, Instance, Part, Plan, Seen, View, started_by};
use plan::deployment::{Member, Patience, Targets, Why, phase};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ecs::container_instance::BY_CLUSTER as INSTANCES;
use state::ecs::daemon::{BY_CLUSTER, DEPLOYMENTS, REVISIONS};
use state::ecs::task::{OPEN, holding};
use state::{Snapshot, State, Tx, Watch};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// When a task for which an instance has no room is tried again, if nothing changes before.
const NO_ROOM: Duration = Duration::from_secs(5);

/// The loop.
pub struct DaemonScheduler {
    ecs: Arc<Ecs>,
    clock: fn() -> Timestamp,
    seed: fn() -> Seed,
}

/// The loop over daemons. `seed` gives the ids of each step's tasks.
pub fn daemon_scheduler(ecs: &Arc<Ecs>, clock: fn() -> Timestamp, seed: fn() -> Seed) -> DaemonScheduler {
    DaemonScheduler { ecs: Arc::clone(ecs), clock, seed }
}

impl Reconcile for DaemonScheduler {
    const NAME: &'static str = "ecs.daemon_scheduler";

    fn settings(&self) -> reconcile::Settings {
        // Everything that matters wakes it; the period heals what was missed.
        reconcile::Settings { period: Duration::from_secs(60), ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watcher().table::<Daemon>().table::<Task>().table::<ContainerInstance>().start()
    }

    /// Clusters with daemons of which a daemon, a task or an instance changed.
    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let mut changed: BTreeSet<ClusterArn> = BTreeSet::new();
        let daemons = wake.records::<Daemon>();
        changed.extend(daemons.iter().map(|d| d.latest().cluster.clone()));
        // All instances and tasks are changed at the first look: the daemons are enough.
        if wake.before.is_some() {
            changed.extend(wake.records::<Task>().iter().map(|d| d.latest().cluster.clone()));
            let instances = wake.records::<ContainerInstance>();
            changed.extend(instances.iter().map(|d| d.latest().cluster.clone()));
        }
        let has_daemons = |c: &ClusterArn| wake.now.by_index(BY_CLUSTER, c).next().is_some();
        changed.into_iter().filter(has_daemons).map(|c| c.to_string()).collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let cluster: ClusterArn = key.parse()?;
        let now = (self.clock)();
        let snapshot = self.ecs.state.snapshot();
        let picture = Picture::take(&self.ecs, &snapshot, &cluster, now);
        let view = picture.view(now);
        let plan = daemon::plan(&view);
        if plan.is_idle(&view) {
            return Ok(after(picture.wake.into_iter().chain(plan.next_wakeup).min(), now));
        }
        let cx = Cx::system(Self::NAME, cluster.scope(), now, (self.seed)());
        let seed = cx.random_32();
        let change = self.ecs.state.update(|tx| Ok(carry_out(&self.ecs, &cx, tx, &cluster, seed)));
        Ok(after(settle(change.await)?, now))
    }
}

fn after(at: Option<Timestamp>, now: Timestamp) -> Next {
    at.map_or(Next::Idle, |at| Next::After(at.since(now)))
}

/// The daemons of a cluster and all that their planning needs.
struct Picture {
    daemons: Vec<Known>,
    instances: Vec<Instance>,
    /// When something in it changes by time alone.
    wake: Option<Timestamp>,
}

struct Known {
    daemon: Arc<Daemon>,
    revision: Arc<DaemonRevision>,
    last_completed: Option<Arc<DaemonRevision>>,
    deployment: Arc<DaemonDeployment>,
    alarms: Vec<String>,
    members: Vec<Member>,
}

impl Picture {
    fn take(ecs: &Ecs, snapshot: &Snapshot, cluster: &ClusterArn, now: Timestamp) -> Self {
        let mut picture = Self { daemons: Vec::new(), instances: Vec::new(), wake: None };
        for daemon in snapshot.by_index(BY_CLUSTER, cluster) {
            let revision =
                |arn: &model::ids::DaemonRevisionArn| snapshot.get::<DaemonRevision>(arn.as_str()).cloned();
            let deployment = snapshot.get::<DaemonDeployment>(daemon.deployment.as_str());
            let Some((current, deployment)) = revision(&daemon.revision).zip(deployment.cloned()) else {
                tracing::error!(daemon = %daemon.arn, "a daemon's revision or deployment is gone");
                continue;
            };
            let watched =
                Some(&deployment.configuration).filter(|c| c.alarms_enabled && !deployment.status.is_over());
            let known = Known {
                daemon: Arc::clone(daemon),
                revision: current,
                last_completed: daemon.schedule.last_completed.as_ref().and_then(revision),
                alarms: watched.map_or_else(Vec::new, |c| ecs.alarms.in_alarm(&c.alarm_names)),
                deployment,
                members: picture.members(snapshot, daemon, now),
            };
            picture.daemons.push(known);
        }
        let providers: BTreeSet<&CapacityProviderArn> = picture
            .daemons
            .iter()
            .flat_map(|k| {
                k.revision
                    .capacity_providers
                    .iter()
                    .chain(k.last_completed.iter().flat_map(|r| &r.capacity_providers))
            })
            .collect();
        // One that was emptied for a revision of before, of another provider, is to be opened again.
        let emptied = |arn: &ContainerInstanceArn| {
            let mut drained = picture.daemons.iter().flat_map(|k| &k.daemon.schedule.drained);
            drained.any(|d| d.instance == *arn)
        };
        let of_provider = |i: &Arc<ContainerInstance>| {
            let provider = CapacityProviderArn::new(&cluster.scope(), i.capacity_provider.as_deref()?);
            let matters = providers.contains(&provider) || emptied(&i.arn);
            matters.then(|| seen(snapshot, i, provider))
        };
        picture.instances = snapshot.by_index(INSTANCES, cluster).filter_map(of_provider).collect();
        picture
    }

    fn members(&mut self, snapshot: &Snapshot, daemon: &Daemon, now: Timestamp) -> Vec<Member> {
        let open = snapshot.by_index(OPEN, (&daemon.cluster, daemon.group()));
        let mut members = Vec::new();
        for task in open {
            let has_health_check = picture::has_health_check(snapshot, &task.task_definition);
            let (phase, until) =
                phase(&picture::facts(task, has_health_check, Targets::None), Patience::default(), now);
            self.wake = self.wake.into_iter().chain(until).min();
            members.push(Member {
                task: task.arn.clone(),
                deployment: task.started_by.as_deref().unwrap_or_default().into(),
                phase,
                in_hand: picture::is_in_hand(task.last_status),
                instance: task.container_instance.clone(),
                zone: task.availability_zone.as_deref().map(Into::into),
                accompanies: false,
                retired: false,
                draining: false,
                lost: false,
                protected: false,
                started_at: task.started_at,
                idle: false,
                ailing: None,
            });
        }
        members
    }

    fn view(&self, now: Timestamp) -> View<'_> {
        View {
            daemons: self.daemons.iter().map(Known::seen).collect(),
            instances: self.instances.clone(),
            now,
        }
    }
}

impl Known {
    fn seen(&self) -> Seen<'_> {
        Seen {
            daemon: &self.daemon,
            revision: &self.revision,
            last_completed: self.last_completed.as_deref(),
            deployment: &self.deployment,
            alarms: self.alarms.clone(),
            members: self.members.clone(),
            on: Default::default(),
        }
    }
}

fn seen(snapshot: &Snapshot, instance: &ContainerInstance, provider: CapacityProviderArn) -> Instance {
    let of_services = || holding(snapshot, &instance.arn).filter(|t| t.is_of_service());
    Instance {
        arn: instance.arn.clone(),
        provider,
        status: instance.status,
        connected: instance.agent_connected,
        busy: of_services().next().is_some(),
        leaving: of_services().any(|t| t.desired_status == DesiredStatus::Stopped),
    }
}

/// Plans on the records as this change has them, and writes. Answers when to look again.
fn carry_out(ecs: &Ecs, cx: &Cx, tx: &mut Tx<'_>, cluster: &ClusterArn, seed: [u8; 32]) -> Option<Timestamp> {
    let picture = Picture::take(ecs, &tx.snapshot(), cluster, cx.now);
    let Plan { parts, instances, next_wakeup } = daemon::plan(&picture.view(cx.now));
    let mut wake = picture.wake.into_iter().chain(next_wakeup).min();
    let mut ids = Ids::from_seed(seed);
    for (arn, status) in instances {
        tx.modify::<ContainerInstance>(arn.as_str(), |i| {
            if i.status.may_become(status) {
                tracing::info!(instance = %arn, from = %i.status, to = %status, "a daemon's instance changes its status");
                i.status = status;
                i.version += 1;
            }
        });
    }
    for mut part in parts {
        for arn in std::mem::take(&mut part.start) {
            if !start(ecs, cx, tx, &mut part, &arn, &mut ids) {
                wake = wake
                    .into_iter()
                    .chain(part.daemon.schedule.start_after)
                    .chain([cx.now.after(NO_ROOM)])
                    .min();
            }
        }
        for (task, why) in &part.stop {
            end(tx, task.as_str(), *why, &part, cx.now);
        }
        for task in &part.account {
            tx.modify::<Task>(task, |t| t.accounted = true);
        }
        write(tx, part, cx.now);
    }
    wake
}

/// Whether the task could be made.
fn start(
    ecs: &Ecs,
    cx: &Cx,
    tx: &mut Tx<'_>,
    part: &mut Part,
    arn: &ContainerInstanceArn,
    ids: &mut Ids,
) -> bool {
    let Some(instance) = tx.get::<ContainerInstance>(arn.as_str()) else { return false };
    let halves = [ids.random_16(), ids.random_16()];
    let seed = std::array::from_fn(|at| halves[at / 16][at % 16]);
    match of_daemon::start((ecs, cx), tx, (&part.daemon, &part.revision), &instance, seed) {
        Ok(task) => {
            tracing::info!(daemon = %part.daemon.arn, %task, instance = %arn, "a daemon starts a task");
            true
        }
        Err(error) => {
            // The event DAEMON_TASK_START_IMPAIRED of AWS, of the type TASK_CREATION_FAILED.
            tracing::warn!(daemon = %part.daemon.arn, instance = %arn, reason = error.message, "a daemon's task could not be made");
            part.not_placed(cx.now);
            false
        }
    }
}

fn end(tx: &mut Tx<'_>, task: &str, why: Why, part: &Part, now: Timestamp) {
    let Some(record) = tx.get::<Task>(task) else { return };
    let reason = match why {
        Why::Unhealthy => picture::UNHEALTHY.to_owned(),
        // Not established: AWS's words.
        Why::Scaling | Why::Balancing | Why::Draining | Why::Retired | Why::Lost => {
            format!("Scaling activity initiated by (deployment {})", started_by(&part.revision.arn))
        }
    };
    tracing::info!(task, reason, "a daemon stops a task");
    let stopped = stop::request(Task::clone(&record), StopCode::ServiceSchedulerInitiated, &reason, now);
    address::put(tx, stopped);
}

fn write(tx: &mut Tx<'_>, part: Part, now: Timestamp) {
    let Part { daemon, deployment, gone, .. } = part;
    let known = tx.get::<DaemonDeployment>(deployment.arn.as_str());
    if known.as_ref().is_none_or(|k| **k != deployment) {
        if let Some(known) = known.filter(|k| k.status != deployment.status) {
            tracing::info!(deployment = %known.arn, from = %known.status, to = %deployment.status, "a daemon deployment changed its status");
        }
        tx.put(deployment);
    }
    if gone {
        tracing::info!(daemon = %daemon.arn, "a daemon has ended");
        tx.delete::<Daemon>(daemon.arn.as_str());
        let revisions: Vec<String> = tx.by_index(REVISIONS, &daemon.arn).map(|r| r.arn.to_string()).collect();
        for arn in revisions {
            tx.modify::<DaemonRevision>(&arn, |r| r.gone_at = r.gone_at.or(Some(now)));
        }
        let deployments: Vec<String> =
            tx.by_prefix(DEPLOYMENTS, &daemon.arn).map(|d| d.arn.to_string()).collect();
        for arn in deployments {
            tx.modify::<DaemonDeployment>(&arn, |d| d.gone_at = d.gone_at.or(Some(now)));
        }
        return;
    }
    if tx.get::<Daemon>(daemon.arn.as_str()).is_some_and(|known| *known != daemon) {
        tx.put(daemon);
    }
}
