//! `loadBalancers` of services and task sets: whether what is asked for can be done.
//!
//! Source: the API reference's LoadBalancer and AdvancedConfiguration, "Use load balancing to distribute Amazon ECS service traffic" and "Application Load
//! Balancer resources for blue/green deployments" of the developer guide, read 2026-11. Texts as observed in public reports where a comment does not say
//! otherwise.

use crate::balancing::side;
use crate::find::Source;
use api::ecs::Error;
use model::ecs::load_balancer::{Advanced, ListenerRule, LoadBalancer};
use model::ecs::service::{DeploymentConfiguration, DeploymentController};
use model::ecs::{ContainerDefinition, ServiceRevision, TaskDefinition};
use model::elbv2::{Listener, Rule, TargetGroup, TargetType};
use model::ids::{LoadBalancerArn, Scope, TargetGroupArn};
use model::status::{LaunchType, NetworkMode};
use state::elbv2::{rule, target_group};
use std::collections::BTreeSet;
use std::sync::Arc;

/// "Service quotas": target groups per service.
const MOST: usize = 5;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

/// Whether tasks of a revision can be registered where its load balancers say.
pub(crate) fn check(
    from: &impl Source,
    revision: &ServiceRevision,
    (controller, configuration): (DeploymentController, &DeploymentConfiguration),
) -> Result<(), Error> {
    let balancers = &revision.load_balancers;
    if controller == DeploymentController::CodeDeploy && balancers.len() != 1 {
        // Not established: AWS's words. "The service is required to use either an Application Load Balancer or Network Load Balancer."
        return refuse("The CODE_DEPLOY deployment controller requires exactly one load balancer.");
    }
    if balancers.is_empty() {
        return Ok(());
    }
    // Not established, as the next two.
    if balancers.len() > MOST {
        return refuse(format!("A service can have at most {MOST} target groups."));
    }
    if revision.launch_type == Some(LaunchType::External) {
        return refuse("Load balancers are not supported for the EXTERNAL launch type.");
    }
    let shifts = controller == DeploymentController::Ecs && configuration.shifts_traffic();
    if shifts && balancers.iter().any(|balancer| balancer.advanced.is_none()) {
        return refuse(
            "advancedConfiguration of each load balancer must be specified with a deployment strategy that shifts traffic.",
        );
    }
    if controller != DeploymentController::Ecs && balancers.iter().any(|balancer| balancer.advanced.is_some())
    {
        // Not established: AWS's words. The traffic of such services is shifted by others.
        return refuse(format!(
            "advancedConfiguration is not supported with the {controller} deployment controller."
        ));
    }
    let definition = from.get::<TaskDefinition>(revision.task_definition.as_str());
    let Some(definition) = definition else { return Err(Error::client("TaskDefinition not found.")) };
    let scope = revision.service.scope();
    let mut seen = BTreeSet::new();
    for balancer in balancers {
        one(from, &scope, balancer, &definition)?;
        let of = |group: &TargetGroupArn| {
            (group.clone(), balancer.container_name.clone(), balancer.container_port)
        };
        let alternate = balancer.advanced.as_ref().map(|a| of(&a.alternate_target_group));
        if !seen.insert(of(&balancer.target_group)) || alternate.is_some_and(|other| !seen.insert(other)) {
            // Not established.
            return refuse("loadBalancers names a target group twice for the same container and port.");
        }
    }
    let advanced = || balancers.iter().filter_map(|balancer| balancer.advanced.as_ref());
    let mut led = BTreeSet::new();
    for given in advanced().flat_map(|a| std::iter::once(&a.production_rule).chain(&a.test_rule)) {
        let rule = side::rule_of(from, given);
        if rule.is_none_or(|rule| !led.insert(rule)) {
            // Not established: AWS's words. Two that move one rule would undo each other's work.
            return refuse(format!("The listener rule {given} is named more than once in loadBalancers."));
        }
    }
    Ok(())
}

fn one(
    from: &impl Source,
    scope: &Scope,
    balancer: &LoadBalancer,
    definition: &TaskDefinition,
) -> Result<(), Error> {
    let LoadBalancer { target_group: group, container_name: name, container_port: port, advanced } = balancer;
    let groups = [Some(group), advanced.as_ref().map(|a| &a.alternate_target_group)];
    let groups: Vec<Arc<TargetGroup>> =
        groups.into_iter().flatten().map(|arn| find(from, scope, arn)).collect::<Result<_, _>>()?;
    for group in &groups {
        if target_group::load_balancers(from, &group.arn).is_empty() {
            return refuse(format!(
                "The target group with targetGroupArn {} does not have an associated load balancer.",
                group.arn
            ));
        }
    }
    let container = definition.container_definitions.iter().find(|c| c.name.as_ref() == Some(name));
    let Some(container) = container else {
        return refuse(format!("The container {name} does not exist in the task definition."));
    };
    if !has_port(container, *port) {
        return refuse(format!("The container {name} did not have a container port {port} defined."));
    }
    let mode = definition.network_mode.unwrap_or(NetworkMode::Bridge);
    for group in &groups {
        if !fits(group.target_type, mode) {
            return refuse(format!(
                "The provided target group {} has target type {}, which is incompatible with the {mode} network mode specified in the task definition.",
                group.arn, group.target_type
            ));
        }
    }
    let Some(advanced) = advanced else { return Ok(()) };
    let balancers: BTreeSet<LoadBalancerArn> =
        groups.iter().flat_map(|group| target_group::load_balancers(from, &group.arn)).collect();
    if balancers.len() > 1 {
        // Not established, as what is said of rules below.
        return refuse(format!(
            "The target groups {group} and {} must be associated with the same load balancer.",
            advanced.alternate_target_group
        ));
    }
    rules(from, scope, advanced, &balancers)
}

/// Not established: AWS's words.
fn find(from: &impl Source, scope: &Scope, arn: &TargetGroupArn) -> Result<Arc<TargetGroup>, Error> {
    let found = from.get::<TargetGroup>(arn.as_str()).filter(|group| group.scope == *scope);
    found.map_or_else(|| refuse(format!("The target group {arn} does not exist.")), Ok)
}

fn has_port(container: &ContainerDefinition, port: u16) -> bool {
    container.port_mappings.iter().any(|mapping| {
        let range = mapping.container_port_range.as_deref().and_then(|range| range.split_once('-'));
        let range = range.and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
        mapping.container_port == Some(i32::from(port))
            || range.is_some_and(|(first, last)| (first..=last).contains(&port))
    })
}

/// "If your service's task definition uses the awsvpc network mode … you must choose ip as the target type, not instance." Not established for `ip` with
/// the others beyond bridge.
fn fits(kind: TargetType, mode: NetworkMode) -> bool {
    match mode {
        NetworkMode::Awsvpc => kind == TargetType::Ip,
        NetworkMode::Bridge | NetworkMode::Host => kind == TargetType::Instance,
        NetworkMode::None => false,
    }
}

/// Not established: AWS's words.
fn rules(
    from: &impl Source,
    scope: &Scope,
    advanced: &Advanced,
    balancers: &BTreeSet<LoadBalancerArn>,
) -> Result<(), Error> {
    for (name, rule) in [
        ("productionListenerRule", Some(&advanced.production_rule)),
        ("testListenerRule", advanced.test_rule.as_ref()),
    ] {
        let Some(given) = rule else { continue };
        let found = match given {
            ListenerRule::Rule(arn) if arn.scope() == *scope => from.get::<Rule>(arn.as_str()),
            ListenerRule::Default(arn) if arn.scope() == *scope => from
                .get::<Listener>(arn.as_str())
                .and_then(|l| rule::at(from.table(), &l.arn, model::elbv2::Priority::Default).cloned()),
            ListenerRule::Rule(_) | ListenerRule::Default(_) => None,
        };
        let Some(found) = found else { return refuse(format!("{name} {given} does not exist.")) };
        if found.actions.last().is_none_or(|action| action.forward().is_none()) {
            return refuse(format!("{name} {given} does not forward to target groups."));
        }
        let listener = from.get::<Listener>(found.listener.as_str());
        if !listener.is_some_and(|listener| balancers.contains(&listener.load_balancer)) {
            return refuse(format!(
                "{name} {given} does not belong to the load balancer of the target group {}.",
                advanced.alternate_target_group
            ));
        }
    }
    if advanced.test_rule.as_ref() == Some(&advanced.production_rule) {
        return refuse("testListenerRule and productionListenerRule must be different.");
    }
    Ok(())
}
