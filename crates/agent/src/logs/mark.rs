//! How far a container's log has been shipped: a small file beside the task's checkpoint.
//!
//! Before a batch is sent, the file says what is sent; when it is acknowledged, the file moves on. After a restart in
//! between, the end of the log stream tells whether the batch had arrived, so it is neither lost nor sent twice.

use super::api::LogEvent;
use super::assemble::{Assembled, index};
use crate::aws::sign;
use runtime::{LogPosition, LogStream};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;

/// How many events at the end of a batch identify it.
pub(super) const FINGERPRINT_EVENTS: usize = 16;

/// How far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Which process of the container.
    pub attempt: u32,
    /// Where reading resumes.
    pub resume_at: LogPosition,
    /// Up to where each stream is done: records of it before this are not sent again.
    pub done: [LogPosition; 2],
}

impl Progress {
    pub fn is_done(&self, stream: LogStream, next: LogPosition) -> bool {
        next <= self.done[index(stream)]
    }

    /// After a batch, where reading resumes at `resume_at` once everything assembled is sent.
    pub fn after(&self, batch: &[Assembled], resume_at: LogPosition) -> Self {
        let mut after = Self { resume_at, ..self.clone() };
        for event in batch {
            let done = &mut after.done[index(event.stream)];
            *done = (*done).max(event.next);
        }
        after
    }
}

/// A batch that is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InFlight {
    pub after: Progress,
    /// Of its last events.
    pub fingerprint: String,
    pub events: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub progress: Progress,
    pub in_flight: Option<InFlight>,
}

/// The fingerprint of the end of a batch or a stream.
pub(super) fn fingerprint(events: &[LogEvent]) -> String {
    let last = &events[events.len().saturating_sub(FINGERPRINT_EVENTS)..];
    let text: String =
        last.iter().map(|e| format!("{} {} {}\n", e.timestamp, e.message.len(), e.message)).collect();
    sign::hash(text.as_bytes())
}

/// The file. It survives the agent's death, not the machine's (after which there is no container to go on with).
#[derive(Clone, Debug)]
pub(crate) struct MarkFile {
    path: PathBuf,
}

impl MarkFile {
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn load(&self) -> io::Result<Mark> {
        match std::fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Mark::default()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn save(&self, mark: &Mark) -> io::Result<()> {
        let bytes = serde_json::to_vec(mark).map_err(io::Error::other)?;
        crate::engine::checkpoint::write_atomically(&self.path, &bytes, false)
    }
}
