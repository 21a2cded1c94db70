//! The handlers, a module per noun.

pub(crate) mod certificate;
pub(crate) mod import;
pub(crate) mod tag;
