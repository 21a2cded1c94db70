//! An elastic IP address: a public address that an account keeps.

use crate::ids::{AddressAssociationId, AllocationId, NetworkInterfaceId, Scope};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// The record of an elastic IP address (`Address` in the EC2 API). Key: its allocation id. An association is also written into the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ElasticIp {
    pub allocation: AllocationId,
    pub scope: Scope,
    pub public_address: Ipv4Addr,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<AddressAssociation>,
    pub allocated_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// The private address that an elastic one stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressAssociation {
    pub id: AddressAssociationId,
    pub interface: NetworkInterfaceId,
    pub private_address: Ipv4Addr,
}
