//! What a VPC's namespace has to look like, and how it gets there. Pure: takes what the control plane says and what is plugged in, answers changes.
//!
//! Invariants: every change is computed from what changed alone, never from the whole; elements are taken out exactly as they were put in;
//! chains and sets are there before what refers to them and go after it.

mod group;
mod interface;
mod network;
mod node;
mod origin;
mod route;

use super::changes::{Changes, Path};
use super::rules::{self, Family};
use model::ec2::IpBlock;
use model::fabric::{self, Item, Key, Kind, Place, Update};
use network::network_paths;
pub(super) use node::station_mac;
use route::{FIRST_TABLE, NatGateway, Table, free_number, gateway_of, inward};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// A network interface that is plugged into this node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Port {
    pub link: String,
    pub mac: [u8; 6],
}

/// A VPC as this node is told of it, and what of it is in the kernel.
#[derive(Debug, Default)]
pub(super) struct Plane {
    /// Whether packets go to other nodes as they are.
    direct: bool,
    network: Option<fabric::Network>,
    nodes: BTreeMap<String, fabric::Node>,
    nat_gateways: BTreeMap<String, NatGateway>,
    tables: BTreeMap<String, Table>,
    subnets: BTreeMap<String, fabric::Subnet>,
    lists: BTreeMap<String, Vec<IpBlock>>,
    groups: BTreeMap<String, fabric::Group>,
    interfaces: BTreeMap<String, fabric::Interface>,
    ports: BTreeMap<String, Port>,
    /// How many groups' rules name a group: its members are kept in a set then.
    named: BTreeMap<String, usize>,
    /// How many interfaces here have a combination of groups.
    combinations: BTreeMap<Vec<String>, usize>,
    /// How often a group's chains are needed: by its rules, by each combination.
    chains: BTreeMap<String, usize>,
    /// The interfaces of each other node that send as others: it gets the answers to what comes from it.
    origins: BTreeMap<String, BTreeSet<String>>,
}

impl Plane {
    /// One that knows nothing.
    pub(super) fn new(direct: bool) -> Self {
        Self { direct, ..Self::default() }
    }

    /// Takes in what the control plane says. Not for a complete update of a plane that knows something: that begins with a new one.
    pub(super) fn update(&mut self, update: &Update) -> Changes {
        let mut changes = Changes::default();
        let mut put: Vec<&Item> = update.put.iter().collect();
        put.sort_by_key(|item| item.key().kind);
        // Rules may name a group or list that comes with the same update, so the order of kinds is all it takes.
        for item in put {
            self.put(item, &mut changes);
        }
        let mut gone: Vec<&Key> = update.gone.iter().collect();
        gone.sort_by_key(|key| std::cmp::Reverse(key.kind));
        for key in gone {
            self.remove(key, &mut changes);
        }
        changes
    }

    fn put(&mut self, item: &Item, changes: &mut Changes) {
        match item {
            Item::Network(network) => self.set_network(Some(network), changes),
            Item::Node(node) => self.change_node(&node.id, Some(node), changes),
            Item::NatGateway(gateway) => {
                let realm = self.nat_gateways.get(&gateway.id).map_or_else(
                    || free_number(1, self.nat_gateways.values().map(|g| u32::from(g.realm))),
                    |known| u32::from(known.realm),
                );
                // More gateways than realms there are not in any VPC: AWS allows five in a zone.
                let realm = u16::try_from(realm).unwrap_or(u16::MAX);
                let next = NatGateway { realm, public: gateway.public };
                self.change_nat_gateway(&gateway.id, Some(next), changes);
            }
            Item::RouteTable(table) => {
                let number = self.tables.get(&table.id).map_or_else(
                    || free_number(FIRST_TABLE, self.tables.values().map(|t| t.number)),
                    |known| known.number,
                );
                let next = Table { number, routes: table.routes.clone() };
                self.change_table(&table.id, Some(next), changes);
            }
            Item::Subnet(subnet) => self.change_subnet(&subnet.id, Some(subnet), changes),
            Item::PrefixList(list) => {
                let old = self.lists.insert(list.id.clone(), list.blocks.clone());
                changes.before.push_str(&rules::prefix_list(self.families(), &list.id, &list.blocks));
                if old.is_none() {
                    self.write_groups_with_list(&list.id, changes);
                }
            }
            Item::Group(group) => self.set_group(group, changes),
            Item::Interface(interface) => {
                self.change_interface(&interface.id, Some(interface.clone()), changes)
            }
            // Name servers' affair.
            Item::Name(_) => {}
        }
    }

    fn remove(&mut self, key: &Key, changes: &mut Changes) {
        match key.kind {
            Kind::Network => self.set_network(None, changes),
            Kind::Node => self.change_node(&key.id, None, changes),
            Kind::NatGateway => self.change_nat_gateway(&key.id, None, changes),
            Kind::RouteTable => self.change_table(&key.id, None, changes),
            Kind::Subnet => self.change_subnet(&key.id, None, changes),
            Kind::PrefixList => {
                if self.lists.remove(&key.id).is_some() {
                    self.write_groups_with_list(&key.id, changes);
                    changes.after.push_str(&rules::delete_prefix_list(self.families(), &key.id));
                }
            }
            Kind::Group => self.remove_group(&key.id, changes),
            Kind::Interface => self.change_interface(&key.id, None, changes),
            Kind::Name => {}
        }
    }

    /// An interface is plugged in. Call it for one that is [`Self::knows`] to be here.
    pub(super) fn plug(&mut self, interface: &str, port: Port) -> Changes {
        let mut changes = Changes::default();
        self.around(interface, &mut changes, |plane| {
            plane.ports.insert(interface.to_owned(), port);
        });
        changes
    }

    pub(super) fn unplug(&mut self, interface: &str) -> Changes {
        let mut changes = Changes::default();
        self.around(interface, &mut changes, |plane| {
            plane.ports.remove(interface);
        });
        changes
    }

    pub(super) fn network(&self) -> Option<&fabric::Network> {
        self.network.as_ref()
    }

    /// Whether the control plane has said that this interface is here.
    pub(super) fn knows(&self, interface: &str) -> bool {
        self.interfaces.get(interface).is_some_and(|i| i.place == Place::Here)
    }

    /// A plane that knows the same and has nothing in the kernel yet, and what it takes to bring all of it there.
    pub(super) fn again(&self) -> (Self, Changes) {
        let mut next = self.emptied();
        let update = Update { vpc: String::new(), complete: true, put: self.items(), gone: Vec::new() };
        let changes = next.update(&update);
        (next, changes)
    }

    /// One that knows nothing but what is plugged in.
    pub(super) fn emptied(&self) -> Self {
        Self { ports: self.ports.clone(), direct: self.direct, ..Self::default() }
    }

    /// The sides that the network has. Where that changes, everything is to be brought about anew.
    pub(super) fn families(&self) -> &'static [Family] {
        match &self.network {
            Some(network) if !network.ipv6_blocks.is_empty() => &[Family::V4, Family::V6],
            _ => &[Family::V4],
        }
    }

    /// The addresses of an interface that count: none of IPv6 where the VPC has no such blocks.
    fn addresses<'a>(&self, interface: &'a fabric::Interface) -> impl Iterator<Item = IpAddr> + use<'a> {
        let families = self.families();
        interface.addresses.iter().copied().filter(|address| families.contains(&Family::of(*address)))
    }

    /// What the control plane has said.
    fn items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = self.network.iter().cloned().map(Item::Network).collect();
        items.extend(self.nodes.values().cloned().map(Item::Node));
        items.extend(self.nat_gateways.iter().map(|(id, gateway)| {
            Item::NatGateway(fabric::NatGateway { id: id.clone(), public: gateway.public })
        }));
        items.extend(self.tables.iter().map(|(id, table)| {
            Item::RouteTable(fabric::RouteTable { id: id.clone(), routes: table.routes.clone() })
        }));
        items.extend(self.subnets.values().cloned().map(Item::Subnet));
        items.extend(self.lists.iter().map(|(id, blocks)| {
            Item::PrefixList(fabric::PrefixList { id: id.clone(), blocks: blocks.clone() })
        }));
        items.extend(self.groups.values().cloned().map(Item::Group));
        items.extend(self.interfaces.values().cloned().map(Item::Interface));
        items
    }

    /// Everything that netlink was asked for and that still stands.
    #[must_use]
    pub(super) fn all_paths(&self) -> BTreeSet<Path> {
        let mut paths = BTreeSet::new();
        paths.extend(self.network.iter().flat_map(|network| network_paths(network, self.direct)));
        paths.extend(self.subnets.values().map(gateway_of));
        paths.extend(self.nodes.values().filter_map(|node| self.station(node)));
        paths.extend(self.nat_gateways.values().filter_map(inward));
        paths.extend(self.tables.values().flat_map(|t| self.table_paths(t)));
        paths.extend(self.subnets.values().flat_map(|s| self.rules_of(s)));
        paths.extend(self.interfaces.values().flat_map(|i| self.interface_paths(i)));
        paths.extend(self.stations_answered().1);
        paths
    }
}

fn replace<T>(map: &mut BTreeMap<String, T>, id: &str, next: Option<T>) -> Option<T> {
    match next {
        Some(next) => map.insert(id.to_owned(), next),
        None => map.remove(id),
    }
}

#[cfg(test)]
mod tests;
