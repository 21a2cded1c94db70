//! RunTask and StartTask: a task definition and a few words become tasks with a place.

mod making;
pub(crate) mod of_daemon;
pub(crate) mod of_hook;
pub(crate) mod of_service;
mod placing;

use crate::api::client_token;
use crate::api::tag;
use crate::convert::{self, FromApi};
use crate::errors::settle;
use crate::find;
use crate::provider;
use crate::service::Ecs;
use api::ecs::{
    Error, Failure, RunTaskRequest, RunTaskResponse, StartTaskRequest, StartTaskResponse,
    TaskVolumeConfiguration,
};
use auth::{Cx, Ids};
use making::Making;
use model::Tag;
use model::ecs::launch::{
    CapacityProviderStrategyItem, NetworkConfiguration, PlacementConstraint, PlacementStrategy,
    PropagateTags, TaskOverride,
};
use model::ecs::task::Task;
use model::ids::TaskArn;
use model::status::LaunchType;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use state::idempotency;
use std::collections::BTreeMap;
use std::time::Duration;

/// "You can specify up to 10 tasks for each call."
const MOST_TASKS: i32 = 10;
/// "The maximum number of container instances" of StartTask.
const MOST_INSTANCES: usize = 10;
/// A client token of RunTask is remembered this long, as AWS documents it.
const TOKEN_LIFE: Duration = Duration::from_secs(24 * 3600);

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
    /// A service's scheduler asks: a task definition that became INACTIVE still counts, and tasks are spread over zones.
    by_service: bool,
    /// Where load balancers are to reach each task.
    targets: Vec<model::ecs::task::TaskTarget>,
    /// Tasks that the same service has on each capacity provider already: bases and weights go by all of them.
    already: BTreeMap<String, u32>,
}

/// Where the tasks go.
enum Place {
    Anywhere {
        count: u32,
        launch_type: Option<LaunchType>,
        constraints: Vec<PlacementConstraint>,
        strategies: Vec<PlacementStrategy>,
        platform_version: Option<String>,
        /// Empty where the caller names none.
        strategy: Vec<CapacityProviderStrategyItem>,
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
    let strategy: Vec<CapacityProviderStrategyItem> = Vec::from_api(input.capacity_provider_strategy)?;
    if !strategy.is_empty() && input.launch_type.is_some() {
        return Err(Error::invalid_parameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        ));
    }
    let place = Place::Anywhere {
        count: u32::try_from(count).expect("checked above"),
        launch_type: provider::asked_for(input.launch_type)?,
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
        strategy,
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
        by_service: false,
        targets: Vec::new(),
        already: BTreeMap::new(),
    };
    launch.check()?;
    launch.check_tags(ecs, cx, "RunTask")?;
    let token = client_token::checked(input.client_token, client_token::LONGEST_OF_RUN_TASK)?;
    let token = token.map(|t| (t, fingerprint));
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
        by_service: false,
        targets: Vec::new(),
        already: BTreeMap::new(),
    };
    launch.check()?;
    launch.check_tags(ecs, cx, "StartTask")?;
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
            // Observed of startedBy.
            Error::invalid_parameter(format!("{name} longer than {most}."))
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
            if ["service:", model::ecs::daemon::GROUP].iter().any(|reserved| group.starts_with(reserved)) {
                return Err(Error::invalid_parameter("Invalid namespace for group."));
            }
        }
        tag::check(&self.tags)
    }

    fn check_tags(&self, ecs: &Ecs, cx: &Cx, operation: &'static str) -> Result<(), Error> {
        let cluster = find::cluster_arn(&cx.scope, self.cluster.as_deref())?;
        tag::check_on_create(ecs, cx, operation, format!("task/{}/*", cluster.name()), &self.tags)
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

fn hex_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
