//! The loop that brings the event store to what the records say: retention carried over, events of deleted groups
//! and streams removed, expired segments dropped.

use std::collections::HashSet;
use std::time::Duration;

use model::Timestamp;
use reconcile::{Next, Reconcile, Settings, StepError, Wake};
use series::{GroupId, StreamId};
use state::{State, Watch};

use crate::Logs;
use crate::record::{LogGroup, LogStream};

const PERIOD: Duration = Duration::from_secs(3600);
const STEP_LIMIT: Duration = Duration::from_secs(600);
const KEY: &str = "events";

/// The loop; one key, because the event store sweeps all its groups in one go.
pub struct Sweep {
    logs: Logs,
    clock: fn() -> Timestamp,
}

impl Sweep {
    /// `clock` tells the time at which events expire.
    pub fn new(logs: Logs, clock: fn() -> Timestamp) -> Sweep {
        Sweep { logs, clock }
    }
}

impl Reconcile for Sweep {
    const NAME: &'static str = "logs.sweep";

    fn settings(&self) -> Settings {
        Settings { period: PERIOD, step_limit: STEP_LIMIT, concurrency: 1, ..Settings::default() }
    }

    fn watch(&self, state: &State) -> Watch {
        state.watch::<LogGroup>()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        // A new or changed group needs nothing at once: its operation has done it.
        if wake.before.is_none() { vec![KEY.to_owned()] } else { Vec::new() }
    }

    async fn step(&self, _: &str) -> Result<Next, StepError> {
        self.logs.sweep((self.clock)()).await?;
        Ok(Next::Idle)
    }
}

impl Logs {
    /// One round of the loop.
    ///
    /// # Errors
    /// What the event store could not do; the next round does it again.
    pub async fn sweep(&self, now: Timestamp) -> Result<series::Swept, series::Error> {
        // The store first: what it has and a later snapshot has not was deleted, for records are made before events.
        let stored: Vec<(GroupId, Vec<StreamId>)> = self
            .events
            .groups()
            .into_iter()
            .map(|group| (group, self.events.streams(group).into_iter().map(|(id, _)| id).collect()))
            .collect();
        let snapshot = self.state.snapshot();
        let known: HashSet<u64> = snapshot.scan::<LogGroup>().map(|group| group.number).collect();
        for (group, streams) in stored {
            if !known.contains(&group.0) {
                self.events.delete_group(group).await?;
                continue;
            }
            for stream in streams {
                let mut records = snapshot.by_index(LogStream::BY_NUMBER, (group.0, stream.0));
                if records.next().is_none() {
                    self.events.delete_stream(group, stream).await?;
                }
            }
        }
        for group in snapshot.scan::<LogGroup>() {
            if self.events.retention_ms(group.id()) != group.retention_ms() {
                self.events.set_retention(group.id(), group.retention_ms()).await?;
            }
        }
        self.events.sweep(now.millis()).await
    }
}
