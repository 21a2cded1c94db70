//! FilterLogEvents: all streams of a group, or some, through a filter pattern, in order of time.
//!
//! One call reads only so much: a page may hold few events or none and still have a token, as AWS's may.

use std::collections::HashSet;

use ::api::logs::{Error, FilterLogEventsRequest, FilterLogEventsResponse, FilteredLogEvent};
use auth::Cx;
use series::{
    EVENT_OVERHEAD_BYTES, Entry, Event, EventSeries, GroupId, Order, Position, Query, StreamId, Streams,
};
use state::Snapshot;

use crate::api::event::{DEFAULT_LIMIT, PAGE_BYTES};
use crate::api::page_size;
use crate::filter::Filter;
use crate::record::LogGroup;
use crate::{Logs, errors, lookup, token};

/// Bytes of events that one call looks at.
const SCAN_BYTES: usize = 32 << 20;

pub(crate) async fn filter(
    logs: &Logs,
    cx: &Cx,
    input: FilterLogEventsRequest,
) -> Result<FilterLogEventsResponse, Error> {
    let pattern = input.filter_pattern.as_deref().unwrap_or("");
    let filter = Filter::parse(pattern).map_err(|e| Error::invalid_parameter(e.to_string()))?;
    let snapshot = logs.state.snapshot();
    let (name, identifier) = (input.log_group_name.as_deref(), input.log_group_identifier.as_deref());
    let group = lookup::group_of(&snapshot, cx, name, identifier)?;
    let streams = streams(&snapshot, &group, &input)?;
    let is_ascending = input.start_from_head != Some(false);
    let question = format!("filter/{}/{is_ascending}", group.number);
    let after = match &input.next_token {
        None => None,
        Some(text) => Some(read_place(&question, text).ok_or_else(errors::bad_token)?),
    };
    let scan = Scan {
        events: logs.events.clone(),
        snapshot,
        group: group.id(),
        streams,
        filter,
        from_ms: input.start_time.unwrap_or(i64::MIN),
        // The end is inclusive here, other than in GetLogEvents.
        to_ms: input.end_time.map_or(i64::MAX, |end| end.saturating_add(1)),
        order: if is_ascending { Order::Ascending } else { Order::Descending },
        after,
        limit: page_size(input.limit, DEFAULT_LIMIT),
        now_ms: cx.now.millis(),
    };
    let found = logs.blocking(move || scan.run()).await?.map_err(errors::from_series)?;
    let next_token =
        found.next.map(|at| token::list(&question, &[&at.time_ms.to_string(), &at.seq.to_string()]));
    // Deprecated, and empty since 2020.
    Ok(FilterLogEventsResponse {
        events: Some(found.events),
        searched_log_streams: Some(Vec::new()),
        next_token,
    })
}

/// `None`: all.
fn streams(
    snapshot: &Snapshot,
    group: &LogGroup,
    input: &FilterLogEventsRequest,
) -> Result<Option<HashSet<StreamId>>, Error> {
    match (&input.log_stream_names, &input.log_stream_name_prefix) {
        (None, None) => Ok(None),
        // The rule is AWS's; its words are not established.
        (Some(_), Some(_)) => Err(Error::invalid_parameter(
            "logStreamNamePrefix and logStreamNames cannot be specified together.",
        )),
        (Some(names), None) => names
            .iter()
            .map(|name| Ok(lookup::stream(snapshot, group, name)?.id()))
            .collect::<Result<_, _>>()
            .map(Some),
        (None, Some(prefix)) => {
            Ok(Some(lookup::streams(snapshot, group, prefix, None).map(|stream| stream.id()).collect()))
        }
    }
}

fn read_place(question: &str, text: &str) -> Option<Position> {
    match token::parse_list(question, text)?.as_slice() {
        [time_ms, seq] => Some(Position { time_ms: time_ms.parse().ok()?, seq: seq.parse().ok()? }),
        _ => None,
    }
}

/// One call's reading, done where blocking is allowed.
struct Scan {
    events: EventSeries,
    snapshot: Snapshot,
    group: GroupId,
    streams: Option<HashSet<StreamId>>,
    filter: Filter,
    from_ms: i64,
    to_ms: i64,
    order: Order,
    after: Option<Position>,
    limit: usize,
    now_ms: i64,
}

struct Found {
    events: Vec<FilteredLogEvent>,
    /// Behind what was looked at, when there is more.
    next: Option<Position>,
}

impl Scan {
    fn run(self) -> Result<Found, series::Error> {
        let mut found = Found { events: Vec::new(), next: None };
        let (mut bytes, mut looked_at, mut after) = (0, 0, self.after);
        loop {
            let streams = match &self.streams {
                None => Streams::All,
                Some(ids) => match (ids.len(), ids.iter().next()) {
                    (1, Some(only)) => Streams::One(*only),
                    _ => Streams::Set(ids),
                },
            };
            let query = Query {
                from_ms: self.from_ms,
                to_ms: self.to_ms,
                order: self.order,
                after,
                weight_limit: PAGE_BYTES,
                ..Query::new(streams, self.now_ms)
            };
            let page = self.events.read(self.group, &query)?;
            let last = page.entries.last().map(|entry| entry.position);
            for entry in page.entries {
                let weight = entry.record.message.len() + EVENT_OVERHEAD_BYTES;
                if self.filter.matches(&entry.record.message) {
                    let is_full = found.events.len() >= self.limit;
                    if is_full || (bytes + weight > PAGE_BYTES && !found.events.is_empty()) {
                        found.next = after;
                        return Ok(found);
                    }
                    bytes += weight;
                    found.events.extend(self.show(&entry));
                }
                looked_at += weight;
                after = Some(entry.position);
            }
            if !page.more {
                return Ok(found);
            }
            if looked_at >= SCAN_BYTES {
                found.next = last;
                return Ok(found);
            }
        }
    }

    /// `None` for an event of a stream that was deleted meanwhile.
    fn show(&self, entry: &Entry<Event>) -> Option<FilteredLogEvent> {
        let name = lookup::stream_name(&self.snapshot, self.group.0, entry.stream)?;
        Some(FilteredLogEvent {
            log_stream_name: Some(name.to_owned()),
            timestamp: Some(entry.record.timestamp_ms),
            message: Some(entry.record.message.to_string()),
            ingestion_time: Some(entry.record.ingestion_ms),
            event_id: Some(token::digits(&self.group.to_string(), entry.position)),
        })
    }
}
