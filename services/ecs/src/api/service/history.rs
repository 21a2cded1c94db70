//! The history of services: their deployments and revisions, and stopping a deployment.

use crate::convert::{self, FromApi, TaskCounts};
use crate::errors::settle;
use crate::find::page;
use crate::service::Ecs;
use crate::shifting::hook_id;
use api::ecs::{
    ContinueServiceDeploymentRequest, ContinueServiceDeploymentResponse, DescribeServiceDeploymentsRequest,
    DescribeServiceDeploymentsResponse, DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse,
    Error, ListServiceDeploymentsRequest, ListServiceDeploymentsResponse, StopServiceDeploymentRequest,
    StopServiceDeploymentResponse,
};
use auth::Cx;
use model::Timestamp;
use model::ecs::lifecycle::HookAction;
use model::ecs::service::{Service, StopType};
use model::ecs::service_deployment::{ServiceDeployment, ServiceDeploymentStatus};
use model::ecs::service_revision::{ServiceRevision, deployment_id};
use model::ids::{ServiceDeploymentArn, ServiceRevisionArn};
use plan::deployment::shift;
use state::Snapshot;
use state::ecs::service::DEPLOYMENTS;
use std::sync::Arc;

/// "You can specify a maximum of 20 ARNs."
const MOST_DESCRIBED: usize = 20;
const MOST_LISTED: i32 = 100;
/// "If this parameter isn't used, then ListServiceDeployments returns up to 20 results."
const LISTED: i32 = 20;

pub(crate) async fn list_service_deployments(
    ecs: &Ecs,
    cx: &Cx,
    input: ListServiceDeploymentsRequest,
) -> Result<ListServiceDeploymentsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let (_, service) = super::find(&snapshot, &cx.scope, input.cluster.as_deref(), &input.service)?;
    let limit = page::size(input.max_results.or(Some(LISTED)), MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let statuses: Vec<ServiceDeploymentStatus> = Vec::from_api(input.status.unwrap_or_default())?;
    let (made_after, made_before) = match input.created_at {
        Some(range) => (range.after, range.before),
        None => (None, None),
    };
    let made_after: Option<Timestamp> = Option::from_api(made_after)?;
    let made_before: Option<Timestamp> = Option::from_api(made_before)?;
    let takes = |d: &&Arc<ServiceDeployment>| {
        (statuses.is_empty() || statuses.contains(&d.status))
            && made_after.is_none_or(|at| d.created_at > at)
            && made_before.is_none_or(|at| d.created_at < at)
    };
    let mut all: Vec<&Arc<ServiceDeployment>> =
        snapshot.by_prefix(DEPLOYMENTS, &service.arn).filter(takes).collect();
    // The newest first. A page's token names the last one shown, which is never removed while its service is there.
    all.reverse();
    let start = match after {
        Some(last) => all.iter().position(|d| d.arn.as_str() == last).map_or(all.len(), |at| at + 1),
        None => 0,
    };
    let rest = &all[start..];
    let shown = &rest[..rest.len().min(limit)];
    let next_token = shown.last().filter(|_| rest.len() > limit).map(|d| page::token(d.arn.as_str()));
    Ok(ListServiceDeploymentsResponse {
        service_deployments: Some(shown.iter().map(|d| convert::service_deployment_brief(d)).collect()),
        next_token,
    })
}

pub(crate) async fn describe_service_deployments(
    ecs: &Ecs,
    _: &Cx,
    input: DescribeServiceDeploymentsRequest,
) -> Result<DescribeServiceDeploymentsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let named = input.service_deployment_arns;
    page::number(&named, MOST_DESCRIBED, "serviceDeploymentArns")?;
    let (mut deployments, mut failures) = (Vec::new(), Vec::new());
    for arn in named {
        let parsed: ServiceDeploymentArn = arn.parse().map_err(|_| {
            Error::invalid_parameter("Invalid identifier: Identifier is not a service deployment ARN")
        })?;
        match snapshot.get::<ServiceDeployment>(parsed.as_str()) {
            Some(record) => deployments.push(shown(&snapshot, record)),
            None => failures.push(convert::failure(arn, "MISSING")),
        }
    }
    Ok(DescribeServiceDeploymentsResponse {
        service_deployments: Some(deployments),
        failures: Some(failures),
    })
}

fn shown(snapshot: &Snapshot, record: &ServiceDeployment) -> api::ecs::ServiceDeployment {
    let service = snapshot.get::<Service>(record.service.as_str());
    let counts = service.map(|s| super::describe::counts(snapshot, s)).unwrap_or_default();
    let of = |revision: &ServiceRevisionArn| {
        let id = deployment_id(revision);
        let wanted = service.and_then(|s| s.deployments.iter().find(|d| d.id == id));
        let tasks: TaskCounts = counts.get(&id).copied().unwrap_or_default();
        (tasks, wanted.map_or(0, |d| d.desired_count))
    };
    convert::service_deployment(record, &of)
}

pub(crate) async fn describe_service_revisions(
    ecs: &Ecs,
    _: &Cx,
    input: DescribeServiceRevisionsRequest,
) -> Result<DescribeServiceRevisionsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let named = input.service_revision_arns;
    page::number(&named, MOST_DESCRIBED, "serviceRevisionArns")?;
    let (mut revisions, mut failures) = (Vec::new(), Vec::new());
    for arn in named {
        let parsed: ServiceRevisionArn = arn.parse().map_err(|_| {
            Error::invalid_parameter("Invalid identifier: Identifier is not a service revision ARN")
        })?;
        match snapshot.get::<ServiceRevision>(parsed.as_str()) {
            Some(record) => revisions.push(convert::revision(record)),
            None => failures.push(convert::failure(arn, "MISSING")),
        }
    }
    Ok(DescribeServiceRevisionsResponse { service_revisions: Some(revisions), failures: Some(failures) })
}

pub(crate) async fn stop_service_deployment(
    ecs: &Ecs,
    cx: &Cx,
    input: StopServiceDeploymentRequest,
) -> Result<StopServiceDeploymentResponse, Error> {
    let arn: ServiceDeploymentArn = input.service_deployment_arn.parse().map_err(|_| {
        Error::invalid_parameter("Invalid identifier: Identifier is not a service deployment ARN")
    })?;
    // "The default is ROLLBACK."
    let how = match input.stop_type {
        Some(given) => StopType::from_api(given)?,
        None => StopType::Rollback,
    };
    let change = ecs.state.update(|tx| {
        let not_found = || Error::service_deployment_not_found("Service deployment not found.");
        let deployment = tx.get::<ServiceDeployment>(arn.as_str()).ok_or_else(not_found)?;
        let service = tx.get::<Service>(deployment.service.as_str()).ok_or_else(not_found)?;
        let is_current = service.current_deployment.as_ref() == Some(&arn);
        // "ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS, STOP_REQUESTED - the service deployment continues."
        let goes_on = match deployment.status {
            ServiceDeploymentStatus::RollbackRequested | ServiceDeploymentStatus::RollbackInProgress => {
                how == StopType::Rollback
            }
            ServiceDeploymentStatus::StopRequested => true,
            _ => false,
        };
        if is_current && goes_on {
            return Ok(());
        }
        if !is_current || !deployment.status.may_stop(how) {
            // Not established: AWS's words.
            return Err(Error::conflict(format!(
                "The service deployment cannot be stopped with {how} while it is {}.",
                deployment.status
            )));
        }
        let has_target = service.schedule.last_completed.as_ref().is_some_and(|r| *r != deployment.target);
        if how == StopType::Rollback && !has_target {
            return Err(Error::conflict("There is no earlier service revision to roll back to."));
        }
        tx.modify::<ServiceDeployment>(arn.as_str(), |d| {
            d.status = match how {
                StopType::Abort => ServiceDeploymentStatus::StopRequested,
                StopType::Rollback => ServiceDeploymentStatus::RollbackRequested,
            };
            d.updated_at = cx.now;
        });
        tx.modify::<Service>(service.arn.as_str(), |s| s.schedule.stop_requested = Some(how));
        Ok(())
    });
    settle(change.await)?;
    Ok(StopServiceDeploymentResponse { service_deployment_arn: Some(arn.to_string()) })
}

/// "You can continue a deployment that has a pause hook in AWAITING_ACTION status. The deployment must be in the IN_PROGRESS state." The words of refusals are
/// not established.
pub(crate) async fn continue_service_deployment(
    ecs: &Ecs,
    cx: &Cx,
    input: ContinueServiceDeploymentRequest,
) -> Result<ContinueServiceDeploymentResponse, Error> {
    let arn: ServiceDeploymentArn = input.service_deployment_arn.parse().map_err(|_| {
        Error::invalid_parameter("Invalid identifier: Identifier is not a service deployment ARN")
    })?;
    if input.hook_id.is_empty() {
        return Err(Error::invalid_parameter("hookId can not be blank."));
    }
    // "If no value is specified, the default action is CONTINUE."
    let action = input.action.map_or(Ok(HookAction::Continue), HookAction::from_api)?;
    let change = ecs.state.update(|tx| {
        let not_found = || Error::service_deployment_not_found("Service deployment not found.");
        let known = tx.get::<ServiceDeployment>(arn.as_str()).ok_or_else(not_found)?;
        let mut deployment = ServiceDeployment::clone(&known);
        if deployment.status != ServiceDeploymentStatus::InProgress {
            return Err(Error::invalid_parameter(format!(
                "The service deployment cannot be continued while it is {}.",
                deployment.status
            )));
        }
        let runs = deployment.shift.iter().flat_map(|s| &s.hooks);
        let run = runs.map(|run| run.key).find(|key| {
            let hook = deployment.configuration.lifecycle_hooks.get(key.hook as usize);
            hook.is_some_and(|h| hook_id(&arn, *key, h.target_type) == input.hook_id)
        });
        let Some(key) = run else {
            return Err(Error::invalid_parameter(
                "The service deployment has no active hook of that hookId.",
            ));
        };
        if !shift::resolve(&mut deployment, key, action) {
            return Err(Error::invalid_parameter("The hook is not awaiting an action."));
        }
        deployment.updated_at = cx.now;
        tx.put(deployment);
        Ok(())
    });
    settle(change.await)?;
    tracing::info!(deployment = %arn, hook = input.hook_id, %action, "a paused deployment was answered");
    Ok(ContinueServiceDeploymentResponse { service_deployment_arn: Some(arn.to_string()) })
}
