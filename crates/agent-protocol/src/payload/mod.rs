//! The task payload: what a PayloadMessage says of one task and of its containers.
//!
//! Integers are as wide as JSON's so that no bad value makes a whole message unreadable; what they may be is the reader's
//! business.

mod container;
mod eni;
mod task;
mod volume;

pub use container::*;
pub use eni::*;
pub use task::*;
pub use volume::*;
