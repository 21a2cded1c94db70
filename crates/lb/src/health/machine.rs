//! The states of a target's health. Pure.
//!
//! A target that was registered is `initial` and becomes healthy with the first check it passes. Later it takes as many checks in a row
//! as the thresholds say ("Health checks for Application Load Balancer target groups", November 2026).
//!
//! Of a network load balancer, one that was healthy keeps its connections where its group says so, for a time or without end. For that time it is
//! `unhealthy.draining`; when it is over the connections end ("Unhealthy draining interval" of the guide for Network Load Balancers, 2026).

use model::balancer::{HealthCheck, NetworkGroup, Reason, TargetState};

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
    /// When it became `unhealthy.draining`, in milliseconds of the engine's clock.
    draining_since_ms: u64,
}

impl Default for Health {
    fn default() -> Self {
        Self { state: TargetState::Initial, passed: 0, failed: 0, last: None, draining_since_ms: 0 }
    }
}

impl Health {
    pub fn state(&self) -> TargetState {
        self.state
    }

    /// Takes a finding.
    pub fn observe(&mut self, finding: Finding, check: &HealthCheck, network: &NetworkGroup, now_ms: u64) {
        let passed = finding == Finding::Passed;
        self.passed = if passed { self.passed.saturating_add(1) } else { 0 };
        self.failed = if passed { 0 } else { self.failed.saturating_add(1) };
        self.last = Some(finding);
        let too_often = self.failed >= check.unhealthy_threshold.max(1);
        self.state = match self.state {
            TargetState::Initial if passed => TargetState::Healthy,
            // Whoever was never healthy was given connections for want of others at most: there is nothing to wait for.
            TargetState::Initial if too_often => TargetState::Unhealthy,
            TargetState::Healthy if too_often && draining_ms(network) > 0 => {
                self.draining_since_ms = now_ms;
                TargetState::UnhealthyDraining
            }
            TargetState::Healthy if too_often => TargetState::Unhealthy,
            TargetState::Unhealthy | TargetState::UnhealthyDraining
                if self.passed >= check.healthy_threshold.max(1) =>
            {
                TargetState::Healthy
            }
            state => state,
        };
    }

    /// Ends the time for which connections stay, once it is over.
    pub fn expire(&mut self, network: &NetworkGroup, now_ms: u64) {
        let over = now_ms.saturating_sub(self.draining_since_ms) >= draining_ms(network);
        if self.state == TargetState::UnhealthyDraining && over {
            self.state = TargetState::Unhealthy;
        }
    }

    /// AWS's reason and its text; none where the target is healthy.
    pub fn reason(&self) -> Option<(Reason, String)> {
        let ill = matches!(self.state, TargetState::Unhealthy | TargetState::UnhealthyDraining);
        match &self.last {
            _ if self.state == TargetState::Initial => {
                Some((Reason::InitialHealthChecking, "Initial health checks in progress".to_owned()))
            }
            _ if !ill => None,
            Some(Finding::Code(code)) => Some((
                Reason::ResponseCodeMismatch,
                format!("Health checks failed with these codes: [{code}]"),
            )),
            Some(Finding::TimedOut) => Some((Reason::Timeout, "Request timed out".to_owned())),
            _ => Some((Reason::FailedHealthChecks, "Health checks failed".to_owned())),
        }
    }
}

/// For how long connections to a target that became unhealthy stay; 0 where that has no end, or where they do not.
fn draining_ms(network: &NetworkGroup) -> u64 {
    if network.keep_on_unhealthy { u64::from(network.unhealthy_draining_seconds) * 1000 } else { 0 }
}

/// Whether the connections that a target has are to end with a change of its state.
pub fn ends_connections(before: TargetState, after: TargetState, network: &NetworkGroup) -> bool {
    let expired = before == TargetState::UnhealthyDraining && draining_ms(network) > 0;
    before != after && after == TargetState::Unhealthy && (!network.keep_on_unhealthy || expired)
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

    const ENDING: NetworkGroup = NetworkGroup {
        proxy_protocol: false,
        connection_termination: false,
        keep_on_unhealthy: false,
        unhealthy_draining_seconds: 0,
        preserve_client_ip: false,
    };
    const KEEPING: NetworkGroup = NetworkGroup { keep_on_unhealthy: true, ..ENDING };
    const DRAINING: NetworkGroup = NetworkGroup { unhealthy_draining_seconds: 10, ..KEEPING };

    fn ill(network: &NetworkGroup) -> Health {
        let mut health = Health::default();
        for finding in [Finding::Passed, Finding::Code(500), Finding::TimedOut] {
            health.observe(finding, &check(), network, 5_000);
        }
        health
    }

    #[test]
    fn an_unhealthy_target_drains_for_its_interval() {
        let mut health = ill(&DRAINING);
        assert_eq!(health.state(), TargetState::UnhealthyDraining);
        assert_eq!(health.reason(), Some((Reason::Timeout, "Request timed out".to_owned())));
        // Further failures do not begin it anew.
        health.observe(Finding::Failed, &check(), &DRAINING, 14_000);
        health.expire(&DRAINING, 14_999);
        assert_eq!(health.state(), TargetState::UnhealthyDraining);
        health.expire(&DRAINING, 15_000);
        assert_eq!(health.state(), TargetState::Unhealthy);
        health.observe(Finding::Failed, &check(), &DRAINING, 16_000);
        assert_eq!(health.state(), TargetState::Unhealthy, "it drains once");
        for _ in 0..3 {
            health.observe(Finding::Passed, &check(), &DRAINING, 17_000);
        }
        assert_eq!(health.state(), TargetState::Healthy);
    }

    #[test]
    fn a_target_that_recovers_drains_no_more() {
        let mut health = ill(&DRAINING);
        for _ in 0..2 {
            health.observe(Finding::Passed, &check(), &DRAINING, 9_000);
            assert_eq!(health.state(), TargetState::UnhealthyDraining, "the threshold is three");
        }
        health.observe(Finding::Passed, &check(), &DRAINING, 9_000);
        assert_eq!((health.state(), health.reason()), (TargetState::Healthy, None));
        health.expire(&DRAINING, 100_000);
        assert_eq!(health.state(), TargetState::Healthy);
        for _ in 0..2 {
            health.observe(Finding::Failed, &check(), &DRAINING, 20_000);
        }
        health.expire(&DRAINING, 29_999);
        assert_eq!(health.state(), TargetState::UnhealthyDraining, "its time begins anew");
    }

    #[test]
    fn who_was_never_healthy_and_who_keeps_connections_without_end_does_not_drain() {
        let mut new = Health::default();
        for _ in 0..2 {
            new.observe(Finding::Failed, &check(), &DRAINING, 1);
        }
        assert_eq!(new.state(), TargetState::Unhealthy);
        assert_eq!(ill(&KEEPING).state(), TargetState::Unhealthy);
        let unused = NetworkGroup { unhealthy_draining_seconds: 10, ..ENDING };
        assert_eq!(ill(&unused).state(), TargetState::Unhealthy, "the interval is for who keeps them");
        // The interval was changed meanwhile.
        let mut health = ill(&DRAINING);
        health.expire(&KEEPING, 5_000);
        assert_eq!(health.state(), TargetState::Unhealthy);
    }

    #[test]
    fn when_connections_end() {
        use TargetState::{Draining, Healthy, Initial, Unhealthy, UnhealthyDraining, Unused};
        for (before, after, ending, keeping, draining) in [
            (Healthy, Unhealthy, true, false, false),
            (UnhealthyDraining, Unhealthy, true, false, true),
            (Healthy, UnhealthyDraining, false, false, false),
            (UnhealthyDraining, Healthy, false, false, false),
            // They came for want of healthy targets, or before there were checks.
            (Initial, Unhealthy, true, false, false),
            (Unhealthy, Unhealthy, false, false, false),
            (Unused, Draining, false, false, false),
        ] {
            let ends = [&ENDING, &KEEPING, &DRAINING].map(|of| ends_connections(before, after, of));
            assert_eq!(ends, [ending, keeping, draining], "{before:?} {after:?}");
        }
    }

    #[test]
    fn one_check_makes_a_new_target_healthy_and_thresholds_rule_later() {
        use Finding::{Code, Passed, TimedOut};
        let mut health = Health::default();
        let ill = (TargetState::Healthy, TargetState::Unhealthy);
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
            health.observe(finding.clone(), &check(), &ENDING, 1);
            assert_eq!(health.state(), state, "{finding:?}");
            assert_eq!(
                ends_connections(before, health.state(), &ENDING),
                (before, state) == ill,
                "{finding:?}"
            );
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
            health.observe(finding.clone(), &check(), &ENDING, 1);
            assert_eq!(health.state(), TargetState::Initial);
            health.observe(finding, &check(), &ENDING, 1);
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
                health.observe(if passed { Finding::Passed } else { Finding::Failed }, &check(), &ENDING, 1);
                if health.state() != before {
                    let needed = match before { TargetState::Initial if passed => 1, TargetState::Unhealthy => 3, _ => 2 };
                    prop_assert!(row >= needed);
                }
            }
        }
    }
}
