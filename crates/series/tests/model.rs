//! The store against a list in memory: whatever is appended, deleted, expired, flushed, swept and
//! reopened in whatever order, every query answers as the list does. Sizes are tiny, so that flushes,
//! seals and rewrites happen all the time.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use series::{Event, EventSeries, GroupId, Options, Order, Position, Query, StreamId, Streams};

#[derive(Debug, Clone)]
enum Step {
    Append {
        group: u8,
        stream: u8,
        times: Vec<i64>,
        len: usize,
    },
    DeleteStream {
        group: u8,
        stream: u8,
    },
    DeleteGroup {
        group: u8,
    },
    SetRetention {
        group: u8,
        retention_ms: Option<i64>,
    },
    Sweep {
        later_ms: i64,
    },
    Reopen,
    Query {
        group: u8,
        stream: Option<u8>,
        from_ms: i64,
        span_ms: i64,
        ascending: bool,
        limit: usize,
        weight: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let (group, stream) = (0u8..3, 0u8..5);
    prop_oneof![
        10 => (group.clone(), stream.clone(), proptest::collection::vec(0i64..1000, 1..20), 0usize..60)
            .prop_map(|(group, stream, times, len)| Step::Append { group, stream, times, len }),
        1 => (group.clone(), stream.clone()).prop_map(|(group, stream)| Step::DeleteStream { group, stream }),
        1 => group.clone().prop_map(|group| Step::DeleteGroup { group }),
        1 => (group.clone(), proptest::option::of(0i64..1500))
            .prop_map(|(group, retention_ms)| Step::SetRetention { group, retention_ms }),
        2 => (0i64..300).prop_map(|later_ms| Step::Sweep { later_ms }),
        1 => Just(Step::Reopen),
        8 => (group, proptest::option::of(stream), -10i64..1000, 0i64..1200, any::<bool>(), 1usize..40, 26usize..2000)
            .prop_map(|(group, stream, from_ms, span_ms, ascending, limit, weight)| {
                Step::Query { group, stream, from_ms, span_ms, ascending, limit, weight }
            }),
    ]
}

/// What should be there. Deleted names get new ids, as the caller promises.
#[derive(Default)]
struct Expected {
    groups: HashMap<u8, u64>,
    streams: HashMap<(u8, u8), u64>,
    next_id: u64,
    events: HashMap<(u64, u64), Vec<(Position, String)>>,
    retention: HashMap<u64, i64>,
    /// Up to here a sweep may have removed what a longer retention would show again.
    swept_before: HashMap<u64, i64>,
    now_ms: i64,
}

impl Expected {
    fn group(&mut self, name: u8) -> u64 {
        self.next_id += 1;
        *self.groups.entry(name).or_insert(self.next_id)
    }

    fn stream(&mut self, group: u8, name: u8) -> u64 {
        self.next_id += 1;
        *self.streams.entry((group, name)).or_insert(self.next_id)
    }
}

fn tiny() -> Options {
    Options {
        wal_bytes: 1500,
        chunk_bytes: 600,
        block_bytes: 200,
        segment_bytes: 3000,
        segment_span_ms: 50,
        in_flight_bytes: 4096,
        ..Options::default()
    }
}

async fn run(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let mut store = EventSeries::open(dir.path(), tiny()).expect("opens");
    let mut expected = Expected::default();
    for step in steps {
        match step {
            Step::Append { group, stream, times, len } => {
                let (g, s) = (expected.group(group), expected.stream(group, stream));
                let events: Vec<Event> = times
                    .iter()
                    .map(|time| Event {
                        timestamp_ms: *time,
                        ingestion_ms: expected.now_ms,
                        message: "m".repeat(len).into(),
                    })
                    .collect();
                let done = store.append(GroupId(g), StreamId(s), events.clone()).await.expect("appends");
                let list = expected.events.entry((g, s)).or_default();
                for (event, seq) in events.into_iter().zip(done.first_seq..) {
                    list.push((Position { time_ms: event.timestamp_ms, seq }, event.message.into()));
                }
            }
            Step::DeleteStream { group, stream } => {
                let (g, s) = (expected.group(group), expected.stream(group, stream));
                store.delete_stream(GroupId(g), StreamId(s)).await.expect("deletes");
                let late = Event { timestamp_ms: 0, ingestion_ms: 0, message: "late".into() };
                let refused = store.append(GroupId(g), StreamId(s), vec![late]).await;
                prop_assert!(refused.is_err());
                expected.events.remove(&(g, s));
                expected.streams.remove(&(group, stream));
            }
            Step::DeleteGroup { group } => {
                let g = expected.group(group);
                store.delete_group(GroupId(g)).await.expect("deletes");
                expected.events.retain(|(of, _), _| *of != g);
                expected.groups.remove(&group);
                expected.streams.retain(|(of, _), _| *of != group);
            }
            Step::SetRetention { group, retention_ms } => {
                let g = expected.group(group);
                store.set_retention(GroupId(g), retention_ms).await.expect("sets");
                match retention_ms {
                    Some(ms) => expected.retention.insert(g, ms),
                    None => expected.retention.remove(&g),
                };
            }
            Step::Sweep { later_ms } => {
                expected.now_ms += later_ms;
                store.sweep(expected.now_ms).await.expect("sweeps");
                for (group, keep) in &expected.retention {
                    let before = expected.swept_before.entry(*group).or_insert(i64::MIN);
                    *before = (*before).max(expected.now_ms - keep);
                }
            }
            Step::Reopen => {
                drop(store);
                store = EventSeries::open(dir.path(), tiny()).expect("opens again");
            }
            Step::Query { group, stream, from_ms, span_ms, ascending, limit, weight } => {
                let g = expected.group(group);
                let stream = stream.map(|name| expected.stream(group, name));
                let from_ms = from_ms.max(expected.swept_before.get(&g).copied().unwrap_or(i64::MIN));
                let visible_from =
                    expected.retention.get(&g).map_or(from_ms, |keep| from_ms.max(expected.now_ms - keep));
                let to_ms = from_ms + span_ms;
                let mut wanted: Vec<(Position, u64, String)> = expected
                    .events
                    .iter()
                    .filter(|((of, s), _)| *of == g && stream.is_none_or(|one| one == *s))
                    .flat_map(|((_, s), list)| list.iter().map(move |(at, m)| (*at, *s, m.clone())))
                    .filter(|(at, _, _)| at.time_ms >= visible_from && at.time_ms < to_ms)
                    .collect();
                wanted.sort();
                if !ascending {
                    wanted.reverse();
                }
                let order = if ascending { Order::Ascending } else { Order::Descending };
                let streams = stream.map_or(Streams::All, |s| Streams::One(StreamId(s)));
                let mut query = Query {
                    from_ms,
                    to_ms,
                    order,
                    limit,
                    weight_limit: weight,
                    ..Query::new(streams, expected.now_ms)
                };
                let mut found = Vec::new();
                loop {
                    let page = store.read(GroupId(g), &query).expect("reads");
                    prop_assert!(page.entries.len() <= limit);
                    query.after = page.entries.last().map(|e| e.position);
                    prop_assert!(!page.more || query.after.is_some());
                    found.extend(
                        page.entries
                            .into_iter()
                            .map(|e| (e.position, e.stream.0, e.record.message.to_string())),
                    );
                    if !page.more {
                        break;
                    }
                }
                prop_assert_eq!(&found, &wanted);
                if let Some(stream) = stream {
                    let set = HashSet::from([StreamId(stream)]);
                    query.streams = Streams::Set(&set);
                    (query.after, query.limit, query.weight_limit) = (None, usize::MAX, usize::MAX);
                    prop_assert_eq!(
                        store.read(GroupId(g), &query).expect("reads").entries.len(),
                        wanted.len()
                    );
                }
            }
        }
    }
    // What the statistics say is what is there.
    for ((group, stream), list) in &expected.events {
        let Some(stats) = store.stream_stats(GroupId(*group), StreamId(*stream)) else {
            prop_assert!(expected.swept_before.contains_key(group), "no statistics of {group}/{stream}");
            continue;
        };
        if !expected.swept_before.contains_key(group) {
            prop_assert_eq!(stats.count, list.len() as u64);
            prop_assert_eq!(Some(stats.first_time_ms), list.iter().map(|(at, _)| at.time_ms).min());
            prop_assert_eq!(Some(stats.last_time_ms), list.iter().map(|(at, _)| at.time_ms).max());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn answers_as_a_list_does(steps in proptest::collection::vec(step(), 1..120)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(run(steps))?;
    }
}
