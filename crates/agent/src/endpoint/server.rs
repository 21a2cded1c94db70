//! HTTP over one listener, bounded: connections at once, bytes of a head and of a body, time of a request and of a connection.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// Connections of one listener at the same time; more wait.
const CONNECTIONS: usize = 64;
/// The official agent's time for a request to arrive, and for its answer.
const ARRIVAL: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(10);
/// A connection that lives longer is ended between two requests.
const LIFETIME: Duration = Duration::from_secs(120);
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;
/// The largest request, a fault with many addresses, stays far below.
const MAX_BODY: usize = 64 << 10;
/// After a failed accept (no descriptors are left).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

pub(super) type Answer = Response<Full<Bytes>>;

/// What answers. A request's body is there as a whole.
pub(super) trait Handler: Send + Sync + 'static {
    fn answer(self: Arc<Self>, request: Request<Bytes>) -> impl Future<Output = Answer> + Send;
}

/// Serves until it is stopped, and ends every connection then.
pub(super) async fn serve(listener: TcpListener, handler: Arc<impl Handler>, stop: CancellationToken) {
    accept(listener, stop, |stream| talk(stream, handler.clone())).await;
}

/// Takes connections, so many at a time, until it is stopped, and ends every one then.
pub(super) async fn accept<F>(listener: TcpListener, stop: CancellationToken, serve: impl Fn(TcpStream) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let slot = slots.clone().acquire_owned();
        // Cancel-safe: acquiring, accepting and joining are; a connection is handed to the set in the body.
        let accepted = tokio::select! {
            accepted = async { (slot.await, listener.accept().await) } => accepted,
            Some(_) = connections.join_next() => continue,
            () = stop.cancelled() => break,
        };
        match accepted {
            (Ok(slot), Ok((stream, _))) => {
                let served = serve(stream);
                connections.spawn(async move {
                    served.await;
                    drop(slot);
                });
            }
            (_, Err(error)) => {
                tracing::debug!(%error, "task endpoint: a connection could not be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
            (Err(_), _) => break,
        }
    }
    connections.shutdown().await;
}

async fn talk(stream: TcpStream, handler: Arc<impl Handler>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let handler = handler.clone();
        async move { Ok::<_, Infallible>(exchange(request, handler).await) }
    });
    let mut builder = hyper::server::conn::http1::Builder::new();
    // Small clients close their half of the connection as soon as they have asked.
    builder
        .half_close(true)
        .timer(TokioTimer::new())
        .header_read_timeout(ARRIVAL)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    // Cancel-safe: the connection goes on after the other arm.
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = tokio::time::sleep(LIFETIME) => {
            connection.as_mut().graceful_shutdown();
            match tokio::time::timeout(ANSWER, connection).await {
                Ok(ended) => ended,
                Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "task endpoint: a connection broke");
    }
}

async fn exchange(request: Request<Incoming>, handler: Arc<impl Handler>) -> Answer {
    let (head, body) = request.into_parts();
    let body = match tokio::time::timeout(ARRIVAL, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            return text(StatusCode::PAYLOAD_TOO_LARGE, "request body too large");
        }
        Ok(Err(_)) | Err(_) => return text(StatusCode::REQUEST_TIMEOUT, "request body did not arrive"),
    };
    let answer = handler.answer(Request::from_parts(head, body));
    match tokio::time::timeout(ANSWER, answer).await {
        Ok(answer) => answer,
        Err(_) => text(StatusCode::GATEWAY_TIMEOUT, "no answer in time"),
    }
}

pub(super) fn json<T: Serialize + ?Sized>(status: StatusCode, document: &T) -> Answer {
    let bytes = serde_json::to_vec(document).expect("documents have text keys and finite numbers");
    content(status, "application/json", bytes)
}

pub(super) fn text(status: StatusCode, text: &str) -> Answer {
    content(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

pub(super) fn content(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(bytes)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static(kind));
    answer
}

/// As Go's router answers a path that it does not know.
pub(super) fn not_found() -> Answer {
    text(StatusCode::NOT_FOUND, "404 page not found\n")
}
