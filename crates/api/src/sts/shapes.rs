//! Structures and unions of AWS STS. Required members are plain, all others `Option`.

#![allow(unused_imports, reason = "which of them a model needs varies")]
#![allow(clippy::large_enum_variant, reason = "a union is read once and taken apart")]

use std::collections::BTreeMap;

use wire::{Blob, Document, Timestamp};

use super::{enums::*, errors::ErrorCode, schema as s};
use crate::EventStream;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumeRoleRequest {
    pub role_arn: String,
    pub role_session_name: String,
    pub policy_arns: Option<Vec<PolicyDescriptorType>>,
    pub policy: Option<String>,
    pub duration_seconds: Option<i32>,
    pub tags: Option<Vec<Tag>>,
    pub transitive_tag_keys: Option<Vec<String>>,
    pub external_id: Option<String>,
    pub serial_number: Option<String>,
    pub token_code: Option<String>,
    pub source_identity: Option<String>,
    pub provided_contexts: Option<Vec<ProvidedContext>>,
    pub minimum_session_token_size: Option<i32>,
}

wire::structure!(AssumeRoleRequest, s::ASSUME_ROLE_REQUEST, {
    0: role_arn, 1: role_session_name, 2: policy_arns, 3: policy, 4: duration_seconds, 5: tags,
    6: transitive_tag_keys, 7: external_id, 8: serial_number, 9: token_code, 10: source_identity,
    11: provided_contexts, 12: minimum_session_token_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumeRoleResponse {
    pub credentials: Option<Credentials>,
    pub assumed_role_user: Option<AssumedRoleUser>,
    /// Deprecated by AWS.
    pub packed_policy_size: Option<i32>,
    pub source_identity: Option<String>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

wire::structure!(AssumeRoleResponse, s::ASSUME_ROLE_RESPONSE, {
    0: credentials, 1: assumed_role_user, 2: packed_policy_size, 3: source_identity,
    4: session_token_utilization, 5: session_token_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumedRoleUser {
    pub assumed_role_id: String,
    pub arn: String,
}

wire::structure!(AssumedRoleUser, s::ASSUMED_ROLE_USER, {
    0: assumed_role_id, 1: arn,
});

#[derive(Clone, Default, PartialEq)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    pub expiration: Timestamp,
}

wire::structure!(Credentials, s::CREDENTIALS, {
    0: access_key_id, 1: secret_access_key, 2: session_token, 3: expiration,
});
wire::redacted_debug!(Credentials, [access_key_id, session_token, expiration,], [secret_access_key,]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCallerIdentityRequest {}

wire::structure!(GetCallerIdentityRequest, s::GET_CALLER_IDENTITY_REQUEST, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCallerIdentityResponse {
    pub user_id: Option<String>,
    pub account: Option<String>,
    pub arn: Option<String>,
}

wire::structure!(GetCallerIdentityResponse, s::GET_CALLER_IDENTITY_RESPONSE, {
    0: user_id, 1: account, 2: arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetSessionTokenRequest {
    pub duration_seconds: Option<i32>,
    pub serial_number: Option<String>,
    pub token_code: Option<String>,
    pub minimum_session_token_size: Option<i32>,
}

wire::structure!(GetSessionTokenRequest, s::GET_SESSION_TOKEN_REQUEST, {
    0: duration_seconds, 1: serial_number, 2: token_code, 3: minimum_session_token_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetSessionTokenResponse {
    pub credentials: Option<Credentials>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

wire::structure!(GetSessionTokenResponse, s::GET_SESSION_TOKEN_RESPONSE, {
    0: credentials, 1: session_token_utilization, 2: session_token_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyDescriptorType {
    pub arn: Option<String>,
}

wire::structure!(PolicyDescriptorType, s::POLICY_DESCRIPTOR_TYPE, {
    0: arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvidedContext {
    pub provider_arn: Option<String>,
    pub context_assertion: Option<String>,
}

wire::structure!(ProvidedContext, s::PROVIDED_CONTEXT, {
    0: provider_arn, 1: context_assertion,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

wire::structure!(Tag, s::TAG, {
    0: key, 1: value,
});
