//! Which tasks go when there are too many.
//!
//! AWS: tasks of the zone with the most tasks of the service go first, within a zone those of the instance with the most. What is not
//! running yet goes before what runs, what is not healthy before what is.

use super::member::{Member, Phase};
use std::collections::{BTreeMap, BTreeSet};

/// `count` of the candidates, which are all counted among `all`. Protected tasks are no candidates.
pub(super) fn leaving<'a>(candidates: &[&'a Member], all: &[&'a Member], count: usize) -> Vec<&'a Member> {
    if count == 0 || candidates.is_empty() {
        // Counting where everybody is costs a walk.
        return Vec::new();
    }
    let mut chosen = Vec::with_capacity(count.min(candidates.len()));
    let mut crowds = Crowds::of(all);
    for rank in [Phase::Starting, Phase::Unhealthy, Phase::Settling, Phase::Healthy] {
        let of_rank: Vec<&Member> =
            candidates.iter().copied().filter(|m| m.phase == rank && !m.protected).collect();
        let left = count - chosen.len();
        if of_rank.len() <= left {
            of_rank.iter().for_each(|m| crowds.leave(m));
            chosen.extend(of_rank);
        } else {
            chosen.extend(crowds.pick(&of_rank, left));
        }
        if chosen.len() == count {
            break;
        }
    }
    chosen
}

type Place<'a> = Option<&'a str>;

/// How many tasks lie in each zone and on each instance.
struct Crowds<'a> {
    zones: BTreeMap<Place<'a>, usize>,
    instances: BTreeMap<Place<'a>, usize>,
}

fn zone(member: &Member) -> Place<'_> {
    member.zone.as_deref()
}

fn instance(member: &Member) -> Place<'_> {
    member.instance.as_ref().map(|i| i.as_str())
}

impl<'a> Crowds<'a> {
    fn of(all: &[&'a Member]) -> Self {
        let mut crowds = Self { zones: BTreeMap::new(), instances: BTreeMap::new() };
        for member in all {
            *crowds.zones.entry(zone(member)).or_default() += 1;
            *crowds.instances.entry(instance(member)).or_default() += 1;
        }
        crowds
    }

    fn leave(&mut self, member: &'a Member) {
        if let Some(tasks) = self.zones.get_mut(&zone(member)) {
            *tasks = tasks.saturating_sub(1);
        }
        if let Some(tasks) = self.instances.get_mut(&instance(member)) {
            *tasks = tasks.saturating_sub(1);
        }
    }

    /// One after the other, from where the most are then.
    fn pick(&mut self, from: &[&'a Member], count: usize) -> Vec<&'a Member> {
        // Per zone its instances, per instance its tasks, the last of which goes first.
        let mut tasks: BTreeMap<Place<'a>, BTreeMap<Place<'a>, Vec<&'a Member>>> = BTreeMap::new();
        let mut from = from.to_vec();
        from.sort_by(|a, b| a.task.cmp(&b.task));
        for member in from {
            tasks.entry(zone(member)).or_default().entry(instance(member)).or_default().push(member);
        }
        let of =
            |counts: &BTreeMap<Place<'a>, usize>, place: Place<'a>| counts.get(&place).copied().unwrap_or(0);
        // Ordered by crowd, then by name, so that equal crowds give the same answer on every run, and in whatever order the tasks are shown.
        let mut zones: BTreeSet<(usize, Place<'a>)> =
            tasks.keys().map(|place| (of(&self.zones, *place), *place)).collect();
        let mut instances: BTreeMap<Place<'a>, BTreeSet<(usize, Place<'a>)>> = tasks
            .iter()
            .map(|(zone, on)| (*zone, on.keys().map(|i| (of(&self.instances, *i), *i)).collect()))
            .collect();
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count
            && let Some((in_zone, zone)) = zones.pop_last()
        {
            let Some(crowded) = instances.get_mut(&zone) else { continue };
            let Some((on_instance, instance)) = crowded.pop_last() else { continue };
            let there = tasks.get_mut(&zone).and_then(|on| on.get_mut(&instance));
            let Some(member) = there.and_then(Vec::pop) else {
                zones.insert((in_zone, zone));
                continue;
            };
            chosen.push(member);
            crowded.insert((on_instance.saturating_sub(1), instance));
            zones.insert((in_zone.saturating_sub(1), zone));
        }
        chosen
    }
}
