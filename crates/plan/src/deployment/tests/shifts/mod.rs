//! How deployments that shift traffic go, told as what happens one after the other. Revisions are A, B, C in the order in which they were deployed.

mod hooks;
mod strategies;
mod ways_back;

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
