//! The one thread that makes appends durable.
//!
//! It takes everything that waits, writes it with one sync, and only then shows it to readers,
//! followers and the callers. So an acknowledged record is on the disk, and a record that was ever
//! read stays. When the log file is full it freezes the memory of all groups for the flusher and
//! begins the next file; memory is bounded because it waits for the flusher rather than freeze twice.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::flush::{Flushing, Job};
use crate::group::Group;
use crate::key::{Entry, GroupId, Position, StreamId};
use crate::shared::Shared;
use crate::stats::StreamStats;
use crate::wal::{self, MAX_PAYLOAD, Op};

/// Commits are not gathered beyond this.
const COMMIT_BYTES: usize = 4 << 20;

/// A change on its way to the disk.
pub(crate) struct Request<C: Codec> {
    pub(crate) op: Op<C::Record>,
    /// Gives its room back when the request is done with.
    pub(crate) permit: Option<OwnedSemaphorePermit>,
    pub(crate) done: oneshot::Sender<Result<Appended>>,
}

/// Where an append landed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The arrival number of its first record; the others follow without a gap.
    pub first_seq: u64,
    /// How many records.
    pub count: usize,
}

pub(crate) struct Writer<C: Codec> {
    pub(crate) shared: Arc<Shared<C>>,
    pub(crate) wal: wal::Writer,
    pub(crate) next_seq: u64,
    /// Bytes of older log files that are not flushed yet.
    pub(crate) older_bytes: u64,
    pub(crate) requests: mpsc::Receiver<Request<C>>,
    pub(crate) flusher: std::sync::mpsc::Sender<Job>,
    /// After a failed sync: why nothing is taken any more.
    pub(crate) stopped: Option<String>,
}

impl<C: Codec> Writer<C> {
    /// Runs until every sender is gone.
    pub(crate) fn run(mut self) {
        while let Some(first) = self.requests.blocking_recv() {
            let mut batch = vec![first];
            let mut frames = Vec::new();
            let mut outcome = Vec::new();
            let mut gone = Gone::default();
            let mut next = 0;
            loop {
                while let Some(request) = batch.get_mut(next) {
                    outcome.push(self.stage(request, &mut gone, &mut frames));
                    next += 1;
                }
                if frames.len() >= COMMIT_BYTES {
                    break;
                }
                let Ok(request) = self.requests.try_recv() else { break };
                batch.push(request);
            }
            self.commit(batch, outcome, &frames);
            if self.wal.len + self.older_bytes >= self.shared.options.wal_bytes {
                self.turn_over();
            }
        }
        self.shared.followers.close();
    }

    /// Checks a request, numbers its records and adds its frame.
    fn stage(&mut self, request: &mut Request<C>, gone: &mut Gone, frames: &mut Vec<u8>) -> Result<Appended> {
        if let Some(reason) = &self.stopped {
            return Err(Error::Stopped { reason: reason.clone() });
        }
        let group = match &request.op {
            Op::Append { group, .. } | Op::DeleteStream { group, .. } => *group,
            Op::DeleteGroup { group } | Op::SetRetention { group, .. } => *group,
        };
        if gone.groups.contains(&group) || self.shared.is_group_deleted(group) {
            return Err(Error::GroupDeleted { group });
        }
        let mut appended = Appended { first_seq: self.next_seq, count: 0 };
        match &mut request.op {
            Op::Append { stream, first_seq, records, .. } => {
                let stream = *stream;
                if gone.streams.contains(&(group, stream)) || self.shared.is_stream_deleted(group, stream) {
                    return Err(Error::StreamDeleted { group, stream });
                }
                if self.is_overfull()
                    && let Flushing::Failing(reason) = self.shared.flush_gate.state()
                {
                    return Err(Error::Behind { reason });
                }
                *first_seq = self.next_seq;
                appended.count = records.len();
            }
            Op::DeleteStream { stream, .. } => {
                gone.streams.insert((group, *stream));
            }
            Op::DeleteGroup { .. } => {
                gone.groups.insert(group);
            }
            Op::SetRetention { .. } => {}
        }
        let start = frames.len();
        wal::put_frame::<C>(frames, self.wal.len, &request.op);
        if frames.len() - start > MAX_PAYLOAD {
            let bytes = frames.len() - start;
            frames.truncate(start);
            return Err(Error::TooLarge { bytes, limit: MAX_PAYLOAD });
        }
        self.next_seq += appended.count as u64;
        Ok(appended)
    }

    fn is_overfull(&self) -> bool {
        self.wal.len + self.older_bytes >= 2 * self.shared.options.wal_bytes
    }

    fn commit(&mut self, batch: Vec<Request<C>>, outcome: Vec<Result<Appended>>, frames: &[u8]) {
        let written = if frames.is_empty() { Ok(()) } else { self.wal.append(frames) };
        if let Err(failed) = &written {
            tracing::error!(error = %failed.error, fatal = failed.fatal, "log events could not be written");
            if failed.fatal {
                self.stopped = Some(failed.error.to_string());
            }
        }
        for (request, staged) in batch.into_iter().zip(outcome) {
            let result = match (&written, staged) {
                (Ok(()), Ok(appended)) => {
                    self.apply(request.op);
                    Ok(appended)
                }
                (Err(failed), Ok(_)) => Err(failed.error.clone()),
                (_, Err(error)) => Err(error),
            };
            drop(request.permit);
            // The caller may have stopped waiting; the change stands all the same.
            let _ = request.done.send(result);
        }
    }

    /// Shows a durable change.
    fn apply(&self, op: Op<C::Record>) {
        match op {
            Op::Append { group, stream, first_seq, records } => {
                let entries = |records: Vec<C::Record>| {
                    records.into_iter().zip(first_seq..).map(move |(record, seq)| Entry {
                        stream,
                        position: Position { time_ms: C::time_ms(&record), seq },
                        record,
                    })
                };
                if self.shared.followers.has(group) {
                    let batch = entries(records.clone()).collect();
                    self.shared.followers.publish(group, &batch);
                }
                let handle = self.shared.group_or_new(group);
                insert(&mut handle.write().unwrap_or_else(PoisonError::into_inner), stream, entries(records));
            }
            Op::DeleteStream { group, stream } => {
                let handle = self.shared.group_or_new(group);
                handle.write().unwrap_or_else(PoisonError::into_inner).delete_stream(stream);
            }
            Op::DeleteGroup { group } => {
                self.shared.forget_group(group);
                // The flusher ends with this thread, so it is there.
                let _ = self.flusher.send(Job::RemoveGroup(group));
            }
            Op::SetRetention { group, retention_ms } => {
                let handle = self.shared.group_or_new(group);
                let mut locked = handle.write().unwrap_or_else(PoisonError::into_inner);
                locked.retention_ms = retention_ms;
                locked.meta_dirty = true;
            }
        }
    }

    /// Begins the next log file and hands the memory of all groups to the flusher.
    fn turn_over(&mut self) {
        if self.stopped.is_some() {
            return;
        }
        if !matches!(self.shared.flush_gate.state(), Flushing::Idle) {
            // Let this generation grow while the previous is written, but not without bound.
            if !self.is_overfull() {
                return;
            }
            self.shared.flush_gate.wait_not_busy();
            if !matches!(self.shared.flush_gate.state(), Flushing::Idle) {
                return;
            }
        }
        let next = wal::Writer::create::<C>(&self.shared.wal_dir, self.wal.number + 1, self.next_seq);
        let last = match next {
            Ok(next) => std::mem::replace(&mut self.wal, next).number,
            Err(error) => {
                tracing::error!(%error, "no new log file; the old one grows");
                return;
            }
        };
        self.older_bytes = 0;
        self.shared.freeze();
        self.shared.flush_gate.set(Flushing::Busy);
        let _ = self.flusher.send(Job::Flush { wal_through: last, flushed_seq: self.next_seq - 1 });
    }
}

/// What this commit deletes; not visible in the groups before it is durable.
#[derive(Default)]
struct Gone {
    groups: HashSet<GroupId>,
    streams: HashSet<(GroupId, StreamId)>,
}

/// Puts records into a group's memory.
pub(crate) fn insert<C: Codec>(
    group: &mut Group<C>,
    stream: StreamId,
    entries: impl Iterator<Item = Entry<C::Record>>,
) {
    let stats = group.streams.entry(stream).or_insert(StreamStats::EMPTY);
    for entry in entries {
        stats.add(entry.position, C::arrival_ms(&entry.record), C::weight(&entry.record));
        group.active.insert(stream, entry.position, entry.record);
    }
}
