//! Makes the container with libcontainer, which does namespaces, cgroups, mounts and the root switch; the process itself (user, limits,
//! filter, capabilities, directory, command) is done by [`Own`], because libcontainer can neither load a precompiled filter
//! nor say why a command could not be executed.

use std::collections::HashMap;
use std::ffi::CString;
use std::io::Read as _;
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd, RawFd};
use std::path::Path;

use libcontainer::container::Container;
use libcontainer::container::builder::ContainerBuilder;
use libcontainer::syscall::syscall::SyscallType;
use libcontainer::workload::{Executor, ExecutorError, ExecutorSetEnvsError, ExecutorValidationError};
use oci_spec::runtime::Spec;
use shim::{Failure, Launch, command, layout, sys};

use crate::start::{Created, Stdio, io};
use crate::{complaints, external};

pub struct Embedded {
    container: Container,
    pid: i32,
    /// Ends without a word when the command was executed.
    verdict: OwnedFd,
}

pub fn create(
    directory: &Path,
    launch: &Launch,
    stdio: &mut Stdio,
    reap: &OwnedFd,
) -> Result<Embedded, Failure> {
    complaints::collect();
    let (verdict, speaker) = sys::pipe().map_err(io("pipe"))?;
    let own = Own {
        launch: launch.clone(),
        filters: command::read_filters(&launch.process)?,
        speaker: speaker.as_raw_fd(),
        reap: reap.as_raw_fd(),
    };
    let console = launch.tty.then(|| external::Console::listen(directory)).transpose()?;
    let root = directory.join(layout::OCI);
    let mut builder = ContainerBuilder::new(launch.id.clone(), SyscallType::Linux)
        .with_root_path(&root)
        .map_err(library)?
        .with_executor(own)
        .with_console_socket(launch.tty.then(|| directory.join(layout::CONSOLE)));
    if let Some([stdin, stdout, stderr]) = stdio.theirs.take() {
        builder = builder.with_stdin(stdin).with_stdout(stdout).with_stderr(stderr);
    }
    let container =
        builder.as_init(directory).with_systemd(false).with_detach(true).build().map_err(library)?;
    drop(speaker);
    if let Some(console) = console {
        stdio.terminal = Some(console.receive()?);
    }
    let pid = container.pid().ok_or_else(|| Failure::create("libcontainer made no process"))?.as_raw();
    Ok(Embedded { container, pid, verdict })
}

impl Created for Embedded {
    fn pid(&self) -> i32 {
        self.pid
    }

    fn start(mut self: Box<Self>) -> Result<(), Failure> {
        self.container.start().map_err(library)?;
        verdict(self.verdict)
    }
}

/// Waits until the command was executed (nothing) or not (why).
pub fn verdict(from: OwnedFd) -> Result<(), Failure> {
    let mut text = String::new();
    std::fs::File::from(from).read_to_string(&mut text).map_err(io("read verdict"))?;
    if text.is_empty() {
        return Ok(());
    }
    Err(text.parse().unwrap_or_else(Failure::create))
}

/// Runs in the container's process 1, after libcontainer has finished with it.
#[derive(Clone)]
struct Own {
    launch: Launch,
    filters: Vec<Vec<u8>>,
    speaker: RawFd,
    reap: RawFd,
}

impl Own {
    fn execute(&self) -> Failure {
        let plan = &self.launch.process;
        if self.launch.tty {
            // libcontainer knows no console size.
            let _ = sys::set_window(0, 24, 80);
        }
        if let Err(failure) = command::assume(plan, &self.filters) {
            return failure;
        }
        if !self.launch.init {
            return command::execute(&plan.args, &plan.env);
        }
        let mut args = vec!["init".to_owned(), "init".to_owned(), self.speaker.to_string()];
        args.extend(plan.args.iter().cloned());
        let (Ok(args), Ok(env)) = (command::c_strings(&args), command::c_strings(&plan.env)) else {
            return Failure::create("an argument contains a zero byte");
        };
        self.become_init(&args, &env)
    }

    #[allow(unsafe_code)]
    fn become_init(&self, args: &[CString], env: &[CString]) -> Failure {
        let _ = sys::close_on_exec(self.speaker, false);
        // SAFETY: the program's descriptor was inherited by this forked process, is never closed in it, and outlives the call.
        let reap = unsafe { BorrowedFd::borrow_raw(self.reap) };
        Failure::create(format!("cannot execute init: {}", sys::execute_open(reap.as_fd(), args, env)))
    }
}

impl Executor for Own {
    fn exec(&self, _: &Spec) -> Result<(), ExecutorError> {
        let failure = self.execute();
        let _ = sys::write(self.speaker, failure.to_string().as_bytes());
        std::process::exit(1)
    }

    fn validate(&self, _: &Spec) -> Result<(), ExecutorValidationError> {
        Ok(()) // The kernel judges in `exec`.
    }

    fn setup_envs(&self, _: HashMap<String, String>) -> Result<(), ExecutorSetEnvsError> {
        Ok(()) // The environment is handed to execve as it is.
    }
}

fn library(error: libcontainer::error::LibcontainerError) -> Failure {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    Failure::create(text)
}
