//! Rosters: the tasks of each service as its planner sees them, kept from one step to the next.
//!
//! Seeing a task anew costs a look at its record and at its instance's; a service of 5,000 tasks has a step for each change of one of them. So a roster
//! is made once and then follows the state by the differences between snapshots, and time by what each task said of when it looks different. Those
//! of DAEMON services are made anew each time: their tasks depend on the other tasks of their instances, and are as many as there are instances.

use super::picture::{Texts, look};
use crate::balancing::{self, side};
use crate::service::Settings;
use model::Timestamp;
use model::ecs::service::SchedulingStrategy;
use model::ecs::{ContainerInstance, Service, Task};
use model::ids::{ServiceArn, TargetGroupArn, TaskArn, TaskDefinitionArn};
use plan::deployment::{Member, Patience};
use state::Snapshot;
use state::ecs::task::{OPEN, holding};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Larger rosters are not compared with their records in debug builds.
const MOST_COMPARED: usize = 64;

/// Every roster that was asked for.
#[derive(Default)]
pub(crate) struct Rosters {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// What the rosters are of, but for what each has still to look at.
    seen: Option<Snapshot>,
    services: HashMap<ServiceArn, Roster>,
}

/// The tasks of a service that live, and those whose end was not counted yet; in no order of meaning.
#[derive(Clone, Default)]
pub(super) struct Roster {
    pub(super) members: Arc<Vec<Member>>,
    /// The capacity provider of each member.
    pub(super) providers: Arc<Vec<Option<Arc<str>>>>,
    places: HashMap<TaskArn, usize>,
    /// When tasks look different by time alone.
    wakes: BTreeSet<(Timestamp, TaskArn)>,
    wake_of: HashMap<TaskArn, Timestamp>,
    /// Tasks whose records, or instances, have changed since.
    changed: Vec<TaskArn>,
    terms: Terms,
    checked: HashMap<TaskDefinitionArn, bool>,
    texts: Texts,
}

/// What the tasks of a service are judged by. Where it changes all of them are looked at anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) patience: Patience,
    /// The target groups beside which its tasks serve nobody, if they get no traffic ([`side::groups_of`]).
    pub(super) groups: Option<Vec<TargetGroupArn>>,
}

impl Terms {
    pub(super) fn of(snapshot: &Snapshot, service: &Service, settings: &Settings) -> Self {
        let grace = Duration::from_secs(u64::from(service.health_check_grace_period_seconds.unwrap_or(0)));
        let patience = Patience { grace, unchecked: settings.healthy_after };
        Self { patience, groups: side::groups_of(snapshot, service) }
    }
}

/// A roster at one moment.
pub(super) struct Look {
    pub(super) members: Arc<Vec<Member>>,
    pub(super) providers: Arc<Vec<Option<Arc<str>>>>,
    /// When a task looks different by time alone.
    pub(super) wake: Option<Timestamp>,
}

impl Rosters {
    /// The tasks of a service as `snapshot` has them.
    pub(super) fn look(
        &self,
        snapshot: &Snapshot,
        service: &Service,
        settings: &Settings,
        now: Timestamp,
    ) -> Look {
        let terms = Terms::of(snapshot, service, settings);
        if service.scheduling_strategy == SchedulingStrategy::Daemon {
            let mut roster = Roster { terms, ..Roster::default() };
            roster.make(snapshot, service, settings, now);
            return roster.shown();
        }
        // What a panic left half done is made anew.
        let mut kept = self.kept.lock().unwrap_or_else(|poisoned| {
            let mut kept = PoisonError::into_inner(poisoned);
            *kept = Kept::default();
            self.kept.clear_poison();
            kept
        });
        kept.follow(snapshot);
        let known = kept.services.get_mut(&service.arn).filter(|known| known.terms == terms);
        let roster = match known {
            Some(known) => {
                known.catch_up(snapshot, service, settings, now);
                known
            }
            None => {
                let roster = kept.services.entry(service.arn.clone()).or_default();
                *roster = Roster { terms, ..Roster::default() };
                roster.make(snapshot, service, settings, now);
                roster
            }
        };
        debug_assert!(
            roster.members.len() > MOST_COMPARED || roster.is_as_made_anew(snapshot, service, settings, now),
            "what is kept of {} is not what its records say: {:?}",
            service.arn,
            roster.members
        );
        roster.shown()
    }

    /// Forgets a service that is over.
    pub(super) fn forget(&self, service: &ServiceArn) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.services.remove(service);
        if kept.services.is_empty() {
            // Else everything that is forgotten from now on would be kept for the comparison.
            kept.seen = None;
        }
    }
}

impl Kept {
    /// Tells each roster which of its tasks may look different in `snapshot`.
    fn follow(&mut self, snapshot: &Snapshot) {
        let Some(seen) = self.seen.replace(snapshot.clone()) else {
            self.services.clear();
            return;
        };
        for difference in snapshot.changes::<Task>(&seen) {
            self.tell(difference.latest());
        }
        for difference in snapshot.changes::<ContainerInstance>(&seen) {
            let there = holding(snapshot, &difference.latest().arn);
            there.for_each(|task| self.tell(task));
        }
        balancing::touched(snapshot, &seen).iter().for_each(|task| self.tell(task));
    }

    fn tell(&mut self, task: &Task) {
        let Some(roster) = task.service().and_then(|service| self.services.get_mut(&service)) else { return };
        roster.changed.push(task.arn.clone());
        if roster.changed.len() > 2 * roster.members.len() + 1000 {
            // Nobody has asked for a long time; making it anew is less work.
            if let Some(service) = task.service() {
                self.services.remove(&service);
            }
        }
    }
}

impl Roster {
    fn make(&mut self, snapshot: &Snapshot, service: &Service, settings: &Settings, now: Timestamp) {
        // What one of that name left STOPPING when it became INACTIVE is nobody's any more.
        for task in snapshot.by_index(OPEN, (&service.cluster, service.group())).filter(|t| !t.accounted) {
            self.put(snapshot, service, task, settings, now);
        }
    }

    fn catch_up(&mut self, snapshot: &Snapshot, service: &Service, settings: &Settings, now: Timestamp) {
        let mut changed = std::mem::take(&mut self.changed);
        changed.extend(self.wakes.iter().take_while(|(at, _)| *at <= now).map(|(_, task)| task.clone()));
        changed.sort_unstable();
        changed.dedup();
        for arn in changed {
            match snapshot.get::<Task>(&arn).filter(|task| !task.accounted) {
                Some(task) => self.put(snapshot, service, task, settings, now),
                None => self.remove(&arn),
            }
        }
    }

    fn put(
        &mut self,
        snapshot: &Snapshot,
        service: &Service,
        task: &Task,
        settings: &Settings,
        now: Timestamp,
    ) {
        let has_health_check = *self
            .checked
            .entry(task.task_definition.clone())
            .or_insert_with(|| super::picture::has_health_check(snapshot, &task.task_definition));
        let terms = (&self.terms, has_health_check);
        let (member, until) = look(snapshot, service, task, terms, settings, now, &mut self.texts);
        self.wake(&task.arn, until);
        let provider = task.capacity_provider.as_deref().map(|name| self.texts.shared(name));
        let (members, providers) = (Arc::make_mut(&mut self.members), Arc::make_mut(&mut self.providers));
        match self.places.get(&task.arn) {
            Some(&place) => (members[place], providers[place]) = (member, provider),
            None => {
                self.places.insert(task.arn.clone(), members.len());
                members.push(member);
                providers.push(provider);
            }
        }
    }

    fn remove(&mut self, task: &TaskArn) {
        self.wake(task, None);
        let Some(place) = self.places.remove(task) else { return };
        let members = Arc::make_mut(&mut self.members);
        members.swap_remove(place);
        Arc::make_mut(&mut self.providers).swap_remove(place);
        if let Some(moved) = members.get(place) {
            self.places.insert(moved.task.clone(), place);
        }
    }

    fn wake(&mut self, task: &TaskArn, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.wake_of.insert(task.clone(), at),
            None => self.wake_of.remove(task),
        };
        if before != at {
            if let Some(before) = before {
                self.wakes.remove(&(before, task.clone()));
            }
            self.wakes.extend(at.map(|at| (at, task.clone())));
        }
    }

    /// What must always be so, and is looked at in tests and simulations.
    fn is_as_made_anew(
        &self,
        snapshot: &Snapshot,
        service: &Service,
        settings: &Settings,
        now: Timestamp,
    ) -> bool {
        let mut anew = Self { terms: self.terms.clone(), ..Self::default() };
        anew.make(snapshot, service, settings, now);
        let sorted = |roster: &Self| {
            let mut all: Vec<_> = roster.members.iter().cloned().zip(roster.providers.to_vec()).collect();
            all.sort_by(|(a, _), (b, _)| a.task.cmp(&b.task));
            all
        };
        sorted(self) == sorted(&anew) && self.wakes == anew.wakes
    }

    fn shown(&self) -> Look {
        Look {
            members: Arc::clone(&self.members),
            providers: Arc::clone(&self.providers),
            wake: self.wakes.first().map(|(at, _)| *at),
        }
    }
}
