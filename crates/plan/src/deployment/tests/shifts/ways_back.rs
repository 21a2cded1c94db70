//! What ends a deployment before its end, or comes in between: failures, users, other deployments, tasks that are lost.

use super::*;

#[test]
fn a_stage_has_a_day() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.deploy();
    world.room = 2;
    for _ in 0..20 {
        world.step();
    }
    assert_eq!(world.service.schedule.unplaced, 2, "there is no room for green");
    world.pass(Duration::from_secs(24 * 3600));
    world.step();
    assert!(world.has_said("deployment failed: lifecycle stage timed out."));
    assert!(tell(&mut world, &mut agrees).ends_with("ROLLBACK_SUCCESSFUL, 2 of A"));
}

#[test]
fn green_tasks_that_fail_open_the_circuit_breaker() {
    let mut world = running(DeploymentStrategy::BlueGreen).breaker(true);
    world.deploy();
    for _ in 0..30 {
        world.step();
        world.outside(&mut agrees);
        for member in world.members.iter_mut().filter(|m| m.phase == Phase::Starting) {
            member.phase = Phase::Ended(End::NeverStarted);
        }
        world.pass(Duration::from_secs(1));
    }
    assert!(world.has_said("deployment failed: tasks failed to start."));
    assert_eq!(world.current.as_ref().map(|c| c.status), Some(ServiceDeploymentStatus::RollbackSuccessful));
    assert_eq!(tasks(&world, |p| *p == Phase::Healthy), BTreeMap::from([('A', 2)]));
}

#[test]
fn an_alarm_during_the_bake_time_rolls_back() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.alarms = Some(model::ecs::service::DeploymentAlarms {
        alarm_names: vec!["slow".to_owned()],
        rollback: true,
        enable: true,
    });
    world.deploy();
    let stage = |world: &World| world.current.as_ref().and_then(|c| c.shift.as_ref()).map(|s| s.stage);
    for _ in 0..50 {
        world.step();
        world.outside(&mut agrees);
        world.go_well();
    }
    assert_eq!(stage(&world), Some(LifecycleStage::BakeTime));
    world.alarms = vec!["slow".to_owned()];
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        back: PRODUCTION_TRAFFIC_SHIFT
          "(deployment B) deployment failed: alarm detected."
          "rolling back to deployment A."
          production traffic: B 0.0, A 100.0
        back: TEST_TRAFFIC_SHIFT
          test traffic: B 0.0, A 100.0
        back: CLEAN_UP
          stop 2 of B
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_SUCCESSFUL, 2 of A"#]],
    );
}

#[test]
fn it_is_stopped_by_a_user_and_goes_back_or_stays() {
    let stopped = |how| {
        let mut world = running(DeploymentStrategy::BlueGreen);
        world.service.deployment_configuration.lifecycle_hooks =
            vec![hook(PAUSE, &[LifecycleStage::PostTestTrafficShift])];
        world.deploy();
        tell(&mut world, &mut agrees);
        world.service.schedule.stop_requested = Some(how);
        let told = tell(&mut world, &mut agrees);
        (world, told)
    };
    check(
        &stopped(StopType::Rollback).1,
        expect![[r#"
        back: TEST_TRAFFIC_SHIFT
          "(deployment B) deployment failed: stopped by the user."
          "rolling back to deployment A."
          test traffic: B 0.0, A 100.0
        back: CLEAN_UP
          stop 2 of B
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_SUCCESSFUL, 2 of A"#]],
    );
    let (mut world, told) = stopped(StopType::Abort);
    check(
        &told,
        expect![[r#"
        HELD
        STOPPED, 2 of A, 2 of B"#]],
    );
    // Both stay filled: what ends of blue is replaced, green starts nothing more.
    for member in &mut world.members {
        member.phase = Phase::Ended(End::Lasting);
    }
    tell(&mut world, &mut agrees);
    assert_eq!(tasks(&world, |p| *p == Phase::Healthy), BTreeMap::from([('A', 2)]));
    // The next deployment takes blue for blue again.
    world.service.deployment_configuration.lifecycle_hooks.clear();
    world.deploy();
    assert!(tell(&mut world, &mut agrees).ends_with("SUCCESSFUL, 2 of C"));
}

#[test]
fn another_deployment_on_top_begins_with_blue_alone() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(PAUSE, &[LifecycleStage::PostProductionTrafficShift])];
    world.deploy();
    assert!(tell(&mut world, &mut agrees).ends_with("IN_PROGRESS, 2 of A, 2 of B"));
    world.service.deployment_configuration.lifecycle_hooks.clear();
    world.deploy();
    assert_eq!(world.history.last().map(|d| d.status), Some(ServiceDeploymentStatus::Stopped));
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
          test traffic: C 0.0, A 100.0
          production traffic: C 0.0, A 100.0
          stop 2 of B
        SCALE_UP
          start 2 of C
        TEST_TRAFFIC_SHIFT
          test traffic: C 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: C 100.0, A 0.0
        BAKE_TIME
          … 300 s
        CLEAN_UP
          stop 2 of A
        OVER
          "(deployment C) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of C"#]],
    );
}

#[test]
fn a_rolling_deployment_that_is_half_done_goes_back_first() {
    let mut world = World::new(4, 50, 100);
    world.settle();
    world.deploy();
    world.step();
    world.go_well();
    world.step();
    world.go_well();
    assert_eq!(tasks(&world, |p| *p == Phase::Healthy), BTreeMap::from([('A', 2), ('B', 2)]));
    world.service.deployment_configuration.strategy = Some(DeploymentStrategy::BlueGreen);
    world.deploy();
    world.said.clear();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
          test traffic: C 0.0, A 100.0
          production traffic: C 0.0, A 100.0
        SCALE_UP
          start 4 of C
          stop 2 of B
        TEST_TRAFFIC_SHIFT
          start 2 of A
          test traffic: C 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: C 100.0, A 0.0
        CLEAN_UP
          stop 4 of A
        OVER
          "(deployment C) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 4 of C"#]],
    );
}

#[test]
fn tasks_that_are_lost_are_replaced_on_both_sides_and_a_new_number_holds_for_both() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(PAUSE, &[LifecycleStage::PostProductionTrafficShift])];
    world.deploy();
    tell(&mut world, &mut agrees);
    for member in &mut world.members {
        member.phase = Phase::Ended(End::Lasting);
    }
    assert_eq!(tell(&mut world, &mut agrees), "  start 2 of A\n  start 2 of B\nIN_PROGRESS, 2 of A, 2 of B");
    world.service.desired_count = 3;
    assert_eq!(tell(&mut world, &mut agrees), "  start 1 of A\n  start 1 of B\nIN_PROGRESS, 3 of A, 3 of B");
    world.service.desired_count = 1;
    assert_eq!(tell(&mut world, &mut agrees), "  stop 2 of A\n  stop 2 of B\nIN_PROGRESS, 1 of A, 1 of B");
    let counts: Vec<u32> = world.service.deployments.iter().map(|d| d.desired_count).collect();
    assert_eq!(counts, [1, 1]);
}

#[test]
fn a_side_without_room_does_not_hold_the_other_up() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.deploy();
    world.step();
    world.outside(&mut agrees);
    world.room = 3;
    for member in &mut world.members {
        member.phase = Phase::Ended(End::Lasting);
    }
    world.step();
    world.go_well();
    world.step();
    assert_eq!(tasks(&world, |p| *p == Phase::Healthy), BTreeMap::from([('A', 2), ('B', 1)]));
    assert_eq!(world.service.schedule.unplaced, 1);
}

#[test]
fn a_service_that_is_deleted_in_the_middle_ends() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(PAUSE, &[LifecycleStage::PostProductionTrafficShift])];
    world.deploy();
    tell(&mut world, &mut agrees);
    let ended = crate::deployment::drain(&mut world.service, world.current.as_ref(), world.now);
    world.current = ended;
    world.settle();
    assert!(world.members.is_empty());
    assert_eq!(world.service.status, model::ecs::service::ServiceStatus::Inactive);
}

/// What failed last is no side to start from: the traffic is where it gave it back to.
#[test]
fn after_two_that_failed_the_next_one_starts_from_the_first() {
    let mut world = World::new(0, 100, 200);
    world.service.deployments.clear();
    world.service.desired_count = 2;
    world.revisions.clear();
    let configuration = &mut world.service.deployment_configuration;
    configuration.strategy = Some(DeploymentStrategy::BlueGreen);
    configuration.bake_time_in_minutes = Some(0);
    configuration.lifecycle_hooks = vec![
        hook(CALLED, &[LifecycleStage::PostTestTrafficShift]),
        hook(CALLED, &[LifecycleStage::PreScaleUp]),
    ];
    let mut told = String::new();
    for fails in ["POST_TEST_TRAFFIC_SHIFT", "PRE_SCALE_UP", "nothing"] {
        world.deploy();
        let mut answer = |key: &str| if key.starts_with(fails) { Answer::Failed } else { Answer::Succeeded };
        told += &format!("-- {fails} fails\n{}\n", tell(&mut world, &mut answer));
    }
    check(
        &told,
        expect![[r#"
        -- POST_TEST_TRAFFIC_SHIFT fails
          hook PRE_SCALE_UP/0/on/1: Succeeded
        SCALE_UP
          start 2 of A
        TEST_TRAFFIC_SHIFT
          test traffic: A 100.0
        POST_TEST_TRAFFIC_SHIFT
          hook POST_TEST_TRAFFIC_SHIFT/0/on/0: Failed
        HELD
          "(deployment A) deployment failed: hook execution failure(s) detected."
          "has reached a steady state."
        STOPPED, 2 of A
        -- PRE_SCALE_UP fails
          hook PRE_SCALE_UP/0/on/1: Failed
        HELD
          "(deployment B) deployment failed: hook execution failure(s) detected."
        STOPPED, 2 of A
        -- nothing fails
          test traffic: C 0.0, A 100.0
          production traffic: C 0.0, A 100.0
        PRE_SCALE_UP
          hook PRE_SCALE_UP/0/on/1: Succeeded
        SCALE_UP
          start 2 of C
        TEST_TRAFFIC_SHIFT
          test traffic: C 100.0, A 0.0
        POST_TEST_TRAFFIC_SHIFT
          hook POST_TEST_TRAFFIC_SHIFT/0/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: C 100.0, A 0.0
        CLEAN_UP
          stop 2 of A
        OVER
          "(deployment C) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of C
    "#]],
    );
}

/// A failed revision starts no tasks: where it is blue it may never be whole again, and what is of neither side stays for it.
#[test]
fn the_next_deployment_does_not_wait_for_a_blue_one_that_failed() {
    let mut world = World::new(0, 50, 200);
    world.service.deployments.clear();
    world.service.desired_count = 2;
    world.revisions.clear();
    let configuration = &mut world.service.deployment_configuration;
    configuration.strategy = Some(DeploymentStrategy::BlueGreen);
    configuration.lifecycle_hooks = vec![hook(CALLED, &[LifecycleStage::PostTestTrafficShift])];
    world.deploy();
    let told = tell(&mut world, &mut |_| Answer::Failed);
    assert!(told.ends_with("STOPPED, 2 of A"), "{told}");
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(PAUSE, &[LifecycleStage::PreProductionTrafficShift])];
    world.deploy();
    assert!(tell(&mut world, &mut agrees).ends_with("IN_PROGRESS, 2 of A, 2 of B"));
    let lost = world.members.iter_mut().find(|m| *m.deployment != *world.service.deployments[0].id);
    lost.expect("a task of A").phase = Phase::Ended(End::Lasting);
    world.service.deployment_configuration.lifecycle_hooks.clear();
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
          test traffic: C 0.0, A 100.0
          production traffic: C 0.0, A 100.0
        SCALE_UP
          start 2 of C
          stop 1 of B
        TEST_TRAFFIC_SHIFT
          test traffic: C 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: C 100.0, A 0.0
        CLEAN_UP
          stop 1 of A
          stop 1 of B
        OVER
          "(deployment C) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of C"#]],
    );
}

/// Blue whose tasks do not start: they are started less and less often, and the deployment that mends the service goes on.
#[test]
fn the_next_deployment_does_not_wait_for_a_blue_one_that_does_not_start() {
    let mut world = World::new(2, 100, 150);
    world.service.deployment_configuration.strategy = Some(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.bake_time_in_minutes = Some(60);
    // A never runs.
    let mut rounds = 0;
    let mut play = |world: &mut World, looks: u32| {
        for _ in 0..looks {
            world.step();
            world.outside(&mut agrees);
            let broken = model::ecs::service_revision::deployment_id(&world.revisions[0]);
            for member in world.members.iter_mut().filter(|m| *m.deployment == *broken) {
                rounds += u32::from(member.phase == Phase::Starting);
                member.phase = Phase::Ended(End::NeverStarted);
            }
            world.go_well();
            world.pass(Duration::from_secs(1));
        }
        std::mem::take(&mut rounds)
    };
    play(&mut world, 1);
    world.deploy();
    play(&mut world, 3);
    assert_eq!(tasks(&world, |p| *p == Phase::Healthy), BTreeMap::from([('B', 2)]));
    world.deploy();
    let started = play(&mut world, 600);
    let shift = world.current.as_ref().and_then(|c| c.shift.clone()).expect("it shifts");
    assert_eq!(shift.stage, LifecycleStage::BakeTime);
    assert!(started < 30, "{started} tasks of A were started in ten minutes");
    play(&mut world, 3600);
    assert_eq!(world.current.as_ref().map(|c| c.status), Some(ServiceDeploymentStatus::Successful));
    assert_eq!(tasks(&world, |p| *p == Phase::Healthy), BTreeMap::from([('C', 2)]));
}

/// Blue can neither start nor stop anything, and green is complete: that is said once, and then nothing is left to do.
#[test]
fn a_side_that_is_stuck_says_so_once() {
    let mut world = World::new(1, 100, 150);
    world.settle();
    world.service.deployment_configuration.strategy = Some(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.bake_time_in_minutes = Some(5);
    world.deploy();
    world.members[0].draining = true;
    for _ in 0..10 {
        world.step();
        world.outside(&mut agrees);
        world.go_well();
    }
    assert_eq!(world.of(&world.primary()), 1);
    assert_eq!(world.said.iter().filter(|s| s.contains("was unable to stop or start")).count(), 1);
    let before = world.service.clone();
    world.step();
    assert_eq!(world.service, before, "nothing is written: or it would be looked at again at once");
}

/// Neither side has room for what it lacks: each has its turn in a step, and the record is what it was after every one of them.
#[test]
fn two_sides_without_room_write_nothing_while_they_wait() {
    let mut world = World::new(3, 100, 200);
    world.settle();
    world.service.deployment_configuration.strategy = Some(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.bake_time_in_minutes = Some(5);
    world.deploy();
    world.room = 0;
    world.members.pop();
    for _ in 0..10 {
        world.step();
        world.outside(&mut agrees);
    }
    assert_eq!(world.members.len(), 2);
    assert_eq!(world.service.schedule.unplaced, 4, "one of blue's, three of green's");
    let before = world.writes;
    world.step();
    assert_eq!(world.writes, before);
}
