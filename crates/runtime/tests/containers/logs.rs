//! What a container writes arrives once, in order, resumable, and within bounds.

use runtime::spec::{LogLimits, WhenFull};
use runtime::{LogPosition, Runtime};

use crate::harness::{Host, Which, until, within};
use crate::on_both;

on_both! {
    async fn both_streams_and_long_lines(host) {
        let spec = host.spec("log", "echo one; echo two >&2; head -c 40000 /dev/zero | tr '\\0' x; echo; printf rest");
        let finished = host.run(&spec).await;
        assert_eq!(finished.stderr, "two\n");
        let lines: Vec<&str> = finished.stdout.lines().collect();
        assert_eq!((lines[0], lines[1].len(), lines[2]), ("one", 40000, "rest"));
    }
}

/// Reads with a new reader each time, from the position kept, acknowledging as it goes: nothing is lost or doubled, and what was
/// acknowledged is gone from the disk.
#[tokio::test]
async fn resuming_neither_loses_nor_doubles() {
    let host = Host::new(Which::Embedded);
    let mut spec = host.spec("resume", "for i in $(seq 1 3000); do echo line $i; done");
    spec.log = LogLimits { segment_bytes: 2000, total_bytes: 20_000, when_full: WhenFull::Block };
    host.runtime.start(&spec).await.unwrap();
    let mut position = LogPosition::default();
    let mut expected = 1;
    loop {
        let mut reader = host.runtime.logs(&spec.id, position).await.unwrap();
        let records = within(reader.next_batch(37)).await.unwrap();
        let Some(last) = records.last() else { break };
        for record in &records {
            assert_eq!(String::from_utf8_lossy(&record.bytes), format!("line {expected}"));
            assert_eq!(record.dropped_before_bytes, 0);
            expected += 1;
        }
        position = last.next;
        reader.acknowledge(position).await.unwrap();
        let log = host.state_directory().join("containers").join(spec.id.as_str()).join("log");
        for entry in std::fs::read_dir(log).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let base: u64 = name.trim_end_matches(".log").parse().unwrap();
            assert!(base >= position.segment, "{name} was acknowledged, {position:?}");
        }
    }
    assert_eq!(expected, 3001);
    host.finish(&spec.id).await;
    host.assert_clean();
}

#[tokio::test]
async fn a_full_log_makes_the_container_wait() {
    let host = Host::new(Which::Embedded);
    let mut spec = host.spec("full", "yes | head -c 400000; echo; echo end");
    spec.log = LogLimits { segment_bytes: 10_000, total_bytes: 50_000, when_full: WhenFull::Block };
    host.runtime.start(&spec).await.unwrap();
    let log = host.state_directory().join("containers").join(spec.id.as_str()).join("log");
    let size = || -> u64 {
        let entries = std::fs::read_dir(&log).unwrap().flatten();
        entries.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
    };
    until("a full log", || size() > 50_000).await;
    // One read of the pipe, with headers on every two bytes, may come on top.
    assert!(size() < 50_000 + 32 * 1024 * 9, "{}", size());
    let mut reader = host.runtime.logs(&spec.id, LogPosition::default()).await.unwrap();
    let mut bytes = 0;
    let mut last = Vec::new();
    loop {
        let records = within(reader.next_batch(5000)).await.unwrap();
        let Some(end) = records.last() else { break };
        let next = end.next;
        last.clone_from(&end.bytes);
        bytes += records.iter().map(|record| record.bytes.len() + 1).sum::<usize>();
        reader.acknowledge(next).await.unwrap();
    }
    assert_eq!((bytes, last.as_slice()), (400_000 + 1 + 4, &b"end"[..]));
    drop(reader);
    host.finish(&spec.id).await;
    host.assert_clean();
}

#[tokio::test]
async fn a_full_log_may_drop_and_says_how_much() {
    let host = Host::new(Which::Embedded);
    let mut spec = host.spec("drop", "for i in $(seq 1 5000); do echo line $i; done");
    spec.log = LogLimits { segment_bytes: 2000, total_bytes: 10_000, when_full: WhenFull::DropOldest };
    host.runtime.start(&spec).await.unwrap();
    within(host.runtime.wait(&spec.id)).await.unwrap();
    let mut reader = host.runtime.logs(&spec.id, LogPosition::default()).await.unwrap();
    let records = within(reader.next_batch(10_000)).await.unwrap();
    assert!(records[0].dropped_before_bytes > 0);
    assert_eq!(records.last().unwrap().bytes, b"line 5000");
    let kept: u64 = records.iter().map(|record| record.bytes.len() as u64 + 16).sum();
    let whole: u64 = (1..=5000).map(|number| format!("line {number}").len() as u64 + 16).sum();
    assert_eq!(records[0].dropped_before_bytes + kept, whole);
    drop(reader);
    host.finish(&spec.id).await;
    host.assert_clean();
}
