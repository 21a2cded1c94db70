//! Clients of application load balancers: their connections, their requests, and what becomes of each.

mod http1;
mod http2;
mod record;
mod route;
pub mod tunnel;
mod user;

use crate::engine::endpoint::Endpoint;
use crate::engine::worker::Worker;
use crate::log;
use crate::metrics::Count;
use crate::net::{Activity, IdleTimer, Tcp, stream};
use crate::plan::{ListenerPlan, Served, Zone};
use crate::request::forwarded;
use crate::tls::{cipher_name, group_name, protocol_name};
use bytes::Bytes;
use std::cell::OnceCell;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio_rustls::{LazyConfigAcceptor, TlsAcceptor};

/// What is known of a client's connection.
#[derive(Debug)]
pub struct Client {
    pub address: SocketAddr,
    /// The address it reached.
    pub local: IpAddr,
    pub began: Instant,
    /// The zone of that address.
    pub zone: Zone,
    /// See [`Self::said`].
    said: [OnceCell<Bytes>; 2],
    /// Names the connection in both logs.
    pub trace: log::ConnectionId,
    pub tls: Option<Encryption>,
}

impl Client {
    /// How `X-Forwarded-For` names it, without or with its port.
    pub fn said(&self, port: bool) -> &Bytes {
        self.said[usize::from(port)].get_or_init(|| forwarded::said(self.address, port).into())
    }

    fn is_ipv6(&self) -> bool {
        self.address.ip().to_canonical().is_ipv6()
    }

    /// The listener that a request is for; nothing where a door leads to several and none is asked for by its name.
    fn listener<'s>(&self, served: &'s Served, host: &[u8]) -> Option<&'s Arc<ListenerPlan>> {
        let asked = self.tls.as_ref().and_then(|tls| tls.asked.as_deref());
        served.listener(asked.map_or(host, str::as_bytes))
    }
}

/// What was agreed on in a handshake.
#[derive(Debug)]
pub struct Encryption {
    pub protocol: &'static str,
    pub cipher: &'static str,
    /// The group of the key exchange.
    pub group: Option<&'static str>,
    pub domain: Option<String>,
    /// The name that the client asked for, where a door leads to several.
    pub asked: Option<String>,
    pub certificate: String,
    pub http2: bool,
    /// Whether HTTP/1.1 was agreed on by name.
    pub http1: bool,
}

/// How long a client may take for its handshake: AWS's time for handshakes with targets, for want of one that it documents for clients.
pub const HANDSHAKE: Duration = Duration::from_secs(10);

/// Serves a connection to a listener until it ends. `draining` is cancelled when the listener is no more.
pub async fn client(
    worker: Rc<Worker>,
    tcp: Tcp,
    (address, local): (SocketAddr, IpAddr),
    endpoint: Arc<Endpoint>,
) {
    let served = endpoint.plan.load_full();
    let mut plan = &served.first;
    let activity = Activity::begin();
    let mut client = Client {
        address,
        local,
        zone: endpoint.place.zone.clone(),
        began: Instant::now(),
        said: [const { OnceCell::new() }; 2],
        trace: worker.connection_id(),
        tls: None,
    };
    let began = SystemTime::now();
    let (reader, writer) = match &plan.tls {
        None => stream::plain(tcp, activity.clone()),
        Some(_) => match Box::pin(handshake(&served, tcp, None)).await {
            Ok((stream, encryption)) => {
                let asked = encryption.asked.as_deref().unwrap_or_default();
                plan = served.listener(asked.as_bytes()).unwrap_or(plan);
                client.tls = Some(encryption);
                stream::tls(stream.into(), activity.clone())
            }
            Err(error) => {
                tracing::debug!(%error, client = %client.address, "no handshake");
                worker.count(&plan.balancer, Count::ClientTLSNegotiationErrorCount, 1);
                log_connection(&worker, plan, &client, began);
                return;
            }
        },
    };
    log_connection(&worker, plan, &client, began);
    let idle =
        IdleTimer::new(activity, Duration::from_secs(u64::from(plan.balancer.http.idle_timeout_seconds)));
    if client.tls.as_ref().is_some_and(|tls| tls.http2) {
        // Of its own: most connections have no room to spare for it.
        Box::pin(http2::serve(worker, client, endpoint, stream::Joined::new(reader, writer), idle)).await;
    } else {
        http1::serve(&worker, &client, &endpoint, reader, writer, idle).await;
    }
}

/// The server's side of a handshake. `offered` gets what the client offers by ALPN, where the listener has a policy for that; it is wanted for logs only.
pub async fn handshake(
    served: &Served,
    tcp: Tcp,
    offered: Option<&mut Option<String>>,
) -> std::io::Result<(tokio_rustls::server::TlsStream<Tcp>, Encryption)> {
    let accepting = async {
        if offered.is_none() && !served.is_shared() {
            let acceptor = acceptor(&served.first)?;
            let stream = TlsAcceptor::from(Arc::clone(&acceptor.config)).accept(tcp).await?;
            return Ok((stream, acceptor, None));
        }
        // Whose certificate is shown follows from the name; without a known one the first listener speaks for the door.
        let begun = LazyConfigAcceptor::new(rustls::server::Acceptor::default(), tcp).await?;
        let asked = begun.client_hello().server_name().map(str::to_owned);
        let listener = asked.as_deref().and_then(|asked| served.listener(asked.as_bytes()));
        let acceptor = acceptor(listener.unwrap_or(&served.first))?;
        let protocols = begun.client_hello().alpn().filter(|_| !acceptor.config.alpn_protocols.is_empty());
        if let (Some(offered), Some(protocols)) = (offered, protocols) {
            *offered = Some(log::offered(protocols));
        }
        let asked = asked.filter(|_| served.is_shared());
        Ok::<_, std::io::Error>((begun.into_stream(Arc::clone(&acceptor.config)).await?, acceptor, asked))
    };
    let (stream, acceptor, asked) =
        tokio::time::timeout(HANDSHAKE, accepting).await.map_err(|_| std::io::ErrorKind::TimedOut)??;
    let (_, session) = stream.get_ref();
    let name = session.server_name();
    let resumed = session.handshake_kind() == Some(rustls::HandshakeKind::Resumed);
    // What the resolver chose is not told by rustls; for the log the choice is made again, with the scheme that every client has.
    let (certificate, covered) = match acceptor.resolver.choose(name, ALL_SCHEMES) {
        Some((_, covered)) if resumed => ("session-reused".to_owned(), covered),
        Some((chosen, covered)) => (chosen.arn.clone(), covered),
        None => ("-".to_owned(), false),
    };
    let encryption = Encryption {
        protocol: session.protocol_version().map_or("-", protocol_name),
        cipher: session.negotiated_cipher_suite().map_or("-", |suite| cipher_name(suite.suite())),
        group: session.negotiated_key_exchange_group().and_then(|group| group_name(group.name())),
        domain: name.filter(|_| covered).map(str::to_owned),
        asked,
        certificate,
        http2: session.alpn_protocol() == Some(b"h2"),
        http1: session.alpn_protocol() == Some(b"http/1.1"),
    };
    Ok((stream, encryption))
}

/// The TLS of a listener that is known to have it.
fn acceptor(listener: &ListenerPlan) -> std::io::Result<&crate::tls::Acceptor> {
    listener.tls.as_ref().ok_or_else(|| std::io::Error::other("the listener is not encrypted any more"))
}

/// Schemes that clients of today have.
const ALL_SCHEMES: &[rustls::SignatureScheme] = &[
    rustls::SignatureScheme::ECDSA_NISTP256_SHA256,
    rustls::SignatureScheme::ECDSA_NISTP384_SHA384,
    rustls::SignatureScheme::ED25519,
    rustls::SignatureScheme::RSA_PSS_SHA256,
    rustls::SignatureScheme::RSA_PKCS1_SHA256,
];

fn log_connection(worker: &Worker, plan: &ListenerPlan, client: &Client, began: SystemTime) {
    if !plan.balancer.connection_log {
        return;
    }
    let entry = log::Connection {
        began,
        client: client.address,
        port: plan.port,
        protocol: client.tls.as_ref().map(|tls| tls.protocol),
        cipher: client.tls.as_ref().map(|tls| tls.cipher),
        handshake: client.tls.as_ref().map(|_| client.began.elapsed()),
        connection: client.trace,
    };
    worker.shared.logs.write(&plan.balancer.arn, log::Kind::Connection, entry.line());
}
