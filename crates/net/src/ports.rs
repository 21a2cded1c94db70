//! Host ports: which are taken, which dynamic one is next.
//!
//! A published port is held by a socket that is bound but does not listen: packets never reach it (they are translated before), and no
//! other program of the node can take the port meanwhile.

use crate::{Error, PortBinding, PortRequest};
use model::status::TransportProtocol;
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;

/// Where dynamic host ports come from: what AWS documents for container instances.
pub const DYNAMIC_PORTS: RangeInclusive<u16> = 32768..=60999;

/// Whether a port is only checked and kept from others of ours (host mode: the program in the container binds it itself), or bound.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    Note,
    Bind,
}

/// The ports of this node that endpoints have.
#[derive(Default)]
pub(crate) struct Ports {
    held: BTreeMap<(TransportProtocol, u16), Option<Socket>>,
    next: BTreeMap<TransportProtocol, u16>,
}

impl Ports {
    /// Takes every requested port or none of them.
    pub(crate) fn take(&mut self, requests: &[PortRequest], hold: Hold) -> Result<Vec<PortBinding>, Error> {
        let mut bindings: Vec<PortBinding> = Vec::with_capacity(requests.len());
        for request in requests {
            let taken = match request.host_port {
                Some(port) => self.take_one(request.protocol, port, hold).map(|()| port),
                None => self.take_dynamic(request.protocol, hold),
            };
            match taken {
                Ok(host_port) => bindings.push(PortBinding {
                    bind_ip: Ipv4Addr::UNSPECIFIED,
                    container_port: request.container_port,
                    host_port,
                    protocol: request.protocol,
                }),
                Err(e) => {
                    self.give_back(&bindings);
                    return Err(e);
                }
            }
        }
        Ok(bindings)
    }

    /// Takes back what an endpoint that survived a restart has. A port that somebody else bound meanwhile stays published: it was ours first.
    pub(crate) fn retake(&mut self, bindings: &[PortBinding], hold: Hold) {
        for binding in bindings {
            let key = (binding.protocol, binding.host_port);
            let socket = (hold == Hold::Bind).then(|| bind(key.0, key.1).ok()).flatten();
            self.held.insert(key, socket);
        }
    }

    pub(crate) fn give_back(&mut self, bindings: &[PortBinding]) {
        for binding in bindings {
            self.held.remove(&(binding.protocol, binding.host_port));
        }
    }

    fn take_one(&mut self, protocol: TransportProtocol, port: u16, hold: Hold) -> Result<(), Error> {
        if self.held.contains_key(&(protocol, port)) {
            return Err(Error::PortTaken { port, protocol });
        }
        let socket = match bind(protocol, port) {
            Ok(socket) => socket,
            Err(e) if e.kind() == io::ErrorKind::AddrInUse => {
                return Err(Error::PortTaken { port, protocol });
            }
            Err(source) => {
                return Err(Error::System { action: format!("take port {port}/{protocol}"), source });
            }
        };
        self.held.insert((protocol, port), (hold == Hold::Bind).then_some(socket));
        Ok(())
    }

    fn take_dynamic(&mut self, protocol: TransportProtocol, hold: Hold) -> Result<u16, Error> {
        let (first, last) = (*DYNAMIC_PORTS.start(), *DYNAMIC_PORTS.end());
        let start = self.next.get(&protocol).copied().unwrap_or(first);
        for port in (start..=last).chain(first..start) {
            match self.take_one(protocol, port, hold) {
                Ok(()) => {
                    self.next.insert(protocol, if port == last { first } else { port + 1 });
                    return Ok(port);
                }
                Err(Error::PortTaken { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Err(Error::NoDynamicPort(protocol))
    }
}

fn bind(protocol: TransportProtocol, port: u16) -> io::Result<Socket> {
    let (kind, number) = match protocol {
        TransportProtocol::Tcp => (Type::STREAM, Protocol::TCP),
        TransportProtocol::Udp => (Type::DGRAM, Protocol::UDP),
    };
    let socket = Socket::new(Domain::IPV4, kind, Some(number))?;
    // Connections of a former holder in TIME_WAIT do not keep the port; a listener still does.
    socket.set_reuse_address(protocol == TransportProtocol::Tcp)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)).into())?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(host_port: Option<u16>) -> PortRequest {
        PortRequest { container_port: 80, host_port, protocol: TransportProtocol::Tcp }
    }

    #[test]
    fn a_port_that_somebody_listens_on_is_taken() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
        let port = listener.local_addr().expect("its address").port();
        let mut ports = Ports::default();
        assert!(matches!(ports.take(&[request(Some(port))], Hold::Bind), Err(Error::PortTaken { .. })));
    }

    #[test]
    fn dynamic_ports_differ_and_come_back() {
        let mut ports = Ports::default();
        let two = ports.take(&[request(None), request(None)], Hold::Bind).expect("two ports");
        assert_ne!(two[0].host_port, two[1].host_port);
        assert!(two.iter().all(|b| DYNAMIC_PORTS.contains(&b.host_port)));
        let again = request(Some(two[0].host_port));
        assert!(ports.take(&[again], Hold::Bind).is_err());
        ports.give_back(&two);
        assert!(ports.take(&[again], Hold::Bind).is_ok());
    }

    #[test]
    fn all_ports_or_none() {
        let mut ports = Ports::default();
        let first = ports.take(&[request(None)], Hold::Bind).expect("a port")[0].host_port;
        assert!(ports.take(&[request(None), request(Some(first))], Hold::Bind).is_err());
        assert_eq!(ports.held.len(), 1);
    }
}
