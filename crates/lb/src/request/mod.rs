//! What a load balancer changes of a request and of a response on their way, and what it answers itself. Pure.

pub mod answer;
pub mod forwarded;
pub mod redirect;
pub mod trace;
