//! What is asked of placement.

use super::constraint::{Constraint, MAX_CONSTRAINTS};
use super::query;
use super::strategy::{MAX_STRATEGIES, Strategy};
use model::ecs::Attribute;
use model::status::TransportProtocol;
use model::{CpuUnits, MemoryMib};
use thiserror::Error;

/// A number of equal tasks that want a place.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// How many tasks.
    pub count: u32,
    /// Per task.
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    /// Host ports that the task definition names; dynamic ones are the agent's matter.
    pub host_ports: Vec<(u16, TransportProtocol)>,
    pub gpus: u32,
    /// Network interfaces to attach: 1 in network mode awsvpc, otherwise 0.
    pub network_interfaces: u32,
    /// `requiresAttributes` of the task definition.
    pub required_attributes: Vec<Attribute>,
    /// Where the task may run, as its subnets say; empty where it does not matter.
    pub zones: Vec<String>,
    /// Those of the task definition and those of the call or service, all of which must hold.
    pub constraints: Vec<Constraint>,
    /// In order; what they leave tied, and everything where there are none, is decided as [`Strategy`] says. See
    /// [`Strategy::default_for_services`] and [`Strategy::default_for_run_task`] for what AWS does when none is given.
    pub strategies: Vec<Strategy>,
    /// The task group: `service:NAME`, `family:NAME` or the caller's.
    pub group: String,
    /// Decides what `random` draws.
    pub seed: u64,
}

/// What is wrong with placement constraints or strategies. All are InvalidParameterException in AWS.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    // Observed.
    #[error("distinctInstance expression should not be specified.")]
    DistinctInstanceExpression,
    // The wording of those below is not established.
    #[error("memberOf expression should be specified.")]
    MissingExpression,
    #[error("Invalid placement constraint expression: {expression}")]
    Expression { expression: String, source: query::Error },
    #[error("Placement constraint type should be specified.")]
    MissingConstraintType,
    #[error("Placement strategy type should be specified.")]
    MissingStrategyType,
    #[error("Invalid placement strategy field '{field}' for type '{kind}'.")]
    StrategyField { kind: &'static str, field: String },
    #[error("Placement strategy field should be specified for type '{kind}'.")]
    MissingStrategyField { kind: &'static str },
    #[error("Too many placement constraints: {0}, maximum {MAX_CONSTRAINTS}.")]
    TooManyConstraints(usize),
    #[error("Too many placement strategies: {0}, maximum {MAX_STRATEGIES}.")]
    TooManyStrategies(usize),
}
