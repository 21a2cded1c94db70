//! One history: users, nodes and faults at random, then calm, then the end.

mod calm;
mod daemon;
mod fault;
mod service;
mod shifting;
mod task_set;

use crate::balancer::{self, DataPlane};
use crate::server::cx;
use crate::{Dice, Node, Outside, Server, rules};
use ::api::ecs::*;
use ecs::{Ecs as Service_, FleetSettings, Settings};
use model::ecs::{Daemon, Service, ServiceDeployment, Task, TaskSet};
use model::elbv2::Target;
use model::status::DesiredStatus;
use model::{CpuUnits, MemoryMib};
use plan::deployment::shift::Kind;
use state::{Snapshot, State, Watch};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_local;
use tokio::time::{Instant, sleep};

pub(crate) const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];
const NODES: usize = 6;
/// Those of the capacity provider of Managed Instances, beside the others.
const MANAGED: usize = 2;
const MOST_SERVICES: usize = 4;
/// Of one service: twice as many of each, and a node less, find room.
const MOST_TASKS: usize = 8;
const IMAGES: [&str; 5] = ["good", "good", "slow", "broken", "crash"];
/// How long everything may take to be as it is wanted once nothing goes wrong any more: the scheduler's longest pause between failing starts, twice.
const PATIENCE: Duration = Duration::from_secs(45 * 60);

/// What came of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What happened, a line each, with the virtual second.
    pub log: Vec<String>,
    /// What should not have happened.
    pub wrong: Vec<String>,
    /// Tasks that were ever started.
    pub tasks: usize,
    /// Virtual seconds until everything was as it was wanted.
    pub settled_after: u64,
}

/// Plays the history of a seed with that many acts.
pub async fn story(seed: u64, acts: usize) -> Outcome {
    let dice = Dice::new(seed);
    // What a provider asks for: nobody makes its machines, they come by themselves.
    let fleet = FleetSettings {
        name: "metal".to_owned(),
        cpu: CpuUnits(crate::node::CPU.unsigned_abs()),
        memory: MemoryMib(crate::node::MEMORY.unsigned_abs()),
        min: 0,
        max: 1,
        managed: true,
    };
    let settings = Settings {
        service_lost_after: Duration::from_secs(120),
        healthy_after: Duration::ZERO,
        fleets: vec![fleet],
        ..Settings::default()
    };
    let server = Rc::new(Server::start(settings).await);
    let lossy = [0, 10, 40][dice.below(3)];
    let mut nodes = Vec::new();
    for at in 0..NODES {
        nodes.push(Node::start(&server, dice.split(), ZONES[at % ZONES.len()], lossy).await);
    }
    let begin = Instant::now();
    let plane = DataPlane::start(&server, dice.split());
    nodes.iter().for_each(|node| plane.reach(node));
    let mut world = World { dice, server, plane, nodes, lossy, services: 0, begin, outcome: Rc::default() };
    world.watch();
    world.define().await;
    world.prepare_daemons().await;
    for at in 0..MANAGED {
        let (dice, zone) = (world.dice.split(), ZONES[at % ZONES.len()]);
        let node = Node::start_of(&world.server, dice, zone, lossy, Some(daemon::PROVIDER)).await;
        world.plane.reach(&node);
        world.nodes.push(node);
    }
    for _ in 0..acts {
        world.act().await;
        sleep(world.dice.millis(0, 60_000)).await;
    }
    world.calm().await;
    world.settle().await;
    world.succeeded();
    world.finish().await;
    world.outcome.take()
}

struct World {
    dice: Dice,
    server: Rc<Server>,
    plane: DataPlane,
    nodes: Vec<Node>,
    lossy: usize,
    /// How many were ever made.
    services: usize,
    begin: Instant,
    outcome: Rc<RefCell<Outcome>>,
}

impl World {
    fn ecs(&self) -> Arc<Service_> {
        self.server.ecs().expect("acts happen while it runs")
    }

    fn snapshot(&self) -> Snapshot {
        self.server.state().expect("acts happen while it runs").snapshot()
    }

    fn say(&self, what: impl Into<String>) {
        let line = format!("{:>6} {}", self.begin.elapsed().as_secs(), what.into());
        self.outcome.borrow_mut().log.push(line);
    }

    fn wrong(&self, what: String) {
        self.say(format!("WRONG {what}"));
        self.outcome.borrow_mut().wrong.push(what);
    }

    /// Looks at every change of the records, through all crashes.
    fn watch(&self) {
        let (server, outcome, begin) = (Rc::clone(&self.server), Rc::clone(&self.outcome), self.begin);
        spawn_local(async move {
            let mut before: Option<Snapshot> = None;
            loop {
                let Some(state) = server.state() else {
                    sleep(Duration::from_millis(10)).await;
                    continue;
                };
                let mut watch = watched(&state);
                let now = state.snapshot();
                if let Some(before) = &before {
                    let mut outcome = outcome.borrow_mut();
                    outcome.tasks += now
                        .changes::<Task>(before)
                        .filter(|change| matches!(change, state::Difference::Added(_)))
                        .count();
                    let unsaid = unsaid(server.outside(), before, &now);
                    for wrong in rules::between(before, &now).into_iter().chain(unsaid) {
                        outcome.log.push(format!("{:>6} WRONG {wrong}", begin.elapsed().as_secs()));
                        outcome.wrong.push(wrong);
                    }
                }
                before = Some(now);
                drop(state);
                // A server that crashed wakes nobody.
                drop(tokio::time::timeout(Duration::from_secs(1), watch.changed()).await);
            }
        });
    }

    async fn define(&self) {
        for image in IMAGES {
            let container = ContainerDefinition {
                name: Some("main".to_owned()),
                image: Some(image.to_owned()),
                cpu: Some(256),
                memory: Some(512),
                port_mappings: Some(vec![PortMapping {
                    container_port: Some(balancer::PORT),
                    ..PortMapping::default()
                }]),
                ..ContainerDefinition::default()
            };
            let input = RegisterTaskDefinitionRequest {
                family: image.to_owned(),
                container_definitions: vec![container],
                ..RegisterTaskDefinitionRequest::default()
            };
            self.ecs().register_task_definition(&cx(), input).await.expect("a definition");
        }
    }

    fn living(&self) -> Vec<String> {
        let all = self.snapshot();
        let active = all.scan::<Service>().filter(|s| s.status.as_str() == "ACTIVE");
        active.map(|s| s.arn.name().to_owned()).collect()
    }

    async fn act(&mut self) {
        // Who is asked answers now and then.
        if self.dice.percent(30) {
            self.answer_pauses(false).await;
        }
        match self.dice.below(29) {
            0..=2 => self.create().await,
            3..=5 => self.scale().await,
            6..=8 => self.deploy().await,
            9 => self.delete().await,
            10 => self.drain().await,
            11 => self.protect().await,
            12 => self.run_task().await,
            13 => self.stop_task().await,
            14 => self.crash().await,
            15 | 16 => self.deploy_again_and_again().await,
            17 => self.stop_deployment().await,
            18..=20 => self.control().await,
            21 | 22 => self.attend_daemons().await,
            28 => {
                self.say("the data plane begins anew");
                self.plane.begin_anew();
            }
            other => self.fault(other - 23).await,
        }
    }

    async fn protect(&self) {
        let now = self.snapshot();
        let tasks: Vec<String> = now
            .scan::<Task>()
            .filter(|t| t.is_of_service() && t.desired_status == DesiredStatus::Running)
            .map(|t| t.arn.to_string())
            .collect();
        let Some(task) = self.dice.pick(&tasks) else { return };
        self.say(format!("protect {task}"));
        let input = UpdateTaskProtectionRequest {
            cluster: "default".to_owned(),
            tasks: vec![task.clone()],
            protection_enabled: true,
            expires_in_minutes: Some(1 + i32::try_from(self.dice.below(20)).expect("it is small")),
        };
        self.ecs().update_task_protection(&cx(), input).await.expect("an answer");
    }

    async fn run_task(&self) {
        let image = *self.dice.pick(&IMAGES).expect("there are some");
        self.say(format!("run {image}"));
        let input = RunTaskRequest { task_definition: image.to_owned(), ..RunTaskRequest::default() };
        self.ecs().run_task(&cx(), input).await.expect("an answer");
    }

    async fn stop_task(&self) {
        let now = self.snapshot();
        let tasks: Vec<String> = now.scan::<Task>().map(|t| t.arn.to_string()).collect();
        let Some(task) = self.dice.pick(&tasks) else { return };
        self.say(format!("stop {task}"));
        let input = StopTaskRequest { task: task.clone(), ..StopTaskRequest::default() };
        self.ecs().stop_task(&cx(), input).await.expect("an answer");
    }
}

/// A number of the API.
fn small(count: usize) -> i32 {
    i32::try_from(count).expect("it is small")
}

fn watched(state: &State) -> Watch {
    let watcher = state.watcher().table::<Task>().table::<Service>().table::<ServiceDeployment>();
    watcher.table::<TaskSet>().table::<Daemon>().table::<Target>().start()
}

/// Deployments whose traffic is said to be routed, and whose router was told something else.
fn unsaid(outside: &Outside, before: &Snapshot, now: &Snapshot) -> Vec<String> {
    let mut wrong = Vec::new();
    for change in now.changes::<ServiceDeployment>(before) {
        let (old, deployment) = match change {
            state::Difference::Changed { old, new } => (old, new),
            state::Difference::Added(_) | state::Difference::Removed(_) => continue,
        };
        let (Some(was), Some(is)) = (&old.shift, &deployment.shift) else { continue };
        for (kind, was, is) in
            [(Kind::Test, was.test, is.test), (Kind::Production, was.production, is.production)]
        {
            let came = is.routed && (!was.routed || was.share != is.share);
            let said = outside.word(&deployment.service, kind);
            if came && said.as_ref() != Some(&(deployment.arn.clone(), is.share.tenths())) {
                let kind = kind.as_str();
                wrong.push(format!(
                    "{}: {kind} traffic of {} is routed, and {said:?} was said",
                    deployment.arn, is.share
                ));
            }
        }
    }
    wrong
}
