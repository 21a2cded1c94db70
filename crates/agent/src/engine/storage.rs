//! Ephemeral storage of a Fargate task: a file system of its own, of the size that the task was given.
//!
//! What the task's containers write, and its volumes, lie on an ext4 in a sparse file that a loop device shows. So the size is the kernel's
//! limit, for all containers together, and a write beyond it fails with ENOSPC in the task alone. The file takes what the task really
//! wrote: sizes are limits and nothing is set aside, so a node that is full itself makes its tasks' writes fail too.

use super::actor::TaskContext;
use super::prepare::unmount;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use tokio::process::Command;
use tokio::sync::Mutex;

const DISK: &str = "disk";
const FILE_SYSTEM: &str = "fs";
/// Blank file systems that tasks' are copies of: making one takes a fifth of a second, a copy of its few blocks a hundredth.
const BLANKS: &str = "blank";

/// One maker of blanks at a time.
#[derive(Debug, Default)]
pub(crate) struct Blanks(Mutex<()>);

/// How full a task's storage is. In MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    pub used: u64,
    pub reserved: u64,
}

/// Where a task's containers and volumes lie, where it has storage of its own.
pub(super) fn directory(context: &TaskContext) -> Option<PathBuf> {
    context
        .plan
        .storage_gib
        .map(|_| of_task(&context.shared.dirs.storage, &context.plan.id).join(FILE_SYSTEM))
}

fn of_task(storage: &Path, id: &str) -> PathBuf {
    storage.join(id)
}

/// Makes the task's storage and mounts it. What an interrupted try left is made anew: nothing has run in it.
pub(super) async fn prepare(context: &TaskContext) -> Result<(), String> {
    let Some(gib) = context.plan.storage_gib else { return Ok(()) };
    let storage = &context.shared.dirs.storage;
    let task = of_task(storage, &context.plan.id);
    let failed = |e: io::Error| format!("ephemeral storage: {e}");
    remove(storage, &context.plan.id).map_err(failed)?;
    let mount_point = task.join(FILE_SYSTEM);
    std::fs::create_dir_all(&mount_point).map_err(failed)?;
    let blank = blank(context, gib).await.map_err(failed)?;
    let disk = task.join(DISK);
    let copy = [OsStr::new("--sparse=always"), OsStr::new("--"), blank.as_os_str(), disk.as_os_str()];
    run("cp", &copy).await.map_err(failed)?;
    // Blocks of what is deleted go back to the node.
    let options = OsStr::new("loop,discard,noatime");
    let mount = ["-t", "ext4", "-o"].map(OsStr::new);
    let mount = [&mount[..], &[options, disk.as_os_str(), mount_point.as_os_str()]].concat();
    run("mount", &mount).await.map_err(failed)
}

/// A blank file system of the size, made where there is none yet.
async fn blank(context: &TaskContext, gib: u32) -> io::Result<PathBuf> {
    let _alone = context.shared.blanks.0.lock().await;
    let storage = &context.shared.dirs.storage;
    let blank = storage.join(format!("{BLANKS}-{gib}"));
    if blank.exists() {
        return Ok(blank);
    }
    let making = storage.join(format!("{BLANKS}-{gib}.new"));
    std::fs::File::create(&making)?.set_len(u64::from(gib) << 30)?;
    // Without a journal: after a crash of the machine there is no task that would need it. Without blocks for root: its containers are root.
    let options = ["-q", "-F", "-m", "0", "-O", "^has_journal", "-E", "lazy_itable_init=1,nodiscard"];
    let mut arguments: Vec<&OsStr> = options.iter().map(OsStr::new).collect();
    arguments.push(making.as_os_str());
    run("mkfs.ext4", &arguments).await?;
    std::fs::rename(&making, &blank)?;
    Ok(blank)
}

async fn run(program: &str, arguments: &[&OsStr]) -> io::Result<()> {
    let named = |e: io::Error| io::Error::new(e.kind(), format!("{program}: {e}"));
    let output = Command::new(program).args(arguments).kill_on_drop(true).output().await.map_err(named)?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(io::Error::other(format!("{program}: {}", said.trim())))
        }
    }
}

/// Unmounts and deletes a task's storage. Absent is no error.
pub(super) fn remove(storage: &Path, id: &str) -> io::Result<()> {
    let task = of_task(storage, id);
    // The loop device goes with its mount.
    unmount(&task.join(FILE_SYSTEM))?;
    match std::fs::remove_dir_all(&task) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// How full it is; `None` where there is none, or it is not mounted.
pub(crate) fn usage(storage: &Path, id: &str, gib: Option<u32>) -> Option<Usage> {
    let reserved = u64::from(gib?) << 10;
    let mount_point = of_task(storage, id).join(FILE_SYSTEM);
    let own = rustix::fs::stat(&mount_point).ok()?;
    // Not mounted (any more), these would be figures of the node's disk.
    if own.st_dev == rustix::fs::stat(storage).ok()?.st_dev {
        return None;
    }
    let stat = rustix::fs::statvfs(&mount_point).ok()?;
    let used = stat.f_blocks.saturating_sub(stat.f_bfree).saturating_mul(stat.f_frsize) >> 20;
    Some(Usage { used, reserved })
}
