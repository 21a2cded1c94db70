//! A tiny transactional key-value facade, and the engines behind it.
//!
//! Rows are `(table, key) → bytes`, every row carries the revision of the transaction that wrote it. A [`Transaction`] says
//! what it read ([`Compare`]) and what it writes ([`Write`]); [`Store::commit`] takes a *group* of them, makes them durable
//! together and answers how far it came. That is all `state` needs, and all that an engine has to offer:
//!
//! - [`Sqlite`]: one file of this process, group commit with one fsync. The default.
//! - [`Memory`]: nothing durable; for tests. Can be shared by several users, and can be told to conflict or to fail.
//! - etcd, later: the same compares become an etcd transaction, [`Store::watch`] an etcd watch.
//!
//! This crate must not know what a record is: no JSON, no versions, no indexes.

mod error;
mod facade;
mod memory;
mod sqlite;

pub use error::{Error, Result};
pub use facade::{Change, Committed, Compare, Revision, Row, Sharing, Sink, Store, Transaction, Write};
pub use memory::Memory;
pub use sqlite::{DirectoryLock, SCHEMA_VERSION, Sqlite};
