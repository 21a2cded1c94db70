//! A simulated node: an agent that speaks the protocol, and containers that are timers.
//!
//! What its containers do is the name of their image: `good` runs until it is stopped, `slow` takes minutes to start, `broken` cannot be pulled,
//! `crash` exits some seconds after its start, or some minutes. Its messages are lost, delayed and repeated as the dice say; its reports are repeated until they
//! are answered, as those of real agents.

use crate::server::{Connection, Server, cx};
use crate::{Dice, balancer, clock, server};
use ::api::ecs::{
    Attribute, ContainerStateChange, Ecs as _, NetworkBinding, RegisterContainerInstanceRequest, Resource,
    SubmitTaskStateChangeRequest, TransportProtocol,
};
use agent_protocol::acs::{
    AckRequest, FromAgent, FromBackend, HeartbeatAckRequest, PayloadMessage, TaskIdentifier,
    TaskManifestMessage, TaskStopVerificationMessage,
};
use agent_protocol::payload::Task;
use model::ecs::ContainerInstance;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::sleep;

/// CPU units and MiB of every node: sixteen tasks of [`crate::story`]'s.
pub const CPU: i32 = 4096;
pub const MEMORY: i32 = 8192;

/// One machine. Clones are handles on it.
#[derive(Clone)]
pub struct Node(Rc<Inner>);

struct Inner {
    server: Rc<Server>,
    dice: Dice,
    arn: String,
    machine: String,
    zone: String,
    provider: Option<String>,
    /// Whether its messages arrive.
    linked: Cell<bool>,
    /// Whether it is switched on.
    up: Cell<bool>,
    /// Ends a session at the node's end.
    unplugged: Notify,
    tasks: RefCell<BTreeMap<String, Life>>,
    /// On which port each that runs is reached.
    ports: RefCell<BTreeMap<String, u16>>,
    /// Those that are over: agents remember them for hours, so that an order that comes late does not begin one again.
    over: RefCell<BTreeSet<String>>,
    agent: RefCell<Option<JoinHandle<()>>>,
    /// In a hundred, of its reports.
    lossy: usize,
}

/// A task on the node.
struct Life {
    stop: Rc<Notify>,
    running: JoinHandle<()>,
}

impl Node {
    /// Registers it in a zone, and starts its agent. `lossy` of a hundred of its reports are lost, and as many arrive twice.
    pub async fn start(server: &Rc<Server>, dice: Dice, zone: &str, lossy: usize) -> Self {
        Self::start_of(server, dice, zone, lossy, None).await
    }

    /// The same, as a machine of a capacity provider of Managed Instances.
    pub async fn start_of(
        server: &Rc<Server>,
        dice: Dice,
        zone: &str,
        lossy: usize,
        provider: Option<&str>,
    ) -> Self {
        let machine = format!("i-{:017x}", clock::chance().below(1 << 30));
        let arn = register(server, zone, provider, &machine).await;
        let node = Self(Rc::new(Inner {
            server: Rc::clone(server),
            dice,
            arn,
            machine,
            zone: zone.to_owned(),
            provider: provider.map(str::to_owned),
            linked: Cell::new(true),
            up: Cell::new(true),
            unplugged: Notify::new(),
            tasks: RefCell::default(),
            ports: RefCell::default(),
            over: RefCell::default(),
            agent: RefCell::default(),
            lossy,
        }));
        node.boot();
        node
    }

    /// Its container instance.
    pub fn arn(&self) -> &str {
        &self.0.arn
    }

    /// Its machine: `i-…`.
    pub fn machine(&self) -> &str {
        &self.0.machine
    }

    /// Whether a task that runs on it is reached on a port.
    pub fn serves(&self, port: u16) -> bool {
        self.is_up() && self.0.ports.borrow().values().any(|taken| *taken == port)
    }

    pub fn zone(&self) -> &str {
        &self.0.zone
    }

    /// The capacity provider that it was made for.
    pub fn provider(&self) -> Option<&str> {
        self.0.provider.as_deref()
    }

    pub fn is_up(&self) -> bool {
        self.0.up.get()
    }

    /// The tasks that it has.
    pub fn tasks(&self) -> Vec<String> {
        self.0.tasks.borrow().keys().cloned().collect()
    }

    /// Cuts it off, or joins it again. It goes on meanwhile.
    pub fn link(&self, linked: bool) {
        self.0.linked.set(linked);
        if !linked {
            self.0.unplugged.notify_waiters();
        }
    }

    /// Its agent is killed and started again: its containers run on.
    pub fn restart_agent(&self) {
        self.kill_agent();
        self.boot();
    }

    /// Its power goes. Nothing of it runs any more.
    pub fn switch_off(&self) {
        self.0.up.set(false);
        self.kill_agent();
        for life in self.0.tasks.borrow().values() {
            life.running.abort();
        }
    }

    /// It comes back: its agent finds that its containers are gone, and says so.
    pub fn switch_on(&self) {
        self.0.up.set(true);
        for (arn, life) in self.0.tasks.borrow_mut().iter_mut() {
            let (node, arn) = (self.clone(), arn.clone());
            life.running = spawn_local(async move { node.end(&arn, Some(137), None).await });
        }
        self.boot();
    }

    /// One of its tasks ends by itself.
    pub fn kill_one(&self) {
        let tasks = self.tasks();
        let Some(arn) = self.0.dice.pick(&tasks) else { return };
        let (node, of) = (self.clone(), arn.clone());
        if let Some(life) = self.0.tasks.borrow_mut().get_mut(arn) {
            life.running.abort();
            life.running = spawn_local(async move { node.end(&of, Some(1), None).await });
        }
    }

    fn boot(&self) {
        let node = self.clone();
        *self.0.agent.borrow_mut() = Some(spawn_local(async move { node.agent().await }));
    }

    fn kill_agent(&self) {
        if let Some(agent) = self.0.agent.borrow_mut().take() {
            agent.abort();
        }
    }

    /// Sessions, one after another.
    async fn agent(&self) {
        loop {
            if self.0.linked.get()
                && let Some(connection) = self.0.server.connect(&self.0.arn).await
            {
                self.session(connection).await;
            }
            sleep(self.0.dice.millis(200, 5_000)).await;
        }
    }

    async fn session(&self, mut connection: Connection) {
        loop {
            tokio::select! {
                biased;
                () = self.0.unplugged.notified() => return,
                text = connection.said.recv() => {
                    let Some(text) = text else { return };
                    sleep(self.0.dice.millis(0, 20)).await;
                    let message = FromBackend::decode(&text).expect("the server speaks the protocol");
                    for answer in self.hear(message) {
                        if connection.say.send(answer.encode()).await.is_err() {
                            return;
                        }
                    }
                }
            }
        }
    }

    fn hear(&self, message: FromBackend) -> Vec<FromAgent> {
        match message {
            FromBackend::HeartbeatMessage(beat) => {
                vec![FromAgent::from(HeartbeatAckRequest { message_id: beat.message_id })]
            }
            FromBackend::PayloadMessage(payload) => vec![self.obey(payload)],
            FromBackend::TaskManifestMessage(manifest) => self.compare(manifest).into_iter().collect(),
            FromBackend::TaskStopVerificationAck(ack) => {
                let stops = ack.stop_tasks.iter().filter_map(|t| t.task_arn.as_deref());
                stops.for_each(|arn| self.stop(arn));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn obey(&self, payload: PayloadMessage) -> FromAgent {
        for task in &payload.tasks {
            if task.desired_status == "STOPPED" {
                self.stop(&task.arn);
            } else {
                self.begin(task);
            }
        }
        FromAgent::from(AckRequest { message_id: payload.message_id, ..AckRequest::default() })
    }

    /// Asks whether what nobody told it of is to stop.
    fn compare(&self, manifest: TaskManifestMessage) -> Option<FromAgent> {
        let told: Vec<&str> = manifest.tasks.iter().filter_map(|t| t.task_arn.as_deref()).collect();
        let unknown = self.tasks().into_iter().filter(|arn| !told.contains(&arn.as_str()));
        let stop_candidates: Vec<_> =
            unknown.map(|arn| TaskIdentifier { task_arn: Some(arn), ..TaskIdentifier::default() }).collect();
        (!stop_candidates.is_empty()).then(|| {
            FromAgent::from(TaskStopVerificationMessage { message_id: manifest.message_id, stop_candidates })
        })
    }

    fn begin(&self, task: &Task) {
        let mut tasks = self.0.tasks.borrow_mut();
        if tasks.contains_key(&task.arn) || self.0.over.borrow().contains(&task.arn) {
            return;
        }
        let image = task.containers.first().and_then(|c| c.image.clone()).unwrap_or_default();
        let stop = Rc::new(Notify::new());
        let (node, arn, heard) = (self.clone(), task.arn.clone(), Rc::clone(&stop));
        let running = spawn_local(async move { node.live(&arn, &image, &heard).await });
        tasks.insert(task.arn.clone(), Life { stop, running });
    }

    fn stop(&self, arn: &str) {
        match self.0.tasks.borrow().get(arn) {
            // Kept until it is waited for: a task that still starts hears it too.
            Some(life) => life.stop.notify_one(),
            // It never came here, or is over: the server did not hear of its end.
            None => {
                let (node, arn) = (self.clone(), arn.to_owned());
                spawn_local(async move { node.report(&arn, "STOPPED", None, None).await });
            }
        }
    }

    /// A task's life.
    async fn live(&self, arn: &str, image: &str, stop: &Notify) {
        let dice = self.0.dice.split();
        let start = if image == "slow" { dice.millis(60_000, 200_000) } else { dice.millis(50, 3_000) };
        tokio::select! {
            biased;
            () = stop.notified() => return self.end(arn, None, None).await,
            () = sleep(start) => {}
        }
        if image == "broken" {
            return self.end(arn, None, Some("CannotPullContainerError: there is no such image")).await;
        }
        self.publish(arn);
        self.report(arn, "RUNNING", None, None).await;
        let exits = match (image, dice.percent(80)) {
            ("crash", true) => dice.millis(500, 9_000),
            // It counts as one that ran, and the next one is started at once: seldom, or a history is little else.
            ("crash", false) => dice.millis(20_000, 200_000),
            _ => Duration::MAX,
        };
        tokio::select! {
            biased;
            () = stop.notified() => sleep(dice.millis(10, 4_000)).await,
            () = sleep(exits) => return self.end(arn, Some(1), None).await,
        }
        self.end(arn, Some(143), None).await;
    }

    /// Gives a task the first port that is free.
    fn publish(&self, arn: &str) {
        let mut ports = self.0.ports.borrow_mut();
        let free = (32_768..).find(|port| !ports.values().any(|taken| taken == port));
        ports.insert(arn.to_owned(), free.expect("a node has few tasks"));
    }

    /// Says that a task has ended until it is heard, and forgets it.
    async fn end(&self, arn: &str, exit_code: Option<i32>, reason: Option<&str>) {
        self.0.ports.borrow_mut().remove(arn);
        self.0.over.borrow_mut().insert(arn.to_owned());
        self.report(arn, "STOPPED", exit_code, reason).await;
        self.0.tasks.borrow_mut().remove(arn);
    }

    async fn report(&self, arn: &str, status: &str, exit_code: Option<i32>, reason: Option<&str>) {
        let mut pause = Duration::from_millis(250);
        loop {
            sleep(self.0.dice.millis(1, 200)).await;
            let lost = self.0.dice.percent(self.0.lossy);
            if self.0.linked.get() && self.say(arn, status, exit_code, reason).await {
                if self.0.dice.percent(self.0.lossy) {
                    self.say(arn, status, exit_code, reason).await;
                }
                // An answer that is lost is a report that is repeated.
                if !lost {
                    return;
                }
            }
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(30));
        }
    }

    /// Whether the server took it.
    async fn say(&self, arn: &str, status: &str, exit_code: Option<i32>, reason: Option<&str>) -> bool {
        let Some(ecs) = self.0.server.ecs() else { return false };
        let container = ContainerStateChange {
            container_name: Some("main".to_owned()),
            status: Some(status.to_owned()),
            exit_code,
            reason: reason.map(str::to_owned),
            network_bindings: self.0.ports.borrow().get(arn).map(|port| vec![binding(*port)]),
            ..ContainerStateChange::default()
        };
        let input = SubmitTaskStateChangeRequest {
            cluster: Some("default".to_owned()),
            task: Some(arn.to_owned()),
            status: Some(status.to_owned()),
            containers: Some(vec![container]),
            ..SubmitTaskStateChangeRequest::default()
        };
        ecs.submit_task_state_change(&cx(), input).await.is_ok()
    }
}

fn binding(port: u16) -> NetworkBinding {
    NetworkBinding {
        container_port: Some(balancer::PORT),
        host_port: Some(port.into()),
        protocol: Some(TransportProtocol::Tcp),
        ..NetworkBinding::default()
    }
}

async fn register(server: &Server, zone: &str, provider: Option<&str>, machine: &str) -> String {
    let attribute = |name: &str, value: Option<&str>| Attribute {
        name: name.to_owned(),
        value: value.map(str::to_owned),
        ..Attribute::default()
    };
    let amount = |name: &str, value: i32| Resource {
        name: Some(name.to_owned()),
        r#type: Some("INTEGER".to_owned()),
        integer_value: Some(value),
        ..Resource::default()
    };
    let mut attributes = vec![
        attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
        attribute("ecs.availability-zone", Some(zone)),
        attribute("ecs.cpu-architecture", Some("x86_64")),
    ];
    attributes.extend(provider.map(|name| attribute(ecs::PROVIDER_ATTRIBUTE, Some(name))));
    let input = RegisterContainerInstanceRequest {
        total_resources: Some(vec![amount("CPU", CPU), amount("MEMORY", MEMORY)]),
        attributes: Some(attributes),
        ..RegisterContainerInstanceRequest::default()
    };
    let ecs = server.ecs().expect("nodes join a server that runs");
    let made = ecs.register_container_instance(&server::cx(), input).await.expect("it is registered");
    let arn = made.container_instance.and_then(|i| i.container_instance_arn).expect("an ARN");
    // As its identity document would say it.
    let state = server.state().expect("it runs");
    let change = state.update(|tx| {
        tx.modify::<ContainerInstance>(&arn, |instance| instance.ec2_instance_id = Some(machine.to_owned()));
        Ok::<_, ::api::ecs::Error>(())
    });
    change.await.expect("it is a machine");
    arn
}
