//! One history: users, nodes and faults at random, then calm, then the end.

use crate::server::cx;
use crate::{Dice, Node, Server, rules};
use ::api::ecs::*;
use ecs::{Ecs as Service_, Settings};
use model::ecs::{Service, Task};
use model::status::DesiredStatus;
use plan::deployment::Bounds;
use state::Snapshot;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_local;
use tokio::time::{Instant, sleep};

const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];
const NODES: usize = 6;
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
    let settings = Settings { service_lost_after: Duration::from_secs(120), ..Settings::default() };
    let server = Rc::new(Server::start(settings).await);
    let lossy = [0, 10, 40][dice.below(3)];
    let mut nodes = Vec::new();
    for at in 0..NODES {
        nodes.push(Node::start(&server, dice.split(), ZONES[at % ZONES.len()], lossy).await);
    }
    let begin = Instant::now();
    let mut world = World { dice, server, nodes, lossy, services: 0, begin, outcome: Rc::default() };
    world.watch();
    world.define().await;
    for _ in 0..acts {
        world.act().await;
        sleep(world.dice.millis(0, 60_000)).await;
    }
    world.calm().await;
    world.settle().await;
    world.finish().await;
    world.outcome.take()
}

struct World {
    dice: Dice,
    server: Rc<Server>,
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
                let mut watch = state.watcher().table::<Task>().table::<Service>().start();
                let now = state.snapshot();
                if let Some(before) = &before {
                    let mut outcome = outcome.borrow_mut();
                    outcome.tasks += now
                        .changes::<Task>(before)
                        .filter(|change| matches!(change, state::Difference::Added(_)))
                        .count();
                    for wrong in rules::between(before, &now) {
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
        match self.dice.below(20) {
            0..=2 => self.create().await,
            3..=5 => self.scale().await,
            6..=8 => self.deploy().await,
            9 => self.delete().await,
            10 => self.drain().await,
            11 => self.protect().await,
            12 => self.run_task().await,
            13 => self.stop_task().await,
            14 => self.crash().await,
            other => self.fault(other).await,
        }
    }

    async fn create(&mut self) {
        if self.living().len() >= MOST_SERVICES {
            return;
        }
        self.services += 1;
        let name = format!("s{}", self.services);
        let daemon = self.dice.percent(15);
        let (minimum, maximum) = *self
            .dice
            .pick(&[(100, 200), (50, 200), (50, 100), (0, 100), (100, 150)])
            .expect("there are some");
        let breaker = self.dice.percent(60).then(|| DeploymentCircuitBreaker {
            enable: true,
            rollback: self.dice.percent(70),
            ..DeploymentCircuitBreaker::default()
        });
        let count = self.dice.below(MOST_TASKS + 1);
        let input = CreateServiceRequest {
            service_name: name.clone(),
            task_definition: Some("good".to_owned()),
            desired_count: (!daemon).then_some(i32::try_from(count).expect("it is small")),
            scheduling_strategy: Some(match daemon {
                true => SchedulingStrategy::Daemon,
                false => SchedulingStrategy::Replica,
            }),
            deployment_configuration: Some(DeploymentConfiguration {
                minimum_healthy_percent: Some(if daemon { 0 } else { minimum }),
                maximum_percent: Some(if daemon { 100 } else { maximum }),
                deployment_circuit_breaker: breaker,
                ..DeploymentConfiguration::default()
            }),
            ..CreateServiceRequest::default()
        };
        self.say(format!("create {name}: {count}, {minimum}..{maximum} %, daemon {daemon}"));
        self.ecs().create_service(&cx(), input).await.expect("it is made");
    }

    async fn update(&self, change: impl FnOnce(&Self, &mut UpdateServiceRequest)) {
        let services = self.living();
        let Some(name) = self.dice.pick(&services) else { return };
        let mut input = UpdateServiceRequest { service: name.clone(), ..UpdateServiceRequest::default() };
        change(self, &mut input);
        // A service of the DAEMON strategy has no count to set.
        if let Err(error) = self.ecs().update_service(&cx(), input).await {
            self.say(format!("refused: {}", error.message));
        }
    }

    async fn scale(&self) {
        self.update(|world, input| {
            let count = world.dice.below(MOST_TASKS + 1);
            world.say(format!("scale {} to {count}", input.service));
            input.desired_count = i32::try_from(count).ok();
        })
        .await;
    }

    async fn deploy(&self) {
        self.update(|world, input| {
            let image = *world.dice.pick(&IMAGES).expect("there are some");
            world.say(format!("deploy {image} to {}", input.service));
            input.task_definition = Some(image.to_owned());
            input.force_new_deployment = Some(world.dice.percent(30));
        })
        .await;
    }

    async fn delete(&self) {
        let services = self.living();
        let Some(name) = self.dice.pick(&services) else { return };
        self.say(format!("delete {name}"));
        let input = DeleteServiceRequest { service: name.clone(), force: Some(true), ..Default::default() };
        self.ecs().delete_service(&cx(), input).await.expect("it is deleted");
    }

    async fn set(&self, node: &Node, status: ContainerInstanceStatus) {
        let input = UpdateContainerInstancesStateRequest {
            container_instances: vec![node.arn().to_owned()],
            status,
            ..UpdateContainerInstancesStateRequest::default()
        };
        self.ecs().update_container_instances_state(&cx(), input).await.expect("an answer");
    }

    async fn drain(&self) {
        let node = self.dice.pick(&self.nodes).expect("there are some").clone();
        let drain = self.dice.percent(60);
        self.say(format!("drain {} {drain}", node.arn()));
        self.set(
            &node,
            if drain { ContainerInstanceStatus::Draining } else { ContainerInstanceStatus::Active },
        )
        .await;
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

    async fn crash(&self) {
        let down = self.dice.millis(0, 90_000);
        self.say(format!("the server crashes, for {} s", down.as_secs()));
        self.server.crash().await;
        sleep(down).await;
        self.server.restart().await;
    }

    async fn fault(&mut self, kind: usize) {
        let at = self.dice.below(self.nodes.len());
        let node = self.nodes[at].clone();
        let (arn, pause) = (node.arn().to_owned(), self.dice.millis(1_000, 400_000));
        match kind {
            15 => {
                self.say(format!("{arn} is cut off for {} s", pause.as_secs()));
                node.link(false);
                spawn_local(async move {
                    sleep(pause).await;
                    node.link(true);
                });
            }
            16 => {
                self.say(format!("the agent of {arn} starts again"));
                if node.is_up() {
                    node.restart_agent();
                }
            }
            17 => {
                if node.is_up() {
                    self.say(format!("{arn} is without power for {} s", pause.as_secs()));
                    node.switch_off();
                    spawn_local(async move {
                        sleep(pause).await;
                        node.switch_on();
                    });
                }
            }
            18 => {
                self.say(format!("a task of {arn} ends"));
                if node.is_up() {
                    node.kill_one();
                }
            }
            _ => {
                // Another comes in its place. Nobody says that it is gone.
                if node.is_up() && self.nodes.len() <= NODES {
                    self.say(format!("{arn} burns down"));
                    node.switch_off();
                    let zone = node.zone().to_owned();
                    let new = Node::start(&self.server, self.dice.split(), &zone, self.lossy).await;
                    self.nodes.push(new);
                }
            }
        }
    }

    /// Nothing goes wrong any more, and what everybody wants can be had.
    async fn calm(&mut self) {
        self.say("calm");
        // Faults that were begun end by themselves, but for what burnt down.
        sleep(Duration::from_secs(400)).await;
        let (up, gone): (Vec<_>, Vec<_>) = self.nodes.drain(..).partition(Node::is_up);
        self.nodes = up;
        for node in gone {
            let input = DeregisterContainerInstanceRequest {
                container_instance: node.arn().to_owned(),
                force: Some(true),
                ..DeregisterContainerInstanceRequest::default()
            };
            self.ecs().deregister_container_instance(&cx(), input).await.expect("it is given up");
        }
        for node in self.nodes.clone() {
            self.set(&node, ContainerInstanceStatus::Active).await;
        }
        for name in self.living() {
            let input = UpdateServiceRequest {
                desired_count: self.rollable(&name),
                service: name,
                task_definition: Some("good".to_owned()),
                force_new_deployment: Some(true),
                ..UpdateServiceRequest::default()
            };
            self.ecs().update_service(&cx(), input).await.expect("it is updated");
        }
        // Tasks of no service end, so that there is room.
        let now = self.snapshot();
        for task in now.scan::<Task>().filter(|t| !t.is_of_service() && !t.last_status.is_over()) {
            let input = StopTaskRequest { task: task.arn.to_string(), ..StopTaskRequest::default() };
            self.ecs().stop_task(&cx(), input).await.expect("an answer");
        }
    }

    /// Another count for a service that cannot be rolled over: of one task, say, 50 % are one and 100 % as well.
    fn rollable(&self, name: &str) -> Option<i32> {
        let now = self.snapshot();
        let service = now.scan::<Service>().find(|s| s.arn.name() == name)?;
        let bounds = Bounds::of(&service.deployment_configuration, service.desired_count);
        (service.desired_count > 0 && bounds.minimum == bounds.maximum).then_some(4)
    }

    /// Waits until everything is as it is wanted.
    async fn settle(&self) {
        let begin = Instant::now();
        loop {
            let now = self.snapshot();
            let mut open: Vec<String> =
                now.scan::<Service>().filter_map(|s| rules::unsettled(&now, s)).collect();
            let stopping =
                |t: &&Arc<Task>| t.desired_status == DesiredStatus::Stopped && !t.last_status.is_over();
            open.extend(
                now.scan::<Task>().filter(stopping).map(|t| format!("{} has not stopped yet", t.arn)),
            );
            let strays = self.strays(&now);
            if open.is_empty() && strays.is_empty() {
                self.outcome.borrow_mut().settled_after = begin.elapsed().as_secs();
                return;
            }
            if begin.elapsed() > PATIENCE {
                open.into_iter().chain(strays).for_each(|what| self.wrong(what));
                return;
            }
            sleep(Duration::from_secs(5)).await;
        }
    }

    /// Tasks that a node has and the records do not, and the other way round.
    fn strays(&self, now: &Snapshot) -> Vec<String> {
        let mut found = Vec::new();
        for node in &self.nodes {
            let recorded = now.by_index(state::ecs::task::HOLDING, node.arn());
            let mut recorded: Vec<String> = recorded.map(|t| t.arn.to_string()).collect();
            recorded.sort();
            let has = node.tasks();
            if has != recorded {
                found.push(format!("{} has {has:?}, and {recorded:?} are recorded", node.arn()));
            }
        }
        found
    }

    /// Everything is deleted, and nothing stays.
    async fn finish(&self) {
        self.say("the end");
        for name in self.living() {
            let input = DeleteServiceRequest { service: name, force: Some(true), ..Default::default() };
            self.ecs().delete_service(&cx(), input).await.expect("it is deleted");
        }
        self.settle().await;
        let left: Vec<_> = self.nodes.iter().flat_map(Node::tasks).collect();
        if !left.is_empty() {
            self.wrong(format!("left on nodes: {left:?}"));
        }
    }
}
