use super::node::{MAIN, Node, arn, id, task};
use crate::engine::lock;
use crate::fakes::{api_error, eventually};
use agent_protocol::acs::{
    FromAgent, HeartbeatMessage, TaskIdentifier, TaskManifestMessage, TaskStopVerificationAck,
};
use agent_protocol::payload::Task;
use net::Attachment;
use runtime::fake::Call;
use runtime::spec::NetworkSpace;
use runtime::{Error, ExitCause};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn a_task_runs_and_stops_with_its_exit_code() {
    let node = Node::new();
    let agent = node.start().await;
    let ports = r#""name":"main","essential":true,"command":["run"],"environment":{"A":"task"},"portMappings":[{"containerPort":80}]"#;
    node.send("m1", vec![task(1, &[ports])]).await;
    let running = node.backend.until(&arn(1), "RUNNING").await;
    let container = &running.containers.iter().find(|c| c.status.as_deref() == Some("RUNNING")).unwrap();
    assert_eq!(container.runtime_id.as_deref(), Some(format!("{:032x}-0", 1).as_str()));
    assert!(container.image_digest.as_ref().unwrap().starts_with("sha256:"));
    assert_eq!(container.network_bindings[0].host_port, Some(32768));
    eventually("the acknowledgement", || node.acked("m1").then_some(())).await;

    let spec = &node.starts()[0];
    assert_eq!(spec.args, ["/entry", "run"]);
    assert!(spec.env.contains(&"A=task".to_owned()) && spec.env.contains(&"PATH=/bin".to_owned()));
    assert!(!spec.env.contains(&"A=image".to_owned()));
    assert_eq!(spec.cwd, "/work");
    assert_eq!(spec.cgroup_parent.as_ref().unwrap().0, format!("ecs/{:032x}", 1));
    assert!(matches!(&spec.network, NetworkSpace::Path(p) if p.ends_with(format!("{:032x}-0", 1))));
    let hosts = node.config.data_dir.join(format!("agent/live/{:032x}/0/hosts", 1));
    assert!(std::fs::read_to_string(hosts).unwrap().contains("172.17.0.2\t"));

    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(3), false);
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(stopped.containers[0].exit_code, Some(3));
    assert!(stopped.execution_stopped_at.is_some() && stopped.pull_started_at.is_some());
    assert_eq!(stopped.reason, None, "the control plane derives it");
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    agent.stop().await;
}

#[tokio::test]
async fn a_stop_sends_the_images_signal_and_then_kills() {
    let node = Node::new();
    node.runtime.script(|_| runtime::fake::Script { ignores_term: true, ..Default::default() });
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[r#""name":"main","essential":true,"stopTimeout":1"#])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.send("m2", vec![Task::stop(arn(1))]).await;
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(stopped.containers[0].exit_code, Some(137));
    assert_eq!(node.signals(), [3, 9]);
    agent.stop().await;
}

#[tokio::test]
async fn dependents_start_after_and_stop_before() {
    let node = Node::new();
    let agent = node.start().await;
    let init = r#""name":"init","essential":false"#;
    let check = r#""name":"db","essential":true,"dependsOn":[{"containerName":"init","condition":"SUCCESS"}],"healthCheckType":"docker","dockerConfig":{"config":"{\"Healthcheck\":{\"Test\":[\"CMD\",\"ok\"],\"Interval\":20000000}}"}"#;
    let web = r#""name":"web","essential":true,"links":["db:database"],"dependsOn":[{"containerName":"db","condition":"HEALTHY"}]"#;
    node.send("m1", vec![task(1, &[init, check, web])]).await;
    eventually("init to run", || (node.starts().len() == 1).then_some(())).await;
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "RUNNING").await;
    let started: Vec<String> = node.starts().iter().map(|s| s.id.to_string()).collect();
    assert_eq!(started, [id(1, 0, 0), id(1, 1, 0), id(1, 2, 0)].map(|i| i.to_string()));
    let hosts =
        std::fs::read_to_string(node.config.data_dir.join(format!("agent/live/{:032x}/2/hosts", 1))).unwrap();
    assert!(hosts.contains("\tdatabase db\n"), "{hosts}");

    node.send("m2", vec![Task::stop(arn(1))]).await;
    node.backend.until(&arn(1), "STOPPED").await;
    let signalled: Vec<String> = node
        .runtime
        .calls()
        .into_iter()
        .filter_map(|c| if let runtime::fake::Call::Signal(id, _) = c { Some(id.to_string()) } else { None })
        .collect();
    assert_eq!(signalled, [id(1, 2, 0), id(1, 1, 0)].map(|i| i.to_string()));
    agent.stop().await;
}

#[tokio::test]
async fn what_cannot_run_is_answered_with_stopped_and_not_acknowledged() {
    let node = Node::new();
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[r#""name":"main","essential":true,"secrets":[{"name":"A"}]"#])]).await;
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert!(stopped.reason.unwrap().contains("secrets"));
    node.send("m2", vec![task(2, &[MAIN])]).await;
    eventually("the second acknowledgement", || node.acked("m2").then_some(())).await;
    assert!(!node.acked("m1"));
    agent.stop().await;
}

#[tokio::test]
async fn failures_have_awss_reasons_and_leave_nothing() {
    let node = Node::new();
    node.runtime.script(|_| runtime::fake::Script {
        fail: Some(Error::CommandNotFound { command: "nope".into() }),
        ..Default::default()
    });
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[MAIN])]).await;
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(stopped.containers.last().unwrap().exit_code, Some(127));
    assert_eq!(
        stopped.containers.last().unwrap().reason.as_deref(),
        Some("CannotStartContainerError: exec: \"nope\": executable file not found in $PATH")
    );
    let mut missing = task(2, &[MAIN]);
    missing.containers[0].image = Some("missing:latest".into());
    node.send("m2", vec![missing]).await;
    let stopped = node.backend.until(&arn(2), "STOPPED").await;
    assert!(
        stopped.containers[0].reason.as_ref().unwrap().starts_with("CannotPullContainerError: "),
        "{stopped:?}"
    );

    *lock(&node.net.fail_attach) = true;
    node.send("m3", vec![task(3, &[MAIN])]).await;
    let stopped = node.backend.until(&arn(3), "STOPPED").await;
    let reason = stopped.containers.last().unwrap().reason.clone().unwrap();
    assert!(reason.contains("port is already allocated"), "{reason}");
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    agent.stop().await;
}

#[tokio::test]
async fn a_memory_kill_is_told_apart() {
    let node = Node::new();
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[MAIN])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.runtime.exit(&id(1, 0, 0), ExitCause::Signaled(9), true);
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(stopped.containers[0].exit_code, Some(137));
    assert_eq!(
        stopped.containers[0].reason.as_deref(),
        Some("OutOfMemoryError: Container killed due to memory usage")
    );
    agent.stop().await;
}

#[tokio::test]
async fn reports_are_repeated_in_order_and_a_refused_one_does_not_block() {
    let node = Node::new();
    node.backend.fail_next((0..3).map(|_| api_error("ServerException", 500)));
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[MAIN])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(node.backend.statuses(&arn(1)).last().unwrap(), "STOPPED");
    assert!(
        node.backend.statuses(&arn(1)).is_sorted_by(|a, b| a <= b),
        "{:?}",
        node.backend.statuses(&arn(1))
    );

    node.backend.fail_next([api_error("InvalidParameterException", 400)]);
    node.send("m2", vec![task(2, &[MAIN])]).await;
    eventually("the second task", || (node.starts().len() == 2).then_some(())).await;
    eventually("the refusal", || {
        node.backend.submissions().iter().all(|s| s.task != Some(arn(2))).then_some(())
    })
    .await;
    node.runtime.exit(&id(2, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(2), "STOPPED").await;
    agent.stop().await;
}

#[tokio::test]
async fn a_payload_that_comes_twice_starts_nothing_twice() {
    let node = Node::new();
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[MAIN])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.send("m2", vec![task(1, &[MAIN])]).await;
    eventually("the acknowledgement", || node.acked("m2").then_some(())).await;
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "STOPPED").await;
    let stops = |node: &Node| node.backend.statuses(&arn(1)).iter().filter(|s| *s == "STOPPED").count();
    let before = stops(&node);
    node.send("m3", vec![task(1, &[MAIN])]).await;
    eventually("the end to be told again", || (stops(&node) > before).then_some(())).await;
    assert_eq!(node.starts().len(), 1);
    // A stop of a task that nobody knows is answered too.
    node.send("m4", vec![Task::stop(arn(9))]).await;
    node.backend.until(&arn(9), "STOPPED").await;
    agent.stop().await;
}

#[tokio::test]
async fn tasks_wait_for_ports_first_in_first_out() {
    let node = Node::new();
    let agent = node.start().await;
    let port = r#""name":"main","essential":true,"portMappings":[{"containerPort":80,"hostPort":8080}]"#;
    node.send("m1", vec![task(1, &[port])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.send("m2", vec![task(2, &[port])]).await;
    eventually("the acknowledgement", || node.acked("m2").then_some(())).await;
    assert_eq!(node.starts().len(), 1);
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(2), "RUNNING").await;
    // More than there is, ever, is refused at once.
    let mut big = task(3, &[MAIN]);
    big.memory = Some(1 << 20);
    node.send("m3", vec![big]).await;
    assert!(node.backend.until(&arn(3), "STOPPED").await.reason.unwrap().contains("memory"));
    agent.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_that_comes_while_another_goes_is_admitted() {
    let node = Node::new();
    let agent = node.start().await;
    let port = r#""name":"main","essential":true,"portMappings":[{"containerPort":80,"hostPort":8080}]"#;
    node.send("m1", vec![task(1, &[port])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    for n in 1..200 {
        let (engine, both) = (agent.engine.clone(), Arc::new(std::sync::Barrier::new(2)));
        let gives_back = tokio::task::spawn_blocking({
            let (engine, both) = (engine.clone(), both.clone());
            move || {
                both.wait();
                engine.0.release(&arn(n));
            }
        });
        let next = task(n + 1, &[port]);
        both.wait();
        engine.take(&next);
        gives_back.await.unwrap();
        node.backend.until(&arn(n + 1), "RUNNING").await;
    }
    agent.stop().await;
}

#[tokio::test]
async fn a_stop_cancels_a_pull() {
    let node = Node::new();
    let agent = node.start().await;
    let closed = node.images.gate.lock().await;
    node.send("m1", vec![task(1, &[MAIN])]).await;
    eventually("the pull", || (!lock(&node.images.pulls).is_empty()).then_some(())).await;
    node.send("m2", vec![Task::stop(arn(1))]).await;
    let stopped = node.backend.until(&arn(1), "STOPPED").await;
    assert_eq!(stopped.containers[0].exit_code, None);
    drop(closed);
    assert!(node.starts().is_empty());
    agent.stop().await;
}

#[tokio::test]
async fn clean_up_is_tried_again() {
    let node = Node::new();
    let agent = node.start().await;
    *lock(&node.net.fail_detach) = 1;
    node.send("m1", vec![task(1, &[MAIN])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    agent.stop().await;
}

#[tokio::test]
async fn volumes_are_shared_taken_over_and_removed() {
    let node = Node::new();
    let agent = node.start().await;
    let host = node.dir.path().join("host/made");
    let a = r#""name":"a","essential":true,"mountPoints":[{"sourceVolume":"t","containerPath":"/t"},{"sourceVolume":"s","containerPath":"/s"},{"sourceVolume":"h","containerPath":"/h","readOnly":true}]"#;
    let b = r#""name":"b","essential":true,"volumesFrom":[{"sourceContainer":"a","readOnly":true}]"#;
    let mut both = task(1, &[a, b]);
    both.volumes = serde_json::from_str(&format!(
        r#"[{{"name":"t","host":{{}}}},{{"name":"s","type":"docker","dockerVolumeConfiguration":{{"scope":"shared","autoprovision":true}}}},{{"name":"h","host":{{"sourcePath":{host:?}}}}}]"#
    ))
    .unwrap();
    node.send("m1", vec![both]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    let starts = node.starts();
    let mounts = |container: usize| {
        let id = id(1, container, 0);
        let spec = starts.iter().find(|s| s.id == id).unwrap();
        let own = spec.mounts.iter().filter(|m| !m.target.starts_with("/etc"));
        own.map(|m| (m.target.display().to_string(), m.readonly)).collect::<Vec<_>>()
    };
    assert_eq!(mounts(0), [("/t".into(), false), ("/s".into(), false), ("/h".into(), true)]);
    assert_eq!(mounts(1), [("/t".into(), true), ("/s".into(), true), ("/h".into(), true)]);
    assert!(host.is_dir());
    node.send("m2", vec![Task::stop(arn(1))]).await;
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    assert!(node.config.data_dir.join("agent/volumes/shared/s").is_dir(), "a shared volume stays");

    let mut unprovisioned = task(2, &[MAIN]);
    unprovisioned.volumes = serde_json::from_str(
        r#"[{"name":"x","type":"docker","dockerVolumeConfiguration":{"scope":"shared","autoprovision":false}}]"#,
    )
    .unwrap();
    node.send("m3", vec![unprovisioned]).await;
    let reason = node.backend.until(&arn(2), "STOPPED").await.reason.unwrap();
    assert!(
        reason.starts_with("resource cannot be initialized for task")
            && reason.contains("CannotCreateVolumeError")
    );
    agent.stop().await;
}

#[tokio::test]
async fn a_volume_whose_filling_was_interrupted_is_filled_to_the_end() {
    let node = Node::new();
    lock(&node.images.files).extend(["v/one", "v/two"].map(PathBuf::from));
    let shared = node.config.data_dir.join("agent/volumes/shared");
    for volume in ["interrupted", "used"] {
        std::fs::create_dir_all(shared.join(volume)).unwrap();
        std::fs::write(shared.join(volume).join("one"), "half").unwrap();
    }
    // What an agent leaves that is killed while it copies.
    std::fs::write(shared.join(".filling.interrupted"), "").unwrap();
    let agent = node.start().await;
    for (n, volume) in [(1, "interrupted"), (2, "used"), (3, "new")] {
        let mut task = task(
            n,
            &[r#""name":"a","essential":true,"mountPoints":[{"sourceVolume":"s","containerPath":"/v"}]"#],
        );
        task.volumes = serde_json::from_str(&format!(
            r#"[{{"name":"{volume}","type":"docker","dockerVolumeConfiguration":{{"scope":"shared","autoprovision":true}}}}]"#
        ))
        .unwrap();
        task.containers[0].mount_points[0].source_volume = Some(volume.into());
        node.send(&format!("m{n}"), vec![task]).await;
        node.backend.until(&arn(n), "RUNNING").await;
    }
    let read = |path: &str| std::fs::read_to_string(shared.join(path)).unwrap_or_else(|_| "absent".into());
    let files =
        ["interrupted/one", "interrupted/two", "used/one", "used/two", "new/one", "new/two"].map(read);
    let whole = "from the image";
    assert_eq!(files, [whole, whole, "half", "absent", whole, whole]);
    let names = std::fs::read_dir(&shared).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert!(names.filter(|name| name.starts_with('.')).count() == 0, "no marker stays");
    agent.stop().await;
}

#[tokio::test]
async fn shared_namespaces_are_made_before_the_first_container_and_end_with_the_task() {
    let node = Node::new();
    let agent = node.start().await;
    let waiting =
        r#""name":"main","essential":true,"dependsOn":[{"containerName":"init","condition":"COMPLETE"}]"#;
    let mut sharing = task(1, &[r#""name":"init","essential":false"#, waiting]);
    (sharing.pid_mode, sharing.ipc_mode) = (Some("task".into()), Some("none".into()));
    node.send("m1", vec![sharing]).await;
    eventually("the first container", || (node.starts().len() == 1).then_some(())).await;
    let task_id: runtime::ContainerId = format!("{:032x}", 1).parse().unwrap();
    let spaces = runtime::TaskSpaces { pid: true, ipc: false };
    let calls = node.runtime.calls();
    let made = calls.iter().position(|c| *c == Call::CreateTaskSpaces(task_id.clone(), spaces)).unwrap();
    let started = calls.iter().position(|c| matches!(c, Call::Start(_))).unwrap();
    assert!(made < started);
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "RUNNING").await;
    let starts = node.starts();
    assert_eq!(starts[0].pid, runtime::spec::PidSpace::Path(format!("/run/fake/{task_id}/pid").into()));
    assert_eq!((&starts[1].pid, &starts[1].ipc), (&starts[0].pid, &runtime::spec::IpcSpace::None));
    node.runtime.exit(&id(1, 1, 0), ExitCause::Exited(0), false);
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    assert!(node.runtime.calls().contains(&Call::DeleteTaskSpaces(task_id)));
    agent.stop().await;
}

#[tokio::test]
async fn containers_of_an_awsvpc_task_share_one_endpoint() {
    let node = Node::new();
    let agent = node.start().await;
    let mut both = task(1, &[MAIN, r#""name":"side","essential":false"#]);
    both.network_mode = Some("awsvpc".into());
    both.elastic_network_interfaces = serde_json::from_str(
        r#"[{"attachmentArn":"att","ec2Id":"eni-1","macAddress":"0a:00:00:00:00:01","ipv4Addresses":[{"privateAddress":"172.31.0.9"}],"subnetGatewayIpv4Address":"172.31.0.1/20","domainNameServers":["172.31.0.2"],"ipv6Addresses":[{"address":"fd00::9"}],"subnetGatewayIpv6Address":"fe80::1/64"}]"#,
    )
    .unwrap();
    node.send("m1", vec![both]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    let changes = node.backend.submissions().into_iter();
    let attached: Vec<_> = changes.flat_map(|c| c.attachments).collect();
    assert_eq!(attached.len(), 1, "told once");
    assert_eq!((attached[0].attachment_arn.as_str(), attached[0].status.as_str()), ("att", "ATTACHED"));
    let starts = node.starts();
    assert_eq!(starts[0].network, starts[1].network);
    assert_eq!(starts[0].hostname.as_deref(), Some("ip-172-31-0-9.ec2.internal"));
    assert!(lock(&node.net.attached).values().all(|a| matches!(a, Attachment::Awsvpc(_))));
    let resolv =
        std::fs::read_to_string(node.config.data_dir.join(format!("agent/live/{:032x}/0/resolv.conf", 1)))
            .unwrap();
    assert!(resolv.starts_with("nameserver 172.31.0.2\n"), "{resolv}");
    let hosts =
        std::fs::read_to_string(node.config.data_dir.join(format!("agent/live/{:032x}/0/hosts", 1))).unwrap();
    let own = hosts.lines().filter(|l| l.ends_with("\tip-172-31-0-9.ec2.internal ip-172-31-0-9"));
    let own: Vec<&str> = own.filter_map(|l| l.split('\t').next()).collect();
    assert_eq!(own, ["172.31.0.9", "fd00::9"], "{hosts}");
    agent.stop().await;
}

#[tokio::test]
async fn heartbeats_manifests_and_what_is_not_supported() {
    let node = Node::new();
    let agent = node.start().await;
    node.send("m1", vec![task(1, &[MAIN]), task(2, &[MAIN])]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    node.backend.until(&arn(2), "RUNNING").await;
    node.backend.send(HeartbeatMessage { message_id: Some("h".into()), healthy: Some(true) }).await;
    let manifest = TaskManifestMessage {
        message_id: Some("mf".into()),
        timeline: Some(5),
        tasks: vec![TaskIdentifier {
            task_arn: Some(arn(1)),
            desired_status: Some("RUNNING".into()),
            ..Default::default()
        }],
        ..Default::default()
    };
    node.backend.send(manifest.clone()).await;
    let candidates = eventually("a question", || {
        node.backend.received().into_iter().find_map(|m| match m {
            FromAgent::TaskStopVerificationMessage(m) => Some(m.stop_candidates),
            _ => None,
        })
    });
    let candidates = candidates.await;
    assert_eq!(candidates.iter().map(|c| c.task_arn.clone().unwrap()).collect::<Vec<_>>(), [arn(2)]);
    node.backend
        .send(TaskStopVerificationAck {
            message_id: Some("mf".into()),
            stop_tasks: candidates,
            ..Default::default()
        })
        .await;
    node.backend.until(&arn(2), "STOPPED").await;
    // The same manifest again is old.
    node.backend.send(TaskManifestMessage { message_id: Some("old".into()), ..manifest }).await;
    node.backend
        .send(agent_protocol::acs::StageUpdateMessage { message_id: Some("u".into()), ..Default::default() })
        .await;
    eventually("a refusal", || {
        node.backend.received().iter().any(|m| matches!(m, FromAgent::NackRequest(_))).then_some(())
    })
    .await;
    assert!(!node.acked("old"));
    let beats = |m: &FromAgent| matches!(m, FromAgent::HeartbeatAckRequest(a) if a.message_id.as_deref() == Some("h"));
    assert!(node.backend.received().iter().any(beats));
    // A session that ends is opened again, and does not ask for credentials again.
    node.backend.close(Some(1000)).await;
    let queries = eventually("a new session", || Some(node.backend.queries()).filter(|q| q.len() == 2)).await;
    assert!(queries[0].contains("sendCredentials=true") && queries[1].contains("sendCredentials=false"));
    agent.stop().await;
}

#[tokio::test]
async fn what_changed_about_a_vpc_is_carried_out_and_a_failure_is_told() {
    let node = Node::new();
    let agent = node.start().await;
    let update = model::fabric::Update {
        vpc: "vpc-1".into(),
        complete: true,
        put: Vec::new(),
        gone: vec![model::fabric::Key { kind: model::fabric::Kind::Interface, id: "eni-1".into() }],
    };
    let message = |id: &str, update: Option<model::fabric::Update>| agent_protocol::acs::VpcUpdateMessage {
        message_id: Some(id.into()),
        update,
        ..Default::default()
    };
    node.backend.send(message("v1", Some(update.clone()))).await;
    eventually("an acknowledgement", || node.acked("v1").then_some(())).await;
    assert_eq!(*crate::engine::lock(&node.net.updates), std::slice::from_ref(&update));
    *crate::engine::lock(&node.net.fail_attach) = true;
    node.backend.send(message("v2", None)).await;
    node.backend.send(message("v3", Some(update))).await;
    let refused =
        |m: &FromAgent| matches!(m, FromAgent::NackRequest(n) if n.message_id.as_deref() == Some("v3"));
    eventually("a refusal", || node.backend.received().iter().any(refused).then_some(())).await;
    assert!(!node.acked("v2"), "one without an update is dropped");
    let vpcs = vec!["vpc-1".to_owned()];
    let manifest = agent_protocol::acs::VpcManifestMessage {
        message_id: Some("v4".into()),
        vpcs: vpcs.clone(),
        ..Default::default()
    };
    node.backend.send(manifest).await;
    eventually("an acknowledgement", || node.acked("v4").then_some(())).await;
    assert_eq!(*crate::engine::lock(&node.net.kept), [vpcs]);
    agent.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_a_network_refused_is_tried_again_more_and_more_seldom() {
    let node = Node::new();
    *crate::engine::lock(&node.net.fail_mend) = 6;
    let agent = node.start().await;
    let mends = || crate::engine::lock(&node.net.mends).clone();
    // Time passes by itself where nothing else is to be done.
    while mends().len() < 8 {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    let waits: Vec<u64> = mends().windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
    assert_eq!(waits, [10, 20, 40, 60, 60, 60, 5]);
    agent.stop().await;
}

#[tokio::test]
async fn a_hundred_tasks_at_once() {
    let node = Node::new();
    node.runtime.script(|_| runtime::fake::Script { exit: Some(ExitCause::Exited(0)), ..Default::default() });
    let agent = node.start().await;
    let tasks = (0..100).map(|n| task(n, &[r#""name":"main","essential":true"#])).collect();
    node.send("m1", tasks).await;
    for n in 0..100 {
        node.backend.until(&arn(n), "STOPPED").await;
    }
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    tokio::time::timeout(Duration::from_secs(10), agent.stop()).await.expect("an agent without work stops");
}

#[tokio::test]
async fn volumes_that_the_image_declares_are_made_and_go_with_the_task() {
    let node = Node::new();
    let agent = node.start().await;
    let main = r#""name":"main","essential":true,"mountPoints":[{"sourceVolume":"v","containerPath":"/given"}],"dockerConfig":{"hostConfig":"{\"Tmpfs\":{\"/tmpfs\":\"\"}}"}"#;
    let mut task = task(1, &[main]);
    task.containers[0].image = Some("declaring".into());
    task.volumes = serde_json::from_str(r#"[{"name":"v","host":{}}]"#).unwrap();
    node.send("m1", vec![task]).await;
    node.backend.until(&arn(1), "RUNNING").await;
    let own = node.config.data_dir.join(format!("agent/volumes/task/{:032x}", 1));
    let mounts: Vec<_> = (node.starts()[0].mounts.iter())
        .filter(|m| !m.target.starts_with("/etc") && m.target != std::path::Path::new("/tmpfs"))
        .map(|m| (m.target.display().to_string(), m.kind.clone(), m.readonly))
        .collect();
    let bind = |source: &str| runtime::spec::MountKind::Bind { source: own.join(source) };
    assert_eq!(mounts, [("/given".to_owned(), bind("v"), false), ("/data".to_owned(), bind(".0-0"), false)]);
    assert!(own.join(".0-0").is_dir());
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "STOPPED").await;
    eventually("nothing to be left", || node.is_clean().then_some(())).await;
    agent.stop().await;
}
