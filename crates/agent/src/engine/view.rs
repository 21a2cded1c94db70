//! What others may know of a task: telemetry, manifests, image collection.

use super::checkpoint::Saved;
use crate::task::TaskPlan;
use model::Timestamp;
use plan::task::{Health, Report};
use runtime::ContainerId;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub(crate) struct TaskView {
    pub arn: String,
    pub id: String,
    pub family: String,
    pub version: String,
    pub stopping: bool,
    pub stopped: bool,
    pub done_at: Option<Timestamp>,
    pub containers: Vec<ContainerView>,
    /// Everything reported, once more.
    pub reports: Vec<Report>,
    pub plan: Arc<TaskPlan>,
    /// All of it, as the checkpoint has it.
    pub saved: Arc<Saved>,
}

#[derive(Clone, Debug)]
pub(crate) struct ContainerView {
    pub name: String,
    pub arn: Option<String>,
    /// Where its process runs.
    pub running: Option<ContainerId>,
    /// Where it has a health check.
    pub health: Option<Health>,
    /// Where it has a restart policy.
    pub restarts: Option<u32>,
    pub manifest: Option<image::Digest>,
}

impl TaskView {
    pub fn new(plan: &Arc<TaskPlan>, saved: &Saved) -> Self {
        let mut view = Self {
            arn: plan.arn.clone(),
            id: plan.id.clone(),
            family: plan.family.clone(),
            version: plan.version.clone(),
            stopping: false,
            stopped: false,
            done_at: None,
            containers: Vec::new(),
            reports: Vec::new(),
            plan: plan.clone(),
            saved: Arc::new(saved.clone()),
        };
        view.update(saved);
        view
    }

    pub fn update(&mut self, saved: &Saved) {
        self.stopping = saved.state.is_stopping();
        self.stopped = saved.state.is_stopped();
        self.done_at = saved.done_at;
        self.reports = saved.state.reports();
        self.saved = Arc::new(saved.clone());
        let containers = saved.state.containers().enumerate().map(|(index, (spec, state))| ContainerView {
            name: spec.name.clone(),
            arn: saved.payload.containers.get(index).and_then(|c| c.container_arn.clone()),
            running: state
                .process_runs
                .then(|| format!("{}-{index}-{}", self.id, state.attempt).parse().ok())
                .flatten(),
            health: spec.health_check.is_some().then(|| state.health().clone()),
            restarts: spec.restart.is_some().then(|| state.restarts()),
            manifest: saved.facts.containers.get(index).and_then(|f| f.manifest),
        });
        self.containers = containers.collect();
    }
}
