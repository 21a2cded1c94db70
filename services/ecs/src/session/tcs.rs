//! The telemetry service: health of containers is recorded; metrics and the health of instances are kept as last published, for whoever asks.

use super::{Wire, refusal};
use crate::balancing;
use crate::errors::settle;
use crate::find;
use crate::service::Ecs;
use agent_protocol::connect::{Refusal, RefusalKind, TcsQuery};
use agent_protocol::tcs::{
    AckPublishHealth, AckPublishInstanceStatus, AckPublishMetric, FromAgent, FromBackend, HeartbeatMessage,
    TaskHealth, decode_prefixed,
};
use agent_protocol::timers::HEARTBEAT_INTERVAL;
use auth::Cx;
use model::Timestamp;
use model::ecs::{ContainerInstance, Task};
use model::ids::ContainerInstanceArn;
use model::status::{HealthStatus, InstanceStatus};
use std::sync::Arc;
use tokio::time::MissedTickBehavior;

/// An agent's telemetry session, accepted and not yet begun.
pub struct Tcs {
    ecs: Arc<Ecs>,
    instance: ContainerInstanceArn,
}

impl Tcs {
    /// Checks who asks.
    pub fn accept(ecs: Arc<Ecs>, cx: &Cx, query: &str) -> Result<Self, Refusal> {
        let query = TcsQuery::decode(query)
            .ok_or_else(|| refusal(RefusalKind::BadRequest, "containerInstance is missing"))?;
        let cluster = find::cluster_arn(&cx.scope, Some(&query.cluster))
            .map_err(|_| refusal(RefusalKind::InvalidCluster, "The cluster is not known."))?;
        let instance = find::instance_arn(&cluster, &query.container_instance).ok_or_else(|| {
            refusal(RefusalKind::InvalidInstance, "The container instance is not of the cluster.")
        })?;
        match ecs.state.snapshot().get::<ContainerInstance>(instance.as_str()) {
            None => Err(refusal(RefusalKind::InvalidInstance, "The container instance is not known.")),
            Some(i) if i.status == InstanceStatus::Inactive => {
                Err(refusal(RefusalKind::InactiveInstance, "The container instance is inactive."))
            }
            Some(_) => Ok(Self { ecs, instance }),
        }
    }

    /// Runs until either side ends it.
    pub async fn run(self, mut wire: Wire, now: impl Fn() -> Timestamp + Send) {
        let mut heartbeat = tokio::time::interval(HEARTBEAT_INTERVAL);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // Cancel-safe: a receive and a tick lose nothing when the other is first.
            let answer = tokio::select! {
                said = wire.from_agent.recv() => match said {
                    None => return,
                    Some(text) => self.answer(&text, now()).await,
                },
                _ = heartbeat.tick() => Some(FromBackend::from(HeartbeatMessage { healthy: Some(true) })),
            };
            if let Some(answer) = answer
                && wire.to_agent.send(answer.encode()).await.is_err()
            {
                return;
            }
        }
    }

    async fn answer(&self, text: &str, now: Timestamp) -> Option<FromBackend> {
        // Frames of the official agent begin with signed headers; the connection itself was authenticated, so they say nothing new.
        match decode_prefixed(text) {
            Ok((_, FromAgent::PublishMetricsRequest(metrics))) => {
                self.ecs.telemetry.publish(&self.instance, metrics);
                Some(FromBackend::from(AckPublishMetric::default()))
            }
            Ok((_, FromAgent::PublishHealthRequest(health))) => {
                self.observe(&health.tasks, now).await;
                Some(FromBackend::from(AckPublishHealth::default()))
            }
            Ok((_, FromAgent::PublishInstanceStatusRequest(health))) => {
                self.ecs.telemetry.publish_health(&self.instance, health.statuses);
                Some(FromBackend::from(AckPublishInstanceStatus::default()))
            }
            Ok((_, FromAgent::Unknown { kind })) => {
                tracing::warn!(instance = %self.instance, kind, "the agent sent telemetry of an unknown type");
                None
            }
            Err(error) => {
                tracing::warn!(instance = %self.instance, error = &error as &dyn std::error::Error, "unreadable telemetry");
                None
            }
        }
    }

    /// Records what changed. Most reports say what is known already: those write nothing.
    async fn observe(&self, reported: &[TaskHealth], now: Timestamp) {
        let snapshot = self.ecs.state.snapshot();
        let news = |task: &Task, report: &TaskHealth| healthier(task, report).is_some();
        let changed: Vec<&TaskHealth> = reported
            .iter()
            .filter(|r| {
                let known = r.task_arn.as_deref().and_then(|arn| snapshot.get::<Task>(arn));
                known.is_some_and(|t| t.container_instance.as_ref() == Some(&self.instance) && news(t, r))
            })
            .collect();
        if changed.is_empty() {
            return;
        }
        let outcome = self.ecs.state.update(|tx| {
            for report in &changed {
                let Some(arn) = report.task_arn.as_deref() else { continue };
                if let Some(next) = tx.get::<Task>(arn).and_then(|task| healthier(&task, report)) {
                    balancing::put(tx, next, now);
                }
            }
            Ok(())
        });
        if let Err(error) = settle(outcome.await) {
            tracing::error!(instance = %self.instance, %error, "health was not recorded");
        }
    }
}

/// The task with what a report says of its health, where that is news.
fn healthier(task: &Task, report: &TaskHealth) -> Option<Task> {
    let mut next = task.clone();
    for said in &report.containers {
        let status: Option<HealthStatus> = said.health_status.as_ref().and_then(|s| s.as_str().parse().ok());
        if let Some(container) =
            next.containers.iter_mut().find(|c| Some(c.name.as_str()) == said.container_name.as_deref())
        {
            container.health = status.or(container.health);
        }
    }
    // A task is as healthy as its essential containers that have health checks.
    let checked: Vec<HealthStatus> =
        next.containers.iter().filter(|c| c.essential).filter_map(|c| c.health).collect();
    next.health = if checked.contains(&HealthStatus::Unhealthy) {
        Some(HealthStatus::Unhealthy)
    } else if checked.contains(&HealthStatus::Unknown) {
        Some(HealthStatus::Unknown)
    } else {
        checked.first().copied()
    };
    (next != *task).then(|| Task { version: task.version + 1, ..next })
}
