//! Loops and tasks in paused time: every instant below is exact.

mod supervisor;

use crate::*;
use serde::{Deserialize, Serialize};
use state::{Record, State, TableDef, Version, Watch};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Clone, Serialize, Deserialize)]
struct Lamp {
    name: String,
    wanted: u32,
}

impl Version for Lamp {}

impl Record for Lamp {
    const TABLE: &'static str = "test.lamp";

    fn key(&self) -> String {
        self.name.clone()
    }
}

const SECOND: Duration = Duration::from_secs(1);

/// What the steps of a test do.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Idle,
    After(Duration),
    Take(Duration),
    Fail,
    Panic,
}

#[derive(Default)]
struct Seen {
    /// When which key was stepped, in seconds since the start.
    steps: Vec<(String, u64)>,
    /// The same in milliseconds.
    moments: Vec<u128>,
    at_work: BTreeMap<String, u32>,
    most_at_work: u32,
    most_per_key: u32,
    asked: Vec<Vec<String>>,
}

#[derive(Clone)]
struct Lamps {
    seen: Arc<Mutex<Seen>>,
    act: Arc<Mutex<BTreeMap<String, Act>>>,
    start: Instant,
    settings: Settings,
}

struct Working<'a>(&'a Lamps, String);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        if let Some(count) = self.0.seen.lock().unwrap().at_work.get_mut(&self.1) {
            *count -= 1;
        }
    }
}

impl Reconcile for Lamps {
    const NAME: &'static str = "test.lamps";

    fn settings(&self) -> Settings {
        self.settings
    }

    fn watch(&self, state: &State) -> Watch {
        state.watch::<Lamp>()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let keys: Vec<_> = wake.records::<Lamp>().iter().map(|lamp| lamp.latest().name.clone()).collect();
        self.seen.lock().unwrap().asked.push(keys.clone());
        keys
    }

    async fn step(&self, key: &str) -> Result<Next, StepError> {
        let act = self.act.lock().unwrap().get(key).copied().unwrap_or(Act::Idle);
        {
            let mut seen = self.seen.lock().unwrap();
            seen.steps.push((key.to_owned(), self.start.elapsed().as_secs()));
            seen.moments.push(self.start.elapsed().as_millis());
            let count = seen.at_work.entry(key.to_owned()).or_default();
            *count += 1;
            let count = *count;
            seen.most_per_key = seen.most_per_key.max(count);
            let all: u32 = seen.at_work.values().sum();
            seen.most_at_work = seen.most_at_work.max(all);
        }
        let _working = Working(self, key.to_owned());
        match act {
            Act::Idle => Ok(Next::Idle),
            Act::After(wait) => Ok(Next::After(wait)),
            Act::Take(time) => {
                tokio::time::sleep(time).await;
                Ok(Next::Idle)
            }
            Act::Fail => Err("as planned".into()),
            Act::Panic => panic!("as planned"),
        }
    }
}

impl Lamps {
    fn new() -> Self {
        let backoff = Backoff { first: SECOND, cap: 8 * SECOND };
        let settings =
            Settings { period: 1000 * SECOND, step_limit: 100 * SECOND, concurrency: 4, backoff, rest: 0 };
        Self { seen: Arc::default(), act: Arc::default(), start: Instant::now(), settings }
    }

    fn act(&self, key: &str, act: Act) {
        self.act.lock().unwrap().insert(key.to_owned(), act);
    }

    fn steps(&self, key: &str) -> Vec<u64> {
        self.seen.lock().unwrap().steps.iter().filter(|step| step.0 == key).map(|step| step.1).collect()
    }

    fn drive(&self, state: &State, tasks: &Tasks) {
        let (lamps, state) = (self.clone(), state.clone());
        tasks.spawn("lamps", |shutdown| drive(lamps, state, shutdown));
    }
}

fn house() -> State {
    state::testing::state(&[TableDef::of::<Lamp>()])
}

async fn want(state: &State, name: &str, wanted: u32) {
    let put = state.update(|tx| Ok::<_, ()>(tx.put(Lamp { name: name.to_owned(), wanted })));
    put.await.expect("is put");
}

/// Let the paused clock run up to `second`. Half a second later than asked, so that what is due at `second` has happened.
async fn until(lamps: &Lamps, second: u64) {
    tokio::time::sleep_until(lamps.start + Duration::from_secs(second) + SECOND / 2).await;
}

#[tokio::test(start_paused = true)]
async fn changes_and_the_period_wake_the_loop() {
    let (state, tasks, lamps) = (house(), Tasks::new(), Lamps::new());
    want(&state, "a", 1).await;
    want(&state, "b", 1).await;
    lamps.drive(&state, &tasks);
    until(&lamps, 10).await;
    assert_eq!((lamps.steps("a"), lamps.steps("b")), (vec![0], vec![0]));
    want(&state, "b", 2).await;
    until(&lamps, 20).await;
    // Only what changed is asked for.
    assert_eq!((lamps.steps("a"), lamps.steps("b").len()), (vec![0], 2));
    assert_eq!(lamps.seen.lock().unwrap().asked, [vec!["a", "b"], vec!["b"]]);
    until(&lamps, 1000).await;
    assert_eq!(lamps.steps("a"), [0, 1000]);
    assert_eq!(lamps.seen.lock().unwrap().asked.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_step_says_when_it_wants_the_next() {
    let (state, tasks, lamps) = (house(), Tasks::new(), Lamps::new());
    lamps.act("a", Act::After(30 * SECOND));
    want(&state, "a", 1).await;
    lamps.drive(&state, &tasks);
    until(&lamps, 40).await;
    assert_eq!(lamps.steps("a"), [0, 30]);
    // A change comes first, and the wake-up that it replaces does not come in addition.
    want(&state, "a", 2).await;
    until(&lamps, 45).await;
    lamps.act("a", Act::Idle);
    until(&lamps, 200).await;
    assert_eq!(lamps.steps("a").len(), 4, "{:?}", lamps.steps("a"));
}

#[tokio::test(start_paused = true)]
async fn failures_panics_and_lateness_pause_the_key_alone_and_ever_longer() {
    let (state, tasks, mut lamps) = (house(), Tasks::new(), Lamps::new());
    lamps.settings.step_limit = 2 * SECOND;
    lamps.act("fails", Act::Fail);
    lamps.act("panics", Act::Panic);
    lamps.act("late", Act::Take(50 * SECOND));
    for name in ["fails", "panics", "late", "well"] {
        want(&state, name, 1).await;
    }
    lamps.drive(&state, &tasks);
    until(&lamps, 24).await;
    assert_eq!(lamps.steps("fails"), [0, 1, 3, 7, 15, 23]);
    assert_eq!(lamps.steps("panics"), [0, 1, 3, 7, 15, 23]);
    assert_eq!(lamps.steps("late"), [0, 3, 7, 13, 23]);
    assert_eq!(lamps.steps("well"), [0]);
    // A change does not cut the pause short; success ends the series.
    want(&state, "fails", 2).await;
    lamps.act("fails", Act::Idle);
    until(&lamps, 30).await;
    assert_eq!(lamps.steps("fails").len(), 6);
    until(&lamps, 31).await;
    assert_eq!(lamps.steps("fails").last(), Some(&31));
    lamps.act("fails", Act::Fail);
    want(&state, "fails", 3).await;
    until(&lamps, 33).await;
    assert_eq!(lamps.steps("fails")[7..], [31, 32], "the next series starts with the first pause");
}

#[tokio::test(start_paused = true)]
async fn one_step_per_key_and_a_bounded_number_at_once() {
    let (state, tasks, lamps) = (house(), Tasks::new(), Lamps::new());
    for n in 0..10 {
        let name = format!("lamp {n}");
        lamps.act(&name, Act::Take(5 * SECOND));
        want(&state, &name, 1).await;
    }
    lamps.drive(&state, &tasks);
    until(&lamps, 1).await;
    // Changed thrice while its step is at work: one more step, right after.
    for wanted in 2..5 {
        want(&state, "lamp 0", wanted).await;
    }
    until(&lamps, 100).await;
    assert_eq!(lamps.steps("lamp 0").len(), 2);
    assert_eq!(lamps.steps("lamp 0")[1], 5);
    assert!((1..10).all(|n| lamps.steps(&format!("lamp {n}")).len() == 1));
    let seen = lamps.seen.lock().unwrap();
    assert_eq!((seen.most_per_key, seen.most_at_work), (1, 4));
}

#[tokio::test(start_paused = true)]
async fn what_changes_all_the_time_rests_between_its_steps() {
    let (state, tasks, mut lamps) = (house(), Tasks::new(), Lamps::new());
    lamps.settings.rest = 3;
    lamps.act("a", Act::Take(SECOND / 10));
    lamps.drive(&state, &tasks);
    for change in 0..60 {
        let at = 20 + 30 * u64::from(change);
        tokio::time::sleep_until(lamps.start + Duration::from_millis(at)).await;
        want(&state, "a", change).await;
    }
    until(&lamps, 10).await;
    // 100 ms of work, 300 ms of rest; when the changes end, the last one still has its step.
    assert_eq!(lamps.seen.lock().unwrap().moments, [20, 420, 820, 1220, 1620, 2020]);
    // After quiet it is stepped at once. A long step has a short rest.
    lamps.act("a", Act::Take(SECOND));
    want(&state, "a", 100).await;
    tokio::time::sleep(SECOND / 10).await;
    want(&state, "a", 101).await;
    until(&lamps, 20).await;
    assert_eq!(lamps.seen.lock().unwrap().moments[6..], [10_500, 10_500 + 1000 + REST_LIMIT.as_millis()]);
}

#[tokio::test(start_paused = true)]
async fn a_removed_record_still_gets_its_step() {
    let (state, tasks, lamps) = (house(), Tasks::new(), Lamps::new());
    want(&state, "a", 1).await;
    lamps.drive(&state, &tasks);
    until(&lamps, 1).await;
    state.update(|tx| Ok::<_, ()>(tx.delete::<Lamp>("a"))).await.expect("is deleted");
    until(&lamps, 2).await;
    assert_eq!(lamps.steps("a").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn shutdown_gives_up_the_steps_at_work() {
    let (state, tasks, lamps) = (house(), Tasks::new(), Lamps::new());
    lamps.act("a", Act::Take(90 * SECOND));
    want(&state, "a", 1).await;
    lamps.drive(&state, &tasks);
    until(&lamps, 1).await;
    let report = tasks.shutdown(SECOND).await;
    assert_eq!(report, Report::default());
    // The dropped step is wound up by the runtime in its next turns.
    tokio::time::sleep(SECOND).await;
    assert_eq!(lamps.seen.lock().unwrap().at_work.get("a"), Some(&0));
}

#[test]
fn pauses_double_up_to_the_cap() {
    let backoff = Backoff { first: SECOND, cap: 10 * SECOND };
    let pauses: Vec<_> = (0..7).chain([u32::MAX]).map(|n| backoff.pause(n).as_secs()).collect();
    assert_eq!(pauses, [1, 1, 2, 4, 8, 10, 10, 10]);
}
