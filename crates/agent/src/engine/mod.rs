//! Runs tasks: one actor per task over the stepper of `plan::task`.
//!
//! The actor alone owns the task's state; effects run beside it and answer with events; nothing polls. Everything an effect
//! touches is behind a trait (`runtime`, `net`, [`ports::Images`], the log service, the control plane).
//!
//! Invariants: a task is known from the moment its payload is read until long after it stopped, so a payload that comes
//! twice starts nothing twice; effects are idempotent, so what a crash interrupted is simply asked for again.

mod actor;
pub(crate) mod checkpoint;
mod clean;
mod create;
mod effects;
mod facts;
mod files;
pub(crate) mod ports;
mod prepare;
mod recover;
mod signals;
mod spec;
pub(crate) mod storage;
mod view;
mod volumes;

pub(crate) use actor::Input;
pub(crate) use view::TaskView;

use crate::aws::Credentials;
use crate::backend::Backend;
use crate::clock;
use crate::config::Config;
use crate::endpoint::{self, Endpoints};
use crate::logs::api::LogsApi;
use crate::submit::{Origin, Outbox};
use crate::task::{self, Refusal, TaskPlan};
use actor::TaskContext;
use agent_protocol::acs::RoleType;
use agent_protocol::payload;
use checkpoint::{Checkpoints, Saved, Submitted};
use model::Timestamp;
use model::status::TaskStatus;
use net::TaskNetwork;
use plan::task::admission::{Claim, Queue};
use plan::task::{Event, Report, TaskReport, TaskState};
use ports::Images;
use runtime::Runtime;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Inputs of one actor that wait.
const INPUTS: usize = 256;

/// Where the engine keeps what.
#[derive(Clone, Debug)]
pub(crate) struct Dirs {
    pub tasks: PathBuf,
    pub containers: PathBuf,
    pub volumes: PathBuf,
    pub logs: PathBuf,
    /// Files and mounts of live tasks.
    pub live: PathBuf,
    /// Ephemeral storage of tasks that have their own.
    pub storage: PathBuf,
}

impl Dirs {
    fn make(config: &Config) -> std::io::Result<Self> {
        // A place of its own: what nobody knows in it is removed, and others may keep their state beside it.
        let under = |name: &str| config.data_dir.join("agent").join(name);
        let dirs = Self {
            tasks: under("tasks"),
            containers: under("roots"),
            volumes: under("volumes"),
            logs: under("logs"),
            live: under("live"),
            storage: under("storage"),
        };
        for dir in [&dirs.tasks, &dirs.containers, &dirs.volumes, &dirs.logs, &dirs.live, &dirs.storage] {
            std::fs::create_dir_all(dir)?;
        }
        Ok(dirs)
    }
}

/// What every task shares.
#[derive(Debug)]
pub(crate) struct Shared {
    pub config: Config,
    pub runtime: Arc<dyn Runtime>,
    pub net: NetPort,
    pub images: Arc<dyn Images>,
    pub logs: Arc<dyn LogsApi>,
    pub backend: Arc<dyn Backend>,
    pub dirs: Dirs,
    pub fillings: volumes::Fillings,
    pub blanks: storage::Blanks,
    pub checkpoints: Checkpoints,
    /// At most so many tasks report at the same time.
    pub submissions: Arc<Semaphore>,
    pub endpoints: Endpoints,
    /// The container instance's ARN, once it is registered.
    pub instance: Mutex<Option<String>>,
    pub tracker: TaskTracker,
    pub stop: CancellationToken,
    tasks: Mutex<BTreeMap<String, Entry>>,
    admission: Mutex<Queue<String>>,
}

/// The node's networks; a wrapper because the trait asks for no `Debug`.
#[derive(Clone)]
pub(crate) struct NetPort(pub Arc<dyn TaskNetwork>);

impl std::fmt::Debug for NetPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TaskNetwork")
    }
}

/// A task the engine knows.
#[derive(Debug)]
struct Entry {
    /// `None` once the actor is done.
    inputs: Option<mpsc::Sender<Input>>,
    view: Arc<Mutex<TaskView>>,
}

/// The engine; clones share everything.
#[derive(Clone, Debug)]
pub(crate) struct Engine(pub Arc<Shared>);

/// What the engine needs.
pub(crate) struct Parts {
    pub runtime: Arc<dyn Runtime>,
    pub net: Arc<dyn TaskNetwork>,
    pub images: Arc<dyn Images>,
    pub logs: Arc<dyn LogsApi>,
    pub backend: Arc<dyn Backend>,
}

/// What became of a payload's task.
pub(crate) enum Taken {
    /// It is (or was already) in hand; the receiver answers when it is safely on disk.
    Yes(Option<oneshot::Receiver<std::io::Result<()>>>),
    /// It cannot be run; that was reported.
    Refused,
}

impl Engine {
    pub fn new(config: Config, total: Claim, parts: Parts) -> std::io::Result<Self> {
        // Mounts take no relative paths.
        let config = Config { data_dir: std::path::absolute(&config.data_dir)?, ..config };
        let dirs = Dirs::make(&config)?;
        let Parts { runtime, net, images, logs, backend } = parts;
        Ok(Self(Arc::new(Shared {
            config,
            runtime,
            net: NetPort(net),
            images,
            logs,
            backend,
            checkpoints: Checkpoints::start(dirs.tasks.clone())?,
            dirs,
            fillings: volumes::Fillings::default(),
            blanks: storage::Blanks::default(),
            submissions: Arc::new(Semaphore::new(agent_protocol::timers::PARALLEL_SUBMISSIONS)),
            endpoints: Endpoints::new(),
            instance: Mutex::default(),
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
            tasks: Mutex::new(BTreeMap::new()),
            admission: Mutex::new(Queue::new(total)),
        })))
    }

    /// Takes a task of a payload in hand. Never waits.
    pub fn take(&self, payload: &payload::Task) -> Taken {
        let wants_stop = payload.desired_status.eq_ignore_ascii_case("STOPPED");
        if let Some(known) = self.0.known(&payload.arn) {
            if let (true, Some(inputs)) = (wants_stop, &known) {
                self.0.send(inputs.clone(), Input::Event(Event::Stop { reason: None }));
            }
            if let Some(credentials) = &payload.execution_role_credentials {
                self.refresh_credentials(&payload.arn, RoleType::TaskExecution, credentials);
            }
            if let Some(credentials) = &payload.role_credentials {
                self.refresh_credentials(&payload.arn, RoleType::TaskApplication, credentials);
            }
            self.repeat_reports(&payload.arn);
            return Taken::Yes(None);
        }
        if wants_stop {
            // Nobody here knows it, so it is as stopped as can be.
            self.report_unknown(&payload.arn, None);
            return Taken::Yes(None);
        }
        match self.begin(payload) {
            Ok(saved) => Taken::Yes(Some(saved)),
            Err(Refusal(reason)) => {
                tracing::info!(task = payload.arn, reason, "task refused");
                self.report_unknown(&payload.arn, Some(reason));
                Taken::Refused
            }
        }
    }

    fn begin(&self, payload: &payload::Task) -> Result<oneshot::Receiver<std::io::Result<()>>, Refusal> {
        let plan = Arc::new(task::read(payload, &self.0.config)?);
        let state = TaskState::new(plan.spec.clone()).map_err(|e| Refusal(e.to_string()))?;
        let mut saved = Saved::new(payload.clone(), state, clock::now());
        for container in &mut saved.facts.containers {
            let id = endpoint::new_id().map_err(|e| Refusal(format!("there is no randomness: {e}")))?;
            container.endpoint_id = Some(id);
        }
        // Until its actor is known nobody gives anything back: who is admitted meanwhile would not be found.
        let mut admission = lock(&self.0.admission);
        let granted =
            admission.claim(payload.arn.clone(), plan.claim.clone()).map_err(|e| Refusal(e.to_string()))?;
        let on_disk = self.0.checkpoints.save_new(&saved);
        self.spawn(plan, saved, Vec::new());
        drop(admission);
        self.0.admit(granted);
        Ok(on_disk)
    }

    /// Starts the actor of a task.
    fn spawn(&self, plan: Arc<TaskPlan>, saved: Saved, first: Vec<Input>) {
        let (inputs, receiver) = mpsc::channel(INPUTS);
        let view = Arc::new(Mutex::new(TaskView::new(&plan, &saved)));
        let entry = Entry { inputs: Some(inputs.clone()), view: view.clone() };
        lock(&self.0.tasks).insert(plan.arn.clone(), entry);
        let context = TaskContext::new(self.0.clone(), plan, inputs, &saved);
        self.0.tracker.spawn(actor::run(context, saved, receiver, view, first));
    }

    /// Everything known of live and recently stopped tasks.
    pub fn views(&self) -> Vec<TaskView> {
        lock(&self.0.tasks).values().map(|e| lock(&e.view).clone()).collect()
    }

    /// Stops a task that the control plane does not want any more.
    pub fn stop_task(&self, arn: &str) {
        if let Some(Some(inputs)) = self.0.known(arn) {
            self.0.send(inputs, Input::Event(Event::Stop { reason: None }));
        }
    }

    /// New credentials of one of a task's roles.
    pub fn refresh_credentials(&self, arn: &str, role: RoleType, credentials: &payload::IamRoleCredentials) {
        let Some(plan) = self.0.view(arn).map(|view| view.plan) else { return };
        match role {
            RoleType::TaskApplication => plan.role.refresh(credentials),
            RoleType::TaskExecution => {
                if let Ok(credentials) = Credentials::try_from(credentials) {
                    plan.log_credentials.set(credentials);
                }
            }
            RoleType::Other(role) => {
                tracing::warn!(task = arn, role, "credentials of an unknown kind of role")
            }
        }
    }

    fn repeat_reports(&self, arn: &str) {
        if let Some(Some(inputs)) = self.0.known(arn) {
            self.0.send(inputs, Input::Repeat);
            return;
        }
        let stopped = lock(&self.0.tasks).get(arn).map(|e| lock(&e.view).reports.clone());
        self.outbox(arn, stopped.unwrap_or_default());
    }

    /// Tells the control plane that a task it believes here is not.
    fn report_unknown(&self, arn: &str, reason: Option<String>) {
        let report = TaskReport {
            status: TaskStatus::Stopped,
            reason,
            pull_started_at: None,
            pull_stopped_at: None,
            execution_stopped_at: None,
        };
        self.outbox(arn, vec![Report::Task(report)]);
    }

    fn outbox(&self, arn: &str, reports: Vec<Report>) {
        let outbox = Outbox::start(&self.0, arn, Origin::default());
        for report in reports {
            outbox.send(report);
        }
    }

    /// Forgets tasks that stopped long ago, with their local logs.
    pub async fn forget_old(&self) {
        let now = clock::now();
        let old: Vec<(String, String)> = {
            let tasks = lock(&self.0.tasks);
            let views = tasks.values().filter(|e| e.inputs.is_none()).map(|e| lock(&e.view));
            let old =
                views.filter(|v| v.done_at.is_some_and(|at| now.since(at) >= self.0.config.keep_stopped));
            old.map(|v| (v.arn.clone(), v.id.clone())).collect()
        };
        for (arn, id) in old {
            lock(&self.0.tasks).remove(&arn);
            if let Err(error) = clean::forget(&self.0, &id).await {
                tracing::warn!(task = arn, %error, "cannot remove the files of a stopped task");
            }
        }
    }

    /// Ends the actors; containers keep running.
    pub async fn shut_down(&self) {
        self.0.stop.cancel();
        self.0.tracker.close();
        self.0.tracker.wait().await;
        self.0.checkpoints.flush().await;
    }
}

impl Shared {
    /// `None` where the task is not known; `Some(None)` where it is over.
    fn known(&self, arn: &str) -> Option<Option<mpsc::Sender<Input>>> {
        lock(&self.tasks).get(arn).map(|e| e.inputs.clone())
    }

    /// What is known of a task.
    pub fn view(&self, arn: &str) -> Option<TaskView> {
        let view = lock(&self.tasks).get(arn)?.view.clone();
        Some(lock(&view).clone())
    }

    /// Hands an input to a task's actor, where it has one.
    pub async fn tell(&self, arn: &str, input: Input) {
        if let Some(Some(inputs)) = self.known(arn) {
            // An actor that is gone needs no input.
            let _ = inputs.send(input).await;
        }
    }

    /// Hands an input to an actor without waiting here.
    fn send(&self, inputs: mpsc::Sender<Input>, input: Input) {
        if let Err(mpsc::error::TrySendError::Full(input)) = inputs.try_send(input) {
            self.tracker.spawn(async move {
                // An actor that is gone needs no input.
                let _ = inputs.send(input).await;
            });
        }
    }

    fn admit(&self, granted: Vec<String>) {
        for arn in granted {
            if let Some(Some(inputs)) = self.known(&arn) {
                self.send(inputs, Input::Event(Event::Admitted));
            }
        }
    }

    /// Gives back what a task had of the node.
    fn release(&self, arn: &str) {
        let granted = lock(&self.admission).release(&arn.to_owned());
        self.admit(granted);
    }

    /// A task is over: its actor ends.
    fn finished(&self, arn: &str, at: Timestamp) {
        if let Some(entry) = lock(&self.tasks).get_mut(arn) {
            entry.inputs = None;
            lock(&entry.view).done_at = Some(at);
        }
    }
}

/// A lock whose holder never panics half way through a change.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the control plane knows that a task stopped.
fn knows_the_end(submitted: Option<Submitted>) -> bool {
    submitted.is_some_and(|s| s.status == TaskStatus::Stopped)
}

#[cfg(test)]
mod tests;
