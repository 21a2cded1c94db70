//! Hooks and pauses: how they answer, and what follows.

use super::*;

#[test]
fn hooks_of_every_stage_and_one_that_takes_its_time() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    let stages: Vec<LifecycleStage> =
        LifecycleStage::ALL.iter().copied().filter(|s| s.takes_hooks()).collect();
    world.service.deployment_configuration.lifecycle_hooks = vec![hook(CALLED, &stages)];
    world.deploy();
    let mut waits = 0;
    let told = tell(&mut world, &mut |key| {
        waits += usize::from(key.starts_with("TEST_TRAFFIC_SHIFT"));
        match waits {
            1 => Answer::InProgress { delay: None, details: None },
            2 => Answer::InProgress { delay: Some(Duration::from_secs(60)), details: None },
            _ => Answer::Succeeded,
        }
    });
    check(
        &told,
        expect![[r#"
          hook PRE_SCALE_UP/0/on/0: Succeeded
        SCALE_UP
          start 2 of B
        POST_SCALE_UP
          hook POST_SCALE_UP/0/on/0: Succeeded
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
          hook TEST_TRAFFIC_SHIFT/0/on/0: InProgress { delay: None, details: None }
          … 30 s
          hook TEST_TRAFFIC_SHIFT/0/on/0: InProgress { delay: Some(60s), details: None }
          … 60 s
          hook TEST_TRAFFIC_SHIFT/0/on/0: Succeeded
        POST_TEST_TRAFFIC_SHIFT
          hook POST_TEST_TRAFFIC_SHIFT/0/on/0: Succeeded
        PRE_PRODUCTION_TRAFFIC_SHIFT
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 100.0, A 0.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
        POST_PRODUCTION_TRAFFIC_SHIFT
          hook POST_PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
        BAKE_TIME
          … 300 s
        CLEAN_UP
          stop 2 of A
        OVER
          "(deployment B) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of B"#]],
    );
}

#[test]
fn a_hook_that_fails_before_green_has_tasks() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(CALLED, &[LifecycleStage::PreScaleUp])];
    world.deploy();
    check(
        &tell(&mut world, &mut |_| Answer::Failed),
        expect![[r#"
          hook PRE_SCALE_UP/0/on/0: Failed
        OVER
          "(deployment B) deployment failed: hook execution failure(s) detected."
          "rolling back to deployment A."
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_SUCCESSFUL, 2 of A"#]],
    );
}

#[test]
fn a_hook_that_fails_with_all_traffic_on_green_and_hooks_of_the_way_back() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    let (test, production) = (LifecycleStage::TestTrafficShift, LifecycleStage::ProductionTrafficShift);
    let last = LifecycleStage::PostProductionTrafficShift;
    world.service.deployment_configuration.lifecycle_hooks = vec![hook(CALLED, &[test, production, last])];
    world.deploy();
    let told = tell(&mut world, &mut |key| match key.starts_with("POST_PRODUCTION") {
        true => Answer::Failed,
        false => Answer::Succeeded,
    });
    check(
        &told,
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
          hook TEST_TRAFFIC_SHIFT/0/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 100.0, A 0.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
        POST_PRODUCTION_TRAFFIC_SHIFT
          hook POST_PRODUCTION_TRAFFIC_SHIFT/0/on/0: Failed
        back: PRODUCTION_TRAFFIC_SHIFT
          "(deployment B) deployment failed: hook execution failure(s) detected."
          "rolling back to deployment A."
          production traffic: B 0.0, A 100.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/back/0: Succeeded
        back: TEST_TRAFFIC_SHIFT
          test traffic: B 0.0, A 100.0
          hook TEST_TRAFFIC_SHIFT/0/back/0: Succeeded
        back: CLEAN_UP
          stop 2 of B
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_SUCCESSFUL, 2 of A"#]],
    );
}

#[test]
fn a_hook_that_fails_on_the_way_back_keeps_nothing_from_going_back() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    let production = LifecycleStage::ProductionTrafficShift;
    world.service.deployment_configuration.lifecycle_hooks = vec![hook(CALLED, &[production])];
    world.deploy();
    check(
        &tell(&mut world, &mut |_| Answer::Failed),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 100.0, A 0.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/on/0: Failed
        back: PRODUCTION_TRAFFIC_SHIFT
          "(deployment B) deployment failed: hook execution failure(s) detected."
          "rolling back to deployment A."
          production traffic: B 0.0, A 100.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/back/0: Failed
        back: TEST_TRAFFIC_SHIFT
          test traffic: B 0.0, A 100.0
        back: CLEAN_UP
          stop 2 of B
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_FAILED, 2 of A"#]],
    );
}

#[test]
fn a_hook_that_nobody_answers_for_is_tried_three_times() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(CALLED, &[LifecycleStage::PreScaleUp])];
    world.deploy();
    check(
        &tell(&mut world, &mut |_| Answer::Unreached),
        expect![[r#"
          hook PRE_SCALE_UP/0/on/0: Unreached
          … 5 s
          hook PRE_SCALE_UP/0/on/0: Unreached
          … 5 s
          hook PRE_SCALE_UP/0/on/0: Unreached
        OVER
          "(deployment B) deployment failed: hook execution failure(s) detected."
          "rolling back to deployment A."
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_SUCCESSFUL, 2 of A"#]],
    );
}

#[test]
fn a_pause_waits_for_a_word() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    let stage = LifecycleStage::PostTestTrafficShift;
    world.service.deployment_configuration.lifecycle_hooks =
        vec![hook(PAUSE, &[stage]), hook(PAUSE, &[stage])];
    world.deploy();
    let told = tell(&mut world, &mut agrees);
    assert!(told.ends_with("POST_TEST_TRAFFIC_SHIFT\nIN_PROGRESS, 2 of A, 2 of B"), "{told}");
    let key = |hook| HookKey { hook, stage, step: 0, back: false };
    let current = world.current.as_mut().expect("it is under way");
    assert!(crate::deployment::shift::resolve(current, key(0), HookAction::Continue));
    assert!(!crate::deployment::shift::resolve(current, key(0), HookAction::Continue), "once");
    assert_eq!(tell(&mut world, &mut agrees), "IN_PROGRESS, 2 of A, 2 of B", "the other one still waits");
    let current = world.current.as_mut().expect("it is under way");
    assert!(crate::deployment::shift::resolve(current, key(1), HookAction::Continue));
    assert!(tell(&mut world, &mut agrees).ends_with("SUCCESSFUL, 2 of B"));
}

#[test]
fn a_pause_ends_by_a_word_to_roll_back_or_when_its_time_is_up() {
    let pausing = |action| {
        let mut world = running(DeploymentStrategy::BlueGreen);
        let pause = LifecycleHook {
            timeout_minutes: Some(20_160),
            timeout_action: action,
            ..hook(PAUSE, &[LifecycleStage::PostScaleUp])
        };
        world.service.deployment_configuration.lifecycle_hooks = vec![pause];
        world.deploy();
        tell(&mut world, &mut agrees);
        world
    };
    let mut world = pausing(None);
    let stage = LifecycleStage::PostScaleUp;
    let key = HookKey { hook: 0, stage, step: 0, back: false };
    let current = world.current.as_mut().expect("it is under way");
    assert!(crate::deployment::shift::resolve(current, key, HookAction::Rollback));
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        back: CLEAN_UP
          stop 2 of B
          "(deployment B) deployment failed: hook execution failure(s) detected."
          "rolling back to deployment A."
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        ROLLBACK_SUCCESSFUL, 2 of A"#]],
    );
    // Two weeks are more than the day that a stage has otherwise.
    let days = |n: u64| Duration::from_secs(n * 24 * 3600);
    for (action, ends) in [
        (None, ServiceDeploymentStatus::RollbackSuccessful),
        (Some(HookAction::Rollback), ServiceDeploymentStatus::RollbackSuccessful),
        (Some(HookAction::Continue), ServiceDeploymentStatus::Successful),
    ] {
        let mut world = pausing(action);
        world.pass(days(13));
        assert_eq!(tell(&mut world, &mut agrees), "IN_PROGRESS, 2 of A, 2 of B");
        world.pass(days(1));
        tell(&mut world, &mut agrees);
        assert_eq!(world.current.as_ref().map(|c| c.status), Some(ends), "{action:?}");
    }
}
