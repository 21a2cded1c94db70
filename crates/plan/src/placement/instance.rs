//! A container instance as placement sees it.

use super::kept::Kept;
use super::query::Subject;
use model::ecs::task::Reservation;
use model::ids::ContainerInstanceArn;
use model::status::{InstanceStatus, TransportProtocol};
use model::{CpuUnits, MemoryMib, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// The attribute that names an instance's zone.
pub const ZONE_ATTRIBUTE: &str = "ecs.availability-zone";

/// Inert view of a container instance. What tasks hold has been taken off already; which tasks count is the caller's to
/// say (AWS goes by desired status: a task that is to stop no longer counts for `distinctInstance`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub arn: ContainerInstanceArn,
    pub ec2_instance_id: Option<String>,
    pub status: InstanceStatus,
    pub agent_connected: bool,
    pub agent_version: Option<String>,
    pub registered_at: Timestamp,
    pub remaining_cpu: CpuUnits,
    pub remaining_memory: MemoryMib,
    /// Host ports taken by the node itself, by tasks' static mappings and by dynamic ones.
    pub ports_in_use: BTreeSet<(u16, TransportProtocol)>,
    pub gpus_free: BTreeSet<String>,
    /// Network interfaces that can still be attached; `None` where nothing limits them.
    pub network_interfaces_free: Option<u32>,
    /// Built-in and custom attributes, and capabilities (attributes without a value).
    pub attributes: BTreeMap<String, Option<String>>,
    pub running_tasks: u32,
    pub pending_tasks: u32,
    /// Tasks per group (`service:NAME`, `family:NAME` or custom), running and pending.
    pub groups: BTreeMap<String, u32>,
    /// Of what is free, what is kept for a group whose task is not there yet; it has been taken off already.
    pub(super) kept: BTreeMap<String, Kept>,
}

impl Instance {
    /// Takes off what is free.
    pub(super) fn take(&mut self, reservation: &Reservation, network_interfaces: u32) {
        self.remaining_cpu = self.remaining_cpu.saturating_sub(reservation.cpu);
        self.remaining_memory = self.remaining_memory.saturating_sub(reservation.memory);
        self.ports_in_use.extend(reservation.ports.iter().copied());
        reservation.gpus.iter().for_each(|gpu| {
            self.gpus_free.remove(gpu);
        });
        if let Some(free) = &mut self.network_interfaces_free {
            *free = free.saturating_sub(network_interfaces);
        }
    }

    /// Adds to what is free.
    pub(super) fn free(&mut self, reservation: &Reservation, network_interfaces: u32) {
        self.remaining_cpu += reservation.cpu;
        self.remaining_memory += reservation.memory;
        reservation.ports.iter().for_each(|port| {
            self.ports_in_use.remove(port);
        });
        self.gpus_free.extend(reservation.gpus.iter().cloned());
        if let Some(free) = &mut self.network_interfaces_free {
            *free = free.saturating_add(network_interfaces);
        }
    }

    /// An ACTIVE, connected instance with nothing on it and no attributes.
    pub fn new(arn: ContainerInstanceArn, cpu: CpuUnits, memory: MemoryMib) -> Self {
        Self {
            arn,
            ec2_instance_id: None,
            status: InstanceStatus::Active,
            agent_connected: true,
            agent_version: None,
            registered_at: Timestamp::default(),
            remaining_cpu: cpu,
            remaining_memory: memory,
            ports_in_use: BTreeSet::new(),
            gpus_free: BTreeSet::new(),
            network_interfaces_free: None,
            attributes: BTreeMap::new(),
            running_tasks: 0,
            pending_tasks: 0,
            groups: BTreeMap::new(),
            kept: BTreeMap::new(),
        }
    }

    /// The availability zone, where the instance has told it.
    pub fn zone(&self) -> Option<&str> {
        self.attributes.get(ZONE_ATTRIBUTE)?.as_deref()
    }

    /// The tasks of `group` on it.
    pub fn tasks_of(&self, group: &str) -> u32 {
        self.groups.get(group).copied().unwrap_or(0)
    }
}

impl Subject for Instance {
    fn attribute(&self, name: &str) -> Option<Option<&str>> {
        self.attributes.get(name).map(Option::as_deref)
    }

    fn agent_connected(&self) -> bool {
        self.agent_connected
    }

    fn agent_version(&self) -> Option<&str> {
        self.agent_version.as_deref()
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        self.ec2_instance_id.as_deref()
    }

    fn registered_at(&self) -> Timestamp {
        self.registered_at
    }

    fn running_tasks_count(&self) -> u32 {
        self.running_tasks
    }

    fn any_task_group(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.groups.keys().any(|group| test(group))
    }
}
