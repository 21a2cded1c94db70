use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::{Segments, list_segments, segment_name};
use crate::plan::LogPlan;
use crate::record::{HEADER_BYTES, Header, MAX_RECORD_BYTES, Stream};

fn limits(segment_bytes: u64, total_bytes: u64, drop_oldest: bool) -> LogPlan {
    LogPlan { segment_bytes, total_bytes, drop_oldest }
}

/// Every record in the directory, checking that segments follow each other without a gap.
fn read_all(directory: &Path) -> Vec<(Header, Vec<u8>)> {
    let mut records = Vec::new();
    let mut expected = None;
    for base in list_segments(directory).unwrap() {
        let bytes = fs::read(directory.join(segment_name(base))).unwrap();
        assert_eq!(base, expected.unwrap_or(base));
        expected = Some(base + bytes.len() as u64);
        let mut at = 0;
        while at < bytes.len() {
            let header = Header::decode(bytes[at..at + HEADER_BYTES].try_into().unwrap()).unwrap();
            at += HEADER_BYTES;
            records.push((header, bytes[at..at + header.length as usize].to_vec()));
            at += header.length as usize;
        }
    }
    records
}

/// Lines put together again from partial records.
fn lines(directory: &Path, stream: Stream) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    for (header, bytes) in read_all(directory).into_iter().filter(|(header, _)| header.stream == stream) {
        line.extend(bytes);
        if !header.partial {
            lines.push(std::mem::take(&mut line));
        }
    }
    assert!(line.is_empty());
    lines
}

#[test]
fn a_line_of_exactly_the_limit_is_one_record() {
    let directory = tempfile::tempdir().unwrap();
    let mut log = Segments::new(directory.path().to_owned(), limits(1 << 20, 1 << 24, false));
    let mut text = vec![b'x'; MAX_RECORD_BYTES];
    text.push(b'\n');
    log.push(Stream::Stdout, &text, 1).unwrap();
    // The same, cut just before the newline.
    log.push(Stream::Stdout, &text[..MAX_RECORD_BYTES], 2).unwrap();
    log.push(Stream::Stdout, b"\n", 3).unwrap();
    log.finish().unwrap();
    let records = read_all(directory.path());
    assert_eq!(records.len(), 2, "{:?}", records.iter().map(|r| r.0).collect::<Vec<_>>());
    assert!(records.iter().all(|(header, bytes)| !header.partial && bytes.len() == MAX_RECORD_BYTES));
    assert_eq!(records[1].0.time_ns, 2);
}

#[test]
fn full_means_waiting_until_something_is_taken_away() {
    let directory = tempfile::tempdir().unwrap();
    let mut log = Segments::new(directory.path().to_owned(), limits(100, 300, false));
    let mut written = 0;
    while log.room().unwrap() > 0 {
        log.push(Stream::Stdout, b"0123456789012345678901234567890\n", written).unwrap();
        written += 1;
        assert!(written < 100);
    }
    let first = list_segments(directory.path()).unwrap()[0];
    fs::remove_file(directory.path().join(segment_name(first))).unwrap();
    assert!(log.room().unwrap() > 0);
}

#[test]
fn dropping_keeps_the_newest_within_bounds() {
    let directory = tempfile::tempdir().unwrap();
    let mut log = Segments::new(directory.path().to_owned(), limits(100, 300, true));
    for number in 0..200 {
        assert!(log.room().unwrap() > 0);
        log.push(Stream::Stderr, format!("line {number}\n").as_bytes(), number).unwrap();
    }
    let lines = lines(directory.path(), Stream::Stderr);
    assert_eq!(lines.last().unwrap(), b"line 199");
    let total: u64 = list_segments(directory.path())
        .unwrap()
        .into_iter()
        .map(|base| fs::metadata(directory.path().join(segment_name(base))).unwrap().len())
        .sum();
    assert!(total <= 400, "{total}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn however_it_is_cut_the_lines_come_out(
        text in prop::collection::vec(prop::sample::select(b"ab\n".to_vec()), 0..400),
        stretch in 1usize..300,
        cuts in prop::collection::vec(1usize..9000, 1..20),
    ) {
        // Stretching letters makes lines longer than a record possible.
        let text: Vec<u8> = text.iter().flat_map(|b| std::iter::repeat_n(*b, if *b == b'\n' { 1 } else { stretch })).collect();
        let directory = tempfile::tempdir().unwrap();
        let mut log = Segments::new(directory.path().to_owned(), limits(5000, 1 << 30, false));
        let mut rest = text.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at((*cut).min(rest.len()));
            log.push(Stream::Stdout, now, 1).unwrap();
            rest = later;
        }
        log.finish().unwrap();
        let mut expected: Vec<Vec<u8>> = text.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
        if expected.last().is_some_and(Vec::is_empty) {
            expected.pop();
        }
        prop_assert_eq!(lines(directory.path(), Stream::Stdout), expected);
    }
}
