//! Downloading one layer's blob: streamed to `partial/`, hashed on the way, resumed where it was cut.
//!
//! Invariants: the file's bytes are what the hasher has seen; a blob longer than its descriptor is cut off at once; what is
//! handed on has the promised size and digest. A partial file is locked by whoever writes it; another process at the same
//! blob works on a file of its own.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::CONTENT_RANGE;
use reqwest::{Response, StatusCode};
use rustix::fs::FlockOperation;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::{Puller, is_transient};
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::Descriptor;
use crate::progress::{Reporter, Stage};
use crate::reference::Reference;
use crate::registry::{Repository, next_piece};
use crate::store::{Directory, Scratch, blocking, create_new};
use crate::unpack::Blob;

const PIECES_IN_FLIGHT: usize = 32;
/// A try that brought this much was worth it and does not count against the tries.
const PROGRESS_BYTES: u64 = 64 << 10;

/// A whole, verified blob in a file.
pub(super) struct Downloaded {
    partial: Partial,
    length: u64,
}

/// A file being filled, and the hash of what is in it.
struct Partial {
    file: File,
    path: PathBuf,
    hasher: Sha256,
    length: u64,
    /// When it is this process's own and goes with it.
    _scratch: Option<Scratch>,
}

impl Downloaded {
    /// The blob, for unpacking.
    pub fn open(&self) -> Result<Blob, Error> {
        let file = self.partial.file.try_clone().map_err(|e| Error::io("open", &self.partial.path, e))?;
        Ok(Blob { file, offset: 0, length: self.length })
    }

    /// It is unpacked now.
    pub fn discard(self) {
        remove(&self.partial.path);
    }
}

impl Puller {
    /// Fetch a layer's blob, trying again while that may help.
    pub(super) async fn download(
        &self,
        repository: &Repository,
        reference: &Reference,
        descriptor: &Descriptor,
        progress: &Reporter,
    ) -> Result<Downloaded, Error> {
        let _permit = self.downloads.acquire().await.map_err(|_| Error::Cancelled)?;
        let (directory, digest, size) = (Arc::clone(&self.directory), descriptor.digest, descriptor.size);
        let mut partial = blocking(move || Partial::open(&directory, &digest, size)).await?;
        let mut tries = 0;
        // Whether some of it came by an earlier request.
        let mut resumed = false;
        loop {
            let before = partial.length;
            resumed |= before > 0;
            let (outcome, filled) = fill(partial, repository, descriptor, progress).await?;
            partial = filled;
            if partial.length >= before + PROGRESS_BYTES {
                tries = 0;
            }
            tries += 1;
            let error = match outcome.and_then(|()| partial.verify(descriptor)) {
                Ok(()) => return Ok(Downloaded { length: partial.length, partial }),
                Err(error) => error,
            };
            if resumed && matches!(error, Error::DigestMismatch { .. }) {
                // What was here before may have been wrong, never verified: once more from the start.
                tracing::debug!(%digest, reason = error.reason(), "beginning again");
                partial = blocking(move || partial.restart()).await?;
                resumed = false;
                continue;
            }
            if !is_transient(&error) || tries >= self.options.network.attempts {
                // Wrong bytes must not be resumed from.
                if matches!(error, Error::DigestMismatch { .. } | Error::SizeMismatch { .. }) {
                    remove(&partial.path);
                }
                return Err(Error::Retried {
                    step: "ref pull",
                    retries: tries,
                    context: format!("failed to copy {reference}"),
                    source: Box::new(error),
                });
            }
            tracing::debug!(%digest, tries, have = partial.length, reason = error.reason(), "trying again");
            tokio::time::sleep(self.backoff(tries, &error)).await;
        }
    }
}

/// One request: append what it brings. The file comes back whatever happened; the outer error is the file system's.
async fn fill(
    partial: Partial,
    repository: &Repository,
    descriptor: &Descriptor,
    progress: &Reporter,
) -> Result<(Result<(), Error>, Partial), Error> {
    let digest = descriptor.digest;
    if partial.length == descriptor.size && descriptor.size > 0 {
        return Ok((Ok(()), partial));
    }
    let mut response = match repository.blob(&digest, partial.length).await {
        Ok(response) => response,
        // What we have is more than there is: begin again.
        Err(Error::Status { status, .. }) if status.starts_with("416") && partial.length > 0 => {
            let partial = blocking(move || partial.restart()).await?;
            match repository.blob(&digest, 0).await {
                Ok(response) => return stream(partial, response, descriptor, progress).await,
                Err(error) => return Ok((Err(error), partial)),
            }
        }
        Err(error) => return Ok((Err(error), partial)),
    };
    let partial = if partial.length > 0 && !continues_at(&mut response, partial.length) {
        blocking(move || partial.restart()).await?
    } else {
        partial
    };
    stream(partial, response, descriptor, progress).await
}

/// Whether the answer goes on where we stopped.
fn continues_at(response: &mut Response, offset: u64) -> bool {
    let range = response.headers().get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.and_then(|range| range.strip_prefix("bytes ")?.split('-').next()?.parse().ok())
            == Some(offset)
}

/// Hashing and writing happen on a thread of their own; the channel between holds a few pieces.
async fn stream(
    mut partial: Partial,
    mut response: Response,
    descriptor: &Descriptor,
    progress: &Reporter,
) -> Result<(Result<(), Error>, Partial), Error> {
    let digest = descriptor.digest;
    let mut length = partial.length;
    let (sender, mut receiver) = mpsc::channel::<Bytes>(PIECES_IN_FLIGHT);
    let writer = tokio::task::spawn_blocking(move || {
        while let Some(piece) = receiver.blocking_recv() {
            partial.append(&piece)?;
        }
        Ok::<_, Error>(partial)
    });
    let outcome = loop {
        match next_piece(&mut response).await {
            Ok(Some(piece)) => {
                length += piece.len() as u64;
                if length > descriptor.size {
                    break Err(Error::SizeMismatch {
                        what: "layer",
                        digest,
                        expected: descriptor.size,
                        actual: length,
                    });
                }
                // The writer ends early only when it failed; its error counts.
                if sender.send(piece).await.is_err() {
                    break Ok(());
                }
                progress.update(&digest, |layer| {
                    layer.downloaded_bytes = length;
                    layer.stage = Stage::Downloading;
                });
            }
            Ok(None) if length < descriptor.size => {
                let url = response.url().host_str().unwrap_or("").to_owned();
                break Err(Error::Connection { method: "GET", url, problem: "unexpected EOF".to_owned() });
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    drop(sender);
    let partial = writer.await.map_err(|_| Error::Cancelled)??;
    Ok((outcome, partial))
}

impl Partial {
    /// Take up what an earlier try or process left, hashing it again; or begin.
    fn open(directory: &Directory, digest: &Digest, size: u64) -> Result<Self, Error> {
        let path = directory.partial(digest);
        if let Some(file) = lock_partial(&path)? {
            let mut partial = Self { file, path, hasher: Sha256::new(), length: 0, _scratch: None };
            partial.hash_existing()?;
            return if partial.length > size { partial.restart() } else { Ok(partial) };
        }
        let scratch = directory.scratch("blob");
        let path = scratch.path().to_owned();
        let file = create_new(&path).map_err(|e| Error::io("create", &path, e))?;
        Ok(Self { file, path, hasher: Sha256::new(), length: 0, _scratch: Some(scratch) })
    }

    fn hash_existing(&mut self) -> Result<(), Error> {
        let mut buffer = vec![0; 256 << 10];
        loop {
            let count = self.file.read(&mut buffer).map_err(|e| Error::io("read", &self.path, e))?;
            if count == 0 {
                return Ok(());
            }
            self.hasher.update(&buffer[..count]);
            self.length += count as u64;
        }
    }

    fn append(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.file.write_all(piece).map_err(|e| {
            if e.kind() == std::io::ErrorKind::StorageFull {
                // Kept for a resumption that cannot come, it would keep the disk full for everybody.
                remove(&self.path);
            }
            Error::io("write", &self.path, e)
        })?;
        self.hasher.update(piece);
        self.length += piece.len() as u64;
        Ok(())
    }

    fn restart(mut self) -> Result<Self, Error> {
        self.file.set_len(0).map_err(|e| Error::io("write", &self.path, e))?;
        self.file.seek(SeekFrom::Start(0)).map_err(|e| Error::io("write", &self.path, e))?;
        self.hasher = Sha256::new();
        self.length = 0;
        Ok(self)
    }

    fn verify(&self, descriptor: &Descriptor) -> Result<(), Error> {
        if self.length != descriptor.size {
            return Err(Error::SizeMismatch {
                what: "layer",
                digest: descriptor.digest,
                expected: descriptor.size,
                actual: self.length,
            });
        }
        let actual = Digest::from(self.hasher.clone());
        if actual == descriptor.digest {
            Ok(())
        } else {
            Err(Error::DigestMismatch { what: "layer", expected: descriptor.digest, actual })
        }
    }
}

/// The partial file, locked; `None` while another process works on it.
fn lock_partial(path: &Path) -> Result<Option<File>, Error> {
    loop {
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = file.map_err(|e| Error::io("open", path, e))?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Ok(None),
            Err(errno) => return Err(Error::io("lock", path, errno)),
        }
        // Between opening and locking its owner may have finished and removed it; a file without a name is no use.
        let own = file.metadata().map_err(|e| Error::io("read", path, e))?;
        if std::fs::metadata(path).is_ok_and(|named| (named.dev(), named.ino()) == (own.dev(), own.ino())) {
            return Ok(Some(file));
        }
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "partial blob not removed; collection will");
    }
}
