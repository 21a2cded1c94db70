//! What a container agent and the ECS backend say to each other: the messages of ACS (agent communication service) and
//! TCS (telemetry), the task payload, the few ECS API calls an agent makes, and the timers that both sides keep.
//!
//! Both halves use these types: the backend encodes [`acs::FromBackend`] and decodes [`acs::FromAgent`], the agent the
//! other way round. The unmodified official agent must understand what we encode, and we what it encodes, so names and
//! omissions are its own (aws/amazon-ecs-agent v1.105.1, observed; `ecs-agent/{acs,tcs}/model/api/api-2.json`).
//!
//! Invariants: an absent field is omitted, never `null`; `null` reads as absent; unknown fields are ignored, unknown
//! message types decode to `Unknown`, unknown names of an enumeration are kept as they came. Secrets do not show in `Debug`.
//!
//! Must not know: sockets, signing, who sends when.

pub mod acs;
pub mod connect;
pub mod control;
pub mod docker;
pub mod frame;
pub mod payload;
pub mod tcs;
mod text;
pub mod timers;

/// Attribute of a container instance whose agent carries out VPCs by itself and wants to be told of them.
pub const VPC_UPDATES: &str = "longshore.vpc-updates";
/// Attribute of a container instance whose agent is our own, of the launch types EC2 and EXTERNAL: its machine has no instance id of its own, so
/// the control plane gives it one.
pub const UNNAMED_MACHINE: &str = "longshore.unnamed-machine";
/// Attribute of an instance that takes part in the networks of VPCs: where it takes packets of other nodes, `ADDRESS:PORT`.
pub const OVERLAY: &str = "longshore.overlay";
/// Attribute of one that takes them as they are: its IPv6 address on the segment, link-local. Without a value it has none.
pub const SEGMENT: &str = "longshore.segment";
/// Attribute of one that carries load balancers and is told what changed of them, and not each time everything.
pub const BALANCER_CHANGES: &str = "longshore.balancer-changes";

/// Attributes of ours by which agents say what they can do: one that is not said any more is lost.
pub const CAPABILITIES: [&str; 6] =
    [VPC_UPDATES, UNNAMED_MACHINE, MACHINE_INTERFACES, BALANCERS, BALANCER_CHANGES, DOORS];

pub use frame::DecodeError;
pub use model::ecs::container_instance::{BALANCERS, BALANCERS_ONLY, DOORS, MACHINE_INTERFACES};
pub use text::SensitiveString;
