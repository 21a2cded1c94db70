//! What a service says of what it does, in AWS's words.

use super::scripts::steady;
use super::world::World;
use crate::deployment::{Ailing, End, Event, Phase, Why};
use model::ecs::service::AvailabilityZoneRebalancing;
use std::sync::Arc;
use std::time::Duration;

/// What was said from now on.
fn from_now(world: &mut World) -> &mut World {
    world.said.clear();
    world
}

fn count(world: &World, part: &str) -> usize {
    world.said.iter().filter(|s| s.contains(part)).count()
}

fn balanced(desired: u32) -> World {
    let mut world = steady(desired, 100, 200);
    world.service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Enabled;
    world.zones = vec!["a".to_owned(), "b".to_owned()];
    world
}

#[test]
fn who_is_started_for_an_unhealthy_one_is_said_so() {
    let replaced = "). Amazon ECS replaced 1 tasks due to an unhealthy status.";
    let mut world = steady(2, 100, 200);
    assert_eq!(count(&world, "unhealthy status"), 0);
    world.members[0].phase = Phase::Unhealthy;
    from_now(&mut world).step();
    assert!(world.said[0].starts_with("(service web) has started 1 tasks: (task "), "{:?}", world.said);
    assert!(world.said[0].ends_with(replaced), "{:?}", world.said);
    // Where the old one had to go first, the new one says it all the same.
    let mut world = steady(2, 50, 100);
    world.members[0].phase = Phase::Unhealthy;
    assert_eq!(world.step().start, None);
    let unhealthy = world.members.iter_mut().find(|m| m.phase == Phase::Stopping).expect("it is stopped");
    unhealthy.phase = Phase::Ended(End::Unhealthy);
    from_now(&mut world).step();
    assert!(world.said[0].ends_with(replaced), "{:?}", world.said);
    // One that ended by itself was not unhealthy; nor are those of another revision.
    world.settle();
    world.members[0].phase = Phase::Ended(End::Lasting);
    from_now(&mut world).step();
    assert_eq!((world.said.len(), count(&world, "unhealthy status")), (1, 0));
    world.settle();
    world.members[0].phase = Phase::Unhealthy;
    world.deploy();
    from_now(&mut world).settle();
    assert_eq!(count(&world, "unhealthy status"), 0);
}

#[test]
fn who_is_ill_for_a_load_balancer_is_said_with_its_target() {
    let mut world = steady(2, 50, 100);
    let ailing = Ailing {
        group: "arn:group".to_owned(),
        instance: None,
        port: 80,
        reason: "Health checks failed with these codes: [502]".to_owned(),
    };
    world.members[0].phase = Phase::Unhealthy;
    world.members[0].ailing = Some(Arc::new(ailing));
    from_now(&mut world).step();
    let text = "(service web) (port 80) is unhealthy in (target-group arn:group) due to (reason Health checks failed with these codes: [502])";
    assert_eq!((world.said[0].as_str(), count(&world, "container health checks")), (text, 0));
    // One that goes for another reason is not said to be ill.
    let mut world = steady(2, 100, 200);
    world.members.iter_mut().for_each(|m| {
        m.ailing =
            Some(Arc::new(Ailing { group: "g".to_owned(), instance: None, port: 1, reason: String::new() }))
    });
    world.service.desired_count = 1;
    from_now(&mut world).step();
    assert_eq!(count(&world, "unhealthy"), 0);
}

#[test]
fn what_has_not_run_yet_is_stopped_as_pending() {
    let mut world = steady(2, 100, 200);
    world.service.desired_count = 4;
    world.step();
    world.service.desired_count = 1;
    from_now(&mut world).step();
    assert_eq!(world.said[0].split(": ").next(), Some("(service web) has stopped 1 running tasks"));
    assert_eq!(world.said[1], "(service web) stopped 2 pending tasks.");
}

#[test]
fn a_task_that_goes_for_the_balance_is_stopped_in_its_zone() {
    let mut world = balanced(2);
    world.step();
    world.go_well();
    let plan = from_now(&mut world).step();
    assert_eq!(plan.stop.iter().map(|s| s.why).collect::<Vec<_>>(), [Why::Balancing]);
    let id = plan.stop[0].task.id();
    assert_eq!(
        world.said,
        [format!("(service web) has stopped 1 running tasks in a due to AZ rebalancing: (task {id}).")]
    );
    from_now(&mut world).settle();
    assert_eq!(
        world.said,
        [
            "(service web) is AZ balanced with 1 tasks in a, 1 tasks in b.",
            "(service web) has reached a steady state."
        ]
    );
}

#[test]
fn balancing_that_is_given_up_says_so() {
    let mut world = balanced(4);
    world.step();
    world.service.availability_zone_rebalancing = AvailabilityZoneRebalancing::Disabled;
    from_now(&mut world).step();
    assert_eq!(world.said, ["(service web) stopped AZ Rebalancing."]);
    from_now(&mut world).settle();
    assert_eq!((count(&world, "AZ"), world.present()), (0, 4));
}

#[test]
fn protected_tasks_that_are_in_the_way_are_said_once() {
    let mut world = steady(4, 100, 200);
    let id = world.primary();
    world.members.iter_mut().take(3).for_each(|m| m.protected = true);
    from_now(&mut world).step();
    assert!(world.said.is_empty(), "nothing is wanted of them: {:?}", world.said);
    world.service.desired_count = 2;
    world.settle();
    let said = |tasks: u32| {
        format!(
            "(service web) was unable to reach steady state because (taskSet {id}) was unable to scale in due to (reason {tasks} tasks under protection)"
        )
    };
    assert_eq!(world.said.iter().filter(|s| **s == said(3)).count(), 1);
    assert_eq!(world.present(), 3);
    let view = world.view();
    assert!(crate::deployment::plan(&view).is_idle(&view), "it waits, and writes nothing");
    world.pass(Duration::from_secs(6 * 3600 + 1));
    from_now(&mut world).step();
    assert_eq!(world.said, [said(3)], "after six hours it is said again");
    world.members.iter_mut().for_each(|m| m.protected = false);
    from_now(&mut world).settle();
    assert_eq!((count(&world, "under protection"), world.present()), (0, 2));
    assert!(world.service.schedule.said.is_empty());
}

#[test]
fn protected_tasks_of_an_old_revision_are_said_when_the_new_one_is_there() {
    let mut world = steady(2, 100, 200);
    let old = world.primary();
    world.members.iter_mut().for_each(|m| m.protected = true);
    world.deploy();
    from_now(&mut world).step();
    assert_eq!(count(&world, "under protection"), 0, "the new tasks are on their way");
    world.settle();
    let said =
        format!("because (taskSet {old}) was unable to scale in due to (reason 2 tasks under protection)");
    assert_eq!(count(&world, &said), 1);
}

#[test]
fn zones_stay_uneven_while_the_fullest_is_protected() {
    let mut world = balanced(4);
    let id = world.primary();
    world.members.iter_mut().for_each(|m| m.protected = true);
    from_now(&mut world).settle();
    assert_eq!(world.present(), 4, "what could not be balanced is not begun");
    let said = format!(
        "(service web) was unable to AZ Rebalance because (taskSet {id}) was unable to scale in due to (reason 4 tasks under protection)"
    );
    assert_eq!(world.said, std::slice::from_ref(&said));
    // Protected while the one more comes up: neither it nor one of the emptier zone goes for them.
    world.members.iter_mut().for_each(|m| m.protected = false);
    world.step();
    world.members.iter_mut().filter(|m| m.zone.as_deref() == Some("a")).for_each(|m| m.protected = true);
    world.go_well();
    from_now(&mut world).settle();
    assert_eq!((world.present(), world.said.clone()), (5, vec![said]));
    world.members.iter_mut().for_each(|m| m.protected = false);
    world.settle();
    let in_a = world.members.iter().filter(|m| m.zone.as_deref() == Some("a")).count();
    assert_eq!((world.present(), in_a), (4, 2));
}

#[test]
fn a_zone_without_room_is_said_once_and_after_its_kind() {
    let mut world = balanced(4);
    world.full_zones = vec!["b".to_owned()];
    from_now(&mut world);
    for _ in 0..5 {
        world.step();
        world.pass(Duration::from_secs(301));
    }
    assert_eq!(count(&world, "is unable to place a task in b because no container instance met"), 1);
    let on_fargate = Event::NoRoomInZone { zone: "b".to_owned(), on_fargate: true };
    assert_eq!(on_fargate.messages("web"), ["(service web) is unable to place a task in b."]);
}

#[test]
fn the_limit_of_waiting_tasks_has_words_of_its_own() {
    assert_eq!(
        Event::TooManyProvisioning.messages("web"),
        [
            "(service web) was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded."
        ]
    );
}
