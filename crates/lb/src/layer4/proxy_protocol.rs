//! The header of the PROXY protocol, version 2, that targets get before a connection's first byte
//! ("Proxy protocol" in the guide of Network Load Balancers; the protocol's own specification by HAProxy).

use std::net::{IpAddr, SocketAddr};

const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";
/// Version 2, command PROXY.
const VERSION_AND_COMMAND: u8 = 0x21;

/// The header of a connection of the load balancer's own, a health check: version 2, command LOCAL, no addresses.
pub const LOCAL: [u8; 16] = *b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0";

/// What a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Stream,
    Datagram,
}

/// The header of a client's connection to a listener.
pub fn header(client: SocketAddr, listener: SocketAddr, transport: Transport) -> Vec<u8> {
    let kind = match transport {
        Transport::Stream => 1,
        Transport::Datagram => 2,
    };
    let mut header = SIGNATURE.to_vec();
    header.push(VERSION_AND_COMMAND);
    let (client_ip, listener_ip) = (client.ip().to_canonical(), listener.ip().to_canonical());
    let addresses = match (client_ip, listener_ip) {
        (IpAddr::V4(client), IpAddr::V4(listener)) => {
            header.push(0x10 | kind);
            [client.octets(), listener.octets()].concat()
        }
        (client, listener) => {
            header.push(0x20 | kind);
            [v6(client), v6(listener)].concat()
        }
    };
    header.extend_from_slice(&((addresses.len() + 4) as u16).to_be_bytes());
    header.extend_from_slice(&addresses);
    header.extend_from_slice(&client.port().to_be_bytes());
    header.extend_from_slice(&listener.port().to_be_bytes());
    header
}

fn v6(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_specification_has_it() {
        let made = header(
            "192.0.2.1:258".parse().expect("an address"),
            "198.51.100.2:80".parse().expect("an address"),
            Transport::Stream,
        );
        assert_eq!(&made[..12], b"\r\n\r\n\0\r\nQUIT\n");
        assert_eq!(made[12..], [0x21, 0x11, 0, 12, 192, 0, 2, 1, 198, 51, 100, 2, 1, 2, 0, 80]);
        let made = header(
            "[::1]:1".parse().expect("an address"),
            "[::2]:2".parse().expect("an address"),
            Transport::Datagram,
        );
        assert_eq!((made[13], made.len()), (0x22, 16 + 36));
    }
}
