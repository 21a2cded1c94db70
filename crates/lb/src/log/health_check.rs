//! Entries of health check logs.

use super::timestamp;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, SystemTime};

/// One check of one target, as a load balancer that leads to it tells of it.
#[derive(Debug)]
pub struct HealthCheck<'a> {
    /// `http`, `https`, `h2`, `grpc`.
    pub kind: &'static str,
    pub began: SystemTime,
    pub latency: Duration,
    /// The target, also where its check has another port.
    pub target: SocketAddr,
    /// The name of its group.
    pub group: &'a str,
    /// What the target answered, of HTTP or of gRPC.
    pub code: Option<u32>,
    /// Why the check failed; none is a check that passed.
    pub failure: Option<Failure>,
    /// The resource id of the load balancer.
    pub balancer: &'a str,
    /// An address of the load balancer on this node.
    pub address: Option<IpAddr>,
}

/// Reason codes. `RequestTimedOut` and `ConnectionTimedOut` of 2025 are one since. AWS has some of what is not built here: strings that answers are to
/// contain, client certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    TimedOut,
    ConnectionReset,
    ResponseCodeMismatch,
    TargetError,
    GrpcStatusHeaderEmpty,
    GrpcUnexpectedStatus,
    InternalError,
}

impl Failure {
    pub fn text(self) -> &'static str {
        match self {
            Self::TimedOut => "TimedOut",
            Self::ConnectionReset => "ConnectionReset",
            Self::ResponseCodeMismatch => "ResponseCodeMismatch",
            Self::TargetError => "TargetError",
            Self::GrpcStatusHeaderEmpty => "GRPCStatusHeaderEmpty",
            Self::GrpcUnexpectedStatus => "GRPCUnexpectedStatus",
            Self::InternalError => "InternalError",
        }
    }
}

impl HealthCheck<'_> {
    /// type, time, latency, target_addr, target_group_id, status, status_code, reason_code, elb, ip_address. The guide's examples end before the last
    /// two, which came later.
    pub fn line(&self) -> String {
        let dash = || "-".to_owned();
        format!(
            "{} {} {}.{:09} {} {} {} {} {} {} {}",
            self.kind,
            timestamp(self.began),
            self.latency.as_secs(),
            self.latency.subsec_nanos(),
            self.target,
            self.group,
            if self.failure.is_none() { "PASS" } else { "FAIL" },
            self.code.map_or_else(dash, |code| code.to_string()),
            self.failure.map_or("-", Failure::text),
            self.balancer,
            self.address.map_or_else(dash, |address| address.to_string()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn the_guides_examples() {
        let passed = HealthCheck {
            kind: "http",
            began: UNIX_EPOCH + Duration::from_micros(1_761_914_699_875_678),
            latency: Duration::from_nanos(19_584_011),
            target: "172.31.20.97:80".parse().expect("an address"),
            group: "HCLogsTestIPs",
            code: Some(200),
            failure: None,
            balancer: "app/web/50dc6c495c0c9188",
            address: Some("172.31.0.5".parse().expect("an address")),
        };
        assert_eq!(
            passed.line(),
            "http 2025-10-31T12:44:59.875678Z 0.019584011 172.31.20.97:80 HCLogsTestIPs PASS 200 - app/web/50dc6c495c0c9188 172.31.0.5"
        );
        let failed = HealthCheck {
            began: UNIX_EPOCH + Duration::from_micros(1_761_914_698_901_409),
            latency: Duration::from_nanos(1_121_980_746),
            target: "172.31.31.9:80".parse().expect("an address"),
            code: Some(502),
            failure: Some(Failure::TargetError),
            address: None,
            ..passed
        };
        assert_eq!(
            failed.line(),
            "http 2025-10-31T12:44:58.901409Z 1.121980746 172.31.31.9:80 HCLogsTestIPs FAIL 502 TargetError app/web/50dc6c495c0c9188 -"
        );
        let nothing = HealthCheck { code: None, failure: Some(Failure::TimedOut), ..failed };
        assert!(nothing.line().contains(" FAIL - TimedOut "), "{}", nothing.line());
    }
}
