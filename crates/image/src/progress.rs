//! Progress of a pull or a load, for progress bars.
//!
//! A watch channel holds the newest state, so a slow reader costs nothing and misses only what is outdated.

use tokio::sync::watch;

use crate::digest::Digest;

/// The state of a pull or load; an empty `layers` means the manifest is being resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Lowest layer first.
    pub layers: Vec<LayerProgress>,
}

/// One layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerProgress {
    /// Of the blob as the manifest names it.
    pub digest: Digest,
    /// Size of the blob.
    pub total_bytes: u64,
    /// How much of it is here.
    pub downloaded_bytes: u64,
    /// Where it stands.
    pub stage: Stage,
}

/// Stages of a layer, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Not begun.
    Waiting,
    /// Being downloaded.
    Downloading,
    /// Being verified and unpacked.
    Unpacking,
    /// Unpacked now.
    Done,
    /// Was there before.
    Exists,
}

/// Where progress goes, if anywhere. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Reporter(Option<watch::Sender<Progress>>);

impl Reporter {
    /// Nobody looks.
    pub fn none() -> Self {
        Self(None)
    }

    /// A reporter and the end to read it from.
    pub fn channel() -> (Self, watch::Receiver<Progress>) {
        let (sender, receiver) = watch::channel(Progress::default());
        (Self(Some(sender)), receiver)
    }

    pub(crate) fn begin(&self, layers: Vec<LayerProgress>) {
        if let Some(sender) = &self.0 {
            sender.send_replace(Progress { layers });
        }
    }

    /// Change every layer with this digest (an image may list one twice).
    pub(crate) fn update(&self, digest: &Digest, change: impl Fn(&mut LayerProgress)) {
        if let Some(sender) = &self.0 {
            sender.send_modify(|progress| {
                progress.layers.iter_mut().filter(|layer| layer.digest == *digest).for_each(&change);
            });
        }
    }
}
