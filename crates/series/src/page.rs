//! What is asked of a group, and the bounded selection that answers it.
//!
//! Sources (memory, chunks) offer records in any order; a [`Selection`] keeps the first ones in the
//! order of the query within a count and a weight, so a page costs its own size in memory however
//! much the sources overlap in time. Once a record had to leave, nothing at or behind it may enter:
//! the `ceiling`. So what is kept is always everything offered below the ceiling.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use crate::codec::Codec;
use crate::key::{Entry, Position, StreamId};

/// Which streams of a group.
#[derive(Debug, Clone, Copy)]
pub enum Streams<'a> {
    /// One.
    One(StreamId),
    /// Several.
    Set(&'a HashSet<StreamId>),
    /// All that are not deleted.
    All,
}

impl Streams<'_> {
    pub(crate) fn single(&self) -> Option<StreamId> {
        match self {
            Streams::One(stream) => Some(*stream),
            Streams::Set(_) | Streams::All => None,
        }
    }

    pub(crate) fn contains(&self, stream: StreamId) -> bool {
        match self {
            Streams::One(one) => *one == stream,
            Streams::Set(set) => set.contains(&stream),
            Streams::All => true,
        }
    }
}

/// The direction of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
}

/// A question about one group.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Of which streams.
    pub streams: Streams<'a>,
    /// Records of this time and later, ms.
    pub from_ms: i64,
    /// Records before this time, ms.
    pub to_ms: i64,
    /// In which order.
    pub order: Order,
    /// Only records behind this one, in the query's order.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: usize,
    /// At most this weight together, but always one record.
    pub weight_limit: usize,
    /// The time now, ms; records that retention has expired by then are not returned.
    pub now_ms: i64,
}

impl<'a> Query<'a> {
    /// Everything of these streams, oldest first, a page of 10,000 records or 1 MiB.
    pub fn new(streams: Streams<'a>, now_ms: i64) -> Query<'a> {
        Query {
            streams,
            from_ms: i64::MIN,
            to_ms: i64::MAX,
            order: Order::Ascending,
            after: None,
            limit: 10_000,
            weight_limit: 1 << 20,
            now_ms,
        }
    }
}

/// A page of an answer. The next one begins `after` the last entry's position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<R> {
    /// In the query's order.
    pub entries: Vec<Entry<R>>,
    /// Whether more records matched than fitted.
    pub more: bool,
}

/// The records kept so far.
pub(crate) struct Selection<'a, C: Codec> {
    query: &'a Query<'a>,
    deleted: &'a HashSet<StreamId>,
    lowest: Position,
    highest: Position,
    kept: BTreeMap<i128, (StreamId, C::Record)>,
    weight: usize,
    ceiling: Option<i128>,
}

impl<'a, C: Codec> Selection<'a, C> {
    /// `not_before_ms` is where retention begins to hide.
    pub(crate) fn new(query: &'a Query<'a>, deleted: &'a HashSet<StreamId>, not_before_ms: i64) -> Self {
        let mut lowest = Position { time_ms: query.from_ms.max(not_before_ms), seq: 0 };
        // `to` is exclusive: the last position of the millisecond before it.
        let mut highest = match query.to_ms {
            i64::MAX => Position::MAX,
            i64::MIN => Position::MIN,
            to => Position { time_ms: to - 1, seq: u64::MAX },
        };
        match (query.order, query.after) {
            (_, None) => {}
            (Order::Ascending, Some(after)) => lowest = lowest.max(successor(after)),
            (Order::Descending, Some(after)) => highest = highest.min(predecessor(after)),
        }
        Selection { query, deleted, lowest, highest, kept: BTreeMap::new(), weight: 0, ceiling: None }
    }

    pub(crate) fn streams(&self) -> Streams<'a> {
        self.query.streams
    }

    pub(crate) fn is_ascending(&self) -> bool {
        self.query.order == Order::Ascending
    }

    pub(crate) fn wants_stream(&self, stream: StreamId) -> bool {
        self.query.streams.contains(stream) && !self.deleted.contains(&stream)
    }

    /// Positions that can still enter; `None` when there are none.
    pub(crate) fn range(&self) -> Option<RangeInclusive<Position>> {
        (self.lowest <= self.highest && self.query.limit > 0).then_some(self.lowest..=self.highest)
    }

    /// Whether a source whose records lie within these times can still add anything.
    pub(crate) fn wants_times(&self, min_ms: i64, max_ms: i64) -> bool {
        if self.range().is_none() || max_ms < self.lowest.time_ms || min_ms > self.highest.time_ms {
            return false;
        }
        let nearest = if self.is_ascending() {
            self.key(Position { time_ms: min_ms, seq: 0 })
        } else {
            self.key(Position { time_ms: max_ms, seq: u64::MAX })
        };
        self.ceiling.is_none_or(|ceiling| nearest < ceiling)
    }

    /// Takes a record if it belongs here. False: this one and all behind it are not wanted.
    pub(crate) fn offer(&mut self, stream: StreamId, at: Position, record: &C::Record) -> bool {
        let key = self.key(at);
        if self.ceiling.is_some_and(|ceiling| key >= ceiling) {
            return false;
        }
        if at < self.lowest || at > self.highest || !self.wants_stream(stream) {
            return true;
        }
        self.weight += C::weight(record);
        self.kept.insert(key, (stream, record.clone()));
        while self.kept.len() > self.query.limit
            || (self.kept.len() > 1 && self.weight > self.query.weight_limit)
        {
            let Some((key, (_, record))) = self.kept.pop_last() else { break };
            self.weight -= C::weight(&record);
            self.ceiling = Some(key);
        }
        true
    }

    pub(crate) fn into_page(self) -> Page<C::Record> {
        let ascending = self.is_ascending();
        let entries = self
            .kept
            .into_iter()
            .map(|(key, (stream, record))| {
                let key = if ascending { key } else { -key };
                let position = Position { time_ms: (key >> 64) as i64, seq: key as u64 };
                Entry { stream, position, record }
            })
            .collect();
        Page { entries, more: self.ceiling.is_some() }
    }

    /// A number that rises in the query's order.
    fn key(&self, at: Position) -> i128 {
        let key = (i128::from(at.time_ms) << 64) | i128::from(at.seq);
        if self.is_ascending() { key } else { -key }
    }
}

fn successor(at: Position) -> Position {
    match at.seq.checked_add(1) {
        Some(seq) => Position { seq, ..at },
        None => Position { time_ms: at.time_ms.saturating_add(1), seq: 0 },
    }
}

fn predecessor(at: Position) -> Position {
    match at.seq.checked_sub(1) {
        Some(seq) => Position { seq, ..at },
        None => Position { time_ms: at.time_ms.saturating_sub(1), seq: u64::MAX },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, EventCodec};
    use proptest::prelude::*;

    proptest! {
        /// Whatever the order of offers, a page is the longest prefix that fits.
        #[test]
        fn a_page_is_the_longest_fitting_prefix(
            raw in proptest::collection::vec((-3i64..3, 0usize..40), 0..40),
            seed in any::<u64>(), limit in 1usize..12, weight_limit in 26usize..400, ascending: bool,
        ) {
            let mut all: Vec<(Position, Event)> = raw.iter().enumerate().map(|(i, (time_ms, len))| {
                let event = Event { timestamp_ms: *time_ms, ingestion_ms: 0, message: "x".repeat(*len).into() };
                (Position { time_ms: *time_ms, seq: (i as u64).wrapping_mul(seed | 1) }, event)
            }).collect();
            let order = if ascending { Order::Ascending } else { Order::Descending };
            let query = Query { order, limit, weight_limit, ..Query::new(Streams::All, 0) };
            let none = HashSet::new();
            let mut selection = Selection::<EventCodec>::new(&query, &none, i64::MIN);
            for (at, event) in &all { selection.offer(StreamId(1), *at, event); }
            all.sort_by_key(|(at, _)| *at);
            all.dedup_by_key(|(at, _)| *at);
            if !ascending { all.reverse(); }
            let mut weight = 0;
            let fitting = all.iter().enumerate().take_while(|(i, (_, event))| {
                weight += EventCodec::weight(event);
                *i < limit && (*i == 0 || weight <= weight_limit)
            }).count();
            let page = selection.into_page();
            prop_assert_eq!(page.more, fitting < all.len());
            let found: Vec<Position> = page.entries.iter().map(|e| e.position).collect();
            let wanted: Vec<Position> = all[..fitting].iter().map(|(at, _)| *at).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
