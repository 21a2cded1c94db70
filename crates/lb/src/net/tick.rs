//! A clock that all connections of a thread look at: who only has to look around once in a while needs no timer of its own then, which would
//! be set and removed with every request.

use std::rc::Rc;
use std::time::Duration;
use tokio::sync::Notify;

/// The time from one tick to the next.
pub const PERIOD: Duration = Duration::from_secs(1);

thread_local! {
    static TICK: Rc<Notify> = Rc::default();
}

/// Ends with the next tick. Cancel-safe.
pub async fn next() {
    let tick = TICK.with(Rc::clone);
    tick.notified().await;
}

/// Ticks for those of this thread until it is dropped.
pub async fn run() -> ! {
    loop {
        tokio::time::sleep(PERIOD).await;
        TICK.with(|tick| tick.notify_waiters());
    }
}
