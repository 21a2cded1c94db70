//! The VPC itself: its blocks, and the addresses that its namespace has.

use super::Plane;
use crate::vpc::changes::{Changes, Hop, MAIN, Path};
use crate::vpc::rules;
use model::fabric;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

impl Plane {
    pub(super) fn set_network(&mut self, next: Option<&fabric::Network>, changes: &mut Changes) {
        let old = std::mem::replace(&mut self.network, next.cloned());
        let direct = self.direct;
        let paths =
            |network: Option<&fabric::Network>| network.map(|n| network_paths(n, direct)).unwrap_or_default();
        changes.paths(&paths(old.as_ref()), &paths(next));
        if let Some(next) = next {
            changes.before.push_str(&rules::blocks(self.families(), &next.blocks, &next.ipv6_blocks));
        }
    }
}

/// The name server answers under the same address in every VPC, and under its base + 2.
const NAME_SERVER: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);

pub(super) fn network_paths(network: &fabric::Network, direct: bool) -> BTreeSet<Path> {
    let mut paths = BTreeSet::from([Path::Here { address: NAME_SERVER }]);
    if !direct {
        paths.insert(Path::Overlay { number: network.number });
    }
    paths.extend(network.blocks.first().and_then(|b| b.nth(2)).map(|address| Path::Here { address }));
    // An address of the VPC that nobody has does not leave it.
    let unknown = |to| Path::Route { table: MAIN, to, hop: Hop::Unreachable };
    for known in &network.blocks {
        paths.insert(unknown((*known).into()));
        paths.insert(Path::Inward { to: (*known).into() });
    }
    for known in &network.ipv6_blocks {
        paths.insert(unknown((*known).into()));
        paths.insert(Path::Inward { to: (*known).into() });
    }
    paths
}
