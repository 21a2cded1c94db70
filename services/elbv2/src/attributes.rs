//! Changes of attributes: known keys, allowed values, and what has to hold between several of them.

use crate::errors::{configuration, unsupported, validation};
use ::api::elbv2::Error;
use model::elbv2::attribute::{self, Attribute, Attributes, Values};
use model::elbv2::{
    Listener, LoadBalancer, LoadBalancerKind, Protocol, ProtocolVersion, Scheme, TargetGroup, TargetType,
};

/// Members of one request. Source: the API reference's constraint of `Attributes`, as Terraform met it.
const MOST: usize = 20;

/// A key with its value, as it was sent.
pub(crate) type Given = (Option<String>, Option<String>);

/// Puts what was given over what is there. `elsewhere` says whether a key that is not known here is another kind's.
fn set(
    attributes: &mut Attributes,
    known: &[Attribute],
    given: &[Given],
    what: &str,
    elsewhere: impl Fn(&str) -> bool,
) -> Result<(), Error> {
    if given.len() > MOST {
        return Err(validation(format!(
            "1 validation error detected: Value at 'attributes' failed to satisfy constraint: Member must have length less than or equal to {MOST}"
        )));
    }
    for (index, (key, value)) in given.iter().enumerate() {
        let key = key.as_deref().filter(|key| !key.is_empty());
        let key = key.ok_or_else(|| validation(format!("{what} attribute key must be specified")))?;
        if given[..index].iter().any(|(before, _)| before.as_deref() == Some(key)) {
            return Err(validation(format!("{what} attribute key '{key}' was provided multiple times")));
        }
        let Some(attribute) = known.iter().find(|attribute| attribute.key == key) else {
            return Err(match elsewhere(key) {
                true => configuration(format!("{what} attribute key '{key}' is not supported here")),
                false => validation(format!("{what} attribute key '{key}' is not recognized")),
            });
        };
        let value = value.as_deref().unwrap_or_default();
        if !attribute.values.allow(value, attribute.default) {
            return Err(not_allowed(attribute, value));
        }
        attributes.set(key, value);
    }
    Ok(())
}

fn not_allowed(attribute: &Attribute, value: &str) -> Error {
    let Attribute { key, default, values } = attribute;
    let shown: String = value.chars().take(128).collect();
    let between = |range: String| validation(format!("'{key}' value '{shown}' must be {range}"));
    match values {
        Values::Boolean => between("one of [true, false]".to_owned()),
        Values::Range(from, to) => between(format!("between '{from}-{to}' inclusive")),
        Values::ZeroOr(from, to) => between(format!("0 or between '{from}-{to}' inclusive")),
        Values::OffOr(from, to) => between(format!("'off' or between '{from}-{to}' inclusive")),
        Values::OneOf(values) => between(format!("one of [{}]", values.join(", "))),
        Values::Text(most) => between(format!("a text of at most {most} characters")),
        Values::Fixed => configuration(format!("'{key}' cannot be changed from '{default}'")),
    }
}

/// The attributes of a load balancer after a change.
pub(crate) fn of_load_balancer(balancer: &LoadBalancer, given: &[Given]) -> Result<Attributes, Error> {
    let known = attribute::of_load_balancer(balancer.kind, balancer.scheme);
    let elsewhere = |key: &str| {
        let mut all = LoadBalancerKind::ALL
            .iter()
            .flat_map(|kind| attribute::of_load_balancer(*kind, Scheme::Internal));
        all.any(|attribute| attribute.key == key)
    };
    let mut attributes = balancer.attributes.clone();
    set(&mut attributes, &known, given, "Load balancer", elsewhere)?;
    let value = |key: &str| attributes.value(&known, key).unwrap_or_default();
    for log in ["access_logs", "connection_logs", "health_check_logs"] {
        if value(&format!("{log}.s3.enabled")) == "true" && value(&format!("{log}.s3.bucket")).is_empty() {
            return Err(configuration(format!(
                "{log}.s3.bucket must be specified when {log}.s3.enabled is true"
            )));
        }
    }
    if !matches!(value(attribute::SECONDARY_ADDRESSES), "" | "0") {
        return Err(unsupported("secondary addresses of network load balancers"));
    }
    Ok(attributes)
}

/// The attributes of a target group after a change.
pub(crate) fn of_target_group(group: &TargetGroup, given: &[Given]) -> Result<Attributes, Error> {
    let known = attribute::of_target_group(group.protocol, group.protocol_version, group.target_type);
    let mut attributes = group.attributes.clone();
    refuse_type(group, given)?;
    set(&mut attributes, &known, given, "Target group", is_of_a_group)?;
    let value = |key: &str| attributes.value(&known, key).unwrap_or_default();
    if value(attribute::STICKINESS_TYPE) == "app_cookie" {
        let name = value(attribute::APP_COOKIE);
        if value(attribute::STICKINESS) == "true" && name.is_empty() {
            return Err(configuration(
                "You must set an application cookie name to enable stickiness of type 'app_cookie'",
            ));
        }
        if ["AWSALB", "AWSALBAPP", "AWSALBTG"].iter().any(|reserved| name.starts_with(reserved)) {
            return Err(configuration(format!(
                "The application cookie name '{name}' is reserved for the load balancer"
            )));
        }
    }
    if value(attribute::STICKINESS) == "true" && group.protocol == Protocol::Tls {
        return Err(configuration("You cannot enable stickiness on target groups with the TLS protocol"));
    }
    let algorithm = value(attribute::ALGORITHM);
    if !matches!(value(attribute::SLOW_START), "" | "0") && algorithm != "round_robin" {
        return Err(configuration(format!(
            "Slow start is not supported with the load balancing algorithm '{algorithm}'"
        )));
    }
    if value(attribute::MITIGATION) == "on" && algorithm != "weighted_random" {
        return Err(configuration(format!(
            "Anomaly mitigation is not supported with the load balancing algorithm '{algorithm}'"
        )));
    }
    if value(attribute::UNHEALTHY_TERMINATION) == "true"
        && !matches!(value(attribute::UNHEALTHY_DRAINING), "" | "0")
    {
        return Err(configuration(format!(
            "'{}' can only be set when '{}' is false",
            attribute::UNHEALTHY_DRAINING,
            attribute::UNHEALTHY_TERMINATION
        )));
    }
    Ok(attributes)
}

/// A kind of stickiness that another protocol has.
fn refuse_type(group: &TargetGroup, given: &[Given]) -> Result<(), Error> {
    let wanted = given.iter().find(|(key, _)| key.as_deref() == Some(attribute::STICKINESS_TYPE));
    let Some(wanted) = wanted.and_then(|(_, value)| value.as_deref()) else { return Ok(()) };
    let others: &[&str] =
        if group.protocol.is_application() { &["source_ip"] } else { &["lb_cookie", "app_cookie"] };
    if others.contains(&wanted) {
        return Err(configuration(format!(
            "Stickiness type '{wanted}' is not supported for target groups with the {} protocol",
            group.protocol
        )));
    }
    if !["lb_cookie", "app_cookie", "source_ip"].contains(&wanted) {
        return Err(validation("'Stickiness type' must be one of [app_cookie, lb_cookie, source_ip]"));
    }
    Ok(())
}

/// Whether some target group has the key, of those that AWS has besides ours too.
fn is_of_a_group(key: &str) -> bool {
    const OTHERS: &[&str] = &[
        "lambda.multi_value_headers.enabled",
        "target_failover.on_deregistration",
        "target_failover.on_unhealthy",
        "send_tcp_reset.on_unhealthy.enabled",
        "send_tcp_reset.on_deregistration.enabled",
    ];
    let versions = [None, Some(ProtocolVersion::Http2), Some(ProtocolVersion::Grpc)];
    let mut known = Protocol::ALL
        .iter()
        .flat_map(|p| versions.iter().flat_map(move |v| attribute::of_target_group(*p, *v, TargetType::Ip)));
    OTHERS.contains(&key) || known.any(|attribute| attribute.key == key)
}

/// The attributes of a listener after a change.
pub(crate) fn of_listener(listener: &Listener, given: &[Given]) -> Result<Attributes, Error> {
    let known = attribute::of_listener(listener.protocol);
    let mut attributes = listener.attributes.clone();
    let elsewhere = |key: &str| {
        let mut all = Protocol::ALL.iter().flat_map(|protocol| attribute::of_listener(*protocol));
        key == "send_tcp_reset.on_idle_timeout.enabled" || all.any(|attribute| attribute.key == key)
    };
    set(&mut attributes, &known, given, "Listener", elsewhere)?;
    let names = known.iter().filter(|attribute| attribute.key.ends_with(".header_name"));
    for attribute in names {
        let name = attributes.value(&known, attribute.key).unwrap_or_default();
        let token = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if name.is_empty() || !name.bytes().all(token) {
            return Err(validation(format!(
                "'{}' value '{name}' must be the name of a header",
                attribute.key
            )));
        }
    }
    Ok(attributes)
}
