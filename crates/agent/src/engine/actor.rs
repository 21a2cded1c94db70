//! The actor of one task.

use super::checkpoint::{Saved, Submitted};
use super::facts::Facts;
use super::view::TaskView;
use super::{Shared, effects, knows_the_end, lock};
use crate::clock;
use crate::submit::{Origin, Outbox};
use crate::task::{NetworkPlan, TaskPlan};
use model::status::TaskStatus;
use net::fault::Fault;
use plan::task::{Effect, Event, Outcome, Report};
use runtime::ContainerId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What reaches an actor.
#[derive(Debug)]
pub(crate) enum Input {
    Event(Event),
    /// The control plane has acknowledged a task report.
    Submitted(TaskStatus),
    /// The control plane may have missed what was reported.
    Repeat,
    /// The faults that the task's network has now.
    Faults(Vec<Fault>),
}

/// What the effects of one task share.
#[derive(Debug)]
pub(crate) struct TaskContext {
    pub shared: Arc<Shared>,
    pub plan: Arc<TaskPlan>,
    pub inputs: mpsc::Sender<Input>,
    pub facts: Mutex<Facts>,
    /// By container: cancels what its pull does.
    pub pulls: Vec<CancellationToken>,
    /// By container and attempt: the shipping of its log.
    pub shipments: Mutex<BTreeMap<(usize, u32), JoinHandle<()>>>,
    /// All of them: it is closed, so its wait ends when none is left.
    pub shipping: TaskTracker,
    /// Cancelled when the agent stops.
    pub stop: CancellationToken,
}

impl TaskContext {
    pub fn new(
        shared: Arc<Shared>,
        plan: Arc<TaskPlan>,
        inputs: mpsc::Sender<Input>,
        saved: &Saved,
    ) -> Arc<Self> {
        let pulls = plan.containers.iter().map(|_| CancellationToken::new()).collect();
        let stop = shared.stop.clone();
        let facts = Mutex::new(saved.facts.clone());
        let shipping = TaskTracker::new();
        shipping.close();
        Arc::new(Self { shared, plan, inputs, facts, pulls, shipments: Mutex::default(), shipping, stop })
    }

    /// The runtime's id of a container's process.
    pub fn container_id(&self, container: usize, attempt: u32) -> ContainerId {
        let text = format!("{}-{container}-{attempt}", self.plan.id);
        text.parse().expect("a task id and two numbers are a container id")
    }

    /// The id that is reported: the same over all attempts.
    pub fn runtime_id(&self, container: usize) -> String {
        format!("{}-{container}", self.plan.id)
    }

    pub async fn send(&self, event: Event) {
        // An actor that is gone needs no events.
        let _ = self.inputs.send(Input::Event(event)).await;
    }

    /// Runs an effect beside the actor. It ends early when the agent stops: its answer is asked for again after the restart.
    pub fn fork(self: &Arc<Self>, effect: impl Future<Output = Option<Event>> + Send + 'static) {
        let context = self.clone();
        self.shared.tracker.spawn(async move {
            // Cancel-safe: every effect is idempotent and its traces are known to the checkpoint.
            let event = tokio::select! {
                event = effect => event,
                () = context.stop.cancelled() => None,
            };
            if let Some(event) = event {
                context.send(event).await;
            }
        });
    }
}

pub(super) async fn run(
    context: Arc<TaskContext>,
    mut saved: Saved,
    mut inputs: mpsc::Receiver<Input>,
    view: Arc<Mutex<TaskView>>,
    first: Vec<Input>,
) {
    let attachment = match &context.plan.network {
        NetworkPlan::Awsvpc(plan) => plan.attachment_arn.clone(),
        NetworkPlan::None | NetworkPlan::Host | NetworkPlan::Bridge => None,
    };
    let (actor, shipping) = (Some(context.inputs.clone()), Some(context.shipping.clone()));
    let origin = Origin { actor, attachment, shipping };
    let outbox = Outbox::start(&context.shared, &context.plan.arn, origin);
    let mut waiting: std::collections::VecDeque<Input> = first.into();
    loop {
        let input = match waiting.pop_front() {
            Some(input) => Some(input),
            None => next(&context, &mut inputs, &saved).await,
        };
        let Some(input) = input else { break };
        let before = saved.state.clone();
        let submitted_before = saved.submitted;
        let mut outcome = Outcome::default();
        let prepared = matches!(input, Input::Event(Event::Prepared(Ok(()))));
        match input {
            Input::Event(event) => outcome = saved.state.step(clock::now(), event),
            Input::Submitted(status) => {
                if saved.submitted.is_none_or(|s| s.status < status) {
                    saved.submitted = Some(Submitted { status });
                }
            }
            Input::Repeat => outcome.reports = saved.state.reports(),
            Input::Faults(faults) => lock(&context.facts).faults = faults,
        }
        let over = saved.state.is_gone() && knows_the_end(saved.submitted);
        let faults_changed = lock(&context.facts).faults != saved.facts.faults;
        if saved.state != before || saved.submitted != submitted_before || faults_changed || over {
            saved.facts = lock(&context.facts).clone();
            if over {
                saved.done_at = Some(clock::now());
            }
            // Before the effects: a start waits until what is handed in here is written, so that no process exists of
            // which the checkpoint does not know.
            context.shared.checkpoints.save(&saved);
            lock(&view).update(&saved);
            trace(&context, &before, &saved);
        }
        carry_out(&context, outcome, &outbox);
        if prepared {
            outbox.interface_attached();
        }
        if saved.state.is_gone() {
            context.shared.release(&context.plan.arn);
        }
        if over {
            context.shared.finished(&context.plan.arn, clock::now());
            break;
        }
    }
}

/// The next input: a message, or the passing of time. `None` when the agent stops. Cancel-safe: receiving and sleeping are.
async fn next(context: &TaskContext, inputs: &mut mpsc::Receiver<Input>, saved: &Saved) -> Option<Input> {
    let wakeup = saved.state.next_wakeup();
    let sleep = async {
        match wakeup {
            Some(at) => tokio::time::sleep(clock::until(at)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        () = context.stop.cancelled() => None,
        input = inputs.recv() => input,
        () = sleep => Some(Input::Event(Event::Tick)),
    }
}

/// Effects first: reports must not delay a start.
fn carry_out(context: &Arc<TaskContext>, outcome: Outcome, outbox: &Outbox) {
    for effect in outcome.effects {
        issue(context, effect);
    }
    for report in outcome.reports {
        outbox.send(report);
    }
}

pub(super) fn issue(context: &Arc<TaskContext>, effect: Effect) {
    tracing::debug!(task = context.plan.id, ?effect, "effect");
    effects::issue(context, effect);
}

fn trace(context: &TaskContext, before: &plan::task::TaskState, saved: &Saved) {
    let (from, to) = (before.known(), saved.state.known());
    if from != to {
        let reasons: Vec<_> = saved.state.reports();
        let reason = reasons.iter().rev().find_map(|r| match r {
            Report::Task(task) => task.reason.clone(),
            Report::Container(container) => container.reason.clone(),
        });
        tracing::info!(task = context.plan.arn, ?from, ?to, reason, "task moved");
    }
}
