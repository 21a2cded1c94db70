//! Tells when a directory's files were written to. One inotify instance for all, since their number is small per user.

use std::collections::HashMap;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use tokio::io::unix::AsyncFd;
use tokio::sync::Notify;

#[derive(Debug)]
pub(crate) struct Watcher {
    inotify: Arc<OwnedFd>,
    watches: Arc<Mutex<Watches>>,
    pump: tokio::task::AbortHandle,
}

/// By the kernel's number: whom to wake, and how many want it.
type Watches = HashMap<i32, (Arc<Notify>, usize)>;

/// A watched directory, until dropped.
#[derive(Debug)]
pub(crate) struct Watch {
    pub(crate) changed: Arc<Notify>,
    number: i32,
    inotify: Arc<OwnedFd>,
    watches: Arc<Mutex<Watches>>,
}

impl Watcher {
    #[allow(unsafe_code)]
    /// Must be called on a tokio runtime; ends with it.
    pub(crate) fn start() -> io::Result<Self> {
        let inotify = Arc::new(inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?);
        let watches = Arc::new(Mutex::new(HashMap::new()));
        // SAFETY: a descriptor owned by the `AsyncFd` alone, closed when that is dropped and not before.
        let readable = unsafe { AsyncFd::register(inotify.try_clone()?) }?;
        let pump = tokio::spawn(pump(readable, Arc::clone(&watches))).abort_handle();
        Ok(Self { inotify, watches, pump })
    }

    pub(crate) fn watch(&self, directory: &Path) -> io::Result<Watch> {
        let mut watches = lock(&self.watches);
        let flags = WatchFlags::MODIFY | WatchFlags::CREATE;
        let number = inotify::add_watch(&*self.inotify, directory, flags)?;
        let (changed, users) = watches.entry(number).or_default();
        *users += 1;
        let changed = Arc::clone(changed);
        drop(watches);
        Ok(Watch { changed, number, inotify: Arc::clone(&self.inotify), watches: Arc::clone(&self.watches) })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.pump.abort();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watches = lock(&self.watches);
        if let Some((_, users)) = watches.get_mut(&self.number) {
            *users -= 1;
            if *users == 0 {
                watches.remove(&self.number);
                // Gone already when the directory was deleted.
                let _ = inotify::remove_watch(&*self.inotify, self.number);
            }
        }
    }
}

async fn pump(inotify: AsyncFd<OwnedFd>, watches: Arc<Mutex<Watches>>) {
    let mut buffer = [MaybeUninit::uninit(); 4096];
    loop {
        let Ok(mut ready) = inotify.readable().await else { return };
        let mut events = inotify::Reader::new(inotify.get_ref(), &mut buffer);
        loop {
            match events.next() {
                Ok(event) if event.events().contains(ReadFlags::QUEUE_OVERFLOW) => {
                    lock(&watches).values().for_each(|(changed, _)| changed.notify_one());
                }
                Ok(event) => {
                    if let Some((changed, _)) = lock(&watches).get(&event.wd()) {
                        changed.notify_one();
                    }
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => break,
            }
        }
        ready.clear_ready();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
