//! A fleet of simulated nodes in real time: through the API's handlers, the durable store and the agents' sessions, to tasks that run.
//!
//! `cargo run --release -p sim --example fleet -- NODES SERVICES TASKS`: so many services of so many tasks each. Prints a line of figures each for:
//! the start of all of them, the memory of a task, and how long it takes from a task's death to its replacement's RUNNING.

use agent_protocol::acs::{AckRequest, FromAgent, FromBackend, HeartbeatAckRequest, PayloadMessage};
use api::ecs::*;
use auth::{Cx, Identity, Origin, Principal, Seed, SessionKey};
use ecs::session::{Acs, MOST_WAITING, Wire};
use ecs::{Ecs as Service, Settings, service_scheduler};
use model::Timestamp;
use model::ecs::Task;
use model::ids::Scope;
use model::status::TaskStatus;
use reconcile::{Tasks, drive};
use state::{Difference, Schema, State};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::mpsc;

/// Deaths whose replacement is timed.
const DEATHS: usize = 20;
const CPU: i32 = 1_000_000;
const MEMORY: i32 = 4_000_000;

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later than 1970");
    Timestamp::from_millis(i64::try_from(since.as_millis()).expect("it is not that late"))
}

fn scope() -> Scope {
    Scope::new("us-east-1", "000000000000")
}

fn cx() -> Cx {
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    Cx::new(scope(), principal, Origin::default(), now(), Seed::from_os())
}

/// Resident memory of this process, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the kernel says it");
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).expect("it is there");
    let kib: u64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("a number");
    kib * 1024
}

async fn register(ecs: &Service) -> String {
    let amount = |name: &str, value: i32| Resource {
        name: Some(name.to_owned()),
        r#type: Some("INTEGER".to_owned()),
        integer_value: Some(value),
        ..Resource::default()
    };
    let attribute = |name: &str, value: Option<&str>| Attribute {
        name: name.to_owned(),
        value: value.map(str::to_owned),
        ..Attribute::default()
    };
    let input = RegisterContainerInstanceRequest {
        total_resources: Some(vec![amount("CPU", CPU), amount("MEMORY", MEMORY)]),
        attributes: Some(vec![
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("ecs.availability-zone", Some("us-east-1a")),
            attribute("ecs.cpu-architecture", Some("x86_64")),
        ]),
        ..RegisterContainerInstanceRequest::default()
    };
    let made = ecs.register_container_instance(&cx(), input).await.expect("it is registered");
    made.container_instance.and_then(|i| i.container_instance_arn).expect("an ARN")
}

async fn say(ecs: &Service, arn: &str, status: &str) {
    let container = ContainerStateChange {
        container_name: Some("main".to_owned()),
        status: Some(status.to_owned()),
        ..ContainerStateChange::default()
    };
    let input = SubmitTaskStateChangeRequest {
        cluster: Some("default".to_owned()),
        task: Some(arn.to_owned()),
        status: Some(status.to_owned()),
        containers: Some(vec![container]),
        ..SubmitTaskStateChangeRequest::default()
    };
    ecs.submit_task_state_change(&cx(), input).await.expect("it is taken");
}

/// An agent whose containers run at once.
async fn agent(ecs: Arc<Service>, instance: String) {
    let query = format!("clusterArn=default&containerInstanceArn={instance}&agentVersion=1.0.0&seqNum=1");
    let session = Acs::accept(Arc::clone(&ecs), cx(), &query).await.expect("a session");
    let (say_to, from_agent) = mpsc::channel(MOST_WAITING);
    let (to_agent, mut said) = mpsc::channel(MOST_WAITING);
    tokio::spawn(session.run(Wire { from_agent, to_agent }, now));
    while let Some(text) = said.recv().await {
        let answer = match FromBackend::decode(&text).expect("the server speaks the protocol") {
            FromBackend::HeartbeatMessage(beat) => {
                FromAgent::from(HeartbeatAckRequest { message_id: beat.message_id })
            }
            FromBackend::PayloadMessage(PayloadMessage { message_id, tasks, .. }) => {
                for task in tasks {
                    let stops = task.desired_status == "STOPPED";
                    say(&ecs, &task.arn, if stops { "STOPPED" } else { "RUNNING" }).await;
                }
                FromAgent::from(AckRequest { message_id, ..AckRequest::default() })
            }
            _ => continue,
        };
        if say_to.send(answer.encode()).await.is_err() {
            return;
        }
    }
}

/// Waits until so many tasks are RUNNING. Counts by what has changed: a walk over all of them would be a good part of what is measured.
async fn until_running(state: &State, total: usize) {
    let runs = |task: &Arc<Task>| usize::from(task.last_status == TaskStatus::Running);
    let mut watch = state.watcher().table::<Task>().start();
    let mut seen = state.snapshot();
    let mut running: usize = seen.scan::<Task>().map(runs).sum();
    let (begun, mut told) = (Instant::now(), Instant::now());
    while running < total {
        let now = watch.changed().await;
        for difference in now.changes::<Task>(&seen) {
            match difference {
                Difference::Added(new) => running += runs(new),
                Difference::Changed { old, new } => running = running + runs(new) - runs(old),
                Difference::Removed(old) => running -= runs(old),
            }
        }
        seen = now;
        if told.elapsed() > Duration::from_secs(30) {
            told = Instant::now();
            let resident = resident() >> 20;
            println!("… {running} run after {:.0} s, {resident} MiB", begun.elapsed().as_secs_f64());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::main]
async fn main() {
    let mut sizes = std::env::args().skip(1).map(|n| n.parse::<usize>().expect("a number"));
    let (nodes, services, each) =
        (sizes.next().unwrap_or(5_000), sizes.next().unwrap_or(1), sizes.next().unwrap_or(5_000));
    let dir = tempfile::tempdir().expect("a directory");
    let tables =
        [state::ecs::TABLES, state::ec2::TABLES, state::iam::TABLES, state::elbv2::TABLES, ecs::TABLES];
    let schema = tables.into_iter().fold(Schema::new(), Schema::with);
    let store = store::Sqlite::open(dir.path()).expect("a store");
    let state = State::open(store, &schema).expect("an empty state");
    let key = Arc::new(SessionKey::generate(Seed::from_os()));
    // The wait for tasks that nobody checks is no work.
    let settings = Settings { healthy_after: Duration::ZERO, ..Settings::default() };
    let ecs = Arc::new(Service::new(state.clone(), settings, key));
    ecs.advertise("http://127.0.0.1:4566");
    let tasks = Tasks::new();
    let (scheduler, of) = (service_scheduler(&ecs, now, Seed::from_os), state.clone());
    tasks.spawn_essential("ecs.service_scheduler", |shutdown| drive(scheduler, of, shutdown));
    ecs.create_cluster(&cx(), CreateClusterRequest::default()).await.expect("a cluster");
    let container = ContainerDefinition {
        name: Some("main".to_owned()),
        image: Some("busybox".to_owned()),
        cpu: Some(1),
        memory: Some(4),
        ..ContainerDefinition::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: "one".to_owned(),
        container_definitions: vec![container],
        ..RegisterTaskDefinitionRequest::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    for _ in 0..nodes {
        let instance = register(&ecs).await;
        tokio::spawn(agent(Arc::clone(&ecs), instance));
    }
    let connected = || state.snapshot().scan::<model::ecs::ContainerInstance>().all(|i| i.agent_connected);
    while !connected() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let (total, before, begun) = (services * each, resident(), Instant::now());
    // Else every task goes to one node, which has room for all of them.
    let spread = PlacementStrategy {
        r#type: Some(PlacementStrategyType::Spread),
        field: Some("instanceId".to_owned()),
    };
    for n in 0..services {
        let input = CreateServiceRequest {
            placement_strategy: Some(vec![spread.clone()]),
            service_name: format!("s{n}"),
            task_definition: Some("one".to_owned()),
            desired_count: i32::try_from(each).ok(),
            ..CreateServiceRequest::default()
        };
        ecs.create_service(&cx(), input).await.expect("it is made");
    }
    until_running(&state, total).await;
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{total} tasks of {services} services on {nodes} nodes run after {took:.1} s: {:.0} tasks/s",
        total as f64 / took
    );
    println!("resident: {} bytes for each task", resident().saturating_sub(before) / total as u64);

    let (mut spans, mut decisions) = (Vec::new(), Vec::new());
    for n in 0..DEATHS {
        let snapshot = state.snapshot();
        let victim = snapshot.scan::<Task>().nth(n * total / DEATHS).expect("there are so many").clone();
        let service = victim.service().expect("it is of one");
        let group = victim.group.clone();
        let begun = Instant::now();
        let mut watch =
            state.watcher().index(state::ecs::task::OPEN, (&victim.cluster, group.as_str())).start();
        say(&ecs, victim.arn.as_str(), "STOPPED").await;
        let mut decided = None;
        let replaced = watch.until(|now| {
            let of = now.by_index(state::ecs::task::OPEN, (&victim.cluster, group.as_str()));
            let young = |t: &&Arc<Task>| t.created_at > victim.created_at && !snapshot_has(&snapshot, t);
            let mut young = of.filter(young).peekable();
            if young.peek().is_some() {
                decided.get_or_insert_with(|| begun.elapsed());
            }
            young.any(|t| t.last_status == TaskStatus::Running).then_some(())
        });
        tokio::time::timeout(Duration::from_secs(60), replaced)
            .await
            .unwrap_or_else(|_| panic!("{service}: nothing came"));
        spans.push(begun.elapsed());
        decisions.extend(decided);
    }
    // From the agent's word to the record of the replacement, both on disk.
    for (what, mut spans) in [("the decision", decisions), ("its replacement's RUNNING", spans)] {
        spans.sort();
        println!(
            "from a task's death to {what}: median {:.1} ms, slowest {:.1} ms",
            spans[DEATHS / 2].as_secs_f64() * 1e3,
            spans[DEATHS - 1].as_secs_f64() * 1e3
        );
    }
    tasks.shutdown(Duration::from_secs(1)).await;
}

fn snapshot_has(snapshot: &state::Snapshot, task: &Task) -> bool {
    snapshot.get::<Task>(task.arn.as_str()).is_some()
}
