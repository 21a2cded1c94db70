//! Identities and positions: which stream of which group, and where in it.
//!
//! Invariants: ids are given by the caller and never used twice, also not after a deletion (the
//! caller keeps names; this crate knows numbers only). A position is the time of a record and its
//! arrival number, which is unique in the whole store, so positions order every record of a group.

use std::fmt;

/// A group of streams that share segments, retention and deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u64);

/// One stream inside a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub u64);

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Where a record stands: by time, then by arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The record's own time, milliseconds since the epoch.
    pub time_ms: i64,
    /// Arrival number: rises with every record the store accepts, never repeats.
    pub seq: u64,
}

impl Position {
    /// Before every record.
    pub const MIN: Position = Position { time_ms: i64::MIN, seq: 0 };
    /// After every record.
    pub const MAX: Position = Position { time_ms: i64::MAX, seq: u64::MAX };
}

/// A record with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<R> {
    /// The stream it was appended to.
    pub stream: StreamId,
    /// Where it stands in its group.
    pub position: Position,
    /// The record.
    pub record: R,
}
