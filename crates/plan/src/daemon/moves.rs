//! What starts and stops on each instance, and which instances are emptied for that.

use super::instance::{is_drained, is_good, on};
use super::{Instance, PATIENCE, Plan, View};
use crate::deployment::{Member, Phase, Why};
use model::ecs::daemon::{DaemonStatus, Drained};
use model::ids::ContainerInstanceArn;
use model::status::InstanceStatus;
use std::collections::BTreeSet;

/// Plans the moves of one daemon.
pub(super) fn moves(view: &View<'_>, at: usize, plan: &mut Plan) {
    let seen = &view.daemons[at];
    let revision = plan.parts[at].revision.clone();
    let deleted = seen.daemon.status == DaemonStatus::DeleteInProgress;
    let mine: Vec<&Instance> = view.instances.iter().filter(|i| !deleted && i.is_of(&revision)).collect();
    let places: BTreeSet<&ContainerInstanceArn> = mine.iter().map(|i| &i.arn).collect();
    // Tasks where none belongs.
    for member in seen.members.iter().filter(|m| is_live(m)) {
        let belongs = member.instance.as_ref().is_some_and(|arn| places.contains(arn));
        if !belongs {
            plan.parts[at].stop.push((member.task.clone(), Why::Scaling));
        }
    }
    for instance in &mine {
        on_instance(view, at, instance, mine.len(), plan);
    }
}

fn is_live(member: &Member) -> bool {
    matches!(member.phase, Phase::Starting | Phase::Settling | Phase::Healthy | Phase::Unhealthy)
}

fn on_instance(view: &View<'_>, at: usize, instance: &Instance, all: usize, plan: &mut Plan) {
    let seen = &view.daemons[at];
    let part = &mut plan.parts[at];
    let revision = part.revision.clone();
    let there = on(seen, &instance.arn);
    let mut good = there.iter().filter(|m| is_good(m, &revision));
    if good.next().is_some() {
        // One is enough.
        let others = good
            .map(|m| m.task.clone())
            .chain(there.iter().filter(|m| is_live(m) && !is_good(m, &revision)).map(|m| m.task.clone()));
        part.stop.extend(others.map(|task| (task, Why::Scaling)));
        return;
    }
    let old: Vec<&Member> = there.iter().copied().filter(|m| is_live(m)).collect();
    let drained = part.daemon.schedule.drained.iter().find(|d| d.instance == instance.arn).cloned();
    let may_change = match (instance.status, &drained) {
        (InstanceStatus::Registering, _) => true,
        (_, Some(drained)) => {
            let until = drained.since.after(PATIENCE);
            // A stop comes to its end while the agent is there, however long targets drain: that is nobody who found no other place.
            let leaves = instance.leaving && instance.connected;
            if instance.busy && (leaves || until > view.now) {
                if until > view.now {
                    plan.wake_at(until);
                }
                return;
            }
            true
        }
        // Nothing of it is there, and nobody's work depends on it.
        (InstanceStatus::Active, None) if !revision.critical && old.is_empty() => true,
        (InstanceStatus::Active, None) => {
            drain(view, at, instance, all, plan);
            return;
        }
        // Another daemon empties it: this one takes part.
        (InstanceStatus::Draining, None) if others_drain(view, instance) => {
            part.daemon.schedule.drained.push(Drained { instance: instance.arn.clone(), since: view.now });
            return;
        }
        // An operator empties it.
        (
            InstanceStatus::Draining
            | InstanceStatus::RegistrationFailed
            | InstanceStatus::Deregistering
            | InstanceStatus::Inactive,
            None,
        ) => false,
    };
    if !may_change {
        return;
    }
    let part = &mut plan.parts[at];
    for member in &old {
        let why = if member.phase == Phase::Unhealthy { Why::Unhealthy } else { Why::Scaling };
        part.stop.push((member.task.clone(), why));
    }
    let throttled = part.daemon.schedule.start_after.filter(|until| *until > view.now);
    if !there.is_empty() || !instance.connected || part.daemon.schedule.halted {
        return;
    }
    match throttled {
        Some(until) => plan.wake_at(until),
        None => part.start.push(instance.arn.clone()),
    }
}

/// Empties an instance, if no more are emptied than may be. Outside of a deployment its task has ended by itself: then it takes no more tasks at once.
fn drain(view: &View<'_>, at: usize, instance: &Instance, all: usize, plan: &mut Plan) {
    let part = &mut plan.parts[at];
    let percent = part.deployment.configuration.drain_percent;
    let most = percent.of(u32::try_from(all).unwrap_or(u32::MAX)).max(1) as usize;
    if !part.deployment.status.is_over() && part.daemon.schedule.drained.len() >= most {
        return;
    }
    part.daemon.schedule.drained.push(Drained { instance: instance.arn.clone(), since: view.now });
    if !plan.instances.iter().any(|(arn, _)| *arn == instance.arn) {
        plan.instances.push((instance.arn.clone(), InstanceStatus::Draining));
    }
}

fn others_drain(view: &View<'_>, instance: &Instance) -> bool {
    view.daemons.iter().any(|s| is_drained(&s.daemon.schedule.drained, &instance.arn))
}
