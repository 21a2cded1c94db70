//! Network load balancers: TCP, TLS, UDP, the PROXY protocol.

mod support;

use model::balancer::*;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::time::Duration;
use support::layer4::*;
use support::*;

#[test]
fn bytes_pass_and_each_end_is_passed_on() {
    let port = free_port();
    let engine = engine(&network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(echo("hi "))]));
    let mut client = Client::connect(port);
    let sent: Vec<u8> = (0..3_000_000_u32).map(|at| (at / 7) as u8).collect();
    let mut writer = client.stream.try_clone().expect("a clone");
    let copy = sent.clone();
    let sending = std::thread::spawn(move || {
        writer.write_all(&copy).expect("it is sent");
        writer.shutdown(std::net::Shutdown::Write).expect("it ends");
    });
    let rest = client.rest();
    sending.join().expect("no panic");
    assert!(rest[..3] == *b"hi " && rest[3..] == sent);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("the bytes are counted", || {
        counters.get(lb::metrics::Count::ProcessedBytes) == 2 * sent.len() as u64 + 3
    });
    use lb::metrics::Count;
    for (count, expected) in [
        (Count::NewFlowCount, 1),
        (Count::NewFlowCount_TCP, 1),
        (Count::NewFlowCount_TLS, 0),
        (Count::ProcessedBytes_TCP, 2 * sent.len() as u64 + 3),
        (Count::ProcessedBytes_UDP, 0),
    ] {
        assert_eq!(counters.get(count), expected, "{}", count.name());
    }
}

#[test]
fn streams_and_small_messages_of_one_connection_keep_their_order() {
    let port = free_port();
    let engine = engine(&network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(echo(""))]));
    let mut client = Client::connect(port);
    let mut carried = 0;
    for round in 0..3_u8 {
        // Much at once, and nobody reads it meanwhile: it is in the pipe, and the target is made to wait.
        let much: Vec<u8> = (0..4_000_000_u32).map(|at| (at / 5) as u8 ^ round).collect();
        let mut writer = client.stream.try_clone().expect("a clone");
        let copy = much.clone();
        let sending = std::thread::spawn(move || writer.write_all(&copy).expect("it is sent"));
        let mut got = vec![0; much.len()];
        client.stream.read_exact(&mut got).expect("it comes back");
        sending.join().expect("no panic");
        assert!(got == much);
        for word in 0..20_u8 {
            client.stream.write_all(&[round, word]).expect("it is sent");
            let mut got = [0; 2];
            client.stream.read_exact(&mut got).expect("it comes back");
            assert_eq!(got, [round, word]);
        }
        carried += 2 * (much.len() as u64 + 40);
    }
    drop(client);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("the bytes are counted", || counters.get(lb::metrics::Count::ProcessedBytes) == carried);
}

#[test]
fn a_stream_that_nobody_reads_is_reset_when_its_time_is_over() {
    let port = free_port();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(address)]);
    configuration.balancers[0].listeners[0].tcp_idle_timeout_seconds = 1;
    let engine = engine(&configuration);
    let mut client = Client::connect(port);
    client.send("x");
    let (_of_target, _) = listener.accept().expect("a connection");
    client.stream.set_write_timeout(Some(DEADLINE)).expect("a deadline");
    let error = client.stream.write_all(&vec![0; 64 << 20]).expect_err("a reset");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("it is counted", || counters.get(lb::metrics::Count::TCP_ELB_Reset_Count) == 1);
}

#[test]
fn flows_spread_and_sources_stay() {
    let port = free_port();
    let mut configuration = network(
        port,
        ListenerProtocol::Tcp,
        Protocol::Tcp,
        vec![target(echo("1")), target(echo("2")), target(echo("3"))],
    );
    let engine = engine(&configuration);
    let name = || {
        let mut client = Client::connect(port);
        let mut name = [0];
        client.stream.read_exact(&mut name).expect("a name");
        name[0]
    };
    let names: std::collections::BTreeSet<u8> = (0..60).map(|_| name()).collect();
    assert_eq!(names.len(), 3);
    configuration.revision = 2;
    configuration.groups[0].stickiness = Some(Stickiness::SourceIp);
    engine.apply(&configuration).expect("it is taken");
    let names: std::collections::BTreeSet<u8> = (0..20).map(|_| name()).collect();
    assert_eq!(names.len(), 1);
}

#[test]
fn clients_stay_with_their_group_where_the_listener_says_so() {
    let port = free_port();
    let mut configuration =
        network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(echo("1")), target(echo("2"))]);
    let mut other = TargetGroup { arn: "h".to_owned(), ..configuration.groups[0].clone() };
    other.targets = vec![target(echo("3")), target(echo("4"))];
    configuration.groups.push(other);
    let Action::Forward(mut to) = forward(&[("g", 1), ("h", 1)]) else { panic!("it is one") };
    to.stickiness = Some(ForwardStickiness { duration_seconds: 0 });
    configuration.balancers[0].listeners[0].default_actions = vec![Action::Forward(to)];
    let _engine = engine(&configuration);
    let names = |last: u8| -> std::collections::BTreeSet<u8> {
        let name = |_| {
            let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
            let socket = socket.expect("a socket");
            socket.bind(&SocketAddr::from(([127, 0, 0, last], 0)).into()).expect("it is loopback's");
            socket.connect(&SocketAddr::from(([127, 0, 0, 1], port)).into()).expect("it listens");
            let mut name = [0];
            std::net::TcpStream::from(socket).read_exact(&mut name).expect("a name");
            name[0]
        };
        (0..20).map(name).collect()
    };
    let of_clients: Vec<_> = (2..32).map(names).collect();
    let both =
        |names: &[u8]| of_clients.iter().filter(|of| of.iter().copied().eq(names.iter().copied())).count();
    let (first, second) = (both(b"12"), both(b"34"));
    // Each has both targets of one group; and both groups have clients.
    assert!(first + second == of_clients.len() && first > 0 && second > 0, "{of_clients:?}");
}

#[test]
fn the_proxy_protocol_comes_first() {
    let port = free_port();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut configuration = network(
        port,
        ListenerProtocol::Tcp,
        Protocol::Tcp,
        vec![target(listener.local_addr().expect("an address"))],
    );
    configuration.groups[0].network.proxy_protocol = true;
    let _engine = engine(&configuration);
    let mut client = Client::connect(port);
    client.send("hello");
    let (mut stream, _) = listener.accept().expect("a connection");
    let mut got = [0; 28 + 5];
    stream.read_exact(&mut got).expect("a header");
    let own = client.stream.local_addr().expect("an address");
    assert_eq!(got[..16], *b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c");
    assert_eq!(got[16..24], [127, 0, 0, 1, 127, 0, 0, 1]);
    assert_eq!(
        (u16::from_be_bytes([got[24], got[25]]), u16::from_be_bytes([got[26], got[27]])),
        (own.port(), port)
    );
    assert_eq!(&got[28..], b"hello");
}

#[test]
fn idle_connections_are_reset_and_so_are_those_to_nobody() {
    let (port, nobody) = (free_port(), free_port());
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(echo(""))]);
    configuration.balancers[0].listeners[0].tcp_idle_timeout_seconds = 1;
    configuration.balancers[0].listeners.push(listener(
        nobody,
        ListenerProtocol::Tcp,
        forward(&[("none", 1)]),
    ));
    configuration.groups.push(TargetGroup { protocol: Protocol::Tcp, ..group("none", vec![]) });
    let engine = engine(&configuration);
    for port in [port, nobody] {
        let mut client = Client::connect(port);
        let error = client.stream.read(&mut [0]).expect_err("a reset");
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
    let counters = engine.counters(BALANCER).expect("it is served");
    until("resets are counted", || counters.get(lb::metrics::Count::TCP_ELB_Reset_Count) == 2);
}

#[test]
fn datagrams_of_a_client_go_to_one_target_and_back() {
    let port = free_port();
    let targets: Vec<UdpSocket> = (0..3).map(|_| UdpSocket::bind("127.0.0.1:0").expect("a port")).collect();
    let addresses = targets.iter().map(|socket| target(socket.local_addr().expect("an address"))).collect();
    for (at, socket) in targets.into_iter().enumerate() {
        std::thread::spawn(move || {
            let mut packet = [0; 2000];
            while let Ok((length, from)) = socket.recv_from(&mut packet) {
                let answer = [&[b'0' + at as u8], &packet[..length]].concat();
                socket.send_to(&answer, from).expect("it is sent");
            }
        });
    }
    let _engine = engine(&network(port, ListenerProtocol::Udp, Protocol::Udp, addresses));
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..30 {
        let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
        client.set_read_timeout(Some(Duration::from_millis(200))).expect("a deadline");
        let mut of_client = std::collections::BTreeSet::new();
        for number in 0..3_u8 {
            let mut answer = [0; 2000];
            let mut length = 0;
            // A datagram may be lost where nobody reads the socket yet.
            until("an answer", || {
                client.send_to(&[b'a' + number], ("127.0.0.1", port)).expect("it is sent");
                length = client.recv(&mut answer).unwrap_or(0);
                length == 2 && answer[1] == b'a' + number
            });
            of_client.insert(answer[0]);
        }
        assert_eq!(of_client.len(), 1, "a flow has one target");
        seen.extend(of_client);
    }
    assert_eq!(seen.len(), 3);
}

#[test]
fn a_side_that_resets_ends_the_other() {
    let port = free_port();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let engine = engine(&network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(address)]));
    let counters = engine.counters(BALANCER).expect("it is served");
    let reset = |stream: std::net::TcpStream| {
        socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).expect("an option");
    };
    let is_reset = |stream: &mut std::net::TcpStream| {
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        let ended = stream.read(&mut [0]);
        assert_eq!(ended.expect_err("a reset").kind(), std::io::ErrorKind::ConnectionReset);
    };
    // The other side says nothing: only the reset can end its connection before the idle time-out.
    let mut client = Client::connect(port);
    client.send("x");
    let (mut of_target, _) = listener.accept().expect("a connection");
    // What came says that the balancer has the connection.
    of_target.read_exact(&mut [0]).expect("it comes");
    reset(of_target);
    is_reset(&mut client.stream);
    until("it is counted", || counters.get(lb::metrics::Count::TCP_Target_Reset_Count) == 1);
    let mut client = Client::connect(port);
    client.send("x");
    let (mut of_target, _) = listener.accept().expect("a connection");
    of_target.read_exact(&mut [0]).expect("it comes");
    reset(client.stream);
    is_reset(&mut of_target);
    until("it is counted", || counters.get(lb::metrics::Count::TCP_Client_Reset_Count) == 1);
    assert_eq!(counters.get(lb::metrics::Count::TCP_Target_Reset_Count), 1);
}

#[test]
fn a_listener_that_goes_leaves_its_port() {
    let port = free_port();
    let of_target = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = of_target.local_addr().expect("an address");
    let mut configuration = network(port, ListenerProtocol::Udp, Protocol::Udp, vec![target(address)]);
    let engine = engine(&configuration);
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    of_target.set_nonblocking(true).expect("a mode");
    // There is a flow, and it would last for two minutes.
    until("a flow", || {
        client.send_to(b"x", ("127.0.0.1", port)).expect("it is sent");
        of_target.recv_from(&mut [0; 10]).is_ok()
    });
    configuration.revision = 2;
    configuration.balancers[0].listeners.clear();
    engine.apply(&configuration).expect("it is taken");
    until("the port is free", || UdpSocket::bind(("127.0.0.1", port)).is_ok());
}

#[test]
fn checks_say_the_proxy_protocol_too() {
    let port = free_port();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(address)]);
    configuration.groups[0].network.proxy_protocol = true;
    configuration.groups[0].health_check =
        HealthCheck { enabled: true, protocol: HealthProtocol::Tcp, ..no_check() };
    let engine = engine(&configuration);
    let (mut stream, _) = listener.accept().expect("a check");
    let mut got = Vec::new();
    stream.read_to_end(&mut got).expect("an end");
    assert_eq!(got, b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0");
    let state = || engine.observations().borrow().targets[0].state;
    until("it is healthy", || state() == TargetState::Healthy);
}

/// Says to everybody who connects from where that is, and keeps the connection.
fn tells_peers() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let peer = format!("{}\n", stream.peer_addr().expect("it is connected"));
            stream.write_all(peer.as_bytes()).expect("it is sent");
            kept.push(stream);
        }
    });
    address
}

/// A client's connection from an address to one of loopback's ports, and what it is told.
fn told_from(client: SocketAddr, port: u16) -> (std::net::TcpStream, SocketAddr) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket.set_reuse_address(true).expect("an option");
    socket.bind(&client.into()).expect("all of 127.0.0.0/8 is ours");
    socket.connect(&SocketAddr::from(([127, 0, 0, 1], port)).into()).expect("it listens");
    let stream = std::net::TcpStream::from(socket);
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(&stream), &mut line).expect("a word");
    (stream, line.trim().parse().expect("an address"))
}

#[test]
fn targets_see_the_client_where_its_address_is_preserved() {
    let (port, another) = (free_port(), free_port());
    let address = tells_peers();
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, vec![target(address)]);
    configuration.balancers[0].listeners.push(listener(another, ListenerProtocol::Tcp, forward(&[("g", 1)])));
    configuration.groups[0].network.preserve_client_ip = true;
    let engine = engine(&configuration);
    // Linux lets whoever may administrate networks take an address that is another's: elsewhere this is a test of loopback's addresses.
    let client: SocketAddr = format!("127.0.0.77:{}", free_port()).parse().expect("an address");
    let (_first, seen) = told_from(client, port);
    assert_eq!(seen, client);
    // The same port of the client by another listener to the same target: another port of the same client.
    let (_second, seen) = told_from(client, another);
    assert_eq!(seen.ip(), client.ip());
    assert_ne!(seen.port(), client.port());
    // The load balancer's own: what is not preserved.
    configuration.revision += 1;
    configuration.groups[0].network.preserve_client_ip = false;
    engine.apply(&configuration).expect("it is taken");
    let (_third, seen) = told_from("127.0.0.78:0".parse().expect("an address"), port);
    assert_eq!(seen.ip(), SocketAddr::from(([127, 0, 0, 1], 0)).ip());
}

#[test]
fn datagrams_come_from_the_client_where_its_address_is_preserved() {
    let port = free_port();
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    socket.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    let address = socket.local_addr().expect("an address");
    let mut configuration = network(port, ListenerProtocol::Udp, Protocol::Udp, vec![target(address)]);
    configuration.groups[0].network.preserve_client_ip = true;
    let _engine = engine(&configuration);
    let client = UdpSocket::bind("127.0.0.79:0").expect("it is ours");
    client.set_read_timeout(Some(Duration::from_millis(200))).expect("a deadline");
    let (mut heard, mut answer) = ([0; 64], [0; 64]);
    until("an answer", || {
        client.send_to(b"hello", ("127.0.0.1", port)).expect("it is sent");
        let (length, from) = socket.recv_from(&mut heard).expect("it comes");
        // The client is in the same network here, and has the port itself: then it is another one of its address.
        assert_eq!(
            (&heard[..length], from.ip()),
            (&b"hello"[..], client.local_addr().expect("it is bound").ip())
        );
        socket.send_to(b"answer", from).expect("it is sent");
        client
            .recv_from(&mut answer)
            .is_ok_and(|(length, from)| &answer[..length] == b"answer" && from.port() == port)
    });
}
