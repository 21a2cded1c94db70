//! Elements of the sets and maps of a VPC's packet filter, put in and taken out with every interface: without `nft`.

use super::rules::{Family, TABLE, members, origins};
use crate::netfilter::{Batch, Data, Item, Set};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A link's name with its end, as the kernel has it.
const IFNAMSIZ: usize = 16;

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
    /// Nobody from outside begins a connection with an address of IPv6.
    Sheltered {
        address: Ipv6Addr,
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
    /// A link may send from every address.
    Foreign {
        family: Family,
        link: String,
    },
    /// What it sends goes through the chain of a combination, and what comes back, whatever the addresses.
    ForeignEgress {
        family: Family,
        link: String,
        combination: String,
    },
    ForeignIngress {
        family: Family,
        link: String,
        combination: String,
    },
    /// Connections that begin at a link, or come from the station of another node, get a mark.
    LinkMark {
        family: Family,
        link: String,
        mark: u32,
    },
    StationMark {
        family: Family,
        mac: [u8; 6],
        mark: u32,
    },
    /// Connections with a mark were begun by a member of a group that some rule names, whoever it spoke as.
    Origin {
        family: Family,
        group: String,
        mark: u32,
    },
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
            Self::Sheltered { .. } => Family::V6,
            Self::Foreign { family, .. }
            | Self::ForeignEgress { family, .. }
            | Self::ForeignIngress { family, .. }
            | Self::LinkMark { family, .. }
            | Self::StationMark { family, .. }
            | Self::Origin { family, .. } => *family,
        }
    }

    fn set(&self) -> String {
        match self {
            Self::Source { .. } => "sources".to_owned(),
            Self::Egress { .. } => "egress".to_owned(),
            Self::Ingress { .. } => "ingress".to_owned(),
            Self::Member { group, .. } => members(group),
            Self::Sheltered { .. } => "sheltered".to_owned(),
            Self::PublicIn { .. } => "public-in".to_owned(),
            Self::PublicOut { .. } => "public-out".to_owned(),
            Self::Foreign { .. } => "foreign".to_owned(),
            Self::ForeignEgress { .. } => "foreign-egress".to_owned(),
            Self::ForeignIngress { .. } => "foreign-ingress".to_owned(),
            Self::LinkMark { .. } => "link-marks".to_owned(),
            Self::StationMark { .. } => "station-marks".to_owned(),
            Self::Origin { group, .. } => origins(group),
        }
    }

    fn item(&self) -> Item {
        Item { key: self.key(), data: self.data() }
    }

    fn key(&self) -> Vec<u8> {
        match self {
            Self::Source { link, address } => {
                let mut key = name_of(link);
                key.extend(octets(*address));
                key
            }
            Self::Foreign { link, .. }
            | Self::ForeignEgress { link, .. }
            | Self::ForeignIngress { link, .. }
            | Self::LinkMark { link, .. } => name_of(link),
            Self::StationMark { mac, .. } => mac.to_vec(),
            // In the order of the machine, as the kernel has marks.
            Self::Origin { mark, .. } => mark.to_ne_bytes().to_vec(),
            Self::Egress { address, .. } | Self::Ingress { address, .. } | Self::Member { address, .. } => {
                octets(*address)
            }
            Self::Sheltered { address } => address.octets().to_vec(),
            Self::PublicOut { address, .. } => address.octets().to_vec(),
            Self::PublicIn { public, .. } => public.octets().to_vec(),
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Source { .. }
            | Self::Member { .. }
            | Self::Foreign { .. }
            | Self::Origin { .. }
            | Self::Sheltered { .. } => Data::None,
            Self::Egress { combination, .. } | Self::ForeignEgress { combination, .. } => {
                Data::Goto(format!("out-{combination}"))
            }
            Self::Ingress { combination, .. } | Self::ForeignIngress { combination, .. } => {
                Data::Goto(format!("in-{combination}"))
            }
            Self::LinkMark { mark, .. } | Self::StationMark { mark, .. } => Data::Mark(*mark),
            Self::PublicIn { address, .. } => Data::Address(*address),
            Self::PublicOut { public, .. } => Data::Address(*public),
        }
    }
}

/// A link's name as the kernel compares it.
fn name_of(link: &str) -> Vec<u8> {
    let mut key = vec![0; IFNAMSIZ];
    let name = link.as_bytes();
    // Names of links are ours and shorter; a longer one would match nothing.
    let len = name.len().min(IFNAMSIZ - 1);
    key[..len].copy_from_slice(&name[..len]);
    key
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
            Self::Sheltered { address } => write!(f, "{address}"),
            Self::PublicIn { public, address } => write!(f, "{public} : {address}"),
            Self::PublicOut { public, address } => write!(f, "{address} : {public}"),
            Self::Foreign { link, .. } => write!(f, "\"{link}\""),
            Self::ForeignEgress { link, combination, .. } => {
                write!(f, "\"{link}\" : goto out-{combination}")
            }
            Self::ForeignIngress { link, combination, .. } => {
                write!(f, "\"{link}\" : goto in-{combination}")
            }
            Self::Origin { mark, .. } => write!(f, "{mark:#x}"),
            Self::LinkMark { link, mark, .. } => write!(f, "\"{link}\" : {mark:#x}"),
            Self::StationMark { mac: [a, b, c, d, e, g], mark, .. } => {
                write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x} : {mark:#x}")
            }
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

/// The changes as one transaction; neighbours of one set share a message.
pub(super) fn batch(changes: &[Change]) -> Batch {
    let mut batch = Batch::new();
    let runs = changes.chunk_by(|a, b| {
        let same = a.element.family() == b.element.family() && a.element.set() == b.element.set();
        a.add == b.add && same
    });
    for run in runs {
        let Change { add, element } = &run[0];
        let items: Vec<Item> = run.iter().map(|change| change.element.item()).collect();
        let set = Set { family: element.family(), table: TABLE, name: &element.set() };
        batch.elements(set, *add, &items);
    }
    batch
}
