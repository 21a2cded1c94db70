//! DescribeServices, ListServices, ListServicesByNamespace.

use crate::convert::{self, Beside, FromApi, TaskCounts};
use crate::find::{self, page};
use crate::service::Ecs;
use crate::service_scheduler::task_sets;
use api::ecs::{
    DescribeServicesRequest, DescribeServicesResponse, Error, ListServicesByNamespaceRequest,
    ListServicesByNamespaceResponse, ListServicesRequest, ListServicesResponse, ServiceField,
};
use auth::Cx;
use model::ecs::service::{SchedulingStrategy, Service, ServiceStatus};
use model::ecs::{ServiceEvent, ServiceRevision, Task};
use model::ids::ServiceArn;
use model::status::{LaunchType, TaskStatus};
use state::Snapshot;
use state::ecs::service::{BY_CLUSTER, EVENTS};
use state::ecs::task::OPEN;
use std::collections::BTreeMap;
use std::sync::Arc;

/// "You may specify up to 10 services to describe in a single operation."
const MOST_DESCRIBED: usize = 10;
const MOST_LISTED: i32 = 100;
/// "If this parameter isn't used, ListServices returns up to 10 results."
const USUALLY_LISTED: i32 = 10;

pub(crate) async fn describe_services(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeServicesRequest,
) -> Result<DescribeServicesResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    if input.services.is_empty() {
        return Err(Error::invalid_parameter("Services cannot be empty."));
    }
    if input.services.len() > MOST_DESCRIBED {
        return Err(Error::invalid_parameter(format!("Services can have at most {MOST_DESCRIBED} items.")));
    }
    let with_tags = input.include.iter().flatten().any(|f| *f == ServiceField::Tags);
    let (mut services, mut failures) = (Vec::new(), Vec::new());
    for named in &input.services {
        let arn = super::service_arn(&cluster.arn, named);
        match arn.as_ref().and_then(|arn| shown(&snapshot, arn, with_tags)) {
            Some(service) => services.push(service),
            None => {
                let arn = arn.map_or_else(|| named.clone(), |arn| arn.to_string());
                failures.push(convert::failure(arn, "MISSING"));
            }
        }
    }
    Ok(DescribeServicesResponse { services: Some(services), failures: Some(failures) })
}

/// A service as the API shows it.
pub(crate) fn shown(snapshot: &Snapshot, arn: &ServiceArn, with_tags: bool) -> Option<api::ecs::Service> {
    let service = snapshot.get::<Service>(arn.as_str())?;
    let counts = counts(snapshot, service);
    let mut events: Vec<Arc<ServiceEvent>> = snapshot.by_index(EVENTS, arn).cloned().collect();
    events.reverse();
    let task_sets = task_sets::decide(service).then(|| {
        let sets = task_sets::of(snapshot, arn);
        sets.iter()
            .map(|set| crate::api::task_set::shown(snapshot, service, set, &counts, with_tags))
            .collect()
    });
    let beside = Beside {
        counts: &|deployment| counts.get(deployment).copied().unwrap_or_default(),
        revision: &|arn| snapshot.get::<ServiceRevision>(arn.as_str()).cloned(),
        events,
        task_sets,
        with_tags,
    };
    Some(convert::service(service, beside))
}

/// The tasks of a service by deployment; all of them under the empty name.
pub(crate) fn counts(snapshot: &Snapshot, service: &Service) -> BTreeMap<String, TaskCounts> {
    let mut counts: BTreeMap<String, TaskCounts> = BTreeMap::from([(String::new(), TaskCounts::default())]);
    let open = snapshot.by_index(OPEN, (&service.cluster, service.group()));
    for task in open {
        let (running, pending) = in_count(task);
        for name in ["", task.started_by.as_deref().unwrap_or_default()] {
            let counts = match counts.get_mut(name) {
                Some(known) => known,
                None => counts.entry(name.to_owned()).or_default(),
            };
            counts.running += running;
            counts.pending += pending;
        }
    }
    counts
}

/// Running ones are those that run, whatever is wanted of them; pending ones are on the way to it.
fn in_count(task: &Task) -> (i32, i32) {
    match task.last_status {
        TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => (0, 1),
        TaskStatus::Running => (1, 0),
        TaskStatus::Deactivating
        | TaskStatus::Stopping
        | TaskStatus::Deprovisioning
        | TaskStatus::Stopped
        | TaskStatus::Deleted => (0, 0),
    }
}

pub(crate) async fn list_services(
    ecs: &Ecs,
    cx: &Cx,
    input: ListServicesRequest,
) -> Result<ListServicesResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    let limit = page::size(Some(input.max_results.unwrap_or(USUALLY_LISTED)), MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let launch_type: Option<LaunchType> = Option::from_api(input.launch_type)?;
    let strategy: Option<SchedulingStrategy> = Option::from_api(input.scheduling_strategy)?;
    // Express Mode makes services that ECS manages; there is none here.
    let managed = input.resource_management_type == Some(api::ecs::ResourceManagementType::Ecs);
    let takes = |service: &&Arc<Service>| {
        let revision = super::revision_of(&snapshot, service);
        // Without a revision it is shown as one of EC2.
        let of_type =
            |wanted| revision.as_ref().map_or(Some(LaunchType::Ec2), |r| r.launch_type) == Some(wanted);
        // "A DRAINING service is no longer visible in … the ListServices API operation."
        !managed
            && service.status == ServiceStatus::Active
            && strategy.is_none_or(|s| s == service.scheduling_strategy)
            && launch_type.is_none_or(of_type)
    };
    let listed: Vec<&Arc<Service>> =
        snapshot.by_index(BY_CLUSTER, &cluster.arn).after(after).filter(takes).take(limit + 1).collect();
    let more = listed.len() > limit;
    let arns: Vec<String> = listed.iter().take(limit).map(|s| s.arn.to_string()).collect();
    let next_token = arns.last().filter(|_| more).map(|last| page::token(last));
    Ok(ListServicesResponse { service_arns: Some(arns), next_token })
}

/// Services join a Cloud Map namespace through Service Connect, which there is not yet: no namespace is there to be found.
pub(crate) async fn list_services_by_namespace(
    _: &Ecs,
    _: &Cx,
    input: ListServicesByNamespaceRequest,
) -> Result<ListServicesByNamespaceResponse, Error> {
    if input.namespace.is_empty() {
        return Err(Error::invalid_parameter("Namespace can not be blank."));
    }
    page::size(input.max_results, MOST_LISTED)?;
    page::after(input.next_token.as_deref())?;
    Err(Error::namespace_not_found(format!("Namespace {} was not found.", input.namespace)))
}
