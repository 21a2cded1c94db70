//! A node under test.

use crate::aws::Credentials;
use crate::fakes::{FakeBackend, FakeImages, FakeLogs, FakeNet};
use crate::{Agent, Config, Deps, Handle};
use agent_protocol::acs::PayloadMessage;
use agent_protocol::payload::Task;
use runtime::ContainerId;
use runtime::fake::{Call, FakeRuntime};
use std::sync::Arc;

pub(super) struct Node {
    pub backend: Arc<FakeBackend>,
    pub runtime: FakeRuntime,
    pub net: Arc<FakeNet>,
    pub images: Arc<FakeImages>,
    pub logs: Arc<FakeLogs>,
    pub config: Config,
    pub dir: tempfile::TempDir,
}

impl Node {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let credentials = Credentials::new("A", "B");
        let mut config = Config::new("default", dir.path().join("data"), "http://127.0.0.1:1", credentials);
        config.cpu = Some(4096);
        config.memory = Some(4096);
        Self {
            backend: Arc::default(),
            runtime: FakeRuntime::new(),
            net: Arc::default(),
            images: Arc::default(),
            logs: Arc::new(FakeLogs::with_group("g")),
            config,
            dir,
        }
    }

    pub async fn start(&self) -> Handle {
        let deps = Deps {
            runtime: Arc::new(self.runtime.clone()),
            net: self.net.clone(),
            images: self.images.clone(),
            balancers: None,
            backend: Some(self.backend.clone()),
            logs: Some(self.logs.clone()),
        };
        Agent::start(self.config.clone(), deps).await.unwrap()
    }

    pub async fn send(&self, message_id: &str, tasks: Vec<Task>) {
        let payload = PayloadMessage {
            message_id: Some(message_id.into()),
            cluster_arn: Some("c".into()),
            container_instance_arn: Some("i".into()),
            tasks,
            ..Default::default()
        };
        self.backend.send(payload).await;
    }

    /// The specs of every process started.
    pub fn starts(&self) -> Vec<runtime::ContainerSpec> {
        let calls = self.runtime.calls().into_iter();
        calls.filter_map(|c| if let Call::Start(spec) = c { Some(*spec) } else { None }).collect()
    }

    pub fn signals(&self) -> Vec<i32> {
        let calls = self.runtime.calls().into_iter();
        calls.filter_map(|c| if let Call::Signal(_, signal) = c { Some(signal) } else { None }).collect()
    }

    pub fn acked(&self, message_id: &str) -> bool {
        self.backend.received().iter().any(|m| {
            matches!(m, agent_protocol::acs::FromAgent::AckRequest(a) if a.message_id.as_deref() == Some(message_id))
        })
    }

    /// Whether nothing of any task is left.
    pub fn is_clean(&self) -> bool {
        let dirs = ["agent/live", "agent/roots", "agent/volumes/task"].map(|d| self.config.data_dir.join(d));
        let empty = |d: &std::path::PathBuf| std::fs::read_dir(d).map_or(true, |mut e| e.next().is_none());
        let list =
            futures_util::FutureExt::now_or_never(runtime::Runtime::list(&self.runtime)).unwrap().unwrap();
        let spaces = runtime::Runtime::list_task_spaces(&self.runtime);
        let spaces = futures_util::FutureExt::now_or_never(spaces).unwrap().unwrap();
        list.is_empty()
            && spaces.is_empty()
            && crate::engine::lock(&self.net.attached).is_empty()
            && crate::engine::lock(&self.images.mounted).is_empty()
            && dirs.iter().all(empty)
    }
}

pub(super) fn arn(n: u32) -> String {
    format!("arn:aws:ecs:us-east-1:000000000000:task/default/{n:032x}")
}

pub(super) fn id(n: u32, container: usize, attempt: u32) -> ContainerId {
    format!("{n:032x}-{container}-{attempt}").parse().unwrap()
}

/// A task of the given containers, each a JSON object without its braces.
pub(super) fn task(n: u32, containers: &[&str]) -> Task {
    let containers: Vec<String> =
        containers.iter().map(|c| format!("{{\"image\":\"busybox\",{c}}}")).collect();
    let json = format!(
        r#"{{"desiredStatus":"RUNNING","family":"f","version":"1","networkMode":"bridge","overrides":"{{}}","containers":[{}]}}"#,
        containers.join(",")
    );
    let mut task: Task = serde_json::from_str(&json).unwrap();
    task.arn = arn(n);
    task
}

pub(super) const MAIN: &str = r#""name":"main","essential":true,"cpu":10,"memory":64"#;
