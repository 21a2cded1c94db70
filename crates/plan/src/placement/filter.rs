//! The filters: whether one instance takes a task, and if not, why. This is the definition; `index` answers the same for
//! the whole fleet at once.
//!
//! Order matters: an instance is refused for the first filter that it does not pass, and the instance that came furthest
//! is "the closest". AWS's order is not established; here standing facts come before rules, rules before resources, so
//! that the closest is one where waiting may help.

use super::constraint::Constraint;
use super::instance::Instance;
use super::request::Request;
use model::ecs::Attribute;
use model::status::{InstanceStatus, TransportProtocol};
use model::{CpuUnits, MemoryMib};
use std::fmt;

/// The filters, in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    Status,
    Agent,
    Attributes,
    Location,
    MemberOf,
    DistinctInstance,
    Cpu,
    Memory,
    Ports,
    Gpus,
    NetworkInterfaces,
}

/// Why an instance does not take a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not ACTIVE.
    Status(InstanceStatus),
    /// Its agent is not connected.
    Agent,
    /// It lacks an attribute or capability that the task definition requires.
    Attribute(Attribute),
    /// It is in none of the wanted zones.
    Location {
        zone: Option<String>,
    },
    /// A `memberOf` expression does not select it.
    MemberOf {
        expression: String,
    },
    /// A task of the group is there already.
    DistinctInstance,
    Cpu {
        needed: CpuUnits,
        left: CpuUnits,
    },
    Memory {
        needed: MemoryMib,
        left: MemoryMib,
    },
    Port {
        port: u16,
        protocol: TransportProtocol,
    },
    Gpus {
        needed: u32,
        free: u32,
    },
    NetworkInterfaces {
        needed: u32,
        free: u32,
    },
}

/// Asks every filter; `None` where the instance takes the task.
pub fn refusal(instance: &Instance, request: &Request) -> Option<Refusal> {
    Filter::ALL.into_iter().find_map(|filter| filter.refusal(instance, request))
}

impl Filter {
    pub const ALL: [Self; 11] = [
        Self::Status,
        Self::Agent,
        Self::Attributes,
        Self::Location,
        Self::MemberOf,
        Self::DistinctInstance,
        Self::Cpu,
        Self::Memory,
        Self::Ports,
        Self::Gpus,
        Self::NetworkInterfaces,
    ];

    /// The `reason` of `failures[]` for what this filter refuses.
    pub fn reason(self) -> &'static str {
        match self {
            // Documented for StartTask on a deregistered instance; what a DRAINING one gets is not established.
            Self::Status => "INACTIVE",
            Self::Agent => "AGENT",
            Self::Attributes => "ATTRIBUTE",
            Self::Location => "LOCATION",
            // Observed, the full stop included.
            Self::MemberOf => "MemberOf placement constraint unsatisfied.",
            Self::DistinctInstance => "DistinctInstance placement constraint unsatisfied.",
            Self::Cpu => "RESOURCE:CPU",
            Self::Memory => "RESOURCE:MEMORY",
            Self::Ports => "RESOURCE:PORTS",
            Self::Gpus => "RESOURCE:GPU",
            Self::NetworkInterfaces => "RESOURCE:ENI",
        }
    }

    /// What this filter has against the instance.
    pub fn refusal(self, instance: &Instance, request: &Request) -> Option<Refusal> {
        match self {
            Self::Status => {
                (instance.status != InstanceStatus::Active).then_some(Refusal::Status(instance.status))
            }
            Self::Agent => (!instance.agent_connected).then_some(Refusal::Agent),
            Self::Attributes => request
                .required_attributes
                .iter()
                .find(|wanted| !has_attribute(instance, wanted))
                .map(|wanted| Refusal::Attribute(wanted.clone())),
            Self::Location => (!in_zones(instance, &request.zones))
                .then(|| Refusal::Location { zone: instance.zone().map(str::to_owned) }),
            Self::MemberOf => member_of(instance, request),
            Self::DistinctInstance => {
                let taken = request.constraints.contains(&Constraint::DistinctInstance)
                    && instance.tasks_of(&request.group) > 0;
                taken.then_some(Refusal::DistinctInstance)
            }
            Self::Cpu => {
                let (needed, left) = (request.cpu, instance.remaining_cpu);
                (left < needed).then_some(Refusal::Cpu { needed, left })
            }
            Self::Memory => {
                let (needed, left) = (request.memory, instance.remaining_memory);
                (left < needed).then_some(Refusal::Memory { needed, left })
            }
            Self::Ports => request
                .host_ports
                .iter()
                .find(|port| instance.ports_in_use.contains(port))
                .map(|(port, protocol)| Refusal::Port { port: *port, protocol: *protocol }),
            Self::Gpus => {
                let (needed, free) = (request.gpus, free_gpus(instance));
                (free < needed).then_some(Refusal::Gpus { needed, free })
            }
            Self::NetworkInterfaces => {
                let (needed, free) = (request.network_interfaces, free_network_interfaces(instance));
                (free < needed).then_some(Refusal::NetworkInterfaces { needed, free })
            }
        }
    }

    /// Whether placing a task of `request` on an instance can make the filter refuse that instance.
    pub(super) fn changes_with_placement(self, request: &Request) -> bool {
        match self {
            Self::Status | Self::Agent | Self::Attributes | Self::Location => false,
            Self::MemberOf => request.constraints.iter().any(|constraint| match constraint {
                Constraint::MemberOf(expression) => expression.depends_on_tasks(),
                Constraint::DistinctInstance => false,
            }),
            Self::DistinctInstance
            | Self::Cpu
            | Self::Memory
            | Self::Ports
            | Self::Gpus
            | Self::NetworkInterfaces => true,
        }
    }
}

pub(super) fn has_attribute(instance: &Instance, wanted: &Attribute) -> bool {
    instance
        .attributes
        .get(&wanted.name)
        .is_some_and(|value| wanted.value.is_none() || *value == wanted.value)
}

pub(super) fn in_zones(instance: &Instance, zones: &[String]) -> bool {
    zones.is_empty() || instance.zone().is_some_and(|zone| zones.iter().any(|wanted| wanted == zone))
}

pub(super) fn free_gpus(instance: &Instance) -> u32 {
    u32::try_from(instance.gpus_free.len()).unwrap_or(u32::MAX)
}

pub(super) fn free_network_interfaces(instance: &Instance) -> u32 {
    instance.network_interfaces_free.unwrap_or(u32::MAX)
}

fn member_of(instance: &Instance, request: &Request) -> Option<Refusal> {
    request.constraints.iter().find_map(|constraint| match constraint {
        Constraint::MemberOf(expression) if !expression.matches(instance) => {
            Some(Refusal::MemberOf { expression: expression.to_string() })
        }
        Constraint::MemberOf(_) | Constraint::DistinctInstance => None,
    })
}

impl Refusal {
    /// The filter that refused.
    pub fn filter(&self) -> Filter {
        match self {
            Self::Status(_) => Filter::Status,
            Self::Agent => Filter::Agent,
            Self::Attribute(_) => Filter::Attributes,
            Self::Location { .. } => Filter::Location,
            Self::MemberOf { .. } => Filter::MemberOf,
            Self::DistinctInstance => Filter::DistinctInstance,
            Self::Cpu { .. } => Filter::Cpu,
            Self::Memory { .. } => Filter::Memory,
            Self::Port { .. } => Filter::Ports,
            Self::Gpus { .. } => Filter::Gpus,
            Self::NetworkInterfaces { .. } => Filter::NetworkInterfaces,
        }
    }

    /// The `reason` of `failures[]`.
    pub fn reason(&self) -> &'static str {
        self.filter().reason()
    }

    /// What a service event says of the closest instance, after "The closest matching container-instance ID ".
    pub fn event_clause(&self) -> String {
        match self {
            Self::Attribute(_) => "is missing an attribute required by your task".to_owned(),
            Self::Cpu { .. } => "has insufficient CPU units available".to_owned(),
            Self::Memory { .. } => "has insufficient memory available".to_owned(),
            Self::Port { .. } => "is already using a port required by your task".to_owned(),
            Self::Gpus { .. } => "has insufficient GPU resource available".to_owned(),
            Self::Status(_)
            | Self::Agent
            | Self::Location { .. }
            | Self::MemberOf { .. }
            | Self::DistinctInstance
            | Self::NetworkInterfaces { .. } => format!("encountered error \"{}\"", self.reason()),
        }
    }

    /// The refusal in full, for logs and `longshore status`. Not an AWS text.
    pub fn explain(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the instance is {status}"),
            Self::Agent => f.write_str("the agent is not connected"),
            Self::Attribute(Attribute { name, value: None }) => {
                write!(f, "the instance lacks attribute {name}")
            }
            Self::Attribute(Attribute { name, value: Some(value) }) => {
                write!(f, "the instance lacks attribute {name} with value {value}")
            }
            Self::Location { zone: Some(zone) } => write!(f, "the instance is in zone {zone}"),
            Self::Location { zone: None } => f.write_str("the instance has told no zone"),
            Self::MemberOf { expression } => write!(f, "the instance is not selected by: {expression}"),
            Self::DistinctInstance => f.write_str("a task of the group is on the instance"),
            Self::Cpu { needed, left } => write!(f, "{needed} CPU units needed, {left} left"),
            Self::Memory { needed, left } => write!(f, "{needed} of memory needed, {left} left"),
            Self::Port { port, protocol } => write!(f, "host port {port}/{protocol} is in use"),
            Self::Gpus { needed, free } => write!(f, "{needed} GPUs needed, {free} free"),
            Self::NetworkInterfaces { needed, free } => {
                write!(f, "{needed} network interfaces needed, {free} can be attached")
            }
        }
    }
}
