//! RunTask and StartTask.

use super::*;

/// Reasons of a refusal, in order.
async fn failures(ecs: &Ecs, input: RunTaskRequest) -> Vec<String> {
    let ran = ecs.run_task(&cx(), input).await.expect("an answer");
    assert_eq!(ran.tasks, Some(Vec::new()));
    ran.failures.into_iter().flatten().filter_map(|f| f.reason).collect()
}

async fn refusal(ecs: &Ecs, input: RunTaskRequest) -> String {
    ecs.run_task(&cx(), input).await.expect_err("it is refused").to_string()
}

#[tokio::test]
async fn a_task_is_placed_and_shown() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let task = describe(&ecs, &launch(&ecs, run("web")).await).await;
    assert_eq!(task.container_instance_arn.as_deref(), Some(arn.as_str()));
    assert_eq!(
        (task.last_status.as_deref(), task.desired_status.as_deref()),
        (Some("PENDING"), Some("RUNNING"))
    );
    assert_eq!(task.group.as_deref(), Some("family:web"));
    assert_eq!(task.availability_zone.as_deref(), Some("us-east-1a"));
    assert_eq!(task.launch_type, Some(LaunchType::Ec2));
    let input = DescribeContainerInstancesRequest { container_instances: vec![arn], ..Default::default() };
    let shown = ecs.describe_container_instances(&cx(), input).await.expect("an answer");
    let shown = shown.container_instances.and_then(|i| i.into_iter().next()).expect("the instance");
    let left: Vec<_> =
        shown.remaining_resources.into_iter().flatten().filter_map(|r| r.integer_value).take(2).collect();
    assert_eq!((left, shown.pending_tasks_count), (vec![924, 960], Some(1)));
}

#[tokio::test]
async fn what_no_instance_can_take_fails_with_the_reason() {
    let ecs = service().await;
    define(&ecs, "web", vec![container("one")], None).await;
    assert_eq!(
        refusal(&ecs, run("web")).await,
        "InvalidParameterException: No Container Instances were found in your cluster."
    );
    let arn = instance(&ecs, "a", 1024, 200).await;
    let ports = |host| {
        vec![ContainerDefinition {
            port_mappings: Some(vec![PortMapping {
                container_port: Some(80),
                host_port: Some(host),
                ..Default::default()
            }]),
            ..container("one")
        }]
    };
    let sized =
        |cpu, memory| vec![ContainerDefinition { cpu: Some(cpu), memory: Some(memory), ..container("one") }];
    define(&ecs, "cpu", sized(2000, 64), None).await;
    define(&ecs, "memory", sized(100, 201), None).await;
    define(&ecs, "port", ports(8080), None).await;
    let logging = LogConfiguration { log_driver: "syslog".into(), ..Default::default() };
    define(
        &ecs,
        "log",
        vec![ContainerDefinition { log_configuration: Some(logging), ..container("one") }],
        None,
    )
    .await;
    assert_eq!(failures(&ecs, run("cpu")).await, ["RESOURCE:CPU"]);
    assert_eq!(failures(&ecs, run("memory")).await, ["RESOURCE:MEMORY"]);
    assert_eq!(failures(&ecs, run("log")).await, ["ATTRIBUTE"]);
    let first = launch(&ecs, run("port")).await;
    assert_eq!(failures(&ecs, run("port")).await, ["RESOURCE:PORTS"]);
    // What a stopped task held is free again.
    let stop = StopTaskRequest { task: first.clone(), ..Default::default() };
    ecs.stop_task(&cx(), stop).await.expect("it stops");
    assert_eq!(failures(&ecs, run("port")).await, ["RESOURCE:PORTS"], "its agent has not said that it ended");
    report::stopped(&ecs, &first, Some(0)).await;
    launch(&ecs, run("port")).await;
    connect(&ecs, &arn, false).await;
    assert_eq!(failures(&ecs, run("web")).await, ["AGENT"]);
}

#[tokio::test]
async fn part_of_a_count_may_be_placed() {
    let ecs = service().await;
    instance(&ecs, "a", 250, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let ran = ecs.run_task(&cx(), RunTaskRequest { count: Some(5), ..run("web") }).await.expect("an answer");
    assert_eq!(ran.tasks.map(|t| t.len()), Some(2));
    let reasons: Vec<_> = ran.failures.into_iter().flatten().filter_map(|f| f.reason).collect();
    assert_eq!(reasons, ["RESOURCE:CPU"]);
}

#[tokio::test]
async fn bad_launches_are_refused() {
    let ecs = service().await;
    instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    define(&ecs, "eni", vec![container("one")], Some(NetworkMode::Awsvpc)).await;
    let vpc = |subnets: Vec<String>| NetworkConfiguration {
        awsvpc_configuration: Some(AwsVpcConfiguration { subnets, ..Default::default() }),
    };
    let named = |name: &str| TaskOverride {
        container_overrides: Some(vec![ContainerOverride {
            name: Some(name.to_owned()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    let provider =
        CapacityProviderStrategyItem { capacity_provider: "FARGATE".to_owned(), ..Default::default() };
    let cases = [
        (run("nothing"), "ClientException: TaskDefinition not found."),
        (
            RunTaskRequest { count: Some(11), ..run("web") },
            "InvalidParameterException: Count must be between 1 and 10.",
        ),
        (
            RunTaskRequest { cluster: Some("other".to_owned()), ..run("web") },
            "ClusterNotFoundException: Cluster not found.",
        ),
        (
            run("eni"),
            "InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        ),
        (
            RunTaskRequest { network_configuration: Some(vpc(vec![subnet("a").to_string()])), ..run("web") },
            "InvalidParameterException: Network Configuration is not valid for the given networkMode of this task definition.",
        ),
        (
            RunTaskRequest { overrides: Some(named("two")), ..run("web") },
            "InvalidParameterException: Override for container named two is not a container in the TaskDefinition.",
        ),
        (
            RunTaskRequest { launch_type: Some(LaunchType::Fargate), ..run("web") },
            "InvalidParameterException: Task definition does not support launch_type FARGATE.",
        ),
        (
            RunTaskRequest {
                launch_type: Some(LaunchType::Ec2),
                capacity_provider_strategy: Some(vec![provider]),
                ..run("web")
            },
            "InvalidParameterException: Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        ),
        (
            RunTaskRequest { platform_version: Some("1.4.0".to_owned()), ..run("web") },
            "InvalidParameterException: The platform version must be null when specifying an EC2 launch type.",
        ),
        (
            RunTaskRequest { group: Some("service:x".to_owned()), ..run("web") },
            "InvalidParameterException: Invalid namespace for group.",
        ),
    ];
    for (input, expected) in cases {
        assert_eq!(refusal(&ecs, input).await, expected);
    }
}

#[tokio::test]
async fn a_client_token_makes_a_launch_happen_once() {
    let ecs = service().await;
    instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let once = RunTaskRequest { client_token: Some("t".to_owned()), ..run("web") };
    let first = launch(&ecs, once.clone()).await;
    assert_eq!(launch(&ecs, once.clone()).await, first);
    let listed = ecs.list_tasks(&cx(), ListTasksRequest::default()).await.expect("a list");
    assert_eq!(listed.task_arns, Some(vec![first]));
    let other = RunTaskRequest { count: Some(2), ..once };
    assert!(refusal(&ecs, other).await.starts_with("ConflictException: "));
}

#[tokio::test]
async fn an_awsvpc_task_has_an_address_of_a_subnet_in_its_zone() {
    let ecs = service().await;
    instance(&ecs, "b", 4096, 4096).await;
    define(
        &ecs,
        "eni",
        vec![ContainerDefinition { cpu: Some(10), ..container("one") }],
        Some(NetworkMode::Awsvpc),
    )
    .await;
    let subnets = vec![subnet("a").to_string(), subnet("b").to_string()];
    let input = RunTaskRequest {
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: Some(AwsVpcConfiguration { subnets, ..Default::default() }),
        }),
        ..run("eni")
    };
    let mut addresses = std::collections::BTreeSet::new();
    // A /28 has 11 addresses to give.
    for _ in 0..11 {
        let task = describe(&ecs, &launch(&ecs, input.clone()).await).await;
        assert_eq!(task.last_status.as_deref(), Some("PROVISIONING"));
        let attachment = task.attachments.into_iter().flatten().next().expect("an attachment");
        let detail = |name: &str| {
            let found = attachment.details.iter().flatten().find(|d| d.name.as_deref() == Some(name));
            found.and_then(|d| d.value.clone()).unwrap_or_default()
        };
        assert_eq!(
            (attachment.status.as_deref(), detail("subnetId")),
            (Some("PRECREATED"), subnet("b").to_string())
        );
        let address: std::net::Ipv4Addr = detail("privateIPv4Address").parse().expect("an address");
        assert!("10.0.1.0/28".parse::<model::ec2::Ipv4Block>().expect("a block").contains(address));
        assert!(addresses.insert(address), "{address} was given twice");
    }
    let task = describe(&ecs, &launch(&ecs, input.clone()).await).await;
    assert_eq!(
        (task.last_status.as_deref(), task.stop_code.map(|c| c.to_string()).as_deref()),
        (Some("STOPPED"), Some("TaskFailedToStart"))
    );
    assert_eq!(
        task.stopped_reason,
        Some(format!(
            "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet '{}': InsufficientFreeAddressesInSubnet",
            subnet("b")
        ))
    );
}

#[tokio::test]
async fn start_task_takes_the_named_instance_or_says_why_not() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let small = instance(&ecs, "b", 50, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let missing = "0".repeat(32);
    let input = StartTaskRequest {
        task_definition: "web:1".to_owned(),
        container_instances: vec![arn.clone(), small.clone(), missing.clone()],
        ..Default::default()
    };
    let started = ecs.start_task(&cx(), input).await.expect("an answer");
    let placed: Vec<_> =
        started.tasks.into_iter().flatten().filter_map(|t| t.container_instance_arn).collect();
    assert_eq!(placed, [arn]);
    let reasons: Vec<_> = started.failures.into_iter().flatten().filter_map(|f| f.reason).collect();
    assert_eq!(reasons, ["RESOURCE:CPU", "MISSING"]);
}

#[tokio::test]
async fn a_launch_that_is_not_written_leaves_no_booking_behind() {
    let ecs = service().await;
    instance(&ecs, "a", 100, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    // The fleet books before the change is written; a change that comes to nothing must not keep the room.
    let tags = vec![Tag { key: Some("aws:x".to_owned()), value: Some("y".to_owned()) }];
    refusal(&ecs, RunTaskRequest { tags: Some(tags), ..run("web") }).await;
    launch(&ecs, run("web")).await;
}

#[tokio::test]
async fn what_is_not_sent_to_agents_is_refused_whatever_they_advertise() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&arn, |i| {
            let official =
                ["ecs.capability.secrets.ssm.environment-variables", "ecs.capability.env-files.s3"];
            i.attributes.extend(official.map(model::ecs::Attribute::named));
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let role = role::make(&ecs, "r", role::TASKS).await;
    let secret = Secret { name: "A".to_owned(), value_from: "/parameter".to_owned() };
    let input = RegisterTaskDefinitionRequest {
        family: "secret".to_owned(),
        execution_role_arn: Some(role),
        container_definitions: vec![ContainerDefinition { secrets: Some(vec![secret]), ..container("one") }],
        ..Default::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    define(&ecs, "web", vec![container("one")], None).await;
    assert_eq!(failures(&ecs, run("secret")).await, ["ATTRIBUTE"]);
    launch(&ecs, run("web")).await;
}

#[tokio::test]
async fn launch_types_go_to_instances_of_their_kind() {
    let ecs = service().await;
    define(&ecs, "web", vec![container("one")], None).await;
    let external = || RunTaskRequest { launch_type: Some(LaunchType::External), ..run("web") };
    let none = "InvalidParameterException: No Container Instances were found in your cluster.";
    let own = instance(&ecs, "a", 1024, 1024).await;
    assert_eq!(refusal(&ecs, external()).await, none);
    let outside = instance(&ecs, "a", 1024, 1024).await;
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&outside, |i| {
            i.attributes.push(model::ecs::Attribute::named("ecs.capability.external"));
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    for (input, at, shown) in
        [(external(), &outside, LaunchType::External), (run("web"), &own, LaunchType::Ec2)]
    {
        for _ in 0..3 {
            let task = describe(&ecs, &launch(&ecs, input.clone()).await).await;
            assert_eq!(
                (task.container_instance_arn.as_ref(), task.launch_type),
                (Some(at), Some(shown.clone()))
            );
        }
    }
    let input = StartTaskRequest {
        task_definition: "web".to_owned(),
        container_instances: vec![own.clone(), outside.clone()],
        ..Default::default()
    };
    let started = ecs.start_task(&cx(), input).await.expect("an answer");
    let kinds: Vec<_> = started.tasks.into_iter().flatten().filter_map(|t| t.launch_type).collect();
    assert_eq!(kinds, [LaunchType::Ec2, LaunchType::External]);
}

/// What our agent would have to leave out is refused when the task is run. An operator who joins an agent that can do more says so.
#[tokio::test]
async fn options_that_our_agent_does_not_carry_out_are_refused_with_the_reason() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let give = async |names: Vec<&'static str>| {
        let change = ecs.state.update(|tx| {
            tx.modify::<model::ecs::ContainerInstance>(&arn, |i| {
                i.attributes.extend(names.iter().copied().map(model::ecs::Attribute::named));
            });
            Ok::<_, Error>(())
        });
        change.await.expect("the state takes it");
    };
    let mut names = vec!["ecs.capability.docker-plugin.local"];
    names.extend([
        "com.amazonaws.ecs.capability.logging-driver.awslogs",
        "com.amazonaws.ecs.capability.logging-driver.json-file",
    ]);
    names.extend([
        "com.amazonaws.ecs.capability.docker-remote-api.1.19",
        "com.amazonaws.ecs.capability.docker-remote-api.1.25",
    ]);
    give(names).await;
    let logging = |driver: &str, options: &[(&str, &str)]| {
        let options = options.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let log =
            LogConfiguration { log_driver: driver.into(), options: Some(options), ..Default::default() };
        vec![ContainerDefinition { log_configuration: Some(log), ..container("one") }]
    };
    let (group, here) = (("awslogs-group", "g"), ("awslogs-region", "us-east-1"));
    define(&ecs, "known", logging("awslogs", &[group, here, ("awslogs-create-stream", "true")]), None).await;
    define(&ecs, "region", logging("awslogs", &[group, ("awslogs-region", "eu-west-1")]), None).await;
    define(&ecs, "endpoint", logging("awslogs", &[group, here, ("awslogs-endpoint", "http://x")]), None)
        .await;
    define(&ecs, "file", logging("json-file", &[("max-size", "1m"), ("cache-disabled", "true")]), None).await;
    let volume = |driver: &str, options: &[(&str, &str)]| Volume {
        name: Some("v".to_owned()),
        docker_volume_configuration: Some(DockerVolumeConfiguration {
            driver: Some(driver.to_owned()),
            driver_opts: Some(options.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()),
            ..Default::default()
        }),
        ..Default::default()
    };
    for (family, volume) in [
        ("options", volume("local", &[("type", "tmpfs"), ("device", "tmpfs")])),
        ("driver", volume("rexray", &[])),
        ("local", volume("local", &[])),
    ] {
        let input = RegisterTaskDefinitionRequest {
            family: family.to_owned(),
            container_definitions: vec![container("one")],
            volumes: Some(vec![volume]),
            ..Default::default()
        };
        ecs.register_task_definition(&cx(), input).await.expect("a definition");
    }
    for (family, lacking) in [
        ("region", "longshore.capability.log-region"),
        ("endpoint", "longshore.capability.log-options"),
        ("file", "longshore.capability.log-options"),
        ("options", "longshore.capability.docker-volume-driver-options"),
        ("driver", "ecs.capability.docker-plugin.rexray"),
    ] {
        let ran = ecs.run_task(&cx(), run(family)).await.expect("an answer");
        let failure = ran.failures.into_iter().flatten().next().expect("a failure");
        assert_eq!(failure.reason.as_deref(), Some("ATTRIBUTE"), "{family}");
        assert_eq!(failure.detail, Some(format!("the instance lacks attribute {lacking}")), "{family}");
    }
    launch(&ecs, run("known")).await;
    launch(&ecs, run("local")).await;
    give(vec!["longshore.capability.docker-volume-driver-options"]).await;
    launch(&ecs, run("options")).await;
}

#[tokio::test]
async fn only_fargate_gives_public_addresses() {
    let ecs = service().await;
    instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "vpc", vec![container("one")], Some(NetworkMode::Awsvpc)).await;
    let configuration = AwsVpcConfiguration {
        subnets: vec![subnet("a").to_string()],
        assign_public_ip: Some(AssignPublicIp::Enabled),
        ..Default::default()
    };
    let network = NetworkConfiguration { awsvpc_configuration: Some(configuration) };
    let input = RunTaskRequest { network_configuration: Some(network), ..run("vpc") };
    assert_eq!(
        refusal(&ecs, input).await,
        "InvalidParameterException: Assign public IP is not supported for this launch type."
    );
}

/// "platform version 1.4.0 or later" of the parameters' pages.
#[tokio::test]
async fn the_older_platform_of_fargate_lacks_what_came_later() {
    let ecs = service().await;
    let definition = |family: &str, more: RegisterTaskDefinitionRequest| RegisterTaskDefinitionRequest {
        family: family.to_owned(),
        container_definitions: vec![container("one")],
        network_mode: Some(NetworkMode::Awsvpc),
        requires_compatibilities: Some(vec![Compatibility::Fargate]),
        cpu: Some("256".to_owned()),
        memory: Some("512".to_owned()),
        ..more
    };
    let storage = Some(EphemeralStorage { size_in_gi_b: 30 });
    let arm = RuntimePlatform { cpu_architecture: Some(CPUArchitecture::Arm64), ..Default::default() };
    let kinds = [
        ("plain", RegisterTaskDefinitionRequest::default()),
        ("storage", RegisterTaskDefinitionRequest { ephemeral_storage: storage, ..Default::default() }),
        ("pid", RegisterTaskDefinitionRequest { pid_mode: Some(PidMode::Task), ..Default::default() }),
        ("arm", RegisterTaskDefinitionRequest { runtime_platform: Some(arm), ..Default::default() }),
    ];
    let incompatible = "PlatformTaskDefinitionIncompatibilityException: One or more of the requested capabilities are not supported.";
    for (family, more) in kinds {
        ecs.register_task_definition(&cx(), definition(family, more)).await.expect("a definition");
        let configuration =
            AwsVpcConfiguration { subnets: vec![subnet("a").to_string()], ..Default::default() };
        let on = |version: &str, execute_command: bool| RunTaskRequest {
            launch_type: Some(LaunchType::Fargate),
            platform_version: Some(version.to_owned()),
            enable_execute_command: Some(execute_command),
            network_configuration: Some(NetworkConfiguration {
                awsvpc_configuration: Some(configuration.clone()),
            }),
            ..run(family)
        };
        // There is no node to take them: what is not refused fails, or waits.
        let refused = async |input| ecs.run_task(&cx(), input).await.err().map(|e| e.to_string());
        let said = refused(on("1.3.0", false)).await.filter(|said| said.starts_with("Platform"));
        assert_eq!(said.as_deref(), (family != "plain").then_some(incompatible), "{family}");
        assert_eq!(refused(on("1.3.0", true)).await.as_deref(), Some(incompatible), "{family}");
        let newest = refused(on("1.4.0", false)).await.unwrap_or_default();
        assert!(!newest.starts_with("Platform"), "{family}: {newest}");
    }
}
