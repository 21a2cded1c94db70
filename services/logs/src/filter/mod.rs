//! Filter patterns: which log events a FilterLogEvents call, a Live Tail session or a metric filter means.
//!
//! Three languages share one field: terms (`ERROR -timeout`), JSON conditions (`{ $.level = "warn" }`) and
//! space-delimited fields (`[ip, ..., status=4*]`); the first character says which. A pattern is compiled
//! once and matched against messages; matching never fails and costs time linear in the message.
//!
//! This module is pure text: it must not know requests, events or streams.
//!
//! Source: "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live
//! Tail" in the CloudWatch Logs user guide; error messages as observed in reports of users.

mod cursor;
mod expression;
mod fields;
mod json;
mod regular;
mod terms;
#[cfg(test)]
mod tests;
mod value;

use cursor::Cursor;

/// A pattern that cannot be used. The message is AWS's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Invalid {
    /// What AWS says of it.
    pub message: String,
    /// Byte offset in the pattern where it stopped making sense.
    pub at: usize,
}

impl Invalid {
    fn pattern(at: usize) -> Invalid {
        Invalid { message: "Invalid filter pattern".to_owned(), at }
    }

    fn character(at: usize, found: &str) -> Invalid {
        Invalid { message: format!("Invalid character(s) in term '{found}'"), at }
    }
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Filter(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Everything,
    Terms(terms::Terms),
    Json(json::Condition),
    Fields(fields::Fields),
}

impl Filter {
    /// Compiles a pattern. The empty pattern matches everything.
    ///
    /// # Errors
    /// [`Invalid`] with AWS's message.
    pub fn parse(pattern: &str) -> Result<Filter, Invalid> {
        let trimmed = pattern.trim();
        let start = pattern.len() - pattern.trim_start().len();
        let kind = match trimmed.as_bytes().first() {
            None => Kind::Everything,
            Some(b'{') => Kind::Json(json::Condition::parse(enclosed(trimmed, start, '{', '}')?)?),
            Some(b'[') => Kind::Fields(fields::Fields::parse(enclosed(trimmed, start, '[', ']')?)?),
            Some(_) => Kind::Terms(terms::Terms::parse(Cursor::new(trimmed, start))?),
        };
        Ok(Filter(kind))
    }

    /// Whether a message is meant.
    pub fn matches(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Everything => true,
            Kind::Terms(terms) => terms.matches(message),
            Kind::Json(condition) => condition.matches(message),
            Kind::Fields(fields) => fields.matches(message),
        }
    }
}

fn enclosed(pattern: &str, start: usize, open: char, close: char) -> Result<Cursor<'_>, Invalid> {
    let inner = pattern.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.map(|inner| Cursor::new(inner, start + 1)).ok_or_else(|| Invalid {
        message: format!("If a filter pattern starts with '{open}' it must end with '{close}'"),
        at: start + pattern.len(),
    })
}
