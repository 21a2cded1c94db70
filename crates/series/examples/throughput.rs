//! How much the store takes and how fast it answers: `cargo run -p series --release --example throughput -- DIR`.

use std::path::Path;
use std::time::{Duration, Instant};

use series::{Event, EventSeries, GroupId, Options, Query, StreamId, Streams};

const WRITERS: u64 = 32;
const BATCH: usize = 20;
const TIME: Duration = Duration::from_secs(5);
const GROUP: GroupId = GroupId(1);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let dir = std::env::args().nth(1).ok_or("a directory is needed")?;
    let store = EventSeries::open(Path::new(&dir), Options::default())?;
    let begin = Instant::now();
    let writers: Vec<_> =
        (0..WRITERS).map(|writer| tokio::spawn(write(store.clone(), writer, begin))).collect();
    let mut waits = Vec::new();
    for writer in writers {
        waits.extend(writer.await??);
    }
    let took = begin.elapsed().as_secs_f64();
    waits.sort_unstable();
    let events = waits.len() * BATCH;
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    println!("append: {:.0} events/s in {:.0} appends/s", events as f64 / took, waits.len() as f64 / took);
    println!("append: p50 {:?}, p99 {:?}", at(0.5), at(0.99));
    let stats = store.group_stats(GROUP);
    println!("raw {} bytes; segments {} bytes in {} files", stats.weight, stats.disk_bytes, stats.segments);
    for (name, streams) in [("one stream", Streams::One(StreamId(7))), ("all streams", Streams::All)] {
        let mut query = Query { limit: 1000, ..Query::new(streams, 0) };
        let mut times = Vec::new();
        for _ in 0..50 {
            let begin = Instant::now();
            let page = store.read(GROUP, &query)?;
            times.push(begin.elapsed());
            query.after = page.entries.last().map(|entry| entry.position);
        }
        times.sort_unstable();
        println!("page of 1,000 of {name}: p50 {:?}, p99 {:?}", times[25], times[49]);
    }
    drop(store);
    let begin = Instant::now();
    let store = EventSeries::open(Path::new(&dir), Options::default())?;
    println!("open: {:?} for {} events", begin.elapsed(), store.group_stats(GROUP).count);
    Ok(())
}

async fn write(store: EventSeries, writer: u64, begin: Instant) -> series::Result<Vec<Duration>> {
    let mut waits = Vec::new();
    let mut n = 0i64;
    while begin.elapsed() < TIME {
        let events: Vec<Event> = (0..BATCH as i64)
            .map(|i| Event {
                timestamp_ms: begin.elapsed().as_millis() as i64,
                ingestion_ms: n,
                message: format!(
                    "2026-11-20T12:00:{:02}.{:03}Z INFO request {} of writer {writer} handled path=/api/items/{} status=200 took={}us",
                    n % 60, i, n * 31 + i, (n * 7919 + i) % 1000, (n * 104_729 + i) % 5000
                )
                .into(),
            })
            .collect();
        let start = Instant::now();
        store.append(GROUP, StreamId(writer), events).await?;
        waits.push(start.elapsed());
        n += 1;
    }
    Ok(waits)
}
