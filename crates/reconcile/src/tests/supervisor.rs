//! Named tasks.

use super::SECOND;
use crate::{Report, Tasks};
use std::future::pending;

#[tokio::test(start_paused = true)]
async fn tasks_are_named_told_and_joined() {
    let tasks = Tasks::new();
    for name in ["listener", "reaper"] {
        tasks.spawn(name, |shutdown| async move {
            shutdown.requested().await;
            tokio::time::sleep(SECOND).await;
        });
    }
    assert_eq!(tasks.names(), ["listener", "reaper"]);
    let start = tokio::time::Instant::now();
    assert_eq!(tasks.shutdown(5 * SECOND).await, Report::default());
    assert_eq!(start.elapsed().as_secs(), 1, "it waits for the tasks and no longer");
    assert!(tasks.names().is_empty());
}

#[tokio::test(start_paused = true)]
async fn who_does_not_end_is_aborted_and_named() {
    let tasks = Tasks::new();
    tasks.spawn("deaf", |_| pending());
    tasks.spawn("polite", |shutdown| async move { shutdown.requested().await });
    let report = tasks.shutdown(5 * SECOND).await;
    assert_eq!(report, Report { aborted: vec!["deaf".to_owned()], cause: None });
    assert!(tasks.names().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_panic_ends_one_task_alone() {
    let tasks = Tasks::new();
    tasks.spawn("clumsy", |_| async { panic!("as planned") });
    tasks.spawn("steady", |shutdown| async move { shutdown.requested().await });
    tokio::time::sleep(SECOND).await;
    assert_eq!(tasks.names(), ["steady"]);
    assert!(!tasks.listen().is_requested());
}

#[tokio::test(start_paused = true)]
async fn the_end_of_an_essential_task_ends_all_with_its_cause() {
    let tasks = Tasks::new();
    tasks.spawn_essential("front", |_| async { panic!("as planned") });
    tasks.spawn("steady", |shutdown| async move { shutdown.requested().await });
    tasks.listen().requested().await;
    let report = tasks.shutdown(SECOND).await;
    assert_eq!(report, Report { aborted: Vec::new(), cause: Some("front panicked".to_owned()) });
}

#[tokio::test(start_paused = true)]
async fn work_is_dropped_at_the_shutdown() {
    let tasks = Tasks::new();
    let (tell, told) = tokio::sync::oneshot::channel();
    tasks.spawn("worker", |shutdown| async move {
        let _ = tell.send(shutdown.or(pending::<()>()).await);
    });
    tokio::task::yield_now().await;
    tasks.request_shutdown();
    assert_eq!(told.await, Ok(None));
}

#[tokio::test(start_paused = true)]
async fn a_task_started_after_the_shutdown_hears_of_it() {
    let tasks = Tasks::new();
    tasks.request_shutdown();
    tasks.spawn("late", |shutdown| async move { shutdown.requested().await });
    assert_eq!(tasks.shutdown(SECOND).await, Report::default());
}
