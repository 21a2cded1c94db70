//! `deploymentConfiguration`: its defaults and its rules.
//!
//! Source: the API reference's DeploymentConfiguration, read 2026-11. Words of refusals are not established unless said otherwise.

use super::shifting;
use crate::convert::FromApi;
use crate::service::Ecs;
use api::ecs as a;
use api::ecs::Error;
use model::ecs::service::{
    DeploymentAlarms, DeploymentCircuitBreaker, DeploymentConfiguration, DeploymentController,
    DeploymentStrategy, SchedulingStrategy, Threshold,
};

const MOST_PERCENT: i32 = 200;
const MOST_ALARMS: usize = 25;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

/// What is given, over what was there before or, for a new service, over the defaults.
pub(crate) fn merge(
    ecs: &Ecs,
    given: Option<a::DeploymentConfiguration>,
    before: Option<&DeploymentConfiguration>,
    strategy: SchedulingStrategy,
    controller: DeploymentController,
) -> Result<DeploymentConfiguration, Error> {
    let daemon = strategy == SchedulingStrategy::Daemon;
    let mut merged = before.cloned().unwrap_or_else(|| DeploymentConfiguration {
        maximum_percent: if daemon { 100 } else { 200 },
        minimum_healthy_percent: if daemon { 0 } else { 100 },
        strategy: Some(DeploymentStrategy::Rolling),
        ..Default::default()
    });
    let Some(given) = given else { return Ok(merged) };
    if let Some(percent) = given.maximum_percent {
        merged.maximum_percent = self::percent("maximumPercent", percent)?;
    }
    if let Some(percent) = given.minimum_healthy_percent {
        merged.minimum_healthy_percent = self::percent("minimumHealthyPercent", percent)?;
    }
    if let Some(breaker) = given.deployment_circuit_breaker {
        merged.deployment_circuit_breaker = Some(self::breaker(breaker, controller)?);
    }
    if let Some(alarms) = given.alarms {
        merged.alarms = Some(self::alarms(ecs, DeploymentAlarms::from_api(alarms)?, controller)?);
    }
    if let Some(given) = given.strategy {
        merged.strategy = Some(DeploymentStrategy::from_api(given)?);
    }
    if given.early_success_criteria.is_some_and(|e| e.enable) {
        return Err(Error::unsupported_feature(
            "Longshore has no early success criteria of deployments yet.",
        ));
    }
    let shifting = shifting::Given {
        bake_time: given.bake_time_in_minutes,
        hooks: given.lifecycle_hooks,
        linear: given.linear_configuration,
        canary: given.canary_configuration,
    };
    shifting::merge(ecs, &mut merged, shifting, strategy, controller)?;
    check(&merged, daemon)?;
    Ok(merged)
}

fn check(merged: &DeploymentConfiguration, daemon: bool) -> Result<(), Error> {
    let DeploymentConfiguration { minimum_healthy_percent: minimum, maximum_percent: maximum, .. } = merged;
    if daemon && (*minimum >= 100 || *maximum != 100) {
        return refuse(
            "The DAEMON scheduling strategy takes a maximumPercent of 100 and a minimumHealthyPercent below 100.",
        );
    }
    // Observed: AWS's words.
    if !daemon && (*minimum, *maximum) == (100, 100) {
        return refuse(
            "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
        );
    }
    if minimum > maximum {
        return refuse("minimumHealthyPercent cannot be greater than maximumPercent.");
    }
    // Observed: what could never be deployed is refused.
    if *maximum == 0 || !daemon && *maximum < 100 {
        return refuse("maximumPercent must be at least 100.");
    }
    Ok(())
}

fn percent(name: &str, percent: i32) -> Result<u32, Error> {
    match u32::try_from(percent) {
        Ok(value) if name == "maximumPercent" || percent <= MOST_PERCENT => Ok(value),
        _ => refuse(format!("{name} must be between 0 and {MOST_PERCENT}.")),
    }
}

fn breaker(
    given: a::DeploymentCircuitBreaker,
    controller: DeploymentController,
) -> Result<DeploymentCircuitBreaker, Error> {
    if given.enable && controller != DeploymentController::Ecs {
        return refuse(format!(
            "The deployment circuit breaker is not supported for the {controller} deployment controller."
        ));
    }
    let threshold = |t: a::ThresholdConfiguration| {
        let value = u32::try_from(t.value).ok().filter(|v| *v > 0);
        let Some(value) = value else {
            return refuse("The value of thresholdConfiguration must be greater than 0.");
        };
        Ok(Threshold { kind: FromApi::from_api(t.r#type)?, value })
    };
    Ok(DeploymentCircuitBreaker {
        enable: given.enable,
        rollback: given.rollback,
        reset_on_healthy_task: given.reset_on_healthy_task,
        threshold_configuration: given.threshold_configuration.map(threshold).transpose()?,
    })
}

fn alarms(
    ecs: &Ecs,
    alarms: DeploymentAlarms,
    controller: DeploymentController,
) -> Result<DeploymentAlarms, Error> {
    if !alarms.enable {
        return Ok(alarms);
    }
    if controller != DeploymentController::Ecs {
        return refuse(format!(
            "Deployment alarms are not supported for the {controller} deployment controller."
        ));
    }
    if alarms.alarm_names.is_empty() || alarms.alarm_names.len() > MOST_ALARMS {
        return refuse(format!("alarmNames must have between 1 and {MOST_ALARMS} items."));
    }
    if !ecs.alarms.is_there() {
        return Err(Error::unsupported_feature(
            "Longshore has no CloudWatch alarms yet that a deployment could watch.",
        ));
    }
    Ok(alarms)
}
