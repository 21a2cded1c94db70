//! Network namespaces: made, opened and removed as files that a mount keeps alive, and worked in from threads of their own.
//!
//! A thread that entered a namespace never returns to a pool: it ends. A netlink socket belongs to the namespace it was opened in,
//! so a [`Namespace`] is driven from anywhere afterwards.

// Entering or leaving a namespace changes one thread only; every such call stands in a thread made for it.
#![allow(unsafe_code)]

use crate::Error;
use rustix::mount::{MountFlags, UnmountFlags, mount_bind, unmount};
use rustix::thread::{LinkNameSpaceType, UnshareFlags, move_into_link_name_space, unshare_unsafe};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::task::AbortHandle;

/// No netlink request takes longer than this; the kernel answers in microseconds unless something is badly wrong.
pub(crate) const NETLINK_TIME_LIMIT: Duration = Duration::from_secs(10);

/// A namespace with a netlink connection in it.
pub(crate) struct Namespace {
    file: File,
    netlink: rtnetlink::Handle,
    connection: AbortHandle,
}

impl Namespace {
    /// The namespace of this process.
    pub(crate) async fn own() -> Result<Self, Error> {
        // Of the calling thread: suites run several nodes in one process.
        let path = Path::new("/proc/thread-self/ns/net");
        let file =
            File::open(path).map_err(|source| Error::File { action: "open", path: path.into(), source })?;
        let (netlink, connection) = connect()?;
        Ok(Self { file, netlink, connection })
    }

    /// A new one, bound at `path`. What was there before is removed.
    pub(crate) async fn create(path: &Path) -> Result<Self, Error> {
        remove(path)?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| Error::File {
                action: "make",
                path: parent.into(),
                source,
            })?;
        }
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|source| Error::File {
            action: "make",
            path: path.into(),
            source,
        })?;
        let target = path.to_owned();
        let (netlink, connection) = in_thread(move || {
            // SAFETY: only the network namespace of this thread changes, and the thread ends after this closure; no file
            // descriptor table or memory is unshared.
            unsafe { unshare_unsafe(UnshareFlags::NEWNET) }.map_err(|e| Error::System {
                action: "make a network namespace".to_owned(),
                source: e.into(),
            })?;
            mount_bind("/proc/thread-self/ns/net", &target).map_err(|e| Error::File {
                action: "bind a network namespace to",
                path: target.clone(),
                source: e.into(),
            })?;
            connect()
        })
        .await?;
        let file =
            File::open(path).map_err(|source| Error::File { action: "open", path: path.into(), source })?;
        Ok(Self { file, netlink, connection })
    }

    /// One that exists.
    pub(crate) async fn open(path: &Path) -> Result<Self, Error> {
        let file =
            File::open(path).map_err(|source| Error::File { action: "open", path: path.into(), source })?;
        let (netlink, connection) = run_in(path, connect).await?;
        Ok(Self { file, netlink, connection })
    }

    /// The netlink connection inside.
    pub(crate) fn netlink(&self) -> &rtnetlink::Handle {
        &self.netlink
    }

    /// The descriptor that links are moved by; valid as long as this value lives.
    pub(crate) fn raw_fd(&self) -> RawFd {
        self.file.as_raw_fd()
    }
}

impl AsFd for Namespace {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

/// Whether a namespace is bound at `path`: a file there without the mount is what a reboot leaves.
pub(crate) fn is_bound(path: &Path) -> bool {
    const NSFS_MAGIC: u64 = 0x6e73_6673;
    rustix::fs::statfs(path).is_ok_and(|s| s.f_type as u64 == NSFS_MAGIC)
}

/// Unbinds and removes; nothing there is no error. Links in the namespace go with it when nobody is inside any more.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    let file_error = |action, source: io::Error| Error::File { action, path: path.into(), source };
    if is_bound(path) {
        unmount(path, UnmountFlags::DETACH).map_err(|e| file_error("unbind", e.into()))?;
    }
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(file_error("remove", e)),
        _ => Ok(()),
    }
}

/// Runs `work` in a thread inside the namespace bound at `path`. Processes that it starts are inside too.
pub(crate) async fn run_in<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let path: PathBuf = path.to_owned();
    in_thread(move || {
        let file =
            File::open(&path).map_err(|source| Error::File { action: "open", path: path.clone(), source })?;
        move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network))
            .map_err(|e| Error::File { action: "enter", path: path.clone(), source: e.into() })?;
        work()
    })
    .await
}

/// Runs `work` in a thread of its own.
pub(crate) async fn in_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (send, receive) = tokio::sync::oneshot::channel();
    let runtime = tokio::runtime::Handle::current();
    std::thread::Builder::new()
        .name("net-namespace".to_owned())
        .spawn(move || {
            let _inside = runtime.enter();
            // The receiver is gone only where the caller was cancelled; then nobody wants the result.
            let _ = send.send(work());
        })
        .map_err(|source| Error::System { action: "start a thread".to_owned(), source })?;
    receive.await.map_err(|_| Error::System {
        action: "work in a network namespace".to_owned(),
        source: io::Error::other("the thread panicked"),
    })?
}

/// A netlink connection in the namespace of the calling thread.
pub(crate) fn connect() -> Result<(rtnetlink::Handle, AbortHandle), Error> {
    let (connection, handle, _) = rtnetlink::new_connection()
        .map_err(|source| Error::System { action: "open a netlink socket".to_owned(), source })?;
    Ok((handle, tokio::spawn(connection).abort_handle()))
}

/// Makes `to` a mount of its own with private propagation, so that bindings under it do not multiply into other mount namespaces.
pub(crate) fn make_private_mount(to: &Path) -> Result<(), Error> {
    use rustix::mount::{MountPropagationFlags, mount_change};
    let error = |action, e: rustix::io::Errno| Error::File { action, path: to.into(), source: e.into() };
    fs::create_dir_all(to).map_err(|source| Error::File { action: "make", path: to.into(), source })?;
    if mount_change(to, MountPropagationFlags::PRIVATE).is_ok() {
        return Ok(());
    }
    rustix::mount::mount(to, to, "none", MountFlags::BIND, None).map_err(|e| error("bind to itself", e))?;
    mount_change(to, MountPropagationFlags::PRIVATE).map_err(|e| error("make private", e))
}

/// Undoes [`make_private_mount`], directory and all; nothing there is no error.
pub(crate) fn remove_private_mount(path: &Path) -> Result<(), Error> {
    let file_error = |action, source: io::Error| Error::File { action, path: path.into(), source };
    match unmount(path, UnmountFlags::DETACH) {
        // Not a mount, or not there.
        Ok(()) | Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOENT) => {}
        Err(e) => return Err(file_error("unmount", e.into())),
    }
    match fs::remove_dir(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(file_error("remove", e)),
        _ => Ok(()),
    }
}
