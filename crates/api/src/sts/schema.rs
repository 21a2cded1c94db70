//! The model of AWS STS as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "sts",
    signing_name: "sts",
    endpoint_prefix: "sts",
    target_prefix: None,
    api_version: "2011-06-15",
    protocols: &[Protocol::AwsQuery],
    xml_namespace: Some("https://sts.amazonaws.com/doc/2011-06-15/"),
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static ASSUME_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "AssumeRole",
    input: &ASSUME_ROLE_REQUEST,
    output: &ASSUME_ROLE_RESPONSE,
    errors: &[
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
        &errors::EXPIRED_TOKEN_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("AssumeRoleResult"),
    event_stream: None,
};

pub static GET_CALLER_IDENTITY_OPERATION: OperationSchema = OperationSchema {
    name: "GetCallerIdentity",
    input: &GET_CALLER_IDENTITY_REQUEST,
    output: &GET_CALLER_IDENTITY_RESPONSE,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetCallerIdentityResult"),
    event_stream: None,
};

pub static GET_SESSION_TOKEN_OPERATION: OperationSchema = OperationSchema {
    name: "GetSessionToken",
    input: &GET_SESSION_TOKEN_REQUEST,
    output: &GET_SESSION_TOKEN_RESPONSE,
    errors: &[&errors::REGION_DISABLED_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetSessionTokenResult"),
    event_stream: None,
};

pub static ASSUME_ROLE_REQUEST: Schema = Schema::structure(
    "AssumeRoleRequest",
    &[
        Member::new("RoleArn", &ARN_TYPE).required(),
        Member::new("RoleSessionName", &ROLE_SESSION_NAME_TYPE).required(),
        Member::new("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE),
        Member::new("Policy", &UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE),
        Member::new("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE),
        Member::new("Tags", &TAG_LIST_TYPE),
        Member::new("TransitiveTagKeys", &TAG_KEY_LIST_TYPE),
        Member::new("ExternalId", &EXTERNAL_ID_TYPE),
        Member::new("SerialNumber", &SERIAL_NUMBER_TYPE),
        Member::new("TokenCode", &TOKEN_CODE_TYPE),
        Member::new("SourceIdentity", &SOURCE_IDENTITY_TYPE),
        Member::new("ProvidedContexts", &PROVIDED_CONTEXTS_LIST_TYPE),
        Member::new("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
    ],
);

pub static ASSUME_ROLE_RESPONSE: Schema = Schema::structure(
    "AssumeRoleResponse",
    &[
        Member::new("Credentials", &CREDENTIALS),
        Member::new("AssumedRoleUser", &ASSUMED_ROLE_USER),
        Member::new("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE),
        Member::new("SourceIdentity", &SOURCE_IDENTITY_TYPE),
        Member::new("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE),
        Member::new("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE),
    ],
);

pub static ASSUMED_ROLE_USER: Schema = Schema::structure(
    "AssumedRoleUser",
    &[
        Member::new("AssumedRoleId", &ASSUMED_ROLE_ID_TYPE).required(),
        Member::new("Arn", &ARN_TYPE).required(),
    ],
);

pub static CREDENTIALS: Schema = Schema::structure(
    "Credentials",
    &[
        Member::new("AccessKeyId", &ACCESS_KEY_ID_TYPE).required(),
        Member::new("SecretAccessKey", &ACCESS_KEY_SECRET_TYPE).required(),
        Member::new("SessionToken", &TOKEN_TYPE).required(),
        Member::new("Expiration", &DATE_TYPE).required(),
    ],
);

pub static EXPIRED_TOKEN_EXCEPTION: Schema =
    Schema::structure("ExpiredTokenException", &[Member::new("message", &EXPIRED_IDENTITY_TOKEN_MESSAGE)]);

pub static GET_CALLER_IDENTITY_REQUEST: Schema = Schema::structure("GetCallerIdentityRequest", &[]);

pub static GET_CALLER_IDENTITY_RESPONSE: Schema = Schema::structure(
    "GetCallerIdentityResponse",
    &[
        Member::new("UserId", &USER_ID_TYPE),
        Member::new("Account", &ACCOUNT_TYPE),
        Member::new("Arn", &ARN_TYPE),
    ],
);

pub static GET_SESSION_TOKEN_REQUEST: Schema = Schema::structure(
    "GetSessionTokenRequest",
    &[
        Member::new("DurationSeconds", &DURATION_SECONDS_TYPE),
        Member::new("SerialNumber", &SERIAL_NUMBER_TYPE),
        Member::new("TokenCode", &TOKEN_CODE_TYPE),
        Member::new("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
    ],
);

pub static GET_SESSION_TOKEN_RESPONSE: Schema = Schema::structure(
    "GetSessionTokenResponse",
    &[
        Member::new("Credentials", &CREDENTIALS),
        Member::new("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE),
        Member::new("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE),
    ],
);

pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: Schema = Schema::structure(
    "MalformedPolicyDocumentException",
    &[Member::new("message", &MALFORMED_POLICY_DOCUMENT_MESSAGE)],
);

pub static PACKED_POLICY_TOO_LARGE_EXCEPTION: Schema = Schema::structure(
    "PackedPolicyTooLargeException",
    &[Member::new("message", &PACKED_POLICY_TOO_LARGE_MESSAGE)],
);

pub static POLICY_DESCRIPTOR_TYPE: Schema =
    Schema::structure("PolicyDescriptorType", &[Member::new("arn", &ARN_TYPE)]);

pub static PROVIDED_CONTEXT: Schema = Schema::structure(
    "ProvidedContext",
    &[Member::new("ProviderArn", &ARN_TYPE), Member::new("ContextAssertion", &CONTEXT_ASSERTION_TYPE)],
);

pub static PROVIDED_CONTEXTS_LIST_TYPE: Schema =
    Schema::list("ProvidedContextsListType", &[Member::new("member", &PROVIDED_CONTEXT)]).min(1).max(5);

pub static REGION_DISABLED_EXCEPTION: Schema =
    Schema::structure("RegionDisabledException", &[Member::new("message", &REGION_DISABLED_MESSAGE)]);

pub static TAG: Schema = Schema::structure(
    "Tag",
    &[Member::new("Key", &TAG_KEY_TYPE).required(), Member::new("Value", &TAG_VALUE_TYPE).required()],
);

static PATTERN_OF_ACCESS_KEY_ID_TYPE: Pattern = Pattern::new("[\\w]*");
pub static ACCESS_KEY_ID_TYPE: Schema =
    Schema::scalar("accessKeyIdType", Kind::String).min(16).max(128).pattern(&PATTERN_OF_ACCESS_KEY_ID_TYPE);

pub static ACCESS_KEY_SECRET_TYPE: Schema = Schema::scalar("accessKeySecretType", Kind::String).sensitive();

pub static ACCOUNT_TYPE: Schema = Schema::scalar("accountType", Kind::String);

static PATTERN_OF_ARN_TYPE: Pattern = Pattern::new(
    "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
);
pub static ARN_TYPE: Schema =
    Schema::scalar("arnType", Kind::String).min(20).max(2048).pattern(&PATTERN_OF_ARN_TYPE);

static PATTERN_OF_ASSUMED_ROLE_ID_TYPE: Pattern = Pattern::new("[\\w+=,.@:-]*");
pub static ASSUMED_ROLE_ID_TYPE: Schema = Schema::scalar("assumedRoleIdType", Kind::String)
    .min(2)
    .max(193)
    .pattern(&PATTERN_OF_ASSUMED_ROLE_ID_TYPE);

pub static CONTEXT_ASSERTION_TYPE: Schema =
    Schema::scalar("contextAssertionType", Kind::String).min(4).max(2048);

pub static DATE_TYPE: Schema = Schema::scalar("dateType", Kind::Timestamp);

pub static DURATION_SECONDS_TYPE: Schema =
    Schema::scalar("durationSecondsType", Kind::Integer).min(900).max(129600);

pub static EXPIRED_IDENTITY_TOKEN_MESSAGE: Schema =
    Schema::scalar("expiredIdentityTokenMessage", Kind::String);

static PATTERN_OF_EXTERNAL_ID_TYPE: Pattern = Pattern::new("[\\w+=,.@:\\/-]*");
pub static EXTERNAL_ID_TYPE: Schema =
    Schema::scalar("externalIdType", Kind::String).min(2).max(1224).pattern(&PATTERN_OF_EXTERNAL_ID_TYPE);

pub static MALFORMED_POLICY_DOCUMENT_MESSAGE: Schema =
    Schema::scalar("malformedPolicyDocumentMessage", Kind::String);

pub static MINIMUM_SESSION_TOKEN_SIZE_TYPE: Schema =
    Schema::scalar("minimumSessionTokenSizeType", Kind::Integer).min(0).max(4096);

pub static NON_NEGATIVE_INTEGER_TYPE: Schema = Schema::scalar("nonNegativeIntegerType", Kind::Integer).min(0);

pub static PACKED_POLICY_TOO_LARGE_MESSAGE: Schema =
    Schema::scalar("packedPolicyTooLargeMessage", Kind::String);

pub static POLICY_DESCRIPTOR_LIST_TYPE: Schema =
    Schema::list("policyDescriptorListType", &[Member::new("member", &POLICY_DESCRIPTOR_TYPE)]);

pub static REGION_DISABLED_MESSAGE: Schema = Schema::scalar("regionDisabledMessage", Kind::String);

pub static ROLE_DURATION_SECONDS_TYPE: Schema =
    Schema::scalar("roleDurationSecondsType", Kind::Integer).min(900).max(43200);

static PATTERN_OF_ROLE_SESSION_NAME_TYPE: Pattern = Pattern::new("[\\w+=,.@-]*");
pub static ROLE_SESSION_NAME_TYPE: Schema = Schema::scalar("roleSessionNameType", Kind::String)
    .min(2)
    .max(64)
    .pattern(&PATTERN_OF_ROLE_SESSION_NAME_TYPE);

static PATTERN_OF_SERIAL_NUMBER_TYPE: Pattern = Pattern::new("[\\w+=/:,.@-]*");
pub static SERIAL_NUMBER_TYPE: Schema =
    Schema::scalar("serialNumberType", Kind::String).min(9).max(256).pattern(&PATTERN_OF_SERIAL_NUMBER_TYPE);

pub static SESSION_TOKEN_SIZE_TYPE: Schema = Schema::scalar("sessionTokenSizeType", Kind::Integer).min(0);

pub static SESSION_TOKEN_UTILIZATION_TYPE: Schema =
    Schema::scalar("sessionTokenUtilizationType", Kind::Integer).min(0);

static PATTERN_OF_SOURCE_IDENTITY_TYPE: Pattern = Pattern::new("[\\w+=,.@-]*");
pub static SOURCE_IDENTITY_TYPE: Schema = Schema::scalar("sourceIdentityType", Kind::String)
    .min(2)
    .max(64)
    .pattern(&PATTERN_OF_SOURCE_IDENTITY_TYPE);

pub static TAG_KEY_LIST_TYPE: Schema =
    Schema::list("tagKeyListType", &[Member::new("member", &TAG_KEY_TYPE)]).max(50);

static PATTERN_OF_TAG_KEY_TYPE: Pattern = Pattern::new("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
pub static TAG_KEY_TYPE: Schema =
    Schema::scalar("tagKeyType", Kind::String).min(1).max(128).pattern(&PATTERN_OF_TAG_KEY_TYPE);

pub static TAG_LIST_TYPE: Schema = Schema::list("tagListType", &[Member::new("member", &TAG)]).max(50);

static PATTERN_OF_TAG_VALUE_TYPE: Pattern = Pattern::new("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
pub static TAG_VALUE_TYPE: Schema =
    Schema::scalar("tagValueType", Kind::String).min(0).max(256).pattern(&PATTERN_OF_TAG_VALUE_TYPE);

static PATTERN_OF_TOKEN_CODE_TYPE: Pattern = Pattern::new("[\\d]*");
pub static TOKEN_CODE_TYPE: Schema =
    Schema::scalar("tokenCodeType", Kind::String).min(6).max(6).pattern(&PATTERN_OF_TOKEN_CODE_TYPE);

pub static TOKEN_TYPE: Schema = Schema::scalar("tokenType", Kind::String);

static PATTERN_OF_UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Pattern =
    Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
pub static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Schema =
    Schema::scalar("unrestrictedSessionPolicyDocumentType", Kind::String)
        .min(1)
        .pattern(&PATTERN_OF_UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE);

pub static USER_ID_TYPE: Schema = Schema::scalar("userIdType", Kind::String);
