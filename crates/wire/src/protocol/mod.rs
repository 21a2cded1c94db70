//! The wire protocols. Each is one file that implements [`Codec`]; nothing else knows their forms.

use http::request::Parts;

use crate::decode::DecodeError;
use crate::schema::{ErrorSchema, Fault, OperationSchema, QueryError, ServiceSchema};
use crate::{Document, Structure};

mod aws_json;
mod aws_query;
pub mod detect;
mod ec2_query;

/// The protocols of AWS services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    AwsJson1_0,
    AwsJson1_1,
    AwsQuery,
    Ec2Query,
    RestJson,
    RestXml,
    RpcV2Cbor,
}

/// A response with its body complete.
pub type Response = http::Response<Vec<u8>>;

/// Request and reply forms of one protocol, as a server sees them.
pub trait Codec: Sync {
    /// Reads a request into `input`. Answers the paths of required members that are missing.
    fn decode(
        &self,
        operation: &OperationSchema,
        parts: &Parts,
        body: &[u8],
        input: &mut dyn Structure,
    ) -> Result<Vec<String>, DecodeError>;

    /// The reply of a successful call.
    fn encode(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
        request_id: &str,
    ) -> Response;

    /// An error reply.
    fn encode_error(&self, service: Option<&ServiceSchema>, error: &ErrorReply, request_id: &str)
    -> Response;

    /// The error for a request that cannot be read.
    fn malformed(&self, error: &DecodeError) -> ErrorReply;

    /// The error for an operation that the service does not have.
    fn unknown_operation(&self, operation: &str, version: &str) -> ErrorReply;

    /// The payload of one event or of the initial response in an event stream, and its content type.
    fn encode_event_payload(&self, value: &dyn Structure) -> (Vec<u8>, &'static str);
}

/// The codec of a protocol, or `None` where it is not built yet.
pub fn codec(protocol: Protocol) -> Option<&'static dyn Codec> {
    match protocol {
        Protocol::AwsJson1_0 => Some(&aws_json::AwsJson { version: aws_json::Version::V1_0 }),
        Protocol::AwsJson1_1 => Some(&aws_json::AwsJson { version: aws_json::Version::V1_1 }),
        Protocol::AwsQuery => Some(&aws_query::AwsQuery),
        Protocol::Ec2Query => Some(&ec2_query::Ec2Query),
        Protocol::RestJson | Protocol::RestXml | Protocol::RpcV2Cbor => None,
    }
}

/// An error as any protocol can write it.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorReply {
    /// awsJson's `__type`: the name of the error's shape.
    pub code: String,
    pub http_status: u16,
    /// Code and status of the query protocols, where the model gives them.
    pub query: Option<QueryError>,
    pub fault: Fault,
    pub message: String,
    /// Modelled members beside the message.
    pub members: Vec<(&'static str, Document)>,
}

impl ErrorReply {
    /// An error by its schema.
    pub fn new(schema: &ErrorSchema, message: impl Into<String>) -> Self {
        ErrorReply {
            code: schema.shape.to_owned(),
            http_status: schema.http_status,
            query: schema.query,
            fault: schema.fault,
            message: message.into(),
            members: Vec::new(),
        }
    }

    /// The caller's mistake, under a code that no model lists.
    pub fn sender(code: &str, http_status: u16, message: impl Into<String>) -> Self {
        ErrorReply {
            code: code.to_owned(),
            http_status,
            query: None,
            fault: Fault::Sender,
            message: message.into(),
            members: Vec::new(),
        }
    }

    /// The server's mistake, under a code that no model lists.
    pub fn receiver(code: &str, http_status: u16, message: impl Into<String>) -> Self {
        ErrorReply { fault: Fault::Receiver, ..ErrorReply::sender(code, http_status, message) }
    }

    /// The code as the query protocols write it.
    pub fn query_code(&self) -> &str {
        self.query.map_or(&self.code, |query| query.code)
    }

    /// The status as the query protocols write it.
    pub fn query_status(&self) -> u16 {
        self.query.map_or(self.http_status, |query| query.http_status)
    }
}

/// Builds a response. The status of an [`ErrorReply`] that is out of HTTP's range becomes 500.
fn response(status: u16, headers: &[(&'static str, &str)], body: Vec<u8>) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        // A value with control characters cannot be sent; ids, codes and types never have any.
        if let Ok(value) = http::HeaderValue::from_str(value) {
            response.headers_mut().insert(*name, value);
        }
    }
    response
}
