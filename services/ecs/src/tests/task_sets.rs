//! Services that other controllers deploy: the first task set of one of CodeDeploy, what may be changed of it, and that a repeated step does nothing.

use super::balancing::{balancing, group, load_balancer_of, published, rule};
use super::*;
use crate::service_scheduler;
use model::ecs::service::DeploymentController as Controller;
use model::elbv2::TargetType;
use reconcile::Reconcile;

const NAME: &str = "arn:aws:ecs:us-east-1:123456789012:service/default/web";

fn request(controller: DeploymentControllerType) -> CreateServiceRequest {
    CreateServiceRequest {
        service_name: "web".to_owned(),
        desired_count: Some(2),
        deployment_controller: Some(DeploymentController { r#type: controller }),
        ..CreateServiceRequest::default()
    }
}

async fn of_code_deploy(ecs: &Ecs) -> Service {
    let front = balancing(ecs).await;
    group(ecs, "web", TargetType::Instance).await;
    rule(ecs, &front.default_rule, &front.listener, &[("web", 1)]).await;
    define(ecs, "web", vec![published()], None).await;
    let input = CreateServiceRequest {
        task_definition: Some("web".to_owned()),
        load_balancers: Some(vec![load_balancer_of("web")]),
        ..request(DeploymentControllerType::CodeDeploy)
    };
    let made = ecs.create_service(&cx(), input).await.expect("a service");
    made.service.expect("a service")
}

async fn schedule(ecs: &Arc<Ecs>) {
    let scheduler = service_scheduler(ecs, || NOW, || Seed::from_bytes([9; 32]));
    scheduler.step(NAME).await.expect("a step");
}

async fn shown(ecs: &Ecs) -> Service {
    let input =
        DescribeServicesRequest { services: vec![NAME.to_owned()], ..DescribeServicesRequest::default() };
    let described = ecs.describe_services(&cx(), input).await.expect("an answer");
    described.services.and_then(|s| s.into_iter().next()).expect("the service")
}

#[tokio::test]
async fn a_service_of_code_deploy_begins_with_a_primary_task_set() {
    let ecs = service().await;
    instance(&ecs, "a", 4096, 4096).await;
    let made = of_code_deploy(&ecs).await;
    assert_eq!(made.deployments, Some(Vec::new()));
    assert_eq!(made.availability_zone_rebalancing, Some(AvailabilityZoneRebalancing::Disabled));
    let [set] = made.task_sets.as_deref().expect("task sets") else { panic!("one set") };
    assert_eq!((set.status.as_deref(), set.computed_desired_count), (Some("PRIMARY"), Some(2)));
    assert_eq!(set.scale.as_ref().and_then(|s| s.value), Some(100.0));
    assert_eq!(made.task_definition, set.task_definition);
    assert_eq!(set.load_balancers, Some(vec![load_balancer_of("web")]));
    schedule(&ecs).await;
    let after = shown(&ecs).await;
    let [set] = after.task_sets.as_deref().expect("task sets") else { panic!("one set") };
    assert_eq!((set.pending_count, after.pending_count), (Some(2), Some(2)));
    // A step that is repeated finds nothing to do.
    let before = ecs.state.snapshot().version();
    schedule(&ecs).await;
    assert_eq!(ecs.state.snapshot().version(), before);
}

#[tokio::test]
async fn what_code_deploy_would_have_to_do_is_not_done_by_hand() {
    let ecs = service().await;
    of_code_deploy(&ecs).await;
    let update = || UpdateServiceRequest { service: "web".to_owned(), ..UpdateServiceRequest::default() };
    let mend = "Use AWS CodeDeploy to trigger a new deployment.";
    for (input, what) in [
        (UpdateServiceRequest { task_definition: Some("web".to_owned()), ..update() }, "task definition"),
        (
            UpdateServiceRequest { network_configuration: Some(NetworkConfiguration::default()), ..update() },
            "network parameters",
        ),
        (
            UpdateServiceRequest { load_balancers: Some(vec![LoadBalancer::default()]), ..update() },
            "load balancers",
        ),
        (UpdateServiceRequest { platform_version: Some("1.4.0".to_owned()), ..update() }, "platform version"),
    ] {
        let error = ecs.update_service(&cx(), input).await.expect_err("it is refused");
        let text =
            format!("Unable to update {what} on services with a CODE_DEPLOY deployment controller. {mend}");
        assert_eq!(error.message, text);
    }
    let forced = UpdateServiceRequest { force_new_deployment: Some(true), ..update() };
    let error = ecs.update_service(&cx(), forced).await.expect_err("it is refused");
    let text = "Cannot force a new deployment on services with a CODE_DEPLOY deployment controller.";
    assert_eq!(error.message, format!("{text} {mend}"));
    // "Only the desired count, deployment configuration, health check grace period, task placement constraints and strategies, enable ECS
    // managed tags option, and propagate tags can be updated."
    let allowed = UpdateServiceRequest {
        desired_count: Some(3),
        deployment_configuration: Some(DeploymentConfiguration {
            maximum_percent: Some(150),
            ..DeploymentConfiguration::default()
        }),
        health_check_grace_period_seconds: Some(5),
        enable_ecs_managed_tags: Some(true),
        propagate_tags: Some(PropagateTags::Service),
        ..update()
    };
    ecs.update_service(&cx(), allowed).await.expect("it is allowed");
    let after = shown(&ecs).await;
    let sets = after.task_sets.expect("task sets");
    assert_eq!((after.desired_count, sets[0].computed_desired_count), (Some(3), Some(3)));
    // Its sets are CodeDeploy's.
    let input = DeleteTaskSetRequest {
        cluster: "default".to_owned(),
        service: "web".to_owned(),
        task_set: sets[0].id.clone().expect("an id"),
        force: Some(true),
    };
    ecs.delete_task_set(&cx(), input).await.expect_err("it is refused");
}

#[tokio::test]
async fn without_a_load_balancer_there_is_none() {
    let ecs = service().await;
    define(&ecs, "web", vec![container("main")], None).await;
    let input = CreateServiceRequest {
        task_definition: Some("web".to_owned()),
        ..request(DeploymentControllerType::CodeDeploy)
    };
    ecs.create_service(&cx(), input).await.expect_err("it is refused");
    assert!(ecs.state.snapshot().get::<model::ecs::Service>(NAME).is_none());
    ecs.create_service(&cx(), request(DeploymentControllerType::External)).await.expect("it is allowed");
    let record = ecs.state.snapshot().get::<model::ecs::Service>(NAME).cloned().expect("a service");
    assert_eq!((record.deployment_controller, record.desired_count), (Controller::External, 2));
}
