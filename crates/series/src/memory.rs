//! Records that are durable in the write-ahead log but not yet in a segment.

use std::collections::{BTreeMap, HashMap};

use crate::codec::Codec;
use crate::key::{Position, StreamId};
use crate::page::Selection;

/// The records of one group, by stream and position.
pub(crate) struct Memory<C: Codec> {
    pub(crate) streams: HashMap<StreamId, BTreeMap<Position, C::Record>>,
    pub(crate) weight: usize,
    pub(crate) count: usize,
}

impl<C: Codec> Default for Memory<C> {
    fn default() -> Self {
        Memory { streams: HashMap::new(), weight: 0, count: 0 }
    }
}

impl<C: Codec> Memory<C> {
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn insert(&mut self, stream: StreamId, at: Position, record: C::Record) {
        self.weight += C::weight(&record);
        self.count += 1;
        self.streams.entry(stream).or_default().insert(at, record);
    }

    pub(crate) fn remove_stream(&mut self, stream: StreamId) {
        if let Some(records) = self.streams.remove(&stream) {
            self.count -= records.len();
            self.weight -= records.values().map(C::weight).sum::<usize>();
        }
    }

    /// Offers what a query wants. Each stream is ordered, so it stops where the page is full.
    pub(crate) fn offer(&self, selection: &mut Selection<'_, C>) {
        let streams = selection.streams();
        match streams.single() {
            Some(stream) => {
                if let Some(records) = self.streams.get(&stream) {
                    Self::offer_stream(stream, records, selection);
                }
            }
            None => {
                for (stream, records) in self.streams.iter().filter(|(s, _)| streams.contains(**s)) {
                    Self::offer_stream(*stream, records, selection);
                }
            }
        }
    }

    fn offer_stream(
        stream: StreamId,
        records: &BTreeMap<Position, C::Record>,
        selection: &mut Selection<'_, C>,
    ) {
        let Some(range) = selection.range() else { return };
        if selection.is_ascending() {
            for (at, record) in records.range(range) {
                if !selection.offer(stream, *at, record) {
                    break;
                }
            }
        } else {
            for (at, record) in records.range(range).rev() {
                if !selection.offer(stream, *at, record) {
                    break;
                }
            }
        }
    }
}
