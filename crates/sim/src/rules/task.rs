//! Tasks by themselves, and what they take of their instances.

use super::target;
use model::ecs::service::SchedulingStrategy;
use model::ecs::{ContainerInstance, Service, Task};
use model::ids::ContainerInstanceArn;
use model::status::{DesiredStatus, InstanceStatus, StopCode, TaskStatus};
use state::Snapshot;
use state::ecs::task::holding;

/// What of a task may not go back.
pub(super) fn forward(now: &Snapshot, (old, new): (&Task, &Task), wrong: &mut Vec<String>) {
    let arn = &new.arn;
    if old.last_status != new.last_status && !old.last_status.may_become(new.last_status) {
        wrong.push(format!("{arn} went from {} to {}", old.last_status, new.last_status));
    }
    if old.desired_status == DesiredStatus::Stopped && new.desired_status != DesiredStatus::Stopped {
        wrong.push(format!("{arn} was to stop and is no more"));
    }
    if old.accounted && !new.accounted {
        wrong.push(format!("the end of {arn} was counted twice"));
    }
    if new.version < old.version {
        wrong.push(format!("the version of {arn} went back"));
    }
    let protected = old.protected_until.is_some_and(|until| new.stopping_at.is_some_and(|at| at < until));
    if protected && scaled_in(old, new) && new.is_of_service() && !leaves_with_its_instance(now, new) {
        wrong.push(format!("{arn} was protected, and was stopped to scale in"));
    }
}

/// Whether it is of a service of the DAEMON strategy and its instance is drained: protection is against scale-in and deployments, and that is neither.
fn leaves_with_its_instance(now: &Snapshot, task: &Task) -> bool {
    let service = task.service().and_then(|arn| now.get::<Service>(arn.as_str()));
    let instance =
        task.container_instance.as_ref().and_then(|arn| now.get::<ContainerInstance>(arn.as_str()));
    service.is_some_and(|s| s.scheduling_strategy == SchedulingStrategy::Daemon)
        && instance.is_none_or(|i| i.status != InstanceStatus::Active)
}

/// Whether the scheduler has stopped it now because another number or revision is wanted.
pub(super) fn scaled_in(old: &Task, new: &Task) -> bool {
    old.desired_status != DesiredStatus::Stopped
        && new.desired_status == DesiredStatus::Stopped
        && new.stop_code == Some(StopCode::ServiceSchedulerInitiated)
        && new.stopped_reason.as_deref().is_some_and(|r| r.starts_with("Scaling activity"))
}

/// What its tasks have reserved of an instance, where that is more than it has.
pub(super) fn overfull(now: &Snapshot, arn: &ContainerInstanceArn) -> Option<String> {
    let instance = now.get::<ContainerInstance>(arn.as_str())?;
    let (cpu, memory) = holding(now, arn).fold((0, 0), |(cpu, memory), task| {
        (cpu + u64::from(task.reserved.cpu.0), memory + u64::from(task.reserved.memory.0))
    });
    let has = (u64::from(instance.registered.cpu.0), u64::from(instance.registered.memory.0));
    (cpu > has.0 || memory > has.1).then(|| format!("{arn} has {has:?} and holds {:?}", (cpu, memory)))
}

/// Runs, is to run, and is what its load balancers send to, if it has some.
pub(super) fn is_healthy(snapshot: &Snapshot, task: &Task) -> bool {
    task.last_status == TaskStatus::Running
        && task.desired_status == DesiredStatus::Running
        && task.targets.iter().all(|target| target::is_well(snapshot, target))
        && !target::is_idle(snapshot, task)
}
