//! A subnet: a block of a VPC, all of it in one zone.

use super::block::{Ipv4Block, Ipv6Block};
use crate::Tag;
use crate::ids::{Scope, SubnetCidrAssociationId, SubnetId, VpcId};
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// The record of a subnet. Key: its id. Its route table and network ACL are found by their associations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subnet {
    pub id: SubnetId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub block: Ipv4Block,
    /// Such as `us-east-1a`.
    pub zone: String,
    pub default_for_zone: bool,
    /// Whether an interface that a launch makes gets a public address without being asked.
    pub map_public_ip_on_launch: bool,
    /// Whether an interface gets an IPv6 address without being asked.
    #[serde(default)]
    pub assign_ipv6_on_creation: bool,
    /// A /64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<SubnetIpv6Association>,
    #[serde(default)]
    pub dns64: bool,
    pub hostname_type: HostnameType,
    #[serde(default)]
    pub resource_name_dns_a_record: bool,
    #[serde(default)]
    pub resource_name_dns_aaaa_record: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// The IPv6 block of a subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubnetIpv6Association {
    pub id: SubnetCidrAssociationId,
    pub block: Ipv6Block,
}

crate::status::named!(
    /// `HostnameType` of the EC2 API: what the private names of instances are made of.
    HostnameType, "hostname type" {
        IpName = "ip-name",
        ResourceName = "resource-name",
    }
);

impl Subnet {
    /// The subnet's router: base + 1.
    pub fn gateway(&self) -> Ipv4Addr {
        self.block.nth(1).expect("a subnet has 16 addresses at least")
    }
}

/// As the first version stored it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubnetV1 {
    pub id: SubnetId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub block: Ipv4Block,
    pub zone: String,
    pub default_for_zone: bool,
}

impl From<SubnetV1> for Subnet {
    fn from(old: SubnetV1) -> Self {
        Self {
            id: old.id,
            scope: old.scope,
            vpc: old.vpc,
            block: old.block,
            zone: old.zone,
            default_for_zone: old.default_for_zone,
            map_public_ip_on_launch: old.default_for_zone,
            assign_ipv6_on_creation: false,
            ipv6: None,
            dns64: false,
            hostname_type: HostnameType::IpName,
            resource_name_dns_a_record: false,
            resource_name_dns_aaaa_record: false,
            tags: Vec::new(),
        }
    }
}
