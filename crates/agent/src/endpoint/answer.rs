//! What each route is answered with.

use super::bucket::{self, Bucket};
use super::credentials::{self, TaskRole};
use super::fault;
use super::meter::Subject;
use super::open::TaskEndpoint;
use super::protection;
use super::route::{Own, Route, Version, What, route};
use super::server::{Answer, Handler, content, json, not_found, text};
use super::view::stats::{Stats, stats};
use super::view::task::{ClockDrift, EphemeralStorageMetrics, TagError, Task, container, task};
use super::view::{Node, Snapshot};
use crate::aws::ApiError;
use crate::clock;
use crate::engine::{Shared, TaskView, lock, storage};
use crate::task::NetworkPlan;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a start that is under way is waited for, and how often it is looked at.
const SETTLING: Duration = Duration::from_millis(500);
const LOOK: Duration = Duration::from_millis(5);

/// The listener of one task: whoever asks here is that task.
#[derive(Debug)]
pub(super) struct TaskListener {
    pub shared: Arc<Shared>,
    pub endpoint: Arc<TaskEndpoint>,
}

/// The listener of the node's own network: who asks is told by what only it can know.
#[derive(Debug)]
pub(super) struct HostListener {
    shared: Arc<Shared>,
    /// Of those who name no task that there is.
    strangers: Mutex<Bucket>,
}

impl HostListener {
    pub fn new(shared: Arc<Shared>) -> Self {
        let strangers = Mutex::new(Bucket::new(bucket::TASK, shared.endpoints.now()));
        Self { shared, strangers }
    }
}

/// Who asks, as far as is known.
struct Asker<'a> {
    shared: &'a Arc<Shared>,
    /// The task of the listener, or that of the id in the path.
    task: Option<(Arc<TaskEndpoint>, TaskView)>,
    /// Whether the listener itself is the task's.
    own: bool,
}

impl Handler for TaskListener {
    async fn answer(self: Arc<Self>, request: Request<Bytes>) -> Answer {
        if !self.endpoint.may_ask(self.shared.endpoints.now()) {
            return too_many();
        }
        let task = match self.shared.view(&self.endpoint.arn) {
            Some(view) => Some((self.endpoint.clone(), settled(&self.shared, view).await)),
            None => None,
        };
        let asker = Asker { shared: &self.shared, task, own: true };
        limited(asker.answer(&request).await)
    }
}

impl Handler for HostListener {
    async fn answer(self: Arc<Self>, request: Request<Bytes>) -> Answer {
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        let task = self.task_of(&route(path, query));
        let now = self.shared.endpoints.now();
        let may = match &task {
            Some((endpoint, _)) => endpoint.may_ask(now),
            None => lock(&self.strangers).take(now),
        };
        if !may {
            return too_many();
        }
        let task = match task {
            Some((endpoint, view)) => Some((endpoint, settled(&self.shared, view).await)),
            None => None,
        };
        let asker = Asker { shared: &self.shared, task, own: false };
        limited(asker.answer(&request).await)
    }
}

impl HostListener {
    /// The task that the id of a path belongs to.
    fn task_of(&self, route: &Route<'_>) -> Option<(Arc<TaskEndpoint>, TaskView)> {
        let known: Box<dyn Fn(&TaskView) -> bool> = match *route {
            Route::Of { id, .. } | Route::Protection { id } | Route::Fault { id, .. } => {
                Box::new(move |view| snapshot(&self.shared, view).container_of(id).is_some())
            }
            Route::Credentials { id, .. } => {
                Box::new(move |view| view.plan.role.id.as_deref().is_some_and(|known| super::same(known, id)))
            }
            Route::Moved(_) | Route::Own(_) | Route::Unknown => return None,
        };
        let mut all = self.shared.endpoints.of_host().into_iter();
        all.find_map(|endpoint| {
            let view = self.shared.view(&endpoint.arn)?;
            known(&view).then_some((endpoint, view))
        })
    }
}

/// Of one container among its task's.
#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Stats(Box<Stats>),
    /// What version 4 says of a container that does not run,
    Empty {},
    /// and the others.
    Nothing(()),
}

/// A container may ask before its own start was written down: that is waited for, but not for long.
async fn settled(shared: &Shared, mut view: TaskView) -> TaskView {
    let deadline = tokio::time::Instant::now() + SETTLING;
    while view.saved.state.containers().any(|(_, state)| state.start_is_in_flight())
        && tokio::time::Instant::now() < deadline
    {
        tokio::time::sleep(LOOK).await;
        match shared.view(&view.arn) {
            Some(newer) => view = newer,
            None => break,
        }
    }
    view
}

/// The task as it is now.
pub(super) fn snapshot(shared: &Shared, view: &TaskView) -> Snapshot {
    let config = &shared.config;
    let node = Node { cluster: config.cluster.clone(), zone: config.availability_zone.clone() };
    Snapshot { plan: view.plan.clone(), saved: view.saved.clone(), node }
}

fn storage_metrics(shared: &Shared, snapshot: &Snapshot) -> Option<EphemeralStorageMetrics> {
    let plan = &snapshot.plan;
    let usage = storage::usage(&shared.dirs.storage, &plan.id, plan.storage_gib)?;
    Some(EphemeralStorageMetrics { utilized: usage.used, reserved: usage.reserved })
}

fn clock_drift() -> Option<ClockDrift> {
    match runtime::clock_state() {
        Ok(state) => Some(ClockDrift::new(state, clock::now())),
        Err(error) => {
            tracing::warn!(%error, "the kernel does not say how right its clock is");
            None
        }
    }
}

fn too_many() -> Answer {
    limited(text(StatusCode::TOO_MANY_REQUESTS, "You have reached maximum request limit."))
}

/// With the headers that say what the limit is.
fn limited(mut answer: Answer) -> Answer {
    let headers = answer.headers_mut();
    headers.insert("x-rate-limit-limit", HeaderValue::from_static("40.00"));
    headers.insert("x-rate-limit-duration", HeaderValue::from_static("1"));
    answer
}

impl Asker<'_> {
    async fn answer(&self, request: &Request<Bytes>) -> Answer {
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        let method = request.method();
        match route(path, query) {
            Route::Unknown => not_found(),
            Route::Moved(to) => moved(&to, query),
            Route::Credentials { version, id } => self.credentials(version, id),
            Route::Own(own) => self.own(own).await,
            Route::Of { version, id, what } => self.of(version, id, what).await,
            Route::Protection { .. } if !matches!(*method, Method::GET | Method::PUT) => not_allowed(),
            Route::Protection { id } => self.protection(id, method, request.body()).await,
            Route::Fault { .. } if *method != Method::POST => not_allowed(),
            Route::Fault { id, kind, action } => {
                let found = self.task.as_ref().and_then(|(endpoint, view)| {
                    let index = snapshot(self.shared, view).container_of(id)?;
                    Some(fault::Subject { endpoint, view, container: index })
                });
                fault::answer(self.shared, found, id, kind, action, request.body()).await
            }
        }
    }

    fn credentials(&self, version: u8, id: &str) -> Answer {
        let roles: Vec<TaskRole> = self.task.iter().map(|(_, view)| view.plan.role.clone()).collect();
        match credentials::answer(version, id, &roles, clock::now()) {
            Ok(document) => {
                tracing::debug!(
                    task = self.task.as_ref().map(|(_, v)| v.arn.as_str()),
                    "credentials given out"
                );
                json(StatusCode::OK, &document)
            }
            Err(refusal) => {
                let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
                json(status, &refusal)
            }
        }
    }

    /// The snapshot and container that an id stands for.
    fn find(&self, id: &str) -> Option<(&Arc<TaskEndpoint>, Snapshot, usize)> {
        let (endpoint, view) = self.task.as_ref()?;
        let snapshot = snapshot(self.shared, view);
        let container = snapshot.container_of(id)?;
        Some((endpoint, snapshot, container))
    }

    async fn own(&self, own: Own<'_>) -> Answer {
        let bad = |reason: &str| json(StatusCode::BAD_REQUEST, reason);
        let Some((endpoint, view)) = self.task.as_ref().filter(|_| self.own) else {
            return bad("Unable to get task arn from request: unable to associate the request with a task");
        };
        let snapshot = snapshot(self.shared, view);
        match own {
            Own::Task { tags } => {
                let document = self.task(&snapshot, Version::V2, tags).await;
                json(StatusCode::OK, &document)
            }
            Own::Container(id) => match snapshot.container_of_docker_id(id) {
                Some(index) => json(StatusCode::OK, &container(&snapshot, index, Version::V2)),
                None => bad(&format!("Unable to generate metadata for container '{id}'")),
            },
            Own::TaskStats => {
                let all = self.task_stats(endpoint, &snapshot, Version::V2).await;
                json(StatusCode::OK, &all)
            }
            Own::ContainerStats(id) => {
                let stats = match snapshot.container_of_docker_id(id) {
                    Some(index) => self.stats(endpoint, &snapshot, index, Version::V2).await,
                    None => None,
                };
                match stats {
                    Some(stats) => json(StatusCode::OK, &stats),
                    None => bad(&format!("Unable to get container stats for: {id}")),
                }
            }
        }
    }

    async fn of(&self, version: Version, id: &str, what: What<'_>) -> Answer {
        let Some((endpoint, snapshot, index)) = self.find(id) else { return unknown_id(version, id, what) };
        match what {
            What::Container => json(StatusCode::OK, &container(&snapshot, index, version)),
            What::Task { tags } => json(StatusCode::OK, &self.task(&snapshot, version, tags).await),
            What::Stats => match self.stats(endpoint, &snapshot, index, version).await {
                Some(stats) => json(StatusCode::OK, &stats),
                None => {
                    let status = match version {
                        Version::V2 | Version::V3 => StatusCode::BAD_REQUEST,
                        Version::V4 => StatusCode::INTERNAL_SERVER_ERROR,
                    };
                    let id = snapshot.docker_id(index);
                    json(status, &format!("Unable to get container stats for: {id}"))
                }
            },
            What::TaskStats => json(StatusCode::OK, &self.task_stats(endpoint, &snapshot, version).await),
            What::Associations { kind } => associations(&snapshot, index, kind),
            What::Association { kind, name } => association(&snapshot, kind, name),
        }
    }

    async fn task(&self, snapshot: &Snapshot, version: Version, tags: bool) -> Task {
        let mut document = task(snapshot, version);
        // AWS says it of Fargate alone.
        if version == Version::V4 && snapshot.is_fargate() {
            document.ephemeral_storage_metrics = storage_metrics(self.shared, snapshot);
            document.clock_drift = clock_drift();
        }
        if !tags {
            return document;
        }
        let instance = match snapshot.saved.payload.launch_type.as_deref() {
            // A node of the pool is nothing that a task may know.
            Some("FARGATE") => None,
            _ => lock(&self.shared.instance).clone(),
        };
        let ask = |arn: Option<String>| async move {
            let arn = arn?;
            let asked = self.shared.backend.tags(&arn).await;
            Some(asked.map(|tags| tags.into_iter().collect::<BTreeMap<_, _>>()).map_err(|e| (arn, e)))
        };
        let (of_instance, of_task) = tokio::join!(ask(instance), ask(Some(snapshot.plan.arn.clone())));
        let mut errors = Vec::new();
        let mut take = |field, asked| match asked {
            Some(Ok(tags)) => tags,
            Some(Err((arn, error))) => {
                errors.push(tag_error(field, arn, error));
                BTreeMap::new()
            }
            None => BTreeMap::new(),
        };
        document.container_instance_tags = take("ContainerInstanceTags", of_instance);
        document.task_tags = take("TaskTags", of_task);
        if version == Version::V4 {
            document.errors = errors;
        }
        document
    }

    /// `None` where the container does not run.
    async fn stats(
        &self,
        endpoint: &TaskEndpoint,
        snapshot: &Snapshot,
        index: usize,
        version: Version,
    ) -> Option<Stats> {
        let state = snapshot.saved.state.container(index);
        if !state.process_runs {
            return None;
        }
        let has_interface = match snapshot.plan.network {
            NetworkPlan::Awsvpc(_) => true,
            NetworkPlan::Bridge => !snapshot.plan.containers[index].no_network,
            NetworkPlan::Host | NetworkPlan::None => false,
        };
        let subject = Subject {
            container: index,
            process: format!("{}-{}", snapshot.docker_id(index), state.attempt).parse().ok()?,
            pid: snapshot.saved.facts.containers[index].pid.filter(|_| has_interface),
        };
        match endpoint.meter.read(self.shared.runtime.as_ref(), &subject).await {
            Ok((before, now)) => {
                let (name, id) = (snapshot.docker_name(index), snapshot.docker_id(index));
                Some(stats(name, id, &before, &now, version == Version::V4))
            }
            Err(error) => {
                tracing::debug!(container = %subject.process, error = crate::aws::chain(&error), "no stats");
                None
            }
        }
    }

    /// By container id; what does not run has nothing to say.
    async fn task_stats(
        &self,
        endpoint: &TaskEndpoint,
        snapshot: &Snapshot,
        version: Version,
    ) -> BTreeMap<String, Said> {
        let existing = (0..snapshot.plan.containers.len()).filter(|c| snapshot.exists(*c));
        let each = existing.map(|index| async move {
            let said = match self.stats(endpoint, snapshot, index, version).await {
                Some(stats) => Said::Stats(Box::new(stats)),
                None if version == Version::V4 => Said::Empty {},
                None => Said::Nothing(()),
            };
            (snapshot.docker_id(index), said)
        });
        futures_util::future::join_all(each).await.into_iter().collect()
    }

    async fn protection(&self, id: &str, method: &Method, body: &Bytes) -> Answer {
        if let Some(refusal) = protection::bad_body(method, body) {
            return refusal;
        }
        let Some((_, snapshot, _)) = self.find(id) else { return protection::unknown_task() };
        let cluster = snapshot.saved.payload.task_cluster_arn.as_deref();
        let subject = protection::Subject {
            task: &snapshot.plan.arn,
            cluster: cluster.unwrap_or(&self.shared.config.cluster),
            role: &snapshot.plan.role,
        };
        protection::answer(self.shared.backend.as_ref(), subject, method, body).await
    }
}

fn tag_error(error_field: &'static str, resource_arn: String, error: ApiError) -> TagError {
    match error {
        ApiError::Service { code, message, status, request_id, .. } => TagError {
            error_field,
            error_code: Some(code),
            error_message: message,
            status_code: Some(status),
            request_id,
            resource_arn,
        },
        other => TagError {
            error_field,
            error_code: None,
            error_message: crate::aws::chain(&other),
            status_code: None,
            request_id: None,
            resource_arn,
        },
    }
}

/// The official agent's words, which version 3 and version 4 say with other statuses.
fn unknown_id(version: Version, id: &str, what: What<'_>) -> Answer {
    let no_task =
        format!("unable to get task arn from request: unable to get task Arn from v3 endpoint ID: {id}");
    let no_container =
        format!("unable to get container ID from request: unable to get docker ID from v3 endpoint ID: {id}");
    let (status, handler, reason) = match (what, version) {
        (What::Container, Version::V4) => (404, "container metadata", no_container),
        (What::Container, _) => (500, "container metadata", no_container),
        (What::Task { .. }, Version::V4) => (404, "task metadata", no_task),
        (What::Task { .. }, _) => (500, "task metadata", no_task),
        (What::Stats, Version::V4) => (404, "container stats", no_task),
        (What::Stats, _) => (400, "container stats", no_task),
        (What::TaskStats, Version::V4) => (404, "task stats", no_task),
        (What::TaskStats, _) => (400, "task stats", no_task),
        (What::Associations { .. }, _) => {
            (400, "container associations", no_container.replace("container ID from", "container id from"))
        }
        (What::Association { .. }, _) => (400, "container associations", no_task),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
    json(status, &format!("{} {handler} handler: {reason}", version.name()))
}

fn associations(snapshot: &Snapshot, index: usize, kind: &str) -> Answer {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Document {
        /// `null` where there are none.
        associations: Option<Vec<String>>,
    }
    let name = &snapshot.plan.containers[index].name;
    let all = snapshot.saved.payload.associations.iter();
    let mine = all.filter(|a| is_kind(a, kind) && a.containers.contains(name)).filter_map(|a| a.name.clone());
    let mine: Vec<String> = mine.collect();
    json(StatusCode::OK, &Document { associations: (!mine.is_empty()).then_some(mine) })
}

fn association(snapshot: &Snapshot, kind: &str, name: &str) -> Answer {
    let mut all = snapshot.saved.payload.associations.iter();
    let found = all.find(|a| is_kind(a, kind) && a.name.as_deref() == Some(name));
    match found.and_then(|a| a.content.as_ref()).and_then(|c| c.value.clone()) {
        // It is JSON already.
        Some(value) => content(StatusCode::OK, "application/json", value.into_bytes()),
        None => {
            let reason =
                format!("unable to get association from association type {kind} and association name {name}");
            json(
                StatusCode::BAD_REQUEST,
                &format!("Unable to write container association response: {reason}"),
            )
        }
    }
}

fn is_kind(association: &agent_protocol::payload::Association, kind: &str) -> bool {
    association.r#type.as_ref().is_some_and(|t| t.as_str() == kind)
}

fn moved(to: &str, query: &str) -> Answer {
    let to = if query.is_empty() { to.to_owned() } else { format!("{to}?{query}") };
    let mut answer = text(StatusCode::MOVED_PERMANENTLY, "");
    match HeaderValue::from_str(&to) {
        Ok(location) => {
            answer.headers_mut().insert(http::header::LOCATION, location);
            answer
        }
        Err(_) => not_found(),
    }
}

fn not_allowed() -> Answer {
    text(StatusCode::METHOD_NOT_ALLOWED, "")
}
