//! Doors: where the listeners of load balancers are reached from the host itself.

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// An address of the host's own network that leads to listeners. What cannot be listened on, such as a port that another program has, is told and
/// tried again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Door {
    /// A loopback address.
    pub address: IpAddr,
    pub port: u16,
    /// One gets everything. Several of the same protocol are told apart by name: HTTP by `Host`, HTTPS and TLS by the name in the handshake. Others cannot
    /// share a door: the first by ARN has it.
    pub leads: Vec<Lead>,
}

/// A listener behind a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lead {
    /// ARN of the listener.
    pub listener: String,
    /// The names of its load balancer.
    pub names: Vec<String>,
}
