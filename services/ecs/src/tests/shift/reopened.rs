//! Deployments that shift traffic while the server ends after every step and in the middle of every effect: each step and each effect happens twice.

use super::*;

/// Another life on the same directory.
fn reopened(ecs: Arc<Ecs>, dir: &std::path::Path) -> Arc<Ecs> {
    ecs.state.close();
    drop(ecs);
    open(dir)
}

#[tokio::test(start_paused = true)]
async fn it_survives_an_end_after_every_step_and_in_every_effect() {
    for fails in
        [None, Some("PRE_SCALE_UP"), Some("POST_TEST_TRAFFIC_SHIFT"), Some("POST_PRODUCTION_TRAFFIC_SHIFT")]
    {
        let dir = tempfile::tempdir().expect("a directory");
        let ecs = prepared(open(dir.path())).await;
        let outside = Arc::new(Outside { hangs: true, ..Outside::default() });
        outside.answers.lock().expect("no test panics here").extend(fails.map(|stage| (stage, "FAILED")));
        let hooks = vec![hook(Some("http://127.0.0.1:1/hook"), STAGES)];
        deploying(&ecs, &outside, configuration(DeploymentStrategy::BlueGreen, hooks)).await;
        let ecs = finish(ecs, &outside, &mut |ecs| reopened(ecs, dir.path())).await;
        let (status, left) = match fails {
            None => (ServiceDeploymentStatus::Successful, (0, 2)),
            Some(_) => (ServiceDeploymentStatus::RollbackSuccessful, (2, 0)),
        };
        assert_eq!((deployment(&ecs).status, running(&ecs)), (status, left), "{fails:?}");
        // Everything was asked for twice, the second time under the same id, and nothing a third time.
        let asked = outside.asked();
        let distinct: BTreeSet<&String> = asked.iter().collect();
        assert_eq!(asked.len(), 2 * distinct.len(), "{asked:?}");
        assert!(
            asked.chunks(2).all(|two| two[0] == two[1]) || fails.is_none() || asked.len() > 2,
            "{asked:?}"
        );
        // No task was started in vain.
        let snapshot = ecs.state.snapshot();
        let tasks = snapshot.scan::<TaskRecord>().count();
        assert_eq!(tasks, if fails == Some("PRE_SCALE_UP") { 2 } else { 4 }, "{fails:?}");
    }
}

/// A deployment on what a directory has, gone on with until it is in a stage.
async fn deploying_until(
    dir: &std::path::Path,
    outside: &Arc<Outside>,
    strategy: DeploymentStrategy,
    stage: &str,
) -> Arc<Ecs> {
    let mut ecs = prepared(open(dir)).await;
    let hooks = vec![hook(Some("http://127.0.0.1:1/hook"), STAGES)];
    deploying(&ecs, outside, configuration(strategy, hooks)).await;
    for _ in 0..200 {
        ecs = reopened(ecs, dir);
        if super::stage(&ecs) == stage {
            return ecs;
        }
        let before = deployment(&ecs);
        let due = step(&ecs, outside).await;
        if let (Some(due), true) = (due, before == deployment(&ecs)) {
            pass(due.as_secs().clamp(1, 3600));
        }
    }
    panic!("it does not come to {stage}: {:?}", deployment(&ecs));
}

/// Hooks were called for one deployment after the other, and each call was made twice at most: the second time under the same id.
fn each_twice_at_most(outside: &Outside) {
    let asked = outside.asked();
    let hooks: Vec<&String> = asked.iter().filter(|a| a.starts_with("hook")).collect();
    for call in &hooks {
        let times = hooks.iter().filter(|other| other == &call).count();
        assert!(times <= 2, "{call}: {times} times of {asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_aborted_stays_as_it_is() {
    for (at, left) in [
        ("PRE_SCALE_UP", (2, 0)),
        ("POST_SCALE_UP", (2, 2)),
        ("TEST_TRAFFIC_SHIFT", (2, 2)),
        ("PRE_PRODUCTION_TRAFFIC_SHIFT", (2, 2)),
        ("PRODUCTION_TRAFFIC_SHIFT", (2, 2)),
        ("BAKE_TIME", (2, 2)),
    ] {
        let dir = tempfile::tempdir().expect("a directory");
        let outside = Arc::new(Outside { hangs: true, ..Outside::default() });
        let ecs = deploying_until(dir.path(), &outside, DeploymentStrategy::Linear, at).await;
        let input = StopServiceDeploymentRequest {
            service_deployment_arn: deployment(&ecs).arn.to_string(),
            stop_type: Some(StopServiceDeploymentStopType::Abort),
        };
        ecs.stop_service_deployment(&cx(), input).await.expect("it is asked to stop");
        let mut ecs = finish(ecs, &outside, &mut |ecs| reopened(ecs, dir.path())).await;
        let (stopped, asked) = (deployment(&ecs), outside.asked());
        assert_eq!((stopped.status, running(&ecs)), (ServiceDeploymentStatus::Stopped, left), "{at}");
        each_twice_at_most(&outside);
        // Whatever happens to the server: nothing moves, and nobody is asked anything.
        for _ in 0..5 {
            ecs = reopened(ecs, dir.path());
            pass(60);
            step(&ecs, &outside).await;
        }
        assert_eq!((deployment(&ecs), running(&ecs), outside.asked()), (stopped, left, asked), "{at}");
        let snapshot = ecs.state.snapshot();
        assert_eq!(
            snapshot.scan::<TaskRecord>().count(),
            left.0 + left.1,
            "{at}: tasks were started in vain"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_on_top_of_another_takes_its_place() {
    for at in ["PRE_SCALE_UP", "SCALE_UP", "TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME"] {
        let dir = tempfile::tempdir().expect("a directory");
        let outside = Arc::new(Outside { hangs: true, ..Outside::default() });
        let ecs = deploying_until(dir.path(), &outside, DeploymentStrategy::BlueGreen, at).await;
        let first = deployment(&ecs);
        define(&ecs, "web", vec![container("one")], None).await;
        let input = UpdateServiceRequest {
            service: "web".to_owned(),
            task_definition: Some("web:3".to_owned()),
            ..Default::default()
        };
        ecs.update_service(&cx(), input).await.expect("another deployment");
        let before = outside.asked().len();
        // What served all the time goes on serving until the last one has its tasks.
        let ecs = finish(ecs, &outside, &mut |ecs| {
            let ecs = reopened(ecs, dir.path());
            let green_is_up = deployment(&ecs).shift.is_some_and(|s| s.stage.as_str() == "CLEAN_UP");
            assert!(green_is_up || running_of(&ecs, ":1") == 2, "{at}: blue has {}", running_of(&ecs, ":1"));
            ecs
        })
        .await;
        let second = deployment(&ecs);
        assert_ne!(first.arn, second.arn);
        assert_eq!(second.status, ServiceDeploymentStatus::Successful, "{at}");
        let superseded = ecs.state.snapshot().get::<Record>(first.arn.as_str()).cloned().expect("its record");
        assert_eq!(superseded.status, ServiceDeploymentStatus::Stopped, "{at}");
        assert_eq!((running(&ecs), running_of(&ecs, ":3")), ((0, 0), 2), "{at}");
        each_twice_at_most(&outside);
        // The first one's hooks are not called any more.
        let asked = outside.asked();
        let (of_first, of_second) = asked.split_at(before);
        let hooks =
            |of: &[String]| of.iter().filter(|a| a.starts_with("hook")).cloned().collect::<BTreeSet<_>>();
        assert!(hooks(of_first).is_disjoint(&hooks(of_second)), "{at}: {asked:?}");
        // Its traffic goes back before the second one gets any.
        let last = asked.iter().rev().find(|a| a.starts_with("production")).map(String::as_str);
        assert_eq!(last, Some("production 100.0/0.0"), "{at}");
        let left = ecs.state.snapshot().get::<ServiceRecord>(SERVICE).map(|s| s.deployments.len());
        assert_eq!(left, Some(1), "{at}");
    }
}
