//! The node side of Longshore: registers a container instance, holds its ACS and TCS sessions, and runs its tasks.
//!
//! # Entry points
//! [`Agent::start`] takes a [`Config`] and [`Deps`] (runtime, network, images, control plane) and gives a [`Handle`]. One actor
//! per ECS task (`engine`) drives the pure stepper of `plan::task` and carries out its effects through the traits of
//! `runtime`, `net` and [`Images`]; `session` speaks the protocol; `submit` reports; `logs` ships what containers write; `endpoint` is what
//! containers find at 169.254.170.2.
//!
//! # Invariants
//! - Containers outlive the agent: stopping or killing it stops none, and a restart takes them back without starting any.
//! - A payload is acknowledged only when its tasks are on disk.
//! - Reports of one task arrive in order, and are sent again until they are acknowledged.
//! - A log event is acknowledged to the runtime only after the log service has it.
//! - Nothing here decides what a task may do next: that is `plan`'s.

mod agent;
pub mod aws;
pub mod backend;
mod balancers;
mod clock;
mod config;
mod endpoint;
mod engine;
#[cfg(test)]
mod fakes;
mod logs;
mod names;
mod register;
mod session;
mod stats;
mod submit;
mod task;

pub use agent::{Agent, Deps, Handle, Registration, StartError};
pub use balancers::{DataPlane, Told};
pub use config::{Awsvpc, Config, LaunchKind, PullBehavior};
pub use endpoint::SERVICE as TASK_ENDPOINT;
pub use engine::ports::{Images, LocalImage, StoreImages};
pub use logs::api::{LogEvent, LogsApi};
pub use names::NamedNetwork;
