//! Services as their scheduler carries them out, step by step.

use super::capacity::{group, put, with_fleet};
use super::scaling::{define_fargate, pool_node};
use super::*;
use crate::service_scheduler;
use model::ecs::service::RolloutState;
use model::ids::{ClusterArn, ServiceArn};
use model::status::TaskStatus;
use reconcile::Reconcile;

pub(super) fn arn(name: &str) -> String {
    ServiceArn::new(&ClusterArn::new(&scope(), "default"), name).to_string()
}

pub(super) fn request(name: &str, desired: i32) -> CreateServiceRequest {
    CreateServiceRequest {
        service_name: name.to_owned(),
        task_definition: Some("web".to_owned()),
        desired_count: Some(desired),
        ..CreateServiceRequest::default()
    }
}

pub(super) async fn create(ecs: &Ecs, input: CreateServiceRequest) -> Service {
    let made = ecs.create_service(&cx(), input).await.expect("a service");
    made.service.expect("a service")
}

/// Steps of the scheduler until nothing changes any more.
pub(super) async fn schedule(ecs: &Arc<Ecs>, name: &str) {
    schedule_at(ecs, name, || NOW).await;
}

pub(super) async fn schedule_at(ecs: &Arc<Ecs>, name: &str, clock: fn() -> Timestamp) {
    let scheduler = service_scheduler(ecs, clock, || {
        static STEPS: AtomicU16 = AtomicU16::new(0);
        let mut seed = [6; 32];
        seed[..2].copy_from_slice(&STEPS.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        Seed::from_bytes(seed)
    });
    for _ in 0..20 {
        let before = ecs.state.snapshot().version();
        scheduler.step(&arn(name)).await.expect("a step");
        if ecs.state.snapshot().version() == before {
            return;
        }
    }
    panic!("{name} never comes to rest");
}

pub(super) async fn shown(ecs: &Ecs, name: &str) -> Service {
    let input = DescribeServicesRequest { services: vec![arn(name)], ..DescribeServicesRequest::default() };
    let described = ecs.describe_services(&cx(), input).await.expect("an answer");
    described.services.and_then(|s| s.into_iter().next()).expect("the service")
}

/// What it said, the newest first.
pub(super) async fn said(ecs: &Ecs, name: &str) -> Vec<String> {
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
pub(super) async fn is_now(ecs: &Ecs, task: &str, status: TaskStatus) {
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

pub(super) async fn tasks_of(ecs: &Ecs, name: &str) -> Vec<String> {
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

pub(super) fn sized(cpu: i32) -> Vec<ContainerDefinition> {
    vec![ContainerDefinition { cpu: Some(cpu), ..container("main") }]
}

pub(super) async fn with_a_daemon(ecs: &Ecs, cpu: i32) {
    with_the_daemon(ecs, "daemon", cpu).await;
}

async fn with_the_daemon(ecs: &Ecs, name: &str, cpu: i32) {
    define(ecs, name, sized(cpu), None).await;
    let input = CreateServiceRequest {
        service_name: name.to_owned(),
        task_definition: Some(name.to_owned()),
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
async fn no_room_is_kept_for_a_daemon_that_will_not_come() {
    let ecs = service().await;
    instance(&ecs, "a", 1024, 4096).await;
    define(&ecs, "web", sized(800), None).await;
    with_the_daemon(&ecs, "too-large", 2048).await;
    launch(&ecs, run("web")).await;
    let second = instance(&ecs, "b", 1024, 4096).await;
    with_the_daemon(&ecs, "daemon", 300).await;
    assert_eq!(ecs.run_task(&cx(), run("web")).await.expect("an answer").tasks, Some(Vec::new()));
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::Service>(arn("daemon").as_str(), |s| {
            s.deployments.iter_mut().for_each(|d| d.rollout_state = RolloutState::Failed);
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let task = launch(&ecs, run("web")).await;
    assert_eq!(describe(&ecs, &task).await.container_instance_arn, Some(second));
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

pub(super) fn network() -> Option<NetworkConfiguration> {
    Some(NetworkConfiguration {
        awsvpc_configuration: Some(AwsVpcConfiguration {
            subnets: vec![subnet("a").to_string()],
            ..AwsVpcConfiguration::default()
        }),
    })
}

/// The platform versions of a service, of its deployments and of the revisions of these.
async fn platforms(ecs: &Ecs, name: &str) -> (Option<String>, Vec<Option<String>>, Vec<Option<String>>) {
    let service = shown(ecs, name).await;
    let revisions = service.current_service_revisions.into_iter().flatten().filter_map(|r| r.arn).collect();
    let input = DescribeServiceRevisionsRequest { service_revision_arns: revisions };
    let revisions = ecs.describe_service_revisions(&cx(), input).await.expect("an answer").service_revisions;
    (
        service.platform_version,
        service.deployments.into_iter().flatten().map(|d| d.platform_version).collect(),
        revisions.into_iter().flatten().map(|r| r.platform_version).collect(),
    )
}

#[tokio::test]
async fn the_platform_version_is_settled_when_a_revision_is_made() {
    let ecs = service().await;
    pool_node(&ecs, "fargate", "pool").await;
    define_fargate(&ecs).await;
    let own = |text: &str| Some(text.to_owned());
    let input = CreateServiceRequest {
        task_definition: own("fargate"),
        launch_type: Some(LaunchType::Fargate),
        network_configuration: network(),
        ..request("site", 1)
    };
    create(&ecs, input).await;
    assert_eq!(platforms(&ecs, "site").await, (own("LATEST"), vec![own("1.4.0")], vec![own("1.4.0")]));
    schedule(&ecs, "site").await;
    let tasks = tasks_of(&ecs, "site").await;
    assert_eq!(describe(&ecs, &tasks[0]).await.platform_version, own("1.4.0"));
    let update = |platform: &str| UpdateServiceRequest {
        service: "site".to_owned(),
        platform_version: Some(platform.to_owned()),
        ..UpdateServiceRequest::default()
    };
    // The same again is no new deployment; another number is one.
    ecs.update_service(&cx(), update("LATEST")).await.expect("it is updated");
    assert_eq!(platforms(&ecs, "site").await.1.len(), 1);
    ecs.update_service(&cx(), update("1.3.0")).await.expect("it is updated");
    let both = vec![own("1.3.0"), own("1.4.0")];
    assert_eq!(platforms(&ecs, "site").await, (own("1.3.0"), both.clone(), both));
    assert!(ecs.update_service(&cx(), update("7.0")).await.is_err());
}

#[tokio::test]
async fn a_service_that_moves_to_fargate_gets_a_platform_version() {
    let ecs = service().await;
    let put = put(&["FARGATE"], &[]);
    ecs.put_cluster_capacity_providers(&cx(), put).await.expect("an answer");
    let input = RegisterTaskDefinitionRequest {
        family: "both".to_owned(),
        container_definitions: vec![container("main")],
        network_mode: Some(NetworkMode::Awsvpc),
        requires_compatibilities: Some(vec![Compatibility::Ec2, Compatibility::Fargate]),
        cpu: Some("256".to_owned()),
        memory: Some("512".to_owned()),
        ..RegisterTaskDefinitionRequest::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    let input = CreateServiceRequest {
        task_definition: Some("both".to_owned()),
        network_configuration: network(),
        ..request("mover", 0)
    };
    create(&ecs, input).await;
    assert_eq!(platforms(&ecs, "mover").await, (None, vec![None], vec![None]));
    let update = |providers: &[&str]| UpdateServiceRequest {
        service: "mover".to_owned(),
        force_new_deployment: Some(true),
        capacity_provider_strategy: Some(
            providers
                .iter()
                .map(|name| CapacityProviderStrategyItem {
                    capacity_provider: (*name).to_owned(),
                    ..CapacityProviderStrategyItem::default()
                })
                .collect(),
        ),
        ..UpdateServiceRequest::default()
    };
    let moved = ecs.update_service(&cx(), update(&["FARGATE"])).await.expect("it moves").service;
    assert_eq!(moved.and_then(|s| s.platform_version).as_deref(), Some("LATEST"));
    schedule(&ecs, "mover").await;
    let numbers = vec![Some("1.4.0".to_owned())];
    assert_eq!(platforms(&ecs, "mover").await, (Some("LATEST".to_owned()), numbers.clone(), numbers));
}

#[tokio::test]
async fn what_runs_outside_is_not_balanced_over_zones() {
    let ecs = service().await;
    let input = RegisterTaskDefinitionRequest {
        family: "web".to_owned(),
        container_definitions: vec![container("main")],
        requires_compatibilities: Some(vec![Compatibility::External]),
        ..RegisterTaskDefinitionRequest::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    let outside = |asked: Option<AvailabilityZoneRebalancing>| CreateServiceRequest {
        launch_type: Some(LaunchType::External),
        availability_zone_rebalancing: asked,
        ..request("web", 1)
    };
    let refusal = "InvalidParameterException: Availability Zone rebalancing is not supported with the EXTERNAL launch type.";
    let refused = ecs.create_service(&cx(), outside(Some(AvailabilityZoneRebalancing::Enabled))).await;
    assert_eq!(refused.expect_err("it is refused").to_string(), refusal);
    let made = create(&ecs, outside(None)).await;
    assert_eq!(made.availability_zone_rebalancing, Some(AvailabilityZoneRebalancing::Disabled));
    let update = |asked: Option<AvailabilityZoneRebalancing>| UpdateServiceRequest {
        service: "web".to_owned(),
        availability_zone_rebalancing: asked,
        ..UpdateServiceRequest::default()
    };
    let refused = ecs.update_service(&cx(), update(Some(AvailabilityZoneRebalancing::Enabled))).await;
    assert_eq!(refused.expect_err("it is refused").to_string(), refusal);
    ecs.update_service(&cx(), update(None)).await.expect("nothing is asked");
}

#[tokio::test]
async fn a_strategy_is_shown_with_what_it_leaves_out_and_tokens_are_bounded() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[])).await.expect("an answer");
    define(&ecs, "web", vec![container("main")], None).await;
    let input = CreateServiceRequest {
        capacity_provider_strategy: Some(vec![CapacityProviderStrategyItem {
            capacity_provider: "one".to_owned(),
            ..CapacityProviderStrategyItem::default()
        }]),
        ..request("web", 0)
    };
    let made = create(&ecs, input).await;
    let full =
        CapacityProviderStrategyItem { capacity_provider: "one".to_owned(), weight: Some(0), base: Some(0) };
    assert_eq!(made.capacity_provider_strategy, Some(vec![full.clone()]));
    assert_eq!(made.deployments.expect("one")[0].capacity_provider_strategy, Some(vec![full]));
    for token in ["x".repeat(37), "with space".to_owned()] {
        let input = CreateServiceRequest { client_token: Some(token.clone()), ..request("other", 0) };
        let refused = ecs.create_service(&cx(), input).await.expect_err("it is refused").to_string();
        assert!(refused.contains("clientToken"), "{refused}");
    }
    for (length, taken) in [(64, true), (65, false)] {
        let input = RunTaskRequest { client_token: Some("x".repeat(length)), ..run("web") };
        let said = ecs.run_task(&cx(), input).await.map_err(|e| e.to_string());
        assert_eq!(!said.is_err_and(|e| e.contains("clientToken")), taken, "{length}");
    }
}

#[tokio::test]
async fn failing_checks_are_overlooked_for_the_grace_period() {
    let ecs = service().await;
    let only = instance(&ecs, "a", 1024, 4096).await;
    let check =
        HealthCheck { command: vec!["CMD-SHELL".to_owned(), "true".to_owned()], ..HealthCheck::default() };
    define(&ecs, "web", vec![ContainerDefinition { health_check: Some(check), ..container("main") }], None)
        .await;
    // What an agent that checks health advertises.
    let change = ecs.state.update(|tx| {
        let definition = tx.scan::<model::ecs::TaskDefinition>().next().expect("one");
        let required = definition.requires_attributes.clone();
        tx.modify::<model::ecs::ContainerInstance>(&only, |i| i.attributes.extend(required.clone()));
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    create(&ecs, CreateServiceRequest { health_check_grace_period_seconds: Some(60), ..request("web", 1) })
        .await;
    schedule(&ecs, "web").await;
    let first = tasks_of(&ecs, "web").await.remove(0);
    is_now(&ecs, &first, TaskStatus::Running).await;
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::Task>(&first, |t| t.health = Some(model::status::HealthStatus::Unhealthy));
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    schedule_at(&ecs, "web", || NOW.after(std::time::Duration::from_secs(59))).await;
    assert_eq!(tasks_of(&ecs, "web").await, std::slice::from_ref(&first), "it is given its minute");
    schedule_at(&ecs, "web", || NOW.after(std::time::Duration::from_secs(60))).await;
    let tasks = tasks_of(&ecs, "web").await;
    assert_eq!(tasks.len(), 2, "another is started for it");
    let second = tasks.into_iter().find(|t| *t != first).expect("another");
    let id = second.rsplit('/').next().expect("an id");
    assert_eq!(
        said(&ecs, "web").await[0],
        format!(
            "(service web) has started 1 tasks: (task {id}). Amazon ECS replaced 1 tasks due to an unhealthy status."
        )
    );
}

#[tokio::test]
async fn bounds_that_block_every_deployment_are_refused() {
    let ecs = service().await;
    define(&ecs, "web", vec![container("main")], None).await;
    let with = |minimum: i32, maximum: i32| CreateServiceRequest {
        deployment_configuration: Some(DeploymentConfiguration {
            minimum_healthy_percent: Some(minimum),
            maximum_percent: Some(maximum),
            ..DeploymentConfiguration::default()
        }),
        ..request("web", 1)
    };
    let refused = ecs.create_service(&cx(), with(100, 100)).await.expect_err("it is refused").to_string();
    assert_eq!(
        refused,
        "InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments."
    );
    create(&ecs, with(99, 100)).await;
}
