//! A place in a pattern. Offsets are bytes of the pattern as the caller wrote it.

use super::Invalid;

#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Cursor<'a> {
        Cursor { rest: text, at }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.skip(c.len_utf8());
        Some(c)
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
        self.at += bytes;
    }

    pub(super) fn space(&mut self) {
        self.skip(self.rest.len() - self.rest.trim_start().len());
    }

    /// Steps over `text` if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest.starts_with(text);
        if found {
            self.skip(text.len());
        }
        found
    }

    /// Steps over `word` if it stands here and ends here.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let found = self.rest.strip_prefix(word).is_some_and(ends);
        if found {
            self.skip(word.len());
        }
        found
    }

    /// Characters as long as they are wanted; may be none.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let taken = &self.rest[..end];
        self.skip(end);
        taken
    }

    /// What stands between here and the next `end`, both stepped over.
    pub(super) fn take_until(&mut self, end: char) -> Result<&'a str, Invalid> {
        let found = self.rest.find(end).ok_or_else(|| self.invalid())?;
        let taken = &self.rest[..found];
        self.skip(found + end.len_utf8());
        Ok(taken)
    }

    /// A quoted string, behind its opening quote: `\"` and `\\` stand for `"` and `\`.
    pub(super) fn quoted(&mut self) -> Result<String, Invalid> {
        let mut text = String::new();
        loop {
            match self.next().ok_or_else(|| self.invalid())? {
                '"' => return Ok(text),
                '\\' if self.eat("\"") => text.push('"'),
                '\\' if self.eat("\\") => text.push('\\'),
                c => text.push(c),
            }
        }
    }

    /// The pattern makes no sense from here.
    pub(super) fn invalid(&self) -> Invalid {
        Invalid::pattern(self.at)
    }

    /// The next character may not stand here.
    pub(super) fn invalid_character(&self) -> Invalid {
        match self.peek() {
            Some(c) => Invalid::character(self.at, c.encode_utf8(&mut [0; 4])),
            None => self.invalid(),
        }
    }
}
