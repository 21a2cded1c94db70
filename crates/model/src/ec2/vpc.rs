//! A VPC: a network of its own, made of blocks.

use super::block::{Ipv4Block, Ipv6Block};
use crate::Tag;
use crate::ids::{DhcpOptionsId, Scope, VpcCidrAssociationId, VpcId};
use serde::{Deserialize, Serialize};

/// The record of a VPC. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vpc {
    pub id: VpcId,
    pub scope: Scope,
    /// Its VXLAN network id: unique in the store, from 1, never given twice. 0 in what an older version stored, until the next start numbers it.
    pub number: u32,
    /// The primary block, /16 to /28.
    pub block: Ipv4Block,
    pub block_association: VpcCidrAssociationId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secondary_blocks: Vec<VpcIpv4Association>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6_blocks: Vec<VpcIpv6Association>,
    pub is_default: bool,
    pub tenancy: Tenancy,
    /// `enableDnsSupport`: whether the name server at base + 2 answers.
    pub dns_support: bool,
    /// `enableDnsHostnames`: whether public addresses have names.
    pub dns_hostnames: bool,
    /// `enableNetworkAddressUsageMetrics`
    #[serde(default)]
    pub usage_metrics: bool,
    /// `None`: no options at all (the API's `default`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dhcp_options: Option<DhcpOptionsId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// One block of a VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpcIpv4Association {
    pub id: VpcCidrAssociationId,
    pub block: Ipv4Block,
}

/// One IPv6 block of a VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpcIpv6Association {
    pub id: VpcCidrAssociationId,
    pub block: Ipv6Block,
}

crate::status::named!(
    /// `Tenancy` of the EC2 API, as far as a VPC has it.
    Tenancy, "tenancy" {
        Default = "default",
        Dedicated = "dedicated",
    }
);

impl Vpc {
    /// Its IPv4 blocks, the primary one first.
    pub fn blocks(&self) -> impl Iterator<Item = Ipv4Block> + '_ {
        std::iter::once(self.block).chain(self.secondary_blocks.iter().map(|a| a.block))
    }
}

/// As the first version stored it, when the default VPC was the only one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpcV1 {
    pub id: VpcId,
    pub scope: Scope,
    pub block: Ipv4Block,
    pub is_default: bool,
}

impl From<VpcV1> for Vpc {
    fn from(old: VpcV1) -> Self {
        let association = format!("vpc-cidr-assoc-{}", old.id.digits());
        Self {
            number: 0,
            block: old.block,
            block_association: association.parse().expect("the digits of an id make an id"),
            secondary_blocks: Vec::new(),
            ipv6_blocks: Vec::new(),
            is_default: old.is_default,
            tenancy: Tenancy::Default,
            dns_support: true,
            dns_hostnames: old.is_default,
            usage_metrics: false,
            dhcp_options: None,
            tags: Vec::new(),
            id: old.id,
            scope: old.scope,
        }
    }
}
