//! Deployments: how one begins, what ends of tasks mean for it, when it is completed, when it has failed and what follows.

use super::member::{Member, Phase};
use super::{Event, Plan, View, breaker, event, shift, throttle};
use model::Timestamp;
use model::ecs::lifecycle::HookStatus;
use model::ecs::service::{
    Deployment, DeploymentStatus, RolloutState, Said, Schedule, Service, ServiceStatus, StopType, Throttle,
};
use model::ecs::service_deployment::{Monitor, Rollback, ServiceDeployment, ServiceDeploymentStatus};
use model::ecs::service_revision::deployment_id;
use model::ids::{ServiceDeploymentArn, ServiceRevisionArn};
use std::time::Duration;

/// "Duplicate event messages are omitted until either the cause is resolved or six hours passes."
pub const SAID_AGAIN: Duration = Duration::from_secs(6 * 3600);

const TASKS_FAILED: &str = "tasks failed to start";
const ALARM: &str = "alarm detected";
/// Observed.
const HOOK_FAILED: &str = "hook execution failure(s) detected";
/// Not established: AWS's words.
const TIMED_OUT: &str = "lifecycle stage timed out";

/// Begins to deploy a revision: it becomes the primary one, and what was under way is superseded. Answers the record of the new
/// service deployment and, if `before` was under way, how it ends.
pub fn begin(
    service: &mut Service,
    revision: ServiceRevisionArn,
    arn: ServiceDeploymentArn,
    before: Option<&ServiceDeployment>,
    now: Timestamp,
) -> (ServiceDeployment, Option<ServiceDeployment>) {
    let superseded = before.filter(|d| !d.status.is_over()).map(|d| {
        let mut ended = d.clone();
        ended.status = ServiceDeploymentStatus::Stopped;
        // Not established: AWS's words.
        ended.status_reason =
            Some("Service deployment was superseded by a new service deployment.".to_owned());
        close(&mut ended, now);
        ended.stopped_at = Some(now);
        ended
    });
    let sources: Vec<ServiceRevisionArn> = service.deployments.iter().map(|d| d.revision.clone()).collect();
    let shift = shift::begin(service, &revision, before, now);
    let configuration = service.deployment_configuration.clone();
    let monitor = |enabled: bool| if enabled { Monitor::Monitoring } else { Monitor::Disabled };
    let breaker = configuration.deployment_circuit_breaker.as_ref().filter(|b| b.enable);
    let alarms = configuration.alarms.as_ref().is_some_and(|a| a.enable);
    let deployment = ServiceDeployment {
        arn: arn.clone(),
        service: service.arn.clone(),
        cluster: service.cluster.clone(),
        created_at: now,
        started_at: Some(now),
        finished_at: None,
        stopped_at: None,
        updated_at: now,
        sources,
        target: revision.clone(),
        status: ServiceDeploymentStatus::InProgress,
        status_reason: None,
        rollback: None,
        circuit_breaker: monitor(breaker.is_some()),
        alarms: monitor(alarms),
        triggered_alarms: Vec::new(),
        failure_count: 0,
        threshold: breaker.map_or(0, |b| breaker::threshold(b, service.desired_count)),
        requested_tasks: service.desired_count,
        configuration,
        shift,
    };
    service.revision = Some(revision.clone());
    service.current_deployment = Some(arn);
    service.schedule.steady = false;
    service.schedule.failed_rounds = 0;
    service.schedule.start_after = None;
    service.schedule.failed_at = None;
    service.schedule.stalled_at = None;
    service.schedule.blue = None;
    service.schedule.stop_requested = None;
    service.schedule.said.retain(|s| s.kind != event::UNSHIFTED);
    make_primary(service, revision, None, now);
    (deployment, superseded)
}

/// Begins the end of a service: nothing is wanted of it any more.
pub fn drain(
    service: &mut Service,
    current: Option<&ServiceDeployment>,
    now: Timestamp,
) -> Option<ServiceDeployment> {
    service.status = ServiceStatus::Draining;
    service.desired_count = 0;
    let mut ended = current.filter(|d| !d.status.is_over())?.clone();
    ended.status = ServiceDeploymentStatus::Stopped;
    ended.status_reason = Some("The service is being deleted.".to_owned());
    close(&mut ended, now);
    ended.stopped_at = Some(now);
    Some(ended)
}

/// Makes a revision what new tasks are of; it may be one that ran before.
fn make_primary(service: &mut Service, revision: ServiceRevisionArn, reason: Option<String>, now: Timestamp) {
    for other in &mut service.deployments {
        if other.status == DeploymentStatus::Primary {
            other.status = DeploymentStatus::Active;
            other.updated_at = now;
        }
    }
    let id = deployment_id(&revision);
    let reason = reason.unwrap_or_else(|| format!("ECS deployment {id} in progress."));
    let known = service.deployments.iter().position(|d| d.id == id).map(|at| service.deployments.remove(at));
    let mut deployment = known.unwrap_or_else(|| Deployment {
        id,
        revision,
        status: DeploymentStatus::Primary,
        desired_count: 0,
        created_at: now,
        updated_at: now,
        failed_tasks: 0,
        rollout_state: RolloutState::InProgress,
        rollout_state_reason: String::new(),
    });
    deployment.status = DeploymentStatus::Primary;
    deployment.rollout_state = RolloutState::InProgress;
    deployment.rollout_state_reason = reason;
    deployment.failed_tasks = 0;
    deployment.updated_at = now;
    deployment.desired_count = service.desired_count;
    service.deployments.insert(0, deployment);
}

pub(super) fn close(deployment: &mut ServiceDeployment, now: Timestamp) {
    deployment.finished_at = Some(now);
    deployment.updated_at = now;
    for monitor in [&mut deployment.circuit_breaker, &mut deployment.alarms] {
        if *monitor == Monitor::Monitoring {
            *monitor = Monitor::MonitoringComplete;
        }
    }
    // Nobody waits for them any more. Not established: what AWS shows of them.
    for run in deployment.shift.iter_mut().flat_map(|s| &mut s.hooks).filter(|run| run.status.is_open()) {
        run.status = HookStatus::Failed;
        run.call_at = None;
    }
}

/// Counts the tasks that ended since the last look.
pub(super) fn account(view: &View<'_>, plan: &mut Plan) {
    let primary = plan.service.primary().map(|d| d.id.clone()).unwrap_or_default();
    let blue = shift::blue_beside(plan);
    let (mut throttles, mut throttles_blue) = (false, false);
    for member in view.members {
        let Phase::Ended(end) = member.phase else { continue };
        plan.account.push(member.task.clone());
        throttles |= end.throttles() && *member.deployment == *primary;
        throttles_blue |= end.throttles() && blue.as_deref() == Some(&*member.deployment);
        let deployment = plan.service.deployments.iter_mut().find(|d| *d.id == *member.deployment);
        if let (Some(deployment), true) = (deployment, end.fails_deployment()) {
            deployment.failed_tasks = deployment.failed_tasks.saturating_add(1);
            deployment.updated_at = view.now;
        }
    }
    for deployment in &mut plan.service.deployments {
        // "Once a service deployment has one or more successfully running tasks, the failed task count resets to zero."
        let configuration = match &plan.current {
            Some(current) => &current.configuration,
            None => &plan.service.deployment_configuration,
        };
        let breaker = configuration.deployment_circuit_breaker.as_ref();
        let keeps = breaker.is_some_and(|b| b.reset_on_healthy_task == Some(false));
        let runs = view.members.iter().any(|m| *m.deployment == *deployment.id && m.is_healthy());
        if runs && !keeps {
            deployment.failed_tasks = 0;
        }
    }
    let schedule = &plan.service.schedule;
    let of_primary = Throttle {
        failed_rounds: schedule.failed_rounds,
        start_after: schedule.start_after,
        failed_at: schedule.failed_at,
    };
    let of_blue = schedule.blue.unwrap_or_default();
    let of_primary = throttle(view, plan, &primary, of_primary, throttles);
    let of_blue = blue.map(|blue| throttle(view, plan, &blue, of_blue, throttles_blue));
    let schedule = &mut plan.service.schedule;
    schedule.failed_rounds = of_primary.failed_rounds;
    schedule.start_after = of_primary.start_after;
    schedule.failed_at = of_primary.failed_at;
    // A launch that was refused waits too.
    let waits = |t: &Throttle| t.failed_rounds > 0 || t.start_after.is_some_and(|at| at > view.now);
    schedule.blue = of_blue.filter(waits);
}

/// What follows for the starts of a deployment's tasks: `failed` since the last look, they wait; a task that was started since and has run for a
/// while ends that.
fn throttle(
    view: &View<'_>,
    plan: &mut Plan,
    deployment: &str,
    mut throttle: Throttle,
    failed: bool,
) -> Throttle {
    if failed {
        throttle.failed_at = Some(view.now);
    }
    if failed && throttle.start_after.is_none_or(|at| at <= view.now) {
        throttle.failed_rounds = throttle.failed_rounds.saturating_add(1);
        let pause = throttle::pause(throttle.failed_rounds);
        throttle.start_after = (!pause.is_zero()).then(|| view.now.after(pause));
    }
    if throttle::is_impaired(throttle.failed_rounds) && failed {
        plan.events.push(Event::Impaired);
    }
    if throttle.failed_rounds == 0 {
        return throttle;
    }
    let runs = view.members.iter().filter(|m| *m.deployment == *deployment && m.is_healthy());
    // Those that have been there all the time say nothing of starts.
    let since = runs.filter_map(|m| m.started_at).filter(|at| throttle.failed_at.is_none_or(|f| *at > f));
    let Some(since) = since.min() else { return throttle };
    let good_at = since.after(throttle::BRIEF);
    if good_at <= view.now {
        plan.service.schedule.said.retain(|s| s.kind != "impaired");
        return Throttle::default();
    }
    plan.wake_at(good_at);
    throttle
}

/// Whether the deployment under way has failed or was asked to stop.
pub(super) fn judge(view: &View<'_>, plan: &mut Plan) {
    let Some(current) = plan.current.as_mut() else { return };
    if current.status.is_over() || plan.service.status != ServiceStatus::Active {
        return;
    }
    let Some(primary) = plan.service.primary().cloned() else { return };
    current.failure_count = primary.failed_tasks;
    current.requested_tasks = view.wanted.count();
    let breaker = current.configuration.deployment_circuit_breaker.clone().filter(|b| b.enable);
    if let Some(breaker) = &breaker {
        current.threshold = breaker::threshold(breaker, view.wanted.count());
    }
    if let Some(how) = plan.service.schedule.stop_requested.take() {
        let reason = format!("Service deployment stopped by the user with stop type {how}.");
        match how {
            StopType::Abort => abort(view, plan, &reason),
            // It is on its way back already.
            StopType::Rollback if current.status == ServiceDeploymentStatus::RollbackInProgress => {}
            StopType::Rollback => {
                current.stopped_at = Some(view.now);
                fail(view, plan, &Failure { reason: &reason, ..USER }, true);
            }
        }
        return;
    }
    let exceeded = breaker.is_some() && primary.failed_tasks >= current.threshold;
    // What is being rolled back is not rolled back again.
    if current.status == ServiceDeploymentStatus::RollbackInProgress && current.shift.is_none() && exceeded {
        roll_back_failed(view, plan);
        return;
    }
    if current.status != ServiceDeploymentStatus::InProgress || !shift::may_fail(current) {
        return;
    }
    let alarms = current.configuration.alarms.clone().filter(|a| a.enable);
    if exceeded {
        current.circuit_breaker = Monitor::Triggered;
        let rollback = breaker.is_some_and(|b| b.rollback);
        fail(view, plan, &BREAKER, rollback);
    } else if let Some(alarms) = alarms.filter(|_| !view.alarms.is_empty()) {
        current.alarms = Monitor::Triggered;
        current.triggered_alarms.clone_from(&view.alarms);
        fail(view, plan, &ALARMS, alarms.rollback);
    }
}

/// How a failure is worded.
pub(super) struct Failure<'a> {
    /// Of the rollout state.
    who: &'a str,
    /// Of the event and the rollout state.
    what: &'static str,
    /// Of the service deployment.
    reason: &'a str,
}

const BREAKER: Failure<'_> = Failure {
    who: "ECS deployment circuit breaker",
    what: TASKS_FAILED,
    reason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
};
const ALARMS: Failure<'_> = Failure {
    who: "ECS deployment alarm",
    what: ALARM,
    reason: "Service deployment rolled back because of one or more alarms.",
};
pub(super) const HOOKS: Failure<'_> = Failure {
    who: "ECS deployment",
    what: HOOK_FAILED,
    reason: "Service deployment rolled back because of hook execution failure(s).",
};
pub(super) const STAGE_TIMED_OUT: Failure<'_> = Failure {
    who: "ECS deployment",
    what: TIMED_OUT,
    reason: "Service deployment rolled back because a lifecycle stage took too long.",
};
const USER: Failure<'_> = Failure { who: "ECS deployment", what: "stopped by the user", reason: "" };

/// The deployment has failed: it goes no further, and where that is wanted and possible the last good revision takes its place.
pub(super) fn fail(view: &View<'_>, plan: &mut Plan, failure: &Failure<'_>, rollback: bool) {
    let Failure { who, what, reason } = failure;
    let Some(current) = plan.current.as_mut() else { return };
    let service = &mut plan.service;
    let target = service.schedule.last_completed.clone().filter(|r| rollback && *r != current.target);
    let Some(failed) = service.deployments.iter_mut().find(|d| d.status == DeploymentStatus::Primary) else {
        return;
    };
    failed.rollout_state = RolloutState::Failed;
    failed.rollout_state_reason = format!("{who}: {what}.");
    failed.updated_at = view.now;
    plan.events.push(Event::Failed { deployment: failed.id.clone(), reason: what });
    let Some(target) = target else {
        current.status = ServiceDeploymentStatus::Stopped;
        current.status_reason = Some(format!("Service deployment stopped: {what}."));
        current.stopped_at = Some(view.now);
        close(current, view.now);
        shift::hold(current);
        return;
    };
    let id = deployment_id(&target);
    shift::turn_back(current, view.now);
    current.status = ServiceDeploymentStatus::RollbackInProgress;
    current.status_reason = Some((*reason).to_owned());
    current.updated_at = view.now;
    current.rollback =
        Some(Rollback { reason: (*reason).to_owned(), started_at: view.now, revision: target.clone() });
    service.revision = Some(target.clone());
    service.schedule.failed_rounds = 0;
    service.schedule.start_after = None;
    service.schedule.failed_at = None;
    service.schedule.stalled_at = None;
    make_primary(service, target, Some(format!("{who}: rolling back to deploymentId {id}.")), view.now);
    plan.events.push(Event::RollingBack { deployment: id });
}

/// What was good before does not start either: nothing more is started until somebody deploys something else.
fn roll_back_failed(view: &View<'_>, plan: &mut Plan) {
    let Some(current) = plan.current.as_mut() else { return };
    current.status = ServiceDeploymentStatus::RollbackFailed;
    // Not established: AWS's words.
    current.status_reason = Some(format!("Service deployment rollback failed: {TASKS_FAILED}."));
    close(current, view.now);
    let primary = plan.service.deployments.iter_mut().find(|d| d.status == DeploymentStatus::Primary);
    let Some(primary) = primary else { return };
    primary.rollout_state = RolloutState::Failed;
    primary.rollout_state_reason = format!("{}: {TASKS_FAILED}.", BREAKER.who);
    primary.updated_at = view.now;
    plan.events.push(Event::Failed { deployment: primary.id.clone(), reason: TASKS_FAILED });
}

/// A start of the deployment under way that came to nothing counts as a task that failed to start.
pub(super) fn count_failed_start(view: &View<'_>, plan: &mut Plan, deployment: &str) {
    let under_way = |d: &&mut Deployment| d.id == deployment && d.rollout_state == RolloutState::InProgress;
    if let Some(deployment) = plan.service.deployments.iter_mut().find(under_way) {
        deployment.failed_tasks = deployment.failed_tasks.saturating_add(1);
        deployment.updated_at = view.now;
    }
}

/// Leaves everything as it is.
fn abort(view: &View<'_>, plan: &mut Plan, reason: &str) {
    let Some(current) = plan.current.as_mut() else { return };
    current.status = ServiceDeploymentStatus::Stopped;
    current.status_reason = Some(reason.to_owned());
    current.stopped_at = Some(view.now);
    close(current, view.now);
    shift::hold(current);
    let primary = plan.service.deployments.iter_mut().find(|d| d.status == DeploymentStatus::Primary);
    if let Some(primary) = primary {
        primary.rollout_state = RolloutState::Failed;
        primary.rollout_state_reason = "ECS deployment: stopped by the user.".to_owned();
        primary.updated_at = view.now;
    }
}

/// Drops deployments of which nothing is left, completes the one that is done, and ends a service that has drained.
pub(super) fn progress(view: &View<'_>, plan: &mut Plan) {
    let wanted = view.wanted.count();
    let left: Vec<&Member> = view.members.iter().filter(|m| !m.is_ended()).collect();
    // What is lost and given up may never be heard of again.
    let given_up = |m: &Member| m.lost && m.phase == Phase::Stopping;
    let kept: Vec<String> =
        plan.service.deployments.iter().map(|d| d.id.clone()).filter(|id| shift::keeps(plan, id)).collect();
    let sides: Vec<Option<u32>> =
        plan.service.deployments.iter().map(|d| shift::wanted_of(plan, &d.id, wanted)).collect();
    let (is_split, may_complete) = (plan.is_split(), shift::may_complete(plan.current.as_ref()));
    let service = &mut plan.service;
    if let super::Wanted::Daemon(_) = view.wanted {
        service.desired_count = wanted;
    }
    for (deployment, side) in service.deployments.iter_mut().zip(sides) {
        deployment.desired_count = side.unwrap_or(match deployment.status {
            DeploymentStatus::Primary => wanted,
            DeploymentStatus::Active => 0,
        });
    }
    let lacks = |d: &&Deployment| {
        let good = left.iter().filter(|m| m.is_good(&d.id) && m.is_healthy()).count();
        good < d.desired_count as usize
    };
    let lacking = service.deployments.iter().filter(lacks).count();
    service.deployments.retain(|d| {
        d.status == DeploymentStatus::Primary
            || kept.contains(&d.id)
            || left.iter().any(|m| *m.deployment == *d.id && !given_up(m))
    });
    match service.status {
        // "After all tasks have transitioned to either STOPPING or STOPPED status."
        ServiceStatus::Draining if left.iter().all(|m| m.in_hand && m.phase == Phase::Stopping) => {
            service.status = ServiceStatus::Inactive;
            service.inactive_at = Some(view.now);
            service.deployments.clear();
            service.schedule = Default::default();
            return;
        }
        ServiceStatus::Draining | ServiceStatus::Inactive => return,
        ServiceStatus::Active => {}
    }
    let Some(primary) = service.deployments.iter_mut().find(|d| d.status == DeploymentStatus::Primary) else {
        return;
    };
    let good = left.iter().filter(|m| m.is_good(&primary.id) && m.is_healthy()).count();
    let counts = |m: &&&Member| !given_up(m) && !m.stays();
    let steady = !is_split && good == wanted as usize && left.iter().filter(counts).count() == good;
    // Of two that are kept one may be complete, and the other not.
    if is_split && lacking == 0 || !is_split && good >= wanted as usize {
        // What these are about may last though all that is wanted is there.
        let lasts = ["impaired", "zone", event::PROTECTED, event::UNREGISTERED, event::UNSHIFTED];
        service.schedule.said.retain(|s| lasts.iter().any(|kind| s.kind.starts_with(kind)));
        service.schedule.unplaced = 0;
        service.schedule.stalled_at = None;
    }
    if steady && may_complete && primary.rollout_state == RolloutState::InProgress {
        primary.rollout_state = RolloutState::Completed;
        primary.rollout_state_reason = format!("ECS deployment {} completed.", primary.id);
        service.schedule.last_completed = Some(primary.revision.clone());
        primary.updated_at = view.now;
        plan.events.push(Event::Completed { deployment: primary.id.clone() });
        if let Some(current) = plan.current.as_mut().filter(|d| !d.status.is_over()) {
            current.status = shift::outcome(current);
            close(current, view.now);
        }
    }
    if steady && !service.schedule.steady {
        plan.events.push(Event::Steady);
    }
    service.schedule.steady = steady;
}

/// Events in words, but for what was said lately and lasts. What is said is remembered.
pub fn news(
    schedule: &mut Schedule,
    events: &[Event],
    now: Timestamp,
    name: &dyn Fn(&Event) -> String,
) -> Vec<String> {
    let mut messages = Vec::new();
    for event in events {
        if let Event::Registered { group, .. } = event {
            schedule.said.retain(|s| s.kind != event::unregistered(group));
        }
        let about = match event {
            Event::NotRegistered { group, .. } => Some(event::unregistered(group)),
            other => other.repeats().map(str::to_owned),
        };
        for message in event.messages(&name(event)) {
            if about.as_ref().is_none_or(|kind| is_news(schedule, kind, &message, now)) {
                messages.push(message);
            }
        }
    }
    messages
}

/// Whether a message that may repeat is to be said, which is remembered then.
fn is_news(schedule: &mut Schedule, kind: &str, message: &str, now: Timestamp) -> bool {
    let known = schedule.said.iter_mut().find(|s| s.kind == kind);
    if known.as_ref().is_some_and(|s| s.message == message && now.since(s.at) < SAID_AGAIN) {
        return false;
    }
    let said = Said { kind: kind.to_owned(), message: message.to_owned(), at: now };
    match known {
        Some(known) => *known = said,
        None => schedule.said.push(said),
    }
    true
}
