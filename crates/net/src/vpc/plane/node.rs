//! Other nodes that have interfaces of the VPC, and how they are reached.

use super::{Plane, replace};
use crate::vpc::changes::{Changes, Path};
use model::fabric::{self, Place};
use std::collections::BTreeSet;
use std::net::SocketAddrV4;

impl Plane {
    pub(super) fn change_node(&mut self, id: &str, next: Option<&fabric::Node>, changes: &mut Changes) {
        // Its interfaces are behind its MAC address.
        let paths = |plane: &Self| -> BTreeSet<Path> {
            let there = |i: &&fabric::Interface| matches!(&i.place, Place::Node(node) if node == id);
            let interfaces = plane.interfaces.values().filter(there).flat_map(|i| plane.interface_paths(i));
            let station = plane.nodes.get(id).and_then(|node| plane.station(node));
            station.into_iter().chain(interfaces).chain(plane.steered()).collect()
        };
        let old = paths(self);
        let answered = self.stations_answered();
        replace(&mut self.nodes, id, next.cloned());
        changes.paths(&old, &paths(self));
        changes.parts(&answered, &self.stations_answered());
    }

    pub(super) fn reach(&self, node: &fabric::Node) -> Reach {
        match (self.direct, node.address.port() == 0) {
            (false, false) => Reach::Overlay,
            (true, true) => Reach::Direct,
            (false, true) | (true, false) => Reach::None,
        }
    }

    pub(super) fn station(&self, node: &fabric::Node) -> Option<Path> {
        let station = Path::Station { mac: station_mac(node.address), to: node.address };
        (self.reach(node) == Reach::Overlay).then_some(station)
    }
}

/// How another node is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Overlay,
    Direct,
    /// One of the two wraps packets and the other does not.
    None,
}

/// The MAC address of a node's end of the overlay: both sides derive it from where the node takes packets.
pub(in crate::vpc) fn station_mac(node: SocketAddrV4) -> [u8; 6] {
    let [a, b, c, d] = node.ip().octets();
    // Two nodes of one machine differ in the port alone.
    let [e, f] = node.port().to_be_bytes();
    [0x02 | (e & 0xfc), f, a, b, c, d]
}
