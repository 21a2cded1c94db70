//! The name server of VPCs: it answers what a VPC knows by itself, and asks the node's resolvers for the rest.
//!
//! What it decides: which names are the VPC's, what is said of them, how long other answers are kept. What it is given: the sockets, which are
//! bound inside a VPC's namespace, and a [`View`], inert data that is swapped whole. Upstream it speaks from the namespace of its own process, so
//! that resolvers on the node's loopback are reached.
//!
//! Invariants: a question is answered or dropped within [`upstream::LIMIT`]; questions under way, connections and the cache are bounded; who
//! is not of the VPC gets nothing.

mod cache;
mod forward;
mod message;
mod server;
pub mod upstream;
mod view;
mod zone;

#[cfg(test)]
mod tests;

pub use message::{MAX_QUERY_BYTES, Reply, Request, read};
pub use server::{Server, Serving, Sockets};
pub use upstream::Resolvers;
pub use view::{Answer, View};
pub use zone::{Affinity, Data, Name, NameError, Record, Zone, Zones, name};
