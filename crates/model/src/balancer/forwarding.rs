//! Which flows of network load balancers a node's kernel carries by itself: what its packet filter is to do, and what it counted.
//!
//! A data plane decides it and a packet filter carries it out; neither knows the other.

use std::net::SocketAddr;

/// How many parts the flows of an entrance are split into: the finest share that a target can have of them.
pub const BUCKETS: usize = 1024;

/// Everything that the kernel forwards in one network namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forwarding {
    /// In the order of addresses and transports, each of which is there once.
    pub entrances: Vec<Entrance>,
}

/// Where clients come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrance {
    pub address: SocketAddr,
    pub transport: Transport,
    /// Whether all flows of a client's address go together, whatever its port.
    pub by_source: bool,
    /// How long nothing may move in a connection of TCP. For UDP it is the namespace's: AWS's two minutes.
    pub idle_seconds: u32,
    /// What of the flows is counted apart, whether a bucket leads there now or not.
    pub lanes: Vec<Lane>,
    /// [`BUCKETS`] of them; none where there is no target: then nothing is forwarded, and whoever listens at the address has the flow.
    pub buckets: Vec<Bucket>,
}

/// What the kernel tells flows apart by, within a namespace: never 0. It outlives the process that chose it, as flows do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(pub u16);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    Tcp,
    Udp,
}

/// Where a part of the flows goes. The target is of the entrance's family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub target: SocketAddr,
    pub lane: Lane,
    /// Whether the target sees the client's address, and not the entrance's.
    pub as_client: bool,
}

/// What was carried since it was last asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Flows that a target took: connections that were established, or datagrams that were answered.
    pub flows: u64,
    /// Packets, and their bytes from the header of IP on, in both directions.
    pub packets: u64,
    pub bytes: u64,
    /// Connections that a client or a target reset.
    pub client_resets: u64,
    pub target_resets: u64,
}

/// A flow that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flowing {
    pub lane: Lane,
    pub target: SocketAddr,
}
