//! Device nodes and who may use them.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shim::DeviceRule;

use crate::error::{Error, Result};
use crate::spec::{ContainerSpec, Device};

/// Character devices that every container may use: null, zero, full, random, urandom, tty, console, pts, ptmx.
const STANDARD: [(u32, Option<u32>); 9] = [
    (1, Some(3)),
    (1, Some(5)),
    (1, Some(7)),
    (1, Some(8)),
    (1, Some(9)),
    (5, Some(0)),
    (5, Some(1)),
    (136, None),
    (5, Some(2)),
];

struct Node {
    path: PathBuf,
    kind: char,
    major: u32,
    minor: u32,
    mode: u32,
    uid: u32,
    gid: u32,
    access: String,
}

/// The allow-list; the last rule that matches decides.
pub(crate) fn rules(spec: &ContainerSpec) -> Result<Vec<DeviceRule>> {
    let rule = |allow, kind, major, minor, access: &str| DeviceRule {
        allow,
        kind,
        major,
        minor,
        access: access.to_owned(),
    };
    if spec.privileged {
        return Ok(vec![rule(true, 'a', None, None, "rwm")]);
    }
    let mut rules = vec![
        rule(false, 'a', None, None, "rwm"),
        rule(true, 'c', None, None, "m"),
        rule(true, 'b', None, None, "m"),
    ];
    rules.extend(STANDARD.map(|(major, minor)| rule(true, 'c', Some(major), minor, "rwm")));
    let nodes = all_nodes(spec)?;
    rules.extend(
        nodes.iter().map(|node| rule(true, node.kind, Some(node.major), Some(node.minor), &node.access)),
    );
    Ok(rules)
}

/// The nodes to make beside the standard ones.
pub(crate) fn nodes(spec: &ContainerSpec) -> Result<Value> {
    let nodes = all_nodes(spec)?;
    Ok(nodes
        .iter()
        .map(|node| {
            json!({ "path": node.path, "type": node.kind.to_string(), "major": node.major, "minor": node.minor,
                "fileMode": node.mode, "uid": node.uid, "gid": node.gid })
        })
        .collect())
}

fn all_nodes(spec: &ContainerSpec) -> Result<Vec<Node>> {
    let mut nodes = Vec::new();
    if spec.privileged {
        // All of the host's; what is not readable or vanishes meanwhile is not there.
        collect(Path::new("/dev"), Path::new("/dev"), "rwm", &mut nodes);
    }
    for device in &spec.devices {
        let inside = device.container_path.as_ref().unwrap_or(&device.host_path);
        let access = access(device);
        let host = &device.host_path;
        let refused = |reason: String| Error::InvalidSpec { reason };
        let meta = fs::metadata(host).map_err(|error| {
            refused(format!(
                "error gathering device information while adding custom device {host:?}: {error}"
            ))
        })?;
        if meta.is_dir() {
            collect(host, inside, &access, &mut nodes);
        } else {
            nodes.push(
                node(&meta, inside, &access)
                    .ok_or_else(|| refused(format!("{host:?} is not a device node")))?,
            );
        }
    }
    // A device named later replaces an earlier one at the same place.
    let mut unique: Vec<Node> = Vec::new();
    for node in nodes {
        unique.retain(|known| known.path != node.path);
        unique.push(node);
    }
    Ok(unique)
}

/// Every device below a directory; /dev/pts, /dev/shm and /dev/mqueue are mounts of the container's own.
fn collect(host: &Path, inside: &Path, access: &str, nodes: &mut Vec<Node>) {
    for entry in fs::read_dir(host).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let (from, to) = (host.join(&name), inside.join(&name));
        let Ok(meta) = fs::symlink_metadata(&from) else { continue };
        if meta.is_dir() {
            if !matches!(name.to_str(), Some("pts" | "shm" | "mqueue" | "fd")) {
                collect(&from, &to, access, nodes);
            }
        } else if !matches!(name.to_str(), Some("console" | "ptmx" | "tty")) {
            nodes.extend(node(&meta, &to, access));
        }
    }
}

fn node(meta: &fs::Metadata, inside: &Path, access: &str) -> Option<Node> {
    let kind = match meta.file_type() {
        kind if kind.is_block_device() => 'b',
        kind if kind.is_char_device() => 'c',
        _ => return None,
    };
    Some(Node {
        path: inside.to_owned(),
        kind,
        major: rustix::fs::major(meta.rdev()),
        minor: rustix::fs::minor(meta.rdev()),
        mode: meta.mode() & 0o7777,
        uid: meta.uid(),
        gid: meta.gid(),
        access: access.to_owned(),
    })
}

/// None of the three means all, as in a task definition.
fn access(device: &Device) -> String {
    let letters: String = [(device.read, 'r'), (device.write, 'w'), (device.mknod, 'm')]
        .iter()
        .filter_map(|(granted, letter)| granted.then_some(*letter))
        .collect();
    if letters.is_empty() { "rwm".to_owned() } else { letters }
}
