//! A target group: how targets are spoken to, and how their health is found out.

use super::attribute::{self, Attributes};
use crate::ids::{Scope, TargetGroupArn, VpcId};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

crate::status::named!(
    /// `TargetTypeEnum` of the API, as far as there are such.
    TargetType, "target type" {
        Instance = "instance",
        Ip = "ip",
    }
);

crate::status::named!(
    /// `ProtocolEnum` of the API, as far as listeners and target groups have it here.
    Protocol, "protocol" {
        Http = "HTTP",
        Https = "HTTPS",
        Tcp = "TCP",
        Tls = "TLS",
        Udp = "UDP",
        TcpUdp = "TCP_UDP",
    }
);

crate::status::named!(
    /// The protocol version of groups that are spoken HTTP to.
    ProtocolVersion, "protocol version" {
        Http1 = "HTTP1",
        Http2 = "HTTP2",
        Grpc = "GRPC",
    }
);

crate::status::named!(
    /// `TargetGroupIpAddressTypeEnum` of the API.
    TargetGroupIpAddressType, "IP address type" {
        Ipv4 = "ipv4",
        Ipv6 = "ipv6",
    }
);

impl Protocol {
    /// Whether it is an application load balancer's.
    pub const fn is_application(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }

    /// Whether a listener of it has a certificate.
    pub const fn has_tls(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    pub const fn has_udp(self) -> bool {
        matches!(self, Self::Udp | Self::TcpUdp)
    }
}

/// The record of a target group. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroup {
    pub arn: TargetGroupArn,
    pub scope: Scope,
    /// Unique in its scope.
    pub name: String,
    pub target_type: TargetType,
    pub protocol: Protocol,
    /// Of HTTP and HTTPS, and of these alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol_version: Option<ProtocolVersion>,
    /// Where targets listen that were registered without a port.
    pub port: u16,
    pub vpc: VpcId,
    pub ip_address_type: TargetGroupIpAddressType,
    pub health_check: HealthCheck,
    /// What was changed of [`attribute::of_target_group`].
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// How a target's health is found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthCheck {
    /// HTTP, HTTPS or TCP.
    pub protocol: Protocol,
    pub port: HealthCheckPort,
    /// Of HTTP and HTTPS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Of HTTP and HTTPS: what a good answer has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matcher: Option<Matcher>,
    /// Between two checks of one target: 5 to 300.
    pub interval_s: u32,
    /// 2 to 120, and less than the interval.
    pub timeout_s: u32,
    /// Good answers in a row that make an unhealthy target healthy: 2 to 10.
    pub healthy_threshold: u32,
    /// Bad ones in a row that make a healthy one unhealthy: 2 to 10.
    pub unhealthy_threshold: u32,
}

/// Where health is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HealthCheckPort {
    /// Where the target gets its traffic.
    Traffic,
    Number(u16),
}

/// Codes and ranges of codes, as they were given: `200,202` or `200-299`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Matcher {
    Http(String),
    Grpc(String),
}

impl Matcher {
    /// The codes that a text names, as ranges with both ends in them. `None` where it is malformed or leaves `from..=to`.
    pub fn ranges(text: &str, from: u16, to: u16) -> Option<Vec<(u16, u16)>> {
        let number = |text: &str| {
            let good = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
            good.then(|| text.parse().ok()).flatten().filter(|n| (from..=to).contains(n))
        };
        let range = |part: &str| match part.split_once('-') {
            Some((first, last)) => {
                Some((number(first)?, number(last)?)).filter(|(first, last)| first <= last)
            }
            None => number(part).map(|n| (n, n)),
        };
        text.split(',').map(range).collect()
    }
}

impl fmt::Display for HealthCheckPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Traffic => f.write_str("traffic-port"),
            Self::Number(port) => write!(f, "{port}"),
        }
    }
}

impl FromStr for HealthCheckPort {
    type Err = crate::status::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || crate::status::UnknownName { text: text.to_owned(), expected: "health check port" };
        match text {
            "traffic-port" => Ok(Self::Traffic),
            number => match number.parse() {
                Ok(port @ 1..) => Ok(Self::Number(port)),
                _ => Err(unknown()),
            },
        }
    }
}

impl TargetGroup {
    /// The value of an attribute, its default where nobody changed it. `None` for a key that it does not have.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        let known = attribute::of_target_group(self.protocol, self.protocol_version, self.target_type);
        self.attributes.value(&known, key)
    }

    /// How long a deregistered target may end what it has begun.
    pub fn deregistration_delay_s(&self) -> u64 {
        let value = self.attribute(attribute::DEREGISTRATION_DELAY);
        value.and_then(|value| value.parse().ok()).expect("its value was checked when it was set")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_lists_of_numbers_and_ranges() {
        assert_eq!(Matcher::ranges("200", 200, 499), Some(vec![(200, 200)]));
        assert_eq!(
            Matcher::ranges("200,202-299,404", 200, 499),
            Some(vec![(200, 200), (202, 299), (404, 404)])
        );
        assert_eq!(Matcher::ranges("0-99", 0, 99), Some(vec![(0, 99)]));
        for text in ["", "199", "500", "200-", "-200", "300-200", "200,,201", "+200", "2000", "abc", "200 "] {
            assert_eq!(Matcher::ranges(text, 200, 499), None, "{text}");
        }
    }

    #[test]
    fn ports_of_checks_have_two_forms() {
        assert_eq!("traffic-port".parse(), Ok(HealthCheckPort::Traffic));
        assert_eq!("8080".parse(), Ok(HealthCheckPort::Number(8080)));
        for text in ["0", "65536", "", "http", "-1"] {
            assert!(text.parse::<HealthCheckPort>().is_err(), "{text}");
        }
    }
}
