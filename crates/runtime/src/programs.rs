//! The shim's two programs in sealed memory.
//!
//! A container can reach the program of the process that made it through `/proc`; what it finds is a file nobody can write to, made
//! once per agent process (class of CVE-2019-5736), never the host's own file.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{MemfdFlags, SealFlags};

use crate::error::{Error, Result};

const SHIM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/longshore-shim"));
const REAP: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/longshore-reap"));

/// Open, read-only descriptors of the programs.
#[derive(Debug)]
pub(crate) struct Programs {
    pub(crate) shim: OwnedFd,
    pub(crate) reap: OwnedFd,
}

impl Programs {
    pub(crate) fn seal() -> Result<Self> {
        let sealed = |name: &str, content: &'static [u8]| {
            seal(name, content).map_err(Error::io("make sealed program", name))
        };
        Ok(Self { shim: sealed("longshore-shim", SHIM)?, reap: sealed("longshore-reap", REAP)? })
    }
}

/// The reaper as a file, for external runtimes, which can only mount an init from a path.
pub(crate) fn init_file(directory: &Path) -> Result<PathBuf> {
    let path = directory.join(format!("longshore-init-{}-{}", env!("CARGO_PKG_VERSION"), REAP.len()));
    if path.exists() {
        return Ok(path);
    }
    fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
    let temporary = directory.join(format!(".init-{}", crate::process::unique()));
    fs::write(&temporary, REAP).map_err(Error::io("write", &temporary))?;
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o555);
    fs::set_permissions(&temporary, executable).map_err(Error::io("write", &temporary))?;
    fs::rename(&temporary, &path).map_err(Error::io("write", &path))?;
    Ok(path)
}

fn seal(name: &str, content: &'static [u8]) -> std::io::Result<OwnedFd> {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let memory = match rustix::fs::memfd_create(name, flags | MemfdFlags::EXEC) {
        // Kernels before 6.3 do not know the word; there, memory is executable anyway.
        Err(rustix::io::Errno::INVAL) => rustix::fs::memfd_create(name, flags)?,
        other => other?,
    };
    let mut file = File::from(memory);
    file.write_all(content)?;
    give_back(content);
    rustix::fs::fcntl_add_seals(
        &file,
        SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE,
    )?;
    // A descriptor that is open for writing would make executing it "text file busy".
    Ok(File::open(format!("/proc/self/fd/{}", file.as_raw_fd()))?.into())
}

/// Lets the kernel take what this process has mapped of a part of its own program, which it has read once and does not need again.
#[allow(unsafe_code)]
fn give_back(content: &'static [u8]) {
    // SAFETY: it reads a constant of the system.
    let Ok(page) = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }) else { return };
    let (start, end) = (content.as_ptr().addr(), content.as_ptr().addr() + content.len());
    let (first, last) = (start.next_multiple_of(page), end / page * page);
    if first >= last {
        return;
    }
    let first_page = content.as_ptr().wrapping_add(first - start);
    // SAFETY: whole pages of a constant, which lie in a read-only mapping of the program's file: whoever reads them again gets them from the file.
    // What the answer is does not matter, since nothing depends on it.
    unsafe { libc::madvise(first_page.cast_mut().cast(), last - first, libc::MADV_DONTNEED) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_is_given_back_is_still_there() {
        let programs = Programs::seal().expect("sealed");
        let mut sealed = Vec::new();
        File::from(programs.shim).read_to_end(&mut sealed).expect("it is read");
        assert!(sealed == SHIM, "the sealed program is the one that was built in");
        let resident = || {
            let maps = fs::read_to_string("/proc/self/smaps").expect("it is there");
            let blocks = maps.split("VmFlags").filter(|block| block.contains("r--p"));
            let sizes = blocks.flat_map(|block| {
                block
                    .lines()
                    .find_map(|l| l.strip_prefix("Rss:")?.split_whitespace().next()?.parse::<usize>().ok())
            });
            sizes.sum::<usize>()
        };
        let read = resident();
        give_back(SHIM);
        assert!(resident() + SHIM.len() / 1024 / 2 < read, "most of what was read is given back");
    }
}
