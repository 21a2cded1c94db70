//! Virtual time, and the one thread of a simulation.
//!
//! Loops take their clock and seeds as functions; these read the simulation of their thread.

use crate::Dice;
use auth::Seed;
use model::Timestamp;
use std::cell::RefCell;
use std::future::Future;
use tokio::task::LocalSet;
use tokio::time::Instant;

/// When a simulation begins.
const BEGIN_MS: i64 = 1_700_000_000_000;

thread_local! {
    static CURRENT: RefCell<Option<(Instant, Dice)>> = const { RefCell::new(None) };
}

/// Runs a simulation to its end.
///
/// # Panics
/// Where it panics, or where this thread has no place for a runtime.
pub fn run<T>(seed: u64, simulation: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.expect("a runtime of this thread");
    runtime.block_on(async {
        let dice = Dice::new(seed ^ 0x5eed);
        CURRENT.with(|current| *current.borrow_mut() = Some((Instant::now(), dice)));
        LocalSet::new().run_until(simulation).await
    })
}

/// The time that it is.
pub fn now() -> Timestamp {
    CURRENT.with(|current| {
        let current = current.borrow();
        let (begin, _) = current.as_ref().expect("only a simulation asks");
        let passed = i64::try_from(begin.elapsed().as_millis()).expect("simulations are short");
        Timestamp::from_millis(BEGIN_MS + passed)
    })
}

/// Dice of their own for whoever has none.
pub(crate) fn chance() -> Dice {
    CURRENT.with(|current| {
        let current = current.borrow();
        let (_, dice) = current.as_ref().expect("only a simulation asks");
        dice.split()
    })
}

/// A seed for ids.
pub fn seed() -> Seed {
    CURRENT.with(|current| {
        let current = current.borrow();
        let (_, dice) = current.as_ref().expect("only a simulation asks");
        Seed::from_bytes(dice.bytes())
    })
}
