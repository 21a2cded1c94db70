//! What the containers of a task share: cgroup, interface, volumes, namespaces.

use super::actor::TaskContext;
use super::effects::{EFFECT_TIMEOUT, aws_text};
use super::{create, lock, storage, volumes};
use crate::task::{IpcMode, NetworkPlan, PidMode};
use net::{Attached, Attachment};
use runtime::{ContainerId, SharedSpaces, TaskCgroup, TaskSpaces};
use rustix::mount::{MountFlags, UnmountFlags};
use std::path::{Path, PathBuf};

/// Makes it all; the error is the task's reason.
pub(super) async fn prepare(context: &TaskContext) -> Result<(), String> {
    let all = async {
        let (cgroup, attached, local, spaces) =
            tokio::join!(cgroup(context), attach(context), local(context), spaces(context));
        cgroup?;
        let attached = attached?;
        local?;
        let spaces = spaces?;
        {
            let mut facts = lock(&context.facts);
            facts.attached = attached;
            facts.spaces = spaces;
        }
        shared_memory(context)
    };
    let result = match tokio::time::timeout(EFFECT_TIMEOUT, all).await {
        Ok(result) => result,
        Err(_) => Err(format!("it took longer than {EFFECT_TIMEOUT:?}")),
    };
    result.map_err(|reason| format!("resource cannot be initialized for task {}: {reason}", context.plan.arn))
}

/// The task's place on the disk: its storage first, since its volumes lie there.
async fn local(context: &TaskContext) -> Result<(), String> {
    storage::prepare(context).await?;
    volumes::prepare(context).await.map_err(|e| aws_text(&e))
}

pub(super) fn task_cgroup(context: &TaskContext) -> TaskCgroup {
    TaskCgroup(format!("ecs/{}", context.plan.id))
}

async fn cgroup(context: &TaskContext) -> Result<(), String> {
    let made = context.shared.runtime.create_task_cgroup(&task_cgroup(context), &context.plan.limits).await;
    made.map_err(|e| format!("cgroup: {}", aws_text(&e)))
}

async fn attach(context: &TaskContext) -> Result<Option<Attached>, String> {
    let (NetworkPlan::Awsvpc(plan), Some(id)) = (&context.plan.network, create::task_endpoint(context))
    else {
        return Ok(None);
    };
    let attached = context.shared.net.0.attach(&id, &Attachment::Awsvpc(plan.interface.clone())).await;
    let attached = attached.map_err(|e| format!("network: {}", aws_text(&e)))?;
    listen(context, &attached).await.map_err(|e| format!("task endpoint: {}", aws_text(&e)))?;
    Ok(Some(attached))
}

/// Opens the task's endpoint in a namespace of the task.
pub(super) async fn listen(context: &TaskContext, attached: &Attached) -> Result<(), net::Error> {
    let (shared, plan) = (&context.shared, &context.plan);
    match &attached.namespace {
        Some(namespace) => shared.endpoints.open(shared, plan, namespace).await,
        None => shared.endpoints.open_host(shared, plan).await,
    }
}

/// What the runtime names the task's shared namespaces by.
pub(super) fn spaces_id(context: &TaskContext) -> ContainerId {
    context.plan.id.parse().expect("a task id is a container id")
}

async fn spaces(context: &TaskContext) -> Result<SharedSpaces, String> {
    let wanted = TaskSpaces {
        pid: context.plan.pid == PidMode::Task,
        ipc: matches!(context.plan.ipc, IpcMode::Task { .. }),
    };
    if wanted == TaskSpaces::default() {
        return Ok(SharedSpaces::default());
    }
    let made = context.shared.runtime.create_task_spaces(&spaces_id(context), wanted).await;
    made.map_err(|e| format!("shared namespaces: {}", aws_text(&e)))
}

/// The directory of a live task's files and mounts.
pub(super) fn live_dir(context: &TaskContext) -> PathBuf {
    context.shared.dirs.live.join(&context.plan.id)
}

/// What every member of a shared IPC namespace has as `/dev/shm`.
pub(super) fn shm_dir(context: &TaskContext) -> PathBuf {
    live_dir(context).join("shm")
}

fn shared_memory(context: &TaskContext) -> Result<(), String> {
    let IpcMode::Task { shm_bytes } = context.plan.ipc else { return Ok(()) };
    let dir = shm_dir(context);
    let failed = |e: std::io::Error| format!("cannot mount shared memory at {dir:?}: {e}");
    // After an interrupted try there may be one already.
    unmount(&dir).map_err(failed)?;
    std::fs::create_dir_all(&dir).map_err(failed)?;
    let options =
        std::ffi::CString::new(format!("mode=1777,size={shm_bytes}")).expect("a number has no NUL byte");
    let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    rustix::mount::mount("shm", &dir, "tmpfs", flags, options.as_c_str()).map_err(|e| failed(e.into()))
}

/// Unmounts what is mounted there; nothing is well.
pub(super) fn unmount(path: &Path) -> std::io::Result<()> {
    match rustix::mount::unmount(path, UnmountFlags::DETACH) {
        Ok(()) | Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOENT) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
