//! Queries and forms: `application/x-www-form-urlencoded`.

use std::fmt::Write;

/// Adds a parameter.
pub fn push(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() && !out.ends_with(['?', '&']) {
        out.push('&');
    }
    encode(out, name);
    out.push('=');
    encode(out, value);
}

/// Percent-encodes everything but what RFC 3986 calls unreserved, so that it is right in a query, in a form and in Basic credentials.
pub fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => write!(out, "%{other:02X}").expect("a String takes everything"),
        }
    }
}

/// The parameters of a query, decoded; what is no text is left out.
pub fn parameters(query: &[u8]) -> impl Iterator<Item = (String, String)> {
    query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        Some((decode(halves.next()?)?, decode(halves.next().unwrap_or_default())?))
    })
}

fn decode(text: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        out.push(match first {
            b'+' => b' ',
            b'%' => {
                let (digits, after) = rest.split_at_checked(2)?;
                rest = after;
                let digits =
                    std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
                u8::from_str_radix(digits, 16).ok()?
            }
            other => *other,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn queries() {
        let all = |query: &str| parameters(query.as_bytes()).collect::<Vec<_>>();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            all("a=b&c&d=%2f+%C3%A9&&=x"),
            [pair("a", "b"), pair("c", ""), pair("d", "/ é"), pair("", "x")]
        );
        assert_eq!(all("a=%&b=%2&c=%+1&d=%ff&e=f"), [pair("e", "f")], "what is malformed is not there");
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(name in ".{0,20}", value in ".{0,20}") {
            let mut out = String::new();
            push(&mut out, "first", "");
            push(&mut out, &name, &value);
            prop_assert_eq!(parameters(out.as_bytes()).nth(1), Some((name, value)));
        }
    }
}
