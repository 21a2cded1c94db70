//! The documents of the task endpoint, each a function of what is known of a task. Pure.
//!
//! Names, and which fields are left out when they are empty, are the official agent's (`ecs-agent/tmds/handlers/{v2,v4}`).

pub(super) mod instance;
pub(super) mod stats;
pub(super) mod task;

use super::same;
use crate::aws::sign;
use crate::engine::checkpoint::Saved;
use crate::task::{NetworkPlan, TaskPlan};
use model::Timestamp;
use plan::task::Known;
use serde::Serializer;
use std::sync::Arc;

/// A task at one instant.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub plan: Arc<TaskPlan>,
    pub saved: Arc<Saved>,
    pub node: Node,
}

/// What is the same for all tasks of the node.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// As the agent is configured.
    pub cluster: String,
    pub zone: Option<String>,
}

impl Snapshot {
    /// The container that an endpoint id stands for.
    pub fn container_of(&self, endpoint_id: &str) -> Option<usize> {
        let mut facts = self.saved.facts.containers.iter();
        facts.position(|f| f.endpoint_id.as_deref().is_some_and(|id| same(id, endpoint_id)))
    }

    /// The container that a Docker id stands for.
    pub fn container_of_docker_id(&self, id: &str) -> Option<usize> {
        (0..self.plan.containers.len()).find(|c| self.exists(*c) && self.docker_id(*c) == id)
    }

    /// Whether the container was made.
    pub fn exists(&self, container: usize) -> bool {
        let state = self.saved.state.container(container);
        state.known >= Known::Created && self.saved.facts.containers[container].created_at.is_some()
    }

    /// The same over all attempts, as it is reported.
    pub fn docker_id(&self, container: usize) -> String {
        format!("{}-{container}", self.plan.id)
    }

    /// As the official agent names its containers, `ecs-FAMILY-REVISION-NAME-…`.
    pub fn docker_name(&self, container: usize) -> String {
        let hash = sign::hash(self.docker_id(container).as_bytes());
        let name = &self.plan.containers[container].name;
        format!("ecs-{}-{}-{name}-{}", self.plan.family, self.plan.version, &hash[..20])
    }

    pub fn is_fargate(&self) -> bool {
        self.saved.payload.launch_type.as_deref() == Some("FARGATE")
    }

    pub fn is_awsvpc(&self) -> bool {
        matches!(self.plan.network, NetworkPlan::Awsvpc(_))
    }
}

/// As Go writes an instant: a fraction only where there is one.
pub(super) fn instant(at: Timestamp) -> String {
    let (year, month, day, seconds) = sign::civil(at);
    let mut text = format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    let millis = at.millis().rem_euclid(1000);
    if millis != 0 {
        text.push_str(format!(".{millis:03}").trim_end_matches('0'));
    }
    text.push('Z');
    text
}

/// As Go writes a number: without a fraction where it is whole.
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return serializer.serialize_i64(*value as i64);
    }
    serializer.serialize_f64(*value)
}

fn optional_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests;
