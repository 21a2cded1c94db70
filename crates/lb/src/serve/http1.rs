//! A client's connection of HTTP/1: one request after the other.

use super::record::Record;
use super::route::{Asked, At, Ended};
use super::{Client, tunnel};
use crate::engine::endpoint::Endpoint;
use crate::engine::worker::Worker;
use crate::exchange::http1::put;
use crate::exchange::{ClientError, Frame, Incoming, Outgoing};
use crate::http::desync::{self, Treatment, Verdict};
use crate::http::fields::list;
use crate::http::head::{Malformed, ParsedRequest, Patience, take_request};
use crate::http::{Decoder, Fields, Framing, RequestHead, ResponseHead, Step, Version, write};
use crate::net::{IdleTimer, Reader, Writer};
use crate::request::answer::{self, Answer};
use bytes::Bytes;
use std::cell::Cell;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Serves a connection until it ends.
pub async fn serve(
    worker: &Worker,
    client: &Client,
    endpoint: &Endpoint,
    mut reader: Reader,
    mut writer: Writer,
    mut idle: IdleTimer,
) {
    let (listener, draining) = (&endpoint.plan, &endpoint.draining);
    let mut served = listener.load_full();
    let mut drained = pin!(draining.cancelled());
    loop {
        let limit = Duration::from_secs(u64::from(served.first.balancer.http.idle_timeout_seconds));
        idle.set_limit(limit);
        let sent_before = writer.total;
        let came_before = reader.total - reader.buffer.len() as u64;
        let next = next(&mut reader, &mut idle, limit, drained.as_mut()).await;
        // Taken anew only where it changed: workers do not count its references in one place with every request.
        if !Arc::ptr_eq(&listener.load(), &served) {
            served = listener.load_full();
        }
        let parsed = match next {
            Next::Nothing => break,
            Next::Refused(status) => {
                let at = At { worker, listener: &served.first, client };
                let mut record = Record::begin(Verdict::COMPLIANT);
                record.received_bytes = reader.total - came_before;
                return Box::pin(refuse(&at, status, record, None, &mut reader, writer, &mut idle)).await;
            }
            Next::Request(parsed) => parsed,
        };
        let Some(plan) = client.listener(&served, &parsed.head.host) else {
            let at = At { worker, listener: &served.first, client };
            let head = parsed.head;
            return Box::pin(turn_away(&at, served.nobody(), head, &mut reader, writer, &mut idle)).await;
        };
        let at = At { worker, listener: plan, client };
        let received_before = reader.total - reader.buffer.len() as u64 - parsed.bytes as u64;
        let (verdict, framing) = desync::examine(&parsed.head, parsed.bare_lf);
        let mut record = Record::begin(verdict);
        let treatment = desync::treatment(plan.balancer.http.desync_mitigation, verdict.tier);
        if treatment == Treatment::Refuse {
            let status = desync::status(verdict);
            record.received_bytes = reader.total - came_before;
            let head = Some(parsed.head);
            return Box::pin(refuse(&at, status, record, head, &mut reader, writer, &mut idle)).await;
        }
        let suspicious = treatment == Treatment::PassAndClose;
        let old = client.began.elapsed()
            >= Duration::from_secs(u64::from(plan.balancer.http.client_keep_alive_seconds));
        let last = !keeps_alive(&parsed.head);
        let close = suspicious || old || draining.is_cancelled() || last;
        let version = parsed.head.version;
        let upgrade = upgrade(&parsed.head, framing);
        let mut asked = Asked { head: parsed.head, framing, upgrade, suspicious, user: None };
        let ended = {
            let decoder = Decoder::new(framing);
            let read = Cell::new(decoder.is_done());
            let mut input = Body { reader: &mut reader, decoder, touched: false, read: &read };
            let mut output = Response { writer: &mut writer, version, close, chunked: false, read: &read };
            // Of its own, so that a connection that waits does not hold room for it.
            let answering = at.answer(&mut asked, &mut input, &mut output, &mut idle, &mut record);
            let ended = Box::pin(answering).await;
            match ended {
                Ended::Keep if last && framing == Framing::None => Ended::Last,
                // What of the body nobody read would be taken for the next request.
                Ended::Keep if output.close || !input.decoder.is_done() => Ended::Close,
                ended => ended,
            }
        };
        if let Ended::Tunnel(connection, held) = ended {
            let gone = held.gone();
            let ended =
                Box::pin(tunnel::run(&mut reader, &mut writer, *connection, &mut idle, gone, &worker.pipes))
                    .await;
            drop(held);
            finish(&mut record, &at, &reader, &writer, received_before, sent_before);
            if matches!(ended, tunnel::Ended::ClientReset | tunnel::Ended::TargetReset) {
                writer.reset();
            }
            return;
        }
        finish(&mut record, &at, &reader, &writer, received_before, sent_before);
        match ended {
            Ended::Abandoned => return writer.reset(),
            // With HTTP/1.0 an orderly end would say that the body is whole.
            Ended::Cut if version == Version::Http10 => return writer.reset(),
            Ended::Last if reader.is_plain() && reader.buffer.is_empty() => return,
            Ended::Last | Ended::Close | Ended::Cut => return linger(&mut reader, writer).await,
            Ended::Keep | Ended::Tunnel(..) => {}
        }
    }
}

fn finish(
    record: &mut Record,
    at: &At<'_>,
    reader: &Reader,
    writer: &Writer,
    received_before: u64,
    sent_before: u64,
) {
    record.received_bytes = (reader.total - reader.buffer.len() as u64).saturating_sub(received_before);
    record.sent_bytes = writer.total - sent_before;
    record.end(at.worker, at.listener, at.client);
}

#[allow(
    clippy::large_enum_variant,
    reason = "every request is one: a box of its own would cost each of them"
)]
enum Next {
    Request(ParsedRequest),
    /// The connection ended, or was idle for too long.
    Nothing,
    Refused(u16),
}

/// Waits for a request. A head that has begun has to be whole within the idle time-out: a client that sends it byte by byte gets no longer
/// than one that sends nothing.
async fn next(
    reader: &mut Reader,
    idle: &mut IdleTimer,
    limit: Duration,
    mut drained: Pin<&mut impl Future<Output = ()>>,
) -> Next {
    if reader.buffer.is_empty() {
        // Cancel-safe: what is read is in the buffer.
        tokio::select! {
            biased;
            filled = reader.fill() => if matches!(filled, Ok(0) | Err(_)) {
                return Next::Nothing;
            },
            () = drained.as_mut() => return Next::Nothing,
            () = idle.expired() => return Next::Nothing,
        }
    }
    let (mut until, mut patience) = (None, Patience::default());
    loop {
        if patience.is_over(&reader.buffer) {
            match take_request(&mut reader.buffer) {
                Ok(Some(parsed)) => return Next::Request(parsed),
                Ok(None) => {}
                Err(malformed) => return Next::Refused(Malformed::status(malformed)),
            }
        }
        let until = *until.get_or_insert_with(|| Instant::now() + limit);
        match timeout_at(until, reader.fill()).await {
            // What has begun is refused as timed out; where nothing came the connection just ends.
            Err(_) if !reader.buffer.is_empty() => return Next::Refused(408),
            Ok(Ok(0)) if !reader.buffer.is_empty() => return Next::Refused(400),
            Err(_) | Ok(Ok(0) | Err(_)) => return Next::Nothing,
            Ok(Ok(_)) => {}
        }
    }
}

/// Answers what is no request, or none that is passed on, and ends the connection.
async fn refuse(
    at: &At<'_>,
    status: u16,
    mut record: Record,
    head: Option<RequestHead>,
    reader: &mut Reader,
    mut writer: Writer,
    idle: &mut IdleTimer,
) {
    let before = writer.total;
    let method = head.as_ref().map(|head| head.method.clone()).unwrap_or_default();
    record.head = head.filter(|_| at.listener.balancer.access_log).map(Box::new);
    let answered = RequestHead {
        method,
        target: Bytes::new(),
        host: Bytes::new(),
        scheme: None,
        version: Version::Http11,
        fields: Fields::default(),
    };
    let read = Cell::new(true);
    let mut output =
        Response { writer: &mut writer, version: Version::Http11, close: true, chunked: false, read: &read };
    let ended = at.own(answer::error(status), &answered, &mut output, idle, &mut record).await;
    record.sent_bytes = writer.total - before;
    record.end(at.worker, at.listener, at.client);
    match ended {
        Ended::Abandoned => writer.reset(),
        _ => linger(reader, writer).await,
    }
}

/// Answers whoever asks for nobody that is here. It is no request of any load balancer.
async fn turn_away(
    at: &At<'_>,
    answer: Answer,
    head: RequestHead,
    reader: &mut Reader,
    mut writer: Writer,
    idle: &mut IdleTimer,
) {
    let read = Cell::new(true);
    let version = head.version;
    let mut output = Response { writer: &mut writer, version, close: true, chunked: false, read: &read };
    match at.own(answer, &head, &mut output, idle, &mut Record::begin(Verdict::COMPLIANT)).await {
        Ended::Abandoned => writer.reset(),
        _ => linger(reader, writer).await,
    }
}

/// Ends a connection so that the client reads what was sent: closing with bytes unread would reset it.
async fn linger(reader: &mut Reader, mut writer: Writer) {
    let until = Instant::now() + Duration::from_secs(2);
    // A client that is gone needs no farewell; one that does not take it is not waited for.
    if timeout_at(until, writer.close()).await.is_err() {
        return writer.reset();
    }
    let mut left = 256 * 1024_usize;
    while left > 0 {
        reader.buffer.clear();
        match timeout_at(until, reader.fill()).await {
            Ok(Ok(count)) if count > 0 => left = left.saturating_sub(count),
            _ => return,
        }
    }
}

fn keeps_alive(head: &RequestHead) -> bool {
    match head.version {
        Version::Http10 => head.fields.lists("connection", "keep-alive"),
        _ => !head.fields.lists("connection", "close"),
    }
}

/// The protocol a client wants to switch to. HTTP/2 is agreed on by ALPN only.
fn upgrade(head: &RequestHead, framing: Framing) -> Option<Bytes> {
    let asked = head.version == Version::Http11
        && matches!(framing, Framing::None | Framing::Length(0))
        && head.fields.lists("connection", "upgrade");
    if !asked {
        return None;
    }
    // Each protocol of a list counts: none of them may start HTTP/2 behind our back.
    let protocols: Vec<&[u8]> =
        head.fields.all("upgrade").flat_map(list).filter(|protocol| !is_http(protocol)).collect();
    (!protocols.is_empty()).then(|| protocols.join(&b", "[..]).into())
}

/// Whether a protocol of an `Upgrade` is another version of HTTP: `h2c`, `h2`, `HTTP/2.0`.
fn is_http(protocol: &[u8]) -> bool {
    let name = protocol.split(|byte| *byte == b'/').next().unwrap_or_default();
    [&b"h2c"[..], b"h2", b"http"].iter().any(|http| name.eq_ignore_ascii_case(http))
}

/// The body of a request.
struct Body<'a> {
    reader: &'a mut Reader,
    decoder: Decoder,
    touched: bool,
    /// Whether it was read to its end.
    read: &'a Cell<bool>,
}

impl Incoming for Body<'_> {
    fn ready(&mut self) -> Result<Option<Frame>, ClientError> {
        match self.decoder.step(&mut self.reader.buffer).map_err(|_| ClientError::Malformed)? {
            Step::Data(data) => {
                self.touched = true;
                Ok(Some(Frame::Data(data)))
            }
            Step::End(trailers) => {
                self.read.set(true);
                Ok(Some(Frame::End(trailers)))
            }
            Step::More => Ok(None),
        }
    }

    async fn frame(&mut self) -> Result<Frame, ClientError> {
        loop {
            if let Some(frame) = self.ready()? {
                return Ok(frame);
            }
            match self.reader.fill().await {
                Ok(0) | Err(_) => return Err(ClientError::Gone),
                Ok(_) => {}
            }
        }
    }

    async fn gone(&mut self) {
        self.reader.closed().await;
    }

    fn touched(&self) -> bool {
        self.touched
    }
}

/// The response to a client.
struct Response<'a> {
    writer: &'a mut Writer,
    version: Version,
    close: bool,
    chunked: bool,
    /// Whether the request's body was read to its end.
    read: &'a Cell<bool>,
}

impl Outgoing for Response<'_> {
    fn reads_no_more(&mut self) {
        self.close |= !self.read.get();
    }

    async fn interim(&mut self, head: &ResponseHead) -> io::Result<()> {
        if self.version == Version::Http10 {
            return Ok(());
        }
        write::response(self.writer.out(), head, None, None);
        self.writer.flush().await
    }

    async fn head(&mut self, head: &ResponseHead, framing: Framing) -> io::Result<()> {
        if head.status == 101 {
            write::response(self.writer.out(), head, None, None);
            return Ok(());
        }
        let framing = match framing {
            Framing::Chunked | Framing::UntilClose if self.version == Version::Http10 => Framing::UntilClose,
            Framing::UntilClose => Framing::Chunked,
            framing => framing,
        };
        self.close |= framing == Framing::UntilClose;
        self.chunked = framing == Framing::Chunked;
        let connection = if self.close { "close" } else { "keep-alive" };
        let said = Some(framing).filter(|framing| *framing != Framing::None);
        write::response(self.writer.out(), head, said, Some(connection));
        Ok(())
    }

    async fn data(&mut self, data: Bytes) -> io::Result<()> {
        put(self.writer, &data, self.chunked).await
    }

    async fn end(&mut self, trailers: Option<Fields>) -> io::Result<()> {
        if self.chunked {
            write::chunk_end(self.writer.out(), trailers.as_ref());
        }
        self.writer.flush().await
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.writer.flush().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::BytesMut;

    #[test]
    fn upgrades() {
        for (fields, expected) in [
            ("Connection: Upgrade\r\nUpgrade: websocket\r\n", Some("websocket")),
            ("Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n", Some("websocket")),
            ("Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n", None),
            ("Connection: upgrade\r\nUpgrade: h2c\r\n", None),
            ("Connection: upgrade\r\nUpgrade: H2C, websocket\r\n", Some("websocket")),
            ("Connection: upgrade\r\nUpgrade: x, h2c\r\nUpgrade: HTTP/2.0\r\n", Some("x")),
            ("Upgrade: websocket\r\n", None),
        ] {
            let text = format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
            let parsed = take_request(&mut BytesMut::from(&text[..])).expect("well formed").expect("whole");
            let (_, framing) = desync::examine(&parsed.head, false);
            assert_eq!(upgrade(&parsed.head, framing).as_deref(), expected.map(str::as_bytes), "{fields}");
        }
    }
}
