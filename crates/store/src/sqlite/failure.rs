//! SQLite's result codes, sorted by what the caller does about them.

use crate::Error;
use rusqlite::ErrorCode;
use std::path::Path;

/// The error of a read, a load or a check.
pub(super) fn reading(path: &Path, source: rusqlite::Error) -> Error {
    damaged(path, &source).unwrap_or_else(|| Error::Read { path: path.to_owned(), source: source.into() })
}

/// The error of a write or a commit.
pub(super) fn writing(path: &Path, source: rusqlite::Error) -> Error {
    if let Some(damaged) = damaged(path, &source) {
        return damaged;
    }
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full { path, source: source.into() },
        _ => Error::Write { path, source: source.into() },
    }
}

fn damaged(path: &Path, source: &rusqlite::Error) -> Option<Error> {
    match source.sqlite_error_code()? {
        ErrorCode::NotADatabase => Some(Error::NotADatabase { path: path.to_owned() }),
        ErrorCode::DatabaseCorrupt => {
            Some(Error::Corrupt { path: path.to_owned(), detail: source.to_string() })
        }
        _ => None,
    }
}
