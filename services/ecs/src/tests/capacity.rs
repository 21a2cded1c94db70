//! Capacity providers: their operations, launches that name them, and tasks that wait for instances.

use super::*;
use crate::instance_fleet::FleetSettings;
use crate::placing::Place;
use model::{CpuUnits, MemoryMib};
use reconcile::{Next, Reconcile};

pub(super) fn ecs_fleet() -> FleetSettings {
    FleetSettings {
        name: "web".to_owned(),
        cpu: CpuUnits(1024),
        memory: MemoryMib(1024),
        min: 0,
        max: 3,
        managed: false,
    }
}

/// A service that has one fleet, `web`.
pub(super) async fn with_fleet() -> Arc<Ecs> {
    service_with(Settings { fleets: vec![ecs_fleet()], ..settings() }).await
}

pub(super) fn group(name: &str, scaling: bool) -> CreateCapacityProviderRequest {
    let status = if scaling { ManagedScalingStatus::Enabled } else { ManagedScalingStatus::Disabled };
    CreateCapacityProviderRequest {
        name: name.to_owned(),
        auto_scaling_group_provider: Some(AutoScalingGroupProvider {
            auto_scaling_group_arn:
                "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1-2:autoScalingGroupName/web"
                    .to_owned(),
            managed_scaling: Some(ManagedScaling { status: Some(status), ..ManagedScaling::default() }),
            ..AutoScalingGroupProvider::default()
        }),
        ..CreateCapacityProviderRequest::default()
    }
}

pub(super) fn put(providers: &[&str], default: &[(&str, i32, i32)]) -> PutClusterCapacityProvidersRequest {
    PutClusterCapacityProvidersRequest {
        cluster: "default".to_owned(),
        capacity_providers: providers.iter().map(|p| (*p).to_owned()).collect(),
        default_capacity_provider_strategy: strategy(default),
    }
}

fn strategy(items: &[(&str, i32, i32)]) -> Vec<CapacityProviderStrategyItem> {
    let item = |(provider, weight, base): &(&str, i32, i32)| CapacityProviderStrategyItem {
        capacity_provider: (*provider).to_owned(),
        weight: Some(*weight),
        base: Some(*base),
    };
    items.iter().map(item).collect()
}

async fn described(ecs: &Ecs, name: &str) -> CapacityProvider {
    let input = DescribeCapacityProvidersRequest {
        capacity_providers: Some(vec![name.to_owned()]),
        ..DescribeCapacityProvidersRequest::default()
    };
    let found = ecs.describe_capacity_providers(&cx(), input).await.expect("an answer");
    found.capacity_providers.and_then(|p| p.into_iter().next()).expect("the provider")
}

/// An instance that says that it is of the fleet.
pub(super) async fn of_fleet(ecs: &Ecs, letter: &str, cpu: i32) -> String {
    let arn = instance(ecs, letter, cpu, 4096).await;
    let input = RegisterContainerInstanceRequest {
        container_instance_arn: Some(arn.clone()),
        total_resources: Some(vec![amount("CPU", cpu), amount("MEMORY", 4096)]),
        attributes: Some(vec![
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("ecs.capability.task-eni", None),
            attribute("longshore.fleet", Some("web")),
        ]),
        ..RegisterContainerInstanceRequest::default()
    };
    ecs.register_container_instance(&cx(), input).await.expect("it is renewed");
    arn
}

fn loop_of(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> Place {
    Place::new(ecs, clock, || Seed::from_bytes([9; 32]))
}

async fn place(ecs: &Arc<Ecs>, clock: fn() -> Timestamp) -> Next {
    let cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/default";
    loop_of(ecs, clock).step(cluster).await.expect("a step")
}

#[tokio::test]
async fn a_provider_is_made_changed_and_deleted() {
    let ecs = with_fleet().await;
    let made = ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    let made = made.capacity_provider.expect("the provider");
    let scaling = made.auto_scaling_group_provider.clone().and_then(|g| g.managed_scaling).expect("scaling");
    assert_eq!(
        (scaling.target_capacity, scaling.minimum_scaling_step_size, scaling.maximum_scaling_step_size),
        (Some(100), Some(1), Some(10_000))
    );
    assert_eq!(scaling.instance_warmup_period, Some(300));
    assert_eq!(made.r#type, Some(CapacityProviderType::Ec2Autoscaling));
    assert_eq!(made.status, Some(CapacityProviderStatus::Active));

    let update = UpdateCapacityProviderRequest {
        name: "one".to_owned(),
        auto_scaling_group_provider: Some(AutoScalingGroupProviderUpdate {
            managed_scaling: Some(ManagedScaling { target_capacity: Some(80), ..ManagedScaling::default() }),
            managed_draining: Some(ManagedDraining::Disabled),
            ..AutoScalingGroupProviderUpdate::default()
        }),
        ..UpdateCapacityProviderRequest::default()
    };
    ecs.update_capacity_provider(&cx(), update).await.expect("it is changed");
    let group = described(&ecs, "one").await.auto_scaling_group_provider.expect("a group");
    let scaling = group.managed_scaling.expect("scaling");
    assert_eq!((scaling.target_capacity, scaling.status), (Some(80), Some(ManagedScalingStatus::Enabled)));
    assert_eq!(group.managed_draining, Some(ManagedDraining::Disabled));

    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[])).await.expect("it is associated");
    let delete = || DeleteCapacityProviderRequest { capacity_provider: "one".to_owned(), cluster: None };
    let begun = ecs.delete_capacity_provider(&cx(), delete()).await.expect("it is begun");
    assert_eq!(
        begun.capacity_provider.and_then(|p| p.update_status),
        Some(CapacityProviderUpdateStatus::DeleteInProgress)
    );
    let kept = described(&ecs, "one").await;
    assert_eq!(kept.update_status, Some(CapacityProviderUpdateStatus::DeleteFailed));
    assert_eq!(
        kept.update_status_reason.as_deref(),
        Some(
            "The capacity provider cannot be deleted because it is associated with cluster: default. Remove the capacity provider from the cluster and try again."
        )
    );
    ecs.put_cluster_capacity_providers(&cx(), put(&[], &[])).await.expect("it is let go");
    ecs.delete_capacity_provider(&cx(), delete()).await.expect("it is begun");
    assert_eq!(described(&ecs, "one").await.status, Some(CapacityProviderStatus::Inactive));
    ecs.create_capacity_provider(&cx(), self::group("two", true)).await.expect("the group is free again");
}

#[tokio::test]
async fn what_a_provider_may_not_be() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    let mut unknown = group("two", true);
    let mut protected = group("two", false);
    let mut steps = group("two", true);
    if let Some(group) = &mut unknown.auto_scaling_group_provider {
        group.auto_scaling_group_arn = "other".to_owned();
    }
    if let Some(group) = &mut protected.auto_scaling_group_provider {
        group.managed_termination_protection = Some(ManagedTerminationProtection::Enabled);
    }
    if let Some(scaling) = steps.auto_scaling_group_provider.as_mut().and_then(|g| g.managed_scaling.as_mut())
    {
        scaling.minimum_scaling_step_size = Some(3);
        scaling.maximum_scaling_step_size = Some(2);
    }
    let nothing = CreateCapacityProviderRequest { name: "two".to_owned(), ..Default::default() };
    let cases = [
        (group("one", true), "already exists"),
        (group("two", true), "already being used by another capacity provider"),
        (group("fargate-mine", true), "The specified capacity provider name is invalid."),
        (group("a b", true), "The specified capacity provider name is invalid."),
        (unknown, "no fleet of that name was given to the server"),
        (protected, "managed scaling must be enabled"),
        (steps, "minimum scaling step size"),
        (nothing, "Exactly one of"),
    ];
    for (input, expected) in cases {
        let error = ecs.create_capacity_provider(&cx(), input).await.expect_err("it is refused").to_string();
        assert!(error.starts_with("InvalidParameterException: ") && error.contains(expected), "{error}");
    }
    for name in ["FARGATE", "missing"] {
        let delete =
            DeleteCapacityProviderRequest { capacity_provider: name.to_owned(), ..Default::default() };
        ecs.delete_capacity_provider(&cx(), delete).await.expect_err("it is refused");
    }
}

#[tokio::test]
async fn every_page_of_the_providers() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    let mut names = Vec::new();
    let mut token = None;
    loop {
        let input = DescribeCapacityProvidersRequest {
            max_results: Some(1),
            next_token: token,
            ..DescribeCapacityProvidersRequest::default()
        };
        let page = ecs.describe_capacity_providers(&cx(), input).await.expect("a page");
        names.extend(page.capacity_providers.into_iter().flatten().filter_map(|p| p.name));
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(names, ["FARGATE", "FARGATE_SPOT", "one"]);
    let missing = DescribeCapacityProvidersRequest {
        capacity_providers: Some(vec!["none".to_owned()]),
        ..DescribeCapacityProvidersRequest::default()
    };
    let answer = ecs.describe_capacity_providers(&cx(), missing).await.expect("an answer");
    assert_eq!(answer.failures.map(|f| f[0].reason.clone()), Some(Some("MISSING".to_owned())));
}

#[tokio::test]
async fn a_cluster_shows_what_its_providers_brought() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    let shown = ecs.put_cluster_capacity_providers(&cx(), put(&["one", "FARGATE"], &[("one", 1, 0)])).await;
    let shown = shown.expect("an answer").cluster.expect("the cluster");
    assert_eq!(shown.capacity_providers, Some(vec!["one".to_owned(), "FARGATE".to_owned()]));
    assert_eq!(shown.attachments_status.as_deref(), Some("UPDATE_COMPLETE"));
    let kinds: Vec<_> = shown.attachments.into_iter().flatten().filter_map(|a| a.r#type).collect();
    assert_eq!(kinds, ["as_policy", "managed_draining"]);
    let cases = [
        (put(&["one", "one"], &[]), "unique"),
        (put(&["none"], &[]), "'none' was not found"),
        (put(&["one"], &[("FARGATE", 1, 0)]), "not associated with the cluster"),
        (put(&["one", "FARGATE"], &[("one", 1, 0), ("FARGATE", 1, 0)]), "cannot contain a mix"),
    ];
    for (input, expected) in cases {
        let error = ecs.put_cluster_capacity_providers(&cx(), input).await.expect_err("it is refused");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn tasks_wait_for_instances_and_are_placed_when_they_come() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![container("one")], None).await;
    // An instance of the cluster that is not the provider's takes none of its tasks.
    instance(&ecs, "a", 4096, 4096).await;
    let task = launch(&ecs, run("web")).await;
    let waiting = describe(&ecs, &task).await;
    assert_eq!(waiting.last_status.as_deref(), Some("PROVISIONING"));
    assert_eq!(waiting.capacity_provider_name.as_deref(), Some("one"));
    assert_eq!(waiting.launch_type, Some(LaunchType::Ec2));
    assert_eq!(waiting.container_instance_arn, None);
    assert!(matches!(place(&ecs, || NOW).await, Next::After(_)));
    assert_eq!(describe(&ecs, &task).await.container_instance_arn, None);

    let error = ecs.put_cluster_capacity_providers(&cx(), put(&[], &[])).await.expect_err("it is in use");
    assert_eq!(
        error.to_string(),
        "ResourceInUseException: The specified capacity provider is in use and cannot be removed."
    );
    let arn = of_fleet(&ecs, "a", 1024).await;
    place(&ecs, || NOW).await;
    let placed = describe(&ecs, &task).await;
    assert_eq!(placed.container_instance_arn.as_deref(), Some(arn.as_str()));
    assert_eq!(placed.last_status.as_deref(), Some("PENDING"));
    assert!(placed.version > waiting.version);
    let input = DescribeContainerInstancesRequest { container_instances: vec![arn], ..Default::default() };
    let shown = ecs.describe_container_instances(&cx(), input).await.expect("an answer");
    let provider = shown.container_instances.and_then(|i| i[0].capacity_provider_name.clone());
    assert_eq!(provider.as_deref(), Some("one"));
}

#[tokio::test]
async fn who_waits_for_one_provider_holds_up_nobody_who_waits_for_another() {
    let other = FleetSettings { name: "other".to_owned(), ..ecs_fleet() };
    let ecs = service_with(Settings { fleets: vec![ecs_fleet(), other], ..settings() }).await;
    let mut second = group("two", true);
    if let Some(group) = &mut second.auto_scaling_group_provider {
        group.auto_scaling_group_arn = group.auto_scaling_group_arn.replace("/web", "/other");
    }
    ecs.create_capacity_provider(&cx(), second).await.expect("it is made");
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one", "two"], &[])).await.expect("an answer");
    define(&ecs, "web", vec![container("one")], None).await;
    define(&ecs, "large", vec![ContainerDefinition { cpu: Some(2000), ..container("one") }], None).await;
    let on = |family: &str, provider: &str, count: i32| RunTaskRequest {
        count: Some(count),
        capacity_provider_strategy: Some(strategy(&[(provider, 1, 0)])),
        ..run(family)
    };
    // More than one change looks at, all before the one that has room; some wait for the same provider and do not fit.
    for _ in 0..12 {
        ecs.run_task(&cx(), on("web", "two", 10)).await.expect("they wait");
    }
    ecs.run_task(&cx(), on("large", "one", 10)).await.expect("they wait");
    let task = launch(&ecs, on("web", "one", 1)).await;
    let arn = of_fleet(&ecs, "a", 1024).await;
    place(&ecs, || NOW).await;
    assert_eq!(describe(&ecs, &task).await.container_instance_arn, Some(arn));
    // All of them give up, however many they are.
    let late = || Timestamp::from_millis(NOW.millis() + 15 * 60_000);
    assert_eq!(place(&ecs, late).await, Next::After(std::time::Duration::ZERO));
    place(&ecs, late).await;
    assert_eq!(place(&ecs, late).await, Next::Idle);
}

#[tokio::test]
async fn a_task_gives_up_waiting_with_the_reason() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![container("one")], None).await;
    let empty = launch(&ecs, run("web")).await;
    let late = || Timestamp::from_millis(NOW.millis() + 15 * 60_000);
    place(&ecs, late).await;
    let ended = describe(&ecs, &empty).await;
    assert_eq!(ended.last_status.as_deref(), Some("STOPPED"));
    assert_eq!(ended.stop_code, Some(TaskStopCode::TaskFailedToStart));
    assert_eq!(ended.stopped_reason.as_deref(), Some("TaskFailedToStart: EMPTY CAPACITY PROVIDER"));
    of_fleet(&ecs, "a", 50).await;
    let small = launch(&ecs, run("web")).await;
    place(&ecs, late).await;
    let reason = describe(&ecs, &small).await.stopped_reason;
    assert_eq!(reason.as_deref(), Some("TaskFailedToStart: RESOURCE:CPU"));
}

#[tokio::test]
async fn a_stopped_task_waits_no_longer() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![container("one")], None).await;
    let task = launch(&ecs, run("web")).await;
    let stop = StopTaskRequest { task: task.clone(), ..StopTaskRequest::default() };
    ecs.stop_task(&cx(), stop).await.expect("it stops");
    assert_eq!(describe(&ecs, &task).await.last_status.as_deref(), Some("STOPPED"));
    of_fleet(&ecs, "a", 1024).await;
    assert_eq!(place(&ecs, || NOW).await, Next::Idle);
}

#[tokio::test]
async fn without_managed_scaling_nothing_waits() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", false)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![container("one")], None).await;
    let error = ecs.run_task(&cx(), run("web")).await.expect_err("it is refused");
    assert_eq!(
        error.to_string(),
        "InvalidParameterException: No Container Instances were found in your capacity provider."
    );
    of_fleet(&ecs, "a", 50).await;
    let ran = ecs.run_task(&cx(), run("web")).await.expect("an answer");
    let reasons: Vec<_> = ran.failures.into_iter().flatten().filter_map(|f| f.reason).collect();
    assert_eq!(reasons, ["RESOURCE:CPU"]);
}

#[tokio::test]
async fn a_launch_is_divided_among_providers() {
    let ecs = with_fleet().await;
    let second = CreateCapacityProviderRequest {
        auto_scaling_group_provider: Some(AutoScalingGroupProvider {
            auto_scaling_group_arn: "other".to_owned(),
            ..AutoScalingGroupProvider::default()
        }),
        ..group("two", false)
    };
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.create_capacity_provider(&cx(), second).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one", "two"], &[])).await.expect("an answer");
    define(&ecs, "web", vec![container("one")], None).await;
    let arn = of_fleet(&ecs, "a", 4096).await;
    connect(&ecs, &arn, true).await;
    let input = RunTaskRequest {
        count: Some(5),
        capacity_provider_strategy: Some(strategy(&[("one", 1, 1), ("two", 3, 0)])),
        ..run("web")
    };
    let error = ecs.run_task(&cx(), input.clone()).await.expect_err("one provider has nothing");
    assert!(error.to_string().contains("No Container Instances were found"), "{error}");
    let described = ecs.list_tasks(&cx(), ListTasksRequest::default()).await.expect("a list");
    assert_eq!(described.task_arns, Some(Vec::new()), "a launch that is refused starts nothing");
    let more = RunTaskRequest {
        capacity_provider_strategy: Some(strategy(&[("one", 1, 1), ("two", 0, 0)])),
        ..input
    };
    let ran = ecs.run_task(&cx(), more).await.expect("an answer");
    assert_eq!(ran.tasks.map(|t| t.len()), Some(5));
}
