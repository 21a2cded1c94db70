//! One request and its response, between a client and a target. Both directions flow at once and neither is ever held whole.

pub mod http1;
pub mod http2;

use crate::http::{Fields, Framing, ResponseHead};
use crate::net::idle::Ended;
use bytes::Bytes;
use std::io;

/// A part of a body.
#[derive(Debug)]
pub enum Frame {
    Data(Bytes),
    End(Option<Fields>),
}

/// The request's body as it comes from a client.
pub trait Incoming {
    /// What is there already, without waiting.
    fn ready(&mut self) -> Result<Option<Frame>, ClientError>;
    /// The next part. Cancel-safe.
    async fn frame(&mut self) -> Result<Frame, ClientError>;
    /// Ends when the client is gone, or with one of the next times that its task wakes. Cancel-safe. Asked only after the body's end.
    async fn gone(&mut self);
    /// Whether anything of the body was handed out.
    fn touched(&self) -> bool;
}

/// The response as it goes to a client.
pub trait Outgoing {
    /// Nothing more of the request is read: where something is left the connection cannot carry another one, and the head says so.
    fn reads_no_more(&mut self);
    /// An interim response: 100, 103.
    async fn interim(&mut self, head: &ResponseHead) -> io::Result<()>;
    /// The head; it may wait for what follows.
    async fn head(&mut self, head: &ResponseHead, framing: Framing) -> io::Result<()>;
    async fn data(&mut self, data: Bytes) -> io::Result<()>;
    async fn end(&mut self, trailers: Option<Fields>) -> io::Result<()>;
    /// Sends what waits.
    async fn flush(&mut self) -> io::Result<()>;
    /// Ends the response by a reset with this code of HTTP/2. Of HTTP/1 there is none: its requests go to no target of HTTP/2.
    fn reset(&mut self, _code: u32) {}
}

/// What went wrong with the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// It closed its connection.
    Gone,
    /// Its body is not framed as it said.
    Malformed,
}

/// How an exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing has gone to the client: it gets this status.
    Status(u16),
    /// The target closed a connection that had waited, before it answered: the request may be sent again where that is safe.
    Stale,
    /// The target has seen nothing of the request: it may be sent again whatever it is.
    Unsent,
    /// There is no connection to the target: another one may be asked, or the client gets this status.
    Unreached(u16),
    /// The response has begun and cannot be ended well.
    Cut,
    /// The target reset its stream with this code, which is for the client. `begun` says whether the response has.
    Reset { code: u32, begun: bool },
    /// The client is gone; AWS logs 460.
    ClientGone,
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Gone => Self::ClientGone,
            ClientError::Malformed => Self::Status(400),
        }
    }
}

impl Failure {
    /// What an ended watch means before the response's head: the target took too long, or its time to drain is over.
    fn before_head(ended: Ended) -> Self {
        match ended {
            Ended::Idle => Self::Status(504),
            Ended::Gone => Self::Status(502),
        }
    }
}

/// What came of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is whole. Whether the connections can carry another request.
    Whole { target_reusable: bool, request_read: bool },
    /// The target switched protocols: what follows is a tunnel.
    Upgraded,
}

/// What an exchange notes as it goes.
#[derive(Debug, Default)]
pub struct Timeline {
    /// When the request went to the target, and when the head of its response came.
    pub dispatched: Option<std::time::Instant>,
    pub answered: Option<std::time::Instant>,
    pub target_status: Option<u16>,
}
