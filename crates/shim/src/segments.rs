//! Writes a log as numbered segments of bounded size.
//!
//! A segment's number is the offset of its first byte in the whole log, so a gap tells how much was dropped. Whoever reads deletes
//! finished segments when it has dealt with them; the writer notices that only when it has to, namely when the log looks full.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::plan::LogPlan;
use crate::record::{HEADER_BYTES, Header, MAX_RECORD_BYTES, Stream};

/// The writing end of one container's log.
pub struct Segments {
    directory: PathBuf,
    limits: LogPlan,
    current: Option<File>,
    /// Offset of the current segment's first byte and of the log's end.
    base: u64,
    end: u64,
    /// Offset of the oldest byte that may still be there.
    oldest: u64,
    buffer: Vec<u8>,
    unfinished: [Unfinished; 2],
}

#[derive(Default)]
struct Unfinished {
    time_ns: u64,
    bytes: Vec<u8>,
}

/// A segment's file name.
pub fn segment_name(base: u64) -> String {
    format!("{base:020}.log")
}

/// The segments of a directory, oldest first.
pub fn list_segments(directory: &Path) -> io::Result<Vec<u64>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let base = name.to_str().and_then(|name| name.strip_suffix(".log"));
        found.extend(base.and_then(|base| base.parse::<u64>().ok()));
    }
    found.sort_unstable();
    Ok(found)
}

impl Segments {
    /// An empty log in an existing directory.
    pub fn new(directory: PathBuf, limits: LogPlan) -> Self {
        Self {
            directory,
            limits,
            current: None,
            base: 0,
            end: 0,
            oldest: 0,
            buffer: Vec::new(),
            unfinished: Default::default(),
        }
    }

    /// How many bytes may be read from the container now so that what they become stays within the limit; 0 when the log is full
    /// and may not drop anything.
    pub fn room(&mut self) -> io::Result<usize> {
        if self.end - self.oldest >= self.limits.total_bytes {
            self.look_for_room()?;
        }
        let left = self.limits.total_bytes.saturating_sub(self.end - self.oldest);
        if left == 0 && !self.limits.drop_oldest {
            return Ok(0);
        }
        // At worst every byte is a newline, and so a record. A few bytes too many are better than reading byte by byte.
        let bytes = left / (HEADER_BYTES as u64 + 1);
        Ok(usize::try_from(bytes).unwrap_or(usize::MAX).max(64))
    }

    /// Sees what the reader took away; drops the oldest segments if that is allowed.
    fn look_for_room(&mut self) -> io::Result<()> {
        let mut segments = list_segments(&self.directory)?;
        self.oldest = segments.first().copied().unwrap_or(self.end);
        while self.limits.drop_oldest
            && self.end - self.oldest >= self.limits.total_bytes
            && segments.first().is_some_and(|first| *first < self.base)
        {
            match fs::remove_file(self.directory.join(segment_name(segments.remove(0)))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => self.oldest = segments.first().copied().unwrap_or(self.end),
            }
        }
        Ok(())
    }

    /// Takes what was read from a stream; whole lines are written at once, the rest when it is complete.
    pub fn push(&mut self, stream: Stream, bytes: &[u8], time_ns: u64) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let held = &mut self.unfinished[stream as usize];
            if held.bytes.is_empty() {
                held.time_ns = time_ns;
            }
            let room = MAX_RECORD_BYTES - held.bytes.len();
            let newline = rest.iter().take(room).position(|byte| *byte == b'\n');
            let (taken, skip, whole) = match newline {
                Some(at) => (at, at + 1, true),
                // A full record whose newline comes next is a whole line.
                None if rest.len() > room && rest[room] == b'\n' => (room, room + 1, true),
                None => (rest.len().min(room), rest.len().min(room), false),
            };
            held.bytes.extend_from_slice(&rest[..taken]);
            rest = &rest[skip..];
            if whole || (held.bytes.len() == MAX_RECORD_BYTES && !rest.is_empty()) {
                self.emit(stream, !whole)?;
            }
        }
        self.flush()
    }

    /// Writes what is left of unfinished lines.
    pub fn finish(&mut self) -> io::Result<()> {
        for stream in [Stream::Stdout, Stream::Stderr] {
            if !self.unfinished[stream as usize].bytes.is_empty() {
                self.emit(stream, false)?;
            }
        }
        self.flush()
    }

    fn emit(&mut self, stream: Stream, partial: bool) -> io::Result<()> {
        let held = &mut self.unfinished[stream as usize];
        let header = Header { time_ns: held.time_ns, length: held.bytes.len() as u32, stream, partial };
        self.buffer.extend_from_slice(&header.encode());
        self.buffer.append(&mut held.bytes);
        // A segment begins with a whole record, so one may be a record longer than its limit.
        if self.end + self.buffer.len() as u64 - self.base >= self.limits.segment_bytes {
            self.flush()?;
            self.current = None;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        if self.current.is_none() {
            self.base = self.end;
            let path = self.directory.join(segment_name(self.base));
            self.current = Some(OpenOptions::new().create(true).append(true).open(path)?);
        }
        if let Some(file) = &mut self.current {
            file.write_all(&self.buffer)?;
            self.end += self.buffer.len() as u64;
        }
        self.buffer.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
