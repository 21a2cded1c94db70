//! Services: made, described, changed and deleted; their deployments and revisions.
//!
//! An operation writes what is wanted; the service scheduler does the rest. What begins a deployment is begun in the operation's own change.

pub(crate) mod configuration;
pub(crate) mod controller;
mod create;
mod delete;
mod describe;
mod history;
mod kept;
pub(crate) mod load_balancing;
mod shifting;
mod update;

pub(crate) use create::{create_service, defaults, definition, forget};
pub(crate) use delete::delete_service;
pub(crate) use describe::{counts, describe_services, list_services, list_services_by_namespace};
pub(crate) use history::{
    continue_service_deployment, describe_service_deployments, describe_service_revisions,
    list_service_deployments, stop_service_deployment,
};
pub(crate) use kept::forget_history;
pub(crate) use update::update_service;

use crate::find::Source;
use api::ecs::Error;
use model::ecs::service::ServiceStatus;
use model::ecs::{Cluster, Service, ServiceRevision, TaskDefinition};
use model::ids::{ClusterArn, Scope, ServiceArn};
use std::sync::Arc;

pub(crate) fn not_found() -> Error {
    Error::service_not_found("Service not found.")
}

pub(crate) fn not_active() -> Error {
    Error::service_not_active("Service was not ACTIVE.")
}

/// The ARN that a service's name or ARN stands for.
pub(crate) fn service_arn(cluster: &ClusterArn, named: &str) -> Option<ServiceArn> {
    if named.starts_with("arn:") {
        return named.parse::<ServiceArn>().ok().filter(|arn| arn.cluster() == *cluster);
    }
    is_name(named).then(|| ServiceArn::new(cluster, named))
}

/// The service that is named, ACTIVE or not.
pub(crate) fn find(
    from: &impl Source,
    scope: &Scope,
    cluster: Option<&str>,
    named: &str,
) -> Result<(Arc<Cluster>, Arc<Service>), Error> {
    if named.is_empty() {
        return Err(Error::invalid_parameter("Service can not be blank."));
    }
    let cluster = crate::find::cluster(from, scope, cluster)?;
    let service = service_arn(&cluster.arn, named).and_then(|arn| from.get::<Service>(arn.as_str()));
    Ok((cluster, service.ok_or_else(not_found)?))
}

/// The service that is named, if it may be changed.
pub(crate) fn find_active(
    from: &impl Source,
    scope: &Scope,
    cluster: Option<&str>,
    named: &str,
) -> Result<Arc<Service>, Error> {
    let (_, service) = find(from, scope, cluster, named)?;
    match service.status {
        ServiceStatus::Active => Ok(service),
        ServiceStatus::Draining | ServiceStatus::Inactive => Err(not_active()),
    }
}

/// "Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed."
pub(crate) fn is_name(name: &str) -> bool {
    (1..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The revision that a service runs.
pub(crate) fn revision_of(from: &impl Source, service: &Service) -> Option<Arc<ServiceRevision>> {
    from.get::<ServiceRevision>(service.revision.as_ref()?.as_str())
}

/// What the containers of a definition run.
pub(crate) fn images(definition: &TaskDefinition) -> Vec<model::ecs::service_revision::ContainerImage> {
    let image = |c: &model::ecs::ContainerDefinition| model::ecs::service_revision::ContainerImage {
        container_name: c.name.clone().unwrap_or_default(),
        image: c.image.clone().unwrap_or_default(),
    };
    definition.container_definitions.iter().map(image).collect()
}
