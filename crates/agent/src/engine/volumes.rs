//! Volumes: where they are, when they are made and how they are filled.
//!
//! As Docker does it: a missing host path is made as a directory; a named volume that is empty is filled with what the image
//! has at the mount's path, when it is first mounted; what was interrupted at that is done again. A path that the image declares as a volume and nobody mounts anything at
//! gets a volume of its own, which goes with the task.

use super::actor::TaskContext;
use super::prepare::live_dir;
use super::{lock, storage};
use crate::task::VolumeSource;
use runtime::spec::{Mount, MountKind};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("CannotCreateVolumeError: volume {name} does not exist and is not autoprovisioned")]
    Missing { name: String },
    #[error("CannotCreateVolumeError: cannot {action} {path:?} for volume {name}")]
    Io {
        action: &'static str,
        name: String,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot make {path:?}")]
    Live {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(
        "CannotCreateVolumeError: cannot copy the image's files at {path:?} into volume {name}: {reason}"
    )]
    Fill { name: String, path: PathBuf, reason: String },
}

/// Where a volume is on the host.
fn path(context: &TaskContext, volume: usize) -> PathBuf {
    let plan = &context.plan.volumes[volume];
    let dir = &context.shared.dirs.volumes;
    match &plan.source {
        VolumeSource::Host(path) => path.clone(),
        VolumeSource::Task => task_dir(context).join(&plan.name),
        VolumeSource::Shared { .. } => dir.join("shared").join(&plan.name),
    }
}

/// The volumes that go with the task.
pub(super) fn task_dir(context: &TaskContext) -> PathBuf {
    match storage::directory(context) {
        Some(own) => own.join("volumes"),
        None => context.shared.dirs.volumes.join("task").join(&context.plan.id),
    }
}

/// Makes the task's directories and volumes.
pub(super) async fn prepare(context: &TaskContext) -> Result<(), Error> {
    let live = live_dir(context);
    std::fs::create_dir_all(&live).map_err(|source| Error::Live { path: live, source })?;
    for (index, volume) in context.plan.volumes.iter().enumerate() {
        let path = path(context, index);
        let provision = !matches!(volume.source, VolumeSource::Shared { autoprovision: false });
        let name = volume.name.clone();
        let is_host = matches!(volume.source, VolumeSource::Host(_));
        // A host path may be on a file system that takes its time.
        let made = tokio::task::spawn_blocking(move || make(&path, name, provision, is_host));
        match made.await {
            Ok(result) => result?,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
    Ok(())
}

fn make(path: &Path, name: String, provision: bool, is_host: bool) -> Result<(), Error> {
    // A host path may be a file or a socket; then it is mounted as it is.
    match path.try_exists() {
        Ok(true) => return Ok(()),
        Ok(false) if !provision => return Err(Error::Missing { name }),
        Ok(false) => {}
        Err(source) => return Err(Error::Io { action: "look at", name, path: path.to_owned(), source }),
    }
    let made = std::fs::create_dir_all(path);
    made.map_err(|source| Error::Io { action: "create", name, path: path.to_owned(), source })?;
    tracing::debug!(?path, is_host, "volume made");
    Ok(())
}

/// The volume mounts of a container: its own, then those it takes over from others where it has none at that path.
pub(super) async fn mounts(
    context: &TaskContext,
    container: usize,
    rootfs: &Path,
) -> Result<Vec<Mount>, Error> {
    let plan = &context.plan.containers[container];
    let mut mounts = Vec::new();
    for mount in &plan.mounts {
        let source = path(context, mount.volume);
        let volume = &context.plan.volumes[mount.volume];
        if !matches!(volume.source, VolumeSource::Host(_)) {
            fill(context, &volume.name, &source, rootfs, &mount.path).await?;
        }
        mounts.push(Mount::bind(source, &mount.path, mount.readonly));
    }
    let declared = {
        let facts = lock(&context.facts);
        for (from, readonly) in &plan.volumes_from {
            for mount in &facts.containers[*from].volume_mounts {
                if mounts.iter().all(|m| m.target != mount.target)
                    && matches!(mount.kind, MountKind::Bind { .. })
                {
                    mounts.push(Mount { readonly: mount.readonly || *readonly, ..mount.clone() });
                }
            }
        }
        facts.containers[container].image.as_ref().map(|i| i.config.volumes.clone()).unwrap_or_default()
    };
    for (number, declared) in declared.iter().enumerate() {
        let target = Path::new("/").join(declared);
        if !mounts.iter().chain(&plan.tmpfs).any(|m| m.target == target) && is_below_root(&target) {
            let source = anonymous(context, container, number)?;
            fill(context, declared, &source, rootfs, &target).await?;
            mounts.push(Mount::bind(source, target, false));
        }
    }
    Ok(mounts)
}

/// Makes the volume of a path that the image declares.
fn anonymous(context: &TaskContext, container: usize, number: usize) -> Result<PathBuf, Error> {
    // No volume of a task definition has a name that begins with a dot.
    let name = format!(".{container}-{number}");
    let path = task_dir(context).join(&name);
    match std::fs::create_dir_all(&path) {
        Ok(()) => Ok(path),
        Err(source) => Err(Error::Io { action: "create", name, path, source }),
    }
}

/// An image may declare what it likes; the root itself and paths that climb are no mount points.
fn is_below_root(path: &Path) -> bool {
    let mut components = path.components().skip(1).peekable();
    components.peek().is_some() && components.all(|c| matches!(c, std::path::Component::Normal(_)))
}

/// Volumes that are being filled, so that nobody takes one that is half full.
#[derive(Debug, Default)]
pub(crate) struct Fillings(Mutex<BTreeMap<PathBuf, Arc<tokio::sync::Mutex<()>>>>);

impl Fillings {
    fn of(&self, volume: &Path) -> Arc<tokio::sync::Mutex<()>> {
        let mut all = lock(&self.0);
        // Those that nobody fills or waits for.
        all.retain(|_, one| Arc::strong_count(one) > 1);
        all.entry(volume.to_owned()).or_default().clone()
    }
}

/// Beside the volume, as long as it is being filled. No volume of a task definition has a name that begins with a dot.
fn marker(volume: &Path) -> PathBuf {
    let name = volume.file_name().unwrap_or_default().to_string_lossy();
    volume.with_file_name(format!(".filling.{name}"))
}

/// Copies what the image has at `target` into a volume that is empty, or whose filling was interrupted. In place, and not into a new
/// directory that takes its place: another container may have mounted the empty one.
async fn fill(
    context: &TaskContext,
    name: &str,
    volume: &Path,
    rootfs: &Path,
    target: &Path,
) -> Result<(), Error> {
    let failed = |reason: String| Error::Fill { name: name.to_owned(), path: target.to_owned(), reason };
    let filling = context.shared.fillings.of(volume);
    let _mine = filling.lock().await;
    let marker = marker(volume);
    let mut entries = std::fs::read_dir(volume).map_err(|e| failed(e.to_string()))?;
    if entries.next().is_some() && !marker.exists() {
        return Ok(());
    }
    // Opened so that no symbolic link of the image leads out of it.
    let source = match open_in_root(rootfs, target) {
        Ok(directory) => directory,
        Err(rustix::io::Errno::NOENT | rustix::io::Errno::NOTDIR | rustix::io::Errno::LOOP) => return Ok(()),
        Err(error) => return Err(failed(error.to_string())),
    };
    std::fs::File::create(&marker).map_err(|e| failed(format!("{marker:?}: {e}")))?;
    use std::os::fd::AsRawFd;
    let from = format!("/proc/{}/fd/{}/.", std::process::id(), source.as_raw_fd());
    let mut copy = tokio::process::Command::new("cp");
    copy.args(["--archive", "--", &from]).arg(volume).kill_on_drop(true);
    let output = copy.output().await.map_err(|e| failed(format!("cp: {e}")))?;
    match output.status.success() {
        true => std::fs::remove_file(&marker).map_err(|e| failed(format!("{marker:?}: {e}"))),
        false => Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
    }
}

fn open_in_root(rootfs: &Path, target: &Path) -> rustix::io::Result<rustix::fd::OwnedFd> {
    use rustix::fs::{Mode, OFlags, ResolveFlags};
    let directory = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let root = rustix::fs::open(rootfs, directory, Mode::empty())?;
    let flags = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    rustix::fs::openat2(&root, target, directory, Mode::empty(), flags)
}
