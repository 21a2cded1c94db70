//! Availability Zone rebalancing: a service that is steady but lies unevenly in its zones starts a task where the fewest are, and stops
//! one where the most are once that runs.
//!
//! Source: "Balancing an Amazon ECS service across Availability Zones" and its service event messages, read 2026-11.

use super::member::Member;
use super::{Bounds, Event, Places, Plan, Start, View};
use model::ecs::service::{AvailabilityZoneRebalancing, ServiceStatus};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a zone that takes nothing is left alone. Not established.
pub(super) const PAUSE: Duration = Duration::from_secs(300);

/// Plans one task more, where that helps. Comes after everything else is planned.
pub(super) fn moves(view: &View<'_>, wanted: u32, plan: &mut Plan) {
    let service = &mut plan.service;
    let enabled = service.availability_zone_rebalancing == AvailabilityZoneRebalancing::Enabled;
    if !enabled || service.status != ServiceStatus::Active || view.zones.len() < 2 {
        let stopped = std::mem::take(&mut service.schedule.rebalancing);
        if stopped && service.status == ServiceStatus::Active {
            plan.events.push(Event::BalancingStopped);
        }
        return;
    }
    if !service.schedule.steady || plan.start.is_some() || !plan.stop.is_empty() {
        return;
    }
    let primary = service.primary().map(|d| d.id.clone()).unwrap_or_default();
    let good: Vec<&Member> = view.members.iter().filter(|m| m.is_good(&primary)).collect();
    let mut zones: BTreeMap<&str, u32> = view.zones.iter().map(|z| (z.as_str(), 0)).collect();
    for zone in good.iter().filter_map(|m| m.zone.as_deref()) {
        *zones.entry(zone).or_default() += 1;
    }
    let count = |zones: &BTreeMap<&str, u32>| zones.iter().map(|(z, n)| ((*z).to_owned(), *n)).collect();
    let most = zones.values().max().copied().unwrap_or(0);
    // Only zones that can take a task; the first of equal ones.
    let emptiest = view.zones.iter().min_by_key(|z| zones.get(z.as_str()).copied().unwrap_or(0));
    let Some(emptiest) = emptiest else { return };
    let fewest = zones.get(emptiest.as_str()).copied().unwrap_or(0);
    if most - fewest <= 1 {
        if std::mem::take(&mut service.schedule.rebalancing) {
            plan.events.push(Event::Balanced { zones: count(&zones) });
        }
        return;
    }
    if let Some(at) = service.schedule.rebalance_after.filter(|at| *at > view.now) {
        plan.wake_at(at);
        return;
    }
    // Starts that fail are no more frequent for being balance's.
    if let Some(at) = service.schedule.start_after.filter(|at| *at > view.now) {
        plan.wake_at(at);
        return;
    }
    // Where none of the fullest zone may go, one more elsewhere balances nothing.
    let fullest = good.iter().filter(|m| m.zone.as_deref().is_some_and(|z| zones.get(z) == Some(&most)));
    if fullest.clone().all(|m| m.protected) {
        plan.events.push(in_the_way(&primary, &good));
        return;
    }
    let present = view.members.iter().filter(|m| m.is_present()).count();
    if present >= Bounds::of(&service.deployment_configuration, wanted).maximum as usize {
        return;
    }
    if !std::mem::replace(&mut service.schedule.rebalancing, true) {
        plan.events.push(Event::Unbalanced { zones: count(&zones) });
    }
    let on = Places::Zone { zone: emptiest.clone(), count: 1 };
    plan.start = Some(Start { deployment: primary, on, replaces: 0 });
}

/// Of a zone with too many tasks, none of which may be stopped.
pub(super) fn in_the_way(deployment: &str, good: &[&Member]) -> Event {
    let tasks = good.iter().filter(|m| m.protected).count();
    Event::ProtectedInZone {
        deployment: deployment.to_owned(),
        tasks: u32::try_from(tasks).unwrap_or(u32::MAX),
    }
}
