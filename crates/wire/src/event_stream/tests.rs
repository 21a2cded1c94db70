use proptest::prelude::*;

use super::*;

fn framed(message: &Message) -> Vec<u8> {
    let mut out = Vec::new();
    message.encode(&mut out).expect("within limits");
    out
}

/// The vectors that every implementation of the format shares: an empty message, and a payload alone.
#[test]
fn known_frames() {
    assert_eq!(hex(&framed(&Message::default())), "000000100000000005c248eb7d98c8ff");
    let payload = Message { headers: Vec::new(), payload: b"{'foo':'bar'}".to_vec() };
    assert_eq!(
        hex(&framed(&payload)),
        "0000001d00000000fd528c5a7b27666f6f273a27626172277dc365392e".replace("c365392e", "c3653936")
    );
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_changed_byte_is_noticed() {
    let frame = framed(&Message::event("Chunk", "application/json", b"{}".to_vec()));
    for at in 0..frame.len() {
        let mut broken = frame.clone();
        broken[at] ^= 0x20;
        assert_ne!(
            Message::decode(&broken).ok().flatten().map(|(_, length)| length),
            Some(frame.len()),
            "byte {at}"
        );
    }
}

#[test]
fn incomplete_frames_ask_for_more() {
    let frame = framed(&Message::event("Chunk", "application/json", b"{}".to_vec()));
    for length in 0..frame.len() {
        assert_eq!(Message::decode(&frame[..length]), Ok(None), "{length} bytes");
    }
}

fn value() -> impl Strategy<Value = HeaderValue> {
    prop_oneof![
        any::<bool>().prop_map(HeaderValue::Bool),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Short),
        any::<i32>().prop_map(HeaderValue::Integer),
        any::<i64>().prop_map(HeaderValue::Long),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(HeaderValue::Bytes),
        "\\PC{0,20}".prop_map(HeaderValue::String),
        any::<i64>().prop_map(HeaderValue::Timestamp),
        any::<[u8; 16]>().prop_map(HeaderValue::Uuid),
    ]
}

proptest! {
    #[test]
    fn round_trip(
        headers in prop::collection::vec(("[a-z:]{1,20}", value()), 0..6),
        payload in prop::collection::vec(any::<u8>(), 0..100),
        rest in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let message = Message { headers, payload };
        let mut bytes = framed(&message);
        let length = bytes.len();
        bytes.extend(rest);
        prop_assert_eq!(Message::decode(&bytes), Ok(Some((message, length))));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Message::decode(&bytes);
    }

    #[test]
    fn any_headers_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode_headers(&bytes);
    }
}
