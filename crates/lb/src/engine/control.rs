//! The control thread: health checks, anomaly detection, listeners that are tried again, what is told to others.

use super::endpoint::Endpoint;
use super::{Shared, State, lock};
use crate::balance::anomaly;
use crate::health::outcome::Outcome;
use crate::health::probe;
use crate::log;
use crate::metrics::{Count, Datum, Flow, Metrics, Value};
use crate::plan::Plan;
use crate::target::{Group, GroupPlan, Target};
use model::balancer::{BalancerKind, HealthCheck, Observations, Protocol, TargetState};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub struct Control {
    pub shared: Arc<Shared>,
    pub state: Arc<Mutex<State>>,
    pub endpoints: watch::Sender<Vec<Arc<Endpoint>>>,
    pub plans: watch::Receiver<Option<Arc<Plan>>>,
    pub observed: watch::Sender<Observations>,
    pub metrics: Option<Arc<dyn Metrics>>,
    pub metrics_period: Duration,
    /// Told where what the kernel is to forward may be another.
    pub forwarding: Option<SyncSender<()>>,
    pub workers: usize,
}

/// How often everything else is looked at.
const TICK: Duration = Duration::from_secs(1);
/// A window of anomaly detection, in ticks.
const WINDOW: u64 = 5;

/// Over how long a rate of bytes is taken ("PeakBytesPerSecond").
const RATE: Duration = Duration::from_secs(10);

/// The checks that run, by target. The target is held: its address is not another's while the entry is there.
type Checks = RefCell<HashMap<usize, (Arc<Target>, HealthCheck, AbortHandle)>>;

impl Control {
    pub fn run(mut self, stop: CancellationToken) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            let checks = Checks::default();
            let changed = Rc::new(Notify::new());
            let mut ticks = tokio::time::interval(TICK);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            let (mut count, mut told) = (0_u64, Instant::now());
            let mut rates = Rates { since: Instant::now(), before: HashMap::new() };
            loop {
                // Cancel-safe: none of these loses anything where another is first.
                tokio::select! {
                    () = stop.cancelled() => return,
                    plan = self.plans.changed() => {
                        if plan.is_err() {
                            return;
                        }
                        self.check(&checks, &changed);
                        self.forward();
                    }
                    () = changed.notified() => self.forward(),
                    _ = ticks.tick() => {
                        count += 1;
                        self.try_again();
                        self.expire();
                        if count.is_multiple_of(WINDOW) {
                            self.judge();
                        }
                        self.sample(&mut rates, told.elapsed());
                        if told.elapsed() >= self.metrics_period {
                            told = Instant::now();
                            self.tell_metrics();
                            rates.before.clear();
                        }
                    }
                }
                self.tell();
            }
        });
        Ok(())
    }

    fn plan(&self) -> Option<Arc<Plan>> {
        self.plans.borrow().clone()
    }

    /// What is told already is looked at as it is when it is taken up.
    fn forward(&self) {
        if let Some(forwarding) = &self.forwarding {
            let _ = forwarding.try_send(());
        }
    }

    fn tell(&self) {
        let now = lock(&self.state).observe();
        self.observed.send_if_modified(|before| {
            let changed = *before != now;
            *before = now;
            changed
        });
    }

    /// Listeners that could not be bound.
    fn try_again(&self) {
        let mut state = lock(&self.state);
        if !state.failed.is_empty() {
            state.take_up(&*self.shared.sockets, self.workers);
            self.endpoints.send_replace(state.endpoints.values().cloned().collect());
        }
    }

    /// Targets that were unhealthy with connections for long enough.
    fn expire(&self) {
        let Some(plan) = self.plan() else { return };
        for group in plan.groups.values() {
            for target in group.expire(self.shared.now_ms()) {
                let (from, to) = (TargetState::UnhealthyDraining, TargetState::Unhealthy);
                tracing::info!(
                    group = group.arn,
                    target = target.key,
                    ?from,
                    ?to,
                    "a target's connections end"
                );
            }
        }
    }

    /// Begins and ends checks as the plan has it.
    fn check(&mut self, checks: &Checks, changed: &Rc<Notify>) {
        let Some(plan) = self.plans.borrow_and_update().clone() else { return };
        let mut checks = checks.borrow_mut();
        let mut wanted = HashMap::new();
        for group in plan.groups.values() {
            let of_group = group.plan();
            if of_group.used && of_group.config.health_check.enabled {
                for target in &of_group.targets {
                    wanted.insert(
                        Arc::as_ptr(target) as usize,
                        (Arc::clone(target), Arc::clone(group), of_group.config.health_check.clone()),
                    );
                }
            }
        }
        checks.retain(|key, (_, check, task)| {
            let stays = wanted.get(key).is_some_and(|(_, _, wanted)| wanted == check);
            if !stays {
                task.abort();
            }
            stays
        });
        for (key, (target, group, check)) in wanted {
            checks.entry(key).or_insert_with(|| {
                let run = watch_target(
                    Arc::clone(&self.shared),
                    group,
                    Arc::clone(&target),
                    check.clone(),
                    Rc::clone(changed),
                );
                let task = tokio::task::spawn_local(run).abort_handle();
                (target, check, task)
            });
        }
    }

    /// Ends a window of anomaly detection.
    fn judge(&self) {
        for group in self.plan().iter().flat_map(|plan| plan.groups.values()) {
            let plan = group.plan();
            let healthy: Vec<_> =
                plan.targets.iter().filter(|target| target.is_healthy() && !target.is_draining()).collect();
            if !matches!(plan.config.protocol, Protocol::Http | Protocol::Https) {
                continue;
            }
            let before: Vec<_> = healthy.iter().map(|target| target.judgement()).collect();
            let windows: Vec<_> = healthy.iter().map(|target| target.take_window()).collect();
            for (target, judgement) in healthy.iter().zip(anomaly::judge(&before, &windows)) {
                // Who is found out gets less only where that is wanted.
                let weight = if plan.config.anomaly_mitigation { judgement.weight } else { anomaly::FULL };
                target.set_judgement(anomaly::Judgement { weight, ..judgement });
            }
        }
    }

    /// Looks at what is not added up, where somebody is told of it.
    fn sample(&self, rates: &mut Rates, since_told: Duration) {
        let (Some(_), Some(plan)) = (&self.metrics, self.plan()) else { return };
        for balancer in plan.balancers.values().filter(|of| of.kind == BalancerKind::Network) {
            let counters = &balancer.counters;
            counters.sample("ActiveFlowCount", counters.active() as f64);
            for (name, kind) in [
                ("ActiveFlowCount_TCP", Flow::Tcp),
                ("ActiveFlowCount_TLS", Flow::Tls),
                ("ActiveFlowCount_UDP", Flow::Udp),
            ] {
                match counters.active_of(Some(kind)) {
                    0 => {}
                    active => counters.sample(name, active as f64),
                }
            }
        }
        // Of ten seconds, or of a shorter period that ends.
        let seconds = rates.since.elapsed();
        if seconds >= RATE || since_told >= self.metrics_period {
            rates.since = Instant::now();
            for balancer in plan.balancers.values().filter(|of| of.kind == BalancerKind::Network) {
                let bytes = balancer.counters.get(Count::ProcessedBytes);
                let before = rates.before.insert(balancer.id.clone(), bytes).unwrap_or(0);
                let rate = bytes.saturating_sub(before) as f64 / seconds.as_secs_f64().max(1.0);
                balancer.counters.sample("PeakBytesPerSecond", rate);
            }
        }
        plan.groups.values().for_each(sample_group);
    }

    fn tell_metrics(&self) {
        let (Some(metrics), Some(plan)) = (&self.metrics, self.plan()) else { return };
        let mut data = Vec::new();
        for balancer in plan.balancers.values() {
            let mut give = |name, value| {
                data.push(Datum { name, balancer: Some(balancer.id.clone()), group: None, value })
            };
            balancer.counters.take(&mut give);
            if balancer.kind == BalancerKind::Application {
                give("ActiveConnectionCount", Value::Gauge(balancer.counters.active()));
            }
        }
        let leading = plan.balancers_of_groups();
        for group in plan.groups.values() {
            let id = group.arn.rsplit_once(':').map_or(group.arn.as_str(), |(_, id)| id).to_owned();
            let balancer = leading.get(&group.arn).map(|balancer| balancer.id.clone());
            let targets = group.plan().targets.iter().filter(|target| !target.is_draining()).count();
            group.counters.take(|name, value| {
                let mut push = |name, value| {
                    data.push(Datum { name, balancer: balancer.clone(), group: Some(id.clone()), value });
                };
                push(name, value);
                if let (Value::Sum(sum), "RequestCount", 1..) = (value, name, targets) {
                    push("RequestCountPerTarget", Value::one(sum as f64 / targets as f64));
                }
            });
        }
        metrics.record(&data);
    }
}

/// What flows of network load balancers had carried when that was looked at last.
struct Rates {
    since: Instant,
    before: HashMap<String, u64>,
}

fn sample_group(group: &Arc<Group>) {
    let plan = group.plan();
    let count = |of: &dyn Fn(&Arc<Target>) -> bool| {
        plan.targets.iter().filter(|target| !target.is_draining() && of(target)).count() as f64
    };
    let sample = |name, value| group.counters.sample(name, value);
    sample("HealthyHostCount", count(&|target| target.is_healthy()));
    let ill = [TargetState::Unhealthy, TargetState::UnhealthyDraining];
    sample("UnHealthyHostCount", count(&|target| ill.contains(&target.health().state())));
    if !matches!(plan.config.protocol, Protocol::Http | Protocol::Https) {
        return;
    }
    sample("AnomalousHostCount", count(&|target| target.judgement().anomalous));
    sample("MitigatedHostCount", count(&|target| target.judgement().weight < anomaly::FULL));
    let (good, bad) = group.routing_zones();
    sample("HealthyStateRouting", good as f64);
    sample("UnhealthyStateRouting", bad as f64);
    let zones = group.observe_zones();
    let good = zones.iter().filter(|zone| zone.meets_dns_threshold).count();
    sample("HealthyStateDNS", good as f64);
    sample("UnhealthyStateDNS", (zones.len() - good) as f64);
}

/// Checks one target until it is gone. The time between checks does not depend on how long they take.
async fn watch_target(
    shared: Arc<Shared>,
    group: Arc<Group>,
    target: Arc<Target>,
    check: HealthCheck,
    changed: Rc<Notify>,
) {
    let mut next = Instant::now();
    while !target.gone.is_cancelled() {
        let (began, start) = (SystemTime::now(), Instant::now());
        let outcome = probe::probe(&shared, &group.plan(), &target, &check).await;
        log_check(&shared, &group.plan(), &target, &check, outcome, (began, start.elapsed()));
        let finding = outcome.finding(&check.matcher);
        let (before, after) = group.found(&target, finding, &check, shared.now_ms());
        if before != after {
            tracing::info!(group = group.arn, target = target.key, from = ?before, to = ?after, found = ?outcome, "a target's health changed");
            // What else a check finds out is told with the next tick.
            changed.notify_one();
        }
        next += Duration::from_secs(u64::from(check.interval_seconds.max(1)));
        next = next.max(Instant::now());
        // Cancel-safe: it only waits.
        tokio::select! {
            () = tokio::time::sleep_until(next) => {}
            () = target.gone.cancelled() => {}
        }
    }
}

/// Tells the logs of the load balancers that lead to a target of a check.
fn log_check(
    shared: &Shared,
    group: &GroupPlan,
    target: &Target,
    check: &HealthCheck,
    outcome: Outcome,
    (began, latency): (SystemTime, Duration),
) {
    for by in &group.logged_by {
        let entry = log::HealthCheck {
            kind: probe::kind(&group.config, check),
            began,
            latency,
            target: target.address,
            group: group.config.name(),
            code: outcome.code(),
            failure: outcome.failure(&check.matcher),
            balancer: &by.id,
            address: by.address,
        };
        shared.logs.write(&by.arn, log::Kind::HealthCheck, entry.line());
    }
}
