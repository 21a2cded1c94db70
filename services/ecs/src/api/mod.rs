//! The operations, by the noun they are about. Each is one function: validate, one `state.update` or one snapshot, convert.

pub(crate) mod account_setting;
pub(crate) mod agent;
pub(crate) mod attribute;
pub(crate) mod capacity_provider;
pub(crate) mod client_token;
pub(crate) mod cluster;
pub(crate) mod container_instance;
pub(crate) mod daemon;
pub(crate) mod daemon_task_definition;
pub(crate) mod launch;
pub(crate) mod protection;
pub(crate) mod service;
pub(crate) mod tag;
pub(crate) mod task;
pub(crate) mod task_definition;
pub(crate) mod task_set;
#[cfg(test)]
mod tests;
