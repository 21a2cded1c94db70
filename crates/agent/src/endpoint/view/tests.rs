use super::task::{container, task};
use super::*;
use crate::aws::Credentials;
use crate::config::Config;
use crate::endpoint::route::Version::{V2, V4};
use agent_protocol::payload;
use plan::task::{Event, PortBinding, TaskState};
use runtime::spec::Mount;

const ID: &str = "0123456789abcdef0123456789abcdef";

/// The task of a payload whose first container runs; with `facts` of it.
fn snapshot(json: &str) -> Snapshot {
    let mut payload: payload::Task = serde_json::from_str(json).unwrap();
    payload.arn = format!("arn:aws:ecs:us-east-1:000000000000:task/default/{ID}");
    let config = Config::new("default", "/nowhere", "http://127.0.0.1:1", Credentials::new("A", "B"));
    let plan = crate::task::read(&payload, &config).unwrap();
    let state = TaskState::new(plan.spec.clone()).unwrap();
    let mut saved = Saved::new(payload, state, Timestamp(0));
    let bindings = match plan.network {
        NetworkPlan::Bridge => vec![PortBinding {
            bind_ip: "0.0.0.0".into(),
            container_port: 80,
            range: None,
            host_port: 32768,
            protocol: model::status::TransportProtocol::Tcp,
        }],
        NetworkPlan::None | NetworkPlan::Host | NetworkPlan::Awsvpc(_) => Vec::new(),
    };
    let at = |second: i64| Timestamp(1_767_268_800_000 + second * 1000);
    let digest = image::Digest::of(b"manifest").to_string();
    for (second, event) in [
        (0, Event::Admitted),
        (1, Event::Prepared(Ok(()))),
        (1, Event::ImageResolved { container: 0, result: Ok(Some(digest.clone())) }),
        (2, Event::ImagePulled { container: 0, result: Ok(Some(digest)) }),
        (3, Event::Created { container: 0, result: Ok(bindings) }),
        (4, Event::Started { container: 0, attempt: 0, result: Ok(format!("{ID}-0")) }),
    ] {
        saved.state.step(at(second), event);
    }
    let facts = &mut saved.facts.containers[0];
    facts.endpoint_id = Some("secret".into());
    facts.created_at = Some(Timestamp(at(3).0 + 250));
    facts.manifest = Some(image::Digest::of(b"manifest"));
    facts.volume_mounts =
        vec![Mount::bind("/host/data", "/data", false), Mount::bind("/volumes/v", "/v", true)];
    let node = Node { cluster: "default".into(), zone: Some("us-east-1a".into()) };
    Snapshot { plan: Arc::new(plan), saved: Arc::new(saved), node }
}

const BRIDGED: &str = r#"{
    "family": "f", "version": "3", "networkMode": "bridge", "launchType": "EC2", "cpu": 0.25, "memory": 128, "desiredStatus": "RUNNING",
    "volumes": [{"name": "data", "host": {"sourcePath": "/host/data"}}, {"name": "v", "host": {}}],
    "containers": [{
        "name": "web", "image": "busybox", "essential": true, "cpu": 1, "memory": 64,
        "containerArn": "arn:aws:ecs:us-east-1:000000000000:container/c",
        "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}, {"sourceVolume": "v", "containerPath": "/v"}],
        "restartPolicy": {"enabled": true, "restartAttemptPeriod": 60},
        "dockerConfig": {
            "config": "{\"Labels\":{\"team\":\"x\"},\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"]}}",
            "hostConfig": "{\"LogConfig\":{\"Type\":\"json-file\",\"Config\":{\"max-size\":\"1m\"}}}"
        }
    }, {"name": "later", "image": "busybox", "dependsOn": [{"containerName": "web", "condition": "HEALTHY"}]}]
}"#;

#[test]
fn a_bridged_task_in_version_4() {
    let snapshot = snapshot(BRIDGED);
    let shown = serde_json::to_value(task(&snapshot, V4)).unwrap();
    let name = snapshot.docker_name(0);
    assert!(name.starts_with("ecs-f-3-web-") && name.len() == "ecs-f-3-web-".len() + 20, "{name}");
    let image = image::Digest::of(b"manifest").to_string();
    let expected = serde_json::json!({
        "Cluster": "default",
        "TaskARN": format!("arn:aws:ecs:us-east-1:000000000000:task/default/{ID}"),
        "Family": "f", "Revision": "3", "DesiredStatus": "RUNNING", "KnownStatus": "NONE",
        "Limits": {"CPU": 0.25, "Memory": 128},
        "PullStartedAt": "2026-01-01T12:00:01Z", "PullStoppedAt": "2026-01-01T12:00:02Z",
        "AvailabilityZone": "us-east-1a", "LaunchType": "EC2", "FaultInjectionEnabled": false,
        "Containers": [{
            "DockerId": format!("{ID}-0"), "Name": "web", "DockerName": name, "Image": "busybox", "ImageID": image,
            "Ports": [{"ContainerPort": 80, "Protocol": "tcp", "HostPort": 32768, "HostIp": "0.0.0.0"}],
            "Labels": {
                "team": "x",
                "com.amazonaws.ecs.cluster": "default", "com.amazonaws.ecs.container-name": "web",
                "com.amazonaws.ecs.task-arn": format!("arn:aws:ecs:us-east-1:000000000000:task/default/{ID}"),
                "com.amazonaws.ecs.task-definition-family": "f", "com.amazonaws.ecs.task-definition-version": "3",
            },
            "DesiredStatus": "RUNNING", "KnownStatus": "RUNNING", "Limits": {"CPU": 2, "Memory": 64},
            "CreatedAt": "2026-01-01T12:00:03.25Z", "StartedAt": "2026-01-01T12:00:04Z", "Type": "NORMAL",
            "Networks": [{"NetworkMode": "bridge", "IPv4Addresses": [""]}],
            "Health": {"statusSince": "2026-01-01T12:00:04Z"},
            "Volumes": [
                {"Source": "/host/data", "Destination": "/data"},
                {"DockerName": "v", "Source": "/volumes/v", "Destination": "/v"},
            ],
            "LogDriver": "json-file", "LogOptions": {"max-size": "1m"},
            "ContainerARN": "arn:aws:ecs:us-east-1:000000000000:container/c",
            "RestartCount": 0,
        }],
    });
    assert_eq!(shown, expected, "{shown:#}");
}

#[test]
fn earlier_versions_have_less() {
    let snapshot = snapshot(BRIDGED);
    let shown = serde_json::to_value(container(&snapshot, 0, V2)).unwrap();
    for later in ["LogDriver", "LogOptions", "ContainerARN", "RestartCount"] {
        assert!(shown.get(later).is_none(), "{later}");
    }
    assert_eq!(
        shown["Ports"],
        serde_json::json!([{"ContainerPort": 80, "Protocol": "tcp", "HostPort": 32768}])
    );
    let shown = serde_json::to_value(task(&snapshot, V2)).unwrap();
    assert!(["LaunchType", "FaultInjectionEnabled"].iter().all(|k| shown.get(k).is_none()));
}

#[test]
fn an_interface_of_a_vpc() {
    let snapshot = snapshot(
        r#"{"family": "f", "version": "1", "networkMode": "awsvpc", "launchType": "FARGATE", "taskClusterArn": "arn:of:cluster",
            "elasticNetworkInterfaces": [{"macAddress": "0a:00:00:00:00:01", "ec2Id": "eni-1", "privateDnsName": "ip-10-9-0-5.ec2.internal",
                "ipv4Addresses": [{"privateAddress": "10.9.0.5", "primary": true}],
                "ipv6Addresses": [{"address": "fd00:9::5", "primary": true}], "subnetGatewayIpv6Address": "fe80::1/64", "subnetGatewayIpv4Address": "10.9.0.1/24",
                "domainNameServers": ["10.9.0.2"], "domainName": ["x.internal"]}],
            "containers": [{"name": "web", "image": "busybox", "essential": true}]}"#,
    );
    let shown = serde_json::to_value(task(&snapshot, V4)).unwrap();
    assert_eq!(shown["Cluster"], "arn:of:cluster");
    assert_eq!(shown["Containers"][0]["Snapshotter"], "overlayfs");
    let expected = serde_json::json!([{
        "NetworkMode": "awsvpc", "IPv4Addresses": ["10.9.0.5"], "AttachmentIndex": 0, "MACAddress": "0a:00:00:00:00:01",
        "IPv4SubnetCIDRBlock": "10.9.0.0/24",
        "IPv6Addresses": ["fd00:9::5"], "IPv6SubnetCIDRBlock": "fd00:9::/64", "DomainNameServers": ["10.9.0.2"], "DomainNameSearchList": ["x.internal"],
        "PrivateDNSName": "ip-10-9-0-5.ec2.internal", "SubnetGatewayIpv4Address": "10.9.0.1/24",
    }]);
    assert_eq!(shown["Containers"][0]["Networks"], expected);
    let earlier = serde_json::to_value(container(&snapshot, 0, V2)).unwrap();
    assert_eq!(
        earlier["Networks"],
        serde_json::json!([{"NetworkMode": "awsvpc", "IPv4Addresses": ["10.9.0.5"], "IPv6Addresses": ["fd00:9::5"]}])
    );
}

#[test]
fn a_clock_that_nobody_keeps_has_no_bound() {
    let of = |is_synchronized, error_bound_ms| {
        let state = runtime::ClockState { is_synchronized, error_bound_ms };
        serde_json::to_value(super::task::ClockDrift::new(state, Timestamp(1_767_268_800_000))).unwrap()
    };
    let kept = serde_json::json!({
        "ClockErrorBound": 0.5, "ReferenceTimestamp": "2026-01-01T12:00:00Z", "ClockSynchronizationStatus": "SYNCHRONIZED",
    });
    assert_eq!(of(true, 0.5), kept);
    assert_eq!(of(false, 16_000.0), serde_json::json!({"ClockSynchronizationStatus": "NOT_SYNCHRONIZED"}));
}

#[test]
fn instants_as_go_writes_them() {
    for (millis, expected) in [
        (0, "1970-01-01T00:00:00Z"),
        (1_767_268_800_250, "2026-01-01T12:00:00.25Z"),
        (1_767_268_800_007, "2026-01-01T12:00:00.007Z"),
    ] {
        assert_eq!(instant(Timestamp(millis)), expected);
    }
}
