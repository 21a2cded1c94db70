//! Interfaces of a VPC that the machine itself has, in real namespaces, as root: who reaches the machine by them, what leaves by them, and what is left.

mod common;

use common::machine::{Segment, enter, path_of, run};
use common::posing::{ask_posing, posing, tell_peers};
use common::*;
use model::ec2::Traffic;
use model::fabric::{Item, Place, Route, Update, Via};
use net::{NodeNetwork, TaskNetwork};
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ALL: &str = "0.0.0.0/0";

/// The machine's interface as its node is told of it.
fn own(second: u8, last: u8, attachment: &str) -> model::fabric::Interface {
    let machine = model::fabric::Machine {
        attachment: attachment.to_owned(),
        mac: [2, 0, 0, 0, 9, last],
        balancer: None,
    };
    model::fabric::Interface {
        machine: Some(machine),
        ..described(second, last, &["sg-machine"], Place::Here)
    }
}

/// Works on a machine of a segment.
fn on_machine(at: &str, work: impl AsyncFnOnce(PathBuf) + Send + 'static) {
    let path = path_of(at);
    let inner = path.clone();
    let thread = enter(&path, move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(work(inner));
    });
    thread.join().expect("the machine's part passes");
}

fn ip(at: &Path, args: &[&str]) -> String {
    text(inside(at, &["ip"]).args(args))
}

/// Everything that a machine has of interfaces.
fn traces(at: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (args, word) in [
        (&["-o", "link"][..], "lse"),
        (&["-o", "addr"][..], "lse"),
        (&["rule"][..], "19700"),
        (&["-6", "rule"][..], "19700"),
        (&["route", "show", "table", "all"][..], "lse"),
        (&["-6", "route", "show", "table", "all"][..], "lse"),
        (&["neigh"][..], "lse"),
    ] {
        found.extend(ip(at, args).lines().filter(|l| l.contains(word)).map(str::to_owned));
    }
    let tables = text(&mut inside(at, &["nft", "list", "tables"]));
    found.extend(tables.lines().filter(|l| l.contains("table inet longshore-")).map(str::to_owned));
    found
}

fn main_routes(at: &Path) -> Vec<String> {
    ip(at, &["route", "show"]).lines().map(|l| l.trim().to_owned()).collect()
}

/// What the machine of this thread hears that asks from one of its addresses.
fn ask_as(from: Ipv4Addr, to: Ipv4Addr, port: u16) -> String {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from((from, 0)).into()).expect("the address is its own");
    socket.set_read_timeout(Some(DEADLINE)).expect("a limit");
    let mut said = String::new();
    if socket.connect_timeout(&SocketAddr::from((to, port)).into(), Duration::from_secs(2)).is_err() {
        return said;
    }
    std::net::TcpStream::from(socket).read_to_string(&mut said).expect("it says its word");
    said.trim().to_owned()
}

fn until_as(from: Ipv4Addr, to: Ipv4Addr, port: u16, word: &str) {
    let end = Instant::now() + DEADLINE;
    while ask_as(from, to, port) != word {
        assert!(Instant::now() < end, "{to}:{port} does not say {word} to {from}");
    }
}

#[test]
fn the_machine_is_reached_by_its_interface_as_its_groups_say() {
    const SECOND: u8 = 240;
    let segment = Segment::new("mi");
    let machine = segment.plug(41);
    let world = path_of(&segment.plug(42));
    run(&mut inside(&world, &["ip", "route", "add", "10.240.0.0/16", "via", "192.0.2.41"]));
    on_machine(&machine.clone(), async move |at| {
        let node = Node::start("q41").await;
        let before = main_routes(&at);
        let address = Ipv4Addr::new(10, SECOND, 0, 20);
        let everything = egress(Traffic::All, ALL);
        node.tell(vpc(
            SECOND,
            vec![
                group("sg-machine", &[ingress(tcp(80), "sg-friend"), egress(tcp(90), "sg-friend")]),
                group("sg-friend", &[everything.clone(), ingress(Traffic::All, "sg-machine")]),
                group("sg-stranger", &[everything.clone(), ingress(Traffic::All, ALL)]),
                here(SECOND, 10, &["sg-friend"]),
                here(SECOND, 11, &["sg-stranger"]),
            ],
        ))
        .await;
        let friend = node.attach("friend", interface(SECOND, 10)).await.namespace.expect("one");
        let stranger = node.attach("stranger", interface(SECOND, 11)).await.namespace.expect("one");
        let bridged = node.attach("bridged", net::Attachment::Bridge { ports: vec![] }).await;
        let bridged = bridged.namespace.expect("one");
        let routes = main_routes(&at);

        node.change(SECOND, vec![Item::Interface(own(SECOND, 20, "eni-attach-1"))]).await;
        assert!(before.iter().all(|r| routes.contains(r)));
        assert_eq!(main_routes(&at), routes, "the machine's own routes stay as they are");
        let shown = ip(&at, &["-o", "link"]);
        assert!(shown.contains("02:00:00:00:09:14"), "{shown}");

        // In: the group's port, for the group's friends.
        let _at_80 = Server::start(&at, 80, "eighty");
        let _at_81 = Server::start(&at, 81, "eighty-one");
        until_from(&friend, address, 80, "eighty");
        assert_eq!(ask_from(&friend, address, 81), "", "another port");
        assert_eq!(ask_from(&stranger, address, 80), "", "another group");
        // No other way leads there, and by this one to nothing else.
        let segment_address = Ipv4Addr::new(192, 0, 2, 41);
        until_from(&world, segment_address, 80, "eighty");
        for (from, who) in [(&world, "the world"), (&bridged, "a task of the bridge")] {
            assert_eq!(ask_from(from, address, 80), "", "{who}");
        }
        let through = Via::Interface(IpAddr::V4(address));
        node.change(SECOND, vec![table(vec![Route { to: ALL.parse().expect("a block"), via: through }])])
            .await;
        assert_eq!(ask_from(&friend, segment_address, 80), "", "the machine's other address");
        let _far = Server::start(&world, 80, "far");
        until_from(&at, Ipv4Addr::new(192, 0, 2, 42), 80, "far");
        assert_eq!(ask_from(&friend, Ipv4Addr::new(192, 0, 2, 42), 80), "", "the machine forwards nothing");
        node.change(SECOND, vec![table(vec![])]).await;

        // Out: what the machine says from the address, its groups let out or not.
        let _at_90 = Server::start(&friend, 90, "ninety");
        let _at_91 = Server::start(&friend, 91, "ninety-one");
        let (to_friend, to_stranger) = (Ipv4Addr::new(10, SECOND, 0, 10), Ipv4Addr::new(10, SECOND, 0, 11));
        until_as(address, to_friend, 90, "ninety");
        assert_eq!(ask_as(address, to_friend, 91), "", "the group lets another port not out");
        let _stranger_at_90 = Server::start(&stranger, 90, "stranger");
        assert_eq!(ask_as(address, to_stranger, 90), "", "nor to another group");

        // Its addresses change under it.
        let mut more = own(SECOND, 20, "eni-attach-1");
        let second = Ipv4Addr::new(10, SECOND, 0, 21);
        more.addresses.push(IpAddr::V4(second));
        node.change(SECOND, vec![Item::Interface(more)]).await;
        until_from(&friend, second, 80, "eighty");
        assert_eq!(ask_from(&world, second, 80), "");
        node.change(SECOND, vec![Item::Interface(own(SECOND, 20, "eni-attach-1"))]).await;
        assert_eq!(ask_from(&friend, second, 80), "");
        until_from(&friend, address, 80, "eighty");

        // Attached elsewhere: here nothing is left of it.
        let elsewhere = described(SECOND, 20, &["sg-machine"], Place::Nowhere);
        node.change(SECOND, vec![Item::Interface(elsewhere)]).await;
        assert_eq!(traces(&at), Vec::<String>::new());
        assert_eq!(ask_from(&friend, address, 80), "");
        node.end().await;
    });
}

#[test]
fn a_machine_s_interface_outlives_its_node_and_goes_when_nobody_wants_it() {
    const SECOND: u8 = 241;
    let segment = Segment::new("mj");
    let machine = segment.plug(43);
    on_machine(&machine.clone(), async move |at| {
        let node = Node::start("q43").await;
        let address = Ipv4Addr::new(10, SECOND, 0, 20);
        let things = |interface: Option<model::fabric::Interface>| {
            let mut things = vec![
                group("sg-machine", &[ingress(tcp(80), "sg-friend")]),
                group("sg-friend", &[egress(Traffic::All, ALL)]),
                here(SECOND, 10, &["sg-friend"]),
            ];
            things.extend(interface.map(Item::Interface));
            vpc(SECOND, things)
        };
        node.tell(things(Some(own(SECOND, 20, "eni-attach-1")))).await;
        let friend = node.attach("friend", interface(SECOND, 10)).await.namespace.expect("one");
        let _server = Server::start(&at, 80, "eighty");
        until_from(&friend, address, 80, "eighty");
        let config = node.config.clone();
        let live = [node.id("friend")];

        // The agent is killed: the kernel goes on. It comes back, and is told the same.
        let Node { network, _dir, .. } = node;
        drop(network);
        until_from(&friend, address, 80, "eighty");
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        network.recover(&live).await.expect("it takes up what there is");
        until_from(&friend, address, 80, "eighty");
        network.update(&things(Some(own(SECOND, 20, "eni-attach-1")))).await.expect("it is carried out");
        until_from(&friend, address, 80, "eighty");

        // Somebody takes the link away: the next whole word of the control plane brings it back.
        let shown = ip(&at, &["-o", "link"]);
        let link = shown.lines().find(|l| l.contains(": lse")).and_then(|l| l.split(": ").nth(1));
        let link = link.and_then(|l| l.split('@').next()).expect("there is one").to_owned();
        run(&mut inside(&at, &["ip", "link", "del", &link]));
        network.update(&things(Some(own(SECOND, 20, "eni-attach-1")))).await.expect("it is carried out");
        until_from(&friend, address, 80, "eighty");

        // While the agent was away the interface was detached, and attached to the same machine again.
        drop(network);
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        network.recover(&live).await.expect("it takes up what there is");
        network.update(&things(Some(own(SECOND, 20, "eni-attach-2")))).await.expect("it is carried out");
        until_from(&friend, address, 80, "eighty");

        // While it was away it was detached.
        drop(network);
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        network.recover(&live).await.expect("it takes up what there is");
        assert!(!traces(&at).is_empty());
        network.update(&things(None)).await.expect("it is carried out");
        assert_eq!(traces(&at), Vec::<String>::new());

        // The node has nothing of the VPC any more, as a new session says.
        network.update(&things(Some(own(SECOND, 20, "eni-attach-3")))).await.expect("it is carried out");
        network.detach(&live[0]).await.expect("it goes");
        assert!(!traces(&at).is_empty());
        network.keep_vpcs(&Default::default()).await.expect("it goes");
        assert_eq!(traces(&at), Vec::<String>::new());

        // Its record is lost: what no record names goes with the next start.
        network.update(&things(Some(own(SECOND, 20, "eni-attach-4")))).await.expect("it is carried out");
        drop(network);
        std::fs::remove_dir_all(config.state_dir.join("machine")).expect("the records are there");
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        network.recover(&[]).await.expect("it takes up what there is");
        assert_eq!(traces(&at), Vec::<String>::new());

        network.update(&things(Some(own(SECOND, 20, "eni-attach-5")))).await.expect("it is carried out");
        network
            .update(&Update { vpc: vpc_id(SECOND), complete: true, put: vec![], gone: vec![] })
            .await
            .expect("the VPC goes");
        assert_eq!(traces(&at), Vec::<String>::new());
        Node { network, config, _dir }.end().await;
        assert_eq!(traces(&at), Vec::<String>::new());
    });
}

#[test]
fn a_machine_s_interface_has_its_ipv6_address_too() {
    const SECOND: u8 = 242;
    let segment = Segment::new("mk");
    let machine = segment.plug(44);
    on_machine(&machine.clone(), async move |at| {
        let node = Node::start("q44").await;
        let things = vec![
            group("sg-machine", &[ingress(tcp(80), "sg-friend")]),
            group("sg-friend", &[egress(Traffic::All, "::/0"), egress(Traffic::All, ALL)]),
            here(SECOND, 10, &["sg-friend"]),
            here(SECOND, 11, &["sg-machine"]),
            Item::Interface(own(SECOND, 20, "eni-attach-1")),
        ];
        node.tell(dual_vpc(SECOND, things)).await;
        let friend = node.attach("friend", dual_interface(SECOND, 10)).await.namespace.expect("one");
        let stranger = node.attach("stranger", dual_interface(SECOND, 11)).await.namespace.expect("one");
        std::mem::forget(enter(&at, || {
            let listener = std::net::TcpListener::bind("[::]:80").expect("the port is free");
            for mut stream in listener.incoming().flatten() {
                // Who hangs up at once does not want to know.
                let _ = std::io::Write::write_all(&mut stream, b"six\n");
            }
        }));
        until_from(&friend, ipv6(SECOND, 20), 80, "six");
        until_from(&friend, Ipv4Addr::new(10, SECOND, 0, 20), 80, "six");
        assert_eq!(ask_from(&stranger, ipv6(SECOND, 20), 80), "");
        let elsewhere = described(SECOND, 20, &["sg-machine"], Place::Nowhere);
        node.change(SECOND, vec![Item::Interface(elsewhere)]).await;
        assert_eq!(traces(&at), Vec::<String>::new());
        node.end().await;
    });
}

/// A load balancer's interface as its node is told of it.
fn of_balancer(second: u8, last: u8, balancer: &str) -> model::fabric::Interface {
    let mut interface = own(second, last, "ela-attach-1");
    interface.id = format!("eni-of-{balancer}-{last}");
    interface.machine.as_mut().expect("it has one").balancer = Some(balancer.to_owned());
    interface
}

#[test]
fn load_balancers_have_networks_of_their_own() {
    const SECOND: u8 = 245;
    let segment = Segment::new("mn");
    let machine = segment.plug(47);
    on_machine(&machine.clone(), async move |at| {
        let node = Node::start("q47").await;
        let (web, api) = (of_balancer(SECOND, 20, "web"), of_balancer(SECOND, 30, "api"));
        let also_web = of_balancer(SECOND, 21, "web");
        let update = |interfaces: &[&model::fabric::Interface]| {
            let mut things = vec![
                group("sg-machine", &[ingress(tcp(80), "sg-friend"), egress(tcp(90), "sg-friend")]),
                group("sg-friend", &[egress(Traffic::All, ALL), ingress(Traffic::All, "sg-machine")]),
                here(SECOND, 10, &["sg-friend"]),
            ];
            things.extend(interfaces.iter().map(|i| Item::Interface((*i).clone())));
            vpc(SECOND, things)
        };
        node.tell(update(&[&web, &also_web, &api])).await;
        let friend = node.attach("friend", interface(SECOND, 10)).await.namespace.expect("one");
        let run_dir = node.config.run_dir.clone();
        let path = |balancer: &str| net::balancer_path(&run_dir, balancer);
        let address = |last: u8| Ipv4Addr::new(10, SECOND, 0, last);

        // Both addresses of the one are in its network, and neither is the machine's or the other's.
        let _web = Server::start(&path("web"), 80, "web");
        let _api = Server::start(&path("api"), 80, "api");
        let _machine = Server::start(&at, 80, "machine");
        until_from(&friend, address(20), 80, "web");
        until_from(&friend, address(21), 80, "web");
        until_from(&friend, address(30), 80, "api");
        assert_eq!(ask_from(&friend, address(20), 81), "", "another port than the group's");
        assert!(!ip(&at, &["-o", "addr"]).contains("10.245.0."), "the machine has none of them");
        assert_eq!(main_routes(&at).iter().filter(|route| route.contains("lse")).count(), 0);

        // What a load balancer begins needs no address: one of its own is taken. So a target is asked, as the groups say.
        let _target = Server::start(&friend, 90, "target");
        let _other = Server::start(&friend, 91, "other");
        until_from(&path("web"), address(10), 90, "target");
        assert_eq!(ask_from(&path("web"), address(10), 91), "", "the group lets another port not out");
        // A socket that a thread of the machine makes in there.
        let inside = net::visit(&path("api"), || std::net::TcpListener::bind((address(30), 81)));
        assert_eq!(inside.expect("it is its address").local_addr().expect("one").port(), 81);
        assert!(std::net::TcpListener::bind((address(30), 82)).is_err(), "the thread is back");

        // The agent is killed: it goes on, and is taken up.
        let config = node.config.clone();
        let live = [node.id("friend")];
        let Node { network, _dir, .. } = node;
        drop(network);
        until_from(&friend, address(21), 80, "web");
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        let node = Node { network, config, _dir };
        node.network.recover(&live).await.expect("a recovery");
        node.tell(update(&[&web, &also_web, &api])).await;
        until_from(&friend, address(20), 80, "web");
        until_from(&friend, address(30), 80, "api");

        // One interface goes, then the last: with it the network.
        node.tell(update(&[&also_web, &api])).await;
        assert_eq!(ask_from(&friend, address(20), 80), "");
        until_from(&friend, address(21), 80, "web");
        until_from(&path("web"), address(10), 90, "target");
        node.tell(update(&[&api])).await;
        assert!(!path("web").exists(), "its network is left");
        until_from(&friend, address(30), 80, "api");
        node.end().await;
        assert_eq!(traces(&at), Vec::<String>::new());
    });
}

#[test]
fn a_network_load_balancer_speaks_as_its_clients() {
    const SECOND: u8 = 244;
    let segment = Segment::new("mm");
    let machine = segment.plug(46);
    on_machine(&machine.clone(), async move |at| {
        let node = Node::start("q46").await;
        let mut balancer = of_balancer(SECOND, 20, "tcp");
        balancer.foreign_sources = true;
        balancer.groups = vec!["sg-balancer".to_owned()];
        let mut plain = of_balancer(SECOND, 30, "web");
        plain.groups = vec!["sg-balancer".to_owned()];
        let all = |peer: &str| [ingress(tcp(80), peer), ingress(udp(80), peer)];
        let open = [egress(Traffic::All, ALL), egress(Traffic::All, "::/0")];
        let things = |balancer: &model::fabric::Interface| {
            dual_vpc(
                SECOND,
                vec![
                    group(
                        "sg-balancer",
                        &[
                            egress(tcp(80), ALL),
                            egress(udp(80), ALL),
                            egress(tcp(80), "::/0"),
                            ingress(tcp(80), ALL),
                        ],
                    ),
                    group(
                        "sg-target",
                        &[&all("10.244.0.11/32")[..], &all("203.0.113.0/24"), &all("2001:db8::/64"), &open]
                            .concat(),
                    ),
                    group("sg-client", &open),
                    here(SECOND, 10, &["sg-target"]),
                    here(SECOND, 11, &["sg-client"]),
                    group("sg-behind", &[ingress(tcp(80), "sg-balancer")]),
                    here(SECOND, 12, &["sg-behind"]),
                    Item::Interface(balancer.clone()),
                    Item::Interface(plain.clone()),
                ],
            )
        };
        node.tell(things(&balancer)).await;
        let target = node.attach("target", dual_interface(SECOND, 10)).await.namespace.expect("one");
        let client = node.attach("client", dual_interface(SECOND, 11)).await.namespace.expect("one");
        let behind = node.attach("behind", dual_interface(SECOND, 12)).await.namespace.expect("one");
        let run_dir = node.config.run_dir.clone();
        let posing_as = |balancer: &str, client: &str, target: SocketAddr| {
            ask_posing(&net::balancer_path(&run_dir, balancer), client.parse().expect("an address"), target)
        };
        let target_at = SocketAddr::from((Ipv4Addr::new(10, SECOND, 0, 10), 80));
        let target_ipv6 = SocketAddr::from((ipv6(SECOND, 10), 80));
        let reserved = SocketAddr::from((Ipv4Addr::new(10, SECOND, 0, 12), 80));
        tell_peers(&behind, SocketAddr::from((Ipv4Addr::UNSPECIFIED, 80)));
        tell_peers(&target, SocketAddr::from((Ipv4Addr::UNSPECIFIED, 80)));
        tell_peers(&target, SocketAddr::from((ipv6(SECOND, 10), 80)));
        tell_peers(&target, SocketAddr::from((Ipv4Addr::UNSPECIFIED, 81)));

        // As somebody of the VPC, as one from beyond it, and by IPv6. No route leads to the latter two.
        assert_eq!(posing_as("tcp", "10.244.0.11:40000", target_at), "10.244.0.11");
        assert_eq!(posing_as("tcp", "203.0.113.7:40000", target_at), "203.0.113.7");
        assert_eq!(posing_as("tcp", "[2001:db8::7]:40000", target_ipv6), "2001:db8::7");
        // Who is let in by the load balancer's group is so whoever it speaks as.
        assert_eq!(posing_as("tcp", "192.0.2.99:40000", reserved), "192.0.2.99");
        assert_eq!(ask_from(&client, reserved.ip(), 80), "", "the client itself is not");
        // The target's groups judge the client, the load balancer's what it sends.
        assert_eq!(posing_as("tcp", "192.0.2.99:40000", target_at), "", "no group lets this client in");
        let other_port = SocketAddr::new(target_at.ip(), 81);
        assert_eq!(
            posing_as("tcp", "203.0.113.7:40001", other_port),
            "",
            "the load balancer's groups do not let this out"
        );
        // Who is not said to may not.
        assert_eq!(posing_as("web", "203.0.113.7:40002", target_at), "");

        // Datagrams, both ways.
        let heard = datagram::socket(&target, target_at);
        heard.set_read_timeout(Some(DEADLINE)).expect("a limit");
        let said = posing(
            &net::balancer_path(&run_dir, "tcp"),
            socket2::Type::DGRAM,
            "203.0.113.8:5353".parse().expect("an address"),
        );
        let said = std::net::UdpSocket::from(said);
        said.connect(target_at).expect("a way");
        said.send(b"question").expect("it goes");
        let mut buffer = [0; 64];
        let (length, from) = heard.recv_from(&mut buffer).expect("it arrives");
        assert_eq!((&buffer[..length], from.to_string()), (&b"question"[..], "203.0.113.8:5353".to_owned()));
        heard.send_to(b"answer", from).expect("it goes");
        let length = said.recv(&mut buffer).expect("the answer comes back");
        assert_eq!(&buffer[..length], b"answer");

        // What the client itself says to the target is answered to the client, and to its own address the load balancer is there as ever.
        assert_eq!(ask_from(&client, Ipv4Addr::new(10, SECOND, 0, 10), 80), "10.244.0.11");
        let _own = Server::start(&net::balancer_path(&run_dir, "tcp"), 80, "balancer");
        until_from(&client, Ipv4Addr::new(10, SECOND, 0, 20), 80, "balancer");

        // The agent comes back and is told the same, then that it may no longer.
        let Node { network, config, _dir } = node;
        drop(network);
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        let node = Node { network, config, _dir };
        node.network
            .recover(&[node.id("target"), node.id("client"), node.id("behind")])
            .await
            .expect("a recovery");
        node.tell(things(&balancer)).await;
        assert_eq!(posing_as("tcp", "203.0.113.7:40003", target_at), "203.0.113.7");
        balancer.foreign_sources = false;
        node.change(SECOND, vec![Item::Interface(balancer)]).await;
        assert_eq!(posing_as("tcp", "203.0.113.7:40004", target_at), "");
        node.end().await;
        assert_eq!(traces(&at), Vec::<String>::new());
    });
}

#[test]
fn a_load_balancer_s_network_goes_with_an_agent_that_never_came_back() {
    const SECOND: u8 = 243;
    let segment = Segment::new("ml");
    let machine = segment.plug(45);
    on_machine(&machine.clone(), async move |at| {
        let node = Node::start("q45").await;
        let open = group("sg-machine", &[ingress(Traffic::All, ALL)]);
        node.tell(vpc(SECOND, vec![open, Item::Interface(of_balancer(SECOND, 20, "web"))])).await;
        let web = net::balancer_path(&node.config.run_dir, "web");
        assert!(web.exists());
        // Somebody is still inside, as a data plane that was not ended.
        let held = net::visit(&web, || std::net::TcpListener::bind(("0.0.0.0", 80))).expect("a socket");
        let Node { network, config, _dir } = node;
        drop(network);
        std::fs::remove_dir_all(config.state_dir.join("machine")).expect("its records");
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        let node = Node { network, config, _dir };
        node.network.recover(&[]).await.expect("a recovery");
        assert!(!web.exists(), "nobody knows it");
        node.end().await;
        assert_eq!(traces(&at), Vec::<String>::new());
        drop(held);
    });
}
