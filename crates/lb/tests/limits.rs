//! What ends a connection or flow that is well: the number of its requests, and that nothing moved.

mod support;

use lb::metrics::Count;
use lb::{Engine, Options};
use model::balancer::*;
use std::net::UdpSocket;
use std::time::{Duration, Instant};
use support::encrypted::{connect, https};
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
    configuration.balancers[0].listeners[0].default_actions =
        vec![Action::FixedResponse { status: 204, content_type: None, body: String::new() }];
    let _engine = engine(&configuration);
    let talk = async {
        let (stream, _) =
            connect(port, "default.example", &[b"h2"], rustls::ALL_VERSIONS).await.expect("a connection");
        let (mut sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        let ended = tokio::spawn(connection);
        let request = || http::Request::get("https://a.example/").body(()).expect("a request");
        for _ in 0..(REQUESTS - 1) / AT_ONCE {
            let mut sent = Vec::with_capacity(AT_ONCE);
            for _ in 0..AT_ONCE {
                sender = sender.ready().await.expect("it goes on");
                sent.push(sender.send_request(request(), true).expect("it is sent").0);
            }
            for answer in sent {
                assert_eq!(answer.await.expect("a response").status(), 204);
            }
        }
        sender = sender.ready().await.expect("it goes on until the last one");
        let last = sender.send_request(request(), true).expect("it is sent").0;
        assert_eq!(last.await.expect("a response").status(), 204, "the last one is answered too");
        ended.await.expect("no panic").expect("an orderly end");
        let error = sender.ready().await.map(drop).expect_err("no more");
        assert!(error.is_go_away() && error.is_remote(), "{error:?}");
        assert_eq!(error.reason(), Some(h2::Reason::NO_ERROR));
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
