//! Which protocol, service and operation a request is for, from what it shows before it is decoded.

use http::Method;
use http::request::Parts;

use super::Protocol;
use crate::query::Form;

/// What a request calls, as far as its envelope says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// `X-Amz-Target: prefix.Operation` of awsJson. The operation is empty when the target has no dot.
    Target { protocol: Protocol, prefix: String, operation: String },
    /// `Action` and `Version` of the query protocols; which service it is follows from the version and the signature.
    Action { action: String, version: String },
    /// rpcv2Cbor: `/service/Name/operation/Operation`.
    Rpc { service: String, operation: String },
    /// None of the above: a REST protocol, or no AWS request at all.
    Path,
}

/// Reads a request's envelope. `body` is only looked at when the request is a form.
pub fn detect(parts: &Parts, body: &[u8]) -> Call {
    let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if let Some(target) = parts.headers.get("x-amz-target") {
        let target = target.to_str().unwrap_or_default();
        let (prefix, operation) = target.rsplit_once('.').unwrap_or((target, ""));
        let protocol = if header("content-type").trim_start().starts_with("application/x-amz-json-1.0") {
            Protocol::AwsJson1_0
        } else {
            Protocol::AwsJson1_1
        };
        return Call::Target { protocol, prefix: prefix.to_owned(), operation: operation.to_owned() };
    }
    if header("smithy-protocol") == "rpc-v2-cbor" {
        let mut path = parts.uri.path().rsplit('/');
        if let (Some(operation), Some("operation"), Some(service), Some("service")) =
            (path.next(), path.next(), path.next(), path.next())
        {
            return Call::Rpc { service: service.to_owned(), operation: operation.to_owned() };
        }
    }
    let is_form = header("content-type").trim_start().starts_with("application/x-www-form-urlencoded");
    let from_query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let from_body = (parts.method == Method::POST && is_form).then(|| Form::parse(body));
    for form in from_body.iter().chain([&from_query]) {
        if let Some(action) = form.get("Action") {
            let version = form.get("Version").unwrap_or_default();
            return Call::Action { action: action.to_owned(), version: version.to_owned() };
        }
    }
    Call::Path
}
