//! Keys in files of the data directory. The one place of this crate that touches files.
//!
//! Invariants: only its owner can read such a file; it appears whole (written beside, synced, then linked to its name);
//! one that is there is only read.

use crate::seed::{Seed, Stream};
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

/// The key of 32 bytes in the file `name` of `dir`, made there out of `seed` where there is none.
pub(crate) fn of_32_bytes(dir: &Path, name: &str, seed: Seed) -> Result<Zeroizing<[u8; 32]>, Error> {
    let path = dir.join(name);
    if let Some(text) = read(&path)? {
        return parse(&text).ok_or(Error::Malformed { path, why: "it is not 64 hex digits" });
    }
    let stream = Stream::new(seed);
    let text = Zeroizing::new(format!("{}\n", hex::encode(stream.next())));
    keep(dir, name, &hex::encode(&stream.next()[..8]), &text)?;
    // Read back: if another process was first, its key is the one.
    let kept = read(&path)?.and_then(|text| parse(&text));
    kept.ok_or(Error::Malformed { path, why: "it vanished while it was made" })
}

fn parse(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), &mut *key).ok()?;
    Some(key)
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
