//! Space-delimited messages: `[ip, user, ..., status = 4* && status != 404, bytes > 1000]`.
//!
//! What stands between brackets or double quotes in a message is one field. The pattern names the fields
//! in order; `...` stands for any number of them. A last field without a condition stands for all that
//! follow, at least one: the guide has `[w1=ERROR, w2]` match lines of more than two words. (An older
//! edition said the opposite; which of them AWS does for long lines is not established beyond the guide.)

use super::Invalid;
use super::cursor::Cursor;
use super::expression::Expression;
use super::value::{Comparison, Operator, number};

#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// Before the ellipsis, or all.
    head: Vec<Field>,
    /// Behind the ellipsis, if there is one.
    tail: Option<Vec<Field>>,
}

/// One field and what it must be; `None`: anything.
type Field = Option<Expression<Comparison>>;

impl Fields {
    /// Reads what stands between the brackets.
    pub(super) fn parse(mut input: Cursor<'_>) -> Result<Fields, Invalid> {
        let mut regulars = 0;
        let mut fields = Fields { head: Vec::new(), tail: None };
        loop {
            input.space();
            if input.eat("...") {
                if fields.tail.is_some() {
                    return Err(input.invalid());
                }
                fields.tail = Some(Vec::new());
            } else {
                let field = field(&mut input, &mut regulars)?;
                fields.tail.as_mut().unwrap_or(&mut fields.head).push(field);
            }
            input.space();
            if input.is_at_end() {
                return Ok(fields);
            }
            if !input.eat(",") {
                return Err(input.invalid_character());
            }
        }
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let found = split(message);
        match &self.tail {
            Some(tail) => {
                let Some(behind) = found.len().checked_sub(tail.len()).filter(|n| *n >= self.head.len())
                else {
                    return false;
                };
                hold(&self.head, &found) && hold(tail, &found[behind..])
            }
            None => {
                let is_open = matches!(self.head.last(), Some(None));
                let fits = found.len() == self.head.len() || (is_open && found.len() > self.head.len());
                fits && hold(&self.head, &found)
            }
        }
    }
}

fn hold(fields: &[Field], found: &[&str]) -> bool {
    fields.iter().zip(found).all(|(field, text)| match field {
        None => true,
        Some(expression) => expression.holds(&|comparison| match number(text) {
            Some(value) => comparison.holds_for_number(value, text),
            None => comparison.holds_for_text(text),
        }),
    })
}

fn field(input: &mut Cursor<'_>, regulars: &mut usize) -> Result<Field, Invalid> {
    // A field without a name, or with a name and no condition.
    let mut ahead = input.clone();
    let first = name(&mut ahead);
    ahead.space();
    if ahead.is_at_end() || ahead.peek() == Some(',') {
        *input = ahead;
        return Ok(None);
    }
    let mut named = Some(first).filter(|name| !name.is_empty()).map(str::to_owned);
    let expression = Expression::parse(input, &mut |input| {
        let at = input.at();
        let name = name(input);
        if name.is_empty() {
            return Err(input.invalid_character());
        }
        // Every condition of a field repeats its name.
        if named.get_or_insert_with(|| name.to_owned()) != name {
            return Err(Invalid::pattern(at));
        }
        input.space();
        let operator = Operator::parse(input).ok_or_else(|| input.invalid_character())?;
        Comparison::parse(input, operator, regulars)
    })?;
    Ok(Some(expression))
}

fn name<'a>(input: &mut Cursor<'a>) -> &'a str {
    input.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$'))
}

/// The fields of a message; brackets and quotes that do not end are ordinary characters.
fn split(message: &str) -> Vec<&str> {
    let mut fields = Vec::new();
    let mut rest = message.trim_start();
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '[' => Some(']'),
            '"' => Some('"'),
            _ => None,
        };
        let enclosed = close.and_then(|close| rest[1..].split_once(close));
        match enclosed {
            Some((field, behind)) => {
                fields.push(field);
                rest = behind;
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                fields.push(&rest[..end]);
                rest = &rest[end..];
            }
        }
        rest = rest.trim_start();
    }
    fields
}
