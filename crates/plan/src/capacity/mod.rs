//! Capacity: on which capacity provider a task runs, and how many instances a provider should have.
//!
//! Must not know: records, clusters, API shapes, clocks.

pub mod scaling;
pub mod strategy;

pub use strategy::{Kind, Provider, spread};
