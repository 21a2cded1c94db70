//! Task groups, and the attribute values that their tasks are spread over.
//!
//! Invariant: what a group knows of buckets refers to the buckets of the index it lives in; both are forgotten together.

use super::instance::Instance;
use super::sliced::Sliced;
use super::slots::SlotSet;
use std::collections::BTreeMap;

/// The tasks of one group.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Tasks per slot, where there are any.
    counts: BTreeMap<usize, u32>,
    /// The same for whole-fleet questions, once one was asked.
    sliced: Option<Sliced>,
    /// By attribute, once asked.
    spread: BTreeMap<String, Spread>,
}

/// The tasks of one group per value of one attribute.
#[derive(Clone, Debug)]
struct Spread {
    /// Per bucket.
    tasks: Vec<u32>,
    /// For each slot the tasks in its bucket.
    by_slot: Sliced,
}

/// The instances by the value of one attribute; those without it are one bucket more.
#[derive(Clone, Debug)]
pub(super) struct Buckets {
    /// The bucket of each slot.
    of: Vec<u32>,
    members: Vec<Members>,
}

/// The slots of a bucket, in the form that is the smaller and the quicker to go over.
#[derive(Clone, Debug)]
enum Members {
    Few(Vec<usize>),
    Many(SlotSet),
}

impl Group {
    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The slots that have tasks of the group.
    pub(super) fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        self.counts.keys().copied()
    }

    /// Takes over that `slot` has `count` tasks of the group now.
    pub(super) fn set(&mut self, slot: usize, count: u32, buckets: &BTreeMap<String, Buckets>) {
        let before = match count {
            0 => self.counts.remove(&slot),
            _ => self.counts.insert(slot, count),
        };
        if let Some(sliced) = &mut self.sliced {
            sliced.set(slot, count);
        }
        for (attribute, spread) in &mut self.spread {
            if let Some(buckets) = buckets.get(attribute) {
                let bucket = buckets.of[slot] as usize;
                let tasks = (spread.tasks[bucket] + count).saturating_sub(before.unwrap_or(0));
                spread.set(bucket, tasks, buckets);
            }
        }
    }

    /// To be called when buckets change.
    pub(super) fn forget_buckets(&mut self) {
        self.spread.clear();
    }

    /// Tasks per slot, in a form for the whole fleet.
    pub(super) fn sliced(&mut self, capacity: usize) -> &Sliced {
        self.sliced.get_or_insert_with(|| {
            let mut sliced = Sliced::zeros(capacity);
            for (slot, count) in &self.counts {
                sliced.set(*slot, *count);
            }
            sliced
        })
    }

    /// For each slot the tasks of the group where `attribute` has the same value.
    pub(super) fn sliced_by(&mut self, attribute: &str, buckets: &Buckets) -> &Sliced {
        if !self.spread.contains_key(attribute) {
            let mut tasks = vec![0; buckets.members.len()];
            for (slot, count) in &self.counts {
                tasks[buckets.of[*slot] as usize] += count;
            }
            let mut spread = Spread { tasks: vec![0; tasks.len()], by_slot: Sliced::zeros(buckets.of.len()) };
            for (bucket, tasks) in tasks.into_iter().enumerate() {
                spread.set(bucket, tasks, buckets);
            }
            self.spread.insert(attribute.to_owned(), spread);
        }
        &self.spread[attribute].by_slot
    }
}

impl Spread {
    fn set(&mut self, bucket: usize, tasks: u32, buckets: &Buckets) {
        let before = std::mem::replace(&mut self.tasks[bucket], tasks);
        match &buckets.members[bucket] {
            Members::Few(slots) => slots.iter().for_each(|slot| self.by_slot.set(*slot, tasks)),
            Members::Many(slots) => self.by_slot.set_all(slots, before, tasks),
        }
    }
}

impl Buckets {
    pub(super) fn build(instances: &[Instance], attribute: &str) -> Self {
        let mut values = BTreeMap::new();
        let mut slots: Vec<Vec<usize>> = Vec::new();
        let mut of = Vec::with_capacity(instances.len());
        for (slot, instance) in instances.iter().enumerate() {
            let bucket = *values.entry(instance.attributes.get(attribute)).or_insert_with(|| {
                slots.push(Vec::new());
                slots.len() - 1
            });
            slots[bucket].push(slot);
            of.push(u32::try_from(bucket).expect("fewer values than instances"));
        }
        let n = instances.len();
        let members = slots.into_iter().map(|slots| {
            if slots.len() <= n / 64 {
                return Members::Few(slots);
            }
            let mut set = SlotSet::empty(n);
            slots.into_iter().for_each(|slot| set.insert(slot));
            Members::Many(set)
        });
        Self { of, members: members.collect() }
    }
}
