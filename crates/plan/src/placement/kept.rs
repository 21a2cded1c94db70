//! Room that is kept for tasks which are to come: each DAEMON service's, on every instance where its task is not yet.
//!
//! What is kept counts as taken for everybody but the group that it is kept for. AWS: it "reserves container instance compute resources including CPU,
//! memory, and network interfaces for the daemon tasks", which are the first to start on an instance.

use super::instance::Instance;
use super::request::Request;
use model::status::TransportProtocol;
use model::{CpuUnits, MemoryMib};

/// What was taken off an instance for one task: as much as was free of what the task needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    cpu: CpuUnits,
    memory: MemoryMib,
    pub(super) ports: Vec<(u16, TransportProtocol)>,
    gpus: Vec<String>,
    network_interfaces: u32,
}

impl Instance {
    /// Keeps room for one task of `request`, for its group alone. Once for a group, however often it is asked.
    pub fn keep(&mut self, request: &Request) {
        if self.kept.contains_key(&request.group) {
            return;
        }
        let kept = Kept {
            cpu: request.cpu.min(self.remaining_cpu),
            memory: request.memory.min(self.remaining_memory),
            ports: request.host_ports.iter().filter(|p| !self.ports_in_use.contains(p)).copied().collect(),
            gpus: self.gpus_free.iter().take(request.gpus as usize).cloned().collect(),
            network_interfaces: self
                .network_interfaces_free
                .map_or(0, |free| free.min(request.network_interfaces)),
        };
        self.set_aside(&request.group, kept);
    }

    pub(super) fn set_aside(&mut self, group: &str, kept: Kept) {
        self.remaining_cpu = self.remaining_cpu.saturating_sub(kept.cpu);
        self.remaining_memory = self.remaining_memory.saturating_sub(kept.memory);
        self.ports_in_use.extend(kept.ports.iter().copied());
        kept.gpus.iter().for_each(|gpu| {
            self.gpus_free.remove(gpu);
        });
        if let Some(free) = &mut self.network_interfaces_free {
            *free = free.saturating_sub(kept.network_interfaces);
        }
        self.kept.insert(group.to_owned(), kept);
    }

    /// Frees what is kept for a group.
    pub(super) fn give_back(&mut self, group: &str) -> Option<Kept> {
        let kept = self.kept.remove(group)?;
        self.remaining_cpu += kept.cpu;
        self.remaining_memory += kept.memory;
        kept.ports.iter().for_each(|port| {
            self.ports_in_use.remove(port);
        });
        self.gpus_free.extend(kept.gpus.iter().cloned());
        if let Some(free) = &mut self.network_interfaces_free {
            *free = free.saturating_add(kept.network_interfaces);
        }
        Some(kept)
    }
}
