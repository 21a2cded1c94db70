//! What a node's data plane of load balancers is to serve: the records of Elastic Load Balancing as one inert configuration.
//!
//! Decides what of each record a data plane has to know, and nothing of when it is told or what it makes of it. Invariants: the same records give the same
//! configuration, whatever the order in which they are shown; a group or certificate that nothing served refers to is left out; what refers to a group that
//! is gone refers to it still, so that its requests fail and go nowhere else. Must not know: tables, sessions, network namespaces beyond their
//! names.
//!
//! Source: the attributes' pages of the Elastic Load Balancing user guides, 2026.

pub mod carrier;
mod door;
#[cfg(test)]
mod tests;

pub use door::doors;

use model::Timestamp;
use model::balancer as inert;
use model::balancer::{Endpoint, Secret};
use model::elbv2::{
    Action, ActionKind, AlpnPolicy, Authentication, Condition, Forward, HealthCheckPort, Listener,
    LoadBalancer, LoadBalancerKind, Matcher, OidcBehavior, Priority, Protocol, ProtocolVersion, Redirect,
    RedirectCode, Rule, Target, TargetGroup, attribute,
};
use model::ids::RuleArn;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// Everything that one node serves.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// Grows with each change of what is shown.
    pub revision: u64,
    pub cookie_key: Secret,
    pub signing_key: Secret,
    /// The client secrets of rules that authenticate, unsealed. A rule whose secret is not among them lets nobody pass.
    pub client_secrets: BTreeMap<RuleArn, Secret>,
    pub balancers: Vec<Served<'a>>,
    /// Of these, and of others that are passed over.
    pub groups: Vec<Group<'a>>,
    pub certificates: Vec<Certified<'a>>,
}

/// A load balancer that has an interface on the node.
#[derive(Clone, Debug)]
pub struct Served<'a> {
    pub balancer: &'a LoadBalancer,
    /// In which of the node's networks it is.
    pub namespace: Option<String>,
    /// With the zone of each one's subnet.
    pub addresses: Vec<(IpAddr, String)>,
    pub listeners: Vec<(&'a Listener, Vec<&'a Rule>)>,
}

/// A target group, and where its targets are.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    pub group: &'a TargetGroup,
    /// From which of the node's networks its targets are reached.
    pub namespace: Option<String>,
    /// Whether the network brings answers to clients' addresses back to the load balancer.
    pub brings_back: bool,
    /// Those whose address is known: an instance's is its node's.
    pub targets: Vec<(&'a Target, IpAddr)>,
}

/// A certificate with its key, unsealed.
#[derive(Clone, Debug)]
pub struct Certified<'a> {
    pub arn: &'a str,
    /// PEM, the server's own certificate first.
    pub chain: String,
    pub key: Secret,
    pub not_after: Timestamp,
}

/// Computes it.
pub fn configuration(view: &View<'_>) -> inert::Configuration {
    let mut balancers: Vec<inert::Balancer> =
        view.balancers.iter().map(|served| balancer(served, &view.client_secrets)).collect();
    balancers.sort_by(|a, b| a.arn.cmp(&b.arn));
    let (groups, certificates) = referred_to(&balancers);
    let mut known: Vec<inert::TargetGroup> =
        view.groups.iter().filter(|g| groups.contains(g.group.arn.as_str())).map(group).collect();
    known.sort_by(|a, b| a.arn.cmp(&b.arn));
    let certified = view.certificates.iter().filter(|c| certificates.contains(c.arn));
    let mut certificates: Vec<inert::Certificate> = certified
        .map(|c| inert::Certificate {
            arn: c.arn.to_owned(),
            chain: c.chain.clone(),
            key: c.key.clone(),
            not_after: c.not_after,
        })
        .collect();
    certificates.sort_by(|a, b| a.arn.cmp(&b.arn));
    inert::Configuration {
        format: inert::FORMAT,
        revision: view.revision,
        cookie_key: view.cookie_key.clone(),
        signing_key: view.signing_key.clone(),
        balancers,
        groups: known,
        certificates,
        doors: Vec::new(),
    }
}

/// The groups and certificates that load balancers refer to.
fn referred_to(balancers: &[inert::Balancer]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut groups, mut certificates) = (BTreeSet::new(), BTreeSet::new());
    for listener in balancers.iter().flat_map(|b| &b.listeners) {
        let actions = listener.rules.iter().flat_map(|r| &r.actions).chain(&listener.default_actions);
        for action in actions {
            if let inert::Action::Forward(forward) = action {
                groups.extend(forward.groups.iter().map(|g| g.group.clone()));
            }
        }
        if let Some(tls) = &listener.tls {
            certificates.insert(tls.default_certificate.clone());
            certificates.extend(tls.certificates.iter().cloned());
        }
    }
    (groups, certificates)
}

/// Client secrets by rule.
type Secrets = BTreeMap<RuleArn, Secret>;

fn balancer(served: &Served<'_>, secrets: &Secrets) -> inert::Balancer {
    let balancer = served.balancer;
    let is = |key: &str| balancer.attribute(key) == Some("true");
    let mut addresses: Vec<inert::Address> = served
        .addresses
        .iter()
        .map(|(address, zone)| inert::Address { address: *address, zone: zone.clone() })
        .collect();
    addresses.sort_unstable();
    let mut listeners: Vec<inert::Listener> =
        served.listeners.iter().map(|(l, rules)| listener(l, rules, secrets)).collect();
    listeners.sort_by_key(|l| (l.port, l.protocol));
    inert::Balancer {
        arn: balancer.arn.to_string(),
        kind: match balancer.kind {
            LoadBalancerKind::Application => inert::BalancerKind::Application,
            LoadBalancerKind::Network => inert::BalancerKind::Network,
        },
        namespace: served.namespace.clone(),
        addresses,
        http: http(balancer),
        cross_zone: is(attribute::CROSS_ZONE),
        access_log: is("access_logs.s3.enabled"),
        connection_log: is("connection_logs.s3.enabled"),
        health_check_log: is("health_check_logs.s3.enabled"),
        listeners,
    }
}

fn http(balancer: &LoadBalancer) -> inert::HttpAttributes {
    let defaults = inert::HttpAttributes::default();
    if balancer.kind != LoadBalancerKind::Application {
        return defaults;
    }
    let is = |key: &str| balancer.attribute(key) == Some("true");
    let number = |key: &str, default: u32| {
        balancer.attribute(key).and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    inert::HttpAttributes {
        idle_timeout_seconds: number("idle_timeout.timeout_seconds", defaults.idle_timeout_seconds),
        client_keep_alive_seconds: number("client_keep_alive.seconds", defaults.client_keep_alive_seconds),
        http2: is("routing.http2.enabled"),
        drop_invalid_header_fields: is("routing.http.drop_invalid_header_fields.enabled"),
        preserve_host_header: is("routing.http.preserve_host_header.enabled"),
        desync_mitigation: match balancer.attribute("routing.http.desync_mitigation_mode") {
            Some("monitor") => inert::DesyncMitigation::Monitor,
            Some("strictest") => inert::DesyncMitigation::Strictest,
            _ => inert::DesyncMitigation::Defensive,
        },
        forwarded_for: match balancer.attribute("routing.http.xff_header_processing.mode") {
            Some("preserve") => inert::ForwardedFor::Preserve,
            Some("remove") => inert::ForwardedFor::Remove,
            _ => inert::ForwardedFor::Append,
        },
        forwarded_for_port: is("routing.http.xff_client_port.enabled"),
        tls_headers: is("routing.http.x_amzn_tls_version_and_cipher_suite.enabled"),
        key_exchange_header: is("routing.http.x_amzn_tls_kx.enabled"),
    }
}

fn listener(listener: &Listener, rules: &[&Rule], secrets: &Secrets) -> inert::Listener {
    let numbered = rules.iter().filter_map(|rule| match rule.priority {
        Priority::Number(priority) => Some((priority, rule)),
        Priority::Default => None,
    });
    let mut made: Vec<inert::Rule> = numbered
        .map(|(priority, rule)| inert::Rule {
            arn: rule.arn.to_string(),
            priority,
            conditions: rule.conditions.iter().map(condition).collect(),
            actions: actions(rule, secrets),
        })
        .collect();
    made.sort_by_key(|rule| rule.priority);
    let default = rules.iter().find(|rule| rule.is_default());
    let idle = listener.attribute("tcp.idle_timeout.seconds").and_then(|value| value.parse().ok());
    inert::Listener {
        arn: listener.arn.to_string(),
        port: listener.port,
        protocol: match listener.protocol {
            Protocol::Http => inert::ListenerProtocol::Http,
            Protocol::Https => inert::ListenerProtocol::Https,
            Protocol::Tcp => inert::ListenerProtocol::Tcp,
            Protocol::Tls => inert::ListenerProtocol::Tls,
            Protocol::Udp => inert::ListenerProtocol::Udp,
            Protocol::TcpUdp => inert::ListenerProtocol::TcpUdp,
        },
        tls: tls(listener),
        rules: made,
        default_actions: default.map(|rule| actions(rule, secrets)).unwrap_or_default(),
        tcp_idle_timeout_seconds: idle.unwrap_or(350),
        response_headers: response_headers(listener),
    }
}

fn tls(listener: &Listener) -> Option<inert::Tls> {
    let (policy, default) = listener.ssl_policy.as_ref().zip(listener.default_certificate.as_ref())?;
    let named = |what: &str, default: String| {
        let name = listener.attribute(&format!("routing.http.request.{what}.header_name"));
        name.map_or(default, str::to_owned)
    };
    let headers = inert::TlsHeaders::default();
    Some(inert::Tls {
        policy: policy.clone(),
        default_certificate: default.to_string(),
        certificates: listener.certificates.iter().map(ToString::to_string).collect(),
        alpn: match listener.alpn {
            None | Some(AlpnPolicy::None) => inert::AlpnPolicy::None,
            Some(AlpnPolicy::Http1Only) => inert::AlpnPolicy::Http1Only,
            Some(AlpnPolicy::Http2Only) => inert::AlpnPolicy::Http2Only,
            Some(AlpnPolicy::Http2Optional) => inert::AlpnPolicy::Http2Optional,
            Some(AlpnPolicy::Http2Preferred) => inert::AlpnPolicy::Http2Preferred,
        },
        headers: inert::TlsHeaders {
            version: named("x_amzn_tls_version", headers.version),
            cipher_suite: named("x_amzn_tls_cipher_suite", headers.cipher_suite),
        },
    })
}

/// Attributes `routing.http.response.NAME.header_value`, and the header that each sets.
const RESPONSE_HEADERS: [(&str, &str); 9] = [
    ("strict_transport_security", "Strict-Transport-Security"),
    ("access_control_allow_origin", "Access-Control-Allow-Origin"),
    ("access_control_allow_methods", "Access-Control-Allow-Methods"),
    ("access_control_allow_headers", "Access-Control-Allow-Headers"),
    ("access_control_allow_credentials", "Access-Control-Allow-Credentials"),
    ("access_control_expose_headers", "Access-Control-Expose-Headers"),
    ("access_control_max_age", "Access-Control-Max-Age"),
    ("content_security_policy", "Content-Security-Policy"),
    ("x_content_type_options", "X-Content-Type-Options"),
];

fn response_headers(listener: &Listener) -> inert::ResponseHeaders {
    let frame = ("x_frame_options", "X-Frame-Options");
    let set = RESPONSE_HEADERS.iter().chain([&frame]).filter_map(|(name, header)| {
        let value = listener.attribute(&format!("routing.http.response.{name}.header_value"))?;
        (!value.is_empty()).then(|| ((*header).to_owned(), value.to_owned()))
    });
    inert::ResponseHeaders {
        server: listener.attribute("routing.http.response.server.enabled") != Some("false"),
        set: set.collect(),
    }
}

fn condition(condition: &Condition) -> inert::Condition {
    match condition {
        Condition::Host { values } => inert::Condition::HostHeader(values.clone()),
        Condition::Path { values } => inert::Condition::PathPattern(values.clone()),
        Condition::Header { name, values } => {
            inert::Condition::HttpHeader { name: name.clone(), values: values.clone() }
        }
        Condition::Method { values } => inert::Condition::HttpRequestMethod(values.clone()),
        Condition::Query { values } => inert::Condition::QueryString(
            values.iter().map(|pair| (pair.key.clone(), pair.value.clone())).collect(),
        ),
        Condition::SourceIp { values } => {
            inert::Condition::SourceIp(values.iter().map(ToString::to_string).collect())
        }
    }
}

/// In their order.
fn actions(rule: &Rule, secrets: &Secrets) -> Vec<inert::Action> {
    let mut ordered: Vec<&Action> = rule.actions.iter().collect();
    ordered.sort_by_key(|action| action.order);
    let made = ordered.into_iter().map(|of| action(of, secrets.get(&rule.arn)));
    // Nobody is let through unasked where the provider cannot be asked.
    made.collect::<Option<_>>().unwrap_or_else(|| vec![unable()])
}

fn unable() -> inert::Action {
    inert::Action::FixedResponse {
        status: 500,
        content_type: Some("text/plain".to_owned()),
        body: "The load balancer cannot authenticate users: its rule has to be given its client secret and its endpoints again.".to_owned(),
    }
}

/// `None` where users cannot be authenticated as the action has it.
fn action(action: &Action, secret: Option<&Secret>) -> Option<inert::Action> {
    Some(match &action.kind {
        ActionKind::Forward(forward) => inert::Action::Forward(self::forward(forward)),
        ActionKind::Redirect(redirect) => inert::Action::Redirect(self::redirect(redirect)),
        ActionKind::FixedResponse { status, content_type, body } => inert::Action::FixedResponse {
            status: *status,
            content_type: content_type.clone(),
            body: body.clone().unwrap_or_default(),
        },
        ActionKind::AuthenticateOidc(of) => {
            inert::Action::AuthenticateOidc(Box::new(authentication(of, secret?)?))
        }
    })
}

fn authentication(of: &Authentication, secret: &Secret) -> Option<inert::Authentication> {
    let endpoint = |url: &str| url.parse::<Endpoint>().ok();
    Some(inert::Authentication {
        issuer: of.issuer.clone(),
        authorization_endpoint: endpoint(&of.authorization_endpoint)?,
        token_endpoint: endpoint(&of.token_endpoint)?,
        user_info_endpoint: endpoint(&of.user_info_endpoint)?,
        client_id: of.client_id.clone(),
        client_secret: secret.clone(),
        session_cookie_name: of.session_cookie_name.clone(),
        scope: of.scope.clone(),
        session_timeout_seconds: u32::try_from(of.session_timeout_s).unwrap_or(u32::MAX),
        extra_parameters: of.extra_parameters.clone(),
        on_unauthenticated: match of.on_unauthenticated {
            OidcBehavior::Deny => inert::OnUnauthenticated::Deny,
            OidcBehavior::Allow => inert::OnUnauthenticated::Allow,
            OidcBehavior::Authenticate => inert::OnUnauthenticated::Authenticate,
        },
    })
}

fn forward(forward: &Forward) -> inert::Forward {
    let sticky = forward.stickiness.as_ref().filter(|s| s.enabled);
    inert::Forward {
        groups: forward
            .groups
            .iter()
            .map(|g| inert::WeightedGroup { group: g.group.to_string(), weight: g.weight })
            .collect(),
        stickiness: sticky
            .map(|s| inert::ForwardStickiness { duration_seconds: s.duration_s.unwrap_or_default() }),
    }
}

fn redirect(redirect: &Redirect) -> inert::Redirect {
    inert::Redirect {
        protocol: redirect.protocol.clone(),
        host: redirect.host.clone(),
        port: redirect.port.clone(),
        path: redirect.path.clone(),
        query: redirect.query.clone(),
        status: match redirect.code {
            RedirectCode::Permanent => 301,
            RedirectCode::Temporary => 302,
        },
    }
}

fn group(known: &Group<'_>) -> inert::TargetGroup {
    let group = known.group;
    let is = |key: &str| group.attribute(key) == Some("true");
    let mut targets: Vec<inert::Target> = known.targets.iter().map(|(t, at)| target(group, t, *at)).collect();
    targets.sort_by(|a, b| (&a.id, a.port).cmp(&(&b.id, b.port)));
    inert::TargetGroup {
        arn: group.arn.to_string(),
        protocol: protocol(group.protocol),
        protocol_version: match group.protocol_version {
            None | Some(ProtocolVersion::Http1) => inert::ProtocolVersion::Http1,
            Some(ProtocolVersion::Http2) => inert::ProtocolVersion::Http2,
            Some(ProtocolVersion::Grpc) => inert::ProtocolVersion::Grpc,
        },
        namespace: known.namespace.clone(),
        health_check: health_check(group),
        algorithm: match group.attribute(attribute::ALGORITHM) {
            Some("least_outstanding_requests") => inert::Algorithm::LeastOutstandingRequests,
            Some("weighted_random") => inert::Algorithm::WeightedRandom,
            _ => inert::Algorithm::RoundRobin,
        },
        forward_resets: is("routing.http2.rst_stream_error_forwarding.enabled"),
        anomaly_mitigation: group.attribute(attribute::MITIGATION) == Some("on"),
        slow_start_seconds: number(group, attribute::SLOW_START).unwrap_or(0),
        stickiness: is(attribute::STICKINESS).then(|| stickiness(group)).flatten(),
        cross_zone: match group.attribute(attribute::CROSS_ZONE) {
            Some("true") => inert::CrossZone::On,
            Some("false") => inert::CrossZone::Off,
            _ => inert::CrossZone::AsTheBalancer,
        },
        routing_threshold: thresholds(group, "unhealthy_state_routing"),
        dns_threshold: thresholds(group, "dns_failover"),
        network: inert::NetworkGroup {
            proxy_protocol: is("proxy_protocol_v2.enabled"),
            connection_termination: is("deregistration_delay.connection_termination.enabled"),
            keep_on_unhealthy: group.attribute(attribute::UNHEALTHY_TERMINATION) == Some("false"),
            unhealthy_draining_seconds: number(group, attribute::UNHEALTHY_DRAINING).unwrap_or(0),
            preserve_client_ip: known.brings_back && is(attribute::PRESERVE_CLIENT_IP),
        },
        targets,
    }
}

fn target(group: &TargetGroup, target: &Target, address: IpAddr) -> inert::Target {
    let delay_ms = i64::try_from(group.deregistration_delay_s() * 1000).expect("an hour at most");
    inert::Target {
        id: target.id.clone(),
        address,
        port: target.port,
        zone: target.zone.clone(),
        draining_since: target.draining_until.map(|until| Timestamp::from_millis(until.millis() - delay_ms)),
    }
}

fn protocol(protocol: Protocol) -> inert::Protocol {
    match protocol {
        Protocol::Http => inert::Protocol::Http,
        Protocol::Https => inert::Protocol::Https,
        Protocol::Tcp => inert::Protocol::Tcp,
        Protocol::Tls => inert::Protocol::Tls,
        Protocol::Udp => inert::Protocol::Udp,
        Protocol::TcpUdp => inert::Protocol::TcpUdp,
    }
}

fn health_check(group: &TargetGroup) -> inert::HealthCheck {
    let check = &group.health_check;
    inert::HealthCheck {
        enabled: true,
        protocol: match check.protocol {
            Protocol::Http => inert::HealthProtocol::Http,
            Protocol::Https => inert::HealthProtocol::Https,
            Protocol::Tcp | Protocol::Tls | Protocol::Udp | Protocol::TcpUdp => inert::HealthProtocol::Tcp,
        },
        port: match check.port {
            HealthCheckPort::Traffic => None,
            HealthCheckPort::Number(port) => Some(port),
        },
        path: check.path.clone().unwrap_or_default(),
        interval_seconds: check.interval_s,
        timeout_seconds: check.timeout_s,
        healthy_threshold: check.healthy_threshold,
        unhealthy_threshold: check.unhealthy_threshold,
        matcher: inert::Matcher(match &check.matcher {
            Some(Matcher::Http(codes) | Matcher::Grpc(codes)) => codes.clone(),
            None => String::new(),
        }),
    }
}

fn stickiness(group: &TargetGroup) -> Option<inert::Stickiness> {
    Some(match group.attribute(attribute::STICKINESS_TYPE)? {
        "app_cookie" => inert::Stickiness::Application {
            cookie: group.attribute(attribute::APP_COOKIE)?.to_owned(),
            duration_seconds: number(group, "stickiness.app_cookie.duration_seconds")?,
        },
        "source_ip" => inert::Stickiness::SourceIp,
        _ => inert::Stickiness::Balancer {
            duration_seconds: number(group, "stickiness.lb_cookie.duration_seconds")?,
        },
    })
}

/// `off` is none.
fn thresholds(group: &TargetGroup, kind: &str) -> inert::Thresholds {
    let least =
        |unit: &str| number(group, &format!("target_group_health.{kind}.minimum_healthy_targets.{unit}"));
    inert::Thresholds { count: least("count"), percentage: least("percentage") }
}

fn number(group: &TargetGroup, key: &str) -> Option<u32> {
    group.attribute(key)?.parse().ok()
}
