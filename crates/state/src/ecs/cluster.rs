//! Clusters, keyed by ARN.

use crate::{Entries, Index, Record, Version};
use model::ecs::Cluster;

/// Scope.
pub const BY_SCOPE: Index<Cluster> = Index::new("by_scope");

impl Version for Cluster {}

impl Record for Cluster {
    const TABLE: &'static str = "ecs.cluster";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, self.arn.scope());
    }
}
