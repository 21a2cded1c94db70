//! What this node offers, and telling the control plane so.
//!
//! Only what the agent can really do is advertised: placement keeps tasks away that need more.

use crate::aws;
use crate::backend::Backend;
use crate::clock;
use crate::config::{Awsvpc, Config, LaunchKind};
use agent_protocol::control::{
    Attribute, RegisterContainerInstanceRequest, RegisterContainerInstanceResponse, Resource, Tag,
    VersionInfo,
};
use agent_protocol::timers::{REGISTER_BACKOFF_MAX, REGISTER_BACKOFF_MIN};
use model::{CpuUnits, MemoryMib};
use plan::task::admission::Claim;
use std::io;

/// The version that the agent gives itself.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Stands where the official agent says which Docker it found.
pub(crate) const RUNTIME_VERSION: &str = concat!("longshore-", env!("CARGO_PKG_VERSION"));

/// Why the node cannot be registered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("the control plane refuses this container instance")]
    Refused(#[source] aws::ApiError),
    #[error("RegisterContainerInstance answered without an ARN")]
    NoArn,
}

/// What the node has to give.
pub(crate) fn total(config: &Config) -> io::Result<Claim> {
    let cores = std::thread::available_parallelism()?.get();
    let cpu = config.cpu.unwrap_or_else(|| u32::try_from(cores.saturating_mul(1024)).unwrap_or(u32::MAX));
    let memory = match config.memory {
        Some(mib) => mib,
        None => machine_memory_mib()?,
    };
    Ok(Claim {
        cpu: CpuUnits(cpu),
        memory: MemoryMib(memory.saturating_sub(config.reserved_memory)),
        tcp_ports: config.reserved_ports.iter().copied().collect(),
        udp_ports: config.reserved_udp_ports.iter().copied().collect(),
    })
}

fn machine_memory_mib() -> io::Result<u32> {
    let text = std::fs::read_to_string("/proc/meminfo")?;
    let total =
        text.lines().find_map(|l| l.strip_prefix("MemTotal:")).map(|l| l.trim().trim_end_matches(" kB"));
    let kib: u64 = total
        .and_then(|t| t.trim().parse().ok())
        .ok_or_else(|| io::Error::other("no MemTotal in /proc/meminfo"))?;
    Ok(u32::try_from(kib >> 10).unwrap_or(u32::MAX))
}

fn resources(total: &Claim) -> Vec<Resource> {
    let integer = |name: &str, value: u32| Resource {
        name: name.to_owned(),
        r#type: "INTEGER".to_owned(),
        integer_value: Some(value.into()),
        string_set_value: None,
    };
    let set = |name: &str, values: Vec<String>| Resource {
        name: name.to_owned(),
        r#type: "STRINGSET".to_owned(),
        integer_value: None,
        string_set_value: Some(values),
    };
    let ports = |ports: &std::collections::BTreeSet<u16>| ports.iter().map(u16::to_string).collect();
    vec![
        integer("CPU", total.cpu.0),
        integer("MEMORY", total.memory.0),
        set("PORTS", ports(&total.tcp_ports)),
        set("PORTS_UDP", ports(&total.udp_ports)),
    ]
}

/// What the agent supports, in the official agent's names.
pub(crate) fn attributes(config: &Config) -> Vec<Attribute> {
    let plain = |name: String| Attribute { name, value: None };
    let valued = |name: &str, value: &str| Attribute { name: name.to_owned(), value: Some(value.to_owned()) };
    let mut all = Vec::new();
    // Docker's remote API, up to the version whose container options are read.
    all.extend(
        (17..=32).map(|minor| plain(format!("com.amazonaws.ecs.capability.docker-remote-api.1.{minor}"))),
    );
    let capabilities = [
        "logging-driver.awslogs",
        "logging-driver.json-file",
        "logging-driver.none",
        "task-iam-role",
        "task-iam-role-network-host",
    ];
    all.extend(capabilities.map(|name| plain(format!("com.amazonaws.ecs.capability.{name}"))));
    if config.privileged {
        all.push(plain("com.amazonaws.ecs.capability.privileged-container".to_owned()));
    }
    let more = [
        "container-ordering",
        "full-sync",
        "container-restart-policy",
        "network.container-port-range",
        "task-cpu-mem-limit",
        "increased-task-cpu-limit",
        "execution-role-awslogs",
        "container-health-check",
        "docker-plugin.local",
        "pid-ipc-namespace-sharing",
    ];
    all.extend(more.map(|name| plain(format!("ecs.capability.{name}"))));
    match config.launch {
        LaunchKind::External => all.push(plain("ecs.capability.external".to_owned())),
        LaunchKind::Ec2 | LaunchKind::Fargate => all.push(plain("ecs.capability.fault-injection".to_owned())),
    }
    if config.launch != LaunchKind::Fargate {
        all.push(plain(agent_protocol::UNNAMED_MACHINE.to_owned()));
    }
    if config.awsvpc != Awsvpc::Refused {
        all.push(plain("com.amazonaws.ecs.capability.task-eni".to_owned()));
        all.push(plain("ecs.capability.task-eni".to_owned()));
    }
    if config.awsvpc == Awsvpc::Vpc {
        all.push(plain("ecs.capability.task-eni.ipv6".to_owned()));
        all.push(plain(agent_protocol::VPC_UPDATES.to_owned()));
        if config.machine_interfaces && config.launch == LaunchKind::Ec2 {
            all.push(plain(agent_protocol::MACHINE_INTERFACES.to_owned()));
        }
    }
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    };
    all.push(valued("ecs.os-type", "linux"));
    all.push(valued("ecs.os-family", "LINUX"));
    all.push(valued("ecs.cpu-architecture", architecture));
    all.extend(config.availability_zone.iter().map(|zone| valued("ecs.availability-zone", zone)));
    all.extend(config.instance_type.iter().map(|kind| valued("ecs.instance-type", kind)));
    all
}

/// Registers until it is done or refused for good. Answers with the instance's ARN.
pub(crate) async fn register(
    backend: &dyn Backend,
    config: &Config,
    total: &Claim,
    known: Option<String>,
) -> Result<String, Error> {
    let mut attributes = attributes(config);
    // An instance that is taken up again keeps its custom attributes as they are; what the agent itself is may have changed.
    let custom = |own: bool| {
        let of = config.attributes.iter().filter(move |(name, _)| is_own(name) == own).cloned();
        of.map(|(name, value)| Attribute { name, value })
    };
    attributes.extend(custom(true));
    if known.is_none() {
        attributes.extend(custom(false));
    }
    let mut request = RegisterContainerInstanceRequest {
        cluster: Some(config.cluster.clone()),
        client_token: Some(clock::new_uuid()),
        container_instance_arn: known,
        total_resources: resources(total),
        attributes,
        version_info: Some(VersionInfo {
            agent_version: Some(VERSION.to_owned()),
            agent_hash: None,
            docker_version: Some(RUNTIME_VERSION.to_owned()),
        }),
        tags: config.tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect(),
        ..RegisterContainerInstanceRequest::default()
    };
    let mut pause = REGISTER_BACKOFF_MIN;
    loop {
        match backend.register(&request).await {
            Ok(RegisterContainerInstanceResponse { container_instance: Some(instance) }) => {
                let arn = instance.container_instance_arn.ok_or(Error::NoArn)?;
                if request.container_instance_arn.as_ref().is_none_or(|known| *known == arn) {
                    return Ok(arn);
                }
                // The control plane made another instance of it (the one it was is deregistered), which lacks what was left out.
                tracing::warn!(arn, "this node is a new container instance");
                request.container_instance_arn = Some(arn);
                request.client_token = Some(clock::new_uuid());
                request.attributes.extend(custom(false));
            }
            Ok(RegisterContainerInstanceResponse { container_instance: None }) => return Err(Error::NoArn),
            // The control plane forgot the instance (its state was reset): it is a new one.
            Err(error) if request.container_instance_arn.is_some() && forgotten(&error) => {
                tracing::warn!(%error, "the control plane does not know this instance any more; registering it anew");
                request.container_instance_arn = None;
                request.client_token = Some(clock::new_uuid());
                request.attributes.extend(custom(false));
            }
            Err(error) if error.is_transient() => {
                tracing::warn!(error = aws::chain(&error), "cannot register yet");
                tokio::time::sleep(clock::jittered(pause, 0.2)).await;
                pause = (pause * 2).min(REGISTER_BACKOFF_MAX);
            }
            Err(error) => return Err(Error::Refused(error)),
        }
    }
}

fn forgotten(error: &aws::ApiError) -> bool {
    matches!(error.code(), Some("ClientException" | "InvalidParameterException"))
        && error.to_string().to_ascii_lowercase().contains("container instance")
}

/// Whether an attribute says where other nodes reach this one, or what it carries. It is the agent's own, and nobody else can change it.
fn is_own(name: &str) -> bool {
    use agent_protocol::{BALANCER_CHANGES, BALANCERS, DOORS, OVERLAY, SEGMENT};
    [OVERLAY, SEGMENT, BALANCERS, BALANCER_CHANGES, DOORS].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Credentials;

    #[test]
    fn nothing_is_advertised_that_is_refused() {
        let config = Config::new("c", "/d", "http://h", Credentials::new("a", "b"));
        let names: Vec<String> = attributes(&config).into_iter().map(|a| a.name).collect();
        for refused in ["secrets", "env-files", "firelens", "efs", "execute-command", "gpu", "ecr-auth"] {
            assert!(!names.iter().any(|n| n.contains(refused)), "{refused}");
        }
        assert!(names.iter().any(|n| n == "ecs.capability.container-ordering"));
    }

    #[tokio::test]
    async fn a_node_that_is_made_another_instance_says_everything() {
        let backend = crate::fakes::FakeBackend::default();
        let mut config = Config::new("c", "/d", "http://h", Credentials::new("a", "b"));
        config.attributes = vec![
            ("longshore.pool".into(), Some("fargate".into())),
            ("longshore.overlay".into(), Some("192.0.2.1:4789".into())),
        ];
        let said = |index: usize, name: &str| {
            let sent: Vec<RegisterContainerInstanceRequest> = backend.registrations();
            sent[index].attributes.iter().filter(|a| a.name == name).count()
        };
        let custom = |index: usize| said(index, "longshore.pool");
        let arn = register(&backend, &config, &Claim::default(), Some("i/inactive".into())).await.unwrap();
        assert_eq!((custom(0), custom(1), backend.registrations().len()), (0, 1, 2));
        assert_eq!(backend.registrations()[1].container_instance_arn.as_ref(), Some(&arn));
        // Known as it is, it says what an agent that comes back says.
        assert_eq!(register(&backend, &config, &Claim::default(), Some(arn.clone())).await.unwrap(), arn);
        assert_eq!((custom(2), backend.registrations().len()), (0, 3));
        // Where it is reached it says each time, and once.
        assert_eq!([0, 1, 2].map(|index| said(index, "longshore.overlay")), [1; 3]);
    }

    #[test]
    fn the_machine_is_measured() {
        let config =
            Config { reserved_memory: 64, ..Config::new("c", "/d", "http://h", Credentials::new("a", "b")) };
        let total = total(&config).unwrap();
        assert!(total.cpu.0 >= 1024 && total.memory.0 > 64);
        let resources = resources(&total);
        assert_eq!(
            resources.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(),
            ["CPU", "MEMORY", "PORTS", "PORTS_UDP"]
        );
        assert_eq!(resources[2].string_set_value.as_ref().unwrap().len(), 5);
    }
}
