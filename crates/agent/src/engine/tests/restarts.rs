//! The agent dies and comes back.

use super::node::{MAIN, Node, arn, id, task};
use crate::engine::lock;
use crate::fakes::{api_error, eventually};
use crate::logs::LogPlan;
use runtime::fake::FakeRuntime;
use runtime::{ExitCause, LogStream};
use std::future::Future;

/// Runs the agent in a runtime of its own and then ends that at once, as kill -9 does.
fn killed<F: Future<Output = ()>>(node: &Node, until: F) {
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    threads.block_on(async {
        let agent = node.start().await;
        until.await;
        // Not stopped: forgotten.
        std::mem::forget(agent);
    });
    threads.shutdown_background();
}

/// Waits until the first task's checkpoint says that its RUNNING was heard: nothing is written after that.
async fn settled(node: &Node) {
    let path = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
    eventually("a settled checkpoint", || {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        text.contains(r#""submitted":{"status":"RUNNING"}"#).then_some(())
    })
    .await;
}

fn resumed<F: Future<Output = ()>>(until: F) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(until);
}

#[test]
fn containers_run_on_and_their_exits_are_reported() {
    let node = Node::new();
    killed(&node, async {
        node.send("m1", vec![task(1, &[MAIN]), task(2, &[MAIN])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        node.backend.until(&arn(2), "RUNNING").await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
    });
    node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(9), false);
    resumed(async {
        let agent = node.start().await;
        let stopped = node.backend.until(&arn(1), "STOPPED").await;
        assert_eq!(stopped.containers.last().unwrap().exit_code, Some(9));
        assert_eq!(node.starts().len(), 2, "nothing is started again");
        node.runtime.exit(&id(2, 0, 0), ExitCause::Exited(4), false);
        let stopped = node.backend.until(&arn(2), "STOPPED").await;
        assert_eq!(stopped.containers.last().unwrap().exit_code, Some(4));
        let registrations = node.backend.registrations();
        assert_eq!(registrations[0].container_instance_arn, None);
        assert_eq!(registrations[1].container_instance_arn, agent.registered().await.ok());
        eventually("nothing to be left", || node.is_clean().then_some(())).await;
        agent.stop().await;
    });
}

#[test]
fn a_stopped_task_is_not_run_again_and_its_end_is_told_until_it_is_heard() {
    let node = Node::new();
    node.backend.fail_next((0..1000).map(|_| api_error("ServerException", 500)));
    killed(&node, async {
        node.send("m1", vec![task(1, &[MAIN])]).await;
        eventually("the start", || (!node.starts().is_empty()).then_some(())).await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(5), false);
        eventually("the clean-up", || node.is_clean().then_some(())).await;
    });
    assert!(node.backend.submissions().is_empty());
    let heard = Node { backend: Default::default(), ..node };
    resumed(async {
        let agent = heard.start().await;
        let stopped = heard.backend.until(&arn(1), "STOPPED").await;
        assert_eq!(stopped.containers.last().unwrap().exit_code, Some(5));
        heard.send("again", vec![task(1, &[MAIN])]).await;
        eventually("the acknowledgement", || heard.acked("again").then_some(())).await;
        assert_eq!(heard.starts().len(), 1);
        agent.stop().await;
    });
}

#[test]
fn a_reboot_stops_what_ran_and_says_so() {
    let node = Node::new();
    killed(&node, async {
        node.send("m1", vec![task(1, &[MAIN])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
        settled(&node).await;
    });
    let path = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
    let text = std::fs::read_to_string(&path).unwrap();
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap();
    std::fs::write(&path, text.replace(boot.trim(), "another-boot")).unwrap();
    let rebooted = Node { runtime: FakeRuntime::new(), ..node };
    resumed(async {
        let agent = rebooted.start().await;
        let stopped = rebooted.backend.until(&arn(1), "STOPPED").await;
        assert_eq!(stopped.reason.as_deref(), Some("the container instance was restarted"));
        let container = stopped.containers.last().unwrap();
        assert_eq!(container.exit_code, None);
        assert!(container.reason.as_ref().unwrap().contains("the container instance was restarted"));
        assert!(rebooted.starts().is_empty());
        agent.stop().await;
    });
}

#[test]
fn a_pull_that_was_interrupted_goes_on() {
    let node = Node::new();
    let closed = node.images.gate.try_lock().unwrap();
    killed(&node, async {
        node.send("m1", vec![task(1, &[MAIN])]).await;
        eventually("the pull", || (!lock(&node.images.pulls).is_empty()).then_some(())).await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
    });
    drop(closed);
    resumed(async {
        let agent = node.start().await;
        node.backend.until(&arn(1), "RUNNING").await;
        assert_eq!(node.starts().len(), 1);
        agent.stop().await;
    });
}

#[test]
fn an_image_that_was_pulled_is_the_one_that_runs_whatever_its_name_leads_to_now() {
    let mut node = Node::new();
    node.config.pull_upfront = true;
    let waiting =
        r#""name":"second","essential":true,"dependsOn":[{"containerName":"first","condition":"COMPLETE"}]"#;
    killed(&node, async {
        node.send("m1", vec![task(1, &[r#""name":"first","essential":false"#, waiting])]).await;
        eventually("the first container", || (node.starts().len() == 1).then_some(())).await;
        eventually("both pulls", || (lock(&node.images.pulls).len() == 2).then_some(())).await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
        let path = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
        eventually("the digests in the checkpoint", || {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            (text.matches(r#""digest":"sha256:"#).count() == 2).then_some(())
        })
        .await;
    });
    *lock(&node.images.version) = 1;
    resumed(async {
        let agent = node.start().await;
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
        node.backend.until(&arn(1), "RUNNING").await;
        assert_eq!(*lock(&node.images.layers), ["/layer-0", "/layer-0"].map(std::path::PathBuf::from));
        agent.stop().await;
    });
}

#[test]
fn shared_namespaces_of_unknown_tasks_are_removed() {
    let node = Node::new();
    resumed(async {
        let task = format!("{:032x}", 7).parse().unwrap();
        let spaces = runtime::TaskSpaces { pid: true, ipc: true };
        runtime::Runtime::create_task_spaces(&node.runtime, &task, spaces).await.unwrap();
        assert!(!node.is_clean());
        let agent = node.start().await;
        assert!(node.is_clean());
        agent.stop().await;
    });
}

/// The restart policy's period is a minute at least, so the start is moved into the past.
#[test]
fn a_restart_policy_starts_another_process_in_the_same_root() {
    let node = Node::new();
    killed(&node, async {
        let restarting =
            r#""name":"main","essential":true,"restartPolicy":{"enabled":true,"restartAttemptPeriod":60}"#;
        node.send("m1", vec![task(1, &[restarting])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
        settled(&node).await;
    });
    let path = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
    let text = std::fs::read_to_string(&path).unwrap();
    let started = text.split("\"started_at\":").nth(1).unwrap().split(',').next().unwrap();
    let past = (started.parse::<i64>().unwrap() - 61_000).to_string();
    std::fs::write(&path, text.replacen(started, &past, 1)).unwrap();
    resumed(async {
        let agent = node.start().await;
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(1), false);
        eventually("the restart", || (node.starts().len() == 2).then_some(())).await;
        let starts = node.starts();
        assert_eq!(starts[1].id, id(1, 0, 1));
        assert_eq!((&starts[1].rootfs, &starts[1].args), (&starts[0].rootfs, &starts[0].args));
        // So soon it is not started again.
        node.runtime.exit(&id(1, 0, 1), ExitCause::Exited(2), false);
        let stopped = node.backend.until(&arn(1), "STOPPED").await;
        assert_eq!(stopped.containers.last().unwrap().exit_code, Some(2));
        assert_eq!(stopped.containers.last().unwrap().runtime_id, Some(format!("{:032x}-0", 1)));
        eventually("nothing to be left", || node.is_clean().then_some(())).await;
        agent.stop().await;
    });
}

#[test]
fn containers_of_unknown_tasks_are_removed() {
    let node = Node::new();
    resumed(async {
        let spec = runtime::ContainerSpec::new(id(7, 0, 0), "/r", ["x"]);
        runtime::Runtime::start(&node.runtime, &spec).await.unwrap();
        let agent = node.start().await;
        assert!(runtime::Runtime::list(&node.runtime).await.unwrap().is_empty());
        agent.stop().await;
    });
}

#[test]
fn what_a_damaged_checkpoint_leaves_is_removed() {
    let node = Node::new();
    killed(&node, async {
        node.send("m1", vec![task(1, &[MAIN])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
        settled(&node).await;
    });
    assert!(!node.is_clean());
    std::fs::write(node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1)), "{").unwrap();
    let foreign = node.config.data_dir.join("agent/roots/somebody-else");
    std::fs::create_dir(&foreign).unwrap();
    resumed(async {
        let agent = node.start().await;
        std::fs::remove_dir(&foreign).expect("what is not a task's stays");
        assert!(node.is_clean());
        // The control plane learns it by asking.
        node.send("m2", vec![agent_protocol::payload::Task::stop(arn(1))]).await;
        node.backend.until(&arn(1), "STOPPED").await;
        agent.stop().await;
    });
}

const LOGGED: &str = r#""name":"main","essential":true,"dockerConfig":{"hostConfig":"{\"LogConfig\":{\"Type\":\"awslogs\",\"Config\":{\"awslogs-group\":\"g\",\"awslogs-stream-prefix\":\"p\",\"awslogs-region\":\"us-east-1\"}}}"}"#;

fn stream() -> String {
    format!("p/main/{:032x}", 1)
}

/// Whether or not the batch that was on its way had arrived, every line is there once.
#[test]
fn log_lines_are_neither_lost_nor_doubled() {
    for arrived in [false, true] {
        let node = Node::new();
        killed(&node, async {
            node.send("m1", vec![task(1, &[LOGGED])]).await;
            node.backend.until(&arn(1), "RUNNING").await;
            eventually("the acknowledgement", || node.acked("m1").then_some(())).await;
            node.runtime.write_log(&id(1, 0, 0), LogStream::Stdout, "one");
            eventually("a line", || (node.logs.messages("g", &stream()) == ["one"]).then_some(())).await;
            node.logs.hang(Some(arrived));
            node.runtime.write_log(&id(1, 0, 0), LogStream::Stderr, "two");
            eventually("a batch on its way", || node.logs.hangs().then_some(())).await;
        });
        node.logs.hang(None);
        node.runtime.write_log(&id(1, 0, 0), LogStream::Stdout, "three");
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
        resumed(async {
            let agent = node.start().await;
            node.backend.until(&arn(1), "STOPPED").await;
            eventually("nothing to be left", || node.is_clean().then_some(())).await;
            assert_eq!(node.logs.messages("g", &stream()), ["one", "two", "three"], "arrived: {arrived}");
            agent.stop().await;
        });
    }
}

#[test]
fn a_lost_answer_does_not_double_lines() {
    let node = Node::new();
    resumed(async {
        let agent = node.start().await;
        node.logs.fail_next(api_error("ServiceUnavailableException", 503), true);
        node.logs.fail_next(api_error("ServiceUnavailableException", 503), false);
        node.send("m1", vec![task(1, &[LOGGED])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        for line in ["a", "b", "c"] {
            node.runtime.write_log(&id(1, 0, 0), LogStream::Stdout, line);
            eventually("the line", || {
                node.logs.messages("g", &stream()).contains(&line.to_owned()).then_some(())
            })
            .await;
        }
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
        eventually("nothing to be left", || node.is_clean().then_some(())).await;
        assert_eq!(node.logs.messages("g", &stream()), ["a", "b", "c"]);
        agent.stop().await;
    });
}

#[test]
fn a_missing_log_group_stops_the_task_unless_it_is_to_be_made() {
    let node = Node::new();
    resumed(async {
        let agent = node.start().await;
        let other = LOGGED.replace("\\\"g\\\"", "\\\"other\\\"");
        node.send("m1", vec![task(1, &[&other])]).await;
        let stopped = node.backend.until(&arn(1), "STOPPED").await;
        let reason = stopped.containers.last().unwrap().reason.clone().unwrap();
        assert!(
            reason.contains("failed to create Cloudwatch log stream") && reason.contains("ResourceNotFound"),
            "{reason}"
        );
        let made = other.replace(
            "\\\"awslogs-region\\\"",
            "\\\"awslogs-create-group\\\":\\\"true\\\",\\\"awslogs-region\\\"",
        );
        node.send("m2", vec![task(2, &[&made])]).await;
        node.backend.until(&arn(2), "RUNNING").await;
        agent.stop().await;
    });
}

#[test]
fn json_file_keeps_lines_on_the_node() {
    let node = Node::new();
    assert!(matches!(LogPlan::None.limits().when_full, runtime::spec::WhenFull::DropOldest));
    resumed(async {
        let agent = node.start().await;
        node.send("m1", vec![task(1, &[MAIN])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        node.runtime.write_log(&id(1, 0, 0), LogStream::Stdout, "kept");
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
        eventually("nothing to be left", || node.is_clean().then_some(())).await;
        let file = node.config.data_dir.join(format!("agent/logs/{:032x}-0-json.log", 1));
        assert!(std::fs::read_to_string(file).unwrap().contains("\"log\":\"kept\\n\""));
        agent.stop().await;
    });
}

#[test]
fn what_could_not_be_removed_of_an_ended_task_is_removed_after_the_restart() {
    let node = Node::new();
    killed(&node, async {
        node.send("m1", vec![task(1, &[MAIN])]).await;
        node.backend.until(&arn(1), "RUNNING").await;
        node.runtime.exit(&id(1, 0, 0), ExitCause::Exited(0), false);
        node.backend.until(&arn(1), "STOPPED").await;
        let path = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
        eventually("the end in the checkpoint", || {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            (!text.contains(r#""done_at":null"#)).then_some(())
        })
        .await;
        eventually("nothing to be left", || node.is_clean().then_some(())).await;
    });
    // As if the removal had failed.
    resumed(async {
        let spec = node.starts()[0].clone();
        runtime::Runtime::start(&node.runtime, &spec).await.unwrap();
        assert!(!node.is_clean());
        let agent = node.start().await;
        eventually("nothing to be left", || node.is_clean().then_some(())).await;
        agent.stop().await;
    });
}
