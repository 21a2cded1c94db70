//! A target group: who may be chosen now, and the choice.

use super::Target;
use crate::balance::{Choice, Flow, choose, eligible};
use crate::metrics::Counters;
use arc_swap::ArcSwap;
use model::balancer::{Algorithm, TargetGroup};
use std::collections::HashMap;
use std::sync::Arc;

/// A group as it is configured now.
#[derive(Debug)]
pub struct GroupPlan {
    /// Its targets stand in `targets` only.
    pub config: TargetGroup,
    pub targets: Vec<Arc<Target>>,
    pub cross_zone: bool,
    /// Whether a listener or a rule leads to it.
    pub used: bool,
}

/// A group over all its configurations.
#[derive(Debug)]
pub struct Group {
    pub arn: String,
    /// Its place in the tables of the workers.
    pub slot: Slot,
    plan: ArcSwap<GroupPlan>,
    eligible: ArcSwap<Vec<Arc<Target>>>,
    pub counters: Counters,
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
            counters: Counters::new(workers),
        };
        group.refresh();
        group
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
        let before = self.plan.swap(Arc::new(plan));
        let now = self.plan.load();
        for target in &before.targets {
            if !now.targets.iter().any(|other| Arc::ptr_eq(target, other)) {
                target.gone.cancel();
            }
        }
        self.refresh();
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

    /// Finds out who may be chosen: after each change of a health or of the configuration.
    pub fn refresh(&self) {
        let plan = self.plan.load();
        let standings: Vec<_> = plan.targets.iter().map(|target| target.standing()).collect();
        let chosen = eligible(&standings, plan.cross_zone, plan.config.routing_threshold);
        self.eligible
            .store(Arc::new(chosen.into_iter().filter_map(|at| plan.targets.get(at).cloned()).collect()));
    }

    /// The target that a sticky session stays with, while it may be chosen.
    pub fn target(&self, key: &[u8]) -> Option<Arc<Target>> {
        self.eligible.load().iter().find(|target| target.key.as_bytes() == key).cloned()
    }

    /// The next target.
    pub fn choose(&self, turn: u64, random: u64, now_ms: u64) -> Option<Arc<Target>> {
        let eligible = self.eligible.load();
        let plan = self.plan.load();
        let slow_start = u64::from(plan.config.slow_start_seconds) * 1000;
        let algorithm = plan.config.algorithm;
        let look = |target: &Arc<Target>| target.candidate(now_ms, slow_start);
        let at = choose(&eligible, look, Choice { algorithm, turn, random })?;
        eligible.get(at).cloned()
    }

    /// The target of a flow.
    pub fn flow(&self, flow: Flow, by_source: bool) -> Option<Arc<Target>> {
        let eligible = self.eligible.load();
        let at = flow.pick(eligible.iter().map(|target| target.hash), by_source)?;
        eligible.get(at).cloned()
    }

    /// Starts slowly with a target that became healthy: where others are warm already ("Slow start mode").
    pub fn became_healthy(&self, target: &Target, now_ms: u64) {
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
