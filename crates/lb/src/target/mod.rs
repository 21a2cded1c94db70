//! Targets and target groups as all workers share them. They outlive configurations: what is known of a target's health and how many
//! requests it has stays while it is named.

mod group;
mod pool;
pub mod upstream;

pub use group::{Group, GroupPlan, LoggedBy, Slot};
pub use pool::{Opening, Pool};

use crate::balance::anomaly::{FULL, Judgement, Window};
use crate::balance::{Candidate, Standing};
use crate::health::machine::Health;
use arc_swap::ArcSwap;
use model::balancer::{Protocol, Reason, Target as Configured, TargetObservation, TargetState};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// A target of a group.
#[derive(Debug)]
pub struct Target {
    pub id: String,
    pub address: SocketAddr,
    /// Names it in cookies: address and port.
    pub key: String,
    pub hash: u64,
    pub zone: Option<String>,
    draining: AtomicBool,
    healthy: AtomicBool,
    health: Mutex<Health>,
    pub load: Load,
    /// Flows that the kernel carries to it, as they were counted last.
    forwarded: AtomicU64,
    /// When its slow start began, in milliseconds of the engine's clock; 0 is none.
    warming_since: AtomicU64,
    weight: AtomicU32,
    anomalous: AtomicBool,
    /// Cancelled once it is named no longer.
    pub gone: CancellationToken,
    /// See [`Self::connections`].
    connections: ArcSwap<CancellationToken>,
}

/// How tables find slots and places in memory that nobody outside chose: spread by a multiplication.
pub type Few = std::hash::BuildHasherDefault<Spread>;

/// See [`Few`].
#[derive(Debug, Default)]
pub struct Spread(u64);

impl std::hash::Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, number: usize) {
        // The high bits choose the place, the low ones too: both have to depend on all of the number.
        let spread = (self.0 ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = spread ^ (spread >> 32);
    }
}

/// What a target has to do. A line of its own: all workers write it.
#[derive(Debug, Default)]
#[repr(align(128))]
pub struct Load {
    outstanding: AtomicU64,
    requests: AtomicU64,
    errors: AtomicU64,
}

impl Target {
    pub fn new(configured: &Configured) -> Self {
        let address = SocketAddr::new(configured.address, configured.port);
        let key = address.to_string();
        let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self {
            id: configured.id.clone(),
            address,
            key,
            hash,
            zone: configured.zone.clone(),
            draining: AtomicBool::new(configured.draining_since.is_some()),
            healthy: AtomicBool::new(false),
            health: Mutex::default(),
            load: Load::default(),
            forwarded: AtomicU64::new(0),
            warming_since: AtomicU64::new(0),
            weight: AtomicU32::new(FULL),
            anomalous: AtomicBool::new(false),
            gone: CancellationToken::new(),
            connections: ArcSwap::default(),
        }
    }

    /// How it stands for whoever comes in by an address of a zone; none is in no zone, and sees all.
    pub fn standing(&self, from: Option<&str>) -> Standing {
        Standing {
            healthy: self.healthy.load(Relaxed),
            draining: self.draining.load(Relaxed),
            here: from.is_none_or(|from| self.zone.as_deref().is_none_or(|of| of == from)),
        }
    }

    pub fn is_healthy(&self) -> bool {
        self.healthy.load(Relaxed)
    }

    pub fn is_draining(&self) -> bool {
        self.draining.load(Relaxed)
    }

    pub fn set_draining(&self, draining: bool) {
        self.draining.store(draining, Relaxed);
    }

    pub fn set_healthy(&self, healthy: bool) {
        self.healthy.store(healthy, Relaxed);
    }

    /// Its health; whoever changes it says with [`Self::set_healthy`] what follows.
    pub fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what was found out about it.
    pub fn begin_anew(&self) {
        *self.health() = Health::default();
        self.set_warming(None);
    }

    /// Cancelled when the connections and flows of network load balancers that it has now are to end, for whatever reason: its health, or that it is
    /// named no longer. Those that come later have another one.
    pub fn connections(&self) -> CancellationToken {
        CancellationToken::clone(&self.connections.load())
    }

    /// Ends them.
    pub fn end_connections(&self) {
        self.connections.swap(Arc::default()).cancel();
    }

    /// Begins or ends its slow start.
    pub fn set_warming(&self, since_ms: Option<u64>) {
        self.warming_since.store(since_ms.map_or(0, |since| since.max(1)), Relaxed);
    }

    pub fn is_warming(&self, now_ms: u64, duration_ms: u64) -> bool {
        let since = self.warming_since.load(Relaxed);
        since != 0 && now_ms.saturating_sub(since) < duration_ms
    }

    pub fn candidate(&self, now_ms: u64, slow_start_ms: u64) -> Candidate {
        let warmth = match self.warming_since.load(Relaxed) {
            0 => Candidate::WARM,
            since => Candidate::warmth(now_ms.saturating_sub(since), slow_start_ms),
        };
        Candidate {
            outstanding: self.load.outstanding.load(Relaxed),
            warmth,
            weight: self.weight.load(Relaxed),
        }
    }

    /// Requests and connections it has now.
    pub fn outstanding(&self) -> u64 {
        self.load.outstanding.load(Relaxed) + self.forwarded.load(Relaxed)
    }

    /// So many flows the kernel carries to it.
    pub fn set_forwarded(&self, count: u64) {
        self.forwarded.store(count, Relaxed);
    }

    /// Counts a request or a connection while it is held.
    pub fn begin(self: &Arc<Self>) -> Held {
        self.load.outstanding.fetch_add(1, Relaxed);
        Held(Arc::clone(self))
    }

    /// Counts an answer for anomaly detection.
    pub fn answered(&self, error: bool) {
        self.load.requests.fetch_add(1, Relaxed);
        if error {
            self.load.errors.fetch_add(1, Relaxed);
        }
    }

    /// What it answered since the last window.
    pub fn take_window(&self) -> Window {
        let errors = self.load.errors.swap(0, Relaxed);
        Window { requests: self.load.requests.swap(0, Relaxed).max(errors), errors }
    }

    pub fn judgement(&self) -> Judgement {
        Judgement { anomalous: self.anomalous.load(Relaxed), weight: self.weight.load(Relaxed) }
    }

    pub fn set_judgement(&self, judgement: Judgement) {
        self.weight.store(judgement.weight, Relaxed);
        self.anomalous.store(judgement.anomalous, Relaxed);
    }

    /// What is told of it.
    pub fn observe(&self, group: &GroupPlan) -> TargetObservation {
        let (state, reason) = if self.is_draining() {
            (
                TargetState::Draining,
                Some((Reason::DeregistrationInProgress, "Target deregistration is in progress".to_owned())),
            )
        } else if !group.used {
            let text = "Target group is not configured to receive traffic from the load balancer".to_owned();
            (TargetState::Unused, Some((Reason::NotInUse, text)))
        } else if !group.config.health_check.enabled {
            (
                TargetState::Unavailable,
                Some((Reason::HealthCheckDisabled, "Health checks are disabled".to_owned())),
            )
        } else {
            let health = self.health();
            (health.state(), health.reason())
        };
        let (reason, description) = reason.unzip();
        TargetObservation {
            group: group.config.arn.clone(),
            id: self.id.clone(),
            port: self.address.port(),
            state,
            reason,
            description,
            active: self.outstanding(),
            anomalous: matches!(group.config.protocol, Protocol::Http | Protocol::Https)
                .then(|| self.anomalous.load(Relaxed)),
        }
    }
}

/// A request or a connection that a target has.
#[derive(Debug)]
pub struct Held(Arc<Target>);

impl Held {
    /// Cancelled when the target's time is over.
    pub fn gone(&self) -> &CancellationToken {
        &self.0.gone
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.load.outstanding.fetch_sub(1, Relaxed);
    }
}
