//! Which crate may use which: the table of DESIGN.md §2, held over `cargo metadata`.
//!
//! Rows stand lowest layer first. A crate's ordinary dependencies must be in its row; what only its tests use must at
//! least be of a lower layer. `model` is the shared vocabulary, and its row is open to every crate above it.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::workspace;

/// What a crate may use.
pub enum Uses {
    These(&'static [&'static str]),
    Everything,
}

use Uses::{Everything, These};

const SERVICE: &[&str] = &["model", "api", "state", "plan", "auth", "reconcile"];

/// Crate, what it may use, and why where that goes beyond DESIGN.md §2.
pub const TABLE: &[(&str, Uses, &str)] = &[
    ("model", These(&[]), ""),
    ("wire", These(&[]), ""),
    ("api", These(&["wire"]), ""),
    ("store", These(&[]), ""),
    ("state", These(&["model", "store"]), ""),
    ("plan", These(&["model"]), ""),
    ("auth", These(&["model"]), ""),
    ("reconcile", These(&["model", "state", "auth"]), ""),
    ("front", These(&["model", "api", "auth", "state"]), ""),
    ("series", These(&["model"]), ""),
    ("image", These(&["model"]), ""),
    ("net", These(&["model"]), ""),
    ("dns", These(&["model"]), ""),
    ("shim", These(&[]), ""),
    ("runtime", These(&["model", "shim"]), "it starts shims and shares their plan and record formats"),
    ("lb", These(&["model"]), ""),
    ("agent-protocol", These(&["model"]), ""),
    (
        "agent",
        These(&["model", "agent-protocol", "plan", "runtime", "image", "net", "dns"]),
        "it serves names from sockets inside of VPCs",
    ),
    ("acm", These(SERVICE), ""),
    ("ec2", These(SERVICE), ""),
    (
        "ecs",
        These(&["model", "api", "state", "plan", "auth", "reconcile", "agent-protocol"]),
        "the backend half of the agent's protocol",
    ),
    ("elbv2", These(SERVICE), ""),
    (
        "logs",
        These(&["model", "api", "state", "plan", "auth", "reconcile", "series"]),
        "log events are kept in series, not in the state",
    ),
    ("iam", These(SERVICE), ""),
    ("sts", These(SERVICE), ""),
    ("sim", Everything, ""),
    ("longshore", Everything, ""),
    ("xtask", These(&["wire"]), "codegen checks patterns with the code that will match them"),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A package of the workspace.
#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `None` for ordinary dependencies, else `dev` or `build`.
    kind: Option<String>,
    path: Option<String>,
}

/// The workspace's packages.
pub fn packages() -> Result<Vec<Package>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--no-deps"];
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(workspace::root())
        .output()
        .context("cannot start cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).context("cargo metadata is not as expected")?;
    Ok(metadata.packages)
}

/// Every place where the workspace leaves the table; empty when it holds.
pub fn violations(packages: &[Package]) -> Vec<String> {
    let layer: BTreeMap<&str, usize> = TABLE.iter().enumerate().map(|(at, (name, ..))| (*name, at)).collect();
    let mut found = Vec::new();
    for package in packages {
        let Some((at, (_, uses, _))) =
            layer.get(package.name.as_str()).and_then(|at| Some((*at, TABLE.get(*at)?)))
        else {
            found.push(format!("{} has no row in xtask/src/layers.rs", package.name));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let name = dependency.name.as_str();
            let below = layer.get(name).is_some_and(|layer| *layer < at);
            let in_row = match uses {
                These(row) => row.contains(&name),
                Everything => true,
            };
            let allowed = if dependency.kind.as_deref() == Some("dev") { below } else { in_row };
            if !allowed && !matches!(uses, Everything) {
                let kind = dependency.kind.as_deref().unwrap_or("ordinary");
                found.push(format!("{} may not use {name} ({kind} dependency)", package.name));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_keeps_to_its_layers() {
        let found = violations(&packages().expect("cargo metadata"));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn rows_name_lower_layers_only() {
        for (at, (name, uses, _)) in TABLE.iter().enumerate() {
            let These(row) = uses else { continue };
            for used in *row {
                assert!(TABLE[..at].iter().any(|(lower, ..)| lower == used), "{name} uses {used}");
            }
        }
    }

    #[test]
    fn a_forbidden_use_is_found() {
        let dependency = |name: &str, kind: Option<&str>| Dependency {
            name: name.to_owned(),
            kind: kind.map(str::to_owned),
            path: Some(format!("crates/{name}")),
        };
        let package = Package {
            name: "plan".to_owned(),
            manifest_path: String::new(),
            dependencies: vec![
                dependency("model", None),
                dependency("state", None),
                dependency("store", Some("dev")),
                dependency("front", Some("dev")),
            ],
        };
        let found = violations(&[package]);
        assert_eq!(
            found,
            ["plan may not use state (ordinary dependency)", "plan may not use front (dev dependency)"]
        );
    }
}
