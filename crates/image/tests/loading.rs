//! Archives: our own, and those of another tool when it is installed.

use std::path::Path;
use std::process::Command;

use image::{Digest, ErrorKind, Image, Reporter, Store};

use crate::{small_image, store};

async fn load(store: &Store, path: &Path) -> Vec<Image> {
    store
        .load(path, Reporter::none())
        .await
        .unwrap_or_else(|error| panic!("{}: {}", path.display(), error.reason()))
}

fn check(image: &Image, name: &str) {
    assert_eq!(image.name, name.parse().unwrap());
    assert_eq!(image.config.cmd, ["/bin/app"]);
    assert_eq!(std::fs::read(image.layers[0].join("bin/app")).unwrap().len(), 300_000);
    assert_eq!(std::fs::read_to_string(image.layers[1].join("etc/mark")).unwrap(), "one");
}

#[tokio::test]
async fn every_layout_and_compression_loads() {
    let work = tempfile::tempdir().unwrap();
    let (builder, name) = (small_image("one"), "team/app:v1".parse().unwrap());
    let path = |file: &str| work.path().join(file);
    builder.write_docker_archive(&path("docker.tar"), &name).unwrap();
    builder.write_oci_archive(&path("oci.tar"), &name).unwrap();
    builder.write_oci_directory(&path("oci"), &name).unwrap();
    let archive = std::fs::read(path("docker.tar")).unwrap();
    std::fs::write(path("docker.tar.zst"), zstd::encode_all(&archive[..], 1).unwrap()).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &archive).unwrap();
    std::fs::write(path("docker.tar.gz"), gzip.finish().unwrap()).unwrap();
    let mut ids = Vec::new();
    for file in ["docker.tar", "oci.tar", "oci", "docker.tar.zst", "docker.tar.gz"] {
        let store = store(&work.path().join(format!("store-{file}")));
        let images = load(&store, &path(file)).await;
        assert_eq!(images.len(), 1, "{file}");
        check(&images[0], "team/app:v1");
        check(&store.get(&name).unwrap().unwrap(), "team/app:v1");
        ids.push(images[0].id);
        let scratch: usize = std::fs::read_dir(store.root().join("tmp"))
            .unwrap()
            .map(|session| std::fs::read_dir(session.unwrap().path()).unwrap().count())
            .sum();
        assert_eq!(scratch, 2, "{file}: only the lock and the pins");
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_builder_imports_and_equal_input_gives_equal_digests() {
    let work = tempfile::tempdir().unwrap();
    let store = store(&work.path().join("store"));
    let image = small_image("one").import(&store, &"demo:1".parse().unwrap()).await.unwrap();
    check(&image, "demo:1");
    let again = small_image("one").import(&store, &"demo:2".parse().unwrap()).await.unwrap();
    assert_eq!((image.manifest, image.id), (again.manifest, again.id));
    assert_eq!(store.list().unwrap().len(), 2);
}

#[tokio::test]
async fn damaged_and_hostile_archives_are_refused() {
    let work = tempfile::tempdir().unwrap();
    let store = store(&work.path().join("store"));
    let name = "app:v1".parse().unwrap();
    let oci = |directory: &str| {
        let path = work.path().join(directory);
        small_image("one").write_oci_directory(&path, &name).unwrap();
        path
    };
    let layer = small_image_layer_digest();
    // A changed layer, a missing one, a link out of the directory, an index of nonsense.
    let changed = oci("changed");
    let blob = |directory: &Path| directory.join("blobs/sha256").join(layer.hex());
    let mut bytes = std::fs::read(blob(&changed)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(blob(&changed), bytes).unwrap();
    let missing = oci("missing");
    std::fs::remove_file(blob(&missing)).unwrap();
    let linked = oci("linked");
    std::fs::rename(blob(&linked), work.path().join("outside")).unwrap();
    std::os::unix::fs::symlink("../../../outside", blob(&linked)).unwrap();
    let nonsense = oci("nonsense");
    std::fs::write(nonsense.join("index.json"), "{").unwrap();
    let empty = work.path().join("empty.tar");
    std::fs::write(&empty, vec![0; 1024]).unwrap();
    let noise = work.path().join("noise.tar");
    std::fs::write(&noise, vec![b'x'; 2048]).unwrap();
    for path in [&changed, &missing, &linked, &nonsense, &empty, &noise] {
        let error = store.load(path, Reporter::none()).await.expect_err(&path.display().to_string());
        let expected = if path == &linked { ErrorKind::Internal } else { ErrorKind::Corrupt };
        assert_eq!(error.kind(), expected, "{}: {}", path.display(), error.reason());
    }
    assert!(store.load(&work.path().join("absent"), Reporter::none()).await.is_err());
    assert!(store.list().unwrap().is_empty());
}

fn small_image_layer_digest() -> Digest {
    let layer =
        image::build::Layer::new().directory("/bin", 0o755).file("/bin/app", 0o755, vec![42; 300_000]);
    Digest::of(&layer.to_tar().unwrap())
}

/// Cross-check with skopeo, which writes both kinds from its own code. Skipped, and said so, where it is not installed.
#[tokio::test]
async fn archives_written_by_another_tool_load() {
    if Command::new("skopeo").arg("--version").output().is_err() {
        eprintln!("skipped: skopeo is not installed");
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let oci = work.path().join("source");
    small_image("one").write_oci_directory(&oci, &"app:v1".parse().unwrap()).unwrap();
    let copy = |target: String| {
        let source = format!("oci:{}:docker.io/library/app:v1", oci.display());
        let mut command = Command::new("skopeo");
        let status = command.args(["--insecure-policy", "copy", "-q", &source, &target]).status().unwrap();
        assert!(status.success(), "{target}");
    };
    let path = |file: &str| work.path().join(file).display().to_string();
    copy(format!("docker-archive:{}:team/app:v1", path("docker.tar")));
    copy(format!("oci-archive:{}:v1", path("app.oci.tar")));
    copy(format!("oci:{}", path("named")));
    for (file, name) in [("docker.tar", "team/app:v1"), ("app.oci.tar", "app:v1"), ("named", "named:latest")]
    {
        let store = store(&work.path().join(format!("store-{file}")));
        let images = load(&store, &work.path().join(file)).await;
        assert_eq!(images.len(), 1, "{file}");
        check(&images[0], name);
    }
}
