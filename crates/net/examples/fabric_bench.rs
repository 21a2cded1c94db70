//! What changes of a VPC cost, with few and with many interfaces: run as root in a network namespace of its own (`unshare --net`).
//!
//! Prints medians. A change must cost what changes, and not what there is.

use model::ec2::{Direction, PortRange, Traffic};
use model::fabric::{Group, Interface, Item, Network, Node, Peer, Place, Rule, Subnet, Update};
use net::{Attachment, Config, NodeNetwork, Service, TaskNetwork, WantedOverlay};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const VPC: &str = "vpc-bench";
const GROUPS: u32 = 200;
const ROUNDS: u32 = 40;

fn group(n: u32, port: u16) -> Item {
    let rule = |direction, traffic, peer| Rule { direction, traffic, peer };
    let tcp = |port| Traffic::Tcp(PortRange { from: port, to: port });
    let all = || Peer::Block("0.0.0.0/0".parse().expect("a block"));
    Item::Group(Group {
        id: format!("sg-{n}"),
        rules: vec![
            rule(Direction::Ingress, tcp(port), Peer::Group(format!("sg-{}", (n + 1) % GROUPS))),
            rule(Direction::Ingress, tcp(443), Peer::Block("10.0.0.0/8".parse().expect("a block"))),
            rule(Direction::Egress, Traffic::All, all()),
        ],
    })
}

fn address(n: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 0, 0, 16)) + n)
}

fn interface(n: u32, group: u32, place: Place) -> Item {
    Item::Interface(Interface {
        id: format!("eni-{n}"),
        addresses: vec![address(n).into()],
        groups: vec![format!("sg-{}", group % GROUPS)],
        place,
        public: Vec::new(),
        machine: None,
        foreign_sources: false,
        sheltered: false,
    })
}

/// One of ten is this node's, and has its link and its listener.
fn is_here(n: u32) -> bool {
    n.is_multiple_of(10)
}

fn plug(n: u32) -> Attachment {
    let [.., high, low] = n.to_be_bytes();
    Attachment::Awsvpc(net::Interface {
        id: format!("eni-{n}"),
        mac: [2, 0, 0, 0, high, low],
        address: address(n),
        prefix_len: 16,
        gateway: Ipv4Addr::new(10, 0, 0, 1),
        ipv6: None,
    })
}

/// All that a task's network waits for: its link, its address and its rules, and the endpoint inside.
async fn attach_one(network: &NodeNetwork, name: &str, n: u32) -> TcpListener {
    let id = name.parse().expect("an id");
    let attached = network.attach(&id, &plug(n)).await.expect("it is attached");
    let at = SocketAddrV4::new(Ipv4Addr::new(169, 254, 170, 2), 80);
    let service = Service { address: at, port: 51000 };
    network.listen(attached.namespace.as_deref(), service).await.expect("it listens")
}

fn remote() -> Place {
    Place::Node("node".to_owned())
}

fn update(complete: bool, put: Vec<Item>) -> Update {
    Update { vpc: VPC.to_owned(), complete, put, gone: Vec::new() }
}

fn everything(interfaces: u32) -> Update {
    let mut put = vec![
        Item::Network(Network {
            id: VPC.to_owned(),
            number: 9,
            blocks: vec!["10.0.0.0/16".parse().expect("a block")],
            ipv6_blocks: Vec::new(),
            public: Vec::new(),
            masked: true,
            ipv6_masked: Vec::new(),
            names: None,
        }),
        Item::Node(Node {
            id: "node".to_owned(),
            address: "192.0.2.2:4789".parse().expect("an address"),
            ipv6: None,
        }),
        Item::Subnet(Subnet {
            id: "subnet".to_owned(),
            block: "10.0.0.0/16".parse().expect("a block"),
            ipv6_block: None,
            zone: "eu-west-1a".to_owned(),
            routes: "none".to_owned(),
        }),
    ];
    put.extend((0..GROUPS).map(|n| group(n, 80)));
    put.extend((0..interfaces).map(|n| interface(n, n, if is_here(n) { Place::Here } else { remote() })));
    update(true, put)
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for args in [
        "link set lo up",
        "link add under type bridge",
        "addr add 192.0.2.1/24 dev under",
        "link set under up",
    ] {
        assert!(Command::new("ip").args(args.split(' ')).status().expect("ip runs").success(), "ip {args}");
    }
    println!(
        "{:>10} {:>12} {:>12} {:>12} {:>12} {:>12} {:>12}",
        "interfaces", "tell all", "group rules", "join group", "far one", "attach", "detach"
    );
    for interfaces in [20, 2000] {
        measure(interfaces).await;
    }
}

async fn measure(interfaces: u32) {
    let dir = std::env::temp_dir().join(format!("longshore-fabric-bench-{}", std::process::id()));
    let config = Config {
        dynamic_ports: net::DYNAMIC_PORTS,
        cni: None,
        instance: "bench".to_owned(),
        state_dir: dir.join("state"),
        run_dir: dir.join("run"),
        bridge_network: None,
        overlay: Some(WantedOverlay { address: Ipv4Addr::new(192, 0, 2, 1), port: None, direct: false }),
    };
    let network = NodeNetwork::open(config).await.expect("a network");
    let tell = async |update: Update| {
        let begun = Instant::now();
        network.update(&update).await.expect("it is carried out");
        begun.elapsed()
    };
    let all = tell(everything(interfaces)).await;
    let mut listeners = Vec::new();
    for n in (0..interfaces).filter(|n| is_here(*n)) {
        listeners.push(attach_one(&network, &format!("before-{n}"), n).await);
    }
    let (mut rules, mut join, mut far, mut attach, mut detach) = (vec![], vec![], vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        let port = u16::try_from(1000 + round).expect("it is small");
        rules.push(tell(update(false, vec![group(round, port)])).await);
        // Odd numbers are other nodes'.
        let other = (round * 2 + 1) % interfaces;
        join.push(tell(update(false, vec![interface(other, round + 7, remote())])).await);
        far.push(tell(update(false, vec![interface(interfaces + round, round, remote())])).await);
        let n = interfaces + ROUNDS + round;
        tell(update(false, vec![interface(n, 3, Place::Here)])).await;
        let name = format!("task-{round}");
        let begun = Instant::now();
        listeners.push(attach_one(&network, &name, n).await);
        attach.push(begun.elapsed());
        if round % 2 == 1 {
            let begun = Instant::now();
            network.detach(&name.parse().expect("an id")).await.expect("it is detached");
            detach.push(begun.elapsed());
        }
    }
    println!(
        "{interfaces:>10} {:>9.1} ms {:>9.2} ms {:>9.2} ms {:>9.2} ms {:>9.2} ms {:>9.2} ms",
        all.as_secs_f64() * 1000.0,
        median(rules),
        median(join),
        median(far),
        median(attach),
        median(detach),
    );
    network.remove_all().await.expect("everything goes");
    std::fs::remove_dir_all(dir).expect("the records go");
}
