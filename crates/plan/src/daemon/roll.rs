//! Deployments of daemons: what ends of tasks mean for one, when it is completed, when it has failed and what follows.

use super::instance::is_served;
use super::{Instance, Part, Plan, Seen, View, started_by};
use crate::deployment::{Phase, breaker, throttle};
use model::Timestamp;
use model::ecs::daemon::{DaemonDeployment, DaemonDeploymentStatus, DaemonRollback, DaemonStatus};
use model::ecs::service::DeploymentCircuitBreaker;
use model::ecs::service_deployment::Monitor;
use model::status::InstanceStatus;
use std::time::Duration;

// Not established: AWS's words.
const BREAKER: &str = "Daemon deployment rolled back because the circuit breaker threshold was exceeded.";
const ALARMS: &str = "Daemon deployment rolled back because of one or more alarms.";
const FAILED: &str = "Daemon deployment stopped because the circuit breaker threshold was exceeded.";
const ALARMED: &str = "Daemon deployment stopped because of one or more alarms.";
const ROLLBACK_FAILED: &str = "Daemon deployment could not be rolled back: daemon tasks failed to start.";

/// Counts the tasks that ended since the last look.
pub(super) fn account(seen: &Seen<'_>, now: Timestamp, part: &mut Part) {
    let current = started_by(&part.revision.arn);
    let mut failed = 0;
    for member in &seen.members {
        let Phase::Ended(end) = member.phase else { continue };
        part.account.push(member.task.clone());
        // A daemon that ends at once is none.
        if *member.deployment == *current && end.throttles() {
            failed += 1;
        }
    }
    count_failures(part, failed, now);
    let lasting = |m: &&crate::deployment::Member| {
        *m.deployment == *current
            && m.phase == Phase::Healthy
            && m.started_at.is_some_and(|at| at.after(throttle::BRIEF) <= now)
    };
    if failed == 0 && seen.members.iter().any(|m| lasting(&m)) {
        part.daemon.schedule.failed_rounds = 0;
        part.daemon.schedule.start_after = None;
    }
}

/// Takes starts that failed into account: the next ones come later.
pub(super) fn count_failures(part: &mut Part, failed: u32, now: Timestamp) {
    if failed == 0 {
        return;
    }
    if matches!(part.deployment.status, DaemonDeploymentStatus::Pending | DaemonDeploymentStatus::InProgress)
    {
        part.deployment.failure_count = part.deployment.failure_count.saturating_add(failed);
    }
    let schedule = &mut part.daemon.schedule;
    if schedule.start_after.is_none_or(|at| at <= now) {
        schedule.failed_rounds = schedule.failed_rounds.saturating_add(1);
        let pause = throttle::pause(schedule.failed_rounds);
        schedule.start_after = (!pause.is_zero()).then(|| now.after(pause));
    }
}

/// Whether the deployment under way has failed.
pub(super) fn judge(seen: &Seen<'_>, view: &View<'_>, part: &mut Part) {
    if part.daemon.status == DaemonStatus::DeleteInProgress || part.deployment.status.is_over() {
        return;
    }
    let instances = view.instances.iter().filter(|i| i.is_of(&part.revision)).count();
    let instances = u32::try_from(instances).unwrap_or(u32::MAX);
    part.deployment.threshold = breaker::threshold(&DeploymentCircuitBreaker::default(), instances);
    match part.deployment.status {
        DaemonDeploymentStatus::Pending => {
            part.deployment.status = DaemonDeploymentStatus::InProgress;
            part.deployment.started_at = Some(view.now);
        }
        DaemonDeploymentStatus::RollbackInProgress
            if part.daemon.schedule.failed_rounds >= part.deployment.threshold =>
        {
            part.deployment.status = DaemonDeploymentStatus::RollbackFailed;
            part.deployment.status_reason = Some(ROLLBACK_FAILED.to_owned());
            part.daemon.schedule.halted = true;
            close(&mut part.deployment, view.now);
            return;
        }
        _ => {}
    }
    if part.deployment.status != DaemonDeploymentStatus::InProgress {
        return;
    }
    if part.deployment.failure_count >= part.deployment.threshold {
        part.deployment.circuit_breaker = Monitor::Triggered;
        fail(seen, view.now, part, (BREAKER, FAILED));
    } else if part.deployment.configuration.alarms_enabled && !seen.alarms.is_empty() {
        part.deployment.alarms = Monitor::Triggered;
        part.deployment.triggered_alarms.clone_from(&seen.alarms);
        fail(seen, view.now, part, (ALARMS, ALARMED));
    }
}

/// The deployment goes no further; the revision that was completed last takes its place, where there is one.
fn fail(seen: &Seen<'_>, now: Timestamp, part: &mut Part, (rolled_back, stopped): (&str, &str)) {
    let schedule = &mut part.daemon.schedule;
    let target = part.deployment.target.as_ref();
    let before = seen.last_completed.filter(|r| Some(&r.arn) != target);
    let Some(before) = before else {
        schedule.halted = true;
        part.deployment.status = DaemonDeploymentStatus::Stopped;
        part.deployment.status_reason = Some(stopped.to_owned());
        part.deployment.stopped_at = Some(now);
        close(&mut part.deployment, now);
        return;
    };
    part.deployment.status = DaemonDeploymentStatus::RollbackInProgress;
    part.deployment.status_reason = Some(rolled_back.to_owned());
    part.deployment.rollback = Some(DaemonRollback {
        reason: rolled_back.to_owned(),
        started_at: now,
        revision: before.arn.clone(),
        capacity_providers: before.capacity_providers.clone(),
    });
    schedule.failed_rounds = 0;
    schedule.start_after = None;
    part.daemon.revision = before.arn.clone();
    part.revision = before.clone();
}

/// Completes the deployment that is done, and ends a daemon of which nothing is left.
pub(super) fn progress(view: &View<'_>, at: usize, plan: &mut Plan) {
    let seen = &view.daemons[at];
    let now = view.now;
    let part = &mut plan.parts[at];
    if part.daemon.status == DaemonStatus::DeleteInProgress {
        let left = seen.members.iter().any(|m| !matches!(m.phase, Phase::Ended(_)));
        if !left {
            part.gone = true;
            part.deployment.status = DaemonDeploymentStatus::Successful;
            close(&mut part.deployment, now);
        } else if part.deployment.status == DaemonDeploymentStatus::Pending {
            part.deployment.status = DaemonDeploymentStatus::InProgress;
            part.deployment.started_at = Some(now);
        }
        return;
    }
    if part.deployment.status.is_over() || !is_complete(view, seen, part) {
        return;
    }
    match part.deployment.status {
        DaemonDeploymentStatus::InProgress => {
            let since = *part.deployment.baking_since.get_or_insert(now);
            let minutes = u64::from(part.deployment.configuration.bake_time_in_minutes);
            let done = since.after(Duration::from_secs(60 * minutes));
            if done > now {
                plan.wake_at(done);
                return;
            }
            part.deployment.status = DaemonDeploymentStatus::Successful;
            part.daemon.schedule.last_completed = Some(part.revision.arn.clone());
        }
        DaemonDeploymentStatus::RollbackInProgress => {
            part.deployment.status = DaemonDeploymentStatus::RollbackSuccessful;
        }
        _ => return,
    }
    close(&mut part.deployment, now);
}

/// Whether every instance has its task and takes tasks.
fn is_complete(view: &View<'_>, seen: &Seen<'_>, part: &Part) -> bool {
    // An operator empties it, or its agent is away.
    let counts = |i: &&Instance| i.connected && i.status != InstanceStatus::Draining;
    part.daemon.schedule.drained.is_empty()
        && part.start.is_empty()
        && part.stop.is_empty()
        && view
            .instances
            .iter()
            .filter(|i| i.is_of(&part.revision))
            .filter(counts)
            .all(|i| is_served(seen, &part.revision, &i.arn))
}

fn close(deployment: &mut DaemonDeployment, now: Timestamp) {
    deployment.finished_at = Some(now);
    for monitor in [&mut deployment.circuit_breaker, &mut deployment.alarms] {
        if *monitor == Monitor::Monitoring {
            *monitor = Monitor::MonitoringComplete;
        }
    }
}
