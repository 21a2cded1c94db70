//! What is done through a listener, and which metrics count it: each of them and no other.

mod support;

use lb::Options;
use lb::metrics::Value;
use model::balancer::*;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use support::encrypted::{self, any_certificate, block, grpc_target, http2, https};
use support::told::{Told, network, start_with};
use support::*;

/// One thing that is done. What it needs to be there comes with its configuration.
struct Case {
    what: &'static str,
    configuration: Configuration,
    options: Options,
    act: Box<dyn FnOnce(u16) + Send>,
    /// Of the load balancer, and of its one group. Bytes and new connections are not among them.
    balancer: &'static [&'static str],
    group: &'static [&'static str],
}

impl Case {
    /// A GET that is answered so.
    fn get(what: &'static str, configuration: Configuration, status: u16) -> Self {
        let act = move |port| assert_eq!(get(port, "/path").0, status, "{what}");
        Self { what, configuration, options: options(), act: Box::new(act), balancer: &[], group: &[] }
    }

    fn counts(self, balancer: &'static [&'static str], group: &'static [&'static str]) -> Self {
        Self { balancer, group, ..self }
    }

    /// Something else than a GET.
    fn act(self, act: impl FnOnce(u16) + Send + 'static) -> Self {
        Self { act: Box::new(act), ..self }
    }

    fn run(self) {
        let port = self.configuration.balancers[0].listeners[0].port;
        let (engine, told) = start_with(&self.configuration, self.options);
        (self.act)(port);
        let once = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 1)).collect();
        let expected: (Sums, Sums) = (once(self.balancer), once(self.group));
        let end = std::time::Instant::now() + DEADLINE;
        while counted(&told) != expected && std::time::Instant::now() < end {
            std::thread::park_timeout(std::time::Duration::from_millis(20));
        }
        // What is told after that counts too much.
        let times = told.times();
        until("it is told again", || told.times() > times + 1);
        assert_eq!(counted(&told), expected, "{}", self.what);
        drop(engine);
    }
}

type Sums = BTreeMap<String, u64>;

/// What was added up, of load balancers and of groups. What every connection counts is left out.
fn counted(told: &Told) -> (Sums, Sums) {
    let (mut balancer, mut group) = (Sums::new(), Sums::new());
    for datum in told.all() {
        let Value::Sum(sum) = datum.value else { continue };
        if datum.name.starts_with("ProcessedBytes") || datum.name == "NewConnectionCount" {
            continue;
        }
        let of = if datum.group.is_some() { &mut group } else { &mut balancer };
        *of.entry(datum.name.to_owned()).or_default() += sum;
    }
    (balancer, group)
}

fn to(targets: Vec<Target>) -> Configuration {
    simple(free_port(), targets)
}

fn doing(action: Action) -> Configuration {
    let mut configuration = to(vec![]);
    configuration.balancers[0].listeners[0].default_actions = vec![action];
    configuration
}

fn fixed(status: u16) -> Configuration {
    doing(Action::FixedResponse { status, content_type: None, body: String::new() })
}

fn redirect(path: &str) -> Configuration {
    doing(Action::Redirect(Redirect {
        protocol: "HTTPS".to_owned(),
        host: "#{host}".to_owned(),
        port: "443".to_owned(),
        path: path.to_owned(),
        query: String::new(),
        status: 302,
    }))
}

fn answering(head: &'static str) -> Configuration {
    let answer = move |_: &Received| Reply::Bytes(format!("HTTP/1.1 {head}\r\n\r\n").into_bytes());
    to(vec![Backend::start(answer).target()])
}

fn with(mut configuration: Configuration, attributes: HttpAttributes) -> Configuration {
    configuration.balancers[0].http = attributes;
    configuration
}

/// Where a handshake meets something else.
fn no_tls() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            stream.write_all(b"220 this is not TLS\r\n").expect("it is sent");
            // What is asked is read, so that the end is no reset; whoever asks leaves.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
        }
    });
    address
}

fn asking(fields: &'static str) -> impl FnOnce(u16) + Send + 'static {
    move |port| {
        let mut client = Client::connect(port);
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n"));
        assert_eq!(client.response().0, 200);
    }
}

/// A call of gRPC.
fn call(port: u16) {
    block(async {
        let mut sender = http2(port).await;
        let request = http::Request::post("https://a.example/Service/Method")
            .header("content-type", "application/grpc")
            .body(())
            .expect("a request");
        let response = sender.send_request(request, true).expect("it is sent").0.await.expect("a response");
        assert_eq!(response.status(), 200);
        let (_, trailers) = encrypted::body(response.into_body()).await;
        assert!(trailers.is_some(), "it is answered to the end");
    });
}

fn of_targets() -> Vec<Case> {
    let nobody = target(([127, 0, 0, 1], free_port()).into());
    let silent = HttpAttributes { idle_timeout_seconds: 1, ..HttpAttributes::default() };
    let mut no_handshake = to(vec![target(no_tls())]);
    no_handshake.groups[0].protocol = Protocol::Https;
    vec![
        Case::get("200 of a target", answering("200 OK\r\nContent-Length: 0"), 200).counts(
            &["RequestCount", "HTTPCode_Target_2XX_Count"],
            &["RequestCount", "HTTPCode_Target_2XX_Count"],
        ),
        Case::get("304 of a target", answering("304 Not Modified"), 304).counts(
            &["RequestCount", "HTTPCode_Target_3XX_Count"],
            &["RequestCount", "HTTPCode_Target_3XX_Count"],
        ),
        Case::get("404 of a target", answering("404 Not Found\r\nContent-Length: 0"), 404).counts(
            &["RequestCount", "HTTPCode_Target_4XX_Count"],
            &["RequestCount", "HTTPCode_Target_4XX_Count"],
        ),
        Case::get("503 of a target", answering("503 Busy\r\nContent-Length: 0"), 503).counts(
            &["RequestCount", "HTTPCode_Target_5XX_Count"],
            &["RequestCount", "HTTPCode_Target_5XX_Count"],
        ),
        Case::get("an answer that is none", answering("none\r\n"), 502)
            .counts(&["RequestCount", "HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_502_Count"], &["RequestCount"]),
        Case::get("no connection", to(vec![nobody]), 502).counts(
            &[
                "RequestCount",
                "HTTPCode_ELB_5XX_Count",
                "HTTPCode_ELB_502_Count",
                "TargetConnectionErrorCount",
            ],
            &["RequestCount", "TargetConnectionErrorCount"],
        ),
        Case::get("no handshake", no_handshake, 502).counts(
            &[
                "RequestCount",
                "HTTPCode_ELB_5XX_Count",
                "HTTPCode_ELB_502_Count",
                "TargetTLSNegotiationErrorCount",
            ],
            &["RequestCount", "TargetTLSNegotiationErrorCount"],
        ),
        // Where no target could be chosen there was no request.
        Case::get("no target", to(vec![]), 503)
            .counts(&["HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_503_Count"], &[]),
        Case::get("no answer", with(to(vec![Backend::start(|_| Reply::Silence).target()]), silent), 504)
            .counts(&["RequestCount", "HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_504_Count"], &["RequestCount"]),
    ]
}

fn of_the_balancer() -> Vec<Case> {
    vec![
        Case::get("a fixed 200", fixed(200), 200).counts(&["HTTP_Fixed_Response_Count"], &[]),
        Case::get("a fixed 404", fixed(404), 404)
            .counts(&["HTTP_Fixed_Response_Count", "HTTPCode_ELB_4XX_Count"], &[]),
        Case::get("a fixed 500", fixed(500), 500)
            .counts(&["HTTP_Fixed_Response_Count", "HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_500_Count"], &[]),
        Case::get("a redirect", redirect("/#{path}"), 302)
            .counts(&["HTTP_Redirect_Count", "HTTPCode_ELB_3XX_Count"], &[]),
        Case::get("a redirect too far", redirect(&format!("/{}", "a".repeat(9000))), 507)
            .counts(&["HTTP_Redirect_Url_Limit_Exceeded_Count", "HTTPCode_ELB_5XX_Count"], &[]),
    ]
}

fn of_requests() -> Vec<Case> {
    const SERVED: &[&str] = &["RequestCount", "HTTPCode_Target_2XX_Count"];
    let ok = || answering("200 OK\r\nContent-Length: 0");
    let dropping = HttpAttributes { drop_invalid_header_fields: true, ..HttpAttributes::default() };
    // A target lives as long as what runs it: as long as the test.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut grpc = https(free_port(), vec![target(runtime.block_on(grpc_target(None)))]);
    grpc.groups[0].protocol_version = ProtocolVersion::Grpc;
    vec![
        Case::get("names that are invalid", ok(), 200).act(asking("X_Y: 1\r\nX.Z: 2\r\n")).counts(
            &["RequestCount", "HTTPCode_Target_2XX_Count", "ForwardedInvalidHeaderRequestCount"],
            SERVED,
        ),
        Case::get("names that are dropped", with(ok(), dropping.clone()), 200)
            .act(asking("X_Y: 1\r\nX.Z: 2\r\n"))
            .counts(
                &["RequestCount", "HTTPCode_Target_2XX_Count", "DroppedInvalidHeaderRequestCount"],
                SERVED,
            ),
        Case::get("names that are valid", with(ok(), dropping), 200)
            .act(asking("X-Y: 1\r\n"))
            .counts(SERVED, SERVED),
        Case::get("a request that does not comply", ok(), 200).act(asking("Content-Length: 0\r\n")).counts(
            &["RequestCount", "HTTPCode_Target_2XX_Count", "DesyncMitigationMode_NonCompliant_Request_Count"],
            SERVED,
        ),
        Case::get("a call", grpc, 200)
            .act(move |port| {
                call(port);
                drop(runtime);
            })
            .counts(&["RequestCount", "GrpcRequestCount", "HTTPCode_Target_2XX_Count"], SERVED),
        Case::get("no handshake of a client", https(free_port(), vec![]), 200)
            .act(|port| {
                let mut client = Client::connect(port);
                client.send("GET / HTTP/1.1\r\n\r\n");
                // An alert, and the end; as a reset where something was not read.
                let _ = client.stream.read_to_end(&mut Vec::new());
            })
            .counts(&["ClientTLSNegotiationErrorCount"], &[]),
    ]
}

#[test]
fn each_thing_is_counted_by_its_metrics_and_by_no_other() {
    let cases = of_targets().into_iter().chain(of_the_balancer()).chain(of_requests());
    let running: Vec<_> = cases.map(|case| std::thread::spawn(|| case.run())).collect();
    let failed = running.into_iter().filter_map(|case| case.join().err()).count();
    assert_eq!(failed, 0, "each of them said why");
}

/// One worker that has room for one.
fn narrow() -> Options {
    Options { workers: 1, max_connections: 1, ..options() }
}

#[test]
fn connections_that_are_open_and_those_for_which_there_is_no_room() {
    let configuration = to(vec![Backend::saying("x").target()]);
    let port = configuration.balancers[0].listeners[0].port;
    let (_engine, told) = start_with(&configuration, narrow());
    let mut first = Client::connect(port);
    assert_eq!(first.get("/").0, 200);
    assert_eq!(Client::connect(port).rest(), b"", "there is no room");
    until("it is rejected", || told.sum("RejectedConnectionCount", false) == 1);
    until("one is open", || told.gauge("ActiveConnectionCount") == Some(1));
    assert_eq!(told.sum("NewConnectionCount", false), 1, "the other was none");
    assert_eq!(first.get("/").0, 200, "who was there before stays");
    drop(first);
    until("none is open", || told.gauge("ActiveConnectionCount") == Some(0));
    assert_eq!(get(port, "/").0, 200, "there is room again");
    until("it is new", || told.sum("NewConnectionCount", false) == 2);
    assert_eq!(told.sum("RejectedConnectionCount", false), 1);
}

/// A target that keeps its connections, and gives them to the test.
fn keeper() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

#[test]
fn flows_for_which_there_is_no_room() {
    let (port, (of_target, address)) = (free_port(), keeper());
    let configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, address);
    let (_engine, told) = start_with(&configuration, narrow());
    let mut first = Client::connect(port);
    let (mut stream, _) = of_target.accept().expect("a connection");
    assert_eq!(Client::connect(port).rest(), b"", "there is no room");
    for name in ["RejectedFlowCount", "RejectedFlowCount_TCP", "NewFlowCount"] {
        until(name, || told.sum(name, false) == 1);
    }
    first.send("x");
    stream.read_exact(&mut [0]).expect("who was there before stays");
    for name in ["TCP_ELB_Reset_Count", "RejectedConnectionCount", "NewConnectionCount"] {
        assert_eq!(told.sum(name, false), 0, "{name}");
    }
}

#[test]
fn flows_of_tls_while_they_last() {
    let (port, (of_target, address)) = (free_port(), keeper());
    let mut configuration = https(port, vec![target(address)]);
    configuration.balancers[0].kind = BalancerKind::Network;
    configuration.balancers[0].listeners[0].protocol = ListenerProtocol::Tls;
    configuration.groups[0].protocol = Protocol::Tcp;
    let (_engine, told) = start_with(&configuration, options());
    let (config, _) = any_certificate(&[], rustls::ALL_VERSIONS);
    let name = rustls::pki_types::ServerName::try_from("default.example").expect("a name");
    let session = rustls::ClientConnection::new(config, name).expect("a session");
    let mut client = rustls::StreamOwned::new(session, Client::connect(port).stream);
    client.write_all(&[7; 30_000]).expect("it is sent");
    let (mut stream, _) = of_target.accept().expect("a connection");
    stream.read_exact(&mut [0; 30_000]).expect("it comes");
    stream.write_all(&[8; 5_000]).expect("it is sent");
    client.read_exact(&mut [0; 5_000]).expect("it comes");
    // What was encrypted, not what encrypting it added.
    until("the bytes of a flow that goes on", || told.sum("ProcessedBytes_TLS", false) == 35_000);
    until("the flow", || told.range("ActiveFlowCount_TLS", false).is_some_and(|range| range.1 == 1.0));
    for (name, expected) in [
        ("ProcessedBytes", 35_000),
        ("ProcessedBytes_TCP", 0),
        ("NewFlowCount", 1),
        ("NewFlowCount_TLS", 1),
        ("NewFlowCount_TCP", 0),
        ("ClientTLSNegotiationErrorCount", 0),
    ] {
        assert_eq!(told.sum(name, false), expected, "{name}");
    }
    assert_eq!(told.range("ActiveFlowCount_TCP", false), None, "it is counted as what it is");
    drop((client, stream));
    until("it is over", || {
        told.all().iter().rfind(|datum| datum.name == "ActiveFlowCount").map(|datum| datum.value)
            == Some(Value::one(0.0))
    });
}
