//! Whether a container that ended is started again.

use super::event::Exit;
use super::spec::RestartPolicy;
use model::Timestamp;

/// The official agent's rule: the exit code is known and not ignored, and the process ran at least the attempt period.
/// (A container that keeps failing sooner than that stops: this is the whole back-off.)
pub(super) fn is_due(policy: Option<&RestartPolicy>, started_at: Option<Timestamp>, exit: &Exit) -> bool {
    let (Some(policy), Some(code), Some(started_at)) = (policy, exit.code, started_at) else { return false };
    !policy.ignored_exit_codes.contains(&code) && exit.at.since(started_at) >= policy.attempt_period
}
