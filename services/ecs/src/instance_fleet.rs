//! Instance fleets: the machines that stand behind an Auto Scaling group, as the operator's configuration names them.
//!
//! There is no Auto Scaling here: the name of an Auto Scaling group is the name of a fleet. Instances say to which they belong with the attribute
//! `longshore.fleet` (`longshore agent --fleet NAME`).

use model::ecs::Attribute;
use model::ecs::capacity_provider::InstanceRequirements;
use model::{CpuUnits, MemoryMib};
use std::pin::Pin;

/// The attribute by which an instance says of which fleet it is.
pub const FLEET_ATTRIBUTE: &str = "longshore.fleet";

/// The attribute by which an instance says which machine of its fleet it is.
pub const MACHINE_ATTRIBUTE: &str = "longshore.machine";

/// The attribute by which a machine says for which capacity provider of Managed Instances it was made.
pub const PROVIDER_ATTRIBUTE: &str = "longshore.capacity-provider";

/// What a fleet is asked about one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id: `i-` and 17 hex digits.
    pub machine: String,
    pub fleet: String,
    /// The name of the cluster that it is to join.
    pub cluster: String,
    /// The capacity provider that it is for.
    pub provider: String,
}

/// Somebody who makes machines. Both requests may be repeated at any time and for any machine, and answer when they are done.
pub trait InstanceFleet: Send + Sync {
    /// Makes sure that the machine runs: an agent that joins the cluster and says of which fleet and which machine it is.
    fn start<'a>(&'a self, order: &'a Order) -> Doing<'a>;

    /// Makes sure that the machine is gone, with what it had.
    fn stop<'a>(&'a self, order: &'a Order) -> Doing<'a>;
}

/// A request on its way.
pub type Doing<'a> = Pin<Box<dyn Future<Output = Result<(), FleetError>> + Send + 'a>>;

/// Why a fleet did not do as it was asked. It is asked again.
#[derive(Clone, Debug)]
pub struct FleetError {
    pub fleet: String,
    pub machine: String,
    pub reason: String,
}

impl std::fmt::Display for FleetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { fleet, machine, reason } = self;
        write!(f, "fleet {fleet}, machine {machine}: {reason}")
    }
}

impl std::error::Error for FleetError {}

/// One fleet that the server may make larger and smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetSettings {
    pub name: String,
    /// What each of its instances offers.
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    /// How many instances it has at least and at most.
    pub min: u32,
    pub max: u32,
    /// Whether it is what Managed Instances providers take their instances from.
    pub managed: bool,
}

impl FleetSettings {
    /// Whether its instances are what a provider of Managed Instances asks for. The fleet's name is its instance type; patterns with `*` are
    /// allowed, as AWS has them.
    pub(crate) fn meets(&self, requirements: Option<&InstanceRequirements>) -> bool {
        let Some(wanted) = requirements else { return true };
        let named = |patterns: &[String]| patterns.iter().any(|p| matches(p, &self.name));
        wanted.vcpus.contains(i64::from(self.cpu.0 / 1024))
            && wanted.memory.contains(i64::from(self.memory.0))
            && (wanted.allowed_types.is_empty() || named(&wanted.allowed_types))
            && !named(&wanted.excluded_types)
    }
}

/// `*` stands for any number of characters. Linear: each part between stars is found as early as it can be.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return left.ends_with(part);
        }
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    true
}

/// The fleet that an instance's attributes name.
pub(crate) fn fleet_of(attributes: &[Attribute]) -> Option<&str> {
    attributes.iter().find(|a| a.name == FLEET_ATTRIBUTE)?.value.as_deref().filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_of_instance_types() {
        for (pattern, name, expected) in [
            ("web", "web", true),
            ("web", "webs", false),
            ("w*", "web", true),
            ("*b", "web", true),
            ("*", "web", true),
            ("w*b", "wb", true),
            ("w*b*", "web", true),
            ("a*a", "a", false),
            ("*x*", "web", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
