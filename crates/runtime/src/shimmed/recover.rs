//! Taking containers back from their state directories after a restart of this process.

use std::fs::{self, File};
use std::io;
use std::time::Instant;

use rustix::fs::FlockOperation;
use shim::{layout, sys};

use super::{END_LIMIT, Handle, Inner};
use crate::error::{Error, Result};
use crate::{Condition, ContainerId, KnownContainer, process};

impl Inner {
    /// Blocking.
    pub(super) fn recover(&self) -> Result<Vec<KnownContainer>> {
        let mut known = Vec::new();
        for id in self.ids()? {
            match self.recover_one(&id) {
                Ok(Some(condition)) => known.push(KnownContainer { id, condition }),
                Ok(None) => {}
                // One damaged directory must not keep the others from being taken back.
                Err(error) => tracing::error!(container = %id, %error, "cannot take the container back"),
            }
        }
        Ok(known)
    }

    fn recover_one(&self, id: &ContainerId) -> Result<Option<Condition>> {
        if self.running().contains_key(id) {
            return self.condition(id).map(Some);
        }
        if let Some(status) = self.exit_status(id)? {
            return Ok(Some(Condition::Exited(status)));
        }
        self.await_half_made(id)?;
        match self.handle(id) {
            Ok(handle) if handle.shim.is_some() => Ok(Some(Condition::Running(handle.started()))),
            Ok(handle) => Ok(Some(Condition::Exited(self.settle(id, &handle)?))),
            Err(Error::NotFound { .. }) => {
                tracing::warn!(container = %id, "removing a container whose start was interrupted");
                self.discard(id)?;
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// A shim without its agent goes on and soon has the container started, or fails; one that does not is killed.
    fn await_half_made(&self, id: &ContainerId) -> Result<()> {
        let deadline = Instant::now() + END_LIMIT;
        let started = self.directory(id).join(layout::STARTED);
        while !started.exists() {
            let Some(pid) = self.lock_holder(id)? else { return Ok(()) };
            if Instant::now() > deadline {
                process::kill(pid, libc::SIGKILL);
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        Ok(())
    }

    /// Descriptors of a started container. `NotFound` when it was never started.
    pub(super) fn attach(&self, id: &ContainerId) -> Result<Handle> {
        let directory = self.directory(id);
        let started = self.started_file(id)?;
        // Opened before the lock is looked at: if that is held after, the number was still the shim's.
        let shim = process::open(started.shim_pid).ok();
        let shim = if self.lock_holder(id)?.is_some() { shim } else { None };
        let first = process::open(started.pid).ok();
        let first = first
            .filter(|_| sys::start_ticks(started.pid).is_ok_and(|ticks| ticks == started.pid_start_ticks));
        Ok(Handle { directory, started, shim, first })
    }

    /// The shim that holds a container's lock, which is so exactly as long as it lives.
    pub(super) fn lock_holder(&self, id: &ContainerId) -> Result<Option<i32>> {
        let path = self.directory(id).join(layout::LOCK);
        let file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(Error::io("open", &path))?,
        };
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockShared) {
            Ok(()) => Ok(None),
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
                // Empty in the first moment of a shim's life; 0 is nobody.
                Ok(Some(text.trim().parse().unwrap_or(0)))
            }
            Err(error) => Err(Error::io("lock", path)(error.into())),
        }
    }
}
