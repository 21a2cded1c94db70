//! Reads a form into structures: names are paths (`Tags.member.1.Key=env`), values are text.
//!
//! Invariants: paths deeper than [`MAX_DEPTH`] are malformed; list elements are read in the order of their numbers, gaps
//! closed; unknown names are skipped; no input panics.

use std::collections::BTreeMap;

use base64::Engine;

use super::Form;
use crate::decode::{DecodeError, MAX_DEPTH, MemberSet, Missing, Step};
use crate::document::Document;
use crate::json::BASE64;
use crate::schema::{Member, Schema};
use crate::shape::{OnEntry, OnItem, ShapeDeserializer, Structure};
use crate::timestamp::Timestamp;

/// The two protocols that share the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    AwsQuery,
    /// Every list is flat, and names are capitalised.
    Ec2,
}

/// Reads a whole form into `into` and answers the paths of missing required members.
pub(crate) fn read_structure(
    form: &Form,
    dialect: Dialect,
    into: &mut dyn Structure,
) -> Result<Vec<String>, DecodeError> {
    let mut root = Node::default();
    for (name, value) in form.iter() {
        root.insert(name, value)?;
    }
    let mut missing = Missing::default();
    Reader { node: &root, dialect, missing: &mut missing }.members(into)?;
    Ok(missing.into_paths())
}

/// The form as a tree: one level per dot.
#[derive(Default)]
struct Node<'a> {
    value: Option<&'a str>,
    children: BTreeMap<&'a str, Node<'a>>,
}

impl<'a> Node<'a> {
    fn insert(&mut self, name: &'a str, value: &'a str) -> Result<(), DecodeError> {
        let mut node = self;
        for (depth, part) in name.split('.').enumerate() {
            if depth >= MAX_DEPTH {
                return Err(DecodeError::malformed("A parameter name is nested too deeply."));
            }
            node = node.children.entry(part).or_default();
        }
        node.value = Some(value);
        Ok(())
    }

    /// Numbered children in order of their numbers.
    fn numbered(&self) -> Vec<&Node<'a>> {
        let mut numbered: Vec<(u64, &Node<'a>)> =
            self.children.iter().filter_map(|(name, node)| Some((name.parse().ok()?, node))).collect();
        numbered.sort_by_key(|(number, _)| *number);
        numbered.into_iter().map(|(_, node)| node).collect()
    }
}

struct Reader<'n, 'a, 'm> {
    node: &'n Node<'a>,
    dialect: Dialect,
    missing: &'m mut Missing,
}

impl<'n, 'a> Reader<'n, 'a, '_> {
    fn at<'s>(&'s mut self, node: &'n Node<'a>) -> Reader<'n, 'a, 's> {
        Reader { node, dialect: self.dialect, missing: self.missing }
    }

    /// The part of the form that holds a member.
    fn find(&self, member: &'static Member) -> Option<&'n Node<'a>> {
        // A locationName may itself have dots.
        let at = |name: &str| name.split('.').try_fold(self.node, |node, part| node.children.get(part));
        match self.dialect {
            Dialect::AwsQuery => {
                // A flattened list without a name of its own is named by its element; some clients use the member's.
                let element = member.flattened().then(|| member.target.element()).flatten();
                let by_element =
                    element.and_then(|element| element.wire_name).filter(|_| member.wire_name.is_none());
                by_element.and_then(at).or_else(|| at(member.on_wire()))
            }
            Dialect::Ec2 => match member.traits.query_name {
                Some(name) => at(name),
                None => at(&capitalised(member.on_wire())),
            },
        }
    }

    fn members(&mut self, into: &mut dyn Structure) -> Result<(), DecodeError> {
        let schema: &'static Schema = into.schema();
        let mut seen = MemberSet::default();
        for (index, member) in schema.members.iter().enumerate() {
            let Some(node) = self.find(member) else { continue };
            seen.insert(index);
            self.missing.path.push(Step::Member(member.name));
            into.read_member(index, &mut self.at(node))?;
            self.missing.path.pop();
        }
        self.missing.note(schema, &seen)?;
        Ok(())
    }

    fn text(&self) -> Result<&'a str, DecodeError> {
        self.node.value.ok_or_else(|| {
            DecodeError::wrong_type(format!("Unexpected complex element at {}", self.missing.path))
        })
    }

    fn parsed<T: std::str::FromStr>(&self, type_name: &str) -> Result<T, DecodeError> {
        let text = self.text()?;
        text.trim().parse().map_err(|_| {
            DecodeError::wrong_type(format!("'{text}' at '{}' is not a valid {type_name}", self.missing.path))
        })
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

impl ShapeDeserializer for Reader<'_, '_, '_> {
    fn structure(&mut self, _member: &'static Member, into: &mut dyn Structure) -> Result<(), DecodeError> {
        self.members(into)
    }

    fn list(&mut self, member: &'static Member, on_item: OnItem<'_>) -> Result<(), DecodeError> {
        let Some(element) = member.target.element() else { return Ok(()) };
        // `List=` is how clients send an empty list.
        let flat = member.flattened() || self.dialect == Dialect::Ec2;
        let holder = if flat {
            Some(self.node)
        } else {
            self.node.children.get(element.wire_name.unwrap_or("member"))
        };
        for (index, node) in holder.map(Node::numbered).unwrap_or_default().into_iter().enumerate() {
            self.missing.path.push(Step::Item(index));
            on_item(element, &mut self.at(node))?;
            self.missing.path.pop();
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, on_entry: OnEntry<'_>) -> Result<(), DecodeError> {
        let Some((key_member, value_member)) = member.target.entry() else { return Ok(()) };
        let holder = if member.flattened() { Some(self.node) } else { self.node.children.get("entry") };
        for node in holder.map(Node::numbered).unwrap_or_default() {
            let key = node.children.get(key_member.on_wire()).and_then(|node| node.value);
            let value = node.children.get(value_member.on_wire());
            let (Some(key), Some(value)) = (key, value) else {
                return Err(DecodeError::malformed(format!(
                    "An entry of '{}' lacks its key or value",
                    self.missing.path
                )));
            };
            self.missing.path.push(Step::Entry(key.to_owned()));
            on_entry(key.to_owned(), value_member, &mut self.at(value))?;
            self.missing.path.pop();
        }
        Ok(())
    }

    fn boolean(&mut self, _member: &'static Member) -> Result<bool, DecodeError> {
        match self.text()?.trim() {
            text if text.eq_ignore_ascii_case("true") => Ok(true),
            text if text.eq_ignore_ascii_case("false") => Ok(false),
            text => Err(DecodeError::wrong_type(format!(
                "'{text}' at '{}' is not a valid boolean",
                self.missing.path
            ))),
        }
    }

    fn integer(&mut self, _member: &'static Member) -> Result<i32, DecodeError> {
        self.parsed("integer")
    }

    fn long(&mut self, _member: &'static Member) -> Result<i64, DecodeError> {
        self.parsed("long")
    }

    fn float(&mut self, _member: &'static Member) -> Result<f32, DecodeError> {
        self.parsed("float")
    }

    fn double(&mut self, _member: &'static Member) -> Result<f64, DecodeError> {
        self.parsed("double")
    }

    fn string(&mut self, _member: &'static Member) -> Result<String, DecodeError> {
        self.text().map(str::to_owned)
    }

    fn blob(&mut self, _member: &'static Member) -> Result<Vec<u8>, DecodeError> {
        BASE64.decode(self.text()?.trim().as_bytes()).map_err(|_| {
            DecodeError::wrong_type(format!("The value at '{}' is not valid base64", self.missing.path))
        })
    }

    fn timestamp(&mut self, _member: &'static Member) -> Result<Timestamp, DecodeError> {
        let text = self.text()?;
        Timestamp::parse(text).ok_or_else(|| {
            DecodeError::wrong_type(format!("'{text}' at '{}' is not a valid timestamp", self.missing.path))
        })
    }

    fn document(&mut self, _member: &'static Member) -> Result<Document, DecodeError> {
        self.text().map(Document::from)
    }
}
