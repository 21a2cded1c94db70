//! Random tasks through random histories: what must hold whatever happens.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
enum Act {
    /// Answer the n-th outstanding effect, well or badly.
    Answer(usize, bool),
    /// The n-th running process exits.
    Exit(usize, i32),
    Stop,
    Pass(u64),
    /// The agent is killed and takes the task up again.
    Crash,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        8 => (any::<usize>(), prop::bool::weighted(0.9)).prop_map(|(n, ok)| Act::Answer(n, ok)),
        2 => (any::<usize>(), prop::sample::select(vec![0, 1, 137])).prop_map(|(n, code)| Act::Exit(n, code)),
        1 => Just(Act::Stop),
        3 => (0u64..120).prop_map(Act::Pass),
        1 => Just(Act::Crash),
    ];
    prop::collection::vec(act, 0..60)
}

prop_compose! {
    fn container(index: usize)(
        essential in any::<bool>(),
        restart in any::<bool>(),
        check in any::<bool>(),
        timeout in prop::option::of(1u64..60),
        depends in prop::collection::vec((0..index.max(1), 0..5usize), 0..3),
    ) -> ContainerSpec {
        let conditions = [Condition::Create, Condition::Start, Condition::Complete, Condition::Success, Condition::Healthy];
        ContainerSpec {
            essential: essential || index == 0,
            restart: restart.then(|| RestartPolicy { ignored_exit_codes: vec![0], attempt_period: SECOND * 60 }),
            // A dependency on health needs a check, so the first containers always have one.
            health_check: (check || index < 2).then(HealthCheck::default),
            start_timeout: timeout.map(Duration::from_secs),
            stop_timeout: SECOND * 5,
            depends_on: depends
                .into_iter()
                .filter(|_| index > 0)
                .map(|(on, c)| Dependency { container: on, condition: if on < 2 { conditions[c] } else { conditions[c.min(3)] } })
                .collect(),
            ..ContainerSpec::new(format!("c{index}"))
        }
    }
}

fn specs() -> impl Strategy<Value = Vec<ContainerSpec>> {
    (container(0), container(1), container(2), container(3), 1usize..5).prop_map(|(a, b, c, d, n)| {
        let mut all = vec![a, b, c, d];
        all.truncate(n);
        all
    })
}

/// The world: outstanding effects and running processes.
#[derive(Default)]
struct World {
    outstanding: Vec<Effect>,
    running: BTreeSet<(usize, u32)>,
    started: BTreeSet<(usize, u32)>,
}

struct History {
    bench: Bench,
    world: World,
}

impl History {
    fn event(&mut self, event: Event) -> Result<(), TestCaseError> {
        let before = self.bench.known();
        let was_stopped = self.bench.task.is_stopped();
        let effects = self.bench.step(event);
        for (container, (a, b)) in before.iter().zip(self.bench.known()).enumerate() {
            prop_assert!(*a <= b, "container {container} went back from {a:?} to {b:?}");
        }
        for effect in effects {
            if was_stopped || self.bench.task.is_stopped() {
                prop_assert!(
                    matches!(effect, Effect::Clean | Effect::CancelPull { .. }),
                    "{effect:?} after the end"
                );
            }
            self.take(effect, &before)?;
        }
        let essential_stopped =
            self.bench.task.containers().any(|(s, c)| s.essential && c.known == Known::Stopped);
        prop_assert!(!essential_stopped || self.bench.task.is_stopping());
        let statuses = self.bench.task_reports();
        prop_assert!(statuses.windows(2).all(|w| w[0] < w[1]), "{statuses:?}");
        Ok(())
    }

    fn take(&mut self, effect: Effect, before: &[Known]) -> Result<(), TestCaseError> {
        match effect {
            Effect::CancelPull { container } => self.world.outstanding.retain(|e| {
                !matches!(e, Effect::PullImage { container: c } | Effect::ResolveImage { container: c } if *c == container)
            }),
            Effect::SignalStop { container, attempt } | Effect::Kill { container, attempt } => {
                prop_assert!(self.world.running.contains(&(container, attempt)), "a signal to nothing");
            }
            Effect::Start { container, attempt } => {
                prop_assert!(before[container] < Known::Stopped, "a stopped container starts");
                prop_assert!(!self.world.started.contains(&(container, attempt)), "started twice");
                self.world.outstanding.push(effect);
            }
            other => {
                prop_assert!(!self.world.outstanding.contains(&other), "{other:?} is under way already");
                self.world.outstanding.push(other);
            }
        }
        Ok(())
    }

    fn answer(&mut self, n: usize, ok: bool) -> Result<(), TestCaseError> {
        if self.world.outstanding.is_empty() {
            return Ok(());
        }
        let place = n % self.world.outstanding.len();
        let effect = self.world.outstanding.remove(place);
        let failure = || Failure::new("CannotDoItError", "no");
        let event = match effect {
            Effect::Probe { container, attempt } => Event::Probed {
                container,
                attempt,
                result: ProbeResult { exit_code: Some(i32::from(!ok)), output: String::new() },
            },
            Effect::Start { container, attempt } if ok => {
                self.world.running.insert((container, attempt));
                self.world.started.insert((container, attempt));
                Event::Started { container, attempt, result: Ok("id".into()) }
            }
            ref other if ok => success(other).unwrap(),
            Effect::Prepare => Event::Prepared(Err("no".into())),
            Effect::ResolveImage { container } => Event::ImageResolved { container, result: Err(failure()) },
            Effect::PullImage { container } => Event::ImagePulled { container, result: Err(failure()) },
            Effect::Create { container } => Event::Created { container, result: Err(failure()) },
            Effect::Start { container, attempt } => {
                Event::Started { container, attempt, result: Err(failure()) }
            }
            Effect::Clean => Event::Cleaned { left: vec!["x".into()] },
            Effect::CancelPull { .. } | Effect::SignalStop { .. } | Effect::Kill { .. } => {
                unreachable!("not outstanding")
            }
        };
        self.event(event)
    }

    fn exit(&mut self, n: usize, code: i32) -> Result<(), TestCaseError> {
        let Some(&(container, attempt)) = self.world.running.iter().nth(n % self.world.running.len().max(1))
        else {
            return Ok(());
        };
        self.world.running.remove(&(container, attempt));
        let exit = Exit { code: Some(code), oom_killed: false, at: self.bench.now, reason: None };
        self.event(Event::Exited { container, attempt, exit })
    }

    fn act(&mut self, act: Act) -> Result<(), TestCaseError> {
        match act {
            Act::Answer(n, ok) => self.answer(n, ok),
            Act::Exit(n, code) => self.exit(n, code),
            Act::Stop => self.event(Event::Stop { reason: None }),
            Act::Pass(seconds) => {
                self.bench.now = self.bench.now.after(Duration::from_secs(seconds));
                self.event(Event::Tick)
            }
            Act::Crash => {
                let text = serde_json::to_string(&self.bench.task).unwrap();
                self.bench.task = serde_json::from_str(&text).unwrap();
                let resumed = self.bench.task.resume(self.bench.now);
                // Whatever was under way is asked for again, and nothing else; probes are simply forgotten.
                self.world.outstanding.retain(|e| !matches!(e, Effect::Probe { .. }));
                for effect in &self.world.outstanding {
                    prop_assert!(resumed.contains(effect), "{effect:?} is forgotten");
                }
                for effect in resumed {
                    let signal = matches!(effect, Effect::SignalStop { .. });
                    prop_assert!(
                        signal || self.world.outstanding.contains(&effect),
                        "{effect:?} out of nothing"
                    );
                }
                Ok(())
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens(containers in specs(), acts in acts()) {
        let mut history = History { bench: Bench::new(containers), world: World::default() };
        history.event(Event::Admitted)?;
        for act in acts {
            history.act(act)?;
        }
        // A stop ends, although no process obeys a signal, as long as effects are answered.
        history.event(Event::Stop { reason: None })?;
        for _ in 0..400 {
            while !history.world.outstanding.is_empty() {
                history.answer(0, true)?;
            }
            match history.bench.task.next_wakeup() {
                Some(at) => history.bench.now = history.bench.now.max(at),
                None => break,
            }
            history.event(Event::Tick)?;
        }
        prop_assert!(history.bench.task.is_gone(), "{:#?}", history.bench.task);
        prop_assert_eq!(history.bench.task_reports().pop(), Some(TaskStatus::Stopped));
        prop_assert_eq!(history.bench.task.next_wakeup(), None);
    }
}
