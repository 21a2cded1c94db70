//! Records in, what is served out.

use super::*;
use expect_test::expect;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const BALANCER: &str =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef";
const LISTENER: &str =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/0123456789abcdef/1111111111111111";
const BLUE: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blue/2222222222222222";
const OTHER: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/other/3333333333333333";
const CERTIFICATE: &str =
    "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-4234-8234-123456789012";

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the text is a record")
}

fn load_balancer(kind: &str, attributes: Value) -> LoadBalancer {
    read(json!({
        "arn": BALANCER,
        "scope": { "partition": "aws", "region": "us-east-1", "account": "123456789012" },
        "name": "web",
        "kind": kind,
        "scheme": "internet-facing",
        "ipAddressType": "ipv4",
        "vpc": "vpc-01234567890123456",
        "subnets": [],
        "attributes": attributes,
        "createdAt": 0,
    }))
}

fn listener(protocol: &str, more: Value) -> Listener {
    let mut record = json!({
        "arn": LISTENER, "loadBalancer": BALANCER, "protocol": protocol, "port": 443, "createdAt": 0,
    });
    record.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    read(record)
}

fn rule(n: u32, priority: Value, conditions: Value, actions: Value) -> Rule {
    let listener = LISTENER.replace(":listener/", ":listener-rule/");
    read(json!({
        "arn": format!("{listener}/{n:016x}"),
        "listener": LISTENER,
        "priority": priority,
        "conditions": conditions,
        "actions": actions,
    }))
}

fn to(group: &str) -> Value {
    json!({ "forward": { "groups": [{ "group": group, "weight": 1 }] } })
}

fn target_group(arn: &str, protocol: &str, attributes: Value) -> TargetGroup {
    let http = protocol.starts_with("HTTP");
    read(json!({
        "arn": arn,
        "scope": { "partition": "aws", "region": "us-east-1", "account": "123456789012" },
        "name": "blue",
        "targetType": "ip",
        "protocol": protocol,
        "protocolVersion": http.then_some("HTTP1"),
        "port": 80,
        "vpc": "vpc-01234567890123456",
        "ipAddressType": "ipv4",
        "healthCheck": {
            "protocol": if http { "HTTP" } else { "TCP" },
            "port": "traffic",
            "path": http.then_some("/up"),
            "matcher": http.then(|| json!({ "http": "200-299" })),
            "intervalS": 30,
            "timeoutS": 5,
            "healthyThreshold": 5,
            "unhealthyThreshold": 2,
        },
        "attributes": attributes,
        "createdAt": 0,
    }))
}

fn target(id: &str, draining_until: Option<i64>) -> Target {
    read(json!({ "group": BLUE, "id": id, "port": 8080, "registeredAt": 0, "drainingUntil": draining_until }))
}

fn view<'a>(balancer: &'a LoadBalancer, listener: &'a Listener, rules: &'a [Rule]) -> View<'a> {
    View {
        revision: 7,
        cookie_key: Secret::new("k"),
        signing_key: Secret::new("s"),
        client_secrets: BTreeMap::new(),
        balancers: vec![Served {
            balancer,
            namespace: Some("eni".to_owned()),
            addresses: [("10.0.0.9", "us-east-1b"), ("10.0.0.5", "us-east-1a")]
                .map(|(address, zone)| (address.parse().expect("an address"), zone.to_owned()))
                .into(),
            listeners: vec![(listener, rules.iter().collect())],
        }],
        groups: Vec::new(),
        certificates: Vec::new(),
    }
}

#[test]
fn rules_come_in_the_order_of_their_priorities_and_the_default_one_apart() {
    let balancer = load_balancer("application", json!({}));
    let http = listener("HTTP", json!({}));
    let answer = json!({ "fixedResponse": { "status": 404, "body": "no" } });
    let rules = [
        rule(1, json!("default"), json!([]), json!([{ "kind": answer }])),
        rule(
            2,
            json!({ "number": 20 }),
            json!([
                { "field": "host", "values": ["*.example.com"] },
                { "field": "query", "values": [{ "key": "v", "value": "1" }, { "value": "*x*" }] },
                { "field": "sourceIp", "values": ["10.0.0.0/8", "2001:db8::/32"] },
            ]),
            json!([{ "order": 2, "kind": to(BLUE) }]),
        ),
        rule(
            3,
            json!({ "number": 10 }),
            json!([{ "field": "path", "values": ["/old/*"] }]),
            json!([{ "kind": { "redirect": {
                "protocol": "HTTPS", "host": "#{host}", "port": "443", "path": "/#{path}", "query": "#{query}", "code": "HTTP_302",
            } } }]),
        ),
    ];
    let configuration = configuration(&view(&balancer, &http, &rules));
    let [served] = &configuration.balancers[0].listeners[..] else { panic!("one listener") };
    expect![[r##"
        10 [PathPattern(["/old/*"])] [Redirect(Redirect { protocol: "HTTPS", host: "#{host}", port: "443", path: "/#{path}", query: "#{query}", status: 302 })]
        20 [HostHeader(["*.example.com"]), QueryString([(Some("v"), "1"), (None, "*x*")]), SourceIp(["10.0.0.0/8", "2001:db8::/32"])] [Forward(Forward { groups: [WeightedGroup { group: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blue/2222222222222222", weight: 1 }], stickiness: None })]
        default [FixedResponse { status: 404, content_type: None, body: "no" }]
    "##]]
    .assert_eq(
        &served
            .rules
            .iter()
            .map(|r| format!("{} {:?} {:?}\n", r.priority, r.conditions, r.actions))
            .chain([format!("default {:?}\n", served.default_actions)])
            .collect::<String>(),
    );
    let addresses: Vec<String> =
        configuration.balancers[0].addresses.iter().map(|at| format!("{} {}", at.address, at.zone)).collect();
    assert_eq!(addresses, ["10.0.0.5 us-east-1a", "10.0.0.9 us-east-1b"]);
}

#[test]
fn the_order_in_which_records_are_shown_does_not_matter() {
    let balancer = load_balancer("application", json!({}));
    let http = listener("HTTP", json!({}));
    let mut rules: Vec<Rule> = (1..6)
        .map(|n| {
            rule(
                n,
                json!({ "number": n }),
                json!([{ "field": "method", "values": ["GET"] }]),
                json!([{ "kind": to(BLUE) }]),
            )
        })
        .collect();
    let group = target_group(BLUE, "HTTP", json!({}));
    let targets = [target("10.0.0.8", None), target("10.0.0.7", None)];
    let made = |rules: &[Rule], targets: &[Target]| {
        let at = |t: &Target| t.id.parse().expect("an address");
        let targets = targets.iter().map(|t| (t, at(t))).collect();
        let groups = vec![Group { group: &group, namespace: None, brings_back: false, targets }];
        configuration(&View { groups, ..view(&balancer, &http, rules) })
    };
    let before = made(&rules, &targets);
    rules.reverse();
    let turned = [targets[1].clone(), targets[0].clone()];
    assert_eq!(made(&rules, &turned), before);
}

#[test]
fn what_nothing_refers_to_is_left_out() {
    let balancer = load_balancer("application", json!({}));
    let tls =
        json!({ "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultCertificate": CERTIFICATE });
    let https = listener("HTTPS", tls);
    let rules = [rule(1, json!("default"), json!([]), json!([{ "kind": to(BLUE) }]))];
    let (blue, other) = (target_group(BLUE, "HTTP", json!({})), target_group(OTHER, "HTTP", json!({})));
    let group = |group| Group { group, namespace: None, brings_back: false, targets: Vec::new() };
    let certified = |arn| Certified {
        arn,
        chain: "PEM".to_owned(),
        key: Secret::new("key"),
        not_after: Timestamp::default(),
    };
    let made = configuration(&View {
        groups: vec![group(&other), group(&blue)],
        certificates: vec![certified("another"), certified(CERTIFICATE)],
        ..view(&balancer, &https, &rules)
    });
    assert_eq!(made.groups.iter().map(|g| g.arn.as_str()).collect::<Vec<_>>(), [BLUE]);
    assert_eq!(made.certificates.iter().map(|c| c.arn.as_str()).collect::<Vec<_>>(), [CERTIFICATE]);
    assert_eq!(
        made.balancers[0].listeners[0].tls.as_ref().map(|t| t.default_certificate.as_str()),
        Some(CERTIFICATE)
    );
    let nothing = configuration(&view(&balancer, &https, &rules));
    assert_eq!(
        (nothing.groups.len(), nothing.certificates.len()),
        (0, 0),
        "what is gone is only referred to"
    );
}

#[test]
fn attributes_say_what_they_say() {
    let balancer = load_balancer(
        "application",
        json!({
            "idle_timeout.timeout_seconds": "5",
            "routing.http.desync_mitigation_mode": "strictest",
            "routing.http.xff_header_processing.mode": "remove",
            "routing.http2.enabled": "false",
            "routing.http.x_amzn_tls_kx.enabled": "true",
            "health_check_logs.s3.enabled": "true",
            "health_check_logs.s3.bucket": "b",
        }),
    );
    let https = listener(
        "HTTPS",
        json!({ "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultCertificate": CERTIFICATE, "attributes": {
            "routing.http.response.server.enabled": "false",
            "routing.http.response.x_frame_options.header_value": "DENY",
            "routing.http.request.x_amzn_tls_version.header_name": "X-Tls",
            "routing.http.response.strict_transport_security.header_value": "max-age=1",
        } }),
    );
    let made = configuration(&view(&balancer, &https, &[]));
    let [served] = &made.balancers[..] else { panic!("one") };
    assert_eq!(served.http.idle_timeout_seconds, 5);
    assert_eq!(served.http.desync_mitigation, inert::DesyncMitigation::Strictest);
    assert_eq!(served.http.forwarded_for, inert::ForwardedFor::Remove);
    assert!(!served.http.http2 && served.cross_zone && served.http.key_exchange_header);
    assert_eq!((served.access_log, served.connection_log, served.health_check_log), (false, false, true));
    let headers = &served.listeners[0].response_headers;
    let set: Vec<(&str, &str)> = headers.set.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(set, [("Strict-Transport-Security", "max-age=1"), ("X-Frame-Options", "DENY")]);
    assert!(!headers.server);
    let tls = served.listeners[0].tls.as_ref().expect("it is encrypted");
    assert_eq!(
        (&tls.headers.version[..], &tls.headers.cipher_suite[..]),
        ("X-Tls", "X-Amzn-Tls-Cipher-Suite")
    );
}

#[test]
fn groups_are_balanced_as_their_attributes_say() {
    let group = target_group(
        BLUE,
        "HTTP",
        json!({
            "stickiness.enabled": "true",
            "stickiness.type": "app_cookie",
            "stickiness.app_cookie.cookie_name": "sid",
            "load_balancing.algorithm.type": "weighted_random",
            "load_balancing.algorithm.anomaly_mitigation": "on",
            "load_balancing.cross_zone.enabled": "false",
            "target_group_health.dns_failover.minimum_healthy_targets.count": "off",
            "deregistration_delay.timeout_seconds": "60",
        }),
    );
    let draining = target("10.0.0.7", Some(100_000));
    let made = super::group(&Group {
        group: &group,
        namespace: None,
        brings_back: false,
        targets: vec![(&draining, "10.0.0.7".parse().expect("an address"))],
    });
    let sticky = inert::Stickiness::Application { cookie: "sid".to_owned(), duration_seconds: 86_400 };
    assert_eq!(made.stickiness, Some(sticky));
    assert_eq!((made.algorithm, made.anomaly_mitigation), (inert::Algorithm::WeightedRandom, true));
    assert_eq!(made.cross_zone, inert::CrossZone::Off);
    assert_eq!(made.dns_threshold, inert::Thresholds { count: None, percentage: None });
    assert_eq!(made.routing_threshold, inert::Thresholds { count: Some(1), percentage: None });
    assert_eq!(made.targets[0].draining_since, Some(Timestamp::from_millis(40_000)));
    assert_eq!((made.health_check.path.as_str(), made.health_check.port), ("/up", None));
    assert!(!made.forward_resets);
    let forwarding = json!({ "routing.http2.rst_stream_error_forwarding.enabled": "true" });
    let mut grpc = target_group(BLUE, "HTTP", forwarding);
    grpc.protocol_version = Some(ProtocolVersion::Grpc);
    let made =
        super::group(&Group { group: &grpc, namespace: None, brings_back: false, targets: Vec::new() });
    assert!(made.forward_resets);
    let tcp = target_group(BLUE, "TCP", json!({ "proxy_protocol_v2.enabled": "true" }));
    let made = super::group(&Group { group: &tcp, namespace: None, brings_back: false, targets: Vec::new() });
    assert!(made.network.proxy_protocol && !made.network.keep_on_unhealthy);
    assert!(!made.network.preserve_client_ip);
    let draining = json!({
        "target_health_state.unhealthy.connection_termination.enabled": "false",
        "target_health_state.unhealthy.draining_interval_seconds": "90",
    });
    let draining = target_group(BLUE, "TCP", draining);
    let draining = Group { group: &draining, namespace: None, brings_back: false, targets: Vec::new() };
    let network = super::group(&draining).network;
    assert_eq!((network.keep_on_unhealthy, network.unhealthy_draining_seconds), (true, 90));
    assert_eq!(made.health_check.protocol, inert::HealthProtocol::Tcp);
    assert_eq!(made.stickiness, None);
}

#[test]
fn clients_addresses_are_preserved_where_the_group_says_so_and_answers_find_back() {
    let preserved = |protocol, attributes, brings_back| {
        let group = target_group(BLUE, protocol, attributes);
        let group = Group { group: &group, namespace: None, brings_back, targets: Vec::new() };
        super::group(&group).network.preserve_client_ip
    };
    let asked = || json!({ "preserve_client_ip.enabled": "true" });
    assert!(preserved("TCP", asked(), true));
    assert!(preserved("UDP", json!({}), true), "UDP's default");
    assert!(!preserved("TCP", json!({}), true), "TCP's default for addresses");
    assert!(!preserved("TCP", asked(), false));
}

#[test]
fn users_are_authenticated_first_and_nobody_passes_where_they_cannot_be() {
    let balancer = load_balancer("application", json!({}));
    let http = listener("HTTPS", json!({}));
    let asks = json!({ "authenticateOidc": {
        "issuer": "https://example.com", "authorizationEndpoint": "https://example.com/a", "tokenEndpoint": "https://example.com/t",
        "userInfoEndpoint": "https://example.com/u", "clientId": "c", "sealedSecret": "x", "sessionCookieName": "n", "scope": "openid",
        "sessionTimeoutS": 60, "onUnauthenticated": "authenticate",
    } });
    let actions = json!([{ "order": 2, "kind": to(BLUE) }, { "order": 1, "kind": asks }]);
    let rules = [rule(1, json!("default"), json!([]), actions)];
    let mut view = view(&balancer, &http, &rules);
    let made = |view: &View<'_>| configuration(view).balancers[0].listeners[0].default_actions.clone();
    let without = made(&view);
    assert!(matches!(without[..], [inert::Action::FixedResponse { status: 500, .. }]), "{without:?}");
    view.client_secrets.insert(rules[0].arn.clone(), Secret::new("hunter2"));
    let with = made(&view);
    let [inert::Action::AuthenticateOidc(first), inert::Action::Forward(_)] = &with[..] else {
        panic!("{with:?}");
    };
    assert_eq!(first.client_secret.reveal(), "hunter2");
    assert_eq!(first.token_endpoint.target(), "/t");
    assert_eq!(first.on_unauthenticated, inert::OnUnauthenticated::Authenticate);
    assert!(!format!("{with:?}").contains("hunter2"));
}

#[test]
fn a_port_has_a_door_on_both_loopback_addresses() {
    let balancer = load_balancer("application", json!({}));
    let (first, second) = (listener("HTTPS", json!({})), listener("HTTP", json!({ "port": 80 })));
    let other = Listener { arn: LISTENER.replace("1111", "4444").parse().expect("an ARN"), ..first.clone() };
    let served = Served {
        balancer: &balancer,
        namespace: None,
        addresses: Vec::new(),
        listeners: vec![(&other, Vec::new()), (&second, Vec::new()), (&first, Vec::new())],
    };
    let made = doors(&[served]);
    let told: Vec<String> = made
        .iter()
        .map(|door| {
            let leads: Vec<_> = door.leads.iter().map(|lead| &lead.listener[LISTENER.len() - 4..]).collect();
            format!("{} {} {leads:?}", door.address, door.port)
        })
        .collect();
    // The second and the first have one ARN in this test, and ports of their own.
    assert_eq!(
        told,
        [
            "127.0.0.1 80 [\"1111\"]",
            "::1 80 [\"1111\"]",
            "127.0.0.1 443 [\"1111\", \"4444\"]",
            "::1 443 [\"1111\", \"4444\"]"
        ]
    );
    assert_eq!(made[0].leads[0].names, ["web-0123456789abcdef.us-east-1.elb.localhost"]);
}
