//! What a container finds at 169.254.170.2: metadata, statistics, the task role's credentials, task protection, faults.
//!
//! Every network namespace that tasks have is given a listener of its own, so the listener itself says who asks: nothing depends on
//! source addresses, and a task cannot read another's endpoint. An id of another task is answered as an id that does not exist.
//! Tasks on the node's own network share one listener; there the ids in the paths, which nobody can guess, tell them apart.
//!
//! Pure: `bucket` (how often a task may ask), `route` (paths), `view` (documents as functions of a snapshot of the task), the requests
//! of `fault`. Effects: `server` (HTTP, bounded), `gateway` (the API, passed on), `answer` (what a route is answered with), `open` (whose listeners there are), `meter`.
//!
//! Invariants: credentials of an execution role never leave here; an expired key is not given out; secrets are in no log and in no type that
//! can be printed. What a container sends is bounded in size, number and time. A listener ends before its namespace does.
//!
//! Source: the official agent v1.105.1 (`ecs-agent/tmds`, `agent/handlers`), and AWS's pages on the task metadata endpoint.

mod answer;
mod bucket;
mod credentials;
mod environment;
mod fault;
mod gateway;
mod host;
mod introspection;
mod meter;
mod open;
mod protection;
mod route;
mod server;
mod view;

pub(crate) use credentials::TaskRole;
pub(crate) use environment::variables;
pub(crate) use introspection::serve as serve_introspection;
pub(crate) use open::Endpoints;

use net::Service;
use std::net::{Ipv4Addr, SocketAddrV4};

/// Where containers ask.
const ADDRESS: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);

/// The service, and the port of its socket: the official agent's, which is reserved on every instance.
pub const SERVICE: Service = Service { address: SocketAddrV4::new(ADDRESS, 80), port: 51679 };

/// A random name of 128 bits.
pub(crate) fn new_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

/// Compares secret names in a time that does not depend on them.
fn same(a: &str, b: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(a.as_bytes(), b.as_bytes()).into()
}
