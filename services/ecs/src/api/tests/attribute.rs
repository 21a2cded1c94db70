use super::{cx, ecs, error, instance};
use crate::api::attribute::*;
use crate::api::cluster::create_cluster;
use crate::service::Ecs;
use api::ecs::*;
use expect_test::expect;

fn attribute(name: &str, value: Option<&str>, target: &str) -> Attribute {
    Attribute {
        name: name.into(),
        value: value.map(str::to_owned),
        target_type: Some(TargetType::ContainerInstance),
        target_id: Some(target.into()),
    }
}

async fn put(ecs: &Ecs, attributes: Vec<Attribute>) -> Result<PutAttributesResponse, Error> {
    put_attributes(ecs, &cx(), PutAttributesRequest { cluster: None, attributes }).await
}

async fn list(ecs: &Ecs, input: ListAttributesRequest) -> Vec<String> {
    let (mut seen, mut next_token) = (Vec::new(), None);
    loop {
        let input =
            ListAttributesRequest { target_type: TargetType::ContainerInstance, next_token, ..input.clone() };
        let page = list_attributes(ecs, &cx(), input).await.expect("a page");
        seen.extend(page.attributes.expect("a list").into_iter().map(|a| {
            let target = a.target_id.unwrap_or_default();
            format!("{}={} {}", a.name, a.value.unwrap_or_default(), &target[target.len() - 1..])
        }));
        next_token = page.next_token;
        if next_token.is_none() {
            return seen;
        }
    }
}

/// Two instances: the first's id, the second's ARN.
async fn furnished(ecs: &Ecs) -> (String, String) {
    create_cluster(ecs, &cx(), CreateClusterRequest::default()).await.expect("it is made");
    let first = instance(ecs, "default", 0x11).await;
    let second = instance(ecs, "default", 0x22).await;
    (first.id().to_owned(), second.to_string())
}

#[tokio::test]
async fn attributes_are_put_listed_and_deleted() {
    let ecs = ecs();
    let (first, second) = furnished(&ecs).await;
    put(&ecs, vec![attribute("stack", Some("a"), &first), attribute("ssd", None, &first)])
        .await
        .expect("they are put");
    put(&ecs, vec![attribute("stack", Some("b"), &first), attribute("stack", Some("c d"), &second)])
        .await
        .expect("they are put");
    let all = ["ecs.os-type=linux 1", "ssd= 1", "stack=b 1", "ecs.os-type=linux 2", "stack=c d 2"];
    for max_results in [None, Some(1), Some(2), Some(3)] {
        assert_eq!(list(&ecs, ListAttributesRequest { max_results, ..Default::default() }).await, all);
    }
    let stack = ListAttributesRequest {
        attribute_name: Some("stack".into()),
        max_results: Some(1),
        ..Default::default()
    };
    assert_eq!(list(&ecs, stack.clone()).await, ["stack=b 1", "stack=c d 2"]);
    assert_eq!(
        list(&ecs, ListAttributesRequest { attribute_value: Some("c d".into()), ..stack.clone() }).await,
        ["stack=c d 2"]
    );
    for _ in 0..2 {
        // A value that differs leaves it; without a value it goes.
        let attributes = vec![attribute("stack", Some("x"), &second), attribute("stack", None, &first)];
        delete_attributes(&ecs, &cx(), DeleteAttributesRequest { cluster: None, attributes })
            .await
            .expect("they are deleted");
    }
    assert_eq!(list(&ecs, stack).await, ["stack=c d 2"]);
}

#[tokio::test]
async fn what_cannot_be_put() {
    let ecs = ecs();
    let (first, _) = furnished(&ecs).await;
    let numbered = |n: usize, from: usize| {
        (from..from + n).map(|n| attribute(&format!("a{n}"), None, &first)).collect::<Vec<_>>()
    };
    let mut lines = String::new();
    for (what, attributes) in [
        ("none", vec![]),
        ("eleven", numbered(11, 0)),
        ("no name", vec![attribute("", None, &first)]),
        ("name", vec![attribute("a b", None, &first)]),
        ("reserved", vec![attribute("ecs.os-type", Some("beos"), &first)]),
        ("value", vec![attribute("a", Some("b*"), &first)]),
        ("space at the end", vec![attribute("a", Some("b "), &first)]),
        ("nobody", vec![attribute("a", None, "0123456789abcdef0123456789abcdef")]),
        ("no target", vec![attribute("a", None, "")]),
        ("target type", vec![Attribute { target_type: Some("task".into()), ..attribute("a", None, &first) }]),
        ("short id without type", vec![Attribute { target_type: None, ..attribute("a", None, &first) }]),
    ] {
        lines += &format!("{what}: {}\n", error(put(&ecs, attributes).await));
    }
    put(&ecs, numbered(10, 0)).await.expect("ten fit");
    lines += &format!("one more: {}\n", error(put(&ecs, numbered(1, 10)).await));
    let input = PutAttributesRequest { cluster: Some("other".into()), attributes: numbered(1, 0) };
    lines += &format!("cluster: {}\n", error(put_attributes(&ecs, &cx(), input).await));
    expect![[r#"
        none: InvalidParameterException: Attributes can not be empty.
        eleven: InvalidParameterException: Attributes can have at most 10 items.
        no name: InvalidParameterException: The attribute name '' is invalid. It must contain between 1 and 128 characters: letters, numbers, hyphens, underscores, forward slashes, back slashes, or periods.
        name: InvalidParameterException: The attribute name 'a b' is invalid. It must contain between 1 and 128 characters: letters, numbers, hyphens, underscores, forward slashes, back slashes, or periods.
        reserved: InvalidParameterException: The attribute name 'ecs.os-type' is reserved.
        value: InvalidParameterException: The attribute value 'b*' is invalid. It must contain between 1 and 128 characters: letters, numbers, hyphens, underscores, periods, at signs, forward slashes, back slashes, colons, or spaces, and can't start or end with a space.
        space at the end: InvalidParameterException: The attribute value 'b ' is invalid. It must contain between 1 and 128 characters: letters, numbers, hyphens, underscores, periods, at signs, forward slashes, back slashes, colons, or spaces, and can't start or end with a space.
        nobody: TargetNotFoundException: The specified target, 0123456789abcdef0123456789abcdef, could not be found.
        no target: InvalidParameterException: The targetId of an attribute can not be blank.
        target type: InvalidParameterException: Invalid targetType 'task'. Valid values are: [container-instance].
        short id without type: InvalidParameterException: A targetType is required where targetId is the short form of an ID.
        one more: AttributeLimitExceededException: You can apply up to 10 custom attributes for each resource.
        cluster: ClusterNotFoundException: Cluster not found.
    "#]].assert_eq(&lines);
    // One that is refused leaves nothing of its request.
    let (good, bad) =
        (attribute("a0", Some("new"), &first), attribute("a", None, "0123456789abcdef0123456789abcdef"));
    assert!(put(&ecs, vec![good, bad]).await.is_err());
    let a0 = ListAttributesRequest { attribute_name: Some("a0".into()), ..Default::default() };
    assert_eq!(list(&ecs, a0).await, ["a0= 1"]);
}

#[tokio::test]
async fn what_cannot_be_listed() {
    let ecs = ecs();
    furnished(&ecs).await;
    let plain = ListAttributesRequest { target_type: TargetType::ContainerInstance, ..Default::default() };
    let mut lines = String::new();
    for input in [
        ListAttributesRequest { target_type: "task".into(), ..plain.clone() },
        ListAttributesRequest { attribute_value: Some("v".into()), ..plain.clone() },
        ListAttributesRequest { max_results: Some(0), ..plain.clone() },
        ListAttributesRequest { next_token: Some("YQ".into()), ..plain.clone() },
        ListAttributesRequest { cluster: Some("other".into()), ..plain },
    ] {
        lines += &format!("{}\n", error(list_attributes(&ecs, &cx(), input).await));
    }
    expect![[r#"
        InvalidParameterException: Invalid targetType 'task'. Valid values are: [container-instance].
        InvalidParameterException: To filter by attributeValue you must also specify an attributeName.
        InvalidParameterException: maxResults must be between 1 and 100.
        InvalidParameterException: Invalid token
        ClusterNotFoundException: Cluster not found.
    "#]]
    .assert_eq(&lines);
}
