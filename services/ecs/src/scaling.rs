//! Managed scaling: makes the instances that capacity providers need, and ends those that they do not.
//!
//! What is to happen is decided by `plan::capacity::scaling` and written down ([`model::ecs::Scaling`]) before anything is done: a machine has its id
//! before it is started, and is forgotten when its fleet has ended it, so that each step may be repeated. A machine that leaves is emptied first
//! (DRAINING: services start their tasks elsewhere) where managed draining is on; then its instance is deregistered and the machine ended.
//! Machines whose provider is gone, or is not scaled any more, leave too.

use crate::api::launch::of_daemon;
use crate::balancing;
use crate::errors::settle;
use crate::instance_fleet::{FleetError, FleetSettings, InstanceFleet, MACHINE_ATTRIBUTE, Order};
use crate::placing::{daemons, waiting};
use crate::provider;
use crate::service::Ecs;
use crate::stop;
use auth::{Cx, Ids, Seed};
use model::Timestamp;
use model::ecs::capacity_provider::{CapacityProvider, ManagedScaling, Source};
use model::ecs::scaling::{Machine, Phase, Scaling};
use model::ecs::service::SchedulingStrategy;
use model::ecs::{Cluster, ContainerInstance, Service, Task};
use model::ids::{CapacityProviderArn, ClusterArn, ContainerInstanceArn};
use model::status::{ClusterStatus, InstanceStatus};
use plan::capacity::scaling::{self, Memory, Need, Rules, Size};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ec2::network_interface;
use state::ecs::container_instance as instances;
use state::ecs::task as tasks;
use state::{Snapshot, State, Tx, Watch};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// How long a managed instance that is not needed is kept where its provider does not say. Not established: AWS's default.
const MANAGED_SCALE_IN: Duration = Duration::from_secs(300);
/// How long a machine may take until it has registered before others are started in its place. AWS's default warm-up.
const MANAGED_WARMUP: Duration = Duration::from_secs(300);

/// How long a machine may take until it has registered for the first time, or twice its warm-up where that is longer: then it is given up and ended, and
/// another one is started where one is still needed. Not established: AWS's limit, if it has one.
const NEVER_CAME: Duration = Duration::from_secs(600);

/// Drives the fleets.
pub struct Scale {
    ecs: Arc<Ecs>,
    fleets: BTreeMap<String, Arc<dyn InstanceFleet>>,
    /// For so long fewer machines must have been needed before one goes.
    scale_in_after: Duration,
    clock: fn() -> Timestamp,
    seed: fn() -> Seed,
}

/// One provider in one cluster, as a step finds it.
struct Target {
    cluster: ClusterArn,
    name: String,
    /// `None` where nothing is to be scaled any more.
    wanted: Option<Wanted>,
    scaling: Scaling,
}

struct Wanted {
    fleet: FleetSettings,
    rules: Rules,
    /// Machines are emptied before they end.
    draining: bool,
    /// A machine that has registered is warm.
    managed: bool,
}

impl Scale {
    /// `fleets` by their names; the service's settings say what they offer.
    pub fn new(
        ecs: &Arc<Ecs>,
        fleets: BTreeMap<String, Arc<dyn InstanceFleet>>,
        scale_in_after: Duration,
        clock: fn() -> Timestamp,
        seed: fn() -> Seed,
    ) -> Self {
        Self { ecs: Arc::clone(ecs), fleets, scale_in_after, clock, seed }
    }
}

impl Reconcile for Scale {
    const NAME: &'static str = "ecs.scale";

    fn settings(&self) -> reconcile::Settings {
        // AWS publishes its metric once a minute. A step waits for machines to end.
        let (period, step_limit) = (Duration::from_secs(60), Duration::from_secs(180));
        reconcile::Settings { period, step_limit, ..reconcile::Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        let watcher = state.watcher().table::<CapacityProvider>().table::<Cluster>();
        watcher.table::<ContainerInstance>().table::<Task>().start()
    }

    /// Every provider whose cluster, instances or tasks changed. The key is `CLUSTER|NAME`.
    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let of_cluster = |c: &Cluster| -> Vec<String> {
            c.capacity_providers.iter().map(|name| Scaling::key_of(&c.arn, name)).collect()
        };
        if wake.before.is_none() || !wake.records::<CapacityProvider>().is_empty() {
            keys.extend(wake.now.scan::<Cluster>().flat_map(|c| of_cluster(c)));
            keys.extend(
                wake.now.scan::<Scaling>().map(|s| Scaling::key_of(&s.cluster, &s.capacity_provider)),
            );
            return keys.into_iter().collect();
        }
        for cluster in wake.records::<Cluster>() {
            let latest = cluster.latest();
            let old = wake.before.and_then(|b| b.get::<Cluster>(latest.arn.as_str()));
            keys.extend(of_cluster(latest));
            keys.extend(old.into_iter().flat_map(|c| of_cluster(c)));
        }
        let of_task = |t: &Task| Some(Scaling::key_of(&t.cluster, t.capacity_provider.as_deref()?));
        keys.extend(wake.records::<Task>().iter().filter_map(|d| of_task(d.latest())));
        let of_instance =
            |i: &ContainerInstance| Some(Scaling::key_of(&i.cluster, i.capacity_provider.as_deref()?));
        keys.extend(wake.records::<ContainerInstance>().iter().filter_map(|d| of_instance(d.latest())));
        keys.into_iter().collect()
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let (cluster, name) = key.split_once('|').ok_or("a key names a cluster and a provider")?;
        let (cluster, name): (ClusterArn, &str) = (cluster.parse()?, name);
        let now = (self.clock)();
        let target = self.target(&self.ecs.state.snapshot(), &cluster, name);
        if target.wanted.is_none() && target.scaling.machines.is_empty() {
            return Ok(Next::Idle);
        }
        let seed = Cx::system(Self::NAME, cluster.scope(), now, (self.seed)()).random_32();
        let change = self.ecs.state.update(|tx| {
            let target = self.target(&tx.snapshot(), &cluster, name);
            Ok(self.decide(tx, target, now, &mut Ids::from_seed(seed)))
        });
        let (machines, look_again) = settle(change.await)?;
        let (ended, failure) = self.act(&cluster, name, machines).await;
        if !ended.is_empty() {
            let change = self.ecs.state.update(|tx| {
                tx.modify::<Scaling>(key, |s| s.machines.retain(|m| !ended.contains(&m.id)));
                if tx.get::<Scaling>(key).is_some_and(|s| s.machines.is_empty())
                    && self.target(&tx.snapshot(), &cluster, name).wanted.is_none()
                {
                    tx.delete::<Scaling>(key);
                }
                Ok(())
            });
            settle(change.await)?;
        }
        if let Some(failure) = failure {
            return Err(failure.into());
        }
        if !ended.is_empty() {
            return Ok(Next::After(Duration::ZERO));
        }
        Ok(look_again.map_or(Next::Idle, |at| Next::After(at.since(now))))
    }
}

impl Scale {
    fn target(&self, snapshot: &Snapshot, cluster: &ClusterArn, name: &str) -> Target {
        let key = Scaling::key_of(cluster, name);
        let known = snapshot.get::<Scaling>(&key).map(|s| Scaling::clone(s));
        let scaling = known.unwrap_or_else(|| Scaling {
            cluster: cluster.clone(),
            capacity_provider: name.to_owned(),
            machines: Vec::new(),
            low_since: None,
            scaled_in_at: None,
            reservation: 0,
        });
        let associated = snapshot.get::<Cluster>(cluster.as_str()).is_some_and(|c| {
            c.status == ClusterStatus::Active && c.capacity_providers.iter().any(|p| p == name)
        });
        let provider =
            provider::record(snapshot, cluster, name).filter(|p| associated && p.deleted_at.is_none());
        let wanted = provider.and_then(|p| self.wanted(&p));
        Target { cluster: cluster.clone(), name: name.to_owned(), wanted, scaling }
    }

    fn wanted(&self, provider: &CapacityProvider) -> Option<Wanted> {
        let offered = &self.ecs.settings.fleets;
        match &provider.source {
            Source::AutoScalingGroup(group) if group.scaling.enabled => {
                let fleet = offered.iter().find(|f| f.name == group.name())?.clone();
                let ManagedScaling { target_capacity, minimum_step, maximum_step, warmup_s, .. } =
                    group.scaling;
                let rules = Rules {
                    target_capacity,
                    minimum_step,
                    maximum_step,
                    warmup: Duration::from_secs(u64::from(warmup_s)),
                    termination_protection: group.termination_protection,
                    min: fleet.min,
                    max: fleet.max,
                    scale_in_after: self.scale_in_after,
                };
                Some(Wanted { fleet, rules, draining: group.draining, managed: false })
            }
            Source::AutoScalingGroup(_) => None,
            Source::ManagedInstances(managed) => {
                let meets = |f: &&FleetSettings| f.managed && f.meets(managed.requirements.as_ref());
                let fleet = offered.iter().find(meets)?.clone();
                let scale_in_after = match managed.scale_in_after_s {
                    None => MANAGED_SCALE_IN,
                    Some(seconds) => u64::try_from(seconds).map_or(Duration::MAX, Duration::from_secs),
                };
                let rules = Rules {
                    target_capacity: 100,
                    minimum_step: 1,
                    maximum_step: fleet.max.max(1),
                    warmup: MANAGED_WARMUP,
                    termination_protection: true,
                    min: fleet.min,
                    max: fleet.max,
                    scale_in_after,
                };
                Some(Wanted { fleet, rules, draining: true, managed: true })
            }
        }
    }

    /// Writes down what is to happen, and gives the machines with what is to be done about each.
    fn decide(
        &self,
        tx: &mut Tx<'_>,
        target: Target,
        now: Timestamp,
        ids: &mut Ids,
    ) -> (Vec<Machine>, Option<Timestamp>) {
        let Target { cluster, name, wanted, mut scaling } = target;
        let snapshot = tx.snapshot();
        let registered = registered(&snapshot, &cluster);
        let mut look_again = None;
        match &wanted {
            Some(wanted) => {
                let given_up_at = give_up(&snapshot, &cluster, &mut scaling, wanted.rules.warmup, now);
                let machines = scaling.machines.iter().map(|m| seen(m, registered.get(&m.id), wanted));
                let machines: Vec<scaling::Machine> = machines.collect();
                let needs = needs(&snapshot, &cluster, &name);
                // What daemons take of each machine is nobody else's.
                let arn = CapacityProviderArn::new(&cluster.scope(), &name);
                let (cpu, memory) = of_daemon::taken(tx, &arn, &cluster);
                let FleetSettings { cpu: all_cpu, memory: all_memory, .. } = &wanted.fleet;
                let rest = (all_cpu.saturating_sub(cpu), all_memory.saturating_sub(memory));
                let kept = daemons::of_each_machine(&snapshot, &cluster, rest);
                let size = Size { cpu: rest.0.saturating_sub(kept.0), memory: rest.1.saturating_sub(kept.1) };
                let memory = Memory { low_since: scaling.low_since, scaled_in_at: scaling.scaled_in_at };
                let plan = scaling::plan(&wanted.rules, &machines, &needs, size, memory, now);
                if plan.start > 0 || !plan.leave.is_empty() {
                    tracing::info!(
                        cluster = %cluster, provider = name, reservation = plan.reservation, needed = plan.needed,
                        running = plan.running, start = plan.start, leave = plan.leave.len(), "managed scaling"
                    );
                }
                for _ in 0..plan.start {
                    let id = format!("i-{}", &ids.hex_id().to_string()[..17]);
                    let fleet = wanted.fleet.name.clone();
                    scaling.machines.push(Machine { id, fleet, launched_at: now, phase: Phase::Wanted });
                }
                for machine in &mut scaling.machines {
                    if plan.leave.contains(&machine.id) {
                        machine.phase = machine.phase.max(Phase::Leaving);
                    }
                }
                scaling.low_since = plan.memory.low_since;
                scaling.scaled_in_at = plan.memory.scaled_in_at;
                scaling.reservation = plan.reservation;
                look_again = plan.look_again.into_iter().chain(given_up_at).min();
            }
            None => scaling.machines.iter_mut().for_each(|m| m.phase = m.phase.max(Phase::Leaving)),
        }
        let draining = wanted.as_ref().is_none_or(|w| w.draining);
        for machine in scaling.machines.iter_mut().filter(|m| m.phase == Phase::Leaving) {
            if empty(tx, registered.get(&machine.id), draining, now) {
                machine.phase = Phase::Ending;
            }
        }
        let machines = scaling.machines.clone();
        let key = Scaling::key_of(&cluster, &name);
        let before = snapshot.get::<Scaling>(&key);
        if before.is_none_or(|b| **b != scaling) {
            tx.put(scaling);
        }
        (machines, look_again)
    }

    /// Brings the machines to what was written down; gives those that have ended, and what the first one that failed says. The others are tried
    /// all the same.
    async fn act(
        &self,
        cluster: &ClusterArn,
        provider: &str,
        machines: Vec<Machine>,
    ) -> (Vec<String>, Option<FleetError>) {
        let (mut ended, mut failure) = (Vec::new(), None);
        for machine in machines {
            let Some(fleet) = self.fleets.get(&machine.fleet) else {
                tracing::warn!(
                    fleet = machine.fleet,
                    machine = machine.id,
                    "the server was started without this fleet"
                );
                continue;
            };
            let order = Order {
                machine: machine.id.clone(),
                fleet: machine.fleet.clone(),
                cluster: cluster.name().to_owned(),
                provider: provider.to_owned(),
            };
            let done = match machine.phase {
                Phase::Wanted => fleet.start(&order).await,
                Phase::Leaving => Ok(()),
                Phase::Ending => fleet.stop(&order).await,
            };
            match done {
                Ok(()) if machine.phase == Phase::Ending => ended.push(machine.id),
                Ok(()) => {}
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        (ended, failure)
    }
}

/// The cluster's instances that are machines of fleets, by the machine's id.
fn registered(snapshot: &Snapshot, cluster: &ClusterArn) -> BTreeMap<String, (ContainerInstanceArn, u32)> {
    let alive =
        snapshot.by_index(instances::BY_CLUSTER, cluster).filter(|i| i.status != InstanceStatus::Inactive);
    alive
        .filter_map(|i| {
            let machine = i.attributes.iter().find(|a| a.name == MACHINE_ATTRIBUTE)?.value.clone()?;
            let held = tasks::holding(snapshot, &i.arn).filter(|t| !is_daemon(snapshot, t)).count();
            Some((machine, (i.arn.clone(), u32::try_from(held).unwrap_or(u32::MAX))))
        })
        .collect()
}

/// Gives up machines that were asked for long ago and never registered; answers when the next one would be.
fn give_up(
    snapshot: &Snapshot,
    cluster: &ClusterArn,
    scaling: &mut Scaling,
    warmup: Duration,
    now: Timestamp,
) -> Option<Timestamp> {
    let named = |i: &Arc<ContainerInstance>| {
        i.attributes.iter().find(|a| a.name == MACHINE_ATTRIBUTE).and_then(|a| a.value.clone())
    };
    // One that was deregistered had come.
    let came: BTreeSet<String> =
        snapshot.by_index(instances::BY_CLUSTER, cluster).filter_map(named).collect();
    let limit = NEVER_CAME.max(warmup.saturating_mul(2));
    let mut next = None;
    for machine in scaling.machines.iter_mut().filter(|m| m.phase == Phase::Wanted && !came.contains(&m.id)) {
        let at = machine.launched_at.after(limit);
        if at <= now {
            tracing::warn!(
                cluster = %cluster, provider = scaling.capacity_provider, machine = machine.id,
                "a machine that was asked for has never registered: it is given up"
            );
            machine.phase = Phase::Leaving;
        } else {
            next = next.into_iter().chain([at]).min();
        }
    }
    next
}

/// Whether a daemon, or a service that wants one task on every instance, started it: such a task keeps no machine.
fn is_daemon(snapshot: &Snapshot, task: &Task) -> bool {
    if task.is_of_daemon() {
        return true;
    }
    let service = task.service().and_then(|arn| snapshot.get::<Service>(arn.as_str()));
    service.is_some_and(|s| s.scheduling_strategy == SchedulingStrategy::Daemon)
}

fn seen(
    machine: &Machine,
    registered: Option<&(ContainerInstanceArn, u32)>,
    wanted: &Wanted,
) -> scaling::Machine {
    let warm = wanted.managed && registered.is_some();
    scaling::Machine {
        id: machine.id.clone(),
        launched_at: if warm { Timestamp::default() } else { machine.launched_at },
        tasks: registered.map_or(0, |(_, held)| *held),
        leaving: machine.phase != Phase::Wanted,
    }
}

fn needs(snapshot: &Snapshot, cluster: &ClusterArn, provider: &str) -> Vec<Need> {
    let of_provider = |t: &&Arc<Task>| t.capacity_provider.as_deref() == Some(provider);
    let waiting_tasks = snapshot.by_index(tasks::UNPLACED, cluster).filter(of_provider);
    // One that cannot be placed anywhere is ended by the loop that places.
    let need = |task: &Arc<Task>| {
        let (request, _) = waiting::request(snapshot, task, 0).ok()?;
        Some(Need { cpu: request.cpu, memory: request.memory, ports: request.host_ports })
    };
    waiting_tasks.filter_map(need).collect()
}

/// Takes a step towards an empty machine; true where it is empty and its instance is deregistered.
fn empty(
    tx: &mut Tx<'_>,
    registered: Option<&(ContainerInstanceArn, u32)>,
    draining: bool,
    now: Timestamp,
) -> bool {
    let Some((arn, held)) = registered else { return true };
    let Some(instance) = tx.get::<ContainerInstance>(arn.as_str()) else { return true };
    let mut changed = ContainerInstance::clone(&instance);
    if draining && *held > 0 {
        if changed.status.may_become(InstanceStatus::Draining) {
            changed.status = InstanceStatus::Draining;
            changed.version += 1;
            tx.put(changed);
        }
        return false;
    }
    let left: Vec<Arc<Task>> = tasks::holding(tx, arn).cloned().collect();
    for task in left {
        let mut task = Task::clone(&task);
        stop::lost(&mut task, "Host EC2 (instance) terminated.", now);
        balancing::put(tx, task, now);
    }
    network_interface::machine_gone(tx, arn);
    changed.status = InstanceStatus::Inactive;
    changed.deregistered_at = Some(now);
    changed.agent_connected = false;
    changed.version += 1;
    tx.put(changed);
    true
}
