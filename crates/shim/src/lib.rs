//! Owns one container and outlives the agent: the files and plain data that the shim's two programs share with `runtime`.
//!
//! `longshore-shim` makes the container (in itself through libcontainer, or through an external OCI runtime) and then becomes
//! `longshore-reap`, which keeps its process id, children and pipes: it writes the log and, at the end, the exit file. Neither uses
//! threads or an async runtime. They are started from sealed memory, so a container cannot overwrite the host's copy.
//!
//! It must not know: tasks, images, networks, AWS.

pub mod command;
mod failure;
pub mod layout;
mod plan;
mod record;
mod segments;
mod state;
pub mod sys;

pub use failure::{Failure, Step};
pub use plan::{Back, DeviceRule, ExecPlan, ExternalExec, Launch, LogPlan, ProcessPlan};
pub use record::{HEADER_BYTES, Header, MAX_RECORD_BYTES, Stream};
pub use segments::{Segments, list_segments, segment_name};
pub use state::{ExitFile, PauseFile, StartedFile, replace_file};
