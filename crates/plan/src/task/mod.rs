//! The life of one task on one node: which effect comes next, what is reported, when to look again.
//!
//! [`TaskState::step`] takes an event (a result of an effect, a wish of the control plane, the passing of time) and answers
//! with effects to carry out and reports to send. It decides dependencies, restarts, stops and health; it does not know
//! images, networks, cgroups or the protocol, and whoever carries out an effect decides nothing.
//!
//! Invariants (held by the property tests):
//! - a container's status only moves forward, and a container that stopped never starts again (a restart by its restart
//!   policy happens before it counts as stopped);
//! - an essential container that stopped stops the whole task;
//! - a stop always ends, whatever the processes do, as long as every Create, Start, Prepare and Clean effect is answered;
//! - an effect is issued once: again only after its answer (a probe, a restart, a repeated kill or clean-up);
//! - after the task stopped nothing but clean-up is issued.
//!
//! Source: the official agent v1.105.1 (dependency graph, task manager, restart tracker) and Docker's health checks. One
//! of its container states is missing: RESOURCES_PROVISIONED is the steady state of the pause container alone, and there
//! is none here, since a network namespace lives without a process.

pub mod admission;
mod advance;
mod dependency;
mod event;
mod health;
mod restart;
mod spec;
mod state;
mod step;

pub use event::{ContainerReport, Effect, Event, Exit, Failure, Outcome, PortBinding, Report, TaskReport};
pub use health::{Health, ProbeResult};
pub use spec::{Condition, ContainerSpec, Dependency, HealthCheck, InvalidSpec, RestartPolicy, TaskSpec};
pub use state::{ContainerState, Known, Resources, TaskState, Times};

/// SIGTERM → SIGKILL where the task definition names no `stopTimeout`.
pub const DEFAULT_STOP_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);

#[cfg(test)]
mod tests;
