//! Records of endpoints, a file each: written before the first effect, so that whatever a crash leaves is found.

use crate::cni::Chain;
use crate::{Attached, Attachment, EndpointId, Error};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// One endpoint, as its file holds it. Written before the first effect.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    pub id: EndpointId,
    pub attachment: Attachment,
    pub attached: Attached,
    /// The operator's chain that connects it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plugged: Option<Plugged>,
    /// Nobody wants it any more, and it could not be taken apart yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leaving: bool,
}

/// How an operator's chain connected an endpoint: the chain as it was, and what it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plugged {
    pub chain: Chain,
    /// `None` until it has answered.
    pub result: Option<serde_json::Value>,
}

pub(crate) fn make_dir(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| Error::File { action: "make", path: path.into(), source })
}

fn record_path(dir: &Path, id: &EndpointId) -> PathBuf {
    dir.join(format!("{id}.json"))
}

pub(crate) fn write_record(dir: &Path, record: &Record) -> Result<(), Error> {
    let json = serde_json::to_vec(record).expect("a record is JSON");
    write_file(&record_path(dir, &record.id), &json)
}

pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let temporary = path.with_extension("tmp");
    let write = || -> io::Result<()> {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        file.write_all(bytes)?;
        // No fsync: after a power loss every namespace is gone too, and a torn record is dropped with its leftovers.
        fs::rename(&temporary, path)
    };
    write().map_err(|source| Error::File { action: "write", path: path.into(), source })
}

pub(crate) fn remove_record(dir: &Path, id: &EndpointId) -> Result<(), Error> {
    let path = record_path(dir, id);
    match fs::remove_file(&path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::File { action: "remove", path, source })
        }
        _ => Ok(()),
    }
}

pub(crate) fn read_records(dir: &Path) -> Result<Vec<Record>, Error> {
    let error = |action, path: &Path, source| Error::File { action, path: path.into(), source };
    let mut records = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| error("list", dir, e))? {
        let path = entry.map_err(|e| error("list", dir, e))?.path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let bytes = fs::read(&path).map_err(|e| error("read", &path, e))?;
        match serde_json::from_slice(&bytes) {
            Ok(record) => records.push(record),
            Err(e) => {
                tracing::warn!(path = %path.display(), error = %e, "a network record cannot be read and is dropped");
                fs::remove_file(&path).map_err(|e| error("remove", &path, e))?;
            }
        }
    }
    Ok(records)
}
