//! Sessions of agents: what an agent on a websocket is told, and what it says there.
//!
//! A session knows nothing of sockets: it reads texts from one channel and writes texts to another; the binary owns the websockets. Everything
//! it says follows from records: it may end and begin again at any moment. One instance has one session that counts: a newer one ends the older.

mod acs;
mod balancer_change;
mod balancers;
mod credentials;
mod machine;
mod network;
mod orders;
mod outbox;
mod tcs;

use agent_protocol::connect::{AcsQuery, Refusal, RefusalKind, TcsQuery};
use model::ids::ContainerInstanceArn;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{mpsc, watch};

pub use acs::Acs;
pub(crate) use acs::set_connectivity;
pub use tcs::Tcs;

/// The two ends of a websocket, as texts. Bounded: a peer that does not read is not written to for ever.
pub struct Wire {
    pub from_agent: mpsc::Receiver<String>,
    pub to_agent: mpsc::Sender<String>,
}

impl Wire {
    /// Both ends of a connection that never came to be: a session on it ends at once, and says so wherever it had announced itself.
    pub fn broken() -> Self {
        Self { from_agent: mpsc::channel(1).1, to_agent: mpsc::channel(1).0 }
    }
}

/// The container instance that the query of a handshake names: what polling is authorised on.
pub fn instance_of(query: &str) -> Option<String> {
    let acs = AcsQuery::decode(query).map(|query| query.container_instance_arn);
    acs.or_else(|| TcsQuery::decode(query).map(|query| query.container_instance))
}

/// How many texts may wait in either direction.
pub const MOST_WAITING: usize = 64;

/// Which session of each instance counts.
#[derive(Default)]
pub(crate) struct Sessions {
    newest: Mutex<BTreeMap<ContainerInstanceArn, watch::Sender<u64>>>,
}

/// A session's claim to be the newest of its instance.
pub(crate) struct Claim {
    number: u64,
    newest: watch::Receiver<u64>,
}

impl Sessions {
    /// The instance is no more: no session of it is accepted.
    pub(crate) fn forget(&self, instance: &ContainerInstanceArn) {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).remove(instance);
    }

    /// Ends every older session of the instance.
    pub(crate) fn claim(&self, instance: &ContainerInstanceArn) -> Claim {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = newest.entry(instance.clone()).or_insert_with(|| watch::channel(0).0);
        sender.send_modify(|n| *n += 1);
        let newest = sender.subscribe();
        let number = *newest.borrow();
        Claim { number, newest }
    }
}

impl Claim {
    pub(crate) fn is_newest(&self) -> bool {
        *self.newest.borrow() == self.number
    }

    /// Returns when a newer session has begun.
    pub(crate) async fn superseded(&mut self) {
        let number = self.number;
        if self.newest.wait_for(|n| *n != number).await.is_err() {
            // The service itself is gone.
            std::future::pending::<()>().await;
        }
    }
}

fn refusal(kind: RefusalKind, message: &str) -> Refusal {
    Refusal { kind, message: message.to_owned() }
}
