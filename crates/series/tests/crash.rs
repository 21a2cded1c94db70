//! kill -9 at any moment: every acknowledged event is found again, none twice, and what was deleted
//! stays deleted. The writer is this very test program, started again as a child.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use series::{Event, EventSeries, GroupId, Options, Query, StreamId, Streams};

const ROUNDS: u64 = 150;
const STREAMS: u64 = 7;

fn options() -> Options {
    // Small, so that kills hit flushes, seals and removals of log files.
    Options {
        wal_bytes: 40_000,
        chunk_bytes: 8_000,
        block_bytes: 1_000,
        segment_bytes: 60_000,
        segment_span_ms: i64::MAX,
        ..Options::default()
    }
}

/// Not a test: what the child does when it is started for the test below.
#[test]
fn child_that_is_killed() {
    let Ok(dir) = std::env::var("SERIES_CRASH_DIR") else { return };
    let first: u64 = std::env::var("SERIES_CRASH_FIRST").expect("given").parse().expect("a number");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    let store = EventSeries::open(Path::new(&dir), options()).expect("opens");
    runtime.block_on(async {
        let mut tasks = Vec::new();
        for task in 0..4u64 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                for n in (first + task..).step_by(4) {
                    // A batch of two is there as a whole or not at all.
                    let events = [0, 1].map(|half| Event {
                        timestamp_ms: (n * 7919 % 1000) as i64,
                        ingestion_ms: n as i64,
                        message: format!("{n}/{half} {}", "x".repeat((n % 90) as usize)).into(),
                    });
                    let (group, stream) = (GroupId(n % 2), StreamId(n % STREAMS));
                    store.append(group, stream, events.into()).await.expect("appends");
                    say(&format!("+ {n}"));
                    if n % 97 == 0 {
                        // A stream of its own, written and deleted.
                        let doomed = StreamId(1_000_000 + n);
                        let event = Event { timestamp_ms: 5, ingestion_ms: 5, message: "doomed".into() };
                        store.append(group, doomed, vec![event]).await.expect("appends");
                        store.delete_stream(group, doomed).await.expect("deletes");
                        say(&format!("- {n}"));
                    }
                }
            }));
        }
        for task in tasks {
            task.await.expect("never ends");
        }
    });
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").expect("the parent listens");
    out.flush().expect("the parent listens");
}

#[test]
fn every_acknowledged_event_survives_kill_9() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let mut acknowledged: HashSet<u64> = HashSet::new();
    let mut deleted: HashSet<u64> = HashSet::new();
    let mut next = 0;
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().expect("known"))
            .args(["--exact", "child_that_is_killed", "--nocapture", "--test-threads=1"])
            .env("SERIES_CRASH_DIR", dir.path())
            .env("SERIES_CRASH_FIRST", next.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        // A different amount of work each round; where exactly the kill falls is up to the machine.
        let kill_after = 1 + round * 7919 % 271;
        let mut seen = 0;
        while let Some(Ok(line)) = lines.next() {
            let number = |prefix| line.strip_prefix(prefix).and_then(|n: &str| n.parse::<u64>().ok());
            if let Some(n) = number("+ ") {
                acknowledged.insert(n);
                next = next.max(n + 1);
                seen += 1;
            } else if let Some(n) = number("- ") {
                deleted.insert(n);
            }
            if seen == kill_after {
                child.kill().expect("is ours");
            }
        }
        child.wait().expect("ends");
        assert!(seen >= kill_after, "the child ended by itself in round {round}");
        // Numbers that were under way may stand there unacknowledged: do not use them again.
        next += 16;
        if round % 10 == 9 || round + 1 == ROUNDS {
            check(dir.path(), &acknowledged, &deleted, round);
        }
    }
}

fn check(dir: &Path, acknowledged: &HashSet<u64>, deleted: &HashSet<u64>, round: u64) {
    let store = EventSeries::open(dir, options()).expect("opens after a kill");
    let mut found: HashMap<String, u32> = HashMap::new();
    for group in [GroupId(0), GroupId(1)] {
        let query = Query { limit: usize::MAX, weight_limit: usize::MAX, ..Query::new(Streams::All, 0) };
        let entries = store.read(group, &query).expect("reads").entries;
        let counted = store.group_stats(group).count;
        assert_eq!(counted, entries.len() as u64, "round {round}: statistics of {group}");
        for entry in entries {
            if entry.stream.0 >= 1_000_000 {
                let n = entry.stream.0 - 1_000_000;
                assert!(!deleted.contains(&n), "round {round}: deleted stream {n} is back");
                continue;
            }
            let name = entry.record.message.split(' ').next().expect("has a name").to_owned();
            *found.entry(name).or_default() += 1;
        }
    }
    let segments = [GroupId(0), GroupId(1)].map(|group| store.group_stats(group).segments);
    assert!(segments.iter().all(|n| *n > 0), "the kills are meant to hit flushes too: {segments:?}");
    for (name, times) in &found {
        assert_eq!(*times, 1, "round {round}: {name} is there {times} times");
        let (n, half) = name.split_once('/').expect("as written");
        let other = format!("{n}/{}", if half == "0" { 1 } else { 0 });
        assert!(found.contains_key(&other), "round {round}: {name} without {other}");
    }
    for n in acknowledged {
        assert!(found.contains_key(&format!("{n}/0")), "round {round}: acknowledged {n} is lost");
    }
}
