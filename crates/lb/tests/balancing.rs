//! Rules, actions, stickiness, health and changes of the configuration, over real sockets.

mod support;

use model::balancer::*;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering::Relaxed};
use support::*;

fn rule(priority: u32, conditions: Vec<Condition>, action: Action) -> Rule {
    Rule { arn: format!("rule-{priority}"), priority, conditions, actions: vec![action] }
}

fn path(pattern: &str) -> Vec<Condition> {
    vec![Condition::PathPattern(vec![pattern.to_owned()])]
}

#[test]
fn rules_lead_to_their_actions() {
    let port = free_port();
    let mut configuration = simple(port, vec![Backend::saying("default").target()]);
    configuration.groups.push(group("b", vec![Backend::saying("b").target()]));
    let redirect = Redirect {
        protocol: "HTTPS".to_owned(),
        host: "#{host}".to_owned(),
        port: "443".to_owned(),
        path: "/new/#{path}".to_owned(),
        query: "#{query}".to_owned(),
        status: 302,
    };
    configuration.balancers[0].listeners[0].rules = vec![
        rule(3, path("/b/*"), forward(&[("b", 1)])),
        rule(2, path("/old/*"), Action::Redirect(redirect)),
        rule(
            1,
            path("/fixed"),
            Action::FixedResponse {
                status: 418,
                content_type: Some("text/css".to_owned()),
                body: "tea".to_owned(),
            },
        ),
    ];
    let _engine = engine(&configuration);
    let mut client = Client::connect(port);
    assert_eq!(client.get("/").2, b"default");
    assert_eq!(client.get("/b/c").2, b"b");
    let (status, head, _) = client.get("/old/x?y=z");
    assert_eq!(status, 302);
    assert!(head.contains("Location: https://a.example:443/new/old/x?y=z\r\n"), "{head}");
    let (status, head, body) = client.get("/fixed");
    assert_eq!((status, &body[..]), (418, &b"tea"[..]));
    assert!(head.contains("Content-Type: text/css; charset=utf-8\r\n"), "{head}");
}

#[test]
fn weights_and_the_stickiness_of_groups() {
    let port = free_port();
    let mut configuration = simple(port, vec![]);
    configuration.groups = ["a", "b", "never"]
        .into_iter()
        .map(|name| group(name, vec![Backend::saying(name).target()]))
        .collect();
    let Action::Forward(mut to) = forward(&[("a", 1), ("b", 3), ("never", 0)]) else { panic!("a forward") };
    to.stickiness = Some(ForwardStickiness { duration_seconds: 100 });
    configuration.balancers[0].listeners[0].default_actions = vec![Action::Forward(to)];
    let _engine = engine(&configuration);
    let mut counts: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut client = Client::connect(port);
    for _ in 0..400 {
        let (_, head, body) = client.get("/");
        assert_eq!(head.matches("Set-Cookie: AWSALBTG").count(), 2, "{head}");
        *counts.entry(body).or_default() += 1;
    }
    let count = |name: &[u8]| counts.get(name).copied().unwrap_or_default();
    assert!((50..150).contains(&count(b"a")) && count(b"never") == 0, "{counts:?}");
    let (_, head, first) = client.get("/");
    let cookie = cookie(&head, "AWSALBTG");
    for _ in 0..20 {
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: AWSALBTG={cookie}\r\n\r\n"));
        assert_eq!(client.response().2, first);
    }
}

fn cookie(head: &str, name: &str) -> String {
    let start = format!("Set-Cookie: {name}=");
    let line = head.lines().find_map(|line| line.strip_prefix(&start)).expect("a cookie");
    line.split(';').next().expect("a value").to_owned()
}

#[test]
fn a_sticky_session_stays_until_its_target_drains() {
    let port = free_port();
    let backends: Vec<Backend> = ["1", "2", "3"].into_iter().map(Backend::saying).collect();
    let mut configuration = simple(port, backends.iter().map(Backend::target).collect());
    configuration.groups[0].stickiness = Some(Stickiness::Balancer { duration_seconds: 60 });
    let engine = engine(&configuration);
    let mut client = Client::connect(port);
    let (_, head, first) = client.get("/");
    let value = cookie(&head, "AWSALB");
    assert!(
        head.contains(&format!("Set-Cookie: AWSALBCORS={value}; Expires="))
            && head.contains("; Path=/; SameSite=None; Secure\r\n")
    );
    let mut again = |value: &str| {
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: AWSALB={value}\r\n\r\n"));
        client.response().2
    };
    assert!((0..10).all(|_| again(&value) == first));
    let other = if value.starts_with('A') { "B" } else { "A" };
    let forged: Vec<_> = (0..10).map(|_| again(&format!("{other}{}", &value[1..]))).collect();
    assert!(forged.iter().any(|body| *body != first), "a forged cookie binds nobody");
    configuration.revision = 2;
    let of_first = backends.iter().position(|backend| {
        backend
            .requests()
            .iter()
            .any(|request| request.field("cookie") == Some(&format!("AWSALB={value}")[..]))
    });
    configuration.groups[0].targets[of_first.expect("it served")].draining_since =
        Some(model::Timestamp::from_millis(1));
    engine.apply(&configuration).expect("it is taken");
    assert!((0..10).all(|_| again(&value) != first));
}

#[test]
fn an_application_binds_its_clients_itself() {
    let port = free_port();
    let backends: Vec<Backend> = ["1", "2", "3"]
        .into_iter()
        .map(|name| {
            Backend::start(move |request| {
                let cookie = if request.head.starts_with("GET /login") {
                    "Set-Cookie: session=1; Path=/\r\n"
                } else {
                    ""
                };
                Reply::Bytes(
                    format!("HTTP/1.1 200 OK\r\n{cookie}Content-Length: 1\r\n\r\n{name}").into_bytes(),
                )
            })
        })
        .collect();
    let mut configuration = simple(port, backends.iter().map(Backend::target).collect());
    configuration.groups[0].stickiness =
        Some(Stickiness::Application { cookie: "session".to_owned(), duration_seconds: 60 });
    let _engine = engine(&configuration);
    let mut client = Client::connect(port);
    assert!(!client.get("/").1.contains("AWSALBAPP"));
    let (_, head, first) = client.get("/login");
    let value = cookie(&head, "AWSALBAPP-0");
    let mut with = |cookies: String| {
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: {cookies}\r\n\r\n"));
        client.response().2
    };
    assert!((0..10).all(|_| with(format!("session=1; AWSALBAPP-0={value}")) == first));
    assert!((0..10).any(|_| with(format!("AWSALBAPP-0={value}")) != first), "both cookies have to come back");
}

#[test]
fn health_decides_who_is_asked_and_reasons_are_aws_s() {
    let port = free_port();
    let status = Arc::new(AtomicU16::new(200));
    let of_first = Arc::clone(&status);
    let first = Backend::start(move |request| match request.head.starts_with("GET /health ") {
        true => Reply::Last(
            format!("HTTP/1.1 {} X\r\nContent-Length: 0\r\n\r\n", of_first.load(Relaxed)).into_bytes(),
        ),
        false => Reply::Bytes(ok("1")),
    });
    let second = Backend::saying("2");
    let gone = target(([127, 0, 0, 1], free_port()).into());
    let mut configuration = simple(port, vec![first.target(), second.target(), gone]);
    configuration.groups[0].health_check.enabled = true;
    let engine = engine(&configuration);
    let observations = engine.observations();
    let states = || {
        observations.borrow().targets.iter().map(|target| (target.state, target.reason)).collect::<Vec<_>>()
    };
    let unhealthy = (TargetState::Unhealthy, Some(Reason::FailedHealthChecks));
    until("checks", || states() == [(TargetState::Healthy, None), (TargetState::Healthy, None), unhealthy]);
    let bodies = || (0..8).map(|_| get(port, "/").2).collect::<Vec<_>>();
    let both = bodies();
    assert!(
        both.contains(&b"1".to_vec())
            && both.contains(&b"2".to_vec())
            && !both.iter().any(|body| body.starts_with(b"<html>"))
    );
    let check = first
        .requests()
        .into_iter()
        .find(|request| request.head.starts_with("GET /health "))
        .expect("a check");
    assert_eq!(check.field("user-agent"), Some("ELB-HealthChecker/2.0"));
    status.store(503, Relaxed);
    until("the first is out", || states()[0] == (TargetState::Unhealthy, Some(Reason::ResponseCodeMismatch)));
    let text = observations.borrow().targets[0].description.clone();
    assert_eq!(text.as_deref(), Some("Health checks failed with these codes: [503]"));
    assert!(bodies().iter().all(|body| body == b"2"));
    status.store(200, Relaxed);
    until("the first is back", || states()[0].0 == TargetState::Healthy);
    assert!(bodies().contains(&b"1".to_vec()));
}

#[test]
fn where_nobody_is_healthy_everybody_is_asked() {
    let port = free_port();
    let backend = Backend::start(|request| match request.head.starts_with("GET /health ") {
        true => Reply::Last(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n".to_vec()),
        false => Reply::Bytes(ok("open")),
    });
    let mut configuration = simple(port, vec![backend.target()]);
    configuration.groups[0].health_check.enabled = true;
    let engine = engine(&configuration);
    let state = || engine.observations().borrow().targets.first().map(|target| target.state);
    until("it is unhealthy", || state() == Some(TargetState::Unhealthy));
    assert_eq!(get(port, "/").2, b"open");
}

#[test]
fn changes_drop_nobody() {
    let (port, other) = (free_port(), free_port());
    let (first, second) = (Backend::saying("first"), Backend::saying("second"));
    let mut configuration = simple(port, vec![first.target()]);
    let engine = Arc::new(engine(&configuration));
    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..4)
        .map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || {
                let (mut client, mut count) = (Client::connect(port), 0);
                while !stop.load(Relaxed) {
                    assert_eq!(client.get("/").0, 200);
                    count += 1;
                }
                count
            })
        })
        .collect();
    for revision in 2..60 {
        configuration.revision = revision;
        // The one target drains while the other comes, to and fro; a second listener comes and goes.
        let even = revision % 2 == 0;
        let mut old = if even { first.target() } else { second.target() };
        old.draining_since = Some(model::Timestamp::from_millis(1));
        let new = if even { second.target() } else { first.target() };
        configuration.groups[0].targets = vec![old, new];
        let listeners = &mut configuration.balancers[0].listeners;
        listeners.truncate(1);
        if even {
            listeners.push(listener(other, ListenerProtocol::Http, forward(&[("g", 1)])));
        }
        engine.apply(&configuration).expect("it is taken");
        until("it is served", || engine.observations().borrow().revision == revision);
        assert_eq!(get(port, "/").0, 200);
    }
    stop.store(true, Relaxed);
    let served: usize = clients.into_iter().map(|client| client.join().expect("no request failed")).sum();
    assert!(served > 100, "{served}");
    configuration.revision = 1;
    assert!(engine.apply(&configuration).is_err(), "an older one is not taken");
}

#[test]
fn a_listener_that_goes_lets_its_requests_end() {
    let port = free_port();
    let (begun, wait) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(true)));
    let (says, waits) = (Arc::clone(&begun), Arc::clone(&wait));
    let backend = Backend::start(move |_| {
        says.store(true, Relaxed);
        while waits.load(Relaxed) {
            std::thread::yield_now();
        }
        Reply::Bytes(ok("whole"))
    });
    let mut configuration = simple(port, vec![backend.target()]);
    let engine = engine(&configuration);
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    until("the request is at the target", || begun.load(Relaxed));
    configuration.revision = 2;
    let gone = configuration.balancers[0].listeners.pop().expect("a listener");
    configuration.balancers[0].listeners.push(listener(
        free_port(),
        ListenerProtocol::Http,
        gone.default_actions[0].clone(),
    ));
    engine.apply(&configuration).expect("it is taken");
    until("nobody listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    wait.store(false, Relaxed);
    let (status, _, body) = client.response();
    assert_eq!((status, &body[..]), (200, &b"whole"[..]));
    assert_eq!(client.rest(), b"", "and then the connection ends");
}

#[test]
fn what_cannot_be_bound_is_told_and_tried_again() {
    let holder = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = holder.local_addr().expect("an address").port();
    let engine = engine(&simple(port, vec![Backend::saying("x").target()]));
    let state = || engine.observations().borrow().listeners.first().map(|listener| listener.state.clone());
    until("it is told", || matches!(state(), Some(Bound::Failed(why)) if why.contains("in use")));
    drop(holder);
    until("it listens", || state() == Some(Bound::Listening));
    assert_eq!(get(port, "/").0, 200);
}

#[test]
fn other_zones_only_where_they_are_crossed() {
    let port = free_port();
    let mut here = Backend::saying("here").target();
    here.zone = Some("us-east-1a".to_owned());
    let mut there = Backend::saying("there").target();
    there.zone = Some("us-east-1b".to_owned());
    let mut configuration = simple(port, vec![here, there]);
    let engine = engine(&configuration);
    let bodies = || (0..8).map(|_| get(port, "/").2).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(bodies().len(), 2);
    configuration.revision = 2;
    configuration.groups[0].cross_zone = CrossZone::Off;
    engine.apply(&configuration).expect("it is taken");
    assert_eq!(bodies().into_iter().collect::<Vec<_>>(), [b"here"]);
}

/// One machine stands for two zones.
#[test]
fn clients_reach_the_zone_of_the_address_that_they_came_in_by() {
    let port = free_port();
    let checked = |zone: &str, answer: fn(&Received) -> Reply| {
        let mut target = Backend::start(answer).target();
        target.zone = Some(zone.to_owned());
        target
    };
    let here = checked("us-east-1a", |_| Reply::Bytes(ok("here")));
    let there = checked("us-east-1b", |received| match received.head.starts_with("GET /health ") {
        true => Reply::Bytes(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".to_vec()),
        false => Reply::Bytes(ok("there")),
    });
    let mut configuration = simple(port, vec![here, there]);
    let addresses = [([127, 0, 0, 1], "us-east-1a"), ([127, 0, 0, 2], "us-east-1b")];
    configuration.balancers[0].addresses = addresses
        .map(|(address, zone)| Address { address: IpAddr::from(address), zone: zone.to_owned() })
        .into();
    configuration.groups[0].cross_zone = CrossZone::Off;
    configuration.groups[0].health_check.enabled = true;
    let engine = engine(&configuration);
    let bodies = |address: [u8; 4]| {
        let get = |_| {
            let stream = std::net::TcpStream::connect((IpAddr::from(address), port)).expect("a connection");
            stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
            Client { stream, buffer: Vec::new() }.get("/").2
        };
        (0..6).map(get).collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    // The other zone has no healthy target: it gets traffic all the same, and its address is told to leave DNS.
    let zones = || -> Vec<(String, bool)> {
        let zones = engine.observations().borrow().zones.clone();
        zones.into_iter().map(|told| (told.zone, told.meets_dns_threshold)).collect()
    };
    let expected = [("us-east-1a".to_owned(), true), ("us-east-1b".to_owned(), false)];
    until("zones are told", || zones() == expected);
    assert_eq!(bodies([127, 0, 0, 1]), [b"here"]);
    assert_eq!(bodies([127, 0, 0, 2]), [b"there"]);
    configuration.revision = 2;
    configuration.groups[0].cross_zone = CrossZone::On;
    engine.apply(&configuration).expect("it is taken");
    assert_eq!(bodies([127, 0, 0, 2]), [b"here"], "the healthy one of all zones");
    until("zones are told", || zones().iter().all(|(_, met)| *met) && zones().len() == 2);
    // An address that belongs to another zone now.
    configuration.revision = 3;
    configuration.groups[0].cross_zone = CrossZone::Off;
    configuration.balancers[0].addresses[0].zone = "us-east-1b".to_owned();
    configuration.balancers[0].addresses[1].zone = "us-east-1a".to_owned();
    engine.apply(&configuration).expect("it is taken");
    until("the addresses have changed places", || {
        bodies([127, 0, 0, 1]) == [b"there"] && bodies([127, 0, 0, 2]) == [b"here"]
    });
}

#[test]
fn the_least_busy_target_is_next() {
    let port = free_port();
    let busy = Backend::start(|_| Reply::Silence);
    let free = Backend::saying("free");
    let mut configuration = simple(port, vec![busy.target()]);
    configuration.groups[0].algorithm = Algorithm::LeastOutstandingRequests;
    let engine = engine(&configuration);
    let held: Vec<Client> = (0..3)
        .map(|_| {
            let mut client = Client::connect(port);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client
        })
        .collect();
    until("they are held", || busy.requests().len() == held.len());
    configuration.revision = 2;
    configuration.groups[0].targets.push(free.target());
    engine.apply(&configuration).expect("it is taken");
    for _ in 0..10 {
        assert_eq!(get(port, "/").2, b"free");
    }
}

#[test]
fn a_target_that_takes_no_connection_costs_no_request() {
    let port = free_port();
    let nobody = target(([127, 0, 0, 1], free_port()).into());
    let engine = engine(&simple(port, vec![nobody, Backend::saying("live").target()]));
    let mut client = Client::connect(port);
    for _ in 0..10 {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        let (status, _, body) = client.response();
        assert_eq!((status, &body[..]), (200, &b"live"[..]));
    }
    let counters = engine.counters(BALANCER).expect("it is served");
    assert!(counters.get(lb::metrics::Count::TargetConnectionErrorCount) > 0, "the other was asked too");
    assert_eq!(counters.get(lb::metrics::Count::RequestCount), 10);
}

#[test]
fn a_target_that_is_registered_again_keeps_its_connections() {
    let port = free_port();
    let (begun, wait) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(true)));
    let (says, waits) = (Arc::clone(&begun), Arc::clone(&wait));
    let backend = Backend::start(move |_| {
        says.store(true, Relaxed);
        while waits.load(Relaxed) {
            std::thread::yield_now();
        }
        Reply::Bytes(ok("whole"))
    });
    let mut configuration = simple(port, vec![backend.target()]);
    let engine = engine(&configuration);
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    until("the request is at the target", || begun.load(Relaxed));
    for (revision, draining) in [(2, Some(model::Timestamp::from_millis(1))), (3, None)] {
        configuration.revision = revision;
        configuration.groups[0].targets[0].draining_since = draining;
        engine.apply(&configuration).expect("it is taken");
    }
    let observed = engine.observations();
    until("it is served", || observed.borrow().revision == 3);
    assert_eq!(observed.borrow().targets[0].active, 1, "it is the same target");
    wait.store(false, Relaxed);
    let (status, _, body) = client.response();
    assert_eq!((status, &body[..]), (200, &b"whole"[..]));
}

#[test]
fn of_two_listeners_at_one_place_the_first_listens() {
    let port = free_port();
    let mut configuration = simple(port, vec![Backend::saying("first").target()]);
    let fixed = Action::FixedResponse { status: 418, content_type: None, body: String::new() };
    let mut second = listener(port, ListenerProtocol::Http, fixed);
    second.arn = "second".to_owned();
    configuration.balancers[0].listeners.push(second);
    let engine = engine(&configuration);
    assert_eq!(get(port, "/").0, 200);
    let observed = engine.observations();
    until("it is told", || observed.borrow().listeners.len() == 2);
    let states: Vec<_> = observed
        .borrow()
        .listeners
        .iter()
        .map(|listener| (listener.arn.clone(), listener.state.clone()))
        .collect();
    let why = "another listener has this address and port".to_owned();
    assert_eq!(
        states,
        [(format!("listener-{port}"), Bound::Listening), ("second".to_owned(), Bound::Failed(why))]
    );
}
