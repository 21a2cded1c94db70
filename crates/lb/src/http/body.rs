//! Where a body ends: lengths, chunks, the end of the connection.

use super::fields::{list, strip_trailers};
use super::head::{Malformed, take_trailers};
use super::{Fields, ResponseHead, Version};
use bytes::{Bytes, BytesMut};

/// How a body is delimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    None,
    Length(u64),
    Chunked,
    /// A response's only.
    UntilClose,
}

/// What a body's next bytes are.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    Data(Bytes),
    /// The end, with the trailers of a chunked body.
    End(Option<Fields>),
    /// More has to come first.
    More,
}

/// Takes a body out of a connection's bytes.
#[derive(Debug)]
pub struct Decoder {
    state: State,
}

#[derive(Debug)]
enum State {
    Left(u64),
    ChunkSize,
    Chunk(u64),
    ChunkEnd,
    Trailers,
    UntilClose,
    Done,
}

/// A line with a chunk's size and extensions.
const CHUNK_LINE: usize = 256;
/// The most that one step hands out.
const PIECE: usize = 64 * 1024;

impl Decoder {
    pub fn new(framing: Framing) -> Self {
        let state = match framing {
            Framing::None | Framing::Length(0) => State::Done,
            Framing::Length(length) => State::Left(length),
            Framing::Chunked => State::ChunkSize,
            Framing::UntilClose => State::UntilClose,
        };
        Self { state }
    }

    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Whether the end of the connection may end this body.
    pub fn ends_with_connection(&self) -> bool {
        matches!(self.state, State::UntilClose)
    }

    /// The next part of the body.
    pub fn step(&mut self, buffer: &mut BytesMut) -> Result<Step, Malformed> {
        loop {
            match self.state {
                State::Done => return Ok(Step::End(None)),
                State::Left(_) | State::Chunk(_) | State::UntilClose if buffer.is_empty() => {
                    return Ok(Step::More);
                }
                State::Left(left) => {
                    let data = take(buffer, left);
                    let left = left - data.len() as u64;
                    self.state = if left == 0 { State::Done } else { State::Left(left) };
                    return Ok(Step::Data(data));
                }
                State::UntilClose => return Ok(Step::Data(take(buffer, u64::MAX))),
                State::Chunk(left) => {
                    let data = take(buffer, left);
                    let left = left - data.len() as u64;
                    self.state = if left == 0 { State::ChunkEnd } else { State::Chunk(left) };
                    return Ok(Step::Data(data));
                }
                State::ChunkEnd => match buffer[..] {
                    [] | [b'\r'] => return Ok(Step::More),
                    [b'\r', b'\n', ..] => {
                        let _ = buffer.split_to(2);
                        self.state = State::ChunkSize;
                    }
                    _ => return Err(Malformed::Syntax),
                },
                State::ChunkSize => match chunk_size(buffer)? {
                    None => return Ok(Step::More),
                    Some((line, size)) => {
                        let _ = buffer.split_to(line);
                        self.state = if size == 0 { State::Trailers } else { State::Chunk(size) };
                    }
                },
                State::Trailers => {
                    // The usual case without a parser: no trailers.
                    if buffer.starts_with(b"\r\n") {
                        let _ = buffer.split_to(2);
                        self.state = State::Done;
                        return Ok(Step::End(None));
                    }
                    let Some(mut trailers) = take_trailers(buffer)? else { return Ok(Step::More) };
                    strip_trailers(&mut trailers);
                    self.state = State::Done;
                    return Ok(Step::End(Some(trailers).filter(|trailers| !trailers.is_empty())));
                }
            }
        }
    }
}

fn take(buffer: &mut BytesMut, most: u64) -> Bytes {
    let length = buffer.len().min(PIECE).min(usize::try_from(most).unwrap_or(usize::MAX));
    buffer.split_to(length).freeze()
}

/// Length of a chunk's first line, and its size: hexadecimal digits, extensions that are ignored, CR LF and nothing else.
fn chunk_size(buffer: &[u8]) -> Result<Option<(usize, u64)>, Malformed> {
    let Some(end) = buffer.iter().take(CHUNK_LINE).position(|byte| *byte == b'\n') else {
        return if buffer.len() < CHUNK_LINE { Ok(None) } else { Err(Malformed::TooLarge) };
    };
    let line = buffer[..end].strip_suffix(b"\r").ok_or(Malformed::Syntax)?;
    let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    if digits == 0 || digits > 15 {
        return Err(Malformed::Syntax);
    }
    let rest = line[digits..].trim_ascii_start();
    if !(rest.is_empty() || rest.starts_with(b";"))
        || rest.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t')
    {
        return Err(Malformed::Syntax);
    }
    let size = line[..digits].iter().fold(0, |size, digit| size * 16 + u64::from(hex(*digit)));
    Ok(Some((end + 1, size)))
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.wrapping_sub(b'A').wrapping_add(10),
    }
}

/// The length that `Content-Length` gives: none, one, or why not.
pub fn content_length(fields: &Fields) -> Result<Option<u64>, Malformed> {
    let mut found = None;
    for value in fields.all("content-length") {
        let length = parse_length(value).ok_or(Malformed::Syntax)?;
        if found.is_some_and(|found| found != length) {
            return Err(Malformed::Syntax);
        }
        found = Some(length);
    }
    Ok(found)
}

/// Digits and nothing else.
pub fn parse_length(value: &[u8]) -> Option<u64> {
    if value.is_empty() || value.len() > 18 || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(value.iter().fold(0, |length, digit| length * 10 + u64::from(digit - b'0')))
}

/// How a response's body is delimited (RFC 9112 §6.3).
pub fn response_framing(head: &ResponseHead, to_head_request: bool) -> Result<Framing, Malformed> {
    if to_head_request || matches!(head.status, 100..=199 | 204 | 304) {
        return Ok(Framing::None);
    }
    let length = content_length(&head.fields)?;
    if head.fields.contains("transfer-encoding") {
        let codings: Vec<&[u8]> = head.fields.all("transfer-encoding").flat_map(list).collect();
        let chunked = |coding: &&[u8]| coding.eq_ignore_ascii_case(b"chunked");
        return match codings[..] {
            // Both are an attack or a mistake, and a response of HTTP/1.0 has no codings.
            [ref coding] if chunked(coding) && length.is_none() && head.version != Version::Http10 => {
                Ok(Framing::Chunked)
            }
            [coding] if coding.eq_ignore_ascii_case(b"identity") => {
                Ok(length.map_or(Framing::UntilClose, Framing::Length))
            }
            _ => Err(Malformed::Syntax),
        };
    }
    Ok(length.map_or(Framing::UntilClose, Framing::Length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn body(framing: Framing, text: &[u8]) -> Result<(Vec<u8>, bool, Option<Fields>), Malformed> {
        let (mut decoder, mut buffer, mut out) = (Decoder::new(framing), BytesMut::from(text), Vec::new());
        loop {
            match decoder.step(&mut buffer)? {
                Step::Data(data) => out.extend_from_slice(&data),
                Step::End(trailers) => return Ok((out, true, trailers)),
                Step::More => return Ok((out, false, None)),
            }
        }
    }

    #[test]
    fn lengths_and_chunks() {
        assert_eq!(body(Framing::Length(3), b"abcdef"), Ok((b"abc".to_vec(), true, None)));
        assert_eq!(body(Framing::Length(3), b"ab"), Ok((b"ab".to_vec(), false, None)));
        assert_eq!(body(Framing::Chunked, b"3;x=y\r\nabc\r\n0\r\n\r\n"), Ok((b"abc".to_vec(), true, None)));
        let (_, done, trailers) = body(Framing::Chunked, b"0\r\nA: b\r\n\r\n").expect("well formed");
        assert!(done && trailers.is_some_and(|trailers| trailers.contains("a")));
        assert_eq!(body(Framing::UntilClose, b"abc"), Ok((b"abc".to_vec(), false, None)));
    }

    #[test]
    fn bad_chunks() {
        for text in [
            "3\nabc\r\n0\r\n\r\n",
            "g\r\n",
            "-1\r\n",
            "0x3\r\nabc\r\n",
            " 3\r\nabc\r\n",
            "3 a\r\nabc\r\n",
            "3\r\nabcd\r\n",
            "3\r\nabc\n0\r\n\r\n",
            "fffffffffffffffff\r\n",
            "\r\n",
            "3;\rx\r\nabc\r\n",
            "0\r\nbad header\r\n\r\n",
        ] {
            assert!(body(Framing::Chunked, text.as_bytes()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn framings_of_responses() {
        let head = |status, of: &[(&'static str, &'static str)]| {
            let mut fields = Fields::default();
            of.iter().for_each(|(name, value)| fields.push(*name, *value));
            ResponseHead { status, reason: Bytes::new(), version: Version::Http11, fields }
        };
        for (status, of, framing) in [
            (200, &[][..], Ok(Framing::UntilClose)),
            (200, &[("content-length", "5")], Ok(Framing::Length(5))),
            (304, &[("content-length", "5")], Ok(Framing::None)),
            (200, &[("transfer-encoding", "chunked")], Ok(Framing::Chunked)),
            (200, &[("transfer-encoding", "gzip, chunked")], Err(Malformed::Syntax)),
            (200, &[("transfer-encoding", "chunked"), ("content-length", "5")], Err(Malformed::Syntax)),
            (200, &[("content-length", "5"), ("content-length", "6")], Err(Malformed::Syntax)),
            (200, &[("content-length", "5"), ("content-length", "5")], Ok(Framing::Length(5))),
            (200, &[("content-length", "+5")], Err(Malformed::Syntax)),
        ] {
            assert_eq!(response_framing(&head(status, of), false), framing, "{status} {of:?}");
        }
    }

    proptest! {
        #[test]
        fn chunks_in_any_pieces(chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..40), 0..5), cut in 0usize..300) {
            let mut text = Vec::new();
            for chunk in &chunks {
                text.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                text.extend_from_slice(chunk);
                text.extend_from_slice(b"\r\n");
            }
            text.extend_from_slice(b"0\r\n\r\n");
            let cut = cut.min(text.len());
            let (mut decoder, mut buffer, mut out) = (Decoder::new(Framing::Chunked), BytesMut::from(&text[..cut]), Vec::new());
            let mut fed = false;
            loop {
                match decoder.step(&mut buffer).expect("well formed") {
                    Step::Data(data) => out.extend_from_slice(&data),
                    Step::End(_) => break,
                    Step::More => {
                        prop_assert!(!fed, "the whole body was there");
                        buffer.extend_from_slice(&text[cut..]);
                        fed = true;
                    }
                }
            }
            prop_assert_eq!(out, chunks.concat());
        }

        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = body(Framing::Chunked, &bytes);
        }
    }
}
