//! Entry points for the fuzz targets: whatever bytes a file holds, reading it ends without a panic.

use std::collections::HashSet;
use std::path::Path;

use crate::event::EventCodec;
use crate::page::{Query, Selection, Streams};
use crate::segment::{self, OpenContext, chunk};
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
