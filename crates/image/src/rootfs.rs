//! A container's root: an overlay over the image's layers. Root only. All calls block, shortly.
//!
//! Under the container's own directory: `upper/` (what it wrote), `work/` (the kernel's), `root/` (the mount point).
//! Decides how the overlay is mounted: with the new mount interface, layer by layer, so that no option string grows with
//! the number of layers; with `mount(2)` on kernels without it. `volatile` where the kernel has it: a container's root
//! need not survive the machine's crash, and unmounting then does not wait for the disk.
//! Invariants: what a container wrote is not lost by [`unmount`]; [`remove`] leaves neither a mount nor a file.
//! Must not know: images, the store. Source: kernel `Documentation/filesystems/overlayfs.rst`.

use std::fs::{self, File};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rustix::fs::{CWD, Mode, OFlags};
use rustix::io::Errno;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, MountFlags, MoveMountFlags, UnmountFlags, fsconfig_create,
    fsconfig_set_flag, fsconfig_set_string, fsmount, fsopen, mount, move_mount, unmount as sys_unmount,
};

use crate::error::Error;

/// The kernel copies options of `mount(2)` from one page.
const MAX_OPTION_BYTES: usize = 4095;

/// A mounted root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rootfs {
    /// The mounted root, an absolute path: what goes into the OCI specification.
    pub path: PathBuf,
    /// What the container writes ends up here.
    pub upper: PathBuf,
}

/// Mount the root of a container in `directory`, which is made if it is absent. `layers` as in [`crate::Image::layers`],
/// lowest first. May be called again after [`unmount`]: a restart keeps what the container wrote.
pub fn prepare(layers: &[PathBuf], directory: &Path) -> Result<Rootfs, Error> {
    create(directory, 0o700)?;
    let directory = directory.canonicalize().map_err(|e| Error::io("open", directory, e))?;
    let (root, upper, work) = (directory.join("root"), directory.join("upper"), directory.join("work"));
    if is_mount_point(&root)? {
        return Err(Error::io("mount", root, Errno::BUSY));
    }
    // A volatile overlay leaves `work/work/incompat/volatile` behind, which forbids the next mount. Nothing of worth is in
    // there while it is not mounted.
    remove_tree(&work)?;
    create(&work, 0o700)?;
    create(&root, 0o700)?;
    let empty = directory.join("empty");
    let lower: Vec<&Path> = if layers.is_empty() {
        create(&empty, 0o755)?;
        vec![&empty]
    } else {
        layers.iter().rev().map(PathBuf::as_path).collect()
    };
    // The root directory's own attributes come from the upper directory alone.
    if !upper.exists() {
        create(&upper, 0o755)?;
        copy_attributes(lower[0], &upper)?;
    }
    let overlay = Overlay { lower, upper: &upper, work: &work, root: &root };
    // An older kernel would refuse it and write so to its log, for each container.
    let by_layers = if takes_layers_one_by_one() { overlay.mount_by_layers() } else { Err(Errno::NOSYS) };
    match by_layers {
        Ok(()) => {}
        Err(Errno::NOSYS | Errno::INVAL | Errno::PERM) => overlay.mount_by_options()?,
        Err(errno) => return Err(Error::io("mount overlay on", &root, errno)),
    }
    Ok(Rootfs { path: root, upper })
}

/// Unmount the root, keeping what was written. Not mounted is no error.
pub fn unmount(directory: &Path) -> Result<(), Error> {
    let root = directory.join("root");
    loop {
        match sys_unmount(&root, UnmountFlags::NOFOLLOW) {
            // Mounts may be stacked.
            Ok(()) => {}
            Err(Errno::INVAL | Errno::NOENT) => return Ok(()),
            // Somebody still looks into it (a debugger, a backup): the mount goes when he leaves.
            Err(Errno::BUSY) => {
                tracing::warn!(path = %root.display(), "root is busy, detached");
                sys_unmount(&root, UnmountFlags::NOFOLLOW | UnmountFlags::DETACH)
                    .map_err(|e| Error::io("unmount", &root, e))?;
            }
            Err(errno) => return Err(Error::io("unmount", root, errno)),
        }
    }
}

/// Unmount the root and delete `directory` with everything in it. Absent is no error.
pub fn remove(directory: &Path) -> Result<(), Error> {
    unmount(directory)?;
    remove_tree(directory)
}

/// Whether overlayfs knows `lowerdir+`: since Linux 6.8.
fn takes_layers_one_by_one() -> bool {
    static KNOWN: LazyLock<bool> = LazyLock::new(|| {
        let system = rustix::system::uname();
        is_since(&system.release().to_string_lossy(), (6, 8))
    });
    *KNOWN
}

/// Whether a kernel's release, such as `6.1.0-18-cloud-amd64`, is of this version or a later one.
fn is_since(release: &str, version: (u32, u32)) -> bool {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map_while(|n| n.parse().ok());
    numbers.next().zip(numbers.next()).is_some_and(|of: (u32, u32)| of >= version)
}

struct Overlay<'a> {
    /// Uppermost first, as overlayfs has it.
    lower: Vec<&'a Path>,
    upper: &'a Path,
    work: &'a Path,
    root: &'a Path,
}

impl Overlay<'_> {
    /// fsopen and one `lowerdir+` for each layer (kernel ≥ 6.8).
    fn mount_by_layers(&self) -> Result<(), Errno> {
        let context = fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC)?;
        let context = context.as_fd();
        for lower in &self.lower {
            fsconfig_set_string(context, "lowerdir+", *lower)?;
        }
        fsconfig_set_string(context, "upperdir", self.upper)?;
        fsconfig_set_string(context, "workdir", self.work)?;
        // An index would tie the upper directory to these very layers.
        fsconfig_set_string(context, "index", "off")?;
        fsconfig_set_flag(context, "volatile")?;
        fsconfig_create(context)?;
        let mounted = fsmount(context, FsMountFlags::FSMOUNT_CLOEXEC, MountAttrFlags::empty())?;
        move_mount(&mounted, "", CWD, self.root, MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH)
    }

    /// mount(2). Layers are named by descriptors when their paths would not fit into a page.
    fn mount_by_options(&self) -> Result<(), Error> {
        let paths: Vec<String> = self.lower.iter().map(|path| escape(path)).collect();
        let (lower, _descriptors) = if paths.join(":").len() > MAX_OPTION_BYTES / 2 {
            let descriptors = self.lower.iter().map(|path| open_path(path)).collect::<Result<Vec<_>, _>>()?;
            let names = descriptors.iter().map(|fd| format!("/proc/self/fd/{}", fd.as_raw_fd()));
            (names.collect::<Vec<_>>().join(":"), descriptors)
        } else {
            (paths.join(":"), Vec::new())
        };
        let options =
            format!("lowerdir={lower},upperdir={},workdir={}", escape(self.upper), escape(self.work));
        if options.len() + ",index=off,volatile".len() > MAX_OPTION_BYTES {
            return Err(Error::LimitExceeded {
                what: "bytes of overlay options",
                limit: MAX_OPTION_BYTES as u64,
            });
        }
        let mut outcome = Err(Errno::INVAL);
        // Older kernels know fewer options.
        for more in [",index=off,volatile", ",index=off", ""] {
            let options = std::ffi::CString::new(format!("{options}{more}"))
                .map_err(|e| Error::invalid("overlay options", e))?;
            outcome = mount("overlay", self.root, "overlay", MountFlags::empty(), options.as_c_str());
            if outcome != Err(Errno::INVAL) {
                break;
            }
        }
        outcome.map_err(|errno| Error::io("mount overlay on", self.root, errno))
    }
}

/// Colons part layers, commas options.
fn escape(path: &Path) -> String {
    let mut escaped = String::new();
    for character in path.to_string_lossy().chars() {
        if matches!(character, ':' | ',' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn open_path(path: &Path) -> Result<OwnedFd, Error> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    rustix::fs::openat(CWD, path, flags, Mode::empty()).map_err(|e| Error::io("open", path, e))
}

fn is_mount_point(path: &Path) -> Result<bool, Error> {
    let (Ok(own), Some(parent)) = (fs::metadata(path), path.parent()) else { return Ok(false) };
    let parent = fs::metadata(parent).map_err(|e| Error::io("read", parent, e))?;
    Ok(own.dev() != parent.dev())
}

fn create(path: &Path, mode: u32) -> Result<(), Error> {
    let made = fs::DirBuilder::new().recursive(true).mode(mode).create(path);
    made.map_err(|e| Error::io("create", path, e))
}

fn copy_attributes(from: &Path, to: &Path) -> Result<(), Error> {
    let metadata = fs::metadata(from).map_err(|e| Error::io("read", from, e))?;
    File::open(to)
        .and_then(|dir| {
            std::os::unix::fs::fchown(&dir, Some(metadata.uid()), Some(metadata.gid()))?;
            dir.set_permissions(fs::Permissions::from_mode(metadata.mode() & 0o7777))
        })
        .map_err(|e| Error::io("create", to, e))
}

fn remove_tree(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::io("remove", path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::is_since;

    #[test]
    fn a_kernel_is_known_by_its_release() {
        for (release, later) in [
            ("6.8.0", true),
            ("6.18.44", true),
            ("7.0-rc1", true),
            ("6.8-rc2", true),
            ("6.1.0-18-cloud-amd64", false),
            ("5.15.0-91-generic", false),
            ("custom", false),
            ("", false),
        ] {
            assert_eq!(is_since(release, (6, 8)), later, "{release}");
        }
    }
}
