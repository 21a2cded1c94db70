//! Security groups, keyed by id.

use crate::{DecodeError, Entries, Index, Older, Record, Table, Version};
use model::ec2::{Peer, SecurityGroup, SecurityGroupV1};
use model::ids::VpcId;
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<SecurityGroup> = Index::new("by_scope");

/// VPC.
pub const BY_VPC: Index<SecurityGroup> = Index::new("by_vpc");

/// (VPC, name).
pub const BY_NAME: Index<SecurityGroup> = Index::new("by_name");

/// The id of one of its rules.
pub const BY_RULE: Index<SecurityGroup> = Index::new("by_rule");

/// A group that its rules name.
pub const BY_PEER_GROUP: Index<SecurityGroup> = Index::new("by_peer_group");

/// A prefix list that its rules name.
pub const BY_PEER_PREFIX_LIST: Index<SecurityGroup> = Index::new("by_peer_prefix_list");

impl Version for SecurityGroupV1 {}

impl Version for SecurityGroup {
    const VERSION: u32 = 2;

    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        older.decode::<SecurityGroupV1>().map(Self::from)
    }
}

impl Record for SecurityGroup {
    const TABLE: &'static str = "ec2.security_group";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_VPC, &self.vpc);
        entries.add(BY_NAME, (&self.vpc, &self.name));
        for rule in &self.rules {
            entries.add(BY_RULE, &rule.id);
            match &rule.peer {
                Peer::Group(group) => entries.add(BY_PEER_GROUP, group),
                Peer::PrefixList(list) => entries.add(BY_PEER_PREFIX_LIST, list),
                Peer::Ipv4(_) | Peer::Ipv6(_) => {}
            }
        }
    }
}

/// The default group of a VPC.
pub fn default_of<'a>(groups: &'a Table<SecurityGroup>, vpc: &VpcId) -> Option<&'a Arc<SecurityGroup>> {
    groups.by_index(BY_NAME, (vpc, "default")).next()
}
