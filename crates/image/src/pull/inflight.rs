//! One run of the same work for any number of callers.
//!
//! Invariants: callers with equal keys at the same time share one run and its outcome; the run goes on while at least one of
//! them waits and is dropped with the last; nothing is kept once it ends.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

use crate::error::Error;

type Outcome<V> = Result<V, Arc<Error>>;
type Run<V> = BoxFuture<'static, Outcome<V>>;

/// Work in progress, by key.
pub(super) struct Inflight<K, V: Clone>(Mutex<HashMap<K, WeakShared<Run<V>>>>);

impl<K, V: Clone> Default for Inflight<K, V> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<K, V> Inflight<K, V>
where
    K: Eq + Hash + Clone,
    V: Clone + Send + Sync + 'static,
{
    /// Wait for the run with this key; start it with `work` when there is none.
    pub async fn run<F, W>(&self, key: K, work: W) -> Result<V, Error>
    where
        W: FnOnce() -> F,
        F: Future<Output = Result<V, Error>> + Send + 'static,
    {
        let run = self.join(key, work);
        run.await.map_err(|error| match Arc::try_unwrap(error) {
            Ok(own) => own,
            Err(shared) => Error::Shared(shared),
        })
    }

    fn join<F, W>(&self, key: K, work: W) -> Shared<Run<V>>
    where
        W: FnOnce() -> F,
        F: Future<Output = Result<V, Error>> + Send + 'static,
    {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // One that has ended is a cache we must not be: the next caller asks anew.
        if let Some(run) = runs.get(&key).and_then(WeakShared::upgrade)
            && run.peek().is_none()
        {
            return run;
        }
        runs.retain(|_, run| run.upgrade().is_some_and(|run| run.peek().is_none()));
        let run: Run<V> = work().map(|outcome| outcome.map_err(Arc::new)).boxed();
        let run = run.shared();
        if let Some(weak) = run.downgrade() {
            runs.insert(key, weak);
        }
        run
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn equal_keys_share_one_run_and_later_ones_start_anew() {
        let inflight = Inflight::<u8, usize>::default();
        let runs = Arc::new(AtomicUsize::new(0));
        let (release, released) = oneshot::channel::<()>();
        let counted = Arc::clone(&runs);
        let first = inflight.run(1, move || async move {
            released.await.unwrap();
            Ok(counted.fetch_add(1, Ordering::SeqCst))
        });
        let second = inflight.run(1, || async { panic!("must share the first") });
        let (first, second, ()) = tokio::join!(first, second, async { release.send(()).unwrap() });
        assert_eq!((first.unwrap(), second.unwrap()), (0, 0));
        let counted = Arc::clone(&runs);
        let third = inflight.run(1, move || async move { Ok(counted.fetch_add(1, Ordering::SeqCst)) }).await;
        assert_eq!(third.unwrap(), 1);
    }

    #[tokio::test]
    async fn the_last_caller_takes_the_run_with_it() {
        let inflight = Inflight::<u8, ()>::default();
        let (alive, dropped) = oneshot::channel::<()>();
        let waiting = inflight.run(1, move || async move {
            let _alive = alive;
            std::future::pending().await
        });
        let mut waiting = Box::pin(waiting);
        assert!((&mut waiting).now_or_never().is_none());
        drop(waiting);
        assert!(dropped.await.is_err());
    }

    #[tokio::test]
    async fn failures_are_shared_too() {
        let inflight = Inflight::<u8, ()>::default();
        let (release, released) = oneshot::channel::<()>();
        let first = inflight.run(1, move || async move {
            released.await.unwrap();
            Err(Error::Cancelled)
        });
        let second = inflight.run(1, || async { panic!("must share the first") });
        let (first, second, ()) = tokio::join!(first, second, async { release.send(()).unwrap() });
        assert_eq!(first.unwrap_err().reason(), "context canceled");
        assert_eq!(second.unwrap_err().reason(), "context canceled");
    }
}
