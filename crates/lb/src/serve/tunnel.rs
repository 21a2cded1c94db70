//! What follows a switch of protocols: bytes in both directions, until one side ends or nothing moves for the idle time-out.

use crate::net::splice::{self, Broken, Pipes, Stopped};
use crate::net::{IdleTimer, Reader, Writer, idle};
use crate::target::upstream::Http1;
use tokio_util::sync::CancellationToken;

/// Carries a tunnel until it ends, or until its target's time is over.
pub async fn run(
    reader: &mut Reader,
    writer: &mut Writer,
    mut target: Http1,
    idle: &mut IdleTimer,
    gone: &CancellationToken,
    pipes: &Pipes,
) -> Ended {
    let ended = both(reader, writer, &mut target.reader, &mut target.writer, idle, Some(gone), pipes).await;
    if ended != Ended::Whole {
        target.writer.reset();
    }
    ended
}

/// Carries both directions. The end of one is passed on and the other goes on until its own end; what breaks one breaks both.
pub async fn both(
    client_reader: &mut Reader,
    client_writer: &mut Writer,
    target_reader: &mut Reader,
    target_writer: &mut Writer,
    idle: &mut IdleTimer,
    gone: Option<&CancellationToken>,
    pipes: &Pipes,
) -> Ended {
    let (client, target) = (Ended::ClientReset, Ended::TargetReset);
    let directions = async {
        tokio::try_join!(
            copy((client_reader, client), (target_writer, target), pipes),
            copy((target_reader, target), (client_writer, client), pipes)
        )
    };
    // Cancel-safe: whichever ends, the tunnel is over.
    tokio::select! {
        ends = directions => ends.map_or_else(|broken| broken, |_| Ended::Whole),
        ended = async {
            match gone {
                Some(gone) => idle.watch(gone).await,
                None => {
                    idle.expired().await;
                    idle::Ended::Idle
                }
            }
        } => match ended {
            idle::Ended::Idle => Ended::Idle,
            idle::Ended::Gone => Ended::Gone,
        },
    }
}

/// How a tunnel ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Whole,
    ClientReset,
    TargetReset,
    Idle,
    /// The target's time is over.
    Gone,
}

/// Carries one direction: copied, or spliced while much comes from one plain connection for another. Either side comes with what it means that it broke.
async fn copy(
    (from, from_broke): (&mut Reader, Ended),
    (to, to_broke): (&mut Writer, Ended),
    pipes: &Pipes,
) -> Result<(), Ended> {
    loop {
        if !from.buffer.is_empty() {
            let data = from.buffer.split().freeze();
            to.send(&data).await.map_err(|_| to_broke)?;
        }
        if from.is_streaming() && from.socket().is_some() && to.socket().is_some() {
            from.rest();
            match splice::run(from, to, pipes).await {
                Ok(Stopped::Ended) => return to.close().await.map_err(|_| to_broke),
                Ok(Stopped::Calm) => {}
                Err(Broken::From) => return Err(from_broke),
                Err(Broken::To) => return Err(to_broke),
            }
        }
        if from.fill().await.map_err(|_| from_broke)? == 0 {
            return to.close().await.map_err(|_| to_broke);
        }
    }
}
