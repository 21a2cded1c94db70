//! One lock for the whole machine: several Longshores side by side pick free address blocks one after the other.

use crate::Error;
use rustix::fs::{FlockOperation, flock};
use std::fs::{File, OpenOptions};
use std::path::Path;

const PATH: &str = "/run/lock/longshore-net";

/// Held from choosing a block until the link that has it exists. Let go when dropped, or with the process.
pub(crate) struct AddressLock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl AddressLock {
    pub(crate) async fn take() -> Result<Self, Error> {
        let take = || -> std::io::Result<File> {
            if let Some(parent) = Path::new(PATH).parent() {
                std::fs::create_dir_all(parent)?;
            }
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(PATH)?;
            flock(&file, FlockOperation::LockExclusive)?;
            Ok(file)
        };
        let taken = tokio::task::spawn_blocking(take).await.map_err(std::io::Error::other).flatten();
        taken.map(Self).map_err(|source| Error::File { action: "lock", path: PATH.into(), source })
    }
}
