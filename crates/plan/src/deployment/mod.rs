//! The service scheduler: what has to be started and stopped so that a service becomes what is wanted of it.
//!
//! Decides, for one service at one instant: how many tasks of which revision start, which tasks stop and why, whether a deployment is
//! completed, has failed or is rolled back, what its events say, and when to look again. Invariants, whatever happens in between:
//! no plan takes the healthy tasks below the minimum or the tasks that are there above the maximum; a protected task is not
//! stopped for a scale-in or a deployment; a task's end is counted once. Must not know: placement (how many of the starts find a place is told to
//! [`Plan::placed`]), records of tasks, API shapes, clocks. The caller fills [`View`] from its records and writes the plan into them.
//!
//! Source: "Amazon ECS services", "Deploy Amazon ECS services by replacing tasks", "How the Amazon ECS deployment circuit breaker
//! detects failures", "Amazon ECS service throttle logic", "Service event messages" of the ECS developer guide, read 2026-11.

pub mod bounds;
pub mod breaker;
mod choose;
mod daemon;
pub mod event;
mod member;
mod rebalance;
mod replica;
mod roll;
pub mod shift;
#[cfg(test)]
mod tests;
pub mod throttle;

pub use bounds::Bounds;
pub use event::Event;
pub use member::{Ailing, End, Facts, Member, Patience, Phase, Targets, phase};
pub use roll::{begin, drain, news};

use model::Timestamp;
use model::ecs::{Service, ServiceDeployment};
use model::ids::{ContainerInstanceArn, TaskArn};
use std::sync::Arc;

/// What is known of a service.
#[derive(Clone, Debug)]
pub struct View<'a> {
    pub service: &'a Service,
    /// The service deployment that is under way, or was the last one.
    pub current: Option<&'a ServiceDeployment>,
    /// Its tasks that live, and those whose end was not counted yet.
    pub members: &'a [Member],
    pub wanted: Wanted,
    /// Zones that can take its tasks, as far as they matter for rebalancing; in order.
    pub zones: Vec<String>,
    /// Alarms of its deployment that are in the ALARM state now.
    pub alarms: Vec<String>,
    /// Whose start was tried in this step already: of two deployments that are kept side by side both have their turn.
    pub tried: Vec<Tried>,
    pub now: Timestamp,
}

/// A deployment whose start was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub deployment: String,
    /// So many tasks found no place, or were refused.
    pub unplaced: u32,
}

/// How many tasks, or where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Replica(u32),
    /// One on each of these instances.
    Daemon(Vec<ContainerInstanceArn>),
}

impl Wanted {
    /// The desired count.
    pub fn count(&self) -> u32 {
        match self {
            Self::Replica(count) => *count,
            Self::Daemon(instances) => u32::try_from(instances.len()).unwrap_or(u32::MAX),
        }
    }
}

/// What to do now. The caller starts, tells [`Plan::placed`] what became of it, and writes the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The service as it is to be written.
    pub service: Service,
    /// The deployment under way, as it is to be written.
    pub current: Option<ServiceDeployment>,
    pub start: Option<Start>,
    pub stop: Vec<Stop>,
    /// Tasks whose end is counted now.
    pub account: Vec<TaskArn>,
    pub events: Vec<Event>,
    /// The next instant at which something is to be done though nothing changes.
    pub next_wakeup: Option<Timestamp>,
}

/// Tasks to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The deployment that they are of.
    pub deployment: String,
    pub on: Places,
    /// So many of them at most stand for tasks that are, or were, unhealthy.
    pub replaces: u32,
}

/// Where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// As many as that, wherever placement finds room.
    Anywhere(u32),
    /// In one zone.
    Zone { zone: String, count: u32 },
    /// One on each.
    Instances(Vec<ContainerInstanceArn>),
}

impl Places {
    pub fn count(&self) -> u32 {
        match self {
            Self::Anywhere(count) | Self::Zone { count, .. } => *count,
            Self::Instances(instances) => u32::try_from(instances.len()).unwrap_or(u32::MAX),
        }
    }
}

/// A task to be stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub task: TaskArn,
    pub why: Why,
    /// It has not been RUNNING yet.
    pub pending: bool,
    pub zone: Option<Arc<str>>,
    /// Which of its targets is ill, where it goes for that.
    pub ailing: Option<Arc<Ailing>>,
}

/// Why the scheduler stops a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Another number, revision or place is wanted.
    Scaling,
    /// Its zone has more tasks than others.
    Balancing,
    /// Its health checks failed, or those of its load balancers.
    Unhealthy,
    /// Its instance is being drained.
    Draining,
    /// The date of its node's retirement has come.
    Retired,
    /// Its instance has been silent for too long.
    Lost,
}

/// Decides.
pub fn plan(view: &View<'_>) -> Plan {
    let mut plan = Plan {
        service: view.service.clone(),
        current: view.current.cloned(),
        start: None,
        stop: Vec::new(),
        account: Vec::new(),
        events: Vec::new(),
        next_wakeup: None,
    };
    roll::account(view, &mut plan);
    roll::judge(view, &mut plan);
    shift::advance(view, &mut plan);
    match &view.wanted {
        Wanted::Replica(count) => {
            for side in shift::sides(view, &plan, *count) {
                replica::moves(view, &side, replica::Room::Unknown, &mut plan);
            }
            shift::spare(view, &mut plan);
        }
        Wanted::Daemon(instances) => daemon::moves(view, instances, &mut plan),
    }
    roll::progress(view, &mut plan);
    if let Wanted::Replica(count) = &view.wanted {
        rebalance::moves(view, *count, &mut plan);
    }
    if !plan.events.iter().any(|e| e.repeats() == Some(event::PROTECTED)) {
        plan.service.schedule.said.retain(|s| s.kind != event::PROTECTED);
    }
    if plan.start.is_none() && !view.tried.is_empty() {
        // Of all together, and not of one after the other: what is written twice in a step, and is then what it was, would wake the next.
        plan.service.schedule.unplaced = view.tried.iter().map(|t| t.unplaced).sum();
    }
    plan
}

impl Plan {
    /// Whether nothing would be written.
    pub fn is_idle(&self, view: &View<'_>) -> bool {
        self.start.is_none()
            && self.stop.is_empty()
            && self.account.is_empty()
            && self.service == *view.service
            && self.current.as_ref() == view.current
            // What was said lately is not said again.
            && (self.events.is_empty() || self.clone().messages(view.now).is_empty())
    }

    /// Whether two revisions are kept side by side: then each has its own start, one plan after the other ([`View::tried`]).
    pub fn is_split(&self) -> bool {
        shift::is_split(self)
    }

    /// What became of the starts: the tasks that found a place, and for how many there was none because room is lacking. Stops that
    /// the minimum allows are then planned to make room.
    pub fn placed(&mut self, view: &View<'_>, tasks: &[TaskArn], unplaced: u32, for_want_of_room: bool) {
        if let Some(Start { on: Places::Zone { zone, .. }, .. }) = &self.start {
            // The service is complete without it.
            if unplaced > 0 {
                let at = view.now.after(rebalance::PAUSE);
                self.service.schedule.rebalance_after = Some(at);
                self.wake_at(at);
            } else {
                self.service.schedule.rebalance_after = None;
                self.service.schedule.said.retain(|s| s.kind != "zone");
                self.events.push(Event::StartedInZone { zone: zone.clone(), tasks: tasks.to_vec() });
            }
            return;
        }
        if !self.is_split() {
            self.service.schedule.unplaced = unplaced;
        }
        if !tasks.is_empty() {
            let replaces = self.start.as_ref().map_or(0, |s| s.replaces);
            let replaced = replaces.min(u32::try_from(tasks.len()).unwrap_or(u32::MAX));
            self.events.push(Event::Started { tasks: tasks.to_vec(), replaced });
            if let Some(start) = &self.start
                && let Some(deployment) =
                    self.service.deployments.iter_mut().find(|d| d.id == start.deployment)
            {
                deployment.updated_at = view.now;
            }
        }
        if unplaced == 0 {
            self.service.schedule.stalled_at = None;
            self.service
                .schedule
                .said
                .retain(|s| !matches!(s.kind.as_str(), "unplaced" | "refused" | "stuck"));
        } else {
            self.wake_at(view.now.after(throttle::NO_ROOM));
            // Of two that are kept neither makes room for the other.
            if let (Wanted::Replica(count), true) = (&view.wanted, for_want_of_room && !self.is_split()) {
                self.stop.clear();
                for side in shift::sides(view, self, *count) {
                    replica::moves(view, &side, replica::Room::None { started: tasks.len() }, self);
                }
            }
            self.count_stall(view, tasks.is_empty());
        }
    }

    /// "A task is considered a failure if the service scheduler can't launch the task": not while others leave that make room.
    fn count_stall(&mut self, view: &View<'_>, nothing_started: bool) {
        let leaves = view.members.iter().any(|m| m.phase == Phase::Stopping && !m.lost);
        let stalled = nothing_started && self.stop.is_empty() && !leaves;
        let since = self.service.schedule.stalled_at.filter(|_| stalled);
        self.service.schedule.stalled_at = match since {
            _ if !stalled => None,
            Some(since) if since.after(throttle::STALLED) > view.now => Some(since),
            counted => {
                if let (Some(_), Some(start)) = (counted, self.start.clone()) {
                    roll::count_failed_start(view, self, &start.deployment);
                }
                Some(view.now)
            }
        };
    }

    /// The launch was refused as a whole: its definition, network or roles are not what they were. It is tried again later.
    pub fn refused(&mut self, view: &View<'_>, error: &str) {
        if !self.is_split() {
            self.service.schedule.unplaced = self.start.as_ref().map_or(0, |s| s.on.count());
        }
        self.events.push(Event::Refused { error: error.to_owned() });
        let again = view.now.after(throttle::REFUSED);
        if let Some(deployment) = self.start.as_ref().map(|s| s.deployment.clone()) {
            roll::count_failed_start(view, self, &deployment);
            // What wakes the service in the meantime does not try it again, and count it again.
            let blue = shift::blue_beside(self).is_some_and(|blue| blue == deployment);
            let start_after = match blue {
                true => &mut self.service.schedule.blue.get_or_insert_default().start_after,
                false => &mut self.service.schedule.start_after,
            };
            *start_after = Some(start_after.map_or(again, |at| at.max(again)));
        }
        self.wake_at(again);
    }

    /// What the service says of this plan: its events in words, but for what it said lately.
    pub fn messages(&mut self, now: Timestamp) -> Vec<String> {
        let name = self.service.arn.name().to_owned();
        self.messages_of(now, &|_| name.clone())
    }

    /// The same, where who says it depends on the event.
    pub fn messages_of(&mut self, now: Timestamp, name: &dyn Fn(&Event) -> String) -> Vec<String> {
        let unhealthy = self.stop.iter().filter(|s| s.why == Why::Unhealthy);
        let mut events: Vec<Event> = unhealthy.map(Event::of_unhealthy).collect();
        events.extend(self.stopped());
        events.append(&mut self.events);
        // What concludes comes last.
        events.sort_by_key(Event::rank);
        roll::news(&mut self.service.schedule, &events, now, name)
    }

    /// What the stops are to be called.
    fn stopped(&self) -> Vec<Event> {
        let (pending, ran): (Vec<&Stop>, Vec<&Stop>) = self.stop.iter().partition(|s| s.pending);
        let (mut stopped, mut balanced): (_, Vec<Event>) = (Vec::new(), Vec::new());
        for Stop { task, why, zone, .. } in ran {
            match (why, zone) {
                (Why::Balancing, Some(zone)) => {
                    balanced.push(Event::StoppedInZone { zone: zone.to_string(), tasks: vec![task.clone()] });
                }
                _ => stopped.push(task.clone()),
            }
        }
        let pending = u32::try_from(pending.len()).unwrap_or(u32::MAX);
        let pending = (pending > 0).then_some(Event::StoppedPending { count: pending });
        let stopped = (!stopped.is_empty()).then_some(Event::Stopped { tasks: stopped });
        stopped.into_iter().chain(pending).chain(balanced).collect()
    }

    pub(super) fn wake_at(&mut self, at: Timestamp) {
        self.next_wakeup = Some(self.next_wakeup.map_or(at, |before| before.min(at)));
    }

    pub(super) fn stop(&mut self, member: &Member, why: Why) {
        let pending = member.phase == Phase::Starting;
        let ailing = member.ailing.clone().filter(|_| why == Why::Unhealthy);
        self.stop.push(Stop { task: member.task.clone(), why, pending, zone: member.zone.clone(), ailing });
    }
}
