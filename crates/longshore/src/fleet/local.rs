//! A fleet of nodes on this machine: each machine is a `longshore agent` of its own, in the same data directory under its id.
//!
//! A file names the process of each, `fleets/MACHINE` below the data directory, with the instant at which it was started as the kernel has it, so that
//! another process of the same number is not taken for it. A server that is killed between the start of a process and its file finds it by the arguments
//! that it was started with. Nodes outlive the server, as every node does; `longshore down` ends them too.

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
        if let Some(found) = processes(&self.home.data_dir)?.into_iter().find(|p| p.machine == order.machine)
        {
            found.name(&file)?;
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
        Process { machine: order.machine.clone(), number, started }.name(&file)?;
        tracing::info!(fleet = order.fleet, machine = order.machine, pid = number, "a node was started");
        Ok(())
    }

    async fn end(&self, order: &Order) -> Result<()> {
        let data_dir = &self.home.data_dir;
        name_all(data_dir, |machine| machine == order.machine)?;
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
    if dir.exists() {
        name_all(data_dir, |_| true)?;
    }
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
        } else if path.extension().is_some_and(|e| e == "tmp") {
            remove(&path)?;
        }
    }
    Ok(())
}

/// A node's process.
#[derive(Debug, PartialEq, Eq)]
struct Process {
    machine: String,
    number: u32,
    /// In the kernel's ticks.
    started: String,
}

impl Process {
    /// Writes it into its machine's file: whole or not at all.
    fn name(&self, file: &Path) -> Result<()> {
        let temporary = file.with_extension("tmp");
        fs::write(&temporary, format!("{} {}\n", self.number, self.started))
            .and_then(|()| fs::rename(&temporary, file))
            .with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Makes sure that the files of machines name their processes.
fn name_all(data_dir: &Path, of: impl Fn(&str) -> bool) -> Result<()> {
    for process in processes(data_dir)?.into_iter().filter(|p| of(&p.machine)) {
        process.name(&data_dir.join(FILES).join(&process.machine))?;
    }
    Ok(())
}

/// The processes on this machine that are nodes of fleets in a data directory, by the arguments that they were started with.
fn processes(data_dir: &Path) -> Result<Vec<Process>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").context("cannot list /proc")? {
        let entry = entry.context("cannot list /proc")?;
        let Some(number) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // Another's, or one that has ended since.
        let Ok(line) = fs::read(entry.path().join("cmdline")) else { continue };
        let Some(machine) = machine_of(&line, data_dir) else { continue };
        if let Some(started) = started_at(number)? {
            found.push(Process { machine, number, started });
        }
    }
    Ok(found)
}

/// The machine that a command line makes its process, where it is one of [`Nodes::run`]'s in that directory.
fn machine_of(line: &[u8], data_dir: &Path) -> Option<String> {
    let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
    let after = |option: &str| {
        let at = words.iter().position(|word| *word == option.as_bytes())?;
        words.get(at + 1).copied()
    };
    let is_node = words.get(1).is_some_and(|word| *word == b"agent");
    let here = after("--data-dir")? == data_dir.as_os_str().as_encoded_bytes();
    let machine = std::str::from_utf8(after("--machine")?).ok()?;
    let is_named = after("--name")? == machine.as_bytes() && !machine.contains('/');
    (is_node && here && is_named).then(|| machine.to_owned())
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

    #[test]
    fn a_node_is_known_by_its_arguments() {
        let dir = Path::new("/var/lib/longshore");
        let line = |words: &[&str]| words.join("\0").into_bytes();
        let node = [
            "/bin/longshore",
            "agent",
            "--data-dir",
            "/var/lib/longshore",
            "--name",
            "i-1",
            "--machine",
            "i-1",
            "",
        ];
        assert_eq!(machine_of(&line(&node), dir).as_deref(), Some("i-1"));
        assert_eq!(machine_of(&line(&node), Path::new("/var/lib/other")), None);
        for (at, other) in [(1, "server"), (2, "--data"), (5, "i-2"), (6, "--fleet"), (7, "../x")] {
            let mut changed = node;
            changed[at] = other;
            assert_eq!(machine_of(&line(&changed), dir), None, "{other}");
        }
        assert_eq!(machine_of(b"", dir), None);
    }

    /// What a server leaves that is killed between the start of a node and its file.
    #[tokio::test]
    async fn a_process_without_a_file_is_found_and_ended() {
        let dir = tempfile::tempdir().expect("a directory");
        fs::create_dir(dir.path().join(FILES)).expect("a directory");
        // A shell with the arguments of a node, whose script waits for the end of its input.
        fs::write(dir.path().join("agent"), "read line\n").expect("a script");
        let mut child = std::process::Command::new("/bin/sh")
            .args(["agent", "--data-dir"])
            .arg(dir.path())
            .args(["--name", "i-7", "--machine", "i-7"])
            .current_dir(dir.path())
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        // The kernel says that a program runs before it has its arguments.
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while processes(dir.path()).expect("an answer").is_empty() {
            assert!(std::time::Instant::now() < deadline, "it has no arguments");
            tokio::task::yield_now().await;
        }
        let file = dir.path().join(FILES).join("i-7");
        name_all(dir.path(), |machine| machine == "i-8").expect("an answer");
        assert_eq!(running(&file).expect("an answer"), None);
        name_all(dir.path(), |machine| machine == "i-7").expect("an answer");
        let named = running(&file).expect("an answer").expect("it is found");
        assert_eq!(named.as_raw_nonzero().get().unsigned_abs(), child.id());
        end_process(&file).await.expect("it ends");
        assert!(!child.wait().expect("its end").success());
        assert_eq!(processes(dir.path()).expect("an answer"), []);
    }
}
