//! What a session tells its node's data plane of load balancers, and what it hears of it.
//!
//! A configuration is told where it changed, and whole with each session's first: what changed of it ([`balancer_change`]) to agents that take that, and the
//! whole to others. It is made of the records anew where one of those that it may be made of has changed.

use super::acs::Acs;
use super::balancer_change;
use crate::carriers::Report;
use crate::errors::settle;
use agent_protocol::acs::{
    BalancerChangeMessage, BalancerObservationsMessage, BalancerUpdateMessage, FromBackend,
};
use agent_protocol::{BALANCER_CHANGES, BALANCERS, DOORS, OVERLAY};
use model::Timestamp;
use model::acm::Certificate;
use model::balancer::{Configuration, Secret};
use model::ec2::{InterfaceOwner, NetworkInterface};
use model::ecs::ContainerInstance;
use model::elbv2::{ActionKind, Listener, LoadBalancer, Rule, Target, TargetGroup, TargetType};
use model::ids::{ContainerInstanceArn, LoadBalancerArn, TargetGroupArn};
use plan::balancer::{Certified, Group, Served, View};
use state::Snapshot;
use state::ec2::network_interface;
use state::ecs::container_instance::machine;
use state::elbv2::{listener, rule, target};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// What this session has told.
#[derive(Default)]
pub(super) struct Balancers {
    /// Whether the agent takes what changed.
    takes_changes: bool,
    /// Messages that are not acknowledged.
    in_flight: BTreeSet<String>,
    /// One of them was refused: everything is told anew.
    refused: bool,
    /// What it was made of.
    seen: Option<Snapshot>,
    told: Option<Configuration>,
    /// The revision since which each load balancer is among what was told.
    since: BTreeMap<LoadBalancerArn, u64>,
    /// What was heard and is not recorded yet.
    heard: Option<BalancerObservationsMessage>,
    /// What the data plane serves: a revision is greater.
    serving: u64,
}

impl Balancers {
    /// Where the instance's agent runs a data plane.
    pub(super) fn of(instance: &ContainerInstance) -> Option<Self> {
        instance.attribute(BALANCERS)?;
        let takes_changes = instance.attribute(BALANCER_CHANGES).is_some();
        Some(Self { takes_changes, ..Self::default() })
    }

    pub(super) fn acknowledged(&mut self, message: &str) {
        self.in_flight.remove(message);
    }

    pub(super) fn refused(&mut self, message: &str) {
        self.refused |= self.in_flight.remove(message);
    }

    /// What was told counts no more, but what comes is greater.
    fn begin_anew(&mut self) {
        if let Some(told) = self.told.take() {
            self.serving = self.serving.max(told.revision);
        }
        self.seen = None;
        self.since.clear();
        self.in_flight.clear();
        self.refused = false;
    }
}

/// A watcher of everything that a configuration is made of, besides [`crate::fabric::watch`]'s.
pub(super) fn watch(watcher: state::Watcher) -> state::Watcher {
    watcher
        .table::<LoadBalancer>()
        .table::<Listener>()
        .table::<Rule>()
        .table::<TargetGroup>()
        .table::<Target>()
        .table::<Certificate>()
}

impl Acs {
    /// What the data plane is to serve, where that is not what was told last.
    pub(super) fn balancer_update(&mut self, snapshot: &Snapshot, now: Timestamp) -> Vec<FromBackend> {
        let Some(balancers) = self.balancers.as_mut() else { return Vec::new() };
        if balancers.seen.as_ref().is_some_and(|seen| !concerns(snapshot, seen, &self.instance)) {
            return Vec::new();
        }
        balancers.seen = Some(snapshot.clone());
        // Times grow from one server to the next; what the data plane has may be of one whose clock was ahead.
        let least = balancers.told.as_ref().map_or(balancers.serving, |told| told.revision);
        let revision = u64::try_from(now.millis()).unwrap_or_default().max(least + 1);
        // Compared under the number that was told, and told under the next.
        let mut next = configuration(snapshot, &self.instance, &*self.ecs.keys, least, now);
        if balancers.told.as_ref() == Some(&next) {
            return Vec::new();
        }
        next.revision = revision;
        let named: BTreeSet<LoadBalancerArn> =
            next.balancers.iter().filter_map(|balancer| balancer.arn.parse().ok()).collect();
        balancers.since.retain(|arn, _| named.contains(arn));
        for arn in named {
            balancers.since.entry(arn).or_insert(revision);
        }
        let messages = if balancers.takes_changes {
            let changes = balancer_change::changes(balancers.told.as_ref(), &next).into_iter();
            let message = |change| BalancerChangeMessage {
                message_id: Some(self.cx.uuid().to_string()),
                cluster_arn: Some(self.instance.cluster().to_string()),
                container_instance_arn: Some(self.instance.to_string()),
                generated_at: Some(now.millis()),
                change: Some(change),
            };
            let messages: Vec<BalancerChangeMessage> = changes.map(message).collect();
            balancers.in_flight.extend(messages.iter().filter_map(|m| m.message_id.clone()));
            messages.into_iter().map(FromBackend::from).collect()
        } else {
            vec![FromBackend::from(BalancerUpdateMessage {
                message_id: Some(self.cx.uuid().to_string()),
                cluster_arn: Some(self.instance.cluster().to_string()),
                container_instance_arn: Some(self.instance.to_string()),
                generated_at: Some(now.millis()),
                configuration: Some(next.clone()),
            })]
        };
        balancers.told = Some(next);
        messages
    }

    pub(super) fn hear_balancers(&mut self, message: BalancerObservationsMessage) {
        if let Some(why) = &message.refusal {
            tracing::error!(instance = %self.instance, why, "the data plane of load balancers refuses what it was told");
        }
        if let Some(balancers) = &mut self.balancers {
            balancers.serving = message.observations.as_ref().map_or(0, |o| o.revision);
            balancers.heard = Some(message);
        }
    }

    /// Tells again what the data plane refused: it may have what another server told it, with a greater number.
    pub(super) fn repeat_balancers(&mut self, now: Timestamp) -> Vec<FromBackend> {
        let Some(balancers) = self.balancers.as_mut() else { return Vec::new() };
        let Some(told) = balancers.told.as_ref().map(|told| told.revision) else { return Vec::new() };
        if balancers.serving <= told {
            return Vec::new();
        }
        tracing::warn!(instance = %self.instance, told, serving = balancers.serving, "the data plane of load balancers has a later configuration than it was told");
        balancers.begin_anew();
        let snapshot = self.ecs.state.snapshot();
        self.balancer_update(&snapshot, now)
    }

    /// Tells all of it to an agent that did not take a part of it.
    pub(super) fn repeat_refused_balancers(&mut self, now: Timestamp) -> Vec<FromBackend> {
        match self.balancers.as_mut().filter(|balancers| balancers.refused) {
            Some(balancers) => balancers.begin_anew(),
            None => return Vec::new(),
        }
        let snapshot = self.ecs.state.snapshot();
        self.balancer_update(&snapshot, now)
    }

    /// Records what was heard.
    pub(super) async fn record_balancers(&mut self, now: Timestamp) {
        let Some(balancers) = &mut self.balancers else { return };
        let Some(observations) = balancers.heard.take().and_then(|heard| heard.observations) else { return };
        let serving = observations.revision;
        let served = balancers.since.iter().filter(|(_, since)| **since <= serving);
        let served: BTreeSet<LoadBalancerArn> = served.map(|(arn, _)| arn.clone()).collect();
        let report = Report::new(served, &observations);
        let picture = self.ecs.carriers.hear(&self.instance, report);
        let outcome = self.ecs.state.update(|tx| {
            picture.record(tx, now);
            Ok(())
        });
        if let Err(error) = settle(outcome.await) {
            tracing::error!(instance = %self.instance, %error, "what load balancers tell of themselves was not recorded");
        }
    }
}

/// Whether anything that a node's configuration may be made of has changed.
fn concerns(snapshot: &Snapshot, seen: &Snapshot, here: &ContainerInstanceArn) -> bool {
    let carried = |of: &Snapshot| of.by_index(network_interface::BY_CARRIER, here).next().is_some();
    if !carried(snapshot) && !carried(seen) {
        return false;
    }
    let of_balancers = |record: &NetworkInterface| matches!(record.owner, InterfaceOwner::LoadBalancer(_));
    snapshot.changes::<NetworkInterface>(seen).any(|change| of_balancers(change.latest()))
        || snapshot.changes::<LoadBalancer>(seen).next().is_some()
        || snapshot.changes::<Listener>(seen).next().is_some()
        || snapshot.changes::<Rule>(seen).next().is_some()
        || snapshot.changes::<TargetGroup>(seen).next().is_some()
        || snapshot.changes::<Target>(seen).next().is_some()
        || snapshot.changes::<Certificate>(seen).next().is_some()
        || snapshot.changes::<ContainerInstance>(seen).next().is_some()
}

/// Everything that a node carries.
fn configuration(
    snapshot: &Snapshot,
    here: &ContainerInstanceArn,
    keys: &dyn crate::carriers::Keys,
    revision: u64,
    now: Timestamp,
) -> Configuration {
    let mut interfaces: BTreeMap<&LoadBalancerArn, Vec<&Arc<NetworkInterface>>> = BTreeMap::new();
    for interface in snapshot.by_index(network_interface::BY_CARRIER, here) {
        if let InterfaceOwner::LoadBalancer(arn) = &interface.owner {
            interfaces.entry(arn).or_default().push(interface);
        }
    }
    let (mut balancers, mut groups, mut certificates) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for (arn, interfaces) in interfaces {
        let Some(balancer) = snapshot.get::<LoadBalancer>(arn.as_str()) else { continue };
        let listeners: Vec<(&Listener, Vec<&Rule>)> = snapshot
            .by_index(listener::BY_LOAD_BALANCER, arn)
            .map(|l| (&**l, snapshot.by_index(rule::BY_LISTENER, &l.arn).map(|r| &**r).collect()))
            .collect();
        for (listener, rules) in &listeners {
            certificates.extend(listener.default_certificate.iter().chain(&listener.certificates));
            groups.extend(rules.iter().flat_map(|r| forwarded_to(r)).map(|group| (group, arn)));
        }
        balancers.push(Served {
            balancer,
            namespace: Some(arn.to_string()),
            addresses: interfaces.into_iter().flat_map(|i| addresses(i)).collect(),
            listeners,
        });
    }
    let client_secrets = balancers
        .iter()
        .flat_map(|served| served.listeners.iter().flat_map(|(_, rules)| rules))
        .filter_map(|rule| Some((rule.arn.clone(), client_secret(keys, rule)?)))
        .collect();
    let groups = groups.into_iter().filter_map(|(arn, balancer)| {
        let group = snapshot.get::<TargetGroup>(arn.as_str())?;
        let of_machines = group.target_type == TargetType::Instance;
        let targets = target::of_group(snapshot, arn, now);
        Some(Group {
            group,
            // Ports of machines are reached as the machine itself reaches them: they are of no VPC.
            namespace: (!of_machines).then(|| balancer.to_string()),
            // AWS differs: targets see the load balancer's address where they are ports of machines, whose answers never come into the VPC, and where
            // nodes do not wrap packets (`--direct`), since then nobody knows which node one comes from.
            brings_back: !of_machines && !is_direct(snapshot, here),
            targets: targets.filter_map(|t| Some((&**t, address_of(snapshot, group, t, here)?))).collect(),
        })
    });
    let certificates = certificates.into_iter().filter_map(|arn| {
        let certificate = snapshot.get::<Certificate>(arn.as_str())?;
        let Some(key) = keys.private_key(certificate) else {
            tracing::error!(%arn, "the private key of a certificate cannot be opened");
            return None;
        };
        let chain = certificate.chain.as_deref().unwrap_or_default();
        Some(Certified {
            arn: arn.as_str(),
            chain: format!("{}\n{chain}", certificate.certificate.trim_end()),
            key,
            not_after: certificate.facts.not_after,
        })
    });
    let view = View {
        revision,
        cookie_key: keys.cookie_key(),
        signing_key: keys.signing_key(),
        client_secrets,
        balancers,
        groups: groups.collect(),
        certificates: certificates.collect(),
    };
    let is_local =
        snapshot.get::<ContainerInstance>(here.as_str()).is_some_and(|i| i.attribute(DOORS).is_some());
    let doors = if is_local { plan::balancer::doors(&view.balancers) } else { Vec::new() };
    Configuration { doors, ..plan::balancer::configuration(&view) }
}

/// The secret of a rule that authenticates.
fn client_secret(keys: &dyn crate::carriers::Keys, rule: &Rule) -> Option<Secret> {
    let authentication = rule.actions.iter().find_map(|action| match &action.kind {
        ActionKind::AuthenticateOidc(authentication) => Some(authentication),
        ActionKind::Forward(_) | ActionKind::Redirect(_) | ActionKind::FixedResponse { .. } => None,
    })?;
    let secret = keys.client_secret(&rule.listener, authentication);
    if secret.is_none() {
        tracing::error!(rule = %rule.arn, "the client secret of a rule cannot be opened");
    }
    secret
}

/// Whether a node takes packets of other nodes as they are.
fn is_direct(snapshot: &Snapshot, here: &ContainerInstanceArn) -> bool {
    let node = snapshot.get::<ContainerInstance>(here.as_str());
    let overlay = node.and_then(|node| node.attribute(OVERLAY)?.value.as_deref()?.parse::<SocketAddr>().ok());
    overlay.is_some_and(|address| address.port() == 0)
}

fn forwarded_to(rule: &Rule) -> impl Iterator<Item = &TargetGroupArn> {
    rule.actions.iter().flat_map(|action| match &action.kind {
        ActionKind::Forward(forward) => forward.groups.iter().map(|g| &g.group).collect(),
        ActionKind::Redirect(_) | ActionKind::FixedResponse { .. } | ActionKind::AuthenticateOidc(_) => {
            Vec::new()
        }
    })
}

/// Where a load balancer listens, and of which zone that is.
fn addresses(interface: &NetworkInterface) -> impl Iterator<Item = (IpAddr, String)> {
    let ipv6 = interface.ipv6_addresses.iter().map(|a| IpAddr::V6(*a));
    interface.addresses().map(IpAddr::V4).chain(ipv6).map(|address| (address, interface.zone.clone()))
}

/// Where a target is reached from a node; `None` of a machine that says of itself nowhere.
fn address_of(
    snapshot: &Snapshot,
    group: &TargetGroup,
    target: &Target,
    here: &ContainerInstanceArn,
) -> Option<IpAddr> {
    match group.target_type {
        TargetType::Ip => target.id.parse().ok(),
        TargetType::Instance => {
            let node = machine(snapshot, &group.scope, &target.id)?;
            if node.arn == *here {
                return Some(Ipv4Addr::LOCALHOST.into());
            }
            let overlay = node.attribute(OVERLAY)?.value.as_deref()?;
            Some(overlay.parse::<SocketAddr>().ok()?.ip())
        }
    }
}
