//! A segment file as readers see it, and how one is opened after whatever happened to it.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::codec::{Codec, Input, Malformed};
use crate::error::{Error, Result};
use crate::page::Selection;
use crate::segment::chunk::{self, HEAD, Head, Index};
use crate::segment::footer;
use crate::stats::{StreamStats, StreamTable};

const MAGIC: &[u8; 7] = b"LSSEG\0\x01";
/// Bytes of a file's header.
pub(crate) const FILE_HEADER: usize = 20;

/// Bytes that can be read at a place: a file, or memory in tests and fuzzing.
pub(crate) trait ReadAt {
    fn len(&self) -> std::io::Result<u64>;
    fn fill(&self, bytes: &mut [u8], offset: u64) -> std::io::Result<()>;

    /// `len` bytes at `offset`; beyond the end is damage, because lengths come from checked heads.
    fn read(&self, path: &Path, offset: u64, len: usize) -> Result<Vec<u8>> {
        let size = self.len().map_err(|e| Error::io("read", path, e))?;
        if offset.checked_add(len as u64).is_none_or(|end| end > size) {
            return Err(Error::damaged(path, offset, "ends too early"));
        }
        let mut bytes = vec![0; len];
        self.fill(&mut bytes, offset).map_err(|e| Error::io("read", path, e))?;
        Ok(bytes)
    }
}

/// A file to read from.
pub(crate) struct FileBytes(pub(crate) File);

impl ReadAt for FileBytes {
    fn len(&self) -> std::io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn fill(&self, bytes: &mut [u8], offset: u64) -> std::io::Result<()> {
        self.0.read_exact_at(bytes, offset)
    }
}

impl ReadAt for &[u8] {
    fn len(&self) -> std::io::Result<u64> {
        Ok(<[u8]>::len(self) as u64)
    }

    fn fill(&self, bytes: &mut [u8], offset: u64) -> std::io::Result<()> {
        let source = usize::try_from(offset).ok().and_then(|at| self.get(at..at.checked_add(bytes.len())?));
        bytes.copy_from_slice(source.ok_or(std::io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// One file of a group at one moment: growing makes a new value, so a reader's view stays whole.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) path: PathBuf,
    pub(crate) first_seq: u64,
    pub(crate) revision: u32,
    pub(crate) chunks: Vec<Head>,
    pub(crate) sealed: bool,
    /// Bytes of the file that are its content.
    pub(crate) len: u64,
    /// The file was removed on purpose: a reader that misses it looks again.
    pub(crate) dropped: Arc<AtomicBool>,
}

impl Segment {
    pub(crate) fn new(dir: &Path, first_seq: u64, revision: u32) -> Segment {
        let path = dir.join(format!("{first_seq:016x}-{revision:08x}.seg"));
        Segment {
            path,
            first_seq,
            revision,
            chunks: Vec::new(),
            sealed: false,
            len: 0,
            dropped: Arc::new(AtomicBool::new(false)),
        }
    }

    pub(crate) fn max_time_ms(&self) -> i64 {
        self.chunks.iter().map(|c| c.max_time_ms).max().unwrap_or(i64::MIN)
    }

    pub(crate) fn weight(&self) -> u64 {
        self.chunks.iter().map(|c| c.weight).sum()
    }

    pub(crate) fn flushed_seq(&self) -> u64 {
        self.chunks.iter().map(|c| c.flushed_seq).max().unwrap_or(0)
    }

    pub(crate) fn max_seq(&self) -> u64 {
        self.chunks.iter().map(|c| c.max_seq).max().unwrap_or(0)
    }

    /// From the first to the last arrival, ms.
    pub(crate) fn arrival_span_ms(&self) -> i64 {
        let first = self.chunks.iter().map(|c| c.min_arrival_ms).min().unwrap_or(0);
        let last = self.chunks.iter().map(|c| c.max_arrival_ms).max().unwrap_or(0);
        last.saturating_sub(first)
    }

    pub(crate) fn open_file(&self) -> Result<FileBytes> {
        File::open(&self.path).map(FileBytes).map_err(|e| Error::io("open", &self.path, e))
    }

    /// Removes the file. Readers that hold it open finish; others look again.
    pub(crate) fn remove(&self) -> Result<()> {
        self.dropped.store(true, Ordering::Release);
        match fs::remove_file(&self.path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io("remove", &self.path, e)),
            _ => Ok(()),
        }
    }

    /// Offers the records of the chunks that can hold some of `bounds` (a single stream's extent).
    pub(crate) fn offer<C: Codec>(
        &self,
        bounds: Option<&StreamStats>,
        selection: &mut Selection<'_, C>,
    ) -> Result<()> {
        let mut file = None;
        let mut chunks: Vec<&Head> = self.chunks.iter().collect();
        if selection.is_ascending() {
            chunks.sort_unstable_by_key(|c| c.min_time_ms);
        } else {
            chunks.sort_unstable_by_key(|c| std::cmp::Reverse(c.max_time_ms));
        }
        for head in chunks {
            let in_bounds = bounds.is_none_or(|b| {
                head.min_seq <= b.last_seq
                    && head.max_seq >= b.first_seq
                    && head.min_time_ms <= b.last_time_ms
                    && head.max_time_ms >= b.first_time_ms
            });
            if !in_bounds || !selection.wants_times(head.min_time_ms, head.max_time_ms) {
                continue;
            }
            let file = match &mut file {
                Some(file) => file,
                none => none.insert(self.open_file()?),
            };
            chunk::offer::<C>(file, &self.path, head, selection)?;
        }
        Ok(())
    }

    /// Statistics of the streams in it, from the footer or the chunks' indexes.
    pub(crate) fn stream_table(&self) -> Result<StreamTable> {
        let file = self.open_file()?;
        if self.sealed
            && let Some((_, streams)) = read_footer(&file, &self.path, self.len)?
        {
            return Ok(streams);
        }
        table_of(&file, &self.path, &self.chunks)
    }
}

pub(crate) fn put_header<C: Codec>(out: &mut Vec<u8>, first_seq: u64) {
    let start = out.len();
    out.extend_from_slice(MAGIC);
    out.push(C::ID);
    out.extend_from_slice(&first_seq.to_le_bytes());
    let sum = crc32fast::hash(&out[start..]);
    out.extend_from_slice(&sum.to_le_bytes());
}

fn check_header<C: Codec>(bytes: &[u8]) -> Result<(), Malformed> {
    let mut input = Input::new(bytes);
    let head = input.take(FILE_HEADER - 4)?;
    if crc32fast::hash(head) != input.fixed_u32()? {
        return Err(Malformed("file header checksum is wrong"));
    }
    if !head.starts_with(MAGIC) {
        return Err(Malformed("not a segment of this version"));
    }
    if head[7] != C::ID {
        return Err(Malformed("holds another kind of records"));
    }
    Ok(())
}

/// What opening needs to know of the rest of the store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenContext {
    /// Records from this number on are still in the write-ahead log: a unit that ends behind it
    /// may be unfinished, one before it was durable.
    pub(crate) wal_first_seq: u64,
    pub(crate) salvage: bool,
}

/// What bytes were found to hold.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) chunks: Vec<Head>,
    pub(crate) streams: StreamTable,
    pub(crate) sealed: bool,
    /// Everything behind is a torn tail.
    pub(crate) good_len: u64,
    /// Durable places that cannot be read.
    pub(crate) damage: Vec<(u64, &'static str)>,
}

/// Reads what a file holds.
pub(crate) fn parse<C: Codec>(source: &dyn ReadAt, path: &Path, context: OpenContext) -> Result<Parsed> {
    let size = source.len().map_err(|e| Error::io("read", path, e))?;
    check_header::<C>(&source.read(path, 0, FILE_HEADER)?).map_err(|e| Error::damaged(path, 0, e.0))?;
    if let Some((chunks, streams)) = read_footer(source, path, size)? {
        return Ok(Parsed { chunks, streams, sealed: true, good_len: size, damage: Vec::new() });
    }
    let mut parsed = Parsed {
        chunks: Vec::new(),
        streams: StreamTable::new(),
        sealed: false,
        good_len: FILE_HEADER as u64,
        damage: Vec::new(),
    };
    let mut offset = FILE_HEADER as u64;
    let mut unit = 0;
    while offset < size {
        match chunk_at(source, path, offset, size, context) {
            Ok(head) => {
                offset = head.end();
                parsed.chunks.push(head);
                if head.last_of_unit {
                    unit = parsed.chunks.len();
                    parsed.good_len = offset;
                }
            }
            Err(Error::Io { action, path, source }) => return Err(Error::Io { action, path, source }),
            Err(_) => match next_durable(source, path, offset + 1, size, context)? {
                Some(next) => {
                    parsed.damage.push((offset, "chunk cannot be read"));
                    unit = parsed.chunks.len();
                    offset = next;
                    parsed.good_len = next;
                }
                None => break,
            },
        }
    }
    parsed.chunks.truncate(unit);
    parsed.streams = table_of(source, path, &parsed.chunks)?;
    Ok(parsed)
}

fn chunk_at(source: &dyn ReadAt, path: &Path, offset: u64, size: u64, context: OpenContext) -> Result<Head> {
    let bytes = source.read(path, offset, HEAD)?;
    let head = Head::parse(&bytes, offset).map_err(|e| Error::damaged(path, offset, e.0))?;
    if head.end() > size {
        return Err(Error::damaged(path, offset, "chunk ends beyond the file"));
    }
    let index = Index::read(source, path, &head)?;
    if head.flushed_seq >= context.wal_first_seq {
        index.verify_blocks(source, path, &head)?;
    }
    Ok(head)
}

/// The next readable chunk that was durable, behind bytes that are not readable.
fn next_durable(
    source: &dyn ReadAt,
    path: &Path,
    from: u64,
    size: u64,
    context: OpenContext,
) -> Result<Option<u64>> {
    let rest = source.read(path, from, (size - from) as usize)?;
    let mut at = 0;
    while let Some(found) = chunk::next_magic(&rest, at) {
        let offset = from + found as u64;
        if chunk_at(source, path, offset, size, context).is_ok_and(|h| h.flushed_seq < context.wal_first_seq)
        {
            return Ok(Some(offset));
        }
        at = found + 1;
    }
    Ok(None)
}

fn read_footer(source: &dyn ReadAt, path: &Path, size: u64) -> Result<Option<(Vec<Head>, StreamTable)>> {
    let Some(end) = size.checked_sub(footer::TRAILER as u64).filter(|end| *end >= FILE_HEADER as u64) else {
        return Ok(None);
    };
    let Some((len, sum)) = footer::trailer(&source.read(path, end, footer::TRAILER)?) else {
        return Ok(None);
    };
    let Some(start) = end.checked_sub(u64::from(len)).filter(|start| *start >= FILE_HEADER as u64) else {
        return Ok(None);
    };
    let bytes = source.read(path, start, len as usize)?;
    // A footer with a wrong checksum is not one: the chunks before it say the same.
    Ok((crc32fast::hash(&bytes) == sum).then(|| footer::parse(&bytes, start).ok()).flatten())
}

fn table_of(source: &dyn ReadAt, path: &Path, chunks: &[Head]) -> Result<StreamTable> {
    let mut table = StreamTable::new();
    for head in chunks {
        for (stream, stats) in Index::read(source, path, head)?.streams() {
            table.entry(stream).or_insert(StreamStats::EMPTY).merge(stats);
        }
    }
    Ok(table)
}

impl Segment {
    /// Opens a file, cuts a torn tail, and reports damage as an error unless told to salvage.
    pub(crate) fn open<C: Codec>(
        mut segment: Segment,
        context: OpenContext,
    ) -> Result<Option<(Segment, StreamTable)>> {
        let path = segment.path.clone();
        let file = segment.open_file()?;
        let size = file.len().map_err(|e| Error::io("read", &path, e))?;
        let parsed = match parse::<C>(&file, &path, context) {
            Ok(parsed) => parsed,
            Err(error @ Error::Damaged { .. }) if context.salvage => {
                tracing::error!(%error, "segment set aside");
                let aside = path.with_extension("seg.damaged");
                fs::rename(&path, &aside).map_err(|e| Error::io("rename", &path, e))?;
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        for (offset, reason) in &parsed.damage {
            if !context.salvage {
                return Err(Error::damaged(&path, *offset, *reason));
            }
            tracing::error!(path = %path.display(), offset, reason, "part of a segment skipped");
        }
        if parsed.good_len < size {
            let writable =
                OpenOptions::new().write(true).open(&path).map_err(|e| Error::io("open", &path, e))?;
            writable
                .set_len(parsed.good_len)
                .and_then(|()| writable.sync_all())
                .map_err(|e| Error::io("truncate", &path, e))?;
        }
        segment.chunks = parsed.chunks;
        // What was skipped must not be written behind: a damaged file takes no more.
        segment.sealed = parsed.sealed || !parsed.damage.is_empty();
        segment.len = parsed.good_len;
        Ok(Some((segment, parsed.streams)))
    }
}

/// The segment files of a group, ascending; leftovers of an interrupted rewrite are removed.
pub(crate) fn list(dir: &Path) -> Result<Vec<Segment>> {
    let mut found: Vec<Segment> = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| Error::io("list", dir, e))? {
        let path = entry.map_err(|e| Error::io("list", dir, e))?.path();
        match path.extension().and_then(|e| e.to_str()) {
            Some("tmp") => fs::remove_file(&path).map_err(|e| Error::io("remove", &path, e))?,
            Some("seg") => {
                let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
                let parts = stem.split_once('-').and_then(|(seq, revision)| {
                    Some((u64::from_str_radix(seq, 16).ok()?, u32::from_str_radix(revision, 16).ok()?))
                });
                if let Some((first_seq, revision)) = parts {
                    found.push(Segment::new(dir, first_seq, revision));
                }
            }
            _ => {}
        }
    }
    found.sort_unstable_by_key(|s| (s.first_seq, s.revision));
    let mut kept: Vec<Segment> = Vec::new();
    for segment in found {
        if let Some(older) = kept.pop_if(|older| older.first_seq == segment.first_seq) {
            older.remove()?;
        }
        kept.push(segment);
    }
    Ok(kept)
}
