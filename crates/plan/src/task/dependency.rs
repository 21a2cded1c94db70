//! Whether a container's dependencies let it go on, not yet, or never.

use super::spec::{Condition, Dependency};
use super::state::{Known, TaskState};
use model::Timestamp;
use model::status::HealthStatus;

/// What a container's dependencies say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Met,
    Wait,
    /// It can never be met; the text is the container's reason.
    Never(String),
}

pub(super) fn check(task: &TaskState, target: usize, now: Timestamp) -> Verdict {
    let mut verdict = Verdict::Met;
    for dependency in &task.spec.containers[target].depends_on {
        match check_one(task, target, *dependency, now) {
            Verdict::Met => {}
            Verdict::Wait => verdict = Verdict::Wait,
            never @ Verdict::Never(_) => return never,
        }
    }
    verdict
}

fn check_one(task: &TaskState, target: usize, dependency: Dependency, now: Timestamp) -> Verdict {
    let on = &task.containers[dependency.container];
    let names = || {
        let (on, target) =
            (&task.spec.containers[dependency.container].name, &task.spec.containers[target].name);
        format!("container ordering dependency [{on}] for target [{target}]")
    };
    let stopped = on.known == Known::Stopped;
    let ever_started = on.first_started_at.is_some();

    // The deadline counts only until the target itself was created.
    let timed_out = deadline(task, dependency).is_some_and(|at| now >= at);
    if task.containers[target].known < Known::Created && !stopped && timed_out {
        return Verdict::Never(format!("dependency graph: {} has timed out.", names()));
    }
    if !ever_started && (stopped || task.must_stop(dependency.container)) {
        return Verdict::Never(format!(
            "dependency graph: failed to resolve {} because dependency will never start",
            names()
        ));
    }
    let met = match dependency.condition {
        Condition::Create => on.known >= Known::Created,
        Condition::Start => on.known >= Known::Running,
        Condition::Complete if stopped && on.exit_code.is_none() => {
            return Verdict::Never(format!(
                "dependency graph: failed to resolve {} as the exit code of the dependency is not known.",
                names()
            ));
        }
        Condition::Complete => stopped,
        Condition::Success if stopped && on.exit_code != Some(0) => {
            return Verdict::Never(format!(
                "dependency graph: failed to resolve {} as dependency did not exit successfully.",
                names()
            ));
        }
        Condition::Success => stopped,
        // AWS differs: the official agent waits for ever for a stopped container to become healthy.
        Condition::Healthy if stopped => {
            return Verdict::Never(format!(
                "dependency graph: failed to resolve {} as dependency stopped before it was healthy.",
                names()
            ));
        }
        Condition::Healthy => on.health().status == HealthStatus::Healthy,
    };
    if met { Verdict::Met } else { Verdict::Wait }
}

/// When waiting for a dependency is given up: its `startTimeout` after its start, where the condition is one that takes time.
pub(super) fn deadline(task: &TaskState, dependency: Dependency) -> Option<Timestamp> {
    match dependency.condition {
        Condition::Create | Condition::Start => None,
        Condition::Complete | Condition::Success | Condition::Healthy => {
            let timeout = task.spec.containers[dependency.container].start_timeout?;
            Some(task.containers[dependency.container].started_at?.after(timeout))
        }
    }
}
