//! What nodes are told of VPCs, made of the records: each record's part, and what changed for one node.

pub mod name;

use model::ec2::{
    Destination, Direction, InterfaceOwner, InterfaceStatus, IpBlock, Ipv4Block, Ipv6Block, NatGateway,
    NatGatewayState, NetworkInterface, NetworkSettings, Peer, PrefixList, RouteTable, RouteTarget,
    SecurityGroup, Subnet, Traffic, Vpc, internal_domain, public_domain,
};
use model::ecs::ContainerInstance;
use model::fabric::{self, Item, Key, Kind, Place, Update, Via};
use model::ids::{ContainerInstanceArn, NatGatewayId, NetworkInterfaceId, PrefixListId};
use model::status::InstanceStatus;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// The VPC itself.
pub fn network(vpc: &Vpc, public_pool: Ipv4Block) -> Item {
    Item::Network(fabric::Network {
        id: vpc.id.to_string(),
        number: vpc.number,
        blocks: vpc.blocks().collect(),
        ipv6_blocks: vpc.ipv6_blocks.iter().map(|a| a.block).collect(),
        public: vec![public_pool],
        masked: nobodys().overlaps(public_pool),
        ipv6_masked: vpc.ipv6_blocks.iter().map(|a| a.block).filter(|b| nobodys_ipv6().covers(*b)).collect(),
        names: vpc.dns_support.then(|| names(vpc)),
    })
}

fn names(vpc: &Vpc) -> fabric::Names {
    let region = &vpc.scope.region;
    fabric::Names {
        private: internal_domain(region),
        public: vpc.dns_hostnames.then(|| public_domain(region)),
    }
}

/// The block for benchmarks of networks (RFC 2544): no network routes it anywhere, so the default pool of public addresses lies there.
fn nobodys() -> Ipv4Block {
    Ipv4Block::new(Ipv4Addr::new(198, 18, 0, 0), 15).expect("no bit is set below the prefix")
}

/// Where blocks come from unless the operator names others: nobody else can have routes to them.
fn nobodys_ipv6() -> Ipv6Block {
    NetworkSettings::default().ipv6_pool
}

/// A subnet with the table that decides for it.
pub fn subnet(subnet: &Subnet, table: &RouteTable) -> Item {
    Item::Subnet(fabric::Subnet {
        id: subnet.id.to_string(),
        block: subnet.block,
        ipv6_block: subnet.ipv6.as_ref().map(|a| a.block),
        zone: subnet.zone.clone(),
        routes: table.id.to_string(),
    })
}

/// What the routes of a table lead to, looked up by whoever has the records.
pub trait Targets {
    /// Whether the internet gateway is attached to the table's VPC.
    fn is_attached(&self, gateway: &model::ids::InternetGatewayId) -> bool;
    fn nat_gateway(&self, id: &NatGatewayId) -> Option<NatGatewayState>;
    fn interface(&self, id: &NetworkInterfaceId) -> Option<Arc<NetworkInterface>>;
    /// The blocks of a list.
    fn list(&self, id: &PrefixListId) -> Vec<IpBlock>;
}

/// A table's routes beside the local ones. A target that is gone makes a black hole, as on AWS.
pub fn route_table(table: &RouteTable, targets: &impl Targets) -> Item {
    let via = |target: &RouteTarget, to: IpBlock| match target {
        RouteTarget::Local => None,
        RouteTarget::InternetGateway(id) if targets.is_attached(id) => Some(Via::Internet),
        RouteTarget::NatGateway(id) if targets.nat_gateway(id) == Some(NatGatewayState::Available) => {
            Some(Via::Nat(id.to_string()))
        }
        RouteTarget::NetworkInterface(id) => {
            let record = targets.interface(id);
            let address = record.and_then(|i| match to {
                IpBlock::V4(_) => Some(i.address.into()),
                IpBlock::V6(_) => i.ipv6_addresses.first().map(|a| IpAddr::V6(*a)),
            });
            Some(address.map_or(Via::Blackhole, Via::Interface))
        }
        RouteTarget::InternetGateway(_) | RouteTarget::NatGateway(_) => Some(Via::Blackhole),
    };
    let mut routes: Vec<fabric::Route> = Vec::new();
    for route in &table.routes {
        let blocks = match &route.destination {
            Destination::Ipv4(block) => vec![IpBlock::V4(*block)],
            Destination::Ipv6(block) => vec![IpBlock::V6(*block)],
            Destination::PrefixList(id) => targets.list(id),
        };
        for to in blocks {
            let Some(via) = via(&route.target, to) else { continue };
            // A route that names the block itself counts before one that names a list.
            let named = !matches!(route.destination, Destination::PrefixList(_));
            match routes.iter_mut().find(|r| r.to == to) {
                Some(known) if named => known.via = via,
                Some(_) => {}
                None => routes.push(fabric::Route { to, via }),
            }
        }
    }
    routes.sort();
    Item::RouteTable(fabric::RouteTable { id: table.id.to_string(), routes })
}

/// A NAT gateway that works; nothing of one that does not.
pub fn nat_gateway(gateway: &NatGateway) -> Option<Item> {
    let public = gateway.addresses.first().and_then(|a| a.public_address);
    (gateway.state == NatGatewayState::Available)
        .then(|| Item::NatGateway(fabric::NatGateway { id: gateway.id.to_string(), public }))
}

pub fn prefix_list(list: &PrefixList) -> Item {
    Item::PrefixList(fabric::PrefixList { id: list.id.to_string(), blocks: blocks(list) })
}

/// The blocks of a list.
pub fn blocks(list: &PrefixList) -> Vec<IpBlock> {
    list.entries.iter().map(|e| e.block).collect()
}

pub fn group(group: &SecurityGroup) -> Item {
    let rules = group.rules.iter().map(|rule| {
        let peer = match &rule.peer {
            Peer::Ipv4(block) => fabric::Peer::Block(IpBlock::V4(*block)),
            Peer::Ipv6(block) => fabric::Peer::Block(IpBlock::V6(*block)),
            Peer::Group(id) => fabric::Peer::Group(id.to_string()),
            Peer::PrefixList(id) => fabric::Peer::PrefixList(id.to_string()),
        };
        fabric::Rule { direction: rule.direction, traffic: rule.traffic, peer }
    });
    let rules: BTreeSet<fabric::Rule> = rules.collect();
    Item::Group(fabric::Group { id: group.id.to_string(), rules: rules.into_iter().collect() })
}

/// The group of interfaces that are behind no firewall: those of a network load balancer without security groups. No group of an account is called so.
pub const OPEN: &str = "sg-open";

/// What [`OPEN`] lets pass: everything.
pub fn open_group() -> Item {
    let all = [IpBlock::V4(Ipv4Block::ANY), IpBlock::V6(Ipv6Block::ANY)];
    let rules = all.into_iter().flat_map(|block| {
        [Direction::Ingress, Direction::Egress].map(|direction| fabric::Rule {
            direction,
            traffic: Traffic::All,
            peer: fabric::Peer::Block(block),
        })
    });
    let rules: BTreeSet<fabric::Rule> = rules.collect();
    Item::Group(fabric::Group { id: OPEN.to_owned(), rules: rules.into_iter().collect() })
}

/// The groups by which the packets of an interface are judged, sorted.
pub fn groups_of(interface: &NetworkInterface) -> Vec<String> {
    if interface.groups.is_empty() && matches!(interface.owner, InterfaceOwner::LoadBalancer(_)) {
        return vec![OPEN.to_owned()];
    }
    let mut groups: Vec<String> = interface.groups.iter().map(ToString::to_string).collect();
    groups.sort();
    groups
}

/// An interface, with the node that has it; `sheltered` where nobody from outside is to reach it by IPv6.
pub fn interface(interface: &NetworkInterface, sheltered: bool) -> Item {
    let groups = groups_of(interface);
    let public = interface.public_addresses.iter();
    // What is being detached is nowhere for those who carry it out; its node is asked until it has done so.
    let leaving = interface.status() == InterfaceStatus::Detaching;
    let host = interface.host.as_ref().filter(|_| !leaving);
    Item::Interface(fabric::Interface {
        id: interface.id.to_string(),
        addresses: addresses(interface),
        groups,
        place: host.map_or(Place::Nowhere, |node| Place::Node(node.to_string())),
        machine: host.and_then(|_| machine(interface)),
        sheltered,
        foreign_sources: matches!(&interface.owner, InterfaceOwner::LoadBalancer(arn) if arn.is_network()),
        public: public.map(|p| fabric::Public { public: p.address, address: p.private_address }).collect(),
    })
}

/// The machine's part in an interface that the account attached to one, or that is a load balancer's.
fn machine(interface: &NetworkInterface) -> Option<fabric::Machine> {
    let balancer = match &interface.owner {
        InterfaceOwner::User => None,
        InterfaceOwner::LoadBalancer(arn) => Some(arn.to_string()),
        InterfaceOwner::Task(_) | InterfaceOwner::NatGateway(_) => return None,
    };
    let attachment = interface.attachment.as_ref()?.id.to_string();
    Some(fabric::Machine { attachment, mac: mac(&interface.mac)?, balancer })
}

/// A MAC address as text has six bytes of two hex digits. The records' own have.
fn mac(text: &str) -> Option<[u8; 6]> {
    let bytes: Option<Vec<u8>> = text.split(':').map(|byte| u8::from_str_radix(byte, 16).ok()).collect();
    bytes?.try_into().ok()
}

fn addresses(interface: &NetworkInterface) -> Vec<IpAddr> {
    let ipv6 = interface.ipv6_addresses.iter().map(|a| IpAddr::V6(*a));
    interface.addresses().map(IpAddr::V4).chain(ipv6).collect()
}

/// A node that other nodes reach: it says so with the attribute `overlay`, and with `segment` what its IPv6 address is where it does not wrap.
pub fn node(instance: &ContainerInstance, overlay: &str, segment: &str) -> Option<Item> {
    let said = |name: &str| instance.attributes.iter().find(|a| a.name == name)?.value.as_deref();
    let address = said(overlay)?.parse().ok()?;
    let ipv6 = said(segment).and_then(|text| text.parse().ok());
    (instance.status != InstanceStatus::Inactive)
        .then(|| Item::Node(fabric::Node { id: instance.arn.to_string(), address, ipv6 }))
}

/// What one node needs of a VPC's items: the groups of its own interfaces, the lists that these name, every other node, and all the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Ids of security groups and prefix lists.
    pub groups: BTreeSet<String>,
    pub lists: BTreeSet<String>,
}

impl Needs {
    /// What interfaces with these groups need; `rules_of` looks a group up.
    pub fn of<'a>(
        groups: impl IntoIterator<Item = &'a str>,
        rules_of: impl Fn(&str) -> Option<&'a fabric::Group>,
    ) -> Self {
        let groups: BTreeSet<String> = groups.into_iter().map(str::to_owned).collect();
        let rules = groups.iter().filter_map(|id| rules_of(id)).flat_map(|g| &g.rules);
        let lists = rules.filter_map(|r| match &r.peer {
            fabric::Peer::PrefixList(id) => Some(id.clone()),
            fabric::Peer::Block(_) | fabric::Peer::Group(_) => None,
        });
        Self { lists: lists.collect(), groups }
    }

    /// Whether the node `here` is told of a thing.
    pub fn has(&self, key: &Key, here: &ContainerInstanceArn) -> bool {
        match key.kind {
            Kind::Group => self.groups.contains(&key.id),
            Kind::PrefixList => self.lists.contains(&key.id),
            Kind::Node => key.id != here.as_str(),
            Kind::Network
            | Kind::NatGateway
            | Kind::RouteTable
            | Kind::Subnet
            | Kind::Interface
            | Kind::Name => true,
        }
    }
}

/// An item as the node `here` is told of it.
pub fn seen_from(item: &Item, here: &ContainerInstanceArn) -> Item {
    match item {
        Item::Interface(interface) if interface.place == Place::Node(here.to_string()) => {
            Item::Interface(fabric::Interface { place: Place::Here, ..interface.clone() })
        }
        // How another machine has it is that machine's affair.
        Item::Interface(interface) if interface.machine.is_some() => {
            Item::Interface(fabric::Interface { machine: None, ..interface.clone() })
        }
        other => other.clone(),
    }
}

/// Whether there is anything to tell.
pub fn says_something(update: &Update) -> bool {
    update.complete || !update.put.is_empty() || !update.gone.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ec2::{Direction, Ipv4Block, PortRange, Route, RouteOrigin, SecurityGroupRule, Traffic};
    use model::ids::{InternetGatewayId, Scope};

    struct Fixed;

    impl Targets for Fixed {
        fn is_attached(&self, gateway: &InternetGatewayId) -> bool {
            gateway.as_str() == "igw-11111111"
        }

        fn nat_gateway(&self, id: &NatGatewayId) -> Option<NatGatewayState> {
            (id.as_str() == "nat-11111111").then_some(NatGatewayState::Available)
        }

        fn interface(&self, id: &NetworkInterfaceId) -> Option<Arc<NetworkInterface>> {
            (id.as_str() == "eni-22222222").then(|| Arc::new(an_interface(id)))
        }

        fn list(&self, _: &PrefixListId) -> Vec<IpBlock> {
            vec![block("192.0.2.0/24").into(), block("0.0.0.0/0").into()]
        }
    }

    fn block(text: &str) -> Ipv4Block {
        text.parse().expect("a block")
    }

    pub(super) fn id<T: std::str::FromStr>(text: &str) -> T {
        text.parse().ok().expect("an id")
    }

    pub(super) fn an_interface(interface: &NetworkInterfaceId) -> NetworkInterface {
        NetworkInterface {
            id: interface.clone(),
            scope: Scope::new("us-east-1", "123456789012"),
            vpc: id("vpc-11111111"),
            subnet: id("subnet-11111111"),
            zone: "us-east-1a".to_owned(),
            mac: "02:00:00:00:00:01".to_owned(),
            address: Ipv4Addr::new(10, 0, 0, 9),
            secondary_addresses: vec![Ipv4Addr::new(10, 0, 0, 10)],
            ipv6_addresses: vec!["fd00::9".parse().expect("an address")],
            groups: Vec::new(),
            description: String::new(),
            interface_type: model::ec2::InterfaceType::Interface,
            requester: None,
            attachment: None,
            public_addresses: Vec::new(),
            source_dest_check: true,
            host: None,
            owner: model::ec2::InterfaceOwner::User,
            created_at: model::Timestamp::default(),
            tags: Vec::new(),
        }
    }

    #[test]
    fn an_interface_has_its_addresses_of_both_families() {
        let Item::Interface(told) = interface(&an_interface(&id("eni-22222222")), false) else {
            panic!("it is one")
        };
        let addresses: Vec<String> = told.addresses.iter().map(ToString::to_string).collect();
        assert_eq!(addresses, ["10.0.0.9", "10.0.0.10", "fd00::9"]);
    }

    #[test]
    fn a_machine_s_interface_is_told_to_its_machine() {
        use model::ec2::{InterfaceAttachment, InterfaceAttachmentStatus as Status};
        let node = |n: char| -> ContainerInstanceArn {
            id(&format!(
                "arn:aws:ecs:us-east-1:123456789012:container-instance/default/{}",
                n.to_string().repeat(32)
            ))
        };
        let attached = |status| {
            let attachment = InterfaceAttachment {
                id: id("eni-attach-11111111"),
                device_index: 1,
                status,
                instance: Some(id("i-11111111")),
                instance_owner: "123456789012".to_owned(),
                attached_at: model::Timestamp::default(),
                delete_on_termination: false,
            };
            let record = an_interface(&id("eni-22222222"));
            interface(
                &NetworkInterface { attachment: Some(attachment), host: Some(node('a')), ..record },
                false,
            )
        };
        let told = |item: &Item, node: &ContainerInstanceArn| match seen_from(item, node) {
            Item::Interface(told) => (told.place, told.machine),
            _ => panic!("it is one"),
        };
        let machine = fabric::Machine {
            attachment: "eni-attach-11111111".to_owned(),
            mac: [2, 0, 0, 0, 0, 1],
            balancer: None,
        };
        for status in [Status::Attaching, Status::Attached] {
            let item = attached(status);
            assert_eq!(told(&item, &node('a')), (Place::Here, Some(machine.clone())));
            assert_eq!(told(&item, &node('b')), (Place::Node(node('a').to_string()), None));
        }
        assert_eq!(told(&attached(Status::Detaching), &node('a')), (Place::Nowhere, None));
        let Item::Interface(of_task) = interface(
            &NetworkInterface {
                owner: model::ec2::InterfaceOwner::Task(id(
                    "arn:aws:ecs:us-east-1:123456789012:task/default/cccccccccccccccccccccccccccccccc",
                )),
                host: Some(node('a')),
                ..an_interface(&id("eni-22222222"))
            },
            false,
        ) else {
            panic!("it is one")
        };
        assert_eq!(of_task.machine, None);
    }

    #[test]
    fn interfaces_of_network_load_balancers_send_as_their_clients() {
        let foreign = |owner| {
            let record = NetworkInterface { owner, ..an_interface(&id("eni-22222222")) };
            let Item::Interface(told) = interface(&record, false) else { panic!("it is one") };
            told.foreign_sources
        };
        let of = |kind: &str| {
            InterfaceOwner::LoadBalancer(id(&format!(
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/{kind}/web/1111111111111111"
            )))
        };
        assert!(foreign(of("net")));
        assert!(!foreign(of("app")) && !foreign(InterfaceOwner::User));
    }

    #[test]
    fn names_depend_on_the_region_and_the_attributes_of_the_vpc() {
        let names = |region: &str, support: bool, hostnames: bool| {
            let old = model::ec2::VpcV1 {
                id: id("vpc-11111111"),
                scope: Scope::new(region, "123456789012"),
                block: block("10.0.0.0/16"),
                is_default: true,
            };
            let vpc = Vpc { dns_support: support, dns_hostnames: hostnames, ..old.into() };
            let Item::Network(told) = network(&vpc, block("198.18.0.0/16")) else {
                panic!("it is the network")
            };
            told.names.map(|n| (n.private, n.public))
        };
        let expected = ("ec2.internal".to_owned(), Some("compute-1.amazonaws.com".to_owned()));
        assert_eq!(names("us-east-1", true, true), Some(expected));
        let expected =
            ("eu-west-1.compute.internal".to_owned(), Some("eu-west-1.compute.amazonaws.com".to_owned()));
        assert_eq!(names("eu-west-1", true, true), Some(expected));
        assert_eq!(names("us-east-1", true, false), Some(("ec2.internal".to_owned(), None)));
        assert_eq!(names("us-east-1", false, true), None, "no name server answers");
    }

    #[test]
    fn routes_lead_where_their_targets_are() {
        let route = |destination, target| Route { destination, target, origin: RouteOrigin::CreateRoute };
        let to = |text| Destination::Ipv4(block(text));
        let to6 = |text: &str| Destination::Ipv6(text.parse().expect("a block"));
        let table = RouteTable {
            id: id("rtb-11111111"),
            scope: Scope::new("us-east-1", "123456789012"),
            vpc: id("vpc-11111111"),
            routes: vec![
                route(to("10.0.0.0/16"), RouteTarget::Local),
                route(
                    Destination::PrefixList(id("pl-11111111")),
                    RouteTarget::NatGateway(id("nat-11111111")),
                ),
                route(to("0.0.0.0/0"), RouteTarget::InternetGateway(id("igw-11111111"))),
                route(to("198.51.100.0/24"), RouteTarget::InternetGateway(id("igw-22222222"))),
                route(to("203.0.113.0/24"), RouteTarget::NatGateway(id("nat-22222222"))),
                route(to("10.9.0.0/16"), RouteTarget::NetworkInterface(id("eni-11111111"))),
                route(to("10.8.0.0/16"), RouteTarget::NetworkInterface(id("eni-22222222"))),
                route(to6("fd00:8::/32"), RouteTarget::NetworkInterface(id("eni-22222222"))),
                route(to6("::/0"), RouteTarget::InternetGateway(id("igw-11111111"))),
            ],
            associations: Vec::new(),
            tags: Vec::new(),
        };
        let Item::RouteTable(told) = route_table(&table, &Fixed) else { panic!("it is a table") };
        let routes: Vec<(String, Via)> = told.routes.into_iter().map(|r| (r.to.to_string(), r.via)).collect();
        let expected = [
            ("0.0.0.0/0", Via::Internet),
            ("10.8.0.0/16", Via::Interface("10.0.0.9".parse().expect("an address"))),
            ("10.9.0.0/16", Via::Blackhole),
            ("192.0.2.0/24", Via::Nat("nat-11111111".to_owned())),
            ("198.51.100.0/24", Via::Blackhole),
            ("203.0.113.0/24", Via::Blackhole),
            ("::/0", Via::Internet),
            ("fd00:8::/32", Via::Interface("fd00::9".parse().expect("an address"))),
        ];
        assert_eq!(routes, expected.map(|(to, via)| (to.to_owned(), via)));
    }

    #[test]
    fn a_group_says_each_rule_once_and_needs_the_lists_that_it_names() {
        let rule = |n: u8, peer| SecurityGroupRule {
            id: id(&format!("sgr-1111111{n}")),
            direction: Direction::Ingress,
            traffic: Traffic::Tcp(PortRange { from: 80, to: 80 }),
            peer,
            description: None,
            tags: Vec::new(),
        };
        let record = SecurityGroup {
            id: id("sg-11111111"),
            scope: Scope::new("us-east-1", "123456789012"),
            vpc: id("vpc-11111111"),
            name: "web".to_owned(),
            description: "web".to_owned(),
            rules: vec![
                rule(1, Peer::PrefixList(id("pl-11111111"))),
                rule(2, Peer::Ipv4(block("10.0.0.0/8"))),
                rule(3, Peer::Ipv4(block("10.0.0.0/8"))),
                rule(4, Peer::Ipv6("::/0".parse().expect("a block"))),
            ],
            tags: Vec::new(),
        };
        let Item::Group(told) = group(&record) else { panic!("it is a group") };
        assert_eq!(told.rules.len(), 3, "{told:?}");
        let needs = Needs::of(["sg-11111111", "sg-22222222"], |id| (id == told.id).then_some(&told));
        assert_eq!(needs.lists, BTreeSet::from(["pl-11111111".to_owned()]));
    }
}
