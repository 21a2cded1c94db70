//! What a rule is made of: each expression loads a register, compares it, or writes it to the packet.

use super::batch::{number, value};
use std::net::Ipv4Addr;

/// The first register of sixteen bytes; every expression here is done with it before the next begins.
const REGISTER: u32 = 1;
const EQUAL: u32 = 0;
const META_PROTOCOL: u32 = 16;
const CHECKSUM_INET: u32 = 1;
/// Where a TCP header has its checksum.
const TCP_CHECKSUM: u32 = 16;

/// Counted from where a header begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    Network = 1,
    Transport = 2,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// Loads the number of the transport protocol.
    Protocol,
    /// Loads a field of a packet.
    Load(Field),
    /// Goes on with the next expression only where the register holds these bytes.
    Equals(Vec<u8>),
    /// Loads bytes.
    Immediate(Vec<u8>),
    /// Writes the register to a field of a TCP header, and corrects its checksum.
    Store(Field),
}

/// Fields that rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Ipv4Source,
    Ipv4Destination,
    SourcePort,
    DestinationPort,
}

impl Field {
    /// The header, and the field's place and length in it, in bytes.
    fn place(self) -> (Header, u32, u32) {
        match self {
            Self::Ipv4Source => (Header::Network, 12, 4),
            Self::Ipv4Destination => (Header::Network, 16, 4),
            Self::SourcePort => (Header::Transport, 0, 2),
            Self::DestinationPort => (Header::Transport, 2, 2),
        }
    }
}

impl Expression {
    /// Of packets from an address.
    pub(crate) fn from(address: Ipv4Addr) -> [Self; 2] {
        [Self::Load(Field::Ipv4Source), Self::Equals(address.octets().to_vec())]
    }

    /// Of packets to an address.
    pub(crate) fn to(address: Ipv4Addr) -> [Self; 2] {
        [Self::Load(Field::Ipv4Destination), Self::Equals(address.octets().to_vec())]
    }

    /// Of TCP with a port.
    pub(crate) fn tcp(field: Field, port: u16) -> [Self; 4] {
        let tcp = Self::Equals(vec![6]);
        [Self::Protocol, tcp, Self::Load(field), Self::Equals(port.to_be_bytes().to_vec())]
    }

    /// Gives it another port.
    pub(crate) fn set(field: Field, port: u16) -> [Self; 2] {
        [Self::Immediate(port.to_be_bytes().to_vec()), Self::Store(field)]
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Protocol => "meta",
            Self::Load(_) | Self::Store(_) => "payload",
            Self::Equals(_) => "cmp",
            Self::Immediate(_) => "immediate",
        }
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Protocol => {
                number(bytes, 1, REGISTER);
                number(bytes, 2, META_PROTOCOL);
            }
            Self::Load(field) => {
                number(bytes, 1, REGISTER);
                place(bytes, *field);
            }
            Self::Equals(data) => {
                number(bytes, 1, REGISTER);
                number(bytes, 2, EQUAL);
                value(bytes, 3, data);
            }
            Self::Immediate(data) => {
                number(bytes, 1, REGISTER);
                value(bytes, 2, data);
            }
            Self::Store(field) => {
                number(bytes, 5, REGISTER);
                place(bytes, *field);
                number(bytes, 6, CHECKSUM_INET);
                number(bytes, 7, TCP_CHECKSUM);
            }
        }
    }
}

fn place(bytes: &mut Vec<u8>, field: Field) {
    let (header, offset, len) = field.place();
    number(bytes, 2, header as u32);
    number(bytes, 3, offset);
    number(bytes, 4, len);
}
