//! When the credentials of tasks' roles are made anew.
//!
//! A session with an agent holds, for each role of each task, what it gave last ([`Held`]); [`due`] says which need new
//! ones now and when to look again.
//!
//! Invariants: as long as it is asked when it wants to be, and roles can be assumed, no task's credentials come closer to
//! their end than [`REFRESH_BEFORE`]; nothing is made anew before it is due.
//!
//! Source: the official agent never asks for new ones, so the backend has to be early. That they last six hours, and when
//! AWS refreshes them, is not established. SDKs fetch anew from a quarter of an hour before the end.

use model::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long credentials are good.
pub const LIFE: Duration = Duration::from_secs(6 * 3600);

/// What is left of them when new ones are made: as long as the control plane may be away without a task noticing.
pub const REFRESH_BEFORE: Duration = Duration::from_secs(3 * 3600);

/// When what was not acknowledged, or could not be made, is tried again.
pub const RETRY: Duration = Duration::from_secs(5 * 60);

/// What became of the last credentials of one role of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// They were sent.
    Given { sent_at: Timestamp, expires: Timestamp, acknowledged: bool },
    /// The role could not be assumed.
    Refused { at: Timestamp },
}

impl Held {
    /// When new ones are made.
    pub fn due_at(&self) -> Timestamp {
        match *self {
            Self::Given { expires, acknowledged: true, .. } => before(expires, REFRESH_BEFORE),
            Self::Given { sent_at, expires, acknowledged: false } => {
                sent_at.after(RETRY).min(before(expires, REFRESH_BEFORE))
            }
            Self::Refused { at } => at.after(RETRY),
        }
    }
}

/// What to do, and when to ask again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<K> {
    /// In order.
    pub now: Vec<K>,
    /// The next instant at which something of the rest is due. None where nothing will be.
    pub next: Option<Timestamp>,
}

/// Which of what is held needs new credentials.
pub fn due<K: Ord + Clone>(held: &BTreeMap<K, Held>, now: Timestamp) -> Due<K> {
    let (mut due, mut next) = (Vec::new(), None::<Timestamp>);
    for (key, held) in held {
        let at = held.due_at();
        if at <= now {
            due.push(key.clone());
        } else {
            next = Some(next.map_or(at, |next| next.min(at)));
        }
    }
    Due { now: due, next }
}

fn before(at: Timestamp, by: Duration) -> Timestamp {
    Timestamp::from_millis(at.millis().saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn given(acknowledged: bool) -> Held {
        Held::Given { sent_at: NOW, expires: NOW.after(LIFE), acknowledged }
    }

    #[test]
    fn what_is_due_when() {
        let held =
            BTreeMap::from([("a", given(true)), ("b", given(false)), ("c", Held::Refused { at: NOW })]);
        let asked = due(&held, NOW);
        assert_eq!(asked, Due { now: vec![], next: Some(NOW.after(RETRY)) });
        let asked = due(&held, NOW.after(RETRY));
        assert_eq!(asked, Due { now: vec!["b", "c"], next: Some(NOW.after(LIFE - REFRESH_BEFORE)) });
        let asked = due(&held, NOW.after(LIFE - REFRESH_BEFORE));
        assert_eq!(asked, Due { now: vec!["a", "b", "c"], next: None });
        assert_eq!(due(&BTreeMap::<u8, Held>::new(), NOW), Due { now: vec![], next: None });
    }

    proptest! {
        /// Over long histories of agents that acknowledge or do not and of roles that come and go.
        #[test]
        fn credentials_never_come_near_their_end(steps in proptest::collection::vec((any::<bool>(), 0u8..10), 1..200)) {
            let mut now = NOW;
            let mut held = BTreeMap::from([(0, given(false)), (1, given(true))]);
            let mut ends = BTreeMap::from([(0, NOW.after(LIFE)), (1, NOW.after(LIFE))]);
            for (acknowledged, refused) in steps {
                let asked = due(&held, now);
                for key in &asked.now {
                    // A role that cannot be assumed now and then is out of the safety's promise.
                    let next = if refused == 0 {
                        Held::Refused { at: now }
                    } else {
                        ends.insert(*key, now.after(LIFE));
                        Held::Given { sent_at: now, expires: now.after(LIFE), acknowledged }
                    };
                    held.insert(*key, next);
                }
                let again = due(&held, now);
                prop_assert!(again.now.is_empty(), "what was just done is not due");
                let next = again.next.expect("there is something to do later");
                prop_assert!(next > now && next.since(now) <= LIFE - REFRESH_BEFORE);
                for (key, end) in &ends {
                    if matches!(held[key], Held::Given { .. }) {
                        prop_assert!(end.since(now) >= REFRESH_BEFORE);
                    }
                }
                now = next;
            }
        }
    }
}
