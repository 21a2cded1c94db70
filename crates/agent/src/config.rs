//! How an agent is configured. Everything is decided by the caller: the agent reads no environment.

use crate::aws::Credentials;
use image::Keyring;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// An agent: one container instance of one cluster. Several may run in one process, each with its own `data_dir`.
#[derive(Clone, Debug)]
pub struct Config {
    /// Short name or ARN of the cluster.
    pub cluster: String,
    /// Where checkpoints, volumes and root file systems are kept; survives a reboot.
    pub data_dir: PathBuf,
    pub region: String,
    /// The API endpoint, as `http://127.0.0.1:4566`.
    pub endpoint: String,
    pub credentials: Credentials,
    pub launch: LaunchKind,
    /// Further attributes of the instance.
    pub attributes: Vec<(String, Option<String>)>,
    pub availability_zone: Option<String>,
    pub instance_type: Option<String>,
    /// Tags of the instance.
    pub tags: Vec<(String, String)>,
    pub pull_behavior: PullBehavior,
    /// How long one pull may take.
    pub pull_timeout: Duration,
    /// Who the agent is at which registry.
    pub registries: Keyring,
    /// Images of containers with unmet dependencies are pulled at once.
    pub pull_upfront: bool,
    /// CPU units offered; `None` offers what the machine has.
    pub cpu: Option<u32>,
    /// MiB offered; `None` offers what the machine has.
    pub memory: Option<u32>,
    /// MiB kept back from tasks.
    pub reserved_memory: u32,
    /// Host ports that no task may have.
    pub reserved_ports: Vec<u16>,
    /// UDP ports of the host that no task may have.
    pub reserved_udp_ports: Vec<u16>,
    /// Whether privileged containers are run.
    pub privileged: bool,
    /// How `awsvpc` tasks are connected.
    pub awsvpc: Awsvpc,
    /// Whether interfaces of VPCs may be plugged into the machine itself.
    pub machine_interfaces: bool,
    /// Tells this node from others of the machine: part of the names of packet filter tables. Letters and digits.
    pub instance: String,
    /// Where the node says what runs on it (the official agent's port is 51678); another port where that is taken.
    pub introspection: Option<SocketAddr>,
    /// How long files of stopped tasks (local logs) are kept.
    pub keep_stopped: Duration,
    /// How often images that nobody uses are removed; `None` never does.
    pub image_cleanup_interval: Option<Duration>,
    /// Between SIGTERM and SIGKILL where a task definition names no `stopTimeout`.
    pub stop_timeout: Duration,
    /// Requests that a task may make of its endpoint: a second for long, and at once.
    pub task_endpoint_rate: (u32, u32),
}

/// How `awsvpc` tasks are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awsvpc {
    /// Not at all: there are none.
    Refused,
    /// With the VPC that the control plane describes.
    Vpc,
    /// By the operator, who is told of no VPC.
    Operator,
}

/// What kind of capacity the instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaunchKind {
    Ec2,
    External,
    Fargate,
}

/// When a registry is asked for an image (`ECS_IMAGE_PULL_BEHAVIOR`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullBehavior {
    /// Ask; where that fails, use what is here.
    Default,
    /// Ask; where that fails, fail.
    Always,
    /// Ask only where the image was never pulled.
    Once,
    /// Ask only where nothing is here.
    PreferCached,
}

impl Config {
    /// An instance of `cluster` with the official agent's defaults.
    pub fn new(
        cluster: impl Into<String>,
        data_dir: impl Into<PathBuf>,
        endpoint: impl Into<String>,
        credentials: Credentials,
    ) -> Self {
        Self {
            cluster: cluster.into(),
            data_dir: data_dir.into(),
            region: "us-east-1".to_owned(),
            endpoint: endpoint.into(),
            credentials,
            launch: LaunchKind::Ec2,
            attributes: Vec::new(),
            availability_zone: None,
            instance_type: None,
            tags: Vec::new(),
            pull_behavior: PullBehavior::Default,
            pull_timeout: Duration::from_secs(2 * 60 * 60),
            registries: Keyring::default(),
            pull_upfront: false,
            cpu: None,
            memory: None,
            reserved_memory: 0,
            reserved_ports: vec![22, 2375, 2376, 51678, 51679],
            reserved_udp_ports: Vec::new(),
            privileged: true,
            awsvpc: Awsvpc::Vpc,
            machine_interfaces: true,
            instance: "agent".to_owned(),
            introspection: None,
            keep_stopped: Duration::from_secs(3 * 60 * 60),
            image_cleanup_interval: Some(Duration::from_secs(30 * 60)),
            stop_timeout: plan::task::DEFAULT_STOP_TIMEOUT,
            task_endpoint_rate: (40, 60),
        }
    }
}
