//! Random histories against a plain map: what was acknowledged is there, what was not is not, indexes agree with records.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    /// Several puts and deletions in one transaction; the last flag lets the closure fail at its end.
    Change(Vec<(u8, Option<u8>)>, bool),
    Panic(u8),
    /// The next commits conflict.
    Conflict(u8),
    /// The next commit fails.
    Fail,
    /// Several transactions at once, so that they share a group, while the store conflicts or fails in their midst.
    Burst(Vec<(u8, u8)>, Option<(u8, bool)>),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let writes = proptest::collection::vec((0..12u8, proptest::option::weighted(0.7, 0..5u8)), 0..5);
    prop_oneof![
        6 => (writes, proptest::bool::weighted(0.2)).prop_map(|(writes, fail)| Step::Change(writes, fail)),
        1 => (0..12u8).prop_map(Step::Panic),
        1 => (1..4u8).prop_map(Step::Conflict),
        1 => Just(Step::Fail),
        3 => (
            proptest::collection::vec((0..12u8, 0..5u8), 1..10),
            proptest::option::of((0..10u8, any::<bool>())),
        )
            .prop_map(|(writes, trouble)| Step::Burst(writes, trouble)),
        1 => Just(Step::Reopen),
    ]
}

fn boat(name: u8, harbour: u8) -> Boat {
    Boat::new(&format!("boat {name}"), &format!("harbour {harbour}"))
}

fn full() -> store::Error {
    store::Error::Full { path: "disk".into(), source: "full".into() }
}

type Model = BTreeMap<String, Boat>;

fn agree(state: &State, model: &Model) {
    let snapshot = state.snapshot();
    let table = snapshot.table::<Boat>();
    assert!(table.is_consistent());
    assert!(table.scan().map(|boat| &**boat).eq(model.values()));
    for harbour in 0..5u8 {
        let harbour = format!("harbour {harbour}");
        let expected = model.values().filter(|boat| boat.harbour == harbour);
        assert!(table.by_index(Boat::BY_HARBOUR, &harbour).map(|boat| &**boat).eq(expected));
        let counted = table.by_prefix(Boat::BY_MASTS, &harbour).count();
        assert_eq!(counted, model.values().filter(|boat| boat.harbour == harbour).count());
    }
}

async fn change(state: &State, writes: &[(u8, Option<u8>)], fail: bool) -> Result<(), UpdateError<()>> {
    state
        .update(|tx| {
            for (name, harbour) in writes {
                match harbour {
                    Some(harbour) => drop(tx.put(boat(*name, *harbour))),
                    None => drop(tx.delete::<Boat>(format!("boat {name}"))),
                }
            }
            if fail { Err(()) } else { Ok(()) }
        })
        .await
}

fn apply(model: &mut Model, writes: &[(u8, Option<u8>)]) {
    for (name, harbour) in writes {
        match harbour {
            Some(harbour) => model.insert(format!("boat {name}"), boat(*name, *harbour)),
            None => model.remove(&format!("boat {name}")),
        };
    }
}

/// Each member of a burst notes its write in a log record inside its transaction, so that the log tells the order of commits.
async fn burst(state: &State, writes: &[(u8, u8)], model: &mut Model, store: &Memory) {
    let runs = writes.iter().enumerate().map(|(at, (name, harbour))| async move {
        let log = boat(200, 0).name;
        let result = state
            .update(|tx| {
                let mut noted =
                    tx.get::<Boat>(&log).map_or_else(|| boat(200, 0), |noted| Boat::clone(&noted));
                noted.harbour.push_str(&format!(",{at}"));
                tx.put(noted);
                tx.put(boat(*name, *harbour));
                Ok::<_, ()>(())
            })
            .await;
        (at, result)
    });
    // Joined in one task: all of them are in line before the first answer is looked at.
    let mut acknowledged: Vec<usize> = Vec::new();
    for (at, result) in join_all(runs).await {
        match result {
            Ok(()) => acknowledged.push(at),
            Err(UpdateError::Failed(Failure::Store(_))) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    store.forget_plans();
    let noted = state.snapshot().get::<Boat>(&boat(200, 0).name).map(|noted| noted.harbour.clone());
    let mut order: Vec<usize> = noted
        .iter()
        .flat_map(|noted| noted.split(',').skip(1))
        .map(|at| at.parse().expect("a number"))
        .collect();
    order.iter().for_each(|at| apply(model, &[(writes[*at].0, Some(writes[*at].1))]));
    order.sort_unstable();
    assert_eq!(order, acknowledged, "exactly the acknowledged ones are there, once each");
    state.update(|tx| Ok::<_, ()>(tx.delete::<Boat>(&boat(200, 0).name))).await.expect("the log is deleted");
}

async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut pending: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|cx| {
        let mut ready = true;
        for (future, output) in &mut pending {
            if output.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(done) => *output = Some(done),
                    std::task::Poll::Pending => ready = false,
                }
            }
        }
        if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    pending.into_iter().map(|(_, output)| output.expect("all are ready")).collect()
}

async fn replay(steps: Vec<Step>, store: Memory) {
    let mut state = open(&store);
    let mut model = Model::new();
    // Injected trouble that no commit has met yet.
    let mut failing = false;
    for step in steps {
        match step {
            Step::Change(writes, fail) => {
                let effective = !fail
                    && writes.iter().any(|(name, harbour)| {
                        harbour.is_some() || model.contains_key(&format!("boat {name}"))
                    });
                match change(&state, &writes, fail).await {
                    Ok(()) => {
                        assert!(!(fail || failing && effective));
                        apply(&mut model, &writes);
                    }
                    Err(UpdateError::Refused(())) => assert!(fail),
                    Err(UpdateError::Failed(Failure::Store(_))) => {
                        assert!(failing && effective);
                        failing = false;
                    }
                    Err(error) => panic!("{error:?}"),
                }
            }
            Step::Panic(name) => {
                let result: Result<(), UpdateError<()>> = state
                    .update(|tx| {
                        tx.put(boat(name, 0));
                        panic!("as planned")
                    })
                    .await;
                assert!(matches!(result, Err(UpdateError::Failed(Failure::Panicked { .. }))));
            }
            Step::Conflict(times) => (0..times).for_each(|_| store.conflict_next()),
            Step::Fail if failing => {}
            Step::Fail => {
                store.fail_next(full());
                failing = true;
            }
            Step::Burst(writes, trouble) => {
                // The burst meets its own trouble only.
                store.forget_plans();
                failing = false;
                if let Some((after, conflict)) = trouble {
                    (0..after).for_each(|_| store.succeed_next());
                    store.fail_next(if conflict {
                        store::Error::Conflict { table: "t".into(), key: "k".into() }
                    } else {
                        full()
                    });
                }
                burst(&state, &writes, &mut model, &store).await;
            }
            Step::Reopen => {
                drop(state);
                state = open(&store);
            }
        }
        agree(&state, &model);
    }
    drop(state);
    agree(&open(&store), &model);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn histories_agree_with_a_map(steps in proptest::collection::vec(step(), 1..30), shared in any::<bool>()) {
        let store = if shared { Memory::shared() } else { Memory::exclusive() };
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(replay(steps, store));
    }
}
