//! What effects found out about a task and later effects need: beside the stepper's state, and kept in the checkpoint with it.

use super::ports::LocalImage;
use model::Timestamp;
use net::Attached;
use net::fault::Fault;
use runtime::spec::Mount;
use runtime::{ContainerSpec, SharedSpaces};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub containers: Vec<ContainerFacts>,
    /// The task's own endpoint (`awsvpc`).
    #[serde(default)]
    pub attached: Option<Attached>,
    /// Faults that were asked for at the task's endpoint.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// The namespaces that its containers share.
    #[serde(default)]
    pub spaces: SharedSpaces,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct ContainerFacts {
    /// Held while the container needs its layers; gone after a restart of the agent, when `spec` is there instead.
    #[serde(skip)]
    pub image: Option<LocalImage>,
    /// Manifest of the image: it is in use as long as the task is.
    #[serde(default)]
    pub manifest: Option<image::Digest>,
    /// What the image's name led to when it was pulled: the name may lead elsewhere by now.
    #[serde(default)]
    pub digest: Option<image::Digest>,
    #[serde(default)]
    pub stop_signal: Option<String>,
    /// The container's own endpoint (`bridge`, `none`, `host`).
    #[serde(default)]
    pub attached: Option<Attached>,
    /// Mounts of volumes, for those who take them over.
    #[serde(default)]
    pub volume_mounts: Vec<Mount>,
    #[serde(default)]
    pub rootfs: Option<PathBuf>,
    /// What the first start was given, for the next ones.
    #[serde(default)]
    pub spec: Option<ContainerSpec>,
    /// What the container's paths at the task endpoint begin with; nobody can guess it. Containers of agents without an endpoint have none.
    #[serde(default)]
    pub endpoint_id: Option<String>,
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// Host process id of process 1.
    #[serde(default)]
    pub pid: Option<u32>,
}
