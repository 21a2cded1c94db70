//! CreateLogStream, DeleteLogStream, DescribeLogStreams.

use std::collections::HashMap;
use std::sync::Arc;

use ::api::Unit;
use ::api::logs::{
    CreateLogStreamRequest, DeleteLogStreamRequest, DescribeLogStreamsRequest, DescribeLogStreamsResponse,
    Error, OrderBy,
};
use auth::Cx;
use series::{StreamId, StreamStats};
use state::Snapshot;

use crate::api::group::random_number;
use crate::api::page_size;
use crate::record::{LogGroup, LogStream};
use crate::{Logs, convert, errors, lookup, token};

/// Also the most that a page may have.
const DEFAULT_LIMIT: usize = 50;

pub(crate) async fn create(logs: &Logs, cx: &Cx, input: CreateLogStreamRequest) -> Result<Unit, Error> {
    let group_key = LogGroup::key_of(&cx.scope, &input.log_group_name);
    let number = random_number(cx);
    let change = |tx: &mut state::Tx<'_>| {
        let group = tx.get::<LogGroup>(&group_key).ok_or_else(errors::no_group)?;
        if tx.get::<LogStream>(LogStream::key_of(group.number, &input.log_stream_name)).is_some() {
            return Err(errors::stream_exists());
        }
        let name = input.log_stream_name.clone();
        tx.put(LogStream { group: group.number, name, number, created_at: cx.now });
        Ok(Unit {})
    };
    logs.state.update(change).await.map_err(errors::from_update)
}

pub(crate) async fn delete(logs: &Logs, cx: &Cx, input: DeleteLogStreamRequest) -> Result<Unit, Error> {
    let group_key = LogGroup::key_of(&cx.scope, &input.log_group_name);
    let change = |tx: &mut state::Tx<'_>| {
        let group = tx.get::<LogGroup>(&group_key).ok_or_else(errors::no_group)?;
        let key = LogStream::key_of(group.number, &input.log_stream_name);
        let stream = tx.delete::<LogStream>(key).ok_or_else(errors::no_stream)?;
        Ok((group, stream))
    };
    let (group, stream) = logs.state.update(change).await.map_err(errors::from_update)?;
    if let Err(error) = logs.events.delete_stream(group.id(), stream.id()).await {
        tracing::warn!(%error, stream = %stream.name, "events of a deleted log stream are left for the sweep");
    }
    Ok(Unit {})
}

pub(crate) fn describe(
    logs: &Logs,
    cx: &Cx,
    input: &DescribeLogStreamsRequest,
) -> Result<DescribeLogStreamsResponse, Error> {
    let prefix = input.log_stream_name_prefix.as_deref();
    let by_time = input.order_by == Some(OrderBy::LastEventTime);
    if by_time && prefix.is_some() {
        return Err(Error::invalid_parameter("Cannot order by LastEventTime with a logStreamNamePrefix."));
    }
    let snapshot = logs.state.snapshot();
    let (name, identifier) = (input.log_group_name.as_deref(), input.log_group_identifier.as_deref());
    let group = lookup::group_of(&snapshot, cx, name, identifier)?;
    let prefix = prefix.unwrap_or("");
    let descending = input.descending == Some(true);
    let question = format!("streams/{}/{by_time}/{descending}/{prefix}", group.number);
    let after = match &input.next_token {
        None => None,
        Some(text) => Some(read_place(&question, text).ok_or_else(errors::bad_token)?),
    };
    let limit = page_size(input.limit, DEFAULT_LIMIT);
    let mut page = if by_time || descending {
        sorted(logs, &snapshot, &group, prefix, by_time, descending, after.as_ref(), limit + 1)
    } else {
        let after = after.as_ref().map(|(_, name)| name.as_str());
        let streams = lookup::streams(&snapshot, &group, prefix, after).take(limit + 1);
        streams.map(|s| (s, logs.events.stream_stats(group.id(), s.id()))).collect()
    };
    let more = page.len() > limit;
    page.truncate(limit);
    let next_token = page.last().filter(|_| more).map(|(stream, stats)| {
        let time = if by_time { last_time(stats.as_ref()) } else { 0 };
        token::list(&question, &[&time.to_string(), &stream.name])
    });
    let log_streams = page.iter().map(|(s, stats)| convert::stream(&group, s, stats.as_ref())).collect();
    Ok(DescribeLogStreamsResponse { log_streams: Some(log_streams), next_token })
}

type Listed<'a> = (&'a Arc<LogStream>, Option<StreamStats>);

/// Streams in an order that no index has: all of the group are looked at.
#[allow(clippy::too_many_arguments, reason = "one call, and each says something else")]
fn sorted<'a>(
    logs: &Logs,
    snapshot: &'a Snapshot,
    group: &LogGroup,
    prefix: &str,
    by_time: bool,
    descending: bool,
    after: Option<&(i64, String)>,
    limit: usize,
) -> Vec<Listed<'a>> {
    let stats: HashMap<StreamId, StreamStats> = logs.events.streams(group.id()).into_iter().collect();
    let place = |(stream, stats): &Listed<'a>| {
        (if by_time { last_time(stats.as_ref()) } else { 0 }, stream.name.clone())
    };
    let mut all: Vec<Listed<'a>> = lookup::streams(snapshot, group, prefix, None)
        .map(|stream| (stream, stats.get(&stream.id()).copied()))
        .collect();
    all.sort_by_cached_key(&place);
    if descending {
        all.reverse();
    }
    let is_behind = |listed: &Listed<'a>| {
        after.is_none_or(|after| if descending { place(listed) < *after } else { place(listed) > *after })
    };
    all.into_iter().filter(is_behind).take(limit).collect()
}

/// Streams without events come before all others.
fn last_time(stats: Option<&StreamStats>) -> i64 {
    stats.map_or(i64::MIN, |stats| stats.last_time_ms)
}

fn read_place(question: &str, text: &str) -> Option<(i64, String)> {
    match token::parse_list(question, text)?.as_slice() {
        [time, name] => Some((time.parse().ok()?, name.clone())),
        _ => None,
    }
}
