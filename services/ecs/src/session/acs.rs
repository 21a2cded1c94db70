//! The agent communication service: tasks to start and stop.
//!
//! What is sent is computed from the records at every change of the instance's tasks, against what this session has sent already. After a
//! connect: the manifest of all tasks that the instance should have (an agent offers to stop every other), then the payload of each.
//! Nothing is taken as done because it was sent: only reports through the API move a task.

use super::balancers::{self, Balancers};
use super::credentials::Given;
use super::machine::Carried;
use super::network::Network;
use super::orders::{Order, Orders, in_hand};
use super::outbox::Outbox;
use super::{Claim, Wire, refusal};
use crate::api::account_setting;
use crate::errors::settle;
use crate::fabric;
use crate::service::Ecs;
use crate::{find, payload, resolution};
use agent_protocol::acs::{
    AttachTaskNetworkInterfacesMessage, FromAgent, FromBackend, HeartbeatMessage, PayloadMessage,
    TaskIdentifier, TaskManifestMessage, TaskStopVerificationAck, VpcManifestMessage, VpcUpdateMessage,
};
use agent_protocol::connect::{AcsQuery, Refusal, RefusalKind};
use agent_protocol::timers::HEARTBEAT_INTERVAL;
use auth::Cx;
use model::Timestamp;
use model::ecs::task::AttachmentStatus;
use model::ecs::{ContainerInstance, Task, TaskDefinition};
use model::ids::{ContainerInstanceArn, TaskArn, VpcId};
use model::status::{Connectivity, DesiredStatus, InstanceStatus, TaskStatus};
use state::ec2::network_interface;
use state::ecs::task as tasks;
use state::{Listed, Snapshot};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// How long an agent has for attaching an interface: AWS's five minutes.
const ATTACH_LIMIT: Duration = Duration::from_secs(300);
/// An agent answers every heartbeat. One that is silent for this long is gone, whatever its connection says: a node that lost its power closes nothing.
const SILENCE_LIMIT: Duration = HEARTBEAT_INTERVAL.saturating_mul(3);
/// A payload carries this many tasks at most, so that no frame grows without bound.
const TASKS_PER_PAYLOAD: usize = 20;

/// An agent's session, accepted and not yet begun.
pub struct Acs {
    pub(super) ecs: Arc<Ecs>,
    pub(super) cx: Cx,
    pub(super) instance: ContainerInstanceArn,
    claim: Claim,
    /// The tasks that this session has told of.
    told: Told,
    /// What it has told of VPCs, where the agent carries them out.
    pub(super) network: Option<Network>,
    pub(super) carried: Carried,
    pub(super) given: Given,
    /// What it has told of load balancers, where the agent carries some.
    pub(super) balancers: Option<Balancers>,
    /// Whether the agent has lost its tasks' credentials and is told them in messages of their own too.
    send_credentials: bool,
    /// What the agent has not acknowledged yet.
    orders: Orders,
    /// What it has acknowledged, and is not recorded yet.
    in_hand: Vec<(TaskArn, Order)>,
    /// Grows with every numbered message, also from one session to the next: it begins at the clock's milliseconds.
    sequence: i64,
}

/// Which tasks an agent was told to run, and which to stop, of those that are not over.
#[derive(Default)]
struct Told {
    run: Listed,
    stop: Listed,
}

/// What a session has to say, in the order in which it is said.
#[derive(Default)]
struct News {
    messages: Vec<FromBackend>,
    payload: Vec<agent_protocol::payload::Task>,
    /// The agent takes credentials of tasks that it knows: they come after the payloads.
    credentials: Vec<FromBackend>,
}

enum Ending {
    /// The agent is gone, or will come again.
    Closed,
    /// Another session of the same instance took over: it has the instance's connectivity now.
    Superseded,
}

impl Acs {
    /// Checks who asks, and records the connection.
    pub async fn accept(ecs: Arc<Ecs>, cx: Cx, query: &str) -> Result<Self, Refusal> {
        let query = AcsQuery::decode(query)
            .ok_or_else(|| refusal(RefusalKind::BadRequest, "containerInstanceArn is missing"))?;
        let cluster = find::cluster_arn(&cx.scope, Some(&query.cluster))
            .map_err(|_| refusal(RefusalKind::InvalidCluster, "The cluster is not known."))?;
        let instance = find::instance_arn(&cluster, &query.container_instance_arn).ok_or_else(|| {
            refusal(RefusalKind::InvalidInstance, "The container instance is not of the cluster.")
        })?;
        let claim = ecs.sessions.claim(&instance);
        let agent = model::ecs::container_instance::AgentVersion {
            agent_version: Some(query.agent_version.clone()).filter(|v| !v.is_empty()),
            agent_hash: Some(query.agent_hash.clone()).filter(|v| !v.is_empty()),
            docker_version: Some(query.docker_version.clone()).filter(|v| !v.is_empty()),
        };
        let connected = ecs.state.update(|tx| {
            let Some(known) = tx.get::<ContainerInstance>(instance.as_str()) else { return Ok(None) };
            if known.status == InstanceStatus::Inactive {
                return Ok(Some(known));
            }
            let mut next = ContainerInstance::clone(&known);
            next.agent_connected = true;
            next.connectivity_at = Some(cx.now);
            next.version += 1;
            next.agent = agent.clone();
            set_connectivity(tx, &instance, Connectivity::Connected, cx.now);
            Ok(Some(tx.put(next)))
        });
        match settle(connected.await).map_err(|e| refusal(RefusalKind::Server, &e.message))? {
            None => Err(refusal(RefusalKind::InvalidInstance, "The container instance is not known.")),
            Some(i) if i.status == InstanceStatus::Inactive => {
                Err(refusal(RefusalKind::InactiveInstance, "The container instance is inactive."))
            }
            Some(i) => {
                tracing::info!(instance = %instance, version = query.agent_version, "agent connected");
                let sequence = cx.now.millis();
                let network = wants_vpcs(&i).then(Network::default);
                let balancers = Balancers::of(&i);
                let send_credentials = query.send_credentials;
                Ok(Self {
                    ecs,
                    cx,
                    instance,
                    claim,
                    told: Told::default(),
                    network,
                    carried: Carried::default(),
                    balancers,
                    given: Given::default(),
                    send_credentials,
                    orders: Orders::default(),
                    in_hand: Vec::new(),
                    sequence,
                })
            }
        }
    }

    /// Runs until either side ends it, and records that.
    pub async fn run(mut self, mut wire: Wire, now: impl Fn() -> Timestamp + Send) {
        let ending = self.talk(&mut wire, &now).await;
        match ending {
            Ending::Superseded => {}
            Ending::Closed if self.claim.is_newest() => self.disconnected(now()).await,
            Ending::Closed => {}
        }
    }

    async fn talk(&mut self, wire: &mut Wire, now: &(impl Fn() -> Timestamp + Send)) -> Ending {
        // Watched before the first look, so that nothing falls between.
        let watcher = self.ecs.state.watcher().row::<ContainerInstance>(self.instance.as_str());
        let watcher = tasks::watch_holding(watcher, &self.instance);
        let watcher = if self.network.is_some() { fabric::watch(watcher) } else { watcher };
        let watcher = if self.balancers.is_some() { balancers::watch(watcher) } else { watcher };
        let mut changes = watcher.start();
        let mut heartbeat = tokio::time::interval(HEARTBEAT_INTERVAL);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let snapshot = self.ecs.state.snapshot();
        let manifest = self.manifest(&snapshot, now());
        let mut outbox = Outbox::new();
        outbox.tell([manifest]);
        outbox.tell(self.vpc_manifest(&snapshot, now()));
        outbox.tell(self.news(&snapshot, now()));
        self.record_interfaces().await;
        self.send_credentials = false;
        let mut deregistered = false;
        let mut silent_from = Instant::now() + SILENCE_LIMIT;
        loop {
            if deregistered && outbox.is_empty() {
                return Ending::Closed;
            }
            let next_refresh = self.given.next().map(|at| Instant::now() + at.since(now()));
            // Cancel-safe: a send, a receive, a tick, a sleep, a watch and a flag lose nothing when another of them is first.
            tokio::select! {
                biased;
                () = self.claim.superseded() => return Ending::Superseded,
                sent = outbox.send_one(&wire.to_agent) => if sent.is_err() {
                    return Ending::Closed;
                },
                said = wire.from_agent.recv(), if outbox.takes_answers() => match said {
                    None => return Ending::Closed,
                    Some(text) => {
                        silent_from = Instant::now() + SILENCE_LIMIT;
                        outbox.answer(self.answer(&text, now()));
                        // What else has arrived is answered, and recorded, with it.
                        while outbox.takes_answers() && let Ok(text) = wire.from_agent.try_recv() {
                            outbox.answer(self.answer(&text, now()));
                        }
                        self.record_orders().await;
                        self.record_interfaces().await;
                        self.record_balancers(now()).await;
                        outbox.tell(self.repeat_balancers(now()));
                    }
                },
                snapshot = changes.changed(), if outbox.takes_news() => {
                    let instance = snapshot.get::<ContainerInstance>(self.instance.as_str());
                    deregistered = instance.is_none_or(|i| i.status == InstanceStatus::Inactive);
                    if deregistered {
                        // Its machine gives interfaces back.
                        outbox.tell(self.vpc_updates(&snapshot, now()));
                        outbox.tell(self.balancer_update(&snapshot, now()));
                        outbox.tell(self.farewell(now()));
                    } else {
                        outbox.tell(self.news(&snapshot, now()));
                        self.record_interfaces().await;
                    }
                }
                () = at(next_refresh), if outbox.takes_news() => {
                    let snapshot = self.ecs.state.snapshot();
                    outbox.tell(self.refresh(&snapshot, now()));
                }
                () = tokio::time::sleep_until(silent_from) => {
                    tracing::warn!(instance = %self.instance, "the agent has been silent for too long");
                    return Ending::Closed;
                }
                _ = heartbeat.tick(), if outbox.takes_news() => {
                    let beat = HeartbeatMessage { message_id: Some(self.cx.uuid().to_string()), healthy: Some(true) };
                    outbox.tell([FromBackend::from(beat)]);
                    outbox.tell(self.repeat_refused(now()));
                    outbox.tell(self.repeat_refused_balancers(now()));
                }
            }
        }
    }

    /// Records what the agent has taken in hand. What cannot be recorded is only not shown: reports do not count on it.
    async fn record_orders(&mut self) {
        if self.in_hand.is_empty() {
            return;
        }
        let orders = std::mem::take(&mut self.in_hand);
        let outcome = self.ecs.state.update(|tx| {
            in_hand(tx, &orders);
            Ok(())
        });
        if let Err(error) = settle(outcome.await) {
            tracing::error!(instance = %self.instance, %error, "what the agent has acknowledged was not recorded");
        }
    }

    /// Every task that the instance should have.
    fn manifest(&mut self, snapshot: &Snapshot, now: Timestamp) -> FromBackend {
        let tasks = held(snapshot, &self.instance).map(|task| identifier(task)).collect();
        FromBackend::from(TaskManifestMessage {
            message_id: Some(self.cx.uuid().to_string()),
            cluster_arn: Some(self.instance.cluster().to_string()),
            container_instance_arn: Some(self.instance.to_string()),
            generated_at: Some(now.millis()),
            timeline: Some(self.next()),
            tasks,
        })
    }

    /// What this session has not said yet.
    fn news(&mut self, snapshot: &Snapshot, now: Timestamp) -> Vec<FromBackend> {
        // Before the tasks that count on it.
        let mut news = News { messages: self.vpc_updates(snapshot, now), ..News::default() };
        // After the networks that they are in.
        news.messages.extend(self.balancer_update(snapshot, now));
        let log_mode = account_setting::of_account(snapshot, &self.cx.scope, "defaultLogDriverMode");
        let list = |wanted: &str| snapshot.listed(tasks::ON_INSTANCE, (&self.instance, wanted));
        let now_told = Told { run: list(tasks::TO_RUN), stop: list(tasks::TO_STOP) };
        let told = std::mem::replace(&mut self.told, now_told);
        let records = |arns: Vec<&str>| -> Vec<Arc<Task>> {
            arns.into_iter().filter_map(|arn| snapshot.get::<Task>(arn).cloned()).collect()
        };
        let to_stop = records(self.told.stop.entered(&told.stop));
        let to_run = records(self.told.run.entered(&told.run));
        let left = told.run.entered(&self.told.run).len() + told.stop.entered(&self.told.stop).len();
        for task in &to_stop {
            news.payload.push(agent_protocol::payload::Task::stop(task.arn.to_string()));
            // It keeps what it was given; only an agent that lost it is told again.
            let definition = snapshot.get::<TaskDefinition>(task.task_definition.as_str());
            if let Some(definition) = definition.filter(|_| self.send_credentials) {
                let given = self.equip(snapshot, task, definition, now).into_iter();
                news.credentials.extend(given.map(|(of, given)| self.credentials(task, of, given)));
            }
        }
        for task in &to_run {
            let Some(definition) = snapshot.get::<TaskDefinition>(task.task_definition.as_str()) else {
                tracing::error!(task = %task.arn, "the task's definition is gone");
                continue;
            };
            news.messages.extend(self.attachment(snapshot, task, now));
            let resolution = resolution::of(snapshot, task);
            let mut payload = payload::start(task, definition, &log_mode, resolution.as_ref());
            for (of, given) in self.equip(snapshot, task, definition, now) {
                *of.in_payload(&mut payload) = Some(given.clone());
                if self.send_credentials {
                    news.credentials.push(self.credentials(task, of, given));
                }
            }
            news.payload.push(payload);
        }
        if left > 0 {
            let is_over = |arn: &TaskArn| snapshot.get::<Task>(arn).is_none_or(|t| t.last_status.is_over());
            self.given.retain(|arn| !is_over(arn));
        }
        let News { mut messages, payload, credentials } = news;
        messages.extend(self.payloads(payload, now));
        messages.extend(credentials);
        messages
    }

    /// Of which VPCs the node has interfaces; what it has of others is from sessions that are over.
    fn vpc_manifest(&self, snapshot: &Snapshot, now: Timestamp) -> Option<FromBackend> {
        self.network.as_ref()?;
        let here = fabric::groups_here(snapshot, &self.instance);
        Some(FromBackend::from(VpcManifestMessage {
            message_id: Some(self.cx.uuid().to_string()),
            cluster_arn: Some(self.instance.cluster().to_string()),
            container_instance_arn: Some(self.instance.to_string()),
            generated_at: Some(now.millis()),
            vpcs: here.keys().map(ToString::to_string).collect(),
        }))
    }

    fn vpc_updates(&mut self, snapshot: &Snapshot, now: Timestamp) -> Vec<FromBackend> {
        let Some(network) = &mut self.network else { return Vec::new() };
        let view = self.ecs.fabric.view(snapshot);
        let updates = network.news(snapshot, &view, &self.instance);
        let mut messages = Vec::with_capacity(updates.len());
        for update in updates {
            let message_id = self.cx.uuid().to_string();
            if let Ok(vpc) = update.vpc.parse() {
                self.carried.sent(vpc, message_id.clone());
            }
            messages.push(FromBackend::from(VpcUpdateMessage {
                message_id: Some(message_id),
                cluster_arn: Some(self.instance.cluster().to_string()),
                container_instance_arn: Some(self.instance.to_string()),
                generated_at: Some(now.millis()),
                update: Some(update),
            }));
        }
        messages
    }

    /// What the agent could not carry out, whole, where the account waits for it. It tries again by itself too, but says nothing of that.
    fn repeat_refused(&mut self, now: Timestamp) -> Vec<FromBackend> {
        let refused = self.carried.take_refused();
        let snapshot = self.ecs.state.snapshot();
        let waiting = |vpc: &&VpcId| {
            snapshot.by_index(network_interface::BY_MOVING, &self.instance).any(|i| i.vpc == **vpc)
        };
        let again: Vec<&VpcId> = refused.iter().filter(waiting).collect();
        let Some(network) = self.network.as_mut().filter(|_| !again.is_empty()) else { return Vec::new() };
        again.into_iter().for_each(|vpc| network.forget(vpc));
        self.vpc_updates(&snapshot, now)
    }

    /// What a deregistered instance is still told: its tasks are over, so it stops them.
    fn farewell(&mut self, now: Timestamp) -> Vec<FromBackend> {
        let told = std::mem::take(&mut self.told);
        let told = told.run.iter().chain(told.stop.iter());
        let stops = told.map(|arn| agent_protocol::payload::Task::stop(arn.to_owned())).collect();
        self.payloads(stops, now)
    }

    /// In as many messages as it takes.
    fn payloads(
        &mut self,
        mut payload: Vec<agent_protocol::payload::Task>,
        now: Timestamp,
    ) -> Vec<FromBackend> {
        let mut messages = Vec::new();
        while !payload.is_empty() {
            let rest = payload.split_off(payload.len().min(TASKS_PER_PAYLOAD));
            let tasks = std::mem::replace(&mut payload, rest);
            let number = self.next();
            let message_id = self.cx.uuid().to_string();
            self.orders.sent(message_id.clone(), stops(&tasks));
            messages.push(FromBackend::from(PayloadMessage {
                message_id: Some(message_id),
                cluster_arn: Some(self.instance.cluster().to_string()),
                container_instance_arn: Some(self.instance.to_string()),
                generated_at: Some(now.millis()),
                seq_num: Some(number),
                timeline: Some(number),
                tasks,
            }));
        }
        messages
    }

    /// An interface that is still to be attached is announced before its task.
    fn attachment(&mut self, snapshot: &Snapshot, task: &Task, now: Timestamp) -> Option<FromBackend> {
        let interface =
            task.network_interface.as_ref().filter(|i| i.status.may_become(AttachmentStatus::Attached))?;
        let message_id = self.cx.uuid().to_string();
        self.orders.sent(message_id.clone(), vec![(task.arn.clone(), Order::Attach)]);
        Some(FromBackend::from(AttachTaskNetworkInterfacesMessage {
            message_id: Some(message_id),
            cluster_arn: Some(self.instance.cluster().to_string()),
            container_instance_arn: Some(self.instance.to_string()),
            task_arn: Some(task.arn.to_string()),
            task_cluster_arn: Some(task.cluster.to_string()),
            generated_at: Some(now.millis()),
            wait_timeout_ms: i64::try_from(ATTACH_LIMIT.as_millis()).ok(),
            elastic_network_interfaces: vec![payload::interface(
                task,
                interface,
                resolution::of(snapshot, task).as_ref(),
            )],
        }))
    }

    /// What an agent's message is answered with.
    fn answer(&mut self, text: &str, now: Timestamp) -> Option<FromBackend> {
        match FromAgent::decode(text) {
            Ok(FromAgent::TaskStopVerificationMessage(asked)) => {
                let snapshot = self.ecs.state.snapshot();
                // Those that nobody wants to run here: unknown ones, ended ones, those that are to stop.
                let stop_tasks = asked
                    .stop_candidates
                    .into_iter()
                    .filter(|c| {
                        let known = c.task_arn.as_deref().and_then(|arn| snapshot.get::<Task>(arn));
                        known.is_none_or(|t| {
                            t.wanted_of_node() == DesiredStatus::Stopped
                                || t.last_status == TaskStatus::Stopped
                        })
                    })
                    .map(|c| TaskIdentifier { desired_status: Some("STOPPED".to_owned()), ..c })
                    .collect();
                Some(FromBackend::from(TaskStopVerificationAck {
                    message_id: asked.message_id,
                    generated_at: Some(now.millis()),
                    stop_tasks,
                }))
            }
            Ok(FromAgent::NackRequest(nack)) => {
                tracing::warn!(instance = %self.instance, reason = nack.reason.as_deref().unwrap_or_default(), "the agent refused a message");
                if let Some(id) = &nack.message_id {
                    self.carried.refused(id);
                    self.balancers.iter_mut().for_each(|balancers| balancers.refused(id));
                }
                None
            }
            // An acknowledgement says that a message arrived; what came of it is reported through the API.
            Ok(FromAgent::AckRequest(ack)) => {
                if let Some(id) = &ack.message_id {
                    self.carried.acknowledged(id);
                    self.balancers.iter_mut().for_each(|balancers| balancers.acknowledged(id));
                }
                let orders = ack.message_id.map(|id| self.orders.acknowledged(&id));
                self.in_hand.extend(orders.unwrap_or_default());
                None
            }
            Ok(FromAgent::BalancerObservationsMessage(message)) => {
                self.hear_balancers(message);
                None
            }
            Ok(FromAgent::HeartbeatAckRequest(_)) => None,
            Ok(FromAgent::IAMRoleCredentialsAckRequest(ack)) => {
                self.given.acknowledge(&ack);
                None
            }
            Ok(FromAgent::Unknown { kind }) => {
                tracing::warn!(instance = %self.instance, kind, "the agent sent a message of an unknown type");
                None
            }
            Err(error) => {
                tracing::warn!(instance = %self.instance, error = &error as &dyn std::error::Error, "the agent sent something unreadable");
                None
            }
        }
    }

    fn next(&mut self) -> i64 {
        self.sequence += 1;
        self.sequence
    }

    async fn disconnected(&self, now: Timestamp) {
        let outcome = self.ecs.state.update(|tx| {
            tx.modify::<ContainerInstance>(self.instance.as_str(), |i| {
                i.agent_connected = false;
                i.connectivity_at = Some(now);
                i.version += 1;
            });
            set_connectivity(tx, &self.instance, Connectivity::Disconnected, now);
            Ok(())
        });
        match settle(outcome.await) {
            Ok(()) => tracing::info!(instance = %self.instance, "agent disconnected"),
            Err(error) => {
                tracing::error!(instance = %self.instance, %error, "the end of an agent's session was not recorded")
            }
        }
    }
}

/// Returns at that instant, or never.
async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// Tasks of an instance show whether its agent is heard of.
pub(crate) fn set_connectivity(
    tx: &mut state::Tx<'_>,
    instance: &ContainerInstanceArn,
    connectivity: Connectivity,
    now: Timestamp,
) {
    let held: Vec<Arc<Task>> = tasks::holding(tx, instance).cloned().collect();
    for task in held.into_iter().filter(|t| t.connectivity != Some(connectivity)) {
        let mut task = Task::clone(&task);
        task.connectivity = Some(connectivity);
        task.connectivity_at = Some(now);
        task.version += 1;
        tx.put(task);
    }
}

fn held<'a>(
    snapshot: &'a Snapshot,
    instance: &ContainerInstanceArn,
) -> impl Iterator<Item = &'a Arc<Task>> + use<'a> {
    tasks::holding(snapshot, instance)
}

/// The stops of a payload.
fn stops(tasks: &[agent_protocol::payload::Task]) -> Vec<(TaskArn, Order)> {
    let stops = tasks.iter().filter(|t| t.desired_status == "STOPPED");
    stops.filter_map(|t| Some((t.arn.parse().ok()?, Order::Stop))).collect()
}

fn identifier(task: &Task) -> TaskIdentifier {
    TaskIdentifier {
        task_arn: Some(task.arn.to_string()),
        task_cluster_arn: Some(task.cluster.to_string()),
        desired_status: Some(task.wanted_of_node().to_string()),
    }
}

/// Whether the instance's agent carries out VPCs by itself.
fn wants_vpcs(instance: &ContainerInstance) -> bool {
    instance.attributes.iter().any(|a| a.name == agent_protocol::VPC_UPDATES)
}
