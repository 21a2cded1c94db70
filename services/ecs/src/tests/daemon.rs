//! Daemon task definitions.

use super::*;
use crate::api::daemon_task_definition::sweep;
use crate::daemon::{DaemonTaskDefinition as Record, DaemonTaskDefinitionFamily as Family};
use model::ecs::daemon::{Daemon, DaemonPropagateTags, DaemonRevision, DaemonSchedule, DaemonStatus};
use model::ids::{ClusterArn, DaemonArn, DaemonDeploymentArn, DaemonRevisionArn};
use std::time::Duration;

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

#[test]
fn stored_definitions_stay_readable() {
    let text = r#"{"name": "agent", "image": "busybox", "memory": 64, "essential": true, "cpu": 0}"#;
    let container = serde_json::from_str(text).expect("a container");
    let volume = serde_json::from_str(r#"{"name": "logs", "host": {"sourcePath": "/var/log"}}"#);
    let expected = Record {
        scope: scope(),
        family: "logs".to_owned(),
        revision: 3,
        registered_at: Timestamp::from_millis(1),
        registered_by: "arn:aws:iam::123456789012:root".to_owned(),
        delete_requested_at: Some(Timestamp::from_millis(2)),
        deleted_at: Some(Timestamp::from_millis(3)),
        container_definitions: vec![container],
        volumes: vec![volume.expect("a volume")],
        task_role_arn: Some("arn:aws:iam::123456789012:role/web".to_owned()),
        execution_role_arn: Some("arn:aws:iam::123456789012:role/run".to_owned()),
        cpu: Some(model::CpuUnits(256)),
        memory: Some(model::MemoryMib(512)),
        shares_pids: true,
        shares_ipc: false,
        tags: vec![model::Tag { key: "team".to_owned(), value: "a".to_owned() }],
    };
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &expected);
    let family = Family { scope: scope(), family: "logs".to_owned(), last_revision: 3 };
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &family);
}

/// A daemon of a definition, and what its tasks are made of, as CreateDaemon writes them.
async fn daemon_of(ecs: &Ecs, family: &str) -> DaemonArn {
    let arn = DaemonArn::new(&ClusterArn::new(&scope(), "default"), "agents");
    let revision = DaemonRevision {
        arn: DaemonRevisionArn::from_random(&arn, [1; 16]),
        daemon: arn.clone(),
        cluster: arn.cluster(),
        created_at: NOW,
        task_definition: model::ids::TaskDefinitionArn::of_daemon(&scope(), family, 1),
        capacity_providers: Vec::new(),
        container_images: Vec::new(),
        propagate_tags: DaemonPropagateTags::None,
        managed_tags: false,
        enable_execute_command: false,
        critical: true,
        gone_at: None,
    };
    let daemon = Daemon {
        arn: arn.clone(),
        cluster: arn.cluster(),
        status: DaemonStatus::Active,
        created_at: NOW,
        updated_at: NOW,
        created_by: "arn:aws:iam::123456789012:root".to_owned(),
        tags: Vec::new(),
        revision: revision.arn.clone(),
        deployment: DaemonDeploymentArn::from_random(&arn, [2; 16]),
        schedule: DaemonSchedule::default(),
    };
    let change = ecs.state.update(|tx| {
        let record = tx.get::<Record>(revision.task_definition.as_str()).expect("the definition");
        tx.put(crate::daemon::task_definition(&record)?);
        tx.put(revision.clone());
        tx.put(daemon.clone());
        Ok::<_, Error>(())
    });
    change.await.expect("a daemon");
    arn
}

#[tokio::test]
async fn one_that_is_deleted_is_so_when_no_daemon_uses_it_and_is_forgotten_later() {
    let ecs = service().await;
    ecs.register_daemon_task_definition(&cx(), register("logs")).await.expect("it is registered");
    let daemon = daemon_of(&ecs, "logs").await;
    let delete = DeleteDaemonTaskDefinitionRequest { daemon_task_definition: "logs:1".to_owned() };
    ecs.delete_daemon_task_definition(&cx(), delete).await.expect("it is deleted");
    let swept = async |at: Timestamp| {
        ecs.state.update(|tx| Ok::<_, Error>(sweep(tx, at))).await.expect("a change");
        let named = DescribeDaemonTaskDefinitionRequest { daemon_task_definition: "logs:1".to_owned() };
        let shown = ecs.describe_daemon_task_definition(&cx(), named).await.ok()?;
        shown.daemon_task_definition.and_then(|d| d.status)
    };
    let listed = async |status: DaemonTaskDefinitionStatusFilter| {
        listed(&ecs, ListDaemonTaskDefinitionsRequest { status: Some(status), ..Default::default() }).await
    };
    let day = NOW.after(Duration::from_secs(24 * 3600));
    assert_eq!(swept(day).await, Some(DaemonTaskDefinitionStatus::DeleteInProgress), "a daemon runs it");
    assert_eq!(listed(DaemonTaskDefinitionStatusFilter::DeleteInProgress).await, ["logs:1"]);
    let change = ecs.state.update(|tx| {
        tx.delete::<Daemon>(daemon.as_str());
        Ok::<_, Error>(())
    });
    change.await.expect("it is gone");
    assert_eq!(swept(day).await, Some(DaemonTaskDefinitionStatus::Deleted));
    assert_eq!(listed(DaemonTaskDefinitionStatusFilter::DeleteInProgress).await, [""; 0]);
    let copy = |ecs: &Ecs| ecs.state.snapshot().scan::<model::ecs::TaskDefinition>().count();
    assert_eq!((swept(day.after(Duration::from_secs(3599))).await.is_some(), copy(&ecs)), (true, 1));
    assert_eq!((swept(day.after(Duration::from_secs(3600))).await, copy(&ecs)), (None, 0));
    let again = ecs.register_daemon_task_definition(&cx(), register("logs")).await.expect("it is registered");
    assert!(
        again.daemon_task_definition_arn.is_some_and(|arn| arn.ends_with("logs:2")),
        "no number comes twice"
    );
}
