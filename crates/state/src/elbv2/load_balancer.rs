//! Load balancers and what was seen of them, both keyed by ARN.

use super::{listener, rule};
use crate::ec2::network_interface;
use crate::{Entries, Index, Record, Source, Table, Tx, Version};
use model::Timestamp;
use model::ec2::{InterfaceOwner, NetworkInterface};
use model::elbv2::{Listener, LoadBalancer, LoadBalancerState, Provision, Rule, attribute};
use model::ids::{LoadBalancerArn, Scope, VpcId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<LoadBalancer> = Index::new("by_scope");

/// (scope, name): one at most.
pub const BY_NAME: Index<LoadBalancer> = Index::new("by_name");

/// VPC.
pub const BY_VPC: Index<LoadBalancer> = Index::new("by_vpc");

impl Version for LoadBalancer {}

impl Record for LoadBalancer {
    const TABLE: &'static str = "elbv2.load_balancer";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_NAME, (&self.scope, &self.name));
        entries.add(BY_VPC, &self.vpc);
    }
}

impl Version for Provision {}

impl Record for Provision {
    const TABLE: &'static str = "elbv2.provision";

    fn key(&self) -> String {
        self.load_balancer.to_string()
    }
}

/// The load balancer of that name.
pub fn named<'a>(
    balancers: &'a Table<LoadBalancer>,
    scope: &Scope,
    name: &str,
) -> Option<&'a Arc<LoadBalancer>> {
    balancers.by_index(BY_NAME, (scope, name)).next()
}

/// The load balancers of a VPC, in the order of their ARNs.
pub fn of_vpc<'a>(
    balancers: &'a Table<LoadBalancer>,
    vpc: &VpcId,
) -> impl Iterator<Item = &'a Arc<LoadBalancer>> + use<'a> {
    balancers.by_index(BY_VPC, vpc)
}

/// What was seen of a load balancer: what nobody saw is being provisioned.
pub fn state(from: &impl Source, arn: &LoadBalancerArn) -> (LoadBalancerState, Option<String>) {
    match from.get::<Provision>(arn.as_str()) {
        Some(seen) => (seen.state, seen.reason.clone()),
        None => (LoadBalancerState::Provisioning, None),
    }
}

/// Whether it takes traffic.
pub fn is_active(from: &impl Source, arn: &LoadBalancerArn) -> bool {
    matches!(state(from, arn).0, LoadBalancerState::Active | LoadBalancerState::ActiveImpaired)
}

/// The data plane's report of a load balancer; of one that is gone it is forgotten. Writes only what changes.
pub fn observe(
    tx: &mut Tx<'_>,
    arn: &LoadBalancerArn,
    state: LoadBalancerState,
    reason: Option<String>,
    now: Timestamp,
) {
    if tx.get::<LoadBalancer>(arn).is_none() {
        return;
    }
    let seen = tx.get::<Provision>(arn);
    if seen.as_ref().is_some_and(|seen| seen.state == state && seen.reason == reason) {
        return;
    }
    let failed_zones = seen.map(|seen| seen.failed_zones.clone()).unwrap_or_default();
    tx.put(Provision { load_balancer: arn.clone(), state, reason, failed_zones, observed_at: now });
}

/// Whether a zone's addresses have left the load balancer's name, as far as others are there.
pub fn has_failed(from: &impl Source, arn: &LoadBalancerArn, zone: &str) -> bool {
    from.get::<Provision>(arn.as_str()).is_some_and(|seen| seen.failed_zones.contains(zone))
}

/// Whether nobody from outside of its VPC reaches an interface by IPv6: its load balancer says so.
pub fn is_sheltered(from: &impl Source, interface: &NetworkInterface) -> bool {
    let InterfaceOwner::LoadBalancer(arn) = &interface.owner else { return false };
    from.get::<LoadBalancer>(arn.as_str())
        .is_some_and(|of| of.attribute(attribute::DENY_INTERNET) == Some("true"))
}

/// The data plane's report of zones, of a load balancer that it has reported on. Writes only what changes.
pub fn observe_zones(tx: &mut Tx<'_>, arn: &LoadBalancerArn, failed: BTreeSet<String>) {
    if tx.get::<Provision>(arn.as_str()).is_some_and(|seen| seen.failed_zones != failed) {
        tx.modify::<Provision>(arn.as_str(), |seen| seen.failed_zones = failed);
    }
}

/// Takes a load balancer away, with its listeners, their rules, and its interfaces.
pub fn delete(tx: &mut Tx<'_>, arn: &LoadBalancerArn) -> Option<Arc<LoadBalancer>> {
    let listeners: Vec<_> =
        tx.by_index(listener::BY_LOAD_BALANCER, arn).map(|listener| listener.arn.clone()).collect();
    for listener in listeners {
        delete_listener(tx, &listener);
    }
    let balancer = tx.delete::<LoadBalancer>(arn)?;
    for subnet in &balancer.subnets {
        network_interface::release(tx, &subnet.interface);
    }
    tx.delete::<Provision>(arn);
    Some(balancer)
}

/// Takes a listener away, with its rules.
pub fn delete_listener(tx: &mut Tx<'_>, arn: &model::ids::ListenerArn) -> Option<Arc<Listener>> {
    let rules: Vec<_> = tx.by_index(rule::BY_LISTENER, arn).map(|rule| rule.arn.clone()).collect();
    for rule in rules {
        tx.delete::<Rule>(&rule);
    }
    tx.delete::<Listener>(arn)
}
