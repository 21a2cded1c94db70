//! Name servers in real namespaces: asked from inside an endpoint of the VPC. Needs root, and busybox as a client.

use agent::NamedNetwork;
use dns::{Resolvers, Server};
use model::fabric::{Group, Interface, Item, Names, Network, Place, RouteTable, Subnet, Update};
use net::{Attachment, Config, EndpointId, NodeNetwork, TaskNetwork};
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const VPC: &str = "vpc-dns";
const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 113, 0, 9);

fn network(names: bool) -> Item {
    Item::Network(Network {
        id: VPC.to_owned(),
        number: 113,
        blocks: vec!["10.113.0.0/16".parse().expect("a block")],
        ipv6_blocks: Vec::new(),
        public: Vec::new(),
        masked: true,
        ipv6_masked: Vec::new(),
        names: names.then(|| Names { private: "eu-west-1.compute.internal".to_owned(), public: None }),
    })
}

fn whole(names: bool) -> Update {
    let interface = Interface {
        id: "eni-113-9".to_owned(),
        addresses: vec![ADDRESS.into()],
        groups: vec!["sg-1".to_owned()],
        place: Place::Here,
        public: Vec::new(),
        machine: None,
        foreign_sources: false,
        sheltered: false,
    };
    let put = vec![
        network(names),
        Item::RouteTable(RouteTable { id: "rtb-1".to_owned(), routes: Vec::new() }),
        Item::Subnet(Subnet {
            id: "subnet-1".to_owned(),
            block: "10.113.0.0/20".parse().expect("a block"),
            ipv6_block: None,
            zone: "eu-west-1a".to_owned(),
            routes: "rtb-1".to_owned(),
        }),
        // No rule lets anything out: the name server answers all the same, as on AWS.
        Item::Group(Group { id: "sg-1".to_owned(), rules: Vec::new() }),
        Item::Interface(interface),
    ];
    Update { vpc: VPC.to_owned(), complete: true, put, gone: Vec::new() }
}

fn change(names: bool) -> Update {
    Update { vpc: VPC.to_owned(), complete: false, put: vec![network(names)], gone: Vec::new() }
}

async fn open(dir: &Path) -> (Arc<NodeNetwork>, NamedNetwork) {
    let config = Config {
        cni: None,
        instance: "dnst".to_owned(),
        state_dir: dir.join("state"),
        run_dir: dir.join("run"),
        bridge_network: None,
        dynamic_ports: net::DYNAMIC_PORTS,
        overlay: None,
    };
    let network = Arc::new(NodeNetwork::open(config).await.expect("a network"));
    let names =
        NamedNetwork::new(network.clone(), Server::new(Resolvers::These(Vec::new())), dir.join("names"));
    (network, names)
}

/// Whether a name server inside says the name of the endpoint's address.
async fn answers(inside: &Path, server: &'static str) -> bool {
    let net = format!("--net={}", inside.display());
    let asked = tokio::task::spawn_blocking(move || {
        Command::new("timeout")
            .args(["5", "nsenter", &net, "busybox", "nslookup", "10.113.0.9", server])
            .output()
            .expect("busybox starts")
    });
    let said = String::from_utf8_lossy(&asked.await.expect("it ends").stdout).into_owned();
    said.contains("name = ip-10-113-0-9.eu-west-1.compute.internal")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vpc_has_a_name_server_as_long_as_it_is_to_have_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let (network, names) = open(dir.path()).await;
    let id: EndpointId = "one".parse().expect("an id");
    let attachment = Attachment::Awsvpc(net::Interface {
        id: "eni-113-9".to_owned(),
        mac: [2, 0, 0, 0, 113, 9],
        address: ADDRESS,
        prefix_len: 20,
        gateway: Ipv4Addr::new(10, 113, 0, 1),
        ipv6: None,
    });
    names.update(&whole(true)).await.expect("the VPC is made");
    let inside = names.attach(&id, &attachment).await.expect("an endpoint").namespace.expect("its own");
    for server in ["10.113.0.2", "169.254.169.253"] {
        assert!(answers(&inside, server).await, "{server}");
    }

    names.update(&change(false)).await.expect("changed");
    assert!(!answers(&inside, "10.113.0.2").await, "enableDnsSupport is off");
    names.update(&change(true)).await.expect("changed");
    assert!(answers(&inside, "10.113.0.2").await, "and on again");

    // A restart, and no control plane in reach.
    drop((network, names));
    let (network, names) = open(dir.path()).await;
    let deadline = Instant::now() + Duration::from_secs(10);
    while network.listen_in_vpc(VPC, "10.113.0.2:53".parse().expect("an address")).await.is_err() {
        assert!(Instant::now() < deadline, "what served before has ended");
        tokio::task::yield_now().await;
    }
    assert_eq!(names.recover(std::slice::from_ref(&id)).await.expect("taken back").len(), 1);
    assert!(answers(&inside, "10.113.0.2").await, "it answers as it was last told");

    names.detach(&id).await.expect("detached");
    let gone = Update { vpc: VPC.to_owned(), complete: true, put: Vec::new(), gone: Vec::new() };
    names.update(&gone).await.expect("the VPC goes");
    assert_eq!(std::fs::read_dir(dir.path().join("names")).expect("the directory").count(), 0);
    network.remove_all().await.expect("everything goes");
}
