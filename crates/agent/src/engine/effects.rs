//! Carries out effects: each beside the actor, answering with one event.

use super::actor::TaskContext;
use super::{clean, create, lock, prepare, recover, signals, spec};
use crate::aws;
use crate::clock;
use crate::config::PullBehavior;
use crate::logs::{MarkFile, Shipment};
use image::{Policy, PullRequest, Reference};
use model::Timestamp;
use plan::task::{Effect, Event, Exit, Failure, ProbeResult};
use runtime::{ExecResult, ExecSpec, ExitStatus, Started};
use std::sync::Arc;
use std::time::Duration;

/// How long the parts of a start may take before they count as failed: the stepper relies on every effect being answered.
pub(super) const EFFECT_TIMEOUT: Duration = Duration::from_secs(180);
/// On top of a health check's own time-out.
const PROBE_SLACK: Duration = Duration::from_secs(5);

pub(super) fn issue(context: &Arc<TaskContext>, effect: Effect) {
    let c = context.clone();
    match effect {
        Effect::Prepare => context.fork(async move { Some(Event::Prepared(prepare::prepare(&c).await)) }),
        // The digest is learnt by the pull itself: one exchange with the registry instead of two.
        Effect::ResolveImage { container } => {
            context.fork(async move { Some(Event::ImageResolved { container, result: Ok(None) }) });
        }
        Effect::PullImage { container } => context.fork(async move {
            // Cancel-safe: a pull that is dropped leaves nothing half done in the store.
            tokio::select! {
                result = pull(&c, container) => Some(Event::ImagePulled { container, result }),
                () = c.pulls[container].cancelled() => None,
            }
        }),
        Effect::CancelPull { container } => context.pulls[container].cancel(),
        Effect::Create { container } => context.fork(async move {
            let create = create::create(&c, container);
            let result = within(EFFECT_TIMEOUT, create).await.unwrap_or_else(|| Err(timed_out("create")));
            Some(Event::Created { container, result })
        }),
        Effect::Start { container, attempt } => context.fork(async move {
            start(&c, container, attempt).await;
            None
        }),
        Effect::SignalStop { container, attempt } => {
            context.fork(async move {
                let name = lock(&c.facts).containers[container].stop_signal.clone();
                let signal = name.as_deref().and_then(signals::number).unwrap_or(signals::SIGTERM);
                send_signal(&c, container, attempt, signal).await;
                None
            });
        }
        Effect::Kill { container, attempt } => context.fork(async move {
            send_signal(&c, container, attempt, signals::SIGKILL).await;
            None
        }),
        Effect::Probe { container, attempt } => context.fork(async move {
            let result = probe(&c, container, attempt).await;
            Some(Event::Probed { container, attempt, result })
        }),
        Effect::Clean => context.fork(async move { Some(Event::Cleaned { left: clean::clean(&c).await }) }),
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}

fn timed_out(what: &str) -> Failure {
    Failure::new(
        "DockerTimeoutError",
        format!("Could not transition to {what}; timed out after waiting {EFFECT_TIMEOUT:?}"),
    )
}

async fn pull(context: &TaskContext, container: usize) -> Result<Option<String>, Failure> {
    let plan = &context.plan.containers[container];
    let behavior = context.shared.config.pull_behavior;
    let failed = |name: &str, text: String| Failure {
        // A node that must not run what it has cannot fall back, so the task ends, whatever the container is to it.
        stops_task: matches!(behavior, PullBehavior::Always | PullBehavior::Once),
        ..Failure::new(name, text)
    };
    let reference: Reference = plan
        .image
        .parse()
        .map_err(|e: image::ReferenceParseError| failed("CannotPullContainerError", e.to_string()))?;
    let policy = match behavior {
        PullBehavior::Default => Policy::AlwaysOrCached,
        PullBehavior::Always => Policy::Always,
        PullBehavior::Once | PullBehavior::PreferCached => Policy::IfAbsent,
    };
    let config = &context.shared.config;
    let request = pull_request(context, &reference, policy);
    let image = match within(config.pull_timeout, context.shared.images.pull(&reference, request)).await {
        Some(Ok(image)) => image,
        Some(Err(error)) => return Err(failed("CannotPullContainerError", error.reason())),
        None => {
            let text = format!("the pull took longer than {:?}", config.pull_timeout);
            return Err(failed("DockerTimeoutError", text));
        }
    };
    let digest = image.digest.to_string();
    let mut facts = lock(&context.facts);
    let known = &mut facts.containers[container];
    known.manifest = Some(image.manifest);
    known.digest = Some(image.digest);
    known.stop_signal = plan.stop_signal.clone().or_else(|| image.config.stop_signal.clone());
    known.image = Some(image);
    Ok(Some(digest))
}

/// A pull with the credentials that the node has for the image's registry.
pub(super) fn pull_request(context: &TaskContext, reference: &Reference, policy: Policy) -> PullRequest {
    let credentials = context.shared.config.registries.credentials(reference);
    PullRequest { policy, credentials, ..PullRequest::default() }
}

/// Starts a process, says so, and from then on follows it.
async fn start(context: &Arc<TaskContext>, container: usize, attempt: u32) {
    let forgotten = {
        let facts = lock(&context.facts);
        let known = &facts.containers[container];
        known.spec.is_none() && known.image.is_none()
    };
    if forgotten {
        // The agent restarted since the container was created.
        if let Err(failure) = recover::find_image(context, container).await {
            return context.send(Event::Started { container, attempt, result: Err(failure) }).await;
        }
    }
    // The order to start is in the checkpoint before the process exists.
    context.shared.checkpoints.flush().await;
    let result = match spec::build(context, container, attempt) {
        Ok(spec) => match within(EFFECT_TIMEOUT, context.shared.runtime.start(&spec)).await {
            Some(Ok(started)) => Ok((spec, started)),
            Some(Err(error)) => Err(Failure {
                exit_code: error.docker_exit_code(),
                ..Failure::new("CannotStartContainerError", aws_text(&error))
            }),
            None => Err(timed_out("start")),
        },
        Err(reason) => Err(Failure::new("CannotStartContainerError", reason)),
    };
    match result {
        Ok((spec, started)) => {
            if attempt == 0 {
                lock(&context.facts).containers[container].spec = Some(spec);
            }
            follow(context, container, attempt, started).await;
        }
        Err(failure) => context.send(Event::Started { container, attempt, result: Err(failure) }).await,
    }
}

/// A process runs: tells the actor, waits for its end, ships its log.
pub(super) async fn follow(context: &Arc<TaskContext>, container: usize, attempt: u32, started: Started) {
    lock(&context.facts).containers[container].pid = Some(started.pid);
    let runtime_id = context.runtime_id(container);
    context.send(Event::Started { container, attempt, result: Ok(runtime_id) }).await;
    ship(context, container, attempt);
    watch(context, container, attempt);
}

/// Waits for the end of a process.
pub(super) fn watch(context: &Arc<TaskContext>, container: usize, attempt: u32) {
    let c = context.clone();
    context.fork(async move {
        let exit = match c.shared.runtime.wait(&c.container_id(container, attempt)).await {
            Ok(status) => exit_of(&status),
            Err(error) => Exit {
                code: None,
                oom_killed: false,
                at: clock::now(),
                reason: Some(format!("CannotInspectContainerError: {}", aws_text(&error))),
            },
        };
        Some(Event::Exited { container, attempt, exit })
    });
}

fn exit_of(status: &ExitStatus) -> Exit {
    let code = status.code();
    let lost =
        "ContainerVanishedError: the process that kept the container ended, so its exit code is not known";
    Exit {
        code,
        oom_killed: status.oom_killed,
        at: Timestamp::from(status.finished_at),
        reason: code.is_none().then(|| lost.to_owned()),
    }
}

/// Ships the log of one process, after those of the container's earlier ones.
pub(super) fn ship(context: &Arc<TaskContext>, container: usize, attempt: u32) {
    let plan = &context.plan.containers[container];
    let id = &context.plan.id;
    let dirs = &context.shared.dirs;
    let shipment = Shipment {
        id: context.container_id(container, attempt),
        attempt,
        plan: plan.log.clone(),
        mark: MarkFile::new(dirs.tasks.join(format!("{id}.{container}.{attempt}.log"))),
        credentials: context.plan.log_credentials.clone(),
        file: dirs.logs.join(format!("{id}-{container}-json.log")),
    };
    let mut shipments = lock(&context.shipments);
    let earlier = attempt.checked_sub(1).and_then(|before| shipments.remove(&(container, before)));
    let (c, name) = (context.clone(), shipment.id.clone());
    let (runtime, logs) = (context.shared.runtime.clone(), context.shared.logs.clone());
    let work = async move {
        if let Some(earlier) = earlier {
            // It ends by itself when its log is shipped; how it ended it has said itself.
            let _ = earlier.await;
            let before = c.container_id(container, attempt - 1);
            if let Err(error) = c.shared.runtime.delete(&before).await {
                tracing::debug!(container = %before, %error, "cannot delete an ended container yet");
            }
        }
        // Cancel-safe: progress is kept after every batch.
        let result = tokio::select! {
            result = shipment.run(runtime, logs) => result,
            () = c.stop.cancelled() => return,
        };
        if let Err(error) = result {
            tracing::error!(container = %name, error = aws::chain(&error), "log is not shipped");
        }
    };
    let handle = context.shared.tracker.spawn(context.shipping.track_future(work));
    shipments.insert((container, attempt), handle);
}

async fn send_signal(context: &TaskContext, container: usize, attempt: u32, signal: i32) {
    let id = context.container_id(container, attempt);
    match within(EFFECT_TIMEOUT, context.shared.runtime.signal(&id, signal)).await {
        Some(Ok(()) | Err(runtime::Error::NotRunning { .. } | runtime::Error::NotFound { .. })) => {}
        Some(Err(error)) => {
            tracing::warn!(container = %id, signal, error = aws_text(&error), "cannot signal a container")
        }
        None => tracing::warn!(container = %id, signal, "signalling a container took too long"),
    }
}

async fn probe(context: &TaskContext, container: usize, attempt: u32) -> ProbeResult {
    let Some(probe) = &context.plan.containers[container].probe else {
        return ProbeResult { exit_code: Some(0), output: String::new() };
    };
    let id = context.container_id(container, attempt);
    let spec = ExecSpec::new(probe.args.clone(), probe.timeout);
    match within(probe.timeout + PROBE_SLACK, context.shared.runtime.exec(&id, &spec)).await {
        Some(Ok(outcome)) => {
            let mut output = String::from_utf8_lossy(&outcome.stdout).into_owned();
            output.push_str(&String::from_utf8_lossy(&outcome.stderr));
            if outcome.result == ExecResult::TimedOut {
                output = format!("Health check exceeded timeout ({:?})", probe.timeout);
            }
            ProbeResult { exit_code: outcome.result.code(), output }
        }
        Some(Err(error)) => ProbeResult { exit_code: None, output: aws_text(&error) },
        None => ProbeResult {
            exit_code: None,
            output: format!("Health check exceeded timeout ({:?})", probe.timeout),
        },
    }
}

pub(super) fn aws_text(error: &dyn std::error::Error) -> String {
    aws::chain(error)
}
