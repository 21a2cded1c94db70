//! What the writer, the flusher and the readers of one store share.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::Duration;

use crate::codec::Codec;
use crate::flush::FlushGate;
use crate::group::Group;
use crate::key::{GroupId, StreamId};
use crate::options::Options;
use crate::tail::Followers;

pub(crate) type GroupHandle<C> = Arc<RwLock<Group<C>>>;

pub(crate) struct Shared<C: Codec> {
    pub(crate) options: Options,
    pub(crate) wal_dir: PathBuf,
    pub(crate) groups_dir: PathBuf,
    pub(crate) groups: RwLock<HashMap<GroupId, GroupHandle<C>>>,
    /// Deleted since the store was opened: a late append must not bring one back.
    pub(crate) deleted_groups: Mutex<HashSet<GroupId>>,
    pub(crate) followers: Followers<C::Record>,
    pub(crate) flush_gate: FlushGate,
    pub(crate) closing: (Mutex<bool>, Condvar),
    /// Held as long as the store is open.
    pub(crate) _lock: File,
}

impl<C: Codec> Shared<C> {
    pub(crate) fn group_dir(&self, group: GroupId) -> PathBuf {
        self.groups_dir.join(group.to_string())
    }

    pub(crate) fn group(&self, group: GroupId) -> Option<GroupHandle<C>> {
        self.groups.read().unwrap_or_else(PoisonError::into_inner).get(&group).cloned()
    }

    pub(crate) fn group_or_new(&self, group: GroupId) -> GroupHandle<C> {
        if let Some(found) = self.group(group) {
            return found;
        }
        let mut groups = self.groups.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Arc::new(RwLock::new(Group::new(self.group_dir(group))));
        Arc::clone(groups.entry(group).or_insert_with(fresh))
    }

    pub(crate) fn groups(&self) -> Vec<(GroupId, GroupHandle<C>)> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        groups.iter().map(|(id, group)| (*id, Arc::clone(group))).collect()
    }

    pub(crate) fn forget_group(&self, group: GroupId) {
        self.deleted_groups.lock().unwrap_or_else(PoisonError::into_inner).insert(group);
        let gone = self.groups.write().unwrap_or_else(PoisonError::into_inner).remove(&group);
        if let Some(gone) = gone {
            let mut gone = gone.write().unwrap_or_else(PoisonError::into_inner);
            gone.removed = true;
            for segment in &gone.segments {
                segment.dropped.store(true, std::sync::atomic::Ordering::Release);
            }
        }
    }

    pub(crate) fn is_group_deleted(&self, group: GroupId) -> bool {
        self.deleted_groups.lock().unwrap_or_else(PoisonError::into_inner).contains(&group)
    }

    pub(crate) fn is_stream_deleted(&self, group: GroupId, stream: StreamId) -> bool {
        self.group(group).is_some_and(|group| {
            group.read().unwrap_or_else(PoisonError::into_inner).deleted.contains(&stream)
        })
    }

    /// Sets the memory of every group aside for the flusher; called when the last such is written.
    pub(crate) fn freeze(&self) {
        for (_, group) in self.groups() {
            let mut group = group.write().unwrap_or_else(PoisonError::into_inner);
            if group.frozen.is_none() && !group.active.is_empty() {
                group.frozen = Some(Arc::new(std::mem::take(&mut group.active)));
            }
        }
    }

    pub(crate) fn is_closing(&self) -> bool {
        *self.closing.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits this long, or until the store closes.
    pub(crate) fn wait_closing(&self, time: Duration) {
        let closing = self.closing.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.closing.1.wait_timeout_while(closing, time, |closing| !*closing);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn close(&self) {
        *self.closing.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.closing.1.notify_all();
    }
}
