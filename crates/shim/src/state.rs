//! The small files that tell where a container stands, `started` and `exit`, and who keeps a task's namespace, `pause`. Text, one `name=value` a line, replaced atomically.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Written by the shim when the process has been executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedFile {
    /// Process 1 of the container, as seen by the host.
    pub pid: i32,
    /// Its start time in clock ticks since boot.
    pub pid_start_ticks: u64,
    /// The shim.
    pub shim_pid: i32,
    /// When, in nanoseconds since 1970.
    pub time_ns: u64,
}

/// Written by the shim when the process has ended and the log is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitFile {
    /// Exit code, when it exited.
    pub code: Option<i32>,
    /// Signal, when it was killed.
    pub signal: Option<i32>,
    /// Whether the kernel killed a process of the container for memory.
    pub oom_killed: bool,
    /// When, in nanoseconds since 1970.
    pub time_ns: u64,
}

/// Tells the process that keeps a task's process id namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseFile {
    /// As seen by the host.
    pub pid: i32,
    /// Its start time in clock ticks since boot.
    pub start_ticks: u64,
    /// Of which boot (see [`crate::layout::BOOT_ID`]).
    pub boot_id: String,
}

impl PauseFile {
    /// As text.
    pub fn encode(&self) -> String {
        format!("pid={}\nstart={}\nboot={}\n", self.pid, self.start_ticks, self.boot_id)
    }

    /// From text; none when anything is missing.
    pub fn decode(text: &str) -> Option<Self> {
        Some(Self {
            pid: field(text, "pid")?,
            start_ticks: field(text, "start")?,
            boot_id: field(text, "boot")?,
        })
    }
}

impl StartedFile {
    /// As text.
    pub fn encode(&self) -> String {
        format!(
            "pid={}\nstart={}\nshim={}\ntime={}\n",
            self.pid, self.pid_start_ticks, self.shim_pid, self.time_ns
        )
    }

    /// From text; none when anything is missing.
    pub fn decode(text: &str) -> Option<Self> {
        Some(Self {
            pid: field(text, "pid")?,
            pid_start_ticks: field(text, "start")?,
            shim_pid: field(text, "shim")?,
            time_ns: field(text, "time")?,
        })
    }
}

impl ExitFile {
    /// As text.
    pub fn encode(&self) -> String {
        let (name, number) = match (self.code, self.signal) {
            (Some(code), _) => ("code", code),
            (None, signal) => ("signal", signal.unwrap_or(0)),
        };
        format!("{name}={number}\noom={}\ntime={}\n", u8::from(self.oom_killed), self.time_ns)
    }

    /// From text; none when anything is missing.
    pub fn decode(text: &str) -> Option<Self> {
        let (code, signal) = (field(text, "code"), field(text, "signal"));
        if code.is_none() && signal.is_none() {
            return None;
        }
        Some(Self { code, signal, oom_killed: field::<u8>(text, "oom")? != 0, time_ns: field(text, "time")? })
    }
}

/// Writes a file so that a reader sees all of it or nothing.
pub fn replace_file(directory: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let temporary = directory.join(format!(".{name}.new"));
    let mut file = fs::File::create(&temporary)?;
    file.write_all(content)?;
    drop(file);
    fs::rename(&temporary, directory.join(name))
}

fn field<T: std::str::FromStr>(text: &str, name: &str) -> Option<T> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::{ExitFile, PauseFile, StartedFile};

    #[test]
    fn files_round_trip_and_refuse_halves() {
        let started = StartedFile { pid: 7, pid_start_ticks: 99, shim_pid: 6, time_ns: 1 };
        assert_eq!(StartedFile::decode(&started.encode()), Some(started.clone()));
        assert_eq!(StartedFile::decode("pid=7\nstart=99\n"), None);
        let pause = PauseFile { pid: 7, start_ticks: 99, boot_id: "a-b".to_owned() };
        assert_eq!(PauseFile::decode(&pause.encode()), Some(pause));
        assert_eq!(PauseFile::decode("pid=7\nstart=99\n"), None);
        for (code, signal) in [(Some(3), None), (None, Some(9))] {
            let exit = ExitFile { code, signal, oom_killed: true, time_ns: 5 };
            assert_eq!(ExitFile::decode(&exit.encode()), Some(exit));
        }
        assert_eq!(ExitFile::decode(""), None);
    }
}
