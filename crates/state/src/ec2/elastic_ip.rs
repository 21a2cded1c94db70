//! Elastic IP addresses, keyed by allocation id.

use crate::{Entries, Index, Record, Version};
use model::ec2::ElasticIp;

/// Scope.
pub const BY_SCOPE: Index<ElasticIp> = Index::new("by_scope");

/// The public address.
pub const BY_ADDRESS: Index<ElasticIp> = Index::new("by_address");

/// The interface that it is associated with.
pub const BY_INTERFACE: Index<ElasticIp> = Index::new("by_interface");

impl Version for ElasticIp {}

impl Record for ElasticIp {
    const TABLE: &'static str = "ec2.elastic_ip";

    fn key(&self) -> String {
        self.allocation.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_ADDRESS, self.public_address);
        if let Some(association) = &self.association {
            entries.add(BY_INTERFACE, &association.interface);
        }
    }
}
