//! Container instances: their registration by agents, and what operators do with them.

use crate::api::tag;
use crate::balancing;
use crate::convert::{self, FromApi};
use crate::daemon;
use crate::errors::settle;
use crate::find::{self, page};
use crate::fleet::{self, Owner};
use crate::identity::Identity;
use crate::provider;
use crate::service::Ecs;
use crate::stop;
use api::ecs::{
    ContainerInstanceField, DeregisterContainerInstanceRequest, DeregisterContainerInstanceResponse,
    DescribeContainerInstancesRequest, DescribeContainerInstancesResponse, Error,
    ListContainerInstancesRequest, ListContainerInstancesResponse, RegisterContainerInstanceRequest,
    RegisterContainerInstanceResponse, UpdateContainerAgentRequest, UpdateContainerAgentResponse,
    UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse,
};
use auth::Cx;
use model::Tag;
use model::ecs::container_instance::{AgentVersion, POOL_CLUSTER, Pool, Resources};
use model::ecs::{Attribute, Cluster, ContainerInstance, Task};
use model::ids::{ClusterArn, ContainerInstanceArn, Ec2InstanceId};
use model::status::{ClusterStatus, InstanceStatus};
use plan::placement::query::Expression;
use state::ec2::network_interface;
use state::ecs::{container_instance as instances, task as tasks};
use state::{Snapshot, Tx, idempotency};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const MOST_DESCRIBED: usize = 100;
const MOST_LISTED: i32 = 100;
/// "You can specify up to 10 container instances" of UpdateContainerInstancesState.
const MOST_UPDATED: usize = 10;
/// How long a token of RegisterContainerInstance is remembered. Not established: that of RunTask.
const TOKEN_LIFE: Duration = Duration::from_secs(24 * 3600);
/// The attribute by which a node joins an operator's pool.
const POOL_ATTRIBUTE: &str = "longshore.pool";

pub(crate) async fn register_container_instance(
    ecs: &Ecs,
    cx: &Cx,
    input: RegisterContainerInstanceRequest,
) -> Result<RegisterContainerInstanceResponse, Error> {
    let identity = Identity::read(input.instance_identity_document.as_deref())?;
    let mut attributes: Vec<Attribute> = Vec::from_api(input.attributes)?;
    identity.complete(&mut attributes);
    let tags: Vec<Tag> = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let gpus = input.platform_devices.into_iter().flatten().map(|d| d.id).collect();
    let resources = convert::registered_resources(input.total_resources.as_deref().unwrap_or_default(), gpus)
        .map_err(Error::invalid_parameter)?;
    let version = input.version_info.map(|v| AgentVersion {
        agent_version: v.agent_version,
        agent_hash: v.agent_hash,
        docker_version: v.docker_version,
    });
    let registration =
        Registration { identity, attributes, tags, resources, version: version.unwrap_or_default() };
    let id = cx.hex_id();
    let machine = cx.ec2_instance_id();
    let cluster = find::cluster_arn(&cx.scope, input.cluster.as_deref())?;
    let resource = format!("container-instance/{}/*", cluster.name());
    tag::check_on_create(ecs, cx, "RegisterContainerInstance", resource, &registration.tags)?;
    let token = input.client_token.as_deref().filter(|t| !t.is_empty());
    let change = ecs.state.update(|tx| {
        let cluster = joined_cluster(tx, cx, input.cluster.as_deref())?;
        let scope = format!("ecs:RegisterContainerInstance:{cluster}");
        let made_before = match token {
            Some(token) => idempotency::recall::<String>(tx, &scope, token, "", cx.now)
                .map_err(|e| Error::internal(e.to_string()))?,
            None => None,
        };
        let named = input.container_instance_arn.as_deref().filter(|a| !a.is_empty());
        let known = match named {
            Some(named) => Some(taken_up(tx, &cluster, named)?),
            // One that was deregistered since is not come back to: the token then makes another.
            None => made_before.as_deref().and_then(|made| {
                find::instance(tx, &cluster, made).filter(|i| i.status != InstanceStatus::Inactive)
            }),
        };
        let mut registered = match known {
            Some(known) => registration.renewed(&known)?,
            None => registration.new_instance(ContainerInstanceArn::new(&cluster, &id), cluster.clone(), cx),
        };
        name_machine(&mut registered, &machine);
        registered.capacity_provider = provider::of_instance(tx, &cluster, &registered.attributes);
        // It takes no tasks before its daemons run.
        if registered.version == 1 && daemon::holds_back(tx, &registered) {
            registered.status = InstanceStatus::Registering;
        }
        let instance = tx.put(registered);
        if let Some(token) = token {
            // The token is the agent's, the rest may have changed when it tries again (it was restarted with other resources): the instance
            // that it made is renewed with what it says now. Not established: whether AWS refuses other parameters.
            let arn = instance.arn.to_string();
            idempotency::remember(tx, &scope, token, "", &arn, cx.now.after(TOKEN_LIFE))
                .map_err(|e| Error::internal(e.to_string()))?;
        }
        Ok(instance)
    });
    let instance = settle(change.await)?;
    tracing::info!(instance = %instance.arn, "container instance registered");
    let view = fleet::view(&ecs.state.snapshot(), &instance);
    Ok(RegisterContainerInstanceResponse {
        container_instance: Some(convert::instance(&instance, &view, true)),
    })
}

/// The instance that an agent says it was before. There is no other in its place: the official agent keeps to the name that it remembers, whatever
/// it is answered (observed), so that each of its starts would leave an instance that is nobody's. The text about an inactive one is AWS's, seen
/// in agents' logs; the one about an unknown one is not established.
fn taken_up(tx: &Tx<'_>, cluster: &ClusterArn, named: &str) -> Result<Arc<ContainerInstance>, Error> {
    let known = find::instance(tx, cluster, named);
    let known = known.ok_or_else(|| Error::client("Container instance not found."))?;
    if known.status == InstanceStatus::Inactive {
        return Err(Error::client(format!("Container instance {} is inactive.", known.arn.id())));
    }
    Ok(known)
}

/// What an agent brings.
struct Registration {
    identity: Identity,
    attributes: Vec<Attribute>,
    tags: Vec<Tag>,
    resources: Resources,
    version: AgentVersion,
}

impl Registration {
    fn new_instance(&self, arn: ContainerInstanceArn, cluster: ClusterArn, cx: &Cx) -> ContainerInstance {
        ContainerInstance {
            arn,
            cluster,
            status: InstanceStatus::Active,
            status_reason: None,
            version: 1,
            registered_at: cx.now,
            deregistered_at: None,
            ec2_instance_id: self.ec2_instance_id(),
            agent_connected: false,
            connectivity_at: None,
            agent: self.version.clone(),
            registered: self.resources.clone(),
            attributes: self.attributes.clone(),
            pool: pool(&self.attributes),
            leaving_pool: None,
            capacity_provider: None,
            tags: self.tags.clone(),
        }
    }

    /// An agent that was here before, after a restart. What operators set (custom attributes, tags, DRAINING) stays.
    fn renewed(&self, known: &ContainerInstance) -> Result<ContainerInstance, Error> {
        let mut renewed = known.clone();
        const KIND: &str = "ecs.instance-type";
        if let (Some(before), Some(now)) =
            (value_of(&known.attributes, KIND), value_of(&self.attributes, KIND))
            && before != now
        {
            // The agent ends itself on exactly this message.
            return Err(Error::client("Container instance type changes are not supported."));
        }
        renewed.version += 1;
        renewed.registered = self.resources.clone();
        renewed.ec2_instance_id = self.ec2_instance_id().or(renewed.ec2_instance_id);
        for attribute in &self.attributes {
            match renewed.attributes.iter_mut().find(|a| a.name == attribute.name) {
                Some(existing) => existing.value.clone_from(&attribute.value),
                None => renewed.attributes.push(attribute.clone()),
            }
        }
        // A capability that the agent lost is lost; custom attributes are not the agent's.
        let said: BTreeSet<&str> = self.attributes.iter().map(|a| a.name.as_str()).collect();
        renewed.attributes.retain(|a| said.contains(a.name.as_str()) || !is_capability(&a.name));
        // An agent that comes back does not say its custom attributes again.
        renewed.pool = pool(&renewed.attributes);
        // Whoever starts the agent again offers the node again.
        renewed.leaving_pool = None;
        Ok(renewed)
    }

    fn ec2_instance_id(&self) -> Option<String> {
        let said = value_of(&self.attributes, "ecs.instance-id").map(str::to_owned);
        self.identity.instance_id.clone().or(said)
    }
}

/// Gives a machine an id that has none of its own: once, so that it keeps it for as long as it is this container instance. For external instances
/// it is what Systems Manager would call them ("ContainerInstance" of the API reference, 2026). Nodes that serve a pool alone are nobody's instances.
fn name_machine(instance: &mut ContainerInstance, given: &Ec2InstanceId) {
    let unnamed = instance.attributes.iter().any(|a| a.name == agent_protocol::UNNAMED_MACHINE);
    if !unnamed || instance.serves_pool_only() || instance.ec2_instance_id.is_some() {
        return;
    }
    let prefix = if fleet::is_external(instance) { "mi" } else { "i" };
    instance.ec2_instance_id = Some(format!("{prefix}-{}", given.digits()));
}

fn pool(attributes: &[Attribute]) -> Option<Pool> {
    match value_of(attributes, POOL_ATTRIBUTE)? {
        "fargate" => Some(Pool::Fargate),
        "fargate-spot" => Some(Pool::FargateSpot),
        _ => None,
    }
}

fn value_of<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|a| a.name == name)?.value.as_deref()
}

fn is_capability(name: &str) -> bool {
    let prefixes = ["ecs.capability.", "com.amazonaws.ecs.capability."];
    prefixes.iter().any(|p| name.starts_with(p)) || agent_protocol::CAPABILITIES.contains(&name)
}

/// The cluster that an agent joins: it has to be there. Nodes of a pool join no cluster.
fn joined_cluster(tx: &mut Tx<'_>, cx: &Cx, named: Option<&str>) -> Result<ClusterArn, Error> {
    let arn = find::cluster_arn(&cx.scope, named)?;
    if arn.name() == POOL_CLUSTER {
        return Ok(arn);
    }
    match tx.get::<Cluster>(arn.as_str()) {
        Some(cluster) if cluster.status == ClusterStatus::Active => Ok(arn),
        _ => Err(crate::errors::cluster_not_found()),
    }
}

pub(crate) async fn deregister_container_instance(
    ecs: &Ecs,
    cx: &Cx,
    input: DeregisterContainerInstanceRequest,
) -> Result<DeregisterContainerInstanceResponse, Error> {
    let force = input.force.unwrap_or(false);
    let change = ecs.state.update(|tx| {
        let cluster = cluster_or_pool(tx, cx, input.cluster.as_deref())?;
        let instance = find::instance(tx, &cluster, &input.container_instance)
            .filter(|i| i.status != InstanceStatus::Inactive);
        let instance =
            instance.ok_or_else(|| Error::invalid_parameter("Referenced container instance not found."))?;
        let running: Vec<Arc<Task>> = tasks::holding(tx, &instance.arn).cloned().collect();
        if !running.is_empty() && !force {
            return Err(Error::invalid_parameter("Found running tasks on the instance."));
        }
        for task in running {
            // AWS lets such tasks run on, orphaned. AWS differs: their records end here, and an agent that is connected stops them, the official one too.
            let mut task = Task::clone(&task);
            stop::lost(&mut task, "Container instance deregistered", cx.now);
            balancing::put(tx, task, cx.now);
        }
        network_interface::machine_gone(tx, &instance.arn);
        let mut gone = ContainerInstance::clone(&instance);
        gone.version += 1;
        gone.status = InstanceStatus::Inactive;
        gone.deregistered_at = Some(cx.now);
        gone.agent_connected = false;
        Ok(tx.put(gone))
    });
    let instance = settle(change.await)?;
    tracing::info!(instance = %instance.arn, "container instance deregistered");
    let view = fleet::view(&ecs.state.snapshot(), &instance);
    Ok(DeregisterContainerInstanceResponse {
        container_instance: Some(convert::instance(&instance, &view, true)),
    })
}

fn cluster_or_pool(tx: &Tx<'_>, cx: &Cx, named: Option<&str>) -> Result<ClusterArn, Error> {
    let arn = find::cluster_arn(&cx.scope, named)?;
    if arn.name() == POOL_CLUSTER {
        return Ok(arn);
    }
    find::cluster(tx, &cx.scope, named).map(|c| c.arn.clone())
}

pub(crate) async fn describe_container_instances(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeContainerInstancesRequest,
) -> Result<DescribeContainerInstancesResponse, Error> {
    if input.container_instances.is_empty() {
        return Err(Error::invalid_parameter("Container instances cannot be empty."));
    }
    if input.container_instances.len() > MOST_DESCRIBED {
        return Err(Error::invalid_parameter(format!(
            "Container instances can have at most {MOST_DESCRIBED} items."
        )));
    }
    let includes = |field| input.include.iter().flatten().any(|f| *f == field);
    let with_tags = includes(ContainerInstanceField::Tags);
    let with_health = includes(ContainerInstanceField::ContainerInstanceHealth);
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    let mut response = DescribeContainerInstancesResponse {
        container_instances: Some(Vec::new()),
        failures: Some(Vec::new()),
    };
    for named in &input.container_instances {
        match find::instance(&snapshot, &cluster.arn, named) {
            Some(instance) => {
                let view = fleet::view(&snapshot, &instance);
                let mut shown = convert::instance(&instance, &view, with_tags);
                shown.health_status =
                    with_health.then(|| convert::instance_health(&ecs.telemetry.health_of(&instance.arn)));
                response.container_instances.get_or_insert_default().push(shown);
            }
            None => {
                let arn =
                    find::instance_arn(&cluster.arn, named).map_or_else(|| named.clone(), |a| a.to_string());
                response.failures.get_or_insert_default().push(convert::failure(arn, "MISSING"));
            }
        }
    }
    Ok(response)
}

pub(crate) async fn list_container_instances(
    ecs: &Ecs,
    cx: &Cx,
    input: ListContainerInstancesRequest,
) -> Result<ListContainerInstancesResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    let statuses = match &input.status {
        None => {
            // All but INACTIVE ("ListContainerInstances", API reference).
            vec![InstanceStatus::Registering, InstanceStatus::Active, InstanceStatus::Draining]
        }
        Some(given) => {
            vec![
                given
                    .as_str()
                    .parse()
                    .map_err(|e: model::status::UnknownName| Error::invalid_parameter(e.to_string()))?,
            ]
        }
    };
    let selected = match input.filter.as_deref().filter(|f| !f.trim().is_empty()) {
        None => None,
        Some(text) => {
            let expression = Expression::parse(text)
                .map_err(|e| Error::invalid_parameter(format!("Invalid filter: {e}")))?;
            let owner = Owner::Cluster(cluster.arn.clone());
            let chosen = ecs.fleets.with(&snapshot, &owner, |fleet| (fleet.select(&expression), Vec::new()));
            Some(chosen.into_iter().collect::<BTreeSet<_>>())
        }
    };
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let takes = |i: &&Arc<ContainerInstance>| {
        statuses.contains(&i.status) && selected.as_ref().is_none_or(|s| s.contains(&i.arn))
    };
    let listed: Vec<_> = snapshot
        .by_index(instances::BY_CLUSTER, &cluster.arn)
        .after(after)
        .filter(takes)
        .take(limit + 1)
        .collect();
    let more = listed.len() > limit;
    let arns: Vec<String> = listed.iter().take(limit).map(|i| i.arn.to_string()).collect();
    let next_token = arns.last().filter(|_| more).map(|last| page::token(last));
    Ok(ListContainerInstancesResponse { container_instance_arns: Some(arns), next_token })
}

pub(crate) async fn update_container_instances_state(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateContainerInstancesStateRequest,
) -> Result<UpdateContainerInstancesStateResponse, Error> {
    let status = match input.status.as_str() {
        "ACTIVE" => InstanceStatus::Active,
        "DRAINING" => InstanceStatus::Draining,
        _ => {
            return Err(Error::invalid_parameter(
                "Container instance status should be one of [ACTIVE, DRAINING].",
            ));
        }
    };
    if input.container_instances.is_empty() {
        return Err(Error::invalid_parameter("Container instances cannot be empty."));
    }
    if input.container_instances.len() > MOST_UPDATED {
        return Err(Error::invalid_parameter(format!(
            "Container instances can have at most {MOST_UPDATED} items."
        )));
    }
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, input.cluster.as_deref())?;
        let mut changed = Vec::new();
        let mut failures = Vec::new();
        for named in &input.container_instances {
            match find::instance(tx, &cluster.arn, named) {
                None => failures.push((named.clone(), "MISSING")),
                Some(i) if i.status == status => changed.push(i),
                Some(i) if i.status.may_become(status) => {
                    let mut next = ContainerInstance::clone(&i);
                    next.version += 1;
                    next.status = status;
                    changed.push(tx.put(next));
                }
                Some(_) => failures.push((named.clone(), "INACTIVE")),
            }
        }
        Ok((changed, failures))
    });
    let (changed, failures) = settle(change.await)?;
    let snapshot = ecs.state.snapshot();
    let shown = changed.iter().map(|i| convert::instance(i, &fleet::view(&snapshot, i), true)).collect();
    let failures = failures.into_iter().map(|(arn, reason)| convert::failure(arn, reason)).collect();
    Ok(UpdateContainerInstancesStateResponse { container_instances: Some(shown), failures: Some(failures) })
}

/// AWS updates the agent of its own machine images. Ours is replaced with its program, the official one by its package: nothing here can do it,
/// which AWS says the same way of instances whose agent it cannot update.
pub(crate) async fn update_container_agent(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateContainerAgentRequest,
) -> Result<UpdateContainerAgentResponse, Error> {
    let snapshot: Snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    let instance = find::instance(&snapshot, &cluster.arn, &input.container_instance);
    let instance = instance.ok_or_else(|| Error::client("Container instance not found."))?;
    if !instance.agent_connected {
        return Err(Error::client("The container agent is not connected."));
    }
    Err(Error::no_update_available("There is no update available for this container agent."))
}
