//! A client's connection of HTTP/2: many requests at once, each a task of its own.

use super::Client;
use super::record::Record;
use super::route::{Asked, At};
use crate::engine::endpoint::Endpoint;
use crate::engine::worker::Worker;
use crate::exchange::http2::{fields, header_map, poll_send, trailers_of};
use crate::exchange::{ClientError, Frame, Incoming, Outgoing};
use crate::http::body::content_length;
use crate::http::desync::{self, Treatment, Verdict};
use crate::http::head::{LINE_LIMIT, REQUEST_LIMIT, is_host};
use crate::http::{Fields, Framing, RequestHead, ResponseHead, Version};
use crate::net::stream::Joined;
use crate::net::{Activity, IdleTimer};
use crate::plan::Served;
use crate::request::answer;
use crate::target::upstream::WINDOW;
use bytes::Bytes;
use h2::server::SendResponse;
use h2::{RecvStream, SendStream};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// Requests of one connection at once: AWS's limit of concurrent streams.
const STREAMS: u32 = 128;
/// Requests that are still worked on, those whose streams are over too: one that cancels what it asks for gets no more than this.
const OPEN: usize = 2 * STREAMS as usize;
/// Streams refused for that reason before the connection ends.
const REFUSED: u32 = 1000;
/// Requests that one connection may carry; AWS closes it after 10,000.
const REQUESTS: u32 = 10_000;

/// How long a connection's last frame may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves a connection until it ends.
pub async fn serve(
    worker: Rc<Worker>,
    client: Client,
    endpoint: Arc<Endpoint>,
    io: Joined,
    mut idle: IdleTimer,
) {
    let (listener, draining) = (&endpoint.plan, &endpoint.draining);
    let handshake = h2::server::Builder::new()
        .initial_window_size(WINDOW)
        .initial_connection_window_size(16 * WINDOW)
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(REQUEST_LIMIT as u32)
        .max_send_buffer_size(WINDOW as usize)
        // Bounds what resets of streams cost (CVE-2023-44487).
        .max_pending_accept_reset_streams(32)
        .max_concurrent_reset_streams(32)
        .handshake::<_, Bytes>(io);
    let Ok(Ok(mut connection)) = tokio::time::timeout(super::HANDSHAKE, handshake).await else { return };
    let client = Rc::new(client);
    let open = Rc::new(Cell::new(0_usize));
    let (mut requests, mut refused) = (0, 0);
    let mut closing = false;
    loop {
        let plan = listener.load();
        let life = Duration::from_secs(u64::from(plan.first.balancer.http.client_keep_alive_seconds));
        drop(plan);
        // Cancel-safe: accepting leaves its state in the connection.
        tokio::select! {
            biased;
            request = connection.accept() => match request {
                None => return,
                Some(Err(error)) => {
                    tracing::debug!(%error, client = %client.address, "a client's connection ended");
                    return;
                }
                Some(Ok((_, mut respond))) if open.get() >= OPEN => {
                    respond.send_reset(h2::Reason::REFUSED_STREAM);
                    refused += 1;
                    if refused >= REFUSED {
                        connection.abrupt_shutdown(h2::Reason::ENHANCE_YOUR_CALM);
                        // Whether the client reads why is its own affair.
                        let _ = tokio::time::timeout(FAREWELL, poll_fn(|cx| connection.poll_closed(cx))).await;
                        return;
                    }
                }
                Some(Ok((request, respond))) => {
                    requests += 1;
                    if requests >= REQUESTS || client.began.elapsed() >= life {
                        connection.graceful_shutdown();
                    }
                    let (worker, client, plan) = (Rc::clone(&worker), Rc::clone(&client), listener.load_full());
                    let held = Open::new(&open);
                    // Moved into a task it would be copied three times.
                    tokio::task::spawn_local(Box::pin(async move {
                        one(&worker, &client, &plan, request, respond).await;
                        drop(held);
                    }));
                }
            },
            () = draining.cancelled(), if !closing => {
                closing = true;
                connection.graceful_shutdown();
            }
            // Streams have timers of their own, and answers to give when these end.
            () = idle.expired() => if open.get() > 0 {
                idle.activity().touch();
            } else {
                connection.abrupt_shutdown(h2::Reason::NO_ERROR);
                let _ = tokio::time::timeout(FAREWELL, poll_fn(|cx| connection.poll_closed(cx))).await;
                return;
            }
        }
    }
}

/// Counts a request while it is open.
struct Open(Rc<Cell<usize>>);

impl Open {
    fn new(count: &Rc<Cell<usize>>) -> Self {
        count.set(count.get() + 1);
        Self(Rc::clone(count))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

async fn one(
    worker: &Worker,
    client: &Client,
    served: &Served,
    request: http::Request<RecvStream>,
    respond: SendResponse<Bytes>,
) {
    // Of its own: what moves in other streams of the connection keeps nobody waiting here.
    let activity = Activity::begin();
    let (parts, body) = request.into_parts();
    let head = head(&parts, body.is_end_stream());
    let host = head.as_ref().map_or(&b""[..], |(head, _)| &head.host);
    let found = client.listener(served, host);
    let plan = found.unwrap_or(&served.first);
    let at = At { worker, listener: plan, client };
    let mut record = Record::begin(Verdict::COMPLIANT);
    let mut idle = IdleTimer::new(
        activity.clone(),
        Duration::from_secs(u64::from(plan.balancer.http.idle_timeout_seconds)),
    );
    let received =
        parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>();
    let mut input = Body { body, received: received as u64, touched: false, activity: activity.clone() };
    let sending = Rc::new(RefCell::new(Sending::Nothing(respond)));
    let mut output = Response { sending: Rc::clone(&sending), sent: 0, activity };
    let answered = async {
        match head {
            Ok((head, _)) if found.is_none() => {
                at.own(served.nobody(), &head, &mut output, &mut idle, &mut record).await
            }
            Ok((head, framing)) => {
                record.verdict = desync::examine_framed(&head, framing);
                let mode = plan.balancer.http.desync_mitigation;
                let treatment = desync::treatment(mode, record.verdict.tier);
                if treatment == Treatment::Refuse {
                    let status = desync::status(record.verdict);
                    return at.own(answer::error(status), &head, &mut output, &mut idle, &mut record).await;
                }
                let suspicious = treatment == Treatment::PassAndClose;
                let mut asked = Asked { head, framing, upgrade: None, suspicious, user: None };
                at.answer(&mut asked, &mut input, &mut output, &mut idle, &mut record).await
            }
            Err(status) => {
                let nothing = RequestHead {
                    method: Bytes::new(),
                    target: Bytes::new(),
                    host: Bytes::new(),
                    scheme: None,
                    version: Version::Http2,
                    fields: Fields::default(),
                };
                at.own(answer::error(status), &nothing, &mut output, &mut idle, &mut record).await
            }
        }
    };
    // Cancel-safe: where the client does not want the answer any more, the exchange and its connection to the target go.
    let wanted = tokio::select! {
        biased;
        _ = answered => true,
        () = poll_fn(|cx| sending.borrow_mut().poll_reset(cx)) => false,
    };
    if !wanted {
        record.status = Some(460);
        record.own = record.timeline.target_status.is_none();
    }
    record.received_bytes = input.received;
    record.sent_bytes = output.sent;
    sending.borrow_mut().finish(h2::Reason::INTERNAL_ERROR);
    // What is for nobody here is no request of any load balancer.
    if found.is_some() {
        record.end(worker, plan, client);
    }
}

/// A request's head as HTTP/1 would have it, and how its body is delimited there; else the status that refuses it.
fn head(parts: &http::request::Parts, without_body: bool) -> Result<(RequestHead, Framing), u16> {
    let mut found = fields(&parts.headers);
    if found.iter().any(|field| field.name.len() + field.value.len() > LINE_LIMIT) {
        return Err(400);
    }
    if parts.method == http::Method::CONNECT || found.contains("transfer-encoding") {
        return Err(400);
    }
    let host = found.get("host").map(Bytes::copy_from_slice);
    let another = found.all("host").count() > 1;
    let authority =
        parts.uri.authority().map(|authority| Bytes::copy_from_slice(authority.as_str().as_bytes()));
    let host =
        authority.or(host).filter(|host| !another && is_host(host) && !host.is_empty()).ok_or(400_u16)?;
    let target = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    if target.len() > LINE_LIMIT {
        return Err(414);
    }
    let target =
        if target == "*" || target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
    if parts.headers.get_all("cookie").iter().count() > 1 {
        // RFC 9113 §8.2.3: crumbs of one cookie are put together before they leave HTTP/2.
        let whole = found.all("cookie").collect::<Vec<_>>().join(&b"; "[..]);
        found.remove("cookie");
        found.push("cookie", whole);
    }
    found.remove("host");
    found.push("Host", &host);
    found.remove("expect");
    let framing = match (content_length(&found).map_err(|_| 400_u16)?, without_body) {
        (Some(length), _) => Framing::Length(length),
        (None, true) => Framing::None,
        (None, false) => Framing::Chunked,
    };
    let head = RequestHead {
        method: Bytes::copy_from_slice(parts.method.as_str().as_bytes()),
        target: target.into(),
        host,
        scheme: None,
        version: Version::Http2,
        fields: found,
    };
    Ok((head, framing))
}

struct Body {
    body: RecvStream,
    received: u64,
    touched: bool,
    activity: Activity,
}

impl Incoming for Body {
    fn ready(&mut self) -> Result<Option<Frame>, ClientError> {
        Ok(None)
    }

    async fn frame(&mut self) -> Result<Frame, ClientError> {
        let data = self.body.data().await;
        self.activity.touch();
        match data {
            Some(Ok(data)) => {
                self.touched = true;
                self.received += data.len() as u64;
                // The next frame is asked for when this one has gone to the target, so the window stays a bound.
                self.body.flow_control().release_capacity(data.len()).map_err(|_| ClientError::Gone)?;
                Ok(Frame::Data(data))
            }
            Some(Err(_)) => Err(ClientError::Gone),
            None => {
                let trailers = self.body.trailers().await.map_err(|_| ClientError::Gone)?;
                Ok(Frame::End(trailers.map(|found| trailers_of(&found))))
            }
        }
    }

    /// A stream that the client resets ends its request from outside.
    async fn gone(&mut self) {
        std::future::pending().await
    }

    fn touched(&self) -> bool {
        self.touched
    }
}

/// How far a response is. Shared by who sends it and who watches whether the client still wants it; nobody holds it over a wait.
enum Sending {
    Nothing(SendResponse<Bytes>),
    Body(SendStream<Bytes>),
    Ended,
}

impl Sending {
    /// Ends when the client has reset the stream, or its connection is gone.
    fn poll_reset(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            Self::Nothing(respond) => respond.poll_reset(cx).map(drop),
            Self::Body(stream) => stream.poll_reset(cx).map(drop),
            Self::Ended => Poll::Pending,
        }
    }

    /// A response that was not ended is cut: the client must not take it for whole.
    fn finish(&mut self, reason: h2::Reason) {
        match std::mem::replace(self, Self::Ended) {
            Self::Nothing(mut respond) => respond.send_reset(reason),
            Self::Body(mut stream) => stream.send_reset(reason),
            Self::Ended => {}
        }
    }
}

struct Response {
    sending: Rc<RefCell<Sending>>,
    sent: u64,
    activity: Activity,
}

fn gone(error: h2::Error) -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, error)
}

impl Outgoing for Response {
    /// Each request has a stream of its own.
    fn reads_no_more(&mut self) {}

    /// Interim responses end here: nobody waits for them, `Expect` is not passed on.
    async fn interim(&mut self, _: &ResponseHead) -> io::Result<()> {
        Ok(())
    }

    async fn head(&mut self, head: &ResponseHead, framing: Framing) -> io::Result<()> {
        let mut response = http::Response::new(());
        *response.status_mut() = http::StatusCode::from_u16(head.status).map_err(io::Error::other)?;
        *response.headers_mut() = header_map(&head.fields);
        if let Framing::Length(length @ 1..) = framing {
            response.headers_mut().insert(http::header::CONTENT_LENGTH, length.into());
        }
        self.sent += head.fields.size() as u64;
        let ends = matches!(framing, Framing::None | Framing::Length(0));
        let mut sending = self.sending.borrow_mut();
        let Sending::Nothing(respond) = &mut *sending else {
            return Err(io::Error::other("a response has one head"));
        };
        let stream = respond.send_response(response, ends).map_err(gone)?;
        *sending = if ends { Sending::Ended } else { Sending::Body(stream) };
        self.activity.touch();
        Ok(())
    }

    async fn data(&mut self, mut data: Bytes) -> io::Result<()> {
        self.sent += data.len() as u64;
        poll_fn(|cx| {
            let mut sending = self.sending.borrow_mut();
            // What has no body, such as an answer to HEAD, needs none.
            let Sending::Body(stream) = &mut *sending else { return Poll::Ready(Ok(())) };
            let before = data.len();
            let sent = poll_send(stream, &mut data, cx);
            if data.len() < before {
                self.activity.touch();
            }
            sent
        })
        .await
        .map_err(gone)
    }

    async fn end(&mut self, trailers: Option<Fields>) -> io::Result<()> {
        let Sending::Body(mut stream) = self.sending.replace(Sending::Ended) else { return Ok(()) };
        match trailers {
            Some(trailers) => stream.send_trailers(header_map(&trailers)).map_err(gone),
            None => stream.send_data(Bytes::new(), true).map_err(gone),
        }
    }

    async fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn reset(&mut self, code: u32) {
        self.sending.borrow_mut().finish(code.into());
    }
}
