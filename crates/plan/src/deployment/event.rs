//! What a service says of itself, in AWS's words.
//!
//! Source: "Amazon ECS service event messages" and "Availability Zone service rebalancing service event messages" of the ECS developer guide, read
//! 2026-11, and events as observed in public reports, which differ from them in small words.

use super::Stop;
use super::member::Ailing;
use crate::placement::Report;
use model::ids::TaskArn;

const TROUBLESHOOTING: &str =
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/// The most tasks that one event names. AWS names ten at most; it then writes several events.
pub const NAMED_TASKS: usize = 10;

/// What protected tasks are in the way of is said under this kind ([`Event::repeats`]).
pub(super) const PROTECTED: &str = "protected";

/// What targets cannot be registered for, and what traffic cannot be shifted for.
pub(super) const UNREGISTERED: &str = "unregistered";
pub(super) const UNSHIFTED: &str = "unshifted";

/// What is remembered of a group that takes no registration.
pub(super) fn unregistered(group: &str) -> String {
    format!("{UNREGISTERED} {group}")
}

/// One event, without the service's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Started {
        tasks: Vec<TaskArn>,
        /// So many of them stand for others that were unhealthy.
        replaced: u32,
    },
    /// They ran.
    Stopped {
        tasks: Vec<TaskArn>,
    },
    /// They had not run yet.
    StoppedPending {
        count: u32,
    },
    Steady,
    Completed {
        deployment: String,
    },
    Failed {
        deployment: String,
        reason: &'static str,
    },
    RollingBack {
        deployment: String,
    },
    /// Starts fail again and again.
    Impaired,
    /// No room; the text is placement's.
    Unplaced {
        text: String,
    },
    /// No more tasks of the cluster may wait for capacity.
    TooManyProvisioning,
    /// The Fargate pool has no room.
    NoCapacity {
        text: String,
    },
    /// A launch was refused as a whole.
    Refused {
        error: String,
    },
    FailedHealthCheck {
        task: TaskArn,
    },
    /// A load balancer finds a target of it ill.
    UnhealthyTarget {
        ailing: Ailing,
    },
    /// So many targets were registered with a group.
    Registered {
        group: String,
        targets: u32,
    },
    Deregistered {
        group: String,
        targets: u32,
    },
    /// So many tasks go on until their targets have drained.
    Draining {
        tasks: u32,
    },
    /// A target could not be registered with a group.
    NotRegistered {
        group: String,
        error: String,
    },
    /// Traffic could not be shifted.
    NotShifted {
        error: String,
    },
    /// Its tasks lie unevenly in its zones, or evenly again: so many in each.
    Unbalanced {
        zones: Vec<(String, u32)>,
    },
    Balanced {
        zones: Vec<(String, u32)>,
    },
    StartedInZone {
        zone: String,
        tasks: Vec<TaskArn>,
    },
    StoppedInZone {
        zone: String,
        tasks: Vec<TaskArn>,
    },
    NoRoomInZone {
        zone: String,
        on_fargate: bool,
    },
    /// Balancing ended before its zones had as many each.
    BalancingStopped,
    /// So many protected tasks of a deployment are in the way of what is wanted.
    Protected {
        deployment: String,
        tasks: u32,
    },
    /// The same, where they keep its zones from being balanced.
    ProtectedInZone {
        deployment: String,
        tasks: u32,
    },
    /// Neither start nor stop is allowed.
    Stuck,
}

impl Event {
    /// No instance took a task.
    pub fn unplaced(report: &Report) -> Self {
        Self::Unplaced { text: report.event_text() }
    }

    /// Why an unhealthy task is stopped.
    pub(super) fn of_unhealthy(stop: &Stop) -> Self {
        match &stop.ailing {
            Some(ailing) => Self::UnhealthyTarget { ailing: Ailing::clone(ailing) },
            None => Self::FailedHealthCheck { task: stop.task.clone() },
        }
    }

    /// The order of the events of one instant.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::FailedHealthCheck { .. } | Self::UnhealthyTarget { .. } => 0,
            Self::Failed { .. } => 1,
            Self::RollingBack { .. } => 2,
            Self::Stopped { .. }
            | Self::StoppedPending { .. }
            | Self::StoppedInZone { .. }
            | Self::Draining { .. }
            | Self::Deregistered { .. }
            | Self::Registered { .. }
            | Self::NotRegistered { .. }
            | Self::NotShifted { .. }
            | Self::Unbalanced { .. } => 3,
            Self::Started { .. } | Self::StartedInZone { .. } => 4,
            Self::NoRoomInZone { .. }
            | Self::Balanced { .. }
            | Self::BalancingStopped
            | Self::Protected { .. }
            | Self::ProtectedInZone { .. }
            | Self::Impaired
            | Self::Unplaced { .. }
            | Self::TooManyProvisioning
            | Self::NoCapacity { .. }
            | Self::Refused { .. }
            | Self::Stuck => 5,
            Self::Completed { .. } => 6,
            Self::Steady => 7,
        }
    }

    /// What it is about, for those that are left out while their cause lasts.
    pub fn repeats(&self) -> Option<&'static str> {
        match self {
            Self::Impaired => Some("impaired"),
            Self::Unplaced { .. } | Self::TooManyProvisioning | Self::NoCapacity { .. } => Some("unplaced"),
            Self::Protected { .. } | Self::ProtectedInZone { .. } => Some(PROTECTED),
            Self::Refused { .. } => Some("refused"),
            Self::Stuck => Some("stuck"),
            Self::NoRoomInZone { .. } => Some("zone"),
            Self::NotRegistered { .. } => Some(UNREGISTERED),
            Self::NotShifted { .. } => Some(UNSHIFTED),
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::StoppedPending { .. }
            | Self::Steady
            | Self::Completed { .. }
            | Self::Failed { .. }
            | Self::RollingBack { .. }
            | Self::Unbalanced { .. }
            | Self::Balanced { .. }
            | Self::BalancingStopped
            | Self::StartedInZone { .. }
            | Self::StoppedInZone { .. }
            | Self::UnhealthyTarget { .. }
            | Self::Registered { .. }
            | Self::Deregistered { .. }
            | Self::Draining { .. }
            | Self::FailedHealthCheck { .. } => None,
        }
    }

    /// The messages: one, or several where more tasks are to be named than one names.
    pub fn messages(&self, service: &str) -> Vec<String> {
        let list = |tasks: &[TaskArn]| {
            let named: Vec<String> = tasks.iter().map(|t| format!("(task {})", t.id())).collect();
            named.join(" ")
        };
        let said = |verb: &str, noun: &str, tasks: &[TaskArn]| {
            tasks
                .chunks(NAMED_TASKS)
                .map(|some| format!("(service {service}) has {verb} {} {noun}: {}.", some.len(), list(some)))
                .collect()
        };
        let one = match self {
            Self::Started { tasks, replaced } => {
                let mut said: Vec<String> = said("started", "tasks", tasks);
                // Not established: which of several events says it.
                if let (Some(last), true) = (said.last_mut(), *replaced > 0) {
                    last.push_str(&format!(
                        " Amazon ECS replaced {replaced} tasks due to an unhealthy status."
                    ));
                }
                return said;
            }
            Self::Stopped { tasks } => return said("stopped", "running tasks", tasks),
            // Observed: without "has", and without their names.
            Self::StoppedPending { count } => format!("(service {service}) stopped {count} pending tasks."),
            Self::Steady => format!("(service {service}) has reached a steady state."),
            Self::Completed { deployment } => {
                format!("(service {service}) (deployment {deployment}) deployment completed.")
            }
            Self::Failed { deployment, reason } => {
                format!("(service {service}) (deployment {deployment}) deployment failed: {reason}.")
            }
            Self::RollingBack { deployment } => {
                format!("(service {service}) rolling back to deployment {deployment}.")
            }
            Self::Impaired => {
                format!(
                    "(service {service}) is unable to consistently start tasks successfully. {TROUBLESHOOTING}"
                )
            }
            Self::Unplaced { text } => {
                format!("(service {service}) was unable to place a task because {text}")
            }
            Self::TooManyProvisioning => format!(
                "(service {service}) was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded."
            ),
            Self::NoCapacity { text } => format!("(service {service}) was unable to place a task. {text}"),
            Self::Refused { error } => {
                format!("(service {service}) failed to launch a task with (error {error}).")
            }
            Self::FailedHealthCheck { task } => {
                format!("(service {service}) (task {}) failed container health checks.", task.id())
            }
            Self::UnhealthyTarget { ailing: Ailing { group, instance, port, reason } } => {
                let instance = instance.as_ref().map(|i| format!("(instance {i}) ")).unwrap_or_default();
                format!(
                    "(service {service}) {instance}(port {port}) is unhealthy in (target-group {group}) due to (reason {reason})"
                )
            }
            // Observed.
            Self::Registered { group, targets } => {
                format!("(service {service}) registered {targets} targets in (target-group {group})")
            }
            Self::Deregistered { group, targets } => {
                format!("(service {service}) deregistered {targets} targets in (target-group {group})")
            }
            Self::Draining { tasks } => {
                format!("(service {service}) has begun draining connections on {tasks} tasks.")
            }
            // Observed but for the errors.
            Self::NotRegistered { group, error } => format!(
                "(service {service}) failed to register targets in (target-group {group}) with (error {error})"
            ),
            // Not established: AWS's words.
            Self::NotShifted { error } => {
                format!("(service {service}) was unable to shift traffic due to (reason {error})")
            }
            Self::Unbalanced { zones } => format!(
                "(service {service}) is not AZ balanced with {}. AZ Rebalancing in progress.",
                in_zones(zones)
            ),
            Self::Balanced { zones } => {
                format!("(service {service}) is AZ balanced with {}.", in_zones(zones))
            }
            Self::StartedInZone { zone, tasks } => format!(
                "(service {service}) has started {} tasks in {zone} to AZ Rebalance: {}.",
                tasks.len(),
                list(tasks)
            ),
            Self::StoppedInZone { zone, tasks } => format!(
                "(service {service}) has stopped {} running tasks in {zone} due to AZ rebalancing: {}.",
                tasks.len(),
                list(tasks)
            ),
            Self::BalancingStopped => format!("(service {service}) stopped AZ Rebalancing."),
            // Observed: no full stop.
            Self::Protected { deployment, tasks } => format!(
                "(service {service}) was unable to reach steady state because (taskSet {deployment}) was unable to scale in due to (reason {tasks} tasks under protection)"
            ),
            Self::ProtectedInZone { deployment, tasks } => format!(
                "(service {service}) was unable to AZ Rebalance because (taskSet {deployment}) was unable to scale in due to (reason {tasks} tasks under protection)"
            ),
            Self::NoRoomInZone { zone, on_fargate: true } => {
                format!("(service {service}) is unable to place a task in {zone}.")
            }
            Self::NoRoomInZone { zone, on_fargate: false } => format!(
                "(service {service}) is unable to place a task in {zone} because no container instance met all of its requirements."
            ),
            Self::Stuck => format!(
                "(service {service}) was unable to stop or start tasks during a deployment because of the service \
                 deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again."
            ),
        };
        vec![one]
    }
}

/// Observed: the fullest zone first, and no "and" before the last as the developer guide has it.
fn in_zones(zones: &[(String, u32)]) -> String {
    let mut zones: Vec<&(String, u32)> = zones.iter().collect();
    zones.sort_by_key(|(_, tasks)| std::cmp::Reverse(*tasks));
    let of: Vec<String> = zones.iter().map(|(zone, tasks)| format!("{tasks} tasks in {zone}")).collect();
    of.join(", ")
}
