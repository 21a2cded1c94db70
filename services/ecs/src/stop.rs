//! How a task ends: what is wanted when somebody stops it, and what its agent's last report means.
//!
//! The agent says which container ended how; `stopCode` and `stoppedReason` are derived here. Pure.
//! Source: "Stopped task error codes" and "stopCode" of the ECS developer guide and API reference, 2025; the protocol's notes on who derives what.

use model::Timestamp;
use model::ecs::task::{AttachmentStatus, Container, Task};
use model::status::{ContainerStatus, DesiredStatus, StopCode, TaskStatus};

/// What AWS says when an essential container ended.
const ESSENTIAL_EXITED: &str = "Essential container in task exited";
/// What AWS says when a task ended before any container ran and no container tells more.
const FAILED_TO_START: &str = "Task failed to start";

/// The task as it is to be stopped. A task that no agent ever heard of is over at once; one that is stopping already stays as it is.
pub(crate) fn request(mut task: Task, code: StopCode, reason: &str, now: Timestamp) -> Task {
    if !task.desired_status.may_become(DesiredStatus::Stopped) {
        return task;
    }
    task.version += 1;
    task.desired_status = DesiredStatus::Stopped;
    task.stop_code = Some(code);
    task.stopped_reason = Some(reason.to_owned());
    task.stopping_at = Some(now);
    if task.container_instance.is_none() {
        over(&mut task, now);
    }
    task
}

/// What an agent's report that the task has stopped makes of it.
pub(crate) fn reported(task: &mut Task, reason: Option<&str>, now: Timestamp) {
    if task.stop_code.is_none() {
        let (code, text) = verdict(task, reason);
        task.stop_code = Some(code);
        task.stopped_reason = Some(text);
    }
    over(task, now);
}

/// An instance was taken away with its tasks, or they never came to it. What AWS says of tasks whose instance is gone is not established; no
/// container exited, as far as anybody knows, and of its codes this is the one about hosts that end.
pub(crate) fn lost(task: &mut Task, reason: &str, now: Timestamp) {
    if task.stop_code.is_none() {
        task.stop_code = Some(if task.started_at.is_some() {
            StopCode::TerminationNotice
        } else {
            StopCode::TaskFailedToStart
        });
        task.stopped_reason = Some(reason.to_owned());
    }
    over(task, now);
}

/// The machine of a task of Fargate is gone with it.
pub(crate) fn host_lost(task: &mut Task, reason: &str, now: Timestamp) {
    if task.stop_code.is_none() {
        task.stop_code = Some(StopCode::TerminationNotice);
        task.stopped_reason = Some(reason.to_owned());
    }
    over(task, now);
}

/// Why it stopped, where nobody wanted it to.
fn verdict(task: &Task, reason: Option<&str>) -> (StopCode, String) {
    let said = |c: &Container| c.reason.clone().filter(|r| !r.is_empty());
    if task.started_at.is_some() {
        return (StopCode::EssentialContainerExited, ESSENTIAL_EXITED.to_owned());
    }
    // A container that could not be started ends the task before it ever ran as a whole, with others already started.
    if let Some(text) = task.containers.iter().filter(|c| c.essential && could_not_start(c)).find_map(said) {
        return (StopCode::TaskFailedToStart, text);
    }
    if task.containers.iter().all(|c| c.exit_code.is_none()) {
        let text = reason
            .filter(|r| !r.is_empty())
            .map(str::to_owned)
            .or_else(|| task.containers.iter().find_map(said))
            .unwrap_or_else(|| FAILED_TO_START.to_owned());
        return (StopCode::TaskFailedToStart, text);
    }
    (StopCode::EssentialContainerExited, ESSENTIAL_EXITED.to_owned())
}

/// Whether its process never ran. An exit code says nothing about it: agents give one (127, 143) to what could not be started, too.
fn could_not_start(container: &Container) -> bool {
    const FAILURES: [&str; 4] = ["CannotPull", "CannotCreate", "CannotStart", "ResourceInitializationError"];
    let reason = container.reason.as_deref().unwrap_or_default();
    !reason.is_empty() && (container.exit_code.is_none() || FAILURES.iter().any(|f| reason.starts_with(f)))
}

/// Marks everything of the task as ended.
fn over(task: &mut Task, now: Timestamp) {
    task.version += 1;
    task.desired_status = DesiredStatus::Stopped;
    task.last_status = TaskStatus::Stopped;
    task.stopping_at.get_or_insert(now);
    if task.started_at.is_some() {
        task.execution_stopped_at.get_or_insert(now);
    }
    task.stopped_at.get_or_insert(now);
    for container in &mut task.containers {
        if container.last_status.may_become(ContainerStatus::Stopped) {
            container.last_status = ContainerStatus::Stopped;
        }
    }
    if let Some(interface) = &mut task.network_interface
        && interface.status.may_become(AttachmentStatus::Deleted)
    {
        interface.status = AttachmentStatus::Deleted;
    }
}
