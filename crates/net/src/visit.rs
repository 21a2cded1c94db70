//! Work inside of namespaces on threads that go on outside of them.

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::path::Path;

thread_local! {
    /// The namespace that the thread belongs to.
    static HOME: io::Result<File> = File::open("/proc/thread-self/ns/net");
}

/// Works in the network namespace bound at `path`, on the calling thread, which is in its own again afterwards. For work that does not wait: making a
/// socket. Takes CAP_SYS_ADMIN.
pub fn visit<T>(path: &Path, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    HOME.with(|home| {
        let home = home.as_ref().map_err(|e| io::Error::new(e.kind(), e.to_string()))?;
        let there = File::open(path)?;
        // Made before the thread leaves: it brings it back whatever becomes of the work.
        let _back = Back(home);
        move_into_link_name_space(there.as_fd(), Some(LinkNameSpaceType::Network))?;
        work()
    })
}

struct Back<'a>(&'a File);

impl Drop for Back<'_> {
    fn drop(&mut self) {
        if move_into_link_name_space(self.0.as_fd(), Some(LinkNameSpaceType::Network)).is_err() {
            // A thread that goes on in another's network would open sockets where they do not belong.
            std::process::abort();
        }
    }
}
