//! The store itself: opening, writing, reading, following, sweeping, closing.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::flush::{FlushGate, Flusher, Job, Swept};
use crate::group;
use crate::key::{GroupId, StreamId};
use crate::options::Options;
use crate::page::{Page, Query};
use crate::recover::recover;
use crate::shared::Shared;
use crate::stats::{GroupStats, StreamStats};
use crate::tail::{Followers, Tail};
use crate::wal::Op;
use crate::writer::{Appended, Request, Writer};

/// Requests that may wait, besides the bound on their bytes.
const QUEUE: usize = 1024;

/// An open store; clones share it. The last clone dropped closes it, waiting for its two threads.
pub struct Series<C: Codec> {
    inner: Arc<Inner<C>>,
}

impl<C: Codec> Clone for Series<C> {
    fn clone(&self) -> Self {
        Series { inner: Arc::clone(&self.inner) }
    }
}

struct Inner<C: Codec> {
    shared: Arc<Shared<C>>,
    requests: Option<mpsc::Sender<Request<C>>>,
    /// Room for bytes in flight.
    room: Arc<Semaphore>,
    jobs: Mutex<Option<std::sync::mpsc::Sender<Job>>>,
    threads: Vec<JoinHandle<()>>,
}

impl<C: Codec> Series<C> {
    /// Opens the store in a directory, making it if it is not there.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process has it, [`Error::Damaged`] when acknowledged data cannot
    /// be read (see [`Options::salvage`]), [`Error::Io`].
    pub fn open(root: &Path, options: Options) -> Result<Series<C>> {
        let found = recover::<C>(root, &options)?;
        let room = Arc::new(Semaphore::new(options.in_flight_bytes.clamp(1, Semaphore::MAX_PERMITS)));
        let shared = Arc::new(Shared {
            options,
            wal_dir: root.join("wal"),
            groups_dir: root.join("groups"),
            groups: RwLock::new(found.groups),
            deleted_groups: Mutex::new(found.deleted),
            followers: Followers::default(),
            flush_gate: FlushGate::default(),
            closing: (Mutex::new(false), Condvar::new()),
            _lock: found.lock,
        });
        let (requests, receiver) = mpsc::channel(QUEUE);
        let (jobs, job_receiver) = std::sync::mpsc::channel();
        let flusher = Flusher { shared: Arc::clone(&shared), jobs: job_receiver, to_remove: Vec::new() };
        let writer = Writer {
            shared: Arc::clone(&shared),
            wal: found.wal,
            next_seq: found.next_seq,
            older_bytes: found.older_bytes,
            requests: receiver,
            flusher: jobs.clone(),
            stopped: None,
        };
        let spawn = |name: &str, run: Box<dyn FnOnce() + Send>| {
            let thread = thread::Builder::new().name(name.to_owned()).spawn(run);
            thread.map_err(|e| Error::io("start a thread for", root, e))
        };
        let threads = vec![
            spawn("series-write", Box::new(|| writer.run()))?,
            spawn("series-flush", Box::new(|| flusher.run()))?,
        ];
        let inner = Inner { shared, requests: Some(requests), room, jobs: Mutex::new(Some(jobs)), threads };
        Ok(Series { inner: Arc::new(inner) })
    }

    /// Appends records to a stream, all or none, and returns once they are durable. Waits while too much
    /// is in flight. Dropped while waiting, it may or may not have happened.
    ///
    /// # Errors
    /// [`Error::StreamDeleted`], [`Error::GroupDeleted`], [`Error::TooLarge`], [`Error::Behind`],
    /// [`Error::Stopped`], [`Error::Io`] (disk full).
    pub async fn append(
        &self,
        group: GroupId,
        stream: StreamId,
        records: Vec<C::Record>,
    ) -> Result<Appended> {
        if records.is_empty() {
            return Ok(Appended { first_seq: 0, count: 0 });
        }
        let weight: usize = records.iter().map(C::weight).sum();
        let permit = self.room_for(weight).await?;
        self.request(Op::Append { group, stream, first_seq: 0, records }, Some(permit)).await
    }

    /// Deletes a stream for good. Its id must not be used again.
    ///
    /// # Errors
    /// As [`Series::append`].
    pub async fn delete_stream(&self, group: GroupId, stream: StreamId) -> Result<()> {
        self.request(Op::DeleteStream { group, stream }, None).await.map(|_| ())
    }

    /// Deletes a group with all its streams for good. Its id must not be used again.
    ///
    /// # Errors
    /// As [`Series::append`].
    pub async fn delete_group(&self, group: GroupId) -> Result<()> {
        self.request(Op::DeleteGroup { group }, None).await.map(|_| ())
    }

    /// Sets how long records are kept, counted from their own time; `None` keeps them for ever.
    ///
    /// # Errors
    /// As [`Series::append`].
    pub async fn set_retention(&self, group: GroupId, retention_ms: Option<i64>) -> Result<()> {
        let retention_ms = retention_ms.map(|ms| ms.max(0));
        self.request(Op::SetRetention { group, retention_ms }, None).await.map(|_| ())
    }

    /// How long a group keeps its records, as last set.
    pub fn retention_ms(&self, group: GroupId) -> Option<i64> {
        let group = self.inner.shared.group(group)?;
        group.read().unwrap_or_else(PoisonError::into_inner).retention_ms
    }

    /// Answers a query: one stream (`Streams::One`) or a scan over several, in order of time and then
    /// arrival. Reads files: call it where blocking is allowed. A group never written to is empty.
    ///
    /// # Errors
    /// [`Error::Damaged`] and [`Error::Io`] from a segment that the answer needs.
    pub fn read(&self, group: GroupId, query: &Query<'_>) -> Result<Page<C::Record>> {
        match self.inner.shared.group(group) {
            Some(group) => group::read(&group, query),
            None => Ok(Page { entries: Vec::new(), more: false }),
        }
    }

    /// Follows groups from now on, with room for so many appends that were not yet received.
    pub fn subscribe(&self, groups: &[GroupId], batches: usize) -> Tail<C::Record> {
        self.inner.shared.followers.subscribe(groups, batches)
    }

    /// Gives disk space back: drops segments in which everything has expired at `now_ms`, and rewrites
    /// those of which most was deleted.
    ///
    /// # Errors
    /// The first of what went wrong; the groups it did not concern were swept.
    pub async fn sweep(&self, now_ms: i64) -> Result<Swept> {
        let (done, swept) = oneshot::channel();
        let sent = {
            let jobs = self.inner.jobs.lock().unwrap_or_else(PoisonError::into_inner);
            jobs.as_ref().is_some_and(|jobs| jobs.send(Job::Sweep { now_ms, done }).is_ok())
        };
        if !sent {
            return Err(closed());
        }
        swept.await.unwrap_or_else(|_| Err(closed()))
    }

    /// The groups that hold anything.
    pub fn groups(&self) -> Vec<GroupId> {
        self.inner.shared.groups().into_iter().map(|(id, _)| id).collect()
    }

    /// What a group holds.
    pub fn group_stats(&self, group: GroupId) -> GroupStats {
        self.inner.shared.group(group).map_or_else(GroupStats::default, |group| {
            group.read().unwrap_or_else(PoisonError::into_inner).stats()
        })
    }

    /// What a stream holds; `None` if nothing was ever appended or all of it is gone.
    pub fn stream_stats(&self, group: GroupId, stream: StreamId) -> Option<StreamStats> {
        let group = self.inner.shared.group(group)?;
        let group = group.read().unwrap_or_else(PoisonError::into_inner);
        group.streams.get(&stream).copied()
    }

    /// What every stream of a group holds, in no order.
    pub fn streams(&self, group: GroupId) -> Vec<(StreamId, StreamStats)> {
        self.inner.shared.group(group).map_or_else(Vec::new, |group| {
            let group = group.read().unwrap_or_else(PoisonError::into_inner);
            group.streams.iter().map(|(id, stats)| (*id, *stats)).collect()
        })
    }

    async fn room_for(&self, weight: usize) -> Result<OwnedSemaphorePermit> {
        let limit = self.inner.shared.options.in_flight_bytes.clamp(1, u32::MAX as usize);
        let permits = weight.clamp(1, limit) as u32;
        Arc::clone(&self.inner.room).acquire_many_owned(permits).await.map_err(|_| closed())
    }

    async fn request(&self, op: Op<C::Record>, permit: Option<OwnedSemaphorePermit>) -> Result<Appended> {
        let (done, answer) = oneshot::channel();
        let requests = self.inner.requests.as_ref().ok_or_else(closed)?;
        requests.send(Request { op, permit, done }).await.map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }
}

fn closed() -> Error {
    Error::Stopped { reason: "it is closed".to_owned() }
}

impl<C: Codec> Drop for Inner<C> {
    fn drop(&mut self) {
        self.shared.close();
        // Without senders the writer ends after what it has; without the writer, the flusher.
        self.requests = None;
        *self.jobs.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the log store had panicked");
            }
        }
    }
}
