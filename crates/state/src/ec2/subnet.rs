//! Subnets, keyed by id.

use super::{Draw, network_acl};
use crate::{DecodeError, Entries, Index, Older, Record, Tx, Version};
use model::ec2::{NetworkAcl, NetworkAclAssociation, Subnet, SubnetV1};
use model::ids::NetworkAclAssociationId;
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<Subnet> = Index::new("by_scope");

/// VPC.
pub const BY_VPC: Index<Subnet> = Index::new("by_vpc");

impl Version for SubnetV1 {}

impl Version for Subnet {
    const VERSION: u32 = 2;

    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        older.decode::<SubnetV1>().map(Self::from)
    }
}

impl Record for Subnet {
    const TABLE: &'static str = "ec2.subnet";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_VPC, &self.vpc);
    }
}

/// Puts a new subnet and associates it with its VPC's default network ACL.
pub fn create(tx: &mut Tx<'_>, subnet: Subnet, draw: Draw<'_>) -> Arc<Subnet> {
    let subnet = tx.put(subnet);
    complete(tx, &subnet, draw);
    subnet
}

/// Associates a subnet with its VPC's default network ACL, unless it is with one.
pub fn complete(tx: &mut Tx<'_>, subnet: &Subnet, draw: Draw<'_>) {
    if network_acl::of_subnet(tx.table(), &subnet.id).is_some() {
        return;
    }
    let acl = network_acl::default_of(tx.table(), &subnet.vpc).map(|acl| acl.id.clone());
    let acl = acl.expect("every VPC has a default network ACL");
    let id = NetworkAclAssociationId::from_random(draw());
    tx.modify::<NetworkAcl>(&acl, |acl| {
        acl.associations.push(NetworkAclAssociation { id, subnet: subnet.id.clone() });
    });
}
