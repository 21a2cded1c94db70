//! The one thread that changes segment files: it flushes frozen memory, removes deleted groups, and
//! sweeps. It never blocks a reader and keeps the log file until its content is in segments.

use std::fs;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::group::Group;
use crate::key::{GroupId, StreamId};
use crate::segment::{self, Segment, Unit};
use crate::shared::Shared;
use crate::stats::{StreamTable, merge_tables};
use crate::{meta, wal};

/// How long the flusher waits before it tries again what the disk refused.
const RETRY: Duration = Duration::from_secs(1);
/// Segments are kept this fraction of the retention apart, so that expiry frees space in steps of it.
const SPANS_PER_RETENTION: i64 = 8;
const HOUR_MS: i64 = 3600 * 1000;

/// Work for the flusher.
pub(crate) enum Job {
    Flush { wal_through: u64, flushed_seq: u64 },
    RemoveGroup(GroupId),
    Sweep { now_ms: i64, done: oneshot::Sender<Result<Swept>> },
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Segment files removed because all in them had expired or was deleted.
    pub dropped: u64,
    /// Segment files written again without deleted streams.
    pub rewritten: u64,
    /// Bytes of disk given back.
    pub freed_bytes: u64,
}

/// Whether a flush is under way: the writer waits here instead of freezing memory twice.
#[derive(Default)]
pub(crate) struct FlushGate {
    state: Mutex<Flushing>,
    changed: Condvar,
}

/// How the flush of the frozen memory stands.
#[derive(Default, Clone)]
pub(crate) enum Flushing {
    #[default]
    Idle,
    Busy,
    /// It failed and is tried again; why.
    Failing(String),
}

impl FlushGate {
    pub(crate) fn state(&self) -> Flushing {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set(&self, state: Flushing) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.changed.notify_all();
    }

    /// Waits while a flush makes progress.
    pub(crate) fn wait_not_busy(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while matches!(*state, Flushing::Busy) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

pub(crate) struct Flusher<C: Codec> {
    pub(crate) shared: Arc<Shared<C>>,
    pub(crate) jobs: Receiver<Job>,
    /// Groups whose directory is still there.
    pub(crate) to_remove: Vec<GroupId>,
}

impl<C: Codec> Flusher<C> {
    /// Runs until the writer is gone.
    pub(crate) fn run(mut self) {
        while let Ok(job) = self.jobs.recv() {
            match job {
                Job::RemoveGroup(group) => {
                    self.to_remove.push(group);
                    if let Err(error) = self.remove_groups() {
                        tracing::warn!(%error, "a deleted group's files are still there");
                    }
                }
                Job::Flush { wal_through, flushed_seq } => {
                    // Until it succeeds the log keeps everything; at shutdown the log is enough.
                    while let Err(error) = self.flush(wal_through, flushed_seq) {
                        tracing::error!(%error, "records could not be written to segments; trying again");
                        self.shared.flush_gate.set(Flushing::Failing(error.to_string()));
                        if self.shared.is_closing() {
                            return;
                        }
                        self.shared.wait_closing(RETRY);
                    }
                    self.shared.flush_gate.set(Flushing::Idle);
                }
                Job::Sweep { now_ms, done } => {
                    let _ = done.send(self.sweep(now_ms));
                }
            }
        }
    }

    fn remove_groups(&mut self) -> Result<()> {
        while let Some(group) = self.to_remove.last() {
            let dir = self.shared.group_dir(*group);
            match fs::remove_dir_all(&dir) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::io("remove", &dir, e));
                }
                _ => self.to_remove.pop(),
            };
        }
        Ok(())
    }

    fn flush(&mut self, wal_through: u64, flushed_seq: u64) -> Result<()> {
        self.remove_groups()?;
        for (_, group) in self.shared.groups() {
            self.flush_group(&group, flushed_seq)?;
        }
        // The log files go last: everything they said is said elsewhere now.
        wal::sync_dir(&self.shared.groups_dir)?;
        wal::remove_through(&self.shared.wal_dir, wal_through)
    }

    fn flush_group(&self, group: &RwLock<Group<C>>, flushed_seq: u64) -> Result<()> {
        let locked = group.read().unwrap_or_else(PoisonError::into_inner);
        let (dir, frozen) = (locked.dir.clone(), locked.frozen.clone());
        let (dirty, meta) = (locked.meta_dirty, locked.meta());
        let last = locked.segments.last().filter(|s| !s.sealed).cloned();
        let span_ms = self.span_ms(locked.retention_ms);
        let removed = locked.removed;
        drop(locked);
        if removed || (frozen.is_none() && !dirty) {
            return Ok(());
        }
        fs::create_dir_all(&dir).map_err(|e| Error::io("create", &dir, e))?;
        if dirty {
            meta::store(&dir, &meta)?;
            let mut locked = group.write().unwrap_or_else(PoisonError::into_inner);
            // Changed again meanwhile: the log still has it, the next flush writes it.
            locked.meta_dirty = locked.meta() != meta;
        }
        let Some(frozen) = frozen else { return Ok(()) };
        let items: Vec<_> = frozen
            .streams
            .iter()
            .filter(|(stream, _)| !meta.deleted.contains(stream))
            .flat_map(|(stream, records)| records.iter().map(|(at, record)| (*stream, *at, record)))
            .collect();
        let grown = if items.is_empty() {
            None
        } else {
            let first_seq = items.iter().map(|(_, at, _)| at.seq).min().unwrap_or(flushed_seq);
            let target = match &last {
                Some(segment) => Segment::clone(segment),
                None => Segment::new(&dir, first_seq, 0),
            };
            let grown =
                segment::append_unit::<C>(&dir, &target, Unit { items, flushed_seq }, &self.shared.options)?;
            let full = grown.len >= self.shared.options.segment_bytes || grown.arrival_span_ms() > span_ms;
            Some(if full { segment::seal(&grown)? } else { grown })
        };
        let mut locked = group.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(grown) = grown {
            if last.is_some() {
                locked.segments.pop();
            }
            locked.segments.push(Arc::new(grown));
        }
        locked.frozen = None;
        Ok(())
    }

    fn span_ms(&self, retention_ms: Option<i64>) -> i64 {
        let configured = self.shared.options.segment_span_ms;
        retention_ms.map_or(configured, |keep| configured.min((keep / SPANS_PER_RETENTION).max(HOUR_MS)))
    }

    fn sweep(&mut self, now_ms: i64) -> Result<Swept> {
        self.remove_groups()?;
        let mut swept = Swept::default();
        let mut failed = None;
        for (id, group) in self.shared.groups() {
            if let Err(error) = self.sweep_group(&group, now_ms, &mut swept) {
                tracing::error!(group = %id, %error, "group not swept");
                failed.get_or_insert(error);
            }
        }
        failed.map_or(Ok(swept), Err)
    }

    /// Drops what expired, and rewrites sealed segments of which most was deleted.
    fn sweep_group(&self, group: &RwLock<Group<C>>, now_ms: i64, swept: &mut Swept) -> Result<()> {
        let locked = group.read().unwrap_or_else(PoisonError::into_inner);
        let not_before_ms = locked.not_before_ms(now_ms);
        let (dir, before) = (locked.dir.clone(), locked.segments.clone());
        let deleted = Arc::clone(&locked.deleted);
        drop(locked);
        let mut after: Vec<Arc<Segment>> = Vec::new();
        let mut old: Vec<Arc<Segment>> = Vec::new();
        for segment in &before {
            if segment.max_time_ms() < not_before_ms {
                swept.dropped += 1;
                old.push(Arc::clone(segment));
                continue;
            }
            match self.without_deleted(&dir, segment, &deleted)? {
                Kept::AsIs => after.push(Arc::clone(segment)),
                Kept::Nothing => {
                    swept.dropped += 1;
                    old.push(Arc::clone(segment));
                }
                Kept::Rewritten(renewed) => {
                    swept.rewritten += 1;
                    after.push(Arc::new(renewed));
                    old.push(Arc::clone(segment));
                }
            }
        }
        if old.is_empty() {
            return Ok(());
        }
        let mut table = StreamTable::new();
        for segment in &after {
            merge_tables(&mut table, &segment.stream_table()?);
        }
        let size = |list: &[Arc<Segment>]| list.iter().map(|s| s.len).sum::<u64>();
        swept.freed_bytes += size(&before).saturating_sub(size(&after));
        let mut locked = group.write().unwrap_or_else(PoisonError::into_inner);
        locked.segments = after;
        // A deletion is forgotten once nothing of the stream is left to hide.
        let left = |stream: &StreamId| table.contains_key(stream) || !deleted.contains(stream);
        if locked.frozen.is_none() && !locked.deleted.iter().all(left) {
            Arc::make_mut(&mut locked.deleted).retain(left);
            locked.meta_dirty = true;
        }
        locked.set_streams(table);
        drop(locked);
        for segment in old {
            segment.remove()?;
        }
        Ok(())
    }

    fn without_deleted(
        &self,
        dir: &std::path::Path,
        segment: &Segment,
        deleted: &std::collections::HashSet<StreamId>,
    ) -> Result<Kept> {
        if deleted.is_empty() || !segment.sealed {
            return Ok(Kept::AsIs);
        }
        let table = segment.stream_table()?;
        let dead: u64 = table.iter().filter(|(s, _)| deleted.contains(s)).map(|(_, s)| s.weight).sum();
        if dead * 2 <= segment.weight() {
            return Ok(Kept::AsIs);
        }
        let keep = |stream| !deleted.contains(&stream);
        let renewed = segment::rewrite::<C>(dir, segment, keep, &self.shared.options)?;
        Ok(renewed.map_or(Kept::Nothing, |(renewed, _)| Kept::Rewritten(renewed)))
    }
}

/// What a segment is worth without deleted streams.
enum Kept {
    AsIs,
    Nothing,
    Rewritten(Segment),
}
