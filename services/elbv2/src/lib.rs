//! Elastic Load Balancing, version 2: application and network load balancers, their listeners and rules, target groups.
//!
//! This is the control plane: it keeps what is wanted, and shows what a data plane reported of it through `state::elbv2`. It makes nothing
//! healthy and nothing active by itself. Gateway load balancers, trust stores and capacity reservations are not built and say so; classic load
//! balancers have an API of their own, which is not here.
//!
//! Source: the Elastic Load Balancing API reference, version 2015-12-01; messages as AWS has been seen to answer them, else our own.

mod api;
mod attributes;
mod carry;
mod convert;
mod drain;
mod errors;
mod find;
mod page;
mod policy;
mod secret;
mod service;
mod tagging;
#[cfg(test)]
mod tests;

pub use carry::Carry;
pub use drain::Drain;
pub use secret::{client_secret, seal_client_secrets};
pub use service::Elbv2;
