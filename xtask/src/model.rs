//! A service model as botocore writes it. Every field is listed and unknown ones are refused, so that a model with a new
//! trait fails here, loudly, and not in what we generate.
//!
//! Fields that are prose, or that concern clients only, are read and not kept.

#![allow(dead_code, reason = "fields that are read only to be known")]

use indexmap::IndexMap;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Model {
    #[serde(skip_serializing)]
    version: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    documentation: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    examples: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    client_context_params: Option<IgnoredAny>,
    pub metadata: Metadata,
    pub operations: IndexMap<String, Operation>,
    pub shapes: IndexMap<String, Shape>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Metadata {
    pub api_version: String,
    pub endpoint_prefix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json_version: Option<String>,
    pub protocol: String,
    pub protocols: Vec<String>,
    pub service_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml_namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_query_compatible: Option<QueryCompatible>,
    #[serde(skip_serializing)]
    auth: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    global_endpoint: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    service_abbreviation: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    service_full_name: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    signature_version: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    uid: Option<IgnoredAny>,
}

/// Present and empty.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryCompatible {}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Operation {
    pub name: String,
    pub http: Http,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<ShapeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<ShapeRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ShapeRef>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    #[serde(skip_serializing)]
    documentation: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    deprecated_message: Option<IgnoredAny>,
    /// Clients put a prefix before the host name; one endpoint serves all here.
    #[serde(skip_serializing)]
    endpoint: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    auth: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    authtype: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    idempotent: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    readonly: Option<IgnoredAny>,
    /// Clients choose their endpoint by them; one endpoint serves all here.
    #[serde(skip_serializing)]
    static_context_params: Option<IgnoredAny>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Http {
    pub method: String,
    pub request_uri: String,
}

/// A use of a shape: a member, an element, an operation's input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ShapeRef {
    pub shape: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp_format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_wrapper: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub flattened: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub idempotency_token: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub jsonvalue: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub eventpayload: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub eventheader: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    #[serde(skip_serializing)]
    documentation: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    deprecated_message: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    deprecated_since: Option<IgnoredAny>,
    /// Says that Java clients use a nullable type.
    #[serde(skip_serializing)]
    r#box: Option<IgnoredAny>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Shape {
    pub r#type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<IndexMap<String, ShapeRef>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<ShapeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<ShapeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ShapeRef>,
    #[serde(default, rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub enumeration: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp_format: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub flattened: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub union: bool,
    /// A structure without members that holds any JSON.
    #[serde(default, skip_serializing_if = "is_false")]
    pub document: bool,
    /// Says when clients try again.
    #[serde(skip_serializing)]
    retryable: Option<IgnoredAny>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub exception: bool,
    /// An exception that is the server's fault.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fault: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorTrait>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub eventstream: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub event: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Two lists of EC2 have one, which no client reads: elements are named by the use of their shape.
    #[serde(skip_serializing)]
    location_name: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    documentation: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    deprecated_message: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    deprecated_since: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    r#box: Option<IgnoredAny>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ErrorTrait {
    pub code: String,
    pub http_status_code: u16,
    #[serde(default, skip_serializing_if = "is_false")]
    pub sender_fault: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub fault: bool,
}

impl Shape {
    /// Every use of another shape in this one.
    pub fn references(&self) -> impl Iterator<Item = &ShapeRef> {
        let members = self.members.iter().flat_map(IndexMap::values);
        members.chain(&self.member).chain(&self.key).chain(&self.value)
    }
}
