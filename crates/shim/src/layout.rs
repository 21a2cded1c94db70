//! Names inside a container's state directory, and the descriptors a shim is started with.

/// Locked by the shim for as long as it lives; holds its process id.
pub const LOCK: &str = "lock";
/// What the shim was told, as JSON of [`crate::Launch`].
pub const LAUNCH: &str = "launch.json";
/// The OCI bundle's configuration.
pub const CONFIG: &str = "config.json";
/// Written when the process has been executed.
pub const STARTED: &str = "started";
/// Written when everything is over and the log is complete.
pub const EXIT: &str = "exit";
/// Written by the agent when it found the shim dead without an exit file.
pub const LOST: &str = "lost";
/// Directory of log segments.
pub const LOG: &str = "log";
/// Named pipe into the container's stdin.
pub const STDIN: &str = "stdin";
/// Socket through which the runtime hands over the terminal.
pub const CONSOLE: &str = "console.sock";
/// State of libcontainer or of the external runtime.
pub const OCI: &str = "oci";
/// What the shim and the runtime under it complained about.
pub const SHIM_LOG: &str = "shim.log";

/// In the directory of a task's shared namespaces: which process keeps that of process ids, as text of [`crate::PauseFile`].
pub const PAUSE: &str = "pause";
/// The kernel's name of this boot of the machine.
pub const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Where the shim reports how the start or the command went.
pub const REPORT_FD: i32 = 3;
/// The lock, held open.
pub const LOCK_FD: i32 = 4;
/// The program `longshore-reap`.
pub const REAP_FD: i32 = 5;
