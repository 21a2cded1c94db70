//! Clients of HTTP/2 that are slow, cancel, or ask for too much.

mod support;

use model::balancer::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use support::encrypted::*;
use support::*;

fn request(path: &str) -> http::Request<()> {
    http::Request::get(format!("https://a.example{path}")).body(()).expect("a request")
}

fn rule(path: &str, action: Action) -> Rule {
    Rule {
        arn: path.to_owned(),
        priority: 1,
        conditions: vec![Condition::PathPattern(vec![path.to_owned()])],
        actions: vec![action],
    }
}

#[test]
fn a_silent_target_is_504_however_busy_the_connection_is() {
    let port = free_port();
    let mut configuration = https(port, vec![Backend::saying("x").target()]);
    configuration.groups.push(group("silent", vec![Backend::start(|_| Reply::Silence).target()]));
    configuration.balancers[0].http.idle_timeout_seconds = 1;
    configuration.balancers[0].listeners[0].rules = vec![rule("/silent", forward(&[("silent", 1)]))];
    let _engine = engine(&configuration);
    block(async {
        let mut sender = http2(port).await;
        let (mut silent, _) = sender.send_request(request("/silent"), true).expect("it is sent");
        loop {
            // Something moves on the connection all the time.
            let (busy, _) = sender.send_request(request("/"), true).expect("it is sent");
            let busy = tokio::select! {
                biased;
                answer = &mut silent => {
                    assert_eq!(answer.expect("a response").status(), 504);
                    return;
                }
                busy = busy => busy.expect("a response"),
            };
            assert_eq!(busy.status(), 200);
        }
    });
}

#[test]
fn a_client_that_makes_no_room_for_an_answer_is_not_waited_for() {
    let port = free_port();
    let mut configuration = https(port, vec![]);
    configuration.balancers[0].http.idle_timeout_seconds = 1;
    let body = "a".repeat(1000);
    configuration.balancers[0].listeners[0].default_actions =
        vec![Action::FixedResponse { status: 200, content_type: None, body }];
    let _engine = engine(&configuration);
    block(async {
        let (stream, _) =
            connect(port, "default.example", &[b"h2"], rustls::ALL_VERSIONS).await.expect("a connection");
        let (sender, connection) = h2::client::Builder::new()
            .initial_window_size(10)
            .handshake::<_, bytes::Bytes>(stream)
            .await
            .expect("HTTP/2");
        tokio::spawn(connection);
        let mut sender = sender.ready().await.expect("it is ready");
        let (response, _) = sender.send_request(request("/"), true).expect("it is sent");
        let mut body = response.await.expect("a head").into_body();
        // The window is never opened again.
        assert_eq!(body.data().await.expect("a part").expect("a part").len(), 10);
        let error = body.data().await.expect("an end").expect_err("a reset");
        assert_eq!(error.reason(), Some(h2::Reason::INTERNAL_ERROR));
    });
}

#[test]
fn what_a_client_cancels_is_over_for_the_target_too() {
    let (port, backend) = (free_port(), Backend::start(|_| Reply::Silence));
    let engine = engine(&https(port, vec![backend.target()]));
    let active = || engine.observations().borrow().targets[0].active;
    block(async {
        let mut sender = http2(port).await;
        let mut sent = Vec::new();
        for _ in 0..20 {
            sent.push(sender.send_request(request("/"), true).expect("it is sent"));
        }
        tokio::task::block_in_place(|| until("the target has them", || active() == 20));
        for (_, stream) in &mut sent {
            stream.send_reset(h2::Reason::CANCEL);
        }
        tokio::task::block_in_place(|| until("they are over", || active() == 0));
        drop(sent);
    });
    let counters = engine.counters(BALANCER).expect("it is served");
    until("they are counted", || counters.get(lb::metrics::Count::HTTPCode_ELB_4XX_Count) == 20);
}

#[test]
fn streams_that_are_reset_at_once_pile_up_nowhere() {
    let (port, backend) = (free_port(), Backend::start(|_| Reply::Silence));
    let engine = engine(&https(port, vec![backend.target()]));
    block(async {
        let mut sender = http2(port).await;
        for _ in 0..2000 {
            // A connection that was ended for it is as good.
            let Ok(ready) = sender.ready().await else { break };
            sender = ready;
            let Ok((_, mut stream)) = sender.send_request(request("/"), true) else { break };
            stream.send_reset(h2::Reason::CANCEL);
        }
    });
    let observed = engine.observations();
    until("nothing is left", || observed.borrow().targets[0].active == 0);
    let counters = engine.counters(BALANCER).expect("it is served");
    until("the connection is over", || counters.active() == 0);
}

#[test]
fn a_body_where_none_belongs_is_examined_here_too() {
    let backend = Backend::saying("x");
    for (mode, expected) in [(DesyncMitigation::Strictest, 400), (DesyncMitigation::Defensive, 200)] {
        let mut configuration = https(free_port(), vec![backend.target()]);
        let port = configuration.balancers[0].listeners[0].port;
        configuration.balancers[0].http.desync_mitigation = mode;
        let _engine = engine(&configuration);
        block(async {
            let mut sender = http2(port).await;
            let (response, mut stream) = sender.send_request(request("/"), false).expect("it is sent");
            stream.send_data("abc".into(), true).expect("it is sent");
            assert_eq!(response.await.expect("a response").status(), expected, "{mode:?}");
            if expected == 200 {
                let (response, _) = sender.send_request(request("/"), true).expect("it is sent");
                assert_eq!(response.await.expect("a response").status(), 200);
            }
        });
    }
    let connections: Vec<usize> = backend.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 1], "an ambiguous request ends its connection to the target");
}

#[test]
fn grpc_does_not_fit_into_http1() {
    let port = free_port();
    let _engine = engine(&https(port, vec![Backend::saying("x").target()]));
    block(async {
        let mut sender = http2(port).await;
        let request = http::Request::post("https://a.example/Service/Method")
            .header("content-type", "application/grpc+proto")
            .body(())
            .expect("a request");
        let (response, _) = sender.send_request(request, true).expect("it is sent");
        assert_eq!(response.await.expect("a response").status().as_u16(), 464);
    });
}

#[test]
fn a_reset_stream_is_the_client_s_too_where_the_group_says_so() {
    let port = free_port();
    block(async {
        let (address, go_on) = target_that_resets().await;
        let mut configuration = to_http2(port, address);
        configuration.groups[0].forward_resets = true;
        let engine = engine(&configuration);
        let mut sender = http2(port).await;
        let reason = async |sender: &mut h2::client::SendRequest<bytes::Bytes>, path| {
            let answered = sender.send_request(request(path), true).expect("it is sent").0.await;
            match answered {
                Err(error) => error.reason(),
                Ok(answer) if answer.status() == 200 => {
                    go_on.notify_one();
                    let cut = answer.into_body().data().await;
                    cut.and_then(Result::err).and_then(|error| error.reason())
                }
                Ok(answer) => panic!("{answer:?}"),
            }
        };
        assert_eq!(reason(&mut sender, "/calm").await, Some(h2::Reason::ENHANCE_YOUR_CALM));
        assert_eq!(reason(&mut sender, "/begun").await, Some(h2::Reason::ENHANCE_YOUR_CALM));
        // Nobody is told where the group does not say so.
        configuration.revision += 1;
        configuration.groups[0].forward_resets = false;
        engine.apply(&configuration).expect("it is served");
        let answered = sender.send_request(request("/calm"), true).expect("it is sent").0.await;
        assert_eq!(answered.expect("an answer").status(), 502);
        assert_eq!(reason(&mut sender, "/begun").await, Some(h2::Reason::INTERNAL_ERROR));
    });
}

/// A target of HTTP/2 that resets what it is asked for: at once, or `/begun` after it has begun to answer and is told to go on.
async fn target_that_resets() -> (std::net::SocketAddr, Arc<tokio::sync::Notify>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let go_on = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&go_on);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let told = Arc::clone(&told);
            tokio::spawn(async move {
                let Ok(mut connection) = h2::server::handshake(stream).await else { return };
                while let Some(Ok((request, mut respond))) = connection.accept().await {
                    if request.uri().path() != "/begun" {
                        respond.send_reset(h2::Reason::ENHANCE_YOUR_CALM);
                        continue;
                    }
                    let begun = respond.send_response(http::Response::new(()), false);
                    let mut stream = begun.expect("it is sent");
                    let told = Arc::clone(&told);
                    tokio::spawn(async move {
                        told.notified().await;
                        stream.send_reset(h2::Reason::ENHANCE_YOUR_CALM);
                    });
                }
            });
        }
    });
    (address, go_on)
}

/// A target of HTTP/2 that says nothing to `/silent`, and how many connections it got.
async fn target_of_http2() -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Relaxed);
            tokio::spawn(async move {
                let Ok(mut connection) = h2::server::handshake(stream).await else { return };
                let mut held = Vec::new();
                while let Some(Ok((request, mut respond))) = connection.accept().await {
                    if request.uri().path() == "/silent" {
                        held.push(respond);
                    } else {
                        respond.send_response(http::Response::new(()), true).expect("it is sent");
                    }
                }
            });
        }
    });
    (address, connections)
}

fn to_http2(port: u16, address: std::net::SocketAddr) -> Configuration {
    let mut configuration = https(port, vec![target(address)]);
    configuration.groups[0].protocol_version = ProtocolVersion::Http2;
    configuration
}

#[test]
fn many_who_come_at_once_share_one_connection_to_a_target() {
    let port = free_port();
    block(async {
        let (address, connections) = target_of_http2().await;
        let _engine = engine(&to_http2(port, address));
        let mut sender = http2(port).await;
        let sent: Vec<_> =
            (0..50).map(|_| sender.send_request(request("/"), true).expect("it is sent").0).collect();
        for response in sent {
            assert_eq!(response.await.expect("a response").status(), 200);
        }
        assert_eq!(connections.load(Relaxed), 1);
    });
}

#[test]
fn a_target_that_goes_away_costs_no_request() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let port = free_port();
    block(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let _engine = engine(&to_http2(port, listener.local_addr().expect("an address")));
        let mut sender = http2(port).await;
        let message = http::Request::post("https://a.example/").body(()).expect("a request");
        let (response, _) = sender.send_request(message, true).expect("it is sent");
        // By hand: the request is read, and GOAWAY says that no stream was processed.
        let (mut first, _) = listener.accept().await.expect("a connection");
        first.write_all(b"\0\0\0\x04\0\0\0\0\0").await.expect("settings");
        let mut preface = [0; 24];
        first.read_exact(&mut preface).await.expect("a preface");
        loop {
            let mut frame = [0; 9];
            first.read_exact(&mut frame).await.expect("a frame");
            let length = u32::from_be_bytes([0, frame[0], frame[1], frame[2]]);
            first.read_exact(&mut vec![0; length as usize]).await.expect("its payload");
            if frame[3] == 1 {
                break;
            }
        }
        first.write_all(b"\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\0").await.expect("it is sent");
        let (second, _) = listener.accept().await.expect("another connection");
        let mut connection = h2::server::handshake(second).await.expect("HTTP/2");
        let serving = async {
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                respond.send_response(http::Response::new(()), true).expect("it is sent");
            }
        };
        tokio::select! {
            response = response => assert_eq!(response.expect("a response").status(), 200),
            () = serving => panic!("the second connection ended"),
        }
        drop(first);
    });
}

#[test]
fn what_moves_on_a_shared_connection_is_not_every_clients() {
    let port = free_port();
    block(async {
        let (address, _) = target_of_http2().await;
        let mut configuration = to_http2(port, address);
        configuration.balancers[0].http.idle_timeout_seconds = 1;
        let _engine = engine(&configuration);
        let mut sender = http2(port).await;
        // The first request opens the connection to the target.
        let (mut silent, _) = sender.send_request(request("/silent"), true).expect("it is sent");
        loop {
            let (busy, _) = sender.send_request(request("/"), true).expect("it is sent");
            tokio::select! {
                biased;
                answer = &mut silent => {
                    assert_eq!(answer.expect("a response").status(), 504);
                    return;
                }
                busy = busy => assert_eq!(busy.expect("a response").status(), 200),
            }
        }
    });
}
