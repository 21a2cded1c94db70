//! Heads of requests and responses: pieces change nothing, and what is passed on is one request for everybody who reads it.
#![no_main]

use bytes::BytesMut;
use lb::http::desync::{Tier, examine};
use lb::http::head::{Malformed, take_request, take_response};
use lb::http::{Framing, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], usize)| {
    let (bytes, cut) = input;
    let _ = take_response(&mut BytesMut::from(bytes));
    let whole = take_request(&mut BytesMut::from(bytes));
    let mut pieces = BytesMut::from(&bytes[..cut.min(bytes.len())]);
    if let Ok(None) = take_request(&mut pieces) {
        pieces.extend_from_slice(&bytes[cut.min(bytes.len())..]);
        assert_eq!(take_request(&mut pieces), whole);
    }
    let Ok(Some(parsed)) = whole else { return };
    let (verdict, framing) = examine(&parsed.head, parsed.bare_lf);
    if verdict.tier == Tier::Severe {
        return;
    }
    let mut head = parsed.head;
    lb::http::fields::strip_hop_by_hop(&mut head.fields, false);
    head.fields.remove("content-length");
    head.fields.set("Host", head.host.clone());
    let mut out = BytesMut::new();
    write::request(&mut out, &head, framing);
    if head.host.is_empty() {
        return;
    }
    let again = match take_request(&mut out) {
        // Of as many fields or bytes as there may be, and a Host or whole line ends came with it.
        Err(Malformed::TooLarge) => return,
        read => read.expect("what is written is well formed").expect("what is written is whole"),
    };
    assert!(out.is_empty() && !again.bare_lf);
    assert_eq!((&again.head.method, &again.head.target, &again.head.host), (&head.method, &head.target, &head.host));
    let framed = again.head.fields.contains("content-length") || again.head.fields.contains("transfer-encoding");
    assert_eq!(framed, framing != Framing::None);
});
