//! RunTask and StartTask: a task definition and a few words become tasks with a place.

use crate::address;
use crate::convert::{self, FromApi};
use crate::errors::settle;
use crate::find::{self, Source};
use crate::fleet::{Owner, ZONES_ATTRIBUTE};
use crate::ids::Ids;
use crate::service::Ecs;
use api::ecs::{
    Error, Failure, RunTaskRequest, RunTaskResponse, StartTaskRequest, StartTaskResponse,
    TaskVolumeConfiguration,
};
use auth::Cx;
use model::ec2::Subnet;
use model::ecs::container_definition::ContainerDefinition;
use model::ecs::container_instance::Pool;
use model::ecs::launch::{
    NetworkConfiguration, PlacementConstraint, PlacementStrategy, PropagateTags, TaskOverride,
};
use model::ecs::task::{Container, Task};
use model::ecs::task_definition::Compatibility;
use model::ecs::{Attribute, Cluster, TaskDefinition};
use model::ids::{ContainerArn, TaskArn};
use model::status::{
    ContainerStatus, DesiredStatus, LaunchType, NetworkMode, TaskDefinitionStatus, TaskStatus,
    TransportProtocol,
};
use model::{CpuUnits, MemoryMib, Tag};
use plan::placement::{self, Constraint, Fleet, Placement, Request, StartOutcome, Strategy};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use state::{Snapshot, Tx, idempotency};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// "You can specify up to 10 tasks for each call."
const MOST_TASKS: i32 = 10;
/// "The maximum number of container instances" of StartTask.
const MOST_INSTANCES: usize = 10;
/// A client token of RunTask is remembered this long, as AWS documents it.
const TOKEN_LIFE: Duration = Duration::from_secs(24 * 3600);
/// The platform version that LATEST stands for.
const FARGATE_PLATFORM: &str = "1.4.0";

/// What RunTask and StartTask have in common, in our own terms.
struct Launch {
    definition: String,
    cluster: Option<String>,
    network: Option<NetworkConfiguration>,
    overrides: TaskOverride,
    group: Option<String>,
    started_by: Option<String>,
    reference_id: Option<String>,
    tags: Vec<Tag>,
    propagate: PropagateTags,
    managed_tags: bool,
    execute_command: bool,
}

/// Where the tasks go.
enum Place {
    Anywhere {
        count: u32,
        launch_type: Option<LaunchType>,
        constraints: Vec<PlacementConstraint>,
        strategies: Vec<PlacementStrategy>,
        platform_version: Option<String>,
        providers: Vec<String>,
    },
    On(Vec<String>),
}

/// What a launch did: in the order of their making.
#[derive(Default, Serialize, Deserialize)]
struct Launched {
    tasks: Vec<TaskArn>,
    failures: Vec<Failed>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Failed {
    arn: Option<String>,
    reason: String,
    detail: Option<String>,
}

pub(crate) async fn run_task(ecs: &Ecs, cx: &Cx, input: RunTaskRequest) -> Result<RunTaskResponse, Error> {
    let fingerprint = hex_digest(&format!("{input:?}"));
    let count = input.count.unwrap_or(1);
    if !(1..=MOST_TASKS).contains(&count) {
        return Err(Error::invalid_parameter(format!("Count must be between 1 and {MOST_TASKS}.")));
    }
    refuse_volume_configurations(input.volume_configurations.as_deref())?;
    let providers: Vec<_> =
        input.capacity_provider_strategy.into_iter().flatten().map(|p| p.capacity_provider).collect();
    if !providers.is_empty() && input.launch_type.is_some() {
        return Err(Error::invalid_parameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        ));
    }
    let place = Place::Anywhere {
        count: u32::try_from(count).expect("checked above"),
        launch_type: Option::from_api(input.launch_type)?,
        constraints: input
            .placement_constraints
            .into_iter()
            .flatten()
            .map(|c| Ok(PlacementConstraint { kind: kind(c.r#type)?, expression: c.expression }))
            .collect::<Result<_, Error>>()?,
        strategies: input
            .placement_strategy
            .into_iter()
            .flatten()
            .map(|s| Ok(PlacementStrategy { kind: kind(s.r#type)?, field: s.field }))
            .collect::<Result<_, Error>>()?,
        platform_version: input.platform_version,
        providers,
    };
    let launch = Launch {
        definition: input.task_definition,
        cluster: input.cluster,
        network: Option::from_api(input.network_configuration)?,
        overrides: input.overrides.map(TaskOverride::from_api).transpose()?.unwrap_or_default(),
        group: input.group,
        started_by: input.started_by,
        reference_id: input.reference_id,
        tags: Vec::from_api(input.tags)?,
        propagate: propagation(input.propagate_tags)?,
        managed_tags: input.enable_ecs_managed_tags.unwrap_or(false),
        execute_command: input.enable_execute_command.unwrap_or(false),
    };
    launch.check()?;
    let token = input.client_token.filter(|t| !t.is_empty()).map(|t| (t, fingerprint));
    let launched = make(ecs, cx, &launch, &place, token).await?;
    let (tasks, failures) = answer(ecs, launched);
    Ok(RunTaskResponse { tasks: Some(tasks), failures: Some(failures) })
}

pub(crate) async fn start_task(
    ecs: &Ecs,
    cx: &Cx,
    input: StartTaskRequest,
) -> Result<StartTaskResponse, Error> {
    if input.container_instances.is_empty() {
        return Err(Error::invalid_parameter("Container instances cannot be empty."));
    }
    if input.container_instances.len() > MOST_INSTANCES {
        return Err(Error::invalid_parameter(format!(
            "Container instances can have at most {MOST_INSTANCES} items."
        )));
    }
    refuse_volume_configurations(input.volume_configurations.as_deref())?;
    let launch = Launch {
        definition: input.task_definition,
        cluster: input.cluster,
        network: Option::from_api(input.network_configuration)?,
        overrides: input.overrides.map(TaskOverride::from_api).transpose()?.unwrap_or_default(),
        group: input.group,
        started_by: input.started_by,
        reference_id: input.reference_id,
        tags: Vec::from_api(input.tags)?,
        propagate: propagation(input.propagate_tags)?,
        managed_tags: input.enable_ecs_managed_tags.unwrap_or(false),
        execute_command: input.enable_execute_command.unwrap_or(false),
    };
    launch.check()?;
    let launched = make(ecs, cx, &launch, &Place::On(input.container_instances), None).await?;
    let (tasks, failures) = answer(ecs, launched);
    Ok(StartTaskResponse { tasks: Some(tasks), failures: Some(failures) })
}

fn kind<T: std::str::FromStr<Err = model::status::UnknownName>>(
    given: Option<impl ToString>,
) -> Result<Option<T>, Error> {
    given
        .map(|k| k.to_string().parse().map_err(|e: T::Err| Error::invalid_parameter(e.to_string())))
        .transpose()
}

fn propagation(given: Option<api::ecs::PropagateTags>) -> Result<PropagateTags, Error> {
    match kind(given)? {
        Some(PropagateTags::Service) => Err(Error::invalid_parameter(
            "SERVICE is not a valid value for propagateTags when running a task.",
        )),
        Some(other) => Ok(other),
        None => Ok(PropagateTags::None),
    }
}

/// EBS volumes come with a later part; they are refused rather than forgotten.
fn refuse_volume_configurations(given: Option<&[TaskVolumeConfiguration]>) -> Result<(), Error> {
    match given {
        Some([_, ..]) => {
            Err(Error::unsupported_feature("Longshore does not attach Amazon EBS volumes to tasks yet."))
        }
        _ => Ok(()),
    }
}

impl Launch {
    /// The rules that need no record.
    fn check(&self) -> Result<(), Error> {
        let too_long = |name: &str, most: usize| {
            Error::invalid_parameter(format!("{name} can be at most {most} characters long."))
        };
        if self.started_by.as_ref().is_some_and(|s| s.chars().count() > 128) {
            return Err(too_long("startedBy", 128));
        }
        if self.reference_id.as_ref().is_some_and(|s| s.chars().count() > 1024) {
            return Err(too_long("referenceId", 1024));
        }
        if let Some(group) = &self.group {
            if group.chars().count() > 255 {
                return Err(too_long("group", 255));
            }
            if group.starts_with("service:") {
                return Err(Error::invalid_parameter("Invalid namespace for group."));
            }
        }
        crate::api::tag::check(&self.tags)
    }
}

/// Decides and writes, once per client token.
async fn make(
    ecs: &Ecs,
    cx: &Cx,
    launch: &Launch,
    place: &Place,
    token: Option<(String, String)>,
) -> Result<Launched, Error> {
    let seed = cx.random_32();
    let token_scope = format!("ecs:RunTask:{}", find::cluster_arn(&cx.scope, launch.cluster.as_deref())?);
    let outcome = ecs.state.update(|tx| {
        if let Some((token, fingerprint)) = &token {
            match idempotency::recall::<Launched>(tx, &token_scope, token, fingerprint, cx.now) {
                Ok(Some(before)) => return Ok(before),
                Ok(None) => {}
                Err(idempotency::Error::Mismatch) => {
                    return Err(Error::conflict("The RunTask request could not be processed due to conflicts. The client token was used with other parameters."));
                }
                Err(error) => return Err(Error::internal(error.to_string())),
            }
        }
        let launched = Making::new(ecs, cx, launch, Ids::from_seed(seed)).run(tx, place)?;
        if let Some((token, fingerprint)) = &token {
            idempotency::remember(tx, &token_scope, token, fingerprint, &launched, cx.now.after(TOKEN_LIFE))
                .map_err(|e| Error::internal(e.to_string()))?;
        }
        Ok(launched)
    });
    settle(outcome.await)
}

fn answer(ecs: &Ecs, launched: Launched) -> (Vec<api::ecs::Task>, Vec<Failure>) {
    let snapshot = ecs.state.snapshot();
    let tasks = launched
        .tasks
        .iter()
        .filter_map(|arn| snapshot.get::<Task>(arn))
        .map(|t| convert::task(t, true))
        .collect();
    let failures = launched.failures.into_iter().map(|f| Failure {
        arn: f.arn,
        reason: Some(f.reason),
        detail: f.detail,
    });
    (tasks, failures.collect())
}

/// One run of the change.
struct Making<'a> {
    ecs: &'a Ecs,
    cx: &'a Cx,
    launch: &'a Launch,
    ids: Ids,
}

/// What a launch comes to, once its records are known.
struct Resolved {
    cluster: Arc<Cluster>,
    definition: Arc<TaskDefinition>,
    launch_type: LaunchType,
    platform_version: Option<String>,
    provider: Option<String>,
    subnets: Vec<Arc<Subnet>>,
    group: String,
    cpu: Option<CpuUnits>,
    memory: Option<MemoryMib>,
}

impl<'a> Making<'a> {
    fn new(ecs: &'a Ecs, cx: &'a Cx, launch: &'a Launch, ids: Ids) -> Self {
        Self { ecs, cx, launch, ids }
    }

    fn run(mut self, tx: &mut Tx<'_>, place: &Place) -> Result<Launched, Error> {
        let resolved = self.resolve(tx, place)?;
        let snapshot = tx.snapshot();
        let owner = match (resolved.launch_type, resolved.provider.as_deref()) {
            (LaunchType::Fargate, Some("FARGATE_SPOT")) => Owner::Pool(Pool::FargateSpot),
            (LaunchType::Fargate, _) => Owner::Pool(Pool::Fargate),
            (LaunchType::Ec2 | LaunchType::External, _) => Owner::Cluster(resolved.cluster.arn.clone()),
        };
        let request = self.request(place, &resolved)?;
        let fleets = &self.ecs.fleets;
        let (placed, mut failures) = fleets.with(&snapshot, &owner, |fleet| {
            let outcome = place_on(fleet, &request, place, &resolved);
            let booked = outcome
                .as_ref()
                .map(|o| o.0.iter().map(|p| p.instance.clone()).collect())
                .unwrap_or_default();
            (outcome, booked)
        })?;
        let mut launched = Launched::default();
        let mut given = BTreeSet::new();
        for placement in placed {
            match self.task(&snapshot, &resolved, placement, &mut given) {
                Ok(task) => {
                    launched.tasks.push(task.arn.clone());
                    tx.put(task);
                }
                Err(failed) => failures.push(failed),
            }
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
        let subnets = self.subnets(tx, &definition)?;
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
            subnets,
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

    fn subnets(&self, tx: &Tx<'_>, definition: &TaskDefinition) -> Result<Vec<Arc<Subnet>>, Error> {
        let configuration = self.launch.network.as_ref().and_then(|n| n.awsvpc_configuration.as_ref());
        match (definition.network_mode == Some(NetworkMode::Awsvpc), configuration) {
            (true, None) => Err(Error::invalid_parameter(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            )),
            (false, Some(_)) => Err(Error::invalid_parameter(
                "Network Configuration is not valid for the given networkMode of this task definition.",
            )),
            (false, None) => Ok(Vec::new()),
            (true, Some(configuration)) => address::subnets(tx, &self.cx.scope, configuration),
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
        if self.launch.execute_command {
            required.push(Attribute::named("ecs.capability.execute-command"));
        }
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
            zones: zones(&resolved.subnets),
            constraints,
            strategies,
            group: resolved.group.clone(),
            seed: self.ids.number(),
        })
    }

    /// The record of a task with a place. It fails where no address is left.
    fn task(
        &mut self,
        snapshot: &Snapshot,
        resolved: &Resolved,
        placement: Placement,
        given: &mut BTreeSet<std::net::Ipv4Addr>,
    ) -> Result<Task, Failed> {
        let launch = self.launch;
        let Resolved { cluster, definition, launch_type, group, .. } = resolved;
        let arn = TaskArn::new(&cluster.arn, &self.ids.hex_id());
        let instance = Source::get::<model::ecs::ContainerInstance>(snapshot, placement.instance.as_str());
        let zone = instance.as_deref().and_then(|i| zone_of(&i.attributes));
        let network_interface = match resolved.subnets.as_slice() {
            [] => None,
            subnets => {
                let everywhere = instance.as_deref().is_some_and(|i| serves_every_zone(&i.attributes));
                let zone =
                    if everywhere && *launch_type == LaunchType::Fargate { None } else { zone.as_deref() };
                let interface = address::interface(snapshot, subnets, zone, given, &mut self.ids);
                Some(interface.ok_or_else(|| Failed {
                    arn: Some(placement.instance.to_string()),
                    reason: "RESOURCE:ENI".to_owned(),
                    detail: Some("The subnet has no free address left.".to_owned()),
                })?)
            }
        };
        // A task lies in the zone of its subnet; that is the node's own where the node has one.
        let subnet_zone = network_interface
            .as_ref()
            .and_then(|i| resolved.subnets.iter().find(|s| s.id == i.subnet))
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
        Ok(Task {
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
        })
    }
}

type Placed = (Vec<Placement>, Vec<Failed>);

/// Asks placement, and puts its refusals into AWS's words.
fn place_on(
    fleet: &mut Fleet,
    request: &Request,
    place: &Place,
    resolved: &Resolved,
) -> Result<Placed, Error> {
    let fargate = resolved.launch_type == LaunchType::Fargate;
    match place {
        Place::On(named) => {
            let arns: Vec<String> = named
                .iter()
                .map(|n| {
                    find::instance_arn(&resolved.cluster.arn, n)
                        .map_or_else(|| n.clone(), |arn| arn.to_string())
                })
                .collect();
            let mut placed = Placed::default();
            for outcome in fleet.start(request, &arns) {
                match outcome {
                    StartOutcome::Placed(placement) => placed.0.push(placement),
                    StartOutcome::Failed(f) => {
                        placed.1.push(Failed { arn: Some(f.arn), reason: f.reason.to_owned(), detail: None });
                    }
                }
            }
            Ok(placed)
        }
        Place::Anywhere { .. } => {
            if fleet.instances().len() == 0 && !fargate {
                return Err(Error::invalid_parameter("No Container Instances were found in your cluster."));
            }
            let mut request = request.clone();
            // A pool whose nodes stand for every zone takes a task of any subnet.
            if fargate && fleet.instances().all(|i| i.attributes.contains_key(ZONES_ATTRIBUTE)) {
                request.zones.clear();
            }
            let outcome = fleet.place(&request);
            let mut failures = Vec::new();
            if outcome.unplaced > 0 && fargate {
                // AWS differs: it says no more than this; we say in the detail why our nodes refused.
                failures.push(Failed {
                    arn: None,
                    reason: "Capacity is unavailable at this time. Please try again later or in a different availability zone".to_owned(),
                    detail: outcome.report.as_ref().and_then(|r| r.closest.as_ref()).map(|(_, refusal)| refusal.to_string()),
                });
            } else if outcome.unplaced > 0 {
                failures.extend(fleet.failures(&request).into_iter().map(|f| Failed {
                    arn: Some(f.arn),
                    reason: f.reason.to_owned(),
                    detail: None,
                }));
            }
            Ok((outcome.placements, failures))
        }
    }
}

/// A container's sizes, overrides considered.
struct Sized<'a> {
    definition: &'a ContainerDefinition,
    cpu: CpuUnits,
    memory: Option<MemoryMib>,
    reservation: Option<MemoryMib>,
}

impl<'a> Sized<'a> {
    fn all(definition: &'a TaskDefinition, overrides: &TaskOverride) -> Vec<Self> {
        let amount = |value: i32| u32::try_from(value).unwrap_or(0);
        definition
            .container_definitions
            .iter()
            .map(|container| {
                let said = overrides.container_overrides.iter().find(|o| o.name == container.name);
                let cpu = said.and_then(|o| o.cpu).or(container.cpu).unwrap_or(0);
                let memory = said.and_then(|o| o.memory).or(container.memory);
                let reservation = said.and_then(|o| o.memory_reservation).or(container.memory_reservation);
                Self {
                    definition: container,
                    cpu: CpuUnits(amount(cpu)),
                    memory: memory.map(|m| MemoryMib(amount(m))),
                    reservation: reservation.map(|m| MemoryMib(amount(m))),
                }
            })
            .collect()
    }

    /// What the instance sets aside: the soft limit where there is one.
    fn reserved_memory(&self) -> MemoryMib {
        self.reservation.or(self.memory).unwrap_or(MemoryMib(0))
    }

    fn container(&self, arn: ContainerArn) -> Container {
        Container {
            arn,
            name: self.definition.name.clone().unwrap_or_default(),
            image: self.definition.image.clone().unwrap_or_default(),
            cpu: self.cpu.to_string(),
            memory: self.memory.map(|m| m.0.to_string()),
            memory_reservation: self.reservation.map(|m| m.0.to_string()),
            essential: self.definition.essential.unwrap_or(true),
            last_status: ContainerStatus::Pending,
            image_digest: None,
            runtime_id: None,
            exit_code: None,
            reason: None,
            health: None,
            network_bindings: Vec::new(),
            gpu_ids: Vec::new(),
        }
    }
}

/// The ports of the node that the task takes by name; dynamic ones are the agent's to choose.
fn host_ports(definition: &TaskDefinition, mode: NetworkMode) -> Vec<(u16, TransportProtocol)> {
    let mappings = definition.container_definitions.iter().flat_map(|c| &c.port_mappings);
    let port = |mapping: &model::ecs::container_definition::PortMapping| match mode {
        NetworkMode::Bridge => mapping.host_port,
        NetworkMode::Host => mapping.host_port.filter(|p| *p != 0).or(mapping.container_port),
        NetworkMode::Awsvpc | NetworkMode::None => None,
    };
    mappings
        .filter_map(|m| {
            let port = u16::try_from(port(m)?).ok().filter(|p| *p != 0)?;
            Some((port, m.protocol.unwrap_or(TransportProtocol::Tcp)))
        })
        .collect()
}

fn gpus(container: &ContainerDefinition) -> u32 {
    use model::ecs::container_definition::ResourceType;
    let wanted = container.resource_requirements.iter().filter(|r| r.kind == Some(ResourceType::Gpu));
    wanted.filter_map(|r| r.value.as_deref()?.parse::<u32>().ok()).sum()
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

fn hex_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
