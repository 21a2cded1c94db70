//! Percentages, thresholds, pauses, phases.

use crate::deployment::{Bounds, End, Facts, Patience, Phase, Targets, breaker, phase, throttle};
use model::Timestamp;
use model::ecs::service::{DeploymentCircuitBreaker, DeploymentConfiguration, Threshold, ThresholdType};
use model::status::{DesiredStatus, HealthStatus, StopCode, TaskStatus};
use std::time::Duration;

#[test]
fn the_minimum_is_rounded_up_and_the_maximum_down() {
    let cases = [
        // desired, minimum %, maximum %, minimum, maximum
        (0, 100, 200, 0, 0),
        (1, 100, 200, 1, 2),
        (1, 50, 150, 1, 1),
        (2, 50, 150, 1, 3),
        (3, 50, 150, 2, 4),
        (4, 50, 200, 2, 8),
        (5, 33, 110, 2, 5),
        (7, 0, 100, 0, 7),
        (10, 1, 199, 1, 19),
        (10, 99, 101, 10, 10),
        (5000, 100, 200, 5000, 10_000),
        (3, 150, 200, 3, 6),
    ];
    for (desired, minimum_healthy_percent, maximum_percent, minimum, maximum) in cases {
        let configuration =
            DeploymentConfiguration { minimum_healthy_percent, maximum_percent, ..Default::default() };
        assert_eq!(Bounds::of(&configuration, desired), Bounds { minimum, maximum }, "{configuration:?}");
    }
}

#[test]
fn the_circuit_breaker_opens_at_half_the_tasks_but_never_below_three_or_beyond_two_hundred() {
    let of = |kind, value| DeploymentCircuitBreaker {
        enable: true,
        rollback: false,
        reset_on_healthy_task: None,
        threshold_configuration: Some(Threshold { kind, value }),
    };
    let standard = DeploymentCircuitBreaker { threshold_configuration: None, ..of(ThresholdType::Count, 1) };
    for (desired, threshold) in [(0, 3), (1, 3), (6, 3), (7, 4), (25, 13), (400, 200), (800, 200)] {
        assert_eq!(breaker::threshold(&standard, desired), threshold, "{desired}");
    }
    assert_eq!(breaker::threshold(&of(ThresholdType::Count, 2), 100), 2);
    assert_eq!(breaker::threshold(&of(ThresholdType::BoundedPercent, 10), 100), 10);
    assert_eq!(breaker::threshold(&of(ThresholdType::BoundedPercent, 1), 100), 3);
    assert_eq!(breaker::threshold(&of(ThresholdType::UnboundedPercent, 50), 800), 400);
    assert_eq!(breaker::threshold(&of(ThresholdType::UnboundedPercent, 1), 10), 1);
}

#[test]
fn pauses_grow_to_twenty_seven_minutes() {
    let seconds: Vec<u64> = (0..=13).map(|n| throttle::pause(n).as_secs()).collect();
    assert_eq!(seconds, [0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 1280, 1620, 1620]);
    assert_eq!(throttle::pause(u32::MAX), Duration::from_secs(27 * 60));
}

#[test]
fn where_a_task_is() {
    let at = Timestamp::from_millis;
    let running = Facts {
        last: TaskStatus::Running,
        desired: DesiredStatus::Running,
        has_health_check: false,
        health: None,
        started_at: Some(at(1_000)),
        stopped_at: None,
        stop_code: None,
        stopped_for_health: false,
        ends: false,
        targets: Targets::None,
    };
    let checked = |health| Facts { has_health_check: true, health, ..running.clone() };
    let ended = |started_at, stop_code, stopped_for_health| Facts {
        last: TaskStatus::Stopped,
        desired: DesiredStatus::Stopped,
        started_at,
        stopped_at: Some(at(12_000)),
        stop_code: Some(stop_code),
        stopped_for_health,
        ..running.clone()
    };
    let failed = StopCode::TaskFailedToStart;
    let exited = StopCode::EssentialContainerExited;
    let scheduler = StopCode::ServiceSchedulerInitiated;
    let cases = [
        (running.clone(), Phase::Healthy),
        (Facts { last: TaskStatus::Pending, started_at: None, ..running.clone() }, Phase::Starting),
        (Facts { desired: DesiredStatus::Stopped, ..running.clone() }, Phase::Stopping),
        (Facts { last: TaskStatus::Deprovisioning, ..running.clone() }, Phase::Stopping),
        (Facts { ends: true, ..running.clone() }, Phase::Stopping),
        (checked(None), Phase::Settling),
        (checked(Some(HealthStatus::Unknown)), Phase::Settling),
        (checked(Some(HealthStatus::Healthy)), Phase::Healthy),
        (checked(Some(HealthStatus::Unhealthy)), Phase::Unhealthy),
        (ended(None, failed, false), Phase::Ended(End::NeverStarted)),
        (ended(Some(at(11_000)), exited, false), Phase::Ended(End::Fleeting)),
        (ended(Some(at(1_000)), exited, false), Phase::Ended(End::Lasting)),
        (ended(Some(at(1_000)), scheduler, false), Phase::Ended(End::Wanted)),
        (ended(Some(at(1_000)), scheduler, true), Phase::Ended(End::Unhealthy)),
        (ended(None, StopCode::UserInitiated, false), Phase::Ended(End::Wanted)),
    ];
    for (facts, expected) in cases {
        assert_eq!(phase(&facts, Patience::default(), at(20_000)), (expected, None), "{facts:?}");
    }
    // A failing check is overlooked for the grace period after the start.
    let unhealthy = checked(Some(HealthStatus::Unhealthy));
    let patience = Patience { grace: Duration::from_secs(30), unchecked: Duration::from_secs(40) };
    assert_eq!(phase(&unhealthy, patience, at(30_000)), (Phase::Settling, Some(at(31_000))));
    assert_eq!(phase(&unhealthy, patience, at(31_000)), (Phase::Unhealthy, None));
    // Of one that nobody checks it is to be seen whether it stays.
    assert_eq!(phase(&running, patience, at(40_999)), (Phase::Settling, Some(at(41_000))));
    assert_eq!(phase(&running, patience, at(41_000)), (Phase::Healthy, None));
    assert_eq!(phase(&checked(Some(HealthStatus::Healthy)), patience, at(2_000)), (Phase::Healthy, None));
    // Behind load balancers it is as healthy as they find it, and nobody waits besides; a container's own check has to pass all the same.
    let behind = |facts: &Facts, targets| Facts { targets, ..facts.clone() };
    let healthy = checked(Some(HealthStatus::Healthy));
    for (facts, now, expected) in [
        (behind(&running, Targets::Awaited), 41_000, (Phase::Settling, None)),
        (behind(&running, Targets::Healthy), 1_001, (Phase::Healthy, None)),
        (behind(&running, Targets::Unhealthy), 30_000, (Phase::Settling, Some(at(31_000)))),
        (behind(&running, Targets::Unhealthy), 31_000, (Phase::Unhealthy, None)),
        (behind(&healthy, Targets::Awaited), 2_000, (Phase::Settling, None)),
        (behind(&healthy, Targets::Healthy), 2_000, (Phase::Healthy, None)),
        (behind(&healthy, Targets::Unhealthy), 31_000, (Phase::Unhealthy, None)),
        (behind(&unhealthy, Targets::Healthy), 31_000, (Phase::Unhealthy, None)),
        (behind(&checked(None), Targets::Healthy), 31_000, (Phase::Settling, None)),
    ] {
        assert_eq!(phase(&facts, patience, at(now)), expected, "{facts:?} at {now}");
    }
    // What ended by itself was healthy once, or never.
    let after = |seconds: i64, health: Option<Option<HealthStatus>>| {
        let started_at = Some(at(12_000 - seconds * 1000));
        Facts {
            has_health_check: health.is_some(),
            health: health.flatten(),
            ..ended(started_at, exited, false)
        }
    };
    let healthy = Some(Some(HealthStatus::Healthy));
    let unknown = Some(Some(HealthStatus::Unknown));
    for (facts, expected, fails) in [
        (after(9, None), End::Brief, true),
        (after(39, None), End::Early, true),
        (after(40, None), End::Lasting, false),
        (after(9, healthy), End::Fleeting, false),
        (after(11, healthy), End::Lasting, false),
        (after(9, unknown), End::Brief, true),
        (after(3600, unknown), End::Early, true),
        (after(3600, Some(None)), End::Early, true),
        // Behind load balancers it was healthy when they had found it so, however long it ran.
        (behind(&after(9, None), Targets::Healthy), End::Fleeting, false),
        (behind(&after(20, None), Targets::Healthy), End::Lasting, false),
        (behind(&after(20, healthy), Targets::Healthy), End::Lasting, false),
        (behind(&after(20, unknown), Targets::Healthy), End::Early, true),
        (behind(&after(9, None), Targets::Awaited), End::Brief, true),
        (behind(&after(3600, None), Targets::Awaited), End::Early, true),
        (behind(&after(3600, healthy), Targets::Awaited), End::Early, true),
    ] {
        assert_eq!(phase(&facts, patience, at(20_000)), (Phase::Ended(expected), None), "{facts:?}");
        assert_eq!(expected.fails_deployment(), fails, "{expected:?}");
    }
}
