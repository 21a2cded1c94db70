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
pub(crate) struct Ports {
    dynamic: RangeInclusive<u16>,
    held: BTreeMap<(TransportProtocol, u16), Option<Socket>>,
    next: BTreeMap<TransportProtocol, u16>,
}

impl Default for Ports {
    fn default() -> Self {
        Self::new(DYNAMIC_PORTS)
    }
}

impl Ports {
    /// None is taken; those that nobody names come from `dynamic`.
    pub(crate) fn new(dynamic: RangeInclusive<u16>) -> Self {
        Self { dynamic, held: BTreeMap::new(), next: BTreeMap::new() }
    }

    /// Takes every requested port or none of them.
    pub(crate) fn take(&mut self, requests: &[PortRequest], hold: Hold) -> Result<Vec<PortBinding>, Error> {
        let mut bindings: Vec<PortBinding> = Vec::with_capacity(requests.len());
        for request in requests {
            let taken = match request.host_port {
                Some(port) => self.take_row(request.protocol, port, request.count, hold).map(|()| port),
                None => self.take_dynamic(request.protocol, request.count, hold),
            };
            match taken {
                Ok(host_port) => bindings.push(PortBinding {
                    bind_ip: Ipv4Addr::UNSPECIFIED,
                    container_port: request.container_port,
                    host_port,
                    count: request.count,
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
            for (port, _) in binding.pairs() {
                let socket = (hold == Hold::Bind).then(|| bind(binding.protocol, port).ok()).flatten();
                self.held.insert((binding.protocol, port), socket);
            }
        }
    }

    pub(crate) fn give_back(&mut self, bindings: &[PortBinding]) {
        for binding in bindings {
            for (port, _) in binding.pairs() {
                self.held.remove(&(binding.protocol, port));
            }
        }
    }

    /// So many ports in a row, or none.
    fn take_row(
        &mut self,
        protocol: TransportProtocol,
        first: u16,
        count: u16,
        hold: Hold,
    ) -> Result<(), Error> {
        let past_the_end = || Error::PortTaken { port: u16::MAX, protocol };
        let last = first.checked_add(count.saturating_sub(1)).ok_or_else(past_the_end)?;
        for port in first..=last {
            if let Err(e) = self.take_one(protocol, port, hold) {
                for taken in first..port {
                    self.held.remove(&(protocol, taken));
                }
                return Err(e);
            }
        }
        Ok(())
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

    /// The first free ones in a row after those that were given last; from the beginning where there are none up to the end.
    fn take_dynamic(&mut self, protocol: TransportProtocol, count: u16, hold: Hold) -> Result<u16, Error> {
        let (first, last) = (*self.dynamic.start(), *self.dynamic.end());
        let start = self.next.get(&protocol).copied().filter(|n| self.dynamic.contains(n)).unwrap_or(first);
        let from_there = self.find_row(protocol, start, count, hold)?;
        let found = match from_there {
            None if start > first => self.find_row(protocol, first, count, hold)?,
            found => found,
        };
        let port = found.ok_or(Error::NoDynamicPort(protocol))?;
        let after = port.saturating_add(count);
        self.next.insert(protocol, if after > last { first } else { after });
        Ok(port)
    }

    /// Looks from `at` on. Where a port is taken, the row begins behind it.
    fn find_row(
        &mut self,
        protocol: TransportProtocol,
        mut at: u16,
        count: u16,
        hold: Hold,
    ) -> Result<Option<u16>, Error> {
        let last = *self.dynamic.end();
        while at.checked_add(count.saturating_sub(1)).is_some_and(|end| end <= last) {
            match self.take_row(protocol, at, count, hold) {
                Ok(()) => return Ok(Some(at)),
                Err(Error::PortTaken { port: u16::MAX, .. }) => break,
                Err(Error::PortTaken { port, .. }) => at = port + 1,
                Err(other) => return Err(other),
            }
        }
        Ok(None)
    }
}

fn bind(protocol: TransportProtocol, port: u16) -> io::Result<Socket> {
    match bind_as(protocol, port, false) {
        // Connections of a former holder in TIME_WAIT do not keep the port; a listener still does.
        Err(e) if e.kind() == io::ErrorKind::AddrInUse && protocol == TransportProtocol::Tcp => {
            bind_as(protocol, port, true)
        }
        bound => bound,
    }
}

/// With `reuse` the kernel gives the port to whoever asks for it in the same way as well, as most servers do.
fn bind_as(protocol: TransportProtocol, port: u16, reuse: bool) -> io::Result<Socket> {
    let (kind, number) = match protocol {
        TransportProtocol::Tcp => (Type::STREAM, Protocol::TCP),
        TransportProtocol::Udp => (Type::DGRAM, Protocol::UDP),
    };
    let socket = Socket::new(Domain::IPV4, kind, Some(number))?;
    socket.set_reuse_address(reuse)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)).into())?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(host_port: Option<u16>) -> PortRequest {
        PortRequest { container_port: 80, host_port, count: 1, protocol: TransportProtocol::Tcp }
    }

    fn row(count: u16) -> PortRequest {
        PortRequest { container_port: 8000, host_port: None, count, protocol: TransportProtocol::Tcp }
    }

    /// Ports that nobody else of this machine uses at the moment; a range of its own for each test.
    fn small(first: u16, count: u16) -> Ports {
        Ports::new(first..=first + count - 1)
    }

    #[test]
    fn a_row_is_taken_as_a_whole_and_given_back() {
        let mut ports = small(61_000, 12);
        let one = ports.take(&[row(5)], Hold::Note).expect("five in a row")[0];
        assert_eq!((one.host_port, one.count), (61_000, 5));
        assert_eq!(one.pairs().last(), Some((61_004, 8004)));
        let two = ports.take(&[row(5)], Hold::Note).expect("five more")[0];
        assert_eq!(two.host_port, 61_005);
        // Two are left, one after the other, and not three.
        assert!(matches!(ports.take(&[row(3)], Hold::Note), Err(Error::NoDynamicPort(_))));
        assert_eq!(ports.held.len(), 10);
        ports.give_back(&[one]);
        assert_eq!(ports.take(&[row(4)], Hold::Note).expect("from the beginning")[0].host_port, 61_000);
    }

    #[test]
    fn a_row_begins_behind_a_port_that_is_taken() {
        let listener = std::net::TcpListener::bind("127.0.0.1:61102").expect("a port that nobody uses");
        let mut ports = small(61_100, 8);
        let binding = ports.take(&[row(3)], Hold::Bind).expect("three in a row")[0];
        assert_eq!(binding.host_port, 61_103);
        drop(listener);
        assert_eq!(ports.held.len(), 3);
        assert!(small(61_100, 2).take(&[row(3)], Hold::Note).is_err(), "more than there are");
    }

    #[test]
    fn a_port_that_somebody_listens_on_is_taken() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
        let port = listener.local_addr().expect("its address").port();
        let mut ports = Ports::default();
        assert!(matches!(ports.take(&[request(Some(port))], Hold::Bind), Err(Error::PortTaken { .. })));
    }

    #[test]
    fn a_held_port_is_nobody_elses() {
        let mut ports = small(61_200, 4);
        let port = ports.take(&[request(None)], Hold::Bind).expect("a port")[0].host_port;
        // The standard library asks to reuse addresses, as most servers do.
        assert!(std::net::TcpListener::bind(("0.0.0.0", port)).is_err());
        assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_err());
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
