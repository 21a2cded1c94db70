//! Task sets of services with the EXTERNAL deployment controller: made, scaled, made primary and taken away.
//!
//! An operation writes what is wanted; the service scheduler does the rest. A set's revision never changes: what is to run otherwise is another set.
//!
//! Source: the operations' pages of the API reference and "Deploy Amazon ECS services using a third-party controller", read 2026-11. Texts of refusals
//! as observed in public reports where a comment does not say otherwise.

use crate::api::client_token;
use crate::api::launch;
use crate::api::service;
use crate::api::service::controller::{self, NewSet};
use crate::api::tag;
use crate::convert::{self, FromApi, TaskCounts};
use crate::errors::settle;
use crate::find;
use crate::find::Source;
use crate::provider;
use crate::service::Ecs;
use crate::service_scheduler::task_sets;
use api::ecs::{
    CreateTaskSetRequest, CreateTaskSetResponse, DeleteTaskSetRequest, DeleteTaskSetResponse,
    DescribeTaskSetsRequest, DescribeTaskSetsResponse, Error, Scale, TaskSetField,
    UpdateServicePrimaryTaskSetRequest, UpdateServicePrimaryTaskSetResponse, UpdateTaskSetRequest,
    UpdateTaskSetResponse,
};
use auth::Cx;
use model::Percent;
use model::ecs::launch::{CapacityProviderStrategyItem, NetworkConfiguration};
use model::ecs::service::DeploymentController;
use model::ecs::task_set::TaskSetStatus;
use model::ecs::{Cluster, LoadBalancer, Service, ServiceRevision, TaskSet};
use model::ids::{ServiceArn, ServiceRevisionArn, TaskDefinitionArn, TaskSetArn};
use model::status::LaunchType;
use plan::task_set::{MOST_SETS, computed_desired_count, is_stable};
use sha2::{Digest, Sha256};
use state::{Snapshot, Tx, idempotency};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const TOKEN_LIFE: Duration = Duration::from_secs(24 * 3600);

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

pub(crate) async fn create_task_set(
    ecs: &Ecs,
    cx: &Cx,
    input: CreateTaskSetRequest,
) -> Result<CreateTaskSetResponse, Error> {
    let plain = CreateTaskSetRequest { client_token: None, ..input.clone() };
    let fingerprint: String =
        Sha256::digest(format!("{plain:?}").as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    let token = client_token::checked(input.client_token.clone(), client_token::LONGEST)?;
    let wish = Wish::from_api(&input)?;
    let cluster = find::cluster_arn(&cx.scope, Some(&input.cluster))?;
    // By its name, also where the request has its ARN.
    let service = input.service.rsplit('/').next().unwrap_or_default();
    let resource = format!("task-set/{}/{service}/*", cluster.name());
    tag::check_on_create(ecs, cx, "CreateTaskSet", resource, &wish.tags)?;
    let bytes = cx.random_16();
    let change = ecs.state.update(|tx| {
        let (cluster, service) = of_controller(tx, cx, &input.cluster, &input.service)?;
        let scope = format!("ecs:CreateTaskSet:{}", service.arn);
        if let Some(token) = &token {
            match idempotency::recall::<TaskSetArn>(tx, &scope, token, &fingerprint, cx.now) {
                Ok(Some(before)) => return Ok(before),
                Ok(None) => {}
                // Not established: AWS's words.
                Err(idempotency::Error::Mismatch) => return refuse("Creation of task set was not idempotent."),
                Err(error) => return Err(Error::internal(error.to_string())),
            }
        }
        if task_sets::of(tx, &service.arn).len() >= MOST_SETS {
            return refuse(format!(
                "{MOST_SETS} deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit."
            ));
        }
        let arn = create(ecs, cx, tx, (&cluster, &service), &wish, bytes)?;
        if let Some(token) = &token {
            idempotency::remember(tx, &scope, token, &fingerprint, &arn, cx.now.after(TOKEN_LIFE))
                .map_err(|e| Error::internal(e.to_string()))?;
        }
        Ok(arn)
    });
    let arn = settle(change.await)?;
    Ok(CreateTaskSetResponse { task_set: described(&ecs.state.snapshot(), &arn) })
}

/// What a request says of a new set, in our own terms.
struct Wish {
    definition: String,
    launch_type: Option<LaunchType>,
    providers: Vec<CapacityProviderStrategyItem>,
    platform_version: Option<String>,
    network: Option<NetworkConfiguration>,
    load_balancers: Vec<LoadBalancer>,
    external_id: Option<String>,
    scale: Percent,
    tags: Vec<model::Tag>,
}

impl Wish {
    fn from_api(input: &CreateTaskSetRequest) -> Result<Self, Error> {
        let input = input.clone();
        if input.task_definition.is_empty() {
            return refuse("Family should not be null or empty.");
        }
        if input.service_registries.is_some_and(|l| !l.is_empty()) {
            return Err(Error::unsupported_feature(
                "Longshore has no service discovery yet (serviceRegistries).",
            ));
        }
        let providers: Vec<CapacityProviderStrategyItem> = Vec::from_api(input.capacity_provider_strategy)?;
        let launch_type = provider::asked_for(input.launch_type)?;
        if launch_type.is_some() && !providers.is_empty() {
            return refuse(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            );
        }
        let tags = Vec::from_api(input.tags)?;
        tag::check(&tags)?;
        Ok(Self {
            definition: input.task_definition,
            launch_type,
            providers,
            platform_version: input.platform_version.filter(|v| !v.is_empty()),
            network: Option::from_api(input.network_configuration)?,
            load_balancers: Vec::from_api(input.load_balancers)?,
            external_id: input.external_id.filter(|id| !id.is_empty()),
            // As AWS's examples show a set that says nothing.
            scale: input.scale.as_ref().map_or(Ok(Percent::default()), scale)?,
            tags,
        })
    }
}

/// "Accepted values are numbers between 0 and 100." Not established: AWS's words.
fn scale(given: &Scale) -> Result<Percent, Error> {
    let Some(value) = given.value else { return refuse("The value of scale must be specified.") };
    Percent::new(value).map_or_else(|| refuse("The value of scale must be between 0 and 100."), Ok)
}

fn create(
    ecs: &Ecs,
    cx: &Cx,
    tx: &mut Tx<'_>,
    (cluster, service): (&Cluster, &Service),
    wish: &Wish,
    bytes: [u8; 16],
) -> Result<TaskSetArn, Error> {
    let definition = service::definition(cx, tx, Some(&wish.definition))?;
    let mut revision = ServiceRevision {
        arn: ServiceRevisionArn::from_random(&service.arn, bytes),
        service: service.arn.clone(),
        cluster: service.cluster.clone(),
        created_at: cx.now,
        task_definition: TaskDefinitionArn::clone(&definition.arn),
        launch_type: wish.launch_type,
        capacity_provider_strategy: wish.providers.clone(),
        platform_asked: wish.platform_version.clone(),
        platform_version: None,
        network_configuration: wish.network.clone(),
        load_balancers: wish.load_balancers.clone(),
        in_alternate: false,
        container_images: service::images(&definition),
    };
    service::defaults(&mut revision, cluster);
    let of = (service.deployment_controller, &service.deployment_configuration);
    service::load_balancing::check(tx, &revision, of)?;
    // A set is shown with the version that LATEST stood for when it was made, and keeps to it.
    revision.platform_version = launch::of_service::check(ecs, cx, tx, service, &revision)?;
    revision.platform_asked = None;
    let set = controller::task_set(
        service,
        &revision,
        NewSet {
            status: TaskSetStatus::Active,
            started_by: None,
            external_id: wish.external_id.clone(),
            scale: wish.scale,
            tags: wish.tags.clone(),
        },
    );
    tx.put(revision);
    Ok(tx.put(set).arn.clone())
}

pub(crate) async fn describe_task_sets(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeTaskSetsRequest,
) -> Result<DescribeTaskSetsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let (_, service) = of_controller(&snapshot, cx, &input.cluster, &input.service)?;
    let named = input.task_sets.unwrap_or_default();
    // The reference calls them optional; the service does not.
    if named.is_empty() {
        return refuse("TaskSets cannot be empty.");
    }
    let with_tags = input.include.iter().flatten().any(|f| *f == TaskSetField::Tags);
    let counts = service::counts(&snapshot, &service);
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    for name in &named {
        let arn = set_arn(&service.arn, name)?;
        match of_service(&snapshot, &service, &arn) {
            Some(set) => shown.push(self::shown(&snapshot, &service, &set, &counts, with_tags)),
            None => failures.push(convert::failure(arn.as_str(), "MISSING")),
        }
    }
    Ok(DescribeTaskSetsResponse { task_sets: Some(shown), failures: Some(failures) })
}

pub(crate) async fn update_task_set(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateTaskSetRequest,
) -> Result<UpdateTaskSetResponse, Error> {
    let scale = scale(&input.scale)?;
    let change = ecs.state.update(|tx| {
        let (service, set) = find(tx, cx, &input.cluster, &input.service, &input.task_set)?;
        check_alive(&set)?;
        let mut changed = TaskSet { scale, updated_at: cx.now, ..TaskSet::clone(&set) };
        unsettle(&service, &mut changed, cx);
        Ok(tx.put(changed).arn.clone())
    });
    let arn = settle(change.await)?;
    Ok(UpdateTaskSetResponse { task_set: described(&ecs.state.snapshot(), &arn) })
}

pub(crate) async fn delete_task_set(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteTaskSetRequest,
) -> Result<DeleteTaskSetResponse, Error> {
    let force = input.force.unwrap_or(false);
    let change = ecs.state.update(|tx| {
        let (service, set) = find(tx, cx, &input.cluster, &input.service, &input.task_set)?;
        match set.status {
            TaskSetStatus::Primary if !force => return refuse("Primary TaskSet cannot be deleted"),
            TaskSetStatus::Primary | TaskSetStatus::Active => {}
            // Asking again changes nothing.
            TaskSetStatus::Draining => return Ok((service, set)),
        }
        if !force && computed_desired_count(&service, &set) > 0 {
            // Not established: AWS's words.
            return refuse("The task set cannot be deleted while it is scaled above 0.");
        }
        if set.status == TaskSetStatus::Primary {
            // "If no primary task set is defined for a service, the task set fields are null."
            tx.put(Service { revision: None, ..Service::clone(&service) });
        }
        let mut drained =
            TaskSet { status: TaskSetStatus::Draining, updated_at: cx.now, ..TaskSet::clone(&set) };
        drained.schedule.steady = false;
        drained.stable_at = cx.now;
        tracing::info!(task_set = %set.arn, from = %set.status, to = %drained.status, "a task set is deleted");
        Ok((service, tx.put(drained)))
    });
    let (service, set) = settle(change.await)?;
    // A set without tasks may be gone already: it is answered as it was when it began to drain.
    let snapshot = ecs.state.snapshot();
    let counts = service::counts(&snapshot, &service);
    Ok(DeleteTaskSetResponse { task_set: Some(shown(&snapshot, &service, &set, &counts, true)) })
}

pub(crate) async fn update_service_primary_task_set(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateServicePrimaryTaskSetRequest,
) -> Result<UpdateServicePrimaryTaskSetResponse, Error> {
    let change = ecs.state.update(|tx| {
        let (service, set) = find(tx, cx, &input.cluster, &input.service, &input.primary_task_set)?;
        check_alive(&set)?;
        for other in task_sets::of(tx, &service.arn) {
            let next = if other.arn == set.arn { TaskSetStatus::Primary } else { TaskSetStatus::Active };
            if other.status.may_become(next) {
                tracing::info!(task_set = %other.arn, from = %other.status, to = %next, "a task set changes its role");
                tx.put(TaskSet { status: next, updated_at: cx.now, ..TaskSet::clone(&other) });
            }
        }
        // "Any parameters that are updated on the primary task set in a service will transition to the service."
        tx.put(Service { revision: Some(set.revision.clone()), ..Service::clone(&service) });
        Ok(set.arn.clone())
    });
    let arn = settle(change.await)?;
    Ok(UpdateServicePrimaryTaskSetResponse { task_set: described(&ecs.state.snapshot(), &arn) })
}

/// Another number of tasks makes a set unstable until it has them.
fn unsettle(service: &Service, set: &mut TaskSet, cx: &Cx) {
    if set.schedule.steady && set.counted != computed_desired_count(service, set) {
        set.schedule.steady = false;
        set.stable_at = cx.now;
    }
}

/// The service that is named, if controllers make task sets of it.
fn of_controller(
    from: &impl Source,
    cx: &Cx,
    cluster: &str,
    named: &str,
) -> Result<(Arc<Cluster>, Arc<Service>), Error> {
    let service = service::find_active(from, &cx.scope, Some(cluster), named)?;
    let cluster = crate::find::cluster(from, &cx.scope, Some(cluster))?;
    match service.deployment_controller {
        DeploymentController::External => Ok((cluster, service)),
        DeploymentController::Ecs | DeploymentController::CodeDeploy => refuse(
            "Amazon ECS only supports task set management on services configured to use external deployment controllers.",
        ),
    }
}

fn find(
    from: &impl Source,
    cx: &Cx,
    cluster: &str,
    service: &str,
    named: &str,
) -> Result<(Arc<Service>, Arc<TaskSet>), Error> {
    let (_, service) = of_controller(from, cx, cluster, service)?;
    let arn = set_arn(&service.arn, named)?;
    let set = of_service(from, &service, &arn);
    // Not established: AWS's words.
    let set = set.ok_or_else(|| Error::task_set_not_found("TaskSet not found."))?;
    Ok((service, set))
}

fn of_service(from: &impl Source, service: &Service, arn: &TaskSetArn) -> Option<Arc<TaskSet>> {
    from.get::<TaskSet>(arn.as_str()).filter(|set| set.service == service.arn)
}

/// The ARN that a set's id or ARN stands for.
fn set_arn(service: &ServiceArn, named: &str) -> Result<TaskSetArn, Error> {
    let invalid = || Error::invalid_parameter("Task Set Identifier is invalid");
    if named.starts_with("arn:") {
        return named.parse().map_err(|_| invalid());
    }
    let number =
        named.strip_prefix("ecs-svc/").filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    number.map(|_| TaskSetArn::new(service, named)).ok_or_else(invalid)
}

/// Not established: AWS's words.
fn check_alive(set: &TaskSet) -> Result<(), Error> {
    match set.status {
        TaskSetStatus::Primary | TaskSetStatus::Active => Ok(()),
        TaskSetStatus::Draining => refuse("The task set is being deleted."),
    }
}

fn described(snapshot: &Snapshot, arn: &TaskSetArn) -> Option<api::ecs::TaskSet> {
    let set = snapshot.get::<TaskSet>(arn.as_str())?;
    let service = snapshot.get::<Service>(set.service.as_str())?;
    Some(shown(snapshot, service, set, &service::counts(snapshot, service), true))
}

/// A task set as the API shows it. `counts`: the service's tasks by what started them.
pub(crate) fn shown(
    snapshot: &Snapshot,
    service: &Service,
    set: &TaskSet,
    counts: &BTreeMap<String, TaskCounts>,
    with_tags: bool,
) -> api::ecs::TaskSet {
    let beside = convert::BesideTaskSet {
        revision: snapshot.get::<ServiceRevision>(set.revision.as_str()).map(|r| &**r),
        counts: counts.get(&set.id()).copied().unwrap_or_default(),
        computed_desired_count: computed_desired_count(service, set),
        stable: is_stable(service, set),
        with_tags,
    };
    convert::task_set(set, &beside)
}
