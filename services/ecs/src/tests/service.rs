//! Services as their scheduler carries them out, step by step.

use super::capacity::{group, put, with_fleet};
use super::*;
use crate::service_scheduler;
use model::ids::{ClusterArn, ServiceArn};
use model::status::TaskStatus;
use reconcile::Reconcile;

fn arn(name: &str) -> String {
    ServiceArn::new(&ClusterArn::new(&scope(), "default"), name).to_string()
}

fn request(name: &str, desired: i32) -> CreateServiceRequest {
    CreateServiceRequest {
        service_name: name.to_owned(),
        task_definition: Some("web".to_owned()),
        desired_count: Some(desired),
        ..CreateServiceRequest::default()
    }
}

async fn create(ecs: &Ecs, input: CreateServiceRequest) -> Service {
    let made = ecs.create_service(&cx(), input).await.expect("a service");
    made.service.expect("a service")
}

/// Steps of the scheduler until nothing changes any more.
async fn schedule(ecs: &Arc<Ecs>, name: &str) {
    let scheduler = service_scheduler(
        ecs,
        || NOW,
        || {
            static STEPS: AtomicU16 = AtomicU16::new(0);
            let mut seed = [6; 32];
            seed[..2].copy_from_slice(&STEPS.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            Seed::from_bytes(seed)
        },
    );
    for _ in 0..20 {
        let before = ecs.state.snapshot().version();
        scheduler.step(&arn(name)).await.expect("a step");
        if ecs.state.snapshot().version() == before {
            return;
        }
    }
    panic!("{name} never comes to rest");
}

async fn shown(ecs: &Ecs, name: &str) -> Service {
    let input = DescribeServicesRequest { services: vec![arn(name)], ..DescribeServicesRequest::default() };
    let described = ecs.describe_services(&cx(), input).await.expect("an answer");
    described.services.and_then(|s| s.into_iter().next()).expect("the service")
}

/// What it said, the newest first.
async fn said(ecs: &Ecs, name: &str) -> Vec<String> {
    shown(ecs, name).await.events.into_iter().flatten().filter_map(|e| e.message).collect()
}

#[tokio::test]
async fn beyond_five_hundred_tasks_that_wait_a_service_says_so() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![container("main")], None).await;
    create(&ecs, request("many", 501)).await;
    schedule(&ecs, "many").await;
    assert_eq!(shown(&ecs, "many").await.pending_count, Some(500));
    let limit = "(service many) was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded.";
    assert_eq!(said(&ecs, "many").await.iter().filter(|s| *s == limit).count(), 1);
    let placed = |s: &&String| s.contains("was unable to place a task");
    assert_eq!(said(&ecs, "many").await.iter().find(placed), None, "it is the limit, and not the room");
}

/// What agents would report of a task.
async fn is_now(ecs: &Ecs, task: &str, status: TaskStatus) {
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::Task>(task, |t| {
            t.last_status = status;
            if status.is_over() {
                t.stopped_at = Some(NOW);
            } else {
                t.started_at = Some(NOW);
            }
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
}

async fn tasks_of(ecs: &Ecs, name: &str) -> Vec<String> {
    let input = ListTasksRequest { service_name: Some(name.to_owned()), ..ListTasksRequest::default() };
    ecs.list_tasks(&cx(), input).await.expect("an answer").task_arns.unwrap_or_default()
}

#[tokio::test]
async fn a_deleted_service_is_inactive_while_its_tasks_are_stopping_and_its_name_is_free() {
    let ecs = service().await;
    instance(&ecs, "a", 4096, 4096).await;
    define(&ecs, "web", vec![container("main")], None).await;
    let input = CreateServiceRequest {
        deployment_configuration: Some(DeploymentConfiguration {
            maximum_percent: Some(100),
            minimum_healthy_percent: Some(0),
            ..DeploymentConfiguration::default()
        }),
        ..request("web", 2)
    };
    create(&ecs, input.clone()).await;
    schedule(&ecs, "web").await;
    let old = tasks_of(&ecs, "web").await;
    assert_eq!(old.len(), 2);
    for task in &old {
        is_now(&ecs, task, TaskStatus::Running).await;
    }
    let input_of_end = DeleteServiceRequest {
        service: "web".to_owned(),
        force: Some(true),
        ..DeleteServiceRequest::default()
    };
    ecs.delete_service(&cx(), input_of_end).await.expect("it is deleted");
    schedule(&ecs, "web").await;
    assert_eq!(shown(&ecs, "web").await.status.as_deref(), Some("DRAINING"), "no agent knows of it yet");
    is_now(&ecs, &old[0], TaskStatus::Stopping).await;
    schedule(&ecs, "web").await;
    assert_eq!(shown(&ecs, "web").await.status.as_deref(), Some("DRAINING"));
    is_now(&ecs, &old[1], TaskStatus::Stopping).await;
    schedule(&ecs, "web").await;
    assert_eq!(shown(&ecs, "web").await.status.as_deref(), Some("INACTIVE"));
    // What still stops is no part of the next one of that name: its maximum is its own.
    create(&ecs, input).await;
    schedule(&ecs, "web").await;
    assert_eq!(shown(&ecs, "web").await.pending_count, Some(2));
    is_now(&ecs, &old[0], TaskStatus::Stopped).await;
    let before = ecs.state.snapshot().version();
    schedule(&ecs, "web").await;
    assert_eq!(ecs.state.snapshot().version(), before, "their ends are counted by nobody");
}

fn sized(cpu: i32) -> Vec<ContainerDefinition> {
    vec![ContainerDefinition { cpu: Some(cpu), ..container("main") }]
}

async fn with_a_daemon(ecs: &Ecs, cpu: i32) {
    define(ecs, "daemon", sized(cpu), None).await;
    let input = CreateServiceRequest {
        service_name: "daemon".to_owned(),
        task_definition: Some("daemon".to_owned()),
        scheduling_strategy: Some(SchedulingStrategy::Daemon),
        ..CreateServiceRequest::default()
    };
    create(ecs, input).await;
}

#[tokio::test]
async fn room_is_kept_for_the_task_of_a_daemon() {
    let ecs = service().await;
    let first = instance(&ecs, "a", 1024, 4096).await;
    define(&ecs, "web", sized(800), None).await;
    define(&ecs, "small", sized(700), None).await;
    // The fleet is known before the daemon is.
    assert!(!ecs.run_task(&cx(), run("web")).await.expect("an answer").tasks.unwrap_or_default().is_empty());
    let second = instance(&ecs, "b", 1024, 4096).await;
    with_a_daemon(&ecs, 300).await;
    create(&ecs, request("web", 1)).await;
    schedule(&ecs, "web").await;
    assert_eq!(tasks_of(&ecs, "web").await, [""; 0]);
    let id = second.rsplit('/').next().expect("an id");
    let said_it = said(&ecs, "web").await;
    assert!(
        said_it[0].contains(&format!("container-instance {id} has insufficient CPU units")),
        "{said_it:?}"
    );
    // What fits beside it is placed, and then the daemon is, where it can be.
    launch(&ecs, run("small")).await;
    schedule(&ecs, "daemon").await;
    let placed = tasks_of(&ecs, "daemon").await;
    assert_eq!(placed.len(), 1);
    assert_eq!(describe(&ecs, &placed[0]).await.container_instance_arn, Some(second));
    // On the first instance others were before it. Why it waits is told as if nothing were kept for it.
    let id = first.rsplit('/').next().expect("an id");
    let said_it = said(&ecs, "daemon").await;
    assert!(said_it.iter().any(|s| s.contains(&format!("{id} has insufficient CPU units"))), "{said_it:?}");
    // Nothing is kept any more for one that is deleted.
    let third = instance(&ecs, "a", 1024, 4096).await;
    assert_eq!(ecs.run_task(&cx(), run("web")).await.expect("an answer").tasks, Some(Vec::new()));
    let input = DeleteServiceRequest { service: "daemon".to_owned(), ..DeleteServiceRequest::default() };
    ecs.delete_service(&cx(), input).await.expect("it is deleted");
    let task = launch(&ecs, run("web")).await;
    assert_eq!(describe(&ecs, &task).await.container_instance_arn, Some(third));
}

#[tokio::test]
async fn a_daemon_leaves_an_instance_that_drains_after_the_others() {
    let ecs = service().await;
    let only = instance(&ecs, "a", 2048, 4096).await;
    define(&ecs, "web", sized(800), None).await;
    with_a_daemon(&ecs, 300).await;
    create(&ecs, request("web", 1)).await;
    schedule(&ecs, "daemon").await;
    schedule(&ecs, "web").await;
    let (daemon, web) = (tasks_of(&ecs, "daemon").await, tasks_of(&ecs, "web").await);
    for task in daemon.iter().chain(&web) {
        is_now(&ecs, task, TaskStatus::Running).await;
    }
    let input = UpdateContainerInstancesStateRequest {
        container_instances: vec![only],
        status: ContainerInstanceStatus::Draining,
        ..UpdateContainerInstancesStateRequest::default()
    };
    ecs.update_container_instances_state(&cx(), input).await.expect("it drains");
    // There is no other place for the replica, and its minimum keeps it.
    schedule(&ecs, "web").await;
    schedule(&ecs, "daemon").await;
    let wanted = |task: &str| {
        ecs.state.snapshot().get::<model::ecs::Task>(task).expect("it is there").desired_status.to_string()
    };
    assert_eq!((wanted(&web[0]), wanted(&daemon[0])), ("RUNNING".to_owned(), "RUNNING".to_owned()));
    let before = ecs.state.snapshot();
    is_now(&ecs, &web[0], TaskStatus::Stopped).await;
    let scheduler = service_scheduler(&ecs, || NOW, || Seed::from_bytes([3; 32]));
    let now = ecs.state.snapshot();
    let keys = scheduler.keys(&reconcile::Wake { now: &now, before: Some(&before) });
    assert!(keys.contains(&arn("daemon")), "the end of the other wakes it: {keys:?}");
    schedule(&ecs, "daemon").await;
    assert_eq!(wanted(&daemon[0]), "STOPPED");
}

#[tokio::test]
async fn why_says_what_a_service_lacks_though_no_task_waits() {
    let ecs = service().await;
    let first = instance(&ecs, "a", 1024, 4096).await;
    let second = instance(&ecs, "b", 1024, 4096).await;
    define(&ecs, "web", sized(800), None).await;
    create(&ecs, request("web", 4)).await;
    schedule(&ecs, "web").await;
    assert_eq!(tasks_of(&ecs, "web").await.len(), 2);
    connect(&ecs, &first, false).await;
    let why = ecs.why(&cx(), &arn("web")).expect("an answer");
    let [one] = why.as_slice() else { panic!("one answer: {why:?}") };
    assert_eq!(
        (one.arn.clone(), one.starts, one.waits, one.capacity.as_str()),
        (arn("web"), Some(2), true, "EC2")
    );
    let refused: Vec<_> = one.refused.iter().map(|r| (r.reason.as_str(), r.instances)).collect();
    assert_eq!((one.instances, refused), (2, vec![("AGENT", 1), ("RESOURCE:CPU", 1)]));
    let closest = one.closest.as_ref().expect("one came furthest");
    assert_eq!(
        (&closest.instance, closest.explanation.as_str()),
        (&second, "800 CPU units needed, 224 left")
    );
    // A daemon is asked about the instances where it has no task.
    instance(&ecs, "a", 400, 4096).await;
    with_a_daemon(&ecs, 300).await;
    schedule(&ecs, "daemon").await;
    assert_eq!(tasks_of(&ecs, "daemon").await.len(), 1);
    let why = ecs.why(&cx(), &arn("daemon")).expect("an answer");
    let refused: Vec<_> = why[0].refused.iter().map(|r| (r.reason.as_str(), r.instances)).collect();
    assert_eq!(
        (why[0].starts, why[0].instances, refused),
        (Some(1), 2, vec![("AGENT", 1), ("RESOURCE:CPU", 1)])
    );
    // One that has all it wants has nothing to say, and one that is not there is an error.
    define(&ecs, "small", sized(10), None).await;
    create(&ecs, CreateServiceRequest { task_definition: Some("small".to_owned()), ..request("small", 1) })
        .await;
    schedule(&ecs, "small").await;
    assert_eq!(ecs.why(&cx(), &arn("small")).expect("an answer"), []);
    assert!(ecs.why(&cx(), &arn("none")).is_err());
}
