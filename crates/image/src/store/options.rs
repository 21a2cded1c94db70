//! How a store works: bounds, time-outs, what is collected when.

use std::collections::HashSet;
use std::time::Duration;

use crate::reference::Reference;

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
    /// Tries of one step, the first included. A download that moves on may be cut more often than that.
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

/// When images that nobody uses go. The defaults are the official agent's where it has them.
#[derive(Debug, Clone)]
pub struct GcPolicy {
    /// Images not asked for within this time may go (agent: ECS_IMAGE_MINIMUM_CLEANUP_AGE, 1 h).
    pub minimum_age: Duration,
    /// At most this many images go in one run (agent: ECS_NUM_IMAGES_DELETE_PER_CYCLE, 5). Images that lost their name do
    /// not count once this is reached.
    pub max_images: usize,
    /// Named images go only while the file system is fuller than this (0–100); 0 means always.
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
