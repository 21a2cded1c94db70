//! The place of a task: what is asked of placement, what a task's record gets of the answer, and the tasks that wait for capacity.
//!
//! A launch asks for a place at once; a task of a capacity provider that makes instances may wait for one, and then the loop [`Place`] asks again
//! whenever something changes. Both put the same questions ([`Wish`]) and write the same answers ([`give`]).

mod capability;
pub(crate) mod daemons;
mod give;
pub(crate) mod waiting;
mod wish;

pub(crate) use give::give;
pub use waiting::Place;
pub(crate) use wish::Wish;
