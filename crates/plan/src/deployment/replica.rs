//! REPLICA: as many tasks as wanted, changed within the bounds.

use super::event::PROTECTED;
use super::member::{Member, Phase};
use super::{Bounds, Event, Places, Plan, Start, View, Why, choose, rebalance};
use model::Timestamp;
use model::ecs::service::ServiceStatus;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A number of tasks of one deployment, and those that are there for it: a whole service, or one of two revisions that are kept side by side.
pub(super) struct Side<'v> {
    pub(super) deployment: String,
    /// Its own, and others that leave as its own become healthy.
    pub(super) members: Cow<'v, [Member]>,
    pub(super) wanted: u32,
    /// "A deployment in FAILED state doesn't launch any new tasks."
    pub(super) may_start: bool,
    /// Its starts wait so long, since earlier ones failed.
    pub(super) start_after: Option<Timestamp>,
}

/// What is known of free capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Placement has not been asked yet.
    Unknown,
    /// It found room for so many, and has none left.
    None { started: usize },
}

/// Plans starts and stops.
pub(super) fn moves(view: &View<'_>, side: &Side<'_>, room: Room, plan: &mut Plan) {
    let Side { deployment: primary, members, wanted, .. } = side;
    let wanted = *wanted;
    let bounds = Bounds::of(&plan.service.deployment_configuration, wanted);
    let good: Vec<&Member> = members.iter().filter(|m| m.is_good(primary)).collect();
    let outgoing: Vec<&Member> = members.iter().filter(|m| m.is_live() && !m.is_good(primary)).collect();
    let present = members.iter().filter(|m| m.is_present()).count();
    let stopping = members.iter().filter(|m| m.phase == Phase::Stopping && !m.lost).count();

    let need = (wanted as usize).saturating_sub(good.len());
    let headroom = (bounds.maximum as usize).saturating_sub(present);
    let throttled = side.start_after.filter(|at| *at > view.now);
    let may_start = throttled.is_none()
        && side.may_start
        && !primary.is_empty()
        && plan.service.status == ServiceStatus::Active;
    // One start in a plan; that of the other side follows at once.
    let has_its_turn =
        plan.start.is_none() && !view.tried.iter().any(|t| t.deployment == *primary) || room != Room::Unknown;
    let start = if may_start && has_its_turn { need.min(headroom) } else { 0 };
    if let (Some(at), true) = (throttled, need > 0) {
        plan.wake_at(at);
    }
    // Tasks that have to go before others can come.
    let lacking = match room {
        Room::Unknown if !has_its_turn => 0,
        Room::Unknown => {
            let start = u32::try_from(start).unwrap_or(u32::MAX);
            let replaces = members.iter().filter(|m| *m.deployment == **primary).filter(|m| is_replaced(m));
            let replaces = u32::try_from(replaces.count()).unwrap_or(u32::MAX);
            plan.start = (start > 0).then(|| Start {
                deployment: primary.clone(),
                on: Places::Anywhere(start),
                replaces,
            });
            if may_start { need - start as usize } else { 0 }
        }
        Room::None { started } => need.saturating_sub(started),
    };
    let over = present.saturating_sub(bounds.maximum as usize);
    let room_wanted = lacking.saturating_sub(stopping).max(over.saturating_sub(stopping));
    let before = plan.stop.len();
    protected(plan, primary, wanted, &good, &outgoing);
    stops(plan, primary, &Leaving { members, wanted, bounds, good, outgoing, room_wanted, over });
    let nothing_moves = start == 0 && plan.stop.len() == before && stopping == 0;
    if may_start && has_its_turn && room == Room::Unknown && need > 0 && nothing_moves {
        plan.events.push(Event::Stuck);
    }
}

struct Leaving<'m> {
    members: &'m [Member],
    wanted: u32,
    bounds: Bounds,
    good: Vec<&'m Member>,
    outgoing: Vec<&'m Member>,
    /// How many have to go so that others can come.
    room_wanted: usize,
    /// How many are there above the maximum.
    over: usize,
}

/// Whether another is started because it is, or was, unhealthy.
fn is_replaced(member: &Member) -> bool {
    member.phase == Phase::Unhealthy || member.was_unhealthy()
}

/// Says which protected tasks are in the way, where all that is wanted is there.
fn protected(plan: &mut Plan, primary: &str, wanted: u32, good: &[&Member], outgoing: &[&Member]) {
    if plan.events.iter().any(|e| e.repeats() == Some(PROTECTED)) {
        return;
    }
    let of = |deployment: &str, tasks: usize| Event::Protected {
        deployment: deployment.to_owned(),
        tasks: u32::try_from(tasks).unwrap_or(u32::MAX),
    };
    let kept = good.iter().filter(|m| m.protected).count();
    if kept > wanted as usize {
        plan.events.push(of(primary, kept));
        return;
    }
    if good.iter().filter(|m| m.is_healthy()).count() < wanted as usize {
        return;
    }
    let stays = |m: &&&Member| m.protected && !m.lost && m.phase != Phase::Unhealthy;
    if let Some(first) = outgoing.iter().filter(stays).min_by(|a, b| a.task.cmp(&b.task)) {
        let same = outgoing.iter().filter(stays).filter(|m| m.deployment == first.deployment);
        plan.events.push(of(&first.deployment, same.count()));
    }
}

fn stops(plan: &mut Plan, primary: &str, leaving: &Leaving<'_>) {
    let Leaving { members, wanted, bounds, good, outgoing, room_wanted, over } = leaving;
    let wanted = *wanted as usize;
    let mut gone = 0;
    let healthy = members.iter().filter(|m| m.is_healthy()).count();
    let good_and_healthy = good.iter().filter(|m| m.is_healthy()).count();
    for member in outgoing.iter().filter(|m| m.lost) {
        plan.stop(member, Why::Lost);
    }
    let rest: Vec<&Member> = outgoing.iter().copied().filter(|m| !m.lost).collect();
    // What is not healthy serves nobody.
    let serves_nobody = |m: &&&Member| match m.phase {
        Phase::Starting | Phase::Settling => true,
        Phase::Healthy => m.idle,
        Phase::Unhealthy | Phase::Stopping | Phase::Ended(_) => false,
    };
    for member in rest.iter().filter(serves_nobody) {
        if !member.protected {
            plan.stop(member, why(member));
            gone += 1;
        }
    }
    // "Starts a replacement first" where the maximum allows it: an unhealthy task goes when its replacement is healthy, or for room.
    let unhealthy: Vec<&Member> = rest.iter().copied().filter(|m| m.phase == Phase::Unhealthy).collect();
    let replaced = good_and_healthy >= wanted;
    let going = if replaced { unhealthy.len() } else { room_wanted.saturating_sub(gone) };
    // "Stops the unhealthy tasks one-by-one … to clear up capacity to launch replacement tasks." Those of a revision that is replaced go as others
    // of it do.
    let (own, others): (Vec<&Member>, Vec<&Member>) =
        unhealthy.into_iter().partition(|m| *m.deployment == *primary);
    let moving = plan.start.as_ref().is_some_and(|s| s.deployment == primary)
        || members.iter().any(|m| {
            *m.deployment == *primary && matches!(m.phase, Phase::Stopping | Phase::Starting) && !m.lost
        });
    let at_once = if replaced || *over > 0 { own.len() } else { usize::from(!moving) };
    // Those that have to wait for their turn make the room all the same: nobody who is healthy goes for it.
    let make_room = (own.len() + others.len()).min(going);
    let own = own.into_iter().take(at_once);
    for member in others.into_iter().chain(own).take(going) {
        plan.stop(member, why(member));
    }
    gone += make_room;
    // Healthy ones go as healthy ones come, and below what is wanted only for room, never below the minimum.
    let old: Vec<&Member> = rest.iter().copied().filter(|m| m.is_healthy()).collect();
    let relieved = healthy.saturating_sub(wanted.max(bounds.minimum as usize));
    let spare = healthy.saturating_sub(bounds.minimum as usize);
    let going = relieved.max(spare.min(room_wanted.saturating_sub(gone)));
    let all: Vec<&Member> = good.iter().chain(&rest).copied().collect();
    let (draining, others): (Vec<_>, Vec<_>) = old.into_iter().partition(|m| m.draining);
    let mut left = going;
    for group in [draining, others] {
        let chosen = choose::leaving(&group, &all, left.min(group.len()));
        left -= chosen.len();
        for member in chosen {
            plan.stop(member, why(member));
        }
    }
    // Too many of what is wanted.
    // A task that was started to balance zones is let come up before one elsewhere goes for it.
    let comes_up = |m: &&&Member| plan.service.schedule.rebalancing && !m.is_healthy();
    let waited_for = good.iter().filter(comes_up).count();
    let surplus = good.len().saturating_sub(wanted + waited_for);
    let mut spare = spare.saturating_sub(going - left);
    // The one that is too many after a task was started to balance zones goes from the fullest.
    let balances = plan.service.schedule.rebalancing && surplus == 1;
    let (candidates, reason) = match balances {
        true => (in_fullest_zones(good), Why::Balancing),
        false => (good.clone(), Why::Scaling),
    };
    let chosen = choose::leaving(&candidates, good, surplus);
    if balances && chosen.is_empty() && !plan.events.iter().any(|e| e.repeats() == Some(PROTECTED)) {
        plan.events.push(rebalance::in_the_way(primary, good));
    }
    for member in chosen {
        if member.is_healthy() {
            // Those that stay may be protected and not healthy yet.
            let Some(less) = spare.checked_sub(1) else { break };
            spare = less;
        }
        plan.stop(member, reason);
    }
}

fn in_fullest_zones<'m>(good: &[&'m Member]) -> Vec<&'m Member> {
    let mut zones: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for member in good {
        *zones.entry(member.zone.as_deref()).or_default() += 1;
    }
    let most = zones.values().max().copied();
    good.iter().copied().filter(|m| zones.get(&m.zone.as_deref()).copied() == most).collect()
}

fn why(member: &Member) -> Why {
    match (member.phase, member.draining) {
        (Phase::Unhealthy, _) => Why::Unhealthy,
        (_, true) if member.retired => Why::Retired,
        (_, true) => Why::Draining,
        _ => Why::Scaling,
    }
}
