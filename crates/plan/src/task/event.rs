//! What goes into a step and what comes out.

use super::health::ProbeResult;
use model::Timestamp;
use model::status::{ContainerStatus, TaskStatus, TransportProtocol};
use serde::{Deserialize, Serialize};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The node has what the task needs: it may begin.
    Admitted,
    /// The task is to stop; the reason is the task's where none is known yet.
    Stop { reason: Option<String> },
    /// Answer to [`Effect::Prepare`].
    Prepared(Result<(), String>),
    /// Answer to [`Effect::ResolveImage`].
    ImageResolved { container: usize, result: Result<Option<String>, Failure> },
    /// Answer to [`Effect::PullImage`], with the digest where it is known.
    ImagePulled { container: usize, result: Result<Option<String>, Failure> },
    /// Answer to [`Effect::Create`], with the ports that were published.
    Created { container: usize, result: Result<Vec<PortBinding>, Failure> },
    /// Answer to [`Effect::Start`], with the runtime's id for the container.
    Started { container: usize, attempt: u32, result: Result<String, Failure> },
    /// The process ended, or is found to be gone.
    Exited { container: usize, attempt: u32, exit: Exit },
    /// Answer to [`Effect::Probe`].
    Probed { container: usize, attempt: u32, result: ProbeResult },
    /// Answer to [`Effect::Clean`]: what could not be removed.
    Cleaned { left: Vec<String> },
    /// Time passed.
    Tick,
}

/// An effect that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// AWS's name of the error, as `CannotPullContainerError`.
    pub name: String,
    pub text: String,
    /// The exit code that the container is to show, where Docker would give one.
    pub exit_code: Option<i32>,
    /// Whether the task is to stop even where the container is not essential.
    pub stops_task: bool,
}

impl Failure {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), exit_code: None, stops_task: false }
    }

    /// As a container's reason.
    pub fn reason(&self) -> String {
        format!("{}: {}", self.name, self.text)
    }
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// `None` where nobody knows.
    pub code: Option<i32>,
    /// Whether the kernel killed it for memory.
    pub oom_killed: bool,
    pub at: Timestamp,
    /// Why there is no code.
    pub reason: Option<String>,
}

/// Something to be done. Every effect but the signals and cancellations is answered by one event, in bounded time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make what the containers share: cgroup, namespaces, network, volumes.
    Prepare,
    /// Find the digest of the image.
    ResolveImage { container: usize },
    /// Have the image here.
    PullImage { container: usize },
    /// The answer to a resolve or pull is not wanted any more.
    CancelPull { container: usize },
    /// Mount the root file system and attach the container's own network.
    Create { container: usize },
    /// Start the process; `attempt` counts from 0, a later one replaces the process of the one before.
    Start { container: usize, attempt: u32 },
    /// Send the image's stop signal (SIGTERM where it names none).
    SignalStop { container: usize, attempt: u32 },
    /// Send SIGKILL.
    Kill { container: usize, attempt: u32 },
    /// Run the health check once.
    Probe { container: usize, attempt: u32 },
    /// Remove everything the task has on the node.
    Clean,
}

/// Something for the control plane. Container reports travel with the next task report or by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Report {
    Container(ContainerReport),
    Task(TaskReport),
}

/// What became of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerReport {
    pub container: usize,
    pub name: String,
    pub status: ContainerStatus,
    pub exit_code: Option<i32>,
    pub reason: Option<String>,
    pub runtime_id: Option<String>,
    pub image_digest: Option<String>,
    pub bindings: Vec<PortBinding>,
}

/// What became of the task: PENDING, RUNNING or STOPPED.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskReport {
    pub status: TaskStatus,
    pub reason: Option<String>,
    pub pull_started_at: Option<Timestamp>,
    pub pull_stopped_at: Option<Timestamp>,
    pub execution_stopped_at: Option<Timestamp>,
}

/// A published port, or several in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortBinding {
    pub bind_ip: String,
    pub container_port: u16,
    pub host_port: u16,
    /// How many; `None` where the task definition names one port, and not a range of them.
    #[serde(default)]
    pub range: Option<u16>,
    pub protocol: TransportProtocol,
}

/// What a step answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub effects: Vec<Effect>,
    pub reports: Vec<Report>,
}
