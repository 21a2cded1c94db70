//! Where connections and flows come to an end: after so many requests, after so long, and where no port is left.

mod support;

use lb::metrics::Count;
use lb::net::Sockets;
use lb::{Engine, Options};
use model::balancer::*;
use socket2::{Domain, Socket, Type};
use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::encrypted::{HELD, connect, goes_away, held, https};
use support::told::network;
use support::*;

/// AWS: a connection of HTTP/2 carries so many requests.
const REQUESTS: usize = 10_000;
const AT_ONCE: usize = 99;

/// So many answers take more time than others, where nothing is optimised.
const LONG: Duration = Duration::from_secs(120);

#[test]
fn a_connection_of_http2_ends_after_ten_thousand_requests() {
    let port = free_port();
    let mut configuration = https(port, vec![]);
    let listener = &mut configuration.balancers[0].listeners[0];
    listener.default_actions =
        vec![Action::FixedResponse { status: 204, content_type: None, body: String::new() }];
    listener.rules = vec![held()];
    configuration.groups[0].targets = vec![Backend::start(|_| Reply::Silence).target()];
    let _engine = engine(&configuration);
    let talk = async {
        let (stream, _) =
            connect(port, "default.example", &[b"h2"], rustls::ALL_VERSIONS).await.expect("a connection");
        let (mut sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        let ended = tokio::spawn(connection);
        let request =
            |path: &str| http::Request::get(format!("https://a.example{path}")).body(()).expect("a request");
        // While one is not answered the connection stays, and with it the last word of the load balancer.
        let (_, mut held) = sender.send_request(request(HELD), true).expect("it is sent");
        let mut left = REQUESTS - 2;
        while left > 0 {
            let mut sent = Vec::with_capacity(AT_ONCE);
            for _ in 0..AT_ONCE.min(left) {
                sender = sender.ready().await.expect("it goes on");
                sent.push(sender.send_request(request("/"), true).expect("it is sent").0);
            }
            left -= sent.len();
            for answer in sent {
                assert_eq!(answer.await.expect("a response").status(), 204);
            }
        }
        sender = sender.ready().await.expect("it goes on until the last one");
        let last = sender.send_request(request("/"), true).expect("it is sent").0;
        assert_eq!(last.await.expect("a response").status(), 204, "the last one is answered too");
        goes_away(sender).await;
        held.send_reset(h2::Reason::CANCEL);
        // Who writes to what is closed already ends with an error.
        let _ = ended.await.expect("no panic");
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime
        .expect("a runtime")
        .block_on(async { tokio::time::timeout(LONG, talk).await })
        .expect("within its time");
}

#[test]
fn a_flow_of_udp_ends_when_nothing_moves_and_not_before() {
    let port = free_port();
    let of_target = UdpSocket::bind("127.0.0.1:0").expect("a port");
    of_target.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    let address = of_target.local_addr().expect("an address");
    let configuration = network(port, ListenerProtocol::Udp, Protocol::Udp, address);
    let options = Options { udp_idle: Duration::from_secs(1), ..options() };
    let engine = Engine::start(options).expect("it starts");
    engine.apply(&configuration).expect("it is taken");
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    client.connect(("127.0.0.1", port)).expect("an address");
    let counters = engine.counters(BALANCER).expect("it is served");
    // As whom the target is spoken to; a flow has a socket of its own. The last answer is the last that moves.
    let speak = || {
        client.send(b"hello").expect("it is sent");
        of_target.recv_from(&mut [0; 16]).expect("it comes").1
    };
    let flow = speak();
    let began = Instant::now();
    let mut last = Instant::now();
    // Twice the time-out passes while something moves; a machine that stood still for so long between two of them says nothing.
    while began.elapsed() < Duration::from_secs(2) {
        std::thread::park_timeout(Duration::from_millis(20));
        let (before, now) = (last, speak());
        last = Instant::now();
        assert!(now == flow || last - before >= Duration::from_secs(1), "it is another flow");
    }
    until("it is over", || counters.active() == 0);
    assert_eq!(counters.get(Count::NewFlowCount_UDP), 1);
    assert_ne!(speak(), flow, "who comes back begins anew");
    until("it is counted", || counters.get(Count::NewFlowCount_UDP) == 2);
}

/// A network in which targets are spoken to from one port only.
struct OnePort(SocketAddr);

const NARROW: &str = "narrow";

impl Sockets for OnePort {
    fn socket(&self, namespace: Option<&str>, domain: Domain, kind: Type) -> std::io::Result<Socket> {
        let socket = Socket::new(domain, kind, None)?;
        if namespace == Some(NARROW) {
            // As whoever connects does: two connections to one target from it are one too many.
            socket.set_reuse_address(kind != Type::DGRAM.nonblocking())?;
            socket.bind(&self.0.into())?;
        }
        Ok(socket)
    }
}

#[test]
fn a_flow_for_which_no_port_is_left_is_counted() {
    let (of_target, of_datagrams) =
        (TcpListener::bind("127.0.0.1:0").expect("a port"), UdpSocket::bind("127.0.0.1:0").expect("a port"));
    of_datagrams.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    for (protocol, of_group, address) in [
        (ListenerProtocol::Tcp, Protocol::Tcp, of_target.local_addr()),
        (ListenerProtocol::Udp, Protocol::Udp, of_datagrams.local_addr()),
    ] {
        let port = free_port();
        let mut configuration = network(port, protocol, of_group, address.expect("an address"));
        configuration.groups[0].namespace = Some(NARROW.to_owned());
        let sockets = Arc::new(OnePort((Ipv4Addr::LOCALHOST, free_port()).into()));
        let engine = Engine::start(Options { sockets, ..options() }).expect("it starts");
        engine.apply(&configuration).expect("it is taken");
        let counters = engine.counters(BALANCER).expect("it is served");
        if protocol == ListenerProtocol::Tcp {
            let _first = Client::connect(port);
            let _held = of_target.accept().expect("a connection");
            let mut second = Client::connect(port);
            let error = second.stream.read(&mut [0]).expect_err("a reset");
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
            until("the reset is counted", || counters.get(Count::TCP_ELB_Reset_Count) == 1);
        } else {
            let clients = [0; 2].map(|_| UdpSocket::bind("127.0.0.1:0").expect("a port"));
            clients[0].send_to(b"first", ("127.0.0.1", port)).expect("it is sent");
            assert_eq!(of_datagrams.recv(&mut [0; 16]).expect("it comes"), 5);
            clients[1].send_to(b"second", ("127.0.0.1", port)).expect("it is sent");
        }
        until("it is counted", || counters.get(Count::PortAllocationErrorCount) == 1);
    }
}
