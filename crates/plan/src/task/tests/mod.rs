mod admission;
mod histories;
mod rules;
mod stopping;

use super::*;
use model::Timestamp;
use model::status::{ContainerStatus, TaskStatus};
use std::time::Duration;

/// A task, a clock, and everything that came out.
pub(super) struct Bench {
    pub task: TaskState,
    pub now: Timestamp,
    pub effects: Vec<Effect>,
    pub reports: Vec<Report>,
}

impl Bench {
    pub fn new(containers: Vec<ContainerSpec>) -> Self {
        let task = TaskState::new(TaskSpec { containers, pull_upfront: false }).unwrap();
        Self { task, now: Timestamp(1_000_000), effects: Vec::new(), reports: Vec::new() }
    }

    /// Hands in an event and answers with the effects that it caused.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let out = self.task.step(self.now, event);
        self.effects.extend(out.effects.clone());
        self.reports.extend(out.reports);
        out.effects
    }

    /// Lets time pass.
    pub fn pass(&mut self, duration: Duration) -> Vec<Effect> {
        self.now = self.now.after(duration);
        self.step(Event::Tick)
    }

    /// Answers every effect with success until only signals, probes and processes are left.
    pub fn run(&mut self, effects: Vec<Effect>) {
        let mut todo = effects;
        while let Some(effect) = todo.pop() {
            if let Some(event) = success(&effect) {
                todo.extend(self.step(event));
            }
        }
    }

    /// As many containers as can run, run.
    pub fn start(&mut self) {
        let effects = self.step(Event::Admitted);
        self.run(effects);
    }

    pub fn exit(&mut self, container: usize, code: i32) -> Vec<Effect> {
        let attempt = self.task.container(container).attempt;
        let exit = Exit { code: Some(code), oom_killed: false, at: self.now, reason: None };
        self.step(Event::Exited { container, attempt, exit })
    }

    pub fn known(&self) -> Vec<Known> {
        self.task.containers().map(|(_, c)| c.known).collect()
    }

    pub fn task_reports(&self) -> Vec<TaskStatus> {
        self.reports
            .iter()
            .filter_map(|r| if let Report::Task(t) = r { Some(t.status) } else { None })
            .collect()
    }

    pub fn last_report(&self, container: usize) -> &ContainerReport {
        let mut all = self.reports.iter().filter_map(|r| match r {
            Report::Container(c) if c.container == container => Some(c),
            Report::Container(_) | Report::Task(_) => None,
        });
        all.next_back().unwrap()
    }

    pub fn has(&self, effect: &Effect) -> bool {
        self.effects.contains(effect)
    }
}

pub(super) fn success(effect: &Effect) -> Option<Event> {
    Some(match *effect {
        Effect::Prepare => Event::Prepared(Ok(())),
        Effect::ResolveImage { container } => {
            Event::ImageResolved { container, result: Ok(Some("sha256:0".into())) }
        }
        Effect::PullImage { container } => Event::ImagePulled { container, result: Ok(None) },
        Effect::Create { container } => Event::Created { container, result: Ok(vec![]) },
        Effect::Start { container, attempt } => {
            Event::Started { container, attempt, result: Ok(format!("id-{container}")) }
        }
        Effect::Clean => Event::Cleaned { left: vec![] },
        Effect::CancelPull { .. }
        | Effect::SignalStop { .. }
        | Effect::Kill { .. }
        | Effect::Probe { .. } => return None,
    })
}

pub(super) fn named(name: &str) -> ContainerSpec {
    ContainerSpec::new(name)
}

pub(super) fn helper(name: &str) -> ContainerSpec {
    ContainerSpec { essential: false, ..ContainerSpec::new(name) }
}

pub(super) fn on(mut spec: ContainerSpec, container: usize, condition: Condition) -> ContainerSpec {
    spec.depends_on.push(Dependency { container, condition });
    spec
}

pub(super) const SECOND: Duration = Duration::from_secs(1);

#[test]
fn the_whole_life_of_one_container() {
    let mut bench = Bench::new(vec![named("main")]);
    assert_eq!(bench.step(Event::Admitted), [Effect::Prepare, Effect::ResolveImage { container: 0 }]);
    assert_eq!(
        bench.step(Event::ImageResolved { container: 0, result: Ok(Some("sha256:1".into())) }),
        [Effect::PullImage { container: 0 }]
    );
    // The root file system waits for what the containers share.
    assert_eq!(bench.step(Event::ImagePulled { container: 0, result: Ok(None) }), []);
    assert_eq!(bench.step(Event::Prepared(Ok(()))), [Effect::Create { container: 0 }]);
    assert_eq!(
        bench.step(Event::Created { container: 0, result: Ok(vec![]) }),
        [Effect::Start { container: 0, attempt: 0 }]
    );
    assert_eq!(bench.step(Event::Started { container: 0, attempt: 0, result: Ok("id".into()) }), []);
    assert_eq!(bench.task.next_wakeup(), None);
    assert_eq!(bench.exit(0, 3), [Effect::Clean]);
    assert_eq!(bench.task_reports(), [TaskStatus::Pending, TaskStatus::Running, TaskStatus::Stopped]);
    let last = bench.last_report(0);
    assert_eq!(
        (last.status, last.exit_code, last.runtime_id.as_deref()),
        (ContainerStatus::Stopped, Some(3), Some("id"))
    );
    assert_eq!(last.image_digest.as_deref(), Some("sha256:1"));
    assert!(!bench.task.is_gone());
    bench.step(Event::Cleaned { left: vec![] });
    assert!(bench.task.is_gone());
}
