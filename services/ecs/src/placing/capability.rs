//! What a launch asks of its instance beyond the attributes that its task definition requires. Pure.
//!
//! The official agent advertises that it takes secrets and the like, but a control plane has to send them, and this one does not yet: what it
//! would leave out in silence is asked for under a name that no agent offers, so that placement refuses with a reason.

use model::ecs::container_definition::{LogDriver, ResourceType};
use model::ecs::launch::TaskOverride;
use model::ecs::volume::Volume;
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

/// What our agent carries out of the options of `awslogs`. The official agent hands every option to Docker; an agent that takes more says so with
/// the attribute when it registers.
const AWSLOGS_OPTIONS: [&str; 10] = [
    "awslogs-group",
    "awslogs-region",
    "awslogs-stream",
    "awslogs-stream-prefix",
    "awslogs-create-group",
    "awslogs-create-stream",
    "awslogs-multiline-pattern",
    "awslogs-datetime-format",
    "mode",
    "max-buffer-size",
];
/// Those of `json-file`; some only decorate `docker logs`, which there is not.
const JSON_FILE_OPTIONS: [&str; 8] =
    ["max-size", "max-file", "labels", "env", "tag", "compress", "mode", "max-buffer-size"];
const LOG_OPTIONS: &str = "longshore.capability.log-options";
const LOG_REGION: &str = "longshore.capability.log-region";
const VOLUME_OPTIONS: &str = "longshore.capability.docker-volume-driver-options";

fn has_unknown_log_option(container: &ContainerDefinition) -> bool {
    let Some(log) = &container.log_configuration else { return false };
    let known: &[&str] = match log.log_driver {
        Some(LogDriver::Awslogs) => &AWSLOGS_OPTIONS,
        Some(LogDriver::JsonFile) => &JSON_FILE_OPTIONS,
        // Refused as drivers.
        Some(_) | None => return false,
    };
    log.options.keys().any(|option| !known.contains(&option.as_str()))
}

/// There is one region here, and no log service of another.
fn logs_elsewhere(container: &ContainerDefinition, region: &str) -> bool {
    let log = container.log_configuration.as_ref().filter(|l| l.log_driver == Some(LogDriver::Awslogs));
    let named = log.and_then(|l| l.options.get("awslogs-region"));
    named.is_some_and(|named| !named.is_empty() && named != region)
}

/// The attributes that this launch requires on top.
pub(super) fn required(
    definition: &TaskDefinition,
    overrides: &TaskOverride,
    execute_command: bool,
    region: &str,
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
    let containers = &definition.container_definitions;
    if containers.iter().any(has_unknown_log_option) {
        names.push(LOG_OPTIONS);
    }
    if containers.iter().any(|c| logs_elsewhere(c, region)) {
        names.push(LOG_REGION);
    }
    let has_options =
        |v: &Volume| v.docker_volume_configuration.as_ref().is_some_and(|d| !d.driver_opts.is_empty());
    if definition.volumes.iter().any(has_options) {
        names.push(VOLUME_OPTIONS);
    }
    if execute_command {
        names.push(EXECUTE_COMMAND);
    }
    names.into_iter().map(Attribute::named).collect()
}
