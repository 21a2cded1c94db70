//! Image and name records: small JSON files, read from disk each time, so that every process sees the same.
//!
//! Invariants: a record is written after everything it refers to is in place, so its layers exist; a name record is
//! written after its image record. A record that cannot be read is treated as absent and logged: the image is pulled
//! again rather than every start failing. When an image was last asked for is its record's modification time.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::directory::{Directory, digest_of, entries};
use crate::digest::Digest;
use crate::error::Error;
use crate::reference::Reference;

const VERSION: u32 = 1;

/// One image: a manifest for one platform, unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ImageRecord {
    version: u32,
    pub manifest: Digest,
    /// The configuration's digest.
    pub id: Digest,
    /// Lowest first; a layer may occur twice.
    pub layers: Vec<LayerRecord>,
    /// What names resolved to before the platform was chosen: an index's digest, or the manifest's own.
    pub digest: Digest,
    created_s: u64,
}

/// One layer of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LayerRecord {
    pub diff_id: Digest,
    pub size_bytes: u64,
}

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NameRecord {
    version: u32,
    pub name: Reference,
    pub manifest: Digest,
    pub digest: Digest,
    /// Whether it came from an archive (or was built here) and not from a registry.
    #[serde(default)]
    pub loaded: bool,
}

impl ImageRecord {
    pub fn new(digest: Digest, manifest: Digest, id: Digest, layers: Vec<LayerRecord>) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self { version: VERSION, manifest, id, layers, digest, created_s: now.as_secs() }
    }

    pub fn created(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.created_s)
    }

    /// Whether one of its three digests is in `digests`.
    pub fn is_named_by(&self, digests: &std::collections::HashSet<Digest>) -> bool {
        [self.manifest, self.id, self.digest].iter().any(|digest| digests.contains(digest))
    }
}

impl Directory {
    pub fn image_record(&self, manifest: &Digest) -> Result<Option<ImageRecord>, Error> {
        read(self.image_path(manifest))
    }

    pub fn name_record(&self, name: &Reference) -> Result<Option<NameRecord>, Error> {
        // The file's name is a hash: two names could only meet there by a collision, and then the name inside decides.
        let record: Option<NameRecord> = read(self.name_path(name))?;
        Ok(record.filter(|record| record.name == *name))
    }

    pub fn image_records(&self) -> Result<Vec<ImageRecord>, Error> {
        read_all(self.folder("images"))
    }

    pub fn name_records(&self) -> Result<Vec<NameRecord>, Error> {
        read_all(self.folder("names"))
    }

    pub fn write_image(&self, record: &ImageRecord) -> Result<(), Error> {
        self.write_atomically(&self.image_path(&record.manifest), &to_json(record))
    }

    pub fn write_name(
        &self,
        name: &Reference,
        manifest: Digest,
        digest: Digest,
        loaded: bool,
    ) -> Result<(), Error> {
        let record = NameRecord { version: VERSION, name: name.clone(), manifest, digest, loaded };
        self.write_atomically(&self.name_path(name), &to_json(&record))
    }

    pub fn remove_image_record(&self, manifest: &Digest) -> Result<(), Error> {
        remove(self.image_path(manifest))
    }

    pub fn remove_name_record(&self, name: &Reference) -> Result<(), Error> {
        remove(self.name_path(name))
    }

    /// Note that the image was asked for now.
    pub fn touch(&self, manifest: &Digest) -> Result<(), Error> {
        let path = self.image_path(manifest);
        let touched = fs::File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        match touched {
            // Removed at this moment: whoever asked finds out when he reads it.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(|e| Error::io("touch", path, e)),
        }
    }

    pub fn last_used(&self, manifest: &Digest) -> Result<SystemTime, Error> {
        let path = self.image_path(manifest);
        fs::metadata(&path).and_then(|metadata| metadata.modified()).map_err(|e| Error::io("read", path, e))
    }

    /// Unpacked size of a layer; 0 when its note was lost, since it only informs.
    pub fn layer_size(&self, diff_id: &Digest) -> Result<u64, Error> {
        let note: Option<LayerRecord> = read(self.layer_note(diff_id))?;
        Ok(note.map_or(0, |note| note.size_bytes))
    }

    /// Note a layer's size beside it, for the caller to sync; goes with the layer when that is collected.
    pub fn write_layer_size(&self, diff_id: &Digest, size_bytes: u64) -> Result<(), Error> {
        let note = LayerRecord { diff_id: *diff_id, size_bytes };
        let (scratch, path) = (self.scratch("note"), self.layer_note(diff_id));
        fs::write(scratch.path(), to_json(&note)).map_err(|e| Error::io("write", scratch.path(), e))?;
        fs::rename(scratch.path(), &path).map_err(|e| Error::io("create", path, e))
    }

    fn layer_note(&self, diff_id: &Digest) -> PathBuf {
        self.folder("layers").join(format!("{}.json", diff_id.hex()))
    }

    fn image_path(&self, manifest: &Digest) -> PathBuf {
        self.folder("images").join(format!("{}.json", manifest.hex()))
    }

    fn name_path(&self, name: &Reference) -> PathBuf {
        self.folder("names").join(format!("{}.json", Digest::of(name.to_string().as_bytes()).hex()))
    }
}

fn to_json<T: Serialize>(record: &T) -> Vec<u8> {
    serde_json::to_vec_pretty(record).expect("records hold strings and numbers only")
}

fn read<T: DeserializeOwned>(path: PathBuf) -> Result<Option<T>, Error> {
    let json = match fs::read(&path) {
        Ok(json) => json,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", path, error)),
    };
    match serde_json::from_slice(&json) {
        Ok(record) => Ok(Some(record)),
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "unreadable record, treated as absent");
            Ok(None)
        }
    }
}

fn read_all<T: DeserializeOwned>(folder: PathBuf) -> Result<Vec<T>, Error> {
    let paths = entries(&folder)?.into_iter().filter(|path| digest_of(path).is_some());
    paths.filter_map(|path| read(path).transpose()).collect()
}

fn remove(path: PathBuf) -> Result<(), Error> {
    match fs::remove_file(&path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::io("remove", path, error)),
    }
}
