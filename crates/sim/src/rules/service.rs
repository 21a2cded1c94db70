//! How many tasks a service may have and must have, as a whole or on both sides of a deployment that shifts traffic.

use super::target::is_idle;
use super::task::{is_healthy, scaled_in};
use model::ecs::lifecycle::{Course, LifecycleStage as Stage, Shift};
use model::ecs::service::{DeploymentController, RolloutState, SchedulingStrategy, ServiceStatus};
use model::ecs::service_revision::deployment_id;
use model::ecs::{Service, ServiceDeployment, Task, TaskSet};
use model::ids::ServiceDeploymentArn;
use plan::deployment::Bounds;
use plan::task_set::computed_desired_count;
use state::Snapshot;
use state::ecs::task::OPEN;
use state::ecs::task_set::BY_SERVICE;
use std::sync::Arc;

/// The healthy tasks of a service that the scheduler stopped to scale in, by what had started them.
#[derive(Default)]
pub(super) struct Stops(Vec<String>);

impl Stops {
    pub(super) fn look(&mut self, (before, now): (&Snapshot, &Snapshot), old: &Task, new: &Task) {
        // What a shift left on the side without traffic may go at once.
        if scaled_in(old, new) && is_healthy(before, old) && !is_idle(now, old) {
            self.0.push(new.started_by.clone().unwrap_or_default());
        }
    }
}

/// Tasks of a service that there are, and those of them that are healthy. What runs where nobody hears of it counts as lost.
fn present(snapshot: &Snapshot, service: &Service, of: impl Fn(&Task) -> bool) -> (usize, usize) {
    let group = service.group();
    let tasks = snapshot.by_index(OPEN, (&service.cluster, &group));
    // Those that a service of the same name left STOPPING are not its own.
    let tasks = tasks.filter(|t| !t.last_status.is_over() && !t.accounted && of(t));
    tasks.fold((0, 0), |(all, healthy), task| (all + 1, healthy + usize::from(is_healthy(snapshot, task))))
}

/// Two revisions that are kept side by side.
struct Split {
    deployment: ServiceDeploymentArn,
    green: String,
    has_blue: bool,
    /// Green is to have its tasks.
    green_is_up: bool,
}

fn split(snapshot: &Snapshot, service: &Service) -> Option<Split> {
    let arn = service.current_deployment.as_ref().filter(|_| service.status == ServiceStatus::Active)?;
    let current = snapshot.get::<ServiceDeployment>(arn.as_str())?;
    let shift = current.shift.as_ref()?;
    let is_split = match shift.course {
        Course::Forward | Course::Back => shift.stage != Stage::CleanUp,
        Course::Held => shift.blue.is_some(),
        Course::Over => false,
    };
    is_split.then(|| Split {
        deployment: arn.clone(),
        green: deployment_id(&current.target),
        has_blue: shift.blue.is_some(),
        green_is_up: is_up(shift),
    })
}

fn is_up(shift: &Shift) -> bool {
    !(shift.course == Course::Forward && matches!(shift.stage, Stage::ReconcileService | Stage::PreScaleUp))
}

/// Never more than the maximum, nor, by the scheduler's doing, fewer than the minimum.
///
/// Between two looks there may be several changes: what is demanded holds for any order of them.
pub(super) fn bounds(
    (before, was): (&Snapshot, &Arc<Service>),
    (now, is): (&Snapshot, &Arc<Service>),
    stops: &Stops,
    wrong: &mut Vec<String>,
) {
    // Task sets are several services in one: their numbers are compared at the end.
    if is.scheduling_strategy == SchedulingStrategy::Daemon
        || is.status != ServiceStatus::Active
        || is.deployment_controller != DeploymentController::Ecs
    {
        return;
    }
    let of = |service: &Service| Bounds::of(&service.deployment_configuration, service.desired_count);
    let (old, new) = (of(was), of(is));
    let (split_before, split_now) = (split(before, was), split(now, is));
    let maximum = old.maximum.max(new.maximum) as usize;
    // Tasks of silent nodes are replaced while they are still there: they do not count in the plan.
    let group = is.group();
    let lost = now
        .by_index(OPEN, (&is.cluster, &group))
        .filter(|t| t.connectivity == Some(model::status::Connectivity::Disconnected))
        .count();
    let allow = |who: &str, most: usize, of: &dyn Fn(&str) -> bool| {
        let of_task = |t: &Task| of(t.started_by.as_deref().unwrap_or_default());
        let (all_before, _) = present(before, was, of_task);
        let (all, _) = present(now, is, of_task);
        let many = all > most.max(all_before) + lost;
        many.then(|| format!("{}{who} has {all} tasks, and may have {most}", is.arn))
    };
    match (&split_before, &split_now) {
        (Some(a), Some(b)) if a.deployment == b.deployment => {
            wrong.extend(allow(", green,", maximum, &|by| by == a.green));
            wrong.extend(allow(", blue,", maximum, &|by| by != a.green));
        }
        // What was one side is a part of another now.
        (Some(_), _) | (_, Some(_)) => {
            let (there, _) = present(before, was, |_| true);
            wrong.extend(allow("", (2 * maximum).max(there + maximum), &|_| true));
        }
        (None, None) => wrong.extend(allow("", maximum, &|_| true)),
    }
    let least = old.minimum.min(new.minimum) as usize;
    let demand = |who: &str, of: &dyn Fn(&str) -> bool| {
        let stopped = stops.0.iter().filter(|by| of(by)).count();
        let of_task = |t: &Task| of(t.started_by.as_deref().unwrap_or_default());
        let (_, healthy_before) = present(before, was, of_task);
        let (_, healthy) = present(now, is, of_task);
        let at_best = healthy_before.max(healthy + stopped);
        let short = stopped > 0 && at_best.saturating_sub(stopped) < least;
        short.then(|| {
            format!(
                "{}{who}: the scheduler stopped {stopped} of {healthy_before} healthy tasks, and {least} are demanded",
                is.arn
            )
        })
    };
    match (split_before, split_now) {
        (Some(a), Some(b)) if a.deployment == b.deployment => {
            let green = |by: &str| by == a.green;
            wrong.extend(demand(", green", &green).filter(|_| a.green_is_up));
            wrong.extend(demand(", blue", &|by| !green(by)).filter(|_| a.has_blue));
        }
        _ => wrong.extend(demand("", &|_| true)),
    }
}

/// What of a service is not as it is wanted yet; nothing where all is.
pub(super) fn unsettled(now: &Snapshot, service: &Service) -> Option<String> {
    let (all, healthy) = present(now, service, |_| true);
    let wanted = match (service.status, service.deployment_controller) {
        (ServiceStatus::Active, DeploymentController::Ecs) => service.desired_count as usize,
        (ServiceStatus::Active, _) => {
            let sets = now.by_index(BY_SERVICE, &service.arn);
            sets.map(|set| computed_desired_count(service, set) as usize).sum()
        }
        (ServiceStatus::Draining | ServiceStatus::Inactive, _) => 0,
    };
    let arn = &service.arn;
    if (all, healthy) != (wanted, wanted) {
        return Some(format!("{arn} has {all} tasks, {healthy} healthy, and wants {wanted}"));
    }
    let mut sets = now.by_index(BY_SERVICE, arn);
    if service.status != ServiceStatus::Active {
        return sets.next().map(|set| format!("{} has outlived its service", set.arn));
    }
    if let Some(set) = sets.find(|set| !is_whole(now, service, set)) {
        return Some(format!("{} is not as it is wanted: {:?}", set.arn, set.status));
    }
    let primary = service.primary()?;
    let others: Vec<_> = service.deployments.iter().filter(|d| d.id != primary.id).map(|d| &d.id).collect();
    if !others.is_empty() {
        return Some(format!("{arn} still has the deployments {others:?}"));
    }
    if primary.rollout_state == RolloutState::InProgress {
        return Some(format!("{arn} is still rolling out"));
    }
    let current = service.current_deployment.as_ref();
    let current = current.and_then(|d| now.get::<ServiceDeployment>(d.as_str()));
    let open = current.filter(|d| !d.status.is_over())?;
    Some(format!("{} goes on", open.arn))
}

/// Whether a task set has as many tasks as it should.
fn is_whole(now: &Snapshot, service: &Service, set: &TaskSet) -> bool {
    let id = set.id();
    let (all, healthy) = present(now, service, |t| t.started_by.as_deref() == Some(&*id));
    let wanted = computed_desired_count(service, set) as usize;
    (all, healthy) == (wanted, wanted) && set.status != model::ecs::task_set::TaskSetStatus::Draining
}
