//! The clock, as the pure engines want it.

use model::Timestamp;
use std::time::{Duration, SystemTime};

pub(crate) fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}

/// How long from now until `at`.
pub(crate) fn until(at: Timestamp) -> Duration {
    at.since(now())
}

/// A pause of `base` with a share of it added or taken away at random, so that many agents do not act at once.
pub(crate) fn jittered(base: Duration, share: f64) -> Duration {
    base.mul_f64(1.0 + share * (2.0 * random_fraction() - 1.0))
}

/// `base` and up to `more`.
pub(crate) fn plus_up_to(base: Duration, more: Duration) -> Duration {
    base + more.mul_f64(random_fraction())
}

fn random_fraction() -> f64 {
    let mut bytes = [0u8; 4];
    // Without randomness everybody simply waits the middle.
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

/// A random UUID.
pub(crate) fn new_uuid() -> String {
    let mut bytes = [0u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Unique is all it has to be: the clock and the process are enough.
        let nanos = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        bytes = (nanos ^ (u128::from(std::process::id()) << 96)).to_le_bytes();
    }
    model::ids::Uuid::from_random(bytes).to_string()
}
