//! The operations on a state in memory, where the wire adds nothing.

use crate::Iam;
use ::api::iam::{Iam as _, *};
use auth::{Cx, Identity, Origin, Principal, Seed};
use model::Timestamp;
use model::ids::Scope;
use std::sync::atomic::{AtomicU8, Ordering};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const EVERYTHING: &str = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

fn cx() -> Cx {
    static SEED: AtomicU8 = AtomicU8::new(0);
    let scope = Scope::new("us-east-1", "123456789012");
    let principal = Principal::new(&scope, Identity::AccountRoot, None);
    let seed = Seed::from_bytes([SEED.fetch_add(1, Ordering::Relaxed); 32]);
    Cx::new(scope, principal, Origin::default(), Timestamp::from_millis(1_700_000_000_000), seed)
}

fn iam() -> Iam {
    Iam::new(state::testing::state(state::iam::TABLES))
}

fn named(name: &str) -> CreateRoleRequest {
    CreateRoleRequest {
        role_name: name.to_owned(),
        assume_role_policy_document: TRUST.to_owned(),
        ..CreateRoleRequest::default()
    }
}

fn said<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("it is refused").to_string()
}

#[tokio::test]
async fn names_are_unique_without_regard_to_case() {
    let iam = iam();
    let made = iam.create_role(&cx(), named("Web")).await.expect("it is made").role;
    assert_eq!((made.arn.as_str(), made.path.as_str()), ("arn:aws:iam::123456789012:role/Web", "/"));
    assert!(made.role_id.starts_with("AROA") && made.role_id.len() == 21, "{}", made.role_id);
    assert_eq!(
        said(iam.create_role(&cx(), named("web")).await),
        "EntityAlreadyExistsException: Role with name web already exists."
    );
    let found = iam.get_role(&cx(), GetRoleRequest { role_name: "wEB".into() }).await.expect("it is there");
    assert_eq!(found.role.role_name, "Web");
    assert_eq!(found.role.max_session_duration, Some(3600));
}

#[tokio::test]
async fn a_trust_policy_names_whom_there_is() {
    let iam = iam();
    let trusting = |name: &str, arn: &str| CreateRoleRequest {
        assume_role_policy_document: format!(
            r#"{{"Statement":{{"Effect":"Allow","Principal":{{"AWS":"{arn}"}},"Action":"sts:AssumeRole"}}}}"#
        ),
        ..named(name)
    };
    let web = "arn:aws:iam::123456789012:role/web";
    assert_eq!(
        said(iam.create_role(&cx(), trusting("second", web)).await),
        format!("MalformedPolicyDocumentException: Invalid principal in policy: \"AWS\":\"{web}\"")
    );
    iam.create_role(&cx(), named("web")).await.expect("it is made");
    iam.create_role(&cx(), trusting("second", web)).await.expect("it is made");
    let with_path = "arn:aws:iam::123456789012:role/path/web";
    assert!(iam.create_role(&cx(), trusting("third", with_path)).await.is_err());
    let elsewhere = "arn:aws:iam::210987654321:role/web";
    iam.create_role(&cx(), trusting("third", elsewhere)).await.expect("it is made");
    let user = "arn:aws:iam::123456789012:user/ann";
    assert!(iam.create_role(&cx(), trusting("fourth", user)).await.is_err(), "there are no users");
}

#[tokio::test]
async fn sizes_and_numbers_are_bounded() {
    let iam = iam();
    let long = TRUST.replace("ecs-tasks.amazonaws.com", &format!("{}.amazonaws.com", "x".repeat(2048)));
    let input = CreateRoleRequest { assume_role_policy_document: long, ..named("web") };
    assert_eq!(
        said(iam.create_role(&cx(), input).await),
        "LimitExceededException: Cannot exceed quota for ACLSizePerRole: 2048"
    );
    iam.create_role(&cx(), named("web")).await.expect("it is made");
    let put = |name: &str, size: usize| PutRolePolicyRequest {
        role_name: "web".into(),
        policy_name: name.into(),
        policy_document: EVERYTHING.replace('*', &format!("s3:{}", "x".repeat(size))).replacen(
            &format!("\"Resource\":\"s3:{}\"", "x".repeat(size)),
            "\"Resource\":\"*\"",
            1,
        ),
    };
    iam.put_role_policy(&cx(), put("a", 6000)).await.expect("it fits");
    assert_eq!(
        said(iam.put_role_policy(&cx(), put("b", 6000)).await),
        "LimitExceededException: Maximum policy size of 10240 bytes exceeded for role web"
    );
    iam.put_role_policy(&cx(), put("a", 9000)).await.expect("it takes the place of the first");
    for n in 0..10 {
        let policy_arn = format!("arn:aws:iam::aws:policy/P{n}");
        iam.attach_role_policy(&cx(), AttachRolePolicyRequest { role_name: "web".into(), policy_arn })
            .await
            .expect("it is attached");
    }
    let policy_arn = "arn:aws:iam::aws:policy/P10".to_owned();
    let input = AttachRolePolicyRequest { role_name: "web".into(), policy_arn };
    assert_eq!(
        said(iam.attach_role_policy(&cx(), input).await),
        "LimitExceededException: Cannot exceed quota for PoliciesPerRole: 10"
    );
}

#[tokio::test]
async fn a_service_owns_its_role() {
    let iam = iam();
    let input = CreateServiceLinkedRoleRequest {
        aws_service_name: "ecs.amazonaws.com".into(),
        ..CreateServiceLinkedRoleRequest::default()
    };
    let made =
        iam.create_service_linked_role(&cx(), input.clone()).await.expect("it is made").role.expect("a role");
    assert_eq!(
        made.arn,
        "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    );
    assert_eq!(
        said(iam.create_service_linked_role(&cx(), input).await),
        "InvalidInputException: Service role name AWSServiceRoleForECS has been taken in this account, please try a \
         different suffix."
    );
    let name = || "AWSServiceRoleForECS".to_owned();
    let protected = "UnmodifiableEntityException: Cannot perform the operation on the protected role \
                     'AWSServiceRoleForECS' - this role is only modifiable by AWS";
    assert_eq!(said(iam.delete_role(&cx(), DeleteRoleRequest { role_name: name() }).await), protected);
    let input = PutRolePolicyRequest {
        role_name: name(),
        policy_name: "p".into(),
        policy_document: EVERYTHING.into(),
    };
    assert_eq!(said(iam.put_role_policy(&cx(), input).await), protected);
    let input = CreateRoleRequest { path: Some("/aws-service-role/x/".into()), ..named("web") };
    assert!(said(iam.create_role(&cx(), input).await).starts_with("InvalidInput"));
}

#[tokio::test]
async fn tags_are_found_without_regard_to_case() {
    let iam = iam();
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    let input = CreateRoleRequest { tags: Some(vec![tag("Team", "a"), tag("Cost", "b")]), ..named("web") };
    iam.create_role(&cx(), input).await.expect("it is made");
    let over = TagRoleRequest { role_name: "web".into(), tags: vec![tag("team", "c")] };
    iam.tag_role(&cx(), over).await.expect("it is tagged");
    let list = || ListRoleTagsRequest { role_name: "web".into(), ..ListRoleTagsRequest::default() };
    let listed = iam.list_role_tags(&cx(), list()).await.expect("a list").tags;
    assert_eq!(listed, [tag("Cost", "b"), tag("team", "c")]);
    let twice = TagRoleRequest { role_name: "web".into(), tags: vec![tag("x", ""), tag("X", "")] };
    assert!(said(iam.tag_role(&cx(), twice).await).contains("Duplicate tag keys"));
    let reserved = TagRoleRequest { role_name: "web".into(), tags: vec![tag("aws:x", "")] };
    assert!(iam.tag_role(&cx(), reserved).await.is_err());
    let off = UntagRoleRequest { role_name: "web".into(), tag_keys: vec!["TEAM".into()] };
    iam.untag_role(&cx(), off).await.expect("it is untagged");
    assert_eq!(iam.list_role_tags(&cx(), list()).await.expect("a list").tags, [tag("Cost", "b")]);
    let many = (0..50).map(|n| tag(&n.to_string(), "")).collect();
    let many = TagRoleRequest { role_name: "web".into(), tags: many };
    assert!(said(iam.tag_role(&cx(), many).await).starts_with("LimitExceeded"));
}

#[tokio::test]
async fn versions_of_a_policy() {
    let iam = iam();
    let input = CreatePolicyRequest {
        policy_name: "p".into(),
        policy_document: EVERYTHING.into(),
        ..CreatePolicyRequest::default()
    };
    let made = iam.create_policy(&cx(), input.clone()).await.expect("it is made").policy.expect("a policy");
    let arn = made.arn.expect("an ARN");
    assert_eq!(arn, "arn:aws:iam::123456789012:policy/p");
    assert!(said(iam.create_policy(&cx(), input).await).starts_with("EntityAlreadyExists"));
    let new = |set_as_default| CreatePolicyVersionRequest {
        policy_arn: arn.clone(),
        policy_document: EVERYTHING.into(),
        set_as_default,
    };
    for (n, default) in [(2, None), (3, Some(true)), (4, None), (5, None)] {
        let version = iam.create_policy_version(&cx(), new(default)).await.expect("it is made");
        let version = version.policy_version.expect("a version");
        assert_eq!(version.version_id, Some(format!("v{n}")));
        assert_eq!(version.is_default_version, Some(default == Some(true)));
    }
    assert!(said(iam.create_policy_version(&cx(), new(None)).await).starts_with("LimitExceeded"));
    let of = |id: &str| DeletePolicyVersionRequest { policy_arn: arn.clone(), version_id: id.into() };
    assert!(said(iam.delete_policy_version(&cx(), of("v3")).await).starts_with("DeleteConflict"));
    iam.delete_policy_version(&cx(), of("v1")).await.expect("it is deleted");
    let version = iam.create_policy_version(&cx(), new(None)).await.expect("it is made").policy_version;
    assert_eq!(version.and_then(|v| v.version_id).as_deref(), Some("v6"), "no number is used twice");
    let list =
        ListPolicyVersionsRequest { policy_arn: arn.clone(), max_items: Some(2), ..Default::default() };
    let page = iam.list_policy_versions(&cx(), list.clone()).await.expect("a list");
    let ids = |versions: Option<Vec<PolicyVersion>>| -> Vec<_> {
        versions.into_iter().flatten().filter_map(|v| v.version_id).collect()
    };
    assert_eq!((ids(page.versions), page.is_truncated), (vec!["v6".to_owned(), "v5".to_owned()], Some(true)));
    let rest = ListPolicyVersionsRequest { marker: page.marker, ..list };
    assert_eq!(ids(iam.list_policy_versions(&cx(), rest).await.expect("a list").versions), ["v4", "v3"]);
    let input = DeletePolicyRequest { policy_arn: arn.clone() };
    assert!(said(iam.delete_policy(&cx(), input).await).contains("more than one version"));
}
