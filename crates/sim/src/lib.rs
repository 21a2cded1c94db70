//! Deterministic simulation: the real control plane, simulated nodes, virtual time, seeded faults.
//!
//! Real are the service, its handlers, its loops with their driver, the sessions of agents, and the state over a store in memory.
//! Simulated are the nodes ([`Node`]): they speak the agents' protocol over channels and report through the API, and their containers are timers.
//! Everything runs in one thread on tokio's paused clock, which jumps to the next instant at which something happens; whatever is random is drawn
//! from the seed ([`Dice`]). One seed is one history: `SEED=17 cargo test -p sim one_history` shows it again.
//!
//! What has to hold is written once, in [`rules`], over snapshots: it is looked at whenever something changes, and at the end when nothing
//! goes wrong any more. Only tests and benchmarks use this crate.

mod balancer;
mod clock;
mod dice;
mod node;
mod outside;
pub mod rules;
mod server;
mod story;

pub use clock::run;
pub use dice::Dice;
pub use node::Node;
pub use outside::Outside;
pub use server::Server;
pub use story::{Outcome, story};
