//! Messages of a controller: any bytes are a message or none, and what is understood survives a round trip.
#![no_main]

use lb::process::frame::{encode, length};
use lb::process::{FromController, ToController};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some((prefix, _)) = bytes.split_first_chunk::<4>() {
        let _ = length(*prefix);
    }
    if let Ok(message) = serde_json::from_slice::<FromController>(bytes) {
        let written = encode(&message).expect("it is small");
        assert_eq!(serde_json::from_slice::<FromController>(&written[4..]).expect("our own is read"), message);
    }
    let _ = serde_json::from_slice::<ToController>(bytes);
});
