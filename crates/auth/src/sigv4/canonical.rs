//! The canonical request, hashed as it is made.
//!
//! Source: "Create a signed AWS API request" of the IAM user guide (read 2026-11). All services here but S3 encode the
//! path twice: what counts is the path as it was sent, without dot segments and doubled slashes, encoded once more.
//!
//! Nothing is collected but the query (at most as long as the request line), so a hostile request costs no more memory
//! than it brings, and no header is hashed twice, since [`super::Verifier`] has the names in strictly ascending order.

use super::Request;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;

/// How the query was canonicalised by the one who signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QueryForm {
    /// Decoded and encoded again, as the documentation says.
    Encoded,
    /// Sorted only, as some clients do with a URL that somebody else made. No less safe: it is what was sent.
    AsSent,
}

/// SHA-256 of the canonical request.
pub(super) fn hash(request: &Request<'_>, signed_headers: &str, payload: &[u8], form: QueryForm) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(request.method.as_bytes());
    hash.update(b"\n");
    hash.update(path(request.path).as_bytes());
    hash.update(b"\n");
    hash.update(query(request.query.unwrap_or(""), form).as_bytes());
    hash.update(b"\n");
    for name in signed_headers.split(';') {
        hash.update(name.as_bytes());
        hash.update(b":");
        match request.authority {
            // HTTP/2 has it in a place of its own.
            Some(authority) if name == "host" && !request.headers.contains_key("host") => {
                hash.update(authority.as_bytes());
            }
            _ => {
                for (index, value) in request.headers.get_all(name).iter().enumerate() {
                    if index > 0 {
                        hash.update(b",");
                    }
                    folded(value.as_bytes(), |part| hash.update(part));
                }
            }
        }
        hash.update(b"\n");
    }
    hash.update(b"\n");
    hash.update(signed_headers.as_bytes());
    hash.update(b"\n");
    hash.update(payload);
    hash.finalize().into()
}

/// A header's value without blanks around it and with one space for each run of blanks in it.
fn folded(value: &[u8], mut put: impl FnMut(&[u8])) {
    let words = value.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            put(b" ");
        }
        put(word);
    }
}

fn path(path: &str) -> Cow<'_, str> {
    if path.is_empty() || path == "/" {
        return Cow::Borrowed("/");
    }
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let mut out = String::with_capacity(path.len() + 16);
    for segment in &kept {
        out.push('/');
        encode(segment.as_bytes(), &mut out);
    }
    if out.is_empty() || path.ends_with('/') {
        out.push('/');
    }
    Cow::Owned(out)
}

fn query(query: &str, form: QueryForm) -> String {
    let signed = parameters(query).filter(|(name, _)| *decoded(name) != *b"X-Amz-Signature");
    let mut pairs = signed
        .map(|(name, value)| match form {
            QueryForm::Encoded => (encoded_again(name), encoded_again(value)),
            QueryForm::AsSent => (Cow::Borrowed(name), Cow::Borrowed(value)),
        })
        .collect::<Vec<_>>();
    pairs.sort_unstable();
    let mut out = String::with_capacity(query.len());
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        out.push_str(value);
    }
    out
}

/// The parameters of a query, as sent.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, "")))
}

/// Without percent encoding; `+` is a space. A percent sign that encodes nothing stays.
pub(super) fn decoded(text: &str) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    if !bytes.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(digit(*high) << 4 | digit(*low));
                rest = after;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
    }
    Cow::Owned(out)
}

fn digit(hex: u8) -> u8 {
    match hex {
        b'0'..=b'9' => hex - b'0',
        b'a'..=b'f' => hex - b'a' + 10,
        _ => hex - b'A' + 10,
    }
}

fn encoded_again(text: &str) -> Cow<'_, str> {
    if text.bytes().all(unreserved) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    encode(&decoded(text), &mut out);
    Cow::Owned(out)
}

fn encode(bytes: &[u8], out: &mut String) {
    for &byte in bytes {
        match unreserved(byte) {
            true => out.push(char::from(byte)),
            false => write!(out, "%{byte:02X}").expect("a String takes every write"),
        }
    }
}

fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (sent, canonical) in [
            ("", "/"),
            ("/", "/"),
            ("/a", "/a"),
            ("/a/", "/a/"),
            ("//a///b//", "/a/b/"),
            ("/a/./b/../c", "/a/c"),
            ("/..", "/"),
            ("/../../a", "/a"),
            ("/a/..", "/"),
            ("/a%20b", "/a%2520b"),
            ("/~a:b@c", "/~a%3Ab%40c"),
        ] {
            assert_eq!(path(sent), canonical, "{sent}");
        }
    }

    #[test]
    fn queries() {
        for (sent, canonical) in [
            ("", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1&a", "a=&a=1&a=2"),
            ("a=b+c&a=b%20c", "a=b%20c&a=b%20c"),
            ("a=%7e%2f", "a=~%2F"),
            ("a=%zz%", "a=%25zz%25"),
            ("a=1&X-Amz-Signature=ff", "a=1"),
            ("a==b=", "a=%3Db%3D"),
            ("&&a&", "a="),
        ] {
            assert_eq!(query(sent, QueryForm::Encoded), canonical, "{sent}");
        }
        assert_eq!(query("b=%7e&a=x+y", QueryForm::AsSent), "a=x+y&b=%7e");
    }

    #[test]
    fn header_values() {
        for (sent, canonical) in [("", ""), ("  a   b \t c ", "a b c"), ("a", "a"), ("\"a  b\"", "\"a b\"")] {
            let mut out = Vec::new();
            folded(sent.as_bytes(), |part| out.extend_from_slice(part));
            assert_eq!(String::from_utf8(out).unwrap(), canonical);
        }
    }
}
