//! Deployments after shifts that came to no end: nobody's tasks are where no traffic is, and blue's groups are blue's.

use super::shift::{blue_green, deploy, deployment, in_alternate, pairs, round, shifting, weights};
use super::*;
use api::ecs::StopServiceDeploymentStopType as StopType;
use model::ecs::service_deployment::ServiceDeploymentStatus;
use model::ecs::{ServiceRevision as Revision, Task as Record};
use model::ids::ServiceRevisionArn;

/// Targets of a group that take traffic.
fn serve(ecs: &Ecs, group: &str) -> usize {
    targets(ecs, &group_arn(group)).iter().filter(|(.., drains)| !drains).count()
}

async fn stop(ecs: &Ecs, how: StopType) {
    let service_deployment_arn = deployment(ecs).arn.to_string();
    let input = StopServiceDeploymentRequest { service_deployment_arn, stop_type: Some(how) };
    ecs.stop_service_deployment(&cx(), input).await.expect("it is stopped");
}

/// A deployment that replaces tasks where they are.
async fn roll(ecs: &Ecs, breaker: bool) {
    let breaker = DeploymentCircuitBreaker { enable: breaker, rollback: breaker, ..Default::default() };
    let configuration = DeploymentConfiguration {
        strategy: Some(DeploymentStrategy::Rolling),
        deployment_circuit_breaker: Some(breaker),
        ..Default::default()
    };
    let input = UpdateServiceRequest {
        service: "web".to_owned(),
        force_new_deployment: Some(true),
        deployment_configuration: Some(configuration),
        ..UpdateServiceRequest::default()
    };
    ecs.update_service(&cx(), input).await.expect("a deployment");
}

/// Goes on until the deployment ends; the groups that traffic goes to always have as many targets as the service has tasks.
async fn roll_on(ecs: &Arc<Ecs>, production: &RuleArn) {
    for _ in 0..60 {
        round(ecs, None).await;
        for (group, weight) in weights(ecs, production) {
            assert!(weight == 0 || serve(ecs, &group) >= 2, "{group} has traffic and too few targets");
        }
        if deployment(ecs).status.is_over() {
            return;
        }
    }
    panic!("it does not end: {:?}", deployment(ecs));
}

/// Tasks of a revision that are to run, with the names of their groups.
fn of(ecs: &Ecs, revision: &ServiceRevisionArn) -> Vec<String> {
    let id = model::ecs::service_revision::deployment_id(revision);
    let snapshot = ecs.state.snapshot();
    let tasks = snapshot.scan::<Record>().filter(|t| t.started_by.as_ref() == Some(&id));
    let runs = tasks.filter(|t| t.desired_status == model::status::DesiredStatus::Running);
    runs.map(|t| t.targets[0].group.name().to_owned()).collect()
}

/// A service whose green has all traffic, and whose deployment was stopped before it was done.
async fn held(ecs: &Arc<Ecs>) -> (RuleArn, RuleArn) {
    let configuration = DeploymentConfiguration { bake_time_in_minutes: Some(10), ..blue_green() };
    let rules = shifting(ecs, configuration).await;
    deploy(ecs).await;
    for _ in 0..10 {
        round(ecs, None).await;
    }
    stop(ecs, StopType::Abort).await;
    round(ecs, None).await;
    assert_eq!(deployment(ecs).status, ServiceDeploymentStatus::Stopped);
    assert_eq!((serve(ecs, "blue"), serve(ecs, "green")), (2, 2), "both stay as they are");
    rules
}

#[tokio::test]
async fn a_rolling_deployment_after_a_held_shift_is_where_the_traffic_is() {
    let ecs = service().await;
    let (production, _) = held(&ecs).await;
    roll(&ecs, false).await;
    assert!(in_alternate(&ecs));
    roll_on(&ecs, &production).await;
    assert_eq!(deployment(&ecs).status, ServiceDeploymentStatus::Successful);
    assert_eq!(of(&ecs, &deployment(&ecs).target), ["green", "green"]);
    assert_eq!((serve(&ecs, "blue"), serve(&ecs, "green")), (0, 2));
    assert_eq!(weights(&ecs, &production), pairs(&[("green", 100), ("blue", 0)]));
    // And so is the next one.
    roll(&ecs, false).await;
    roll_on(&ecs, &production).await;
    assert_eq!(of(&ecs, &deployment(&ecs).target), ["green", "green"]);
}

#[tokio::test]
async fn a_rolling_deployment_gathers_what_a_shift_had_divided() {
    let ecs = service().await;
    let canary = CanaryConfiguration { canary_percent: Some(12.5), canary_bake_time_in_minutes: Some(10) };
    let configuration = DeploymentConfiguration {
        strategy: Some(DeploymentStrategy::Canary),
        canary_configuration: Some(canary),
        ..Default::default()
    };
    let (production, test) = shifting(&ecs, configuration).await;
    deploy(&ecs).await;
    for _ in 0..10 {
        round(&ecs, None).await;
    }
    assert_eq!(weights(&ecs, &production), pairs(&[("green", 125), ("blue", 875)]));
    // It is under way, and superseded.
    roll(&ecs, false).await;
    let gathered = pairs(&[("blue", 100), ("green", 0)]);
    assert_eq!((weights(&ecs, &production), weights(&ecs, &test)), (gathered.clone(), gathered.clone()));
    assert!(!in_alternate(&ecs));
    roll_on(&ecs, &production).await;
    assert_eq!((serve(&ecs, "blue"), serve(&ecs, "green")), (2, 0));
    assert_eq!(weights(&ecs, &production), gathered);
}

#[tokio::test]
async fn a_rolling_rollback_is_where_the_traffic_is() {
    let ecs = service().await;
    let (production, _) = held(&ecs).await;
    let completed = deployment(&ecs).shift.and_then(|s| s.blue).expect("blue");
    roll(&ecs, true).await;
    let broken = deployment(&ecs).target;
    for _ in 0..30 {
        // None of its tasks is ever found healthy.
        let id = model::ecs::service_revision::deployment_id(&broken);
        let tasks: Vec<Arc<Record>> = ecs.state.snapshot().scan::<Record>().cloned().collect();
        for task in tasks.iter().filter(|t| t.started_by.as_ref() == Some(&id) && !t.last_status.is_over()) {
            stopped(&ecs, task.arn.as_str(), Some(1)).await;
        }
        round(&ecs, Some("green")).await;
        assert!(serve(&ecs, "green") >= 2, "what has the traffic goes on");
        if deployment(&ecs).rollback.is_some() {
            break;
        }
    }
    assert_eq!(deployment(&ecs).rollback.map(|r| r.revision), Some(completed.clone()));
    roll_on(&ecs, &production).await;
    assert_eq!(deployment(&ecs).status, ServiceDeploymentStatus::RollbackSuccessful);
    assert_eq!(of(&ecs, &completed), ["green", "green"]);
    assert!(ecs.state.snapshot().get::<Revision>(completed.as_str()).expect("it").in_alternate);
    assert_eq!((serve(&ecs, "blue"), serve(&ecs, "green")), (0, 2));
}

#[tokio::test]
async fn blue_has_its_own_groups_though_the_service_has_others_now() {
    let ecs = service().await;
    let canary = CanaryConfiguration { canary_percent: Some(12.5), canary_bake_time_in_minutes: Some(10) };
    let configuration = DeploymentConfiguration {
        strategy: Some(DeploymentStrategy::Canary),
        canary_configuration: Some(canary),
        ..Default::default()
    };
    let (production, test) = shifting(&ecs, configuration).await;
    group(&ecs, "third", TargetType::Instance).await;
    group(&ecs, "fourth", TargetType::Instance).await;
    let listener = ecs.state.snapshot().get::<Rule>(test.as_str()).expect("the rule").listener.clone();
    rule(&ecs, &RuleArn::new(&listener, [7; 16]), &listener, &[("third", 1), ("fourth", 0)]).await;
    let advanced = AdvancedConfiguration {
        alternate_target_group_arn: Some(group_arn("fourth").to_string()),
        production_listener_rule: Some(production.to_string()),
        test_listener_rule: Some(test.to_string()),
        role_arn: Some("arn:aws:iam::123456789012:role/shift".to_owned()),
    };
    let balancer = LoadBalancer { advanced_configuration: Some(advanced), ..load_balancer_of("third") };
    let input = UpdateServiceRequest {
        service: "web".to_owned(),
        load_balancers: Some(vec![balancer]),
        ..UpdateServiceRequest::default()
    };
    ecs.update_service(&cx(), input).await.expect("a deployment");
    for _ in 0..10 {
        round(&ecs, None).await;
    }
    assert_eq!(weights(&ecs, &production), pairs(&[("third", 125), ("blue", 875)]));
    stop(&ecs, StopType::Rollback).await;
    for _ in 0..10 {
        round(&ecs, None).await;
    }
    assert_eq!(weights(&ecs, &production), pairs(&[("third", 0), ("blue", 100)]));
}

#[tokio::test]
async fn what_was_asked_of_a_deployment_that_is_superseded_is_not_done() {
    use crate::shifting::{Listeners, Route, TrafficRouter};
    use model::ecs::lifecycle::Share;
    let ecs = service().await;
    let (production, _) = shifting(&ecs, blue_green()).await;
    let before = deployment(&ecs);
    let late = Route {
        service: before.service.clone(),
        deployment: before.arn.clone(),
        kind: plan::deployment::shift::Kind::Production,
        weights: vec![(before.target.clone(), Share::NONE)],
    };
    deploy(&ecs).await;
    Listeners::new(&ecs.state).route(&late).await.expect("nothing is left to do");
    assert_eq!(weights(&ecs, &production), pairs(&[("blue", 100), ("green", 0)]));
}

#[tokio::test]
async fn a_service_says_that_its_traffic_cannot_be_shifted_and_not_again_and_again() {
    let ecs = service().await;
    let (production, _) = shifting(&ecs, blue_green()).await;
    deploy(&ecs).await;
    let change = ecs.state.update(|tx| {
        tx.delete::<Rule>(production.as_str());
        Ok::<_, Error>(())
    });
    change.await.expect("the rule is gone");
    for _ in 0..8 {
        super::shift::try_round(&ecs, None).await;
    }
    let text = format!(
        "(service web) was unable to shift traffic due to (reason the listener rule {production} does not exist)"
    );
    let all = said(&ecs, "web").await;
    assert_eq!(all.iter().filter(|s| **s == text).count(), 1, "{all:?}");
}
