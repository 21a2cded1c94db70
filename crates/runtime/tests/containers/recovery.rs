//! The agent may be killed at any moment: containers go on and are taken back with exit codes and logs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use runtime::{Condition, Config, ExecSpec, ExitCause, LogPosition, Runtime, ShimRuntime};

use crate::harness::{Host, LIMIT, Which, until, within};

/// Not a test of its own: the process that the next test kills. It starts what it is told and waits to be killed.
#[tokio::test]
async fn victim() {
    let Ok(text) = std::env::var("LONGSHORE_VICTIM") else { return };
    let (config, spec): (PathBuf, runtime::ContainerSpec) = serde_json::from_str(&text).unwrap();
    let cgroup_root = std::env::var("LONGSHORE_VICTIM_CGROUP").unwrap();
    let runtime = ShimRuntime::embedded(Config { state_directory: config, cgroup_root }).unwrap();
    runtime.start(&spec).await.unwrap();
    std::future::pending::<()>().await;
}

/// Lets another process start the container and kills it as soon as `when` says so of the container's directory.
async fn start_and_kill(
    host: &Host,
    spec: &runtime::ContainerSpec,
    what: &str,
    when: impl Fn(&Path) -> bool,
) {
    let told = serde_json::to_string(&(host.state_directory(), spec)).unwrap();
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "recovery::victim", "--nocapture"])
        .env("LONGSHORE_VICTIM", told)
        .env("LONGSHORE_VICTIM_CGROUP", &host.cgroup_root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let directory = host.state_directory().join("containers").join(spec.id.as_str());
    until(what, || when(&directory)).await;
    victim.kill().unwrap();
    victim.wait().unwrap();
}

#[tokio::test]
async fn an_agent_killed_while_a_container_starts_harms_none() {
    let host = Host::new(Which::Embedded);
    let spec = host.spec("starting", "sleep 0.2; echo done; exit 7");
    // The shim lives from here on, and has not reported yet.
    let lives = |dir: &Path| std::fs::read_to_string(dir.join("lock")).is_ok_and(|text| !text.is_empty());
    start_and_kill(&host, &spec, "the shim", lives).await;
    let known = host.runtime.recover().await.unwrap();
    assert!(matches!(known[0].condition, Condition::Running(_)), "{known:?}");
    assert_eq!(within(host.runtime.wait(&spec.id)).await.unwrap().code(), Some(7));
    host.runtime.delete(&spec.id).await.unwrap();
    host.assert_clean();
}

#[tokio::test]
async fn a_removal_that_was_interrupted_is_completed_and_hides_no_other() {
    let host = Host::new(Which::Embedded);
    let spec = host.spec("gone", "exit 7");
    host.runtime.start(&spec).await.unwrap();
    within(host.runtime.wait(&spec.id)).await.unwrap();
    let directory = host.state_directory().join("containers").join(spec.id.as_str());
    std::fs::remove_file(directory.join("started")).unwrap();
    let late = host.restarted();
    assert!(matches!(late.list().await.unwrap()[0].condition, Condition::HalfMade));
    assert!(late.recover().await.unwrap().is_empty());
    assert!(!directory.exists());
    host.assert_clean();
}

#[tokio::test]
async fn a_killed_agent_harms_no_container() {
    let host = Host::new(Which::Embedded);
    let mut spec = host.spec("outlive", "echo before; read line; echo after; exit 7");
    spec.stdin_open = true;
    start_and_kill(&host, &spec, "the container's start", |dir| dir.join("started").exists()).await;

    let known = host.runtime.recover().await.unwrap();
    assert_eq!(known.len(), 1);
    assert!(matches!(known[0].condition, Condition::Running(_)), "{known:?}");
    let exec = ExecSpec::new(["true"], LIMIT);
    assert_eq!(host.runtime.exec(&spec.id, &exec).await.unwrap().result.code(), Some(0));
    let mut log = host.runtime.logs(&spec.id, LogPosition::default()).await.unwrap();
    let records = within(log.next_batch(1)).await.unwrap();
    assert_eq!(records[0].bytes, b"before");
    host.runtime.write_stdin(&spec.id, b"\n").await.unwrap();
    // Another restart, now while somebody would be waiting: it resumes where the log was left.
    let again = host.restarted();
    let mut log = again.logs(&spec.id, records[0].next).await.unwrap();
    assert_eq!(within(log.next_batch(10)).await.unwrap()[0].bytes, b"after");
    assert_eq!(within(again.wait(&spec.id)).await.unwrap().code(), Some(7));
    // And one after the end.
    let late = host.restarted();
    let known = late.recover().await.unwrap();
    assert!(matches!(known[0].condition, Condition::Exited(status) if status.code() == Some(7)), "{known:?}");
    late.delete(&spec.id).await.unwrap();
    drop(log);
    host.assert_clean();
}

#[tokio::test]
async fn a_killed_shim_is_said_and_its_container_stopped() {
    let host = Host::new(Which::Embedded);
    let spec = host.spec("lost", "echo here; sleep 1000");
    let started = host.runtime.start(&spec).await.unwrap();
    let file = host.state_directory().join("containers").join(spec.id.as_str()).join("started");
    let text = std::fs::read_to_string(file).unwrap();
    let shim: i32 = text.lines().find_map(|line| line.strip_prefix("shim=")).unwrap().parse().unwrap();
    let mut log = host.runtime.logs(&spec.id, LogPosition::default()).await.unwrap();
    assert_eq!(within(log.next_batch(1)).await.unwrap()[0].bytes, b"here");
    let waiting = {
        let (runtime, id) = (host.runtime.clone(), spec.id.clone());
        tokio::spawn(async move { runtime.wait(&id).await })
    };
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(shim).unwrap(),
        rustix::process::Signal::KILL,
    )
    .unwrap();
    let status = within(waiting).await.unwrap().unwrap();
    assert_eq!((status.cause, status.code()), (ExitCause::Lost, None));
    assert!(within(log.next_batch(1)).await.unwrap().is_empty());
    until("the end of the container", || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", started.pid)).unwrap_or_default();
        stat.is_empty() || stat.contains(") Z ")
    })
    .await;
    assert!(
        matches!(host.restarted().recover().await.unwrap()[0].condition, Condition::Exited(s) if s.cause == ExitCause::Lost)
    );
    drop(log);
    host.runtime.delete(&spec.id).await.unwrap();
    host.assert_clean();
}

#[tokio::test]
async fn a_start_that_was_interrupted_is_removed() {
    let host = Host::new(Which::Embedded);
    let directory = host.state_directory().join("containers/half");
    std::fs::create_dir(&directory).unwrap();
    std::fs::write(directory.join("config.json"), "{").unwrap();
    assert!(matches!(host.runtime.list().await.unwrap()[0].condition, Condition::HalfMade));
    assert!(host.restarted().recover().await.unwrap().is_empty());
    assert!(!directory.exists());
    host.assert_clean();
}

#[tokio::test]
async fn a_shim_is_small() {
    let host = Host::new(Which::Embedded);
    let spec = host.spec("small", "sleep 1000");
    host.runtime.start(&spec).await.unwrap();
    let file = host.state_directory().join("containers").join(spec.id.as_str()).join("started");
    let text = std::fs::read_to_string(file).unwrap();
    let shim: i32 = text.lines().find_map(|line| line.strip_prefix("shim=")).unwrap().parse().unwrap();
    let resident = || {
        let status = std::fs::read_to_string(format!("/proc/{shim}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap().to_owned();
        line.trim().split(' ').next().unwrap().parse::<u64>().unwrap()
    };
    until("a shim of at most 1.5 MiB", || resident() <= 1536).await;
    println!("resident: {} KiB", resident());
    host.runtime.signal(&spec.id, libc::SIGKILL).await.unwrap();
    host.finish(&spec.id).await;
    host.assert_clean();
}
