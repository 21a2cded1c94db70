//! When a connection was used last, and how long that may be ago.

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

/// Ends where nothing moved for a time. It looks at the clock only when a whole time has passed, so that traffic costs it nothing.
#[derive(Debug)]
pub struct IdleTimer {
    activity: Activity,
    limit: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl IdleTimer {
    pub fn new(activity: Activity, limit: Duration) -> Self {
        let sleep = Box::pin(sleep_until(activity.last() + limit));
        Self { activity, limit, sleep }
    }

    pub fn activity(&self) -> Activity {
        self.activity.clone()
    }

    /// Another limit from now on.
    pub fn set_limit(&mut self, limit: Duration) {
        if limit != self.limit {
            self.limit = limit;
            self.sleep.as_mut().reset(self.activity.last() + limit);
        }
    }

    /// Ends once nothing moved for the whole limit. Cancel-safe: the sleep goes on with the next call.
    pub async fn expired(&mut self) {
        loop {
            self.sleep.as_mut().await;
            let until = self.activity.last() + self.limit;
            if until <= Instant::now() {
                return;
            }
            self.sleep.as_mut().reset(until);
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

    /// As [`Self::expired`], and ends too where `gone` is cancelled; that is looked at every second, which costs a request nothing.
    pub async fn watch(&mut self, gone: &CancellationToken) -> Ended {
        if self.sleep.deadline() > Instant::now() + GLANCE {
            self.sleep.as_mut().reset(Instant::now() + GLANCE);
        }
        loop {
            self.sleep.as_mut().await;
            let (now, until) = (Instant::now(), self.activity.last() + self.limit);
            if gone.is_cancelled() {
                return Ended::Gone;
            }
            if until <= now {
                return Ended::Idle;
            }
            self.sleep.as_mut().reset(until.min(now + GLANCE));
        }
    }
}

/// Why [`IdleTimer::watch`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Idle,
    Gone,
}

const GLANCE: Duration = Duration::from_secs(1);
