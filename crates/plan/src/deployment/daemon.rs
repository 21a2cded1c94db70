//! DAEMON: one task on each instance that it belongs on. The next task of an instance starts when the one before has stopped. On an instance that drains
//! it is the last to stop, after those of replica services.

use super::member::{Member, Phase};
use super::{Bounds, Places, Plan, Start, View, Why};
use model::ecs::service::{RolloutState, ServiceStatus};
use model::ids::ContainerInstanceArn;
use std::collections::{BTreeMap, BTreeSet};

/// Plans starts and stops.
pub(super) fn moves(view: &View<'_>, instances: &[ContainerInstanceArn], plan: &mut Plan) {
    let wanted = u32::try_from(instances.len()).unwrap_or(u32::MAX);
    let bounds = Bounds::of(&plan.service.deployment_configuration, wanted);
    let places: BTreeSet<&ContainerInstanceArn> = instances.iter().collect();
    let primary = plan.service.primary().map(|d| (d.id.clone(), d.rollout_state));
    let (primary, state) = primary.unzip();
    let primary = primary.unwrap_or_default();
    let mut held: BTreeMap<&ContainerInstanceArn, Vec<&Member>> = BTreeMap::new();
    for member in view.members.iter().filter(|m| !m.is_ended()) {
        if let Some(instance) = &member.instance {
            held.entry(instance).or_default().push(member);
        }
    }
    let throttled = plan.service.schedule.start_after.filter(|at| *at > view.now);
    let may_start = throttled.is_none()
        && !primary.is_empty()
        && state != Some(RolloutState::Failed)
        && plan.service.status == ServiceStatus::Active;
    let empty: Vec<ContainerInstanceArn> =
        instances.iter().filter(|i| !held.contains_key(i)).cloned().collect();
    if let (Some(at), false) = (throttled, empty.is_empty()) {
        plan.wake_at(at);
    }
    if may_start && !empty.is_empty() {
        // What is unhealthy goes before another comes in its place.
        let replaces = view.members.iter().filter(|m| *m.deployment == *primary && m.was_unhealthy()).count();
        let replaces = u32::try_from(replaces).unwrap_or(u32::MAX);
        plan.start = Some(Start { deployment: primary.clone(), on: Places::Instances(empty), replaces });
    }
    let healthy = view.members.iter().filter(|m| m.is_healthy()).count();
    let mut spare = healthy.saturating_sub(bounds.minimum as usize);
    for (instance, members) in held {
        let belongs = places.contains(instance);
        // One stays at most: the best that is there.
        let mut kept = false;
        for member in best_first(members) {
            let good = member.is_good(&primary) && belongs;
            if !member.is_live() || good && !kept {
                kept |= good;
                continue;
            }
            if member.stays() && plan.service.status == ServiceStatus::Active {
                continue;
            }
            let why = match (member.phase, member.draining, member.lost) {
                (_, _, true) => Why::Lost,
                (Phase::Unhealthy, ..) => Why::Unhealthy,
                (_, true, _) => Why::Draining,
                _ => Why::Scaling,
            };
            // Where it does not belong it goes at once; else the minimum holds. Its successor needs its place, so it goes first.
            let counts = member.is_healthy() && belongs;
            let surplus = kept;
            if member.protected && why == Why::Scaling || counts && spare == 0 && !surplus {
                continue;
            }
            // While nothing would take its place, it stays.
            if belongs && !surplus && !may_start && why == Why::Scaling && wanted > 0 && !primary.is_empty() {
                continue;
            }
            if counts {
                spare = spare.saturating_sub(1);
            }
            plan.stop(member, why);
        }
    }
}

fn best_first(mut members: Vec<&Member>) -> Vec<&Member> {
    members.sort_by(|a, b| (b.phase == Phase::Healthy, &a.task).cmp(&(a.phase == Phase::Healthy, &b.task)));
    members
}
