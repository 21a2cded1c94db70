use super::{cluster_arn, cx, ecs, error, instance, stop, task};
use crate::api::cluster::{create_cluster, delete_cluster};
use crate::api::tag::*;
use crate::api::task_definition::register_task_definition;
use crate::service::Ecs;
use api::ecs::*;
use expect_test::expect;

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: Some(key.into()), value: Some(value.into()) }
}

async fn put(ecs: &Ecs, arn: &str, tags: Vec<Tag>) -> Result<TagResourceResponse, Error> {
    tag_resource(ecs, &cx(), TagResourceRequest { resource_arn: arn.into(), tags }).await
}

async fn list(ecs: &Ecs, arn: &str) -> Result<Vec<String>, Error> {
    let answer =
        list_tags_for_resource(ecs, &cx(), ListTagsForResourceRequest { resource_arn: arn.into() }).await?;
    let text = |t: Tag| format!("{}={}", t.key.unwrap_or_default(), t.value.unwrap_or_default());
    Ok(answer.tags.unwrap_or_default().into_iter().map(text).collect())
}

/// A cluster with an instance, a task and a definition: their ARNs.
async fn furnished(ecs: &Ecs) -> [String; 4] {
    create_cluster(ecs, &cx(), CreateClusterRequest::default()).await.expect("it is made");
    let container = ContainerDefinition {
        name: Some("app".into()),
        image: Some("busybox".into()),
        memory: Some(64),
        ..Default::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: "web".into(),
        container_definitions: vec![container],
        ..Default::default()
    };
    register_task_definition(ecs, &cx(), input).await.expect("it is registered");
    [
        cluster_arn("default").to_string(),
        instance(ecs, "default", 1).await.to_string(),
        task(ecs, "default", "web:1").await.to_string(),
        "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1".to_owned(),
    ]
}

#[tokio::test]
async fn every_kind_of_resource_carries_tags() {
    let ecs = ecs();
    for arn in furnished(&ecs).await {
        put(&ecs, &arn, vec![tag("a", "1"), tag("b", "2")]).await.expect("it is tagged");
        put(&ecs, &arn, vec![tag("a", "3"), tag("c", "")]).await.expect("it is tagged");
        assert_eq!(
            list(&ecs, &arn).await,
            Ok(vec!["a=3".to_owned(), "b=2".to_owned(), "c=".to_owned()]),
            "{arn}"
        );
        for _ in 0..2 {
            let input = UntagResourceRequest {
                resource_arn: arn.clone(),
                tag_keys: vec!["a".into(), "never".into()],
            };
            untag_resource(&ecs, &cx(), input).await.expect("it is untagged");
        }
        assert_eq!(list(&ecs, &arn).await, Ok(vec!["b=2".to_owned(), "c=".to_owned()]), "{arn}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_tag() {
    let ecs = ecs();
    let [cluster, ..] = furnished(&ecs).await;
    let many =
        |n: usize, from: usize| (from..from + n).map(|n| tag(&format!("k{n}"), "v")).collect::<Vec<_>>();
    let mut lines = String::new();
    for (what, tags) in [
        ("none", vec![]),
        ("no key", vec![tag("", "v")]),
        ("long key", vec![tag(&"k".repeat(129), "v")]),
        ("long value", vec![tag("k", &"v".repeat(257))]),
        ("reserved", vec![tag("AWS:k", "v")]),
        ("characters", vec![tag("k*", "v")]),
        ("characters of a value", vec![tag("k", "v*")]),
        ("twice", vec![tag("k", "v"), tag("k", "w")]),
        ("51", many(51, 0)),
    ] {
        lines += &format!("{what}: {}\n", error(put(&ecs, &cluster, tags).await));
    }
    expect![[r#"
        none: InvalidParameterException: Tags can not be empty.
        no key: InvalidParameterException: Tag key must be between 1 and 128 characters long.
        long key: InvalidParameterException: Tag key must be between 1 and 128 characters long.
        long value: InvalidParameterException: Tag value must be at most 256 characters long.
        reserved: InvalidParameterException: aws: prefixed tag key names are not allowed for external use.
        characters: InvalidParameterException: Tag key 'k*' contains characters that are not allowed.
        characters of a value: InvalidParameterException: Tag value 'v*' contains characters that are not allowed.
        twice: InvalidParameterException: Duplicate tag keys found.
        51: InvalidParameterException: Too many tags: a resource can have at most 50 tags.
    "#]].assert_eq(&lines);
    put(&ecs, &cluster, many(50, 0)).await.expect("fifty fit");
    put(&ecs, &cluster, many(50, 0)).await.expect("and are the same again");
    assert!(put(&ecs, &cluster, many(1, 50)).await.is_err());
    assert!(check(&[model::Tag::new("Straße 1", "a_.:/=+-@ b")]).is_ok());
}

#[tokio::test]
async fn what_carries_no_tags() {
    let ecs = ecs();
    let [cluster, _, running, _] = furnished(&ecs).await;
    stop(&ecs, &running.parse().expect("it is an ARN")).await;
    let mut lines = String::new();
    for arn in [
        "nonsense",
        "arn:aws:s3:::bucket",
        "arn:aws:ecs:us-east-1:123456789012:cluster/other",
        "arn:aws:ecs:us-east-1:210987654321:cluster/default",
        "arn:aws:ecs:us-east-1:123456789012:task/0123456789abcdef0123456789abcdef",
        "arn:aws:ecs:us-east-1:123456789012:task/default/0123456789abcdef0123456789abcdef",
        "arn:aws:ecs:us-east-1:123456789012:container-instance/longshore-pool/0123456789abcdef0123456789abcdef",
        "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2",
        "arn:aws:ecs:us-east-1:123456789012:service/default/web",
        &running,
    ] {
        lines += &format!("{arn}: {}\n", error(list(&ecs, arn).await));
    }
    expect![[r#"
        nonsense: InvalidParameterException: Invalid resource ARN: nonsense
        arn:aws:s3:::bucket: InvalidParameterException: Invalid resource ARN: arn:aws:s3:::bucket
        arn:aws:ecs:us-east-1:123456789012:cluster/other: ClusterNotFoundException: Cluster not found.
        arn:aws:ecs:us-east-1:210987654321:cluster/default: ClusterNotFoundException: Cluster not found.
        arn:aws:ecs:us-east-1:123456789012:task/0123456789abcdef0123456789abcdef: InvalidParameterException: Long arn format must be used for tagging operations
        arn:aws:ecs:us-east-1:123456789012:task/default/0123456789abcdef0123456789abcdef: InvalidParameterException: The specified task does not exist. Specify a valid task and try again.
        arn:aws:ecs:us-east-1:123456789012:container-instance/longshore-pool/0123456789abcdef0123456789abcdef: InvalidParameterException: The specified container instance does not exist. Specify a valid container instance and try again.
        arn:aws:ecs:us-east-1:123456789012:task-definition/web:2: InvalidParameterException: The specified task definition does not exist. Specify a valid task definition and try again.
        arn:aws:ecs:us-east-1:123456789012:service/default/web: InvalidParameterException: The specified service does not exist. Specify a valid service and try again.
        arn:aws:ecs:us-east-1:123456789012:task/default/07070707070707070707070707070707: InvalidParameterException: The specified task is stopped. Specify a running task and try again.
    "#]].assert_eq(&lines);
    create_cluster(
        &ecs,
        &cx(),
        CreateClusterRequest { cluster_name: Some("c".into()), ..Default::default() },
    )
    .await
    .expect("it is made");
    delete_cluster(&ecs, &cx(), DeleteClusterRequest { cluster: "c".into() }).await.expect("it is deleted");
    expect!["InvalidParameterException: The specified cluster is inactive. Specify an active cluster and try again."]
        .assert_eq(&error(put(&ecs, &cluster.replace("default", "c"), vec![tag("a", "b")]).await));
}
