//! The store on disk (interface; being filled in).

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::config::ImageConfig;
use crate::digest::Digest;
use crate::error::Error;
use crate::progress::Reporter;
use crate::pull::PullRequest;
use crate::reference::Reference;

/// A content store. Cheap to clone; clones share everything. Several processes may open one directory.
#[derive(Debug, Clone)]
pub struct Store {
    #[expect(dead_code, reason = "being filled in")]
    shared: Arc<Options>,
}

/// How a store works.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Bounds on what is unpacked.
    pub limits: Limits,
    /// How registries are spoken to.
    pub network: Network,
}

/// Bounds on one layer, against archives made to exhaust a machine.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Entries.
    pub max_entries: u64,
    /// Bytes after decompression.
    pub max_unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_entries: 4_000_000, max_unpacked_bytes: 256 << 30 }
    }
}

/// How registries are spoken to.
#[derive(Debug, Clone)]
pub struct Network {
    /// For a connection, name resolution and TLS included.
    pub connect_timeout: Duration,
    /// For the answer's head, and between two pieces of a body.
    pub idle_timeout: Duration,
    /// Tries of one step, the first included.
    pub attempts: u32,
    /// Pause before the second try; doubles from there, at most 30 s.
    pub first_backoff: Duration,
    /// Layers downloaded at the same time, over all pulls.
    pub parallel_downloads: usize,
    /// Layers unpacked at the same time, over all pulls.
    pub parallel_unpacks: usize,
}

impl Default for Network {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            connect_timeout: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(30),
            attempts: 5,
            first_backoff: Duration::from_millis(500),
            parallel_downloads: 6,
            parallel_unpacks: cores.clamp(2, 8),
        }
    }
}

/// An image in the store. While a value (or a clone) lives, collection leaves its layers alone.
#[derive(Debug, Clone)]
pub struct Image {
    /// The name it was asked for by.
    pub name: Reference,
    /// What the name resolved to at the registry: an index's digest when there is one. ECS reports this as imageDigest.
    pub digest: Digest,
    /// The manifest for this platform.
    pub manifest: Digest,
    /// The configuration's digest: Docker's image id.
    pub id: Digest,
    /// What a container of it runs by default.
    pub config: Arc<ImageConfig>,
    /// The unpacked layers, lowest first, for [`crate::rootfs::prepare`].
    pub layers: Vec<PathBuf>,
}

/// One line of `longshore image ls`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSummary {
    /// `None` when the name has moved on to another image.
    pub name: Option<Reference>,
    /// See [`Image::digest`].
    pub digest: Digest,
    /// See [`Image::manifest`].
    pub manifest: Digest,
    /// See [`Image::id`].
    pub id: Digest,
    /// When it was pulled or loaded.
    pub created: SystemTime,
    /// When it was last asked for.
    pub last_used: SystemTime,
    /// Unpacked size of its layers; layers may be shared with other images.
    pub size_bytes: u64,
}

/// When images that nobody uses go. The defaults are the official agent's where it has them.
#[derive(Debug, Clone)]
pub struct GcPolicy {
    /// Images not asked for within this time may go (agent: ECS_IMAGE_MINIMUM_CLEANUP_AGE, 1 h).
    pub minimum_age: Duration,
    /// At most this many images go in one run (agent: ECS_NUM_IMAGES_DELETE_PER_CYCLE, 5).
    pub max_images: usize,
    /// Images go only while the file system is fuller than this (0–100); 0 means always.
    pub disk_use_percent: u8,
    /// Names that never go.
    pub keep: HashSet<Reference>,
}

impl Default for GcPolicy {
    fn default() -> Self {
        Self {
            minimum_age: Duration::from_secs(3600),
            max_images: 5,
            disk_use_percent: 0,
            keep: HashSet::new(),
        }
    }
}

/// What a collection removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    /// Images.
    pub images: Vec<Digest>,
    /// Layer directories.
    pub layers: usize,
    /// Blobs.
    pub blobs: usize,
    /// Bytes they took.
    pub bytes: u64,
}

impl Store {
    /// Open or create the store under `root` and clear what a crash left in `tmp/`. Blocking.
    pub fn open(root: &Path, options: Options) -> Result<Self, Error> {
        let _ = root;
        Ok(Self { shared: Arc::new(options) })
    }

    /// Make sure `reference` is here, unpacked, and return it.
    pub async fn pull(&self, reference: &Reference, request: PullRequest) -> Result<Image, Error> {
        let _ = request;
        Err(Error::NotLocal { reference: reference.clone() })
    }

    /// Take in a docker-archive, an OCI archive (both may be gzip or zstd) or an OCI directory.
    /// Returns the named images in it; one without a name gets `<id>` as `sha256-<id>:latest`.
    pub async fn load(&self, path: &Path, progress: Reporter) -> Result<Vec<Image>, Error> {
        let _ = progress;
        Err(Error::invalid(path.display().to_string(), "not built yet"))
    }

    /// The image of this name, if it is here. Blocking, short.
    pub fn get(&self, reference: &Reference) -> Result<Option<Image>, Error> {
        let _ = reference;
        Ok(None)
    }

    /// Every image, by name. Blocking, short.
    pub fn list(&self) -> Result<Vec<ImageSummary>, Error> {
        Ok(Vec::new())
    }

    /// Remove a name, and the image with everything only it used when that was its last name.
    /// Fails with [`Error::InUse`] when `in_use` or a live [`Image`] holds it.
    pub async fn remove(&self, reference: &Reference, in_use: HashSet<Digest>) -> Result<Collected, Error> {
        let _ = in_use;
        Err(Error::NotLocal { reference: reference.clone() })
    }

    /// Remove images by the policy, then whatever no image refers to. `in_use` holds [`Image::manifest`],
    /// [`Image::digest`] or [`Image::id`] of every image with a container, whichever process runs it.
    pub async fn collect(&self, policy: GcPolicy, in_use: HashSet<Digest>) -> Result<Collected, Error> {
        let _ = (policy, in_use);
        Ok(Collected::default())
    }
}
