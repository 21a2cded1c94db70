//! The operations, by noun. Each validates, changes or reads, and converts.

pub(crate) mod event;
pub(crate) mod filtered;
pub(crate) mod group;
pub(crate) mod live_tail;
pub(crate) mod put;
pub(crate) mod retention;
pub(crate) mod stream;
pub(crate) mod tag;
