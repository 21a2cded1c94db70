//! Sessions that are being renewed: whoever comes with the same cookies meanwhile, and a little later, gets the same session. Providers take a
//! refresh token once only, and browsers ask for many things at once.

use super::failure::Reason;
use super::session::Session;
use aws_lc_rs::digest;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// What comes of a renewal; the first `None` while it is under way.
pub type Outcome = Option<Result<Session, Reason>>;

/// How long a renewed session is known by its older cookies.
const KEPT: Duration = Duration::from_secs(30);
/// Sessions that are known at once; more are renewed without memory.
const MOST: usize = 1024;

type Key = [u8; 32];

/// Renewals of all workers.
#[derive(Debug, Default)]
pub struct Renewals(Mutex<HashMap<Key, (Instant, watch::Receiver<Outcome>)>>);

/// Whose part it is to renew a session.
#[derive(Debug)]
pub enum Turn {
    Ours(watch::Sender<Outcome>),
    Theirs(watch::Receiver<Outcome>),
}

impl Renewals {
    /// The turn of somebody with these cookies.
    pub fn turn(&self, cookies: &[u8]) -> Turn {
        let key: Key =
            digest::digest(&digest::SHA256, cookies).as_ref().try_into().expect("SHA-256 has 32 bytes");
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some((begun, outcome)) = known.get(&key) {
            // One whose sender is gone without an outcome will have none.
            let lives = outcome.borrow().is_some() || outcome.has_changed().is_ok();
            if now.duration_since(*begun) < KEPT && lives {
                return Turn::Theirs(outcome.clone());
            }
        }
        // Tokens stay in memory no longer than they are needed; renewals are rare.
        known.retain(|_, (begun, _)| now.duration_since(*begun) < KEPT);
        let (tell, outcome) = watch::channel(None);
        if known.len() < MOST {
            known.insert(key, (now, outcome));
        }
        Turn::Ours(tell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_renews_and_the_others_hear_of_it() {
        let renewals = Renewals::default();
        let Turn::Ours(tell) = renewals.turn(b"a") else { panic!("the first one renews") };
        let Turn::Theirs(outcome) = renewals.turn(b"a") else { panic!("the second one waits") };
        assert!(matches!(renewals.turn(b"b"), Turn::Ours(_)), "another session is another matter");
        tell.send_replace(Some(Err(Reason::InvalidGrant)));
        drop(tell);
        assert_eq!(*outcome.borrow(), Some(Err(Reason::InvalidGrant)));
        assert!(matches!(renewals.turn(b"a"), Turn::Theirs(_)), "it is known for a while");
    }

    #[test]
    fn a_renewal_that_was_given_up_is_begun_anew() {
        let renewals = Renewals::default();
        drop(renewals.turn(b"a"));
        assert!(matches!(renewals.turn(b"a"), Turn::Ours(_)));
    }

    #[test]
    fn no_more_are_known_than_there_is_room_for() {
        let renewals = Renewals::default();
        let turns: Vec<_> = (0..MOST + 10).map(|n| renewals.turn(&n.to_be_bytes())).collect();
        assert!(turns.iter().all(|turn| matches!(turn, Turn::Ours(_))));
        assert_eq!(renewals.0.lock().expect("no panic").len(), MOST);
    }
}
