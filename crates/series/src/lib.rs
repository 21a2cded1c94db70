//! Append-only, compressed, time-indexed storage for log events, and for metrics later.
//!
//! A [`Series`] holds groups of streams of records. What is acknowledged is on the disk:
//!
//! ```text
//! append ─▶ writer thread ─▶ wal/<n>.wal (one sync for all that wait) ─▶ memory ─▶ acknowledged
//!                                 │ full
//!                                 ▼
//!           flusher thread ─▶ groups/<id>/<first seq>-<revision>.seg ─▶ wal/<n>.wal removed
//! ```
//!
//! **One log for all groups, segments per group, streams inside them.** One log, because the cost of an
//! append is its sync, and one sync can carry every group. Segments per group, because retention and
//! deletion are per group and become removing files. Streams share segments, because ten thousand short
//! tasks write a few lines each: no file, descriptor or sync is spent on a stream; see
//! `segment` for how one stream and one time range are both found quickly.
//!
//! Order in a stream and in a group: by the record's time, then by arrival. Memory is bounded by
//! [`Options::wal_bytes`] and [`Options::in_flight_bytes`], plus about 100 bytes for each stream. Nothing
//! here reads a clock; `now` is passed in. Names, limits and error messages of an API are not known here.

mod codec;
mod error;
mod event;
mod flush;
mod group;
mod key;
mod memory;
mod meta;
mod options;
mod page;
mod recover;
mod segment;
mod shared;
mod stats;
mod store;
mod tail;
mod wal;
mod writer;

#[doc(hidden)]
pub mod fuzzing;

pub use codec::{Codec, Input, Malformed, put_i64, put_u64};
pub use error::{Error, Result};
pub use event::{EVENT_OVERHEAD_BYTES, Event, EventCodec};
pub use flush::Swept;
pub use key::{Entry, GroupId, Position, StreamId};
pub use options::Options;
pub use page::{Order, Page, Query, Streams};
pub use stats::{GroupStats, StreamStats};
pub use store::Series;
pub use tail::{Batch, Tail};
pub use writer::Appended;

/// A store of log events.
pub type EventSeries = Series<EventCodec>;
