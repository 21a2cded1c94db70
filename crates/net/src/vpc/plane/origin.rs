//! Interfaces that send as others: what the packet filter lets them, and how the answers find back, whatever address they are for.

use super::group::combination_name;
use super::node::{Reach, station_mac};
use super::{Plane, Port};
use crate::vpc::changes::{Hop, Path};
use crate::vpc::elements::Element;
use crate::vpc::paths::everything;
use crate::vpc::rules::{Family, OVERLAY, SPEAKS_AS_ANOTHER};
use model::fabric::{self, Place};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Tables of origins are numbered from here, by 24 bits that follow from their names: connections outlive the agent, and so do their marks.
const TABLES: u32 = 0x4d00_0000;

/// Who began a connection.
#[derive(Clone, Copy)]
struct Origin(u32);

impl Origin {
    fn of(name: &str) -> Self {
        let number =
            u32::from_str_radix(&crate::node::short_hash(name)[..6], 16).expect("it is six hex digits");
        // No mark says that it is none.
        Self(number.max(1))
    }

    /// Below are the bits of security groups.
    fn mark(self) -> u32 {
        self.0 << 8
    }

    fn table(self) -> u32 {
        TABLES + self.0
    }

    /// Everything that has the mark goes through an address on a link.
    fn paths(self, family: Family, address: IpAddr, link: &str) -> [Path; 2] {
        let hop = Hop::Through { address, link: link.to_owned() };
        [
            Path::Route { table: self.table(), to: everything(family), hop },
            Path::Marked { family, mark: self.mark(), table: self.table() },
        ]
    }
}

impl Plane {
    /// The link of an interface that is here and sends as others.
    fn foreign_port(&self, interface: &fabric::Interface) -> Option<&Port> {
        self.port_of(interface).filter(|_| interface.foreign_sources)
    }

    pub(super) fn foreign_elements(&self, interface: &fabric::Interface) -> BTreeSet<Element> {
        let Some(Port { link, .. }) = self.foreign_port(interface) else { return BTreeSet::new() };
        let combination = combination_name(&interface.groups);
        let mark = Origin::of(link).mark();
        let of_family = |family: &Family| {
            let (family, link, combination) = (*family, link.clone(), combination.clone());
            [
                Element::Foreign { family, link: link.clone() },
                Element::ForeignEgress { family, link: link.clone(), combination: combination.clone() },
                Element::ForeignIngress { family, link: link.clone(), combination },
                Element::LinkMark { family, link, mark },
            ]
        };
        let mut elements: BTreeSet<Element> = self.families().iter().flat_map(of_family).collect();
        elements.extend(self.link_origins(interface));
        elements
    }

    /// That the link's connections are those of members of its groups, where rules name these.
    pub(super) fn link_origins(&self, interface: &fabric::Interface) -> Vec<Element> {
        let Some(Port { link, .. }) = self.foreign_port(interface) else { return Vec::new() };
        self.origins_of(&interface.groups, Origin::of(link).mark())
    }

    fn origins_of(&self, groups: &[String], mark: u32) -> Vec<Element> {
        let named = groups.iter().filter(|group| self.named.contains_key(*group));
        let of_group = |group: &String| {
            let group = group.clone();
            self.families().iter().map(move |family| Element::Origin {
                family: *family,
                group: group.clone(),
                mark,
            })
        };
        named.flat_map(of_group).collect()
    }

    pub(super) fn foreign_paths(&self, interface: &fabric::Interface) -> BTreeSet<Path> {
        let Some(Port { link, .. }) = self.foreign_port(interface) else { return BTreeSet::new() };
        let origin = Origin::of(link);
        // Any of its addresses is behind the link.
        let through = |family: &Family| {
            let address = self.addresses(interface).find(|address| Family::of(*address) == *family)?;
            Some(origin.paths(*family, address, link))
        };
        self.families().iter().filter_map(through).flatten().collect()
    }

    /// An interface of another node sends as others, or no longer.
    pub(super) fn note_origin(&mut self, id: &str, there: bool) {
        let interface = self.interfaces.get(id).filter(|i| i.foreign_sources);
        let Some(Place::Node(node)) = interface.map(|i| &i.place) else { return };
        if there {
            self.origins.entry(node.clone()).or_default().insert(id.to_owned());
        } else if let Some(of_node) = self.origins.get_mut(node) {
            of_node.remove(id);
            if of_node.is_empty() {
                self.origins.remove(&node.clone());
            }
        }
    }

    /// What brings answers back to the nodes that have interfaces which send as others. Those of a segment are not known by what they send.
    pub(super) fn stations_answered(&self) -> (BTreeSet<Element>, BTreeSet<Path>) {
        let (mut elements, mut paths) = (BTreeSet::new(), BTreeSet::new());
        let nodes = self.origins.iter().filter_map(|(id, of_node)| Some((self.nodes.get(id)?, of_node)));
        for (node, of_node) in nodes.filter(|(node, _)| self.reach(node) == Reach::Overlay) {
            let mac = station_mac(node.address);
            let origin = Origin::of(&node.address.to_string());
            for family in self.families().iter().copied() {
                let address = station_address(family, origin, mac);
                elements.insert(Element::StationMark { family, mac, mark: origin.mark() });
                paths.insert(Path::Neighbour { address, link: OVERLAY.to_owned(), mac });
                paths.extend(origin.paths(family, address, OVERLAY));
            }
            // Which of a node's interfaces it was is not known here: a group is what all of them are in.
            let mut groups = of_node.iter().filter_map(|id| self.interfaces.get(id)).map(|i| &i.groups);
            let Some(first) = groups.next() else { continue };
            let others: Vec<&Vec<String>> = groups.collect();
            let common = first.iter().filter(|group| others.iter().all(|other| other.contains(group)));
            let common: Vec<String> = common.cloned().collect();
            elements.extend(self.origins_of(&common, origin.mark() | SPEAKS_AS_ANOTHER));
        }
        (elements, paths)
    }
}

/// A router needs an address to be named by, and the other end of the overlay has none in the VPC: one of a block that no VPC may have (class E), or
/// the link-local one of its MAC address.
fn station_address(family: Family, Origin(number): Origin, [a, b, c, d, e, f]: [u8; 6]) -> IpAddr {
    let [_, x, y, z] = number.to_be_bytes();
    match family {
        Family::V4 => Ipv4Addr::new(240, x, y, z).into(),
        Family::V6 => Ipv6Addr::from([0xfe, 0x80, 0, 0, 0, 0, 0, 0, a, b, c, 0xff, 0xfe, d, e, f]).into(),
    }
}
