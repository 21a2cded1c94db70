//! Thousands of connections that do nothing, and what they cost.

mod support;

use model::balancer::{BalancerKind, ListenerProtocol, Protocol};
use std::io::{BufRead as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use support::*;

/// What one idle connection may cost in the balancer's memory, in a build without optimisation.
const EACH: u64 = 8 * 1024;

fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().expect("a number") * 1024
}

/// The test's own binary is the balancer, in a process of its own: its memory and its descriptors are nobody else's.
fn balancer(test: &str, port: u16, target: SocketAddr) -> Child {
    let own = std::env::current_exe().expect("a path");
    let mut child = Command::new(own)
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env("LB_IDLE", format!("{port} {target}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = std::io::BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert!(lines.any(|line| line.expect("a line").contains("ready")));
    child
}

/// Whether this is the process of the balancer; then it has served until its parent ended.
fn served(kind: BalancerKind) -> bool {
    let Ok(told) = std::env::var("LB_IDLE") else { return false };
    let (port, address) = told.split_once(' ').expect("two words");
    let port = port.parse().expect("a port");
    let mut configuration = simple(port, vec![target(address.parse().expect("an address"))]);
    if kind == BalancerKind::Network {
        configuration.balancers[0].kind = kind;
        configuration.balancers[0].listeners =
            vec![listener(port, ListenerProtocol::Tcp, forward(&[("g", 1)]))];
        configuration.groups[0].protocol = Protocol::Tcp;
    }
    let _engine = engine(&configuration);
    println!("ready");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("the parent's end");
    true
}

/// Ends the balancer, then the connections.
fn judge(mut child: Child, before: u64, clients: Vec<TcpStream>) {
    let each = (resident(child.id()) - before) / clients.len() as u64;
    println!("{each} bytes each");
    drop(child.stdin.take());
    drop(clients);
    child.wait().expect("it ends");
    assert!(each <= EACH, "{each} bytes each");
}

#[test]
fn ten_thousand_idle_connections_fit_into_eighty_megabytes() {
    const CONNECTIONS: usize = 10_000;
    if served(BalancerKind::Application) {
        return;
    }
    let (port, backend) = (free_port(), Backend::saying("x"));
    let child = balancer(
        "ten_thousand_idle_connections_fit_into_eighty_megabytes",
        port,
        SocketAddr::new(backend.target().address, backend.target().port),
    );
    assert_eq!(get(port, "/").0, 200);
    let before = resident(child.id());
    let mut clients: Vec<Client> = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        let mut client = Client::connect(port);
        if clients.len().is_multiple_of(10) {
            // Some have been used: their buffers were given back.
            assert_eq!(client.get("/").0, 200);
        }
        clients.push(client);
    }
    assert_eq!(clients[CONNECTIONS - 1].get("/").0, 200);
    judge(child, before, clients.into_iter().map(|client| client.stream).collect());
}

#[test]
fn idle_connections_to_targets_are_as_small() {
    // Each has a descriptor more there than one of HTTP.
    const CONNECTIONS: usize = 5_000;
    if served(BalancerKind::Network) {
        return;
    }
    let (port, of_target) = (free_port(), TcpListener::bind("127.0.0.1:0").expect("a port"));
    let address = of_target.local_addr().expect("an address");
    let child = balancer("idle_connections_to_targets_are_as_small", port, address);
    let mut targets = Vec::with_capacity(CONNECTIONS);
    let mut clients = Vec::with_capacity(CONNECTIONS);
    let mut before = 0;
    for at in 0..CONNECTIONS + 1 {
        let mut client = Client::connect(port).stream;
        let mut target = of_target.accept().expect("a connection").0;
        let much = if at.is_multiple_of(10) { 300_000 } else { 1 };
        // Some have carried much, both ways: what they needed for it was given back.
        std::thread::scope(|scope| {
            scope.spawn(|| client.write_all(&vec![1; much]).expect("it is sent"));
            std::io::Read::read_exact(&mut target, &mut vec![0; much]).expect("it comes");
        });
        if at == 0 {
            before = resident(child.id());
            continue;
        }
        clients.push(client);
        targets.push(target);
    }
    judge(child, before, clients);
}
