//! What a node is told of a VPC: inert data that the control plane computes from its records and a node's data plane carries out.
//!
//! A node compares what it is told with what it has and changes the difference; it never asks why. Ids are opaque texts here. The control
//! plane tells a node only what its own interfaces need: their security groups with the members of the groups these name, the
//! routes of their subnets, and where every address of the VPC is.

use crate::ec2::{Direction, IpBlock, Ipv4Block, Ipv6Block, Traffic};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4};

/// A change of what a node knows of one VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The VPC's id.
    pub vpc: String,
    /// Whether `put` is all there is: what the node knew before counts no longer.
    pub complete: bool,
    /// New things, and things that changed, whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub put: Vec<Item>,
    /// Things that are no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Key>,
}

/// Names a thing of a VPC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    pub kind: Kind,
    pub id: String,
}

/// In the order in which things are brought about: each uses only those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Network,
    Node,
    NatGateway,
    RouteTable,
    Subnet,
    PrefixList,
    Group,
    Interface,
    Name,
}

/// A thing of a VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Item {
    Network(Network),
    Node(Node),
    NatGateway(NatGateway),
    RouteTable(RouteTable),
    Subnet(Subnet),
    PrefixList(PrefixList),
    Group(Group),
    Interface(Interface),
    Name(Name),
}

impl Item {
    pub fn key(&self) -> Key {
        let (kind, id) = match self {
            Self::Network(n) => (Kind::Network, &n.id),
            Self::Node(n) => (Kind::Node, &n.id),
            Self::NatGateway(n) => (Kind::NatGateway, &n.id),
            Self::RouteTable(t) => (Kind::RouteTable, &t.id),
            Self::Subnet(s) => (Kind::Subnet, &s.id),
            Self::PrefixList(l) => (Kind::PrefixList, &l.id),
            Self::Group(g) => (Kind::Group, &g.id),
            Self::Interface(i) => (Kind::Interface, &i.id),
            Self::Name(n) => (Kind::Name, &n.id),
        };
        Key { kind, id: id.clone() }
    }
}

/// The VPC itself; its id is the VPC's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Network {
    pub id: String,
    /// The number of its overlay between nodes (VXLAN network identifier), 1 to 2^24 - 1.
    pub number: u32,
    /// Every IPv4 block of its addresses.
    pub blocks: Vec<Ipv4Block>,
    /// Every IPv6 block of its addresses. None: no IPv6 packet passes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6_blocks: Vec<Ipv6Block>,
    /// Public addresses of all VPCs lie in these.
    #[serde(default)]
    pub public: Vec<Ipv4Block>,
    /// Whether nobody beyond the machine routes these here: what has such an address takes the machine's own where it leaves it.
    #[serde(default)]
    pub masked: bool,
    /// The same of IPv6 blocks, which are public ones: those that nobody beyond the machine routes here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6_masked: Vec<Ipv6Block>,
    /// What its name server knows by itself. `None`: no name server answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Names>,
}

/// The domains of the names that addresses have by themselves, in lower case and without a dot at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Names {
    /// Of `ip-A-B-C-D`, for addresses of the VPC.
    pub private: String,
    /// Of `ec2-A-B-C-D`, for public addresses of its interfaces. `None`: they have no names (`enableDnsHostnames` is off).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<String>,
}

/// Another node that has interfaces of the VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Its container instance's ARN.
    pub id: String,
    /// Where it takes packets of the overlay (UDP). Port 0: it takes packets as they are, routed by its neighbours on a segment.
    pub address: SocketAddrV4,
    /// Its own address on the segment, where packets are not wrapped: IPv6 is routed to it by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<Ipv6Addr>,
}

/// A NAT gateway: what leaves through it has its public address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NatGateway {
    pub id: String,
    /// None has a private one: it leads nowhere but into the VPC.
    pub public: Option<Ipv4Addr>,
}

/// Routes of subnets beside the VPC's own, which every subnet has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteTable {
    pub id: String,
    pub routes: Vec<Route>,
}

/// A route; the longest prefix wins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    pub to: IpBlock,
    pub via: Via,
}

/// Where a route leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// An internet gateway.
    Internet,
    /// A NAT gateway, by its id.
    Nat(String),
    /// An interface of the VPC, by one of its addresses of the route's family.
    Interface(IpAddr),
    /// What it led to is gone.
    Blackhole,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subnet {
    pub id: String,
    pub block: Ipv4Block,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6_block: Option<Ipv6Block>,
    /// Its Availability Zone; empty where a control plane of an earlier version did not say.
    #[serde(default)]
    pub zone: String,
    /// The id of its route table.
    pub routes: String,
}

/// Blocks under one name, of one family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrefixList {
    pub id: String,
    pub blocks: Vec<IpBlock>,
}

/// A security group. What no rule allows is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    pub id: String,
    /// Sorted, so that equal groups compare equal.
    pub rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub direction: Direction,
    pub traffic: Traffic,
    pub peer: Peer,
}

/// With whom a rule allows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Peer {
    Block(IpBlock),
    /// The interfaces of a security group, by its id.
    Group(String),
    PrefixList(String),
}

/// An interface of the VPC, wherever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interface {
    pub id: String,
    /// The primary one first, then those of IPv4, then those of IPv6.
    pub addresses: Vec<IpAddr>,
    /// Ids of its security groups, sorted.
    pub groups: Vec<String>,
    pub place: Place,
    /// Public addresses that stand for some of its addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public: Vec<Public>,
    /// Where it is the machine's own, told to that machine's node only. `None`: a task's, or nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Machine>,
    /// Whether it also sends as others whose answers are for it, whatever address they go to: a network load balancer's does, which keeps its clients'
    /// addresses. Its own security groups judge what it sends, those of the other side judge who the sender is said to be.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub foreign_sources: bool,
    /// Whether nobody from outside of the VPC begins a connection with its addresses of IPv6, whatever routes and security groups let.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sheltered: bool,
}

/// A name that the name servers of all VPCs know. Who is of the VPC where it leads reaches what it names by other addresses than everybody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Name {
    /// The name itself, without a dot at the end. Names compare without regard to case.
    pub id: String,
    /// The VPC's id.
    pub vpc: String,
    #[serde(flatten)]
    pub leads: Leads,
    /// Where it leads those to who ask from an Availability Zone that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affinity: Option<Affinity>,
}

/// Where a name leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Leads {
    /// What the name server of its VPC says.
    pub inside: Vec<IpAddr>,
    /// What others say.
    pub outside: Vec<IpAddr>,
}

/// That who asks is led to his own Availability Zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Affinity {
    /// Of 100 questions, how many are answered so. The others, and those from zones that are not here, get everything.
    pub percent: u8,
    /// By the names of the zones.
    pub zones: BTreeMap<String, Leads>,
}

impl Name {
    /// What the name server of a VPC says, of all that there is or of a part.
    pub fn seen_from<'a>(&self, vpc: &str, leads: &'a Leads) -> &'a [IpAddr] {
        if vpc == self.vpc { &leads.inside } else { &leads.outside }
    }
}

/// How a machine has an interface: as a link of its own network, or of that of a load balancer which it carries, not in a task's namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Machine {
    /// The attachment's id: the same interface attached once more is another link.
    pub attachment: String,
    pub mac: [u8; 6],
    /// The load balancer in whose network namespace the link is, by its ARN. `None`: the machine's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balancer: Option<String>,
}

/// A public address and the address of the VPC that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Public {
    pub public: Ipv4Addr,
    pub address: Ipv4Addr,
}

/// Where an interface's packets are delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// The node that is told.
    Here,
    /// Another node, by its id.
    Node(String),
    /// Nothing is attached to it.
    Nowhere,
}
