//! Readings of a task's containers, taken when somebody asks.
//!
//! Nothing is read while nobody asks, so statistics cost a node nothing by themselves. A document needs two readings: the second is taken
//! now, the first when it was last asked for, or just before. Whoever asks too often gets the same two again.

use super::view::stats::{Reading, interfaces};
use runtime::{ContainerId, Runtime};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// Between two readings lies this much at least.
const SHORTEST: Duration = Duration::from_millis(200);
/// An earlier reading than this says nothing of now.
const LONGEST: Duration = Duration::from_secs(60);

/// The readings of a task, by container.
#[derive(Debug, Default)]
pub(super) struct Meter {
    known: tokio::sync::Mutex<BTreeMap<usize, Pair>>,
}

#[derive(Clone, Debug)]
struct Pair {
    process: ContainerId,
    taken: Instant,
    before: Option<Reading>,
    now: Reading,
}

/// What is read.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub container: usize,
    pub process: ContainerId,
    /// The host's id of process 1, where its network is to be read.
    pub pid: Option<u32>,
}

impl Meter {
    /// Two readings, the later one new.
    pub async fn read(
        &self,
        runtime: &dyn Runtime,
        subject: &Subject,
    ) -> Result<(Reading, Reading), runtime::Error> {
        let known = self.known.lock().await.get(&subject.container).cloned();
        let known = known.filter(|k| k.process == subject.process && k.taken.elapsed() < LONGEST);
        let before = match known {
            Some(Pair { before: Some(before), now, taken, .. }) if taken.elapsed() < SHORTEST => {
                return Ok((before, now));
            }
            Some(known) if known.taken.elapsed() >= SHORTEST => known.now,
            Some(_) | None => {
                let first = take(runtime, subject).await?;
                tokio::time::sleep(SHORTEST).await;
                first
            }
        };
        let now = take(runtime, subject).await?;
        let pair = Pair {
            process: subject.process.clone(),
            taken: Instant::now(),
            before: Some(before.clone()),
            now: now.clone(),
        };
        self.known.lock().await.insert(subject.container, pair);
        Ok((before, now))
    }
}

async fn take(runtime: &dyn Runtime, subject: &Subject) -> Result<Reading, runtime::Error> {
    let usage = runtime.stats(&subject.process).await?;
    // A process that is gone has no interfaces any more.
    let network = subject
        .pid
        .map(|pid| std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("net/dev")));
    let interfaces = match network {
        Some(Ok(text)) => interfaces(&text),
        Some(Err(_)) | None => BTreeMap::new(),
    };
    Ok(Reading { at: usage.read_at.unwrap_or_else(SystemTime::now), usage, interfaces })
}
