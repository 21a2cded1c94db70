//! Reading without caring whether it is from a snapshot or from within a change.

use crate::{Record, Snapshot, Table, Tx};
use std::sync::Arc;

/// Somewhere records can be read: a snapshot, or a change in the making.
pub trait Source {
    fn get<T: Record>(&self, key: &str) -> Option<Arc<T>>;
    fn table<T: Record>(&self) -> &Table<T>;
}

impl Source for Snapshot {
    fn get<T: Record>(&self, key: &str) -> Option<Arc<T>> {
        Snapshot::get::<T>(self, key).cloned()
    }

    fn table<T: Record>(&self) -> &Table<T> {
        Snapshot::table(self)
    }
}

impl Source for Tx<'_> {
    fn get<T: Record>(&self, key: &str) -> Option<Arc<T>> {
        Tx::get::<T>(self, key)
    }

    fn table<T: Record>(&self) -> &Table<T> {
        Tx::table(self)
    }
}
