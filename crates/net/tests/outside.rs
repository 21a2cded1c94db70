//! The way out of a VPC and the way in, as root: internet and NAT gateways, public addresses, and a machine that stands for the world.

mod common;

use common::datagram::{self, Ear};
use common::machine::{Machine, Segment, enter, path_of, run};
use common::*;
use model::ec2::Traffic;
use model::fabric::{Item, NatGateway, Network, Place, Public, Route, Update, Via};
use net::Attachment;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;

const SECOND: u8 = 231;
const ALL: &str = "0.0.0.0/0";
const WORLD: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 32);

fn change(put: Vec<Item>) -> Update {
    Update { vpc: vpc_id(SECOND), complete: false, put, gone: Vec::new() }
}

/// The VPC as `vpc` has it, of an operator who has the public addresses routed to the machine, or not.
fn network(masked: bool) -> Item {
    let [Item::Network(network), ..] = &vpc(SECOND, Vec::new()).put[..] else { panic!("it comes first") };
    Item::Network(Network { masked, ..network.clone() })
}

fn with_public(last: u8, public: &str) -> Item {
    let mut interface = described(SECOND, last, &["sg-1"], Place::Here);
    interface.public = vec![Public {
        public: public.parse().expect("an address"),
        address: Ipv4Addr::new(10, SECOND, 0, last),
    }];
    Item::Interface(interface)
}

fn default_route(via: Via) -> Item {
    table(vec![Route { to: ALL.parse().expect("a block"), via }])
}

/// Tells whoever connects who they seem to be.
fn mirror(at: &Path) {
    let (ready, wait) = std::sync::mpsc::channel();
    // It ends with the test's process.
    drop(enter(at, move || {
        let listener = std::net::TcpListener::bind("0.0.0.0:80").expect("the port is free");
        ready.send(()).expect("the test waits");
        for mut stream in listener.incoming().flatten() {
            let peer = stream.peer_addr().expect("it is connected");
            // Who hangs up at once does not want to know.
            let _ = writeln!(stream, "{peer}");
        }
    }));
    wait.recv().expect("it listens");
}

/// What listens on the machine at every address of it.
fn host_services() -> (Server, Ear) {
    let machine = path_of("lstnt-31");
    let ear = Ear::open(&machine, (Ipv4Addr::UNSPECIFIED, 81));
    (Server::start(&machine, 81, "the machine's own"), ear)
}

/// The machine's services answer the world, and the machine itself at every address that it has; a task that has a way out reaches none of them.
fn host_is_shut(task: &Path, world: &Path, ear: &Ear) {
    let machine = path_of("lstnt-31");
    let shown = text(&mut inside(&machine, &["ip", "-o", "-4", "addr", "show"]));
    let addresses: Vec<Ipv4Addr> = shown
        .lines()
        .filter_map(|l| l.split_whitespace().nth(3)?.split('/').next()?.parse().ok())
        .filter(|a: &Ipv4Addr| !a.is_loopback())
        .collect();
    assert!(addresses.len() >= 3, "the segment's, the uplink's and the bridge's: {shown}");
    until_from(world, Ipv4Addr::new(192, 0, 2, 31), 81, "the machine's own");
    let socket = datagram::socket(task, (Ipv4Addr::UNSPECIFIED, 0).into());
    for address in addresses {
        until_from(&machine, address, 81, "the machine's own");
        assert_eq!(ask_from(task, address, 81), "", "{address}");
        socket.send_to(b"from a task", (address, 81)).expect("it is sent");
    }
    let control = datagram::socket(world, (Ipv4Addr::UNSPECIFIED, 0).into());
    control.send_to(b"from the world", (Ipv4Addr::new(192, 0, 2, 31), 81)).expect("it is sent");
    let heard: Vec<String> = ear.until("from the world").into_iter().map(|(_, word)| word).collect();
    assert_eq!(heard, ["from the world"]);
}

fn own_address(at: &Path, to: Ipv4Addr) -> IpAddr {
    let route = text(&mut inside(at, &["ip", "-o", "route", "get", &to.to_string()]));
    let source = route.split_whitespace().skip_while(|word| *word != "src").nth(1);
    source.and_then(|s| s.parse().ok()).unwrap_or_else(|| panic!("it is routed from somewhere: {route}"))
}

/// Asserts that of all that is said under these names, and under its own, only the last arrives; translated or not.
fn only_its_own_is_heard(ear: &Ear, at: &Path, names: &[IpAddr], to: Ipv4Addr) {
    let own = own_address(at, to);
    datagram::speak_as(at, &[names, &[own]].concat(), SocketAddr::from((to, 53)));
    let heard: Vec<String> = ear.until(&own.to_string()).into_iter().map(|(_, word)| word).collect();
    assert_eq!(heard, [own.to_string()], "to {to}");
}

#[test]
fn who_is_outside_is_nobody_of_the_vpc() {
    let segment = Segment::new("nu");
    let machine = Machine::start(&segment.plug(33), "q33", None);
    let world = segment.plug(34);
    for block in ["198.18.0.0/15", "10.231.0.0/16"] {
        run(Command::new("ip").args(["-n", &world, "route", "add", block, "via", "192.0.2.33"]));
    }
    let (host, world) = (path_of("lstnu-33"), path_of(&world));
    let open = [egress(Traffic::All, ALL), ingress(Traffic::All, ALL)];
    let things = vec![group("sg-1", &open), with_public(10, "198.18.0.9"), here(SECOND, 11, &["sg-1"])];
    machine.tell(vpc(SECOND, things));
    machine.tell(change(vec![default_route(Via::Internet)]));
    let a = machine.attach("a", interface(SECOND, 10)).namespace.expect("one");
    machine.attach("b", interface(SECOND, 11));
    let bridged = machine.attach("bridged", Attachment::Bridge { ports: vec![] }).namespace.expect("one");

    // Whoever reaches the task from outside says to be its neighbour, and somebody whom the VPC does not have.
    let private = Ipv4Addr::new(10, SECOND, 0, 10);
    let ear = Ear::open(&a, (Ipv4Addr::UNSPECIFIED, 53));
    let liars = [Ipv4Addr::new(10, SECOND, 0, 11), Ipv4Addr::new(10, SECOND, 0, 99)].map(IpAddr::from);
    for (from, to) in [(&bridged, private), (&host, private), (&world, Ipv4Addr::new(198, 18, 0, 9))] {
        only_its_own_is_heard(&ear, from, &liars, to);
    }

    // A task in bridge mode is somebody of the bridge to everybody.
    let ear = Ear::open(&world, (Ipv4Addr::UNSPECIFIED, 53));
    let nobody = ["198.51.100.77".parse().expect("an address")];
    only_its_own_is_heard(&ear, &bridged, &nobody, Ipv4Addr::new(192, 0, 2, 34));

    // Another VPC that has a way out too reaches the public address, and nothing else.
    let other = 233;
    machine.tell(vpc(other, vec![group("sg-1", &open), here(other, 10, &["sg-1"])]));
    let route = vec![default_route(Via::Internet)];
    machine.tell(Update { vpc: vpc_id(other), complete: false, put: route, gone: Vec::new() });
    let c = machine.attach("c", interface(other, 10)).namespace.expect("one");
    let _web = Server::start(&a, 80, "from-a");
    until_from(&c, Ipv4Addr::new(198, 18, 0, 9), 80, "from-a");
    assert_eq!(ask_from(&c, private, 80), "");
    for name in ["a", "b", "bridged", "c"] {
        machine.detach(name);
    }
    machine.end();
}

#[test]
fn what_leaves_and_enters_is_what_routes_and_addresses_say() {
    let segment = Segment::new("nt");
    let machine = Machine::start(&segment.plug(31), "q31", None);
    let world = segment.plug(32);
    for block in ["198.18.0.0/15", "10.231.0.0/16"] {
        run(Command::new("ip").args(["-n", &world, "route", "add", block, "via", "192.0.2.31"]));
    }
    let (world_name, world) = (world.clone(), path_of(&world));
    mirror(&world);
    let open = [egress(Traffic::All, ALL), ingress(tcp(80), ALL)];
    machine.tell(vpc(
        SECOND,
        vec![group("sg-1", &open), here(SECOND, 10, &["sg-1"]), here(SECOND, 11, &["sg-1"])],
    ));
    let a = machine.attach("a", interface(SECOND, 10)).namespace.expect("one");
    let b = machine.attach("b", interface(SECOND, 11)).namespace.expect("one");
    let seen_from = |namespace: &Path| {
        let said = ask_from(namespace, WORLD, 80);
        said.rsplit_once(':').map(|(address, _)| address.to_owned()).unwrap_or_default()
    };
    assert_eq!(seen_from(&a), "", "no route leads out");

    machine.tell(change(vec![default_route(Via::Internet)]));
    let end = std::time::Instant::now() + DEADLINE;
    while seen_from(&a) != "192.0.2.31" {
        assert!(std::time::Instant::now() < end, "masked behind the node");
    }

    let (_server, ear) = host_services();
    host_is_shut(&b, &world, &ear);

    // The cloud that the machine is in tells its secrets to the machine and to no task.
    run(Command::new("ip").args(["-n", &world_name, "addr", "add", "169.254.169.254/32", "dev", "lo"]));
    run(Command::new("ip").args(["-n", "lstnt-31", "route", "add", "169.254.169.254", "via", "192.0.2.32"]));
    let metadata = Ipv4Addr::new(169, 254, 169, 254);
    let bridged = machine.attach("bridged", Attachment::Bridge { ports: vec![] }).namespace.expect("one");
    assert_eq!(seen_from(&bridged), "192.0.2.31", "a task in bridge mode reaches the world");
    assert_ne!(ask_from(&path_of("lstnt-31"), metadata, 80), "");
    for task in [&a, &bridged] {
        assert_eq!(ask_from(task, metadata, 80), "");
    }
    machine.detach("bridged");

    // A public address: outside it is who the task is, where the operator has it routed to the machine.
    machine.tell(change(vec![with_public(10, "198.18.0.9")]));
    assert_eq!(seen_from(&a), "192.0.2.31");
    machine.tell(change(vec![network(false)]));
    assert_eq!(seen_from(&a), "198.18.0.9");
    assert_eq!(seen_from(&b), "192.0.2.31", "another one has none");
    host_is_shut(&a, &world, &ear);
    let _web = Server::start(&a, 80, "public");
    until_from(&world, Ipv4Addr::new(198, 18, 0, 9), 80, "public");
    until_from(&b, Ipv4Addr::new(198, 18, 0, 9), 80, "public");
    assert_eq!(ask_from(&world, Ipv4Addr::new(10, SECOND, 0, 10), 80), "", "not by its private one");

    // Through a NAT gateway, those without a public address.
    let gateway = |public: Option<&str>| {
        let public = public.map(|a| a.parse().expect("an address"));
        Item::NatGateway(NatGateway { id: "nat-1".to_owned(), public })
    };
    machine.tell(change(vec![gateway(Some("198.18.0.7")), default_route(Via::Nat("nat-1".to_owned()))]));
    assert_eq!(seen_from(&b), "198.18.0.7");
    assert_eq!(ask_from(&world, Ipv4Addr::new(198, 18, 0, 7), 80), "", "nothing comes in through it");
    machine.tell(change(vec![gateway(None)]));
    assert_eq!(seen_from(&b), "", "a private gateway leads nowhere");

    machine.tell(change(vec![default_route(Via::Blackhole)]));
    assert_eq!(seen_from(&b), "");
    // The more special route wins.
    let special = Route { to: "192.0.2.32/32".parse().expect("a block"), via: Via::Internet };
    machine.tell(change(vec![table(vec![
        Route { to: ALL.parse().expect("a block"), via: Via::Blackhole },
        special,
    ])]));
    assert_eq!(seen_from(&b), "192.0.2.31");

    machine.detach("a");
    machine.detach("b");
    let routes = text(Command::new("ip").args(["-n", "lstnt-31", "route"]));
    assert!(!routes.contains("198.18.0.9"), "{routes}");
    machine.end();
}
