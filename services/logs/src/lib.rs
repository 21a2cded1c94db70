//! CloudWatch Logs.

pub mod filter;
