//! The write-ahead log: what makes an append durable before it stands in a segment.
//!
//! A file is a header and frames. A frame carries its length, a checksum, and `synced`: how much of
//! the file was known durable when the frame was written. That tells the two kinds of bad bytes
//! apart: a crash may leave anything behind the last sync (torn tail: cut, nothing of it was
//! acknowledged), but a bad frame that a later good frame calls durable is damage and is reported.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::codec::{Codec, Input, Malformed, put_i64, put_u64};
use crate::error::{Error, Result};
use crate::key::{GroupId, StreamId};

const FILE_MAGIC: &[u8; 7] = b"LSWAL\0\x01";
const FILE_HEADER: usize = 20;
const FRAME_MAGIC: u32 = 0x4c53_5746;
const FRAME_HEADER: usize = 20;
/// The largest payload of a frame.
pub(crate) const MAX_PAYLOAD: usize = 64 << 20;

/// One durable change.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Op<R> {
    Append { group: GroupId, stream: StreamId, first_seq: u64, records: Vec<R> },
    DeleteStream { group: GroupId, stream: StreamId },
    DeleteGroup { group: GroupId },
    SetRetention { group: GroupId, retention_ms: Option<i64> },
}

/// The file that takes appends.
#[derive(Debug)]
pub(crate) struct Writer {
    file: File,
    path: PathBuf,
    pub(crate) number: u64,
    pub(crate) len: u64,
}

impl Writer {
    /// Makes file `number`; it exists whole, with its header durable, or not at all.
    pub(crate) fn create<C: Codec>(dir: &Path, number: u64, first_seq: u64) -> Result<Writer> {
        let path = file_path(dir, number);
        let temporary = path.with_extension("tmp");
        let file = OpenOptions::new()
            .write(true)
            .read(true)
            .create(true)
            .truncate(true)
            .open(&temporary)
            .map_err(|e| Error::io("create", &temporary, e))?;
        let mut header = Vec::with_capacity(FILE_HEADER);
        header.extend_from_slice(FILE_MAGIC);
        header.push(C::ID);
        header.extend_from_slice(&first_seq.to_le_bytes());
        header.extend_from_slice(&crc32fast::hash(&header).to_le_bytes());
        file.write_all_at(&header, 0).map_err(|e| Error::io("write", &temporary, e))?;
        file.sync_all().map_err(|e| Error::io("sync", &temporary, e))?;
        fs::rename(&temporary, &path).map_err(|e| Error::io("rename", &temporary, e))?;
        sync_dir(dir)?;
        Ok(Writer { file, path, number, len: FILE_HEADER as u64 })
    }

    /// Continues a file whose good part is `len` bytes; the rest is cut off.
    pub(crate) fn reopen(dir: &Path, number: u64, len: u64) -> Result<Writer> {
        let path = file_path(dir, number);
        let file =
            OpenOptions::new().write(true).read(true).open(&path).map_err(|e| Error::io("open", &path, e))?;
        file.set_len(len).map_err(|e| Error::io("truncate", &path, e))?;
        file.sync_all().map_err(|e| Error::io("sync", &path, e))?;
        Ok(Writer { file, path, number, len })
    }

    /// Writes whole frames and waits until they are durable. After an error nothing of them will
    /// be read again, unless [`Failed::fatal`] says that this could not be made sure of.
    pub(crate) fn append(&mut self, frames: &[u8]) -> Result<(), Failed> {
        if let Err(source) = self.file.write_all_at(frames, self.len) {
            let error = Error::io("write", &self.path, source);
            // A full disk is the usual reason: take back what was written and stay usable.
            let fatal = self.file.set_len(self.len).and_then(|()| self.file.sync_data()).is_err();
            return Err(Failed { error, fatal });
        }
        // After a failed sync the kernel may have dropped the pages and will not say so again.
        self.file
            .sync_data()
            .map_err(|source| Failed { error: Error::io("sync", &self.path, source), fatal: true })?;
        self.len += frames.len() as u64;
        Ok(())
    }
}

/// Why frames could not be made durable.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// The file is in an unknown condition: no more writes before it was read again.
    pub(crate) fatal: bool,
}

/// Appends one frame to `out`. `synced` is the length of the file that is durable now.
pub(crate) fn put_frame<C: Codec>(out: &mut Vec<u8>, synced: u64, op: &Op<C::Record>) {
    let start = out.len();
    out.extend_from_slice(&[0; FRAME_HEADER]);
    put_op::<C>(out, op);
    let len = (out.len() - start - FRAME_HEADER) as u32;
    let header = &mut out[start..start + FRAME_HEADER];
    header[0..4].copy_from_slice(&FRAME_MAGIC.to_le_bytes());
    header[4..8].copy_from_slice(&len.to_le_bytes());
    header[12..20].copy_from_slice(&synced.to_le_bytes());
    let sum = frame_sum(&out[start..]);
    out[start + 8..start + 12].copy_from_slice(&sum.to_le_bytes());
}

fn frame_sum(frame: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&frame[4..8]);
    hasher.update(&frame[12..]);
    hasher.finalize()
}

/// The payload and `synced` of the frame at `offset`, if a whole and right one stands there.
fn frame_at(bytes: &[u8], offset: usize) -> Result<(&[u8], u64), Malformed> {
    let mut input = Input::new(bytes.get(offset..).ok_or(Malformed("ends too early"))?);
    if input.fixed_u32()? != FRAME_MAGIC {
        return Err(Malformed("no frame begins here"));
    }
    let len = input.fixed_u32()? as usize;
    let sum = input.fixed_u32()?;
    let synced = input.fixed_u64()?;
    if len > MAX_PAYLOAD {
        return Err(Malformed("frame length exceeds its limit"));
    }
    let payload = input.take(len)?;
    if frame_sum(&bytes[offset..offset + FRAME_HEADER + len]) != sum {
        return Err(Malformed("frame checksum is wrong"));
    }
    Ok((payload, synced))
}

/// What reading a file came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scan {
    /// The arrival number the file began with.
    pub(crate) first_seq: u64,
    /// Up to here every byte is good.
    pub(crate) good_len: usize,
    /// Places of acknowledged frames that cannot be read, with the reason.
    pub(crate) damage: Vec<(usize, &'static str)>,
}

/// Reads all frames of a file in order. Only the last file may have a torn tail.
pub(crate) fn scan<C: Codec>(
    bytes: &[u8],
    is_last: bool,
    mut each: impl FnMut(Op<C::Record>),
) -> Result<Scan, (usize, &'static str)> {
    let first_seq = file_header::<C>(bytes).map_err(|e| (0, e.0))?;
    let mut scan = Scan { first_seq, good_len: FILE_HEADER, damage: Vec::new() };
    let mut offset = FILE_HEADER;
    while offset < bytes.len() {
        let read =
            frame_at(bytes, offset).and_then(|(payload, _)| Ok((payload.len(), read_op::<C>(payload)?)));
        match read {
            Ok((len, op)) => {
                each(op);
                offset += FRAME_HEADER + len;
                scan.good_len = offset;
            }
            Err(reason) => match next_frame(bytes, offset + 1) {
                Some((next, synced)) if !is_last || synced > offset as u64 => {
                    scan.damage.push((offset, reason.0));
                    offset = next;
                }
                _ if !is_last => {
                    scan.damage.push((offset, reason.0));
                    break;
                }
                _ => break,
            },
        }
    }
    Ok(scan)
}

/// The first good frame at or behind `from`, and what it knew to be durable.
fn next_frame(bytes: &[u8], from: usize) -> Option<(usize, u64)> {
    let magic = FRAME_MAGIC.to_le_bytes();
    let mut at = from;
    while at + FRAME_HEADER <= bytes.len() {
        match bytes[at..].windows(4).position(|w| w == magic) {
            None => return None,
            Some(step) => {
                at += step;
                if let Ok((_, synced)) = frame_at(bytes, at) {
                    return Some((at, synced));
                }
                at += 1;
            }
        }
    }
    None
}

fn file_header<C: Codec>(bytes: &[u8]) -> Result<u64, Malformed> {
    let mut input = Input::new(bytes);
    let head = input.take(FILE_HEADER - 4)?;
    if crc32fast::hash(head) != input.fixed_u32()? {
        return Err(Malformed("file header checksum is wrong"));
    }
    if !head.starts_with(FILE_MAGIC) {
        return Err(Malformed("not a write-ahead log of this version"));
    }
    if head[7] != C::ID {
        return Err(Malformed("holds another kind of records"));
    }
    Input::new(&head[8..]).fixed_u64()
}

fn put_op<C: Codec>(out: &mut Vec<u8>, op: &Op<C::Record>) {
    match op {
        Op::Append { group, stream, first_seq, records } => {
            out.push(1);
            put_u64(out, group.0);
            put_u64(out, stream.0);
            put_u64(out, *first_seq);
            put_u64(out, records.len() as u64);
            C::encode(records.iter(), out);
        }
        Op::DeleteStream { group, stream } => {
            out.push(2);
            put_u64(out, group.0);
            put_u64(out, stream.0);
        }
        Op::DeleteGroup { group } => {
            out.push(3);
            put_u64(out, group.0);
        }
        Op::SetRetention { group, retention_ms } => {
            out.push(4);
            put_u64(out, group.0);
            put_i64(out, retention_ms.unwrap_or(-1));
        }
    }
}

pub(crate) fn read_op<C: Codec>(payload: &[u8]) -> Result<Op<C::Record>, Malformed> {
    let mut input = Input::new(payload);
    let kind = input.take(1)?[0];
    let group = GroupId(input.u64()?);
    let op = match kind {
        1 => {
            let stream = StreamId(input.u64()?);
            let first_seq = input.u64()?;
            let count = input.count(MAX_PAYLOAD)?;
            Op::Append { group, stream, first_seq, records: C::decode(&mut input, count)? }
        }
        2 => Op::DeleteStream { group, stream: StreamId(input.u64()?) },
        3 => Op::DeleteGroup { group },
        4 => Op::SetRetention { group, retention_ms: Some(input.i64()?).filter(|ms| *ms >= 0) },
        _ => return Err(Malformed("unknown kind of frame")),
    };
    if input.remaining() != 0 {
        return Err(Malformed("frame is longer than its content"));
    }
    Ok(op)
}

/// The path of file `number`.
pub(crate) fn file_path(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{number:016x}.wal"))
}

/// Numbers of the files present, ascending. Unfinished ones are removed.
pub(crate) fn list(dir: &Path) -> Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| Error::io("list", dir, e))? {
        let path = entry.map_err(|e| Error::io("list", dir, e))?.path();
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        match path.extension().and_then(|e| e.to_str()) {
            Some("wal") => numbers.extend(u64::from_str_radix(stem, 16)),
            Some("tmp") => fs::remove_file(&path).map_err(|e| Error::io("remove", &path, e))?,
            _ => {}
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Removes every file up to and including `last`.
pub(crate) fn remove_through(dir: &Path, last: u64) -> Result<()> {
    for number in list(dir)?.into_iter().filter(|n| *n <= last) {
        let path = file_path(dir, number);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::io("remove", &path, e)),
        }
    }
    Ok(())
}

/// Makes names in a directory durable.
pub(crate) fn sync_dir(dir: &Path) -> Result<()> {
    File::open(dir).and_then(|d| d.sync_all()).map_err(|e| Error::io("sync", dir, e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, EventCodec};

    fn append(seq: u64) -> Op<Event> {
        let event = Event { timestamp_ms: 5, ingestion_ms: 6, message: format!("line {seq}").into() };
        Op::Append { group: GroupId(1), stream: StreamId(2), first_seq: seq, records: vec![event] }
    }

    /// A file of three commits with one frame each, and where they begin.
    fn three_frames() -> (Vec<u8>, [usize; 3]) {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::create::<EventCodec>(dir.path(), 1, 7).unwrap();
        let starts = [7, 8, 9].map(|seq| {
            let start = writer.len;
            let mut frame = Vec::new();
            put_frame::<EventCodec>(&mut frame, writer.len, &append(seq));
            writer.append(&frame).unwrap();
            start as usize
        });
        (fs::read(file_path(dir.path(), 1)).unwrap(), starts)
    }

    fn seqs(bytes: &[u8], is_last: bool) -> (Vec<u64>, Scan) {
        let mut found = Vec::new();
        let scan = scan::<EventCodec>(bytes, is_last, |op| {
            if let Op::Append { first_seq, .. } = op {
                found.push(first_seq);
            }
        });
        (found, scan.unwrap())
    }

    #[test]
    fn frames_come_back() {
        let (bytes, _) = three_frames();
        let (found, scan) = seqs(&bytes, false);
        assert_eq!(found, [7, 8, 9]);
        assert_eq!(scan, Scan { first_seq: 7, good_len: bytes.len(), damage: vec![] });
    }

    #[test]
    fn a_torn_tail_is_cut_at_every_length() {
        let (bytes, starts) = three_frames();
        for len in starts[2]..bytes.len() {
            let (found, scan) = seqs(&bytes[..len], true);
            assert_eq!((found, scan.good_len, scan.damage), (vec![7, 8], starts[2], vec![]), "at {len}");
        }
    }

    #[test]
    fn every_flipped_byte_of_a_durable_frame_is_damage_not_a_tail() {
        let (bytes, starts) = three_frames();
        for at in starts[1]..starts[2] {
            let mut bad = bytes.clone();
            bad[at] ^= 0x40;
            let (found, scan) = seqs(&bad, true);
            assert_eq!(found, [7, 9], "flipped {at}");
            assert_eq!(scan.damage.len(), 1, "flipped {at}");
            assert_eq!(scan.damage[0].0, starts[1]);
        }
    }

    #[test]
    fn every_flipped_header_byte_is_an_error() {
        let (bytes, _) = three_frames();
        for at in 0..FILE_HEADER {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert!(scan::<EventCodec>(&bad, true, |_| ()).is_err(), "flipped {at}");
        }
    }
}
