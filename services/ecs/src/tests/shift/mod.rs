//! Deployments that shift traffic, over a router and hooks that write down what they are asked: the order of calls, and that nothing is lost when the
//! server ends after any step or in the middle of any effect.

mod reopened;

use super::*;
use crate::alarms::Alarms;
use crate::service_scheduler::service_scheduler;
use crate::shifting::{CallHook, Called, Calling, HookTarget, Route, Routing, Shifting, TrafficRouter};
use model::ecs::Task as TaskRecord;
use model::ecs::service_deployment::ServiceDeploymentStatus;
use model::ecs::{Service as ServiceRecord, ServiceDeployment as Record};
use model::status::{DesiredStatus, TaskStatus};
use reconcile::{Next, Reconcile, Wake};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;

const SERVICE: &str = "arn:aws:ecs:us-east-1:123456789012:service/default/web";

thread_local! {
    static CLOCK: Cell<i64> = const { Cell::new(NOW.millis()) };
    static SEEDS: Cell<u8> = const { Cell::new(100) };
}

fn clock() -> Timestamp {
    Timestamp::from_millis(CLOCK.get())
}

fn pass(seconds: u64) {
    CLOCK.set(CLOCK.get() + i64::try_from(seconds).expect("few") * 1000);
}

fn seed() -> Seed {
    SEEDS.set(SEEDS.get().wrapping_add(1));
    Seed::from_bytes([SEEDS.get(); 32])
}

/// What was asked of the outside, in order. While `hangs`, everything new is done but its word gets lost: the server ends before it hears it.
#[derive(Default)]
struct Outside {
    asked: Mutex<Vec<String>>,
    hangs: bool,
    lost: Mutex<BTreeSet<String>>,
    /// The answer of hooks at a stage, where it is not SUCCEEDED.
    answers: Mutex<Vec<(&'static str, &'static str)>>,
}

impl Outside {
    async fn hear(&self, what: String) {
        let is_new = self.lost.lock().expect("no test panics here").insert(what.clone());
        self.asked.lock().expect("no test panics here").push(what);
        if self.hangs && is_new {
            std::future::pending::<()>().await;
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panics here").clone()
    }
}

impl TrafficRouter for Outside {
    fn route<'a>(&'a self, route: &'a Route) -> Routing<'a> {
        Box::pin(async move {
            let shares: Vec<String> = route.weights.iter().map(|(_, share)| share.to_string()).collect();
            self.hear(format!("{} {}", route.kind.as_str(), shares.join("/"))).await;
            Ok(())
        })
    }
}

impl CallHook for Outside {
    fn call<'a>(&'a self, target: &'a HookTarget, event: &'a str) -> Calling<'a> {
        Box::pin(async move {
            assert!(matches!(target, HookTarget::Url(url) if url == "http://127.0.0.1:1/hook"));
            let event: serde_json::Value = serde_json::from_str(event).expect("JSON");
            let word = |name: &str| event[name].as_str().expect("a word").to_owned();
            let stage = word("lifecycleStage");
            self.hear(format!("hook {stage} {}", word("executionId"))).await;
            let answers = self.answers.lock().expect("no test panics here");
            let answer =
                answers.iter().find(|(at, _)| *at == stage).map_or("SUCCEEDED", |(_, answer)| answer);
            Called::Said(format!(r#"{{"hookStatus":"{answer}"}}"#).into_bytes())
        })
    }
}

fn hook(target: Option<&str>, stages: &[&str]) -> DeploymentLifecycleHook {
    DeploymentLifecycleHook {
        target_type: target.is_none().then_some(DeploymentLifecycleHookTargetType::Pause),
        hook_target_arn: target.map(str::to_owned),
        lifecycle_stages: Some(stages.iter().map(|s| (*s).into()).collect()),
        ..Default::default()
    }
}

const STAGES: &[&str] = &[
    "PRE_SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRE_PRODUCTION_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT",
];

fn configuration(
    strategy: DeploymentStrategy,
    hooks: Vec<DeploymentLifecycleHook>,
) -> DeploymentConfiguration {
    DeploymentConfiguration {
        bake_time_in_minutes: Some(1),
        lifecycle_hooks: Some(hooks),
        linear_configuration: (strategy == DeploymentStrategy::Linear)
            .then_some(LinearConfiguration { step_percent: Some(60.0), step_bake_time_in_minutes: Some(1) }),
        strategy: Some(strategy),
        ..Default::default()
    }
}

/// A service of two tasks that has run one definition, and is to run another by the configuration.
async fn deploying(ecs: &Arc<Ecs>, outside: &Arc<Outside>, configuration: DeploymentConfiguration) {
    instance(ecs, "a", 4096, 4096).await;
    define(ecs, "web", vec![container("one")], None).await;
    let input = CreateServiceRequest {
        service_name: "web".to_owned(),
        task_definition: Some("web".to_owned()),
        desired_count: Some(2),
        ..Default::default()
    };
    ecs.create_service(&cx(), input).await.expect("a service");
    for _ in 0..10 {
        step(ecs, outside).await;
    }
    assert_eq!(deployment(ecs).status, ServiceDeploymentStatus::Successful);
    define(ecs, "web", vec![container("one")], None).await;
    let input = UpdateServiceRequest {
        service: "web".to_owned(),
        task_definition: Some("web".to_owned()),
        deployment_configuration: Some(configuration),
        ..Default::default()
    };
    ecs.update_service(&cx(), input).await.expect("a deployment");
}

fn deployment(ecs: &Ecs) -> Record {
    let snapshot = ecs.state.snapshot();
    let service = snapshot.get::<ServiceRecord>(SERVICE).expect("the service");
    let current = service.current_deployment.as_ref().expect("a deployment");
    snapshot.get::<Record>(current.as_str()).expect("its record").as_ref().clone()
}

fn stage(ecs: &Ecs) -> String {
    deployment(ecs).shift.map(|s| s.stage.to_string()).unwrap_or_default()
}

/// Tasks that are to run, of a revision of the definition.
fn running_of(ecs: &Ecs, revision: &str) -> usize {
    let snapshot = ecs.state.snapshot();
    let runs = |t: &&Arc<TaskRecord>| {
        t.last_status == TaskStatus::Running
            && t.desired_status == DesiredStatus::Running
            && t.task_definition.as_str().ends_with(revision)
    };
    snapshot.scan::<TaskRecord>().filter(runs).count()
}

/// Of revisions 1 and 2.
fn running(ecs: &Ecs) -> (usize, usize) {
    (running_of(ecs, ":1"), running_of(ecs, ":2"))
}

/// What agents do: tasks that are to run do, and those that are to stop have stopped.
async fn agents(ecs: &Ecs) {
    let change = ecs.state.update(|tx| {
        let tasks: Vec<Arc<TaskRecord>> = tx.table::<TaskRecord>().scan().cloned().collect();
        for task in tasks {
            let mut task = TaskRecord::clone(&task);
            match (task.desired_status, task.last_status) {
                (DesiredStatus::Running, TaskStatus::Pending) => {
                    task.last_status = TaskStatus::Running;
                    task.started_at = Some(clock());
                }
                (DesiredStatus::Stopped, status) if status != TaskStatus::Stopped => {
                    task.last_status = TaskStatus::Stopped;
                    task.stopped_at = Some(clock());
                }
                _ => continue,
            }
            tx.put(task);
        }
        Ok::<_, Error>(())
    });
    change.await.expect("a change");
}

/// One step of each loop, each in a life of its own: what a step does not write is forgotten. Answers when something is due by time alone.
async fn step(ecs: &Arc<Ecs>, outside: &Arc<Outside>) -> Option<Duration> {
    let mut due = None;
    let scheduler = service_scheduler(ecs, clock, seed);
    if let Next::After(after) = scheduler.step(SERVICE).await.expect("a step") {
        due = Some(after);
    }
    drop(scheduler);
    agents(ecs).await;
    let snapshot = ecs.state.snapshot();
    let keys = shifting(ecs, outside).keys(&Wake { now: &snapshot, before: None });
    for key in keys {
        let life = shifting(ecs, outside);
        // The server ends in the middle of an effect whose word is lost.
        if let Ok(next) = tokio::time::timeout(Duration::from_secs(1), life.step(&key)).await
            && let Next::After(after) = next.expect("a step")
        {
            due = Some(due.map_or(after, |d| d.min(after)));
        }
    }
    due
}

fn shifting(ecs: &Arc<Ecs>, outside: &Arc<Outside>) -> Shifting {
    Shifting::new(ecs, Arc::clone(outside) as _, Arc::clone(outside) as _, clock, seed)
}

/// Goes on until the deployment ends, time included. `each` comes before every step and may put another life in place.
async fn finish(
    mut ecs: Arc<Ecs>,
    outside: &Arc<Outside>,
    each: &mut dyn FnMut(Arc<Ecs>) -> Arc<Ecs>,
) -> Arc<Ecs> {
    for _ in 0..200 {
        ecs = each(ecs);
        let before = deployment(&ecs);
        let due = step(&ecs, outside).await;
        let now = deployment(&ecs);
        if now.status.is_over() {
            for _ in 0..3 {
                step(&ecs, outside).await;
            }
            return ecs;
        }
        if let (Some(due), true) = (due, before == now) {
            pass(due.as_secs().clamp(1, 3600));
        }
    }
    panic!("it does not end: {:?}", deployment(&ecs));
}

#[tokio::test(start_paused = true)]
async fn calls_come_in_their_order_and_blue_serves_until_the_bake_time_is_over() {
    let (ecs, outside) = (service().await, Arc::new(Outside::default()));
    let hooks = vec![hook(Some("http://127.0.0.1:1/hook"), STAGES)];
    deploying(&ecs, &outside, configuration(DeploymentStrategy::Linear, hooks)).await;
    let mut bakes = 0;
    let ecs = finish(ecs, &outside, &mut |ecs| {
        if stage(&ecs) == "BAKE_TIME" {
            bakes += 1;
            assert_eq!(running(&ecs), (2, 2));
        }
        ecs
    })
    .await;
    assert!(bakes > 1 && clock().since(NOW) >= Duration::from_secs(120), "a step and the whole are baked");
    assert_eq!((deployment(&ecs).status, running(&ecs)), (ServiceDeploymentStatus::Successful, (0, 2)));
    let asked: Vec<String> =
        outside.asked().iter().map(|a| a.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    let expected = [
        "hook PRE_SCALE_UP",
        "hook POST_SCALE_UP",
        "test 100.0/0.0",
        "hook TEST_TRAFFIC_SHIFT",
        "hook POST_TEST_TRAFFIC_SHIFT",
        "hook PRE_PRODUCTION_TRAFFIC_SHIFT",
        "production 60.0/40.0",
        "hook PRODUCTION_TRAFFIC_SHIFT",
        "hook PRE_PRODUCTION_TRAFFIC_SHIFT",
        "production 100.0/0.0",
        "hook PRODUCTION_TRAFFIC_SHIFT",
        "hook POST_PRODUCTION_TRAFFIC_SHIFT",
    ];
    assert_eq!(asked, expected);
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_is_a_task_is_run_once() {
    let (ecs, outside) = (service().await, Arc::new(Outside::default()));
    define(&ecs, "check", vec![container("one")], None).await;
    let check = "arn:aws:ecs:us-east-1:123456789012:task-definition/check:1";
    deploying(
        &ecs,
        &outside,
        configuration(DeploymentStrategy::BlueGreen, vec![hook(Some(check), &["PRE_SCALE_UP"])]),
    )
    .await;
    for _ in 0..5 {
        step(&ecs, &outside).await;
    }
    let of_hook = |ecs: &Ecs| -> Vec<TaskRecord> {
        let snapshot = ecs.state.snapshot();
        let found = snapshot.scan::<TaskRecord>().filter(|t| t.task_definition.as_str() == check);
        found.map(|t| t.as_ref().clone()).collect()
    };
    let [task] = of_hook(&ecs).try_into().expect("one task");
    assert!(task.started_by.as_ref().is_some_and(|s| s.starts_with("ecs-hook/")));
    let told = &task.overrides.container_overrides[0].environment[0];
    assert_eq!(told.name.as_deref(), Some("LONGSHORE_HOOK_EVENT"));
    assert!(told.value.as_ref().is_some_and(|v| v.contains("\"lifecycleStage\":\"PRE_SCALE_UP\"")));
    assert_eq!((stage(&ecs), running(&ecs).1), ("PRE_SCALE_UP".to_owned(), 0));
    super::report::stopped(&ecs, task.arn.as_str(), Some(0)).await;
    let ecs = finish(ecs, &outside, &mut |ecs| ecs).await;
    assert_eq!((deployment(&ecs).status, of_hook(&ecs).len()), (ServiceDeploymentStatus::Successful, 1));
}

#[tokio::test(start_paused = true)]
async fn the_task_of_a_hook_stops_when_nobody_waits_for_it() {
    for how in ["rollback", "update", "delete"] {
        let (ecs, outside) = (service().await, Arc::new(Outside::default()));
        define(&ecs, "check", vec![container("one")], None).await;
        let check = "arn:aws:ecs:us-east-1:123456789012:task-definition/check:1";
        let hooks = vec![hook(Some(check), &["PRE_SCALE_UP"])];
        deploying(&ecs, &outside, configuration(DeploymentStrategy::BlueGreen, hooks)).await;
        for _ in 0..5 {
            step(&ecs, &outside).await;
        }
        let wanted = |ecs: &Ecs| -> Vec<DesiredStatus> {
            let snapshot = ecs.state.snapshot();
            let found = snapshot.scan::<TaskRecord>().filter(|t| t.task_definition.as_str() == check);
            found.map(|t| t.desired_status).collect()
        };
        assert_eq!(wanted(&ecs), [DesiredStatus::Running]);
        match how {
            "rollback" => {
                let arn = deployment(&ecs).arn.to_string();
                let input = StopServiceDeploymentRequest { service_deployment_arn: arn, stop_type: None };
                ecs.stop_service_deployment(&cx(), input).await.expect("it is asked to stop");
                step(&ecs, &outside).await;
            }
            "update" => {
                let input = UpdateServiceRequest {
                    service: "web".to_owned(),
                    force_new_deployment: Some(true),
                    ..Default::default()
                };
                ecs.update_service(&cx(), input).await.expect("another deployment");
            }
            _ => {
                let input = DeleteServiceRequest {
                    service: "web".to_owned(),
                    force: Some(true),
                    ..Default::default()
                };
                ecs.delete_service(&cx(), input).await.expect("it drains");
            }
        }
        assert_eq!(wanted(&ecs)[0], DesiredStatus::Stopped, "{how}");
    }
}

/// Alarms as a test sets them.
#[derive(Default)]
struct Bell(Mutex<bool>);

impl Alarms for Arc<Bell> {
    fn is_there(&self) -> bool {
        true
    }

    fn in_alarm(&self, names: &[String]) -> Vec<String> {
        if *self.0.lock().expect("no test panics here") { names.to_vec() } else { Vec::new() }
    }
}

#[tokio::test(start_paused = true)]
async fn an_alarm_rolls_back_rolling_and_shifting_deployments_alike() {
    for strategy in [DeploymentStrategy::Rolling, DeploymentStrategy::BlueGreen] {
        let bell = Arc::new(Bell::default());
        let ecs = alone(service().await).with_alarms(Arc::clone(&bell));
        let (ecs, outside) = (Arc::new(ecs), Arc::new(Outside::default()));
        let shifts = strategy != DeploymentStrategy::Rolling;
        let given = DeploymentConfiguration {
            alarms: Some(DeploymentAlarms {
                alarm_names: vec!["slow".to_owned()],
                rollback: true,
                enable: true,
            }),
            bake_time_in_minutes: shifts.then_some(10),
            strategy: Some(strategy),
            ..Default::default()
        };
        deploying(&ecs, &outside, given).await;
        if shifts {
            for _ in 0..20 {
                step(&ecs, &outside).await;
            }
            assert_eq!(stage(&ecs), "BAKE_TIME");
        }
        let due = step(&ecs, &outside).await;
        assert_eq!(due.map(|d| d <= Duration::from_secs(10)), Some(true), "it looks at its alarms again");
        *bell.0.lock().expect("no test panics here") = true;
        let ecs = finish(ecs, &outside, &mut |ecs| ecs).await;
        let ended = deployment(&ecs);
        assert_eq!((ended.status, running(&ecs)), (ServiceDeploymentStatus::RollbackSuccessful, (2, 0)));
        assert_eq!(ended.triggered_alarms, ["slow"]);
    }
}

/// A router that another deployment comes in between for, and the record of the first one as that left it.
struct Meanwhile {
    ecs: Arc<Ecs>,
    left: Mutex<Option<Record>>,
}

impl TrafficRouter for Meanwhile {
    fn route<'a>(&'a self, route: &'a Route) -> Routing<'a> {
        Box::pin(async move {
            let input = UpdateServiceRequest {
                service: "web".to_owned(),
                force_new_deployment: Some(true),
                ..Default::default()
            };
            self.ecs.update_service(&cx(), input).await.expect("another deployment");
            let record = self.ecs.state.snapshot().get::<Record>(route.deployment.as_str()).cloned();
            *self.left.lock().expect("no test panics here") = record.map(|r| r.as_ref().clone());
            Ok(())
        })
    }
}

/// Found by seed 5 of the simulation.
#[tokio::test(start_paused = true)]
async fn what_was_done_for_a_deployment_that_is_over_is_not_written() {
    let (ecs, outside) = (service().await, Arc::new(Outside::default()));
    deploying(&ecs, &outside, configuration(DeploymentStrategy::BlueGreen, Vec::new())).await;
    let keys =
        |ecs: &Arc<Ecs>| shifting(ecs, &outside).keys(&Wake { now: &ecs.state.snapshot(), before: None });
    for _ in 0..10 {
        service_scheduler(&ecs, clock, seed).step(SERVICE).await.expect("a step");
        agents(&ecs).await;
        if !keys(&ecs).is_empty() {
            break;
        }
    }
    let [key] = keys(&ecs).try_into().expect("traffic is to be routed");
    let router = Arc::new(Meanwhile { ecs: Arc::clone(&ecs), left: Mutex::default() });
    let life = Shifting::new(&ecs, Arc::clone(&router) as _, Arc::clone(&outside) as _, clock, seed);
    life.step(&key).await.expect("a step");
    let left = router.left.lock().expect("no test panics here").clone().expect("it was asked");
    assert_eq!(left.status, ServiceDeploymentStatus::Stopped);
    let now = ecs.state.snapshot().get::<Record>(left.arn.as_str()).cloned().expect("its record");
    assert_eq!(*now, left);
}
