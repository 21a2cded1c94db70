//! Roots of containers: what a real overlay shows.

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use image::build::{ImageBuilder, Layer};
use image::rootfs;

use crate::{small_image, store};

/// A directory for containers; takes its mounts with it, also when a test fails.
struct Work(tempfile::TempDir);

impl Work {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &std::path::Path {
        self.0.path()
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let Ok(containers) = std::fs::read_dir(self.0.path().join("containers")) else { return };
        for container in containers.flatten() {
            if let Err(error) = rootfs::remove(&container.path()) {
                eprintln!("{}: {}", container.path().display(), error.reason());
            }
        }
    }
}

fn layers_of(builder: ImageBuilder, root: &std::path::Path) -> Vec<PathBuf> {
    let store = store(root);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(builder.import(&store, &"app".parse().unwrap())).unwrap().layers.clone()
}

#[test]
fn a_root_shows_the_layers_and_keeps_what_is_written() {
    let work = Work::new();
    let builder = ImageBuilder::new()
        .layer(Layer::new().file("/a", 0o644, "lower").file("/gone", 0o644, "x").file("/dir/low", 0o644, "x"))
        .layer(
            Layer::new()
                .directory("/", 0o755)
                .file("/a", 0o644, "upper")
                .file("/.wh.gone", 0o644, "")
                .file("/dir/.wh..wh..opq", 0o644, "")
                .file("/dir/high", 0o644, "y"),
        );
    let layers = layers_of(builder, &work.path().join("store"));
    let directory = work.path().join("containers/one");
    let root = rootfs::prepare(&layers, &directory).unwrap();
    assert_eq!(std::fs::read_to_string(root.path.join("a")).unwrap(), "upper");
    assert!(!root.path.join("gone").exists(), "a whiteout hides nothing");
    let names: Vec<_> =
        std::fs::read_dir(root.path.join("dir")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["high"], "an opaque directory shows what is below");
    assert_eq!(std::fs::metadata(&root.path).unwrap().mode() & 0o7777, 0o755);
    assert!(rootfs::prepare(&layers, &directory).is_err(), "mounted twice");
    std::fs::write(root.path.join("written"), "w").unwrap();
    std::fs::remove_file(root.path.join("a")).unwrap();
    rootfs::unmount(&directory).unwrap();
    rootfs::unmount(&directory).unwrap();
    assert!(!root.path.join("written").exists());
    assert_eq!(std::fs::read_to_string(root.upper.join("written")).unwrap(), "w");
    // A restart finds what the container wrote, although a volatile overlay forbids its own return.
    let root = rootfs::prepare(&layers, &directory).unwrap();
    assert_eq!(std::fs::read_to_string(root.path.join("written")).unwrap(), "w");
    assert!(!root.path.join("a").exists());
    let busy = std::fs::File::open(root.path.join("written")).unwrap();
    rootfs::remove(&directory).unwrap();
    assert!(!directory.exists());
    drop(busy);
    rootfs::remove(&directory).unwrap();
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap();
    assert!(!mounts.contains(work.path().to_str().unwrap()), "a mount was left");
}

#[test]
fn images_without_layers_and_with_equal_ones_mount() {
    let work = Work::new();
    let empty = work.path().join("containers/c0");
    let root = rootfs::prepare(&[], &empty).unwrap();
    std::fs::write(root.path.join("x"), "x").unwrap();
    rootfs::remove(&empty).unwrap();
    let same = || Layer::new().file("/same", 0o644, "s");
    let builder =
        small_image("one").layer(same()).layer(Layer::new().file("/other", 0o644, "o")).layer(same());
    let layers = layers_of(builder, &work.path().join("store"));
    assert_eq!(layers.len(), 4, "an equal layer stands once");
    let directory = work.path().join("containers/c1");
    let root = rootfs::prepare(&layers, &directory).unwrap();
    assert!(root.path.join("same").exists() && root.path.join("other").exists());
    rootfs::remove(&directory).unwrap();
}

#[test]
fn hundreds_of_layers_fit() {
    let work = Work::new();
    let layers: Vec<PathBuf> = (0..300)
        .map(|number| {
            // As long as the store's own names.
            let path = work.path().join(format!("layers/{number:064}"));
            std::fs::create_dir_all(&path).unwrap();
            std::fs::write(path.join(format!("file-{number}")), "").unwrap();
            path
        })
        .collect();
    let directory = work.path().join("containers/one");
    let root = rootfs::prepare(&layers, &directory).unwrap();
    assert_eq!(std::fs::read_dir(&root.path).unwrap().count(), 300);
    rootfs::remove(&directory).unwrap();
}
