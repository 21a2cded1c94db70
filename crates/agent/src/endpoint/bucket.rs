//! How often somebody may ask: a token bucket. Pure; time is an input.

use std::time::Duration;

/// So many a second for long, so many at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    pub per_second: f64,
    pub burst: f64,
}

/// The official agent's defaults for a task; strangers have no more.
pub(super) const TASK: Limit = Limit { per_second: 40.0, burst: 60.0 };

/// What is configured for a task. (The official agent counts for each path, AWS's pages say for each task, and so it is here.)
pub(super) fn of_task((rate, burst): (u32, u32)) -> Limit {
    Limit { per_second: rate.into(), burst: burst.into() }
}
/// Requests about one fault: one every five seconds.
pub(super) const FAULT: Limit = Limit { per_second: 0.2, burst: 1.0 };

/// What is left of a limit.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    limit: Limit,
    tokens: f64,
    /// When `tokens` was right.
    at: Duration,
}

impl Bucket {
    /// A full one. Instants are durations since any fixed one.
    pub fn new(limit: Limit, now: Duration) -> Self {
        Self { limit, tokens: limit.burst, at: now }
    }

    /// Whether one more is within the limit; it counts then.
    pub fn take(&mut self, now: Duration) -> bool {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.at = self.at.max(now);
        self.tokens = (self.tokens + passed * self.limit.per_second).min(self.limit.burst);
        let allowed = self.tokens >= 1.0;
        if allowed {
            self.tokens -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(bucket: &mut Bucket, asked: u32, at_ms: u64) -> u32 {
        (0..asked).map(|_| u32::from(bucket.take(Duration::from_millis(at_ms)))).sum()
    }

    #[test]
    fn a_burst_then_a_steady_rate() {
        let mut bucket = Bucket::new(TASK, Duration::ZERO);
        // Asked, at which millisecond, allowed.
        for (asked, at_ms, expected) in [
            (100, 0, 60),
            (1, 10, 0),
            (2, 25, 1),
            (100, 1025, 40),
            (100, 3025, 60),
            (100, 1_000_000, 60),
            // A clock that went back gives nothing.
            (10, 500_000, 0),
        ] {
            assert_eq!(allowed(&mut bucket, asked, at_ms), expected, "at {at_ms} ms");
        }
    }

    #[test]
    fn one_fault_request_in_five_seconds() {
        let mut bucket = Bucket::new(FAULT, Duration::ZERO);
        assert_eq!(allowed(&mut bucket, 2, 0), 1);
        assert_eq!(allowed(&mut bucket, 2, 4_900), 0);
        assert_eq!(allowed(&mut bucket, 2, 5_100), 1);
    }

    #[test]
    fn whoever_asks_at_the_rate_is_never_refused() {
        let mut bucket = Bucket::new(TASK, Duration::ZERO);
        assert!((0..10_000).all(|n| bucket.take(Duration::from_millis(25 * n))));
    }
}
