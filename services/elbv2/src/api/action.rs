//! Actions of listeners and rules: what is possible on which listener, and which groups they may forward to.

use super::target_group::{check_free, check_vpc};
use crate::errors::{configuration, unsupported, validation};
use crate::{find, secret};
use ::api::elbv2::{self as a, Error};
use auth::{Cx, MasterKey};
use model::balancer::Endpoint;
use model::elbv2::{
    Action, ActionKind, Authentication, ClientSecret, Forward, LoadBalancer, LoadBalancerIpAddressType,
    LoadBalancerKind, OidcBehavior, Protocol, ProtocolVersion, Redirect, Stickiness, TargetGroup,
    TargetGroupIpAddressType, WeightedGroup,
};
use model::ids::ListenerArn;
use state::Tx;
use state::elbv2::{listener, rule};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Source: "Quotas for your Application Load Balancers", 2025.
pub(super) const MOST_GROUPS_OF_ACTION: usize = 5;
pub(crate) const MOST_GROUPS_OF_BALANCER: usize = 100;
const HEAVIEST: i32 = 999;
/// A week.
const LONGEST_S: i64 = 604_800;
const MOST_PARAMETERS: usize = 10;
/// Parameters with which every user is sent to a provider; nobody else sets them.
const OWN_PARAMETERS: [&str; 5] = ["client_id", "redirect_uri", "response_type", "scope", "state"];
/// Characters of a text of an authentication. Not established for AWS.
const LONGEST_TEXT: usize = 2048;

const CONTENT_TYPES: [&str; 5] =
    ["text/plain", "text/css", "text/html", "application/javascript", "application/json"];

/// Where actions are to be.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) balancer: &'a LoadBalancer,
    pub(super) listener: &'a ListenerArn,
    pub(super) protocol: Protocol,
    /// What was there before, of which a secret may be kept.
    pub(super) before: &'a [Action],
    /// What seals a secret: a rule has one at most.
    pub(super) key: &'a MasterKey,
    /// Never given to the key before.
    pub(super) random: [u8; 16],
}

/// Actions of a request, in the order in which they are done.
pub(super) fn read(
    from: &Tx<'_>,
    cx: &Cx,
    place: &Place<'_>,
    given: &[a::Action],
) -> Result<Vec<Action>, Error> {
    if given.is_empty() {
        return Err(validation("At least one action must be specified"));
    }
    let mut actions = Vec::with_capacity(given.len().min(2));
    check_count(given)?;
    for given in given {
        actions.push(action(from, cx, place, given)?);
    }
    if actions.len() > 1 && actions.iter().any(|action| action.order.is_none()) {
        return Err(validation("An order must be specified for each of several actions"));
    }
    actions.sort_by_key(|action| action.order);
    if actions.windows(2).any(|pair| pair[0].order == pair[1].order) {
        return Err(validation("Each of several actions must have an order of its own"));
    }
    let finals = actions.iter().filter(|action| is_final(action)).count();
    if finals != 1 || !actions.last().is_some_and(is_final) {
        return Err(Error::invalid_load_balancer_action(
            "The last action must be the only one of type forward, redirect, or fixed-response",
        ));
    }
    check_groups(from, place, &actions)?;
    Ok(actions)
}

/// One that authenticates and one that ends are the most that a rule can have.
fn check_count(given: &[a::Action]) -> Result<(), Error> {
    match given.len() > 2 {
        true => {
            Err(Error::too_many_actions("You've reached the limit of 2 on the number of actions per rule"))
        }
        false => Ok(()),
    }
}

fn is_final(action: &Action) -> bool {
    match action.kind {
        ActionKind::Forward(_) | ActionKind::Redirect(_) | ActionKind::FixedResponse { .. } => true,
        ActionKind::AuthenticateOidc(_) => false,
    }
}

fn action(from: &Tx<'_>, cx: &Cx, place: &Place<'_>, given: &a::Action) -> Result<Action, Error> {
    let kind = given.r#type.as_str();
    for (config, there) in [
        ("redirect", given.redirect_config.is_some()),
        ("fixed-response", given.fixed_response_config.is_some()),
        ("forward", given.forward_config.is_some() || given.target_group_arn.is_some()),
        ("authenticate-oidc", given.authenticate_oidc_config.is_some()),
        ("authenticate-cognito", given.authenticate_cognito_config.is_some()),
        ("jwt-validation", given.jwt_validation_config.is_some()),
    ] {
        if there && config != kind {
            return Err(Error::invalid_load_balancer_action(format!(
                "A configuration of type '{config}' cannot be specified for an action of type '{kind}'"
            )));
        }
    }
    if place.balancer.kind == LoadBalancerKind::Network && kind != "forward" {
        return Err(Error::invalid_load_balancer_action(format!(
            "Actions of type '{kind}' are not supported for load balancers of type 'network'"
        )));
    }
    let missing = || {
        Error::invalid_load_balancer_action(format!(
            "A configuration must be specified for an action of type '{kind}'"
        ))
    };
    let action = match kind {
        "forward" => ActionKind::Forward(forward(from, cx, place, given)?),
        "redirect" => {
            ActionKind::Redirect(redirect(place, given.redirect_config.as_ref().ok_or_else(missing)?)?)
        }
        "fixed-response" => fixed(given.fixed_response_config.as_ref().ok_or_else(missing)?)?,
        "authenticate-oidc" => {
            let config = given.authenticate_oidc_config.as_ref().ok_or_else(missing)?;
            ActionKind::AuthenticateOidc(Box::new(oidc(place, config)?))
        }
        other => return Err(unsupported(format!("actions of type '{other}'"))),
    };
    Ok(Action { order: given.order.and_then(|n| u32::try_from(n).ok()), kind: action })
}

fn forward(from: &Tx<'_>, cx: &Cx, place: &Place<'_>, given: &a::Action) -> Result<Forward, Error> {
    let config = given.forward_config.as_ref();
    let tuples = config.and_then(|config| config.target_groups.as_deref()).unwrap_or_default();
    let mut groups: Vec<WeightedGroup> = Vec::new();
    for tuple in tuples {
        let arn = tuple
            .target_group_arn
            .as_deref()
            .ok_or_else(|| validation("A target group ARN must be specified"))?;
        let weight = tuple.weight.unwrap_or(1);
        if !(0..=HEAVIEST).contains(&weight) {
            return Err(validation(format!(
                "Target group weight '{weight}' must be between '0-{HEAVIEST}' inclusive"
            )));
        }
        let group = find::target_group(from, cx, arn)?.arn.clone();
        if groups.iter().any(|before| before.group == group) {
            return Err(validation(format!("Target group '{group}' was provided multiple times")));
        }
        groups.push(WeightedGroup { group, weight: weight.unsigned_abs() });
    }
    if let Some(arn) = &given.target_group_arn {
        let group = find::target_group(from, cx, arn)?.arn.clone();
        match groups.as_slice() {
            [] => groups.push(WeightedGroup { group, weight: 1 }),
            [only] if only.group == group => {}
            _ => {
                return Err(validation(
                    "If a target group ARN is specified, ForwardConfig can have that target group only",
                ));
            }
        }
    }
    if groups.is_empty() {
        return Err(validation("A target group must be specified for an action of type 'forward'"));
    }
    if groups.len() > MOST_GROUPS_OF_ACTION {
        return Err(Error::too_many_target_groups(format!(
            "You've reached the limit of {MOST_GROUPS_OF_ACTION} on the number of target groups per action"
        )));
    }
    let stickiness = config.and_then(|config| config.target_group_stickiness_config.as_ref());
    let lasts = place.protocol.is_application();
    Ok(Forward { groups, stickiness: stickiness.map(|given| sticky(given, lasts)).transpose()? })
}

/// `lasts`: how long a client stays is to be said. Clients of network load balancers are known by their addresses, for as long as these are theirs.
fn sticky(given: &a::TargetGroupStickinessConfig, lasts: bool) -> Result<Stickiness, Error> {
    let enabled = given.enabled == Some(true);
    let duration_s = match given.duration_seconds {
        Some(s) if !(1..=LONGEST_S).contains(&i64::from(s)) => {
            return Err(validation(format!(
                "Target group stickiness duration '{s}' must be between '1-{LONGEST_S}' inclusive"
            )));
        }
        Some(s) => Some(s.unsigned_abs()),
        None if enabled && lasts => {
            return Err(validation(
                "A stickiness duration must be specified when target group stickiness is enabled",
            ));
        }
        None => None,
    };
    Ok(Stickiness { enabled, duration_s })
}

fn redirect(place: &Place<'_>, given: &a::RedirectActionConfig) -> Result<Redirect, Error> {
    let part = |given: &Option<String>, usual: &str| given.clone().unwrap_or_else(|| usual.to_owned());
    let redirect = Redirect {
        protocol: part(&given.protocol, "#{protocol}"),
        host: part(&given.host, "#{host}"),
        port: part(&given.port, "#{port}"),
        path: part(&given.path, "/#{path}"),
        query: part(&given.query, "#{query}"),
        code: given
            .status_code
            .as_str()
            .parse()
            .map_err(|_| validation("The redirect status code is not valid"))?,
    };
    if !["HTTP", "HTTPS", "#{protocol}"].contains(&redirect.protocol.as_str()) {
        return Err(invalid_redirect("the protocol must be HTTP, HTTPS, or #{protocol}"));
    }
    let port = redirect.port.parse::<u16>().ok().filter(|port| *port > 0);
    if redirect.port != "#{port}" && port.is_none() {
        return Err(invalid_redirect("the port must be from 1 to 65535, or #{port}"));
    }
    if !redirect.path.starts_with('/') {
        return Err(invalid_redirect("the path must begin with '/'"));
    }
    if place.protocol == Protocol::Https && redirect.protocol == "HTTP" {
        return Err(invalid_redirect("HTTPS cannot be redirected to HTTP"));
    }
    let same_protocol = redirect.protocol == "#{protocol}" || redirect.protocol == place.protocol.as_str();
    if same_protocol
        && (&*redirect.host, &*redirect.port, &*redirect.path) == ("#{host}", "#{port}", "/#{path}")
    {
        return Err(Error::invalid_load_balancer_action(
            "The redirect configuration is not valid because it creates a loop.",
        ));
    }
    Ok(redirect)
}

fn invalid_redirect(why: &str) -> Error {
    Error::invalid_load_balancer_action(format!("The redirect configuration is not valid: {why}."))
}

fn fixed(given: &a::FixedResponseActionConfig) -> Result<ActionKind, Error> {
    let code = given.status_code.as_str();
    let status = Some(code).filter(|code| code.len() == 3).and_then(|code| code.parse::<u16>().ok());
    let status = status.filter(|status| matches!(status, 200..=299 | 400..=599)).ok_or_else(|| {
        let shown: String = code.chars().take(64).collect();
        validation(format!("The fixed response status code '{shown}' must be a 2XX, 4XX, or 5XX code"))
    })?;
    if let Some(kind) = given.content_type.as_deref().filter(|kind| !CONTENT_TYPES.contains(kind)) {
        let shown: String = kind.chars().take(64).collect();
        return Err(Error::invalid_load_balancer_action(format!(
            "The ContentType '{shown}' must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', 'text/plain'"
        )));
    }
    Ok(ActionKind::FixedResponse {
        status,
        content_type: given.content_type.clone(),
        body: given.message_body.clone(),
    })
}

fn oidc(place: &Place<'_>, given: &a::AuthenticateOidcActionConfig) -> Result<Authentication, Error> {
    let invalid = |text: String| Error::invalid_load_balancer_action(text);
    if place.protocol != Protocol::Https {
        return Err(invalid(
            "Actions of type 'authenticate-oidc' are supported for HTTPS listeners only".to_owned(),
        ));
    }
    for (what, url) in [
        ("Issuer", &given.issuer),
        ("AuthorizationEndpoint", &given.authorization_endpoint),
        ("TokenEndpoint", &given.token_endpoint),
        ("UserInfoEndpoint", &given.user_info_endpoint),
    ] {
        if url.len() > LONGEST_TEXT || url.parse::<Endpoint>().is_err() {
            return Err(invalid(format!(
                "The {what} of an authenticate-oidc action must be a full URL with the HTTPS protocol"
            )));
        }
    }
    if given.client_id.is_empty() || given.client_id.len() > LONGEST_TEXT {
        return Err(invalid("The ClientId of an authenticate-oidc action must be specified".to_owned()));
    }
    let extra = given.authentication_request_extra_params.clone().unwrap_or_default();
    let long = extra.iter().any(|(key, value)| key.len().max(value.len()) > LONGEST_TEXT);
    if extra.len() > MOST_PARAMETERS || long {
        return Err(invalid(format!(
            "Up to {MOST_PARAMETERS} extra parameters can be specified for an authenticate-oidc action"
        )));
    }
    if let Some(name) = extra.keys().find(|name| OWN_PARAMETERS.contains(&name.as_str())) {
        return Err(invalid(format!(
            "The extra parameter '{name}' of an authenticate-oidc action is one of the load balancer's own"
        )));
    }
    let timeout = given.session_timeout.unwrap_or(LONGEST_S);
    if !(1..=LONGEST_S).contains(&timeout) {
        return Err(validation(format!(
            "Session timeout '{timeout}' must be between '1-{LONGEST_S}' inclusive"
        )));
    }
    let behavior =
        given.on_unauthenticated_request.as_ref().map_or("authenticate", |behavior| behavior.as_str());
    let on_unauthenticated: OidcBehavior = behavior
        .parse()
        .map_err(|_| validation("OnUnauthenticatedRequest must be one of 'deny, allow, authenticate'"))?;
    Ok(Authentication {
        issuer: given.issuer.clone(),
        authorization_endpoint: given.authorization_endpoint.clone(),
        token_endpoint: given.token_endpoint.clone(),
        user_info_endpoint: given.user_info_endpoint.clone(),
        client_id: given.client_id.clone(),
        client_secret: client_secret(place, given)?,
        session_cookie_name: cookie(given.session_cookie_name.as_deref())?,
        scope: scope(given.scope.as_deref())?,
        session_timeout_s: timeout.unsigned_abs(),
        extra_parameters: extra,
        on_unauthenticated,
    })
}

fn scope(given: Option<&str>) -> Result<String, Error> {
    let scope = given.unwrap_or("openid");
    match scope.chars().count() > LONGEST_TEXT {
        true => Err(validation(format!("The scope is too long; the limit is '{LONGEST_TEXT}'"))),
        false => Ok(scope.to_owned()),
    }
}

fn cookie(given: Option<&str>) -> Result<String, Error> {
    let name = given.unwrap_or("AWSELBAuthSessionCookie");
    let good = !name.is_empty()
        && name.len() <= 256
        && name.bytes().all(|b| b.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&b));
    match good {
        true => Ok(name.to_owned()),
        false => Err(validation("The session cookie name is not valid")),
    }
}

/// The secret that was given, or the one that is there where a change says to keep it.
fn client_secret(place: &Place<'_>, given: &a::AuthenticateOidcActionConfig) -> Result<ClientSecret, Error> {
    if let Some(secret) = given.client_secret.as_ref().filter(|secret| !secret.is_empty()) {
        if secret.len() > LONGEST_TEXT {
            return Err(validation("The client secret is too long"));
        }
        return Ok(secret::seal(place.key, place.listener, secret, place.random));
    }
    let before = place.before.iter().find_map(|action| match &action.kind {
        ActionKind::AuthenticateOidc(authentication) => Some(authentication.client_secret.clone()),
        ActionKind::Forward(_) | ActionKind::Redirect(_) | ActionKind::FixedResponse { .. } => None,
    });
    let kept = before.filter(|_| given.use_existing_client_secret == Some(true));
    kept.ok_or_else(|| {
        validation("A client secret must be specified for an action of type 'authenticate-oidc'")
    })
}

/// Whether the groups can be sent to from there.
fn check_groups(from: &Tx<'_>, place: &Place<'_>, actions: &[Action]) -> Result<(), Error> {
    let forwards = actions.iter().filter_map(Action::forward).flat_map(|forward| &forward.groups);
    for weighted in forwards {
        let group: Arc<TargetGroup> = from.get::<TargetGroup>(&weighted.group).expect("it was just read");
        check_vpc(&group, place.balancer)?;
        check_protocols(place.protocol, &group)?;
        check_addresses(place.balancer, &group)?;
        check_free(from, &group, &place.balancer.arn)?;
    }
    Ok(())
}

/// Whether a load balancer has addresses of the family by which it would speak to the targets.
pub(super) fn check_addresses(balancer: &LoadBalancer, group: &TargetGroup) -> Result<(), Error> {
    let alike = group.ip_address_type == TargetGroupIpAddressType::Ipv4
        || balancer.ip_address_type != LoadBalancerIpAddressType::Ipv4;
    match alike {
        true => Ok(()),
        // Not established: AWS's words.
        false => Err(configuration(format!(
            "Target group '{}' has the IP address type ipv6, which takes a dualstack load balancer",
            group.arn
        ))),
    }
}

fn check_protocols(listener: Protocol, group: &TargetGroup) -> Result<(), Error> {
    let possible = match listener {
        Protocol::Http | Protocol::Https => group.protocol.is_application(),
        Protocol::Tcp => matches!(group.protocol, Protocol::Tcp | Protocol::TcpUdp),
        Protocol::Tls => matches!(group.protocol, Protocol::Tcp | Protocol::Tls),
        Protocol::Udp => matches!(group.protocol, Protocol::Udp | Protocol::TcpUdp),
        Protocol::TcpUdp => group.protocol == Protocol::TcpUdp,
    };
    if !possible {
        return Err(Error::incompatible_protocols(format!(
            "Listener protocol '{listener}' is not compatible with target group protocol '{}'",
            group.protocol
        )));
    }
    let version = group.protocol_version.filter(|version| *version != ProtocolVersion::Http1);
    match version {
        Some(version) if listener == Protocol::Http => Err(configuration(format!(
            "Listener protocol 'HTTP' is not supported with a target group with the protocol-version '{version}'"
        ))),
        _ => Ok(()),
    }
}

/// Whether a load balancer forwards to no more groups than it may, after a change that was just made.
pub(super) fn check_unique_groups(from: &Tx<'_>, balancer: &LoadBalancer) -> Result<(), Error> {
    match groups_of(from, balancer).len() > MOST_GROUPS_OF_BALANCER {
        true => Err(Error::too_many_unique_target_groups_per_load_balancer(format!(
            "You've reached the limit of {MOST_GROUPS_OF_BALANCER} on the number of unique target groups per load balancer"
        ))),
        false => Ok(()),
    }
}

/// The groups that the rules of a load balancer lead to, each once.
pub(super) fn groups_of(from: &Tx<'_>, balancer: &LoadBalancer) -> Vec<Arc<TargetGroup>> {
    let listeners = from.by_index(listener::BY_LOAD_BALANCER, &balancer.arn);
    let rules = listeners.flat_map(|listener| from.by_index(rule::BY_LISTENER, &listener.arn));
    let groups: BTreeSet<String> = rules.flat_map(|rule| rule.groups().map(ToString::to_string)).collect();
    groups.iter().filter_map(|arn| from.get::<TargetGroup>(arn)).collect()
}
