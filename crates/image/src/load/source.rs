//! Random access to what an archive holds: a tar with an index over it, or a directory.
//!
//! Invariant: nothing outside is reachable. In a tar, names are only looked up; in a directory they are opened beneath it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;

use bytes::Bytes;
use rustix::fs::{Mode, OFlags, ResolveFlags};

use super::max_document_bytes;
use crate::error::Error;
use crate::store::{Directory, Scratch, create_new};
use crate::unpack::{self, Blob, Compression, Kind};

const PIECE_BYTES: usize = 256 << 10;
const MAX_ENTRIES: usize = 100_000;

/// An archive or a directory.
pub(super) enum Archive {
    Tar {
        file: File,
        index: HashMap<String, Place>,
        /// Where a compressed archive was unpacked to.
        _scratch: Option<Scratch>,
    },
    Directory(File),
}

pub(super) enum Place {
    Data {
        offset: u64,
        length: u64,
    },
    /// Old `docker save` links equal layers; the name is relative to the archive.
    Link(String),
}

impl Archive {
    pub fn open(path: &Path, directory: &Directory) -> Result<Self, Error> {
        let failed = |e: io::Error| Error::io("open", path, e);
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Ok(Self::Directory(file));
        }
        let mut magic = [0; 4];
        let count = file.read_at(&mut magic, 0).map_err(failed)?;
        let (file, scratch) = match Compression::of(&magic[..count]) {
            Compression::None => (file, None),
            Compression::Gzip => {
                let (file, scratch) = expand(flate2::read::MultiGzDecoder::new(file), path, directory)?;
                (file, Some(scratch))
            }
            Compression::Zstd => {
                let decoder = zstd::stream::read::Decoder::new(file).map_err(failed)?;
                let (file, scratch) = expand(decoder, path, directory)?;
                (file, Some(scratch))
            }
        };
        let index = index(&file, path)?;
        Ok(Self::Tar { file, index, _scratch: scratch })
    }

    /// A file's bytes, to be read later.
    pub fn blob(&self, name: &str) -> Result<Blob, Error> {
        self.find(name)?.ok_or_else(|| Error::invalid(name, "the archive lacks it"))
    }

    /// A small file, whole; `None` when it is absent.
    pub fn document(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(blob) = self.find(name)? else { return Ok(None) };
        if blob.length > max_document_bytes() {
            return Err(Error::LimitExceeded { what: "document bytes", limit: max_document_bytes() });
        }
        let length = usize::try_from(blob.length).expect("a few MiB fit");
        let mut bytes = vec![0; length];
        blob.file.read_exact_at(&mut bytes, blob.offset).map_err(|e| Error::io("read", name, e))?;
        Ok(Some(bytes))
    }

    fn find(&self, name: &str) -> Result<Option<Blob>, Error> {
        match self {
            Self::Tar { file, index, .. } => {
                let place = match index.get(name) {
                    Some(Place::Link(target)) => index.get(target),
                    other => other,
                };
                match place {
                    Some(Place::Data { offset, length }) => {
                        let file = file.try_clone().map_err(|e| Error::io("open", name, e))?;
                        Ok(Some(Blob { file, offset: *offset, length: *length }))
                    }
                    Some(Place::Link(_)) => Err(Error::invalid(name, "a link to a link")),
                    None => Ok(None),
                }
            }
            Self::Directory(directory) => find_beneath(directory, name),
        }
    }
}

fn find_beneath(directory: &File, name: &str) -> Result<Option<Blob>, Error> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let file = match rustix::fs::openat2(directory, name, flags, Mode::empty(), resolve) {
        Ok(fd) => File::from(fd),
        Err(rustix::io::Errno::NOENT) => return Ok(None),
        Err(errno) => return Err(Error::io("open", name, errno)),
    };
    let metadata = file.metadata().map_err(|e| Error::io("read", name, e))?;
    if !metadata.is_file() {
        return Err(Error::invalid(name, "it is not a file"));
    }
    Ok(Some(Blob { file, offset: 0, length: metadata.len() }))
}

fn expand(mut decoder: impl Read, path: &Path, directory: &Directory) -> Result<(File, Scratch), Error> {
    let scratch = directory.scratch("archive");
    let mut file = create_new(scratch.path()).map_err(|e| Error::io("create", scratch.path(), e))?;
    io::copy(&mut decoder, &mut file).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Error::io("write", scratch.path(), error)
        }
        _ => Error::invalid(path.display().to_string(), error),
    })?;
    Ok((file, scratch))
}

fn index(file: &File, path: &Path) -> Result<HashMap<String, Place>, Error> {
    let invalid = |problem: &str| Error::invalid(path.display().to_string(), problem);
    let mut archive = unpack::Archive::new(Pieces { file, path, offset: 0 });
    let mut index = HashMap::new();
    while let Some(entry) = archive.next_entry()? {
        let place = match entry.kind {
            Kind::File => Place::Data { offset: archive.data_offset(), length: entry.size },
            Kind::Symlink | Kind::HardLink => {
                let link = String::from_utf8_lossy(&entry.link);
                let base = match (entry.kind, String::from_utf8_lossy(&entry.path).rsplit_once('/')) {
                    (Kind::Symlink, Some((parent, _))) => parent.to_owned(),
                    _ => String::new(),
                };
                Place::Link(normalise(&format!("{base}/{link}")))
            }
            _ => continue,
        };
        if index.len() >= MAX_ENTRIES {
            return Err(invalid("it has too many entries for an image archive"));
        }
        let name = String::from_utf8(entry.path).map_err(|_| invalid("a name in it is not UTF-8"))?;
        index.insert(normalise(&name), place);
    }
    Ok(index)
}

/// Without `.`, `..` and empty components. What climbs out of the archive names nothing in it.
fn normalise(name: &str) -> String {
    let mut components = Vec::new();
    for component in name.split('/') {
        match component {
            "" | "." => {}
            ".." => {
                components.pop();
            }
            other => components.push(other),
        }
    }
    components.join("/")
}

/// Reads an archive through, for the index. The data is skipped by reading it: it is read again soon anyhow.
struct Pieces<'a> {
    file: &'a File,
    path: &'a Path,
    offset: u64,
}

impl unpack::Source for Pieces<'_> {
    fn next_piece(&mut self) -> Result<Option<Bytes>, Error> {
        let mut piece = vec![0; PIECE_BYTES];
        let count =
            self.file.read_at(&mut piece, self.offset).map_err(|e| Error::io("read", self.path, e))?;
        piece.truncate(count);
        self.offset += count as u64;
        Ok((count > 0).then(|| Bytes::from(piece)))
    }
}
