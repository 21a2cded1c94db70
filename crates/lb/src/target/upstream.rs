//! Connections to targets.

use super::Target;
use crate::net::sockets::{CONNECT, Sockets, connect};
use crate::net::{Activity, Reader, Tcp, Writer, stream};
use bytes::Bytes;
use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

/// A connection of HTTP/1.1 with at most one request.
#[derive(Debug)]
pub struct Http1 {
    pub reader: Reader,
    pub writer: Writer,
    /// Whether it carried a request before this one.
    pub reused: bool,
    /// How long it may wait for its next request, where the target says so.
    pub keep: Option<Duration>,
}

/// A connection of HTTP/2 that many requests share.
pub struct Http2 {
    sender: h2::client::SendRequest<Bytes>,
    streams: Cell<usize>,
    used: Cell<Instant>,
    closed: Rc<Cell<bool>>,
    /// Whether the target takes no more requests over it.
    retired: Cell<bool>,
    pub encrypted: bool,
}

impl std::fmt::Debug for Http2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http2")
            .field("streams", &self.streams.get())
            .field("closed", &self.closed.get())
            .finish()
    }
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("the target does not take the connection")]
    Connect(#[source] io::Error),
    #[error("the target does not speak TLS with us")]
    Tls(#[source] io::Error),
    #[error("the target does not speak HTTP/2")]
    Http2(#[source] h2::Error),
}

impl Refused {
    /// 504 where the connection took more than ten seconds, else 502: so AWS documents it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Connect(error) if error.kind() == io::ErrorKind::TimedOut => 504,
            _ => 502,
        }
    }
}

/// How targets of a group are reached.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    pub sockets: &'a dyn Sockets,
    pub namespace: Option<&'a str>,
    /// Whom the target is to see as the connection's other end; `None` is the load balancer itself.
    pub client: Option<SocketAddr>,
    /// The TLS of HTTPS and TLS groups.
    pub tls: Option<&'a Arc<rustls::ClientConfig>>,
}

/// An encrypted or plain connection.
pub async fn open(way: Way<'_>, target: &Target, activity: Activity) -> Result<(Reader, Writer), Refused> {
    open_after(way, target, activity, &[]).await
}

/// As [`open`]; `first` goes before everything else, the handshake too.
pub async fn open_after(
    way: Way<'_>,
    target: &Target,
    activity: Activity,
    first: &[u8],
) -> Result<(Reader, Writer), Refused> {
    let until = Instant::now() + CONNECT;
    let Way { sockets, namespace, client, .. } = way;
    let connecting = connect(sockets, namespace, client, target.address, CONNECT);
    let mut tcp = connecting.await.map_err(Refused::Connect)?;
    tcp.write_all(first).await.map_err(Refused::Connect)?;
    activity.touch();
    let Some(tls) = way.tls else { return Ok(stream::plain(tcp.into(), activity)) };
    let name = rustls::pki_types::ServerName::from(target.address.ip());
    let handshake = TlsConnector::from(Arc::clone(tls)).connect(name, Tcp::from(tcp));
    let encrypted = timeout_at(until, handshake)
        .await
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
        .map_err(Refused::Tls)?;
    Ok(stream::tls(encrypted.into(), activity))
}

impl Http1 {
    pub async fn open(way: Way<'_>, target: &Target, activity: Activity) -> Result<Box<Self>, Refused> {
        let (reader, writer) = open(way, target, activity).await?;
        Ok(Box::new(Self { reader, writer, reused: false, keep: None }))
    }

    /// Has the activity of another client's connection follow this one.
    pub fn follow(&mut self, activity: &Activity) {
        self.reader.activity = activity.clone();
        self.writer.activity = activity.clone();
    }
}

/// What lies between two peers in one direction of a stream.
pub const WINDOW: u32 = 64 * 1024;
/// Requests that one connection carries at once.
const STREAMS: usize = 128;
const OLD: Duration = Duration::from_secs(60);

impl Http2 {
    /// Opens a connection and has it driven by the worker. What moves on it says nothing of any one client: many share it.
    pub async fn open(way: Way<'_>, target: &Target) -> Result<Rc<Self>, Refused> {
        let encrypted = way.tls.is_some();
        let (reader, writer) = open(way, target, Activity::begin()).await?;
        let handshake = h2::client::Builder::new()
            .initial_window_size(WINDOW)
            .initial_connection_window_size(16 * WINDOW)
            .max_header_list_size(64 * 1024)
            .enable_push(false)
            .handshake(stream::Joined::new(reader, writer));
        let (sender, connection) = tokio::time::timeout(CONNECT, handshake)
            .await
            .map_err(|_| Refused::Connect(io::ErrorKind::TimedOut.into()))?
            .map_err(Refused::Http2)?;
        let closed = Rc::new(Cell::new(false));
        let ended = Rc::clone(&closed);
        let gone = target.gone.clone();
        tokio::task::spawn_local(async move {
            // Cancel-safe: either end drops the connection.
            tokio::select! {
                result = connection => if let Err(error) = result {
                    tracing::debug!(%error, "a target's connection ended");
                },
                () = gone.cancelled() => {}
            }
            ended.set(true);
        });
        Ok(Rc::new(Self {
            sender,
            streams: Cell::new(0),
            used: Cell::new(Instant::now()),
            closed,
            retired: Cell::new(false),
            encrypted,
        }))
    }

    /// A sender for one request; the connection counts it while the guard lives.
    pub fn begin(self: &Rc<Self>) -> (h2::client::SendRequest<Bytes>, InStream) {
        self.streams.set(self.streams.get() + 1);
        (self.sender.clone(), InStream(Rc::clone(self)))
    }

    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    pub fn streams(&self) -> usize {
        self.streams.get()
    }

    /// Gives it no more requests: its target does not take them, or goes away.
    pub fn retire(&self) {
        self.retired.set(true);
    }

    pub fn has_room(&self) -> bool {
        !self.retired.get() && self.streams.get() < STREAMS.min(self.sender.current_max_send_streams())
    }

    /// Whether nobody used it for long.
    pub fn is_old(&self, now: Instant) -> bool {
        now.duration_since(self.used.get()) > OLD
    }
}

/// A request that a connection of HTTP/2 carries.
#[derive(Debug)]
pub struct InStream(Rc<Http2>);

impl Drop for InStream {
    fn drop(&mut self) {
        self.0.streams.set(self.0.streams.get() - 1);
        self.0.used.set(Instant::now());
    }
}
