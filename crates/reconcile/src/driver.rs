//! The driver of one loop: when which key gets its step.
//!
//! Invariants: at most one step per key at a time; a key that becomes due while its step is at work gets another one after a rest;
//! a key in its pause after a failure is not stepped before the pause is over, whatever changes; at most `concurrency` steps at once.

use crate::tasks::panic_message;
use crate::{Backoff, Shutdown};
use futures_util::FutureExt;
use state::{Difference, Record, Snapshot, State, Watch};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::Instrument;

/// What a step failed with; logged with its chain.
pub type StepError = Box<dyn std::error::Error + Send + Sync>;

/// When a key wants its next step, besides changes and the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing to do until something changes.
    Idle,
    /// After that long (a plan's `next_wakeup` less now).
    After(Duration),
}

/// How a loop is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// All keys get a step at least this often.
    pub period: Duration,
    /// No step may take longer.
    pub step_limit: Duration,
    /// How many keys may have their steps at once.
    pub concurrency: usize,
    pub backoff: Backoff,
    /// A key that became due again while its step was at work rests this many times as long as the step took, [`REST_LIMIT`] at most. So what
    /// changes all the time, and costs the more the larger it is, is looked at in fewer steps that each find more to do.
    pub rest: u32,
}

/// The longest rest between two steps of one key.
pub const REST_LIMIT: Duration = Duration::from_millis(500);

impl Default for Settings {
    fn default() -> Self {
        Self {
            period: Duration::from_secs(30),
            step_limit: Duration::from_secs(30),
            concurrency: 8,
            backoff: Backoff::default(),
            rest: 1,
        }
    }
}

/// Why keys are asked for.
pub struct Wake<'a> {
    /// The newest snapshot.
    pub now: &'a Snapshot,
    /// The snapshot at the wake-up before; `None` when all keys are wanted (at the start and every period).
    pub before: Option<&'a Snapshot>,
}

impl<'a> Wake<'a> {
    /// The records of a table that may need a look: those that changed since, or all of them. Costs about their number. Also tells
    /// those that were removed, as [`Difference::Removed`].
    pub fn records<T: Record>(&self) -> Vec<Difference<'a, T>> {
        match self.before {
            Some(before) => self.now.changes::<T>(before).collect(),
            None => self.now.scan::<T>().map(Difference::Added).collect(),
        }
    }
}

/// A loop. Its value holds what steps need (the state, a client); steps run concurrently on `&self`.
pub trait Reconcile: Send + Sync + 'static {
    /// As logs name it, for instance `ecs.task_reaper`.
    const NAME: &'static str;

    fn settings(&self) -> Settings {
        Settings::default()
    }

    /// What wakes the loop.
    fn watch(&self, state: &State) -> Watch;

    /// Which keys are due. Too many is only work, too few is healed by the period. Must be quick; runs between steps.
    fn keys(&self, wake: &Wake<'_>) -> Vec<String>;

    /// Bring one key a step further: look at the newest state, decide, act. Idempotent. May be dropped at an await when its time is up
    /// or the process ends.
    fn step(&self, key: &str) -> impl Future<Output = Result<Next, StepError>> + Send;
}

/// Drive a loop until the shutdown. Steps at work then are given up.
pub async fn drive<R: Reconcile>(reconcile: R, state: State, shutdown: Shutdown) {
    let settings = reconcile.settings();
    // Subscribed before the first snapshot, so that no change falls between.
    let watch = reconcile.watch(&state);
    let reconcile = Arc::new(reconcile);
    let driver =
        Driver { reconcile, settings, keys: HashMap::new(), timers: BTreeMap::new(), ready: BTreeSet::new() };
    // Dropping the driver's future drops its JoinSet, and with it all steps.
    shutdown.or(driver.run(watch)).await;
}

struct Driver<R> {
    reconcile: Arc<R>,
    settings: Settings,
    /// Keys that have a step at work, a pause or a wake-up; others need no memory.
    keys: HashMap<String, Key>,
    /// When which key is due; the number only tells equal instants apart.
    timers: BTreeMap<(Instant, String), ()>,
    /// Due and waiting for a free place.
    ready: BTreeSet<String>,
}

#[derive(Default)]
struct Key {
    /// When its step was begun, while it is at work.
    at_work: Option<Instant>,
    /// Became due while its step was at work.
    again: bool,
    /// Its timer is a rest: a change does not end it before.
    rests: bool,
    failures: u32,
    /// Its entry in `timers`.
    timer: Option<Instant>,
}

type Done = (String, Result<Next, Failed>);

enum Failed {
    Error(StepError),
    TimedOut,
    Panicked(String),
}

impl<R: Reconcile> Driver<R> {
    async fn run(mut self, mut watch: Watch) {
        let mut steps: JoinSet<Done> = JoinSet::new();
        let mut before: Option<Snapshot> = None;
        let mut resync = Instant::now();
        loop {
            let now = Instant::now();
            let full = now >= resync;
            if full {
                resync = now + self.settings.period;
            }
            let snapshot = watch.snapshot();
            if full || before.as_ref().is_none_or(|before| before.version() != snapshot.version()) {
                self.ask(&snapshot, before.as_ref().filter(|_| !full));
                before = Some(snapshot);
            }
            self.fire_timers(now);
            self.start_steps(&mut steps);

            let next = self.timers.first_key_value().map_or(resync, |((at, _), ())| resync.min(*at));
            // Every branch is cancel-safe: a change, a finished step and a passed instant are all still there in the next turn, whose beginning
            // looks at all of them. In order, so that simulations repeat exactly.
            tokio::select! {
                biased;
                // First: what never stops changing must not keep finished steps from being taken, and others from being begun.
                Some(done) = steps.join_next(), if !steps.is_empty() => match done {
                    Ok((key, result)) => self.finish(key, result),
                    // The whole program ends.
                    Err(error) if error.is_cancelled() => {}
                    // Panics are caught within; steps are never aborted while the set lives.
                    Err(error) => tracing::error!(r#loop = R::NAME, %error, "a step was lost"),
                },
                _ = watch.changed() => {}
                () = tokio::time::sleep_until(next) => {}
            }
        }
    }

    fn ask(&mut self, now: &Snapshot, before: Option<&Snapshot>) {
        let wake = Wake { now, before };
        let due = std::panic::catch_unwind(AssertUnwindSafe(|| self.reconcile.keys(&wake)));
        match due {
            Ok(keys) => keys.into_iter().for_each(|key| self.due(key)),
            Err(panic) => {
                let message = panic_message(&*panic);
                tracing::error!(r#loop = R::NAME, message, "asking for keys panicked");
            }
        }
    }

    fn due(&mut self, key: String) {
        match self.keys.get_mut(&key) {
            Some(known) if known.at_work.is_some() => known.again = true,
            // Its pause ends with its timer, not with a change.
            Some(known) if known.failures > 0 || known.rests => {}
            _ => {
                self.ready.insert(key);
            }
        }
    }

    fn fire_timers(&mut self, now: Instant) {
        while let Some(entry) = self.timers.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let ((_, key), ()) = entry.remove_entry();
            if let Some(known) = self.keys.get_mut(&key) {
                known.timer = None;
            }
            self.ready.insert(key);
        }
    }

    fn start_steps(&mut self, steps: &mut JoinSet<Done>) {
        while steps.len() < self.settings.concurrency.max(1)
            && let Some(key) = self.ready.pop_first()
        {
            let known = self.keys.entry(key.clone()).or_default();
            if let Some(at) = known.timer.take() {
                self.timers.remove(&(at, key.clone()));
            }
            known.at_work = Some(Instant::now());
            known.again = false;
            known.rests = false;
            let span = tracing::info_span!("loop", name = R::NAME, key = %key);
            let (reconcile, limit) = (Arc::clone(&self.reconcile), self.settings.step_limit);
            let step = async move {
                let run = AssertUnwindSafe(reconcile.step(&key)).catch_unwind();
                let result = match tokio::time::timeout(limit, run).await {
                    Ok(Ok(Ok(next))) => Ok(next),
                    Ok(Ok(Err(error))) => Err(Failed::Error(error)),
                    Ok(Err(panic)) => Err(Failed::Panicked(panic_message(&*panic).to_owned())),
                    Err(_) => Err(Failed::TimedOut),
                };
                (key, result)
            };
            steps.spawn(step.instrument(span));
        }
    }

    fn finish(&mut self, key: String, result: Result<Next, Failed>) {
        let Some(known) = self.keys.get_mut(&key) else { return };
        let took = known.at_work.take().map(|begun| begun.elapsed()).unwrap_or_default();
        let again = std::mem::take(&mut known.again);
        let wait = match result {
            Ok(next) => {
                known.failures = 0;
                match next {
                    // It has more to do, and does not wait for anything.
                    Next::After(wait) if wait.is_zero() => Some(wait),
                    _ if again => {
                        let rest = (took * self.settings.rest).min(REST_LIMIT);
                        known.rests = !rest.is_zero();
                        Some(rest)
                    }
                    Next::Idle => None,
                    Next::After(wait) => Some(wait),
                }
            }
            Err(failed) => {
                known.failures = known.failures.saturating_add(1);
                let pause = self.settings.backoff.pause(known.failures);
                report(R::NAME, &key, &failed, known.failures, pause);
                Some(pause)
            }
        };
        match wait {
            None => {
                self.keys.remove(&key);
            }
            Some(wait) if wait.is_zero() && again => {
                self.ready.insert(key);
            }
            Some(wait) => {
                let at = Instant::now() + wait;
                known.timer = Some(at);
                self.timers.insert((at, key), ());
            }
        }
    }
}

fn report(name: &'static str, key: &str, failed: &Failed, failures: u32, pause: Duration) {
    let _span = tracing::info_span!("loop", name, key).entered();
    let pause_ms = pause.as_millis();
    match failed {
        Failed::Error(error) => {
            tracing::warn!(error = &**error as &dyn std::error::Error, failures, pause_ms, "step failed");
        }
        Failed::TimedOut => tracing::warn!(failures, pause_ms, "step took too long"),
        Failed::Panicked(message) => tracing::error!(message, failures, pause_ms, "step panicked"),
    }
}
