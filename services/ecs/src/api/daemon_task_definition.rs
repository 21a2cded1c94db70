//! Daemon task definitions: registered, described, listed and deleted. Their containers have the rules of any task definition
//! ([`crate::definition`]).
//!
//! A deleted revision is DELETE_IN_PROGRESS while a daemon uses it, then DELETED; [`sweep`] finds that out, and forgets it later.
//!
//! Source: the operations' pages of the API reference, 2026; the wording of most errors is not established and follows that of task definitions.

use crate::api::tag;
use crate::convert::{self, FromApi};
use crate::daemon::{BY_FAMILY, DELETED, DELETING, DaemonTaskDefinition, DaemonTaskDefinitionFamily};
use crate::definition::{self, size};
use crate::errors::settle;
use crate::find::{Source, page};
use crate::role;
use crate::service::Ecs;
use api::ecs::{
    DaemonIpcMode, DaemonPidMode, DaemonTaskDefinitionRevisionFilter, DaemonTaskDefinitionStatusFilter,
    DaemonVolume, DeleteDaemonTaskDefinitionRequest, DeleteDaemonTaskDefinitionResponse,
    DescribeDaemonTaskDefinitionRequest, DescribeDaemonTaskDefinitionResponse, Error,
    ListDaemonTaskDefinitionsRequest, ListDaemonTaskDefinitionsResponse, RegisterDaemonTaskDefinitionRequest,
    RegisterDaemonTaskDefinitionResponse, SortOrder, Volume,
};
use auth::Cx;
use model::Timestamp;
use model::ecs::{Daemon, DaemonRevision, TaskDefinition};
use model::ids::{Scope, TaskDefinitionArn};
use model::status::TaskDefinitionStatus;
use state::ecs::task::OPEN;
use state::{Snapshot, Tx};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

const MOST_LISTED: i32 = 100;
/// Revisions that one sweep deletes, or forgets, at most.
const SWEPT: usize = 100;
/// How long a deleted revision stays describable. Not established.
const KEEP_DELETED: Duration = Duration::from_secs(3600);

pub(crate) async fn register_daemon_task_definition(
    ecs: &Ecs,
    cx: &Cx,
    input: RegisterDaemonTaskDefinitionRequest,
) -> Result<RegisterDaemonTaskDefinitionResponse, Error> {
    let shares_pids = input.pid_mode == Some(DaemonPidMode::Shared);
    let shares_ipc = input.ipc_mode == Some(DaemonIpcMode::Shared);
    let draft = draft(cx, input)?;
    let resource = format!("daemon-task-definition/{}", draft.arn.family());
    tag::check_on_create(ecs, cx, "RegisterDaemonTaskDefinition", resource, &draft.tags)?;
    for role in [&draft.task_role_arn, &draft.execution_role_arn] {
        role::check_form(&cx.scope, role.as_deref())?;
        role::check_pass(&ecs.state.snapshot(), &cx.principal, &cx.scope, role.as_deref())?;
    }
    let family = draft.arn.family().to_owned();
    let key = DaemonTaskDefinitionFamily::key_of(&cx.scope, &family);
    let change = ecs.state.update(|tx| {
        let revision = tx.get::<DaemonTaskDefinitionFamily>(&key).map_or(0, |f| f.last_revision) + 1;
        let scope = cx.scope.clone();
        tx.put(DaemonTaskDefinitionFamily {
            scope: scope.clone(),
            family: family.clone(),
            last_revision: revision,
        });
        Ok(tx.put(DaemonTaskDefinition {
            scope,
            family: family.clone(),
            revision,
            registered_at: cx.now,
            registered_by: cx.principal.arn().to_owned(),
            delete_requested_at: None,
            deleted_at: None,
            container_definitions: draft.container_definitions.clone(),
            volumes: draft.volumes.clone(),
            task_role_arn: draft.task_role_arn.clone(),
            execution_role_arn: draft.execution_role_arn.clone(),
            cpu: draft.cpu,
            memory: draft.memory,
            shares_pids,
            shares_ipc,
            tags: draft.tags.clone(),
        }))
    });
    let registered = settle(change.await)?;
    tracing::info!(definition = registered.arn(), "daemon task definition registered");
    Ok(RegisterDaemonTaskDefinitionResponse { daemon_task_definition_arn: Some(registered.arn()) })
}

/// The task definition that a request amounts to, checked as every task definition is.
fn draft(cx: &Cx, input: RegisterDaemonTaskDefinitionRequest) -> Result<TaskDefinition, Error> {
    definition::check_family(&input.family)?;
    let tags: Vec<model::Tag> = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let given = |text: &Option<String>| text.as_deref().filter(|t| !t.is_empty()).map(str::to_owned);
    let containers: Vec<_> = input.container_definitions.into_iter().map(convert::daemon_container).collect();
    let volumes: Vec<Volume> =
        input.volumes.into_iter().flatten().map(volume).collect::<Result<_, Error>>()?;
    let mut draft = TaskDefinition {
        arn: TaskDefinitionArn::new(&cx.scope, &input.family, 1),
        status: TaskDefinitionStatus::Active,
        registered_at: cx.now,
        registered_by: cx.principal.arn().to_owned(),
        deregistered_at: None,
        delete_requested_at: None,
        container_definitions: Vec::from_api(containers)?,
        volumes: Vec::from_api(volumes)?,
        task_role_arn: given(&input.task_role_arn),
        execution_role_arn: given(&input.execution_role_arn),
        network_mode: None,
        requires_attributes: Vec::new(),
        placement_constraints: Vec::new(),
        compatibilities: Vec::new(),
        requires_compatibilities: Vec::new(),
        runtime_platform: None,
        cpu: given(&input.cpu).as_deref().map(size::cpu).transpose()?,
        memory: given(&input.memory).as_deref().map(size::memory).transpose()?,
        inference_accelerators: Vec::new(),
        pid_mode: None,
        ipc_mode: None,
        proxy_configuration: None,
        ephemeral_storage: None,
        enable_fault_injection: None,
        trusted_execution_configuration: None,
        tags,
    };
    definition::complete(&mut draft)?;
    Ok(draft)
}

fn volume(given: DaemonVolume) -> Result<Volume, Error> {
    if given.log_driver_volume_configuration.is_some() {
        return Err(Error::client(
            "Longshore keeps the logs of other tasks to itself: logDriverVolumeConfiguration is not supported.",
        ));
    }
    Ok(Volume { name: given.name, host: given.host, ..Volume::default() })
}

pub(crate) async fn describe_daemon_task_definition(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeDaemonTaskDefinitionRequest,
) -> Result<DescribeDaemonTaskDefinitionResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let found = find(&snapshot, &cx.scope, &input.daemon_task_definition)?;
    Ok(DescribeDaemonTaskDefinitionResponse {
        daemon_task_definition: Some(convert::daemon_task_definition(&found)),
    })
}

pub(crate) async fn delete_daemon_task_definition(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteDaemonTaskDefinitionRequest,
) -> Result<DeleteDaemonTaskDefinitionResponse, Error> {
    if !input.daemon_task_definition.contains(':') {
        return Err(Error::client("A revision of the daemon task definition must be specified."));
    }
    let change = ecs.state.update(|tx| {
        let found = find(&tx.snapshot(), &cx.scope, &input.daemon_task_definition)?;
        if found.delete_requested_at.is_some() {
            return Err(Error::client("The specified daemon task definition is not in an ACTIVE state."));
        }
        let mut deleted = DaemonTaskDefinition::clone(&found);
        deleted.delete_requested_at = Some(cx.now);
        Ok(tx.put(deleted))
    });
    let deleted = settle(change.await)?;
    Ok(DeleteDaemonTaskDefinitionResponse { daemon_task_definition_arn: Some(deleted.arn()) })
}

pub(crate) async fn list_daemon_task_definitions(
    ecs: &Ecs,
    cx: &Cx,
    input: ListDaemonTaskDefinitionsRequest,
) -> Result<ListDaemonTaskDefinitionsResponse, Error> {
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let is_listed: fn(&DaemonTaskDefinition) -> bool = match &input.status {
        None | Some(DaemonTaskDefinitionStatusFilter::Active) => |d| d.delete_requested_at.is_none(),
        Some(DaemonTaskDefinitionStatusFilter::DeleteInProgress) => {
            |d| d.delete_requested_at.is_some() && d.deleted_at.is_none()
        }
        Some(DaemonTaskDefinitionStatusFilter::All) => |_| true,
        Some(DaemonTaskDefinitionStatusFilter::Unknown(other)) => {
            return Err(Error::invalid_parameter(format!("Invalid status '{other}'.")));
        }
    };
    let prefix = input.family_prefix.unwrap_or_default();
    let family = input.family.filter(|f| !f.is_empty());
    let snapshot = ecs.state.snapshot();
    let wanted = |d: &&Arc<DaemonTaskDefinition>| {
        d.family.starts_with(&prefix) && family.as_ref().is_none_or(|f| d.family == *f) && is_listed(d)
    };
    let mut listed: Vec<&Arc<DaemonTaskDefinition>> =
        snapshot.by_prefix(BY_FAMILY, &cx.scope).filter(wanted).collect();
    if input.revision == Some(DaemonTaskDefinitionRevisionFilter::LastRegistered) {
        let last: BTreeMap<&str, u32> = listed.iter().map(|d| (d.family.as_str(), d.revision)).collect();
        listed.retain(|d| last.get(d.family.as_str()) == Some(&d.revision));
    }
    if input.sort == Some(SortOrder::Desc) {
        listed.reverse();
    }
    // The page begins behind the record that the last one ended with, which may have gone since.
    let begin = match &after {
        None => 0,
        Some(after) => listed.iter().position(|d| d.arn() == *after).map_or(listed.len(), |at| at + 1),
    };
    let page: Vec<_> = listed.iter().skip(begin).take(limit).collect();
    let more = listed.len() > begin + page.len();
    let next_token = page.last().filter(|_| more).map(|last| page::token(&last.arn()));
    let summaries = page.iter().map(|d| convert::daemon_task_definition_summary(d)).collect();
    Ok(ListDaemonTaskDefinitionsResponse { daemon_task_definitions: Some(summaries), next_token })
}

/// Deletes revisions that nothing uses any more, and forgets those that were deleted long ago, with what tasks were made of; at most so many at a time.
pub(crate) fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> usize {
    let keep_ms = i64::try_from(KEEP_DELETED.as_millis()).unwrap_or(i64::MAX);
    let before = Timestamp::from_millis(now.millis().saturating_sub(keep_ms));
    let gone: Vec<String> =
        tx.table::<DaemonTaskDefinition>().up_to(DELETED, before).take(SWEPT).map(|d| d.arn()).collect();
    for arn in &gone {
        tx.delete::<DaemonTaskDefinition>(arn);
        tx.delete::<TaskDefinition>(arn);
    }
    let asked = tx.table::<DaemonTaskDefinition>().up_to(DELETING, now).next().is_some();
    let used = if asked { used(tx) } else { BTreeSet::new() };
    let unused: Vec<String> = tx
        .table::<DaemonTaskDefinition>()
        .up_to(DELETING, now)
        .map(|d| d.arn())
        .filter(|arn| !used.contains(arn))
        .take(SWEPT)
        .collect();
    for arn in &unused {
        tx.modify::<DaemonTaskDefinition>(arn, |d| d.deleted_at = Some(now));
    }
    gone.len().max(unused.len())
}

/// The definitions that daemons run, go back to, or have tasks of.
fn used(tx: &Tx<'_>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for daemon in tx.scan::<Daemon>() {
        let revisions = daemon.schedule.last_completed.iter().chain([&daemon.revision]);
        let revisions = revisions.filter_map(|arn| tx.get::<DaemonRevision>(arn.as_str()));
        used.extend(revisions.map(|r| r.task_definition.to_string()));
        let tasks = tx.by_index(OPEN, (&daemon.cluster, daemon.group()));
        used.extend(tasks.map(|t| t.task_definition.to_string()));
    }
    used
}

/// The revision that is named by ARN or `FAMILY:REVISION`; of a family the newest that is not deleted.
pub(super) fn find(from: &Snapshot, scope: &Scope, named: &str) -> Result<Arc<DaemonTaskDefinition>, Error> {
    let missing = || Error::client("Unable to describe daemon task definition.");
    let name = match named.parse::<model::Arn>() {
        Ok(arn) => {
            let here = arn.service == "ecs" && arn.region == scope.region && arn.account == scope.account;
            let name = arn.resource.strip_prefix("daemon-task-definition/").filter(|_| here);
            name.ok_or_else(missing)?.to_owned()
        }
        Err(_) => named.to_owned(),
    };
    let found = match name.split_once(':') {
        Some((family, revision)) => {
            let revision = revision.parse().map_err(|_| missing())?;
            Source::get::<DaemonTaskDefinition>(from, &DaemonTaskDefinition::arn_of(scope, family, revision))
        }
        None => {
            let of_family = from.by_prefix(BY_FAMILY, scope).filter(|d| d.family == name);
            of_family.filter(|d| d.delete_requested_at.is_none()).last().cloned()
        }
    };
    found.ok_or_else(missing)
}
