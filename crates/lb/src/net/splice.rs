//! Bytes that go from one plain connection to another without coming into this process: splice(2), through pipes that a worker's connections
//! share. Only where much comes at once: a small message costs less where it is copied (docs/benchmarks.md).

use super::{Reader, Writer};
use rustix::pipe::{PipeFlags, SpliceFlags, fcntl_setpipe_size, pipe_with, splice};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::os::fd::OwnedFd;
use std::task::Poll;
use tokio::io::Interest;
use tokio::net::TcpStream;

/// Bytes of whole pages that a pipe takes. Packets that fill their pages badly fill it with less: it has a slot for each part.
const SIZE: usize = 256 * 1024;
/// Pipes of one worker: those that wait for the next use, and all of them. A pipe is held while there is something in it; where all are,
/// bytes are copied.
const KEPT: usize = 32;
const MOST: usize = 512;
/// So little at a time is copied for less, where it comes several times in a row.
const LITTLE: usize = 8 * 1024;
const PATIENCE: u32 = 4;

/// A worker's pipes.
#[derive(Debug, Default)]
pub struct Pipes {
    idle: RefCell<Vec<Pipe>>,
    made: Cell<usize>,
}

#[derive(Debug)]
struct Pipe {
    read: OwnedFd,
    write: OwnedFd,
}

/// How a direction stopped being spliced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Everything is through, with the end.
    Ended,
    /// Little comes at a time, or no pipe is left: whoever calls copies for a while.
    Calm,
}

/// Which side broke.
#[derive(Debug)]
pub enum Broken {
    From,
    To,
}

impl Pipes {
    /// None where there are too many, or the process may have no more descriptors.
    fn take(&self) -> Option<Held<'_>> {
        let pipe = self.idle.borrow_mut().pop();
        let pipe = match pipe {
            Some(pipe) => pipe,
            None if self.made.get() >= MOST => return None,
            None => {
                let (read, write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK).ok()?;
                // The limit of the user's pipes may be reached: a smaller one does as well.
                let _ = fcntl_setpipe_size(&write, SIZE);
                self.made.set(self.made.get() + 1);
                Pipe { read, write }
            }
        };
        Some(Held { pipes: self, pipe: Some(pipe), filled: 0 })
    }
}

/// A pipe while it is used. It is given back only when it is empty: what is left in it is nobody else's.
struct Held<'p> {
    pipes: &'p Pipes,
    pipe: Option<Pipe>,
    filled: usize,
}

impl Held<'_> {
    fn fill(&mut self, from: &TcpStream) -> io::Result<usize> {
        let Some(pipe) = &self.pipe else { return Ok(0) };
        let count = splice(from, None, &pipe.write, None, SIZE, SpliceFlags::NONBLOCK | SpliceFlags::MOVE)?;
        self.filled += count;
        Ok(count)
    }

    fn empty(&mut self, to: &TcpStream) -> io::Result<usize> {
        let Some(pipe) = &self.pipe else { return Ok(0) };
        let count =
            splice(&pipe.read, None, to, None, self.filled, SpliceFlags::NONBLOCK | SpliceFlags::MOVE)?;
        self.filled -= count;
        Ok(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut idle = self.pipes.idle.borrow_mut();
        match self.pipe.take() {
            Some(pipe) if self.filled == 0 && idle.len() < KEPT => idle.push(pipe),
            _ => self.pipes.made.set(self.pipes.made.get() - 1),
        }
    }
}

/// Splices one direction as long as that pays. Nothing may be buffered on either side. Not cancel-safe: what is in the pipe is lost.
pub async fn run(from: &mut Reader, to: &mut Writer, pipes: &Pipes) -> Result<Stopped, Broken> {
    let mut calm = 0;
    let mut held: Option<Held<'_>> = None;
    loop {
        let Some(source) = from.socket() else { return Ok(Stopped::Calm) };
        let pipe = match &mut held {
            Some(pipe) => pipe,
            none => {
                let Some(pipe) = pipes.take() else { return Ok(Stopped::Calm) };
                none.insert(pipe)
            }
        };
        let filling = poll_fn(|cx| {
            let filled = source.borrow_mut().poll_io(cx, Interest::READABLE, |source| pipe.fill(source));
            Poll::Ready(filled)
        });
        let count = match filling.await {
            Poll::Ready(Ok(0)) => return Ok(Stopped::Ended),
            Poll::Ready(Ok(count)) => count,
            Poll::Pending => {
                // Whoever waits holds no pipe.
                held = None;
                poll_fn(|cx| source.borrow_mut().poll_read_ready(cx)).await.map_err(|_| Broken::From)?;
                continue;
            }
            Poll::Ready(Err(_)) => return Err(Broken::From),
        };
        while pipe.filled > 0 {
            let Some(sink) = to.socket() else { return Err(Broken::To) };
            let sent =
                poll_fn(|cx| sink.borrow_mut().poll_io(cx, Interest::WRITABLE, |sink| pipe.empty(sink)))
                    .await;
            let sent = sent.ok().filter(|sent| *sent > 0).ok_or(Broken::To)?;
            to.went(sent);
        }
        from.came(count);
        calm = if count < LITTLE { calm + 1 } else { 0 };
        if calm == PATIENCE {
            return Ok(Stopped::Calm);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Activity, stream};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    async fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (one, other) = tokio::join!(TcpStream::connect(address), listener.accept());
        (one.expect("a connection"), other.expect("a connection").0)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn all_of_a_stream_passes_and_the_pipe_is_there_again() {
        let ((mut client, front), (back, mut target)) = (pair().await, pair().await);
        let (mut from, _front) = stream::plain(front.into(), Activity::begin());
        let (_back, mut to) = stream::plain(back.into(), Activity::begin());
        let pipes = Pipes::default();
        let sent: Vec<u8> = (0..5_000_000_u32).map(|at| (at / 7) as u8).collect();
        let mut got = Vec::new();
        let (_, stopped, _) = tokio::join!(
            async {
                client.write_all(&sent).await.expect("it is sent");
                client.shutdown().await.expect("it ends");
            },
            async {
                let stopped = run(&mut from, &mut to, &pipes).await;
                to.close().await.expect("it ends");
                stopped
            },
            async { target.read_to_end(&mut got).await.expect("it comes") },
        );
        assert!(got == sent);
        assert_eq!(stopped.expect("nothing broke"), Stopped::Ended);
        let length = sent.len() as u64;
        assert_eq!((from.total, to.total, from.buffer.len()), (length, length, 0));
        assert_eq!((pipes.made.get(), pipes.idle.borrow().len()), (1, 1));
    }

    #[tokio::test(flavor = "current_thread")]
    async fn small_messages_are_left_to_copying() {
        let ((mut client, front), (back, mut target)) = (pair().await, pair().await);
        let (mut from, _front) = stream::plain(front.into(), Activity::begin());
        let (_back, mut to) = stream::plain(back.into(), Activity::begin());
        let pipes = Pipes::default();
        let talking = async {
            for _ in 0..PATIENCE {
                client.write_all(b"hello").await.expect("it is sent");
                target.read_exact(&mut [0; 5]).await.expect("it comes");
            }
        };
        let (_, stopped) = tokio::join!(talking, run(&mut from, &mut to, &pipes));
        assert_eq!(stopped.expect("nothing broke"), Stopped::Calm);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn what_is_left_in_a_pipe_is_nobody_elses() {
        let (mut client, front) = pair().await;
        client.write_all(b"secret").await.expect("it is sent");
        front.readable().await.expect("it comes");
        let pipes = Pipes::default();
        let mut held = pipes.take().expect("a pipe");
        front.try_io(Interest::READABLE, || held.fill(&front)).expect("it is read");
        drop(held);
        assert_eq!((pipes.made.get(), pipes.idle.borrow().len()), (0, 0));
    }

    #[test]
    fn pipes_are_bounded() {
        let pipes = Pipes::default();
        let mut held: Vec<_> = std::iter::from_fn(|| pipes.take()).take(2 * MOST).collect();
        // Fewer where this process may have no more descriptors.
        assert!(held.len() <= MOST && pipes.made.get() == held.len());
        held.clear();
        assert!(pipes.made.get() == pipes.idle.borrow().len() && pipes.made.get() <= KEPT);
    }
}
