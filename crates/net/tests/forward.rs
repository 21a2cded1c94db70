//! Flows that the kernel forwards for network load balancers, in real namespaces of a VPC, as root: who is seen, who is let through, what goes on and
//! what ends.

mod common;

use common::datagram::socket as datagrams;
use common::machine::{Segment, enter, path_of, run};
use common::posing::tell_peers;
use common::*;
use model::balancer::forwarding::{BUCKETS, Bucket, Entrance, Forwarding, Lane, Transport};
use model::ec2::Traffic;
use model::fabric::{Item, Place, Route, Via};
use net::Forwards;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ALL: &str = "0.0.0.0/0";
const LANE: Lane = Lane(7);

/// A VPC on a node with two targets, two clients and a network load balancer at .20.
struct World {
    node: Node,
    second: u8,
    balancer: PathBuf,
    client: PathBuf,
    stranger: PathBuf,
    targets: [PathBuf; 2],
}

impl World {
    async fn new(second: u8, instance: &str) -> Self {
        let node = Node::start(instance).await;
        let mut balancer = described(second, 20, &["sg-balancer"], Place::Here);
        balancer.machine = Some(model::fabric::Machine {
            attachment: "ela-attach-1".to_owned(),
            mac: [2, 0, 0, 0, 9, 20],
            balancer: Some("net".to_owned()),
        });
        balancer.foreign_sources = true;
        balancer.addresses.push(ipv6(second, 20).into());
        let open = [egress(Traffic::All, ALL), egress(Traffic::All, "::/0")];
        let client = format!("10.{second}.0.11/32");
        let into_balancer = [80, 81, 83, 84].map(|port| ingress(tcp(port), ALL));
        let rules = [
            &into_balancer[..],
            &[ingress(tcp(80), "::/0"), ingress(udp(53), ALL), ingress(tcp(90), "::/0")],
            &open,
        ];
        let into_target = [ingress(tcp(80), &client), ingress(tcp(80), "::/0"), ingress(udp(53), &client)];
        let things = vec![
            group("sg-balancer", &rules.concat()),
            group("sg-client", &open),
            group("sg-target", &[&into_target[..], &open].concat()),
            group(
                "sg-behind",
                &[&[ingress(tcp(81), "sg-balancer"), ingress(tcp(80), &client)], &open[..]].concat(),
            ),
            here(second, 10, &["sg-target", "sg-behind"]),
            here(second, 12, &["sg-target", "sg-behind"]),
            here(second, 11, &["sg-client"]),
            here(second, 13, &["sg-client"]),
            Item::Interface(balancer),
        ];
        node.tell(dual_vpc(second, things)).await;
        let attach = async |name: &str, last| {
            node.attach(name, dual_interface(second, last)).await.namespace.expect("it has one")
        };
        let targets = [attach("target", 10).await, attach("other", 12).await];
        let (client, stranger) = (attach("client", 11).await, attach("stranger", 13).await);
        let balancer = net::balancer_path(&node.config.run_dir, "net");
        Self { node, second, balancer, client, stranger, targets }
    }

    fn address(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, self.second, 0, last)
    }

    /// An entrance of the load balancer's all of whose flows go to one target.
    fn entrance(&self, port: u16, target: (u8, u16), as_client: bool) -> Entrance {
        let target = SocketAddr::from((self.address(target.0), target.1));
        Entrance {
            address: SocketAddr::from((self.address(20), port)),
            transport: Transport::Tcp,
            by_source: false,
            idle_seconds: 350,
            lanes: vec![LANE],
            buckets: vec![Bucket { target, lane: LANE, as_client }; BUCKETS],
        }
    }

    /// What a client in a namespace hears at the load balancer.
    fn ask(&self, from: &Path, port: u16) -> String {
        ask_from(from, self.address(20), port)
    }

    /// A connection of the client's to the load balancer.
    fn connect(&self, port: u16) -> TcpStream {
        connect(&self.client, SocketAddr::from((self.address(20), port))).expect("it is taken")
    }
}

fn connect(from: &Path, to: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = net::visit(from, || TcpStream::connect_timeout(&to, Duration::from_secs(3)))?;
    stream.set_read_timeout(Some(DEADLINE))?;
    Ok(stream)
}

/// Says everything again.
fn echo(at: &Path, address: SocketAddr) {
    let listener = net::visit(at, || TcpListener::bind(address)).expect("the port is free");
    std::mem::forget(std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            std::thread::spawn(move || {
                // Who resets does not want to know.
                let _ = std::io::copy(&mut &stream, &mut &stream);
            });
        }
    }));
}

fn passes(mut stream: &TcpStream, word: &str) {
    stream.write_all(word.as_bytes()).expect("it is sent");
    let mut heard = vec![0; word.len()];
    stream.read_exact(&mut heard).expect("it comes back");
    assert_eq!(heard, word.as_bytes());
}

/// The next word is answered by a reset.
fn is_reset(mut stream: &TcpStream) {
    stream.write_all(b"still there?").expect("it is sent");
    let said = stream.read(&mut [0; 16]);
    assert_eq!(said.expect_err("it is reset").kind(), std::io::ErrorKind::ConnectionReset);
}

fn forwarding(entrances: impl IntoIterator<Item = Entrance>) -> Forwarding {
    Forwarding { entrances: entrances.into_iter().collect() }
}

/// Works on a machine of a segment.
fn on_machine(name: &str, last: u8, work: impl AsyncFnOnce() + Send + 'static) {
    let segment = Segment::new(name);
    let thread = enter(&path_of(&segment.plug(last)), move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(work());
    });
    thread.join().expect("the machine's part passes");
}

#[test]
fn targets_see_the_client_or_the_load_balancer_and_their_groups_judge_that() {
    on_machine("fa", 61, async || {
        let world = World::new(230, "f61").await;
        let forwards = Forwards::default();
        let mut six = world.entrance(80, (10, 80), true);
        six.address = SocketAddr::from((ipv6(230, 20), 80));
        six.buckets.iter_mut().for_each(|bucket| bucket.target = SocketAddr::from((ipv6(230, 10), 80)));
        let mut masked_six = six.clone();
        masked_six.address.set_port(90);
        masked_six.buckets.iter_mut().for_each(|bucket| bucket.as_client = false);
        for address in ["0.0.0.0:80", "0.0.0.0:81", "[::]:80"] {
            let address: SocketAddr = address.parse().expect("an address");
            if address.is_ipv6() {
                let at = SocketAddr::from((ipv6(230, 10), 80));
                tell_peers(&world.targets[0], at);
            } else {
                tell_peers(&world.targets[0], address);
            }
        }
        let _relay = Server::start(&world.balancer, 84, "relay");
        let wanted = forwarding([
            world.entrance(80, (10, 80), true),
            world.entrance(81, (10, 81), false),
            world.entrance(82, (10, 80), true),
            world.entrance(83, (10, 80), true),
            six,
            masked_six,
        ]);
        forwards.forward(&world.balancer, &wanted).expect("it is forwarded");
        assert_eq!(world.ask(&world.client, 80), "10.230.0.11");
        assert_eq!(world.ask(&world.client, 81), "10.230.0.20");
        assert_eq!(ask_from(&world.client, ipv6(230, 20), 80), "fd00:e6::b");
        assert_eq!(ask_from(&world.client, ipv6(230, 20), 90), "fd00:e6::14");
        // The target's groups judge the client where it is seen, else the load balancer.
        assert_eq!(world.ask(&world.stranger, 80), "", "the target's groups do not let this client in");
        assert_eq!(world.ask(&world.stranger, 81), "10.230.0.20");
        assert_eq!(world.ask(&world.client, 82), "", "the load balancer's groups do not let it in");
        assert_eq!(world.ask(&world.client, 84), "relay", "what is not forwarded is heard there");
        // One port of a client's to two entrances of one target.
        let from = SocketAddr::from((world.address(11), 40_000));
        let streams = [80, 83].map(|port| {
            let to = SocketAddr::from((world.address(20), port));
            let made = net::visit(&world.client, || {
                let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
                socket.set_reuse_address(true)?;
                socket.bind(&from.into())?;
                socket.connect_timeout(&to.into(), Duration::from_secs(3))?;
                Ok(TcpStream::from(socket))
            });
            made.expect("it is taken")
        });
        for mut stream in streams {
            let mut said = String::new();
            stream.read_to_string(&mut said).expect("it says its word");
            assert_eq!(said, "10.230.0.11");
        }
        world.node.end().await;
    });
}

#[test]
fn flows_go_on_whatever_is_wanted_and_end_when_they_are_ended() {
    on_machine("fb", 62, async || {
        let world = World::new(231, "f62").await;
        let forwards = Forwards::default();
        let any: SocketAddr = "0.0.0.0:80".parse().expect("an address");
        world.targets.iter().for_each(|target| echo(target, any));
        let at =
            |last| forwarding([world.entrance(80, (last, 80), true), world.entrance(83, (last, 80), true)]);
        let target = |last| SocketAddr::from((world.address(last), 80));
        forwards.forward(&world.balancer, &at(10)).expect("it is forwarded");
        let first = world.connect(80);
        passes(&first, "first");
        // Targets change, entrances come and go, and another process takes over.
        forwards.forward(&world.balancer, &at(12)).expect("it is forwarded");
        let second = world.connect(80);
        passes(&second, "second");
        passes(&first, "first again");
        let flowing = forwards.flowing(&world.balancer).expect("they are known");
        let has = |last| flowing.iter().filter(|flow| flow.target == target(last)).count();
        assert_eq!((has(10), has(12)), (1, 1));
        let less = forwarding([world.entrance(80, (12, 80), true)]);
        forwards.forward(&world.balancer, &less).expect("it is forwarded");
        passes(&first, "third");
        let counted = forwards.carried(&world.balancer).expect("it is known");
        let [(LANE, carried)] = counted[..] else { panic!("{counted:?}") };
        assert_eq!((carried.flows, carried.client_resets, carried.target_resets), (2, 0, 0));
        assert!(carried.packets > 10 && carried.bytes > 40 * carried.packets, "{carried:?}");
        let another = Forwards::default();
        another.forward(&world.balancer, &less).expect("it is forwarded");
        passes(&first, "fourth");
        passes(&second, "fourth");
        another.forward(&world.balancer, &Forwarding::default()).expect("nothing is");
        passes(&first, "fifth");
        assert!(connect(&world.client, SocketAddr::from((world.address(20), 80))).is_err());
        another.forward(&world.balancer, &at(12)).expect("it is forwarded");

        let ended = another.end(&world.balancer, &|flow| flow.target == target(10)).expect("they end");
        assert_eq!(ended, 1);
        is_reset(&first);
        passes(&second, "the other's");
        // Somebody resets.
        another.carried(&world.balancer).expect("it is known");
        socket2::SockRef::from(&second).set_linger(Some(Duration::ZERO)).expect("an option");
        drop(second);
        let end = Instant::now() + DEADLINE;
        let mut resets = 0;
        while resets == 0 {
            assert!(Instant::now() < end, "nobody counts it");
            let counted = another.carried(&world.balancer).expect("it is known");
            resets += counted.iter().map(|(_, carried)| carried.client_resets).sum::<u64>();
        }
        assert_eq!(resets, 1);
        // The kernel refuses: whoever listens has what comes, and what is under way goes on.
        let third = world.connect(80);
        passes(&third, "third");
        let mut bad = at(10);
        bad.entrances[0].idle_seconds = u32::MAX;
        assert!(another.forward(&world.balancer, &bad).is_err());
        passes(&third, "still");
        let _relay = Server::start(&world.balancer, 80, "relay");
        until_from(&world.client, world.address(20), 80, "relay");
        // The namespace's table is taken away behind our back.
        another.forward(&world.balancer, &at(12)).expect("it is forwarded");
        run(&mut inside(&world.balancer, &["nft", "delete", "table", "ip", "longshore-lb"]));
        run(&mut inside(&world.balancer, &["nft", "delete", "table", "ip6", "longshore-lb"]));
        let gone = another.carried(&world.balancer).expect_err("it is not there");
        assert_eq!(gone.kind(), std::io::ErrorKind::NotFound);
        another.forward(&world.balancer, &at(12)).expect("it is forwarded");
        passes(&world.connect(83), "again");
        world.node.end().await;
    });
}

#[test]
fn idle_flows_are_reset_after_their_own_time() {
    on_machine("fc", 63, async || {
        let world = World::new(232, "f63").await;
        let forwards = Forwards::default();
        let any: SocketAddr = "0.0.0.0:80".parse().expect("an address");
        echo(&world.targets[0], any);
        let mut short = world.entrance(80, (10, 80), true);
        short.idle_seconds = 1;
        let wanted =
            forwarding([short, world.entrance(83, (10, 80), true), world.entrance(84, (10, 80), true)]);
        forwards.forward(&world.balancer, &wanted).expect("it is forwarded");
        let (idle, busy) = (world.connect(80), world.connect(83));
        passes(&idle, "a word");
        passes(&busy, "a word");
        let end = Instant::now() + DEADLINE;
        while forwards.flowing(&world.balancer).expect("they are known").len() > 1 {
            assert!(Instant::now() < end, "it is not idle for ever");
            std::thread::yield_now();
        }
        is_reset(&idle);
        passes(&busy, "another word");
        world.node.end().await;
    });
}

#[test]
fn datagrams_of_a_flow_go_to_one_target_and_back() {
    on_machine("fd", 64, async || {
        let world = World::new(233, "f64").await;
        let forwards = Forwards::default();
        let target = datagrams(&world.targets[0], "0.0.0.0:53".parse().expect("an address"));
        let other = datagrams(&world.targets[1], "0.0.0.0:53".parse().expect("an address"));
        let at = |last| {
            let entrance = world.entrance(53, (last, 53), true);
            forwarding([Entrance { transport: Transport::Udp, ..entrance }])
        };
        forwards.forward(&world.balancer, &at(10)).expect("it is forwarded");
        let client = datagrams(&world.client, SocketAddr::from((world.address(11), 5353)));
        let entrance = SocketAddr::from((world.address(20), 53));
        for socket in [&target, &other, &client] {
            socket.set_read_timeout(Some(DEADLINE)).expect("a limit");
        }
        let speaks = |target: &std::net::UdpSocket, word: &str| {
            client.send_to(word.as_bytes(), entrance).expect("it goes");
            let mut buffer = [0; 64];
            let (length, from) = target.recv_from(&mut buffer).expect("it arrives");
            assert_eq!((&buffer[..length], from.ip()), (word.as_bytes(), IpAddr::V4(world.address(11))));
            target.send_to(b"answer", from).expect("it goes");
            let (length, from) = client.recv_from(&mut buffer).expect("the answer comes");
            assert_eq!((&buffer[..length], from), (&b"answer"[..], entrance));
        };
        speaks(&target, "one");
        forwards.forward(&world.balancer, &at(12)).expect("it is forwarded");
        speaks(&target, "two");
        let counted = forwards.carried(&world.balancer).expect("it is known");
        let (_, carried) = counted[0];
        assert_eq!((carried.flows, carried.packets, carried.bytes), (1, 4, 4 * 28 + 6 + 12));
        // Its flow is ended: the next packet begins another one.
        let ended = forwards.end(&world.balancer, &|_| true).expect("it ends");
        assert_eq!(ended, 1);
        speaks(&other, "three");
        world.node.end().await;
    });
}

#[test]
fn a_load_balancer_is_nobody_s_router() {
    on_machine("fe", 65, async || {
        let world = World::new(234, "f65").await;
        let forwards = Forwards::default();
        let any: SocketAddr = "0.0.0.0:80".parse().expect("an address");
        tell_peers(&world.targets[0], any);
        tell_peers(&world.targets[1], any);
        forwards
            .forward(&world.balancer, &forwarding([world.entrance(80, (10, 80), true)]))
            .expect("it is forwarded");
        assert_eq!(world.ask(&world.client, 80), "10.234.0.11");
        // Somebody has the VPC lead what is for others to the load balancer: to one of the VPC, and to one beyond it.
        let beyond = Ipv4Addr::new(203, 0, 113, 5);
        let via = Via::Interface(IpAddr::V4(world.address(20)));
        let route = Route { to: "203.0.113.0/24".parse().expect("a block"), via };
        world.node.change(234, vec![table(vec![route])]).await;
        run(&mut inside(&world.targets[1], &["ip", "addr", "add", "203.0.113.5/32", "dev", "lo"]));
        let count = || {
            let rules = text(&mut inside(&world.balancer, &["nstat", "-asz", "IpForwDatagrams"]));
            let line = rules.lines().find(|line| line.contains("IpForwDatagrams")).map(str::to_owned);
            line.and_then(|line| line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()))
                .expect("a number")
        };
        let before = count();
        assert!(before > 0, "what is forwarded is counted");
        assert_eq!(ask_from(&world.client, beyond, 80), "");
        // With the mark that forwarded packets have in there.
        let marked = net::visit(&world.client, || {
            let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
            socket.set_mark(0x8000_0000)?;
            socket.connect_timeout(&SocketAddr::from((beyond, 80)).into(), Duration::from_secs(2))
        });
        assert!(marked.is_err());
        assert_eq!(count(), before, "nothing of it was forwarded");
        world.node.end().await;
    });
}
