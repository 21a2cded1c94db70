//! `longshore down`: end what `up` started in a data directory, whether it still runs or not.
//!
//! The order: the server and its agent end, so that nothing starts anew; then every container, network and mount that they left is taken away.
//! State, images and logs stay.

use crate::cli::{Down, Place};
use crate::node::{open_network, runtime_config};
use anyhow::{Context, Result, bail};
use runtime::{Runtime, ShimRuntime};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a server has for answering what is in flight and closing its files.
const END_LIMIT: Duration = Duration::from_secs(40);
/// How often a process is looked at while it ends.
const LOOK: Duration = Duration::from_millis(50);

pub async fn run(options: &Down) -> Result<()> {
    let Place { data_dir } = &options.place;
    if !data_dir.exists() {
        bail!("{} does not exist: nothing was started there", data_dir.display());
    }
    end_server(data_dir).await?;
    if options.keep_tasks {
        return Ok(());
    }
    crate::fleet::local::end_all(data_dir).await.context("cannot end the nodes of the fleets")?;
    for node in nodes(data_dir)? {
        end_node(&node).await.with_context(|| format!("cannot clear {}", node.display()))?;
    }
    Ok(())
}

async fn end_server(data_dir: &Path) -> Result<()> {
    let Some(pid) = server_pid(data_dir)? else {
        println!("no server runs in {}", data_dir.display());
        return Ok(());
    };
    kill_process(pid, Signal::TERM)
        .with_context(|| format!("cannot end process {}", pid.as_raw_nonzero()))?;
    let begun = Instant::now();
    while test_kill_process(pid).is_ok() {
        if begun.elapsed() > END_LIMIT {
            bail!(
                "process {} did not end within {} s; look at its log, then end it with: kill -9 {}",
                pid.as_raw_nonzero(),
                END_LIMIT.as_secs(),
                pid.as_raw_nonzero()
            );
        }
        // There is no descriptor to wait on for a process that is no child of ours on every kernel we support.
        tokio::time::sleep(LOOK).await;
    }
    println!("the server has ended");
    Ok(())
}

/// The process that holds the store's lock. The lock decides, the number in its file only names the process.
fn server_pid(data_dir: &Path) -> Result<Option<Pid>> {
    use rustix::fs::{FlockOperation, flock};
    let path = data_dir.join("state").join("lock");
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e).with_context(|| format!("cannot open {}", path.display())),
    };
    if flock(&file, FlockOperation::NonBlockingLockShared).is_ok() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let number = text.split_whitespace().next().and_then(|w| w.parse().ok()).and_then(Pid::from_raw);
    number.map(Some).with_context(|| format!("{} is held, but names no process", path.display()))
}

fn nodes(data_dir: &Path) -> Result<Vec<PathBuf>> {
    let dir = data_dir.join("nodes");
    match fs::read_dir(&dir) {
        Ok(entries) => entries
            .map(|e| Ok(e?.path()))
            .collect::<std::io::Result<_>>()
            .with_context(|| format!("cannot list {}", dir.display())),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e).with_context(|| format!("cannot list {}", dir.display())),
    }
}

/// Takes away every container, root file system and network of a node. Goes on after an error and reports all of them.
pub async fn end_node(dir: &Path) -> Result<()> {
    let mut errors: Vec<String> = Vec::new();
    let mut note = |what: &str, error: anyhow::Error| errors.push(format!("{what}: {error:#}"));
    let runtime = ShimRuntime::embedded(runtime_config(dir)).context("cannot open the container runtime")?;
    let known = runtime.recover().await.context("cannot list the containers")?;
    for container in &known {
        if let Err(error) = runtime.signal(&container.id, Signal::KILL.as_raw()).await
            && !matches!(error, runtime::Error::NotRunning { .. } | runtime::Error::NotFound { .. })
        {
            note("end a container", error.into());
        }
        match tokio::time::timeout(END_LIMIT, runtime.wait(&container.id)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => note("wait for a container", error.into()),
            Err(late) => note("wait for a container", late.into()),
        }
        if let Err(error) = runtime.delete(&container.id).await {
            note("remove a container", error.into());
        }
    }
    for task in runtime.list_task_spaces().await.context("cannot list shared namespaces")? {
        if let Err(error) = runtime.delete_task_spaces(&task).await {
            note("remove the shared namespaces of a task", error.into());
        }
    }
    if let Err(error) = unmount_below(dir) {
        note("unmount root file systems", error.into());
    }
    if let Err(error) = runtime.remove_cgroups().await {
        note("remove the cgroups", error.into());
    }
    if let Err(error) = crate::balancers::end(&crate::balancers::directory(dir)).await {
        note("end the data plane of load balancers", error.into());
    }
    let network = open_network(dir, None, None, net::DYNAMIC_PORTS, None).await?;
    if let Err(error) = network.remove_faults().await {
        note("remove the networks' faults", error.into());
    }
    if let Err(error) = network.remove_all().await {
        note("remove the networks", error.into());
    }
    if let Err(error) = net::withdraw(agent::TASK_ENDPOINT).await {
        note("remove the task endpoint", error.into());
    }
    println!("{}: {} containers ended", dir.file_name().unwrap_or_default().to_string_lossy(), known.len());
    if errors.is_empty() { Ok(()) } else { bail!("{}", errors.join("; ")) }
}

/// Unmounts what is mounted below a directory, the deepest first.
fn unmount_below(dir: &Path) -> std::io::Result<()> {
    let dir = fs::canonicalize(dir)?;
    let table = fs::read_to_string("/proc/self/mountinfo")?;
    let mut mounts: Vec<PathBuf> = table
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .map(|path| PathBuf::from(path.replace("\\040", " ")))
        .filter(|path| path.starts_with(&dir) && *path != dir)
        .collect();
    mounts.sort();
    for mount in mounts.iter().rev() {
        rustix::mount::unmount(mount, rustix::mount::UnmountFlags::DETACH)?;
    }
    Ok(())
}
