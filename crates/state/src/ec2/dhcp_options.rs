//! DHCP options sets, keyed by id.

use crate::{Entries, Index, Record, Version};
use model::ec2::DhcpOptions;

/// Scope.
pub const BY_SCOPE: Index<DhcpOptions> = Index::new("by_scope");

impl Version for DhcpOptions {}

impl Record for DhcpOptions {
    const TABLE: &'static str = "ec2.dhcp_options";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
    }
}
