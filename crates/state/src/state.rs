//! The handle that everybody holds.

use crate::commit::{Answer, Attempt, Committer, Known, Line};
use crate::failure::{Failure, OpenError, UpdateError};
use crate::record::DecodeError;
use crate::schema::{Layout, Schema};
use crate::table::Touched;
use crate::watch::{Published, Watch, Watcher};
use crate::{Record, Snapshot, Tx};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use store::{Sharing, Store};
use tokio::sync::Semaphore;

/// How many changes may wait for the disk; more wait to be computed.
const MOST_WAITING: usize = 4096;

/// How often a change runs again because of conflicts before it gives up.
const MOST_ATTEMPTS: u32 = 64;

/// All control state. Cloning gives another handle; the last one dropped commits what is in line and closes the store.
#[derive(Clone)]
pub struct State {
    line: Arc<Line>,
    permits: Arc<Semaphore>,
    store: Arc<dyn Store>,
    writer: Arc<Writer>,
}

struct Writer {
    line: Arc<Line>,
    commits: Commits,
}

enum Commits {
    Thread(Mutex<Option<JoinHandle<()>>>),
    Inline(Mutex<Committer>),
}

impl State {
    /// Load everything. Rows of unknown tables (a newer program's, perhaps) are left alone.
    pub fn open(store: impl Store, schema: &Schema) -> Result<Self, OpenError> {
        Self::load(store, schema, false)
    }

    /// As [`State::open`], but every update commits by itself in its caller's thread: nothing happens in another thread, so that
    /// simulations repeat exactly and tokio's paused clock does not run ahead while a commit is awaited. For a store that answers at once
    /// and that this server alone writes.
    pub fn open_inline(store: impl Store, schema: &Schema) -> Result<Self, OpenError> {
        Self::load(store, schema, true)
    }

    fn load(store: impl Store, schema: &Schema, inline: bool) -> Result<Self, OpenError> {
        let store: Arc<dyn Store> = Arc::new(store);
        let layout = Arc::new(Layout::new(schema)?);
        let (snapshot, known) = load(&*store, &layout)?;
        let loaded = known.loaded;
        let published = Arc::new(Published::new(snapshot));
        let line = Arc::new(Line::new(published, store.sharing()));
        if store.sharing() == Sharing::Shared {
            // Weak: the store holds the sink, and must not thereby hold the line.
            let sink = Arc::downgrade(&line);
            store.watch(
                loaded,
                Box::new(move |changes| {
                    if let Some(line) = sink.upgrade() {
                        line.deliver(changes);
                    }
                }),
            )?;
        }
        let committer = Committer { line: Arc::clone(&line), store: Arc::clone(&store), known };
        let commits = if inline { Commits::Inline(Mutex::new(committer)) } else { start_thread(committer)? };
        let writer = Arc::new(Writer { line: Arc::clone(&line), commits });
        Ok(Self { line, permits: Arc::new(Semaphore::new(MOST_WAITING)), store, writer })
    }

    /// Everything that is durable now.
    pub fn snapshot(&self) -> Snapshot {
        self.line.published.snapshot()
    }

    /// Why the store did not take the last change that it was given, if it did not. A store of which nothing was asked since is not asked here.
    pub fn store_failure(&self) -> Option<String> {
        self.line.failure()
    }

    /// Change something; see the crate's documentation. When the returned future is dropped half-way, the change may still be made.
    pub async fn update<T, E>(
        &self,
        mut change: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, UpdateError<E>> {
        let _permit = self.permits.acquire().await.map_err(|_| Failure::Closed)?;
        for _ in 0..MOST_ATTEMPTS {
            let (outcome, receiver) = match self.line.attempt(&mut change) {
                Ok(Attempt::Settled(outcome)) => return outcome.map_err(UpdateError::Refused),
                Ok(Attempt::Waiting(outcome, receiver)) => (outcome, receiver),
                Err(failure) => {
                    if let Failure::Panicked { message } = &failure {
                        tracing::error!(message, "a change panicked");
                    }
                    return Err(failure.into());
                }
            };
            self.writer.commit_inline();
            match receiver.await {
                Ok(Answer::Durable) => return outcome.map_err(UpdateError::Refused),
                Ok(Answer::Again) => {}
                Ok(Answer::Failed(failure)) => return Err(failure.into()),
                Err(_) => return Err(Failure::Closed.into()),
            }
        }
        Err(Failure::Contended { attempts: MOST_ATTEMPTS }.into())
    }

    /// Hear of every change of a table.
    pub fn watch<T: Record>(&self) -> Watch {
        self.watcher().table::<T>().start()
    }

    /// Hear of changes of several tables, rows or index values.
    pub fn watcher(&self) -> Watcher {
        Watcher::new(Arc::clone(&self.line.published))
    }

    /// Write a consistent copy of the durable state to a new file. Blocks; changes go on.
    pub fn backup(&self, to: &Path) -> Result<(), store::Error> {
        self.store.backup(to)
    }

    /// Let the store read and verify everything. Blocks; changes go on.
    pub fn check(&self) -> Result<(), store::Error> {
        self.store.check()
    }

    /// Refuse new changes, commit those in line, and wait for that. Blocks for about one commit.
    pub fn close(&self) {
        self.writer.close();
    }
}

impl Writer {
    fn commit_inline(&self) {
        if let Commits::Inline(committer) = &self.commits {
            committer.lock().unwrap_or_else(PoisonError::into_inner).drain();
        }
    }

    fn close(&self) {
        self.line.close();
        self.commit_inline();
        let Commits::Thread(thread) = &self.commits else { return };
        let thread = thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the thread that commits has panicked");
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

fn load(store: &dyn Store, layout: &Arc<Layout>) -> Result<(Snapshot, Known), OpenError> {
    let mut tables = layout.empty();
    let mut touched = Touched::default();
    let mut known = Known::default();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    let mut failed: Option<(String, String, DecodeError)> = None;
    let track = store.sharing() == Sharing::Shared;
    let loaded = store.load(&mut |row| {
        let Some(at) = layout.named(row.table) else {
            *unknown.entry(row.table.to_owned()).or_default() += 1;
            return;
        };
        if track {
            known.note(layout, row.table, row.key, row.revision, true);
        }
        touched.keys.clear();
        touched.indexes.clear();
        if failed.is_none()
            && let Err(source) = tables[at].accept(row.key, Some(row.value), &mut touched)
        {
            failed = Some((row.table.to_owned(), row.key.to_owned(), source));
        }
    })?;
    if let Some((table, key, source)) = failed {
        return Err(OpenError::Record { table, key, source });
    }
    for (table, rows) in unknown {
        tracing::warn!(table, rows, "rows of a table that this version does not know are left alone");
    }
    known.loaded = loaded;
    // A deletion leaves no row behind: any table may have changed as late as the load itself.
    known.tables.clear();
    let tables = tables.into_iter().map(Into::into).collect();
    Ok((Snapshot::new(Arc::clone(layout), tables, 0), known))
}

fn start_thread(committer: Committer) -> Result<Commits, OpenError> {
    let thread = std::thread::Builder::new()
        .name("state-commit".to_owned())
        .spawn(move || {
            raise_priority();
            committer.run();
        })
        .map_err(OpenError::Thread)?;
    Ok(Commits::Thread(Mutex::new(Some(thread))))
}

/// On a busy machine a commit otherwise waits for its turn on the processor several times over. Not allowed to everybody, so
/// failure is only noted.
fn raise_priority() {
    // On Linux the "process" of setpriority is a thread, and pid 0 (None) the calling one.
    if let Err(error) = rustix::process::setpriority_process(None, -10) {
        tracing::debug!(%error, "commits run at normal priority");
    }
}
