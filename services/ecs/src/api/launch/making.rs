//! One launch, as one change makes it: names resolved, placement asked, records written.

use super::placing::place_on;
use super::{Failed, Launch, Launched, Place};
use crate::address;
use crate::demand::Sized;
use crate::find::{self, Source};
use crate::fleet::Owner;
use crate::placing::{Wish, give, waiting};
use crate::provider;
use crate::role;
use crate::service::Ecs;
use api::ecs::Error;
use auth::{Cx, Ids};
use model::ecs::container_instance::Pool;
use model::ecs::launch::{
    AssignPublicIp, CapacityProviderStrategyItem, PlacementConstraint, PlacementStrategy, PropagateTags,
};
use model::ecs::task::{Reservation, Task, Waiting};
use model::ecs::task_definition::{Compatibility, CpuArchitecture, EphemeralStorage};
use model::ecs::{Cluster, ContainerDefinition, TaskDefinition};
use model::ids::{ContainerArn, TaskArn};
use model::status::{DesiredStatus, LaunchType, NetworkMode, TaskDefinitionStatus, TaskStatus};
use model::{CpuUnits, MemoryMib, Tag};
use plan::capacity::{Kind, strategy};
use plan::placement::{Placement, Request};
use state::{Snapshot, Tx};
use std::sync::Arc;

/// The platform version that LATEST stands for.
const FARGATE_PLATFORM: &str = "1.4.0";

/// One run of the change.
pub(super) struct Making<'a> {
    ecs: &'a Ecs,
    cx: &'a Cx,
    launch: &'a Launch,
    pub(super) ids: Ids,
}

/// What a launch comes to, once its records are known.
pub(super) struct Resolved {
    pub(super) cluster: Arc<Cluster>,
    pub(super) definition: Arc<TaskDefinition>,
    pub(super) launch_type: LaunchType,
    pub(super) platform_version: Option<String>,
    /// Whose capacity the tasks take.
    pub(super) shares: Vec<Share>,
    /// Where its interfaces go.
    pub(super) network: address::Place,
    pub(super) group: String,
    pub(super) cpu: Option<CpuUnits>,
    pub(super) memory: Option<MemoryMib>,
}

/// So many of a launch's tasks, and whose instances take them.
pub(super) struct Share {
    pub(super) provider: Option<String>,
    pub(super) owner: Owner,
    pub(super) count: u32,
    /// Whether tasks that find no room wait for instances to come.
    pub(super) waits: bool,
}

impl<'a> Making<'a> {
    pub(super) fn new(ecs: &'a Ecs, cx: &'a Cx, launch: &'a Launch, ids: Ids) -> Self {
        Self { ecs, cx, launch, ids }
    }

    pub(super) fn run(mut self, tx: &mut Tx<'_>, place: &Place) -> Result<Launched, Error> {
        let resolved = self.resolve(tx, place)?;
        let snapshot = tx.snapshot();
        // For every task the answer is the same, whatever its id.
        let any = TaskArn::new(&resolved.cluster.arn, &self.ids.hex_id());
        role::check(&snapshot, &self.cx.principal, &resolved.definition, &self.launch.overrides, &any)?;
        let mut launched = Launched::default();
        for share in &resolved.shares {
            self.launch_share(tx, &snapshot, place, &resolved, share, &mut launched)?;
        }
        Ok(launched)
    }

    /// The tasks of one capacity provider, or of the launch type.
    fn launch_share(
        &mut self,
        tx: &mut Tx<'_>,
        snapshot: &Snapshot,
        place: &Place,
        resolved: &Resolved,
        share: &Share,
        launched: &mut Launched,
    ) -> Result<(), Error> {
        let request = self.request(place, resolved, share.count)?;
        let fleets = &self.ecs.fleets;
        let placed = fleets.with(snapshot, &share.owner, |fleet| {
            let outcome = place_on(fleet, &request, place, resolved, share);
            let booked = outcome
                .as_ref()
                .map(|o| o.placements.iter().map(|p| p.instance.clone()).collect())
                .unwrap_or_default();
            (outcome, booked)
        })?;
        for placement in placed.placements {
            let task = self.task(tx, resolved, share, Some(placement));
            launched.tasks.push(task.arn.clone());
            tx.put(task);
        }
        let room = match placed.waiting {
            0 => 0,
            waiting => waiting.min(waiting::room(tx, &resolved.cluster.arn)),
        };
        for _ in 0..room {
            let mut task = self.task(tx, resolved, share, None);
            if let Place::Anywhere { constraints, strategies, .. } = place {
                task.waiting =
                    Some(Waiting { constraints: constraints.clone(), strategies: strategies.clone() });
            }
            launched.tasks.push(task.arn.clone());
            tx.put(task);
        }
        let too_many = Failed { arn: None, reason: waiting::TOO_MANY.to_owned(), detail: None };
        launched.failures.extend((room..placed.waiting).map(|_| too_many.clone()));
        launched.failures.extend(placed.failures);
        Ok(())
    }

    pub(super) fn resolve(&self, tx: &impl Source, place: &Place) -> Result<Resolved, Error> {
        let scope = &self.cx.scope;
        let cluster = find::cluster(tx, scope, self.launch.cluster.as_deref())?;
        let definition = find::definition(tx, scope, &self.launch.definition)
            .ok_or_else(|| Error::client("TaskDefinition not found."))?;
        match definition.status {
            TaskDefinitionStatus::Active => {}
            // A service goes on with what it was given.
            TaskDefinitionStatus::Inactive | TaskDefinitionStatus::DeleteInProgress
                if self.launch.by_service => {}
            TaskDefinitionStatus::Inactive | TaskDefinitionStatus::DeleteInProgress => {
                return Err(Error::client("TaskDefinition is inactive"));
            }
        }
        let (launch_type, platform_version, shares) = self.capacity(tx, place, &cluster)?;
        let compatible = match launch_type {
            // What is for Managed Instances fits instances of one's own too.
            LaunchType::Ec2 | LaunchType::ManagedInstances => Compatibility::Ec2,
            LaunchType::Fargate => Compatibility::Fargate,
            LaunchType::External => Compatibility::External,
        };
        if !definition.compatibilities.contains(&compatible) {
            return Err(Error::invalid_parameter(format!(
                "Task definition does not support launch_type {launch_type}."
            )));
        }
        if platform_version.as_deref().is_some_and(|v| v != FARGATE_PLATFORM)
            && (self.launch.execute_command
                || self.launch.overrides.ephemeral_storage.is_some()
                || needs_newest_platform(&definition))
        {
            // Observed.
            return Err(Error::platform_task_definition_incompatibility(
                "One or more of the requested capabilities are not supported.",
            ));
        }
        let network = self.network(tx, &definition, launch_type)?;
        self.check_overrides(&definition, launch_type)?;
        let (cpu, memory) = self.task_size(&definition, launch_type)?;
        let group =
            self.launch.group.clone().unwrap_or_else(|| format!("family:{}", definition.arn.family()));
        Ok(Resolved {
            cluster,
            definition,
            launch_type,
            platform_version,
            shares,
            network,
            group,
            cpu,
            memory,
        })
    }

    /// The launch type, the platform version, and how the tasks are divided among capacity providers: those that the caller names, or the
    /// cluster's default ones where neither they nor a launch type are named.
    fn capacity(
        &self,
        tx: &impl Source,
        place: &Place,
        cluster: &Cluster,
    ) -> Result<(LaunchType, Option<String>, Vec<Share>), Error> {
        let whole = |owner, count| vec![Share { provider: None, owner, count, waits: false }];
        let Place::Anywhere { count, launch_type, platform_version, strategy, .. } = place else {
            // StartTask names instances of either kind.
            return Ok((LaunchType::Ec2, None, whole(Owner::Cluster(cluster.arn.clone()), 1)));
        };
        let strategy = match (launch_type, strategy.as_slice()) {
            (Some(_), _) => &[],
            (None, []) => cluster.default_capacity_provider_strategy.as_slice(),
            (None, named) => named,
        };
        let kind = strategy::check(strategy, &provider::associated(tx, cluster))
            .map_err(|e| Error::invalid_parameter(e.to_string()))?;
        let launch_type = match (launch_type, kind) {
            (Some(launch_type), _) => *launch_type,
            (None, Some(Kind::Fargate)) => LaunchType::Fargate,
            (None, Some(Kind::ManagedInstances)) => LaunchType::ManagedInstances,
            (None, Some(Kind::AutoScalingGroup) | None) => LaunchType::Ec2,
        };
        let platform = platform_version_of(launch_type, platform_version.as_deref())?;
        let shares = match (kind, launch_type) {
            (None, LaunchType::Fargate) => whole(Owner::Pool(Pool::Fargate), *count),
            (None, LaunchType::External) => whole(Owner::External(cluster.arn.clone()), *count),
            (None, LaunchType::Ec2 | LaunchType::ManagedInstances) => {
                whole(Owner::Ec2(cluster.arn.clone()), *count)
            }
            (Some(_), _) => self.shares(tx, cluster, strategy, *count),
        };
        Ok((launch_type, platform, shares))
    }

    fn shares(
        &self,
        tx: &impl Source,
        cluster: &Cluster,
        strategy: &[CapacityProviderStrategyItem],
        count: u32,
    ) -> Vec<Share> {
        let placed: Vec<u32> = strategy
            .iter()
            .map(|item| self.launch.already.get(&item.capacity_provider).copied().unwrap_or(0))
            .collect();
        let counts = plan::capacity::spread(strategy, &placed, count);
        let share = |(item, count): (&CapacityProviderStrategyItem, u32)| {
            let name = &item.capacity_provider;
            let owner = Owner::of_provider(&cluster.arn, name);
            let waits = provider::record(tx, &cluster.arn, name).is_some_and(|p| p.makes_instances());
            Share { provider: Some(name.clone()), owner, count, waits }
        };
        strategy.iter().zip(counts).filter(|(_, count)| *count > 0).map(share).collect()
    }

    fn network(
        &self,
        tx: &impl Source,
        definition: &TaskDefinition,
        launch_type: LaunchType,
    ) -> Result<address::Place, Error> {
        let configuration = self.launch.network.as_ref().and_then(|n| n.awsvpc_configuration.as_ref());
        match (definition.network_mode == Some(NetworkMode::Awsvpc), configuration) {
            (true, None) => Err(Error::invalid_parameter(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            )),
            (false, Some(_)) => Err(Error::invalid_parameter(
                "Network Configuration is not valid for the given networkMode of this task definition.",
            )),
            (false, None) => Ok(address::Place::default()),
            (true, Some(configuration))
                if launch_type != LaunchType::Fargate
                    && configuration.assign_public_ip == Some(AssignPublicIp::Enabled) =>
            {
                Err(Error::invalid_parameter("Assign public IP is not supported for this launch type."))
            }
            (true, Some(configuration)) => address::place(tx, &self.cx.scope, configuration),
        }
    }

    fn check_overrides(&self, definition: &TaskDefinition, launch_type: LaunchType) -> Result<(), Error> {
        let overrides = &self.launch.overrides;
        if serde_json::to_string(overrides).is_ok_and(|text| text.len() > 8192) {
            return Err(Error::invalid_parameter("Overrides length must be at most 8192."));
        }
        for container in &overrides.container_overrides {
            let name = container.name.as_deref().unwrap_or_default();
            if !definition.container_definitions.iter().any(|c| c.name.as_deref() == Some(name)) {
                return Err(Error::invalid_parameter(format!(
                    "Override for container named {name} is not a container in the TaskDefinition."
                )));
            }
            if !container.environment_files.is_empty() || !container.resource_requirements.is_empty() {
                return Err(Error::unsupported_feature(
                    "Longshore does not take environmentFiles or resourceRequirements in overrides yet.",
                ));
            }
        }
        if !overrides.inference_accelerator_overrides.is_empty() {
            return Err(Error::unsupported_feature("Amazon Elastic Inference is no longer available."));
        }
        if overrides.ephemeral_storage.is_some() && launch_type != LaunchType::Fargate {
            return Err(Error::invalid_parameter(
                "Ephemeral storage can only be overridden for the FARGATE launch type.",
            ));
        }
        Ok(())
    }

    /// CPU and memory of the whole task, overrides considered.
    fn task_size(
        &self,
        definition: &TaskDefinition,
        launch_type: LaunchType,
    ) -> Result<(Option<CpuUnits>, Option<MemoryMib>), Error> {
        let overrides = &self.launch.overrides;
        let cpu = overrides.cpu.as_deref().map(crate::definition::size::cpu).transpose()?.or(definition.cpu);
        let memory = overrides
            .memory
            .as_deref()
            .map(crate::definition::size::memory)
            .transpose()?
            .or(definition.memory);
        if launch_type == LaunchType::Fargate && (overrides.cpu.is_some() || overrides.memory.is_some()) {
            crate::definition::size::check_fargate(cpu, memory)?;
        }
        Ok((cpu, memory))
    }

    /// What placement is asked.
    pub(super) fn request(
        &mut self,
        place: &Place,
        resolved: &Resolved,
        count: u32,
    ) -> Result<Request, Error> {
        let (constraints, strategies): (&[PlacementConstraint], &[PlacementStrategy]) = match place {
            Place::On(_) => (&[], &[]),
            Place::Anywhere { constraints, strategies, .. } => {
                if resolved.launch_type == LaunchType::Fargate
                    && !(constraints.is_empty() && strategies.is_empty())
                {
                    return Err(Error::invalid_parameter(
                        "Placement constraints and strategies are not supported with FARGATE launch type.",
                    ));
                }
                (constraints, strategies)
            }
        };
        let wish = Wish {
            definition: &resolved.definition,
            overrides: &self.launch.overrides,
            execute_command: self.launch.execute_command,
            region: &self.cx.scope.region,
            launch_type: resolved.launch_type,
            size: (resolved.cpu, resolved.memory),
            subnets: &resolved.network.subnets,
            constraints,
            strategies,
            group: &resolved.group,
        };
        wish.request(count, self.ids.number()).map_err(|e| Error::invalid_parameter(e.to_string()))
    }

    /// The record of a task, with its place where it has one.
    pub(super) fn task(
        &mut self,
        tx: &mut Tx<'_>,
        resolved: &Resolved,
        share: &Share,
        placement: Option<Placement>,
    ) -> Task {
        let launch = self.launch;
        let Resolved { cluster, definition, launch_type, group, .. } = resolved;
        let arn = TaskArn::new(&cluster.arn, &self.ids.hex_id());
        let mut tags = match launch.propagate {
            PropagateTags::TaskDefinition => definition.tags.clone(),
            PropagateTags::Service | PropagateTags::None => Vec::new(),
        };
        model::tag::merge(&mut tags, launch.tags.iter().cloned());
        if launch.managed_tags {
            model::tag::merge(&mut tags, [Tag::new("aws:ecs:clusterName", cluster.arn.name())]);
            if let Some(service) = group.strip_prefix("service:").filter(|_| launch.by_service) {
                model::tag::merge(&mut tags, [Tag::new("aws:ecs:serviceName", service)]);
            }
        }
        let containers = Sized::all(definition, &launch.overrides)
            .into_iter()
            .map(|sized| sized.container(ContainerArn::new(&arn, &self.ids.uuid())))
            .collect();
        let fargate = *launch_type == LaunchType::Fargate;
        let ephemeral_storage =
            launch.overrides.ephemeral_storage.clone().or_else(|| definition.ephemeral_storage.clone());
        let mut task = Task {
            arn,
            cluster: cluster.arn.clone(),
            task_definition: definition.arn.clone(),
            version: 1,
            launch_type: *launch_type,
            capacity_provider: share.provider.clone(),
            platform_version: resolved.platform_version.clone(),
            platform_family: fargate.then(|| "Linux".to_owned()),
            container_instance: None,
            waiting: None,
            availability_zone: None,
            group: group.clone(),
            started_by: launch.started_by.clone(),
            reference_id: launch.reference_id.clone(),
            overrides: launch.overrides.clone(),
            network_configuration: launch.network.clone(),
            enable_execute_command: launch.execute_command,
            attributes: Vec::new(),
            ephemeral_storage: fargate
                .then(|| ephemeral_storage.unwrap_or(EphemeralStorage { size_in_gib: 20 })),
            reserved: Reservation::default(),
            cpu: resolved.cpu,
            memory: resolved.memory,
            created_at: self.cx.now,
            tags,
            desired_status: DesiredStatus::Running,
            stop_code: None,
            stopped_reason: None,
            stopping_at: None,
            protected_until: None,
            targets: launch.targets.clone(),
            draining_until: None,
            accounted: false,
            last_status: TaskStatus::Provisioning,
            health: None,
            connectivity: None,
            connectivity_at: None,
            pull_started_at: None,
            pull_stopped_at: None,
            started_at: None,
            execution_stopped_at: None,
            stopped_at: None,
            containers,
            network_interface: None,
        };
        if let Some(placement) = placement {
            give(tx, &mut task, placement, &resolved.network, self.cx.now, &mut self.ids);
        }
        task
    }
}

/// The platform version that is recorded, LATEST resolved.
fn platform_version_of(launch_type: LaunchType, asked: Option<&str>) -> Result<Option<String>, Error> {
    match (launch_type, asked) {
        (LaunchType::Fargate, None | Some("LATEST") | Some(FARGATE_PLATFORM)) => {
            Ok(Some(FARGATE_PLATFORM.to_owned()))
        }
        (LaunchType::Fargate, Some("1.3.0")) => Ok(Some("1.3.0".to_owned())),
        (LaunchType::Fargate, Some(_)) => {
            Err(Error::platform_unknown("The specified platform version does not exist."))
        }
        (LaunchType::Ec2 | LaunchType::External | LaunchType::ManagedInstances, None) => Ok(None),
        (_, Some(_)) => Err(Error::invalid_parameter(format!(
            "The platform version must be null when specifying an {launch_type} launch type."
        ))),
    }
}

/// What platform version 1.3.0 lacks, as the pages of each parameter say ("platform version 1.4.0 or later").
fn needs_newest_platform(definition: &TaskDefinition) -> bool {
    let arm = definition.runtime_platform.as_ref().and_then(|p| p.cpu_architecture);
    let of_container = |c: &ContainerDefinition| {
        let capabilities = c.linux_parameters.as_ref().and_then(|l| l.capabilities.as_ref());
        let traces = capabilities.is_some_and(|k| k.add.iter().any(|name| name == "SYS_PTRACE"));
        traces || !c.system_controls.is_empty()
    };
    definition.ephemeral_storage.is_some()
        || definition.pid_mode.is_some()
        || arm == Some(CpuArchitecture::Arm64)
        || definition.volumes.iter().any(|v| v.efs_volume_configuration.is_some())
        || definition.container_definitions.iter().any(of_container)
}
