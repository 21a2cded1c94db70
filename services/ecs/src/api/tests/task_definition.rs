use super::{cx, ecs, error, root, stop, task};
use crate::api::cluster::create_cluster;
use crate::api::task_definition::*;
use crate::service::Ecs;
use api::ecs::*;
use expect_test::expect;
use model::Timestamp;

fn request(family: &str) -> RegisterTaskDefinitionRequest {
    let container = ContainerDefinition {
        name: Some("app".into()),
        image: Some("busybox".into()),
        memory: Some(64),
        port_mappings: Some(vec![PortMapping { container_port: Some(80), ..Default::default() }]),
        ..Default::default()
    };
    RegisterTaskDefinitionRequest {
        family: family.into(),
        container_definitions: vec![container],
        ..Default::default()
    }
}

async fn register(ecs: &Ecs, family: &str) -> TaskDefinition {
    register_task_definition(ecs, &cx(), request(family))
        .await
        .expect("it is registered")
        .task_definition
        .expect("a definition")
}

async fn describe(ecs: &Ecs, named: &str) -> Result<DescribeTaskDefinitionResponse, Error> {
    let input = DescribeTaskDefinitionRequest {
        task_definition: named.into(),
        include: Some(vec![TaskDefinitionField::Tags]),
    };
    describe_task_definition(ecs, &cx(), input).await
}

async fn deregister(ecs: &Ecs, named: &str) -> Result<DeregisterTaskDefinitionResponse, Error> {
    deregister_task_definition(ecs, &cx(), DeregisterTaskDefinitionRequest { task_definition: named.into() })
        .await
}

async fn delete(ecs: &Ecs, named: &[&str]) -> DeleteTaskDefinitionsResponse {
    let task_definitions = named.iter().map(|n| (*n).to_owned()).collect();
    delete_task_definitions(ecs, &cx(), DeleteTaskDefinitionsRequest { task_definitions })
        .await
        .expect("it answers")
}

/// `FAMILY:REVISION` of every ARN.
fn short(arns: Option<Vec<String>>) -> Vec<String> {
    arns.unwrap_or_default().iter().filter_map(|arn| arn.rsplit('/').next().map(str::to_owned)).collect()
}

async fn list(ecs: &Ecs, input: ListTaskDefinitionsRequest) -> Vec<String> {
    let (mut seen, mut next_token) = (Vec::new(), None);
    loop {
        let input = ListTaskDefinitionsRequest { next_token, ..input.clone() };
        let page = list_task_definitions(ecs, &cx(), input).await.expect("a page");
        seen.extend(short(page.task_definition_arns));
        next_token = page.next_token;
        if next_token.is_none() {
            return seen;
        }
    }
}

#[tokio::test]
async fn it_is_registered_and_described_as_it_was_given() {
    let ecs = ecs();
    let tags = Some(vec![Tag { key: Some("team".into()), value: Some("a".into()) }]);
    let input = RegisterTaskDefinitionRequest { tags: tags.clone(), ..request("web") };
    let registered = register_task_definition(&ecs, &root(), input).await.expect("it is registered");
    assert_eq!(registered.tags, tags);
    let described = describe(&ecs, "web").await.expect("it is there");
    assert_eq!(described.task_definition, registered.task_definition);
    assert_eq!(described.tags, tags);
    let shown = described.task_definition.expect("a definition");
    assert_eq!(
        shown.task_definition_arn.as_deref(),
        Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:1")
    );
    assert_eq!(shown.registered_by.as_deref(), Some("arn:aws:iam::123456789012:root"));
    assert_eq!((shown.revision, shown.status), (Some(1), Some(TaskDefinitionStatus::Active)));
    assert_eq!((shown.volumes, shown.placement_constraints), (Some(vec![]), Some(vec![])));
    assert_eq!(shown.compatibilities, Some(vec![Compatibility::External, Compatibility::Ec2]));
    let container = &shown.container_definitions.expect("containers")[0];
    assert_eq!((container.cpu, container.essential), (Some(0), Some(true)));
    assert_eq!((&container.environment, &container.mount_points), (&Some(vec![]), &Some(vec![])));
    assert_eq!((&container.volumes_from, &container.system_controls), (&Some(vec![]), &Some(vec![])));
    assert_eq!(container.port_mappings.as_ref().expect("ports")[0].host_port, Some(0));
    let without = DescribeTaskDefinitionRequest { task_definition: "web:1".into(), include: None };
    assert_eq!(describe_task_definition(&ecs, &cx(), without).await.expect("it is there").tags, None);
}

#[tokio::test]
async fn what_cannot_be_registered() {
    let ecs = ecs();
    let mut lines = String::new();
    let cases = [
        ("no family", request("")),
        ("long family", request(&"a".repeat(256))),
        ("bad family", request("a/b")),
        ("cpu", RegisterTaskDefinitionRequest { cpu: Some("one".into()), ..request("web") }),
        ("memory", RegisterTaskDefinitionRequest { memory: Some("1 MB".into()), ..request("web") }),
        ("no tags", RegisterTaskDefinitionRequest { tags: Some(vec![]), ..request("web") }),
        (
            "mode",
            RegisterTaskDefinitionRequest { network_mode: Some(NetworkMode::from("mesh")), ..request("web") },
        ),
        ("no containers", RegisterTaskDefinitionRequest { container_definitions: vec![], ..request("web") }),
    ];
    for (what, input) in cases {
        lines += &format!("{what}: {}\n", error(register_task_definition(&ecs, &cx(), input).await));
    }
    expect![[r#"
        no family: ClientException: Family should not be null or empty.
        long family: ClientException: Family cannot be longer than 255 characters.
        bad family: ClientException: Family contains invalid characters.
        cpu: ClientException: Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.
        memory: ClientException: Invalid 'memory' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.
        no tags: ClientException: Tags can not be empty.
        mode: InvalidParameterException: 'mesh' is not a network mode
        no containers: ClientException: Container list cannot be empty.
    "#]].assert_eq(&lines);
    // A refused request takes no number.
    assert_eq!(register(&ecs, "web").await.revision, Some(1));
}

#[tokio::test]
async fn numbers_grow_and_are_never_given_again() {
    let ecs = ecs();
    assert_eq!(register(&ecs, "web").await.revision, Some(1));
    assert_eq!(register(&ecs, "web").await.revision, Some(2));
    assert_eq!(register(&ecs, "api").await.revision, Some(1));
    deregister(&ecs, "web:2").await.expect("it is deregistered");
    delete(&ecs, &["web:2"]).await;
    sweep_now(&ecs).await;
    assert_eq!(register(&ecs, "web").await.revision, Some(3));
}

async fn sweep_now(ecs: &Ecs) -> usize {
    let later = Timestamp::from_millis(1_800_000_000_000);
    ecs.state.update(|tx| Ok::<_, Error>(sweep(tx, later))).await.expect("the state takes it")
}

#[tokio::test]
async fn names_that_describe_nothing() {
    let ecs = ecs();
    register(&ecs, "web").await;
    deregister(&ecs, "web:1").await.expect("it is deregistered");
    let mut lines = String::new();
    for named in [
        "",
        "web",
        "web:2",
        "web:x",
        "other:1",
        "arn:aws:ecs:us-east-1:210987654321:task-definition/web:1",
        "arn:nonsense",
    ] {
        lines += &format!("{named}: {}\n", error(describe(&ecs, named).await));
    }
    expect![[r#"
        : ClientException: TaskDefinition can not be blank.
        web: ClientException: Unable to describe task definition.
        web:2: ClientException: Unable to describe task definition.
        web:x: ClientException: Invalid revision number. Number: x
        other:1: ClientException: Unable to describe task definition.
        arn:aws:ecs:us-east-1:210987654321:task-definition/web:1: ClientException: Unable to describe task definition.
        arn:nonsense: ClientException: Unable to describe task definition.
    "#]].assert_eq(&lines);
    // A deregistered revision is described by its number.
    for named in ["web:1", "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"] {
        let found = describe(&ecs, named).await.expect("it is there").task_definition.expect("a definition");
        assert_eq!(found.status, Some(TaskDefinitionStatus::Inactive));
        assert!(found.deregistered_at.is_some());
    }
}

#[tokio::test]
async fn lists_in_both_orders_page_by_page() {
    let ecs = ecs();
    for _ in 0..11 {
        register(&ecs, "web").await;
    }
    register(&ecs, "api").await;
    register(&ecs, "web-2").await;
    deregister(&ecs, "web:5").await.expect("it is deregistered");
    let web: Vec<String> = (1..=11).filter(|n| *n != 5).map(|n| format!("web:{n}")).collect();
    let all: Vec<String> =
        ["api:1".to_owned()].into_iter().chain(web.clone()).chain(["web-2:1".to_owned()]).collect();
    let mut reversed = all.clone();
    reversed.reverse();
    for max_results in [None, Some(1), Some(4), Some(100)] {
        let plain = ListTaskDefinitionsRequest { max_results, ..Default::default() };
        assert_eq!(list(&ecs, plain.clone()).await, all);
        assert_eq!(
            list(&ecs, ListTaskDefinitionsRequest { sort: Some(SortOrder::Desc), ..plain.clone() }).await,
            reversed
        );
        assert_eq!(
            list(&ecs, ListTaskDefinitionsRequest { family_prefix: Some("web".into()), ..plain.clone() })
                .await,
            web
        );
        let inactive = ListTaskDefinitionsRequest { status: Some(TaskDefinitionStatus::Inactive), ..plain };
        assert_eq!(list(&ecs, inactive).await, ["web:5"]);
    }
    let input = ListTaskDefinitionsRequest { next_token: Some("bm9uc2Vuc2U".into()), ..Default::default() };
    expect!["InvalidParameterException: Invalid token"]
        .assert_eq(&error(list_task_definitions(&ecs, &cx(), input).await));
}

#[tokio::test]
async fn families_by_prefix_and_status() {
    let ecs = ecs();
    for family in ["api", "web", "web-2", "old"] {
        register(&ecs, family).await;
    }
    deregister(&ecs, "old:1").await.expect("it is deregistered");
    let families = async |prefix: Option<&str>, status: Option<TaskDefinitionFamilyStatus>| {
        let (mut seen, mut next_token) = (Vec::new(), None);
        loop {
            let family_prefix = prefix.map(str::to_owned);
            let status = status.clone();
            let input =
                ListTaskDefinitionFamiliesRequest { family_prefix, status, next_token, max_results: Some(1) };
            let page = list_task_definition_families(&ecs, &cx(), input).await.expect("a page");
            seen.extend(page.families.expect("a list"));
            next_token = page.next_token;
            if next_token.is_none() {
                return seen;
            }
        }
    };
    assert_eq!(families(None, None).await, ["api", "old", "web", "web-2"]);
    assert_eq!(families(Some("web"), None).await, ["web", "web-2"]);
    assert_eq!(families(None, Some(TaskDefinitionFamilyStatus::Active)).await, ["api", "web", "web-2"]);
    assert_eq!(families(None, Some(TaskDefinitionFamilyStatus::Inactive)).await, ["old"]);
    assert_eq!(families(Some("none"), None).await, Vec::<String>::new());
}

#[tokio::test]
async fn only_what_is_inactive_and_unused_goes() {
    let ecs = ecs();
    create_cluster(&ecs, &cx(), CreateClusterRequest::default()).await.expect("it is made");
    register(&ecs, "web").await;
    register(&ecs, "web").await;
    let running = task(&ecs, "default", "web:1").await;
    deregister(&ecs, "web:1").await.expect("it is deregistered");
    let answer = delete(&ecs, &["web:1", "web:2", "web:9", "web", ""]).await;
    let deleted = answer.task_definitions.expect("a list");
    assert_eq!(deleted.len(), 1);
    assert_eq!(deleted[0].status, Some(TaskDefinitionStatus::DeleteInProgress));
    assert!(deleted[0].delete_requested_at.is_some());
    let failures: Vec<String> = answer
        .failures
        .expect("a list")
        .into_iter()
        .map(|f| {
            format!(
                "{} {} {}",
                f.arn.unwrap_or_default(),
                f.reason.unwrap_or_default(),
                f.detail.unwrap_or_default()
            )
        })
        .collect();
    expect![[r#"
        web:2 TASK_DEFINITION_ACTIVE The specified task definition is still in ACTIVE status. Please deregister the target and try again.
        web:9 TASK_DEFINITION_NOT_FOUND The specified task definition does not exist.
        web INVALID_ARN The specified task definition must be a family with a revision or an ARN.
         INVALID_ARN The specified task definition must be a family with a revision or an ARN."#]].assert_eq(&failures.join("\n"));
    assert_eq!(sweep_now(&ecs).await, 0, "a task uses it");
    assert!(describe(&ecs, "web:1").await.is_ok());
    stop(&ecs, &running).await;
    assert_eq!(sweep_now(&ecs).await, 1);
    expect!["ClientException: Unable to describe task definition."]
        .assert_eq(&error(describe(&ecs, "web:1").await));
    assert!(describe(&ecs, "web:2").await.is_ok());
    let eleven = DeleteTaskDefinitionsRequest { task_definitions: vec!["web:1".into(); 11] };
    expect!["InvalidParameterException: You can delete up to 10 task definitions in a single call."]
        .assert_eq(&error(delete_task_definitions(&ecs, &cx(), eleven).await));
}

#[tokio::test]
async fn deregistering_twice_and_wrongly() {
    let ecs = ecs();
    register(&ecs, "web").await;
    let first = deregister(&ecs, "web:1").await.expect("it is deregistered");
    assert_eq!(deregister(&ecs, "web:1").await.expect("it is so already"), first);
    let mut lines = String::new();
    for named in ["", "web", "web:2", "web:x"] {
        lines += &format!("{named}: {}\n", error(deregister(&ecs, named).await));
    }
    expect![[r#"
        : ClientException: TaskDefinition can not be blank.
        web: ClientException: Revision is missing.
        web:2: ClientException: The specified task definition does not exist.
        web:x: ClientException: Invalid revision number. Number: x
    "#]]
    .assert_eq(&lines);
}
