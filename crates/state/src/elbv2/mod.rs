//! The tables of Elastic Load Balancing, keyed by ARN, a module per noun, with what several parts do to them in one transaction.
//!
//! Desired records are written by the API, and targets by whoever registers them ([`target::register`], [`target::deregister`]). Observed ones
//! ([`model::elbv2::Provision`], [`model::elbv2::TargetHealth`]) are written by [`load_balancer::observe`] and [`target::observe`] alone, which a
//! data plane calls. Nothing is healthy or active that nobody saw so.

pub mod listener;
pub mod load_balancer;
pub mod rule;
pub mod target;
pub mod target_group;
pub mod traffic;

use crate::TableDef;
use model::elbv2;

/// The tables of Elastic Load Balancing.
pub const TABLES: &[TableDef] = &[
    TableDef::of::<elbv2::Listener>(),
    TableDef::of::<elbv2::LoadBalancer>(),
    TableDef::of::<elbv2::Provision>(),
    TableDef::of::<elbv2::Rule>(),
    TableDef::of::<elbv2::Target>(),
    TableDef::of::<elbv2::TargetGroup>(),
    TableDef::of::<elbv2::TargetHealth>(),
];
