//! One group in memory: its unflushed records, its segments, and what is known of its streams.
//!
//! Who writes: the writer thread changes `active`, `streams`, `meta`; the flusher thread changes
//! `segments` and clears `frozen`. Readers take the lock briefly, copy what they want from memory
//! and the list of segments, and read files without it.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::codec::Codec;
use crate::error::Result;
use crate::key::StreamId;
use crate::memory::Memory;
use crate::meta::Meta;
use crate::page::{Page, Query, Selection};
use crate::segment::Segment;
use crate::stats::{GroupStats, StreamStats, StreamTable, merge_tables};

pub(crate) struct Group<C: Codec> {
    pub(crate) dir: PathBuf,
    pub(crate) active: Memory<C>,
    /// What the flusher is writing now.
    pub(crate) frozen: Option<Arc<Memory<C>>>,
    /// Ascending by first arrival number; only the last may be unsealed.
    pub(crate) segments: Vec<Arc<Segment>>,
    pub(crate) streams: StreamTable,
    pub(crate) retention_ms: Option<i64>,
    /// Deleted streams whose records may still be in memory or segments.
    pub(crate) deleted: Arc<HashSet<StreamId>>,
    /// `meta` on the disk says something else.
    pub(crate) meta_dirty: bool,
    pub(crate) removed: bool,
}

/// What a read needs, taken under the lock.
struct View<C: Codec> {
    frozen: Option<Arc<Memory<C>>>,
    segments: Vec<Arc<Segment>>,
    bounds: Option<StreamStats>,
}

impl<C: Codec> Group<C> {
    pub(crate) fn new(dir: PathBuf) -> Group<C> {
        Group {
            dir,
            active: Memory::default(),
            frozen: None,
            segments: Vec::new(),
            streams: StreamTable::new(),
            retention_ms: None,
            deleted: Arc::new(HashSet::new()),
            meta_dirty: false,
            removed: false,
        }
    }

    pub(crate) fn meta(&self) -> Meta {
        Meta { retention_ms: self.retention_ms, deleted: (*self.deleted).clone() }
    }

    pub(crate) fn delete_stream(&mut self, stream: StreamId) {
        self.active.remove_stream(stream);
        self.streams.remove(&stream);
        Arc::make_mut(&mut self.deleted).insert(stream);
        self.meta_dirty = true;
    }

    /// Times before this are hidden.
    pub(crate) fn not_before_ms(&self, now_ms: i64) -> i64 {
        self.retention_ms.map_or(i64::MIN, |keep| now_ms.saturating_sub(keep))
    }

    pub(crate) fn stats(&self) -> GroupStats {
        let mut stats = GroupStats { streams: self.streams.len() as u64, ..GroupStats::default() };
        for stream in self.streams.values() {
            stats.count += stream.count;
            stats.weight += stream.weight;
        }
        stats.segments = self.segments.len() as u64;
        stats.disk_bytes = self.segments.iter().map(|s| s.len).sum();
        stats
    }

    /// Makes `streams` anew from segments' tables and memory, after records left.
    pub(crate) fn set_streams(&mut self, from_segments: StreamTable) {
        let mut table = from_segments;
        for memory in self.frozen.as_deref().into_iter().chain([&self.active]) {
            merge_tables(&mut table, &memory_table(memory));
        }
        table.retain(|stream, _| !self.deleted.contains(stream));
        self.streams = table;
    }
}

fn memory_table<C: Codec>(memory: &Memory<C>) -> StreamTable {
    let mut table = StreamTable::new();
    for (stream, records) in &memory.streams {
        let stats = table.entry(*stream).or_insert(StreamStats::EMPTY);
        for (at, record) in records {
            stats.add(*at, C::arrival_ms(record), C::weight(record));
        }
    }
    table
}

/// Answers a query on a group. The lock is held only while memory is read.
pub(crate) fn read<C: Codec>(
    group: &std::sync::RwLock<Group<C>>,
    query: &Query<'_>,
) -> Result<Page<C::Record>> {
    // A segment may be dropped or rewritten between the view and its reading: look again. Sweeps are
    // far apart, so a second look succeeds; the bound only keeps a broken disk from looping.
    let mut attempts = 0;
    loop {
        attempts += 1;
        match read_once(group, query) {
            Err((error, true)) if error.is_not_found() && attempts < 5 => {}
            Err((error, _)) => return Err(error),
            Ok(page) => return Ok(page),
        }
    }
}

fn read_once<C: Codec>(
    group: &std::sync::RwLock<Group<C>>,
    query: &Query<'_>,
) -> std::result::Result<Page<C::Record>, (crate::Error, bool)> {
    let locked = group.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    let deleted = Arc::clone(&locked.deleted);
    let mut selection = Selection::<C>::new(query, &deleted, locked.not_before_ms(query.now_ms));
    locked.active.offer(&mut selection);
    let view = View {
        frozen: locked.frozen.clone(),
        segments: locked.segments.clone(),
        bounds: query.streams.single().map(|s| locked.streams.get(&s).copied().unwrap_or(StreamStats::EMPTY)),
    };
    drop(locked);
    if let Some(frozen) = &view.frozen {
        frozen.offer(&mut selection);
    }
    // The nearest in time first, so that a full page ends the reading early.
    let mut segments: Vec<&Segment> = view.segments.iter().map(|s| &**s).collect();
    if !selection.is_ascending() {
        segments.reverse();
    }
    for segment in segments {
        let offered = segment.offer(view.bounds.as_ref(), &mut selection);
        offered.map_err(|e| (e, segment.dropped.load(std::sync::atomic::Ordering::Acquire)))?;
    }
    Ok(selection.into_page())
}
