//! When a connection was used last, and how long that may be ago.

use super::tick;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_util::sync::CancellationToken;

/// When bytes moved last on a connection and on the one behind it.
#[derive(Clone, Debug)]
pub struct Activity(Rc<Cell<Instant>>);

impl Activity {
    pub fn begin() -> Self {
        Self(Rc::new(Cell::new(Instant::now())))
    }

    pub fn touch(&self) {
        self.0.set(Instant::now());
    }

    pub fn last(&self) -> Instant {
        self.0.get()
    }
}

/// Ends where nothing moved for a time. It looks at the clock only when a whole time has passed, so that traffic costs it nothing; nor does
/// it have a timer before something waits for it.
#[derive(Debug)]
pub struct IdleTimer {
    activity: Activity,
    limit: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl IdleTimer {
    pub fn new(activity: Activity, limit: Duration) -> Self {
        Self { activity, limit, sleep: None }
    }

    pub fn activity(&self) -> Activity {
        self.activity.clone()
    }

    /// Another limit from now on.
    pub fn set_limit(&mut self, limit: Duration) {
        if limit != self.limit {
            self.limit = limit;
            self.sleep = None;
        }
    }

    /// When it ends if nothing moves.
    fn until(&self) -> Instant {
        self.activity.last() + self.limit
    }

    /// Ends once nothing moved for the whole limit. Cancel-safe: the sleep goes on with the next call.
    pub async fn expired(&mut self) {
        loop {
            let until = self.until();
            self.sleep.get_or_insert_with(|| Box::pin(sleep_until(until))).await;
            let until = self.until();
            if until <= Instant::now() {
                return;
            }
            self.sleep = None;
        }
    }

    /// Waits for a write as long as something moves; nothing where nothing did for the whole limit.
    pub async fn moving<T>(&mut self, write: impl Future<Output = T>) -> Option<T> {
        // Cancel-safe: whoever stops waiting gives the connection up.
        tokio::select! {
            biased;
            written = write => Some(written),
            () = self.expired() => None,
        }
    }

    /// As [`Self::expired`], and ends too where `gone` is cancelled; that is looked at with every tick, which costs a request nothing.
    pub async fn watch(&mut self, gone: &CancellationToken) -> Ended {
        loop {
            let until = self.until();
            if until > Instant::now() + tick::PERIOD {
                tick::next().await;
            } else {
                tokio::time::sleep_until(until).await;
            }
            if gone.is_cancelled() {
                return Ended::Gone;
            }
            if self.until() <= Instant::now() {
                return Ended::Idle;
            }
        }
    }
}

/// Why [`IdleTimer::watch`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Idle,
    Gone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn what_moves_is_not_idle() {
        let activity = Activity::begin();
        let mut idle = IdleTimer::new(activity.clone(), Duration::from_secs(10));
        let began = Instant::now();
        let moving = async {
            tokio::time::sleep(Duration::from_secs(7)).await;
            activity.touch();
            std::future::pending::<()>().await;
        };
        assert_eq!(idle.moving(moving).await, None);
        assert_eq!(began.elapsed().as_secs(), 17);
        idle.set_limit(Duration::from_secs(12));
        idle.expired().await;
        assert_eq!(began.elapsed().as_secs(), 19);
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn whoever_watches_looks_around() {
        let (activity, gone) = (Activity::begin(), CancellationToken::new());
        let mut idle = IdleTimer::new(activity.clone(), Duration::from_secs(10));
        let began = Instant::now();
        let watched = async {
            tokio::select! {
                ended = idle.watch(&gone) => ended,
                never = tick::run() => never,
            }
        };
        let (ended, ()) = tokio::join!(watched, async {
            tokio::time::sleep(Duration::from_secs(5)).await;
            activity.touch();
        });
        assert_eq!((ended, began.elapsed().as_secs()), (Ended::Idle, 15));
        activity.touch();
        let watched = async {
            tokio::select! {
                ended = idle.watch(&gone) => ended,
                never = tick::run() => never,
            }
        };
        let (ended, ()) = tokio::join!(watched, async {
            tokio::time::sleep(Duration::from_millis(2500)).await;
            gone.cancel();
        });
        assert_eq!((ended, began.elapsed().as_secs()), (Ended::Gone, 18));
    }
}
