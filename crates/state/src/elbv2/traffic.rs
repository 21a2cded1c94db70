//! Shares of traffic: how a rule divides it between two target groups, as deployments of services move it.

use super::rule;
use crate::{Source, Tx};
use model::elbv2::{Action, ActionKind, Forward, Priority, Rule, WeightedGroup};
use model::ids::{ListenerArn, RuleArn, TargetGroupArn};

/// Why a rule does not divide traffic.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the listener rule {0} does not exist")]
    NoRule(String),
    #[error("the listener rule {0} does not forward to target groups")]
    NoForward(RuleArn),
}

/// The default rule of a listener.
pub fn default_rule(from: &impl Source, listener: &ListenerArn) -> Option<RuleArn> {
    rule::at(from.table(), listener, Priority::Default).map(|rule| rule.arn.clone())
}

/// A group's weight in a rule, of the weights of all: 0 of 0 where it does not forward.
pub fn weight(rule: &Rule, group: &TargetGroupArn) -> (u32, u32) {
    let groups = rule.actions.iter().filter_map(Action::forward).flat_map(|forward| &forward.groups);
    groups.fold((0, 0), |(own, all), g| (own + if g.group == *group { g.weight } else { 0 }, all + g.weight))
}

/// Whether any rule sends anything to a group.
pub fn is_sent_any(from: &impl Source, group: &TargetGroupArn) -> bool {
    from.table::<Rule>().by_index(rule::BY_GROUP, group).any(|rule| weight(rule, group).0 > 0)
}

/// Makes a rule forward to exactly these groups by these weights. What else it does, and whether clients stay with their group, is left as it is.
/// Writes only what changes.
pub fn divide(tx: &mut Tx<'_>, arn: &RuleArn, weights: &[(TargetGroupArn, u32)]) -> Result<(), Error> {
    let before = tx.get::<Rule>(arn.as_str()).ok_or_else(|| Error::NoRule(arn.to_string()))?;
    let mut rule = Rule::clone(&before);
    let forward = rule.actions.last_mut().and_then(forward).ok_or_else(|| Error::NoForward(arn.clone()))?;
    let groups =
        weights.iter().map(|(group, weight)| WeightedGroup { group: group.clone(), weight: *weight });
    forward.groups = groups.collect();
    if rule != *before {
        tx.put(rule);
    }
    Ok(())
}

fn forward(action: &mut Action) -> Option<&mut Forward> {
    match &mut action.kind {
        ActionKind::Forward(forward) => Some(forward),
        ActionKind::Redirect(_) | ActionKind::FixedResponse { .. } | ActionKind::AuthenticateOidc(_) => None,
    }
}
