//! The fleet turned by ninety degrees: for each fact a request may ask for, the instances that have it.
//!
//! Invariant: after every change of an instance the index says what `filter` says of it. Facts that requests have asked
//! for (attributes, clauses, ports, buckets) are kept in caches that follow every change and hold at most [`MAX_CACHED`]
//! entries each; a full cache is emptied, as being right does not depend on it.

use super::constraint::Constraint;
use super::filter::{self, Filter};
use super::group::{Buckets, Group};
use super::instance::Instance;
use super::query::{Clause, Expression, Node, SubjectName};
use super::random::SplitMix64;
use super::request::Request;
use super::sliced::Sliced;
use super::slots::SlotSet;
use super::strategy::{BinpackField, SpreadField, Strategy};
use model::ecs::Attribute;
use model::status::{InstanceStatus, TransportProtocol};
use std::collections::BTreeMap;

/// Entries of one cache: 512 sets of 10,000 instances are 640 kB. So few in tests that caches fill up there, too.
const MAX_CACHED: usize = if cfg!(test) { 3 } else { 512 };

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    capacity: usize,
    active: SlotSet,
    connected: SlotSet,
    cpu: Sliced,
    memory: Sliced,
    gpus: Sliced,
    network_interfaces: Sliced,
    running: Sliced,
    groups: BTreeMap<String, Group>,
    ports_in_use: BTreeMap<(u16, TransportProtocol), SlotSet>,
    attributes: BTreeMap<Vec<Attribute>, SlotSet>,
    zones: BTreeMap<Vec<String>, SlotSet>,
    /// Clauses on standing facts, by their text.
    clauses: BTreeMap<String, (Clause, SlotSet)>,
    buckets: BTreeMap<String, Buckets>,
}

impl Index {
    pub(super) fn build(instances: &[Instance]) -> Self {
        let n = instances.len();
        let mut index = Self {
            capacity: n,
            active: SlotSet::from_fn(n, |s| instances[s].status == InstanceStatus::Active),
            connected: SlotSet::from_fn(n, |s| instances[s].agent_connected),
            cpu: Sliced::from_fn(n, |s| instances[s].remaining_cpu.0),
            memory: Sliced::from_fn(n, |s| instances[s].remaining_memory.0),
            gpus: Sliced::from_fn(n, |s| filter::free_gpus(&instances[s])),
            network_interfaces: Sliced::from_fn(n, |s| filter::free_network_interfaces(&instances[s])),
            running: Sliced::from_fn(n, |s| instances[s].running_tasks),
            ..Self::default()
        };
        for (slot, instance) in instances.iter().enumerate() {
            for (group, count) in &instance.groups {
                index.set_group_count(group, slot, *count);
            }
        }
        index
    }

    /// Takes over a change of anything about an instance.
    pub(super) fn replace(&mut self, slot: usize, before: &Instance, after: &Instance) {
        self.active.set(slot, after.status == InstanceStatus::Active);
        self.connected.set(slot, after.agent_connected);
        for (wanted, set) in &mut self.attributes {
            set.set(slot, wanted.iter().all(|attribute| filter::has_attribute(after, attribute)));
        }
        for (zones, set) in &mut self.zones {
            set.set(slot, filter::in_zones(after, zones));
        }
        for (clause, set) in self.clauses.values_mut() {
            set.set(slot, clause.matches(after));
        }
        for (port, set) in &mut self.ports_in_use {
            set.set(slot, after.ports_in_use.contains(port));
        }
        if before.attributes != after.attributes {
            self.forget_buckets();
        }
        for group in before.groups.keys().chain(after.groups.keys()) {
            self.set_group_count(group, slot, after.tasks_of(group));
        }
        self.replace_amounts(slot, after);
    }

    /// Takes over a change of the tasks of one group on an instance, and of what they hold.
    pub(super) fn replace_tasks(
        &mut self,
        slot: usize,
        after: &Instance,
        group: &str,
        ports: &[(u16, TransportProtocol)],
    ) {
        self.replace_load(slot, after, &[group], ports);
    }

    /// The same of several groups.
    pub(super) fn replace_load(
        &mut self,
        slot: usize,
        after: &Instance,
        groups: &[impl AsRef<str>],
        ports: &[(u16, TransportProtocol)],
    ) {
        for port in ports {
            if let Some(set) = self.ports_in_use.get_mut(port) {
                set.set(slot, after.ports_in_use.contains(port));
            }
        }
        for group in groups.iter().map(AsRef::as_ref) {
            self.set_group_count(group, slot, after.tasks_of(group));
        }
        self.replace_amounts(slot, after);
    }

    /// Takes over a change of what is left on an instance, or of how many tasks run there.
    pub(super) fn replace_amounts(&mut self, slot: usize, after: &Instance) {
        self.cpu.set(slot, after.remaining_cpu.0);
        self.memory.set(slot, after.remaining_memory.0);
        self.gpus.set(slot, filter::free_gpus(after));
        self.network_interfaces.set(slot, filter::free_network_interfaces(after));
        self.running.set(slot, after.running_tasks);
    }

    /// Buckets and the counts that refer to them go together.
    fn forget_buckets(&mut self) {
        self.buckets.clear();
        self.groups.values_mut().for_each(Group::forget_buckets);
    }

    fn set_group_count(&mut self, name: &str, slot: usize, count: u32) {
        let group = match self.groups.get_mut(name) {
            Some(group) => group,
            None if count == 0 => return,
            None => self.groups.entry(name.to_owned()).or_default(),
        };
        group.set(slot, count, &self.buckets);
        if group.is_empty() {
            self.groups.remove(name);
        }
    }

    /// The slots whose instance takes a task of `request`.
    pub(super) fn candidates(&mut self, instances: &[Instance], request: &Request) -> SlotSet {
        let mut set = SlotSet::full(self.capacity);
        for filter in Filter::ALL {
            self.apply(filter, instances, request, &mut set);
        }
        set
    }

    /// Takes out of `set` what `filter` refuses.
    pub(super) fn apply(
        &mut self,
        filter: Filter,
        instances: &[Instance],
        request: &Request,
        set: &mut SlotSet,
    ) {
        match filter {
            Filter::Status => set.intersect(&self.active),
            Filter::Agent => set.intersect(&self.connected),
            Filter::Attributes => self.apply_attributes(instances, &request.required_attributes, set),
            Filter::Location => self.apply_zones(instances, &request.zones, set),
            Filter::MemberOf => {
                for constraint in &request.constraints {
                    match constraint {
                        Constraint::MemberOf(expression) => {
                            set.intersect(&self.selected(instances, expression));
                        }
                        Constraint::DistinctInstance => {}
                    }
                }
            }
            Filter::DistinctInstance => {
                if request.constraints.contains(&Constraint::DistinctInstance)
                    && let Some(group) = self.groups.get_mut(&request.group)
                {
                    set.subtract(&group.sliced(self.capacity).non_zero());
                }
            }
            Filter::Cpu => self.cpu.retain_at_least(set, request.cpu.0),
            Filter::Memory => self.memory.retain_at_least(set, request.memory.0),
            Filter::Ports => {
                for port in &request.host_ports {
                    make_room(&mut self.ports_in_use, port);
                    let in_use = self.ports_in_use.entry(*port).or_insert_with(|| {
                        SlotSet::from_fn(self.capacity, |s| instances[s].ports_in_use.contains(port))
                    });
                    set.subtract(in_use);
                }
            }
            Filter::Gpus => self.gpus.retain_at_least(set, request.gpus),
            Filter::NetworkInterfaces => {
                self.network_interfaces.retain_at_least(set, request.network_interfaces);
            }
        }
    }

    fn apply_attributes(&mut self, instances: &[Instance], wanted: &[Attribute], set: &mut SlotSet) {
        if wanted.is_empty() {
            return;
        }
        if let Some(having) = self.attributes.get(wanted) {
            return set.intersect(having);
        }
        make_room(&mut self.attributes, wanted);
        let having = SlotSet::from_fn(self.capacity, |slot| {
            wanted.iter().all(|attribute| filter::has_attribute(&instances[slot], attribute))
        });
        set.intersect(&having);
        self.attributes.insert(wanted.to_vec(), having);
    }

    fn apply_zones(&mut self, instances: &[Instance], zones: &[String], set: &mut SlotSet) {
        if zones.is_empty() {
            return;
        }
        if let Some(inside) = self.zones.get(zones) {
            return set.intersect(inside);
        }
        make_room(&mut self.zones, zones);
        let inside = SlotSet::from_fn(self.capacity, |slot| filter::in_zones(&instances[slot], zones));
        set.intersect(&inside);
        self.zones.insert(zones.to_vec(), inside);
    }

    /// The slots that an expression selects.
    pub(super) fn selected(&mut self, instances: &[Instance], expression: &Expression) -> SlotSet {
        self.node(instances, &expression.root)
    }

    fn node(&mut self, instances: &[Instance], node: &Node) -> SlotSet {
        match node {
            Node::And(nodes) => {
                let mut all = SlotSet::full(self.capacity);
                for node in nodes {
                    all.intersect(&self.node(instances, node));
                }
                all
            }
            Node::Or(nodes) => {
                let mut any = SlotSet::empty(self.capacity);
                for node in nodes {
                    any.union(&self.node(instances, node));
                }
                any
            }
            Node::Not(node) => {
                let set = self.node(instances, node);
                self.complement(&set)
            }
            Node::Clause(clause) => match clause.subject() {
                SubjectName::TaskGroup => self.hosting(clause),
                SubjectName::RunningTasksCount => {
                    let mut set = SlotSet::full(self.capacity);
                    match clause.count() {
                        Some(count) => self.running.retain(&mut set, count, |o| clause.accepts(o)),
                        None => return SlotSet::empty(self.capacity),
                    }
                    set
                }
                SubjectName::Attribute(_)
                | SubjectName::AgentConnected
                | SubjectName::AgentVersion
                | SubjectName::Ec2InstanceId
                | SubjectName::RegisteredAt => self.standing(instances, clause),
            },
        }
    }

    fn complement(&self, set: &SlotSet) -> SlotSet {
        let mut rest = SlotSet::full(self.capacity);
        rest.subtract(set);
        rest
    }

    /// The slots that pass a clause on facts which placement does not change.
    fn standing(&mut self, instances: &[Instance], clause: &Clause) -> SlotSet {
        if let Some((_, set)) = self.clauses.get(clause.text()) {
            return set.clone();
        }
        make_room(&mut self.clauses, clause.text());
        let set = SlotSet::from_fn(self.capacity, |slot| clause.matches(&instances[slot]));
        self.clauses.insert(clause.text().to_owned(), (clause.clone(), set.clone()));
        set
    }

    /// The slots that pass a clause on `task:group`.
    fn hosting(&mut self, clause: &Clause) -> SlotSet {
        let mut set = SlotSet::empty(self.capacity);
        match clause.names() {
            Some(names) => {
                for name in names {
                    if let Some(group) = self.groups.get_mut(name) {
                        set.union(&group.sliced(self.capacity).non_zero());
                    }
                }
            }
            None => {
                for (_, group) in self.groups.iter().filter(|(name, _)| clause.accepts_group(name)) {
                    group.slots().for_each(|slot| set.insert(slot));
                }
            }
        }
        if clause.is_negated() { self.complement(&set) } else { set }
    }

    /// Of the slots that `filter` refused, the one that lacks the least of what it asks for; the first of several.
    pub(super) fn closest(&self, filter: Filter, mut refused: SlotSet) -> Option<usize> {
        match filter {
            Filter::Cpu => self.cpu.retain_most(&mut refused),
            Filter::Memory => self.memory.retain_most(&mut refused),
            Filter::Gpus => self.gpus.retain_most(&mut refused),
            Filter::NetworkInterfaces => self.network_interfaces.retain_most(&mut refused),
            Filter::Status
            | Filter::Agent
            | Filter::Attributes
            | Filter::Location
            | Filter::MemberOf
            | Filter::DistinctInstance
            | Filter::Ports => {}
        }
        refused.first()
    }

    /// The best of `candidates` by the strategies of `request`.
    pub(super) fn choose(
        &mut self,
        instances: &[Instance],
        candidates: &SlotSet,
        request: &Request,
        random: &mut SplitMix64,
    ) -> Option<usize> {
        if candidates.is_empty() {
            return None;
        }
        let mut best = candidates.clone();
        for strategy in &request.strategies {
            match strategy {
                Strategy::Random => return best.nth(random.below(best.len())),
                Strategy::Binpack(BinpackField::Cpu) => self.cpu.retain_least(&mut best),
                Strategy::Binpack(BinpackField::Memory) => self.memory.retain_least(&mut best),
                Strategy::Spread(SpreadField::Instance) => self.retain_fewest(&request.group, &mut best),
                Strategy::Spread(SpreadField::Attribute(name)) => {
                    self.retain_least_bucket(instances, &request.group, name, &mut best);
                }
            }
        }
        self.retain_fewest(&request.group, &mut best);
        self.memory.retain_most(&mut best);
        best.first()
    }

    /// Keeps in `set` the slots with the fewest tasks of `group`.
    fn retain_fewest(&mut self, group: &str, set: &mut SlotSet) {
        // Without tasks of the group all have the same number.
        if let Some(group) = self.groups.get_mut(group) {
            group.sliced(self.capacity).retain_least(set);
        }
    }

    /// Keeps in `set` the slots whose value of `attribute` has the fewest tasks of `group`.
    fn retain_least_bucket(
        &mut self,
        instances: &[Instance],
        group: &str,
        attribute: &str,
        set: &mut SlotSet,
    ) {
        if !self.buckets.contains_key(attribute) && self.buckets.len() >= MAX_CACHED {
            self.forget_buckets();
        }
        // Without tasks of the group every value has the same number of them.
        let Some(group) = self.groups.get_mut(group) else { return };
        if !self.buckets.contains_key(attribute) {
            self.buckets.insert(attribute.to_owned(), Buckets::build(instances, attribute));
        }
        group.sliced_by(attribute, &self.buckets[attribute]).retain_least(set);
    }
}

/// Empties a cache that is full and does not have `key`.
fn make_room<K, Q, V>(cache: &mut BTreeMap<K, V>, key: &Q)
where
    K: Ord + std::borrow::Borrow<Q>,
    Q: Ord + ?Sized,
{
    if cache.len() >= MAX_CACHED && !cache.contains_key(key) {
        cache.clear();
    }
}
