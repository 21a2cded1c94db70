//! awsQuery: `Action` and parameters as a form, answers in XML.

use http::Method;
use http::request::Parts;

use super::{Codec, ErrorReply, Response, response};
use crate::decode::{DecodeError, DecodeErrorKind};
use crate::query::{Dialect, Form, read_structure};
use crate::schema::{Fault, OperationSchema, ServiceSchema, XmlNamespace};
use crate::shape::Structure;
use crate::xml::{XmlText, write_structure};

const CONTENT_TYPE: &str = "text/xml";

pub(super) struct AwsQuery;

impl Codec for AwsQuery {
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
        read_structure(&form, Dialect::AwsQuery, input)
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
        if let Some(wrapper) = operation.result_wrapper {
            xml.open(wrapper, None);
            write_structure(output, &mut xml);
            xml.close(wrapper);
        } else {
            write_structure(output, &mut xml);
        }
        xml.open("ResponseMetadata", None);
        xml.element("RequestId", request_id);
        xml.close("ResponseMetadata");
        xml.close(&envelope);
        response(200, &[("content-type", CONTENT_TYPE), ("x-amzn-requestid", request_id)], xml.into_bytes())
    }

    fn encode_error(
        &self,
        service: Option<&ServiceSchema>,
        error: &ErrorReply,
        request_id: &str,
    ) -> Response {
        let mut xml = XmlText::default();
        let namespace = service.and_then(|service| service.xml_namespace);
        xml.open("ErrorResponse", namespace.map(|uri| XmlNamespace { uri, prefix: None }));
        xml.open("Error", None);
        xml.element("Type", if error.fault == Fault::Sender { "Sender" } else { "Receiver" });
        xml.element("Code", error.query_code());
        if !error.message.is_empty() {
            xml.element("Message", &error.message);
        }
        for (name, value) in &error.members {
            xml.document(name, value);
        }
        xml.close("Error");
        xml.element("RequestId", request_id);
        xml.close("ErrorResponse");
        let headers = [("content-type", CONTENT_TYPE), ("x-amzn-requestid", request_id)];
        response(error.query_status(), &headers, xml.into_bytes())
    }

    fn malformed(&self, error: &DecodeError) -> ErrorReply {
        let code = match error.kind {
            DecodeErrorKind::Malformed => "MalformedQueryString",
            DecodeErrorKind::WrongType => "MalformedInput",
        };
        ErrorReply::sender(code, 400, &error.message)
    }

    fn unknown_operation(&self, operation: &str, version: &str) -> ErrorReply {
        ErrorReply::sender(
            "InvalidAction",
            400,
            format!("Could not find operation {operation} for version {version}"),
        )
    }

    fn encode_event_payload(&self, value: &dyn Structure) -> (Vec<u8>, &'static str) {
        let mut xml = XmlText::default();
        write_structure(value, &mut xml);
        (xml.into_bytes(), "application/xml")
    }
}
