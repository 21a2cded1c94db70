//! What a data plane tells of itself.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// Everything that is known of what is served now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observations {
    /// The revision of the configuration that is served; 0 is none.
    pub revision: u64,
    pub listeners: Vec<ListenerObservation>,
    pub targets: Vec<TargetObservation>,
    #[serde(default)]
    pub zones: Vec<ZoneObservation>,
    /// Listeners behind doors. One that has no door is served all the same, at its load balancer's addresses.
    #[serde(default)]
    pub doors: Vec<ListenerObservation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerObservation {
    pub arn: String,
    pub address: SocketAddr,
    pub state: Bound,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bound {
    Listening,
    /// Why not; it is tried again.
    Failed(String),
}

/// One group as seen from one of the zones in which its load balancers have addresses on this node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZoneObservation {
    pub group: String,
    pub zone: String,
    /// Whether the group's `dns_threshold` is met by the targets that this zone's addresses reach. Where it is not, they leave DNS; so it is for a
    /// group without targets. What is said of a zone where no address would remain is for whoever keeps the DNS to decide.
    pub meets_dns_threshold: bool,
}

/// One target of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetObservation {
    pub group: String,
    pub id: String,
    pub port: u16,
    pub state: TargetState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// AWS's text beside the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Requests and connections it has now: a draining target with none is done.
    pub active: u64,
    /// The verdict of anomaly detection: `Some(true)` is anomalous, none where the group does not look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anomalous: Option<bool>,
}

/// `TargetHealth.State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetState {
    #[serde(rename = "initial")]
    Initial,
    #[serde(rename = "healthy")]
    Healthy,
    #[serde(rename = "unhealthy")]
    Unhealthy,
    /// Unhealthy, and keeps the connections that it has for a time.
    #[serde(rename = "unhealthy.draining")]
    UnhealthyDraining,
    #[serde(rename = "unused")]
    Unused,
    #[serde(rename = "draining")]
    Draining,
    /// Not checked.
    #[serde(rename = "unavailable")]
    Unavailable,
}

/// `TargetHealth.Reason`, as far as a data plane gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    #[serde(rename = "Elb.RegistrationInProgress")]
    RegistrationInProgress,
    #[serde(rename = "Elb.InitialHealthChecking")]
    InitialHealthChecking,
    #[serde(rename = "Elb.InternalError")]
    InternalError,
    #[serde(rename = "Target.ResponseCodeMismatch")]
    ResponseCodeMismatch,
    #[serde(rename = "Target.Timeout")]
    Timeout,
    #[serde(rename = "Target.FailedHealthChecks")]
    FailedHealthChecks,
    #[serde(rename = "Target.NotInUse")]
    NotInUse,
    #[serde(rename = "Target.DeregistrationInProgress")]
    DeregistrationInProgress,
    #[serde(rename = "Target.HealthCheckDisabled")]
    HealthCheckDisabled,
}
