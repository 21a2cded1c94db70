//! CreateService.

use super::{configuration, load_balancing};
use crate::api::client_token;
use crate::api::launch::of_service;
use crate::api::tag;
use crate::convert::FromApi;
use crate::errors::settle;
use crate::find;
use crate::provider;
use crate::service::Ecs;
use crate::service_scheduler::task_sets;
use api::ecs::{CreateServiceRequest, CreateServiceResponse, Error};
use auth::Cx;
use model::ecs::launch::{
    CapacityProviderStrategyItem, NetworkConfiguration, PlacementConstraint, PlacementStrategy,
    PlacementStrategyType, PropagateTags,
};
use model::ecs::service::{
    AvailabilityZoneRebalancing, DeploymentController, Schedule, SchedulingStrategy, Service, ServiceStatus,
};
use model::ecs::{LoadBalancer, ServiceRevision, TaskDefinition};
use model::ids::{ServiceArn, ServiceDeploymentArn, ServiceRevisionArn};
use model::status::{LaunchType, TaskDefinitionStatus};
use plan::deployment;
use plan::placement::{Constraint, Strategy};
use sha2::{Digest, Sha256};
use state::{Tx, idempotency};
use std::time::Duration;

/// "Service quotas": tasks per service.
pub(super) const MOST_TASKS: i32 = 5000;
const TOKEN_LIFE: Duration = Duration::from_secs(24 * 3600);

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

pub(crate) async fn create_service(
    ecs: &Ecs,
    cx: &Cx,
    input: CreateServiceRequest,
) -> Result<CreateServiceResponse, Error> {
    super::controller::check_create(&input)?;
    let fingerprint = fingerprint(&input);
    let token = client_token::checked(input.client_token.clone(), client_token::LONGEST)?;
    let named = Named { cluster: input.cluster.clone(), definition: input.task_definition.clone() };
    let template = template(ecs, cx, input, fingerprint)?;
    let cluster = find::cluster_arn(&cx.scope, named.cluster.as_deref())?;
    let resource = format!("service/{}/{}", cluster.name(), template.service.arn.name());
    tag::check_on_create(ecs, cx, "CreateService", resource, &template.service.tags)?;
    let (revision_bytes, deployment_bytes) = (cx.random_16(), cx.random_16());
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, named.cluster.as_deref())?;
        let arn = ServiceArn::new(&cluster.arn, template.service.arn.name());
        let scope = format!("ecs:CreateService:{}", cluster.arn);
        if let Some(token) = &token {
            match idempotency::recall::<ServiceArn>(tx, &scope, token, &template.service.fingerprint, cx.now)
            {
                Ok(Some(before)) => return Ok(before),
                Ok(None) => {}
                Err(idempotency::Error::Mismatch) => {
                    return refuse("Creation of service was not idempotent.");
                }
                Err(error) => return Err(Error::internal(error.to_string())),
            }
        }
        if let Some(existing) = tx.get::<Service>(arn.as_str()) {
            match existing.status {
                ServiceStatus::Active if existing.fingerprint == template.service.fingerprint => {
                    return Ok(arn);
                }
                ServiceStatus::Active => return refuse("Creation of service was not idempotent."),
                ServiceStatus::Draining => {
                    return refuse("Unable to Start a service that is still Draining.");
                }
                ServiceStatus::Inactive => forget(tx, &existing),
            }
        }
        let mut service =
            Service { arn: arn.clone(), cluster: cluster.arn.clone(), ..template.service.clone() };
        if service.deployment_controller != DeploymentController::External {
            let mut revision = template.revision.clone();
            revision.arn = ServiceRevisionArn::from_random(&arn, revision_bytes);
            (revision.service, revision.cluster) = (arn.clone(), cluster.arn.clone());
            let definition = definition(cx, tx, named.definition.as_deref())?;
            revision.task_definition = definition.arn.clone();
            revision.container_images = super::images(&definition);
            defaults(&mut revision, &cluster);
            no_providers(service.scheduling_strategy, &revision.capacity_provider_strategy)?;
            let of = (service.deployment_controller, &service.deployment_configuration);
            load_balancing::check(tx, &revision, of)?;
            revision.platform_version = of_service::check(ecs, cx, tx, &service, &revision)?;
            if task_sets::decide(&service) {
                tx.put(super::controller::first_set(&mut service, &revision));
            } else {
                let number = ServiceDeploymentArn::from_random(&arn, deployment_bytes);
                let (begun, _) = deployment::begin(&mut service, revision.arn.clone(), number, None, cx.now);
                tx.put(begun);
            }
            tx.put(revision);
        }
        if let Some(token) = &token {
            idempotency::remember(tx, &scope, token, &service.fingerprint, &arn, cx.now.after(TOKEN_LIFE))
                .map_err(|e| Error::internal(e.to_string()))?;
        }
        tx.put(service);
        Ok(arn)
    });
    let arn = settle(change.await)?;
    let shown = super::describe::shown(&ecs.state.snapshot(), &arn, true);
    Ok(CreateServiceResponse { service: shown })
}

struct Named {
    cluster: Option<String>,
    definition: Option<String>,
}

/// A service and its first revision, but for what only the records can tell.
struct Template {
    service: Service,
    revision: ServiceRevision,
}

/// What is compared when a service is made again: the request without its token.
fn fingerprint(input: &CreateServiceRequest) -> String {
    let plain = CreateServiceRequest { client_token: None, ..input.clone() };
    Sha256::digest(format!("{plain:?}").as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

fn template(ecs: &Ecs, cx: &Cx, input: CreateServiceRequest, fingerprint: String) -> Result<Template, Error> {
    if !super::is_name(&input.service_name) {
        return refuse(
            "Invalid service name. It can contain up to 255 letters, numbers, hyphens and underscores.",
        );
    }
    let controller = super::controller::of(&input)?;
    let load_balancers: Vec<LoadBalancer> = Vec::from_api(input.load_balancers)?;
    check_role(input.role.as_deref(), &load_balancers)?;
    let tags = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let strategy = match input.scheduling_strategy {
        Some(given) => SchedulingStrategy::from_api(given)?,
        None => SchedulingStrategy::Replica,
    };
    let providers: Vec<CapacityProviderStrategyItem> = Vec::from_api(input.capacity_provider_strategy)?;
    let launch_type = provider::asked_for(input.launch_type)?;
    if launch_type.is_some() && !providers.is_empty() {
        return refuse(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        );
    }
    let constraints: Vec<PlacementConstraint> = Vec::from_api(input.placement_constraints)?;
    let strategies: Vec<PlacementStrategy> = Vec::from_api(input.placement_strategy)?;
    check_placement(&constraints, &strategies, strategy)?;
    let given = input.deployment_configuration;
    let configuration = configuration::merge(ecs, given, None, strategy, controller)?;
    let desired_count = desired_count(input.desired_count, strategy, controller)?;
    check_strategy(strategy, controller, launch_type, &providers)?;
    let external = controller == DeploymentController::External;
    if !external && input.task_definition.as_deref().is_none_or(str::is_empty) {
        return refuse("TaskDefinition can not be blank.");
    }
    let service_scope = model::ids::ClusterArn::new(&cx.scope, "default");
    let arn = ServiceArn::new(&service_scope, &input.service_name);
    let rebalancing: Option<AvailabilityZoneRebalancing> =
        Option::from_api(input.availability_zone_rebalancing)?;
    let service = Service {
        arn: arn.clone(),
        cluster: service_scope.clone(),
        status: ServiceStatus::Active,
        created_at: cx.now,
        created_by: cx.principal.arn().to_owned(),
        inactive_at: None,
        scheduling_strategy: strategy,
        deployment_controller: controller,
        desired_count,
        availability_zone_rebalancing: rebalancing.unwrap_or(AvailabilityZoneRebalancing::Disabled),
        health_check_grace_period_seconds: grace(input.health_check_grace_period_seconds)?,
        placement_constraints: constraints,
        placement_strategy: strategies,
        propagate_tags: Option::from_api(input.propagate_tags)?.unwrap_or(PropagateTags::None),
        managed_tags: input.enable_ecs_managed_tags.unwrap_or(false),
        enable_execute_command: input.enable_execute_command.unwrap_or(false),
        tags,
        revision: None,
        fingerprint,
        deployments: Vec::new(),
        current_deployment: None,
        schedule: Schedule::default(),
        events: 0,
        deployment_configuration: configuration,
    };
    let service = rebalanced(service, launch_type, rebalancing)?;
    let revision = ServiceRevision {
        arn: ServiceRevisionArn::from_random(&arn, [0; 16]),
        service: arn,
        cluster: service_scope,
        created_at: cx.now,
        task_definition: model::ids::TaskDefinitionArn::new(&cx.scope, "unknown", 1),
        launch_type,
        capacity_provider_strategy: providers,
        platform_asked: input.platform_version.filter(|v| !v.is_empty()),
        platform_version: None,
        network_configuration: Option::<NetworkConfiguration>::from_api(input.network_configuration)?,
        load_balancers,
        in_alternate: false,
        container_images: Vec::new(),
    };
    Ok(Template { service, revision })
}

/// Targets are registered by ECS itself, as with the service-linked role, which is AWS's default.
fn check_role(role: Option<&str>, load_balancers: &[LoadBalancer]) -> Result<(), Error> {
    match role.filter(|r| !r.is_empty()) {
        None => Ok(()),
        Some(_) if load_balancers.is_empty() => {
            refuse("A role can only be specified for a service that uses load balancers.")
        }
        Some(_) => Err(Error::unsupported_feature(
            "Longshore registers targets itself, and not in the name of another role (role).",
        )),
    }
}

/// What the cluster decides where the request does not.
pub(crate) fn defaults(revision: &mut ServiceRevision, cluster: &model::ecs::Cluster) {
    if revision.launch_type.is_none() && revision.capacity_provider_strategy.is_empty() {
        if cluster.default_capacity_provider_strategy.is_empty() {
            revision.launch_type = Some(LaunchType::Ec2);
        } else {
            revision.capacity_provider_strategy.clone_from(&cluster.default_capacity_provider_strategy);
        }
    }
    default_platform(revision);
}

/// What is asked for of what runs on Fargate and names no platform version. The version itself is the launch's to say.
pub(super) fn default_platform(revision: &mut ServiceRevision) {
    if provider::is_on_fargate(revision) && revision.platform_asked.is_none() {
        revision.platform_asked = Some("LATEST".to_owned());
    }
    revision.platform_version.clone_from(&revision.platform_asked);
}

/// The definition that is named, if tasks may be made of it.
pub(crate) fn definition(
    cx: &Cx,
    tx: &Tx<'_>,
    named: Option<&str>,
) -> Result<std::sync::Arc<TaskDefinition>, Error> {
    let found = find::definition(tx, &cx.scope, named.unwrap_or_default())
        .ok_or_else(|| Error::client("TaskDefinition not found."))?;
    match found.status {
        TaskDefinitionStatus::Active => Ok(found),
        TaskDefinitionStatus::Inactive | TaskDefinitionStatus::DeleteInProgress => {
            Err(Error::client("TaskDefinition is inactive"))
        }
    }
}

pub(super) fn desired_count(
    given: Option<i32>,
    strategy: SchedulingStrategy,
    controller: DeploymentController,
) -> Result<u32, Error> {
    let Some(count) = given else {
        return match (strategy, controller) {
            (SchedulingStrategy::Daemon, _) | (_, DeploymentController::External) => Ok(0),
            // Not established: AWS's words.
            (SchedulingStrategy::Replica, _) => {
                refuse("desiredCount must be specified for the REPLICA scheduling strategy.")
            }
        };
    };
    if strategy == SchedulingStrategy::Daemon {
        return refuse("desiredCount cannot be specified for the DAEMON scheduling strategy.");
    }
    match u32::try_from(count) {
        Ok(value) if count <= MOST_TASKS => Ok(value),
        Ok(_) => refuse(format!("The desired count can be at most {MOST_TASKS}.")),
        Err(_) => refuse("Desired count cannot be negative."),
    }
}

fn check_strategy(
    strategy: SchedulingStrategy,
    controller: DeploymentController,
    launch_type: Option<LaunchType>,
    providers: &[CapacityProviderStrategyItem],
) -> Result<(), Error> {
    if strategy == SchedulingStrategy::Replica {
        return Ok(());
    }
    if controller != DeploymentController::Ecs {
        return refuse(format!(
            "The DAEMON scheduling strategy is not supported for the {controller} deployment controller."
        ));
    }
    if launch_type == Some(LaunchType::Fargate) {
        return refuse("The DAEMON scheduling strategy is not supported for the FARGATE launch type.");
    }
    no_providers(strategy, providers)
}

/// AWS (observed, aws/containers-roadmap#692): also where the strategy is the cluster's default.
pub(super) fn no_providers(
    strategy: SchedulingStrategy,
    providers: &[CapacityProviderStrategyItem],
) -> Result<(), Error> {
    if strategy == SchedulingStrategy::Daemon && !providers.is_empty() {
        return refuse(
            "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
        );
    }
    Ok(())
}

pub(super) fn check_placement(
    constraints: &[PlacementConstraint],
    strategies: &[PlacementStrategy],
    strategy: SchedulingStrategy,
) -> Result<(), Error> {
    let invalid = |e: plan::placement::Error| Error::invalid_parameter(e.to_string());
    Constraint::list_from_model(constraints).map_err(invalid)?;
    Strategy::list_from_model(strategies).map_err(invalid)?;
    if strategy == SchedulingStrategy::Daemon && !strategies.is_empty() {
        return refuse("Placement strategies are not supported for the DAEMON scheduling strategy.");
    }
    Ok(())
}

pub(super) fn grace(seconds: Option<i32>) -> Result<Option<u32>, Error> {
    let valid = |s: i32| {
        u32::try_from(s)
            .map_err(|_| Error::invalid_parameter("healthCheckGracePeriodSeconds cannot be negative."))
    };
    seconds.map(valid).transpose()
}

/// "The default for CreateService is ENABLED where the service can be rebalanced", and asking for it where it cannot is an error.
pub(super) fn rebalanced(
    mut service: Service,
    launch_type: Option<LaunchType>,
    asked: Option<AvailabilityZoneRebalancing>,
) -> Result<Service, Error> {
    let first = service.placement_strategy.first();
    let spreads_zones = first.is_none_or(|s| {
        s.kind == Some(PlacementStrategyType::Spread)
            && s.field.as_deref() == Some("attribute:ecs.availability-zone")
    });
    let pins_zone = service
        .placement_constraints
        .iter()
        .any(|c| c.expression.as_deref().is_some_and(|e| e.contains("ecs.availability-zone")));
    let reason = if service.scheduling_strategy == SchedulingStrategy::Daemon {
        Some("the DAEMON scheduling strategy")
    } else if launch_type == Some(LaunchType::External) {
        Some("the EXTERNAL launch type")
    } else if service.deployment_controller == DeploymentController::External {
        Some("the EXTERNAL deployment controller")
    } else if service.deployment_controller == DeploymentController::CodeDeploy {
        Some("the CODE_DEPLOY deployment controller")
    } else if service.deployment_configuration.maximum_percent <= 100 {
        Some("a maximumPercent of 100")
    } else if !spreads_zones {
        Some("a placement strategy that does not spread over Availability Zones first")
    } else if pins_zone {
        Some("a placement constraint on the Availability Zone")
    } else {
        None
    };
    match (asked, reason) {
        (Some(AvailabilityZoneRebalancing::Enabled), Some(reason)) => {
            refuse(format!("Availability Zone rebalancing is not supported with {reason}."))
        }
        (None | Some(AvailabilityZoneRebalancing::Enabled), None) => {
            service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Enabled;
            Ok(service)
        }
        (None, Some(_)) | (Some(AvailabilityZoneRebalancing::Disabled), _) => {
            service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Disabled;
            Ok(service)
        }
    }
}

/// Removes what is left of a service that is INACTIVE, so that its name can be taken again.
pub(crate) fn forget(tx: &mut Tx<'_>, service: &Service) {
    use model::ecs::{ServiceDeployment, ServiceEvent, TaskSet};
    use state::ecs::service::{DEPLOYMENTS, EVENTS, REVISIONS};
    let revisions: Vec<String> =
        tx.by_index::<ServiceRevision>(REVISIONS, &service.arn).map(|r| r.arn.to_string()).collect();
    revisions.iter().for_each(|key| drop(tx.delete::<ServiceRevision>(key)));
    let deployments: Vec<String> =
        tx.by_prefix::<ServiceDeployment>(DEPLOYMENTS, &service.arn).map(|d| d.arn.to_string()).collect();
    deployments.iter().for_each(|key| drop(tx.delete::<ServiceDeployment>(key)));
    let events: Vec<String> = tx
        .by_index::<ServiceEvent>(EVENTS, &service.arn)
        .map(|e| ServiceEvent::key_of(&e.service, e.number))
        .collect();
    events.iter().for_each(|key| drop(tx.delete::<ServiceEvent>(key)));
    for set in task_sets::of(tx, &service.arn) {
        tx.delete::<TaskSet>(set.arn.as_str());
    }
    tx.delete::<Service>(service.arn.as_str());
}
