//! Between records and API shapes.

use std::collections::BTreeMap;

use ::api::logs as shapes;
use model::Tag;
use model::ids::Scope;
use series::{Event, EventSeries, StreamStats};

use crate::record::{Class, LogGroup, LogStream};
use crate::token;

/// The ARN of a group without the `:*` that the older form ends with.
pub(crate) fn group_arn(scope: &Scope, name: &str) -> String {
    scope.arn("logs", format!("log-group:{name}")).to_string()
}

pub(crate) fn group(group: &LogGroup, events: &EventSeries) -> shapes::LogGroup {
    let arn = group_arn(&group.scope, &group.name);
    let stored = events.group_stats(group.id()).disk_bytes;
    shapes::LogGroup {
        log_group_name: Some(group.name.clone()),
        creation_time: Some(group.created_at.millis()),
        retention_in_days: group.retention_days,
        metric_filter_count: Some(0),
        arn: Some(format!("{arn}:*")),
        log_group_arn: Some(arn),
        stored_bytes: Some(i64::try_from(stored).unwrap_or(i64::MAX)),
        log_group_class: Some(class(group.class)),
        deletion_protection_enabled: Some(false),
        ..shapes::LogGroup::default()
    }
}

pub(crate) fn class(class: Class) -> shapes::LogGroupClass {
    match class {
        Class::Standard => shapes::LogGroupClass::Standard,
        Class::InfrequentAccess => shapes::LogGroupClass::InfrequentAccess,
    }
}

pub(crate) fn stream(group: &LogGroup, stream: &LogStream, stats: Option<&StreamStats>) -> shapes::LogStream {
    let arn = format!("{}:log-stream:{}", group_arn(&group.scope, &group.name), stream.name);
    shapes::LogStream {
        log_stream_name: Some(stream.name.clone()),
        creation_time: Some(stream.created_at.millis()),
        first_event_timestamp: stats.map(|s| s.first_time_ms),
        last_event_timestamp: stats.map(|s| s.last_time_ms),
        last_ingestion_time: stats.map(|s| s.last_arrival_ms),
        upload_sequence_token: Some(sequence_token(stream, stats.map_or(0, |s| s.last_seq))),
        arn: Some(arn),
        // AWS reports zero for streams since 2019.
        stored_bytes: Some(0),
    }
}

/// Sequence tokens are accepted and ignored since 2023; clients that still carry them on get one.
pub(crate) fn sequence_token(stream: &LogStream, last_seq: u64) -> String {
    let at = series::Position { time_ms: stream.created_at.millis(), seq: last_seq };
    token::digits(&stream.name, at)
}

pub(crate) fn event(event: Event) -> shapes::OutputLogEvent {
    shapes::OutputLogEvent {
        timestamp: Some(event.timestamp_ms),
        message: Some(event.message.into()),
        ingestion_time: Some(event.ingestion_ms),
    }
}

pub(crate) fn tags_to_map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

pub(crate) fn tags_from_map(tags: BTreeMap<String, String>) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag::new(key, value)).collect()
}
