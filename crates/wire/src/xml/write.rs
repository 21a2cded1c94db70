//! Writes structures as XML elements.

use base64::Engine;

use crate::document::Document;
use crate::json::{BASE64, write_document};
use crate::schema::{Member, TimestampFormat, XmlNamespace};
use crate::shape::{ShapeSerializer, Structure, Value};
use crate::timestamp::Timestamp;

/// XML under construction. Text is escaped; characters that XML 1.0 cannot hold become U+FFFD.
#[derive(Default)]
pub(crate) struct XmlText(String);

impl XmlText {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    pub(crate) fn open(&mut self, name: &str, namespace: Option<XmlNamespace>) {
        self.0.push('<');
        self.0.push_str(name);
        if let Some(XmlNamespace { uri, prefix }) = namespace {
            self.0.push_str(" xmlns");
            if let Some(prefix) = prefix {
                self.0.push(':');
                self.0.push_str(prefix);
            }
            self.0.push_str("=\"");
            self.text(uri);
            self.0.push('"');
        }
        self.0.push('>');
    }

    pub(crate) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    pub(crate) fn element(&mut self, name: &str, text: &str) {
        self.open(name, None);
        self.text(text);
        self.close(name);
    }

    /// A value without a schema: scalars as text, lists as `member` elements, maps as one element per key.
    pub(crate) fn document(&mut self, name: &str, value: &Document) {
        self.open(name, None);
        match value {
            Document::Null => {}
            Document::Bool(value) => self.text(&value.to_string()),
            Document::Integer(value) => self.text(&value.to_string()),
            Document::Float(value) => self.text(&value.to_string()),
            Document::String(text) => self.text(text),
            Document::List(items) => items.iter().for_each(|item| self.document("member", item)),
            Document::Map(entries) => entries.iter().for_each(|(key, item)| self.document(key, item)),
        }
        self.close(name);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // A parser would turn a bare carriage return into a line feed.
                '\r' => self.0.push_str("&#xD;"),
                '\n' | '\t' => self.0.push(c),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.0.push(char::REPLACEMENT_CHARACTER),
                c => self.0.push(c),
            }
        }
    }
}

/// Appends the members of a structure, each as an element.
pub(crate) fn write_structure(value: &dyn Structure, out: &mut XmlText) {
    value.write_members(&mut Writer { out, name: None });
}

struct Writer<'a> {
    out: &'a mut XmlText,
    /// Overrides the member's own name: a list element takes the list's, when flattened.
    name: Option<&'static str>,
}

impl Writer<'_> {
    fn name(&mut self, member: &'static Member) -> &'static str {
        self.name.take().unwrap_or(member.on_wire())
    }

    fn scalar(&mut self, member: &'static Member, text: &str) {
        let name = self.name(member);
        self.out.open(name, member.xml_namespace());
        self.out.text(text);
        self.out.close(name);
    }
}

impl ShapeSerializer for Writer<'_> {
    fn structure(&mut self, member: &'static Member, value: &dyn Structure) {
        let name = self.name(member);
        self.out.open(name, member.xml_namespace());
        value.write_members(self);
        self.out.close(name);
    }

    fn list(&mut self, member: &'static Member, items: &mut dyn ExactSizeIterator<Item = &dyn Value>) {
        let name = self.name(member);
        let Some(element) = member.target.element() else { return };
        if member.flattened() {
            for item in items {
                self.name = Some(member.wire_name.or(element.wire_name).unwrap_or(name));
                item.write(element, self);
            }
            return;
        }
        self.out.open(name, member.xml_namespace());
        for item in items {
            item.write(element, self);
        }
        self.out.close(name);
    }

    fn map(
        &mut self,
        member: &'static Member,
        entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Value)>,
    ) {
        let name = self.name(member);
        let Some((key_member, value_member)) = member.target.entry() else { return };
        let flat = member.flattened();
        if !flat {
            self.out.open(name, member.xml_namespace());
        }
        let entry = if flat { name } else { "entry" };
        for (key, value) in entries {
            self.out.open(entry, member.xml_namespace().filter(|_| flat));
            self.scalar(key_member, key);
            value.write(value_member, self);
            self.out.close(entry);
        }
        if !flat {
            self.out.close(name);
        }
    }

    fn boolean(&mut self, member: &'static Member, value: bool) {
        self.scalar(member, if value { "true" } else { "false" });
    }

    fn integer(&mut self, member: &'static Member, value: i32) {
        self.scalar(member, &value.to_string());
    }

    fn long(&mut self, member: &'static Member, value: i64) {
        self.scalar(member, &value.to_string());
    }

    fn float(&mut self, member: &'static Member, value: f32) {
        if value.is_finite() {
            self.scalar(member, &format!("{value:?}"));
        } else {
            self.double(member, value.into());
        }
    }

    fn double(&mut self, member: &'static Member, value: f64) {
        let text = if value.is_nan() {
            "NaN".to_owned()
        } else if value.is_infinite() {
            if value > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
        } else {
            format!("{value:?}")
        };
        self.scalar(member, &text);
    }

    fn string(&mut self, member: &'static Member, value: &str) {
        self.scalar(member, value);
    }

    fn blob(&mut self, member: &'static Member, value: &[u8]) {
        self.scalar(member, &BASE64.encode(value));
    }

    fn timestamp(&mut self, member: &'static Member, value: Timestamp) {
        self.scalar(member, &value.format(member.timestamp_format().unwrap_or(TimestampFormat::Iso8601)));
    }

    fn document(&mut self, member: &'static Member, value: &Document) {
        let mut json = Vec::new();
        write_document(value, &mut json);
        self.scalar(member, &String::from_utf8_lossy(&json));
    }
}
