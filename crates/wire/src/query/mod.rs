//! `application/x-www-form-urlencoded` requests of the query protocols.

mod form;
mod read;

pub use form::Form;
pub(crate) use read::{Dialect, read_structure};

#[cfg(test)]
mod tests;
