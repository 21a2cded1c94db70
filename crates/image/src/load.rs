//! Loading archives: what `docker save` writes (old and new), OCI archives, OCI directories.
//!
//! Decides which layout a file has by what is in it, which images it holds and what they are called. Archives are read in
//! place; a compressed one is first unpacked to scratch space. Nothing in it is trusted: names are looked up in an index of
//! the tar or resolved beneath the directory, documents have a maximum size, every digest is computed.
//! Source: OCI image-spec `image-layout.md`, Docker image specification v1.2 ("Combined Image JSON + Filesystem Changeset").

mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::future::try_join_all;
use serde::Deserialize;

use self::source::Archive;
use crate::config::ImageConfig;
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::{
    Descriptor, Document, Index, MAX_DOCUMENT_BYTES, MAX_LAYERS, Manifest, OCI_CONFIG, OCI_LAYER,
    OCI_MANIFEST, verify,
};
use crate::platform::Platform;
use crate::progress::{Reporter, Stage};
use crate::pull::{Incoming, Puller};
use crate::reference::Reference;
use crate::store::{Directory, Image, LayerRecord, Pin, blocking};
use crate::unpack::{Blob, Expected};

const CONTAINERD_NAME: &str = "io.containerd.image.name";
pub(crate) const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// An image found in an archive.
struct Found {
    names: Vec<Reference>,
    incoming: Incoming,
    layers: Vec<(Blob, Expected)>,
}

/// Take in every image of the archive or directory at `path`; with `name`, the only one, under that name.
pub(crate) async fn load(
    directory: &Arc<Directory>,
    puller: &Arc<Puller>,
    path: &Path,
    name: Option<&Reference>,
    progress: &Reporter,
) -> Result<Vec<Image>, Error> {
    let (store, path, name) = (Arc::clone(directory), path.to_owned(), name.cloned());
    let (found, _archive) = blocking(move || {
        let archive = Archive::open(&path, &store)?;
        let mut found = find(&archive, &path)?;
        if let Some(name) = name {
            let [only] = found.as_mut_slice() else {
                return Err(Error::invalid(path.display().to_string(), "it does not hold exactly one image"));
            };
            only.names = vec![name];
        }
        Ok((found, archive))
    })
    .await?;
    progress.begin(found.iter().flat_map(|image| image.incoming.progress()).collect());
    let mut images = Vec::new();
    for image in found {
        images.extend(take_in(directory, puller, image, progress).await?);
    }
    Ok(images)
}

async fn take_in(
    directory: &Arc<Directory>,
    puller: &Arc<Puller>,
    found: Found,
    progress: &Reporter,
) -> Result<Vec<Image>, Error> {
    let blobs = found.incoming.layers.iter().map(|(descriptor, _)| descriptor.digest);
    let layers = found.layers.into_iter().zip(blobs).map(|((blob, expected), digest)| {
        let directory = Arc::clone(directory);
        async move {
            let pin = blocking(move || directory.pin(expected.diff_id)).await?;
            let (layer, stage) = match puller.present(expected.diff_id).await? {
                Some(layer) => (layer, Stage::Exists),
                None => {
                    progress.update(&digest, |layer| layer.stage = Stage::Unpacking);
                    (puller.unpack_shared(blob, expected).await?, Stage::Done)
                }
            };
            progress.update(&digest, |layer| {
                layer.downloaded_bytes = layer.total_bytes;
                layer.stage = stage;
            });
            Ok::<_, Error>((pin, layer))
        }
    });
    let (pins, layers): (Vec<Pin>, Vec<LayerRecord>) = try_join_all(layers).await?.into_iter().unzip();
    let mut images = Vec::new();
    for name in &found.names {
        images.push(puller.record(name, &found.incoming, &layers).await?);
    }
    drop(pins);
    Ok(images)
}

fn find(archive: &Archive, path: &Path) -> Result<Vec<Found>, Error> {
    let docker: Option<Vec<SavedImage>> = match archive.document("manifest.json")? {
        Some(json) => {
            Some(serde_json::from_slice(&json).map_err(|e| Error::invalid(shown(path, "manifest.json"), e))?)
        }
        None => None,
    };
    let found = match (archive.document("index.json")?, docker) {
        // The new `docker save` writes both; the index has the true manifests, the other the names.
        (Some(index), docker) => find_oci(archive, path, &index, docker.as_deref().unwrap_or_default())?,
        (None, Some(images)) => {
            images.iter().map(|image| find_docker(archive, path, image)).collect::<Result<_, _>>()?
        }
        (None, None) => {
            let problem = "neither a docker-archive nor an OCI layout: no manifest.json, no index.json";
            return Err(Error::invalid(path.display().to_string(), problem));
        }
    };
    if found.is_empty() {
        return Err(Error::invalid(path.display().to_string(), "it holds no image for this machine"));
    }
    Ok(found)
}

fn find_oci(archive: &Archive, path: &Path, json: &[u8], saved: &[SavedImage]) -> Result<Vec<Found>, Error> {
    let index: Index =
        serde_json::from_slice(json).map_err(|e| Error::invalid(shown(path, "index.json"), e))?;
    let platform = Platform::of_this_machine();
    let several = index.manifests.len() > 1;
    let mut found: Vec<Found> = Vec::new();
    for entry in &index.manifests {
        let fits = entry
            .platform
            .as_ref()
            .is_none_or(|p| platform.fit(&p.os, &p.architecture, p.variant.as_deref()).is_some());
        if several && !fits {
            continue;
        }
        let names = names_of(entry, path);
        let image = find_oci_image(archive, entry, names, &platform)?;
        // One image under several names stands there once for each.
        match found.iter_mut().find(|other| other.incoming.digest == image.incoming.digest) {
            Some(other) => other.names.extend(image.names),
            None => found.push(image),
        }
    }
    for image in &mut found {
        let config = format!("blobs/sha256/{}", image.incoming.config_digest.hex());
        for saved in saved.iter().filter(|saved| saved.config == config) {
            image.names.extend(saved.names()?);
        }
        if image.names.is_empty() {
            image.names.push(name_after(path, None)?);
        }
        image.names.sort();
        image.names.dedup();
    }
    Ok(found)
}

fn find_oci_image(
    archive: &Archive,
    entry: &Descriptor,
    names: Vec<Reference>,
    platform: &Platform,
) -> Result<Found, Error> {
    let mut descriptor = entry.clone();
    for _ in 0..3 {
        let bytes = verified_document(archive, "manifest", &descriptor.digest)?;
        match Document::parse(&bytes)? {
            Document::Index(index) => descriptor = index.choose(platform)?.clone(),
            Document::Manifest(manifest) => {
                let config = verified_document(archive, "config", &manifest.config.digest)?;
                let incoming = Incoming::from_documents(
                    entry.digest,
                    descriptor.digest,
                    bytes,
                    &manifest,
                    config,
                    true,
                )?;
                let mut layers = Vec::new();
                for (layer, diff_id) in &incoming.layers {
                    let blob = archive.blob(&blob_name(&layer.digest))?;
                    if blob.length != layer.size {
                        return Err(Error::SizeMismatch {
                            what: "layer",
                            digest: layer.digest,
                            expected: layer.size,
                            actual: blob.length,
                        });
                    }
                    layers.push((blob, Expected { blob: Some(layer.digest), diff_id: *diff_id }));
                }
                return Ok(Found { names, incoming, layers });
            }
        }
    }
    Err(Error::invalid("manifest", "indexes are nested too deeply"))
}

/// One image of `manifest.json`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SavedImage {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Option<Vec<String>>,
}

impl SavedImage {
    fn names(&self) -> Result<Vec<Reference>, Error> {
        let tags = self.repo_tags.iter().flatten();
        tags.map(|tag| tag.parse().map_err(|e| Error::invalid("manifest.json", e))).collect()
    }
}

/// The old layout has no manifest, so one is made: it only names what the configuration and the layers already fix.
fn find_docker(archive: &Archive, path: &Path, image: &SavedImage) -> Result<Found, Error> {
    let config = archive
        .document(&image.config)?
        .ok_or_else(|| Error::invalid(shown(path, &image.config), "the configuration is missing"))?;
    let parsed =
        ImageConfig::from_json(&config).map_err(|e| Error::invalid(shown(path, &image.config), e))?;
    let files = image.layers.as_deref().unwrap_or_default();
    if files.len() != parsed.diff_ids.len() || files.len() > MAX_LAYERS {
        let problem = format!("it lists {} layers, its configuration {}", files.len(), parsed.diff_ids.len());
        return Err(Error::invalid(shown(path, "manifest.json"), problem));
    }
    let mut layers = Vec::new();
    let mut descriptors = Vec::new();
    for (file, diff_id) in files.iter().zip(&parsed.diff_ids) {
        let blob = archive.blob(file)?;
        descriptors.push(descriptor(OCI_LAYER, *diff_id, blob.length));
        layers.push((blob, Expected { blob: None, diff_id: *diff_id }));
    }
    let manifest = Manifest {
        schema_version: 2,
        media_type: Some(OCI_MANIFEST.to_owned()),
        config: descriptor(OCI_CONFIG, Digest::of(&config), config.len() as u64),
        layers: descriptors,
    };
    let bytes = serde_json::to_vec(&manifest).expect("digests, strings and numbers always serialise");
    let digest = Digest::of(&bytes);
    let mut names = image.names()?;
    if names.is_empty() {
        names.push(name_after(path, None)?);
    }
    let incoming = Incoming::from_documents(digest, digest, bytes, &manifest, config, true)?;
    Ok(Found { names, incoming, layers })
}

pub(crate) fn descriptor(media_type: &str, digest: Digest, size: u64) -> Descriptor {
    Descriptor { media_type: media_type.to_owned(), digest, size, platform: None, annotations: None }
}

fn verified_document(archive: &Archive, what: &'static str, digest: &Digest) -> Result<Vec<u8>, Error> {
    let name = blob_name(digest);
    let bytes = archive.document(&name)?.ok_or_else(|| Error::invalid(name, "the archive lacks it"))?;
    verify(what, *digest, &bytes)?;
    Ok(bytes)
}

fn blob_name(digest: &Digest) -> String {
    format!("blobs/sha256/{}", digest.hex())
}

/// The names an index entry carries: a full one, or only a tag, which then stands behind the file's name.
fn names_of(entry: &Descriptor, path: &Path) -> Vec<Reference> {
    let annotation = |key: &str| entry.annotations.as_ref()?.get(key).map(String::as_str);
    if let Some(name) = annotation(CONTAINERD_NAME).and_then(|name| name.parse().ok()) {
        return vec![name];
    }
    match annotation(REF_NAME) {
        Some(name) if name.contains(['/', ':']) => name.parse().into_iter().collect(),
        Some(tag) => name_after(path, Some(tag)).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A name made of the file's: `/x/app.tar.gz` is `app:latest`.
fn name_after(path: &Path, tag: Option<&str>) -> Result<Reference, Error> {
    let absolute: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let file =
        absolute.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    format!("{stem}:{}", tag.unwrap_or("latest")).parse().map_err(|_| {
        Error::invalid(path.display().to_string(), "the image has no name and the file's makes none")
    })
}

fn shown(path: &Path, inside: &str) -> String {
    format!("{} in {}", inside.chars().take(200).collect::<String>(), path.display())
}

/// Largest document of an archive.
const fn max_document_bytes() -> u64 {
    MAX_DOCUMENT_BYTES
}
