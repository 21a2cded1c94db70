//! Builds the two programs of crate `shim`, statically and small, and hands them to `include_bytes!`.
//!
//! They are programs of the target, not dependencies: they need flags (static, fixed address, abort on panic) that the rest of the
//! workspace must not have. A nested cargo with its own target directory does it, so a plain `cargo build` of anything works.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, exit};

const PROGRAMS: [&str; 2] = ["longshore-shim", "longshore-reap"];

fn main() {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(variable("OUT_DIR"));
    let shim = here.join("../shim");
    let workspace = here.join("../..");
    // Whatever can change the programs, and nothing else.
    for path in [shim.join("src"), shim.join("Cargo.toml"), workspace.join("Cargo.lock")] {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    println!("cargo::rerun-if-changed=build.rs");

    let target = variable("TARGET");
    let nested = nested_target_directory(&out);
    let status = Command::new(variable("CARGO"))
        .current_dir(&workspace)
        .args([
            "build",
            "--package",
            "shim",
            "--bins",
            "--features",
            "programs",
            "--profile",
            "shim",
            "--quiet",
        ])
        // A named target keeps the flags away from build scripts and macros, which cannot be static.
        .args(["--target", &target, "--target-dir"])
        .arg(&nested)
        .args(if env::var_os("CARGO_NET_OFFLINE").is_some_and(|v| v == "true") {
            &["--offline"][..]
        } else {
            &[]
        })
        .envs_cleared()
        .env(
            "CARGO_ENCODED_RUSTFLAGS",
            ["-C", "target-feature=+crt-static", "-C", "relocation-model=static"].join("\u{1f}"),
        )
        .status();
    match status {
        Ok(status) if status.success() => {}
        outcome => {
            println!(
                "cargo::error=the shim programs could not be built ({outcome:?}); a static libc (libc6-dev) is needed"
            );
            exit(1);
        }
    }
    for program in PROGRAMS {
        let built = nested.join(&target).join("shim").join(program);
        if let Err(error) = std::fs::copy(&built, out.join(program)) {
            println!("cargo::error=cannot copy {}: {error}", built.display());
            exit(1);
        }
    }
}

/// One for all profiles and feature sets of a target directory, so that check, test and release share the work. The layout
/// `<target>/<profile>/build/<crate>-<hash>/out` is cargo's habit; where it differs, OUT_DIR does, only less shared.
fn nested_target_directory(out: &Path) -> PathBuf {
    let shared = out
        .ancestors()
        .nth(4)
        .filter(|_| out.ancestors().nth(2).and_then(Path::file_name).is_some_and(|name| name == "build"));
    shared.unwrap_or(out).join("shim-programs")
}

fn variable(name: &str) -> String {
    match env::var(name) {
        Ok(value) => value,
        Err(error) => {
            println!("cargo::error={name}: {error}");
            exit(1);
        }
    }
}

trait EnvsCleared {
    /// Without what the outer cargo (or clippy, nextest, a coverage run) set for its own compilation.
    fn envs_cleared(&mut self) -> &mut Self;
}

impl EnvsCleared for Command {
    fn envs_cleared(&mut self) -> &mut Self {
        for (name, _) in env::vars_os() {
            let Some(name) = name.to_str() else { continue };
            let of_the_outer_build = name.starts_with("CARGO_FEATURE_")
                || name.starts_with("CARGO_CFG_")
                || name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_PROFILE_")
                || name.starts_with("CARGO_MANIFEST_")
                || name.starts_with("DEP_")
                || matches!(
                    name,
                    "RUSTFLAGS"
                        | "CARGO_ENCODED_RUSTFLAGS"
                        | "CARGO_BUILD_RUSTFLAGS"
                        | "RUSTC_WRAPPER"
                        | "RUSTC_WORKSPACE_WRAPPER"
                        | "CLIPPY_ARGS"
                        | "CLIPPY_CONF_DIR"
                        | "CARGO_TARGET_DIR"
                        | "CARGO_BUILD_TARGET"
                        | "CARGO_BUILD_TARGET_DIR"
                        | "CARGO_MAKEFLAGS"
                        | "MAKEFLAGS"
                        | "MFLAGS"
                        | "OUT_DIR"
                        | "TARGET"
                        | "HOST"
                        | "OPT_LEVEL"
                        | "PROFILE"
                        | "DEBUG"
                        | "NUM_JOBS"
                        | "LLVM_PROFILE_FILE"
                        | "__CARGO_DEFAULT_LIB_METADATA"
                );
            if of_the_outer_build {
                self.env_remove(name);
            }
        }
        self
    }
}
