//! Following a group as records arrive.
//!
//! A slow follower never slows the writer: its channel is bounded, and what does not fit is counted
//! instead of kept. Records are seen once they are durable.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

use crate::key::{Entry, GroupId};

/// Records of one append, in order of arrival.
pub type Batch<R> = Arc<[Entry<R>]>;

struct Follower<R> {
    sender: mpsc::Sender<(GroupId, Batch<R>)>,
    missed: Arc<AtomicU64>,
}

/// Who follows what.
pub(crate) struct Followers<R>(Mutex<HashMap<GroupId, Vec<Follower<R>>>>);

impl<R> Default for Followers<R> {
    fn default() -> Self {
        Followers(Mutex::default())
    }
}

/// A running subscription; ends when dropped.
pub struct Tail<R> {
    receiver: mpsc::Receiver<(GroupId, Batch<R>)>,
    missed: Arc<AtomicU64>,
}

impl<R> Tail<R> {
    /// The next records. `None` when the store was closed. Cancel safe.
    pub async fn recv(&mut self) -> Option<(GroupId, Batch<R>)> {
        self.receiver.recv().await
    }

    /// Records lost since the last call because this follower was too slow.
    pub fn take_missed(&self) -> u64 {
        self.missed.swap(0, Ordering::Relaxed)
    }
}

impl<R> Followers<R> {
    pub(crate) fn subscribe(&self, groups: &[GroupId], batches: usize) -> Tail<R> {
        let (sender, receiver) = mpsc::channel(batches.max(1));
        let missed = Arc::new(AtomicU64::new(0));
        let mut followers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for group in groups {
            let follower = Follower { sender: sender.clone(), missed: Arc::clone(&missed) };
            followers.entry(*group).or_default().push(follower);
        }
        Tail { receiver, missed }
    }

    pub(crate) fn has(&self, group: GroupId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&group)
    }

    pub(crate) fn publish(&self, group: GroupId, batch: &Batch<R>) {
        let mut followers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(list) = followers.get_mut(&group) else { return };
        list.retain(|follower| match follower.sender.try_send((group, Arc::clone(batch))) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Full(_)) => {
                follower.missed.fetch_add(batch.len() as u64, Ordering::Relaxed);
                true
            }
            Err(mpsc::error::TrySendError::Closed(_)) => false,
        });
        if list.is_empty() {
            followers.remove(&group);
        }
    }

    /// Ends every subscription.
    pub(crate) fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
