//! Room that is kept for tasks which are to come: each DAEMON service's, on every instance where its task is not yet.
//!
//! What is kept counts as taken for everybody but the group that it is kept for. AWS: it "reserves container instance compute resources including CPU,
//! memory, and network interfaces for the daemon tasks", which are the first to start on an instance.

use super::instance::Instance;
use super::request::Request;
use model::ecs::task::Reservation;

/// What was taken off an instance for one task: as much as was free of what the task needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) reservation: Reservation,
    network_interfaces: u32,
}

impl Instance {
    /// Keeps room for one task of `request`, for its group alone. Once for a group, however often it is asked.
    pub fn keep(&mut self, request: &Request) {
        if self.kept.contains_key(&request.group) {
            return;
        }
        let reservation = Reservation {
            cpu: request.cpu.min(self.remaining_cpu),
            memory: request.memory.min(self.remaining_memory),
            ports: request.host_ports.iter().filter(|p| !self.ports_in_use.contains(p)).copied().collect(),
            gpus: self.gpus_free.iter().take(request.gpus as usize).cloned().collect(),
        };
        let interfaces = self.network_interfaces_free.map_or(0, |free| free.min(request.network_interfaces));
        self.set_aside(&request.group, Kept { reservation, network_interfaces: interfaces });
    }

    pub(super) fn set_aside(&mut self, group: &str, kept: Kept) {
        self.take(&kept.reservation, kept.network_interfaces);
        self.kept.insert(group.to_owned(), kept);
    }

    /// Frees what is kept for a group.
    pub(super) fn give_back(&mut self, group: &str) -> Option<Kept> {
        let kept = self.kept.remove(group)?;
        self.free(&kept.reservation, kept.network_interfaces);
        Some(kept)
    }
}
