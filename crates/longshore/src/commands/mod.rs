//! The sub-commands, a file each.

pub mod agent;
pub mod doctor;
pub mod down;
pub mod env;
pub mod image;
pub mod operate;
pub mod server;
pub mod status;
pub mod up;

use tokio::signal::unix::{SignalKind, signal};

/// Returns when the process is asked to end (SIGINT, SIGTERM).
pub async fn asked_to_end() -> anyhow::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    // Cancel-safe: a signal that comes meanwhile ends the process all the same.
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}
