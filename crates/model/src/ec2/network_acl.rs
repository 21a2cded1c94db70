//! A network ACL: a stateless filter at a subnet's border. Only the default one of each VPC exists, which lets everything through.

use super::block::{IpBlock, Ipv4Block, Ipv6Block};
use super::traffic::{Direction, Traffic};
use crate::Tag;
use crate::ids::{NetworkAclAssociationId, NetworkAclId, Scope, SubnetId, VpcId};
use serde::{Deserialize, Serialize};

/// The record of a network ACL. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkAcl {
    pub id: NetworkAclId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub is_default: bool,
    pub entries: Vec<NetworkAclEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associations: Vec<NetworkAclAssociation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// A rule; the lowest number that fits decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkAclEntry {
    /// 1 to 32766; 32767 stands for the `*` at the end.
    pub number: u16,
    pub direction: Direction,
    pub action: AclAction,
    pub traffic: Traffic,
    pub block: IpBlock,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkAclAssociation {
    pub id: NetworkAclAssociationId,
    pub subnet: SubnetId,
}

crate::status::named!(
    /// `RuleAction` of the EC2 API.
    AclAction, "rule action" {
        Allow = "allow",
        Deny = "deny",
    }
);

/// The number of the rule at the end, which denies.
const LAST: u16 = 32767;

impl NetworkAcl {
    /// The default ACL of a new VPC.
    pub fn default_of(vpc: VpcId, scope: Scope, id: NetworkAclId) -> Self {
        let entries = Self::default_entries(IpBlock::V4(Ipv4Block::ANY), 100);
        Self { id, scope, vpc, is_default: true, entries, associations: Vec::new(), tags: Vec::new() }
    }

    /// What a default ACL gets with the first IPv6 block of its VPC.
    pub fn ipv6_entries() -> Vec<NetworkAclEntry> {
        let mut entries = Self::default_entries(IpBlock::V6(Ipv6Block::ANY), 101);
        for last in entries.iter_mut().filter(|e| e.number == LAST) {
            // IPv6 has an end of its own, behind that of IPv4.
            last.number = LAST + 1;
        }
        entries
    }

    fn default_entries(block: IpBlock, number: u16) -> Vec<NetworkAclEntry> {
        let entry = |direction, number, action| NetworkAclEntry {
            number,
            direction,
            action,
            traffic: Traffic::All,
            block,
        };
        [Direction::Egress, Direction::Ingress]
            .into_iter()
            .flat_map(|d| [entry(d, number, AclAction::Allow), entry(d, LAST, AclAction::Deny)])
            .collect()
    }
}
