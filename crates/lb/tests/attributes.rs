//! What the attributes of application load balancers and their listeners do, as clients and targets see it.

mod support;

use model::balancer::*;
use std::net::Ipv6Addr;
use std::time::{Duration, Instant};
use support::encrypted::{self, block, body, connect, https};
use support::*;

fn fixed(status: u16, body: &str) -> Action {
    Action::FixedResponse { status, content_type: None, body: body.to_owned() }
}

fn redirect(path: &str) -> Action {
    Action::Redirect(Redirect {
        protocol: "#{protocol}".to_owned(),
        host: "#{host}".to_owned(),
        port: "#{port}".to_owned(),
        path: path.to_owned(),
        query: "#{query}".to_owned(),
        status: 302,
    })
}

fn rule(priority: u32, path: &str, action: Action) -> Rule {
    let conditions = vec![Condition::PathPattern(vec![path.to_owned()])];
    Rule { arn: path.to_owned(), priority, conditions, actions: vec![action] }
}

/// The values of a header, whatever the case of its name.
fn values<'h>(head: &'h str, name: &str) -> Vec<&'h str> {
    let fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
}

#[test]
fn a_connection_that_is_too_old_ends_with_its_next_answer() {
    let port = free_port();
    let mut configuration = simple(port, vec![Backend::saying("x").target()]);
    configuration.balancers[0].http.client_keep_alive_seconds = 1;
    let _engine = engine(&configuration);
    let began = Instant::now();
    let mut client = Client::connect(port);
    let mut kept = 0;
    until("an answer closes", || {
        let (status, head, _) = client.get("/");
        assert_eq!(status, 200, "the last request too is answered");
        let said = values(&head, "connection");
        assert!(said == ["keep-alive"] || said == ["close"], "{head}");
        kept += usize::from(said == ["keep-alive"]);
        said == ["close"]
    });
    assert!(began.elapsed() >= Duration::from_secs(1), "not before its time");
    assert!(kept > 0, "until then it is kept");
    assert_eq!(client.rest(), b"");
    // Who comes then has a connection of his own, and its time begins anew.
    assert_eq!(values(&get(port, "/").1, "connection"), ["keep-alive"]);
}

#[test]
fn a_connection_of_http2_that_is_too_old_goes_away() {
    let port = free_port();
    let mut configuration = https(port, vec![Backend::start(|_| Reply::Silence).target()]);
    configuration.balancers[0].http.client_keep_alive_seconds = 1;
    configuration.balancers[0].listeners[0].default_actions = vec![fixed(200, "x")];
    configuration.balancers[0].listeners[0].rules = vec![encrypted::held()];
    let _engine = engine(&configuration);
    block(async {
        let began = Instant::now();
        let (stream, _) =
            connect(port, "default.example", &[b"h2"], rustls::ALL_VERSIONS).await.expect("a connection");
        let (mut sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        let ended = tokio::spawn(connection);
        let request =
            |path: &str| http::Request::get(format!("https://a.example{path}")).body(()).expect("a request");
        // While one is not answered the connection stays, and with it the last word of the load balancer.
        let (_, mut held) = sender.send_request(request(encrypted::HELD), true).expect("it is sent");
        let mut answered = 0;
        while let Ok((sent, _)) = sender.send_request(request("/"), true) {
            assert_eq!(body(sent.await.expect("a response").into_body()).await.0, b"x");
            answered += 1;
            // Far fewer than the requests after which it ends as well.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(began.elapsed() >= Duration::from_secs(1), "not before its time");
        assert!(answered > 1, "until then it is kept");
        encrypted::goes_away(sender).await;
        held.send_reset(h2::Reason::CANCEL);
        // Who writes to what is closed already ends with an error.
        let _ = ended.await.expect("no panic");
    });
}

/// Those of `routing.http.response.*.header_value`.
const RESPONSE_HEADERS: [(&str, &str); 10] = [
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("Access-Control-Allow-Origin", "https://ours.example"),
    ("Access-Control-Allow-Methods", "GET,POST"),
    ("Access-Control-Allow-Headers", "X-Ours"),
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Expose-Headers", "X-Told"),
    ("Access-Control-Max-Age", "600"),
    ("Content-Security-Policy", "default-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
];

/// A target that sets each of the headers twice, and says what it is.
fn opinionated() -> Backend {
    Backend::start(|request| {
        let own = |(name, _): &(&str, &str)| {
            format!("{}: theirs\r\n{name}: theirs too\r\n", name.to_ascii_lowercase())
        };
        let own: String = RESPONSE_HEADERS.iter().map(own).collect();
        let head =
            format!("HTTP/1.1 200 OK\r\nServer: theirs\r\nX-Own: kept\r\n{own}Content-Length: 1\r\n\r\n");
        match request.head.starts_with("HEAD") {
            true => Reply::Last(head.into_bytes()),
            false => Reply::Bytes(format!("{head}x").into_bytes()),
        }
    })
}

/// A listener that answers in each way there is.
fn adorned(configuration: &mut Configuration, headers: ResponseHeaders) {
    let listener = &mut configuration.balancers[0].listeners[0];
    listener.rules = vec![
        rule(1, "/fixed", fixed(200, "x")),
        rule(2, "/redirect", redirect("/elsewhere")),
        rule(3, "/nobody", forward(&[("none", 1)])),
    ];
    listener.response_headers = headers;
    configuration.groups.push(group("none", vec![]));
}

const WAYS: [(&str, u16, &str); 4] = [
    ("/", 200, "theirs"),
    ("/fixed", 200, "awselb/2.0"),
    ("/redirect", 302, "awselb/2.0"),
    ("/nobody", 503, "awselb/2.0"),
];

#[test]
fn every_response_has_the_listeners_headers_instead_of_its_own() {
    let set: Vec<_> =
        RESPONSE_HEADERS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let backend = opinionated();
    for server in [true, false] {
        let port = free_port();
        let mut configuration = simple(port, vec![backend.target()]);
        adorned(&mut configuration, ResponseHeaders { server, set: set.clone() });
        let _engine = engine(&configuration);
        let whole = |path: &str, status: u16, said: &str, head: &str| {
            for (name, value) in RESPONSE_HEADERS {
                assert_eq!(values(head, name), [value], "{path} {status}: {name}");
            }
            let said: &[&str] = if server { &[said] } else { &[] };
            assert_eq!(values(head, "server"), said, "{path} {status}");
        };
        for (path, status, said) in WAYS {
            let (got, head, _) = get(port, path);
            assert_eq!(got, status, "{path}");
            whole(path, status, said, &head);
            assert_eq!(values(&head, "x-own").len(), usize::from(path == "/"), "{head}");
            // An answer without a body has the same head.
            let mut client = Client::connect(port);
            client.send(format!("HEAD {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
            whole(path, status, said, &String::from_utf8(client.rest()).expect("text"));
        }
        // What is no request at all is answered too.
        let mut client = Client::connect(port);
        client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        let (status, head, _) = client.response();
        assert_eq!(status, 400);
        whole("-", status, "awselb/2.0", &head);
    }
}

#[test]
fn responses_of_http2_have_them_too_and_none_that_nobody_set() {
    let backend = opinionated();
    let one = |server| ResponseHeaders {
        server,
        set: vec![("Content-Security-Policy".to_owned(), "default-src 'self'".to_owned())],
    };
    for server in [true, false] {
        let port = free_port();
        let mut configuration = https(port, vec![backend.target()]);
        adorned(&mut configuration, one(server));
        let _engine = engine(&configuration);
        block(async {
            let mut sender = encrypted::http2(port).await;
            for (path, status, said) in WAYS {
                let uri = format!("https://a.example{path}");
                let request = http::Request::get(uri).body(()).expect("a request");
                let sent = sender.send_request(request, true).expect("it is sent").0;
                let response = sent.await.expect("a response");
                assert_eq!(response.status(), status, "{path}");
                let values = |name| response.headers().get_all(name).iter().collect::<Vec<_>>();
                assert_eq!(values("content-security-policy"), ["default-src 'self'"], "{path}");
                let said: &[&str] = if server { &[said] } else { &[] };
                assert_eq!(values("server"), said, "{path}");
                // What the target says of others stays: nobody set them here.
                let theirs: &[&str] = if path == "/" { &["theirs", "theirs too"] } else { &[] };
                assert_eq!(values("x-frame-options"), theirs, "{path}");
            }
        });
    }
}

/// What a target gets of a request with these fields.
fn received(
    attributes: &HttpAttributes,
    connect: impl Fn(u16) -> Client,
    fields: &str,
) -> (Received, std::net::SocketAddr, u16) {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let mut configuration = simple(port, vec![backend.target()]);
    configuration.balancers[0].http = attributes.clone();
    let zone = "us-east-1a".to_owned();
    configuration.balancers[0].addresses.push(Address { address: Ipv6Addr::LOCALHOST.into(), zone });
    let _engine = engine(&configuration);
    let mut client = connect(port);
    client.send(format!("GET / HTTP/1.1\r\n{fields}\r\n"));
    assert_eq!(client.response().0, 200);
    let own = client.stream.local_addr().expect("an address");
    (backend.requests().remove(0), own, port)
}

#[test]
fn header_fields_with_invalid_names_pass_unless_they_are_dropped() {
    let fields = "Host: a\r\nX_Under: 1\r\nX.Dot: 2\r\nX-Good: 3\r\n9-Digit: 4\r\n";
    for (dropped, expected) in [(false, [Some("1"), Some("2")]), (true, [None, None])] {
        let attributes = HttpAttributes { drop_invalid_header_fields: dropped, ..HttpAttributes::default() };
        let (request, ..) = received(&attributes, Client::connect, fields);
        assert_eq!(["X_Under", "X.Dot"].map(|name| request.field(name)), expected, "{dropped}");
        assert_eq!(["X-Good", "9-Digit"].map(|name| request.field(name)), [Some("3"), Some("4")]);
    }
}

#[test]
fn the_host_is_the_clients_own_where_it_is_preserved() {
    for (preserved, said, expected) in [
        (false, "a.example", "a.example:PORT"),
        (false, "a.example:81", "a.example:81"),
        (true, "a.example", "a.example"),
        (true, "A.example:81", "A.example:81"),
    ] {
        let attributes = HttpAttributes { preserve_host_header: preserved, ..HttpAttributes::default() };
        let (request, _, port) = received(&attributes, Client::connect, &format!("Host: {said}\r\n"));
        let expected = expected.replace("PORT", &port.to_string());
        assert_eq!(request.field("host"), Some(&expected[..]), "{preserved} {said}");
    }
}

fn by_ipv6(port: u16) -> Client {
    let stream = std::net::TcpStream::connect((Ipv6Addr::LOCALHOST, port)).expect("a connection");
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    Client { stream, buffer: Vec::new() }
}

#[test]
fn forwarded_for_is_appended_preserved_or_removed_and_says_the_port_where_it_is_wanted() {
    use ForwardedFor::{Append, Preserve, Remove};
    type Way = fn(u16) -> Client;
    let (v4, v6): (Way, Way) = (Client::connect, by_ipv6);
    // Of those that nothing says before, and of those that say so.
    for (mode, with_port, way, alone, after) in [
        (Append, false, v4, Some("127.0.0.1"), Some("192.0.2.1, 127.0.0.1")),
        (Append, true, v4, Some("127.0.0.1:PORT"), Some("192.0.2.1, 127.0.0.1:PORT")),
        (Append, false, v6, Some("::1"), Some("192.0.2.1, ::1")),
        (Append, true, v6, Some("[::1]:PORT"), Some("192.0.2.1, [::1]:PORT")),
        (Preserve, false, v4, None, Some("192.0.2.1")),
        (Preserve, true, v4, None, Some("192.0.2.1")),
        (Remove, false, v4, None, None),
        (Remove, true, v6, None, None),
    ] {
        let attributes = HttpAttributes {
            forwarded_for: mode,
            forwarded_for_port: with_port,
            ..HttpAttributes::default()
        };
        for (fields, expected) in
            [("Host: a\r\n", alone), ("Host: a\r\nX-Forwarded-For: 192.0.2.1\r\n", after)]
        {
            let (request, own, port) = received(&attributes, way, fields);
            let expected = expected.map(|text| text.replace("PORT", &own.port().to_string()));
            let got = values(&request.head, "x-forwarded-for");
            assert_eq!(got, expected.iter().collect::<Vec<_>>(), "{mode:?} {with_port}");
            assert_eq!(request.field("x-forwarded-port"), Some(&port.to_string()[..]));
        }
    }
}

#[test]
fn a_redirect_to_a_url_that_is_too_long_is_507() {
    let port = free_port();
    let mut configuration = simple(port, vec![]);
    configuration.balancers[0].listeners[0].default_actions = vec![redirect("/#{path}/#{path}")];
    let _engine = engine(&configuration);
    // `http://a.example:PORT/` and the path twice.
    let room = 8192 - format!("http://a.example:{port}//").len();
    let mut client = Client::connect(port);
    let (status, head, _) = client.get(&format!("/{}", "p".repeat(room / 2)));
    assert_eq!(status, 302);
    assert_eq!(values(&head, "location")[0].len(), 8192 - room % 2);
    let (status, head, body) = client.get(&format!("/{}", "p".repeat(room / 2 + 1)));
    assert_eq!(status, 507);
    assert!(head.starts_with("HTTP/1.1 507 Insufficient Storage\r\n"), "{head}");
    assert_eq!(values(&head, "location"), [""; 0]);
    assert!(find(&body, b"<title>507 ").is_some());
    assert_eq!(client.get("/short").0, 302, "the connection goes on");
}
