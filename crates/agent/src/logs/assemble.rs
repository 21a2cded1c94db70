//! Records of a container's log → log events: parts of long lines joined, lines of one event joined, sizes kept within the
//! service's limits. Pure.
//!
//! Each stream is assembled by itself, so an event of one may be complete while another is still open; therefore progress
//! is kept per stream (see `mark`), and reading resumes at the beginning of the oldest open event.

use super::api::LogEvent;
use regex::Regex;
use runtime::{LogPosition, LogRecord, LogStream};
use std::time::UNIX_EPOCH;

/// CloudWatch Logs' limits.
pub(super) const MAX_EVENT_BYTES: usize = (256 << 10) - EVENT_OVERHEAD;
pub(super) const EVENT_OVERHEAD: usize = 26;
pub(super) const MAX_BATCH_BYTES: usize = 1 << 20;
pub(super) const MAX_BATCH_EVENTS: usize = 10_000;

/// A complete event and how far its stream is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assembled {
    pub event: LogEvent,
    pub stream: LogStream,
    pub next: LogPosition,
}

/// An event that is not complete.
#[derive(Debug)]
struct Open {
    timestamp: i64,
    bytes: Vec<u8>,
    /// Where its first record begins.
    start: LogPosition,
    next: LogPosition,
    /// Whether its last record is a part of a line.
    mid_line: bool,
}

#[derive(Debug)]
pub(super) struct Assembler {
    event_start: Option<Regex>,
    open: [Option<Open>; 2],
    /// Where the next record begins.
    at: LogPosition,
}

impl Assembler {
    pub fn new(event_start: Option<Regex>, from: LogPosition) -> Self {
        Self { event_start, open: [None, None], at: from }
    }

    /// Where reading must resume if nothing more is sent: before the oldest open event.
    pub fn resume_at(&self) -> LogPosition {
        self.open.iter().flatten().map(|o| o.start).min().unwrap_or(self.at)
    }

    pub fn is_open(&self) -> bool {
        self.open.iter().any(Option::is_some)
    }

    /// Takes a record in and puts out what it completes.
    pub fn push(&mut self, record: &LogRecord, out: &mut Vec<Assembled>) {
        let start = self.at;
        self.at = record.next;
        if record.dropped_before_bytes > 0 {
            // What is open would be joined with something else than its rest.
            self.flush(out);
            let message =
                format!("[{} bytes of log were dropped: the buffer was full]", record.dropped_before_bytes);
            let event = LogEvent { timestamp: millis(record), message };
            out.push(Assembled { event, stream: record.stream, next: start });
        }
        let slot = index(record.stream);
        let continues = match &self.open[slot] {
            None => false,
            Some(open) if open.mid_line => true,
            Some(_) => self
                .event_start
                .as_ref()
                .is_some_and(|r| !r.is_match(&String::from_utf8_lossy(&record.bytes))),
        };
        if !continues {
            self.complete(slot, out);
        }
        let open = self.open[slot].get_or_insert_with(|| Open {
            timestamp: millis(record),
            bytes: Vec::new(),
            start,
            next: record.next,
            mid_line: true,
        });
        if !open.mid_line {
            open.bytes.push(b'\n');
        }
        open.bytes.extend_from_slice(&record.bytes);
        open.next = record.next;
        open.mid_line = record.partial;
        let complete = !record.partial && self.event_start.is_none();
        if complete || open.bytes.len() >= MAX_EVENT_BYTES {
            self.complete(slot, out);
        }
    }

    /// Passes over a record that was sent before.
    pub fn skip(&mut self, record: &LogRecord) {
        self.at = record.next;
    }

    /// Ends what is open: the container ended, or nothing came for a while.
    pub fn flush(&mut self, out: &mut Vec<Assembled>) {
        self.complete(0, out);
        self.complete(1, out);
    }

    fn complete(&mut self, slot: usize, out: &mut Vec<Assembled>) {
        let Some(open) = self.open[slot].take() else { return };
        let stream = if slot == 0 { LogStream::Stdout } else { LogStream::Stderr };
        let text = String::from_utf8_lossy(&open.bytes);
        let pieces = split(&text);
        let last = pieces.len().saturating_sub(1);
        for (i, piece) in pieces.into_iter().enumerate() {
            let event = LogEvent { timestamp: open.timestamp, message: piece.to_owned() };
            // Done with the records only when the last piece is sent.
            let next = if i == last { open.next } else { open.start };
            out.push(Assembled { event, stream, next });
        }
    }
}

/// Pieces of at most the largest size, cut between characters. The service refuses empty messages, so nothing is nothing.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > MAX_EVENT_BYTES {
        let (piece, more) = rest.split_at(rest.floor_char_boundary(MAX_EVENT_BYTES));
        pieces.push(piece);
        rest = more;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

fn millis(record: &LogRecord) -> i64 {
    record.time.duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}

pub(super) fn index(stream: LogStream) -> usize {
    match stream {
        LogStream::Stdout => 0,
        LogStream::Stderr => 1,
    }
}

/// How many of the first events fit into one request.
pub(super) fn batch_len(events: &[Assembled]) -> usize {
    let mut bytes = 0;
    events
        .iter()
        .take(MAX_BATCH_EVENTS)
        .take_while(|e| {
            bytes += e.event.message.len() + EVENT_OVERHEAD;
            bytes <= MAX_BATCH_BYTES
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn record(n: u64, stream: LogStream, text: &str, partial: bool) -> LogRecord {
        LogRecord {
            time: UNIX_EPOCH + Duration::from_millis(n),
            stream,
            bytes: text.as_bytes().to_vec(),
            partial,
            next: LogPosition { segment: 0, offset: n },
            dropped_before_bytes: 0,
        }
    }

    fn run(pattern: Option<&str>, records: &[LogRecord]) -> (Vec<String>, Assembler) {
        let mut assembler = Assembler::new(pattern.map(|p| Regex::new(p).unwrap()), LogPosition::default());
        let mut out = Vec::new();
        for record in records {
            assembler.push(record, &mut out);
        }
        (out.into_iter().map(|a| a.event.message).collect(), assembler)
    }

    use LogStream::{Stderr, Stdout};

    #[test]
    fn parts_of_a_line_are_joined_per_stream() {
        let (messages, assembler) = run(
            None,
            &[
                record(1, Stdout, "a", true),
                record(2, Stderr, "x", false),
                record(3, Stdout, "b", false),
                record(4, Stdout, "", false),
            ],
        );
        assert_eq!(messages, ["x", "ab"], "an empty line is no event");
        assert!(!assembler.is_open());
    }

    #[test]
    fn reading_resumes_before_what_is_open() {
        let (_, assembler) = run(None, &[record(5, Stdout, "a", true), record(9, Stderr, "x", false)]);
        assert_eq!(assembler.resume_at(), LogPosition::default());
    }

    #[test]
    fn lines_of_one_event_are_joined() {
        let lines = ["1 one", " more", "2 two", " more", " more"];
        let records: Vec<_> = lines.iter().zip(1..).map(|(l, n)| record(n, Stdout, l, false)).collect();
        let (messages, mut assembler) = run(Some(r"^\d"), &records);
        assert_eq!(messages, ["1 one\n more"]);
        let mut out = Vec::new();
        assembler.flush(&mut out);
        assert_eq!(out[0].event.message, "2 two\n more\n more");
        assert_eq!(out[0].next.offset, 5);
        assert_eq!(out[0].event.timestamp, 3);
    }

    #[test]
    fn long_events_are_cut_between_characters() {
        let text = "ä".repeat(MAX_EVENT_BYTES / 2 + 10);
        let (messages, _) = run(None, &[record(1, Stdout, &text, false)]);
        assert_eq!(messages.len(), 2);
        assert_eq!(messages.concat(), text);
    }

    #[test]
    fn dropped_log_is_said() {
        let mut lost = record(2, Stdout, "after", false);
        lost.dropped_before_bytes = 77;
        let (messages, _) = run(None, &[record(1, Stdout, "bef", true), lost]);
        assert_eq!(messages, ["bef", "[77 bytes of log were dropped: the buffer was full]", "after"]);
    }

    #[test]
    fn batches_keep_the_services_limits() {
        let event = |size: usize| Assembled {
            event: LogEvent { timestamp: 0, message: "x".repeat(size) },
            stream: Stdout,
            next: LogPosition::default(),
        };
        assert_eq!(batch_len(&vec![event(1); 12_000]), 10_000);
        assert_eq!(batch_len(&vec![event(MAX_EVENT_BYTES); 9]), 4);
        assert_eq!(batch_len(&[]), 0);
    }
}
