//! How deployments that shift traffic go, told as what happens one after the other. Revisions are A, B, C in the order in which they were deployed.

use super::world::World;
use crate::deployment::shift::{Answer, Effect, effects};
use crate::deployment::{End, Phase};
use expect_test::{Expect, expect};
use model::ecs::lifecycle::*;
use model::ecs::service::{DeploymentStrategy, StopType};
use model::ecs::service_deployment::ServiceDeploymentStatus;
use std::collections::BTreeMap;
use std::time::Duration;

/// A service of two tasks that runs A, and deploys by a strategy from now on.
pub(super) fn running(strategy: DeploymentStrategy) -> World {
    let mut world = World::new(2, 100, 200);
    world.settle();
    world.said.clear();
    let configuration = &mut world.service.deployment_configuration;
    configuration.strategy = Some(strategy);
    configuration.bake_time_in_minutes = Some(5);
    world
}

pub(super) fn hook(target_type: HookTargetType, stages: &[LifecycleStage]) -> LifecycleHook {
    LifecycleHook {
        target_type,
        target: (target_type == HookTargetType::AwsLambda).then(|| "http://127.0.0.1/hook".to_owned()),
        role: None,
        stages: stages.to_vec(),
        details: None,
        timeout_minutes: None,
        timeout_action: None,
    }
}

const CALLED: HookTargetType = HookTargetType::AwsLambda;
const PAUSE: HookTargetType = HookTargetType::Pause;

fn agrees(_: &str) -> Answer {
    Answer::Succeeded
}

/// Who is there, such as `A×2 B×1`.
fn tasks(world: &World, wanted: impl Fn(&Phase) -> bool) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for member in world.members.iter().filter(|m| wanted(&m.phase)) {
        *counts.entry(world.letter_of(&member.deployment)).or_default() += 1;
    }
    counts
}

/// Everything goes well until nothing more happens but by somebody's word, time included. What happened, line by line.
fn tell(world: &mut World, answer: &mut dyn FnMut(&str) -> Answer) -> String {
    let mut lines = Vec::new();
    let mut at = world.current.clone().and_then(|c| c.shift).map(|s| (s.course, s.stage, s.step));
    for _ in 0..500 {
        let before = (world.members.clone(), world.service.clone(), world.current.clone());
        let said = world.said.len();
        let known: Vec<_> = world.members.iter().map(|m| m.task.clone()).collect();
        let stopping = tasks(world, |p| *p == Phase::Stopping);
        let plan = world.step();
        let now = world.current.as_ref().and_then(|c| c.shift.as_ref()).map(|s| (s.course, s.stage, s.step));
        if let Some((course, stage, step)) = now.filter(|now| Some(*now) != at) {
            let of_step = stage.to_string().contains("PRODUCTION_TRAFFIC_SHIFT") && step > 0;
            let step = if of_step { format!(" {}", step + 1) } else { String::new() };
            lines.push(match course {
                Course::Forward => format!("{stage}{step}"),
                Course::Back => format!("back: {stage}"),
                Course::Held | Course::Over => course.to_string(),
            });
        }
        at = now;
        let mut started: BTreeMap<char, usize> = BTreeMap::new();
        for member in world.members.iter().filter(|m| !known.contains(&m.task)) {
            *started.entry(world.letter_of(&member.deployment)).or_default() += 1;
        }
        lines.extend(started.iter().map(|(letter, n)| format!("  start {n} of {letter}")));
        for (letter, n) in tasks(world, |p| *p == Phase::Stopping) {
            let n = n - stopping.get(&letter).copied().unwrap_or(0);
            lines.extend((n > 0).then(|| format!("  stop {n} of {letter}")));
        }
        let mut tell: Vec<String> = world.said[said..].to_vec();
        tell.retain(|s| !s.contains(" has started ") && !s.contains(" has stopped "));
        for revision in &world.revisions {
            let id = model::ecs::service_revision::deployment_id(revision);
            tell.iter_mut().for_each(|s| *s = s.replace(&id, &world.letter(revision).to_string()));
        }
        lines.extend(tell.into_iter().map(|s| format!("  \"{}\"", s.trim_start_matches("(service web) "))));
        let did = world.outside(answer);
        lines.extend(did.iter().map(|s| format!("  {s}")));
        world.go_well();
        if before == (world.members.clone(), world.service.clone(), world.current.clone()) {
            let over = world.current.as_ref().is_none_or(|c| c.status.is_over());
            // A day's limit is not waited for.
            let soon = |at: &model::Timestamp| at.since(world.now) < Duration::from_secs(20 * 3600);
            let calls = world.current.iter().flat_map(effects).filter_map(|effect| match effect {
                Effect::Call { at, .. } => Some(at),
                Effect::Route { .. } => None,
            });
            let due = calls.chain(plan.next_wakeup).filter(|at| !over && soon(at) && *at > world.now).min();
            match due {
                Some(at) => {
                    lines.push(format!("  … {} s", at.since(world.now).as_secs()));
                    world.now = at;
                }
                None => break,
            }
        }
    }
    let status = world.current.as_ref().map(|c| c.status.to_string()).unwrap_or_default();
    let there: Vec<String> =
        tasks(world, |p| *p == Phase::Healthy).iter().map(|(l, n)| format!("{n} of {l}")).collect();
    lines.push(format!("{status}, {}", there.join(", ")));
    lines.join("\n")
}

fn check(told: &str, expected: Expect) {
    expected.assert_eq(told);
}

#[test]
fn blue_green() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 100.0, A 0.0
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
fn the_first_deployment_has_nothing_to_shift_from() {
    let mut world = World::new(0, 100, 200);
    world.service.deployments.clear();
    world.service.desired_count = 2;
    world.revisions.clear();
    world.service.deployment_configuration.strategy = Some(DeploymentStrategy::Linear);
    world.service.deployment_configuration.bake_time_in_minutes = Some(5);
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of A
        TEST_TRAFFIC_SHIFT
          test traffic: A 100.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: A 100.0
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of A"#]],
    );
}

#[test]
fn linear() {
    let mut world = running(DeploymentStrategy::Linear);
    world.service.deployment_configuration.linear =
        Some(Linear { step: Share::from_tenths(400).expect("a share"), step_bake_minutes: 6 });
    let stages = [LifecycleStage::PreProductionTrafficShift, LifecycleStage::ProductionTrafficShift];
    world.service.deployment_configuration.lifecycle_hooks = vec![hook(CALLED, &stages)];
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRE_PRODUCTION_TRAFFIC_SHIFT
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 40.0, A 60.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
          … 360 s
        PRE_PRODUCTION_TRAFFIC_SHIFT 2
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/1/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT 2
          production traffic: B 80.0, A 20.0
          hook PRODUCTION_TRAFFIC_SHIFT/1/on/0: Succeeded
          … 360 s
        PRE_PRODUCTION_TRAFFIC_SHIFT 3
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/2/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT 3
          production traffic: B 100.0, A 0.0
          hook PRODUCTION_TRAFFIC_SHIFT/2/on/0: Succeeded
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
fn canary() {
    let mut world = running(DeploymentStrategy::Canary);
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 5.0, A 95.0
          … 600 s
        PRODUCTION_TRAFFIC_SHIFT 2
          production traffic: B 100.0, A 0.0
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
          stop 2 of B
        SCALE_UP
          start 2 of A
          start 4 of C
        TEST_TRAFFIC_SHIFT
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
