//! What DAEMON services need on the instances where their task is not yet: placement keeps it for them.

use super::Wish;
use crate::{address, fleet};
use model::ecs::container_instance::Resources;
use model::ecs::launch::TaskOverride;
use model::ecs::service::RolloutState;
use model::ecs::{ContainerInstance, Service, ServiceRevision, TaskDefinition};
use model::ids::ClusterArn;
use model::status::{InstanceStatus, LaunchType, NetworkMode, TransportProtocol};
use model::{CpuUnits, MemoryMib};
use plan::placement::filter::Filter;
use plan::placement::{Instance, Request};
use state::Snapshot;
use state::ecs::service::DAEMONS;

/// What one task of a DAEMON service needs, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    request: Request,
    external: bool,
}

/// Those of a cluster.
pub(crate) fn needs(from: &Snapshot, cluster: &ClusterArn) -> Vec<Need> {
    from.by_index(DAEMONS, cluster).filter_map(|service| Need::of(from, service)).collect()
}

/// What they take of every machine of this size that comes to the cluster. Where a task comes by its constraints is not known before the
/// machine is there: those are left out.
pub(crate) fn of_each_machine(
    from: &Snapshot,
    cluster: &ClusterArn,
    size: (CpuUnits, MemoryMib),
) -> (CpuUnits, MemoryMib) {
    let comes = |need: &Need| {
        !need.external
            && need.request.constraints.is_empty()
            && need.request.cpu <= size.0
            && need.request.memory <= size.1
    };
    let come: Vec<Need> = needs(from, cluster).into_iter().filter(comes).collect();
    (come.iter().map(|n| n.request.cpu).sum(), come.iter().map(|n| n.request.memory).sum())
}

impl Need {
    /// `None` where its tasks could not be launched, or its deployment has failed: it waits for nothing then.
    fn of(from: &Snapshot, service: &Service) -> Option<Self> {
        if service.primary().is_some_and(|d| d.rollout_state == RolloutState::Failed) {
            return None;
        }
        let revision = from.get::<ServiceRevision>(service.revision.as_ref()?.as_str())?;
        let definition = from.get::<TaskDefinition>(revision.task_definition.as_str())?;
        let external = revision.launch_type == Some(LaunchType::External);
        let network = revision.network_configuration.as_ref().and_then(|n| n.awsvpc_configuration.as_ref());
        let network = match network.filter(|_| definition.network_mode == Some(NetworkMode::Awsvpc)) {
            Some(named) => address::place(from, &service.arn.scope(), named).ok()?,
            None => address::Place::default(),
        };
        let wish = Wish {
            definition,
            overrides: &TaskOverride::default(),
            execute_command: service.enable_execute_command,
            region: &service.arn.scope().region,
            launch_type: if external { LaunchType::External } else { LaunchType::Ec2 },
            size: (definition.cpu, definition.memory),
            subnets: &network.subnets,
            constraints: &service.placement_constraints,
            strategies: &[],
            group: &service.group(),
        };
        Some(Self { request: wish.request(1, 0).ok()?, external })
    }

    /// Whether an instance that has nothing else has room for it: room is not kept where it will never do.
    fn fits_alone(&self, all: &Resources) -> bool {
        let request = &self.request;
        let is_free = |(port, protocol): &(u16, TransportProtocol)| match protocol {
            TransportProtocol::Tcp => !all.ports_tcp.contains(port),
            TransportProtocol::Udp => !all.ports_udp.contains(port),
        };
        request.cpu <= all.cpu
            && request.memory <= all.memory
            && request.gpus as usize <= all.gpus.len()
            && request.host_ports.iter().all(is_free)
    }

    /// Keeps it on an instance that is to have such a task and has none.
    pub(crate) fn keep(&self, view: &mut Instance, record: &ContainerInstance) {
        let standing = [Filter::Attributes, Filter::Location, Filter::MemberOf];
        if record.status == InstanceStatus::Active
            && fleet::is_external(record) == self.external
            && view.tasks_of(&self.request.group) == 0
            && self.fits_alone(&record.registered)
            && standing.iter().all(|filter| filter.refusal(view, &self.request).is_none())
        {
            view.keep(&self.request);
        }
    }
}
