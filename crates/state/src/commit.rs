//! The one writer: changes line up in memory, a thread makes them durable in groups (or, in virtual time, each caller its own).
//!
//! A change is computed on `working`, the newest version including what is not durable yet, and joins the line. The thread takes
//! the whole line as a group, commits it with one fsync, shows the group's last version to readers and answers. If the store stops
//! within the group, `working` falls back to the last durable version; whoever stood behind the failure runs again.
//!
//! Invariants: the line is in order of computation, each change standing on the one before, the first one on the group in flight;
//! nothing is shown or answered before it is durable; closures run outside this thread, so they cannot harm it.
//!
//! On a shared store the thread also takes in what other servers wrote, between two groups. Everybody in line then runs again, so that
//! what a change has read is always what this server knows at the moment when the compares are made.

use crate::failure::Failure;
use crate::schema::Layout;
use crate::snapshot::Snapshot;
use crate::table::Touched;
use crate::tx::{Finished, Reads, Tx};
use crate::watch::Published;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use store::{Change, Compare, Revision, Sharing, Store, Transaction};
use tokio::sync::oneshot;

/// What became of a change.
pub(crate) enum Answer {
    Durable,
    /// Something it stood on did not happen or has changed.
    Again,
    Failed(Failure),
}

/// A closure's run.
pub(crate) enum Attempt<R> {
    /// Nothing to wait for.
    Settled(R),
    Waiting(R, oneshot::Receiver<Answer>),
}

/// The line, and what both sides of it know.
pub(crate) struct Line {
    state: Mutex<Inside>,
    wake: Condvar,
    /// Why the last commit failed, if it did.
    failure: Mutex<Option<String>>,
    pub published: Arc<Published>,
    track: bool,
}

struct Inside {
    working: Snapshot,
    version: u64,
    waiting: Vec<Waiting>,
    in_flight: bool,
    foreign: Vec<Change>,
    closing: bool,
}

struct Waiting {
    writes: Vec<(usize, store::Write)>,
    reads: Reads,
    touched: Vec<(usize, Touched)>,
    after: Snapshot,
    answer: oneshot::Sender<Answer>,
}

impl Line {
    pub fn new(published: Arc<Published>, sharing: Sharing) -> Self {
        let working = published.snapshot();
        let version = working.version();
        let state = Inside {
            working,
            version,
            waiting: Vec::new(),
            in_flight: false,
            foreign: Vec::new(),
            closing: false,
        };
        Self {
            state: Mutex::new(state),
            wake: Condvar::new(),
            failure: Mutex::default(),
            published,
            track: sharing == Sharing::Shared,
        }
    }

    /// Run `change` on the newest version and put the result in line.
    pub fn attempt<T, E>(
        &self,
        change: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<Attempt<Result<T, E>>, Failure> {
        let mut outcome = None;
        let waits = self.attempt_any(&mut |tx| outcome.insert(change(tx)).is_ok())?;
        let outcome = outcome.expect("the closure has run");
        Ok(match waits {
            None => Attempt::Settled(outcome),
            Some(receiver) => Attempt::Waiting(outcome, receiver),
        })
    }

    /// The same for every change, so that it is compiled once: whether `change` succeeded decides whether it is kept.
    fn attempt_any(
        &self,
        change: &mut dyn FnMut(&mut Tx<'_>) -> bool,
    ) -> Result<Option<oneshot::Receiver<Answer>>, Failure> {
        let mut inside = self.lock();
        if inside.closing {
            return Err(Failure::Closed);
        }
        let working = inside.working.clone();
        let mut tx = Tx::new(&working, self.track);
        // A panicking closure leaves its Tx, which is dropped, and what it borrows, which its owner must judge.
        match catch_unwind(AssertUnwindSafe(|| change(&mut tx))) {
            Ok(true) => {}
            Ok(false) => tx = Tx::new(&working, false),
            Err(panic) => return Err(Failure::Panicked { message: message(&*panic) }),
        }
        let finished = tx.finish(inside.version + 1)?;
        // Even what writes nothing must not be answered from a version that may yet be lost.
        if finished.writes.is_empty() && inside.waiting.is_empty() && !inside.in_flight {
            return Ok(None);
        }
        let (answer, receiver) = oneshot::channel();
        let Finished { writes, reads, touched, mut after } = finished;
        if writes.is_empty() {
            after = working;
        } else {
            inside.version += 1;
            inside.working = after.clone();
        }
        inside.waiting.push(Waiting { writes, reads, touched, after, answer });
        self.wake.notify_one();
        Ok(Some(receiver))
    }

    /// Take in what another server wrote.
    pub fn deliver(&self, changes: &[Change]) {
        self.lock().foreign.extend_from_slice(changes);
        self.wake.notify_one();
    }

    /// Refuse new changes; those in line are still committed.
    pub fn close(&self) {
        self.lock().closing = true;
        self.wake.notify_one();
    }

    /// Why the last commit failed, if it did.
    pub fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note_failure(&self, failure: Option<String>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        // Closures are caught before they can poison, and nothing else under the lock panics half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread's side.
pub(crate) struct Committer {
    pub line: Arc<Line>,
    pub store: Arc<dyn Store>,
    pub known: Known,
}

/// Revisions of what this server knows, for compares. Empty for an exclusive store.
#[derive(Default)]
pub(crate) struct Known {
    pub rows: HashMap<(usize, String), Revision>,
    pub tables: HashMap<usize, Revision>,
    /// Revision of the load: no table is newer than this unless `tables` says so.
    pub loaded: Revision,
    /// Own transactions that the watch has not shown yet.
    own: HashSet<Revision>,
}

impl Committer {
    /// Work until the line is closed and empty.
    pub fn run(mut self) {
        let line = Arc::clone(&self.line);
        loop {
            let mut inside = line.lock();
            while inside.waiting.is_empty() && inside.foreign.is_empty() {
                if inside.closing {
                    return;
                }
                inside = line.wake.wait(inside).unwrap_or_else(PoisonError::into_inner);
            }
            self.turn(inside);
        }
    }

    /// Work until the line is empty.
    pub fn drain(&mut self) {
        let line = Arc::clone(&self.line);
        loop {
            let inside = line.lock();
            if inside.waiting.is_empty() && inside.foreign.is_empty() {
                return;
            }
            self.turn(inside);
        }
    }

    fn turn(&mut self, mut inside: MutexGuard<'_, Inside>) {
        if !inside.foreign.is_empty() {
            let changes = std::mem::take(&mut inside.foreign);
            self.take_in(&mut inside, changes);
            return;
        }
        let group = std::mem::take(&mut inside.waiting);
        inside.in_flight = true;
        drop(inside);
        self.commit(group);
    }

    fn commit(&mut self, mut group: Vec<Waiting>) {
        let transactions = self.transactions(&mut group);
        let mut done =
            if transactions.is_empty() { Default::default() } else { self.store.commit(&transactions) };
        // How many of the group, those without writes included, are durable now.
        let mut writers = 0;
        let durable = group
            .iter()
            .position(|one| {
                writers += usize::from(!one.touched.is_empty());
                writers > done.revisions.len()
            })
            .unwrap_or(group.len());
        if durable < group.len() && done.stopped.is_none() {
            tracing::error!("the store stopped within a group and gave no reason");
        }
        self.learn(&transactions, &done.revisions);

        let mut inside = self.line.lock();
        inside.in_flight = false;
        let lost = group.split_off(durable);
        if let Some(last) = group.last()
            && group.iter().any(|one| !one.touched.is_empty())
        {
            let touched = group.iter().flat_map(|one| &one.touched);
            self.line.published.publish(last.after.clone(), touched);
        }
        if !lost.is_empty() {
            inside.working = self.line.published.snapshot();
        }
        let behind = if lost.is_empty() { Vec::new() } else { std::mem::take(&mut inside.waiting) };
        drop(inside);

        // Before anybody hears of it: who is told of a success finds a store that works.
        match &done.stopped {
            Some(error) if error.is_conflict() => {}
            Some(error) => self.line.note_failure(Some(chain(error))),
            None if !transactions.is_empty() => self.line.note_failure(None),
            None => {}
        }
        group.into_iter().for_each(|one| one.tell(Answer::Durable));
        let failure = match done.stopped.take() {
            Some(error) if error.is_conflict() => None,
            Some(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    changes = lost.len(),
                    "commit failed"
                );
                Some(Failure::Store(Arc::new(error)))
            }
            None => None,
        };
        for one in lost {
            match &failure {
                // Whoever wrote nothing only has to look again at what is durable.
                Some(failure) if !one.touched.is_empty() => one.tell(Answer::Failed(failure.clone())),
                _ => one.tell(Answer::Again),
            }
        }
        behind.into_iter().for_each(|one| one.tell(Answer::Again));
    }

    /// The group's transactions, those that write nothing left out.
    fn transactions(&self, group: &mut [Waiting]) -> Vec<Transaction> {
        let layout = self.line.published.layout();
        let (mut rows, mut tables) = (HashSet::new(), BTreeSet::new());
        let mut transactions = Vec::with_capacity(group.len());
        for one in group.iter_mut().filter(|one| !one.touched.is_empty()) {
            // What an earlier one of this group writes cannot be compared: it has no revision yet, and needs no compare,
            // since nobody comes between two transactions of a group.
            let reads = std::mem::take(&mut one.reads);
            let mut compares = Vec::with_capacity(reads.rows.len() + reads.tables.len());
            for (at, key) in reads.rows {
                let key = String::from(&*key);
                let table = layout.tables[at].name;
                let id = (at, key);
                if !rows.contains(&id) {
                    let revision = self.known.rows.get(&id).copied();
                    compares.push(Compare::Row { table, key: id.1, revision });
                }
            }
            for at in reads.tables.difference(&tables) {
                let revision = self.known.tables.get(at).copied().unwrap_or(self.known.loaded);
                compares.push(Compare::Table { table: layout.tables[*at].name, revision });
            }
            let mut writes = Vec::with_capacity(one.writes.len());
            for (at, write) in one.writes.drain(..) {
                if self.line.track {
                    rows.insert((at, write.key.clone()));
                    tables.insert(at);
                }
                writes.push(write);
            }
            transactions.push(Transaction { compares, writes });
        }
        transactions
    }

    fn learn(&mut self, transactions: &[Transaction], revisions: &[Revision]) {
        if !self.line.track {
            return;
        }
        let layout = self.line.published.layout();
        for (transaction, revision) in transactions.iter().zip(revisions) {
            self.known.own.insert(*revision);
            for write in &transaction.writes {
                self.known.note(&layout, write.table, &write.key, *revision, write.value.is_some());
            }
        }
    }

    fn take_in(&mut self, inside: &mut Inside, changes: Vec<Change>) {
        let layout = self.line.published.layout();
        let mut own_seen = HashSet::new();
        let mut forks = HashMap::new();
        let base = self.line.published.snapshot();
        for change in changes {
            if self.known.own.contains(&change.revision) {
                own_seen.insert(change.revision);
                continue;
            }
            let Some(at) = layout.named(&change.table) else { continue };
            let (table, touched) =
                forks.entry(at).or_insert_with(|| (base.0.tables[at].fork(), Touched::default()));
            self.known.note(&layout, &change.table, &change.key, change.revision, change.value.is_some());
            if let Err(error) = table.accept(&change.key, change.value.as_deref(), touched) {
                // The old content stays visible; whoever tries to write the record writes over what we cannot read.
                let error = &error as &dyn std::error::Error;
                tracing::error!(
                    error,
                    table = change.table,
                    key = change.key,
                    "another server wrote what cannot be read"
                );
            }
        }
        for revision in own_seen {
            self.known.own.remove(&revision);
        }
        if forks.is_empty() {
            return;
        }
        inside.version += 1;
        let mut tables = base.0.tables.clone();
        let mut touched = Vec::with_capacity(forks.len());
        for (at, (table, seen)) in forks {
            tables[at] = table.into();
            touched.push((at, seen));
        }
        let after = Snapshot::new(layout, tables, inside.version);
        inside.working = after.clone();
        self.line.published.publish(after, touched.iter());
        std::mem::take(&mut inside.waiting).into_iter().for_each(|one| one.tell(Answer::Again));
    }
}

impl Known {
    pub fn note(&mut self, layout: &Layout, table: &str, key: &str, revision: Revision, exists: bool) {
        let Some(at) = layout.named(table) else { return };
        self.tables.insert(at, revision);
        if exists {
            self.rows.insert((at, key.to_owned()), revision);
        } else {
            self.rows.remove(&(at, key.to_owned()));
        }
    }
}

impl Waiting {
    fn tell(self, answer: Answer) {
        // Nobody listens when the caller's future was dropped; the change stands all the same.
        let _ = self.answer.send(answer);
    }
}

/// An error with what is behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let behind = std::iter::successors(error.source(), |e| e.source());
    behind.fold(error.to_string(), |text, e| format!("{text}: {e}"))
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
