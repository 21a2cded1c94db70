//! Reports of agents, and how a task ends.

use super::*;

/// The agent says that the task runs, and with it the container `one`.
pub(super) async fn running(ecs: &Ecs, task: &str) {
    submit(ecs, task, "RUNNING", vec![change("RUNNING")], None).await;
}

/// The agent says that the task's first container has ended, and the task with it.
pub(super) async fn stopped(ecs: &Ecs, task: &str, exit_code: Option<i32>) {
    let name = describe(ecs, task)
        .await
        .containers
        .into_iter()
        .flatten()
        .next()
        .and_then(|c| c.name)
        .expect("a container");
    let change = ContainerStateChange {
        container_name: Some(name),
        status: Some("STOPPED".to_owned()),
        exit_code,
        ..Default::default()
    };
    submit(ecs, task, "STOPPED", vec![change], None).await;
}

async fn submit(
    ecs: &Ecs,
    task: &str,
    status: &str,
    containers: Vec<ContainerStateChange>,
    reason: Option<&str>,
) {
    let input = SubmitTaskStateChangeRequest {
        cluster: Some("default".to_owned()),
        task: Some(task.to_owned()),
        status: Some(status.to_owned()),
        reason: reason.map(str::to_owned),
        containers: Some(containers),
        ..Default::default()
    };
    ecs.submit_task_state_change(&cx(), input).await.expect("an acknowledgement");
}

fn change(status: &str) -> ContainerStateChange {
    ContainerStateChange {
        container_name: Some("one".to_owned()),
        status: Some(status.to_owned()),
        ..Default::default()
    }
}

async fn launched() -> (Arc<Ecs>, String) {
    let ecs = service().await;
    instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let task = launch(&ecs, run("web")).await;
    (ecs, task)
}

#[tokio::test]
async fn a_task_runs_and_its_container_ends() {
    let (ecs, task) = launched().await;
    let running = ContainerStateChange { runtime_id: Some("r1".to_owned()), ..change("RUNNING") };
    submit(&ecs, &task, "RUNNING", vec![running], None).await;
    let shown = describe(&ecs, &task).await;
    assert_eq!(
        (shown.last_status.as_deref(), shown.connectivity),
        (Some("RUNNING"), Some(Connectivity::Connected))
    );
    stopped(&ecs, &task, Some(3)).await;
    let shown = describe(&ecs, &task).await;
    assert_eq!(shown.stop_code, Some(TaskStopCode::EssentialContainerExited));
    assert_eq!(shown.stopped_reason.as_deref(), Some("Essential container in task exited"));
    let container = shown.containers.into_iter().flatten().next().expect("a container");
    assert_eq!((container.exit_code, container.runtime_id.as_deref()), (Some(3), Some("r1")));
    // A late report takes nothing back.
    submit(&ecs, &task, "RUNNING", vec![change("RUNNING")], None).await;
    assert_eq!(describe(&ecs, &task).await.last_status.as_deref(), Some("STOPPED"));
}

#[tokio::test]
async fn a_task_that_never_ran_failed_to_start() {
    let (ecs, task) = launched().await;
    let reason = "CannotPullContainerError: no such image";
    let failed = ContainerStateChange { reason: Some(reason.to_owned()), ..change("STOPPED") };
    submit(&ecs, &task, "STOPPED", vec![failed], None).await;
    let shown = describe(&ecs, &task).await;
    assert_eq!(
        (shown.stop_code, shown.stopped_reason.as_deref()),
        (Some(TaskStopCode::TaskFailedToStart), Some(reason))
    );
    assert_eq!(shown.started_at, None);
}

#[tokio::test]
async fn who_stops_a_task_gives_the_reason() {
    let (ecs, task) = launched().await;
    let stop =
        StopTaskRequest { task: task.clone(), reason: Some("enough".to_owned()), ..Default::default() };
    let answered = ecs.stop_task(&cx(), stop.clone()).await.expect("it stops").task.expect("the task");
    assert_eq!(
        (answered.desired_status.as_deref(), answered.last_status.as_deref()),
        (Some("STOPPED"), Some("PENDING"))
    );
    // Stopping again changes nothing, not even the reason.
    let again = StopTaskRequest { reason: Some("again".to_owned()), ..stop };
    ecs.stop_task(&cx(), again).await.expect("it stops");
    stopped(&ecs, &task, Some(137)).await;
    let shown = describe(&ecs, &task).await;
    assert_eq!(
        (shown.stop_code, shown.stopped_reason.as_deref()),
        (Some(TaskStopCode::UserInitiated), Some("enough"))
    );
    let unknown = StopTaskRequest { task: "0".repeat(32), ..Default::default() };
    let error = ecs.stop_task(&cx(), unknown).await.expect_err("it is refused");
    assert_eq!(error.to_string(), "InvalidParameterException: The referenced task was not found.");
}

#[tokio::test]
async fn stopped_tasks_are_kept_for_an_hour() {
    let (ecs, task) = launched().await;
    stopped(&ecs, &task, Some(0)).await;
    let (early, _) = crate::loops(&ecs, || Timestamp::from_millis(NOW.millis() + 59 * 60_000));
    reconcile::Reconcile::step(&early, "").await.expect("a step");
    assert_eq!(describe(&ecs, &task).await.last_status.as_deref(), Some("STOPPED"));
    let (late, _) = crate::loops(&ecs, || Timestamp::from_millis(NOW.millis() + 61 * 60_000));
    reconcile::Reconcile::step(&late, "").await.expect("a step");
    let input = DescribeTasksRequest { tasks: vec![task.clone()], ..Default::default() };
    let described = ecs.describe_tasks(&cx(), input).await.expect("an answer");
    let failures: Vec<_> = described.failures.into_iter().flatten().filter_map(|f| f.reason).collect();
    assert_eq!(failures, ["MISSING"]);
}

#[tokio::test]
async fn deregistered_instances_are_forgotten_after_an_hour() {
    let ecs = service().await;
    let (gone, stays) = (instance(&ecs, "a", 1024, 1024).await, instance(&ecs, "a", 1024, 1024).await);
    let input = DeregisterContainerInstanceRequest { container_instance: gone.clone(), ..Default::default() };
    ecs.deregister_container_instance(&cx(), input).await.expect("it is deregistered");
    let described = async || {
        let container_instances = vec![gone.clone(), stays.clone()];
        let input = DescribeContainerInstancesRequest { container_instances, ..Default::default() };
        let shown = ecs.describe_container_instances(&cx(), input).await.expect("an answer");
        let statuses = shown.container_instances.into_iter().flatten().filter_map(|i| i.status);
        let failures = shown.failures.into_iter().flatten().filter_map(|f| f.reason);
        statuses.chain(failures).collect::<Vec<_>>()
    };
    let (early, _) = crate::loops(&ecs, || Timestamp::from_millis(NOW.millis() + 59 * 60_000));
    reconcile::Reconcile::step(&early, "").await.expect("a step");
    assert_eq!(described().await, ["INACTIVE", "ACTIVE"]);
    let (late, _) = crate::loops(&ecs, || Timestamp::from_millis(NOW.millis() + 61 * 60_000));
    reconcile::Reconcile::step(&late, "").await.expect("a step");
    assert_eq!(described().await, ["ACTIVE", "MISSING"]);
}

/// Nobody but us can say that a host of Fargate is dead.
#[tokio::test]
async fn tasks_of_fargate_end_with_a_node_that_stays_away() {
    let ecs = service().await;
    let input = RegisterContainerInstanceRequest {
        total_resources: Some(vec![amount("CPU", 4096), amount("MEMORY", 8192)]),
        attributes: Some(vec![
            attribute("ecs.capability.task-eni", None),
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("longshore.pool", Some("fargate")),
            attribute("longshore.zones", Some("*")),
        ]),
        ..Default::default()
    };
    let registered = ecs.register_container_instance(&cx(), input).await.expect("an instance");
    let arn = registered.container_instance.and_then(|i| i.container_instance_arn).expect("an ARN");
    connect(&ecs, &arn, true).await;
    let input = RegisterTaskDefinitionRequest {
        family: "serverless".to_owned(),
        container_definitions: vec![container("one")],
        network_mode: Some(NetworkMode::Awsvpc),
        requires_compatibilities: Some(vec![Compatibility::Fargate]),
        cpu: Some("256".to_owned()),
        memory: Some("512".to_owned()),
        ..Default::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    define(&ecs, "web", vec![container("one")], None).await;
    let subnets = vec![subnet("a").to_string()];
    let configuration = AwsVpcConfiguration { subnets, ..Default::default() };
    let network = NetworkConfiguration { awsvpc_configuration: Some(configuration) };
    let fargate = RunTaskRequest {
        launch_type: Some(LaunchType::Fargate),
        network_configuration: Some(network),
        ..run("serverless")
    };
    let on_fargate = launch(&ecs, fargate).await;
    let own = launch(&ecs, run("web")).await;
    for task in [&on_fargate, &own] {
        submit(&ecs, task, "RUNNING", vec![change("RUNNING")], None).await;
    }
    let step = async |after: fn() -> Timestamp| {
        let (_, give_up) = crate::loops(&ecs, after);
        reconcile::Reconcile::step(&give_up, "").await.expect("a step");
        let (fargate, own) = (describe(&ecs, &on_fargate).await, describe(&ecs, &own).await);
        (fargate.last_status.unwrap_or_default(), fargate.stop_code, own.last_status.unwrap_or_default())
    };
    let late = || Timestamp::from_millis(NOW.millis() + 10 * 60_000);
    let all_run = ("RUNNING".to_owned(), None, "RUNNING".to_owned());
    assert_eq!(step(late).await, all_run, "its agent is connected");
    connect(&ecs, &arn, false).await;
    assert_eq!(step(|| Timestamp::from_millis(NOW.millis() + 9 * 60_000)).await, all_run, "it may come back");
    // What runs on an instance of a cluster is its owner's to give up.
    let lost = ("STOPPED".to_owned(), Some(TaskStopCode::TerminationNotice), "RUNNING".to_owned());
    assert_eq!(step(late).await, lost);
}

#[tokio::test]
async fn a_forced_deregistration_ends_the_tasks() {
    let (ecs, task) = launched().await;
    let waiting = launch(&ecs, run("web")).await;
    submit(&ecs, &task, "RUNNING", vec![change("RUNNING")], None).await;
    let arn = describe(&ecs, &task).await.container_instance_arn.expect("an instance");
    let input = DeregisterContainerInstanceRequest { container_instance: arn, ..Default::default() };
    let refused =
        ecs.deregister_container_instance(&cx(), input.clone()).await.expect_err("a task runs there");
    assert_eq!(refused.to_string(), "InvalidParameterException: Found running tasks on the instance.");
    let forced = DeregisterContainerInstanceRequest { force: Some(true), ..input };
    let gone = ecs
        .deregister_container_instance(&cx(), forced)
        .await
        .expect("it goes")
        .container_instance
        .expect("it");
    assert_eq!(gone.status.as_deref(), Some("INACTIVE"));
    // No container of it is known to have exited.
    for (task, code) in [(task, TaskStopCode::TerminationNotice), (waiting, TaskStopCode::TaskFailedToStart)]
    {
        let shown = describe(&ecs, &task).await;
        assert_eq!((shown.last_status.as_deref(), shown.stop_code), (Some("STOPPED"), Some(code)));
        assert_eq!(shown.stopped_reason.as_deref(), Some("Container instance deregistered"));
    }
}

#[tokio::test]
async fn agents_of_other_clusters_are_not_believed() {
    let (ecs, task) = launched().await;
    let other = CreateClusterRequest { cluster_name: Some("other".to_owned()), ..Default::default() };
    ecs.create_cluster(&cx(), other).await.expect("a cluster");
    let input = SubmitTaskStateChangeRequest {
        cluster: Some("other".to_owned()),
        task: Some(task.clone()),
        status: Some("STOPPED".to_owned()),
        ..Default::default()
    };
    let refused = ecs.submit_task_state_change(&cx(), input).await.expect_err("it is refused");
    assert_eq!(
        refused.to_string(),
        "AccessDeniedException: The task does not belong to the cluster of the agent."
    );
    assert_eq!(describe(&ecs, &task).await.last_status.as_deref(), Some("PENDING"));
}

#[tokio::test]
async fn what_an_instance_out_of_reach_never_began_is_given_up() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let running = launch(&ecs, run("web")).await;
    let waiting = launch(&ecs, run("web")).await;
    submit(&ecs, &running, "RUNNING", vec![change("RUNNING")], None).await;
    let (_, later) = crate::loops(&ecs, || Timestamp::from_millis(NOW.millis() + 5 * 60_000));
    reconcile::Reconcile::step(&later, "").await.expect("a step");
    assert_eq!(
        describe(&ecs, &waiting).await.last_status.as_deref(),
        Some("PENDING"),
        "its agent is connected"
    );
    connect(&ecs, &arn, false).await;
    let (_, early) = crate::loops(&ecs, || Timestamp::from_millis(NOW.millis() + 4 * 60_000));
    reconcile::Reconcile::step(&early, "").await.expect("a step");
    assert_eq!(describe(&ecs, &waiting).await.last_status.as_deref(), Some("PENDING"), "it may come back");
    reconcile::Reconcile::step(&later, "").await.expect("a step");
    let given_up = describe(&ecs, &waiting).await;
    assert_eq!(
        (given_up.last_status.as_deref(), given_up.stop_code),
        (Some("STOPPED"), Some(TaskStopCode::TaskFailedToStart))
    );
    assert!(given_up.stopped_reason.is_some_and(|r| r.starts_with("Timeout waiting for the agent")));
    assert_eq!(describe(&ecs, &running).await.last_status.as_deref(), Some("RUNNING"), "what runs runs on");
}
