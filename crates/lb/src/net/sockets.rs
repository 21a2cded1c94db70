//! Where sockets come from.

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, UdpSocket};

/// Makes sockets in network namespaces. A socket stays in the namespace in which it was made, so binding, listening and connecting need
/// no more of it.
pub trait Sockets: Send + Sync + 'static {
    /// A new socket in the namespace that a configuration names; none is the host's own.
    fn socket(&self, namespace: Option<&str>, domain: Domain, kind: Type) -> io::Result<Socket>;
}

/// The host's own network.
#[derive(Clone, Copy, Debug, Default)]
pub struct Host;

impl Sockets for Host {
    fn socket(&self, namespace: Option<&str>, domain: Domain, kind: Type) -> io::Result<Socket> {
        if let Some(namespace) = namespace {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                format!("no namespace {namespace}: sockets are the host's"),
            ));
        }
        let protocol = if kind == Type::STREAM { Protocol::TCP } else { Protocol::UDP };
        Socket::new(domain, kind, Some(protocol))
    }
}

/// Connections that wait to be accepted.
const BACKLOG: i32 = 4096;
/// AWS gives a target ten seconds to take a connection.
pub const CONNECT: Duration = Duration::from_secs(10);

/// Who else may listen at the same address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// The sockets of the other workers.
    Workers,
    /// Nobody, another data plane neither.
    Alone,
}

/// A listening socket.
pub fn listen(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    address: SocketAddr,
    sharing: Sharing,
) -> io::Result<std::net::TcpListener> {
    let socket = bound(sockets, namespace, address, Type::STREAM, sharing)?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// A UDP socket on an address.
pub fn bind_udp(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    address: SocketAddr,
    sharing: Sharing,
) -> io::Result<std::net::UdpSocket> {
    Ok(bound(sockets, namespace, address, Type::DGRAM, sharing)?.into())
}

fn bound(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    address: SocketAddr,
    kind: Type,
    sharing: Sharing,
) -> io::Result<Socket> {
    let socket = sockets.socket(namespace, Domain::for_address(address), kind)?;
    socket.set_nonblocking(true)?;
    socket.set_reuse_port(sharing == Sharing::Workers)?;
    if kind == Type::STREAM {
        socket.set_reuse_address(true)?;
    }
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.bind(&address.into())?;
    Ok(socket)
}

/// A connection to a target within AWS's ten seconds, or `TimedOut`.
pub async fn connect(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    address: SocketAddr,
    within: Duration,
) -> io::Result<TcpStream> {
    let socket = sockets.socket(namespace, Domain::for_address(address), Type::STREAM)?;
    socket.set_nonblocking(true)?;
    let connecting = TcpSocket::from_std_stream(socket.into()).connect(address);
    let stream = tokio::time::timeout(within, connecting).await.map_err(|_| io::ErrorKind::TimedOut)??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// A UDP socket that talks to one address only.
pub async fn connect_udp(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    address: SocketAddr,
) -> io::Result<UdpSocket> {
    let socket = sockets.socket(namespace, Domain::for_address(address), Type::DGRAM)?;
    socket.set_nonblocking(true)?;
    let socket = UdpSocket::from_std(socket.into())?;
    socket.connect(address).await?;
    Ok(socket)
}

/// Ends a connection by a reset where it is dropped: its peer is told that what it got is not whole.
pub fn reset_on_close(stream: &TcpStream) {
    // A socket that is gone already has nothing to tell.
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}
