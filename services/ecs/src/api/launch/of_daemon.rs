//! Tasks of daemons: one on an instance that is named, whatever else the instance takes.

use super::making::{Making, Resolved, Share};
use super::{Launch, Place};
use crate::address;
use crate::fleet::{self, Owner};
use crate::service::Ecs;
use api::ecs::Error;
use auth::{Cx, Ids};
use model::ecs::daemon::{Daemon, DaemonPropagateTags, DaemonRevision};
use model::ecs::launch::{PropagateTags, TaskOverride};
use model::ecs::{Cluster, ContainerInstance, TaskDefinition};
use model::ids::{CapacityProviderArn, TaskArn};
use model::status::{InstanceStatus, LaunchType};
use plan::placement::{Fleet, StartOutcome};
use state::Tx;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Starts the daemon's task on an instance. An instance that takes no tasks yet, or no more, takes this one.
///
/// # Errors
/// Why it could not be made there: what placement says, or that its definition or its roles are not what they were.
pub(crate) fn start(
    (ecs, cx): (&Ecs, &Cx),
    tx: &mut Tx<'_>,
    (daemon, revision): (&Daemon, &DaemonRevision),
    instance: &ContainerInstance,
    seed: [u8; 32],
) -> Result<TaskArn, Error> {
    let gone = |what: &str| Error::internal(format!("The {what} is gone."));
    let cluster = tx.get::<Cluster>(daemon.cluster.as_str()).ok_or_else(|| gone("cluster"))?;
    let definition = tx.get::<TaskDefinition>(revision.task_definition.as_str());
    let definition: Arc<TaskDefinition> = definition.ok_or_else(|| gone("daemon task definition"))?;
    let launch = Launch {
        definition: definition.arn.to_string(),
        cluster: Some(daemon.cluster.to_string()),
        network: None,
        overrides: TaskOverride::default(),
        group: Some(daemon.group()),
        started_by: Some(plan::daemon::started_by(&revision.arn)),
        reference_id: None,
        tags: match revision.propagate_tags {
            DaemonPropagateTags::Daemon => daemon.tags.clone(),
            DaemonPropagateTags::None => Vec::new(),
        },
        propagate: PropagateTags::None,
        managed_tags: revision.managed_tags,
        execute_command: revision.enable_execute_command,
        by_service: false,
        targets: Vec::new(),
        already: BTreeMap::new(),
    };
    let resolved = Resolved {
        cluster,
        launch_type: LaunchType::ManagedInstances,
        platform_version: None,
        shares: Vec::new(),
        network: address::Place::default(),
        group: daemon.group(),
        cpu: definition.cpu,
        memory: definition.memory,
        definition,
    };
    let place = Place::On(vec![instance.arn.to_string()]);
    let mut making = Making::new(ecs, cx, &launch, Ids::from_seed(seed));
    let any = TaskArn::new(&daemon.cluster, &making.ids.hex_id());
    let snapshot = tx.snapshot();
    crate::role::check(&snapshot, &cx.principal, &resolved.definition, &launch.overrides, &any)?;
    let request = making.request(&place, &resolved, 1)?;
    let mut view = fleet::view(&snapshot, instance);
    view.status = InstanceStatus::Active;
    let outcome = Fleet::new([view]).start(&request, &[instance.arn.to_string()]).pop();
    let placement = match outcome {
        Some(StartOutcome::Placed(placement)) => placement,
        Some(StartOutcome::Failed(failure)) => return Err(Error::client(failure.reason)),
        None => return Err(gone("instance")),
    };
    let provider = instance.capacity_provider.clone();
    let owner = Owner::Cluster(daemon.cluster.clone());
    let share = Share { provider, owner, count: 1, waits: false };
    let task = making.task(tx, &resolved, &share, Some(placement));
    Ok(tx.put(task).arn.clone())
}

/// What the daemons of a capacity provider take of each of its instances.
pub(crate) fn taken(
    tx: &Tx<'_>,
    provider: &CapacityProviderArn,
    cluster: &model::ids::ClusterArn,
) -> (model::CpuUnits, model::MemoryMib) {
    use crate::demand::Sized;
    let mut taken = (model::CpuUnits(0), model::MemoryMib(0));
    for daemon in tx.by_index(state::ecs::daemon::BY_CLUSTER, cluster) {
        let revision = tx.get::<DaemonRevision>(daemon.revision.as_str());
        let revision = revision.filter(|r| r.capacity_providers.contains(provider));
        let definition = revision.and_then(|r| tx.get::<TaskDefinition>(r.task_definition.as_str()));
        let Some(definition) = definition else { continue };
        let containers = Sized::all(&definition, &TaskOverride::default());
        taken.0 += definition.cpu.unwrap_or_else(|| containers.iter().map(|c| c.cpu).sum());
        taken.1 += definition.memory.unwrap_or_else(|| containers.iter().map(Sized::reserved_memory).sum());
    }
    taken
}
