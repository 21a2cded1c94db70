//! `longshore image`: the images of a node.

use crate::cli::{Image, Place};
use crate::node::open_images;
use crate::settings;
use anyhow::{Context, Result, bail};
use image::build::{ImageBuilder, Layer};
use image::{ImageConfig, Policy, Progress, PullRequest, Reference, Reporter, Stage};
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};
use std::collections::HashSet;
use std::path::Path;
use std::time::SystemTime;

/// Where Debian's busybox-static puts its program.
const BUSYBOX: [&str; 2] = ["/bin/busybox", "/usr/bin/busybox"];
/// The commands of the demo image, as links to busybox.
const APPLETS: [&str; 22] = [
    "sh", "echo", "sleep", "true", "false", "cat", "ls", "ps", "env", "hostname", "ip", "wget", "nc",
    "httpd", "date", "id", "seq", "mkdir", "mount", "df", "kill", "printf",
];

pub async fn run(command: Image) -> Result<()> {
    match command {
        Image::Load { place, path, name } => load(&place, &path, &name).await,
        Image::Pull { place, name, registry_auth } => pull(&place, &name, registry_auth.as_deref()).await,
        Image::Ls { place } => list(&place).await,
        Image::Rm { place, names } => remove(&place, &names).await,
        Image::Demo { place, name } => demo(&place, &name).await,
    }
}

async fn load(place: &Place, path: &Path, names: &[String]) -> Result<()> {
    let names: Vec<Reference> = names.iter().map(|n| reference(n)).collect::<Result<_>>()?;
    let store = open_images(&place.data_dir).await?;
    let (reporter, progress) = Reporter::channel();
    let bar = tokio::spawn(show(progress));
    let loaded = match names.as_slice() {
        [] => store.load(path, reporter).await,
        [first, rest @ ..] => {
            let mut images = vec![
                store
                    .load_as(path, first, reporter)
                    .await
                    .with_context(|| format!("cannot load {}", path.display()))?,
            ];
            for name in rest {
                images.push(
                    store
                        .load_as(path, name, Reporter::none())
                        .await
                        .with_context(|| format!("cannot load {}", path.display()))?,
                );
            }
            Ok(images)
        }
    };
    // The reporter is gone with the load, and the bar ends with it.
    bar.await.context("showing the progress panicked")?;
    for image in loaded.with_context(|| format!("cannot load {}", path.display()))? {
        println!("{}  {}", image.name, image.digest);
    }
    Ok(())
}

async fn pull(place: &Place, name: &str, registry_auth: Option<&Path>) -> Result<()> {
    let reference = reference(name)?;
    let keyring = settings::keyring(registry_auth)?;
    let store = open_images(&place.data_dir).await?;
    let (progress, shown) = Reporter::channel();
    let bar = tokio::spawn(show(shown));
    let credentials = keyring.credentials(&reference);
    let request = PullRequest { policy: Policy::Always, credentials, progress, ..PullRequest::default() };
    let pulled = store.pull(&reference, request).await;
    // The reporter is gone with the pull, and the bar ends with it.
    bar.await.context("showing the progress panicked")?;
    let image = pulled.with_context(|| format!("cannot pull {name}"))?;
    println!("{}  {}", image.name, image.digest);
    Ok(())
}

/// A bar over the bytes of all layers, until the load is over.
async fn show(mut progress: tokio::sync::watch::Receiver<Progress>) {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {msg}") {
        bar.set_style(style);
    }
    while progress.changed().await.is_ok() {
        let layers = &progress.borrow_and_update().layers;
        let done = layers.iter().filter(|l| matches!(l.stage, Stage::Done | Stage::Exists)).count();
        bar.set_length(layers.iter().map(|l| l.total_bytes).sum());
        bar.set_position(layers.iter().map(|l| l.downloaded_bytes).sum());
        bar.set_message(format!("{done} of {} layers unpacked", layers.len()));
    }
    bar.finish_and_clear();
}

async fn list(place: &Place) -> Result<()> {
    let store = open_images(&place.data_dir).await?;
    let images = store.list().context("cannot list the images")?;
    let name =
        |i: &image::ImageSummary| i.name.as_ref().map_or_else(|| "<none>".to_owned(), ToString::to_string);
    let width = images.iter().map(|i| name(i).len()).max().unwrap_or(0).max(4);
    println!("{:width$}  {:19}  {:>10}  {:>10}", "NAME", "DIGEST", "AGE", "SIZE");
    for image in &images {
        let age = SystemTime::now().duration_since(image.created).unwrap_or_default();
        let digest = image.digest.to_string();
        println!(
            "{:width$}  {:19}  {:>10}  {:>10}",
            name(image),
            &digest[..digest.len().min(19)],
            age_text(age.as_secs()),
            HumanBytes(image.size_bytes).to_string()
        );
    }
    Ok(())
}

fn age_text(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        3600..86400 => format!("{}h", seconds / 3600),
        _ => format!("{}d", seconds / 86400),
    }
}

async fn remove(place: &Place, names: &[String]) -> Result<()> {
    let store = open_images(&place.data_dir).await?;
    for name in names {
        // Images of running containers are held by the node's own leases, which the store asks.
        store
            .remove(&reference(name)?, HashSet::new())
            .await
            .with_context(|| format!("cannot remove {name}"))?;
        println!("{name}");
    }
    Ok(())
}

async fn demo(place: &Place, name: &str) -> Result<()> {
    let Some(program) = BUSYBOX.iter().find(|p| Path::new(p).exists()) else {
        bail!(
            "the demo image is made of busybox, which is not here; mend it with: apt-get install busybox-static"
        );
    };
    let busybox = tokio::fs::read(program).await.with_context(|| format!("cannot read {program}"))?;
    let mut layer = Layer::new().file("/bin/busybox", 0o755, busybox).directory("/tmp", 0o1777);
    for applet in APPLETS {
        layer = layer.symlink(&format!("/bin/{applet}"), "busybox");
    }
    layer = layer
        .file("/etc/passwd", 0o644, "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n")
        .file("/etc/group", 0o644, "root:x:0:\nnobody:x:65534:\n");
    let config = ImageConfig {
        cmd: vec!["sh".to_owned(), "-c".to_owned(), "echo hello from Longshore; hostname; date".to_owned()],
        env: vec!["PATH=/bin".to_owned()],
        ..ImageConfig::default()
    };
    let store = open_images(&place.data_dir).await?;
    let image = ImageBuilder::new()
        .config(config)
        .layer(layer)
        .import(&store, &reference(name)?)
        .await
        .context("cannot make the image")?;
    println!("{}  {}", image.name, image.digest);
    Ok(())
}

fn reference(name: &str) -> Result<Reference> {
    name.parse().with_context(|| format!("'{name}' is not the name of an image"))
}
