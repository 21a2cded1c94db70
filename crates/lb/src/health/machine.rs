//! The states of a target's health. Pure.
//!
//! A target that was registered is `initial` and becomes healthy with the first check it passes. Later it takes as many checks in a row
//! as the thresholds say ("Health checks for Application Load Balancer target groups", November 2026).

use model::balancer::{HealthCheck, Reason, TargetState};

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    Passed,
    /// A status of HTTP or gRPC that the matcher has not.
    Code(u32),
    TimedOut,
    /// No connection, or an answer that is none.
    Failed,
}

/// A target's health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    state: TargetState,
    /// Checks in a row that ended the same way.
    passed: u32,
    failed: u32,
    last: Option<Finding>,
}

impl Default for Health {
    fn default() -> Self {
        Self { state: TargetState::Initial, passed: 0, failed: 0, last: None }
    }
}

impl Health {
    pub fn state(&self) -> TargetState {
        self.state
    }

    /// Takes a finding; answers whether the state changed.
    pub fn observe(&mut self, finding: Finding, check: &HealthCheck) -> bool {
        let passed = finding == Finding::Passed;
        self.passed = if passed { self.passed.saturating_add(1) } else { 0 };
        self.failed = if passed { 0 } else { self.failed.saturating_add(1) };
        self.last = Some(finding);
        let next = match self.state {
            TargetState::Initial if passed => TargetState::Healthy,
            TargetState::Initial | TargetState::Healthy
                if self.failed >= check.unhealthy_threshold.max(1) =>
            {
                TargetState::Unhealthy
            }
            TargetState::Unhealthy if self.passed >= check.healthy_threshold.max(1) => TargetState::Healthy,
            state => state,
        };
        std::mem::replace(&mut self.state, next) != next
    }

    /// AWS's reason and its text; none where the target is healthy.
    pub fn reason(&self) -> Option<(Reason, String)> {
        match (self.state, &self.last) {
            (TargetState::Initial, _) => {
                Some((Reason::InitialHealthChecking, "Initial health checks in progress".to_owned()))
            }
            (TargetState::Unhealthy, Some(Finding::Code(code))) => Some((
                Reason::ResponseCodeMismatch,
                format!("Health checks failed with these codes: [{code}]"),
            )),
            (TargetState::Unhealthy, Some(Finding::TimedOut)) => {
                Some((Reason::Timeout, "Request timed out".to_owned()))
            }
            (TargetState::Unhealthy, _) => {
                Some((Reason::FailedHealthChecks, "Health checks failed".to_owned()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::balancer::{HealthProtocol, Matcher};
    use proptest::prelude::*;

    fn check() -> HealthCheck {
        HealthCheck {
            enabled: true,
            protocol: HealthProtocol::Http,
            port: None,
            path: "/".to_owned(),
            interval_seconds: 30,
            timeout_seconds: 5,
            healthy_threshold: 3,
            unhealthy_threshold: 2,
            matcher: Matcher("200".to_owned()),
        }
    }

    #[test]
    fn one_check_makes_a_new_target_healthy_and_thresholds_rule_later() {
        use Finding::{Code, Passed, TimedOut};
        let mut health = Health::default();
        assert_eq!(health.reason().map(|(reason, _)| reason), Some(Reason::InitialHealthChecking));
        for (finding, state) in [
            (Passed, TargetState::Healthy),
            (Code(500), TargetState::Healthy),
            (Passed, TargetState::Healthy),
            (Code(500), TargetState::Healthy),
            (Code(503), TargetState::Unhealthy),
            (Passed, TargetState::Unhealthy),
            (TimedOut, TargetState::Unhealthy),
            (Passed, TargetState::Unhealthy),
            (Passed, TargetState::Unhealthy),
            (Passed, TargetState::Healthy),
        ] {
            let before = health.state();
            assert_eq!(health.observe(finding.clone(), &check()), before != state, "{finding:?}");
            assert_eq!(health.state(), state, "{finding:?}");
        }
        assert_eq!(health.reason(), None);
    }

    #[test]
    fn reasons() {
        for (finding, reason, text) in [
            (
                Finding::Code(502),
                Reason::ResponseCodeMismatch,
                "Health checks failed with these codes: [502]",
            ),
            (Finding::TimedOut, Reason::Timeout, "Request timed out"),
            (Finding::Failed, Reason::FailedHealthChecks, "Health checks failed"),
        ] {
            let mut health = Health::default();
            health.observe(finding.clone(), &check());
            assert_eq!(health.state(), TargetState::Initial);
            health.observe(finding, &check());
            assert_eq!(health.reason(), Some((reason, text.to_owned())));
        }
    }

    proptest! {
        /// A target changes its state only after as many equal findings as the threshold of that change.
        #[test]
        fn no_state_is_left_too_soon(findings in proptest::collection::vec(any::<bool>(), 0..60)) {
            let mut health = Health::default();
            let mut row = 0;
            let mut last = None;
            for passed in findings {
                row = if last == Some(passed) { row + 1 } else { 1 };
                last = Some(passed);
                let before = health.state();
                if health.observe(if passed { Finding::Passed } else { Finding::Failed }, &check()) {
                    let needed = match before { TargetState::Initial if passed => 1, TargetState::Unhealthy => 3, _ => 2 };
                    prop_assert!(row >= needed);
                }
            }
        }
    }
}
