//! Chunked bodies: pieces change nothing, and what is written again says the same.
#![no_main]

use bytes::BytesMut;
use lb::http::{Decoder, Framing, Step, write};
use libfuzzer_sys::fuzz_target;

/// The body, and whether it ended; nothing where it is malformed.
fn decode(parts: &[&[u8]]) -> Option<(Vec<u8>, bool)> {
    let (mut decoder, mut buffer, mut body) = (Decoder::new(Framing::Chunked), BytesMut::new(), Vec::new());
    for part in parts {
        buffer.extend_from_slice(part);
        loop {
            match decoder.step(&mut buffer).ok()? {
                Step::Data(data) => body.extend_from_slice(&data),
                Step::End(_) => return Some((body, true)),
                Step::More => break,
            }
        }
    }
    Some((body, false))
}

fuzz_target!(|input: (&[u8], usize)| {
    let (bytes, cut) = input;
    let whole = decode(&[bytes]);
    let (first, second) = bytes.split_at(cut.min(bytes.len()));
    assert_eq!(decode(&[first, second]), whole);
    if let Some((body, true)) = whole {
        let mut out = BytesMut::new();
        if !body.is_empty() {
            write::chunk_start(&mut out, body.len());
            out.extend_from_slice(&body);
            out.extend_from_slice(b"\r\n");
        }
        write::chunk_end(&mut out, None);
        assert_eq!(decode(&[&out]), Some((body, true)));
    }
});
