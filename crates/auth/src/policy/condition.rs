//! Conditions of statements.
//!
//! Evaluated: the operators of texts and ARNs, `Bool` and `Null`, with `…IfExists`, over the keys that a [`Context`] has.
//! Not evaluated, and so never true: `ForAllValues:` and `ForAnyValue:`, the operators of numbers, dates, addresses and
//! bytes, other keys, and values with `${variables}`.

use super::document::Malformed;
use super::pattern::{arn_like, like};
use super::{Truth, document};

/// What is known of a request, by condition keys. A key that is not here is not understood; one that is here without a
/// value is known to be absent from the request.
#[derive(Clone, Debug, Default)]
pub struct Context(Vec<(&'static str, Option<String>)>);

impl Context {
    pub fn with(mut self, key: &'static str, value: Option<impl Into<String>>) -> Self {
        self.0.push((key, value.map(Into::into)));
        self
    }

    /// `None`: not understood. `Some(None)`: not there.
    fn get(&self, key: &str) -> Option<Option<&str>> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_deref())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// As written, for messages.
    named: String,
    operator: Operator,
    /// An absent key fulfils it.
    if_exists: bool,
    key: String,
    values: Vec<String>,
    /// Whether `${…}` in a value stands for something.
    variables: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Text {
        compare: Compare,
        negated: bool,
    },
    Bool,
    Null,
    /// AWS has it, and it is not evaluated here.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Equals,
    EqualsIgnoreCase,
    Like,
    ArnLike,
}

impl Condition {
    pub(super) fn new(
        named: &str,
        key: &str,
        values: Vec<String>,
        variables: bool,
    ) -> Result<Self, document::Malformed> {
        let (bare, if_exists) = match named.strip_suffix("IfExists") {
            Some(bare) => (bare, true),
            None => (named, false),
        };
        let operator =
            operator(bare).ok_or_else(|| Malformed(format!("Invalid Condition type : {named}.")))?;
        if !key.contains(':') {
            return Err(Malformed(
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".to_owned(),
            ));
        }
        let (named, key) = (named.to_owned(), key.to_owned());
        Ok(Self { named, operator, if_exists, key, values, variables })
    }

    /// Whether it holds for a request.
    pub(super) fn holds(&self, context: &Context) -> Truth {
        let unknown =
            |what: &str| Truth::Unknown(format!("{what} (condition {} on {})", self.named, self.key));
        let operator = "its operator is not evaluated";
        if self.operator == Operator::Other {
            return unknown(operator);
        }
        let Some(value) = context.get(&self.key) else { return unknown("its key is not evaluated") };
        if self.variables && self.values.iter().any(|wanted| wanted.contains("${")) {
            return unknown("its variables are not evaluated");
        }
        match (self.operator, value) {
            (Operator::Null, value) => {
                let absent = if value.is_none() { "true" } else { "false" };
                Truth::of(self.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(absent)))
            }
            (Operator::Text { .. } | Operator::Bool, None) if self.if_exists => Truth::Yes,
            (Operator::Text { negated, .. }, None) => Truth::of(negated),
            (Operator::Bool, None) => Truth::No,
            (Operator::Bool, Some(value)) => {
                Truth::of(self.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(value)))
            }
            (Operator::Text { compare, negated }, Some(value)) => {
                let matches = self.values.iter().any(|wanted| compare.matches(wanted, value));
                Truth::of(matches != negated)
            }
            (Operator::Other, _) => unknown(operator),
        }
    }
}

impl Compare {
    fn matches(self, wanted: &str, value: &str) -> bool {
        match self {
            Self::Equals => wanted == value,
            Self::EqualsIgnoreCase => wanted.eq_ignore_ascii_case(value),
            Self::Like => like(wanted, value),
            Self::ArnLike => arn_like(wanted, value),
        }
    }
}

fn operator(name: &str) -> Option<Operator> {
    let text = |compare, negated| Some(Operator::Text { compare, negated });
    match name {
        "StringEquals" => text(Compare::Equals, false),
        "StringNotEquals" => text(Compare::Equals, true),
        "StringEqualsIgnoreCase" => text(Compare::EqualsIgnoreCase, false),
        "StringNotEqualsIgnoreCase" => text(Compare::EqualsIgnoreCase, true),
        "StringLike" => text(Compare::Like, false),
        "StringNotLike" => text(Compare::Like, true),
        // "ArnEquals and ArnLike behave identically."
        "ArnEquals" | "ArnLike" => text(Compare::ArnLike, false),
        "ArnNotEquals" | "ArnNotLike" => text(Compare::ArnLike, true),
        "Bool" => Some(Operator::Bool),
        "Null" => Some(Operator::Null),
        "NumericEquals"
        | "NumericNotEquals"
        | "NumericLessThan"
        | "NumericLessThanEquals"
        | "NumericGreaterThan"
        | "NumericGreaterThanEquals"
        | "DateEquals"
        | "DateNotEquals"
        | "DateLessThan"
        | "DateLessThanEquals"
        | "DateGreaterThan"
        | "DateGreaterThanEquals"
        | "BinaryEquals"
        | "IpAddress"
        | "NotIpAddress" => Some(Operator::Other),
        _ => {
            let (set, inner) = name.split_once(':')?;
            let known = matches!(set, "ForAllValues" | "ForAnyValue") && operator(inner).is_some();
            known.then_some(Operator::Other)
        }
    }
}
