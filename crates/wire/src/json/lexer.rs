//! The tokens of JSON text (RFC 8259), pulled one at a time. Depth is bounded by its user, [`super::read`].

use std::borrow::Cow;

use crate::decode::DecodeError;

/// What the next value is, seen from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peek {
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

/// A number as it stood in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Integer(i64),
    /// With a fraction, an exponent, or too large for an `i64`.
    Float(f64),
}

pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

fn unexpected() -> DecodeError {
    // AWS answers malformed JSON with the code alone; a message helps whoever wrote the request.
    DecodeError::malformed("The request body is not well-formed JSON.")
}

impl<'a> Lexer<'a> {
    /// Checks the text's encoding; a byte order mark is skipped.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| DecodeError::malformed("The request body is not valid UTF-8."))?;
        Ok(Lexer { text: text.strip_prefix('\u{feff}').unwrap_or(text), at: 0 })
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Whether nothing but white space is left.
    pub(crate) fn at_end(&mut self) -> bool {
        self.skip_space();
        self.byte().is_none()
    }

    pub(crate) fn peek(&mut self) -> Result<Peek, DecodeError> {
        self.skip_space();
        match self.byte() {
            Some(b'{') => Ok(Peek::Object),
            Some(b'[') => Ok(Peek::Array),
            Some(b'"') => Ok(Peek::String),
            Some(b'-' | b'0'..=b'9') => Ok(Peek::Number),
            Some(b't') => Ok(Peek::True),
            Some(b'f') => Ok(Peek::False),
            Some(b'n') => Ok(Peek::Null),
            _ => Err(unexpected()),
        }
    }

    /// Takes the punctuation `wanted` if it is next.
    pub(crate) fn accept(&mut self, wanted: u8) -> bool {
        self.skip_space();
        let found = self.byte() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn expect(&mut self, wanted: u8) -> Result<(), DecodeError> {
        if self.accept(wanted) { Ok(()) } else { Err(unexpected()) }
    }

    /// Takes one of `true`, `false`, `null`.
    pub(crate) fn word(&mut self, word: &str) -> Result<(), DecodeError> {
        self.skip_space();
        if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            Ok(())
        } else {
            Err(unexpected())
        }
    }

    pub(crate) fn number(&mut self) -> Result<Number, DecodeError> {
        self.skip_space();
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.byte() == Some(b'0');
        let digits = self.digits();
        if digits == 0 || (leading_zero && digits > 1) {
            return Err(unexpected());
        }
        let mut integral = true;
        if self.byte() == Some(b'.') {
            self.at += 1;
            integral = false;
            if self.digits() == 0 {
                return Err(unexpected());
            }
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            integral = false;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(unexpected());
            }
        }
        let text = self.text.get(start..self.at).ok_or_else(unexpected)?;
        if integral && let Ok(value) = text.parse() {
            return Ok(Number::Integer(value));
        }
        text.parse().map(Number::Float).map_err(|_| unexpected())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    /// Takes a string; borrowed from the text when nothing in it is escaped.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.expect(b'"')?;
        let mut owned: Option<String> = None;
        let mut plain_from = self.at;
        loop {
            match self.byte() {
                Some(b'"') => {
                    let plain = self.text.get(plain_from..self.at).ok_or_else(unexpected)?;
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(plain),
                        Some(mut owned) => {
                            owned.push_str(plain);
                            Cow::Owned(owned)
                        }
                    });
                }
                Some(b'\\') => {
                    let plain = self.text.get(plain_from..self.at).ok_or_else(unexpected)?;
                    self.at += 1;
                    let c = self.escape()?;
                    let owned = owned.get_or_insert_with(String::new);
                    owned.push_str(plain);
                    owned.push(c);
                    plain_from = self.at;
                }
                Some(0..=0x1f) | None => return Err(unexpected()),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<char, DecodeError> {
        let escaped = self.byte().ok_or_else(unexpected)?;
        self.at += 1;
        Ok(match escaped {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(unexpected()),
        })
    }

    fn unicode_escape(&mut self) -> Result<char, DecodeError> {
        let first = self.hex4()?;
        if !(0xd800..0xdc00).contains(&first) {
            // A lone low surrogate has no place in a Rust string.
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(b"\\u")) {
            self.at += 2;
            let second = self.hex4()?;
            if (0xdc00..0xe000).contains(&second) {
                let scalar = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.at = before;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex4(&mut self) -> Result<u32, DecodeError> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or_else(unexpected)?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or_else(unexpected)?;
        }
        self.at += 4;
        Ok(value)
    }
}
