//! Reconcile loops, and the named tasks that everything long-lived runs in.
//!
//! A [`Reconcile`] loop brings the world to what the state wants, one key at a time. [`drive`] wakes it: when what it watches changes, when its
//! period is over, when a step asked for it. Wake-ups carry no payload: a step reads the newest snapshot and decides anew, so a lost,
//! doubled or late wake-up does no harm, and a crash repeats instead of losing. Per key there is never more than one step at work; a
//! step has a time limit; an error, a time-out or a panic is logged and leads to a pause that doubles up to a cap. Steps do not retry inside.
//!
//! [`Tasks`] owns every spawned task of the process: each has a name, is told to end through [`Shutdown`], and is joined or, after the
//! grace period, aborted and named.
//!
//! This crate must not know what any loop does. Durable workflows (fixed steps with a log) come with their first user.

mod backoff;
mod driver;
mod tasks;
#[cfg(test)]
mod tests;

pub use backoff::Backoff;
pub use driver::{Next, REST_LIMIT, Reconcile, Settings, StepError, Wake, drive};
pub use tasks::{Report, Shutdown, Tasks};
