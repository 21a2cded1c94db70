//! First step: which protocol, service and operation a request means.
//!
//! An operation that no model knows is refused here, in the protocol's own words; one that is modelled and not built yet
//! gets through and says so itself.

use super::Incoming;
use crate::directory::{Directory, query_protocol};
use crate::refusal::Refusal;
use crate::routes::signed;
use api::{Call, Codec, ErrorReply, Operation, Protocol, Service};
use auth::{Cx, sigv4};
use http::{HeaderMap, Method, header};
use tracing::Span;

/// What JSON services say of an operation that they do not have, where they say anything.
const UNKNOWN: &str = "The requested operation is not recognized by the service.";

/// What a request calls.
pub(crate) struct Called<'a> {
    pub protocol: Protocol,
    pub codec: &'static dyn Codec,
    pub service: &'a Service<Cx>,
    pub operation: &'a Operation<Cx>,
}

/// The protocol to answer in while nothing else is known.
pub(crate) fn spoken(headers: &HeaderMap) -> Protocol {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    match content_type.trim() {
        text if text.starts_with("application/x-amz-json-1.0") => Protocol::AwsJson1_0,
        text if text.contains("json") || headers.contains_key("x-amz-target") => Protocol::AwsJson1_1,
        text if text.contains("cbor") => Protocol::RpcV2Cbor,
        _ => Protocol::AwsQuery,
    }
}

/// Refusals come with the protocol to word them in.
pub(super) fn step<'a>(
    directory: &'a Directory,
    request: &Incoming,
) -> Result<Called<'a>, (Protocol, Refusal)> {
    let parts = &request.parts;
    let call = api::detect(parts, &request.body);
    let claimed = match &call {
        Call::Target { .. } => None,
        Call::Action { .. } | Call::Rpc { .. } | Call::Path => {
            let request =
                signed(parts.method.as_str(), &parts.uri, parts.version, &parts.headers, &request.body);
            sigv4::claimed_service(&request)
        }
    };
    let service = directory.find(&call, claimed.as_deref(), &request.host);
    let fallback = spoken(&parts.headers);
    let unknown = |protocol: Protocol, operation: &str, version: &str| {
        let reply = api::codec(protocol).map(|codec| codec.unknown_operation(operation, version));
        let reply = reply.map(|reply| match reply.message.is_empty() {
            true => ErrorReply { message: UNKNOWN.to_owned(), ..reply },
            false => reply,
        });
        (protocol, reply.map_or(Refusal::UnknownPath, Refusal::Said))
    };

    let (protocol, name, version) = match &call {
        Call::Target { protocol, operation, .. } => {
            // What the service speaks counts, whatever the content type says.
            let spoken = service.and_then(|service| {
                let mut spoken = service.schema.protocols.iter().copied().filter(is_json);
                spoken.clone().find(|one| one == protocol).or_else(|| spoken.next())
            });
            if parts.method != Method::POST {
                return Err((*protocol, Refusal::UnknownPath));
            }
            (spoken.unwrap_or(*protocol), operation.as_str(), "")
        }
        Call::Action { action, version } => {
            let protocol = service.and_then(query_protocol).unwrap_or(Protocol::AwsQuery);
            let told = Some(version.as_str())
                .filter(|version| !version.is_empty())
                .unwrap_or("NO_VERSION_SPECIFIED");
            match service {
                Some(service) if service.schema.api_version != version => {
                    return Err(unknown(protocol, action, told));
                }
                Some(_) | None => (protocol, action.as_str(), told),
            }
        }
        Call::Rpc { operation, .. } => (Protocol::RpcV2Cbor, operation.as_str(), ""),
        Call::Path if fallback == Protocol::AwsQuery && is_form(&parts.headers) => {
            let text = "The request must contain the parameter Action.";
            let spoken = service.and_then(query_protocol).unwrap_or(fallback);
            return Err((spoken, Refusal::Said(ErrorReply::sender("MissingAction", 400, text))));
        }
        // JSON without a target has no operation; REST protocols are not built yet.
        Call::Path if is_json(&fallback) => return Err(unknown(fallback, "", "")),
        Call::Path => return Err((fallback, Refusal::UnknownPath)),
    };

    let span = Span::current();
    let (Some(service), Some(codec)) = (service, api::codec(protocol)) else {
        return Err(unknown(protocol, name, version));
    };
    span.record("service", service.schema.name);
    let Some(operation) = service.operation(name) else {
        return Err(unknown(protocol, name, version));
    };
    span.record("operation", operation.schema.name);
    Ok(Called { protocol, codec, service, operation })
}

fn is_json(protocol: &Protocol) -> bool {
    matches!(protocol, Protocol::AwsJson1_0 | Protocol::AwsJson1_1)
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|text| text.trim_start().starts_with("application/x-www-form-urlencoded"))
}
