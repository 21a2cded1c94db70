//! How processes end: the container's own, and commands run inside it.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::spec::User;

/// How a container's process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExitStatus {
    /// Why there is an exit code, or why there is none.
    pub cause: ExitCause,
    /// Whether the kernel killed a process of this container for memory.
    pub oom_killed: bool,
    /// When the process was started.
    pub started_at: SystemTime,
    /// When it ended (for [`ExitCause::Lost`]: when that was noticed).
    pub finished_at: SystemTime,
}

impl ExitStatus {
    /// The exit code as Docker and ECS report it (128 + signal for a killed process); none when it was lost.
    pub fn code(&self) -> Option<i32> {
        self.cause.code()
    }
}

/// Why a process is not running any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExitCause {
    /// It exited with this code.
    Exited(i32),
    /// It was killed by this signal number.
    Signaled(i32),
    /// Its shim was killed, so nobody knows: the log after that moment and the exit code are lost.
    Lost,
}

impl ExitCause {
    /// See [`ExitStatus::code`].
    pub fn code(self) -> Option<i32> {
        match self {
            Self::Exited(code) => Some(code),
            Self::Signaled(signal) => Some(128 + signal),
            Self::Lost => None,
        }
    }
}

/// A command to run inside a running container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecSpec {
    /// The command; the first is looked up in the container's `$PATH`.
    pub args: Vec<String>,
    /// `NAME=value`, added to and replacing those of the container.
    pub env: Vec<String>,
    /// Where; none: where the container's process was started.
    pub cwd: Option<String>,
    /// As whom; none: as the container's process.
    pub user: Option<User>,
    /// On a pseudo-terminal of its own (stdout and stderr become one).
    pub tty: bool,
    /// Kill it after this long; the outcome is then [`ExecResult::TimedOut`].
    pub timeout: Duration,
    /// Keep at most this many bytes of each of stdout and stderr; the rest is read and dropped.
    pub output_limit_bytes: usize,
}

impl ExecSpec {
    /// A command with a time-out, as health checks want it: 4096 bytes of output kept.
    pub fn new(args: impl IntoIterator<Item = impl Into<String>>, timeout: Duration) -> Self {
        Self {
            args: args.into_iter().map(Into::into).collect(),
            env: Vec::new(),
            cwd: None,
            user: None,
            tty: false,
            timeout,
            output_limit_bytes: 4096,
        }
    }
}

/// What became of a command run inside a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecOutcome {
    /// How it ended.
    pub result: ExecResult,
    /// The beginning of its stdout.
    pub stdout: Vec<u8>,
    /// The beginning of its stderr.
    pub stderr: Vec<u8>,
    /// Whether output beyond the limit was dropped.
    pub truncated: bool,
}

/// How a command run inside a container ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecResult {
    /// With this code; 127 when the command was not found, 126 when it may not be executed, as Docker's exec does.
    Exited(i32),
    /// Killed by this signal number.
    Signaled(i32),
    /// It ran longer than it may and was killed.
    TimedOut,
}

impl ExecResult {
    /// The exit code (128 + signal when killed); none after a time-out.
    pub fn code(self) -> Option<i32> {
        match self {
            Self::Exited(code) => Some(code),
            Self::Signaled(signal) => Some(128 + signal),
            Self::TimedOut => None,
        }
    }
}
