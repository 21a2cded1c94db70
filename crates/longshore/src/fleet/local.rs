//! A fleet of nodes on this machine: each machine is a `longshore agent` of its own, in the same data directory under its id.
//!
//! A file names the process of each, `fleets/MACHINE` below the data directory, with the instant at which it was started as the kernel has it, so that
//! another process of the same number is not taken for it. Nodes outlive the server, as every node does; `longshore down` ends them too.

use super::{Fleet, failed};
use crate::commands::down;
use anyhow::{Context, Result, bail};
use auth::AdministratorKey;
use ecs::{Doing, InstanceFleet, Order};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::Command;

/// Where the processes of machines are named.
const FILES: &str = "fleets";
/// How long a node has for ending: it closes its files.
const END_LIMIT: Duration = Duration::from_secs(40);
/// How often a process is looked at while it ends. There is no descriptor to wait on for one that is no child of ours.
const LOOK: Duration = Duration::from_millis(50);

/// What nodes of this machine need to know.
#[derive(Clone)]
pub struct Home {
    pub data_dir: PathBuf,
    pub endpoint: String,
    pub region: String,
    pub key: AdministratorKey,
}

pub struct Nodes {
    fleet: Fleet,
    home: Home,
    program: PathBuf,
}

impl Nodes {
    pub fn new(fleet: Fleet, home: Home) -> Result<Self> {
        crate::server::make_private_dir(&home.data_dir.join(FILES))?;
        let program = std::env::current_exe().context("the program does not know where it is")?;
        Ok(Self { fleet, home, program })
    }

    async fn run(&self, order: &Order) -> Result<()> {
        let file = self.home.data_dir.join(FILES).join(&order.machine);
        if running(&file)?.is_some() {
            return Ok(());
        }
        let Home { data_dir, endpoint, region, key } = &self.home;
        let log = data_dir.join(FILES).join(format!("{}.log", order.machine));
        let log = fs::OpenOptions::new().create(true).append(true).open(&log)?;
        let settings = &self.fleet.settings;
        let mut command = Command::new(&self.program);
        command.arg("agent").arg("--data-dir").arg(data_dir);
        command.args(["--endpoint", endpoint, "--region", region, "--cluster", &order.cluster]);
        command.args(["--name", &order.machine, "--fleet", &order.fleet, "--machine", &order.machine]);
        command.args(["--provider", &order.provider]);
        command.args(["--cpu", &settings.cpu.to_string(), "--memory", &settings.memory.0.to_string()]);
        command.args(self.fleet.zone.iter().flat_map(|zone| ["--zone", zone.as_str()]));
        command.env("AWS_ACCESS_KEY_ID", &key.access_key_id);
        command.env("AWS_SECRET_ACCESS_KEY", key.secret_access_key.expose());
        // A group of its own: what interrupts the server does not interrupt the node.
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        let child = command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?;
        let number = child.id().context("the node ended at once")?;
        let started = started_at(number)?.context("the node ended at once")?;
        // Dropped, the child runs on; the runtime collects it when it ends.
        fs::write(&file, format!("{number} {started}\n"))
            .with_context(|| format!("cannot write {}", file.display()))?;
        tracing::info!(fleet = order.fleet, machine = order.machine, pid = number, "a node was started");
        Ok(())
    }

    async fn end(&self, order: &Order) -> Result<()> {
        let data_dir = &self.home.data_dir;
        end_process(&data_dir.join(FILES).join(&order.machine)).await?;
        let node = data_dir.join("nodes").join(&order.machine);
        if node.exists() {
            down::end_node(&node).await?;
            fs::remove_dir_all(&node).with_context(|| format!("cannot remove {}", node.display()))?;
        }
        for name in [order.machine.clone(), format!("{}.log", order.machine)] {
            remove(&data_dir.join(FILES).join(name))?;
        }
        tracing::info!(fleet = order.fleet, machine = order.machine, "a node was ended");
        Ok(())
    }
}

impl InstanceFleet for Nodes {
    fn start<'a>(&'a self, order: &'a Order) -> Doing<'a> {
        Box::pin(async move { self.run(order).await.map_err(|e| failed(order, format!("{e:#}"))) })
    }

    fn stop<'a>(&'a self, order: &'a Order) -> Doing<'a> {
        Box::pin(async move { self.end(order).await.map_err(|e| failed(order, format!("{e:#}"))) })
    }
}

/// Ends the processes of every machine in a data directory; what they ran is the caller's to take away.
pub async fn end_all(data_dir: &Path) -> Result<()> {
    let dir = data_dir.join(FILES);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e).with_context(|| format!("cannot list {}", dir.display())),
    };
    for entry in entries {
        let path = entry.with_context(|| format!("cannot list {}", dir.display()))?.path();
        if path.extension().is_none() {
            end_process(&path).await?;
            remove(&path)?;
        }
    }
    Ok(())
}

async fn end_process(file: &Path) -> Result<()> {
    let Some(pid) = running(file)? else { return Ok(()) };
    kill_process(pid, Signal::TERM)
        .with_context(|| format!("cannot end process {}", pid.as_raw_nonzero()))?;
    let begun = Instant::now();
    while running(file)?.is_some() {
        if begun.elapsed() > END_LIMIT {
            bail!("process {} did not end within {} s", pid.as_raw_nonzero(), END_LIMIT.as_secs());
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// The process that a file names, if it still is that one.
fn running(file: &Path) -> Result<Option<Pid>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e).with_context(|| format!("cannot read {}", file.display())),
    };
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|w| w.parse::<u32>().ok());
    let (Some(number), Some(started)) = (number, words.next()) else { return Ok(None) };
    if started_at(number)?.as_deref() != Some(started) {
        return Ok(None);
    }
    Ok(i32::try_from(number).ok().and_then(Pid::from_raw))
}

/// When a process was started, in the kernel's ticks; `None` where there is none, or only its remains.
fn started_at(number: u32) -> Result<Option<String>> {
    let path = format!("/proc/{number}/stat");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        // It ended between opening and reading.
        Err(e) if e.raw_os_error() == Some(rustix::io::Errno::SRCH.raw_os_error()) => return Ok(None),
        Err(e) => return Err(e).with_context(|| format!("cannot read {path}")),
    };
    // After the name, which is in parentheses and may hold anything: the state is the first word, the start the twentieth.
    let after = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let words: Vec<&str> = after.split_whitespace().collect();
    let is_gone = matches!(words.first(), None | Some(&"Z" | &"X"));
    Ok(words.get(19).filter(|_| !is_gone).map(|w| (*w).to_owned()))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => {
            Err(e).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_known_by_its_number_and_start() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("i-1");
        assert_eq!(running(&file).expect("an answer"), None);
        let own = std::process::id();
        let started = started_at(own).expect("an answer").expect("this process runs");
        fs::write(&file, format!("{own} {started}\n")).expect("a file");
        assert!(running(&file).expect("an answer").is_some());
        fs::write(&file, format!("{own} 1{started}\n")).expect("a file");
        assert_eq!(running(&file).expect("an answer"), None, "another process of that number");
    }
}
