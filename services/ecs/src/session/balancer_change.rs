//! What changed of what a data plane of load balancers is to serve, in messages that an agent takes.

use model::balancer::{Balancer, Certificate, Change, Configuration, FORMAT, TargetGroup};
use std::collections::{BTreeMap, BTreeSet};

/// What a part has, in bytes of JSON; only one whose single load balancer, group or certificate is larger has more. Agents take messages of 16 MiB.
const PART_BYTES: usize = 1 << 20;

/// The parts of the difference between what was told and what is to be told, in their order. One at least: revisions differ.
pub(super) fn changes(told: Option<&Configuration>, next: &Configuration) -> Vec<Change> {
    parts(told, next, PART_BYTES)
}

fn parts(told: Option<&Configuration>, next: &Configuration, bytes: usize) -> Vec<Change> {
    let empty = |number: usize| Change {
        format: FORMAT,
        since: told.map(|told| told.revision),
        revision: next.revision,
        part: u32::try_from(number).unwrap_or(u32::MAX),
        parts: 0,
        cookie_key: next.cookie_key.clone(),
        signing_key: next.signing_key.clone(),
        balancers: Vec::new(),
        groups: Vec::new(),
        certificates: Vec::new(),
        doors: None,
        gone: Vec::new(),
    };
    let nothing = Configuration::nothing(next.cookie_key.clone(), next.signing_key.clone());
    let before = told.unwrap_or(&nothing);
    let mut first = empty(0);
    first.doors = (before.doors != next.doors).then(|| next.doors.clone());
    let left: BTreeSet<&str> = arns(next).collect();
    first.gone = arns(before).filter(|arn| !left.contains(arn)).map(str::to_owned).collect();
    let mut filled = Filled { parts: vec![first], bytes: 0, most: bytes };
    let balancers = other(&before.balancers, &next.balancers, |b: &Balancer| &b.arn);
    balancers.for_each(|item| filled.room_for(item, empty).balancers.push(item.clone()));
    let groups = other(&before.groups, &next.groups, |g: &TargetGroup| &g.arn);
    groups.for_each(|item| filled.room_for(item, empty).groups.push(item.clone()));
    let certificates = other(&before.certificates, &next.certificates, |c: &Certificate| &c.arn);
    certificates.for_each(|item| filled.room_for(item, empty).certificates.push(item.clone()));
    let count = u32::try_from(filled.parts.len()).unwrap_or(u32::MAX);
    filled.parts.iter_mut().for_each(|part| part.parts = count);
    filled.parts
}

struct Filled {
    parts: Vec<Change>,
    /// Of the last part.
    bytes: usize,
    most: usize,
}

impl Filled {
    /// The part that an item goes into.
    fn room_for<T: serde::Serialize>(&mut self, item: &T, empty: impl Fn(usize) -> Change) -> &mut Change {
        // What cannot be written down is found where the message is.
        let size = serde_json::to_vec(item).map_or(0, |text| text.len());
        if self.bytes > 0 && self.bytes + size > self.most {
            self.parts.push(empty(self.parts.len()));
            self.bytes = 0;
        }
        self.bytes += size;
        self.parts.last_mut().expect("there is a first one")
    }
}

fn arns(configuration: &Configuration) -> impl Iterator<Item = &str> {
    let balancers = configuration.balancers.iter().map(|b| b.arn.as_str());
    let groups = configuration.groups.iter().map(|g| g.arn.as_str());
    balancers.chain(groups).chain(configuration.certificates.iter().map(|c| c.arn.as_str()))
}

/// Those that are not as they were.
fn other<'a, T: PartialEq>(
    before: &'a [T],
    next: &'a [T],
    arn: impl Fn(&T) -> &String + 'a,
) -> impl Iterator<Item = &'a T> {
    let known: BTreeMap<String, &T> = before.iter().map(|item| (arn(item).clone(), item)).collect();
    next.iter().filter(move |item| known.get(arn(item)) != Some(item))
}

#[cfg(test)]
mod tests;
