//! A target's registration, and what was seen of its health.

use crate::Timestamp;
use crate::ids::TargetGroupArn;
use serde::{Deserialize, Serialize};

/// The record of a registration. Key: group, id and port; what is registered twice under two ports is two targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub group: TargetGroupArn,
    /// `i-…`, or an IP address in its usual form.
    pub id: String,
    pub port: u16,
    /// The zone whose load balancer nodes send to it; `None`: all of them do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    pub registered_at: Timestamp,
    /// When a deregistered target is gone at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draining_until: Option<Timestamp>,
}

/// What the data plane reports of a target. Key: as the registration's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetHealth {
    pub group: TargetGroupArn,
    pub id: String,
    pub port: u16,
    pub state: TargetState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TargetReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The targets of a group with `weighted_random` and mitigation: whether this one answers worse than the others.
    #[serde(default)]
    pub anomalous: bool,
    pub observed_at: Timestamp,
}

crate::status::named!(
    /// `TargetHealthStateEnum` of the API.
    TargetState, "target state" {
        Initial = "initial",
        Healthy = "healthy",
        Unhealthy = "unhealthy",
        UnhealthyDraining = "unhealthy.draining",
        Unused = "unused",
        Draining = "draining",
        Unavailable = "unavailable",
    }
);

crate::status::named!(
    /// `TargetHealthReasonEnum` of the API.
    TargetReason, "target health reason" {
        RegistrationInProgress = "Elb.RegistrationInProgress",
        InitialHealthChecking = "Elb.InitialHealthChecking",
        ResponseCodeMismatch = "Target.ResponseCodeMismatch",
        Timeout = "Target.Timeout",
        FailedHealthChecks = "Target.FailedHealthChecks",
        NotRegistered = "Target.NotRegistered",
        NotInUse = "Target.NotInUse",
        DeregistrationInProgress = "Target.DeregistrationInProgress",
        InvalidState = "Target.InvalidState",
        IpUnusable = "Target.IpUnusable",
        HealthCheckDisabled = "Target.HealthCheckDisabled",
        InternalError = "Elb.InternalError",
    }
);

impl Target {
    /// The key of a registration.
    pub fn key_of(group: &TargetGroupArn, id: &str, port: u16) -> String {
        format!("{group}/{id}/{port:05}")
    }

    pub fn is_draining(&self) -> bool {
        self.draining_until.is_some()
    }
}
