use super::*;
use model::status::HealthStatus;

#[test]
fn invalid_tasks_are_refused() {
    let spec = |containers| TaskSpec { containers, pull_upfront: false }.validate().unwrap_err().to_string();
    assert_eq!(spec(vec![]), "the task has no containers");
    assert_eq!(spec(vec![helper("a")]), "the task has no essential container");
    assert_eq!(spec(vec![named("a"), named("a")]), "two containers are named a");
    assert_eq!(
        spec(vec![on(named("a"), 1, Condition::Start), on(named("b"), 0, Condition::Start)]),
        "the dependencies of container a form a circle"
    );
    assert!(spec(vec![on(named("a"), 1, Condition::Healthy), named("b")]).contains("no health check"));
    assert!(spec(vec![on(named("a"), 7, Condition::Start)]).contains("does not exist"));
}

#[test]
fn start_waits_for_running() {
    let mut bench = Bench::new(vec![on(named("web"), 1, Condition::Start), named("db")]);
    let effects = bench.step(Event::Admitted);
    // The manifest is looked up at once, the image is not pulled before.
    assert!(effects.contains(&Effect::ResolveImage { container: 0 }));
    bench.step(Event::ImageResolved { container: 0, result: Ok(None) });
    assert_eq!(bench.known(), [Known::ManifestPulled, Known::None]);
    assert!(!bench.has(&Effect::PullImage { container: 0 }));
    bench.run(vec![Effect::Prepare, Effect::ResolveImage { container: 1 }]);
    assert_eq!(bench.known(), [Known::Running, Known::Running]);
    let place = |e: &Effect| bench.effects.iter().position(|x| x == e).unwrap();
    assert!(place(&Effect::Start { container: 1, attempt: 0 }) < place(&Effect::PullImage { container: 0 }));
}

#[test]
fn pull_upfront_pulls_before_dependencies_are_met() {
    let spec =
        TaskSpec { containers: vec![on(named("a"), 1, Condition::Start), named("b")], pull_upfront: true };
    let mut task = TaskState::new(spec).unwrap();
    task.step(Timestamp(0), Event::Admitted);
    let out = task.step(Timestamp(0), Event::ImageResolved { container: 0, result: Ok(None) });
    assert_eq!(out.effects, [Effect::PullImage { container: 0 }]);
    let out = task.step(Timestamp(0), Event::ImagePulled { container: 0, result: Ok(None) });
    assert_eq!(out.effects, []);
}

#[test]
fn conditions_on_the_end_of_a_dependency() {
    // (condition, exit code, does the dependent start?)
    let cases = [
        (Condition::Complete, 0, true),
        (Condition::Complete, 7, true),
        (Condition::Success, 0, true),
        (Condition::Success, 7, false),
        (Condition::Start, 7, true),
        (Condition::Create, 7, true),
    ];
    for (condition, code, starts) in cases {
        let mut bench = Bench::new(vec![helper("init"), on(named("main"), 0, condition)]);
        bench.start();
        let waits = matches!(condition, Condition::Complete | Condition::Success);
        assert_eq!(bench.known()[1] == Known::Running, !waits, "{condition:?}");
        let effects = bench.exit(0, code);
        bench.run(effects);
        assert_eq!(bench.known()[1] == Known::Running, starts, "{condition:?} {code}");
        if !starts {
            let report = bench.last_report(1);
            assert_eq!(report.exit_code, Some(143));
            assert_eq!(
                report.reason.as_deref(),
                Some(
                    "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [init] for target [main] as dependency did not exit successfully."
                )
            );
            assert!(bench.task.is_gone());
        }
    }
}

#[test]
fn a_dependency_that_never_starts_stops_its_dependents() {
    let mut bench = Bench::new(vec![helper("init"), on(named("main"), 0, Condition::Start)]);
    bench.step(Event::Admitted);
    let failure = Failure::new("CannotPullContainerError", "no such image");
    bench.step(Event::ImageResolved { container: 0, result: Err(failure) });
    bench.step(Event::ImageResolved { container: 1, result: Ok(None) });
    assert!(bench.last_report(1).reason.as_ref().unwrap().contains("because dependency will never start"));
    assert_eq!(bench.last_report(0).reason.as_deref(), Some("CannotPullContainerError: no such image"));
    assert_eq!(bench.task_reports(), [TaskStatus::Stopped]);
}

#[test]
fn healthy_waits_for_the_check_and_start_timeout_gives_up() {
    let check = HealthCheck { interval: SECOND * 5, ..HealthCheck::default() };
    let db = ContainerSpec { health_check: Some(check), start_timeout: Some(SECOND * 12), ..named("db") };
    for becomes_healthy in [true, false] {
        let mut bench = Bench::new(vec![on(named("web"), 1, Condition::Healthy), db.clone()]);
        bench.start();
        assert_eq!(bench.known(), [Known::ManifestPulled, Known::Running]);
        assert_eq!(bench.task.next_wakeup(), Some(bench.now.after(SECOND * 5)));
        assert_eq!(bench.pass(SECOND * 5), [Effect::Probe { container: 1, attempt: 0 }]);
        if becomes_healthy {
            let result = ProbeResult { exit_code: Some(0), output: "ok".into() };
            let effects = bench.step(Event::Probed { container: 1, attempt: 0, result });
            bench.run(effects);
            assert_eq!(bench.known(), [Known::Running, Known::Running]);
        } else {
            // The probe hangs: the deadline still counts.
            assert_eq!(bench.task.next_wakeup(), Some(bench.now.after(SECOND * 7)));
            bench.pass(SECOND * 7);
            assert!(bench.last_report(0).reason.as_ref().unwrap().ends_with("has timed out."));
            assert_eq!(bench.known(), [Known::Stopped, Known::Running]);
            assert!(bench.has(&Effect::SignalStop { container: 1, attempt: 0 }));
        }
    }
}

#[test]
fn an_essential_exit_stops_all_and_a_helpers_does_not() {
    let mut bench = Bench::new(vec![named("main"), helper("side")]);
    bench.start();
    assert_eq!(bench.exit(1, 1), []);
    assert!(!bench.task.is_stopping());
    let mut bench = Bench::new(vec![named("main"), helper("side")]);
    bench.start();
    assert_eq!(bench.exit(0, 0), [Effect::SignalStop { container: 1, attempt: 0 }]);
    assert_eq!(bench.exit(1, 143), [Effect::Clean]);
    assert_eq!(bench.task_reports(), [TaskStatus::Pending, TaskStatus::Running, TaskStatus::Stopped]);
    assert!(bench.reports.iter().any(|r| matches!(r, Report::Task(t) if t.execution_stopped_at.is_some())));
}

#[test]
fn restart_policy() {
    let policy = RestartPolicy { ignored_exit_codes: vec![0], attempt_period: SECOND * 60 };
    let spec = ContainerSpec { restart: Some(policy), ..named("main") };
    // (ran for, exit code, restarts?)
    for (seconds, code, restarts) in [(60, 1, true), (59, 1, false), (600, 0, false), (600, 137, true)] {
        let mut bench = Bench::new(vec![spec.clone()]);
        bench.start();
        bench.now = bench.now.after(SECOND * seconds);
        let effects = bench.exit(0, code);
        if restarts {
            assert_eq!(effects, [Effect::Start { container: 0, attempt: 1 }]);
            // A late report of the first process changes nothing.
            let exit = Exit { code: Some(1), oom_killed: false, at: bench.now, reason: None };
            assert_eq!(bench.step(Event::Exited { container: 0, attempt: 0, exit }), []);
            bench.run(effects);
            assert_eq!(bench.task.container(0).restarts(), 1);
            assert_eq!(
                bench.task_reports(),
                [TaskStatus::Pending, TaskStatus::Running],
                "a restart is not reported"
            );
            // The period counts from the restart.
            assert_eq!(bench.exit(0, 1), [Effect::Clean]);
        } else {
            assert_eq!(effects, [Effect::Clean], "{seconds} {code}");
        }
    }
}

#[test]
fn a_stop_wins_over_a_restart() {
    let policy = RestartPolicy { ignored_exit_codes: vec![], attempt_period: SECOND * 60 };
    let mut bench = Bench::new(vec![ContainerSpec { restart: Some(policy), ..named("main") }]);
    bench.start();
    bench.now = bench.now.after(SECOND * 100);
    let restart = bench.exit(0, 1);
    assert_eq!(bench.step(Event::Stop { reason: None }), [], "the start under way is answered first");
    let event = success(&restart[0]).unwrap();
    assert_eq!(bench.step(event), [Effect::SignalStop { container: 0, attempt: 1 }]);
    assert_eq!(bench.exit(0, 143), [Effect::Clean]);
}

#[test]
fn health_checks_follow_dockers_rules() {
    let check = HealthCheck {
        interval: SECOND * 10,
        retries: 2,
        start_period: SECOND * 15,
        ..HealthCheck::default()
    };
    let mut bench =
        Bench::new(vec![ContainerSpec { health_check: Some(check), ..named("main") }, named("other")]);
    bench.start();
    let probe = |bench: &mut Bench, code| {
        assert_eq!(bench.pass(SECOND * 10), [Effect::Probe { container: 0, attempt: 0 }]);
        assert_eq!(bench.step(Event::Tick), [], "one probe at a time");
        bench.step(Event::Probed {
            container: 0,
            attempt: 0,
            result: ProbeResult { exit_code: code, output: String::new() },
        });
        bench.task.health()
    };
    assert_eq!(probe(&mut bench, Some(1)), HealthStatus::Unknown, "start period");
    assert_eq!(probe(&mut bench, Some(1)), HealthStatus::Unknown, "first that counts");
    assert_eq!(probe(&mut bench, None), HealthStatus::Unhealthy);
    assert!(!bench.task.is_stopping(), "an unhealthy container is reported, not stopped");
    assert_eq!(probe(&mut bench, Some(0)), HealthStatus::Healthy);
    assert_eq!(probe(&mut bench, Some(1)), HealthStatus::Healthy);
}

#[test]
fn memory_kills_are_told_apart() {
    let mut bench = Bench::new(vec![named("main")]);
    bench.start();
    let exit = Exit { code: Some(137), oom_killed: true, at: bench.now, reason: None };
    bench.step(Event::Exited { container: 0, attempt: 0, exit });
    let report = bench.last_report(0);
    assert_eq!(report.exit_code, Some(137));
    assert_eq!(report.reason.as_deref(), Some("OutOfMemoryError: Container killed due to memory usage"));
}
