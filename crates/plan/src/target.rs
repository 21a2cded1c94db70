//! Targets of tasks: when a task is registered with the target groups of its service, as what, and when it leaves them.
//!
//! Decides for one task at one instant. Invariants: what is not RUNNING, or has a health check that has not passed, is not registered; a task that is
//! to stop has left its groups before its node is told, and its node is told when what it had begun there has had its time; a task that is over, or has
//! lost an essential container, has left at once. Must not know: target groups, and whether anybody sends to them.
//!
//! Source: "Amazon ECS task lifecycle" and "Use load balancing to distribute Amazon ECS service traffic" of the ECS developer guide, read 2026-11.

use model::ecs::Task;
use model::ecs::task::{NetworkBinding, Registered, TaskTarget};
use model::status::{DesiredStatus, HealthStatus, NetworkMode, StopCode, TaskStatus, TransportProtocol};
use std::fmt;

/// What becomes of a task's registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// They stay as they are.
    Stay,
    /// What is not registered yet is registered.
    Register,
    /// They end; the task goes on until they have drained.
    Drain,
    /// They end, and nobody waits for that.
    Leave,
}

/// What is to be done about a task's targets. `has_health_check`: some essential container of it has one.
pub fn next(task: &Task, has_health_check: bool) -> Move {
    if task.targets.is_empty() {
        return Move::Stay;
    }
    if task.last_status.is_over() {
        return Move::Leave;
    }
    if task.desired_status == DesiredStatus::Stopped {
        return match (task.last_status, task.stop_code) {
            // Its machine is taken away in two minutes: it gets its SIGTERM now.
            (_, Some(StopCode::SpotInterruption)) => Move::Leave,
            // Nothing is left to be waited for.
            (TaskStatus::Running | TaskStatus::Deactivating, _) if task.has_lost_essential() => Move::Leave,
            (TaskStatus::Running, _) => Move::Drain,
            // It drains already.
            (TaskStatus::Deactivating, _) => Move::Stay,
            // It never served, or its end has begun.
            (TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating, _)
            | (TaskStatus::Stopping | TaskStatus::Deprovisioning, _)
            | (TaskStatus::Stopped | TaskStatus::Deleted, _) => Move::Leave,
        };
    }
    match task.last_status {
        // It ends, and nobody has said so yet.
        TaskStatus::Running if task.has_lost_essential() => Move::Leave,
        TaskStatus::Running => match task.health.filter(|_| has_health_check) {
            None if has_health_check => Move::Stay,
            None | Some(HealthStatus::Healthy) => Move::Register,
            // One that fails for a while keeps its place: that is the load balancer's to judge.
            Some(HealthStatus::Unhealthy | HealthStatus::Unknown) => Move::Stay,
        },
        TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => Move::Stay,
        // It ends by itself.
        TaskStatus::Deactivating
        | TaskStatus::Stopping
        | TaskStatus::Deprovisioning
        | TaskStatus::Stopped
        | TaskStatus::Deleted => Move::Leave,
    }
}

/// How a group reaches its targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach<'a> {
    pub mode: NetworkMode,
    /// The machine that the task runs on.
    pub instance: Option<&'a str>,
    /// By UDP and nothing else.
    pub udp: bool,
    pub ipv6: bool,
}

/// Why a port of a task cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace<'a> {
    /// Its machine has no instance id.
    NoInstance,
    /// Its container has no such host port.
    NotPublished(&'a TaskTarget),
    NoAddress,
    NoIpv6Address,
    /// It has no network.
    NoNetwork,
}

impl fmt::Display for NoPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoInstance => f.write_str("The container instance of the task has no EC2 instance ID."),
            Self::NotPublished(TaskTarget { container, container_port, .. }) => {
                write!(f, "The container {container} has no host port for its port {container_port}.")
            }
            Self::NoAddress => f.write_str("The task has no network interface."),
            Self::NoIpv6Address => f.write_str("The task has no IPv6 address."),
            Self::NoNetwork => f.write_str("The task has no network."),
        }
    }
}

/// As what a port of a task is registered: in awsvpc mode as the task's address, else as its machine's id with the port there.
pub fn place<'a>(task: &Task, target: &'a TaskTarget, reach: Reach<'_>) -> Result<Registered, NoPlace<'a>> {
    let on_instance = |port: u16| {
        let id = reach.instance.ok_or(NoPlace::NoInstance)?.to_owned();
        Ok(Registered { id, port })
    };
    match reach.mode {
        NetworkMode::Awsvpc => {
            let interface = task.network_interface.as_ref().ok_or(NoPlace::NoAddress)?;
            let id = match reach.ipv6 {
                true => interface.ipv6_address.ok_or(NoPlace::NoIpv6Address)?.to_string(),
                false => interface.address.to_string(),
            };
            Ok(Registered { id, port: target.container_port })
        }
        NetworkMode::Host => on_instance(target.container_port),
        NetworkMode::Bridge => {
            let container = task.containers.iter().find(|c| c.name == target.container);
            let bound = container.into_iter().flat_map(|c| &c.network_bindings);
            let mut bound = bound.filter(|b| is_udp(b) == reach.udp);
            let port = bound.find_map(|b| host_port(b, target.container_port));
            on_instance(port.ok_or(NoPlace::NotPublished(target))?)
        }
        NetworkMode::None => Err(NoPlace::NoNetwork),
    }
}

fn is_udp(binding: &NetworkBinding) -> bool {
    binding.protocol == Some(TransportProtocol::Udp)
}

/// The host port that a binding gives to a container's port.
fn host_port(binding: &NetworkBinding, port: u16) -> Option<u16> {
    if binding.container_port == Some(port) {
        return binding.host_port.filter(|port| *port > 0);
    }
    let ends = |range: &Option<String>| -> Option<(u16, u16)> {
        let (first, last) = range.as_deref()?.split_once('-')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    let (first, last) = ends(&binding.container_port_range)?;
    let (host_first, host_last) = ends(&binding.host_port_range)?;
    let at = port.checked_sub(first).filter(|_| port <= last)?;
    host_first.checked_add(at).filter(|port| *port <= host_last)
}

#[cfg(test)]
mod tests;
