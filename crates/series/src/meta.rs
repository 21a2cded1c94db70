//! What a group keeps beside its records: retention and the deleted streams whose records may still
//! stand in segments. Written whole, under a new name first, whenever the write-ahead log that
//! carried the changes is about to go.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::codec::{Input, Malformed, put_i64, put_u64};
use crate::error::{Error, Result};
use crate::key::StreamId;
use crate::wal::sync_dir;

const MAGIC: &[u8; 8] = b"LSMETA\0\x01";
const NAME: &str = "meta";

/// The contents of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Meta {
    pub(crate) retention_ms: Option<i64>,
    pub(crate) deleted: HashSet<StreamId>,
}

/// Reads the file of a group; a group without one has the defaults.
pub(crate) fn load(dir: &Path) -> Result<Meta> {
    let path = dir.join(NAME);
    match fs::read(&path) {
        Ok(bytes) => parse(&bytes).map_err(|e| Error::damaged(&path, 0, e.0)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Meta::default()),
        Err(e) => Err(Error::io("read", &path, e)),
    }
}

/// Replaces the file of a group.
pub(crate) fn store(dir: &Path, meta: &Meta) -> Result<()> {
    let (path, temporary) = (dir.join(NAME), dir.join("meta.tmp"));
    let mut deleted: Vec<StreamId> = meta.deleted.iter().copied().collect();
    deleted.sort_unstable();
    let mut out = MAGIC.to_vec();
    put_i64(&mut out, meta.retention_ms.unwrap_or(-1));
    put_u64(&mut out, deleted.len() as u64);
    let mut previous = 0;
    for stream in deleted {
        put_u64(&mut out, stream.0 - previous);
        previous = stream.0;
    }
    out.extend_from_slice(&crc32fast::hash(&out).to_le_bytes());
    let mut file = File::create(&temporary).map_err(|e| Error::io("create", &temporary, e))?;
    file.write_all(&out).and_then(|()| file.sync_all()).map_err(|e| Error::io("write", &temporary, e))?;
    fs::rename(&temporary, &path).map_err(|e| Error::io("rename", &temporary, e))?;
    sync_dir(dir)
}

fn parse(bytes: &[u8]) -> Result<Meta, Malformed> {
    let body = bytes.len().checked_sub(4).ok_or(Malformed("ends too early"))?;
    let mut input = Input::new(bytes);
    let mut input_body = Input::new(input.take(body)?);
    if crc32fast::hash(&bytes[..body]) != input.fixed_u32()? {
        return Err(Malformed("checksum is wrong"));
    }
    if input_body.take(MAGIC.len())? != MAGIC {
        return Err(Malformed("not a group's meta file of this version"));
    }
    let retention_ms = Some(input_body.i64()?).filter(|ms| *ms >= 0);
    let mut deleted = HashSet::new();
    let mut previous = 0u64;
    for _ in 0..input_body.count(bytes.len())? {
        previous = previous.checked_add(input_body.u64()?).ok_or(Malformed("stream id exceeds 64 bits"))?;
        deleted.insert(StreamId(previous));
    }
    Ok(Meta { retention_ms, deleted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_and_every_flipped_byte_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(load(dir.path()).unwrap(), Meta::default());
        let deleted = [3, 70_000, u64::MAX].map(StreamId).into_iter().collect();
        let meta = Meta { retention_ms: Some(86_400_000), deleted };
        store(dir.path(), &meta).unwrap();
        assert_eq!(load(dir.path()).unwrap(), meta);
        let bytes = fs::read(dir.path().join(NAME)).unwrap();
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 4;
            assert!(parse(&bad).is_err(), "flipped {at}");
        }
    }
}
