//! Ten thousand connections that do nothing, and what they cost.

mod support;

use std::io::BufRead as _;
use std::net::TcpStream;
use std::process::{Command, Stdio};
use support::*;

/// What one idle connection of HTTP/1.1 may cost in the balancer's memory, in a build without optimisation.
const EACH: u64 = 8 * 1024;
const CONNECTIONS: usize = 10_000;

fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().expect("a number") * 1024
}

/// The test's own binary is the balancer, in a process of its own: its memory and its descriptors are nobody else's.
#[test]
fn ten_thousand_idle_connections_fit_into_eighty_megabytes() {
    if let Ok(port) = std::env::var("LB_IDLE_PORT") {
        let port = port.parse().expect("a port");
        let _engine = engine(&simple(port, vec![Backend::saying("x").target()]));
        println!("ready");
        // The parent ends it.
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).expect("the parent's end");
        return;
    }
    let port = free_port();
    let own = std::env::current_exe().expect("a path");
    let mut child = Command::new(own)
        .args([
            "--exact",
            "ten_thousand_idle_connections_fit_into_eighty_megabytes",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("LB_IDLE_PORT", port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = std::io::BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert!(lines.any(|line| line.expect("a line").contains("ready")));
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
    let each = (resident(child.id()) - before) / CONNECTIONS as u64;
    println!("{each} bytes each");
    drop(child.stdin.take());
    let _: Vec<TcpStream> = clients.into_iter().map(|client| client.stream).collect();
    child.wait().expect("it ends");
    assert!(each <= EACH, "{each} bytes each");
}
