//! The way out of a VPC and the way in by IPv6, as root: addresses are public ones, so what the routes and the security groups let is who it is.

mod common;

use common::datagram::{self, Ear, only_its_own_passes};
use common::machine::{Machine, Segment, enter, ipv6_of, path_of, run};
use common::*;
use model::ec2::{Ipv6Block, Traffic};
use model::fabric::{Item, Network, Route, Update, Via};
use std::io::Write;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::process::Command;

const SECOND: u8 = 234;
const OTHER: u8 = 235;
const ALL: &str = "::/0";
const MACHINE: u8 = 35;
const WORLD: u8 = 36;

fn change(second: u8, put: Vec<Item>) -> Update {
    Update { vpc: vpc_id(second), complete: false, put, gone: Vec::new() }
}

/// The VPC as `dual_vpc` has it, of an operator who has its block routed to the machine, or not.
fn network(masked: bool) -> Item {
    let [Item::Network(network), ..] = &dual_vpc(SECOND, Vec::new()).put[..] else {
        panic!("it comes first")
    };
    let blocks: Vec<Ipv6Block> = if masked { network.ipv6_blocks.clone() } else { Vec::new() };
    Item::Network(Network { ipv6_masked: blocks, ..network.clone() })
}

fn default_route(via: Via) -> Item {
    table(vec![Route { to: ALL.parse().expect("a block"), via }])
}

fn open() -> Item {
    group("sg-1", &[egress(Traffic::All, ALL), ingress(Traffic::All, ALL)])
}

fn of(last: u8) -> Ipv6Addr {
    ipv6(SECOND, last)
}

/// Tells whoever connects who they seem to be.
fn mirror(at: &Path) {
    let (ready, wait) = std::sync::mpsc::channel();
    // It ends with the test's process.
    drop(enter(at, move || {
        let listener = std::net::TcpListener::bind("[::]:80").expect("the port is free");
        ready.send(()).expect("the test waits");
        for mut stream in listener.incoming().flatten() {
            let peer = stream.peer_addr().expect("it is connected").ip();
            // Who hangs up at once does not want to know.
            let _ = writeln!(stream, "{peer}");
        }
    }));
    wait.recv().expect("it listens");
}

fn until_seen_as(from: &Path, seen: Ipv6Addr) {
    until_from(from, ipv6_of(WORLD), 80, &seen.to_string());
}

/// Sends a word from somewhere to a task until it arrives, and says who was heard until then.
fn heard(ear: &Ear, from: &Path, to: Ipv6Addr) -> Vec<IpAddr> {
    let socket = datagram::socket(from, (Ipv6Addr::UNSPECIFIED, 0).into());
    socket.send_to(b"the word", (to, 53)).expect("it is sent");
    ear.until("the word").into_iter().map(|(peer, _)| peer.ip()).collect()
}

/// A machine with two tasks, and one that stands for the world and has a route to the VPCs.
struct Ground {
    machine: Machine,
    _segment: Segment,
    world: std::path::PathBuf,
    here: std::path::PathBuf,
    a: std::path::PathBuf,
    b: std::path::PathBuf,
}

impl Ground {
    fn new(name: &str) -> Self {
        let segment = Segment::new(name);
        let machine = Machine::start(&segment.plug(MACHINE), &format!("{name}35"), None);
        let world = segment.plug(WORLD);
        for block in ["fd00:ea::/56", "fd00:eb::/56"] {
            let via = ipv6_of(MACHINE).to_string();
            run(Command::new("ip").args(["-n", &world, "route", "add", block, "via", &via]));
        }
        machine
            .tell(dual_vpc(SECOND, vec![open(), here(SECOND, 10, &["sg-1"]), here(SECOND, 11, &["sg-1"])]));
        let [a, b] = [10, 11].map(|last| {
            machine.attach(&format!("t{last}"), dual_interface(SECOND, last)).namespace.expect("one")
        });
        Self {
            here: path_of(&format!("lst{name}-35")),
            world: path_of(&world),
            machine,
            _segment: segment,
            a,
            b,
        }
    }

    fn end(self, names: &[&str]) {
        for name in names {
            self.machine.detach(name);
        }
        self.machine.end();
        let left = text(&mut inside(&self.here, &["sh", "-c", "ip -6 route; nft list tables; ip -o link"]));
        for of_ours in ["fd00:ea:", "fd00:eb:", "longshore", "lsu"] {
            assert!(!left.contains(of_ours), "{left}");
        }
    }
}

#[test]
fn what_leaves_is_what_routes_say() {
    let ground = Ground::new("nv");
    mirror(&ground.world);
    let Ground { machine, here, world, a, b, .. } = &ground;
    assert_eq!(ask_from(a, ipv6_of(WORLD), 80), "", "no route leads out");

    machine.tell(change(SECOND, vec![default_route(Via::Internet)]));
    until_seen_as(a, of(10));
    until_seen_as(b, of(11));
    machine.tell(change(SECOND, vec![network(true)]));
    until_seen_as(a, ipv6_of(MACHINE));

    // What the machine itself learns of its routers it goes on to learn.
    let read = |file: &str| text(&mut inside(here, &["cat", &format!("/proc/sys/net/ipv6/conf/{file}")]));
    assert_eq!((read("all/forwarding").trim(), read("eth0/accept_ra").trim()), ("1", "2"));

    // Of the machine's own services a task reaches none, by whatever address.
    let _service = Server::start(here, 81, "the machine's own");
    let shown = text(&mut inside(here, &["ip", "-o", "-6", "addr", "show", "scope", "global"]));
    let addresses: Vec<Ipv6Addr> =
        shown.lines().filter_map(|l| l.split_whitespace().nth(3)?.split('/').next()?.parse().ok()).collect();
    assert!(addresses.len() >= 2, "the segment's and the uplink's: {shown}");
    until_from(world, ipv6_of(MACHINE), 81, "the machine's own");
    for address in addresses {
        until_from(here, address, 81, "the machine's own");
        assert_eq!(ask_from(a, address, 81), "", "{address}");
    }

    // The cloud that the machine is in tells its secrets to the machine and to no task.
    let metadata: Ipv6Addr = "fd00:ec2::254".parse().expect("an address");
    let to = format!("{metadata}/128");
    run(&mut inside(world, &["ip", "addr", "add", &to, "dev", "lo", "nodad"]));
    run(&mut inside(here, &["ip", "route", "add", &to, "via", &ipv6_of(WORLD).to_string()]));
    until_from(here, metadata, 80, &ipv6_of(MACHINE).to_string());
    assert_eq!(ask_from(a, metadata, 80), "");

    // The more special route wins, and a NAT gateway leads nowhere.
    let route = |to: &str, via| Route { to: to.parse().expect("a block"), via };
    let special = route(&format!("{}/128", ipv6_of(WORLD)), Via::Blackhole);
    machine.tell(change(SECOND, vec![table(vec![route(ALL, Via::Internet), special])]));
    assert_eq!(ask_from(a, ipv6_of(WORLD), 80), "");
    machine.tell(change(SECOND, vec![default_route(Via::Nat("nat-1".to_owned()))]));
    assert_eq!(ask_from(a, ipv6_of(WORLD), 80), "");
    ground.end(&["t10", "t11"]);
}

#[test]
fn what_enters_is_what_routes_and_groups_let() {
    let ground = Ground::new("nw");
    let Ground { machine, here: host, world, a, b, .. } = &ground;
    let _web = Server::start(a, 80, "from-a");
    // The machine itself reaches its tasks whatever the routes are; nobody else does.
    until_from(host, of(10), 80, "from-a");
    assert_eq!(ask_from(world, of(10), 80), "");
    let ear = Ear::open(a, (Ipv6Addr::UNSPECIFIED, 53));
    let socket = datagram::socket(world, (Ipv6Addr::UNSPECIFIED, 0).into());
    socket.send_to(b"to nobody", (of(10), 53)).expect("it is sent");
    let peers = heard(&ear, b, of(10));
    assert_eq!(peers, [IpAddr::from(of(11))], "no route leads to the world, so nothing comes from it");

    machine.tell(change(SECOND, vec![default_route(Via::Internet)]));
    until_from(world, of(10), 80, "from-a");

    // Who comes from outside is nobody of the VPC, nor somebody whom it does not have.
    let to = SocketAddr::from((of(10), 53));
    for (at, own) in [(world, ipv6_of(WORLD)), (host, own_address(host, of(10)))] {
        only_its_own_passes(&ear, at, &[of(11).into(), of(99).into(), own.into()], to);
    }

    // Another VPC reaches it where routes lead both ways.
    machine.tell(dual_vpc(OTHER, vec![open(), common::here(OTHER, 10, &["sg-1"])]));
    let c = machine.attach("c", dual_interface(OTHER, 10)).namespace.expect("one");
    assert_eq!(ask_from(&c, of(10), 80), "", "the other has no way out");
    machine.tell(change(OTHER, vec![default_route(Via::Internet)]));
    until_from(&c, of(10), 80, "from-a");
    let peers = heard(&ear, &c, of(10));
    assert_eq!(peers, [IpAddr::from(ipv6(OTHER, 10))]);

    // Whoever is sheltered is reached by his own VPC alone, and reaches the world all the same.
    let sheltered = |sheltered| {
        let Item::Interface(own) = common::here(SECOND, 10, &["sg-1"]) else { panic!("it is one") };
        Item::Interface(model::fabric::Interface {
            addresses: vec![own.addresses[0], of(10).into()],
            sheltered,
            ..own
        })
    };
    mirror(world);
    machine.tell(change(SECOND, vec![sheltered(true)]));
    assert_eq!(ask_from(world, of(10), 80), "");
    assert_eq!(ask_from(&c, of(10), 80), "");
    assert_eq!(ask_from(b, of(10), 80), "from-a");
    until_seen_as(a, of(10));
    machine.tell(change(SECOND, vec![sheltered(false)]));
    until_from(world, of(10), 80, "from-a");

    // Groups hold, and so does what they let be when the route stays.
    let closed = group("sg-1", &[egress(Traffic::All, ALL), ingress(tcp(81), ALL)]);
    machine.tell(change(SECOND, vec![closed]));
    assert_eq!(ask_from(world, of(10), 80), "");
    machine.tell(change(SECOND, vec![open()]));
    until_from(world, of(10), 80, "from-a");

    // IPv6 that is taken from the VPC again leaves nothing of it on the machine.
    let [Item::Network(without), ..] = &vpc(SECOND, Vec::new()).put[..] else { panic!("it comes first") };
    machine.tell(change(SECOND, vec![Item::Network(without.clone())]));
    assert_eq!(ask_from(host, of(10), 80), "");
    let routes = text(&mut inside(host, &["ip", "-6", "route"]));
    assert!(!routes.contains("fd00:ea:"), "{routes}");
    ground.end(&["t10", "t11", "c"]);
}

fn own_address(at: &Path, to: Ipv6Addr) -> Ipv6Addr {
    let route = text(&mut inside(at, &["ip", "-o", "-6", "route", "get", &to.to_string()]));
    let source = route.split_whitespace().skip_while(|word| *word != "src").nth(1);
    source.and_then(|s| s.parse().ok()).unwrap_or_else(|| panic!("it is routed from somewhere: {route}"))
}
