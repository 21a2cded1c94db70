//! What follows from the state of a task: effects for every container that can move, reports, and the next moment at
//! which the passing of time alone changes something.

use super::dependency::{self, Verdict};
use super::event::{Effect, Outcome, Report};
use super::state::{InFlight, Known, Resources, Stopping, TaskState, wire_status};
use model::Timestamp;
use std::time::Duration;

/// Between one SIGKILL and the next, and how many are sent before a process that does not die is given up.
const KILL_AGAIN: Duration = Duration::from_secs(10);
const KILLS: u32 = 6;

/// How often cleaning is tried.
const CLEANS: u32 = 8;

/// How long after the n-th failed cleaning the next one comes; `None` where there is none.
pub(super) fn clean_delay(times: u32) -> Option<Duration> {
    (times < CLEANS).then(|| Duration::from_secs(1 << times.min(8)))
}

impl TaskState {
    pub(super) fn advance(&mut self, now: Timestamp, out: &mut Outcome) {
        // A container that stops or comes to run may free others: repeat until nothing moves.
        loop {
            let before: Vec<_> = self.containers.iter().map(|c| (c.known, c.stopping, c.in_flight)).collect();
            for index in 0..self.containers.len() {
                self.advance_container(index, now, out);
            }
            let after = self.containers.iter().map(|c| (c.known, c.stopping, c.in_flight));
            if after.eq(before) {
                break;
            }
        }
        self.report(out);
        self.clean(now, out);
    }

    fn advance_container(&mut self, index: usize, now: Timestamp, out: &mut Outcome) {
        if self.containers[index].known == Known::Stopped {
            return;
        }
        if self.must_stop(index) {
            self.advance_stop(index, now, out);
        } else if self.resources != Resources::None {
            self.advance_run(index, now, out);
        }
    }

    fn advance_run(&mut self, index: usize, now: Timestamp, out: &mut Outcome) {
        let state = &mut self.containers[index];
        if state.in_flight.is_some() {
            return;
        }
        if state.known == Known::Running {
            if state.process_runs && state.health.take_due(now) {
                out.effects.push(Effect::Probe { container: index, attempt: state.attempt });
            }
            return;
        }
        let known = state.known;
        let wait = match dependency::check(self, index, now) {
            Verdict::Met => false,
            // A manifest is looked up whatever the dependencies say, an image where the node is told so.
            Verdict::Wait => {
                !(known == Known::None || known == Known::ManifestPulled && self.spec.pull_upfront)
            }
            Verdict::Never(reason) => {
                self.never_starts(index, reason, out);
                return;
            }
        };
        if wait || known == Known::Pulled && self.resources != Resources::Ready {
            return;
        }
        let state = &mut self.containers[index];
        let (in_flight, effect) = match known {
            Known::None => (InFlight::Resolve, Effect::ResolveImage { container: index }),
            Known::ManifestPulled => (InFlight::Pull, Effect::PullImage { container: index }),
            Known::Pulled => (InFlight::Create, Effect::Create { container: index }),
            Known::Created => (InFlight::Start, Effect::Start { container: index, attempt: state.attempt }),
            Known::Running | Known::Stopped => return,
        };
        if in_flight == InFlight::Pull && self.pull_started_at.is_none() {
            self.pull_started_at = Some(now);
        }
        state.in_flight = Some(in_flight);
        out.effects.push(effect);
    }

    /// Its dependencies can never be met. Exit code 143 is what the official agent gives it, as if SIGTERM had ended it.
    fn never_starts(&mut self, index: usize, reason: String, out: &mut Outcome) {
        let state = &mut self.containers[index];
        state.stop_wanted = true;
        state.exit_code = Some(143);
        state.reason = Some(format!("CannotStartContainerError: {reason}"));
        self.stopped(index, out);
    }

    fn advance_stop(&mut self, index: usize, now: Timestamp, out: &mut Outcome) {
        let state = &self.containers[index];
        match state.in_flight {
            Some(InFlight::Resolve | InFlight::Pull) => {
                out.effects.push(Effect::CancelPull { container: index });
                self.stopped_before_pull(index, out);
            }
            // What exists only half can neither be stopped nor removed: its answer comes first.
            Some(InFlight::Create | InFlight::Start) => {}
            None if !state.process_runs && state.known < Known::Pulled => {
                self.stopped_before_pull(index, out)
            }
            None if !state.process_runs => self.stopped(index, out),
            None => self.stop_process(index, now, out),
        }
    }

    fn stopped_before_pull(&mut self, index: usize, out: &mut Outcome) {
        let state = &mut self.containers[index];
        if state.reason.is_none() && self.resources == Resources::Ready {
            let text = "TaskStoppedBeforePullBeginError: Task stopped before image pull could begin";
            state.reason = Some(text.to_owned());
        }
        self.stopped(index, out);
    }

    fn stop_process(&mut self, index: usize, now: Timestamp, out: &mut Outcome) {
        let free = self.spec.dependents(index).all(|d| self.containers[d].known == Known::Stopped);
        let spec = &self.spec.containers[index];
        let state = &mut self.containers[index];
        let attempt = state.attempt;
        match state.stopping {
            Stopping::No if free => {
                state.stopping = Stopping::Signalled { kill_at: now.after(spec.stop_timeout) };
                out.effects.push(Effect::SignalStop { container: index, attempt });
            }
            Stopping::No => {}
            Stopping::Signalled { kill_at } if now >= kill_at => {
                state.stopping = Stopping::Killed { times: 1, again_at: now.after(KILL_AGAIN) };
                out.effects.push(Effect::Kill { container: index, attempt });
            }
            Stopping::Killed { times, again_at } if now >= again_at => {
                if times >= KILLS {
                    state.reason =
                        Some("CannotStopContainerError: the process does not end after SIGKILL".to_owned());
                    state.finished_at = Some(now);
                    self.stopped(index, out);
                    return;
                }
                state.stopping = Stopping::Killed { times: times + 1, again_at: now.after(KILL_AGAIN) };
                out.effects.push(Effect::Kill { container: index, attempt });
            }
            Stopping::Signalled { .. } | Stopping::Killed { .. } => {}
        }
    }

    fn report(&mut self, out: &mut Outcome) {
        let known = self.known();
        let status = match known {
            // Told only where there is something to tell, and never of a task that is on its way down.
            Known::ManifestPulled if self.containers.iter().all(|c| c.image_digest.is_none()) => None,
            Known::ManifestPulled | Known::Running if self.stop_wanted => None,
            _ => wire_status(known),
        };
        if let Some(status) = status.filter(|_| known > self.reported) {
            self.reported = known;
            out.reports.push(Report::Task(self.task_report(status)));
        }
    }

    fn clean(&mut self, now: Timestamp, out: &mut Outcome) {
        if !self.is_stopped() {
            return;
        }
        let times = match self.resources {
            Resources::None => {
                self.resources = Resources::Gone;
                return;
            }
            Resources::Ready | Resources::Failed => 0,
            Resources::CleanAgain { times, at } if now >= at => times,
            Resources::Preparing
            | Resources::CleanAgain { .. }
            | Resources::Cleaning { .. }
            | Resources::Gone => return,
        };
        self.resources = Resources::Cleaning { times: times + 1 };
        out.effects.push(Effect::Clean);
    }

    /// After a checkpoint was read back: the effects whose answers were still waited for, once more. Whoever carries them out
    /// must take it well that part of one was done already. Processes are looked for first (see
    /// [`super::ContainerState::start_is_in_flight`]): a start is in this list only where no process was found.
    pub fn resume(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        match self.resources {
            Resources::Preparing => effects.push(Effect::Prepare),
            Resources::Cleaning { .. } => effects.push(Effect::Clean),
            Resources::None
            | Resources::Ready
            | Resources::Failed
            | Resources::CleanAgain { .. }
            | Resources::Gone => {}
        }
        for (container, (state, spec)) in self.containers.iter_mut().zip(&self.spec.containers).enumerate() {
            let attempt = state.attempt;
            match state.in_flight {
                Some(InFlight::Resolve) => effects.push(Effect::ResolveImage { container }),
                Some(InFlight::Pull) => effects.push(Effect::PullImage { container }),
                Some(InFlight::Create) => effects.push(Effect::Create { container }),
                Some(InFlight::Start) => effects.push(Effect::Start { container, attempt }),
                None => {}
            }
            if let (Stopping::Signalled { .. }, true) = (state.stopping, state.process_runs) {
                effects.push(Effect::SignalStop { container, attempt });
            }
            if let (Some(check), true, None) = (&spec.health_check, state.process_runs, state.health.next_at)
            {
                state.health.next_at = Some(now.after(check.interval));
            }
        }
        effects
    }

    /// When to call again with [`super::Event::Tick`] if nothing happens before.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        let clean = match self.resources {
            Resources::CleanAgain { at, .. } => Some(at),
            Resources::None
            | Resources::Preparing
            | Resources::Ready
            | Resources::Failed
            | Resources::Cleaning { .. }
            | Resources::Gone => None,
        };
        let containers = (0..self.containers.len()).filter_map(|i| self.container_wakeup(i));
        containers.chain(clean).min()
    }

    fn container_wakeup(&self, index: usize) -> Option<Timestamp> {
        let state = &self.containers[index];
        if state.known == Known::Stopped || state.in_flight.is_some() {
            return None;
        }
        if state.process_runs && self.must_stop(index) {
            return match state.stopping {
                Stopping::No => None,
                Stopping::Signalled { kill_at } => Some(kill_at),
                Stopping::Killed { again_at, .. } => Some(again_at),
            };
        }
        if state.process_runs {
            return state.health.next_at;
        }
        if state.known >= Known::Created {
            return None;
        }
        let dependencies = &self.spec.containers[index].depends_on;
        dependencies
            .iter()
            .filter(|d| self.containers[d.container].known != Known::Stopped)
            .filter_map(|d| dependency::deadline(self, *d))
            .min()
    }
}
