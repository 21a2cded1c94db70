//! Checks a decoded input against the constraints of its model, and words what it finds as AWS does.
//!
//! One visitor serves every shape. Missing required members are found while decoding (the value itself no longer shows
//! them), come in as paths and are reported first, by path; the others follow in the order of the model.
//! Source of the wording: replies of AWS services built on Coral ("1 validation error detected: Value …").

use std::collections::HashSet;

use crate::decode::{Path, Step};
use crate::document::Document;
use crate::protocol::{ErrorReply, Protocol};
use crate::schema::{Constraints, Kind, Member, ServiceSchema};
use crate::shape::{ShapeSerializer, Structure, Value};
use crate::timestamp::Timestamp;

mod show;

/// One constraint that a value does not satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// `tags.1.member.key`
    pub path: String,
    /// The value as messages show it; `None` when it is sensitive.
    pub value: Option<String>,
    /// `Member must not be null`
    pub constraint: String,
}

const MISSING: &str = "Member must not be null";

impl Violation {
    /// Whether it is a required member that is not there.
    pub fn is_missing(&self) -> bool {
        self.value.as_deref() == Some("null") && self.constraint == MISSING
    }
}

/// Every violation in `input`, those in `missing` (paths of absent required members) first.
pub fn violations(input: &dyn Structure, missing: &[String]) -> Vec<Violation> {
    let null = |path: &String| Violation {
        path: path.clone(),
        value: Some("null".to_owned()),
        constraint: MISSING.to_owned(),
    };
    let mut validator = Validator {
        missing: missing.iter().map(String::as_str).collect(),
        path: Path::default(),
        element: false,
        found: missing.iter().map(null).collect(),
    };
    input.write_members(&mut validator);
    validator.found
}

/// Violations that a message words; it counts them all.
// AWS differs: it words every one. A body of 10 MB can have a million, and the reply would be a hundred times its size.
const WORDED: usize = 50;

/// AWS's message for violations, or `None` when there are none.
pub fn message(violations: &[Violation]) -> Option<String> {
    let mut message = match violations.len() {
        0 => return None,
        1 => "1 validation error detected: ".to_owned(),
        many => format!("{many} validation errors detected: "),
    };
    for (index, Violation { path, value, constraint }) in violations.iter().take(WORDED).enumerate() {
        if index > 0 {
            message.push_str("; ");
        }
        match value.as_deref() {
            None => message.push_str("Value"),
            Some("null") if constraint == "Member must not be null" => message.push_str("Value null"),
            Some(value) => {
                message.push_str("Value '");
                message.push_str(value);
                message.push('\'');
            }
        }
        message.push_str(" at '");
        message.push_str(path);
        message.push_str("' failed to satisfy constraint: ");
        message.push_str(constraint);
    }
    Some(message)
}

/// The error for violations, in the words of the service's protocol; `None` when there are none.
pub fn error(service: &ServiceSchema, violations: &[Violation]) -> Option<ErrorReply> {
    let message = message(violations)?;
    match violations.first() {
        // EC2 names the first mistake only. Source: "Error codes for the Amazon EC2 API", read 2026-11.
        Some(first) if service.protocols.contains(&Protocol::Ec2Query) => Some(ec2(first)),
        _ => Some(ErrorReply::new(service.validation_error, message)),
    }
}

fn ec2(violation: &Violation) -> ErrorReply {
    let path = violation.path.replace(".member", "");
    if violation.is_missing() {
        let text = format!("The request must contain the parameter {path}");
        return ErrorReply::sender("MissingParameter", 400, text);
    }
    let value = violation.value.as_deref().unwrap_or_default();
    let text = format!("Value ({value}) for parameter {path} is invalid. {}.", violation.constraint);
    ErrorReply::sender("InvalidParameterValue", 400, text)
}

struct Validator<'a> {
    missing: HashSet<&'a str>,
    path: Path,
    /// Inside a list or map: the path has the place already.
    element: bool,
    found: Vec<Violation>,
}

/// What a value is measured by.
enum Measure<'a> {
    Length(usize),
    Text(&'a str),
    Number(i64),
    Real(f64),
}

/// The constraints that `measure` breaks, worded.
fn broken(constraints: &Constraints, measure: &Measure<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let (what, below, above) = match measure {
        Measure::Length(length) => (
            "length",
            constraints.min.is_some_and(|min| (*length as i64) < min),
            constraints.max.is_some_and(|max| *length as i64 > max),
        ),
        Measure::Text(text) => {
            let length = text.chars().count() as i64;
            (
                "length",
                constraints.min.is_some_and(|min| length < min),
                constraints.max.is_some_and(|max| length > max),
            )
        }
        Measure::Number(value) => (
            "value",
            constraints.min.is_some_and(|min| *value < min),
            constraints.max.is_some_and(|max| *value > max),
        ),
        Measure::Real(value) => (
            "value",
            // NaN satisfies no bound.
            constraints.min.is_some_and(|min| value.is_nan() || *value < min as f64),
            constraints.max.is_some_and(|max| value.is_nan() || *value > max as f64),
        ),
    };
    if above {
        broken.extend(
            constraints.max.map(|max| format!("Member must have {what} less than or equal to {max}")),
        );
    }
    if below {
        broken.extend(
            constraints.min.map(|min| format!("Member must have {what} greater than or equal to {min}")),
        );
    }
    if let Measure::Text(text) = measure {
        if let Some(pattern) = constraints.pattern.filter(|pattern| !pattern.matches(text)) {
            broken.push(format!("Member must satisfy regular expression pattern: {}", pattern.source));
        }
        if !constraints.enumeration.is_empty() && !constraints.enumeration.contains(text) {
            broken.push(format!(
                "Member must satisfy enum value set: [{}]",
                constraints.enumeration.join(", ")
            ));
        }
    }
    broken
}

/// Every constraint of a shape, worded: what AWS lists when one of an element's constraints is broken.
fn all(member: &'static Member) -> String {
    let constraints = &member.target.constraints;
    let what = if matches!(member.target.kind, Kind::Integer | Kind::Long | Kind::Float | Kind::Double) {
        "value"
    } else {
        "length"
    };
    let mut all = Vec::new();
    all.extend(constraints.max.map(|max| format!("Member must have {what} less than or equal to {max}")));
    all.extend(constraints.min.map(|min| format!("Member must have {what} greater than or equal to {min}")));
    all.extend(
        constraints.pattern.map(|p| format!("Member must satisfy regular expression pattern: {}", p.source)),
    );
    if !constraints.enumeration.is_empty() {
        all.push(format!("Member must satisfy enum value set: [{}]", constraints.enumeration.join(", ")));
    }
    format!("[{}]", all.join(", "))
}

impl Validator<'_> {
    fn within(&mut self, member: &'static Member, element: bool, check: &mut dyn FnMut(&mut Self)) {
        let own_step = !std::mem::replace(&mut self.element, element);
        if own_step {
            self.path.push(Step::Member(member.name));
        }
        check(self);
        if own_step {
            self.path.pop();
        }
        self.element = !own_step;
    }

    fn note(&mut self, member: &'static Member, measure: &Measure<'_>, value: &dyn Fn() -> String) {
        let broken = broken(&member.target.constraints, measure);
        if broken.is_empty() {
            return;
        }
        let sensitive = member.target.sensitive;
        self.within(member, false, &mut |this| {
            let path = this.path.to_string();
            // A required member that is missing stands at its default, which is nobody's value.
            if this.missing.contains(path.as_str()) {
                return;
            }
            this.found.extend(broken.iter().map(|constraint| Violation {
                path: path.clone(),
                value: (!sensitive).then(value),
                constraint: constraint.clone(),
            }));
        });
    }
}

/// A scalar element or key is reported at its container, with every constraint it has.
fn element_is_broken(member: &'static Member, value: &dyn Value) -> bool {
    let mut probe =
        Validator { missing: HashSet::new(), path: Path::default(), element: false, found: Vec::new() };
    value.write(member, &mut probe);
    !probe.found.is_empty()
}

fn is_scalar(member: &'static Member) -> bool {
    !matches!(member.target.kind, Kind::Structure | Kind::Union | Kind::List | Kind::Map)
}

impl ShapeSerializer for Validator<'_> {
    fn structure(&mut self, member: &'static Member, value: &dyn Structure) {
        self.within(member, false, &mut |this| {
            // A structure that is missing stands at its default; what it holds is nobody's value.
            if this.missing.is_empty() || !this.missing.contains(this.path.to_string().as_str()) {
                value.write_members(this);
            }
        });
    }

    fn list(&mut self, member: &'static Member, items: &mut dyn ExactSizeIterator<Item = &dyn Value>) {
        let Some(element) = member.target.element() else { return };
        let items: Vec<&dyn Value> = items.collect();
        self.note(member, &Measure::Length(items.len()), &|| show::list(element, &items));
        if is_scalar(element) {
            if items.iter().any(|item| element_is_broken(element, *item)) {
                let value = (!member.target.sensitive && !element.target.sensitive)
                    .then(|| show::list(element, &items));
                self.within(member, false, &mut |this| {
                    let constraint = format!("Member must satisfy constraint: {}", all(element));
                    this.found.push(Violation {
                        path: this.path.to_string(),
                        value: value.clone(),
                        constraint,
                    });
                });
            }
            return;
        }
        self.within(member, true, &mut |this| {
            for (index, item) in items.iter().enumerate() {
                this.path.push(Step::Item(index));
                item.write(element, this);
                this.path.pop();
            }
        });
    }

    fn map(
        &mut self,
        member: &'static Member,
        entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Value)>,
    ) {
        let Some((key_member, value_member)) = member.target.entry() else { return };
        let entries: Vec<(&str, &dyn Value)> = entries.collect();
        self.note(member, &Measure::Length(entries.len()), &|| show::map(value_member, &entries));
        let sensitive = member.target.sensitive || value_member.target.sensitive;
        let mut constraints = Vec::new();
        if entries
            .iter()
            .any(|(key, _)| !broken(&key_member.target.constraints, &Measure::Text(key)).is_empty())
        {
            constraints.push(format!("Map keys must satisfy constraint: {}", all(key_member)));
        }
        if is_scalar(value_member) && entries.iter().any(|(_, value)| element_is_broken(value_member, *value))
        {
            constraints.push(format!("Map value must satisfy constraint: {}", all(value_member)));
        }
        self.within(member, true, &mut |this| {
            let path = this.path.to_string();
            this.found.extend(constraints.iter().map(|constraint| Violation {
                path: path.clone(),
                value: (!sensitive).then(|| show::map(value_member, &entries)),
                constraint: constraint.clone(),
            }));
            if is_scalar(value_member) {
                return;
            }
            for (key, value) in &entries {
                this.path.push(Step::Entry((*key).to_owned()));
                value.write(value_member, this);
                this.path.pop();
            }
        });
    }

    fn boolean(&mut self, _member: &'static Member, _value: bool) {}

    fn integer(&mut self, member: &'static Member, value: i32) {
        self.long(member, value.into());
    }

    fn long(&mut self, member: &'static Member, value: i64) {
        self.note(member, &Measure::Number(value), &|| value.to_string());
    }

    fn float(&mut self, member: &'static Member, value: f32) {
        self.note(member, &Measure::Real(value.into()), &|| format!("{value:?}"));
    }

    fn double(&mut self, member: &'static Member, value: f64) {
        self.note(member, &Measure::Real(value), &|| format!("{value:?}"));
    }

    fn string(&mut self, member: &'static Member, value: &str) {
        self.note(member, &Measure::Text(value), &|| value.to_owned());
    }

    fn blob(&mut self, member: &'static Member, value: &[u8]) {
        self.note(member, &Measure::Length(value.len()), &|| show::BLOB.to_owned());
    }

    fn timestamp(&mut self, _member: &'static Member, _value: Timestamp) {}

    fn document(&mut self, _member: &'static Member, _value: &Document) {}
}

#[cfg(test)]
mod tests;
