//! A route table: where a subnet's packets go.

use super::block::{Ipv4Block, Ipv6Block};
use crate::Tag;
use crate::ids::{
    InternetGatewayId, NatGatewayId, NetworkInterfaceId, PrefixListId, RouteTableAssociationId, RouteTableId,
    Scope, SubnetId, VpcId,
};
use serde::{Deserialize, Serialize};

/// The record of a route table. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteTable {
    pub id: RouteTableId,
    pub scope: Scope,
    pub vpc: VpcId,
    /// A local route for every block of the VPC, then the others in order of their making; no two of one destination. The longest prefix decides.
    pub routes: Vec<Route>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associations: Vec<RouteTableAssociation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    pub destination: Destination,
    pub target: RouteTarget,
    pub origin: RouteOrigin,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Destination {
    Ipv4(Ipv4Block),
    Ipv6(Ipv6Block),
    PrefixList(PrefixListId),
}

/// What a route leads to. A target that does not exist, or is not attached to the VPC (any more), makes the route a black hole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RouteTarget {
    Local,
    InternetGateway(InternetGatewayId),
    NatGateway(NatGatewayId),
    NetworkInterface(NetworkInterfaceId),
}

impl RouteTarget {
    /// The target's id; `local` where it has none.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Local => "local",
            Self::InternetGateway(id) => id.as_str(),
            Self::NatGateway(id) => id.as_str(),
            Self::NetworkInterface(id) => id.as_str(),
        }
    }
}

crate::status::named!(
    /// `RouteOrigin` of the EC2 API.
    RouteOrigin, "route origin" {
        CreateRouteTable = "CreateRouteTable",
        CreateRoute = "CreateRoute",
    }
);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteTableAssociation {
    pub id: RouteTableAssociationId,
    pub with: AssociatedWith,
}

/// Whose packets a route table is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AssociatedWith {
    /// Every subnet of the VPC that has no association of its own. Each VPC has one such table.
    Main,
    Subnet(SubnetId),
    /// Packets that come in through the gateway (edge association).
    Gateway(InternetGatewayId),
}

impl RouteTable {
    pub fn is_main(&self) -> bool {
        self.associations.iter().any(|a| a.with == AssociatedWith::Main)
    }
}
