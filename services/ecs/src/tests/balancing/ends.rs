//! What load balancers have said counts after they say nothing, and tasks that end leave them in time.

use super::*;
use crate::balancing::Activate;
use crate::service_scheduler::picture;
use model::ecs::container_instance::Pool;
use plan::deployment::{End, Patience, Phase, phase};

/// A service of one task in bridge mode, RUNNING and registered.
async fn serving(ecs: &Arc<Ecs>) -> (TargetGroupArn, String) {
    let group = behind(ecs, TargetType::Instance).await;
    machine(ecs, "a").await;
    define(ecs, "web", vec![published(), container("other")], None).await;
    create(ecs, balanced("web", 1)).await;
    schedule(ecs, "web").await;
    let task = tasks_of(ecs, "web").await.remove(0);
    runs_at(ecs, &task, 40080).await;
    (group, task)
}

/// As the service's scheduler sees it.
fn phase_of(ecs: &Ecs, task: &str) -> Phase {
    let snapshot = ecs.state.snapshot();
    let task = snapshot.get::<TaskRecord>(task).expect("the task");
    let targets = match task.last_status {
        TaskStatus::Running => crate::balancing::seen(&snapshot, task).0,
        _ => crate::balancing::had(task),
    };
    phase(&picture::facts(task, false, targets), Patience::default(), NOW).0
}

#[tokio::test]
async fn a_target_that_is_checked_anew_counts_as_what_it_was() {
    let ecs = service().await;
    let (group, task) = serving(&ecs).await;
    see(&ecs, &group, TargetState::Initial, None).await;
    assert_eq!(phase_of(&ecs, &task), Phase::Settling);
    see(&ecs, &group, TargetState::Healthy, None).await;
    assert_eq!(phase_of(&ecs, &task), Phase::Healthy);
    // Its load balancer begins anew.
    see(&ecs, &group, TargetState::Initial, None).await;
    assert_eq!(phase_of(&ecs, &task), Phase::Healthy);
    see(&ecs, &group, TargetState::Unhealthy, Some("Health checks failed")).await;
    assert_eq!(phase_of(&ecs, &task), Phase::Unhealthy);
    see(&ecs, &group, TargetState::Healthy, None).await;
    // It ends in the first ten seconds: no deployment has failed by it.
    stopped(&ecs, &task, Some(1)).await;
    assert_eq!(phase_of(&ecs, &task), Phase::Ended(End::Fleeting));
}

#[tokio::test]
async fn a_task_that_no_load_balancer_found_healthy_has_failed_however_long_it_ran() {
    let ecs = service().await;
    let (_, task) = serving(&ecs).await;
    let change = ecs.state.update(|tx| {
        let started_at = Timestamp::from_millis(NOW.millis() - 3_600_000);
        tx.modify::<TaskRecord>(&task, |t| t.started_at = Some(started_at));
        Ok::<_, Error>(())
    });
    change.await.expect("it ran for an hour");
    stopped(&ecs, &task, Some(1)).await;
    assert_eq!(phase_of(&ecs, &task), Phase::Ended(End::Early));
}

#[tokio::test]
async fn a_task_whose_essential_container_ends_has_left_before_it_is_stopped() {
    let ecs = service().await;
    let (group, task) = serving(&ecs).await;
    see(&ecs, &group, TargetState::Healthy, None).await;
    let ends = |name: &str| SubmitTaskStateChangeRequest {
        cluster: Some("default".to_owned()),
        task: Some(task.clone()),
        status: Some("RUNNING".to_owned()),
        containers: Some(vec![ContainerStateChange {
            container_name: Some(name.to_owned()),
            status: Some("STOPPED".to_owned()),
            exit_code: Some(1),
            ..Default::default()
        }]),
        ..Default::default()
    };
    ecs.submit_task_state_change(&cx(), ends("one")).await.expect("an acknowledgement");
    let record = record(&ecs, &task);
    assert_eq!((record.last_status, record.stop_code), (TaskStatus::Running, None), "the other one goes on");
    let drains: Vec<bool> = targets(&ecs, &group).into_iter().map(|(.., drains)| drains).collect();
    assert_eq!((drains, phase_of(&ecs, &task)), (vec![true], Phase::Stopping));
    // Another one is started though its end is not told yet.
    schedule(&ecs, "web").await;
    assert_eq!(tasks_of(&ecs, "web").await.len(), 2);
    stopped(&ecs, &task, Some(1)).await;
    let said: Vec<String> = said(&ecs, "web").await;
    let left = format!("(service web) deregistered 1 targets in (target-group {group})");
    assert_eq!(said.iter().filter(|s| **s == left).count(), 1, "{said:?}");
}

#[tokio::test]
async fn a_reclaimed_machine_waits_for_no_targets() {
    let ecs = service().await;
    let (_, task) = serving(&ecs).await;
    let host = record(&ecs, &task).container_instance.expect("a place");
    let change = ecs.state.update(|tx| {
        tx.modify::<TaskRecord>(&task, |t| t.capacity_provider = Some("FARGATE_SPOT".to_owned()));
        tx.modify::<model::ecs::ContainerInstance>(host.as_str(), |i| i.pool = Some(Pool::FargateSpot));
        Ok::<_, Error>(())
    });
    change.await.expect("a Spot node");
    let input = StopTaskRequest { task: task.clone(), ..StopTaskRequest::default() };
    ecs.stop_task(&cx(), input).await.expect("it is to stop");
    let before = record(&ecs, &task);
    assert_eq!((before.last_status, before.draining_until.is_some()), (TaskStatus::Deactivating, true));
    let left = ecs.reclaim(&cx(), host.as_str()).await.expect("it is reclaimed");
    assert_eq!(left.tasks, std::slice::from_ref(&task));
    let now = record(&ecs, &task);
    assert_eq!(now.wanted_of_node(), model::status::DesiredStatus::Stopped, "it gets its SIGTERM now");
    assert_eq!(now.stop_code, before.stop_code, "what it was to stop for is so still");
}

#[tokio::test]
async fn a_target_that_is_registered_by_hand_while_its_task_drains_has_its_time_and_leaves() {
    let ecs = service().await;
    let (group, task) = serving(&ecs).await;
    let input = StopTaskRequest { task: task.clone(), ..StopTaskRequest::default() };
    ecs.stop_task(&cx(), input).await.expect("it is to stop");
    let change = ecs.state.update(|tx| {
        let one = tx.by_index(target::BY_GROUP, &group).next().expect("its target").clone();
        let again = Target { draining_until: None, ..Target::clone(&one) };
        target::register(tx, &scope(), again, NOW).map_err(|full| Error::internal(full.to_string()))
    });
    change.await.expect("RegisterTargets");
    Deactivate::new(&ecs, || NOW).step(&task).await.expect("a step");
    assert_eq!(
        record(&ecs, &task).wanted_of_node(),
        model::status::DesiredStatus::Running,
        "it takes traffic"
    );
    Deactivate::new(&ecs, LATER).step(&task).await.expect("a step");
    assert_eq!(record(&ecs, &task).wanted_of_node(), model::status::DesiredStatus::Stopped);
    let left: Vec<bool> = targets(&ecs, &group).into_iter().map(|(.., drains)| drains).collect();
    assert_eq!(left, [true], "nobody sends to a task that has been stopped");
}

#[tokio::test]
async fn what_no_quota_left_room_for_is_registered_when_there_is_some() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 1)).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    let others = |at: usize| Target {
        group: group.clone(),
        id: format!("10.1.{}.{}", at / 250, at % 250),
        port: 80,
        zone: None,
        registered_at: NOW,
        draining_until: None,
    };
    let change = ecs.state.update(|tx| {
        for at in 0..target::MOST {
            target::register(tx, &scope(), others(at), NOW)
                .map_err(|full| Error::internal(full.to_string()))?;
        }
        Ok::<_, Error>(())
    });
    change.await.expect("as many as there may be");
    runs_at(&ecs, &task, 40080).await;
    let text = format!(
        "(service web) failed to register targets in (target-group {group}) with (error You've reached the limit of 1000 on the number of targets of a target group)"
    );
    let life = Activate::new(&ecs, || NOW);
    let keys = || life.keys(&reconcile::Wake { now: &ecs.state.snapshot(), before: None });
    assert_eq!(keys(), std::slice::from_ref(&task));
    life.step(&task).await.expect("a step");
    assert_eq!(said(&ecs, "web").await.iter().filter(|s| **s == text).count(), 1);
    let change = ecs.state.update(|tx| {
        target::remove(tx, &others(0));
        Ok::<_, Error>(())
    });
    change.await.expect("one goes");
    life.step(&task).await.expect("a step");
    assert!(record(&ecs, &task).targets[0].registered.is_some());
    assert_eq!(keys(), [""; 0]);
    let done = format!("(service web) registered 1 targets in (target-group {group})");
    assert_eq!(said(&ecs, "web").await[0], done);
}

#[tokio::test]
async fn a_group_that_no_listener_leads_to_makes_no_task_ill() {
    let ecs = service().await;
    let (group, task) = serving(&ecs).await;
    see(&ecs, &group, TargetState::Healthy, None).await;
    let change = ecs.state.update(|tx| {
        let rules: Vec<RuleArn> = tx.scan::<Rule>().map(|rule| rule.arn.clone()).collect();
        rules.iter().for_each(|rule| drop(tx.delete::<Rule>(rule.as_str())));
        Ok::<_, Error>(())
    });
    change.await.expect("its listener leads elsewhere");
    let health = |id: &str| {
        let snapshot = ecs.state.snapshot();
        let found = snapshot.by_index(target::BY_GROUP, &group).find(|t| t.id == id).expect("it").clone();
        let group = snapshot.get::<TargetGroup>(group.as_str()).expect("the group");
        target::health(&snapshot, group, &found).state
    };
    let id = targets(&ecs, &group).remove(0).0;
    assert_eq!((health(&id), phase_of(&ecs, &task)), (TargetState::Unused, Phase::Healthy));
    schedule(&ecs, "web").await;
    assert_eq!(tasks_of(&ecs, "web").await, [task], "it is not replaced again and again");
}
