//! Attributes: settings by key and value, of load balancers, target groups and listeners, with their defaults and what values they take.
//!
//! A record keeps what was changed; a default is the program's, so that it is one everywhere. Which keys there are depends on the kind of load
//! balancer, the protocol and the scheme.
//!
//! Source: "LoadBalancerAttribute", "TargetGroupAttribute" and "ListenerAttribute" of the API reference, 2026.

use super::load_balancer::{LoadBalancerKind, Scheme};
use super::target_group::{Protocol, ProtocolVersion, TargetType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const DELETION_PROTECTION: &str = "deletion_protection.enabled";
pub const DEREGISTRATION_DELAY: &str = "deregistration_delay.timeout_seconds";
pub const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";
pub const STICKINESS: &str = "stickiness.enabled";
pub const STICKINESS_TYPE: &str = "stickiness.type";
pub const APP_COOKIE: &str = "stickiness.app_cookie.cookie_name";
pub const SLOW_START: &str = "slow_start.duration_seconds";
pub const ALGORITHM: &str = "load_balancing.algorithm.type";
pub const MITIGATION: &str = "load_balancing.algorithm.anomaly_mitigation";
pub const PRESERVE_CLIENT_IP: &str = "preserve_client_ip.enabled";
pub const UNHEALTHY_TERMINATION: &str = "target_health_state.unhealthy.connection_termination.enabled";
pub const UNHEALTHY_DRAINING: &str = "target_health_state.unhealthy.draining_interval_seconds";
pub const CLIENT_ROUTING: &str = "dns_record.client_routing_policy";
pub const DENY_INTERNET: &str = "ipv6.deny_all_igw_traffic";
pub const SECONDARY_ADDRESSES: &str = "secondary_ips.auto_assigned.per_subnet";

/// A key that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub key: &'static str,
    pub default: &'static str,
    pub values: Values,
}

/// What an attribute's value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    Boolean,
    /// Both ends are in it.
    Range(u32, u32),
    /// Zero, or a range.
    ZeroOr(u32, u32),
    /// `off`, or a range.
    OffOr(u32, u32),
    OneOf(&'static [&'static str]),
    /// A text of that many characters at most, empty where it is not set.
    Text(usize),
    /// Its default, whatever is asked for.
    Fixed,
}

impl Values {
    pub fn allow(self, value: &str, default: &str) -> bool {
        let number = || value.parse::<u32>().ok().filter(|n| n.to_string() == value);
        match self {
            Self::Boolean => matches!(value, "true" | "false"),
            Self::Range(from, to) => number().is_some_and(|n| (from..=to).contains(&n)),
            Self::ZeroOr(from, to) => number().is_some_and(|n| n == 0 || (from..=to).contains(&n)),
            Self::OffOr(from, to) => value == "off" || number().is_some_and(|n| (from..=to).contains(&n)),
            Self::OneOf(values) => values.contains(&value),
            Self::Text(most) => value.chars().count() <= most && !value.chars().any(char::is_control),
            Self::Fixed => value == default,
        }
    }
}

/// Attributes that were changed, by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(BTreeMap<String, String>);

impl Attributes {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value that counts of a key that is among the known ones.
    pub fn value<'a>(&'a self, known: &[Attribute], key: &str) -> Option<&'a str> {
        let attribute = known.iter().find(|attribute| attribute.key == key)?;
        Some(self.0.get(key).map_or(attribute.default, String::as_str))
    }

    pub fn set(&mut self, key: &str, value: &str) {
        self.0.insert(key.to_owned(), value.to_owned());
    }

    /// Forgets what is not known any more, as when a listener changes its protocol.
    pub fn keep(&mut self, known: &[Attribute]) {
        self.0.retain(|key, _| known.iter().any(|attribute| attribute.key == key));
    }
}

const fn boolean(key: &'static str, default: &'static str) -> Attribute {
    Attribute { key, default, values: Values::Boolean }
}

const fn text(key: &'static str) -> Attribute {
    Attribute { key, default: "", values: Values::Text(LONGEST) }
}

const fn one_of(key: &'static str, default: &'static str, values: &'static [&'static str]) -> Attribute {
    Attribute { key, default, values: Values::OneOf(values) }
}

const fn valued(key: &'static str, default: &'static str, values: Values) -> Attribute {
    Attribute { key, default, values }
}

/// Characters of a text. Not established for AWS, whose values are longer nowhere.
const LONGEST: usize = 1024;
const WEEK: u32 = 604_800;

/// The attributes of a load balancer.
pub fn of_load_balancer(kind: LoadBalancerKind, scheme: Scheme) -> Vec<Attribute> {
    let deny_gateways = match scheme {
        Scheme::InternetFacing => "false",
        Scheme::Internal => "true",
    };
    let mut all = vec![
        boolean("access_logs.s3.enabled", "false"),
        text("access_logs.s3.bucket"),
        text("access_logs.s3.prefix"),
        boolean(DELETION_PROTECTION, "false"),
        boolean(DENY_INTERNET, deny_gateways),
        boolean("zonal_shift.config.enabled", "false"),
    ];
    all.extend_from_slice(match kind {
        LoadBalancerKind::Application => APPLICATION,
        LoadBalancerKind::Network => NETWORK,
    });
    all
}

const APPLICATION: &[Attribute] = &[
    valued(CROSS_ZONE, "true", Values::Fixed),
    valued("idle_timeout.timeout_seconds", "60", Values::Range(1, 4000)),
    valued("client_keep_alive.seconds", "3600", Values::Range(60, WEEK)),
    boolean("connection_logs.s3.enabled", "false"),
    text("connection_logs.s3.bucket"),
    text("connection_logs.s3.prefix"),
    boolean("health_check_logs.s3.enabled", "false"),
    text("health_check_logs.s3.bucket"),
    text("health_check_logs.s3.prefix"),
    one_of("routing.http.desync_mitigation_mode", "defensive", &["monitor", "defensive", "strictest"]),
    boolean("routing.http.drop_invalid_header_fields.enabled", "false"),
    boolean("routing.http.preserve_host_header.enabled", "false"),
    boolean("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false"),
    boolean("routing.http.x_amzn_tls_kx.enabled", "false"),
    boolean("routing.http.xff_client_port.enabled", "false"),
    one_of("routing.http.xff_header_processing.mode", "append", &["append", "preserve", "remove"]),
    boolean("routing.http2.enabled", "true"),
    boolean("waf.fail_open.enabled", "false"),
];

const NETWORK: &[Attribute] = &[
    boolean(CROSS_ZONE, "false"),
    one_of(
        CLIENT_ROUTING,
        "any_availability_zone",
        &["availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"],
    ),
    valued(SECONDARY_ADDRESSES, "0", Values::Range(0, 7)),
];

/// Targets of a group that a count of healthy ones may name. The quota of targets of one load balancer is the same.
const MOST_TARGETS: u32 = 1000;

/// The attributes of a target group.
pub fn of_target_group(
    protocol: Protocol,
    version: Option<ProtocolVersion>,
    targets: TargetType,
) -> Vec<Attribute> {
    let mut all = vec![
        valued(DEREGISTRATION_DELAY, "300", Values::Range(0, 3600)),
        boolean(STICKINESS, "false"),
        one_of(
            CROSS_ZONE,
            "use_load_balancer_configuration",
            &["true", "false", "use_load_balancer_configuration"],
        ),
        valued(
            "target_group_health.dns_failover.minimum_healthy_targets.count",
            "1",
            Values::OffOr(1, MOST_TARGETS),
        ),
        valued(
            "target_group_health.dns_failover.minimum_healthy_targets.percentage",
            "off",
            Values::OffOr(1, 100),
        ),
        valued(
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
            "1",
            Values::Range(1, MOST_TARGETS),
        ),
        valued(
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
            "off",
            Values::OffOr(1, 100),
        ),
    ];
    if protocol.is_application() {
        all.extend_from_slice(APPLICATION_GROUP);
        if version == Some(ProtocolVersion::Http2) {
            all.push(one_of(
                "waf.http2.traffic_inspection_behavior",
                "inspect_immediately",
                &["inspect_immediately", "inspect_after_sufficient_data"],
            ));
        }
        if matches!(version, Some(ProtocolVersion::Http2 | ProtocolVersion::Grpc)) {
            all.push(boolean("routing.http2.rst_stream_error_forwarding.enabled", "false"));
        }
    } else {
        all.extend(network_group(protocol, targets));
    }
    all
}

const APPLICATION_GROUP: &[Attribute] = &[
    one_of(STICKINESS_TYPE, "lb_cookie", &["lb_cookie", "app_cookie"]),
    valued("stickiness.lb_cookie.duration_seconds", "86400", Values::Range(1, WEEK)),
    text(APP_COOKIE),
    valued("stickiness.app_cookie.duration_seconds", "86400", Values::Range(1, WEEK)),
    one_of(ALGORITHM, "round_robin", &["round_robin", "least_outstanding_requests", "weighted_random"]),
    one_of(MITIGATION, "off", &["on", "off"]),
    valued(SLOW_START, "0", Values::ZeroOr(30, 900)),
];

fn network_group(protocol: Protocol, targets: TargetType) -> [Attribute; 6] {
    let udp = protocol.has_udp();
    let or = |yes: bool| if yes { "true" } else { "false" };
    let preserve = udp || targets == TargetType::Instance;
    [
        one_of(STICKINESS_TYPE, "source_ip", &["source_ip"]),
        boolean("deregistration_delay.connection_termination.enabled", or(udp)),
        valued(PRESERVE_CLIENT_IP, or(preserve), if udp { Values::Fixed } else { Values::Boolean }),
        boolean("proxy_protocol_v2.enabled", "false"),
        valued(UNHEALTHY_TERMINATION, or(!udp), if udp { Values::Fixed } else { Values::Boolean }),
        valued(UNHEALTHY_DRAINING, "0", Values::Range(0, 360_000)),
    ]
}

/// The attributes of a listener.
pub fn of_listener(protocol: Protocol) -> Vec<Attribute> {
    match protocol {
        Protocol::Http => ANSWERS.to_vec(),
        Protocol::Https => [ANSWERS, REQUESTS].concat(),
        Protocol::Tcp => vec![valued("tcp.idle_timeout.seconds", "350", Values::Range(60, 6000))],
        Protocol::Tls | Protocol::Udp | Protocol::TcpUdp => Vec::new(),
    }
}

const ANSWERS: &[Attribute] = &[
    boolean("routing.http.response.server.enabled", "true"),
    text("routing.http.response.strict_transport_security.header_value"),
    text("routing.http.response.access_control_allow_origin.header_value"),
    text("routing.http.response.access_control_allow_methods.header_value"),
    text("routing.http.response.access_control_allow_headers.header_value"),
    one_of("routing.http.response.access_control_allow_credentials.header_value", "", &["", "true"]),
    text("routing.http.response.access_control_expose_headers.header_value"),
    valued("routing.http.response.access_control_max_age.header_value", "", Values::Text(6)),
    text("routing.http.response.content_security_policy.header_value"),
    one_of("routing.http.response.x_content_type_options.header_value", "", &["", "nosniff"]),
    text("routing.http.response.x_frame_options.header_value"),
];

const fn header(key: &'static str, default: &'static str) -> Attribute {
    Attribute { key, default, values: Values::Text(40) }
}

const REQUESTS: &[Attribute] = &[
    header(
        "routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name",
        "X-Amzn-Mtls-Clientcert-Serial-Number",
    ),
    header("routing.http.request.x_amzn_mtls_clientcert_issuer.header_name", "X-Amzn-Mtls-Clientcert-Issuer"),
    header(
        "routing.http.request.x_amzn_mtls_clientcert_subject.header_name",
        "X-Amzn-Mtls-Clientcert-Subject",
    ),
    header(
        "routing.http.request.x_amzn_mtls_clientcert_validity.header_name",
        "X-Amzn-Mtls-Clientcert-Validity",
    ),
    header("routing.http.request.x_amzn_mtls_clientcert_leaf.header_name", "X-Amzn-Mtls-Clientcert-Leaf"),
    header("routing.http.request.x_amzn_mtls_clientcert.header_name", "X-Amzn-Mtls-Clientcert"),
    header("routing.http.request.x_amzn_tls_version.header_name", "X-Amzn-Tls-Version"),
    header("routing.http.request.x_amzn_tls_cipher_suite.header_name", "X-Amzn-Tls-Cipher-Suite"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn lists() -> Vec<Vec<Attribute>> {
        let mut lists = Vec::new();
        for kind in LoadBalancerKind::ALL {
            lists.extend(Scheme::ALL.iter().map(|scheme| of_load_balancer(*kind, *scheme)));
        }
        for protocol in Protocol::ALL {
            lists.push(of_listener(*protocol));
            for targets in TargetType::ALL {
                lists.push(of_target_group(*protocol, None, *targets));
                lists.push(of_target_group(*protocol, Some(ProtocolVersion::Http2), *targets));
            }
        }
        lists
    }

    #[test]
    fn no_key_is_there_twice_and_every_default_is_a_value() {
        for list in lists() {
            let keys: BTreeSet<&str> = list.iter().map(|attribute| attribute.key).collect();
            assert_eq!(keys.len(), list.len(), "{list:?}");
            for Attribute { key, default, values } in list {
                assert!(values.allow(default, default), "{key}");
            }
        }
    }

    #[test]
    fn values_have_their_limits() {
        for (values, good, bad) in [
            (Values::Boolean, &["true", "false"][..], &["", "True", "1", "yes"][..]),
            (Values::Range(1, 4000), &["1", "4000"], &["0", "4001", "-1", "", "1.5", "+5", "007"]),
            (Values::ZeroOr(30, 900), &["0", "30", "900"], &["1", "29", "901", "off"]),
            (Values::OffOr(1, 100), &["off", "1", "100"], &["0", "101", "on", "Off"]),
            (Values::OneOf(&["a", "b"]), &["a"], &["c", "", "A"]),
            (Values::Text(3), &["", "abc", "äöü"], &["abcd", "a\n"]),
            (Values::Fixed, &["x"], &["y"]),
        ] {
            good.iter().for_each(|value| assert!(values.allow(value, "x"), "{values:?} {value}"));
            bad.iter().for_each(|value| assert!(!values.allow(value, "x"), "{values:?} {value}"));
        }
    }

    #[test]
    fn clients_addresses_are_preserved_as_aws_documents_it() {
        let default = |protocol, targets| {
            let known = of_target_group(protocol, None, targets);
            Attributes::default().value(&known, PRESERVE_CLIENT_IP).map(str::to_owned)
        };
        assert_eq!(default(Protocol::Tcp, TargetType::Ip).as_deref(), Some("false"));
        assert_eq!(default(Protocol::Tls, TargetType::Ip).as_deref(), Some("false"));
        assert_eq!(default(Protocol::Tcp, TargetType::Instance).as_deref(), Some("true"));
        assert_eq!(default(Protocol::Udp, TargetType::Ip).as_deref(), Some("true"));
        assert_eq!(default(Protocol::Http, TargetType::Ip), None);
    }
}
