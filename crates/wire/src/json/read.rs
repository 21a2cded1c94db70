//! Reads JSON into structures.
//!
//! Invariants: nesting is bounded by [`MAX_DEPTH`], so no input can exhaust the stack; unknown members are skipped, null
//! members are absent; of duplicate keys the last wins; no input panics.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use super::lexer::{Lexer, Number, Peek};
use crate::decode::{DecodeError, MAX_DEPTH, MemberSet, Missing, Step};
use crate::document::Document;
use crate::schema::Member;
use crate::shape::{OnEntry, OnItem, ShapeDeserializer, Structure};
use crate::timestamp::Timestamp;

/// Clients pad or not; both are read.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads a whole body into `into` and answers the paths of missing required members. An empty body is an empty object.
pub(crate) fn read_structure(body: &[u8], into: &mut dyn Structure) -> Result<Vec<String>, DecodeError> {
    let mut reader = Reader { lexer: Lexer::new(body)?, depth: 0, missing: Missing::default() };
    if reader.lexer.at_end() {
        reader.missing.note(into.schema(), &MemberSet::default())?;
        return Ok(reader.missing.into_paths());
    }
    reader.members(into)?;
    if !reader.lexer.at_end() {
        return Err(DecodeError::malformed("The request body is not well-formed JSON."));
    }
    Ok(reader.missing.into_paths())
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    depth: usize,
    missing: Missing,
}

impl Reader<'_> {
    fn enter(&mut self) -> Result<(), DecodeError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(DecodeError::malformed("The request body is nested too deeply."));
        }
        Ok(())
    }

    /// The error for a value of another type than the model's.
    fn mismatch(&mut self, wanted: &str) -> DecodeError {
        let found = match self.lexer.peek() {
            Err(malformed) => return malformed,
            Ok(Peek::Object) => {
                return DecodeError::wrong_type("Start of structure or map found where not expected.");
            }
            Ok(Peek::Array) => return DecodeError::wrong_type("Start of list found where not expected."),
            Ok(Peek::String) => "STRING_VALUE",
            Ok(Peek::Number) => "NUMBER_VALUE",
            Ok(Peek::True) => "TRUE_VALUE",
            Ok(Peek::False) => "FALSE_VALUE",
            Ok(Peek::Null) => "NULL_VALUE",
        };
        DecodeError::wrong_type(format!("{found} cannot be converted to {wanted}"))
    }

    /// The error where a structure, map or list is wanted and something else stands.
    fn not_expected(&mut self) -> DecodeError {
        match self.lexer.peek() {
            Err(malformed) => malformed,
            Ok(Peek::Object) => {
                DecodeError::wrong_type("Start of structure or map found where not expected.")
            }
            Ok(Peek::Array) => DecodeError::wrong_type("Start of list found where not expected."),
            Ok(_) => DecodeError::wrong_type("Unexpected field type"),
        }
    }

    fn is(&mut self, wanted: Peek) -> Result<bool, DecodeError> {
        Ok(self.lexer.peek()? == wanted)
    }

    fn members(&mut self, into: &mut dyn Structure) -> Result<(), DecodeError> {
        if !self.is(Peek::Object)? {
            return Err(self.not_expected());
        }
        self.enter()?;
        self.lexer.expect(b'{')?;
        let schema = into.schema();
        let mut seen = MemberSet::default();
        let mut first = true;
        while !self.lexer.accept(b'}') {
            if !std::mem::take(&mut first) {
                self.lexer.expect(b',')?;
            }
            let name = self.lexer.string()?;
            self.lexer.expect(b':')?;
            let Some((index, member)) = schema.member_on_wire(&name) else {
                self.skip()?;
                continue;
            };
            if self.is(Peek::Null)? {
                self.lexer.word("null")?;
                continue;
            }
            self.missing.path.push(Step::Member(member.name));
            if !seen.insert(index) {
                self.missing.forget_here();
            }
            into.read_member(index, self)?;
            self.missing.path.pop();
        }
        self.missing.note(schema, &seen)?;
        self.depth -= 1;
        Ok(())
    }

    /// Skips one value of any type.
    fn skip(&mut self) -> Result<(), DecodeError> {
        match self.lexer.peek()? {
            Peek::String => self.lexer.string().map(drop),
            Peek::Number => self.lexer.number().map(drop),
            Peek::True => self.lexer.word("true"),
            Peek::False => self.lexer.word("false"),
            Peek::Null => self.lexer.word("null"),
            Peek::Array => {
                self.enter()?;
                self.lexer.expect(b'[')?;
                let mut first = true;
                while !self.lexer.accept(b']') {
                    if !std::mem::take(&mut first) {
                        self.lexer.expect(b',')?;
                    }
                    self.skip()?;
                }
                self.depth -= 1;
                Ok(())
            }
            Peek::Object => {
                self.enter()?;
                self.lexer.expect(b'{')?;
                let mut first = true;
                while !self.lexer.accept(b'}') {
                    if !std::mem::take(&mut first) {
                        self.lexer.expect(b',')?;
                    }
                    self.lexer.string()?;
                    self.lexer.expect(b':')?;
                    self.skip()?;
                }
                self.depth -= 1;
                Ok(())
            }
        }
    }

    fn any(&mut self) -> Result<Document, DecodeError> {
        Ok(match self.lexer.peek()? {
            Peek::String => Document::String(self.lexer.string()?.into_owned()),
            Peek::Number => match self.lexer.number()? {
                Number::Integer(value) => Document::Integer(value),
                Number::Float(value) => Document::Float(value),
            },
            Peek::True => self.lexer.word("true").map(|()| Document::Bool(true))?,
            Peek::False => self.lexer.word("false").map(|()| Document::Bool(false))?,
            Peek::Null => self.lexer.word("null").map(|()| Document::Null)?,
            Peek::Array => {
                self.enter()?;
                self.lexer.expect(b'[')?;
                let mut items = Vec::new();
                while !self.lexer.accept(b']') {
                    if !items.is_empty() {
                        self.lexer.expect(b',')?;
                    }
                    items.push(self.any()?);
                }
                self.depth -= 1;
                Document::List(items)
            }
            Peek::Object => {
                self.enter()?;
                self.lexer.expect(b'{')?;
                let mut entries = std::collections::BTreeMap::new();
                let mut first = true;
                while !self.lexer.accept(b'}') {
                    if !std::mem::take(&mut first) {
                        self.lexer.expect(b',')?;
                    }
                    let key = self.lexer.string()?.into_owned();
                    self.lexer.expect(b':')?;
                    entries.insert(key, self.any()?);
                }
                self.depth -= 1;
                Document::Map(entries)
            }
        })
    }

    fn whole_number(&mut self, type_name: &str, min: i64, max: i64) -> Result<i64, DecodeError> {
        if !self.is(Peek::Number)? {
            return Err(self.mismatch(type_name));
        }
        let value = match self.lexer.number()? {
            Number::Integer(value) => Some(value),
            // `1.0` and `1e3` are whole. What AWS makes of `1.5` is not established; losing the half is not our choice.
            Number::Float(value) if value.fract() == 0.0 && value.abs() < 9.2e18 => Some(value as i64),
            Number::Float(_) => None,
        };
        value.filter(|value| (min..=max).contains(value)).ok_or_else(|| {
            DecodeError::wrong_type(format!("NUMBER_VALUE cannot be converted to {type_name}"))
        })
    }

    fn real_number(&mut self, type_name: &str) -> Result<f64, DecodeError> {
        match self.lexer.peek()? {
            Peek::Number => Ok(match self.lexer.number()? {
                Number::Integer(value) => value as f64,
                Number::Float(value) => value,
            }),
            Peek::String => {
                let text = self.lexer.string()?;
                special_float(&text).ok_or_else(|| {
                    DecodeError::wrong_type(format!("STRING_VALUE cannot be converted to {type_name}"))
                })
            }
            _ => Err(self.mismatch(type_name)),
        }
    }
}

/// The floats that JSON has no number for.
pub(crate) fn special_float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

impl ShapeDeserializer for Reader<'_> {
    fn structure(&mut self, _member: &'static Member, into: &mut dyn Structure) -> Result<(), DecodeError> {
        self.members(into)
    }

    fn list(&mut self, member: &'static Member, on_item: OnItem<'_>) -> Result<(), DecodeError> {
        if !self.is(Peek::Array)? {
            return Err(self.not_expected());
        }
        let Some(element) = member.target.element() else { return self.skip() };
        self.enter()?;
        self.lexer.expect(b'[')?;
        let mut index = 0;
        while !self.lexer.accept(b']') {
            if index > 0 {
                self.lexer.expect(b',')?;
            }
            if self.is(Peek::Null)? {
                self.lexer.word("null")?;
                self.missing.note_null_item(index)?;
            } else {
                self.missing.path.push(Step::Item(index));
                on_item(element, self)?;
                self.missing.path.pop();
            }
            index += 1;
        }
        self.depth -= 1;
        Ok(())
    }

    fn map(&mut self, member: &'static Member, on_entry: OnEntry<'_>) -> Result<(), DecodeError> {
        if !self.is(Peek::Object)? {
            return Err(self.not_expected());
        }
        let Some((_, value_member)) = member.target.entry() else { return self.skip() };
        self.enter()?;
        self.lexer.expect(b'{')?;
        let mut seen = HashSet::new();
        let mut first = true;
        while !self.lexer.accept(b'}') {
            if !std::mem::take(&mut first) {
                self.lexer.expect(b',')?;
            }
            let key = self.lexer.string()?.into_owned();
            self.lexer.expect(b':')?;
            if self.is(Peek::Null)? {
                self.lexer.word("null")?;
                continue;
            }
            self.missing.path.push(Step::Entry(key.clone()));
            if !seen.insert(key.clone()) {
                self.missing.forget_here();
            }
            on_entry(key, value_member, self)?;
            self.missing.path.pop();
        }
        self.depth -= 1;
        Ok(())
    }

    fn boolean(&mut self, _member: &'static Member) -> Result<bool, DecodeError> {
        match self.lexer.peek()? {
            Peek::True => self.lexer.word("true").map(|()| true),
            Peek::False => self.lexer.word("false").map(|()| false),
            _ => Err(self.mismatch("Boolean")),
        }
    }

    fn integer(&mut self, _member: &'static Member) -> Result<i32, DecodeError> {
        // The range makes the cast exact.
        self.whole_number("Integer", i32::MIN.into(), i32::MAX.into()).map(|value| value as i32)
    }

    fn long(&mut self, _member: &'static Member) -> Result<i64, DecodeError> {
        self.whole_number("Long", i64::MIN, i64::MAX)
    }

    fn float(&mut self, _member: &'static Member) -> Result<f32, DecodeError> {
        self.real_number("Float").map(|value| value as f32)
    }

    fn double(&mut self, _member: &'static Member) -> Result<f64, DecodeError> {
        self.real_number("Double")
    }

    fn string(&mut self, _member: &'static Member) -> Result<String, DecodeError> {
        if self.is(Peek::String)? {
            Ok(self.lexer.string()?.into_owned())
        } else {
            Err(self.mismatch("String"))
        }
    }

    fn blob(&mut self, _member: &'static Member) -> Result<Vec<u8>, DecodeError> {
        if !self.is(Peek::String)? {
            return Err(self.mismatch("Blob"));
        }
        let text = self.lexer.string()?;
        BASE64
            .decode(text.as_bytes())
            .map_err(|_| DecodeError::wrong_type("STRING_VALUE cannot be converted to Blob"))
    }

    fn timestamp(&mut self, _member: &'static Member) -> Result<Timestamp, DecodeError> {
        let wrong =
            |found: &str| DecodeError::wrong_type(format!("{found} cannot be converted to Timestamp"));
        match self.lexer.peek()? {
            Peek::Number => match self.lexer.number()? {
                Number::Integer(value) => Timestamp::from_epoch_seconds(value as f64),
                Number::Float(value) => Timestamp::from_epoch_seconds(value),
            }
            .ok_or_else(|| wrong("NUMBER_VALUE")),
            Peek::String => Timestamp::parse(&self.lexer.string()?).ok_or_else(|| wrong("STRING_VALUE")),
            _ => Err(self.mismatch("Timestamp")),
        }
    }

    fn document(&mut self, _member: &'static Member) -> Result<Document, DecodeError> {
        self.any()
    }
}
