//! Doors for the fuzz targets, which see only what is public. Not for anything else.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::config::ImageConfig;
use crate::digest::Digest;
use crate::manifest::Document;
use crate::platform::Platform;
use crate::store::Limits;
use crate::unpack::{Blob, Expected, unpack};

/// Unpack arbitrary bytes into a directory, with small limits; whether that worked.
pub fn unpack_layer(bytes: &[u8], into: &Path) -> std::io::Result<bool> {
    let mut file = tempfile_in(into)?;
    file.write_all(bytes)?;
    let blob = Blob { file, offset: 0, length: bytes.len() as u64 };
    let expected = Expected { blob: None, diff_id: Digest::of(bytes) };
    let limits = Limits { max_entries: 1000, max_unpacked_bytes: 16 << 20 };
    Ok(unpack(blob, expected, into, &limits, &AtomicBool::new(false)).is_ok())
}

/// Read arbitrary bytes as a manifest, an index and a configuration; what was read must be written and read alike.
pub fn documents(bytes: &[u8]) {
    match Document::parse(bytes) {
        Ok(Document::Manifest(manifest)) => {
            let again = serde_json::to_vec(&manifest).expect("what was read can be written");
            assert_eq!(Document::parse(&again).ok(), Some(Document::Manifest(manifest)));
        }
        Ok(Document::Index(index)) => drop(index.choose(&Platform::of_this_machine()).is_ok()),
        Err(error) => drop(error.reason()),
    }
    if let Ok(config) = ImageConfig::from_json(bytes) {
        assert_eq!(ImageConfig::from_json(&config.to_json()).ok(), Some(config));
    }
}

/// A file without a name.
fn tempfile_in(directory: &Path) -> std::io::Result<std::fs::File> {
    use rustix::fs::{CWD, Mode, OFlags};
    let flags = OFlags::RDWR | OFlags::TMPFILE | OFlags::CLOEXEC;
    Ok(rustix::fs::openat(CWD, directory, flags, Mode::RUSR | Mode::WUSR)?.into())
}
