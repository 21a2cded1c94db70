//! Task definitions: registered, described, listed, deregistered and deleted. The rules are [`crate::definition`]'s.
//!
//! A revision's number is given once, even after the revision was deleted. A deleted revision stays, DELETE_IN_PROGRESS, until no task uses it:
//! [`sweep`] takes it away then.

use crate::api::tag;
use crate::convert::{self, FromApi, ToApi};
use crate::definition::{self, size};
use crate::errors::settle;
use crate::find::{self, DefinitionName, page};
use crate::role;
use crate::service::Ecs;
use crate::service_scheduler::task_sets;
use api::ecs::{
    DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse, DeregisterTaskDefinitionRequest,
    DeregisterTaskDefinitionResponse, DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse, Error,
    ListTaskDefinitionFamiliesRequest, ListTaskDefinitionFamiliesResponse, ListTaskDefinitionsRequest,
    ListTaskDefinitionsResponse, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse, SortOrder,
    TaskDefinitionFamilyStatus, TaskDefinitionField,
};
use auth::Cx;
use model::Timestamp;
use model::ecs::service::ServiceStatus;
use model::ecs::task_definition::Compatibility;
use model::ecs::{Cluster, Service, ServiceRevision, Task, TaskDefinition, TaskDefinitionFamily};
use model::ids::{Scope, ServiceRevisionArn, TaskDefinitionArn};
use model::status::{NetworkMode, TaskDefinitionStatus};
use state::ecs::task_definition::{BY_FAMILY, BY_STATUS, DELETING, FAMILIES};
use state::ecs::{cluster, service, task};
use state::{Snapshot, Tx};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const MOST_LISTED: i32 = 100;
/// "You can specify up to 10 task definitions" of DeleteTaskDefinitions.
const MOST_DELETED: usize = 10;
/// Revisions that one sweep looks at.
const SWEPT: usize = 100;

pub(crate) async fn register_task_definition(
    ecs: &Ecs,
    cx: &Cx,
    input: RegisterTaskDefinitionRequest,
) -> Result<RegisterTaskDefinitionResponse, Error> {
    let mut draft = draft(cx, input)?;
    let resource = format!("task-definition/{}", draft.arn.family());
    tag::check_on_create(ecs, cx, "RegisterTaskDefinition", resource, &draft.tags)?;
    definition::complete(&mut draft)?;
    for role in [&draft.task_role_arn, &draft.execution_role_arn] {
        role::check_form(&cx.scope, role.as_deref())?;
        role::check_pass(&ecs.state.snapshot(), &cx.principal, &cx.scope, role.as_deref())?;
    }
    let family = draft.arn.family().to_owned();
    let key = TaskDefinitionFamily::key_of(&cx.scope, &family);
    let change = ecs.state.update(|tx| {
        let last_revision = tx.get::<TaskDefinitionFamily>(&key).map_or(0, |f| f.last_revision) + 1;
        tx.put(TaskDefinitionFamily { scope: cx.scope.clone(), family: family.clone(), last_revision });
        Ok(tx.put(TaskDefinition {
            arn: TaskDefinitionArn::new(&cx.scope, &family, last_revision),
            ..draft.clone()
        }))
    });
    let registered = settle(change.await)?;
    tracing::info!(definition = %registered.arn, "task definition registered");
    Ok(RegisterTaskDefinitionResponse {
        task_definition: Some(convert::task_definition(&registered)),
        tags: registered.tags.to_api(),
    })
}

/// The record that a request asks for, with a revision still to be given.
fn draft(cx: &Cx, input: RegisterTaskDefinitionRequest) -> Result<TaskDefinition, Error> {
    definition::check_family(&input.family)?;
    if input.tags.as_ref().is_some_and(Vec::is_empty) {
        return Err(Error::client("Tags can not be empty."));
    }
    let tags: Vec<model::Tag> = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let given = |text: &Option<String>| text.as_deref().filter(|t| !t.is_empty()).map(str::to_owned);
    let requires: Vec<Compatibility> = Vec::from_api(input.requires_compatibilities)?;
    // Of Managed Instances: "the default is awsvpc".
    let managed = requires == [Compatibility::ManagedInstances];
    let network_mode =
        Option::from_api(input.network_mode)?.or_else(|| managed.then_some(NetworkMode::Awsvpc));
    Ok(TaskDefinition {
        arn: TaskDefinitionArn::new(&cx.scope, &input.family, 1),
        status: TaskDefinitionStatus::Active,
        registered_at: cx.now,
        registered_by: cx.principal.arn().to_owned(),
        deregistered_at: None,
        delete_requested_at: None,
        container_definitions: Vec::from_api(input.container_definitions)?,
        volumes: Vec::from_api(input.volumes)?,
        task_role_arn: given(&input.task_role_arn),
        execution_role_arn: given(&input.execution_role_arn),
        network_mode,
        requires_attributes: Vec::new(),
        placement_constraints: Vec::from_api(input.placement_constraints)?,
        compatibilities: Vec::new(),
        requires_compatibilities: requires,
        runtime_platform: Option::from_api(input.runtime_platform)?,
        cpu: given(&input.cpu).as_deref().map(size::cpu).transpose()?,
        memory: given(&input.memory).as_deref().map(size::memory).transpose()?,
        inference_accelerators: Vec::from_api(input.inference_accelerators)?,
        pid_mode: Option::from_api(input.pid_mode)?,
        ipc_mode: Option::from_api(input.ipc_mode)?,
        proxy_configuration: Option::from_api(input.proxy_configuration)?,
        ephemeral_storage: Option::from_api(input.ephemeral_storage)?,
        enable_fault_injection: input.enable_fault_injection,
        trusted_execution_configuration: Option::from_api(input.trusted_execution_configuration)?,
        tags,
    })
}

pub(crate) async fn describe_task_definition(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeTaskDefinitionRequest,
) -> Result<DescribeTaskDefinitionResponse, Error> {
    check_name(&input.task_definition)?;
    let with_tags = include_tags(input.include.as_deref().unwrap_or_default())?;
    let snapshot = ecs.state.snapshot();
    let found = find::definition(&snapshot, &cx.scope, &input.task_definition);
    let found = found.ok_or_else(|| Error::client("Unable to describe task definition."))?;
    Ok(DescribeTaskDefinitionResponse {
        task_definition: Some(convert::task_definition(&found)),
        tags: with_tags.then(|| found.tags.to_api()),
    })
}

pub(crate) async fn list_task_definitions(
    ecs: &Ecs,
    cx: &Cx,
    input: ListTaskDefinitionsRequest,
) -> Result<ListTaskDefinitionsResponse, Error> {
    let status = match input.status {
        None => TaskDefinitionStatus::Active,
        Some(given) => TaskDefinitionStatus::from_api(given)?,
    };
    let descending = match input.sort {
        None | Some(SortOrder::Asc) => false,
        Some(SortOrder::Desc) => true,
        Some(SortOrder::Unknown(other)) => {
            return Err(Error::invalid_parameter(format!("Invalid sort order '{other}'.")));
        }
    };
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after: Option<TaskDefinitionArn> = page::after(input.next_token.as_deref())?
        .map(|arn| arn.parse().map_err(|_| Error::invalid_parameter("Invalid token")))
        .transpose()?;
    let snapshot = ecs.state.snapshot();
    let family = input.family_prefix.as_deref().filter(|f| !f.is_empty());
    let listed = revisions(&snapshot, &cx.scope, family, status, descending, after.as_ref(), limit + 1);
    let more = listed.len() > limit;
    let arns: Vec<String> = listed.iter().take(limit).map(|d| d.arn.to_string()).collect();
    let next_token = arns.last().filter(|_| more).map(|last| page::token(last));
    Ok(ListTaskDefinitionsResponse { task_definition_arns: Some(arns), next_token })
}

/// Revisions in order of family and number, from behind `after` on.
fn revisions<'a>(
    snapshot: &'a Snapshot,
    scope: &Scope,
    family: Option<&str>,
    status: TaskDefinitionStatus,
    descending: bool,
    after: Option<&TaskDefinitionArn>,
    most: usize,
) -> Vec<&'a Arc<TaskDefinition>> {
    let number = |arn: &TaskDefinitionArn| u64::from(arn.revision());
    let mut scan = match family {
        Some(family) => snapshot.by_prefix(BY_FAMILY, (scope, family, status.as_str())),
        None => snapshot.by_prefix(BY_STATUS, (scope, status.as_str())),
    };
    if descending {
        let mut all: Vec<_> = scan.collect();
        all.reverse();
        let behind = |d: &&&Arc<TaskDefinition>| {
            after.is_none_or(|a| (d.arn.family(), d.arn.revision()) < (a.family(), a.revision()))
        };
        return all.iter().filter(behind).take(most).copied().collect();
    }
    if let Some(after) = after {
        scan = match family {
            Some(family) => {
                scan.after_entry((scope, family, (status.as_str(), number(after))), after.as_str())
            }
            None => {
                scan.after_entry((scope, status.as_str(), (after.family(), number(after))), after.as_str())
            }
        };
    }
    scan.take(most).collect()
}

pub(crate) async fn list_task_definition_families(
    ecs: &Ecs,
    cx: &Cx,
    input: ListTaskDefinitionFamiliesRequest,
) -> Result<ListTaskDefinitionFamiliesResponse, Error> {
    let status = input.status.unwrap_or(TaskDefinitionFamilyStatus::All);
    if let TaskDefinitionFamilyStatus::Unknown(other) = &status {
        return Err(Error::invalid_parameter(format!(
            "Invalid status '{other}'. Valid values are: [ACTIVE, INACTIVE, ALL]."
        )));
    }
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let prefix = input.family_prefix.unwrap_or_default();
    let snapshot = ecs.state.snapshot();
    let has = |family: &str, status: TaskDefinitionStatus| {
        snapshot.by_prefix(BY_FAMILY, (&cx.scope, family, status.as_str())).next().is_some()
    };
    // Also while its last revision is being deleted ("DeleteTaskDefinitions", API reference).
    let is_left = |family: &str| {
        [TaskDefinitionStatus::Inactive, TaskDefinitionStatus::DeleteInProgress]
            .into_iter()
            .any(|s| has(family, s))
    };
    let listed = |f: &&Arc<TaskDefinitionFamily>| {
        let active = has(&f.family, TaskDefinitionStatus::Active);
        match status {
            TaskDefinitionFamilyStatus::Active => active,
            TaskDefinitionFamilyStatus::Inactive => !active && is_left(&f.family),
            TaskDefinitionFamilyStatus::All | TaskDefinitionFamilyStatus::Unknown(_) => {
                active || is_left(&f.family)
            }
        }
    };
    let mut scan = snapshot.by_prefix(FAMILIES, &cx.scope);
    if let Some(after) = &after {
        scan = scan.after_entry((&cx.scope, after), TaskDefinitionFamily::key_of(&cx.scope, after));
    }
    let found: Vec<_> = scan
        .skip_while(|f| f.family < prefix)
        .take_while(|f| f.family.starts_with(&prefix))
        .filter(listed)
        .take(limit + 1)
        .collect();
    let more = found.len() > limit;
    let families: Vec<String> = found.iter().take(limit).map(|f| f.family.clone()).collect();
    let next_token = families.last().filter(|_| more).map(|last| page::token(last));
    Ok(ListTaskDefinitionFamiliesResponse { families: Some(families), next_token })
}

pub(crate) async fn deregister_task_definition(
    ecs: &Ecs,
    cx: &Cx,
    input: DeregisterTaskDefinitionRequest,
) -> Result<DeregisterTaskDefinitionResponse, Error> {
    let arn = revision(&cx.scope, &input.task_definition)?;
    let change = ecs.state.update(|tx| {
        let known = tx.get::<TaskDefinition>(arn.as_str()).ok_or_else(does_not_exist)?;
        if !known.status.may_become(TaskDefinitionStatus::Inactive) {
            return match known.status {
                TaskDefinitionStatus::DeleteInProgress => {
                    Err(Error::client("The specified task definition is being deleted."))
                }
                _ => Ok(known),
            };
        }
        let mut inactive = TaskDefinition::clone(&known);
        inactive.status = TaskDefinitionStatus::Inactive;
        inactive.deregistered_at = Some(cx.now);
        Ok(tx.put(inactive))
    });
    let definition = settle(change.await)?;
    Ok(DeregisterTaskDefinitionResponse { task_definition: Some(convert::task_definition(&definition)) })
}

pub(crate) async fn delete_task_definitions(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteTaskDefinitionsRequest,
) -> Result<DeleteTaskDefinitionsResponse, Error> {
    match input.task_definitions.len() {
        0 => return Err(Error::invalid_parameter("Task definitions can not be empty.")),
        n if n > MOST_DELETED => {
            return Err(Error::invalid_parameter(format!(
                "You can delete up to {MOST_DELETED} task definitions in a single call."
            )));
        }
        _ => {}
    }
    let change = ecs.state.update(|tx| {
        let (mut deleted, mut failures) = (Vec::new(), Vec::new());
        for named in &input.task_definitions {
            match delete(tx, cx, named) {
                Ok(definition) => deleted.push(definition),
                Err(reason) => failures.push((named.clone(), reason)),
            }
        }
        Ok((deleted, failures))
    });
    let (deleted, failures) = settle(change.await)?;
    let failure = |(named, (reason, detail)): (String, (&'static str, &'static str))| api::ecs::Failure {
        arn: Some(named),
        reason: Some(reason.to_owned()),
        detail: Some(detail.to_owned()),
    };
    Ok(DeleteTaskDefinitionsResponse {
        task_definitions: Some(deleted.iter().map(|d| convert::task_definition(d)).collect()),
        failures: Some(failures.into_iter().map(failure).collect()),
    })
}

/// Marks one revision, or says why not: a reason and its detail.
fn delete(
    tx: &mut Tx<'_>,
    cx: &Cx,
    named: &str,
) -> Result<Arc<TaskDefinition>, (&'static str, &'static str)> {
    let Ok(arn) = revision(&cx.scope, named) else {
        return Err((
            "INVALID_ARN",
            "The specified task definition must be a family with a revision or an ARN.",
        ));
    };
    let Some(known) = tx.get::<TaskDefinition>(arn.as_str()) else {
        return Err(("TASK_DEFINITION_NOT_FOUND", "The specified task definition does not exist."));
    };
    match known.status {
        TaskDefinitionStatus::Active => Err((
            "TASK_DEFINITION_ACTIVE",
            "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
        )),
        TaskDefinitionStatus::DeleteInProgress => Ok(known),
        TaskDefinitionStatus::Inactive => {
            let mut marked = TaskDefinition::clone(&known);
            marked.status = TaskDefinitionStatus::DeleteInProgress;
            marked.delete_requested_at = Some(cx.now);
            Ok(tx.put(marked))
        }
    }
}

/// Takes away deleted revisions that neither a task nor a service uses any more. Returns how many.
pub(crate) fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> usize {
    let mut of_services: BTreeMap<Scope, BTreeSet<TaskDefinitionArn>> = BTreeMap::new();
    let mut is_unused = |arn: &TaskDefinitionArn| {
        let scope = arn.scope();
        let used = of_services.entry(scope.clone()).or_insert_with(|| definitions_of_services(tx, &scope));
        !used.contains(arn) && !is_in_use(tx, arn)
    };
    // Those that are used for long keep no others waiting.
    let marked = tx.table::<TaskDefinition>().up_to(DELETING, now).map(|d| d.arn.clone());
    let unused: Vec<TaskDefinitionArn> = marked.filter(|arn| is_unused(arn)).take(SWEPT).collect();
    for arn in &unused {
        tx.delete::<TaskDefinition>(arn.as_str());
    }
    unused.len()
}

/// Whether a task that is not over was made of it.
fn is_in_use(tx: &Tx<'_>, arn: &TaskDefinitionArn) -> bool {
    let clusters = tx.by_index::<Cluster>(cluster::BY_SCOPE, arn.scope());
    clusters.into_iter().any(|cluster| {
        let of_family = tx.by_index::<Task>(task::BY_FAMILY, (&cluster.arn, arn.family()));
        of_family.into_iter().any(|task| task.task_definition == *arn && !task.last_status.is_over())
    })
}

/// What services of an account that are not INACTIVE start tasks of, or may yet.
fn definitions_of_services(tx: &Tx<'_>, scope: &Scope) -> BTreeSet<TaskDefinitionArn> {
    let clusters = tx.by_index::<Cluster>(cluster::BY_SCOPE, scope);
    let services = clusters.into_iter().flat_map(|c| tx.by_index::<Service>(service::BY_CLUSTER, &c.arn));
    let revisions = services.filter(|s| s.status != ServiceStatus::Inactive).flat_map(|s| {
        let of_sets: Vec<_> = task_sets::of(tx, &s.arn).into_iter().map(|set| set.revision.clone()).collect();
        let of_deployments = s.deployments.iter().map(|d| d.revision.clone());
        of_deployments
            .chain(s.revision.clone())
            .chain(s.schedule.last_completed.clone())
            .chain(of_sets)
            .collect::<Vec<_>>()
    });
    let definition =
        |arn: ServiceRevisionArn| tx.get::<ServiceRevision>(arn.as_str()).map(|r| r.task_definition.clone());
    revisions.filter_map(definition).collect()
}

/// The revision that is named by `FAMILY:REVISION` or by ARN.
fn revision(scope: &Scope, named: &str) -> Result<TaskDefinitionArn, Error> {
    check_name(named)?;
    match DefinitionName::parse(scope, named) {
        Some(DefinitionName::Revision(arn)) => Ok(arn),
        Some(DefinitionName::Family(_)) => Err(Error::client("Revision is missing.")),
        None => Err(does_not_exist()),
    }
}

fn does_not_exist() -> Error {
    Error::client("The specified task definition does not exist.")
}

fn check_name(named: &str) -> Result<(), Error> {
    if named.is_empty() {
        return Err(Error::client("TaskDefinition can not be blank."));
    }
    if !named.starts_with("arn:")
        && let Some((_, revision)) = named.rsplit_once(':')
        && !revision.parse::<u32>().is_ok_and(|r| r > 0)
    {
        return Err(Error::client(format!("Invalid revision number. Number: {revision}")));
    }
    Ok(())
}

fn include_tags(fields: &[TaskDefinitionField]) -> Result<bool, Error> {
    for field in fields {
        if let TaskDefinitionField::Unknown(other) = field {
            return Err(Error::invalid_parameter(format!("'{other}' is not a value of include.")));
        }
    }
    Ok(!fields.is_empty())
}
