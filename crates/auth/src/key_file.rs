//! Keys in files of the data directory. The one place of this crate that touches files.
//!
//! Invariants: only its owner can read such a file; it appears whole (written beside, synced, then linked to its name);
//! one that is there is only read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why there is no key.
#[derive(Debug, Error)]
pub enum Error {
    #[error("cannot {doing} {}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("{} has mode {mode:03o}, so that others may read or change the key in it; run `chmod 600` on it", path.display())]
    Exposed { path: PathBuf, mode: u32 },
    #[error("{} does not hold a key: {why}; remove the file to have a new key made", path.display())]
    Malformed { path: PathBuf, why: &'static str },
}

/// What the file says; none where there is no file.
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, Error> {
    let failed = |doing| move |source| Error::Io { doing, path: path.to_owned(), source };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("open")(error)),
    };
    let mode = file.metadata().map_err(failed("look at"))?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(Error::Exposed { path: path.to_owned(), mode });
    }
    io::read_to_string(&mut file).map(|text| Some(Zeroizing::new(text))).map_err(failed("read"))
}

/// Makes the file `name` of `dir`, unless another process was first. `draft` tells this attempt from others.
pub(crate) fn keep(dir: &Path, name: &str, draft: &str, text: &str) -> Result<(), Error> {
    let (path, draft) = (dir.join(name), dir.join(format!(".{name}.{draft}")));
    let failed = |doing, path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { doing, path, source }
    };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)
        .map_err(failed("create", &draft))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed("write", &draft))?;
    let linked = match fs::hard_link(&draft, &path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed("create", &path)(error)),
        _ => Ok(()),
    };
    fs::remove_file(&draft).map_err(failed("remove", &draft))?;
    linked?;
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed("sync", dir))
}
