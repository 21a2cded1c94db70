//! The data plane of load balancers: it carries traffic as one [`Configuration`](model::balancer::Configuration) says, and knows neither
//! where that comes from nor the records behind it.
//!
//! What is decided is pure and has no clock and no randomness of its own: which rule a request matches (`rules`), which target it gets
//! (`balance`, `sticky`), whose it is (`authenticate`), what is changed of it (`request`), how it is read and how dangerous it is (`http`), what checks say of a target
//! (`health::machine`). Around that stand thin effects: an [`Engine`] with one thread a core, each with its own sockets (`SO_REUSEPORT`) and
//! its own connections to targets, so that a request meets no lock; and a control thread for checks, metrics and observations.

pub mod authenticate;
mod balance;
mod engine;
mod error;
mod exchange;
pub mod forward;
mod health;
pub mod http;
mod layer4;
pub mod log;
pub mod metrics;
pub mod net;
mod plan;
pub mod process;
mod request;
pub mod rules;
mod serve;
pub mod sticky;
mod target;
mod tls;

pub use authenticate::Trust;
pub use engine::{Engine, Error, Options};
pub use forward::Forwarder;
pub use net::{Host, Sockets};
