//! The loops of this service.

pub(crate) mod sweep;
