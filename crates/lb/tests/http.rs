//! Requests of HTTP/1.1 through an engine, over real sockets.

mod support;

use model::balancer::*;
use support::*;

#[test]
fn a_request_reaches_a_target_and_its_answer_the_client() {
    let (port, backend) = (free_port(), Backend::saying("hello"));
    let engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    for _ in 0..3 {
        client.send("GET /a?b HTTP/1.1\r\nHost: a.example\r\nConnection: X-Secret\r\nX-Secret: 1\r\nx-amzn-trace-id: Root=1-2-3\r\n\r\n");
        let (status, head, body) = client.response();
        assert_eq!((status, &body[..]), (200, &b"hello"[..]));
        assert!(head.contains("Connection: keep-alive\r\n"), "{head}");
    }
    let requests = backend.requests();
    assert_eq!(
        requests.iter().map(|request| (request.connection, request.number)).collect::<Vec<_>>(),
        [(0, 0), (0, 1), (0, 2)]
    );
    let request = &requests[0];
    assert!(request.head.starts_with("GET /a?b HTTP/1.1\r\n"));
    assert_eq!(request.field("host"), Some(&format!("a.example:{port}")[..]));
    assert_eq!(request.field("x-forwarded-for"), Some("127.0.0.1"));
    assert_eq!(request.field("x-forwarded-proto"), Some("http"));
    assert_eq!(request.field("x-forwarded-port"), Some(&port.to_string()[..]));
    assert!(
        request
            .field("x-amzn-trace-id")
            .is_some_and(|trace| trace.starts_with("Self=1-") && trace.ends_with(";Root=1-2-3"))
    );
    assert_eq!((request.field("x-secret"), request.field("connection")), (None, None));
    let counters = engine.counters(BALANCER).expect("it is served");
    assert_eq!(counters.get(lb::metrics::Count::RequestCount), 3);
    until("the answers are counted", || counters.get(lb::metrics::Count::HTTPCode_Target_2XX_Count) == 3);
}

#[test]
fn bodies_pass_in_both_directions_with_either_framing() {
    let port = free_port();
    let backend = Backend::start(|request| {
        let mut answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for part in request.body.chunks(70_000) {
            answer.extend_from_slice(format!("{:x}\r\n", part.len()).as_bytes());
            answer.extend_from_slice(part);
            answer.extend_from_slice(b"\r\n");
        }
        answer.extend_from_slice(b"0\r\n\r\n");
        Reply::Bytes(answer)
    });
    let _engine = engine(&simple(port, vec![backend.target()]));
    let body: Vec<u8> = (0..1_000_000_u32).map(|at| at as u8).collect();
    let mut client = Client::connect(port);
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", body.len()));
    client.send(&body);
    assert!(client.response().2 == body);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
    assert_eq!(client.response().2, b"abcdefg");
    assert_eq!(backend.requests()[1].field("transfer-encoding"), Some("chunked"));
    // What is pipelined is answered in its order.
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n2");
    assert_eq!((client.response().2, client.response().2), (b"1".to_vec(), b"2".to_vec()));
}

#[test]
fn responses_without_a_body_and_until_the_end() {
    let port = free_port();
    let backend = Backend::start(|request| match request.head.split(' ').next() {
        Some("HEAD") => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".to_vec()),
        Some("PUT") => Reply::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        _ => Reply::Last(b"HTTP/1.0 200 OK\r\n\r\nuntil the end".to_vec()),
    });
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nPUT / HTTP/1.1\r\nHost: a\r\n\r\n");
    until("both answers", || {
        client.stream.set_nonblocking(true).expect("a mode");
        let mut part = [0; 4096];
        if let Ok(count) = std::io::Read::read(&mut client.stream, &mut part) {
            client.buffer.extend_from_slice(&part[..count]);
        }
        client.stream.set_nonblocking(false).expect("a mode");
        String::from_utf8_lossy(&client.buffer).matches("\r\n\r\n").count() == 2
    });
    let text = String::from_utf8(std::mem::take(&mut client.buffer)).expect("text");
    assert!(text.contains("Content-Length: 5\r\n") && text.contains("HTTP/1.1 204 No Content\r\n"), "{text}");
    let (_, head, body) = client.get("/");
    assert!(head.contains("Transfer-Encoding: chunked"), "{head}");
    assert_eq!(body, b"until the end");
    // HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
    let mut old = Client::connect(port);
    old.send("GET / HTTP/1.0\r\n\r\n");
    let rest = String::from_utf8(old.rest()).expect("text");
    assert!(rest.ends_with("\r\n\r\nuntil the end") && rest.contains("Connection: close"), "{rest}");
}

#[test]
fn a_client_waits_for_100_before_it_sends() {
    let port = free_port();
    let backend = Backend::start(|request| Reply::Bytes(ok(&String::from_utf8_lossy(&request.body))));
    // The target of this test reads the body before it answers, so the interim answer comes from one that knows better.
    let knowing = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = knowing.local_addr().expect("an address");
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut stream, _) = knowing.accept().expect("a connection");
        let mut head = Vec::new();
        while find(&head, b"\r\n\r\n").is_none() {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a head");
            head.push(byte[0]);
        }
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").expect("it is sent");
        let mut body = [0; 5];
        stream.read_exact(&mut body).expect("a body");
        stream.write_all(&ok(&String::from_utf8_lossy(&body))).expect("it is sent");
    });
    let _engine = engine(&simple(port, vec![target(address)]));
    let mut client = Client::connect(port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(client.response().0, 100);
    client.send("hello");
    let (status, _, body) = client.response();
    assert_eq!((status, &body[..]), (200, &b"hello"[..]));
    drop(backend);
}

#[test]
fn a_websocket_becomes_a_tunnel() {
    let port = free_port();
    let backend = Backend::start(|_| {
        Reply::Echo(
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst"
                .to_vec(),
        )
    });
    let engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\nsecond",
    );
    let (status, head, _) = client.response();
    assert_eq!(status, 101);
    assert!(head.contains("Connection: Upgrade\r\n") && head.contains("Upgrade: websocket\r\n"), "{head}");
    client.stream.shutdown(std::net::Shutdown::Write).expect("it ends");
    assert_eq!(client.rest(), b"firstsecond");
    assert_eq!(backend.requests()[0].field("upgrade"), Some("websocket"));
    let gone = || engine.observations().borrow().targets.iter().all(|target| target.active == 0);
    until("the target is free", gone);
}

#[test]
fn errors_as_aws_documents_them() {
    let (port, empty, refused, silent, broken) =
        (free_port(), free_port(), free_port(), free_port(), free_port());
    let mut configuration = simple(port, vec![Backend::saying("x").target()]);
    let balancer = &mut configuration.balancers[0];
    balancer.http.idle_timeout_seconds = 1;
    for (port, group) in [(empty, "empty"), (refused, "refused"), (silent, "silent"), (broken, "broken")] {
        balancer.listeners.push(listener(port, ListenerProtocol::Http, forward(&[(group, 1)])));
    }
    let nobody = target(([127, 0, 0, 1], free_port()).into());
    let breaking = Backend::start(|request| {
        Reply::Last(if request.head.contains("/malformed") {
            b"no HTTP\r\n\r\n".to_vec()
        } else {
            Vec::new()
        })
    });
    configuration.groups.extend([
        group("empty", vec![]),
        group("refused", vec![nobody]),
        group("silent", vec![Backend::start(|_| Reply::Silence).target()]),
        group("broken", vec![breaking.target()]),
    ]);
    let engine = engine(&configuration);
    for (port, path, expected) in [
        (empty, "/", 503),
        (refused, "/", 502),
        (silent, "/", 504),
        (broken, "/", 502),
        (broken, "/malformed", 502),
    ] {
        let (status, head, body) = get(port, path);
        assert_eq!(status, expected, "{path}");
        assert!(head.contains("Server: awselb/2.0\r\n") && head.contains("Date: "), "{head}");
        assert!(find(&body, format!("<title>{expected} ").as_bytes()).is_some());
    }
    let mut client = Client::connect(port);
    client.send("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.response().0, 405);
    client.send(format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {}\r\n\r\n",
        ["10.0.0.1"; 31].join(", ")
    ));
    assert_eq!(client.response().0, 463);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("the counts", || counters.get(lb::metrics::Count::HTTPCode_ELB_4XX_Count) == 2);
    assert_eq!(counters.get(lb::metrics::Count::HTTPCode_ELB_502_Count), 3);
    assert_eq!(counters.get(lb::metrics::Count::HTTPCode_ELB_504_Count), 1);
    assert_eq!(counters.get(lb::metrics::Count::TargetConnectionErrorCount), 1);
}

#[test]
fn a_body_that_is_cut_ends_the_clients_connection() {
    let port = free_port();
    let backend =
        Backend::start(|_| Reply::Last(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec()));
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.rest().ends_with(b"\r\n\r\nhalf"));
}

#[test]
fn a_body_that_is_cut_is_not_taken_for_whole_by_old_clients() {
    let port = free_port();
    let backend = Backend::start(|_| {
        Reply::Last(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n".to_vec())
    });
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.0\r\n\r\n");
    let mut all = Vec::new();
    let ended = std::io::Read::read_to_end(&mut client.stream, &mut all);
    assert_eq!(ended.expect_err("a reset").kind(), std::io::ErrorKind::ConnectionReset);
}

#[test]
fn a_connection_that_a_target_closed_meanwhile_costs_no_request() {
    let port = free_port();
    // Each connection of the target carries one request and then ends without a word.
    let backend =
        Backend::start(
            |request| {
                if request.number == 0 { Reply::Bytes(ok("x")) } else { Reply::Last(Vec::new()) }
            },
        );
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    for _ in 0..5 {
        assert_eq!(client.get("/").0, 200);
    }
    // What may not be sent twice is not.
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    assert_eq!(client.response().0, 502);
}

#[test]
fn slow_and_silent_clients_are_not_waited_for() {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let mut configuration = simple(port, vec![backend.target()]);
    configuration.balancers[0].http.idle_timeout_seconds = 1;
    let _engine = engine(&configuration);
    let mut silent = Client::connect(port);
    assert_eq!(silent.rest(), b"", "an idle connection ends without a word");
    let mut slow = Client::connect(port);
    let begun = std::time::Instant::now();
    // A byte now and then keeps nobody alive: the head has to be whole in time.
    for byte in b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
        if std::io::Write::write_all(&mut slow.stream, &[*byte]).is_err() {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(40));
    }
    let answer = String::from_utf8(slow.rest()).unwrap_or_default();
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    assert!(begun.elapsed() < DEADLINE);
    assert_eq!(backend.requests().len(), 0);
}

#[test]
fn a_client_that_leaves_is_noticed() {
    let (port, backend) = (free_port(), Backend::start(|_| Reply::Silence));
    let engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    until("the request is at the target", || backend.requests().len() == 1);
    drop(client);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("460 is counted", || counters.get(lb::metrics::Count::HTTPCode_ELB_4XX_Count) == 1);
}

#[test]
fn a_client_that_leaves_before_its_answer_is_noticed_however_soon_that_comes() {
    let (answer, left) = std::sync::mpsc::channel::<()>();
    let left = std::sync::Mutex::new(left);
    let (port, backend) = (
        free_port(),
        Backend::start(move |_| {
            left.lock().expect("no panic").recv().expect("the client left");
            Reply::Bytes(ok("late"))
        }),
    );
    let engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    until("the request is at the target", || backend.requests().len() == 1);
    drop(client);
    answer.send(()).expect("it waits");
    let counters = engine.counters(BALANCER).expect("it is served");
    until("460 is counted", || counters.get(lb::metrics::Count::HTTPCode_ELB_4XX_Count) == 1);
    assert_eq!(counters.get(lb::metrics::Count::HTTPCode_Target_2XX_Count), 0);
}

#[test]
fn who_says_that_nothing_follows_is_not_waited_for() {
    use std::io::Write as _;
    let (port, backend) = (free_port(), Backend::saying("hello"));
    let _engine = engine(&simple(port, vec![backend.target()]));
    for last in ["HTTP/1.1\r\nHost: a\r\nConnection: close", "HTTP/1.0\r\nHost: a"] {
        let mut client = Client::connect(port);
        client.send(format!("GET / {last}\r\n\r\n"));
        assert!(client.rest().ends_with(b"\r\n\r\nhello"), "{last}");
        // Nobody takes what comes all the same: the second write meets what the first one was answered.
        client.send("x");
        assert!(client.stream.write_all(b"x").is_err(), "{last}");
    }
    // Old clients send another line after a body: that costs nobody the answer.
    let mut client = Client::connect(port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab");
    assert_eq!(client.response().2, b"hello");
    client.stream.write_all(b"\r\n").expect("it is taken");
    assert_eq!(client.rest(), b"");
}

#[test]
fn a_client_that_reads_nothing_is_not_waited_for() {
    let port = free_port();
    let mut configuration = simple(port, vec![]);
    configuration.balancers[0].http.idle_timeout_seconds = 1;
    // More than the sockets between the two take.
    let body = "a".repeat(32 << 20);
    configuration.balancers[0].listeners[0].default_actions =
        vec![Action::FixedResponse { status: 200, content_type: None, body }];
    let engine = engine(&configuration);
    let counters = engine.counters(BALANCER).expect("it is served");
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    until("it is served", || counters.active() == 1);
    until("it is given up", || counters.active() == 0);
    drop(client);
}

#[test]
fn a_client_that_reads_no_interim_answers_is_not_waited_for() {
    use std::io::{Read as _, Write as _};
    let port = free_port();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        assert!(stream.read(&mut [0; 4096]).expect("a request") > 0);
        // Large ones, each no more than a head may be, until nobody takes them.
        let interim = format!("HTTP/1.1 103 Early Hints\r\nLink: {}\r\n\r\n", "a".repeat(15 * 1024));
        while stream.write_all(interim.as_bytes()).is_ok() {}
    });
    let mut configuration = simple(port, vec![target(address)]);
    configuration.balancers[0].http.idle_timeout_seconds = 1;
    let engine = engine(&configuration);
    let counters = engine.counters(BALANCER).expect("it is served");
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    until("it is served", || counters.active() == 1);
    until("it is given up", || counters.active() == 0);
    drop(client);
}

#[test]
fn a_target_neither_switches_protocols_unasked_nor_answers_for_ever() {
    let port = free_port();
    let backend = Backend::start(|request| {
        Reply::Bytes(if request.head.contains("/unasked") {
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n".to_vec()
        } else {
            [b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000), ok("in the end")].concat()
        })
    });
    let _engine = engine(&simple(port, vec![backend.target()]));
    assert_eq!(get(port, "/unasked").0, 502);
    let mut client = Client::connect(port);
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    let statuses: Vec<u16> = std::iter::from_fn(|| Some(client.response().0)).take(65).collect();
    assert!(statuses[..64].iter().all(|status| *status == 103));
    assert_eq!(statuses[64], 502);
}

#[test]
fn interim_answers_carry_nothing_of_the_connection() {
    let port = free_port();
    let backend = Backend::start(|_| {
        Reply::Bytes(
            [
                &b"HTTP/1.1 103 Early Hints\r\nConnection: X-Hop\r\nX-Hop: 1\r\nContent-Length: 9\r\nLink: a\r\n\r\n"[..],
                &ok("x"),
            ]
            .concat(),
        )
    });
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let (status, head, _) = client.response();
    assert_eq!((status, &head[..]), (103, "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"));
    assert_eq!(client.response().0, 200);
}

#[test]
fn whoever_does_not_send_the_body_it_announced_is_told_so() {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let mut configuration = simple(port, vec![backend.target()]);
    configuration.balancers[0].http.idle_timeout_seconds = 1;
    let engine = engine(&configuration);
    for text in [
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ] {
        let mut client = Client::connect(port);
        client.send(text);
        let (status, head, _) = client.response();
        assert_eq!(status, 408, "{head}");
        assert!(head.contains("Connection: close\r\n"), "{head}");
    }
    let counters = engine.counters(BALANCER).expect("it is served");
    until("it is counted", || counters.get(lb::metrics::Count::HTTPCode_ELB_4XX_Count) == 2);
    assert_eq!(counters.get(lb::metrics::Count::HTTPCode_ELB_5XX_Count), 0);
}

#[test]
fn those_who_name_no_host_get_one() {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.0\r\n\r\n");
    assert_eq!(client.response().0, 200);
    assert_eq!(backend.requests()[0].field("host"), Some(&format!("127.0.0.1:{port}")[..]));
}

#[test]
fn what_has_no_body_has_no_length() {
    let (port, fixed) = (free_port(), free_port());
    let backend = Backend::start(|_| {
        Reply::Bytes(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nA: b\r\n\r\n".to_vec())
    });
    let mut configuration = simple(port, vec![backend.target()]);
    let body = "nothing".to_owned();
    let action = Action::FixedResponse { status: 204, content_type: None, body };
    configuration.balancers[0].listeners.push(listener(fixed, ListenerProtocol::Http, action));
    let _engine = engine(&configuration);
    for port in [port, fixed] {
        let mut client = Client::connect(port);
        for _ in 0..2 {
            // A length would have the second answer taken for the body of the first.
            let (status, head, _) = client.get("/");
            assert_eq!(status, 204);
            assert!(!head.contains("Content-Length"), "{head}");
        }
    }
}

#[test]
fn a_connection_waits_no_longer_than_its_target_keeps_it() {
    let port = free_port();
    let backend = Backend::start(|request| {
        let seconds = if request.head.contains("/long") { 60 } else { 0 };
        let text =
            format!("HTTP/1.1 200 OK\r\nKeep-Alive: max=5, timeout={seconds}\r\nContent-Length: 0\r\n\r\n");
        Reply::Bytes(text.into_bytes())
    });
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    for path in ["/long", "/short", "/long"] {
        assert_eq!(client.get(path).0, 200);
    }
    let connections: Vec<usize> = backend.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
}

#[test]
fn only_the_bytes_of_a_refused_request_are_counted_as_its_own() {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let engine = engine(&simple(port, vec![backend.target()]));
    let counters = engine.counters(BALANCER).expect("it is served");
    let processed = || counters.get(lb::metrics::Count::ProcessedBytes);
    let mut client = Client::connect(port);
    let (first, second) = ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n");
    client.send(first);
    let (_, head, body) = client.response();
    let of_first = (first.len() + head.len() + body.len()) as u64;
    until("the first is counted", || processed() == of_first);
    client.send(second);
    let (status, head, body) = client.response();
    assert_eq!(status, 400);
    let of_second = (second.len() + head.len() + body.len()) as u64;
    until("the second is counted", || processed() > of_first);
    assert_eq!(processed(), of_first + of_second);
}

#[test]
fn what_cannot_be_passed_on_is_no_answer_of_the_target() {
    let port = free_port();
    let backend = Backend::start(|request| {
        Reply::Last(if request.head.contains("/status") {
            b"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n".to_vec()
        } else {
            b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n".to_vec()
        })
    });
    let engine = engine(&simple(port, vec![backend.target()]));
    assert_eq!((get(port, "/status").0, get(port, "/length").0), (502, 502));
    let counters = engine.counters(BALANCER).expect("it is served");
    until("they are counted", || counters.get(lb::metrics::Count::HTTPCode_ELB_502_Count) == 2);
    assert_eq!(counters.get(lb::metrics::Count::HTTPCode_Target_2XX_Count), 0);
}
