//! What is served where clients come in: one listener, or at a door several, told apart by the name that a client asks for.

use super::{ListenerPlan, Place, Plan, transports};
use crate::request::answer::{self, Answer};
use model::balancer::{Door, ListenerProtocol};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

/// What is served at one place.
#[derive(Debug)]
pub struct Served {
    /// The only one, or the first of those that share a door: what has no name yet is treated as its own.
    pub first: Arc<ListenerPlan>,
    shared: Option<Shared>,
}

/// Listeners that share a door.
#[derive(Debug)]
struct Shared {
    all: Vec<Arc<ListenerPlan>>,
    /// By names in lower case.
    names: HashMap<String, Arc<ListenerPlan>>,
}

impl Served {
    pub fn one(listener: Arc<ListenerPlan>) -> Self {
        Self { first: listener, shared: None }
    }

    pub fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// The listeners behind it.
    pub fn all(&self) -> &[Arc<ListenerPlan>] {
        self.shared.as_ref().map_or(std::slice::from_ref(&self.first), |shared| &shared.all)
    }

    /// The listener of a client that asks for this name, which may have a port. Nothing where several are here and none has it.
    pub fn listener(&self, name: &[u8]) -> Option<&Arc<ListenerPlan>> {
        let Some(shared) = &self.shared else { return Some(&self.first) };
        let name = std::str::from_utf8(name).ok()?;
        let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
        shared.names.get(name.trim_end_matches('.').to_ascii_lowercase().as_str())
    }

    /// What is said to whoever asks for a name that nobody has.
    pub fn nobody(&self) -> Answer {
        let mut names: Vec<&str> =
            self.shared.iter().flat_map(|shared| shared.names.keys()).map(String::as_str).collect();
        names.sort_unstable();
        let text = format!(
            "No load balancer here has the name you asked for. These are here:\n{}\n",
            names.join("\n")
        );
        answer::fixed(404, None, &text)
    }
}

/// Takes up a door: its listeners, as far as they can share it, and for the others why they are not behind it.
pub fn open(plan: &mut Plan, door: &Door, listeners: &HashMap<String, Arc<ListenerPlan>>) {
    let address = SocketAddr::new(door.address, door.port);
    let mut refuse = |listener: &str, why: &str| {
        plan.refused_doors.push((listener.to_owned(), address, why.to_owned()));
    };
    let mut leads: Vec<_> = door.leads.iter().collect();
    leads.sort_by(|a, b| a.listener.cmp(&b.listener));
    let mut places: HashMap<_, Served> = HashMap::new();
    for lead in leads {
        let Some(listener) = listeners.get(&lead.listener) else {
            refuse(&lead.listener, "the listener is not served");
            continue;
        };
        for transport in transports(listener.protocol) {
            let names = lead.names.iter().map(|name| (name.to_ascii_lowercase(), Arc::clone(listener)));
            match places.get_mut(transport) {
                None => {
                    let shared = Shared { all: vec![Arc::clone(listener)], names: names.collect() };
                    places.insert(*transport, Served { first: Arc::clone(listener), shared: Some(shared) });
                }
                Some(Served { first, shared: Some(shared) })
                    if first.protocol == listener.protocol && has_names(first.protocol) =>
                {
                    shared.all.push(Arc::clone(listener));
                    for (name, listener) in names {
                        shared.names.entry(name).or_insert(listener);
                    }
                }
                Some(_) => refuse(&lead.listener, "another listener has this door"),
            }
        }
    }
    for (transport, mut served) in places {
        let place = Place { namespace: None, address, transport, zone: None, door: true };
        if plan.listeners.iter().chain(&plan.doors).any(|(other, _)| other.is_where(&place)) {
            for listener in served.all() {
                let why = "another listener has this address and port".to_owned();
                plan.refused_doors.push((listener.arn.clone(), address, why));
            }
            continue;
        }
        if served.all().len() == 1 {
            served.shared = None;
        }
        plan.doors.push((place, Arc::new(served)));
    }
}

/// Whether clients say whom they want before anything else is decided: in `Host`, or in the handshake.
fn has_names(protocol: ListenerProtocol) -> bool {
    matches!(protocol, ListenerProtocol::Http | ListenerProtocol::Https | ListenerProtocol::Tls)
}
