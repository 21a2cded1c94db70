//! Serves VPCs from the sockets it is given.

use crate::cache::Key;
use crate::forward::Forwarder;
use crate::message::{self, MAX_QUERY_BYTES, Reply, Request};
use crate::upstream::{LIMIT, Resolvers};
use crate::view::{Answer, View};
use arc_swap::ArcSwap;
use hickory_proto::op::{Query, ResponseCode};
use hickory_proto::rr::Record;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Questions of one socket that others are asked about at a time.
const MAX_WAITING: usize = 128;
/// Connections of one socket.
const MAX_CONNECTIONS: usize = 64;
/// How long a connection may be idle.
const IDLE: Duration = Duration::from_secs(10);
/// Before it is tried again after an error that may last.
const BREATHER: Duration = Duration::from_millis(100);

/// One address of a name server, bound.
pub struct Sockets {
    pub datagrams: UdpSocket,
    pub streams: TcpListener,
}

/// The name servers of one node: they share who is asked, and what was answered.
pub struct Server {
    forwarder: Arc<Forwarder>,
}

/// A VPC that is served; no longer when it is dropped.
pub struct Serving {
    site: Arc<Site>,
    tasks: JoinSet<()>,
}

struct Site {
    view: ArcSwap<View>,
    forwarder: Arc<Forwarder>,
}

impl Server {
    pub fn new(resolvers: Resolvers) -> Self {
        Self { forwarder: Arc::new(Forwarder::new(resolvers)) }
    }

    /// Begins to answer. Takes a tokio runtime.
    pub fn serve(&self, sockets: Vec<Sockets>, view: View) -> Serving {
        let site = Arc::new(Site { view: ArcSwap::from_pointee(view), forwarder: self.forwarder.clone() });
        let mut tasks = JoinSet::new();
        for Sockets { datagrams, streams } in sockets {
            tasks.spawn(answer_datagrams(Arc::new(datagrams), site.clone()));
            tasks.spawn(answer_streams(streams, site.clone()));
        }
        Serving { site, tasks }
    }
}

impl Serving {
    /// What it knows from now on.
    pub fn set(&self, view: View) {
        self.site.view.store(Arc::new(view));
    }

    /// What it knows.
    pub fn view(&self) -> Arc<View> {
        self.site.view.load_full()
    }

    /// Ends; the sockets are closed afterwards.
    pub async fn close(mut self) {
        self.tasks.shutdown().await;
    }
}

/// What is left to do for an answer.
enum Step {
    Say(Reply),
    Ask { aliases: Vec<Record>, key: Key },
}

impl Site {
    /// What there is to say without asking anybody.
    fn at_once(&self, request: &Request, from: IpAddr) -> Step {
        match self.view.load().answer(&request.question, from, lot()) {
            Answer::Known(reply) => Step::Say(reply),
            Answer::Ask { aliases, question } => self.kept(request, aliases, &question),
        }
    }

    fn kept(&self, request: &Request, aliases: Vec<Record>, question: &Query) -> Step {
        let key = Key::of(request, question);
        match self.forwarder.kept(&key) {
            Some(reply) => Step::Say(after(aliases, reply)),
            None => Step::Ask { aliases, key },
        }
    }

    async fn ask(&self, aliases: Vec<Record>, key: Key) -> Reply {
        let asked = timeout(LIMIT, self.forwarder.ask(key)).await;
        after(aliases, asked.unwrap_or_else(|_| Reply::of(ResponseCode::ServFail)))
    }
}

/// A number below 100 by which answers are shared out. Good enough for that, and for nothing else.
fn lot() -> u8 {
    // Each `RandomState` has keys of its own, made of random ones.
    let random = RandomState::new().build_hasher().finish();
    u8::try_from(random % 100).expect("it is below 100")
}

/// The same with the aliases that led to it.
fn after(mut aliases: Vec<Record>, reply: Reply) -> Reply {
    if aliases.is_empty() {
        return reply;
    }
    aliases.extend(reply.answers);
    Reply { answers: aliases, ..reply }
}

async fn answer_datagrams(socket: Arc<UdpSocket>, site: Arc<Site>) {
    // One byte more than is taken, so that what is longer is seen to be.
    let mut buffer = vec![0; MAX_QUERY_BYTES + 1];
    let mut waiting = JoinSet::new();
    loop {
        while waiting.try_join_next().is_some() {}
        let (length, from) = match socket.recv_from(&mut buffer).await {
            Ok(received) => received,
            Err(error) => {
                // That somebody did not take an answer is said here too.
                if error.kind() != io::ErrorKind::ConnectionRefused {
                    tracing::warn!(%error, "questions cannot be received");
                    tokio::time::sleep(BREATHER).await;
                }
                continue;
            }
        };
        if !site.view.load().serves(from.ip()) {
            continue;
        }
        let request = match message::read(&buffer[..length]) {
            Ok(request) => request,
            Err(refusal) => {
                send(&socket, refusal, from).await;
                continue;
            }
        };
        match site.at_once(&request, from.ip()) {
            Step::Say(reply) => send(&socket, request.datagram(&reply), from).await,
            Step::Ask { .. } if waiting.len() >= MAX_WAITING => {
                let reply = Reply::of(ResponseCode::ServFail);
                send(&socket, request.datagram(&reply), from).await;
            }
            Step::Ask { aliases, key } => {
                let (socket, site) = (socket.clone(), site.clone());
                waiting.spawn(async move {
                    let reply = site.ask(aliases, key).await;
                    send(&socket, request.datagram(&reply), from).await;
                });
            }
        }
    }
}

async fn send(socket: &UdpSocket, bytes: Option<Vec<u8>>, to: SocketAddr) {
    let Some(bytes) = bytes else { return };
    if let Err(error) = socket.send_to(&bytes, to).await {
        // The client asks again, as for any packet that is lost.
        tracing::debug!(%error, %to, "an answer cannot be sent");
    }
}

async fn answer_streams(listener: TcpListener, site: Arc<Site>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        if connections.len() >= MAX_CONNECTIONS {
            // Others wait in the kernel until one ends, which takes no longer than it may be idle.
            connections.join_next().await;
        }
        match listener.accept().await {
            Ok((stream, from)) if site.view.load().serves(from.ip()) => {
                let site = site.clone();
                connections.spawn(async move {
                    if let Err(error) = converse(stream, from.ip(), &site).await {
                        tracing::debug!(%error, %from, "a connection ended");
                    }
                });
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "connections cannot be accepted");
                tokio::time::sleep(BREATHER).await;
            }
        }
    }
}

/// Answers one question after the other, each with its length before it.
async fn converse(mut stream: TcpStream, from: IpAddr, site: &Site) -> io::Result<()> {
    loop {
        let read = async {
            let length = match stream.read_u16().await {
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                length => length?,
            };
            if usize::from(length) > MAX_QUERY_BYTES {
                return Ok(None);
            }
            let mut bytes = vec![0; length.into()];
            stream.read_exact(&mut bytes).await?;
            io::Result::Ok(Some(bytes))
        };
        let Ok(read) = timeout(IDLE, read).await else { return Ok(()) };
        let Some(bytes) = read? else { return Ok(()) };
        let answer = match message::read(&bytes) {
            Err(refusal) => refusal,
            Ok(request) => {
                let reply = match site.at_once(&request, from) {
                    Step::Say(reply) => reply,
                    Step::Ask { aliases, key } => site.ask(aliases, key).await,
                };
                request.stream(&reply)
            }
        };
        let Some(answer) = answer else { return Ok(()) };
        let Ok(length) = u16::try_from(answer.len()) else { return Ok(()) };
        let framed = [&length.to_be_bytes()[..], &answer].concat();
        // Whoever does not read is not waited for.
        timeout(IDLE, stream.write_all(&framed)).await.unwrap_or(Ok(()))?;
    }
}
