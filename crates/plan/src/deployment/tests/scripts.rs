//! What the planner does, one situation at a time.

use super::world::{World, cluster, instance};
use crate::deployment::{End, Member, Phase, Places, Why};
use model::ecs::service::{AvailabilityZoneRebalancing, RolloutState, ServiceStatus, StopType};
use model::ecs::service_deployment::{Monitor, ServiceDeploymentStatus};
use model::ids::{HexId, TaskArn};
use std::time::Duration;

pub(super) fn steady(desired: u32, minimum: u32, maximum: u32) -> World {
    let mut world = World::new(desired, minimum, maximum);
    world.settle();
    assert_eq!(world.of(&world.primary()), desired as usize);
    assert!(world.service.schedule.steady);
    world
}

#[test]
fn a_new_service_starts_all_of_its_tasks_and_is_steady_once_they_are_healthy() {
    let mut world = World::new(3, 100, 200);
    let plan = world.step();
    assert_eq!(plan.start.map(|s| s.on), Some(Places::Anywhere(3)));
    assert_eq!(world.service.deployments[0].rollout_state, RolloutState::InProgress);
    world.go_well();
    world.step();
    let id = world.primary();
    assert_eq!(
        world.said[1..],
        [
            format!("(service web) (deployment {id}) deployment completed."),
            "(service web) has reached a steady state.".to_owned()
        ]
    );
    assert_eq!(world.current.as_ref().map(|c| c.status), Some(ServiceDeploymentStatus::Successful));
    let view = world.view();
    assert!(crate::deployment::plan(&view).is_idle(&view), "nothing more is to be done");
}

#[test]
fn the_default_bounds_start_everything_new_before_anything_old_stops() {
    let mut world = steady(4, 100, 200);
    world.deploy();
    let plan = world.step();
    assert_eq!((plan.start.map(|s| s.on.count()), plan.stop.len()), (Some(4), 0));
    world.go_well();
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 4));
    world.settle();
    assert_eq!((world.service.deployments.len(), world.present()), (1, 4));
}

#[test]
fn without_headroom_old_ones_make_room_down_to_the_minimum() {
    let mut world = steady(4, 50, 100);
    world.deploy();
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 2));
    // The place of a stopping task is free when it has stopped.
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 0));
    world.go_well();
    assert_eq!(world.step().start.map(|s| s.on.count()), Some(2));
    world.settle();
    assert_eq!(world.of(&world.primary()), 4);
}

#[test]
fn without_room_on_the_instances_old_ones_make_room_as_well() {
    let mut world = steady(4, 50, 200);
    world.room = 4;
    world.deploy();
    let plan = world.step();
    assert_eq!((plan.start.map(|s| s.on.count()), plan.stop.len()), (Some(4), 2));
    assert_eq!(world.service.schedule.unplaced, 4);
    world.settle();
    assert_eq!((world.of(&world.primary()), world.service.schedule.unplaced), (4, 0));
}

#[test]
fn bounds_that_allow_nothing_are_said() {
    let mut world = steady(1, 100, 150);
    world.deploy();
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 0));
    assert!(world.has_said("was unable to stop or start tasks during a deployment"));
    // Once, not at every look.
    world.step();
    assert_eq!(world.said.iter().filter(|s| s.contains("unable to stop or start")).count(), 1);
    world.service.deployment_configuration.maximum_percent = 200;
    world.settle();
    assert_eq!(world.of(&world.primary()), 1);
}

#[test]
fn a_task_that_ended_is_replaced_and_an_unhealthy_one_after_its_replacement_is_healthy() {
    let mut world = steady(2, 100, 200);
    world.members[0].phase = Phase::Ended(End::Lasting);
    assert_eq!(world.step().start.map(|s| s.on.count()), Some(1));
    world.settle();
    world.members[0].phase = Phase::Unhealthy;
    let plan = world.step();
    assert_eq!((plan.start.map(|s| s.on.count()), plan.stop.len()), (Some(1), 0));
    world.go_well();
    let plan = world.step();
    assert_eq!(plan.stop.iter().map(|s| s.why).collect::<Vec<_>>(), [Why::Unhealthy]);
    // Where the maximum leaves no room it has to go first.
    let mut world = steady(2, 50, 100);
    world.members[0].phase = Phase::Unhealthy;
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 1));
    assert!(world.has_said("failed container health checks"));
}

#[test]
fn scale_in_takes_from_the_fullest_zone_and_spares_what_is_protected() {
    let mut world = World::new(6, 100, 200);
    world.zones = ["a", "b", "c"].map(str::to_owned).to_vec();
    world.settle();
    world.service.desired_count = 3;
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 3));
    world.settle();
    let mut zones: Vec<_> = world.members.iter().filter_map(|m| m.zone.as_deref()).collect();
    zones.sort_unstable();
    assert_eq!(zones, ["a", "b", "c"]);
    world.members[1].protected = true;
    let kept = world.members[1].task.clone();
    world.service.desired_count = 0;
    world.settle();
    assert_eq!(world.members.iter().map(|m| &m.task).collect::<Vec<_>>(), [&kept]);
    world.members[0].protected = false;
    world.settle();
    assert!(world.members.is_empty());
}

#[test]
fn what_is_not_running_yet_goes_before_what_runs() {
    let mut world = steady(2, 100, 200);
    world.service.desired_count = 4;
    world.step();
    world.service.desired_count = 2;
    let plan = world.step();
    let stopped: Vec<_> = plan.stop.iter().map(|s| &s.task).collect();
    assert_eq!(stopped.len(), 2);
    assert_eq!(world.healthy(), 2, "{stopped:?}");
}

#[test]
fn two_updates_on_top_of_each_other() {
    let mut world = steady(2, 100, 200);
    let first = world.primary();
    world.deploy();
    world.step();
    let second = world.primary();
    world.deploy();
    assert_eq!(world.history.last().map(|d| d.status), Some(ServiceDeploymentStatus::Stopped));
    // The second one's tasks have not run yet, and give their places to the third's.
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 2));
    assert_eq!((world.of(&first), world.of(&second)), (2, 0));
    world.settle();
    assert_eq!((world.of(&world.primary()), world.present(), world.service.deployments.len()), (2, 2, 1));
}

#[test]
fn the_desired_count_changes_during_a_deployment() {
    let mut world = steady(4, 100, 200);
    world.deploy();
    world.step();
    world.go_well();
    world.service.desired_count = 2;
    world.settle();
    assert_eq!((world.of(&world.primary()), world.present()), (2, 2));
    world.deploy();
    world.step();
    world.service.desired_count = 5;
    world.settle();
    assert_eq!((world.of(&world.primary()), world.present()), (5, 5));
}

#[test]
fn the_circuit_breaker_rolls_back_to_what_was_completed_last() {
    let mut world = steady(2, 0, 100).breaker(true);
    let good = world.primary();
    world.deploy();
    let bad = world.primary();
    for _ in 0..100 {
        if world.primary() != bad {
            break;
        }
        world.step();
        for member in world.members.iter_mut().filter(|m| !matches!(m.phase, Phase::Healthy)) {
            member.phase = Phase::Ended(match member.phase {
                Phase::Stopping => End::Wanted,
                _ => End::NeverStarted,
            });
        }
        world.pass(Duration::from_secs(60));
    }
    assert_eq!(world.primary(), good, "though nothing of it was left");
    let current = world.current.clone().expect("a deployment");
    assert_eq!(
        (current.status, current.circuit_breaker, current.threshold),
        (ServiceDeploymentStatus::RollbackInProgress, Monitor::Triggered, 3)
    );
    assert_eq!(
        world.service.deployments[0].rollout_state_reason,
        format!("ECS deployment circuit breaker: rolling back to deploymentId {good}.")
    );
    assert!(world.has_said(&format!("(deployment {bad}) deployment failed: tasks failed to start.")));
    world.settle();
    assert_eq!(world.of(&good), 2);
    assert_eq!(world.current.map(|c| c.status), Some(ServiceDeploymentStatus::RollbackSuccessful));
}

#[test]
fn without_rollback_a_failed_deployment_starts_nothing_more_and_keeps_what_runs() {
    let mut world = steady(2, 100, 200).breaker(false);
    let good = world.primary();
    world.deploy();
    let bad = world.primary();
    for _ in 0..10 {
        world.step();
        for member in world.members.iter_mut().filter(|m| *m.deployment == *bad) {
            member.phase = Phase::Ended(End::NeverStarted);
        }
        world.pass(Duration::from_secs(60));
    }
    assert_eq!((world.primary(), world.of(&good), world.present()), (bad.clone(), 2, 2));
    assert_eq!(world.service.deployments[0].rollout_state, RolloutState::Failed);
    assert_eq!(
        world.service.deployments[0].rollout_state_reason,
        "ECS deployment circuit breaker: tasks failed to start."
    );
    assert_eq!(world.current.as_ref().map(|c| c.status), Some(ServiceDeploymentStatus::Stopped));
    world.deploy();
    world.settle();
    assert_eq!((world.of(&world.primary()), world.present()), (2, 2));
}

#[test]
fn a_task_that_runs_resets_the_count_of_failures() {
    let mut world = World::new(2, 100, 200).breaker(true);
    world.deploy();
    for _ in 0..10 {
        world.step();
        world.go_well();
        for member in world.members.iter_mut().skip(1) {
            member.phase = Phase::Ended(End::NeverStarted);
        }
        world.pass(Duration::from_secs(60));
    }
    world.step();
    assert_eq!(world.service.deployments[0].failed_tasks, 0);
    assert_eq!(world.service.deployments[0].rollout_state, RolloutState::InProgress);
}

#[test]
fn where_the_deployment_says_so_a_task_that_runs_resets_nothing() {
    let mut world = World::new(2, 100, 200).breaker(true);
    world.settle();
    let good = world.primary();
    let breaker = world.service.deployment_configuration.deployment_circuit_breaker.as_mut();
    breaker.expect("it has one").reset_on_healthy_task = Some(false);
    world.deploy();
    let bad = world.primary();
    // What the service says later is the next deployment's.
    let breaker = world.service.deployment_configuration.deployment_circuit_breaker.as_mut();
    breaker.expect("it has one").reset_on_healthy_task = None;
    let mut failures = 0;
    while world.primary() == bad && failures < 10 {
        world.step();
        world.go_well();
        // One of it runs all the time, and one fails each time.
        let last = world.members.iter().rposition(|m| *m.deployment == *bad);
        if let Some(last) = last.filter(|_| world.of(&bad) > 1) {
            world.members[last].phase = Phase::Ended(End::NeverStarted);
            failures += 1;
        }
        world.pass(Duration::from_secs(60));
    }
    assert_eq!((world.primary(), failures), (good, 3));
}

#[test]
fn alarms_roll_back() {
    let mut world = steady(1, 100, 200);
    let good = world.primary();
    let alarms = model::ecs::service::DeploymentAlarms {
        alarm_names: vec!["slow".to_owned()],
        rollback: true,
        enable: true,
    };
    world.service.deployment_configuration.alarms = Some(alarms);
    world.deploy();
    world.step();
    world.alarms = vec!["slow".to_owned()];
    world.step();
    let current = world.current.clone().expect("a deployment");
    assert_eq!((world.primary(), current.alarms), (good, Monitor::Triggered));
    assert_eq!(current.triggered_alarms, ["slow"]);
}

#[test]
fn a_user_stops_a_deployment_by_rolling_back_or_as_it_is() {
    let mut world = steady(2, 100, 200);
    let good = world.primary();
    world.deploy();
    world.step();
    world.service.schedule.stop_requested = Some(StopType::Rollback);
    world.settle();
    assert_eq!((world.primary(), world.of(&good), world.present()), (good.clone(), 2, 2));
    assert_eq!(world.current.as_ref().map(|c| c.status), Some(ServiceDeploymentStatus::RollbackSuccessful));
    world.deploy();
    world.step();
    world.go_well();
    world.service.schedule.stop_requested = Some(StopType::Abort);
    world.step();
    assert_eq!(world.current.as_ref().map(|c| c.status), Some(ServiceDeploymentStatus::Stopped));
    assert_eq!(world.step().start, None);
}

#[test]
fn starts_are_throttled_and_go_on_when_a_task_has_run_for_a_while() {
    let mut world = World::new(1, 100, 200);
    let mut starts = 0;
    for _ in 0..50 {
        if let Some(start) = world.step().start {
            starts += start.on.count();
        }
        for member in &mut world.members {
            member.phase = Phase::Ended(End::Brief);
        }
        world.pass(Duration::from_secs(1));
    }
    assert_eq!(starts, 6, "four at once, then after 10 and 20 seconds");
    assert!(world.has_said("is unable to consistently start tasks successfully"));
    assert_eq!(world.said.iter().filter(|s| s.contains("unable to consistently")).count(), 1);
    world.pass(Duration::from_secs(60));
    world.settle();
    assert!(world.service.schedule.failed_rounds > 0);
    world.pass(Duration::from_secs(11));
    world.step();
    assert_eq!((world.service.schedule.failed_rounds, world.service.schedule.start_after), (0, None));
}

#[test]
fn throttling_takes_nothing_away_from_what_runs() {
    let mut world = steady(4, 0, 100);
    world.deploy();
    world.service.schedule.failed_rounds = 6;
    world.service.schedule.start_after = Some(world.now.after(Duration::from_secs(60)));
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 0));
    assert_eq!(plan.next_wakeup, world.service.schedule.start_after);
}

#[test]
fn a_draining_instance_is_emptied_within_the_bounds() {
    let mut world = steady(4, 50, 100);
    for member in &mut world.members[..3] {
        member.draining = true;
    }
    let plan = world.step();
    assert_eq!(plan.stop.iter().map(|s| s.why).collect::<Vec<_>>(), [Why::Draining; 2]);
    world.settle();
    assert!(world.members.iter().all(|m| !m.draining));
    assert_eq!(world.healthy(), 4);
}

#[test]
fn a_lost_task_is_replaced_at_once_and_never_waited_for() {
    let mut world = steady(2, 100, 100);
    world.members[0].lost = true;
    let plan = world.step();
    assert_eq!((plan.start.map(|s| s.on.count()), plan.stop[0].why), (Some(1), Why::Lost));
    world.settle();
    assert_eq!(world.healthy(), 2);
    assert!(world.service.schedule.steady, "though the lost one has not been heard of");
}

#[test]
fn a_service_that_drains_ends_when_its_last_task_is_stopping() {
    let mut world = steady(3, 100, 200);
    let ended = crate::deployment::drain(&mut world.service, world.current.as_ref(), world.now);
    assert_eq!(ended, None, "its deployment was over");
    let plan = world.step();
    assert_eq!(plan.stop.len(), 3);
    assert_eq!(world.service.status, ServiceStatus::Draining);
    // One has stopped, of one the agent has the end in hand, and of one it has not.
    world.members[0].phase = Phase::Ended(End::Wanted);
    world.members[1].in_hand = true;
    world.step();
    assert_eq!(world.service.status, ServiceStatus::Draining);
    world.members.iter_mut().for_each(|m| m.in_hand = true);
    world.step();
    assert_eq!((world.service.status, world.service.deployments.len()), (ServiceStatus::Inactive, 0));
}

#[test]
fn a_daemon_belongs_on_every_instance_once() {
    let mut world = World::new(0, 0, 100);
    world.instances = Some(vec![instance(1), instance(2)]);
    assert_eq!(world.step().start.map(|s| s.on), Some(Places::Instances(vec![instance(1), instance(2)])));
    world.settle();
    assert_eq!(
        (world.service.desired_count, world.service.deployments[0].rollout_state),
        (2, RolloutState::Completed)
    );
    // One joins.
    world.instances = Some(vec![instance(1), instance(2), instance(3)]);
    assert_eq!(world.step().start.map(|s| s.on), Some(Places::Instances(vec![instance(3)])));
    world.settle();
    // One leaves.
    world.instances = Some(vec![instance(1), instance(3)]);
    world.settle();
    assert_eq!(world.present(), 2);
    // A new revision keeps to the minimum, and the old task goes before the new one comes.
    world.service.deployment_configuration.minimum_healthy_percent = 50;
    world.deploy();
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 1));
    world.settle();
    assert_eq!((world.of(&world.primary()), world.present()), (2, 2));
}

#[test]
fn an_uneven_service_is_rebalanced_over_its_zones_one_task_at_a_time() {
    let mut world = steady(4, 100, 200);
    world.service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Enabled;
    let view = world.view();
    assert!(crate::deployment::plan(&view).is_idle(&view), "one zone cannot be balanced");
    world.zones = vec!["a".to_owned(), "b".to_owned()];
    let plan = world.step();
    assert_eq!(plan.start.map(|s| s.on), Some(Places::Zone { zone: "b".to_owned(), count: 1 }));
    assert!(
        world.has_said("is not AZ balanced with 4 tasks in a, 0 tasks in b. AZ Rebalancing in progress.")
    );
    assert!(world.step().stop.is_empty(), "it is let come up");
    world.go_well();
    assert_eq!(world.step().stop.len(), 1);
    world.settle();
    let in_b = world.members.iter().filter(|m| m.zone.as_deref() == Some("b")).count();
    assert_eq!((world.present(), in_b, world.service.schedule.rebalancing), (4, 2, false));
    assert!(world.has_said("is AZ balanced with 2 tasks in a, 2 tasks in b."));
}

#[test]
fn a_zone_without_room_is_left_alone_for_a_while() {
    let mut world = steady(4, 100, 200);
    world.service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Enabled;
    world.zones = vec!["a".to_owned(), "b".to_owned()];
    world.full_zones = vec!["b".to_owned()];
    assert!(world.step().start.is_some());
    assert!(world.has_said("is unable to place a task in b"));
    assert_eq!(world.step().start, None);
    assert_eq!((world.present(), world.service.schedule.unplaced), (4, 0));
    world.full_zones.clear();
    world.pass(Duration::from_secs(301));
    world.settle();
    assert_eq!(world.members.iter().filter(|m| m.zone.as_deref() == Some("b")).count(), 2);
}

#[test]
fn a_daemon_is_the_last_to_leave_an_instance_that_drains() {
    let mut world = World::new(0, 0, 100);
    world.instances = Some(vec![instance(1), instance(2)]);
    world.settle();
    world.instances = Some(vec![instance(1)]);
    let of_second = |world: &World| world.members.iter().position(|m| m.instance == Some(instance(2)));
    let at = of_second(&world).expect("it is there");
    (world.members[at].draining, world.members[at].accompanies) = (true, true);
    let plan = world.step();
    assert_eq!((plan.start, plan.stop.len()), (None, 0));
    assert!(world.service.schedule.steady, "it stays on purpose");
    // A new revision does not wait for it, and does not come there.
    world.deploy();
    world.settle();
    assert_eq!((world.of(&world.primary()), world.present()), (1, 2));
    assert_eq!(world.service.deployments[0].rollout_state, RolloutState::Completed);
    let at = of_second(&world).expect("it has stayed");
    world.members[at].accompanies = false;
    assert_eq!(world.step().stop.iter().map(|s| s.why).collect::<Vec<_>>(), [Why::Draining]);
    world.settle();
    assert_eq!((world.present(), world.service.deployments.len()), (1, 1));
    // One that is deleted waits for nobody.
    (world.members[0].draining, world.members[0].accompanies) = (true, true);
    world.instances = Some(Vec::new());
    assert!(world.step().stop.is_empty());
    crate::deployment::drain(&mut world.service, world.current.as_ref(), world.now);
    assert_eq!(world.step().stop.len(), 1);
}

#[test]
fn who_stands_where_no_traffic_is_goes_at_once_and_counts_for_nothing() {
    let mut world = steady(3, 100, 200);
    // A shift that came to no end left three more, whose groups have no traffic.
    let idle = world.members.clone().into_iter().zip(40..).map(|(member, id)| Member {
        task: TaskArn::new(&cluster(), &HexId::from_random([id; 16])),
        idle: true,
        ..member
    });
    world.members.extend(idle.collect::<Vec<_>>());
    world.deploy();
    let plan = world.step();
    let stopped: Vec<bool> = plan
        .stop
        .iter()
        .map(|s| world.members.iter().find(|m| m.task == s.task).is_some_and(|m| m.idle))
        .collect();
    assert_eq!(stopped, [true; 3], "those, and none that serves");
    for _ in 0..20 {
        world.step();
        let serving = world.members.iter().filter(|m| m.is_healthy()).count();
        assert!(serving >= 3, "never below the minimum, and the idle are none of them");
        world.go_well();
    }
    assert_eq!((world.of(&world.primary()), world.present()), (3, 3));
}
