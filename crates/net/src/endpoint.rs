//! What a caller asks for and gets: inert data, and the trait that the agent drives (a fake implements it in tests).

use crate::fault::{Fault, Spared};
use crate::{Error, Service};
use async_trait::async_trait;
use model::fabric::Update;
use model::status::TransportProtocol;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Names one network namespace: a task's in `awsvpc` mode, a container's in `bridge` and `none` mode.
/// 1 to 200 letters, digits, `-`, `_` and `.`, not beginning with a dot: it becomes a file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndpointId(String);

impl EndpointId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EndpointId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let good = !text.is_empty()
            && text.len() <= 200
            && !text.starts_with('.')
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        good.then(|| Self(text.to_owned())).ok_or_else(|| Error::BadEndpointId(text.to_owned()))
    }
}

impl fmt::Display for EndpointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How an endpoint is to be attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attachment {
    /// A namespace with loopback only.
    None,
    /// The node's own namespace: only the ports are checked and taken.
    Host { ports: Vec<PortRequest> },
    /// An address of the node's bridge, with ports published on the node.
    Bridge { ports: Vec<PortRequest> },
    /// An interface of a VPC with an address that the control plane chose.
    Awsvpc(Interface),
}

/// A port of a container that is to be reachable on the node, or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortRequest {
    pub container_port: u16,
    /// `None` takes a free one of [`crate::Config::dynamic_ports`], or as many in a row.
    pub host_port: Option<u16>,
    /// How many, from these on.
    #[serde(default = "one")]
    pub count: u16,
    pub protocol: TransportProtocol,
}

fn one() -> u16 {
    1
}

/// An elastic network interface of a VPC. The control plane describes it in an [`Update`] too: it is plugged in when that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// Such as `eni-0123456789abcdef0`.
    pub id: String,
    pub mac: [u8; 6],
    pub address: Ipv4Addr,
    /// Prefix length of the subnet.
    pub prefix_len: u8,
    /// The subnet's router, its base + 1.
    pub gateway: Ipv4Addr,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<Ipv6>,
}

/// The IPv6 side of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ipv6 {
    pub address: Ipv6Addr,
    /// The subnet's router, an address of the link.
    pub gateway: Ipv6Addr,
}

/// How this node's parts of VPCs are joined with those of other nodes: wrapped in the packets of an overlay (VXLAN), or routed as they are between
/// nodes that are on one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Where the node takes packets of other nodes (UDP), and sends its own from. Port 0: as they are.
    pub address: SocketAddrV4,
    /// What fits into a packet of a task, in bytes.
    pub mtu: u32,
    /// The node's own address on its segment, where packets go as they are: link-local. `None`: it has none, and no IPv6 passes between nodes.
    pub ipv6: Option<Ipv6Addr>,
}

impl Overlay {
    /// Whether packets are routed as they are.
    pub fn is_direct(&self) -> bool {
        self.address.port() == 0
    }
}

/// What an endpoint has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Where the namespace is bound; `None` is the node's own.
    pub namespace: Option<PathBuf>,
    /// Its own address; none in `host` and `none` mode.
    pub address: Option<Ipv4Addr>,
    pub prefix_len: u8,
    pub gateway: Option<Ipv4Addr>,
    pub mac: Option<[u8; 6]>,
    /// The VPC that its interface is of.
    #[serde(default)]
    pub vpc: Option<String>,
    /// Who answers for names, where that came with the address: in place of the VPC's name servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Every requested port, in order, with the host port it got.
    pub bindings: Vec<PortBinding>,
}

/// Name servers and search domains; none of the ones stands for the node's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    pub servers: Vec<String>,
    pub search: Vec<String>,
}

/// A published port, or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortBinding {
    pub bind_ip: Ipv4Addr,
    pub container_port: u16,
    pub host_port: u16,
    /// How many, from these on: the first leads to the first.
    #[serde(default = "one")]
    pub count: u16,
    pub protocol: TransportProtocol,
}

impl PortBinding {
    /// Every port of the node with the container's that it leads to.
    pub fn pairs(self) -> impl Iterator<Item = (u16, u16)> {
        (0..self.count)
            .map(move |n| (self.host_port.saturating_add(n), self.container_port.saturating_add(n)))
    }
}

/// The networks of a node, as the agent uses them.
#[async_trait]
pub trait TaskNetwork: Send + Sync {
    /// Makes the endpoint, or says what it is where it exists. After an error nothing of it is left.
    async fn attach(&self, id: &EndpointId, attachment: &Attachment) -> Result<Attached, Error>;

    /// Removes the endpoint with everything it has; not an error where it does not exist.
    async fn detach(&self, id: &EndpointId) -> Result<(), Error>;

    /// Takes in what the control plane says of a VPC. After an error it is as before or as it should be, or partly either; the next one mends it.
    async fn update(&self, update: &Update) -> Result<(), Error>;

    /// Listens inside the namespace of an endpoint, or in the node's own, as [`crate::listen`] says.
    async fn listen(
        &self,
        namespace: Option<&Path>,
        service: Service,
    ) -> Result<tokio::net::TcpListener, Error>;

    /// Makes exactly these faults of a network, as [`crate::fault::set`] says.
    async fn set_faults(
        &self,
        namespace: Option<&Path>,
        table: &str,
        faults: &[Fault],
        spared: Spared,
    ) -> Result<(), Error>;

    /// The control plane has interfaces of these VPCs here, and no others: forgets the rest, but for those that endpoints are plugged into.
    async fn keep_vpcs(&self, ids: &std::collections::BTreeSet<String>) -> Result<(), Error>;

    /// Tries again what the kernel or somebody's plugin refused: changes of VPCs, endpoints that are to go. Nothing to do is well.
    async fn mend(&self) -> Result<(), Error>;

    /// After a restart: keeps the endpoints in `live` (and says what they are), removes every other.
    async fn recover(&self, live: &[EndpointId]) -> Result<Vec<(EndpointId, Attached)>, Error>;
}
