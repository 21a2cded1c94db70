use super::*;
use crate::payload::{Container, DockerConfig};
use crate::{docker, tcs};

/// A payload in the words of the official backend, as the reference of the protocol gives them.
const PAYLOAD: &str = r#"{"type":"PayloadMessage","message":{"messageId":"m1","clusterArn":"c","containerInstanceArn":"i",
"generatedAt":1700000000000,"seqNum":7,"timeline":9,"somethingNew":true,"tasks":[{"arn":"arn:aws:ecs:us-east-1:000000000000:task/default/0123",
"family":"f","version":"3","desiredStatus":"RUNNING","overrides":"{}","cpu":0.25,"memory":512,"networkMode":"awsvpc","launchType":"FARGATE",
"roleCredentials":{"credentialsId":"id","roleArn":"r","accessKeyId":"AKIA","secretAccessKey":"s3cr3t","sessionToken":"t0k3n","expiration":"2026-01-01T00:00:00Z"},
"elasticNetworkInterfaces":[{"macAddress":"02:00:00:00:00:01","ec2Id":"eni-1","ipv4Addresses":[{"privateAddress":"10.9.0.5","primary":true}],"subnetGatewayIpv4Address":"10.9.0.1/24"}],
"volumes":[{"name":"v","type":"docker","dockerVolumeConfiguration":{"scope":"shared","autoprovision":true,"driver":"local"}},{"name":"w","type":"novel"}],
"containers":[{"name":"web","image":"busybox","essential":true,"cpu":10,"memory":64,"command":["true"],"environment":{"A":"b"},
"dependsOn":[{"containerName":"init","condition":"SUCCESS"}],"restartPolicy":{"enabled":true,"ignoredExitCodes":[0],"restartAttemptPeriod":60},
"overrides":"{\"command\":[\"false\"]}","dockerConfig":{"version":"1.18","config":"{\"Tty\":true}","hostConfig":"{\"CapAdd\":[\"NET_ADMIN\"]}"}}]}]}}"#;

#[test]
fn a_payload_is_read_whole_and_written_back() {
    let message = FromBackend::decode(PAYLOAD).unwrap();
    assert_eq!(message.kind(), "PayloadMessage");
    assert_eq!(FromBackend::decode(&message.encode()).unwrap(), message);
    let FromBackend::PayloadMessage(payload) = message else { panic!("not a payload") };
    assert_eq!((payload.seq_num, payload.timeline), (Some(7), Some(9)));
    let task = &payload.tasks[0];
    assert_eq!(task.cpu, Some(0.25));
    assert!(!format!("{task:?}").contains("s3cr3t") && !format!("{task:?}").contains("t0k3n"));
    assert_eq!(task.volumes[1].r#type.as_ref().unwrap().as_str(), "novel");
    let container = &task.containers[0];
    assert_eq!(container.parsed_overrides().unwrap().command.unwrap(), ["false"]);
    let docker = container.docker_config.as_ref().unwrap();
    assert!(docker.parsed_config().unwrap().tty);
    assert_eq!(docker.parsed_host_config().unwrap().cap_add, ["NET_ADMIN"]);
}

#[test]
fn overrides_hold_only_a_command() {
    let container = Container { overrides: Some(r#"{"memory":1}"#.into()), ..Container::default() };
    assert!(container.parsed_overrides().is_err());
    assert_eq!(Container::default().parsed_overrides().unwrap().command, None);
}

#[test]
fn a_stop_is_what_the_official_agent_was_seen_to_take() {
    let payload = PayloadMessage {
        message_id: Some("m".into()),
        tasks: vec![Task::stop("a")],
        ..PayloadMessage::default()
    };
    assert_eq!(
        FromBackend::from(payload).encode(),
        r#"{"type":"PayloadMessage","message":{"messageId":"m","tasks":[{"arn":"a","desiredStatus":"STOPPED","overrides":"{}","containers":[]}]}}"#
    );
}

#[test]
fn credentials_keep_their_wire_names() {
    let text = r#"{"type":"IAMRoleCredentialsMessage","message":{"messageId":"m","taskArn":"t","roleType":"TaskExecution","roleCredentials":{"credentialsId":"id","secretAccessKey":"s"}}}"#;
    let message = FromBackend::decode(text).unwrap();
    assert_eq!(message.encode(), text);
    let ack =
        FromAgent::from(IamRoleCredentialsAckRequest { message_id: Some("m".into()), ..Default::default() });
    assert_eq!(ack.encode(), r#"{"type":"IAMRoleCredentialsAckRequest","message":{"messageId":"m"}}"#);
}

#[test]
fn unknown_types_are_not_errors_and_garbage_is() {
    let novel = FromBackend::decode(r#"{"type":"NovelMessage","message":{"a":1}}"#).unwrap();
    assert_eq!(novel, FromBackend::Unknown { kind: "NovelMessage".into() });
    assert!(matches!(FromBackend::decode("[]"), Err(crate::DecodeError::Envelope { .. })));
    assert!(matches!(
        FromBackend::decode(r#"{"type":"PayloadMessage","message":{"tasks":{}}}"#),
        Err(crate::DecodeError::Message { .. })
    ));
    let beat = FromBackend::decode(r#"{"type":"HeartbeatMessage"}"#).unwrap();
    assert_eq!(beat, FromBackend::HeartbeatMessage(HeartbeatMessage::default()));
}

#[test]
fn network_bindings_have_their_odd_name() {
    let text = r#"{"bindIP":"0.0.0.0","containerPort":80,"hostPort":32768,"protocol":"tcp"}"#;
    let binding: crate::control::NetworkBinding = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&binding).unwrap(), text);
    let eni = r#"{"ec2Id":"eni-1","ipv4Addresses":[{"privateAddress":"10.0.0.1"}],"subnetGatewayIpv4Address":"10.0.0.1/8"}"#;
    let parsed: ElasticNetworkInterface = serde_json::from_str(eni).unwrap();
    assert_eq!(serde_json::to_string(&parsed).unwrap(), eni);
}

#[test]
fn telemetry_is_read_with_and_without_headers() {
    let json = r#"{"type":"PublishHealthRequest","message":{"tasks":[{"taskArn":"t","containers":[{"containerName":"c","healthStatus":"HEALTHY","statusSince":1700000000.5}]}],"timestamp":1700000001}}"#;
    let signed = crate::frame::with_header_prefix([("Authorization", "AWS4-HMAC-SHA256 …")], json);
    let (prefix, with) = tcs::decode_prefixed(&signed).unwrap();
    let (none, without) = tcs::decode_prefixed(json).unwrap();
    assert!(prefix.is_some() && none.is_none());
    assert_eq!(with, without);
}

#[test]
fn docker_texts_round_trip() {
    let config = docker::Config { user: "1000".into(), ..Default::default() };
    let host = docker::HostConfig { privileged: true, ..Default::default() };
    let docker = DockerConfig::new(&config, &host);
    assert_eq!((docker.parsed_config().unwrap(), docker.parsed_host_config().unwrap()), (config, host));
}

proptest::proptest! {
    /// Whatever arrives, decoding answers; what decodes encodes to what decodes to the same.
    #[test]
    fn any_text_is_answered(text in ".{0,200}", kind in "PayloadMessage|HeartbeatMessage|TaskManifestMessage|Odd", body in r#"(\{|\[|"tasks":|null|1|\}|\]|,){0,12}"#) {
        let _ = FromBackend::decode(&text);
        let _ = tcs::decode_prefixed(&text);
        if let Ok(message) = FromBackend::decode(&format!(r#"{{"type":"{kind}","message":{body}}}"#)) {
            proptest::prop_assert_eq!(FromBackend::decode(&message.encode()).unwrap(), message);
        }
    }
}
