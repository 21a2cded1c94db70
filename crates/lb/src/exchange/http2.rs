//! An exchange with a target over HTTP/2, as groups of HTTP2 and GRPC have it. Trailers pass in both directions.

use super::http1::{Request, to_the_client};
use super::{ClientError, Done, Failure, Frame, Incoming, Outgoing, Timeline};
use crate::http::body::content_length;
use crate::http::fields::{strip_hop_by_hop, strip_trailers};
use crate::http::{Fields, Framing, RequestHead, ResponseHead, Version};
use crate::net::IdleTimer;
use crate::net::idle::Ended;
use crate::target::upstream::Http2;
use bytes::Bytes;
use h2::{RecvStream, SendStream};
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

/// Sends a request and passes the response on.
///
/// `forward_resets`: where the target resets the stream, the client is to know the code.
#[allow(clippy::too_many_arguments, reason = "one request's whole surroundings")]
pub async fn exchange<I: Incoming, O: Outgoing>(
    connection: &Rc<Http2>,
    request: Request<'_>,
    forward_resets: bool,
    input: &mut I,
    output: &mut O,
    idle: &mut IdleTimer,
    timeline: &mut Timeline,
    adorn: impl FnOnce(&mut ResponseHead),
) -> Result<Done, Failure> {
    let (sender, _held) = connection.begin();
    timeline.dispatched = Some(Instant::now());
    let message = message(request.head, connection.encrypted).ok_or(Failure::Status(400))?;
    let mut sender = sender.ready().await.map_err(|_| Failure::Unsent)?;
    let without_body = request.framing == Framing::None;
    let (response, stream) = sender.send_request(message, without_body).map_err(|_| Failure::Unsent)?;
    let mut response = pin!(response);
    let waiting = Cell::new(false);
    let mut upload = pin!(upload(input, stream, without_body, &waiting));
    let mut uploading = true;

    let answered = loop {
        // Cancel-safe: dropping any of them only resets the stream.
        tokio::select! {
            biased;
            error = &mut upload, if uploading => match error {
                Some(error) => return Err(error.into()),
                None => uploading = false,
            },
            answered = &mut response => break answered.map_err(|error| refused(&error, forward_resets))?,
            ended = idle.watch(request.gone) => {
                let stalled = uploading && waiting.get() && ended == Ended::Idle;
                return Err(if stalled { Failure::Status(408) } else { Failure::before_head(ended) });
            }
        }
    };
    idle.activity().touch();
    let at = Instant::now();
    let (parts, body) = answered.into_parts();
    let mut head = ResponseHead {
        status: parts.status.as_u16(),
        reason: Bytes::new(),
        version: Version::Http2,
        fields: fields(&parts.headers),
    };
    let framing = framing(&head, request.head.method == "HEAD", &body).ok_or(Failure::Status(502))?;
    timeline.answered = Some(at);
    timeline.target_status = Some(head.status);
    strip_hop_by_hop(&mut head.fields, true);
    if head.status == 204 {
        head.fields.remove("content-length");
    }
    adorn(&mut head);
    to_the_client(idle, output.head(&head, framing)).await?;

    let mut download = pin!(download(body, output, idle.activity(), forward_resets));
    loop {
        // Cancel-safe: as above.
        tokio::select! {
            biased;
            ended = &mut download => {
                ended?;
                return Ok(Done::Whole { target_reusable: true, request_read: !uploading });
            }
            error = &mut upload, if uploading => match error {
                Some(_) => return Err(Failure::ClientGone),
                None => uploading = false,
            },
            _ = idle.watch(request.gone) => return Err(Failure::Cut),
        }
    }
}

/// RFC 9113 §8.7: a refused stream was not processed, nor was one behind the last that a GOAWAY names.
fn refused(error: &h2::Error, forward_resets: bool) -> Failure {
    let unprocessed = error.is_go_away() && error.is_remote();
    match reset(error).filter(|_| forward_resets) {
        Some(code) => Failure::Reset { code, begun: false },
        None if unprocessed || error.reason() == Some(h2::Reason::REFUSED_STREAM) => Failure::Unsent,
        None => Failure::Status(502),
    }
}

/// The code with which the target reset the stream.
fn reset(error: &h2::Error) -> Option<u32> {
    error.reason().filter(|_| error.is_reset() && error.is_remote()).map(u32::from)
}

/// The head as HTTP/2 has it; none where a part of it cannot be said there.
fn message(head: &RequestHead, encrypted: bool) -> Option<http::Request<()>> {
    let host = head.fields.get("host").unwrap_or(&head.host);
    let uri = http::Uri::builder()
        .scheme(if encrypted { "https" } else { "http" })
        .authority(host)
        .path_and_query(&head.target[..])
        .build()
        .ok()?;
    let mut message = http::Request::builder()
        .method(&head.method[..])
        .uri(uri)
        .version(http::Version::HTTP_2)
        .body(())
        .ok()?;
    for (name, value) in head.fields.shared().filter(|(name, _)| !name.eq_ignore_ascii_case(b"host")) {
        let name = http::HeaderName::from_bytes(name).ok()?;
        message.headers_mut().append(name, http::HeaderValue::from_maybe_shared(value).ok()?);
    }
    Some(message)
}

/// The fields of a message of HTTP/2.
pub fn fields(headers: &http::HeaderMap) -> Fields {
    let fields = headers.iter().map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes()));
    Fields::collect(headers.len(), fields)
}

/// The trailers of a message of HTTP/2.
pub fn trailers_of(headers: &http::HeaderMap) -> Fields {
    let mut trailers = fields(headers);
    strip_trailers(&mut trailers);
    trailers
}

/// Fields as the h2 crate takes them; what cannot be said is left out.
pub fn header_map(fields: &Fields) -> http::HeaderMap {
    let mut map = http::HeaderMap::with_capacity(fields.len());
    for (name, value) in fields.shared() {
        let name = http::HeaderName::from_bytes(name);
        let value = http::HeaderValue::from_maybe_shared(value);
        if let (Ok(name), Ok(value)) = (name, value) {
            map.append(name, value);
        }
    }
    map
}

fn framing(head: &ResponseHead, to_head: bool, body: &RecvStream) -> Option<Framing> {
    if to_head || matches!(head.status, 204 | 304) {
        return Some(Framing::None);
    }
    match content_length(&head.fields).ok()? {
        Some(length) => Some(Framing::Length(length)),
        None if body.is_end_stream() => Some(Framing::Length(0)),
        None => Some(Framing::Chunked),
    }
}

/// Sends the body. What the client did wrong, or nothing where it was sent or the target takes no more.
async fn upload<I: Incoming>(
    input: &mut I,
    mut stream: SendStream<Bytes>,
    without_body: bool,
    waiting: &Cell<bool>,
) -> Option<ClientError> {
    if without_body {
        return None;
    }
    loop {
        waiting.set(true);
        let frame = input.frame().await;
        waiting.set(false);
        match frame {
            Ok(Frame::Data(data)) => {
                if send(&mut stream, data).await.is_err() {
                    return None;
                }
            }
            Ok(Frame::End(None)) => {
                // A stream that was reset has nothing to end.
                let _ = stream.send_data(Bytes::new(), true);
                return None;
            }
            Ok(Frame::End(Some(trailers))) => {
                let _ = stream.send_trailers(header_map(&trailers));
                return None;
            }
            Err(error) => {
                stream.send_reset(h2::Reason::CANCEL);
                return Some(error);
            }
        }
    }
}

/// Sends as the peer has room for it.
async fn send(stream: &mut SendStream<Bytes>, mut data: Bytes) -> Result<(), h2::Error> {
    poll_fn(|cx| poll_send(stream, &mut data, cx)).await
}

/// As [`send`]: takes from `data` what there is room for.
pub fn poll_send(
    stream: &mut SendStream<Bytes>,
    data: &mut Bytes,
    cx: &mut Context<'_>,
) -> Poll<Result<(), h2::Error>> {
    while !data.is_empty() {
        stream.reserve_capacity(data.len());
        let room = ready!(stream.poll_capacity(cx));
        let room = room.unwrap_or_else(|| Err(h2::Reason::STREAM_CLOSED.into()))?;
        let part = data.split_to(room.min(data.len()));
        stream.send_data(part, false)?;
    }
    Poll::Ready(Ok(()))
}

async fn download<O: Outgoing>(
    mut body: RecvStream,
    output: &mut O,
    activity: crate::net::Activity,
    forward_resets: bool,
) -> Result<(), Failure> {
    let client = |_| Failure::ClientGone;
    let cut = |error: h2::Error| match reset(&error).filter(|_| forward_resets) {
        Some(code) => Failure::Reset { code, begun: true },
        None => Failure::Cut,
    };
    loop {
        let data = match poll_now(&mut body).await {
            Some(data) => data,
            None => {
                output.flush().await.map_err(client)?;
                body.data().await
            }
        };
        activity.touch();
        match data {
            Some(Ok(data)) => {
                let length = data.len();
                output.data(data).await.map_err(client)?;
                body.flow_control().release_capacity(length).map_err(|_| Failure::Cut)?;
            }
            Some(Err(error)) => return Err(cut(error)),
            None => {
                let trailers = body.trailers().await.map_err(cut)?;
                return output.end(trailers.map(|found| trailers_of(&found))).await.map_err(client);
            }
        }
    }
}

/// What is there already: `None` is nothing yet.
async fn poll_now(body: &mut RecvStream) -> Option<Option<Result<Bytes, h2::Error>>> {
    poll_fn(|cx| match body.poll_data(cx) {
        std::task::Poll::Ready(data) => std::task::Poll::Ready(Some(data)),
        std::task::Poll::Pending => std::task::Poll::Ready(None),
    })
    .await
}
