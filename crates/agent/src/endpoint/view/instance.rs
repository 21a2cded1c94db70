//! What the instance says of itself and its tasks (the introspection port).

use super::task::{self, Network, Port, Volume};
use super::{Snapshot, instant};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Metadata {
    pub cluster: String,
    /// `null` until the instance is registered.
    pub container_instance_arn: Option<String>,
    pub version: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Tasks {
    pub tasks: Vec<Task>,
}

/// An empty one is what the official agent answers where it found none.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::endpoint) struct Task {
    arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    desired_status: Option<&'static str>,
    known_status: &'static str,
    family: String,
    version: String,
    containers: Option<Vec<Container>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Container {
    docker_id: String,
    docker_name: String,
    name: String,
    image: String,
    #[serde(rename = "ImageID")]
    image_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ports: Vec<Port>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    networks: Vec<Network>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    volumes: Vec<Volume>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restart_count: Option<u32>,
}

pub(in crate::endpoint) fn task(snapshot: &Snapshot) -> Task {
    let Snapshot { plan, saved, .. } = snapshot;
    // The control plane's names: whatever comes before RUNNING is PENDING there.
    let known = match task::status(saved.state.known()) {
        status @ ("RUNNING" | "STOPPED") => status,
        _ => "PENDING",
    };
    let desired = if saved.state.is_stopping() { "STOPPED" } else { "RUNNING" };
    let containers = (0..plan.containers.len()).filter(|c| snapshot.exists(*c));
    Task {
        arn: plan.arn.clone(),
        desired_status: (known != "STOPPED" || desired == "STOPPED").then_some(desired),
        known_status: known,
        family: plan.family.clone(),
        version: plan.version.clone(),
        containers: Some(containers.map(|c| container(snapshot, c)).collect()),
    }
}

fn container(snapshot: &Snapshot, index: usize) -> Container {
    let Snapshot { plan, saved, .. } = snapshot;
    let (state, facts) = (saved.state.container(index), &saved.facts.containers[index]);
    Container {
        docker_id: snapshot.docker_id(index),
        docker_name: snapshot.docker_name(index),
        name: plan.containers[index].name.clone(),
        image: plan.containers[index].image.clone(),
        image_id: facts.manifest.map(|m| m.to_string()).unwrap_or_default(),
        created_at: facts.created_at.map(instant),
        started_at: state.started_at.map(instant),
        ports: task::ports(snapshot, index, false),
        // Of tasks in a VPC only.
        networks: snapshot.is_awsvpc().then(|| task::network(snapshot, index, false)).into_iter().collect(),
        volumes: task::volumes(snapshot, index),
        restart_count: plan.spec.containers[index].restart.as_ref().map(|_| state.restarts()),
    }
}
