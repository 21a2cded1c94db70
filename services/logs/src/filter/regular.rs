//! The regular expressions between percent signs: a small language, translated into the engine's.
//!
//! Known: letters, digits, space and ``: _ # = @ / ; , -``; anchors, `.`, `?`, `*`, `+`, `|`, `{m,n}` (either
//! may be missing), classes, `\d \D \s \S \w \W`, `\xhh`, and escaped operators. Nothing else: no groups,
//! no characters beyond ASCII. Classes mean ASCII, as the guide spells them out. The engine runs in time linear in the
//! message and its program is bounded, so a pattern cannot be an attack.

use super::Invalid;
use super::cursor::Cursor;

/// A pattern holds at most this many.
const MAX_PER_PATTERN: usize = 2;
/// Bytes of a compiled program.
const MAX_PROGRAM: usize = 1 << 20;
/// Repetitions counted out.
const MAX_REPEAT: u32 = 1000;
const SYMBOLS: &str = " :_#=@/;,-";
const OPERATORS: &str = "^$?[]{}|\\*+.";

#[derive(Debug, Clone)]
pub(super) struct Regular(regex::Regex);

impl Regular {
    /// Reads one behind its opening percent sign. `count` is how many the pattern had so far.
    pub(super) fn parse(input: &mut Cursor<'_>, count: &mut usize) -> Result<Regular, Invalid> {
        let at = input.at();
        let source = input.take_until('%')?;
        *count += 1;
        if *count > MAX_PER_PATTERN || source.is_empty() {
            return Err(Invalid::pattern(at));
        }
        let translated = translate(Cursor::new(source, at))?;
        let compiled = regex::RegexBuilder::new(&translated).size_limit(MAX_PROGRAM).build();
        compiled.map(Regular).map_err(|_| Invalid::pattern(at))
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

fn translate(mut input: Cursor<'_>) -> Result<String, Invalid> {
    let mut out = String::new();
    while let Some(c) = input.peek() {
        match c {
            '\\' => {
                input.next();
                escape(&mut input, &mut out)?;
            }
            '[' => {
                input.next();
                class(&mut input, &mut out)?;
            }
            '{' => {
                input.next();
                repeat(&mut input, &mut out)?;
            }
            '^' | '$' | '?' | '|' | '*' | '+' | '.' => {
                input.next();
                out.push(c);
            }
            ']' | '}' => return Err(input.invalid()),
            c if is_plain(c) => {
                input.next();
                out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
            }
            _ => return Err(input.invalid_character()),
        }
    }
    Ok(out)
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || SYMBOLS.contains(c)
}

/// Behind a backslash.
fn escape(input: &mut Cursor<'_>, out: &mut String) -> Result<(), Invalid> {
    let at = input.at();
    match input.next().ok_or_else(|| Invalid::pattern(at))? {
        'd' => out.push_str("[0-9]"),
        'D' => out.push_str("[^0-9]"),
        's' => out.push_str(r"[ \t\n\r\x0b\x0c]"),
        'S' => out.push_str(r"[^ \t\n\r\x0b\x0c]"),
        'w' => out.push_str("[a-zA-Z_0-9]"),
        'W' => out.push_str("[^a-zA-Z_0-9]"),
        'x' => {
            let code = input.rest().get(..2).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
            let code = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(u8::is_ascii);
            let code = code.ok_or_else(|| Invalid::pattern(at))?;
            input.next();
            input.next();
            out.push_str(&format!("\\x{code:02x}"));
        }
        c if OPERATORS.contains(c) || SYMBOLS.contains(c) => {
            out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        }
        _ => return Err(Invalid::pattern(at)),
    }
    Ok(())
}

/// Behind an opening bracket, up to and with its closing one.
fn class(input: &mut Cursor<'_>, out: &mut String) -> Result<(), Invalid> {
    out.push('[');
    if input.eat("^") {
        out.push('^');
    }
    let mut previous_is_dash = false;
    let mut is_empty = true;
    loop {
        match input.peek().ok_or_else(|| input.invalid())? {
            ']' if !is_empty => {
                input.next();
                out.push(']');
                return Ok(());
            }
            '\\' => {
                input.next();
                escape(input, out)?;
                previous_is_dash = false;
            }
            '-' => {
                input.next();
                // Two dashes would be the engine's set difference.
                out.push_str(if previous_is_dash || is_empty { "\\-" } else { "-" });
                previous_is_dash = true;
            }
            c if is_plain(c) || OPERATORS.contains(c) => {
                input.next();
                out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
                previous_is_dash = false;
            }
            _ => return Err(input.invalid_character()),
        }
        is_empty = false;
    }
}

/// Behind an opening brace, up to and with its closing one.
fn repeat(input: &mut Cursor<'_>, out: &mut String) -> Result<(), Invalid> {
    let at = input.at();
    let body = input.take_until('}')?;
    let number = |text: &str| match text.trim() {
        "" => Ok(None),
        digits => {
            digits.parse().ok().filter(|n| *n <= MAX_REPEAT).map(Some).ok_or_else(|| Invalid::pattern(at))
        }
    };
    let (least, most) = match body.split_once(',') {
        Some((least, most)) => (number(least)?, Some(number(most)?)),
        None => (number(body)?, None),
    };
    match (least, most) {
        (Some(n), None) => out.push_str(&format!("{{{n}}}")),
        (_, Some(None)) => out.push_str(&format!("{{{},}}", least.unwrap_or(0))),
        (_, Some(Some(most))) => out.push_str(&format!("{{{},{most}}}", least.unwrap_or(0))),
        (None, None) => return Err(Invalid::pattern(at)),
    }
    Ok(())
}
