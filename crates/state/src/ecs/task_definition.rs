//! Task definitions, keyed by ARN, and the families that number them.

use crate::{Entries, Index, Record, Version};
use model::ecs::{TaskDefinition, TaskDefinitionFamily};
use model::status::TaskDefinitionStatus;

/// (scope, status, (family, revision)), revisions in numeric order: what ListTaskDefinitions walks.
pub const BY_STATUS: Index<TaskDefinition> = Index::new("by_status");

/// (scope, family, (status, revision)), revisions in numeric order.
pub const BY_FAMILY: Index<TaskDefinition> = Index::new("by_family");

/// When its deletion was asked for, only revisions that are being deleted, for removing them ([`crate::Table::up_to`]).
pub const DELETING: Index<TaskDefinition> = Index::new("deleting");

/// (scope, family).
pub const FAMILIES: Index<TaskDefinitionFamily> = Index::new("families");

impl Version for TaskDefinition {}

impl Record for TaskDefinition {
    const TABLE: &'static str = "ecs.task_definition";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        // What daemons run is listed where daemon task definitions are.
        if self.arn.is_of_daemon() {
            return;
        }
        let (scope, family, status) = (self.arn.scope(), self.arn.family(), self.status.as_str());
        let revision = u64::from(self.arn.revision());
        entries.add(BY_STATUS, (&scope, status, (family, revision)));
        entries.add(BY_FAMILY, (&scope, family, (status, revision)));
        if let (TaskDefinitionStatus::DeleteInProgress, Some(at)) = (self.status, self.delete_requested_at) {
            entries.add(DELETING, at);
        }
    }
}

impl Version for TaskDefinitionFamily {}

impl Record for TaskDefinitionFamily {
    const TABLE: &'static str = "ecs.task_definition_family";

    fn key(&self) -> String {
        TaskDefinitionFamily::key(self)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(FAMILIES, (&self.scope, &self.family));
    }
}
