use super::*;
use agent_protocol::control::ContainerStateChange;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request as WsRequest, Response};

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    (listener, endpoint)
}

fn backend(endpoint: &str) -> Http {
    Http::new(endpoint, "us-east-1", Credentials::new("AKID", "secret")).unwrap()
}

/// Reads one request with a body and answers it.
async fn serve(mut stream: TcpStream, status: &str, body: &str) -> String {
    let mut request = Vec::new();
    let mut buffer = [0u8; 4096];
    loop {
        let n = stream.read(&mut buffer).await.unwrap();
        request.extend_from_slice(&buffer[..n]);
        let text = String::from_utf8_lossy(&request).to_lowercase();
        let length =
            text.split("content-length: ").nth(1).and_then(|l| l.split("\r\n").next()?.parse::<usize>().ok());
        if let (Some(head), Some(length)) = (text.find("\r\n\r\n"), length)
            && request.len() >= head + 4 + length
        {
            break;
        }
    }
    let answer =
        format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(request).unwrap()
}

#[tokio::test]
async fn calls_are_signed_json_and_errors_are_told_apart() {
    let (listener, endpoint) = listen().await;
    let server = tokio::spawn(async move {
        let first = serve(listener.accept().await.unwrap().0, "200 OK", r#"{"acknowledgment":"ok"}"#).await;
        let refused = r#"{"__type":"com.amazonaws#InvalidParameterException","message":"no such task"}"#;
        serve(listener.accept().await.unwrap().0, "400 Bad Request", refused).await;
        serve(listener.accept().await.unwrap().0, "500 Internal Server Error", "<html>").await;
        first
    });
    let backend = backend(&endpoint);
    let change = SubmitTaskStateChangeRequest {
        task: Some("t".into()),
        containers: vec![ContainerStateChange { exit_code: Some(0), ..Default::default() }],
        ..Default::default()
    };
    backend.submit(&change).await.unwrap();
    let error = backend.submit(&change).await.unwrap_err();
    assert_eq!((error.code(), error.is_transient()), (Some("InvalidParameterException"), false));
    assert!(backend.submit(&change).await.unwrap_err().is_transient());
    let request = server.await.unwrap();
    assert!(
        request.contains("x-amz-target: AmazonEC2ContainerServiceV20141113.SubmitTaskStateChange\r\n"),
        "{request}"
    );
    assert!(request.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target"), "{request}");
    assert!(request.ends_with(r#"{"task":"t","containers":[{"exitCode":0}]}"#), "{request}");
    // Nobody listens any more.
    assert!(matches!(backend.submit(&change).await, Err(ApiError::NoAnswer { .. })));
}

#[tokio::test]
async fn a_session_carries_frames_both_ways_and_says_goodbye() {
    let (listener, endpoint) = listen().await;
    let server = tokio::spawn(async move {
        let stream = listener.accept().await.unwrap().0;
        let mut seen = None;
        #[allow(clippy::result_large_err)] // The library's signature.
        let callback = |request: &WsRequest, response: Response| {
            seen = Some((request.uri().to_string(), request.headers().clone()));
            Ok::<_, ErrorResponse>(response)
        };
        let mut socket = tokio_tungstenite::accept_hdr_async(stream, callback).await.unwrap();
        socket.send(Message::text("from the backend")).await.unwrap();
        let text = socket.next().await.unwrap().unwrap();
        let close = socket.next().await.unwrap().unwrap();
        (seen.unwrap(), text, close)
    });
    let mut session = backend(&endpoint).connect(Channel::Tcs, &endpoint, "cluster=c").await.unwrap();
    assert!(matches!(session.incoming.recv().await, Some(Incoming::Text(t)) if t == "from the backend"));
    session.outgoing.send(r#"{"type":"X"}"#.into()).await.unwrap();
    drop(session);
    let ((uri, headers), text, close) = server.await.unwrap();
    assert_eq!(uri, "/ws?cluster=c");
    assert!(headers["authorization"].to_str().unwrap().contains("SignedHeaders=host;x-amz-date"));
    let text = text.into_text().unwrap();
    assert!(
        text.starts_with("Authorization: AWS4-HMAC-SHA256") && text.ends_with("\r\n\r\n{\"type\":\"X\"}"),
        "{text}"
    );
    assert!(matches!(close, Message::Close(Some(frame)) if frame.code == CloseCode::Normal));
}

#[tokio::test]
async fn a_refusal_is_read() {
    let (listener, endpoint) = listen().await;
    tokio::spawn(async move {
        let mut stream = listener.accept().await.unwrap().0;
        let mut buffer = [0u8; 4096];
        let _ = stream.read(&mut buffer).await.unwrap();
        let body = r#"{"InactiveInstanceException":"gone"}"#;
        let answer = format!("HTTP/1.1 400 Bad Request\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    match backend(&endpoint).connect(Channel::Acs, &endpoint, "a=b").await {
        Err(ConnectError::Refused(refusal)) => assert_eq!(refusal.message, "gone"),
        other => panic!("{other:?}"),
    }
    assert!(
        Http::new("https://h", "r", Credentials::new("a", "b")).is_err(),
        "TLS is refused, not attempted"
    );
}
