//! Heads and chunks as HTTP/1.1 writes them.

use super::{Fields, Framing, RequestHead, ResponseHead};
use bytes::{BufMut, BytesMut};

/// A request's head; `Content-Length` and `Transfer-Encoding` come from the framing, never from the fields.
pub fn request(out: &mut BytesMut, head: &RequestHead, framing: Framing) {
    out.reserve(head.method.len() + head.target.len() + 64 + head.fields.size());
    out.put_slice(&head.method);
    out.put_u8(b' ');
    out.put_slice(&head.target);
    out.put_slice(b" HTTP/1.1\r\n");
    head.fields.write(out, None);
    framing_fields(out, framing);
    out.put_slice(b"\r\n");
}

/// A response's head. `framing` is none where the fields tell it as they are: answers to HEAD, 204, 304.
pub fn response(
    out: &mut BytesMut,
    head: &ResponseHead,
    framing: Option<Framing>,
    connection: Option<&'static str>,
) {
    out.reserve(128 + head.fields.size());
    out.put_slice(b"HTTP/1.1 ");
    let status = head.status.min(999);
    out.put_slice(&[
        b'0' + (status / 100) as u8,
        b'0' + (status / 10 % 10) as u8,
        b'0' + (status % 10) as u8,
        b' ',
    ]);
    let reason = if head.reason.is_empty() { reason(head.status).as_bytes() } else { &head.reason };
    out.put_slice(reason);
    out.put_slice(b"\r\n");
    match framing {
        None => head.fields.write(out, None),
        Some(framing) => {
            head.fields.write(out, Some("content-length"));
            framing_fields(out, framing);
        }
    }
    if let Some(connection) = connection {
        out.put_slice(b"Connection: ");
        out.put_slice(connection.as_bytes());
        out.put_slice(b"\r\n");
    }
    out.put_slice(b"\r\n");
}

/// The line before a chunk's data.
pub fn chunk_start(out: &mut BytesMut, length: usize) {
    let mut digits = [0; 16];
    let mut at = digits.len();
    let mut left = length;
    loop {
        at -= 1;
        digits[at] = b"0123456789abcdef"[left % 16];
        left /= 16;
        if left == 0 {
            break;
        }
    }
    out.put_slice(&digits[at..]);
    out.put_slice(b"\r\n");
}

/// The last chunk, with trailers.
pub fn chunk_end(out: &mut BytesMut, trailers: Option<&Fields>) {
    out.put_slice(b"0\r\n");
    if let Some(trailers) = trailers {
        trailers.write(out, None);
    }
    out.put_slice(b"\r\n");
}

fn put(out: &mut BytesMut, name: &[u8], value: &[u8]) {
    out.reserve(name.len() + value.len() + 4);
    out.put_slice(name);
    out.put_slice(b": ");
    out.put_slice(value);
    out.put_slice(b"\r\n");
}

fn framing_fields(out: &mut BytesMut, framing: Framing) {
    match framing {
        Framing::Length(length) => put(out, b"Content-Length", decimal(length, &mut [0; 20])),
        Framing::Chunked => put(out, b"Transfer-Encoding", b"chunked"),
        Framing::None | Framing::UntilClose => {}
    }
}

/// A number's digits.
pub fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &[u8] {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return &digits[at..];
        }
    }
}

/// What a status is called; nothing for those that have no name.
pub fn reason(status: u16) -> &'static str {
    http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Version;
    use bytes::Bytes;

    #[test]
    fn heads() {
        let mut fields = Fields::default();
        fields.push("Content-Length", "999");
        fields.push("A", "b");
        let head = ResponseHead { status: 200, reason: Bytes::new(), version: Version::Http11, fields };
        let mut out = BytesMut::new();
        response(&mut out, &head, Some(Framing::Length(5)), Some("close"));
        assert_eq!(out, "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
        out.clear();
        response(&mut out, &head, None, None);
        assert_eq!(out, "HTTP/1.1 200 OK\r\nContent-Length: 999\r\nA: b\r\n\r\n");
        out.clear();
        chunk_start(&mut out, 0x1f0);
        chunk_end(&mut out, None);
        assert_eq!(out, "1f0\r\n0\r\n\r\n");
    }
}
