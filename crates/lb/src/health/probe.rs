//! One health check.

use super::outcome::Outcome;
use crate::engine::Shared;
use crate::http::head::take_response;
use crate::layer4::proxy_protocol::LOCAL;
use crate::net::Activity;
use crate::target::upstream::{Http2, Refused, Way, open_after};
use crate::target::{GroupPlan, Target};
use bytes::Bytes;
use model::balancer::{HealthCheck, HealthProtocol, ProtocolVersion, TargetGroup};
use std::net::SocketAddr;
use std::time::Duration;

/// What AWS's checks say of themselves.
const USER_AGENT: &str = "ELB-HealthChecker/2.0";

/// Checks a target once.
pub async fn probe(shared: &Shared, group: &GroupPlan, target: &Target, check: &HealthCheck) -> Outcome {
    let address = SocketAddr::new(target.address.ip(), check.port.unwrap_or(target.address.port()));
    let within = Duration::from_secs(u64::from(check.timeout_seconds.max(1)));
    match tokio::time::timeout(within, once(shared, group, address, check)).await {
        Err(_) => Outcome::TimedOut,
        Ok(Err(refused)) => Outcome::of(&refused),
        Ok(Ok(outcome)) => outcome,
    }
}

/// How a group's targets are asked.
struct Manner {
    http2: bool,
    grpc: bool,
    encrypted: bool,
}

fn manner(group: &TargetGroup, check: &HealthCheck) -> Manner {
    Manner {
        http2: group.protocol_version != ProtocolVersion::Http1 && check.protocol != HealthProtocol::Tcp,
        grpc: group.protocol_version == ProtocolVersion::Grpc && check.protocol != HealthProtocol::Tcp,
        // Whatever the group's own protocol is.
        encrypted: check.protocol == HealthProtocol::Https,
    }
}

/// What the log calls a check. AWS names HTTP/2 over TLS alone; without TLS it is not established.
pub fn kind(group: &TargetGroup, check: &HealthCheck) -> &'static str {
    match manner(group, check) {
        _ if check.protocol == HealthProtocol::Tcp => "tcp",
        Manner { grpc: true, .. } => "grpc",
        Manner { http2: true, .. } => "h2",
        Manner { encrypted: true, .. } => "https",
        Manner { .. } => "http",
    }
}

/// What the target says.
async fn once(
    shared: &Shared,
    group: &GroupPlan,
    address: SocketAddr,
    check: &HealthCheck,
) -> Result<Outcome, Refused> {
    // A target of its own, so that a check on another port knows nothing of the target's connections.
    let checked = Target::new(&model::balancer::Target {
        id: String::new(),
        address: address.ip(),
        port: address.port(),
        zone: None,
        draining_since: None,
    });
    let Manner { http2, grpc, encrypted } = manner(&group.config, check);
    let tls = if http2 { &shared.target_tls.http2 } else { &shared.target_tls.http1 };
    let way = Way {
        sockets: &*shared.sockets,
        namespace: group.config.namespace.as_deref(),
        client: None,
        tls: encrypted.then_some(tls),
    };
    // A target that expects the header of the PROXY protocol expects it of checks too.
    let proxied = group.config.network.proxy_protocol;
    let first = if proxied { &LOCAL[..] } else { &[] };
    let found = match check.protocol {
        HealthProtocol::Tcp => {
            open_after(way, &checked, Activity::begin(), first).await.map(|_| Outcome::Connected)
        }
        _ if http2 || grpc => over_http2(way, &checked, check, grpc).await,
        _ => over_http1(way, &checked, check, first).await,
    };
    // Each check closes its connection.
    checked.gone.cancel();
    found
}

async fn over_http1(
    way: Way<'_>,
    target: &Target,
    check: &HealthCheck,
    first: &[u8],
) -> Result<Outcome, Refused> {
    let (mut reader, mut writer) = open_after(way, target, Activity::begin(), first).await?;
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nUser-Agent: {USER_AGENT}\r\nAccept-Encoding: gzip, compressed\r\n\r\n",
        check.path, target.address
    );
    writer.send(request.as_bytes()).await.map_err(Refused::Connect)?;
    loop {
        match take_response(&mut reader.buffer) {
            Ok(Some((head, _))) if head.status >= 200 => {
                return Ok(Outcome::Http(u32::from(head.status)));
            }
            Ok(Some(_)) => continue,
            Ok(None) => {}
            Err(_) => return Ok(Outcome::Malformed),
        }
        if reader.fill().await.map_err(Refused::Connect)? == 0 {
            return Ok(Outcome::Ended);
        }
    }
}

async fn over_http2(
    way: Way<'_>,
    target: &Target,
    check: &HealthCheck,
    grpc: bool,
) -> Result<Outcome, Refused> {
    let connection = Http2::open(way, target).await?;
    let (sender, _held) = connection.begin();
    let mut sender = sender.ready().await.map_err(Refused::Http2)?;
    let request = http::Request::builder()
        .method(if grpc { "POST" } else { "GET" })
        .uri(format!("http://{}{}", target.address, check.path))
        .header("user-agent", USER_AGENT);
    let request = if grpc {
        request.header("content-type", "application/grpc").header("te", "trailers")
    } else {
        request
    };
    // A path that is none: it was not asked.
    let Ok(request) = request.body(()) else { return Ok(Outcome::Unasked) };
    let (response, mut stream) = sender.send_request(request, !grpc).map_err(Refused::Http2)?;
    if grpc {
        // An empty message.
        stream.send_data(Bytes::from_static(&[0; 5]), true).map_err(Refused::Http2)?;
    }
    let response = response.await.map_err(Refused::Http2)?;
    if !grpc {
        return Ok(Outcome::Http(u32::from(response.status().as_u16())));
    }
    if let Some(code) = grpc_status(response.headers()) {
        return Ok(Outcome::Grpc(code));
    }
    let mut body = response.into_body();
    while let Some(data) = body.data().await {
        let data = data.map_err(Refused::Http2)?;
        body.flow_control().release_capacity(data.len()).map_err(Refused::Http2)?;
    }
    let trailers = body.trailers().await.map_err(Refused::Http2)?;
    let code = trailers.and_then(|trailers| grpc_status(&trailers));
    Ok(code.map_or(Outcome::NoGrpcStatus, Outcome::Grpc))
}

fn grpc_status(headers: &http::HeaderMap) -> Option<u32> {
    headers.get("grpc-status")?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_have_the_names_of_the_log() {
        use HealthProtocol::{Http, Https, Tcp};
        for (version, protocol, expected) in [
            ("HTTP1", Http, "http"),
            ("HTTP1", Https, "https"),
            ("HTTP2", Http, "h2"),
            ("HTTP2", Https, "h2"),
            ("GRPC", Http, "grpc"),
            ("GRPC", Https, "grpc"),
            ("HTTP1", Tcp, "tcp"),
        ] {
            let text = format!(
                r#"{{"arn": "g", "protocol": "HTTP", "protocolVersion": "{version}", "healthCheck": {{"enabled": true, "protocol": "HTTP", "path": "/",
                "intervalSeconds": 30, "timeoutSeconds": 5, "healthyThreshold": 5, "unhealthyThreshold": 2, "matcher": "200"}}}}"#
            );
            let group: TargetGroup = serde_json::from_str(&text).expect("a group");
            let check = HealthCheck { protocol, ..group.health_check.clone() };
            assert_eq!(kind(&group, &check), expected, "{version} {protocol:?}");
        }
    }
}
