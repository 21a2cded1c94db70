//! SQLite in WAL mode with synchronous=FULL: what `commit` acknowledges has been through fsync.
//!
//! One row per record in `records`, in the order in which they came, and one index over their keys. (A table WITHOUT ROWID, ordered by
//! key, has whole rows in each level of its tree: with records of a kilobyte a group of writes cost four times as much, and the file was three times
//! as large.) Loading walks both trees, so damage shows at start. Values are stored as text where they are UTF-8, so that an operator reads them with the sqlite3 tool.
//! Files: `<data>/state/state.db` (+ `-wal`, `-shm`) and `<data>/state/lock`, all 0600 in a directory of 0700.

mod failure;
mod lock;
mod open;
#[cfg(test)]
mod tests;

pub use lock::DirectoryLock;
pub use open::SCHEMA_VERSION;

use crate::{Committed, Compare, Error, Result, Revision, Row, Sharing, Sink, Store, Transaction};
use failure::{reading, writing};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The embedded store of one server.
pub struct Sqlite {
    path: PathBuf,
    writer: Mutex<Writer>,
    /// Dropped last: whoever takes the directory after us finds the database closed.
    _lock: DirectoryLock,
}

struct Writer {
    connection: Connection,
    revision: Revision,
    /// Revision of the newest change of each table, where it is known to be newer than `loaded`.
    tables: HashMap<&'static str, Revision>,
    /// Revision at start: no table is newer than this unless `tables` says so.
    loaded: Revision,
}

impl Sqlite {
    /// Open (or make) the database of a data directory and lock it.
    pub fn open(data_directory: &Path) -> Result<Self> {
        let (connection, revision, path, lock) = open::open(data_directory)?;
        let writer = Writer { connection, revision, tables: HashMap::new(), loaded: revision };
        Ok(Self { path, writer: Mutex::new(writer), _lock: lock })
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        // A panic within leaves an open SQLite transaction at worst, which `commit` rolls back before it begins.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection beside the writer's: in WAL mode readers and the writer do not wait for each other.
    fn reader(&self) -> Result<Connection> {
        open::connect(&self.path).map_err(|source| reading(&self.path, source))
    }
}

impl Writer {
    /// Apply the group inside one SQLite transaction. `Err` means that nothing of the group was written.
    fn apply(&mut self, group: &[Transaction], path: &Path) -> Result<Committed> {
        if !self.connection.is_autocommit() {
            // Left over from a failed rollback or a panic.
            self.connection.execute_batch("ROLLBACK").map_err(|source| writing(path, source))?;
        }
        let mut done = Committed::default();
        let mut revision = self.revision;
        let mut touched = Vec::new();
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(|source| writing(path, source))?;
        {
            let mut put = transaction
                .prepare_cached(
                    "INSERT INTO records (tbl, key, revision, value) VALUES (?1, ?2, ?3, ?4) \
                     ON CONFLICT (tbl, key) DO UPDATE SET revision = excluded.revision, value = excluded.value",
                )
                .map_err(|source| writing(path, source))?;
            let mut delete = transaction
                .prepare_cached("DELETE FROM records WHERE tbl = ?1 AND key = ?2")
                .map_err(|source| writing(path, source))?;
            for one in group {
                let newest = |table: &str| {
                    touched
                        .iter()
                        .rev()
                        .find(|(touched, _)| *touched == table)
                        .map(|(_, at)| *at)
                        .unwrap_or_else(|| self.tables.get(table).copied().unwrap_or(self.loaded))
                };
                if let Err(error) = verify(&transaction, &one.compares, newest, path) {
                    done.stopped = Some(error);
                    break;
                }
                if !one.writes.is_empty() {
                    revision += 1;
                }
                for write in &one.writes {
                    match &write.value {
                        Some(value) => put.execute(params![write.table, write.key, revision, Value(value)]),
                        None => delete.execute(params![write.table, write.key]),
                    }
                    .map_err(|source| writing(path, source))?;
                    touched.push((write.table, revision));
                }
                done.revisions.push(revision);
            }
            if revision != self.revision {
                transaction
                    .prepare_cached("UPDATE store SET revision = ?1")
                    .and_then(|mut update| update.execute(params![revision]))
                    .map_err(|source| writing(path, source))?;
            }
        }
        transaction.commit().map_err(|source| writing(path, source))?;
        self.revision = revision;
        self.tables.extend(touched);
        Ok(done)
    }
}

fn verify(
    connection: &Connection,
    compares: &[Compare],
    newest: impl Fn(&str) -> Revision,
    path: &Path,
) -> Result<()> {
    for compare in compares {
        let (table, key, holds) = match compare {
            Compare::Row { table, key, revision } => {
                let found: Option<Revision> = connection
                    .prepare_cached("SELECT revision FROM records WHERE tbl = ?1 AND key = ?2")
                    .and_then(|mut select| select.query_row(params![table, key], |row| row.get(0)).optional())
                    .map_err(|source| reading(path, source))?;
                (table, key.as_str(), found == *revision)
            }
            Compare::Table { table, revision } => (table, "*", newest(table) <= *revision),
        };
        if !holds {
            return Err(Error::Conflict { table: (*table).to_owned(), key: key.to_owned() });
        }
    }
    Ok(())
}

/// Walks the index over the keys, and nothing else.
const INDEX: &str = "SELECT tbl, key, id FROM records INDEXED BY sqlite_autoindex_records_1";

/// Of one entry. Two walks in different orders have the same sum where they show the same entries.
fn fingerprint(table: &str, key: &str, id: i64) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    (table, key, id).hash(&mut hasher);
    hasher.finish()
}

/// Text where it is UTF-8, else a blob.
struct Value<'a>(&'a [u8]);

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        let value = match std::str::from_utf8(self.0) {
            Ok(_) => ValueRef::Text(self.0),
            Err(_) => ValueRef::Blob(self.0),
        };
        Ok(rusqlite::types::ToSqlOutput::Borrowed(value))
    }
}

impl Store for Sqlite {
    fn sharing(&self) -> Sharing {
        Sharing::Exclusive
    }

    fn load(&self, each: &mut dyn FnMut(Row<'_>)) -> Result<Revision> {
        let writer = self.writer();
        let failed = |source| reading(&self.path, source);
        let mut select = writer
            .connection
            .prepare("SELECT tbl, key, revision, value, id FROM records NOT INDEXED")
            .map_err(failed)?;
        let mut rows = select.query([]).map_err(failed)?;
        let (mut in_records, mut in_index) = (0_u64, 0_u64);
        while let Some(row) = rows.next().map_err(failed)? {
            let text = |column| {
                row.get_ref(column).and_then(|value| value.as_str().map_err(Into::into)).map_err(failed)
            };
            let value = match row.get_ref(3).map_err(failed)? {
                ValueRef::Text(value) | ValueRef::Blob(value) => value,
                other => {
                    let detail = format!("a value is of type {}", other.data_type());
                    return Err(Error::Corrupt { path: self.path.clone(), detail });
                }
            };
            in_records =
                in_records.wrapping_add(fingerprint(text(0)?, text(1)?, row.get(4).map_err(failed)?));
            each(Row { table: text(0)?, key: text(1)?, revision: row.get(2).map_err(failed)?, value });
        }
        // A key that the index has wrong would be written beside itself, and a deletion would bring the old record back.
        let mut select = writer.connection.prepare(INDEX).map_err(failed)?;
        let mut rows = select.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let text = |column| {
                row.get_ref(column).and_then(|value| value.as_str().map_err(Into::into)).map_err(failed)
            };
            in_index = in_index.wrapping_add(fingerprint(text(0)?, text(1)?, row.get(2).map_err(failed)?));
        }
        if in_index != in_records {
            let detail = "the index over the keys does not agree with the records".to_owned();
            return Err(Error::Corrupt { path: self.path.clone(), detail });
        }
        Ok(writer.revision)
    }

    fn commit(&self, group: &[Transaction]) -> Committed {
        self.writer()
            .apply(group, &self.path)
            .unwrap_or_else(|error| Committed { revisions: Vec::new(), stopped: Some(error) })
    }

    fn watch(&self, _revision: Revision, _sink: Sink) -> Result<()> {
        // Nobody else writes, so there is nothing to tell that the writer does not know.
        Ok(())
    }

    fn backup(&self, to: &Path) -> Result<()> {
        open::backup(&self.reader()?, to)
    }

    fn check(&self) -> Result<()> {
        open::check(&self.reader()?, &self.path)
    }
}
