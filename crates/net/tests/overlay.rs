//! A VPC over several machines, as root: each machine is a network namespace with an address of its own.

mod common;

use common::datagram::{self, Ear, only_its_own_passes};
use common::machine::{Machine, Segment, enter, ipv6_of, path_of, run};
use common::posing;
use common::*;
use model::ec2::Traffic;
use model::fabric::{Item, Node as Station, Place, Public, Route, Update, Via};
use net::{Attached, WantedOverlay};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::PathBuf;
use std::process::Command;

const SECOND: u8 = 230;
const ALL: &str = "0.0.0.0/0";

fn namespace(attached: &Attached) -> PathBuf {
    attached.namespace.clone().expect("it has one")
}

fn wanted(last: u8) -> WantedOverlay {
    WantedOverlay { address: Ipv4Addr::new(192, 0, 2, last), port: None, direct: false }
}

/// What the node of 192.0.2.LAST is told: interface LAST is here, the others are on their nodes.
fn told(last: u8, machines: &[(u8, &Machine)], groups: &[(u8, &str)]) -> Update {
    vpc(SECOND, things(last, machines, groups))
}

fn things(last: u8, machines: &[(u8, &Machine)], groups: &[(u8, &str)]) -> Vec<Item> {
    let out = [egress(Traffic::All, ALL), egress(Traffic::All, "::/0")];
    let mut things = vec![
        group("sg-a", &[out.as_slice(), &[ingress(Traffic::All, "sg-a")]].concat()),
        group("sg-b", &out),
    ];
    for (other, machine) in machines.iter().filter(|(other, _)| *other != last) {
        let net::Overlay { address, ipv6, .. } = machine.overlay.expect("it has one");
        things.push(Item::Node(Station { id: format!("node-{other}"), address, ipv6 }));
    }
    for (other, group) in groups {
        let place = if *other == last { Place::Here } else { Place::Node(format!("node-{other}")) };
        things.push(Item::Interface(described(SECOND, *other, &[group], place)));
    }
    things
}

fn address(last: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, SECOND, 0, last)
}

#[test]
fn tasks_of_several_machines_are_one_network() {
    let segment = Segment::new("ov");
    let machines: Vec<(u8, Machine)> = [11, 12, 13]
        .map(|last| (last, Machine::start(&segment.plug(last), &format!("o{last}"), Some(wanted(last)))))
        .into();
    let all: Vec<(u8, &Machine)> = machines.iter().map(|(last, machine)| (*last, machine)).collect();
    let groups = [(11, "sg-a"), (12, "sg-a"), (13, "sg-b")];
    let mut tasks = Vec::new();
    for (last, machine) in &all {
        machine.tell(told(*last, &all, &groups));
        tasks.push(machine.attach(&format!("task-{last}"), interface(SECOND, *last)));
    }
    let [a, b, c] = &tasks[..] else { panic!("three tasks") };
    let _servers: Vec<Server> = tasks
        .iter()
        .zip(["from-a", "from-b", "from-c"])
        .map(|(task, word)| Server::start(&namespace(task), 80, word))
        .collect();
    let until = |from: &Attached, to: u8, word: &str| until_from(&namespace(from), address(to), 80, word);
    until(a, 12, "from-b");
    until(b, 11, "from-a");
    // Groups hold across machines, in both roles.
    assert_eq!(ask_from(&namespace(c), address(11), 80), "");
    assert_eq!(ask_from(&namespace(a), address(13), 80), "");

    // More than a packet of the overlay holds arrives whole.
    let (ready, listening) = std::sync::mpsc::channel();
    let sink = enter(&namespace(b), move || {
        let listener = TcpListener::bind("0.0.0.0:81").expect("the port is free");
        ready.send(()).expect("the test waits");
        let (mut stream, _) = listener.accept().expect("somebody comes");
        stream.set_read_timeout(Some(DEADLINE)).expect("a limit");
        let mut got = Vec::new();
        stream.read_to_end(&mut got).map(|_| got.len())
    });
    listening.recv().expect("it listens");
    let sent = enter(&namespace(a), || {
        let mut stream = TcpStream::connect((address(12), 81))?;
        stream.set_write_timeout(Some(DEADLINE))?;
        stream.write_all(&[0; 300_000])
    });
    sent.join().expect("no panic").expect("it is sent");
    assert_eq!(sink.join().expect("no panic").expect("it arrives"), 300_000);

    // A node cut off, and back.
    segment.connect(12, false);
    assert_eq!(ask_from(&namespace(a), address(12), 80), "");
    segment.connect(12, true);
    until(a, 12, "from-b");

    // A task that moves to another machine keeps its address.
    let moved = [(11, "sg-a"), (13, "sg-b")];
    machines[1].1.detach("task-12");
    for (last, machine) in &all {
        machine.tell(told(*last, &all, &moved));
    }
    assert_eq!(ask_from(&namespace(a), address(12), 80), "");
    let overlays = text(Command::new("ip").args(["-n", "lstov-11", "-d", "link", "show", "type", "vxlan"]));
    assert!(overlays.contains("nolearning") && overlays.contains("dstport 4789"), "{overlays}");
    drop(_servers);
    for (_, machine) in machines {
        machine.end();
    }
}

#[test]
fn a_load_balancer_gets_the_answers_of_targets_on_other_nodes() {
    let segment = Segment::new("nb");
    let machines: Vec<(u8, Machine)> = [14, 15]
        .map(|last| (last, Machine::start(&segment.plug(last), &format!("x{last}"), Some(wanted(last)))))
        .into();
    let all: Vec<(u8, &Machine)> = machines.iter().map(|(last, machine)| (*last, machine)).collect();
    // The load balancer is on the one, its target and a client on the other.
    let balancer = |place: Place| {
        let machine = (place == Place::Here).then(|| model::fabric::Machine {
            attachment: "ela-attach-1".to_owned(),
            mac: [2, 0, 0, 0, 9, 20],
            balancer: Some("net".to_owned()),
        });
        let plain = described(SECOND, 20, &["sg-n"], place);
        Item::Interface(model::fabric::Interface { machine, foreign_sources: true, ..plain })
    };
    let whole = |last: u8, mut things: Vec<Item>| {
        let place = if last == 14 { Place::Here } else { Place::Node("node-14".to_owned()) };
        things.push(balancer(place));
        things.push(group(
            "sg-c",
            &[ingress(tcp(80), ALL), ingress(tcp(80), "::/0"), egress(Traffic::All, "sg-c")],
        ));
        dual_vpc(SECOND, things)
    };
    let groups = [(15, "sg-c"), (16, "sg-b")];
    let placed = |last: u8| {
        let mut things = things(last, &all, &groups[..1]);
        let place = if last == 15 { Place::Here } else { Place::Node("node-15".to_owned()) };
        things.push(Item::Interface(described(SECOND, 16, &["sg-b"], place.clone())));
        things.push(group("sg-d", &[ingress(tcp(80), "sg-n")]));
        things.push(Item::Interface(described(SECOND, 17, &["sg-d"], place)));
        things.push(group("sg-n", &[egress(Traffic::All, ALL), egress(Traffic::All, "::/0")]));
        whole(last, things)
    };
    for (last, machine) in &all {
        machine.tell(placed(*last));
    }
    let target = machines[1].1.attach("target", dual_interface(SECOND, 15));
    let client = machines[1].1.attach("client", dual_interface(SECOND, 16));
    posing::tell_peers(&namespace(&target), SocketAddr::from((address(15), 80)));
    posing::tell_peers(&namespace(&target), SocketAddr::from((ipv6(SECOND, 15), 80)));
    let at = net::balancer_path(&machines[0].1.run_dir, "net");
    let posing_as = |client: &str, target: IpAddr| {
        posing::ask_posing(&at, client.parse().expect("an address"), SocketAddr::from((target, 80)))
    };
    // A client of the target's own node, one from beyond the VPC, one by IPv6.
    assert_eq!(posing_as("10.230.0.16:40000", address(15).into()), "10.230.0.16");
    assert_eq!(posing_as("203.0.113.7:40000", address(15).into()), "203.0.113.7");
    assert_eq!(posing_as("[2001:db8::7]:40000", ipv6(SECOND, 15).into()), "2001:db8::7");
    // Who is let in by the load balancer's group is so whoever it speaks as, and nobody else.
    let behind = machines[1].1.attach("behind", dual_interface(SECOND, 17));
    posing::tell_peers(&namespace(&behind), SocketAddr::from((address(17), 80)));
    assert_eq!(posing_as("203.0.113.7:40001", address(17).into()), "203.0.113.7");
    assert_eq!(posing_as("10.230.0.16:40001", address(17).into()), "10.230.0.16");
    assert_eq!(ask_from(&namespace(&client), address(17), 80), "");
    // What the client says by itself is answered to itself.
    assert_eq!(ask_from(&namespace(&client), address(15), 80), "10.230.0.16");
    for (_, machine) in machines {
        machine.end();
    }
}

#[test]
fn two_nodes_of_one_machine_have_an_overlay_each() {
    let segment = Segment::new("ow");
    let at = segment.plug(21);
    let machines =
        [Machine::start(&at, "p21", Some(wanted(21))), Machine::start(&at, "p22", Some(wanted(21)))];
    let ports = machines.each_ref().map(|m| m.overlay.expect("it has one").address.port());
    assert_eq!(ports, [4789, 4790]);
    let all = [(21, &machines[0]), (22, &machines[1])];
    let groups = [(21, "sg-a"), (22, "sg-a")];
    let tasks: Vec<Attached> = all
        .iter()
        .map(|(last, machine)| {
            machine.tell(told(*last, &all, &groups));
            machine.attach(&format!("task-{last}"), interface(SECOND, *last))
        })
        .collect();
    let server = Server::start(&namespace(&tasks[0]), 80, "beside");
    until_from(&namespace(&tasks[1]), address(21), 80, "beside");
    drop(server);
    for machine in machines {
        machine.end();
    }
}

#[test]
fn nodes_of_one_segment_route_to_each_other_as_they_are() {
    let segment = Segment::new("ox");
    let machines: Vec<(u8, Machine)> = [41, 42]
        .map(|last| {
            let direct = WantedOverlay { direct: true, ..wanted(last) };
            let machine = Machine::start(&segment.plug(last), &format!("d{last}"), Some(direct));
            let ipv6 = machine.overlay.and_then(|o| o.ipv6);
            assert!(ipv6.is_some_and(|a| a.is_unicast_link_local()), "{ipv6:?}");
            (last, machine)
        })
        .into();
    let all: Vec<(u8, &Machine)> = machines.iter().map(|(last, machine)| (*last, machine)).collect();
    let mut tasks = Vec::new();
    for (last, machine) in &all {
        machine.tell(dual_vpc(SECOND, things(*last, &all, &[(41, "sg-a"), (42, "sg-a")])));
        tasks.push(machine.attach(&format!("task-{last}"), dual_interface(SECOND, *last)));
    }
    let both = [IpAddr::from(address(42)), ipv6(SECOND, 42).into()];
    let server = Server::start(&namespace(&tasks[1]), 80, "as-it-is");
    for to in both {
        until_from(&namespace(&tasks[0]), to, 80, "as-it-is");
    }
    // The other one sees who it is.
    let ear = Ear::open(&namespace(&tasks[1]), (Ipv6Addr::UNSPECIFIED, 54));
    let own = SocketAddr::from((ipv6(SECOND, 41), 0));
    let speaker = datagram::socket(&namespace(&tasks[0]), own);
    speaker.send_to(b"hello", (ipv6(SECOND, 42), 54)).expect("it is sent");
    assert_eq!(ear.until("hello")[0].0.ip(), own.ip());
    for (last, machine) in &all {
        machine.tell(dual_vpc(SECOND, things(*last, &all, &[(41, "sg-b"), (42, "sg-a")])));
    }
    for to in both {
        assert_eq!(ask_from(&namespace(&tasks[0]), to, 80), "", "groups hold here too");
    }
    let link = text(&mut inside(&namespace(&tasks[0]), &["ip", "-o", "link", "show", "eth0"]));
    assert!(link.contains("mtu 1500"), "{link}");
    machines[1].1.detach("task-42");
    let routes = |family| text(Command::new("ip").args(["-n", "lstox-41", family, "route"]));
    assert!(routes("-4").contains("10.230.0.42 via 192.0.2.42"), "{}", routes("-4"));
    assert!(routes("-6").contains("fd00:e6::2a via fe80::"), "{}", routes("-6"));
    machines[0].1.tell(dual_vpc(SECOND, things(41, &all, &[(41, "sg-a")])));
    assert!(!routes("-4").contains("10.230.0.42"), "{}", routes("-4"));
    assert!(!routes("-6").contains("fd00:e6::2a"), "{}", routes("-6"));
    drop(server);
    for (_, machine) in machines {
        machine.end();
    }
}

/// The machines of these addresses, each with a task of both families that all others may reach, and what else each is to be told.
fn dual(
    segment: &Segment,
    prefix: &str,
    lasts: [u8; 2],
    more: impl Fn(u8) -> Vec<Item>,
) -> Vec<(Machine, PathBuf)> {
    let machines = lasts.map(|last| {
        (last, Machine::start(&segment.plug(last), &format!("{prefix}{last}"), Some(wanted(last))))
    });
    let all: Vec<(u8, &Machine)> = machines.iter().map(|(last, machine)| (*last, machine)).collect();
    let mut tasks = Vec::new();
    for (last, machine) in &all {
        let things = things(*last, &all, &lasts.map(|l| (l, "sg-a")));
        machine.tell(dual_vpc(SECOND, [things, more(*last)].concat()));
        tasks.push(namespace(&machine.attach(&format!("task-{last}"), dual_interface(SECOND, *last))));
    }
    machines.into_iter().map(|(_, machine)| machine).zip(tasks).collect()
}

#[test]
fn false_senders_do_not_get_to_another_machine() {
    let segment = Segment::new("oy");
    // A neighbour of the sender, and one of the receiver.
    let neighbours = |last| {
        let place = |home: u8| if home == last { Place::Here } else { Place::Node(format!("node-{home}")) };
        [(61, 51), (62, 52)]
            .map(|(one, home)| Item::Interface(described(SECOND, one, &["sg-a"], place(home))))
            .to_vec()
    };
    let machines = dual(&segment, "y", [51, 52], neighbours);
    let [(first, sender), (second, receiver)] = &machines[..] else { panic!("two machines") };
    for (machine, last) in [(first, 61), (second, 62)] {
        machine.attach(&format!("task-{last}"), dual_interface(SECOND, last));
    }
    for of in [|last| IpAddr::from(address(last)), |last| IpAddr::from(ipv6(SECOND, last))] {
        let to = SocketAddr::from((of(52), 53));
        let ear = Ear::open(receiver, to);
        only_its_own_passes(&ear, sender, &[of(99), of(61), of(62), of(51)], to);
    }
    for (machine, _) in machines {
        machine.end();
    }
}

/// A socket whose packets are not to be taken apart.
fn whole(at: &std::path::Path, to: IpAddr) -> UdpSocket {
    use rustix::net::sockopt::{Ipv4PathMtuDiscovery, Ipv6PathMtuDiscovery};
    if to.is_ipv6() {
        let socket = datagram::socket(at, (Ipv6Addr::UNSPECIFIED, 0).into());
        rustix::net::sockopt::set_ipv6_mtu_discover(&socket, Ipv6PathMtuDiscovery::DO).expect("a flag");
        socket
    } else {
        let socket = datagram::socket(at, (Ipv4Addr::UNSPECIFIED, 0).into());
        rustix::net::sockopt::set_ip_mtu_discover(&socket, Ipv4PathMtuDiscovery::DO).expect("a flag");
        socket
    }
}

fn is_too_big(sent: &std::io::Result<usize>) -> bool {
    sent.as_ref().is_err_and(|e| e.raw_os_error() == Some(rustix::io::Errno::MSGSIZE.raw_os_error()))
}

#[test]
fn datagrams_larger_than_the_overlay_holds_arrive_in_pieces_or_are_said_to_be_too_big() {
    const OVERLAY: usize = 1450;
    let segment = Segment::new("oz");
    let public = Ipv4Addr::new(198, 18, 0, 9);
    let way_out = |last| {
        let mut web = described(SECOND, 62, &["sg-open"], Place::Here);
        web.public = vec![Public { public, address: address(62) }];
        let both = [ALL, "::/0"];
        let open = both.map(|all| [egress(Traffic::All, all), ingress(Traffic::All, all)]).concat();
        let open = group("sg-open", &open);
        let routes = [ALL, "::/0"].map(|to| Route { to: to.parse().expect("a block"), via: Via::Internet });
        let ours = vec![table(routes.into()), open, Item::Interface(web)];
        if last == 62 { ours } else { Vec::new() }
    };
    let machines = dual(&segment, "z", [61, 62], way_out);
    let [(_, sender), (_, receiver)] = &machines[..] else { panic!("two machines") };
    let big = "x".repeat(8000);
    for (to, headers) in [(IpAddr::from(address(62)), 28), (ipv6(SECOND, 62).into(), 48)] {
        let ear = Ear::open(receiver, (to, 53));
        let any: IpAddr =
            if to.is_ipv6() { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() };
        datagram::socket(sender, (any, 0).into()).send_to(big.as_bytes(), (to, 53)).expect("it is sent");
        assert_eq!(ear.until(&big).len(), 1, "whole again");

        let whole = whole(sender, to);
        let fits = "y".repeat(OVERLAY - headers);
        let sent = whole.send_to(format!("{fits}y").as_bytes(), (to, 53));
        assert!(is_too_big(&sent), "{to}: {sent:?}");
        whole.send_to(fits.as_bytes(), (to, 53)).expect("it is sent");
        assert_eq!(ear.until(&fits).len(), 1);
    }

    // Who comes from outside has a link of 1500, and is told on the way what fits.
    let world = segment.plug(63);
    run(Command::new("ip").args(["-n", &world, "route", "add", "198.18.0.0/15", "via", "192.0.2.62"]));
    let via = ipv6_of(62).to_string();
    run(Command::new("ip").args(["-n", &world, "route", "add", "fd00:e6::/56", "via", &via]));
    for (to, headers) in [(IpAddr::from(public), 28), (ipv6(SECOND, 62).into(), 48)] {
        let at = SocketAddr::from((if to.is_ipv6() { to } else { address(62).into() }, 54));
        let ear = Ear::open(receiver, at);
        let outside = whole(&path_of(&world), to);
        let large = "z".repeat(1500 - headers);
        let end = std::time::Instant::now() + DEADLINE;
        while !is_too_big(&outside.send_to(large.as_bytes(), (to, 54))) {
            assert!(std::time::Instant::now() < end, "nobody says that it is too big: {to}");
            std::thread::yield_now();
        }
        let fits = "z".repeat(OVERLAY - headers);
        outside.send_to(fits.as_bytes(), (to, 54)).expect("it is sent");
        assert_eq!(ear.until(&fits).len(), 1);
    }
    for (machine, _) in machines {
        machine.end();
    }
}
