//! Where sockets come from.

use super::Tcp;
use socket2::{Domain, SockRef, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, UdpSocket};

/// Makes sockets in network namespaces. A socket stays in the namespace in which it was made, so binding, listening and connecting need
/// no more of it.
pub trait Sockets: Send + Sync + 'static {
    /// A new socket in the namespace that a configuration names; none is the host's own. It is of the kind that is asked for, with the flags
    /// that are in it: not blocking.
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
        Socket::new(domain, kind, None)
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
    // Linux hands it on to every connection that is accepted: one call less for each.
    socket.set_tcp_nodelay(true)?;
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
    let socket = sockets.socket(namespace, Domain::for_address(address), kind.nonblocking())?;
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

/// A connection to a target within AWS's ten seconds, or `TimedOut`. The target sees it come from `client` where one is named.
pub async fn connect(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    client: Option<SocketAddr>,
    address: SocketAddr,
    within: Duration,
) -> io::Result<TcpStream> {
    let connecting = async {
        match client {
            None => connect_from(sockets, namespace, None, address).await,
            Some(client) => match connect_from(sockets, namespace, Some(client), address).await {
                // The client's port speaks to this target already, or did a moment ago: another one of the client's address does as well.
                Err(error) if is_taken(&error) => {
                    let client = SocketAddr::new(client.ip(), 0);
                    connect_from(sockets, namespace, Some(client), address).await
                }
                other => other,
            },
        }
    };
    let stream = tokio::time::timeout(within, connecting).await.map_err(|_| io::ErrorKind::TimedOut)??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn connect_from(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    client: Option<SocketAddr>,
    address: SocketAddr,
) -> io::Result<TcpStream> {
    let socket = sockets.socket(namespace, Domain::for_address(address), Type::STREAM.nonblocking())?;
    if let Some(client) = client {
        // The same client may speak to several targets from one port.
        socket.set_reuse_address(true)?;
        pose_as(&socket, client)?;
    }
    TcpSocket::from_std_stream(socket.into()).connect(address).await
}

/// Binds a socket to an address that is another's.
fn pose_as(socket: &Socket, client: SocketAddr) -> io::Result<()> {
    if client.is_ipv6() {
        socket.set_ip_transparent_v6(true)?;
    } else {
        socket.set_ip_transparent_v4(true)?;
    }
    socket.bind(&client.into())
}

/// Whether no port is left, or not the one that was asked for.
pub fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::AddrNotAvailable)
}

/// A UDP socket that talks to one address only, as `client` where one is named.
pub async fn connect_udp(
    sockets: &dyn Sockets,
    namespace: Option<&str>,
    client: Option<SocketAddr>,
    address: SocketAddr,
) -> io::Result<UdpSocket> {
    let socket = sockets.socket(namespace, Domain::for_address(address), Type::DGRAM.nonblocking())?;
    if let Some(client) = client {
        match pose_as(&socket, client) {
            // Another flow of the client's port: this one goes by another port of its address.
            Err(error) if is_taken(&error) => pose_as(&socket, SocketAddr::new(client.ip(), 0))?,
            posed => posed?,
        }
    }
    let socket = UdpSocket::from_std(socket.into())?;
    socket.connect(address).await?;
    Ok(socket)
}

/// Ends a connection by a reset where it is dropped: its peer is told that what it got is not whole.
pub fn reset_on_close(stream: &Tcp) {
    if let Some(descriptor) = stream.descriptor() {
        // A socket that is gone already has nothing to tell.
        let _ = SockRef::from(&descriptor).set_linger(Some(Duration::ZERO));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_accepted_has_no_delay() {
        let listener =
            listen(&Host, None, "127.0.0.1:0".parse().expect("an address"), Sharing::Alone).expect("a port");
        listener.set_nonblocking(false).expect("a mode");
        let client =
            std::net::TcpStream::connect(listener.local_addr().expect("an address")).expect("it listens");
        let (accepted, _) = listener.accept().expect("a connection");
        assert!(accepted.nodelay().expect("an option"));
        assert!(!client.nodelay().expect("an option"));
    }
}
