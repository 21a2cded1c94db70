//! What of network load balancers' flows the kernel carries, so that no byte of them comes through this process: destination translation in the
//! network namespaces of the load balancers.
//!
//! What is to be forwarded is decided ([`plan`], pure) from the same plan and the same health of targets as the relay's choice (`layer4`), and brought
//! about by a thread of its own ([`keeper`]) through a [`Forwarder`]. The relay's sockets stay where they are: whatever the kernel does not take
//! reaches them, as everything does where a kernel refuses.

mod keeper;
mod plan;

pub use keeper::Keeper;
pub use plan::may_have;

use model::balancer::forwarding::{Carried, Flowing, Forwarding, Lane};
use std::io;

/// The packet filter of network namespaces. Calls may block for some milliseconds.
pub trait Forwarder: Send + Sync + 'static {
    /// Has the kernel forward just this in a namespace from now on, in one step. Flows that it has go on, whatever is wanted now and whoever
    /// wanted them. Where nothing is wanted and nothing was ever forwarded, nothing is done.
    fn forward(&self, namespace: &str, wanted: &Forwarding) -> io::Result<()>;

    /// What was carried since this was last asked, by lane. `NotFound` where there is no such namespace, or somebody else took away what
    /// [`Self::forward`] had put there.
    fn carried(&self, namespace: &str) -> io::Result<Vec<(Lane, Carried)>>;

    /// The flows that are there.
    fn flowing(&self, namespace: &str) -> io::Result<Vec<Flowing>>;

    /// Ends flows: the next packet of a connection is answered by a reset. Answers how many there were.
    fn end(&self, namespace: &str, flows: &dyn Fn(&Flowing) -> bool) -> io::Result<u64>;
}
