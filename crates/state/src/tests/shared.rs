//! Several servers on one store.

use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

#[derive(Clone, Serialize, Deserialize)]
struct Counter {
    name: String,
    count: u64,
}

impl Version for Counter {}

impl Record for Counter {
    const TABLE: &'static str = "test.counter";

    fn key(&self) -> String {
        self.name.clone()
    }
}

fn server(store: &Memory) -> State {
    let tables = [TableDef::of::<Boat>(), TableDef::of::<Counter>()];
    State::open(store.clone(), &Schema::new().with(&tables)).expect("opens")
}

async fn count(state: &State, name: &str) -> Result<u64, UpdateError<()>> {
    state
        .update(|tx| {
            let count = tx.get::<Counter>(name).map_or(0, |counter| counter.count) + 1;
            tx.put(Counter { name: name.to_owned(), count });
            Ok(count)
        })
        .await
}

#[tokio::test]
async fn a_conflict_runs_the_closure_again() {
    let store = Memory::exclusive();
    let state = open(&store);
    store.conflict_next();
    store.conflict_next();
    let runs = AtomicU32::new(0);
    state
        .update(|tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            Ok::<_, ()>(tx.put(Boat::new("Ida", "Kiel")))
        })
        .await
        .expect("is made in the end");
    assert_eq!(runs.into_inner(), 3);
    assert_eq!(names(&state.snapshot(), "Kiel"), ["Ida"]);
}

#[tokio::test]
async fn endless_conflicts_end_in_an_error() {
    let store = Memory::exclusive();
    let state = open(&store);
    (0..1000).for_each(|_| store.conflict_next());
    let result = state.update(|tx| Ok::<_, ()>(tx.put(Boat::new("Ida", "Kiel")))).await;
    assert!(matches!(result, Err(UpdateError::Failed(Failure::Contended { .. }))), "{result:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_see_each_other_and_lose_no_update() {
    let store = Memory::shared();
    let servers: Vec<_> = (0..3).map(|_| server(&store)).collect();
    let mut work = tokio::task::JoinSet::new();
    for (n, state) in servers.iter().enumerate() {
        for _ in 0..4 {
            let state = state.clone();
            work.spawn(async move {
                let mut done = 0;
                for _ in 0..50 {
                    // Under this contention giving up is allowed; being counted twice or not at all is not.
                    match count(&state, "all").await {
                        Ok(_) => done += 1,
                        Err(UpdateError::Failed(Failure::Contended { .. })) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                    count(&state, &format!("own {n}")).await.expect("nobody else writes it");
                }
                done
            });
        }
    }
    let mut done = 0;
    while let Some(result) = work.join_next().await {
        done += result.expect("no panic");
    }
    assert!(done > 0);
    for state in &servers {
        let mut watch = state.watch::<Counter>();
        let all =
            watch.until(|snapshot| snapshot.get::<Counter>("all").filter(|all| all.count >= done).cloned());
        let all = tokio::time::timeout(Duration::from_secs(10), all).await.expect("every server hears of it");
        assert_eq!(all.count, done);
    }
    for n in 0..servers.len() {
        let fresh = server(&store);
        assert_eq!(fresh.snapshot().get::<Counter>(format!("own {n}")).map(|own| own.count), Some(200));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_list_that_was_read_is_protected_too() {
    // Every boat wants to be the only one in the harbour: with two servers asking at once exactly one may succeed.
    for round in 0..50 {
        let store = Memory::shared();
        let servers: [State; 2] = [server(&store), server(&store)];
        let barrier = Arc::new(tokio::sync::Barrier::new(2));
        let mut work = tokio::task::JoinSet::new();
        for (n, state) in servers.iter().cloned().enumerate() {
            let barrier = Arc::clone(&barrier);
            work.spawn(async move {
                barrier.wait().await;
                state
                    .update(|tx| {
                        if tx.by_index(Boat::BY_HARBOUR, "Kiel").next().is_some() {
                            return Err("taken");
                        }
                        tx.put(Boat::new(&format!("boat {n}"), "Kiel"));
                        Ok(())
                    })
                    .await
                    .is_ok()
            });
        }
        let winners = work.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(winners, 1, "round {round}");
    }
}
