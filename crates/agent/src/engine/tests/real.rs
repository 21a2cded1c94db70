//! Real containers, networks and images, as root: the agent over the embedded runtime. Fails without root or without a static
//! busybox; it is never skipped.

use crate::aws::Credentials;
use crate::engine::ports::StoreImages;
use crate::fakes::{FakeBackend, FakeLogs, eventually};
use crate::{Agent, Config, Deps, Handle};
use agent_protocol::acs::PayloadMessage;
use agent_protocol::payload::Task;
use image::build::{ImageBuilder, Layer};
use image::{GcPolicy, ImageConfig, Store};
use net::NodeNetwork;
use runtime::ShimRuntime;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::node;

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Links are named after their tasks, and several tests run on this host at once: every task has a number of its own.
fn unique(n: u32) -> u32 {
    std::process::id() * 100 + n
}

struct RealNode {
    backend: Arc<FakeBackend>,
    logs: Arc<FakeLogs>,
    config: Config,
    network: Arc<NodeNetwork>,
    net_config: net::Config,
    store: Store,
    cgroup_root: String,
    dir: tempfile::TempDir,
}

impl RealNode {
    async fn new() -> Self {
        assert!(rustix::process::geteuid().is_root(), "these tests run containers and need root");
        let dir = tempfile::tempdir().unwrap();
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let store = Store::open(&dir.path().join("images"), Default::default()).unwrap();
        let busybox = std::fs::read("/bin/busybox").expect("a static busybox in /bin");
        let mut layer = Layer::new()
            .directory("etc", 0o755)
            .directory("tmp", 0o1777)
            .directory("seed", 0o755)
            .file("seed/file", 0o644, *b"from the image")
            .file("bin/busybox", 0o755, busybox);
        for applet in [
            "sh", "cat", "sleep", "true", "echo", "ls", "env", "id", "ip", "hostname", "ps", "kill", "dd",
            "head", "mount", "wget", "httpd", "mkdir",
        ] {
            layer = layer.symlink(&format!("bin/{applet}"), "busybox");
        }
        let image_config =
            ImageConfig { env: vec!["PATH=/bin".into()], cmd: vec!["true".into()], ..Default::default() };
        let builder = ImageBuilder::new().config(image_config).layer(layer);
        builder.import(&store, &"busybox".parse().unwrap()).await.unwrap();
        let net_config = net::Config {
            dynamic_ports: net::DYNAMIC_PORTS,
            cni: None,
            instance: format!("a{:x}{number}", std::process::id() % 0xfff),
            state_dir: dir.path().join("net"),
            run_dir: dir.path().join("netns"),
            bridge_network: None,
            overlay: None,
        };
        let mut config =
            Config::new("default", dir.path().join("data"), "http://127.0.0.1:1", Credentials::new("A", "B"));
        config.pull_behavior = crate::PullBehavior::PreferCached;
        Self {
            backend: Arc::default(),
            logs: Arc::new(FakeLogs::with_group("g")),
            config,
            network: Arc::new(NodeNetwork::open(net_config.clone()).await.unwrap()),
            net_config,
            store,
            cgroup_root: format!("longshore-agent-test-{}-{number}", std::process::id()),
            dir,
        }
    }

    async fn start(&self) -> Handle {
        let config = runtime::Config {
            state_directory: self.dir.path().join("runtime"),
            cgroup_root: self.cgroup_root.clone(),
        };
        let deps = Deps {
            runtime: Arc::new(ShimRuntime::embedded(config).unwrap()),
            net: self.network.clone(),
            images: Arc::new(StoreImages::new(self.store.clone(), GcPolicy::default())),
            balancers: None,
            backend: Some(self.backend.clone()),
            logs: Some(self.logs.clone()),
        };
        Agent::start(self.config.clone(), deps).await.unwrap()
    }

    async fn send(&self, tasks: Vec<Task>) {
        let payload = PayloadMessage {
            message_id: Some("m".into()),
            cluster_arn: Some("c".into()),
            container_instance_arn: Some("i".into()),
            tasks,
            ..Default::default()
        };
        self.backend.send(payload).await;
    }

    fn said(&self, n: u32, container: &str) -> Vec<String> {
        self.logs.messages("g", &format!("p/{container}/{:032x}", unique(n)))
    }

    /// Waits until nothing of any task is left on the host, and takes the node's own things away.
    async fn end(self, agent: Handle) {
        let empty =
            |path: std::path::PathBuf| std::fs::read_dir(path).map_or(true, |mut e| e.next().is_none());
        let mounts = || std::fs::read_to_string("/proc/self/mountinfo").unwrap();
        let root = self.dir.path().join("data").display().to_string();
        eventually("nothing to be left", || {
            // The namespace of a VPC stays as long as the node does.
            let bound = std::fs::read_dir(self.dir.path().join("netns")).into_iter().flatten().flatten();
            let mut bound = bound.filter(|e| !e.file_name().to_string_lossy().starts_with("vpc-"));
            let dirs = [
                "data/agent/live",
                "data/agent/roots",
                "data/agent/volumes/task",
                "runtime/containers",
                "runtime/spaces",
            ];
            (bound.next().is_none()
                && dirs.iter().all(|d| empty(self.dir.path().join(d)))
                && !mounts().contains(&root))
            .then_some(())
        })
        .await;
        // What is left of the tests' own cgroup is empty, or it could not be removed.
        for controller in std::fs::read_dir("/sys/fs/cgroup").unwrap() {
            let root = controller.unwrap().path().join(&self.cgroup_root);
            for path in [root.join("ecs"), root.join("shims"), root] {
                match std::fs::remove_dir(&path) {
                    Err(error) if path.exists() => panic!("cgroups are left in {path:?}: {error}"),
                    Ok(()) | Err(_) => {}
                }
            }
        }
        agent.stop().await;
        self.network.remove_all().await.unwrap();
        // Mounted by the network for its namespaces.
        let _ = rustix::mount::unmount(self.dir.path().join("netns"), rustix::mount::UnmountFlags::DETACH);
    }
}

fn arn(n: u32) -> String {
    node::arn(unique(n))
}

fn task(n: u32, containers: &[&str]) -> Task {
    node::task(unique(n), containers)
}

/// A container that runs a shell script and logs to the fake log service.
fn script(name: &str, script: &str, more: &str) -> String {
    let log = r#""dockerConfig":{"hostConfig":"{\"LogConfig\":{\"Type\":\"awslogs\",\"Config\":{\"awslogs-group\":\"g\",\"awslogs-stream-prefix\":\"p\",\"mode\":\"blocking\"}}}"}"#;
    format!(r#""name":"{name}","essential":true,"command":["sh","-c",{script:?}],{log}{more}"#)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_task_runs_logs_and_leaves_nothing() {
    let node = RealNode::new().await;
    let agent = node.start().await;
    let text = "echo hello $GREETING; cat /etc/hosts; hostname; echo oops >&2; exit 7";
    let main = script(
        "main",
        text,
        r#","memory":64,"environment":{"GREETING":"world"},"portMappings":[{"containerPort":80}]"#,
    );
    node.send(vec![task(1, &[&main])]).await;
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(stopped.containers.last().unwrap().exit_code, Some(7), "{stopped:?}");
    let running = node.backend.until(&arn(1), "RUNNING").await;
    let bindings = running.containers.iter().flat_map(|c| &c.network_bindings).collect::<Vec<_>>();
    assert!(bindings[0].host_port.unwrap() >= 32768);
    let said = node.said(1, "main");
    eventually("the log", || node.said(1, "main").contains(&"oops".to_owned()).then_some(())).await;
    assert!(
        said.contains(&"hello world".to_owned()) || node.said(1, "main").contains(&"hello world".to_owned())
    );
    node.end(agent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_volumes_and_shared_namespaces() {
    let node = RealNode::new().await;
    let agent = node.start().await;
    // 64 MiB of tmpfs in a container of 16: killed for memory.
    // The process itself, not a child of it, is what is to be killed.
    let greedy = script("main", "exec dd if=/dev/zero of=/big/x bs=1M count=64", "").replace(
        r#"\"LogConfig\""#,
        r#"\"Tmpfs\":{\"/big\":\"size=128m\"},\"MemorySwap\":16777216,\"LogConfig\""#,
    );
    node.send(vec![task(1, &[&format!(r#"{greedy},"memory":16"#)])]).await;

    let writer = script(
        "writer",
        "cat /v/file; echo written > /v/new; echo shared > /dev/shm/x; sleep 100",
        r#","stopTimeout":1,"mountPoints":[{"sourceVolume":"v","containerPath":"/v"}]"#,
    )
    .replace(r#""/v""#, r#""/seed""#)
    .replace("/v/", "/seed/");
    let reader = script(
        "reader",
        "until [ -f /seed/new ] && [ -f /dev/shm/x ]; do sleep 0.05; done; cat /seed/new /dev/shm/x; ps | head -3; exit 3",
        r#","volumesFrom":[{"sourceContainer":"writer"}],"dependsOn":[{"containerName":"writer","condition":"START"}]"#,
    );
    let mut sharing = task(2, &[&writer, &reader]);
    sharing.ipc_mode = Some("task".into());
    sharing.pid_mode = Some("task".into());
    sharing.volumes = serde_json::from_str(r#"[{"name":"v","host":{}}]"#).unwrap();
    node.send(vec![sharing]).await;

    let killed = node.backend.until(&arn(1), "STOPPED").await;
    let container = killed.containers.last().unwrap();
    assert_eq!(container.exit_code, Some(137), "{container:?} {:?}", node.said(1, "main"));
    assert_eq!(container.reason.as_deref(), Some("OutOfMemoryError: Container killed due to memory usage"));
    let stopped = node.backend.until(&arn(2), "STOPPED").await;
    let all: Vec<_> = node.backend.submissions().into_iter().flat_map(|s| s.containers).collect();
    let of_reader = all.iter().filter(|c| c.container_name.as_deref() == Some("reader"));
    let codes: Vec<_> = of_reader.filter_map(|c| c.exit_code).collect();
    assert!(codes.contains(&3), "{stopped:?}");
    eventually("the log", || (node.said(2, "reader").len() >= 2).then_some(())).await;
    let said = node.said(2, "reader");
    assert_eq!(&said[..2], ["written", "shared"]);
    assert!(said.iter().any(|l| l.contains("sleep 100")), "it sees the writer's process: {said:?}");
    assert_eq!(node.said(2, "writer"), ["from the image"], "an empty volume is filled from the image");
    node.end(agent).await;
}

#[test]
fn a_real_container_outlives_its_agent() {
    let threads =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let first = threads();
    let node = first.block_on(async {
        let node = RealNode::new().await;
        let agent = node.start().await;
        let text = "i=0; while [ $i -lt 40 ]; do echo line $i; i=$((i+1)); sleep 0.05; done; exit 9";
        node.send(vec![task(1, &[&script("main", text, "")])]).await;
        eventually("some lines", || (node.said(1, "main").len() > 3).then_some(())).await;
        std::mem::forget(agent);
        node
    });
    first.shutdown_background();
    threads().block_on(async {
        // The network's own connections died with the first runtime.
        let network = NodeNetwork::open(node.net_config.clone()).await.unwrap();
        let node = RealNode { network: Arc::new(network), ..node };
        let agent = node.start().await;
        let stopped = node.backend.until(&arn(1), "STOPPED").await;
        assert_eq!(stopped.containers.last().unwrap().exit_code, Some(9));
        let expected: Vec<String> = (0..40).map(|i| format!("line {i}")).collect();
        eventually("the whole log", || (node.said(1, "main").len() >= 40).then_some(())).await;
        assert_eq!(node.said(1, "main"), expected);
        node.end(agent).await;
    });
}

/// Prints how long it takes from the payload to the started process; run with `--no-capture --release` for figures.
#[tokio::test(flavor = "multi_thread")]
async fn payload_to_started_process() {
    let node = RealNode::new().await;
    let agent = node.start().await;
    let mut times = Vec::new();
    for n in 1..=20 {
        let begun = Instant::now();
        let mut one = task(n, &[r#""name":"main","essential":true"#]);
        one.network_mode = Some("none".into());
        node.send(vec![one]).await;
        node.backend.until(&arn(n), "RUNNING").await;
        times.push(node.backend.arrival(&arn(n), "RUNNING").unwrap() - begun);
        node.backend.until(&arn(n), "STOPPED").await;
    }
    times.sort();
    let p50 = times[times.len() / 2];
    println!("payload → RUNNING reported: p50 {p50:?}, min {:?}, max {:?}", times[0], times[times.len() - 1]);
    assert!(p50 < Duration::from_secs(2), "{times:?}");
    node.end(agent).await;
}

/// What a script of a real container sees of its endpoint; `httpd` on the endpoint's port of all addresses has to work.
#[tokio::test(flavor = "multi_thread")]
async fn the_endpoint_is_there_for_real_containers() {
    let node = RealNode::new().await;
    let agent = node.start().await;
    let text = "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4; echo; wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task; echo; \
        wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/stats; echo; wget -q -O - $ECS_CONTAINER_METADATA_URI/task/stats; echo; \
        mkdir -p /tmp/www; echo mine > /tmp/www/index.html; httpd -p 80 -h /tmp/www && wget -q -O - http://127.0.0.1/; \
        wget -q -O - http://169.254.170.2/v4/0123 2>&1";
    // (A VPC takes a control plane that describes it: tests/test_task_endpoints.py.)
    for (n, mode) in [(1, "bridge"), (2, "none")] {
        let mut one = task(n, &[&script("main", text, r#","memory":64"#)]);
        one.network_mode = Some(mode.into());
        node.send(vec![one]).await;
        node.backend.until(&arn(n), "STOPPED").await;
        eventually("the log", || (node.said(n, "main").len() >= 6).then_some(())).await;
        let said = node.said(n, "main");
        let json = |line: usize| -> serde_json::Value {
            serde_json::from_str(&said[line]).unwrap_or_else(|e| panic!("{mode}: {e}: {said:?}"))
        };
        assert_eq!(json(0)["Networks"][0]["NetworkMode"], mode, "{said:?}");
        assert_eq!(json(1)["TaskARN"], arn(n));
        let stats = json(2);
        assert!(stats["cpu_stats"]["cpu_usage"]["total_usage"].as_u64().unwrap() > 0, "{stats}");
        assert!(stats["memory_stats"]["usage"].as_u64().unwrap() > 0, "{stats}");
        assert!(
            stats["precpu_stats"]["system_cpu_usage"].as_u64()
                < stats["cpu_stats"]["system_cpu_usage"].as_u64()
        );
        assert_eq!(stats["networks"].is_object(), mode != "none", "{stats}");
        assert_eq!(stats["network_rate_stats"].is_object(), mode != "none", "{stats}");
        assert_eq!(json(3).as_object().unwrap().len(), 1);
        assert_eq!(said[4], "mine", "{mode}: the endpoint takes no port from the container");
        assert!(said[5].contains("404"), "{said:?}");
    }
    node.end(agent).await;
}

/// The same container asks before and after its agent was killed.
#[test]
fn the_endpoint_comes_back_with_the_agent() {
    let threads =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let first = threads();
    let node = first.block_on(async {
        let node = RealNode::new().await;
        let agent = node.start().await;
        let text = "while true; do wget -q -O - $ECS_CONTAINER_METADATA_URI_V4 > /tmp/out 2>&1 && echo served || echo gone; sleep 0.1; done";
        node.send(vec![task(1, &[&script("main", text, r#","stopTimeout":2"#)])]).await;
        eventually("an answer", || node.said(1, "main").contains(&"served".to_owned()).then_some(())).await;
        std::mem::forget(agent);
        node
    });
    first.shutdown_background();
    threads().block_on(async {
        let network = NodeNetwork::open(node.net_config.clone()).await.unwrap();
        let node = RealNode { network: Arc::new(network), ..node };
        let agent = node.start().await;
        // The old agent is gone by now; whether the container noticed is a matter of luck.
        let before = node.said(1, "main").len();
        eventually("an answer of the new agent", || {
            let said = node.said(1, "main");
            said.iter().skip(before + 1).any(|line| line == "served").then_some(())
        })
        .await;
        node.send(vec![Task::stop(arn(1))]).await;
        node.backend.until(&arn(1), "STOPPED").await;
        node.end(agent).await;
    });
}
