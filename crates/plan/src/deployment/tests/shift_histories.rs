//! Random histories of deployments that shift traffic: whatever happens, each side keeps its bounds, blue keeps serving, green gets traffic only while it can
//! take it, the way back is never left, and when nothing goes wrong any more the deployment ends.

use super::histories::{Happens, apply, happens};
use super::shifts::hook;
use super::world::World;
use crate::deployment::shift::{self, Answer};
use crate::deployment::{Bounds, Member, Phase};
use model::ecs::lifecycle::*;
use model::ecs::service::{DeploymentStrategy, RolloutState, ServiceStatus, StopType};
use model::ecs::service_deployment::ServiceDeploymentStatus;
use model::ecs::service_revision::deployment_id;
use model::ids::TaskArn;
use proptest::prelude::*;
use std::time::Duration;

#[derive(Clone, Debug)]
enum Event {
    Of(Happens),
    /// Traffic is routed, and hooks answer: one in so many well.
    Outside(u8),
    /// Somebody answers the first pause.
    Resolve(HookAction),
    Stop(StopType),
    Alarm(bool),
    Strategy(DeploymentStrategy),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        12 => happens().prop_map(Event::Of),
        6 => (0..12u8).prop_map(Event::Outside),
        1 => prop_oneof![3 => Just(HookAction::Continue), 1 => Just(HookAction::Rollback)].prop_map(Event::Resolve),
        1 => prop_oneof![2 => Just(StopType::Rollback), 1 => Just(StopType::Abort)].prop_map(Event::Stop),
        1 => any::<bool>().prop_map(Event::Alarm),
        1 => prop::sample::select(DeploymentStrategy::ALL).prop_map(Event::Strategy),
    ]
}

fn happen(world: &mut World, event: &Event) {
    match event {
        Event::Of(Happens::Look) => look(world),
        Event::Of(other) => apply(world, other),
        Event::Outside(mood) => {
            world.outside(&mut |_| match mood {
                0 => Answer::Failed,
                1 => Answer::Unreached,
                2 | 3 => Answer::InProgress { delay: None, details: None },
                _ => Answer::Succeeded,
            });
        }
        Event::Resolve(action) => resolve(world, *action),
        Event::Stop(how) => {
            // As the operation checks it.
            let may = world.current.as_ref().filter(|c| c.status.may_stop(*how)).is_some_and(|c| {
                let last = world.service.schedule.last_completed.as_ref();
                *how == StopType::Abort || last.is_some_and(|r| *r != c.target)
            });
            if may {
                world.service.schedule.stop_requested = Some(*how);
            }
        }
        Event::Alarm(on) => world.alarms = on.then(|| "slow".to_owned()).into_iter().collect(),
        Event::Strategy(strategy) => world.service.deployment_configuration.strategy = Some(*strategy),
    }
}

fn resolve(world: &mut World, action: HookAction) {
    let Some(current) = world.current.as_mut() else { return };
    let waits = |run: &&HookRun| run.status == HookStatus::AwaitingAction;
    let run = current.shift.iter().flat_map(|s| &s.hooks).find(waits).map(|run| run.key);
    if let Some(key) = run {
        assert!(shift::resolve(current, key, action));
    }
}

/// Both sides of a deployment: how many are there, how many are healthy.
struct Side {
    present: usize,
    healthy: usize,
}

fn side(members: &[Member], of: impl Fn(&Member) -> bool) -> Side {
    let count = |is: &dyn Fn(&Member) -> bool| members.iter().filter(|m| of(m) && is(m)).count();
    Side { present: count(&Member::is_present), healthy: count(&Member::is_healthy) }
}

/// One look, and what has to hold of it.
fn look(world: &mut World) {
    let (members, current) = (world.members.clone(), world.current.clone());
    let bounds = Bounds::of(&world.service.deployment_configuration, world.service.desired_count);
    let (minimum, maximum) = (bounds.minimum as usize, bounds.maximum as usize);
    let planned = world.step();
    let split = planned.is_split();
    let green = world.current.as_ref().map(|c| deployment_id(&c.target)).unwrap_or_default();
    let sides: [&dyn Fn(&Member) -> bool; 2] = [&|m| *m.deployment == *green, &|m| *m.deployment != *green];
    if split {
        for of in sides {
            let (before, after) = (side(&members, of), side(&world.members, of));
            assert!(
                after.present <= maximum.max(before.present),
                "{} present, {maximum} allowed",
                after.present
            );
            let fewer = after.healthy < before.healthy;
            assert!(
                !fewer || after.healthy >= minimum,
                "{} healthy, {minimum} demanded: {planned:?}",
                after.healthy
            );
        }
    }
    for stop in &planned.stop {
        let member = members.iter().find(|m| m.task == stop.task).expect("a known task");
        let forced = member.lost || member.phase == Phase::Unhealthy;
        assert!(!member.protected || forced, "a protected task was stopped: {member:?}");
    }
    if let Some(shift) = world.current.as_ref().and_then(|c| c.shift.as_ref()).filter(|_| split)
        && shift.stage == LifecycleStage::ReconcileService
        && !(shift.test.routed && shift.production.routed)
    {
        let blue = shift.blue.as_ref().map(deployment_id);
        let of = |task: &TaskArn| members.iter().find(|m| m.task == *task).map(|m| m.deployment.to_string());
        let known = |d: &Option<String>| *d == blue || d.as_ref() == Some(&green);
        assert!(
            planned.stop.iter().all(|s| known(&of(&s.task))),
            "what may have traffic was stopped: {planned:?}"
        );
    }
    let was = current.as_ref().and_then(|c| c.shift.as_ref());
    let is = world.current.as_ref().and_then(|c| c.shift.as_ref());
    let same = current.as_ref().map(|c| &c.arn) == world.current.as_ref().map(|c| &c.arn);
    if let (Some(was), Some(is), true) = (was, is, same) {
        let grows = is.test.share > was.test.share || is.production.share > was.production.share;
        let healthy = side(&members, |m| m.is_good(&green)).healthy;
        assert!(!grows || healthy >= minimum, "{healthy} healthy of green, {minimum} demanded");
        assert!(!grows || is.course == Course::Forward, "green gets traffic on the way back");
        let may_become = match (was.course, is.course) {
            (Course::Forward, _) => true,
            (Course::Back, next) => next != Course::Forward,
            (Course::Held | Course::Over, next) => next == was.course,
        };
        assert!(may_become, "{} to {}", was.course, is.course);
        let on = was.course == Course::Forward && is.course == Course::Forward;
        let shifting = [LifecycleStage::PreProductionTrafficShift, LifecycleStage::ProductionTrafficShift];
        assert!(
            !on || is.stage >= was.stage || shifting.contains(&is.stage),
            "{} to {}",
            was.stage,
            is.stage
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn each_side_keeps_its_bounds_and_the_deployment_ends(
        desired in 0..6u32,
        (minimum, maximum) in prop_oneof![
            Just((100u32, 200u32)), Just((50, 200)), Just((50, 100)), Just((0, 100)), Just((0, 200)), Just((34, 134)),
        ],
        strategy in prop::sample::select(DeploymentStrategy::ALL),
        step in prop::sample::select(vec![30u16, 100, 400, 1000]),
        bake in 0..20u32,
        breaker in prop::option::of(any::<bool>()),
        hooks in prop::collection::vec((any::<bool>(), prop::sample::subsequence(LifecycleStage::ALL, 0..5)), 0..3),
        events in prop::collection::vec(event(), 0..80),
    ) {
        let mut world = World::new(desired, minimum, maximum);
        if let Some(rollback) = breaker {
            world = world.breaker(rollback);
        }
        world.settle();
        let configuration = &mut world.service.deployment_configuration;
        configuration.strategy = Some(strategy);
        configuration.bake_time_in_minutes = Some(bake);
        configuration.linear = Some(Linear { step: Share::from_tenths(step).expect("a share"), step_bake_minutes: bake });
        configuration.alarms = Some(model::ecs::service::DeploymentAlarms {
            alarm_names: vec!["slow".to_owned()],
            rollback: true,
            enable: true,
        });
        configuration.lifecycle_hooks = hooks
            .into_iter()
            .map(|(pauses, stages)| {
                let takes = |s: &LifecycleStage| s.takes_hooks() && !(pauses && s.comes_back());
                let stages: Vec<LifecycleStage> = stages.into_iter().filter(takes).collect();
                hook(if pauses { HookTargetType::Pause } else { HookTargetType::AwsLambda }, &stages)
            })
            .collect();
        world.deploy();
        for event in &events {
            happen(&mut world, event);
        }
        // Nothing goes wrong any more, and nobody stops it.
        world.room = usize::MAX;
        world.alarms.clear();
        for member in &mut world.members {
            member.protected = false;
        }
        for _ in 0..500 {
            look(&mut world);
            world.outside(&mut |_| Answer::Succeeded);
            resolve(&mut world, HookAction::Continue);
            world.go_well();
            world.pass(Duration::from_secs(15 * 60));
        }
        let desired = world.service.desired_count as usize;
        let bounds = Bounds::of(&world.service.deployment_configuration, world.service.desired_count);
        let stuck = bounds.minimum == bounds.maximum;
        let current = world.current.clone().expect("there was one");
        let failed = world.service.deployments[0].rollout_state == RolloutState::Failed;
        if !stuck {
            prop_assert!(current.status.is_over(), "{:?}", current);
            match current.status {
                ServiceDeploymentStatus::Stopped => prop_assert!(failed),
                ServiceDeploymentStatus::Successful => {
                    prop_assert_eq!(world.of(&deployment_id(&current.target)), desired);
                    prop_assert_eq!(world.present(), desired);
                }
                // Back with blue, and nothing is left of green.
                _ => {
                    let blue = current.rollback.clone().expect("where it went back to").revision;
                    prop_assert_eq!(world.of(&deployment_id(&blue)), desired);
                    prop_assert_eq!(world.present(), desired);
                    let shares = current.shift.map(|s| (s.test.share, s.production.share));
                    prop_assert!(shares.is_none_or(|s| s == (Share::NONE, Share::NONE)), "{shares:?}");
                }
            }
            let view = world.view();
            let plan = crate::deployment::plan(&view);
            prop_assert!(plan.is_idle(&view), "{plan:?}");
        }
        // A service that is deleted ends, whatever it was doing.
        let ended = crate::deployment::drain(&mut world.service, world.current.as_ref(), world.now);
        world.current = ended.or(world.current);
        for _ in 0..20 {
            world.step();
            world.members.iter_mut().for_each(|m| m.lost = false);
            world.go_well();
        }
        prop_assert_eq!(world.service.status, ServiceStatus::Inactive);
        prop_assert!(world.members.is_empty());
    }
}
