//! The decisions of Longshore, as pure functions: what is known goes in, what is to be done comes out.
//!
//! No clock, no randomness, no environment, no files, no network (`clippy.toml` bans them): the instant and the seed are
//! inputs. Every engine is synchronous, total and deterministic, and says why it decided against something.

pub mod balancer;
pub mod capacity;
pub mod credentials;
pub mod daemon;
pub mod deployment;
pub mod fabric;
pub mod placement;
pub mod target;
pub mod task;
pub mod task_set;
