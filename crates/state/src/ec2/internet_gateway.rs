//! Internet gateways, keyed by id.

use crate::{Entries, Index, Record, Version};
use model::ec2::InternetGateway;

/// Scope.
pub const BY_SCOPE: Index<InternetGateway> = Index::new("by_scope");

/// The VPC that it is attached to.
pub const BY_VPC: Index<InternetGateway> = Index::new("by_vpc");

impl Version for InternetGateway {}

impl Record for InternetGateway {
    const TABLE: &'static str = "ec2.internet_gateway";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        if let Some(vpc) = &self.attached {
            entries.add(BY_VPC, vpc);
        }
    }
}
