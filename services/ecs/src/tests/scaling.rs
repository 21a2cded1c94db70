//! Managed scaling over a fleet that only writes down what it is asked, and what operators do with nodes of pools.

use super::capacity::{ecs_fleet, group, put, with_fleet};
use super::*;
use crate::instance_fleet::{Doing, FleetError, InstanceFleet, Order};
use crate::operator::Retire;
use crate::scaling::Scale;
use model::ecs::Scaling;
use reconcile::{Next, Reconcile};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

const KEY: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/default|one";

/// What was asked, in order; every request fails while `broken`.
#[derive(Default)]
struct Asked {
    calls: Mutex<Vec<String>>,
    broken: Mutex<bool>,
}

impl Asked {
    fn note(&self, verb: &str, order: &Order) -> Result<(), FleetError> {
        self.calls.lock().expect("no test panics here").push(format!("{verb} {}", order.machine));
        assert_eq!((order.fleet.as_str(), order.cluster.as_str()), ("web", "default"));
        match *self.broken.lock().expect("no test panics here") {
            true => Err(FleetError {
                fleet: order.fleet.clone(),
                machine: order.machine.clone(),
                reason: "broken".to_owned(),
            }),
            false => Ok(()),
        }
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.calls.lock().expect("no test panics here"))
    }
}

impl InstanceFleet for Asked {
    fn start<'a>(&'a self, order: &'a Order) -> Doing<'a> {
        Box::pin(async move { self.note("start", order) })
    }

    fn stop<'a>(&'a self, order: &'a Order) -> Doing<'a> {
        Box::pin(async move { self.note("stop", order) })
    }
}

fn scale(ecs: &Arc<Ecs>, asked: &Arc<Asked>, clock: fn() -> Timestamp) -> Scale {
    let fleet: Arc<dyn InstanceFleet> = Arc::clone(asked) as _;
    let fleets = BTreeMap::from([("web".to_owned(), fleet)]);
    Scale::new(ecs, fleets, Duration::from_secs(900), clock, || {
        // Machines of one step do not have the ids of another's.
        static STEPS: AtomicU16 = AtomicU16::new(0);
        let mut seed = [5; 32];
        seed[..2].copy_from_slice(&STEPS.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        Seed::from_bytes(seed)
    })
}

fn machines(ecs: &Ecs) -> Vec<String> {
    let scaling = ecs.state.snapshot().get::<Scaling>(KEY).cloned();
    scaling.map(|s| s.machines.iter().map(|m| m.id.clone()).collect()).unwrap_or_default()
}

/// A machine of the fleet as its agent registers it.
async fn joins(ecs: &Ecs, machine: &str) -> String {
    let arn = instance(ecs, "a", 1024, 1024).await;
    let input = RegisterContainerInstanceRequest {
        container_instance_arn: Some(arn.clone()),
        total_resources: Some(vec![amount("CPU", 1024), amount("MEMORY", 1024)]),
        attributes: Some(vec![
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("longshore.fleet", Some("web")),
            attribute("longshore.machine", Some(machine)),
        ]),
        ..RegisterContainerInstanceRequest::default()
    };
    ecs.register_container_instance(&cx(), input).await.expect("it is renewed");
    arn
}

async fn scaled(count: i32) -> (Arc<Ecs>, Vec<String>) {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![ContainerDefinition { cpu: Some(600), ..container("one") }], None).await;
    let ran =
        ecs.run_task(&cx(), RunTaskRequest { count: Some(count), ..run("web") }).await.expect("it runs");
    let tasks = ran.tasks.into_iter().flatten().filter_map(|t| t.task_arn).collect();
    (ecs, tasks)
}

async fn place(ecs: &Arc<Ecs>) {
    let place = crate::placing::Place::new(ecs, || NOW, || Seed::from_bytes([9; 32]));
    place.step("arn:aws:ecs:us-east-1:123456789012:cluster/default").await.expect("a step");
}

#[tokio::test]
async fn machines_come_for_tasks_that_wait_and_go_after_them() {
    let (ecs, tasks) = scaled(1).await;
    let asked = Arc::new(Asked::default());
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    let made = machines(&ecs);
    assert_eq!(made.len(), 2, "from nothing 200 per cent are two");
    let starts: Vec<String> = made.iter().map(|m| format!("start {m}")).collect();
    assert_eq!(asked.take(), starts);
    // The same again: they are asked for again, and no others while they warm up.
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    assert_eq!((machines(&ecs), asked.take()), (made.clone(), starts));

    let first = joins(&ecs, &made[0]).await;
    let second = joins(&ecs, &made[1]).await;
    place(&ecs).await;
    let placed = describe(&ecs, &tasks[0]).await.container_instance_arn.expect("it has a place");
    let (used, idle) = if placed == first { (0, 1) } else { (1, 0) };
    let idle_instance = if idle == 0 { first } else { second };

    // A quarter of an hour with one too many: it goes, with its instance.
    let later = || Timestamp::from_millis(NOW.millis() + 1_000_000);
    let much_later = || Timestamp::from_millis(NOW.millis() + 2_000_000);
    let next = scale(&ecs, &asked, later).step(KEY).await.expect("a step");
    assert_eq!(next, Next::After(Duration::from_secs(900)));
    asked.take();
    scale(&ecs, &asked, much_later).step(KEY).await.expect("a step");
    let calls = asked.take();
    assert!(calls.contains(&format!("stop {}", made[idle])), "{calls:?}");
    assert!(!calls.contains(&format!("stop {}", made[used])), "{calls:?}");
    assert_eq!(machines(&ecs), [made[used].clone()]);
    let input = DescribeContainerInstancesRequest {
        container_instances: vec![idle_instance],
        ..DescribeContainerInstancesRequest::default()
    };
    let shown = ecs.describe_container_instances(&cx(), input).await.expect("an answer");
    let status = shown.container_instances.and_then(|i| i[0].status.clone());
    assert_eq!(status.as_deref(), Some("INACTIVE"));
}

#[tokio::test]
async fn a_machine_that_could_not_be_started_is_asked_for_again_and_no_other() {
    let (ecs, _) = scaled(1).await;
    let asked = Arc::new(Asked::default());
    *asked.broken.lock().expect("no test panics here") = true;
    scale(&ecs, &asked, || NOW).step(KEY).await.expect_err("the fleet is broken");
    let made = machines(&ecs);
    let first = asked.take();
    *asked.broken.lock().expect("no test panics here") = false;
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    assert_eq!((machines(&ecs), asked.take()), (made, first));
}

#[tokio::test]
async fn a_machine_that_never_comes_is_given_up_and_another_one_is_asked_for() {
    let (ecs, _) = scaled(1).await;
    let asked = Arc::new(Asked::default());
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    let made = machines(&ecs);
    assert_eq!((made.len(), asked.take().len()), (2, 2));
    // One comes and is deregistered again: it is not given up.
    let came = joins(&ecs, &made[0]).await;
    let input = DeregisterContainerInstanceRequest {
        container_instance: came,
        force: Some(true),
        ..DeregisterContainerInstanceRequest::default()
    };
    ecs.deregister_container_instance(&cx(), input).await.expect("it is gone");
    let before = || Timestamp::from_millis(NOW.millis() + 599_000);
    let at = || Timestamp::from_millis(NOW.millis() + 600_000);
    let next = scale(&ecs, &asked, before).step(KEY).await.expect("a step");
    assert_eq!(next, Next::After(Duration::from_secs(1)), "it looks again when the machine is given up");
    assert!(made.iter().all(|m| machines(&ecs).contains(m)));
    asked.take();
    scale(&ecs, &asked, at).step(KEY).await.expect("a step");
    let calls = asked.take();
    assert!(calls.contains(&format!("stop {}", made[1])), "{calls:?}");
    assert!(!calls.contains(&format!("stop {}", made[0])), "{calls:?}");
    let now = machines(&ecs);
    assert!(now.contains(&made[0]) && !now.contains(&made[1]), "{now:?}");
    // The task still waits: another one comes in its place.
    scale(&ecs, &asked, at).step(KEY).await.expect("a step");
    assert!(machines(&ecs).iter().any(|m| !made.contains(m)), "{:?}", machines(&ecs));
}

#[tokio::test]
async fn machines_of_a_provider_that_goes_are_emptied_and_end() {
    let (ecs, tasks) = scaled(1).await;
    let asked = Arc::new(Asked::default());
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    let made = machines(&ecs);
    let instance = joins(&ecs, &made[0]).await;
    place(&ecs).await;
    let stop = StopTaskRequest { task: tasks[0].clone(), ..StopTaskRequest::default() };
    ecs.stop_task(&cx(), stop).await.expect("it stops");
    // Its agent has not said that it ended: the provider is in use.
    ecs.put_cluster_capacity_providers(&cx(), put(&[], &[])).await.expect_err("it is in use");
    report::stopped(&ecs, &tasks[0], Some(0)).await;
    ecs.put_cluster_capacity_providers(&cx(), put(&[], &[])).await.expect("it is let go");
    asked.take();
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    let stops: Vec<String> = made.iter().map(|m| format!("stop {m}")).collect();
    assert_eq!(asked.take(), stops);
    assert!(ecs.state.snapshot().get::<Scaling>(KEY).is_none(), "nothing is left of it");
    let input = DescribeContainerInstancesRequest {
        container_instances: vec![instance],
        ..DescribeContainerInstancesRequest::default()
    };
    let shown = ecs.describe_container_instances(&cx(), input).await.expect("an answer");
    assert_eq!(shown.container_instances.and_then(|i| i[0].status.clone()).as_deref(), Some("INACTIVE"));
}

#[tokio::test]
async fn why_says_which_check_refused_how_many() {
    let (ecs, tasks) = scaled(1).await;
    let why = ecs.why(&cx(), &tasks[0]).expect("an answer");
    assert_eq!((why[0].waits, why[0].instances, why[0].capacity.as_str()), (true, 0, "one"));
    let first = joins(&ecs, "i-1").await;
    joins(&ecs, "i-2").await;
    define(&ecs, "large", vec![ContainerDefinition { cpu: Some(2000), ..container("one") }], None).await;
    let large = launch(&ecs, run("large")).await;
    connect(&ecs, &first, false).await;
    let why = ecs.why(&cx(), &large).expect("an answer").remove(0);
    assert_eq!(why.instances, 2);
    let refused: Vec<_> = why.refused.iter().map(|r| (r.reason.as_str(), r.instances)).collect();
    assert_eq!(refused, [("AGENT", 1), ("RESOURCE:CPU", 1)]);
    let closest = why.closest.expect("one came furthest");
    assert_eq!(closest.explanation, "2000 CPU units needed, 1024 left");
    assert!(ecs.why(&cx(), "nothing").is_err());
}

/// A node of a pool, connected.
pub(super) async fn pool_node(ecs: &Ecs, pool: &str, name: &str) -> String {
    let input = RegisterContainerInstanceRequest {
        cluster: Some("longshore-pool".to_owned()),
        total_resources: Some(vec![amount("CPU", 1024), amount("MEMORY", 2048)]),
        attributes: Some(vec![
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("ecs.capability.task-eni", None),
            attribute("longshore.pool", Some(pool)),
            attribute("longshore.node", Some(name)),
            attribute("longshore.zones", Some("*")),
        ]),
        ..RegisterContainerInstanceRequest::default()
    };
    let made = ecs.register_container_instance(&cx(), input).await.expect("a node");
    let arn = made.container_instance.and_then(|i| i.container_instance_arn).expect("an ARN");
    connect(ecs, &arn, true).await;
    arn
}

pub(super) async fn define_fargate(ecs: &Ecs) {
    let input = RegisterTaskDefinitionRequest {
        family: "fargate".to_owned(),
        container_definitions: vec![container("one")],
        network_mode: Some(NetworkMode::Awsvpc),
        requires_compatibilities: Some(vec![Compatibility::Fargate]),
        cpu: Some("256".to_owned()),
        memory: Some("512".to_owned()),
        ..RegisterTaskDefinitionRequest::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
}

fn on(provider: &str) -> RunTaskRequest {
    RunTaskRequest {
        capacity_provider_strategy: Some(vec![CapacityProviderStrategyItem {
            capacity_provider: provider.to_owned(),
            ..CapacityProviderStrategyItem::default()
        }]),
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: Some(AwsVpcConfiguration {
                subnets: vec![subnet("a").to_string()],
                ..AwsVpcConfiguration::default()
            }),
        }),
        ..run("fargate")
    }
}

async fn has_room(ecs: &Ecs, provider: &str) -> bool {
    let ran = ecs.run_task(&cx(), on(provider)).await.expect("an answer");
    ran.tasks.is_some_and(|t| !t.is_empty())
}

#[tokio::test]
async fn a_reclaimed_node_interrupts_its_spot_tasks_and_takes_no_more() {
    let ecs = service().await;
    define_fargate(&ecs).await;
    ecs.put_cluster_capacity_providers(&cx(), put(&["FARGATE", "FARGATE_SPOT"], &[]))
        .await
        .expect("an answer");
    pool_node(&ecs, "fargate", "plain").await;
    assert!(!has_room(&ecs, "FARGATE_SPOT").await, "only Spot nodes take Spot tasks");
    let spot = pool_node(&ecs, "fargate-spot", "spot").await;
    let task = launch(&ecs, on("FARGATE_SPOT")).await;
    ecs.reclaim(&cx(), "plain").await.expect_err("it is no Spot node");
    ecs.reclaim(&cx(), "nobody").await.expect_err("there is none");
    let left = ecs.reclaim(&cx(), "spot").await.expect("it is reclaimed");
    assert_eq!((left.instance, left.tasks), (spot, vec![task.clone()]));
    let shown = describe(&ecs, &task).await;
    assert_eq!(shown.desired_status.as_deref(), Some("STOPPED"));
    assert_eq!(shown.stop_code, Some(TaskStopCode::SpotInterruption));
    assert_eq!(shown.stopped_reason.as_deref(), Some("Your Spot Task was interrupted."));
    assert!(!has_room(&ecs, "FARGATE_SPOT").await, "it takes no more");
    pool_node(&ecs, "fargate-spot", "other").await;
    assert!(has_room(&ecs, "FARGATE_SPOT").await, "another one does");
}

#[tokio::test]
async fn a_retired_node_stops_its_tasks_at_the_date() {
    let ecs = service().await;
    define_fargate(&ecs).await;
    ecs.put_cluster_capacity_providers(&cx(), put(&["FARGATE"], &[])).await.expect("an answer");
    let node = pool_node(&ecs, "fargate", "plain").await;
    let task = launch(&ecs, on("FARGATE")).await;
    let at = NOW.after(Duration::from_secs(60));
    // Without a date, after the days of the account's setting.
    let asked = cx();
    let left = ecs.retire(&asked, "plain", None).await.expect("it is marked");
    assert_eq!(left.at, asked.now.after(Duration::from_secs(7 * 24 * 3600)).millis());
    ecs.retire(&cx(), "plain", Some(at)).await.expect("it is marked");
    assert!(!has_room(&ecs, "FARGATE").await, "it takes no more");
    let early = Retire::new(&ecs, || NOW).step(&node).await.expect("a step");
    assert_eq!(early, Next::After(Duration::from_secs(60)));
    assert_eq!(describe(&ecs, &task).await.desired_status.as_deref(), Some("RUNNING"));
    Retire::new(&ecs, || NOW.after(Duration::from_secs(60))).step(&node).await.expect("a step");
    let shown = describe(&ecs, &task).await;
    assert_eq!(
        shown.stopped_reason.as_deref(),
        Some("ECS is performing maintenance on the underlying infrastructure hosting the task.")
    );
}

#[tokio::test]
async fn no_machine_comes_for_what_does_not_fit_beside_a_daemon() {
    let (ecs, _) = scaled(1).await;
    define(&ecs, "daemon", vec![ContainerDefinition { cpu: Some(500), ..container("one") }], None).await;
    let input = CreateServiceRequest {
        service_name: "daemon".to_owned(),
        task_definition: Some("daemon".to_owned()),
        scheduling_strategy: Some(SchedulingStrategy::Daemon),
        launch_type: Some(LaunchType::Ec2),
        ..CreateServiceRequest::default()
    };
    ecs.create_service(&cx(), input).await.expect("a service");
    let asked = Arc::new(Asked::default());
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    assert_eq!(
        machines(&ecs),
        Vec::<String>::new(),
        "600 of the task and 500 of the daemon are more than 1024"
    );
    let input = DeleteServiceRequest { service: "daemon".to_owned(), ..DeleteServiceRequest::default() };
    ecs.delete_service(&cx(), input).await.expect("it is deleted");
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    assert_eq!(machines(&ecs).len(), 2);
}

#[tokio::test]
async fn managed_instances_are_machines_of_the_operators_fleets() {
    let mut fleet = ecs_fleet();
    fleet.managed = true;
    let ecs = service_with(Settings { fleets: vec![fleet], ..settings() }).await;
    let requirements = |least: i32| InstanceRequirementsRequest {
        v_cpu_count: VCpuCountRangeRequest { min: 1, max: Some(2) },
        memory_mi_b: MemoryMiBRequest { min: least, max: None },
        ..InstanceRequirementsRequest::default()
    };
    let provider = |least: i32| CreateCapacityProviderRequest {
        name: "one".to_owned(),
        cluster: Some("default".to_owned()),
        managed_instances_provider: Some(CreateManagedInstancesProviderConfiguration {
            infrastructure_role_arn: "arn:aws:iam::123456789012:role/infrastructure".to_owned(),
            instance_launch_template: InstanceLaunchTemplate {
                ec2_instance_profile_arn: "arn:aws:iam::123456789012:instance-profile/profile".to_owned(),
                network_configuration: ManagedInstancesNetworkConfiguration {
                    subnets: Some(vec![subnet("a").to_string()]),
                    security_groups: None,
                },
                instance_requirements: Some(requirements(least)),
                ..InstanceLaunchTemplate::default()
            },
            ..CreateManagedInstancesProviderConfiguration::default()
        }),
        ..CreateCapacityProviderRequest::default()
    };
    let too_large = ecs.create_capacity_provider(&cx(), provider(2048)).await.expect_err("no fleet has it");
    assert!(
        too_large.to_string().contains("No instance type meets the instance requirements"),
        "{too_large}"
    );
    let nowhere = CreateCapacityProviderRequest { cluster: None, ..provider(1024) };
    ecs.create_capacity_provider(&cx(), nowhere).await.expect_err("it needs a cluster");
    let mut burstable = provider(1024);
    if let Some(managed) = &mut burstable.managed_instances_provider {
        managed.instance_launch_template.fips_enabled = Some(true);
    }
    let refused =
        ecs.create_capacity_provider(&cx(), burstable).await.expect_err("a fleet cannot promise it");
    assert!(refused.to_string().starts_with("UnsupportedFeatureException"), "{refused}");

    let made = ecs.create_capacity_provider(&cx(), provider(1024)).await.expect("it is made");
    let made = made.capacity_provider.expect("the provider");
    assert_eq!(made.r#type, Some(CapacityProviderType::ManagedInstances));
    assert_eq!(made.cluster.as_deref(), Some("default"));
    let named = ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[])).await.expect_err("it is there");
    assert!(named.to_string().contains("Cannot associate Managed Instances"), "{named}");
    // It stays when the others are set, and may be the default.
    ecs.put_cluster_capacity_providers(&cx(), put(&[], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![ContainerDefinition { cpu: Some(600), ..container("one") }], None).await;
    let asked_for = RunTaskRequest { launch_type: Some(LaunchType::ManagedInstances), ..run("web") };
    let refused = ecs.run_task(&cx(), asked_for).await.expect_err("a strategy leads there");
    assert!(refused.to_string().starts_with("InvalidParameterException"), "{refused}");
    let task = launch(&ecs, run("web")).await;
    assert_eq!(describe(&ecs, &task).await.launch_type, Some(LaunchType::ManagedInstances));
    for (launch_type, shown) in
        [(LaunchType::ManagedInstances, vec![task.clone()]), (LaunchType::Ec2, vec![])]
    {
        let input = ListTasksRequest { launch_type: Some(launch_type), ..ListTasksRequest::default() };
        assert_eq!(ecs.list_tasks(&cx(), input).await.expect("an answer").task_arns, Some(shown));
    }
    let asked = Arc::new(Asked::default());
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    let machines = machines(&ecs);
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let input = RegisterContainerInstanceRequest {
        container_instance_arn: Some(arn.clone()),
        total_resources: Some(vec![amount("CPU", 1024), amount("MEMORY", 1024)]),
        attributes: Some(vec![
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("longshore.fleet", Some("web")),
            attribute("longshore.machine", Some(&machines[0])),
            attribute("longshore.capacity-provider", Some("one")),
        ]),
        ..RegisterContainerInstanceRequest::default()
    };
    ecs.register_container_instance(&cx(), input).await.expect("it is renewed");
    place(&ecs).await;
    assert_eq!(describe(&ecs, &task).await.container_instance_arn, Some(arn));
    let delete = || DeleteCapacityProviderRequest { capacity_provider: "one".to_owned(), cluster: None };
    ecs.delete_capacity_provider(&cx(), delete()).await.expect("it is begun");
    let cluster = DeleteClusterRequest { cluster: "default".to_owned() };
    ecs.delete_cluster(&cx(), cluster).await.expect_err("its provider is in use");
    report::stopped(&ecs, &task, Some(0)).await;
    ecs.delete_capacity_provider(&cx(), delete()).await.expect("it is begun");
    asked.take();
    scale(&ecs, &asked, || NOW).step(KEY).await.expect("a step");
    let stops: Vec<String> = machines.iter().map(|m| format!("stop {m}")).collect();
    assert_eq!(asked.take(), stops);
}
