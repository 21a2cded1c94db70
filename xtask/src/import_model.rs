//! `cargo xtask import-model`: the pinned botocore's models, trimmed to the listed operations and to facts.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::model::{Model, ShapeRef};
use crate::services::{self, Botocore, Service};
use crate::workspace;

pub fn run() -> Result<()> {
    let services = services::load()?;
    let data = unpacked_wheel(&services.botocore)?;
    for (name, service) in &services.service {
        let folder = service.botocore.as_deref().unwrap_or(name);
        let path = data.join(folder).join(&service.api_version).join("service-2.json.gz");
        let mut model: Model = read_gz(&path)?;
        add_unpublished(&mut model, service)?;
        trim(&mut model, service.operations.keys()).with_context(|| format!("service {name}"))?;
        write_patterns(&mut model, service).with_context(|| format!("service {name}"))?;
        let mut text = serde_json::to_string_pretty(&model)?;
        text.push('\n');
        workspace::write(&workspace::root().join(format!("models/{name}.json")), &text)?;
        println!("models/{name}.json: {} operations, {} shapes", model.operations.len(), model.shapes.len());
    }
    Ok(())
}

/// Downloads the wheel with pip, checks its hash and unpacks it; answers the folder of the models.
fn unpacked_wheel(botocore: &Botocore) -> Result<PathBuf> {
    let version = &botocore.version;
    let cache = workspace::target_dir().join("botocore").join(version);
    let wheel = cache.join(format!("botocore-{version}-py3-none-any.whl"));
    if !wheel.exists() {
        let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest"];
        workspace::run(Command::new("python3").args(pip).arg(&cache).arg(format!("botocore=={version}")))?;
    }
    let bytes = std::fs::read(&wheel).with_context(|| format!("cannot read {}", wheel.display()))?;
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    ensure!(found == botocore.wheel_sha256, "{} has SHA-256 {found}, not the pinned one", wheel.display());
    let unpacked = cache.join("wheel");
    if !unpacked.exists() {
        // Unpacked beside and renamed, so that an interrupted run leaves nothing that looks complete.
        let partial = cache.join(format!("wheel.{}", std::process::id()));
        workspace::run(Command::new("python3").args(["-m", "zipfile", "-e"]).args([&wheel, &partial]))?;
        std::fs::rename(&partial, &unpacked).context("cannot move the unpacked wheel to its place")?;
    }
    Ok(unpacked.join("botocore/data"))
}

fn read_gz(path: &Path) -> Result<Model> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    serde_json::from_str(&text)
        .with_context(|| format!("{} has what import-model does not know", path.display()))
}

/// A member that the model has by now is an error: then the row has to go.
fn add_unpublished(model: &mut Model, service: &Service) -> Result<()> {
    for (name, added) in &service.unpublished {
        let shape = model.shapes.get_mut(name).with_context(|| format!("the model has no shape {name}"))?;
        let members = shape.members.get_or_insert_default();
        for (member, of) in added {
            let reference: ShapeRef = serde_json::from_value(serde_json::json!({ "shape": of }))?;
            let before = members.insert(member.clone(), reference);
            ensure!(before.is_none(), "{name}.{member} is in the model");
        }
    }
    Ok(())
}

/// A row for a pattern that needs none is an error: then the row has to go.
fn write_patterns(model: &mut Model, service: &Service) -> Result<()> {
    for (name, written) in &service.patterns {
        let shape = model.shapes.get_mut(name).with_context(|| format!("the model has no shape {name}"))?;
        let pattern = shape.pattern.as_mut().with_context(|| format!("{name} has no pattern"))?;
        ensure!(pattern.contains("(?"), "the pattern of {name} has no look-around any more");
        *pattern = written.clone();
    }
    Ok(())
}

/// Keeps the listed operations and the shapes that they reach.
fn trim<'a>(model: &mut Model, listed: impl Iterator<Item = &'a String>) -> Result<()> {
    let listed: BTreeSet<&String> = listed.collect();
    for name in &listed {
        ensure!(model.operations.contains_key(*name), "the model has no operation {name}");
    }
    model.operations.retain(|name, _| listed.contains(name));
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<String> = Vec::new();
    for operation in model.operations.values() {
        let uses = operation.input.iter().chain(&operation.output).chain(&operation.errors);
        waiting.extend(uses.map(|used| used.shape.clone()));
    }
    while let Some(name) = waiting.pop() {
        let shape = model.shapes.get(&name).with_context(|| format!("the model has no shape {name}"))?;
        if reached.insert(name) {
            waiting.extend(shape.references().map(|used| used.shape.clone()));
        }
    }
    model.shapes.retain(|name, _| reached.contains(name));
    model.shapes.sort_keys();
    Ok(())
}
