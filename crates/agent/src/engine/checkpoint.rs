//! The agent's memory: one file per task and one for the agent, each replaced atomically, mode 0600.
//!
//! What is written survives the agent's death at once; only the first version of a task (before its payload is
//! acknowledged) is forced to the disk, since after the machine's death there is no container to know of. A thread of its own
//! writes, in order, so that no start waits for a disk. Credentials are not kept: a backend sends them again.

use super::facts::{ContainerFacts, Facts};
use agent_protocol::payload;
use model::Timestamp;
use model::status::TaskStatus;
use plan::task::TaskState;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// The newest acknowledged report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Submitted {
    pub status: TaskStatus,
}

/// A task's file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Saved {
    pub version: u32,
    pub boot_id: String,
    pub arrived_at: Timestamp,
    #[serde(default)]
    pub done_at: Option<Timestamp>,
    pub payload: payload::Task,
    pub state: TaskState,
    #[serde(default)]
    pub facts: Facts,
    #[serde(default)]
    pub submitted: Option<Submitted>,
}

const VERSION: u32 = 1;

impl Saved {
    pub fn new(mut payload: payload::Task, state: TaskState, now: Timestamp) -> Self {
        for credentials in
            [&mut payload.role_credentials, &mut payload.execution_role_credentials].into_iter().flatten()
        {
            credentials.access_key_id = None;
            credentials.secret_access_key = None;
            credentials.session_token = None;
        }
        let facts = Facts {
            containers: state.containers().map(|_| ContainerFacts::default()).collect(),
            ..Facts::default()
        };
        Self {
            version: VERSION,
            boot_id: boot_id(),
            arrived_at: now,
            done_at: None,
            payload,
            state,
            facts,
            submitted: None,
        }
    }

    pub fn id(&self) -> &str {
        self.payload.arn.rsplit('/').next().unwrap_or_default()
    }
}

/// Changes with every boot of the machine.
pub(crate) fn boot_id() -> String {
    let path = "/proc/sys/kernel/random/boot_id";
    std::fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default()
}

enum Job {
    Write { path: PathBuf, bytes: Vec<u8>, sync: bool, done: Option<oneshot::Sender<io::Result<()>>> },
    Flush(oneshot::Sender<()>),
}

/// The writer of checkpoints.
#[derive(Clone, Debug)]
pub(crate) struct Checkpoints {
    dir: PathBuf,
    jobs: mpsc::Sender<Job>,
}

impl Checkpoints {
    pub fn start(dir: PathBuf) -> io::Result<Self> {
        let (jobs, receiver) = mpsc::channel();
        let (to_sync, sync_jobs) = mpsc::channel();
        std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || write_all(&receiver, &to_sync))?;
        std::thread::Builder::new().name("checkpoint-sync".to_owned()).spawn(move || sync_all(&sync_jobs))?;
        Ok(Self { dir, jobs })
    }

    pub fn path(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.json"))
    }

    /// Writes a new task; the receiver answers when it is on the disk.
    pub fn save_new(&self, saved: &Saved) -> oneshot::Receiver<io::Result<()>> {
        let (done, receiver) = oneshot::channel();
        self.write(saved, true, Some(done));
        receiver
    }

    /// Writes a task.
    pub fn save(&self, saved: &Saved) {
        self.write(saved, saved.done_at.is_some(), None);
    }

    fn write(&self, saved: &Saved, sync: bool, done: Option<oneshot::Sender<io::Result<()>>>) {
        let bytes = serde_json::to_vec(saved).expect("a checkpoint has text keys and finite numbers");
        // The thread ends only when every sender is gone.
        let _ = self.jobs.send(Job::Write { path: self.path(saved.id()), bytes, sync, done });
    }

    /// Writes what the agent itself remembers, not forced to the disk.
    pub fn save_agent(&self, file: &AgentFile, data_dir: &Path) {
        let bytes = serde_json::to_vec(file).expect("texts and numbers are JSON");
        // The thread ends only when every sender is gone.
        let _ = self.jobs.send(Job::Write {
            path: data_dir.join(AgentFile::NAME),
            bytes,
            sync: false,
            done: None,
        });
    }

    /// Waits until everything handed in so far is written.
    pub async fn flush(&self) {
        let (done, receiver) = oneshot::channel();
        if self.jobs.send(Job::Flush(done)).is_ok() {
            let _ = receiver.await;
        }
    }

    /// Every task on disk. A file that cannot be read is set aside, loudly: its containers are then unknown and removed.
    pub fn load(&self) -> io::Result<Vec<Saved>> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(&self.dir)? {
            let path = entry?.path();
            if path.extension().is_none_or(|e| e != "json") {
                continue;
            }
            match serde_json::from_slice::<Saved>(&std::fs::read(&path)?) {
                Ok(saved) if saved.version == VERSION => all.push(saved),
                Ok(saved) => {
                    tracing::error!(?path, version = saved.version, "checkpoint of an unknown version")
                }
                Err(error) => {
                    tracing::error!(?path, %error, "damaged checkpoint, set aside");
                    std::fs::rename(&path, path.with_extension("damaged"))?;
                }
            }
        }
        all.sort_by_key(|s| s.arrived_at);
        Ok(all)
    }
}

type Done = Option<oneshot::Sender<io::Result<()>>>;

/// Writes; forcing to the disk is another thread's, so that nothing waits behind it.
fn write_all(jobs: &mpsc::Receiver<Job>, to_sync: &mpsc::Sender<(PathBuf, Done)>) {
    while let Ok(job) = jobs.recv() {
        match job {
            Job::Write { path, bytes, sync, done } => match write_atomically(&path, &bytes, false) {
                // The other thread ends only after this one.
                Ok(()) if sync => drop(to_sync.send((path, done))),
                result => answer(&path, result, done),
            },
            Job::Flush(done) => {
                // Nobody may be waiting any more.
                let _ = done.send(());
            }
        }
    }
}

fn sync_all(jobs: &mpsc::Receiver<(PathBuf, Done)>) {
    while let Ok((path, done)) = jobs.recv() {
        let synced = File::open(&path).and_then(|f| f.sync_data());
        let result = synced.and_then(|()| path.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all()));
        answer(&path, result, done);
    }
}

fn answer(path: &Path, result: io::Result<()>, done: Done) {
    if let Err(error) = &result {
        tracing::error!(?path, %error, "cannot write a checkpoint");
    }
    if let Some(done) = done {
        // Nobody may be waiting any more.
        let _ = done.send(result);
    }
}

/// Replaces a file as a whole; with `sync` it is on the disk when this returns.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    let temporary = path.with_extension("tmp");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    file.write_all(bytes)?;
    if sync {
        file.sync_data()?;
    }
    drop(file);
    std::fs::rename(&temporary, path)?;
    match path.parent() {
        Some(parent) if sync => File::open(parent)?.sync_all(),
        Some(_) | None => Ok(()),
    }
}

/// What the agent itself remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AgentFile {
    /// As configured when the instance was registered.
    #[serde(default)]
    pub cluster: String,
    #[serde(default)]
    pub container_instance_arn: Option<String>,
    /// Highest payload seqNum and manifest timeline seen.
    #[serde(default)]
    pub timeline: i64,
}

impl AgentFile {
    const NAME: &'static str = "agent.json";

    pub fn load(data_dir: &Path) -> io::Result<Self> {
        let path = data_dir.join(Self::NAME);
        match std::fs::read(&path) {
            // After a loss of power it may be empty. Without it the node registers as a new instance; a node that does not start helps nobody.
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::error!(?path, %error, "damaged; the node is registered anew");
                Self::default()
            })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub fn save(&self, data_dir: &Path) -> io::Result<()> {
        let bytes = serde_json::to_vec(self).map_err(io::Error::other)?;
        write_atomically(&data_dir.join(Self::NAME), &bytes, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::task::{ContainerSpec, TaskSpec};
    use std::os::unix::fs::PermissionsExt;

    fn saved(id: &str) -> Saved {
        let spec = TaskSpec { containers: vec![ContainerSpec::new("c")], pull_upfront: false };
        let mut payload = payload::Task { arn: format!("arn:aws:ecs:r:a:task/c/{id}"), ..Default::default() };
        payload.role_credentials = Some(payload::IamRoleCredentials {
            secret_access_key: Some("s3cr3t".into()),
            ..Default::default()
        });
        Saved::new(payload, TaskState::new(spec).unwrap(), Timestamp(1))
    }

    #[test]
    fn a_damaged_file_of_the_agent_makes_it_a_new_one() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(AgentFile::load(dir.path()).unwrap(), AgentFile::default());
        let known = AgentFile { cluster: "c".into(), container_instance_arn: Some("i".into()), timeline: 7 };
        known.save(dir.path()).unwrap();
        assert_eq!(AgentFile::load(dir.path()).unwrap(), known);
        std::fs::write(dir.path().join(AgentFile::NAME), "").unwrap();
        assert_eq!(AgentFile::load(dir.path()).unwrap(), AgentFile::default());
    }

    #[tokio::test]
    async fn tasks_come_back_without_secrets_and_damage_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let checkpoints = Checkpoints::start(dir.path().to_owned()).unwrap();
        checkpoints.save_new(&saved("a")).await.unwrap().unwrap();
        std::fs::write(dir.path().join("b.json"), "{").unwrap();
        let all = checkpoints.load().unwrap();
        assert_eq!(all.iter().map(Saved::id).collect::<Vec<_>>(), ["a"]);
        let text = std::fs::read_to_string(checkpoints.path("a")).unwrap();
        assert!(!text.contains("s3cr3t"));
        assert_eq!(std::fs::metadata(checkpoints.path("a")).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(dir.path().join("b.damaged").exists());
        checkpoints.flush().await;
    }
}
