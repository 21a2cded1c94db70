//! The ACS session: takes orders, acknowledges them.

use super::{Ended, Instance, after_close};
use crate::backend::{Incoming, Session};
use crate::balancers::Told;
use crate::clock;
use crate::engine::Taken;
use crate::engine::checkpoint::{AgentFile, Checkpoints};
use crate::engine::lock;
use agent_protocol::acs::{
    AckRequest, AttachTaskNetworkInterfacesMessage, BalancerChangeMessage, BalancerObservationsMessage,
    BalancerUpdateMessage, FromAgent, FromBackend, HeartbeatAckRequest, IamRoleCredentialsAckRequest,
    IamRoleCredentialsMessage, NackRequest, PayloadMessage, TaskIdentifier, TaskManifestMessage,
    TaskStopVerificationAck, TaskStopVerificationMessage, VpcManifestMessage, VpcUpdateMessage,
};
use agent_protocol::payload::IamRoleCredentials;
use agent_protocol::timers::{CONNECTION_JITTER, CONNECTION_LIFETIME, IDLE_JITTER, IDLE_TIMEOUT};
use model::balancer::Draft;
use std::path::PathBuf;
use std::sync::Mutex;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// The highest payload seqNum and manifest timeline seen: older manifests are discarded, also after a restart.
#[derive(Debug)]
pub(crate) struct Timeline {
    file: Mutex<AgentFile>,
    data_dir: PathBuf,
    checkpoints: Checkpoints,
}

impl Timeline {
    pub fn new(file: AgentFile, data_dir: PathBuf, checkpoints: Checkpoints) -> Self {
        Self { file: Mutex::new(file), data_dir, checkpoints }
    }

    /// Moves forward; `false` where it was there already.
    fn advance(&self, to: i64) -> bool {
        let mut file = lock(&self.file);
        if to <= file.timeline {
            return false;
        }
        file.timeline = to;
        // Nobody waits for this: forgetting it only means looking at an old manifest once more, whose stops are verified.
        self.checkpoints.save_agent(&file, &self.data_dir);
        true
    }
}

pub(super) async fn run(instance: &Instance, mut session: Session) -> Ended {
    let until = Instant::now() + clock::plus_up_to(CONNECTION_LIFETIME, CONNECTION_JITTER);
    let mut balancers = instance.balancers.as_ref().map(|plane| plane.told());
    // A session begins with what is known.
    balancers.iter_mut().for_each(watch::Receiver::mark_changed);
    let mut drafted = Draft::default();
    let mut idle = next_idle();
    loop {
        // Cancel-safe: receiving, watching and sleeping are.
        let incoming = tokio::select! {
            incoming = session.incoming.recv() => incoming,
            told = news(&mut balancers) => {
                observations(instance, told, &session.outgoing).await;
                continue;
            }
            () = tokio::time::sleep_until(idle.min(until)) => {
                if Instant::now() < until {
                    tracing::warn!("the control plane is silent; reconnecting");
                }
                return Ended::Renew;
            }
        };
        let text = match incoming {
            Some(Incoming::Text(text)) => text,
            Some(Incoming::Closed(code)) => return after_close(code),
            None => return after_close(None),
        };
        idle = next_idle();
        match FromBackend::decode(&text) {
            Ok(FromBackend::BalancerChangeMessage(message)) => {
                balancer_change(instance, &mut drafted, message, &session.outgoing).await;
            }
            Ok(message) => handle(instance, message, &session.outgoing).await,
            Err(error) => tracing::warn!(error = crate::aws::chain(&error), "unreadable message dropped"),
        }
    }
}

fn next_idle() -> Instant {
    Instant::now() + clock::plus_up_to(IDLE_TIMEOUT, IDLE_JITTER)
}

/// What the data plane of load balancers tells next; never, where there is none.
async fn news(balancers: &mut Option<watch::Receiver<Told>>) -> Told {
    if let Some(told) = balancers
        && told.changed().await.is_ok()
    {
        return told.borrow_and_update().clone();
    }
    std::future::pending().await
}

async fn observations(instance: &Instance, told: Told, out: &mpsc::Sender<String>) {
    let message = BalancerObservationsMessage {
        cluster: Some(instance.cluster.clone()),
        container_instance: Some(instance.arn.clone()),
        observations: Some(told.observations),
        refusal: told.refusal,
    };
    send(out, message).await;
}

async fn handle(instance: &Instance, message: FromBackend, out: &mpsc::Sender<String>) {
    match message {
        FromBackend::HeartbeatMessage(beat) => {
            send(out, HeartbeatAckRequest { message_id: beat.message_id }).await;
        }
        FromBackend::PayloadMessage(payload) => self::payload(instance, payload, out).await,
        FromBackend::TaskManifestMessage(manifest) => self::manifest(instance, manifest, out).await,
        FromBackend::TaskStopVerificationAck(ack) => stop_verified(instance, &ack),
        FromBackend::IAMRoleCredentialsMessage(message) => credentials(instance, message, out).await,
        FromBackend::AttachTaskNetworkInterfacesMessage(message) => attach(instance, message, out).await,
        FromBackend::AttachInstanceNetworkInterfacesMessage(message) => {
            nack(instance, message.message_id, "instance network interfaces are not supported", out).await;
        }
        FromBackend::ConfirmAttachmentMessage(message) => {
            nack(instance, message.message_id, "volume attachments are not supported", out).await;
        }
        FromBackend::VpcUpdateMessage(message) => vpc_update(instance, message, out).await,
        FromBackend::VpcManifestMessage(message) => vpc_manifest(instance, message, out).await,
        FromBackend::BalancerUpdateMessage(message) => balancer_update(instance, message, out).await,
        // Of its session, which has taken it.
        FromBackend::BalancerChangeMessage(_) => {}
        FromBackend::StageUpdateMessage(message) => {
            nack(instance, message.message_id, "this agent does not update itself", out).await;
        }
        FromBackend::PerformUpdateMessage(message) => {
            nack(instance, message.message_id, "this agent does not update itself", out).await;
        }
        FromBackend::CloseMessage(message) => {
            tracing::info!(message = message.message, "the control plane is closing")
        }
        FromBackend::Unknown { kind } => tracing::debug!(kind, "message of an unknown type ignored"),
    }
}

async fn send(out: &mpsc::Sender<String>, message: impl Into<FromAgent>) {
    // A session that is over brings its messages again.
    let _ = out.send(message.into().encode()).await;
}

async fn nack(instance: &Instance, message_id: Option<String>, reason: &str, out: &mpsc::Sender<String>) {
    let nack = NackRequest {
        cluster: Some(instance.cluster.clone()),
        container_instance: Some(instance.arn.clone()),
        message_id,
        reason: Some(reason.to_owned()),
    };
    send(out, nack).await;
}

fn ack(instance: &Instance, message_id: String) -> AckRequest {
    AckRequest {
        cluster: Some(instance.cluster.clone()),
        container_instance: Some(instance.arn.clone()),
        message_id: Some(message_id),
    }
}

/// Starts and stops, the stops first. Acknowledged when every task is in hand and on disk; that is waited for beside the
/// session, so that no message waits behind a disk.
async fn payload(instance: &Instance, payload: PayloadMessage, out: &mpsc::Sender<String>) {
    let (Some(message_id), Some(_), Some(_)) =
        (payload.message_id.clone(), &payload.cluster_arn, &payload.container_instance_arn)
    else {
        tracing::warn!("a payload without its required fields is dropped");
        return;
    };
    if let Some(seq) = payload.seq_num {
        instance.timeline.advance(seq);
    }
    let is_stop = |t: &&agent_protocol::payload::Task| t.desired_status.eq_ignore_ascii_case("STOPPED");
    let stops = payload.tasks.iter().filter(is_stop);
    let starts = payload.tasks.iter().filter(|t| !is_stop(t));
    let (mut all, mut waits) = (true, Vec::new());
    for task in stops.chain(starts) {
        match instance.engine.take(task) {
            Taken::Yes(saved) => waits.extend(saved),
            Taken::Refused => all = false,
        }
    }
    let mut acks = Vec::new();
    for task in &payload.tasks {
        for credentials in [&task.role_credentials, &task.execution_role_credentials].into_iter().flatten() {
            acks.push(credentials_ack(&message_id, credentials));
        }
    }
    let (instance, out) = (instance.clone(), out.clone());
    let tracker = instance.engine.0.tracker.clone();
    tracker.spawn(async move {
        for saved in waits {
            if !matches!(saved.await, Ok(Ok(()))) {
                all = false;
            }
        }
        for message in acks {
            send(&out, message).await;
        }
        if all {
            send(&out, ack(&instance, message_id)).await;
        }
    });
}

fn credentials_ack(message_id: &str, credentials: &IamRoleCredentials) -> IamRoleCredentialsAckRequest {
    IamRoleCredentialsAckRequest {
        message_id: Some(message_id.to_owned()),
        expiration: credentials.expiration.clone(),
        credentials_id: credentials.credentials_id.clone(),
    }
}

/// Refreshed credentials. Those of an execution role are the log driver's, those of a task role are given to its containers.
async fn credentials(instance: &Instance, message: IamRoleCredentialsMessage, out: &mpsc::Sender<String>) {
    let (Some(id), Some(arn), Some(role), Some(credentials)) =
        (&message.message_id, &message.task_arn, &message.role_type, &message.role_credentials)
    else {
        tracing::warn!("credentials without their required fields are dropped");
        return;
    };
    if credentials.credentials_id.is_none() {
        tracing::warn!("credentials without an id are dropped");
        return;
    }
    instance.engine.refresh_credentials(arn, role.clone(), credentials);
    send(out, credentials_ack(id, credentials)).await;
}

/// The interface of a task that comes with its payload; there is nothing to wait for.
async fn attach(
    instance: &Instance,
    message: AttachTaskNetworkInterfacesMessage,
    out: &mpsc::Sender<String>,
) {
    let complete = message.cluster_arn.is_some()
        && message.container_instance_arn.is_some()
        && message.task_arn.is_some()
        && message.wait_timeout_ms.is_some()
        && !message.elastic_network_interfaces.is_empty();
    match message.message_id {
        Some(id) if complete => send(out, ack(instance, id)).await,
        Some(_) | None => tracing::warn!("an interface attachment without its required fields is dropped"),
    }
}

/// What changed about a VPC. Carried out before the next message is read: the tasks that come after it count on it.
async fn vpc_update(instance: &Instance, message: VpcUpdateMessage, out: &mpsc::Sender<String>) {
    let (Some(id), Some(update)) = (message.message_id, &message.update) else {
        tracing::warn!("a VPC update without its required fields is dropped");
        return;
    };
    match instance.engine.0.net.0.update(update).await {
        Ok(()) => send(out, ack(instance, id)).await,
        Err(error) => {
            tracing::error!(
                vpc = update.vpc,
                error = crate::aws::chain(&error),
                "a VPC could not be changed"
            );
            nack(instance, Some(id), &crate::aws::chain(&error), out).await;
        }
    }
}

/// VPCs of earlier sessions that the node has nothing of any more go.
async fn vpc_manifest(instance: &Instance, message: VpcManifestMessage, out: &mpsc::Sender<String>) {
    let Some(id) = message.message_id else {
        tracing::warn!("a list of VPCs without its required fields is dropped");
        return;
    };
    match instance.engine.0.net.0.keep_vpcs(&message.vpcs.into_iter().collect()).await {
        Ok(()) => send(out, ack(instance, id)).await,
        Err(error) => {
            tracing::error!(error = crate::aws::chain(&error), "a VPC could not be taken away");
            nack(instance, Some(id), &crate::aws::chain(&error), out).await;
        }
    }
}

/// What load balancers serve. Acknowledged when it is in hand; what comes of it is told when it is known.
async fn balancer_update(instance: &Instance, message: BalancerUpdateMessage, out: &mpsc::Sender<String>) {
    let (Some(id), Some(configuration)) = (message.message_id, message.configuration) else {
        tracing::warn!("a configuration of load balancers without its required fields is dropped");
        return;
    };
    match &instance.balancers {
        Some(plane) => {
            plane.serve(configuration);
            send(out, ack(instance, id)).await;
        }
        None => nack(instance, Some(id), "this node carries no load balancers", out).await,
    }
}

/// What changed of that. What is served changes with the last part.
async fn balancer_change(
    instance: &Instance,
    drafted: &mut Draft,
    message: BalancerChangeMessage,
    out: &mpsc::Sender<String>,
) {
    let (Some(id), Some(change)) = (message.message_id, message.change) else {
        tracing::warn!("a change of load balancers without its required fields is dropped");
        return;
    };
    let Some(plane) = &instance.balancers else {
        return nack(instance, Some(id), "this node carries no load balancers", out).await;
    };
    match drafted.take(change) {
        Ok(whole) => {
            whole.into_iter().for_each(|whole| plane.serve(whole));
            send(out, ack(instance, id)).await;
        }
        Err(gap) => {
            tracing::error!(%gap, "load balancers are not as they are to be");
            nack(instance, Some(id), &gap.to_string(), out).await;
        }
    }
}

/// Tasks that are here and not in the manifest may have to stop; the control plane is asked first.
async fn manifest(instance: &Instance, manifest: TaskManifestMessage, out: &mpsc::Sender<String>) {
    let (Some(message_id), Some(timeline)) = (manifest.message_id, manifest.timeline) else {
        tracing::warn!("a manifest without its required fields is dropped");
        return;
    };
    if !instance.timeline.advance(timeline) {
        tracing::debug!(timeline, "an old manifest is discarded");
        return;
    }
    send(out, ack(instance, message_id.clone())).await;
    let listed = |arn: &str| {
        let mut tasks = manifest.tasks.iter();
        tasks.any(|t| t.task_arn.as_deref() == Some(arn) && t.desired_status.as_deref() != Some("STOPPED"))
    };
    let cluster = manifest.cluster_arn.as_ref();
    let candidates =
        instance.engine.views().into_iter().filter(|t| !t.stopping && !t.stopped && !listed(&t.arn));
    let stop_candidates: Vec<TaskIdentifier> = candidates
        .map(|t| TaskIdentifier {
            task_arn: Some(t.arn),
            task_cluster_arn: cluster.cloned(),
            desired_status: Some("STOPPED".to_owned()),
        })
        .collect();
    if !stop_candidates.is_empty() {
        send(out, TaskStopVerificationMessage { message_id: Some(message_id), stop_candidates }).await;
    }
}

fn stop_verified(instance: &Instance, ack: &TaskStopVerificationAck) {
    for task in ack.stop_tasks.iter().filter_map(|t| t.task_arn.as_deref()) {
        tracing::info!(task, "the control plane does not know the task; stopping it");
        instance.engine.stop_task(task);
    }
}
