//! Network ACLs, keyed by id.

use crate::{Entries, Index, Record, Table, Version};
use model::ec2::NetworkAcl;
use model::ids::{SubnetId, VpcId};
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<NetworkAcl> = Index::new("by_scope");

/// VPC.
pub const BY_VPC: Index<NetworkAcl> = Index::new("by_vpc");

/// A subnet that it is associated with.
pub const BY_SUBNET: Index<NetworkAcl> = Index::new("by_subnet");

impl Version for NetworkAcl {}

impl Record for NetworkAcl {
    const TABLE: &'static str = "ec2.network_acl";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_VPC, &self.vpc);
        for association in &self.associations {
            entries.add(BY_SUBNET, &association.subnet);
        }
    }
}

/// The default ACL of a VPC.
pub fn default_of<'a>(acls: &'a Table<NetworkAcl>, vpc: &VpcId) -> Option<&'a Arc<NetworkAcl>> {
    acls.by_index(BY_VPC, vpc).find(|acl| acl.is_default)
}

/// The ACL of a subnet.
pub fn of_subnet<'a>(acls: &'a Table<NetworkAcl>, subnet: &SubnetId) -> Option<&'a Arc<NetworkAcl>> {
    acls.by_index(BY_SUBNET, subnet).next()
}
