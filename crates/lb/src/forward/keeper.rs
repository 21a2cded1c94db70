//! The thread that has the kernel forward what is wanted, counts what it carried, and ends the flows of targets whose time is over.

use super::Forwarder;
use super::plan::{self, Wanted};
use crate::error::chain;
use crate::metrics::{Count, Flow};
use crate::plan::Plan;
use crate::target::{Slot, Target};
use model::balancer::forwarding::{Carried, Forwarding, Lane};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often is counted, and what was refused tried again.
const TICK: Duration = Duration::from_secs(1);
/// How often the flows that are there are counted: the kernel goes through all of them for that.
const LOOK: Duration = Duration::from_secs(10);

/// See the module.
pub struct Keeper {
    forwarder: Arc<dyn Forwarder>,
    plans: watch::Receiver<Option<Arc<Plan>>>,
    served: BTreeMap<String, Served>,
    /// Those that flows may lead to, also where they are named no longer.
    targets: Vec<Led>,
    looked: Instant,
}

/// A target that flows were led to.
struct Led {
    namespace: String,
    slot: Slot,
    lanes: BTreeSet<Lane>,
    target: Arc<Target>,
    /// Cancelled when the flows that it has are to end.
    connections: CancellationToken,
}

/// What is known of a namespace.
#[derive(Default)]
struct Served {
    /// What the kernel forwards; unknown until it was told, and after it refused.
    forwarding: Option<Forwarding>,
    /// Why it does not, as it was last said in the log.
    refusal: Option<String>,
    /// What is to be ended as soon as nothing leads there any more.
    ending: BTreeSet<(Lane, SocketAddr)>,
}

impl Keeper {
    pub fn new(forwarder: Arc<dyn Forwarder>, plans: watch::Receiver<Option<Arc<Plan>>>) -> Self {
        Self { forwarder, plans, served: BTreeMap::new(), targets: Vec::new(), looked: Instant::now() }
    }

    /// Works until nobody is left who could say that something changed. What the kernel forwards then it goes on to forward.
    pub fn run(mut self, changes: &Receiver<()>) -> io::Result<()> {
        let mut ticked = Instant::now();
        loop {
            match changes.recv_timeout(TICK.saturating_sub(ticked.elapsed())) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => ticked = Instant::now(),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            let Some(plan) = self.plans.borrow_and_update().clone() else { continue };
            let wanted = plan::wanted(&plan);
            self.note_ends(&wanted);
            self.served.retain(|namespace, _| wanted.contains_key(namespace));
            for (namespace, wanted) in &wanted {
                self.count(namespace, wanted);
                self.bring_about(namespace, wanted);
            }
            if self.looked.elapsed() >= LOOK || drains(&plan) {
                self.looked = Instant::now();
                self.look(&plan, &wanted);
            }
        }
    }

    fn bring_about(&mut self, namespace: &str, wanted: &Wanted) {
        let served = self.served.entry(namespace.to_owned()).or_default();
        if served.forwarding.as_ref() != Some(&wanted.forwarding) {
            match self.forwarder.forward(namespace, &wanted.forwarding) {
                Ok(()) => {
                    let entrances = wanted.forwarding.entrances.len();
                    if served.refusal.take().is_some() || served.forwarding.is_none() && entrances > 0 {
                        tracing::info!(namespace, entrances, "flows are forwarded by the kernel");
                    }
                    served.forwarding = Some(wanted.forwarding.clone());
                }
                Err(error) => {
                    served.forwarding = None;
                    let why = chain(&error);
                    // A namespace that is not there yet says so by the sockets of its listeners.
                    let speaks = error.kind() != io::ErrorKind::NotFound;
                    if speaks
                        && served.refusal.as_ref() != Some(&why)
                        && !wanted.forwarding.entrances.is_empty()
                    {
                        tracing::warn!(
                            namespace,
                            error = why,
                            "the kernel does not forward flows, they are relayed"
                        );
                    }
                    served.refusal = Some(why);
                    return;
                }
            }
        }
        if !served.ending.is_empty() {
            let ending = std::mem::take(&mut served.ending);
            match self.forwarder.end(namespace, &|flow| ending.contains(&(flow.lane, flow.target))) {
                Ok(ended) => {
                    let of = ending.iter().find_map(|(lane, _)| wanted.lanes.get(lane));
                    if let Some(of) = of.filter(|of| of.kind == Flow::Tcp) {
                        of.balancer.counters.add(0, Count::TCP_ELB_Reset_Count, ended);
                    }
                }
                Err(error) => {
                    tracing::warn!(
                        namespace,
                        error = chain(&error),
                        "flows of targets that are gone do not end yet"
                    );
                    served.ending = ending;
                }
            }
        }
    }

    /// Finds the targets whose flows are to end, and those that flows may lead to from now on.
    fn note_ends(&mut self, wanted: &BTreeMap<String, Wanted>) {
        for led in self.targets.iter_mut().filter(|led| led.connections.is_cancelled()) {
            // What comes later has another one.
            led.connections = led.target.connections();
            let ending = &mut self.served.entry(led.namespace.clone()).or_default().ending;
            ending.extend(led.lanes.iter().map(|lane| (*lane, led.target.address)));
        }
        for (namespace, group, lanes) in plan::forwarded(wanted) {
            for target in &group.plan().targets {
                let is_known =
                    |led: &&mut Led| led.namespace == namespace && Arc::ptr_eq(&led.target, target);
                match self.targets.iter_mut().find(is_known) {
                    Some(led) => led.lanes.extend(&lanes),
                    None => self.targets.push(Led {
                        namespace: namespace.clone(),
                        slot: group.slot,
                        lanes: lanes.clone(),
                        target: Arc::clone(target),
                        connections: target.connections(),
                    }),
                }
            }
        }
    }

    fn count(&mut self, namespace: &str, wanted: &Wanted) {
        let Some(served) = self.served.get_mut(namespace).filter(|of| of.forwarding.is_some()) else {
            return;
        };
        match self.forwarder.carried(namespace) {
            Ok(carried) => {
                let known = carried.into_iter().filter_map(|(lane, of)| Some((wanted.lanes.get(&lane)?, of)));
                known.for_each(|(lane, carried)| add(lane, carried));
            }
            // The namespace was made anew, or somebody took the table away: it is put there again.
            Err(error) if error.kind() == io::ErrorKind::NotFound => served.forwarding = None,
            Err(error) => {
                tracing::warn!(namespace, error = chain(&error), "what the kernel carried is not known")
            }
        }
    }

    /// Counts the flows that are there: of load balancers, and of targets.
    fn look(&mut self, plan: &Plan, wanted: &BTreeMap<String, Wanted>) {
        let mut active = HashMap::<(&str, Flow), u64>::new();
        let mut unknown = BTreeSet::new();
        let mut of_targets = HashMap::<(&str, SocketAddr, Option<Slot>), u64>::new();
        for (namespace, wanted) in wanted {
            let flows = match self.forwarder.flowing(namespace) {
                Ok(flows) => flows,
                // Nothing can be there yet.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
                Err(error) => {
                    tracing::warn!(namespace, error = chain(&error), "the kernel's flows cannot be counted");
                    unknown.insert(namespace);
                    continue;
                }
            };
            for flow in flows {
                let counted = wanted.lanes.get(&flow.lane);
                if let Some(counted) = counted {
                    *active.entry((&counted.balancer.arn, counted.kind)).or_default() += 1;
                }
                let of = (namespace.as_str(), flow.target, counted.map(|of| of.group.slot));
                *of_targets.entry(of).or_default() += 1;
            }
        }
        for balancer in plan.balancers.values() {
            for kind in [Flow::Tcp, Flow::Udp] {
                let count = active.get(&(balancer.arn.as_str(), kind)).copied().unwrap_or(0);
                balancer.counters.set_forwarded(kind, count);
            }
        }
        let count = |namespace: &str, slot: Slot, target: &Target| -> u64 {
            // Those of a lane that is no more may be any group's that has the target.
            let of = |slot| of_targets.get(&(namespace, target.address, slot)).copied().unwrap_or(0);
            of(Some(slot)) + of(None)
        };
        for group in plan.groups.values() {
            let of_group = group.plan();
            let namespace = of_group.config.namespace.as_ref();
            if plan::may_have(&of_group.config) && !namespace.is_some_and(|of| unknown.contains(of)) {
                let namespace = namespace.map_or("", String::as_str);
                of_group.targets.iter().for_each(|of| of.set_forwarded(count(namespace, group.slot, of)));
            }
        }
        // Whoever is named no longer is known until nothing is left of it.
        self.targets.retain(|led| {
            if !led.target.gone.is_cancelled() || unknown.contains(&led.namespace) {
                return true;
            }
            let left = count(&led.namespace, led.slot, &led.target);
            led.target.set_forwarded(left);
            left > 0 && wanted.contains_key(&led.namespace)
        });
    }
}

/// Whether somebody waits for flows to end.
fn drains(plan: &Plan) -> bool {
    plan.groups.values().any(|group| {
        let plan = group.plan();
        plan::may_have(&plan.config) && plan.targets.iter().any(|target| target.is_draining())
    })
}

fn add(lane: &plan::Counted, carried: Carried) {
    let counters = &lane.balancer.counters;
    counters.flows(0, lane.kind, carried.flows);
    counters.carried(0, lane.kind, carried.bytes);
    counters.add(0, Count::TCP_Client_Reset_Count, carried.client_resets);
    counters.add(0, Count::TCP_Target_Reset_Count, carried.target_resets);
    if lane.kind == Flow::Tcp {
        lane.group.counters.add(0, Count::NewFlowCount, carried.flows);
    }
    if lane.group.fails_open(lane.zone.as_deref()) {
        counters.add(0, Count::UnhealthyRoutingFlowCount, carried.flows);
    }
}
