//! The control socket.

use super::frame;
use super::kept::{Kept, KeptError};
use super::{FromController, ToController};
use crate::engine::Engine;
use crate::error::chain;
use model::balancer::Configuration;
use socket2::{Domain, SockAddr, Socket, Type};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Controllers at once; more are turned away.
const CONTROLLERS: usize = 8;
/// How long a controller may take to read what it is told: one that does not read holds a place that another needs.
const TELL: Duration = Duration::from_secs(10);
/// Answers that wait for a controller that does not read.
const QUEUE: usize = 16;

/// Why the control socket is not served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path} cannot be listened on")]
    Listen {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Kept(#[from] KeptError),
}

/// Serves what was kept, and then controllers at `socket` until `stop` is cancelled. A configuration on the disk that cannot be served is
/// told and left where it is: a controller replaces it.
pub async fn serve(
    engine: Arc<Engine>,
    directory: &Path,
    socket: &Path,
    stop: CancellationToken,
) -> Result<(), Error> {
    let kept = Kept::open(directory)?;
    match kept.read() {
        Ok(Some(configuration)) => match engine.apply(&configuration) {
            Ok(()) => tracing::info!(revision = configuration.revision, "serving what was kept"),
            Err(error) => tracing::error!(%error, "what was kept cannot be served"),
        },
        Ok(None) => {}
        Err(error) => tracing::error!(error = %chain(&error), "what was kept cannot be read"),
    }
    let listener = listen(socket)?;
    let places = Arc::new(Semaphore::new(CONTROLLERS));
    // One configuration at a time, so that what is kept last is what is served.
    let kept = Arc::new(Mutex::new(kept));
    let tasks = TaskTracker::new();
    loop {
        // Cancel-safe: a connection that is not accepted waits.
        let stream = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a controller could not be accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            tracing::warn!("too many controllers");
            continue;
        };
        let (engine, kept, stop) = (Arc::clone(&engine), Arc::clone(&kept), stop.clone());
        tasks.spawn(async move {
            // Cancel-safe: a configuration that was taken is kept before this ends, in a task of its own.
            tokio::select! {
                () = stop.cancelled() => {}
                result = converse(&engine, &kept, stream) => if let Err(error) = result {
                    tracing::info!(error = %chain(&error), "a controller left");
                }
            }
            drop(place);
        });
    }
    tasks.close();
    tasks.wait().await;
    match std::fs::remove_file(socket) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::Listen { path: socket.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

/// Listens on a socket that only its owner may use. One that an earlier process left is replaced.
fn listen(path: &Path) -> Result<UnixListener, Error> {
    let failed = |source| Error::Listen { path: path.to_owned(), source };
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let bound = || {
        let socket = Socket::new(Domain::UNIX, Type::STREAM.cloexec().nonblocking(), None)?;
        // Linux gives the file of a socket the mode that the socket itself has: there is no moment at which others may connect.
        let socket = File::from(OwnedFd::from(socket));
        socket.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        let socket = Socket::from(OwnedFd::from(socket));
        socket.bind(&SockAddr::unix(path)?)?;
        socket.listen(CONTROLLERS as i32)?;
        UnixListener::from_std(OwnedFd::from(socket).into())
    };
    bound().map_err(failed)
}

/// One controller.
async fn converse(
    engine: &Arc<Engine>,
    kept: &Arc<Mutex<Kept>>,
    stream: UnixStream,
) -> Result<(), frame::Error> {
    let (mut reader, mut writer) = stream.into_split();
    let (answers, mut waiting) = mpsc::channel(QUEUE);
    let mut observations = engine.observations();
    let telling = async {
        let first = ToController::Observed(observations.borrow_and_update().clone());
        tell(&mut writer, &first).await?;
        loop {
            // Cancel-safe: answers wait in their queue, observations are looked at anew.
            let message = tokio::select! {
                answer = waiting.recv() => match answer {
                    Some(answer) => answer,
                    None => return Ok(()),
                },
                changed = observations.changed() => match changed {
                    Ok(()) => ToController::Observed(observations.borrow_and_update().clone()),
                    Err(_) => return Ok(()),
                },
            };
            tell(&mut writer, &message).await?;
        }
    };
    let listening = async {
        while let Some(FromController::Apply(configuration)) = frame::read(&mut reader).await? {
            let answer = take(Arc::clone(engine), Arc::clone(kept), configuration).await;
            if answers.send(answer).await.is_err() {
                break;
            }
        }
        drop(answers);
        Ok::<(), frame::Error>(())
    };
    // Cancel-safe: when one direction has ended the connection is over.
    tokio::select! {
        told = telling => told,
        heard = listening => heard,
    }
}

/// Tells a controller something, while it reads.
async fn tell(writer: &mut OwnedWriteHalf, message: &ToController) -> Result<(), frame::Error> {
    let told = tokio::time::timeout(TELL, frame::write(writer, message)).await;
    told.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}

/// Serves a configuration and keeps it. In a task of its own: it goes on where the controller leaves.
async fn take(
    engine: Arc<Engine>,
    kept: Arc<Mutex<Kept>>,
    configuration: Box<Configuration>,
) -> ToController {
    let revision = configuration.revision;
    let taking = tokio::spawn(async move {
        let kept = kept.lock_owned().await;
        tokio::task::spawn_blocking(move || {
            // What the disk has no room for is not served: after a restart it would be another configuration.
            kept.draft(&configuration).map_err(|error| chain(&error))?;
            engine.apply(&configuration).map_err(|error| chain(&error))?;
            kept.keep_draft().map_err(|error| format!("it is served, but not kept: {}", chain(&error)))
        })
        .await
    });
    match taking.await {
        Ok(Ok(Ok(()))) => ToController::Applied { revision },
        Ok(Ok(Err(why))) => ToController::Refused { revision, why },
        Ok(Err(error)) | Err(error) => ToController::Refused { revision, why: error.to_string() },
    }
}
