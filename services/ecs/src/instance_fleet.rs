//! Instance fleets: the machines that stand behind an Auto Scaling group, as the operator's configuration names them.
//!
//! There is no Auto Scaling here: the name of an Auto Scaling group is the name of a fleet. Instances say to which they belong with the attribute
//! `longshore.fleet` (`longshore agent --fleet NAME`).

use model::ecs::Attribute;
use model::ecs::capacity_provider::InstanceRequirements;
use model::{CpuUnits, MemoryMib};

/// The attribute by which an instance says of which fleet it is.
pub const FLEET_ATTRIBUTE: &str = "longshore.fleet";

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
