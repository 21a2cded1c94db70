//! The vocabulary of Longshore: ids and ARNs, statuses, units, and the records that the store keeps.
//!
//! Pure: no clock, no randomness, no I/O. New ids are made from random bytes that the caller hands in, and every
//! instant is a [`Timestamp`] that somebody else read from a clock. Nothing here knows a wire format: API shapes live in
//! `api`, and each service converts between the two in its one `convert.rs`.

pub mod acm;
pub mod balancer;
pub mod ec2;
pub mod ecs;
pub mod elbv2;
pub mod fabric;
pub mod iam;
pub mod ids;
pub mod status;
pub mod sysctl;
pub mod tag;
pub mod time;
pub mod units;

pub use ids::{Arn, ArnError};
pub use tag::Tag;
pub use time::Timestamp;
pub use units::{CpuUnits, MemoryMib, Percent};
