//! Event stream framing: any bytes are a message, part of one, or refused; a message survives being framed again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::event_stream::Message;

fuzz_target!(|bytes: &[u8]| {
    let Ok(Some((message, length))) = Message::decode(bytes) else { return };
    assert!(length <= bytes.len());
    let mut framed = Vec::new();
    message.encode(&mut framed).expect("what was decoded is within the limits");
    assert_eq!(Message::decode(&framed), Ok(Some((message, framed.len()))));
});
