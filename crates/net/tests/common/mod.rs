//! What the suites on real namespaces share.

#![allow(dead_code, reason = "each suite uses a part")]

pub mod datagram;
pub mod machine;
pub mod posing;

use model::ec2::{Direction, PortRange, Traffic};
use model::fabric::{self, Item, Place, Update};
use model::status::TransportProtocol;
use net::{Attached, Attachment, Config, EndpointId, Interface, Ipv6, NodeNetwork, PortRequest, TaskNetwork};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub const DEADLINE: Duration = Duration::from_secs(10);

pub struct Node {
    pub network: NodeNetwork,
    pub config: Config,
    pub _dir: tempfile::TempDir,
}

impl Node {
    pub async fn start(instance: &str) -> Self {
        Self::open(instance, None).await
    }

    pub async fn open(instance: &str, overlay: Option<net::WantedOverlay>) -> Self {
        assert!(rustix_is_root(), "this suite makes network namespaces: run it as root");
        let dir = tempfile::tempdir().expect("a directory");
        let config = Config {
            dynamic_ports: net::DYNAMIC_PORTS,
            instance: instance.to_owned(),
            state_dir: dir.path().join("state"),
            run_dir: dir.path().join("run"),
            bridge_network: None,
            overlay,
            cni: None,
        };
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        Self { network, config, _dir: dir }
    }

    pub async fn attach(&self, id: &str, attachment: Attachment) -> Attached {
        self.network.attach(&self.id(id), &attachment).await.expect("an endpoint")
    }

    pub fn id(&self, id: &str) -> EndpointId {
        id.parse().expect("an id")
    }

    pub async fn tell(&self, update: Update) {
        self.network.update(&update).await.expect("the update is carried out");
    }

    /// Tells a change of the VPC of 10.SECOND.0.0/16.
    pub async fn change(&self, second: u8, put: Vec<Item>) {
        self.tell(Update { vpc: vpc_id(second), complete: false, put, gone: Vec::new() }).await;
    }

    /// Takes everything away and counts what is left.
    pub async fn end(self) {
        self.network.remove_all().await.expect("everything goes");
        let instance = &self.config.instance;
        let links = text(Command::new("ip").args(["-o", "link"]));
        assert!(
            !links.contains(&format!("lsb{instance}")) && !links.contains(&format!("lsu{instance}")),
            "{links}"
        );
        let tables = text(Command::new("nft").args(["list", "tables"]));
        assert!(!tables.contains(&format!("longshore-{instance}")), "{tables}");
        assert!(!self.config.run_dir.exists());
    }
}

pub fn rustix_is_root() -> bool {
    rustix::process::geteuid().is_root()
}

pub fn text(command: &mut Command) -> String {
    let output = command.output().expect("the command runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn inside(namespace: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--net={}", namespace.display())).args(args);
    command
}

/// A server inside a namespace that says its word to whoever connects; it ends with the test.
pub struct Server(pub Child);

impl Server {
    pub fn start(namespace: &Path, port: u16, word: &str) -> Self {
        let mut command = inside(
            namespace,
            &["busybox", "nc", "-ll", "-p", &port.to_string(), "-e", "busybox", "echo", word],
        );
        Self(command.stdin(Stdio::null()).spawn().expect("busybox runs"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it ends");
    }
}

/// What the server at an address says, asked from the node until it answers.
pub fn ask(address: SocketAddr) -> Option<String> {
    let end = Instant::now() + DEADLINE;
    loop {
        if let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_millis(500)) {
            stream.set_read_timeout(Some(DEADLINE)).expect("a limit");
            let mut said = String::new();
            // A connection that is refused inside shows as a reset here.
            if stream.write_all(b"").is_ok() && stream.read_to_string(&mut said).is_ok() && !said.is_empty() {
                return Some(said.trim().to_owned());
            }
        }
        if Instant::now() > end {
            return None;
        }
        std::thread::yield_now();
    }
}

/// The same, asked from inside a namespace, once.
pub fn ask_from(namespace: &Path, address: impl Into<IpAddr>, port: u16) -> String {
    let address = address.into();
    text(&mut inside(namespace, &["busybox", "nc", "-w", "2", &address.to_string(), &port.to_string()]))
        .trim()
        .to_owned()
}

/// The same, until it says `word`: whoever was just started may not listen yet.
pub fn until_from(namespace: &Path, address: impl Into<IpAddr>, port: u16, word: &str) {
    let address = address.into();
    let end = Instant::now() + DEADLINE;
    while ask_from(namespace, address, port) != word {
        assert!(Instant::now() < end, "{address}:{port} does not say {word}");
    }
}

/// The same, asked from the node, once; nothing where nobody listens.
pub fn ask_from_here(port: u16) -> String {
    text(Command::new("busybox").args(["nc", "-w", "2", "127.0.0.1", &port.to_string()]).stdin(Stdio::null()))
        .trim()
        .to_owned()
}

pub fn port(host_port: Option<u16>) -> PortRequest {
    PortRequest { container_port: 80, host_port, count: 1, protocol: TransportProtocol::Tcp }
}

pub fn vpc_id(second: u8) -> String {
    format!("vpc-{second}")
}

fn address(second: u8, last: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, second, 0, last)
}

/// An interface of 10.SECOND.0.0/20. Tests run side by side and the node has one route to a block, so each has a block of its own.
pub fn interface(second: u8, last: u8) -> Attachment {
    Attachment::Awsvpc(Interface {
        id: format!("eni-{second}-{last}"),
        mac: [2, 0, 0, 0, 0, last],
        address: address(second, last),
        prefix_len: 20,
        gateway: address(second, 1),
        ipv6: None,
    })
}

/// The same with an IPv6 address beside, of fd00:SECOND::/64.
pub fn dual_interface(second: u8, last: u8) -> Attachment {
    let Attachment::Awsvpc(interface) = interface(second, last) else { unreachable!("it is one of a VPC") };
    let gateway = "fe80::1".parse().expect("an address");
    Attachment::Awsvpc(Interface { ipv6: Some(Ipv6 { address: ipv6(second, last), gateway }), ..interface })
}

pub fn ipv6(second: u8, last: u8) -> Ipv6Addr {
    format!("fd00:{second:x}::{last:x}").parse().expect("an address")
}

/// A VPC with an IPv6 block of 56 bits too, whose subnet has the first /64 of it.
pub fn dual_vpc(second: u8, things: Vec<Item>) -> Update {
    let mut update = vpc(second, things);
    for item in &mut update.put {
        match item {
            Item::Network(network) => {
                network.ipv6_blocks.push(format!("fd00:{second:x}::/56").parse().expect("a block"));
            }
            Item::Subnet(subnet) => {
                subnet.ipv6_block = Some(format!("fd00:{second:x}::/64").parse().expect("a block"));
            }
            Item::Interface(interface) => {
                // The churn has addresses of its own.
                let &[IpAddr::V4(address)] = &interface.addresses[..] else { continue };
                interface.addresses.push(ipv6(second, address.octets()[3]).into());
            }
            _ => {}
        }
    }
    update
}

/// The VPC of 10.SECOND.0.0/16 with one subnet, whose table has no route, and these things.
pub fn vpc(second: u8, things: Vec<Item>) -> Update {
    let block = |text: String| text.parse().expect("a block");
    let mut put = vec![
        Item::Network(fabric::Network {
            id: vpc_id(second),
            number: u32::from(second),
            blocks: vec![block(format!("10.{second}.0.0/16"))],
            ipv6_blocks: Vec::new(),
            public: vec!["198.18.0.0/15".parse().expect("a block")],
            masked: true,
            ipv6_masked: Vec::new(),
            names: None,
        }),
        table(Vec::new()),
        Item::Subnet(fabric::Subnet {
            id: "subnet-1".to_owned(),
            block: block(format!("10.{second}.0.0/20")),
            ipv6_block: None,
            zone: "eu-west-1a".to_owned(),
            routes: "rtb-1".to_owned(),
        }),
    ];
    put.extend(things);
    Update { vpc: vpc_id(second), complete: true, put, gone: Vec::new() }
}

pub fn table(routes: Vec<fabric::Route>) -> Item {
    Item::RouteTable(fabric::RouteTable { id: "rtb-1".to_owned(), routes })
}

/// An interface as the control plane describes it to the node that has it.
pub fn here(second: u8, last: u8, groups: &[&str]) -> Item {
    Item::Interface(described(second, last, groups, Place::Here))
}

pub fn described(second: u8, last: u8, groups: &[&str], place: Place) -> fabric::Interface {
    fabric::Interface {
        id: format!("eni-{second}-{last}"),
        addresses: vec![address(second, last).into()],
        groups: groups.iter().map(|g| (*g).to_owned()).collect(),
        place,
        public: Vec::new(),
        machine: None,
        foreign_sources: false,
        sheltered: false,
    }
}

pub fn group(id: &str, rules: &[fabric::Rule]) -> Item {
    Item::Group(fabric::Group { id: id.to_owned(), rules: rules.to_vec() })
}

fn rule(direction: Direction, traffic: Traffic, peer: &str) -> fabric::Rule {
    let peer = match peer.parse() {
        Ok(block) => fabric::Peer::Block(block),
        Err(_) => fabric::Peer::Group(peer.to_owned()),
    };
    fabric::Rule { direction, traffic, peer }
}

pub fn ingress(traffic: Traffic, peer: &str) -> fabric::Rule {
    rule(Direction::Ingress, traffic, peer)
}

pub fn egress(traffic: Traffic, peer: &str) -> fabric::Rule {
    rule(Direction::Egress, traffic, peer)
}

pub fn udp(port: u16) -> Traffic {
    Traffic::Udp(PortRange { from: port, to: port })
}

pub fn tcp(port: u16) -> Traffic {
    Traffic::Tcp(PortRange { from: port, to: port })
}
