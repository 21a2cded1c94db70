//! Nodes that carry load balancers: what each of them tells, and what that comes to.
//!
//! What they told is kept in memory: with its first session after a start of the server a node tells everything again.

use model::Timestamp;
use model::acm::Certificate;
use model::balancer::{self as inert, Bound, Observations, Secret};
use model::ec2::NetworkInterface;
use model::elbv2::{Authentication, LoadBalancer, LoadBalancerState, Target, TargetReason, TargetState};
use model::ids::{ContainerInstanceArn, ListenerArn, LoadBalancerArn, TargetGroupArn};
use state::Tx;
use state::elbv2::target::Health;
use state::elbv2::{load_balancer, target, target_group};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Secrets that nodes which carry load balancers are told.
pub trait Keys: Send + Sync {
    /// Under which cookies are sealed: 32 bytes in hexadecimal, the same for every node.
    fn cookie_key(&self) -> Secret;

    /// Signs the claims of users: a private key of P-256, 32 bytes in hexadecimal, the same for every node.
    fn signing_key(&self) -> Secret;

    /// What proves a load balancer to a provider of identities. `None` where it was sealed under another master key.
    fn client_secret(&self, listener: &ListenerArn, authentication: &Authentication) -> Option<Secret>;

    /// PEM. `None` where the key was sealed under another master key.
    fn private_key(&self, certificate: &Certificate) -> Option<Secret>;
}

/// For servers without load balancers: no certificate has a key, and no provider takes them.
pub(crate) struct NoKeys;

impl Keys for NoKeys {
    fn cookie_key(&self) -> Secret {
        Secret::new("00".repeat(32))
    }

    fn signing_key(&self) -> Secret {
        Secret::new("01".repeat(32))
    }

    fn client_secret(&self, _: &ListenerArn, _: &Authentication) -> Option<Secret> {
        None
    }

    fn private_key(&self, _: &Certificate) -> Option<Secret> {
        None
    }
}

/// Group, id and port.
type Key = (TargetGroupArn, String, u16);

/// What one node tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    served: BTreeSet<LoadBalancerArn>,
    /// Listeners that cannot listen, and why.
    deaf: BTreeMap<String, String>,
    targets: BTreeMap<Key, Seen>,
    /// Groups with too few healthy targets for the DNS, with the zones whose addresses reach no more of them.
    failing: BTreeSet<(TargetGroupArn, String)>,
    /// Listeners to which a loopback address of the node does not lead, and why, as `ADDRESS: REASON`.
    closed: BTreeSet<(String, String)>,
}

/// What one node saw of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    health: Health,
    /// Requests and connections that it has.
    active: u64,
    anomalous: bool,
}

impl Report {
    pub(crate) fn new(served: BTreeSet<LoadBalancerArn>, observations: &Observations) -> Self {
        let deaf = observations.listeners.iter().filter_map(|listener| match &listener.state {
            Bound::Listening => None,
            Bound::Failed(why) => Some((listener.arn.clone(), format!("{}: {why}", listener.address))),
        });
        // A port of loopback that another program has is no fault of the load balancer's.
        let closed = observations.doors.iter().filter_map(|door| match &door.state {
            Bound::Listening => None,
            Bound::Failed(why) => Some((door.arn.clone(), format!("{}: {why}", door.address))),
        });
        let targets = observations.targets.iter().filter_map(|seen| {
            let key = (seen.group.parse().ok()?, seen.id.clone(), seen.port);
            let health = Health {
                state: state_of(seen.state),
                reason: seen.reason.map(reason_of),
                description: seen.description.clone(),
            };
            Some((key, Seen { health, active: seen.active, anomalous: seen.anomalous == Some(true) }))
        });
        let failing = observations.zones.iter().filter(|seen| !seen.meets_dns_threshold);
        let failing = failing.filter_map(|seen| Some((seen.group.parse().ok()?, seen.zone.clone())));
        Self {
            served,
            deaf: deaf.collect(),
            targets: targets.collect(),
            failing: failing.collect(),
            closed: closed.collect(),
        }
    }
}

/// What all nodes told last.
#[derive(Default)]
pub(crate) struct Carriers {
    reports: Mutex<BTreeMap<ContainerInstanceArn, Arc<Report>>>,
}

impl Carriers {
    /// Takes a report in.
    pub(crate) fn hear(&self, node: &ContainerInstanceArn, report: Report) -> Picture {
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        reports.insert(node.clone(), Arc::new(report));
        Picture { newest: node.clone(), reports: reports.clone() }
    }

    /// Listeners to which loopback does not lead on some node that carries them, and why.
    pub(crate) fn closed_doors(&self) -> BTreeSet<(String, String)> {
        let reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        reports.values().flat_map(|report| report.closed.iter().cloned()).collect()
    }

    /// The node is no more.
    pub(crate) fn forget(&self, node: &ContainerInstanceArn) {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).remove(node);
    }
}

/// What all nodes have told, and who told last.
pub(crate) struct Picture {
    newest: ContainerInstanceArn,
    reports: BTreeMap<ContainerInstanceArn, Arc<Report>>,
}

impl Picture {
    /// Records what comes of the newest report.
    pub(crate) fn record(&self, tx: &mut Tx<'_>, now: Timestamp) {
        let Some(report) = self.reports.get(&self.newest) else { return };
        for arn in &report.served {
            if let Some((state, reason)) = self.provision(tx, arn) {
                load_balancer::observe(tx, arn, state, reason, now);
            }
            let failed = self.failed_zones(tx, arn);
            load_balancer::observe_zones(tx, arn, failed);
        }
        let mut carriers: BTreeMap<&TargetGroupArn, CarriersOf<'_>> = BTreeMap::new();
        for key in report.targets.keys() {
            let of_group = carriers.entry(&key.0).or_insert_with(|| self.carriers_of(tx, &key.0));
            // A node tells of what it carries, and of nothing else.
            if !of_group.heard.iter().any(|r| Arc::ptr_eq(r, report)) {
                continue;
            }
            let seen: Option<Vec<&Seen>> = of_group.heard.iter().map(|r| r.targets.get(key)).collect();
            // Until each of them knows the target nothing can be said of it.
            let Some(seen) = seen else { continue };
            record_target(tx, key, &seen, of_group.all, now);
        }
    }

    /// The zones of a load balancer in which a target group of its has too few healthy targets for the DNS, as the nodes say that carry their
    /// interfaces. Of a zone whose node has not been heard of it stays what it was.
    fn failed_zones(&self, tx: &Tx<'_>, arn: &LoadBalancerArn) -> BTreeSet<String> {
        let Some(balancer) = tx.get::<LoadBalancer>(arn) else { return BTreeSet::new() };
        let has_failed = |zone: &String, host: Option<ContainerInstanceArn>| {
            let Some(report) = host.and_then(|host| self.reports.get(&host)) else {
                return load_balancer::has_failed(tx, arn, zone);
            };
            let failing = report.failing.iter().filter(|(_, of)| of == zone);
            failing.into_iter().any(|(group, _)| target_group::load_balancers(tx, group).contains(arn))
        };
        let zones = balancer.subnets.iter().map(|subnet| &subnet.zone).zip(hosts(tx, arn));
        zones.filter(|(zone, host)| has_failed(zone, host.clone())).map(|(zone, _)| zone.clone()).collect()
    }

    /// What nodes tell that carry an interface of a load balancer of the group's.
    fn carriers_of(&self, tx: &Tx<'_>, group: &TargetGroupArn) -> CarriersOf<'_> {
        let balancers = target_group::load_balancers(tx, group);
        let hosts: BTreeSet<ContainerInstanceArn> =
            balancers.iter().flat_map(|arn| hosts(tx, arn)).flatten().collect();
        let heard: Vec<_> = hosts.iter().filter_map(|host| self.reports.get(host)).collect();
        CarriersOf { all: heard.len() == hosts.len(), heard }
    }
    /// Whether a load balancer takes traffic; `None` where what was known of it stays.
    fn provision(&self, tx: &Tx<'_>, arn: &LoadBalancerArn) -> Option<(LoadBalancerState, Option<String>)> {
        let hosts: Vec<Option<ContainerInstanceArn>> = hosts(tx, arn);
        let serves = |host: &ContainerInstanceArn| {
            self.reports.get(host).is_some_and(|report| report.served.contains(arn))
        };
        let listeners = format!("{}/", arn.as_str().replacen(":loadbalancer/", ":listener/", 1));
        let reports = hosts.iter().flatten().filter_map(|host| self.reports.get(host));
        let mut deaf = reports.flat_map(|r| r.deaf.iter()).filter(|(arn, _)| arn.starts_with(&listeners));
        if let Some((listener, why)) = deaf.next() {
            let reason = format!("{listener} does not listen on {why}");
            return Some((LoadBalancerState::ActiveImpaired, Some(reason)));
        }
        if hosts.iter().all(|host| host.as_ref().is_some_and(serves)) {
            return Some((LoadBalancerState::Active, None));
        }
        // Another node is only just beginning, or its agent was not heard of since the server began; its data plane goes on.
        None
    }
}

/// What is known of those who carry a group's load balancers.
struct CarriersOf<'a> {
    heard: Vec<&'a Arc<Report>>,
    /// Whether that is all of them.
    all: bool,
}

/// Records what was seen of a target. `all`: by everybody who sends to it.
fn record_target(tx: &mut Tx<'_>, (group, id, port): &Key, seen: &[&Seen], all: bool, now: Timestamp) {
    let drains = |s: &&Seen| s.health.state == TargetState::Draining;
    if seen.iter().any(drains) {
        if all && seen.iter().all(|s| drains(s) && s.active == 0) {
            let record = tx.get::<Target>(&Target::key_of(group, id, *port));
            if let Some(record) = record.filter(|t| t.is_draining()) {
                target::remove(tx, &record);
            }
        }
        return;
    }
    // Nodes that do not agree leave it as it was: one that has lost its own way is not to have all tasks replaced.
    if let Some(seen_by_all) = agreed(seen) {
        let anomalous = seen.iter().any(|s| s.anomalous);
        target::observe(tx, (group, id, *port), seen_by_all.health.clone(), anomalous, now);
    }
}

/// What all nodes say. Whoever is unhealthy has connections left as long as one node has: the time of each began with its own checks.
fn agreed<'a>(seen: &[&'a Seen]) -> Option<&'a Seen> {
    let (first, others) = seen.split_first()?;
    let drains = |s: &&&Seen| s.health.state == TargetState::UnhealthyDraining;
    if seen.iter().all(|s| s.health.state == TargetState::Unhealthy || drains(&s)) {
        return Some(seen.iter().find(drains).unwrap_or(first));
    }
    others.iter().all(|s| s.health.state == first.health.state).then_some(first)
}

/// The nodes of a load balancer's interfaces, `None` for each that nobody carries.
fn hosts(tx: &Tx<'_>, arn: &LoadBalancerArn) -> Vec<Option<ContainerInstanceArn>> {
    let Some(balancer) = tx.get::<LoadBalancer>(arn) else { return Vec::new() };
    let interfaces = balancer.subnets.iter();
    interfaces.map(|s| tx.get::<NetworkInterface>(&s.interface).and_then(|i| i.host.clone())).collect()
}

fn state_of(state: inert::TargetState) -> TargetState {
    match state {
        inert::TargetState::Initial => TargetState::Initial,
        inert::TargetState::Healthy => TargetState::Healthy,
        inert::TargetState::Unhealthy => TargetState::Unhealthy,
        inert::TargetState::UnhealthyDraining => TargetState::UnhealthyDraining,
        inert::TargetState::Unused => TargetState::Unused,
        inert::TargetState::Draining => TargetState::Draining,
        inert::TargetState::Unavailable => TargetState::Unavailable,
    }
}

fn reason_of(reason: inert::Reason) -> TargetReason {
    match reason {
        inert::Reason::RegistrationInProgress => TargetReason::RegistrationInProgress,
        inert::Reason::InitialHealthChecking => TargetReason::InitialHealthChecking,
        inert::Reason::InternalError => TargetReason::InternalError,
        inert::Reason::ResponseCodeMismatch => TargetReason::ResponseCodeMismatch,
        inert::Reason::Timeout => TargetReason::Timeout,
        inert::Reason::FailedHealthChecks => TargetReason::FailedHealthChecks,
        inert::Reason::NotInUse => TargetReason::NotInUse,
        inert::Reason::DeregistrationInProgress => TargetReason::DeregistrationInProgress,
        inert::Reason::HealthCheckDisabled => TargetReason::HealthCheckDisabled,
    }
}
