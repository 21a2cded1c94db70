//! Rows in a map: nothing is durable. For tests, so it can be shared, told to conflict and told to fail.

use crate::{Change, Committed, Compare, Error, Result, Revision, Row, Sharing, Sink, Store, Transaction};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A handle on rows in memory; clones are handles on the same rows.
#[derive(Clone)]
pub struct Memory {
    sharing: Sharing,
    rows: Arc<Mutex<Rows>>,
}

#[derive(Default)]
struct Rows {
    rows: BTreeMap<(String, String), (Revision, Vec<u8>)>,
    /// Revision of the newest write or deletion of each table.
    tables: BTreeMap<String, Revision>,
    revision: Revision,
    history: Vec<Change>,
    sinks: Vec<Sink>,
    planned: VecDeque<Option<Error>>,
}

impl Memory {
    /// Rows that this handle alone writes.
    pub fn exclusive() -> Self {
        Self { sharing: Sharing::Exclusive, rows: Arc::default() }
    }

    /// Rows that several handles write, as etcd's.
    pub fn shared() -> Self {
        Self { sharing: Sharing::Shared, rows: Arc::default() }
    }

    /// The next transaction (after those already planned for) fails with `error`.
    pub fn fail_next(&self, error: Error) {
        self.lock().planned.push_back(Some(error));
    }

    /// The next transaction (after those already planned for) conflicts.
    pub fn conflict_next(&self) {
        self.fail_next(Error::Conflict { table: "injected".to_owned(), key: "injected".to_owned() });
    }

    /// The next transaction (after those already planned for) is left alone.
    pub fn succeed_next(&self) {
        self.lock().planned.push_back(None);
    }

    /// Nothing is planned for any more.
    pub fn forget_plans(&self) {
        self.lock().planned.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Rows> {
        // A panic inside a sink leaves whole rows behind: every transaction is applied before sinks are called.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows {
    fn verify(&self, compare: &Compare) -> Result<()> {
        let (table, key, holds) = match compare {
            Compare::Row { table, key, revision } => {
                let found = self.rows.get(&((*table).to_owned(), key.clone())).map(|row| row.0);
                (table, key.as_str(), found == *revision)
            }
            Compare::Table { table, revision } => {
                (table, "*", self.tables.get(*table).is_none_or(|newest| newest <= revision))
            }
        };
        if holds { Ok(()) } else { Err(Error::Conflict { table: (*table).to_owned(), key: key.to_owned() }) }
    }

    fn apply(&mut self, transaction: &Transaction) -> Result<Revision> {
        if let Some(Some(error)) = self.planned.pop_front() {
            return Err(error);
        }
        transaction.compares.iter().try_for_each(|compare| self.verify(compare))?;
        if transaction.writes.is_empty() {
            return Ok(self.revision);
        }
        self.revision += 1;
        let revision = self.revision;
        let from = self.history.len();
        for write in &transaction.writes {
            let id = (write.table.to_owned(), write.key.clone());
            self.tables.insert(id.0.clone(), revision);
            self.history.push(Change {
                table: id.0.clone(),
                key: id.1.clone(),
                revision,
                value: write.value.clone(),
            });
            match &write.value {
                Some(value) => self.rows.insert(id, (revision, value.clone())),
                None => self.rows.remove(&id),
            };
        }
        for sink in &mut self.sinks {
            sink(&self.history[from..]);
        }
        Ok(revision)
    }
}

impl Store for Memory {
    fn sharing(&self) -> Sharing {
        self.sharing
    }

    fn load(&self, each: &mut dyn FnMut(Row<'_>)) -> Result<Revision> {
        let rows = self.lock();
        for ((table, key), (revision, value)) in &rows.rows {
            each(Row { table, key, revision: *revision, value });
        }
        Ok(rows.revision)
    }

    fn commit(&self, group: &[Transaction]) -> Committed {
        let mut rows = self.lock();
        let mut done = Committed::default();
        for transaction in group {
            match rows.apply(transaction) {
                Ok(revision) => done.revisions.push(revision),
                Err(error) => {
                    done.stopped = Some(error);
                    break;
                }
            }
        }
        done
    }

    fn watch(&self, revision: Revision, mut sink: Sink) -> Result<()> {
        let mut rows = self.lock();
        for transaction in rows.history.chunk_by(|a, b| a.revision == b.revision) {
            if transaction[0].revision > revision {
                sink(transaction);
            }
        }
        rows.sinks.push(sink);
        Ok(())
    }

    fn backup(&self, _to: &Path) -> Result<()> {
        Err(Error::Unsupported("be backed up: it is held in memory only"))
    }

    fn check(&self) -> Result<()> {
        Ok(())
    }
}
