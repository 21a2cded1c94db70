//! Who speaks as somebody else, as network load balancers do.

use super::machine::enter;
use super::*;

/// A socket of a load balancer's network that is bound to somebody else's address.
pub fn posing(balancer: &Path, kind: socket2::Type, client: SocketAddr) -> socket2::Socket {
    let make = || {
        let socket = socket2::Socket::new(socket2::Domain::for_address(client), kind, None)?;
        match client {
            SocketAddr::V4(_) => socket.set_ip_transparent_v4(true)?,
            SocketAddr::V6(_) => socket.set_ip_transparent_v6(true)?,
        }
        socket.bind(&client.into())?;
        socket.set_read_timeout(Some(DEADLINE))?;
        Ok(socket)
    };
    net::visit(balancer, make).expect("a socket")
}

/// What the target says to whom it takes for the client, or nothing.
pub fn ask_posing(balancer: &Path, client: SocketAddr, target: SocketAddr) -> String {
    let socket = posing(balancer, socket2::Type::STREAM, client);
    let mut said = String::new();
    if socket.connect_timeout(&target.into(), Duration::from_secs(2)).is_ok() {
        std::net::TcpStream::from(socket).read_to_string(&mut said).expect("it says its word");
    }
    said
}

/// Says to everybody who connects who that is.
pub fn tell_peers(at: &Path, address: SocketAddr) {
    let (ready, listening) = std::sync::mpsc::channel();
    std::mem::forget(enter(at, move || {
        let listener = std::net::TcpListener::bind(address).expect("the port is free");
        ready.send(()).expect("the test waits");
        while let Ok((mut stream, peer)) = listener.accept() {
            // Who hangs up at once does not want to know.
            let _ = std::io::Write::write_all(&mut stream, peer.ip().to_string().as_bytes());
        }
    }));
    listening.recv().expect("it listens");
}
