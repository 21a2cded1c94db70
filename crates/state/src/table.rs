//! One table: records in key order and their index entries, both persistent maps that share structure between versions.
//!
//! Invariant: an index holds exactly the entries that its records list.

use crate::index::{Entries, prefix};
use crate::record::{DecodeError, decode};
use crate::{Index, IndexValue, Record};
use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};
use std::any::Any;
use std::ops::Bound;
use std::sync::Arc;

/// The records of one type.
pub struct Table<T> {
    records: OrdMap<Arc<str>, Stored<T>>,
    indexes: Vec<(&'static str, OrdSet<Entry>)>,
}

/// Equal when it is the same version of the same record: a put always makes a new one.
struct Stored<T>(Arc<T>);

impl<T> Clone for Stored<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Stored<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    value: Arc<str>,
    key: Arc<str>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { records: OrdMap::new(), indexes: Vec::new() }
    }
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { records: self.records.clone(), indexes: self.indexes.clone() }
    }
}

/// A record that differs between two tables.
#[derive(Debug)]
pub enum Difference<'a, T> {
    Added(&'a Arc<T>),
    Changed { old: &'a Arc<T>, new: &'a Arc<T> },
    Removed(&'a Arc<T>),
}

impl<'a, T> Difference<'a, T> {
    /// The record as it is now, or as it was before it was removed.
    pub fn latest(&self) -> &'a Arc<T> {
        match self {
            Self::Added(record) | Self::Changed { new: record, .. } | Self::Removed(record) => record,
        }
    }
}

impl<T: Record> Table<T> {
    pub fn get(&self, key: impl AsRef<str>) -> Option<&Arc<T>> {
        self.records.get(key.as_ref()).map(|stored| &stored.0)
    }

    pub fn contains(&self, key: impl AsRef<str>) -> bool {
        self.records.contains_key(key.as_ref())
    }

    pub fn len(&self) -> usize {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All records, in key order.
    pub fn scan(&self) -> Scan<'_, T> {
        Scan::new(self, Source::Records)
    }

    /// The records listed under `value`, in key order.
    pub fn by_index(&self, index: Index<T>, value: impl IndexValue) -> Scan<'_, T> {
        self.source(index, |entries| Source::Value(entries, value.encoded().into()))
    }

    /// The records listed under a tuple that begins with `value`, in order of the tuple, then of the key.
    pub fn by_prefix(&self, index: Index<T>, value: impl IndexValue) -> Scan<'_, T> {
        self.source(index, |entries| Source::Prefix(entries, prefix(&value).into()))
    }

    /// The records listed under a value `≤ last`, in order of the value, then of the key.
    pub fn up_to(&self, index: Index<T>, last: impl IndexValue) -> Scan<'_, T> {
        self.source(index, |entries| Source::UpTo(entries, last.encoded().into()))
    }

    /// What differs from an `older` version of this table, in key order. Costs about the number of differences where the two
    /// share their structure, as two snapshots of one state do.
    pub fn changes<'a>(&'a self, older: &'a Self) -> impl Iterator<Item = Difference<'a, T>> {
        older.records.diff(&self.records).map(|item| match item {
            DiffItem::Add(_, new) => Difference::Added(&new.0),
            DiffItem::Update { old, new } => Difference::Changed { old: &old.1.0, new: &new.1.0 },
            DiffItem::Remove(_, old) => Difference::Removed(&old.0),
        })
    }

    fn source<'a>(
        &'a self,
        index: Index<T>,
        source: impl FnOnce(&'a OrdSet<Entry>) -> Source<'a>,
    ) -> Scan<'a, T> {
        let entries = self.indexes.iter().find(|(name, _)| *name == index.name).map(|(_, entries)| entries);
        // No record has ever been listed in it.
        Scan::new(self, entries.map_or(Source::Nothing, source))
    }

    pub(crate) fn insert(&mut self, record: Arc<T>, touched: &mut Touched) {
        let key: Arc<str> = record.key().into();
        let mut new = Entries::default();
        record.indexes(&mut new);
        let old = self.records.insert(Arc::clone(&key), Stored(record));
        self.index(&key, old.as_ref().map(|old| &*old.0), new.entries, touched);
    }

    pub(crate) fn remove(&mut self, key: &str, touched: &mut Touched) -> Option<Arc<T>> {
        let (key, old) = self.records.remove_with_key(key)?;
        self.index(&key, Some(&old.0), Vec::new(), touched);
        Some(old.0)
    }

    fn index(
        &mut self,
        key: &Arc<str>,
        old: Option<&T>,
        new: Vec<(&'static str, String)>,
        touched: &mut Touched,
    ) {
        let mut before = Entries::default();
        if let Some(old) = old {
            old.indexes(&mut before);
        }
        for (name, value) in &before.entries {
            if !new.iter().any(|(n, v)| n == name && v == value) {
                let entry = Entry { value: value.as_str().into(), key: Arc::clone(key) };
                self.entries(name).remove(&entry);
                touched.indexes.push((name, entry.value));
            }
        }
        for (name, value) in new {
            let kept = before.entries.iter().any(|(n, v)| *n == name && *v == value);
            let entry = Entry { value: value.into(), key: Arc::clone(key) };
            touched.indexes.push((name, Arc::clone(&entry.value)));
            if !kept {
                self.entries(name).insert(entry);
            }
        }
        touched.keys.push(Arc::clone(key));
    }

    fn entries(&mut self, name: &'static str) -> &mut OrdSet<Entry> {
        let at = match self.indexes.iter().position(|(known, _)| *known == name) {
            Some(at) => at,
            None => {
                self.indexes.push((name, OrdSet::new()));
                self.indexes.len() - 1
            }
        };
        &mut self.indexes[at].1
    }

    /// Whether the indexes hold exactly what the records list; for tests.
    pub fn is_consistent(&self) -> bool {
        let mut listed = 0;
        let complete = self.records.iter().all(|(key, record)| {
            let mut entries = Entries::default();
            record.0.indexes(&mut entries);
            listed += entries.entries.len();
            **key == *record.0.key()
                && entries.entries.into_iter().all(|(name, value)| {
                    let entry = Entry { value: value.into(), key: Arc::clone(key) };
                    self.indexes.iter().any(|(known, set)| *known == name && set.contains(&entry))
                })
        });
        complete && listed == self.indexes.iter().map(|(_, entries)| entries.len()).sum::<usize>()
    }
}

enum Source<'a> {
    Nothing,
    Records,
    Value(&'a OrdSet<Entry>, Arc<str>),
    Prefix(&'a OrdSet<Entry>, Arc<str>),
    UpTo(&'a OrdSet<Entry>, Arc<str>),
}

enum Cursor<'a, T> {
    Nothing,
    Records(imbl::ordmap::RangedIter<'a, Arc<str>, Stored<T>, imbl::shared_ptr::DefaultSharedPtr>),
    Entries(imbl::ordset::RangedIter<'a, Entry, imbl::shared_ptr::DefaultSharedPtr>),
}

/// A list of records, read as far as it is asked for.
pub struct Scan<'a, T> {
    table: &'a Table<T>,
    source: Source<'a>,
    cursor: Cursor<'a, T>,
}

/// A part of a list.
#[derive(Debug)]
pub struct Page<'a, T> {
    pub records: Vec<&'a Arc<T>>,
    /// Key of the last record of this page, if more follow: what [`Scan::after`] continues from.
    pub next: Option<String>,
}

impl<'a, T: Record> Scan<'a, T> {
    fn new(table: &'a Table<T>, source: Source<'a>) -> Self {
        let mut scan = Self { table, source, cursor: Cursor::Nothing };
        scan.seek(Bound::Unbounded);
        scan
    }

    /// Continue behind `key`, which need not exist any more. For lists in key order ([`Table::scan`], [`Table::by_index`]); lists in order of
    /// a value begin at their start.
    pub fn after(mut self, key: Option<impl AsRef<str>>) -> Self {
        if let Some(key) = key {
            self.seek(Bound::Excluded(key.as_ref().into()));
        }
        self
    }

    /// Continue behind the record `key` listed under `value`, which need not be there any more. For lists in order of a value
    /// ([`Table::by_prefix`], [`Table::up_to`]).
    pub fn after_entry(mut self, value: impl IndexValue, key: impl AsRef<str>) -> Self {
        let entry = Entry { value: value.encoded().into(), key: key.as_ref().into() };
        if let Source::Value(entries, _) | Source::Prefix(entries, _) | Source::UpTo(entries, _) =
            &self.source
        {
            self.cursor = Cursor::Entries(entries.range((Bound::Excluded(entry), Bound::Unbounded)));
        }
        self
    }

    /// The first `limit` records, and where to continue.
    pub fn page(mut self, limit: usize) -> Page<'a, T> {
        let records: Vec<_> = self.by_ref().take(limit).collect();
        let more = limit > 0 && records.len() == limit && self.next().is_some();
        let next = records.last().filter(|_| more).map(|record| record.key());
        Page { records, next }
    }

    fn seek(&mut self, key: Bound<Arc<str>>) {
        let from = |value: &Arc<str>, key: Bound<Arc<str>>| match key {
            Bound::Excluded(key) => Bound::Excluded(Entry { value: Arc::clone(value), key }),
            _ => Bound::Included(Entry { value: Arc::clone(value), key: "".into() }),
        };
        self.cursor = match &self.source {
            Source::Nothing => Cursor::Nothing,
            Source::Records => Cursor::Records(self.table.records.range((key, Bound::Unbounded))),
            Source::Value(entries, value) => {
                Cursor::Entries(entries.range((from(value, key), Bound::Unbounded)))
            }
            Source::Prefix(entries, value) => {
                Cursor::Entries(entries.range((from(value, Bound::Unbounded), Bound::Unbounded)))
            }
            Source::UpTo(entries, _) => Cursor::Entries(entries.range::<_, Entry>(..)),
        };
    }
}

impl<'a, T: Record> Iterator for Scan<'a, T> {
    type Item = &'a Arc<T>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = match &mut self.cursor {
            Cursor::Nothing => return None,
            Cursor::Records(records) => return records.next().map(|(_, stored)| &stored.0),
            Cursor::Entries(entries) => entries.next()?,
        };
        let inside = match &self.source {
            Source::Nothing | Source::Records => true,
            Source::Value(_, value) => entry.value == *value,
            Source::Prefix(_, prefix) => entry.value.starts_with(&**prefix),
            Source::UpTo(_, last) => entry.value <= *last,
        };
        if !inside {
            self.cursor = Cursor::Nothing;
            return None;
        }
        self.table.get(&*entry.key)
    }
}

/// What a change touched, for those who wait.
#[derive(Default)]
pub(crate) struct Touched {
    pub keys: Vec<Arc<str>>,
    pub indexes: Vec<(&'static str, Arc<str>)>,
}

/// A table whose type is known to those who ask with the type.
pub(crate) trait AnyTable: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
    fn fork(&self) -> Box<dyn AnyTable>;
    /// Take a stored row; `None`: it was deleted.
    fn accept(&mut self, key: &str, value: Option<&[u8]>, touched: &mut Touched) -> Result<(), DecodeError>;
}

impl<T: Record> AnyTable for Table<T> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn fork(&self) -> Box<dyn AnyTable> {
        Box::new(self.clone())
    }

    fn accept(&mut self, key: &str, value: Option<&[u8]>, touched: &mut Touched) -> Result<(), DecodeError> {
        let Some(value) = value else {
            self.remove(key, touched);
            return Ok(());
        };
        let record: T = decode(value)?;
        if record.key() != key {
            return Err(DecodeError::Key { stored: key.to_owned(), own: record.key() });
        }
        self.insert(Arc::new(record), touched);
        Ok(())
    }
}
