//! The records of ECS, as the store keeps them. Records never reach the wire: `services/ecs/src/convert.rs` makes API shapes
//! of them. A change of a stored form is a new version with a migration and a fixture (see `state`).

pub mod account_setting;
pub mod attribute;
pub mod capacity_provider;
pub mod cluster;
pub mod container_definition;
pub mod container_instance;
pub mod daemon;
pub mod launch;
pub mod lifecycle;
pub mod load_balancer;
pub mod scaling;
pub mod service;
pub mod service_deployment;
pub mod service_revision;
pub mod task;
pub mod task_definition;
pub mod task_set;
pub mod volume;

pub use account_setting::AccountSetting;
pub use attribute::Attribute;
pub use capacity_provider::CapacityProvider;
pub use cluster::Cluster;
pub use container_definition::ContainerDefinition;
pub use container_instance::ContainerInstance;
pub use daemon::{Daemon, DaemonDeployment, DaemonRevision};
pub use load_balancer::LoadBalancer;
pub use scaling::Scaling;
pub use service::{Service, ServiceEvent};
pub use service_deployment::ServiceDeployment;
pub use service_revision::ServiceRevision;
pub use task::Task;
pub use task_definition::{TaskDefinition, TaskDefinitionFamily};
pub use task_set::TaskSet;
