//! Pulling: from a name to an unpacked image.
//!
//! Decides when the registry is asked ([`Policy`]), what is fetched at the same time, what is tried again, and what
//! concurrent callers share: one resolution for equal requests, one download and one unpacking for each layer, whoever asks.
//! Invariants: nothing is recorded before all of it is verified and in place; a pull whose callers have all gone away ends.
//! Each caller's credentials must open the manifest; a layer, once here, is not asked for again (as in Docker).

mod download;
mod inflight;
mod request;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::sync::Semaphore;

use self::inflight::Inflight;
pub use self::request::{Credentials, Policy, PullRequest};
use crate::config::ImageConfig;
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::{Descriptor, Document, MAX_DOCUMENT_BYTES, Manifest, verify};
use crate::platform::Platform;
use crate::progress::{LayerProgress, Stage};
use crate::reference::Reference;
use crate::registry::{Registries, Repository};
use crate::store::{Directory, Image, ImageRecord, LayerRecord, Options, Pin, blocking, sync_directory};
use crate::unpack::{self, Blob, Expected};

const LONGEST_BACKOFF: Duration = Duration::from_secs(30);

/// Equal keys mean the same work.
type PullKey = (Reference, Credentials, Platform);

/// Pulls, and what they share.
pub(crate) struct Puller {
    directory: Arc<Directory>,
    options: Options,
    registries: Arc<Registries>,
    pulls: Inflight<PullKey, Image>,
    layers: Inflight<Digest, LayerRecord>,
    downloads: Semaphore,
    unpacks: Arc<Semaphore>,
}

/// What a name led to.
struct Resolved {
    digest: Digest,
    manifest_digest: Digest,
    manifest_bytes: Vec<u8>,
    manifest: Manifest,
}

impl Puller {
    pub fn new(directory: Arc<Directory>, options: Options) -> Self {
        Self {
            directory,
            registries: Arc::new(Registries::new(options.network.clone())),
            pulls: Inflight::default(),
            layers: Inflight::default(),
            downloads: Semaphore::new(options.network.parallel_downloads.max(1)),
            unpacks: Arc::new(Semaphore::new(options.network.parallel_unpacks.max(1))),
            options,
        }
    }

    pub async fn pull(self: Arc<Self>, reference: &Reference, request: PullRequest) -> Result<Image, Error> {
        if self.is_asked_of_the_store(reference, request.policy).await?
            && let Some(image) = self.cached(reference).await?
        {
            return Ok(image);
        }
        if request.policy == Policy::Never {
            return Err(Error::NotLocal { reference: reference.clone() });
        }
        let policy = request.policy;
        let key = (reference.clone(), request.credentials.clone(), request.platform.clone());
        let (puller, name) = (Arc::clone(&self), reference.clone());
        let pulled = self.pulls.run(key, move || async move { puller.pull_now(&name, request).await }).await;
        match pulled {
            Err(error) if policy == Policy::AlwaysOrCached => match self.cached(reference).await? {
                Some(image) => {
                    tracing::warn!(%reference, reason = error.reason(), "pull failed, using the image in the store");
                    Ok(image)
                }
                None => Err(error),
            },
            other => other,
        }
    }

    /// Whether the store is asked before the registry.
    // AWS differs: the official agent asks the registry for an image that was loaded into Docker, waits for that to fail, and then
    // uses it. Whoever loads an image here wants that one, on machines without a way out above all.
    async fn is_asked_of_the_store(&self, reference: &Reference, policy: Policy) -> Result<bool, Error> {
        match policy {
            Policy::IfAbsent | Policy::Never => Ok(true),
            Policy::Always => Ok(false),
            Policy::AlwaysOrCached => {
                let (directory, name) = (Arc::clone(&self.directory), reference.clone());
                blocking(move || Ok(directory.name_record(&name)?.is_some_and(|record| record.loaded))).await
            }
        }
    }

    async fn cached(&self, reference: &Reference) -> Result<Option<Image>, Error> {
        let (directory, name) = (Arc::clone(&self.directory), reference.clone());
        blocking(move || directory.image(&name)).await
    }

    async fn pull_now(self: Arc<Self>, reference: &Reference, request: PullRequest) -> Result<Image, Error> {
        let repository = Arc::new(self.registries.repository(reference, request.credentials.clone()));
        let context = format!("failed to resolve ref {reference}");
        let step = "pull image manifest";
        let promised = self.retry(step, &context, || repository.resolve()).await?;
        if let Some(digest) = promised
            && let Some(image) = self.known(reference, digest, &request.platform).await?
        {
            return Ok(image);
        }
        let resolved = self
            .retry(step, &context, || Self::fetch_manifest(&repository, promised, &request.platform))
            .await?;
        let config_bytes = self
            .retry("pull image config", &format!("failed to copy {reference}"), || async {
                let config = &resolved.manifest.config;
                if config.size > MAX_DOCUMENT_BYTES {
                    return Err(Error::LimitExceeded { what: "config bytes", limit: MAX_DOCUMENT_BYTES });
                }
                repository.small_blob(&config.digest).await
            })
            .await?;
        let incoming = Incoming::new(&resolved, config_bytes)?;
        request.progress.begin(incoming.progress());
        let repository = &repository;
        let layers = incoming.layers.iter().map(|(descriptor, diff_id)| {
            self.layer_from_registry(repository, reference, descriptor, *diff_id, &request)
        });
        let (pins, layers): (Vec<Pin>, Vec<LayerRecord>) = try_join_all(layers).await?.into_iter().unzip();
        let image = self.record(reference, &incoming, &layers).await;
        drop(pins);
        image
    }

    /// The image a digest stands for, when all of it is here already and it fits the platform.
    async fn known(
        &self,
        reference: &Reference,
        digest: Digest,
        platform: &Platform,
    ) -> Result<Option<Image>, Error> {
        let (directory, reference, platform) =
            (Arc::clone(&self.directory), reference.clone(), platform.clone());
        blocking(move || {
            for record in directory.image_records()? {
                if record.digest != digest && record.manifest != digest {
                    continue;
                }
                let Some(image) = directory.image_of(&reference, &record.manifest, digest)? else { continue };
                let config = &image.config;
                // Through an index several platforms share the digest; a manifest of its own is taken as it is.
                if record.manifest == digest || platform.fit(&config.os, &config.architecture, None).is_some()
                {
                    directory.write_name(&reference, record.manifest, digest, false)?;
                    return Ok(Some(image));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Fetch what the name points at, and the platform's manifest when that is an index (or an index of indexes).
    async fn fetch_manifest(
        repository: &Repository,
        promised: Option<Digest>,
        platform: &Platform,
    ) -> Result<Resolved, Error> {
        let first = repository.manifest(promised).await?;
        let digest = first.digest;
        let mut fetched = first;
        for _ in 0..3 {
            match Document::parse(&fetched.bytes)? {
                Document::Manifest(manifest) => {
                    return Ok(Resolved {
                        digest,
                        manifest_digest: fetched.digest,
                        manifest_bytes: fetched.bytes,
                        manifest,
                    });
                }
                Document::Index(index) => {
                    fetched = repository.manifest(Some(index.choose(platform)?.digest)).await?;
                }
            }
        }
        Err(Error::invalid("manifest", "indexes are nested too deeply"))
    }

    async fn layer_from_registry(
        self: &Arc<Self>,
        repository: &Arc<Repository>,
        reference: &Reference,
        descriptor: &Descriptor,
        diff_id: Digest,
        request: &PullRequest,
    ) -> Result<(Pin, LayerRecord), Error> {
        let (directory, blob_digest) = (Arc::clone(&self.directory), descriptor.digest);
        // Pinned before anyone looks whether it is there.
        let pin = blocking(move || directory.pin(diff_id)).await?;
        if let Some(layer) = self.present(diff_id).await? {
            request.progress.update(&blob_digest, |layer| {
                layer.downloaded_bytes = layer.total_bytes;
                layer.stage = Stage::Exists;
            });
            return Ok((pin, layer));
        }
        let (puller, descriptor) = (Arc::clone(self), descriptor.clone());
        let (reference, request) = (reference.clone(), request.clone());
        let repository = Arc::clone(repository);
        let layer = self
            .layers
            .run(diff_id, move || async move {
                // Whoever was here a moment before may have finished it.
                if let Some(layer) = puller.present(diff_id).await? {
                    return Ok(layer);
                }
                let blob = puller.download(&repository, &reference, &descriptor, &request.progress).await?;
                request.progress.update(&descriptor.digest, |layer| layer.stage = Stage::Unpacking);
                let expected = Expected { blob: None, diff_id };
                let layer = puller.unpack(blob.open()?, expected).await?;
                blob.discard();
                request.progress.update(&descriptor.digest, |layer| layer.stage = Stage::Done);
                Ok(layer)
            })
            .await?;
        Ok((pin, layer))
    }

    /// The layer, when it is unpacked already. The caller has pinned it.
    pub(crate) async fn present(&self, diff_id: Digest) -> Result<Option<LayerRecord>, Error> {
        let directory = Arc::clone(&self.directory);
        blocking(move || {
            if !directory.layer(&diff_id).is_dir() {
                return Ok(None);
            }
            Ok(Some(LayerRecord { diff_id, size_bytes: directory.layer_size(&diff_id)? }))
        })
        .await
    }

    /// Verify and unpack a layer into the store. The caller has pinned it.
    pub(crate) async fn unpack(
        self: &Arc<Self>,
        blob: Blob,
        expected: Expected,
    ) -> Result<LayerRecord, Error> {
        let permit = Arc::clone(&self.unpacks).acquire_owned().await.map_err(|_| Error::Cancelled)?;
        let cancelled = Arc::new(AtomicBool::new(false));
        let _cancel_when_dropped = CancelOnDrop(Arc::clone(&cancelled));
        let (directory, limits) = (Arc::clone(&self.directory), self.options.limits.clone());
        blocking(move || {
            let scratch = directory.scratch("layer");
            scratch.create_dir(0o755)?;
            let written = unpack::unpack(blob, expected, scratch.path(), &limits, &cancelled)?;
            // While the disk works another layer may unpack.
            drop(permit);
            directory.install_layer(&scratch, &expected.diff_id, written.bytes)?;
            Ok(LayerRecord { diff_id: expected.diff_id, size_bytes: written.bytes })
        })
        .await
    }

    /// As [`Puller::unpack`], together with whoever brings the same layer at the same time.
    pub(crate) async fn unpack_shared(
        self: &Arc<Self>,
        blob: Blob,
        expected: Expected,
    ) -> Result<LayerRecord, Error> {
        let puller = Arc::clone(self);
        self.layers.run(expected.diff_id, move || async move { puller.unpack(blob, expected).await }).await
    }

    /// Write down an image whose layers are all in place and pinned by the caller.
    pub(crate) async fn record(
        &self,
        name: &Reference,
        incoming: &Incoming,
        layers: &[LayerRecord],
    ) -> Result<Image, Error> {
        let (directory, name) = (Arc::clone(&self.directory), name.clone());
        let (incoming, layers) = (incoming.clone(), layers.to_vec());
        blocking(move || {
            let _documents =
                [directory.pin(incoming.config_digest)?, directory.pin(incoming.manifest_digest)?];
            directory.put_blob(&incoming.config_digest, &incoming.config_bytes)?;
            directory.put_blob(&incoming.manifest_digest, &incoming.manifest_bytes)?;
            let record =
                ImageRecord::new(incoming.digest, incoming.manifest_digest, incoming.config_digest, layers);
            directory.write_image(&record)?;
            directory.write_name(&name, incoming.manifest_digest, incoming.digest, incoming.loaded)?;
            let image = directory.image_of(&name, &incoming.manifest_digest, incoming.digest)?;
            image.ok_or_else(|| {
                Error::invalid(name.to_string(), "the image vanished while it was written down")
            })
        })
        .await
    }

    /// Run a step until it succeeds, fails for good, or has been tried often enough.
    async fn retry<T, F>(
        &self,
        step: &'static str,
        context: &str,
        mut run: impl FnMut() -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut tries = 0;
        loop {
            tries += 1;
            let error = match run().await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if !is_transient(&error) || tries >= self.options.network.attempts {
                return Err(Error::Retried {
                    step,
                    retries: tries,
                    context: context.to_owned(),
                    source: Box::new(error),
                });
            }
            tracing::debug!(step, tries, reason = error.reason(), "trying again");
            tokio::time::sleep(self.backoff(tries, &error)).await;
        }
    }

    fn backoff(&self, tries: u32, error: &Error) -> Duration {
        let doubled = self.options.network.first_backoff.saturating_mul(1 << (tries - 1).min(16));
        let asked = match error {
            Error::TooManyRequests { retry_after, .. } => retry_after.unwrap_or_default(),
            _ => Duration::ZERO,
        };
        doubled.max(asked).min(LONGEST_BACKOFF)
    }
}

/// Whether trying again may help.
fn is_transient(error: &Error) -> bool {
    match error {
        Error::Timeout { .. }
        | Error::Connection { .. }
        | Error::NoSuchHost { .. }
        | Error::TooManyRequests { .. } => true,
        Error::Status { status, .. } => status.starts_with('5') || status.starts_with("408"),
        _ => false,
    }
}

struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// An image on its way in: verified documents, layers still to come.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub digest: Digest,
    pub manifest_digest: Digest,
    pub manifest_bytes: Vec<u8>,
    pub config_digest: Digest,
    pub config_bytes: Vec<u8>,
    /// Blob and diff_id, lowest first.
    pub layers: Vec<(Descriptor, Digest)>,
    /// See [`crate::store::NameRecord`].
    pub loaded: bool,
}

impl Incoming {
    fn new(resolved: &Resolved, config_bytes: Vec<u8>) -> Result<Self, Error> {
        Self::from_documents(
            resolved.digest,
            resolved.manifest_digest,
            resolved.manifest_bytes.clone(),
            &resolved.manifest,
            config_bytes,
            false,
        )
    }

    /// Pair the manifest's layers with the configuration's diff_ids. Verifies the configuration.
    pub fn from_documents(
        digest: Digest,
        manifest_digest: Digest,
        manifest_bytes: Vec<u8>,
        manifest: &Manifest,
        config_bytes: Vec<u8>,
        loaded: bool,
    ) -> Result<Self, Error> {
        let config_digest = manifest.config.digest;
        verify("config", config_digest, &config_bytes)?;
        let config = ImageConfig::from_json(&config_bytes)
            .map_err(|e| Error::invalid(format!("config {config_digest}"), e))?;
        if config.diff_ids.len() != manifest.layers.len() {
            let problem = format!(
                "it names {} layers, the manifest {}: not a container image?",
                config.diff_ids.len(),
                manifest.layers.len()
            );
            return Err(Error::invalid(format!("config {config_digest}"), problem));
        }
        let layers = manifest.layers.iter().cloned().zip(config.diff_ids).collect();
        Ok(Self { digest, manifest_digest, manifest_bytes, config_digest, config_bytes, layers, loaded })
    }

    pub fn progress(&self) -> Vec<LayerProgress> {
        let progress = |(descriptor, _): &(Descriptor, Digest)| LayerProgress {
            digest: descriptor.digest,
            total_bytes: descriptor.size,
            downloaded_bytes: 0,
            stage: Stage::Waiting,
        };
        self.layers.iter().map(progress).collect()
    }
}

impl Directory {
    /// Put an unpacked layer in its place: everything on disk first, then the rename, then the rename on disk.
    pub(crate) fn install_layer(
        &self,
        scratch: &crate::store::Scratch,
        diff_id: &Digest,
        size_bytes: u64,
    ) -> Result<(), Error> {
        let path = self.layer(diff_id);
        let folder = std::fs::File::open(scratch.path()).map_err(|e| Error::io("open", scratch.path(), e))?;
        self.write_layer_size(diff_id, size_bytes)?;
        self.syncs.sync(&folder).map_err(|e| Error::io("sync", scratch.path(), e))?;
        match std::fs::rename(scratch.path(), &path) {
            Ok(()) => sync_directory(&path),
            // Another process was faster; its layer has the same digest.
            Err(_) if path.is_dir() => Ok(()),
            Err(error) => Err(Error::io("create", &path, error)),
        }
    }
}
