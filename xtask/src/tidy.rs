//! `cargo xtask tidy`: rules about the repository that no compiler holds. Each is a test as well.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{layers, workspace};

/// Lines past which a file needs a reason, and past which it is refused.
const LONG: usize = 600;
const TOO_LONG: usize = 1000;
/// Crates that may allow unsafe code.
const UNSAFE: &[&str] = &["crates/runtime", "crates/shim", "crates/net"];

/// What the rules found.
#[derive(Debug, Default, PartialEq, Eq)]
struct Findings {
    errors: Vec<String>,
    warnings: Vec<String>,
}

pub fn run() -> Result<()> {
    let root = workspace::root();
    let mut findings = Findings::default();
    findings.errors.extend(layers::violations(&layers::packages()?));
    for path in sources(&root)? {
        let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
        let text = workspace::read(&path)?;
        length(&name, &text, &mut findings);
        allowed_unsafe(&name, &text, &mut findings);
    }
    for package in layers::packages()? {
        inherits_lints(&package.name, &workspace::read(Path::new(&package.manifest_path))?, &mut findings);
    }
    for warning in &findings.warnings {
        println!("warning: {warning}");
    }
    if findings.errors.is_empty() { Ok(()) } else { bail!("\n{}", findings.errors.join("\n")) }
}

/// Our Rust files.
fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut waiting: Vec<PathBuf> =
        ["crates", "services", "xtask", "tests", "fuzz"].iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        if !folder.exists() {
            continue;
        }
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
            if path.is_dir() && !path.ends_with("target") {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Generated code is exempt: a folder of its own under `api`.
fn is_generated(name: &str) -> bool {
    name.strip_prefix("crates/api/src/").is_some_and(|rest| rest.contains('/'))
}

fn length(name: &str, text: &str, findings: &mut Findings) {
    let lines = text.lines().count();
    if is_generated(name) || lines <= LONG {
        return;
    }
    if lines > TOO_LONG {
        findings.errors.push(format!("{name} has {lines} lines, more than {TOO_LONG}"));
    } else {
        findings.warnings.push(format!("{name} has {lines} lines: does it hold two nouns?"));
    }
}

/// The workspace denies unsafe code, so it can only be where that is lifted.
fn allowed_unsafe(name: &str, text: &str, findings: &mut Findings) {
    let lifted = ["allow", "expect"].iter().any(|level| text.contains(&format!("{level}(unsafe_code")));
    if lifted && !UNSAFE.iter().any(|folder| name.starts_with(&format!("{folder}/"))) {
        findings.errors.push(format!("{name} allows unsafe code; only {} may", UNSAFE.join(", ")));
    }
}

fn inherits_lints(name: &str, manifest: &str, findings: &mut Findings) {
    let inherits = manifest.split("\n[").any(|table| {
        let mut lines = table.lines().map(str::trim);
        lines.next().is_some_and(|head| head.trim_start_matches('[') == "lints]")
            && lines.any(|line| line == "workspace = true")
    });
    if !inherits {
        findings.errors.push(format!("{name} does not inherit the workspace's lints"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        run().expect("tidy");
    }

    #[test]
    fn each_rule_can_fail() {
        let mut findings = Findings::default();
        length("crates/a/src/long.rs", &"\n".repeat(601), &mut findings);
        length("crates/a/src/longer.rs", &"\n".repeat(1001), &mut findings);
        length("crates/api/src/ecs/shapes.rs", &"\n".repeat(5000), &mut findings);
        length("crates/api/src/service.rs", &"\n".repeat(1001), &mut findings);
        // Written apart, or this file would be found.
        let allow = format!("#![allow({}_code)]", "unsafe");
        allowed_unsafe("crates/front/src/a.rs", &allow, &mut findings);
        allowed_unsafe("crates/shim/src/a.rs", &allow, &mut findings);
        inherits_lints("a", "[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n", &mut findings);
        inherits_lints("b", "[package]\nname = \"b\"\n\n[lints.rust]\n", &mut findings);
        let expected = Findings {
            errors: vec![
                "crates/a/src/longer.rs has 1001 lines, more than 1000".to_owned(),
                "crates/api/src/service.rs has 1001 lines, more than 1000".to_owned(),
                "crates/front/src/a.rs allows unsafe code; only crates/runtime, crates/shim, crates/net may"
                    .to_owned(),
                "b does not inherit the workspace's lints".to_owned(),
            ],
            warnings: vec!["crates/a/src/long.rs has 601 lines: does it hold two nouns?".to_owned()],
        };
        assert_eq!(findings, expected);
    }
}
