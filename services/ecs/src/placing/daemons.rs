//! What DAEMON services need on the instances where their task is not yet: placement keeps it for them.

use super::Wish;
use crate::{address, fleet};
use model::ecs::launch::TaskOverride;
use model::ecs::{ContainerInstance, Service, ServiceRevision, TaskDefinition};
use model::ids::ClusterArn;
use model::status::{InstanceStatus, LaunchType, NetworkMode};
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

impl Need {
    /// `None` where its tasks could not be launched: it waits for nothing then.
    fn of(from: &Snapshot, service: &Service) -> Option<Self> {
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

    /// Keeps it on an instance that is to have such a task and has none.
    pub(crate) fn keep(&self, view: &mut Instance, record: &ContainerInstance) {
        let standing = [Filter::Attributes, Filter::Location, Filter::MemberOf];
        if record.status == InstanceStatus::Active
            && fleet::is_external(record) == self.external
            && view.tasks_of(&self.request.group) == 0
            && standing.iter().all(|filter| filter.refusal(view, &self.request).is_none())
        {
            view.keep(&self.request);
        }
    }
}
