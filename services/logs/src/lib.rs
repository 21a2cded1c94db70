//! CloudWatch Logs: log groups, streams, events, filter patterns, retention, Live Tail.
//!
//! Names, settings and tags of groups and streams are records in `state`; events are in `series`, under numbers that
//! the records carry. A number is random and never used twice, so a name that is deleted and made again
//! starts empty. Records go first: an event store's group without a record is garbage that [`Sweep`] collects.
//!
//! Entry points: [`Logs`] implements the generated trait, [`TABLES`] goes into the state's schema, [`Sweep`] is the
//! loop that enforces retention, [`filter`] is the pattern language alone.
//!
//! Source: the CloudWatch Logs API reference, version 2014-03-28; messages as clients have reported them. What could
//! not be established says so where it stands.

mod api;
mod convert;
mod errors;
pub mod filter;
mod lookup;
mod reconcile;
mod record;
mod service;
mod token;

pub use reconcile::sweep::Sweep;
pub use record::{LogGroup, LogStream, TABLES};
pub use service::Logs;
