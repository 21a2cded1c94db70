//! Cookies of clients: whatever they hold, none is a session but the one that was sealed.
#![no_main]

use lb::http::Fields;
use lb::sticky::{Key, Session, TARGET, session};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &[u8])| {
    let (cookie, with) = input;
    let key = Key::from_hex(&"0b".repeat(32)).expect("a key");
    let mut fields = Fields::default();
    fields.push("Cookie", cookie.to_vec());
    assert_eq!(session(&fields, &TARGET, &key, b"group", 0), None);
    let sealed = Session { with: with[..with.len().min(200)].to_vec(), until: 1 };
    let value = key.seal(&sealed, b"group", [1; 12]);
    let mut fields = Fields::default();
    fields.push("Cookie", format!("a=b; AWSALBCORS={value}"));
    fields.push("Cookie", cookie.to_vec());
    assert_eq!(session(&fields, &TARGET, &key, b"group", 0), Some(sealed));
});
