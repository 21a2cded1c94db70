//! Brings the pinned source distribution onto this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// The folder with `input/` and `output/`.
pub fn cases() -> PathBuf {
    // Of the run, not of the build: clones may share a target directory.
    let own = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the package is");
    let root = Path::new(&own).join("../..");
    let pins =
        std::fs::read_to_string(root.join("models/services.toml")).expect("models/services.toml is readable");
    let (version, hash) = (pin(&pins, "version"), pin(&pins, "sdist_sha256"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let cache = target.join("botocore").join(&version);
    let unpacked = cache.join("protocols");
    if unpacked.exists() {
        return unpacked;
    }
    let archive = cache.join(format!("botocore-{version}.tar.gz"));
    if !archive.exists() {
        let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest"];
        let status =
            Command::new("python3").args(pip).arg(&cache).arg(format!("botocore=={version}")).status();
        assert!(status.expect("python3 starts").success(), "pip could not fetch botocore {version}");
    }
    let bytes = std::fs::read(&archive).expect("the archive is readable");
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(found, hash, "{} is not the pinned one", archive.display());
    // Unpacked beside and renamed, so that an interrupted run leaves nothing that looks complete.
    let partial = cache.join(format!("protocols.{}", std::process::id()));
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
    for entry in archive.entries().expect("a tar archive") {
        let mut entry = entry.expect("a tar entry");
        let path = entry.path().expect("a path").into_owned();
        let Ok(inside) = path.strip_prefix(format!("botocore-{version}/tests/unit/protocols")) else {
            continue;
        };
        let place = partial.join(inside);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder can be made");
        if entry.header().entry_type().is_file() {
            entry.unpack(&place).expect("a file can be unpacked");
        }
    }
    std::fs::rename(&partial, &unpacked).expect("the folder can be moved");
    unpacked
}

fn pin(text: &str, key: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")));
    line.unwrap_or_else(|| panic!("{key} is pinned")).trim_matches('"').to_owned()
}
