//! GetTaskProtection, UpdateTaskProtection: tasks that scale-in and deployments of their service leave alone for a while.
//!
//! Protection ends by the passing of time: the record says until when, and nothing has to be done then.
//!
//! Source: the API reference ; the detail of TASK_NOT_VALID is not established, nor are texts that say so.

use crate::convert;
use crate::errors::settle;
use crate::find::{self, page};
use crate::service::Ecs;
use api::ecs::{
    Error, Failure, GetTaskProtectionRequest, GetTaskProtectionResponse, ProtectedTask,
    UpdateTaskProtectionRequest, UpdateTaskProtectionResponse,
};
use auth::Cx;
use model::Timestamp;
use model::ecs::Task;
use model::ids::ClusterArn;
use std::sync::Arc;
use std::time::Duration;

/// "A list of up to 100 task IDs" and "of up to 10".
const MOST_READ: usize = 100;
const MOST_UPDATED: usize = 10;
/// "Task-protection, by default, expires after 2 hours."
const USUAL_MINUTES: i32 = 120;
const MOST_MINUTES: i32 = 2880;

pub(crate) async fn get_task_protection(
    ecs: &Ecs,
    cx: &Cx,
    input: GetTaskProtectionRequest,
) -> Result<GetTaskProtectionResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, Some(&input.cluster))?;
    let named = input.tasks.unwrap_or_default();
    page::number(&named, MOST_READ, "Tasks")?;
    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for named in &named {
        match protectable(&snapshot, &cluster.arn, named) {
            Ok(task) => tasks.push(shown(&task, cx.now)),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(GetTaskProtectionResponse { protected_tasks: Some(tasks), failures: Some(failures) })
}

pub(crate) async fn update_task_protection(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateTaskProtectionRequest,
) -> Result<UpdateTaskProtectionResponse, Error> {
    page::number(&input.tasks, MOST_UPDATED, "Tasks")?;
    let minutes = input.expires_in_minutes.unwrap_or(USUAL_MINUTES);
    if !(1..=MOST_MINUTES).contains(&minutes) {
        // AWS's words are not established.
        return Err(Error::invalid_parameter(format!(
            "expiresInMinutes must be between 1 and {MOST_MINUTES}."
        )));
    }
    let life = Duration::from_secs(60 * u64::from(minutes.unsigned_abs()));
    // How long it would last counts only where it begins: AWS takes both together as well.
    let until = input.protection_enabled.then(|| cx.now.after(life));
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, Some(&input.cluster))?;
        let (mut tasks, mut failures) = (Vec::new(), Vec::new());
        for named in &input.tasks {
            match protectable(tx, &cluster.arn, named) {
                Ok(task) => {
                    let mut task = Task::clone(&task);
                    if task.protected_until != until {
                        task.protected_until = until;
                        task.version += 1;
                    }
                    tasks.push(shown(&tx.put(task), cx.now));
                }
                Err(failure) => failures.push(failure),
            }
        }
        Ok(UpdateTaskProtectionResponse { protected_tasks: Some(tasks), failures: Some(failures) })
    });
    settle(change.await)
}

/// The task of that name, if a service's scale-in could end it.
fn protectable(from: &impl find::Source, cluster: &ClusterArn, named: &str) -> Result<Arc<Task>, Failure> {
    let arn = find::task_arn(cluster, named).map_or_else(|| named.to_owned(), |arn| arn.to_string());
    let Some(task) = find::task(from, cluster, named) else { return Err(convert::failure(arn, "MISSING")) };
    let not_valid = |detail: &str| Failure {
        detail: Some(detail.to_owned()),
        ..convert::failure(arn.clone(), "TASK_NOT_VALID")
    };
    if !task.group.starts_with("service:") {
        return Err(not_valid("The specified task is not part of an Amazon ECS service."));
    }
    if task.last_status.is_over() {
        // What AWS says of a task that is over is not established.
        return Err(not_valid("The specified task has stopped."));
    }
    Ok(task)
}

fn shown(task: &Task, now: Timestamp) -> ProtectedTask {
    let until = task.protected_until.filter(|until| *until > now);
    ProtectedTask {
        task_arn: Some(task.arn.to_string()),
        protection_enabled: Some(until.is_some()),
        expiration_date: until.map(|until| api::Timestamp::from_epoch_ms(until.millis())),
    }
}
