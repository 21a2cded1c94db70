//! Whose listeners there are: opened with a task's networks, ended before they go.

use super::answer::{HostListener, TaskListener};
use super::bucket::{self, Bucket};
use super::meter::Meter;
use super::route::{Action, Kind};
use super::{SERVICE, gateway, host, server};
use crate::engine::{Shared, TaskView, lock};
use crate::task::{NetworkPlan, TaskPlan};
use net::fault::{Fault, Spared};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The node's task endpoints.
#[derive(Debug)]
pub(crate) struct Endpoints {
    begun: Instant,
    /// By task ARN.
    tasks: Mutex<BTreeMap<String, Arc<TaskEndpoint>>>,
    /// What URIs of the node's own network begin with, once its listener is open.
    host: tokio::sync::OnceCell<String>,
}

/// What the listeners of one task share.
#[derive(Debug)]
pub(super) struct TaskEndpoint {
    pub arn: String,
    pub is_host: bool,
    pub meter: Meter,
    /// As they are in the kernel.
    pub faults: tokio::sync::Mutex<Vec<Fault>>,
    bucket: Mutex<Bucket>,
    fault_buckets: Mutex<BTreeMap<(usize, Kind, Action), Bucket>>,
    servers: Mutex<BTreeMap<PathBuf, JoinHandle<()>>>,
    stop: CancellationToken,
}

impl Endpoints {
    pub fn new() -> Self {
        Self { begun: Instant::now(), tasks: Mutex::default(), host: tokio::sync::OnceCell::new() }
    }

    /// The clock of the buckets.
    pub(super) fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    pub(super) fn of(&self, arn: &str) -> Option<Arc<TaskEndpoint>> {
        lock(&self.tasks).get(arn).cloned()
    }

    /// Endpoints of tasks on the node's own network.
    pub(super) fn of_host(&self) -> Vec<Arc<TaskEndpoint>> {
        lock(&self.tasks).values().filter(|t| t.is_host).cloned().collect()
    }

    fn take(&self, shared: &Shared, plan: &TaskPlan) -> Arc<TaskEndpoint> {
        let now = self.now();
        let endpoint = || {
            Arc::new(TaskEndpoint {
                arn: plan.arn.clone(),
                is_host: plan.network == NetworkPlan::Host,
                meter: Meter::default(),
                faults: tokio::sync::Mutex::default(),
                bucket: Mutex::new(Bucket::new(bucket::of_task(shared.config.task_endpoint_rate), now)),
                fault_buckets: Mutex::default(),
                servers: Mutex::default(),
                stop: shared.stop.child_token(),
            })
        };
        lock(&self.tasks).entry(plan.arn.clone()).or_insert_with(endpoint).clone()
    }

    /// Listens in a namespace of the task. Where that is done already it stays as it is.
    pub async fn open(
        &self,
        shared: &Arc<Shared>,
        plan: &TaskPlan,
        namespace: &Path,
    ) -> Result<(), net::Error> {
        let endpoint = self.take(shared, plan);
        if lock(&endpoint.servers).get(namespace).is_some_and(|s| !s.is_finished()) {
            return Ok(());
        }
        let listener = shared.net.0.listen(Some(namespace), SERVICE).await?;
        let handler = Arc::new(TaskListener { shared: shared.clone(), endpoint: endpoint.clone() });
        let server = server::serve(listener, handler, endpoint.stop.clone());
        let server = match gateway::authority(&shared.config.endpoint).filter(|_| plan.role.id.is_some()) {
            Some(api) => {
                let listener = shared.net.0.listen(Some(namespace), gateway::SERVICE).await?;
                let gateway = gateway::serve(listener, api, endpoint.stop.clone());
                shared.tracker.spawn(async {
                    tokio::join!(server, gateway);
                })
            }
            None => shared.tracker.spawn(server),
        };
        lock(&endpoint.servers).insert(namespace.to_owned(), server);
        Ok(())
    }

    /// Listens in the node's own namespace, for this task among others.
    pub async fn open_host(&self, shared: &Arc<Shared>, plan: &TaskPlan) -> Result<(), net::Error> {
        self.take(shared, plan);
        let open = || async {
            let (listener, base) = host::open(shared.net.0.as_ref(), &shared.config.data_dir).await?;
            let handler = Arc::new(HostListener::new(shared.clone()));
            shared.tracker.spawn(server::serve(listener, handler, shared.stop.clone()));
            Ok(base)
        };
        self.host.get_or_try_init(open).await.map(|_| ())
    }

    /// What a task's URIs begin with.
    pub fn base(&self, plan: &TaskPlan) -> &str {
        match plan.network {
            NetworkPlan::Host => self.host.get().map_or(host::USUAL, String::as_str),
            NetworkPlan::None | NetworkPlan::Bridge | NetworkPlan::Awsvpc(_) => host::USUAL,
        }
    }

    /// Where containers of the task reach the API; `None` where they are not told.
    pub fn api(&self, shared: &Shared, plan: &TaskPlan) -> Option<String> {
        gateway::url(&shared.config.endpoint, plan)
    }

    /// Opens again what a task that was taken back had, and makes its faults what its checkpoint says.
    pub async fn reopen(&self, shared: &Arc<Shared>, view: &TaskView) {
        let (plan, facts) = (&view.plan, &view.saved.facts);
        let has_endpoint = facts.containers.iter().any(|c| c.endpoint_id.is_some());
        if !has_endpoint {
            return;
        }
        let mut results = Vec::new();
        if plan.network == NetworkPlan::Host {
            results.push(self.open_host(shared, plan).await);
        }
        let attached = facts.containers.iter().filter_map(|c| c.attached.as_ref()).chain(&facts.attached);
        for namespace in attached.filter_map(|a| a.namespace.as_ref()) {
            // After a reboot there is none.
            if namespace.exists() {
                results.push(self.open(shared, plan, namespace).await);
            }
        }
        if view.saved.payload.enable_fault_injection == Some(true)
            && let Some(endpoint) = self.of(&plan.arn)
        {
            let mut known = endpoint.faults.lock().await;
            let result = set_faults(shared, view, &facts.faults).await;
            if result.is_ok() {
                known.clone_from(&facts.faults);
            }
            results.push(result);
        }
        for error in results.into_iter().filter_map(Result::err) {
            // The task runs on: it is better off than stopped.
            tracing::error!(
                task = plan.arn,
                error = crate::aws::chain(&error),
                "a task's endpoint could not be opened again"
            );
        }
    }

    /// Ends the task's listeners with their connections, and its faults where they would outlive it.
    pub async fn close(&self, shared: &Shared, view: &TaskView) -> Result<(), net::Error> {
        let Some(endpoint) = lock(&self.tasks).remove(&view.plan.arn) else { return Ok(()) };
        endpoint.stop.cancel();
        let servers = std::mem::take(&mut *lock(&endpoint.servers));
        for server in servers.into_values() {
            // It was told to end; how it did is of no interest.
            let _ = server.await;
        }
        // A namespace of the task's own takes its faults with it.
        match endpoint.is_host && view.saved.payload.enable_fault_injection == Some(true) {
            true => set_faults(shared, view, &[]).await,
            false => Ok(()),
        }
    }
}

impl TaskEndpoint {
    /// Whether the task may ask once more now.
    pub fn may_ask(&self, now: Duration) -> bool {
        lock(&self.bucket).take(now)
    }

    /// Whether a container may ask about a fault once more now.
    pub fn may_fault(&self, container: usize, kind: Kind, action: Action, now: Duration) -> bool {
        let mut buckets = lock(&self.fault_buckets);
        let bucket = buckets.entry((container, kind, action));
        bucket.or_insert_with(|| Bucket::new(bucket::FAULT, now)).take(now)
    }
}

/// Makes these faults, and no others, in the network of a task.
pub(super) async fn set_faults(shared: &Shared, view: &TaskView, faults: &[Fault]) -> Result<(), net::Error> {
    let namespace = view.saved.facts.attached.as_ref().and_then(|a| a.namespace.as_deref());
    let table =
        format!("longshore-{}-fault-{}", shared.config.instance, &net::short_hash(&view.plan.arn)[..12]);
    shared.net.0.set_faults(namespace, &table, faults, Spared(*SERVICE.address.ip())).await
}
