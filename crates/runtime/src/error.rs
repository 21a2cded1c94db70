//! What can go wrong, told apart as far as the agent must tell it apart.
//!
//! The messages of the variants that a user's own container definition can cause are worded the way users of
//! Docker know them, since the agent puts them after `CannotStartContainerError: ` in a stopped reason.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::ContainerId;

/// The result of every operation of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An operation on a container failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is no container id.
    #[error("{id:?} is no container id")]
    InvalidId {
        /// The text.
        id: String,
    },
    /// There is no such container here.
    #[error("no such container: {id}")]
    NotFound {
        /// Its id.
        id: ContainerId,
    },
    /// A container of this id exists already.
    #[error("container {id} exists already")]
    AlreadyExists {
        /// Its id.
        id: ContainerId,
    },
    /// The container's process has ended, so it takes no signal and no exec.
    #[error("container {id} is not running")]
    NotRunning {
        /// Its id.
        id: ContainerId,
    },
    /// The container is running, so it cannot be deleted.
    #[error("container {id} is still running")]
    StillRunning {
        /// Its id.
        id: ContainerId,
    },
    /// The command is not in the image (Docker's exit code 127).
    #[error("exec: \"{command}\": {}", if command.contains('/') { "stat: no such file or directory" } else { "executable file not found in $PATH" })]
    CommandNotFound {
        /// The command as given.
        command: String,
    },
    /// The command exists but may not be executed (Docker's exit code 126).
    #[error("exec: \"{command}\": permission denied")]
    CommandNotExecutable {
        /// The command as given.
        command: String,
    },
    /// The file is executable but no program of this machine (wrong architecture, no interpreter line).
    #[error("exec: \"{command}\": exec format error")]
    CommandFormat {
        /// The command as given.
        command: String,
    },
    /// The working directory is missing from the image or is no directory.
    #[error("chdir to cwd ({cwd:?}) set in config.json failed: {reason}")]
    WorkingDirectory {
        /// The directory asked for.
        cwd: PathBuf,
        /// Why it was refused.
        reason: String,
    },
    /// The user or group is not in the image's `/etc/passwd` or `/etc/group`.
    #[error("unable to find {what} {name}: no matching entries in {file} file")]
    UnknownUser {
        /// "user" or "group".
        what: &'static str,
        /// As given.
        name: String,
        /// "passwd" or "group".
        file: &'static str,
    },
    /// The user text cannot be read at all.
    #[error("invalid user {user:?}: {reason}")]
    InvalidUser {
        /// As given.
        user: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A mount of the specification failed.
    #[error("error mounting {source_path:?} to rootfs at {target:?}: {reason}")]
    Mount {
        /// What was to be mounted.
        source_path: PathBuf,
        /// Where inside the container.
        target: PathBuf,
        /// Why it failed.
        reason: String,
    },
    /// The specification contradicts itself or asks for what this host cannot do.
    #[error("invalid container configuration: {reason}")]
    InvalidSpec {
        /// What is wrong.
        reason: String,
    },
    /// A resource limit was refused by the kernel.
    #[error("cannot set limit {limit}: {reason}")]
    Limit {
        /// The cgroup file or limit.
        limit: String,
        /// Why it was refused.
        reason: String,
    },
    /// The runtime failed to make or start the container for another reason.
    #[error("failed to create task for container {id}: {reason}")]
    Start {
        /// The container.
        id: ContainerId,
        /// What the runtime said.
        reason: String,
    },
    /// Running a command in the container failed before the command ran.
    #[error("cannot exec in container {id}: {reason}")]
    Exec {
        /// The container.
        id: ContainerId,
        /// What the runtime said.
        reason: String,
    },
    /// The operation took longer than it may.
    #[error("{what} of container {id} took longer than {limit:?}")]
    TimedOut {
        /// The container.
        id: ContainerId,
        /// Which operation.
        what: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// A file of the state directory is not what this program wrote.
    #[error("damaged state file {path:?}: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The back end does not do this.
    #[error("{operation} is not supported by runtime {runtime}")]
    Unsupported {
        /// What was asked.
        operation: &'static str,
        /// Of whom.
        runtime: String,
    },
    /// A file, process or cgroup operation failed.
    #[error("cannot {action} {path:?}")]
    Io {
        /// A verb, such as "read".
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

impl Error {
    /// The exit code Docker would give a container that failed to start for this reason, if it gives one.
    pub fn docker_exit_code(&self) -> Option<i32> {
        match self {
            Self::CommandNotFound { .. } => Some(127),
            Self::CommandNotExecutable { .. } | Self::CommandFormat { .. } => Some(126),
            Self::WorkingDirectory { .. } => Some(127),
            _ => None,
        }
    }

    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
