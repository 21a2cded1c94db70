//! StartLiveTail: events as they arrive, as a stream.
//!
//! First sessionStart, then a sessionUpdate every second, empty or not, with at most 500 events; when more
//! matched, or the client reads too slowly, the update says that it is a sample. A session ends after three hours.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use ::api::EventStream;
use ::api::logs::{
    Error, LiveTailSessionLogEvent, LiveTailSessionMetadata, LiveTailSessionStart, LiveTailSessionUpdate,
    StartLiveTailRequest, StartLiveTailResponse, StartLiveTailResponseStream,
};
use auth::Cx;
use series::{Batch, Event, GroupId, Tail};
use state::State;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use crate::filter::Filter;
use crate::{Logs, convert, lookup};

const UPDATE_EVERY: Duration = Duration::from_secs(1);
const MAX_EVENTS: usize = 500;
const MAX_SESSION: Duration = Duration::from_secs(3 * 3600);
/// Appends that may wait for a slow client.
const WAITING_BATCHES: usize = 256;

pub(crate) fn start(
    logs: &Logs,
    cx: &Cx,
    input: StartLiveTailRequest,
) -> Result<StartLiveTailResponse, Error> {
    let pattern = input.log_event_filter_pattern.as_deref().unwrap_or("");
    let filter = Filter::parse(pattern).map_err(|e| Error::invalid_parameter(e.to_string()))?;
    let names: HashSet<String> = input.log_stream_names.iter().flatten().cloned().collect();
    let prefixes = input.log_stream_name_prefixes.clone().unwrap_or_default();
    // The rules are AWS's; the words are not established.
    if !(names.is_empty() && prefixes.is_empty()) && input.log_group_identifiers.len() != 1 {
        return Err(Error::invalid_parameter(
            "logStreamNames and logStreamNamePrefixes can be specified only with exactly one log group.",
        ));
    }
    if !names.is_empty() && !prefixes.is_empty() {
        return Err(Error::invalid_parameter(
            "logStreamNames and logStreamNamePrefixes cannot be specified together.",
        ));
    }
    let snapshot = logs.state.snapshot();
    let mut groups = HashMap::new();
    for identifier in &input.log_group_identifiers {
        let group = lookup::group_identified(&snapshot, cx, identifier)?;
        groups.insert(group.id(), convert::group_arn(&group.scope, &group.name));
    }
    let permit = Arc::clone(&logs.live_tails).try_acquire_owned().map_err(|_| {
        Error::limit_exceeded("The maximum number of concurrent Live Tail sessions has been reached.")
    })?;
    let ids: Vec<GroupId> = groups.keys().copied().collect();
    let now = Instant::now();
    let mut ticks = interval_at(now + UPDATE_EVERY, UPDATE_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let session = Session {
        start: Some(LiveTailSessionStart {
            request_id: Some(cx.request_id.to_string()),
            session_id: Some(cx.uuid().to_string()),
            log_group_identifiers: Some(input.log_group_identifiers),
            log_stream_names: input.log_stream_names,
            log_stream_name_prefixes: input.log_stream_name_prefixes,
            log_event_filter_pattern: input.log_event_filter_pattern,
        }),
        tail: logs.events.subscribe(&ids, WAITING_BATCHES),
        state: logs.state.clone(),
        groups,
        names,
        prefixes,
        filter,
        ticks,
        ends_at: now + MAX_SESSION,
        events: Vec::new(),
        sampled: false,
        is_over: false,
        _permit: permit,
    };
    let events = futures_util::stream::unfold(session, |mut session| async {
        let next = session.next().await?;
        Some((next, session))
    });
    Ok(StartLiveTailResponse { response_stream: EventStream::new(events) })
}

struct Session {
    /// Until it was sent.
    start: Option<LiveTailSessionStart>,
    tail: Tail<Event>,
    state: State,
    /// The groups and their ARNs.
    groups: HashMap<GroupId, String>,
    names: HashSet<String>,
    prefixes: Vec<String>,
    filter: Filter,
    ticks: Interval,
    ends_at: Instant,
    /// Since the last update.
    events: Vec<LiveTailSessionLogEvent>,
    sampled: bool,
    is_over: bool,
    /// One of the sessions that may run at a time.
    _permit: OwnedSemaphorePermit,
}

impl Session {
    async fn next(&mut self) -> Option<Result<StartLiveTailResponseStream, Error>> {
        if self.is_over {
            return None;
        }
        if let Some(start) = self.start.take() {
            return Some(Ok(StartLiveTailResponseStream::SessionStart(start)));
        }
        loop {
            // Cancel safe: each branch keeps its progress in `self`. The order only decides ties: the end first, and an
            // update before more events, so that a flood cannot hold updates back.
            tokio::select! {
                biased;
                () = sleep_until(self.ends_at) => {
                    self.is_over = true;
                    return Some(Err(Error::session_timeout("The session has timed out.")));
                }
                _ = self.ticks.tick() => return Some(Ok(self.update())),
                received = self.tail.recv() => match received {
                    Some((group, batch)) => self.take(group, &batch),
                    None => {
                        self.is_over = true;
                        return Some(Err(Error::session_streaming("The service is shutting down.")));
                    }
                },
            }
        }
    }

    fn update(&mut self) -> StartLiveTailResponseStream {
        let sampled = std::mem::take(&mut self.sampled) | (self.tail.take_missed() > 0);
        StartLiveTailResponseStream::SessionUpdate(LiveTailSessionUpdate {
            session_metadata: Some(LiveTailSessionMetadata { sampled: Some(sampled) }),
            session_results: Some(std::mem::take(&mut self.events)),
        })
    }

    fn take(&mut self, group: GroupId, batch: &Batch<Event>) {
        let (Some(arn), Some(first)) = (self.groups.get(&group), batch.first()) else { return };
        // A batch is of one stream.
        let snapshot = self.state.snapshot();
        let Some(name) = lookup::stream_name(&snapshot, group.0, first.stream) else { return };
        let is_wanted = (self.names.is_empty() || self.names.contains(name))
            && (self.prefixes.is_empty() || self.prefixes.iter().any(|p| name.starts_with(p.as_str())));
        if !is_wanted {
            return;
        }
        for entry in batch.iter().filter(|entry| self.filter.matches(&entry.record.message)) {
            if self.events.len() >= MAX_EVENTS {
                self.sampled = true;
                return;
            }
            self.events.push(LiveTailSessionLogEvent {
                log_stream_name: Some(name.to_owned()),
                log_group_identifier: Some(arn.clone()),
                message: Some(entry.record.message.to_string()),
                timestamp: Some(entry.record.timestamp_ms),
                ingestion_time: Some(entry.record.ingestion_ms),
            });
        }
    }
}
