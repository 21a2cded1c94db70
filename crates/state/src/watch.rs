//! Wake-ups: who waits for a table, a row, or the records under an index value is woken when a commit touches it.
//!
//! A wake-up says only "look again"; several coalesce into one. Nothing is missed by who subscribes first and reads then.

use crate::schema::Layout;
use crate::snapshot::Inner;
use crate::table::Touched;
use crate::{Index, IndexValue, Record, Snapshot};
use arc_swap::ArcSwap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// What everybody sees, and who wants to hear of changes.
pub(crate) struct Published {
    snapshot: ArcSwap<Inner>,
    waiting: Mutex<Waiting>,
}

struct Waiting {
    next_id: u64,
    tables: Vec<PerTable>,
}

#[derive(Default)]
struct PerTable {
    all: Vec<Bell>,
    rows: HashMap<String, Vec<Bell>>,
    indexes: HashMap<&'static str, HashMap<String, Vec<Bell>>>,
}

struct Bell {
    id: u64,
    ring: Arc<watch::Sender<u64>>,
}

#[derive(Clone)]
enum Scope {
    Table(usize),
    Row(usize, String),
    Index(usize, &'static str, String),
}

impl Published {
    pub fn new(snapshot: Snapshot) -> Self {
        let tables = snapshot.0.tables.iter().map(|_| PerTable::default()).collect();
        Self { snapshot: ArcSwap::new(snapshot.0), waiting: Mutex::new(Waiting { next_id: 0, tables }) }
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.snapshot.load_full())
    }

    pub fn layout(&self) -> Arc<Layout> {
        Arc::clone(&self.snapshot.load().layout)
    }

    /// Show `snapshot`, then wake who waits for what was `touched`.
    pub fn publish<'a>(&self, snapshot: Snapshot, touched: impl Iterator<Item = &'a (usize, Touched)>) {
        let version = snapshot.version();
        self.snapshot.store(snapshot.0);
        let waiting = self.waiting();
        for (at, touched) in touched {
            waiting.tables[*at].ring(touched, version);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Nothing that runs under this lock leaves the lists half changed.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PerTable {
    fn ring(&self, touched: &Touched, version: u64) {
        let ring = |bells: Option<&Vec<Bell>>| {
            for bell in bells.into_iter().flatten() {
                bell.ring.send_replace(version);
            }
        };
        ring(Some(&self.all));
        if !self.rows.is_empty() {
            touched.keys.iter().for_each(|key| ring(self.rows.get(&**key)));
        }
        if !self.indexes.is_empty() {
            for (index, value) in &touched.indexes {
                ring(self.indexes.get(index).and_then(|values| values.get(&**value)));
            }
        }
    }
}

impl Waiting {
    fn bells(&mut self, scope: &Scope) -> &mut Vec<Bell> {
        match scope {
            Scope::Table(at) => &mut self.tables[*at].all,
            Scope::Row(at, key) => self.tables[*at].rows.entry(key.clone()).or_default(),
            Scope::Index(at, index, value) => {
                self.tables[*at].indexes.entry(index).or_default().entry(value.clone()).or_default()
            }
        }
    }

    fn forget(&mut self, scope: &Scope, id: u64) {
        let bells = self.bells(scope);
        bells.retain(|bell| bell.id != id);
        if !bells.is_empty() {
            return;
        }
        match scope {
            Scope::Table(_) => {}
            Scope::Row(at, key) => {
                self.tables[*at].rows.remove(key);
            }
            Scope::Index(at, index, value) => {
                let indexes = &mut self.tables[*at].indexes;
                let values = indexes.entry(index).or_default();
                values.remove(value);
                if values.is_empty() {
                    indexes.remove(index);
                }
            }
        }
    }
}

/// Puts together what a [`Watch`] listens to.
#[must_use]
pub struct Watcher {
    published: Arc<Published>,
    scopes: Vec<Scope>,
}

impl Watcher {
    pub(crate) fn new(published: Arc<Published>) -> Self {
        Self { published, scopes: Vec::new() }
    }

    /// Every change of the table.
    pub fn table<T: Record>(self) -> Self {
        let at = self.at::<T>();
        self.with(Scope::Table(at))
    }

    /// Changes of the row `key`, whether it exists yet or not.
    pub fn row<T: Record>(self, key: impl Into<String>) -> Self {
        let at = self.at::<T>();
        self.with(Scope::Row(at, key.into()))
    }

    /// Changes of records that are, were or become listed under `value`.
    pub fn index<T: Record>(self, index: Index<T>, value: impl IndexValue) -> Self {
        let at = self.at::<T>();
        self.with(Scope::Index(at, index.name, value.encoded()))
    }

    /// Listen from now on.
    pub fn start(self) -> Watch {
        let (ring, heard) = watch::channel(0);
        let ring = Arc::new(ring);
        let mut waiting = self.published.waiting();
        let id = waiting.next_id;
        waiting.next_id += 1;
        for scope in &self.scopes {
            waiting.bells(scope).push(Bell { id, ring: Arc::clone(&ring) });
        }
        drop(waiting);
        Watch { published: self.published, scopes: self.scopes, id, heard, _ring: ring }
    }

    fn at<T: Record>(&self) -> usize {
        self.published.layout().position::<T>()
    }

    fn with(mut self, scope: Scope) -> Self {
        self.scopes.push(scope);
        self
    }
}

/// Hears of changes; see [`Watcher`].
pub struct Watch {
    published: Arc<Published>,
    scopes: Vec<Scope>,
    id: u64,
    heard: watch::Receiver<u64>,
    /// Held so that the channel never closes while somebody listens.
    _ring: Arc<watch::Sender<u64>>,
}

impl Watch {
    /// Wait for a change since the last call (since the start, the first time) and return the newest snapshot. Cancel-safe: a change
    /// is seen by the next call when this one is dropped.
    pub async fn changed(&mut self) -> Snapshot {
        // An error would mean that every sender is gone; we hold one.
        let _ = self.heard.changed().await;
        self.published.snapshot()
    }

    /// Whether there was a change since the last call of [`Watch::changed`].
    pub fn has_changed(&self) -> bool {
        self.heard.has_changed().unwrap_or(false)
    }

    /// The newest snapshot, now.
    pub fn snapshot(&self) -> Snapshot {
        self.published.snapshot()
    }

    /// Wait until `find` finds something in the newest snapshot. Put a time limit around it.
    pub async fn until<R>(&mut self, mut find: impl FnMut(&Snapshot) -> Option<R>) -> R {
        loop {
            self.heard.mark_unchanged();
            if let Some(found) = find(&self.published.snapshot()) {
                return found;
            }
            self.changed().await;
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut waiting = self.published.waiting();
        for scope in &self.scopes {
            waiting.forget(scope, self.id);
        }
    }
}
