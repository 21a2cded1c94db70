//! Networks of one node: a network namespace per endpoint, the bridges they plug into, published ports.
//!
//! What it decides: names of links and namespaces, addresses on the node's own bridge, dynamic host ports. What is decided
//! elsewhere (by the control plane) and only carried out here: addresses, MACs and gateways of `awsvpc` interfaces.
//!
//! Shape on the node:
//!
//! ```text
//!   host namespace                              namespace of a VPC on this node
//!   ┌───────────────────────────────┐           ┌────────────────────────────────────┐
//!   │ bridge ── veth ── container   │  uplink   │ routes, security groups ── task    │
//!   │ table ip longshore-INSTANCE   │═══════════│                         ── task    │
//!   └───────────────────────────────┘           │ overlay ═══ other nodes            │
//!                                               └────────────────────────────────────┘
//! ```
//!
//! A VPC has a namespace of its own, so that its addresses may overlap with the operator's networks, with another VPC's and with those of a second
//! Longshore on the same machine.
//!
//! Invariants: every endpoint has a record on disk before the first effect, so that whatever a crash leaves is found and
//! removed ([`NodeNetwork::recover`]); attaching twice with the same id gives the same result; detaching what is not
//! there succeeds. Nothing here knows tasks, images or the control plane.

mod address;
pub mod cni;
mod endpoint;
mod error;
pub mod fault;
mod forward;
mod link;
mod listen;
mod lock;
mod namespace;
mod netfilter;
mod nft;
mod node;
mod overlay;
mod ports;
mod record;
mod visit;
mod vpc;

pub use endpoint::{
    Attached, Attachment, EndpointId, Interface, Ipv6, Overlay, PortBinding, PortRequest, Resolution,
    TaskNetwork,
};
pub use error::Error;
pub use forward::Forwards;
pub use listen::{Service, listen, withdraw};
pub use node::{Config, NodeNetwork, balancer_path, short_hash};
pub use overlay::Wanted as WantedOverlay;
pub use ports::DYNAMIC_PORTS;
pub use visit::visit;
