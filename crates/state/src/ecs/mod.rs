//! The tables of ECS: `model`'s records, and how lists find them.
//!
//! Indexes begin with the scope (account, region) where a list spans clusters, with the cluster where it does not. Functions that several
//! services need inside one transaction are added to the module of the noun that they write.

pub mod account_setting;
pub mod capacity_provider;
pub mod cluster;
pub mod container_instance;
pub mod daemon;
pub mod scaling;
pub mod service;
pub mod task;
pub mod task_definition;
pub mod task_set;

use crate::TableDef;
use model::ecs;

/// The tables of ECS.
pub const TABLES: &[TableDef] = &[
    TableDef::of::<ecs::AccountSetting>(),
    TableDef::of::<ecs::CapacityProvider>(),
    TableDef::of::<ecs::Cluster>(),
    TableDef::of::<ecs::ContainerInstance>(),
    TableDef::of::<ecs::Daemon>(),
    TableDef::of::<ecs::DaemonDeployment>(),
    TableDef::of::<ecs::DaemonRevision>(),
    TableDef::of::<ecs::Service>(),
    TableDef::of::<ecs::ServiceDeployment>(),
    TableDef::of::<ecs::ServiceEvent>(),
    TableDef::of::<ecs::ServiceRevision>(),
    TableDef::of::<ecs::Scaling>(),
    TableDef::of::<ecs::Task>(),
    TableDef::of::<ecs::TaskDefinition>(),
    TableDef::of::<ecs::TaskDefinitionFamily>(),
    TableDef::of::<ecs::TaskSet>(),
];
