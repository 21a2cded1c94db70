//! Many at once, stopping, and calls from inside.

use crate::toy::{Call, Ecs, LIST_CLUSTERS, LIST_TASKS, Toy, config, front, json, scope, within};
use api::ecs::{ListClustersRequest, ListClustersResponse};
use api::logs::{LiveTailSessionLogEvent, LiveTailSessionUpdate, StartLiveTailResponseStream};
use auth::{Identity, Principal, Timestamp};
use bytes::Bytes;
use front::{Limits, Loopback};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_connections_at_once() {
    let toy = Arc::new(Toy::start().await);
    let calls = (0..64).map(|_| {
        let toy = Arc::clone(&toy);
        tokio::spawn(async move {
            let mut connection = toy.connect().await;
            let mut ids = Vec::new();
            for _ in 0..20 {
                connection.send(&json(LIST_CLUSTERS, b"{}").bytes(toy.address)).await;
                let answer = connection.answer().await;
                answer.says(200, "clusterArns");
                ids.push(answer.header("x-amzn-requestid").to_owned());
            }
            ids
        })
    });
    let mut ids = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        ids.extend(within(call).await.expect("it did not panic"));
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((all, ids.len()), (1280, 1280), "every answer has an id of its own");
}

#[tokio::test]
async fn connections_beyond_the_limit_wait() {
    let toy = Toy::with_limits(Limits { connections: 1, ..Limits::default() }).await;
    let call = json(LIST_CLUSTERS, b"{}").bytes(toy.address);
    let mut first = toy.connect().await;
    first.send(&call).await;
    first.answer().await.says(200, "clusterArns");
    let mut second = toy.connect().await;
    second.send(&call).await;
    first.send(&call).await;
    first.answer().await.says(200, "clusterArns");
    drop(first);
    second.answer().await.says(200, "clusterArns");
}

#[tokio::test]
async fn http_2_with_prior_knowledge() {
    let toy = Toy::start().await;
    let stream = TcpStream::connect(toy.address).await.expect("it listens");
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .expect("HTTP/2");
    tokio::spawn(connection);
    let call = json(LIST_CLUSTERS, b"{}");
    for signed in [true, false] {
        let mut request = http::Request::post(format!("http://{}/", toy.address))
            .body(Full::new(Bytes::from_static(b"{}")))
            .expect("a request");
        let mut headers = Call { signed, ..call.clone() }.headers(toy.address);
        // The authority has the host.
        headers.remove("host");
        *request.headers_mut() = headers;
        let response = within(sender.send_request(request)).await.expect("an answer");
        assert_eq!(response.status().as_u16(), if signed { 200 } else { 400 });
        let body = within(response.into_body().collect()).await.expect("a body").to_bytes();
        let text = if signed { "clusterArns" } else { "MissingAuthenticationTokenException" };
        assert!(String::from_utf8_lossy(&body).contains(text));
    }
}

#[tokio::test]
async fn a_stop_lets_requests_in_flight_end() {
    let mut toy = Toy::start().await;
    let mut idle = toy.connect().await;
    idle.send(&json(LIST_CLUSTERS, b"{}").bytes(toy.address)).await;
    idle.answer().await.says(200, "clusterArns");
    let mut busy = toy.connect().await;
    busy.send(&json(LIST_TASKS, b"{}").bytes(toy.address)).await;
    within(toy.ecs.waiting.notified()).await;
    toy.begin_stop();
    assert!(idle.is_closed().await, "an idle connection ends at once");
    toy.ecs.gate.notify_one();
    busy.answer().await.says(200, "{}");
    assert!(busy.is_closed().await);
    let address = toy.address;
    toy.stopped().await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_caller_that_leaves_does_not_stop_what_it_began() {
    let mut toy = Toy::start().await;
    let mut connection = toy.connect().await;
    connection.send(&json(LIST_TASKS, b"{}").bytes(toy.address)).await;
    within(toy.ecs.waiting.notified()).await;
    drop(connection);
    toy.begin_stop();
    toy.ecs.gate.notify_one();
    let ecs = Arc::clone(&toy.ecs);
    toy.stopped().await;
    assert!(ecs.finished.load(Ordering::SeqCst), "the stop waited for it");
}

#[tokio::test]
async fn calls_from_inside() {
    let loopback = Loopback::default();
    let now = Timestamp::from_millis(1_000);
    let as_principal = |identity| Principal::new(&scope(), identity, None);
    let role = Identity::RoleSession { role: "web".into(), id: "AROAWEB".into(), session: "one".into() };
    let input = ListClustersRequest::default();
    let root = as_principal(Identity::AccountRoot);
    let early = loopback.call::<ListClustersResponse>(root, now, "ecs", "ListClusters", &input).await;
    assert_eq!(early.expect_err("it leads nowhere yet").http_status, 500);
    let front = front(config(), Arc::new(Ecs::default()));
    loopback.clone().connect(&front);
    let listed = loopback
        .call::<ListClustersResponse>(as_principal(Identity::AccountRoot), now, "ecs", "ListClusters", &input)
        .await
        .expect("the root may");
    assert_eq!(
        listed.cluster_arns.as_deref(),
        Some(&["arn:aws:ecs:us-east-1:000000000000:cluster/default".into()][..])
    );
    let denied =
        loopback.call::<ListClustersResponse>(as_principal(role), now, "ecs", "ListClusters", &input).await;
    assert_eq!(denied.expect_err("a role without a policy may not").code, "AccessDeniedException");
    for (service, operation) in [("ecs", "Nothing"), ("nothing", "ListClusters")] {
        let root = as_principal(Identity::AccountRoot);
        let error = loopback.call::<ListClustersResponse>(root, now, service, operation, &input).await;
        assert_eq!(error.expect_err("there is none").code, "UnknownOperationException");
    }
}

#[tokio::test]
async fn events_come_as_they_happen_and_end_with_the_caller() {
    let toy = Toy::start().await;
    let mut call = json("Logs_20140328.StartLiveTail", br#"{"logGroupIdentifiers":["a-log-group"]}"#);
    call.service = "logs";
    let mut connection = toy.connect().await;
    connection.send(&call.bytes(toy.address)).await;
    let head = connection.receive_until("initial-response").await;
    let head = String::from_utf8_lossy(&head);
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains("content-type: application/vnd.amazon.eventstream"), "{head}");
    for text in ["the first line", "the second line"] {
        let event = LiveTailSessionLogEvent { message: Some(text.to_owned()), ..Default::default() };
        let update = LiveTailSessionUpdate { session_results: Some(vec![event]), ..Default::default() };
        within(toy.events.send(StartLiveTailResponseStream::SessionUpdate(update)))
            .await
            .expect("it listens");
        connection.receive_until(text).await;
    }
    drop(connection);
    within(toy.events.closed()).await;
}
