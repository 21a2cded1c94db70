//! Target groups, keyed by ARN.

use super::rule;
use super::target;
use crate::{Entries, Index, Record, Source, Table, Tx, Version};
use model::elbv2::{Listener, Rule, Target, TargetGroup};
use model::ids::{LoadBalancerArn, Scope, TargetGroupArn};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<TargetGroup> = Index::new("by_scope");

/// (scope, name): one at most.
pub const BY_NAME: Index<TargetGroup> = Index::new("by_name");

impl Version for TargetGroup {}

impl Record for TargetGroup {
    const TABLE: &'static str = "elbv2.target_group";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_NAME, (&self.scope, &self.name));
    }
}

/// The target group of that name.
pub fn named<'a>(groups: &'a Table<TargetGroup>, scope: &Scope, name: &str) -> Option<&'a Arc<TargetGroup>> {
    groups.by_index(BY_NAME, (scope, name)).next()
}

/// The load balancers whose rules forward to a group. The API lets there be one at most.
pub fn load_balancers(from: &impl Source, group: &TargetGroupArn) -> BTreeSet<LoadBalancerArn> {
    let rules = from.table::<Rule>().by_index(rule::BY_GROUP, group);
    let listener = |rule: &Arc<Rule>| from.get::<Listener>(rule.listener.as_str());
    rules.filter_map(listener).map(|listener| listener.load_balancer.clone()).collect()
}

/// Whether a rule forwards to a group.
pub fn is_in_use(rules: &Table<Rule>, group: &TargetGroupArn) -> bool {
    rules.by_index(rule::BY_GROUP, group).next().is_some()
}

/// Takes a group away, with its targets. Its caller has seen that no rule forwards to it.
pub fn delete(tx: &mut Tx<'_>, arn: &TargetGroupArn) -> Option<Arc<TargetGroup>> {
    let targets: Vec<Arc<Target>> = tx.by_index(target::BY_GROUP, arn).cloned().collect();
    for target in targets {
        target::remove(tx, &target);
    }
    tx.delete::<TargetGroup>(arn)
}
