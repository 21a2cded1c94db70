//! The data plane of a node's load balancers: a process of its own ([`engine`]), which goes on while the agent is away, and the agent's end of it.
//!
//! The process is started when there is a load balancer to carry, and ended when there is none any more. Whoever the agent was before, the process that
//! serves is found by its socket.

pub mod engine;
mod keys;
mod link;

pub use keys::Keys;

use agent::{DataPlane, Told};
use model::balancer::{Configuration, FORMAT, Observations, TargetState};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use std::{fs, io};
use tokio::sync::watch;

/// Where the process keeps what is its own, in the directory of a node.
pub fn directory(node: &Path) -> PathBuf {
    node.join("balancers")
}

/// Where the process is spoken to.
fn socket(dir: &Path) -> PathBuf {
    dir.join("control")
}

/// How soon after a failure the process is looked for again, and how long it is waited at most.
const AGAIN: Duration = Duration::from_millis(50);
const AGAIN_AT_MOST: Duration = Duration::from_secs(5);
/// A log that is longer when the process starts is put aside, and the one before it is removed.
const LOG_LIMIT: u64 = 8 << 20;

/// The agent's end.
#[derive(Debug)]
pub struct Plane {
    wanted: watch::Sender<Option<Configuration>>,
    told: watch::Receiver<Told>,
}

impl Plane {
    /// Begins to look after the process of the node whose directory this is; `run_dir` is where the node's namespaces are.
    pub fn start(node: &Path, run_dir: &Path) -> Self {
        let (wanted, wishes) = watch::channel(None);
        let (tell, told) = watch::channel(Told::default());
        let keeper = Keeper { dir: directory(node), run_dir: run_dir.to_owned(), wishes, tell, child: None };
        tokio::spawn(keeper.run());
        Self { wanted, told }
    }
}

impl DataPlane for Plane {
    fn serve(&self, configuration: Configuration) {
        self.wanted.send_replace(Some(configuration));
    }

    fn told(&self) -> watch::Receiver<Told> {
        self.told.clone()
    }
}

/// Keeps the process as it is wanted, until the agent's end is dropped.
struct Keeper {
    dir: PathBuf,
    run_dir: PathBuf,
    wishes: watch::Receiver<Option<Configuration>>,
    tell: watch::Sender<Told>,
    child: Option<tokio::process::Child>,
}

impl Keeper {
    async fn run(mut self) {
        if let Err(error) = self.replace_older().await {
            tracing::warn!(%error, "the data plane of load balancers of another version does not end");
        }
        let mut pause = AGAIN;
        loop {
            let ended = match link::connect(&socket(&self.dir)).await {
                Ok(stream) => {
                    pause = AGAIN;
                    link::converse(stream, &mut self.wishes, &self.tell).await
                }
                Err(_) => self.begin().await,
            };
            let rest = match ended {
                Ok(Next::Again) => pause,
                // Nothing is to be served: the process goes, and the next wish brings another.
                Ok(Next::NothingToServe) => {
                    self.end().await;
                    if self.wishes.changed().await.is_err() {
                        return;
                    }
                    continue;
                }
                Ok(Next::AgentEnds) => return,
                Err(error) => {
                    tracing::warn!(%error, "the data plane of load balancers cannot be reached");
                    pause = (pause * 2).min(AGAIN_AT_MOST);
                    pause
                }
            };
            // Nobody tells when a process listens: it is asked again, more seldom the longer it does not.
            tokio::time::sleep(rest).await;
        }
    }

    /// Ends a process that another version of the program started, if it takes no configurations of this one. Any other goes on with its connections.
    async fn replace_older(&self) -> io::Result<()> {
        match process(&self.dir)? {
            Some((pid, format)) if format != FORMAT => {
                tracing::info!(
                    pid = pid.as_raw_nonzero(),
                    format,
                    "the data plane of load balancers is of another version, and is replaced"
                );
                end(&self.dir).await
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Starts the process where there is something to serve.
    async fn begin(&mut self) -> io::Result<Next> {
        let wanted = self.wishes.borrow_and_update().as_ref().map(|w| (w.revision, w.balancers.is_empty()));
        match wanted {
            Some((_, false)) => return self.launch().map(|()| Next::Again),
            // Nothing is served, as it is wanted.
            Some((revision, true)) => {
                let observations = Observations { revision, ..Observations::default() };
                self.tell.send_replace(Told { observations, refusal: None });
            }
            None => {}
        }
        match self.wishes.changed().await {
            Ok(()) => {
                self.wishes.mark_changed();
                Ok(Next::Again)
            }
            Err(_) => Ok(Next::AgentEnds),
        }
    }

    /// Starts the process, unless one that was started has not begun to listen yet.
    fn launch(&mut self) -> io::Result<()> {
        if let Some(child) = &mut self.child
            && let Some(status) = child.try_wait()?
        {
            self.child = None;
            let log = log_path(&self.dir);
            return Err(io::Error::other(format!("it ended with {status}; its log is {}", log.display())));
        }
        if self.child.is_none() {
            self.child = Some(spawn(&self.dir, &self.run_dir)?);
            tracing::info!(dir = %self.dir.display(), "the data plane of load balancers is started");
        }
        Ok(())
    }

    async fn end(&mut self) {
        if let Err(error) = end(&self.dir).await {
            tracing::warn!(%error, "the data plane of load balancers does not end");
        }
        if let Some(mut child) = self.child.take()
            && let Err(error) = child.wait().await
        {
            tracing::warn!(%error, "what became of the data plane of load balancers is not known");
        }
    }
}

/// What follows.
enum Next {
    Again,
    NothingToServe,
    AgentEnds,
}

fn log_path(dir: &Path) -> PathBuf {
    dir.join("log")
}

/// Starts the process. It leaves the agent's session by itself, and is nobody's when the agent has ended.
fn spawn(dir: &Path, run_dir: &Path) -> io::Result<tokio::process::Child> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let path = log_path(dir);
    if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_LIMIT) {
        fs::rename(&path, path.with_extension("before"))?;
    }
    let log = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&path)?;
    // The program of this process, also where its file was replaced meanwhile.
    tokio::process::Command::new("/proc/self/exe")
        .arg0("longshore")
        .arg("lb-engine")
        .arg("--dir")
        .arg(dir)
        .arg("--namespaces")
        .arg(run_dir)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(false)
        .spawn()
}

/// How long the process may take to end its connections.
const END_LIMIT: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// Ends the process that serves there, if one does, and waits for that.
pub async fn end(dir: &Path) -> io::Result<()> {
    let Some((pid, _)) = process(dir)? else { return Ok(()) };
    kill_process(pid, Signal::TERM)?;
    let begun = tokio::time::Instant::now();
    while test_kill_process(pid).is_ok() && process(dir)?.is_some_and(|(there, _)| there == pid) {
        if begun.elapsed() > END_LIMIT {
            return Err(io::Error::other(format!("process {} does not end", pid.as_raw_nonzero())));
        }
        // It is no child of ours, or another part of us waits for it.
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// The process that holds the directory's lock. The lock decides, the number in its file only names the process.
fn process(dir: &Path) -> io::Result<Option<(Pid, u32)>> {
    match engine::Lock::holder(dir) {
        Ok(holder) => Ok(holder),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What the control plane needs to know: of targets that do not drain it is not asked how busy they are, and that changes all the time.
fn without_noise(mut observations: Observations) -> Observations {
    for target in observations.targets.iter_mut().filter(|t| t.state != TargetState::Draining) {
        target.active = 0;
    }
    observations
}
