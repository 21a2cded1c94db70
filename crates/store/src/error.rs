//! What can go wrong between a transaction and the disk, told apart by what the caller does about it.

use std::path::PathBuf;
use thiserror::Error;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A store's refusal. Unless a variant says otherwise nothing was written.
#[derive(Debug, Error)]
pub enum Error {
    /// Something that the transaction read has changed: read again, run again.
    #[error("'{key}' of table '{table}' has changed since it was read")]
    Conflict { table: String, key: String },
    /// The disk (or a quota) is full. Later writes work again once there is space.
    #[error("no space is left for {}", path.display())]
    Full { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// The engine failed to write. Later writes may work. The write was refused and is not visible, but after a crash right
    /// now it may turn out to be on the disk, as with any engine whose fsync fails.
    #[error("writing to {} failed", path.display())]
    Write { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// The engine failed to read.
    #[error("reading {} failed", path.display())]
    Read { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// Another process holds the data directory.
    #[error(
        "data directory {} is in use by process {}: stop that server, or choose another data directory",
        directory.display(), pid.map_or_else(|| "unknown".to_owned(), |pid| pid.to_string())
    )]
    InUse { directory: PathBuf, pid: Option<u32> },
    /// Written by a newer Longshore.
    #[error(
        "{} was written by a newer version of Longshore (schema {found}, this version knows {known}): start that version again",
        path.display()
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    /// A file stands where the database should, and it is not one of ours.
    #[error("{} is not a Longshore database: move it away, or choose another data directory", path.display())]
    NotADatabase { path: PathBuf },
    /// The database is damaged.
    #[error("{} is damaged ({detail}): restore a backup", path.display())]
    Corrupt { path: PathBuf, detail: String },
    /// The data directory cannot be made or opened.
    #[error("cannot open {}", path.display())]
    Open { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// The engine cannot do this.
    #[error("this store cannot {0}")]
    Unsupported(&'static str),
}

impl Error {
    /// Whether the same transaction may succeed when it is run again on fresh data.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }
}
