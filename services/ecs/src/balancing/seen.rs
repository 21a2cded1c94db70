//! What load balancers say of a task, and which tasks they say something new of.

use crate::find::Source;
use model::ecs::Task;
use model::elbv2::{
    Listener, LoadBalancer, Provision, Rule, Target, TargetGroup, TargetHealth, TargetState, TargetType,
};
use model::ids::{ListenerArn, LoadBalancerArn, TargetGroupArn};
use plan::deployment::{Ailing, Targets};
use state::Snapshot;
use state::ecs::task::BY_TARGET;
use state::elbv2::{listener, rule, target, target_group};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is seen of all targets of a task together, and the first of them that is ill.
///
/// Healthy is what the load balancer's checks have passed; a target that gets no traffic whatever its health is as ill as one whose checks fail, since nobody
/// will ever reach it. That is another matter where the whole group is out of use, as one is that a deployment of others has taken from its listener: no
/// other task would do better. Observed: AWS then counts its tasks as healthy.
pub(crate) fn seen(snapshot: &Snapshot, task: &Task) -> (Targets, Option<Arc<Ailing>>) {
    let mut all = if task.targets.is_empty() { Targets::None } else { Targets::Healthy };
    for wanted in &task.targets {
        let Some(registered) = &wanted.registered else {
            all = Targets::Awaited;
            continue;
        };
        let Some(group) = snapshot.get::<TargetGroup>(wanted.group.as_str()) else {
            all = Targets::Awaited;
            continue;
        };
        let key = Target::key_of(&group.arn, &registered.id, registered.port);
        let health = match snapshot.get::<Target>(&key) {
            Some(target) => target::health(snapshot, group, target),
            // Somebody else took it away.
            None => target::not_registered(),
        };
        match health.state {
            // Nobody checks it.
            TargetState::Healthy | TargetState::Unavailable => {}
            TargetState::Unused if target_group::load_balancers(snapshot, &group.arn).is_empty() => {}
            TargetState::Initial if wanted.passed || !is_carried(snapshot, group) => {}
            TargetState::Initial => all = Targets::Awaited,
            TargetState::Unhealthy
            | TargetState::UnhealthyDraining
            | TargetState::Unused
            | TargetState::Draining => {
                let ailing = Ailing {
                    group: group.arn.to_string(),
                    instance: (group.target_type == TargetType::Instance).then(|| registered.id.clone()),
                    port: registered.port,
                    reason: health.description.unwrap_or_else(|| "Health checks failed".to_owned()),
                };
                return (Targets::Unhealthy, Some(Arc::new(ailing)));
            }
        }
    }
    (all, None)
}

/// What load balancers have said of a task while it was theirs.
pub(crate) fn had(task: &Task) -> Targets {
    match task.targets.as_slice() {
        [] => Targets::None,
        all if all.iter().all(|target| target.passed) => Targets::Healthy,
        _ => Targets::Awaited,
    }
}

/// Whether a data plane has ever said anything of a load balancer of the group.
// AWS differs: a load balancer that nobody carries checks no target, and services that waited for it would wait for ever.
pub(super) fn is_carried(from: &impl Source, group: &TargetGroup) -> bool {
    let balancers = target_group::load_balancers(from, &group.arn);
    balancers.iter().any(|balancer| from.get::<Provision>(balancer.as_str()).is_some())
}

/// The tasks of which load balancers may say something else now than before.
pub(crate) fn touched(now: &Snapshot, before: &Snapshot) -> Vec<Arc<Task>> {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for health in now.changes::<TargetHealth>(before) {
        let health = health.latest();
        keys.insert(Target::key_of(&health.group, &health.id, health.port));
    }
    for target in now.changes::<Target>(before) {
        let target = target.latest();
        keys.insert(Target::key_of(&target.group, &target.id, target.port));
    }
    for group in groups(now, before) {
        let targets = now.by_index(target::BY_GROUP, &group);
        keys.extend(targets.map(|t| Target::key_of(&t.group, &t.id, t.port)));
    }
    keys.into_iter().flat_map(|key| now.by_index(BY_TARGET, key).cloned().collect::<Vec<_>>()).collect()
}

/// The groups that are others now, and those to which another rule, listener or load balancer leads.
fn groups(now: &Snapshot, before: &Snapshot) -> BTreeSet<TargetGroupArn> {
    let mut balancers: BTreeSet<LoadBalancerArn> = BTreeSet::new();
    balancers.extend(now.changes::<Provision>(before).map(|d| d.latest().load_balancer.clone()));
    balancers.extend(now.changes::<LoadBalancer>(before).map(|d| d.latest().arn.clone()));
    let mut listeners: BTreeSet<ListenerArn> = BTreeSet::new();
    listeners.extend(now.changes::<Listener>(before).map(|d| d.latest().arn.clone()));
    for balancer in &balancers {
        listeners
            .extend(now.by_index(listener::BY_LOAD_BALANCER, balancer).map(|listener| listener.arn.clone()));
    }
    let mut groups: BTreeSet<TargetGroupArn> = BTreeSet::new();
    groups.extend(now.changes::<TargetGroup>(before).map(|d| d.latest().arn.clone()));
    for listener in &listeners {
        groups.extend(rule::of_listener(now.table(), listener).flat_map(|rule| rule.groups().cloned()));
    }
    for difference in now.changes::<Rule>(before) {
        let both = [now, before].map(|of| of.get::<Rule>(difference.latest().arn.as_str()));
        groups.extend(both.into_iter().flatten().flat_map(|rule| rule.groups().cloned()));
    }
    groups
}
