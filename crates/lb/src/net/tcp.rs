//! A connection of TCP that the kernel tells events of only once something has to wait for it. Most clients have sent their request by the time
//! they are accepted, and what answers it fits into the socket's buffer: who closes then was never registered, which costs as much as reading.

use std::io::{self, IoSlice, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::os::fd::{AsFd as _, BorrowedFd};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::coop::poll_proceed;

use super::buffers::SMALL;

/// One end of a connection.
#[derive(Debug)]
pub struct Tcp(State);

#[derive(Debug)]
enum State {
    /// Not registered yet. It does not block.
    Fresh(std::net::TcpStream),
    Registered(TcpStream),
    /// It could not be registered, and was closed.
    Closed,
}

impl From<TcpStream> for Tcp {
    fn from(stream: TcpStream) -> Self {
        Self(State::Registered(stream))
    }
}

/// Takes a connection that waits in a socket that does not block; `WouldBlock` where there is none.
pub fn accept(socket: &TcpListener) -> io::Result<(Tcp, SocketAddr)> {
    use rustix::net::{SocketFlags, acceptfrom_with};
    let (stream, peer) = acceptfrom_with(socket, SocketFlags::CLOEXEC | SocketFlags::NONBLOCK)?;
    let peer = peer.ok_or(io::ErrorKind::NotConnected)?;
    Ok((Tcp(State::Fresh(stream.into())), peer.try_into()?))
}

impl Tcp {
    /// Whether nothing had to wait for it yet.
    pub fn is_fresh(&self) -> bool {
        matches!(self.0, State::Fresh(_))
    }

    /// Whether a read of a fresh one would find something, its end too.
    pub fn holds_something(&self) -> bool {
        let State::Fresh(stream) = &self.0 else { return false };
        !matches!(stream.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }

    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        match &self.0 {
            State::Fresh(stream) => stream.local_addr(),
            State::Registered(stream) => stream.local_addr(),
            State::Closed => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// None where it is closed.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        match &self.0 {
            State::Fresh(stream) => Some(stream.as_fd()),
            State::Registered(stream) => Some(stream.as_fd()),
            State::Closed => None,
        }
    }

    /// Has something wait for it.
    fn registered(&mut self) -> io::Result<&mut TcpStream> {
        if let State::Fresh(_) = &self.0
            && let State::Fresh(stream) = std::mem::replace(&mut self.0, State::Closed)
        {
            self.0 = State::Registered(TcpStream::from_std(stream)?);
        }
        match &mut self.0 {
            State::Registered(stream) => Ok(stream),
            State::Fresh(_) | State::Closed => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// Whether a read may find something: of a fresh one only the read itself tells.
    pub fn poll_read_ready(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &self.0 {
            State::Fresh(_) => Poll::Ready(Ok(())),
            _ => self.registered()?.poll_read_ready(cx),
        }
    }

    /// Does `io`, which answers `WouldBlock` where it can do nothing; this waits then until it may.
    pub fn poll_io<T>(
        &mut self,
        cx: &mut Context<'_>,
        interest: Interest,
        mut io: impl FnMut(&TcpStream) -> io::Result<T>,
    ) -> Poll<io::Result<T>> {
        let stream = self.registered()?;
        loop {
            if interest.is_readable() {
                ready!(stream.poll_read_ready(cx))?;
            } else {
                ready!(stream.poll_write_ready(cx))?;
            }
            match stream.try_io(interest, || io(stream)) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }

    /// Does `io` at once where it is fresh; nothing where it would have to wait.
    fn at_once<T>(
        &mut self,
        cx: &mut Context<'_>,
        io: impl FnOnce(&mut std::net::TcpStream) -> io::Result<T>,
    ) -> Poll<Option<io::Result<T>>> {
        let State::Fresh(stream) = &mut self.0 else { return Poll::Ready(None) };
        // A peer that always has more leaves room to the other connections of the thread.
        let turn = ready!(poll_proceed(cx));
        match io(stream) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Ready(None),
            done => {
                turn.made_progress();
                Poll::Ready(Some(done))
            }
        }
    }
}

impl AsyncRead for Tcp {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let most = into.remaining().min(SMALL);
        if let Some(done) = ready!(self.at_once(cx, |stream| stream.read(into.initialize_unfilled_to(most))))
        {
            into.advance(done?);
            return Poll::Ready(Ok(()));
        }
        Pin::new(self.registered()?).poll_read(cx, into)
    }
}

impl AsyncWrite for Tcp {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        if let Some(done) = ready!(self.at_once(cx, |stream| stream.write(data))) {
            return Poll::Ready(done);
        }
        Pin::new(self.registered()?).poll_write(cx, data)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some(done) = ready!(self.at_once(cx, |stream| stream.write_vectored(data))) {
            return Poll::Ready(done);
        }
        Pin::new(self.registered()?).poll_write_vectored(cx, data)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // What is written is the kernel's.
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &self.0 {
            State::Fresh(stream) => Poll::Ready(stream.shutdown(Shutdown::Write)),
            _ => Pin::new(self.registered()?).poll_shutdown(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    fn pair() -> (std::net::TcpStream, Tcp) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let client =
            std::net::TcpStream::connect(listener.local_addr().expect("an address")).expect("it listens");
        listener.set_nonblocking(true).expect("a mode");
        let (accepted, peer) = accept(&listener).expect("a connection");
        assert_eq!(peer, client.local_addr().expect("an address"));
        let none = accept(&listener).map(drop).expect_err("there is none");
        assert_eq!(none.kind(), io::ErrorKind::WouldBlock);
        (client, accepted)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn who_has_to_wait_for_nothing_is_not_registered() {
        let (mut client, mut accepted) = pair();
        client.write_all(b"question").expect("it is sent");
        let mut text = [0; 100];
        assert_eq!(accepted.read(&mut text).await.expect("it came"), 8);
        accepted.write_all(b"answer").await.expect("there is room");
        accepted.shutdown().await.expect("it ends");
        assert!(accepted.is_fresh());
        let mut answer = String::new();
        client.read_to_string(&mut answer).expect("it comes");
        assert_eq!(answer, "answer");
    }

    #[tokio::test(flavor = "current_thread")]
    async fn what_comes_later_is_waited_for() {
        let (mut client, mut accepted) = pair();
        let reading = tokio::spawn(async move {
            let mut text = [0; 100];
            let count = accepted.read(&mut text).await.expect("it comes");
            (accepted, text[..count].to_vec())
        });
        tokio::task::yield_now().await;
        assert!(!reading.is_finished());
        client.write_all(b"late").expect("it is sent");
        let (mut accepted, text) = reading.await.expect("it ends");
        assert_eq!((&text[..], accepted.is_fresh()), (&b"late"[..], false));
        // More than the socket takes: the rest goes as the client reads.
        let much = vec![7; 20_000_000];
        let reading = tokio::task::spawn_blocking(move || {
            let mut all = Vec::new();
            client.read_to_end(&mut all).expect("it comes");
            all.len()
        });
        accepted.write_all(&much).await.expect("it goes");
        drop(accepted);
        assert_eq!(reading.await.expect("it ends"), much.len());
    }

    #[tokio::test(flavor = "current_thread")]
    async fn who_always_has_more_leaves_room_to_others() {
        let (mut client, mut accepted) = pair();
        client.set_write_timeout(Some(Duration::from_secs(10))).expect("a deadline");
        client.write_all(&[1; 1000]).expect("it is sent");
        let others = std::rc::Rc::new(std::cell::Cell::new(false));
        let other = std::rc::Rc::clone(&others);
        let local = tokio::task::LocalSet::new();
        local.spawn_local(async move { other.set(true) });
        local
            .run_until(async {
                for _ in 0..1000 {
                    accepted.read_u8().await.expect("it came");
                }
            })
            .await;
        assert!(others.get() && accepted.is_fresh());
    }
}
