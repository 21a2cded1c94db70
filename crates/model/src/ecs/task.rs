//! A task and its containers.

use super::attribute::Attribute;
use super::launch::{NetworkConfiguration, PlacementConstraint, PlacementStrategy, TaskOverride};
use super::task_definition::EphemeralStorage;
use crate::ids::{
    ClusterArn, ContainerArn, ContainerInstanceArn, NetworkInterfaceId, ServiceArn, SubnetId, TargetGroupArn,
    TaskArn, TaskDefinitionArn, Uuid,
};
use crate::status::{
    Connectivity, ContainerStatus, DesiredStatus, HealthStatus, LaunchType, StopCode, TaskStatus,
    TransportProtocol,
};
use crate::{CpuUnits, MemoryMib, Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The record of a task. Key: its ARN.
///
/// Two halves with separate writers: the control plane writes what is wanted (`desired`, `stop`, where it runs), reports of the
/// agent write what was observed (`observed`, `containers`). A few fields of the stop are derived from both when a report comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    pub arn: TaskArn,
    pub cluster: ClusterArn,
    pub task_definition: TaskDefinitionArn,
    /// Grows with every change, as `version` shows it.
    pub version: i64,
    pub launch_type: LaunchType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_family: Option<String>,
    /// Where it was placed. `None` while it waits for capacity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_instance: Option<ContainerInstanceArn>,
    /// What placement has to know besides, while it waits for capacity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// `family:NAME`, `service:NAME` or what the caller named.
    pub group: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_id: Option<String>,
    #[serde(default)]
    pub overrides: TaskOverride,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    #[serde(default)]
    pub enable_execute_command: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// What the task holds on its instance.
    pub reserved: Reservation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<CpuUnits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<MemoryMib>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,

    /// Desired: the control plane's word.
    pub desired_status: DesiredStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_code: Option<StopCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopping_at: Option<Timestamp>,
    /// Until when its service's scale-in and deployments leave it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protected_until: Option<Timestamp>,

    /// Where load balancers of its service are to reach it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TaskTarget>,
    /// It is to stop, and its node is told when its targets have drained: at this time at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draining_until: Option<Timestamp>,

    /// Its service's scheduler has taken its end into account, or will never do so, since the service has ended. Tasks of no service leave it false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accounted: bool,

    /// Observed: the agent's word, except for PROVISIONING and PENDING and for tasks that never reached an agent.
    pub last_status: TaskStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<HealthStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connectivity: Option<Connectivity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connectivity_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pull_started_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pull_stopped_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_stopped_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
    pub containers: Vec<Container>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_interface: Option<TaskNetworkInterface>,
}

/// What a task holds on its instance from placement until it is stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reservation {
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    /// Static host ports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<(u16, TransportProtocol)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gpus: Vec<String>,
}

/// What a launch said of the place of a task that has none yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<PlacementConstraint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strategies: Vec<PlacementStrategy>,
}

/// A port of a task that a load balancer's target group has, or is to have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskTarget {
    pub group: TargetGroupArn,
    pub container: String,
    pub container_port: u16,
    /// As what it is registered: nothing before the task serves and after its targets have drained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<Registered>,
    /// The load balancer found it healthy at some time, or nobody was there to find anything. It is not asked to show that again: a target that is
    /// checked anew, since its load balancer was, counts as what it was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub passed: bool,
}

/// The id and the port of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// `i-…`, or an IP address.
    pub id: String,
    pub port: u16,
}

impl TaskTarget {
    /// The key of its registration, where it has one.
    pub fn key(&self) -> Option<String> {
        let registered = self.registered.as_ref()?;
        Some(crate::elbv2::Target::key_of(&self.group, &registered.id, registered.port))
    }
}

/// One container of a task. All that is optional is observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    pub arn: ContainerArn,
    pub name: String,
    pub image: String,
    /// As DescribeTasks shows it: CPU units as text, "0" where the definition says nothing.
    pub cpu: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<String>,
    pub essential: bool,
    pub last_status: ContainerStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<HealthStatus>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub network_bindings: Vec<NetworkBinding>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gpu_ids: Vec<String>,
}

/// A published port, as the agent reported it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkBinding {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bind_ip: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_port: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_port: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<TransportProtocol>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_port_range: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_port_range: Option<String>,
}

/// The elastic network interface of a task in awsvpc mode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskNetworkInterface {
    pub attachment_id: Uuid,
    pub status: AttachmentStatus,
    pub id: NetworkInterfaceId,
    pub subnet: SubnetId,
    /// `02:…`, lower case.
    pub mac: String,
    pub address: Ipv4Addr,
    pub prefix_len: u8,
    pub gateway: Ipv4Addr,
    /// Of the /64 of its subnet, where that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<Ipv6Addr>,
}

crate::status::named!(
    /// Life of an attachment.
    AttachmentStatus, "attachment status" {
        Precreated = "PRECREATED",
        Created = "CREATED",
        Attaching = "ATTACHING",
        Attached = "ATTACHED",
        Detaching = "DETACHING",
        Detached = "DETACHED",
        Deleted = "DELETED",
        Failed = "FAILED",
    }
);

impl AttachmentStatus {
    /// Forward only.
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }
}

impl Task {
    /// Whether a service started it. The group says so, since nobody else may name such a group.
    pub fn is_of_service(&self) -> bool {
        self.group.starts_with("service:")
    }

    /// The service that started it.
    pub fn service(&self) -> Option<ServiceArn> {
        self.group.strip_prefix("service:").map(|name| ServiceArn::new(&self.cluster, name))
    }

    /// Whether a daemon started it.
    pub fn is_of_daemon(&self) -> bool {
        self.group.starts_with(super::daemon::GROUP)
    }

    /// What its node is to make of it: one that is to stop goes on while its targets drain.
    pub fn wanted_of_node(&self) -> DesiredStatus {
        match self.draining_until {
            Some(_) => DesiredStatus::Running,
            None => self.desired_status,
        }
    }

    /// Whether an essential container of it has stopped: it ends, though others of it may go on for a while.
    pub fn has_lost_essential(&self) -> bool {
        self.containers.iter().any(|c| c.essential && c.last_status == ContainerStatus::Stopped)
    }

    /// Whether the task holds its reservation on its instance.
    pub fn holds_resources(&self) -> bool {
        self.container_instance.is_some() && !self.last_status.is_over()
    }
}
