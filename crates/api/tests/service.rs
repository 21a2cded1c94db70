//! The erased service from end to end, as `front` drives it: bytes in, bytes out.

use std::sync::Arc;

use api::{Body, Protocol, Scope, Service, codec, detect};
use expect_test::{Expect, expect};
use futures_util::{FutureExt, StreamExt};

/// What a caller's context holds here.
struct Caller {
    account: &'static str,
}

struct Fake;

impl api::ecs::Ecs<Caller> for Fake {
    async fn create_cluster(
        &self,
        cx: &Caller,
        input: api::ecs::CreateClusterRequest,
    ) -> Result<api::ecs::CreateClusterResponse, api::ecs::Error> {
        let name = input.cluster_name.unwrap_or_else(|| "default".to_owned());
        match name.as_str() {
            "limit" => Err(api::ecs::Error::limit_exceeded("You've reached the limit.")),
            "token" => {
                Err(api::ecs::Error::conflict("In use.").with("resourceIds", vec!["arn:one", "arn:two"]))
            }
            _ => Ok(api::ecs::CreateClusterResponse {
                cluster: Some(api::ecs::Cluster {
                    cluster_arn: Some(format!("arn:aws:ecs:us-east-1:{}:cluster/{name}", cx.account)),
                    status: Some("ACTIVE".to_owned()),
                    ..Default::default()
                }),
            }),
        }
    }
}

impl api::sts::Sts<Caller> for Fake {
    async fn get_caller_identity(
        &self,
        cx: &Caller,
        _input: api::sts::GetCallerIdentityRequest,
    ) -> Result<api::sts::GetCallerIdentityResponse, api::sts::Error> {
        Ok(api::sts::GetCallerIdentityResponse { account: Some(cx.account.to_owned()), ..Default::default() })
    }

    async fn assume_role(
        &self,
        _cx: &Caller,
        _input: api::sts::AssumeRoleRequest,
    ) -> Result<api::sts::AssumeRoleResponse, api::sts::Error> {
        Err(api::sts::Error::malformed_policy_document("The policy is <not> JSON."))
    }
}

impl api::logs::Logs<Caller> for Fake {
    async fn start_live_tail(
        &self,
        _cx: &Caller,
        input: api::logs::StartLiveTailRequest,
    ) -> Result<api::logs::StartLiveTailResponse, api::logs::Error> {
        use api::logs::{LiveTailSessionStart, LiveTailSessionUpdate, StartLiveTailResponseStream};
        let start = LiveTailSessionStart {
            log_group_identifiers: Some(input.log_group_identifiers),
            ..Default::default()
        };
        let events = futures_util::stream::iter([
            Ok(StartLiveTailResponseStream::SessionStart(start)),
            Ok(StartLiveTailResponseStream::SessionUpdate(LiveTailSessionUpdate::default())),
            Err(api::logs::Error::session_timeout("Three hours have passed.")),
            Ok(StartLiveTailResponseStream::SessionUpdate(LiveTailSessionUpdate::default())),
        ]);
        Ok(api::logs::StartLiveTailResponse { response_stream: api::EventStream::new(events) })
    }
}

const CALLER: Caller = Caller { account: "000000000000" };
const SCOPE: Scope<'static> = Scope { partition: "aws", region: "us-east-1", account: "000000000000" };

/// The chain of `front` without its authentication: status, action and resources, body.
fn serve(service: &Service<Caller>, headers: &[(&str, &str)], body: &str) -> (u16, Vec<String>, Body) {
    let mut request = http::Request::builder().method("POST").uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (parts, body) = request.body(body.to_owned()).expect("a request").into_parts();
    let (protocol, name) = match detect(&parts, body.as_bytes()) {
        api::Call::Target { protocol, operation, .. } => (protocol, operation),
        api::Call::Action { action, .. } => (Protocol::AwsQuery, action),
        other => panic!("detected {other:?}"),
    };
    let codec = codec(protocol).expect("the protocol is built");
    let mut authorised = Vec::new();
    let mut run = || {
        let version = service.schema.api_version;
        let operation = service.operation(&name).ok_or_else(|| codec.unknown_operation(&name, version))?;
        let decoded = operation.decode(codec, &parts, body.as_bytes());
        let decoded = decoded.map_err(|error| codec.malformed(&error))?;
        authorised = operation.resources(&SCOPE, &decoded);
        authorised.insert(0, operation.action.to_owned());
        service.validate(&decoded)?;
        let reply = operation.call(&CALLER, decoded).now_or_never().expect("ready")?;
        Ok(service.encode(operation, codec, reply, "request-1"))
    };
    let response = run().unwrap_or_else(|error| {
        codec.encode_error(Some(service.schema), &error, "request-1").map(Body::Full)
    });
    assert_eq!(response.headers()["x-amzn-requestid"], "request-1");
    (response.status().as_u16(), authorised, response.into_body())
}

fn text(body: Body) -> String {
    match body {
        Body::Full(bytes) => String::from_utf8(bytes).expect("text"),
        Body::Events(_) => panic!("a stream"),
    }
}

fn ecs(operation: &str, body: &str, expected: Expect) {
    let service = api::ecs::service(Arc::new(Fake));
    let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
    let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target.as_str())];
    let (status, authorised, body) = serve(&service, &headers, body);
    expected.assert_eq(&format!("{status} {authorised:?}\n{}", text(body)));
}

fn sts(body: &str, expected: Expect) {
    let service = api::sts::service(Arc::new(Fake));
    let headers = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
    let (status, authorised, body) = serve(&service, &headers, &format!("{body}&Version=2011-06-15"));
    expected.assert_eq(&format!("{status} {authorised:?}\n{}", text(body)));
}

#[test]
fn json() {
    ecs(
        "CreateCluster",
        r#"{"clusterName":"a"}"#,
        expect![[r#"
        200 ["ecs:CreateCluster", "arn:aws:ecs:us-east-1:000000000000:cluster/a"]
        {"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:000000000000:cluster/a","status":"ACTIVE"}}"#]],
    );
    ecs(
        "CreateCluster",
        "",
        expect![[r#"
        200 ["ecs:CreateCluster", "arn:aws:ecs:us-east-1:000000000000:cluster/default"]
        {"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:000000000000:cluster/default","status":"ACTIVE"}}"#]],
    );
    ecs(
        "CreateCluster",
        r#"{"clusterName":"limit"}"#,
        expect![[r#"
        400 ["ecs:CreateCluster", "arn:aws:ecs:us-east-1:000000000000:cluster/limit"]
        {"__type":"LimitExceededException","message":"You've reached the limit."}"#]],
    );
    ecs(
        "CreateCluster",
        r#"{"clusterName":"token"}"#,
        expect![[r#"
        400 ["ecs:CreateCluster", "arn:aws:ecs:us-east-1:000000000000:cluster/token"]
        {"__type":"ConflictException","message":"In use.","resourceIds":["arn:one","arn:two"]}"#]],
    );
    ecs(
        "CreateCluster",
        r#"{"clusterName":7}"#,
        expect![[r#"
        400 []
        {"__type":"SerializationException","message":"NUMBER_VALUE cannot be converted to String"}"#]],
    );
    ecs(
        "CreateCluster",
        r#"{"clusterName":"#,
        expect![[r#"
        400 []
        {"__type":"SerializationException","message":"The request body is not well-formed JSON."}"#]],
    );
    ecs(
        "CreateCluster",
        r#"{"tags":[{"key":"!"},{"key":"k","value":"v"}]}"#,
        expect![[r#"
        400 ["ecs:CreateCluster", "arn:aws:ecs:us-east-1:000000000000:cluster/default"]
        {"__type":"InvalidParameterException","message":"1 validation error detected: Value '!' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)"}"#]],
    );
    ecs(
        "RunTask",
        r#"{"launchType":"MOON","count":1}"#,
        expect![[r#"
            400 ["ecs:RunTask", "*"]
            {"__type":"InvalidParameterException","message":"2 validation errors detected: Value null at 'taskDefinition' failed to satisfy constraint: Member must not be null; Value 'MOON' at 'launchType' failed to satisfy constraint: Member must satisfy enum value set: [EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES]"}"#]],
    );
    ecs(
        "RunTask",
        r#"{"taskDefinition":"web"}"#,
        expect![[r#"
        501 ["ecs:RunTask", "arn:aws:ecs:us-east-1:000000000000:task-definition/web"]
        {"__type":"NotImplemented","message":"Longshore does not implement RunTask yet."}"#]],
    );
    ecs(
        "DoMagic",
        "{}",
        expect![[r#"
        400 []
        {"__type":"UnknownOperationException"}"#]],
    );
}

#[test]
fn query() {
    sts(
        "Action=GetCallerIdentity",
        expect![[r#"
        200 ["sts:GetCallerIdentity", "*"]
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"#]],
    );
    sts(
        "Action=AssumeRole&RoleArn=x&DurationSeconds=1",
        expect![[r#"
        400 ["sts:AssumeRole", "x"]
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>3 validation errors detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null; Value 'x' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value '1' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900</Message></Error><RequestId>request-1</RequestId></ErrorResponse>"#]],
    );
    sts(
        "Action=AssumeRole&RoleArn=arn:aws:iam::000000000000:role/admin&RoleSessionName=me",
        expect![[r#"
        400 ["sts:AssumeRole", "arn:aws:iam::000000000000:role/admin"]
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>MalformedPolicyDocument</Code><Message>The policy is &lt;not&gt; JSON.</Message></Error><RequestId>request-1</RequestId></ErrorResponse>"#]],
    );
    sts(
        "Action=AssumeRole&DurationSeconds=soon",
        expect![[r#"
        400 []
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>MalformedInput</Code><Message>'soon' at 'durationSeconds' is not a valid integer</Message></Error><RequestId>request-1</RequestId></ErrorResponse>"#]],
    );
    sts(
        "Action=GetSessionToken",
        expect![[r#"
        501 ["sts:GetSessionToken", "*"]
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>Longshore does not implement GetSessionToken yet.</Message></Error><RequestId>request-1</RequestId></ErrorResponse>"#]],
    );
    sts(
        "Action=DoMagic",
        expect![[r#"
        400 []
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation DoMagic for version 2011-06-15</Message></Error><RequestId>request-1</RequestId></ErrorResponse>"#]],
    );
}

#[test]
fn event_stream() {
    let service = api::logs::service(Arc::new(Fake));
    let headers =
        [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "Logs_20140328.StartLiveTail")];
    let (status, _, body) = serve(&service, &headers, r#"{"logGroupIdentifiers":["group"]}"#);
    assert_eq!(status, 200);
    let Body::Events(frames) = body else { panic!("no stream") };
    let frames: Vec<Vec<u8>> = frames.collect().now_or_never().expect("ready");
    let shown: Vec<String> = frames.iter().map(|frame| shown(frame)).collect();
    expect![[r#"
        event initial-response  application/json {}
        event sessionStart  application/json {"logGroupIdentifiers":["group"]}
        event sessionUpdate  application/json {}
        exception  SessionTimeoutException application/json {"__type":"SessionTimeoutException","message":"Three hours have passed."}"#]].assert_eq(&shown.join("\n"));
}

fn shown(frame: &[u8]) -> String {
    let (message, length) = api::event_stream::Message::decode(frame).expect("a frame").expect("complete");
    assert_eq!(length, frame.len());
    let header = |name: &str| message.header(name).map(ToString::to_string).unwrap_or_default();
    let names = [":message-type", ":event-type", ":exception-type", ":content-type"].map(header).join(" ");
    format!("{names} {}", String::from_utf8_lossy(&message.payload))
}

#[test]
fn unknown_enum_values_and_secrets() {
    use api::ecs::LaunchType;
    for value in ["EC2", "EXTERNAL", "MOON", ""] {
        assert_eq!(LaunchType::from(value).as_str(), value);
    }
    assert_eq!(LaunchType::from("MOON"), LaunchType::Unknown("MOON".to_owned()));
    let session = api::ecs::Session { token_value: Some("hunter2".to_owned()), ..Default::default() };
    let shown = format!("{session:?}");
    assert!(shown.contains("redacted") && !shown.contains("hunter2"), "{shown}");
}

/// Every generated operation answers, and says which it is.
#[test]
fn an_operation_that_is_not_built_says_so() {
    let service = api::ecs::service(Arc::new(Fake));
    assert_eq!(service.operations().count(), 88);
    let codec = codec(Protocol::AwsJson1_1).expect("awsJson is built");
    let (parts, ()) = http::Request::new(()).into_parts();
    for operation in service.operations().filter(|operation| operation.schema.name != "CreateCluster") {
        let decoded = operation.decode(codec, &parts, b"{}").expect("an empty input is readable");
        let Err(error) = operation.call(&CALLER, decoded).now_or_never().expect("ready") else {
            panic!("{} succeeded", operation.schema.name)
        };
        assert_eq!((error.code.as_str(), error.http_status), ("NotImplemented", 501));
        assert_eq!(error.message, format!("Longshore does not implement {} yet.", operation.schema.name));
    }
}
