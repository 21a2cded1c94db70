//! Placement strategies: which of the eligible instances is the best.

use super::instance::{Instance, ZONE_ATTRIBUTE};
use super::request::Error;
use model::ecs::launch::{PlacementStrategy, PlacementStrategyType};

/// The most strategies in a chain.
pub const MAX_STRATEGIES: usize = 5;

/// One link of the chain. Each narrows what the one before left tied. Of what the last leaves tied, the instance with the fewest tasks of the
/// group is taken, as AWS says of services. Of several such, AWS's choice is not established: here the one with the most memory left, so that
/// many small services do not crowd onto one instance; then the lowest ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Any of them, as the seed says. Nothing is left tied.
    Random,
    /// Where the fewest tasks of the group are.
    Spread(SpreadField),
    /// Where the least is left.
    Binpack(BinpackField),
}

/// What tasks are spread over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpreadField {
    /// `instanceId` or `host`.
    Instance,
    /// The values of an attribute. Instances that lack it count as one more value (not established).
    Attribute(String),
}

/// What is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinpackField {
    Cpu,
    Memory,
}

impl Strategy {
    /// What AWS does for a service that names none.
    pub fn default_for_services() -> Vec<Self> {
        vec![Self::Spread(SpreadField::Attribute(ZONE_ATTRIBUTE.to_owned()))]
    }

    /// What AWS does for RunTask without strategies.
    pub fn default_for_run_task() -> Vec<Self> {
        vec![Self::Random]
    }

    /// Checks one strategy of the API. Field names are taken in any case, as the API's own text has both.
    pub fn from_model(strategy: &PlacementStrategy) -> Result<Self, Error> {
        let kind = strategy.kind.ok_or(Error::MissingStrategyType)?;
        let name = kind.as_str();
        let field = strategy.field.as_deref().filter(|f| !f.is_empty());
        let required = || field.ok_or(Error::MissingStrategyField { kind: name });
        let invalid = |field: &str| Error::StrategyField { kind: name, field: field.to_owned() };
        match kind {
            // "For the random placement strategy, this field is not used."
            PlacementStrategyType::Random => Ok(Self::Random),
            PlacementStrategyType::Spread => match required()? {
                field if field.eq_ignore_ascii_case("instanceId") || field.eq_ignore_ascii_case("host") => {
                    Ok(Self::Spread(SpreadField::Instance))
                }
                field => match field.strip_prefix("attribute:").filter(|attribute| !attribute.is_empty()) {
                    Some(attribute) => Ok(Self::Spread(SpreadField::Attribute(attribute.to_owned()))),
                    None => Err(invalid(field)),
                },
            },
            PlacementStrategyType::Binpack => match required()? {
                field if field.eq_ignore_ascii_case("cpu") => Ok(Self::Binpack(BinpackField::Cpu)),
                field if field.eq_ignore_ascii_case("memory") => Ok(Self::Binpack(BinpackField::Memory)),
                field => Err(invalid(field)),
            },
        }
    }

    /// Checks a whole chain.
    pub fn list_from_model(strategies: &[PlacementStrategy]) -> Result<Vec<Self>, Error> {
        if strategies.len() > MAX_STRATEGIES {
            return Err(Error::TooManyStrategies(strategies.len()));
        }
        strategies.iter().map(Self::from_model).collect()
    }
}

impl BinpackField {
    /// What is left of it on `instance`.
    pub fn remaining(self, instance: &Instance) -> u32 {
        match self {
            Self::Cpu => instance.remaining_cpu.0,
            Self::Memory => instance.remaining_memory.0,
        }
    }
}
