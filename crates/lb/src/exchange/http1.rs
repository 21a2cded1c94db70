//! An exchange with a target over HTTP/1.1.

use super::{ClientError, Done, Failure, Frame, Incoming, Outgoing, Timeline};
use crate::http::body::response_framing;
use crate::http::fields::{list, strip_hop_by_hop};
use crate::http::head::{RESPONSE_LIMIT, take_response};
use crate::http::{Decoder, Framing, RequestHead, ResponseHead, Step, Version, write};
use crate::net::idle::Ended;
use crate::net::{IdleTimer, Reader, Writer};
use crate::target::upstream::Http1;
use bytes::{BufMut, Bytes};
use std::cell::Cell;
use std::io;
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// What one exchange is about.
pub struct Request<'a> {
    pub head: &'a RequestHead,
    pub framing: Framing,
    /// Whether the client asks to switch protocols.
    pub upgrade: bool,
    /// Cancelled when the target's time is over.
    pub gone: &'a CancellationToken,
}

/// Sends a request and passes the response on. `adorn` adds what the load balancer has to say to the response's head.
pub async fn exchange<I: Incoming, O: Outgoing>(
    connection: &mut Http1,
    request: Request<'_>,
    input: &mut I,
    output: &mut O,
    idle: &mut IdleTimer,
    timeline: &mut Timeline,
    adorn: impl FnOnce(&mut ResponseHead),
) -> Result<Done, Failure> {
    let reused = connection.reused;
    connection.reused = true;
    timeline.dispatched = Some(Instant::now());
    write::request(connection.writer.out(), request.head, request.framing);
    let (reader, writer) = (&mut connection.reader, &mut connection.writer);
    let sent = Cell::new(Upload::Sending);
    let mut upload = pin!(upload(input, writer, request.framing, &sent));
    let mut broken = false;
    let mut interims = 0;

    let mut head = loop {
        // Cancel-safe: reads leave their bytes in the buffer, the upload and the timer go on.
        tokio::select! {
            biased;
            ended = &mut upload, if !broken => match ended {
                // The client closed: nobody waits for an answer.
                UploadError::Client(error) => return Err(error.into()),
                // The target takes no more; it may have answered all the same.
                UploadError::Target => broken = true,
            },
            head = response_head(reader) => match head {
                // A switch of protocols that nobody asked for: what follows is no HTTP.
                Ok(head) if head.status == 101 && !request.upgrade => return Err(Failure::Status(502)),
                Ok(mut head) if is_interim(&head) => {
                    interims += 1;
                    if interims > INTERIMS {
                        return Err(Failure::Status(502));
                    }
                    strip_hop_by_hop(&mut head.fields, false);
                    head.fields.remove("content-length");
                    to_the_client(idle, output.interim(&head)).await?;
                }
                Ok(head) => break head,
                Err(HeadError::Nothing) if reused => return Err(Failure::Stale),
                Err(HeadError::Nothing | HeadError::Malformed) => return Err(Failure::Status(502)),
            },
            ended = idle.watch(request.gone) => {
                // AWS: 408 where the client did not send its data in time.
                let stalled = sent.get() == Upload::Waiting && ended == Ended::Idle;
                return Err(if stalled { Failure::Status(408) } else { Failure::before_head(ended) });
            }
        }
    };
    let at = Instant::now();
    let upgraded = head.status == 101;
    let framing = response_framing(&head, request.head.method == "HEAD").map_err(|_| Failure::Status(502))?;
    // What cannot be passed on is no answer of the target's.
    timeline.answered = Some(at);
    timeline.target_status = Some(head.status);
    let keeps = keeps_alive(&head) && framing != Framing::UntilClose;
    connection.keep = keep_alive(&head);
    to_client(&mut head, upgraded, adorn);
    to_the_client(idle, output.head(&head, framing)).await?;
    drop(head);
    if upgraded {
        to_the_client(idle, output.flush()).await?;
        return Ok(Done::Upgraded);
    }

    let mut download = pin!(download(reader, framing, output));
    loop {
        // Cancel-safe: as above.
        tokio::select! {
            biased;
            ended = &mut download => {
                ended?;
                return Ok(Done::Whole { target_reusable: keeps && sent.get() == Upload::Sent && !broken, request_read: sent.get() == Upload::Sent });
            }
            ended = &mut upload, if !broken => match ended {
                UploadError::Client(_) => return Err(Failure::ClientGone),
                UploadError::Target => broken = true,
            },
            _ = idle.watch(request.gone) => return Err(Failure::Cut),
        }
    }
}

/// Waits for a write to the client. One that takes nothing for the whole idle time-out is gone.
pub async fn to_the_client(
    idle: &mut IdleTimer,
    write: impl Future<Output = io::Result<()>>,
) -> Result<(), Failure> {
    match idle.moving(write).await {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) | None => Err(Failure::ClientGone),
    }
}

enum UploadError {
    Client(ClientError),
    Target,
}

impl From<ClientError> for UploadError {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

/// How far a request's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Upload {
    Sending,
    /// The target has what there is, the client owes the rest.
    Waiting,
    Sent,
}

/// Small parts are put together with what stands before them.
const TOGETHER: usize = 16 * 1024;

/// Sends the head that was written, and the body; then it waits for the client to leave. It ends only with an error.
async fn upload<I: Incoming>(
    input: &mut I,
    writer: &mut Writer,
    framing: Framing,
    sent: &Cell<Upload>,
) -> UploadError {
    if let Err(error) = send(input, writer, framing, sent).await {
        return error;
    }
    sent.set(Upload::Sent);
    input.gone().await;
    UploadError::Client(ClientError::Gone)
}

async fn send<I: Incoming>(
    input: &mut I,
    writer: &mut Writer,
    framing: Framing,
    sent: &Cell<Upload>,
) -> Result<(), UploadError> {
    let broken = |_| UploadError::Target;
    if framing == Framing::None {
        writer.flush().await.map_err(broken)?;
        return Ok(());
    }
    loop {
        let frame = match input.ready()? {
            Some(frame) => frame,
            None => {
                writer.flush().await.map_err(broken)?;
                sent.set(Upload::Waiting);
                let frame = input.frame().await?;
                sent.set(Upload::Sending);
                frame
            }
        };
        match frame {
            Frame::Data(data) => put(writer, &data, framing == Framing::Chunked).await.map_err(broken)?,
            Frame::End(trailers) => {
                if framing == Framing::Chunked {
                    write::chunk_end(writer.out(), trailers.as_ref());
                }
                return writer.flush().await.map_err(broken);
            }
        }
    }
}

/// Writes a part of a body; small ones wait for more.
pub async fn put(writer: &mut Writer, data: &Bytes, chunked: bool) -> io::Result<()> {
    if data.is_empty() {
        return Ok(());
    }
    if chunked {
        write::chunk_start(writer.out(), data.len());
    }
    if writer.out().len() + data.len() <= TOGETHER {
        writer.out().extend_from_slice(data);
    } else {
        writer.send(data).await?;
    }
    if chunked {
        writer.out().put_slice(b"\r\n");
    }
    Ok(())
}

enum HeadError {
    /// The connection ended before a byte of it.
    Nothing,
    Malformed,
}

/// Reads the head of a response. Cancel-safe.
async fn response_head(reader: &mut Reader) -> Result<ResponseHead, HeadError> {
    loop {
        if !reader.buffer.is_empty() {
            match take_response(&mut reader.buffer) {
                Ok(Some((head, _))) => return Ok(head),
                Ok(None) if reader.buffer.len() >= RESPONSE_LIMIT => return Err(HeadError::Malformed),
                Ok(None) => {}
                Err(_) => return Err(HeadError::Malformed),
            }
        }
        match reader.fill().await {
            Ok(0) | Err(_) if reader.buffer.is_empty() => return Err(HeadError::Nothing),
            Ok(0) | Err(_) => return Err(HeadError::Malformed),
            Ok(_) => {}
        }
    }
}

/// Interim responses to one request; a target that sends more has no end.
const INTERIMS: u32 = 64;

fn is_interim(head: &ResponseHead) -> bool {
    (100..200).contains(&head.status) && head.status != 101
}

fn keeps_alive(head: &ResponseHead) -> bool {
    match head.version {
        Version::Http10 => head.fields.lists("connection", "keep-alive"),
        _ => !head.fields.lists("connection", "close"),
    }
}

/// The `timeout` of the field Keep-Alive, in which targets say how long they leave a connection open.
fn keep_alive(head: &ResponseHead) -> Option<Duration> {
    head.fields.all("keep-alive").flat_map(list).find_map(|part| {
        let seconds = std::str::from_utf8(part).ok()?.strip_prefix("timeout")?.trim_start();
        seconds.strip_prefix('=')?.trim_start().parse::<u32>().ok().map(u64::from).map(Duration::from_secs)
    })
}

/// What a client is shown of a target's head.
fn to_client(head: &mut ResponseHead, upgraded: bool, adorn: impl FnOnce(&mut ResponseHead)) {
    let protocol = head.fields.get("upgrade").map(<[u8]>::to_vec);
    strip_hop_by_hop(&mut head.fields, false);
    // RFC 9110 §8.6: what has no body has no length; a client could wait for one.
    if head.status == 204 || upgraded {
        head.fields.remove("content-length");
    }
    if upgraded {
        head.fields.push("Connection", "Upgrade");
        if let Some(protocol) = protocol {
            head.fields.push("Upgrade", protocol);
        }
    }
    adorn(head);
}

/// Passes the body on.
async fn download<O: Outgoing>(reader: &mut Reader, framing: Framing, output: &mut O) -> Result<(), Failure> {
    let client = |_| Failure::ClientGone;
    let mut decoder = Decoder::new(framing);
    loop {
        match decoder.step(&mut reader.buffer).map_err(|_| Failure::Cut)? {
            Step::Data(data) => output.data(data).await.map_err(client)?,
            Step::End(trailers) => return output.end(trailers).await.map_err(client),
            Step::More => {
                output.flush().await.map_err(client)?;
                match reader.fill().await {
                    Ok(0) if decoder.ends_with_connection() => return output.end(None).await.map_err(client),
                    Ok(0) | Err(_) => return Err(Failure::Cut),
                    Ok(_) => {}
                }
            }
        }
    }
}
