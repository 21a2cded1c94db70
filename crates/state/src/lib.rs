//! Typed tables with indexes over the store, held in memory as copy-on-write snapshots.
//!
//! # Reading
//! [`State::snapshot`] is a cheap, immutable view of everything that is durable; reads never wait and never fail. Lists come in key
//! order ([`KeyOrder`]) through [`Scan`]: `snapshot.by_index(task::BY_GROUP, (cluster, group)).after(token).page(100)` costs O(log n + results).
//!
//! # Writing
//! [`State::update`] takes a synchronous closure, which may borrow from its surroundings and must be able to run again: no await,
//! clock, randomness or I/O inside (take `now` and new ids from the request's context). Closures run one after another, each on the
//! result of the one before; all that wait share one fsync; `update` returns, and snapshots and watches show the change, when it is durable.
//! An error from the closure writes nothing. A panic inside is caught, logged and answered as [`Failure::Panicked`].
//!
//! # Waiting
//! [`State::watch`] and [`State::watcher`] wake on commits to a table, a row, or the records under an index value. Subscribe first,
//! then read, then wait. Wake-ups carry no payload and coalesce; [`Snapshot::changes`] tells what differs between two snapshots.
//!
//! # Records
//! A [`Record`] has a table, a key and index entries; a [`Version`] has a number and knows the way up from the version before. A record of one
//! service lives in that service's crate. A record that several crates touch is a plain struct in `model`; its `Record` implementation and its
//! *owning functions* (`pub fn start(tx: &mut Tx<'_>, …) -> Result<…, …>`) live here in a module named after the noun, because each field has one
//! writing module: other services call that function inside their own `update` and thereby share its transaction, and never `put` the record
//! themselves. Every crate lists its tables in one `pub const TABLES: &[TableDef]`; the binary gives all lists to [`Schema`]. So a new
//! record touches its own file and one list line.
//!
//! ```
//! use state::{Entries, Index, Record, Schema, State, TableDef, Version};
//!
//! #[derive(Clone, serde::Serialize, serde::Deserialize)]
//! struct Boat { name: String, harbour: String }
//!
//! impl Boat { const BY_HARBOUR: Index<Self> = Index::new("by_harbour"); }
//! impl Version for Boat {}
//! impl Record for Boat {
//!     const TABLE: &'static str = "example.boat";
//!     fn key(&self) -> String { self.name.clone() }
//!     fn indexes(&self, entries: &mut Entries) { entries.add(Self::BY_HARBOUR, &self.harbour); }
//! }
//! pub const TABLES: &[TableDef] = &[TableDef::of::<Boat>()];
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let state = State::open(store::Memory::exclusive(), &Schema::new().with(TABLES)).unwrap();
//! let name = "Ida".to_owned();
//! state.update(|tx| {
//!     if tx.get::<Boat>(&name).is_some() { return Err("the name is taken"); }
//!     tx.put(Boat { name: name.clone(), harbour: "Kiel".into() });
//!     Ok(())
//! }).await.unwrap();
//! let snapshot = state.snapshot();
//! let page = snapshot.by_index(Boat::BY_HARBOUR, "Kiel").page(100);
//! assert_eq!(page.records[0].name, "Ida");
//! # });
//! ```
//!
//! This crate must not know AWS's API shapes, clocks or who asks.

pub mod acm;
mod commit;
pub mod ec2;
pub mod ecs;
pub mod elbv2;
mod failure;
pub mod iam;
pub mod idempotency;
mod index;
mod key;
mod listing;
mod record;
mod schema;
mod snapshot;
mod source;
mod state;
mod table;
pub mod testing;
#[cfg(test)]
mod tests;
mod tx;
mod watch;

pub use failure::{Failure, OpenError, UpdateError};
pub use index::{Entries, Index, IndexValue};
pub use key::KeyOrder;
pub use listing::Listed;
pub use record::{DecodeError, Older, Record, Version};
pub use schema::{Schema, TableDef};
pub use snapshot::Snapshot;
pub use source::Source;
pub use state::State;
pub use table::{Difference, Page, Scan, Table};
pub use tx::Tx;
pub use watch::{Watch, Watcher};

/// The built-in tables, part of every [`Schema`].
pub const TABLES: &[TableDef] = &[TableDef::of::<idempotency::Token>()];
