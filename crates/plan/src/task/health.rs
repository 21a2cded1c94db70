//! Container health checks: when to probe and what the results mean.
//!
//! Docker's rules: the first probe comes one interval after the start, each further one an interval after the last ended;
//! a success is HEALTHY at once and ends the start period; `retries` failures in a row are UNHEALTHY, where failures within
//! the start period do not count.

use super::spec::HealthCheck;
use model::Timestamp;
use model::status::HealthStatus;
use serde::{Deserialize, Serialize};

/// The verdict on a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    pub status: HealthStatus,
    pub since: Option<Timestamp>,
    /// Exit code of the last probe.
    pub exit_code: Option<i32>,
    /// Output of the last probe, or why it has none.
    pub output: String,
}

impl Default for Health {
    fn default() -> Self {
        Self { status: HealthStatus::Unknown, since: None, exit_code: None, output: String::new() }
    }
}

/// What one probe gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeResult {
    /// `None` where it timed out or could not be run.
    pub exit_code: Option<i32>,
    pub output: String,
}

/// Health and its timer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HealthState {
    pub verdict: Health,
    /// When the next probe is due; `None` while one is under way and where nothing runs.
    pub next_at: Option<Timestamp>,
    failures: u32,
    counts_from: Option<Timestamp>,
}

impl HealthState {
    /// A process started.
    pub fn started(&mut self, check: &HealthCheck, now: Timestamp) {
        *self = Self {
            verdict: Health { since: Some(now), ..Health::default() },
            next_at: Some(now.after(check.interval)),
            failures: 0,
            counts_from: Some(now.after(check.start_period)),
        };
    }

    /// The process ended: nothing is probed and nothing known, as a stopped container is neither.
    pub fn ended(&mut self, now: Timestamp) {
        self.next_at = None;
        self.set(HealthStatus::Unknown, now);
    }

    /// Whether a probe is due; it then counts as under way.
    pub fn take_due(&mut self, now: Timestamp) -> bool {
        let due = self.next_at.is_some_and(|at| now >= at);
        if due {
            self.next_at = None;
        }
        due
    }

    pub fn probed(&mut self, check: &HealthCheck, result: ProbeResult, now: Timestamp) {
        self.next_at = Some(now.after(check.interval));
        self.verdict.exit_code = result.exit_code;
        self.verdict.output = result.output;
        if result.exit_code == Some(0) {
            self.failures = 0;
            self.counts_from = None;
            self.set(HealthStatus::Healthy, now);
            return;
        }
        if self.counts_from.is_some_and(|from| now < from) {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if self.failures >= check.retries.max(1) {
            self.set(HealthStatus::Unhealthy, now);
        }
    }

    fn set(&mut self, status: HealthStatus, now: Timestamp) {
        if self.verdict.status != status {
            self.verdict.status = status;
            self.verdict.since = Some(now);
        }
    }
}
