//! A disk that is really full: a small tmpfs of our own. Needs root, and says so.

use serde::{Deserialize, Serialize};
use state::{Failure, Record, Schema, State, TableDef, UpdateError, Version};
use std::path::Path;

#[derive(Clone, Serialize, Deserialize)]
struct Crate {
    name: String,
    content: String,
}

impl Version for Crate {}

impl Record for Crate {
    const TABLE: &'static str = "full.crate";

    fn key(&self) -> String {
        self.name.clone()
    }
}

struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(size: &str) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let options = std::ffi::CString::new(format!("size={size},mode=0700")).expect("no zero byte");
        rustix::mount::mount(
            "tmpfs",
            directory.path(),
            "tmpfs",
            rustix::mount::MountFlags::empty(),
            &*options,
        )
        .expect("this test mounts a small tmpfs: run it as root");
        Self(directory)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        rustix::mount::unmount(self.0.path(), rustix::mount::UnmountFlags::DETACH).expect("is unmounted");
    }
}

fn open(data: &Path) -> State {
    let store = store::Sqlite::open(data).expect("the store opens");
    State::open(store, &Schema::new().with(&[TableDef::of::<Crate>()])).expect("the state opens")
}

async fn put(state: &State, name: String) -> Result<(), UpdateError<()>> {
    state
        .update(|tx| {
            tx.put(Crate { name: name.clone(), content: "x".repeat(3000) });
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_writes_and_nothing_else() {
    let disk = SmallDisk::new("6m");
    let data = disk.path().join("data");
    let state = open(&data);
    let mut kept = Vec::new();
    let mut refused = 0;
    for round in 0..3 {
        // Several at a time, so that groups fail and not only single changes.
        while refused <= round * 20 {
            let names: Vec<_> =
                (0..8).map(|n| format!("{round}/{:06}", kept.len() * 8 + n + refused * 100_000)).collect();
            let mut work = tokio::task::JoinSet::new();
            for name in names {
                let state = state.clone();
                work.spawn(async move { (put(&state, name.clone()).await, name) });
            }
            for (result, name) in work.join_all().await {
                match result {
                    Ok(()) => kept.push(name),
                    Err(UpdateError::Failed(Failure::Store(error))) => {
                        assert!(matches!(*error, store::Error::Full { .. }), "{error:?}");
                        refused += 1;
                    }
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert!(kept.len() < 10_000, "the disk never fills");
        }
        kept.sort_unstable();
        let seen: Vec<_> = state.snapshot().scan::<Crate>().map(|one| one.name.clone()).collect();
        assert_eq!(seen, kept, "reads show what was acknowledged, no more and no less");

        let wider = format!("size={}m", 12 + round * 12);
        let options = std::ffi::CString::new(wider).expect("no zero byte");
        rustix::mount::mount_remount(disk.path(), rustix::mount::MountFlags::empty(), &*options)
            .expect("is widened");
        let name = format!("{round}/after");
        put(&state, name.clone()).await.expect("with space, writes work again");
        kept.push(name);
    }
    drop(state);
    kept.sort_unstable();
    let state = open(&data);
    let seen: Vec<_> = state.snapshot().scan::<Crate>().map(|one| one.name.clone()).collect();
    assert_eq!(seen, kept);
    state.check().expect("is sound");
}
