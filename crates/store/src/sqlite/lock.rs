//! One server per data directory: an exclusive flock on a file that says who holds it.
//!
//! The kernel drops the lock with the process, however it dies, so there is no stale lock to clean up. The file stays:
//! removing it would let two processes lock two different files of the same name. The descriptor is close-on-exec, so that
//! a container's shim, which outlives us, does not keep the lock.

use crate::{Error, Result};
use rustix::fs::{FlockOperation, flock};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Held while it lives.
#[derive(Debug)]
pub struct DirectoryLock {
    _file: File,
}

impl DirectoryLock {
    /// Take the lock `file`; `directory` is what the message names.
    pub fn take(file: &Path, directory: &Path) -> Result<Self> {
        let failed = |source: std::io::Error| Error::Open { path: file.to_owned(), source: source.into() };
        let mut held = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(file)
            .map_err(failed)?;
        match flock(&held, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let mut text = String::new();
                // Only for the message: whoever holds the lock may be about to write its pid.
                let pid = held.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(Error::InUse { directory: directory.to_owned(), pid });
            }
            Err(errno) => return Err(failed(errno.into())),
        }
        // The pid is for people. A full disk must not keep a server from starting (it may be what frees the space).
        let written = held
            .set_len(0)
            .and_then(|()| held.rewind())
            .and_then(|()| writeln!(held, "{}", std::process::id()));
        if let Err(error) = written {
            tracing::warn!(file = %file.display(), %error, "cannot note the process id in the lock file");
        }
        Ok(Self { _file: held })
    }
}
