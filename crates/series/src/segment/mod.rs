//! Segment files: where the records of a group rest, compressed.
//!
//! ```text
//! file  = header, unit*, footer?          one group; `<first seq>-<revision>.seg`
//! unit  = chunk+                          one flush of memory; the last chunk is marked
//! chunk = head, index, block*             about 1 MiB raw of one span of time
//! block = zstd(run*)                      about 64 KiB raw
//! run   = arrival numbers, codec's bytes  consecutive records of one stream
//! ```
//!
//! Why groups share files and not streams: ten thousand short tasks are ten thousand streams of a few
//! lines; a file each would cost a file descriptor, an inode and a sync per task. Why chunks are cut by
//! time and ordered by stream within: a scan of a group over a time range reads whole chunks, of which
//! only those of the range; a read of one stream reads only the blocks that hold it.
//!
//! Invariants: bytes once synced never change; a file grows by whole units and ends with a footer
//! once sealed; head, index and every block have their checksum. An unfinished unit at the end is
//! cut when the file is opened: its records are still in the write-ahead log.

pub(crate) mod chunk;
mod file;
pub(crate) mod footer;
mod write;

pub(crate) use file::{OpenContext, ReadAt, Segment, list, parse};
pub(crate) use write::{Unit, append_unit, rewrite, seal};
