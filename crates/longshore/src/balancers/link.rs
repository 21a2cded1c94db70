//! The conversation with the data plane's process.

use super::{Next, without_noise};
use agent::Told;
use lb::process::frame;
use lb::process::{FromController, ToController};
use model::balancer::Configuration;
use std::io;
use std::path::Path;
use tokio::net::UnixStream;
use tokio::sync::watch;

pub async fn connect(socket: &Path) -> io::Result<UnixStream> {
    UnixStream::connect(socket).await
}

/// Hands on what is wanted and tells what is said, until either side ends.
pub async fn converse(
    stream: UnixStream,
    wishes: &mut watch::Receiver<Option<Configuration>>,
    tell: &watch::Sender<Told>,
) -> io::Result<Next> {
    let (mut reader, mut writer) = stream.into_split();
    let (heard, mut hearing) = tokio::sync::mpsc::channel(1);
    // Of its own, since a message that is half read must not be given up.
    let listening = tokio::spawn(async move {
        loop {
            let read = frame::read::<ToController>(&mut reader).await;
            let over = !matches!(read, Ok(Some(_)));
            if heard.send(read).await.is_err() || over {
                return;
            }
        }
    });
    let _end = AbortOnDrop(listening);
    wishes.mark_changed();
    let mut emptied = None;
    loop {
        // Cancel-safe: a wish is looked at anew, what was heard waits in its queue.
        tokio::select! {
            changed = wishes.changed() => {
                if changed.is_err() {
                    return Ok(Next::AgentEnds);
                }
                let wanted = wishes.borrow_and_update().clone();
                let Some(configuration) = wanted else { continue };
                emptied = configuration.balancers.is_empty().then_some(configuration.revision);
                let message = FromController::Apply(Box::new(configuration));
                frame::write(&mut writer, &message).await.map_err(io::Error::other)?;
            }
            heard = hearing.recv() => match heard {
                Some(Ok(Some(message))) => {
                    if let ToController::Applied { revision } = &message
                        && emptied == Some(*revision)
                    {
                        return Ok(Next::NothingToServe);
                    }
                    note(message, tell);
                }
                Some(Ok(None)) | None => return Ok(Next::Again),
                Some(Err(error)) => return Err(io::Error::other(error)),
            },
        }
    }
}

fn note(message: ToController, tell: &watch::Sender<Told>) {
    tell.send_if_modified(|told| {
        let before = told.clone();
        match message {
            ToController::Applied { revision } => {
                told.refusal = None;
                told.observations.revision = told.observations.revision.max(revision);
            }
            ToController::Refused { revision, why } => {
                tracing::error!(revision, why, "the data plane of load balancers refuses what it is told");
                told.refusal = Some(why);
            }
            ToController::Observed(observations) => told.observations = without_noise(observations),
        }
        *told != before
    });
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
