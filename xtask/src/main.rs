//! The repository's own tools: `cargo xtask <command>`.

use anyhow::{Result, bail};

mod codegen;
mod coverage;
mod import_model;
mod layers;
mod model;
mod names;
mod services;
mod tidy;
mod workspace;

const USAGE: &str = "\
cargo xtask import-model       fetch the pinned botocore and write models/<service>.json
cargo xtask codegen [--check]  write crates/api/src/<service>/ (or say what differs)
cargo xtask coverage [--check|--print] write README.md's coverage table (or say that it differs, or show it)
cargo xtask tidy               hold crates to their layers, files to their length, unsafe to its places";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["import-model"] => import_model::run(),
        ["codegen"] => codegen::run(codegen::Mode::Write),
        ["codegen", "--check"] => codegen::run(codegen::Mode::Check),
        ["coverage"] => coverage::run(coverage::Mode::Write),
        ["coverage", "--check"] => coverage::run(coverage::Mode::Check),
        ["coverage", "--print"] => coverage::run(coverage::Mode::Print),
        ["tidy"] => tidy::run(),
        _ => bail!("usage:\n{USAGE}"),
    }
}
