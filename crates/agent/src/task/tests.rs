use super::*;
use crate::aws::Credentials;
use crate::config::Config;
use agent_protocol::payload::{Container, DockerConfig, Task};
use agent_protocol::{docker, payload};
use model::status::TransportProtocol;
use runtime::spec::{MemorySwap, MountKind};

fn config() -> Config {
    Config::new("default", "/nowhere", "http://127.0.0.1:1", Credentials::new("A", "B"))
}

fn task(json: &str) -> Task {
    let mut task: Task = serde_json::from_str(json).unwrap();
    task.arn = "arn:aws:ecs:us-east-1:000000000000:task/default/0123456789abcdef".into();
    task
}

fn with(container: &str) -> Task {
    task(&format!(
        r#"{{"networkMode":"bridge","containers":[{{"name":"c","image":"i","essential":true,{container}}}]}}"#
    ))
}

fn reason(task: &Task) -> String {
    read(task, &config()).unwrap_err().0
}

#[test]
fn what_cannot_be_done_is_refused_with_a_reason() {
    let cases = [
        (r#""secrets":[{"name":"A","valueFrom":"b"}]"#, "secrets"),
        (r#""environmentFiles":[{"type":"s3","value":"b"}]"#, "environmentFiles"),
        (r#""firelensConfiguration":{"type":"fluentbit"}"#, "firelensConfiguration"),
        (r#""managedAgents":[{"name":"ExecuteCommandAgent"}]"#, "ECS Exec"),
        (r#""registryAuthentication":{"type":"ecr"}"#, "registry authentication"),
        (r#""portMappings":[{"containerPortRange":"2-1"}]"#, "not a range of ports"),
        (r#""portMappings":[{"containerPort":70000}]"#, "container port"),
        (r#""dependsOn":[{"containerName":"x","condition":"START"}]"#, "does not exist"),
        (r#""mountPoints":[{"sourceVolume":"v","containerPath":"/v"}]"#, "does not exist"),
        (r#""overrides":"{\"cpu\":1}""#, "overrides"),
        (r#""dockerConfig":{"hostConfig":"{\"LogConfig\":{\"Type\":\"splunk\"}}"}"#, "splunk"),
        (r#""dockerConfig":{"hostConfig":"{\"DeviceRequests\":[{}]}"}"#, "DeviceRequests"),
        (r#""dockerConfig":{"hostConfig":"{\"SecurityOpt\":[\"label:x\"]}"}"#, "label:x"),
        (r#""dockerConfig":{"hostConfig":"{"}"#, "hostConfig"),
        (r#""dockerConfig":{"hostConfig":"{\"NetworkMode\":\"container:x\"}"}"#, "container:x"),
        (r#""restartPolicy":{"enabled":true,"restartAttemptPeriod":10}"#, "60 seconds"),
    ];
    for (json, expected) in cases {
        let reason = reason(&with(json));
        assert!(reason.contains(expected), "{json}: {reason}");
    }
    let volume = |json: &str| {
        reason(&task(&format!(r#"{{"volumes":[{json}],"containers":[{{"name":"c","image":"i"}}]}}"#)))
    };
    assert!(volume(r#"{"name":"v","efsVolumeConfiguration":{}}"#).contains("EFS"));
    assert!(volume(r#"{"name":"../v"}"#).contains("not a volume name"));
    assert!(volume(r#"{"name":"v","dockerVolumeConfiguration":{"driver":"rexray"}}"#).contains("rexray"));
    assert!(
        reason(&task(r#"{"networkMode":"awsvpc","containers":[{"name":"c","image":"i"}]}"#))
            .contains("interface")
    );
    assert!(reason(&task(r#"{"associations":[{"name":"0","type":"gpu"}],"containers":[]}"#)).contains("GPU"));
    let mut escaping = with(r#""cpu":1"#);
    escaping.arn = "arn:aws:ecs:r:a:task/c/..".into();
    assert!(reason(&escaping).contains("not a task ARN"));
}

#[test]
fn every_part_of_docker_config_arrives() {
    let host = docker::HostConfig {
        cap_add: vec!["NET_ADMIN".into()],
        memory_reservation: 64 << 20,
        memory_swap: 300 << 20,
        readonly_rootfs: true,
        init: Some(true),
        extra_hosts: vec!["db:10.0.0.1".into()],
        tmpfs: [("/t".to_owned(), "size=64m,noexec".to_owned())].into(),
        ulimits: vec![docker::Ulimit { name: "nofile".into(), soft: 1, hard: -1, ..Default::default() }],
        security_opt: vec!["no-new-privileges".into()],
        ..Default::default()
    };
    let config_part = docker::Config {
        user: "1000".into(),
        tty: true,
        healthcheck: Some(docker::Healthcheck {
            test: vec!["CMD-SHELL".into(), "exit 0".into()],
            interval: 5_000_000_000,
            ..Default::default()
        }),
        ..Default::default()
    };
    let container = Container {
        name: "c".into(),
        image: Some("busybox".into()),
        essential: Some(true),
        memory: Some(100),
        command: vec!["a".into()],
        overrides: Some(r#"{"command":["b"]}"#.into()),
        environment: [("AWS_REGION".to_owned(), "mine".to_owned())].into(),
        port_mappings: vec![payload::PortMapping {
            container_port: Some(80),
            host_port: Some(0),
            ..Default::default()
        }],
        docker_config: Some(DockerConfig::new(&config_part, &host)),
        ..Default::default()
    };
    let mut task = task(r#"{"networkMode":"bridge","cpu":0.5,"memory":512,"containers":[]}"#);
    task.containers.push(container);
    let plan = read(&task, &config()).unwrap();
    let c = &plan.containers[0];
    assert_eq!(c.command, ["b"]);
    assert_eq!(c.env["AWS_REGION"], "mine");
    assert_eq!(c.env["AWS_DEFAULT_REGION"], "us-east-1");
    assert!(!c.env.keys().any(|k| k.starts_with("ECS_")), "no endpoint is named that does not exist");
    assert_eq!(c.resources.cpu.shares, Some(2));
    assert_eq!(c.resources.memory.limit_bytes, Some(100 << 20));
    assert_eq!(c.resources.memory.reservation_bytes, Some(64 << 20));
    assert_eq!(c.resources.memory.swap, MemorySwap::Bytes(200 << 20));
    assert!(
        matches!(&c.tmpfs[0].kind, MountKind::Tmpfs { size_bytes: Some(67_108_864), options } if options == &["noexec"])
    );
    assert_eq!(c.ulimits[0].hard, u64::MAX);
    assert!(c.no_new_privileges && c.init_process && c.readonly_rootfs && c.tty);
    assert_eq!(c.probe.as_ref().unwrap().args, ["/bin/sh", "-c", "exit 0"]);
    assert_eq!(c.ports[0].host_port, None);
    assert_eq!(c.ports[0].protocol, TransportProtocol::Tcp);
    assert_eq!(plan.limits.cpu.quota_us, Some(50_000));
    assert_eq!((plan.claim.cpu.0, plan.claim.memory.0), (512, 512));
}

#[test]
fn shared_namespaces_order_nothing_and_have_the_largest_memory_asked_for() {
    let json = r#"{"pidMode":"task","ipcMode":"task","containers":[
        {"name":"init","image":"i"},
        {"name":"main","image":"i","essential":true,"linuxParameters":{"sharedMemorySize":96},
         "dependsOn":[{"containerName":"init","condition":"COMPLETE"}]},
        {"name":"side","image":"i","linuxParameters":{"sharedMemorySize":32}}]}"#;
    let plan = read(&task(json), &config()).unwrap();
    assert_eq!((plan.pid, plan.ipc), (PidMode::Task, IpcMode::Task { shm_bytes: 96 << 20 }));
    let dependencies: Vec<_> = plan.spec.containers.iter().map(|c| c.depends_on.len()).collect();
    assert_eq!(dependencies, [0, 1, 0]);
    let alone = read(
        &task(&json.replace(r#""pidMode":"task","#, "").replace("sharedMemorySize", "swappiness")),
        &config(),
    )
    .unwrap();
    assert_eq!((alone.pid, alone.ipc), (PidMode::Own, IpcMode::Task { shm_bytes: 64 << 20 }));
}

#[test]
fn host_ports_are_claimed_where_the_network_is_the_nodes() {
    let ports = r#""portMappings":[{"containerPort":80,"hostPort":8080},{"containerPort":53,"hostPort":53,"protocol":"udp"}]"#;
    let plan = read(&with(ports), &config()).unwrap();
    assert_eq!(plan.claim.tcp_ports, [8080].into());
    assert_eq!(plan.claim.udp_ports, [53].into());
    let mut host = with(ports);
    host.network_mode = Some("host".into());
    assert_eq!(read(&host, &config()).unwrap().claim.tcp_ports, [80].into());
}

#[test]
fn an_interface_is_read_whole() {
    let json = r#"{"networkMode":"awsvpc","elasticNetworkInterfaces":[{"macAddress":"0a:00:00:00:00:ff","ec2Id":"eni-1",
        "ipv4Addresses":[{"privateAddress":"172.31.0.9","primary":true}],"subnetGatewayIpv4Address":"172.31.0.1/20"}],
        "containers":[{"name":"c","image":"i","essential":true}]}"#;
    let NetworkPlan::Awsvpc(plan) = read(&task(json), &config()).unwrap().network else {
        panic!("not awsvpc")
    };
    assert_eq!(plan.interface.mac, [10, 0, 0, 0, 0, 255]);
    assert_eq!((plan.interface.prefix_len, plan.hostname.as_str()), (20, "ip-172-31-0-9.ec2.internal"));
    assert_eq!(plan.interface.ipv6, None);
    let dual = json.replace(r#""subnetGatewayIpv4"#, r#""ipv6Addresses":[{"address":"fd00::9","primary":true}],"subnetGatewayIpv6Address":"fe80::1/64","subnetGatewayIpv4"#);
    let NetworkPlan::Awsvpc(plan) = read(&task(&dual), &config()).unwrap().network else {
        panic!("not awsvpc")
    };
    let ipv6 = plan.interface.ipv6.unwrap();
    assert_eq!((ipv6.address.to_string(), ipv6.gateway.to_string()), ("fd00::9".into(), "fe80::1".into()));
    let refused = read(&task(&dual.replace("fd00::9", "fd00::x")), &config()).unwrap_err();
    assert_eq!(refused.0, "the elastic network interface has no valid IPv6 address");
}
