//! Writing segment files: units of chunks, the seal, and the rewrite without deleted streams.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::key::{Entry, Position, StreamId};
use crate::options::Options;
use crate::segment::chunk::{self, Head, Item};
use crate::segment::file::{Segment, put_header};
use crate::segment::footer;
use crate::stats::{StreamStats, StreamTable};
use crate::wal::sync_dir;

/// Records to be written together: all of them or none.
pub(crate) struct Unit<'a, R> {
    /// In any order.
    pub(crate) items: Vec<Item<'a, R>>,
    /// Every record of the group up to here is in segments afterwards.
    pub(crate) flushed_seq: u64,
}

/// Appends a unit to a segment (whose file is made if it is new) and waits until it is durable.
/// Returns the grown segment; after an error the file has at most a torn tail.
pub(crate) fn append_unit<C: Codec>(
    dir: &Path,
    segment: &Segment,
    unit: Unit<'_, C::Record>,
    options: &Options,
) -> Result<Segment> {
    let path = &segment.path;
    let mut grown = segment.clone();
    let fresh = segment.len == 0;
    let mut out = Vec::new();
    if fresh {
        put_header::<C>(&mut out, segment.first_seq);
    }
    grown.chunks.extend(
        put_chunks::<C>(&mut out, segment.len, unit, options)
            .map_err(|e| Error::io("compress for", path, e))?,
    );
    let file = OpenOptions::new()
        .write(true)
        .create(fresh)
        .truncate(false)
        .open(path)
        .map_err(|e| Error::io("open", path, e))?;
    // Left by an attempt that failed.
    file.set_len(segment.len).map_err(|e| Error::io("truncate", path, e))?;
    file.write_all_at(&out, segment.len).map_err(|e| Error::io("write", path, e))?;
    file.sync_all().map_err(|e| Error::io("sync", path, e))?;
    if fresh {
        sync_dir(dir)?;
    }
    grown.len += out.len() as u64;
    Ok(grown)
}

/// Cuts a unit into chunks by time. An empty unit gives none.
fn put_chunks<C: Codec>(
    out: &mut Vec<u8>,
    base: u64,
    unit: Unit<'_, C::Record>,
    options: &Options,
) -> std::io::Result<Vec<Head>> {
    let Unit { mut items, flushed_seq } = unit;
    items.sort_unstable_by_key(|(_, at, _)| *at);
    let mut heads = Vec::new();
    let mut rest = &mut items[..];
    while !rest.is_empty() {
        let (mut weight, mut take) = (0, 0);
        while take < rest.len() && (take == 0 || weight < options.chunk_bytes) {
            weight += C::weight(rest[take].2);
            take += 1;
        }
        let (chunk, tail) = rest.split_at_mut(take);
        let (head, _) = chunk::put::<C>(out, base, chunk, options, flushed_seq, tail.is_empty())?;
        heads.push(head);
        rest = tail;
    }
    Ok(heads)
}

/// Ends a file with its footer. Only the tail is new, so a crash leaves it as it was.
pub(crate) fn seal(segment: &Segment) -> Result<Segment> {
    let path = &segment.path;
    let mut out = Vec::new();
    footer::put(&mut out, &segment.chunks, &segment.stream_table()?);
    let file = OpenOptions::new().write(true).open(path).map_err(|e| Error::io("open", path, e))?;
    file.set_len(segment.len).map_err(|e| Error::io("truncate", path, e))?;
    file.write_all_at(&out, segment.len).map_err(|e| Error::io("write", path, e))?;
    file.sync_all().map_err(|e| Error::io("sync", path, e))?;
    Ok(Segment { sealed: true, len: segment.len + out.len() as u64, ..segment.clone() })
}

/// Writes a sealed segment again with only the streams that `keep` wants, under the next revision.
/// The caller removes the old one. `None`: nothing was left to write.
pub(crate) fn rewrite<C: Codec>(
    dir: &Path,
    segment: &Segment,
    keep: impl Fn(StreamId) -> bool,
    options: &Options,
) -> Result<Option<(Segment, StreamTable)>> {
    let source = segment.open_file()?;
    let mut renewed = Segment::new(dir, segment.first_seq, segment.revision + 1);
    let temporary = renewed.path.with_extension("tmp");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&temporary)
        .map_err(|e| Error::io("create", &temporary, e))?;
    let mut streams = StreamTable::new();
    let mut out = Vec::new();
    put_header::<C>(&mut out, segment.first_seq);
    for head in &segment.chunks {
        let mut entries: Vec<Entry<C::Record>> = Vec::new();
        let each = |stream, position: Position, record| entries.push(Entry { stream, position, record });
        chunk::visit_all::<C>(&source, &segment.path, head, &keep, each)?;
        if entries.is_empty() {
            continue;
        }
        let mut items: Vec<Item<'_, C::Record>> =
            entries.iter().map(|e| (e.stream, e.position, &e.record)).collect();
        let put = chunk::put::<C>(&mut out, renewed.len, &mut items, options, head.flushed_seq, true);
        let (head, runs) = put.map_err(|e| Error::io("compress for", &temporary, e))?;
        for (stream, stats) in runs {
            streams.entry(stream).or_insert(StreamStats::EMPTY).merge(&stats);
        }
        renewed.chunks.push(head);
        file.write_all_at(&out, renewed.len).map_err(|e| Error::io("write", &temporary, e))?;
        renewed.len += out.len() as u64;
        out.clear();
    }
    if renewed.chunks.is_empty() {
        fs::remove_file(&temporary).map_err(|e| Error::io("remove", &temporary, e))?;
        return Ok(None);
    }
    footer::put(&mut out, &renewed.chunks, &streams);
    file.write_all_at(&out, renewed.len).map_err(|e| Error::io("write", &temporary, e))?;
    renewed.len += out.len() as u64;
    renewed.sealed = true;
    file.sync_all().map_err(|e| Error::io("sync", &temporary, e))?;
    fs::rename(&temporary, &renewed.path).map_err(|e| Error::io("rename", &temporary, e))?;
    sync_dir(dir)?;
    Ok(Some((renewed, streams)))
}
