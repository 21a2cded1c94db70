//! What a container wrote: positions, records and the reader that follows them.
//!
//! The shim writes records into numbered segments. A reader resumes at a position the agent keeps in its own
//! checkpoint; `acknowledge` lets finished segments go. So a line is neither lost nor doubled by a restart.

use std::time::SystemTime;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::Result;

mod reader;

pub(crate) use reader::SegmentReader;

/// A place in a container's log, after some record. The default is the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LogPosition {
    /// Number of the segment.
    pub segment: u64,
    /// Byte offset in it.
    pub offset: u64,
}

/// Which of the two streams; with a terminal everything is [`LogStream::Stdout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogStream {
    /// File descriptor 1.
    Stdout,
    /// File descriptor 2.
    Stderr,
}

/// One line, or a part of a line longer than 16 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRecord {
    /// When the shim read its first byte.
    pub time: SystemTime,
    /// From which stream.
    pub stream: LogStream,
    /// Without the newline; not necessarily UTF-8.
    pub bytes: Vec<u8>,
    /// True when the line goes on in the stream's next record.
    pub partial: bool,
    /// The position after this record: what to resume from once it is dealt with.
    pub next: LogPosition,
    /// Bytes of log dropped before this record because the log was full (only with `WhenFull::DropOldest`).
    pub dropped_before_bytes: u64,
}

/// Follows one container's log.
#[async_trait]
pub trait LogReader: Send {
    /// Up to `max` further records; waits until there is at least one. Empty: the container has ended and everything was read.
    /// Cancel-safe: a dropped call has taken nothing.
    async fn next_batch(&mut self, max: usize) -> Result<Vec<LogRecord>>;

    /// Everything before `position` is dealt with: segments that lie wholly before it are deleted.
    async fn acknowledge(&mut self, position: LogPosition) -> Result<()>;
}
