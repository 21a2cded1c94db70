//! An immutable view of every table at one moment.

use crate::schema::Layout;
use crate::table::{AnyTable, Difference};
use crate::{Index, IndexValue, Listed, Record, Scan, Table};
use std::sync::Arc;

/// Everything, as of one commit. Cloning costs one reference count; holding it costs the memory of what has changed since.
#[derive(Clone)]
pub struct Snapshot(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub layout: Arc<Layout>,
    pub tables: Vec<Arc<dyn AnyTable>>,
    pub version: u64,
}

impl Snapshot {
    pub(crate) fn new(layout: Arc<Layout>, tables: Vec<Arc<dyn AnyTable>>, version: u64) -> Self {
        Self(Arc::new(Inner { layout, tables, version }))
    }

    /// Grows with every change; of this process alone.
    pub fn version(&self) -> u64 {
        self.0.version
    }

    /// # Panics
    /// When `T` is in no list of tables that was given to [`crate::Schema`]; so do all reads below.
    pub fn table<T: Record>(&self) -> &Table<T> {
        let at = self.0.layout.position::<T>();
        self.0.tables[at].as_any().downcast_ref().expect("the layout maps a type to its own table")
    }

    pub fn get<T: Record>(&self, key: impl AsRef<str>) -> Option<&Arc<T>> {
        self.table::<T>().get(key)
    }

    /// All records of a table, in key order.
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

    /// See [`Table::listed`].
    pub fn listed<T: Record>(&self, index: Index<T>, value: impl IndexValue) -> Listed {
        self.table::<T>().listed(index, value)
    }

    /// What differs from an `older` snapshot; see [`Table::changes`].
    pub fn changes<'a, T: Record>(&'a self, older: &'a Self) -> impl Iterator<Item = Difference<'a, T>> {
        self.table::<T>().changes(older.table::<T>())
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("version", &self.0.version).finish_non_exhaustive()
    }
}
