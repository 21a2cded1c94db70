//! The test cases as botocore writes them, and those that do not apply here.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Input,
    Output,
}

/// Cases that share shapes.
pub struct Suite {
    pub metadata: Map<String, Value>,
    pub shapes: Map<String, Value>,
    pub cases: Vec<Case>,
}

pub struct Case {
    pub id: String,
    pub body: Map<String, Value>,
}

/// Cases that say nothing about a server, or that need a part of botocore. Each has its reason.
/// An id that cases of both directions have is followed by `@` and the direction.
pub const EXCLUDED: &[(&str, &str)] = &[
    ("AwsJson10FooErrorUsingXAmznErrorType", ERROR_NAMES),
    ("AwsJson10FooErrorUsingXAmznErrorTypeWithUri", ERROR_NAMES),
    ("AwsJson10FooErrorUsingXAmznErrorTypeWithUriAndNamespace", ERROR_NAMES),
    ("AwsJson10FooErrorUsingCode", ERROR_NAMES),
    ("AwsJson10FooErrorUsingCodeAndNamespace", ERROR_NAMES),
    ("AwsJson10FooErrorUsingCodeUriAndNamespace", ERROR_NAMES),
    ("AwsJson10DeserializeIgnoreType", "a client ignores `__type` inside a union; a server never writes it"),
    ("AwsJson11FooErrorUsingXAmznErrorType", ERROR_NAMES),
    ("AwsJson11FooErrorUsingXAmznErrorTypeWithUri", ERROR_NAMES),
    ("AwsJson11FooErrorUsingXAmznErrorTypeWithUriAndNamespace", ERROR_NAMES),
    ("AwsJson11FooErrorUsingCode", ERROR_NAMES),
    ("AwsJson11FooErrorUsingCodeAndNamespace", ERROR_NAMES),
    ("AwsJson11FooErrorUsingCodeUriAndNamespace", ERROR_NAMES),
    ("AwsJson11DeserializeIgnoreType", "a client ignores `__type` inside a union; a server never writes it"),
    ("handles_unexpected_json_output", "a client ignores unknown members; a server never writes them"),
    ("AwsJson10HandlesUnexpectedJsonOutput", "a client ignores unknown members; a server never writes them"),
    ("AwsJson11DateTimeWithNegativeOffset", OFFSETS),
    ("AwsJson11DateTimeWithPositiveOffset", OFFSETS),
    ("AwsQueryDateTimeWithNegativeOffset", OFFSETS),
    ("AwsQueryDateTimeWithPositiveOffset", OFFSETS),
    ("SDKAppliedContentEncoding_awsJson1_0", COMPRESSION),
    ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0", COMPRESSION),
    ("SDKAppliedContentEncoding_awsJson1_1", COMPRESSION),
    ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1", COMPRESSION),
    ("SDKAppliedContentEncoding_awsQuery", COMPRESSION),
    ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery", COMPRESSION),
    (
        "QueryProtocolIdempotencyTokenAutoFill",
        "a client fills the token in; the case does not list it among the parameters",
    ),
    ("QueryEmptyQueryMaps", "an empty map is not sent at all, so a server cannot tell it from an absent one"),
    (
        "QueryEmptyInputAndEmptyOutput@output",
        "a client accepts an empty body; a server writes the envelope with its request id",
    ),
    (
        "QueryNoInputAndNoOutput@output",
        "a client accepts an empty body; a server writes the envelope with its request id",
    ),
    (
        "QueryNoInputAndOutput@output",
        "a client accepts an empty body; a server writes the envelope with its request id",
    ),
    ("SDKAppliedContentEncoding_ec2Query", COMPRESSION),
    ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query", COMPRESSION),
    (
        "Ec2ProtocolIdempotencyTokenAutoFill",
        "a client fills the token in; the case does not list it among the parameters",
    ),
    ("Ec2EmptyQueryLists", "an empty list is not sent at all, so a server cannot tell it from an absent one"),
    ("Ec2QueryDateTimeWithNegativeOffset", OFFSETS),
    ("Ec2QueryDateTimeWithPositiveOffset", OFFSETS),
    ("Ec2ComplexError", "its result names no message, and its document has one"),
    (
        "Ec2XmlEmptyLists",
        "its content type lacks the character set that all other cases of the protocol have",
    ),
    (
        "Ec2XmlLists",
        "names a flattened list by its member, as QueryXmlLists does; EC2's model has no flattened list",
    ),
    (
        "QueryXmlLists",
        "names a flattened list by its member; the models of services name it by its element (botocore excludes the case too)",
    ),
];

const ERROR_NAMES: &str = "a client accepts such names of errors; a server writes one, `__type`";
const OFFSETS: &str =
    "a client accepts offsets from UTC; a server writes UTC (reading offsets has a test of its own)";
const COMPRESSION: &str = "compressed requests are not supported, and the case has no body to decode";

impl Direction {
    pub fn folder(self) -> &'static str {
        match self {
            Direction::Input => "input",
            Direction::Output => "output",
        }
    }
}

/// Why a case is left out.
pub fn exclusion(direction: Direction, id: &str) -> Option<&'static (&'static str, &'static str)> {
    EXCLUDED.iter().find(|(excluded, _)| match excluded.split_once('@') {
        Some((excluded, only)) => excluded == id && only == direction.folder(),
        None => *excluded == id,
    })
}

pub fn load(path: &Path) -> Vec<Suite> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let suites: Vec<BTreeMap<String, Value>> = serde_json::from_str(&text).expect("the cases are JSON");
    suites.into_iter().map(suite).collect()
}

fn suite(mut suite: BTreeMap<String, Value>) -> Suite {
    let mut object = |name: &str| match suite.remove(name) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let (metadata, shapes) = (object("metadata"), object("shapes"));
    let cases = suite["cases"].as_array().expect("a list of cases").iter().map(|case| {
        let body = case.as_object().expect("a case is an object").clone();
        let id = body.get("id").and_then(Value::as_str).expect("a case has an id").to_owned();
        Case { id, body }
    });
    Suite { metadata, shapes, cases: cases.collect() }
}
