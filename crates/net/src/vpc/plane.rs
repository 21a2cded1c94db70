//! What a VPC's namespace has to look like, and how it gets there. Pure: takes what the control plane says and what is plugged in, answers changes.
//!
//! Invariants: every change is computed from what changed alone, never from the whole; elements are taken out exactly as they were put in;
//! chains and sets are there before what refers to them and go after it.

use super::changes::{Changes, Hop, MAIN, Path};
use super::elements::Element;
use super::rules::{self, OVERLAY};
use crate::address::Block;
use crate::node::short_hash;
use model::ec2::Ipv4Block;
use model::fabric::{self, Item, Key, Kind, Peer, Place, Update, Via};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddrV4};

/// Tables of subnets are numbered from here.
const FIRST_TABLE: u32 = 1000;

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
    lists: BTreeMap<String, Vec<Ipv4Block>>,
    groups: BTreeMap<String, fabric::Group>,
    interfaces: BTreeMap<String, fabric::Interface>,
    ports: BTreeMap<String, Port>,
    /// How many groups' rules name a group: its members are kept in a set then.
    named: BTreeMap<String, usize>,
    /// How many interfaces here have a combination of groups.
    combinations: BTreeMap<Vec<String>, usize>,
    /// How often a group's chains are needed: by its rules, by each combination.
    chains: BTreeMap<String, usize>,
}

#[derive(Clone, Debug)]
struct NatGateway {
    realm: u16,
    public: Option<Ipv4Addr>,
}

#[derive(Clone, Debug)]
struct Table {
    number: u32,
    routes: Vec<fabric::Route>,
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
                changes.before.push_str(&rules::prefix_list(&list.id, &list.blocks));
                if old.is_none() {
                    self.write_groups_with_list(&list.id, changes);
                }
            }
            Item::Group(group) => self.set_group(group, changes),
            Item::Interface(interface) => {
                self.change_interface(&interface.id, Some(interface.clone()), changes)
            }
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
                    changes.after.push_str(&rules::delete_prefix_list(&key.id));
                }
            }
            Kind::Group => self.remove_group(&key.id, changes),
            Kind::Interface => self.change_interface(&key.id, None, changes),
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
        paths.extend(self.subnets.values().filter_map(|s| self.rule_of(s)));
        paths.extend(self.interfaces.values().flat_map(|i| self.interface_paths(i)));
        paths
    }

    fn set_network(&mut self, next: Option<&fabric::Network>, changes: &mut Changes) {
        let old = std::mem::replace(&mut self.network, next.cloned());
        let direct = self.direct;
        let paths =
            |network: Option<&fabric::Network>| network.map(|n| network_paths(n, direct)).unwrap_or_default();
        changes.paths(&paths(old.as_ref()), &paths(next));
        if let Some(next) = next {
            changes.before.push_str(&rules::blocks(&next.blocks));
        }
    }

    fn change_node(&mut self, id: &str, next: Option<&fabric::Node>, changes: &mut Changes) {
        // Its interfaces are behind its MAC address.
        let paths = |plane: &Self| -> BTreeSet<Path> {
            let there = |i: &&fabric::Interface| matches!(&i.place, Place::Node(node) if node == id);
            let interfaces = plane.interfaces.values().filter(there).flat_map(|i| plane.interface_paths(i));
            let station = plane.nodes.get(id).and_then(|node| plane.station(node));
            station.into_iter().chain(interfaces).chain(plane.steered()).collect()
        };
        let old = paths(self);
        replace(&mut self.nodes, id, next.cloned());
        changes.paths(&old, &paths(self));
    }

    fn change_nat_gateway(&mut self, id: &str, next: Option<NatGateway>, changes: &mut Changes) {
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

    fn change_table(&mut self, id: &str, next: Option<Table>, changes: &mut Changes) {
        let old = self.tables.get(id).map(|t| self.table_paths(t)).unwrap_or_default();
        let rules_of = |plane: &Self| -> BTreeSet<Path> {
            plane.subnets.values().filter(|s| s.routes == id).filter_map(|s| plane.rule_of(s)).collect()
        };
        let old_rules = rules_of(self);
        replace(&mut self.tables, id, next);
        let new = self.tables.get(id).map(|t| self.table_paths(t)).unwrap_or_default();
        changes.paths(&old, &new);
        changes.paths(&old_rules, &rules_of(self));
    }

    fn change_subnet(&mut self, id: &str, next: Option<&fabric::Subnet>, changes: &mut Changes) {
        let old = replace(&mut self.subnets, id, next.cloned());
        let paths = |subnet: Option<&fabric::Subnet>| -> BTreeSet<Path> {
            subnet.into_iter().flat_map(|s| self.rule_of(s).into_iter().chain([gateway_of(s)])).collect()
        };
        changes.paths(&paths(old.as_ref()), &paths(next));
    }

    fn set_group(&mut self, group: &fabric::Group, changes: &mut Changes) {
        let old = self.groups.insert(group.id.clone(), group.clone());
        if old.is_none() {
            self.need_chains(&group.id, changes);
        }
        let before = old.as_ref().map(named).unwrap_or_default();
        let now = named(group);
        for name in now.difference(&before) {
            let users = self.named.entry((*name).to_owned()).or_default();
            *users += 1;
            if *users == 1 && !changes.stays(&rules::delete_members(name)) {
                changes.before.push_str(&rules::add_members(name));
                for interface in self.interfaces.values().filter(|i| i.groups.iter().any(|g| g == name)) {
                    for address in &interface.addresses {
                        changes.add(Element::Member { group: (*name).to_owned(), address: *address });
                    }
                }
            }
        }
        changes.before.push_str(&rules::group(group, |list| self.lists.contains_key(list)));
        self.unname(before.difference(&now), changes);
    }

    fn remove_group(&mut self, id: &str, changes: &mut Changes) {
        let Some(old) = self.groups.remove(id) else { return };
        // Without rules, so that nothing refers to the sets that go.
        let empty = fabric::Group { id: id.to_owned(), rules: Vec::new() };
        changes.before.push_str(&rules::group(&empty, |_| false));
        self.unname(named(&old).iter(), changes);
        self.release_chains(id, changes);
    }

    /// Rules that name a list are only written where it is there.
    fn write_groups_with_list(&self, list: &str, changes: &mut Changes) {
        let naming = |g: &&fabric::Group| {
            g.rules.iter().any(|r| matches!(&r.peer, Peer::PrefixList(id) if id == list))
        };
        for group in self.groups.values().filter(naming) {
            changes.before.push_str(&rules::group(group, |list| self.lists.contains_key(list)));
        }
    }

    fn unname<'a>(&mut self, names: impl Iterator<Item = &'a &'a str>, changes: &mut Changes) {
        for name in names {
            let Some(users) = self.named.get_mut(*name) else { continue };
            *users -= 1;
            if *users == 0 {
                self.named.remove(*name);
                // Its elements go with it: those that this update put in or takes out of it, too.
                changes
                    .elements
                    .retain(|c| !matches!(&c.element, Element::Member { group, .. } if group == name));
                changes.after.push_str(&rules::delete_members(name));
            }
        }
    }

    fn need_chains(&mut self, group: &str, changes: &mut Changes) {
        let users = self.chains.entry(group.to_owned()).or_default();
        *users += 1;
        if *users == 1 && !changes.stays(&rules::delete_group_chains(group)) {
            changes.before.push_str(&rules::add_group_chains(group));
        }
    }

    fn release_chains(&mut self, group: &str, changes: &mut Changes) {
        let Some(users) = self.chains.get_mut(group) else { return };
        *users -= 1;
        if *users == 0 {
            self.chains.remove(group);
            changes.after.push_str(&rules::delete_group_chains(group));
        }
    }

    fn change_interface(&mut self, id: &str, next: Option<fabric::Interface>, changes: &mut Changes) {
        self.around(id, changes, |plane| {
            replace(&mut plane.interfaces, id, next);
        });
    }

    /// Changes something about an interface, with all that follows from it.
    fn around(&mut self, id: &str, changes: &mut Changes, change: impl FnOnce(&mut Self)) {
        let (elements, paths) = self.parts_of(id);
        let combination = self.combination_of(id);
        let steered = self.steered();
        change(self);
        let next = self.combination_of(id);
        if next != combination {
            if let Some(groups) = &next {
                self.need_combination(groups, changes);
            }
            if let Some(groups) = &combination {
                self.release_combination(groups, changes);
            }
        }
        let (new_elements, new_paths) = self.parts_of(id);
        changes.elements(&elements, &new_elements);
        changes.paths(&paths, &new_paths);
        changes.paths(&steered, &self.steered());
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
    fn steered(&self) -> BTreeSet<Path> {
        let leads = |t: &&Table| t.routes.iter().any(|r| matches!(r.via, Via::Interface(_)));
        self.tables.values().filter(leads).flat_map(|t| self.table_paths(t)).collect()
    }

    /// What an interface has in the filter and as paths.
    fn parts_of(&self, id: &str) -> (BTreeSet<Element>, BTreeSet<Path>) {
        let Some(interface) = self.interfaces.get(id) else { return Default::default() };
        (self.interface_elements(interface), self.interface_paths(interface))
    }

    /// The groups of an interface that is plugged in here.
    fn combination_of(&self, id: &str) -> Option<Vec<String>> {
        let interface = self.interfaces.get(id).filter(|i| i.place == Place::Here)?;
        self.ports.contains_key(id).then(|| interface.groups.clone())
    }

    fn need_combination(&mut self, groups: &[String], changes: &mut Changes) {
        let users = self.combinations.entry(groups.to_vec()).or_default();
        *users += 1;
        if *users > 1 {
            return;
        }
        for group in groups {
            self.need_chains(group, changes);
        }
        let name = combination_name(groups);
        if !changes.stays(&rules::delete_combination(&name)) {
            changes.before.push_str(&rules::add_combination(&name, groups));
        }
    }

    fn release_combination(&mut self, groups: &[String], changes: &mut Changes) {
        let Some(users) = self.combinations.get_mut(groups) else { return };
        *users -= 1;
        if *users > 0 {
            return;
        }
        self.combinations.remove(groups);
        changes.after.push_str(&rules::delete_combination(&combination_name(groups)));
        for group in groups {
            self.release_chains(group, changes);
        }
    }

    fn interface_elements(&self, interface: &fabric::Interface) -> BTreeSet<Element> {
        let mut elements = BTreeSet::new();
        for address in &interface.addresses {
            for group in interface.groups.iter().filter(|g| self.named.contains_key(*g)) {
                elements.insert(Element::Member { group: group.clone(), address: *address });
            }
            let Some(port) = self.port_of(interface) else { continue };
            let combination = combination_name(&interface.groups);
            elements.insert(Element::Source { link: port.link.clone(), address: *address });
            elements.insert(Element::Egress { address: *address, combination: combination.clone() });
            elements.insert(Element::Ingress { address: *address, combination });
        }
        for fabric::Public { public, address } in
            interface.public.iter().copied().filter(|_| self.port_of(interface).is_some())
        {
            elements.insert(Element::PublicIn { public, address });
            elements.insert(Element::PublicOut { public, address });
        }
        elements
    }

    fn interface_paths(&self, interface: &fabric::Interface) -> BTreeSet<Path> {
        let mut paths = BTreeSet::new();
        let (link, mac) = match &interface.place {
            Place::Nowhere => return paths,
            Place::Node(node) => match self.nodes.get(node).map(|node| (node, self.reach(node))) {
                Some((node, Reach::Overlay)) => (OVERLAY, station_mac(node.address)),
                Some((node, Reach::Direct)) => {
                    for address in &interface.addresses {
                        let hop = Hop::Out { realm: 0 };
                        paths.insert(Path::Route { table: MAIN, to: (*address, 32), hop });
                        paths.insert(Path::Across { to: *address, via: *node.address.ip() });
                    }
                    return paths;
                }
                Some((_, Reach::None)) | None => return paths,
            },
            Place::Here => match self.port_of(interface) {
                Some(port) => (port.link.as_str(), port.mac),
                None => return paths,
            },
        };
        for address in &interface.addresses {
            let link = link.to_owned();
            paths.insert(Path::Neighbour { address: *address, link: link.clone(), mac });
            paths.insert(Path::Route { table: MAIN, to: (*address, 32), hop: Hop::Link(link) });
        }
        if interface.place == Place::Here {
            paths.extend(interface.public.iter().map(|p| Path::Inward { to: (p.public, 32) }));
        }
        paths
    }

    fn port_of(&self, interface: &fabric::Interface) -> Option<&Port> {
        self.ports.get(&interface.id).filter(|_| interface.place == Place::Here)
    }

    fn table_paths(&self, table: &Table) -> BTreeSet<Path> {
        let hop = |via: &Via| match via {
            Via::Internet => Hop::Out { realm: 0 },
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
        let routes = table.routes.iter();
        routes.map(|r| Path::Route { table: table.number, to: block(r.to), hop: hop(&r.via) }).collect()
    }

    fn reach(&self, node: &fabric::Node) -> Reach {
        match (self.direct, node.address.port() == 0) {
            (false, false) => Reach::Overlay,
            (true, true) => Reach::Direct,
            (false, true) | (true, false) => Reach::None,
        }
    }

    fn station(&self, node: &fabric::Node) -> Option<Path> {
        let station = Path::Station { mac: station_mac(node.address), to: node.address };
        (self.reach(node) == Reach::Overlay).then_some(station)
    }

    fn rule_of(&self, subnet: &fabric::Subnet) -> Option<Path> {
        let table = self.tables.get(&subnet.routes)?;
        Some(Path::Rule { from: block(subnet.block), table: table.number })
    }
}

/// The MAC address of a node's end of the overlay: both sides derive it from where the node takes packets.
pub(super) fn station_mac(node: SocketAddrV4) -> [u8; 6] {
    let [a, b, c, d] = node.ip().octets();
    // Two nodes of one machine differ in the port alone.
    let [e, f] = node.port().to_be_bytes();
    [0x02 | (e & 0xfc), f, a, b, c, d]
}

fn inward(gateway: &NatGateway) -> Option<Path> {
    gateway.public.map(|address| Path::Inward { to: (address, 32) })
}

fn combination_name(groups: &[String]) -> String {
    format!("c{}", &short_hash(&groups.join(","))[..12])
}

/// The name server answers under the same address in every VPC, and under its base + 2.
const NAME_SERVER: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);

fn network_paths(network: &fabric::Network, direct: bool) -> BTreeSet<Path> {
    let mut paths = BTreeSet::from([Path::Here { address: NAME_SERVER }]);
    if !direct {
        paths.insert(Path::Overlay { number: network.number });
    }
    paths.extend(network.blocks.first().and_then(|b| b.nth(2)).map(|address| Path::Here { address }));
    for known in &network.blocks {
        // An address of the VPC that nobody has does not leave it.
        paths.insert(Path::Route { table: MAIN, to: block(*known), hop: Hop::Unreachable });
        paths.insert(Path::Inward { to: block(*known) });
    }
    paths
}

fn gateway_of(subnet: &fabric::Subnet) -> Path {
    Path::Here { address: subnet.block.nth(1).expect("a subnet has 16 addresses at least") }
}

/// How another node is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Overlay,
    Direct,
    /// One of the two wraps packets and the other does not.
    None,
}

fn block(block: Ipv4Block) -> Block {
    (block.address(), block.prefix_len())
}

/// The groups that a group's rules name.
fn named(group: &fabric::Group) -> BTreeSet<&str> {
    let groups = group.rules.iter().filter_map(|r| match &r.peer {
        Peer::Group(id) => Some(id.as_str()),
        Peer::Block(_) | Peer::PrefixList(_) => None,
    });
    groups.collect()
}

fn replace<T>(map: &mut BTreeMap<String, T>, id: &str, next: Option<T>) -> Option<T> {
    match next {
        Some(next) => map.insert(id.to_owned(), next),
        None => map.remove(id),
    }
}

fn free_number(from: u32, taken: impl Iterator<Item = u32>) -> u32 {
    let taken: BTreeSet<u32> = taken.collect();
    (from..).find(|n| !taken.contains(n)).expect("there are more numbers than things")
}

#[cfg(test)]
mod tests;
