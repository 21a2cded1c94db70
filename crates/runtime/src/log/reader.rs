//! Reads the segments a shim writes, from a position on, and follows them.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use shim::{HEADER_BYTES, Header, Stream, list_segments, segment_name};

use super::{LogPosition, LogReader, LogRecord, LogStream};
use crate::error::{Error, Result};
use crate::process;
use crate::shimmed::Handle;
use crate::watch::Watch;

const CHUNK_BYTES: usize = 256 * 1024;

pub(crate) struct SegmentReader {
    directory: PathBuf,
    position: LogPosition,
    /// The open segment: a reader that holds it still reads it after the writer dropped it.
    open: Option<File>,
    /// Bytes read ahead from `position` on, as far as they belong to the open segment.
    ahead: VecDeque<u8>,
    dropped_bytes: u64,
    handle: Arc<Handle>,
    watch: Watch,
}

impl SegmentReader {
    pub(crate) fn new(directory: PathBuf, position: LogPosition, handle: Arc<Handle>, watch: Watch) -> Self {
        Self { directory, position, open: None, ahead: VecDeque::new(), dropped_bytes: 0, handle, watch }
    }

    /// Whatever complete records are there now.
    fn read_now(&mut self, max: usize) -> Result<Vec<LogRecord>> {
        let mut records = Vec::new();
        while records.len() < max {
            if let Some(record) = self.take_record()? {
                records.push(record);
            } else if !self.read_more()? && !self.next_segment()? {
                break;
            }
        }
        Ok(records)
    }

    fn take_record(&mut self) -> Result<Option<LogRecord>> {
        if self.ahead.len() < HEADER_BYTES {
            return Ok(None);
        }
        let mut bytes = [0; HEADER_BYTES];
        self.ahead.iter().zip(&mut bytes).for_each(|(from, to)| *to = *from);
        let header = Header::decode(&bytes).ok_or_else(|| Error::Damaged {
            path: self.directory.join(segment_name(self.position.segment)),
            reason: format!("no record at offset {}", self.position.offset),
        })?;
        let length = HEADER_BYTES + header.length as usize;
        if self.ahead.len() < length {
            return Ok(None);
        }
        let bytes = self.ahead.drain(..length).skip(HEADER_BYTES).collect();
        self.position.offset += length as u64;
        Ok(Some(LogRecord {
            time: UNIX_EPOCH + Duration::from_nanos(header.time_ns),
            stream: match header.stream {
                Stream::Stdout => LogStream::Stdout,
                Stream::Stderr => LogStream::Stderr,
            },
            bytes,
            partial: header.partial,
            next: self.position,
            dropped_before_bytes: std::mem::take(&mut self.dropped_bytes),
        }))
    }

    /// Reads on in the open segment; false at its present end.
    fn read_more(&mut self) -> Result<bool> {
        let path = || self.directory.join(segment_name(self.position.segment));
        if self.open.is_none() {
            match File::open(path()) {
                Ok(file) => self.open = Some(file),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(Error::io("open", path())(error)),
            }
        }
        let Some(file) = &self.open else { return Ok(false) };
        let mut chunk = vec![0; CHUNK_BYTES];
        let from = self.position.offset + self.ahead.len() as u64;
        let count = file.read_at(&mut chunk, from).map_err(Error::io("read", path()))?;
        self.ahead.extend(&chunk[..count]);
        Ok(count > 0)
    }

    /// Goes on to the next segment, if there is one; then the present one is complete.
    fn next_segment(&mut self) -> Result<bool> {
        let segments = list_segments(&self.directory).map_err(Error::io("list", &self.directory))?;
        let present = self.position.segment;
        let opened = self.open.is_some();
        let Some(next) = segments.into_iter().find(|base| *base > present || (*base == present && !opened))
        else {
            return Ok(false);
        };
        // The writer may have written the rest of the present one between our last read and the listing.
        if opened && self.read_more()? {
            return Ok(true);
        }
        if next == present {
            return self.read_more(); // It has appeared meanwhile.
        }
        let reached = present + self.position.offset;
        self.dropped_bytes += next.saturating_sub(reached);
        self.ahead.clear();
        self.open = None;
        self.position = LogPosition { segment: next, offset: 0 };
        self.read_more()
    }
}

#[async_trait]
impl LogReader for SegmentReader {
    async fn next_batch(&mut self, max: usize) -> Result<Vec<LogRecord>> {
        loop {
            // Asked before reading: what was written before the end is then certainly seen.
            let over = self.handle.is_over();
            let records = self.read_now(max.max(1))?;
            if !records.is_empty() || over {
                return Ok(records);
            }
            // Cancel-safe: neither branch takes anything; a wake-up that came since the reading is remembered by `Notify`.
            tokio::select! {
                () = self.watch.changed.notified() => {}
                ended = async { match &self.handle.shim { Some(shim) => process::ended(shim).await, None => Ok(()) } } => {
                    ended.map_err(Error::io("wait for shim of", &self.directory))?;
                }
            }
        }
    }

    async fn acknowledge(&mut self, position: LogPosition) -> Result<()> {
        let reached = position.segment + position.offset;
        let segments = list_segments(&self.directory).map_err(Error::io("list", &self.directory))?;
        // A segment is finished when another follows; where that begins is where it ends.
        for pair in segments.windows(2) {
            if pair[1] <= reached {
                let path = self.directory.join(segment_name(pair[0]));
                match std::fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(Error::io("remove", path)(error));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}
