//! The rules of a task definition: what RegisterTaskDefinition refuses, what it fills in, and what it derives. Pure: a request's
//! records in, the same records completed or an error out; no tables, no clock.
//!
//! Each file holds the rules of one noun. Messages are AWS's wherever they are known from what people quote of them; the others say
//! the same in our words. Source: RegisterTaskDefinition of the API reference, "Task definition parameters" and "Task definition
//! differences for Fargate" of the developer guide, botocore 1.44.5.

mod attributes;
mod compatibility;
mod container;
mod dependency;
mod linux;
mod log;
mod network;
pub(crate) mod size;
mod task;
#[cfg(test)]
mod tests;
mod volume;

pub(crate) use attributes::is_shown;
pub(crate) use task::{check_family, complete};

use api::ecs::Error;

/// A rule of task definitions is broken: AWS answers ClientException.
fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::client(message))
}

/// The name of a container, for a message. Checked to be there before any other rule is asked.
fn name(container: &model::ecs::ContainerDefinition) -> &str {
    container.name.as_deref().unwrap_or_default()
}
