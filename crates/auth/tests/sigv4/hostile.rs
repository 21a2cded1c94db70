//! Whatever comes is refused in good order, and what we sign is believed.

use crate::{KEY, SECRET, Sent, verifier};
use auth::Secret;
use auth::sigv4::{Signer, claimed_service};
use http::{HeaderMap, HeaderName, HeaderValue};
use model::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_440_938_160_000);

fn sent(method: &str, path: String, query: String, headers: Vec<(String, Vec<u8>)>, body: Vec<u8>) -> Sent {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_bytes(&value)) {
            map.append(name, value);
        }
    }
    let (service, region) = ("ecs".into(), "us-east-1".into());
    Sent { method: method.to_owned(), path, query, headers: map, body, service, region, now: NOW }
}

/// Words out of which signatures are made, and some that do not belong.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("AWS4-HMAC-SHA256 ".to_owned()),
        Just("Credential=".to_owned()),
        Just(format!("{KEY}/20150830/us-east-1/ecs/aws4_request")),
        Just("SignedHeaders=host;x-amz-date".to_owned()),
        Just("Signature=".to_owned()),
        Just("20150830T123600Z".to_owned()),
        Just("X-Amz-Algorithm=AWS4-HMAC-SHA256&".to_owned()),
        Just("X-Amz-Credential=".to_owned()),
        Just("X-Amz-SignedHeaders=host&".to_owned()),
        Just("X-Amz-Signature=0&".to_owned()),
        Just("X-Amz-Date=20150830T123600Z&".to_owned()),
        "[,;=/%& +]{1,3}",
        "\\PC{0,6}",
    ];
    vec(word, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn nothing_that_was_not_signed_is_believed(
        path in words(),
        query in words(),
        authorization in words(),
        date in words(),
        others in vec(("[a-zA-Z-]{1,8}", vec(any::<u8>(), 0..20)), 0..4),
        body in vec(any::<u8>(), 0..20),
    ) {
        let mut headers = others;
        headers.push(("authorization".into(), authorization.into_bytes()));
        headers.push(("x-amz-date".into(), date.into_bytes()));
        let sent = sent("GET", path, query, headers, body);
        prop_assert!(sent.verify(&verifier(None, None)).is_err());
        let _ = claimed_service(&sent.request());
    }

    #[test]
    fn what_we_sign_is_believed(
        path in "(/[a-z%. ~:é]{0,5}){0,4}",
        query in "([a-z%+é]{1,4}=[a-z%+=é]{0,4}&){0,4}",
        headers in vec(("x-[a-z]{1,4}", vec(prop_oneof![Just(b' '), Just(b'a'), Just(b'\t'), Just(0xe9)], 0..9)), 0..5),
        body in vec(any::<u8>(), 0..50),
    ) {
        let mut sent = sent("PUT", path, query, headers, body);
        sent.set("host", "example");
        let secret = Secret::new(SECRET);
        let signer = Signer { access_key_id: KEY, secret: &secret, session_token: None, region: "us-east-1", service: "ecs" };
        let added = signer.sign(&sent.request(), NOW).unwrap();
        sent.headers.extend(added);
        prop_assert!(sent.verify(&verifier(None, None)).is_ok());
        sent.body.push(1);
        prop_assert!(sent.verify(&verifier(None, None)).is_err());
    }
}

/// A header named a thousand times is not hashed a thousand times.
#[test]
fn repeated_names_are_refused_at_once() {
    let mut sent = sent(
        "POST",
        "/".into(),
        String::new(),
        vec![("x-big".into(), vec![b'a'; 60_000]), ("x-amz-date".into(), b"20150830T123600Z".to_vec())],
        Vec::new(),
    );
    let names = format!("host;{}", vec!["x-big"; 10_000].join(";"));
    let scope = "20150830/us-east-1/ecs/aws4_request";
    let header = format!("AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders={names}, Signature=0");
    sent.set("authorization", &header);
    let begun = std::time::Instant::now();
    assert!(sent.verify(&verifier(None, None)).is_err());
    // Hashing 600 MB takes seconds in a debug build.
    assert!(begun.elapsed() < std::time::Duration::from_millis(500), "{:?}", begun.elapsed());
}
