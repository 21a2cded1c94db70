//! The task that is a lifecycle hook.

use super::{Launch, Launched, Making, Place};
use crate::errors::settle;
use crate::service::Ecs;
use api::ecs::Error;
use auth::{Cx, Ids};
use model::ecs::container_definition::KeyValue;
use model::ecs::launch::{ContainerOverride, PropagateTags, TaskOverride};
use model::ecs::lifecycle::HookKey;
use model::ecs::{ServiceDeployment, ServiceRevision, TaskDefinition};
use model::ids::{ServiceDeploymentArn, TaskDefinitionArn};
use std::collections::BTreeMap;

/// Where its containers find what a hook is told.
const EVENT: &str = "LONGSHORE_HOOK_EVENT";

/// Starts it and names it in its run, in one change, unless that was done. Whether it found a place.
///
/// # Errors
/// What RunTask would answer.
pub(crate) async fn start(
    (ecs, cx): (&Ecs, &Cx),
    (revision, definition): (&ServiceRevision, &TaskDefinitionArn),
    id: &str,
    event: String,
    (deployment, key): (&ServiceDeploymentArn, HookKey),
) -> Result<bool, Error> {
    let place = Place::Anywhere {
        count: 1,
        launch_type: revision.launch_type,
        constraints: Vec::new(),
        strategies: Vec::new(),
        platform_version: revision.platform_version.clone(),
        strategy: revision.capacity_provider_strategy.clone(),
    };
    let seed = cx.random_32();
    let change = ecs.state.update(|tx| {
        let Some(known) = tx.get::<ServiceDeployment>(deployment.as_str()) else { return Ok(false) };
        let mut record = ServiceDeployment::clone(&known);
        let runs = record.shift.iter_mut().flat_map(|s| &mut s.hooks);
        let open = runs.into_iter().find(|run| run.key == key && run.status.is_open() && run.task.is_none());
        let Some(run) = open else { return Ok(false) };
        let network = match tx.get::<TaskDefinition>(definition.as_str()) {
            Some(found) if found.network_mode == Some(model::status::NetworkMode::Awsvpc) => {
                revision.network_configuration.clone()
            }
            _ => None,
        };
        let containers = tx.get::<TaskDefinition>(definition.as_str());
        let containers = containers.iter().flat_map(|d| &d.container_definitions);
        let told = containers.map(|c| ContainerOverride {
            name: c.name.clone(),
            environment: vec![KeyValue { name: Some(EVENT.to_owned()), value: Some(event.clone()) }],
            ..ContainerOverride::default()
        });
        let launch = Launch {
            definition: definition.to_string(),
            cluster: Some(revision.cluster.to_string()),
            network,
            overrides: TaskOverride { container_overrides: told.collect(), ..TaskOverride::default() },
            group: None,
            started_by: Some(format!("ecs-hook/{id}")),
            reference_id: None,
            tags: Vec::new(),
            propagate: PropagateTags::None,
            managed_tags: false,
            execute_command: false,
            by_service: true,
            targets: Vec::new(),
            already: BTreeMap::new(),
        };
        let Launched { tasks, .. } = Making::new(ecs, cx, &launch, Ids::from_seed(seed)).run(tx, &place)?;
        let Some(task) = tasks.into_iter().next() else { return Ok(false) };
        run.task = Some(task);
        record.updated_at = cx.now;
        tx.put(record);
        Ok(true)
    });
    settle(change.await)
}
