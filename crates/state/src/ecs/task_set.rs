//! Task sets, keyed by ARN.

use crate::{Entries, Index, Record, Version};
use model::ecs::TaskSet;

/// Service.
pub const BY_SERVICE: Index<TaskSet> = Index::new("by_service");

impl Version for TaskSet {}

impl Record for TaskSet {
    const TABLE: &'static str = "ecs.task_set";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SERVICE, &self.service);
    }
}
