//! The store's directories, and how several processes share them.
//!
//! ```text
//! lock                     flock: shared to pin, exclusive to collect or to open
//! blobs/sha256/<hex>       manifests and configurations (layer blobs are dropped once unpacked)
//! layers/<hex>/            unpacked layer, named by its diff_id
//! images/<hex>.json        one record per manifest
//! names/<hash>.json        one record per name
//! partial/<hex>            layer blobs on their way; survive a restart, so a download resumes
//! tmp/<session>/           one per process: lock (held while it lives), pins/<hex>, work in progress
//! ```
//! Invariants: everything outside `tmp/` and `partial/` appears by rename, complete. A digest is pinned *before* one looks
//! whether it is there, and collection reads the pins of all living sessions under the exclusive lock: so what a pull has
//! found stays found. Mode 0700: layers hold set-uid programs.

use std::collections::{HashMap, HashSet};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::fs::FlockOperation;

use super::sync::SyncGroup;
use crate::digest::Digest;
use crate::error::Error;

/// The directories of one store, and this process's session in them.
#[derive(Debug)]
pub(crate) struct Directory {
    root: PathBuf,
    session: PathBuf,
    /// Holds the flock that says this session lives.
    _session_lock: File,
    pins: Mutex<HashMap<Digest, usize>>,
    counter: AtomicU64,
    pub syncs: SyncGroup,
}

/// Keeps a digest (a blob's, a layer's or an image's) from being collected.
pub(crate) struct Pin {
    directory: Arc<Directory>,
    digest: Digest,
}

/// The exclusive lock: nobody pins, opens or collects meanwhile. Hold it shortly.
pub(crate) struct Exclusive(#[expect(dead_code, reason = "held for its lock")] File);

/// A path under the session's directory, removed when dropped unless it was moved away.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Directory {
    /// Open or create, and clear what dead sessions left.
    pub fn open(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root).map_err(|e| Error::io("create", root, e))?;
        // Overlay options and mount points need absolute paths.
        let root = root.canonicalize().map_err(|e| Error::io("open", root, e))?;
        for name in ["blobs/sha256", "layers", "images", "names", "partial", "tmp"] {
            let path = root.join(name);
            let mut builder = DirBuilder::new();
            builder.recursive(true).mode(0o700).create(&path).map_err(|e| Error::io("create", &path, e))?;
        }
        let _exclusive = lock(&root, FlockOperation::LockExclusive)?;
        clear_dead_sessions(&root.join("tmp"))?;
        let (session, session_lock) = new_session(&root.join("tmp"))?;
        Ok(Self {
            root,
            session,
            _session_lock: session_lock,
            pins: Mutex::default(),
            counter: AtomicU64::new(0),
            syncs: SyncGroup::default(),
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn blob(&self, digest: &Digest) -> PathBuf {
        self.root.join("blobs/sha256").join(digest.hex())
    }

    pub fn layer(&self, diff_id: &Digest) -> PathBuf {
        self.root.join("layers").join(diff_id.hex())
    }

    pub fn partial(&self, digest: &Digest) -> PathBuf {
        self.root.join("partial").join(digest.hex())
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// A fresh path for work in progress; nothing is there yet.
    pub fn scratch(&self, kind: &str) -> Scratch {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        Scratch(self.session.join(format!("{kind}-{number}")))
    }

    pub fn lock_exclusive(&self) -> Result<Exclusive, Error> {
        lock(&self.root, FlockOperation::LockExclusive).map(Exclusive)
    }

    /// Keep `digest`, whether it is there yet or not. Blocks while a collection chooses.
    pub fn pin(self: &Arc<Self>, digest: Digest) -> Result<Pin, Error> {
        let mut pins = self.pins();
        let count = pins.entry(digest).or_insert(0);
        if *count == 0 {
            let path = self.pin_path(&digest);
            let made = lock(&self.root, FlockOperation::LockShared)
                .and_then(|_shared| create_new(&path).map_err(|e| Error::io("create", &path, e)));
            if let Err(error) = made {
                pins.remove(&digest);
                return Err(error);
            }
        }
        *pins.entry(digest).or_insert(0) += 1;
        drop(pins);
        Ok(Pin { directory: Arc::clone(self), digest })
    }

    /// What any living session pins. The exclusive lock keeps it true.
    pub fn pinned(&self, _exclusive: &Exclusive) -> Result<HashSet<Digest>, Error> {
        let tmp = self.root.join("tmp");
        let mut pinned = HashSet::new();
        for session in entries(&tmp)? {
            if session != self.session && !is_alive(&session)? {
                continue;
            }
            let pins = session.join("pins");
            // A session may end while we look.
            if pins.is_dir() {
                pinned.extend(entries(&pins)?.iter().filter_map(|path| digest_of(path)));
            }
        }
        Ok(pinned)
    }

    /// Write a small file so that after a crash it is there whole or not at all.
    pub fn write_atomically(&self, path: &Path, content: &[u8]) -> Result<(), Error> {
        let scratch = self.scratch("record");
        let mut file = create_new(scratch.path()).map_err(|e| Error::io("create", scratch.path(), e))?;
        file.write_all(content).map_err(|e| Error::io("write", scratch.path(), e))?;
        file.sync_all().map_err(|e| Error::io("write", scratch.path(), e))?;
        fs::rename(scratch.path(), path).map_err(|e| Error::io("create", path, e))?;
        sync_directory(path)
    }

    /// Move something out of the store, to be deleted at leisure. False when it is not there.
    pub fn discard(&self, path: &Path) -> Result<Option<Scratch>, Error> {
        let scratch = self.scratch("trash");
        match fs::rename(path, scratch.path()) {
            Ok(()) => Ok(Some(scratch)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("remove", path, error)),
        }
    }

    fn pins(&self) -> MutexGuard<'_, HashMap<Digest, usize>> {
        self.pins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pin_path(&self, digest: &Digest) -> PathBuf {
        self.session.join("pins").join(digest.hex())
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.session) {
            tracing::warn!(%error, path = %self.session.display(), "session not removed; the next one clears it");
        }
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pin({})", self.digest)
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut pins = self.directory.pins();
        let Some(count) = pins.get_mut(&self.digest) else { return };
        *count -= 1;
        if *count == 0 {
            pins.remove(&self.digest);
            let path = self.directory.pin_path(&self.digest);
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(%error, path = %path.display(), "pin not removed; it ends with this process");
            }
        }
    }
}

impl Scratch {
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Make it a directory.
    pub fn create_dir(&self, mode: u32) -> Result<(), Error> {
        use std::os::unix::fs::PermissionsExt;
        fs::create_dir(&self.0).map_err(|e| Error::io("create", &self.0, e))?;
        // The umask took part in mkdir.
        fs::set_permissions(&self.0, fs::Permissions::from_mode(mode))
            .map_err(|e| Error::io("create", &self.0, e))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let removed = match fs::symlink_metadata(&self.0) {
            Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(&self.0),
            Ok(_) => fs::remove_file(&self.0),
            // Moved away.
            Err(_) => Ok(()),
        };
        if let Err(error) = removed {
            tracing::warn!(%error, path = %self.0.display(), "scratch not removed; the next start clears it");
        }
    }
}

/// Every path in a directory.
pub(crate) fn entries(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error| Error::io("list", directory, error);
    fs::read_dir(directory).map_err(failed)?.map(|entry| Ok(entry.map_err(failed)?.path())).collect()
}

/// The digest a file or directory of the store is named by.
pub(crate) fn digest_of(path: &Path) -> Option<Digest> {
    let stem = path.file_name()?.to_str()?;
    format!("sha256:{}", stem.strip_suffix(".json").unwrap_or(stem)).parse().ok()
}

/// Create a file nobody else may read; fails when it is there.
pub(crate) fn create_new(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

/// Make a rename into `path`'s directory durable.
pub(crate) fn sync_directory(path: &Path) -> Result<(), Error> {
    let parent = path.parent().unwrap_or(Path::new("/"));
    File::open(parent).and_then(|dir| dir.sync_all()).map_err(|e| Error::io("sync", parent, e))
}

fn lock(root: &Path, operation: FlockOperation) -> Result<File, Error> {
    let path = root.join("lock");
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(|e| Error::io("open", &path, e))?;
    loop {
        match rustix::fs::flock(&file, operation) {
            Ok(()) => return Ok(file),
            Err(rustix::io::Errno::INTR) => {}
            Err(errno) => return Err(Error::io("lock", &path, errno)),
        }
    }
}

fn new_session(tmp: &Path) -> Result<(PathBuf, File), Error> {
    // Unique among the living by the lock, among the dead because those were cleared under the exclusive lock.
    let pid = std::process::id();
    let mut number = 0_u32;
    loop {
        let session = tmp.join(format!("{pid}-{number}"));
        match DirBuilder::new().mode(0o700).create(&session) {
            Ok(()) => {
                let path = session.join("lock");
                let file = create_new(&path).map_err(|e| Error::io("create", &path, e))?;
                rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)
                    .map_err(|e| Error::io("lock", &path, e))?;
                let pins = session.join("pins");
                fs::create_dir(&pins).map_err(|e| Error::io("create", &pins, e))?;
                return Ok((session, file));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(Error::io("create", &session, error)),
        }
    }
}

fn clear_dead_sessions(tmp: &Path) -> Result<(), Error> {
    for session in entries(tmp)? {
        if !is_alive(&session)? {
            tracing::info!(path = %session.display(), "clearing what an earlier process left");
            fs::remove_dir_all(&session).map_err(|e| Error::io("remove", &session, e))?;
        }
    }
    Ok(())
}

/// A session lives while somebody holds its lock.
fn is_alive(session: &Path) -> Result<bool, Error> {
    let path = session.join("lock");
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io("open", &path, error)),
    };
    match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(false),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(true),
        Err(errno) => Err(Error::io("lock", &path, errno)),
    }
}
