//! What follows a switch of protocols: bytes in both directions, until one side ends or nothing moves for the idle time-out.

use crate::net::idle;
use crate::net::{IdleTimer, Reader, Writer};
use crate::target::upstream::Http1;
use std::io;
use tokio_util::sync::CancellationToken;

/// Carries a tunnel until it ends, or until its target's time is over.
pub async fn run(
    reader: &mut Reader,
    writer: &mut Writer,
    mut target: Http1,
    idle: &mut IdleTimer,
    gone: &CancellationToken,
) {
    both(reader, writer, &mut target.reader, &mut target.writer, idle, gone).await;
}

/// Copies both directions. The end of one is passed on; the other goes on until its own end.
pub async fn both(
    client_reader: &mut Reader,
    client_writer: &mut Writer,
    target_reader: &mut Reader,
    target_writer: &mut Writer,
    idle: &mut IdleTimer,
    gone: &CancellationToken,
) -> Ended {
    let directions =
        async { tokio::join!(copy(client_reader, target_writer), copy(target_reader, client_writer)) };
    // Cancel-safe: whichever ends, the tunnel is over.
    tokio::select! {
        ends = directions => match ends {
            (Ok(()), Ok(())) => Ended::Whole,
            (Err(_), _) => Ended::ClientReset,
            (_, Err(_)) => Ended::TargetReset,
        },
        ended = idle.watch(gone) => match ended {
            idle::Ended::Idle => Ended::Idle,
            idle::Ended::Gone => Ended::TargetReset,
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
}

async fn copy(from: &mut Reader, to: &mut Writer) -> io::Result<()> {
    loop {
        if !from.buffer.is_empty() {
            let data = from.buffer.split().freeze();
            to.send(&data).await?;
        }
        if from.fill().await? == 0 {
            return to.close().await;
        }
    }
}
