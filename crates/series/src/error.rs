//! What can go wrong, with the file it went wrong in.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::key::{GroupId, StreamId};

/// Why an operation failed. Cloneable, because one failed write answers every append that shared it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The operating system refused.
    #[error("cannot {action} {path}")]
    Io {
        /// What was attempted, as a verb.
        action: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// Why not.
        #[source]
        source: Arc<io::Error>,
    },
    /// Bytes on the disk are not what was written.
    #[error("{path} is damaged at byte {offset}: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it.
        offset: u64,
        /// What does not fit.
        reason: String,
    },
    /// Another process has the directory.
    #[error("{path} is in use by another process")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The stream was deleted; its id cannot be used again.
    #[error("stream {stream} of group {group} was deleted")]
    StreamDeleted {
        /// Its group.
        group: GroupId,
        /// The stream.
        stream: StreamId,
    },
    /// The group was deleted; its id cannot be used again.
    #[error("group {group} was deleted")]
    GroupDeleted {
        /// The group.
        group: GroupId,
    },
    /// One append is larger than a frame may be.
    #[error("an append of {bytes} bytes exceeds the limit of {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The disk refuses segments, so the log may not grow further for now.
    #[error("records cannot be moved out of the log: {reason}")]
    Behind {
        /// What the disk says.
        reason: String,
    },
    /// The store takes no more writes until it is opened again.
    #[error("the store takes no more writes: {reason}")]
    Stopped {
        /// What happened.
        reason: String,
    },
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Error {
        Error::Io { action, path: path.to_path_buf(), source: Arc::new(source) }
    }

    pub(crate) fn damaged(path: &Path, offset: u64, reason: impl Into<String>) -> Error {
        Error::Damaged { path: path.to_path_buf(), offset, reason: reason.into() }
    }

    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// Shorthand of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;
