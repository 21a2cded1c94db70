//! The listener and the request chain: detect protocol → authenticate → decode → authorise → validate → call → encode,
//! in one visible list in [`chain`].
//!
//! - [`Server`] listens; [`Front`] answers; [`Directory`] holds the services; [`Config`] and [`Limits`] say how.
//! - [`Routes`] adds paths that are no operations; [`Authorizer`] decides who may do what; [`Health`] reports.
//! - [`Loopback`] calls an operation from inside the process.
//!
//! # Web pages
//! Pages served from this machine (`localhost`, `*.localhost`, loopback addresses; any port) and listed origins may call
//! and read answers. With `--auth off` pages of any other origin are refused outright, and so are hosts that are not this
//! machine's: without signatures nothing else would keep a page from driving the server.
//!
//! # Not said
//! A request that is no HTTP is answered by hyper itself, with a bare 400 or 431 and without a request id.
//!
//! This crate must not know any service: they come as values with erased types.

mod access;
mod body;
mod chain;
mod config;
mod directory;
mod front;
mod health;
mod loopback;
mod opening;
mod origin;
mod refusal;
mod routes;
mod server;

pub use access::{Access, AdministratorOnly, Authorizer};
pub use body::{Body, BoxError, full};
pub use config::{AuthMode, Config, ConfigError, Limits, Origins};
pub use directory::Directory;
pub use front::{Front, Parts};
pub use health::{Health, Report};
pub use loopback::Loopback;
pub use routes::{RawRequest, Routes};
pub use server::{BindError, Server};
