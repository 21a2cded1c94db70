//! Starts that fail, and what follows: for the deployment, for the pace of starts, and for what runs.

use super::scripts::steady;
use super::world::World;
use crate::deployment::{End, Phase, Plan, View, Why};
use model::ecs::service::{AvailabilityZoneRebalancing, DeploymentStrategy, RolloutState, StopType};
use model::ecs::service_deployment::ServiceDeploymentStatus as Status;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn status(world: &World) -> Status {
    world.current.as_ref().expect("a deployment").status
}

/// Looks once a second; whatever comes up ends like this. Answers how many tasks were started.
fn fail_for(world: &mut World, seconds: u32, how: End) -> u32 {
    let mut starts = 0;
    for _ in 0..seconds {
        starts += world.step().start.map_or(0, |s| s.on.count());
        for member in &mut world.members {
            member.phase = match member.phase {
                Phase::Starting => Phase::Ended(how),
                Phase::Stopping => Phase::Ended(End::Wanted),
                other => other,
            };
        }
        world.pass(SECOND);
    }
    starts
}

#[test]
fn a_revision_that_ends_before_it_is_healthy_is_rolled_back() {
    for (how, ends) in [
        (End::NeverStarted, Status::RollbackSuccessful),
        (End::Brief, Status::RollbackSuccessful),
        (End::Early, Status::RollbackSuccessful),
        (End::Lasting, Status::InProgress),
    ] {
        let mut world = steady(2, 100, 200).breaker(true);
        let good = world.primary();
        world.deploy();
        fail_for(&mut world, 60, how);
        assert_eq!(status(&world), ends, "{how:?}");
        assert_eq!((world.of(&good), world.primary() == good), (2, ends == Status::RollbackSuccessful));
    }
}

#[test]
fn a_revision_that_has_no_room_is_rolled_back_unless_others_make_some() {
    let mut world = steady(2, 100, 200).breaker(true);
    let good = world.primary();
    world.room = 2;
    world.deploy();
    world.step();
    world.pass(Duration::from_secs(170));
    world.step();
    assert_eq!((status(&world), world.service.deployments[0].failed_tasks), (Status::InProgress, 1));
    for _ in 0..3 {
        world.pass(Duration::from_secs(60));
        world.step();
    }
    assert_eq!((status(&world), world.primary() == good), (Status::RollbackSuccessful, true));
    // Where some may leave for others, nobody waits.
    let mut world = steady(2, 50, 200).breaker(true);
    world.room = 2;
    world.deploy();
    for _ in 0..10 {
        world.step();
        world.pass(Duration::from_secs(600));
        world.go_well();
    }
    assert_eq!((status(&world), world.healthy()), (Status::Successful, 2));
}

#[test]
fn a_revision_whose_launch_is_refused_is_rolled_back_and_not_tried_all_the_time() {
    let mut world = steady(1, 100, 200).breaker(true);
    let good = world.primary();
    world.deploy();
    let mut refused = 0;
    for _ in 0..150 {
        let view: View<'_> = world.view();
        let mut plan: Plan = crate::deployment::plan(&view);
        if plan.start.is_some() && plan.service.primary().is_some_and(|d| d.id != good) {
            plan.refused(&view, "its role is gone");
            refused += 1;
        }
        let said = plan.messages(world.now);
        drop(view);
        world.said.extend(said);
        (world.service, world.current) = (plan.service, plan.current);
        world.pass(SECOND);
    }
    assert_eq!((refused, status(&world), world.primary() == good), (3, Status::RollbackSuccessful, true));
    assert!(world.has_said("failed to launch a task with (error its role is gone)"));
}

#[test]
fn a_refused_launch_of_blue_waits_too() {
    let mut world = super::shifts::running(DeploymentStrategy::BlueGreen);
    let blue = world.primary();
    world.deploy();
    for _ in 0..5 {
        world.step();
        world.go_well();
    }
    // Green is there beside blue, and one of blue's tasks ends.
    let of_blue = world.members.iter_mut().find(|m| *m.deployment == *blue).expect("it is kept");
    of_blue.phase = Phase::Ended(End::Lasting);
    let mut refused = 0;
    for _ in 0..20 {
        let view: View<'_> = world.view();
        let mut plan: Plan = crate::deployment::plan(&view);
        if plan.start.as_ref().is_some_and(|s| s.deployment == blue) {
            plan.refused(&view, "its role is gone");
            refused += 1;
        }
        drop(view);
        (world.service, world.current) = (plan.service, plan.current);
        world.pass(SECOND);
    }
    assert_eq!(refused, 1, "not once a look");
}

#[test]
fn a_deployment_that_is_rolled_back_is_not_rolled_back_again() {
    let mut world = steady(2, 100, 200);
    world.deploy();
    world.step();
    world.service.schedule.stop_requested = Some(StopType::Rollback);
    world.members.clear();
    world.step();
    let once = world.current.clone();
    assert_eq!(status(&world), Status::RollbackInProgress);
    assert_eq!(once.as_ref().and_then(|d| d.stopped_at), Some(world.now));
    world.pass(SECOND);
    world.service.schedule.stop_requested = Some(StopType::Rollback);
    world.step();
    assert_eq!((&world.current, &world.service.schedule.stop_requested), (&once, &None));
    assert_eq!(world.said.iter().filter(|s| s.contains("rolling back")).count(), 1);
}

#[test]
fn a_rollback_that_fails_is_over() {
    let mut world = steady(2, 0, 100).breaker(true);
    world.deploy();
    // Nothing starts any more, neither of the new revision nor of the old one.
    let mut starts = Vec::new();
    for _ in 0..10 {
        starts.push(fail_for(&mut world, 120, End::NeverStarted));
    }
    assert_eq!(status(&world), Status::RollbackFailed);
    assert!(world.current.as_ref().is_some_and(|d| d.finished_at.is_some()));
    assert_eq!(world.service.deployments[0].rollout_state, RolloutState::Failed);
    assert_eq!(starts.last(), Some(&0), "what has failed starts nothing more: {starts:?}");
    // What is deployed then is.
    world.deploy();
    world.settle();
    assert_eq!((world.healthy(), status(&world)), (2, Status::Successful));
}

#[test]
fn one_task_that_keeps_failing_beside_others_is_started_less_and_less_often() {
    let mut world = steady(3, 100, 200);
    world.pass(Duration::from_secs(3600));
    world.members[0].phase = Phase::Ended(End::Brief);
    let starts = fail_for(&mut world, 200, End::Brief);
    assert!((4..=9).contains(&starts), "{starts}");
    assert!(world.has_said("is unable to consistently start tasks successfully"));
    // One that runs for a while ends that, the others do not.
    assert!(world.service.schedule.failed_rounds > 3);
    world.pass(Duration::from_secs(600));
    world.settle();
    world.pass(Duration::from_secs(11));
    world.step();
    assert_eq!(world.service.schedule.failed_rounds, 0);
}

#[test]
fn starts_that_balance_zones_are_throttled_too() {
    let mut world = steady(4, 100, 200);
    world.service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Enabled;
    world.zones = vec!["a".to_owned(), "b".to_owned()];
    let starts = fail_for(&mut world, 300, End::NeverStarted);
    assert!((4..=9).contains(&starts), "{starts}");
    assert_eq!(world.healthy(), 4, "nothing went for them");
}

#[test]
fn without_headroom_unhealthy_tasks_go_one_by_one() {
    let mut world = steady(4, 75, 100);
    world.members.iter_mut().for_each(|m| m.phase = Phase::Unhealthy);
    let mut most = 0;
    for _ in 0..40 {
        let plan = world.step();
        assert!(plan.stop.iter().all(|s| s.why == Why::Unhealthy), "{:?}", plan.stop);
        let away = world.members.iter().filter(|m| matches!(m.phase, Phase::Stopping | Phase::Starting));
        most = most.max(away.count());
        world.go_well();
    }
    assert_eq!((most, world.healthy(), world.present()), (1, 4, 4));
    // With headroom replacements come first, and all at once.
    let mut world = steady(4, 75, 200);
    world.members.iter_mut().for_each(|m| m.phase = Phase::Unhealthy);
    assert_eq!(world.step().start.map(|s| s.on.count()), Some(4));
}
