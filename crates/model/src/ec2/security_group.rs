//! A security group: who may talk to its members, and to whom they may talk. Rules only allow; an answer to what was allowed passes.

use super::block::{Ipv4Block, Ipv6Block};
use super::traffic::{Direction, Traffic};
use crate::Tag;
use crate::ids::{PrefixListId, Scope, SecurityGroupId, SecurityGroupRuleId, VpcId};
use serde::{Deserialize, Serialize};

/// The record of a security group. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    pub id: SecurityGroupId,
    pub scope: Scope,
    pub vpc: VpcId,
    /// Unique in its VPC. `default` is the one that cannot be deleted.
    pub name: String,
    pub description: String,
    /// In order of their making. No two of one direction allow the same traffic of the same peer.
    pub rules: Vec<SecurityGroupRule>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// One thing that a group allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroupRule {
    pub id: SecurityGroupRuleId,
    pub direction: Direction,
    pub traffic: Traffic,
    pub peer: Peer,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// The other end of allowed traffic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Peer {
    Ipv4(Ipv4Block),
    Ipv6(Ipv6Block),
    /// The private addresses of that group's members.
    Group(SecurityGroupId),
    PrefixList(PrefixListId),
}

/// Name of the group that every VPC has.
const DEFAULT: &str = "default";

impl SecurityGroup {
    /// The default group of a new VPC: its members talk to each other, and to everybody outside.
    pub fn default_of(
        vpc: VpcId,
        scope: Scope,
        id: SecurityGroupId,
        ingress: SecurityGroupRuleId,
        egress: SecurityGroupRuleId,
    ) -> Self {
        let rules = vec![
            SecurityGroupRule {
                id: ingress,
                direction: Direction::Ingress,
                traffic: Traffic::All,
                peer: Peer::Group(id.clone()),
                description: None,
                tags: Vec::new(),
            },
            SecurityGroupRule::egress_to_everywhere(egress),
        ];
        Self {
            id,
            scope,
            vpc,
            name: DEFAULT.to_owned(),
            description: "default VPC security group".to_owned(),
            rules,
            tags: Vec::new(),
        }
    }

    pub fn is_default(&self) -> bool {
        self.name == DEFAULT
    }

    pub fn rules(&self, direction: Direction) -> impl Iterator<Item = &SecurityGroupRule> {
        self.rules.iter().filter(move |r| r.direction == direction)
    }
}

impl SecurityGroupRule {
    /// What every new group begins with.
    pub fn egress_to_everywhere(id: SecurityGroupRuleId) -> Self {
        Self {
            id,
            direction: Direction::Egress,
            traffic: Traffic::All,
            peer: Peer::Ipv4(Ipv4Block::ANY),
            description: None,
            tags: Vec::new(),
        }
    }
}

/// As the first version stored it, when a default group was the only one and had no rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroupV1 {
    pub id: SecurityGroupId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub name: String,
    pub description: String,
}

impl From<SecurityGroupV1> for SecurityGroup {
    fn from(old: SecurityGroupV1) -> Self {
        let rule = |text: String| text.parse().expect("the digits of an id make an id");
        let digits = old.id.digits();
        let ingress = rule(format!("sgr-{digits}"));
        // Another id of the same digits: turned round by one.
        let egress = rule(format!("sgr-{}{}", &digits[1..], if digits.starts_with('0') { '1' } else { '0' }));
        Self::default_of(old.vpc, old.scope, old.id, ingress, egress)
    }
}
