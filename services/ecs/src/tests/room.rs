//! Where tasks of services go: room that is lacking, zones, nodes that are retired.

use super::capacity::{group, of_fleet, put, with_fleet};
use super::scaling::{define_fargate, pool_node};
use super::service::{
    arn, create, is_now, network, request, said, schedule, schedule_at, shown, sized, tasks_of, with_a_daemon,
};
use super::*;
use crate::service_scheduler;
use model::status::TaskStatus;
use reconcile::Reconcile;

/// What one step of the scheduler says of the next.
async fn step(ecs: &Arc<Ecs>, name: &str, seed: u8) -> reconcile::Next {
    let clock = || NOW;
    let scheduler = match seed {
        0 => service_scheduler(ecs, clock, || Seed::from_bytes([50; 32])),
        1 => service_scheduler(ecs, clock, || Seed::from_bytes([51; 32])),
        _ => service_scheduler(ecs, clock, || Seed::from_bytes([52; 32])),
    };
    scheduler.step(&arn(name)).await.expect("a step")
}

#[tokio::test]
async fn what_finds_no_room_is_not_tried_again_at_once_however_much_it_is() {
    let ecs = service().await;
    define(&ecs, "web", sized(100), None).await;
    create(&ecs, request("web", 500)).await;
    let patient = reconcile::Next::After(std::time::Duration::from_secs(5));
    assert_eq!(step(&ecs, "web", 0).await, patient, "there is no instance at all");
    instance(&ecs, "a", 25_000, 100_000).await;
    assert_eq!(
        step(&ecs, "web", 1).await,
        reconcile::Next::After(std::time::Duration::ZERO),
        "200 have room"
    );
    assert_eq!(step(&ecs, "web", 2).await, patient, "and 50 more, and there is none left");
    assert_eq!(shown(&ecs, "web").await.pending_count, Some(250));
}

#[tokio::test]
async fn a_daemon_comes_to_the_instance_with_room_behind_all_that_have_none() {
    let ecs = service().await;
    for _ in 0..205 {
        instance(&ecs, "a", 200, 4096).await;
    }
    let arns: Vec<String> = {
        let snapshot = ecs.state.snapshot();
        snapshot.scan::<model::ecs::ContainerInstance>().map(|i| i.arn.to_string()).collect()
    };
    // The last in order is the one that has room.
    let last = arns.iter().max().cloned().expect("there are some");
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&last, |i| i.registered.cpu = model::CpuUnits(1024));
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    with_a_daemon(&ecs, 300).await;
    assert_eq!(step(&ecs, "daemon", 0).await, reconcile::Next::After(std::time::Duration::from_secs(5)));
    let placed = tasks_of(&ecs, "daemon").await;
    assert_eq!(placed.len(), 1);
    assert_eq!(describe(&ecs, &placed[0]).await.container_instance_arn, Some(last));
}

#[tokio::test]
async fn zones_are_those_of_the_services_own_capacity_and_balance_waits_for_nobody() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", sized(300), None).await;
    // Not the provider's, in another zone.
    instance(&ecs, "b", 4096, 4096).await;
    of_fleet(&ecs, "a", 1024).await;
    create(&ecs, request("web", 2)).await;
    schedule(&ecs, "web").await;
    for task in tasks_of(&ecs, "web").await {
        is_now(&ecs, &task, TaskStatus::Running).await;
    }
    schedule(&ecs, "web").await;
    assert_eq!(said(&ecs, "web").await.iter().find(|s| s.contains("AZ")), None);
    // Its own in another zone, without room: it is said, and nobody waits there or is stopped for it.
    let full = of_fleet(&ecs, "c", 100).await;
    schedule(&ecs, "web").await;
    let said_it = said(&ecs, "web").await;
    assert!(said_it.iter().any(|s| s.contains("is unable to place a task in us-east-1c")), "{said_it:?}");
    assert_eq!(tasks_of(&ecs, "web").await.len(), 2);
    // With room one starts there.
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&full, |i| i.registered.cpu = model::CpuUnits(1024));
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    schedule_at(&ecs, "web", || NOW.after(std::time::Duration::from_secs(301))).await;
    let zones: Vec<Option<String>> = {
        let tasks = tasks_of(&ecs, "web").await;
        let snapshot = ecs.state.snapshot();
        let of = |t: &String| snapshot.get::<model::ecs::Task>(t).and_then(|t| t.availability_zone.clone());
        tasks.iter().map(of).collect()
    };
    assert_eq!(zones.iter().filter(|z| z.as_deref() == Some("us-east-1c")).count(), 1, "{zones:?}");
}

#[tokio::test]
async fn a_service_leaves_a_retired_node_as_its_percentages_allow() {
    let ecs = service().await;
    pool_node(&ecs, "fargate", "first").await;
    define_fargate(&ecs).await;
    let input = CreateServiceRequest {
        task_definition: Some("fargate".to_owned()),
        launch_type: Some(LaunchType::Fargate),
        network_configuration: network(),
        ..request("web", 2)
    };
    create(&ecs, input).await;
    schedule(&ecs, "web").await;
    let old = tasks_of(&ecs, "web").await;
    for task in &old {
        is_now(&ecs, task, TaskStatus::Running).await;
    }
    schedule(&ecs, "web").await;
    let at = NOW.after(std::time::Duration::from_secs(60));
    ecs.retire(&cx(), "first", Some(at)).await.expect("it is marked");
    let second = pool_node(&ecs, "fargate", "second").await;
    schedule_at(&ecs, "web", || NOW.after(std::time::Duration::from_secs(59))).await;
    assert_eq!(tasks_of(&ecs, "web").await.len(), 2, "not before its date");
    let then = || NOW.after(std::time::Duration::from_secs(60));
    let retire = crate::operator::Retire::new(&ecs, then);
    let node =
        ecs.state.snapshot().get::<model::ecs::Task>(&old[0]).and_then(|t| t.container_instance.clone());
    retire.step(node.expect("it is placed").as_str()).await.expect("a step");
    schedule_at(&ecs, "web", then).await;
    let wanted = |task: &String| {
        let snapshot = ecs.state.snapshot();
        let task = snapshot.get::<model::ecs::Task>(task).expect("it is there");
        (task.desired_status.to_string(), task.stop_code.map(|c| c.to_string()))
    };
    assert!(old.iter().all(|t| wanted(t) == ("RUNNING".to_owned(), None)), "others come first");
    let all = tasks_of(&ecs, "web").await;
    let new: Vec<&String> = all.iter().filter(|t| !old.contains(t)).collect();
    assert_eq!(new.len(), 2);
    for task in new {
        assert_eq!(describe(&ecs, task).await.container_instance_arn, None, "Fargate's hosts are not shown");
        let snapshot = ecs.state.snapshot();
        let host = snapshot.get::<model::ecs::Task>(task).and_then(|t| t.container_instance.clone());
        assert_eq!(host.map(|h| h.to_string()), Some(second.clone()));
        is_now(&ecs, task, TaskStatus::Running).await;
    }
    schedule_at(&ecs, "web", then).await;
    let ended = ("STOPPED".to_owned(), Some("TerminationNotice".to_owned()));
    assert!(old.iter().all(|t| wanted(t) == ended), "{:?}", old.iter().map(wanted).collect::<Vec<_>>());
}
