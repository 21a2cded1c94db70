//! What is known of a task between two steps. It is plain data, so a checkpoint of it is a resumption point.

use super::event::{ContainerReport, Exit, PortBinding, Report, TaskReport};
use super::health::HealthState;
use super::spec::{ContainerSpec, TaskSpec};
use model::Timestamp;
use model::status::{ContainerStatus, HealthStatus, TaskStatus};
use serde::{Deserialize, Serialize};

/// How far a container, and by its slowest container a task, has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Known {
    None,
    ManifestPulled,
    Pulled,
    Created,
    Running,
    Stopped,
}

/// The effect on a container that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum InFlight {
    Resolve,
    Pull,
    Create,
    Start,
}

/// How far the stop of a running process has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stopping {
    No,
    /// The stop signal was sent.
    Signalled {
        kill_at: Timestamp,
    },
    /// SIGKILL was sent.
    Killed {
        times: u32,
        again_at: Timestamp,
    },
}

/// What the containers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resources {
    /// The node has not admitted the task, or it never came to be.
    None,
    Preparing,
    Ready,
    /// What could be made must be cleaned.
    Failed,
    Cleaning {
        times: u32,
    },
    /// Cleaning failed and is tried again.
    CleanAgain {
        times: u32,
        at: Timestamp,
    },
    /// Nothing is left, or nothing more will be tried.
    Gone,
}

/// A container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerState {
    pub known: Known,
    /// Whether it is to stop although its task is not.
    pub(super) stop_wanted: bool,
    pub(super) in_flight: Option<InFlight>,
    pub(super) stopping: Stopping,
    /// Whether a process runs (between a restart's exit and start it does not although `known` is RUNNING).
    pub process_runs: bool,
    /// Number of the current or next process, from 0.
    pub attempt: u32,
    /// Start of the current process.
    pub started_at: Option<Timestamp>,
    /// Start of the first process.
    pub first_started_at: Option<Timestamp>,
    /// End of the last process.
    pub finished_at: Option<Timestamp>,
    pub exit_code: Option<i32>,
    pub reason: Option<String>,
    pub runtime_id: Option<String>,
    pub image_digest: Option<String>,
    pub bindings: Vec<PortBinding>,
    pub(super) health: HealthState,
}

impl ContainerState {
    fn new() -> Self {
        Self {
            known: Known::None,
            stop_wanted: false,
            in_flight: None,
            stopping: Stopping::No,
            process_runs: false,
            attempt: 0,
            started_at: None,
            first_started_at: None,
            finished_at: None,
            exit_code: None,
            reason: None,
            runtime_id: None,
            image_digest: None,
            bindings: Vec::new(),
            health: HealthState::default(),
        }
    }

    /// Whether a start was ordered whose answer has not come: after a crash the process may or may not exist.
    pub fn start_is_in_flight(&self) -> bool {
        self.in_flight == Some(InFlight::Start)
    }

    /// How often it was restarted by its restart policy.
    pub fn restarts(&self) -> u32 {
        self.attempt
    }

    pub fn health(&self) -> &super::Health {
        &self.health.verdict
    }
}

/// Instants of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub pull_started_at: Option<Timestamp>,
    pub pull_stopped_at: Option<Timestamp>,
    pub execution_stopped_at: Option<Timestamp>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskState {
    pub(super) spec: TaskSpec,
    pub(super) containers: Vec<ContainerState>,
    pub(super) resources: Resources,
    pub(super) stop_wanted: bool,
    pub(super) reason: Option<String>,
    pub(super) reported: Known,
    pub(super) pull_started_at: Option<Timestamp>,
    pub(super) pull_stopped_at: Option<Timestamp>,
    pub(super) execution_stopped_at: Option<Timestamp>,
}

impl TaskState {
    /// A task that waits for [`super::Event::Admitted`].
    pub fn new(spec: TaskSpec) -> Result<Self, super::InvalidSpec> {
        spec.validate()?;
        let containers = spec.containers.iter().map(|_| ContainerState::new()).collect();
        Ok(Self {
            spec,
            containers,
            resources: Resources::None,
            stop_wanted: false,
            reason: None,
            reported: Known::None,
            pull_started_at: None,
            pull_stopped_at: None,
            execution_stopped_at: None,
        })
    }

    pub fn spec(&self) -> &TaskSpec {
        &self.spec
    }

    pub fn containers(&self) -> impl ExactSizeIterator<Item = (&ContainerSpec, &ContainerState)> {
        self.spec.containers.iter().zip(&self.containers)
    }

    pub fn container(&self, index: usize) -> &ContainerState {
        &self.containers[index]
    }

    pub fn resources(&self) -> Resources {
        self.resources
    }

    /// Whether the desired status is STOPPED.
    pub fn is_stopping(&self) -> bool {
        self.stop_wanted
    }

    /// Whether every container stopped.
    pub fn is_stopped(&self) -> bool {
        self.known() == Known::Stopped
    }

    /// Whether it stopped and nothing more will be done.
    pub fn is_gone(&self) -> bool {
        self.is_stopped() && self.resources == Resources::Gone
    }

    /// As far as its slowest container.
    pub fn known(&self) -> Known {
        self.containers.iter().map(|c| c.known).min().unwrap_or(Known::Stopped)
    }

    /// HEALTHY where every essential container with a health check is, UNHEALTHY where one is not, otherwise UNKNOWN.
    pub fn health(&self) -> HealthStatus {
        let mut verdicts = self
            .containers()
            .filter(|(spec, _)| spec.essential && spec.health_check.is_some())
            .map(|(_, state)| state.health().status)
            .peekable();
        if verdicts.peek().is_none() {
            return HealthStatus::Unknown;
        }
        let mut all = HealthStatus::Healthy;
        for verdict in verdicts {
            match verdict {
                HealthStatus::Unhealthy => return HealthStatus::Unhealthy,
                HealthStatus::Unknown => all = HealthStatus::Unknown,
                HealthStatus::Healthy => {}
            }
        }
        all
    }

    /// Everything reported so far, once more: after a restart of the agent the control plane may have missed it.
    pub fn reports(&self) -> Vec<Report> {
        let mut reports: Vec<Report> = (0..self.containers.len())
            .filter(|&i| self.containers[i].known >= Known::Running)
            .map(|i| Report::Container(self.container_report(i)))
            .collect();
        if let Some(status) = wire_status(self.reported) {
            reports.push(Report::Task(self.task_report(status)));
        }
        reports
    }

    pub(super) fn container_report(&self, index: usize) -> ContainerReport {
        let state = &self.containers[index];
        ContainerReport {
            container: index,
            name: self.spec.containers[index].name.clone(),
            status: match state.known {
                Known::None | Known::ManifestPulled | Known::Pulled | Known::Created => {
                    ContainerStatus::Pending
                }
                Known::Running => ContainerStatus::Running,
                Known::Stopped => ContainerStatus::Stopped,
            },
            exit_code: state.exit_code.filter(|_| state.known == Known::Stopped),
            reason: state.reason.clone().filter(|_| state.known == Known::Stopped),
            runtime_id: state.runtime_id.clone(),
            image_digest: state.image_digest.clone(),
            bindings: state.bindings.clone(),
        }
    }

    /// When images were pulled, and when the first essential container ended.
    pub fn times(&self) -> Times {
        Times {
            pull_started_at: self.pull_started_at,
            pull_stopped_at: self.pull_stopped_at,
            execution_stopped_at: self.execution_stopped_at,
        }
    }

    pub(super) fn task_report(&self, status: TaskStatus) -> TaskReport {
        TaskReport {
            status,
            reason: self.reason.clone().filter(|_| status == TaskStatus::Stopped),
            pull_started_at: self.pull_started_at,
            pull_stopped_at: self.pull_stopped_at,
            execution_stopped_at: self.execution_stopped_at,
        }
    }

    /// Whether a container is to stop: for its own sake or with its task.
    pub fn must_stop(&self, index: usize) -> bool {
        self.stop_wanted || self.containers[index].stop_wanted
    }

    /// Writes down how a process ended.
    pub(super) fn record_exit(&mut self, index: usize, exit: Exit) {
        let essential = self.spec.containers[index].essential;
        let container = &mut self.containers[index];
        container.process_runs = false;
        container.finished_at = Some(exit.at);
        container.exit_code = exit.code;
        if exit.oom_killed {
            container.reason = Some("OutOfMemoryError: Container killed due to memory usage".to_owned());
        } else if let Some(reason) = exit.reason {
            container.reason = Some(reason);
        }
        if essential && self.execution_stopped_at.is_none() {
            self.execution_stopped_at = Some(exit.at);
        }
    }
}

/// The task status that the control plane knows for it; MANIFEST_PULLED is reported as PENDING.
pub(super) fn wire_status(known: Known) -> Option<TaskStatus> {
    match known {
        Known::None | Known::Pulled | Known::Created => None,
        Known::ManifestPulled => Some(TaskStatus::Pending),
        Known::Running => Some(TaskStatus::Running),
        Known::Stopped => Some(TaskStatus::Stopped),
    }
}
