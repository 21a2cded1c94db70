//! Rules of a listener, compiled: which one a request matches, in the order of priorities.
//!
//! Each rule that names hosts or paths is filed under the first thing that is cheap to test, so that a request looks only at the rules
//! that may match it: exact hosts by hash, paths by their first segment. What is left over stands in a list of its own.
//! Sources: "Listener rules" and "Rule condition types for listener rules" of the user guide of Application Load Balancers, November 2026.

mod address;
mod condition;
mod pattern;

pub use address::Block;
pub use pattern::Pattern;

use crate::http::RequestHead;
use condition::Compiled;
use model::balancer::Rule;
use std::collections::HashMap;
use std::net::IpAddr;

/// The rules of one listener with what they lead to.
#[derive(Debug)]
pub struct Rules<A> {
    /// By priority.
    rules: Vec<Entry<A>>,
    /// Positions, ascending, of rules that ask for exactly this host.
    by_host: HashMap<Box<[u8]>, Vec<u32>>,
    /// Of the others, those whose paths all begin with this segment.
    by_segment: HashMap<Box<[u8]>, Vec<u32>>,
    /// The rest.
    others: Vec<u32>,
}

#[derive(Debug)]
struct Entry<A> {
    priority: u32,
    conditions: Vec<Compiled>,
    action: A,
}

/// Why a rule cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("rule {rule}: {block} is no CIDR block")]
    Block { rule: String, block: String },
}

impl<A> Rules<A> {
    /// Compiles rules; `action` makes what a rule leads to.
    pub fn compile(rules: &[Rule], mut action: impl FnMut(&Rule) -> A) -> Result<Self, Error> {
        let mut sorted: Vec<&Rule> = rules.iter().collect();
        sorted.sort_by_key(|rule| rule.priority);
        let mut made = Self {
            rules: Vec::new(),
            by_host: HashMap::new(),
            by_segment: HashMap::new(),
            others: Vec::new(),
        };
        for rule in sorted {
            let conditions = rule
                .conditions
                .iter()
                .map(|condition| {
                    Compiled::new(condition).map_err(|block| Error::Block { rule: rule.arn.clone(), block })
                })
                .collect::<Result<Vec<_>, _>>()?;
            made.file(u32::try_from(made.rules.len()).unwrap_or(u32::MAX), &conditions);
            made.rules.push(Entry { priority: rule.priority, conditions, action: action(rule) });
        }
        Ok(made)
    }

    fn file(&mut self, at: u32, conditions: &[Compiled]) {
        if let Some(hosts) = conditions.iter().find_map(Compiled::exact_hosts) {
            hosts.into_iter().for_each(|host| push_once(self.by_host.entry(host).or_default(), at));
        } else if let Some(segments) = conditions.iter().find_map(Compiled::segments) {
            segments
                .into_iter()
                .for_each(|segment| push_once(self.by_segment.entry(segment).or_default(), at));
        } else {
            self.others.push(at);
        }
    }

    /// The rule of the lowest priority number that matches: the number and what it leads to.
    pub fn find(&self, head: &RequestHead, client: IpAddr) -> Option<(u32, &A)> {
        if self.rules.is_empty() {
            return None;
        }
        let host = without_port(&head.host).to_ascii_lowercase();
        let lists = [
            self.by_host.get(&host[..]).map_or(&[][..], Vec::as_slice),
            self.by_segment.get(pattern::first_segment(head.path())).map_or(&[][..], Vec::as_slice),
            &self.others,
        ];
        let mut at = [0; 3];
        loop {
            // The lowest position that any of the three lists has next.
            let next = (0..lists.len()).filter_map(|list| Some((*lists[list].get(at[list])?, list))).min()?;
            at[next.1] += 1;
            let entry = self.rules.get(next.0 as usize)?;
            if entry.conditions.iter().all(|condition| condition.holds(head, &host, client)) {
                return Some((entry.priority, &entry.action));
            }
        }
    }

    /// What all rules lead to.
    /// How many rules are looked at by who looks at one after the other and ends with the rule of a priority, or finds none.
    pub fn evaluated(&self, found: Option<u32>) -> usize {
        found
            .map_or(self.rules.len(), |priority| self.rules.partition_point(|rule| rule.priority <= priority))
    }

    pub fn actions(&self) -> impl Iterator<Item = &A> {
        self.rules.iter().map(|entry| &entry.action)
    }
}

fn push_once(list: &mut Vec<u32>, at: u32) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

/// A host without its port; an IPv6 address keeps its brackets.
pub fn without_port(host: &[u8]) -> &[u8] {
    match host.iter().rposition(|byte| *byte == b':') {
        Some(at) if !host[at..].contains(&b']') => &host[..at],
        _ => host,
    }
}

#[cfg(test)]
mod tests;
