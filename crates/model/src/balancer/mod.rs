//! What one node's data plane of load balancers serves: inert data that the control plane computes from its records.
//!
//! A [`Configuration`] is whole: what it does not name is no more. The data plane compares it with what it serves and changes the
//! difference; it keeps the last one on its disk and serves it without any control plane. Ids and ARNs are opaque texts here, copied
//! into logs, metrics and [`Observations`]. Everything has AWS's default where that is documented
//! (Elastic Load Balancing user guides and API reference, November 2026).

mod change;
mod door;
mod endpoint;
pub mod forwarding;
mod group;
mod listener;
mod observed;
mod rule;
mod secret;

pub use change::{Change, Draft, Gap};
pub use door::{Door, Lead};
pub use endpoint::{Endpoint, EndpointError};
pub use group::{
    Algorithm, CrossZone, HealthCheck, HealthProtocol, Matcher, NetworkGroup, Protocol, ProtocolVersion,
    Stickiness, Target, TargetGroup, Threshold, Thresholds,
};
pub use listener::{
    AlpnPolicy, Certificate, DesyncMitigation, ForwardedFor, HttpAttributes, Listener, ListenerProtocol,
    ResponseHeaders, Tls, TlsHeaders,
};
pub use observed::{
    Bound, ListenerObservation, Observations, Reason, TargetObservation, TargetState, ZoneObservation,
};
pub use rule::{
    Action, Authentication, Condition, Forward, ForwardStickiness, OnUnauthenticated, Redirect, Rule,
    WeightedGroup,
};
pub use secret::Secret;

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The version of this format. A data plane refuses what has another one.
pub const FORMAT: u32 = 4;

/// Everything that one node's data plane serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Configuration {
    /// [`FORMAT`].
    pub format: u32,
    /// Grows with each change. An older one than the last is not taken, and of two with the same only the first.
    pub revision: u64,
    /// Seals the cookies of sticky sessions and those of authenticated users: 32 bytes in hexadecimal, the same on all nodes of a load balancer.
    pub cookie_key: Secret,
    /// Signs the claims of users for targets: a private key of P-256, 32 bytes in hexadecimal, the same on all nodes of a load balancer.
    pub signing_key: Secret,
    #[serde(default)]
    pub balancers: Vec<Balancer>,
    #[serde(default)]
    pub groups: Vec<TargetGroup>,
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    #[serde(default)]
    pub doors: Vec<Door>,
}

/// One load balancer, as far as this node serves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Balancer {
    pub arn: String,
    pub kind: BalancerKind,
    /// The network namespace in which its listeners are; none is the host's own network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Where its listeners listen on this node, which may stand for several zones.
    pub addresses: Vec<Address>,
    /// Of an application load balancer; a network load balancer has no use for them.
    #[serde(default)]
    pub http: HttpAttributes,
    /// `load_balancing.cross_zone.enabled`: always on for application load balancers.
    pub cross_zone: bool,
    /// Whether an access log is kept.
    #[serde(default)]
    pub access_log: bool,
    /// Whether a connection log is kept.
    #[serde(default)]
    pub connection_log: bool,
    /// Whether a log of the health checks of its targets is kept.
    #[serde(default)]
    pub health_check_log: bool,
    #[serde(default)]
    pub listeners: Vec<Listener>,
}

/// One of a load balancer's addresses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub address: IpAddr,
    /// The Availability Zone of its subnet: without cross-zone balancing, clients that come in here reach the targets of this zone only.
    pub zone: String,
}

/// What a load balancer understands of its traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BalancerKind {
    Application,
    Network,
}

impl Balancer {
    /// The resource id that logs and metrics name: `app/NAME/ID` or `net/NAME/ID`; the ARN where it has another form.
    pub fn resource_id(&self) -> &str {
        self.arn.split_once(":loadbalancer/").map_or(self.arn.as_str(), |(_, id)| id)
    }
}

#[cfg(test)]
mod tests;
