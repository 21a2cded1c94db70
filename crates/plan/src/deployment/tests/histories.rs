//! Random histories: whatever happens, the bounds hold, and when nothing happens any more everything becomes as it is wanted.

use super::world::World;
use crate::deployment::{Bounds, End, Phase, plan};
use model::ecs::service::{AvailabilityZoneRebalancing, RolloutState, ServiceStatus};
use proptest::prelude::*;
use std::time::Duration;

#[derive(Clone, Debug)]
pub(super) enum Happens {
    Look,
    /// The n-th task goes a step on.
    Advance(usize),
    Fail(usize),
    End(usize),
    Sicken(usize),
    Drain(usize),
    Lose(usize),
    Protect(usize),
    Scale(u32),
    Deploy,
    Time(u64),
    Room(usize),
    /// The n-th zone takes no more tasks for the balance, or does so again.
    Zone(usize),
}

pub(super) fn happens() -> impl Strategy<Value = Happens> {
    use Happens::*;
    let task = 0..12usize;
    prop_oneof![
        6 => Just(Look),
        6 => task.clone().prop_map(Advance),
        2 => task.clone().prop_map(Fail),
        1 => task.clone().prop_map(End),
        1 => task.clone().prop_map(Sicken),
        1 => task.clone().prop_map(Drain),
        1 => task.clone().prop_map(Lose),
        1 => task.prop_map(Protect),
        1 => (0..8u32).prop_map(Scale),
        1 => Just(Deploy),
        2 => (0..60u64).prop_map(Time),
        1 => (0..12usize).prop_map(Room),
        1 => (0..3usize).prop_map(Zone),
    ]
}

pub(super) fn apply(world: &mut World, event: &Happens) {
    let of = |at: &usize, world: &World| (!world.members.is_empty()).then(|| at % world.members.len());
    match event {
        Happens::Look => look(world),
        Happens::Advance(at) => {
            if let Some(at) = of(at, world) {
                let now = world.now;
                let member = &mut world.members[at];
                member.phase = match member.phase {
                    Phase::Starting => Phase::Settling,
                    Phase::Settling => {
                        member.started_at.get_or_insert(now);
                        Phase::Healthy
                    }
                    Phase::Stopping if !member.lost => Phase::Ended(End::Wanted),
                    other => other,
                };
            }
        }
        Happens::Fail(at) => {
            if let Some(at) = of(at, world)
                && world.members[at].phase == Phase::Starting
            {
                world.members[at].phase = Phase::Ended(End::NeverStarted);
            }
        }
        Happens::End(at) => {
            if let Some(at) = of(at, world)
                && world.members[at].phase == Phase::Healthy
            {
                world.members[at].phase = Phase::Ended(End::Lasting);
            }
        }
        Happens::Sicken(at) => {
            if let Some(at) = of(at, world)
                && world.members[at].phase == Phase::Healthy
            {
                world.members[at].phase = Phase::Unhealthy;
            }
        }
        Happens::Drain(at) => {
            if let Some(at) = of(at, world) {
                world.members[at].draining = true;
            }
        }
        Happens::Lose(at) => {
            if let Some(at) = of(at, world) {
                world.members[at].lost = true;
            }
        }
        Happens::Protect(at) => {
            if let Some(at) = of(at, world) {
                world.members[at].protected ^= true;
            }
        }
        Happens::Scale(count) => world.service.desired_count = *count,
        Happens::Deploy => world.deploy(),
        Happens::Time(seconds) => world.pass(Duration::from_secs(*seconds)),
        Happens::Room(room) => world.room = *room,
        Happens::Zone(at) => {
            let Some(zone) = world.zones.get(*at).cloned() else { return };
            match world.full_zones.iter().position(|z| *z == zone) {
                Some(at) => drop(world.full_zones.remove(at)),
                None => world.full_zones.push(zone),
            }
        }
    }
}

/// One look, and what has to hold of it.
fn look(world: &mut World) {
    let before = (world.present(), world.healthy(), world.members.clone());
    let bounds = Bounds::of(&world.service.deployment_configuration, world.service.desired_count);
    let (minimum, maximum) = (bounds.minimum as usize, bounds.maximum as usize);
    let planned = world.step();
    let (present, healthy) = (world.present(), world.healthy());
    assert!(present <= maximum.max(before.0), "{present} present, {maximum} allowed");
    // Lost tasks count as unhealthy before and after.
    let fewer = healthy < before.1;
    assert!(!fewer || healthy >= minimum, "{healthy} healthy, {minimum} demanded, {planned:?}");
    for stop in &planned.stop {
        let member = before.2.iter().find(|m| m.task == stop.task).expect("a known task");
        let forced = member.lost || member.phase == Phase::Unhealthy;
        assert!(!member.protected || forced, "a protected task was stopped: {member:?}");
        assert!(member.is_live(), "{member:?} was stopped twice");
    }
    assert!(world.service.deployments.iter().filter(|d| d.status.as_str() == "PRIMARY").count() <= 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_bounds_hold_and_it_converges(
        desired in 0..8u32,
        (minimum, maximum) in prop_oneof![
            Just((100u32, 200u32)), Just((50, 200)), Just((50, 100)), Just((0, 100)), Just((0, 200)), Just((34, 134)), Just((99, 150)),
        ],
        breaker in prop::option::of(any::<bool>()),
        (zones, balances) in (1..4usize, any::<bool>()),
        events in prop::collection::vec(happens(), 0..60),
    ) {
        let mut world = World::new(desired, minimum, maximum);
        if let Some(rollback) = breaker {
            world = world.breaker(rollback);
        }
        world.zones = ["a", "b", "c"][..zones].iter().map(|z| (*z).to_owned()).collect();
        // "maximumPercent of 100": the API refuses balancing.
        let balances = balances && maximum > 100;
        if balances {
            world.service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Enabled;
        }
        for event in &events {
            apply(&mut world, event);
        }
        // Nothing goes wrong any more: every protection ends, there is room, and pauses pass.
        world.room = usize::MAX;
        world.full_zones.clear();
        for member in &mut world.members {
            member.protected = false;
        }
        for _ in 0..200 {
            look(&mut world);
            world.go_well();
            world.pass(Duration::from_secs(30 * 60));
        }
        let desired = world.service.desired_count as usize;
        let bounds = Bounds::of(&world.service.deployment_configuration, world.service.desired_count);
        let stuck = bounds.minimum == bounds.maximum;
        let failed = world.service.deployments[0].rollout_state == RolloutState::Failed;
        if !stuck && !failed {
            prop_assert_eq!(world.of(&world.primary()), desired);
            prop_assert_eq!(world.present(), desired);
            prop_assert_eq!(world.service.deployments[0].rollout_state, RolloutState::Completed);
            // Where one more may be there for a while, its zones have as many each, but for one.
            if balances && bounds.maximum > bounds.minimum.max(world.service.desired_count) {
                let counts = world.zones.iter().map(|zone| {
                    world.members.iter().filter(|m| m.zone.as_deref() == Some(zone.as_str()) && m.is_healthy()).count()
                });
                let (most, fewest) = (counts.clone().max(), counts.min());
                prop_assert!(most <= fewest.map(|n| n + 1), "{most:?} and {fewest:?}: {:?}", world.members);
            }
            let view = world.view();
            prop_assert!(plan(&view).is_idle(&view), "{:?}", plan(&view));
        }
        // A service that is deleted ends, whatever it was doing.
        crate::deployment::drain(&mut world.service, world.current.as_ref(), world.now);
        for _ in 0..20 {
            world.step();
            world.members.iter_mut().for_each(|m| m.lost = false);
            world.go_well();
        }
        prop_assert_eq!(world.service.status, ServiceStatus::Inactive);
        prop_assert!(world.members.is_empty());
    }
}
