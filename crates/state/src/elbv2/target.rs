//! Registrations, and what was seen of the health of what is registered; both keyed by group, id and port.
//!
//! Invariants: what was seen of a registration goes with it, so that a target that is registered again begins anew; a target that nobody saw is
//! initial at best; a draining one is gone at its time, whoever looks.

use super::{load_balancer, target_group};
use crate::ec2::{network_interface, subnet};
use crate::ecs::container_instance::{ZONE, machine};
use crate::ecs::task;
use crate::{Entries, Index, Record, Source, Tx, Version};
use model::Timestamp;
use model::ec2::{InterfaceOwner, NetworkInterface, Subnet};
use model::elbv2::{LoadBalancer, Target, TargetGroup, TargetHealth, TargetReason, TargetState, TargetType};
use model::ids::{Scope, TargetGroupArn, VpcId};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

/// Target group.
pub const BY_GROUP: Index<Target> = Index::new("by_group");

/// (group, id): a target under each of its ports.
pub const BY_ID: Index<Target> = Index::new("by_id");

/// Id; an IP address is one of any VPC.
pub const BY_TARGET: Index<Target> = Index::new("by_target");

/// When it is gone.
pub const BY_DRAINED: Index<Target> = Index::new("by_drained");

impl Version for Target {}

impl Record for Target {
    const TABLE: &'static str = "elbv2.target";

    fn key(&self) -> String {
        Target::key_of(&self.group, &self.id, self.port)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_GROUP, &self.group);
        entries.add(BY_ID, (&self.group, &self.id));
        entries.add(BY_TARGET, &self.id);
        if let Some(until) = self.draining_until {
            entries.add(BY_DRAINED, until);
        }
    }
}

impl Version for TargetHealth {}

impl Record for TargetHealth {
    const TABLE: &'static str = "elbv2.target_health";

    fn key(&self) -> String {
        Target::key_of(&self.group, &self.id, self.port)
    }
}

/// Targets of one group. Source: "Quotas for your Application Load Balancers", 2025.
pub const MOST: usize = 1000;

/// Registrations of one target, with all of its ports and groups. The quota is of a load balancer in AWS.
pub const MOST_OF_ONE: usize = 100;

/// Why there is no place for a registration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Full {
    #[error("You've reached the limit of {MOST} on the number of targets of a target group")]
    Group,
    #[error("The target '{0}' is registered {MOST_OF_ONE} times, which is the limit")]
    Target(String),
}

/// Registers a target, where the quotas allow one more. One that is registered already stays as it is, one that drains begins anew.
pub fn register(tx: &mut Tx<'_>, scope: &Scope, target: Target, now: Timestamp) -> Result<Arc<Target>, Full> {
    if tx.get::<Target>(&target.key()).is_none() {
        if of_group(tx, &target.group, now).count() >= MOST {
            return Err(Full::Group);
        }
        let registrations = tx.by_index(BY_TARGET, &target.id).filter(|t| t.group.scope() == *scope);
        if registrations.count() >= MOST_OF_ONE {
            return Err(Full::Target(target.id));
        }
    }
    let key = target.key();
    Ok(match tx.get::<Target>(&key) {
        Some(before) if !before.is_draining() && before.zone == target.zone => before,
        _ => {
            tx.delete::<TargetHealth>(&key);
            tx.put(target)
        }
    })
}

/// Deregisters a target: it drains for the group's delay where a load balancer sends to it, and is gone at once where none does.
pub fn deregister(tx: &mut Tx<'_>, group: &TargetGroup, target: &Target, now: Timestamp) {
    if target.is_draining() {
        return;
    }
    let delay = group.deregistration_delay_s();
    let balancers = target_group::load_balancers(tx, &group.arn);
    if delay == 0 || !balancers.iter().any(|balancer| load_balancer::is_active(tx, balancer)) {
        remove(tx, target);
        return;
    }
    let until = now.after(Duration::from_secs(delay));
    tx.modify::<Target>(target.key(), |target| target.draining_until = Some(until));
}

/// Takes a registration away: its draining is over, or the data plane saw that nothing is left to drain.
pub fn remove(tx: &mut Tx<'_>, target: &Target) {
    tx.delete::<TargetHealth>(target.key());
    tx.delete::<Target>(target.key());
}

/// What the data plane saw of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub state: TargetState,
    pub reason: Option<TargetReason>,
    pub description: Option<String>,
}

/// The data plane's report of a target; of one that is registered no more it is forgotten. Writes only what changes.
pub fn observe(
    tx: &mut Tx<'_>,
    (group, id, port): (&TargetGroupArn, &str, u16),
    health: Health,
    anomalous: bool,
    now: Timestamp,
) {
    let key = Target::key_of(group, id, port);
    if tx.get::<Target>(&key).is_none() {
        return;
    }
    let Health { state, reason, description } = health;
    let same = tx.get::<TargetHealth>(&key).is_some_and(|seen| {
        seen.state == state
            && seen.reason == reason
            && seen.description == description
            && seen.anomalous == anomalous
    });
    if !same {
        if state == TargetState::Healthy {
            task::passed(tx, &key);
        }
        let (group, id) = (group.clone(), id.to_owned());
        tx.put(TargetHealth { group, id, port, state, reason, description, anomalous, observed_at: now });
    }
}

/// The targets of a group, those whose draining is over left out.
pub fn of_group<'a, S: Source>(
    from: &'a S,
    group: &TargetGroupArn,
    now: Timestamp,
) -> impl Iterator<Item = &'a Arc<Target>> + use<'a, S> {
    let targets = from.table::<Target>().by_index(BY_GROUP, group);
    targets.filter(move |target| target.draining_until.is_none_or(|until| until > now))
}

/// The health of a target: what the desired state says where it says something, else what was seen.
pub fn health(from: &impl Source, group: &TargetGroup, target: &Target) -> Health {
    if target.is_draining() {
        return said(TargetState::Draining, TargetReason::DeregistrationInProgress);
    }
    if let Some(unused) = unused(from, group, target) {
        return unused;
    }
    let balancers = target_group::load_balancers(from, &group.arn);
    if !balancers.iter().any(|balancer| load_balancer::is_active(from, balancer)) {
        return said(TargetState::Initial, TargetReason::RegistrationInProgress);
    }
    match from.get::<TargetHealth>(&target.key()) {
        Some(seen) => {
            Health { state: seen.state, reason: seen.reason, description: seen.description.clone() }
        }
        None => said(TargetState::Initial, TargetReason::RegistrationInProgress),
    }
}

/// The health of what is not registered.
pub fn not_registered() -> Health {
    said(TargetState::Unused, TargetReason::NotRegistered)
}

/// Why no load balancer sends to a target, if so.
fn unused(from: &impl Source, group: &TargetGroup, target: &Target) -> Option<Health> {
    let usable = match group.target_type {
        TargetType::Instance => is_running(from, &group.scope, &target.id),
        TargetType::Ip => true,
    };
    if !usable {
        return Some(said(TargetState::Unused, TargetReason::InvalidState));
    }
    let balancers = target_group::load_balancers(from, &group.arn);
    let balancers: Vec<_> =
        balancers.iter().filter_map(|arn| from.get::<LoadBalancer>(arn.as_str())).collect();
    if balancers.is_empty() {
        return Some(said(TargetState::Unused, TargetReason::NotInUse));
    }
    if is_of_balancer(from, &group.vpc, &target.id) {
        return Some(said(TargetState::Unused, TargetReason::IpUnusable));
    }
    let zone = target.zone.clone().or_else(|| zone_of_instance(from, &group.scope, &target.id))?;
    if balancers.iter().any(|balancer| balancer.has_zone(&zone)) {
        return None;
    }
    Some(Health {
        description: Some(
            "Target is in an Availability Zone that is not enabled for the load balancer".to_owned(),
        ),
        ..said(TargetState::Unused, TargetReason::NotInUse)
    })
}

fn is_running(from: &impl Source, scope: &Scope, id: &str) -> bool {
    machine(from, scope, id).is_some()
}

fn zone_of_instance(from: &impl Source, scope: &Scope, id: &str) -> Option<String> {
    machine(from, scope, id)?.attribute(ZONE)?.value.clone()
}

/// The subnet of a VPC that an address is in.
pub fn subnet_of(from: &impl Source, vpc: &VpcId, address: IpAddr) -> Option<Arc<Subnet>> {
    let mut subnets = from.table::<Subnet>().by_index(subnet::BY_VPC, vpc);
    let found = subnets.find(|subnet| match address {
        IpAddr::V4(address) => subnet.block.contains(address),
        IpAddr::V6(address) => subnet.ipv6.as_ref().is_some_and(|ipv6| ipv6.block.contains(address)),
    });
    found.cloned()
}

/// Whether an address is a load balancer's own.
fn is_of_balancer(from: &impl Source, vpc: &VpcId, id: &str) -> bool {
    let Ok(address) = id.parse::<Ipv4Addr>() else { return false };
    let Some(subnet) = subnet_of(from, vpc, address.into()) else { return false };
    let interfaces = from.table::<NetworkInterface>();
    let mut found = interfaces.by_index(network_interface::BY_ADDRESS, (&subnet.id, address));
    found.any(|interface| matches!(interface.owner, InterfaceOwner::LoadBalancer(_)))
}

/// A state for a reason, in AWS's words. Source: "Target health status", 2025.
fn said(state: TargetState, reason: TargetReason) -> Health {
    let description = match reason {
        TargetReason::RegistrationInProgress => "Target registration is in progress",
        TargetReason::InitialHealthChecking => "Initial health checks in progress",
        TargetReason::DeregistrationInProgress => "Target deregistration is in progress",
        TargetReason::NotInUse => "Target group is not configured to receive traffic from the load balancer",
        TargetReason::NotRegistered => "Target is not registered to the target group",
        TargetReason::InvalidState => "Target is in the stopped state",
        TargetReason::IpUnusable => {
            "The IP address cannot be used as a target, as it is in use by a load balancer"
        }
        TargetReason::ResponseCodeMismatch => "Health checks failed with these codes",
        TargetReason::Timeout => "Request timed out",
        TargetReason::FailedHealthChecks => "Health checks failed",
        TargetReason::HealthCheckDisabled => "Health checks are disabled",
        TargetReason::InternalError => "Health checks failed due to an internal error",
    };
    Health { state, reason: Some(reason), description: Some(description.to_owned()) }
}
