//! How a container ends: its exit status, a shim that was killed, and removal.

use std::fs;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shim::{ExitFile, StartedFile, layout, replace_file, sys};

use super::{END_LIMIT, Handle, Inner, blocking};
use crate::error::{Error, Result};
use crate::{ContainerId, ExitCause, ExitStatus, process};

impl Inner {
    pub(super) async fn wait(self: Arc<Self>, id: &ContainerId) -> Result<ExitStatus> {
        if let Some(status) = self.exit_status(id)? {
            return Ok(status);
        }
        let handle = self.handle(id)?;
        if let Some(shim) = &handle.shim {
            process::ended(shim).await.map_err(Error::io("wait for shim of", &handle.directory))?;
        }
        let id = id.clone();
        blocking(move || self.settle(&id, &handle)).await
    }

    /// The status of a container whose shim has ended; blocking.
    pub(super) fn settle(&self, id: &ContainerId, handle: &Handle) -> Result<ExitStatus> {
        if let Some(status) = self.exit_status(id)? {
            return Ok(status);
        }
        // Nobody holds its output and nobody waits for it any more: whatever still runs is stopped.
        tracing::error!(container = %id, "shim was killed: exit code and rest of the log are lost");
        self.hierarchies.remove(&self.launch(id)?.cgroup)?;
        let status = lost(handle);
        let text = nanoseconds(status.finished_at).to_string();
        replace_file(&handle.directory, layout::LOST, text.as_bytes())
            .map_err(Error::io("write", handle.directory.join(layout::LOST)))?;
        Ok(status)
    }

    /// What the state directory says about the end; none when it has not ended or was never started. Nothing is said by a directory whose
    /// removal was interrupted, or goes on beside this: what tells of the start may be gone while what tells of the end is still there.
    pub(super) fn exit_status(&self, id: &ContainerId) -> Result<Option<ExitStatus>> {
        match self.read_exit(id) {
            Err(Error::NotFound { .. }) => Ok(None),
            other => other,
        }
    }

    fn read_exit(&self, id: &ContainerId) -> Result<Option<ExitStatus>> {
        let directory = self.directory(id);
        let path = directory.join(layout::EXIT);
        let time = |ns| UNIX_EPOCH + Duration::from_nanos(ns);
        match fs::read_to_string(&path) {
            Ok(text) => {
                let damaged = |reason: &str| Error::Damaged { path: path.clone(), reason: reason.to_owned() };
                let exit = ExitFile::decode(&text).ok_or_else(|| damaged("incomplete"))?;
                let started = self.started_file(id)?;
                let cause = match (exit.code, exit.signal) {
                    (Some(code), _) => ExitCause::Exited(code),
                    (None, signal) => ExitCause::Signaled(signal.unwrap_or(libc::SIGKILL)),
                };
                return Ok(Some(ExitStatus {
                    cause,
                    oom_killed: exit.oom_killed,
                    started_at: time(started.time_ns),
                    finished_at: time(exit.time_ns),
                }));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io("read", path)(error)),
        }
        let Ok(text) = fs::read_to_string(directory.join(layout::LOST)) else { return Ok(None) };
        Ok(Some(ExitStatus {
            cause: ExitCause::Lost,
            oom_killed: false,
            started_at: time(self.started_file(id)?.time_ns),
            finished_at: time(text.trim().parse().unwrap_or(0)),
        }))
    }

    /// `NotFound` when the container was never started.
    pub(super) fn started_file(&self, id: &ContainerId) -> Result<StartedFile> {
        let path = self.directory(id).join(layout::STARTED);
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::NotFound { id: id.clone() },
            _ => Error::io("read", &path)(error),
        })?;
        StartedFile::decode(&text).ok_or_else(|| Error::Damaged { path, reason: "incomplete".to_owned() })
    }

    pub(super) async fn delete(self: Arc<Self>, id: &ContainerId) -> Result<()> {
        if !self.directory(id).exists() {
            self.running().remove(id);
            return Ok(());
        }
        let handle = match self.handle(id) {
            Ok(handle) => handle,
            Err(Error::NotFound { .. }) => {
                // Half made. While its shim lives it may still become whole.
                if self.lock_holder(id)?.is_some() {
                    return Err(Error::StillRunning { id: id.clone() });
                }
                let gone = id.clone();
                return blocking(move || self.discard(&gone)).await;
            }
            Err(other) => return Err(other),
        };
        if let Some(shim) = &handle.shim {
            if !handle.is_over() && !process::has_ended(shim) {
                return Err(Error::StillRunning { id: id.clone() });
            }
            // After its exit file the shim has nothing left to do but to end.
            let ended = tokio::time::timeout(END_LIMIT, process::ended(shim)).await;
            ended
                .map_err(|_| Error::TimedOut { id: id.clone(), what: "end of the shim", limit: END_LIMIT })?
                .map_err(Error::io("wait for shim of", &handle.directory))?;
        }
        let (this, gone) = (Arc::clone(&self), id.clone());
        blocking(move || this.discard(&gone)).await?;
        self.running().remove(id);
        Ok(())
    }
}

/// The status of a container whose shim was killed, as of now.
pub(super) fn lost(handle: &Handle) -> ExitStatus {
    ExitStatus {
        cause: ExitCause::Lost,
        oom_killed: false,
        started_at: handle.started().started_at,
        finished_at: UNIX_EPOCH + Duration::from_nanos(sys::now_ns()),
    }
}

fn nanoseconds(time: SystemTime) -> u128 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()
}
