//! Finds a top-level member of an input by name, without knowing its type. IAM resources are computed from these.

use crate::document::Document;
use crate::schema::Member;
use crate::shape::{ShapeSerializer, Structure, Value};
use crate::timestamp::Timestamp;

/// A member's texts: one for a scalar, one per element for a list of scalars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    One(String),
    Many(Vec<String>),
}

/// The member named `name`, when it is present and made of strings or numbers.
pub fn find(input: &dyn Structure, name: &str) -> Option<Found> {
    let mut finder = Finder { name, found: None, items: None };
    input.write_members(&mut finder);
    finder.found
}

struct Finder<'a> {
    name: &'a str,
    found: Option<Found>,
    /// Elements gathered so far, while inside the list that was looked for.
    items: Option<Vec<String>>,
}

impl Finder<'_> {
    fn scalar(&mut self, member: &'static Member, text: &str) {
        if let Some(items) = &mut self.items {
            items.push(text.to_owned());
        } else if member.name == self.name {
            self.found = Some(Found::One(text.to_owned()));
        }
    }
}

impl ShapeSerializer for Finder<'_> {
    fn structure(&mut self, _member: &'static Member, _value: &dyn Structure) {}

    fn list(&mut self, member: &'static Member, items: &mut dyn ExactSizeIterator<Item = &dyn Value>) {
        if self.items.is_some() || member.name != self.name {
            return;
        }
        let Some(element) = member.target.element() else { return };
        self.items = Some(Vec::new());
        for item in items {
            item.write(element, self);
        }
        self.found = self.items.take().map(Found::Many);
    }

    fn map(
        &mut self,
        _member: &'static Member,
        _entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Value)>,
    ) {
    }

    fn boolean(&mut self, _member: &'static Member, _value: bool) {}

    fn integer(&mut self, member: &'static Member, value: i32) {
        self.scalar(member, &value.to_string());
    }

    fn long(&mut self, member: &'static Member, value: i64) {
        self.scalar(member, &value.to_string());
    }

    fn float(&mut self, _member: &'static Member, _value: f32) {}

    fn double(&mut self, _member: &'static Member, _value: f64) {}

    fn string(&mut self, member: &'static Member, value: &str) {
        self.scalar(member, value);
    }

    fn blob(&mut self, _member: &'static Member, _value: &[u8]) {}

    fn timestamp(&mut self, _member: &'static Member, _value: Timestamp) {}

    fn document(&mut self, _member: &'static Member, _value: &Document) {}
}
