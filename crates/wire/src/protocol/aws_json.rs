//! awsJson 1.0 and 1.1: one POST to `/`, the operation in `X-Amz-Target`, JSON both ways.

use http::request::Parts;

use super::{Codec, ErrorReply, Response, response};
use crate::decode::DecodeError;
use crate::json::{push_string, read_structure, write_document, write_structure};
use crate::schema::{Fault, OperationSchema, ServiceSchema};
use crate::shape::Structure;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1_0,
    V1_1,
}

pub(super) struct AwsJson {
    pub(super) version: Version,
}

impl AwsJson {
    fn content_type(&self) -> &'static str {
        match self.version {
            Version::V1_0 => "application/x-amz-json-1.0",
            Version::V1_1 => "application/x-amz-json-1.1",
        }
    }
}

impl Codec for AwsJson {
    fn decode(
        &self,
        _operation: &OperationSchema,
        _parts: &Parts,
        body: &[u8],
        input: &mut dyn Structure,
    ) -> Result<Vec<String>, DecodeError> {
        read_structure(body, input)
    }

    fn encode(
        &self,
        _service: &ServiceSchema,
        _operation: &OperationSchema,
        output: &dyn Structure,
        request_id: &str,
    ) -> Response {
        let mut body = Vec::new();
        write_structure(output, &mut body);
        response(200, &[("content-type", self.content_type()), ("x-amzn-requestid", request_id)], body)
    }

    fn encode_error(
        &self,
        service: Option<&ServiceSchema>,
        error: &ErrorReply,
        request_id: &str,
    ) -> Response {
        let mut body = b"{\"__type\":".to_vec();
        push_string(&error.code, &mut body);
        if !error.message.is_empty() {
            body.extend_from_slice(b",\"message\":");
            push_string(&error.message, &mut body);
        }
        for (name, value) in &error.members {
            body.push(b',');
            push_string(name, &mut body);
            body.push(b':');
            write_document(value, &mut body);
        }
        body.push(b'}');
        let mut headers = vec![("content-type", self.content_type()), ("x-amzn-requestid", request_id)];
        // A client that moved here from the query protocol still knows the error by its old code.
        let fault = if error.fault == Fault::Sender { "Sender" } else { "Receiver" };
        let query_error = error.query.map(|query| format!("{};{fault}", query.code));
        if let Some(query_error) = &query_error
            && service.is_some_and(|service| service.query_compatible)
        {
            headers.push(("x-amzn-query-error", query_error));
        }
        response(error.http_status, &headers, body)
    }

    fn malformed(&self, error: &DecodeError) -> ErrorReply {
        ErrorReply::sender("SerializationException", 400, &error.message)
    }

    fn unknown_operation(&self, _operation: &str, _version: &str) -> ErrorReply {
        // AWS answers with the code alone.
        ErrorReply::sender("UnknownOperationException", 400, "")
    }

    fn encode_event_payload(&self, value: &dyn Structure) -> (Vec<u8>, &'static str) {
        let mut body = Vec::new();
        write_structure(value, &mut body);
        (body, "application/json")
    }
}
