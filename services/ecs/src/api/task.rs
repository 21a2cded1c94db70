//! DescribeTasks, ListTasks, StopTask.

use crate::api::service;
use crate::balancing;
use crate::convert;
use crate::errors::settle;
use crate::find::{self, page};
use crate::service::Ecs;
use crate::stop;
use api::ecs::{
    DescribeTasksRequest, DescribeTasksResponse, Error, ListTasksRequest, ListTasksResponse, StopTaskRequest,
    StopTaskResponse, TaskField,
};
use auth::Cx;
use model::ecs::Task;
use model::status::{DesiredStatus, LaunchType, StopCode};
use state::Snapshot;
use state::ecs::task as tasks;
use std::sync::Arc;

/// "You can specify up to 100 task IDs".
const MOST_DESCRIBED: usize = 100;
const MOST_LISTED: i32 = 100;

pub(crate) async fn describe_tasks(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeTasksRequest,
) -> Result<DescribeTasksResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    if input.tasks.is_empty() {
        return Err(Error::invalid_parameter("Tasks cannot be empty."));
    }
    if input.tasks.len() > MOST_DESCRIBED {
        return Err(Error::invalid_parameter(format!("Tasks can have at most {MOST_DESCRIBED} items.")));
    }
    let with_tags = input.include.iter().flatten().any(|f| *f == TaskField::Tags);
    let mut response = DescribeTasksResponse { tasks: Some(Vec::new()), failures: Some(Vec::new()) };
    for named in &input.tasks {
        let arn = find::task_arn(&cluster.arn, named);
        match arn.as_ref().and_then(|arn| snapshot.get::<Task>(arn)) {
            Some(task) => response.tasks.get_or_insert_default().push(convert::task(task, with_tags)),
            None => {
                let shown = arn.map_or_else(|| named.clone(), |arn| arn.to_string());
                response.failures.get_or_insert_default().push(convert::failure(shown, "MISSING"));
            }
        }
    }
    Ok(response)
}

pub(crate) async fn list_tasks(
    ecs: &Ecs,
    cx: &Cx,
    input: ListTasksRequest,
) -> Result<ListTasksResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    let filter = Filter::new(&snapshot, &cluster.arn, &input)?;
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let listed = filter.page(&snapshot, after.as_deref(), limit);
    let more = listed.len() > limit;
    let arns: Vec<String> = listed.iter().take(limit).map(|t| t.arn.to_string()).collect();
    let next_token = arns.last().filter(|_| more).map(|last| page::token(last));
    Ok(ListTasksResponse { task_arns: Some(arns), next_token })
}

/// Which tasks of a cluster are listed. The narrowest index is walked, the rest is checked task by task.
struct Filter {
    cluster: model::ids::ClusterArn,
    desired: DesiredStatus,
    family: Option<String>,
    instance: Option<model::ids::ContainerInstanceArn>,
    started_by: Option<String>,
    group: Option<String>,
    launch_type: Option<LaunchType>,
}

impl Filter {
    fn new(
        snapshot: &Snapshot,
        cluster: &model::ids::ClusterArn,
        input: &ListTasksRequest,
    ) -> Result<Self, Error> {
        let instance = input
            .container_instance
            .as_deref()
            .map(|named| {
                let found = find::instance(snapshot, cluster, named).map(|i| i.arn.clone());
                found.ok_or_else(|| Error::invalid_parameter("Container instance not found."))
            })
            .transpose()?;
        let word = |w: Option<&str>| w.filter(|w| !w.is_empty()).map(str::to_owned);
        let others = [&input.family, &input.container_instance, &input.service_name, &input.daemon_name];
        let others = others.into_iter().filter(|w| word(w.as_deref()).is_some()).count()
            + usize::from(input.launch_type.is_some());
        // Observed. The desired status goes with either; not established for startedBy.
        if word(input.started_by.as_deref()).is_some() && others > 0 {
            return Err(Error::invalid_parameter("cannot specify startedBy with other arguments"));
        }
        if word(input.service_name.as_deref()).is_some() && word(input.family.as_deref()).is_some() {
            return Err(Error::invalid_parameter("cannot specify serviceName with other arguments"));
        }
        let service = word(input.service_name.as_deref())
            .map(|named| {
                // A service's name may be given as its ARN.
                let arn = service::service_arn(cluster, &named).ok_or_else(service::not_found)?;
                let found =
                    snapshot.get::<model::ecs::Service>(arn.as_str()).ok_or_else(service::not_found)?;
                Ok::<_, Error>(found.arn.name().to_owned())
            })
            .transpose()?;
        Ok(Self {
            cluster: cluster.clone(),
            desired: match &input.desired_status {
                None => DesiredStatus::Running,
                Some(given) => given
                    .as_str()
                    .parse()
                    .map_err(|e: model::status::UnknownName| Error::invalid_parameter(e.to_string()))?,
            },
            family: word(input.family.as_deref()),
            instance,
            started_by: word(input.started_by.as_deref()),
            group: match (service, word(input.daemon_name.as_deref())) {
                (Some(_), Some(_)) => {
                    return Err(Error::invalid_parameter(
                        "serviceName and daemonName cannot both be specified.",
                    ));
                }
                (Some(service), None) => Some(format!("service:{service}")),
                (None, daemon) => daemon.map(|name| format!("{}{name}", model::ecs::daemon::GROUP)),
            },
            launch_type: match &input.launch_type {
                None => None,
                Some(given) => Some(
                    given
                        .as_str()
                        .parse()
                        .map_err(|e: model::status::UnknownName| Error::invalid_parameter(e.to_string()))?,
                ),
            },
        })
    }

    fn takes(&self, task: &Task) -> bool {
        // On Fargate the instance is the operator's, and no filter of a user's.
        let placed_on = task.container_instance.as_ref().filter(|_| task.launch_type != LaunchType::Fargate);
        task.desired_status == self.desired
            && self.family.as_deref().is_none_or(|f| task.task_definition.family() == f)
            && self.instance.as_ref().is_none_or(|i| placed_on == Some(i))
            && self.started_by.as_deref().is_none_or(|s| task.started_by.as_deref() == Some(s))
            && self.group.as_deref().is_none_or(|g| task.group == g)
            && self.launch_type.is_none_or(|l| task.launch_type == l)
    }

    /// One more than `limit`, where there are more.
    fn page(&self, snapshot: &Snapshot, after: Option<&str>, limit: usize) -> Vec<Arc<Task>> {
        let cluster = &self.cluster;
        let of_instance = self.instance.as_ref();
        if let Some(lists) = of_instance.map(|i| snapshot.by_prefix(tasks::ON_INSTANCE, i)) {
            // Few, and not in the order of their ARNs.
            let mut there: Vec<&Arc<Task>> = lists.filter(|t| self.takes(t)).collect();
            there.sort_unstable_by(|a, b| a.arn.cmp(&b.arn));
            let behind = there.into_iter().filter(|t| after.is_none_or(|after| t.arn.as_str() > after));
            return behind.take(limit + 1).cloned().collect();
        }
        let scan = if let Some(started_by) = &self.started_by {
            snapshot.by_index(tasks::BY_STARTED_BY, (cluster, started_by))
        } else if let Some(group) = &self.group {
            snapshot.by_index(tasks::BY_GROUP, (cluster, group))
        } else if let Some(family) = &self.family {
            snapshot.by_index(tasks::BY_FAMILY, (cluster, family))
        } else {
            snapshot.by_index(tasks::BY_DESIRED_STATUS, (cluster, self.desired.as_str()))
        };
        scan.after(after).filter(|t| self.takes(t)).take(limit + 1).cloned().collect()
    }
}

pub(crate) async fn stop_task(ecs: &Ecs, cx: &Cx, input: StopTaskRequest) -> Result<StopTaskResponse, Error> {
    if input.reason.as_ref().is_some_and(|r| r.chars().count() > 255) {
        return Err(Error::invalid_parameter("reason can be at most 255 characters long."));
    }
    let reason = input.reason.unwrap_or_else(|| "Task stopped by user".to_owned());
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, input.cluster.as_deref())?;
        let not_found = || Error::invalid_parameter("The referenced task was not found.");
        let task = find::task(tx, &cluster.arn, &input.task).ok_or_else(not_found)?;
        let stopped = stop::request(Task::clone(&task), StopCode::UserInitiated, &reason, cx.now);
        Ok(if stopped == *task { task } else { balancing::put(tx, stopped, cx.now) })
    });
    let task = settle(change.await)?;
    Ok(StopTaskResponse { task: Some(convert::task(&task, true)) })
}
