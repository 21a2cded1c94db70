//! What agents call: DiscoverPollEndpoint and the reports of state.
//!
//! The observed half of a task is written here (and, for health and connectivity, by its instance's session). Reports may come twice, late or
//! after a restart of either side: every one is applied only as far as it moves something forward.

use crate::address;
use crate::balancing;
use crate::convert::FromApi;
use crate::errors::settle;
use crate::find;
use crate::service::Ecs;
use crate::stop;
use api::ecs::{
    AttachmentStateChange, ContainerStateChange, DiscoverPollEndpointRequest, DiscoverPollEndpointResponse,
    Error, SubmitAttachmentStateChangesRequest, SubmitAttachmentStateChangesResponse,
    SubmitContainerStateChangeRequest, SubmitContainerStateChangeResponse, SubmitTaskStateChangeRequest,
    SubmitTaskStateChangeResponse,
};
use auth::Cx;
use model::Timestamp;
use model::ecs::Task;
use model::ecs::task::{AttachmentStatus, Container, NetworkBinding};
use model::ids::ClusterArn;
use model::status::{ContainerStatus, TaskStatus};
use state::Tx;

const ACKNOWLEDGED: &str = "ACK";

pub(crate) async fn discover_poll_endpoint(
    ecs: &Ecs,
    cx: &Cx,
    input: DiscoverPollEndpointRequest,
) -> Result<DiscoverPollEndpointResponse, Error> {
    let snapshot = ecs.state.snapshot();
    if let Some(named) = input.container_instance.as_deref() {
        let cluster = find::cluster_arn(&cx.scope, input.cluster.as_deref())?;
        if find::instance(&snapshot, &cluster, named).is_none() {
            return Err(Error::client("Container instance not found."));
        }
    }
    let endpoint = ecs.endpoint.get().ok_or_else(|| Error::internal("The server is still starting."))?;
    Ok(DiscoverPollEndpointResponse {
        endpoint: Some(format!("{endpoint}/acs")),
        telemetry_endpoint: Some(format!("{endpoint}/tcs")),
        ..Default::default()
    })
}

pub(crate) async fn submit_task_state_change(
    ecs: &Ecs,
    cx: &Cx,
    input: SubmitTaskStateChangeRequest,
) -> Result<SubmitTaskStateChangeResponse, Error> {
    let report = Report::from_api(input)?;
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster_arn(&cx.scope, report.cluster.as_deref())?;
        apply(tx, &cluster, &report, cx.now)
    });
    settle(change.await)?;
    Ok(SubmitTaskStateChangeResponse { acknowledgment: Some(ACKNOWLEDGED.to_owned()) })
}

pub(crate) async fn submit_container_state_change(
    ecs: &Ecs,
    cx: &Cx,
    input: SubmitContainerStateChangeRequest,
) -> Result<SubmitContainerStateChangeResponse, Error> {
    let report = Report {
        cluster: input.cluster,
        task: input.task,
        containers: vec![container_report(ContainerStateChange {
            container_name: input.container_name,
            runtime_id: input.runtime_id,
            status: input.status,
            exit_code: input.exit_code,
            reason: input.reason,
            network_bindings: input.network_bindings,
            image_digest: None,
        })?],
        ..Report::default()
    };
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster_arn(&cx.scope, report.cluster.as_deref())?;
        apply(tx, &cluster, &report, cx.now)
    });
    settle(change.await)?;
    Ok(SubmitContainerStateChangeResponse { acknowledgment: Some(ACKNOWLEDGED.to_owned()) })
}

pub(crate) async fn submit_attachment_state_changes(
    ecs: &Ecs,
    cx: &Cx,
    input: SubmitAttachmentStateChangesRequest,
) -> Result<SubmitAttachmentStateChangesResponse, Error> {
    let changes = attachments(&input.attachments)?;
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster_arn(&cx.scope, input.cluster.as_deref())?;
        let waiting: Vec<Task> = tx
            .scan::<Task>()
            .filter(|t| speaks_for(&cluster, t) && !t.last_status.is_over())
            .filter(|t| {
                t.network_interface
                    .as_ref()
                    .is_some_and(|i| changes.iter().any(|(id, _)| id == i.attachment_id.as_str()))
            })
            .map(|t| Task::clone(t))
            .collect();
        for before in waiting {
            let mut task = before.clone();
            attach(&mut task, &changes);
            if task != before {
                task.version += 1;
                address::put(tx, task);
            }
        }
        Ok(())
    });
    settle(change.await)?;
    Ok(SubmitAttachmentStateChangesResponse { acknowledgment: Some(ACKNOWLEDGED.to_owned()) })
}

/// A report in our own terms.
#[derive(Default)]
struct Report {
    cluster: Option<String>,
    task: Option<String>,
    status: Option<TaskStatus>,
    reason: Option<String>,
    containers: Vec<ContainerReport>,
    attachments: Vec<(String, AttachmentStatus)>,
    pull_started_at: Option<Timestamp>,
    pull_stopped_at: Option<Timestamp>,
    execution_stopped_at: Option<Timestamp>,
}

struct ContainerReport {
    name: String,
    status: Option<ContainerStatus>,
    image_digest: Option<String>,
    runtime_id: Option<String>,
    exit_code: Option<i32>,
    reason: Option<String>,
    bindings: Option<Vec<NetworkBinding>>,
}

impl Report {
    fn from_api(input: SubmitTaskStateChangeRequest) -> Result<Self, Error> {
        let status = match input.status.as_deref() {
            None | Some("" | "NONE") => None,
            Some(text) => Some(
                text.parse()
                    .map_err(|e: model::status::UnknownName| Error::invalid_parameter(e.to_string()))?,
            ),
        };
        Ok(Self {
            cluster: input.cluster,
            task: input.task,
            status,
            reason: input.reason,
            containers: input
                .containers
                .into_iter()
                .flatten()
                .map(container_report)
                .collect::<Result<_, _>>()?,
            attachments: attachments(input.attachments.as_deref().unwrap_or_default())?,
            pull_started_at: Option::from_api(input.pull_started_at)?,
            pull_stopped_at: Option::from_api(input.pull_stopped_at)?,
            execution_stopped_at: Option::from_api(input.execution_stopped_at)?,
        })
    }
}

fn container_report(change: ContainerStateChange) -> Result<ContainerReport, Error> {
    // An agent also names states that the API does not show: they say no more than PENDING or RUNNING.
    let status = match change.status.as_deref() {
        None | Some("" | "NONE") => None,
        Some("MANIFEST_PULLED" | "PULLED" | "CREATED" | "PENDING") => Some(ContainerStatus::Pending),
        Some("RUNNING" | "RESOURCES_PROVISIONED") => Some(ContainerStatus::Running),
        Some("STOPPED") => Some(ContainerStatus::Stopped),
        Some(other) => return Err(Error::invalid_parameter(format!("'{other}' is not a container status"))),
    };
    let port = |p: Option<i32>| p.and_then(|p| u16::try_from(p).ok());
    let bindings = change.network_bindings.map(|all| {
        all.into_iter()
            .map(|b| {
                Ok(NetworkBinding {
                    bind_ip: b.bind_ip,
                    container_port: port(b.container_port),
                    host_port: port(b.host_port),
                    protocol: Option::from_api(b.protocol)?,
                    container_port_range: b.container_port_range,
                    host_port_range: b.host_port_range,
                })
            })
            .collect::<Result<Vec<_>, Error>>()
    });
    Ok(ContainerReport {
        name: change.container_name.unwrap_or_default(),
        status,
        image_digest: change.image_digest,
        runtime_id: change.runtime_id,
        exit_code: change.exit_code,
        reason: change.reason,
        bindings: bindings.transpose()?,
    })
}

fn attachments(changes: &[AttachmentStateChange]) -> Result<Vec<(String, AttachmentStatus)>, Error> {
    let change = |c: &AttachmentStateChange| {
        // `arn:…:attachment/ID` or the bare id.
        let id = c.attachment_arn.rsplit('/').next().unwrap_or(&c.attachment_arn).to_owned();
        let status = c
            .status
            .parse()
            .map_err(|e: model::status::UnknownName| Error::invalid_parameter(e.to_string()))?;
        Ok((id, status))
    };
    changes.iter().map(change).collect()
}

/// Applies a report to its task. A task that is not known any more is acknowledged: its agent has nothing more to say about it.
/// `cluster` is the one that the agent belongs to: it speaks for its own tasks and no others.
fn apply(tx: &mut Tx<'_>, cluster: &ClusterArn, report: &Report, now: Timestamp) -> Result<(), Error> {
    let named = report.task.as_deref().unwrap_or_default();
    // An agent of a pool names its own cluster; the task's ARN says which one the task is of.
    let known = match named.parse::<model::ids::TaskArn>() {
        Ok(arn) => tx.get::<Task>(&arn),
        Err(_) => find::task(tx, cluster, named),
    };
    let Some(before) = known else {
        tracing::info!(task = named, "a report about a task that is not known");
        return Ok(());
    };
    if !speaks_for(cluster, &before) {
        return Err(Error::access_denied("The task does not belong to the cluster of the agent."));
    }
    let mut task = Task::clone(&before);
    observe(&mut task, report, now);
    if task != *before {
        task.version = before.version + 1;
        if task.last_status != before.last_status {
            tracing::info!(
                task = %task.arn, from = %before.last_status, to = %task.last_status,
                reason = task.stopped_reason.as_deref().unwrap_or_default(), "task changed its status"
            );
        }
        balancing::put(tx, task, now);
    }
    Ok(())
}

/// Whether agents of `cluster` may report about the task: it is of the cluster, or was placed on one of the cluster's instances
/// (those of a pool are of no user's cluster).
fn speaks_for(cluster: &ClusterArn, task: &Task) -> bool {
    task.cluster == *cluster || task.container_instance.as_ref().is_some_and(|i| i.cluster() == *cluster)
}

fn observe(task: &mut Task, report: &Report, now: Timestamp) {
    if task.last_status.is_over() {
        return;
    }
    for change in &report.containers {
        if let Some(container) = task.containers.iter_mut().find(|c| c.name == change.name) {
            observe_container(container, change);
        }
    }
    attach(task, &report.attachments);
    task.pull_started_at = task.pull_started_at.or(report.pull_started_at);
    task.pull_stopped_at = report.pull_stopped_at.or(task.pull_stopped_at);
    task.execution_stopped_at = report.execution_stopped_at.or(task.execution_stopped_at);
    match report.status {
        Some(TaskStatus::Stopped) => stop::reported(task, report.reason.as_deref(), now),
        Some(status) if task.last_status.may_become(status) => {
            task.last_status = status;
            if status == TaskStatus::Running {
                task.started_at.get_or_insert(now);
                task.connectivity = Some(model::status::Connectivity::Connected);
                task.connectivity_at.get_or_insert(now);
            }
        }
        _ => {}
    }
}

fn observe_container(container: &mut Container, change: &ContainerReport) {
    if let Some(status) = change.status
        && container.last_status.may_become(status)
    {
        container.last_status = status;
    }
    let keep = |old: &mut Option<String>, new: &Option<String>| {
        if let Some(new) = new.as_ref().filter(|n| !n.is_empty()) {
            *old = Some(new.clone());
        }
    };
    keep(&mut container.image_digest, &change.image_digest);
    keep(&mut container.runtime_id, &change.runtime_id);
    keep(&mut container.reason, &change.reason);
    container.exit_code = change.exit_code.or(container.exit_code);
    if let Some(bindings) = &change.bindings {
        container.network_bindings.clone_from(bindings);
    }
}

fn attach(task: &mut Task, changes: &[(String, AttachmentStatus)]) {
    let Some(interface) = &mut task.network_interface else { return };
    for (id, status) in changes {
        if id == interface.attachment_id.as_str() && interface.status.may_become(*status) {
            interface.status = *status;
            if *status == AttachmentStatus::Attached && task.last_status == TaskStatus::Provisioning {
                task.last_status = TaskStatus::Pending;
            }
        }
    }
}
