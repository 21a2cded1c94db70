//! What a launch asks of its instance beyond the attributes that its task definition requires. Pure.
//!
//! The official agent advertises that it takes secrets and the like, but a control plane has to send them, and this one does not yet: what it
//! would leave out in silence is asked for under a name that no agent offers, so that placement refuses with a reason.

use model::ecs::container_definition::ResourceType;
use model::ecs::launch::TaskOverride;
use model::ecs::{Attribute, ContainerDefinition, TaskDefinition};
use model::status::NetworkMode;

const EXECUTE_COMMAND: &str = "ecs.capability.execute-command";

type OfContainer = (&'static str, fn(&ContainerDefinition) -> bool);

const CONTAINER: &[OfContainer] = &[
    ("longshore.capability.secrets", |c| {
        !c.secrets.is_empty() || c.log_configuration.as_ref().is_some_and(|l| !l.secret_options.is_empty())
    }),
    ("longshore.capability.environment-files", |c| !c.environment_files.is_empty()),
    ("longshore.capability.repository-credentials", |c| c.repository_credentials.is_some()),
    ("longshore.capability.firelens", |c| c.firelens_configuration.is_some()),
    ("longshore.capability.credential-specs", |c| !c.credential_specs.is_empty()),
    ("longshore.capability.gpu", |c| {
        c.resource_requirements.iter().any(|r| r.kind == Some(ResourceType::Gpu))
    }),
];

/// The attributes that this launch requires on top.
pub(super) fn required(
    definition: &TaskDefinition,
    overrides: &TaskOverride,
    execute_command: bool,
) -> Vec<Attribute> {
    let mut names: Vec<&str> = CONTAINER
        .iter()
        .filter(|(_, asks)| definition.container_definitions.iter().any(asks))
        .map(|(name, _)| *name)
        .collect();
    // What a definition with a task role requires has been found when it was registered.
    if overrides.task_role_arn.is_some() && definition.task_role_arn.is_none() {
        names.push("com.amazonaws.ecs.capability.task-iam-role");
        if definition.network_mode == Some(NetworkMode::Host) {
            names.push("com.amazonaws.ecs.capability.task-iam-role-network-host");
        }
    }
    if definition.proxy_configuration.is_some() {
        names.push("longshore.capability.proxy");
    }
    if execute_command {
        names.push(EXECUTE_COMMAND);
    }
    names.into_iter().map(Attribute::named).collect()
}
