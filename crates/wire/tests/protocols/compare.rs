//! One case, turned around.

use serde_json::{Map, Value as Json, json};
use wire::{
    Codec, Document, ErrorReply, ErrorSchema, Fault, OperationSchema, Protocol, QueryError, Schema,
    ServiceSchema,
};

use crate::cases::{Case, Direction, Suite};
use crate::dynamic::{Dynamic, Schemas};

static UNIT: Schema = Schema::structure("Unit", &[]);
static NO_ERROR: ErrorSchema = ErrorSchema {
    shape: "ValidationException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

/// A whole service around one case.
struct Bench {
    protocol: Protocol,
    service: ServiceSchema,
    operation: OperationSchema,
}

impl Bench {
    fn new(suite: &Suite, case: &Case) -> Self {
        let text = |value: Option<&Json>| value.and_then(Json::as_str).unwrap_or_default().to_owned();
        let protocol = match (
            text(suite.metadata.get("protocol")).as_str(),
            text(suite.metadata.get("jsonVersion")).as_str(),
        ) {
            ("json", "1.0") => Protocol::AwsJson1_0,
            ("json", "1.1") => Protocol::AwsJson1_1,
            ("query", _) => Protocol::AwsQuery,
            ("ec2", _) => Protocol::Ec2Query,
            other => panic!("unknown protocol {other:?}"),
        };
        let given = case.body["given"].as_object().expect("an operation");
        let name: &'static str = String::leak(text(given.get("name")));
        let mut schemas = Schemas::new(&suite.shapes);
        let mut shape = |direction: &str| match given.get(direction) {
            Some(used) => schemas.get(used["shape"].as_str().expect("a shape")),
            None => &UNIT,
        };
        let (input, output) = (shape("input"), shape("output"));
        let body = case.body.get("response").and_then(|response| response.get("body")).and_then(Json::as_str);
        let wrapper = format!("{name}Result");
        let service = ServiceSchema {
            name: "cases",
            signing_name: "cases",
            endpoint_prefix: "cases",
            target_prefix: suite
                .metadata
                .get("targetPrefix")
                .and_then(Json::as_str)
                .map(|p| &*String::leak(p.to_owned())),
            api_version: String::leak(text(suite.metadata.get("apiVersion"))),
            protocols: &[],
            xml_namespace: None,
            query_compatible: suite.metadata.contains_key("awsQueryCompatible"),
            validation_error: &NO_ERROR,
        };
        let operation = OperationSchema {
            name,
            input,
            output,
            errors: &[],
            http_method: "POST",
            http_uri: "/",
            // The cases do not say; their bodies show it.
            result_wrapper: body.filter(|body| body.contains(&wrapper)).map(|_| &*String::leak(wrapper)),
            event_stream: None,
        };
        Bench { protocol, service, operation }
    }

    fn codec(&self) -> &'static dyn Codec {
        wire::codec(self.protocol).expect("the protocol is built")
    }
}

pub fn run(direction: Direction, suite: &Suite, case: &Case) -> Result<(), String> {
    let bench = Bench::new(suite, case);
    match direction {
        Direction::Input => input(&bench, case),
        Direction::Output if case.body.contains_key("errorCode") => error(&bench, suite, case),
        Direction::Output => output(&bench, case),
    }
}

fn equal(what: &str, found: &Json, wanted: &Json) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}\n  found  {found}\n  wanted {wanted}")) }
}

/// Numbers as floats, nulls gone: what the protocol cannot tell apart.
fn normal(value: &Json) -> Json {
    match value {
        Json::Number(number) => json!(number.as_f64()),
        Json::Array(items) => items.iter().map(normal).collect(),
        Json::Object(entries) => entries
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), normal(value)))
            .collect(),
        other => other.clone(),
    }
}

fn is_query(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::AwsQuery | Protocol::Ec2Query)
}

fn input(bench: &Bench, case: &Case) -> Result<(), String> {
    let serialized = &case.body["serialized"];
    let text = |name: &str| serialized.get(name).and_then(Json::as_str).unwrap_or_default();
    let mut request = http::Request::builder().method(text("method")).uri(text("uri"));
    for (name, value) in serialized.get("headers").and_then(Json::as_object).into_iter().flatten() {
        request = request.header(name, value.as_str().expect("a header is text"));
    }
    let (parts, body) =
        request.body(text("body").to_owned()).map_err(|error| error.to_string())?.into_parts();
    let form = is_query(bench.protocol) && parts.headers.contains_key("content-type");
    let has_envelope = parts.headers.contains_key("x-amz-target") || form;
    if has_envelope && !body.is_empty() {
        envelope(bench, &parts, &body)?;
    }
    let mut found = Dynamic::empty(bench.operation.input);
    let missing = bench
        .codec()
        .decode(&bench.operation, &parts, body.as_bytes(), &mut found)
        .map_err(|e| e.to_string())?;
    equal("missing members", &json!(missing), &json!([]))?;
    equal("the input", &normal(&found.json), &normal(&case.body["params"]))
}

/// Some cases leave the envelope out; where it is, it must be understood.
fn envelope(bench: &Bench, parts: &http::request::Parts, body: &str) -> Result<(), String> {
    let called = match wire::detect(parts, body.as_bytes()) {
        wire::Call::Target { protocol, prefix, operation } => {
            equal("the protocol", &json!(format!("{protocol:?}")), &json!(format!("{:?}", bench.protocol)))?;
            equal("the target", &json!(prefix), &json!(bench.service.target_prefix))?;
            operation
        }
        wire::Call::Action { action, version } => {
            equal("the version", &json!(version), &json!(bench.service.api_version))?;
            action
        }
        other => return Err(format!("detected {other:?}")),
    };
    equal("the operation", &json!(called), &json!(bench.operation.name))
}

fn output(bench: &Bench, case: &Case) -> Result<(), String> {
    let result = case.body.get("result").cloned().unwrap_or_else(|| json!({}));
    let value = Dynamic::new(bench.operation.output, result);
    let response = bench.codec().encode(&bench.service, &bench.operation, &value, "request-1");
    compare_response(bench, case, &response)
}

fn error(bench: &Bench, suite: &Suite, case: &Case) -> Result<(), String> {
    let shape = case.body["given"]["errors"][0]["shape"].as_str().expect("the error's shape");
    let model = &suite.shapes[shape];
    let fault = model.get("fault").is_some();
    let params = case.body["error"].as_object().cloned().unwrap_or_default();
    let message = params.iter().find(|(name, _)| name.eq_ignore_ascii_case("message"));
    let mut reply =
        ErrorReply::sender(shape, 400, message.and_then(|(_, text)| text.as_str()).unwrap_or_default());
    if fault {
        (reply.fault, reply.http_status) = (Fault::Receiver, 500);
    }
    reply.query = model.get("error").map(|error| QueryError {
        code: String::leak(error["code"].as_str().expect("a code").to_owned()),
        http_status: error["httpStatusCode"]
            .as_u64()
            .and_then(|status| status.try_into().ok())
            .expect("a status"),
    });
    let members = params.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("message"));
    reply.members = members.map(|(name, value)| (&*String::leak(name.clone()), document(value))).collect();
    let response = bench.codec().encode_error(Some(&bench.service), &reply, "request-1");
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let wanted = case.body["response"]["headers"].get("x-amzn-query-error").and_then(Json::as_str);
    equal("x-amzn-query-error", &json!(header("x-amzn-query-error")), &json!(wanted))?;
    compare_response(bench, case, &response)
}

fn document(value: &Json) -> Document {
    match value {
        Json::String(text) => Document::from(text.as_str()),
        Json::Object(entries) => {
            Document::Map(entries.iter().map(|(key, value)| (key.clone(), document(value))).collect())
        }
        other => panic!("an error's member {other}"),
    }
}

fn compare_response(bench: &Bench, case: &Case, response: &wire::Response) -> Result<(), String> {
    let wanted = &case.body["response"];
    equal("the status", &json!(response.status().as_u16()), &wanted["status_code"])?;
    let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
    if let Some(wanted) = wanted["headers"].get("Content-Type") {
        equal("the content type", &json!(content_type), wanted)?;
    }
    let found = String::from_utf8(response.body().clone()).map_err(|error| error.to_string())?;
    let wanted = wanted.get("body").and_then(Json::as_str).unwrap_or_default();
    if is_query(bench.protocol) {
        return equal("the body", &json!(xml(&found)?), &json!(xml(wanted)?));
    }
    let found: Json = serde_json::from_str(&found).map_err(|error| error.to_string())?;
    let wanted = if wanted.trim().is_empty() {
        json!({})
    } else {
        serde_json::from_str(wanted).map_err(|e| e.to_string())?
    };
    equal("the body", &error_names(&normal(&found)), &error_names(&normal(&wanted)))
}

/// `__type` without its name space, and the message by one name: clients read every such form.
fn error_names(body: &Json) -> Json {
    let Json::Object(members) = body else { return body.clone() };
    if !members.contains_key("__type") || members.contains_key("string") || members.contains_key("contents") {
        return body.clone();
    }
    let mut out = Map::new();
    for (name, value) in members {
        match (name.as_str(), value.as_str()) {
            ("__type", Some(text)) => {
                let shape = text.split(':').next().and_then(|text| text.rsplit('#').next()).unwrap_or(text);
                out.insert("__type".to_owned(), json!(shape));
            }
            ("Message", _) => drop(out.insert("message".to_owned(), value.clone())),
            _ => drop(out.insert(name.clone(), value.clone())),
        }
    }
    Json::Object(out)
}

/// XML in one canonical form: members sorted by name, white space between elements gone, our metadata left out.
fn xml(text: &str) -> Result<Vec<String>, String> {
    let document = roxmltree::Document::parse(text).map_err(|error| format!("{error} in {text}"))?;
    let root = document.root_element();
    let mut lines = Vec::new();
    element(root, root.tag_name().namespace(), 0, &mut lines);
    Ok(lines)
}

fn element(node: roxmltree::Node<'_, '_>, outer: Option<&str>, depth: usize, lines: &mut Vec<String>) {
    let name = node.tag_name();
    let namespace = name.namespace().filter(|namespace| Some(*namespace) != outer).unwrap_or_default();
    let has_children = node.children().any(|child| child.is_element());
    let is_layout = |text: &str| has_children || (text.contains('\n') && text.trim().is_empty());
    let text = node.text().filter(|text| !is_layout(text));
    let text = text.unwrap_or_default();
    lines.push(format!("{}{} {namespace} {text:?}", "  ".repeat(depth), name.name()));
    let mut children: Vec<Vec<String>> = Vec::new();
    let left_out = ["ResponseMetadata", "RequestId", "requestId", "RequestID"];
    for child in
        node.children().filter(|child| child.is_element() && !left_out.contains(&child.tag_name().name()))
    {
        let mut lines = Vec::new();
        element(child, name.namespace(), depth + 1, &mut lines);
        children.push(lines);
    }
    // Stable, so that lists keep their order; members and entries of maps have none.
    let name_of = |lines: &Vec<String>| {
        lines.first().and_then(|line| line.split_whitespace().next()).unwrap_or_default().to_owned()
    };
    children.sort_by(|a, b| {
        let entries = name_of(a) == name_of(b) && (name_of(a) == "entry" || name_of(a).contains("Map"));
        if entries { a.cmp(b) } else { name_of(a).cmp(&name_of(b)) }
    });
    lines.extend(children.into_iter().flatten());
}
