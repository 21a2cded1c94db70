//! The task definition as a whole: its family, its size, its containers together, placement constraints; and the order of all rules.

use super::{attributes, compatibility, container, dependency, linux, log, name, network, refuse, volume};
use api::ecs::Error;
use model::ecs::TaskDefinition;
use model::ecs::task_definition::{Compatibility, CpuArchitecture, OsFamily, RuntimePlatform};
use plan::placement::query::Expression;
use std::collections::BTreeSet;

const LONGEST_FAMILY: usize = 255;
const MOST_CONTAINERS: usize = 10;
const MOST_CONSTRAINTS: usize = 10;
/// "Task definition size limit" of the service quotas.
const MOST_BYTES: usize = 65_536;

/// Checks what was given, fills in what AWS fills in, derives `requires_attributes` and `compatibilities`.
pub(crate) fn complete(given: &mut TaskDefinition) -> Result<(), Error> {
    containers(given)?;
    for container in &given.container_definitions {
        container::check(container, given)?;
        linux::check(container)?;
        linux::check_system_controls(container, given)?;
    }
    log::check(given)?;
    dependency::check(&given.container_definitions)?;
    network::check(given)?;
    volume::check(given)?;
    constraints(given)?;
    others(given)?;
    size(given)?;
    compatibility::check(given)?;
    fill_in(given);
    given.compatibilities = compatibility::derive(given);
    given.requires_attributes = attributes::derive(given);
    Ok(())
}

/// Whether a text can be the name of a family.
pub(crate) fn check_family(family: &str) -> Result<(), Error> {
    if family.is_empty() {
        return refuse("Family should not be null or empty.");
    }
    if family.len() > LONGEST_FAMILY {
        return refuse(format!("Family cannot be longer than {LONGEST_FAMILY} characters."));
    }
    if !family.chars().all(is_name_character) {
        return refuse("Family contains invalid characters.");
    }
    Ok(())
}

/// Letters, digits, hyphens and underscores: names of families, containers and volumes.
pub(super) fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn containers(given: &TaskDefinition) -> Result<(), Error> {
    let containers = &given.container_definitions;
    if containers.is_empty() {
        return refuse("Container list cannot be empty.");
    }
    if containers.len() > MOST_CONTAINERS {
        return refuse("Too many containers.");
    }
    let mut names = BTreeSet::new();
    for container in containers {
        container::check_name_and_image(container)?;
        if !names.insert(name(container)) {
            return refuse("Container names must be unique within a task definition.");
        }
    }
    if containers.iter().all(|c| c.essential == Some(false)) {
        return refuse("Task definition doesn't have any essential container.");
    }
    totals(given)
}

/// What the containers take together, against what the task has.
fn totals(given: &TaskDefinition) -> Result<(), Error> {
    let sum = |of: fn(&model::ecs::ContainerDefinition) -> Option<i32>| -> i64 {
        given.container_definitions.iter().filter_map(of).map(i64::from).sum()
    };
    if let Some(cpu) = given.cpu
        && sum(|c| c.cpu) > i64::from(cpu.0)
    {
        return refuse("The total 'cpu' setting of the containers is greater than for the task.");
    }
    if let Some(memory) = given.memory {
        for container in &given.container_definitions {
            if container.memory.is_some_and(|m| i64::from(m) > i64::from(memory.0)) {
                return refuse(format!(
                    "The 'memory' setting for container '{}' is greater than for the task.",
                    name(container)
                ));
            }
        }
        if sum(|c| c.memory_reservation.or(c.memory)) > i64::from(memory.0) {
            return refuse(
                "The total 'memoryReservation' setting of the containers is greater than the 'memory' of the task.",
            );
        }
    }
    Ok(())
}

fn constraints(given: &TaskDefinition) -> Result<(), Error> {
    if given.placement_constraints.len() > MOST_CONSTRAINTS {
        return refuse(format!("Maximum number of placement constraints is {MOST_CONSTRAINTS}."));
    }
    for constraint in &given.placement_constraints {
        if constraint.kind.is_none() {
            return refuse("constraint.type should not be null or empty.");
        }
        let Some(expression) = constraint.expression.as_deref().filter(|e| !e.is_empty()) else {
            return refuse("constraint.expression should not be null or empty.");
        };
        if let Err(error) = Expression::parse(expression) {
            return refuse(format!("constraint.expression '{expression}' is invalid: {error}."));
        }
    }
    Ok(())
}

fn others(given: &TaskDefinition) -> Result<(), Error> {
    if !given.inference_accelerators.is_empty() {
        return refuse(
            "Amazon Elastic Inference is no longer available. Remove inferenceAccelerators and try again.",
        );
    }
    if let Some(proxy) = &given.proxy_configuration
        && !given.container_definitions.iter().any(|c| name(c) == proxy.container_name)
    {
        return refuse(format!("Proxy container [{}] does not exist.", proxy.container_name));
    }
    if let Some(storage) = &given.ephemeral_storage {
        if storage.size_in_gib < 21 {
            return refuse("EphemeralStorage size should be at least 21.");
        }
        if storage.size_in_gib > 200 {
            return refuse("EphemeralStorage size should be at most 200.");
        }
    }
    Ok(())
}

/// AWS measures a form of its own; ours is about as long. What exceeds both is refused by both.
fn size(given: &TaskDefinition) -> Result<(), Error> {
    let bytes = serde_json::to_vec(given).map_or(usize::MAX, |json| json.len());
    if bytes > MOST_BYTES {
        return refuse(format!("Actual length: '{bytes}'. Max allowed length is '{MOST_BYTES}' bytes."));
    }
    Ok(())
}

fn fill_in(given: &mut TaskDefinition) {
    let mode = given.network_mode;
    for container in &mut given.container_definitions {
        container::fill_in(container);
        network::fill_in(container, mode);
    }
    volume::fill_in(&mut given.volumes);
    // With only one of the two given, the other is what most machines are.
    if let Some(platform) = &mut given.runtime_platform {
        let RuntimePlatform { cpu_architecture, operating_system_family } = platform;
        if given.requires_compatibilities.contains(&Compatibility::Fargate) {
            cpu_architecture.get_or_insert(CpuArchitecture::X8664);
            operating_system_family.get_or_insert(OsFamily::Linux);
        }
    }
}
