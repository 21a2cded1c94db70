//! The last metrics that each instance published: one message per instance and task, in memory only. Whoever makes samples of them
//! (CloudWatch's metrics, Container Insights) asks [`crate::Ecs::last_metrics`].

use agent_protocol::tcs::{PublishMetricsRequest, TaskMetric};
use model::ids::ContainerInstanceArn;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Tasks kept per instance at most: what an agent names beyond that is dropped.
const MOST_TASKS: usize = 10_000;

#[derive(Default)]
pub(crate) struct Telemetry {
    last: Mutex<BTreeMap<ContainerInstanceArn, BTreeMap<String, TaskMetric>>>,
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

    /// What was last said of a task.
    pub(crate) fn of_task(&self, instance: &ContainerInstanceArn, task: &str) -> Option<TaskMetric> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.get(instance)?.get(task).cloned()
    }
}
