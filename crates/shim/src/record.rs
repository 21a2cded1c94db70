//! One log record: a header of fixed size, then the bytes of a line (or of a part of a long one).

/// Size of a header.
pub const HEADER_BYTES: usize = 16;
/// A line longer than this is split (Docker's measure).
pub const MAX_RECORD_BYTES: usize = 16 * 1024;

const MAGIC: u8 = 0x4c;

/// Which stream a record is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// File descriptor 1, or the terminal.
    Stdout,
    /// File descriptor 2.
    Stderr,
}

/// The header of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Nanoseconds since 1970.
    pub time_ns: u64,
    /// Length of what follows.
    pub length: u32,
    /// Stream.
    pub stream: Stream,
    /// The line goes on in the stream's next record.
    pub partial: bool,
}

impl Header {
    /// To bytes.
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[0] = MAGIC;
        bytes[1] = match self.stream {
            Stream::Stdout => 1,
            Stream::Stderr => 2,
        };
        bytes[2] = u8::from(self.partial);
        bytes[4..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.time_ns.to_le_bytes());
        bytes
    }

    /// From bytes; none when they are no header.
    pub fn decode(bytes: &[u8; HEADER_BYTES]) -> Option<Self> {
        let stream = match bytes[1] {
            1 => Stream::Stdout,
            2 => Stream::Stderr,
            _ => return None,
        };
        let length = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        let time_ns = u64::from_le_bytes([
            bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15],
        ]);
        let well_formed = bytes[0] == MAGIC && bytes[2] <= 1 && length as usize <= MAX_RECORD_BYTES;
        well_formed.then_some(Self { time_ns, length, stream, partial: bytes[2] == 1 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{HEADER_BYTES, Header, MAX_RECORD_BYTES, Stream};

    proptest! {
        #[test]
        fn headers_round_trip(time_ns: u64, length in 0..=MAX_RECORD_BYTES as u32, err: bool, partial: bool) {
            let stream = if err { Stream::Stderr } else { Stream::Stdout };
            let header = Header { time_ns, length, stream, partial };
            prop_assert_eq!(Header::decode(&header.encode()), Some(header));
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes: [u8; HEADER_BYTES]) {
            let _ = Header::decode(&bytes);
        }
    }
}
