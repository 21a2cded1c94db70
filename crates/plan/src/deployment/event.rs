//! What a service says of itself, in AWS's words.
//!
//! Source: "Service event messages" of the ECS developer guide, and events as observed in public reports.

use crate::placement::Report;
use model::ids::TaskArn;

const TROUBLESHOOTING: &str =
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/// The most tasks that one event names. AWS names ten at most; it then writes several events.
pub const NAMED_TASKS: usize = 10;

/// One event, without the service's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Started {
        tasks: Vec<TaskArn>,
    },
    Stopped {
        tasks: Vec<TaskArn>,
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
    NoRoomInZone {
        zone: String,
    },
    /// Neither start nor stop is allowed.
    Stuck,
}

impl Event {
    /// No instance took a task.
    pub fn unplaced(report: &Report) -> Self {
        Self::Unplaced { text: report.event_text() }
    }

    /// The order of the events of one instant.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::FailedHealthCheck { .. } => 0,
            Self::Failed { .. } => 1,
            Self::RollingBack { .. } => 2,
            Self::Stopped { .. } | Self::Unbalanced { .. } => 3,
            Self::Started { .. } | Self::StartedInZone { .. } => 4,
            Self::NoRoomInZone { .. }
            | Self::Balanced { .. }
            | Self::Impaired
            | Self::Unplaced { .. }
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
            Self::Unplaced { .. } | Self::NoCapacity { .. } => Some("unplaced"),
            Self::Refused { .. } => Some("refused"),
            Self::Stuck => Some("stuck"),
            Self::NoRoomInZone { .. } => Some("zone"),
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Steady
            | Self::Completed { .. }
            | Self::Failed { .. }
            | Self::RollingBack { .. }
            | Self::Unbalanced { .. }
            | Self::Balanced { .. }
            | Self::StartedInZone { .. }
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
            Self::Started { tasks } => return said("started", "tasks", tasks),
            Self::Stopped { tasks } => return said("stopped", "running tasks", tasks),
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
            Self::NoCapacity { text } => format!("(service {service}) was unable to place a task. {text}"),
            Self::Refused { error } => {
                format!("(service {service}) failed to launch a task with (error {error}).")
            }
            Self::FailedHealthCheck { task } => {
                format!("(service {service}) (task {}) failed container health checks.", task.id())
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
            Self::NoRoomInZone { zone } => format!(
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

fn in_zones(zones: &[(String, u32)]) -> String {
    let of: Vec<String> = zones.iter().map(|(zone, tasks)| format!("{tasks} tasks in {zone}")).collect();
    match of.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
    }
}
