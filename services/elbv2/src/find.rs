//! From what a request names to records of the caller's account and region.

use crate::errors::{self, validation};
use ::api::elbv2::Error;
use auth::Cx;
use model::elbv2::{Listener, LoadBalancer, Rule, TargetGroup};
use model::ids::{ListenerArn, LoadBalancerArn, RuleArn, TargetGroupArn};
use state::{Record, Source};
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

/// The record of an ARN, whose form is looked at first.
fn find<T: Record, A: FromStr + AsRef<str>>(
    from: &impl Source,
    text: &str,
    kind: &str,
    is_own: impl Fn(&T) -> bool,
    missing: impl Fn(&dyn Display) -> Error,
) -> Result<Arc<T>, Error> {
    let arn: A = text.parse().map_err(|_| malformed(text, kind))?;
    from.get::<T>(arn.as_ref()).filter(|record| is_own(record)).ok_or_else(|| missing(&text))
}

fn malformed(text: &str, kind: &str) -> Error {
    let shown: String = text.chars().take(256).collect();
    validation(format!("'{shown}' is not a valid {kind} ARN"))
}

pub(crate) fn load_balancer(from: &impl Source, cx: &Cx, arn: &str) -> Result<Arc<LoadBalancer>, Error> {
    let own = |balancer: &LoadBalancer| balancer.scope == cx.scope;
    find::<_, LoadBalancerArn>(from, arn, "load balancer", own, |arn| errors::no_load_balancer(arn))
}

pub(crate) fn target_group(from: &impl Source, cx: &Cx, arn: &str) -> Result<Arc<TargetGroup>, Error> {
    let own = |group: &TargetGroup| group.scope == cx.scope;
    find::<_, TargetGroupArn>(from, arn, "target group", own, |arn| errors::no_target_group(arn))
}

pub(crate) fn listener(from: &impl Source, cx: &Cx, arn: &str) -> Result<Arc<Listener>, Error> {
    let own = |listener: &Listener| listener.load_balancer.scope() == cx.scope;
    find::<_, ListenerArn>(from, arn, "listener", own, |arn| errors::no_listener(arn))
}

pub(crate) fn rule(from: &impl Source, cx: &Cx, arn: &str) -> Result<Arc<Rule>, Error> {
    let own = |rule: &Rule| rule.listener.scope() == cx.scope;
    find::<_, RuleArn>(from, arn, "listener rule", own, |arn| errors::no_rule(arn))
}

/// The load balancer of a listener, which is there as long as it is.
pub(crate) fn balancer_of(from: &impl Source, listener: &Listener) -> Result<Arc<LoadBalancer>, Error> {
    let arn = &listener.load_balancer;
    from.get::<LoadBalancer>(arn.as_str()).ok_or_else(|| errors::no_load_balancer(arn))
}
