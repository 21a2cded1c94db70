//! The last metrics and the health that each instance published, in memory only: an agent publishes both again within a minute of its connecting.
//! Whoever makes samples of the metrics (CloudWatch's metrics, Container Insights) asks [`crate::Ecs::last_metrics`].

use agent_protocol::tcs::{InstanceStatus, PublishMetricsRequest, TaskMetric};
use model::ids::ContainerInstanceArn;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Tasks kept per instance at most: what an agent names beyond that is dropped.
const MOST_TASKS: usize = 10_000;
/// Health checks kept per instance at most. Agents have four kinds.
const MOST_CHECKS: usize = 16;

#[derive(Default)]
pub(crate) struct Telemetry {
    last: Mutex<BTreeMap<ContainerInstanceArn, BTreeMap<String, TaskMetric>>>,
    health: Mutex<BTreeMap<ContainerInstanceArn, Vec<InstanceStatus>>>,
}

impl Telemetry {
    pub(crate) fn publish(&self, instance: &ContainerInstanceArn, metrics: PublishMetricsRequest) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = metrics.metadata.as_ref().is_some_and(|m| m.idle == Some(true));
        let tasks = last.entry(instance.clone()).or_default();
        if idle {
            tasks.clear();
        }
        for metric in metrics.task_metrics {
            let Some(arn) = metric.task_arn.clone() else { continue };
            if tasks.len() < MOST_TASKS || tasks.contains_key(&arn) {
                tasks.insert(arn, metric);
            }
        }
    }

    /// Takes the place of what the instance said of its health before.
    pub(crate) fn publish_health(&self, instance: &ContainerInstanceArn, mut checks: Vec<InstanceStatus>) {
        checks.truncate(MOST_CHECKS);
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.insert(instance.clone(), checks);
    }

    /// The results of the instance's own health checks; none where it has not published any since the server started.
    pub(crate) fn health_of(&self, instance: &ContainerInstanceArn) -> Vec<InstanceStatus> {
        let health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.get(instance).cloned().unwrap_or_default()
    }

    /// What was last said of a task.
    pub(crate) fn of_task(&self, instance: &ContainerInstanceArn, task: &str) -> Option<TaskMetric> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.get(instance)?.get(task).cloned()
    }
}
