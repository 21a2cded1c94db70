//! Capacity providers, keyed by ARN.

use crate::{Entries, Index, Record, Version};
use model::ecs::CapacityProvider;

/// Scope.
pub const BY_SCOPE: Index<CapacityProvider> = Index::new("by_scope");

/// Name of the Auto Scaling group.
pub const BY_GROUP: Index<CapacityProvider> = Index::new("by_group");

/// When it was deleted, for forgetting it ([`crate::Table::up_to`]).
pub const BY_DELETED_AT: Index<CapacityProvider> = Index::new("by_deleted_at");

impl Version for CapacityProvider {}

impl Record for CapacityProvider {
    const TABLE: &'static str = "ecs.capacity_provider";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, self.arn.scope());
        if let (Some(group), None) = (self.group(), self.deleted_at) {
            entries.add(BY_GROUP, group);
        }
        if let Some(at) = self.deleted_at {
            entries.add(BY_DELETED_AT, at);
        }
    }
}
