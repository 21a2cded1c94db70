//! Faults of a task's network that the task itself, or a tool in it, asks for (`enableFaultInjection`).
//!
//! The rules are the official agent's: a task of network mode awsvpc or host; any number of ports that swallow packets; of latency and packet
//! loss one at a time. What is asked for is set in the kernel and then written into the task's checkpoint: a restarted agent sets what is
//! written there, so faults survive it. They end when they are stopped, or with the task.

mod request;

use super::open::{TaskEndpoint, set_faults};
use super::route::{Action, Kind};
use super::server::{Answer, json, text};
use crate::engine::{Input, Shared, TaskView};
use crate::task::NetworkPlan;
use bytes::Bytes;
use http::StatusCode;
use net::fault::Fault;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// The official agent's time for all of it.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// Whose network.
pub(super) struct Subject<'a> {
    pub endpoint: &'a Arc<TaskEndpoint>,
    pub view: &'a TaskView,
    pub container: usize,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn refuse(status: StatusCode, error: impl Into<String>) -> Answer {
    json(status, &Document { error: Some(error.into()), status: None })
}

fn say(status: &'static str) -> Answer {
    json(StatusCode::OK, &Document { status: Some(status), error: None })
}

/// The answer to a request; `subject` is `None` where its id stands for nothing here.
pub(super) async fn answer(
    shared: &Arc<Shared>,
    subject: Option<Subject<'_>>,
    id: &str,
    kind: Kind,
    action: Action,
    body: &Bytes,
) -> Answer {
    if let Some(subject) = &subject
        && !subject.endpoint.may_fault(subject.container, kind, action, shared.endpoints.now())
    {
        return text(StatusCode::TOO_MANY_REQUESTS, "You have reached maximum request limit");
    }
    // What stops or looks at latency and loss needs no body, and reads none.
    let asked = match (kind, action) {
        (Kind::BlackholePort, _) | (_, Action::Start) => match request::read(kind, body) {
            Ok(fault) => Some(fault),
            Err(reason) => return refuse(StatusCode::BAD_REQUEST, reason),
        },
        (Kind::Latency | Kind::PacketLoss, Action::Stop | Action::Status) => None,
    };
    let Some(subject) = subject else {
        let reason =
            format!("unable to get task arn from request: unable to get task Arn from v3 endpoint ID: {id}");
        return refuse(StatusCode::NOT_FOUND, reason);
    };
    if let Err(reason) = allowed(subject.view) {
        return refuse(StatusCode::BAD_REQUEST, reason);
    }
    let mut known = subject.endpoint.faults.lock().await;
    let (wanted, answer) = match decide(&known, kind, action, asked) {
        Decision::Say(status) => return say(status),
        Decision::Conflict(reason) => return refuse(StatusCode::CONFLICT, reason),
        Decision::Set(faults, status) => (faults, status),
    };
    match tokio::time::timeout(TIME_LIMIT, set_faults(shared, subject.view, &wanted)).await {
        Ok(Ok(())) => {}
        Ok(Err(error @ net::Error::NoNetem)) => {
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
        }
        Ok(Err(error)) => {
            tracing::error!(
                task = subject.view.arn,
                error = crate::aws::chain(&error),
                "a network fault could not be set"
            );
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, "internal error");
        }
        Err(_) => {
            let verb = match action {
                Action::Start => "start",
                Action::Stop => "stop",
                Action::Status => "check status",
            };
            let reason = format!("{verb} {}: request timed out", kind.name());
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, reason);
        }
    }
    tracing::info!(task = subject.view.arn, fault = kind.name(), ?action, "network fault");
    known.clone_from(&wanted);
    shared.tell(&subject.view.arn, Input::Faults(wanted)).await;
    say(answer)
}

/// Whether the task may have faults at all.
fn allowed(view: &TaskView) -> Result<(), String> {
    if view.saved.payload.enable_fault_injection != Some(true) {
        return Err(format!("enableFaultInjection is not enabled for task: {}", view.arn));
    }
    let mode = match view.plan.network {
        NetworkPlan::Awsvpc(_) | NetworkPlan::Host => return Ok(()),
        NetworkPlan::Bridge => "bridge",
        NetworkPlan::None => "none",
    };
    Err(format!("{mode} mode is not supported. Please use either host or awsvpc mode."))
}

#[derive(Debug, PartialEq, Eq)]
enum Decision {
    /// Nothing is to be done.
    Say(&'static str),
    Conflict(&'static str),
    /// All faults that there are to be, and what to say then.
    Set(Vec<Fault>, &'static str),
}

fn kind_of(fault: &Fault) -> Kind {
    match fault {
        Fault::Blackhole(_) => Kind::BlackholePort,
        Fault::Loss { .. } => Kind::PacketLoss,
        Fault::Latency { .. } => Kind::Latency,
    }
}

/// Whether a fault is the one that is asked about. Of ports there are many; who is spared does not matter.
fn is_meant(fault: &Fault, kind: Kind, asked: Option<&Fault>) -> bool {
    match (fault, asked) {
        (Fault::Blackhole(a), Some(Fault::Blackhole(b))) => {
            (a.direction, a.protocol, a.port) == (b.direction, b.protocol, b.port)
        }
        _ => kind_of(fault) == kind && kind != Kind::BlackholePort,
    }
}

/// What to do about a request, given the faults that there are. Pure.
fn decide(known: &[Fault], kind: Kind, action: Action, asked: Option<Fault>) -> Decision {
    let runs = known.iter().any(|f| is_meant(f, kind, asked.as_ref()));
    match (action, asked) {
        (Action::Status, _) => Decision::Say(if runs { "running" } else { "not-running" }),
        (Action::Stop, _) if !runs => Decision::Say("stopped"),
        (Action::Stop, asked) => {
            let rest = known.iter().filter(|f| !is_meant(f, kind, asked.as_ref()));
            Decision::Set(rest.cloned().collect(), "stopped")
        }
        (Action::Start, Some(Fault::Blackhole(_))) if runs => Decision::Say("running"),
        (Action::Start, Some(fault)) => {
            let has = |kind| known.iter().any(|f| kind_of(f) == kind);
            if kind != Kind::BlackholePort && has(Kind::Latency) {
                return Decision::Conflict("There is already one network latency fault running");
            }
            if kind != Kind::BlackholePort && has(Kind::PacketLoss) {
                return Decision::Conflict("There is already one network packet loss fault running");
            }
            Decision::Set(known.iter().cloned().chain([fault]).collect(), "running")
        }
        // A start always says what.
        (Action::Start, None) => Decision::Say("not-running"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action::{Start, Status, Stop};
    use Kind::{BlackholePort, Latency, PacketLoss};

    fn fault(kind: Kind, body: &str) -> Fault {
        request::read(kind, body.as_bytes()).unwrap()
    }

    fn hole(port: u16) -> Fault {
        fault(BlackholePort, &format!(r#"{{"Port":{port},"Protocol":"tcp","TrafficType":"ingress"}}"#))
    }

    #[test]
    fn one_of_latency_and_loss_and_any_number_of_ports() {
        let late = fault(Latency, r#"{"DelayMilliseconds":5,"JitterMilliseconds":0,"Sources":["10.0.0.1"]}"#);
        let loss = fault(PacketLoss, r#"{"LossPercent":5,"Sources":["10.0.0.1"]}"#);
        let set =
            |faults: &[&Fault], said| Decision::Set(faults.iter().map(|f| (*f).clone()).collect(), said);
        let is_late = Decision::Conflict("There is already one network latency fault running");
        let is_lossy = Decision::Conflict("There is already one network packet loss fault running");
        let (a, b) = (hole(80), hole(81));
        let cases = [
            (vec![], BlackholePort, Start, Some(&a), set(&[&a], "running")),
            (vec![&a], BlackholePort, Start, Some(&a), Decision::Say("running")),
            (vec![&a], BlackholePort, Start, Some(&b), set(&[&a, &b], "running")),
            (vec![&a, &b], BlackholePort, Stop, Some(&a), set(&[&b], "stopped")),
            (vec![&b], BlackholePort, Stop, Some(&a), Decision::Say("stopped")),
            (vec![&a, &late], BlackholePort, Status, Some(&a), Decision::Say("running")),
            (vec![&b], BlackholePort, Status, Some(&a), Decision::Say("not-running")),
            (vec![&a], Latency, Start, Some(&late), set(&[&a, &late], "running")),
            (vec![&late], Latency, Start, Some(&late), is_late),
            (vec![&loss], Latency, Start, Some(&late), is_lossy),
            (vec![&late, &b], Latency, Stop, None, set(&[&b], "stopped")),
            (vec![&loss], Latency, Status, None, Decision::Say("not-running")),
            (vec![&loss], Latency, Stop, None, Decision::Say("stopped")),
            (vec![&loss], PacketLoss, Status, None, Decision::Say("running")),
        ];
        for (known, kind, action, asked, expected) in cases {
            let known: Vec<Fault> = known.into_iter().cloned().collect();
            assert_eq!(
                decide(&known, kind, action, asked.cloned()),
                expected,
                "{known:?} {kind:?} {action:?}"
            );
        }
    }
}
