//! The model of CloudWatch Logs as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "logs",
    signing_name: "logs",
    endpoint_prefix: "logs",
    target_prefix: Some("Logs_20140328"),
    api_version: "2014-03-28",
    protocols: &[Protocol::AwsJson1_1],
    xml_namespace: None,
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static CREATE_LOG_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "CreateLogGroup",
    input: &CREATE_LOG_GROUP_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_ALREADY_EXISTS_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_LOG_STREAM_OPERATION: OperationSchema = OperationSchema {
    name: "CreateLogStream",
    input: &CREATE_LOG_STREAM_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_ALREADY_EXISTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_LOG_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteLogGroup",
    input: &DELETE_LOG_GROUP_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_LOG_STREAM_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteLogStream",
    input: &DELETE_LOG_STREAM_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_RETENTION_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRetentionPolicy",
    input: &DELETE_RETENTION_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_LOG_GROUPS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeLogGroups",
    input: &DESCRIBE_LOG_GROUPS_REQUEST,
    output: &DESCRIBE_LOG_GROUPS_RESPONSE,
    errors: &[&errors::INVALID_PARAMETER_EXCEPTION, &errors::SERVICE_UNAVAILABLE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_LOG_STREAMS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeLogStreams",
    input: &DESCRIBE_LOG_STREAMS_REQUEST,
    output: &DESCRIBE_LOG_STREAMS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static FILTER_LOG_EVENTS_OPERATION: OperationSchema = OperationSchema {
    name: "FilterLogEvents",
    input: &FILTER_LOG_EVENTS_REQUEST,
    output: &FILTER_LOG_EVENTS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static GET_LOG_EVENTS_OPERATION: OperationSchema = OperationSchema {
    name: "GetLogEvents",
    input: &GET_LOG_EVENTS_REQUEST,
    output: &GET_LOG_EVENTS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TAGS_FOR_RESOURCE_OPERATION: OperationSchema = OperationSchema {
    name: "ListTagsForResource",
    input: &LIST_TAGS_FOR_RESOURCE_REQUEST,
    output: &LIST_TAGS_FOR_RESOURCE_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TAGS_LOG_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "ListTagsLogGroup",
    input: &LIST_TAGS_LOG_GROUP_REQUEST,
    output: &LIST_TAGS_LOG_GROUP_RESPONSE,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION, &errors::SERVICE_UNAVAILABLE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_LOG_EVENTS_OPERATION: OperationSchema = OperationSchema {
    name: "PutLogEvents",
    input: &PUT_LOG_EVENTS_REQUEST,
    output: &PUT_LOG_EVENTS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::INVALID_SEQUENCE_TOKEN_EXCEPTION,
        &errors::DATA_ALREADY_ACCEPTED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::UNRECOGNIZED_CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_RETENTION_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "PutRetentionPolicy",
    input: &PUT_RETENTION_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static START_LIVE_TAIL_OPERATION: OperationSchema = OperationSchema {
    name: "StartLiveTail",
    input: &START_LIVE_TAIL_REQUEST,
    output: &START_LIVE_TAIL_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_OPERATION_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: Some(0),
};

pub static TAG_LOG_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "TagLogGroup",
    input: &TAG_LOG_GROUP_REQUEST,
    output: &UNIT,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION, &errors::INVALID_PARAMETER_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static TAG_RESOURCE_OPERATION: OperationSchema = OperationSchema {
    name: "TagResource",
    input: &TAG_RESOURCE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UNTAG_LOG_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "UntagLogGroup",
    input: &UNTAG_LOG_GROUP_REQUEST,
    output: &UNIT,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UNTAG_RESOURCE_OPERATION: OperationSchema = OperationSchema {
    name: "UntagResource",
    input: &UNTAG_RESOURCE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ACCESS_DENIED_EXCEPTION: Schema = Schema::structure("AccessDeniedException", &[]);

static PATTERN_OF_ACCOUNT_ID: Pattern = Pattern::new("^\\d{12}$");
pub static ACCOUNT_ID: Schema =
    Schema::scalar("AccountId", Kind::String).min(12).max(12).pattern(&PATTERN_OF_ACCOUNT_ID);

pub static ACCOUNT_IDS: Schema =
    Schema::list("AccountIds", &[Member::new("member", &ACCOUNT_ID)]).min(0).max(20);

static PATTERN_OF_AMAZON_RESOURCE_NAME: Pattern = Pattern::new("[\\w+=/:,.@-]*");
pub static AMAZON_RESOURCE_NAME: Schema = Schema::scalar("AmazonResourceName", Kind::String)
    .min(1)
    .max(1011)
    .pattern(&PATTERN_OF_AMAZON_RESOURCE_NAME);

pub static ARN: Schema = Schema::scalar("Arn", Kind::String);

pub static BEARER_TOKEN_AUTHENTICATION_ENABLED: Schema =
    Schema::scalar("BearerTokenAuthenticationEnabled", Kind::Boolean);

pub static CREATE_LOG_GROUP_REQUEST: Schema = Schema::structure(
    "CreateLogGroupRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME).required(),
        Member::new("kmsKeyId", &KMS_KEY_ID),
        Member::new("tags", &TAGS),
        Member::new("logGroupClass", &LOG_GROUP_CLASS),
        Member::new("deletionProtectionEnabled", &DELETION_PROTECTION_ENABLED),
    ],
);

pub static CREATE_LOG_STREAM_REQUEST: Schema = Schema::structure(
    "CreateLogStreamRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME).required(),
        Member::new("logStreamName", &LOG_STREAM_NAME).required(),
    ],
);

pub static DATA_ALREADY_ACCEPTED_EXCEPTION: Schema = Schema::structure(
    "DataAlreadyAcceptedException",
    &[Member::new("expectedSequenceToken", &SEQUENCE_TOKEN)],
);

pub static DATA_PROTECTION_STATUS: Schema =
    Schema::scalar("DataProtectionStatus", Kind::String).enumeration(super::DataProtectionStatus::VALUES);

pub static DAYS: Schema = Schema::scalar("Days", Kind::Integer);

pub static DELETE_LOG_GROUP_REQUEST: Schema =
    Schema::structure("DeleteLogGroupRequest", &[Member::new("logGroupName", &LOG_GROUP_NAME).required()]);

pub static DELETE_LOG_STREAM_REQUEST: Schema = Schema::structure(
    "DeleteLogStreamRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME).required(),
        Member::new("logStreamName", &LOG_STREAM_NAME).required(),
    ],
);

pub static DELETE_RETENTION_POLICY_REQUEST: Schema = Schema::structure(
    "DeleteRetentionPolicyRequest",
    &[Member::new("logGroupName", &LOG_GROUP_NAME).required()],
);

pub static DELETION_PROTECTION_ENABLED: Schema = Schema::scalar("DeletionProtectionEnabled", Kind::Boolean);

pub static DESCENDING: Schema = Schema::scalar("Descending", Kind::Boolean);

pub static DESCRIBE_LIMIT: Schema = Schema::scalar("DescribeLimit", Kind::Integer).min(1).max(50);

pub static DESCRIBE_LOG_GROUPS_LOG_GROUP_IDENTIFIERS: Schema =
    Schema::list("DescribeLogGroupsLogGroupIdentifiers", &[Member::new("member", &LOG_GROUP_IDENTIFIER)])
        .min(1)
        .max(50);

pub static DESCRIBE_LOG_GROUPS_REQUEST: Schema = Schema::structure(
    "DescribeLogGroupsRequest",
    &[
        Member::new("accountIdentifiers", &ACCOUNT_IDS),
        Member::new("logGroupNamePrefix", &LOG_GROUP_NAME),
        Member::new("logGroupNamePattern", &LOG_GROUP_NAME_PATTERN),
        Member::new("nextToken", &NEXT_TOKEN),
        Member::new("limit", &DESCRIBE_LIMIT),
        Member::new("includeLinkedAccounts", &INCLUDE_LINKED_ACCOUNTS),
        Member::new("logGroupClass", &LOG_GROUP_CLASS),
        Member::new("logGroupIdentifiers", &DESCRIBE_LOG_GROUPS_LOG_GROUP_IDENTIFIERS),
    ],
);

pub static DESCRIBE_LOG_GROUPS_RESPONSE: Schema = Schema::structure(
    "DescribeLogGroupsResponse",
    &[Member::new("logGroups", &LOG_GROUPS), Member::new("nextToken", &NEXT_TOKEN)],
);

pub static DESCRIBE_LOG_STREAMS_REQUEST: Schema = Schema::structure(
    "DescribeLogStreamsRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME),
        Member::new("logGroupIdentifier", &LOG_GROUP_IDENTIFIER),
        Member::new("logStreamNamePrefix", &LOG_STREAM_NAME),
        Member::new("orderBy", &ORDER_BY),
        Member::new("descending", &DESCENDING),
        Member::new("nextToken", &NEXT_TOKEN),
        Member::new("limit", &DESCRIBE_LIMIT),
    ],
);

pub static DESCRIBE_LOG_STREAMS_RESPONSE: Schema = Schema::structure(
    "DescribeLogStreamsResponse",
    &[Member::new("logStreams", &LOG_STREAMS), Member::new("nextToken", &NEXT_TOKEN)],
);

pub static ENTITY: Schema = Schema::structure(
    "Entity",
    &[Member::new("keyAttributes", &ENTITY_KEY_ATTRIBUTES), Member::new("attributes", &ENTITY_ATTRIBUTES)],
);

pub static ENTITY_ATTRIBUTES: Schema = Schema::map(
    "EntityAttributes",
    &[Member::new("key", &ENTITY_ATTRIBUTES_KEY), Member::new("value", &ENTITY_ATTRIBUTES_VALUE)],
)
.min(0)
.max(10);

pub static ENTITY_ATTRIBUTES_KEY: Schema =
    Schema::scalar("EntityAttributesKey", Kind::String).min(1).max(256);

pub static ENTITY_ATTRIBUTES_VALUE: Schema =
    Schema::scalar("EntityAttributesValue", Kind::String).min(1).max(512);

pub static ENTITY_KEY_ATTRIBUTES: Schema = Schema::map(
    "EntityKeyAttributes",
    &[Member::new("key", &ENTITY_KEY_ATTRIBUTES_KEY), Member::new("value", &ENTITY_KEY_ATTRIBUTES_VALUE)],
)
.min(2)
.max(4);

pub static ENTITY_KEY_ATTRIBUTES_KEY: Schema =
    Schema::scalar("EntityKeyAttributesKey", Kind::String).min(1).max(32);

pub static ENTITY_KEY_ATTRIBUTES_VALUE: Schema =
    Schema::scalar("EntityKeyAttributesValue", Kind::String).min(1).max(512);

pub static ENTITY_REJECTION_ERROR_TYPE: Schema = Schema::scalar("EntityRejectionErrorType", Kind::String)
    .enumeration(super::EntityRejectionErrorType::VALUES);

pub static EVENT_ID: Schema = Schema::scalar("EventId", Kind::String);

pub static EVENT_MESSAGE: Schema = Schema::scalar("EventMessage", Kind::String).min(1);

pub static EVENTS_LIMIT: Schema = Schema::scalar("EventsLimit", Kind::Integer).min(1).max(10000);

pub static FILTER_COUNT: Schema = Schema::scalar("FilterCount", Kind::Integer);

pub static FILTER_LOG_EVENTS_REQUEST: Schema = Schema::structure(
    "FilterLogEventsRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME),
        Member::new("logGroupIdentifier", &LOG_GROUP_IDENTIFIER),
        Member::new("logStreamNames", &INPUT_LOG_STREAM_NAMES),
        Member::new("logStreamNamePrefix", &LOG_STREAM_NAME),
        Member::new("startTime", &TIMESTAMP),
        Member::new("endTime", &TIMESTAMP),
        Member::new("filterPattern", &FILTER_PATTERN),
        Member::new("nextToken", &NEXT_TOKEN),
        Member::new("limit", &EVENTS_LIMIT),
        Member::new("startFromHead", &START_FROM_HEAD),
        Member::new("interleaved", &INTERLEAVED),
        Member::new("unmask", &UNMASK),
    ],
);

pub static FILTER_LOG_EVENTS_RESPONSE: Schema = Schema::structure(
    "FilterLogEventsResponse",
    &[
        Member::new("events", &FILTERED_LOG_EVENTS),
        Member::new("searchedLogStreams", &SEARCHED_LOG_STREAMS),
        Member::new("nextToken", &NEXT_TOKEN),
    ],
);

pub static FILTER_PATTERN: Schema = Schema::scalar("FilterPattern", Kind::String).min(0).max(1024);

pub static FILTERED_LOG_EVENT: Schema = Schema::structure(
    "FilteredLogEvent",
    &[
        Member::new("logStreamName", &LOG_STREAM_NAME),
        Member::new("timestamp", &TIMESTAMP),
        Member::new("message", &EVENT_MESSAGE),
        Member::new("ingestionTime", &TIMESTAMP),
        Member::new("eventId", &EVENT_ID),
    ],
);

pub static FILTERED_LOG_EVENTS: Schema =
    Schema::list("FilteredLogEvents", &[Member::new("member", &FILTERED_LOG_EVENT)]);

pub static GET_LOG_EVENTS_REQUEST: Schema = Schema::structure(
    "GetLogEventsRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME),
        Member::new("logGroupIdentifier", &LOG_GROUP_IDENTIFIER),
        Member::new("logStreamName", &LOG_STREAM_NAME).required(),
        Member::new("startTime", &TIMESTAMP),
        Member::new("endTime", &TIMESTAMP),
        Member::new("nextToken", &NEXT_TOKEN),
        Member::new("limit", &EVENTS_LIMIT),
        Member::new("startFromHead", &START_FROM_HEAD),
        Member::new("unmask", &UNMASK),
    ],
);

pub static GET_LOG_EVENTS_RESPONSE: Schema = Schema::structure(
    "GetLogEventsResponse",
    &[
        Member::new("events", &OUTPUT_LOG_EVENTS),
        Member::new("nextForwardToken", &NEXT_TOKEN),
        Member::new("nextBackwardToken", &NEXT_TOKEN),
    ],
);

pub static INCLUDE_LINKED_ACCOUNTS: Schema = Schema::scalar("IncludeLinkedAccounts", Kind::Boolean);

pub static INHERITED_PROPERTIES: Schema =
    Schema::list("InheritedProperties", &[Member::new("member", &INHERITED_PROPERTY)]);

pub static INHERITED_PROPERTY: Schema =
    Schema::scalar("InheritedProperty", Kind::String).enumeration(super::InheritedProperty::VALUES);

pub static INPUT_LOG_EVENT: Schema = Schema::structure(
    "InputLogEvent",
    &[Member::new("timestamp", &TIMESTAMP).required(), Member::new("message", &EVENT_MESSAGE).required()],
);

pub static INPUT_LOG_EVENTS: Schema =
    Schema::list("InputLogEvents", &[Member::new("member", &INPUT_LOG_EVENT)]).min(1).max(10000);

pub static INPUT_LOG_STREAM_NAMES: Schema =
    Schema::list("InputLogStreamNames", &[Member::new("member", &LOG_STREAM_NAME)]).min(1).max(100);

pub static INTERLEAVED: Schema = Schema::scalar("Interleaved", Kind::Boolean);

pub static INVALID_OPERATION_EXCEPTION: Schema = Schema::structure("InvalidOperationException", &[]);

pub static INVALID_PARAMETER_EXCEPTION: Schema = Schema::structure("InvalidParameterException", &[]);

pub static INVALID_SEQUENCE_TOKEN_EXCEPTION: Schema = Schema::structure(
    "InvalidSequenceTokenException",
    &[Member::new("expectedSequenceToken", &SEQUENCE_TOKEN)],
);

pub static IS_SAMPLED: Schema = Schema::scalar("IsSampled", Kind::Boolean);

pub static KMS_KEY_ID: Schema = Schema::scalar("KmsKeyId", Kind::String).max(256);

pub static LIMIT_EXCEEDED_EXCEPTION: Schema = Schema::structure("LimitExceededException", &[]);

pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Schema = Schema::structure(
    "ListTagsForResourceRequest",
    &[Member::new("resourceArn", &AMAZON_RESOURCE_NAME).required()],
);

pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: Schema =
    Schema::structure("ListTagsForResourceResponse", &[Member::new("tags", &TAGS)]);

pub static LIST_TAGS_LOG_GROUP_REQUEST: Schema =
    Schema::structure("ListTagsLogGroupRequest", &[Member::new("logGroupName", &LOG_GROUP_NAME).required()]);

pub static LIST_TAGS_LOG_GROUP_RESPONSE: Schema =
    Schema::structure("ListTagsLogGroupResponse", &[Member::new("tags", &TAGS)]);

pub static LIVE_TAIL_SESSION_LOG_EVENT: Schema = Schema::structure(
    "LiveTailSessionLogEvent",
    &[
        Member::new("logStreamName", &LOG_STREAM_NAME),
        Member::new("logGroupIdentifier", &LOG_GROUP_IDENTIFIER),
        Member::new("message", &EVENT_MESSAGE),
        Member::new("timestamp", &TIMESTAMP),
        Member::new("ingestionTime", &TIMESTAMP),
    ],
);

pub static LIVE_TAIL_SESSION_METADATA: Schema =
    Schema::structure("LiveTailSessionMetadata", &[Member::new("sampled", &IS_SAMPLED)]);

pub static LIVE_TAIL_SESSION_RESULTS: Schema =
    Schema::list("LiveTailSessionResults", &[Member::new("member", &LIVE_TAIL_SESSION_LOG_EVENT)]);

pub static LIVE_TAIL_SESSION_START: Schema = Schema::structure(
    "LiveTailSessionStart",
    &[
        Member::new("requestId", &REQUEST_ID),
        Member::new("sessionId", &SESSION_ID),
        Member::new("logGroupIdentifiers", &START_LIVE_TAIL_LOG_GROUP_IDENTIFIERS),
        Member::new("logStreamNames", &INPUT_LOG_STREAM_NAMES),
        Member::new("logStreamNamePrefixes", &INPUT_LOG_STREAM_NAMES),
        Member::new("logEventFilterPattern", &FILTER_PATTERN),
    ],
)
.event();

pub static LIVE_TAIL_SESSION_UPDATE: Schema = Schema::structure(
    "LiveTailSessionUpdate",
    &[
        Member::new("sessionMetadata", &LIVE_TAIL_SESSION_METADATA),
        Member::new("sessionResults", &LIVE_TAIL_SESSION_RESULTS),
    ],
)
.event();

pub static LOG_EVENT_INDEX: Schema = Schema::scalar("LogEventIndex", Kind::Integer);

pub static LOG_GROUP: Schema = Schema::structure(
    "LogGroup",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME),
        Member::new("creationTime", &TIMESTAMP),
        Member::new("retentionInDays", &DAYS),
        Member::new("metricFilterCount", &FILTER_COUNT),
        Member::new("arn", &ARN),
        Member::new("storedBytes", &STORED_BYTES),
        Member::new("kmsKeyId", &KMS_KEY_ID),
        Member::new("dataProtectionStatus", &DATA_PROTECTION_STATUS),
        Member::new("inheritedProperties", &INHERITED_PROPERTIES),
        Member::new("logGroupClass", &LOG_GROUP_CLASS),
        Member::new("logGroupArn", &ARN),
        Member::new("deletionProtectionEnabled", &DELETION_PROTECTION_ENABLED),
        Member::new("bearerTokenAuthenticationEnabled", &BEARER_TOKEN_AUTHENTICATION_ENABLED),
        Member::new("retentionPolicyName", &POLICY_NAME),
    ],
);

pub static LOG_GROUP_CLASS: Schema =
    Schema::scalar("LogGroupClass", Kind::String).enumeration(super::LogGroupClass::VALUES);

static PATTERN_OF_LOG_GROUP_IDENTIFIER: Pattern = Pattern::new("[\\w#+=/:,.@-]*");
pub static LOG_GROUP_IDENTIFIER: Schema = Schema::scalar("LogGroupIdentifier", Kind::String)
    .min(1)
    .max(2048)
    .pattern(&PATTERN_OF_LOG_GROUP_IDENTIFIER);

static PATTERN_OF_LOG_GROUP_NAME: Pattern = Pattern::new("[\\.\\-_/#A-Za-z0-9]+");
pub static LOG_GROUP_NAME: Schema =
    Schema::scalar("LogGroupName", Kind::String).min(1).max(512).pattern(&PATTERN_OF_LOG_GROUP_NAME);

static PATTERN_OF_LOG_GROUP_NAME_PATTERN: Pattern = Pattern::new("[\\.\\-_/#A-Za-z0-9]*");
pub static LOG_GROUP_NAME_PATTERN: Schema = Schema::scalar("LogGroupNamePattern", Kind::String)
    .min(0)
    .max(512)
    .pattern(&PATTERN_OF_LOG_GROUP_NAME_PATTERN);

pub static LOG_GROUPS: Schema = Schema::list("LogGroups", &[Member::new("member", &LOG_GROUP)]);

pub static LOG_STREAM: Schema = Schema::structure(
    "LogStream",
    &[
        Member::new("logStreamName", &LOG_STREAM_NAME),
        Member::new("creationTime", &TIMESTAMP),
        Member::new("firstEventTimestamp", &TIMESTAMP),
        Member::new("lastEventTimestamp", &TIMESTAMP),
        Member::new("lastIngestionTime", &TIMESTAMP),
        Member::new("uploadSequenceToken", &SEQUENCE_TOKEN),
        Member::new("arn", &ARN),
        Member::new("storedBytes", &STORED_BYTES),
    ],
);

static PATTERN_OF_LOG_STREAM_NAME: Pattern = Pattern::new("[^:*]*");
pub static LOG_STREAM_NAME: Schema =
    Schema::scalar("LogStreamName", Kind::String).min(1).max(512).pattern(&PATTERN_OF_LOG_STREAM_NAME);

pub static LOG_STREAM_SEARCHED_COMPLETELY: Schema =
    Schema::scalar("LogStreamSearchedCompletely", Kind::Boolean);

pub static LOG_STREAMS: Schema = Schema::list("LogStreams", &[Member::new("member", &LOG_STREAM)]);

pub static MESSAGE: Schema = Schema::scalar("Message", Kind::String);

pub static NEXT_TOKEN: Schema = Schema::scalar("NextToken", Kind::String).min(1);

pub static OPERATION_ABORTED_EXCEPTION: Schema = Schema::structure("OperationAbortedException", &[]);

pub static ORDER_BY: Schema = Schema::scalar("OrderBy", Kind::String).enumeration(super::OrderBy::VALUES);

pub static OUTPUT_LOG_EVENT: Schema = Schema::structure(
    "OutputLogEvent",
    &[
        Member::new("timestamp", &TIMESTAMP),
        Member::new("message", &EVENT_MESSAGE),
        Member::new("ingestionTime", &TIMESTAMP),
    ],
);

pub static OUTPUT_LOG_EVENTS: Schema =
    Schema::list("OutputLogEvents", &[Member::new("member", &OUTPUT_LOG_EVENT)]);

pub static POLICY_NAME: Schema = Schema::scalar("PolicyName", Kind::String);

pub static PUT_LOG_EVENTS_REQUEST: Schema = Schema::structure(
    "PutLogEventsRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME).required(),
        Member::new("logStreamName", &LOG_STREAM_NAME).required(),
        Member::new("logEvents", &INPUT_LOG_EVENTS).required(),
        Member::new("sequenceToken", &SEQUENCE_TOKEN),
        Member::new("entity", &ENTITY),
    ],
);

pub static PUT_LOG_EVENTS_RESPONSE: Schema = Schema::structure(
    "PutLogEventsResponse",
    &[
        Member::new("nextSequenceToken", &SEQUENCE_TOKEN),
        Member::new("rejectedLogEventsInfo", &REJECTED_LOG_EVENTS_INFO),
        Member::new("rejectedEntityInfo", &REJECTED_ENTITY_INFO),
    ],
);

pub static PUT_RETENTION_POLICY_REQUEST: Schema = Schema::structure(
    "PutRetentionPolicyRequest",
    &[
        Member::new("logGroupName", &LOG_GROUP_NAME).required(),
        Member::new("retentionInDays", &DAYS).required(),
    ],
);

pub static REJECTED_ENTITY_INFO: Schema = Schema::structure(
    "RejectedEntityInfo",
    &[Member::new("errorType", &ENTITY_REJECTION_ERROR_TYPE).required()],
);

pub static REJECTED_LOG_EVENTS_INFO: Schema = Schema::structure(
    "RejectedLogEventsInfo",
    &[
        Member::new("tooNewLogEventStartIndex", &LOG_EVENT_INDEX),
        Member::new("tooOldLogEventEndIndex", &LOG_EVENT_INDEX),
        Member::new("expiredLogEventEndIndex", &LOG_EVENT_INDEX),
    ],
);

pub static REQUEST_ID: Schema = Schema::scalar("RequestId", Kind::String).min(0).max(256);

pub static RESOURCE_ALREADY_EXISTS_EXCEPTION: Schema =
    Schema::structure("ResourceAlreadyExistsException", &[]);

pub static RESOURCE_NOT_FOUND_EXCEPTION: Schema = Schema::structure("ResourceNotFoundException", &[]);

pub static SEARCHED_LOG_STREAM: Schema = Schema::structure(
    "SearchedLogStream",
    &[
        Member::new("logStreamName", &LOG_STREAM_NAME),
        Member::new("searchedCompletely", &LOG_STREAM_SEARCHED_COMPLETELY),
    ],
);

pub static SEARCHED_LOG_STREAMS: Schema =
    Schema::list("SearchedLogStreams", &[Member::new("member", &SEARCHED_LOG_STREAM)]);

pub static SEQUENCE_TOKEN: Schema = Schema::scalar("SequenceToken", Kind::String).min(1);

pub static SERVICE_UNAVAILABLE_EXCEPTION: Schema = Schema::structure("ServiceUnavailableException", &[]);

pub static SESSION_ID: Schema = Schema::scalar("SessionId", Kind::String).min(0).max(256);

pub static SESSION_STREAMING_EXCEPTION: Schema =
    Schema::structure("SessionStreamingException", &[Member::new("message", &MESSAGE)]);

pub static SESSION_TIMEOUT_EXCEPTION: Schema =
    Schema::structure("SessionTimeoutException", &[Member::new("message", &MESSAGE)]);

pub static START_FROM_HEAD: Schema = Schema::scalar("StartFromHead", Kind::Boolean);

pub static START_LIVE_TAIL_LOG_GROUP_IDENTIFIERS: Schema =
    Schema::list("StartLiveTailLogGroupIdentifiers", &[Member::new("member", &LOG_GROUP_IDENTIFIER)])
        .min(1)
        .max(10);

pub static START_LIVE_TAIL_REQUEST: Schema = Schema::structure(
    "StartLiveTailRequest",
    &[
        Member::new("logGroupIdentifiers", &START_LIVE_TAIL_LOG_GROUP_IDENTIFIERS).required(),
        Member::new("logStreamNames", &INPUT_LOG_STREAM_NAMES),
        Member::new("logStreamNamePrefixes", &INPUT_LOG_STREAM_NAMES),
        Member::new("logEventFilterPattern", &FILTER_PATTERN),
    ],
);

pub static START_LIVE_TAIL_RESPONSE: Schema = Schema::structure(
    "StartLiveTailResponse",
    &[Member::new("responseStream", &START_LIVE_TAIL_RESPONSE_STREAM)],
);

pub static START_LIVE_TAIL_RESPONSE_STREAM: Schema = Schema::union(
    "StartLiveTailResponseStream",
    &[
        Member::new("sessionStart", &LIVE_TAIL_SESSION_START),
        Member::new("sessionUpdate", &LIVE_TAIL_SESSION_UPDATE),
        Member::new("SessionTimeoutException", &SESSION_TIMEOUT_EXCEPTION),
        Member::new("SessionStreamingException", &SESSION_STREAMING_EXCEPTION),
    ],
)
.event_stream();

pub static STORED_BYTES: Schema = Schema::scalar("StoredBytes", Kind::Long).min(0);

static PATTERN_OF_TAG_KEY: Pattern = Pattern::new("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$");
pub static TAG_KEY: Schema =
    Schema::scalar("TagKey", Kind::String).min(1).max(128).pattern(&PATTERN_OF_TAG_KEY);

pub static TAG_KEY_LIST: Schema =
    Schema::list("TagKeyList", &[Member::new("member", &TAG_KEY)]).min(0).max(50);

pub static TAG_LIST: Schema = Schema::list("TagList", &[Member::new("member", &TAG_KEY)]).min(1);

pub static TAG_LOG_GROUP_REQUEST: Schema = Schema::structure(
    "TagLogGroupRequest",
    &[Member::new("logGroupName", &LOG_GROUP_NAME).required(), Member::new("tags", &TAGS).required()],
);

pub static TAG_RESOURCE_REQUEST: Schema = Schema::structure(
    "TagResourceRequest",
    &[Member::new("resourceArn", &AMAZON_RESOURCE_NAME).required(), Member::new("tags", &TAGS).required()],
);

static PATTERN_OF_TAG_VALUE: Pattern = Pattern::new("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
pub static TAG_VALUE: Schema =
    Schema::scalar("TagValue", Kind::String).max(256).pattern(&PATTERN_OF_TAG_VALUE);

pub static TAGS: Schema =
    Schema::map("Tags", &[Member::new("key", &TAG_KEY), Member::new("value", &TAG_VALUE)]).min(1).max(50);

pub static TIMESTAMP: Schema = Schema::scalar("Timestamp", Kind::Long).min(0);

pub static TOO_MANY_TAGS_EXCEPTION: Schema = Schema::structure(
    "TooManyTagsException",
    &[Member::new("message", &MESSAGE), Member::new("resourceName", &AMAZON_RESOURCE_NAME)],
);

pub static UNMASK: Schema = Schema::scalar("Unmask", Kind::Boolean);

pub static UNRECOGNIZED_CLIENT_EXCEPTION: Schema = Schema::structure("UnrecognizedClientException", &[]);

pub static UNTAG_LOG_GROUP_REQUEST: Schema = Schema::structure(
    "UntagLogGroupRequest",
    &[Member::new("logGroupName", &LOG_GROUP_NAME).required(), Member::new("tags", &TAG_LIST).required()],
);

pub static UNTAG_RESOURCE_REQUEST: Schema = Schema::structure(
    "UntagResourceRequest",
    &[
        Member::new("resourceArn", &AMAZON_RESOURCE_NAME).required(),
        Member::new("tagKeys", &TAG_KEY_LIST).required(),
    ],
);

pub static VALIDATION_EXCEPTION: Schema = Schema::structure("ValidationException", &[]);
