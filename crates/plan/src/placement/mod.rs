//! Placement: which container instance a task runs on, and why it runs on none.
//!
//! Decides, for the tasks of one [`Request`] against the [`Fleet`] of one cluster: the instance, the ports and the GPUs of
//! each, or the reasons why no instance takes it. Invariants: an instance never holds more than it registered, no host port
//! twice, no GPU twice; `distinctInstance` holds within the task group; the same fleet, request and seed give the same
//! answer however the fleet came about; a task is refused only if every instance refuses it. Must not know: clusters,
//! services, records, API shapes, clocks. The caller fills [`Instance`] and [`Request`] from its records and writes what was
//! decided into its own.
//!
//! How: the filters are word-parallel over the whole fleet. Every fact that a request may ask for is an index with one bit
//! per instance (`slots`), or one bit-plane per binary digit for amounts, so that "has 512 CPU units left" or
//! "the least memory left among these" cost a few passes over `instances / 64` words, whatever the fleet's state. There is
//! no ordering to degrade and nothing to rebuild when a task is placed or ends: a handful of bits flip. [`filter`] says the
//! same one instance at a time; it is the definition, the index is held to it by property tests.
//!
//! Source: "Task placement", "Task placement constraints", "Task placement strategies", "Cluster query language",
//! "API failure reasons" and "Service event messages" of the ECS developer guide, as of 2025.

mod constraint;
pub mod filter;
mod fleet;
mod group;
mod index;
mod instance;
mod kept;
mod load;
mod outcome;
pub mod query;
mod random;
mod request;
mod sliced;
mod slots;
mod strategy;
#[cfg(test)]
mod tests;

pub use constraint::{Constraint, MAX_CONSTRAINTS};
pub use filter::{Refusal, refusal};
pub use fleet::{Fleet, Held, Phase};
pub use instance::Instance;
pub use load::{All, Load, Share};
pub use outcome::{Failure, Outcome, Placement, Report, StartOutcome};
pub use request::{Error, Request};
pub use strategy::{BinpackField, MAX_STRATEGIES, SpreadField, Strategy};
