//! Elements of the packet filter's sets and maps, put in and taken out through netlink.
//!
//! A start of `nft` costs more than everything else that plugging an interface in takes, so what happens with every interface
//! goes this way; chains and rules go through `nft`. A batch is one transaction of the kernel: all of it or nothing.
//! Source: `linux/netfilter/nf_tables.h` and `nfnetlink.h`.

use super::rules::{Family, TABLE, members};
use crate::Error;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink};
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::OwnedFd;
use std::sync::Mutex;
use std::time::Duration;

/// An element of a set or map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Element {
    /// A link may send from an address.
    Source {
        link: String,
        address: IpAddr,
    },
    /// What an address of this node sends goes through the chain of a combination.
    Egress {
        address: IpAddr,
        combination: String,
    },
    /// What goes to it, likewise.
    Ingress {
        address: IpAddr,
        combination: String,
    },
    /// An address belongs to a group that some rule names.
    Member {
        group: String,
        address: IpAddr,
    },
    /// A public address stands for an address, in both directions.
    PublicIn {
        public: Ipv4Addr,
        address: Ipv4Addr,
    },
    PublicOut {
        public: Ipv4Addr,
        address: Ipv4Addr,
    },
}

enum Data {
    None,
    Address(Ipv4Addr),
    Goto(String),
}

impl Element {
    /// Whose table has its set.
    pub(super) fn family(&self) -> Family {
        match self {
            Self::Source { address, .. }
            | Self::Egress { address, .. }
            | Self::Ingress { address, .. }
            | Self::Member { address, .. } => Family::of(*address),
            Self::PublicIn { .. } | Self::PublicOut { .. } => Family::V4,
        }
    }

    fn set(&self) -> String {
        match self {
            Self::Source { .. } => "sources".to_owned(),
            Self::Egress { .. } => "egress".to_owned(),
            Self::Ingress { .. } => "ingress".to_owned(),
            Self::Member { group, .. } => members(group),
            Self::PublicIn { .. } => "public-in".to_owned(),
            Self::PublicOut { .. } => "public-out".to_owned(),
        }
    }

    fn key(&self) -> Vec<u8> {
        match self {
            Self::Source { link, address } => {
                let mut key = vec![0; IFNAMSIZ];
                let name = link.as_bytes();
                // Names of links are ours and shorter; a longer one would match nothing.
                let len = name.len().min(IFNAMSIZ - 1);
                key[..len].copy_from_slice(&name[..len]);
                key.extend(octets(*address));
                key
            }
            Self::Egress { address, .. } | Self::Ingress { address, .. } | Self::Member { address, .. } => {
                octets(*address)
            }
            Self::PublicOut { address, .. } => address.octets().to_vec(),
            Self::PublicIn { public, .. } => public.octets().to_vec(),
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Source { .. } | Self::Member { .. } => Data::None,
            Self::Egress { combination, .. } => Data::Goto(format!("out-{combination}")),
            Self::Ingress { combination, .. } => Data::Goto(format!("in-{combination}")),
            Self::PublicIn { address, .. } => Data::Address(*address),
            Self::PublicOut { public, .. } => Data::Address(*public),
        }
    }
}

fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

/// As nft writes it, without the set's name.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { link, address } => write!(f, "\"{link}\" . {address}"),
            Self::Egress { address, combination } => write!(f, "{address} : goto out-{combination}"),
            Self::Ingress { address, combination } => write!(f, "{address} : goto in-{combination}"),
            Self::Member { address, .. } => write!(f, "{address}"),
            Self::PublicIn { public, address } => write!(f, "{public} : {address}"),
            Self::PublicOut { public, address } => write!(f, "{address} : {public}"),
        }
    }
}

/// Putting an element in, or taking it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub add: bool,
    pub element: Element,
}

impl Change {
    /// The same for nft, as a line of a script.
    pub(super) fn script(&self) -> String {
        let verb = if self.add { "add" } else { "delete" };
        let (family, set) = (self.element.family().word(), self.element.set());
        format!("{verb} element {family} {TABLE} {set} {{ {} }}\n", self.element)
    }
}

/// The packet filter of the namespace that this was opened in.
pub(super) struct Filter {
    socket: Mutex<OwnedFd>,
}

/// How long the kernel may take to answer: it answers within the send unless another transaction holds it up.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

impl Filter {
    /// Opens it in the namespace of the calling thread.
    pub(super) fn open() -> Result<Self, Error> {
        let open = || -> rustix::io::Result<OwnedFd> {
            let socket = rustix::net::socket_with(
                AddressFamily::NETLINK,
                SocketType::RAW,
                SocketFlags::CLOEXEC,
                Some(netlink::NETFILTER),
            )?;
            set_socket_timeout(&socket, Timeout::Recv, Some(ANSWER_LIMIT))?;
            Ok(socket)
        };
        let socket = open().map_err(|e| Error::System {
            action: "open a socket to the packet filter".to_owned(),
            source: e.into(),
        })?;
        Ok(Self { socket: Mutex::new(socket) })
    }

    /// Makes the changes, all or none. Blocks for less than a millisecond.
    pub(super) fn apply(&self, changes: &[Change]) -> Result<(), Error> {
        if changes.is_empty() {
            return Ok(());
        }
        let failed = |source: io::Error| Error::System {
            action: format!("change {} elements of the packet filter", changes.len()),
            source,
        };
        let socket = self.socket.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (batch, last) = batch(changes);
        let kernel = netlink::SocketAddrNetlink::new(0, 0);
        let mut buffer = vec![0u8; 32 * 1024];
        // What is left of the answers to a batch that was refused.
        while rustix::net::recv(&*socket, &mut buffer, RecvFlags::DONTWAIT).is_ok() {}
        rustix::net::sendto(&*socket, &batch, SendFlags::empty(), &kernel).map_err(|e| failed(e.into()))?;
        loop {
            let (len, _) =
                rustix::net::recv(&*socket, &mut buffer, RecvFlags::empty()).map_err(|e| failed(e.into()))?;
            match answer(&buffer[..len], last) {
                Answer::Done => return Ok(()),
                Answer::More => {}
                Answer::Refused(errno) => return Err(failed(io::Error::from_raw_os_error(errno))),
            }
        }
    }
}

const IFNAMSIZ: usize = 16;
const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_ACK: u16 = 0x4;
const NLM_F_CREATE: u16 = 0x400;
const NLMSG_ERROR: u16 = 0x2;
const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const SUBSYSTEM: u16 = 10;
const NEW_ELEMENT: u16 = (SUBSYSTEM << 8) | 12;
const DELETE_ELEMENT: u16 = (SUBSYSTEM << 8) | 14;
const NESTED: u16 = 0x8000;
const GOTO: i32 = -4;
/// Elements of one message: an attribute's length is a 16-bit number.
const ELEMENTS_PER_MESSAGE: usize = 200;

/// The messages of a transaction, and the sequence number of the one whose acknowledgement is the last answer.
fn batch(changes: &[Change]) -> (Vec<u8>, u32) {
    let mut bytes = Vec::new();
    message(&mut bytes, BATCH_BEGIN, NLM_F_REQUEST, 0, 0, SUBSYSTEM, |_| {});
    let runs: Vec<&[Change]> = changes
        .chunk_by(|a, b| {
            let same = a.element.family() == b.element.family() && a.element.set() == b.element.set();
            a.add == b.add && same
        })
        .flat_map(|run| run.chunks(ELEMENTS_PER_MESSAGE))
        .collect();
    let last = u32::try_from(runs.len()).expect("a batch is small");
    for (number, run) in (1..).zip(&runs) {
        let first = &run[0];
        let kind = if first.add { NEW_ELEMENT } else { DELETE_ELEMENT };
        let ack = if number == last { NLM_F_ACK } else { 0 };
        let flags = NLM_F_REQUEST | if first.add { NLM_F_CREATE } else { 0 } | ack;
        message(&mut bytes, kind, flags, number, first.element.family().number(), 0, |bytes| {
            text(bytes, 1, TABLE);
            text(bytes, 2, &first.element.set());
            nested(bytes, 3, |bytes| {
                for change in *run {
                    nested(bytes, 1, |bytes| element(bytes, &change.element, change.add));
                }
            });
        });
    }
    message(&mut bytes, BATCH_END, NLM_F_REQUEST, last + 1, 0, SUBSYSTEM, |_| {});
    (bytes, last)
}

fn element(bytes: &mut Vec<u8>, element: &Element, with_data: bool) {
    nested(bytes, 1, |bytes| attribute(bytes, 1, |bytes| bytes.extend(element.key())));
    match element.data() {
        _ if !with_data => {}
        Data::None => {}
        Data::Address(address) => {
            nested(bytes, 2, |bytes| attribute(bytes, 1, |bytes| bytes.extend(address.octets())));
        }
        Data::Goto(chain) => nested(bytes, 2, |bytes| {
            nested(bytes, 2, |bytes| {
                attribute(bytes, 1, |bytes| bytes.extend(GOTO.to_be_bytes()));
                text(bytes, 2, &chain);
            });
        }),
    }
}

/// A netlink message with the header of netfilter's.
fn message(
    bytes: &mut Vec<u8>,
    kind: u16,
    flags: u16,
    sequence: u32,
    family: u8,
    resource: u16,
    body: impl FnOnce(&mut Vec<u8>),
) {
    let start = bytes.len();
    bytes.extend(0u32.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(sequence.to_ne_bytes());
    bytes.extend(0u32.to_ne_bytes());
    bytes.extend([family, 0]);
    bytes.extend(resource.to_be_bytes());
    body(bytes);
    let len = u32::try_from(bytes.len() - start).expect("a message is small");
    bytes[start..start + 4].copy_from_slice(&len.to_ne_bytes());
}

fn attribute(bytes: &mut Vec<u8>, kind: u16, body: impl FnOnce(&mut Vec<u8>)) {
    let start = bytes.len();
    bytes.extend(0u16.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    body(bytes);
    let len = u16::try_from(bytes.len() - start).expect("attributes are kept small");
    bytes[start..start + 2].copy_from_slice(&len.to_ne_bytes());
    bytes.resize(start + usize::from(len).next_multiple_of(4), 0);
}

fn nested(bytes: &mut Vec<u8>, kind: u16, body: impl FnOnce(&mut Vec<u8>)) {
    attribute(bytes, kind | NESTED, body);
}

fn text(bytes: &mut Vec<u8>, kind: u16, text: &str) {
    attribute(bytes, kind, |bytes| {
        bytes.extend(text.as_bytes());
        bytes.push(0);
    });
}

enum Answer {
    Done,
    /// There is another answer to come.
    More,
    Refused(i32),
}

/// What the kernel says: errors of single messages, and the acknowledgement of the last.
fn answer(mut bytes: &[u8], last: u32) -> Answer {
    let number = |bytes: &[u8], at: usize| -> Option<u32> {
        Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
    };
    while let (Some(len), Some(sequence), Some(kind)) =
        (number(bytes, 0), number(bytes, 8), bytes.get(4..6).map(|b| u16::from_ne_bytes([b[0], b[1]])))
    {
        if kind == NLMSG_ERROR {
            match number(bytes, 16).map(u32::cast_signed) {
                Some(0) if sequence == last => return Answer::Done,
                Some(0) | None => {}
                Some(error) => return Answer::Refused(-error),
            }
        }
        let step = (len as usize).next_multiple_of(4).max(16);
        bytes = bytes.get(step..).unwrap_or_default();
    }
    Answer::More
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_their_lengths_and_runs_of_one_set_share_one() {
        let member = |n: u32| Change {
            add: true,
            element: Element::Member { group: "sg-1".to_owned(), address: Ipv4Addr::from(n).into() },
        };
        let mut changes: Vec<Change> = (0..450).map(member).collect();
        changes.push(Change { add: false, ..member(9) });
        let ipv6 = std::net::Ipv6Addr::LOCALHOST.into();
        changes.push(Change {
            add: false,
            element: Element::Member { group: "sg-1".to_owned(), address: ipv6 },
        });
        let (bytes, last) = batch(&changes);
        let mut kinds = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let len = u32::from_ne_bytes(rest[..4].try_into().expect("four")) as usize;
            kinds.push(u16::from_ne_bytes([rest[4], rest[5]]));
            assert_eq!(len % 4, 0);
            rest = &rest[len..];
        }
        assert_eq!(
            kinds,
            [BATCH_BEGIN, NEW_ELEMENT, NEW_ELEMENT, NEW_ELEMENT, DELETE_ELEMENT, DELETE_ELEMENT, BATCH_END]
        );
        assert_eq!(last, 5);
    }

    #[test]
    fn an_error_counts_wherever_it_stands() {
        let mut bytes = Vec::new();
        let said = |bytes: &mut Vec<u8>, sequence: u32, error: i32| {
            bytes.extend(20u32.to_ne_bytes());
            bytes.extend(NLMSG_ERROR.to_ne_bytes());
            bytes.extend([0; 2]);
            bytes.extend(sequence.to_ne_bytes());
            bytes.extend([0; 4]);
            bytes.extend(error.to_ne_bytes());
        };
        said(&mut bytes, 1, 0);
        assert!(matches!(answer(&bytes, 2), Answer::More));
        said(&mut bytes, 2, 0);
        assert!(matches!(answer(&bytes, 2), Answer::Done));
        let mut bytes = Vec::new();
        said(&mut bytes, 1, -2);
        said(&mut bytes, 2, 0);
        assert!(matches!(answer(&bytes, 2), Answer::Refused(2)));
        assert!(matches!(answer(&bytes[..3], 2), Answer::More));
    }
}
