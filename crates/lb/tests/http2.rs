//! Clients of HTTP/2 that are slow, cancel, or ask for too much.

mod support;

use model::balancer::*;
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
