//! Comparisons: an operator and what to compare with.

use std::cmp::Ordering;

use super::Invalid;
use super::cursor::Cursor;
use super::regular::Regular;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    pub(super) fn parse(input: &mut Cursor<'_>) -> Option<Operator> {
        let known = [
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("=", Operator::Equal),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        known.into_iter().find(|(text, _)| input.eat(text)).map(|(_, operator)| operator)
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Operator::Equal => order.is_eq(),
            Operator::NotEqual => order.is_ne(),
            Operator::Less => order.is_lt(),
            Operator::LessOrEqual => order.is_le(),
            Operator::Greater => order.is_gt(),
            Operator::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// `operator value`.
#[derive(Debug, Clone)]
pub(super) struct Comparison {
    operator: Operator,
    wanted: Wanted,
}

#[derive(Debug, Clone)]
enum Wanted {
    /// Compared as a number with numbers, as text with texts.
    Number(f64, Text),
    Text(Text),
    Regular(Regular),
}

/// A text with an asterisk before, behind or around it. One inside is an asterisk.
#[derive(Debug, Clone)]
struct Text {
    text: String,
    open_start: bool,
    open_end: bool,
}

impl Comparison {
    /// Reads the value behind `operator`.
    pub(super) fn parse(
        input: &mut Cursor<'_>,
        operator: Operator,
        regulars: &mut usize,
    ) -> Result<Comparison, Invalid> {
        input.space();
        let at = input.at();
        let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let wanted = if input.eat("\"") {
            Wanted::Text(Text::new(&input.quoted()?))
        } else if input.eat("%") {
            Wanted::Regular(Regular::parse(input, regulars)?)
        } else {
            let word = input.take_while(is_word);
            if word.is_empty() {
                return Err(input.invalid_character());
            }
            match number(word) {
                Some(number) => Wanted::Number(number, Text::new(word)),
                None => Wanted::Text(Text::new(word)),
            }
        };
        if !is_equality && !matches!(wanted, Wanted::Number(..)) {
            return Err(Invalid::pattern(at));
        }
        Ok(Comparison { operator, wanted })
    }

    /// Against a text, which is not a number whatever it looks like.
    pub(super) fn holds_for_text(&self, text: &str) -> bool {
        let is_equal = match &self.wanted {
            Wanted::Number(_, wanted) | Wanted::Text(wanted) => wanted.matches(text),
            Wanted::Regular(regular) => regular.matches(text),
        };
        match self.operator {
            Operator::Equal => is_equal,
            Operator::NotEqual => !is_equal,
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => false,
        }
    }

    /// Against a number that is written as `text`.
    pub(super) fn holds_for_number(&self, found: f64, text: &str) -> bool {
        match &self.wanted {
            Wanted::Number(wanted, _) => {
                found.partial_cmp(wanted).is_some_and(|order| self.operator.holds(order))
            }
            Wanted::Text(_) | Wanted::Regular(_) => self.holds_for_text(text),
        }
    }
}

/// Characters of an unquoted value.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '*' | '.' | '-' | '+' | ':' | '/')
}

/// A number as the guide defines it: sign, digits, decimals, exponent.
pub(super) fn number(text: &str) -> Option<f64> {
    let looks = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'))
        && text.bytes().any(|b| b.is_ascii_digit());
    if looks { text.parse().ok().filter(|n: &f64| n.is_finite()) } else { None }
}

impl Text {
    fn new(text: &str) -> Text {
        if text.bytes().all(|b| b == b'*') && !text.is_empty() {
            return Text { text: String::new(), open_start: true, open_end: true };
        }
        let (text, open_start) = text.strip_prefix('*').map_or((text, false), |rest| (rest, true));
        let (text, open_end) = text.strip_suffix('*').map_or((text, false), |rest| (rest, true));
        Text { text: text.to_owned(), open_start, open_end }
    }

    fn matches(&self, found: &str) -> bool {
        match (self.open_start, self.open_end) {
            (false, false) => found == self.text,
            (true, false) => found.ends_with(&self.text),
            (false, true) => found.starts_with(&self.text),
            (true, true) => found.contains(&self.text),
        }
    }
}
