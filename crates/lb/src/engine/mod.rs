//! The engine: workers that serve, a control thread that checks targets, and the configuration between them.

mod control;
pub(crate) mod endpoint;
pub(crate) mod worker;

use crate::authenticate::{Provider, Renewals, Trust};
use crate::forward::{Forwarder, Keeper};
use crate::log::{Logs, Nowhere};
use crate::metrics::Metrics;
use crate::net::{Host, Sockets};
use crate::plan::{self, Known, Place, Plan, Served};
use crate::tls;
use endpoint::Endpoint;
use model::balancer::{Bound, Configuration, ListenerObservation, Observations};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What an engine is started with.
pub struct Options {
    /// Threads that serve; one a core.
    pub workers: usize,
    pub sockets: Arc<dyn Sockets>,
    /// Has the kernel carry what it can of network load balancers' flows; without it all of them are relayed.
    pub forwarder: Option<Arc<dyn Forwarder>>,
    pub logs: Arc<dyn Logs>,
    pub metrics: Option<Arc<dyn Metrics>>,
    /// How often metrics are told: AWS's minute.
    pub metrics_period: Duration,
    /// Connections of clients that one worker holds; more are refused.
    pub max_connections: usize,
    /// How long a flow of UDP may be idle: AWS's two minutes, which nobody configures.
    pub udp_idle: Duration,
    /// How long connections may go on when the engine stops.
    pub grace: Duration,
    /// Whose certificates providers of identities may show.
    pub trust: Trust,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            workers: std::thread::available_parallelism().map_or(1, usize::from),
            sockets: Arc::new(Host),
            forwarder: None,
            logs: Arc::new(Nowhere),
            metrics: None,
            metrics_period: Duration::from_secs(60),
            max_connections: 100_000,
            udp_idle: Duration::from_secs(120),
            grace: Duration::from_secs(5),
            trust: Trust::System,
        }
    }
}

/// What all threads share.
pub struct Shared {
    pub sockets: Arc<dyn Sockets>,
    pub logs: Arc<dyn Logs>,
    pub target_tls: TargetTls,
    pub provider: Provider,
    pub renewals: Renewals,
    pub max_connections: usize,
    pub udp_idle: Duration,
    pub grace: Duration,
    started: Instant,
}

/// TLS towards targets, by the protocol that is spoken inside.
pub struct TargetTls {
    pub http1: Arc<rustls::ClientConfig>,
    pub http2: Arc<rustls::ClientConfig>,
    pub any: Arc<rustls::ClientConfig>,
}

impl Shared {
    /// Milliseconds since the engine began.
    pub fn now_ms(&self) -> u64 {
        self.ms_at(Instant::now())
    }

    /// As [`Self::now_ms`], of a moment that is known already.
    pub fn ms_at(&self, at: Instant) -> u64 {
        worker::clock(self.started, at)
    }
}

/// Serves load balancers until it is dropped.
pub struct Engine {
    shared: Arc<Shared>,
    state: Arc<Mutex<State>>,
    endpoints: watch::Sender<Vec<Arc<Endpoint>>>,
    observations: watch::Receiver<Observations>,
    plans: watch::Sender<Option<Arc<Plan>>>,
    stop: CancellationToken,
    threads: Vec<JoinHandle<()>>,
    workers: usize,
}

/// What `apply` and the control thread change.
struct State {
    known: Known,
    /// What the plan was made of.
    served: Option<Configuration>,
    plan: Option<Arc<Plan>>,
    endpoints: HashMap<Place, Arc<Endpoint>>,
    /// Listeners that cannot be bound, and why: they are tried again.
    failed: HashMap<Place, String>,
}

/// Why an engine does not start, or does not take a configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("TLS towards targets cannot be configured")]
    Tls(#[source] rustls::Error),
    #[error("a thread cannot be started")]
    Thread(#[source] io::Error),
    #[error("the configuration of revision {offered} is older than {served}, which is served")]
    Stale { offered: u64, served: u64 },
    #[error("another configuration of revision {0} is served already")]
    Ambiguous(u64),
    #[error(transparent)]
    Plan(#[from] plan::Error),
}

impl Engine {
    /// Starts the threads. Nothing is served yet.
    pub fn start(options: Options) -> Result<Self, Error> {
        let shared = Arc::new(Shared {
            sockets: options.sockets,
            logs: options.logs,
            target_tls: TargetTls {
                http1: tls::unverified(&[b"http/1.1"]).map_err(Error::Tls)?,
                http2: tls::unverified(&[b"h2"]).map_err(Error::Tls)?,
                any: tls::unverified(&[]).map_err(Error::Tls)?,
            },
            provider: Provider::new(options.trust),
            renewals: Renewals::default(),
            max_connections: options.max_connections,
            udp_idle: options.udp_idle,
            grace: options.grace,
            started: Instant::now(),
        });
        let workers = options.workers.max(1);
        let state = State {
            known: Known::new(workers, options.forwarder.is_some()),
            served: None,
            plan: None,
            endpoints: HashMap::new(),
            failed: HashMap::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let (endpoints, _) = watch::channel(Vec::new());
        let (plans, _) = watch::channel(None);
        let (observed, observations) = watch::channel(Observations::default());
        let stop = CancellationToken::new();
        let mut engine = Self {
            shared: Arc::clone(&shared),
            state: Arc::clone(&state),
            endpoints,
            observations,
            plans,
            stop: stop.clone(),
            threads: Vec::new(),
            workers,
        };
        for index in 0..workers {
            let (shared, endpoints, stop) = (Arc::clone(&shared), engine.endpoints.subscribe(), stop.clone());
            engine.spawn(format!("lb-{index}"), move || worker::run(index, shared, endpoints, stop))?;
        }
        let forwarding = options.forwarder.map(|forwarder| {
            // One word is enough, however much changed.
            let (tell, told) = std::sync::mpsc::sync_channel(1);
            (Keeper::new(forwarder, engine.plans.subscribe()), tell, told)
        });
        let mut changes = None;
        if let Some((keeper, tell, told)) = forwarding {
            changes = Some(tell);
            engine.spawn("lb-forward".to_owned(), move || keeper.run(&told))?;
        }
        let control = control::Control {
            shared,
            state,
            endpoints: engine.endpoints.clone(),
            plans: engine.plans.subscribe(),
            observed,
            metrics: options.metrics,
            metrics_period: options.metrics_period,
            forwarding: changes,
            workers,
        };
        engine.spawn("lb-control".to_owned(), move || control.run(stop))?;
        Ok(engine)
    }

    fn spawn(
        &mut self,
        name: String,
        run: impl FnOnce() -> io::Result<()> + Send + 'static,
    ) -> Result<(), Error> {
        let stop = self.stop.clone();
        let thread = std::thread::Builder::new().name(name.clone()).spawn(move || {
            if let Err(error) = run() {
                tracing::error!(%error, thread = name, "a thread of the load balancer ended");
                stop.cancel();
            }
        });
        self.threads.push(thread.map_err(Error::Thread)?);
        Ok(())
    }

    /// Serves a configuration instead of the one before. Listeners that stay keep their sockets and connections; those that go accept
    /// no more and drain. Whatever cannot be served is told in the observations and does not keep the rest from it.
    pub fn apply(&self, configuration: &Configuration) -> Result<(), Error> {
        let mut state = lock(&self.state);
        let served = state.plan.as_ref().map_or(0, |plan| plan.revision);
        if configuration.revision < served {
            return Err(Error::Stale { offered: configuration.revision, served });
        }
        if state
            .served
            .as_ref()
            .is_some_and(|of| of.revision == configuration.revision && of != configuration)
        {
            return Err(Error::Ambiguous(configuration.revision));
        }
        let plan = Arc::new(state.known.plan(configuration)?);
        state.served = Some(configuration.clone());
        state.plan = Some(Arc::clone(&plan));
        state.take_up(&*self.shared.sockets, self.workers);
        self.endpoints.send_replace(state.endpoints.values().cloned().collect());
        self.plans.send_replace(Some(plan));
        Ok(())
    }

    /// What is served and how its targets are.
    pub fn observations(&self) -> watch::Receiver<Observations> {
        self.observations.clone()
    }

    /// The counts of a load balancer since its metrics were last told.
    pub fn counters(&self, balancer: &str) -> Option<Arc<crate::metrics::Counters>> {
        let state = lock(&self.state);
        state.plan.as_ref()?.balancers.get(balancer).map(|balancer| Arc::clone(&balancer.counters))
    }
}

impl Drop for Engine {
    /// Stops accepting, lets connections go on for the grace that was agreed on, and ends the threads.
    fn drop(&mut self) {
        lock(&self.state).endpoints.values().for_each(|endpoint| endpoint.draining.cancel());
        self.stop.cancel();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the load balancer panicked");
            }
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Brings the sockets in line with the plan.
    fn take_up(&mut self, sockets: &dyn Sockets, workers: usize) {
        let Some(plan) = self.plan.clone() else { return };
        let wanted: HashMap<_, _> =
            plan.listeners.iter().chain(&plan.doors).map(|(place, served)| (place.clone(), served)).collect();
        self.failed.clear();
        self.endpoints.retain(|place, endpoint| {
            let stays = wanted.contains_key(place);
            if !stays {
                endpoint.draining.cancel();
            }
            stays
        });
        for (place, served) in wanted {
            if let Some(endpoint) = self.endpoints.get(&place) {
                endpoint.plan.store(Arc::clone(served));
                continue;
            }
            match Endpoint::open(place.clone(), Arc::clone(served), sockets, workers) {
                Ok(endpoint) => {
                    tracing::info!(address = %place.address, listener = served.first.arn, "listening");
                    self.endpoints.insert(place, Arc::new(endpoint));
                }
                Err(error) => {
                    self.failed.insert(place, error.to_string());
                }
            }
        }
    }

    /// What is told of listeners: where they listen, and where they cannot.
    fn told_of(
        &self,
        places: &[(Place, Arc<Served>)],
        refused: &[(String, SocketAddr, String)],
    ) -> Vec<ListenerObservation> {
        let told = |arn: &str, address: SocketAddr, why: Option<&String>| ListenerObservation {
            arn: arn.to_owned(),
            address,
            state: why.map_or(Bound::Listening, |why| Bound::Failed(why.clone())),
        };
        let served = places.iter().flat_map(|(place, served)| {
            let why = self.failed.get(place);
            served.all().iter().map(move |listener| told(&listener.arn, place.address, why))
        });
        let refused = refused.iter().map(|(arn, address, why)| told(arn, *address, Some(why)));
        let mut all: Vec<_> = served.chain(refused).collect();
        all.sort_by(|a, b| (&a.arn, a.address).cmp(&(&b.arn, b.address)));
        all
    }

    fn observe(&self) -> Observations {
        let Some(plan) = &self.plan else { return Observations::default() };
        let listeners = self.told_of(&plan.listeners, &plan.refused);
        let doors = self.told_of(&plan.doors, &plan.refused_doors);
        let mut groups: Vec<_> = plan.groups.values().collect();
        groups.sort_by(|a, b| a.arn.cmp(&b.arn));
        let targets = groups
            .iter()
            .flat_map(|group| {
                let plan = group.plan();
                plan.targets.iter().map(|target| target.observe(&plan)).collect::<Vec<_>>()
            })
            .collect();
        let zones = groups.iter().flat_map(|group| group.observe_zones()).collect();
        Observations { revision: plan.revision, listeners, targets, zones, doors }
    }
}
