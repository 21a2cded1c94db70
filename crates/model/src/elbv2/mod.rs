//! The records of Elastic Load Balancing: what was asked for, and beside it what the data plane has seen.
//!
//! What the API writes ([`LoadBalancer`], [`TargetGroup`], [`Target`], [`Listener`], [`Rule`]) no data plane writes, and what a data plane
//! reports ([`Provision`], [`TargetHealth`]) no request writes. So neither can undo the other's.
//!
//! Source: the Elastic Load Balancing API reference, version 2015-12-01.

pub mod attribute;
mod listener;
mod load_balancer;
mod rule;
mod target;
mod target_group;

pub use attribute::{Attribute, Attributes, Values};
pub use listener::{AlpnPolicy, Listener};
pub use load_balancer::{
    BalancerSubnet, DOMAIN, LoadBalancer, LoadBalancerIpAddressType, LoadBalancerKind, LoadBalancerState,
    Provision, Scheme,
};
pub use rule::{
    Action, ActionKind, Authentication, ClientSecret, Condition, Forward, OidcBehavior, Pair, Priority,
    Redirect, RedirectCode, Rule, SealedSecret, Stickiness, WeightedGroup,
};
pub use target::{Target, TargetHealth, TargetReason, TargetState};
pub use target_group::{
    HealthCheck, HealthCheckPort, Matcher, Protocol, ProtocolVersion, TargetGroup, TargetGroupIpAddressType,
    TargetType,
};
