//! Entry points for the fuzz targets: whatever bytes a file holds, reading it ends without a panic.

use std::collections::HashSet;
use std::path::Path;

use crate::event::EventCodec;
use crate::page::{Query, Selection, Streams};
use crate::segment::{self, OpenContext, chunk, footer};
use crate::stats::StreamStats;
use crate::wal;

/// Reads bytes as a segment file and as a log file, and everything in them.
pub fn read_any(bytes: &[u8]) {
    let path = Path::new("fuzzed");
    let _ = wal::scan::<EventCodec>(bytes, true, |_| ());
    let _ = wal::scan::<EventCodec>(bytes, false, |_| ());
    for wal_first_seq in [0, u64::MAX] {
        let context = OpenContext { wal_first_seq, salvage: false };
        let Ok(parsed) = segment::parse::<EventCodec>(&bytes, path, context) else { continue };
        let (query, deleted) = (Query::new(Streams::All, 0), HashSet::new());
        for head in &parsed.chunks {
            let mut selection = Selection::<EventCodec>::new(&query, &deleted, i64::MIN);
            let _ = chunk::offer(&bytes, path, head, &mut selection);
        }
    }
}

/// Reads bytes as what stands behind each checksum, which random bytes never pass.
pub fn read_checked(bytes: &[u8]) {
    let head = chunk::Head {
        offset: 0,
        index_len: bytes.len() as u32,
        data_len: 1 << 20,
        count: 0,
        weight: 0,
        min_time_ms: 0,
        max_time_ms: 0,
        min_seq: 0,
        max_seq: 0,
        min_arrival_ms: 0,
        max_arrival_ms: 0,
        flushed_seq: 0,
        last_of_unit: true,
        index_sum: 0,
    };
    let _ = chunk::Index::parse_checked(bytes, &head);
    let _ = footer::parse(bytes, u64::MAX);
    let _ = wal::read_op::<EventCodec>(bytes);
    for count in [0, 1, 3, u64::MAX] {
        let _ = chunk::decode_run::<EventCodec>(bytes, &StreamStats { count, ..StreamStats::EMPTY });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A footer whose chunk begins near the end of all numbers; found by fuzzing.
    #[test]
    fn a_chunk_beyond_every_file() {
        let far = [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0x3b];
        read_checked(&[&far[..], &[0; 20]].concat());
    }

    proptest! {
        #[test]
        fn noise_never_panics(bytes: Vec<u8>) {
            read_any(&bytes);
            read_checked(&bytes);
        }
    }
}
