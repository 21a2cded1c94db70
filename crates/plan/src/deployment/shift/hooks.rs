//! What has to be done outside for a deployment that shifts traffic, and what came of it.

use model::Timestamp;
use model::ecs::lifecycle::{
    Course, HookAction, HookKey, HookRun, HookStatus, LifecycleStage as Stage, Share, Shift, Traffic,
};
use model::ecs::service_deployment::{ServiceDeployment, ServiceDeploymentStatus};
use model::ids::ServiceRevisionArn;
use std::time::Duration;

/// "By default, the delay is 30 seconds."
const CALL_BACK: Duration = Duration::from_secs(30);
/// Not established: AWS's bounds of a `callBackDelay`.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// A hook that nobody answers for has failed after so many calls, with a pause between them.
const MOST_UNREACHED: u32 = 3;
const UNREACHED_PAUSE: Duration = Duration::from_secs(5);

/// Which traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Test,
    Production,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Production => "production",
        }
    }
}

/// Revisions and their shares.
pub type Weights = Vec<(ServiceRevisionArn, Share)>;

/// Something to be done outside. It may be done again at any time, until it was told that it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Traffic is to be as the weights say.
    Route { kind: Kind, green: Share, weights: Weights },
    /// A hook is to be called at that time.
    Call { key: HookKey, at: Timestamp },
}

/// What a hook answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Succeeded,
    /// It said so, or nothing that makes sense.
    Failed,
    /// It is to be called again; `details` is a JSON object.
    InProgress {
        delay: Option<Duration>,
        details: Option<String>,
    },
    /// Nobody was there.
    Unreached,
}

/// The runs of the stage that it is in.
pub(super) fn of_visit(shift: &Shift) -> impl Iterator<Item = &HookRun> {
    let back = shift.course == Course::Back;
    shift.hooks.iter().filter(move |run| {
        let is_step = match shift.stage {
            Stage::PreProductionTrafficShift | Stage::ProductionTrafficShift => run.key.step == shift.step,
            _ => true,
        };
        run.key.stage == shift.stage && run.key.back == back && is_step
    })
}

/// What has to be done for a deployment now.
pub fn effects(deployment: &ServiceDeployment) -> Vec<Effect> {
    let goes = match deployment.status {
        ServiceDeploymentStatus::InProgress | ServiceDeploymentStatus::RollbackInProgress => true,
        ServiceDeploymentStatus::Pending
        | ServiceDeploymentStatus::StopRequested
        | ServiceDeploymentStatus::RollbackRequested
        | ServiceDeploymentStatus::Successful
        | ServiceDeploymentStatus::Stopped
        | ServiceDeploymentStatus::RollbackSuccessful
        | ServiceDeploymentStatus::RollbackFailed => false,
    };
    let Some(shift) = deployment.shift.as_ref().filter(|_| goes) else { return Vec::new() };
    let mut effects = Vec::new();
    for (kind, traffic) in [(Kind::Test, shift.test), (Kind::Production, shift.production)] {
        if !traffic.routed {
            effects.push(Effect::Route {
                kind,
                green: traffic.share,
                weights: weights(deployment, shift, traffic),
            });
        }
    }
    effects.extend(of_visit(shift).filter_map(|run| Some(Effect::Call { key: run.key, at: run.call_at? })));
    effects
}

fn weights(deployment: &ServiceDeployment, shift: &Shift, traffic: Traffic) -> Weights {
    let green = (deployment.target.clone(), traffic.share);
    let blue = shift.blue.clone().map(|blue| (blue, traffic.share.rest()));
    std::iter::once(green).chain(blue).collect()
}

/// What hooks of the stage are told of traffic: test, production. Empty where the stage is not about it.
pub fn payload_weights(deployment: &ServiceDeployment) -> (Weights, Weights) {
    let Some(shift) = &deployment.shift else { return (Vec::new(), Vec::new()) };
    let test = weights(deployment, shift, shift.test);
    let production = weights(deployment, shift, shift.production);
    match shift.stage {
        Stage::ReconcileService => (test, production),
        Stage::TestTrafficShift => (test, Vec::new()),
        // The share before the step, and the one after it.
        Stage::PreProductionTrafficShift | Stage::ProductionTrafficShift => (Vec::new(), production),
        Stage::PreScaleUp
        | Stage::ScaleUp
        | Stage::PostScaleUp
        | Stage::PostTestTrafficShift
        | Stage::PostProductionTrafficShift
        | Stage::BakeTime
        | Stage::CleanUp => (Vec::new(), Vec::new()),
    }
}

/// The shares that a revision is to have: test, production. `None` where traffic is not shifted.
pub fn shown_weights(
    deployment: &ServiceDeployment,
    revision: &ServiceRevisionArn,
) -> Option<(Share, Share)> {
    let shift = deployment.shift.as_ref()?;
    Some(if *revision == deployment.target {
        (shift.test.share, shift.production.share)
    } else if shift.blue.as_ref() == Some(revision) {
        (shift.test.share.rest(), shift.production.share.rest())
    } else {
        (Share::NONE, Share::NONE)
    })
}

/// The router has brought it about that green has that share. Whether it still matters.
pub fn routed(deployment: &mut ServiceDeployment, kind: Kind, green: Share) -> bool {
    let Some(shift) = deployment.shift.as_mut() else { return false };
    let traffic = match kind {
        Kind::Test => &mut shift.test,
        Kind::Production => &mut shift.production,
    };
    let matters = traffic.share == green && !traffic.routed;
    traffic.routed |= traffic.share == green;
    matters
}

/// A hook has answered. Whether it still matters.
pub fn answered(deployment: &mut ServiceDeployment, key: HookKey, answer: Answer, now: Timestamp) -> bool {
    let Some(run) = open(deployment, key) else { return false };
    match answer {
        Answer::Succeeded => close(run, HookStatus::Succeeded),
        Answer::Failed => close(run, HookStatus::Failed),
        Answer::InProgress { delay, details } => {
            run.unreached = 0;
            run.call_at = Some(now.after(delay.unwrap_or(CALL_BACK).clamp(SHORTEST, LONGEST)));
            run.details = details.or(run.details.take());
        }
        Answer::Unreached => {
            run.unreached += 1;
            if run.unreached >= MOST_UNREACHED {
                close(run, HookStatus::Failed);
            } else {
                run.call_at = Some(now.after(UNREACHED_PAUSE));
            }
        }
    }
    true
}

/// Somebody decided about a pause. `false` where it does not wait for that.
pub fn resolve(deployment: &mut ServiceDeployment, key: HookKey, action: HookAction) -> bool {
    match open(deployment, key).filter(|run| run.status == HookStatus::AwaitingAction) {
        Some(run) => {
            close(
                run,
                match action {
                    HookAction::Continue => HookStatus::Succeeded,
                    HookAction::Rollback => HookStatus::Failed,
                },
            );
            true
        }
        None => false,
    }
}

fn open(deployment: &mut ServiceDeployment, key: HookKey) -> Option<&mut HookRun> {
    let runs = deployment.shift.as_mut()?.hooks.iter_mut();
    runs.into_iter().find(|run| run.key == key && run.status.is_open())
}

fn close(run: &mut HookRun, status: HookStatus) {
    run.status = status;
    run.call_at = None;
    run.details = None;
}

/// Ends the runs whose time is up.
pub(super) fn expire(shift: &mut Shift, now: Timestamp) {
    for run in shift.hooks.iter_mut().filter(|run| run.status.is_open() && run.expires_at <= now) {
        close(run, HookStatus::TimedOut);
    }
}
