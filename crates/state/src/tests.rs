//! The state as a whole, over the memory store.

mod model_based;
mod shared;

use crate::testing::{fixture, state};
use crate::*;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::Memory;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Boat {
    name: String,
    harbour: String,
    #[serde(default)]
    masts: u64,
}

impl Boat {
    const BY_HARBOUR: Index<Self> = Index::new("by_harbour");
    const BY_MASTS: Index<Self> = Index::new("by_masts");

    fn new(name: &str, harbour: &str) -> Self {
        Self { name: name.to_owned(), harbour: harbour.to_owned(), masts: name.len() as u64 }
    }
}

#[derive(Serialize, Deserialize)]
struct BoatV1 {
    name: String,
}

#[derive(Serialize, Deserialize)]
struct BoatV2 {
    name: String,
    port: String,
}

impl Version for BoatV1 {}

impl Version for BoatV2 {
    const VERSION: u32 = 2;

    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        older.decode::<BoatV1>().map(|old| Self { name: old.name, port: "unknown".to_owned() })
    }
}

impl Version for Boat {
    const VERSION: u32 = 3;

    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        older.decode::<BoatV2>().map(|old| Self { name: old.name, harbour: old.port, masts: 0 })
    }
}

impl Record for Boat {
    const TABLE: &'static str = "test.boat";

    fn key(&self) -> String {
        self.name.clone()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(Self::BY_HARBOUR, &self.harbour);
        entries.add(Self::BY_MASTS, (&self.harbour, self.masts));
    }
}

const TABLES: &[TableDef] = &[TableDef::of::<Boat>()];

fn open(store: &Memory) -> State {
    State::open(store.clone(), &Schema::new().with(TABLES)).expect("opens")
}

async fn put(state: &State, boat: Boat) {
    state.update(|tx| Ok::<_, ()>(tx.put(boat.clone()))).await.expect("is put");
}

fn names(snapshot: &Snapshot, harbour: &str) -> Vec<String> {
    snapshot.by_index(Boat::BY_HARBOUR, harbour).map(|boat| boat.name.clone()).collect()
}

#[tokio::test]
async fn a_change_is_seen_when_update_returns_and_survives_reopening() {
    let store = Memory::exclusive();
    let state = open(&store);
    let before = state.snapshot();
    put(&state, Boat::new("Ida", "Kiel")).await;
    assert!(before.get::<Boat>("Ida").is_none());
    assert_eq!(state.snapshot().get::<Boat>("Ida").map(|b| b.harbour.as_str()), Some("Kiel"));
    drop(state);
    assert_eq!(names(&open(&store).snapshot(), "Kiel"), ["Ida"]);
}

#[tokio::test]
async fn an_error_writes_nothing() {
    let state = state(TABLES);
    let result: Result<(), _> = state
        .update(|tx| {
            tx.put(Boat::new("Ida", "Kiel"));
            Err("no")
        })
        .await;
    assert!(matches!(result, Err(UpdateError::Refused("no"))));
    assert!(state.snapshot().table::<Boat>().is_empty());
}

#[tokio::test]
async fn a_panic_is_answered_and_the_next_change_works() {
    let state = state(TABLES);
    let result: Result<(), UpdateError<()>> = state
        .update(|tx| {
            tx.put(Boat::new("Ida", "Kiel"));
            panic!("capsized")
        })
        .await;
    assert!(
        matches!(&result, Err(UpdateError::Failed(Failure::Panicked { message })) if message == "capsized"),
        "{result:?}"
    );
    put(&state, Boat::new("Eva", "Kiel")).await;
    assert_eq!(names(&state.snapshot(), "Kiel"), ["Eva"]);
}

#[tokio::test]
async fn a_transaction_reads_its_own_writes_and_indexes_follow() {
    let state = state(TABLES);
    state
        .update(|tx| {
            tx.put(Boat::new("Ida", "Kiel"));
            tx.put(Boat::new("Eva", "Kiel"));
            assert_eq!(tx.by_index(Boat::BY_HARBOUR, "Kiel").count(), 2);
            tx.modify::<Boat>("Ida", |boat| boat.harbour = "Bonn".to_owned());
            assert_eq!(tx.by_index(Boat::BY_HARBOUR, "Kiel").count(), 1);
            assert_eq!(tx.snapshot().by_index(Boat::BY_HARBOUR, "Bonn").count(), 1);
            assert!(tx.delete::<Boat>("Eva").is_some());
            assert!(tx.delete::<Boat>("Eva").is_none());
            assert_eq!(tx.by_index(Boat::BY_HARBOUR, "Kiel").count(), 0);
            Ok::<_, ()>(())
        })
        .await
        .expect("is made");
    let snapshot = state.snapshot();
    assert_eq!(names(&snapshot, "Bonn"), ["Ida"]);
    assert!(snapshot.table::<Boat>().is_consistent());
}

#[tokio::test]
async fn a_failed_commit_leaves_no_trace_and_later_ones_work() {
    let store = Memory::exclusive();
    let state = open(&store);
    put(&state, Boat::new("Ida", "Kiel")).await;
    store.fail_next(store::Error::Full { path: "disk".into(), source: "full".into() });
    let result = state.update(|tx| Ok::<_, ()>(tx.put(Boat::new("Eva", "Kiel")))).await;
    assert!(
        matches!(&result, Err(UpdateError::Failed(Failure::Store(error))) if matches!(**error, store::Error::Full { .. })),
        "{result:?}"
    );
    assert_eq!(names(&state.snapshot(), "Kiel"), ["Ida"]);
    let failure = state.store_failure().expect("the last commit failed");
    assert!(failure.ends_with(": full"), "{failure}");
    put(&state, Boat::new("Ute", "Kiel")).await;
    assert_eq!(names(&state.snapshot(), "Kiel"), ["Ida", "Ute"]);
    assert_eq!(state.store_failure(), None);
}

#[tokio::test]
async fn pages_continue_where_they_ended_even_behind_a_deleted_key() {
    let state = state(TABLES);
    state
        .update(|tx| {
            for n in 0..25 {
                tx.put(Boat::new(&format!("boat {n:02}"), if n % 5 == 4 { "Bonn" } else { "Kiel" }));
            }
            Ok::<_, ()>(())
        })
        .await
        .expect("is made");
    let snapshot = state.snapshot();
    let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = snapshot.by_index(Boat::BY_HARBOUR, "Kiel").after(after.as_ref()).page(8);
        seen.extend(page.records.iter().map(|boat| boat.name.clone()));
        pages += 1;
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (20, 3));
    assert!(seen.is_sorted());
    assert_eq!(snapshot.scan::<Boat>().page(25).next, None, "no page is announced that would be empty");

    state.update(|tx| Ok::<_, ()>(tx.delete::<Boat>("boat 07"))).await.expect("is made");
    let snapshot = state.snapshot();
    let page = snapshot.by_index(Boat::BY_HARBOUR, "Kiel").after(Some("boat 07")).page(1);
    assert_eq!(page.records[0].name, "boat 08");
    assert_eq!(page.next.as_deref(), Some("boat 08"));
}

#[tokio::test]
async fn values_of_several_parts_are_found_by_their_first_and_stay_in_order() {
    let state = state(TABLES);
    let boats = [("a", "Kiel", 10), ("b", "Kiel", 9), ("c", "Kiel\0", 1), ("d", "Ki", 1), ("e", "Kiel 2", 1)];
    for (name, harbour, masts) in boats {
        put(&state, Boat { name: name.into(), harbour: harbour.into(), masts }).await;
    }
    let snapshot = state.snapshot();
    let list = |scan: Scan<'_, Boat>| scan.map(|boat| boat.name.clone()).collect::<Vec<_>>();
    assert_eq!(list(snapshot.by_prefix(Boat::BY_MASTS, "Kiel")), ["b", "a"]);
    assert_eq!(list(snapshot.by_prefix(Boat::BY_MASTS, "Kiel").after_entry(("Kiel", 9), "b")), ["a"]);
    assert_eq!(list(snapshot.by_index(Boat::BY_MASTS, ("Kiel\0", 1))), ["c"]);
    assert_eq!(list(snapshot.table::<Boat>().up_to(Boat::BY_MASTS, ("Kiel", 9))), ["d", "b"]);
}

#[tokio::test]
async fn watches_hear_what_they_asked_for_and_nothing_else() {
    let state = state(TABLES);
    let mut table = state.watch::<Boat>();
    let mut kiel = state.watcher().index(Boat::BY_HARBOUR, "Kiel").start();
    let bonn = state.watcher().index(Boat::BY_HARBOUR, "Bonn").start();
    let mut ida = state.watcher().row::<Boat>("Ida").start();
    put(&state, Boat::new("Eva", "Kiel")).await;
    assert!(table.has_changed() && kiel.has_changed());
    assert!(!bonn.has_changed() && !ida.has_changed());
    assert_eq!(names(&table.changed().await, "Kiel"), ["Eva"]);
    kiel.changed().await;
    assert!(!kiel.has_changed());

    // Whoever leaves an index value is heard there too.
    put(&state, Boat::new("Eva", "Bonn")).await;
    assert!(kiel.has_changed() && bonn.has_changed());
    let wait = tokio::spawn(async move { ida.until(|s| s.get::<Boat>("Ida").cloned()).await });
    put(&state, Boat::new("Ida", "Rom")).await;
    let found = tokio::time::timeout(Duration::from_secs(5), wait).await.expect("in time").expect("no panic");
    assert_eq!(found.harbour, "Rom");
}

#[tokio::test]
async fn snapshots_tell_their_differences() {
    let state = state(TABLES);
    for n in 0..500 {
        put(&state, Boat::new(&format!("{n:03}"), "Kiel")).await;
    }
    let before = state.snapshot();
    put(&state, Boat::new("100", "Bonn")).await;
    put(&state, Boat::new("new", "Bonn")).await;
    state.update(|tx| Ok::<_, ()>(tx.delete::<Boat>("300"))).await.expect("is made");
    let after = state.snapshot();
    let told: Vec<_> = after
        .changes::<Boat>(&before)
        .map(|difference| match difference {
            Difference::Added(boat) => format!("+{}", boat.name),
            Difference::Changed { old, new } => format!("{} {}>{}", new.name, old.harbour, new.harbour),
            Difference::Removed(boat) => format!("-{}", boat.name),
        })
        .collect();
    assert_eq!(told, ["100 Kiel>Bonn", "-300", "+new"]);
}

#[tokio::test]
async fn tokens_are_remembered_until_they_expire() {
    use idempotency::{Error, expire, recall, remember};
    let state = state(&[]);
    let at = model::Timestamp::from_millis;
    let ask = |fingerprint: &'static str, now: i64| {
        state.update(move |tx| {
            if let Some(answer) = recall::<u32>(tx, "ecs:RunTask", "t", fingerprint, at(now))? {
                return Ok((answer, false));
            }
            remember(tx, "ecs:RunTask", "t", fingerprint, &7, at(now + 100))?;
            Ok::<_, Error>((7, true))
        })
    };
    assert_eq!(ask("f", 0).await.expect("first"), (7, true));
    assert_eq!(ask("f", 50).await.expect("again"), (7, false));
    assert!(matches!(ask("g", 50).await, Err(UpdateError::Refused(Error::Mismatch))));
    assert_eq!(state.update(|tx| Ok::<_, ()>(expire(tx, at(99), 10))).await.expect("runs"), 0);
    assert_eq!(ask("g", 100).await.expect("expired"), (7, true));
    assert_eq!(state.update(|tx| Ok::<_, ()>(expire(tx, at(200), 10))).await.expect("runs"), 1);
}

#[test]
fn every_version_ever_stored_is_still_read() {
    let manifest = env!("CARGO_MANIFEST_DIR");
    fixture(manifest, 1, &Boat { name: "Ida".into(), harbour: "unknown".into(), masts: 0 });
    fixture(manifest, 2, &Boat { name: "Ida".into(), harbour: "Kiel".into(), masts: 0 });
    fixture(manifest, 3, &Boat { name: "Ida".into(), harbour: "Kiel".into(), masts: 2 });
    let token = idempotency::Token {
        scope: "ecs:RunTask".into(),
        token: "t".into(),
        fingerprint: "f".into(),
        answer: "7".into(),
        expires_at: model::Timestamp::from_millis(1_700_000_000_000),
    };
    fixture(manifest, 1, &token);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let cases = [
        (r#"{"version":4,"record":{}}"#, "Newer { found: 4, known: 3 }"),
        (r#"{"version":0,"record":{}}"#, "Unknown { version: 0 }"),
        (r#"{"version":3,"record":{"name":"x"}}"#, "Json"),
        (
            r#"{"version":3,"record":{"name":"Eva","harbour":"Kiel"}}"#,
            "Key { stored: \"Ida\", own: \"Eva\" }",
        ),
        ("garbage", "Json"),
    ];
    for (stored, expected) in cases {
        let store = Memory::exclusive();
        let write = store::Write { table: "test.boat", key: "Ida".into(), value: Some(stored.into()) };
        let done =
            store::Store::commit(&store, &[store::Transaction { compares: vec![], writes: vec![write] }]);
        assert!(done.stopped.is_none());
        let error = State::open(store, &Schema::new().with(TABLES)).err().expect("is refused");
        let OpenError::Record { table, key, source } = &error else { panic!("{error:?}") };
        assert_eq!((table.as_str(), key.as_str()), ("test.boat", "Ida"));
        assert!(format!("{source:?}").contains(expected), "{stored}: {source:?}");
    }
}

#[test]
fn doubled_tables_are_refused_and_unknown_rows_left_alone() {
    let store = Memory::exclusive();
    let twice = Schema::new().with(TABLES).with(TABLES);
    assert!(matches!(
        State::open(store.clone(), &twice),
        Err(OpenError::DoubledTable { table: "test.boat" })
    ));
    let write = store::Write { table: "from.the_future", key: "x".into(), value: Some(b"?".to_vec()) };
    store::Store::commit(&store, &[store::Transaction { compares: vec![], writes: vec![write] }]);
    drop(open(&store));
    let mut rows = 0;
    store::Store::load(&store, &mut |_| rows += 1).expect("loads");
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn a_closed_state_refuses_and_still_reads() {
    let state = state(TABLES);
    put(&state, Boat::new("Ida", "Kiel")).await;
    state.close();
    let result = state.update(|tx| Ok::<_, ()>(tx.put(Boat::new("Eva", "Kiel")))).await;
    assert!(matches!(result, Err(UpdateError::Failed(Failure::Closed))));
    assert_eq!(names(&state.snapshot(), "Kiel"), ["Ida"]);
}
