//! GetLogEvents: one stream, page by page, in both directions.
//!
//! A token is a gap between events. The forward token reads what is behind the gap, the backward token what is
//! before it; a page moves the gaps to its two ends, and an empty page leaves the gap where it was, so at the end
//! of a stream the token that comes back is the token that went in.

use ::api::logs::{Error, GetLogEventsRequest, GetLogEventsResponse};
use auth::Cx;
use series::{Order, Position, Query, Streams};

use crate::api::page_size;
use crate::token::{self, Gap};
use crate::{Logs, convert, errors, lookup};

pub(crate) const DEFAULT_LIMIT: usize = 10_000;
/// Bytes of events in a page.
pub(crate) const PAGE_BYTES: usize = 1 << 20;

pub(crate) async fn get(
    logs: &Logs,
    cx: &Cx,
    input: GetLogEventsRequest,
) -> Result<GetLogEventsResponse, Error> {
    let snapshot = logs.state.snapshot();
    let (name, identifier) = (input.log_group_name.as_deref(), input.log_group_identifier.as_deref());
    let group = lookup::group_of(&snapshot, cx, name, identifier)?;
    let stream = lookup::stream(&snapshot, &group, &input.log_stream_name)?;
    let question = format!("events/{}/{}", group.number, stream.number);
    let from_ms = input.start_time.unwrap_or(i64::MIN);
    let to_ms = input.end_time.unwrap_or(i64::MAX);
    let start = Position { time_ms: from_ms, seq: 0 };
    let gap = match &input.next_token {
        Some(text) => token::parse_gap(&question, text).ok_or_else(errors::bad_token)?,
        None if input.start_from_head == Some(true) => Gap::Forward(start),
        None => Gap::Backward(Position { time_ms: to_ms, seq: if to_ms == i64::MAX { u64::MAX } else { 0 } }),
    };
    let (order, after) = match gap {
        Gap::Forward(at) => (Order::Ascending, (at > Position::MIN).then(|| token::before(at))),
        Gap::Backward(at) => (Order::Descending, Some(at)),
    };
    let query = Query {
        from_ms,
        to_ms,
        order,
        after,
        limit: page_size(input.limit, DEFAULT_LIMIT),
        weight_limit: PAGE_BYTES,
        ..Query::new(Streams::One(stream.id()), cx.now.millis())
    };
    let mut entries = logs.read(group.id(), query).await?.entries;
    if order == Order::Descending {
        entries.reverse();
    }
    let (left, right) = match (entries.first(), entries.last(), gap) {
        (Some(first), Some(last), _) => (first.position, token::behind(last.position)),
        // Nothing there at all: whatever comes later is behind the start.
        (_, _, Gap::Backward(_)) if input.next_token.is_none() => (start, start),
        (_, _, Gap::Forward(at) | Gap::Backward(at)) => (at, at),
    };
    Ok(GetLogEventsResponse {
        events: Some(entries.into_iter().map(|entry| convert::event(entry.record)).collect()),
        next_forward_token: Some(token::gap(&question, Gap::Forward(right))),
        next_backward_token: Some(token::gap(&question, Gap::Backward(left))),
    })
}
