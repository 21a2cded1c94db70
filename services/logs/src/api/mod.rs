//! The operations, by noun. Each validates, changes or reads, and converts.

pub(crate) mod event;
pub(crate) mod filtered;
pub(crate) mod group;
pub(crate) mod live_tail;
pub(crate) mod put;
pub(crate) mod retention;
pub(crate) mod stream;
pub(crate) mod tag;

/// How many a page may have: what was asked for, at most `most`, which is also the default.
fn page_size(limit: Option<i32>, most: usize) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).map_or(most, |limit| limit.clamp(1, most))
}
