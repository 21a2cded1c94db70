//! What an index holds: under each value the keys of the records that are listed there.

use crate::key::{Key, Probe};
use imbl::ordset::DiffItem;
use imbl::shared_ptr::DefaultSharedPtr;
use imbl::{OrdMap, OrdSet};
use std::ops::Bound;
use std::sync::Arc;

/// One index of a table.
#[derive(Clone, Default)]
pub(crate) struct Listing {
    values: OrdMap<Arc<str>, Keys>,
}

/// The keys under one value; never none. Many values have one, which needs no tree.
#[derive(Clone)]
enum Keys {
    One(Key),
    Many(OrdSet<Key>),
}

impl Listing {
    /// Lists `key` under `value`, and hands out the value as it is kept.
    pub fn insert(&mut self, value: &str, key: &Key) -> Arc<str> {
        if self.values.get(value).is_none() {
            let value: Arc<str> = value.into();
            self.values.insert(Arc::clone(&value), Keys::One(key.clone()));
            return value;
        }
        let (value, keys) = self.values.get_key_value_mut(value).expect("it was found above");
        match keys {
            Keys::One(one) if one == key => {}
            Keys::One(one) => *keys = Keys::Many(OrdSet::from_iter([one.clone(), key.clone()])),
            Keys::Many(many) => {
                many.insert(key.clone());
            }
        }
        Arc::clone(value)
    }

    /// Takes `key` from under `value`, and hands out the value as it was kept.
    pub fn remove(&mut self, value: &str, key: &Key) -> Option<Arc<str>> {
        let (kept, keys) = self.values.get_key_value_mut(value)?;
        let kept = Arc::clone(kept);
        let gone = match keys {
            Keys::One(one) => one == key,
            Keys::Many(many) => {
                many.remove(&key.probe());
                many.is_empty()
            }
        };
        if gone {
            self.values.remove(value);
        }
        Some(kept)
    }

    /// The value as it is kept.
    pub fn value(&self, value: &str) -> Option<&Arc<str>> {
        self.values.get_key_value(value).map(|(kept, _)| kept)
    }

    pub fn contains(&self, value: &str, key: &Key) -> bool {
        self.values.get(value).is_some_and(|keys| keys.has(key))
    }

    pub fn listed(&self, value: &str) -> Listed {
        Listed(self.values.get(value).cloned())
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.values.values().map(|keys| if let Keys::Many(many) = keys { many.len() } else { 1 }).sum()
    }

    /// The keys under `value`, those behind `after`.
    pub fn under(&self, value: &str, after: Option<Probe<'_>>) -> KeyIter<'_> {
        self.values.get(value).map_or(KeyIter::Done, |keys| keys.iter(after))
    }

    /// Values from `first` on, each with its keys.
    pub fn from(&self, first: Bound<&str>) -> ValueIter<'_> {
        ValueIter(self.values.range::<_, str>((first, Bound::Unbounded)))
    }
}

impl Keys {
    fn has(&self, key: &Key) -> bool {
        match self {
            Self::One(one) => one == key,
            Self::Many(many) => many.contains(&key.probe()),
        }
    }

    fn iter(&self, after: Option<Probe<'_>>) -> KeyIter<'_> {
        use equivalent::Comparable;
        match (self, after) {
            (Self::One(one), Some(after)) if after.compare(one).is_ge() => KeyIter::Done,
            (Self::One(one), _) => KeyIter::One(one),
            (Self::Many(many), after) => {
                let from = after.map_or(Bound::Unbounded, Bound::Excluded);
                KeyIter::Many(many.range::<_, Probe<'_>>((from, Bound::Unbounded)))
            }
        }
    }
}

/// The keys under one value of an index, as they were at one moment. Costs next to nothing to keep: it shares with what came later whatever has not
/// changed, and holds no records.
#[derive(Clone, Default)]
pub struct Listed(Option<Keys>);

impl Listed {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.keys().map(|key| &**key.text())
    }

    /// The keys that are listed now and were not in `older`, in order. Costs about the number of differences where both are of one state.
    pub fn entered<'a>(&'a self, older: &Self) -> Vec<&'a str> {
        let key = |key: &'a Key| &**key.text();
        match (&self.0, &older.0) {
            (Some(Keys::Many(now)), Some(Keys::Many(before))) => {
                let added = before.diff(now).filter_map(|difference| match difference {
                    DiffItem::Add(new) => Some(key(new)),
                    DiffItem::Remove(_) => None,
                });
                added.collect()
            }
            _ => self.keys().filter(|k| !older.has(k)).map(key).collect(),
        }
    }

    fn keys(&self) -> KeyIter<'_> {
        self.0.as_ref().map_or(KeyIter::Done, |keys| keys.iter(None))
    }

    fn has(&self, key: &Key) -> bool {
        self.0.as_ref().is_some_and(|keys| keys.has(key))
    }
}

/// The values of an index, in order.
pub(crate) struct ValueIter<'a>(imbl::ordmap::RangedIter<'a, Arc<str>, Keys, DefaultSharedPtr>);

impl<'a> Iterator for ValueIter<'a> {
    type Item = (&'a str, KeyIter<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(value, keys)| (&**value, keys.iter(None)))
    }
}

/// The keys under a value, in order.
pub(crate) enum KeyIter<'a> {
    Done,
    One(&'a Key),
    Many(imbl::ordset::RangedIter<'a, Key, DefaultSharedPtr>),
}

impl<'a> Iterator for KeyIter<'a> {
    type Item = &'a Key;

    fn next(&mut self) -> Option<&'a Key> {
        match self {
            Self::Done => None,
            Self::One(one) => {
                let one = *one;
                *self = Self::Done;
                Some(one)
            }
            Self::Many(keys) => keys.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyOrder;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        /// Steps insert or remove a key under one of three values; `moment` is when the lists are kept for comparison.
        #[test]
        fn a_listing_is_a_map_of_sets(
            steps in proptest::collection::vec((0..3u8, 0..60u8, any::<bool>()), 0..300),
            moment in 0..300usize,
            after in 0..60u8,
        ) {
            let key = |n: u8| Key::new(KeyOrder::Ending, format!("arn:of:a:long:beginning/{n:02}").into());
            let (mut listing, mut model) = (Listing::default(), BTreeMap::<String, BTreeSet<String>>::new());
            let (mut kept, mut kept_model) = (Listed::default(), BTreeSet::new());
            for (at, (value, n, adds)) in steps.into_iter().enumerate() {
                if at == moment {
                    (kept, kept_model) = (listing.listed("1"), model.get("1").cloned().unwrap_or_default());
                }
                let (value, key) = (value.to_string(), key(n));
                if adds {
                    prop_assert_eq!(&*listing.insert(&value, &key), value.as_str());
                    model.entry(value).or_default().insert(key.text().to_string());
                } else {
                    prop_assert_eq!(listing.remove(&value, &key).is_some(), model.contains_key(&value));
                    model.entry(value.clone()).or_default().remove(&**key.text());
                    model.retain(|_, keys| !keys.is_empty());
                }
            }
            let texts = |keys: KeyIter<'_>| keys.map(|k| k.text().to_string()).collect::<Vec<_>>();
            let all: Vec<_> = listing.from(Bound::Unbounded).map(|(v, k)| (v.to_owned(), texts(k))).collect();
            let expected: Vec<_> =
                model.iter().map(|(v, keys)| (v.clone(), keys.iter().cloned().collect::<Vec<_>>())).collect();
            prop_assert_eq!(all, expected);
            prop_assert_eq!(listing.len(), model.values().map(BTreeSet::len).sum::<usize>());
            let after = key(after);
            let behind = model.get("2").into_iter().flatten().filter(|k| k.as_str() > &**after.text());
            prop_assert_eq!(texts(listing.under("2", Some(after.probe()))), behind.cloned().collect::<Vec<_>>());
            let now = model.get("1").cloned().unwrap_or_default();
            let listed = listing.listed("1");
            prop_assert_eq!(listed.entered(&kept), now.difference(&kept_model).collect::<Vec<_>>());
            prop_assert_eq!(kept.entered(&listed), kept_model.difference(&now).collect::<Vec<_>>());
        }
    }
}
