//! What is to be done to the kernel, decided and not yet done: text for the packet filter, elements of its sets, and paths.

use super::elements::{Change, Element};
use super::rules::Family;
use model::ec2::IpBlock;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4};

/// The kernel's number of the main table of routes.
pub(super) const MAIN: u32 = 254;

/// Something that netlink is asked for. In the order in which they are made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Path {
    /// The overlay between nodes, with its number.
    Overlay {
        number: u32,
    },
    /// The namespace itself has an address: routers and the name server.
    Here {
        address: Ipv4Addr,
    },
    /// Another node: the overlay sends what has this MAC address to it.
    Station {
        mac: [u8; 6],
        to: SocketAddrV4,
    },
    /// An address is behind a MAC address on a link.
    Neighbour {
        address: IpAddr,
        link: String,
        mac: [u8; 6],
    },
    Route {
        table: u32,
        to: IpBlock,
        hop: Hop,
    },
    /// What comes from a block looks into a table.
    Rule {
        from: IpBlock,
        table: u32,
    },
    /// What has a mark of this origin looks into a table before everything else.
    Marked {
        family: Family,
        mark: u32,
        table: u32,
    },
    /// The node itself leads a block to the VPC.
    Inward {
        to: IpBlock,
    },
    /// The node itself leads an address of the VPC to another node on its segment.
    Across {
        to: IpAddr,
        /// Of the other node; of IPv6 it is link-local.
        via: IpAddr,
    },
}

/// Where a route leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hop {
    /// Straight to a link.
    Link(String),
    /// Through an address on a link.
    Through {
        address: IpAddr,
        link: String,
    },
    /// Out of the VPC; a realm other than 0 says through which NAT gateway.
    Out {
        realm: u16,
    },
    Unreachable,
}

/// What is to be done, in this order: paths that go, the packet filter, paths that come.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Chains, rules and sets, for nft, that come before the elements.
    pub before: String,
    pub elements: Vec<Change>,
    /// Those that go after the elements.
    pub after: String,
    pub gone: Vec<Path>,
    pub new: Vec<Path>,
}

impl Changes {
    pub(super) fn add(&mut self, element: Element) {
        self.elements.push(Change { add: true, element });
    }

    /// Whether something was going to be deleted, which it then is not.
    pub(super) fn stays(&mut self, deletion: &str) -> bool {
        let going = self.after.contains(deletion);
        if going {
            self.after = self.after.replace(deletion, "");
        }
        going
    }

    /// What is only in `old` goes, what is only in `new` comes.
    pub(super) fn elements(&mut self, old: &BTreeSet<Element>, new: &BTreeSet<Element>) {
        self.elements
            .extend(old.difference(new).map(|element| Change { add: false, element: element.clone() }));
        self.elements
            .extend(new.difference(old).map(|element| Change { add: true, element: element.clone() }));
    }

    pub(super) fn paths(&mut self, old: &BTreeSet<Path>, new: &BTreeSet<Path>) {
        // What comes and goes within one update was never there, and what goes and comes stays.
        for path in old.difference(new) {
            match self.new.iter().position(|p| p == path) {
                Some(at) => drop(self.new.remove(at)),
                None => self.gone.push(path.clone()),
            }
        }
        for path in new.difference(old) {
            match self.gone.iter().position(|p| p == path) {
                Some(at) => drop(self.gone.remove(at)),
                None => self.new.push(path.clone()),
            }
        }
    }

    /// Both at once.
    pub(super) fn parts(
        &mut self,
        (elements, paths): &(BTreeSet<Element>, BTreeSet<Path>),
        (new_elements, new_paths): &(BTreeSet<Element>, BTreeSet<Path>),
    ) {
        self.elements(elements, new_elements);
        self.paths(paths, new_paths);
    }

    /// The filter's part as one script.
    pub(super) fn script(&self) -> String {
        let elements: String = self.elements.iter().map(Change::script).collect();
        format!("{}{elements}{}", self.before, self.after)
    }
}
