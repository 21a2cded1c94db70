//! One change in the making: reads see its own writes; nothing leaves it before it is committed.

use crate::failure::Failure;
use crate::record::Encode;
use crate::table::{AnyTable, Touched};
use crate::{Index, IndexValue, Record, Scan, Snapshot, Table};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an update closure works with. Reads cost what they cost in a snapshot; a read that is followed by a write hands out
/// shared records ([`Tx::get`]), lists can be collected with `.cloned()`.
pub struct Tx<'a> {
    base: &'a Snapshot,
    changed: BTreeMap<usize, Changed>,
    writes: BTreeMap<(usize, Arc<str>), Option<Encodable>>,
    /// What was read, where others may change it before we commit.
    reads: Option<RefCell<Reads>>,
}

/// A record to be stored.
type Encodable = Arc<dyn Encode>;

struct Changed {
    table: Box<dyn AnyTable>,
    touched: Touched,
}

/// Rows and whole tables (after a list) that a change stands on.
#[derive(Default)]
pub(crate) struct Reads {
    pub rows: BTreeSet<(usize, Arc<str>)>,
    pub tables: BTreeSet<usize>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(base: &'a Snapshot, track: bool) -> Self {
        let reads = track.then(|| RefCell::new(Reads::default()));
        Self { base, changed: BTreeMap::new(), writes: BTreeMap::new(), reads }
    }

    pub fn get<T: Record>(&self, key: impl AsRef<str>) -> Option<Arc<T>> {
        let at = self.position::<T>();
        self.read_row(at, key.as_ref());
        self.at::<T>(at).get(key).cloned()
    }

    /// Insert, or replace the record of the same key.
    pub fn put<T: Record>(&mut self, record: T) -> Arc<T> {
        let at = self.position::<T>();
        let record = Arc::new(record);
        let key = record.key();
        self.read_row(at, &key);
        let (table, touched) = self.at_mut::<T>(at);
        let key = table.insert(&key, Arc::clone(&record), touched);
        self.writes.insert((at, key), Some(Arc::clone(&record) as Encodable));
        record
    }

    /// Change the record of that key, if there is one, and return the new one. Its key must stay the same.
    ///
    /// # Panics
    /// When `change` changes the key.
    pub fn modify<T: Record>(&mut self, key: impl AsRef<str>, change: impl FnOnce(&mut T)) -> Option<Arc<T>> {
        let mut record = T::clone(&*self.get::<T>(key.as_ref())?);
        change(&mut record);
        assert!(record.key() == key.as_ref(), "a record of table '{}' changed its key", T::TABLE);
        Some(self.put(record))
    }

    /// Delete the record of that key and return it.
    pub fn delete<T: Record>(&mut self, key: impl AsRef<str>) -> Option<Arc<T>> {
        let at = self.position::<T>();
        self.read_row(at, key.as_ref());
        if !self.at::<T>(at).contains(key.as_ref()) {
            return None;
        }
        let (table, touched) = self.at_mut::<T>(at);
        let old = table.remove(key.as_ref(), touched);
        self.writes.insert((at, key.as_ref().into()), None);
        old
    }

    /// The whole table.
    pub fn table<T: Record>(&self) -> &Table<T> {
        let at = self.position::<T>();
        if let Some(reads) = &self.reads {
            reads.borrow_mut().tables.insert(at);
        }
        self.at(at)
    }

    /// All records, in key order.
    pub fn scan<T: Record>(&self) -> Scan<'_, T> {
        self.table::<T>().scan()
    }

    /// The records listed under `value`, in key order.
    pub fn by_index<T: Record>(&self, index: Index<T>, value: impl IndexValue) -> Scan<'_, T> {
        self.table::<T>().by_index(index, value)
    }

    /// See [`Table::by_prefix`].
    pub fn by_prefix<T: Record>(&self, index: Index<T>, value: impl IndexValue) -> Scan<'_, T> {
        self.table::<T>().by_prefix(index, value)
    }

    /// The changes so far as a snapshot, for planning on them in the same transaction. On a store that several servers write, this
    /// counts as having read every table.
    pub fn snapshot(&self) -> Snapshot {
        if let Some(reads) = &self.reads {
            reads.borrow_mut().tables.extend(0..self.base.0.tables.len());
        }
        let mut tables = self.base.0.tables.clone();
        for (at, changed) in &self.changed {
            tables[*at] = changed.table.fork().into();
        }
        Snapshot::new(Arc::clone(&self.base.0.layout), tables, self.base.0.version)
    }

    fn position<T: Record>(&self) -> usize {
        self.base.0.layout.position::<T>()
    }

    fn read_row(&self, at: usize, key: &str) {
        if let Some(reads) = &self.reads {
            reads.borrow_mut().rows.insert((at, key.into()));
        }
    }

    fn at<T: Record>(&self, at: usize) -> &Table<T> {
        let table = match self.changed.get(&at) {
            Some(changed) => changed.table.as_any(),
            None => self.base.0.tables[at].as_any(),
        };
        table.downcast_ref().expect("the layout maps a type to its own table")
    }

    fn at_mut<T: Record>(&mut self, at: usize) -> (&mut Table<T>, &mut Touched) {
        let changed = self
            .changed
            .entry(at)
            .or_insert_with(|| Changed { table: self.base.0.tables[at].fork(), touched: Touched::default() });
        let table =
            changed.table.as_any_mut().downcast_mut().expect("the layout maps a type to its own table");
        (table, &mut changed.touched)
    }

    pub(crate) fn finish(self, version: u64) -> Result<Finished, Failure> {
        let layout = &self.base.0.layout;
        let mut writes = Vec::with_capacity(self.writes.len());
        for ((at, key), record) in self.writes {
            let table = layout.tables[at].name;
            let value = record.map(|record| record.encode()).transpose().map_err(|source| {
                Failure::Encode { table, key: key.to_string(), source: Arc::new(source) }
            })?;
            writes.push((at, store::Write { table, key: String::from(&*key), value }));
        }
        let mut tables = self.base.0.tables.clone();
        let mut touched = Vec::with_capacity(self.changed.len());
        for (at, changed) in self.changed {
            tables[at] = changed.table.into();
            touched.push((at, changed.touched));
        }
        let after = Snapshot::new(Arc::clone(layout), tables, version);
        Ok(Finished {
            writes,
            reads: self.reads.map(RefCell::into_inner).unwrap_or_default(),
            touched,
            after,
        })
    }
}

/// A change that is ready to be committed.
pub(crate) struct Finished {
    pub writes: Vec<(usize, store::Write)>,
    pub reads: Reads,
    pub touched: Vec<(usize, Touched)>,
    pub after: Snapshot,
}
