//! One container: its name and image, memory and CPU, environment, health check, time-outs, ulimits and restarts.

use super::task::is_name_character;
use super::{name, refuse};
use api::ecs::Error;
use model::ecs::container_definition::{HealthCheck, ResourceType};
use model::ecs::{ContainerDefinition, TaskDefinition};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

const LONGEST_NAME: usize = 255;
const LONGEST_IMAGE: usize = 255;
/// The least memory of a container, in MiB.
const LEAST_MEMORY: i32 = 4;
const MOST_ENVIRONMENT_FILES: usize = 10;
const MOST_IGNORED_EXIT_CODES: usize = 50;
const RESTART_ATTEMPT_PERIOD: RangeInclusive<i32> = 60..=1800;

const INTERVAL: RangeInclusive<i32> = 5..=300;
const TIMEOUT: RangeInclusive<i32> = 2..=60;
const RETRIES: RangeInclusive<i32> = 1..=10;
const START_PERIOD: RangeInclusive<i32> = 0..=300;

pub(super) fn check_name_and_image(container: &ContainerDefinition) -> Result<(), Error> {
    let name = name(container);
    if name.is_empty() {
        return refuse("Container.name should not be null or empty.");
    }
    if name.len() > LONGEST_NAME || !name.chars().all(is_name_character) {
        return refuse("Container.name contains invalid characters.");
    }
    let image = container.image.as_deref().unwrap_or_default();
    if image.is_empty() {
        return refuse("Container.image should not be null or empty.");
    }
    if image.len() > LONGEST_IMAGE {
        return refuse(format!("Container.image cannot be longer than {LONGEST_IMAGE} characters."));
    }
    if !image.chars().all(|c| is_name_character(c) || ":./#@".contains(c)) {
        return refuse("Container.image contains invalid characters.");
    }
    Ok(())
}

pub(super) fn check(container: &ContainerDefinition, task: &TaskDefinition) -> Result<(), Error> {
    memory(container, task)?;
    environment(container, task)?;
    if let Some(check) = &container.health_check {
        health_check(check, name(container))?;
    }
    for (what, seconds) in
        [("startTimeout", container.start_timeout), ("stopTimeout", container.stop_timeout)]
    {
        if seconds.is_some_and(|s| s < 0) {
            return refuse(format!(
                "The '{what}' setting for container '{}' must not be negative.",
                name(container)
            ));
        }
    }
    ulimits(container)?;
    restarts(container)?;
    resources(container)
}

/// What AWS shows where nothing was given.
pub(super) fn fill_in(container: &mut ContainerDefinition) {
    container.cpu.get_or_insert(0);
    container.essential.get_or_insert(true);
    if let Some(check) = &mut container.health_check {
        check.interval.get_or_insert(30);
        check.timeout.get_or_insert(5);
        check.retries.get_or_insert(3);
    }
}

fn memory(container: &ContainerDefinition, task: &TaskDefinition) -> Result<(), Error> {
    let invalid = |why: String| refuse(format!("Invalid setting for container '{}'. {why}", name(container)));
    if container.cpu.is_some_and(|cpu| cpu < 0) {
        return invalid("'cpu' must not be negative.".to_owned());
    }
    let (memory, reservation) = (container.memory, container.memory_reservation);
    if memory.is_none() && reservation.is_none() && task.memory.is_none() {
        return invalid("At least one of 'memory' or 'memoryReservation' must be specified.".to_owned());
    }
    for (what, given) in [("memory", memory), ("memoryReservation", reservation)] {
        if given.is_some_and(|mib| mib < LEAST_MEMORY) {
            return invalid(format!("'{what}' must be at least {LEAST_MEMORY} MiB."));
        }
    }
    match (memory, reservation) {
        (Some(memory), Some(reservation)) if memory < reservation => {
            invalid("'memory' must be greater than or equal to 'memoryReservation'.".to_owned())
        }
        _ => Ok(()),
    }
}

fn environment(container: &ContainerDefinition, task: &TaskDefinition) -> Result<(), Error> {
    if !container.secrets.is_empty() && task.execution_role_arn.is_none() {
        return refuse(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        );
    }
    // AWS's words are not established.
    if container.environment.iter().any(|v| v.name.as_deref().is_none_or(str::is_empty)) {
        return refuse("Environment variable name should not be null or empty.");
    }
    let mut taken: BTreeSet<&str> = container.environment.iter().filter_map(|v| v.name.as_deref()).collect();
    for secret in &container.secrets {
        if secret.name.is_empty() || secret.value_from.is_empty() {
            return refuse("Secret name and valueFrom should not be null or empty.");
        }
        if !taken.insert(&secret.name) {
            return refuse(format!(
                "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{}'.",
                secret.name
            ));
        }
    }
    if container.environment_files.len() > MOST_ENVIRONMENT_FILES {
        return refuse(
            "The maximum number of environment files was exceeded. Specify ten or less and try again.",
        );
    }
    for file in &container.environment_files {
        let arn: Option<model::Arn> = file.value.parse().ok();
        if arn.is_none_or(|arn| arn.service != "s3" || !arn.resource.contains('/')) {
            return refuse("Invalid arn syntax.");
        }
    }
    Ok(())
}

fn health_check(check: &HealthCheck, name: &str) -> Result<(), Error> {
    if check.command.iter().all(String::is_empty) {
        return refuse(format!(
            "The health check 'command' setting for container '{name}' should not be null or empty."
        ));
    }
    for (what, given, range) in [
        ("interval", check.interval, INTERVAL),
        ("timeout", check.timeout, TIMEOUT),
        ("retries", check.retries, RETRIES),
        ("startPeriod", check.start_period, START_PERIOD),
    ] {
        if given.is_some_and(|value| !range.contains(&value)) {
            let (least, most) = (range.start(), range.end());
            return refuse(format!(
                "The health check '{what}' setting for container '{name}' must be between {least} and {most}."
            ));
        }
    }
    Ok(())
}

fn ulimits(container: &ContainerDefinition) -> Result<(), Error> {
    let mut names = BTreeSet::new();
    for limit in &container.ulimits {
        let Some(kind) = limit.name else { return refuse("Ulimit.name should not be null or empty.") };
        // -1 means without limit.
        if limit.hard_limit < -1 || limit.soft_limit < -1 {
            return refuse(format!("Invalid limit for ulimit {kind}."));
        }
        let exceeds =
            limit.hard_limit != -1 && (limit.soft_limit == -1 || limit.soft_limit > limit.hard_limit);
        if exceeds {
            return refuse(format!("Soft limit exceeds hard limit for ulimit {kind}."));
        }
        if !names.insert(kind) {
            return refuse(format!(
                "The ulimit {kind} is specified multiple times for container '{}'.",
                name(container)
            ));
        }
    }
    Ok(())
}

fn restarts(container: &ContainerDefinition) -> Result<(), Error> {
    let Some(policy) = &container.restart_policy else { return Ok(()) };
    if policy.restart_attempt_period.is_some_and(|seconds| !RESTART_ATTEMPT_PERIOD.contains(&seconds)) {
        return refuse(format!(
            "The 'restartAttemptPeriod' setting for container '{}' must be between 60 and 1800.",
            name(container)
        ));
    }
    if policy.ignored_exit_codes.len() > MOST_IGNORED_EXIT_CODES {
        return refuse(format!(
            "The 'ignoredExitCodes' setting for container '{}' can have at most {MOST_IGNORED_EXIT_CODES} items.",
            name(container)
        ));
    }
    Ok(())
}

fn resources(container: &ContainerDefinition) -> Result<(), Error> {
    let mut kinds = BTreeSet::new();
    for requirement in &container.resource_requirements {
        let Some(kind) = requirement.kind else {
            return refuse("ResourceRequirement.type should not be null or empty.");
        };
        if !kinds.insert(kind) {
            return refuse(format!(
                "The resource requirement {kind} is specified multiple times for container '{}'.",
                name(container)
            ));
        }
        let value = requirement.value.as_deref().unwrap_or_default();
        match kind {
            ResourceType::InferenceAccelerator => {
                return refuse(
                    "Amazon Elastic Inference is no longer available. Remove the InferenceAccelerator requirement and try again.",
                );
            }
            ResourceType::Gpu | ResourceType::NeuronDevice if value.parse::<u16>().is_ok_and(|n| n > 0) => {}
            ResourceType::Gpu | ResourceType::NeuronDevice => {
                return refuse(format!(
                    "Invalid value '{value}' for resource requirement {kind} of container '{}'.",
                    name(container)
                ));
            }
        }
    }
    Ok(())
}
