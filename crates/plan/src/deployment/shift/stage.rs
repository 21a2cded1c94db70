//! The stages: what ends one, and which comes next.

use super::hooks::{expire, of_visit};
use crate::deployment::member::Member;
use crate::deployment::{Bounds, Plan, View, roll};
use model::Timestamp;
use model::ecs::lifecycle::{
    Course, HookAction, HookKey, HookRun, HookStatus, HookTargetType, LifecycleStage, Shift, Traffic,
};
use model::ecs::lifecycle::{LifecycleStage as Stage, Share};
use model::ecs::service::{DeploymentConfiguration, DeploymentStrategy, Service, ServiceStatus};
use model::ecs::service_deployment::{ServiceDeployment, ServiceDeploymentStatus};
use model::ecs::service_revision::deployment_id;
use model::ids::ServiceRevisionArn;
use std::time::Duration;

/// "The system times out, fails the deployment, and then initiates a rollback after a stage reaches 24 hours."
pub const STAGE_LIMIT: Duration = Duration::from_secs(24 * 3600);

/// "The overall deployment timeout is 30 days."
pub const DEPLOYMENT_LIMIT: Duration = Duration::from_secs(30 * 24 * 3600);

/// "Default: 1440 (24 hours)", in minutes.
const HOOK_LIMIT: u32 = 1440;

/// More stages than one look can pass: the most steps there are, three stages each, and the way back.
const MOST_STAGES: usize = 256;

fn minutes(count: u32) -> Duration {
    Duration::from_secs(u64::from(count) * 60)
}

/// How a deployment of `target` begins, where the service's strategy shifts traffic. `service` is as it is before, and so is `before`, its
/// last deployment.
pub fn begin(
    service: &Service,
    target: &ServiceRevisionArn,
    before: Option<&ServiceDeployment>,
    now: Timestamp,
) -> Option<Shift> {
    let configuration = &service.deployment_configuration;
    if !configuration.shifts_traffic() {
        return None;
    }
    let is_there = |r: &ServiceRevisionArn| service.deployments.iter().any(|d| d.revision == *r);
    let completed = service.schedule.last_completed.clone().filter(|r| r != target && is_there(r));
    // Where nothing was ever completed: what failed gave its traffic back to its own blue.
    let given_back =
        before.and_then(|d| d.shift.as_ref()?.blue.clone()).filter(|r| r != target && is_there(r));
    let blue = completed.or(given_back).or_else(|| service.primary().map(|d| d.revision.clone()));
    // "This stage only happens when you start a new service deployment with more than 1 service revision in an ACTIVE state."
    let several = service.deployments.len() > 1;
    let traffic = Traffic { share: Share::NONE, routed: !several };
    let first = if several { Stage::ReconcileService } else { Stage::PreScaleUp };
    let mut shift = Shift {
        course: Course::Forward,
        stage: first,
        step: 0,
        entered_at: now,
        baking_since: None,
        blue,
        test: traffic,
        production: traffic,
        hooks: Vec::new(),
    };
    enter(&mut shift, configuration, first, now);
    Some(shift)
}

/// Green's shares of the production traffic, one after the other.
pub fn steps(configuration: &DeploymentConfiguration, shift: &Shift) -> Vec<Share> {
    // Not established: what AWS does of a service's first deployment. There is nothing to shift from.
    let strategy = configuration.strategy.filter(|_| shift.blue.is_some());
    match strategy {
        Some(DeploymentStrategy::Linear) => {
            let step = configuration.linear.clone().unwrap_or_default().step;
            let mut steps = vec![step];
            while let Some(last) = steps.last().copied().filter(|l| *l < Share::ALL && step > Share::NONE) {
                steps.push(last.plus(step));
            }
            steps
        }
        Some(DeploymentStrategy::Canary) => {
            let canary = configuration.canary.clone().unwrap_or_default().share;
            if canary < Share::ALL { vec![canary, Share::ALL] } else { vec![Share::ALL] }
        }
        Some(DeploymentStrategy::BlueGreen | DeploymentStrategy::Rolling) | None => vec![Share::ALL],
    }
}

fn step_bake(configuration: &DeploymentConfiguration) -> Duration {
    match configuration.strategy {
        Some(DeploymentStrategy::Linear) => {
            minutes(configuration.linear.clone().unwrap_or_default().step_bake_minutes)
        }
        Some(DeploymentStrategy::Canary) => {
            minutes(configuration.canary.clone().unwrap_or_default().bake_minutes)
        }
        Some(DeploymentStrategy::BlueGreen | DeploymentStrategy::Rolling) | None => Duration::ZERO,
    }
}

/// Goes to a stage: its hooks are to run.
fn enter(shift: &mut Shift, configuration: &DeploymentConfiguration, stage: LifecycleStage, now: Timestamp) {
    let back = shift.course == Course::Back;
    shift.stage = stage;
    shift.entered_at = now;
    shift.baking_since = None;
    shift.hooks.retain(|run| matches!(run.status, HookStatus::Failed | HookStatus::TimedOut));
    if back && !stage.comes_back() {
        return;
    }
    let step = match stage {
        Stage::PreProductionTrafficShift | Stage::ProductionTrafficShift => shift.step,
        _ => 0,
    };
    for (at, hook) in configuration.lifecycle_hooks.iter().enumerate() {
        if !hook.stages.contains(&stage) {
            continue;
        }
        let pauses = hook.target_type == HookTargetType::Pause;
        shift.hooks.push(HookRun {
            key: HookKey { hook: u32::try_from(at).unwrap_or(u32::MAX), stage, step, back },
            status: if pauses { HookStatus::AwaitingAction } else { HookStatus::InProgress },
            expires_at: now.after(minutes(hook.timeout_minutes.unwrap_or(HOOK_LIMIT))),
            timeout_action: hook.timeout_action.unwrap_or(HookAction::Rollback),
            call_at: (!pauses).then_some(now),
            unreached: 0,
            details: None,
            task: None,
        });
    }
}

/// What is to be waited for, if anything.
enum Look {
    /// For a change, or until then.
    Wait(Option<Timestamp>),
    Done,
    HookFailed,
    TimedOut,
}

/// Goes through stages until something has to be waited for.
pub(in crate::deployment) fn advance(view: &View<'_>, plan: &mut Plan) {
    for _ in 0..MOST_STAGES {
        let Some((mut current, mut shift)) = under_way(plan) else { return };
        expire(&mut shift, view.now);
        let look = look(view, &plan.service, &current, &shift);
        let course = shift.course;
        if let (Look::Done, Course::Forward | Course::Back) = (&look, course) {
            next(&mut shift, &current, view.now);
        }
        // Since that production traffic it is: `baking_since` is set when the traffic of a step has come.
        if matches!(look, Look::Wait(_)) && is_settled(&shift) && shift.stage == Stage::ProductionTrafficShift
        {
            shift.baking_since.get_or_insert(view.now);
        }
        if shift.stage == Stage::CleanUp && course == Course::Forward {
            // From here on nothing goes back: what is left of blue is on its way out.
            plan.service.schedule.last_completed = Some(current.target.clone());
        }
        if current.shift.as_ref() != Some(&shift) {
            current.updated_at = view.now;
            current.shift = Some(shift);
            plan.current = Some(current);
        }
        match (look, course) {
            (Look::Done, _) => {}
            (Look::Wait(at), _) => {
                if let Some(at) = at {
                    plan.wake_at(at);
                }
                return;
            }
            (Look::HookFailed, Course::Forward) => roll::fail(view, plan, &roll::HOOKS, true),
            (Look::TimedOut, Course::Forward) => roll::fail(view, plan, &roll::STAGE_TIMED_OUT, true),
            (Look::HookFailed | Look::TimedOut, Course::Back | Course::Held | Course::Over) => {
                give_up(view, plan);
                return;
            }
        }
    }
}

/// The deployment under way with its shift, if it has one that goes somewhere.
fn under_way(plan: &Plan) -> Option<(ServiceDeployment, Shift)> {
    let current = plan.current.as_ref().filter(|c| !c.status.is_over())?;
    if plan.service.status != ServiceStatus::Active {
        return None;
    }
    let shift = current.shift.clone()?;
    matches!(shift.course, Course::Forward | Course::Back).then(|| (current.clone(), shift))
}

/// Whether the traffic of the stage is where it should be, and its hooks are through.
fn is_settled(shift: &Shift) -> bool {
    let routed = match shift.stage {
        Stage::ReconcileService => shift.test.routed && shift.production.routed,
        Stage::TestTrafficShift => shift.test.routed,
        Stage::ProductionTrafficShift => shift.production.routed,
        _ => true,
    };
    routed && !of_visit(shift).any(|run| run.status.is_open())
}

fn look(view: &View<'_>, service: &Service, current: &ServiceDeployment, shift: &Shift) -> Look {
    if shift.course == Course::Forward && of_visit(shift).any(failed) {
        return Look::HookFailed;
    }
    let is_last = shift.stage == Stage::CleanUp || shift.course == Course::Back;
    if !is_last && view.now >= current.created_at.after(DEPLOYMENT_LIMIT) {
        return Look::TimedOut;
    }
    let limit = shift.entered_at.after(STAGE_LIMIT);
    let late = view.now >= limit;
    if !is_settled(shift) {
        let open = of_visit(shift).filter(|run| run.status.is_open());
        let (pauses, expiry) = open.fold((false, limit), |(pauses, at), run| {
            (pauses || run.call_at.is_none(), at.min(run.expires_at))
        });
        // "For pause hooks, you can configure the timeout up to 14 days."
        return match (late, pauses) {
            (true, false) => Look::TimedOut,
            (_, true) => {
                Look::Wait(of_visit(shift).filter(|r| r.status.is_open()).map(|r| r.expires_at).min())
            }
            (false, false) => Look::Wait(Some(expiry)),
        };
    }
    if shift.course == Course::Back {
        // What is left to do is the scheduler's.
        return if shift.stage == Stage::CleanUp { Look::Wait(None) } else { Look::Done };
    }
    let configuration = &current.configuration;
    let until = |at: Timestamp| if view.now >= at { None } else { Some(at) };
    let green = deployment_id(&current.target);
    let done = match shift.stage {
        Stage::CleanUp => return Look::Wait(None),
        Stage::ReconcileService => !strays_leave(view, shift, &green),
        Stage::ScaleUp => healthy(view, &green) >= view.wanted.count(),
        Stage::PostScaleUp | Stage::PreProductionTrafficShift => {
            healthy(view, &green)
                >= Bounds::of(&service.deployment_configuration, view.wanted.count()).minimum
        }
        Stage::ProductionTrafficShift => {
            let bake =
                if shift.production.share < Share::ALL { step_bake(configuration) } else { Duration::ZERO };
            match until(shift.baking_since.unwrap_or(view.now).after(bake)) {
                Some(at) => return Look::Wait(Some(at)),
                None => true,
            }
        }
        Stage::BakeTime => {
            let bake = minutes(configuration.bake_time_in_minutes.unwrap_or(0));
            return until(shift.entered_at.after(bake)).map_or(Look::Done, |at| Look::Wait(Some(at)));
        }
        Stage::PreScaleUp
        | Stage::TestTrafficShift
        | Stage::PostTestTrafficShift
        | Stage::PostProductionTrafficShift => true,
    };
    match (done, late) {
        (true, _) => Look::Done,
        (false, true) => Look::TimedOut,
        (false, false) => Look::Wait(Some(limit)),
    }
}

fn failed(run: &HookRun) -> bool {
    match run.status {
        HookStatus::Failed => true,
        HookStatus::TimedOut => run.timeout_action == HookAction::Rollback,
        HookStatus::AwaitingAction | HookStatus::InProgress | HookStatus::Succeeded => false,
    }
}

/// Of neither blue nor green.
pub(super) fn is_stray(member: &Member, shift: &Shift, green: &str) -> bool {
    let blue = shift.blue.as_ref().map(deployment_id);
    member.is_live() && *member.deployment != *green && blue.is_none_or(|b| *b != *member.deployment)
}

/// Whether what is of neither is on its way out: it goes where blue has what is wanted. Nobody waits for blue to come that far, since it may never: it
/// failed, or its tasks do not start. Then the deployment goes on, which is what mends such a service, and what is of neither goes with blue.
fn strays_leave(view: &View<'_>, shift: &Shift, green: &str) -> bool {
    let blue = shift.blue.as_ref().map(deployment_id).unwrap_or_default();
    healthy(view, &blue) >= view.wanted.count()
        && view.members.iter().any(|m| is_stray(m, shift, green) && !m.protected)
}

fn healthy(view: &View<'_>, deployment: &str) -> u32 {
    let good = view.members.iter().filter(|m| m.is_good(deployment) && m.is_healthy()).count();
    u32::try_from(good).unwrap_or(u32::MAX)
}

fn next(shift: &mut Shift, current: &ServiceDeployment, now: Timestamp) {
    let configuration = &current.configuration;
    let to = |share: Share| Traffic { share, routed: false };
    let stage = match (shift.course, shift.stage) {
        (Course::Forward, Stage::ReconcileService) => Stage::PreScaleUp,
        (Course::Forward, Stage::PreScaleUp) => Stage::ScaleUp,
        (Course::Forward, Stage::ScaleUp) => Stage::PostScaleUp,
        (Course::Forward, Stage::PostScaleUp) => {
            shift.test = to(Share::ALL);
            Stage::TestTrafficShift
        }
        (Course::Forward, Stage::TestTrafficShift) => Stage::PostTestTrafficShift,
        (Course::Forward, Stage::PostTestTrafficShift) => Stage::PreProductionTrafficShift,
        (Course::Forward, Stage::PreProductionTrafficShift) => {
            let steps = steps(configuration, shift);
            let share = steps.get(shift.step as usize).copied().unwrap_or(Share::ALL);
            shift.production = to(share);
            Stage::ProductionTrafficShift
        }
        (Course::Forward, Stage::ProductionTrafficShift) if shift.production.share < Share::ALL => {
            shift.step += 1;
            Stage::PreProductionTrafficShift
        }
        (Course::Forward, Stage::ProductionTrafficShift) => Stage::PostProductionTrafficShift,
        // "The duration when both blue and green service revisions are running simultaneously."
        (Course::Forward, Stage::PostProductionTrafficShift) if shift.blue.is_some() => Stage::BakeTime,
        (Course::Forward, Stage::PostProductionTrafficShift | Stage::BakeTime | Stage::CleanUp) => {
            Stage::CleanUp
        }
        (Course::Back, Stage::ProductionTrafficShift) if shift.test.share > Share::NONE => {
            shift.test = to(Share::NONE);
            Stage::TestTrafficShift
        }
        (Course::Back | Course::Held | Course::Over, _) => Stage::CleanUp,
    };
    enter(shift, configuration, stage, now);
}

/// Begins the way back: the traffic that green has goes to blue, production first, then green goes.
pub(in crate::deployment) fn turn_back(current: &mut ServiceDeployment, now: Timestamp) {
    let Some(shift) = current.shift.as_mut() else { return };
    shift.course = Course::Back;
    shift.step = 0;
    let none = Traffic { share: Share::NONE, routed: false };
    let stage = if shift.production.share > Share::NONE {
        shift.production = none;
        Stage::ProductionTrafficShift
    } else if shift.test.share > Share::NONE {
        shift.test = none;
        Stage::TestTrafficShift
    } else {
        Stage::CleanUp
    };
    enter(shift, &current.configuration, stage, now);
}

/// Leaves both where they are: it was stopped, or there is no way back. In the last stage there is nothing left to hold.
pub(in crate::deployment) fn hold(current: &mut ServiceDeployment) {
    if let Some(shift) = current.shift.as_mut() {
        let is_last = shift.stage == Stage::CleanUp;
        shift.course = if is_last { Course::Over } else { Course::Held };
    }
}

/// The way back does not come to its end: the router has not answered for a day.
fn give_up(view: &View<'_>, plan: &mut Plan) {
    let Some(current) = plan.current.as_mut() else { return };
    hold(current);
    current.status = ServiceDeploymentStatus::RollbackFailed;
    roll::close(current, view.now);
}

/// Whether what is steady may count as the end of the deployment.
pub(in crate::deployment) fn may_complete(current: Option<&ServiceDeployment>) -> bool {
    let shift = current.filter(|c| !c.status.is_over()).and_then(|c| c.shift.as_ref());
    shift.is_none_or(|s| s.stage == Stage::CleanUp)
}

/// Whether circuit breaker and alarms are still asked.
pub(in crate::deployment) fn may_fail(current: &ServiceDeployment) -> bool {
    current.shift.as_ref().is_none_or(|s| s.stage != Stage::CleanUp)
}

/// How a deployment that is done ended.
pub(in crate::deployment) fn outcome(current: &mut ServiceDeployment) -> ServiceDeploymentStatus {
    let back = current.shift.iter().flat_map(|s| &s.hooks).any(|run| run.key.back && failed(run));
    if let Some(shift) = current.shift.as_mut() {
        shift.course = Course::Over;
    }
    match current.status {
        // Not established: what AWS says where a hook fails on the way back. Blue has everything all the same.
        ServiceDeploymentStatus::RollbackInProgress | ServiceDeploymentStatus::RollbackRequested if back => {
            ServiceDeploymentStatus::RollbackFailed
        }
        ServiceDeploymentStatus::RollbackInProgress | ServiceDeploymentStatus::RollbackRequested => {
            ServiceDeploymentStatus::RollbackSuccessful
        }
        _ => ServiceDeploymentStatus::Successful,
    }
}
