//! Puts the parts together: takes the node over, registers it, keeps its sessions.

use crate::aws;
use crate::backend::{Backend, Channel, Http};
use crate::balancers::DataPlane;
use crate::config::Config;
use crate::endpoint;
use crate::engine::checkpoint::AgentFile;
use crate::engine::ports::Images;
use crate::engine::{Engine, Parts, lock};
use crate::logs::api::CloudWatch;
use crate::logs::api::LogsApi;
use crate::register;
use crate::session::{self, Instance, Timeline};
use net::TaskNetwork;
use plan::task::admission::Claim;
use runtime::Runtime;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

/// How soon after a change of a network was refused it is tried again, and how often at least while it goes on being refused.
const MEND_AFTER: Duration = Duration::from_secs(5);
const MEND_AT_LEAST_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether old tasks are to be forgotten and unused images to be removed.
const HOUSEKEEPING: Duration = Duration::from_secs(30);

/// What an agent works with.
#[derive(Clone)]
pub struct Deps {
    pub runtime: Arc<dyn Runtime>,
    pub net: Arc<dyn TaskNetwork>,
    pub images: Arc<dyn Images>,
    /// `None`: the node carries no load balancers.
    pub balancers: Option<Arc<dyn DataPlane>>,
    /// `None` speaks to the configured endpoint.
    pub backend: Option<Arc<dyn Backend>>,
    /// `None` speaks to the configured endpoint.
    pub logs: Option<Arc<dyn LogsApi>>,
}

/// Why an agent does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot use the data directory {path:?}")]
    DataDir {
        path: std::path::PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot speak to the endpoint")]
    Endpoint(#[source] aws::ApiError),
    #[error("cannot take the node over")]
    Recover(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The agent.
#[derive(Debug)]
pub struct Agent;

impl Agent {
    /// Takes over what an earlier agent left, then registers and serves in the background. The handle is there at once;
    /// [`Handle::registered`] tells when the control plane has the instance.
    pub async fn start(config: Config, deps: Deps) -> Result<Handle, StartError> {
        let data_dir = config.data_dir.clone();
        let bad_dir = |source| StartError::DataDir { path: data_dir.clone(), source };
        std::fs::create_dir_all(&config.data_dir).map_err(bad_dir)?;
        let file = AgentFile::load(&config.data_dir).map_err(bad_dir)?;
        let total = register::total(&config).map_err(bad_dir)?;
        let backend = match deps.backend {
            Some(backend) => backend,
            None => {
                let http = Http::new(&config.endpoint, &config.region, config.credentials.clone());
                Arc::new(http.map_err(StartError::Endpoint)?)
            }
        };
        let logs = match deps.logs {
            Some(logs) => logs,
            None => {
                let service = CloudWatch::new(&config.endpoint, &config.region, config.credentials.clone());
                Arc::new(service.map_err(StartError::Endpoint)?)
            }
        };
        let parts = Parts {
            runtime: deps.runtime,
            net: deps.net,
            images: deps.images,
            logs,
            backend: backend.clone(),
        };
        let engine = Engine::new(config.clone(), total.clone(), parts).map_err(bad_dir)?;
        engine.recover().await.map_err(|e| StartError::Recover(Box::new(e)))?;
        let (registered, receiver) = watch::channel(Registration::Pending);
        let balancers = deps.balancers;
        let serving = Serving { config, total, backend, engine: engine.clone(), balancers, file };
        engine.0.tracker.spawn(serving.run(registered));
        engine.0.tracker.spawn(keep_house(engine.clone()));
        engine.0.tracker.spawn(mend_networks(engine.clone()));
        if let Some(address) = engine.0.config.introspection {
            engine.0.tracker.spawn(endpoint::serve_introspection(engine.clone(), address));
        }
        Ok(Handle { engine, registered: receiver })
    }
}

/// Where registration stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    Pending,
    /// The ARN of the container instance.
    Done(String),
    /// The control plane refused it for good.
    Failed(String),
}

/// A running agent. Dropping it does not stop it.
#[derive(Debug)]
pub struct Handle {
    pub(crate) engine: Engine,
    registered: watch::Receiver<Registration>,
}

impl Handle {
    /// Waits until the instance is registered; the error is the control plane's reason.
    pub async fn registered(&self) -> Result<String, String> {
        let mut receiver = self.registered.clone();
        let settled = receiver.wait_for(|r| *r != Registration::Pending).await;
        match settled.as_deref() {
            Ok(Registration::Done(arn)) => Ok(arn.clone()),
            Ok(Registration::Failed(reason)) => Err(reason.clone()),
            Ok(Registration::Pending) | Err(_) => {
                Err("the agent stopped before it was registered".to_owned())
            }
        }
    }

    /// Ends sessions and actors and waits for them. Containers keep running and are taken back by the next start.
    pub async fn stop(self) {
        self.engine.shut_down().await;
    }
}

struct Serving {
    config: Config,
    total: Claim,
    backend: Arc<dyn Backend>,
    engine: Engine,
    balancers: Option<Arc<dyn DataPlane>>,
    file: AgentFile,
}

impl Serving {
    async fn run(mut self, registered: watch::Sender<Registration>) {
        let stop = self.engine.0.stop.clone();
        // An instance belongs to its cluster: in another it is another.
        let known =
            self.file.container_instance_arn.clone().filter(|_| self.file.cluster == self.config.cluster);
        // Cancel-safe: a registration that is dropped is made again with the next start.
        let result = tokio::select! {
            result = register::register(self.backend.as_ref(), &self.config, &self.total, known) => result,
            () = stop.cancelled() => return,
        };
        let arn = match result {
            Ok(arn) => arn,
            Err(error) => {
                let reason = aws::chain(&error);
                tracing::error!(reason, "not registered");
                registered.send_replace(Registration::Failed(reason));
                return;
            }
        };
        if self.file.container_instance_arn.as_deref() != Some(&arn) {
            self.file = AgentFile {
                cluster: self.config.cluster.clone(),
                container_instance_arn: Some(arn.clone()),
                timeline: 0,
            };
            if let Err(error) = self.file.save(&self.config.data_dir) {
                tracing::error!(%error, "cannot remember the container instance; the next start registers another");
            }
        }
        tracing::info!(arn, "registered");
        *lock(&self.engine.0.instance) = Some(arn.clone());
        let checkpoints = self.engine.0.checkpoints.clone();
        let instance = Instance {
            backend: self.backend,
            engine: self.engine.clone(),
            balancers: self.balancers,
            cluster: self.config.cluster,
            arn: arn.clone(),
            timeline: Arc::new(Timeline::new(self.file, self.config.data_dir, checkpoints)),
        };
        self.engine.0.tracker.spawn(session::keep(instance.clone(), Channel::Acs));
        self.engine.0.tracker.spawn(session::keep(instance, Channel::Tcs));
        registered.send_replace(Registration::Done(arn));
    }
}

/// Tries again what networks could not do, more seldom the longer it fails.
async fn mend_networks(engine: Engine) {
    let stop = engine.0.stop.clone();
    let mut wait = MEND_AFTER;
    loop {
        // Cancel-safe: a sleep is.
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => return,
        }
        wait = match engine.0.net.0.mend().await {
            Ok(()) => MEND_AFTER,
            Err(error) => {
                tracing::warn!(error = aws::chain(&error), "a network is not as it should be yet");
                (wait * 2).min(MEND_AT_LEAST_EVERY)
            }
        };
    }
}

async fn keep_house(engine: Engine) {
    let stop = engine.0.stop.clone();
    let mut interval = tokio::time::interval(HOUSEKEEPING);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut cleaned: Option<tokio::time::Instant> = None;
    loop {
        // Cancel-safe: ticks are.
        tokio::select! {
            _ = interval.tick() => {}
            () = stop.cancelled() => return,
        }
        engine.forget_old().await;
        let Some(every) = engine.0.config.image_cleanup_interval else { continue };
        if cleaned.is_some_and(|at| at.elapsed() < every) {
            continue;
        }
        cleaned = Some(tokio::time::Instant::now());
        let views = engine.views();
        let live = views.iter().filter(|t| t.done_at.is_none());
        let in_use: HashSet<image::Digest> =
            live.flat_map(|t| &t.containers).filter_map(|c| c.manifest).collect();
        if let Err(error) = engine.0.images.collect(in_use).await {
            tracing::warn!(error = aws::chain(&error), "cannot remove unused images");
        }
    }
}
