//! A task as the service scheduler sees it.

use super::throttle::BRIEF;
use model::Timestamp;
use model::ids::{ContainerInstanceArn, TaskArn};
use model::status::{DesiredStatus, HealthStatus, StopCode, TaskStatus};
use std::sync::Arc;
use std::time::Duration;

/// One task of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub task: TaskArn,
    /// `startedBy`: the deployment that it is of.
    pub deployment: Arc<str>,
    pub phase: Phase,
    /// Its end is in its agent's hands: it is STOPPING, or further.
    pub in_hand: bool,
    pub instance: Option<ContainerInstanceArn>,
    pub zone: Option<Arc<str>>,
    /// Tasks of replica services are on its instance yet. Told of those of DAEMON services on instances that drain.
    pub accompanies: bool,
    /// It has to leave its instance, which is DRAINING, or whose date of retirement has come.
    pub draining: bool,
    /// It is the latter.
    pub retired: bool,
    /// Its instance has been silent for longer than is waited for.
    pub lost: bool,
    /// Scale-in and deployments leave it alone.
    pub protected: bool,
    pub started_at: Option<Timestamp>,
    /// It is in target groups that get no traffic, and the service has others: it serves nobody.
    pub idle: bool,
    /// Which of its targets is ill, where load balancers find it so.
    pub ailing: Option<Arc<Ailing>>,
}

/// A target of a task that its load balancer cannot send to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ailing {
    /// The ARN of its target group.
    pub group: String,
    /// The machine, where it is the target.
    pub instance: Option<String>,
    pub port: u16,
    /// As Elastic Load Balancing words it.
    pub reason: String,
}

/// What load balancers say of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Targets {
    /// It has none.
    #[default]
    None,
    /// Not all of its targets are registered, or were found healthy.
    Awaited,
    /// All of them take traffic; of a task that has ended, all did.
    Healthy,
    /// One of them does not.
    Unhealthy,
}

/// Where a task is, as far as its service is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not RUNNING yet.
    Starting,
    /// RUNNING; its health checks have not passed yet.
    Settling,
    /// RUNNING, and its health checks pass if it has some, those of its load balancers too.
    Healthy,
    /// RUNNING; its health checks fail.
    Unhealthy,
    /// It is to stop and has not stopped yet.
    Stopping,
    /// It has stopped, and that was not counted yet.
    Ended(End),
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Somebody wanted it: a user, the scheduler, a reclaimed machine.
    Wanted,
    /// It never ran.
    NeverStarted,
    /// The scheduler stopped it, since its health checks failed.
    Unhealthy,
    /// It ran for a moment, and was never healthy.
    Brief,
    /// It ran for longer, and was never healthy either.
    Early,
    /// It was healthy for a moment.
    Fleeting,
    /// It ran.
    Lasting,
}

impl End {
    /// Whether it counts as failed for the circuit breaker: "it doesn't transition to a RUNNING state, or it fails any of its defined health checks".
    /// One that ends by itself before it counts as healthy is taken to have failed to start; one that was healthy has not.
    pub const fn fails_deployment(self) -> bool {
        match self {
            Self::NeverStarted | Self::Unhealthy | Self::Brief | Self::Early => true,
            Self::Wanted | Self::Fleeting | Self::Lasting => false,
        }
    }

    /// Whether the next start waits for it.
    pub const fn throttles(self) -> bool {
        match self {
            Self::NeverStarted | Self::Unhealthy | Self::Brief | Self::Fleeting => true,
            Self::Wanted | Self::Early | Self::Lasting => false,
        }
    }
}

/// What a task's record says.
#[derive(Clone, Debug)]
pub struct Facts {
    pub last: TaskStatus,
    pub desired: DesiredStatus,
    /// Some essential container has a health check.
    pub has_health_check: bool,
    pub health: Option<HealthStatus>,
    pub started_at: Option<Timestamp>,
    pub stopped_at: Option<Timestamp>,
    pub stop_code: Option<StopCode>,
    /// The scheduler stopped it because it was unhealthy.
    pub stopped_for_health: bool,
    /// It is RUNNING, and an essential container of it has stopped.
    pub ends: bool,
    pub targets: Targets,
}

/// How long a task that runs is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patience {
    /// So long after its start failing health checks are overlooked.
    pub grace: Duration,
    /// One without a health check is healthy so long after its start. AWS: "the service scheduler will wait for 40 seconds after a task reaches a
    /// RUNNING state before the task is counted towards the minimum healthy percent total".
    pub unchecked: Duration,
}

/// The phase of a task. When time alone will change it is the second value.
pub fn phase(facts: &Facts, patience: Patience, now: Timestamp) -> (Phase, Option<Timestamp>) {
    if facts.last.is_over() {
        return (Phase::Ended(end(facts, patience)), None);
    }
    // An essential container that has stopped takes the task along, whatever is still said of it.
    if facts.desired == DesiredStatus::Stopped || facts.ends {
        return (Phase::Stopping, None);
    }
    match facts.last {
        TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => {
            return (Phase::Starting, None);
        }
        // Nobody asked for its end, and it is on the way there.
        TaskStatus::Deactivating | TaskStatus::Stopping | TaskStatus::Deprovisioning => {
            return (Phase::Stopping, None);
        }
        TaskStatus::Running | TaskStatus::Stopped | TaskStatus::Deleted => {}
    }
    let own = of_containers(facts, patience, now);
    match (facts.targets, own) {
        (Targets::None, own) => own,
        (_, (Phase::Unhealthy, until)) => (Phase::Unhealthy, until),
        (Targets::Awaited, (Phase::Healthy, _)) => (Phase::Settling, None),
        // "Tasks for services that use a load balancer are considered healthy if they're in the RUNNING state and are reported as healthy by the
        // load balancer." Nobody waits besides.
        (Targets::Healthy, _) if !facts.has_health_check => (Phase::Healthy, None),
        (Targets::Awaited | Targets::Healthy, own) => own,
        (Targets::Unhealthy, _) => unhealthy(facts, patience, now),
    }
}

/// "The period of time, in seconds, that the Amazon ECS service scheduler ignores unhealthy … health checks after a task has first started."
fn unhealthy(facts: &Facts, patience: Patience, now: Timestamp) -> (Phase, Option<Timestamp>) {
    let until = facts.started_at.unwrap_or(now).after(patience.grace);
    if until > now { (Phase::Settling, Some(until)) } else { (Phase::Unhealthy, None) }
}

/// The phase of a task that runs, as its containers' health checks have it.
fn of_containers(facts: &Facts, patience: Patience, now: Timestamp) -> (Phase, Option<Timestamp>) {
    match facts.health.filter(|_| facts.has_health_check) {
        None if facts.has_health_check => (Phase::Settling, None),
        None => match facts.started_at.map(|at| at.after(patience.unchecked)).filter(|until| *until > now) {
            Some(until) => (Phase::Settling, Some(until)),
            None => (Phase::Healthy, None),
        },
        Some(HealthStatus::Healthy) => (Phase::Healthy, None),
        Some(HealthStatus::Unknown) => (Phase::Settling, None),
        Some(HealthStatus::Unhealthy) => unhealthy(facts, patience, now),
    }
}

fn end(facts: &Facts, patience: Patience) -> End {
    if facts.stopped_for_health {
        return End::Unhealthy;
    }
    match facts.stop_code {
        Some(
            StopCode::UserInitiated
            | StopCode::ServiceSchedulerInitiated
            | StopCode::SpotInterruption
            | StopCode::TerminationNotice,
        ) => End::Wanted,
        Some(StopCode::TaskFailedToStart | StopCode::EssentialContainerExited) | None => {
            match (facts.started_at, facts.stopped_at) {
                (None, _) => End::NeverStarted,
                (Some(started), Some(stopped)) => {
                    let ran = stopped.since(started);
                    let was_healthy = match (facts.targets, facts.has_health_check) {
                        (Targets::Awaited | Targets::Unhealthy, _) => false,
                        (Targets::None | Targets::Healthy, true) => {
                            facts.health == Some(HealthStatus::Healthy)
                        }
                        (Targets::Healthy, false) => true,
                        (Targets::None, false) => ran >= patience.unchecked,
                    };
                    match (was_healthy, ran < BRIEF) {
                        (false, true) => End::Brief,
                        (false, false) => End::Early,
                        (true, true) => End::Fleeting,
                        (true, false) => End::Lasting,
                    }
                }
                (Some(_), None) => End::Lasting,
            }
        }
    }
}

impl Member {
    /// Wanted to run, as far as anybody has said.
    pub(super) fn is_live(&self) -> bool {
        match self.phase {
            Phase::Starting | Phase::Settling | Phase::Healthy | Phase::Unhealthy => true,
            Phase::Stopping | Phase::Ended(_) => false,
        }
    }

    pub(super) fn is_ended(&self) -> bool {
        matches!(self.phase, Phase::Ended(_))
    }

    /// Stays on an instance that drains, since others are there that it is there for.
    pub(super) fn stays(&self) -> bool {
        let works = match self.phase {
            Phase::Starting | Phase::Settling | Phase::Healthy => true,
            Phase::Unhealthy | Phase::Stopping | Phase::Ended(_) => false,
        };
        self.draining && self.accompanies && works && !self.lost
    }

    /// Was stopped because it was unhealthy.
    pub(super) fn was_unhealthy(&self) -> bool {
        self.phase == Phase::Ended(End::Unhealthy)
    }

    /// Takes a place under the maximum.
    pub(super) fn is_present(&self) -> bool {
        !self.is_ended() && !self.lost
    }

    pub(super) fn is_healthy(&self) -> bool {
        self.phase == Phase::Healthy && !self.lost && !self.idle
    }

    /// Is what is wanted, or on the way to it.
    pub(super) fn is_good(&self, primary: &str) -> bool {
        *self.deployment == *primary
            && self.is_live()
            && self.phase != Phase::Unhealthy
            && !self.draining
            && !self.lost
            && !self.idle
    }
}
