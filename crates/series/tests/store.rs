//! What the other suites do not show: exclusiveness, followers, damage, size, another kind of record.

#![allow(clippy::unwrap_used, reason = "a test may end by panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use series::{
    Codec, Error, Event, EventSeries, GroupId, Input, Malformed, Options, Query, Series, StreamId, Streams,
    put_i64,
};

const GROUP: GroupId = GroupId(1);
const STREAM: StreamId = StreamId(2);

fn event(timestamp_ms: i64, message: &str) -> Event {
    Event { timestamp_ms, ingestion_ms: timestamp_ms, message: message.into() }
}

fn small() -> Options {
    Options { wal_bytes: 4_000, segment_bytes: 2_000, ..Options::default() }
}

fn all(store: &EventSeries) -> Result<usize, Error> {
    let query = Query { limit: usize::MAX, weight_limit: usize::MAX, ..Query::new(Streams::One(STREAM), 0) };
    Ok(store.read(GROUP, &query)?.entries.len())
}

fn files(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("lists") {
        let path = entry.expect("lists").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

/// A store that was closed with 400 events, most of them in segments.
async fn filled(dir: &Path) {
    let store = EventSeries::open(dir, small()).expect("opens");
    for n in 0..400 {
        let line = format!("{n} {:x}", u128::from(n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c));
        store.append(GROUP, STREAM, vec![event(n, &line)]).await.expect("appends");
    }
    wait_until(|| files(dir, "seg").len() > 1).await;
}

async fn wait_until(condition: impl Fn() -> bool) {
    tokio::time::timeout(Duration::from_secs(20), async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await
    .expect("came true in time");
}

#[tokio::test]
async fn a_second_opener_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = EventSeries::open(dir.path(), small()).unwrap();
    assert!(matches!(EventSeries::open(dir.path(), small()), Err(Error::Locked { .. })));
    drop(store);
    EventSeries::open(dir.path(), small()).unwrap();
}

#[tokio::test]
async fn followers_get_what_is_appended_and_know_what_they_missed() {
    let dir = tempfile::tempdir().unwrap();
    let store = EventSeries::open(dir.path(), small()).unwrap();
    let mut tail = store.subscribe(&[GROUP], 2);
    for n in 0..5 {
        store.append(GROUP, STREAM, vec![event(n, "a"), event(n, "b")]).await.unwrap();
        store.append(GroupId(9), STREAM, vec![event(n, "elsewhere")]).await.unwrap();
    }
    for n in 0..2 {
        let (group, batch) = tail.recv().await.unwrap();
        assert_eq!((group, batch.len(), batch[0].position.time_ms), (GROUP, 2, n));
    }
    assert_eq!(tail.take_missed(), 6);
    assert_eq!(tail.take_missed(), 0);
    drop(store);
    assert!(tail.recv().await.is_none(), "ends with the store");
}

#[tokio::test]
async fn every_flipped_byte_of_a_segment_is_an_error_or_harmless() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).await;
    let before = all(&EventSeries::open(dir.path(), small()).unwrap()).unwrap();
    assert_eq!(before, 400);
    // The oldest: sealed, and its events are no longer in the log.
    let path = files(dir.path(), "seg").into_iter().min().unwrap();
    let good = fs::read(&path).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let (mut refused_open, mut refused_read) = (0, 0);
    for at in (0..good.len()).step_by(7) {
        let root = copy.path().join(at.to_string());
        copy_tree(dir.path(), &root);
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        fs::write(root.join(path.strip_prefix(dir.path()).unwrap()), &bad).unwrap();
        match EventSeries::open(&root, small()).map(|store| all(&store)) {
            Err(Error::Damaged { .. }) => refused_open += 1,
            Ok(Err(Error::Damaged { .. })) => refused_read += 1,
            Ok(Ok(found)) => assert_eq!(found, 400, "byte {at} flipped: events silently lost"),
            other => panic!("byte {at} flipped: {:?}", other.map(|_| ())),
        }
        let salvage = Options { salvage: true, ..small() };
        let store = EventSeries::open(&root, salvage).unwrap_or_else(|e| panic!("salvage at {at}: {e}"));
        drop(store);
        fs::remove_dir_all(&root).unwrap();
    }
    assert!(refused_open > 0 && refused_read > 0, "{refused_open} {refused_read}");
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test]
async fn damage_in_the_log_is_said_and_can_be_salvaged() {
    let dir = tempfile::tempdir().unwrap();
    let store = EventSeries::open(dir.path(), Options::default()).unwrap();
    for n in 0..50 {
        store.append(GROUP, STREAM, vec![event(n, "a line of some length")]).await.unwrap();
    }
    drop(store);
    let path = files(dir.path(), "wal").pop().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let refused = EventSeries::open(dir.path(), Options::default()).err().unwrap();
    assert!(matches!(&refused, Error::Damaged { path: at, .. } if *at == path), "{refused}");
    let store = EventSeries::open(dir.path(), Options { salvage: true, ..Options::default() }).unwrap();
    assert_eq!(all(&store).unwrap(), 49, "all but the damaged one");
    assert_eq!(files(dir.path(), "damaged").len(), 1, "a copy is kept");
}

#[tokio::test]
async fn a_log_that_outlived_its_flush_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = EventSeries::open(dir.path(), Options::default()).unwrap();
    for n in 0..100 {
        store.append(GROUP, STREAM, vec![event(n, "a line of some length")]).await.unwrap();
    }
    drop(store);
    let log = files(dir.path(), "wal").pop().unwrap();
    let kept = fs::read(&log).unwrap();
    let store = EventSeries::open(dir.path(), small()).unwrap();
    store.append(GROUP, STREAM, vec![event(100, "flushes")]).await.unwrap();
    wait_until(|| !log.exists()).await;
    drop(store);
    // As if the process had ended before the log was removed.
    fs::write(&log, kept).unwrap();
    let store = EventSeries::open(dir.path(), small()).unwrap();
    assert_eq!(all(&store).unwrap(), 101);
    assert_eq!(store.group_stats(GROUP).count, 101);
}

#[tokio::test]
async fn expired_segments_leave_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).await;
    let store = EventSeries::open(dir.path(), small()).unwrap();
    store.set_retention(GROUP, Some(1000)).await.unwrap();
    let before = store.group_stats(GROUP);
    let swept = store.sweep(1300).await.unwrap();
    let after = store.group_stats(GROUP);
    assert!(swept.dropped > 0 && swept.freed_bytes == before.disk_bytes - after.disk_bytes);
    assert_eq!(files(dir.path(), "seg").len() as u64, after.segments);
    let query = Query { now_ms: 1300, ..Query::new(Streams::One(STREAM), 1300) };
    let page = store.read(GROUP, &query).unwrap();
    assert_eq!(page.entries.first().unwrap().position.time_ms, 300);
    assert_eq!(page.entries.len(), 100);
}

#[tokio::test]
async fn ten_thousand_streams_need_no_file_each() {
    let dir = tempfile::tempdir().unwrap();
    let store = EventSeries::open(dir.path(), Options { wal_bytes: 1 << 20, ..Options::default() }).unwrap();
    let mut pending = Vec::new();
    for n in 0..10_000u64 {
        let store = store.clone();
        pending.push(tokio::spawn(async move {
            let events = vec![event(n as i64, "started"), event(n as i64 + 5, "ended")];
            store.append(GROUP, StreamId(n), events).await.unwrap();
        }));
    }
    for task in pending {
        task.await.unwrap();
    }
    assert_eq!(store.group_stats(GROUP).streams, 10_000);
    assert!(fs::read_dir("/proc/self/fd").unwrap().count() < 100);
    let page = store.read(GROUP, &Query::new(Streams::One(StreamId(4321)), 0)).unwrap();
    assert_eq!(page.entries.iter().map(|e| &*e.record.message).collect::<Vec<_>>(), ["started", "ended"]);
}

/// A measured value: shows that the store knows nothing of log events.
struct Sampled;

#[derive(Debug, Clone, PartialEq)]
struct Sample {
    time_ms: i64,
    value: f64,
}

impl Codec for Sampled {
    const ID: u8 = 200;
    type Record = Sample;
    fn time_ms(sample: &Sample) -> i64 {
        sample.time_ms
    }
    fn arrival_ms(sample: &Sample) -> i64 {
        sample.time_ms
    }
    fn weight(_: &Sample) -> usize {
        16
    }
    fn encode<'a>(run: impl Iterator<Item = &'a Sample> + Clone, out: &mut Vec<u8>) {
        for sample in run {
            put_i64(out, sample.time_ms);
            out.extend_from_slice(&sample.value.to_le_bytes());
        }
    }
    fn decode(input: &mut Input<'_>, count: usize) -> Result<Vec<Sample>, Malformed> {
        (0..count)
            .map(|_| Ok(Sample { time_ms: input.i64()?, value: f64::from_bits(input.fixed_u64()?) }))
            .collect()
    }
}

#[tokio::test]
async fn other_records_are_stored_alike_and_not_mixed_up() {
    let dir = tempfile::tempdir().unwrap();
    let store = Series::<Sampled>::open(dir.path(), small()).unwrap();
    let samples: Vec<Sample> = (0..1000).map(|n| Sample { time_ms: n, value: n as f64 / 3.0 }).collect();
    for part in samples.chunks(100) {
        store.append(GROUP, STREAM, part.to_vec()).await.unwrap();
    }
    drop(store);
    let store = Series::<Sampled>::open(dir.path(), small()).unwrap();
    let page = store.read(GROUP, &Query::new(Streams::One(STREAM), 0)).unwrap();
    assert_eq!(page.entries.into_iter().map(|e| e.record).collect::<Vec<_>>(), samples);
    drop(store);
    assert!(matches!(EventSeries::open(dir.path(), small()), Err(Error::Damaged { .. })));
}
