//! Records to shapes, in one place.

use ::api::Timestamp;
use ::api::elbv2::{self as a, EnablePrefixForIpv6SourceNatEnum};
use model::ec2::NetworkInterface;
use model::elbv2::{
    Action, ActionKind, Authentication, BalancerSubnet, Condition, Forward, Listener, LoadBalancer,
    LoadBalancerKind, Matcher, Redirect, Rule, TargetGroup,
};
use state::Snapshot;
use state::elbv2::{load_balancer as balancers, rule as rules, target_group as groups};

pub(crate) fn load_balancer(balancer: &LoadBalancer, from: &Snapshot) -> a::LoadBalancer {
    let (state, reason) = balancers::state(from, &balancer.arn);
    let security_groups = balancer.security_groups.iter().map(ToString::to_string);
    a::LoadBalancer {
        load_balancer_arn: Some(balancer.arn.to_string()),
        dns_name: Some(balancer.dns_name()),
        canonical_hosted_zone_id: Some(hosted_zone(balancer).to_owned()),
        created_time: Some(instant(balancer.created_at)),
        load_balancer_name: Some(balancer.name.clone()),
        scheme: Some(balancer.scheme.as_str().into()),
        vpc_id: Some(balancer.vpc.to_string()),
        state: Some(a::LoadBalancerState { code: Some(state.as_str().into()), reason }),
        r#type: Some(balancer.kind.as_str().into()),
        availability_zones: Some(zones(balancer, from)),
        security_groups: Some(security_groups.collect()),
        ip_address_type: Some(balancer.ip_address_type.as_str().into()),
        enforce_security_group_inbound_rules_on_private_link_traffic: private_link(balancer)
            .map(str::to_owned),
        enable_prefix_for_ipv6_source_nat: source_nat(balancer),
        ..a::LoadBalancer::default()
    }
}

/// Whether rules are asked about PrivateLink: of network load balancers with security groups. The default is on.
pub(crate) fn private_link(balancer: &LoadBalancer) -> Option<&'static str> {
    let asked = balancer.kind == LoadBalancerKind::Network && !balancer.security_groups.is_empty();
    asked.then(|| if balancer.private_link_rules == Some(false) { "off" } else { "on" })
}

pub(crate) fn source_nat(balancer: &LoadBalancer) -> Option<EnablePrefixForIpv6SourceNatEnum> {
    (balancer.kind == LoadBalancerKind::Network).then_some(EnablePrefixForIpv6SourceNatEnum::Off)
}

pub(crate) fn zones(balancer: &LoadBalancer, from: &Snapshot) -> Vec<a::AvailabilityZone> {
    let zone = |place: &BalancerSubnet| a::AvailabilityZone {
        zone_name: Some(place.zone.clone()),
        subnet_id: Some(place.subnet.to_string()),
        load_balancer_addresses: Some(addresses(place, from)),
        ..a::AvailabilityZone::default()
    };
    balancer.subnets.iter().map(zone).collect()
}

/// The addresses that were asked for; those that were chosen are not shown.
fn addresses(place: &BalancerSubnet, from: &Snapshot) -> Vec<a::LoadBalancerAddress> {
    let interface = from.get::<NetworkInterface>(&place.interface);
    let public = interface.and_then(|i| i.public_address()).map(|public| public.address.to_string());
    match (&place.allocation, place.private_address) {
        (Some(allocation), _) => vec![a::LoadBalancerAddress {
            ip_address: public,
            allocation_id: Some(allocation.to_string()),
            ..a::LoadBalancerAddress::default()
        }],
        (None, Some(private)) => vec![a::LoadBalancerAddress {
            private_ipv4_address: Some(private.to_string()),
            ..a::LoadBalancerAddress::default()
        }],
        (None, None) => Vec::new(),
    }
}

/// Region, and the hosted zones of names of application and of network load balancers. Source: "Elastic Load Balancing endpoints and quotas",
/// AWS general reference, 2025.
const HOSTED_ZONES: &[(&str, &str, &str)] = &[
    ("us-east-1", "Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"),
    ("us-east-2", "Z3AADJGX6KTTL2", "ZLMOA37VPKANP"),
    ("us-west-1", "Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"),
    ("us-west-2", "Z1H1FL5HABSF5", "Z18D5FSROUN65G"),
    ("ap-south-1", "ZP97RAFLXTNZK", "ZVDDRBQ08TROA"),
    ("ap-northeast-1", "Z14GRHDCWA56QT", "Z31USIVHYNEOWT"),
    ("ap-northeast-2", "ZWKZPGTI48KDX", "ZIBE1TIR4HY56"),
    ("ap-northeast-3", "Z5LXEXXYW11ES", "Z1GWIQ4HH19I5X"),
    ("ap-southeast-1", "Z1LMS91P8CMLE5", "ZKVM4W9LS7TM"),
    ("ap-southeast-2", "Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD"),
    ("ca-central-1", "ZQSVJUPU6J1EY", "Z2EPGBW3API2WT"),
    ("eu-central-1", "Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"),
    ("eu-west-1", "Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"),
    ("eu-west-2", "ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"),
    ("eu-west-3", "Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5"),
    ("eu-north-1", "Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM"),
    ("sa-east-1", "Z2P70J7HTTTPLU", "ZTK26PT1VY4CU"),
];

/// The hosted zone of a load balancer's name.
// AWS differs: a region that is not in the table has the first one's, since a region may have any name here.
fn hosted_zone(balancer: &LoadBalancer) -> &'static str {
    let known = HOSTED_ZONES.iter().find(|(region, ..)| *region == balancer.scope.region);
    let (_, application, network) = known.unwrap_or(&HOSTED_ZONES[0]);
    match balancer.kind {
        LoadBalancerKind::Application => application,
        LoadBalancerKind::Network => network,
    }
}

pub(crate) fn target_group(group: &TargetGroup, from: &Snapshot) -> a::TargetGroup {
    let check = &group.health_check;
    let number = |n: u32| i32::try_from(n).ok();
    let matcher = check.matcher.as_ref().map(|matcher| match matcher {
        Matcher::Http(codes) => a::Matcher { http_code: Some(codes.clone()), grpc_code: None },
        Matcher::Grpc(codes) => a::Matcher { http_code: None, grpc_code: Some(codes.clone()) },
    });
    a::TargetGroup {
        target_group_arn: Some(group.arn.to_string()),
        target_group_name: Some(group.name.clone()),
        protocol: Some(group.protocol.as_str().into()),
        port: Some(group.port.into()),
        vpc_id: Some(group.vpc.to_string()),
        health_check_protocol: Some(check.protocol.as_str().into()),
        health_check_port: Some(check.port.to_string()),
        health_check_enabled: Some(true),
        health_check_interval_seconds: number(check.interval_s),
        health_check_timeout_seconds: number(check.timeout_s),
        healthy_threshold_count: number(check.healthy_threshold),
        unhealthy_threshold_count: number(check.unhealthy_threshold),
        health_check_path: check.path.clone(),
        matcher,
        load_balancer_arns: Some(
            groups::load_balancers(from, &group.arn).iter().map(ToString::to_string).collect(),
        ),
        target_type: Some(group.target_type.as_str().into()),
        protocol_version: group.protocol_version.map(|version| version.as_str().to_owned()),
        ip_address_type: Some(group.ip_address_type.as_str().into()),
        target_control_port: None,
    }
}

pub(crate) fn listener(listener: &Listener, from: &Snapshot) -> a::Listener {
    let default = rules::at(from.table(), &listener.arn, model::elbv2::Priority::Default);
    let certificate = |arn: &model::ids::CertificateArn| a::Certificate {
        certificate_arn: Some(arn.to_string()),
        is_default: None,
    };
    a::Listener {
        listener_arn: Some(listener.arn.to_string()),
        load_balancer_arn: Some(listener.load_balancer.to_string()),
        port: Some(listener.port.into()),
        protocol: Some(listener.protocol.as_str().into()),
        certificates: listener.default_certificate.as_ref().map(|arn| vec![certificate(arn)]),
        ssl_policy: listener.ssl_policy.clone(),
        default_actions: Some(default.map(|rule| actions(&rule.actions)).unwrap_or_default()),
        alpn_policy: listener.alpn.map(|policy| vec![policy.as_str().to_owned()]),
        mutual_authentication: listener.protocol.has_tls().then(|| a::MutualAuthenticationAttributes {
            mode: Some("off".to_owned()),
            ..a::MutualAuthenticationAttributes::default()
        }),
    }
}

pub(crate) fn rule(rule: &Rule) -> a::Rule {
    a::Rule {
        rule_arn: Some(rule.arn.to_string()),
        priority: Some(rule.priority.to_string()),
        conditions: Some(rule.conditions.iter().map(condition).collect()),
        actions: Some(actions(&rule.actions)),
        is_default: Some(rule.is_default()),
        transforms: Some(Vec::new()),
    }
}

fn condition(condition: &Condition) -> a::RuleCondition {
    let empty = |field: &str, values: &[String]| a::RuleCondition {
        field: Some(field.to_owned()),
        values: Some(values.to_vec()).filter(|values| !values.is_empty()),
        ..a::RuleCondition::default()
    };
    match condition {
        Condition::Host { values } => a::RuleCondition {
            host_header_config: Some(a::HostHeaderConditionConfig {
                values: Some(values.clone()),
                regex_values: None,
            }),
            ..empty("host-header", values)
        },
        Condition::Path { values } => a::RuleCondition {
            path_pattern_config: Some(a::PathPatternConditionConfig {
                values: Some(values.clone()),
                regex_values: None,
            }),
            ..empty("path-pattern", values)
        },
        Condition::Header { name, values } => a::RuleCondition {
            http_header_config: Some(a::HttpHeaderConditionConfig {
                http_header_name: Some(name.clone()),
                values: Some(values.clone()),
                regex_values: None,
            }),
            ..empty("http-header", &[])
        },
        Condition::Method { values } => a::RuleCondition {
            http_request_method_config: Some(a::HttpRequestMethodConditionConfig {
                values: Some(values.clone()),
            }),
            ..empty("http-request-method", &[])
        },
        Condition::Query { values } => {
            let pairs = values.iter().map(|pair| a::QueryStringKeyValuePair {
                key: pair.key.clone(),
                value: Some(pair.value.clone()),
            });
            a::RuleCondition {
                query_string_config: Some(a::QueryStringConditionConfig { values: Some(pairs.collect()) }),
                ..empty("query-string", &[])
            }
        }
        Condition::SourceIp { values } => a::RuleCondition {
            source_ip_config: Some(a::SourceIpConditionConfig {
                values: Some(values.iter().map(ToString::to_string).collect()),
                ip_address_type: None,
            }),
            ..empty("source-ip", &[])
        },
    }
}

pub(crate) fn actions(actions: &[Action]) -> Vec<a::Action> {
    actions.iter().map(action).collect()
}

fn action(action: &Action) -> a::Action {
    let shown = a::Action { order: action.order.and_then(|n| i32::try_from(n).ok()), ..a::Action::default() };
    match &action.kind {
        ActionKind::Forward(forward) => forwarding(forward, shown),
        ActionKind::Redirect(redirect) => {
            let Redirect { protocol, host, port, path, query, code } = redirect.clone();
            a::Action {
                r#type: a::ActionTypeEnum::Redirect,
                redirect_config: Some(a::RedirectActionConfig {
                    protocol: Some(protocol),
                    port: Some(port),
                    host: Some(host),
                    path: Some(path),
                    query: Some(query),
                    status_code: code.as_str().into(),
                }),
                ..shown
            }
        }
        ActionKind::FixedResponse { status, content_type, body } => a::Action {
            r#type: a::ActionTypeEnum::FixedResponse,
            fixed_response_config: Some(a::FixedResponseActionConfig {
                message_body: body.clone(),
                status_code: status.to_string(),
                content_type: content_type.clone(),
            }),
            ..shown
        },
        ActionKind::AuthenticateOidc(authentication) => a::Action {
            r#type: a::ActionTypeEnum::AuthenticateOidc,
            authenticate_oidc_config: Some(oidc(authentication)),
            ..shown
        },
    }
}

fn forwarding(forward: &Forward, shown: a::Action) -> a::Action {
    let tuples = forward.groups.iter().map(|group| a::TargetGroupTuple {
        target_group_arn: Some(group.group.to_string()),
        weight: i32::try_from(group.weight).ok(),
    });
    let only = forward.groups.first().filter(|_| forward.groups.len() == 1);
    let stickiness = forward.stickiness.as_ref();
    a::Action {
        r#type: a::ActionTypeEnum::Forward,
        target_group_arn: only.map(|group| group.group.to_string()),
        forward_config: Some(a::ForwardActionConfig {
            target_groups: Some(tuples.collect()),
            target_group_stickiness_config: Some(a::TargetGroupStickinessConfig {
                enabled: Some(stickiness.is_some_and(|s| s.enabled)),
                duration_seconds: stickiness.and_then(|s| s.duration_s).and_then(|s| i32::try_from(s).ok()),
            }),
        }),
        ..shown
    }
}

/// Without the client's secret, which is not shown.
fn oidc(authentication: &Authentication) -> a::AuthenticateOidcActionConfig {
    let extra = authentication.extra_parameters.clone();
    a::AuthenticateOidcActionConfig {
        issuer: authentication.issuer.clone(),
        authorization_endpoint: authentication.authorization_endpoint.clone(),
        token_endpoint: authentication.token_endpoint.clone(),
        user_info_endpoint: authentication.user_info_endpoint.clone(),
        client_id: authentication.client_id.clone(),
        client_secret: None,
        session_cookie_name: Some(authentication.session_cookie_name.clone()),
        scope: Some(authentication.scope.clone()),
        session_timeout: i64::try_from(authentication.session_timeout_s).ok(),
        authentication_request_extra_params: Some(extra).filter(|extra| !extra.is_empty()),
        on_unauthenticated_request: Some(authentication.on_unauthenticated.as_str().into()),
        use_existing_client_secret: None,
    }
}

fn instant(at: model::Timestamp) -> Timestamp {
    Timestamp::from_epoch_ms(at.millis())
}
