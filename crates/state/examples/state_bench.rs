//! What the state costs: grouped updates over SQLite, and reads of a large table. `cargo run --release -p state --example state_bench`
//!
//! Takes an optional data directory, since updates measure the disk that it lies on.

use serde::{Deserialize, Serialize};
use state::{Entries, Index, Record, Schema, State, TableDef, Version};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const RUN: Duration = Duration::from_secs(3);
const RECORDS: u64 = 100_000;
const CLUSTERS: u64 = 10;

#[derive(Clone, Serialize, Deserialize)]
struct Item {
    name: String,
    cluster: String,
    status: String,
    filler: String,
}

impl Item {
    const BY_CLUSTER: Index<Self> = Index::new("by_cluster");
    const BY_STATUS: Index<Self> = Index::new("by_status");

    fn new(n: u64) -> Self {
        let name = format!(
            "arn:aws:ecs:us-east-1:000000000000:task/c{}/{:032x}",
            n % CLUSTERS,
            n.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        );
        let status = if n.is_multiple_of(3) { "STOPPED" } else { "RUNNING" };
        Self {
            name,
            cluster: format!("c{}", n % CLUSTERS),
            status: status.to_owned(),
            filler: "x".repeat(850),
        }
    }
}

impl Version for Item {}

impl Record for Item {
    const TABLE: &'static str = "bench.item";

    fn key(&self) -> String {
        self.name.clone()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(Self::BY_CLUSTER, &self.cluster);
        entries.add(Self::BY_STATUS, (&self.cluster, &self.status));
    }
}

fn open(data: &Path) -> State {
    let store = store::Sqlite::open(data).expect("the store opens");
    State::open(store, &Schema::new().with(&[TableDef::of::<Item>()])).expect("the state opens")
}

async fn updates(state: &State, clients: u64) {
    let start = Instant::now();
    let mut work = tokio::task::JoinSet::new();
    for client in 0..clients {
        let state = state.clone();
        work.spawn(async move {
            let mut times = Vec::new();
            for n in 0.. {
                if start.elapsed() > RUN {
                    break;
                }
                let item = Item::new(client * 10_000_000 + n % 1000);
                let begun = Instant::now();
                state.update(|tx| Ok::<_, ()>(tx.put(item.clone()))).await.expect("the disk takes it");
                times.push(begun.elapsed());
            }
            times
        });
    }
    let mut times: Vec<_> = work.join_all().await.into_iter().flatten().collect();
    times.sort_unstable();
    let per_second = times.len() as f64 / start.elapsed().as_secs_f64();
    let (p50, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{clients:>3} clients: {per_second:>8.0} updates/s, p50 {p50:>9.1?}, p99 {p99:>9.1?}");
}

fn cost(what: &str, times: u32, mut work: impl FnMut(u32)) {
    let start = Instant::now();
    (0..times).for_each(&mut work);
    println!("{what:<55} {:>10.2?}", start.elapsed() / times);
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let temporary = tempfile::tempdir().expect("a directory");
    let data = std::env::args_os().nth(1).map_or_else(|| temporary.path().to_owned(), Into::into);
    let state = open(&data);
    for clients in [1, 16, 64] {
        updates(&state, clients).await;
    }

    let start = Instant::now();
    for chunk in 0..100 {
        let fill = state.update(|tx| {
            (0..RECORDS / 100).for_each(|n| drop(tx.put(Item::new(chunk * (RECORDS / 100) + n))));
            Ok::<_, ()>(())
        });
        fill.await.expect("the disk takes it");
    }
    println!("{RECORDS} records put in {:.2?}", start.elapsed());
    drop(state);
    let start = Instant::now();
    let state = open(&data);
    println!("{} records loaded in {:.2?}", state.snapshot().table::<Item>().len(), start.elapsed());

    cost("snapshot", 1_000_000, |_| drop(black_box(state.snapshot())));
    let snapshot = state.snapshot();
    let keys: Vec<_> = snapshot.by_index(Item::BY_CLUSTER, "c3").map(|item| item.name.clone()).collect();
    cost("get", 1_000_000, |n| {
        black_box(snapshot.get::<Item>(&keys[n as usize % keys.len()]));
    });
    cost("snapshot + page of 100 of an index, from the middle", 20_000, |n| {
        let snapshot = state.snapshot();
        let after = &keys[n as usize % (keys.len() - 200)];
        assert_eq!(
            black_box(snapshot.by_index(Item::BY_CLUSTER, "c3").after(Some(after)).page(100)).records.len(),
            100
        );
    });
    let before = snapshot;
    state.update(|tx| Ok::<_, ()>(tx.put(Item::new(77)))).await.expect("the disk takes it");
    let after = state.snapshot();
    cost("difference of two snapshots, one record changed", 2_000, |_| {
        assert_eq!(black_box(after.changes::<Item>(&before)).count(), 1);
    });
    updates(&state, 64).await;
}
