//! The container instances of one cluster, kept up to date, and the entry points of placement.

use super::filter::{Filter, refusal};
use super::index::Index;
use super::instance::Instance;
use super::load::{All, Load};
use super::outcome::{Failure, Outcome, Placement, Report, StartOutcome};
use super::query::Expression;
use super::random::SplitMix64;
use super::request::Request;
use super::slots::SlotSet;
use model::ecs::task::Reservation;
use model::ids::ContainerInstanceArn;
use std::collections::BTreeMap;

/// A cluster's instances with their indexes. Made once from a snapshot and then told of every change; placing is telling
/// too: what [`Fleet::place`] decided counts from then on, and whoever does not carry it out says so with
/// [`Fleet::release`].
#[derive(Clone, Debug, Default)]
pub struct Fleet {
    /// In the order of ARNs, unless `stale`.
    instances: Vec<Instance>,
    slots: BTreeMap<ContainerInstanceArn, usize>,
    index: Index,
    /// Instances came or went since the index was built.
    stale: bool,
}

/// What a task holds on its instance, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    pub group: &'a str,
    pub reservation: &'a Reservation,
    /// 1 for network mode awsvpc, otherwise 0.
    pub network_interfaces: u32,
}

/// In which of an instance's two counts a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Pending,
    Running,
}

impl Fleet {
    pub fn new(instances: impl IntoIterator<Item = Instance>) -> Self {
        let mut fleet = Self::default();
        instances.into_iter().for_each(|instance| fleet.upsert(instance));
        fleet.settle();
        fleet
    }

    /// The instances; in no order of meaning.
    pub fn instances(&self) -> impl ExactSizeIterator<Item = &Instance> {
        self.instances.iter()
    }

    pub fn get(&self, arn: &ContainerInstanceArn) -> Option<&Instance> {
        self.slots.get(arn).map(|slot| &self.instances[*slot])
    }

    /// Takes in an instance or its new state. A new instance costs a rebuild of the index at the next placement, once
    /// for however many came.
    pub fn upsert(&mut self, instance: Instance) {
        if let Some(&slot) = self.slots.get(&instance.arn) {
            let before = std::mem::replace(&mut self.instances[slot], instance);
            if !self.stale {
                self.index.replace(slot, &before, &self.instances[slot]);
            }
            return;
        }
        self.stale = true;
        self.slots.insert(instance.arn.clone(), self.instances.len());
        self.instances.push(instance);
    }

    /// Forgets an instance; `None` where it is not known.
    pub fn remove(&mut self, arn: &ContainerInstanceArn) -> Option<Instance> {
        let slot = self.slots.remove(arn)?;
        let instance = self.instances.swap_remove(slot);
        if let Some(moved) = self.instances.get(slot) {
            self.slots.insert(moved.arn.clone(), slot);
        }
        self.stale = true;
        Some(instance)
    }

    /// Books what a task that was placed elsewhere (before a restart, by another server) holds. False where the instance
    /// is not known.
    pub fn hold(&mut self, arn: &ContainerInstanceArn, held: Held<'_>, phase: Phase) -> bool {
        self.slots.get(arn).copied().map(|slot| self.book(slot, held, phase)).is_some()
    }

    /// Gives back what a task held when it stopped. False where the instance is not known.
    pub fn release(&mut self, arn: &ContainerInstanceArn, held: Held<'_>, phase: Phase) -> bool {
        let Some(&slot) = self.slots.get(arn) else { return false };
        let Held { group, reservation, network_interfaces } = held;
        let instance = &mut self.instances[slot];
        instance.free(reservation, network_interfaces);
        let tasks = phase.tasks(instance);
        *tasks = tasks.saturating_sub(1);
        if let Some(tasks) = instance.groups.get_mut(group) {
            *tasks = tasks.saturating_sub(1);
            if *tasks == 0 {
                instance.groups.remove(group);
            }
        }
        self.tasks_changed(slot, held);
        true
    }

    /// Takes over what the tasks of an instance hold now, whatever was booked on it. False where the instance is not known, or room is kept
    /// on it, which depends on what its tasks are: such a one is to be told whole ([`Fleet::upsert`]).
    pub fn load(&mut self, arn: &ContainerInstanceArn, load: &Load, all: &All<'_>) -> bool {
        let Some(&slot) = self.slots.get(arn) else { return false };
        let instance = &mut self.instances[slot];
        if !instance.kept.is_empty() {
            return false;
        }
        let (groups, ports) = load.replace_on(instance, all);
        if !self.stale {
            self.index.replace_load(slot, &self.instances[slot], &groups, &ports);
        }
        true
    }

    /// Moves a task of the instance from PENDING to RUNNING. False where the instance is not known.
    pub fn started(&mut self, arn: &ContainerInstanceArn) -> bool {
        let Some(&slot) = self.slots.get(arn) else { return false };
        let instance = &mut self.instances[slot];
        instance.pending_tasks = instance.pending_tasks.saturating_sub(1);
        instance.running_tasks = instance.running_tasks.saturating_add(1);
        if !self.stale {
            self.index.replace_amounts(slot, &self.instances[slot]);
        }
        true
    }

    /// Finds a place for each task of `request` and books it.
    pub fn place(&mut self, request: &Request) -> Outcome {
        self.settle();
        let mut random = SplitMix64::new(request.seed);
        let mut candidates = self.index.candidates(&self.instances, request);
        let changing: Vec<Filter> =
            Filter::ALL.into_iter().filter(|filter| filter.changes_with_placement(request)).collect();
        let mut outcome = Outcome::default();
        for placed in 0..request.count {
            let Some(slot) = self.index.choose(&self.instances, &candidates, request, &mut random) else {
                outcome.unplaced = request.count - placed;
                outcome.report = Some(self.report(request));
                break;
            };
            outcome.placements.push(self.assign(slot, request));
            // Only the chosen instance changed, so only its bit can.
            let instance = &self.instances[slot];
            if changing.iter().any(|filter| filter.refusal(instance, request).is_some()) {
                candidates.remove(slot);
            }
        }
        outcome
    }

    /// One task on each of the named instances, as StartTask wants it: the same filters, no strategy; `count` and
    /// `strategies` of the request do not matter. A task takes the room that is kept for its group.
    pub fn start(&mut self, request: &Request, instances: &[String]) -> Vec<StartOutcome> {
        let failed = |arn: &String, reason| StartOutcome::Failed(Failure { arn: arn.clone(), reason });
        instances
            .iter()
            .map(|name| {
                let slot =
                    name.parse().ok().and_then(|arn: ContainerInstanceArn| self.slots.get(&arn).copied());
                let Some(slot) = slot else { return failed(name, "MISSING") };
                let kept = self.instances[slot].give_back(&request.group);
                if let Some(refusal) = refusal(&self.instances[slot], request) {
                    if let Some(kept) = kept {
                        self.instances[slot].set_aside(&request.group, kept);
                    }
                    return failed(name, refusal.reason());
                }
                let placement = self.assign(slot, request);
                if let (Some(kept), false) = (kept, self.stale) {
                    let instance = &self.instances[slot];
                    self.index.replace_tasks(slot, instance, &request.group, &kept.reservation.ports);
                }
                StartOutcome::Placed(placement)
            })
            .collect()
    }

    /// `failures[]` of RunTask: one entry for each ACTIVE instance that refuses, in the order of ARNs. Instances of another
    /// status are not considered at all; with no ACTIVE one RunTask fails as a whole with "No Container Instances were
    /// found in your cluster."
    pub fn failures(&mut self, request: &Request) -> Vec<Failure> {
        let mut reasons = vec![None; self.instances.len()];
        for (filter, refused) in self.refused_by_filter(request) {
            if filter != Filter::Status {
                refused.iter().for_each(|slot| reasons[slot] = Some(filter.reason()));
            }
        }
        let entries = self.instances.iter().zip(reasons);
        entries
            .filter_map(|(instance, reason)| Some(Failure { arn: instance.arn.to_string(), reason: reason? }))
            .collect()
    }

    /// The instances that an expression selects, in the order of ARNs.
    pub fn select(&mut self, expression: &Expression) -> Vec<ContainerInstanceArn> {
        self.settle();
        let selected = self.index.selected(&self.instances, expression);
        selected.iter().map(|slot| self.instances[slot].arn.clone()).collect()
    }

    /// Why a task of `request` is placed nowhere. What is kept for its group is free to it.
    pub fn report(&mut self, request: &Request) -> Report {
        let own: Vec<Instance> =
            self.instances.iter().filter(|i| i.kept.contains_key(&request.group)).cloned().collect();
        for instance in &own {
            let mut free = instance.clone();
            free.give_back(&request.group);
            self.upsert(free);
        }
        let report = self.report_on_free(request);
        own.into_iter().for_each(|instance| self.upsert(instance));
        report
    }

    fn report_on_free(&mut self, request: &Request) -> Report {
        let by_filter = self.refused_by_filter(request);
        let mut report = Report {
            instances: u32::try_from(self.instances.len()).unwrap_or(u32::MAX),
            refused: by_filter.iter().map(|(filter, refused)| (*filter, refused.len())).collect(),
            closest: None,
        };
        if let Some((filter, refused)) = by_filter.into_iter().next_back()
            && filter != Filter::Status
            && let Some(slot) = self.index.closest(filter, refused)
        {
            let instance = &self.instances[slot];
            report.closest = filter.refusal(instance, request).map(|refusal| (instance.arn.clone(), refusal));
        }
        report
    }

    /// The filters that were the first to refuse an instance, with the slots they refused.
    fn refused_by_filter(&mut self, request: &Request) -> Vec<(Filter, SlotSet)> {
        self.settle();
        let mut left = SlotSet::full(self.instances.len());
        let mut by_filter = Vec::new();
        for filter in Filter::ALL {
            let mut refused = left.clone();
            self.index.apply(filter, &self.instances, request, &mut left);
            refused.subtract(&left);
            if !refused.is_empty() {
                by_filter.push((filter, refused));
            }
        }
        by_filter
    }

    fn assign(&mut self, slot: usize, request: &Request) -> Placement {
        let instance = &self.instances[slot];
        let reservation = Reservation {
            cpu: request.cpu,
            memory: request.memory,
            ports: request.host_ports.clone(),
            gpus: instance.gpus_free.iter().take(request.gpus as usize).cloned().collect(),
        };
        let placement = Placement { instance: instance.arn.clone(), reservation };
        let held = Held {
            group: &request.group,
            reservation: &placement.reservation,
            network_interfaces: request.network_interfaces,
        };
        self.book(slot, held, Phase::Pending);
        placement
    }

    fn book(&mut self, slot: usize, held: Held<'_>, phase: Phase) {
        let Held { group, reservation, network_interfaces } = held;
        let instance = &mut self.instances[slot];
        instance.take(reservation, network_interfaces);
        *phase.tasks(instance) += 1;
        match instance.groups.get_mut(group) {
            Some(tasks) => *tasks += 1,
            None => {
                instance.groups.insert(group.to_owned(), 1);
            }
        }
        self.tasks_changed(slot, held);
    }

    fn tasks_changed(&mut self, slot: usize, held: Held<'_>) {
        if !self.stale {
            self.index.replace_tasks(slot, &self.instances[slot], held.group, &held.reservation.ports);
        }
    }

    /// Builds the index anew if instances came or went.
    fn settle(&mut self) {
        if !self.stale {
            return;
        }
        self.instances.sort_unstable_by(|a, b| a.arn.cmp(&b.arn));
        for (slot, of_slot) in self.slots.values_mut().enumerate() {
            *of_slot = slot;
        }
        self.index = Index::build(&self.instances);
        self.stale = false;
    }
}

impl Phase {
    fn tasks(self, instance: &mut Instance) -> &mut u32 {
        match self {
            Self::Pending => &mut instance.pending_tasks,
            Self::Running => &mut instance.running_tasks,
        }
    }
}
