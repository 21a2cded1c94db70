//! Managed daemons: which of them starts and stops where, which instances are emptied for that, and how their deployments go.
//!
//! Decides, for all daemons of a cluster at one instant: on which instances a task starts and which tasks stop, which instances may take tasks, whether a
//! deployment is completed, has failed or is rolled back, and when to look again. Invariants: an instance never has two tasks of a daemon; a deployment empties
//! no more instances at a time than its drain percentage; an instance that waits for a critical daemon takes no tasks until that runs and is healthy; only
//! an instance that a daemon emptied is made ACTIVE again by it. Must not know: placement, records of tasks, API shapes, clocks.
//!
//! AWS differs: it ends an instance that it has emptied and makes another one with the new daemon. Here the instance stays: it is emptied, gets its task,
//! and takes tasks again. Where its tasks find no other place it is not waited for them for ever ([`PATIENCE`]): AWS makes that place.
//!
//! Source: "Amazon ECS Managed Daemons", "Daemon deployments" and "Daemon auto repair" of the ECS developer guide and CreateDaemon of the API reference,
//! read 2026-11. The threshold of the circuit breaker is that of services; AWS's is not established.

mod instance;
mod moves;
mod roll;
#[cfg(test)]
mod tests;

pub use instance::Instance;

use crate::deployment::{Member, Why};
use model::Timestamp;
use model::ecs::daemon::{Daemon, DaemonDeployment, DaemonRevision};
use model::ids::{ContainerInstanceArn, DaemonRevisionArn, TaskArn};
use model::status::InstanceStatus;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long the tasks of services are waited for to leave an instance that gets a new daemon. Those that are on their way out have as long as they need.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// `startedBy` of a revision's tasks. Not established: AWS's form.
pub fn started_by(revision: &DaemonRevisionArn) -> String {
    format!("ecs-daemon/{}", revision.id())
}

/// What is known of a cluster's daemons.
#[derive(Clone, Debug)]
pub struct View<'a> {
    pub daemons: Vec<Seen<'a>>,
    /// Those of the capacity providers that daemons name.
    pub instances: Vec<Instance>,
    pub now: Timestamp,
}

/// One daemon.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    pub daemon: &'a Daemon,
    /// What it should run.
    pub revision: &'a DaemonRevision,
    /// What it ran when a deployment was completed last.
    pub last_completed: Option<&'a DaemonRevision>,
    pub deployment: &'a DaemonDeployment,
    /// Alarms of the deployment that are in the ALARM state now.
    pub alarms: Vec<String>,
    /// Its tasks that live, and those whose end was not counted yet.
    pub members: Vec<Member>,
    /// The same, by the instance that they are on. Empty at first; filled by [`instance::on`].
    pub on: Places,
}

/// Places of members among those of [`Seen::members`], by their instance.
pub type Places = std::cell::OnceCell<BTreeMap<ContainerInstanceArn, Vec<usize>>>;

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// One for each daemon, in their order.
    pub parts: Vec<Part>,
    /// Instances, and what becomes of them.
    pub instances: Vec<(ContainerInstanceArn, InstanceStatus)>,
    /// The next instant at which something is to be done though nothing changes.
    pub next_wakeup: Option<Timestamp>,
}

/// The plan for one daemon, which is to be written as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub daemon: Daemon,
    pub deployment: DaemonDeployment,
    /// The revision that tasks are started of.
    pub revision: DaemonRevision,
    /// One task on each.
    pub start: Vec<ContainerInstanceArn>,
    pub stop: Vec<(TaskArn, Why)>,
    /// Tasks whose end is counted now.
    pub account: Vec<TaskArn>,
    /// Nothing is left of a daemon that is deleted.
    pub gone: bool,
}

impl Part {
    /// No task could be made on an instance: it counts as one that did not start.
    pub fn not_placed(&mut self, now: Timestamp) {
        roll::count_failures(self, 1, now);
    }
}

impl Plan {
    /// Whether nothing would be done or written.
    pub fn is_idle(&self, view: &View<'_>) -> bool {
        let same = |(part, seen): (&Part, &Seen<'_>)| {
            part.start.is_empty()
                && part.stop.is_empty()
                && part.account.is_empty()
                && !part.gone
                && part.daemon == *seen.daemon
                && part.deployment == *seen.deployment
        };
        self.instances.is_empty() && self.parts.iter().zip(&view.daemons).all(same)
    }

    fn wake_at(&mut self, at: Timestamp) {
        self.next_wakeup = Some(self.next_wakeup.map_or(at, |before| before.min(at)));
    }
}

/// Decides.
pub fn plan(view: &View<'_>) -> Plan {
    let part = |seen: &Seen<'_>| Part {
        daemon: seen.daemon.clone(),
        deployment: seen.deployment.clone(),
        revision: seen.revision.clone(),
        start: Vec::new(),
        stop: Vec::new(),
        account: Vec::new(),
        gone: false,
    };
    let parts = view.daemons.iter().map(part).collect();
    let mut plan = Plan { parts, instances: Vec::new(), next_wakeup: None };
    for at in 0..plan.parts.len() {
        roll::account(&view.daemons[at], view.now, &mut plan.parts[at]);
        roll::judge(&view.daemons[at], view, &mut plan.parts[at]);
        moves::moves(view, at, &mut plan);
    }
    instance::settle(view, &mut plan);
    for at in 0..plan.parts.len() {
        roll::progress(view, at, &mut plan);
    }
    plan
}
