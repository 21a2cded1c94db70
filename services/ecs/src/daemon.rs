//! Daemon task definitions as the store keeps them. Nobody but this service has to do with them.

use model::ecs::ContainerDefinition;
use model::ecs::volume::Volume;
use model::ids::Scope;
use model::{CpuUnits, MemoryMib, Tag, Timestamp};
use serde::{Deserialize, Serialize};
use state::{Entries, Index, Record, TableDef, Version};

/// The tables of daemons.
pub const TABLES: &[TableDef] =
    &[TableDef::of::<DaemonTaskDefinition>(), TableDef::of::<DaemonTaskDefinitionFamily>()];

/// (scope, (family, revision)), revisions in numeric order.
pub(crate) const BY_FAMILY: Index<DaemonTaskDefinition> = Index::new("by_family");

/// When its deletion was asked for, for removing it.
pub(crate) const DELETING: Index<DaemonTaskDefinition> = Index::new("deleting");

/// The record of a revision. Key: its ARN. All but its deletion and tags never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DaemonTaskDefinition {
    pub(crate) scope: Scope,
    pub(crate) family: String,
    pub(crate) revision: u32,
    pub(crate) registered_at: Timestamp,
    pub(crate) registered_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delete_requested_at: Option<Timestamp>,
    pub(crate) container_definitions: Vec<ContainerDefinition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) volumes: Vec<Volume>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) task_role_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) execution_role_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cpu: Option<CpuUnits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) memory: Option<MemoryMib>,
    /// Whether it joins the host's process ids, and its IPC.
    pub(crate) shares_pids: bool,
    pub(crate) shares_ipc: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<Tag>,
}

/// The last revision number that a family gave out; never given twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DaemonTaskDefinitionFamily {
    pub(crate) scope: Scope,
    pub(crate) family: String,
    pub(crate) last_revision: u32,
}

impl DaemonTaskDefinition {
    pub(crate) fn arn_of(scope: &Scope, family: &str, revision: u32) -> String {
        scope.arn("ecs", format!("daemon-task-definition/{family}:{revision}")).to_string()
    }

    pub(crate) fn arn(&self) -> String {
        Self::arn_of(&self.scope, &self.family, self.revision)
    }
}

impl DaemonTaskDefinitionFamily {
    pub(crate) fn key_of(scope: &Scope, family: &str) -> String {
        format!("{}/{}/{family}", scope.account, scope.region)
    }
}

impl Version for DaemonTaskDefinition {}

impl Record for DaemonTaskDefinition {
    const TABLE: &'static str = "ecs.daemon_task_definition";

    fn key(&self) -> String {
        self.arn()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_FAMILY, (&self.scope, (self.family.as_str(), u64::from(self.revision))));
        if let Some(at) = self.delete_requested_at {
            entries.add(DELETING, at);
        }
    }
}

impl Version for DaemonTaskDefinitionFamily {}

impl Record for DaemonTaskDefinitionFamily {
    const TABLE: &'static str = "ecs.daemon_task_definition_family";

    fn key(&self) -> String {
        Self::key_of(&self.scope, &self.family)
    }
}
