//! PutLogEvents.
//!
//! Limits (API reference): 1 MiB a batch and an event, 26 bytes counted for each event, 10,000 events (held by the
//! model), chronological order, 24 hours from the first to the last that is taken. Events older than 14 days or than the retention, or more
//! than two hours ahead, are refused one by one while the others are taken.

use ::api::logs::{
    EntityRejectionErrorType, Error, InputLogEvent, PutLogEventsRequest, PutLogEventsResponse,
    RejectedEntityInfo, RejectedLogEventsInfo,
};
use auth::Cx;
use series::{EVENT_OVERHEAD_BYTES, Event};

use crate::{Logs, convert, errors, lookup};

const MAX_BATCH_BYTES: usize = 1 << 20;
const MAX_EVENT_BYTES: usize = 1 << 20;
const MAX_SPAN_MS: i64 = 24 * HOUR_MS;
const OLDEST_MS: i64 = 14 * 24 * HOUR_MS;
const NEWEST_MS: i64 = 2 * HOUR_MS;
const HOUR_MS: i64 = 3600 * 1000;

pub(crate) async fn put(
    logs: &Logs,
    cx: &Cx,
    input: PutLogEventsRequest,
) -> Result<PutLogEventsResponse, Error> {
    check(&input.log_events)?;
    let snapshot = logs.state.snapshot();
    let group = lookup::group(&snapshot, cx, &input.log_group_name)?;
    let stream = lookup::stream(&snapshot, &group, &input.log_stream_name)?;
    let now = cx.now.millis();
    let sorted = sort_out(&input.log_events, now, group.retention_ms());
    let rejected = sorted.rejected(input.log_events.len());
    check_span(input.log_events.get(sorted.first..sorted.end).unwrap_or_default())?;
    let events: Vec<Event> = input
        .log_events
        .into_iter()
        .skip(sorted.first)
        .take(sorted.end.saturating_sub(sorted.first))
        .map(|e| Event { timestamp_ms: e.timestamp, ingestion_ms: now, message: e.message.into() })
        .collect();
    let count = events.len() as u64;
    let done = logs.events.append(group.id(), stream.id(), events).await.map_err(errors::from_series)?;
    // Entities link logs to metrics, which do not exist here: said, not swallowed.
    let rejected_entity_info = input
        .entity
        .map(|_| RejectedEntityInfo { error_type: EntityRejectionErrorType::UnsupportedLogGroupType });
    Ok(PutLogEventsResponse {
        next_sequence_token: Some(convert::sequence_token(&stream, done.first_seq + count)),
        rejected_log_events_info: rejected,
        rejected_entity_info,
    })
}

fn check(events: &[InputLogEvent]) -> Result<(), Error> {
    let mut total = 0;
    for event in events {
        let bytes = event.message.len() + EVENT_OVERHEAD_BYTES;
        if bytes > MAX_EVENT_BYTES {
            return Err(Error::invalid_parameter(format!(
                "Log event too large: {bytes} bytes exceeds limit of {MAX_EVENT_BYTES}"
            )));
        }
        total += bytes;
    }
    if total > MAX_BATCH_BYTES {
        return Err(Error::invalid_parameter(format!(
            "Upload too large: {total} bytes exceeds limit of {MAX_BATCH_BYTES}"
        )));
    }
    if !events.is_sorted_by_key(|event| event.timestamp) {
        return Err(Error::invalid_parameter(
            "Log events in a single PutLogEvents request must be in chronological order.",
        ));
    }
    Ok(())
}

/// Of the events that are taken, from first to last.
fn check_span(events: &[InputLogEvent]) -> Result<(), Error> {
    let span = match (events.first(), events.last()) {
        (Some(first), Some(last)) => last.timestamp.saturating_sub(first.timestamp),
        _ => 0,
    };
    if span > MAX_SPAN_MS {
        return Err(Error::invalid_parameter(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
        ));
    }
    Ok(())
}

/// Which part of a sorted batch is taken.
#[derive(Debug, PartialEq, Eq)]
struct Sorted {
    /// Behind the events that are too old.
    old_end: usize,
    /// Behind the events that retention has expired.
    expired_end: usize,
    first: usize,
    /// The first event that is too new.
    end: usize,
}

fn sort_out(events: &[InputLogEvent], now_ms: i64, retention_ms: Option<i64>) -> Sorted {
    let before = |time: i64| events.partition_point(|event| event.timestamp < time);
    let old_end = before(now_ms - OLDEST_MS);
    let expired_end = retention_ms.map_or(0, |keep| before(now_ms - keep));
    let end = events.partition_point(|event| event.timestamp <= now_ms + NEWEST_MS);
    Sorted { old_end, expired_end, first: old_end.max(expired_end), end }
}

impl Sorted {
    /// The end indexes are exclusive; that of expired events is taken to be so too (not established).
    fn rejected(&self, len: usize) -> Option<RejectedLogEventsInfo> {
        let index = |is_there: bool, at: usize| is_there.then(|| i32::try_from(at).unwrap_or(i32::MAX));
        let info = RejectedLogEventsInfo {
            too_old_log_event_end_index: index(self.old_end > 0, self.old_end),
            expired_log_event_end_index: index(self.expired_end > self.old_end, self.expired_end),
            too_new_log_event_start_index: index(self.end < len, self.end),
        };
        (info != RejectedLogEventsInfo::default()).then_some(info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 24 * HOUR_MS;

    fn batch(times: &[i64]) -> Vec<InputLogEvent> {
        times.iter().map(|time| InputLogEvent { timestamp: *time, message: "m".into() }).collect()
    }

    #[test]
    fn what_a_batch_may_not_be() {
        let message = |events: &[InputLogEvent]| check(events).err().map(|e| e.message);
        assert_eq!(message(&batch(&[1, 1, 2])), None);
        assert_eq!(
            message(&batch(&[2, 1])).as_deref(),
            Some("Log events in a single PutLogEvents request must be in chronological order.")
        );
        let span = |events: &[InputLogEvent]| check_span(events).err().map(|e| e.message);
        assert_eq!(span(&batch(&[0, DAY_MS])), None);
        assert_eq!(
            span(&batch(&[0, DAY_MS + 1])).as_deref(),
            Some("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
        );
        let large = |bytes: usize| InputLogEvent { timestamp: 0, message: "x".repeat(bytes) };
        assert_eq!(message(&[large((1 << 20) - 26)]), None);
        assert_eq!(
            message(&[large((1 << 20) - 25)]).as_deref(),
            Some("Log event too large: 1048577 bytes exceeds limit of 1048576")
        );
        assert_eq!(
            message(&[large(600_000), large(600_000)]).as_deref(),
            Some("Upload too large: 1200052 bytes exceeds limit of 1048576")
        );
    }

    #[test]
    fn old_expired_and_new_events_are_refused_one_by_one() {
        let now = 100 * DAY_MS;
        let times = [
            now - OLDEST_MS - 1,
            now - OLDEST_MS,
            now - 3 * DAY_MS - 1,
            now - 3 * DAY_MS,
            now,
            now + NEWEST_MS,
            now + NEWEST_MS + 1,
        ];
        let kept = sort_out(&batch(&times), now, None);
        assert_eq!(kept, Sorted { old_end: 1, expired_end: 0, first: 1, end: 6 });
        let info = kept.rejected(times.len()).unwrap();
        assert_eq!((info.too_old_log_event_end_index, info.expired_log_event_end_index), (Some(1), None));
        assert_eq!(info.too_new_log_event_start_index, Some(6));
        let expiring = sort_out(&batch(&times), now, Some(3 * DAY_MS));
        assert_eq!(expiring, Sorted { old_end: 1, expired_end: 3, first: 3, end: 6 });
        assert_eq!(sort_out(&batch(&times[3..5]), now, None).rejected(2), None);
    }
}
