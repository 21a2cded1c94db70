//! Reading tar: ustar, GNU long names, pax.
//!
//! Our own reader, since the stream is not trusted: the `tar` crate buffers extension headers of whatever size the archive
//! claims. Here they are bounded, checksums are verified, and sparse files are refused rather than guessed at.
//! Entries are lent one at a time; data comes in the pieces the decompressor made, without copying.
//! Source: POSIX pax, the GNU tar manual, and what Go's `archive/tar` accepts (all images are written by it or read by it).

use bytes::Bytes;

use crate::error::Error;

const BLOCK: usize = 512;
/// Of one `x`, `L` or `K` record. A path has at most 4 KiB, extended attributes at most 64 KiB each.
const MAX_EXTENSION_BYTES: u64 = 1 << 20;
const MAX_PATH_BYTES: usize = 4096;

/// Where the bytes come from.
pub(crate) trait Source {
    /// The next piece, never empty; `None` at the end.
    fn next_piece(&mut self) -> Result<Option<Bytes>, Error>;
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    HardLink,
    Symlink,
    CharDevice,
    BlockDevice,
    Directory,
    Fifo,
}

/// One entry, its names as the archive has them.
#[derive(Debug)]
pub(crate) struct Entry {
    pub path: Vec<u8>,
    pub link: Vec<u8>,
    pub kind: Kind,
    /// Permission bits with set-id and sticky.
    pub mode: u32,
    pub uid: u32,
    pub gid: u32,
    /// Seconds since the epoch, and nanoseconds.
    pub mtime: (i64, u32),
    pub device: (u32, u32),
    /// Bytes of data; 0 unless it is a file.
    pub size: u64,
    pub xattrs: Vec<(Vec<u8>, Vec<u8>)>,
}

/// A tar stream.
pub(crate) struct Archive<S> {
    source: S,
    piece: Bytes,
    /// Data of the present entry not yet read, and its padding.
    remaining: u64,
    padding: u64,
    /// Bytes of the stream read so far.
    position: u64,
}

/// What extension headers said about the next entry.
#[derive(Default)]
struct Extensions {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
    uid: Option<u64>,
    gid: Option<u64>,
    mtime: Option<(i64, u32)>,
    xattrs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl<S: Source> Archive<S> {
    pub fn new(source: S) -> Self {
        Self { source, piece: Bytes::new(), remaining: 0, padding: 0, position: 0 }
    }

    /// The next entry; what is left of the present one's data is skipped.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, Error> {
        let mut extensions = Extensions::default();
        loop {
            self.skip_rest()?;
            let mut header = [0; BLOCK];
            if !self.read_block(&mut header)? || header.iter().all(|&b| b == 0) {
                return Ok(None);
            }
            verify_checksum(&header)?;
            let size = number(&header[124..136])?;
            match header[156] {
                b'x' => {
                    let records = self.read_extension(size)?;
                    extensions.take_pax(&records)?;
                }
                // Global records hold comments (git archive); Docker ignores them too.
                b'g' => {
                    self.read_extension(size)?;
                }
                b'L' => extensions.path = Some(until_nul(&self.read_extension(size)?).to_vec()),
                b'K' => extensions.link = Some(until_nul(&self.read_extension(size)?).to_vec()),
                // A volume label says nothing about a file.
                b'V' => self.expect_data(size)?,
                _ => {
                    let entry = entry(&header, size, extensions)?;
                    self.expect_data(entry.size)?;
                    return Ok(Some(entry));
                }
            }
        }
    }

    /// The next piece of the present entry's data; `None` after the last.
    pub fn next_data(&mut self) -> Result<Option<Bytes>, Error> {
        if self.remaining == 0 {
            return Ok(None);
        }
        self.fill()?;
        if self.piece.is_empty() {
            return Err(Error::invalid("layer", "the archive ends inside an entry"));
        }
        let take = usize::try_from(self.remaining).map_or(self.piece.len(), |n| n.min(self.piece.len()));
        self.remaining -= take as u64;
        self.position += take as u64;
        Ok(Some(self.piece.split_to(take)))
    }

    /// Where in the stream the present entry's data begins, as long as none of it was read.
    pub fn data_offset(&self) -> u64 {
        self.position
    }

    /// Read to the end of the stream, so that whoever hashes it sees all of it.
    pub fn drain(&mut self) -> Result<(), Error> {
        self.piece = Bytes::new();
        while self.source.next_piece()?.is_some() {}
        Ok(())
    }

    fn fill(&mut self) -> Result<(), Error> {
        if self.piece.is_empty()
            && let Some(piece) = self.source.next_piece()?
        {
            self.piece = piece;
        }
        Ok(())
    }

    fn expect_data(&mut self, size: u64) -> Result<(), Error> {
        let padded = size.checked_next_multiple_of(BLOCK as u64);
        let padded = padded.ok_or_else(|| Error::invalid("layer", "an entry's size is absurd"))?;
        self.remaining = size;
        self.padding = padded - size;
        Ok(())
    }

    fn skip_rest(&mut self) -> Result<(), Error> {
        while self.next_data()?.is_some() {}
        self.remaining = std::mem::take(&mut self.padding);
        while self.next_data()?.is_some() {}
        Ok(())
    }

    /// Fill `block`; false when the stream ends before it.
    fn read_block(&mut self, block: &mut [u8; BLOCK]) -> Result<bool, Error> {
        let mut filled = 0;
        while filled < BLOCK {
            self.fill()?;
            if self.piece.is_empty() {
                return match filled {
                    0 => Ok(false),
                    _ => Err(Error::invalid("layer", "the archive ends inside a header")),
                };
            }
            let take = self.piece.len().min(BLOCK - filled);
            block[filled..filled + take].copy_from_slice(&self.piece.split_to(take));
            filled += take;
            self.position += take as u64;
        }
        Ok(true)
    }

    fn read_extension(&mut self, size: u64) -> Result<Vec<u8>, Error> {
        if size > MAX_EXTENSION_BYTES {
            return Err(Error::LimitExceeded {
                what: "tar extension header bytes",
                limit: MAX_EXTENSION_BYTES,
            });
        }
        self.expect_data(size)?;
        let mut bytes = Vec::new();
        while let Some(piece) = self.next_data()? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}

impl Extensions {
    /// Records are `<length> <key>=<value>\n`, the length counting all of it.
    fn take_pax(&mut self, mut records: &[u8]) -> Result<(), Error> {
        let malformed = || Error::invalid("layer", "a pax record is malformed");
        while !records.is_empty() {
            let space = records.iter().take(20).position(|&b| b == b' ').ok_or_else(malformed)?;
            let length: usize = decimal(&records[..space]).ok_or_else(malformed)?;
            if length > records.len() || length < space + 3 || records[length - 1] != b'\n' {
                return Err(malformed());
            }
            let record = &records[space + 1..length - 1];
            let equals = record.iter().position(|&b| b == b'=').ok_or_else(malformed)?;
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            self.take_record(key, value)?;
            records = &records[length..];
        }
        Ok(())
    }

    fn take_record(&mut self, key: &[u8], value: &[u8]) -> Result<(), Error> {
        let malformed = || Error::invalid("layer", "a pax record's value is malformed");
        match key {
            b"path" => self.path = Some(value.to_vec()),
            b"linkpath" => self.link = Some(value.to_vec()),
            b"size" => self.size = Some(decimal(value).ok_or_else(malformed)?),
            b"uid" => self.uid = Some(decimal(value).ok_or_else(malformed)?),
            b"gid" => self.gid = Some(decimal(value).ok_or_else(malformed)?),
            b"mtime" => self.mtime = Some(pax_time(value).ok_or_else(malformed)?),
            _ if key.starts_with(b"GNU.sparse.") => {
                return Err(Error::invalid("layer", "sparse files are not supported"));
            }
            _ => {
                if let Some(name) = key.strip_prefix(b"SCHILY.xattr.") {
                    self.xattrs.push((name.to_vec(), value.to_vec()));
                }
            }
        }
        Ok(())
    }
}

fn entry(header: &[u8; BLOCK], size: u64, extensions: Extensions) -> Result<Entry, Error> {
    let path = extensions.path.unwrap_or_else(|| header_path(header));
    let link = extensions.link.unwrap_or_else(|| until_nul(&header[157..257]).to_vec());
    let bad = |problem: &str| Error::BadEntry { entry: shown(&path), problem: problem.to_owned() };
    let kind = match header[156] {
        // Before ustar a directory was a file whose name ends in a slash.
        0 if path.ends_with(b"/") => Kind::Directory,
        b'0' | 0 | b'7' => Kind::File,
        b'1' => Kind::HardLink,
        b'2' => Kind::Symlink,
        b'3' => Kind::CharDevice,
        b'4' => Kind::BlockDevice,
        b'5' => Kind::Directory,
        b'6' => Kind::Fifo,
        b'S' => return Err(bad("sparse files are not supported")),
        other => return Err(bad(&format!("entry type {other:#04x} is not supported"))),
    };
    if path.len() > MAX_PATH_BYTES || link.len() > MAX_PATH_BYTES {
        return Err(bad("a name is longer than 4096 bytes"));
    }
    if path.contains(&0) || link.contains(&0) {
        return Err(bad("a name contains a zero byte"));
    }
    let id = |pax: Option<u64>, field: &[u8]| {
        let id = pax.map_or_else(|| number(field), Ok)?;
        // u32::MAX means "leave unchanged" to chown.
        u32::try_from(id).ok().filter(|&id| id != u32::MAX).ok_or_else(|| bad("an owner's id is too large"))
    };
    let device =
        |field: &[u8]| u32::try_from(number(field)?).map_err(|_| bad("a device number is too large"));
    let is_device = matches!(kind, Kind::CharDevice | Kind::BlockDevice);
    Ok(Entry {
        kind,
        mode: u32::try_from(number(&header[100..108])? & 0o7777).expect("twelve bits fit"),
        uid: id(extensions.uid, &header[108..116])?,
        gid: id(extensions.gid, &header[116..124])?,
        mtime: extensions.mtime.map_or_else(|| header_time(&header[136..148]), Ok)?,
        device: if is_device { (device(&header[329..337])?, device(&header[337..345])?) } else { (0, 0) },
        // Only files carry data, whatever the field says: so reads every other implementation.
        size: if kind == Kind::File { extensions.size.unwrap_or(size) } else { 0 },
        xattrs: extensions.xattrs,
        path,
        link,
    })
}

/// ustar splits long names in two; GNU uses the second place for something else.
fn header_path(header: &[u8; BLOCK]) -> Vec<u8> {
    let name = until_nul(&header[..100]);
    let prefix = until_nul(&header[345..500]);
    if &header[257..263] == b"ustar\0" && !prefix.is_empty() {
        [prefix, b"/", name].concat()
    } else {
        name.to_vec()
    }
}

fn verify_checksum(header: &[u8; BLOCK]) -> Result<(), Error> {
    let stored = number(&header[148..156])?;
    let blank = |at: usize| (148..156).contains(&at);
    let unsigned: u64 =
        header.iter().enumerate().map(|(at, &b)| if blank(at) { 32 } else { u64::from(b) }).sum();
    // Some old programs summed signed characters.
    let signed: i64 = header
        .iter()
        .enumerate()
        .map(|(at, &b)| if blank(at) { 32 } else { i64::from(b.cast_signed()) })
        .sum();
    if stored == unsigned || i64::try_from(stored) == Ok(signed) {
        Ok(())
    } else {
        Err(Error::invalid("layer", "a tar header's checksum is wrong: not a tar archive, or damaged"))
    }
}

/// Octal digits between blanks, or big-endian binary when the top bit is set. Negative numbers are refused.
fn number(field: &[u8]) -> Result<u64, Error> {
    let malformed = || Error::invalid("layer", "a number in a tar header is malformed");
    if field[0] & 0x80 != 0 {
        let mut value: u64 = 0;
        for (at, &byte) in field.iter().enumerate() {
            let byte = if at == 0 { byte & 0x7f } else { byte };
            value = value
                .checked_mul(256)
                .ok_or_else(malformed)?
                .checked_add(u64::from(byte))
                .ok_or_else(malformed)?;
        }
        return Ok(value);
    }
    let text = until_nul(field).trim_ascii();
    text.iter().try_fold(0_u64, |value, &byte| match byte {
        b'0'..=b'7' => value.checked_mul(8).map(|v| v + u64::from(byte - b'0')).ok_or_else(malformed),
        _ => Err(malformed()),
    })
}

/// Times may be before 1970 in binary form (`0xff…`); those become 1970, which nothing minds.
fn header_time(field: &[u8]) -> Result<(i64, u32), Error> {
    if field[0] == 0xff {
        return Ok((0, 0));
    }
    Ok((i64::try_from(number(field)?).unwrap_or(0), 0))
}

/// `[-]seconds[.fraction]`
fn pax_time(value: &[u8]) -> Option<(i64, u32)> {
    let text = std::str::from_utf8(value).ok()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let seconds: i64 = whole.parse().ok()?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    let nanoseconds: u32 = digits.parse().ok()?;
    match (whole.starts_with('-'), nanoseconds) {
        (true, 1..) => Some((seconds.checked_sub(1)?, 1_000_000_000 - nanoseconds)),
        _ => Some((seconds, nanoseconds)),
    }
}

fn decimal<T: std::str::FromStr>(digits: &[u8]) -> Option<T> {
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    plain.then(|| std::str::from_utf8(digits).ok()?.parse().ok()).flatten()
}

fn until_nul(field: &[u8]) -> &[u8] {
    field.split(|&b| b == 0).next().unwrap_or(&[])
}

/// A name for an error message.
pub(super) fn shown(path: &[u8]) -> String {
    String::from_utf8_lossy(&path[..path.len().min(200)]).into_owned()
}
