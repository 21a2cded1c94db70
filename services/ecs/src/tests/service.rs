//! Services as their scheduler carries them out, step by step.

use super::capacity::{group, put, with_fleet};
use super::*;
use crate::service_scheduler;
use model::ids::{ClusterArn, ServiceArn};
use reconcile::Reconcile;

fn arn(name: &str) -> String {
    ServiceArn::new(&ClusterArn::new(&scope(), "default"), name).to_string()
}

fn request(name: &str, desired: i32) -> CreateServiceRequest {
    CreateServiceRequest {
        service_name: name.to_owned(),
        task_definition: Some("web".to_owned()),
        desired_count: Some(desired),
        ..CreateServiceRequest::default()
    }
}

async fn create(ecs: &Ecs, input: CreateServiceRequest) -> Service {
    let made = ecs.create_service(&cx(), input).await.expect("a service");
    made.service.expect("a service")
}

/// Steps of the scheduler until nothing changes any more.
async fn schedule(ecs: &Arc<Ecs>, name: &str) {
    let scheduler = service_scheduler(
        ecs,
        || NOW,
        || {
            static STEPS: AtomicU16 = AtomicU16::new(0);
            let mut seed = [6; 32];
            seed[..2].copy_from_slice(&STEPS.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            Seed::from_bytes(seed)
        },
    );
    for _ in 0..20 {
        let before = ecs.state.snapshot().version();
        scheduler.step(&arn(name)).await.expect("a step");
        if ecs.state.snapshot().version() == before {
            return;
        }
    }
    panic!("{name} never comes to rest");
}

async fn shown(ecs: &Ecs, name: &str) -> Service {
    let input = DescribeServicesRequest { services: vec![arn(name)], ..DescribeServicesRequest::default() };
    let described = ecs.describe_services(&cx(), input).await.expect("an answer");
    described.services.and_then(|s| s.into_iter().next()).expect("the service")
}

/// What it said, the newest first.
async fn said(ecs: &Ecs, name: &str) -> Vec<String> {
    shown(ecs, name).await.events.into_iter().flatten().filter_map(|e| e.message).collect()
}

#[tokio::test]
async fn beyond_five_hundred_tasks_that_wait_a_service_says_so() {
    let ecs = with_fleet().await;
    ecs.create_capacity_provider(&cx(), group("one", true)).await.expect("it is made");
    ecs.put_cluster_capacity_providers(&cx(), put(&["one"], &[("one", 1, 0)])).await.expect("an answer");
    define(&ecs, "web", vec![container("main")], None).await;
    create(&ecs, request("many", 501)).await;
    schedule(&ecs, "many").await;
    assert_eq!(shown(&ecs, "many").await.pending_count, Some(500));
    let limit = "(service many) was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded.";
    assert_eq!(said(&ecs, "many").await.iter().filter(|s| *s == limit).count(), 1);
    let placed = |s: &&String| s.contains("was unable to place a task");
    assert_eq!(said(&ecs, "many").await.iter().find(placed), None, "it is the limit, and not the room");
}
