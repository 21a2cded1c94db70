//! Connections of TCP and TLS listeners.

use crate::balance::{self, Flow};
use crate::engine::endpoint::Endpoint;
use crate::engine::worker::Worker;
use crate::log::{Kind, Network};
use crate::metrics::{self, Count, Meter};
use crate::net::{Activity, IdleTimer, Reader, Tcp, Writer, sockets, stream};
use crate::plan::{Action, ListenerPlan};
use crate::serve::tunnel::{Ended, both};
use crate::serve::{Encryption, handshake};
use crate::target::Group;
use crate::target::upstream::{Refused, Way, open};
use model::balancer::{Protocol, Stickiness, TargetGroup};
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::proxy_protocol::{Transport, header};

/// Serves a connection until it ends. A listener that is no more keeps its connections: so do those of AWS.
pub async fn serve(worker: &Worker, tcp: Tcp, addresses: (SocketAddr, SocketAddr), endpoint: &Endpoint) {
    let served = endpoint.plan.load_full();
    let mut plan = &served.first;
    let (began, start) = (SystemTime::now(), Instant::now());
    let activity = Activity::begin();
    let (mut encryption, mut offered) = (None, None);
    let (mut reader, mut writer) = match &plan.tls {
        None => stream::plain(tcp, activity.clone()),
        Some(_) => match handshake(&served, tcp, plan.balancer.access_log.then_some(&mut offered)).await {
            Ok((stream, agreed)) => {
                let asked = agreed.asked.as_deref().unwrap_or_default();
                let Some(listener) = served.listener(asked.as_bytes()) else { return };
                plan = listener;
                encryption = Some((agreed, start.elapsed()));
                stream::tls(stream.into(), activity.clone())
            }
            Err(error) => {
                tracing::debug!(%error, client = %addresses.0, "no handshake");
                worker.count(&plan.balancer, Count::ClientTLSNegotiationErrorCount, 1);
                if plan.balancer.access_log {
                    let alert = alert_of(&error);
                    let line = Network { alert, offered, ..entry(plan, addresses, (began, start)) }.line();
                    worker.shared.logs.write(&plan.balancer.arn, Kind::Access, line);
                }
                return;
            }
        },
    };
    let kind = if encryption.is_some() { metrics::Flow::Tls } else { metrics::Flow::Tcp };
    let counters = Arc::clone(&plan.balancer.counters);
    let meter = Rc::new(Meter { counters, worker: worker.index, kind });
    (reader.meter, writer.meter) = (Some(Rc::clone(&meter)), Some(meter));
    let agreed = encryption.as_ref().map(|(agreed, _)| agreed);
    let from = From { zone: endpoint.place.zone.as_deref(), addresses, agreed };
    let ended = carry(worker, plan, from, &mut reader, &mut writer, activity).await;
    let reset = match ended {
        Carried::Nowhere | Carried::Ended(Ended::Idle | Ended::Gone) => Some(Count::TCP_ELB_Reset_Count),
        Carried::Ended(Ended::ClientReset) => Some(Count::TCP_Client_Reset_Count),
        Carried::Ended(Ended::TargetReset) => Some(Count::TCP_Target_Reset_Count),
        Carried::Ended(Ended::Whole) => None,
    };
    let sent = writer.total;
    if let Some(reset) = reset {
        writer.reset();
        worker.count(&plan.balancer, reset, 1);
    }
    if let Some((encryption, latency)) = encryption.filter(|_| plan.balancer.access_log) {
        let entry = Network {
            received: reader.total,
            sent,
            offered,
            ..encrypted(entry(plan, addresses, (began, start)), &encryption, latency)
        };
        worker.shared.logs.write(&plan.balancer.arn, Kind::Access, entry.line());
    }
}

/// What a client said that ended the handshake.
fn alert_of(error: &std::io::Error) -> Option<u8> {
    match error.get_ref()?.downcast_ref()? {
        rustls::Error::AlertReceived(alert) => Some(u8::from(*alert)),
        _ => None,
    }
}

/// What the log says of every connection to a TLS listener.
fn entry<'a>(
    plan: &'a ListenerPlan,
    addresses: (SocketAddr, SocketAddr),
    (began, start): (SystemTime, Instant),
) -> Network<'a> {
    Network {
        ended: SystemTime::now(),
        began,
        balancer: &plan.balancer.id,
        listener: plan.arn.rsplit('/').next().unwrap_or_default(),
        client: addresses.0,
        destination: addresses.1,
        connection_time: start.elapsed(),
        handshake: None,
        received: 0,
        sent: 0,
        alert: None,
        certificate: None,
        cipher: None,
        protocol: None,
        domain: None,
        alpn: None,
        offered: None,
    }
}

/// And of one whose handshake took so long and came to that.
fn encrypted<'a>(entry: Network<'a>, encryption: &'a Encryption, latency: Duration) -> Network<'a> {
    Network {
        handshake: Some(latency),
        certificate: Some(&encryption.certificate),
        cipher: Some(encryption.cipher),
        protocol: Some(if encryption.protocol == "TLSv1.3" { "tlsv13" } else { "tlsv12" }),
        domain: encryption.domain.as_deref(),
        alpn: match encryption {
            Encryption { http2: true, .. } => Some("h2"),
            Encryption { http1: true, .. } => Some("http/1.1"),
            _ => None,
        },
        ..entry
    }
}

enum Carried {
    /// There was no target, or it took no connection.
    Nowhere,
    Ended(Ended),
}

/// Where a connection comes from.
#[derive(Clone, Copy)]
struct From<'a> {
    zone: Option<&'a str>,
    addresses: (SocketAddr, SocketAddr),
    agreed: Option<&'a Encryption>,
}

async fn carry(
    worker: &Worker,
    plan: &ListenerPlan,
    From { zone, addresses, agreed }: From<'_>,
    reader: &mut Reader,
    writer: &mut Writer,
    activity: Activity,
) -> Carried {
    let Some(group) = group(plan, addresses.0.ip(), worker.random()) else { return Carried::Nowhere };
    let of_group = group.plan();
    let by_source = of_group.config.stickiness == Some(Stickiness::SourceIp);
    let flow = Flow { client: addresses.0, listener: addresses.1 };
    let Some(target) = group.flow(zone, flow, by_source) else {
        return Carried::Nowhere;
    };
    let _held = target.begin();
    let over = target.connections();
    group.counters.add(worker.index, Count::NewFlowCount, 1);
    if group.fails_open(zone) {
        worker.count(&plan.balancer, Count::UnhealthyRoutingFlowCount, 1);
    }
    let shared = &worker.shared;
    // What the client and the listener agreed on is spoken to the end.
    let tls = match agreed {
        Some(agreed) if agreed.http2 => &shared.target_tls.http2,
        Some(agreed) if agreed.http1 => &shared.target_tls.http1,
        _ => &shared.target_tls.any,
    };
    let tls = (of_group.config.protocol == Protocol::Tls).then_some(tls);
    // The header of the PROXY protocol stands before everything else, the handshake too: such a connection is opened in two steps.
    let proxied =
        of_group.config.network.proxy_protocol.then(|| header(addresses.0, addresses.1, Transport::Stream));
    let way = Way {
        sockets: &*shared.sockets,
        namespace: of_group.config.namespace.as_deref(),
        client: preserved(&of_group.config, addresses.0, target.address),
        tls,
    };
    let opened = match &proxied {
        None => open(way, &target, activity.clone()).await,
        Some(header) => crate::target::upstream::open_after(way, &target, activity.clone(), header).await,
    };
    let (mut target_reader, mut target_writer) = match opened {
        Ok(opened) => opened,
        Err(refused) => {
            match &refused {
                Refused::Tls(_) => worker.count(&plan.balancer, Count::TargetTLSNegotiationErrorCount, 1),
                Refused::Connect(error) if sockets::is_taken(error) => {
                    worker.count(&plan.balancer, Count::PortAllocationErrorCount, 1);
                }
                Refused::Connect(_) | Refused::Http2(_) => {}
            }
            target.answered(true);
            tracing::debug!(group = group.arn, error = %refused, "no connection to a target");
            return Carried::Nowhere;
        }
    };
    target.answered(false);
    let mut idle = IdleTimer::new(activity, Duration::from_secs(u64::from(plan.tcp_idle_seconds)));
    // Cancel-safe: either end is the connection's end.
    let ended = tokio::select! {
        ended = both(reader, writer, &mut target_reader, &mut target_writer, &mut idle, None, &worker.pipes) => ended,
        () = over.cancelled() => Ended::Gone,
    };
    if ended != Ended::Whole {
        target_writer.reset();
    }
    Carried::Ended(ended)
}

/// As whom a target of a group is spoken to, where that is the client. Between families nobody can be preserved, as on AWS; nor can who came by a
/// door on loopback, whose address means somebody else to the target.
pub fn preserved(group: &TargetGroup, client: SocketAddr, target: SocketAddr) -> Option<SocketAddr> {
    let client = SocketAddr::new(client.ip().to_canonical(), client.port());
    let alike =
        client.is_ipv4() == target.is_ipv4() && client.ip().is_loopback() == target.ip().is_loopback();
    (group.network.preserve_client_ip && alike).then_some(client)
}

/// The group of a network load balancer's listener: by weight where there are several. Where clients stay with theirs, the address decides.
pub fn group(plan: &ListenerPlan, client: IpAddr, random: u64) -> Option<&Arc<Group>> {
    let Action::Forward(forward) = &plan.default else { return None };
    if let [(group, _)] = &forward.groups[..] {
        return Some(group);
    }
    let weights = forward.groups.iter().map(|(_, weight)| u64::from(*weight));
    let number = if forward.stickiness_seconds.is_some() { balance::of_client(client) } else { random };
    forward.groups.get(balance::weighted(weights, number)?).map(|(group, _)| group)
}
