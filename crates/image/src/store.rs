//! The content store: what is here, under which name, and the operations on it.
//!
//! Decides what an [`Image`] value is and how long it holds what it refers to. The directory's layout and sharing are
//! `directory`, the records `records`, removal `collect`; pulling and loading fill it from `crate::pull` and `crate::load`.

mod collect;
mod directory;
mod options;
mod records;
mod sync;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::config::ImageConfig;
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest;
use crate::progress::Reporter;
use crate::pull::{PullRequest, Puller};
use crate::reference::Reference;

pub(crate) use directory::{Directory, Pin, Scratch, create_new, sync_directory};
pub use options::{GcPolicy, Limits, Network, Options};
pub(crate) use records::{ImageRecord, LayerRecord};

/// A content store. Cheap to clone; clones share everything. Several processes may open one directory.
#[derive(Clone)]
pub struct Store {
    directory: Arc<Directory>,
    puller: Arc<Puller>,
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
    _lease: Arc<Pin>,
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

/// What a removal or collection took away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    /// Manifest digests of the images.
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
        let directory = Arc::new(Directory::open(root)?);
        let puller = Arc::new(Puller::new(Arc::clone(&directory), options));
        Ok(Self { directory, puller })
    }

    /// The directory it is in, absolute.
    pub fn root(&self) -> &Path {
        self.directory.root()
    }

    /// Make sure `reference` is here, unpacked, and return it. Dropping the future gives the pull up, unless another
    /// caller waits for the same layers.
    pub async fn pull(&self, reference: &Reference, request: PullRequest) -> Result<Image, Error> {
        Arc::clone(&self.puller).pull(reference, request).await
    }

    /// Take in a docker-archive, an OCI archive (both may be gzip or zstd) or an OCI directory; returns its images.
    /// One that carries no name is named after the file.
    pub async fn load(&self, path: &Path, progress: Reporter) -> Result<Vec<Image>, Error> {
        crate::load::load(&self.directory, &self.puller, path, None, &progress).await
    }

    /// As [`Store::load`] for an archive with one image, giving it this name in place of its own.
    pub async fn load_as(&self, path: &Path, name: &Reference, progress: Reporter) -> Result<Image, Error> {
        let images = crate::load::load(&self.directory, &self.puller, path, Some(name), &progress).await?;
        images
            .into_iter()
            .next()
            .ok_or_else(|| Error::invalid(path.display().to_string(), "it holds no image"))
    }

    pub(crate) fn scratch(&self) -> Scratch {
        self.directory.scratch("build")
    }

    /// The image of this name, if it is here. Blocking, short.
    pub fn get(&self, reference: &Reference) -> Result<Option<Image>, Error> {
        self.directory.image(reference)
    }

    /// The image of a manifest that `name` led to once, by way of `digest`, if it is here; the name may lead elsewhere by now.
    /// Blocking, short.
    pub fn get_manifest(
        &self,
        name: &Reference,
        manifest: &Digest,
        digest: Digest,
    ) -> Result<Option<Image>, Error> {
        self.directory.image_of(name, manifest, digest)
    }

    /// Every image, by name. Blocking, short.
    pub fn list(&self) -> Result<Vec<ImageSummary>, Error> {
        let names = self.directory.name_records()?;
        let mut summaries = Vec::new();
        for image in self.directory.image_records()? {
            let summary = |name: Option<(Reference, Digest)>, last_used| ImageSummary {
                digest: name.as_ref().map_or(image.digest, |(_, digest)| *digest),
                name: name.map(|(name, _)| name),
                manifest: image.manifest,
                id: image.id,
                created: image.created(),
                last_used,
                size_bytes: image.layers.iter().map(|layer| layer.size_bytes).sum(),
            };
            let last_used = self.directory.last_used(&image.manifest)?;
            let own = names.iter().filter(|name| name.manifest == image.manifest);
            let own: Vec<_> =
                own.map(|name| summary(Some((name.name.clone(), name.digest)), last_used)).collect();
            if own.is_empty() {
                summaries.push(summary(None, last_used));
            }
            summaries.extend(own);
        }
        summaries.sort_by(|a, b| (&a.name, a.manifest).cmp(&(&b.name, b.manifest)));
        Ok(summaries)
    }

    /// Remove a name, and the image with everything only it used when that was its last name.
    /// Fails with [`Error::InUse`] when `in_use` or a live [`Image`] holds it.
    pub async fn remove(&self, reference: &Reference, in_use: HashSet<Digest>) -> Result<Collected, Error> {
        let (directory, reference) = (Arc::clone(&self.directory), reference.clone());
        blocking(move || collect::remove(&directory, &reference, &in_use)).await
    }

    /// Remove images by the policy, then whatever no image refers to. `in_use` holds [`Image::manifest`],
    /// [`Image::digest`] or [`Image::id`] of every image with a container, whichever process runs it.
    pub async fn collect(&self, policy: GcPolicy, in_use: HashSet<Digest>) -> Result<Collected, Error> {
        let directory = Arc::clone(&self.directory);
        blocking(move || collect::collect(&directory, &policy, &in_use)).await
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("root", &self.root()).finish_non_exhaustive()
    }
}

/// Run file system work off the async threads.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Error> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Cancelled)?
}

impl Directory {
    /// The image of this name if all of it is here; notes that it was asked for.
    pub(crate) fn image(self: &Arc<Self>, reference: &Reference) -> Result<Option<Image>, Error> {
        if let Some(name) = self.name_record(reference)? {
            return self.image_of(reference, &name.manifest, name.digest);
        }
        // A name with a digest means that image, whatever name it came in under, as long as the repository is known.
        let Some(digest) = reference.digest() else { return Ok(None) };
        let same_repository = |other: &Reference| {
            (other.registry(), other.repository()) == (reference.registry(), reference.repository())
        };
        let known = self
            .name_records()?
            .into_iter()
            .find(|name| same_repository(&name.name) && (name.digest == digest || name.manifest == digest));
        match known {
            Some(name) => self.image_of(reference, &name.manifest, digest),
            None => Ok(None),
        }
    }

    /// The image of this manifest if all of it is here.
    pub(crate) fn image_of(
        self: &Arc<Self>,
        name: &Reference,
        manifest: &Digest,
        digest: Digest,
    ) -> Result<Option<Image>, Error> {
        let lease = Arc::new(self.pin(*manifest)?);
        let Some(record) = self.image_record(manifest)? else { return Ok(None) };
        let Some(config) = self.config(&record.id)? else { return Ok(None) };
        let Some(layers) = self.layers(&record) else { return Ok(None) };
        self.touch(manifest)?;
        Ok(Some(Image {
            name: name.clone(),
            digest,
            manifest: *manifest,
            id: record.id,
            config: Arc::new(config),
            layers,
            _lease: lease,
        }))
    }

    fn config(&self, id: &Digest) -> Result<Option<ImageConfig>, Error> {
        let path = self.blob(id);
        let json = match std::fs::read(&path) {
            Ok(json) => json,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path, error)),
        };
        // A disk that lost it makes the image absent, so that it is fetched again.
        if let Err(error) = manifest::verify("config", *id, &json) {
            tracing::warn!(%error, path = %path.display(), "damaged blob, treated as absent");
            return Ok(None);
        }
        ImageConfig::from_json(&json).map(Some).map_err(|e| Error::invalid(format!("config {id}"), e))
    }

    /// Paths of the layers, lowest first. A layer that occurs twice stands where it is uppermost: overlayfs refuses one
    /// directory twice, and the upper one hides the lower anyhow.
    fn layers(&self, record: &ImageRecord) -> Option<Vec<PathBuf>> {
        let mut seen = HashSet::new();
        let uppermost_first = record.layers.iter().rev().filter(|layer| seen.insert(layer.diff_id));
        let mut paths: Vec<_> = uppermost_first.map(|layer| self.layer(&layer.diff_id)).collect();
        paths.reverse();
        paths.iter().all(|path| path.is_dir()).then_some(paths)
    }

    /// Put a small verified document into `blobs/`.
    pub(crate) fn put_blob(&self, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        let path = self.blob(digest);
        // One that is there may be damaged; writing it again mends it, and it is small.
        match std::fs::read(&path) {
            Ok(existing) if existing == bytes => Ok(()),
            _ => self.write_atomically(&path, bytes),
        }
    }
}
