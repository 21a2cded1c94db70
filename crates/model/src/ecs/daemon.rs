//! A managed daemon: one task on each instance of the Managed Instances providers that it names; its revisions and deployments.

use super::service_deployment::Monitor;
use super::service_revision::ContainerImage;
use crate::ids::{
    CapacityProviderArn, ClusterArn, ContainerInstanceArn, DaemonArn, DaemonDeploymentArn, DaemonRevisionArn,
    TaskDefinitionArn,
};
use crate::status::named;
use crate::{Percent, Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// What a daemon's tasks have in front of its name as their group. Nobody else may name such a group.
pub const GROUP: &str = "daemon:";

/// The record of a daemon. Key: its ARN.
///
/// Two halves with separate writers: the API writes what is wanted, the daemon scheduler writes `schedule` and, where it rolls back, `revision`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Daemon {
    pub arn: DaemonArn,
    pub cluster: ClusterArn,
    pub status: DaemonStatus,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// The ARN of whoever made it.
    pub created_by: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// What it should run.
    pub revision: DaemonRevisionArn,
    /// Under way, or the last one.
    pub deployment: DaemonDeploymentArn,
    #[serde(default)]
    pub schedule: DaemonSchedule,
}

/// What the scheduler remembers between two looks at a daemon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DaemonSchedule {
    /// The revision that was completed last: what a deployment that fails is rolled back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_completed: Option<DaemonRevisionArn>,
    /// Instances that are emptied for it; it makes them ACTIVE again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drained: Vec<Drained>,
    /// Starts in a row without success. It counts rounds, not tasks.
    pub failed_rounds: u32,
    /// No task is started before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_after: Option<Timestamp>,
    /// Its deployment has failed, and there is nothing to go back to: no task is started.
    pub halted: bool,
}

/// An instance that is being emptied for a daemon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Drained {
    pub instance: ContainerInstanceArn,
    pub since: Timestamp,
}

impl Daemon {
    /// The task group of its tasks.
    pub fn group(&self) -> String {
        format!("{GROUP}{}", self.arn.name())
    }
}

/// The record of a daemon revision. Key: its ARN. Immutable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DaemonRevision {
    pub arn: DaemonRevisionArn,
    pub daemon: DaemonArn,
    pub cluster: ClusterArn,
    pub created_at: Timestamp,
    /// `…:daemon-task-definition/FAMILY:REVISION`
    pub task_definition: TaskDefinitionArn,
    pub capacity_providers: Vec<CapacityProviderArn>,
    pub container_images: Vec<ContainerImage>,
    pub propagate_tags: DaemonPropagateTags,
    #[serde(default)]
    pub managed_tags: bool,
    #[serde(default)]
    pub enable_execute_command: bool,
    /// Instances run nothing without it.
    pub critical: bool,
    /// When its daemon was gone, for forgetting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone_at: Option<Timestamp>,
}

/// The record of a daemon deployment. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DaemonDeployment {
    pub arn: DaemonDeploymentArn,
    pub daemon: DaemonArn,
    pub cluster: ClusterArn,
    pub status: DaemonDeploymentStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `None` where the daemon is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<DaemonRevisionArn>,
    /// What ran when it began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<DaemonRevisionArn>,
    pub configuration: DaemonDeploymentConfiguration,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When every instance had its task: the bake time begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baking_since: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    pub circuit_breaker: Monitor,
    /// Tasks of the target that did not start, in a row.
    #[serde(default)]
    pub failure_count: u32,
    /// How many of them fail it.
    #[serde(default)]
    pub threshold: u32,
    pub alarms: Monitor,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggered_alarms: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<DaemonRollback>,
    /// When its daemon was gone, for forgetting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone_at: Option<Timestamp>,
}

/// `DaemonDeploymentConfiguration` of the ECS API, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DaemonDeploymentConfiguration {
    /// How many of the instances are emptied at the same time.
    pub drain_percent: Percent,
    pub bake_time_in_minutes: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarm_names: Vec<String>,
    #[serde(default)]
    pub alarms_enabled: bool,
}

/// `DaemonRollback` of the ECS API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DaemonRollback {
    pub reason: String,
    pub started_at: Timestamp,
    pub revision: DaemonRevisionArn,
    pub capacity_providers: Vec<CapacityProviderArn>,
}

named!(
    /// `DaemonStatus` of the ECS API.
    DaemonStatus, "daemon status" {
        Active = "ACTIVE",
        DeleteInProgress = "DELETE_IN_PROGRESS",
    }
);

named!(
    /// `DaemonPropagateTags` of the ECS API.
    DaemonPropagateTags, "propagate tags" {
        Daemon = "DAEMON",
        None = "NONE",
    }
);

named!(
    /// `DaemonDeploymentStatus` of the ECS API.
    DaemonDeploymentStatus, "daemon deployment status" {
        Pending = "PENDING",
        Successful = "SUCCESSFUL",
        Stopped = "STOPPED",
        StopRequested = "STOP_REQUESTED",
        InProgress = "IN_PROGRESS",
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
        RollbackFailed = "ROLLBACK_FAILED",
    }
);

impl DaemonDeploymentStatus {
    /// Whether nothing more happens to it.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Successful | Self::Stopped | Self::RollbackSuccessful | Self::RollbackFailed => true,
            Self::Pending | Self::StopRequested | Self::InProgress | Self::RollbackInProgress => false,
        }
    }
}
