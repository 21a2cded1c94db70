//! What is known of a stream, a group and the store without reading records.

use std::collections::HashMap;

use crate::key::{Position, StreamId};

/// What a stream holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamStats {
    /// Records.
    pub count: u64,
    /// Their sizes as the codec weighs them.
    pub weight: u64,
    /// The earliest record time, ms.
    pub first_time_ms: i64,
    /// The latest record time, ms.
    pub last_time_ms: i64,
    /// The latest arrival, ms.
    pub last_arrival_ms: i64,
    /// The smallest arrival number.
    pub first_seq: u64,
    /// The largest arrival number.
    pub last_seq: u64,
}

impl StreamStats {
    /// Nothing yet: the neutral element of [`StreamStats::merge`].
    pub(crate) const EMPTY: StreamStats = StreamStats {
        count: 0,
        weight: 0,
        first_time_ms: i64::MAX,
        last_time_ms: i64::MIN,
        last_arrival_ms: i64::MIN,
        first_seq: u64::MAX,
        last_seq: 0,
    };

    pub(crate) fn add(&mut self, at: Position, arrival_ms: i64, weight: usize) {
        self.merge(&StreamStats {
            count: 1,
            weight: weight as u64,
            first_time_ms: at.time_ms,
            last_time_ms: at.time_ms,
            last_arrival_ms: arrival_ms,
            first_seq: at.seq,
            last_seq: at.seq,
        });
    }

    pub(crate) fn merge(&mut self, other: &StreamStats) {
        self.count = self.count.saturating_add(other.count);
        self.weight = self.weight.saturating_add(other.weight);
        self.first_time_ms = self.first_time_ms.min(other.first_time_ms);
        self.last_time_ms = self.last_time_ms.max(other.last_time_ms);
        self.last_arrival_ms = self.last_arrival_ms.max(other.last_arrival_ms);
        self.first_seq = self.first_seq.min(other.first_seq);
        self.last_seq = self.last_seq.max(other.last_seq);
    }
}

/// Statistics of each stream.
pub(crate) type StreamTable = HashMap<StreamId, StreamStats>;

pub(crate) fn merge_tables(into: &mut StreamTable, from: &StreamTable) {
    for (stream, stats) in from {
        into.entry(*stream).or_insert(StreamStats::EMPTY).merge(stats);
    }
}

/// What a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GroupStats {
    /// Streams with records.
    pub streams: u64,
    /// Records, those of deleted streams that still stand in segments not counted.
    pub count: u64,
    /// Their sizes as the codec weighs them.
    pub weight: u64,
    /// Bytes of its segment files.
    pub disk_bytes: u64,
    /// Its segment files.
    pub segments: u64,
}
