//! The two directions of a connection, with their buffers.

use super::{Activity, Tcp, buffers};
use crate::metrics::Meter;
use bytes::{Buf, BufMut, BytesMut};
use std::cell::RefCell;
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf, WriteHalf};
use tokio_rustls::TlsStream;
use tokio_util::io::poll_read_buf;

/// What is read at first, and at most: never more than 64 KiB lie between two peers in one direction.
pub use buffers::LARGE;
use buffers::SMALL;
const LEAST: usize = 512;

/// The socket of a plain connection, of both its directions. Nobody holds it over a wait.
pub type Socket = Rc<RefCell<Tcp>>;

#[derive(Debug)]
enum Input {
    Plain(Socket),
    Tls(ReadHalf<Box<TlsStream<Tcp>>>),
}

#[derive(Debug)]
enum Output {
    Plain(Socket),
    Tls(WriteHalf<Box<TlsStream<Tcp>>>),
}

/// What comes from a peer.
#[derive(Debug)]
pub struct Reader {
    input: Input,
    pub buffer: BytesMut,
    /// Bytes that came.
    pub total: u64,
    /// How much the next read asks for.
    ask: usize,
    pub activity: Activity,
    /// Where bytes are counted at once.
    pub meter: Option<Rc<Meter>>,
}

/// What goes to a peer.
#[derive(Debug)]
pub struct Writer {
    output: Output,
    /// What is written but not sent.
    out: BytesMut,
    /// Bytes that went.
    pub total: u64,
    pub activity: Activity,
    /// Where bytes are counted at once.
    pub meter: Option<Rc<Meter>>,
}

/// Both directions of a plain connection.
pub fn plain(stream: Tcp, activity: Activity) -> (Reader, Writer) {
    let socket = Rc::new(RefCell::new(stream));
    both(Input::Plain(Rc::clone(&socket)), Output::Plain(socket), activity)
}

/// Both directions of an encrypted connection.
pub fn tls(stream: TlsStream<Tcp>, activity: Activity) -> (Reader, Writer) {
    let (input, output) = tokio::io::split(Box::new(stream));
    both(Input::Tls(input), Output::Tls(output), activity)
}

fn both(input: Input, output: Output, activity: Activity) -> (Reader, Writer) {
    let reader = Reader {
        input,
        buffer: BytesMut::new(),
        total: 0,
        ask: SMALL,
        activity: activity.clone(),
        meter: None,
    };
    (reader, Writer { output, out: BytesMut::new(), total: 0, activity, meter: None })
}

impl Drop for Reader {
    fn drop(&mut self) {
        buffers::give(&mut self.buffer);
    }
}

impl Reader {
    /// Reads what there is into the buffer; 0 is the end. No buffer is held while nothing comes. Cancel-safe: what was read is in the buffer.
    pub async fn fill(&mut self) -> io::Result<usize> {
        poll_fn(|cx| self.poll_fill(cx)).await
    }

    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        // What is left of an allocation is used up first: heads that are gone by then leave it to the buffer again, without a new one.
        let least = if self.ask > SMALL { self.ask } else { LEAST };
        if self.buffer.capacity() == 0 {
            if let Input::Plain(socket) = &self.input {
                std::task::ready!(socket.borrow_mut().poll_read_ready(cx))?;
            }
            self.buffer = buffers::take(self.ask);
        } else if self.buffer.capacity() - self.buffer.len() < least {
            self.buffer.reserve(self.ask);
        }
        let mut into = (&mut self.buffer).limit(self.ask);
        let polled = match &mut self.input {
            Input::Plain(socket) => poll_read_buf(Pin::new(&mut *socket.borrow_mut()), cx, &mut into),
            Input::Tls(half) => poll_read_buf(Pin::new(half), cx, &mut into),
        };
        if polled.is_pending() {
            buffers::give(&mut self.buffer);
        }
        let count = std::task::ready!(polled)?;
        self.came(count);
        if count == self.ask {
            self.ask = (self.ask * 2).min(LARGE);
        }
        Poll::Ready(Ok(count))
    }

    /// Gives back the buffer of a connection that waits.
    pub fn rest(&mut self) {
        buffers::give(&mut self.buffer);
    }

    /// Whether reads came back full until they asked for the most: then much comes at once.
    pub fn is_streaming(&self) -> bool {
        self.ask == LARGE
    }

    pub fn is_plain(&self) -> bool {
        matches!(self.input, Input::Plain(_))
    }

    /// The socket of a plain connection, to read what is not buffered yet.
    pub fn socket(&self) -> Option<&Socket> {
        match &self.input {
            Input::Plain(socket) => Some(socket),
            Input::Tls(_) => None,
        }
    }

    /// Bytes came, into the buffer or by it.
    pub fn came(&mut self, count: usize) {
        self.total += count as u64;
        self.activity.touch();
        if let Some(meter) = &self.meter {
            meter.count(count);
        }
    }

    /// Ends when the peer closes; what it sends meanwhile is kept, within bounds. Cancel-safe. Whoever asks has another reason to wake, once in
    /// a while at least: where nothing waited for this connection yet it is looked at when that happens first, and waited for only after that.
    pub async fn closed(&mut self) {
        let mut looks = 0;
        poll_fn(|_| {
            looks += 1;
            let fresh = self.socket().map(|socket| socket.borrow()).filter(|socket| socket.is_fresh());
            match fresh {
                Some(_) if looks == 1 => Poll::Pending,
                Some(socket) if looks == 2 && !socket.holds_something() => Poll::Pending,
                _ => Poll::Ready(()),
            }
        })
        .await;
        loop {
            if self.buffer.len() >= LARGE {
                return std::future::pending().await;
            }
            match self.fill().await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// Whether an idle connection can still be used: nothing came, not even its end.
    pub fn is_quiet(&mut self) -> bool {
        let mut cx = Context::from_waker(std::task::Waker::noop());
        self.buffer.is_empty() && self.poll_fill(&mut cx).is_pending()
    }
}

impl Writer {
    /// What is written but not sent, to write more.
    pub fn out(&mut self) -> &mut BytesMut {
        if self.out.capacity() == 0 {
            self.out = buffers::take(SMALL);
        }
        &mut self.out
    }

    /// Sends what was written.
    pub async fn flush(&mut self) -> io::Result<()> {
        self.send(&[]).await
    }

    /// Sends what was written and then `data`, together where that is possible.
    pub async fn send(&mut self, mut data: &[u8]) -> io::Result<()> {
        while !(self.out.is_empty() && data.is_empty()) {
            let count = poll_fn(|cx| self.poll_send(cx, data)).await?;
            if count == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            self.went(count);
            let own = count.min(self.out.len());
            self.out.advance(own);
            data = &data[count - own..];
        }
        self.rest();
        match &mut self.output {
            // There is nothing to flush.
            Output::Plain(_) => Ok(()),
            Output::Tls(half) => poll_fn(|cx| Pin::new(&mut *half).poll_flush(cx)).await,
        }
    }

    /// One part is written as it is, two with one call.
    fn poll_send(&mut self, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        let both = [IoSlice::new(&self.out), IoSlice::new(data)];
        let one = match (self.out.is_empty(), data.is_empty()) {
            (false, false) => None,
            (true, _) => Some(data),
            (false, true) => Some(&self.out[..]),
        };
        match (&mut self.output, one) {
            (Output::Plain(socket), Some(one)) => Pin::new(&mut *socket.borrow_mut()).poll_write(cx, one),
            (Output::Plain(socket), None) => {
                Pin::new(&mut *socket.borrow_mut()).poll_write_vectored(cx, &both)
            }
            (Output::Tls(half), Some(one)) => Pin::new(half).poll_write(cx, one),
            (Output::Tls(half), None) => Pin::new(half).poll_write_vectored(cx, &both),
        }
    }

    /// The socket of a plain connection, to write after everything that was sent.
    pub fn socket(&self) -> Option<&Socket> {
        match &self.output {
            Output::Plain(socket) => Some(socket),
            Output::Tls(_) => None,
        }
    }

    /// Bytes went, from here or by it.
    pub fn went(&mut self, count: usize) {
        self.total += count as u64;
        self.activity.touch();
        if let Some(meter) = &self.meter {
            meter.count(count);
        }
    }

    /// Gives back the buffer, or the memory of one that is nobody else's.
    fn rest(&mut self) {
        buffers::give(&mut self.out);
        if self.out.capacity() > LARGE {
            self.out = BytesMut::new();
        }
    }

    /// Tells the peer that nothing more comes.
    pub async fn close(&mut self) -> io::Result<()> {
        poll_fn(|cx| match &mut self.output {
            Output::Plain(socket) => Pin::new(&mut *socket.borrow_mut()).poll_shutdown(cx),
            Output::Tls(half) => Pin::new(half).poll_shutdown(cx),
        })
        .await
    }

    /// Ends the connection by a reset: what the peer got is not whole, and nothing else would tell it.
    pub fn reset(self) {
        if let Output::Plain(socket) = self.output {
            super::sockets::reset_on_close(&socket.borrow());
        }
    }
}

/// Both directions as one stream, for what reads and writes by itself.
#[derive(Debug)]
pub struct Joined {
    reader: Reader,
    writer: Writer,
}

impl Joined {
    /// What the reader has buffered comes first.
    pub fn new(reader: Reader, writer: Writer) -> Self {
        Self { reader, writer }
    }
}

impl AsyncRead for Joined {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let reader = &mut self.reader;
        if !reader.buffer.is_empty() {
            let count = reader.buffer.len().min(into.remaining());
            into.put_slice(&reader.buffer.split_to(count));
            return Poll::Ready(Ok(()));
        }
        let before = into.filled().len();
        let polled = match &mut reader.input {
            Input::Plain(socket) => Pin::new(&mut *socket.borrow_mut()).poll_read(cx, into),
            Input::Tls(half) => Pin::new(half).poll_read(cx, into),
        };
        std::task::ready!(polled)?;
        reader.came(into.filled().len() - before);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Joined {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        let writer = &mut self.writer;
        let polled = match &mut writer.output {
            Output::Plain(socket) => Pin::new(&mut *socket.borrow_mut()).poll_write(cx, data),
            Output::Tls(half) => Pin::new(half).poll_write(cx, data),
        };
        let count = std::task::ready!(polled)?;
        writer.went(count);
        Poll::Ready(Ok(count))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let writer = &mut self.writer;
        let polled = match &mut writer.output {
            Output::Plain(socket) => Pin::new(&mut *socket.borrow_mut()).poll_write_vectored(cx, data),
            Output::Tls(half) => Pin::new(half).poll_write_vectored(cx, data),
        };
        let count = std::task::ready!(polled)?;
        writer.went(count);
        Poll::Ready(Ok(count))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.writer.output {
            Output::Plain(socket) => Pin::new(&mut *socket.borrow_mut()).poll_flush(cx),
            Output::Tls(half) => Pin::new(half).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.writer.output {
            Output::Plain(socket) => Pin::new(&mut *socket.borrow_mut()).poll_shutdown(cx),
            Output::Tls(half) => Pin::new(half).poll_shutdown(cx),
        }
    }
}
