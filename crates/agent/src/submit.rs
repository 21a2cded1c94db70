//! Reports of a task, in order, until they are acknowledged.
//!
//! Container changes travel with the next task change, or by themselves after 10–30 seconds, the end of a container of a task that ran at once: whether the task
//! is still a target of load balancers goes by it. At most ten tasks report at the same time. PENDING that was not sent yet gives way to what followed it. A report that the control plane refuses for good
//! is dropped, loudly: repeating it would block everything after it.
//!
//! STOPPED waits a moment for the task's log: who waits for a task's end and then reads what it said finds all of it. What it says of containers does not
//! wait so long.

use crate::aws;
use crate::clock;
use crate::engine::Input;
use crate::engine::Shared;
use agent_protocol::control::{
    AttachmentStateChange, ContainerStateChange, NetworkBinding, SubmitTaskStateChangeRequest,
};
use agent_protocol::timers::{CONTAINER_CHANGE_FLUSH_MAX, CONTAINER_CHANGE_FLUSH_MIN, REASON_MAX};
use model::Timestamp;
use model::status::{ContainerStatus, TaskStatus};
use plan::task::{ContainerReport, Report, TaskReport};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

const RETRY_FIRST: Duration = Duration::from_millis(200);
const RETRY_LONGEST: Duration = Duration::from_secs(30);
/// How long STOPPED waits for what the task wrote to be shipped. A log service that is away longer does not hold up the task's replacement.
// AWS differs: there the end of a log may come after the task is STOPPED.
const LOG_WAIT: Duration = Duration::from_secs(2);
/// How long the end of a container waits for what is told with it.
const END_WAIT: Duration = Duration::from_millis(100);
/// Reports that wait. The stepper makes a handful per container.
const QUEUE: usize = 1024;

/// The queue of one task.
#[derive(Debug)]
pub(crate) struct Outbox {
    notes: mpsc::Sender<Note>,
}

/// Whose reports they are, beyond the task's name. Nothing of it for a task that has no actor.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    /// Hears of acknowledged task reports.
    pub actor: Option<mpsc::Sender<Input>>,
    /// That of the task's interface: it is told with [`Outbox::interface_attached`], or else with the task's running.
    pub attachment: Option<String>,
    /// The shipping of its containers' logs. Closed.
    pub shipping: Option<TaskTracker>,
}

/// What goes into a queue.
#[derive(Debug)]
enum Note {
    Report(Report),
    /// The task's interface is there; its containers follow.
    InterfaceAttached,
}

impl Outbox {
    /// Starts the queue; it ends when it is dropped and everything was sent.
    pub fn start(shared: &Arc<Shared>, arn: &str, origin: Origin) -> Self {
        let (notes, receiver) = mpsc::channel(QUEUE);
        let worker = Worker {
            shared: shared.clone(),
            arn: arn.to_owned(),
            actor: origin.actor,
            attachment: origin.attachment,
            shipping: origin.shipping,
            attached: Vec::new(),
            containers: Vec::new(),
            status: TaskStatus::Pending,
            ran: false,
            queue: VecDeque::new(),
            flush_at: None,
        };
        shared.tracker.spawn(worker.run(receiver));
        Self { notes }
    }

    /// Queues a report. Never waits.
    pub fn send(&self, report: Report) {
        self.note(Note::Report(report));
    }

    /// Tells that the task has its interface, while its images may still be on their way.
    pub fn interface_attached(&self) {
        self.note(Note::InterfaceAttached);
    }

    fn note(&self, note: Note) {
        if let Err(error) = self.notes.try_send(note) {
            // What is lost here is told again with everything else after the next `Repeat`.
            tracing::error!(%error, "the queue of a task's reports is full");
        }
    }
}

struct Worker {
    shared: Arc<Shared>,
    arn: String,
    actor: Option<mpsc::Sender<Input>>,
    /// Not yet told to be attached.
    attachment: Option<String>,
    /// What STOPPED waits for.
    shipping: Option<TaskTracker>,
    /// Told to be attached by the next change.
    attached: Vec<AttachmentStateChange>,
    /// Changes that wait for a task change.
    containers: Vec<ContainerStateChange>,
    /// The newest task status reported.
    status: TaskStatus,
    /// RUNNING was among them.
    ran: bool,
    queue: VecDeque<SubmitTaskStateChangeRequest>,
    flush_at: Option<Instant>,
}

impl Worker {
    async fn run(mut self, mut notes: mpsc::Receiver<Note>) {
        let stop = self.shared.stop.clone();
        loop {
            while let Ok(note) = notes.try_recv() {
                self.take(note);
            }
            if let Some(change) = self.queue.pop_front() {
                // Cancel-safe: what is not acknowledged is reported again after the restart.
                tokio::select! {
                    () = self.submit(change) => {}
                    () = stop.cancelled() => return,
                }
                continue;
            }
            let flush_at = self.flush_at;
            let flush = async {
                match flush_at {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            // Cancel-safe: receiving and sleeping are.
            tokio::select! {
                note = notes.recv() => match note {
                    Some(note) => self.take(note),
                    None if self.containers.is_empty() => return,
                    None => self.flush(),
                },
                () = flush => self.flush(),
                () = stop.cancelled() => return,
            }
        }
    }

    fn take(&mut self, note: Note) {
        match note {
            Note::InterfaceAttached => {
                if self.attachment.is_some() {
                    self.interface_is_attached();
                    let change = self.change(None);
                    self.queue.push_back(change);
                }
            }
            Note::Report(Report::Container(report)) => {
                let ends = report.status == ContainerStatus::Stopped && self.status == TaskStatus::Running;
                self.containers.push(container_change(report));
                let more = CONTAINER_CHANGE_FLUSH_MAX - CONTAINER_CHANGE_FLUSH_MIN;
                let wait = if ends { END_WAIT } else { clock::plus_up_to(CONTAINER_CHANGE_FLUSH_MIN, more) };
                let at = Instant::now() + wait;
                self.flush_at = Some(self.flush_at.map_or(at, |before| before.min(at)));
            }
            Note::Report(Report::Task(report)) => {
                // PENDING only says which images are here, which what follows says too.
                if self.queue.back().is_some_and(|last| last.status.as_deref() == Some("PENDING"))
                    && let Some(pending) = self.queue.pop_back()
                {
                    self.containers.splice(0..0, pending.containers);
                    self.attached.splice(0..0, pending.attachments);
                }
                // A task that stops before it ran may never have had its interface.
                if report.status == TaskStatus::Running {
                    self.interface_is_attached();
                }
                self.ran |= report.status == TaskStatus::Running;
                self.status = report.status;
                let change = self.change(Some(report));
                self.queue.push_back(change);
            }
        }
    }

    fn interface_is_attached(&mut self) {
        let attached =
            |attachment_arn| AttachmentStateChange { attachment_arn, status: "ATTACHED".to_owned() };
        self.attached.extend(self.attachment.take().map(attached));
    }

    /// Container changes waited long enough for a task change.
    fn flush(&mut self) {
        let change = self.change(None);
        self.queue.push_back(change);
    }

    fn change(&mut self, report: Option<TaskReport>) -> SubmitTaskStateChangeRequest {
        self.flush_at = None;
        let seconds = |at: Option<Timestamp>| at.map(Timestamp::epoch_seconds);
        let mut change = SubmitTaskStateChangeRequest {
            cluster: Some(self.shared.config.cluster.clone()),
            task: Some(self.arn.clone()),
            status: Some(self.status.as_str().to_owned()),
            containers: std::mem::take(&mut self.containers),
            attachments: std::mem::take(&mut self.attached),
            ..SubmitTaskStateChangeRequest::default()
        };
        if let Some(report) = report {
            change.reason = report.reason.as_deref().map(shorten);
            change.pull_started_at = seconds(report.pull_started_at);
            change.pull_stopped_at = seconds(report.pull_stopped_at);
            change.execution_stopped_at = seconds(report.execution_stopped_at);
        }
        change
    }

    /// Sends one change until it is acknowledged or refused for good.
    async fn submit(&self, change: SubmitTaskStateChangeRequest) {
        if let (Some(shipping), Some("STOPPED")) = (&self.shipping, change.status.as_deref()) {
            self.await_log(shipping, &change).await;
        }
        self.deliver(&change).await;
        let status = change.status.as_deref().and_then(|s| s.parse::<TaskStatus>().ok());
        if let (Some(actor), Some(status)) = (&self.actor, status) {
            // An actor that is gone does not need to know.
            let _ = actor.send(Input::Submitted(status)).await;
        }
    }

    /// Waits for the log, in which a task that ran leaves its load balancers.
    async fn await_log(&self, shipping: &TaskTracker, change: &SubmitTaskStateChangeRequest) {
        let shipped_by = Instant::now() + LOG_WAIT;
        if tokio::time::timeout(END_WAIT, shipping.wait()).await.is_ok() {
            return;
        }
        if self.ran && !change.containers.is_empty() {
            let ahead = SubmitTaskStateChangeRequest {
                cluster: change.cluster.clone(),
                task: change.task.clone(),
                status: Some(TaskStatus::Running.as_str().to_owned()),
                containers: change.containers.clone(),
                ..SubmitTaskStateChangeRequest::default()
            };
            self.deliver(&ahead).await;
        }
        if tokio::time::timeout_at(shipped_by, shipping.wait()).await.is_err() {
            tracing::warn!(
                task = self.arn,
                "the end of its log follows the report that the task has stopped"
            );
        }
    }

    async fn deliver(&self, change: &SubmitTaskStateChangeRequest) {
        let mut pause = RETRY_FIRST;
        loop {
            let result = {
                let _slot = self.shared.submissions.acquire().await;
                self.shared.backend.submit(change).await
            };
            match result {
                Ok(()) => break,
                Err(error) if error.is_transient() => {
                    tracing::debug!(
                        task = self.arn,
                        error = aws::chain(&error),
                        "state change is sent again"
                    );
                }
                Err(error) => {
                    let status = change.status.as_deref();
                    tracing::error!(
                        task = self.arn,
                        status,
                        error = aws::chain(&error),
                        "state change is refused"
                    );
                    break;
                }
            }
            tokio::time::sleep(clock::jittered(pause, 0.2)).await;
            pause = (pause * 2).min(RETRY_LONGEST);
        }
    }
}

/// A range is named as a whole, a port by itself.
fn network_binding(binding: plan::task::PortBinding) -> NetworkBinding {
    let row = |first: u16, count: u16| format!("{first}-{}", first.saturating_add(count.saturating_sub(1)));
    let (container, host) = (binding.container_port, binding.host_port);
    let protocol = Some(binding.protocol.as_str().to_owned());
    let bind_ip = Some(binding.bind_ip);
    match binding.range {
        Some(count) => NetworkBinding {
            bind_ip,
            protocol,
            container_port_range: Some(row(container, count)),
            host_port_range: Some(row(host, count)),
            ..NetworkBinding::default()
        },
        None => NetworkBinding {
            bind_ip,
            protocol,
            container_port: Some(container.into()),
            host_port: Some(host.into()),
            ..NetworkBinding::default()
        },
    }
}

fn container_change(report: ContainerReport) -> ContainerStateChange {
    let bindings = report.bindings.into_iter().map(network_binding);
    ContainerStateChange {
        container_name: Some(report.name),
        status: Some(report.status.as_str().to_owned()),
        exit_code: report.exit_code.map(i64::from),
        reason: report.reason.as_deref().map(shorten),
        runtime_id: report.runtime_id,
        image_digest: report.image_digest,
        network_bindings: bindings.collect(),
    }
}

/// As long as a reason may be.
fn shorten(reason: &str) -> String {
    reason.chars().take(REASON_MAX).collect()
}

#[cfg(test)]
mod tests;
