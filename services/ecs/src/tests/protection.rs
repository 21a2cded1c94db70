//! Protection of a service's tasks.

use super::*;
use model::ecs::Task as Record;
use std::time::Duration;

/// Runs a task and makes it a service's: there are no services yet that would.
async fn of_a_service(ecs: &Ecs) -> String {
    let task = launch(ecs, run("web")).await;
    let change = ecs.state.update(|tx| {
        tx.modify::<Record>(&task, |t| t.group = "service:web".to_owned());
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    task
}

async fn bench() -> Arc<Ecs> {
    let ecs = service().await;
    instance(&ecs, "a", 4096, 4096).await;
    define(&ecs, "web", vec![container("one")], None).await;
    ecs
}

fn update(tasks: &[&str], enabled: bool, minutes: Option<i32>) -> UpdateTaskProtectionRequest {
    UpdateTaskProtectionRequest {
        cluster: "default".to_owned(),
        tasks: tasks.iter().map(|t| (*t).to_owned()).collect(),
        protection_enabled: enabled,
        expires_in_minutes: minutes,
    }
}

fn get(tasks: &[&str]) -> GetTaskProtectionRequest {
    GetTaskProtectionRequest {
        cluster: "default".to_owned(),
        tasks: Some(tasks.iter().map(|t| (*t).to_owned()).collect()),
    }
}

/// A request that comes later.
fn later(minutes: u64) -> Cx {
    cx().child(NOW.after(Duration::from_secs(60 * minutes)))
}

fn only(tasks: Option<Vec<ProtectedTask>>) -> (bool, Option<i64>) {
    let tasks = tasks.expect("a list");
    let [one] = tasks.as_slice() else { panic!("{} tasks", tasks.len()) };
    let until = one.expiration_date.map(|at| (at.epoch_ms() - NOW.millis()) / 60_000);
    (one.protection_enabled.expect("it is said"), until)
}

#[tokio::test]
async fn protection_lasts_two_hours_or_what_is_said() {
    let ecs = bench().await;
    let task = of_a_service(&ecs).await;
    let shown = ecs.get_task_protection(&cx(), get(&[&task])).await.expect("an answer");
    assert_eq!(only(shown.protected_tasks), (false, None));
    let set = ecs.update_task_protection(&cx(), update(&[&task], true, None)).await.expect("it is set");
    assert_eq!(only(set.protected_tasks), (true, Some(120)));
    let set = ecs.update_task_protection(&cx(), update(&[&task], true, Some(2880))).await.expect("it is set");
    assert_eq!(only(set.protected_tasks), (true, Some(2880)));
    for (minutes, expected) in [(2879, (true, Some(2880))), (2880, (false, None))] {
        let shown = ecs.get_task_protection(&later(minutes), get(&[&task])).await.expect("an answer");
        assert_eq!(only(shown.protected_tasks), expected, "after {minutes} minutes");
    }
    let off =
        ecs.update_task_protection(&cx(), update(&[&task], false, None)).await.expect("it is taken off");
    assert_eq!(only(off.protected_tasks), (false, None));
}

#[tokio::test]
async fn tasks_without_a_service_and_tasks_that_are_not_there() {
    let ecs = bench().await;
    let alone = launch(&ecs, run("web")).await;
    let missing = alone.replace(alone.rsplit('/').next().expect("an id"), &"9".repeat(32));
    let over = of_a_service(&ecs).await;
    report::stopped(&ecs, &over, Some(0)).await;
    let reasons = |failures: Option<Vec<Failure>>| -> Vec<(String, String)> {
        let failures = failures.expect("a list").into_iter();
        failures.map(|f| (f.arn.expect("an ARN"), f.reason.expect("a reason"))).collect()
    };
    let expected = [
        (alone.clone(), "TASK_NOT_VALID".to_owned()),
        (missing.clone(), "MISSING".to_owned()),
        (over.clone(), "TASK_NOT_VALID".to_owned()),
    ];
    let tasks = [alone.as_str(), missing.rsplit('/').next().expect("an id"), over.as_str()];
    let set = ecs.update_task_protection(&cx(), update(&tasks, true, None)).await.expect("an answer");
    assert_eq!(
        set.failures.as_ref().and_then(|f| f[0].detail.as_deref()),
        Some("The specified task is not part of an Amazon ECS service.")
    );
    assert_eq!(reasons(set.failures), expected);
    assert_eq!(set.protected_tasks, Some(Vec::new()));
    let shown = ecs.get_task_protection(&cx(), get(&tasks)).await.expect("an answer");
    assert_eq!(reasons(shown.failures), expected);
}

#[tokio::test]
async fn bounds() {
    let ecs = bench().await;
    let task = of_a_service(&ecs).await;
    let refused = |input| {
        let ecs = Arc::clone(&ecs);
        async move { ecs.update_task_protection(&cx(), input).await.expect_err("it is refused").to_string() }
    };
    for minutes in [0, -1, 2881] {
        let said = refused(update(&[&task], true, Some(minutes))).await;
        assert_eq!(said, "InvalidParameterException: expiresInMinutes must be between 1 and 2880.");
    }
    assert!(refused(update(&[], true, None)).await.contains("Tasks cannot be empty."));
    assert!(refused(update(&[task.as_str(); 11], true, None)).await.contains("at most 10"));
    let elsewhere =
        UpdateTaskProtectionRequest { cluster: "other".to_owned(), ..update(&[&task], true, None) };
    assert!(refused(elsewhere).await.starts_with("ClusterNotFoundException"));
}
