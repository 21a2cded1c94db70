//! The facade: what a transaction is and what an engine promises.

use crate::Result;
use std::path::Path;

/// A point in the store's history. Grows with every transaction that writes; never repeats, not even after a restart. Signed because SQLite's integers and etcd's revisions are.
pub type Revision = i64;

/// A condition on something that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The row was last written at `revision`; `None`: the row does not exist.
    Row { table: &'static str, key: String, revision: Option<Revision> },
    /// Nothing in the table was written or deleted after `revision`. For reads of ranges, which no set of row compares
    /// describes. (An etcd engine keeps a guard key per table that every writer touches and only such readers compare.)
    Table { table: &'static str, revision: Revision },
}

/// One row's new content; `None` deletes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    pub table: &'static str,
    pub key: String,
    pub value: Option<Vec<u8>>,
}

/// All or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transaction {
    pub compares: Vec<Compare>,
    pub writes: Vec<Write>,
}

/// How far a group came: transactions `0..revisions.len()` are durable; if `stopped` is set, the one after them failed for
/// that reason, and neither it nor any later one wrote anything. A prefix, because later transactions of a group may stand
/// on earlier ones.
#[derive(Debug, Default)]
pub struct Committed {
    /// The revision of each transaction that was committed. One that writes nothing has the revision before it.
    pub revisions: Vec<Revision>,
    pub stopped: Option<crate::Error>,
}

/// A row as [`Store::load`] shows it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub table: &'a str,
    pub key: &'a str,
    pub revision: Revision,
    pub value: &'a [u8],
}

/// A row that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub table: String,
    pub key: String,
    pub revision: Revision,
    /// `None`: deleted.
    pub value: Option<Vec<u8>>,
}

/// Who else may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Only this handle writes: compares always hold, there is nothing to watch.
    Exclusive,
    /// Other processes write too: compares are needed, and [`Store::watch`] tells their changes.
    Shared,
}

/// Where a watch delivers: one call per committed transaction, in revision order, own transactions included. Must return soon.
pub type Sink = Box<dyn FnMut(&[Change]) + Send>;

/// An engine. All calls block; `commit` is called by one thread at a time.
pub trait Store: Send + Sync + 'static {
    fn sharing(&self) -> Sharing;

    /// Show every row, in no order of meaning, and return the revision at which this was true.
    fn load(&self, each: &mut dyn FnMut(Row<'_>)) -> Result<Revision>;

    /// Apply a group of transactions in order and make them durable together.
    fn commit(&self, group: &[Transaction]) -> Committed;

    /// Deliver every change after `revision` to `sink`, until the store is dropped. A watch that can no longer be served from that
    /// revision (compacted, connection lost for too long) is an error: load again.
    fn watch(&self, revision: Revision, sink: Sink) -> Result<()>;

    /// Write a consistent copy to a new file while transactions go on.
    fn backup(&self, to: &Path) -> Result<()>;

    /// Read everything and verify it.
    fn check(&self) -> Result<()>;
}
