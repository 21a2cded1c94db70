use super::{cluster_arn, cx, ecs, error, instance, root, stop, task};
use crate::api::account_setting::put_account_setting;
use crate::api::cluster::*;
use crate::service::Ecs;
use api::ecs::*;
use expect_test::expect;

fn create(name: &str) -> CreateClusterRequest {
    CreateClusterRequest { cluster_name: Some(name.to_owned()), ..Default::default() }
}

async fn describe(ecs: &Ecs, name: &str, include: Vec<ClusterField>) -> Cluster {
    let input = DescribeClustersRequest { clusters: Some(vec![name.to_owned()]), include: Some(include) };
    let mut found = describe_clusters(ecs, &cx(), input).await.expect("it answers").clusters.expect("a list");
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

fn insights(value: &str) -> Vec<ClusterSetting> {
    vec![ClusterSetting { name: Some(ClusterSettingName::ContainerInsights), value: Some(value.to_owned()) }]
}

#[tokio::test]
async fn the_default_cluster_is_made_and_shown() {
    let ecs = ecs();
    let made = create_cluster(&ecs, &cx(), CreateClusterRequest::default())
        .await
        .expect("it is made")
        .cluster
        .expect("a cluster");
    assert_eq!(made.cluster_arn.as_deref(), Some("arn:aws:ecs:us-east-1:123456789012:cluster/default"));
    assert_eq!((made.status.as_deref(), made.settings), (Some("ACTIVE"), Some(insights("disabled"))));
    let found = describe_clusters(&ecs, &cx(), DescribeClustersRequest::default()).await.expect("it answers");
    let found = found.clusters.expect("a list");
    assert_eq!(found.len(), 1);
    // Nothing that was not asked for.
    assert_eq!(
        (&found[0].settings, &found[0].tags, &found[0].statistics),
        (&Some(vec![]), &Some(vec![]), &Some(vec![]))
    );
    assert_eq!(found[0].configuration, None);
}

#[tokio::test]
async fn what_is_included_on_request() {
    let ecs = ecs();
    let input = CreateClusterRequest {
        tags: Some(vec![Tag { key: Some("team".into()), value: Some("a".into()) }]),
        settings: Some(insights("enhanced")),
        configuration: Some(ClusterConfiguration {
            execute_command_configuration: Some(ExecuteCommandConfiguration {
                logging: Some(ExecuteCommandLogging::Default),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..create("full")
    };
    create_cluster(&ecs, &root(), input).await.expect("it is made");
    instance(&ecs, "full", 1).await;
    task(&ecs, "full", "web:1").await;
    let all = vec![
        ClusterField::Attachments,
        ClusterField::Configurations,
        ClusterField::Settings,
        ClusterField::Statistics,
        ClusterField::Tags,
    ];
    let shown = describe(&ecs, "full", all).await;
    assert_eq!(shown.settings, Some(insights("enhanced")));
    assert_eq!(shown.tags.expect("tags")[0].key.as_deref(), Some("team"));
    assert!(shown.configuration.is_some() && shown.attachments.is_some());
    assert_eq!(
        (shown.registered_container_instances_count, shown.running_tasks_count, shown.pending_tasks_count),
        (Some(1), Some(1), Some(0))
    );
    let statistics: Vec<String> = shown
        .statistics
        .expect("statistics")
        .into_iter()
        .map(|p| format!("{}={}", p.name.unwrap_or_default(), p.value.unwrap_or_default()))
        .collect();
    assert_eq!(statistics[0], "runningEC2TasksCount=1");
    assert_eq!(statistics.len(), 12);
}

#[tokio::test]
async fn making_it_again_gives_the_same_one_and_no_other() {
    let ecs = ecs();
    let first = create_cluster(
        &ecs,
        &cx(),
        CreateClusterRequest { settings: Some(insights("enabled")), ..create("c") },
    )
    .await;
    let again = create_cluster(&ecs, &cx(), create("c")).await;
    assert_eq!(first.expect("it is made"), again.expect("it is there"));
    let other = create_cluster(
        &ecs,
        &cx(),
        CreateClusterRequest { settings: Some(insights("disabled")), ..create("c") },
    )
    .await;
    expect!["InvalidParameterException: Arguments on this idempotent request are inconsistent with arguments used in previous request(s)."].assert_eq(&error(other));
}

#[tokio::test]
async fn the_account_decides_where_the_caller_says_nothing() {
    let ecs = ecs();
    let input = PutAccountSettingRequest {
        name: SettingName::ContainerInsights,
        value: "enabled".into(),
        principal_arn: None,
    };
    put_account_setting(&ecs, &cx(), input).await.expect("it is set");
    let made =
        create_cluster(&ecs, &cx(), create("c")).await.expect("it is made").cluster.expect("a cluster");
    assert_eq!(made.settings, Some(insights("enabled")));
}

#[tokio::test]
async fn what_cannot_be_made() {
    let ecs = ecs();
    let strategy = |provider: &str, weight: i32, base: i32| CapacityProviderStrategyItem {
        capacity_provider: provider.into(),
        weight: Some(weight),
        base: Some(base),
    };
    let providers = |strategy: Vec<CapacityProviderStrategyItem>| CreateClusterRequest {
        capacity_providers: Some(vec!["FARGATE".into(), "FARGATE_SPOT".into()]),
        default_capacity_provider_strategy: Some(strategy),
        ..create("c")
    };
    let exec = |logging, log: Option<ExecuteCommandLogConfiguration>| CreateClusterRequest {
        configuration: Some(ClusterConfiguration {
            execute_command_configuration: Some(ExecuteCommandConfiguration {
                logging: Some(logging),
                log_configuration: log,
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..create("c")
    };
    let cases = vec![
        ("characters", create("a b")),
        ("length", create(&"a".repeat(256))),
        ("reserved", create("longshore-pool")),
        ("setting", CreateClusterRequest { settings: Some(insights("on")), ..create("c") }),
        ("provider", CreateClusterRequest { capacity_providers: Some(vec!["mine".into()]), ..create("c") }),
        (
            "strategy without provider",
            CreateClusterRequest {
                default_capacity_provider_strategy: Some(vec![strategy("FARGATE", 1, 0)]),
                ..create("c")
            },
        ),
        ("two bases", providers(vec![strategy("FARGATE", 1, 1), strategy("FARGATE_SPOT", 1, 1)])),
        ("no weight", providers(vec![strategy("FARGATE", 0, 0), strategy("FARGATE_SPOT", 0, 0)])),
        ("much weight", providers(vec![strategy("FARGATE", 1001, 0)])),
        ("much base", providers(vec![strategy("FARGATE", 1, 100_001)])),
        ("log without override", exec(ExecuteCommandLogging::Default, Some(Default::default()))),
        ("override without log", exec(ExecuteCommandLogging::Override, None)),
        (
            "tag",
            CreateClusterRequest {
                tags: Some(vec![Tag { key: Some("aws:a".into()), value: None }]),
                ..create("c")
            },
        ),
    ];
    let mut lines = String::new();
    for (what, input) in cases {
        lines += &format!("{what}: {}\n", error(create_cluster(&ecs, &cx(), input).await));
    }
    expect![[r#"
        characters: InvalidParameterException: Invalid characters in cluster name. It can contain letters, numbers, hyphens and underscores.
        length: InvalidParameterException: Cluster name cannot be longer than 255 characters.
        reserved: InvalidParameterException: The cluster name longshore-pool is reserved.
        setting: InvalidParameterException: Invalid value 'on' for cluster setting containerInsights. Valid values are: [enabled, disabled, enhanced].
        provider: InvalidParameterException: The specified capacity provider 'mine' was not found. Specify a valid name or ARN and try again.
        strategy without provider: InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.
        two bases: InvalidParameterException: The specified capacity provider strategy contains multiple capacity providers with a base value defined.
        no weight: InvalidParameterException: A capacity provider strategy must contain at least one capacity provider with a weight greater than 0.
        much weight: InvalidParameterException: The weight of a capacity provider must be between 0 and 1000.
        much base: InvalidParameterException: The base of a capacity provider must be between 0 and 100000.
        log without override: InvalidParameterException: You must set logging to 'OVERRIDE' when you supply a log configuration.
        override without log: InvalidParameterException: A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration.
        tag: InvalidParameterException: aws: prefixed tag key names are not allowed for external use.
    "#]].assert_eq(&lines);
}

#[tokio::test]
async fn pages_follow_one_another() {
    let ecs = ecs();
    for n in 0..5 {
        create_cluster(&ecs, &cx(), create(&format!("c{n}"))).await.expect("it is made");
    }
    let (mut seen, mut next_token, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = list_clusters(&ecs, &cx(), ListClustersRequest { max_results: Some(2), next_token })
            .await
            .expect("a page");
        seen.extend(page.cluster_arns.expect("a list"));
        pages += 1;
        next_token = page.next_token;
        if next_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..5).map(|n| cluster_arn(&format!("c{n}")).to_string()).collect::<Vec<_>>());
    assert_eq!(pages, 3);
    for max_results in [0, 101] {
        assert!(
            list_clusters(
                &ecs,
                &cx(),
                ListClustersRequest { max_results: Some(max_results), next_token: None }
            )
            .await
            .is_err()
        );
    }
    let input = ListClustersRequest { max_results: None, next_token: Some("%".into()) };
    expect!["InvalidParameterException: Invalid token"]
        .assert_eq(&error(list_clusters(&ecs, &cx(), input).await));
}

#[tokio::test]
async fn changes_keep_what_they_do_not_name() {
    let ecs = ecs();
    create_cluster(&ecs, &cx(), create("c")).await.expect("it is made");
    let input = UpdateClusterRequest {
        cluster: "c".into(),
        settings: Some(insights("enabled")),
        ..Default::default()
    };
    update_cluster(&ecs, &cx(), input).await.expect("it is changed");
    let input = UpdateClusterRequest { cluster: "c".into(), ..Default::default() };
    let changed =
        update_cluster(&ecs, &cx(), input).await.expect("it is changed").cluster.expect("a cluster");
    assert_eq!(changed.settings, Some(insights("enabled")));
    let input = UpdateClusterSettingsRequest { cluster: "c".into(), settings: insights("disabled") };
    let changed =
        update_cluster_settings(&ecs, &cx(), input).await.expect("it is changed").cluster.expect("a cluster");
    assert_eq!(changed.settings, Some(insights("disabled")));
    let input = UpdateClusterSettingsRequest { cluster: "other".into(), settings: insights("disabled") };
    expect!["ClusterNotFoundException: Cluster not found."]
        .assert_eq(&error(update_cluster_settings(&ecs, &cx(), input).await));
}

#[tokio::test]
async fn what_is_not_there_yet_is_refused() {
    let ecs = ecs();
    let namespace = ClusterServiceConnectDefaultsRequest { namespace: "ns".into() };
    let input = CreateClusterRequest { service_connect_defaults: Some(namespace.clone()), ..create("c") };
    expect!["UnsupportedFeatureException: Longshore has no service discovery yet (serviceConnectDefaults)."]
        .assert_eq(&error(create_cluster(&ecs, &cx(), input).await));
    let storage = ManagedStorageConfiguration { kms_key_id: Some("key".into()), ..Default::default() };
    let configuration =
        ClusterConfiguration { managed_storage_configuration: Some(storage), ..Default::default() };
    let input = CreateClusterRequest { configuration: Some(configuration), ..create("c") };
    expect!["UnsupportedFeatureException: Longshore does not encrypt the storage of tasks with a key yet (managedStorageConfiguration)."]
        .assert_eq(&error(create_cluster(&ecs, &cx(), input).await));
    create_cluster(&ecs, &cx(), create("c")).await.expect("it is made");
    let input = UpdateClusterRequest {
        cluster: "c".into(),
        service_connect_defaults: Some(namespace),
        ..Default::default()
    };
    expect!["UnsupportedFeatureException: Longshore has no service discovery yet (serviceConnectDefaults)."]
        .assert_eq(&error(update_cluster(&ecs, &cx(), input).await));
}

#[tokio::test]
async fn a_cluster_in_use_stays_and_a_deleted_one_is_described() {
    let ecs = ecs();
    let delete = || DeleteClusterRequest { cluster: "c".into() };
    create_cluster(&ecs, &cx(), create("c")).await.expect("it is made");
    let running = task(&ecs, "c", "web:1").await;
    expect!["ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active."]
        .assert_eq(&error(delete_cluster(&ecs, &cx(), delete()).await));
    stop(&ecs, &running).await;
    let deleted =
        delete_cluster(&ecs, &cx(), delete()).await.expect("it is deleted").cluster.expect("a cluster");
    assert_eq!(deleted.status.as_deref(), Some("INACTIVE"));
    assert_eq!(describe(&ecs, "c", Vec::new()).await.status.as_deref(), Some("INACTIVE"));
    let listed = list_clusters(&ecs, &cx(), ListClustersRequest::default()).await.expect("a list");
    assert_eq!(listed.cluster_arns, Some(vec![]));
    expect!["ClusterNotFoundException: The referenced cluster was inactive."]
        .assert_eq(&error(delete_cluster(&ecs, &cx(), delete()).await));
    let again =
        create_cluster(&ecs, &cx(), create("c")).await.expect("it is made").cluster.expect("a cluster");
    assert_eq!(again.status.as_deref(), Some("ACTIVE"));
    instance(&ecs, "c", 1).await;
    expect!["ClusterContainsContainerInstancesException: The Cluster cannot be deleted while Container Instances are active or draining."]
        .assert_eq(&error(delete_cluster(&ecs, &cx(), delete()).await));
}

#[tokio::test]
async fn who_is_missing_is_told() {
    let ecs = ecs();
    create_cluster(&ecs, &cx(), create("c")).await.expect("it is made");
    let named = vec![
        "c".to_owned(),
        "d".to_owned(),
        "arn:aws:ecs:us-east-1:123456789012:cluster/e".to_owned(),
        "longshore-pool".to_owned(),
    ];
    let answer =
        describe_clusters(&ecs, &cx(), DescribeClustersRequest { clusters: Some(named), include: None })
            .await
            .expect("it answers");
    assert_eq!(answer.clusters.expect("a list").len(), 1);
    let failures: Vec<String> = answer
        .failures
        .expect("a list")
        .into_iter()
        .map(|f| format!("{} {}", f.arn.unwrap_or_default(), f.reason.unwrap_or_default()))
        .collect();
    assert_eq!(
        failures,
        ["d", "e", "longshore-pool"]
            .map(|name| format!("arn:aws:ecs:us-east-1:123456789012:cluster/{name} MISSING"))
    );
}
