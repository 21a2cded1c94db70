//! Daemon task definitions.

use super::*;

fn register(family: &str) -> RegisterDaemonTaskDefinitionRequest {
    RegisterDaemonTaskDefinitionRequest {
        family: family.to_owned(),
        container_definitions: vec![DaemonContainerDefinition {
            name: Some("agent".to_owned()),
            image: "busybox".to_owned(),
            memory: Some(64),
            ..DaemonContainerDefinition::default()
        }],
        ..RegisterDaemonTaskDefinitionRequest::default()
    }
}

async fn listed(ecs: &Ecs, input: ListDaemonTaskDefinitionsRequest) -> Vec<String> {
    let mut names = Vec::new();
    let mut token = None;
    loop {
        let input =
            ListDaemonTaskDefinitionsRequest { max_results: Some(1), next_token: token, ..input.clone() };
        let page = ecs.list_daemon_task_definitions(&cx(), input).await.expect("a page");
        let arns = page.daemon_task_definitions.into_iter().flatten().filter_map(|d| d.arn);
        names.extend(arns.filter_map(|arn| arn.rsplit('/').next().map(str::to_owned)));
        token = page.next_token;
        if token.is_none() {
            return names;
        }
    }
}

#[tokio::test]
async fn revisions_are_registered_listed_and_deleted() {
    let ecs = service().await;
    for family in ["logs", "metrics", "logs"] {
        ecs.register_daemon_task_definition(&cx(), register(family)).await.expect("it is registered");
    }
    let all = ListDaemonTaskDefinitionsRequest::default;
    assert_eq!(listed(&ecs, all()).await, ["logs:1", "logs:2", "metrics:1"]);
    let last = ListDaemonTaskDefinitionsRequest {
        revision: Some(DaemonTaskDefinitionRevisionFilter::LastRegistered),
        sort: Some(SortOrder::Desc),
        ..all()
    };
    assert_eq!(listed(&ecs, last).await, ["metrics:1", "logs:2"]);
    let of_family = ListDaemonTaskDefinitionsRequest { family: Some("logs".to_owned()), ..all() };
    assert_eq!(listed(&ecs, of_family).await, ["logs:1", "logs:2"]);
    let named = |name: &str| DescribeDaemonTaskDefinitionRequest { daemon_task_definition: name.to_owned() };
    let newest = ecs.describe_daemon_task_definition(&cx(), named("logs")).await.expect("it is there");
    let newest = newest.daemon_task_definition.expect("a definition");
    assert_eq!((newest.revision, newest.status), (Some(2), Some(DaemonTaskDefinitionStatus::Active)));
    let container = newest.container_definitions.expect("containers").remove(0);
    assert_eq!((container.cpu, container.essential, container.memory), (Some(0), Some(true), Some(64)));

    let delete = |name: &str| DeleteDaemonTaskDefinitionRequest { daemon_task_definition: name.to_owned() };
    ecs.delete_daemon_task_definition(&cx(), delete("logs")).await.expect_err("a revision is to be named");
    ecs.delete_daemon_task_definition(&cx(), delete("logs:2")).await.expect("it is deleted");
    ecs.delete_daemon_task_definition(&cx(), delete("logs:2")).await.expect_err("it is deleted already");
    assert_eq!(listed(&ecs, all()).await, ["logs:1", "metrics:1"]);
    let kept = ecs.describe_daemon_task_definition(&cx(), named("logs:2")).await.expect("it is there");
    let status = kept.daemon_task_definition.and_then(|d| d.status);
    assert_eq!(status, Some(DaemonTaskDefinitionStatus::DeleteInProgress));
    let newest = ecs.describe_daemon_task_definition(&cx(), named("logs")).await.expect("it is there");
    assert_eq!(newest.daemon_task_definition.and_then(|d| d.revision), Some(1));
    let third = ecs.register_daemon_task_definition(&cx(), register("logs")).await.expect("it is registered");
    let arn = third.daemon_task_definition_arn.expect("an ARN");
    assert_eq!(
        arn, "arn:aws:ecs:us-east-1:123456789012:daemon-task-definition/logs:3",
        "no number comes twice"
    );
    ecs.describe_daemon_task_definition(&cx(), named(&arn)).await.expect("by its ARN");
    ecs.describe_daemon_task_definition(&cx(), named("other")).await.expect_err("there is none");
}

#[tokio::test]
async fn their_containers_have_the_rules_of_any() {
    let ecs = service().await;
    let mut no_memory = register("logs");
    no_memory.container_definitions[0].memory = None;
    let mut volume = register("logs");
    volume.volumes = Some(vec![DaemonVolume {
        name: Some("logs".to_owned()),
        log_driver_volume_configuration: Some(LogDriverVolumeConfiguration::default()),
        ..DaemonVolume::default()
    }]);
    for (input, expected) in [
        (no_memory, "At least one of 'memory' or 'memoryReservation' must be specified."),
        (volume, "logDriverVolumeConfiguration is not supported"),
        (register("a b"), "Family contains invalid characters."),
    ] {
        let error = ecs.register_daemon_task_definition(&cx(), input).await.expect_err("it is refused");
        assert!(error.to_string().contains(expected), "{error}");
    }
}
