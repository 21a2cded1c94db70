//! Runs a command inside a running container through a short-lived shim.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::time::Duration;

use rustix::fs::MemfdFlags;
use rustix::pipe::PipeFlags;
use serde_json::json;
use shim::{Back, ExecPlan, ExternalExec, Failure, Launch, ProcessPlan, Step, layout};
use tokio::io::AsyncReadExt as _;
use tokio::sync::watch;

use super::{Handle, Inner, prepare, report};
use crate::error::{Error, Result};
use crate::{ContainerId, ExecOutcome, ExecResult, ExecSpec, capability, process, spawn, user};

/// What the shim may take beyond the command's own limit.
const GRACE: Duration = Duration::from_secs(10);
/// How long descendants of an ended command may keep its output open.
const DRAIN: Duration = Duration::from_millis(200);

impl Inner {
    pub(super) async fn exec(&self, id: &ContainerId, exec: &ExecSpec) -> Result<ExecOutcome> {
        let handle = self.handle(id)?;
        if handle.is_over() || handle.first.is_none() {
            return Err(Error::NotRunning { id: id.clone() });
        }
        let launch = self.launch(id)?;
        let plan = self.exec_plan(&handle, &launch, exec)?;
        let mut session = self.spawn_exec(&plan).map_err(Error::io("start exec in", &handle.directory))?;
        let (out, err) = (session.stdout.take(), session.stderr.take());
        let limit = exec.output_limit_bytes;
        let (ended, over) = watch::channel(false);
        let out = collect(out, limit, over.clone());
        let err = collect(err, limit, over);
        let output = tokio::spawn(async move { tokio::join!(out, err) });
        let line = match session.report.take() {
            Some(report) => prepare::read_report(report, exec.timeout.saturating_add(GRACE)).await,
            None => Ok(None),
        };
        let line = line.map_err(Error::io("read report of", &handle.directory))?;
        let Some(line) = line else {
            output.abort();
            prepare::end_shim(&session.shim).await;
            return Err(Error::TimedOut { id: id.clone(), what: "exec", limit: exec.timeout });
        };
        prepare::end_shim(&session.shim).await;
        session.defused = true;
        // The receivers may be gone already, having read to the end.
        let _ = ended.send(true);
        let result = outcome(id, exec, &line)?;
        let ((stdout, cut_out), (stderr, cut_err)) = output.await.map_err(super::joined)?;
        Ok(ExecOutcome { result, stdout, stderr, truncated: cut_out || cut_err })
    }

    fn exec_plan(&self, handle: &Handle, launch: &Launch, exec: &ExecSpec) -> Result<ExecPlan> {
        let mut process = ProcessPlan { args: exec.args.clone(), ..launch.process.clone() };
        if exec.args.first().is_none_or(String::is_empty) {
            return Err(Error::InvalidSpec { reason: "no command specified".to_owned() });
        }
        process.cwd = exec.cwd.clone().unwrap_or(process.cwd);
        if let Some(user) = &exec.user {
            let resolved = user::resolve(&launch.rootfs, user)?;
            (process.uid, process.gid, process.groups) = (resolved.uid, resolved.gid, resolved.groups);
            if let Some(home) = resolved.home {
                set_variable(&mut process.env, format!("HOME={home}"));
            }
        }
        for variable in &exec.env {
            set_variable(&mut process.env, variable.clone());
        }
        if exec.tty && !process.env.iter().any(|variable| variable.starts_with("TERM=")) {
            process.env.push("TERM=xterm".to_owned());
        }
        let cgroups =
            self.hierarchies.directories(&launch.cgroup).into_iter().map(|d| d.join("cgroup.procs"));
        let external = match &launch.back {
            Back::Embedded => None,
            Back::External { program, global_args } => {
                if exec.tty {
                    return Err(Error::Unsupported {
                        operation: "exec on a terminal",
                        runtime: self.name.clone(),
                    });
                }
                Some(external(handle, launch, &process, program.clone(), global_args)?)
            }
        };
        Ok(ExecPlan {
            pid: handle.started.pid,
            pid_start_ticks: handle.started.pid_start_ticks,
            cgroups: cgroups.filter(|file| file.exists()).collect(),
            process,
            tty: exec.tty,
            timeout_ms: u64::try_from(exec.timeout.as_millis()).unwrap_or(u64::MAX),
            external,
        })
    }

    fn spawn_exec(&self, plan: &ExecPlan) -> io::Result<Session> {
        let memory = rustix::fs::memfd_create("exec-plan", MemfdFlags::CLOEXEC)?;
        let mut file = std::fs::File::from(memory);
        serde_json::to_writer(&mut file, plan).map_err(io::Error::other)?;
        io::Seek::rewind(&mut file)?;
        let pipe = || rustix::pipe::pipe_with(PipeFlags::CLOEXEC);
        let ((report, report_write), (out, out_write), (err, err_write)) = (pipe()?, pipe()?, pipe()?);
        let pid = spawn::spawn(
            &self.programs.shim,
            &["longshore-shim", "exec"],
            &[
                (file.as_fd(), 0),
                (out_write.as_fd(), 1),
                (err_write.as_fd(), 2),
                (report_write.as_fd(), layout::REPORT_FD),
            ],
        )?;
        let shim = process::open(pid)?;
        Ok(Session { shim, report: Some(report), stdout: Some(out), stderr: Some(err), defused: false })
    }
}

/// A running exec shim. Dropping it unfinished leaves the shim to its own time limit and collects it later.
struct Session {
    shim: OwnedFd,
    report: Option<OwnedFd>,
    stdout: Option<OwnedFd>,
    stderr: Option<OwnedFd>,
    defused: bool,
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.defused {
            return;
        }
        if let (Ok(shim), Ok(runtime)) = (self.shim.try_clone(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move { process::ended(&shim).await });
        }
    }
}

fn outcome(id: &ContainerId, exec: &ExecSpec, line: &str) -> Result<ExecResult> {
    let numbered =
        |prefix: &str| line.strip_prefix(prefix).and_then(|number| number.trim().parse::<i32>().ok());
    if let Some(code) = numbered("exited\t") {
        return Ok(ExecResult::Exited(code));
    }
    if let Some(signal) = numbered("signaled\t") {
        return Ok(ExecResult::Signaled(signal));
    }
    if line.starts_with("timeout\t") {
        return Ok(ExecResult::TimedOut);
    }
    match line.parse::<Failure>() {
        // As `docker exec` answers: a command that cannot be executed is an exit code.
        Ok(failure) if failure.step == Step::Command => Ok(ExecResult::Exited(match failure.errno {
            libc::ENOENT | libc::ENOTDIR => 127,
            _ => 126,
        })),
        Ok(failure) if failure.step == Step::Create => {
            Err(Error::Exec { id: id.clone(), reason: failure.detail })
        }
        Ok(failure) => Err(report::typed(id, &failure, "", exec.args.first().map(String::as_str))),
        Err(_) => Err(Error::Exec { id: id.clone(), reason: "the shim died".to_owned() }),
    }
}

/// Writes the process description that external runtimes take; their arguments alone would run it as root with another environment.
fn external(
    handle: &Handle,
    launch: &Launch,
    process: &ProcessPlan,
    program: std::path::PathBuf,
    global_args: &[String],
) -> Result<ExternalExec> {
    let unique = process::unique();
    let description = handle.directory.join(format!("exec-{unique}.json"));
    let pid_file = handle.directory.join(format!("exec-{unique}.pid"));
    let names = capability::names(process.capabilities);
    let effective = if process.uid == 0 { names.clone() } else { Vec::new() };
    let value = json!({
        "terminal": false,
        "user": { "uid": process.uid, "gid": process.gid, "additionalGids": process.groups },
        "args": process.args, "env": process.env, "cwd": process.cwd,
        "capabilities": { "bounding": names, "effective": effective, "permitted": effective },
        "noNewPrivileges": process.no_new_privileges,
    });
    prepare::write_json(&description, &value)?;
    let shown = |path: &std::path::Path| path.display().to_string();
    let mut args = global_args.to_vec();
    args.extend(["exec".to_owned(), "--process".to_owned(), shown(&description)]);
    args.extend(["--pid-file".to_owned(), shown(&pid_file), launch.id.clone()]);
    Ok(ExternalExec { program, args, pid_file })
}

fn set_variable(env: &mut Vec<String>, variable: String) {
    let name = variable.split('=').next().unwrap_or_default().to_owned();
    env.retain(|known| known.split('=').next() != Some(name.as_str()));
    env.push(variable);
}

/// Reads to the end, keeping the beginning; tells whether something was dropped. Once the command is over, descendants
/// of it that hold the output open are given a moment only.
async fn collect(from: Option<OwnedFd>, limit: usize, mut over: watch::Receiver<bool>) -> (Vec<u8>, bool) {
    let mut kept = Vec::new();
    let mut dropped = false;
    let Some(mut receiver) = from.and_then(|fd| tokio::net::unix::pipe::Receiver::from_owned_fd(fd).ok())
    else {
        return (kept, dropped);
    };
    let mut buffer = vec![0; 16 * 1024];
    let late = async {
        let _ = over.wait_for(|over| *over).await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::pin!(late);
    loop {
        // Cancel-safe: a pipe read takes nothing unless it completes.
        let read = tokio::select! {
            read = receiver.read(&mut buffer) => read,
            () = &mut late => break,
        };
        let Ok(count @ 1..) = read else { break };
        let taken = count.min(limit - kept.len());
        kept.extend_from_slice(&buffer[..taken]);
        dropped |= taken < count;
    }
    (kept, dropped)
}
