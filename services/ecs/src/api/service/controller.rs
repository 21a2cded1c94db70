//! Services whose deployments another controller makes: what CreateService and UpdateService take of them, and the task set that a service of
//! CodeDeploy begins with.
//!
//! Source: "Deploy Amazon ECS services using a third-party controller" of the developer guide and the operations' pages of the API reference, read 2026-11.
//! Texts of refusals as observed in public reports where a comment does not say otherwise.

use super::update::{Unbuilt, refuse_unbuilt};
use crate::convert::FromApi;
use api::ecs::{CreateServiceRequest, Error, UpdateServiceRequest};
use model::Percent;
use model::Tag;
use model::ecs::ServiceRevision;
use model::ecs::service::{DeploymentController, Schedule, Service};
use model::ecs::task_set::{TaskSet, TaskSetStatus};
use model::ids::TaskSetArn;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

fn has_some<T>(list: &Option<Vec<T>>) -> bool {
    list.as_ref().is_some_and(|l| !l.is_empty())
}

impl Unbuilt {
    pub(super) fn of_create(input: &CreateServiceRequest) -> Self {
        Self {
            registries: has_some(&input.service_registries),
            connect: input.service_connect_configuration.as_ref().is_some_and(|c| c.enabled),
            volumes: has_some(&input.volume_configurations),
            lattice: has_some(&input.vpc_lattice_configurations),
            gateway: has_some(&input.gateway_connectors),
            monitoring: input.monitoring.is_some(),
        }
    }

    pub(super) fn of_update(input: &UpdateServiceRequest) -> Self {
        Self {
            registries: has_some(&input.service_registries),
            connect: input.service_connect_configuration.as_ref().is_some_and(|c| c.enabled),
            volumes: has_some(&input.volume_configurations),
            lattice: has_some(&input.vpc_lattice_configurations),
            gateway: has_some(&input.gateway_connectors),
            monitoring: input.monitoring.is_some(),
        }
    }
}

/// "If no deployment controller is specified, the default value of ECS is used."
pub(super) fn of(input: &CreateServiceRequest) -> Result<DeploymentController, Error> {
    match &input.deployment_controller {
        Some(given) => DeploymentController::from_api(given.r#type.clone()),
        None => Ok(DeploymentController::Ecs),
    }
}

/// What of a new service its controller does not allow, or Longshore has not.
pub(super) fn check_create(input: &CreateServiceRequest) -> Result<(), Error> {
    let controller = of(input)?;
    if controller == DeploymentController::External {
        check_external(input)?;
    }
    refuse_unbuilt(&Unbuilt::of_create(input))?;
    check_strategy(input.deployment_configuration.as_ref(), controller)
}

/// "You can specify only parameters that aren't controlled at the task set level."
fn check_external(input: &CreateServiceRequest) -> Result<(), Error> {
    match input.task_definition.as_deref() {
        None => {}
        Some("") => return refuse("Family should not be null or empty."),
        Some(_) => return refuse("TaskDefinition must be blank."),
    }
    // The last four after the pattern of the others; not established.
    let forbidden = [
        (has_some(&input.load_balancers), "LoadBalancers must be empty or null."),
        (input.network_configuration.is_some(), "NetworkConfiguration must be null."),
        (has_some(&input.service_registries), "ServiceRegistries must be empty or null."),
        (input.launch_type.is_some(), "LaunchType must be null."),
        (has_some(&input.capacity_provider_strategy), "CapacityProviderStrategy must be empty or null."),
        (input.platform_version.is_some(), "PlatformVersion must be null."),
    ];
    match forbidden.iter().find(|(named, _)| *named) {
        Some((_, message)) => refuse(*message),
        None => Ok(()),
    }
}

/// Strategies are of ECS's own deployments. Not established: AWS's words.
fn check_strategy(
    given: Option<&api::ecs::DeploymentConfiguration>,
    controller: DeploymentController,
) -> Result<(), Error> {
    if controller != DeploymentController::Ecs && given.is_some_and(|c| c.strategy.is_some()) {
        return refuse(format!(
            "Deployment strategies are not supported for the {controller} deployment controller."
        ));
    }
    Ok(())
}

/// What services of another controller may change.
pub(super) fn check_update(service: &Service, input: &UpdateServiceRequest) -> Result<(), Error> {
    let controller = service.deployment_controller;
    let mend = match controller {
        DeploymentController::Ecs => return Ok(()),
        DeploymentController::CodeDeploy => "Use AWS CodeDeploy to trigger a new deployment.",
        // Not established: AWS's words.
        DeploymentController::External => "Create a new task set.",
    };
    let external = controller == DeploymentController::External;
    let forbidden = [
        (input.task_definition.is_some(), "task definition"),
        (input.network_configuration.is_some(), "network parameters"),
        (has_some(&input.load_balancers), "load balancers"),
        (has_some(&input.service_registries), "service registries"),
        (input.platform_version.is_some(), "platform version"),
        (input.capacity_provider_strategy.is_some(), "capacity provider strategy"),
        // "For services using an external deployment controller, you can update only …": it is not among them.
        (external && input.deployment_configuration.is_some(), "deployment configuration"),
    ];
    if let Some((_, what)) = forbidden.iter().find(|(named, _)| *named) {
        return refuse(format!(
            "Unable to update {what} on services with a {controller} deployment controller. {mend}"
        ));
    }
    if input.force_new_deployment == Some(true) {
        return refuse(format!(
            "Cannot force a new deployment on services with a {controller} deployment controller. {mend}"
        ));
    }
    check_strategy(input.deployment_configuration.as_ref(), controller)
}

/// What a task set says beyond its revision.
pub(crate) struct NewSet {
    pub status: TaskSetStatus,
    pub started_by: Option<String>,
    pub external_id: Option<String>,
    pub scale: Percent,
    pub tags: Vec<Tag>,
}

/// A task set of a service that runs a revision of the service's.
pub(crate) fn task_set(service: &Service, revision: &ServiceRevision, new: NewSet) -> TaskSet {
    let NewSet { status, started_by, external_id, scale, tags } = new;
    TaskSet {
        arn: TaskSetArn::new(&service.arn, &revision.deployment_id()),
        service: service.arn.clone(),
        cluster: service.cluster.clone(),
        status,
        created_at: revision.created_at,
        updated_at: revision.created_at,
        started_by,
        external_id,
        revision: revision.arn.clone(),
        scale,
        tags,
        counted: 0,
        stable_at: revision.created_at,
        schedule: Schedule::default(),
    }
}

/// The whole of a service that CodeDeploy deploys, until it deploys anything.
pub(super) fn first_set(service: &mut Service, revision: &ServiceRevision) -> TaskSet {
    service.revision = Some(revision.arn.clone());
    let new = NewSet {
        status: TaskSetStatus::Primary,
        started_by: None,
        external_id: None,
        scale: Percent::HUNDRED,
        tags: Vec::new(),
    };
    task_set(service, revision, new)
}
