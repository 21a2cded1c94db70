//! Interfaces that come and go leave nothing behind, also where the agent is killed in the middle. As root.
//!
//! `LONGSHORE_CHURN=2000 cargo test -p net --test churn` for a long run.

mod common;

use common::*;
use futures_util::StreamExt;
use model::ec2::Traffic;
use model::fabric::{Item, Key, Kind, Place, Update};
use net::{Attachment, Interface, Ipv6, NodeNetwork, TaskNetwork};
use std::net::{Ipv4Addr, Ipv6Addr};

const SECOND: u8 = 225;
const AT_ONCE: usize = 8;

fn rounds() -> u32 {
    std::env::var("LONGSHORE_CHURN").map_or(120, |n| n.parse().expect("LONGSHORE_CHURN is a number"))
}

fn address(n: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(Ipv4Addr::new(10, SECOND, 0, 16)) + n % 4000)
}

fn ipv6(n: u32) -> Ipv6Addr {
    Ipv6Addr::new(0xfd00, SECOND.into(), 0, 0, 0, 0, 1, u16::try_from(n % 4000).expect("it is small"))
}

fn described(n: u32) -> Item {
    Item::Interface(model::fabric::Interface {
        id: format!("eni-{n}"),
        addresses: vec![address(n).into(), ipv6(n).into()],
        groups: vec![format!("sg-{}", n % 7)],
        place: Place::Here,
        public: Vec::new(),
        machine: None,
        foreign_sources: false,
        sheltered: false,
    })
}

fn plug(n: u32) -> Attachment {
    let [.., a, b] = n.to_be_bytes();
    Attachment::Awsvpc(Interface {
        id: format!("eni-{n}"),
        mac: [2, 0, 0, 1, a, b],
        address: address(n),
        prefix_len: 20,
        gateway: Ipv4Addr::new(10, SECOND, 0, 1),
        ipv6: Some(Ipv6 { address: ipv6(n), gateway: "fe80::1".parse().expect("an address") }),
    })
}

fn update(put: Vec<Item>, gone: Vec<u32>) -> Update {
    let gone = gone.into_iter().map(|n| Key { kind: Kind::Interface, id: format!("eni-{n}") }).collect();
    Update { vpc: vpc_id(SECOND), complete: false, put, gone }
}

async fn come(network: &NodeNetwork, n: u32) {
    network.update(&update(vec![described(n)], Vec::new())).await.expect("it is told");
    let id = format!("task-{n}").parse().expect("an id");
    network.attach(&id, &plug(n)).await.expect("it is attached");
}

async fn go(network: &NodeNetwork, n: u32) {
    let id = format!("task-{n}").parse().expect("an id");
    // In either order, as sessions and engines have it.
    if n.is_multiple_of(2) {
        network.update(&update(Vec::new(), vec![n])).await.expect("it is told");
        network.detach(&id).await.expect("it goes");
    } else {
        network.detach(&id).await.expect("it goes");
        network.update(&update(Vec::new(), vec![n])).await.expect("it is told");
    }
}

/// Links, routes, neighbours and elements of interfaces in the VPC's namespace.
fn left(node: &Node) -> Vec<String> {
    let namespace = node.config.run_dir.join(format!("vpc-{}", net::short_hash(&vpc_id(SECOND))));
    let mut found = Vec::new();
    for command in [
        ["ip", "-o", "link"].as_slice(),
        &["ip", "route"],
        &["ip", "neigh"],
        &["ip", "-6", "route"],
        &["ip", "-6", "neigh"],
        &["nft", "list", "ruleset"],
    ] {
        let said = text(&mut inside(&namespace, command));
        // Links of interfaces, their addresses, and the chains of combinations.
        let theirs = |line: &&str| {
            let own = line.contains("lsv") && !line.contains("\"lsv*\"");
            own || line.contains("10.225.0.")
                && !line.contains("10.225.0.1/")
                && !line.contains("10.225.0.0/")
                || line.trim_start().starts_with("chain in-c")
        };
        found.extend(said.lines().filter(theirs).map(|line| format!("{}: {line}", command[0])));
    }
    let namespaces = std::fs::read_dir(&node.config.run_dir).expect("the directory is there");
    let names = namespaces.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    found.extend(names.filter(|name| !name.starts_with("vpc-")));
    found
}

fn groups() -> Vec<Item> {
    let open = [egress(Traffic::All, "0.0.0.0/0"), ingress(Traffic::All, "sg-0")];
    (0..7).map(|n| group(&format!("sg-{n}"), &open)).collect()
}

#[tokio::test]
async fn interfaces_that_come_and_go_leave_nothing() {
    let node = Node::start("vf").await;
    node.tell(dual_vpc(SECOND, groups())).await;
    let all = futures_util::stream::iter(0..rounds()).for_each_concurrent(AT_ONCE, |n| {
        let network = &node.network;
        async move {
            come(network, n).await;
            go(network, n).await;
        }
    });
    all.await;
    assert_eq!(left(&node), Vec::<String>::new());
    node.end().await;
}

#[tokio::test]
async fn an_agent_that_is_killed_in_the_middle_leaves_nothing_after_its_restart() {
    let node = Node::start("vg").await;
    node.tell(dual_vpc(SECOND, groups())).await;
    for n in 0..20 {
        come(&node.network, n).await;
    }
    let Node { network, config, _dir } = node;
    // Some were just coming, some just going.
    let coming = futures_util::stream::iter(20..28).for_each_concurrent(None, |n| come(&network, n));
    let going = futures_util::stream::iter(0..8).for_each_concurrent(None, |n| go(&network, n));
    tokio::select! {
        () = coming => {}
        () = going => {}
    }
    drop(network);

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    let kept = node.id("task-15");
    node.network.recover(std::slice::from_ref(&kept)).await.expect("a recovery");
    let mut things = groups();
    things.push(described(15));
    node.tell(dual_vpc(SECOND, things)).await;
    let others: Vec<String> =
        left(&node).into_iter().filter(|l| l.contains("10.225.0.") && !l.contains("10.225.0.31")).collect();
    assert_eq!(others, Vec::<String>::new());
    let namespaces: Vec<String> = left(&node).into_iter().filter(|l| l.starts_with("task-")).collect();
    assert_eq!(namespaces, ["task-15"]);
    node.network.detach(&kept).await.expect("it goes");
    assert_eq!(left(&node), Vec::<String>::new());
    node.end().await;
}
