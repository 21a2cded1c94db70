//! What the kernel is to forward. Pure.
//!
//! A part of an entrance's flows (a bucket) has a target by the same idea as a flow of the relay's (`balance::Flow`): by rendezvous, so that a target
//! that comes or goes moves only the buckets that it gets or had. Groups share the buckets by their weights.

use crate::metrics;
use crate::plan::{Action, BalancerPlan, ListenerPlan, Place, Plan, Transport, Zone};
use crate::target::{Group, Target};
use model::balancer::forwarding::{self, BUCKETS, Bucket, Entrance, Forwarding, Lane};
use model::balancer::{BalancerKind, ListenerProtocol, Protocol, Stickiness, TargetGroup};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What is wanted of one namespace.
#[derive(Debug, Default)]
pub struct Wanted {
    pub forwarding: Forwarding,
    /// What is counted by its lanes.
    pub lanes: HashMap<Lane, Counted>,
}

/// For whom flows are counted.
#[derive(Clone, Debug)]
pub struct Counted {
    pub balancer: Arc<BalancerPlan>,
    pub group: Arc<Group>,
    pub zone: Zone,
    pub kind: metrics::Flow,
}

/// What is wanted of each namespace that a network load balancer is in.
pub fn wanted(plan: &Plan) -> BTreeMap<String, Wanted> {
    let mut all = BTreeMap::<String, Wanted>::new();
    let networks = plan.balancers.values().filter(|of| of.kind == BalancerKind::Network);
    all.extend(networks.filter_map(|of| Some((of.namespace.clone()?, Wanted::default()))));
    let mut listeners: Vec<_> = plan.listeners.iter().collect();
    // Lanes are chosen in this order, and are to be the same whenever the listeners are.
    listeners.sort_by_key(|(place, _)| (place.address, place.transport == Transport::Udp));
    for (place, served) in listeners {
        let Some(wanted) = place.namespace.as_ref().and_then(|namespace| all.get_mut(namespace)) else {
            continue;
        };
        if let (false, false) = (place.door, served.is_shared()) {
            enter(wanted, place, &served.first);
        }
    }
    all
}

/// Adds an entrance where the kernel can carry its flows.
fn enter(wanted: &mut Wanted, place: &Place, listener: &ListenerPlan) {
    let Some(PassedOn { groups, by_source }) = groups(place, listener) else { return };
    let (transport, kind) = match place.transport {
        Transport::Tcp => (forwarding::Transport::Tcp, metrics::Flow::Tcp),
        Transport::Udp => (forwarding::Transport::Udp, metrics::Flow::Udp),
    };
    let zone = place.zone.as_deref();
    let eligible: Vec<_> = groups.iter().map(|(group, _)| group.eligible(zone)).collect();
    if !eligible.iter().flatten().all(|target| is_forwarded_to(place, target)) {
        return;
    }
    let lanes: Vec<Lane> = groups
        .iter()
        .map(|(group, _)| {
            let lane = free_lane(&wanted.lanes, &format!("{} {transport:?} {}", place.address, group.arn));
            let counted = Counted {
                balancer: Arc::clone(&listener.balancer),
                group: Arc::clone(group),
                zone: place.zone.clone(),
                kind,
            };
            wanted.lanes.insert(lane, counted);
            lane
        })
        .collect();
    let seed = hash(&place.address.to_string());
    let bucket = |number: usize| {
        let number = spread(seed ^ number as u64);
        let at = group_of(&groups, number)?;
        let (group, _) = groups.get(at)?;
        let target = target_of(eligible.get(at)?, number)?;
        let as_client = group.plan().config.network.preserve_client_ip;
        Some(Bucket { target: target.address, lane: *lanes.get(at)?, as_client })
    };
    // Where one group of several has nobody, the relay has all of the flows and refuses those that are that group's.
    let buckets = (0..BUCKETS).map(bucket).collect::<Option<Vec<_>>>().unwrap_or_default();
    wanted.forwarding.entrances.push(Entrance {
        address: place.address,
        transport,
        by_source,
        idle_seconds: listener.tcp_idle_seconds,
        lanes,
        buckets,
    });
}

/// What a listener passes its flows on to.
struct PassedOn<'a> {
    /// With their weights.
    groups: Vec<(&'a Arc<Group>, u32)>,
    /// Whether all flows of a client go together.
    by_source: bool,
}

/// The groups of a listener whose flows are only passed on.
fn groups<'a>(place: &Place, listener: &'a ListenerPlan) -> Option<PassedOn<'a>> {
    let plain =
        matches!(listener.protocol, ListenerProtocol::Tcp | ListenerProtocol::Udp | ListenerProtocol::TcpUdp);
    // What is said to loopback is not routed.
    if !plain || listener.is_encrypted() || place.address.ip().is_loopback() {
        return None;
    }
    let Action::Forward(forward) = &listener.default else { return None };
    let groups: Vec<_> = forward
        .groups
        .iter()
        .filter(|(_, weight)| *weight > 0)
        .map(|(group, weight)| (group, *weight))
        .collect();
    let passed_on = |group: &Arc<Group>| {
        let config = &group.plan().config;
        may_have(config) && !config.network.proxy_protocol && config.namespace == place.namespace
    };
    // A client that stays with its group stays with one target of it.
    let stays = groups.len() > 1 && forward.stickiness_seconds.is_some();
    let by_source = stays || groups.iter().all(|(group, _)| is_by_source(group));
    let alike = by_source || groups.iter().all(|(group, _)| !is_by_source(group));
    let all = !groups.is_empty() && groups.iter().all(|(group, _)| passed_on(group));
    (all && alike).then_some(PassedOn { groups, by_source })
}

/// Whether flows of a group may be with the kernel.
pub fn may_have(group: &TargetGroup) -> bool {
    matches!(group.protocol, Protocol::Tcp | Protocol::Udp | Protocol::TcpUdp)
}

fn is_by_source(group: &Group) -> bool {
    group.plan().config.stickiness == Some(Stickiness::SourceIp)
}

/// Between families nothing is forwarded, nor is what a target hears on loopback.
fn is_forwarded_to(place: &Place, target: &Target) -> bool {
    let ip = target.address.ip();
    ip.is_ipv4() == place.address.is_ipv4() && !ip.is_loopback() && !ip.is_unspecified()
}

/// The group of a bucket: each gets its weight's share, and keeps what it has where another's weight shrinks (weighted rendezvous).
fn group_of(groups: &[(&Arc<Group>, u32)], bucket: u64) -> Option<usize> {
    let score = |(group, weight): &(&Arc<Group>, u32)| {
        // Of (0, 1): its logarithm is below zero.
        let even = (spread(bucket ^ hash(&group.arn)) >> 11) as f64 / (1_u64 << 53) as f64;
        f64::from(*weight) / -(even.max(f64::MIN_POSITIVE).ln())
    };
    let scores = groups.iter().map(score).enumerate();
    scores.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
}

fn target_of(eligible: &[Arc<Target>], bucket: u64) -> Option<&Arc<Target>> {
    eligible.iter().max_by_key(|target| spread(bucket ^ target.hash))
}

/// A lane that nothing of the namespace has. It follows from what it is for, so that the next process gives it to the same flows.
fn free_lane(taken: &HashMap<Lane, Counted>, of: &str) -> Lane {
    let first = hash(of) as u16;
    let candidates = (0..=u16::MAX).map(|step| Lane(first.wrapping_add(step)));
    let free = candidates.into_iter().find(|lane| lane.0 != 0 && !taken.contains_key(lane));
    free.expect("a load balancer has fewer listeners than there are lanes")
}

/// FNV-1a: the same in every process and version.
fn hash(text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    spread(hash)
}

/// The finalizer of SplitMix64: every bit of the result depends on every bit of the number.
fn spread(mut number: u64) -> u64 {
    number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// The groups that something is forwarded for, each once.
pub fn forwarded(wanted: &BTreeMap<String, Wanted>) -> Vec<(String, Arc<Group>, BTreeSet<Lane>)> {
    let mut found: Vec<(String, Arc<Group>, BTreeSet<Lane>)> = Vec::new();
    for (namespace, wanted) in wanted {
        for (lane, counted) in &wanted.lanes {
            let same = |(of, group, _): &&mut (String, Arc<Group>, BTreeSet<Lane>)| {
                of == namespace && group.slot == counted.group.slot
            };
            match found.iter_mut().find(same) {
                Some((_, _, lanes)) => drop(lanes.insert(*lane)),
                None => found.push((namespace.clone(), Arc::clone(&counted.group), BTreeSet::from([*lane]))),
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
