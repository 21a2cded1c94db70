//! Amazon EC2, as far as it is about networks: VPCs, subnets, security groups, routes, gateways, addresses, interfaces, prefix lists, tags.
//!
//! It writes what the operator of a network wants; nodes are told and carry it out (`net`). Interfaces of tasks are made by `services/ecs` in its own
//! change, through [`state::ec2::network_interface`], and shown here.
//!
//! Source: the Amazon EC2 API reference and the Amazon VPC user guide, read 2026-11; texts of errors as quoted in public issue trackers. Where a
//! text could not be found it is in the style of its neighbours.

mod api;
mod convert;
mod describe;
mod errors;
mod once;
mod resource;
mod service;
mod tagging;
#[cfg(test)]
mod tests;

pub use service::Ec2;
