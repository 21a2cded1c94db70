//! Measures how long a start takes: this crate's embedded runtime against `crun run` of the same configuration, interleaved.
//!
//! As root: `cargo run --release -p runtime --example start_latency -- ROOTFS [RUNS]`, where ROOTFS has `/bin/true`. Prints p50 and p99 in
//! milliseconds of: spec → process executed, spec → exit code known, and `crun run` from start to end.

use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use runtime::{Config, ContainerSpec, Runtime, ShimRuntime};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rootfs = PathBuf::from(arguments.next().ok_or("usage: start_latency ROOTFS [RUNS] [CRUN]")?);
    let runs: usize = arguments.next().map_or(Ok(50), |runs| runs.parse())?;
    let crun = arguments.next().unwrap_or_else(|| "crun".to_owned());
    let state = std::env::temp_dir().join(format!("start-latency-{}", std::process::id()));
    let cgroup_root = format!("start-latency-{}", std::process::id());
    let config = |name: &str| Config { state_directory: state.join(name), cgroup_root: cgroup_root.clone() };
    let embedded = ShimRuntime::embedded(config("embedded"))?;
    let spec = |number: usize| -> Result<ContainerSpec, Box<dyn Error>> {
        Ok(ContainerSpec::new(format!("run-{number}").parse()?, &rootfs, ["true"]))
    };

    // The configuration crun gets is the one this crate writes for an external runtime; a program that always fails leaves it behind
    // for a moment only, so it is caught on the way.
    let bundle = state.join("bundle");
    std::fs::create_dir_all(&bundle)?;
    let catcher = state.join("catcher");
    let script = format!(
        "#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --bundle ] && cp \"$2/config.json\" {}/; shift; done\nexit 1\n",
        bundle.display()
    );
    std::fs::write(&catcher, script)?;
    std::fs::set_permissions(&catcher, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    // It fails, as meant.
    let _ = ShimRuntime::external(config("catch"), catcher)?.start(&spec(0)?).await;

    let (mut started, mut ended, mut of_crun) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..runs {
        let spec = spec(number)?;
        let begin = Instant::now();
        embedded.start(&spec).await?;
        started.push(begin.elapsed());
        embedded.wait(&spec.id).await?;
        ended.push(begin.elapsed());
        embedded.delete(&spec.id).await?;

        let begin = Instant::now();
        let status = Command::new(&crun)
            .args(["run", "--bundle"])
            .arg(&bundle)
            .arg(format!("start-latency-{number}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()?;
        of_crun.push(begin.elapsed());
        if !status.success() {
            return Err(format!("crun: {status}").into());
        }
    }
    print("embedded: process executed", &mut started);
    print("embedded: exit code known", &mut ended);
    print("crun run", &mut of_crun);
    embedded.remove_cgroups().await?;
    std::fs::remove_dir_all(&state)?;
    Ok(())
}

fn print(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len() - 1));
    let shown = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    println!("{name:<28} p50 {:6.1} ms   p99 {:6.1} ms", shown(at(50)), shown(at(99)));
}
