//! A configuration made ready: rules compiled, certificates loaded, groups joined with what is known of their targets.

mod door;

pub use door::Served;

use crate::authenticate::{Authenticator, Doorkeeper, Signer};
use crate::http::Fields;
use crate::metrics::Counters;
use crate::request::answer::{self, Answer};
use crate::rules::Rules;
use crate::sticky::Key;
use crate::target::{Group, GroupPlan, LoggedBy, Target};
use crate::tls;
use bytes::Bytes;
use model::balancer::{
    self, Balancer, BalancerKind, Certificate, Configuration, HttpAttributes, Listener, ListenerProtocol,
    Redirect, ResponseHeaders, TargetGroup, TlsHeaders,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::Arc;

/// What a whole configuration comes down to.
#[derive(Debug)]
pub struct Plan {
    pub revision: u64,
    pub listeners: Vec<(Place, Arc<Served>)>,
    pub doors: Vec<(Place, Arc<Served>)>,
    /// Listeners that cannot be served, and why.
    pub refused: Vec<(String, SocketAddr, String)>,
    /// Listeners that are not behind their door, and why.
    pub refused_doors: Vec<(String, SocketAddr, String)>,
    pub groups: HashMap<String, Arc<Group>>,
    pub balancers: HashMap<String, Arc<BalancerPlan>>,
}

impl Plan {
    /// The load balancer that leads to a target group, by the group.
    pub fn balancers_of_groups(&self) -> HashMap<String, Arc<BalancerPlan>> {
        let listeners = self.listeners.iter().flat_map(|(_, served)| served.all());
        let mut found = HashMap::new();
        for listener in listeners {
            for action in listener.rules.actions().chain([&listener.default]) {
                let action = match action {
                    Action::Authenticate(first) => &first.then,
                    other => other,
                };
                let Action::Forward(forward) = action else { continue };
                for (group, _) in &forward.groups {
                    found.entry(group.arn.clone()).or_insert_with(|| Arc::clone(&listener.balancer));
                }
            }
        }
        found
    }
}

/// Where a listener listens. A listener that keeps its place keeps its socket, whatever else changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub namespace: Option<String>,
    pub address: SocketAddr,
    pub transport: Transport,
    /// The Availability Zone whose address it is.
    pub zone: Zone,
    /// Whether it is a door: nobody shares its sockets, another data plane on this host neither.
    pub door: bool,
}

/// An Availability Zone that clients come in by; none reaches the targets of all.
pub type Zone = Option<Arc<str>>;

impl Place {
    /// Whether another one takes this one's address.
    fn is_where(&self, other: &Self) -> bool {
        (&self.namespace, self.address, self.transport) == (&other.namespace, other.address, other.transport)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    Tcp,
    Udp,
}

#[derive(Debug)]
pub struct BalancerPlan {
    pub arn: String,
    pub id: String,
    /// Whose network it is in.
    pub namespace: Option<String>,
    pub kind: BalancerKind,
    pub http: HttpAttributes,
    pub access_log: bool,
    pub connection_log: bool,
    /// Whether a listener of it authenticates users: then no client tells a target who it is, by whichever listener it comes.
    pub authenticates: bool,
    pub counters: Arc<Counters>,
}

#[derive(Debug)]
pub struct ListenerPlan {
    pub arn: String,
    pub port: u16,
    /// Its digits.
    pub port_text: Bytes,
    pub protocol: ListenerProtocol,
    pub balancer: Arc<BalancerPlan>,
    pub rules: Rules<Action>,
    pub default: Action,
    pub tls: Option<tls::Acceptor>,
    pub tls_headers: TlsHeaders,
    pub tcp_idle_seconds: u32,
    pub response_headers: ResponseHeaders,
    /// Seals cookies.
    pub key: Arc<Key>,
    /// Only where rules authenticate users.
    pub keeper: Option<Box<Doorkeeper>>,
}

/// What a rule leads to.
#[derive(Debug)]
pub enum Action {
    Forward(Forward),
    Redirect(Redirect),
    Fixed(Answer),
    Authenticate(Box<Authenticate>),
    /// The rule has nothing to do: 503, as for a group without targets. AWS does not let that happen.
    Nothing,
}

/// Users are authenticated first.
#[derive(Debug)]
pub struct Authenticate {
    pub by: Arc<Authenticator>,
    /// Never another one of these.
    pub then: Action,
}

#[derive(Debug)]
pub struct Forward {
    pub groups: Vec<(Arc<Group>, u32)>,
    /// How long a client stays with its group.
    pub stickiness_seconds: Option<u32>,
}

/// Why a configuration is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the format {0} is not known here")]
    Format(u32),
    #[error(transparent)]
    Key(#[from] crate::sticky::KeyError),
    #[error(transparent)]
    Signer(#[from] crate::authenticate::KeyError),
}

/// The keys of a configuration.
struct Keys {
    cookies: Arc<Key>,
    claims: Arc<Signer>,
}

/// What stays from one configuration to the next.
#[derive(Debug, Default)]
pub struct Known {
    pub groups: HashMap<String, Arc<Group>>,
    counters: HashMap<String, Arc<Counters>>,
    /// By listener.
    acceptors: HashMap<String, Accepting>,
    slots: usize,
    pub workers: usize,
    /// Whether the kernel carries flows to targets, so that what they have is not known here alone.
    pub forwards: bool,
}

/// A listener's TLS with what it was made of. As long as that stays it stays: a new one would not know the sessions of its clients.
#[derive(Debug, PartialEq)]
struct Made {
    tls: balancer::Tls,
    certificates: Vec<Certificate>,
    protocols: &'static [&'static [u8]],
}

#[derive(Debug)]
struct Accepting {
    of: Made,
    acceptor: tls::Acceptor,
}

impl Known {
    pub fn new(workers: usize, forwards: bool) -> Self {
        Self { workers, forwards, ..Self::default() }
    }

    /// Makes a configuration ready. Groups change with it at once; listeners when the plan is taken up.
    pub fn plan(&mut self, configuration: &Configuration) -> Result<Plan, Error> {
        if configuration.format != balancer::FORMAT {
            return Err(Error::Format(configuration.format));
        }
        let keys = Keys {
            cookies: Arc::new(Key::from_hex(configuration.cookie_key.reveal())?),
            claims: Arc::new(Signer::from_hex(configuration.signing_key.reveal())?),
        };
        let certificates: HashMap<&str, &Certificate> = configuration
            .certificates
            .iter()
            .map(|certificate| (certificate.arn.as_str(), certificate))
            .collect();
        self.take_groups(configuration);
        let mut plan = Plan {
            revision: configuration.revision,
            listeners: Vec::new(),
            doors: Vec::new(),
            refused: Vec::new(),
            refused_doors: Vec::new(),
            groups: self.groups.clone(),
            balancers: HashMap::new(),
        };
        let mut listeners = HashMap::new();
        for balancer in &configuration.balancers {
            let made = Arc::new(self.balancer(balancer));
            plan.balancers.insert(balancer.arn.clone(), Arc::clone(&made));
            for listener in &balancer.listeners {
                let made = self.take_listener(&mut plan, balancer, &made, listener, &certificates, &keys);
                listeners.extend(made.map(|made| (listener.arn.clone(), made)));
            }
        }
        configuration.doors.iter().for_each(|door| door::open(&mut plan, door, &listeners));
        let listeners: HashSet<&str> = configuration
            .balancers
            .iter()
            .flat_map(|balancer| balancer.listeners.iter().map(|listener| listener.arn.as_str()))
            .collect();
        self.acceptors.retain(|arn, _| listeners.contains(arn.as_str()));
        self.counters.retain(|arn, _| plan.balancers.contains_key(arn));
        Ok(plan)
    }

    fn balancer(&mut self, balancer: &Balancer) -> BalancerPlan {
        let workers = self.workers;
        let counters =
            self.counters.entry(balancer.arn.clone()).or_insert_with(|| Arc::new(Counters::new(workers)));
        BalancerPlan {
            arn: balancer.arn.clone(),
            id: balancer.resource_id().to_owned(),
            namespace: balancer.namespace.clone(),
            kind: balancer.kind,
            http: balancer.http.clone(),
            access_log: balancer.access_log,
            connection_log: balancer.connection_log,
            authenticates: balancer.listeners.iter().any(authenticates),
            counters: Arc::clone(counters),
        }
    }

    fn take_listener(
        &mut self,
        plan: &mut Plan,
        balancer: &Balancer,
        made: &Arc<BalancerPlan>,
        listener: &Listener,
        certificates: &HashMap<&str, &Certificate>,
        keys: &Keys,
    ) -> Option<Arc<ListenerPlan>> {
        let addresses = balancer.addresses.iter().map(|at| SocketAddr::new(at.address, listener.port));
        let made = match self.listener(made, listener, certificates, keys) {
            Ok(made) => Arc::new(made),
            Err(why) => {
                plan.refused.extend(addresses.map(|address| (listener.arn.clone(), address, why.clone())));
                return None;
            }
        };
        for (address, at) in addresses.zip(&balancer.addresses) {
            for transport in transports(listener.protocol) {
                let place = Place {
                    namespace: balancer.namespace.clone(),
                    address,
                    transport: *transport,
                    zone: Some(at.zone.as_str().into()),
                    door: false,
                };
                // The first one stays what it is.
                if plan.listeners.iter().any(|(other, _)| other.is_where(&place)) {
                    let why = "another listener has this address and port".to_owned();
                    plan.refused.push((listener.arn.clone(), address, why));
                    continue;
                }
                plan.listeners.push((place, Arc::new(Served::one(Arc::clone(&made)))));
            }
        }
        Some(made)
    }

    fn listener(
        &mut self,
        balancer: &Arc<BalancerPlan>,
        listener: &Listener,
        certificates: &HashMap<&str, &Certificate>,
        keys: &Keys,
    ) -> Result<ListenerPlan, String> {
        let protocols = match listener.protocol {
            ListenerProtocol::Https => tls::http_protocols(balancer.http.http2),
            _ => listener.tls.as_ref().map_or(&[][..], |tls| tls::alpn(tls.alpn)),
        };
        let encrypted = matches!(listener.protocol, ListenerProtocol::Https | ListenerProtocol::Tls);
        let tls = match (&listener.tls, encrypted) {
            (Some(tls), true) => Some(self.acceptor(&listener.arn, tls, certificates, protocols)?),
            (None, true) => return Err("the listener has no certificate".to_owned()),
            (_, false) => None,
        };
        let mut authenticators = Vec::new();
        let rules = Rules::compile(&listener.rules, |rule| {
            self.actions(balancer, &rule.actions, &mut authenticators)
        });
        let rules = rules.map_err(|error| error.to_string())?;
        let default = self.actions(balancer, &listener.default_actions, &mut authenticators);
        let signer = Arc::clone(&keys.claims);
        let keeper = (!authenticators.is_empty()).then(|| Box::new(Doorkeeper { authenticators, signer }));
        Ok(ListenerPlan {
            arn: listener.arn.clone(),
            port: listener.port,
            port_text: listener.port.to_string().into(),
            protocol: listener.protocol,
            balancer: Arc::clone(balancer),
            rules,
            default,
            tls,
            tls_headers: listener.tls.as_ref().map(|tls| tls.headers.clone()).unwrap_or_default(),
            tcp_idle_seconds: listener.tcp_idle_timeout_seconds,
            response_headers: listener.response_headers.clone(),
            key: Arc::clone(&keys.cookies),
            keeper,
        })
    }

    /// The TLS of a listener: the one it has, where nothing of it changed.
    fn acceptor(
        &mut self,
        listener: &str,
        tls: &balancer::Tls,
        certificates: &HashMap<&str, &Certificate>,
        protocols: &'static [&'static [u8]],
    ) -> Result<tls::Acceptor, String> {
        let of = Made {
            tls: tls.clone(),
            certificates: [&tls.default_certificate]
                .into_iter()
                .chain(&tls.certificates)
                .filter_map(|arn| certificates.get(arn.as_str()).map(|certificate| (*certificate).clone()))
                .collect(),
            protocols,
        };
        if let Some(known) = self.acceptors.get(listener).filter(|known| known.of == of) {
            return Ok(known.acceptor.clone());
        }
        let acceptor = tls::Acceptor::new(tls, certificates, protocols).map_err(|error| error.to_string())?;
        self.acceptors.insert(listener.to_owned(), Accepting { of, acceptor: acceptor.clone() });
        Ok(acceptor)
    }

    /// What a rule's actions lead to: the one that answers a request stands last, and one that authenticates before it.
    fn actions(
        &self,
        balancer: &BalancerPlan,
        actions: &[balancer::Action],
        known: &mut Vec<Arc<Authenticator>>,
    ) -> Action {
        let then = self.action(actions);
        let first = actions.iter().find_map(|action| match action {
            balancer::Action::AuthenticateOidc(of) => Some(of),
            _ => None,
        });
        let Some(of) = first else { return then };
        let by = Arc::new(Authenticator::new(&balancer.arn, (**of).clone()));
        // Users come back to the listener and not to a rule: any one of the same provider and client takes them.
        Doorkeeper::add(known, &by);
        Action::Authenticate(Box::new(Authenticate { by, then }))
    }

    /// The one action that answers a request stands last.
    fn action(&self, actions: &[balancer::Action]) -> Action {
        match actions.last() {
            Some(balancer::Action::Forward(forward)) => Action::Forward(Forward {
                groups: forward
                    .groups
                    .iter()
                    .filter_map(|weighted| {
                        Some((Arc::clone(self.groups.get(&weighted.group)?), weighted.weight))
                    })
                    .collect(),
                stickiness_seconds: forward.stickiness.map(|stickiness| stickiness.duration_seconds),
            }),
            Some(balancer::Action::Redirect(redirect)) => Action::Redirect(redirect.clone()),
            Some(balancer::Action::FixedResponse { status, content_type, body }) => {
                Action::Fixed(answer::fixed(*status, content_type.as_deref(), body))
            }
            Some(balancer::Action::AuthenticateOidc(_)) | None => Action::Nothing,
        }
    }

    fn take_groups(&mut self, configuration: &Configuration) {
        let used = used_groups(configuration);
        let named: HashSet<&str> = configuration.groups.iter().map(|group| group.arn.as_str()).collect();
        self.groups.retain(|arn, group| {
            let stays = named.contains(arn.as_str());
            if !stays {
                group.end();
            }
            stays
        });
        for group in &configuration.groups {
            let used = used.get(group.arn.as_str());
            let known = self.groups.get(&group.arn).map(|group| group.known()).unwrap_or_default();
            let plan = group_plan(group, used, known, self.forwards);
            match self.groups.get(&group.arn) {
                Some(known) => known.set_plan(plan),
                None => {
                    self.slots += 1;
                    let made = Arc::new(Group::new(plan, self.slots, self.workers));
                    self.groups.insert(group.arn.clone(), made);
                }
            }
        }
    }
}

fn authenticates(listener: &Listener) -> bool {
    let rules = listener.rules.iter().flat_map(|rule| &rule.actions);
    rules
        .chain(&listener.default_actions)
        .any(|action| matches!(action, balancer::Action::AuthenticateOidc(_)))
}

fn transports(protocol: ListenerProtocol) -> &'static [Transport] {
    match protocol {
        ListenerProtocol::Udp => &[Transport::Udp],
        ListenerProtocol::TcpUdp => &[Transport::Tcp, Transport::Udp],
        _ => &[Transport::Tcp],
    }
}

/// What is known of a group from the load balancers that lead to it.
#[derive(Default)]
struct Used<'a> {
    /// Whether they cross zones.
    crosses: bool,
    /// Where they have addresses.
    zones: BTreeSet<&'a str>,
    /// Those that log its health checks, by ARN.
    logging: BTreeMap<&'a str, &'a Balancer>,
}

/// The groups that listeners lead to.
fn used_groups(configuration: &Configuration) -> HashMap<&str, Used<'_>> {
    let mut used = HashMap::<_, Used<'_>>::new();
    for balancer in &configuration.balancers {
        let actions = balancer.listeners.iter().flat_map(|listener| {
            listener.default_actions.iter().chain(listener.rules.iter().flat_map(|rule| &rule.actions))
        });
        for action in actions {
            let balancer::Action::Forward(forward) = action else { continue };
            for weighted in &forward.groups {
                let entry = used.entry(weighted.group.as_str()).or_default();
                entry.crosses |= balancer.cross_zone || balancer.kind == BalancerKind::Application;
                entry.zones.extend(balancer.addresses.iter().map(|at| at.zone.as_str()));
                if balancer.health_check_log {
                    entry.logging.insert(&balancer.arn, balancer);
                }
            }
        }
    }
    used
}

fn group_plan(
    group: &TargetGroup,
    used: Option<&Used<'_>>,
    mut known: HashMap<(String, SocketAddr), Arc<Target>>,
    forwards: bool,
) -> GroupPlan {
    let targets = group
        .targets
        .iter()
        .map(|configured| {
            let address = SocketAddr::new(configured.address, configured.port);
            let before = known
                .remove(&(configured.id.clone(), address))
                .filter(|target| target.zone == configured.zone);
            let begins_to_drain = configured.draining_since.is_some()
                && before.as_ref().is_none_or(|target| !target.is_draining());
            let target = before.unwrap_or_else(|| Arc::new(Target::new(configured)));
            // Registered again while it drained: it is checked anew, and keeps the connections that it has.
            if target.is_draining() && configured.draining_since.is_none() {
                target.begin_anew();
            }
            // Until the kernel was asked: who drains and has nothing left is taken away.
            if forwards && begins_to_drain && crate::forward::may_have(group) {
                target.set_forwarded(1);
            }
            target.set_draining(configured.draining_since.is_some());
            target
        })
        .collect();
    let cross_zone = crate::balance::crosses_zones(group.cross_zone, used.is_none_or(|used| used.crosses));
    let zones = used.map(|used| used.zones.iter().map(|zone| (*zone).to_owned()).collect());
    let logged_by = used.iter().flat_map(|used| used.logging.values()).map(|balancer| LoggedBy {
        arn: balancer.arn.clone(),
        id: balancer.resource_id().to_owned(),
        address: balancer.addresses.first().map(|at| at.address),
    });
    GroupPlan {
        config: TargetGroup { targets: Vec::new(), ..group.clone() },
        targets,
        cross_zone,
        zones: zones.unwrap_or_default(),
        used: used.is_some(),
        logged_by: logged_by.collect(),
    }
}

impl ListenerPlan {
    pub fn is_encrypted(&self) -> bool {
        self.tls.is_some()
    }

    /// Adds and replaces what the listener's attributes say of responses.
    pub fn adorn(&self, fields: &mut Fields) {
        let headers = &self.response_headers;
        for (name, value) in &headers.set {
            fields.remove(name);
            fields.push(name, value);
        }
        if !headers.server {
            fields.remove("server");
        }
    }
}
