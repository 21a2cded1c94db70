//! Subnets, their route tables, and the NAT gateways that these lead through.

use super::node::Reach;
use super::{Plane, replace};
use crate::vpc::changes::{Changes, Hop, Path};
use crate::vpc::rules::{self, Family, OVERLAY};
use model::ec2::{IpBlock, Ipv6Block};
use model::fabric::{self, Place, Via};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

impl Plane {
    pub(super) fn change_nat_gateway(&mut self, id: &str, next: Option<NatGateway>, changes: &mut Changes) {
        // Answers come back to its address.
        let inward = |plane: &Self| plane.nat_gateways.get(id).and_then(inward).into_iter().collect();
        let old: BTreeSet<Path> = inward(self);
        self.around_tables(
            changes,
            |route| matches!(&route.via, Via::Nat(nat) if nat == id),
            |plane| {
                replace(&mut plane.nat_gateways, id, next);
            },
        );
        changes.paths(&old, &inward(self));
        let public = self.nat_gateways.values().filter_map(|g| Some((g.realm, g.public.as_ref()?)));
        changes.before.push_str(&rules::nat_gateways(public));
    }

    pub(super) fn change_table(&mut self, id: &str, next: Option<Table>, changes: &mut Changes) {
        let old = self.tables.get(id).map(|t| self.table_paths(t)).unwrap_or_default();
        let rules_of = |plane: &Self| -> BTreeSet<Path> {
            plane.subnets.values().filter(|s| s.routes == id).flat_map(|s| plane.rules_of(s)).collect()
        };
        let old_rules = rules_of(self);
        replace(&mut self.tables, id, next);
        let new = self.tables.get(id).map(|t| self.table_paths(t)).unwrap_or_default();
        changes.paths(&old, &new);
        changes.paths(&old_rules, &rules_of(self));
    }

    pub(super) fn change_subnet(&mut self, id: &str, next: Option<&fabric::Subnet>, changes: &mut Changes) {
        let old = replace(&mut self.subnets, id, next.cloned());
        let paths = |subnet: Option<&fabric::Subnet>| -> BTreeSet<Path> {
            subnet.into_iter().flat_map(|s| self.rules_of(s).into_iter().chain([gateway_of(s)])).collect()
        };
        changes.paths(&paths(old.as_ref()), &paths(next));
    }

    fn around_tables(
        &mut self,
        changes: &mut Changes,
        touched: impl Fn(&fabric::Route) -> bool,
        change: impl FnOnce(&mut Self),
    ) {
        let ids: Vec<String> = self
            .tables
            .iter()
            .filter(|(_, t)| t.routes.iter().any(&touched))
            .map(|(id, _)| id.clone())
            .collect();
        let paths = |plane: &Self| -> BTreeSet<Path> {
            ids.iter().filter_map(|id| plane.tables.get(id)).flat_map(|t| plane.table_paths(t)).collect()
        };
        let old = paths(self);
        change(self);
        changes.paths(&old, &paths(self));
    }

    /// The routes of tables that lead through interfaces: whether they do depends on where these are.
    pub(super) fn steered(&self) -> BTreeSet<Path> {
        let leads = |t: &&Table| t.routes.iter().any(|r| matches!(r.via, Via::Interface(_)));
        self.tables.values().filter(leads).flat_map(|t| self.table_paths(t)).collect()
    }

    pub(super) fn table_paths(&self, table: &Table) -> BTreeSet<Path> {
        let hop = |to: IpBlock, via: &Via| match via {
            Via::Internet => Hop::Out { realm: 0 },
            // Addresses of IPv6 are never translated into one of a NAT gateway.
            Via::Nat(_) if to.is_ipv6() => Hop::Unreachable,
            Via::Nat(id) => match self.nat_gateways.get(id) {
                Some(NatGateway { realm, public: Some(_) }) => Hop::Out { realm: *realm },
                _ => Hop::Unreachable,
            },
            Via::Interface(address) => {
                let owner = self.interfaces.values().find(|i| i.addresses.contains(address));
                match owner.map(|i| (&i.place, self.port_of(i))) {
                    Some((Place::Node(node), _))
                        if self.nodes.get(node).is_some_and(|n| self.reach(n) == Reach::Overlay) =>
                    {
                        Hop::Through { address: *address, link: OVERLAY.to_owned() }
                    }
                    Some((Place::Here, Some(port))) => {
                        Hop::Through { address: *address, link: port.link.clone() }
                    }
                    _ => Hop::Unreachable,
                }
            }
            Via::Blackhole => Hop::Unreachable,
        };
        let families = self.families();
        let routes = table.routes.iter().filter(|r| families.contains(&Family::of(r.to.address())));
        let routes = routes.map(|r| (r.to, hop(r.to, &r.via)));
        let mut hops: BTreeMap<IpBlock, Hop> = BTreeMap::new();
        if families.contains(&Family::V6) {
            // Whether a way leads out decides who comes in, so that there is none is said too.
            hops.insert(Ipv6Block::ANY.into(), Hop::Unreachable);
        }
        hops.extend(routes);
        hops.into_iter().map(|(to, hop)| Path::Route { table: table.number, to, hop }).collect()
    }

    pub(super) fn rules_of(&self, subnet: &fabric::Subnet) -> Vec<Path> {
        let Some(table) = self.tables.get(&subnet.routes) else { return Vec::new() };
        let ipv6 = subnet.ipv6_block.filter(|_| self.families().contains(&Family::V6));
        let blocks = std::iter::once(subnet.block.into()).chain(ipv6.map(IpBlock::from));
        blocks.map(|from| Path::Rule { from, table: table.number }).collect()
    }
}

/// Tables of subnets are numbered from here.
pub(super) const FIRST_TABLE: u32 = 1000;

#[derive(Clone, Debug)]
pub(super) struct NatGateway {
    pub(super) realm: u16,
    pub(super) public: Option<Ipv4Addr>,
}

#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) number: u32,
    pub(super) routes: Vec<fabric::Route>,
}

pub(super) fn inward(gateway: &NatGateway) -> Option<Path> {
    gateway.public.map(|address| Path::Inward { to: IpBlock::of(address.into()) })
}

pub(super) fn gateway_of(subnet: &fabric::Subnet) -> Path {
    Path::Here { address: subnet.block.nth(1).expect("a subnet has 16 addresses at least") }
}

pub(super) fn free_number(from: u32, taken: impl Iterator<Item = u32>) -> u32 {
    let taken: BTreeSet<u32> = taken.collect();
    (from..).find(|n| !taken.contains(n)).expect("there are more numbers than things")
}
