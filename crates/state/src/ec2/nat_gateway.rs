//! NAT gateways, keyed by id.

use crate::{Entries, Index, Record, Version};
use model::ec2::NatGateway;

/// Scope.
pub const BY_SCOPE: Index<NatGateway> = Index::new("by_scope");

/// VPC.
pub const BY_VPC: Index<NatGateway> = Index::new("by_vpc");

/// Subnet.
pub const BY_SUBNET: Index<NatGateway> = Index::new("by_subnet");

/// When it was deleted, for forgetting it ([`crate::Table::up_to`]).
pub const BY_DELETED_AT: Index<NatGateway> = Index::new("by_deleted_at");

impl Version for NatGateway {}

impl Record for NatGateway {
    const TABLE: &'static str = "ec2.nat_gateway";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_VPC, &self.vpc);
        entries.add(BY_SUBNET, &self.subnet);
        if let Some(at) = self.deleted_at {
            entries.add(BY_DELETED_AT, at);
        }
    }
}
