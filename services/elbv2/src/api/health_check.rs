//! Health checks of target groups: AWS's defaults by protocol, and what has to hold.
//!
//! Source: "CreateTargetGroup" of the API reference and "Health checks" of both user guides, 2026. Where the two disagree about the time-out of
//! application load balancers, the user guide (5 seconds) is what AWS has been seen to answer.

use crate::errors::{configuration, one_of, validation};
use ::api::elbv2::{self as a, Error};
use model::elbv2::{HealthCheck, HealthCheckPort, Matcher, Protocol, ProtocolVersion};

/// What a request says of a health check; the same for a new group and a change.
#[derive(Default)]
pub(super) struct Given<'a> {
    pub(super) enabled: Option<bool>,
    pub(super) protocol: Option<&'a str>,
    pub(super) port: Option<&'a str>,
    pub(super) path: Option<&'a str>,
    pub(super) interval: Option<i32>,
    pub(super) timeout: Option<i32>,
    pub(super) healthy: Option<i32>,
    pub(super) unhealthy: Option<i32>,
    pub(super) matcher: Option<&'a a::Matcher>,
}

/// Whose health is checked.
#[derive(Clone, Copy)]
pub(super) struct Of {
    pub(super) protocol: Protocol,
    pub(super) version: Option<ProtocolVersion>,
}

/// The health check of a group after a request; `before` is there where the group was.
pub(super) fn read(of: Of, given: &Given<'_>, before: Option<&HealthCheck>) -> Result<HealthCheck, Error> {
    if given.enabled == Some(false) {
        return Err(validation(
            "Health checks cannot be disabled for target groups with target type 'instance' or 'ip'",
        ));
    }
    let protocol = protocol(of, given.protocol, before)?;
    // Another protocol of checks has the defaults of its own.
    let before = before.filter(|before| before.protocol == protocol);
    let defaults = defaults(of, protocol);
    let base = before.unwrap_or(&defaults);
    let number = |given: Option<i32>, base: u32| given.and_then(|n| u32::try_from(n).ok()).unwrap_or(base);
    let check = HealthCheck {
        protocol,
        port: given.port.map_or(Ok(base.port), port)?,
        path: path(of, protocol, given.path, base)?,
        matcher: matcher(of, protocol, given.matcher, base)?,
        interval_s: number(given.interval, base.interval_s),
        timeout_s: number(given.timeout, base.timeout_s),
        healthy_threshold: number(given.healthy, base.healthy_threshold),
        unhealthy_threshold: number(given.unhealthy, base.unhealthy_threshold),
    };
    check_numbers(of, &check)?;
    Ok(check)
}

fn protocol(of: Of, given: Option<&str>, before: Option<&HealthCheck>) -> Result<Protocol, Error> {
    let possible: &[Protocol] = match of.protocol.is_application() {
        true => &[Protocol::Http, Protocol::Https],
        false => &[Protocol::Http, Protocol::Https, Protocol::Tcp],
    };
    let Some(text) = given else {
        let usual = if of.protocol.is_application() { Protocol::Http } else { Protocol::Tcp };
        return Ok(before.map_or(usual, |before| before.protocol));
    };
    let names: Vec<&str> = possible.iter().map(|protocol| protocol.as_str()).collect();
    let found = text.parse().ok().filter(|protocol| possible.contains(protocol));
    found.ok_or_else(|| one_of("Health check protocol", text, &names))
}

fn defaults(of: Of, protocol: Protocol) -> HealthCheck {
    let application = of.protocol.is_application();
    let http = protocol.is_application();
    let grpc = of.version == Some(ProtocolVersion::Grpc);
    let path = if grpc { "/AWS.ALB/healthcheck" } else { "/" };
    let matcher = match (application, grpc) {
        (_, true) => Matcher::Grpc("12".to_owned()),
        (true, false) => Matcher::Http("200".to_owned()),
        (false, false) => Matcher::Http("200-399".to_owned()),
    };
    HealthCheck {
        protocol,
        port: HealthCheckPort::Traffic,
        path: http.then(|| path.to_owned()),
        matcher: http.then_some(matcher),
        interval_s: 30,
        timeout_s: match (application, protocol) {
            (true, _) => 5,
            (false, Protocol::Http) => 6,
            (false, _) => 10,
        },
        healthy_threshold: 5,
        unhealthy_threshold: 2,
    }
}

fn port(text: &str) -> Result<HealthCheckPort, Error> {
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(64).collect();
        validation(format!("Health check port '{shown}' must be 'traffic-port' or a number from 1 to 65535"))
    })
}

fn path(
    of: Of,
    protocol: Protocol,
    given: Option<&str>,
    base: &HealthCheck,
) -> Result<Option<String>, Error> {
    let Some(path) = given else { return Ok(base.path.clone()) };
    if !protocol.is_application() {
        return Err(configuration(format!(
            "A health check path cannot be specified for {protocol} health checks"
        )));
    }
    let good = path.starts_with('/') && path.bytes().all(|b| b.is_ascii_graphic());
    let grpc = of.version == Some(ProtocolVersion::Grpc);
    if !good || grpc && path.split('/').count() != 3 {
        let form = if grpc { "have the form '/package.service/method'" } else { "begin with '/'" };
        return Err(validation(format!("Health check path '{path}' must {form}")));
    }
    Ok(Some(path.to_owned()))
}

fn matcher(
    of: Of,
    protocol: Protocol,
    given: Option<&a::Matcher>,
    base: &HealthCheck,
) -> Result<Option<Matcher>, Error> {
    let Some(given) = given else { return Ok(base.matcher.clone()) };
    if !protocol.is_application() {
        return Err(configuration(format!(
            "A health check matcher cannot be specified for {protocol} health checks"
        )));
    }
    let grpc = of.version == Some(ProtocolVersion::Grpc);
    match (&given.http_code, &given.grpc_code) {
        (Some(codes), None) if !grpc => {
            let last = if of.protocol.is_application() { 499 } else { 599 };
            within("HTTP", codes, 200, last)?;
            Ok(Some(Matcher::Http(codes.clone())))
        }
        (None, Some(codes)) if grpc => {
            within("gRPC", codes, 0, 99)?;
            Ok(Some(Matcher::Grpc(codes.clone())))
        }
        (None, None) => Err(validation("A health check matcher must have a code")),
        _ => Err(validation(format!(
            "Health check matchers of target groups with this protocol version have {} codes",
            if grpc { "gRPC" } else { "HTTP" }
        ))),
    }
}

fn within(kind: &str, codes: &str, first: u16, last: u16) -> Result<(), Error> {
    let found = Matcher::ranges(codes, first, last).map(drop);
    found.ok_or_else(|| {
        let shown: String = codes.chars().take(128).collect();
        validation(format!(
            "Health check matcher {kind} code '{shown}' must be within '{first}-{last}' inclusive"
        ))
    })
}

fn check_numbers(of: Of, check: &HealthCheck) -> Result<(), Error> {
    let HealthCheck { interval_s, timeout_s, healthy_threshold, unhealthy_threshold, .. } = *check;
    for (what, value, first, last) in [
        ("interval", interval_s, 5, 300),
        ("timeout", timeout_s, 2, 120),
        ("healthy threshold", healthy_threshold, 2, 10),
        ("unhealthy threshold", unhealthy_threshold, 2, 10),
    ] {
        if !(first..=last).contains(&value) {
            return Err(validation(format!(
                "Health check {what} '{value}' must be between '{first}-{last}' inclusive"
            )));
        }
    }
    let application = of.protocol.is_application();
    if timeout_s > interval_s || application && timeout_s == interval_s {
        let than = if application { "smaller than" } else { "smaller than or equal to" };
        return Err(validation(format!(
            "Health check timeout '{timeout_s}' must be {than} the interval '{interval_s}'"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEB: Of = Of { protocol: Protocol::Http, version: Some(ProtocolVersion::Http1) };
    const GRPC: Of = Of { protocol: Protocol::Http, version: Some(ProtocolVersion::Grpc) };
    const TCP: Of = Of { protocol: Protocol::Tcp, version: None };

    fn usual(of: Of, given: &Given<'_>) -> HealthCheck {
        read(of, given, None).expect("it is possible")
    }

    #[test]
    fn defaults_are_those_of_the_protocol() {
        let check = usual(WEB, &Given::default());
        assert_eq!((check.protocol, check.path.as_deref(), check.timeout_s), (Protocol::Http, Some("/"), 5));
        assert_eq!((check.healthy_threshold, check.unhealthy_threshold, check.interval_s), (5, 2, 30));
        assert_eq!(check.matcher, Some(Matcher::Http("200".into())));
        let check = usual(GRPC, &Given::default());
        assert_eq!(
            (check.path.as_deref(), check.matcher),
            (Some("/AWS.ALB/healthcheck"), Some(Matcher::Grpc("12".into())))
        );
        let check = usual(TCP, &Given::default());
        assert_eq!(
            (check.protocol, check.path, check.matcher, check.timeout_s),
            (Protocol::Tcp, None, None, 10)
        );
        let check = usual(TCP, &Given { protocol: Some("HTTP"), ..Given::default() });
        assert_eq!((check.timeout_s, check.matcher), (6, Some(Matcher::Http("200-399".into()))));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let matcher = a::Matcher { http_code: Some("200-500".into()), grpc_code: None };
        for (of, given) in [
            (WEB, Given { protocol: Some("TCP"), ..Given::default() }),
            (WEB, Given { interval: Some(5), ..Given::default() }),
            (WEB, Given { path: Some("health"), ..Given::default() }),
            (WEB, Given { port: Some("http"), ..Given::default() }),
            (WEB, Given { matcher: Some(&matcher), ..Given::default() }),
            (WEB, Given { enabled: Some(false), ..Given::default() }),
            (GRPC, Given { path: Some("/health"), ..Given::default() }),
            (GRPC, Given { matcher: Some(&matcher), ..Given::default() }),
            (TCP, Given { path: Some("/"), ..Given::default() }),
            (TCP, Given { timeout: Some(31), ..Given::default() }),
        ] {
            assert!(read(of, &given, None).is_err());
        }
        assert!(
            read(TCP, &Given { timeout: Some(30), ..Given::default() }, None).is_ok(),
            "as long as the interval"
        );
    }

    #[test]
    fn a_change_keeps_what_it_does_not_name() {
        let before = usual(WEB, &Given { path: Some("/up"), interval: Some(60), ..Given::default() });
        let after = read(WEB, &Given { timeout: Some(20), ..Given::default() }, Some(&before))
            .expect("it is possible");
        assert_eq!(after, HealthCheck { timeout_s: 20, ..before });
    }
}
