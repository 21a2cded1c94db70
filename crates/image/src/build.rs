//! Building an image out of files, in pure Rust: for the demo, for tests, and for `scratch`-like images.
//!
//! Invariant: equal input gives equal digests; times are the epoch, owners root.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::json;

use crate::config::ImageConfig;
use crate::digest::Digest;
use crate::error::Error;
use crate::load::{REF_NAME, descriptor};
use crate::manifest::{Index, Manifest, OCI_CONFIG, OCI_INDEX, OCI_LAYER, OCI_MANIFEST};
use crate::platform::Platform;
use crate::progress::Reporter;
use crate::reference::Reference;
use crate::store::{Image, Store};

/// Collects layers and a configuration.
#[derive(Debug, Clone, Default)]
pub struct ImageBuilder {
    layers: Vec<Layer>,
    config: ImageConfig,
}

/// One layer being built: entries in the order given.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
enum Entry {
    Directory { path: String, mode: u32 },
    File { path: String, mode: u32, content: Vec<u8> },
    Symlink { path: String, target: String },
}

impl Layer {
    /// An empty layer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Add a directory; parents need not be given.
    pub fn directory(mut self, path: &str, mode: u32) -> Self {
        self.entries.push(Entry::Directory { path: path.to_owned(), mode });
        self
    }

    /// Add a file owned by root.
    pub fn file(mut self, path: &str, mode: u32, content: impl Into<Vec<u8>>) -> Self {
        self.entries.push(Entry::File { path: path.to_owned(), mode, content: content.into() });
        self
    }

    /// Add a symbolic link.
    pub fn symlink(mut self, path: &str, target: &str) -> Self {
        self.entries.push(Entry::Symlink { path: path.to_owned(), target: target.to_owned() });
        self
    }

    /// The layer as an uncompressed tar. Fails on names tar cannot hold.
    pub fn to_tar(&self) -> Result<Vec<u8>, Error> {
        let mut tar = tar::Builder::new(Vec::new());
        for entry in &self.entries {
            let (path, written) = match entry {
                Entry::Directory { path, mode } => {
                    let mut header = header(tar::EntryType::Directory, *mode, 0);
                    // The root's own attributes go by the name of `./`.
                    let path = match relative(path) {
                        "" | "." => "./".to_owned(),
                        path => format!("{path}/"),
                    };
                    let written = tar.append_data(&mut header, &path, std::io::empty());
                    (path, written)
                }
                Entry::File { path, mode, content } => {
                    let mut header = header(tar::EntryType::Regular, *mode, content.len() as u64);
                    (path.clone(), tar.append_data(&mut header, relative(path), content.as_slice()))
                }
                Entry::Symlink { path, target } => {
                    let mut header = header(tar::EntryType::Symlink, 0o777, 0);
                    (path.clone(), tar.append_link(&mut header, relative(path), target))
                }
            };
            written.map_err(|e| Error::invalid(path, e))?;
        }
        tar.into_inner().map_err(|e| Error::invalid("layer", e))
    }
}

/// Everything the image consists of, in memory.
struct Built {
    config: Vec<u8>,
    manifest: Vec<u8>,
    layers: Vec<Vec<u8>>,
}

impl ImageBuilder {
    /// An image of this machine's platform without layers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Set the configuration; `diff_ids`, and `os` and `architecture` when empty, are filled in.
    pub fn config(mut self, config: ImageConfig) -> Self {
        self.config = config;
        self
    }

    /// Put a layer on top.
    pub fn layer(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    /// Put the image into a store under `name`.
    pub async fn import(&self, store: &Store, name: &Reference) -> Result<Image, Error> {
        let scratch = store.scratch();
        let (builder, path, own_name) = (self.clone(), scratch.path().to_owned(), name.clone());
        crate::store::blocking(move || builder.write_oci_directory(&path, &own_name)).await?;
        store.load_as(scratch.path(), name, Reporter::none()).await
    }

    /// Write an OCI image layout directory, made if it is absent.
    pub fn write_oci_directory(&self, directory: &Path, name: &Reference) -> Result<(), Error> {
        for (file, content) in self.oci_layout(name)? {
            let path = directory.join(file);
            let parent = path.parent().unwrap_or(directory);
            fs::create_dir_all(parent).map_err(|e| Error::io("create", parent, e))?;
            fs::write(&path, content).map_err(|e| Error::io("write", &path, e))?;
        }
        Ok(())
    }

    /// Write an OCI archive (`oci-layout`, `index.json`, `blobs/` in a tar).
    pub fn write_oci_archive(&self, path: &Path, name: &Reference) -> Result<(), Error> {
        write_tar(path, &self.oci_layout(name)?)
    }

    /// Write what `docker save` used to write (`manifest.json`, a tar for each layer).
    pub fn write_docker_archive(&self, path: &Path, name: &Reference) -> Result<(), Error> {
        let built = self.build()?;
        let config_name = format!("{}.json", Digest::of(&built.config).hex());
        let layer_name = |layer: &Vec<u8>| format!("{}/layer.tar", Digest::of(layer).hex());
        let names: Vec<String> = built.layers.iter().map(layer_name).collect();
        let manifest = json!([{"Config": config_name, "RepoTags": [name.familiar()], "Layers": names}]);
        let mut files = vec![(config_name, built.config)];
        files.extend(names.into_iter().zip(built.layers));
        files.push(("manifest.json".to_owned(), manifest.to_string().into_bytes()));
        write_tar(path, &files)
    }

    fn build(&self) -> Result<Built, Error> {
        let layers = self.layers.iter().map(Layer::to_tar).collect::<Result<Vec<_>, _>>()?;
        let platform = Platform::of_this_machine();
        let mut config = self.config.clone();
        config.diff_ids = layers.iter().map(|layer| Digest::of(layer)).collect();
        if config.os.is_empty() {
            config.os = platform.os;
        }
        if config.architecture.is_empty() {
            config.architecture = platform.architecture;
        }
        let config = config.to_json();
        let manifest = Manifest {
            schema_version: 2,
            media_type: Some(OCI_MANIFEST.to_owned()),
            config: descriptor(OCI_CONFIG, Digest::of(&config), config.len() as u64),
            layers: layers.iter().map(|l| descriptor(OCI_LAYER, Digest::of(l), l.len() as u64)).collect(),
        };
        Ok(Built { config, manifest: to_json(&manifest), layers })
    }

    /// The files of an OCI layout.
    fn oci_layout(&self, name: &Reference) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let built = self.build()?;
        let mut entry = descriptor(OCI_MANIFEST, Digest::of(&built.manifest), built.manifest.len() as u64);
        entry.annotations = Some([(REF_NAME.to_owned(), name.to_string())].into());
        let index =
            Index { schema_version: 2, media_type: Some(OCI_INDEX.to_owned()), manifests: vec![entry] };
        let blob = |bytes: Vec<u8>| (format!("blobs/sha256/{}", Digest::of(&bytes).hex()), bytes);
        let mut files = vec![
            ("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()),
            ("index.json".to_owned(), to_json(&index)),
            blob(built.config),
            blob(built.manifest),
        ];
        files.extend(built.layers.into_iter().map(blob));
        Ok(files)
    }
}

fn to_json<T: serde::Serialize>(document: &T) -> Vec<u8> {
    serde_json::to_vec(document).expect("digests, strings and numbers always serialise")
}

fn header(kind: tar::EntryType, mode: u32, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_size(size);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header
}

fn relative(path: &str) -> &str {
    path.trim_matches('/')
}

fn write_tar(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let failed = |e| Error::io("write", path, e);
    let file = File::create(path).map_err(|e| Error::io("create", path, e))?;
    let mut tar = tar::Builder::new(BufWriter::new(file));
    for (name, content) in files {
        let mut header = header(tar::EntryType::Regular, 0o644, content.len() as u64);
        tar.append_data(&mut header, name, content.as_slice()).map_err(failed)?;
    }
    tar.into_inner().and_then(|mut writer| writer.flush()).map_err(failed)
}
