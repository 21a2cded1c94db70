//! Header fields in their order, with their names as they came.
//!
//! The text of a head is kept as it came, and a field is a place in it: most of what is passed on is copied once, in few pieces.

use bytes::{BufMut, Bytes, BytesMut};
use std::fmt;

/// A header field. Names compare without regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a [u8],
    pub value: &'a [u8],
}

/// The fields of a head or of trailers.
#[derive(Clone, Default)]
pub struct Fields {
    /// What came.
    came: Bytes,
    /// What was added, a line after the other.
    added: Vec<u8>,
    lines: Vec<Line>,
}

/// Where a field is.
#[derive(Clone, Copy, Debug)]
struct Line {
    name: Span,
    value: Span,
    /// Of the name: what differs here is another name.
    tag: u8,
    added: bool,
    /// Whether it stands there as it is written: `name: value`, and the line's end.
    as_written: bool,
}

/// Offset and length of a part of a text.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    at: u32,
    length: u32,
}

impl Span {
    fn new(at: usize, length: usize) -> Self {
        // Texts are bounded by far less than 4 GiB.
        Self { at: at as u32, length: length as u32 }
    }

    fn end(self) -> usize {
        self.at as usize + self.length as usize
    }

    fn of(self, text: &[u8]) -> &[u8] {
        &text[self.at as usize..self.end()]
    }
}

/// Where the fields of a text are.
#[derive(Debug)]
pub struct Lines(Vec<Line>);

impl Lines {
    /// Names and values have to be parts of the text.
    pub fn of<'a>(text: &'a [u8], fields: impl ExactSizeIterator<Item = (&'a [u8], &'a [u8])>) -> Self {
        let span = |part: &[u8]| {
            // An empty part is nowhere.
            let at = if part.is_empty() { 0 } else { part.as_ptr() as usize - text.as_ptr() as usize };
            Span::new(at, part.len())
        };
        let mut lines = Vec::with_capacity(fields.len() + 6);
        lines.extend(fields.map(|(name, value)| {
            let tag = tag(name);
            let (name, value) = (span(name), span(value));
            let as_written = value.length > 0
                && value.at as usize == name.end() + 2
                && text.get(name.end()..name.end() + 2) == Some(b": ")
                && text.get(value.end()..value.end() + 2) == Some(b"\r\n");
            Line { name, value, tag, added: false, as_written }
        }));
        Self(lines)
    }

    /// Whether each stands as it is written.
    pub fn are_as_written(&self) -> bool {
        self.0.iter().all(|line| line.as_written)
    }

    /// Where the first one begins.
    pub fn begin(&self) -> Option<usize> {
        self.0.first().map(|line| line.name.at as usize)
    }

    /// The longest of them: its name and its value.
    pub fn longest(&self) -> usize {
        self.0.iter().map(|line| (line.name.length + line.value.length) as usize).max().unwrap_or(0)
    }
}

/// One of 64 values that equal names have in common.
const fn tag(name: &[u8]) -> u8 {
    let [first, ..] = name else { return 0 };
    let last = name[name.len() - 1];
    ((name.len() as u8).wrapping_mul(7) ^ (*first | 32).wrapping_mul(3) ^ (last | 32)) & 63
}

/// The tags of a list of names, as a set.
const fn tags(names: &[&str]) -> u64 {
    let (mut set, mut at) = (0, 0);
    while at < names.len() {
        set |= 1 << tag(names[at].as_bytes());
        at += 1;
    }
    set
}

/// Room for what a load balancer adds to a head.
const ADDED: usize = 256;

impl Fields {
    /// The fields of a text, at the places that were found in it.
    pub fn of(text: Bytes, lines: Lines) -> Self {
        Self { came: text, added: Vec::new(), lines: lines.0 }
    }

    /// The fields of a message that is no text; `count` is about how many they are.
    pub fn collect<'a>(count: usize, fields: impl Iterator<Item = (&'a [u8], &'a [u8])>) -> Self {
        let (mut text, mut lines) = (BytesMut::with_capacity(64 * count), Vec::with_capacity(count + 6));
        for (name, value) in fields {
            lines.push(Line {
                name: Span::new(text.len(), name.len()),
                value: Span::new(text.len() + name.len() + 2, value.len()),
                tag: tag(name),
                added: false,
                as_written: true,
            });
            [name, b": ", value, b"\r\n"].iter().for_each(|part| text.extend_from_slice(part));
        }
        Self { came: text.freeze(), added: Vec::new(), lines }
    }

    fn text(&self, line: &Line) -> &[u8] {
        if line.added { &self.added } else { &self.came }
    }

    fn value(&self, line: &Line) -> &[u8] {
        line.value.of(self.text(line))
    }

    fn is_named(&self, line: &Line, name: &[u8], tag: u8) -> bool {
        line.tag == tag && line.name.of(self.text(line)).eq_ignore_ascii_case(name)
    }

    /// Writes a line down.
    fn add(&mut self, name: &[u8], value: &[u8]) -> Line {
        if self.added.capacity() == 0 {
            self.added.reserve(ADDED);
        }
        let at = self.added.len();
        [name, b": ", value, b"\r\n"].iter().for_each(|part| self.added.extend_from_slice(part));
        Line {
            name: Span::new(at, name.len()),
            value: Span::new(at + name.len() + 2, value.len()),
            tag: tag(name),
            added: true,
            as_written: true,
        }
    }

    pub fn push(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        let line = self.add(name.as_ref(), value.as_ref());
        self.lines.push(line);
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let (name, tag) = (name.as_bytes(), tag(name.as_bytes()));
        self.lines.iter().find(|line| self.is_named(line, name, tag)).map(|line| self.value(line))
    }

    /// Every value of a name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let (name, tag) = (name.as_bytes(), tag(name.as_bytes()));
        self.lines.iter().filter(move |line| self.is_named(line, name, tag)).map(|line| self.value(line))
    }

    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn remove(&mut self, name: &str) {
        let (name, tag) = (name.as_bytes(), tag(name.as_bytes()));
        if self.lines.iter().any(|line| line.tag == tag) {
            self.retain(|field| !field.name.eq_ignore_ascii_case(name));
        }
    }

    /// Replaces every value of a name by one; it stands where the first one stood, under the name that it had.
    pub fn set(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let (bytes, tag) = (name.as_bytes(), tag(name.as_bytes()));
        let Some(at) = self.lines.iter().position(|line| self.is_named(line, bytes, tag)) else {
            return self.push(bytes, value);
        };
        let before = self.lines[at];
        let (length, from) = (before.name.length as usize, before.name.at as usize);
        let as_it_came = if before.added { self.added[from..from + length].to_vec() } else { Vec::new() };
        let came = self.came.clone();
        let name = if before.added { &as_it_came[..] } else { before.name.of(&came) };
        let line = self.add(name, value.as_ref());
        self.lines[at] = line;
        if self.lines[at + 1..].iter().any(|line| line.tag == tag) {
            let mut index = 0;
            self.retain(|field| {
                index += 1;
                index <= at + 1 || !field.name.eq_ignore_ascii_case(bytes)
            });
        }
    }

    pub fn retain(&mut self, mut keep: impl FnMut(Field<'_>) -> bool) {
        let (came, added) = (&self.came, &self.added);
        self.lines.retain(|line| {
            let text = if line.added { &added[..] } else { &came[..] };
            keep(Field { name: line.name.of(text), value: line.value.of(text) })
        });
    }

    pub fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        self.lines.iter().map(|line| {
            let text = self.text(line);
            Field { name: line.name.of(text), value: line.value.of(text) }
        })
    }

    /// Names and values, these without a copy where they came so.
    pub fn shared(&self) -> impl Iterator<Item = (&[u8], Bytes)> {
        self.lines.iter().map(|line| {
            let value = match line.added {
                true => Bytes::copy_from_slice(self.value(line)),
                false => self.came.slice(line.value.at as usize..line.value.end()),
            };
            (line.name.of(self.text(line)), value)
        })
    }

    /// Writes the fields as HTTP/1.1 has them, but for those of one name. What stands together as it is written goes in one piece.
    pub fn write(&self, out: &mut BytesMut, without: Option<&str>) {
        let without = without.map(|name| (name.as_bytes(), tag(name.as_bytes())));
        let mut run: (bool, usize, usize) = (false, 0, 0);
        let text = |added: bool| if added { &self.added[..] } else { &self.came[..] };
        for line in &self.lines {
            if without.is_some_and(|(name, tag)| self.is_named(line, name, tag)) {
                continue;
            }
            let (at, end) = (line.name.at as usize, line.value.end() + 2);
            if line.as_written && run.0 == line.added && run.2 == at && run.1 != run.2 {
                run.2 = end;
                continue;
            }
            out.put_slice(&text(run.0)[run.1..run.2]);
            run = if line.as_written {
                (line.added, at, end)
            } else {
                let text = text(line.added);
                [line.name.of(text), b": ", line.value.of(text), b"\r\n"]
                    .iter()
                    .for_each(|part| out.put_slice(part));
                (false, 0, 0)
            };
        }
        out.put_slice(&text(run.0)[run.1..run.2]);
    }

    /// Bytes that the fields have in a head, their separators and line ends too.
    pub fn size(&self) -> usize {
        self.lines.iter().map(|line| (line.name.length + line.value.length) as usize + 4).sum()
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a comma separated list under `name` has `token`, without regard to case.
    pub fn lists(&self, name: &str, token: &str) -> bool {
        self.all(name).any(|value| list(value).any(|part| part.eq_ignore_ascii_case(token.as_bytes())))
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Fields {}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |bytes: &[u8]| bytes.escape_ascii().to_string();
        f.debug_map().entries(self.iter().map(|field| (text(field.name), text(field.value)))).finish()
    }
}

/// The parts of a comma separated list, trimmed; empty ones are left out.
pub fn list(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|part| !part.is_empty())
}

/// Fields that concern one connection only (RFC 9110 §7.6.1), besides those that `Connection` names.
const HOP_BY_HOP: [&str; 7] =
    ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/// Fields that do not go because `Connection` names them: what a request is about, and what the load balancer itself tells targets.
const KEPT: [&str; 6] =
    ["host", "content-length", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"];

/// Fields that no trailer may carry (RFC 9110 §6.5.1): whoever merges trailers into the head would be told another framing, host or
/// sender by them.
const NO_TRAILERS: [&str; 14] = [
    "authorization",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "max-forwards",
    "proxy-authorization",
    "range",
    "set-cookie",
];

fn names(list: &[&str], name: &[u8]) -> bool {
    list.iter().any(|one| name.eq_ignore_ascii_case(one.as_bytes()))
}

/// Drops from trailers what belongs into a head.
pub fn strip_trailers(fields: &mut Fields) {
    let starts = |name: &[u8], with: &str| {
        name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    fields.retain(|Field { name, .. }| {
        let head = names(&NO_TRAILERS, name) || names(&HOP_BY_HOP, name);
        !head && !starts(name, "x-forwarded-") && !starts(name, "x-amzn-")
    });
}

/// Drops the fields that end at this hop. `Trailer` and `TE: trailers` are kept where `trailers` says so: gRPC needs them.
pub fn strip_hop_by_hop(fields: &mut Fields, trailers: bool) {
    const HOPS: u64 = tags(&HOP_BY_HOP);
    if fields.lines.iter().all(|line| HOPS & (1 << line.tag) == 0) {
        return;
    }
    let named: Vec<Vec<u8>> = fields
        .all("connection")
        .filter(|value| !names(&["keep-alive", "close"], value))
        .flat_map(list)
        // What a request is about does not go because a client asks for it; what ends here does so unasked.
        .filter(|name| !names(&KEPT, name) && !names(&HOP_BY_HOP, name))
        .map(<[u8]>::to_vec)
        .collect();
    let te = trailers && fields.lists("te", "trailers");
    let (came, added) = (&fields.came, &fields.added);
    fields.lines.retain(|line| {
        let may_be_hop = HOPS & (1 << line.tag) != 0;
        if !may_be_hop && named.is_empty() {
            return true;
        }
        let name = line.name.of(if line.added { added } else { came });
        let hop = may_be_hop && names(&HOP_BY_HOP, name);
        let kept = trailers && name.eq_ignore_ascii_case(b"trailer");
        (!hop || kept) && !named.iter().any(|other| name.eq_ignore_ascii_case(other))
    });
    if te {
        fields.push("te", "trailers");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(of: &[(&'static str, &'static str)]) -> Fields {
        let mut fields = Fields::default();
        of.iter().for_each(|(name, value)| fields.push(*name, *value));
        fields
    }

    #[test]
    fn what_connection_names_goes_with_it() {
        let mut seen = fields(&[
            ("Host", "a"),
            ("Connection", "close, X-Secret , host"),
            ("x-secret", "1"),
            ("Keep-Alive", "timeout=5"),
            ("TE", "trailers"),
            ("Accept", "*/*"),
        ]);
        strip_hop_by_hop(&mut seen, false);
        assert_eq!(seen, fields(&[("Host", "a"), ("Accept", "*/*")]));
    }

    #[test]
    fn what_the_load_balancer_says_stays() {
        let mut seen =
            fields(&[("Connection", "x-amzn-trace-id, X-Forwarded-For"), ("X-Amzn-Trace-Id", "Root=1")]);
        strip_hop_by_hop(&mut seen, false);
        assert_eq!(seen, fields(&[("X-Amzn-Trace-Id", "Root=1")]));
    }

    #[test]
    fn trailers_are_no_head() {
        let mut seen = fields(&[
            ("grpc-status", "0"),
            ("Content-Length", "5"),
            ("transfer-encoding", "chunked"),
            ("Host", "b"),
            ("X-Forwarded-For", "10.0.0.1"),
            ("x-amzn-oidc-data", "forged"),
            ("Set-Cookie", "a=b"),
            ("x-checksum", "1"),
        ]);
        strip_trailers(&mut seen);
        assert_eq!(seen, fields(&[("grpc-status", "0"), ("x-checksum", "1")]));
    }

    #[test]
    fn grpc_keeps_its_trailers() {
        let mut seen = fields(&[("te", "trailers, deflate"), ("trailer", "grpc-status")]);
        strip_hop_by_hop(&mut seen, true);
        assert_eq!(seen, fields(&[("trailer", "grpc-status"), ("te", "trailers")]));
    }

    #[test]
    fn set_leaves_one() {
        let mut seen = fields(&[("A", "1"), ("b", "2"), ("a", "3")]);
        seen.set("a", "4");
        assert_eq!(seen, fields(&[("A", "4"), ("b", "2")]));
        seen.set("c", "5");
        assert_eq!(seen.get("C"), Some(&b"5"[..]));
    }
}
