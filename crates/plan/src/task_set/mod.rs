//! Task sets: what has to be started and stopped in a service whose deployments somebody else controls.
//!
//! Decides, for one service at one instant: how many tasks each of its task sets has, what starts and stops, which sets are stable, which are
//! gone, and what is said. Each set is kept by [`crate::deployment`] as a service of its own would be, which never deploys: a set never changes what it
//! runs. Invariants: a set that drains gets no task; it is gone when its last task is, and no task of a set outlives it; a service that drains ends
//! when its sets have. Must not know: placement, records of tasks, API shapes, clocks.
//!
//! Source: TaskSet of the API reference and "Deploy Amazon ECS services using a third-party controller" of the developer guide, read 2026-11; the texts of
//! events as observed in public reports.

#[cfg(test)]
mod tests;

use crate::deployment::{self, Event, Member, Wanted};
use model::Timestamp;
use model::ecs::service::{
    AvailabilityZoneRebalancing, Deployment, DeploymentConfiguration, DeploymentStatus, RolloutState,
    Service, ServiceStatus,
};
use model::ecs::task_set::{TaskSet, TaskSetStatus};
use model::ids::{TaskArn, TaskSetArn};

/// "5 deployments exist on the service."
pub const MOST_SETS: usize = 5;

/// How many tasks a set is to have: its part of the desired count, rounded up.
pub fn computed_desired_count(service: &Service, set: &TaskSet) -> u32 {
    match (service.status, set.status) {
        (ServiceStatus::Active, TaskSetStatus::Primary | TaskSetStatus::Active) => {
            set.scale.of(service.desired_count)
        }
        (ServiceStatus::Draining | ServiceStatus::Inactive, _) | (_, TaskSetStatus::Draining) => 0,
    }
}

/// Whether a set has what it is to have: as its scheduler found, unless something else is wanted since.
pub fn is_stable(service: &Service, set: &TaskSet) -> bool {
    set.schedule.steady && set.counted == computed_desired_count(service, set)
}

/// What is known of a service.
#[derive(Clone, Debug)]
pub struct View<'a> {
    pub service: &'a Service,
    pub sets: Vec<&'a TaskSet>,
    /// Its tasks that live, and those whose end was not counted yet.
    pub members: Vec<Member>,
    pub now: Timestamp,
}

/// What to do now. The caller starts, tells [`Part::placed`] what became of it, and writes what [`Plan::conclude`] answers.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One for each set, in their order.
    pub parts: Vec<Part>,
    /// Tasks of no set, whose end is counted now.
    pub account: Vec<TaskArn>,
    service: Service,
    now: Timestamp,
}

/// The plan for one set.
#[derive(Clone, Debug)]
pub struct Part {
    pub set: TaskSet,
    /// A service of one deployment that is the set.
    stand_in: Service,
    members: Vec<Member>,
    pub plan: deployment::Plan,
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    pub service: Service,
    /// Those that go on.
    pub sets: Vec<TaskSet>,
    pub gone: Vec<TaskSetArn>,
    /// What the service says, the oldest first.
    pub messages: Vec<String>,
}

/// Decides.
pub fn plan(view: &View<'_>) -> Plan {
    let mut account = Vec::new();
    let known: Vec<String> = view.sets.iter().map(|s| s.id()).collect();
    let stray = |m: &&Member| {
        known.iter().all(|id| **id != *m.deployment) && matches!(m.phase, deployment::Phase::Ended(_))
    };
    account.extend(view.members.iter().filter(stray).map(|m| m.task.clone()));
    let parts = view.sets.iter().map(|set| {
        let id = set.id();
        let stand_in = stand_in(view.service, set);
        let members: Vec<Member> = view.members.iter().filter(|m| *m.deployment == *id).cloned().collect();
        let plan = deployment::plan(&shown(&stand_in, &members, view.now));
        Part { set: TaskSet::clone(set), stand_in, members, plan }
    });
    Plan { parts: parts.collect(), account, service: view.service.clone(), now: view.now }
}

/// The set as the planner of deployments sees it: a service that has completed its one deployment.
///
/// AWS: the percentages of these controllers are the defaults, whatever the service says.
fn stand_in(service: &Service, set: &TaskSet) -> Service {
    let desired_count = computed_desired_count(service, set);
    let drains = set.status == TaskSetStatus::Draining || service.status != ServiceStatus::Active;
    Service {
        status: if drains { ServiceStatus::Draining } else { ServiceStatus::Active },
        desired_count,
        deployment_configuration: DeploymentConfiguration {
            maximum_percent: 200,
            minimum_healthy_percent: 100,
            ..DeploymentConfiguration::default()
        },
        availability_zone_rebalancing: AvailabilityZoneRebalancing::Disabled,
        revision: Some(set.revision.clone()),
        deployments: vec![Deployment {
            id: set.id(),
            revision: set.revision.clone(),
            status: DeploymentStatus::Primary,
            desired_count,
            created_at: set.created_at,
            updated_at: set.updated_at,
            failed_tasks: 0,
            rollout_state: RolloutState::Completed,
            rollout_state_reason: String::new(),
        }],
        current_deployment: None,
        schedule: set.schedule.clone(),
        ..service.clone()
    }
}

fn shown<'a>(stand_in: &'a Service, members: &'a [Member], now: Timestamp) -> deployment::View<'a> {
    deployment::View {
        service: stand_in,
        current: None,
        members,
        wanted: Wanted::Replica(stand_in.desired_count),
        zones: Vec::new(),
        alarms: Vec::new(),
        tried: Vec::new(),
        now,
    }
}

impl Part {
    /// What became of the starts; see [`deployment::Plan::placed`].
    pub fn placed(&mut self, now: Timestamp, tasks: &[TaskArn], unplaced: u32, for_want_of_room: bool) {
        self.plan.placed(&shown(&self.stand_in, &self.members, now), tasks, unplaced, for_want_of_room);
    }

    /// The launch was refused as a whole.
    pub fn refused(&mut self, now: Timestamp, error: &str) {
        self.plan.refused(&shown(&self.stand_in, &self.members, now), error);
    }

    /// Whether the set has ended: none of its tasks outlives it, unlike those of a service.
    fn is_gone(&self) -> bool {
        self.set.status == TaskSetStatus::Draining
            && self.plan.service.status == ServiceStatus::Inactive
            && self.members.iter().all(|m| matches!(m.phase, deployment::Phase::Ended(_)))
    }

    /// The set as it is to be written, and what is said of it.
    fn conclude(&mut self, service: &Service, now: Timestamp) -> Vec<String> {
        let (name, id) = (service.arn.name(), self.set.id());
        let wanted = computed_desired_count(service, &self.set);
        let mut messages = Vec::new();
        if wanted != self.set.counted {
            messages
                .push(format!("(service {name}) updated computedDesiredCount for taskSet {id} to {wanted}."));
        }
        // Its being steady is said in other words.
        self.plan.events.retain(|e| !matches!(e, Event::Steady | Event::Completed { .. }));
        messages.extend(self.plan.messages_of(now, &|event| match event {
            Event::Unplaced { .. }
            | Event::TooManyProvisioning
            | Event::NoCapacity { .. }
            | Event::Refused { .. }
            | Event::Protected { .. }
            | Event::Impaired => name.to_owned(),
            _ => format!("{name}, taskSet {id}"),
        }));
        let was_stable = is_stable(service, &self.set);
        self.set.counted = wanted;
        self.set.schedule = self.plan.service.schedule.clone();
        let stable = self.set.schedule.steady;
        if stable && !was_stable {
            messages.push(format!("(service {name}, taskSet {id}) updated state to STEADY_STATE."));
        }
        if stable != was_stable {
            self.set.stable_at = now;
        }
        messages
    }
}

impl Plan {
    /// Whether nothing would be started, stopped or counted.
    fn is_still(&self) -> bool {
        let still = |p: &Part| p.plan.start.is_none() && p.plan.stop.is_empty() && p.plan.account.is_empty();
        self.account.is_empty() && self.parts.iter().all(still)
    }

    /// Whether nothing would be done or written.
    pub fn is_idle(&self, view: &View<'_>) -> bool {
        if !self.is_still() {
            return false;
        }
        let concluded = self.clone().conclude();
        concluded.messages.is_empty()
            && concluded.gone.is_empty()
            && concluded.service == *view.service
            && concluded.sets.iter().eq(view.sets.iter().copied())
    }

    /// The next instant at which something is to be done though nothing changes.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        self.parts.iter().filter_map(|p| p.plan.next_wakeup).min()
    }

    /// Everything that is to be written, once the starts were made.
    pub fn conclude(mut self) -> Conclusion {
        let (mut service, now) = (self.service, self.now);
        let mut messages: Vec<String> = Vec::new();
        for part in &mut self.parts {
            messages.extend(part.conclude(&service, now));
        }
        let (gone, left): (Vec<Part>, Vec<Part>) = self.parts.into_iter().partition(Part::is_gone);
        let gone: Vec<TaskSetArn> = gone.into_iter().map(|p| p.set.arn).collect();
        service.schedule.unplaced = left.iter().map(|p| p.set.schedule.unplaced).sum();
        let ended = left.iter().all(|p| p.plan.service.status == ServiceStatus::Inactive);
        if service.status == ServiceStatus::Draining && ended {
            service.status = ServiceStatus::Inactive;
            service.inactive_at = Some(now);
            service.schedule = Default::default();
            let arns = left.into_iter().map(|p| p.set.arn);
            return Conclusion {
                service,
                sets: Vec::new(),
                gone: gone.into_iter().chain(arns).collect(),
                messages,
            };
        }
        let sets: Vec<TaskSet> = left.into_iter().map(|p| p.set).collect();
        let steady = !sets.is_empty()
            && service.status == ServiceStatus::Active
            && sets.iter().all(|s| s.schedule.steady && s.status != TaskSetStatus::Draining);
        if steady && !service.schedule.steady {
            messages.push(format!("(service {}) has reached a steady state.", service.arn.name()));
        }
        service.schedule.steady = steady;
        Conclusion { service, sets, gone, messages }
    }
}
