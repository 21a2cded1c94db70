//! Engines, targets and clients of tests: real sockets on loopback, blocking and with deadlines.
#![allow(dead_code, reason = "each test binary uses its part")]

pub mod browser;
pub mod encrypted;
pub mod layer4;
pub mod provider;
pub mod told;

use lb::{Engine, Options};
use model::balancer::*;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub const DEADLINE: Duration = Duration::from_secs(10);
pub const BALANCER: &str =
    "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/web/50dc6c495c0c9188";

/// A request as a target got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Request line and fields, as they came.
    pub head: String,
    pub body: Vec<u8>,
    /// Which connection of the target it came by, and the how manieth there it was.
    pub connection: usize,
    pub number: usize,
}

impl Received {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// A target of HTTP/1.1: it answers what a function says, and remembers what it got.
#[derive(Clone)]
pub struct Backend {
    pub address: SocketAddr,
    pub received: Arc<Mutex<Vec<Received>>>,
}

/// What a target does with a request.
pub enum Reply {
    Bytes(Vec<u8>),
    /// It writes this and closes.
    Last(Vec<u8>),
    /// It says nothing any more, and keeps the connection.
    Silence,
    /// It writes this and then sends back whatever comes.
    Echo(Vec<u8>),
}

pub fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

impl Backend {
    pub fn start(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let received = Arc::new(Mutex::new(Vec::new()));
        let (all, answer) = (Arc::clone(&received), Arc::new(answer));
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (all, answer) = (Arc::clone(&all), Arc::clone(&answer));
                std::thread::spawn(move || {
                    // A connection that is cut is the end of it.
                    let _ = converse(stream.expect("a connection"), connection, &all, &*answer);
                });
            }
        });
        Self { address, received }
    }

    /// Always the same text.
    pub fn saying(text: &'static str) -> Self {
        Self::start(move |_| Reply::Bytes(ok(text)))
    }

    pub fn requests(&self) -> Vec<Received> {
        self.received.lock().expect("no panic").clone()
    }

    pub fn target(&self) -> Target {
        target(self.address)
    }
}

fn converse(
    mut stream: TcpStream,
    connection: usize,
    all: &Mutex<Vec<Received>>,
    answer: &(dyn Fn(&Received) -> Reply + Send + Sync),
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    for number in 0.. {
        let Some((head, body)) = message(&mut stream, &mut buffer)? else { return Ok(()) };
        let received = Received { head, body, connection, number };
        all.lock().expect("no panic").push(received.clone());
        match answer(&received) {
            Reply::Bytes(bytes) => stream.write_all(&bytes)?,
            Reply::Last(bytes) => return stream.write_all(&bytes),
            Reply::Silence => {
                std::io::copy(&mut stream, &mut std::io::sink())?;
            }
            Reply::Echo(bytes) => {
                stream.write_all(&bytes)?;
                stream.write_all(&buffer)?;
                std::io::copy(&mut stream.try_clone()?, &mut stream)?;
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Reads a message of HTTP/1: its head, and its body as its framing has it.
pub fn message(stream: &mut impl Read, buffer: &mut Vec<u8>) -> std::io::Result<Option<(String, Vec<u8>)>> {
    let end = loop {
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            break end + 4;
        }
        if more(stream, buffer)? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    buffer.drain(..end);
    let lower = head.to_ascii_lowercase();
    let mut body = Vec::new();
    if lower.contains("transfer-encoding: chunked") {
        loop {
            let line = loop {
                match find(buffer, b"\r\n") {
                    Some(at) => break at,
                    None => assert_ne!(more(stream, buffer)?, 0, "the body ended in a chunk"),
                }
            };
            let size = usize::from_str_radix(std::str::from_utf8(&buffer[..line]).expect("a size"), 16)
                .expect("a size");
            while buffer.len() < line + 2 + size + 2 {
                if more(stream, buffer)? == 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
            }
            body.extend_from_slice(&buffer[line + 2..line + 2 + size]);
            buffer.drain(..line + 2 + size + 2);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) =
        lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok())
    {
        while buffer.len() < length {
            if more(stream, buffer)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        body = buffer.drain(..length).collect();
    }
    Ok(Some((head, body)))
}

fn more(stream: &mut impl Read, buffer: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut part = [0; 64 * 1024];
    let count = stream.read(&mut part)?;
    buffer.extend_from_slice(&part[..count]);
    Ok(count)
}

pub fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

pub fn target(address: SocketAddr) -> Target {
    Target {
        id: address.to_string(),
        address: address.ip(),
        port: address.port(),
        zone: None,
        draining_since: None,
    }
}

/// A port that nobody has and nobody gets before this process ends. It is below those that the kernel gives to whoever asks for any: there a
/// client of another test could have it by the time it is used.
pub fn free_port() -> u16 {
    // Who has a port's other socket has the port: all tests ask here.
    const GUARD: Ipv4Addr = Ipv4Addr::new(127, 88, 0, 1);
    static HELD: Mutex<Vec<TcpListener>> = Mutex::new(Vec::new());
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").expect("a range");
    let end: u16 = range.split_whitespace().next().and_then(|low| low.parse().ok()).expect("a port");
    let mut held = HELD.lock().expect("no panic");
    let first = 10_000 + (std::process::id() as u16).wrapping_mul(37) % (end - 10_000);
    let (port, guard) = (first..end)
        .chain(10_000..first)
        .filter_map(|port| TcpListener::bind((GUARD, port)).ok().map(|guard| (port, guard)))
        .find(|(port, _)| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("a free port");
    held.push(guard);
    port
}

pub fn no_check() -> HealthCheck {
    HealthCheck {
        enabled: false,
        protocol: HealthProtocol::Http,
        port: None,
        path: "/health".to_owned(),
        interval_seconds: 1,
        timeout_seconds: 1,
        healthy_threshold: 2,
        unhealthy_threshold: 2,
        matcher: Matcher("200".to_owned()),
    }
}

pub fn group(arn: &str, targets: Vec<Target>) -> TargetGroup {
    TargetGroup {
        arn: arn.to_owned(),
        protocol: Protocol::Http,
        protocol_version: ProtocolVersion::Http1,
        namespace: None,
        health_check: no_check(),
        algorithm: Algorithm::RoundRobin,
        forward_resets: false,
        anomaly_mitigation: false,
        slow_start_seconds: 0,
        stickiness: None,
        cross_zone: CrossZone::AsTheBalancer,
        routing_threshold: Thresholds::default(),
        dns_threshold: Thresholds::default(),
        network: NetworkGroup::default(),
        targets,
    }
}

pub fn forward(groups: &[(&str, u32)]) -> Action {
    let groups = groups
        .iter()
        .map(|(group, weight)| WeightedGroup { group: (*group).to_owned(), weight: *weight })
        .collect();
    Action::Forward(Forward { groups, stickiness: None })
}

pub fn listener(port: u16, protocol: ListenerProtocol, action: Action) -> Listener {
    Listener {
        arn: format!("listener-{port}"),
        port,
        protocol,
        tls: None,
        rules: Vec::new(),
        default_actions: vec![action],
        tcp_idle_timeout_seconds: 350,
        response_headers: ResponseHeaders::default(),
    }
}

/// One load balancer with one HTTP listener that leads to one group.
pub fn simple(port: u16, targets: Vec<Target>) -> Configuration {
    Configuration {
        format: FORMAT,
        revision: 1,
        cookie_key: Secret::new("5c".repeat(32)),
        signing_key: Secret::new("01".repeat(32)),
        balancers: vec![Balancer {
            arn: BALANCER.to_owned(),
            kind: BalancerKind::Application,
            namespace: None,
            addresses: vec![Address {
                address: IpAddr::V4(Ipv4Addr::LOCALHOST),
                zone: "us-east-1a".to_owned(),
            }],
            http: HttpAttributes::default(),
            cross_zone: true,
            access_log: false,
            connection_log: false,
            health_check_log: false,
            listeners: vec![listener(port, ListenerProtocol::Http, forward(&[("g", 1)]))],
        }],
        groups: vec![group("g", targets)],
        certificates: Vec::new(),
        doors: Vec::new(),
    }
}

pub fn options() -> Options {
    Options { workers: 2, grace: Duration::from_millis(200), ..Options::default() }
}

pub fn engine(configuration: &Configuration) -> Engine {
    let engine = Engine::start(options()).expect("it starts");
    engine.apply(configuration).expect("it is taken");
    engine
}

/// A client's connection.
pub struct Client {
    pub stream: TcpStream,
    pub buffer: Vec<u8>,
}

impl Client {
    pub fn connect(port: u16) -> Self {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a connection");
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        Self { stream, buffer: Vec::new() }
    }

    pub fn send(&mut self, text: impl AsRef<[u8]>) {
        self.stream.write_all(text.as_ref()).expect("it is sent");
    }

    /// The next response: status, head, body.
    pub fn response(&mut self) -> (u16, String, Vec<u8>) {
        let (head, body) = message(&mut self.stream, &mut self.buffer)
            .expect("a response within the deadline")
            .expect("a response");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head, body)
    }

    pub fn get(&mut self, path: &str) -> (u16, String, Vec<u8>) {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a.example\r\n\r\n"));
        self.response()
    }

    /// What comes until the end of the connection.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut rest = std::mem::take(&mut self.buffer);
        self.stream.read_to_end(&mut rest).expect("an end within the deadline");
        rest
    }
}

/// One request over a connection of its own.
pub fn get(port: u16, path: &str) -> (u16, String, Vec<u8>) {
    Client::connect(port).get(path)
}

/// Waits until something is so.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !holds() {
        assert!(Instant::now() < end, "{what} within {DEADLINE:?}");
        std::thread::yield_now();
        std::thread::park_timeout(Duration::from_millis(5));
    }
}
