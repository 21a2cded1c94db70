//! Structures and unions of CloudWatch Logs. Required members are plain, all others `Option`.

#![allow(unused_imports, reason = "which of them a model needs varies")]
#![allow(clippy::large_enum_variant, reason = "a union is read once and taken apart")]

use std::collections::BTreeMap;

use wire::{Blob, Document, Timestamp};

use super::{enums::*, errors::ErrorCode, schema as s};
use crate::EventStream;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLogGroupRequest {
    pub log_group_name: String,
    pub kms_key_id: Option<String>,
    pub tags: Option<BTreeMap<String, String>>,
    pub log_group_class: Option<LogGroupClass>,
    pub deletion_protection_enabled: Option<bool>,
}

wire::structure!(CreateLogGroupRequest, s::CREATE_LOG_GROUP_REQUEST, {
    0: log_group_name, 1: kms_key_id, 2: tags, 3: log_group_class, 4: deletion_protection_enabled,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLogStreamRequest {
    pub log_group_name: String,
    pub log_stream_name: String,
}

wire::structure!(CreateLogStreamRequest, s::CREATE_LOG_STREAM_REQUEST, {
    0: log_group_name, 1: log_stream_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLogGroupRequest {
    pub log_group_name: String,
}

wire::structure!(DeleteLogGroupRequest, s::DELETE_LOG_GROUP_REQUEST, {
    0: log_group_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLogStreamRequest {
    pub log_group_name: String,
    pub log_stream_name: String,
}

wire::structure!(DeleteLogStreamRequest, s::DELETE_LOG_STREAM_REQUEST, {
    0: log_group_name, 1: log_stream_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRetentionPolicyRequest {
    pub log_group_name: String,
}

wire::structure!(DeleteRetentionPolicyRequest, s::DELETE_RETENTION_POLICY_REQUEST, {
    0: log_group_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogGroupsRequest {
    pub account_identifiers: Option<Vec<String>>,
    pub log_group_name_prefix: Option<String>,
    pub log_group_name_pattern: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i32>,
    pub include_linked_accounts: Option<bool>,
    pub log_group_class: Option<LogGroupClass>,
    pub log_group_identifiers: Option<Vec<String>>,
}

wire::structure!(DescribeLogGroupsRequest, s::DESCRIBE_LOG_GROUPS_REQUEST, {
    0: account_identifiers, 1: log_group_name_prefix, 2: log_group_name_pattern, 3: next_token,
    4: limit, 5: include_linked_accounts, 6: log_group_class, 7: log_group_identifiers,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogGroupsResponse {
    pub log_groups: Option<Vec<LogGroup>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeLogGroupsResponse, s::DESCRIBE_LOG_GROUPS_RESPONSE, {
    0: log_groups, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogStreamsRequest {
    pub log_group_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub log_stream_name_prefix: Option<String>,
    pub order_by: Option<OrderBy>,
    pub descending: Option<bool>,
    pub next_token: Option<String>,
    pub limit: Option<i32>,
}

wire::structure!(DescribeLogStreamsRequest, s::DESCRIBE_LOG_STREAMS_REQUEST, {
    0: log_group_name, 1: log_group_identifier, 2: log_stream_name_prefix, 3: order_by,
    4: descending, 5: next_token, 6: limit,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogStreamsResponse {
    pub log_streams: Option<Vec<LogStream>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeLogStreamsResponse, s::DESCRIBE_LOG_STREAMS_RESPONSE, {
    0: log_streams, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    pub key_attributes: Option<BTreeMap<String, String>>,
    pub attributes: Option<BTreeMap<String, String>>,
}

wire::structure!(Entity, s::ENTITY, {
    0: key_attributes, 1: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterLogEventsRequest {
    pub log_group_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub log_stream_names: Option<Vec<String>>,
    pub log_stream_name_prefix: Option<String>,
    pub start_time: Option<i64>,
    pub end_time: Option<i64>,
    pub filter_pattern: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i32>,
    pub start_from_head: Option<bool>,
    /// Deprecated by AWS.
    pub interleaved: Option<bool>,
    pub unmask: Option<bool>,
}

wire::structure!(FilterLogEventsRequest, s::FILTER_LOG_EVENTS_REQUEST, {
    0: log_group_name, 1: log_group_identifier, 2: log_stream_names, 3: log_stream_name_prefix,
    4: start_time, 5: end_time, 6: filter_pattern, 7: next_token, 8: limit, 9: start_from_head,
    10: interleaved, 11: unmask,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterLogEventsResponse {
    pub events: Option<Vec<FilteredLogEvent>>,
    pub searched_log_streams: Option<Vec<SearchedLogStream>>,
    pub next_token: Option<String>,
}

wire::structure!(FilterLogEventsResponse, s::FILTER_LOG_EVENTS_RESPONSE, {
    0: events, 1: searched_log_streams, 2: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilteredLogEvent {
    pub log_stream_name: Option<String>,
    pub timestamp: Option<i64>,
    pub message: Option<String>,
    pub ingestion_time: Option<i64>,
    pub event_id: Option<String>,
}

wire::structure!(FilteredLogEvent, s::FILTERED_LOG_EVENT, {
    0: log_stream_name, 1: timestamp, 2: message, 3: ingestion_time, 4: event_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLogEventsRequest {
    pub log_group_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub log_stream_name: String,
    pub start_time: Option<i64>,
    pub end_time: Option<i64>,
    pub next_token: Option<String>,
    pub limit: Option<i32>,
    pub start_from_head: Option<bool>,
    pub unmask: Option<bool>,
}

wire::structure!(GetLogEventsRequest, s::GET_LOG_EVENTS_REQUEST, {
    0: log_group_name, 1: log_group_identifier, 2: log_stream_name, 3: start_time, 4: end_time,
    5: next_token, 6: limit, 7: start_from_head, 8: unmask,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLogEventsResponse {
    pub events: Option<Vec<OutputLogEvent>>,
    pub next_forward_token: Option<String>,
    pub next_backward_token: Option<String>,
}

wire::structure!(GetLogEventsResponse, s::GET_LOG_EVENTS_RESPONSE, {
    0: events, 1: next_forward_token, 2: next_backward_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputLogEvent {
    pub timestamp: i64,
    pub message: String,
}

wire::structure!(InputLogEvent, s::INPUT_LOG_EVENT, {
    0: timestamp, 1: message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceRequest {
    pub resource_arn: String,
}

wire::structure!(ListTagsForResourceRequest, s::LIST_TAGS_FOR_RESOURCE_REQUEST, {
    0: resource_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceResponse {
    pub tags: Option<BTreeMap<String, String>>,
}

wire::structure!(ListTagsForResourceResponse, s::LIST_TAGS_FOR_RESOURCE_RESPONSE, {
    0: tags,
});

/// Deprecated by AWS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsLogGroupRequest {
    pub log_group_name: String,
}

wire::structure!(ListTagsLogGroupRequest, s::LIST_TAGS_LOG_GROUP_REQUEST, {
    0: log_group_name,
});

/// Deprecated by AWS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsLogGroupResponse {
    pub tags: Option<BTreeMap<String, String>>,
}

wire::structure!(ListTagsLogGroupResponse, s::LIST_TAGS_LOG_GROUP_RESPONSE, {
    0: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveTailSessionLogEvent {
    pub log_stream_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub message: Option<String>,
    pub timestamp: Option<i64>,
    pub ingestion_time: Option<i64>,
}

wire::structure!(LiveTailSessionLogEvent, s::LIVE_TAIL_SESSION_LOG_EVENT, {
    0: log_stream_name, 1: log_group_identifier, 2: message, 3: timestamp, 4: ingestion_time,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveTailSessionMetadata {
    pub sampled: Option<bool>,
}

wire::structure!(LiveTailSessionMetadata, s::LIVE_TAIL_SESSION_METADATA, {
    0: sampled,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveTailSessionStart {
    pub request_id: Option<String>,
    pub session_id: Option<String>,
    pub log_group_identifiers: Option<Vec<String>>,
    pub log_stream_names: Option<Vec<String>>,
    pub log_stream_name_prefixes: Option<Vec<String>>,
    pub log_event_filter_pattern: Option<String>,
}

wire::structure!(LiveTailSessionStart, s::LIVE_TAIL_SESSION_START, {
    0: request_id, 1: session_id, 2: log_group_identifiers, 3: log_stream_names,
    4: log_stream_name_prefixes, 5: log_event_filter_pattern,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveTailSessionUpdate {
    pub session_metadata: Option<LiveTailSessionMetadata>,
    pub session_results: Option<Vec<LiveTailSessionLogEvent>>,
}

wire::structure!(LiveTailSessionUpdate, s::LIVE_TAIL_SESSION_UPDATE, {
    0: session_metadata, 1: session_results,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogGroup {
    pub log_group_name: Option<String>,
    pub creation_time: Option<i64>,
    pub retention_in_days: Option<i32>,
    pub metric_filter_count: Option<i32>,
    pub arn: Option<String>,
    pub stored_bytes: Option<i64>,
    pub kms_key_id: Option<String>,
    pub data_protection_status: Option<DataProtectionStatus>,
    pub inherited_properties: Option<Vec<InheritedProperty>>,
    pub log_group_class: Option<LogGroupClass>,
    pub log_group_arn: Option<String>,
    pub deletion_protection_enabled: Option<bool>,
    pub bearer_token_authentication_enabled: Option<bool>,
    pub retention_policy_name: Option<String>,
}

wire::structure!(LogGroup, s::LOG_GROUP, {
    0: log_group_name, 1: creation_time, 2: retention_in_days, 3: metric_filter_count, 4: arn,
    5: stored_bytes, 6: kms_key_id, 7: data_protection_status, 8: inherited_properties,
    9: log_group_class, 10: log_group_arn, 11: deletion_protection_enabled,
    12: bearer_token_authentication_enabled, 13: retention_policy_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogStream {
    pub log_stream_name: Option<String>,
    pub creation_time: Option<i64>,
    pub first_event_timestamp: Option<i64>,
    pub last_event_timestamp: Option<i64>,
    pub last_ingestion_time: Option<i64>,
    pub upload_sequence_token: Option<String>,
    pub arn: Option<String>,
    /// Deprecated by AWS.
    pub stored_bytes: Option<i64>,
}

wire::structure!(LogStream, s::LOG_STREAM, {
    0: log_stream_name, 1: creation_time, 2: first_event_timestamp, 3: last_event_timestamp,
    4: last_ingestion_time, 5: upload_sequence_token, 6: arn, 7: stored_bytes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutputLogEvent {
    pub timestamp: Option<i64>,
    pub message: Option<String>,
    pub ingestion_time: Option<i64>,
}

wire::structure!(OutputLogEvent, s::OUTPUT_LOG_EVENT, {
    0: timestamp, 1: message, 2: ingestion_time,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutLogEventsRequest {
    pub log_group_name: String,
    pub log_stream_name: String,
    pub log_events: Vec<InputLogEvent>,
    pub sequence_token: Option<String>,
    pub entity: Option<Entity>,
}

wire::structure!(PutLogEventsRequest, s::PUT_LOG_EVENTS_REQUEST, {
    0: log_group_name, 1: log_stream_name, 2: log_events, 3: sequence_token, 4: entity,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutLogEventsResponse {
    pub next_sequence_token: Option<String>,
    pub rejected_log_events_info: Option<RejectedLogEventsInfo>,
    pub rejected_entity_info: Option<RejectedEntityInfo>,
}

wire::structure!(PutLogEventsResponse, s::PUT_LOG_EVENTS_RESPONSE, {
    0: next_sequence_token, 1: rejected_log_events_info, 2: rejected_entity_info,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRetentionPolicyRequest {
    pub log_group_name: String,
    pub retention_in_days: i32,
}

wire::structure!(PutRetentionPolicyRequest, s::PUT_RETENTION_POLICY_REQUEST, {
    0: log_group_name, 1: retention_in_days,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RejectedEntityInfo {
    pub error_type: EntityRejectionErrorType,
}

wire::structure!(RejectedEntityInfo, s::REJECTED_ENTITY_INFO, {
    0: error_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RejectedLogEventsInfo {
    pub too_new_log_event_start_index: Option<i32>,
    pub too_old_log_event_end_index: Option<i32>,
    pub expired_log_event_end_index: Option<i32>,
}

wire::structure!(RejectedLogEventsInfo, s::REJECTED_LOG_EVENTS_INFO, {
    0: too_new_log_event_start_index, 1: too_old_log_event_end_index, 2: expired_log_event_end_index,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchedLogStream {
    pub log_stream_name: Option<String>,
    pub searched_completely: Option<bool>,
}

wire::structure!(SearchedLogStream, s::SEARCHED_LOG_STREAM, {
    0: log_stream_name, 1: searched_completely,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartLiveTailRequest {
    pub log_group_identifiers: Vec<String>,
    pub log_stream_names: Option<Vec<String>>,
    pub log_stream_name_prefixes: Option<Vec<String>>,
    pub log_event_filter_pattern: Option<String>,
}

wire::structure!(StartLiveTailRequest, s::START_LIVE_TAIL_REQUEST, {
    0: log_group_identifiers, 1: log_stream_names, 2: log_stream_name_prefixes,
    3: log_event_filter_pattern,
});

#[derive(Debug, Default)]
pub struct StartLiveTailResponse {
    /// The stream of events; not part of the initial response.
    pub response_stream: EventStream<StartLiveTailResponseStream, ErrorCode>,
}

wire::structure!(StartLiveTailResponse, s::START_LIVE_TAIL_RESPONSE, {});

/// Events of a stream, which may also end with: SessionTimeoutException, SessionStreamingException.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum StartLiveTailResponseStream {
    SessionStart(LiveTailSessionStart),
    SessionUpdate(LiveTailSessionUpdate),
    /// No event.
    #[default]
    Unknown,
}

wire::union!(StartLiveTailResponseStream, s::START_LIVE_TAIL_RESPONSE_STREAM, {
    0: SessionStart, 1: SessionUpdate,
});

/// Deprecated by AWS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagLogGroupRequest {
    pub log_group_name: String,
    pub tags: BTreeMap<String, String>,
}

wire::structure!(TagLogGroupRequest, s::TAG_LOG_GROUP_REQUEST, {
    0: log_group_name, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource_arn: String,
    pub tags: BTreeMap<String, String>,
}

wire::structure!(TagResourceRequest, s::TAG_RESOURCE_REQUEST, {
    0: resource_arn, 1: tags,
});

/// Deprecated by AWS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagLogGroupRequest {
    pub log_group_name: String,
    pub tags: Vec<String>,
}

wire::structure!(UntagLogGroupRequest, s::UNTAG_LOG_GROUP_REQUEST, {
    0: log_group_name, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceRequest {
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}

wire::structure!(UntagResourceRequest, s::UNTAG_RESOURCE_REQUEST, {
    0: resource_arn, 1: tag_keys,
});
