//! Long histories of updates, plugs and unplugs: what is in the kernel is always just what a fresh start would put there.

use super::*;
use crate::vpc::changes::MAIN;
use crate::vpc::elements::Element;
use fabric::{
    Group, Interface, NatGateway as Gateway, Network, Node, PrefixList, Public, Route, Rule, Subnet,
};
use model::ec2::{Direction, PortRange, Traffic};
use model::fabric::{Peer, Via};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddrV4};

/// The kernel, as far as scripts and paths change it. It refuses what the kernel refuses.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
struct Kernel {
    /// Chains with their rules.
    chains: BTreeMap<String, Vec<String>>,
    /// Sets of groups and lists.
    sets: BTreeSet<String>,
    elements: BTreeSet<Element>,
    paths: BTreeSet<Path>,
}

impl Kernel {
    /// With what the base of the tables has.
    fn new() -> Self {
        Self { sets: ["ip blocks", "ip6 blocks"].map(str::to_owned).into(), ..Self::default() }
    }

    /// With all that a plane has brought about.
    fn fresh(plane: &Plane) -> Self {
        let mut kernel = Self::new();
        kernel.apply(&plane.again().1);
        kernel
    }

    fn apply(&mut self, changes: &Changes) {
        self.script(&changes.before);
        for change in &changes.elements {
            if let Element::Member { group, .. } = &change.element {
                let set = format!("{} {}", change.element.family().word(), rules::members(group));
                assert!(self.sets.contains(&set), "a member of no set: {change:?}");
            }
            if let Element::Egress { combination, .. }
            | Element::Ingress { combination, .. }
            | Element::ForeignEgress { combination, .. }
            | Element::ForeignIngress { combination, .. } = &change.element
            {
                let chain = format!("{} in-{combination}", change.element.family().word());
                let there = self.chains.contains_key(&chain);
                assert!(there || !change.add, "a chain that is not there: {change:?}");
            }
            if let Element::Origin { group, family, .. } = &change.element {
                let set = format!("{} {}", family.word(), rules::origins(group));
                assert!(self.sets.contains(&set), "a member of no set: {change:?}");
            }
            if change.add {
                self.elements.insert(change.element.clone());
            } else {
                assert!(self.elements.remove(&change.element), "not there: {change:?}");
            }
        }
        self.script(&changes.after);
        for path in &changes.gone {
            assert!(self.paths.remove(path), "not there: {path:?}");
        }
        for path in &changes.new {
            assert!(self.paths.insert(path.clone()), "there already: {path:?}");
        }
    }

    fn script(&mut self, script: &str) {
        for line in script.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            // Each family has names of its own.
            let family = words[2];
            let own = |name: &str| format!("{family} {name}");
            let name = own(words[4]);
            match (words[0], words[1]) {
                ("add", "chain") => {
                    self.chains.entry(name).or_default();
                }
                ("flush", "chain") if name == "ip nat-gateways" => {}
                ("add", "rule") if name == "ip nat-gateways" => {}
                ("flush", "chain") => self.chains.get_mut(&name).expect("the chain is there").clear(),
                ("add", "rule") => {
                    for word in &words[5..] {
                        if let Some(set) = word.strip_prefix('@') {
                            assert!(self.sets.contains(&own(set)), "no set for {line}");
                        }
                    }
                    if let Some(at) = words.iter().position(|w| *w == "jump") {
                        assert!(self.chains.contains_key(&own(words[at + 1])), "no chain for {line}");
                    }
                    self.chains.get_mut(&name).expect("the chain is there").push(words[5..].join(" "));
                }
                ("add", "set") => {
                    self.sets.insert(name);
                }
                ("flush", "set") | ("add", "element") => assert!(self.sets.contains(&name), "{line}"),
                ("delete", "set") => {
                    assert!(!self.names(family, &format!("@{}", words[4])), "a rule still names {name}");
                    let of_it = |e: &Element| {
                        let set = match e {
                            Element::Member { group, .. } => rules::members(group),
                            Element::Origin { group, .. } => rules::origins(group),
                            _ => return false,
                        };
                        e.family().word() == family && set == words[4]
                    };
                    self.elements.retain(|e| !of_it(e));
                    assert!(self.sets.remove(&name), "{line}");
                }
                ("delete", "chain") => {
                    assert!(!self.names(family, words[4]), "a rule still jumps to {name}");
                    let used = |e: &Element| match e {
                        _ if e.family().word() != family => false,
                        Element::Egress { combination, .. } | Element::ForeignEgress { combination, .. } => {
                            format!("out-{combination}") == words[4]
                        }
                        Element::Ingress { combination, .. }
                        | Element::ForeignIngress { combination, .. } => {
                            format!("in-{combination}") == words[4]
                        }
                        _ => false,
                    };
                    assert!(!self.elements.iter().any(used), "an element still leads to {name}");
                    assert!(self.chains.remove(&name).is_some(), "{line}");
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn names(&self, family: &str, word: &str) -> bool {
        let of_family = self.chains.iter().filter(|(name, _)| name.split(' ').next() == Some(family));
        of_family.flat_map(|(_, rules)| rules).any(|rule| rule.split(' ').any(|w| w == word))
    }
}

fn block<T: std::str::FromStr>(text: &str) -> T {
    text.parse().ok().expect("a block")
}

fn address(n: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 0, 0, 10 + n)
}

fn ipv6(n: u8) -> IpAddr {
    format!("fd00::{n}").parse().expect("an address")
}

/// Things of a small world, so that they meet often.
fn item() -> impl Strategy<Value = Item> {
    let peer = prop_oneof![
        Just(Peer::Block(block("0.0.0.0/0"))),
        Just(Peer::Block(block("::/0"))),
        (0..3u8).prop_map(|n| Peer::Group(format!("sg-{n}"))),
        (0..2u8).prop_map(|n| Peer::PrefixList(format!("pl-{n}"))),
    ];
    let direction = prop_oneof![Just(Direction::Ingress), Just(Direction::Egress)];
    let rule = (direction, peer).prop_map(|(direction, peer)| Rule {
        direction,
        traffic: Traffic::Tcp(PortRange { from: 80, to: 80 }),
        peer,
    });
    let via = prop_oneof![
        Just(Via::Internet),
        (0..2u8).prop_map(|n| Via::Nat(format!("nat-{n}"))),
        (0..4u8).prop_map(|n| Via::Interface(address(n).into())),
        (0..4u8).prop_map(|n| Via::Interface(ipv6(n))),
        Just(Via::Blackhole),
    ];
    let place = prop_oneof![
        3 => Just(Place::Here),
        1 => (0..2u8).prop_map(|n| Place::Node(format!("node-{n}"))),
        1 => Just(Place::Nowhere),
    ];
    let groups = prop::collection::btree_set(0..3u8, 0..3);
    let public = prop::option::of(0..4u8);
    prop_oneof![
        1 => any::<bool>().prop_map(|dual| Item::Network(Network {
            id: "vpc".into(),
            number: 7,
            blocks: vec![block("10.0.0.0/16")],
            ipv6_blocks: if dual { vec![block("fd00::/56")] } else { Vec::new() },
            public: vec![],
            masked: false,
            ipv6_masked: Vec::new(),
            names: None,
        })),
        1 => (0..2u8, 0..3u16, any::<bool>()).prop_map(|(n, port, dual)| Item::Node(Node {
            id: format!("node-{n}"),
            address: SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, n), port),
            ipv6: (port == 0 && dual).then(|| format!("fe80::{n}").parse().expect("an address")),
        })),
        1 => (0..2u8, any::<bool>()).prop_map(|(n, public)| Item::NatGateway(Gateway {
            id: format!("nat-{n}"),
            public: public.then(|| Ipv4Addr::new(198, 18, 0, n)),
        })),
        2 => (0..2u8, via).prop_map(|(n, via)| Item::RouteTable(fabric::RouteTable {
            id: format!("rtb-{n}"),
            routes: vec![Route { to: block("0.0.0.0/0"), via: via.clone() }, Route { to: block("::/0"), via }],
        })),
        1 => (0..2u8).prop_map(|n| Item::Subnet(Subnet {
            id: "subnet-0".into(),
            block: block("10.0.0.0/24"),
            ipv6_block: Some(block("fd00::/64")),
            zone: "eu-west-1a".to_owned(),
            routes: format!("rtb-{n}"),
        })),
        1 => (0..2u8).prop_map(|n| Item::PrefixList(PrefixList {
            id: format!("pl-{n}"),
            blocks: vec![block(if n == 0 { "192.0.2.0/24" } else { "fd00:9::/64" })],
        })),
        4 => (0..3u8, prop::collection::vec(rule, 0..3)).prop_map(|(n, rules)| Item::Group(Group {
            id: format!("sg-{n}"),
            rules,
        })),
        4 => (0..4u8, groups, place, public, any::<[bool; 2]>()).prop_map(|(n, groups, place, public, [foreign_sources, sheltered])| Item::Interface(Interface {
            id: format!("eni-{n}"),
            addresses: vec![address(n).into(), ipv6(n)],
            groups: groups.into_iter().map(|g| format!("sg-{g}")).collect(),
            place,
            public: public.filter(|p| *p == n).map(|p| Public { public: Ipv4Addr::new(198, 18, 1, p), address: address(n) }).into_iter().collect(),
            machine: None,
            foreign_sources,
            sheltered,
        })),
    ]
}

#[derive(Clone, Debug)]
enum Event {
    Update(Vec<Item>, Vec<Item>),
    Plug(u8),
    Unplug(u8),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (prop::collection::vec(item(), 0..4), prop::collection::vec(item(), 0..3))
            .prop_map(|(put, gone)| Event::Update(put, gone)),
        2 => (0..4u8).prop_map(Event::Plug),
        1 => (0..4u8).prop_map(Event::Unplug),
    ]
}

/// What a control plane could say: each thing once, and nothing both new and gone.
fn update(put: Vec<Item>, gone: Vec<Item>) -> Update {
    let put: BTreeMap<Key, Item> = put.into_iter().map(|item| (item.key(), item)).collect();
    let gone: BTreeSet<Key> = gone.iter().map(Item::key).filter(|key| !put.contains_key(key)).collect();
    Update {
        vpc: "vpc".into(),
        complete: false,
        put: put.into_values().collect(),
        gone: gone.into_iter().collect(),
    }
}

#[test]
fn of_ipv6_nothing_leaves_by_a_nat_gateway() {
    let mut plane = Plane::default();
    let network = Network {
        id: "vpc".into(),
        number: 7,
        blocks: vec![block("10.0.0.0/16")],
        ipv6_blocks: vec![block("fd00::/56")],
        public: vec![],
        masked: false,
        ipv6_masked: Vec::new(),
        names: None,
    };
    let nat = Via::Nat("nat-1".into());
    let routes = [("0.0.0.0/0", &nat), ("::/0", &nat), ("2001:db8::/32", &Via::Internet)]
        .map(|(to, via)| Route { to: block(to), via: via.clone() })
        .into();
    let gateway = Gateway { id: "nat-1".into(), public: Some(Ipv4Addr::new(198, 18, 0, 1)) };
    let put = vec![
        Item::Network(network),
        Item::NatGateway(gateway),
        Item::RouteTable(fabric::RouteTable { id: "rtb".into(), routes }),
    ];
    plane.update(&Update { vpc: "vpc".into(), complete: true, put, gone: Vec::new() });
    let hop_of = |to: &str| {
        plane.all_paths().into_iter().find_map(|p| match p {
            Path::Route { to: block, hop, .. } if block.to_string() == to => Some(hop),
            _ => None,
        })
    };
    use crate::vpc::changes::Hop;
    assert_eq!(hop_of("0.0.0.0/0"), Some(Hop::Out { realm: 1 }));
    assert_eq!(hop_of("2001:db8::/32"), Some(Hop::Out { realm: 0 }));
    assert_eq!(hop_of("::/0"), Some(Hop::Unreachable));
}

proptest! {
    #[test]
    fn the_kernel_has_what_a_fresh_start_would_give_it(direct in any::<bool>(), events in prop::collection::vec(event(), 1..40)) {
        let mut plane = Plane::new(direct);
        let mut kernel = Kernel::new();
        for event in events {
            let families = plane.families();
            let changes = match event {
                Event::Update(put, gone) => plane.update(&update(put, gone)),
                Event::Plug(n) => plane.plug(&format!("eni-{n}"), Port { link: format!("lsv{n}"), mac: [2, 0, 0, 0, 0, n] }),
                Event::Unplug(n) => plane.unplug(&format!("eni-{n}")),
            };
            if plane.families() == families {
                kernel.apply(&changes);
            } else {
                kernel = Kernel::fresh(&plane);
                // Numbers of tables are given anew.
                plane = plane.again().0;
            }
            prop_assert_eq!(&kernel.paths, &plane.all_paths());
        }
        let (again, changes) = plane.again();
        let mut fresh = Kernel::new();
        fresh.apply(&changes);
        // Numbers of tables and realms are given in the order of asking.
        let numbered = |path: &Path| matches!(path, Path::Rule { .. }) || matches!(path, Path::Route { table, .. } if *table != MAIN);
        fresh.paths.retain(|p| !numbered(p));
        kernel.paths.retain(|p| !numbered(p));
        prop_assert_eq!(kernel, fresh);
        prop_assert_eq!(again.items(), plane.items());
    }
}
