//! What the tasks of an instance hold of it together, kept from one change of a task to the next.
//!
//! An instance's view could be built from its tasks each time; of a node with two hundred of them that is two hundred look-ups for one that stopped.
//! Sums say the same, and exactly: what is left of an instance is what it registered less all that is held, however much too much that is.

use super::fleet::Phase;
use super::instance::Instance;
use model::ecs::task::Reservation;
use model::status::TransportProtocol;
use model::{CpuUnits, MemoryMib};
use std::collections::{BTreeMap, BTreeSet};

type Port = (u16, TransportProtocol);

/// The sum of what an instance's tasks hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    cpu: u64,
    memory: u64,
    /// How many hold it.
    ports: BTreeMap<Port, u32>,
    gpus: BTreeMap<String, u32>,
    running: u32,
    pending: u32,
    groups: BTreeMap<String, u32>,
}

/// What one task adds to the load of its instance.
#[derive(Clone, Copy, Debug)]
pub struct Share<'a> {
    pub reservation: &'a Reservation,
    /// As what it is counted among the instance's tasks, and of which group it is; `None` for one that only takes room.
    pub counted: Option<(&'a str, Phase)>,
}

impl Load {
    pub fn add(&mut self, share: Share<'_>) {
        let Share { reservation, counted } = share;
        self.cpu += u64::from(reservation.cpu.0);
        self.memory += u64::from(reservation.memory.0);
        for port in &reservation.ports {
            *self.ports.entry(*port).or_default() += 1;
        }
        for gpu in &reservation.gpus {
            *self.gpus.entry(gpu.clone()).or_default() += 1;
        }
        if let Some((group, phase)) = counted {
            *self.tasks(phase) += 1;
            match self.groups.get_mut(group) {
                Some(tasks) => *tasks += 1,
                None => {
                    self.groups.insert(group.to_owned(), 1);
                }
            }
        }
    }

    /// Takes away what [`Load::add`] added.
    pub fn remove(&mut self, share: Share<'_>) {
        let Share { reservation, counted } = share;
        self.cpu = self.cpu.saturating_sub(u64::from(reservation.cpu.0));
        self.memory = self.memory.saturating_sub(u64::from(reservation.memory.0));
        reservation.ports.iter().for_each(|port| take_one(&mut self.ports, port));
        reservation.gpus.iter().for_each(|gpu| take_one(&mut self.gpus, gpu));
        if let Some((group, phase)) = counted {
            let tasks = self.tasks(phase);
            *tasks = tasks.saturating_sub(1);
            take_one(&mut self.groups, group);
        }
    }

    fn tasks(&mut self, phase: Phase) -> &mut u32 {
        match phase {
            Phase::Pending => &mut self.pending,
            Phase::Running => &mut self.running,
        }
    }

    /// An instance that has nothing on it, as it is with this load.
    pub fn put_on(&self, empty: &mut Instance) {
        empty.remaining_cpu = left_cpu(empty.remaining_cpu, self);
        empty.remaining_memory = left_memory(empty.remaining_memory, self);
        empty.ports_in_use.extend(self.ports.keys());
        self.gpus.keys().for_each(|gpu| {
            empty.gpus_free.remove(gpu);
        });
        empty.running_tasks = self.running;
        empty.pending_tasks = self.pending;
        empty.groups.clone_from(&self.groups);
    }

    /// Makes the tasks of an instance and all that they hold those of this load. `all`: what the instance has when nothing is on it. Returns what
    /// differs from before: groups, and ports.
    pub(super) fn replace_on(&self, instance: &mut Instance, all: &All<'_>) -> (Vec<String>, Vec<Port>) {
        instance.remaining_cpu = left_cpu(all.cpu, self);
        instance.remaining_memory = left_memory(all.memory, self);
        instance.running_tasks = self.running;
        instance.pending_tasks = self.pending;
        if !(self.gpus.is_empty() && instance.gpus_free.len() == all.gpus.len()) {
            instance.gpus_free = all.gpus.iter().filter(|g| !self.gpus.contains_key(*g)).cloned().collect();
        }
        let is_used = |port: &Port| all.uses(port) || self.ports.contains_key(port);
        let mut ports: Vec<Port> = instance.ports_in_use.iter().filter(|p| !is_used(p)).copied().collect();
        ports.iter().for_each(|port| {
            instance.ports_in_use.remove(port);
        });
        ports.extend(self.ports.keys().filter(|port| instance.ports_in_use.insert(**port)));
        let mut groups = Vec::new();
        for group in instance.groups.keys().filter(|group| !self.groups.contains_key(*group)) {
            groups.push(group.clone());
        }
        groups.iter().for_each(|group| {
            instance.groups.remove(group);
        });
        for (group, tasks) in &self.groups {
            match instance.groups.get_mut(group) {
                Some(known) if known == tasks => continue,
                Some(known) => *known = *tasks,
                None => {
                    instance.groups.insert(group.clone(), *tasks);
                }
            }
            groups.push(group.clone());
        }
        (groups, ports)
    }
}

/// What an instance has when nothing is on it.
#[derive(Clone, Copy, Debug)]
pub struct All<'a> {
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    /// In use by the node itself.
    pub ports_tcp: &'a BTreeSet<u16>,
    pub ports_udp: &'a BTreeSet<u16>,
    pub gpus: &'a [String],
}

impl All<'_> {
    fn uses(&self, (port, protocol): &Port) -> bool {
        match protocol {
            TransportProtocol::Tcp => self.ports_tcp.contains(port),
            TransportProtocol::Udp => self.ports_udp.contains(port),
        }
    }
}

fn left_cpu(all: CpuUnits, load: &Load) -> CpuUnits {
    all.saturating_sub(CpuUnits(u32::try_from(load.cpu).unwrap_or(u32::MAX)))
}

fn left_memory(all: MemoryMib, load: &Load) -> MemoryMib {
    all.saturating_sub(MemoryMib(u32::try_from(load.memory).unwrap_or(u32::MAX)))
}

fn take_one<K, Q>(counts: &mut BTreeMap<K, u32>, key: &Q)
where
    K: Ord + std::borrow::Borrow<Q>,
    Q: Ord + ?Sized,
{
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}
