//! Takes one event in. What follows from the new state is decided in `advance`.

use super::event::{Event, Exit, Failure, Outcome, Report};
use super::restart;
use super::state::{InFlight, Known, Resources, Stopping, TaskState};
use model::Timestamp;

impl TaskState {
    /// Takes an event in and decides what comes next. Answers that nobody waits for any more change nothing.
    pub fn step(&mut self, now: Timestamp, event: Event) -> Outcome {
        let mut out = Outcome::default();
        self.take(now, event, &mut out);
        self.advance(now, &mut out);
        out
    }

    fn take(&mut self, now: Timestamp, event: Event, out: &mut Outcome) {
        match event {
            Event::Admitted => self.admitted(out),
            Event::Stop { reason } => self.want_stop(reason),
            Event::Prepared(result) => self.prepared(result),
            Event::ImageResolved { container, result } => {
                if self.answered(container, InFlight::Resolve) {
                    self.image_here(now, container, Known::ManifestPulled, result, out);
                }
            }
            Event::ImagePulled { container, result } => {
                if self.answered(container, InFlight::Pull) {
                    self.pull_stopped_at = Some(now);
                    self.image_here(now, container, Known::Pulled, result, out);
                }
            }
            Event::Created { container, result } => {
                if self.answered(container, InFlight::Create) {
                    match result {
                        Ok(bindings) => {
                            self.containers[container].known = Known::Created;
                            self.containers[container].bindings = bindings;
                        }
                        Err(failure) => self.failed(now, container, failure, out),
                    }
                }
            }
            Event::Started { container, attempt, result } => {
                if self.containers.get(container).is_some_and(|c| c.attempt == attempt)
                    && self.answered(container, InFlight::Start)
                {
                    match result {
                        Ok(runtime_id) => self.started(now, container, runtime_id, out),
                        Err(failure) => self.failed(now, container, failure, out),
                    }
                }
            }
            Event::Exited { container, attempt, exit } => self.exited(now, container, attempt, exit, out),
            Event::Probed { container, attempt, result } => {
                let Some(spec) = self.spec.containers.get(container) else { return };
                let state = &mut self.containers[container];
                if let (Some(check), true, true) =
                    (&spec.health_check, state.attempt == attempt, state.process_runs)
                {
                    state.health.probed(check, result, now);
                }
            }
            Event::Cleaned { left } => self.cleaned(now, &left),
            Event::Tick => {}
        }
    }

    /// Whether this is the answer that is waited for; it then is not any more.
    fn answered(&mut self, container: usize, effect: InFlight) -> bool {
        let Some(state) = self.containers.get_mut(container) else { return false };
        let waited_for = state.in_flight == Some(effect);
        if waited_for {
            state.in_flight = None;
        }
        waited_for
    }

    fn admitted(&mut self, out: &mut Outcome) {
        if self.resources == Resources::None && !self.stop_wanted {
            self.resources = Resources::Preparing;
            out.effects.push(super::Effect::Prepare);
        }
    }

    pub(super) fn want_stop(&mut self, reason: Option<String>) {
        self.stop_wanted = true;
        if self.reason.is_none() && !self.is_stopped() {
            self.reason = reason;
        }
    }

    fn prepared(&mut self, result: Result<(), String>) {
        if self.resources != Resources::Preparing {
            return;
        }
        match result {
            Ok(()) => self.resources = Resources::Ready,
            Err(reason) => {
                self.resources = Resources::Failed;
                self.want_stop(Some(reason));
            }
        }
    }

    fn image_here(
        &mut self,
        now: Timestamp,
        container: usize,
        known: Known,
        result: Result<Option<String>, Failure>,
        out: &mut Outcome,
    ) {
        match result {
            Ok(digest) => {
                let state = &mut self.containers[container];
                state.known = known;
                if digest.is_some() && state.image_digest.is_none() {
                    state.image_digest = digest;
                    out.reports.push(Report::Container(self.container_report(container)));
                }
            }
            Err(failure) => self.failed(now, container, failure, out),
        }
    }

    fn started(&mut self, now: Timestamp, container: usize, runtime_id: String, out: &mut Outcome) {
        let check = self.spec.containers[container].health_check.as_ref();
        let state = &mut self.containers[container];
        state.known = Known::Running;
        state.process_runs = true;
        state.stopping = Stopping::No;
        state.started_at = Some(now);
        if let Some(check) = check {
            state.health.started(check, now);
        }
        // A restarted container keeps the identity under which it was reported.
        if state.first_started_at.is_none() {
            state.first_started_at = Some(now);
            state.runtime_id = Some(runtime_id);
            out.reports.push(Report::Container(self.container_report(container)));
        }
    }

    fn exited(&mut self, now: Timestamp, container: usize, attempt: u32, exit: Exit, out: &mut Outcome) {
        let Some(state) = self.containers.get(container) else { return };
        if state.known == Known::Stopped || state.attempt != attempt {
            return;
        }
        // The end of a process whose start was never confirmed: the agent restarted in between.
        if self.answered(container, InFlight::Start) {
            let id = self.containers[container].runtime_id.clone().unwrap_or_default();
            self.started(now, container, id, out);
        }
        if !self.containers[container].process_runs {
            return;
        }
        let policy = self.spec.containers[container].restart.as_ref();
        let again = !self.must_stop(container)
            && restart::is_due(policy, self.containers[container].started_at, &exit);
        self.containers[container].health.ended(now);
        if again {
            let state = &mut self.containers[container];
            state.process_runs = false;
            state.finished_at = Some(exit.at);
            state.exit_code = exit.code;
            state.attempt += 1;
            state.in_flight = Some(InFlight::Start);
            out.effects.push(super::Effect::Start { container, attempt: state.attempt });
            return;
        }
        self.record_exit(container, exit);
        self.stopped(container, out);
    }

    /// An effect on a container failed: it never gets further.
    fn failed(&mut self, now: Timestamp, container: usize, failure: Failure, out: &mut Outcome) {
        let state = &mut self.containers[container];
        state.reason = Some(failure.reason());
        if failure.exit_code.is_some() {
            state.exit_code = failure.exit_code;
        }
        if state.finished_at.is_none() {
            state.finished_at = Some(now);
        }
        if failure.stops_task {
            self.want_stop(None);
        }
        self.stopped(container, out);
    }

    /// A container has stopped, whatever it was before.
    pub(super) fn stopped(&mut self, container: usize, out: &mut Outcome) {
        let state = &mut self.containers[container];
        state.known = Known::Stopped;
        state.process_runs = false;
        state.in_flight = None;
        state.health.next_at = None;
        if self.spec.containers[container].essential {
            self.stop_wanted = true;
        }
        out.reports.push(Report::Container(self.container_report(container)));
    }

    fn cleaned(&mut self, now: Timestamp, left: &[String]) {
        let Resources::Cleaning { times } = self.resources else { return };
        self.resources = match super::advance::clean_delay(times) {
            Some(delay) if !left.is_empty() => Resources::CleanAgain { times, at: now.after(delay) },
            Some(_) | None => Resources::Gone,
        };
    }
}
