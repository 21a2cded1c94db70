//! Blue/green over listener rules: who gets which group, what rules say stage by stage, and the way back.

use super::*;
use crate::service_scheduler::service_scheduler;
use crate::shifting::{CallHook, Called, Calling, HookTarget, Listeners, Shifting};
use model::ecs::service_deployment::ServiceDeploymentStatus;
use model::ecs::{Service as ServiceRecord, ServiceDeployment as Record, ServiceRevision as Revision};
use model::status::DesiredStatus;
use reconcile::{Next, Wake};
use std::cell::Cell;
use std::time::Duration;

thread_local! {
    static CLOCK: Cell<i64> = const { Cell::new(NOW.millis()) };
    static SEEDS: Cell<u8> = const { Cell::new(20) };
    static PORTS: Cell<i32> = const { Cell::new(41000) };
}

fn clock() -> Timestamp {
    Timestamp::from_millis(CLOCK.get())
}

fn seed() -> Seed {
    SEEDS.set(SEEDS.get().wrapping_add(1));
    Seed::from_bytes([SEEDS.get(); 32])
}

struct NoHooks;

impl CallHook for NoHooks {
    fn call<'a>(&'a self, _: &'a HookTarget, _: &'a str) -> Calling<'a> {
        Box::pin(async { Called::Failed("nobody has hooks here".to_owned()) })
    }
}

/// What a rule says now: names of groups and their weights.
pub(super) fn weights(ecs: &Ecs, arn: &RuleArn) -> Vec<(String, u32)> {
    let snapshot = ecs.state.snapshot();
    let rule = snapshot.get::<Rule>(arn.as_str()).expect("the rule");
    let forward = rule.actions[0].forward().expect("it forwards");
    forward.groups.iter().map(|g| (g.group.name().to_owned(), g.weight)).collect()
}

pub(super) fn deployment(ecs: &Ecs) -> Record {
    let snapshot = ecs.state.snapshot();
    let service = snapshot.get::<ServiceRecord>(arn("web")).expect("the service");
    let current = service.current_deployment.as_ref().expect("a deployment");
    snapshot.get::<Record>(current.as_str()).expect("its record").as_ref().clone()
}

pub(super) fn in_alternate(ecs: &Ecs) -> bool {
    let target = deployment(ecs).target;
    ecs.state.snapshot().get::<Revision>(target.as_str()).expect("its revision").in_alternate
}

/// Agents run what is to run and stop what is to stop, and the data plane finds the targets of a group well unless it is `sick`.
async fn world(ecs: &Arc<Ecs>, sick: Option<&str>) {
    let tasks: Vec<Arc<TaskRecord>> = ecs.state.snapshot().scan::<TaskRecord>().cloned().collect();
    for task in tasks {
        let arn = task.arn.to_string();
        match (task.wanted_of_node(), task.last_status) {
            (DesiredStatus::Running, TaskStatus::Pending) => {
                PORTS.set(PORTS.get() + 1);
                runs_at(ecs, &arn, PORTS.get()).await;
            }
            (DesiredStatus::Running, TaskStatus::Deactivating) => {
                let at_last = || Timestamp::from_millis(NOW.millis() + 1_000_000_000_000);
                Deactivate::new(ecs, at_last).step(&arn).await.expect("a step");
            }
            (DesiredStatus::Stopped, status) if !status.is_over() => stopped(ecs, &arn, Some(0)).await,
            _ => {}
        }
    }
    for name in ["blue", "green", "third", "fourth"] {
        let state = if sick == Some(name) { TargetState::Initial } else { TargetState::Healthy };
        see(ecs, &group_arn(name), state, None).await;
    }
}

/// One round of everybody. Answers when something is due by time alone.
pub(super) async fn round(ecs: &Arc<Ecs>, sick: Option<&str>) -> Option<Duration> {
    let (due, failed) = try_round(ecs, sick).await;
    assert_eq!(failed, 0, "traffic is not as asked");
    due
}

/// The same, and how much of what was asked of the router failed.
pub(super) async fn try_round(ecs: &Arc<Ecs>, sick: Option<&str>) -> (Option<Duration>, usize) {
    let mut due = None;
    if let Next::After(after) = service_scheduler(ecs, clock, seed).step(&arn("web")).await.expect("a step") {
        due = Some(after);
    }
    world(ecs, sick).await;
    let life = Shifting::new(ecs, Arc::new(Listeners::new(&ecs.state)), Arc::new(NoHooks), clock, seed);
    let (snapshot, mut failed) = (ecs.state.snapshot(), 0);
    for key in life.keys(&Wake { now: &snapshot, before: None }) {
        failed += usize::from(life.step(&key).await.is_err());
    }
    (due, failed)
}

/// Goes on until the deployment ends, time included. What the production rule said on the way, each once.
async fn finish(ecs: &Arc<Ecs>, production: &RuleArn) -> Vec<Vec<(String, u32)>> {
    let mut seen = vec![weights(ecs, production)];
    for _ in 0..100 {
        let before = deployment(ecs);
        let due = round(ecs, None).await;
        let now = weights(ecs, production);
        if seen.last() != Some(&now) {
            seen.push(now);
        }
        if deployment(ecs).status.is_over() {
            return seen;
        }
        if let (Some(due), true) = (due, before == deployment(ecs)) {
            CLOCK.set(CLOCK.get() + i64::try_from(due.as_millis()).expect("days").clamp(1000, 3_600_000));
        }
    }
    panic!("it does not end: {:?}", deployment(ecs));
}

/// A production rule, a test rule, and a service whose deployments shift from one group to the other. Its first deployment is done.
pub(super) async fn shifting(ecs: &Arc<Ecs>, configuration: DeploymentConfiguration) -> (RuleArn, RuleArn) {
    let front = balancing(ecs).await;
    group(ecs, "blue", TargetType::Instance).await;
    group(ecs, "green", TargetType::Instance).await;
    let production = front.default_rule;
    let test = RuleArn::new(&front.listener, [9; 16]);
    rule(ecs, &production, &front.listener, &[("blue", 1)]).await;
    rule(ecs, &test, &front.listener, &[("green", 1)]).await;
    machine(ecs, "a").await;
    define(ecs, "web", vec![published()], None).await;
    let advanced = AdvancedConfiguration {
        alternate_target_group_arn: Some(group_arn("green").to_string()),
        production_listener_rule: Some(production.to_string()),
        test_listener_rule: Some(test.to_string()),
        role_arn: Some("arn:aws:iam::123456789012:role/shift".to_owned()),
    };
    let balancer = LoadBalancer { advanced_configuration: Some(advanced), ..load_balancer_of("blue") };
    let input = CreateServiceRequest {
        load_balancers: Some(vec![balancer.clone()]),
        deployment_configuration: Some(configuration),
        ..request("web", 2)
    };
    let made = create(ecs, input).await;
    assert_eq!(made.load_balancers, Some(vec![balancer]));
    assert_eq!(finish(ecs, &production).await.last(), Some(&pairs(&[("blue", 100), ("green", 0)])));
    (production, test)
}

pub(super) fn pairs(of: &[(&str, u32)]) -> Vec<(String, u32)> {
    of.iter().map(|(name, weight)| ((*name).to_owned(), *weight)).collect()
}

pub(super) async fn deploy(ecs: &Ecs) {
    let input = UpdateServiceRequest {
        service: "web".to_owned(),
        force_new_deployment: Some(true),
        ..UpdateServiceRequest::default()
    };
    ecs.update_service(&cx(), input).await.expect("a deployment");
}

pub(super) fn blue_green() -> DeploymentConfiguration {
    DeploymentConfiguration { strategy: Some(DeploymentStrategy::BlueGreen), ..Default::default() }
}

#[tokio::test]
async fn traffic_goes_from_one_group_to_the_other_and_with_the_next_deployment_back() {
    let ecs = service().await;
    let (production, test) = shifting(&ecs, blue_green()).await;
    assert!(!in_alternate(&ecs));
    for (alternate, group) in [(true, "green"), (false, "blue")] {
        let other = if alternate { "blue" } else { "green" };
        deploy(&ecs).await;
        assert_eq!(in_alternate(&ecs), alternate);
        let seen = finish(&ecs, &production).await;
        let last = seen.last().expect("something");
        assert_eq!(*last, pairs(&[(group, 100), (other, 0)]));
        assert_eq!(seen.len(), 2, "in one step: {seen:?}");
        assert_eq!(weights(&ecs, &test), *last);
        assert_eq!(deployment(&ecs).status, ServiceDeploymentStatus::Successful);
        for _ in 0..5 {
            round(&ecs, None).await;
        }
        let serving: Vec<bool> =
            targets(&ecs, &group_arn(group)).into_iter().map(|(.., drains)| drains).collect();
        assert_eq!(serving.iter().filter(|drains| !**drains).count(), 2);
        assert!(targets(&ecs, &group_arn(other)).iter().all(|(.., drains)| *drains), "nobody serves there");
    }
}

#[tokio::test]
async fn production_goes_step_by_step() {
    let linear = LinearConfiguration { step_percent: Some(40.0), step_bake_time_in_minutes: Some(1) };
    let canary = CanaryConfiguration { canary_percent: Some(12.5), canary_bake_time_in_minutes: Some(1) };
    for (configuration, expected) in [
        (
            DeploymentConfiguration {
                strategy: Some(DeploymentStrategy::Linear),
                linear_configuration: Some(linear),
                ..Default::default()
            },
            vec![[("green", 40), ("blue", 60)], [("green", 80), ("blue", 20)], [("green", 100), ("blue", 0)]],
        ),
        (
            DeploymentConfiguration {
                strategy: Some(DeploymentStrategy::Canary),
                canary_configuration: Some(canary),
                ..Default::default()
            },
            vec![[("green", 125), ("blue", 875)], [("green", 100), ("blue", 0)]],
        ),
    ] {
        let ecs = service().await;
        let (production, _) = shifting(&ecs, configuration).await;
        deploy(&ecs).await;
        let seen = finish(&ecs, &production).await;
        let expected: Vec<_> = expected.iter().map(|step| pairs(step)).collect();
        assert_eq!(seen[1..], expected);
    }
}

#[tokio::test]
async fn green_gets_nothing_before_its_targets_are_healthy_and_all_goes_back_to_blue() {
    let ecs = service().await;
    let configuration = DeploymentConfiguration { bake_time_in_minutes: Some(10), ..blue_green() };
    let (production, test) = shifting(&ecs, configuration).await;
    let before = weights(&ecs, &production);
    deploy(&ecs).await;
    for _ in 0..10 {
        round(&ecs, Some("green")).await;
    }
    let stage = || deployment(&ecs).shift.map(|s| s.stage.to_string()).unwrap_or_default();
    assert_eq!(
        (stage().as_str(), weights(&ecs, &production)),
        ("SCALE_UP", before.clone()),
        "initial is not healthy"
    );
    for _ in 0..10 {
        round(&ecs, None).await;
    }
    assert_eq!(
        (stage().as_str(), weights(&ecs, &production)),
        ("BAKE_TIME", pairs(&[("green", 100), ("blue", 0)]))
    );
    let arn = deployment(&ecs).arn.to_string();
    let input = StopServiceDeploymentRequest { service_deployment_arn: arn, stop_type: None };
    ecs.stop_service_deployment(&cx(), input).await.expect("it turns back");
    finish(&ecs, &production).await;
    assert_eq!(deployment(&ecs).status, ServiceDeploymentStatus::RollbackSuccessful);
    let back = pairs(&[("green", 0), ("blue", 100)]);
    assert_eq!((weights(&ecs, &production), weights(&ecs, &test)), (back.clone(), back));
    // What is asked for again is there already.
    let version = ecs.state.snapshot().version();
    let change = ecs.state.update(|tx| {
        let shares = [(group_arn("green"), 0), (group_arn("blue"), 100)];
        state::elbv2::traffic::divide(tx, &production, &shares)
            .map_err(|error| Error::internal(error.to_string()))
    });
    change.await.expect("it is as asked");
    assert_eq!(ecs.state.snapshot().version(), version);
}
