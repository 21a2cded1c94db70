//! UpdateService: what may change, and which changes begin a deployment.
//!
//! Source: the API reference's UpdateService, which says of each parameter whether it triggers a new service deployment; read 2026-11.

use super::{configuration, create, load_balancing};
use crate::api::launch::of_service;
use crate::balancing::side;
use crate::convert::FromApi;
use crate::errors::settle;
use crate::provider;
use crate::service::Ecs;
use api::ecs::{Error, UpdateServiceRequest, UpdateServiceResponse};
use auth::Cx;
use model::ecs::launch::{
    CapacityProviderStrategyItem, NetworkConfiguration, PlacementConstraint, PlacementStrategy, PropagateTags,
};
use model::ecs::lifecycle::Course;
use model::ecs::service::{AvailabilityZoneRebalancing, DeploymentController, SchedulingStrategy, Service};
use model::ecs::{ServiceDeployment, ServiceRevision};
use model::ids::{ServiceArn, ServiceDeploymentArn, ServiceRevisionArn};
use model::status::LaunchType;
use plan::deployment;
use state::Tx;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

/// Which parameters a request names that other parts of Longshore will carry out.
pub(super) struct Unbuilt {
    pub registries: bool,
    pub connect: bool,
    pub volumes: bool,
    pub lattice: bool,
    pub gateway: bool,
    pub monitoring: bool,
}

/// They are refused rather than forgotten.
pub(super) fn refuse_unbuilt(named: &Unbuilt) -> Result<(), Error> {
    let reasons = [
        (named.registries, "Longshore has no service discovery yet (serviceRegistries)."),
        (named.connect, "Longshore has no Service Connect yet (serviceConnectConfiguration)."),
        (named.volumes, "Longshore does not attach Amazon EBS volumes to tasks yet (volumeConfigurations)."),
        (named.lattice, "Longshore has no VPC Lattice (vpcLatticeConfigurations)."),
        (named.gateway, "Longshore has no gateways (gatewayConnectors)."),
        (named.monitoring, "Longshore has no CloudWatch metrics of services yet (monitoring)."),
    ];
    match reasons.iter().find(|(named, _)| *named) {
        Some((_, reason)) => Err(Error::unsupported_feature(*reason)),
        None => Ok(()),
    }
}

pub(crate) async fn update_service(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateServiceRequest,
) -> Result<UpdateServiceResponse, Error> {
    let wish = Wish::from_api(&input)?;
    let bytes = (cx.random_16(), cx.random_16());
    let change = ecs.state.update(|tx| {
        let before = super::find_active(tx, &cx.scope, input.cluster.as_deref(), &input.service)?;
        update(ecs, cx, tx, &before, (&input, &wish), bytes)
    });
    let arn = settle(change.await)?;
    Ok(UpdateServiceResponse { service: super::describe::shown(&ecs.state.snapshot(), &arn, true) })
}

/// The parts of a request that needed converting.
struct Wish {
    providers: Option<Vec<CapacityProviderStrategyItem>>,
    network: Option<NetworkConfiguration>,
    constraints: Option<Vec<PlacementConstraint>>,
    strategies: Option<Vec<PlacementStrategy>>,
    rebalancing: Option<AvailabilityZoneRebalancing>,
    propagate: Option<PropagateTags>,
    controller: Option<DeploymentController>,
}

impl Wish {
    fn from_api(input: &UpdateServiceRequest) -> Result<Self, Error> {
        let input = input.clone();
        Ok(Self {
            providers: input.capacity_provider_strategy.map(Vec::from_api).transpose()?,
            network: Option::from_api(input.network_configuration)?,
            constraints: input.placement_constraints.map(Vec::from_api).transpose()?,
            strategies: input.placement_strategy.map(Vec::from_api).transpose()?,
            rebalancing: Option::from_api(input.availability_zone_rebalancing)?,
            propagate: Option::from_api(input.propagate_tags)?,
            controller: input.deployment_controller.map(|c| FromApi::from_api(c.r#type)).transpose()?,
        })
    }
}

fn update(
    ecs: &Ecs,
    cx: &Cx,
    tx: &mut Tx<'_>,
    before: &Service,
    (input, wish): (&UpdateServiceRequest, &Wish),
    bytes: ([u8; 16], [u8; 16]),
) -> Result<ServiceArn, Error> {
    let mut service = before.clone();
    check_controller(&service, input, wish)?;
    refuse_unbuilt(&Unbuilt::of_update(input))?;
    if let Some(count) = input.desired_count {
        service.desired_count =
            create::desired_count(Some(count), service.scheduling_strategy, service.deployment_controller)?;
    }
    service.deployment_configuration = configuration::merge(
        ecs,
        input.deployment_configuration.clone(),
        Some(&before.deployment_configuration),
        service.scheduling_strategy,
        service.deployment_controller,
    )?;
    if let Some(seconds) = create::grace(input.health_check_grace_period_seconds)? {
        service.health_check_grace_period_seconds = Some(seconds);
    }
    if let Some(constraints) = &wish.constraints {
        service.placement_constraints.clone_from(constraints);
    }
    if let Some(strategies) = &wish.strategies {
        service.placement_strategy.clone_from(strategies);
    }
    create::check_placement(
        &service.placement_constraints,
        &service.placement_strategy,
        service.scheduling_strategy,
    )?;
    service.propagate_tags = wish.propagate.unwrap_or(service.propagate_tags);
    service.managed_tags = input.enable_ecs_managed_tags.unwrap_or(service.managed_tags);
    service.enable_execute_command = input.enable_execute_command.unwrap_or(service.enable_execute_command);
    // "When no value is specified for UpdateService, it keeps what it had."
    // A strategy that is named takes the place of the launch type.
    let launch_type = match &wish.providers {
        Some(named) if !named.is_empty() => None,
        _ => super::revision_of(tx, &service).and_then(|r| r.launch_type),
    };
    let asked = match (wish.rebalancing, launch_type) {
        (Some(asked), _) => asked,
        // Recorded before it was refused.
        (None, Some(LaunchType::External)) => AvailabilityZoneRebalancing::Disabled,
        (None, _) => before.availability_zone_rebalancing,
    };
    service = create::rebalanced(service, launch_type, Some(asked))?;
    if service.deployment_controller == DeploymentController::Ecs {
        deploy(ecs, cx, tx, &mut service, (input, wish), bytes)?;
    }
    // Something is to be looked at again, whatever it looked like before.
    let arn = service.arn.clone();
    if service != *before {
        let same = service.desired_count == before.desired_count;
        service.schedule.steady &= same;
        // One too many is one too many now, and not the one that is there for the balance.
        service.schedule.rebalancing &= same;
        tx.put(service);
    }
    Ok(arn)
}

/// Begins a deployment, where the request wants another revision or forces one.
fn deploy(
    ecs: &Ecs,
    cx: &Cx,
    tx: &mut Tx<'_>,
    service: &mut Service,
    (input, wish): (&UpdateServiceRequest, &Wish),
    bytes: ([u8; 16], [u8; 16]),
) -> Result<(), Error> {
    let Some(now) = super::revision_of(tx, service) else {
        return Err(Error::internal("The service revision is gone."));
    };
    let forced = input.force_new_deployment.unwrap_or(false);
    let mut next =
        ServiceRevision { platform_asked: now.shown_platform().cloned(), ..ServiceRevision::clone(&now) };
    if let Some(named) = input.task_definition.as_deref() {
        let definition = create::definition(cx, tx, Some(named))?;
        next.task_definition = definition.arn.clone();
        next.container_images = super::images(&definition);
    }
    if let Some(providers) = &wish.providers
        && !same_strategy(providers, &now.capacity_provider_strategy)
    {
        if !forced {
            return refuse(
                "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
            );
        }
        next.capacity_provider_strategy.clone_from(providers);
        create::no_providers(service.scheduling_strategy, providers)?;
        // An empty strategy goes back to the launch type: that of what there was.
        let of_before = if provider::is_on_fargate(&now) { LaunchType::Fargate } else { LaunchType::Ec2 };
        next.launch_type = providers.is_empty().then_some(of_before);
        // A version belongs to Fargate; what comes there has its default below.
        if !provider::is_on_fargate(&next) {
            next.platform_asked = None;
        }
    }
    if let Some(version) = input.platform_version.as_ref().filter(|v| !v.is_empty()) {
        next.platform_asked = Some(version.clone());
    }
    create::default_platform(&mut next);
    if let Some(network) = &wish.network {
        next.network_configuration = Some(network.clone());
    }
    if let Some(given) = &input.load_balancers {
        next.load_balancers = Vec::from_api(given.clone())?;
    }
    let of = (service.deployment_controller, &service.deployment_configuration);
    if !forced && next.is_like(&now) {
        if input.deployment_configuration.is_some() {
            load_balancing::check(tx, &now, of)?;
        }
        // Placement and the like may have changed: what could not be launched is refused as well.
        return of_service::check(ecs, cx, tx, service, &now).map(drop);
    }
    next.arn = ServiceRevisionArn::from_random(&service.arn, bytes.0);
    next.created_at = cx.now;
    load_balancing::check(tx, &next, of)?;
    next.platform_version = of_service::check(ecs, cx, tx, service, &next)?;
    let current = service.current_deployment.as_ref();
    let current = current.and_then(|d| tx.get::<ServiceDeployment>(d.as_str()));
    let arn = ServiceDeploymentArn::from_random(&service.arn, bytes.1);
    let (begun, superseded) = deployment::begin(service, next.arn.clone(), arn, current.as_deref(), cx.now);
    next.in_alternate = in_alternate(tx, &begun, &now, &next);
    let unfinished =
        current.as_ref().and_then(|d| d.shift.as_ref()).is_some_and(|s| s.course != Course::Over);
    if begun.shift.is_none() && unfinished {
        side::gather(tx, &next).map_err(|error| Error::invalid_parameter(error.to_string()))?;
    }
    tx.put(next);
    tx.put(begun);
    if let (Some(before), Some(superseded)) = (current, superseded) {
        crate::shifting::let_go(tx, &before, &superseded, cx.now);
        tx.put(superseded);
    }
    Ok(())
}

/// Whether a revision's tasks are in the alternate target groups: not in those that the revision beside it has, where traffic is shifted from one to the
/// other, and where it does not move in those that have more of it.
fn in_alternate(
    tx: &Tx<'_>,
    begun: &ServiceDeployment,
    now: &ServiceRevision,
    next: &ServiceRevision,
) -> bool {
    if let Some(shift) = &begun.shift {
        let blue = shift.blue.as_ref().and_then(|blue| tx.get::<ServiceRevision>(blue.as_str()));
        return blue.is_some_and(|blue| next.avoids(&blue));
    }
    if let Some(serving) = side::serving(tx, next) {
        return serving;
    }
    let mut groups = next.load_balancers.iter().map(|balancer| balancer.group(true));
    now.in_alternate && groups.all(|group| now.target_groups().any(|has| has == group))
}

/// What services of another controller may change.
fn check_controller(service: &Service, input: &UpdateServiceRequest, wish: &Wish) -> Result<(), Error> {
    let controller = service.deployment_controller;
    if wish.controller.is_some_and(|c| c != controller) {
        return Err(Error::unsupported_feature(
            "Longshore does not change the deployment controller of a service yet.",
        ));
    }
    if service.scheduling_strategy == SchedulingStrategy::Daemon && input.desired_count.is_some() {
        return refuse("desiredCount cannot be specified for the DAEMON scheduling strategy.");
    }
    super::controller::check_update(service, input)
}

/// Whether both say the same: what is left out is 0.
fn same_strategy(one: &[CapacityProviderStrategyItem], other: &[CapacityProviderStrategyItem]) -> bool {
    let said = |item: &CapacityProviderStrategyItem| {
        (item.capacity_provider.clone(), item.base.unwrap_or(0), item.weight.unwrap_or(0))
    };
    one.iter().map(said).eq(other.iter().map(said))
}
