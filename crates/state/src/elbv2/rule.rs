//! Rules, keyed by ARN.

use crate::{DecodeError, Entries, Index, Older, Record, Table, Version};
use model::elbv2::{Priority, Rule};
use model::ids::ListenerArn;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Listener.
pub const BY_LISTENER: Index<Rule> = Index::new("by_listener");

/// (listener, priority); the default rule's comes last.
pub const BY_PRIORITY: Index<Rule> = Index::new("by_priority");

/// A target group that it forwards to.
pub const BY_GROUP: Index<Rule> = Index::new("by_group");

/// What was stored before client secrets were sealed: the same, with the secret as it came.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct RuleV1(Rule);

impl Version for RuleV1 {}

impl Version for Rule {
    const VERSION: u32 = 2;

    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        older.decode::<RuleV1>().map(|old| old.0)
    }
}

impl Record for Rule {
    const TABLE: &'static str = "elbv2.rule";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_LISTENER, &self.listener);
        entries.add(BY_PRIORITY, (&self.listener, number(self.priority)));
        for group in self.groups() {
            entries.add(BY_GROUP, group);
        }
    }
}

fn number(priority: Priority) -> u64 {
    match priority {
        Priority::Number(number) => number.into(),
        Priority::Default => u64::MAX,
    }
}

/// The rules of a listener in the order in which they are tried.
pub fn of_listener<'a>(
    rules: &'a Table<Rule>,
    listener: &ListenerArn,
) -> impl Iterator<Item = &'a Arc<Rule>> + use<'a> {
    rules.by_prefix(BY_PRIORITY, listener)
}

/// The rule of a listener that has that priority.
pub fn at<'a>(rules: &'a Table<Rule>, listener: &ListenerArn, priority: Priority) -> Option<&'a Arc<Rule>> {
    rules.by_index(BY_PRIORITY, (listener, number(priority))).next()
}
