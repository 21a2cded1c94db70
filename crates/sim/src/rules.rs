//! What has to hold of the records, whatever happens.

use model::ecs::service::{RolloutState, SchedulingStrategy, ServiceStatus};
use model::ecs::{ContainerInstance, Service, Task};
use model::ids::{ContainerInstanceArn, ServiceArn};
use model::status::{DesiredStatus, InstanceStatus, StopCode, TaskStatus};
use plan::deployment::Bounds;
use state::Snapshot;
use state::ecs::task::{HOLDING, OPEN};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a change of the records did wrong, in words.
pub fn between(before: &Snapshot, now: &Snapshot) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut services: BTreeMap<ServiceArn, Stops> = BTreeMap::new();
    for change in now.changes::<Task>(before) {
        if let state::Difference::Changed { old, new } = change {
            forward(now, (old, new), &mut wrong);
            if let Some(service) = new.service() {
                services.entry(service).or_default().look(old, new);
            }
        } else if let state::Difference::Added(new) = change
            && let Some(service) = new.service()
        {
            services.entry(service).or_default();
        }
        let instance = change.latest().container_instance.as_ref();
        wrong.extend(instance.and_then(|instance| overfull(now, instance)));
    }
    for (arn, stops) in services {
        let (Some(was), Some(is)) = (before.get::<Service>(arn.as_str()), now.get::<Service>(arn.as_str()))
        else {
            continue;
        };
        bounds((before, was), (now, is), stops, &mut wrong);
    }
    wrong
}

/// What of a task may not go back.
fn forward(now: &Snapshot, (old, new): (&Task, &Task), wrong: &mut Vec<String>) {
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
    if protected && scaled_in(old, new) && !leaves_with_its_instance(now, new) {
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
fn scaled_in(old: &Task, new: &Task) -> bool {
    old.desired_status != DesiredStatus::Stopped
        && new.desired_status == DesiredStatus::Stopped
        && new.stop_code == Some(StopCode::ServiceSchedulerInitiated)
        && new.stopped_reason.as_deref().is_some_and(|r| r.starts_with("Scaling activity"))
}

/// What its tasks have reserved of an instance, where that is more than it has.
fn overfull(now: &Snapshot, arn: &ContainerInstanceArn) -> Option<String> {
    let instance = now.get::<ContainerInstance>(arn.as_str())?;
    let (cpu, memory) = now.by_index(HOLDING, arn).fold((0, 0), |(cpu, memory), task| {
        (cpu + u64::from(task.reserved.cpu.0), memory + u64::from(task.reserved.memory.0))
    });
    let has = (u64::from(instance.registered.cpu.0), u64::from(instance.registered.memory.0));
    (cpu > has.0 || memory > has.1).then(|| format!("{arn} has {has:?} and holds {:?}", (cpu, memory)))
}

/// How many healthy tasks of a service the scheduler stopped to scale in.
#[derive(Default)]
struct Stops {
    healthy: usize,
}

impl Stops {
    fn look(&mut self, old: &Task, new: &Task) {
        if scaled_in(old, new) && is_healthy(old) {
            self.healthy += 1;
        }
    }
}

fn is_healthy(task: &Task) -> bool {
    task.last_status == TaskStatus::Running && task.desired_status == DesiredStatus::Running
}

/// Tasks of a service that there are, and those of them that are healthy. What runs where nobody hears of it counts as lost.
fn present(snapshot: &Snapshot, service: &Service) -> (usize, usize) {
    let group = service.group();
    let tasks = snapshot.by_index(OPEN, (&service.cluster, &group)).filter(|t| !t.last_status.is_over());
    tasks.fold((0, 0), |(all, healthy), task| (all + 1, healthy + usize::from(is_healthy(task))))
}

/// Never more than the maximum, nor, by the scheduler's doing, fewer than the minimum.
///
/// Between two looks there may be several changes: what is demanded holds for any order of them.
fn bounds(
    (before, was): (&Snapshot, &Arc<Service>),
    (now, is): (&Snapshot, &Arc<Service>),
    stops: Stops,
    wrong: &mut Vec<String>,
) {
    if is.scheduling_strategy == SchedulingStrategy::Daemon || is.status != ServiceStatus::Active {
        return;
    }
    let of = |service: &Service| Bounds::of(&service.deployment_configuration, service.desired_count);
    let (old, new) = (of(was), of(is));
    let (all_before, healthy_before) = present(before, was);
    let (all, healthy) = present(now, is);
    let most = old.maximum.max(new.maximum) as usize;
    // Tasks of silent nodes are replaced while they are still there: they do not count in the plan.
    let group = is.group();
    let lost = now
        .by_index(OPEN, (&is.cluster, &group))
        .filter(|t| t.connectivity == Some(model::status::Connectivity::Disconnected))
        .count();
    if all > most.max(all_before) + lost {
        wrong.push(format!("{} has {all} tasks, and may have {most}", is.arn));
    }
    let least = old.minimum.min(new.minimum) as usize;
    let at_best = healthy_before.max(healthy + stops.healthy);
    if stops.healthy > 0 && at_best.saturating_sub(stops.healthy) < least {
        wrong.push(format!(
            "{}: the scheduler stopped {} of {healthy_before} healthy tasks, and {least} are demanded",
            is.arn, stops.healthy
        ));
    }
}

/// What of a service is not as it is wanted yet; nothing where all is.
pub fn unsettled(now: &Snapshot, service: &Service) -> Option<String> {
    let (all, healthy) = present(now, service);
    let wanted = match service.status {
        ServiceStatus::Active => service.desired_count as usize,
        ServiceStatus::Draining | ServiceStatus::Inactive => 0,
    };
    if (all, healthy) != (wanted, wanted) {
        return Some(format!("{} has {all} tasks, {healthy} healthy, and wants {wanted}", service.arn));
    }
    if service.status != ServiceStatus::Active {
        return None;
    }
    let primary = service.primary()?;
    let others: Vec<_> = service.deployments.iter().filter(|d| d.id != primary.id).map(|d| &d.id).collect();
    if !others.is_empty() {
        return Some(format!("{} still has the deployments {others:?}", service.arn));
    }
    (primary.rollout_state == RolloutState::InProgress)
        .then(|| format!("{} is still rolling out", service.arn))
}
