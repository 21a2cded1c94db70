//! Real namespaces, bridges and rules, as root. Every test has an instance name of its own and finds nothing left of it at the end.

use model::status::TransportProtocol;
use net::{
    Attached, Attachment, Config, EndpointId, Error, Interface, NodeNetwork, PortRequest, TaskNetwork,
};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(10);

struct Node {
    network: NodeNetwork,
    config: Config,
    _dir: tempfile::TempDir,
}

impl Node {
    async fn start(instance: &str) -> Self {
        assert!(rustix_is_root(), "this suite makes network namespaces: run it as root");
        let dir = tempfile::tempdir().expect("a directory");
        let config = Config {
            instance: instance.to_owned(),
            state_dir: dir.path().join("state"),
            run_dir: dir.path().join("run"),
            bridge_network: None,
        };
        let network = NodeNetwork::open(config.clone()).await.expect("a network");
        Self { network, config, _dir: dir }
    }

    async fn attach(&self, id: &str, attachment: Attachment) -> Attached {
        self.network.attach(&self.id(id), &attachment).await.expect("an endpoint")
    }

    fn id(&self, id: &str) -> EndpointId {
        id.parse().expect("an id")
    }

    /// Takes everything away and counts what is left.
    async fn end(self) {
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

fn rustix_is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn text(command: &mut Command) -> String {
    let output = command.output().expect("the command runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn inside(namespace: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--net={}", namespace.display())).args(args);
    command
}

/// A server inside a namespace that says its word to whoever connects; it ends with the test.
struct Server(Child);

impl Server {
    fn start(namespace: &Path, port: u16, word: &str) -> Self {
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
fn ask(address: SocketAddr) -> Option<String> {
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
fn ask_from(namespace: &Path, address: Ipv4Addr, port: u16) -> String {
    text(&mut inside(namespace, &["busybox", "nc", "-w", "2", &address.to_string(), &port.to_string()]))
        .trim()
        .to_owned()
}

/// The same, asked from the node, once; nothing where nobody listens.
fn ask_from_here(port: u16) -> String {
    text(Command::new("busybox").args(["nc", "-w", "2", "127.0.0.1", &port.to_string()]).stdin(Stdio::null()))
        .trim()
        .to_owned()
}

fn port(host_port: Option<u16>) -> PortRequest {
    PortRequest { container_port: 80, host_port, protocol: TransportProtocol::Tcp }
}

/// An interface of 10.SECOND.0.0/16. Tests run side by side and the node has one route to a block, so each has a block of its own.
fn interface(vpc: &str, second: u8, last: u8) -> Interface {
    Interface {
        vpc: vpc.to_owned(),
        vpc_cidr: (Ipv4Addr::new(10, second, 0, 0), 16),
        mac: [2, 0, 0, 0, 0, last],
        address: Ipv4Addr::new(10, second, 0, last),
        prefix_len: 20,
        gateway: Ipv4Addr::new(10, second, 0, 1),
    }
}

#[tokio::test]
async fn a_published_port_answers_on_loopback_and_between_containers() {
    let node = Node::start("ta").await;
    let web = node.attach("web", Attachment::Bridge { ports: vec![port(None)] }).await;
    let other = node.attach("other", Attachment::Bridge { ports: vec![] }).await;
    let (web_ns, other_ns) = (web.namespace.clone().expect("one"), other.namespace.clone().expect("one"));
    let address = web.address.expect("one");
    assert_ne!(web.address, other.address);
    let _server = Server::start(&web_ns, 80, "hello");
    let published = web.bindings[0].host_port;
    assert_eq!(ask(SocketAddr::from((Ipv4Addr::LOCALHOST, published))).as_deref(), Some("hello"));
    assert_eq!(ask(SocketAddr::from((address, 80))).as_deref(), Some("hello"));
    assert_eq!(ask_from(&other_ns, address, 80), "hello");
    // Through the node's own address, from a container: translated and sent back into the bridge.
    assert_eq!(ask_from(&other_ns, web.gateway.expect("one"), published), "hello");

    node.network.detach(&node.id("web")).await.expect("gone");
    node.network.detach(&node.id("web")).await.expect("gone already");
    // Somebody else may have the port by now, as tests run side by side: what answers is not this container, at any rate.
    assert_ne!(ask_from_here(published), "hello");
    assert!(!web_ns.exists());
    node.end().await;
}

#[tokio::test]
async fn a_taken_port_is_refused_and_leaves_nothing() {
    let node = Node::start("tb").await;
    let first = node.attach("first", Attachment::Bridge { ports: vec![port(None)] }).await;
    let taken = Attachment::Bridge { ports: vec![port(Some(first.bindings[0].host_port))] };
    let refused = node.network.attach(&node.id("second"), &taken).await.expect_err("it is taken");
    assert!(matches!(refused, Error::PortTaken { .. }), "{refused}");
    assert!(!node.config.state_dir.join("second.json").exists());
    node.end().await;
}

#[tokio::test]
async fn tasks_of_a_vpc_reach_each_other_and_not_another_vpc() {
    let node = Node::start("tc").await;
    let a = node.attach("a", Attachment::Awsvpc(interface("vpc-1", 213, 10))).await;
    let b = node.attach("b", Attachment::Awsvpc(interface("vpc-1", 213, 11))).await;
    // The same block in another VPC: the same address may be there again.
    let c = node.attach("c", Attachment::Awsvpc(interface("vpc-2", 213, 12))).await;
    let a_address = Ipv4Addr::new(10, 213, 0, 10);
    let _server = Server::start(a.namespace.as_deref().expect("one"), 80, "from-a");
    assert_eq!(ask(SocketAddr::from((a_address, 80))).as_deref(), Some("from-a"), "from the node");
    assert_eq!(ask_from(b.namespace.as_deref().expect("one"), a_address, 80), "from-a");
    assert_eq!(ask_from(c.namespace.as_deref().expect("one"), a_address, 80), "");
    assert_eq!(a.mac, Some([2, 0, 0, 0, 0, 10]));
    let link = text(&mut inside(a.namespace.as_deref().expect("one"), &["ip", "-o", "link", "show", "eth0"]));
    assert!(link.contains("02:00:00:00:00:0a"), "{link}");
    node.end().await;
}

#[tokio::test]
async fn none_has_loopback_only() {
    let node = Node::start("td").await;
    let lonely = node.attach("lonely", Attachment::None).await;
    let links = text(&mut inside(lonely.namespace.as_deref().expect("one"), &["ip", "-o", "addr"]));
    assert!(links.contains("127.0.0.1/8") && !links.contains("eth0"), "{links}");
    node.end().await;
}

#[tokio::test]
async fn after_a_restart_the_living_are_kept_and_the_rest_removed() {
    let node = Node::start("te").await;
    let kept = node.attach("kept", Attachment::Bridge { ports: vec![port(None)] }).await;
    let gone = node.attach("gone", Attachment::Awsvpc(interface("vpc-1", 214, 9))).await;
    let _server = Server::start(kept.namespace.as_deref().expect("one"), 80, "still-here");
    let Node { network, config, _dir } = node;
    drop(network);

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    let found = node.network.recover(&[node.id("kept")]).await.expect("a recovery");
    assert_eq!(found, [(node.id("kept"), kept.clone())]);
    assert!(!gone.namespace.expect("one").exists());
    let published = SocketAddr::from((Ipv4Addr::LOCALHOST, kept.bindings[0].host_port));
    assert_eq!(ask(published).as_deref(), Some("still-here"));
    let again = node.network.attach(&node.id("kept"), &Attachment::Bridge { ports: vec![port(None)] }).await;
    assert_eq!(again.expect("the same"), kept, "attaching twice gives the same");
    node.end().await;
}

#[tokio::test]
async fn what_a_run_without_records_left_gives_way() {
    let node = Node::start("tf").await;
    let lost = node.attach("web", Attachment::Bridge { ports: vec![] }).await;
    let Node { network, config, _dir } = node;
    drop(network);
    std::fs::remove_dir_all(&config.state_dir).expect("the records go");

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    let again = node.attach("web", Attachment::Bridge { ports: vec![port(None)] }).await;
    assert_eq!(again.namespace, lost.namespace);
    let _server = Server::start(again.namespace.as_deref().expect("one"), 80, "anew");
    let published = SocketAddr::from((Ipv4Addr::LOCALHOST, again.bindings[0].host_port));
    assert_eq!(ask(published).as_deref(), Some("anew"));
    node.end().await;
}
