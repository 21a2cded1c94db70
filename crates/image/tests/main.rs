//! The crate as its users see it: pulls from a registry of this process, archives, collection, overlays. Root only.

#![allow(
    clippy::unwrap_used,
    reason = "the workspace allows it in tests; clippy sees that only inside test functions"
)]

mod collection;
mod loading;
mod overlay;
mod pulling;
mod registry;

use std::path::Path;
use std::time::Duration;

use image::build::{ImageBuilder, Layer};
use image::{ImageConfig, Network, Options, Store};

/// A store whose retries do not take long.
fn store(root: &Path) -> Store {
    assert!(rustix::process::geteuid().is_root(), "these tests need root");
    let network = Network {
        connect_timeout: Duration::from_millis(400),
        idle_timeout: Duration::from_millis(400),
        attempts: 4,
        first_backoff: Duration::from_millis(5),
        ..Network::default()
    };
    Store::open(root, Options { network, ..Options::default() }).unwrap()
}

/// Two layers; `mark` makes the upper one, and with it the image, different.
fn small_image(mark: &str) -> ImageBuilder {
    let config =
        ImageConfig { cmd: vec!["/bin/app".into()], env: vec!["A=b".into()], ..ImageConfig::default() };
    ImageBuilder::new()
        .config(config)
        .layer(Layer::new().directory("/bin", 0o755).file("/bin/app", 0o755, vec![42; 300_000]))
        .layer(Layer::new().file("/etc/mark", 0o644, mark))
}
