//! The TCS session: every twenty seconds what containers use and how they are.

use super::{Ended, Instance, after_close};
use crate::backend::{Incoming, Session};
use crate::clock;
use crate::stats::{SAMPLE_INTERVAL, Sampler};
use agent_protocol::tcs::{
    ContainerHealth, FromAgent, FromBackend, HealthMetadata, InstanceHealthcheckStatus, InstanceStatus,
    InstanceStatusMetadata, MetricsMetadata, PublishHealthRequest, PublishInstanceStatusRequest,
    PublishMetricsRequest, TaskHealth, TaskMetric,
};
use agent_protocol::timers::{
    CONNECTION_JITTER, CONNECTION_LIFETIME, IDLE_JITTER, IDLE_TIMEOUT, TELEMETRY_INTERVAL,
    TELEMETRY_TASKS_PER_MESSAGE,
};
use model::Timestamp;
use tokio::time::{Instant, MissedTickBehavior};

pub(super) async fn run(instance: &Instance, mut session: Session) -> Ended {
    let until = Instant::now() + clock::plus_up_to(CONNECTION_LIFETIME, CONNECTION_JITTER);
    let mut idle = next_idle();
    let mut sampler = Sampler::default();
    let mut samples = tokio::time::interval(SAMPLE_INTERVAL);
    samples.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut publish = tokio::time::interval_at(Instant::now() + TELEMETRY_INTERVAL, TELEMETRY_INTERVAL);
    publish.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let since = clock::now();
    if !send_all(&session, vec![instance_status(instance, since).into()]).await {
        return Ended::Renew;
    }
    loop {
        // Cancel-safe: receiving, ticks and sleeping are; work happens in the arms' bodies.
        tokio::select! {
            incoming = session.incoming.recv() => match incoming {
                Some(Incoming::Text(text)) => match FromBackend::decode(&text) {
                    // Only these show that the other side lives.
                    Ok(FromBackend::HeartbeatMessage(_) | FromBackend::AckPublishMetric(_) | FromBackend::AckPublishHealth(_)
                        | FromBackend::AckPublishInstanceStatus(_)) => idle = next_idle(),
                    Ok(FromBackend::StopTelemetrySessionMessage(_)) => return Ended::Renew,
                    Ok(FromBackend::Unknown { kind }) => tracing::debug!(kind, "message of an unknown type ignored"),
                    Err(error) => tracing::warn!(error = crate::aws::chain(&error), "unreadable message dropped"),
                },
                Some(Incoming::Closed(code)) => return after_close(code),
                None => return after_close(None),
            },
            _ = samples.tick() => sampler.sample(&instance.engine).await,
            _ = publish.tick() => {
                let metrics = sampler.take(&instance.engine, &instance.cluster);
                let mut messages = self::metrics(instance, metrics);
                messages.extend(health(instance));
                messages.push(instance_status(instance, since).into());
                if !send_all(&session, messages).await {
                    return Ended::Renew;
                }
            }
            () = tokio::time::sleep_until(idle.min(until)) => return Ended::Renew,
        }
    }
}

fn next_idle() -> Instant {
    Instant::now() + clock::plus_up_to(IDLE_TIMEOUT, IDLE_JITTER)
}

/// Whether the session takes messages.
async fn send_all(session: &Session, messages: Vec<FromAgent>) -> bool {
    for message in messages {
        if session.outgoing.send(message.encode()).await.is_err() {
            return false;
        }
    }
    true
}

fn now() -> Option<f64> {
    Some(clock::now().epoch_seconds())
}

fn metrics(instance: &Instance, tasks: Vec<TaskMetric>) -> Vec<FromAgent> {
    let message_id = clock::new_uuid();
    let metadata = |fin| MetricsMetadata {
        cluster: Some(instance.cluster.clone()),
        container_instance: Some(instance.arn.clone()),
        message_id: Some(message_id.clone()),
        idle: Some(tasks.is_empty()),
        fin: Some(fin),
    };
    let message = |fin, task_metrics| PublishMetricsRequest {
        metadata: Some(metadata(fin)),
        instance_metrics: None,
        task_metrics,
        timestamp: now(),
    };
    if tasks.is_empty() {
        return vec![message(true, Vec::new()).into()];
    }
    let chunks = tasks.chunks(TELEMETRY_TASKS_PER_MESSAGE);
    let last = chunks.len() - 1;
    chunks.enumerate().map(|(i, chunk)| message(i == last, chunk.to_vec()).into()).collect()
}

/// Health of every task that has health checks.
fn health(instance: &Instance) -> Vec<FromAgent> {
    let tasks = instance.engine.views().into_iter().filter(|t| !t.stopped).filter_map(|task| {
        let containers = task.containers.into_iter().filter_map(|c| {
            let health = c.health?;
            Some(ContainerHealth {
                container_name: Some(c.name),
                health_status: Some(health.status.as_str().into()),
                status_since: health.since.map(Timestamp::epoch_seconds),
                status_message: Some(health.output).filter(|o| !o.is_empty()),
            })
        });
        let containers: Vec<ContainerHealth> = containers.collect();
        (!containers.is_empty()).then(|| TaskHealth {
            task_arn: Some(task.arn),
            cluster_arn: Some(instance.cluster.clone()),
            task_definition_family: Some(task.family),
            task_definition_version: Some(task.version),
            containers,
        })
    });
    let tasks: Vec<TaskHealth> = tasks.collect();
    let message_id = clock::new_uuid();
    let chunks = tasks.chunks(TELEMETRY_TASKS_PER_MESSAGE);
    let count = chunks.len();
    let message = |(i, chunk): (usize, &[TaskHealth])| {
        let metadata = HealthMetadata {
            cluster: Some(instance.cluster.clone()),
            container_instance: Some(instance.arn.clone()),
            message_id: Some(message_id.clone()),
            fin: Some(i + 1 == count),
        };
        PublishHealthRequest { metadata: Some(metadata), tasks: chunk.to_vec(), timestamp: now() }.into()
    };
    chunks.enumerate().map(message).collect()
}

/// The runtime is part of this program, so where there is a message it works.
fn instance_status(instance: &Instance, since: Timestamp) -> PublishInstanceStatusRequest {
    PublishInstanceStatusRequest {
        metadata: Some(InstanceStatusMetadata {
            cluster: Some(instance.cluster.clone()),
            container_instance: Some(instance.arn.clone()),
            request_id: Some(clock::new_uuid()),
        }),
        statuses: vec![InstanceStatus {
            r#type: Some("ContainerRuntime".to_owned()),
            status: Some(InstanceHealthcheckStatus::Ok),
            status_reason: None,
            last_updated: now(),
            last_status_change: Some(since.epoch_seconds()),
        }],
        timestamp: now(),
    }
}
