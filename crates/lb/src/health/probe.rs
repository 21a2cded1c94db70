//! One health check.

use super::machine::Finding;
use crate::engine::Shared;
use crate::http::head::take_response;
use crate::layer4::proxy_protocol::LOCAL;
use crate::net::Activity;
use crate::target::upstream::{Http2, Refused, Way, open_after};
use crate::target::{GroupPlan, Target};
use bytes::Bytes;
use model::balancer::{HealthCheck, HealthProtocol, Protocol, ProtocolVersion};
use std::net::SocketAddr;
use std::time::Duration;

/// What AWS's checks say of themselves.
const USER_AGENT: &str = "ELB-HealthChecker/2.0";

/// Checks a target once.
pub async fn probe(shared: &Shared, group: &GroupPlan, target: &Target, check: &HealthCheck) -> Finding {
    let address = SocketAddr::new(target.address.ip(), check.port.unwrap_or(target.address.port()));
    let within = Duration::from_secs(u64::from(check.timeout_seconds.max(1)));
    match tokio::time::timeout(within, once(shared, group, address, check)).await {
        Err(_) => Finding::TimedOut,
        Ok(Err(Refused::Connect(error))) if error.kind() == std::io::ErrorKind::TimedOut => Finding::TimedOut,
        Ok(Err(_) | Ok(None)) => Finding::Failed,
        Ok(Ok(Some(Found::Connected))) => Finding::Passed,
        Ok(Ok(Some(Found::Code(code)))) if check.matcher.matches(code) => Finding::Passed,
        Ok(Ok(Some(Found::Code(code)))) => Finding::Code(code),
    }
}

enum Found {
    Connected,
    Code(u32),
}

/// What the target says; nothing where its answer is none.
async fn once(
    shared: &Shared,
    group: &GroupPlan,
    address: SocketAddr,
    check: &HealthCheck,
) -> Result<Option<Found>, Refused> {
    // A target of its own, so that a check on another port knows nothing of the target's connections.
    let checked = Target::new(&model::balancer::Target {
        id: String::new(),
        address: address.ip(),
        port: address.port(),
        zone: None,
        draining_since: None,
    });
    let http2 =
        group.config.protocol_version != ProtocolVersion::Http1 && check.protocol != HealthProtocol::Tcp;
    let encrypted = match check.protocol {
        HealthProtocol::Https => true,
        HealthProtocol::Grpc => group.config.protocol == Protocol::Https,
        HealthProtocol::Http | HealthProtocol::Tcp => false,
    };
    let tls = if http2 { &shared.target_tls.http2 } else { &shared.target_tls.http1 };
    let way = Way {
        sockets: &*shared.sockets,
        namespace: group.config.namespace.as_deref(),
        client: None,
        tls: encrypted.then_some(tls),
    };
    let grpc =
        check.protocol == HealthProtocol::Grpc || group.config.protocol_version == ProtocolVersion::Grpc;
    // A target that expects the header of the PROXY protocol expects it of checks too.
    let proxied = group.config.network.proxy_protocol;
    let first = if proxied { &LOCAL[..] } else { &[] };
    let found = match check.protocol {
        HealthProtocol::Tcp => {
            open_after(way, &checked, Activity::begin(), first).await.map(|_| Some(Found::Connected))
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
) -> Result<Option<Found>, Refused> {
    let (mut reader, mut writer) = open_after(way, target, Activity::begin(), first).await?;
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nUser-Agent: {USER_AGENT}\r\nAccept-Encoding: gzip, compressed\r\n\r\n",
        check.path, target.address
    );
    writer.send(request.as_bytes()).await.map_err(Refused::Connect)?;
    loop {
        match take_response(&mut reader.buffer) {
            Ok(Some((head, _))) if head.status >= 200 => {
                return Ok(Some(Found::Code(u32::from(head.status))));
            }
            Ok(Some(_)) => continue,
            Ok(None) => {}
            Err(_) => return Ok(None),
        }
        if reader.fill().await.map_err(Refused::Connect)? == 0 {
            return Ok(None);
        }
    }
}

async fn over_http2(
    way: Way<'_>,
    target: &Target,
    check: &HealthCheck,
    grpc: bool,
) -> Result<Option<Found>, Refused> {
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
    let Ok(request) = request.body(()) else { return Ok(None) };
    let (response, mut stream) = sender.send_request(request, !grpc).map_err(Refused::Http2)?;
    if grpc {
        // An empty message.
        stream.send_data(Bytes::from_static(&[0; 5]), true).map_err(Refused::Http2)?;
    }
    let response = response.await.map_err(Refused::Http2)?;
    if !grpc {
        return Ok(Some(Found::Code(u32::from(response.status().as_u16()))));
    }
    if let Some(code) = grpc_status(response.headers()) {
        return Ok(Some(Found::Code(code)));
    }
    let mut body = response.into_body();
    while let Some(data) = body.data().await {
        let data = data.map_err(Refused::Http2)?;
        body.flow_control().release_capacity(data.len()).map_err(Refused::Http2)?;
    }
    let trailers = body.trailers().await.map_err(Refused::Http2)?;
    Ok(trailers.and_then(|trailers| grpc_status(&trailers)).map(Found::Code))
}

fn grpc_status(headers: &http::HeaderMap) -> Option<u32> {
    headers.get("grpc-status")?.to_str().ok()?.parse().ok()
}
