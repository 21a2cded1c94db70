//! The data plane as a process of its own: a controller gives it whole configurations over a Unix socket and is told what becomes of them.
//!
//! The last configuration is kept in the process's directory before it is acknowledged, and served again after a restart without any
//! controller: the data plane outlives the control plane.

pub mod frame;
mod kept;
mod socket;

pub use kept::{Kept, KeptError};
pub use socket::{Error, serve};

use model::balancer::{Configuration, Observations};
use serde::{Deserialize, Serialize};

/// What a controller says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FromController {
    /// Serve this and nothing else.
    Apply(Box<Configuration>),
}

/// What the data plane says. Observations come whenever they change, unasked, the first at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ToController {
    /// The configuration of this revision is on the disk and is served.
    #[serde(rename_all = "camelCase")]
    Applied {
        revision: u64,
    },
    /// It is not, and why; the one before is served. The one exception is a disk that fails at the very last: the reason says that it is
    /// served, and not kept.
    #[serde(rename_all = "camelCase")]
    Refused {
        revision: u64,
        why: String,
    },
    Observed(Observations),
}
