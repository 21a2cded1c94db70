//! The half of the service that moves tasks: launch, reports, stop, sessions; on a state in memory, through the same functions that requests take.

mod balancing;
mod capacity;
mod carriers;
mod daemon;
mod deleted;
mod history;
mod interface;
mod launch;
mod network;
mod official;
mod protection;
mod report;
mod role;
mod room;
mod scaling;
mod service;
mod session;
mod shift;
mod task_sets;

use crate::service::{Ecs, Settings};
use ::api::ecs::{Ecs as _, *};
use auth::{Cx, Identity, Ids, Origin, Principal, Seed, SessionKey};
use model::Timestamp;
use model::ids::{Scope, SubnetId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

/// A request of the account's root; every one draws ids of its own.
fn cx() -> Cx {
    static SEED: AtomicU16 = AtomicU16::new(0);
    let mut seed = [0; 32];
    seed[..2].copy_from_slice(&SEED.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    Cx::new(scope(), principal, Origin::default(), NOW, Seed::from_bytes(seed))
}

/// Those of an operator who does not wait for tasks without a health check: what follows is seen without the wait.
fn settings() -> Settings {
    Settings { healthy_after: std::time::Duration::ZERO, ..Settings::default() }
}

/// A service with the default cluster and two subnets of the default VPC.
async fn service() -> Arc<Ecs> {
    service_with(settings()).await
}

async fn service_with(settings: Settings) -> Arc<Ecs> {
    let key = Arc::new(SessionKey::generate(Seed::from_bytes([1; 32])));
    prepared(Arc::new(Ecs::new(state::testing::state(&tables()), settings, key))).await
}

fn tables() -> Vec<state::TableDef> {
    let mut tables = state::ecs::TABLES.to_vec();
    tables.extend_from_slice(state::ec2::TABLES);
    tables.extend_from_slice(state::iam::TABLES);
    tables.extend_from_slice(state::elbv2::TABLES);
    tables.extend_from_slice(state::acm::TABLES);
    tables.extend_from_slice(crate::TABLES);
    tables
}

/// A service on what a directory has, nothing at first.
fn open(dir: &std::path::Path) -> Arc<Ecs> {
    let key = Arc::new(SessionKey::generate(Seed::from_bytes([1; 32])));
    let store = store::Sqlite::open(dir).expect("a store");
    let state = state::State::open_inline(store, &state::Schema::new().with(&tables())).expect("a state");
    Arc::new(Ecs::new(state, settings(), key))
}

/// The service itself, of which nobody else has a part.
fn alone(ecs: Arc<Ecs>) -> Ecs {
    Arc::into_inner(ecs).expect("nobody else has it")
}

/// With the default cluster and two subnets of the default VPC.
async fn prepared(ecs: Arc<Ecs>) -> Arc<Ecs> {
    ecs.advertise("http://127.0.0.1:4566");
    ecs.create_cluster(&cx(), CreateClusterRequest::default()).await.expect("a cluster");
    let change = ecs.state.update(|tx| {
        let mut ids = Ids::from_seed([7; 32]);
        let draw = &mut || ids.random_16();
        let block = "10.0.0.0/16".parse().expect("a block");
        let vpc = state::ec2::default_vpc::create(tx, &scope(), block, &[], draw);
        for (letter, block) in [("a", "10.0.0.0/28"), ("b", "10.0.1.0/28")] {
            let (zone, block) = (format!("us-east-1{letter}"), block.parse().expect("a block"));
            let mut new = state::ec2::default_vpc::default_subnet(&vpc, zone, block, draw);
            new.id = subnet(letter);
            state::ec2::subnet::create(tx, new, draw);
        }
        Ok::<_, Error>(())
    });
    change.await.expect("subnets");
    ecs
}

fn subnet(letter: &str) -> SubnetId {
    format!("subnet-{}", letter.repeat(17)).parse().expect("an id")
}

fn attribute(name: &str, value: Option<&str>) -> Attribute {
    Attribute { name: name.to_owned(), value: value.map(str::to_owned), ..Attribute::default() }
}

fn amount(name: &str, value: i32) -> Resource {
    Resource {
        name: Some(name.to_owned()),
        r#type: Some("INTEGER".to_owned()),
        integer_value: Some(value),
        ..Resource::default()
    }
}

/// Registers an instance in zone `letter` whose agent counts as connected.
async fn instance(ecs: &Ecs, letter: &str, cpu: i32, memory: i32) -> String {
    let capabilities = ["com.amazonaws.ecs.capability.docker-remote-api.1.18", "ecs.capability.task-eni"];
    let mut attributes: Vec<_> = capabilities.iter().map(|c| attribute(c, None)).collect();
    attributes.push(attribute("ecs.availability-zone", Some(&format!("us-east-1{letter}"))));
    attributes.push(attribute("ecs.cpu-architecture", Some("x86_64")));
    let input = RegisterContainerInstanceRequest {
        total_resources: Some(vec![amount("CPU", cpu), amount("MEMORY", memory)]),
        attributes: Some(attributes),
        ..RegisterContainerInstanceRequest::default()
    };
    let registered = ecs.register_container_instance(&cx(), input).await.expect("an instance");
    let arn = registered.container_instance.and_then(|i| i.container_instance_arn).expect("an ARN");
    connect(ecs, &arn, true).await;
    arn
}

async fn connect(ecs: &Ecs, arn: &str, connected: bool) {
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(arn, |i| i.agent_connected = connected);
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
}

fn container(name: &str) -> ContainerDefinition {
    ContainerDefinition {
        name: Some(name.to_owned()),
        image: Some("busybox".to_owned()),
        cpu: Some(100),
        memory: Some(64),
        ..ContainerDefinition::default()
    }
}

async fn define(ecs: &Ecs, family: &str, containers: Vec<ContainerDefinition>, mode: Option<NetworkMode>) {
    let input = RegisterTaskDefinitionRequest {
        family: family.to_owned(),
        container_definitions: containers,
        network_mode: mode,
        ..RegisterTaskDefinitionRequest::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
}

fn run(family: &str) -> RunTaskRequest {
    RunTaskRequest { task_definition: family.to_owned(), ..RunTaskRequest::default() }
}

/// Runs one task and gives its ARN.
async fn launch(ecs: &Ecs, input: RunTaskRequest) -> String {
    let ran = ecs.run_task(&cx(), input).await.expect("it runs");
    assert_eq!(ran.failures, Some(Vec::new()));
    ran.tasks.and_then(|t| t.into_iter().next()).and_then(|t| t.task_arn).expect("a task")
}

async fn describe(ecs: &Ecs, task: &str) -> Task {
    let input = DescribeTasksRequest { tasks: vec![task.to_owned()], ..DescribeTasksRequest::default() };
    let described = ecs.describe_tasks(&cx(), input).await.expect("an answer");
    described.tasks.and_then(|t| t.into_iter().next()).expect("the task")
}
