//! Connections of one worker to targets that wait for their next request. No lock: a pool never leaves its thread.

use super::upstream::{Http1, Http2, Refused};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Few, Target};

/// Idle connections to one target; more are closed.
const MOST: usize = 256;
/// How long one may wait.
const WAIT: Duration = Duration::from_secs(60);
/// How much earlier than its target a connection is given up, and no more than half of its time: what was sent at the last moment would
/// meet its end.
const MARGIN: Duration = Duration::from_secs(1);

/// A connection of HTTP/2 that is being opened; then it, or why there is none.
pub type Opening = watch::Receiver<Option<Result<Rc<Http2>, Rc<Refused>>>>;

/// The pool of one worker.
#[derive(Debug, Default)]
pub struct Pool {
    targets: RefCell<HashMap<usize, Entry, Few>>,
}

#[derive(Debug)]
struct Entry {
    target: Arc<Target>,
    idle: Vec<(Box<Http1>, Instant)>,
    shared: Vec<Rc<Http2>>,
    opening: Option<Opening>,
}

impl Pool {
    /// The connection that was used last and is still good.
    pub fn take(&self, target: &Arc<Target>, now: Instant) -> Option<Box<Http1>> {
        let mut targets = self.targets.borrow_mut();
        let entry = targets.get_mut(&key(target))?;
        while let Some((mut connection, until)) = entry.idle.pop() {
            if until > now && connection.reader.is_quiet() {
                return Some(connection);
            }
        }
        None
    }

    /// Keeps a connection whose last response was read whole.
    pub fn put(&self, target: &Arc<Target>, mut connection: Box<Http1>) {
        connection.reader.rest();
        if target.gone.is_cancelled() {
            return;
        }
        let mut targets = self.targets.borrow_mut();
        let entry = entry(&mut targets, target);
        if entry.idle.len() < MOST {
            let until = Instant::now() + wait(connection.keep);
            entry.idle.push((connection, until));
        }
    }

    /// A connection of HTTP/2 that takes one more request.
    pub fn shared(&self, target: &Arc<Target>) -> Option<Rc<Http2>> {
        let mut targets = self.targets.borrow_mut();
        let entry = targets.get_mut(&key(target))?;
        entry.shared.retain(|connection| !connection.is_closed());
        entry
            .shared
            .iter()
            .filter(|connection| connection.has_room())
            .min_by_key(|connection| connection.streams())
            .cloned()
    }

    /// The connection to a target that is being opened.
    pub fn opening(&self, target: &Arc<Target>) -> Option<Opening> {
        self.targets.borrow().get(&key(target))?.opening.clone()
    }

    /// Says that one is being opened.
    pub fn begin(&self, target: &Arc<Target>, opening: Opening) {
        entry(&mut self.targets.borrow_mut(), target).opening = Some(opening);
    }

    /// Says that it was opened, or that it was not.
    pub fn share(&self, target: &Arc<Target>, connection: Option<&Rc<Http2>>) {
        let mut targets = self.targets.borrow_mut();
        let entry = entry(&mut targets, target);
        entry.opening = None;
        entry.shared.extend(connection.cloned());
    }

    /// Closes what waited long enough, what its target closed, and all of targets that are gone.
    pub fn sweep(&self) {
        let now = Instant::now();
        self.targets.borrow_mut().retain(|_, entry| {
            if entry.target.gone.is_cancelled() {
                return false;
            }
            entry.idle.retain_mut(|(connection, until)| *until > now && connection.reader.is_quiet());
            entry.shared.retain(|connection| {
                !connection.is_closed() && (connection.streams() > 0 || !connection.is_old(now))
            });
            !(entry.idle.is_empty() && entry.shared.is_empty() && entry.opening.is_none())
        });
    }
}

/// How long a connection may wait whose target says that it keeps it for `keep`.
fn wait(keep: Option<Duration>) -> Duration {
    keep.map_or(WAIT, |keep| (keep - MARGIN.min(keep / 2)).min(WAIT))
}

/// A target is one allocation for as long as an entry holds it.
fn key(target: &Arc<Target>) -> usize {
    Arc::as_ptr(target) as usize
}

fn entry<'a>(targets: &'a mut HashMap<usize, Entry, Few>, target: &Arc<Target>) -> &'a mut Entry {
    targets.entry(key(target)).or_insert_with(|| Entry {
        target: Arc::clone(target),
        idle: Vec::new(),
        shared: Vec::new(),
        opening: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_given_up_before_their_targets_do_it() {
        for (keep, expected) in
            [(None, 60_000), (Some(75), 60_000), (Some(5), 4000), (Some(1), 500), (Some(0), 0)]
        {
            assert_eq!(wait(keep.map(Duration::from_secs)), Duration::from_millis(expected), "{keep:?}");
        }
    }
}
