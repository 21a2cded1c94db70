//! What HTTP can be done wrong, and what is around the chain: limits, health, pages, hosts, upgrades.

use crate::toy::{LIST_CLUSTERS, Toy, config, json, query, within};
use front::{AuthMode, BindError, Config, Limits, Origins, Server};
use std::time::{Duration, Instant};

const GET_HEALTH: &str = "GET /_longshore/health HTTP/1.1\r\nhost: localhost\r\n";

#[tokio::test]
async fn health_needs_no_signature() {
    let toy = Toy::start().await;
    let answer = toy.raw(format!("{GET_HEALTH}\r\n").as_bytes()).await;
    answer.says(200, r#"{"status":"ok","version":"#);
    answer.says(200, r#""auth":"on","store":"ok","roles":["server"]}"#);
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    let post = format!("POST{}content-length: 0\r\n\r\n", &GET_HEALTH[3..]);
    toy.raw(post.as_bytes()).await.says(403, "MissingAuthenticationToken");
}

#[tokio::test]
async fn hosts() {
    let toy = Toy::start().await;
    toy.raw(b"GET / HTTP/1.1\r\n\r\n").await.says(400, "The request has no Host header.");
    let two = b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n";
    toy.raw(two)
        .await
        .says(400, "<Code>MalformedHttpRequest</Code><Message>The request has more than one Host header.");
    toy.raw(b"GET / HTTP/1.0\r\n\r\n").await.says(403, "MissingAuthenticationToken");
}

#[tokio::test]
async fn broken_framing() {
    let toy = Toy::start().await;
    let call = json(LIST_CLUSTERS, b"{}");
    let with = |rest: &str| [call.head(toy.address), rest.as_bytes().to_vec()].concat();
    for (rest, status) in [
        ("transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 200),
        ("transfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n", 400),
        ("transfer-encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n", 400),
        ("transfer-encoding: gzip\r\n\r\n{}", 400),
        ("content-length: 2\r\ncontent-length: 5\r\n\r\n{}xyz", 400),
        ("content-length: -2\r\n\r\n{}", 400),
        ("content-length: two\r\n\r\n{}", 400),
        ("no colon\r\ncontent-length: 2\r\n\r\n{}", 400),
        ("bad\u{0}name: x\r\ncontent-length: 2\r\n\r\n{}", 400),
    ] {
        assert_eq!(toy.raw(&with(rest)).await.status, status, "{rest:?}");
    }
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello of some length"[..],
        b"GET /\r\n\r\n",
        b"\r\n\r\nx\r\n\r\n",
    ] {
        let status = toy.raw(garbage).await.status;
        assert!(matches!(status, 0 | 400), "{status}");
    }
}

/// With both, the chunks count, and what follows them is no second request.
#[tokio::test]
async fn length_and_chunks_smuggle_nothing() {
    let toy = Toy::start().await;
    let mut bytes = json(LIST_CLUSTERS, b"{}").head(toy.address);
    bytes.extend_from_slice(b"content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    bytes.extend_from_slice(GET_HEALTH.as_bytes());
    bytes.extend_from_slice(b"\r\n");
    let mut connection = toy.connect().await;
    connection.send(&bytes).await;
    let first = connection.answer().await;
    assert!(matches!(first.status, 200 | 400), "{first:?}");
    assert!(connection.is_closed().await, "the connection is not used again");
}

#[tokio::test]
async fn sizes() {
    let limits = Limits { body_bytes: 1000, header_bytes: 8 << 10, headers: 20, ..Limits::default() };
    let toy = Toy::with_limits(limits).await;
    let space = |count: usize| format!("{{}}{}", " ".repeat(count)).into_bytes();
    let (fits, long) = (space(998), space(999));
    toy.call(&json(LIST_CLUSTERS, &fits)).await.says(200, "clusterArns");
    let answer = toy.call(&json(LIST_CLUSTERS, &long)).await;
    answer.says(413, r#""__type":"RequestEntityTooLargeException""#);
    assert_eq!(answer.header("connection"), "close");
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    toy.call(&query(&long)).await.says(413, "<Code>RequestEntityTooLarge</Code>");

    // Chunked bodies do not announce their length.
    let mut bytes = json(LIST_CLUSTERS, &long).head(toy.address);
    bytes.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
    for piece in long.chunks(100) {
        bytes.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    toy.raw(&bytes).await.says(413, "RequestEntityTooLargeException");

    // One that asks first is told before it sends.
    let mut bytes = json(LIST_CLUSTERS, &long).head(toy.address);
    bytes.extend_from_slice(b"expect: 100-continue\r\ncontent-length: 5000\r\n\r\n");
    toy.raw(&bytes).await.says(413, "RequestEntityTooLargeException");

    let header = format!("{GET_HEALTH}x: {}\r\n\r\n", "a".repeat(20_000));
    assert_eq!(toy.raw(header.as_bytes()).await.status, 431);
    let many = format!("{GET_HEALTH}{}\r\n", "x: y\r\n".repeat(30));
    assert_eq!(toy.raw(many.as_bytes()).await.status, 431);
    let path = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(70_000));
    assert!(matches!(toy.raw(path.as_bytes()).await.status, 414 | 431));
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_turn() {
    let toy = Toy::start().await;
    let call = json(LIST_CLUSTERS, b"{}").bytes(toy.address);
    let health = format!("{GET_HEALTH}\r\n").into_bytes();
    let mut connection = toy.connect().await;
    connection.send(&[&call[..], &health, &call].concat()).await;
    connection.answer().await.says(200, "clusterArns");
    connection.answer().await.says(200, "status");
    connection.answer().await.says(200, "clusterArns");
}

#[tokio::test]
async fn slow_peers_are_given_up() {
    let short = Duration::from_millis(200);
    let limits = Limits { header_time: short, body_idle: short, ..Limits::default() };
    let toy = Toy::with_limits(limits).await;
    for begun in [&b""[..], b"P", b"PRI * HTTP/2", b"GET / HT", b"GET / HTTP/1.1\r\nhost: a\r\n"] {
        let mut connection = toy.connect().await;
        connection.send(begun).await;
        let since = Instant::now();
        let answer = connection.answer().await;
        assert!(matches!(answer.status, 0 | 408 | 400), "{begun:?} {answer:?}");
        assert!(since.elapsed() < Duration::from_secs(5), "{begun:?}");
    }
    let mut connection = toy.connect().await;
    let mut bytes = json(LIST_CLUSTERS, b"{}").head(toy.address);
    bytes.extend_from_slice(b"content-length: 2\r\n\r\n{");
    connection.send(&bytes).await;
    let answer = connection.answer().await;
    answer.says(408, r#""__type":"RequestTimeoutException""#);
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn pages() {
    let toy = Toy::start().await;
    let preflight = |origin: &str| {
        format!(
            "OPTIONS / HTTP/1.1\r\nhost: localhost\r\norigin: {origin}\r\naccess-control-request-method: POST\r\n\
             access-control-request-headers: x-amz-target\r\n\r\n"
        )
    };
    let answer = toy.raw(preflight("http://localhost:3000").as_bytes()).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "http://localhost:3000");
    assert_eq!(answer.header("access-control-allow-headers"), "x-amz-target");
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    let answer = toy.raw(preflight("http://evil.example").as_bytes()).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (403, ""));

    let mut call = json(LIST_CLUSTERS, b"{}");
    call.headers.push(("origin", "http://localhost:3000"));
    let answer = toy.call(&call).await;
    answer.says(200, "clusterArns");
    assert_eq!(answer.header("access-control-allow-origin"), "http://localhost:3000");
    assert!(answer.header("access-control-expose-headers").contains("x-amzn-requestid"));
    let answer = toy.call(&call.unsigned()).await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "http://localhost:3000",
        "a page may read refusals"
    );
}

#[tokio::test]
async fn without_authentication() {
    let off = Config { auth: AuthMode::Off, origins: Origins::Loopback, ..config() };
    let toy = Toy::with(off).await;
    toy.call(&json(LIST_CLUSTERS, b"{}").unsigned()).await.says(200, "clusterArns");
    toy.call(&query(crate::toy::WHO).unsigned()).await.says(200, "<Arn>arn:aws:iam::000000000000:root</Arn>");
    toy.raw(format!("{GET_HEALTH}\r\n").as_bytes()).await.says(200, r#""auth":"off""#);
    // Whatever it is signed with is not looked at.
    let mut call = json(LIST_CLUSTERS, b"{}");
    call.key = ("test", "test");
    toy.call(&call).await.says(200, "clusterArns");

    let mut page = json(LIST_CLUSTERS, b"{}").unsigned();
    page.headers.push(("origin", "http://evil.example"));
    toy.call(&page).await.says(403, "Web pages of this origin may not call this server.");
    toy.raw(b"GET /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: cross-site\r\n\r\n")
        .await
        .says(403, "Web pages of this origin");
    toy.raw(b"GET /_longshore/health HTTP/1.1\r\nhost: rebound.example\r\n\r\n")
        .await
        .says(403, "This server does not answer to this host name.");
}

#[tokio::test]
async fn without_authentication_others_cannot_reach_it() {
    let listen = "0.0.0.0:0".parse().expect("an address");
    let off = Config { auth: AuthMode::Off, listen, ..config() };
    let refused = Server::bind(crate::toy::front(off, Default::default())).await.err();
    assert!(matches!(refused, Some(BindError::Config(_))));
}

#[tokio::test]
async fn raw_routes_verify_and_upgrade() {
    let toy = Toy::start().await;
    let mut call = json("", b"");
    (call.method, call.target) = ("GET", "/echo?sendCredentials=true");
    call.headers = vec![("connection", "upgrade"), ("upgrade", "echo")];
    let mut connection = toy.connect().await;
    let bytes = [call.head(toy.address), b"\r\n".to_vec()].concat();
    connection.send(&bytes).await;
    let answer = connection.answer().await;
    assert_eq!((answer.status, answer.header("upgrade")), (101, "echo"));
    connection.send(b"hello").await;
    assert_eq!(within(connection.receive(5)).await, b"hello");
    let bytes = [call.unsigned().head(toy.address), b"\r\n".to_vec()].concat();
    toy.raw(&bytes).await.says(403, "Missing Authentication Token");
}
