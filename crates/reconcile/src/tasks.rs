//! The supervisor: every task has a name, hears of the shutdown and is waited for.

use futures_util::FutureExt;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

/// Tells a task to end.
#[derive(Clone, Debug)]
pub struct Shutdown(CancellationToken);

impl Shutdown {
    /// Wait until the task should end. Cancel-safe.
    pub async fn requested(&self) {
        self.0.cancelled().await;
    }

    pub fn is_requested(&self) -> bool {
        self.0.is_cancelled()
    }

    /// `work`'s result, or `None` when the shutdown came first and `work` was dropped: so `work` must be safe to cancel.
    pub async fn or<R>(&self, work: impl Future<Output = R>) -> Option<R> {
        self.0.run_until_cancelled(work).await
    }

    /// A shutdown that is never requested; for tests.
    pub fn never() -> Self {
        Self(CancellationToken::new())
    }
}

/// What was found at the end; see [`Tasks::shutdown`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Tasks that did not end in time and were aborted.
    pub aborted: Vec<String>,
    /// Why the process had to end, if an essential task said so.
    pub cause: Option<String>,
}

/// The process's tasks. Clones are handles on the same set.
#[derive(Clone)]
pub struct Tasks {
    inner: Arc<Inner>,
}

struct Inner {
    token: CancellationToken,
    running: Mutex<Running>,
    count: watch::Sender<usize>,
}

#[derive(Default)]
struct Running {
    next: u64,
    tasks: BTreeMap<u64, (String, Option<AbortHandle>)>,
    cause: Option<String>,
}

impl Default for Tasks {
    fn default() -> Self {
        Self::new()
    }
}

impl Tasks {
    pub fn new() -> Self {
        let (count, _) = watch::channel(0);
        Self { inner: Arc::new(Inner { token: CancellationToken::new(), running: Mutex::default(), count }) }
    }

    /// Run a task. A panic in it is logged and ends it alone.
    pub fn spawn<F>(&self, name: impl Into<String>, task: impl FnOnce(Shutdown) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.start(name.into(), false, task(self.listen()));
    }

    /// Run a task that the process cannot do without (a listener, a loop): when it ends before the shutdown, it requests the shutdown.
    pub fn spawn_essential<F>(&self, name: impl Into<String>, task: impl FnOnce(Shutdown) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.start(name.into(), true, task(self.listen()));
    }

    /// For code that is not a task and wants to hear of the shutdown.
    pub fn listen(&self) -> Shutdown {
        Shutdown(self.inner.token.clone())
    }

    /// Ask everything to end; returns at once.
    pub fn request_shutdown(&self) {
        self.inner.token.cancel();
    }

    /// Names of the tasks that run now, in order of their start.
    pub fn names(&self) -> Vec<String> {
        self.inner.running().tasks.values().map(|(name, _)| name.clone()).collect()
    }

    /// Ask everything to end, wait for `grace`, then abort what is left and wait for that.
    pub async fn shutdown(&self, grace: Duration) -> Report {
        self.request_shutdown();
        let mut report = Report::default();
        if tokio::time::timeout(grace, self.ended()).await.is_err() {
            let left: Vec<_> = {
                let running = self.inner.running();
                running.tasks.values().cloned().collect()
            };
            for (name, abort) in left {
                tracing::warn!(task = name, "the task did not end in time and is aborted");
                if let Some(abort) = abort {
                    abort.abort();
                }
                report.aborted.push(name);
            }
            // Aborting takes effect at the task's next await; one that blocks its thread is left behind.
            let _ = tokio::time::timeout(grace.max(Duration::from_millis(100)), self.ended()).await;
        }
        report.cause = self.inner.running().cause.clone();
        report
    }

    async fn ended(&self) {
        let mut count = self.inner.count.subscribe();
        // The sender lives as long as `self`.
        let _ = count.wait_for(|count| *count == 0).await;
    }

    fn start(&self, name: String, essential: bool, task: impl Future<Output = ()> + Send + 'static) {
        let guard = Guard::new(Arc::clone(&self.inner), name.clone());
        let id = guard.id;
        let inner = Arc::clone(&self.inner);
        let span = tracing::info_span!("task", name = %name);
        let run = async move {
            // Dropped when the task ends in whatever way, abortion included.
            let _guard = guard;
            let ended = AssertUnwindSafe(task).catch_unwind().await;
            let how = match ended {
                Ok(()) => "ended",
                Err(panic) => {
                    tracing::error!(task = name, message = panic_message(&*panic), "a task panicked");
                    "panicked"
                }
            };
            if essential && !inner.token.is_cancelled() {
                tracing::error!(task = name, "an essential task {how}: shutting down");
                inner.running().cause.get_or_insert(format!("{name} {how}"));
                inner.token.cancel();
            }
        };
        let handle = tokio::spawn(run.instrument(span));
        if let Some(entry) = self.inner.running().tasks.get_mut(&id) {
            entry.1 = Some(handle.abort_handle());
        }
    }
}

impl Inner {
    fn running(&self) -> MutexGuard<'_, Running> {
        // No code under this lock panics half-way.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Guard {
    inner: Arc<Inner>,
    id: u64,
}

impl Guard {
    fn new(inner: Arc<Inner>, name: String) -> Self {
        let id = {
            let mut running = inner.running();
            running.next += 1;
            let id = running.next;
            running.tasks.insert(id, (name, None));
            id
        };
        inner.count.send_modify(|count| *count += 1);
        Self { inner, id }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.inner.running().tasks.remove(&self.id);
        self.inner.count.send_modify(|count| *count -= 1);
    }
}

pub(crate) fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "no message",
    }
}
