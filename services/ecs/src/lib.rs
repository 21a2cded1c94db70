//! Amazon ECS: clusters, task definitions, tasks and container instances, and the sessions of their agents.
//!
//! A handler validates, runs one `state.update`, and converts. What is decided purely lies in `plan` (placement, addresses) and in
//! [`definition`] (the rules of a task definition). The life of a task: [`api::launch`] places it and writes its record; the commit wakes
//! the [`session`] of its instance, which sends it to the agent; the agent's reports come in through [`api::agent`]. Desired fields are written by
//! `api::launch` and `api::task`, observed ones by `api::agent` and `session`.

mod address;
mod alarms;
mod api;
mod balancing;
mod carriers;
mod convert;
mod count;
mod daemon;
mod daemon_scheduler;
mod definition;
mod demand;
mod errors;
mod fabric;
mod find;
mod fleet;
mod identity;
mod instance_fleet;
mod loops;
mod operator;
mod payload;
mod permission;
mod placing;
mod provider;
mod reach;
mod resolution;
mod role;
mod scaling;
mod service;
mod service_scheduler;
pub mod session;
mod shifting;
mod stop;
mod telemetry;
#[cfg(test)]
mod tests;

pub use alarms::Alarms;
pub use balancing::{Activate, Deactivate};
pub use carriers::Keys;
pub use daemon::TABLES;
pub use daemon_scheduler::{DaemonScheduler, daemon_scheduler};
pub use instance_fleet::{
    Doing, FLEET_ATTRIBUTE, FleetError, FleetSettings, InstanceFleet, MACHINE_ATTRIBUTE, Order,
    PROVIDER_ATTRIBUTE,
};
pub use loops::{Forget, loops, on_start};
pub use operator::{NODE_ATTRIBUTE, Retire};
pub use placing::Place;
pub use scaling::Scale;
pub use service::{Ecs, FARGATE_LOST_AFTER, HEALTHY_AFTER, SERVICE_LOST_AFTER, Settings};
pub use service_scheduler::{ServiceScheduler, service_scheduler};
pub use shifting::{
    CallHook, Called, Calling, HookTarget, LONGEST_ANSWER, Listeners, PATIENCE, Route, RouteError, Routing,
    Shifting, TrafficRouter,
};
