//! Terms in unstructured messages: `ERROR "not found" -timeout`, `?WARN ?ERROR`, `%4[0-9]{2}%`.

use super::Invalid;
use super::cursor::Cursor;
use super::regular::Regular;

/// All required ones, none of the excluded ones; the optional ones count only when they are alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    required: Vec<Term>,
    excluded: Vec<Term>,
    optional: Vec<Term>,
}

#[derive(Debug, Clone)]
enum Term {
    Text(String),
    Regular(Regular),
}

impl Terms {
    pub(super) fn parse(mut input: Cursor<'_>) -> Result<Terms, Invalid> {
        let mut terms = Terms::default();
        let mut regulars = 0;
        loop {
            input.space();
            if input.is_at_end() {
                return Ok(terms);
            }
            let list = if input.eat("-") {
                // The guide once wrote `"ERROR" - "Exiting"`.
                input.space();
                &mut terms.excluded
            } else if input.eat("?") {
                &mut terms.optional
            } else {
                &mut terms.required
            };
            list.push(term(&mut input, &mut regulars)?);
        }
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let is_in = |term: &Term| match term {
            Term::Text(text) => message.contains(text.as_str()),
            Term::Regular(regular) => regular.matches(message),
        };
        if self.required.is_empty() && self.excluded.is_empty() {
            return self.optional.iter().any(is_in);
        }
        self.required.iter().all(is_in) && !self.excluded.iter().any(is_in)
    }
}

fn term(input: &mut Cursor<'_>, regulars: &mut usize) -> Result<Term, Invalid> {
    if input.eat("\"") {
        // `" "` and `""` match every message that has or lacks a space: the guide's "match everything".
        return Ok(Term::Text(Some(input.quoted()?).filter(|text| text != " ").unwrap_or_default()));
    }
    if input.eat("%") {
        return Ok(Term::Regular(Regular::parse(input, regulars)?));
    }
    let text = input.take_while(|c| c.is_alphanumeric() || c == '_');
    let ended = input.peek().is_none_or(|c| c.is_whitespace() || c == '"' || c == '%');
    if text.is_empty() || !ended {
        return Err(input.invalid_character());
    }
    Ok(Term::Text(text.to_owned()))
}
