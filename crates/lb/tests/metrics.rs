//! What whoever takes metrics is told.

mod support;

use model::balancer::*;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv6Addr, TcpListener, UdpSocket};
use support::told::{network, start};
use support::*;

#[test]
fn flows_of_tcp_while_they_last() {
    let port = free_port();
    let of_target = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = of_target.local_addr().expect("an address");
    let mut configuration = network(port, ListenerProtocol::Tcp, Protocol::Tcp, address);
    // Nobody answers the check in time: there are only unhealthy targets, and they get everything.
    configuration.groups[0].health_check = HealthCheck {
        enabled: true,
        protocol: HealthProtocol::Tcp,
        port: Some(1),
        unhealthy_threshold: 1,
        ..no_check()
    };
    let (engine, told) = start(&configuration);
    until("it is unhealthy", || {
        let observed = engine.observations();
        observed.borrow().targets.first().is_some_and(|seen| seen.state == TargetState::Unhealthy)
    });
    let mut client = Client::connect(port).stream;
    client.write_all(&[7; 30_000]).expect("it is sent");
    let mut stream = of_target.accept().expect("a connection").0;
    stream.read_exact(&mut [0; 30_000]).expect("it comes");
    until("the bytes of a flow that goes on", || told.sum("ProcessedBytes_TCP", false) == 30_000);
    assert_eq!(told.sum("ProcessedBytes", false), 30_000);
    until("the flow", || told.range("ActiveFlowCount_TCP", false).is_some_and(|range| range.1 == 1.0));
    until("all flows", || told.range("ActiveFlowCount", false).is_some_and(|range| range.1 == 1.0));
    assert_eq!(told.range("ActiveFlowCount_UDP", false), None, "there is nothing to tell");
    until("the rate", || told.range("PeakBytesPerSecond", false).is_some_and(|range| range.1 > 1000.0));
    for (name, of_group) in
        [("NewFlowCount", false), ("NewFlowCount_TCP", false), ("UnhealthyRoutingFlowCount", false)]
    {
        assert_eq!(told.sum(name, of_group), 1, "{name}");
    }
    assert_eq!(told.range("HealthyHostCount", true).expect("it is told").0, 0.0);
    assert_eq!(told.range("UnHealthyHostCount", true).expect("it is told").1, 1.0);
    let told = told.all();
    let of_group: Vec<_> = told.iter().filter(|datum| datum.group.is_some()).collect();
    assert!(!of_group.is_empty());
    let (_, balancer) = BALANCER.split_once("loadbalancer/").expect("an ARN");
    for datum in of_group {
        assert_eq!(datum.balancer.as_deref(), Some(balancer), "{datum:?}");
    }
}

#[test]
fn flows_of_udp_while_they_last() {
    let port = free_port();
    let of_target = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = of_target.local_addr().expect("an address");
    of_target.set_nonblocking(true).expect("a mode");
    let (_engine, told) = start(&network(port, ListenerProtocol::Udp, Protocol::Udp, address));
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    until("a datagram", || {
        client.send_to(b"hello", ("127.0.0.1", port)).expect("it is sent");
        of_target.recv_from(&mut [0; 10]).is_ok()
    });
    until("the bytes of a flow that goes on", || told.sum("ProcessedBytes_UDP", false) >= 5);
    until("the flow", || told.range("ActiveFlowCount_UDP", false).is_some_and(|range| range.1 == 1.0));
    assert_eq!(told.sum("NewFlowCount_UDP", false), 1);
    assert_eq!(told.sum("UnhealthyRoutingFlowCount", false), 0);
}

#[test]
fn requests_and_the_state_of_their_targets() {
    let port = free_port();
    let (good, bad) = (Backend::saying("x"), free_port());
    let mut configuration = simple(port, vec![good.target(), target(([127, 0, 0, 1], bad).into())]);
    configuration.balancers[0]
        .addresses
        .push(Address { address: IpAddr::V6(Ipv6Addr::LOCALHOST), zone: "us-east-1a".to_owned() });
    let rule = |priority, path: &str| Rule {
        arn: format!("rule-{priority}"),
        priority,
        conditions: vec![Condition::PathPattern(vec![path.to_owned()])],
        actions: vec![forward(&[("g", 1)])],
    };
    configuration.balancers[0].listeners[0].rules = vec![rule(10, "/a"), rule(20, "/b"), rule(30, "/c")];
    let of_group = &mut configuration.groups[0];
    of_group.stickiness = Some(Stickiness::Balancer { duration_seconds: 60 });
    of_group.health_check = HealthCheck { enabled: true, unhealthy_threshold: 1, ..no_check() };
    // Two of two are to be healthy: with one of them the group fails open, and its zone is not well in DNS either.
    of_group.routing_threshold = Thresholds { count: Some(2), percentage: None };
    of_group.dns_threshold = Thresholds { count: Some(2), percentage: None };
    let (engine, told) = start(&configuration);
    let states = || {
        let observed = engine.observations();
        let observed = observed.borrow();
        observed.targets.iter().map(|target| target.state).collect::<Vec<_>>()
    };
    until("one is well", || {
        states().contains(&TargetState::Healthy) && states().contains(&TargetState::Unhealthy)
    });
    let ask = |address: IpAddr, path: &str| {
        let mut stream = std::net::TcpStream::connect((address, port)).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    };
    // One rule; two; all three and then the default.
    ask(IpAddr::from([127, 0, 0, 1]), "/a");
    ask(IpAddr::from([127, 0, 0, 1]), "/b");
    ask(IpAddr::V6(Ipv6Addr::LOCALHOST), "/else");
    until("the requests", || told.sum("RequestCount", false) == 3);
    for (name, of_group, expected) in [
        ("RequestCount", true, 3),
        ("IPv6RequestCount", false, 1),
        ("NonStickyRequestCount", false, 3),
        ("RuleEvaluations", false, 6),
        ("UnhealthyRoutingRequestCount", true, 3),
        ("NewConnectionCount", false, 3),
    ] {
        until(name, || told.sum(name, of_group) == expected);
    }
    until("the bytes", || told.sum("ProcessedBytes", false) > told.sum("IPv6ProcessedBytes", false));
    assert!(told.sum("IPv6ProcessedBytes", false) > 100);
    let per_target = told.range("RequestCountPerTarget", true).expect("it is told");
    assert!(per_target.1 > 0.0 && per_target.1 <= 1.5, "{per_target:?}");
    for (name, least, most) in [
        ("HealthyHostCount", 0.0, 1.0),
        ("AnomalousHostCount", 0.0, 0.0),
        ("MitigatedHostCount", 0.0, 0.0),
        ("HealthyStateRouting", 0.0, 0.0),
        ("UnhealthyStateRouting", 1.0, 1.0),
        ("HealthyStateDNS", 0.0, 0.0),
        ("UnhealthyStateDNS", 1.0, 1.0),
    ] {
        let range = told.range(name, true).expect("it is told");
        assert!(range.0 >= least && range.1 == most, "{name}: {range:?}");
    }
}
