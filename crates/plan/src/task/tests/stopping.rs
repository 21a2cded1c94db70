use super::*;

#[test]
fn stop_runs_against_the_dependencies() {
    let mut bench = Bench::new(vec![
        named("db"),
        on(named("app"), 0, Condition::Start),
        on(named("proxy"), 1, Condition::Start),
    ]);
    bench.start();
    assert_eq!(bench.step(Event::Stop { reason: None }), [Effect::SignalStop { container: 2, attempt: 0 }]);
    assert_eq!(bench.exit(2, 0), [Effect::SignalStop { container: 1, attempt: 0 }]);
    assert_eq!(bench.exit(1, 0), [Effect::SignalStop { container: 0, attempt: 0 }]);
    assert_eq!(bench.exit(0, 0), [Effect::Clean]);
}

#[test]
fn kill_follows_the_stop_timeout() {
    let mut bench = Bench::new(vec![ContainerSpec { stop_timeout: SECOND * 3, ..named("main") }]);
    bench.start();
    bench.step(Event::Stop { reason: None });
    assert_eq!(bench.task.next_wakeup(), Some(bench.now.after(SECOND * 3)));
    assert_eq!(bench.pass(SECOND * 2), []);
    assert_eq!(bench.pass(SECOND), [Effect::Kill { container: 0, attempt: 0 }]);
    assert_eq!(bench.exit(0, 137), [Effect::Clean]);
    assert_eq!(bench.last_report(0).exit_code, Some(137));
}

/// What a Spot task that is interrupted gets at most: Fargate takes no longer `stopTimeout`.
#[test]
fn two_minutes_are_two_minutes() {
    let mut bench = Bench::new(vec![ContainerSpec { stop_timeout: SECOND * 120, ..named("main") }]);
    bench.start();
    assert_eq!(bench.step(Event::Stop { reason: None }), [Effect::SignalStop { container: 0, attempt: 0 }]);
    assert_eq!(bench.pass(SECOND * 119), []);
    assert_eq!(bench.pass(SECOND), [Effect::Kill { container: 0, attempt: 0 }]);
}

#[test]
fn a_process_that_does_not_die_is_given_up() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.start();
    bench.step(Event::Stop { reason: None });
    let mut kills = 0;
    for _ in 0..100 {
        let Some(at) = bench.task.next_wakeup() else { break };
        bench.now = at;
        let effects = bench.step(Event::Tick);
        kills += effects.iter().filter(|e| matches!(e, Effect::Kill { .. })).count();
        if bench.task.is_stopped() {
            break;
        }
    }
    assert_eq!(kills, 6);
    assert!(bench.task.is_stopped());
    assert!(bench.last_report(0).reason.as_ref().unwrap().starts_with("CannotStopContainerError"));
}

#[test]
fn a_stop_before_admission_needs_no_clean_up() {
    let mut bench = Bench::new(vec![named("main")]);
    assert_eq!(bench.step(Event::Stop { reason: Some("why".into()) }), []);
    assert!(bench.task.is_gone());
    assert_eq!(bench.step(Event::Admitted), []);
    let Some(Report::Task(report)) = bench.reports.last() else { panic!("no task report") };
    assert_eq!((report.status, report.reason.as_deref()), (TaskStatus::Stopped, Some("why")));
}

#[test]
fn a_stop_cancels_a_pull_and_its_late_answer_is_ignored() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.step(Event::Admitted);
    bench.step(Event::Prepared(Ok(())));
    bench.step(Event::ImageResolved { container: 0, result: Ok(None) });
    assert_eq!(
        bench.step(Event::Stop { reason: None }),
        [Effect::CancelPull { container: 0 }, Effect::Clean]
    );
    assert_eq!(bench.step(Event::ImagePulled { container: 0, result: Ok(None) }), []);
    assert!(bench.last_report(0).reason.as_ref().unwrap().starts_with("TaskStoppedBeforePullBeginError"));
}

#[test]
fn a_stop_waits_for_a_create_and_never_starts_it() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.step(Event::Admitted);
    bench.step(Event::Prepared(Ok(())));
    bench.step(Event::ImageResolved { container: 0, result: Ok(None) });
    bench.step(Event::ImagePulled { container: 0, result: Ok(None) });
    assert_eq!(bench.step(Event::Stop { reason: None }), []);
    assert_eq!(bench.step(Event::Created { container: 0, result: Ok(vec![]) }), [Effect::Clean]);
    assert_eq!(bench.last_report(0).exit_code, None);
}

#[test]
fn failures_carry_their_names() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.step(Event::Admitted);
    bench.step(Event::Prepared(Ok(())));
    bench.step(Event::ImageResolved { container: 0, result: Ok(None) });
    bench.step(Event::ImagePulled { container: 0, result: Ok(None) });
    bench.step(Event::Created { container: 0, result: Ok(vec![]) });
    let failure = Failure { exit_code: Some(127), ..Failure::new("CannotStartContainerError", "not found") };
    assert_eq!(
        bench.step(Event::Started { container: 0, attempt: 0, result: Err(failure) }),
        [Effect::Clean]
    );
    let report = bench.last_report(0);
    assert_eq!(
        (report.exit_code, report.reason.as_deref()),
        (Some(127), Some("CannotStartContainerError: not found"))
    );
    assert_eq!(bench.task_reports(), [TaskStatus::Stopped]);
}

#[test]
fn a_helpers_failure_stops_the_task_where_it_says_so() {
    for stops_task in [false, true] {
        let mut bench = Bench::new(vec![helper("side"), named("main")]);
        bench.start();
        let mut bench = Bench { task: bench.task.clone(), ..Bench::new(vec![helper("side"), named("main")]) };
        bench.task = TaskState::new(bench.task.spec().clone()).unwrap();
        bench.step(Event::Admitted);
        let failure = Failure { stops_task, ..Failure::new("CannotPullContainerError", "x") };
        bench.step(Event::ImageResolved { container: 0, result: Err(failure) });
        assert_eq!(bench.task.is_stopping(), stops_task);
    }
}

#[test]
fn resources_that_cannot_be_made_stop_the_task_with_their_reason() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.step(Event::Admitted);
    let effects = bench.step(Event::Prepared(Err("resource cannot be initialized".into())));
    assert_eq!(effects, [Effect::CancelPull { container: 0 }, Effect::Clean]);
    let Some(Report::Task(report)) = bench.reports.last() else { panic!("no task report") };
    assert_eq!(report.reason.as_deref(), Some("resource cannot be initialized"));
}

#[test]
fn cleaning_is_tried_again_and_not_for_ever() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.start();
    bench.exit(0, 0);
    let mut times = 1;
    bench.step(Event::Cleaned { left: vec!["mount".into()] });
    while let Some(at) = bench.task.next_wakeup() {
        bench.now = at;
        assert_eq!(bench.step(Event::Tick), [Effect::Clean]);
        times += 1;
        bench.step(Event::Cleaned { left: vec!["mount".into()] });
    }
    assert_eq!(times, 8);
    assert!(bench.task.is_gone());
}

#[test]
fn a_checkpoint_is_a_resumption_point() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.step(Event::Admitted);
    assert_eq!(
        bench.task.clone().resume(bench.now),
        [Effect::Prepare, Effect::ResolveImage { container: 0 }]
    );
    bench.run(vec![Effect::Prepare, Effect::ResolveImage { container: 0 }]);
    assert_eq!(bench.task.clone().resume(bench.now), []);
    bench.step(Event::Stop { reason: None });
    let text = serde_json::to_string(&bench.task).unwrap();
    let mut back: TaskState = serde_json::from_str(&text).unwrap();
    assert_eq!(back, bench.task);
    assert_eq!(back.resume(bench.now), [Effect::SignalStop { container: 0, attempt: 0 }]);
    assert_eq!(back.reports().len(), 2);
}

#[test]
fn an_exit_of_an_unconfirmed_start_counts() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.step(Event::Admitted);
    bench.run(vec![Effect::Prepare]);
    bench.step(Event::ImageResolved { container: 0, result: Ok(None) });
    bench.step(Event::ImagePulled { container: 0, result: Ok(None) });
    bench.step(Event::Created { container: 0, result: Ok(vec![]) });
    assert!(bench.task.container(0).start_is_in_flight());
    assert_eq!(bench.exit(0, 5), [Effect::Clean]);
    assert_eq!(bench.last_report(0).exit_code, Some(5));
}
