//! What becomes of what containers write.
//!
//! Decides the driver of a container from its log configuration, assembles records into events, and moves them: `awslogs` to
//! the log service, `json-file` to a local file, `none` nowhere. Invariant: a container's log is acknowledged to the
//! runtime only once it is where it belongs, and what is there already is not sent again after a restart.

pub mod api;
mod assemble;
mod driver;
mod local;
mod mark;
mod ship;

pub(crate) use driver::{LogPlan, plan};
pub(crate) use mark::MarkFile;
pub(crate) use ship::{Shipment, prepare};
