//! Fleets: the placement's picture of the instances of a cluster or a pool, kept from one request to the next.
//!
//! Building the picture costs a walk over every instance and task; so it is built once and then follows the state by the differences between
//! snapshots. Placing changes the picture ahead of the records: whatever a request booked is read again from the records next time, whether
//! its change was committed or not.

use crate::placing::daemons::{self, Need};
use model::ecs::capacity_provider::{FARGATE, FARGATE_SPOT};
use model::ecs::container_instance::{ContainerInstance, Pool};
use model::ecs::service::{SchedulingStrategy, Service};
use model::ecs::{Task, container_instance};
use model::ids::{ClusterArn, ContainerInstanceArn};
use model::status::{InstanceStatus, LaunchType, TaskStatus, TransportProtocol};
use plan::placement::{All, Fleet, Instance, Load, Phase, Share};
use state::ecs::container_instance as instances;
use state::ecs::task as tasks;
use state::{Difference, Snapshot};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The attribute by which a node of a pool says that it stands for every zone.
pub(crate) use state::ecs::container_instance::ZONES as ZONES_ATTRIBUTE;

/// The attribute by which an agent says that its machine is external capacity.
const EXTERNAL_ATTRIBUTE: &str = "ecs.capability.external";

/// Whose instances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// All of a cluster's.
    Cluster(ClusterArn),
    /// Those of a cluster that the launch type EC2 is for.
    Ec2(ClusterArn),
    /// Those of a cluster that the launch type EXTERNAL is for.
    External(ClusterArn),
    /// Those of a cluster's capacity provider.
    Provider(ClusterArn, String),
    Pool(Pool),
}

/// Whether an instance was registered as external capacity.
pub(crate) fn is_external(instance: &ContainerInstance) -> bool {
    instance.attributes.iter().any(|a| a.name == EXTERNAL_ATTRIBUTE)
}

impl Owner {
    /// Those that a capacity provider of the cluster stands for.
    pub(crate) fn of_provider(cluster: &ClusterArn, name: &str) -> Self {
        match name {
            FARGATE => Self::Pool(Pool::Fargate),
            FARGATE_SPOT => Self::Pool(Pool::FargateSpot),
            other => Self::Provider(cluster.clone(), other.to_owned()),
        }
    }

    fn has(&self, instance: &ContainerInstance) -> bool {
        let is_of = |cluster: &ClusterArn| instance.cluster == *cluster && !instance.serves_pool_only();
        match self {
            Self::Cluster(cluster) => is_of(cluster),
            Self::Ec2(cluster) => is_of(cluster) && !is_external(instance),
            Self::External(cluster) => is_of(cluster) && is_external(instance),
            Self::Provider(cluster, name) => {
                is_of(cluster) && instance.capacity_provider.as_ref() == Some(name)
            }
            Self::Pool(pool) => instance.pool == Some(*pool) && instance.leaving_pool.is_none(),
        }
    }
}

/// Every fleet that was asked for.
#[derive(Default)]
pub(crate) struct Fleets {
    kept: Mutex<BTreeMap<Owner, Kept>>,
}

struct Kept {
    seen: Snapshot,
    fleet: Fleet,
    /// What the tasks of each instance of the fleet hold, by the records.
    loads: BTreeMap<ContainerInstanceArn, Load>,
    /// What DAEMON services of the instances' clusters need.
    needs: BTreeMap<ClusterArn, Vec<Need>>,
    /// Instances that something was booked on ahead of the records.
    ahead: BTreeSet<ContainerInstanceArn>,
}

impl Fleets {
    /// Works on the fleet as `snapshot` has it. `work` returns its result and the instances that it booked on.
    pub(crate) fn with<T>(
        &self,
        snapshot: &Snapshot,
        owner: &Owner,
        work: impl FnOnce(&mut Fleet) -> (T, Vec<ContainerInstanceArn>),
    ) -> T {
        // A panic in `work` leaves bookings behind that nobody noted: such a fleet is built anew.
        let mut kept = self.kept.lock().unwrap_or_else(|poisoned| {
            let mut kept = PoisonError::into_inner(poisoned);
            kept.clear();
            self.kept.clear_poison();
            kept
        });
        if let Some(known) = kept.get_mut(owner) {
            known.follow(owner, snapshot);
        } else {
            kept.insert(owner.clone(), Kept::build(owner, snapshot));
        }
        let known = kept.get_mut(owner).expect("it was put there above");
        let (result, booked) = work(&mut known.fleet);
        known.ahead.extend(booked);
        result
    }
}

impl Kept {
    fn build(owner: &Owner, snapshot: &Snapshot) -> Self {
        let mut kept = Self {
            seen: snapshot.clone(),
            fleet: Fleet::default(),
            loads: BTreeMap::new(),
            needs: BTreeMap::new(),
            ahead: BTreeSet::new(),
        };
        let mut view = |record: &ContainerInstance| kept.view(snapshot, record);
        let listed: Vec<Instance> = match owner {
            Owner::Cluster(cluster)
            | Owner::Ec2(cluster)
            | Owner::External(cluster)
            | Owner::Provider(cluster, _) => {
                let of_cluster = snapshot.by_index(instances::BY_CLUSTER, cluster);
                of_cluster.filter(|i| owner.has(i)).map(|i| view(i)).collect()
            }
            Owner::Pool(pool) => {
                let of_pool = snapshot.by_index(instances::BY_POOL, *pool);
                of_pool.filter(|i| owner.has(i)).map(|i| view(i)).collect()
            }
        };
        let active = listed.into_iter().filter(|i| i.status != InstanceStatus::Inactive);
        kept.fleet = Fleet::new(active);
        kept
    }

    /// An instance as placement sees it, with what is kept there for tasks of DAEMON services.
    fn view(&mut self, snapshot: &Snapshot, record: &ContainerInstance) -> Instance {
        let needs = match self.needs.entry(record.cluster.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let needs = daemons::needs(snapshot, &record.cluster);
                new.insert(needs)
            }
        };
        let load = self.loads.entry(record.arn.clone()).or_insert_with(|| load_of(snapshot, record));
        let mut view = empty(record);
        load.put_on(&mut view);
        needs.iter().for_each(|need| need.keep(&mut view, record));
        view
    }

    /// The instances of clusters whose DAEMON services need something else now.
    fn follow_daemons(&mut self, snapshot: &Snapshot) -> BTreeSet<ContainerInstanceArn> {
        let of_daemons = snapshot
            .changes::<Service>(&self.seen)
            .filter(|d| d.latest().scheduling_strategy == SchedulingStrategy::Daemon);
        let changed: BTreeSet<&ClusterArn> = of_daemons.map(|d| &d.latest().cluster).collect();
        let mut stale = BTreeSet::new();
        for cluster in changed {
            let Some(known) = self.needs.get_mut(cluster) else { continue };
            let now = daemons::needs(snapshot, cluster);
            if now != *known {
                *known = now;
                let there = self.fleet.instances().filter(|i| i.arn.cluster() == *cluster);
                stale.extend(there.map(|i| i.arn.clone()));
            }
        }
        stale
    }

    fn follow(&mut self, owner: &Owner, snapshot: &Snapshot) {
        let loaded = self.follow_tasks(snapshot);
        // Those of which more than the tasks changed.
        let mut stale = self.follow_daemons(snapshot);
        for difference in snapshot.changes::<ContainerInstance>(&self.seen) {
            stale.insert(difference.latest().arn.clone());
        }
        for arn in loaded {
            if stale.contains(&arn) {
                continue;
            }
            if self.reload(snapshot, &arn) {
                debug_assert!(self.is_as_recorded(snapshot, &arn), "{arn} is not what its tasks say");
            } else {
                stale.insert(arn);
            }
        }
        for arn in stale {
            match snapshot.get::<ContainerInstance>(arn.as_str()) {
                Some(record) if record.status != InstanceStatus::Inactive && owner.has(record) => {
                    let view = self.view(snapshot, record);
                    self.fleet.upsert(view);
                }
                _ => {
                    self.fleet.remove(&arn);
                    self.loads.remove(&arn);
                }
            }
        }
        self.seen = snapshot.clone();
    }

    /// The instances whose tasks changed, or that something was booked on.
    fn follow_tasks(&mut self, snapshot: &Snapshot) -> BTreeSet<ContainerInstanceArn> {
        let mut loaded = std::mem::take(&mut self.ahead);
        for difference in snapshot.changes::<Task>(&self.seen) {
            let (before, after) = match difference {
                Difference::Added(new) => (None, Some(new)),
                Difference::Changed { old, new } => (Some(old), Some(new)),
                Difference::Removed(old) => (Some(old), None),
            };
            let (before, after) = (before.and_then(|t| held(t)), after.and_then(|t| held(t)));
            if let Some((instance, share)) = before
                && let Some(load) = self.loads.get_mut(instance)
            {
                load.remove(share);
                loaded.insert(instance.clone());
            }
            if let Some((instance, share)) = after
                && let Some(load) = self.loads.get_mut(instance)
            {
                load.add(share);
                loaded.insert(instance.clone());
            }
        }
        loaded
    }

    /// What must always be so, and is looked at in tests and simulations. Of instances that are told whole it says nothing.
    fn is_as_recorded(&self, snapshot: &Snapshot, arn: &ContainerInstanceArn) -> bool {
        let record = snapshot.get::<ContainerInstance>(arn.as_str());
        let Some(record) = record.filter(|r| self.needs.get(&r.cluster).is_some_and(Vec::is_empty)) else {
            return true;
        };
        self.fleet.get(arn).is_none_or(|kept| *kept == view(snapshot, record))
    }

    /// Takes over the load of an instance of which nothing else changed. False where that does not do.
    fn reload(&mut self, snapshot: &Snapshot, arn: &ContainerInstanceArn) -> bool {
        let Some(record) = snapshot.get::<ContainerInstance>(arn.as_str()) else { return false };
        let keeps_room = self.needs.get(&record.cluster).is_none_or(|needs| !needs.is_empty());
        let Some(load) = self.loads.get(arn).filter(|_| !keeps_room) else { return false };
        let container_instance::Resources { cpu, memory, ports_tcp, ports_udp, gpus, .. } =
            &record.registered;
        self.fleet.load(arn, load, &All { cpu: *cpu, memory: *memory, ports_tcp, ports_udp, gpus })
    }
}

/// One instance as placement sees it: what it registered less what its tasks hold.
pub(crate) fn view(snapshot: &Snapshot, record: &ContainerInstance) -> Instance {
    let mut view = empty(record);
    load_of(snapshot, record).put_on(&mut view);
    view
}

/// An instance with nothing on it.
fn empty(record: &ContainerInstance) -> Instance {
    let container_instance::Resources { cpu, memory, ports_tcp, ports_udp, gpus, .. } = &record.registered;
    let mut view = Instance::new(record.arn.clone(), *cpu, *memory);
    view.ec2_instance_id.clone_from(&record.ec2_instance_id);
    view.status = record.status;
    view.agent_connected = record.agent_connected;
    view.agent_version.clone_from(&record.agent.agent_version);
    view.registered_at = record.registered_at;
    view.ports_in_use = (ports_tcp.iter().map(|p| (*p, TransportProtocol::Tcp)))
        .chain(ports_udp.iter().map(|p| (*p, TransportProtocol::Udp)))
        .collect();
    view.gpus_free = gpus.iter().cloned().collect();
    view.attributes = record.attributes.iter().map(|a| (a.name.clone(), a.value.clone())).collect();
    view
}

fn load_of(snapshot: &Snapshot, record: &ContainerInstance) -> Load {
    let mut load = Load::default();
    for (_, share) in tasks::holding(snapshot, &record.arn).filter_map(|task| held(task)) {
        load.add(share);
    }
    load
}

/// Where a task holds something, and what.
fn held(task: &Task) -> Option<(&ContainerInstanceArn, Share<'_>)> {
    let instance = task.container_instance.as_ref().filter(|_| task.holds_resources())?;
    let phase = match task.last_status {
        TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => Some(Phase::Pending),
        TaskStatus::Running
        | TaskStatus::Deactivating
        | TaskStatus::Stopping
        | TaskStatus::Deprovisioning => Some(Phase::Running),
        TaskStatus::Stopped | TaskStatus::Deleted => None,
    };
    // Tasks of Fargate are the operator's business: they take room, but are not counted among the instance's tasks.
    let phase = phase.filter(|_| task.launch_type != LaunchType::Fargate);
    Some((instance, Share { reservation: &task.reserved, counted: phase.map(|p| (task.group.as_str(), p)) }))
}
