//! Deployments that are over: how they are listed, and for how long.

use super::service::{create, request, schedule, shown};
use super::*;

#[tokio::test]
async fn deployments_are_forgotten_after_ninety_days_and_twenty_are_listed() {
    let ecs = service().await;
    define(&ecs, "web", vec![container("main")], None).await;
    create(&ecs, request("web", 0)).await;
    schedule(&ecs, "web").await;
    for number in 0..25u8 {
        let input = UpdateServiceRequest {
            service: "web".to_owned(),
            force_new_deployment: Some(true),
            ..UpdateServiceRequest::default()
        };
        let principal = Principal::new(&scope(), Identity::AccountRoot, None);
        let cx = Cx::new(scope(), principal, Origin::default(), NOW, Seed::from_bytes([100 + number; 32]));
        ecs.update_service(&cx, input).await.expect("it is deployed");
        schedule(&ecs, "web").await;
    }
    let listed = async |most: Option<i32>| {
        let input = ListServiceDeploymentsRequest {
            service: "web".to_owned(),
            max_results: most,
            ..ListServiceDeploymentsRequest::default()
        };
        let page = ecs.list_service_deployments(&cx(), input).await.expect("an answer");
        (page.service_deployments.unwrap_or_default().len(), page.next_token.is_some())
    };
    assert_eq!((listed(None).await, listed(Some(100)).await), ((20, true), (26, false)));
    let forget_at = async |days: u64| {
        let now = NOW.after(std::time::Duration::from_secs(days * 24 * 3600));
        let change = ecs.state.update(|tx| Ok::<_, Error>(crate::api::service::forget_history(tx, now, 500)));
        change.await.expect("the state takes it")
    };
    assert_eq!((forget_at(89).await, forget_at(90).await), (0, 25));
    assert_eq!(listed(None).await, (1, false), "the last one stays");
    let revisions = ecs.state.snapshot().scan::<model::ecs::ServiceRevision>().count();
    assert!((1..=2).contains(&revisions), "its own, and where it came from: {revisions}");
    let shown = shown(&ecs, "web").await;
    assert_eq!(shown.deployments.map(|d| d.len()), Some(1));
}

#[tokio::test]
async fn deployments_are_listed_by_status_and_by_when_they_were_made() {
    let ecs = service().await;
    define(&ecs, "web", vec![container("main")], None).await;
    create(&ecs, request("web", 0)).await;
    schedule(&ecs, "web").await;
    let seed = std::sync::atomic::AtomicU16::new(0);
    let later = |seconds: u64| {
        let mut bytes = [8; 32];
        bytes[..2].copy_from_slice(&seed.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let principal = Principal::new(&scope(), Identity::AccountRoot, None);
        let at = NOW.after(std::time::Duration::from_secs(seconds));
        Cx::new(scope(), principal, Origin::default(), at, Seed::from_bytes(bytes))
    };
    // Of three the first is done, the second is superseded, and the third goes on.
    for seconds in [60, 120] {
        let input = UpdateServiceRequest {
            service: "web".to_owned(),
            force_new_deployment: Some(true),
            ..UpdateServiceRequest::default()
        };
        ecs.update_service(&later(seconds), input).await.expect("it is deployed");
    }
    let list = async |status: &[ServiceDeploymentStatus], between: (Option<u64>, Option<u64>)| {
        let at = |seconds: u64| {
            ::api::Timestamp::from_epoch_ms(NOW.after(std::time::Duration::from_secs(seconds)).millis())
        };
        let created_at = CreatedAt { after: between.0.map(at), before: between.1.map(at) };
        let input = ListServiceDeploymentsRequest {
            service: "web".to_owned(),
            status: (!status.is_empty()).then(|| status.to_vec()),
            created_at: Some(created_at),
            ..ListServiceDeploymentsRequest::default()
        };
        let listed = ecs.list_service_deployments(&cx(), input).await.expect("an answer");
        let statuses = listed.service_deployments.into_iter().flatten().filter_map(|d| d.status);
        statuses.map(|s| s.as_str().to_owned()).collect::<Vec<_>>()
    };
    let all = ["IN_PROGRESS", "STOPPED", "SUCCESSFUL"];
    assert_eq!(list(&[], (None, None)).await, all, "the newest first");
    assert_eq!(list(&[ServiceDeploymentStatus::Successful], (None, None)).await, all[2..]);
    let two = [ServiceDeploymentStatus::InProgress, ServiceDeploymentStatus::Stopped];
    assert_eq!(list(&two, (None, None)).await, all[..2]);
    assert_eq!(list(&[ServiceDeploymentStatus::RollbackFailed], (None, None)).await, [""; 0]);
    assert_eq!(list(&[], (Some(30), None)).await, all[..2]);
    assert_eq!(list(&[], (None, Some(90))).await, all[1..]);
    assert_eq!(list(&two, (Some(90), Some(150))).await, all[..1]);
    assert_eq!(list(&[], (Some(120), None)).await, [""; 0], "after means after");
}
