//! Bringing unpacked layers to the disk, together.
//!
//! syncfs waits for everything the file system has to write, not only what is ours, so layers that end at about the same
//! time share one. Invariant: whoever returns was covered by a syncfs that began after he called.

use std::fs::File;
use std::sync::{Condvar, Mutex, PoisonError};

use rustix::io::Errno;

/// Callers waiting for the same disk.
#[derive(Debug, Default)]
pub(crate) struct SyncGroup {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct State {
    running: bool,
    /// Counts syncs begun, and the newest that succeeded.
    begun: u64,
    done: u64,
}

impl SyncGroup {
    /// Return once everything written before is on the disk of `file`. Blocking.
    pub fn sync(&self, file: &File) -> Result<(), Errno> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // One that runs already may have passed over what we wrote.
        let wanted = state.begun + 1;
        while state.done < wanted {
            if state.running {
                state = self.ended.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.running = true;
            state.begun += 1;
            let own = state.begun;
            drop(state);
            let outcome = rustix::fs::syncfs(file);
            state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.running = false;
            if outcome.is_ok() {
                state.done = own;
            }
            // Those it did not cover, or all when it failed, go on themselves.
            self.ended.notify_all();
            outcome?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_callers_need_few_syncs() {
        let group = SyncGroup::default();
        let file = tempfile::tempfile_in("/dev/shm").unwrap();
        let start = std::sync::Barrier::new(16);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    start.wait();
                    group.sync(&file).unwrap();
                });
            }
        });
        let state = group.state.lock().unwrap();
        assert!(!state.running && state.done == state.begun && (1..=16).contains(&state.begun), "{state:?}");
    }
}
