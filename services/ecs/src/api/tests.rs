//! The operations that need no agent, on a state in memory: happy paths, errors, pages, doing it twice.

mod account_setting;
mod attribute;
mod cluster;
mod tag;
mod task_definition;

use crate::service::{Ecs, Settings};
use auth::{Cx, Identity, Origin, Principal, Seed, SessionKey};
use model::Timestamp;
use model::ecs::container_instance::{AgentVersion, Resources};
use model::ecs::task::{Reservation, Task};
use model::ecs::{Attribute, ContainerInstance};
use model::ids::{ClusterArn, ContainerInstanceArn, HexId, Scope, TaskArn, TaskDefinitionArn};
use model::status::{DesiredStatus, InstanceStatus, LaunchType, TaskStatus};
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

pub(super) fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

pub(super) fn ecs() -> Ecs {
    let tables = [state::ecs::TABLES, state::iam::TABLES, state::elbv2::TABLES, crate::TABLES].concat();
    let key = Arc::new(SessionKey::generate(Seed::from_bytes([1; 32])));
    Ecs::new(state::testing::state(&tables), Settings::default(), key)
}

/// A request of the user `ann`.
pub(super) fn cx() -> Cx {
    of(Identity::User { path: "/".into(), name: "ann".into(), id: "AIDAJQABLZS4A3QDU576Q".into() })
}

/// One of the account's root, who may do everything.
pub(super) fn root() -> Cx {
    of(Identity::AccountRoot)
}

pub(super) fn of(identity: Identity) -> Cx {
    static SEED: AtomicU8 = AtomicU8::new(0);
    let seed = Seed::from_bytes([SEED.fetch_add(1, Ordering::Relaxed); 32]);
    let scope = scope();
    let principal = Principal::new(&scope, identity, None);
    Cx::new(scope, principal, Origin::default(), Timestamp::from_millis(1_700_000_000_000), seed)
}

/// The error's code and message.
pub(super) fn error<T: std::fmt::Debug, E: Display>(outcome: Result<T, E>) -> String {
    outcome.expect_err("it is refused").to_string()
}

pub(super) fn cluster_arn(name: &str) -> ClusterArn {
    ClusterArn::new(&scope(), name)
}

/// Puts an instance into a cluster, `id` being one hexadecimal digit.
pub(super) async fn instance(ecs: &Ecs, cluster: &str, id: u8) -> ContainerInstanceArn {
    let cluster = cluster_arn(cluster);
    let arn = ContainerInstanceArn::new(&cluster, &HexId::from_random([id; 16]));
    let record = ContainerInstance {
        arn: arn.clone(),
        cluster,
        status: InstanceStatus::Active,
        status_reason: None,
        version: 1,
        registered_at: Timestamp::from_millis(0),
        deregistered_at: None,
        ec2_instance_id: None,
        agent_connected: true,
        connectivity_at: None,
        agent: AgentVersion::default(),
        registered: Resources::default(),
        attributes: vec![Attribute::valued("ecs.os-type", "linux")],
        pool: None,
        leaving_pool: None,
        capacity_provider: None,
        tags: Vec::new(),
    };
    ecs.state
        .update(|tx| Ok::<_, api::ecs::Error>(tx.put(record.clone())))
        .await
        .expect("the state takes it");
    arn
}

/// Puts a running task into a cluster.
pub(super) async fn task(ecs: &Ecs, cluster: &str, definition: &str) -> TaskArn {
    let cluster = cluster_arn(cluster);
    let arn = TaskArn::new(&cluster, &HexId::from_random([7; 16]));
    let definition: TaskDefinitionArn =
        format!("arn:aws:ecs:us-east-1:123456789012:task-definition/{definition}")
            .parse()
            .expect("it is an ARN");
    let record = Task {
        arn: arn.clone(),
        cluster,
        task_definition: definition,
        version: 1,
        launch_type: LaunchType::Ec2,
        capacity_provider: None,
        platform_version: None,
        platform_family: None,
        container_instance: None,
        waiting: None,
        availability_zone: None,
        group: "family:web".to_owned(),
        started_by: None,
        reference_id: None,
        overrides: Default::default(),
        network_configuration: None,
        enable_execute_command: false,
        attributes: Vec::new(),
        ephemeral_storage: None,
        reserved: Reservation::default(),
        cpu: None,
        memory: None,
        created_at: Timestamp::from_millis(0),
        tags: Vec::new(),
        desired_status: DesiredStatus::Running,
        stop_code: None,
        stopped_reason: None,
        stopping_at: None,
        protected_until: None,
        targets: Vec::new(),
        draining_until: None,
        accounted: false,
        last_status: TaskStatus::Running,
        health: None,
        connectivity: None,
        connectivity_at: None,
        pull_started_at: None,
        pull_stopped_at: None,
        started_at: None,
        execution_stopped_at: None,
        stopped_at: None,
        containers: Vec::new(),
        network_interface: None,
    };
    ecs.state
        .update(|tx| Ok::<_, api::ecs::Error>(tx.put(record.clone())))
        .await
        .expect("the state takes it");
    arn
}

/// The task is over.
pub(super) async fn stop(ecs: &Ecs, task: &TaskArn) {
    let change = ecs.state.update(|tx| {
        tx.modify::<Task>(task.as_str(), |t| {
            t.desired_status = DesiredStatus::Stopped;
            t.last_status = TaskStatus::Stopped;
        });
        Ok::<_, api::ecs::Error>(())
    });
    change.await.expect("the state takes it");
}
