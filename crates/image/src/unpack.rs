//! Unpacking a layer: decompress, hash and write at the same time.
//!
//! Decides the pipeline: one thread reads, hashes the blob when asked, and decompresses; one hashes the uncompressed
//! stream (the layer's diff_id); one reads the tar and writes files. Pieces are shared, not copied, and the channels between
//! them hold a few, so memory is bounded. Layers know nothing of each other.
//! Must not know: the store's directories, the network.

mod archive;
mod extract;

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::error::Error;
use crate::store::Limits;

pub(crate) use archive::{Archive, Kind, Source};
pub(crate) use extract::Written;

const PIECE_BYTES: usize = 256 << 10;
const PIECES_IN_FLIGHT: usize = 8;

/// The bytes of a layer: a part of a file.
#[derive(Debug)]
pub(crate) struct Blob {
    pub file: File,
    pub offset: u64,
    pub length: u64,
}

/// What the layer must turn out to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    /// Of the blob, when nobody has verified it yet.
    pub blob: Option<Digest>,
    /// Of the uncompressed stream.
    pub diff_id: Digest,
}

/// Unpack `blob` into the empty directory `into`. On failure `into` holds part of it and is the caller's to remove.
pub(crate) fn unpack(
    blob: Blob,
    expected: Expected,
    into: &Path,
    limits: &Limits,
    cancelled: &AtomicBool,
) -> Result<Written, Error> {
    let (to_writer, for_writer) = sync_channel(PIECES_IN_FLIGHT);
    let (to_hasher, for_hasher) = sync_channel::<Bytes>(PIECES_IN_FLIGHT);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let outcome = decompress(blob, expected.blob, limits, cancelled, &to_writer, &to_hasher);
            if let Err(error) = &outcome {
                // The writer must not take a broken stream for a short one. It may be gone already.
                let _ = to_writer.send(Err(error.reason()));
            }
            outcome
        });
        let hasher = scope.spawn(move || {
            let mut hasher = Sha256::new();
            for piece in for_hasher {
                hasher.update(&piece);
            }
            Digest::from(hasher)
        });
        let extractor = extract::Extractor::new(into, limits);
        let written = match extractor {
            Ok(extractor) => extractor.run(&mut Archive::new(Pieces(for_writer))),
            Err(error) => {
                drop(for_writer);
                Err(error)
            }
        };
        let read = reader.join().map_err(|_| Error::Cancelled)?;
        let actual = hasher.join().map_err(|_| Error::Cancelled)?;
        // A reader that failed explains the writer's failure, not the other way round; a writer that failed leaves the
        // reader without a receiver, which is no failure of its own.
        read?;
        let written = written?;
        if actual != expected.diff_id {
            return Err(Error::DigestMismatch { what: "diff_id", expected: expected.diff_id, actual });
        }
        Ok(written)
    })
}

struct Pieces(Receiver<Result<Bytes, String>>);

impl Source for Pieces {
    fn next_piece(&mut self) -> Result<Option<Bytes>, Error> {
        match self.0.recv() {
            Ok(Ok(piece)) => Ok(Some(piece)),
            Ok(Err(problem)) => Err(Error::invalid("layer", problem)),
            Err(_) => Ok(None),
        }
    }
}

fn decompress(
    blob: Blob,
    expected: Option<Digest>,
    limits: &Limits,
    cancelled: &AtomicBool,
    to_writer: &SyncSender<Result<Bytes, String>>,
    to_hasher: &SyncSender<Bytes>,
) -> Result<(), Error> {
    let mut range = FileRange { blob, hasher: expected.map(|_| Sha256::new()) };
    let mut stream = decoder(&mut range)?;
    let mut total: u64 = 0;
    loop {
        if cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let mut piece = vec![0; PIECE_BYTES];
        let count = read_full(&mut stream, &mut piece).map_err(|e| Error::invalid("layer", e))?;
        if count == 0 {
            break;
        }
        piece.truncate(count);
        total += count as u64;
        if total > limits.max_unpacked_bytes {
            return Err(Error::LimitExceeded {
                what: "unpacked layer bytes",
                limit: limits.max_unpacked_bytes,
            });
        }
        let piece = Bytes::from(piece);
        // A receiver goes away only when the writer failed, and then its error counts.
        if to_writer.send(Ok(piece.clone())).is_err() || to_hasher.send(piece).is_err() {
            return Ok(());
        }
    }
    drop(stream);
    match (expected, range.finish().map_err(|e| Error::invalid("layer", e))?) {
        (Some(expected), Some(actual)) if expected != actual => {
            Err(Error::DigestMismatch { what: "layer", expected, actual })
        }
        _ => Ok(()),
    }
}

/// What the first bytes say counts, not the media type: registries hold layers with wrong ones.
fn decoder<'a>(range: &'a mut FileRange) -> Result<Box<dyn Read + 'a>, Error> {
    let mut magic = [0; 4];
    let count = range.peek(&mut magic).map_err(|e| Error::invalid("layer", e))?;
    Ok(match Compression::of(&magic[..count]) {
        Compression::Gzip => {
            let buffered = io::BufReader::with_capacity(PIECE_BYTES, range);
            Box::new(flate2::bufread::MultiGzDecoder::new(buffered))
        }
        Compression::Zstd => {
            Box::new(zstd::stream::read::Decoder::new(range).map_err(|e| Error::invalid("layer", e))?)
        }
        Compression::None => Box::new(range),
    })
}

/// How bytes are compressed, by their first four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
    None,
}

impl Compression {
    pub fn of(magic: &[u8]) -> Self {
        match magic {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::None,
        }
    }
}

/// Reads a part of a file without moving the file's own position, hashing on the way when asked.
struct FileRange {
    blob: Blob,
    hasher: Option<Sha256>,
}

impl FileRange {
    fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.blob.length).map_or(buffer.len(), |n| n.min(buffer.len()));
        self.blob.file.read_at(&mut buffer[..wanted], self.blob.offset)
    }

    /// Hash what a decoder left unread, and answer.
    fn finish(mut self) -> io::Result<Option<Digest>> {
        if self.hasher.is_some() {
            io::copy(&mut self, &mut io::sink())?;
        }
        Ok(self.hasher.map(Digest::from))
    }
}

impl Read for FileRange {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.blob.length).map_or(buffer.len(), |n| n.min(buffer.len()));
        let count = self.blob.file.read_at(&mut buffer[..wanted], self.blob.offset)?;
        if count == 0 && wanted > 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the blob is shorter than it says"));
        }
        self.blob.offset += count as u64;
        self.blob.length -= count as u64;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..count]);
        }
        Ok(count)
    }
}

fn read_full(stream: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match stream.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests;
