//! A service deployment: the history of one change of a service, from its beginning to its success, stop or rollback.

use super::lifecycle::Shift;
use super::service::{DeploymentConfiguration, StopType};
use crate::Timestamp;
use crate::ids::{ClusterArn, ServiceArn, ServiceDeploymentArn, ServiceRevisionArn};
use crate::status::named;
use serde::{Deserialize, Serialize};

/// The record of a service deployment. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDeployment {
    pub arn: ServiceDeploymentArn,
    pub service: ServiceArn,
    pub cluster: ClusterArn,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    /// What ran when it began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ServiceRevisionArn>,
    pub target: ServiceRevisionArn,
    pub status: ServiceDeploymentStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// As it was when the deployment began.
    pub configuration: DeploymentConfiguration,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    pub circuit_breaker: Monitor,
    pub alarms: Monitor,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggered_alarms: Vec<String>,
    /// Tasks of the target that did not start, in a row.
    #[serde(default)]
    pub failure_count: u32,
    /// How many of them fail it; as the desired count was when it was last looked at.
    #[serde(default)]
    pub threshold: u32,
    /// The number of tasks that were wanted when it was last looked at.
    #[serde(default)]
    pub requested_tasks: u32,
    /// Of a deployment that shifts traffic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
}

/// `Rollback` of the ECS API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rollback {
    pub reason: String,
    pub started_at: Timestamp,
    pub revision: ServiceRevisionArn,
}

named!(
    /// `ServiceDeploymentStatus` of the ECS API.
    ServiceDeploymentStatus, "service deployment status" {
        Pending = "PENDING",
        InProgress = "IN_PROGRESS",
        StopRequested = "STOP_REQUESTED",
        RollbackRequested = "ROLLBACK_REQUESTED",
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        Successful = "SUCCESSFUL",
        Stopped = "STOPPED",
        RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
        RollbackFailed = "ROLLBACK_FAILED",
    }
);

impl ServiceDeploymentStatus {
    /// Whether nothing more happens to it.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Successful | Self::Stopped | Self::RollbackSuccessful | Self::RollbackFailed => true,
            Self::Pending
            | Self::InProgress
            | Self::StopRequested
            | Self::RollbackRequested
            | Self::RollbackInProgress => false,
        }
    }

    /// Whether it may still be stopped.
    pub const fn may_stop(self, how: StopType) -> bool {
        match (self, how) {
            (Self::Pending | Self::InProgress, _) => true,
            (Self::RollbackRequested | Self::RollbackInProgress, StopType::Abort) => true,
            (
                Self::RollbackRequested
                | Self::RollbackInProgress
                | Self::StopRequested
                | Self::Successful
                | Self::Stopped
                | Self::RollbackSuccessful
                | Self::RollbackFailed,
                _,
            ) => false,
        }
    }
}

named!(
    /// `ServiceDeploymentRollbackMonitorsStatus` of the ECS API.
    Monitor, "rollback monitor status" {
        Triggered = "TRIGGERED",
        Monitoring = "MONITORING",
        MonitoringComplete = "MONITORING_COMPLETE",
        Disabled = "DISABLED",
    }
);
