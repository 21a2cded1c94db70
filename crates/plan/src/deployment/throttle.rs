//! Start throttling: tasks that keep failing are started less and less often.
//!
//! AWS documents that the time between attempts grows to at most 27 minutes; how it grows is not established.

use std::time::Duration;

/// Rounds in a row that cost nothing.
const FREE_ROUNDS: u32 = 3;
const FIRST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(27 * 60);

/// A task that ran for a shorter time counts as one that did not start, for throttling and for nothing else.
/// AWS differs: it throttles only tasks that never ran. There a start takes tens of seconds; here a task that ends at once would otherwise
/// be started many times a second.
pub const BRIEF: Duration = Duration::from_secs(10);

/// When placement is asked again for tasks that found no room, if nothing changes before.
pub const NO_ROOM: Duration = Duration::from_secs(5);

/// When a launch that was refused as a whole is tried again, if nothing changes before.
pub const REFUSED: Duration = Duration::from_secs(30);

/// So long nothing moves for want of room before that counts as a failed start. Not established: AWS counts it too, at a pace of its own.
pub const STALLED: Duration = Duration::from_secs(60);

/// How long nothing is started after so many rounds in a row have failed.
pub fn pause(rounds: u32) -> Duration {
    match rounds.checked_sub(FREE_ROUNDS) {
        None | Some(0) => Duration::ZERO,
        Some(beyond) => FIRST.saturating_mul(1 << (beyond - 1).min(16)).min(LONGEST),
    }
}

/// Whether it is time to say that tasks cannot be started consistently.
pub fn is_impaired(rounds: u32) -> bool {
    rounds > FREE_ROUNDS
}
