//! One launch, as one change makes it: names resolved, placement asked, records written.

use super::placing::place_on;
use super::{Launch, Launched, Place, capability};
use crate::address;
use crate::demand::{Sized, gpus, host_ports};
use crate::find::{self, Source};
use crate::fleet::{Owner, ZONES_ATTRIBUTE, is_external};
use crate::role;
use crate::service::Ecs;
use crate::stop;
use api::ecs::Error;
use auth::{Cx, Ids};
use model::ec2::Subnet;
use model::ecs::container_instance::Pool;
use model::ecs::launch::{AssignPublicIp, PropagateTags};
use model::ecs::task::{Task, TaskNetworkInterface};
use model::ecs::task_definition::Compatibility;
use model::ecs::{Attribute, Cluster, TaskDefinition};
use model::ids::{ContainerArn, TaskArn};
use model::status::{DesiredStatus, LaunchType, NetworkMode, TaskDefinitionStatus, TaskStatus};
use model::{CpuUnits, MemoryMib, Tag};
use plan::placement::{self, Constraint, Placement, Request, Strategy};
use state::{Snapshot, Tx};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The platform version that LATEST stands for.
const FARGATE_PLATFORM: &str = "1.4.0";

/// One run of the change.
pub(super) struct Making<'a> {
    ecs: &'a Ecs,
    cx: &'a Cx,
    launch: &'a Launch,
    ids: Ids,
}

/// What a launch comes to, once its records are known.
pub(super) struct Resolved {
    pub(super) cluster: Arc<Cluster>,
    pub(super) definition: Arc<TaskDefinition>,
    pub(super) launch_type: LaunchType,
    pub(super) platform_version: Option<String>,
    pub(super) provider: Option<String>,
    /// Where its interfaces go.
    pub(super) network: address::Place,
    pub(super) group: String,
    pub(super) cpu: Option<CpuUnits>,
    pub(super) memory: Option<MemoryMib>,
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
        let owner = match (resolved.launch_type, resolved.provider.as_deref()) {
            (LaunchType::Fargate, Some("FARGATE_SPOT")) => Owner::Pool(Pool::FargateSpot),
            (LaunchType::Fargate, _) => Owner::Pool(Pool::Fargate),
            (LaunchType::External, _) => Owner::External(resolved.cluster.arn.clone()),
            (LaunchType::Ec2, _) => match place {
                Place::Anywhere { .. } => Owner::Ec2(resolved.cluster.arn.clone()),
                // StartTask names instances of either kind.
                Place::On(_) => Owner::Cluster(resolved.cluster.arn.clone()),
            },
        };
        let request = self.request(place, &resolved)?;
        let fleets = &self.ecs.fleets;
        let (placed, failures) = fleets.with(&snapshot, &owner, |fleet| {
            let outcome = place_on(fleet, &request, place, &resolved);
            let booked = outcome
                .as_ref()
                .map(|o| o.0.iter().map(|p| p.instance.clone()).collect())
                .unwrap_or_default();
            (outcome, booked)
        })?;
        let mut launched = Launched::default();
        for placement in placed {
            let task = self.task(tx, &snapshot, &resolved, placement);
            launched.tasks.push(task.arn.clone());
            tx.put(task);
        }
        launched.failures = failures;
        Ok(launched)
    }

    fn resolve(&self, tx: &Tx<'_>, place: &Place) -> Result<Resolved, Error> {
        let scope = &self.cx.scope;
        let cluster = find::cluster(tx, scope, self.launch.cluster.as_deref())?;
        let definition = find::definition(tx, scope, &self.launch.definition)
            .ok_or_else(|| Error::client("TaskDefinition not found."))?;
        match definition.status {
            TaskDefinitionStatus::Active => {}
            TaskDefinitionStatus::Inactive | TaskDefinitionStatus::DeleteInProgress => {
                return Err(Error::client("TaskDefinition is inactive"));
            }
        }
        let (launch_type, platform_version, provider) = self.launch_type(place, &cluster)?;
        let compatible = match launch_type {
            LaunchType::Ec2 => Compatibility::Ec2,
            LaunchType::Fargate => Compatibility::Fargate,
            LaunchType::External => Compatibility::External,
        };
        if !definition.compatibilities.contains(&compatible) {
            return Err(Error::invalid_parameter(format!(
                "Task definition does not support launch_type {launch_type}."
            )));
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
            provider,
            network,
            group,
            cpu,
            memory,
        })
    }

    /// The launch type, the platform version and the capacity provider that the caller or the cluster names.
    fn launch_type(
        &self,
        place: &Place,
        cluster: &Cluster,
    ) -> Result<(LaunchType, Option<String>, Option<String>), Error> {
        let Place::Anywhere { launch_type, platform_version, providers, .. } = place else {
            return Ok((LaunchType::Ec2, None, None));
        };
        let defaults = cluster.default_capacity_provider_strategy.iter().map(|p| &p.capacity_provider);
        let providers: Vec<&String> = match (launch_type, providers.as_slice()) {
            (Some(_), _) => Vec::new(),
            (None, []) => defaults.collect(),
            (None, named) => named.iter().collect(),
        };
        let (launch_type, provider) = match (launch_type, providers.as_slice()) {
            (Some(launch_type), _) => (*launch_type, None),
            (None, []) => (LaunchType::Ec2, None),
            (None, [one]) if ["FARGATE", "FARGATE_SPOT"].contains(&one.as_str()) => {
                if !cluster.capacity_providers.contains(one) {
                    return Err(Error::invalid_parameter(
                        "The specified capacity provider is not associated with the cluster.",
                    ));
                }
                (LaunchType::Fargate, Some((*one).clone()))
            }
            // Weights, bases and Auto Scaling group providers belong to capacity providers, which come with services.
            (None, _) => {
                return Err(Error::unsupported_feature(
                    "Longshore takes FARGATE or FARGATE_SPOT as the only capacity provider of a launch so far.",
                ));
            }
        };
        let platform = match (launch_type, platform_version.as_deref()) {
            (LaunchType::Fargate, None | Some("LATEST") | Some(FARGATE_PLATFORM)) => {
                Some(FARGATE_PLATFORM.to_owned())
            }
            (LaunchType::Fargate, Some("1.3.0")) => Some("1.3.0".to_owned()),
            (LaunchType::Fargate, Some(_)) => {
                return Err(Error::platform_unknown("The specified platform version does not exist."));
            }
            (LaunchType::Ec2 | LaunchType::External, None) => None,
            (LaunchType::Ec2 | LaunchType::External, Some(_)) => {
                return Err(Error::invalid_parameter(format!(
                    "The platform version must be null when specifying an {launch_type} launch type."
                )));
            }
        };
        Ok((launch_type, platform, provider))
    }

    fn network(
        &self,
        tx: &Tx<'_>,
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
    fn request(&mut self, place: &Place, resolved: &Resolved) -> Result<Request, Error> {
        let definition = &resolved.definition;
        let invalid = |e: placement::Error| Error::invalid_parameter(e.to_string());
        let (count, mut constraints, strategies) = match place {
            Place::On(_) => (1, Vec::new(), Vec::new()),
            Place::Anywhere { count, constraints, strategies, .. } => {
                if resolved.launch_type == LaunchType::Fargate
                    && !(constraints.is_empty() && strategies.is_empty())
                {
                    return Err(Error::invalid_parameter(
                        "Placement constraints and strategies are not supported with FARGATE launch type.",
                    ));
                }
                let strategies = match strategies.as_slice() {
                    [] if resolved.launch_type == LaunchType::Fargate => Strategy::default_for_services(),
                    [] => Strategy::default_for_run_task(),
                    given => Strategy::list_from_model(given).map_err(invalid)?,
                };
                (*count, Constraint::list_from_model(constraints).map_err(invalid)?, strategies)
            }
        };
        for constraint in &definition.placement_constraints {
            let expression = constraint.expression.as_deref().unwrap_or_default();
            constraints.push(Constraint::member_of(expression).map_err(invalid)?);
        }
        let mut required = definition.requires_attributes.clone();
        required.extend(capability::required(
            definition,
            &self.launch.overrides,
            self.launch.execute_command,
            &self.cx.scope.region,
        ));
        let mode = definition.network_mode.unwrap_or(NetworkMode::Bridge);
        let containers = Sized::all(definition, &self.launch.overrides);
        Ok(Request {
            count,
            cpu: resolved.cpu.unwrap_or_else(|| containers.iter().map(|c| c.cpu).sum()),
            memory: resolved.memory.unwrap_or_else(|| containers.iter().map(Sized::reserved_memory).sum()),
            host_ports: host_ports(definition, mode),
            gpus: definition.container_definitions.iter().map(gpus).sum(),
            network_interfaces: u32::from(mode == NetworkMode::Awsvpc),
            required_attributes: required,
            zones: zones(&resolved.network.subnets),
            constraints,
            strategies,
            group: resolved.group.clone(),
            seed: self.ids.number(),
        })
    }

    /// The record of a task with a place, and its network interface. A task for which there is no address is over at once.
    fn task(
        &mut self,
        tx: &mut Tx<'_>,
        snapshot: &Snapshot,
        resolved: &Resolved,
        placement: Placement,
    ) -> Task {
        let launch = self.launch;
        let Resolved { cluster, definition, launch_type, group, .. } = resolved;
        let arn = TaskArn::new(&cluster.arn, &self.ids.hex_id());
        let instance = Source::get::<model::ecs::ContainerInstance>(snapshot, placement.instance.as_str());
        let launch_type = match launch_type {
            LaunchType::Ec2 if instance.as_deref().is_some_and(is_external) => &LaunchType::External,
            asked => asked,
        };
        let zone = instance.as_deref().and_then(|i| zone_of(&i.attributes));
        let interface = instance.as_deref().and_then(|node| {
            let anywhere = serves_every_zone(&node.attributes) && *launch_type == LaunchType::Fargate;
            self.interface(tx, resolved, node, zone.as_deref().filter(|_| !anywhere), &arn)
        });
        let (network_interface, failure) = match interface {
            None => (None, None),
            Some(Ok(interface)) => (Some(interface), None),
            Some(Err(failure)) => (None, Some(failure)),
        };
        // A task lies in the zone of its subnet; that is the node's own where the node has one.
        let subnet_zone = network_interface
            .as_ref()
            .and_then(|i| resolved.network.subnets.iter().find(|s| s.id == i.subnet))
            .map(|s| s.zone.clone());
        let mut tags = match launch.propagate {
            PropagateTags::TaskDefinition => definition.tags.clone(),
            PropagateTags::Service | PropagateTags::None => Vec::new(),
        };
        model::tag::merge(&mut tags, launch.tags.iter().cloned());
        if launch.managed_tags {
            model::tag::merge(&mut tags, [Tag::new("aws:ecs:clusterName", cluster.arn.name())]);
        }
        let containers = Sized::all(definition, &launch.overrides)
            .into_iter()
            .map(|sized| sized.container(ContainerArn::new(&arn, &self.ids.uuid())))
            .collect();
        let ephemeral_storage =
            launch.overrides.ephemeral_storage.clone().or_else(|| definition.ephemeral_storage.clone());
        let mut task = Task {
            arn,
            cluster: cluster.arn.clone(),
            task_definition: definition.arn.clone(),
            version: 1,
            launch_type: *launch_type,
            capacity_provider: resolved.provider.clone(),
            platform_version: resolved.platform_version.clone(),
            platform_family: (*launch_type == LaunchType::Fargate).then(|| "Linux".to_owned()),
            container_instance: Some(placement.instance),
            availability_zone: subnet_zone.or(zone),
            group: group.clone(),
            started_by: launch.started_by.clone(),
            reference_id: launch.reference_id.clone(),
            overrides: launch.overrides.clone(),
            network_configuration: launch.network.clone(),
            enable_execute_command: launch.execute_command,
            attributes: architecture(instance.as_deref()),
            // AWS differs: the size is recorded and not enforced yet (docs/differences.md).
            ephemeral_storage: (*launch_type == LaunchType::Fargate).then(|| {
                ephemeral_storage.unwrap_or(model::ecs::task_definition::EphemeralStorage { size_in_gib: 20 })
            }),
            reserved: placement.reservation,
            cpu: resolved.cpu,
            memory: resolved.memory,
            created_at: self.cx.now,
            tags,
            desired_status: DesiredStatus::Running,
            stop_code: None,
            stopped_reason: None,
            stopping_at: None,
            protected_until: None,
            last_status: if network_interface.is_some() {
                TaskStatus::Provisioning
            } else {
                TaskStatus::Pending
            },
            health: None,
            connectivity: None,
            connectivity_at: None,
            pull_started_at: None,
            pull_stopped_at: None,
            started_at: None,
            execution_stopped_at: None,
            stopped_at: None,
            containers,
            network_interface,
        };
        if let Some(failure) = failure {
            stop::lost(&mut task, &failure, self.cx.now);
        }
        task
    }

    /// The task's interface, where tasks have one.
    fn interface(
        &mut self,
        tx: &mut Tx<'_>,
        resolved: &Resolved,
        node: &model::ecs::ContainerInstance,
        zone: Option<&str>,
        task: &TaskArn,
    ) -> Option<Result<TaskNetworkInterface, String>> {
        if resolved.network.subnets.is_empty() {
            return None;
        }
        let guest = address::Guest { task, node, launch_type: resolved.launch_type, now: self.cx.now };
        Some(address::interface(tx, &resolved.network, zone, &guest, &mut self.ids))
    }
}

fn zones(subnets: &[Arc<Subnet>]) -> Vec<String> {
    let set: BTreeSet<&String> = subnets.iter().map(|s| &s.zone).collect();
    set.into_iter().cloned().collect()
}

fn zone_of(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find(|a| a.name == "ecs.availability-zone").and_then(|a| a.value.clone())
}

fn serves_every_zone(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| a.name == ZONES_ATTRIBUTE)
}

/// The one attribute that a task shows: its node's architecture.
fn architecture(instance: Option<&model::ecs::ContainerInstance>) -> Vec<Attribute> {
    let attributes = instance.map(|i| i.attributes.as_slice()).unwrap_or_default();
    attributes.iter().filter(|a| a.name == "ecs.cpu-architecture").cloned().collect()
}
