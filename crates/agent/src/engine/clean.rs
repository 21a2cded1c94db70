//! Removes everything a task has on the node. Every part is tried whatever became of the others, and what could not be
//! removed is named.

use super::actor::TaskContext;
use super::effects::{EFFECT_TIMEOUT, aws_text};
use super::{Shared, create, lock, prepare, storage, volumes};
use runtime::{Condition, KnownContainer};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the rest of a log may take to be shipped before the container is deleted with what is left of it.
const LOG_DRAIN: Duration = Duration::from_secs(5 * 60);
/// How long a killed process may take to end.
const KILL: Duration = Duration::from_secs(10);

/// Cleans; the answer is what is left.
pub(super) async fn clean(context: &TaskContext) -> Vec<String> {
    let mut left = Vec::new();
    // Before the namespaces: an open socket keeps one.
    if let Some(view) = context.shared.view(&context.plan.arn)
        && let Err(error) = context.shared.endpoints.close(&context.shared, &view).await
    {
        left.push(format!("task endpoint: {}", aws_text(&error)));
    }
    detach(context, &mut left).await;
    for container in 0..context.plan.containers.len() {
        // Collection may take the image from now on.
        lock(&context.facts).containers[container].image = None;
        let dir = create::rootfs_dir(context, container);
        if let Err(error) = context.shared.images.remove(&dir).await {
            left.push(format!("root file system {dir:?}: {}", aws_text(&error)));
        }
    }
    // Ports and memory are free now: others need not wait for the rest.
    context.shared.release(&context.plan.arn);
    drain(context).await;
    delete(context, &mut left).await;
    local(context, &mut left);
    if !left.is_empty() {
        tracing::warn!(task = context.plan.arn, ?left, "not everything of a task could be removed");
    }
    left
}

async fn detach(context: &TaskContext, left: &mut Vec<String>) {
    let containers = (0..context.plan.containers.len()).filter_map(|c| create::endpoint(context, c));
    for id in containers.chain(create::task_endpoint(context)) {
        match tokio::time::timeout(EFFECT_TIMEOUT, context.shared.net.0.detach(&id)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => left.push(format!("network endpoint {id}: {}", aws_text(&error))),
            Err(_) => left.push(format!("network endpoint {id}: no answer within {EFFECT_TIMEOUT:?}")),
        }
    }
}

/// Waits for the logs; the log service may be away for long.
async fn drain(context: &TaskContext) {
    let deadline = Instant::now() + LOG_DRAIN;
    let shipments = std::mem::take(&mut *lock(&context.shipments));
    for ((container, attempt), mut handle) in shipments {
        let rest = deadline.saturating_duration_since(Instant::now());
        if tokio::time::timeout(rest, &mut handle).await.is_err() {
            handle.abort();
            let container = context.container_id(container, attempt);
            tracing::error!(%container, "the end of a log could not be shipped in time and is dropped");
        }
    }
}

async fn delete(context: &TaskContext, left: &mut Vec<String>) {
    let prefix = format!("{}-", context.plan.id);
    let runtime = &context.shared.runtime;
    let known = match runtime.list().await {
        Ok(known) => known,
        Err(error) => {
            left.push(format!("list of containers: {}", aws_text(&error)));
            return;
        }
    };
    for container in known.into_iter().filter(|k| k.id.as_str().starts_with(&prefix)) {
        if let Err(reason) = delete_container(&context.shared, &container).await {
            left.push(format!("container {}: {reason}", container.id));
        }
    }
    if let Err(error) = runtime.delete_task_spaces(&prepare::spaces_id(context)).await {
        left.push(format!("shared namespaces: {}", aws_text(&error)));
    }
    if let Err(error) = runtime.delete_task_cgroup(&prepare::task_cgroup(context)).await {
        left.push(format!("cgroup: {}", aws_text(&error)));
    }
}

/// Deletes a container; one that runs against all expectation (its start was given up, its kill did not work) is killed.
pub(super) async fn delete_container(shared: &Shared, container: &KnownContainer) -> Result<(), String> {
    if matches!(container.condition, Condition::Running(_)) {
        let killed = async {
            shared.runtime.signal(&container.id, super::signals::SIGKILL).await?;
            shared.runtime.wait(&container.id).await.map(|_| ())
        };
        match tokio::time::timeout(KILL, killed).await {
            Ok(Ok(()) | Err(runtime::Error::NotRunning { .. })) => {}
            Ok(Err(error)) => return Err(aws_text(&error)),
            Err(_) => return Err(format!("it does not end within {KILL:?} after SIGKILL")),
        }
    }
    shared.runtime.delete(&container.id).await.map_err(|e| aws_text(&e))
}

/// Removes files, mounts and shared namespaces of tasks that nobody knows: their checkpoints were lost or damaged.
pub(super) async fn sweep(shared: &Shared, live: &BTreeSet<String>) {
    sweep_spaces(shared, live).await;
    let task_volumes = shared.dirs.volumes.join("task");
    for dir in [&shared.dirs.containers, &shared.dirs.live, &task_volumes, &shared.dirs.storage] {
        let Ok(entries) = std::fs::read_dir(dir) else { continue };
        for path in entries.filter_map(|e| Some(e.ok()?.path())) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            // `<task>` or `<task>-<container>`; anything else is somebody else's.
            let task = name.split('-').next().unwrap_or_default();
            let is_task = task.len() >= 16 && task.bytes().all(|b| b.is_ascii_hexdigit());
            if !is_task || live.contains(task) || live.contains(&name) {
                continue;
            }
            tracing::warn!(?path, "removing what is left of an unknown task");
            let removed = match dir {
                dir if dir == &shared.dirs.containers => {
                    shared.images.remove(&path).await.map_err(|e| aws_text(&e))
                }
                dir if dir == &shared.dirs.storage => storage::remove(dir, &name).map_err(|e| e.to_string()),
                _ => {
                    let unmounted = prepare::unmount(&path.join("shm"));
                    unmounted.and_then(|()| remove_dir(&path)).map_err(|e| e.to_string())
                }
            };
            if let Err(reason) = removed {
                tracing::error!(?path, reason, "cannot remove what is left of an unknown task");
            }
        }
    }
}

async fn sweep_spaces(shared: &Shared, live: &BTreeSet<String>) {
    let known = match shared.runtime.list_task_spaces().await {
        Ok(known) => known,
        Err(error) => {
            tracing::error!(error = aws_text(&error), "cannot list shared namespaces");
            return;
        }
    };
    for id in known.into_iter().filter(|id| !live.contains(id.as_str())) {
        tracing::warn!(task = %id, "removing the shared namespaces of an unknown task");
        if let Err(error) = shared.runtime.delete_task_spaces(&id).await {
            tracing::error!(task = %id, error = aws_text(&error), "cannot remove the shared namespaces of an unknown task");
        }
    }
}

fn local(context: &TaskContext, left: &mut Vec<String>) {
    let mut check = |what: &Path, result: io::Result<()>| {
        if let Err(error) = result {
            left.push(format!("{what:?}: {error}"));
        }
    };
    let shm = prepare::shm_dir(context);
    check(&shm, prepare::unmount(&shm));
    for dir in [prepare::live_dir(context), volumes::task_dir(context)] {
        check(&dir, remove_dir(&dir));
    }
    let storage = &context.shared.dirs.storage;
    check(storage, storage::remove(storage, &context.plan.id));
}

fn remove_dir(dir: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes what was kept of a task that stopped long ago: its checkpoint, marks and local logs.
pub(super) async fn forget(shared: &Shared, id: &str) -> io::Result<()> {
    for dir in [&shared.dirs.tasks, &shared.dirs.logs] {
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.strip_prefix(id).is_some_and(|rest| rest.starts_with(['.', '-'])) {
                std::fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}
