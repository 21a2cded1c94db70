//! Answers that come before, or instead of, a service's own: each a code, a status and a text, in the words that the
//! protocol's family uses. Turning them into bytes is the codec's.

use crate::body::{Body, full};
use api::{ErrorReply, Protocol};
use auth::sigv4::{self, Family};
use http::{HeaderValue, Response, header};

/// A request that is not carried out.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The signature does not hold.
    Unproven(sigv4::Error),
    /// Proven, and not allowed.
    Denied {
        principal: String,
        action: String,
        resource: String,
    },
    /// The HTTP is wrong in a way that hyper lets through.
    Http(&'static str),
    TooLong {
        limit: usize,
    },
    TooSlow,
    /// No operation of any service here.
    UnknownPath,
    /// A page or a host that may not call at all.
    Forbidden(&'static str),
    /// What the codec or the service says.
    Said(ErrorReply),
    /// A fault of ours, which the log explains.
    Internal,
}

/// The family of error codes that a protocol belongs to.
pub(crate) fn family(protocol: Protocol) -> Family {
    match protocol {
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 | Protocol::RestJson | Protocol::RpcV2Cbor => {
            Family::Json
        }
        Protocol::AwsQuery | Protocol::RestXml => Family::Query,
        Protocol::Ec2Query => Family::Ec2,
    }
}

impl Refusal {
    /// The error as a caller that speaks `protocol` is told it.
    pub(crate) fn reply(self, protocol: Protocol) -> ErrorReply {
        let family = family(protocol);
        // JSON's codes end in Exception and come with 400, query's do not and come with 403.
        let by_family = |code: &str, json: u16, query: u16, text: String| match family {
            Family::Json => ErrorReply::sender(&format!("{code}Exception"), json, text),
            Family::Query | Family::Ec2 => ErrorReply::sender(code, query, text),
        };
        match self {
            Self::Unproven(error) => {
                ErrorReply::sender(error.code(family), error.status(family), error.message(family))
            }
            Self::Denied { principal, action, resource } => {
                let text = denied(&principal, &action, &resource);
                match family {
                    Family::Ec2 => {
                        let text = format!("You are not authorized to perform this operation. {text}");
                        ErrorReply::sender("UnauthorizedOperation", 403, text)
                    }
                    Family::Json | Family::Query => by_family("AccessDenied", 400, 403, text),
                }
            }
            Self::Http(text) => by_family("MalformedHttpRequest", 400, 400, text.to_owned()),
            Self::TooLong { limit } => {
                let text = format!("The request's body is longer than the {limit} bytes that are accepted.");
                by_family("RequestEntityTooLarge", 413, 413, text)
            }
            Self::TooSlow => {
                by_family("RequestTimeout", 408, 408, "The request's body did not arrive in time.".to_owned())
            }
            // AWS says so under both families.
            Self::UnknownPath => {
                ErrorReply::sender("UnknownOperationException", 404, "Nothing is served under this path.")
            }
            Self::Forbidden(text) => by_family("AccessDenied", 403, 403, text.to_owned()),
            Self::Said(reply) => reply,
            Self::Internal => {
                let text =
                    "The request processing has failed because of an unknown error, exception or failure.";
                ErrorReply::receiver("InternalFailure", 500, text)
            }
        }
    }

    /// Whether the connection cannot be used again: a part of the request may still be on its way.
    pub(crate) fn ends_connection(&self) -> bool {
        matches!(self, Self::Http(_) | Self::TooLong { .. } | Self::TooSlow)
    }
}

/// What whoever may not do something is told.
pub(crate) fn denied(principal: &str, action: &str, resource: &str) -> String {
    format!(
        "User: {principal} is not authorized to perform: {action} on resource: {resource} because no identity-based policy \
         allows the {action} action"
    )
}

/// The answer to a refused request.
pub(crate) fn answer(refusal: Refusal, protocol: Protocol, request_id: &str) -> Response<Body> {
    let ends = refusal.ends_connection();
    let reply = refusal.reply(protocol);
    // A protocol that is not built yet has no operation here that could refuse; JSON is what its clients read best.
    let codec = api::codec(protocol).or_else(|| api::codec(Protocol::AwsJson1_1)).expect("awsJson is built");
    let mut response = codec.encode_error(None, &reply, request_id).map(full);
    if ends {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
