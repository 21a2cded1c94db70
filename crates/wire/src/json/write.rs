//! Writes structures as JSON. Members that are `None` do not appear.

use base64::Engine;

use super::read::BASE64;
use crate::document::Document;
use crate::schema::{Kind, Member, TimestampFormat};
use crate::shape::{ShapeSerializer, Structure, Value};
use crate::timestamp::Timestamp;

/// Appends a structure as a JSON object.
pub(crate) fn write_structure(value: &dyn Structure, out: &mut Vec<u8>) {
    let mut writer = Writer { out, keyed: true, first: true };
    writer.object(value);
}

/// Appends a value without a schema.
pub(crate) fn write_document(value: &Document, out: &mut Vec<u8>) {
    match value {
        Document::Null => out.extend_from_slice(b"null"),
        Document::Bool(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Document::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Document::Float(value) => push_float(*value, out),
        Document::String(text) => push_string(text, out),
        Document::List(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_document(item, out);
            }
            out.push(b']');
        }
        Document::Map(entries) => {
            out.push(b'{');
            for (index, (key, item)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                push_string(key, out);
                out.push(b':');
                write_document(item, out);
            }
            out.push(b'}');
        }
    }
}

/// Appends a JSON string, quotes included.
pub(crate) fn push_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0..=0x1f => &[],
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[plain_from..at]);
        if escape.is_empty() {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(escape);
        }
        plain_from = at + 1;
    }
    out.extend_from_slice(&text.as_bytes()[plain_from..]);
    out.push(b'"');
}

fn push_float(value: f64, out: &mut Vec<u8>) {
    let text = if value.is_nan() {
        "\"NaN\"".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "\"Infinity\"".to_owned() } else { "\"-Infinity\"".to_owned() }
    } else {
        format!("{value:?}")
    };
    out.extend_from_slice(text.as_bytes());
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    /// Whether values stand in an object (and bring their key) or in an array.
    keyed: bool,
    first: bool,
}

impl Writer<'_> {
    /// Comma and key, as the place demands.
    fn start(&mut self, member: &'static Member) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        if self.keyed {
            push_string(member.on_wire(), self.out);
            self.out.push(b':');
        }
    }

    fn nested(&mut self, keyed: bool, open: u8, close: u8, write: &mut dyn FnMut(&mut Self)) {
        self.out.push(open);
        let (outer_keyed, outer_first) = (self.keyed, self.first);
        (self.keyed, self.first) = (keyed, true);
        write(self);
        (self.keyed, self.first) = (outer_keyed, outer_first);
        self.out.push(close);
    }

    fn object(&mut self, value: &dyn Structure) {
        self.nested(true, b'{', b'}', &mut |writer| value.write_members(writer));
    }
}

impl ShapeSerializer for Writer<'_> {
    fn structure(&mut self, member: &'static Member, value: &dyn Structure) {
        self.start(member);
        self.object(value);
    }

    fn list(&mut self, member: &'static Member, items: &mut dyn ExactSizeIterator<Item = &dyn Value>) {
        self.start(member);
        let Some(element) = member.target.element() else { return self.out.extend_from_slice(b"[]") };
        self.nested(false, b'[', b']', &mut |writer| {
            for item in &mut *items {
                item.write(element, writer);
            }
        });
    }

    fn map(
        &mut self,
        member: &'static Member,
        entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Value)>,
    ) {
        self.start(member);
        let Some((_, value_member)) = member.target.entry() else { return self.out.extend_from_slice(b"{}") };
        self.nested(false, b'{', b'}', &mut |writer| {
            for (key, value) in &mut *entries {
                if !std::mem::take(&mut writer.first) {
                    writer.out.push(b',');
                }
                push_string(key, writer.out);
                writer.out.push(b':');
                // The key stands; the value must bring neither comma nor key.
                writer.first = true;
                value.write(value_member, writer);
                writer.first = false;
            }
        });
    }

    fn boolean(&mut self, member: &'static Member, value: bool) {
        self.start(member);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn integer(&mut self, member: &'static Member, value: i32) {
        self.long(member, value.into());
    }

    fn long(&mut self, member: &'static Member, value: i64) {
        self.start(member);
        self.out.extend_from_slice(value.to_string().as_bytes());
    }

    fn float(&mut self, member: &'static Member, value: f32) {
        self.start(member);
        if value.is_finite() {
            self.out.extend_from_slice(format!("{value:?}").as_bytes());
        } else {
            push_float(value.into(), self.out);
        }
    }

    fn double(&mut self, member: &'static Member, value: f64) {
        self.start(member);
        push_float(value, self.out);
    }

    fn string(&mut self, member: &'static Member, value: &str) {
        self.start(member);
        push_string(value, self.out);
    }

    fn blob(&mut self, member: &'static Member, value: &[u8]) {
        self.string(member, &BASE64.encode(value));
    }

    fn timestamp(&mut self, member: &'static Member, value: Timestamp) {
        let format = member.timestamp_format().unwrap_or(TimestampFormat::EpochSeconds);
        let text = value.format(format);
        if format == TimestampFormat::EpochSeconds {
            self.start(member);
            self.out.extend_from_slice(text.as_bytes());
        } else {
            self.string(member, &text);
        }
    }

    fn document(&mut self, member: &'static Member, value: &Document) {
        self.start(member);
        debug_assert!(member.target.kind == Kind::Document || member.traits.json_value, "{}", member.name);
        write_document(value, self.out);
    }
}
