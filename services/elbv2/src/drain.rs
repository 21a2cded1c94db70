//! The loop that takes away targets whose draining is over.
//!
//! A data plane may do so before, when nothing is left to drain; lists leave them out at their time whether the loop was there or not.

use model::Timestamp;
use model::elbv2::Target;
use reconcile::{Next, Reconcile, StepError, Wake};
use state::elbv2::target;
use state::{State, Watch};
use std::convert::Infallible;
use std::sync::Arc;

const KEY: &str = "targets";

/// Targets that one change takes away: a step does not hold up others.
const AT_ONCE: usize = 1000;

/// The loop.
pub struct Drain {
    state: State,
    clock: fn() -> Timestamp,
}

impl Drain {
    pub fn new(state: State, clock: fn() -> Timestamp) -> Self {
        Self { state, clock }
    }
}

impl Reconcile for Drain {
    const NAME: &'static str = "elbv2.drain";

    fn watch(&self, state: &State) -> Watch {
        state.watch::<Target>()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let drains = wake.records::<Target>().iter().any(|change| change.latest().is_draining());
        if drains { vec![KEY.to_owned()] } else { Vec::new() }
    }

    async fn step(&self, _: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        let next = self.state.update(|tx| {
            let over: Vec<Arc<Target>> =
                tx.table::<Target>().up_to(target::BY_DRAINED, now).take(AT_ONCE).cloned().collect();
            over.iter().for_each(|target| target::remove(tx, target));
            let mut left = tx.table::<Target>().up_to(target::BY_DRAINED, Timestamp::from_millis(i64::MAX));
            Ok::<_, Infallible>(left.next().and_then(|target| target.draining_until))
        });
        Ok(match next.await? {
            Some(at) => Next::After(at.since(now)),
            None => Next::Idle,
        })
    }
}
