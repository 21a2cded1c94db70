//! The static description of an AWS service: its shapes, operations and errors.
//!
//! Codecs and validation walk these tables; no code is generated per protocol. Everything is `const`-constructible, so
//! that `api` holds its models as statics which may refer to each other (recursive shapes included).
//! Source: the vocabulary of botocore's service models.

use std::sync::OnceLock;

use regex::Regex;

use crate::protocol::Protocol;

/// What a shape is. Structure, union, list and map carry members; the rest are scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Structure,
    Union,
    List,
    Map,
    String,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Blob,
    Timestamp,
    Document,
}

/// How an instant is written. Where the model is silent, each protocol has its own default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since the epoch with up to three decimals.
    EpochSeconds,
    /// `2015-01-25T08:00:00Z`, RFC 3339.
    Iso8601,
    /// `Sun, 25 Jan 2015 08:00:00 GMT`, the HTTP date.
    HttpDate,
}

/// A shape.
#[derive(Debug)]
pub struct Schema {
    /// The shape's name in the model.
    pub id: &'static str,
    pub kind: Kind,
    /// Structure and union: the members in model order. List: the element. Map: key, then value.
    pub members: &'static [Member],
    pub constraints: Constraints,
    /// Values never appear in logs or messages.
    pub sensitive: bool,
    pub timestamp_format: Option<TimestampFormat>,
    /// List or map without a wrapping element (XML, query).
    pub flattened: bool,
    pub event: EventTraits,
    pub xml_namespace: Option<XmlNamespace>,
}

/// Bounds on a value. `min` and `max` bound the length of strings, blobs, lists and maps and the value of numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Constraints {
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub pattern: Option<&'static Pattern>,
    pub enumeration: &'static [&'static str],
}

/// Whether a shape takes part in an event stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventTraits {
    /// A union whose members are the events of a stream.
    pub stream: bool,
    /// A structure that is one event.
    pub event: bool,
}

/// A member of a structure or union, the element of a list, or the key or value of a map.
#[derive(Debug)]
pub struct Member {
    /// The modelled name; for list elements `member`, for maps `key` and `value`.
    pub name: &'static str,
    pub target: &'static Schema,
    pub required: bool,
    /// The name on the wire where it differs (`locationName`: JSON key, XML element, query part, header).
    pub wire_name: Option<&'static str>,
    pub traits: &'static MemberTraits,
}

/// The rarer properties of a member.
#[derive(Clone, Copy, Debug)]
pub struct MemberTraits {
    pub location: Location,
    /// ec2Query's own name.
    pub query_name: Option<&'static str>,
    pub timestamp_format: Option<TimestampFormat>,
    pub flattened: bool,
    pub xml_attribute: bool,
    pub xml_namespace: Option<XmlNamespace>,
    pub idempotency_token: bool,
    /// A JSON document carried as a string.
    pub json_value: bool,
    /// The member that is the whole body of an event.
    pub event_payload: bool,
    /// A member carried in an event's headers.
    pub event_header: bool,
}

/// Where a member travels in an HTTP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    Body,
    /// The member alone is the body.
    Payload,
    Header,
    /// All headers under the prefix that the wire name gives.
    Headers,
    Uri,
    QueryString,
    StatusCode,
}

/// An XML namespace declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlNamespace {
    pub uri: &'static str,
    pub prefix: Option<&'static str>,
}

/// A regular expression in the model's dialect (Java's), which must match the whole value.
#[derive(Debug)]
pub struct Pattern {
    /// As the model has it, and as messages show it.
    pub source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

/// One operation of a service.
#[derive(Debug)]
pub struct OperationSchema {
    pub name: &'static str,
    pub input: &'static Schema,
    pub output: &'static Schema,
    pub errors: &'static [&'static ErrorSchema],
    pub http_method: &'static str,
    pub http_uri: &'static str,
    /// The element around the result in awsQuery's responses.
    pub result_wrapper: Option<&'static str>,
    /// Index in `output.members` of the event stream, where there is one.
    pub event_stream: Option<usize>,
}

/// One error of a service.
#[derive(Debug)]
pub struct ErrorSchema {
    /// The shape's name: awsJson's `__type`.
    pub shape: &'static str,
    pub http_status: u16,
    /// Code and status of the query protocols, where the model gives them.
    pub query: Option<QueryError>,
    pub fault: Fault,
    /// Names of modelled members beside the message.
    pub members: &'static [&'static str],
}

/// How the query protocols write an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryError {
    pub code: &'static str,
    pub http_status: u16,
}

/// Whose mistake an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Sender,
    Receiver,
}

/// A service.
#[derive(Debug)]
pub struct ServiceSchema {
    /// Our short name and the name of the generated module: `ecs`.
    pub name: &'static str,
    /// The service's name in a SigV4 credential scope.
    pub signing_name: &'static str,
    pub endpoint_prefix: &'static str,
    /// What stands before the dot in `X-Amz-Target`.
    pub target_prefix: Option<&'static str>,
    pub api_version: &'static str,
    pub protocols: &'static [Protocol],
    pub xml_namespace: Option<&'static str>,
    /// `x-amzn-query-error` accompanies JSON and CBOR errors.
    pub query_compatible: bool,
    /// The code under which a violated constraint is reported.
    pub validation_error: &'static ErrorSchema,
}

impl MemberTraits {
    pub const NONE: MemberTraits = MemberTraits {
        location: Location::Body,
        query_name: None,
        timestamp_format: None,
        flattened: false,
        xml_attribute: false,
        xml_namespace: None,
        idempotency_token: false,
        json_value: false,
        event_payload: false,
        event_header: false,
    };
}

impl Member {
    pub const fn new(name: &'static str, target: &'static Schema) -> Self {
        Member { name, target, required: false, wire_name: None, traits: &MemberTraits::NONE }
    }

    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub const fn wire_name(mut self, name: &'static str) -> Self {
        self.wire_name = Some(name);
        self
    }

    pub const fn traits(mut self, traits: &'static MemberTraits) -> Self {
        self.traits = traits;
        self
    }

    /// The name on the wire.
    pub fn on_wire(&self) -> &'static str {
        self.wire_name.unwrap_or(self.name)
    }

    pub fn flattened(&self) -> bool {
        self.traits.flattened || self.target.flattened
    }

    /// The modelled format, member before shape; `None` means the protocol's default.
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        self.traits.timestamp_format.or(self.target.timestamp_format)
    }

    /// The namespace that this use of the shape declares; a shape's own counts only where it is the document's root.
    pub fn xml_namespace(&self) -> Option<XmlNamespace> {
        self.traits.xml_namespace
    }
}

impl Schema {
    pub const fn new(id: &'static str, kind: Kind, members: &'static [Member]) -> Self {
        Schema {
            id,
            kind,
            members,
            constraints: Constraints { min: None, max: None, pattern: None, enumeration: &[] },
            sensitive: false,
            timestamp_format: None,
            flattened: false,
            event: EventTraits { stream: false, event: false },
            xml_namespace: None,
        }
    }

    pub const fn structure(id: &'static str, members: &'static [Member]) -> Self {
        Schema::new(id, Kind::Structure, members)
    }

    pub const fn union(id: &'static str, members: &'static [Member]) -> Self {
        Schema::new(id, Kind::Union, members)
    }

    pub const fn list(id: &'static str, element: &'static [Member; 1]) -> Self {
        Schema::new(id, Kind::List, element)
    }

    pub const fn map(id: &'static str, key_and_value: &'static [Member; 2]) -> Self {
        Schema::new(id, Kind::Map, key_and_value)
    }

    pub const fn scalar(id: &'static str, kind: Kind) -> Self {
        Schema::new(id, kind, &[])
    }

    pub const fn min(mut self, min: i64) -> Self {
        self.constraints.min = Some(min);
        self
    }

    pub const fn max(mut self, max: i64) -> Self {
        self.constraints.max = Some(max);
        self
    }

    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.constraints.pattern = Some(pattern);
        self
    }

    pub const fn enumeration(mut self, values: &'static [&'static str]) -> Self {
        self.constraints.enumeration = values;
        self
    }

    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    pub const fn timestamp(mut self, format: TimestampFormat) -> Self {
        self.timestamp_format = Some(format);
        self
    }

    pub const fn flattened(mut self) -> Self {
        self.flattened = true;
        self
    }

    pub const fn event_stream(mut self) -> Self {
        self.event.stream = true;
        self
    }

    pub const fn event(mut self) -> Self {
        self.event.event = true;
        self
    }

    pub const fn xml_namespace(mut self, namespace: XmlNamespace) -> Self {
        self.xml_namespace = Some(namespace);
        self
    }

    /// The element of a list, or `None` for any other shape.
    pub fn element(&'static self) -> Option<&'static Member> {
        (self.kind == Kind::List).then(|| self.members.first()).flatten()
    }

    /// Key and value of a map, or `None` for any other shape.
    pub fn entry(&'static self) -> Option<(&'static Member, &'static Member)> {
        match (self.kind, self.members) {
            (Kind::Map, [key, value]) => Some((key, value)),
            _ => None,
        }
    }

    /// Index and member of the given wire name.
    pub fn member_on_wire(&'static self, name: &str) -> Option<(usize, &'static Member)> {
        self.members.iter().enumerate().find(|(_, member)| member.on_wire() == name)
    }
}

impl Pattern {
    pub const fn new(source: &'static str) -> Self {
        Pattern { source, compiled: OnceLock::new() }
    }

    /// Whether the whole of `value` matches. A pattern that cannot be translated matches everything; `xtask codegen`
    /// refuses such patterns, so none is in a generated model.
    pub fn matches(&self, value: &str) -> bool {
        self.compiled
            .get_or_init(|| compile(self.source).ok())
            .as_ref()
            .is_none_or(|regex| regex.is_match(value))
    }
}

/// Translates a model pattern to the `regex` crate: anchored, and with Java's ASCII meaning of `\w`, `\d` and `\s`.
///
/// # Errors
/// What `regex` says of a construct that it does not know.
pub fn compile(source: &str) -> Result<Regex, regex::Error> {
    let mut out = String::from("^(?:");
    let mut chars = source.chars().peekable();
    let mut in_class = false;
    let mut class_shorthand = false;
    while let Some(c) = chars.next() {
        let after_shorthand = std::mem::take(&mut class_shorthand);
        match c {
            '\\' => {
                let escaped = chars.next().unwrap_or('\\');
                let ascii = match escaped {
                    'w' => "0-9A-Za-z_",
                    'd' => "0-9",
                    's' => " \\t\\n\\x0B\\f\\r",
                    'S' if !in_class => "^ \\t\\n\\x0B\\f\\r",
                    _ => "",
                };
                if ascii.is_empty() {
                    out.push('\\');
                    out.push(escaped);
                } else if in_class {
                    out.push_str(ascii);
                    class_shorthand = true;
                } else {
                    out.push('[');
                    out.push_str(ascii);
                    out.push(']');
                }
            }
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    out.extend(chars.next());
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            // `[\w-_]`: in Java the dash after a shorthand is itself.
            '-' if in_class && after_shorthand => out.push_str("\\-"),
            c => out.push(c),
        }
    }
    out.push_str(")$");
    Regex::new(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_javas_meaning() {
        let cases = [
            (r"[\w-_]*", "a-b_c", true),
            (r"[\w]*", "é", false),
            (r"\d{2}", "12", true),
            (r"\d{2}", "123", false),
            (r"[\u0009\u000A\u000D\u0020-\u00FF]+", "abc\tÿ", true),
            (r"[\u0009\u000A\u000D\u0020-\u00FF]+", "Ā", false),
            (r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$", "käse 1", true),
            (r"[^:*]*", "a:b", false),
            (r"\S{3,4}", "a b", false),
            (r"a|b", "ab", false),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(compile(pattern).expect(pattern).is_match(value), expected, "{pattern} {value}");
        }
    }
}
