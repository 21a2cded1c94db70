//! `deploymentConfiguration` of deployments that shift traffic: its defaults and its rules.
//!
//! Source: the API reference's DeploymentConfiguration, LinearConfiguration, CanaryConfiguration and DeploymentLifecycleHook; "Pause hooks …" and "Lambda
//! hooks …" of the developer guide; read 2026-11. Words of refusals are not established.

use crate::convert::FromApi;
use crate::service::Ecs;
use crate::shifting::{HookTarget, LONGEST_ANSWER, NoTarget};
use api::ecs as a;
use api::ecs::Error;
use model::ecs::lifecycle::{Canary, HookTargetType, LifecycleHook, Linear, Share};
use model::ecs::service::{
    DeploymentConfiguration, DeploymentController, DeploymentStrategy, SchedulingStrategy,
};

/// "Valid values are 0 to 1440 minutes (24 hours)."
const MOST_MINUTES: i32 = 1440;
/// "A maximum of 10 pause hooks and 10 Lambda hooks per service."
const MOST_HOOKS: usize = 10;
/// "Valid range: 1 to 1,440" of a hook that is called; that of a pause is the model's.
const MOST_CALL_MINUTES: u32 = 1440;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

/// What a request says of it.
pub(super) struct Given {
    pub bake_time: Option<i32>,
    pub hooks: Option<Vec<a::DeploymentLifecycleHook>>,
    pub linear: Option<a::LinearConfiguration>,
    pub canary: Option<a::CanaryConfiguration>,
}

/// Puts it over what was there. The strategy is decided already.
pub(super) fn merge(
    ecs: &Ecs,
    merged: &mut DeploymentConfiguration,
    given: Given,
    scheduling: SchedulingStrategy,
    controller: DeploymentController,
) -> Result<(), Error> {
    let strategy = merged.strategy.unwrap_or(DeploymentStrategy::Rolling);
    if strategy == DeploymentStrategy::Rolling {
        return rolling(merged, &given);
    }
    if controller != DeploymentController::Ecs {
        return refuse(format!(
            "The deployment strategy {strategy} is not supported for the {controller} deployment controller."
        ));
    }
    if scheduling == SchedulingStrategy::Daemon {
        return refuse(format!(
            "The deployment strategy {strategy} is not supported for the DAEMON scheduling strategy."
        ));
    }
    // Not established: AWS's default.
    let bake_time = given.bake_time.map(|m| minutes("bakeTimeInMinutes", m)).transpose()?;
    merged.bake_time_in_minutes = bake_time.or(merged.bake_time_in_minutes).or(Some(0));
    if let Some(hooks) = given.hooks {
        merged.lifecycle_hooks = self::hooks(ecs, hooks)?;
    }
    let only = |strategy: DeploymentStrategy, name: &str| {
        refuse(format!("{name} can only be specified with the deployment strategy {strategy}."))
    };
    merged.linear = match (strategy, given.linear) {
        (DeploymentStrategy::Linear, Some(given)) => {
            Some(linear(given, merged.linear.take().unwrap_or_default())?)
        }
        (DeploymentStrategy::Linear, None) => Some(merged.linear.take().unwrap_or_default()),
        (_, Some(_)) => return only(DeploymentStrategy::Linear, "linearConfiguration"),
        (_, None) => None,
    };
    merged.canary = match (strategy, given.canary) {
        (DeploymentStrategy::Canary, Some(given)) => {
            Some(canary(given, merged.canary.take().unwrap_or_default())?)
        }
        (DeploymentStrategy::Canary, None) => Some(merged.canary.take().unwrap_or_default()),
        (_, Some(_)) => return only(DeploymentStrategy::Canary, "canaryConfiguration"),
        (_, None) => None,
    };
    Ok(())
}

/// A rolling deployment has none of it; what another strategy left goes.
fn rolling(merged: &mut DeploymentConfiguration, given: &Given) -> Result<(), Error> {
    if given.linear.is_some() || given.canary.is_some() {
        return refuse(
            "linearConfiguration and canaryConfiguration can only be specified with the deployment strategies LINEAR and CANARY.",
        );
    }
    if given.hooks.as_ref().is_some_and(|hooks| !hooks.is_empty()) {
        return Err(Error::unsupported_feature(
            "Longshore runs lifecycle hooks of the deployment strategies BLUE_GREEN, LINEAR and CANARY, not yet of ROLLING.",
        ));
    }
    if given.bake_time.is_some_and(|minutes| minutes != 0) {
        return Err(Error::unsupported_feature(
            "Longshore has a bake time of the deployment strategies BLUE_GREEN, LINEAR and CANARY, not yet of ROLLING.",
        ));
    }
    merged.bake_time_in_minutes = None;
    merged.lifecycle_hooks.clear();
    (merged.linear, merged.canary) = (None, None);
    Ok(())
}

fn minutes(name: &str, given: i32) -> Result<u32, Error> {
    match u32::try_from(given) {
        Ok(value) if given <= MOST_MINUTES => Ok(value),
        _ => refuse(format!("{name} must be between 0 and {MOST_MINUTES}.")),
    }
}

/// "Valid values are multiples of 0.1 from … to 100.0."
fn share(name: &str, percent: f64, least: u16) -> Result<Share, Error> {
    let tenths = percent * 10.0;
    let whole =
        (tenths - tenths.round()).abs() < 1e-6 && (f64::from(least)..=1000.0).contains(&tenths.round());
    // In range, as just seen.
    let share = whole.then(|| Share::from_tenths(tenths.round() as u16)).flatten();
    share.ok_or_else(|| {
        let least = f64::from(least) / 10.0;
        Error::invalid_parameter(format!("{name} must be a multiple of 0.1 between {least:.1} and 100.0."))
    })
}

fn linear(given: a::LinearConfiguration, before: Linear) -> Result<Linear, Error> {
    let step = given.step_percent.map(|p| share("stepPercent", p, 30)).transpose()?;
    let bake = given.step_bake_time_in_minutes.map(|m| minutes("stepBakeTimeInMinutes", m)).transpose()?;
    Ok(Linear {
        step: step.unwrap_or(before.step),
        step_bake_minutes: bake.unwrap_or(before.step_bake_minutes),
    })
}

fn canary(given: a::CanaryConfiguration, before: Canary) -> Result<Canary, Error> {
    let share = given.canary_percent.map(|p| self::share("canaryPercent", p, 1)).transpose()?;
    let bake =
        given.canary_bake_time_in_minutes.map(|m| minutes("canaryBakeTimeInMinutes", m)).transpose()?;
    Ok(Canary { share: share.unwrap_or(before.share), bake_minutes: bake.unwrap_or(before.bake_minutes) })
}

fn hooks(ecs: &Ecs, given: Vec<a::DeploymentLifecycleHook>) -> Result<Vec<LifecycleHook>, Error> {
    let hooks: Vec<LifecycleHook> = Vec::from_api(given)?;
    for kind in [HookTargetType::Pause, HookTargetType::AwsLambda] {
        if hooks.iter().filter(|h| h.target_type == kind).count() > MOST_HOOKS {
            return refuse(format!(
                "A service can have at most {MOST_HOOKS} lifecycle hooks of the type {kind}."
            ));
        }
    }
    for hook in &hooks {
        if hook.stages.is_empty() {
            return refuse("lifecycleStages of a lifecycle hook cannot be empty.");
        }
        match hook.target_type {
            HookTargetType::Pause => pause(hook)?,
            HookTargetType::AwsLambda => called(ecs, hook)?,
        }
    }
    Ok(hooks)
}

fn pause(hook: &LifecycleHook) -> Result<(), Error> {
    if let Some(stage) = hook.stages.iter().find(|s| s.comes_back()) {
        return refuse(format!("PAUSE hooks cannot be configured at the lifecycle stage {stage}."));
    }
    if hook.target.is_some() || hook.role.is_some() || hook.details.is_some() {
        return refuse("PAUSE hooks do not take hookTargetArn, roleArn and hookDetails.");
    }
    Ok(())
}

fn called(ecs: &Ecs, hook: &LifecycleHook) -> Result<(), Error> {
    let Some(target) = &hook.target else {
        return refuse("hookTargetArn must be specified for a lifecycle hook of the type AWS_LAMBDA.");
    };
    match HookTarget::parse(target) {
        Ok(HookTarget::Program(name)) if !ecs.settings.hook_programs.contains(&name) => {
            return refuse(
                "The hook target is a program that this server does not offer: its operator names those that it may run (--hook NAME=PROGRAM).",
            );
        }
        Ok(HookTarget::Url(_) | HookTarget::Program(_) | HookTarget::Task(_)) => {}
        Err(NoTarget::Lambda) => {
            return Err(Error::unsupported_feature(
                "Longshore has no Lambda functions. hookTargetArn takes a URL, the ARN of a task definition, or exec:NAME of a program that the server offers.",
            ));
        }
        Err(NoTarget::Invalid(why)) => return refuse(format!("Invalid hookTargetArn: {why}.")),
    }
    if let Some(role) = &hook.role
        && role.parse::<model::ids::RoleArn>().is_err()
    {
        return refuse("roleArn of a lifecycle hook is not the ARN of a role.");
    }
    if hook.timeout_minutes.is_some_and(|m| m > MOST_CALL_MINUTES) {
        return refuse(format!(
            "timeoutInMinutes of a hook of the type AWS_LAMBDA must be between 1 and {MOST_CALL_MINUTES}."
        ));
    }
    match &hook.details {
        Some(details) if !details.starts_with('{') => refuse("hookDetails must be a JSON object."),
        Some(details) if details.len() > LONGEST_ANSWER => {
            refuse(format!("hookDetails can be at most {LONGEST_ANSWER} bytes."))
        }
        Some(_) | None => Ok(()),
    }
}
