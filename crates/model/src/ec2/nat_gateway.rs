//! A NAT gateway: the way out for interfaces without public addresses.

use crate::ids::{
    AddressAssociationId, AllocationId, NatGatewayId, NetworkInterfaceId, Scope, SubnetId, VpcId,
};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// The record of a NAT gateway. Key: its id. One that was deleted stays for an hour, as on AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NatGateway {
    pub id: NatGatewayId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub subnet: SubnetId,
    pub connectivity: NatConnectivity,
    pub state: NatGatewayState,
    /// The primary address first.
    pub addresses: Vec<NatGatewayAddress>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// An address that connections leave from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NatGatewayAddress {
    /// The gateway's interface in its subnet; it stays named when the gateway was deleted.
    pub interface: NetworkInterfaceId,
    pub private_address: Ipv4Addr,
    /// What a public gateway translates to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_address: Option<Ipv4Addr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<AddressAssociationId>,
}

crate::status::named!(
    /// `ConnectivityType` of the EC2 API.
    NatConnectivity, "connectivity type" {
        Public = "public",
        Private = "private",
    }
);

crate::status::named!(
    /// `NatGatewayState` of the EC2 API.
    NatGatewayState, "NAT gateway state" {
        Pending = "pending",
        Available = "available",
        Failed = "failed",
        Deleting = "deleting",
        Deleted = "deleted",
    }
);
