//! Ends of the connections of network load balancers: with their target, when it is unhealthy, and after its time.

mod support;

use lb::Engine;
use model::balancer::*;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};
use std::time::Duration;
use support::layer4::*;
use support::*;

#[test]
fn connections_end_with_their_target_where_the_group_says_so() {
    let (port, address) = (free_port(), echo("1"));
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(address)]);
    configuration.groups[0].network.keep_on_unhealthy = true;
    let engine = engine(&configuration);
    let connected = || {
        let mut client = Client::connect(port);
        client.stream.read_exact(&mut [0]).expect("a name");
        client
    };
    let talks = |client: &mut Client| {
        client.send("x");
        client.stream.read_exact(&mut [0]).expect("an echo");
    };
    let ends = |mut client: Client| {
        let error = client.stream.read(&mut [0]).expect_err("a reset within the deadline");
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    };
    let mut client = connected();
    // It stays where its target is no more.
    configuration.revision = 2;
    configuration.groups[0].targets.clear();
    engine.apply(&configuration).expect("it is taken");
    talks(&mut client);
    configuration.revision = 3;
    configuration.groups[0].network.connection_termination = true;
    engine.apply(&configuration).expect("it is taken");
    ends(client);

    // A group that is no more takes its own with it.
    configuration.revision = 4;
    configuration.groups[0].targets = vec![target(address)];
    engine.apply(&configuration).expect("it is taken");
    let client = connected();
    configuration.revision = 5;
    configuration.groups.clear();
    configuration.balancers[0].listeners[0].default_actions = Vec::new();
    engine.apply(&configuration).expect("it is taken");
    ends(client);
}

/// A target that says its name with everything that it is told, and answers checks with a status.
fn checked(name: u8) -> (SocketAddr, Arc<AtomicU16>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let status = Arc::new(AtomicU16::new(200));
    let told = Arc::clone(&status);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let told = Arc::clone(&told);
            std::thread::spawn(move || {
                let (mut stream, mut part) = (stream.expect("a connection"), [0; 1024]);
                // A peer that resets is gone.
                while let Ok(length @ 1..) = stream.read(&mut part) {
                    let answer = match part.starts_with(b"GET ") {
                        true => format!("HTTP/1.1 {} X\r\nContent-Length: 0\r\n\r\n", told.load(Relaxed))
                            .into_bytes(),
                        false => [&[name], &part[..length]].concat(),
                    };
                    if stream.write_all(&answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (address, status)
}

/// The name of the target that a connection has.
fn name_of(client: &mut Client) -> u8 {
    client.send("x");
    let mut got = [0; 2];
    client.stream.read_exact(&mut got).expect("an answer");
    assert_eq!(got[1], b'x');
    got[0]
}

/// A connection to the target of a name.
fn connected_to(port: u16, name: u8) -> Client {
    let mut found = None;
    until("a connection to it", || {
        let mut client = Client::connect(port);
        found = (name_of(&mut client) == name).then_some(client);
        found.is_some()
    });
    found.expect("one was found")
}

/// Two checked targets behind a port, of which unhealthy ones keep their connections for so many seconds.
fn keeping(port: u16, targets: [SocketAddr; 2], seconds: u32) -> Configuration {
    let targets = targets.into_iter().map(target).collect();
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, targets);
    configuration.groups[0].health_check.enabled = true;
    configuration.groups[0].network = NetworkGroup {
        keep_on_unhealthy: true,
        unhealthy_draining_seconds: seconds,
        ..NetworkGroup::default()
    };
    configuration
}

#[test]
fn an_unhealthy_target_keeps_its_connections_for_the_draining_interval() {
    let (port, (ill, status), (well, _)) = (free_port(), checked(b'1'), checked(b'2'));
    let engine = engine(&keeping(port, [ill, well], 3));
    let observations = engine.observations();
    let seen = || observations.borrow().targets.iter().map(|of| (of.state, of.reason)).collect::<Vec<_>>();
    let healthy = (TargetState::Healthy, None);
    until("both are healthy", || seen() == [healthy, healthy]);
    let (mut first, mut second) = (connected_to(port, b'1'), connected_to(port, b'2'));
    status.store(503, Relaxed);
    let why = Some(Reason::ResponseCodeMismatch);
    until("it drains", || seen()[0] == (TargetState::UnhealthyDraining, why));
    let began = std::time::Instant::now();
    assert!((0..20).all(|_| name_of(&mut Client::connect(port)) == b'2'), "it gets no new ones");
    assert_eq!(name_of(&mut first), b'1');
    let counters = engine.counters(BALANCER).expect("it is served");
    let error = first.stream.read(&mut [0]).expect_err("a reset when the interval has passed");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    assert!(began.elapsed() > Duration::from_secs(2), "{:?}", began.elapsed());
    until("it is unhealthy", || seen()[0] == (TargetState::Unhealthy, why));
    until("it is counted", || counters.get(lb::metrics::Count::TCP_ELB_Reset_Count) == 1);
    assert_eq!(name_of(&mut second), b'2');
}

#[test]
fn an_ill_target_loses_its_connections_unless_all_are_ill() {
    let (port, (first, of_first), (second, of_second)) = (free_port(), checked(b'1'), checked(b'2'));
    let mut configuration = keeping(port, [first, second], 0);
    configuration.groups[0].network.keep_on_unhealthy = false;
    let engine = engine(&configuration);
    let observations = engine.observations();
    let states = || observations.borrow().targets.iter().map(|of| of.state).collect::<Vec<_>>();
    until("both are healthy", || states() == [TargetState::Healthy; 2]);
    let (mut ill, mut well) = (connected_to(port, b'1'), connected_to(port, b'2'));
    of_first.store(503, Relaxed);
    let error = ill.stream.read(&mut [0]).expect_err("a reset");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    of_second.store(503, Relaxed);
    until("both are ill", || states() == [TargetState::Unhealthy; 2]);
    assert_eq!(name_of(&mut well), b'2', "it gets new ones as well");
    connected_to(port, b'1');
}

/// Of the first target.
fn state(engine: &Engine) -> Option<TargetState> {
    engine.observations().borrow().targets.first().map(|of| of.state)
}

/// An engine with two targets, the first of which drains; its status, and a connection that it has.
fn draining(port: u16) -> (Engine, Configuration, Arc<AtomicU16>, Client) {
    let ((ill, status), (well, _)) = (checked(b'1'), checked(b'2'));
    let configuration = keeping(port, [ill, well], 60);
    let engine = engine(&configuration);
    until("it is healthy", || state(&engine) == Some(TargetState::Healthy));
    let client = connected_to(port, b'1');
    status.store(503, Relaxed);
    until("it drains", || state(&engine) == Some(TargetState::UnhealthyDraining));
    (engine, configuration, status, client)
}

#[test]
fn a_target_that_recovers_keeps_its_connections() {
    let port = free_port();
    let (engine, mut configuration, status, mut client) = draining(port);
    status.store(200, Relaxed);
    until("it has recovered", || state(&engine) == Some(TargetState::Healthy));
    drop(connected_to(port, b'1'));
    // Whose time is not over is cut by none of what comes next: it is unhealthy again, and keeps them without end.
    configuration.groups[0].network.unhealthy_draining_seconds = 0;
    configuration.revision = 2;
    engine.apply(&configuration).expect("it is taken");
    status.store(503, Relaxed);
    until("it is unhealthy", || state(&engine) == Some(TargetState::Unhealthy));
    client.stream.set_read_timeout(Some(Duration::from_millis(2500))).expect("a deadline");
    let error = client.stream.read(&mut [0]).expect_err("nothing comes");
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    assert_eq!(name_of(&mut client), b'1');
}

#[test]
fn a_deregistered_target_drains_for_its_delay() {
    let (engine, mut configuration, _, mut client) = draining(free_port());
    configuration.groups[0].targets[0].draining_since = Some(model::Timestamp::from_millis(1));
    configuration.groups[0].network.connection_termination = true;
    configuration.revision = 2;
    engine.apply(&configuration).expect("it is taken");
    until("it is deregistered", || state(&engine) == Some(TargetState::Draining));
    assert_eq!(name_of(&mut client), b'1');
    configuration.groups[0].targets.remove(0);
    configuration.revision = 3;
    engine.apply(&configuration).expect("it is taken");
    let error = client.stream.read(&mut [0]).expect_err("a reset when the delay has passed");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
}

#[test]
fn flows_end_with_the_draining_interval_too() {
    let (port, (doctor, status)) = (free_port(), checked(b'd'));
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    socket.set_read_timeout(Some(DEADLINE / 20)).expect("a deadline");
    let address = socket.local_addr().expect("an address");
    let mut configuration = network(port, ListenerProtocol::Udp, Protocol::Udp, vec![target(address)]);
    configuration.groups[0].health_check =
        HealthCheck { enabled: true, port: Some(doctor.port()), ..no_check() };
    configuration.groups[0].network =
        NetworkGroup { keep_on_unhealthy: true, unhealthy_draining_seconds: 2, ..NetworkGroup::default() };
    let engine = engine(&configuration);
    let observations = engine.observations();
    let state = || observations.borrow().targets.first().map(|of| of.state);
    until("it is healthy", || state() == Some(TargetState::Healthy));
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    // By which port of the load balancer the target is spoken to: each flow has its own.
    let by = || {
        // One that meets the end of its flow is lost, as datagrams are.
        let once = || {
            client.send_to(b"x", ("127.0.0.1", port)).expect("it is sent");
            socket.recv_from(&mut [0; 8]).ok()
        };
        (0..20).find_map(|_| once()).expect("one comes").1
    };
    let first = by();
    assert_eq!(by(), first);
    status.store(503, Relaxed);
    until("it drains", || state() == Some(TargetState::UnhealthyDraining));
    assert_eq!(by(), first);
    until("its time is over", || state() == Some(TargetState::Unhealthy));
    // There is nobody else: what comes now is another flow to the same target.
    until("another flow", || by() != first);
}
