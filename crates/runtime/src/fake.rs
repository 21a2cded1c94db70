//! A runtime without containers, for tests of whoever drives one. Needs no root and starts no process.
//!
//! By default a container runs until it is signalled: TERM, INT, QUIT and KILL end it. What else it shall do is said beforehand with
//! [`FakeRuntime::script`], or from the test while it runs. It keeps every promise of [`Runtime`] that a test can observe.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::{
    Condition, ContainerId, ContainerSpec, ExecOutcome, ExecResult, ExecSpec, ExitCause, ExitStatus,
    KnownContainer, LogPosition, LogReader, LogRecord, LogStream, Runtime, SharedSpaces, Started, Stats,
    TaskCgroup, TaskLimits, TaskSpaces,
};

/// What a container does when it is started.
#[derive(Debug, Default)]
pub struct Script {
    /// The start fails with this.
    pub fail: Option<Error>,
    /// It writes these lines at once.
    pub output: Vec<(LogStream, String)>,
    /// It ends at once.
    pub exit: Option<ExitCause>,
    /// Only KILL ends it.
    pub ignores_term: bool,
}

/// One call, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Names and fields are those of the trait's methods.
pub enum Call {
    CreateTaskCgroup(TaskCgroup, TaskLimits),
    DeleteTaskCgroup(TaskCgroup),
    CreateTaskSpaces(ContainerId, TaskSpaces),
    DeleteTaskSpaces(ContainerId),
    Start(Box<ContainerSpec>),
    Exec(ContainerId, ExecSpec),
    Signal(ContainerId, i32),
    Delete(ContainerId),
}

type Scripter = Box<dyn FnMut(&ContainerSpec) -> Script + Send>;

/// See the module. Clones share everything.
#[derive(Clone)]
pub struct FakeRuntime {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    scripter: Option<Scripter>,
    containers: BTreeMap<ContainerId, FakeContainer>,
    spaces: BTreeSet<ContainerId>,
    exec_outcomes: VecDeque<ExecOutcome>,
    stats: Stats,
    calls: Vec<Call>,
    next_pid: u32,
}

struct FakeContainer {
    spec: ContainerSpec,
    started: Started,
    ignores_term: bool,
    status: watch::Sender<Option<ExitStatus>>,
    log: watch::Sender<Vec<(LogStream, String)>>,
    stdin: Vec<u8>,
}

impl Default for FakeRuntime {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FakeRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeRuntime").finish_non_exhaustive()
    }
}

impl FakeRuntime {
    /// One whose containers run until they are signalled.
    pub fn new() -> Self {
        Self { state: Arc::default() }
    }

    /// From now on asks `scripter` what each container shall do.
    pub fn script(&self, scripter: impl FnMut(&ContainerSpec) -> Script + Send + 'static) {
        self.lock().scripter = Some(Box::new(scripter));
    }

    /// Ends a running container. Panics when there is none of that id.
    pub fn exit(&self, id: &ContainerId, cause: ExitCause, oom_killed: bool) {
        let state = self.lock();
        let container = state.containers.get(id).expect("a test ends a container it started");
        container.end(cause, oom_killed);
    }

    /// Writes a line as the container. Panics when there is none of that id.
    pub fn write_log(&self, id: &ContainerId, stream: LogStream, line: &str) {
        let state = self.lock();
        let container = state.containers.get(id).expect("a test writes for a container it started");
        container.log.send_modify(|log| log.push((stream, line.to_owned())));
    }

    /// The next execs come out like this, in order; after that they exit with 0.
    pub fn queue_exec(&self, outcome: ExecOutcome) {
        self.lock().exec_outcomes.push_back(outcome);
    }

    /// What `stats` answers.
    pub fn set_stats(&self, stats: Stats) {
        self.lock().stats = stats;
    }

    /// Every call so far.
    pub fn calls(&self) -> Vec<Call> {
        self.lock().calls.clone()
    }

    /// What was written to a container's stdin.
    pub fn stdin_of(&self, id: &ContainerId) -> Vec<u8> {
        self.lock().containers.get(id).map(|container| container.stdin.clone()).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn get(&mut self, id: &ContainerId) -> Result<&mut FakeContainer> {
        self.containers.get_mut(id).ok_or_else(|| Error::NotFound { id: id.clone() })
    }

    fn running(&mut self, id: &ContainerId) -> Result<&mut FakeContainer> {
        let container = self.get(id)?;
        if container.status.borrow().is_some() {
            return Err(Error::NotRunning { id: id.clone() });
        }
        Ok(container)
    }
}

impl FakeContainer {
    fn end(&self, cause: ExitCause, oom_killed: bool) {
        self.status.send_if_modified(|status| {
            let ends = status.is_none();
            if ends {
                let started_at = self.started.started_at;
                *status = Some(ExitStatus { cause, oom_killed, started_at, finished_at: SystemTime::now() });
            }
            ends
        });
        // Readers wait for lines only.
        self.log.send_modify(|_| {});
    }
}

#[async_trait]
impl Runtime for FakeRuntime {
    fn name(&self) -> &str {
        "fake"
    }

    async fn create_task_cgroup(&self, cgroup: &TaskCgroup, limits: &TaskLimits) -> Result<()> {
        self.lock().calls.push(Call::CreateTaskCgroup(cgroup.clone(), limits.clone()));
        Ok(())
    }

    async fn delete_task_cgroup(&self, cgroup: &TaskCgroup) -> Result<()> {
        self.lock().calls.push(Call::DeleteTaskCgroup(cgroup.clone()));
        Ok(())
    }

    async fn create_task_spaces(&self, task: &ContainerId, wanted: TaskSpaces) -> Result<SharedSpaces> {
        let mut state = self.lock();
        state.calls.push(Call::CreateTaskSpaces(task.clone(), wanted));
        state.spaces.insert(task.clone());
        let file = |kind: &str, wanted: bool| wanted.then(|| format!("/run/fake/{task}/{kind}").into());
        Ok(SharedSpaces { pid: file("pid", wanted.pid), ipc: file("ipc", wanted.ipc) })
    }

    async fn delete_task_spaces(&self, task: &ContainerId) -> Result<()> {
        let mut state = self.lock();
        state.calls.push(Call::DeleteTaskSpaces(task.clone()));
        state.spaces.remove(task);
        Ok(())
    }

    async fn list_task_spaces(&self) -> Result<Vec<ContainerId>> {
        Ok(self.lock().spaces.iter().cloned().collect())
    }

    async fn start(&self, spec: &ContainerSpec) -> Result<Started> {
        let mut state = self.lock();
        state.calls.push(Call::Start(Box::new(spec.clone())));
        if state.containers.contains_key(&spec.id) {
            return Err(Error::AlreadyExists { id: spec.id.clone() });
        }
        let script = state.scripter.as_mut().map(|scripter| scripter(spec)).unwrap_or_default();
        if let Some(error) = script.fail {
            return Err(error);
        }
        state.next_pid += 1;
        let started = Started { pid: state.next_pid, started_at: SystemTime::now() };
        let container = FakeContainer {
            spec: spec.clone(),
            started,
            ignores_term: script.ignores_term,
            status: watch::Sender::new(None),
            log: watch::Sender::new(script.output),
            stdin: Vec::new(),
        };
        if let Some(cause) = script.exit {
            container.end(cause, false);
        }
        state.containers.insert(spec.id.clone(), container);
        Ok(started)
    }

    async fn exec(&self, id: &ContainerId, exec: &ExecSpec) -> Result<ExecOutcome> {
        let mut state = self.lock();
        state.calls.push(Call::Exec(id.clone(), exec.clone()));
        state.running(id)?;
        let success = ExecOutcome {
            result: ExecResult::Exited(0),
            stdout: Vec::new(),
            stderr: Vec::new(),
            truncated: false,
        };
        Ok(state.exec_outcomes.pop_front().unwrap_or(success))
    }

    async fn signal(&self, id: &ContainerId, signal: i32) -> Result<()> {
        let mut state = self.lock();
        state.calls.push(Call::Signal(id.clone(), signal));
        let container = state.running(id)?;
        let deadly =
            matches!(signal, libc::SIGTERM | libc::SIGINT | libc::SIGQUIT) && !container.ignores_term;
        if deadly || signal == libc::SIGKILL {
            container.end(ExitCause::Signaled(signal), false);
        }
        Ok(())
    }

    async fn wait(&self, id: &ContainerId) -> Result<ExitStatus> {
        let mut status = self.lock().get(id)?.status.subscribe();
        let ended = status.wait_for(Option::is_some).await.map(|status| *status);
        ended.ok().flatten().ok_or_else(|| Error::NotFound { id: id.clone() })
    }

    async fn delete(&self, id: &ContainerId) -> Result<()> {
        let mut state = self.lock();
        state.calls.push(Call::Delete(id.clone()));
        match state.containers.get(id) {
            Some(container) if container.status.borrow().is_none() => {
                Err(Error::StillRunning { id: id.clone() })
            }
            _ => {
                state.containers.remove(id);
                Ok(())
            }
        }
    }

    async fn stats(&self, id: &ContainerId) -> Result<Stats> {
        let mut state = self.lock();
        state.running(id)?;
        Ok(state.stats.clone())
    }

    async fn list(&self) -> Result<Vec<KnownContainer>> {
        let state = self.lock();
        let known = state.containers.iter().map(|(id, container)| {
            let status = *container.status.borrow();
            let condition = status.map_or(Condition::Running(container.started), Condition::Exited);
            KnownContainer { id: id.clone(), condition }
        });
        Ok(known.collect())
    }

    async fn recover(&self) -> Result<Vec<KnownContainer>> {
        self.list().await
    }

    async fn logs(&self, id: &ContainerId, from: LogPosition) -> Result<Box<dyn LogReader>> {
        let mut state = self.lock();
        let container = state.get(id)?;
        let reader = FakeReader {
            at: from.offset,
            log: container.log.subscribe(),
            status: container.status.subscribe(),
        };
        Ok(Box::new(reader))
    }

    async fn write_stdin(&self, id: &ContainerId, bytes: &[u8]) -> Result<()> {
        let mut state = self.lock();
        let container = state.running(id)?;
        if !container.spec.stdin_open {
            return Err(Error::InvalidSpec { reason: format!("stdin of container {id} is not open") });
        }
        container.stdin.extend_from_slice(bytes);
        Ok(())
    }
}

/// Positions count lines.
struct FakeReader {
    at: u64,
    log: watch::Receiver<Vec<(LogStream, String)>>,
    status: watch::Receiver<Option<ExitStatus>>,
}

#[async_trait]
impl LogReader for FakeReader {
    async fn next_batch(&mut self, max: usize) -> Result<Vec<LogRecord>> {
        loop {
            let over = self.status.borrow().is_some() || self.status.has_changed().is_err();
            let records: Vec<LogRecord> = {
                let log = self.log.borrow_and_update();
                let rest =
                    log.iter().zip(1..).skip(usize::try_from(self.at).unwrap_or(usize::MAX)).take(max.max(1));
                rest.map(|((stream, line), offset)| LogRecord {
                    time: SystemTime::now(),
                    stream: *stream,
                    bytes: line.clone().into_bytes(),
                    partial: false,
                    next: LogPosition { segment: 0, offset },
                    dropped_before_bytes: 0,
                })
                .collect()
            };
            if let Some(last) = records.last() {
                self.at = last.next.offset;
                return Ok(records);
            }
            // Cancel-safe: nothing has been taken. An error means that the container was deleted.
            if over || self.log.changed().await.is_err() {
                return Ok(records);
            }
        }
    }

    async fn acknowledge(&mut self, _: LogPosition) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
