//! Target groups, their targets, and how targets are chosen and checked.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroup {
    pub arn: String,
    pub protocol: Protocol,
    /// Of HTTP and HTTPS groups.
    #[serde(default)]
    pub protocol_version: ProtocolVersion,
    /// From which network namespace its targets are reached; as in [`super::Balancer::namespace`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    pub health_check: HealthCheck,
    #[serde(default)]
    pub algorithm: Algorithm,
    /// `routing.http2.rst_stream_error_forwarding.enabled`: where a target of HTTP2 or GRPC resets a stream, the client's is reset with the same code.
    #[serde(default)]
    pub forward_resets: bool,
    /// `load_balancing.algorithm.anomaly_mitigation`; with [`Algorithm::WeightedRandom`] only.
    #[serde(default)]
    pub anomaly_mitigation: bool,
    /// `slow_start.duration_seconds`: 30 to 900, 0 is none; with [`Algorithm::RoundRobin`] only.
    #[serde(default)]
    pub slow_start_seconds: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stickiness: Option<Stickiness>,
    /// `load_balancing.cross_zone.enabled`.
    #[serde(default)]
    pub cross_zone: CrossZone,
    /// `target_group_health.unhealthy_state_routing.*`: where fewer are healthy, all targets get traffic.
    #[serde(default)]
    pub routing_threshold: Thresholds,
    /// `target_group_health.dns_failover.*`: where fewer are healthy, the zone's address leaves DNS. Told in the observations, acted on by others.
    #[serde(default)]
    pub dns_threshold: Thresholds,
    #[serde(default)]
    pub network: NetworkGroup,
    #[serde(default)]
    pub targets: Vec<Target>,
}

impl TargetGroup {
    /// Its name, which logs give; the ARN where that has another form.
    pub fn name(&self) -> &str {
        let name = self.arn.split_once(":targetgroup/").and_then(|(_, id)| id.split_once('/'));
        name.map_or(self.arn.as_str(), |(name, _)| name)
    }
}

/// Attributes that only groups of network load balancers have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkGroup {
    /// `proxy_protocol_v2.enabled`.
    pub proxy_protocol: bool,
    /// `deregistration_delay.connection_termination.enabled`: connections end with the delay.
    pub connection_termination: bool,
    /// Not `target_health_state.unhealthy.connection_termination.enabled`: connections stay where their target becomes unhealthy.
    pub keep_on_unhealthy: bool,
    /// `target_health_state.unhealthy.draining_interval_seconds`: how long they stay; 0 is without end. With [`Self::keep_on_unhealthy`] only.
    pub unhealthy_draining_seconds: u32,
    /// `preserve_client_ip.enabled`: targets see the client's address where it is of their own family. Only where the network brings their answers
    /// back to the load balancer.
    pub preserve_client_ip: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Protocol {
    Http,
    Https,
    Tcp,
    Tls,
    Udp,
    #[serde(rename = "TCP_UDP")]
    TcpUdp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProtocolVersion {
    #[default]
    #[serde(rename = "HTTP1")]
    Http1,
    #[serde(rename = "HTTP2")]
    Http2,
    #[serde(rename = "GRPC")]
    Grpc,
}

/// A target by its address. An instance target is its node's address and the port of its container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// What the API calls it: an instance's id or an address. Copied into the observations.
    pub id: String,
    pub address: IpAddr,
    pub port: u16,
    /// Its Availability Zone; none is in all zones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Set where it is deregistering: it gets no new requests and keeps those it has. Once it is named no longer, they end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draining_since: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    #[default]
    RoundRobin,
    LeastOutstandingRequests,
    WeightedRandom,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CrossZone {
    #[default]
    AsTheBalancer,
    On,
    Off,
}

/// That a client stays with its target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stickiness {
    /// `lb_cookie`: the cookie AWSALB.
    #[serde(rename_all = "camelCase")]
    Balancer { duration_seconds: u32 },
    /// `app_cookie`: bound where the target sets the cookie of this name; the cookie AWSALBAPP.
    #[serde(rename_all = "camelCase")]
    Application { cookie: String, duration_seconds: u32 },
    /// `source_ip` of network load balancers.
    SourceIp,
}

/// Counts as unmet where fewer targets are healthy than either says; none is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Thresholds {
    pub count: Threshold,
    pub percentage: Threshold,
}

/// A number, or off.
pub type Threshold = Option<u32>;

impl Default for Thresholds {
    fn default() -> Self {
        Self { count: Some(1), percentage: None }
    }
}

impl Thresholds {
    /// Whether enough of `total` targets are healthy.
    pub fn met(&self, healthy: usize, total: usize) -> bool {
        let count = self.count.is_none_or(|least| healthy as u64 >= u64::from(least));
        let percentage =
            self.percentage.is_none_or(|least| healthy as u64 * 100 >= u64::from(least) * total as u64);
        count && percentage
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthCheck {
    /// `HealthCheckEnabled`.
    pub enabled: bool,
    pub protocol: HealthProtocol,
    /// None is the port of each target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Of HTTP, HTTPS and gRPC checks.
    pub path: String,
    /// 5 to 300.
    pub interval_seconds: u32,
    /// 2 to 120.
    pub timeout_seconds: u32,
    /// 2 to 10.
    pub healthy_threshold: u32,
    /// 2 to 10.
    pub unhealthy_threshold: u32,
    pub matcher: Matcher,
}

/// How targets are asked. Those of an HTTP2 or GRPC group are asked by HTTP/2, and those of the latter with gRPC's framing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum HealthProtocol {
    Http,
    Https,
    Tcp,
}

/// Codes of a healthy target: `200`, `200,202` or `200-299`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Matcher(pub String);

impl Matcher {
    /// Whether a code is in one of the ranges. A matcher that is no list of codes matches none.
    pub fn matches(&self, code: u32) -> bool {
        self.0.split(',').any(|part| {
            let (low, high) = part.trim().split_once('-').unwrap_or((part.trim(), part.trim()));
            matches!((low.trim().parse::<u32>(), high.trim().parse::<u32>()), (Ok(low), Ok(high)) if (low..=high).contains(&code))
        })
    }
}
