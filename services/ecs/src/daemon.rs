//! Daemon task definitions as the store keeps them, and what of daemons is counted and kept.

use crate::find::Source;
use api::ecs::Error;
use model::ecs::daemon::{Daemon, DaemonDeployment, DaemonRevision, DaemonStatus};
use model::ecs::task_definition::{IpcMode, PidMode};
use model::ecs::volume::Volume;
use model::ecs::{ContainerDefinition, ContainerInstance, Task, TaskDefinition};
use model::ids::{CapacityProviderArn, DaemonArn, DaemonRevisionArn, Scope, TaskDefinitionArn};
use model::status::{InstanceStatus, NetworkMode, TaskDefinitionStatus, TaskStatus};
use model::{CpuUnits, MemoryMib, Tag, Timestamp};
use serde::{Deserialize, Serialize};
use state::ecs::container_instance as instances;
use state::ecs::daemon::{BY_CLUSTER, GONE_DEPLOYMENTS, GONE_REVISIONS, REVISIONS};
use state::ecs::task::OPEN;
use state::{Entries, Index, Record, Snapshot, TableDef, Tx, Version};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tables of daemons.
pub const TABLES: &[TableDef] =
    &[TableDef::of::<DaemonTaskDefinition>(), TableDef::of::<DaemonTaskDefinitionFamily>()];

/// (scope, (family, revision)), revisions in numeric order.
pub(crate) const BY_FAMILY: Index<DaemonTaskDefinition> = Index::new("by_family");

/// When its deletion was asked for, while something still uses it.
pub(crate) const DELETING: Index<DaemonTaskDefinition> = Index::new("deleting");

/// When it was deleted, for forgetting it.
pub(crate) const DELETED: Index<DaemonTaskDefinition> = Index::new("deleted");

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
    /// When no daemon used it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deleted_at: Option<Timestamp>,
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
        match (self.delete_requested_at, self.deleted_at) {
            (_, Some(at)) => entries.add(DELETED, at),
            (Some(at), None) => entries.add(DELETING, at),
            (None, None) => {}
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

/// What tasks of a daemon are made of: the same definition under the daemon's ARN, in bridge mode.
///
/// AWS differs: its daemons have a network mode of their own, with an address that is the same on every instance.
pub(crate) fn task_definition(record: &DaemonTaskDefinition) -> Result<TaskDefinition, Error> {
    let mut definition = TaskDefinition {
        arn: TaskDefinitionArn::of_daemon(&record.scope, &record.family, record.revision),
        status: TaskDefinitionStatus::Active,
        registered_at: record.registered_at,
        registered_by: record.registered_by.clone(),
        deregistered_at: None,
        delete_requested_at: None,
        container_definitions: record.container_definitions.clone(),
        volumes: record.volumes.clone(),
        task_role_arn: record.task_role_arn.clone(),
        execution_role_arn: record.execution_role_arn.clone(),
        network_mode: Some(NetworkMode::Bridge),
        requires_attributes: Vec::new(),
        placement_constraints: Vec::new(),
        compatibilities: Vec::new(),
        requires_compatibilities: Vec::new(),
        runtime_platform: None,
        cpu: record.cpu,
        memory: record.memory,
        inference_accelerators: Vec::new(),
        pid_mode: record.shares_pids.then_some(PidMode::Host),
        ipc_mode: record.shares_ipc.then_some(IpcMode::Host),
        proxy_configuration: None,
        ephemeral_storage: None,
        enable_fault_injection: None,
        trusted_execution_configuration: None,
        tags: record.tags.clone(),
    };
    crate::definition::complete(&mut definition)?;
    Ok(definition)
}

/// Whether an instance has to wait for a daemon before it takes tasks.
pub(crate) fn holds_back(from: &impl Source, instance: &ContainerInstance) -> bool {
    let Some(name) = &instance.capacity_provider else { return false };
    let provider = CapacityProviderArn::new(&instance.cluster.scope(), name);
    from.table::<Daemon>().by_index(BY_CLUSTER, &instance.cluster).any(|daemon| {
        let revision = from.get::<DaemonRevision>(daemon.revision.as_str());
        daemon.status == DaemonStatus::Active
            && revision.is_some_and(|r| r.critical && r.capacity_providers.contains(&provider))
    })
}

/// Instances of one capacity provider, as far as a revision is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// With a task of the revision that runs.
    pub running: i32,
    /// That take tasks without one.
    pub without: i32,
    pub draining: i32,
}

/// The counts of each revision of a daemon, by capacity provider.
pub(crate) type ByRevision = BTreeMap<DaemonRevisionArn, BTreeMap<CapacityProviderArn, Counts>>;

pub(crate) fn counts(snapshot: &Snapshot, daemon: &Daemon) -> ByRevision {
    let mut shown: Vec<&DaemonRevisionArn> = vec![&daemon.revision];
    shown.extend(daemon.schedule.last_completed.as_ref().filter(|r| **r != daemon.revision));
    let all = counts_of(snapshot, &daemon.arn);
    let runs = |counts: &BTreeMap<CapacityProviderArn, Counts>| counts.values().any(|c| c.running > 0);
    all.into_iter()
        .filter(|(arn, counts)| *arn == daemon.revision || shown.contains(&arn) && runs(counts))
        .collect()
}

pub(crate) fn counts_of(snapshot: &Snapshot, daemon: &DaemonArn) -> ByRevision {
    let cluster = daemon.cluster();
    let group = format!("{}{}", model::ecs::daemon::GROUP, daemon.name());
    let tasks: Vec<&Arc<Task>> = snapshot.by_index(OPEN, (&cluster, group)).collect();
    let current = snapshot.get::<Daemon>(daemon.as_str());
    let drained = |i: &ContainerInstance| {
        current.is_some_and(|d| d.schedule.drained.iter().any(|drained| drained.instance == i.arn))
    };
    let of_revision = |revision: &DaemonRevision| {
        let started_by = plan::daemon::started_by(&revision.arn);
        let mut counts: BTreeMap<CapacityProviderArn, Counts> =
            revision.capacity_providers.iter().map(|p| (p.clone(), Counts::default())).collect();
        for instance in snapshot.by_index(instances::BY_CLUSTER, &cluster) {
            let Some(name) = &instance.capacity_provider else { continue };
            let provider = CapacityProviderArn::new(&cluster.scope(), name);
            let Some(of_provider) = counts.get_mut(&provider) else { continue };
            let runs = tasks.iter().any(|t| {
                t.container_instance.as_ref() == Some(&instance.arn)
                    && t.started_by.as_ref() == Some(&started_by)
                    && t.last_status == TaskStatus::Running
            });
            of_provider.running += i32::from(runs);
            of_provider.without += i32::from(!runs && instance.status == InstanceStatus::Active);
            of_provider.draining += i32::from(drained(instance));
        }
        counts
    };
    let revisions = snapshot.by_index(REVISIONS, daemon);
    revisions.map(|r| (r.arn.clone(), of_revision(r))).collect()
}

/// Removes what is left of daemons that were deleted long ago; at most so many of each at a time.
pub(crate) fn sweep(tx: &mut Tx<'_>, before: Timestamp, most: usize) -> usize {
    let table = tx.table::<DaemonRevision>();
    let revisions: Vec<String> =
        table.up_to(GONE_REVISIONS, before).take(most).map(|r| r.arn.to_string()).collect();
    revisions.iter().for_each(|arn| drop(tx.delete::<DaemonRevision>(arn)));
    let table = tx.table::<DaemonDeployment>();
    let gone: Vec<String> =
        table.up_to(GONE_DEPLOYMENTS, before).take(most).map(|d| d.arn.to_string()).collect();
    gone.iter().for_each(|arn| drop(tx.delete::<DaemonDeployment>(arn)));
    revisions.len().max(gone.len())
}
