//! Network load balancers whose flows the kernel forwards, in namespaces, as root: what the engine has it do, and what it relays itself.

mod support;

use lb::metrics::Count;
use lb::{Engine, Forwarder, Options, Sockets};
use model::balancer::forwarding::{Carried, Flowing, Forwarding, Lane};
use model::balancer::*;
use socket2::{Domain, Socket, Type};
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use support::*;

/// A client, a load balancer and targets, each in a namespace of its own: the middle one has a link to both others.
struct World {
    name: &'static str,
}

const FRONT: &str = "192.0.2.1";
const TARGETS: [&str; 2] = ["198.51.100.2", "198.51.100.3"];

impl World {
    fn new(name: &'static str) -> Self {
        let world = Self { name };
        world.remove();
        let [client, balancer, target] = ["client", "balancer", "target"].map(|of| world.space(of));
        for space in [&client, &balancer, &target] {
            ip(&["netns", "add", space]);
            ip(&["-n", space, "link", "set", "lo", "up"]);
        }
        for (space, link, own, others) in
            [(&client, "client", FRONT, &["192.0.2.2"][..]), (&target, "target", "198.51.100.1", &TARGETS)]
        {
            ip(&[
                "-n", &balancer, "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space,
            ]);
            ip(&["-n", &balancer, "addr", "add", &format!("{own}/24"), "dev", link]);
            ip(&["-n", &balancer, "link", "set", link, "up"]);
            for other in others {
                ip(&["-n", space, "addr", "add", &format!("{other}/24"), "dev", "eth0"]);
            }
            ip(&["-n", space, "link", "set", "eth0", "up"]);
            ip(&["-n", space, "route", "add", "default", "via", own]);
        }
        world
    }

    fn space(&self, of: &str) -> String {
        format!("lstf{}-{of}", self.name)
    }

    fn path(&self, of: &str) -> PathBuf {
        path(&self.space(of))
    }

    fn remove(&self) {
        for of in ["client", "balancer", "target"] {
            if self.path(of).exists() {
                ip(&["netns", "del", &self.space(of)]);
            }
        }
    }

    /// A listener at 80 that leads to both targets' ports 80.
    fn configuration(&self, group_protocol: Protocol) -> Configuration {
        let mut configuration = simple(80, Vec::new());
        let balancer = &mut configuration.balancers[0];
        balancer.kind = BalancerKind::Network;
        balancer.namespace = Some(self.space("balancer"));
        balancer.addresses[0].address = FRONT.parse().expect("an address");
        balancer.listeners = vec![listener(80, ListenerProtocol::Tcp, forward(&[("g", 1)]))];
        let group = &mut configuration.groups[0];
        group.protocol = group_protocol;
        group.namespace = Some(self.space("balancer"));
        group.targets =
            TARGETS.iter().map(|ip| target(format!("{ip}:80").parse().expect("an address"))).collect();
        configuration
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let to: SocketAddr = format!("{FRONT}:80").parse().expect("an address");
        let stream =
            net::visit(&self.path("client"), || TcpStream::connect_timeout(&to, Duration::from_secs(3)))?;
        stream.set_read_timeout(Some(DEADLINE))?;
        Ok(stream)
    }

    /// A connection, the target that took it, and as whom it sees the client.
    fn greeted(&self) -> (TcpStream, char, String) {
        let stream = self.connect().expect("it is taken");
        // Not a byte more: what follows is the test's.
        let (mut line, mut byte) = (String::new(), [0]);
        while !line.ends_with('\n') {
            (&stream).read_exact(&mut byte).expect("a greeting");
            line.push(char::from(byte[0]));
        }
        let target = line.chars().next().expect("a name");
        (stream, target, line[1..].trim().to_owned())
    }

    /// Whether the kernel's flows are there.
    fn forwards(&self) -> bool {
        let listed = Command::new("ip")
            .args([
                "netns",
                "exec",
                &self.space("balancer"),
                "nft",
                "list",
                "map",
                "ip",
                "longshore-lb",
                "targets",
            ])
            .output()
            .expect("nft runs");
        String::from_utf8_lossy(&listed.stdout).contains("elements")
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.remove();
    }
}

fn ip(args: &[&str]) {
    let output = Command::new("ip").args(args).output().expect("ip runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn path(space: &str) -> PathBuf {
    Path::new("/run/netns").join(space)
}

/// Listens at a target's port 80, and says which it is and who it sees, then everything again.
fn serve(world: &World, at: usize) {
    let address: SocketAddr = format!("{}:80", TARGETS[at]).parse().expect("an address");
    let listener =
        net::visit(&world.path("target"), || TcpListener::bind(address)).expect("the port is free");
    std::thread::spawn(move || {
        while let Ok((stream, peer)) = listener.accept() {
            std::thread::spawn(move || {
                // Who resets does not want to know.
                let _ = (&stream).write_all(format!("{at}{}\n", peer.ip()).as_bytes());
                let _ = io::copy(&mut &stream, &mut &stream);
            });
        }
    });
}

fn passes(mut stream: &TcpStream) {
    stream.write_all(b"a word").expect("it is sent");
    let mut heard = [0; 6];
    stream.read_exact(&mut heard).expect("it comes back");
    assert_eq!(&heard, b"a word");
}

struct Namespaces;

impl Sockets for Namespaces {
    fn socket(&self, namespace: Option<&str>, domain: Domain, kind: Type) -> io::Result<Socket> {
        let make = || Socket::new(domain, kind, None);
        namespace.map_or_else(make, |namespace| net::visit(&path(namespace), make))
    }
}

#[derive(Default)]
struct Kernel {
    forwards: net::Forwards,
    refuses: AtomicBool,
}

impl Forwarder for Kernel {
    fn forward(&self, namespace: &str, wanted: &Forwarding) -> io::Result<()> {
        match self.refuses.load(Relaxed) {
            true => Err(io::Error::other("the kernel has no such expression")),
            false => self.forwards.forward(&path(namespace), wanted),
        }
    }

    fn carried(&self, namespace: &str) -> io::Result<Vec<(Lane, Carried)>> {
        self.forwards.carried(&path(namespace))
    }

    fn flowing(&self, namespace: &str) -> io::Result<Vec<Flowing>> {
        self.forwards.flowing(&path(namespace))
    }

    fn end(&self, namespace: &str, flows: &dyn Fn(&Flowing) -> bool) -> io::Result<u64> {
        self.forwards.end(&path(namespace), flows)
    }
}

fn start(kernel: Kernel, configuration: &Configuration) -> (Engine, Arc<Kernel>) {
    let kernel = Arc::new(kernel);
    let forwarder = Some(Arc::clone(&kernel) as Arc<dyn Forwarder>);
    let engine =
        Engine::start(Options { workers: 2, sockets: Arc::new(Namespaces), forwarder, ..Options::default() })
            .expect("it starts");
    engine.apply(configuration).expect("it is taken");
    (engine, kernel)
}

#[test]
fn the_kernel_has_the_flows_and_they_outlive_the_process() {
    let world = World::new("a");
    (0..2).for_each(|at| serve(&world, at));
    let mut configuration = world.configuration(Protocol::Tcp);
    configuration.groups[0].network.preserve_client_ip = true;
    let (engine, _kernel) = start(Kernel::default(), &configuration);
    until("it is forwarded", || world.forwards());
    let flows: Vec<_> = (0..20).map(|_| world.greeted()).collect();
    let of = |target| flows.iter().filter(|(_, at, _)| *at == target).count();
    assert!(of('0') > 0 && of('1') > 0 && of('0') + of('1') == 20);
    assert!(flows.iter().all(|(_, _, client)| client == "192.0.2.2"));
    let counters = engine.counters(BALANCER).expect("it is served");
    until("it is counted", || counters.get(Count::NewFlowCount_TCP) == 20);
    assert_eq!(counters.get(Count::NewFlowCount), 20);
    until("bytes are counted", || counters.get(Count::ProcessedBytes_TCP) > 20 * 5 * 40);
    // One drains: it does as long as the kernel has something for it.
    configuration.revision = 2;
    configuration.groups[0].targets[0].draining_since = Some(model::Timestamp::from_millis(1));
    engine.apply(&configuration).expect("it is taken");
    let has = || engine.observations().borrow().targets[0].active;
    until("it is seen to drain", || engine.observations().borrow().revision == 2 && has() > 0);
    let of_first = of('0') as u64;
    until("its flows are counted", || has() == of_first);
    until("it gets nothing more", || (0..5).all(|_| world.greeted().1 == '1'));
    // One goes, as configured: its flows stay, and nobody new comes to it.
    configuration.revision = 3;
    configuration.groups[0].targets.remove(0);
    engine.apply(&configuration).expect("it is taken");
    until("it gets nothing more", || (0..5).all(|_| world.greeted().1 == '1'));
    flows.iter().for_each(|(stream, ..)| passes(stream));
    // The process goes, and another one comes.
    drop(engine);
    flows.iter().for_each(|(stream, ..)| passes(stream));
    let (alone, _, _) = world.greeted();
    let (engine, _kernel) = start(Kernel::default(), &configuration);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("a flow is forwarded and counted", || {
        passes(&world.greeted().0);
        counters.get(Count::NewFlowCount_TCP) > 0
    });
    passes(&alone);
    flows.iter().for_each(|(stream, ..)| passes(stream));
    // The address of the load balancer itself, where clients are not kept.
    configuration.revision = 4;
    configuration.groups[0].network.preserve_client_ip = false;
    engine.apply(&configuration).expect("it is taken");
    until("the load balancer's own address is seen", || world.greeted().2 == FRONT);
    passes(&alone);
}

#[test]
fn flows_of_targets_that_are_over_end() {
    let world = World::new("b");
    (0..2).for_each(|at| serve(&world, at));
    let mut configuration = world.configuration(Protocol::Tcp);
    let group = &mut configuration.groups[0];
    group.network.connection_termination = true;
    group.health_check = HealthCheck {
        enabled: true,
        protocol: HealthProtocol::Tcp,
        interval_seconds: 1,
        timeout_seconds: 1,
        healthy_threshold: 1,
        unhealthy_threshold: 1,
        ..no_check()
    };
    let (engine, _kernel) = start(Kernel::default(), &configuration);
    let states = || engine.observations().borrow().targets.iter().map(|of| of.state).collect::<Vec<_>>();
    until("both are healthy", || states() == [TargetState::Healthy; 2]);
    until("it is forwarded", || world.forwards());
    let mut flows = [None, None];
    while flows.iter().any(Option::is_none) {
        let (stream, at, _) = world.greeted();
        flows[usize::from(at == '1')].get_or_insert(stream);
    }
    let [Some(first), Some(second)] = flows else { panic!("both are there") };
    // A target that is named no longer.
    configuration.revision = 2;
    let removed = configuration.groups[0].targets.remove(0);
    engine.apply(&configuration).expect("it is taken");
    let is_over = |mut stream: &TcpStream| {
        let asked = stream.write_all(b"?").and_then(|()| stream.read(&mut [0; 1]));
        asked.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset)
    };
    until("its flow ends", || is_over(&first));
    passes(&second);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("it is counted", || counters.get(Count::TCP_ELB_Reset_Count) == 1);
    // One that becomes unhealthy: the other one is, so that nobody is let through for want of anybody.
    configuration.revision = 3;
    configuration.groups[0].targets.insert(0, removed);
    engine.apply(&configuration).expect("it is taken");
    until("both are healthy", || states() == [TargetState::Healthy; 2]);
    let blocked = Command::new("ip")
        .args(["netns", "exec", &world.space("target"), "nft"])
        .arg("add table ip t; add chain ip t i { type filter hook input priority 0; }; add rule ip t i ip daddr 198.51.100.3 tcp flags syn reject with tcp reset")
        .status()
        .expect("nft runs");
    assert!(blocked.success());
    until("it is unhealthy", || states().contains(&TargetState::Unhealthy));
    until("its flow ends", || is_over(&second));
    assert!((0..10).all(|_| world.greeted().1 == '0'));
}

#[test]
fn what_the_kernel_cannot_do_is_relayed() {
    let world = World::new("c");
    (0..2).for_each(|at| serve(&world, at));
    let mut configuration = world.configuration(Protocol::Tcp);
    // The kernel refuses: the engine's own connections, whose source is its address towards the targets.
    let (engine, kernel) =
        start(Kernel { refuses: AtomicBool::new(true), ..Kernel::default() }, &configuration);
    let (relayed, _, seen) = world.greeted();
    assert_eq!(seen, "198.51.100.1");
    // It no longer does: what the relay has stays with it.
    kernel.refuses.store(false, Relaxed);
    until("it is forwarded", || world.greeted().2 == FRONT);
    passes(&relayed);
    // Nobody is left: the relay resets.
    configuration.revision = 2;
    let targets = std::mem::take(&mut configuration.groups[0].targets);
    engine.apply(&configuration).expect("it is taken");
    until("nobody is there", || {
        world.connect().is_ok_and(|mut stream| {
            stream.read(&mut [0; 1]).is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset)
        })
    });
    // With a header before everything that only the relay writes.
    configuration.revision = 3;
    configuration.groups[0].targets = targets;
    configuration.groups[0].network.proxy_protocol = true;
    engine.apply(&configuration).expect("it is taken");
    until("it is relayed", || {
        let (mut stream, _, seen) = world.greeted();
        let mut header = [0; 12];
        seen == "198.51.100.1" && stream.read_exact(&mut header).is_ok() && header == *b"\r\n\r\n\0\r\nQUIT\n"
    });
    passes(&relayed);
}
