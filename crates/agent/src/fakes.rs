//! Fakes for tests: a control plane, a log service, a network and an image store that live in memory. The runtime's fake is
//! the runtime's own.

use crate::aws::{ApiError, Credentials};
use crate::backend::{Backend, Channel, ConnectError, Incoming, Session};
use crate::engine::lock;
use crate::engine::ports::{Images, LocalImage};
use crate::logs::api::{LogEvent, LogsApi};
use agent_protocol::acs::{FromAgent, FromBackend};
use agent_protocol::control::{
    ContainerInstance, DiscoverPollEndpointRequest, DiscoverPollEndpointResponse, GetTaskProtectionRequest,
    ProtectedTask, RegisterContainerInstanceRequest, RegisterContainerInstanceResponse,
    SubmitTaskStateChangeRequest, TaskProtectionResponse, UpdateTaskProtectionRequest,
};
use async_trait::async_trait;
use image::{Digest, ImageConfig, PullRequest, Reference};
use net::fault::{Fault, Spared};
use net::{Attached, Attachment, EndpointId, TaskNetwork};
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

const DEADLINE: Duration = Duration::from_secs(20);

/// Waits until `what` answers something.
pub(crate) async fn eventually<T>(what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(value) = probe() {
            return value;
        }
        assert!(Instant::now() < deadline, "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub(crate) fn api_error(code: &str, status: u16) -> ApiError {
    ApiError::Service {
        operation: "Fake".into(),
        code: code.into(),
        message: "fake".into(),
        status,
        request_id: Some("fake-request".into()),
    }
}

/// A control plane.
#[derive(Debug, Default)]
pub(crate) struct FakeBackend {
    state: Mutex<BackendState>,
}

#[derive(Debug, Default)]
struct BackendState {
    registrations: Vec<RegisterContainerInstanceRequest>,
    submissions: Vec<SubmitTaskStateChangeRequest>,
    /// When each arrived.
    arrivals: Vec<Instant>,
    /// Errors of the next submissions.
    failures: VecDeque<ApiError>,
    acs: Option<(mpsc::Sender<Incoming>, mpsc::Receiver<String>)>,
    received: Vec<FromAgent>,
    telemetry: Vec<mpsc::Receiver<String>>,
    keep: Vec<mpsc::Sender<Incoming>>,
    queries: Vec<String>,
    /// By task.
    protected: BTreeMap<String, TaskProtectionResponse>,
}

impl FakeBackend {
    pub fn registrations(&self) -> Vec<RegisterContainerInstanceRequest> {
        lock(&self.state).registrations.clone()
    }

    pub fn submissions(&self) -> Vec<SubmitTaskStateChangeRequest> {
        lock(&self.state).submissions.clone()
    }

    pub fn fail_next(&self, errors: impl IntoIterator<Item = ApiError>) {
        lock(&self.state).failures.extend(errors);
    }

    pub fn queries(&self) -> Vec<String> {
        lock(&self.state).queries.clone()
    }

    /// Everything the agent said over ACS.
    pub fn received(&self) -> Vec<FromAgent> {
        let mut state = lock(&self.state);
        let mut texts = Vec::new();
        if let Some((_, from_agent)) = &mut state.acs {
            while let Ok(text) = from_agent.try_recv() {
                texts.push(text);
            }
        }
        state.received.extend(texts.iter().map(|t| FromAgent::decode(t).unwrap()));
        state.received.clone()
    }

    /// Sends over the open ACS session, once there is one.
    pub async fn send(&self, message: impl Into<FromBackend>) {
        let text = message.into().encode();
        let sender = eventually("an ACS session", || {
            let state = lock(&self.state);
            state.acs.as_ref().map(|(s, _)| s.clone()).filter(|s| !s.is_closed())
        });
        sender.await.send(Incoming::Text(text)).await.unwrap();
    }

    /// Ends the open ACS session.
    pub async fn close(&self, code: Option<u16>) {
        let sender = lock(&self.state).acs.as_ref().map(|(s, _)| s.clone()).unwrap();
        sender.send(Incoming::Closed(code)).await.unwrap();
    }

    /// The statuses reported of a task, in order.
    pub fn statuses(&self, arn: &str) -> Vec<String> {
        let all = self.submissions();
        let of_task = all.iter().filter(|s| s.task.as_deref() == Some(arn));
        of_task.filter_map(|s| s.status.clone()).collect()
    }

    /// When a status of a task was first reported.
    pub fn arrival(&self, arn: &str, status: &str) -> Option<Instant> {
        let state = lock(&self.state);
        let both = state.submissions.iter().zip(&state.arrivals);
        let mut matching =
            both.filter(|(s, _)| s.task.as_deref() == Some(arn) && s.status.as_deref() == Some(status));
        matching.next().map(|(_, at)| *at)
    }

    pub async fn until(&self, arn: &str, status: &str) -> SubmitTaskStateChangeRequest {
        eventually(&format!("{status} of {arn}"), || {
            let all = self.submissions();
            all.into_iter().find(|s| s.task.as_deref() == Some(arn) && s.status.as_deref() == Some(status))
        })
        .await
    }
}

#[async_trait]
impl Backend for FakeBackend {
    async fn register(
        &self,
        request: &RegisterContainerInstanceRequest,
    ) -> Result<RegisterContainerInstanceResponse, ApiError> {
        let mut state = lock(&self.state);
        state.registrations.push(request.clone());
        let fresh = format!(
            "arn:aws:ecs:us-east-1:000000000000:container-instance/default/{}",
            state.registrations.len()
        );
        // An instance of that name was deregistered: the node is made another.
        let known = request.container_instance_arn.clone().filter(|arn| !arn.ends_with("/inactive"));
        let arn = known.unwrap_or(fresh);
        let instance = ContainerInstance { container_instance_arn: Some(arn), ..Default::default() };
        Ok(RegisterContainerInstanceResponse { container_instance: Some(instance) })
    }

    async fn discover(
        &self,
        _: &DiscoverPollEndpointRequest,
    ) -> Result<DiscoverPollEndpointResponse, ApiError> {
        Ok(DiscoverPollEndpointResponse {
            endpoint: Some("http://acs".into()),
            telemetry_endpoint: Some("http://tcs".into()),
            ..Default::default()
        })
    }

    async fn submit(&self, request: &SubmitTaskStateChangeRequest) -> Result<(), ApiError> {
        let mut state = lock(&self.state);
        if let Some(error) = state.failures.pop_front() {
            return Err(error);
        }
        state.submissions.push(request.clone());
        state.arrivals.push(Instant::now());
        Ok(())
    }

    async fn tags(&self, arn: &str) -> Result<Vec<(String, String)>, ApiError> {
        match arn.contains(":task/") {
            true => Ok(vec![("of".into(), "the task".into())]),
            false => Err(api_error("AccessDeniedException", 400)),
        }
    }

    async fn task_protection(
        &self,
        role: &Credentials,
        request: &GetTaskProtectionRequest,
    ) -> Result<TaskProtectionResponse, ApiError> {
        let protected = lock(&self.state).protected.get(&request.tasks[0]).cloned();
        protected.ok_or_else(|| api_error(&format!("Asked by {}", role.access_key_id), 403))
    }

    async fn protect_task(
        &self,
        _: &Credentials,
        request: &UpdateTaskProtectionRequest,
    ) -> Result<TaskProtectionResponse, ApiError> {
        let task = ProtectedTask {
            task_arn: Some(request.tasks[0].clone()),
            protection_enabled: request.protection_enabled,
            expiration_date: request.expires_in_minutes.map(|m| m as f64 * 60.0),
        };
        let response = TaskProtectionResponse { protected_tasks: vec![task], ..Default::default() };
        lock(&self.state).protected.insert(request.tasks[0].clone(), response.clone());
        Ok(response)
    }

    async fn connect(&self, channel: Channel, _: &str, query: &str) -> Result<Session, ConnectError> {
        let (to_agent, incoming) = mpsc::channel(64);
        let (outgoing, from_agent) = mpsc::channel(64);
        let mut state = lock(&self.state);
        match channel {
            Channel::Acs => {
                state.queries.push(query.to_owned());
                state.acs = Some((to_agent, from_agent));
            }
            Channel::Tcs => {
                state.keep.push(to_agent);
                state.telemetry.push(from_agent);
            }
        }
        Ok(Session { incoming, outgoing })
    }
}

/// A network that hands out paths and ports.
#[derive(Debug, Default)]
pub(crate) struct FakeNet {
    pub attached: Mutex<BTreeMap<EndpointId, Attachment>>,
    pub fail_attach: Mutex<bool>,
    /// How many detachments fail from now on.
    pub fail_detach: Mutex<u32>,
    /// What was said of VPCs.
    pub updates: Mutex<Vec<model::fabric::Update>>,
    /// Which VPCs were to be kept, each time.
    pub kept: Mutex<Vec<Vec<String>>>,
    /// When it was asked to mend what is amiss, and how often it will not do.
    pub mends: Mutex<Vec<tokio::time::Instant>>,
    pub fail_mend: Mutex<u32>,
    /// Where it listens, by namespace.
    pub listeners: Mutex<BTreeMap<Option<PathBuf>, std::net::SocketAddr>>,
    /// The faults that were set last, by namespace.
    pub faults: Mutex<BTreeMap<Option<PathBuf>, Vec<Fault>>>,
}

fn attached(id: &EndpointId, attachment: &Attachment) -> Attached {
    let (ports, namespace) = match attachment {
        Attachment::Host { ports } => (ports.as_slice(), None),
        Attachment::Bridge { ports } => (ports.as_slice(), Some(PathBuf::from(format!("/run/fake/{id}")))),
        Attachment::None | Attachment::Awsvpc(_) => (&[][..], Some(PathBuf::from(format!("/run/fake/{id}")))),
    };
    let address = match attachment {
        Attachment::None | Attachment::Host { .. } => None,
        Attachment::Bridge { .. } => Some([172, 17, 0, 2].into()),
        Attachment::Awsvpc(interface) => Some(interface.address),
    };
    let bindings = ports.iter().map(|p| net::PortBinding {
        bind_ip: [0, 0, 0, 0].into(),
        container_port: p.container_port,
        host_port: p.host_port.unwrap_or(32768),
        count: p.count,
        protocol: p.protocol,
    });
    Attached {
        namespace,
        address,
        prefix_len: 16,
        gateway: None,
        mac: None,
        vpc: None,
        resolution: None,
        bindings: bindings.collect(),
    }
}

#[async_trait]
impl TaskNetwork for FakeNet {
    async fn attach(&self, id: &EndpointId, attachment: &Attachment) -> Result<Attached, net::Error> {
        if *lock(&self.fail_attach) {
            return Err(net::Error::PortTaken { port: 80, protocol: model::status::TransportProtocol::Tcp });
        }
        lock(&self.attached).insert(id.clone(), attachment.clone());
        Ok(attached(id, attachment))
    }

    async fn detach(&self, id: &EndpointId) -> Result<(), net::Error> {
        let mut failures = lock(&self.fail_detach);
        if *failures > 0 {
            *failures -= 1;
            return Err(net::Error::TimedOut("nft"));
        }
        lock(&self.attached).remove(id);
        Ok(())
    }

    async fn update(&self, update: &model::fabric::Update) -> Result<(), net::Error> {
        if *lock(&self.fail_attach) {
            return Err(net::Error::TimedOut("nft"));
        }
        lock(&self.updates).push(update.clone());
        Ok(())
    }

    async fn keep_vpcs(&self, ids: &std::collections::BTreeSet<String>) -> Result<(), net::Error> {
        lock(&self.kept).push(ids.iter().cloned().collect());
        Ok(())
    }

    async fn mend(&self) -> Result<(), net::Error> {
        let mut failures = lock(&self.fail_mend);
        lock(&self.mends).push(tokio::time::Instant::now());
        if *failures > 0 {
            *failures -= 1;
            return Err(net::Error::TimedOut("nft"));
        }
        Ok(())
    }

    async fn listen(
        &self,
        namespace: Option<&Path>,
        service: net::Service,
    ) -> Result<tokio::net::TcpListener, net::Error> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        if service == crate::TASK_ENDPOINT {
            lock(&self.listeners).insert(namespace.map(Path::to_owned), address);
        }
        Ok(listener)
    }

    async fn set_faults(
        &self,
        namespace: Option<&Path>,
        _: &str,
        faults: &[Fault],
        _: Spared,
    ) -> Result<(), net::Error> {
        if faults.iter().any(|f| matches!(f, Fault::Latency { .. })) {
            return Err(net::Error::NoNetem);
        }
        lock(&self.faults).insert(namespace.map(Path::to_owned), faults.to_vec());
        Ok(())
    }

    async fn recover(&self, live: &[EndpointId]) -> Result<Vec<(EndpointId, Attached)>, net::Error> {
        let mut all = lock(&self.attached);
        all.retain(|id, _| live.contains(id));
        Ok(all.iter().map(|(id, a)| (id.clone(), attached(id, a))).collect())
    }
}

/// Images that are all alike; those of repository `missing` do not exist.
#[derive(Debug, Default)]
pub(crate) struct FakeImages {
    pub mounted: Mutex<HashSet<PathBuf>>,
    pub pulls: Mutex<Vec<image::Policy>>,
    /// What every name leads to; another number is another image.
    pub version: Mutex<u32>,
    /// Files of every image, below its root.
    pub files: Mutex<Vec<PathBuf>>,
    /// The lowest layer of every root that was mounted.
    pub layers: Mutex<Vec<PathBuf>>,
    /// A pull waits while this is locked.
    pub gate: tokio::sync::Mutex<()>,
}

#[async_trait]
impl Images for FakeImages {
    async fn pull(&self, reference: &Reference, request: PullRequest) -> Result<LocalImage, image::Error> {
        lock(&self.pulls).push(request.policy);
        let _open = self.gate.lock().await;
        let version = *lock(&self.version);
        self.image(reference, version)
    }

    async fn held(
        &self,
        reference: &Reference,
        manifest: Digest,
        _: Digest,
    ) -> Result<Option<LocalImage>, image::Error> {
        let every = (0..=*lock(&self.version)).map(|version| self.image(reference, version));
        Ok(every.flatten().find(|image| image.manifest == manifest))
    }

    async fn mount(&self, layers: Arc<[PathBuf]>, directory: &Path) -> Result<PathBuf, image::Error> {
        std::fs::create_dir_all(directory.join("root")).unwrap();
        for file in lock(&self.files).iter().map(|file| directory.join("root").join(file)) {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "from the image").unwrap();
        }
        lock(&self.mounted).insert(directory.to_owned());
        lock(&self.layers).extend(layers.first().cloned());
        Ok(directory.join("root"))
    }

    async fn remove(&self, directory: &Path) -> Result<(), image::Error> {
        if lock(&self.mounted).remove(directory) {
            std::fs::remove_dir_all(directory).unwrap();
        }
        Ok(())
    }

    async fn collect(&self, _: HashSet<Digest>) -> Result<(), image::Error> {
        Ok(())
    }
}

impl FakeImages {
    fn image(&self, reference: &Reference, version: u32) -> Result<LocalImage, image::Error> {
        if reference.repository().contains("missing") {
            return Err(image::Error::NotFound { reference: reference.to_string() });
        }
        let config = ImageConfig {
            entrypoint: vec!["/entry".into()],
            cmd: vec!["default".into()],
            env: vec!["PATH=/bin".into(), "A=image".into()],
            working_dir: "/work".into(),
            stop_signal: Some("SIGQUIT".into()),
            volumes: match reference.repository().contains("declaring") {
                true => vec!["/data".into(), "given/".into(), "/tmpfs".into(), "/".into(), "/../etc".into()],
                false => Vec::new(),
            },
            ..ImageConfig::default()
        };
        let digest = Digest::of(format!("{reference} {version}").as_bytes());
        Ok(LocalImage {
            digest,
            manifest: digest,
            config: Arc::new(config),
            layers: vec![PathBuf::from(format!("/layer-{version}"))].into(),
            lease: Arc::new(()),
        })
    }
}

/// A log service.
#[derive(Debug, Default)]
pub(crate) struct FakeLogs {
    state: Mutex<LogsState>,
}

#[derive(Debug, Default)]
struct LogsState {
    groups: HashSet<String>,
    streams: BTreeMap<(String, String), Vec<LogEvent>>,
    /// The next puts: how they fail, and whether the events are taken nevertheless.
    failures: VecDeque<(ApiError, bool)>,
    /// Puts wait for ever, having taken the events or not.
    hang: Option<bool>,
    /// One does.
    hangs: bool,
}

impl FakeLogs {
    pub fn with_group(group: &str) -> Self {
        let logs = Self::default();
        lock(&logs.state).groups.insert(group.to_owned());
        logs
    }

    pub fn fail_next(&self, error: ApiError, taken: bool) {
        lock(&self.state).failures.push_back((error, taken));
    }

    pub fn hang(&self, hang: Option<bool>) {
        lock(&self.state).hang = hang;
    }

    pub fn hangs(&self) -> bool {
        lock(&self.state).hangs
    }

    pub fn messages(&self, group: &str, stream: &str) -> Vec<String> {
        let state = lock(&self.state);
        let events = state.streams.get(&(group.to_owned(), stream.to_owned()));
        events.into_iter().flatten().map(|e| e.message.clone()).collect()
    }

    fn append(&self, group: &str, stream: &str, events: &[LogEvent]) -> Result<(), ApiError> {
        let mut state = lock(&self.state);
        let stream = state.streams.get_mut(&(group.to_owned(), stream.to_owned()));
        stream.ok_or_else(|| api_error("ResourceNotFoundException", 400))?.extend_from_slice(events);
        Ok(())
    }
}

#[async_trait]
impl LogsApi for FakeLogs {
    async fn create_group(&self, _: Option<&Credentials>, group: &str) -> Result<(), ApiError> {
        lock(&self.state).groups.insert(group.to_owned());
        Ok(())
    }

    async fn create_stream(
        &self,
        _: Option<&Credentials>,
        group: &str,
        stream: &str,
    ) -> Result<(), ApiError> {
        let mut state = lock(&self.state);
        if !state.groups.contains(group) {
            return Err(api_error("ResourceNotFoundException", 400));
        }
        state.streams.entry((group.to_owned(), stream.to_owned())).or_default();
        Ok(())
    }

    async fn put(
        &self,
        _: Option<&Credentials>,
        group: &str,
        stream: &str,
        events: &[LogEvent],
    ) -> Result<(), ApiError> {
        let hang = lock(&self.state).hang;
        if let Some(taken) = hang {
            if taken {
                self.append(group, stream, events)?;
            }
            lock(&self.state).hangs = true;
            std::future::pending::<()>().await;
        }
        let failure = lock(&self.state).failures.pop_front();
        match failure {
            Some((error, taken)) => {
                if taken {
                    self.append(group, stream, events)?;
                }
                Err(error)
            }
            None => self.append(group, stream, events),
        }
    }

    async fn tail(
        &self,
        _: Option<&Credentials>,
        group: &str,
        stream: &str,
        limit: usize,
    ) -> Result<Vec<LogEvent>, ApiError> {
        let state = lock(&self.state);
        let events = state.streams.get(&(group.to_owned(), stream.to_owned())).cloned().unwrap_or_default();
        Ok(events[events.len().saturating_sub(limit)..].to_vec())
    }
}
