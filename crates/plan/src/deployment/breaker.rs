//! The deployment circuit breaker: how many tasks may fail to start.

use model::ecs::service::{DeploymentCircuitBreaker, Threshold, ThresholdType};

const LEAST: u32 = 3;
const MOST: u32 = 200;

/// The number of failed tasks at which a deployment has failed: half the desired count unless the service says otherwise, at least 3 and
/// at most 200 where the kind of threshold is bounded.
pub fn threshold(breaker: &DeploymentCircuitBreaker, desired: u32) -> u32 {
    let standard = Threshold { kind: ThresholdType::BoundedPercent, value: 50 };
    let threshold = breaker.threshold_configuration.as_ref().unwrap_or(&standard);
    let percent = || {
        let tasks = (u64::from(desired) * u64::from(threshold.value)).div_ceil(100);
        u32::try_from(tasks).unwrap_or(u32::MAX)
    };
    match threshold.kind {
        ThresholdType::Count => threshold.value,
        ThresholdType::BoundedPercent => percent().clamp(LEAST, MOST),
        // None at all would fail a deployment before its first task.
        ThresholdType::UnboundedPercent => percent().max(1),
    }
}
