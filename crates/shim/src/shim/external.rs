//! Makes the container with an external OCI runtime: create, then start. The runtime's process tree ends up under this shim, which is a
//! subreaper, so waiting, logging and everything after the start is the same as for the embedded one.

use std::fs::{self, File};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio as ProcessStdio};

use shim::{Failure, Launch, layout, sys};

use crate::start::{Created, Stdio, io};

pub struct External {
    pid: i32,
    program: PathBuf,
    global_args: Vec<String>,
    id: String,
    directory: PathBuf,
}

pub fn create(
    directory: &Path,
    launch: &Launch,
    program: &Path,
    global_args: &[String],
    stdio: &mut Stdio,
) -> Result<External, Failure> {
    let pid_file = directory.join("pid");
    let mut command = Command::new(program);
    command.args(global_args).arg("create").arg("--bundle").arg(directory);
    command.arg("--pid-file").arg(&pid_file);
    let console = launch.tty.then(|| Console::listen(directory)).transpose()?;
    if console.is_some() {
        command.arg("--console-socket").arg(directory.join(layout::CONSOLE));
    }
    command.arg(&launch.id);
    command.stderr(log_file(directory)?).stdout(ProcessStdio::null()).stdin(ProcessStdio::null());
    if let Some([stdin, stdout, stderr]) = stdio.theirs.take() {
        // The runtime's own complaints go to the file named by its `--log`, which the agent put into `global_args`.
        command.stdin(stdin).stdout(stdout).stderr(stderr);
    }
    let status =
        command.status().map_err(|error| Failure::create(format!("{}: {error}", program.display())))?;
    // Otherwise the write ends of the pipes would stay open in this process and the log would never end.
    drop(command);
    if !status.success() {
        return Err(complaint(directory, "create"));
    }
    if let Some(console) = console {
        stdio.terminal = Some(console.receive()?);
    }
    let pid = fs::read_to_string(&pid_file).map_err(io("read pid file"))?;
    let pid = pid.trim().parse().map_err(|_| Failure::create(format!("pid file holds {pid:?}")))?;
    Ok(External {
        pid,
        program: program.to_owned(),
        global_args: global_args.to_vec(),
        id: launch.id.clone(),
        directory: directory.to_owned(),
    })
}

impl Created for External {
    fn pid(&self) -> i32 {
        self.pid
    }

    fn start(self: Box<Self>) -> Result<(), Failure> {
        let status = Command::new(&self.program)
            .args(&self.global_args)
            .arg("start")
            .arg(&self.id)
            .stdin(ProcessStdio::null())
            .stdout(ProcessStdio::null())
            .stderr(log_file(&self.directory)?)
            .status()
            .map_err(|error| Failure::create(format!("{}: {error}", self.program.display())))?;
        if status.success() { Ok(()) } else { Err(complaint(&self.directory, "start")) }
    }
}

fn log_file(directory: &Path) -> Result<File, Failure> {
    let path = directory.join(layout::SHIM_LOG);
    fs::OpenOptions::new().create(true).append(true).open(path).map_err(io("open shim.log"))
}

fn complaint(directory: &Path, operation: &str) -> Failure {
    let log = fs::read_to_string(directory.join(layout::SHIM_LOG)).unwrap_or_default();
    let last = log.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    Failure::create(format!("{operation}: {last}"))
}

/// The socket over which a runtime hands over the master of the terminal it made inside the container.
pub struct Console {
    listener: UnixListener,
}

impl Console {
    /// Listens in the state directory; by a relative path, since socket addresses are short.
    pub fn listen(directory: &Path) -> Result<Self, Failure> {
        std::env::set_current_dir(directory).map_err(io("chdir"))?;
        let listener = UnixListener::bind(layout::CONSOLE).map_err(io("bind console socket"));
        std::env::set_current_dir("/").map_err(io("chdir"))?;
        Ok(Self { listener: listener? })
    }

    /// Takes the terminal; the runtime has connected by the time `create` is over.
    pub fn receive(&self) -> Result<OwnedFd, Failure> {
        let [ready] = sys::poll([self.listener.as_raw_fd()], 10_000).map_err(io("poll console"))?;
        if !ready {
            return Err(Failure::create("the runtime handed over no terminal"));
        }
        let (stream, _) = self.listener.accept().map_err(io("accept console"))?;
        sys::receive_fd(stream.as_raw_fd()).map_err(io("receive terminal"))
    }
}
