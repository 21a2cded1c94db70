//! Connections of one worker to targets that wait for their next request. No lock: a pool never leaves its thread.

use super::upstream::{Http1, Http2};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

use super::Target;

/// Idle connections to one target; more are closed.
const MOST: usize = 256;
/// How long one may wait.
const WAIT: Duration = Duration::from_secs(60);

/// The pool of one worker.
#[derive(Debug, Default)]
pub struct Pool {
    targets: RefCell<HashMap<usize, Entry>>,
}

#[derive(Debug)]
struct Entry {
    target: Arc<Target>,
    idle: Vec<(Http1, Instant)>,
    shared: Vec<Rc<Http2>>,
}

impl Pool {
    /// The connection that was used last and is still good.
    pub fn take(&self, target: &Arc<Target>) -> Option<Http1> {
        let mut targets = self.targets.borrow_mut();
        let entry = targets.get_mut(&key(target))?;
        while let Some((mut connection, _)) = entry.idle.pop() {
            if connection.reader.is_quiet() {
                return Some(connection);
            }
        }
        None
    }

    /// Keeps a connection whose last response was read whole.
    pub fn put(&self, target: &Arc<Target>, connection: Http1) {
        if target.gone.is_cancelled() {
            return;
        }
        let mut targets = self.targets.borrow_mut();
        let entry = entry(&mut targets, target);
        if entry.idle.len() < MOST {
            entry.idle.push((connection, Instant::now()));
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

    pub fn share(&self, target: &Arc<Target>, connection: Rc<Http2>) {
        let mut targets = self.targets.borrow_mut();
        entry(&mut targets, target).shared.push(connection);
    }

    /// Closes what waited long enough, what its target closed, and all of targets that are gone.
    pub fn sweep(&self) {
        let now = Instant::now();
        self.targets.borrow_mut().retain(|_, entry| {
            if entry.target.gone.is_cancelled() {
                return false;
            }
            entry.idle.retain_mut(|(connection, since)| {
                let stays = now.duration_since(*since) < WAIT && connection.reader.is_quiet();
                connection.reader.rest();
                connection.writer.rest();
                stays
            });
            entry.shared.retain(|connection| {
                !connection.is_closed() && (connection.streams() > 0 || !connection.is_old(now))
            });
            !(entry.idle.is_empty() && entry.shared.is_empty())
        });
    }
}

/// A target is one allocation for as long as an entry holds it.
fn key(target: &Arc<Target>) -> usize {
    Arc::as_ptr(target) as usize
}

fn entry<'a>(targets: &'a mut HashMap<usize, Entry>, target: &Arc<Target>) -> &'a mut Entry {
    targets.entry(key(target)).or_insert_with(|| Entry {
        target: Arc::clone(target),
        idle: Vec::new(),
        shared: Vec::new(),
    })
}
