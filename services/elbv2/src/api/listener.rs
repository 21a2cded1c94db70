//! Listeners: made, shown, changed and deleted. The default actions are those of the default rule, which lives and dies with the listener.

use super::action::{self, Place};
use super::certificate;
use super::load_balancer::check_count;
use crate::errors::{configuration, unsupported, validation};
use crate::service::Elbv2;
use crate::{convert, find, page, policy, secret, tagging};
use ::api::elbv2::{
    self as a, CreateListenerInput, CreateListenerOutput, DeleteListenerInput, DeleteListenerOutput,
    DescribeListenersInput, DescribeListenersOutput, Error, ErrorCode, ModifyListenerInput,
    ModifyListenerOutput,
};
use auth::{Cx, MasterKey};
use model::elbv2::{
    AlpnPolicy, Attributes, Listener, LoadBalancer, LoadBalancerKind, Priority, Protocol, Rule, attribute,
};
use model::ids::{CertificateArn, ListenerArn, RuleArn};
use state::Tx;
use state::ec2::Draw;
use state::elbv2::{listener, load_balancer, rule};
use std::sync::Arc;

/// Listeners of one load balancer. Source: "Quotas for your Application Load Balancers", 2025.
pub(crate) const MOST: usize = 50;

/// What a listener without one gets.
const USUAL_POLICY: &str = "ELBSecurityPolicy-2016-08";

pub(crate) async fn create_listener(
    elbv2: &Elbv2,
    cx: &Cx,
    input: CreateListenerInput,
) -> Result<CreateListenerOutput, Error> {
    refuse_mutual(input.mutual_authentication.as_ref())?;
    let arn = elbv2.change(cx, |tx, draw| create(tx, cx, &elbv2.key, &input, draw)).await?;
    let snapshot = elbv2.state.snapshot();
    let made = find::listener(&snapshot, cx, arn.as_str())?;
    Ok(CreateListenerOutput { listeners: Some(vec![convert::listener(&made, &snapshot)]) })
}

fn refuse_mutual(given: Option<&a::MutualAuthenticationAttributes>) -> Result<(), Error> {
    let Some(given) = given else { return Ok(()) };
    let others = given.trust_store_arn.is_some()
        || given.ignore_client_certificate_expiry == Some(true)
        || given.advertise_trust_store_ca_names.is_some();
    match given.mode.as_deref() {
        None | Some("off") if !others => Ok(()),
        _ => Err(unsupported("mutual authentication")),
    }
}

fn create(
    tx: &mut Tx<'_>,
    cx: &Cx,
    key: &MasterKey,
    input: &CreateListenerInput,
    draw: Draw<'_>,
) -> Result<ListenerArn, Error> {
    let balancer = find::load_balancer(tx, cx, &input.load_balancer_arn)?;
    let protocol =
        input.protocol.as_ref().ok_or_else(|| validation("A listener protocol must be specified"))?;
    let protocol = check_protocol(balancer.kind, protocol.as_str())?;
    let port = port(input.port.ok_or_else(|| validation("A listener port must be specified"))?)?;
    let tls = tls(tx, cx, protocol, input.ssl_policy.as_deref(), input.certificates.as_deref(), None)?;
    let arn = ListenerArn::new(&balancer.arn, draw());
    let listener = Listener {
        arn: arn.clone(),
        load_balancer: balancer.arn.clone(),
        protocol,
        port,
        ssl_policy: tls.policy,
        default_certificate: tls.certificate,
        certificates: Vec::new(),
        alpn: alpn(protocol, input.alpn_policy.as_deref())?,
        attributes: Attributes::default(),
        created_at: cx.now,
        tags: tagging::read(input.tags.as_deref())?,
    };
    let place = Place { balancer: &balancer, listener: &arn, protocol, before: &[], key, random: draw() };
    let actions = action::read(tx, cx, &place, &input.default_actions)?;
    let mut others = tx.by_index(listener::BY_LOAD_BALANCER, &balancer.arn);
    if let Some(before) = others.find(|other| other.port == port) {
        let rule = rule::at(tx.table(), &before.arn, Priority::Default);
        let same = is_same(before, &listener)
            && rule.is_some_and(|rule| secret::is_same(key, (&before.arn, &rule.actions), (&arn, &actions)));
        return if same { Ok(before.arn.clone()) } else { Err(taken(&balancer)) };
    }
    if tx.by_index(listener::BY_LOAD_BALANCER, &balancer.arn).count() >= MOST {
        return Err(Error::too_many_listeners(format!(
            "You've reached the limit of {MOST} on the number of listeners per load balancer"
        )));
    }
    tx.put(listener);
    let rule = RuleArn::new(&arn, draw());
    tx.put(Rule {
        arn: rule,
        listener: arn.clone(),
        priority: Priority::Default,
        conditions: Vec::new(),
        actions,
        tags: Vec::new(),
    });
    action::check_unique_groups(tx, &balancer)?;
    Ok(arn)
}

fn is_same(before: &Listener, wanted: &Listener) -> bool {
    let shape = |l: &Listener| (l.protocol, l.ssl_policy.clone(), l.default_certificate.clone(), l.alpn);
    shape(before) == shape(wanted) && tagging::same(&before.tags, &wanted.tags)
}

fn taken(balancer: &LoadBalancer) -> Error {
    Error::duplicate_listener(format!(
        "A listener already exists on this port for this load balancer '{}'",
        balancer.arn
    ))
}

fn check_protocol(kind: LoadBalancerKind, text: &str) -> Result<Protocol, Error> {
    let (possible, shown): (&[Protocol], _) = match kind {
        LoadBalancerKind::Application => (&[Protocol::Https, Protocol::Http], "HTTPS, HTTP"),
        LoadBalancerKind::Network => {
            (&[Protocol::Tls, Protocol::Tcp, Protocol::Udp, Protocol::TcpUdp], "TLS, TCP, UDP, TCP_UDP")
        }
    };
    let found = text.parse().ok().filter(|protocol| possible.contains(protocol));
    found.ok_or_else(|| validation(format!("Listener protocol '{text}' must be one of '{shown}'")))
}

fn port(port: i32) -> Result<u16, Error> {
    let number = u16::try_from(port).ok().filter(|port| *port > 0);
    number.ok_or_else(|| validation(format!("Listener port '{port}' must be between '1-65535' inclusive")))
}

/// Security policy and default certificate: there with TLS, and with nothing else.
struct Tls {
    policy: Option<String>,
    certificate: Option<CertificateArn>,
}

fn tls(
    from: &Tx<'_>,
    cx: &Cx,
    protocol: Protocol,
    policy: Option<&str>,
    certificates: Option<&[a::Certificate]>,
    before: Option<&Listener>,
) -> Result<Tls, Error> {
    let certificates = certificates.unwrap_or_default();
    if !protocol.has_tls() {
        if policy.is_some() {
            return Err(validation(format!("An SSL policy cannot be specified for {protocol} listeners")));
        }
        return match certificates.is_empty() {
            true => Ok(Tls { policy: None, certificate: None }),
            false => Err(validation(format!("A certificate cannot be specified for {protocol} listeners"))),
        };
    }
    let before = before.filter(|before| before.protocol.has_tls());
    let policy = match policy {
        Some(name) => policy::named(name)
            .ok_or_else(|| Error::ssl_policy_not_found(format!("SSL policy '{name}' not found")))?
            .name
            .to_owned(),
        None => {
            before.and_then(|before| before.ssl_policy.clone()).unwrap_or_else(|| USUAL_POLICY.to_owned())
        }
    };
    let certificate = match certificates {
        [only] if only.is_default.is_none() => certificate::find(from, cx, only.certificate_arn.as_deref())?,
        [_] => return Err(validation("IsDefault cannot be specified for the certificate of a listener")),
        [] => before
            .and_then(|before| before.default_certificate.clone())
            .ok_or_else(|| validation(format!("A certificate must be specified for {protocol} listeners")))?,
        _ => {
            return Err(validation(format!(
                "Only one certificate can be specified for {protocol} listeners"
            )));
        }
    };
    Ok(Tls { policy: Some(policy), certificate: Some(certificate) })
}

fn alpn(protocol: Protocol, given: Option<&[String]>) -> Result<Option<AlpnPolicy>, Error> {
    let unknown = |name: &str| {
        let shown: String = name.chars().take(64).collect();
        Error::alpn_policy_not_supported(format!("ALPN policy '{shown}' is not supported"))
    };
    match given.unwrap_or_default() {
        [] => Ok(None),
        [name] if protocol == Protocol::Tls => name.parse().map(Some).map_err(|_| unknown(name)),
        [_] => Err(configuration(format!("An ALPN policy cannot be specified for {protocol} listeners"))),
        [first, ..] => Err(unknown(first)),
    }
}

pub(crate) async fn describe_listeners(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeListenersInput,
) -> Result<DescribeListenersOutput, Error> {
    let snapshot = elbv2.state.snapshot();
    let arns = input.listener_arns.as_deref().unwrap_or_default();
    check_count(arns.len(), "listeners")?;
    let mut found: Vec<Arc<Listener>> = Vec::new();
    match (&input.load_balancer_arn, arns) {
        (None, []) => return Err(validation("You must specify either listener ARNs or a load balancer ARN")),
        (Some(_), [_, ..]) => {
            return Err(validation(
                "Listener ARNs and a load balancer ARN cannot be specified at the same time",
            ));
        }
        (Some(arn), []) => {
            let balancer = find::load_balancer(&snapshot, cx, arn)?;
            found.extend(snapshot.by_index(listener::BY_LOAD_BALANCER, &balancer.arn).cloned());
        }
        (None, arns) => {
            for arn in arns {
                found.push(find::listener(&snapshot, cx, arn).map_err(|error| match error.code {
                    ErrorCode::ListenerNotFoundException => {
                        Error::listener_not_found("One or more listeners not found")
                    }
                    _ => error,
                })?);
            }
        }
    }
    found.sort_by(|a, b| a.arn.cmp(&b.arn));
    found.dedup_by(|a, b| a.arn == b.arn);
    let key = |listener: &Arc<Listener>| listener.arn.to_string();
    let page = page::of(found.into_iter(), key, input.marker.as_deref(), input.page_size)?;
    let shown = page.items.iter().map(|listener| convert::listener(listener, &snapshot));
    Ok(DescribeListenersOutput { listeners: Some(shown.collect()), next_marker: page.marker })
}

pub(crate) async fn modify_listener(
    elbv2: &Elbv2,
    cx: &Cx,
    input: ModifyListenerInput,
) -> Result<ModifyListenerOutput, Error> {
    refuse_mutual(input.mutual_authentication.as_ref())?;
    let arn = elbv2.change(cx, |tx, draw| modify(tx, cx, &elbv2.key, &input, draw)).await?;
    let snapshot = elbv2.state.snapshot();
    let changed = find::listener(&snapshot, cx, arn.as_str())?;
    Ok(ModifyListenerOutput { listeners: Some(vec![convert::listener(&changed, &snapshot)]) })
}

fn modify(
    tx: &mut Tx<'_>,
    cx: &Cx,
    key: &MasterKey,
    input: &ModifyListenerInput,
    draw: Draw<'_>,
) -> Result<ListenerArn, Error> {
    let before = find::listener(tx, cx, &input.listener_arn)?;
    let balancer = find::balancer_of(tx, &before)?;
    let mut listener = Listener::clone(&before);
    if let Some(protocol) = &input.protocol {
        listener.protocol = check_protocol(balancer.kind, protocol.as_str())?;
    }
    if let Some(given) = input.port {
        listener.port = port(given)?;
        let mut others = tx.by_index(listener::BY_LOAD_BALANCER, &balancer.arn);
        if others.any(|other| other.port == listener.port && other.arn != listener.arn) {
            return Err(taken(&balancer));
        }
    }
    let protocol = listener.protocol;
    let tls =
        tls(tx, cx, protocol, input.ssl_policy.as_deref(), input.certificates.as_deref(), Some(&before))?;
    (listener.ssl_policy, listener.default_certificate) = (tls.policy, tls.certificate);
    if !protocol.has_tls() {
        listener.certificates.clear();
    }
    listener.alpn = match &input.alpn_policy {
        Some(given) => alpn(protocol, Some(given))?,
        None => listener.alpn.filter(|_| protocol == Protocol::Tls),
    };
    listener.attributes.keep(&attribute::of_listener(protocol));
    let default = rule::at(tx.table(), &listener.arn, Priority::Default).cloned();
    let default = default.expect("every listener has a default rule");
    let place = Place {
        balancer: &balancer,
        listener: &listener.arn,
        protocol,
        before: &default.actions,
        key,
        random: draw(),
    };
    let actions = match &input.default_actions {
        Some(given) => action::read(tx, cx, &place, given)?,
        None => default.actions.clone(),
    };
    if protocol != before.protocol {
        check_kept(tx, cx, &place, input.default_actions.is_none())?;
    }
    tx.modify::<Rule>(&default.arn, |rule| rule.actions = actions);
    action::check_unique_groups(tx, &balancer)?;
    Ok(tx.put(listener).arn.clone())
}

/// Whether what stays of a listener's rules is possible under its new protocol.
fn check_kept(from: &Tx<'_>, cx: &Cx, place: &Place<'_>, default_too: bool) -> Result<(), Error> {
    let kept =
        from.by_index(rule::BY_LISTENER, place.listener).filter(|rule| default_too || !rule.is_default());
    for rule in kept {
        let mut given = convert::actions(&rule.actions);
        for action in &mut given {
            if let Some(oidc) = &mut action.authenticate_oidc_config {
                oidc.use_existing_client_secret = Some(true);
            }
        }
        action::read(from, cx, &Place { before: &rule.actions, ..*place }, &given)?;
    }
    Ok(())
}

pub(crate) async fn delete_listener(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DeleteListenerInput,
) -> Result<DeleteListenerOutput, Error> {
    elbv2
        .change(cx, |tx, _| {
            let listener = find::listener(tx, cx, &input.listener_arn)?;
            load_balancer::delete_listener(tx, &listener.arn);
            Ok(())
        })
        .await?;
    Ok(DeleteListenerOutput {})
}
