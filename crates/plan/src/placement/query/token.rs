//! Splits an expression into tokens. What a bare word may contain depends on what is expected, so the parser asks for one
//! token at a time: a pattern may hold brackets, a plain value may not.

use super::parser::{Error, ErrorKind};

/// Reads forward over the text of one expression.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// Where a bare word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A subject, an operator's name or a value.
    Plain,
    /// The argument of `matches`: balanced brackets and single bars belong to it.
    Pattern,
}

/// The operators that are written in signs, longest first.
const SIGNS: [&str; 10] = ["==", "!=", ">=", "<=", "=~", "!~", "&&", "||", ">", "<"];

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte offset of the next token.
    pub(super) fn position(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    pub(super) fn at_end(&mut self) -> bool {
        self.skip_space();
        self.at == self.text.len()
    }

    /// An error of `kind` at byte offset `at`.
    pub(super) fn error(&self, at: usize, kind: ErrorKind) -> Error {
        Error { position: self.text[..at].chars().count(), kind }
    }

    /// What stands at the cursor, cut to a readable length, for messages.
    pub(super) fn found(&mut self) -> String {
        self.skip_space();
        let rest = &self.text[self.at..];
        let word: String = rest.split_whitespace().next().unwrap_or("").chars().take(40).collect();
        if word.is_empty() { "the end".to_owned() } else { format!("'{word}'") }
    }

    /// The text from byte offset `at` up to the cursor.
    pub(super) fn between(&self, at: usize) -> &'a str {
        &self.text[at..self.at]
    }

    /// Takes `sign` if it stands here.
    pub(super) fn take(&mut self, sign: &str) -> bool {
        self.skip_space();
        let here = self.text[self.at..].starts_with(sign);
        if here {
            self.at += sign.len();
        }
        here
    }

    /// Takes `word` if it stands here and ends here.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let rest = &self.text[self.at..];
        let here = rest.starts_with(word) && plain_end(&rest[word.len()..]) == 0;
        if here {
            self.at += word.len();
        }
        here
    }

    /// Takes one of the operators written in signs, `and` and `or` aside.
    pub(super) fn take_sign(&mut self) -> Option<&'static str> {
        self.skip_space();
        let rest = &self.text[self.at..];
        let sign = SIGNS.into_iter().filter(|s| !matches!(*s, "&&" | "||")).find(|s| rest.starts_with(s))?;
        self.at += sign.len();
        Some(sign)
    }

    /// Takes a bare word; `None` where none begins here.
    pub(super) fn bare(&mut self, word: Word) -> Option<&'a str> {
        self.skip_space();
        let rest = &self.text[self.at..];
        let end = match word {
            Word::Plain => plain_end(rest),
            Word::Pattern => pattern_end(rest),
        };
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }

    /// Takes a text in single or double quotes; a doubled quote stands for one. `None` where no quote stands here.
    pub(super) fn quoted(&mut self) -> Option<Result<String, Error>> {
        self.skip_space();
        let start = self.at;
        let quote = self.text[start..].chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut value = String::new();
        let mut rest = self.text[start + 1..].char_indices().peekable();
        while let Some((index, c)) = rest.next() {
            if c != quote {
                value.push(c);
            } else if rest.next_if(|(_, next)| *next == quote).is_some() {
                value.push(quote);
            } else {
                self.at = start + 1 + index + 1;
                return Some(Ok(value));
            }
        }
        Some(Err(self.error(start, ErrorKind::OpenQuote)))
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}

/// Whether a value can be written without quotes and read back the same, wherever it stands.
pub(super) fn is_bare(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || "._-/:@+*".contains(c))
}

fn ends_any_word(rest: &str, c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '"' | ',') || rest.starts_with("&&") || rest.starts_with("||")
}

fn plain_end(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| {
        let rest = &text[*at..];
        ends_any_word(rest, *c)
            || matches!(c, '(' | ')' | '[' | ']')
            || SIGNS.iter().any(|sign| rest.starts_with(sign))
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

fn pattern_end(text: &str) -> usize {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        match c {
            _ if c.is_whitespace() => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            _ if depth == 0 && ends_any_word(rest, c) => return at,
            _ => {}
        }
    }
    text.len()
}
