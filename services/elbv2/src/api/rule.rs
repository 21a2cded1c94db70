//! Rules: made, shown, changed, put into order and deleted. The default rule comes with its listener and is changed there.

use super::action::{self, Place};
use super::condition;
use super::load_balancer::check_count;
use crate::errors::{unsupported, validation};
use crate::service::Elbv2;
use crate::{convert, find, page, tagging};
use ::api::elbv2::{
    CreateRuleInput, CreateRuleOutput, DeleteRuleInput, DeleteRuleOutput, DescribeRulesInput,
    DescribeRulesOutput, Error, ErrorCode, ModifyRuleInput, ModifyRuleOutput, SetRulePrioritiesInput,
    SetRulePrioritiesOutput,
};
use auth::Cx;
use model::elbv2::{Listener, LoadBalancer, LoadBalancerKind, Priority, Rule};
use model::ids::RuleArn;
use state::elbv2::{listener, rule};
use state::{Snapshot, Source, Tx};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rules of one load balancer, default ones not counted. Source: "Quotas for your Application Load Balancers", 2025.
pub(crate) const MOST: usize = 100;
const LAST_PRIORITY: i32 = 50_000;

pub(crate) async fn create_rule(
    elbv2: &Elbv2,
    cx: &Cx,
    input: CreateRuleInput,
) -> Result<CreateRuleOutput, Error> {
    refuse_transforms(input.transforms.is_some())?;
    let conditions = condition::read(&input.conditions)?;
    let priority = priority(input.priority)?;
    let tags = tagging::read(input.tags.as_deref())?;
    let id = cx.random_16();
    let made = elbv2
        .change(cx, |tx, draw| {
            let listener = find::listener(tx, cx, &input.listener_arn)?;
            let balancer = find::balancer_of(tx, &listener)?;
            check_kind(&balancer)?;
            let place = Place {
                balancer: &balancer,
                listener: &listener.arn,
                protocol: listener.protocol,
                before: &[],
                key: &elbv2.key,
                random: draw(),
            };
            let actions = action::read(tx, cx, &place, &input.actions)?;
            if rule::at(tx.table(), &listener.arn, priority).is_some() {
                return Err(in_use(priority));
            }
            if count(tx, &balancer) >= MOST {
                return Err(Error::too_many_rules(format!(
                    "You've reached the limit of {MOST} on the number of rules per load balancer"
                )));
            }
            let made = tx.put(Rule {
                arn: RuleArn::new(&listener.arn, id),
                listener: listener.arn.clone(),
                priority,
                conditions: conditions.clone(),
                actions,
                tags: tags.clone(),
            });
            action::check_unique_groups(tx, &balancer)?;
            Ok(made)
        })
        .await?;
    Ok(CreateRuleOutput { rules: Some(vec![convert::rule(&made)]) })
}

fn refuse_transforms(there: bool) -> Result<(), Error> {
    if there { Err(unsupported("transforms of requests")) } else { Ok(()) }
}

fn check_kind(balancer: &LoadBalancer) -> Result<(), Error> {
    match balancer.kind {
        LoadBalancerKind::Application => Ok(()),
        LoadBalancerKind::Network => {
            Err(Error::unsupported_protocol("Rules are unsupported for Network Load Balancer listeners"))
        }
    }
}

fn priority(given: i32) -> Result<Priority, Error> {
    match given {
        1..=LAST_PRIORITY => Ok(Priority::Number(given.unsigned_abs())),
        other => {
            Err(validation(format!("Rule priority '{other}' must be between '1-{LAST_PRIORITY}' inclusive")))
        }
    }
}

fn in_use(priority: Priority) -> Error {
    Error::priority_in_use(format!("Priority '{priority}' is currently in use"))
}

fn count(from: &Tx<'_>, balancer: &LoadBalancer) -> usize {
    let listeners = from.by_index(listener::BY_LOAD_BALANCER, &balancer.arn);
    let of = |listener: &Arc<Listener>| {
        from.by_index(rule::BY_LISTENER, &listener.arn).filter(|rule| !rule.is_default()).count()
    };
    listeners.map(of).sum()
}

pub(crate) async fn describe_rules(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeRulesInput,
) -> Result<DescribeRulesOutput, Error> {
    let snapshot = elbv2.state.snapshot();
    let found = asked_for(&snapshot, cx, &input)?;
    // In the order in which they are tried.
    let key = |rule: &Arc<Rule>| match rule.priority {
        Priority::Number(number) => format!("{}/{number:05}", rule.listener),
        Priority::Default => format!("{}/default", rule.listener),
    };
    let page = page::of(found.into_iter(), key, input.marker.as_deref(), input.page_size)?;
    let rules = page.items.iter().map(|rule| convert::rule(rule)).collect();
    Ok(DescribeRulesOutput { rules: Some(rules), next_marker: page.marker })
}

fn asked_for(from: &Snapshot, cx: &Cx, input: &DescribeRulesInput) -> Result<Vec<Arc<Rule>>, Error> {
    let arns = input.rule_arns.as_deref().unwrap_or_default();
    check_count(arns.len(), "rules")?;
    match (&input.listener_arn, arns) {
        (None, []) => Err(validation("You must specify either listener rule ARNs or a listener ARN")),
        (Some(_), [_, ..]) => {
            Err(validation("Listener rule ARNs and a listener ARN cannot be specified at the same time"))
        }
        (Some(arn), []) => {
            let listener = find::listener(from, cx, arn).map_err(|error| match error.code {
                ErrorCode::ListenerNotFoundException => {
                    Error::listener_not_found("One or more listeners not found")
                }
                _ => error,
            })?;
            Ok(rule::of_listener(Source::table(from), &listener.arn).cloned().collect())
        }
        (None, arns) => {
            let mut found = Vec::new();
            for arn in arns {
                found.push(find::rule(from, cx, arn).map_err(|error| match error.code {
                    ErrorCode::RuleNotFoundException => Error::rule_not_found("One or more rules not found"),
                    _ => error,
                })?);
            }
            found.sort_by(|a, b| (&a.listener, a.priority).cmp(&(&b.listener, b.priority)));
            found.dedup_by(|a, b| a.arn == b.arn);
            Ok(found)
        }
    }
}

pub(crate) async fn modify_rule(
    elbv2: &Elbv2,
    cx: &Cx,
    input: ModifyRuleInput,
) -> Result<ModifyRuleOutput, Error> {
    refuse_transforms(input.transforms.is_some())?;
    let reset = input.reset_transforms == Some(true);
    if input.conditions.is_none() && input.actions.is_none() && !reset {
        return Err(validation("Either conditions or actions must be specified"));
    }
    let conditions = input.conditions.as_deref().map(condition::read).transpose()?;
    let changed = elbv2
        .change(cx, |tx, draw| {
            let before = find::rule(tx, cx, &input.rule_arn)?;
            if before.is_default() {
                return Err(Error::operation_not_permitted(format!(
                    "Default rule '{}' cannot be modified",
                    before.arn
                )));
            }
            let listener = find::listener(tx, cx, before.listener.as_str())?;
            let balancer = find::balancer_of(tx, &listener)?;
            let mut rule = Rule::clone(&before);
            if let Some(conditions) = &conditions {
                rule.conditions = conditions.clone();
            }
            if let Some(given) = &input.actions {
                let place = Place {
                    balancer: &balancer,
                    listener: &listener.arn,
                    protocol: listener.protocol,
                    before: &before.actions,
                    key: &elbv2.key,
                    random: draw(),
                };
                rule.actions = action::read(tx, cx, &place, given)?;
            }
            let changed = tx.put(rule);
            action::check_unique_groups(tx, &balancer)?;
            Ok(changed)
        })
        .await?;
    Ok(ModifyRuleOutput { rules: Some(vec![convert::rule(&changed)]) })
}

pub(crate) async fn delete_rule(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DeleteRuleInput,
) -> Result<DeleteRuleOutput, Error> {
    elbv2
        .change(cx, |tx, _| {
            let rule = find::rule(tx, cx, &input.rule_arn)?;
            if rule.is_default() {
                return Err(Error::operation_not_permitted(format!(
                    "Default rule '{}' cannot be deleted",
                    rule.arn
                )));
            }
            tx.delete::<Rule>(&rule.arn);
            Ok(())
        })
        .await?;
    Ok(DeleteRuleOutput {})
}

/// All priorities of a request at once, so that rules can change places.
pub(crate) async fn set_rule_priorities(
    elbv2: &Elbv2,
    cx: &Cx,
    input: SetRulePrioritiesInput,
) -> Result<SetRulePrioritiesOutput, Error> {
    if input.rule_priorities.is_empty() {
        return Err(validation("At least one rule priority must be specified"));
    }
    if input.rule_priorities.len() > MOST {
        return Err(validation(format!("Up to '{MOST}' rule priorities can be specified in a single call")));
    }
    let changed = elbv2.change(cx, |tx, _| set_priorities(tx, cx, &input)).await?;
    Ok(SetRulePrioritiesOutput { rules: Some(changed.iter().map(|rule| convert::rule(rule)).collect()) })
}

fn set_priorities(tx: &mut Tx<'_>, cx: &Cx, input: &SetRulePrioritiesInput) -> Result<Vec<Arc<Rule>>, Error> {
    let mut wanted: BTreeMap<RuleArn, Priority> = BTreeMap::new();
    let mut listener = None;
    for pair in &input.rule_priorities {
        let arn = pair.rule_arn.as_deref().ok_or_else(|| validation("A rule ARN must be specified"))?;
        let rule = find::rule(tx, cx, arn)?;
        if rule.is_default() {
            return Err(Error::operation_not_permitted(format!(
                "Priority of the default rule '{}' cannot be changed",
                rule.arn
            )));
        }
        let priority =
            priority(pair.priority.ok_or_else(|| validation("A rule priority must be specified"))?)?;
        if wanted.values().any(|other| *other == priority) {
            return Err(validation(format!("Priority '{priority}' was provided multiple times")));
        }
        if listener.get_or_insert_with(|| rule.listener.clone()) != &rule.listener {
            return Err(validation("All rules must be of the same listener"));
        }
        if wanted.insert(rule.arn.clone(), priority).is_some() {
            return Err(validation(format!("Rule '{}' was provided multiple times", rule.arn)));
        }
    }
    for priority in wanted.values() {
        let holder = listener.as_ref().and_then(|listener| rule::at(tx.table(), listener, *priority));
        if holder.is_some_and(|holder| !wanted.contains_key(&holder.arn)) {
            return Err(in_use(*priority));
        }
    }
    let set = wanted.iter().map(|(arn, priority)| tx.modify::<Rule>(arn, |rule| rule.priority = *priority));
    Ok(set.map(|rule| rule.expect("it was just read")).collect())
}
