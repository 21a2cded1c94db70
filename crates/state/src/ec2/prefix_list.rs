//! Managed prefix lists, keyed by id.

use crate::{Entries, Index, Record, Version};
use model::ec2::PrefixList;

/// Scope.
pub const BY_SCOPE: Index<PrefixList> = Index::new("by_scope");

impl Version for PrefixList {}

impl Record for PrefixList {
    const TABLE: &'static str = "ec2.prefix_list";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
    }
}
