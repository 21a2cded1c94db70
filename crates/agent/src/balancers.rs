//! Load balancers that the node carries: what the agent hands to their data plane, and what it tells the control plane of it.

use model::balancer::{Configuration, Observations};
use tokio::sync::watch;

/// The data plane of the node's load balancers, a process of its own that outlives the agent.
pub trait DataPlane: std::fmt::Debug + Send + Sync {
    /// Has it serve this and nothing else. Returns at once: what comes of it is told.
    fn serve(&self, configuration: Configuration);

    /// The newest that it has told.
    fn told(&self) -> watch::Receiver<Told>;
}

/// What a data plane has told of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub observations: Observations,
    /// Why it does not serve what it was told last.
    pub refusal: Option<String>,
}
