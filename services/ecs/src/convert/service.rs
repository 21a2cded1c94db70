//! Services with their revisions and deployments, as the API shows them.

use super::{ToApi, enums, structs};
use crate::provider;
use api::ecs as a;
use model::ecs::service as m;
use model::ecs::service_deployment as d;
use model::ecs::{ServiceDeployment, ServiceEvent, ServiceRevision};
use model::ids::ServiceRevisionArn;

structs! {
    DeploymentAlarms = m::DeploymentAlarms { alarm_names, rollback, enable }
}

enums! {
    SchedulingStrategy = m::SchedulingStrategy,
    DeploymentControllerType = m::DeploymentController,
    AvailabilityZoneRebalancing = m::AvailabilityZoneRebalancing,
    DeploymentStrategy = m::DeploymentStrategy,
    DeploymentRolloutState = m::RolloutState,
    ThresholdType = m::ThresholdType,
    StopServiceDeploymentStopType = m::StopType,
    ServiceDeploymentStatus = d::ServiceDeploymentStatus,
    ServiceDeploymentRollbackMonitorsStatus = d::Monitor,
    PropagateTags = model::ecs::launch::PropagateTags,
    PlacementConstraintType = model::ecs::launch::PlacementConstraintType,
    PlacementStrategyType = model::ecs::launch::PlacementStrategyType,
}

structs! {
    PlacementConstraint = model::ecs::launch::PlacementConstraint { kind = r#type, expression }
    PlacementStrategy = model::ecs::launch::PlacementStrategy { kind = r#type, field }
}

/// Tasks of one deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TaskCounts {
    pub running: i32,
    pub pending: i32,
}

/// What of a service is not in its own record.
pub(crate) struct Beside<'a> {
    /// Its tasks, by deployment.
    pub counts: &'a dyn Fn(&str) -> TaskCounts,
    pub revision: &'a dyn Fn(&ServiceRevisionArn) -> Option<std::sync::Arc<ServiceRevision>>,
    /// The newest first.
    pub events: Vec<std::sync::Arc<ServiceEvent>>,
    /// Those of a service that another controller deploys.
    pub task_sets: Option<Vec<a::TaskSet>>,
    pub with_tags: bool,
}

pub(super) fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

pub(crate) fn service(record: &m::Service, beside: Beside<'_>) -> a::Service {
    let revision = record.revision.as_ref().and_then(|r| (beside.revision)(r));
    let revision = revision.as_deref();
    let all = (beside.counts)("");
    let controller = record.deployment_controller;
    let is_rolling = controller == m::DeploymentController::Ecs;
    let revisions = record.deployments.iter().map(|d| {
        let counts = (beside.counts)(&d.id);
        a::ServiceCurrentRevisionSummary {
            arn: Some(d.revision.to_string()),
            requested_task_count: Some(whole(d.desired_count)),
            running_task_count: Some(counts.running),
            pending_task_count: Some(counts.pending),
        }
    });
    let revisions = revisions.collect();
    let deployments = record.deployments.iter().map(|d| deployment(d, record, &beside)).collect();
    a::Service {
        service_arn: Some(record.arn.to_string()),
        service_name: Some(record.arn.name().to_owned()),
        cluster_arn: Some(record.cluster.to_string()),
        load_balancers: Some(revision.map(|r| r.load_balancers.to_api()).unwrap_or_default()),
        service_registries: Some(Vec::new()),
        // "It allows the agent to register container instances with a load balancer": the service-linked role, where none was named.
        role_arn: revision.filter(|r| !r.load_balancers.is_empty()).map(|_| {
            let account = &record.arn.scope().account;
            format!("arn:aws:iam::{account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
        }),
        status: Some(record.status.to_string()),
        desired_count: Some(whole(record.desired_count)),
        running_count: Some(all.running),
        pending_count: Some(all.pending),
        // As observed of a service without a primary task set.
        launch_type: revision.map_or(Some(a::LaunchType::Ec2), |r| r.launch_type.to_api()),
        capacity_provider_strategy: revision.and_then(|r| r.capacity_provider_strategy.to_api()),
        platform_version: revision.and_then(|r| r.shown_platform().cloned()),
        platform_family: revision.and_then(platform_family),
        task_definition: revision.map(|r| r.task_definition.to_string()),
        deployment_configuration: Some(configuration(&record.deployment_configuration, is_rolling)),
        task_sets: beside.task_sets,
        deployments: Some(deployments),
        events: Some(beside.events.iter().map(|e| event(e)).collect()),
        created_at: Some(record.created_at.to_api()),
        current_service_deployment: record.current_deployment.as_ref().map(ToString::to_string),
        current_service_revisions: is_rolling.then_some(revisions),
        placement_constraints: Some(record.placement_constraints.to_api()),
        placement_strategy: Some(record.placement_strategy.to_api()),
        network_configuration: revision.and_then(|r| r.network_configuration.to_api()),
        // "If you don't specify a health check grace period value, the default value of 0 is used."
        health_check_grace_period_seconds: record
            .health_check_grace_period_seconds
            .or_else(|| revision.filter(|r| !r.load_balancers.is_empty()).map(|_| 0))
            .map(whole),
        scheduling_strategy: Some(record.scheduling_strategy.to_api()),
        deployment_controller: Some(a::DeploymentController { r#type: controller.to_api() }),
        tags: beside.with_tags.then(|| record.tags.to_api()),
        created_by: Some(record.created_by.clone()),
        enable_ecs_managed_tags: Some(record.managed_tags),
        propagate_tags: Some(record.propagate_tags.to_api()),
        enable_execute_command: Some(record.enable_execute_command),
        availability_zone_rebalancing: Some(record.availability_zone_rebalancing.to_api()),
        ..Default::default()
    }
}

pub(super) fn platform_family(revision: &ServiceRevision) -> Option<String> {
    provider::is_on_fargate(revision).then(|| "Linux".to_owned())
}

fn deployment(record: &m::Deployment, service: &m::Service, beside: &Beside<'_>) -> a::Deployment {
    let revision = (beside.revision)(&record.revision);
    let revision = revision.as_deref();
    let counts = (beside.counts)(&record.id);
    let rolls = service.deployment_controller == m::DeploymentController::Ecs;
    a::Deployment {
        id: Some(record.id.clone()),
        status: Some(record.status.to_string()),
        task_definition: revision.map(|r| r.task_definition.to_string()),
        desired_count: Some(whole(record.desired_count)),
        pending_count: Some(counts.pending),
        running_count: Some(counts.running),
        failed_tasks: Some(whole(record.failed_tasks)),
        created_at: Some(record.created_at.to_api()),
        updated_at: Some(record.updated_at.to_api()),
        capacity_provider_strategy: revision.and_then(|r| r.capacity_provider_strategy.to_api()),
        launch_type: revision.and_then(|r| r.launch_type.to_api()),
        platform_version: revision.and_then(|r| r.platform_version.clone()),
        platform_family: revision.and_then(platform_family),
        network_configuration: revision.and_then(|r| r.network_configuration.to_api()),
        rollout_state: rolls.then(|| record.rollout_state.to_api()),
        rollout_state_reason: rolls.then(|| record.rollout_state_reason.clone()),
        ..Default::default()
    }
}

fn event(record: &ServiceEvent) -> a::ServiceEvent {
    a::ServiceEvent {
        id: Some(record.id.to_string()),
        created_at: Some(record.created_at.to_api()),
        message: Some(record.message.clone()),
    }
}

/// `rolls`: of the ECS controller, which alone has a strategy and a circuit breaker.
pub(crate) fn configuration(record: &m::DeploymentConfiguration, rolls: bool) -> a::DeploymentConfiguration {
    let breaker = record.deployment_circuit_breaker.clone().unwrap_or_default();
    let strategy = record.strategy.unwrap_or(m::DeploymentStrategy::Rolling);
    a::DeploymentConfiguration {
        deployment_circuit_breaker: rolls.then(|| a::DeploymentCircuitBreaker {
            enable: breaker.enable,
            rollback: breaker.rollback,
            reset_on_healthy_task: breaker.reset_on_healthy_task,
            threshold_configuration: breaker
                .threshold_configuration
                .as_ref()
                .map(|t| a::ThresholdConfiguration { r#type: t.kind.to_api(), value: whole(t.value) }),
        }),
        maximum_percent: Some(whole(record.maximum_percent)),
        minimum_healthy_percent: Some(whole(record.minimum_healthy_percent)),
        alarms: record.alarms.to_api(),
        strategy: rolls.then(|| strategy.to_api()),
        bake_time_in_minutes: rolls.then(|| record.bake_time_in_minutes.map_or(0, whole)),
        lifecycle_hooks: record.lifecycle_hooks.to_api(),
        linear_configuration: record.linear.as_ref().map(super::shift::linear),
        canary_configuration: record.canary.as_ref().map(super::shift::canary),
        early_success_criteria: None,
    }
}

pub(crate) fn revision(record: &ServiceRevision) -> a::ServiceRevision {
    a::ServiceRevision {
        service_revision_arn: Some(record.arn.to_string()),
        service_arn: Some(record.service.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        task_definition: Some(record.task_definition.to_string()),
        capacity_provider_strategy: record.capacity_provider_strategy.to_api(),
        launch_type: record.launch_type.to_api(),
        platform_version: record.platform_version.clone(),
        platform_family: platform_family(record),
        load_balancers: record.load_balancers.to_api(),
        resolved_configuration: resolved(record),
        network_configuration: record.network_configuration.to_api(),
        container_images: Some(
            record
                .container_images
                .iter()
                .map(|image| a::ContainerImage {
                    container_name: Some(image.container_name.clone()),
                    image: Some(image.image.clone()),
                    // AWS differs: no revision remembers what its images were when its first task ran.
                    image_digest: None,
                })
                .collect(),
        ),
        guard_duty_enabled: Some(false),
        created_at: Some(record.created_at.to_api()),
        ..Default::default()
    }
}

/// Which of its target groups the revision's tasks are in.
fn resolved(record: &ServiceRevision) -> Option<a::ResolvedConfiguration> {
    let balancers = record.load_balancers.iter().map(|balancer| a::ServiceRevisionLoadBalancer {
        target_group_arn: Some(balancer.group(record.in_alternate).to_string()),
        production_listener_rule: balancer.advanced.as_ref().map(|a| a.production_rule.to_string()),
    });
    let load_balancers: Vec<_> = balancers.collect();
    (!load_balancers.is_empty())
        .then(|| a::ResolvedConfiguration { load_balancers: Some(load_balancers), ..Default::default() })
}

/// The counts of tasks come from the caller: of a revision by the id of its deployment.
pub(crate) fn service_deployment(
    record: &ServiceDeployment,
    counts: &dyn Fn(&ServiceRevisionArn) -> (TaskCounts, u32),
) -> a::ServiceDeployment {
    let summary = |revision: &ServiceRevisionArn| {
        let (tasks, requested) = counts(revision);
        let (test, production) = plan::deployment::shift::shown_weights(record, revision).unzip();
        a::ServiceRevisionSummary {
            arn: Some(revision.to_string()),
            requested_task_count: Some(whole(requested)),
            running_task_count: Some(tasks.running),
            pending_task_count: Some(tasks.pending),
            requested_test_traffic_weight: test.map(super::shift::percent),
            requested_production_traffic_weight: production.map(super::shift::percent),
        }
    };
    let alarms = record.configuration.alarms.as_ref();
    let watches = record.circuit_breaker != d::Monitor::Disabled;
    a::ServiceDeployment {
        service_deployment_arn: Some(record.arn.to_string()),
        service_arn: Some(record.service.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        created_at: Some(record.created_at.to_api()),
        started_at: record.started_at.to_api(),
        finished_at: record.finished_at.to_api(),
        stopped_at: record.stopped_at.to_api(),
        updated_at: Some(record.updated_at.to_api()),
        source_service_revisions: Some(record.sources.iter().map(summary).collect()),
        target_service_revision: Some(summary(&record.target)),
        status: Some(record.status.to_api()),
        status_reason: record.status_reason.clone(),
        // Of deployments that shift traffic.
        lifecycle_stage: record.shift.as_ref().map(|s| s.stage.to_api()),
        lifecycle_hook_details: super::shift::hooks(record),
        deployment_configuration: Some(configuration(&record.configuration, true)),
        rollback: record.rollback.as_ref().map(|r| a::Rollback {
            reason: Some(r.reason.clone()),
            started_at: Some(r.started_at.to_api()),
            service_revision_arn: Some(r.revision.to_string()),
        }),
        deployment_circuit_breaker: Some(a::ServiceDeploymentCircuitBreaker {
            status: Some(record.circuit_breaker.to_api()),
            failure_count: watches.then(|| whole(record.failure_count)),
            threshold: watches.then(|| whole(record.threshold)),
        }),
        alarms: Some(a::ServiceDeploymentAlarms {
            status: Some(record.alarms.to_api()),
            alarm_names: alarms.map(|a| a.alarm_names.clone()),
            triggered_alarm_names: Some(record.triggered_alarms.clone()).filter(|t| !t.is_empty()),
        }),
    }
}

pub(crate) fn service_deployment_brief(record: &ServiceDeployment) -> a::ServiceDeploymentBrief {
    a::ServiceDeploymentBrief {
        service_deployment_arn: Some(record.arn.to_string()),
        service_arn: Some(record.service.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        started_at: record.started_at.to_api(),
        created_at: Some(record.created_at.to_api()),
        finished_at: record.finished_at.to_api(),
        target_service_revision_arn: Some(record.target.to_string()),
        status: Some(record.status.to_api()),
        status_reason: record.status_reason.clone(),
    }
}
