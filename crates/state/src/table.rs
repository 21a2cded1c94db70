//! One table: records in key order and their index entries, both persistent maps that share structure between versions.
//!
//! Invariant: an index holds exactly the entries that its records list.

use crate::index::{Entries, prefix};
use crate::key::{Key, Probe};
use crate::listing::{KeyIter, Listed, Listing, ValueIter};
use crate::record::{DecodeError, decode};
use crate::{Index, IndexValue, Record};
use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use std::any::Any;
use std::ops::Bound;
use std::sync::Arc;

/// The records of one type.
pub struct Table<T> {
    records: OrdMap<Key, Stored<T>>,
    indexes: Vec<(&'static str, Listing)>,
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
        self.records.get(&probe::<T>(key.as_ref())).map(|stored| &stored.0)
    }

    pub fn contains(&self, key: impl AsRef<str>) -> bool {
        self.records.contains_key(&probe::<T>(key.as_ref()))
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

    /// The keys that are listed under `value` now.
    pub fn listed(&self, index: Index<T>, value: impl IndexValue) -> Listed {
        self.listing(index.name).map(|listing| listing.listed(&value.encoded())).unwrap_or_default()
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

    fn source<'a>(&'a self, index: Index<T>, source: impl FnOnce(&'a Listing) -> Source<'a>) -> Scan<'a, T> {
        // Where there is none, no record has ever been listed in it.
        Scan::new(self, self.listing(index.name).map_or(Source::Nothing, source))
    }

    fn listing(&self, index: &str) -> Option<&Listing> {
        self.indexes.iter().find(|(name, _)| *name == index).map(|(_, listing)| listing)
    }

    /// Takes the record in, in the place of the one of the same key, and hands out the key as it is kept.
    pub(crate) fn insert(&mut self, text: &str, record: Arc<T>, touched: &mut Touched) -> Arc<str> {
        let mut entries = Entries::default();
        record.indexes(&mut entries);
        let known = self.records.get_key_value_mut(&probe::<T>(text));
        let (key, old) = match known {
            Some((key, stored)) => (key.clone(), Some(std::mem::replace(stored, Stored(record)))),
            None => {
                let key = Key::new(T::KEYS, record.key_text());
                debug_assert_eq!(&**key.text(), text);
                self.records.insert(key.clone(), Stored(record));
                (key, None)
            }
        };
        self.index(&key, old.as_ref().map(|old| &*old.0), &entries, touched);
        Arc::clone(key.text())
    }

    pub(crate) fn remove(&mut self, text: &str, touched: &mut Touched) -> Option<Arc<T>> {
        let (key, old) = self.records.remove_with_key(&probe::<T>(text))?;
        self.index(&key, Some(&old.0), &Entries::default(), touched);
        Some(old.0)
    }

    fn index(&mut self, key: &Key, old: Option<&T>, new: &Entries, touched: &mut Touched) {
        let mut before = Entries::default();
        if let Some(old) = old {
            old.indexes(&mut before);
        }
        for (name, value) in before.iter().filter(|(name, value)| !new.has(name, value)) {
            let left = self.listing_mut(name).remove(value, key);
            touched.indexes.extend(left.map(|value| (name, value)));
        }
        for (name, value) in new.iter() {
            let kept = before.has(name, value);
            let kept = kept.then(|| self.listing(name)?.value(value).cloned()).flatten();
            let value = kept.unwrap_or_else(|| self.listing_mut(name).insert(value, key));
            touched.indexes.push((name, value));
        }
        touched.keys.push(Arc::clone(key.text()));
    }

    fn listing_mut(&mut self, name: &'static str) -> &mut Listing {
        let at = match self.indexes.iter().position(|(known, _)| *known == name) {
            Some(at) => at,
            None => {
                self.indexes.push((name, Listing::default()));
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
            listed += entries.iter().count();
            **key.text() == *record.0.key()
                && entries.iter().all(|(name, value)| {
                    self.listing(name).is_some_and(|listing| listing.contains(value, key))
                })
        });
        complete && listed == self.indexes.iter().map(|(_, listing)| listing.len()).sum::<usize>()
    }
}

fn probe<T: Record>(key: &str) -> Probe<'_> {
    Probe::new(T::KEYS, key)
}

enum Source<'a> {
    Nothing,
    Records,
    Value(&'a Listing, Arc<str>),
    Prefix(&'a Listing, Arc<str>),
    UpTo(&'a Listing, Arc<str>),
}

enum Cursor<'a, T> {
    Nothing,
    Records(imbl::ordmap::RangedIter<'a, Key, Stored<T>, imbl::shared_ptr::DefaultSharedPtr>),
    /// The keys under one value, and the values that follow it.
    Entries(KeyIter<'a>, Option<ValueIter<'a>>),
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
        scan.seek(None);
        scan
    }

    /// Continue behind `key`, which need not exist any more. For lists in key order ([`Table::scan`], [`Table::by_index`]); lists in order of
    /// a value begin at their start.
    pub fn after(mut self, key: Option<impl AsRef<str>>) -> Self {
        if let Some(key) = key {
            self.seek(Some(probe::<T>(key.as_ref())));
        }
        self
    }

    /// Continue behind the record `key` listed under `value`, which need not be there any more. For lists in order of a value
    /// ([`Table::by_prefix`], [`Table::up_to`]).
    pub fn after_entry(mut self, value: impl IndexValue, key: impl AsRef<str>) -> Self {
        if let Source::Value(listing, _) | Source::Prefix(listing, _) | Source::UpTo(listing, _) =
            &self.source
        {
            let value = value.encoded();
            let keys = match self.source.has(&value) {
                true => listing.under(&value, Some(probe::<T>(key.as_ref()))),
                false => KeyIter::Done,
            };
            self.cursor = Cursor::Entries(keys, Some(listing.from(Bound::Excluded(&value))));
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

    fn seek(&mut self, after: Option<Probe<'_>>) {
        self.cursor = match &self.source {
            Source::Nothing => Cursor::Nothing,
            Source::Records => {
                let from = after.map_or(Bound::Unbounded, Bound::Excluded);
                Cursor::Records(self.table.records.range::<_, Probe<'_>>((from, Bound::Unbounded)))
            }
            Source::Value(listing, value) => Cursor::Entries(listing.under(value, after), None),
            Source::Prefix(listing, value) => {
                Cursor::Entries(KeyIter::Done, Some(listing.from(Bound::Included(value))))
            }
            Source::UpTo(listing, _) => Cursor::Entries(KeyIter::Done, Some(listing.from(Bound::Unbounded))),
        };
    }
}

impl Source<'_> {
    /// Whether the records under `value` are of the list.
    fn has(&self, value: &str) -> bool {
        match self {
            Self::Nothing | Self::Records => false,
            Self::Value(_, only) => value == &**only,
            Self::Prefix(_, prefix) => value.starts_with(&**prefix),
            Self::UpTo(_, last) => value <= &**last,
        }
    }
}

impl<'a, T: Record> Iterator for Scan<'a, T> {
    type Item = &'a Arc<T>;

    fn next(&mut self) -> Option<Self::Item> {
        let (keys, values) = match &mut self.cursor {
            Cursor::Nothing => return None,
            Cursor::Records(records) => return records.next().map(|(_, stored)| &stored.0),
            Cursor::Entries(keys, values) => (keys, values),
        };
        loop {
            if let Some(key) = keys.next() {
                return self.table.records.get(&key.probe()).map(|stored| &stored.0);
            }
            let following = values.as_mut().and_then(Iterator::next);
            match following.filter(|(value, _)| self.source.has(value)) {
                Some((_, of_value)) => *keys = of_value,
                None => break,
            }
        }
        self.cursor = Cursor::Nothing;
        None
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
        self.insert(key, Arc::new(record), touched);
        Ok(())
    }
}
