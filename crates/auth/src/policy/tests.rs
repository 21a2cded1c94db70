//! Tables of documents and questions.

use super::*;
use crate::principal::{Identity, Principal};
use crate::session::SessionLimits;
use model::Timestamp;
use model::iam::Role;
use model::ids::Scope;
use serde_json::{Value, json};

const ROLE: &str = "arn:aws:iam::123456789012:role/ops/deploy";

fn principal(identity: Identity) -> Principal {
    Principal::new(&Scope::new("us-east-1", "123456789012"), identity, None)
}

fn root() -> Principal {
    principal(Identity::AccountRoot)
}

fn session() -> Principal {
    principal(Identity::RoleSession { role: "deploy".into(), id: "AROAEXAMPLE".into(), session: "s".into() })
}

fn trust(statements: Value) -> Result<Document, Malformed> {
    Document::trust(&json!({ "Version": "2012-10-17", "Statement": statements }).to_string())
}

fn allow(principal: Value) -> Value {
    json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal })
}

fn asks(document: &Document, caller: Caller<'_>, context: &Context) -> Trust {
    assume(document, &Assume { caller, action: "sts:AssumeRole", context })
}

const NO: Trust = Trust::No { not_understood: None };

#[test]
fn whom_a_trust_policy_lets_in() {
    let (root, session) = (root(), session());
    let service = Caller::Service("ecs-tasks.amazonaws.com");
    let as_root = Caller::Principal { principal: &root, role_arn: None };
    let as_session = Caller::Principal { principal: &session, role_arn: Some(ROLE) };
    for (named, expected) in [
        (json!({ "Service": "ecs-tasks.amazonaws.com" }), [Trust::Direct, NO, NO]),
        (json!({ "Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] }), [Trust::Direct, NO, NO]),
        (json!({ "Service": "ec2.amazonaws.com" }), [NO, NO, NO]),
        (json!({ "AWS": "123456789012" }), [NO, Trust::Direct, Trust::ThroughAccount]),
        (json!({ "AWS": "arn:aws:iam::123456789012:root" }), [NO, Trust::Direct, Trust::ThroughAccount]),
        (json!({ "AWS": "210987654321" }), [NO, NO, NO]),
        (json!({ "AWS": ROLE }), [NO, NO, Trust::Direct]),
        (json!({ "AWS": "arn:aws:sts::123456789012:assumed-role/deploy/s" }), [NO, NO, Trust::Direct]),
        (json!({ "AWS": "arn:aws:sts::123456789012:assumed-role/deploy/t" }), [NO, NO, NO]),
        (json!({ "AWS": "arn:aws:iam::123456789012:role/deploy" }), [NO, NO, NO]),
        (json!({ "AWS": "AROAEXAMPLE" }), [NO, NO, Trust::Direct]),
        (json!({ "AWS": ["123456789012", ROLE] }), [NO, Trust::Direct, Trust::Direct]),
        (json!("*"), [NO, Trust::Direct, Trust::Direct]),
        (json!({ "AWS": "*" }), [NO, Trust::Direct, Trust::Direct]),
        (json!({ "Federated": "cognito-identity.amazonaws.com" }), [NO, NO, NO]),
    ] {
        let document = trust(json!([allow(named.clone())])).expect("it is well formed");
        let told = [service, as_root, as_session].map(|caller| asks(&document, caller, &Context::default()));
        assert_eq!(told, expected, "{named}");
    }
}

#[test]
fn denials_and_other_acts() {
    let session = session();
    let caller = Caller::Principal { principal: &session, role_arn: Some(ROLE) };
    let everybody = allow(json!("*"));
    let deny = |more: Value| {
        let mut statement = json!({ "Effect": "Deny", "Action": "sts:*", "Principal": { "AWS": ROLE } });
        statement.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        statement
    };
    let context = Context::default().with("sts:ExternalId", None::<String>);
    for (statements, expected) in [
        (json!([everybody, deny(json!({}))]), NO),
        // A denial that is not understood denies; one whose condition is certainly false does not.
        (
            json!([
                everybody,
                deny(json!({ "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } } }))
            ]),
            NO,
        ),
        (
            json!([everybody, deny(json!({ "Condition": { "StringEquals": { "sts:ExternalId": "x" } } }))]),
            Trust::Direct,
        ),
        (json!([{ "Effect": "Allow", "Action": "sts:TagSession", "Principal": "*" }]), NO),
        (
            json!([{ "Effect": "Allow", "Action": ["sts:TagSession", "STS:assume*"], "Principal": "*" }]),
            Trust::Direct,
        ),
    ] {
        let document = trust(statements.clone()).expect("it is well formed");
        assert_eq!(asks(&document, caller, &context), expected, "{statements}");
    }
}

#[test]
fn conditions() {
    let root = root();
    let caller = Caller::Principal { principal: &root, role_arn: None };
    let context = Context::default()
        .with("sts:ExternalId", Some("secret"))
        .with("aws:SourceArn", Some("arn:aws:ecs:us-east-1:123456789012:task/web/1"))
        .with("aws:MultiFactorAuthPresent", None::<String>)
        .with("aws:SecureTransport", Some("false"));
    let yes = ["StringEquals", "StringLike", "StringEqualsIgnoreCase", "StringEqualsIfExists"];
    for operator in yes {
        let document = with(json!({ operator: { "sts:externalid": ["other", "secret"] } }));
        assert_eq!(asks(&document, caller, &context), Trust::Direct, "{operator}");
        let document = with(json!({ operator: { "sts:ExternalId": "wrong" } }));
        assert_eq!(asks(&document, caller, &context), NO, "{operator}");
    }
    for (condition, holds) in [
        (json!({ "StringNotEquals": { "sts:ExternalId": "secret" } }), false),
        (json!({ "StringNotEquals": { "sts:ExternalId": "other" } }), true),
        (json!({ "StringNotLike": { "sts:ExternalId": "sec*" } }), false),
        (json!({ "ArnLike": { "aws:SourceArn": "arn:aws:ecs:us-east-1:123456789012:*" } }), true),
        (json!({ "ArnEquals": { "aws:SourceArn": "arn:aws:ecs:us-west-2:123456789012:*" } }), false),
        (json!({ "Bool": { "aws:MultiFactorAuthPresent": "true" } }), false),
        (json!({ "Bool": { "aws:MultiFactorAuthPresent": true } }), false),
        (json!({ "BoolIfExists": { "aws:MultiFactorAuthPresent": "true" } }), true),
        (json!({ "Null": { "aws:MultiFactorAuthPresent": "true" } }), true),
        (json!({ "Null": { "sts:ExternalId": "true" } }), false),
        (json!({ "Bool": { "aws:SecureTransport": "false" } }), true),
        (
            json!({ "StringEquals": { "sts:ExternalId": "secret" }, "Bool": { "aws:SecureTransport": "true" } }),
            false,
        ),
    ] {
        let told = asks(&with(condition.clone()), caller, &context);
        assert_eq!(told, if holds { Trust::Direct } else { NO }, "{condition}");
    }
}

fn with(condition: Value) -> Document {
    let mut statement = allow(json!("*"));
    statement["Condition"] = condition;
    trust(json!(statement)).expect("it is well formed")
}

#[test]
fn what_is_not_understood_allows_nothing_and_says_so() {
    let root = root();
    let caller = Caller::Principal { principal: &root, role_arn: None };
    let context = Context::default().with("aws:PrincipalArn", Some(root.arn()));
    for (condition, said) in [
        (json!({ "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } }), "its operator is not evaluated"),
        (
            json!({ "ForAnyValue:StringEquals": { "aws:PrincipalArn": root.arn() } }),
            "its operator is not evaluated",
        ),
        (json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } }), "its key is not evaluated"),
        (
            json!({ "StringEquals": { "aws:PrincipalArn": "${aws:PrincipalArn}" } }),
            "its variables are not evaluated",
        ),
    ] {
        let Trust::No { not_understood: Some(what) } = asks(&with(condition.clone()), caller, &context)
        else {
            panic!("{condition}")
        };
        assert!(what.starts_with(said), "{what}");
    }
}

#[test]
fn documents_that_are_no_trust_policies() {
    let refused = |text: &str| Document::trust(text).expect_err("it is refused").0;
    for text in ["", "{", "[]]", "Version: 2012"] {
        assert_eq!(refused(text), "This policy contains invalid Json", "{text}");
    }
    for text in [
        "[]",
        "1",
        "{}",
        r#"{"Statement":[]}"#,
        r#"{"Version":"2013","Statement":{}}"#,
        r#"{"Statement":[1]}"#,
    ] {
        assert_eq!(refused(text), "Syntax errors in policy.", "{text}");
    }
    for (statement, said) in [
        (json!({ "Action": "sts:AssumeRole", "Principal": "*" }), "Missing required field Effect"),
        (json!({ "Effect": "Allow", "Action": "sts:AssumeRole" }), "Missing required field Principal"),
        (json!({ "Effect": "Allow", "Principal": "*" }), "Missing required field Action"),
        (
            json!({ "Effect": "allow", "Action": "sts:AssumeRole", "Principal": "*" }),
            "Syntax errors in policy.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*", "Resource": "*" }),
            "Has prohibited field Resource",
        ),
        (
            json!({ "Effect": "Allow", "Action": "s3:GetObject", "Principal": "*" }),
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (allow(json!({ "AWS": "nobody" })), "Invalid principal in policy: \"AWS\":\"nobody\""),
        (
            allow(json!({ "AWS": "arn:aws:iam::123456789012:role/*" })),
            "Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:role/*\"",
        ),
        (allow(json!({ "Service": "ecs" })), "Invalid principal in policy: \"SERVICE\":\"ecs\""),
        (allow(json!({})), "Syntax errors in policy."),
        (allow(json!([])), "Syntax errors in policy."),
        (
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*", "Condition": { "Equals": { "a:b": "c" } } }),
            "Invalid Condition type : Equals.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*", "Extra": 1 }),
            "Syntax errors in policy.",
        ),
    ] {
        assert_eq!(trust(statement.clone()).expect_err("it is refused").0, said, "{statement}");
    }
    let named = |sid: &str| {
        let mut statement = allow(json!("*"));
        statement["Sid"] = json!(sid);
        statement
    };
    let twice = trust(json!([named("A"), named("A")])).expect_err("it is refused").0;
    assert_eq!(twice, "Statement IDs (SID) in a single policy must be unique.");
    assert!(trust(json!([named("a b")])).is_err() && trust(json!([named("A"), named("B")])).is_ok());
}

fn identity(statements: Value) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

#[test]
fn documents_that_are_no_identity_policies() {
    for (statement, said) in [
        (json!({ "Effect": "Allow", "Action": "*" }), "Policy statement must contain resources."),
        (json!({ "Effect": "Allow", "Resource": "*" }), "Policy statement must contain actions."),
        (
            json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" }),
            "Policy document should not specify a principal.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "RunTask", "Resource": "*" }),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "ecs:*", "Resource": "web" }),
            "Resource web must be in ARN format or \"*\".",
        ),
        (
            json!({ "Effect": "Allow", "Action": "ecs:*", "NotAction": "ecs:x", "Resource": "*" }),
            "Syntax errors in policy.",
        ),
    ] {
        assert_eq!(
            Document::identity(&identity(statement.clone())).expect_err("refused").0,
            said,
            "{statement}"
        );
    }
}

fn role(inline: &[Value]) -> Role {
    let named =
        inline.iter().enumerate().map(|(at, statements)| (at.to_string(), identity(statements.clone())));
    Role {
        arn: ROLE.parse().expect("an ARN"),
        id: "AROAEXAMPLE".into(),
        created_at: Timestamp::from_millis(0),
        trust_policy: String::new(),
        description: None,
        max_session_s: 3600,
        inline_policies: named.collect(),
        attached_policies: Vec::new(),
        permissions_boundary: None,
        tags: Vec::new(),
    }
}

const TASK: &str = "arn:aws:ecs:us-east-1:123456789012:task/web/1";

fn may(role: &Role, limits: Option<&SessionLimits>, action: &str, resource: &str) -> bool {
    let context = Context::default().with("aws:PrincipalArn", Some(ROLE));
    role_allows(role, limits, &|_| None, Grant::Needed, &Access { action, resource, context: &context })
}

#[test]
fn a_role_may_what_its_policies_say_and_nothing_else() {
    let nothing = role(&[]);
    assert!(!may(&nothing, None, "ecs:ListTasks", "*"));
    let some = role(&[
        json!({ "Effect": "Allow", "Action": ["ecs:Describe*", "ECS:stopTask"], "Resource": "arn:aws:ecs:*:*:task/web/*" }),
        json!([{ "Effect": "Deny", "Action": "ecs:DescribeTasks", "Resource": "arn:aws:ecs:*:*:task/web/secret" }]),
        json!({ "Effect": "Allow", "Action": "logs:*", "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": "::/0" } } }),
    ]);
    assert!(may(&some, None, "ecs:DescribeTasks", TASK));
    assert!(may(&some, None, "ecs:StopTask", TASK));
    assert!(!may(&some, None, "ecs:RunTask", TASK));
    assert!(!may(&some, None, "ecs:DescribeTasks", "arn:aws:ecs:us-east-1:123456789012:task/other/1"));
    assert!(!may(&some, None, "ecs:DescribeTasks", "arn:aws:ecs:us-east-1:123456789012:task/web/secret"));
    assert!(!may(&some, None, "ecs:DescribeTasks", "*"), "a permission on some is none on all");
    assert!(!may(&some, None, "logs:PutLogEvents", "*"), "its condition is not understood");
    let all_but = role(&[json!({ "Effect": "Allow", "NotAction": "iam:*", "NotResource": TASK })]);
    assert!(may(&all_but, None, "ecs:RunTask", "*"));
    assert!(!may(&all_but, None, "iam:CreateRole", "*") && !may(&all_but, None, "ecs:StopTask", TASK));
    let own = role(&[json!([
        { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
        { "Effect": "Deny", "Action": "ecs:*", "Resource": "arn:aws:ecs:*:*:task/${aws:username}/*" },
    ])]);
    assert!(!may(&own, None, "ecs:StopTask", TASK), "a denial that is not understood denies");
}

#[test]
fn managed_policies_boundaries_and_sessions() {
    let mut execution = role(&[]);
    execution.attached_policies =
        vec!["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy".into()];
    assert!(may(&execution, None, "logs:PutLogEvents", "*"));
    assert!(!may(&execution, None, "logs:CreateLogGroup", "*"));
    let mut unheard_of = role(&[]);
    unheard_of.attached_policies = vec!["arn:aws:iam::aws:policy/AmazonS3FullAccess".into()];
    assert!(!may(&unheard_of, None, "s3:GetObject", "*"));

    let everything = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let mut bounded = role(std::slice::from_ref(&everything));
    bounded.permissions_boundary = Some("arn:aws:iam::aws:policy/CloudWatchLogsFullAccess".into());
    assert!(may(&bounded, None, "logs:PutLogEvents", "*") && !may(&bounded, None, "ecs:ListTasks", "*"));
    bounded.permissions_boundary = Some("arn:aws:iam::123456789012:policy/gone".into());
    assert!(!may(&bounded, None, "logs:PutLogEvents", "*"), "a boundary that is not there bounds everything");
    let mut denied = role(std::slice::from_ref(&everything));
    denied.attached_policies = vec!["arn:aws:iam::aws:policy/AWSDenyAll".into()];
    assert!(!may(&denied, None, "ecs:ListTasks", "*"));

    let powerful = role(&[everything]);
    let limits = SessionLimits {
        policies: vec![identity(json!({ "Effect": "Allow", "Action": "ecs:List*", "Resource": "*" }))],
        policy_arns: vec!["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess".into()],
    };
    assert!(may(&powerful, Some(&limits), "ecs:ListTasks", "*"));
    assert!(may(&powerful, Some(&limits), "logs:PutLogEvents", "*"));
    assert!(!may(&powerful, Some(&limits), "ecs:StopTask", TASK));
    let unreadable = SessionLimits { policies: vec!["{".into()], policy_arns: Vec::new() };
    assert!(!may(&powerful, Some(&unreadable), "ecs:ListTasks", "*"));
}

#[test]
fn what_a_resource_grants_needs_no_permission_and_no_denial() {
    let context = Context::default();
    let access = Access { action: "sts:AssumeRole", resource: ROLE, context: &context };
    let granted = |role: &Role, limits| role_allows(role, limits, &|_| None, Grant::ByResource, &access);
    assert!(granted(&role(&[]), None));
    assert!(!granted(&role(&[json!({ "Effect": "Deny", "Action": "sts:*", "Resource": "*" })]), None));
    let narrow = SessionLimits {
        policies: vec![identity(json!({ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }))],
        policy_arns: Vec::new(),
    };
    assert!(!granted(&role(&[]), Some(&narrow)), "a session stays within its policies");
}

#[test]
fn the_documents_of_aws_are_well_formed() {
    for name in [
        "AdministratorAccess",
        "AWSDenyAll",
        "CloudWatchLogsFullAccess",
        "CloudWatchLogsReadOnlyAccess",
        "service-role/AmazonEC2ContainerServiceforEC2Role",
        "service-role/AmazonECSTaskExecutionRolePolicy",
    ] {
        let text = managed_document(&format!("arn:aws:iam::aws:policy/{name}")).expect(name);
        assert!(Document::identity(text).is_ok(), "{name}");
    }
    assert!(is_managed_by_aws("arn:aws-cn:iam::aws:policy/AmazonS3FullAccess"));
    for arn in
        ["arn:aws:iam::aws:policy/", "arn:aws:iam::123456789012:policy/x", "arn:aws:iam::aws:role/x", "x"]
    {
        assert!(!is_managed_by_aws(arn), "{arn}");
    }
}

proptest::proptest! {
    /// Whatever a document is, it is read or refused, and answers.
    #[test]
    fn no_document_makes_it_panic(text in "\\PC{0,200}", action in "[a-z:*]{0,12}") {
        let _ = Document::trust(&text);
        let mut noisy = role(&[]);
        noisy.inline_policies.insert("p".into(), text);
        proptest::prop_assert!(!may(&noisy, None, &action, "*"));
    }
}
