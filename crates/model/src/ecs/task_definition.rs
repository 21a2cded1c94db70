//! A task definition revision, and the family that numbers its revisions.

use super::attribute::Attribute;
use super::container_definition::{ContainerDefinition, KeyValue};
use super::volume::Volume;
use crate::ids::TaskDefinitionArn;
use crate::status::named;
use crate::status::{NetworkMode, TaskDefinitionStatus};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// The record of a revision. Key: its ARN. All but its status, dates and tags never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskDefinition {
    pub arn: TaskDefinitionArn,
    pub status: TaskDefinitionStatus,
    pub registered_at: Timestamp,
    /// ARN of who registered it.
    pub registered_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deregistered_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_requested_at: Option<Timestamp>,
    pub container_definitions: Vec<ContainerDefinition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_role_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<String>,
    /// As given; absent means bridge on Linux.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<NetworkMode>,
    /// What an instance has to offer, derived at registration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires_attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placement_constraints: Vec<MemberOf>,
    /// What it could run on, derived at registration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compatibilities: Vec<Compatibility>,
    /// What it was registered for, and checked against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires_compatibilities: Vec<Compatibility>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_platform: Option<RuntimePlatform>,
    /// CPU units for the whole task, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<crate::CpuUnits>,
    /// Memory for the whole task, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<crate::MemoryMib>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inference_accelerators: Vec<InferenceAccelerator>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid_mode: Option<PidMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipc_mode: Option<IpcMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_configuration: Option<ProxyConfiguration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_fault_injection: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_execution_configuration: Option<TrustedExecutionConfiguration>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// The last revision number that a family gave out. Key: account, region and family. Numbers are never given twice, not even
/// after a revision was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskDefinitionFamily {
    pub scope: crate::ids::Scope,
    pub family: String,
    pub last_revision: u32,
}

impl TaskDefinitionFamily {
    /// `ACCOUNT/REGION/FAMILY`
    pub fn key_of(scope: &crate::ids::Scope, family: &str) -> String {
        format!("{}/{}/{family}", scope.account, scope.region)
    }

    pub fn key(&self) -> String {
        Self::key_of(&self.scope, &self.family)
    }
}

/// `RuntimePlatform` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RuntimePlatform {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_architecture: Option<CpuArchitecture>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operating_system_family: Option<OsFamily>,
}

/// `ProxyConfiguration` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProxyConfiguration {
    #[serde(rename = "type")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ProxyConfigurationType>,
    pub container_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<KeyValue>,
}

/// `EphemeralStorage` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EphemeralStorage {
    #[serde(rename = "sizeInGiB")]
    pub size_in_gib: i32,
}

/// `InferenceAccelerator` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InferenceAccelerator {
    pub device_name: String,
    pub device_type: String,
}

/// `TrustedExecutionConfiguration` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TrustedExecutionConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isolation_mode: Option<IsolationMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation_policy: Option<String>,
}

/// `TaskDefinitionPlacementConstraint` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MemberOf {
    #[serde(rename = "type")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<TaskDefinitionPlacementConstraintType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
}

named!(
    /// `PidMode` of the ECS API.
    PidMode, "pid mode" {
        Host = "host",
        Task = "task",
    }
);

named!(
    /// `IpcMode` of the ECS API.
    IpcMode, "ipc mode" {
        Host = "host",
        Task = "task",
        None = "none",
    }
);

named!(
    /// `Compatibility` of the ECS API.
    Compatibility, "compatibility" {
        Ec2 = "EC2",
        Fargate = "FARGATE",
        External = "EXTERNAL",
        ManagedInstances = "MANAGED_INSTANCES",
    }
);

named!(
    /// `CPUArchitecture` of the ECS API.
    CpuArchitecture, "cpu architecture" {
        X8664 = "X86_64",
        Arm64 = "ARM64",
    }
);

named!(
    /// `OSFamily` of the ECS API.
    OsFamily, "os family" {
        WindowsServer2019Full = "WINDOWS_SERVER_2019_FULL",
        WindowsServer2019Core = "WINDOWS_SERVER_2019_CORE",
        WindowsServer2016Full = "WINDOWS_SERVER_2016_FULL",
        WindowsServer2004Core = "WINDOWS_SERVER_2004_CORE",
        WindowsServer2022Core = "WINDOWS_SERVER_2022_CORE",
        WindowsServer2022Full = "WINDOWS_SERVER_2022_FULL",
        WindowsServer2025Core = "WINDOWS_SERVER_2025_CORE",
        WindowsServer2025Full = "WINDOWS_SERVER_2025_FULL",
        WindowsServer20h2Core = "WINDOWS_SERVER_20H2_CORE",
        Linux = "LINUX",
    }
);

named!(
    /// `ProxyConfigurationType` of the ECS API.
    ProxyConfigurationType, "proxy configuration type" {
        Appmesh = "APPMESH",
    }
);

named!(
    /// `IsolationMode` of the ECS API.
    IsolationMode, "isolation mode" {
        Shared = "SHARED",
        IsolatedSandbox = "ISOLATED_SANDBOX",
        ConfidentialSandbox = "CONFIDENTIAL_SANDBOX",
    }
);

named!(
    /// `TaskDefinitionPlacementConstraintType` of the ECS API.
    TaskDefinitionPlacementConstraintType, "task definition placement constraint type" {
        MemberOf = "memberOf",
    }
);
