//! An operator's own chain of CNI plugins, which connects interfaces in place of the VPCs that this crate makes.
//!
//! What it decides: which plugins are asked, in what order and with what, and what of their answers counts. What it leaves to the chain: addresses,
//! routes, names, and who reaches whom. A chain is written down with each endpoint that it made, so that the same one takes it apart again,
//! whatever the operator has configured since.
//! Source: "Container Network Interface (CNI) Specification", version 1.1.0.

mod answer;
mod chain;
mod plugin;

pub use chain::Chain;

use crate::Interface;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

/// Why a chain cannot be used, or what one of its plugins said.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read the CNI configuration {path}")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the CNI configuration {path} is not valid: {reason}")]
    Configuration { path: PathBuf, reason: String },
    #[error("no CNI plugin '{kind}' is in {}", places.join(":"))]
    NoPlugin { kind: String, places: Vec<String> },
    #[error("CNI plugin {kind}, {command}: {message}")]
    Plugin { kind: String, command: &'static str, message: String },
}

/// What is to be connected.
pub(crate) struct Target<'a> {
    pub id: &'a str,
    /// Where its namespace is bound; it may be gone when it is taken apart.
    pub namespace: &'a Path,
    pub interface: &'a Interface,
}

/// What a chain gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub address: Ipv4Addr,
    pub prefix_len: u8,
    pub gateway: Option<Ipv4Addr>,
    pub mac: Option<[u8; 6]>,
    pub name_servers: Vec<String>,
    pub search: Vec<String>,
}
