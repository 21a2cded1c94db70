//! A target group: who may be chosen now, and the choice.

use super::Target;
use crate::balance::{Choice, Flow, choose, eligible};
use crate::health::machine::{Finding, Health, ends_connections};
use crate::metrics::Counters;
use arc_swap::ArcSwap;
use model::balancer::{Algorithm, HealthCheck, TargetGroup, TargetState, ZoneObservation};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A group as it is configured now.
#[derive(Debug)]
pub struct GroupPlan {
    /// Its targets stand in `targets` only.
    pub config: TargetGroup,
    pub targets: Vec<Arc<Target>>,
    pub cross_zone: bool,
    /// The zones in which load balancers that lead to it have addresses here.
    pub zones: Vec<String>,
    /// Whether a listener or a rule leads to it.
    pub used: bool,
    /// The load balancers that lead to it and log its health checks.
    pub logged_by: Vec<LoggedBy>,
}

/// A load balancer that logs health checks.
#[derive(Debug)]
pub struct LoggedBy {
    pub arn: String,
    /// Its resource id.
    pub id: String,
    /// One of its addresses here.
    pub address: Option<IpAddr>,
}

/// A group over all its configurations.
#[derive(Debug)]
pub struct Group {
    pub arn: String,
    /// Its place in the tables of the workers.
    pub slot: Slot,
    plan: ArcSwap<GroupPlan>,
    eligible: ArcSwap<Eligible>,
    /// What is said by `eligible`, for those who ask with every request.
    open: AtomicBool,
    /// Held by whoever changes the plan, a health or who is eligible: each is derived from the others as they are then. Requests only
    /// look, without it.
    changing: Mutex<()>,
    /// Targets that are named no longer and have connections left. Locked after `changing`.
    leaving: Mutex<Vec<Arc<Target>>>,
    pub counters: Counters,
}

/// Who may be chosen now.
#[derive(Debug, Default)]
struct Eligible {
    /// By whoever comes in by no zone; with cross-zone balancing by all.
    all: Vec<Arc<Target>>,
    /// By whoever comes in by a zone. Empty with cross-zone balancing.
    zones: Vec<(String, Vec<Arc<Target>>)>,
    /// Whether there are unhealthy ones among them.
    open: bool,
}

impl Eligible {
    fn of(&self, zone: Option<&str>) -> &[Arc<Target>] {
        match zone {
            Some(zone) if !self.zones.is_empty() => {
                self.zones.iter().find(|(of, _)| of == zone).map_or(&[], |(_, targets)| targets)
            }
            _ => &self.all,
        }
    }
}

/// Counts up over the life of an engine.
pub type Slot = usize;

impl Group {
    pub fn new(plan: GroupPlan, slot: Slot, workers: usize) -> Self {
        let group = Self {
            arn: plan.config.arn.clone(),
            slot,
            plan: ArcSwap::from_pointee(plan),
            eligible: ArcSwap::default(),
            open: AtomicBool::new(false),
            changing: Mutex::new(()),
            leaving: Mutex::default(),
            counters: Counters::new(workers),
        };
        group.refresh(&group.change());
        group
    }

    fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn plan(&self) -> Arc<GroupPlan> {
        self.plan.load_full()
    }

    /// Whether this is how it is configured now.
    pub fn is_planned(&self, plan: &Arc<GroupPlan>) -> bool {
        Arc::ptr_eq(&self.plan.load(), plan)
    }

    /// Takes a new configuration; targets that are in it no longer end.
    pub fn set_plan(&self, plan: GroupPlan) {
        let changing = self.change();
        let before = self.plan.swap(Arc::new(plan));
        let now = self.plan.load();
        let gone = before
            .targets
            .iter()
            .filter(|target| !now.targets.iter().any(|other| Arc::ptr_eq(target, other)));
        self.let_go(&now, gone);
        self.refresh(&changing);
    }

    /// Ends it: nothing leads to it any more.
    pub fn end(&self) {
        let _changing = self.change();
        let plan = self.plan.load();
        self.let_go(&plan, plan.targets.iter());
    }

    /// The time of targets is over. Their requests end; connections of network load balancers once the group says so.
    fn let_go<'t>(&self, plan: &GroupPlan, gone: impl Iterator<Item = &'t Arc<Target>>) {
        let mut leaving = self.leaving.lock().unwrap_or_else(PoisonError::into_inner);
        leaving.retain(|target| target.outstanding() > 0);
        for target in gone {
            target.gone.cancel();
            leaving.push(Arc::clone(target));
        }
        if plan.config.network.connection_termination {
            leaving.drain(..).for_each(|target| target.end_connections());
        }
    }

    /// Takes what a check found; answers the states before and after.
    pub fn found(
        &self,
        target: &Target,
        finding: Finding,
        check: &HealthCheck,
        now_ms: u64,
    ) -> (TargetState, TargetState) {
        let changing = self.change();
        let network = &self.plan.load().config.network;
        self.settle(&changing, target, now_ms, |health| health.observe(finding, check, network, now_ms))
    }

    /// Ends the time of those that were unhealthy with connections for long enough; answers who they are. Whoever is deregistering has another time.
    pub fn expire(&self, now_ms: u64) -> Vec<Arc<Target>> {
        let changing = self.change();
        let plan = self.plan.load();
        let network = &plan.config.network;
        let mut over = Vec::new();
        for target in plan.targets.iter().filter(|target| !target.is_draining()) {
            let (before, after) =
                self.settle(&changing, target, now_ms, |health| health.expire(network, now_ms));
            if before != after {
                over.push(Arc::clone(target));
            }
        }
        over
    }

    /// Changes a health, and what follows from it; answers the states before and after.
    fn settle(
        &self,
        changing: &MutexGuard<'_, ()>,
        target: &Target,
        now_ms: u64,
        change: impl FnOnce(&mut Health),
    ) -> (TargetState, TargetState) {
        let (before, after) = {
            let mut health = target.health();
            let before = health.state();
            change(&mut health);
            (before, health.state())
        };
        if before != after {
            if after == TargetState::Healthy {
                self.became_healthy(target, now_ms);
            } else {
                target.set_warming(None);
            }
            self.refresh(changing);
        }
        // Afterwards: whoever comes again goes to another one. Where there is none, it gets new ones too, and keeps those it has
        // ("Health checks for Network Load Balancer target groups"); after its interval too they end all the same.
        let spared = before != TargetState::UnhealthyDraining && self.is_eligible(target);
        if ends_connections(before, after, &self.plan.load().config.network) && !spared {
            target.end_connections();
        }
        (before, after)
    }

    /// The targets that are known already, by what makes them the same.
    pub fn known(&self) -> HashMap<(String, std::net::SocketAddr), Arc<Target>> {
        self.plan
            .load()
            .targets
            .iter()
            .map(|target| ((target.id.clone(), target.address), Arc::clone(target)))
            .collect()
    }

    /// Finds out who may be chosen: after each change of a health or of the configuration. Whoever is not checked counts as healthy.
    fn refresh(&self, _changing: &MutexGuard<'_, ()>) {
        let plan = self.plan.load();
        for target in &plan.targets {
            let healthy = target.health().state() == TargetState::Healthy;
            target.set_healthy(healthy || !plan.config.health_check.enabled);
        }
        let chosen = |zone: Option<&str>| {
            let standings: Vec<_> = plan.targets.iter().map(|target| target.standing(zone)).collect();
            let chosen = eligible(&standings, zone.is_none(), plan.config.routing_threshold);
            chosen.into_iter().filter_map(|at| plan.targets.get(at).cloned()).collect::<Vec<_>>()
        };
        let zones = plan.zones.iter().filter(|_| !plan.cross_zone);
        let mut eligible = Eligible {
            all: chosen(None),
            zones: zones.map(|zone| (zone.clone(), chosen(Some(zone)))).collect(),
            open: false,
        };
        let mut all = eligible.zones.iter().flat_map(|(_, targets)| targets).chain(&eligible.all);
        eligible.open = all.any(|target| !target.is_healthy());
        self.open.store(eligible.open, Relaxed);
        self.eligible.store(Arc::new(eligible));
    }

    /// Whether somebody who comes in by some zone may be sent to it.
    fn is_eligible(&self, target: &Target) -> bool {
        let eligible = self.eligible.load();
        let is_it = |other: &Arc<Target>| std::ptr::eq(&**other, target);
        match &eligible.zones[..] {
            [] => eligible.all.iter().any(is_it),
            zones => zones.iter().flat_map(|(_, targets)| targets).any(is_it),
        }
    }

    /// Whether unhealthy targets get some of what comes in by a zone, for want of healthy ones.
    pub fn fails_open(&self, zone: Option<&str>) -> bool {
        self.open.load(Relaxed) && self.eligible.load().of(zone).iter().any(|target| !target.is_healthy())
    }

    /// How many of its zones have the healthy targets that routing asks for, and how many have not.
    pub fn routing_zones(&self) -> (usize, usize) {
        let plan = self.plan.load();
        let (good, bad): (Vec<_>, Vec<_>) = plan.zones.iter().partition(|zone| {
            let (healthy, all) = self.counted(&plan, zone);
            healthy > 0 && plan.config.routing_threshold.met(healthy, all)
        });
        (good.len(), bad.len())
    }

    /// The healthy targets, and all, that count for a zone.
    fn counted(&self, plan: &GroupPlan, zone: &str) -> (usize, usize) {
        let of_zone = |target: &&Arc<Target>| {
            let standing = target.standing(Some(zone));
            !standing.draining && (plan.cross_zone || standing.here)
        };
        let counted = plan.targets.iter().filter(of_zone);
        (counted.clone().filter(|target| target.is_healthy()).count(), counted.count())
    }

    /// The target that a sticky session stays with, while it may be chosen.
    pub fn target(&self, zone: Option<&str>, key: &[u8]) -> Option<Arc<Target>> {
        self.eligible.load().of(zone).iter().find(|target| target.key.as_bytes() == key).cloned()
    }

    /// The next target for whoever comes in by a zone.
    pub fn choose(&self, zone: Option<&str>, turn: u64, random: u64, now_ms: u64) -> Option<Arc<Target>> {
        self.choose_of(self.eligible.load().of(zone), turn, random, now_ms)
    }

    fn choose_of(&self, from: &[Arc<Target>], turn: u64, random: u64, now_ms: u64) -> Option<Arc<Target>> {
        let plan = self.plan.load();
        let slow_start = u64::from(plan.config.slow_start_seconds) * 1000;
        let algorithm = plan.config.algorithm;
        let look = |target: &Arc<Target>| target.candidate(now_ms, slow_start);
        let at = choose(from, look, Choice { algorithm, turn, random })?;
        from.get(at).cloned()
    }

    /// The next target besides those that were tried.
    pub fn choose_besides(
        &self,
        zone: Option<&str>,
        tried: &[Arc<Target>],
        turn: u64,
        random: u64,
        now_ms: u64,
    ) -> Option<Arc<Target>> {
        let eligible = self.eligible.load();
        let others: Vec<_> = eligible
            .of(zone)
            .iter()
            .filter(|target| !tried.iter().any(|one| Arc::ptr_eq(one, target)))
            .cloned()
            .collect();
        self.choose_of(&others, turn, random, now_ms)
    }

    /// Who may be chosen now by whoever comes in by a zone.
    pub fn eligible(&self, zone: Option<&str>) -> Vec<Arc<Target>> {
        self.eligible.load().of(zone).to_vec()
    }

    /// The target of a flow.
    pub fn flow(&self, zone: Option<&str>, flow: Flow, by_source: bool) -> Option<Arc<Target>> {
        let eligible = self.eligible.load();
        let eligible = eligible.of(zone);
        let at = flow.pick(eligible.iter().map(|target| target.hash), by_source)?;
        eligible.get(at).cloned()
    }

    /// What is said of its zones.
    pub fn observe_zones(&self) -> Vec<ZoneObservation> {
        let plan = self.plan.load();
        let told = plan.zones.iter().map(|zone| {
            let (healthy, all) = self.counted(&plan, zone);
            ZoneObservation {
                group: self.arn.clone(),
                zone: zone.clone(),
                meets_dns_threshold: plan.config.dns_threshold.met(healthy, all),
            }
        });
        told.collect()
    }

    /// Starts slowly with a target that became healthy: where others are warm already ("Slow start mode").
    fn became_healthy(&self, target: &Target, now_ms: u64) {
        let plan = self.plan.load();
        let duration = u64::from(plan.config.slow_start_seconds) * 1000;
        let warm = plan.targets.iter().any(|other| {
            other.key != target.key
                && other.is_healthy()
                && !other.is_draining()
                && !other.is_warming(now_ms, duration)
        });
        let slow = duration > 0 && plan.config.algorithm == Algorithm::RoundRobin && warm;
        target.set_warming(slow.then_some(now_ms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::balance::{Candidate, Standing};
    use model::balancer::{
        CrossZone, HealthProtocol, Matcher, NetworkGroup, Protocol, ProtocolVersion, Thresholds,
    };

    fn target(port: u16) -> Arc<Target> {
        let configured = model::balancer::Target {
            id: port.to_string(),
            address: std::net::Ipv4Addr::LOCALHOST.into(),
            port,
            zone: None,
            draining_since: None,
        };
        Arc::new(Target::new(&configured))
    }

    fn plan(targets: &[&Arc<Target>], checked: bool) -> GroupPlan {
        let config = TargetGroup {
            arn: "g".to_owned(),
            protocol: Protocol::Http,
            protocol_version: ProtocolVersion::Http1,
            namespace: None,
            health_check: HealthCheck {
                enabled: checked,
                protocol: HealthProtocol::Http,
                port: None,
                path: "/".to_owned(),
                interval_seconds: 5,
                timeout_seconds: 2,
                healthy_threshold: 1,
                unhealthy_threshold: 1,
                matcher: Matcher("200".to_owned()),
            },
            algorithm: Algorithm::RoundRobin,
            forward_resets: false,
            anomaly_mitigation: false,
            slow_start_seconds: 0,
            stickiness: None,
            cross_zone: CrossZone::On,
            routing_threshold: Thresholds::default(),
            dns_threshold: Thresholds::default(),
            network: NetworkGroup::default(),
            targets: Vec::new(),
        };
        let targets = targets.iter().map(|target| Arc::clone(target)).collect();
        GroupPlan { config, targets, cross_zone: true, zones: Vec::new(), used: true, logged_by: Vec::new() }
    }

    fn chosen(group: &Group) -> Vec<u16> {
        group.eligible.load().of(None).iter().map(|target| target.address.port()).collect()
    }

    #[test]
    fn whoever_was_unhealthy_is_so_again_when_checks_are_switched_on_again() {
        let (good, bad) = (target(1), target(2));
        let group = Group::new(plan(&[&good, &bad], true), 1, 1);
        let check = group.plan().config.health_check.clone();
        group.found(&good, Finding::Passed, &check, 1);
        assert_eq!(
            group.found(&bad, Finding::Failed, &check, 1),
            (TargetState::Initial, TargetState::Unhealthy)
        );
        assert_eq!(chosen(&group), [1]);
        group.set_plan(plan(&[&good, &bad], false));
        assert_eq!(chosen(&group), [1, 2]);
        group.set_plan(plan(&[&good, &bad], true));
        assert_eq!(chosen(&group), [1]);
        let standing = Standing { healthy: false, draining: false, here: true };
        assert_eq!((bad.standing(None), bad.candidate(1, 0).warmth), (standing, Candidate::WARM));
    }

    #[test]
    fn connections_end_with_the_time_of_their_target_and_not_before() {
        let (staying, target) = (target(1), target(2));
        let network = |keep, seconds, ending| {
            let mut plan = plan(&[&staying, &target], true);
            plan.config.network = NetworkGroup {
                keep_on_unhealthy: keep,
                unhealthy_draining_seconds: seconds,
                connection_termination: ending,
                ..NetworkGroup::default()
            };
            plan
        };
        let group = Group::new(network(true, 10, false), 1, 1);
        let check = group.plan().config.health_check.clone();
        let find = |finding, now_ms| group.found(&target, finding, &check, now_ms).1;
        group.found(&staying, Finding::Passed, &check, 0);
        assert_eq!(find(Finding::Passed, 0), TargetState::Healthy);
        let connections = target.connections();
        assert_eq!(find(Finding::Failed, 1_000), TargetState::UnhealthyDraining);
        assert_eq!(chosen(&group), [1], "it gets no new ones");
        assert_eq!(find(Finding::Passed, 2_000), TargetState::Healthy);
        assert_eq!(chosen(&group), [1, 2]);
        assert!(group.expire(100_000).is_empty() && !connections.is_cancelled());
        // Deregistered meanwhile, it has the time of that.
        assert_eq!(find(Finding::Failed, 20_000), TargetState::UnhealthyDraining);
        target.set_draining(true);
        assert!(group.expire(100_000).is_empty() && !connections.is_cancelled());
        target.set_draining(false);
        assert!(group.expire(29_999).is_empty() && !connections.is_cancelled());
        assert_eq!(group.expire(30_000).len(), 1);
        assert!(connections.is_cancelled() && target.health().state() == TargetState::Unhealthy);
        assert!(!target.connections().is_cancelled(), "those that come now are others");
        // Without an interval they stay, or end at once.
        for (keep, ends) in [(true, false), (false, true)] {
            group.set_plan(network(keep, 0, false));
            assert_eq!(find(Finding::Passed, 40_000), TargetState::Healthy);
            let connections = target.connections();
            assert_eq!(find(Finding::Failed, 40_000), TargetState::Unhealthy);
            assert_eq!(connections.is_cancelled(), ends, "{keep}");
        }
        // Named no longer: they end as soon as the group says so.
        group.set_plan(network(true, 0, false));
        let leaving = self::target(3);
        let (held, connections) = (leaving.begin(), leaving.connections());
        let mut with = network(true, 0, false);
        with.targets.push(Arc::clone(&leaving));
        group.set_plan(with);
        group.set_plan(network(true, 0, false));
        assert_eq!((leaving.gone.is_cancelled(), connections.is_cancelled()), (true, false));
        group.set_plan(network(true, 0, true));
        assert!(connections.is_cancelled());
        drop(held);
        for ends in [false, true] {
            let of_all = Group::new(network(true, 0, ends), 2, 1);
            let connections = staying.connections();
            of_all.end();
            assert_eq!(connections.is_cancelled(), ends);
        }
    }

    #[test]
    fn a_plan_and_a_finding_at_once_leave_nobody_who_is_gone() {
        let staying = target(1);
        let group = Group::new(plan(&[&staying], true), 1, 1);
        let check = group.plan().config.health_check.clone();
        for round in 0..3000_u16 {
            let coming = target(100 + round);
            let start = std::sync::Barrier::new(2);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    start.wait();
                    let finding = if round % 2 == 0 { Finding::Passed } else { Finding::Failed };
                    group.found(&staying, finding, &check, 1);
                });
                start.wait();
                group.set_plan(plan(&[&staying, &coming], false));
            });
            assert_eq!(chosen(&group), [1, 100 + round]);
        }
    }
}
