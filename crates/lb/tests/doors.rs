//! Doors of the host: one port of loopback for several load balancers.

mod support;

use lb::{Engine, Options};
use model::balancer::*;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use support::encrypted::{self, block, certificate, tls};
use support::*;

/// Two load balancers at addresses of their own, behind one door.
fn two(protocol: ListenerProtocol, door: u16) -> Configuration {
    let (first, second) = (Backend::saying("first").target(), Backend::saying("second").target());
    let mut configuration = simple(free_port(), vec![first]);
    let mut other = simple(free_port(), vec![second]);
    other.balancers[0].arn.push_str("-other");
    other.groups[0].arn = "other".to_owned();
    other.balancers[0].listeners[0].default_actions = vec![forward(&[("other", 1)])];
    configuration.balancers.append(&mut other.balancers);
    configuration.groups.append(&mut other.groups);
    for (balancer, name) in configuration.balancers.iter_mut().zip(["first", "second"]) {
        let listener = &mut balancer.listeners[0];
        listener.arn = name.to_owned();
        listener.protocol = protocol;
        if protocol == ListenerProtocol::Https {
            listener.tls = Some(tls(name, &[]));
            let names = [format!("{name}.elb.localhost")];
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            configuration.certificates.push(certificate(name, &names, &rcgen::PKCS_ECDSA_P256_SHA256));
        }
    }
    let lead = |name: &str| Lead { listener: name.to_owned(), names: vec![format!("{name}.elb.localhost")] };
    configuration.doors = vec![Door {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: door,
        leads: vec![lead("second"), lead("first")],
    }];
    configuration
}

fn ask(client: &mut Client, host: &str) -> (u16, String) {
    client.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    let (status, _, body) = client.response();
    (status, String::from_utf8(body).expect("text"))
}

fn states(engine: &Engine) -> Vec<(String, bool)> {
    let doors = engine.observations().borrow().doors.clone();
    doors.into_iter().map(|told| (told.arn, told.state == Bound::Listening)).collect()
}

fn told(states: [(&str, bool); 2]) -> [(String, bool); 2] {
    states.map(|(arn, listens)| (arn.to_owned(), listens))
}

#[test]
fn a_shared_door_leads_by_host_and_says_who_is_there() {
    let door = free_port();
    let mut configuration = two(ListenerProtocol::Http, door);
    let engine = engine(&configuration);
    // One connection asks for both.
    let mut client = Client::connect(door);
    assert_eq!(ask(&mut client, "first.elb.localhost"), (200, "first".to_owned()));
    assert_eq!(ask(&mut client, &format!("SECOND.elb.localhost:{door}")), (200, "second".to_owned()));
    let (status, body) = ask(&mut client, "third.elb.localhost");
    assert_eq!(status, 404);
    assert!(body.contains("\nfirst.elb.localhost\nsecond.elb.localhost\n"), "{body}");
    until("both are told", || states(&engine) == told([("first", true), ("second", true)]));
    // Whoever is left alone gets everything.
    configuration.revision = 2;
    configuration.doors[0].leads.truncate(1);
    engine.apply(&configuration).expect("it is taken");
    assert_eq!(ask(&mut Client::connect(door), "anybody"), (200, "second".to_owned()));
    configuration.revision = 3;
    configuration.doors.clear();
    engine.apply(&configuration).expect("it is taken");
    until("the port is free", || TcpListener::bind((Ipv4Addr::LOCALHOST, door)).is_ok());
}

#[test]
fn a_door_that_another_has_costs_nothing_and_is_tried_again() {
    let door = free_port();
    let configuration = two(ListenerProtocol::Http, door);
    let other = Engine::start(options()).expect("it starts");
    other.apply(&configuration).expect("it is taken");
    // Another data plane on the same host, which would share its sockets between its own workers.
    let mut second = two(ListenerProtocol::Http, door);
    second.doors.push(Door { port: free_port(), ..second.doors[0].clone() });
    let engine = Engine::start(Options { workers: 1, ..options() }).expect("it starts");
    engine.apply(&second).expect("it is taken");
    let failed = || {
        let doors = engine.observations().borrow().doors.clone();
        let failed = doors.iter().filter(|told| told.address.port() == door);
        failed.filter(|told| matches!(&told.state, Bound::Failed(why) if why.contains("in use"))).count()
    };
    until("both are told of it", || failed() == 2);
    assert_eq!(get(second.balancers[0].listeners[0].port, "/").0, 200, "its own addresses serve");
    assert_eq!(ask(&mut Client::connect(second.doors[1].port), "first.elb.localhost").0, 200);
    let own = engine.observations().borrow().listeners.clone();
    assert!(own.iter().all(|told| told.state == Bound::Listening), "{own:?}");
    drop(other);
    until("the door is taken", || failed() == 0);
    assert_eq!(ask(&mut Client::connect(door), "first.elb.localhost").0, 200);
}

#[test]
fn what_has_no_names_does_not_share() {
    let door = free_port();
    let mut configuration = two(ListenerProtocol::Tcp, door);
    for balancer in &mut configuration.balancers {
        balancer.kind = BalancerKind::Network;
    }
    configuration.groups.iter_mut().for_each(|group| group.protocol = Protocol::Tcp);
    let engine = engine(&configuration);
    until("it is told", || states(&engine) == told([("first", true), ("second", false)]));
    assert_eq!(ask(&mut Client::connect(door), "second.elb.localhost"), (200, "first".to_owned()));
}

/// What is answered to a request for a host over a connection of this protocol.
async fn over(stream: tokio_rustls::client::TlsStream<tokio::net::TcpStream>, host: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let answer = if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        let (sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        tokio::spawn(connection);
        let request = http::Request::get(format!("https://{host}/")).body(()).expect("a request");
        let mut sender = sender.ready().await.expect("it is ready");
        let (response, _) = sender.send_request(request, true).expect("it is sent");
        encrypted::body(response.await.expect("a response").into_body()).await.0
    } else {
        let mut stream = stream;
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.expect("an end");
        all.split_off(find(&all, b"\r\n\r\n").expect("a head") + 4)
    };
    String::from_utf8(answer).expect("text")
}

#[test]
fn a_shared_door_leads_by_the_name_in_the_handshake() {
    let door = free_port();
    let configuration = two(ListenerProtocol::Https, door);
    let _engine = engine(&configuration);
    let certificate = |at: usize| {
        CertificateDer::from_pem_slice(configuration.certificates[at].chain.as_bytes())
            .expect("a certificate")
    };
    for protocol in [&b"http/1.1"[..], b"h2"] {
        for (name, shown, expected) in
            [("first", 0, "first"), ("second", 1, "second"), ("third", 0, "No load balancer here")]
        {
            let host = format!("{name}.elb.localhost");
            block(async {
                let connected = encrypted::connect(door, &host, &[protocol], rustls::ALL_VERSIONS).await;
                let (stream, seen) = connected.expect("a connection");
                assert_eq!(seen, certificate(shown).as_ref(), "{name}");
                let answer = over(stream, &host).await;
                assert!(answer.starts_with(expected), "{name}: {answer}");
            });
        }
        // Who names nobody in the handshake names a host.
        block(async {
            let connected = encrypted::connect(door, "127.0.0.1", &[protocol], rustls::ALL_VERSIONS).await;
            assert_eq!(over(connected.expect("a connection").0, "second.elb.localhost").await, "second");
        });
    }
}
