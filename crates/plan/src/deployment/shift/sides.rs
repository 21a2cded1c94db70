//! Blue and green as the scheduler fills them: two services side by side, each with its own bounds.

use crate::deployment::replica::Side;
use crate::deployment::{Plan, View};
use model::ecs::Service;
use model::ecs::lifecycle::{Course, LifecycleStage as Stage, Shift};
use model::ecs::service::{DeploymentStatus, RolloutState, ServiceStatus};
use model::ecs::service_deployment::ServiceDeployment;
use model::ecs::service_revision::deployment_id;
use model::ids::TaskArn;
use std::borrow::Cow;

/// The shift of a service whose two revisions are both to be kept.
fn split<'a>(
    service: &Service,
    current: Option<&'a ServiceDeployment>,
) -> Option<(&'a ServiceDeployment, &'a Shift)> {
    let current = current.filter(|_| service.status == ServiceStatus::Active)?;
    let shift = current.shift.as_ref()?;
    let splits = match shift.course {
        // Without a blue one there is nobody else's work to keep.
        Course::Held => shift.blue.is_some(),
        Course::Forward | Course::Back => shift.stage != Stage::CleanUp,
        Course::Over => false,
    };
    splits.then_some((current, shift))
}

/// Whether a deployment has, or left, tasks on both sides: those of blue and those of green.
pub fn has_two_sides(deployment: &ServiceDeployment) -> bool {
    deployment.shift.as_ref().is_some_and(|shift| shift.course != Course::Over)
}

/// Whether blue and green are there side by side.
pub(in crate::deployment) fn is_split(plan: &Plan) -> bool {
    split(&plan.service, plan.current.as_ref()).is_some()
}

/// Blue, where it is kept beside the primary deployment.
pub(in crate::deployment) fn blue_beside(plan: &Plan) -> Option<String> {
    let (_, shift) = split(&plan.service, plan.current.as_ref())?;
    let blue = shift.blue.as_ref().map(deployment_id)?;
    plan.service.primary().is_none_or(|d| d.id != blue).then_some(blue)
}

/// What is to be filled: the service as a whole, or both of its revisions, blue first. What is of neither counts with blue, and leaves as blue is complete.
pub(in crate::deployment) fn sides<'v>(view: &View<'v>, plan: &Plan, wanted: u32) -> Vec<Side<'v>> {
    let Some((current, shift)) = split(&plan.service, plan.current.as_ref()) else {
        let primary = plan.service.primary();
        let state = primary.map(|d| d.rollout_state);
        return vec![Side {
            deployment: primary.map(|d| d.id.clone()).unwrap_or_default(),
            members: Cow::Borrowed(view.members),
            wanted,
            may_start: state.is_some_and(|s| s != RolloutState::Failed),
            start_after: plan.service.schedule.start_after,
        }];
    };
    let green = deployment_id(&current.target);
    let blue = shift.blue.as_ref().map(deployment_id);
    let of = |id: &str| plan.service.deployments.iter().find(|d| d.id == id);
    let works = |id: &str| of(id).is_some_and(|d| d.rollout_state != RolloutState::Failed);
    let is_primary = |id: &str| of(id).is_some_and(|d| d.status == DeploymentStatus::Primary);
    let (new, old) = view.members.iter().cloned().partition(|m| *m.deployment == *green);
    let old = Side {
        wanted: if blue.is_some() { wanted } else { 0 },
        may_start: blue.as_deref().is_some_and(works),
        start_after: match blue.as_deref().is_some_and(is_primary) {
            true => plan.service.schedule.start_after,
            false => plan.service.schedule.blue.and_then(|t| t.start_after),
        },
        deployment: blue.unwrap_or_default(),
        members: Cow::Owned(old),
    };
    let new = Side {
        wanted: if is_green_wanted(shift) { wanted } else { 0 },
        may_start: shift.course == Course::Forward && works(&green),
        start_after: plan.service.schedule.start_after.filter(|_| is_primary(&green)),
        deployment: green,
        members: Cow::Owned(new),
    };
    vec![old, new]
}

/// Whether green is to have tasks. On the way back it keeps what it has until its traffic is gone.
fn is_green_wanted(shift: &Shift) -> bool {
    match (shift.course, shift.stage) {
        (Course::Forward, Stage::ReconcileService | Stage::PreScaleUp) => false,
        (Course::Forward | Course::Back | Course::Held | Course::Over, _) => true,
    }
}

/// How many tasks are wanted of a deployment, while both are kept.
pub(in crate::deployment) fn wanted_of(plan: &Plan, deployment: &str, wanted: u32) -> Option<u32> {
    let (current, shift) = split(&plan.service, plan.current.as_ref())?;
    let is_blue = shift.blue.as_ref().is_some_and(|b| deployment_id(b) == deployment);
    let is_green = deployment_id(&current.target) == deployment;
    Some(if is_blue || is_green && is_green_wanted(shift) { wanted } else { 0 })
}

/// Whether a deployment stays though it has no tasks.
pub(in crate::deployment) fn keeps(plan: &Plan, deployment: &str) -> bool {
    let Some((current, shift)) = split(&plan.service, plan.current.as_ref()) else { return false };
    let is_green = deployment_id(&current.target) == deployment;
    is_green || shift.blue.as_ref().is_some_and(|b| deployment_id(b) == deployment)
}

/// What is of neither side may have traffic until all of it is blue's: so long it stays.
pub(in crate::deployment) fn spare(view: &View<'_>, plan: &mut Plan) {
    let Some((current, shift)) = split(&plan.service, plan.current.as_ref()) else { return };
    if shift.stage != Stage::ReconcileService || shift.test.routed && shift.production.routed {
        return;
    }
    let green = deployment_id(&current.target);
    let strays: Vec<TaskArn> = {
        let strays = view.members.iter().filter(|m| super::stage::is_stray(m, shift, &green));
        strays.map(|m| m.task.clone()).collect()
    };
    plan.stop.retain(|s| !strays.contains(&s.task));
}
