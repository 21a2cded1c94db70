//! ec2Query: like awsQuery, but every list is flat and names are capitalised in requests, and answers have no result
//! wrapper. Errors have a document of their own.

use http::Method;
use http::request::Parts;

use super::{Codec, ErrorReply, Response, response};
use crate::decode::{DecodeError, DecodeErrorKind};
use crate::query::{Dialect, Form, read_structure};
use crate::schema::{OperationSchema, ServiceSchema, XmlNamespace};
use crate::shape::Structure;
use crate::xml::{XmlText, write_structure};

const CONTENT_TYPE: &str = "text/xml;charset=UTF-8";

pub(super) struct Ec2Query;

impl Codec for Ec2Query {
    fn decode(
        &self,
        _operation: &OperationSchema,
        parts: &Parts,
        body: &[u8],
        input: &mut dyn Structure,
    ) -> Result<Vec<String>, DecodeError> {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let form = Form::parse(if parts.method == Method::GET { query } else { body });
        if !form.is_utf8() {
            return Err(DecodeError::malformed("The request is not valid UTF-8."));
        }
        read_structure(&form, Dialect::Ec2, input)
    }

    fn encode(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
        request_id: &str,
    ) -> Response {
        let mut xml = XmlText::default();
        let envelope = format!("{}Response", operation.name);
        xml.open(&envelope, service.xml_namespace.map(|uri| XmlNamespace { uri, prefix: None }));
        xml.element("requestId", request_id);
        write_structure(output, &mut xml);
        xml.close(&envelope);
        response(200, &[("content-type", CONTENT_TYPE), ("x-amzn-requestid", request_id)], xml.into_bytes())
    }

    fn encode_error(
        &self,
        _service: Option<&ServiceSchema>,
        error: &ErrorReply,
        request_id: &str,
    ) -> Response {
        let mut xml = XmlText::default();
        xml.open("Response", None);
        xml.open("Errors", None);
        xml.open("Error", None);
        xml.element("Code", error.query_code());
        xml.element("Message", &error.message);
        for (name, value) in &error.members {
            xml.document(name, value);
        }
        xml.close("Error");
        xml.close("Errors");
        xml.element("RequestID", request_id);
        xml.close("Response");
        let headers = [("content-type", CONTENT_TYPE), ("x-amzn-requestid", request_id)];
        response(error.query_status(), &headers, xml.into_bytes())
    }

    fn malformed(&self, error: &DecodeError) -> ErrorReply {
        let code = match error.kind {
            DecodeErrorKind::Malformed => "InvalidQueryParameter",
            DecodeErrorKind::WrongType => "InvalidParameterValue",
        };
        ErrorReply::sender(code, 400, &error.message)
    }

    fn unknown_operation(&self, operation: &str, _version: &str) -> ErrorReply {
        ErrorReply::sender(
            "InvalidAction",
            400,
            format!("The action {operation} is not valid for this web service."),
        )
    }

    fn encode_event_payload(&self, value: &dyn Structure) -> (Vec<u8>, &'static str) {
        let mut xml = XmlText::default();
        write_structure(value, &mut xml);
        (xml.into_bytes(), "application/xml")
    }
}
