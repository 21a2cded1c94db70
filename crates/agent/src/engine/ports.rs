//! Images, as the engine needs them. (The runtime's and the network's traits are their own crates'.)

use async_trait::async_trait;
use image::{Digest, ImageConfig, PullRequest, Reference};
use std::any::Any;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An image that is here.
#[derive(Clone, Debug)]
pub struct LocalImage {
    /// What is reported as imageDigest.
    pub digest: Digest,
    /// The manifest for this platform: what [`Images::collect`] is told of.
    pub manifest: Digest,
    pub config: Arc<ImageConfig>,
    /// Lowest first.
    pub layers: Arc<[PathBuf]>,
    /// While it lives, collection leaves the layers alone.
    pub lease: Arc<dyn Any + Send + Sync>,
}

impl From<image::Image> for LocalImage {
    fn from(image: image::Image) -> Self {
        Self {
            digest: image.digest,
            manifest: image.manifest,
            config: image.config.clone(),
            layers: image.layers.clone().into(),
            lease: Arc::new(image),
        }
    }
}

/// Images and root file systems.
#[async_trait]
pub trait Images: Send + Sync + fmt::Debug {
    /// Has the image here, by the request's policy.
    async fn pull(&self, reference: &Reference, request: PullRequest) -> Result<LocalImage, image::Error>;

    /// The image of a manifest that was pulled under this name before, if all of it is still here.
    async fn held(
        &self,
        reference: &Reference,
        manifest: Digest,
        digest: Digest,
    ) -> Result<Option<LocalImage>, image::Error>;

    /// Mounts a container's root over the layers of its image, with its own files in `directory`.
    async fn mount(&self, layers: Arc<[PathBuf]>, directory: &Path) -> Result<PathBuf, image::Error>;

    /// Unmounts it and deletes `directory`; absent is no error.
    async fn remove(&self, directory: &Path) -> Result<(), image::Error>;

    /// Removes images nobody uses, except those named.
    async fn collect(&self, in_use: std::collections::HashSet<image::Digest>) -> Result<(), image::Error>;
}

/// The content store of `image`.
#[derive(Clone, Debug)]
pub struct StoreImages {
    store: image::Store,
    policy: image::GcPolicy,
}

impl StoreImages {
    pub fn new(store: image::Store, policy: image::GcPolicy) -> Self {
        Self { store, policy }
    }
}

#[async_trait]
impl Images for StoreImages {
    async fn pull(&self, reference: &Reference, request: PullRequest) -> Result<LocalImage, image::Error> {
        self.store.pull(reference, request).await.map(LocalImage::from)
    }

    async fn held(
        &self,
        reference: &Reference,
        manifest: Digest,
        digest: Digest,
    ) -> Result<Option<LocalImage>, image::Error> {
        let (store, reference) = (self.store.clone(), reference.clone());
        let image = blocking(move || store.get_manifest(&reference, &manifest, digest)).await?;
        Ok(image.map(LocalImage::from))
    }

    async fn mount(&self, layers: Arc<[PathBuf]>, directory: &Path) -> Result<PathBuf, image::Error> {
        let directory = directory.to_owned();
        blocking(move || {
            // An agent that was killed between mounting and recording it has left one.
            image::rootfs::unmount(&directory)?;
            image::rootfs::prepare(&layers, &directory).map(|r| r.path)
        })
        .await
    }

    async fn remove(&self, directory: &Path) -> Result<(), image::Error> {
        let directory = directory.to_owned();
        blocking(move || image::rootfs::remove(&directory)).await
    }

    async fn collect(&self, in_use: std::collections::HashSet<image::Digest>) -> Result<(), image::Error> {
        self.store.collect(self.policy.clone(), in_use).await.map(|_| ())
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(value) => value,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
