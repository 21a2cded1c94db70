//! The configuration on the disk.

use model::balancer::{Configuration, FORMAT};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// The directory in which a configuration is kept. It has private keys: only its owner reads it.
#[derive(Debug)]
pub struct Kept {
    directory: PathBuf,
    /// Held as long as this is: two processes would overwrite what each other keeps.
    _lock: File,
}

/// Why a configuration cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    #[error("{path} cannot be used")]
    Io {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{0} is another process's")]
    Held(PathBuf),
    #[error("{path} holds no configuration")]
    Json {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error("{path} has the format {format}, which is not known here")]
    Format { path: PathBuf, format: u32 },
}

const NAME: &str = "configuration.json";
const DRAFT: &str = "configuration.draft";

fn failed(path: &Path) -> impl FnOnce(io::Error) -> KeptError {
    let path = path.to_owned();
    move |source| KeptError::Io { path, source }
}

impl Kept {
    /// Opens the directory, which is made where it is not there.
    pub fn open(directory: &Path) -> Result<Self, KeptError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(|source| KeptError::Io { path: directory.to_owned(), source })?;
        let path = directory.join("lock");
        let io = |source| KeptError::Io { path: path.clone(), source };
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { directory: directory.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(KeptError::Held(directory.to_owned())),
            Err(TryLockError::Error(source)) => Err(KeptError::Io { path, source }),
        }
    }

    /// What was kept last; none where nothing was.
    pub fn read(&self) -> Result<Option<Configuration>, KeptError> {
        let path = self.directory.join(NAME);
        let mut text = Vec::new();
        match File::open(&path).and_then(|mut file| file.read_to_end(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(KeptError::Io { path, source }),
        }
        let read: Configuration =
            serde_json::from_slice(&text).map_err(|source| KeptError::Json { path: path.clone(), source })?;
        if read.format != FORMAT {
            return Err(KeptError::Format { path, format: read.format });
        }
        Ok(Some(read))
    }

    /// Keeps a configuration: when this returns it survives a loss of power, and at no time is half of it there.
    pub fn write(&self, configuration: &Configuration) -> Result<(), KeptError> {
        self.draft(configuration)?;
        self.keep_draft()
    }

    /// Writes a configuration beside the one that is kept: what can fail for want of room fails here.
    pub fn draft(&self, configuration: &Configuration) -> Result<(), KeptError> {
        let (path, draft) = (self.directory.join(NAME), self.directory.join(DRAFT));
        let text = serde_json::to_vec(configuration)
            .map_err(|source| KeptError::Json { path: path.clone(), source })?;
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)
            .map_err(failed(&draft))?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(failed(&draft))
    }

    /// Keeps what was drafted.
    pub fn keep_draft(&self) -> Result<(), KeptError> {
        let (path, draft) = (self.directory.join(NAME), self.directory.join(DRAFT));
        std::fs::rename(&draft, &path).map_err(failed(&path))?;
        File::open(&self.directory)
            .and_then(|directory| directory.sync_all())
            .map_err(failed(&self.directory))
    }
}
